//! `taiyaku evaluate`: alignments against gold ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;
use taiyaku::align::evaluate::{BeadSet, Counts};
use taiyaku::document::{decode, load};
use taiyaku::error::{Error, Result};
use taiyaku::format::alignment_tsv::{self, Table};
use taiyaku::format::beads::{self, ListedBead};
use taiyaku::pipeline::{BatchOptions, compare_tables, table_units};
use taiyaku::unit::Status;

use super::Outcome;
use crate::args::Evaluate;
use crate::messages::{self, Messages};
use crate::render::scores::Scores;
use crate::{output, resources};

/// The endings of a system's bead files beside NAME.gold.
const SYSTEM_ENDINGS: [&str; 2] = ["align", "beads"];

pub(super) fn run(args: &Evaluate, messages: Messages) -> anyhow::Result<Outcome> {
    let is_json = output::is_in("json", args.format.as_deref(), args.output.output.as_deref(), "scores")?;
    let inputs = [&args.gold, &args.system].into_iter().flatten().map(PathBuf::as_path);
    output::refuse_inputs(args.output.output.as_deref(), inputs)?;
    let (scores, outcome) = match (&args.gold, &args.system) {
        (Some(gold), Some(system)) => (compare(gold, system, messages)?, Outcome::Done),
        _ => evaluate_project(args, messages)?,
    };
    output::write(args.output.output.as_deref(), |out| {
        if is_json { scores.write_json(out) } else { scores.write_text(out) }
    })?;
    Ok(outcome)
}

/// The articles of the project that have gold beads, aligned afresh.
fn evaluate_project(args: &Evaluate, messages: Messages) -> anyhow::Result<(Scores, Outcome)> {
    let project = resources::project(&args.languages)?.ok_or_else(resources::no_project)?;
    let pipeline = resources::pipeline(&args.aids, Some(&project), messages)?;
    let options = BatchOptions {
        encoding: resources::encoding(&args.aids.reading.encoding, Some(&project)),
        ..BatchOptions::default()
    };
    let (mut files, mut outcome) = (Vec::new(), Outcome::Done);
    for evaluation in pipeline.evaluate_project(&project, &options)? {
        let name = if project.config.targets.len() > 1 {
            format!("{} ({})", evaluation.article, evaluation.target_lang)
        } else {
            evaluation.article
        };
        match evaluation.counts {
            Ok(counts) => files.push((name, counts)),
            Err(error) => {
                messages::error(&format!("{name}: {error}"));
                outcome = Outcome::Failed;
            }
        }
    }
    if files.is_empty() && outcome == Outcome::Done {
        bail!(
            "no article in {} has a gold.tsv. Put one beside its texts: an alignment.tsv that a careful reader has corrected",
            project.config.corpus.display()
        );
    }
    Ok((Scores { files }, outcome))
}

/// Two files, or the files of two folders that belong together.
fn compare(gold: &Path, system: &Path, messages: Messages) -> Result<Scores> {
    if !gold.is_dir() {
        let system = if system.is_dir() { system.join("alignment.tsv") } else { system.to_owned() };
        let name = gold.display().to_string();
        return Ok(Scores { files: vec![(name, counts(gold, &system, messages)?)] });
    }
    let mut files = Vec::new();
    for (name, gold, system) in pairs(gold, system)? {
        if system.is_file() {
            files.push((name, counts(&gold, &system, messages)?));
        } else {
            messages.note(&format!("{} is missing and counts as empty", system.display()));
            files.push((name, Counts::new(&bead_set(&read(&gold, messages)?), &BeadSet::default())));
        }
    }
    Ok(Scores { files })
}

/// The gold files in a folder, each with its name and the system's file, by name.
fn pairs(gold: &Path, system: &Path) -> Result<Vec<(String, PathBuf, PathBuf)>> {
    let items = fs::read_dir(gold).map_err(|e| Error::read(gold, e))?;
    let paths: BTreeSet<PathBuf> = items
        .map(|item| item.map(|item| item.path()))
        .collect::<std::io::Result<_>>()
        .map_err(|e| Error::read(gold, e))?;
    let mut pairs = Vec::new();
    for path in paths {
        let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && path.join("gold.tsv").is_file() {
            let name = name(path.file_name());
            let alignment = system.join(&name).join("alignment.tsv");
            pairs.push((name, path.join("gold.tsv"), alignment));
        } else if path.extension().is_some_and(|ending| ending == "gold") {
            let name = name(path.file_stem());
            let [first, second] = SYSTEM_ENDINGS.map(|ending| system.join(format!("{name}.{ending}")));
            pairs.push((name, path, if second.is_file() && !first.is_file() { second } else { first }));
        }
    }
    if pairs.is_empty() {
        return Err(Error::Usage(format!(
            "{} holds no gold beads: no NAME.gold and no ARTICLE/gold.tsv. Give the folder that does",
            gold.display()
        )));
    }
    Ok(pairs)
}

/// Beads as a file holds them.
enum Beads {
    /// By segment numbers.
    Numbers(BeadSet),
    /// With their texts.
    Table(Table),
}

fn counts(gold: &Path, system: &Path, messages: Messages) -> Result<Counts> {
    match (read(gold, messages)?, read(system, messages)?) {
        (Beads::Table(table), Beads::Table(system)) => compare_tables(&table, gold, &system),
        (gold_beads, system_beads) => {
            let (gold_beads, system_beads) = (bead_set(&gold_beads), bead_set(&system_beads));
            if let (Some(there), Some(here)) = (gold_beads.segments(), system_beads.segments())
                && there != here
            {
                messages.note(&format!(
                    "{} has beads of {} source and {} target segments, {} of {} and {}: they do not number the same texts. The scores mean little",
                    gold.display(), there.0, there.1, system.display(), here.0, here.1
                ));
            }
            Ok(Counts::new(&gold_beads, &system_beads))
        }
    }
}

/// A segment that stands in two beads, with its side.
fn shared_segment(beads: &[ListedBead]) -> Option<(&'static str, usize)> {
    let (mut sources, mut targets) = (BTreeSet::new(), BTreeSet::new());
    beads.iter().find_map(|bead| {
        let source = bead.source.iter().find(|number| !sources.insert(**number)).map(|number| ("source", *number));
        let target = bead.target.iter().find(|number| !targets.insert(**number)).map(|number| ("target", *number));
        source.or(target)
    })
}

fn read(path: &Path, messages: Messages) -> Result<Beads> {
    let bytes = load(path)?;
    let (text, _) = decode(&path.display().to_string(), &bytes, None)?;
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv")) {
        return Ok(Beads::Table(alignment_tsv::read(&text, path)?));
    }
    let listed = beads::read(&text, path)?;
    if let Some((side, number)) = shared_segment(&listed) {
        messages.note(&format!(
            "{}: {side} segment {number} stands in two beads, which no alignment has. The scores mean little",
            path.display()
        ));
    }
    Ok(Beads::Numbers(listed.into_iter().map(|bead| (bead.source, bead.target)).collect()))
}

fn bead_set(beads: &Beads) -> BeadSet {
    match beads {
        Beads::Numbers(set) => set.clone(),
        Beads::Table(table) => table_units("", table)
            .into_iter()
            .filter(|unit| unit.status != Status::Rejected)
            .map(|unit| (unit.source_segments.indices().collect(), unit.target_segments.indices().collect()))
            .collect(),
    }
}
