//! The commands, one a file.

mod align;
mod check;
mod evaluate;
mod export;
mod glossary;
mod import;
mod init;
mod licenses;
mod lookup;
mod memory;
mod names;
mod pretranslate;
mod search;
mod segment;

use crate::args::{Cli, Command};
use crate::messages::Messages;

/// How a command ended; the exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done and clean.
    Done,
    /// Done, but something was found or records were skipped.
    Findings,
    /// Something could not be done, and the user has been told what.
    Failed,
}

/// Runs the command.
pub(crate) fn run(cli: Cli, messages: Messages) -> anyhow::Result<Outcome> {
    let common = cli.common;
    match cli.command {
        Command::Init(args) => init::run(&args),
        Command::Segment(args) => segment::run(&args, messages),
        Command::Align(args) => align::run(&args, &common, messages),
        Command::Check(args) => check::run(&args, &common, messages),
        Command::Names(args) => names::run(&args, &common, messages),
        Command::Glossary(args) => glossary::run(&args, messages),
        Command::Export(args) => export::run(&args, common.strict, messages),
        Command::Evaluate(args) => evaluate::run(&args, messages),
        Command::Import(args) => import::run(&args, common.strict, messages),
        Command::Lookup(args) => lookup::run(&args, common.strict, common.color.is_on(), messages),
        Command::Search(args) => search::run(&args, common.color.is_on(), messages),
        Command::Memory(args) => memory::run(&args.task, messages),
        Command::Pretranslate(args) => pretranslate::run(&args, messages),
        Command::Licenses(_) => licenses::run(),
    }
}
