//! The names of a bitext with their renderings, which the name and term checks share.

mod discovery;
mod equivalent;
mod lone;
mod spelling;
mod swaps;
mod terms;
mod words;

use crate::check::{Context, Finding};

/// What a name or term check reports: one of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    TermMissing,
    TermDeprecated,
    TermUnexpected,
    NameInconsistent,
    NameSwapped,
    NameSpelling,
    NameDiacritics,
    NameMissing,
}

/// A finding before it is given to its check.
#[derive(Debug, Clone)]
struct Issue {
    kind: Kind,
    finding: Finding,
}

/// Everything that the name and term checks find in a bitext.
#[derive(Debug)]
pub(super) struct Issues {
    issues: Vec<Issue>,
}

impl Issues {
    /// Reads the names of a bitext.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let mut issues = terms::issues(context);
        issues.extend(discovery::issues(context));
        Self { issues }
    }

    /// What one of the checks finds.
    pub(super) fn findings(&self, kind: Kind) -> impl Iterator<Item = Finding> + '_ {
        self.issues.iter().filter(move |issue| issue.kind == kind).map(|issue| issue.finding.clone())
    }
}
