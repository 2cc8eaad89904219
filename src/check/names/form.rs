//! The forms of names that one side of a document holds, with all their places.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::affix::is_romanised;
use super::document::Document;
use super::runs;
use super::spelling::Letters;
use super::words;
use crate::check::{Place, Side};
use crate::name::Latin;
use crate::span::Span;

/// Shorter names differ too easily.
pub(super) const SHORTEST: usize = 4;
/// Shorter words without a capital may be ordinary ones that the list lacks.
pub(super) const SHORTEST_FOREIGN: usize = 6;

/// A name as it is written in one way.
#[derive(Debug)]
pub(super) struct Form {
    /// As it is written where it stands first.
    pub(super) text: String,
    pub(super) letters: Letters,
    /// Its sound, where it is in Latin letters.
    pub(super) latin: Option<Latin>,
    /// Which side it stands on.
    pub(super) side: Side,
    /// Its places, by line.
    pub(super) places: BTreeMap<usize, Vec<Span>>,
    /// Ways of writing the same letters: with other diacritics, capitals, signs.
    pub(super) surfaces: BTreeMap<String, Vec<(usize, Span)>>,
    /// Whether it is an ordinary word of the language.
    pub(super) is_ordinary: bool,
}

impl Form {
    fn new(text: &str, letters: Letters, side: Side) -> Self {
        Self {
            latin: Latin::new(text).filter(|_| side == Side::Target),
            text: text.to_owned(),
            letters,
            side,
            places: BTreeMap::new(),
            surfaces: BTreeMap::new(),
            is_ordinary: false,
        }
    }

    /// The lines where it stands.
    pub(super) fn lines(&self) -> impl Iterator<Item = usize> + '_ {
        self.places.keys().copied()
    }

    /// How often it stands in a line.
    pub(super) fn count_in(&self, line: usize) -> usize {
        self.places.get(&line).map_or(0, Vec::len)
    }

    /// How often it stands in all.
    pub(super) fn count(&self) -> usize {
        self.places.values().map(Vec::len).sum()
    }

    /// What is taken for right of two forms comes first: what stands in more lines; of equal ones the earlier.
    pub(super) fn rank(&self) -> (Reverse<usize>, Option<usize>) {
        (Reverse(self.places.len()), self.lines().next())
    }

    /// All its places, in order.
    pub(super) fn all_places(&self) -> impl Iterator<Item = Place> + '_ {
        let side = self.side;
        self.places
            .iter()
            .flat_map(move |(line, spans)| spans.iter().map(move |span| Place { line: *line, side, span: *span }))
    }
}

/// The names of the target by their letters: words with a capital, with the parts that hyphens join, and words that no
/// list knows (shitsuji).
pub(super) fn of_target(document: &Document<'_>) -> Vec<Form> {
    let mut forms: BTreeMap<Vec<char>, Form> = BTreeMap::new();
    for line in document.lines() {
        let target = document.target(line);
        let split = words::split(target);
        let joined = words::join(split.clone(), target);
        // Parts of hyphenated names are names too: Maizuru-Wakasa Expressway.
        let parts = split.iter().filter(|p| joined.binary_search_by_key(&p.span, |w| w.span).is_err());
        for word in joined.iter().chain(parts).filter(|w| w.letters.len() >= SHORTEST) {
            if word.text.chars().any(char::is_numeric) || (!word.is_capital && word.letters.len() < SHORTEST_FOREIGN) {
                continue;
            }
            let known = forms.get_mut(word.letters.plain());
            let form = match known {
                Some(form) if word.is_capital || !form.is_ordinary => form,
                Some(_) => continue,
                None => {
                    let is_ordinary = words::is_known(&word.text, document.context.lexicons);
                    if !word.is_capital && (is_ordinary || !may_be_name(document, &word.text)) {
                        continue;
                    }
                    let new = Form { is_ordinary, ..Form::new(&word.text, word.letters.clone(), Side::Target) };
                    forms.entry(word.letters.plain().to_vec()).or_insert(new)
                }
            };
            form.places.entry(line).or_default().push(word.span);
            form.surfaces.entry(word.text.clone()).or_default().push((line, word.span));
        }
    }
    forms.into_values().collect()
}

/// Whether an unknown word without a capital may be a name rather than a misspelt word: from Japanese it is romanised.
fn may_be_name(document: &Document<'_>, word: &str) -> bool {
    !document.context.bitext.source.is_japanese() || is_romanised(word)
}

/// The katakana names of the source, whole and in parts.
pub(super) fn of_source(document: &Document<'_>) -> Vec<Form> {
    let mut forms: BTreeMap<&str, Form> = BTreeMap::new();
    for line in document.lines() {
        let source = document.source(line);
        for span in runs::katakana(source) {
            let text = span.of(source);
            for part in runs::with_parts(text) {
                let at = span.start + text.find(part).unwrap_or_default();
                let form = forms.entry(part).or_insert_with(|| Form::new(part, Letters::new(part), Side::Source));
                form.places.entry(line).or_default().push(Span::new(at, at + part.len()));
            }
        }
    }
    forms.into_values().collect()
}
