//! `taiyaku lookup`: the best matches of texts from the memory.

use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use taiyaku::document::decode;
use taiyaku::error::{Error, Result};
use taiyaku::memory::{LookupOptions, Match, Memory, Query};

use super::Outcome;
use crate::args::Lookup;
use crate::input::Input;
use crate::messages::Messages;
use crate::output::STANDARD;
use crate::render::matches::{Matches, write_json};
use crate::render::summary::counted;
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

/// A text to look up, or the line that holds none and why.
type Asked = std::result::Result<Record, Bad>;

/// A line that is no query.
#[derive(Debug, Serialize)]
struct Bad {
    line: usize,
    error: String,
}

pub(super) fn run(args: &Lookup, is_strict: bool, color: bool, messages: Messages) -> anyhow::Result<Outcome> {
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
    let records: Vec<Asked> = match &input {
        None => args.texts.iter().map(|text| Ok(Record { text: text.clone(), ..Record::default() })).collect(),
        Some(input) => {
            let (text, notes) = decode(&input.name(), &input.read()?, args.encoding.encoding.as_deref())?;
            messages.notes(&notes);
            records(&text, &input.name(), args.jsonl, is_strict)?
        }
    };
    let bad: Vec<&Bad> = records.iter().filter_map(|asked| asked.as_ref().err()).collect();
    let view = Matches::new(color && output::file(file).is_none());
    let mut failed = None;
    output::write(file, |out| {
        for batch in records.chunks(BATCH) {
            let look_up = |asked: &Asked| match asked {
                Ok(record) => memory.lookup(query(record), &options),
                Err(_) => Ok(Vec::new()),
            };
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
    if let Some(error) = failed {
        return Err(error.into());
    }
    let Some(first) = bad.first() else { return Ok(Outcome::Done) };
    messages.note(&format!(
        "{} of {} is no query, the first in line {}: {}",
        bad.len(),
        counted(records.len(), "record"),
        first.line,
        first.error
    ));
    Ok(Outcome::Findings)
}

fn query(record: &Record) -> Query<'_> {
    Query { text: &record.text, before: record.before.as_deref(), after: record.after.as_deref() }
}

fn write(
    records: &[Asked],
    answers: &[Vec<Match>],
    is_json: bool,
    view: &Matches,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (asked, matches) in records.iter().zip(answers) {
        match asked {
            Ok(record) if is_json => write_json(&record.text, matches, out)?,
            Ok(record) => view.write(&record.text, matches, out)?,
            Err(bad) if is_json => {
                serde_json::to_writer(&mut *out, bad)?;
                out.write_all(b"\n")?;
            }
            Err(_) => {}
        }
    }
    Ok(())
}

/// The texts of a file, one a line; each has the lines around it as neighbours, or those that its record says. Fails on
/// a line that is no query when that is wanted.
fn records(text: &str, name: &str, is_jsonl: bool, is_strict: bool) -> Result<Vec<Asked>> {
    if is_jsonl {
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let asked = lines.map(|(line, record)| {
            serde_json::from_str::<Record>(record).map_err(|_| {
                let error = "this is no JSON object with a \"text\". Write {\"text\": \"…\"}".to_owned();
                Bad { line, error }
            })
        });
        return asked
            .map(|asked| match asked {
                Err(Bad { line, error }) if is_strict => Err(Error::format(Path::new(name), line, error)),
                asked => Ok(asked),
            })
            .collect();
    }
    let lines: Vec<&str> = text.lines().collect();
    let line = |i: Option<usize>| i.and_then(|i| lines.get(i)).map(|line| (*line).to_owned());
    Ok((0..lines.len())
        .map(|i| {
            Ok(Record {
                text: line(Some(i)).unwrap_or_default(),
                before: line(i.checked_sub(1)),
                after: line(Some(i + 1)),
            })
        })
        .collect())
}
