//! How names of the source sound: as written, as a reading in brackets says, as a dictionary reads their kanji.

use std::collections::BTreeMap;

use super::spelling::{Difference, Letters};
use super::{cyrillic, runs};
use crate::check::Context;
use crate::lang::{is_hangul, is_hiragana, is_katakana};
use crate::name::{Hangul, Katakana, Latin, Reading, cost};

/// Names at this cost sound alike; that they stand in the same lines adds to it.
const ALIKE: f64 = 0.25;
/// Readings at least as similar as this are one (see [`Reading::similarity`]).
const SAME_READING: f64 = 0.8;
/// Readings of fewer letters are like too many names.
const SHORTEST: usize = 4;
/// No name in kanji before a bracket has more.
const LONGEST: usize = 8;

/// What may stand before a name without a sign between.
const TITLES: [&str; 15] = [
    "大統領",
    "副大統領",
    "首相",
    "外相",
    "国王",
    "教皇",
    "将軍",
    "住職",
    "書記長",
    "主席",
    "委員長",
    "党首",
    "社長",
    "前",
    "元",
];

/// What is known of the readings of a document's names.
#[derive(Debug)]
pub(super) struct Readings<'c> {
    context: &'c Context<'c>,
    /// Kana that stand in brackets behind kanji, without the title before: 文在寅（ムン・ジェイン）.
    in_brackets: BTreeMap<&'c str, &'c str>,
}

impl<'c> Readings<'c> {
    pub(super) fn new(context: &'c Context<'c>) -> Self {
        Self { context, in_brackets: BTreeMap::new() }
    }

    /// Takes the readings that a line gives.
    pub(super) fn harvest(&mut self, text: &'c str) {
        for (open, bracket) in text.match_indices(['（', '(']) {
            let inside = text.get(open + bracket.len()..).unwrap_or_default();
            let Some(end) = inside.find(['）', ')']) else { continue };
            let kana = inside.get(..end).unwrap_or_default();
            let before = text.get(..open).unwrap_or_default();
            let start = before.char_indices().rev().take_while(|(_, c)| runs::is_kanji(*c)).last();
            let name = start.and_then(|(start, _)| before.get(start..)).unwrap_or_default();
            let name = TITLES.iter().find_map(|title| name.strip_prefix(title)).unwrap_or(name);
            let has_length = (2..=LONGEST).contains(&name.chars().count());
            if has_length && kana.chars().all(is_reading) && kana.chars().any(|c| !c.is_whitespace()) {
                self.in_brackets.entry(name).or_insert(kana);
            }
        }
    }

    /// Whether a name of the source sounds like one in Latin letters.
    pub(super) fn sounds_like(&self, run: &str, latin: &Latin, letters: &Letters) -> bool {
        let is_hiragana_word = || run.chars().all(is_hiragana);
        if runs::is_katakana_name(run) {
            runs::with_parts(run).any(|part| Katakana::new(part).is_some_and(|k| cost(&k, latin) <= ALIKE))
        } else if run.chars().all(is_hangul) {
            Hangul::new(run).is_some_and(|h| cost(&h, latin) <= ALIKE)
        } else if run.chars().all(runs::is_cyrillic) {
            cyrillic::sounds_like(run, letters)
        } else if !run.chars().any(runs::is_kanji) && !is_hiragana_word() {
            Letters::new(run).difference(letters) <= Difference::Diacritics
        } else if is_hiragana_word() {
            is_read_like(run, latin)
        } else {
            self.of_kanji(run).is_some_and(|reading| reading.similarity(latin) >= SAME_READING)
                || self.in_brackets.get(run).is_some_and(|kana| {
                    is_read_like(kana, latin) || Katakana::new(kana).is_some_and(|k| cost(&k, latin) <= ALIKE)
                })
                || self.is_in_name_dictionary(run, letters)
        }
    }

    /// The reading that the tokenizer's dictionary gives.
    pub(super) fn of_kanji(&self, run: &str) -> Option<Reading> {
        if !self.context.bitext.source.is_japanese() {
            return None;
        }
        let tokens = self.context.tokenizer.tokens(run);
        let kana: Option<String> = tokens.iter().map(|token| token.reading).collect();
        kana.and_then(|kana| Reading::new(&kana)).filter(|reading| reading.letters() >= SHORTEST)
    }

    /// The reading in brackets, else that of the tokenizer's dictionary.
    pub(super) fn of_name(&self, run: &str) -> Option<Reading> {
        let in_brackets = self.in_brackets.get(run).and_then(|kana| Reading::new(kana));
        in_brackets.or_else(|| self.of_kanji(run))
    }

    fn is_in_name_dictionary(&self, run: &str, letters: &Letters) -> bool {
        let renderings = self.context.name_dictionary.map(|dictionary| dictionary.renderings(run)).unwrap_or_default();
        renderings.iter().any(|r| Letters::new(&r.text).difference(letters) <= Difference::Diacritics)
    }
}

fn is_reading(c: char) -> bool {
    is_hiragana(c) || is_katakana(c) || runs::DOTS.contains(&c) || c.is_whitespace()
}

fn is_read_like(kana: &str, latin: &Latin) -> bool {
    Reading::new(kana).is_some_and(|reading| reading.similarity(latin) >= SAME_READING)
}
