//! The names of a bitext with their renderings, which the name and term checks share.
//!
//! Each document is read once ([`document`]); what is found there is shared out to the checks by [`Kind`]. The side that is
//! not in Latin letters is taken for the source: a bitext into Japanese is turned round, and its findings back ([`mirror`]).
//!
//! | file | what it finds |
//! |---|---|
//! | `terms` | what the glossary says of each line |
//! | `variants` | nearly equal names of the target for one name of the source |
//! | `katakana` | two spellings in katakana of one name, and full names without a dot |
//! | `surfaces` | one name with other diacritics, capitals or signs |
//! | `swaps` | names that stand where another belongs, or for which nothing stands |
//! | `lone` | slips that one line shows by itself |

mod affix;
mod cyrillic;
mod document;
mod equivalent;
mod form;
mod katakana;
mod lone;
mod mirror;
mod near_form;
mod neighbours;
mod pairing;
mod readings;
mod runs;
mod spelling;
mod surfaces;
mod swaps;
mod term_line;
mod terms;
mod variants;
mod words;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::check::{Context, Finding, Severity};
use document::Document;
use form::Form;
use pairing::Pairing;

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
        let issues = if mirror::is_needed(context.bitext) {
            let bitext = mirror::turned(context.bitext);
            let turned = Context::new(&bitext, context.tokenizer, context.glossary, context.lexicons);
            let turned = Context { name_dictionary: context.name_dictionary, ..turned };
            issues(&turned).into_iter().map(mirror::back).collect()
        } else {
            issues(context)
        };
        Self { issues }
    }

    /// What one of the checks finds.
    pub(super) fn findings(&self, kind: Kind) -> impl Iterator<Item = Finding> + '_ {
        self.issues.iter().filter(move |issue| issue.kind == kind).map(|issue| issue.finding.clone())
    }
}

fn issues(context: &Context<'_>) -> Vec<Issue> {
    let terms = terms::Terms::new(context);
    let documents: Vec<_> = context.bitext.documents().collect();
    let read = |lines| {
        let document = Document::new(context, lines);
        let mut issues = terms.as_ref().map(|terms| terms.issues(&document)).unwrap_or_default();
        add(&mut issues, discovered(&document));
        issues
    };
    documents.into_par_iter().map(read).collect::<Vec<_>>().into_iter().flatten().collect()
}

/// What the lines of a document show without a glossary.
fn discovered(document: &Document<'_>) -> Vec<Issue> {
    let (targets, sources) = (form::of_target(document), form::of_source(document));
    let mut issues = variants::issues(document, &targets);
    issues.extend(targets.iter().flat_map(surfaces::issues));
    issues.extend(katakana::issues(document, &sources));
    issues.extend(swaps::issues(document, &Pairing::new(document)));
    issues.extend(lone::issues(document));
    issues
}

/// Adds what was discovered where the glossary has said nothing yet of the same words.
fn add(issues: &mut Vec<Issue>, discovered: Vec<Issue>) {
    let told: BTreeSet<_> = issues
        .iter()
        .filter(|issue| issue.finding.severity > Severity::Note)
        .flat_map(|issue| issue.finding.related.iter().chain([&issue.finding.place]).copied().collect::<Vec<_>>())
        .collect();
    let is_new = |issue: &Issue| issue.finding.severity == Severity::Note || !told.contains(&issue.finding.place);
    issues.extend(discovered.into_iter().filter(is_new));
}

/// The finding about a name with two forms, the more usual one first; in a tie the lines of both are told.
fn inconsistent(
    name: &str,
    usual: &Form,
    form: &Form,
    source_name: Option<String>,
    target_name: Option<String>,
) -> Option<Issue> {
    let place = form.all_places().next()?;
    let (m, n) = (usual.count(), form.count());
    let message = if m > n {
        format!("{name} is written {} {m} times, but {} here.", usual.text, form.text)
    } else {
        format!("{name} is written {} in one place and {} in another.", usual.text, form.text)
    };
    let mut finding = Finding::new(Severity::Error, place, message);
    finding.source_name = source_name;
    finding.target_name = target_name;
    finding.expected = vec![usual.text.clone()];
    finding.related = form.all_places().skip(1).chain(usual.all_places()).collect();
    finding.lines = form.lines().chain(usual.lines().filter(|_| m <= n)).collect();
    finding.lines.sort_unstable();
    finding.lines.dedup();
    Some(Issue { kind: Kind::NameInconsistent, finding })
}
