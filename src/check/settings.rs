//! Which checks are on, and how severe their findings are.

use super::{Bitext, Check, Finding, Severity};

/// What the user wants of the checks; the default is what the checks say of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// What is set by the name of a check; `None` turns it off.
    pub severity: std::collections::BTreeMap<String, Option<Severity>>,
}

impl Settings {
    /// Whether a check is to be run.
    pub(super) fn is_on(&self, check: &Check) -> bool {
        self.severity.get(check.name).copied().unwrap_or(check.severity).is_some()
    }

    /// Sets the severities of findings as the user wants them and drops silenced ones.
    pub(super) fn apply(&self, bitext: &Bitext, findings: &mut Vec<Finding>) {
        findings.retain(|finding| {
            let line = bitext.lines.get(finding.place.line);
            !line.is_some_and(|line| line.ignore.iter().any(|name| name == "*" || name == finding.check))
        });
        for finding in findings {
            if let Some(Some(severity)) = self.severity.get(finding.check) {
                // A check's notes stay notes: they are what it is not sure of.
                finding.severity = if finding.severity == Severity::Note { Severity::Note } else { *severity };
            }
        }
    }
}
