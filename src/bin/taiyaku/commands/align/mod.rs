//! `taiyaku align`: two files, the articles of a project, or records.

mod articles;
mod files;
mod records;

use std::path::Path;

use anyhow::bail;

use super::Outcome;
use crate::args::Align;
use crate::messages::Messages;
use crate::output::STANDARD;
use crate::{input, resources};

pub(super) fn run(args: &Align, color: bool, messages: Messages) -> anyhow::Result<Outcome> {
    if args.jsonl {
        return records::run(args, messages);
    }
    input::refuse_second_standard(&args.names)?;
    if let [source, target] = args.names.as_slice()
        && (args.segmented || is_file(source) || is_file(target) || resources::project(&args.languages)?.is_none())
    {
        refuse(args.all, "--all", "the articles of a project")?;
        refuse(args.dry_run, "--dry-run", "the articles of a project")?;
        refuse(args.strict, "--strict", "records, with --jsonl")?;
        return files::run(args, source, target, color, messages);
    }
    refuse(args.segmented, "--segmented", "two files")?;
    refuse(args.strict, "--strict", "records, with --jsonl")?;
    if args.output.output.is_some() || args.format.is_some() {
        bail!(
            "the beads of articles go to their alignment.tsv: --output and --format are for two files. Use `taiyaku export` to write the pairs of articles"
        );
    }
    articles::run(args, messages)
}

fn is_file(name: &str) -> bool {
    name == STANDARD || Path::new(name).is_file()
}

fn refuse(is_given: bool, option: &str, whose: &str) -> anyhow::Result<()> {
    if is_given {
        bail!("{option} is for {whose}. Leave it out here");
    }
    Ok(())
}
