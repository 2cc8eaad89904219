//! `taiyaku align`: two files, the articles of a project, or records.

mod articles;
mod files;
mod records;

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::Outcome;
use crate::args::{Align, Common};
use crate::messages::Messages;
use crate::output::STANDARD;
use crate::{input, resources};

pub(super) fn run(args: &Align, common: &Common, messages: Messages) -> anyhow::Result<Outcome> {
    if args.jsonl {
        return records::run(args, common.strict, messages);
    }
    input::refuse_second_standard(&args.names)?;
    if let [source, target] = args.names.as_slice()
        && (args.segmented || are_files(source, target) || resources::project(&args.languages)?.is_none())
    {
        refuse(args.all, "--all", "the articles of a project")?;
        refuse(args.dry_run, "--dry-run", "the articles of a project")?;
        return files::run(args, source, target, common.color.is_on(), messages);
    }
    refuse(args.segmented, "--segmented", "two files")?;
    refuse_files(args)?;
    if args.output.output.is_some() || args.format.is_some() {
        bail!(
            "the beads of articles go to their alignment.tsv: --output and --format are for two files. Use `taiyaku export` to write the pairs of articles"
        );
    }
    articles::run(args, common.strict, messages)
}

/// Whether these are two files, of which one may be missing by mistake, and not articles.
fn are_files(source: &Path, target: &Path) -> bool {
    let is_meant = |name: &Path| is_file(name) || name.extension().is_some();
    (is_file(source) && is_meant(target)) || (is_meant(source) && is_file(target))
}

fn is_file(name: &Path) -> bool {
    name.as_os_str() == STANDARD || name.is_file()
}

/// Fails on files that are not two, unless they are an article's.
fn refuse_files(args: &Align) -> anyhow::Result<()> {
    if args.names.is_empty() || !args.names.iter().all(|name| is_file(name)) {
        return Ok(());
    }
    let project = resources::project(&args.languages)?;
    let corpus = project.and_then(|project| project.config.corpus.canonicalize().ok());
    let is_of_article = |name: &PathBuf| {
        corpus.as_ref().is_some_and(|corpus| name.canonicalize().is_ok_and(|name| name.starts_with(corpus)))
    };
    if args.names.iter().all(is_of_article) {
        return Ok(());
    }
    match args.names.len() {
        1 => bail!("align takes two files; one was given. Give the translation too"),
        count => bail!("align takes two files; {count} were given. Give an original and its translation"),
    }
}

fn refuse(is_given: bool, option: &str, whose: &str) -> anyhow::Result<()> {
    if is_given {
        bail!("{option} is for {whose}. Leave it out here");
    }
    Ok(())
}
