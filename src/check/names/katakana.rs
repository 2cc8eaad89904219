//! Katakana names of the source that are written in two ways, or without their dot.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::document::Document;
use super::form::Form;
use super::neighbours::Neighbours;
use super::runs::DOTS;
use super::spelling::{Difference, one_sound};
use super::{Issue, Kind, words};
use crate::check::{Finding, Place, Severity, Side};
use crate::name::{Candidates, Katakana, Latin, cost, cost_within};

// All numbers were set on two sets of translated news articles.

/// The usual spelling sounds like its name at this cost, a misspelt one at that.
const USUAL: f64 = 0.18;
const MISSPELT: f64 = 0.4;
/// The parts of a name without its dot sound like the words of the target.
const PART: f64 = 0.2;
/// So many names of a document must have a dot before one without is noticed.
const DOTTED: usize = 2;
/// A shorter surname ends too many words.
const SHORTEST_SURNAME: usize = 3;

/// The issues of a document with these names.
pub(super) fn issues(document: &Document<'_>, forms: &[Form]) -> Vec<Issue> {
    let mut issues = variants(document, forms);
    issues.extend(dots(document, forms));
    issues
}

/// Names that differ in few signs and stand for one name of the target.
fn variants(document: &Document<'_>, forms: &[Form]) -> Vec<Issue> {
    let sounds: Vec<Vec<char>> = forms.iter().map(|form| one_sound(form.letters.plain())).collect();
    let index = Neighbours::new(sounds.iter().map(Vec::as_slice));
    let compare = |(at, form): (usize, &Form)| {
        index
            .of(&one_sound(form.letters.plain()))
            .into_iter()
            .filter_map(|other| Some((other, forms.get(other)?)))
            .filter(|(other, usual)| (usual.rank(), *other) < (form.rank(), at) && may_be_one(usual, form))
            .filter_map(|(_, usual)| variant(document, usual, form))
            .collect::<Vec<_>>()
    };
    let mut issues: Vec<Issue> = forms.par_iter().enumerate().flat_map_iter(compare).collect();
    // Of a full name and its part the slip is one.
    let mut seen = BTreeSet::new();
    issues.retain(|issue| seen.insert((issue.finding.place.line, issue.finding.target_name.clone())));
    issues
}

fn may_be_one(a: &Form, b: &Form) -> bool {
    let digits = |form: &Form| form.text.chars().filter(|c| c.is_numeric()).collect::<String>();
    a.letters.difference(&b.letters) != Difference::Far && digits(a) == digits(b) && !is_part(&a.text, &b.text)
}

/// Whether one is a full name and the other a part of it.
fn is_part(a: &str, b: &str) -> bool {
    fn parts(text: &str) -> BTreeSet<&str> {
        text.split(['・', '＝', ' ', '\u{3000}']).collect()
    }
    let (a, b) = (parts(a), parts(b));
    a != b && (a.is_subset(&b) || b.is_subset(&a))
}

fn variant(document: &Document<'_>, usual: &Form, form: &Form) -> Option<Issue> {
    if form.lines().any(|line| usual.count_in(line) > 0) {
        return None;
    }
    let (right, wrong) = (Katakana::new(&usual.text)?, Katakana::new(&form.text)?);
    // A name of the target that stands in all lines of the rarer spelling and one of the usual, and sounds like both.
    let target = document.target(form.lines().next()?);
    let mut best: Option<(f64, &str)> = None;
    for (span, latin) in Candidates::new(target).iter() {
        let name = span.of(target);
        let Some(cost) = cost_within(&right, latin, USUAL).filter(|cost| best.is_none_or(|(other, _)| *cost < other))
        else {
            continue;
        };
        let has = |line: usize| words::contains(document.target(line), name);
        if cost_within(&wrong, latin, MISSPELT).is_some() && form.lines().all(has) && usual.lines().any(has) {
            best = Some((cost, name));
        }
    }
    let (_, name) = best?;
    super::inconsistent(name, usual, form, Some(form.text.clone()), Some(name.to_owned()))
}

/// Full names without the dot between their parts, in a document that writes it elsewhere.
fn dots(document: &Document<'_>, forms: &[Form]) -> Vec<Issue> {
    if forms.iter().filter(|form| form.text.contains('・')).count() < DOTTED {
        return Vec::new();
    }
    let has_dot = |form: &&Form| form.text.contains(DOTS) || form.places.len() > 1;
    let without = forms.par_iter().filter(|form| !has_dot(form));
    without.filter_map(|form| without_dot(document, forms, form)).collect()
}

fn without_dot(document: &Document<'_>, forms: &[Form], form: &Form) -> Option<Issue> {
    let (line, spans) = form.places.iter().next()?;
    let splits = match form.text.split_once([' ', '\u{3000}']) {
        Some(parts) => vec![parts],
        None => splits(document, forms, form, *line),
    };
    if splits.is_empty() {
        return None;
    }
    let target = document.target(*line);
    let candidates = Candidates::new(target);
    let (expected, at) = splits.into_iter().find_map(|(given, surname)| {
        let (given_sounds, surname_sounds) = (Katakana::new(given)?, Katakana::new(surname)?);
        let alike = |k: &Katakana, word: &str| Latin::new(word).is_some_and(|latin| cost(k, &latin) <= PART);
        let mut spans = candidates.iter().map(|(at, _)| at);
        let at = spans.find(|at| {
            let mut parts = at.of(target).split([' ', '-']);
            let (first, last, more) = (parts.next(), parts.next(), parts.next());
            more.is_none()
                && first.is_some_and(|word| alike(&given_sounds, word))
                && last.is_some_and(|word| alike(&surname_sounds, word))
        })?;
        Some((format!("{given}・{surname}"), at))
    })?;
    let (written, name) = (&form.text, at.of(target));
    let message = format!("{name} is written {written} here; other full names of the article have a dot: {expected}.");
    let place = Place { line: *line, side: Side::Source, span: *spans.first()? };
    let mut finding = Finding::new(Severity::Warning, place, message);
    finding.related = vec![Place { line: *line, side: Side::Target, span: at }];
    finding.source_name = Some(written.clone());
    finding.target_name = Some(name.to_owned());
    finding.expected = vec![expected];
    Some(Issue { kind: Kind::NameInconsistent, finding })
}

/// A name cut before a surname that stands in another line, what is before it being no word.
fn splits<'f>(document: &Document<'_>, forms: &[Form], form: &'f Form, line: usize) -> Vec<(&'f str, &'f str)> {
    let stands_elsewhere = |surname: &str| {
        let at = forms.binary_search_by(|other| other.text.as_str().cmp(surname)).ok();
        at.and_then(|at| forms.get(at)).is_some_and(|other| other.lines().any(|l| l != line))
    };
    let is_word =
        |given: &str| document.renderings(given).iter().any(|text| text.chars().next().is_some_and(char::is_lowercase));
    let cuts = form.text.char_indices().skip(2).filter_map(|(at, _)| form.text.split_at_checked(at));
    cuts.filter(|(given, surname)| {
        surname.chars().count() >= SHORTEST_SURNAME && stands_elsewhere(surname) && !is_word(given)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::is_part;

    #[test]
    fn a_full_name_and_its_part_are_no_two_spellings() {
        assert!(is_part("ハンナ・ベルク", "ベルク") && !is_part("ベルク", "ベルグ"));
    }
}
