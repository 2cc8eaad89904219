//! The names of a bitext with their renderings, which the name and term checks share.

mod discovery;
mod equivalent;
mod lone;
mod spelling;
mod swaps;
mod terms;
mod words;

use crate::check::{Context, Finding};

/// What a name or term check reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Missing,
    Deprecated,
    Unexpected,
    Inconsistent,
    Swapped,
    Spelling,
    Diacritics,
    NameMissing,
}

/// A finding before it is given to its check.
#[derive(Debug, Clone)]
pub struct Issue {
    pub kind: Kind,
    pub finding: Finding,
}

/// Everything that the name and term checks find.
pub fn issues(context: &Context<'_>) -> Vec<Issue> {
    let mut issues = terms::issues(context);
    issues.extend(discovery::issues(context));
    issues
}
