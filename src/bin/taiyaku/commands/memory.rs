//! `taiyaku memory`: what keeps the translation memory in order.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use anyhow::bail;
use taiyaku::error::Error;
use taiyaku::format::{Format, Record, UnitWriter};
use taiyaku::lang::Lang;
use taiyaku::memory::{Entry, Memory, Stats};

use super::Outcome;
use crate::args::{MemoryExport, MemoryFile, MemoryTask};
use crate::messages::Messages;
use crate::render::summary::counted;
use crate::{output, resources};

pub(super) fn run(task: &MemoryTask, messages: Messages) -> anyhow::Result<Outcome> {
    match task {
        MemoryTask::Stats(file) => output::print(&written(&open(file)?.stats()?))?,
        MemoryTask::Dedupe(file) => messages.summary(&format!("{} merged", counted(open(file)?.dedupe()?, "unit"))),
        MemoryTask::Compact(file) => open(file)?.compact()?,
        MemoryTask::Check(file) => check(file, messages)?,
        MemoryTask::Export(args) => return export(args, messages),
    }
    Ok(Outcome::Done)
}

fn open(file: &MemoryFile) -> anyhow::Result<Memory> {
    Ok(Memory::open(&resources::memory_file(file)?)?)
}

fn check(file: &MemoryFile, messages: Messages) -> anyhow::Result<()> {
    match open(file)?.check()? {
        0 => messages.summary("the memory is sound"),
        remade => messages.summary(&format!(
            "the memory is sound; {} of the index were damaged and have been made again",
            counted(remade, "file")
        )),
    }
    Ok(())
}

/// One line a number.
fn written(stats: &Stats) -> String {
    let mut lines = vec![
        counted(stats.units, "unit"),
        counted(stats.occurrences, "occurrence"),
        counted(stats.documents, "document"),
        format!("{} with several translations", counted(stats.conflicts, "text")),
    ];
    for (source, target, units) in &stats.languages {
        lines.push(format!("{source} → {target}: {}", counted(*units, "unit")));
    }
    for (what, bytes) in [("texts", stats.text_bytes), ("store", stats.store_bytes), ("index", stats.index_bytes)] {
        lines.push(format!("{what}: {}", counted(bytes as usize, "byte")));
    }
    lines.join("\n") + "\n"
}

fn export(args: &MemoryExport, messages: Messages) -> anyhow::Result<Outcome> {
    let file = output::file(args.output.output.as_deref());
    let format = match (&args.format, file) {
        (Some(name), _) => Format::from_name(name)?,
        (None, Some(file)) => output::format_of(file)?,
        (None, None) => Format::Tsv,
    };
    let memory = open(&args.memory)?;
    let languages = memory.languages()?;
    let is_wanted =
        |wanted: Option<&Lang>, tag: &str| wanted.is_none_or(|wanted| Some(wanted.primary()) == tag.split('-').next());
    let (wanted_source, wanted_target) =
        (args.languages.source_language.as_ref(), args.languages.target_language.as_ref());
    let pairs: Vec<&(String, String, usize)> = (languages.iter())
        .filter(|(source, target, _)| is_wanted(wanted_source, source) && is_wanted(wanted_target, target))
        .collect();
    let is_mixed = pairs.len() > 1;
    if is_mixed && matches!(format, Format::Tsv | Format::Csv | Format::Xliff2) {
        bail!(
            "the memory holds several pairs of languages, and {format} has room for two. Choose with --source-language and --target-language, or write jsonl or tmx"
        );
    }
    let first = pairs.first().and_then(|(source, target, _)| Some((source.parse().ok()?, target.parse().ok()?)));
    let (source, target) = first.unwrap_or_else(|| (Lang::japanese(), Lang::english()));
    let path = args.output.output.as_deref().unwrap_or(Path::new("standard output"));
    let mut count = 0;
    // What cannot be read, each told once.
    let mut damage = BTreeSet::new();
    let mut unwritten = None;
    output::write(args.output.output.as_deref(), |out| {
        let mut writer = UnitWriter::with_times(format, (&source, &target), is_mixed, out)?;
        let shown = memory.for_each(|entry| {
            let Entry { unit, created, changed, source_codes, target_codes } = match entry {
                Ok(entry) => entry,
                Err(reason) => {
                    damage.insert(reason);
                    return Ok(());
                }
            };
            let (source, target) = (unit.source.lang.tag(), unit.target.lang.tag());
            if !is_wanted(wanted_source, source) || !is_wanted(wanted_target, target) {
                return Ok(());
            }
            count += 1;
            let record = Record { created, changed, source_codes, target_codes, ..Record::from(unit) };
            writer.write(&record).map_err(|e| {
                let told = Error::write(path, io::Error::new(e.kind(), e.to_string()));
                unwritten = Some(e);
                told
            })
        });
        if let Some(error) = unwritten {
            return Err(error);
        }
        // What could be read is kept; the rest is told below.
        damage.extend(shown.err().map(|error| error.to_string()));
        for reason in &damage {
            Messages::loss(&format!("left out: {reason}"));
        }
        if !damage.is_empty() && file.is_some_and(Path::exists) {
            return Err(io::Error::other(
                "the memory is damaged, and what can still be read would take the place of this file, which may hold more. Choose another file with --output",
            ));
        }
        writer.finish()
    })?;
    if let Some(file) = file {
        messages.summary(&format!("{}: {}", file.display(), counted(count, "pair")));
    }
    Ok(if damage.is_empty() { Outcome::Done } else { Outcome::Findings })
}
