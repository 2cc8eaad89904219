//! `taiyaku glossary check|sort|merge`: the files of names and terms.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use serde::Serialize;
use taiyaku::document::{decode, load};
use taiyaku::error::{Error, Result};
use taiyaku::format::output::write_file;
use taiyaku::glossary::{Glossary, Problem, files, merge, sorted};

use super::Outcome;
use crate::args::{self, GlossaryCheck, GlossaryCommand, GlossaryMerge, GlossarySort, Languages};
use crate::messages::Messages;
use crate::render::summary::counted;
use crate::{output, resources};

pub(super) fn run(args: &args::Glossary, messages: Messages) -> anyhow::Result<Outcome> {
    match &args.command {
        GlossaryCommand::Check(args) => check(args, messages),
        GlossaryCommand::Sort(args) => sort(args, messages),
        GlossaryCommand::Merge(args) => merged(args, messages),
    }
}

/// A problem as it is shown and as JSONL has it.
#[derive(Debug, Serialize)]
struct Shown {
    check: &'static str,
    severity: &'static str,
    message: String,
    file: String,
    line: usize,
}

impl From<&Problem> for Shown {
    fn from(problem: &Problem) -> Self {
        Self {
            check: problem.kind.name(),
            severity: match problem.kind {
                kind if kind.is_error() => "error",
                kind if kind.is_note() => "note",
                _ => "warning",
            },
            message: problem.message.clone(),
            file: problem.origin.file.display().to_string(),
            line: problem.origin.line,
        }
    }
}

fn check(args: &GlossaryCheck, messages: Messages) -> anyhow::Result<Outcome> {
    let is_jsonl = match args.format.as_str() {
        "text" => false,
        "jsonl" => true,
        other => bail!("{other:?} is no format for the problems of a glossary. Choose one of text, jsonl"),
    };
    let paths = paths(&args.paths)?;
    let mut glossary = Glossary::default();
    let mut shown: Vec<Shown> = Vec::new();
    for path in &paths {
        match read(path, args.encoding.as_deref(), messages).and_then(|text| glossary.add_rows(&text, path)) {
            Ok(problems) => shown.extend(problems.iter().map(Shown::from)),
            // A file that is no glossary does not keep the others from being checked.
            Err(Error::Format { path, line, message }) => shown.push(Shown {
                check: "columns",
                severity: "error",
                message,
                file: path.display().to_string(),
                line: line.unwrap_or(1),
            }),
            Err(error) => return Err(error.into()),
        }
    }
    shown.extend(glossary.problems().iter().map(Shown::from));
    shown.sort_by(|a, b| (&a.file, a.line, a.check).cmp(&(&b.file, b.line, b.check)));
    let mut lines = String::new();
    for problem in &shown {
        if is_jsonl {
            writeln!(lines, "{}", serde_json::to_string(problem)?)?;
        } else {
            let Shown { check, severity, message, file, line } = problem;
            writeln!(lines, "{file}:{line}: {severity}[{check}]: {message}")?;
        }
    }
    output::print(&lines)?;
    let rows = format!("{} in {}", counted(glossary.entries.len(), "row"), counted(paths.len(), "file"));
    let notes = shown.iter().filter(|problem| problem.severity == "note").count();
    let problems = shown.len() - notes;
    let noted = if notes > 0 { format!(" and {}", counted(notes, "note")) } else { String::new() };
    messages.summary(&format!("{}{noted} in {rows}.", counted(problems, "problem")));
    Ok(if problems == 0 { Outcome::Done } else { Outcome::Findings })
}

fn sort(args: &GlossarySort, messages: Messages) -> anyhow::Result<Outcome> {
    let mut unsorted = 0;
    for path in paths(&args.paths)? {
        let bytes = load(&path)?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::format(&path, None, "this is not UTF-8. Save the file as UTF-8 from the program that made it")
        })?;
        let new = sorted(&text, &path)?;
        if new == text {
            continue;
        }
        unsorted += 1;
        if args.check {
            output::print(&format!("{}\n", path.display()))?;
        } else {
            write_file(&path, |out| out.write_all(new.as_bytes()))?;
            messages.summary(&format!("{}: sorted", path.display()));
        }
    }
    Ok(if args.check && unsorted > 0 { Outcome::Findings } else { Outcome::Done })
}

fn merged(args: &GlossaryMerge, messages: Messages) -> anyhow::Result<Outcome> {
    let paths = paths(&args.paths)?;
    let read = |path: &PathBuf| Ok((path.clone(), read(path, args.encoding.as_deref(), messages)?));
    let texts = paths.iter().map(read).collect::<Result<Vec<_>>>()?;
    let merged = merge(&texts)?;
    output::write(args.output.output.as_deref(), |out| out.write_all(merged.text.as_bytes()))?;
    for problem in &merged.problems {
        messages.note(&format!("{}: {}", problem.origin, problem.message));
    }
    let rows = counted(merged.rows, "row");
    messages.summary(&format!("{rows}, {} joined, {} told.", merged.joined, counted(merged.problems.len(), "problem")));
    Ok(if merged.problems.is_empty() { Outcome::Done } else { Outcome::Findings })
}

/// The glossary files that are meant: those given, or the project's.
fn paths(given: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let project;
    let places = if given.is_empty() {
        project = resources::project(&Languages::default())?.ok_or_else(resources::no_project)?;
        project.config.glossary.as_slice()
    } else {
        given
    };
    let mut paths = Vec::new();
    // A file that is named twice is one file.
    let mut known = BTreeSet::new();
    for place in places {
        let files = files(place)?.into_iter();
        paths.extend(files.filter(|file| known.insert(std::fs::canonicalize(file).unwrap_or_else(|_| file.clone()))));
    }
    if paths.is_empty() {
        bail!("there is no glossary: no .tsv file. Name one, or make glossary/names.tsv in the project");
    }
    Ok(paths)
}

fn read(path: &Path, encoding: Option<&str>, messages: Messages) -> Result<String> {
    let bytes = load(path)?;
    // The user means the files that do not show their encoding.
    let encoding = encoding.filter(|_| std::str::from_utf8(&bytes).is_err());
    let (text, notes) = decode(&path.display().to_string(), &bytes, encoding)?;
    messages.notes(&notes);
    Ok(text)
}
