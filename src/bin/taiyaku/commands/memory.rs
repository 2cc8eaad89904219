//! `taiyaku memory`: what keeps the translation memory in order.

use std::path::Path;

use anyhow::bail;
use taiyaku::error::Error;
use taiyaku::format::{Format, Record, UnitWriter};
use taiyaku::lang::Lang;
use taiyaku::memory::{Memory, Stats};

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
        MemoryTask::Export(args) => export(args, messages)?,
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

fn export(args: &MemoryExport, messages: Messages) -> anyhow::Result<()> {
    let file = output::file(args.output.output.as_deref());
    let format = match (&args.format, file) {
        (Some(name), _) => Format::from_name(name)?,
        (None, Some(file)) => output::format_of(file)?,
        (None, None) => Format::Tsv,
    };
    let memory = open(&args.memory)?;
    let stats = memory.stats()?;
    let is_wanted =
        |wanted: Option<&Lang>, tag: &str| wanted.is_none_or(|wanted| Some(wanted.primary()) == tag.split('-').next());
    let (wanted_source, wanted_target) =
        (args.languages.source_language.as_ref(), args.languages.target_language.as_ref());
    let pairs: Vec<&(String, String, usize)> = (stats.languages.iter())
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
    let mut count = 0;
    let mut failed = None;
    output::write(args.output.output.as_deref(), |out| {
        let mut writer = UnitWriter::new(format, (&source, &target), is_mixed, out)?;
        let shown = memory.for_each(|unit| {
            let (source, target) = (unit.source.lang.tag(), unit.target.lang.tag());
            if !is_wanted(wanted_source, source) || !is_wanted(wanted_target, target) {
                return Ok(());
            }
            count += 1;
            let path = args.output.output.as_deref().unwrap_or(Path::new("standard output"));
            writer.write(&Record::from(unit)).map_err(|e| Error::write(path, e))
        });
        match shown {
            Ok(()) => writer.finish(),
            // What could be read is kept; the error is told below.
            Err(error) => {
                failed = Some(error);
                writer.finish()
            }
        }
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    if let Some(file) = file {
        messages.summary(&format!("{}: {}", file.display(), counted(count, "unit")));
    }
    Ok(())
}
