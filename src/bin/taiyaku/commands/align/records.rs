//! `taiyaku align --jsonl`: a filter, one record in, one result out, in order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use anyhow::bail;
use rayon::prelude::*;
use taiyaku::document::MAX_FILE_BYTES;
use taiyaku::error::Error;
use taiyaku::pipeline::{Pipeline, RecordDefaults};

use super::Outcome;
use crate::args::Align;
use crate::input::Input;
use crate::messages::Messages;
use crate::render::summary::counted;
use crate::{output, resources};

/// How many records a thread has at hand: enough that all are busy, few enough to stay small in memory.
const RECORDS_PER_THREAD: usize = 16;

/// A line of the input, which may be no text, and its number from 1.
type Line = (usize, io::Result<Vec<u8>>);

pub(super) fn run(args: &Align, is_strict: bool, messages: Messages) -> anyhow::Result<Outcome> {
    let input = match args.names.as_slice() {
        [] => Input::Standard,
        [file] => Input::new(file),
        _ => bail!("--jsonl reads one file, or standard input. Give the records in one file"),
    };
    if args.format.as_deref().is_some_and(|format| format != "jsonl") {
        bail!("--jsonl writes JSONL and nothing else. Leave --format out");
    }
    output::refuse_inputs(args.output.output.as_deref(), input.path())?;
    let reader: Box<dyn BufRead + Send> = match &input {
        Input::File(path) => Box::new(BufReader::new(File::open(path).map_err(|e| Error::read(path, e))?)),
        Input::Standard => Box::new(BufReader::new(io::stdin())),
    };
    // The glossary of whatever project this folder lies in stays out: results depend on the options alone.
    let pipeline = resources::pipeline(&args.aids, None, messages)?;
    let defaults = RecordDefaults {
        source_language: args.languages.source_language.clone(),
        target_language: args.languages.target_language.clone(),
    };
    let chunk = RECORDS_PER_THREAD * rayon::current_num_threads();
    let (sender, receiver) = sync_channel(chunk);
    // The thread ends with the input, or when nobody listens any more; waiting for it would wait for the input.
    thread::spawn(move || send_lines(reader, &sender));
    let mut filter = Filter { pipeline: &pipeline, defaults, is_strict, records: 0, bad: 0, failure: None };
    output::write(args.output.output.as_deref(), |out| filter.run(&receiver, chunk, out)).or_else(|error| {
        // What stopped the filter is told instead of that writing ended.
        if filter.failure.is_some() { Ok(()) } else { Err(error) }
    })?;
    match filter.failure {
        Some(Failure::Input(error)) => Err(Error::read(Path::new(&input.name()), error).into()),
        Some(Failure::Record { line, reason }) => bail!("{}, line {line}: {reason}", input.name()),
        None if filter.bad > 0 => {
            messages.note(&format!(
                "{} of {} could not be aligned: see \"error\" in the results",
                filter.bad,
                counted(filter.records, "record")
            ));
            Ok(Outcome::Findings)
        }
        None => Ok(Outcome::Done),
    }
}

fn send_lines(mut reader: impl BufRead, sender: &SyncSender<Line>) {
    for number in 1.. {
        let mut line = Vec::new();
        let read = match (&mut reader).take(MAX_FILE_BYTES).read_until(b'\n', &mut line) {
            Ok(0) => return,
            Ok(length) if length as u64 == MAX_FILE_BYTES => Err(io::Error::other(format!(
                "line {number} is larger than {} MB. Split the record into smaller ones",
                MAX_FILE_BYTES >> 20
            ))),
            Ok(_) => Ok(line),
            Err(error) => Err(error),
        };
        let is_end = read.is_err();
        if sender.send((number, read)).is_err() || is_end {
            return;
        }
    }
}

/// Aligns record after record.
struct Filter<'p> {
    pipeline: &'p Pipeline,
    defaults: RecordDefaults,
    is_strict: bool,
    records: usize,
    bad: usize,
    failure: Option<Failure>,
}

/// Why the filter stopped.
enum Failure {
    Input(io::Error),
    Record { line: usize, reason: String },
}

impl Filter<'_> {
    /// Takes what lines there are, at least one and at most `chunk`, aligns them side by side and writes the results in
    /// order. A program that waits for each result before it sends the next record is answered at once.
    fn run(&mut self, lines: &Receiver<Line>, chunk: usize, out: &mut dyn Write) -> io::Result<()> {
        while let Ok(first) = lines.recv() {
            let lines: Vec<Line> = std::iter::once(first).chain(lines.try_iter().take(chunk - 1)).collect();
            let results: Vec<_> =
                lines.into_par_iter().map(|(number, line)| (number, self.result(number, line))).collect();
            for (number, result) in results {
                match result {
                    Err(error) => return Err(self.stop(Failure::Input(error))),
                    Ok(None) => {}
                    Ok(Some((result, is_good))) => {
                        if !is_good && self.is_strict {
                            return Err(self.stop(Failure::Record { line: number, reason: reason(&result) }));
                        }
                        self.records += 1;
                        self.bad += usize::from(!is_good);
                        writeln!(out, "{result}")?;
                    }
                }
            }
            out.flush()?;
        }
        Ok(())
    }

    /// The result for a line, and whether it is one; nothing for an empty line.
    fn result(&self, number: usize, line: io::Result<Vec<u8>>) -> io::Result<Option<(String, bool)>> {
        let line = line?;
        let Ok(line) = std::str::from_utf8(&line) else {
            return Ok(Some((Pipeline::undecodable_record(number), false)));
        };
        let line = line.trim_start_matches('\u{feff}').trim();
        Ok((!line.is_empty()).then(|| self.pipeline.align_record(line, number, &self.defaults)))
    }

    fn stop(&mut self, failure: Failure) -> io::Error {
        self.failure = Some(failure);
        io::Error::other("stopped")
    }
}

/// The reason in a result that is an error.
fn reason(result: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(result).unwrap_or_default();
    value.get("error").and_then(|error| error.as_str()).unwrap_or_default().to_owned()
}
