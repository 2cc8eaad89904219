//! `taiyaku lookup`: the best matches of texts from the memory.

use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;
use taiyaku::document::decode;
use taiyaku::error::{Error, Result};
use taiyaku::memory::{LookupOptions, Match, Memory, Query};

use super::Outcome;
use crate::args::Lookup;
use crate::input::Input;
use crate::messages::Messages;
use crate::output::STANDARD;
use crate::render::matches::{Matches, write_json};
use crate::{output, resources};

/// How many texts are looked up before their answers are written.
const BATCH: usize = 1_000;

/// A text with its neighbours. Keys of other programs are ignored.
#[derive(Debug, Clone, Default, Deserialize)]
struct Record {
    #[serde(alias = "query", alias = "source")]
    text: String,
    before: Option<String>,
    after: Option<String>,
}

pub(super) fn run(args: &Lookup, color: bool, messages: Messages) -> anyhow::Result<Outcome> {
    let is_json = output::is_jsonl(args.format.as_deref(), args.output.output.as_deref(), "matches")?;
    let file = args.output.output.as_deref();
    let input = args.file.as_deref().or((args.jsonl).then_some(Path::new(STANDARD))).map(Input::new);
    output::refuse_inputs(file, input.as_ref().and_then(Input::path))?;
    let memory = Memory::open(&resources::memory_file(&args.memory)?)?;
    let options = LookupOptions {
        threshold: args.threshold,
        limit: args.limit.get(),
        source_lang: args.languages.source_language.clone(),
        target_lang: args.languages.target_language.clone(),
    };
    let records = match &input {
        None => args.texts.iter().map(|text| Record { text: text.clone(), ..Record::default() }).collect(),
        Some(input) => records(input, args.jsonl, messages)?,
    };
    let view = Matches::new(color && output::file(file).is_none());
    let mut failed = None;
    output::write(file, |out| {
        for batch in records.chunks(BATCH) {
            let look_up = |record: &Record| memory.lookup(query(record), &options);
            let answers: Result<Vec<Vec<Match>>> = batch.par_iter().map(look_up).collect();
            match answers {
                Ok(answers) => write(batch, &answers, is_json, &view, out)?,
                Err(error) => {
                    failed = Some(error);
                    return Ok(());
                }
            }
        }
        Ok(())
    })?;
    failed.map_or(Ok(Outcome::Done), |error| Err(error.into()))
}

fn query(record: &Record) -> Query<'_> {
    Query { text: &record.text, before: record.before.as_deref(), after: record.after.as_deref() }
}

fn write(
    records: &[Record],
    answers: &[Vec<Match>],
    is_json: bool,
    view: &Matches,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (record, matches) in records.iter().zip(answers) {
        if is_json {
            write_json(&record.text, matches, out)?;
        } else {
            view.write(&record.text, matches, out)?;
        }
    }
    Ok(())
}

/// The texts of a file, one a line; each has the lines around it as neighbours, or those that its record says.
fn records(input: &Input, is_jsonl: bool, messages: Messages) -> Result<Vec<Record>> {
    let (text, notes) = decode(&input.name(), &input.read()?, None)?;
    messages.notes(&notes);
    if is_jsonl {
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        return lines
            .map(|(number, line)| {
                serde_json::from_str(line).map_err(|e| {
                    let message = format!("this is no query: {e}. Write an object with a \"text\"");
                    Error::format(Path::new(&input.name()), number, message)
                })
            })
            .collect();
    }
    let lines: Vec<&str> = text.lines().collect();
    let line = |i: Option<usize>| i.and_then(|i| lines.get(i)).map(|line| (*line).to_owned());
    Ok((0..lines.len())
        .map(|i| Record {
            text: line(Some(i)).unwrap_or_default(),
            before: line(i.checked_sub(1)),
            after: line(Some(i + 1)),
        })
        .collect())
}
