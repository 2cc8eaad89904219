//! Which checks are on, and how severe their findings are.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bitext, CHECKS, Check, Finding, Severity};
use crate::error::{Error, Result};

/// Names less alike than this (Jaro-Winkler similarity, 0 to 1) are not offered as what was meant.
const LEAST_ALIKE: f64 = 0.75;
/// How many names are offered for one that is not known.
const OFFERED: usize = 3;
/// In a list of silenced checks, what silences all.
pub const ALL: &str = "*";

/// What is set by the name of a check: how severe its findings are, or `None` to turn it off.
pub type Severities = BTreeMap<String, Option<Severity>>;

/// What the user wants of the checks; the default is what the checks say of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// What is set for all documents.
    pub severity: Severities,
    /// What is set for single documents, by their names; it goes before the rest.
    pub by_document: BTreeMap<String, Severities>,
    /// The only checks to run, even those that are off; all that are on where there is none.
    pub only: BTreeSet<String>,
    /// The checks to leave out.
    pub skip: BTreeSet<String>,
}

impl Settings {
    /// Whether the check of this name is to be run.
    pub fn runs(&self, name: &str) -> bool {
        CHECKS.iter().any(|check| check.name == name && self.is_on(check))
    }

    /// Whether a check is to be run: it is on in one document at least.
    pub(super) fn is_on(&self, check: &Check) -> bool {
        if self.skip.contains(check.name) || !(self.only.is_empty() || self.only.contains(check.name)) {
            return false;
        }
        let is_on_somewhere = || self.by_document.values().any(|set| matches!(set.get(check.name), Some(Some(_))));
        let is_on = || self.set(check.name, None).unwrap_or(&check.severity).is_some();
        self.only.contains(check.name) || is_on() || is_on_somewhere()
    }

    /// What is set for a check in a document; `None` where nothing is.
    fn set(&self, check: &str, document: Option<&str>) -> Option<&Option<Severity>> {
        let here = document.and_then(|name| self.by_document.get(name)?.get(check));
        here.or_else(|| self.severity.get(check))
    }

    /// Sets the severities of findings as the user wants them and drops silenced ones.
    pub(super) fn apply(&self, bitext: &Bitext, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| {
            let line = bitext.lines.get(finding.place.line);
            if line.is_some_and(|line| is_silenced(finding.check, &line.ignore)) {
                return false;
            }
            let is_wanted = self.only.contains(finding.check);
            match self.set(finding.check, line.map(|line| line.document.as_str())) {
                // A check's notes stay notes: they are what it is not sure of.
                Some(Some(_)) if finding.severity == Severity::Note => true,
                Some(Some(severity)) => {
                    finding.severity = *severity;
                    true
                }
                Some(None) => is_wanted,
                // Off by itself, and on in another document alone.
                None => is_wanted || is_on_by_itself(finding.check),
            }
        });
    }
}

impl Check {
    /// The check of this name. Fails with the nearest names.
    pub fn named(name: &str) -> Result<&'static Self> {
        CHECKS.iter().copied().find(|check| check.name == name).ok_or_else(|| {
            let mut nearest: Vec<(f64, &str)> = CHECKS
                .iter()
                .map(|check| (strsim::jaro_winkler(check.name, &name.to_lowercase()), check.name))
                .collect();
            nearest.sort_by(|a, b| b.0.total_cmp(&a.0));
            let near: Vec<&str> = nearest
                .iter()
                .filter(|(alike, _)| *alike >= LEAST_ALIKE)
                .take(OFFERED)
                .map(|(_, name)| *name)
                .collect();
            Error::Usage(match near.as_slice() {
                [] => {
                    let names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
                    format!("there is no check {name}. The checks are {}", names.join(", "))
                }
                [near] => format!("there is no check {name}. Was {near} meant?"),
                near => format!("there is no check {name}. The nearest names are {}", near.join(", ")),
            })
        })
    }
}

/// Whether the check of this name is on where nothing is set.
fn is_on_by_itself(name: &str) -> bool {
    CHECKS.iter().any(|check| check.name == name && check.severity.is_some())
}

/// Whether a list of silenced checks holds `check`.
fn is_silenced(check: &str, ignore: &[String]) -> bool {
    ignore.iter().any(|name| name == ALL || name == check)
}

/// The names in a cell or comment that silences checks: separated by spaces or commas.
pub fn ignored(list: &str) -> Vec<String> {
    list.split([',', ' ', '\t', '\u{3000}', '、']).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Settings, ignored};
    use crate::check::{Check, Finding, Place, Severity, Side, specimen};
    use crate::span::Span;

    /// What becomes of a warning of `check` under these settings.
    fn severity(settings: &Settings, check: &'static str, ignore: &str) -> Option<Severity> {
        let mut bitext = specimen::bitext(&[("一", "One")]);
        bitext.lines[0].ignore = ignored(ignore);
        let place = Place { line: 0, side: Side::Source, span: Span::default() };
        let mut finding = Finding::new(Severity::Warning, place, String::new());
        finding.check = check;
        let mut findings = vec![finding];
        settings.apply(&bitext, &mut findings);
        findings.first().map(|finding| finding.severity)
    }

    fn set(severity: Option<Severity>) -> super::Severities {
        [("empty-side".to_owned(), severity)].into()
    }

    #[test]
    fn what_is_set_for_the_document_goes_before_what_is_set_for_all() {
        let mut settings = Settings::default();
        assert_eq!(severity(&settings, "empty-side", ""), Some(Severity::Warning));
        settings.severity = set(Some(Severity::Error));
        assert_eq!(severity(&settings, "empty-side", ""), Some(Severity::Error));
        settings.by_document.insert("article".to_owned(), set(None));
        assert_eq!(severity(&settings, "empty-side", ""), None);
        settings.by_document.insert("article".to_owned(), set(Some(Severity::Note)));
        assert_eq!(severity(&settings, "empty-side", ""), Some(Severity::Note));
    }

    #[test]
    fn a_check_that_is_asked_for_runs_though_it_is_off() {
        let check = Check::named("empty-side").unwrap();
        let mut settings = Settings { severity: set(None), ..Settings::default() };
        assert!(!settings.is_on(check));
        settings.only.insert("empty-side".to_owned());
        assert!(settings.is_on(check));
        assert_eq!(severity(&settings, "empty-side", ""), Some(Severity::Warning));
        settings.skip.insert("empty-side".to_owned());
        assert!(!settings.is_on(check));
    }

    #[test]
    fn a_check_that_is_off_runs_for_the_document_in_which_it_is_on() {
        let check = Check::named("empty-side").unwrap();
        let mut settings = Settings { severity: set(None), ..Settings::default() };
        settings.by_document.insert("other".to_owned(), set(Some(Severity::Error)));
        assert!(settings.is_on(check));
        assert_eq!(severity(&settings, "empty-side", ""), None);
    }

    #[test]
    fn a_line_is_silenced_for_the_checks_it_names() {
        let settings = Settings::default();
        for (ignore, is_silenced) in
            [("empty-side", true), ("untranslated, empty-side", true), ("*", true), ("untranslated", false)]
        {
            assert_eq!(severity(&settings, "empty-side", ignore).is_none(), is_silenced, "{ignore}");
        }
        assert_eq!(ignored(" a,b  c、d "), ["a", "b", "c", "d"]);
        assert_eq!(ignored(" "), [""; 0]);
    }

    #[test]
    fn every_check_has_a_summary_of_one_line() {
        for check in super::CHECKS {
            let summary = check.summary();
            assert!((10..200).contains(&summary.chars().count()), "{}: {summary}", check.name);
        }
    }

    #[test]
    fn an_unknown_check_names_the_nearest() {
        let error = Check::named("empty-sides").unwrap_err().to_string();
        assert!(error.starts_with("there is no check empty-sides. ") && error.contains("empty-side"), "{error}");
        assert!(Check::named("zzz").unwrap_err().to_string().contains("The checks are "));
    }
}
