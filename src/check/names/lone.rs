//! Slips that one line shows by itself: a word list knows the name, or both sides write it in the same letters.

use std::collections::BTreeMap;
use std::ops::Range;

use super::spelling::{Difference, Letters};
use super::words::{self, Word};
use super::{Issue, Kind};
use crate::check::{Context, Finding, Place, Severity, Side};
use crate::lang::is_katakana;
use crate::name::{Katakana, Latin, Reading, cost, katakana_runs};
use crate::span::Span;

/// Shorter names have too many neighbours.
const SHORTEST: usize = 5;
/// Katakana names with fewer signs have too many neighbours.
const SHORTEST_KATAKANA: usize = 4;
/// What a slip in katakana may put in a sign's place.
const SIGNS: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギグゲゴザジズゼゾダデドバビブベボパピプペポヴァィゥェォッャュョー";

pub(crate) fn issues(context: &Context<'_>, lines: Range<usize>) -> Vec<Issue> {
    let mut issues = Vec::new();
    // What stands twice is no slip.
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines.clone().filter_map(|l| context.bitext.lines.get(l)) {
        for word in words::joined(&line.target) {
            *counts.entry(word.text).or_default() += 1;
        }
    }
    for line in lines {
        let Some(pair) = context.bitext.lines.get(line) else { continue };
        if pair.source.is_empty() || pair.target.is_empty() {
            continue;
        }
        let mut words = words::joined(&pair.target);
        for word in &mut words {
            word.is_capital &=
                counts.get(&word.text).copied() == Some(1) || words::is_known(&word.text, context.lexicons);
        }
        misspelt_target(context, line, &pair.source, &pair.target, &words, &mut issues);
        misspelt_source(context, line, &pair.source, &pair.target, &words, &mut issues);
    }
    issues
}

/// Words of the source with renderings that are names, and Latin words that should stand unchanged: where the target
/// has none of them but nearly one.
fn misspelt_target(
    context: &Context<'_>,
    line: usize,
    source: &str,
    target: &str,
    words: &[Word],
    issues: &mut Vec<Issue>,
) {
    let mut names: Vec<(Span, Vec<String>)> = Vec::new();
    for token in context.tokenizer.tokens(source) {
        let text = token.span.of(source);
        let renderings: Vec<String> = context
            .lexicons
            .iter()
            .flat_map(|l| l.renderings(text).into_owned())
            .map(|r| r.text.into_owned())
            .filter(|r| r.chars().next().is_some_and(char::is_uppercase) && !r.contains(' '))
            .collect();
        // A romanised name has spellings that no word list holds; those of another sound are words like any other.
        let reading = token.reading.and_then(Reading::new);
        let is_romanised = |r: &String| match (&reading, Latin::new(r)) {
            (Some(reading), Some(latin)) if !text.chars().all(is_katakana) => reading.similarity(&latin) >= 0.7,
            _ => false,
        };
        if !renderings.is_empty() && !renderings.iter().any(is_romanised) {
            names.push((token.span, renderings));
        }
    }
    for word in words::split(source) {
        if word.is_capital && word.text.chars().all(|c| c.is_ascii_alphabetic()) {
            names.push((word.span, vec![word.text]));
        }
    }
    for (span, renderings) in names {
        let name = span.of(source);
        let known: Vec<Letters> = renderings.iter().map(|r| Letters::new(r)).collect();
        if words.iter().any(|w| known.iter().any(|k| k.difference(&w.letters) <= Difference::Diacritics)) {
            continue;
        }
        let found = words.iter().filter(|w| w.is_capital && w.letters.len() >= SHORTEST).find_map(|w| {
            if words::is_known(&w.text, context.lexicons)
                || katakana_runs(source).iter().any(|s| s.of(source) != name && sounds(s.of(source), &w.text, 0.2))
            {
                return None;
            }
            let at = known.iter().position(|k| {
                k.len() >= SHORTEST
                    && matches!(k.difference(&w.letters), Difference::Near(1))
                    && !super::discovery::is_inflected(k, &w.letters)
            })?;
            Some((w, renderings.get(at)?))
        });
        if let Some((word, expected)) = found {
            let message = format!("{name} is {expected}; here stands {}.", word.text);
            let mut finding =
                Finding::new(Severity::Error, Place { line, side: Side::Target, span: word.span }, message);
            finding.related = vec![Place { line, side: Side::Source, span }];
            finding.source_name = Some(name.to_owned());
            finding.target_name = Some(word.span.of(target).to_owned());
            finding.expected = vec![expected.clone()];
            issues.push(Issue { kind: Kind::NameSpelling, finding });
        }
    }
}

fn sounds(katakana: &str, latin: &str, limit: f64) -> bool {
    match (Katakana::new(katakana), Latin::new(latin)) {
        (Some(k), Some(l)) => cost(&k, &l) <= limit,
        _ => false,
    }
}

/// Katakana that no word list has, one sign away from a name that one has, whose rendering stands in the target.
fn misspelt_source(
    context: &Context<'_>,
    line: usize,
    source: &str,
    target: &str,
    words: &[Word],
    issues: &mut Vec<Issue>,
) {
    let capitals: Vec<&Word> = words.iter().filter(|w| w.is_capital).collect();
    for run in katakana_runs(source) {
        let text = run.of(source);
        let len = text.chars().count();
        let is_known = |t: &str| context.lexicons.iter().any(|l| l.contains(t));
        if len < SHORTEST_KATAKANA
            || !text.chars().all(is_katakana)
            || is_known(text)
            || capitals.iter().any(|w| sounds(text, &w.text, 0.05))
        {
            continue;
        }
        let found = neighbours(text).into_iter().find_map(|near| {
            let renderings = context.lexicons.iter().flat_map(|l| l.renderings(&near).into_owned());
            let names = renderings.filter(|r| r.text.chars().next().is_some_and(char::is_uppercase));
            names.into_iter().find_map(|r| {
                let word = capitals.iter().find(|w| w.text == r.text && sounds(&near, &w.text, 0.2))?;
                Some((near.clone(), word.span))
            })
        });
        if let Some((expected, at)) = found {
            let name = at.of(target).to_owned();
            let message = format!("{name} is {expected}; here stands {text}.");
            let mut finding = Finding::new(Severity::Error, Place { line, side: Side::Source, span: run }, message);
            finding.related = vec![Place { line, side: Side::Target, span: at }];
            finding.source_name = Some(text.to_owned());
            finding.target_name = Some(name);
            finding.expected = vec![expected];
            issues.push(Issue { kind: Kind::NameSpelling, finding });
        }
    }
}

/// The words that differ from `text` by one sign: left out, put in, replaced, or changed with its neighbour.
fn neighbours(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    for i in 0..=signs.len() {
        let (before, after) = signs.split_at(i);
        let mut add = |middle: &[char], rest: &[char]| {
            out.push(before.iter().chain(middle).chain(rest).collect::<String>());
        };
        if let Some((first, rest)) = after.split_first() {
            add(&[], rest);
            if let Some((second, rest)) = rest.split_first() {
                add(&[*second, *first], rest);
            }
            for sign in SIGNS.chars() {
                add(&[sign], rest);
            }
        }
        for sign in SIGNS.chars() {
            add(&[sign], after);
        }
    }
    out
}
