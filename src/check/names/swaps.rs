//! Names that stand where another belongs, or for which nothing stands, told by what the other lines of the document pair.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::document::Document;
use super::pairing::{ALIKE, Name, Pairing, UNLIKE};
use super::runs::{self, DOTS};
use super::{Issue, Kind, equivalent, words};
use crate::check::{Finding, Place, Severity, Side};
use crate::lang::is_katakana;
use crate::name::{Katakana, Latin, cost_within, katakana_runs};
use crate::span::Span;

// All numbers were set on two sets of translated news articles.

/// So many other lines must pair the two names of a swap, together; a word list counts for so many.
const SUPPORT: usize = 3;
const SUPPORT_OF_LIST: usize = 2;
/// So many must render a name before its absence counts.
const OFTEN: usize = 2;
/// Of the other lines with a name, so many must render it.
const RELIABLE: f64 = 0.75;

/// The issues of a document.
pub(super) fn issues(document: &Document<'_>, pairing: &Pairing<'_>) -> Vec<Issue> {
    let reader = Reader { document, pairing, reliable: reliable(document, pairing) };
    document.lines().into_par_iter().flat_map_iter(|line| reader.issues(line)).collect()
}

/// The renderings that stand beside a name of theirs nearly always, with how many lines pair them.
fn reliable<'p>(document: &Document<'_>, pairing: &'p Pairing<'_>) -> BTreeMap<&'p str, (usize, usize)> {
    let count = |(rendering, sources): (&'p String, &BTreeSet<&str>)| {
        let (mut with, mut paired) = (0, 0);
        for line in document.lines_rendering(rendering) {
            with += 1;
            paired += usize::from(sources.iter().any(|name| document.source(line).contains(name)));
        }
        (rendering.as_str(), (with, paired))
    };
    let all: Vec<_> = pairing.sources.par_iter().map(count).collect();
    all.into_iter().collect()
}

struct Reader<'a, 'c> {
    document: &'a Document<'c>,
    pairing: &'a Pairing<'c>,
    reliable: BTreeMap<&'a str, (usize, usize)>,
}

/// A rendering that stands in a line without any of its names.
struct Stranger<'a> {
    rendering: &'a str,
    names: &'a BTreeSet<&'a str>,
    span: Span,
    /// How many other lines have both.
    paired: usize,
}

impl<'a> Reader<'a, '_> {
    fn issues(&self, line: usize) -> Vec<Issue> {
        let lost: Vec<(&str, &Name)> =
            self.pairing.names_in(line).filter(|(text, name)| self.is_lost(text, name, line)).collect();
        if lost.is_empty() {
            return Vec::new();
        }
        let strangers = self.strangers(line);
        let mut used: BTreeSet<&str> = BTreeSet::new();
        let is_part = |text: &str| lost.iter().any(|(whole, _)| *whole != text && whole.contains(text));
        let mut issues = Vec::new();
        for (text, name) in lost.iter().filter(|(text, _)| !is_part(text)) {
            let Some(span) = name.places.get(&line) else { continue };
            let mut expected = by_count(name);
            if expected.is_empty() {
                expected.extend(self.document.renderings(text).into_iter().take(1));
            }
            let support = name.rendered.len() + if name.is_listed { SUPPORT_OF_LIST } else { 0 };
            let fits = |other: &&Stranger<'_>| {
                let is_new = !used.contains(other.rendering) && !expected.iter().any(|e| e == other.rendering);
                is_new && other.paired + support >= SUPPORT
            };
            let place = Place { line, side: Side::Source, span: *span };
            if let Some(stranger) = strangers.iter().find(fits) {
                used.insert(stranger.rendering);
                issues.push(swapped(text, expected, place, stranger));
            } else if support >= OFTEN {
                issues.push(missing(text, expected, place));
            }
        }
        issues
    }

    /// Whether `line` has the name without a rendering, though other lines render it reliably.
    fn is_lost(&self, text: &str, name: &Name, line: usize) -> bool {
        let rendered = name.rendered.len();
        if name.rendered.contains(&line) {
            return false;
        }
        let is_foreign = name.is_listed && text.chars().all(is_katakana);
        let others = name.places.len() - 1;
        if (rendered == 0 && !is_foreign) || (rendered as f64) < RELIABLE * others as f64 {
            return false;
        }
        let target = self.document.target(line);
        // A name that a word list knows has more renderings than those seen.
        let small = target.to_lowercase();
        let has_any_case =
            |text: &String| words::contains(target, text) || words::contains(&small, &text.to_lowercase());
        if self.document.renderings(text).iter().any(has_any_case) {
            return false;
        }
        let sounds =
            || self.pairing.claimed(line, text).is_some_and(|c| c.cost <= ALIKE || !self.is_taken(line, c.span, text));
        // The whole stands beside its part: ブレット・カバノー and カバノー.
        let is_part = || {
            self.pairing.names_in(line).any(|(other, o)| {
                other != text && (other.contains(text) || text.contains(other)) && o.rendered.contains(&line)
            })
        };
        if sounds() || is_part() {
            return false;
        }
        let there = words::split(target);
        let stands = |r: &String| words::contains(target, r) || equivalent::find(&words::split(r), &there).is_some();
        !name.renderings.keys().any(stands)
    }

    /// Whether what stands at `span` is known as something else than `name`: a rendering of another name, or a word.
    fn is_taken(&self, line: usize, span: Span, name: &str) -> bool {
        let target = self.document.target(line);
        let is_sure = |source: &&str, rendering: &str| {
            let other = self.pairing.names.get(source);
            other.is_some_and(|other| {
                other.renderings.get(rendering).is_some_and(|lines| lines.len() > 1 || other.is_listed)
            })
        };
        words::split(span.of(target)).iter().all(|w| words::is_known(&w.text, self.document.context.lexicons))
            || self.pairing.renderings_in(target).iter().any(|(rendering, sources, at)| {
                !sources.contains(name)
                    && at.start < span.end
                    && span.start < at.end
                    && sources.iter().any(|source| is_sure(source, rendering))
            })
    }

    /// The renderings in `line` whose names the source does not have, though other lines have both.
    fn strangers(&self, line: usize) -> Vec<Stranger<'a>> {
        let (source, target) = (self.document.source(line), self.document.target(line));
        let mut out = Vec::new();
        for (rendering, names, span) in self.pairing.renderings_in(target) {
            let is_there = |name: &&str| source.contains(*name);
            let surname = |name: &&str| {
                name.rsplit(DOTS).next().is_some_and(|part| part.chars().count() >= 2 && source.contains(part))
            };
            let (with, paired) = self.reliable.get(rendering).copied().unwrap_or_default();
            if paired == 0
                // This line is among them.
                || (paired as f64) < RELIABLE * with.saturating_sub(1) as f64
                || names.iter().any(|name| is_there(name) || surname(name))
            {
                continue;
            }
            if !self.sounds_like_another(line, rendering) && !self.is_listed_for_a_word(line, rendering) {
                out.push(Stranger { rendering, names, span, paired });
            }
        }
        out
    }

    /// Whether a name of the source line sounds like the rendering.
    fn sounds_like_another(&self, line: usize, rendering: &str) -> bool {
        let source = self.document.source(line);
        let Some(latin) = Latin::new(rendering) else { return false };
        // A name whose rendering is known is not what stands here by half its sound.
        let limit = |part: &str| match self.pairing.names.get(part) {
            Some(name) if name.is_listed || name.rendered.iter().any(|other| *other != line) => ALIKE,
            _ => UNLIKE,
        };
        let sounds = |part: &str| Katakana::new(part).is_some_and(|k| cost_within(&k, &latin, limit(part)).is_some());
        katakana_runs(source).into_iter().any(|run| runs::with_parts(run.of(source)).any(sounds))
    }

    /// Whether a word list gives the rendering for a word of the source line.
    fn is_listed_for_a_word(&self, line: usize, rendering: &str) -> bool {
        let source = self.document.source(line);
        let gives = |word: &str| self.document.renderings(word).iter().any(|text| text == rendering);
        self.document.tokens(line).iter().any(|token| gives(token.span.of(source)))
    }
}

fn swapped(text: &str, expected: Vec<String>, place: Place, stranger: &Stranger<'_>) -> Issue {
    let own = stranger.names.iter().copied().collect::<Vec<_>>().join(" or ");
    let (usual, rendering) = (expected.first().map_or("", String::as_str), stranger.rendering);
    let message = format!("{text} is {usual} elsewhere; here stands {rendering}, which is {own} elsewhere.");
    let at = Place { side: Side::Target, span: stranger.span, ..place };
    let mut finding = Finding::new(Severity::Error, at, message);
    finding.related = vec![place];
    finding.source_name = Some(text.to_owned());
    finding.target_name = Some(rendering.to_owned());
    finding.expected = expected;
    Issue { kind: Kind::NameSwapped, finding }
}

fn missing(text: &str, expected: Vec<String>, place: Place) -> Issue {
    let usual = expected.first().cloned();
    let message = format!("{text} is {} elsewhere; this line has none of it.", usual.as_deref().unwrap_or_default());
    let mut finding = Finding::new(Severity::Warning, place, message);
    finding.source_name = Some(text.to_owned());
    finding.target_name = usual;
    finding.expected = expected;
    Issue { kind: Kind::NameMissing, finding }
}

/// The renderings of a name, the most frequent first.
fn by_count(name: &Name) -> Vec<String> {
    let mut all: Vec<(&String, usize)> = name.renderings.iter().map(|(r, lines)| (r, lines.len())).collect();
    all.sort_by_key(|(rendering, count)| (std::cmp::Reverse(*count), *rendering));
    all.into_iter().map(|(rendering, _)| rendering.clone()).collect()
}
