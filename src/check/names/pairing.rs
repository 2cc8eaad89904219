//! The names of the source with what renders them in each line, by sound, by word lists, and by their letters.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::document::Document;
use super::runs::{self, DOTS};
use super::spelling::{Letters, folded};
use super::{cyrillic, words};
use crate::lang::is_hangul;
use crate::name::{Candidates, Hangul, Katakana, cost_within, katakana_runs};
use crate::span::Span;
use crate::token::PartOfSpeech;

/// Names that sound as alike as this are one: at this cost .96 of the pairs are, and lines that pair them add to that.
pub(super) const ALIKE: f64 = 0.2;
/// Names less alike than this have nothing to do with each other.
pub(super) const UNLIKE: f64 = 0.33;
/// What sounds like a kanji name is its rendering from this similarity on, for readings of so many letters.
const SAME_READING: f64 = 0.85;
const LONG_READING: usize = 5;

/// A name of the source.
#[derive(Debug, Default)]
pub(super) struct Name {
    /// The lines that have it, each with its first place.
    pub(super) places: BTreeMap<usize, Span>,
    /// Whether a word list has it as a name.
    pub(super) is_listed: bool,
    /// Renderings with the lines that have them.
    pub(super) renderings: BTreeMap<String, BTreeSet<usize>>,
    /// The lines with a rendering.
    pub(super) rendered: BTreeSet<usize>,
    /// What the word lists have for it.
    pub(super) known: Vec<String>,
}

/// What a name sounds like in a line.
#[derive(Debug, Clone)]
pub(super) struct Claim<'c> {
    pub(super) span: Span,
    pub(super) name: &'c str,
    pub(super) cost: f64,
}

/// The names of a line.
#[derive(Debug, Default)]
struct Line<'c> {
    /// Where each name stands first.
    names: BTreeMap<&'c str, Span>,
    /// The spans that sound like a name: each given to the name that it sounds most like.
    claims: Vec<Claim<'c>>,
    /// What reads like a kanji name.
    read: BTreeMap<&'c str, Span>,
}

/// The names of a document with their renderings.
#[derive(Debug)]
pub(super) struct Pairing<'c> {
    first: usize,
    lines: Vec<Line<'c>>,
    pub(super) names: BTreeMap<&'c str, Name>,
    /// What each rendering renders.
    pub(super) sources: BTreeMap<String, BTreeSet<&'c str>>,
    /// Renderings by their first unbroken run of letters.
    by_piece: FxHashMap<String, Vec<String>>,
}

impl<'c> Pairing<'c> {
    /// Pairs the names of a document.
    pub(super) fn new(document: &Document<'c>) -> Self {
        let lines: Vec<Line<'c>> = document.lines().into_par_iter().map(|line| read(document, line)).collect();
        let first = document.lines().start;
        let mut names: BTreeMap<&str, Name> = BTreeMap::new();
        for (at, line) in lines.iter().enumerate() {
            for (name, span) in &line.names {
                names.entry(name).or_default().places.insert(first + at, *span);
            }
        }
        let mut pairing =
            Self { first, lines, names: BTreeMap::new(), sources: BTreeMap::new(), by_piece: FxHashMap::default() };
        names.par_iter_mut().for_each(|(text, name)| pairing.render(document, text, name));
        for (text, name) in &names {
            for rendering in name.renderings.keys() {
                pairing.sources.entry(rendering.clone()).or_default().insert(text);
            }
        }
        for rendering in pairing.sources.keys() {
            let piece = words::pieces(rendering).next().unwrap_or_default();
            pairing.by_piece.entry(piece.to_owned()).or_default().push(rendering.clone());
        }
        pairing.names = names;
        pairing
    }

    fn line(&self, line: usize) -> Option<&Line<'c>> {
        self.lines.get(line.checked_sub(self.first)?)
    }

    /// The names of a line.
    pub(super) fn names_in(&self, line: usize) -> impl Iterator<Item = (&'c str, &Name)> {
        let here = self.line(line).into_iter().flat_map(|line| line.names.keys());
        here.filter_map(|name| Some((*name, self.names.get(name)?)))
    }

    /// What a name sounds like in a line.
    pub(super) fn claimed(&self, line: usize, name: &str) -> Option<&Claim<'c>> {
        self.line(line)?.claims.iter().find(|claim| claim.name == name)
    }

    /// The renderings of any names that stand in a text, with what they render, in order of their letters.
    pub(super) fn renderings_in(&self, text: &str) -> Vec<(&str, &BTreeSet<&'c str>, Span)> {
        let pieces: BTreeSet<&str> = words::pieces(text).collect();
        let renderings = pieces.iter().filter_map(|piece| self.by_piece.get(*piece)).flatten();
        let mut found: Vec<_> = renderings
            .filter_map(|rendering| {
                Some((rendering.as_str(), self.sources.get(rendering)?, words::find(text, rendering)?))
            })
            .collect();
        found.sort_unstable_by_key(|(rendering, ..)| *rendering);
        found
    }

    /// Finds the renderings of a name.
    fn render(&self, document: &Document<'c>, text: &str, name: &mut Name) {
        name.known = document.names_for(text);
        name.is_listed = !name.known.is_empty();
        let in_dictionary = document.in_dictionary(text);
        for &line in name.places.keys() {
            let target = document.target(line);
            let is_there = |rendering: &&String| words::contains(target, rendering);
            let by_sound = || self.claimed(line, text).filter(|claim| claim.cost <= ALIKE).map(|claim| claim.span);
            let by_reading = || self.line(line)?.read.get(text).copied();
            let found = name.known.iter().find(is_there).cloned();
            let found = found.or_else(|| words::contains(target, text).then(|| text.to_owned()));
            let found = found.or_else(|| in_dictionary.iter().find(is_there).cloned());
            let found = found.or_else(|| by_sound().or_else(by_reading).map(|span| folded(span.of(target))));
            if let Some(found) = found {
                name.renderings.entry(found).or_default().insert(line);
                name.rendered.insert(line);
            }
        }
    }
}

/// Reads the names of a line and what they sound like.
fn read<'c>(document: &Document<'c>, line: usize) -> Line<'c> {
    let (source, target) = (document.source(line), document.target(line));
    let mut read = Line::default();
    let spans = names(document, line);
    for span in &spans {
        let text = span.of(source);
        // Of a full name the surname is used alone.
        let surname = text.rsplit(DOTS).next().filter(|part| *part != text && part.chars().count() >= 2);
        for part in surname.into_iter().chain([text]) {
            let at = span.start + text.find(part).unwrap_or_default();
            read.names.entry(part).or_insert(Span::new(at, at + part.len()));
        }
    }
    if spans.is_empty() || target.is_empty() {
        return read;
    }
    let candidates = Candidates::new(target);
    let all: BTreeSet<&str> = spans.iter().flat_map(|span| runs::with_parts(span.of(source))).collect();
    read.claims = claims(&all, target, &candidates);
    for name in read.names.keys().filter(|name| name.chars().all(runs::is_kanji)) {
        let reading = document.readings.of_name(name).filter(|reading| reading.letters() >= LONG_READING);
        if let Some((span, similarity)) = reading.and_then(|reading| candidates.best_reading(&reading))
            && similarity >= SAME_READING
        {
            read.read.insert(name, span);
        }
    }
    read
}

/// Gives each span of the target to the name that it sounds most like.
fn claims<'c>(names: &BTreeSet<&'c str>, target: &str, candidates: &Candidates) -> Vec<Claim<'c>> {
    let mut all: Vec<Claim<'c>> = Vec::new();
    for &name in names {
        let claim = |(span, cost): (Span, Option<f64>)| Some(Claim { span, name, cost: cost? });
        if runs::is_katakana_name(&name.replace('―', "ー")) {
            let Some(sounds) = Katakana::new(name) else { continue };
            all.extend(candidates.iter().map(|(at, l)| (at, cost_within(&sounds, l, UNLIKE))).filter_map(claim));
        } else if name.chars().all(is_hangul) {
            let Some(sounds) = Hangul::new(name) else { continue };
            all.extend(candidates.iter().map(|(at, l)| (at, cost_within(&sounds, l, UNLIKE))).filter_map(claim));
        } else if name.chars().all(runs::is_cyrillic) {
            let cost = |span: Span| Some(1.0 - cyrillic::similarity(name, &Letters::new(span.of(target))));
            let near = |span| (span, cost(span).filter(|cost| *cost <= UNLIKE));
            all.extend(candidates.iter().map(|(at, _)| near(at)).filter_map(claim));
        } else if !name.chars().any(runs::is_kanji) {
            all.extend(
                candidates
                    .iter()
                    .filter(|(at, _)| at.of(target) == name)
                    .map(|(at, _)| (at, Some(0.0)))
                    .filter_map(claim),
            );
        }
    }
    all.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| (a.span, a.name).cmp(&(b.span, b.name))));
    let mut out: Vec<Claim<'c>> = Vec::new();
    for claim in all {
        let overlaps = |other: &Claim<'_>| other.span.start < claim.span.end && claim.span.start < other.span.end;
        // A full name and its parts share their place.
        let is_part = |other: &Claim<'_>| other.name.contains(claim.name) || claim.name.contains(other.name);
        if !out.iter().any(|other| other.name == claim.name || (overlaps(other) && !is_part(other))) {
            out.push(claim);
        }
    }
    out
}

/// The names of a source line: katakana, words in Latin letters, kanji names, Korean and Russian words.
fn names(document: &Document<'_>, line: usize) -> Vec<Span> {
    let text = document.source(line);
    let has_two = |span: &Span| span.of(text).chars().count() >= 2;
    let mut out: Vec<Span> = katakana_runs(text).into_iter().filter(has_two).collect();
    let is_latin_text = document.context.bitext.source.is_english();
    let mut candidates: Option<Candidates> = None;
    for word in words::spaced(text) {
        let written = word.span.of(text);
        let is_latin =
            word.is_capital && word.text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '\''));
        let follows =
            |run: &&mut Span| run.end < word.span.start && Span::new(run.end, word.span.start).of(text) == " ";
        if is_latin && !is_latin_text {
            match out.last_mut().filter(follows).filter(|run| run.of(text).is_ascii()) {
                Some(run) => run.end = word.span.end,
                None if word.letters.len() >= 2 && !word.text.chars().all(char::is_numeric) => out.push(word.span),
                None => {}
            }
        } else if word.is_capital && written.chars().all(runs::is_cyrillic) {
            let stem = cyrillic::stem(written);
            out.push(Span::new(word.span.start, word.span.start + stem.len()));
        } else if written.chars().all(is_hangul) {
            let candidates = candidates.get_or_insert_with(|| Candidates::new(document.target(line)));
            let stem = name_in_korean(written, candidates);
            out.push(Span::new(word.span.start, word.span.start + stem.len()));
        }
    }
    out.extend(dictionary_names(document, line));
    let mut open: Option<Span> = None;
    for token in document.tokens(line) {
        let word = token.span.of(text);
        let is_name = token.part == PartOfSpeech::ProperNoun && word.chars().all(runs::is_kanji);
        match &mut open {
            Some(run) if is_name && run.end == token.span.start => run.end = token.span.end,
            _ => {
                out.extend(open.take().filter(has_two));
                if is_name {
                    open = Some(token.span);
                }
            }
        }
    }
    out.extend(open.filter(has_two));
    out
}

/// The names in kanji that only the dictionary of names has, the longest first; what is a word besides is left out.
fn dictionary_names(document: &Document<'_>, line: usize) -> Vec<Span> {
    /// No name has more words.
    const LONGEST: usize = 4;
    if document.context.name_dictionary.is_none() {
        return Vec::new();
    }
    let (text, tokens) = (document.source(line), document.tokens(line));
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        let name = |len: &usize| {
            let last = tokens.get(at + len - 1)?;
            let span = Span::new(first.span.start, last.span.end);
            let word = span.of(text);
            let is_kanji = word.chars().all(runs::is_kanji) && word.chars().count() >= 2;
            (is_kanji && !document.is_listed(word) && !document.in_dictionary(word).is_empty()).then_some(span)
        };
        let found = (1..=LONGEST).rev().find_map(|len| Some((len, name(&len)?)));
        out.extend(found.map(|(_, span)| span));
        at += found.map_or(1, |(len, _)| len);
    }
    out
}

/// A Korean word without the particle at its end, unless it sounds more like a name of the target with it (김정은).
fn name_in_korean<'t>(word: &'t str, candidates: &Candidates) -> &'t str {
    /// Costs that differ by less are equal.
    const EQUAL: f64 = 0.02;
    let stem = without_particle(word);
    let cost = |word: &str| {
        let name = Hangul::new(word)?;
        candidates.iter().filter_map(|(_, latin)| cost_within(&name, latin, UNLIKE)).min_by(f64::total_cmp)
    };
    // The stem of a full name sounds as much like a part of it: 김정 like Kim Jong.
    let is_name = stem != word && cost(word).is_some_and(|whole| cost(stem).is_none_or(|part| whole <= part + EQUAL));
    if is_name { word } else { stem }
}

/// A Korean word without the particle at its end, where two syllables or more remain.
pub(super) fn without_particle(word: &str) -> &str {
    const PARTICLES: [&str; 15] =
        ["에서", "에게", "으로", "은", "는", "이", "가", "을", "를", "의", "에", "도", "와", "과", "로"];
    let is_name = |rest: &&str| rest.chars().count() >= 2;
    PARTICLES.iter().find_map(|particle| word.strip_suffix(particle).filter(is_name)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::{name_in_korean, without_particle};
    use crate::name::Candidates;

    #[test]
    fn a_syllable_that_a_particle_has_too_stays_where_the_name_sounds_so() {
        let candidates = Candidates::new("Kim Jong Un met Trump in Oslo.");
        for (word, name) in [
            ("김정은", "김정은"),
            ("김정은은", "김정은"),
            ("트럼프를", "트럼프"),
            ("트럼프이", "트럼프"),
            ("오슬로", "오슬로"),
        ] {
            assert_eq!(name_in_korean(word, &candidates), name);
        }
    }

    #[test]
    fn korean_particles_are_no_part_of_a_name() {
        assert_eq!(
            (without_particle("트럼프는"), without_particle("런던에서"), without_particle("나는")),
            ("트럼프", "런던", "나는")
        );
    }
}
