//! How names of the source sound: as written, as a reading in brackets says, as a dictionary reads their kanji.

use std::collections::BTreeMap;

use super::spelling::{Difference, Letters};
use super::{cyrillic, runs};
use crate::check::Context;
use crate::lang::{is_hangul, is_hiragana, is_katakana};
use crate::name::{Hangul, Katakana, Latin, Reading, cost_within};

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

    /// How a name of the source sounds, ready to be compared.
    pub(super) fn sounding(&self, run: &str) -> Sounding {
        let katakana = |text: &str| runs::with_parts(text).filter_map(Katakana::new).collect();
        if runs::is_katakana_name(run) {
            Sounding { katakana: katakana(run), ..Sounding::default() }
        } else if run.chars().all(is_hangul) {
            Sounding { hangul: Hangul::new(run), ..Sounding::default() }
        } else if run.chars().all(runs::is_cyrillic) {
            Sounding { cyrillic: Some(run.to_owned()), ..Sounding::default() }
        } else if run.chars().all(is_hiragana) {
            Sounding { readings: Reading::new(run).into_iter().collect(), ..Sounding::default() }
        } else if run.chars().any(runs::is_kanji) {
            let in_brackets = self.in_brackets.get(run).copied();
            let renderings = self.context.name_dictionary.map(|list| list.renderings(run)).unwrap_or_default();
            Sounding {
                readings: self.of_kanji(run).into_iter().chain(in_brackets.and_then(Reading::new)).collect(),
                katakana: in_brackets.map(katakana).unwrap_or_default(),
                spellings: renderings.iter().map(|r| Letters::new(&r.text)).collect(),
                ..Sounding::default()
            }
        } else {
            Sounding { spellings: vec![Letters::new(run)], ..Sounding::default() }
        }
    }

    /// The reading that the tokenizer's dictionary gives, where it is long enough to tell a name.
    pub(super) fn of_kanji(&self, run: &str) -> Option<Reading> {
        self.read(run).filter(|reading| reading.letters() >= SHORTEST)
    }

    /// The reading that the tokenizer's dictionary gives.
    pub(super) fn read(&self, run: &str) -> Option<Reading> {
        if !self.context.bitext.source.is_japanese() {
            return None;
        }
        let tokens = self.context.tokenizer.tokens(run);
        let kana: Option<String> = tokens.iter().map(|token| token.reading).collect();
        kana.and_then(|kana| Reading::new(&kana))
    }

    /// The reading in brackets, else that of the tokenizer's dictionary.
    pub(super) fn of_name(&self, run: &str) -> Option<Reading> {
        let in_brackets = self.in_brackets.get(run).and_then(|kana| Reading::new(kana));
        in_brackets.or_else(|| self.of_kanji(run))
    }
}

/// The sounds that a name of the source may have.
#[derive(Debug, Default)]
pub(super) struct Sounding {
    katakana: Vec<Katakana>,
    hangul: Option<Hangul>,
    cyrillic: Option<String>,
    readings: Vec<Reading>,
    /// Ways of writing it in Latin letters.
    spellings: Vec<Letters>,
}

impl Sounding {
    /// Whether it may be the sound of a name in Latin letters.
    pub(super) fn is_like(&self, latin: &Latin, letters: &Letters) -> bool {
        self.katakana.iter().any(|name| cost_within(name, latin, ALIKE).is_some())
            || self.hangul.as_ref().is_some_and(|name| cost_within(name, latin, ALIKE).is_some())
            || self.cyrillic.as_ref().is_some_and(|name| cyrillic::sounds_like(name, letters))
            || self.readings.iter().any(|reading| reading.similarity_from(latin, SAME_READING).is_some())
            || self.spellings.iter().any(|name| name.difference(letters) <= Difference::Diacritics)
    }
}

fn is_reading(c: char) -> bool {
    is_hiragana(c) || is_katakana(c) || runs::DOTS.contains(&c) || c.is_whitespace()
}
