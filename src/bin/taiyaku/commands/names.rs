//! `taiyaku names`: every name with its renderings, and rows for the glossary.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use taiyaku::check::{Bitext, Severity};
use taiyaku::error::Error;
use taiyaku::format::names::{self, Named, NamesFormat, ProposedRow};
use taiyaku::format::output::write_file;
use taiyaku::pipeline::CheckText;

use super::Outcome;
use super::check::plan::Plan;
use crate::args::{Check, Common, Names};
use crate::messages::Messages;
use crate::output;
use crate::render::summary::counted;

pub(super) fn run(args: &Names, common: &Common, messages: Messages) -> anyhow::Result<Outcome> {
    let by_ending = || output::file(args.output.output.as_deref()).and_then(NamesFormat::from_path);
    let format = args.format.as_deref().map(str::parse).transpose()?.or_else(by_ending).unwrap_or(NamesFormat::Tsv);
    let reading = reading(args);
    let plan = Plan::new(&reading, common, messages)?;
    let (pipeline, is_incomplete) = plan.pipeline()?;
    let texts = plan.texts(&pipeline)?;
    let has_failed = is_incomplete || !texts.failed.is_empty();
    let has_skipped = !texts.skipped.is_empty();
    let named: Vec<Named> =
        joined(texts.texts).into_iter().map(|bitext| Named { rows: pipeline.names(&bitext), bitext }).collect();
    let path = args.output.output.as_deref();
    if let Some(into) = args.into.as_deref().filter(|_| args.accept_all || !args.accept.is_empty()) {
        let added = accept(args, &named, into)?;
        messages.summary(&format!("{} added to {}.", counted(added, "row"), into.display()));
    } else if args.into.is_some() {
        bail!("--into takes the rows that --accept NAME or --accept-all chooses, and neither is given");
    } else if args.propose {
        output::write(path, |out| names::write_proposed(&named, out))?;
    } else {
        output::write(path, |out| names::write(format, &named, out))?;
    }
    Ok(match (has_failed, has_skipped) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Findings,
        (false, false) => Outcome::Done,
    })
}

/// The texts are read as for `taiyaku check`.
fn reading(args: &Names) -> Check {
    Check {
        paths: args.paths.clone(),
        severity: Severity::Note,
        only: Vec::new(),
        skip: Vec::new(),
        fix: false,
        dry_run: false,
        baseline: None,
        update_baseline: false,
        watch: false,
        explain: None,
        list: false,
        languages: args.languages.clone(),
        format: None,
        output: args.output.clone(),
        aids: args.aids.clone(),
        name_dictionary: args.name_dictionary.clone(),
    }
}

/// The texts with those of the same languages as one, so that a name is listed once; without the lines that are not asked
/// for.
fn joined(texts: Vec<CheckText>) -> Vec<Bitext> {
    let mut all: Vec<Bitext> = Vec::new();
    for CheckText { mut bitext, only, .. } in texts {
        bitext.lines.retain(|line| only.is_empty() || only.contains(&line.document));
        match all.iter_mut().find(|other| other.source == bitext.source && other.target == bitext.target) {
            Some(other) => other.lines.append(&mut bitext.lines),
            None => all.push(bitext),
        }
    }
    all
}

/// Adds the chosen rows to a glossary file and says how many.
fn accept(args: &Names, named: &[Named], into: &Path) -> anyhow::Result<usize> {
    let [text] = named else {
        bail!(
            "rows of one pair of languages at a time can be accepted. Name the files of one pair, or set --target-language"
        );
    };
    let (source, target) = (&text.bitext.source, &text.bitext.target);
    let wanted: BTreeSet<&str> = args.accept.iter().map(String::as_str).collect();
    let mut rows = text.proposed();
    if let Some(unknown) = wanted.iter().find(|name| !rows.iter().any(|row| row.name == **name)) {
        bail!(
            "no row is proposed for {unknown}. See `taiyaku names --propose`; what the glossary has already is not proposed"
        );
    }
    rows.retain(|row| args.accept_all || wanted.contains(row.name.as_str()));
    let existing = existing(into)?.unwrap_or_else(|| format!("{source}\t{target}\tkind\n"));
    let header = header(&existing).to_owned();
    for lang in [source, target] {
        if !header.split('\t').any(|column| column.trim() == lang.tag()) {
            return Err(Error::Format {
                path: PathBuf::from(into),
                line: None,
                message: format!(
                    "it has no column {lang}. Give a glossary file with the columns {source} and {target}"
                ),
            }
            .into());
        }
    }
    let mut content = existing;
    if !content.is_empty() && !content.ends_with('\n') {
        content.push('\n');
    }
    let line_end = if content.contains("\r\n") { "\r\n" } else { "\n" };
    let line = |row: &ProposedRow| row.cells(&header, source, target);
    for row in &rows {
        write!(content, "{}{line_end}", line(row))?;
    }
    write_file(into, |out| out.write_all(content.as_bytes()))?;
    Ok(rows.len())
}

/// The glossary file as it is, if it is there.
fn existing(path: &Path) -> anyhow::Result<Option<String>> {
    match std::fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => bail!("{} is not in UTF-8. Save it so, or give another file with --into", path.display()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => bail!("{} cannot be read ({error})", path.display()),
    }
}

/// The line that names the columns.
fn header(text: &str) -> &str {
    let lines = text.trim_start_matches('\u{feff}').lines();
    lines
        .map(|line| line.trim_end_matches('\r'))
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .unwrap_or_default()
}
