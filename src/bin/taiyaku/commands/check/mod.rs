//! `taiyaku check`: what is wrong or doubtful in articles and bilingual files.

mod known;
mod mend;
pub(super) mod plan;
mod summary;
mod watch;

use std::fmt::Write;

use taiyaku::check::{CHECKS, Check as Kind, Severity};

use self::plan::Plan;
use super::Outcome;
use crate::args::{Check, Common};
use crate::input::refuse_second_standard;
use crate::messages::Messages;
use crate::output;

pub(super) fn run(args: &Check, common: &Common, messages: Messages) -> anyhow::Result<Outcome> {
    if let Some(name) = &args.explain {
        return explain(name);
    }
    if args.list {
        return list();
    }
    refuse_second_standard(&args.paths)?;
    if args.watch {
        return watch::run(args, common, messages);
    }
    Plan::new(args, common, messages)?.run()
}

/// Prints what a check finds.
fn explain(name: &str) -> anyhow::Result<Outcome> {
    let check = Kind::named(name)?;
    let severity = check.severity.map_or("off by default", Severity::as_str);
    output::print(&format!("{} ({severity})\n\n{}\n", check.name, check.explanation.trim_end()))?;
    Ok(Outcome::Done)
}

/// Prints the names of the checks with how severe they are.
fn list() -> anyhow::Result<Outcome> {
    let width = CHECKS.iter().map(|check| check.name.len()).max().unwrap_or_default();
    let mut lines = String::new();
    for check in CHECKS {
        let severity = check.severity.map_or("off", Severity::as_str);
        writeln!(lines, "{:width$}  {severity:7}  {}", check.name, check.summary())?;
    }
    output::print(&lines)?;
    Ok(Outcome::Done)
}
