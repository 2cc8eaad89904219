//! What the glossary says of a document: terms that are missing, unexpected, forbidden, misspelt or swapped.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::document::Document;
use super::term_line::{LineReader, Told};
use super::{Issue, Kind, compound, words};
use crate::check::{Context, Place, Side};
use crate::glossary::{Matcher, TermMatch};
use crate::span::Span;

/// The entries whose forms stand at one place.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) terms: Vec<TermMatch>,
}

/// Everything in a line that its glossary knows.
#[derive(Debug)]
pub(super) struct Line<'c> {
    pub(super) index: usize,
    pub(super) source: &'c str,
    pub(super) target: &'c str,
    pub(super) sources: Vec<Found>,
    pub(super) targets: Vec<Found>,
}

/// The terms of `matches` by place.
fn by_place(matches: Vec<TermMatch>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for term in matches {
        match out.last_mut() {
            Some(found) if found.span == term.span => found.terms.push(term),
            _ => out.push(Found { span: term.span, terms: vec![term] }),
        }
    }
    out
}

/// Finds the terms of the glossary on both sides.
#[derive(Debug)]
pub(super) struct Terms {
    source: Matcher,
    target: Matcher,
}

impl Terms {
    /// `None` when there is no glossary.
    pub(super) fn new(context: &Context<'_>) -> Option<Self> {
        let (bitext, glossary) = (context.bitext, context.glossary);
        let (source, target) =
            rayon::join(|| Matcher::new(glossary, &bitext.source), || Matcher::new(glossary, &bitext.target));
        (!glossary.entries.is_empty()).then_some(Self { source, target })
    }

    /// What the glossary says of a document.
    pub(super) fn read(&self, document: &Document<'_>) -> Told {
        let lines: Vec<Told> = document.lines().into_par_iter().map(|line| self.line(document, line)).collect();
        let (issues, settled): (Vec<_>, Vec<_>) = lines.into_iter().map(|told| (told.issues, told.settled)).unzip();
        Told { issues: relate(document, issues.concat()), settled: settled.concat() }
    }

    fn line(&self, document: &Document<'_>, index: usize) -> Told {
        let Some(line) = document.context.bitext.lines.get(index) else { return Told::default() };
        let mut sources = self.source.find_in(&line.source, &line.document);
        compound::terms(document, index, &line.document, &self.source, &mut sources);
        let found = Line {
            index,
            source: &line.source,
            target: &line.target,
            sources: by_place(sources),
            targets: by_place(self.target.find_in(&line.target, &line.document)),
        };
        LineReader::new(document, &found).issues()
    }
}

/// Makes one finding of all places of a rendering that a document prefers to the glossary's: either may be wrong there,
/// and the places of both are told.
fn relate(document: &Document<'_>, issues: Vec<Issue>) -> Vec<Issue> {
    let key = |issue: &Issue| (issue.kind, issue.finding.source_name.clone(), issue.finding.target_name.clone());
    let mut groups: BTreeMap<_, Vec<Issue>> = BTreeMap::new();
    for issue in issues {
        groups.entry(key(&issue)).or_default().push(issue);
    }
    let mut out = Vec::new();
    for ((kind, source, _), mut group) in groups {
        let conform = match (&source, group.first()) {
            (Some(source), Some(first)) if matches!(kind, Kind::NameSpelling | Kind::NameSwapped) => {
                Some(conforming(document, source, &first.finding.expected))
            }
            _ => None,
        };
        if let Some(conform) = conform.filter(|conform| conform.len() <= group.len()) {
            let mut all = group.drain(..);
            let Some(mut first) = all.next() else { continue };
            for other in all {
                first.finding.lines.extend(other.finding.lines);
                first.finding.related.push(other.finding.place);
            }
            first.finding.lines.extend(conform.iter().map(|place| place.line));
            first.finding.related.extend(conform);
            first.finding.lines.sort_unstable();
            first.finding.lines.dedup();
            first.finding.related.sort_unstable();
            out.push(first);
        }
        out.extend(group);
    }
    out
}

/// Where the lines of a document that have a source name render it as they should.
fn conforming(document: &Document<'_>, source: &str, expected: &[String]) -> Vec<Place> {
    let place = |line: usize| {
        let span = expected.iter().find_map(|form| words::find(document.target(line), form))?;
        Some(Place { line, side: Side::Target, span })
    };
    document.lines_with(source).filter_map(place).collect()
}
