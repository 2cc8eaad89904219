//! `taiyaku memory`: what keeps the translation memory in order.

use taiyaku::format::{Format, write_units};
use taiyaku::lang::Lang;
use taiyaku::memory::{Memory, Stats};
use taiyaku::unit::TranslationUnit;

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
    let is_wanted = |wanted: Option<&Lang>, lang: &Lang| wanted.is_none_or(|wanted| wanted.primary() == lang.primary());
    let mut units: Vec<TranslationUnit> = Vec::new();
    memory.for_each(|unit| {
        let (source, target) = (args.languages.source_language.as_ref(), args.languages.target_language.as_ref());
        if is_wanted(source, &unit.source.lang) && is_wanted(target, &unit.target.lang) {
            units.push(unit);
        }
        Ok(())
    })?;
    let first = units.first().map(|unit| (unit.source.lang.clone(), unit.target.lang.clone()));
    let (source, target) = first.unwrap_or_else(|| (Lang::japanese(), Lang::english()));
    let is_other = |unit: &&TranslationUnit| unit.source.lang != source || unit.target.lang != target;
    if matches!(format, Format::Tsv | Format::Csv) && units.iter().any(|unit| is_other(&unit)) {
        anyhow::bail!(
            "the memory holds several pairs of languages, and {format} has columns for two. Choose with --source-language and --target-language, or write jsonl or tmx"
        );
    }
    output::write(args.output.output.as_deref(), |out| write_units(format, &units, &source, &target, out))?;
    if let Some(file) = file {
        messages.summary(&format!("{}: {}", file.display(), counted(units.len(), "unit")));
    }
    Ok(())
}
