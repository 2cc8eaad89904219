//! A new article against the translation memory: what is known of it already, and what is filled in.

// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::expect_used))]

mod analysis;
mod bilingual;
mod names;

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

pub use self::analysis::{Analysis, Band, Volume};
pub use self::bilingual::PretranslationFormat;
use self::names::Names;
use super::{Pipeline, Text};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::memory::{LOWEST_THRESHOLD, LookupOptions, Match, MatchKind, Memory, Query};

/// The score of the same text in the same place, the highest there is.
const IN_CONTEXT: u8 = 101;
const EXACT: u8 = 100;

/// How an article is pre-translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PretranslateOptions {
    /// The language to translate into.
    pub target_lang: Lang,
    /// The least score of a translation that is filled in, 50 to 101.
    pub fill: u8,
    /// The least score of one that is proposed, 50 to 100. What is filled in is proposed as well, and so is what has got
    /// the article's numbers.
    pub threshold: u8,
    /// How many proposals a segment at most, 1 or more.
    pub limit: usize,
}

impl PretranslateOptions {
    /// What translators expect: the same text is filled in, and from 70 on a translation is worth mending.
    pub fn new(target_lang: Lang) -> Self {
        Self { target_lang, fill: EXACT, threshold: 70, limit: 5 }
    }
}

/// An article with what the memory and the glossary know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pretranslation {
    /// What the article is called.
    pub document: String,
    /// Its language.
    pub source_lang: Lang,
    /// The language to translate into.
    pub target_lang: Lang,
    /// Its segments in order, without empty ones.
    pub segments: Vec<PretranslatedSegment>,
}

/// A segment of the article.
#[derive(Debug, Clone, PartialEq)]
pub struct PretranslatedSegment {
    /// The text.
    pub text: String,
    /// How much it is.
    pub volume: Volume,
    /// Where it counts.
    pub band: Band,
    /// What is proposed, best first.
    pub matches: Vec<Match>,
    /// The match that is filled in: the best that the text has anywhere in the article, so that all its repetitions get
    /// the same translation. It is one of `matches`.
    pub filled: Option<Match>,
    /// The glossary's names and terms in it with their translations, in order, each once.
    pub names: Vec<(String, String)>,
}

/// The translation that a match proposes, with the numbers of the article where only numbers differ.
fn translation(found: &Match) -> &str {
    found.proposal.as_deref().unwrap_or(&found.target)
}

impl Pretranslation {
    /// The article's segments by bands.
    pub fn analysis(&self) -> Analysis {
        Analysis::new(self.segments.iter().map(|segment| (segment.band, segment.volume)))
    }
}

impl Pipeline {
    /// Looks every segment of an article up, with its neighbours as context, on all cores.
    ///
    /// Fails when both languages are the same, when an option is out of range, or when the memory is damaged.
    pub fn pretranslate(&self, text: &Text, memory: &Memory, options: &PretranslateOptions) -> Result<Pretranslation> {
        check(text, options)?;
        let texts: Vec<&str> = text.segments.iter().map(|segment| segment.trim()).filter(|s| !s.is_empty()).collect();
        let lookup = LookupOptions {
            // Everything that the analysis counts.
            threshold: LOWEST_THRESHOLD,
            limit: options.limit,
            source_lang: Some(text.lang.clone()),
            target_lang: Some(options.target_lang.clone()),
        };
        let neighbour = |place: Option<usize>| place.and_then(|place| texts.get(place)).copied();
        let look_up = |(place, text): (usize, &&str)| {
            let query = Query { text, before: neighbour(place.checked_sub(1)), after: neighbour(place.checked_add(1)) };
            memory.lookup(query, &lookup)
        };
        let found: Vec<Vec<Match>> = texts.par_iter().enumerate().map(look_up).collect::<Result<_>>()?;
        let fillings = fillings(&texts, &found, options.fill);
        let names = Names::new(&self.glossary, &text.lang, &options.target_lang);
        let bands = bands(&texts, &found);
        let segment = |((text_of, found), band): ((&&str, Vec<Match>), Band)| {
            let filling = fillings.get(text_of);
            let matches = proposed(found, filling, options);
            PretranslatedSegment {
                text: (*text_of).to_owned(),
                volume: Volume::of(text_of, &text.lang, &self.tokenizer),
                band,
                filled: filling.and_then(|filling| matches.iter().find(|other| other.id == filling.id)).cloned(),
                matches,
                names: names.of(text_of, &text.id),
            }
        };
        let segments = texts.par_iter().zip(found).zip(bands).map(segment).collect();
        Ok(Pretranslation {
            document: text.id.clone(),
            source_lang: text.lang.clone(),
            target_lang: options.target_lang.clone(),
            segments,
        })
    }
}

fn check(text: &Text, options: &PretranslateOptions) -> Result<()> {
    if text.lang == options.target_lang {
        return Err(Error::Usage(format!(
            "{} is in {} already. Give the language to translate into with --target-language, or the article's own with --source-language",
            text.id, text.lang
        )));
    }
    for (what, score, most) in [("fill", options.fill, IN_CONTEXT), ("propose", options.threshold, EXACT)] {
        if !(LOWEST_THRESHOLD..=most).contains(&score) {
            return Err(Error::Usage(format!(
                "{score} is no score from which to {what} translations. Give one from {LOWEST_THRESHOLD} to {most}"
            )));
        }
    }
    Ok(())
}

/// The band of each text: its best score's, where it did not stand before.
fn bands(texts: &[&str], found: &[Vec<Match>]) -> Vec<Band> {
    let mut seen = HashSet::new();
    let mut bands = Vec::with_capacity(texts.len());
    for (text, found) in texts.iter().zip(found) {
        let is_first = seen.insert(*text);
        bands.push(if is_first { Band::of(found.first().map(|best| best.score)) } else { Band::Repetition });
    }
    bands
}

/// What each text is filled with: its best match in the article from `fill` on, the first of equally good ones.
fn fillings<'t>(texts: &[&'t str], found: &[Vec<Match>], fill: u8) -> HashMap<&'t str, Match> {
    let mut fillings: HashMap<&str, Match> = HashMap::new();
    for (text, best) in texts.iter().zip(found).filter_map(|(text, found)| Some((*text, found.first()?))) {
        if best.score >= fill && fillings.get(text).is_none_or(|filling| filling.score < best.score) {
            fillings.insert(text, best.clone());
        }
    }
    fillings
}

/// The matches that are proposed, among them what is filled in.
fn proposed(found: Vec<Match>, filled: Option<&Match>, options: &PretranslateOptions) -> Vec<Match> {
    let is_filled = |other: &Match| filled.is_some_and(|filled| filled.id == other.id);
    let is_proposed = |other: &Match| other.score >= options.threshold || other.proposal.is_some() || is_filled(other);
    let mut proposed: Vec<Match> = found.into_iter().filter(is_proposed).collect();
    if let Some(filled) = filled.filter(|_| !proposed.iter().any(is_filled)) {
        // Its context is that of another place of the same text.
        let score = filled.score.min(EXACT);
        let kind = if filled.kind == MatchKind::Context { MatchKind::Exact } else { filled.kind };
        proposed.insert(0, Match { score, kind, ..filled.clone() });
        proposed.truncate(options.limit.max(1));
    }
    proposed
}
