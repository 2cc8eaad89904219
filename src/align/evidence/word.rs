//! Words by a bilingual word list.

use std::collections::BTreeMap;

use super::{Link, Signal};
use crate::align::feature::{Kind, Side};
use crate::align::sentence::{Stemmer, content_words};
use crate::lexicon::Lexicon;

/// How far a word is trusted to have one of its renderings in the bead (fitted on news and dialogue).
const LAMBDA: f64 = 0.62;
/// The greatest strength of a link by word list: a rendering is one of several at best (fitted on news and dialogue).
const MAX_STRENGTH: f64 = 0.5;
/// Renderings less likely than this are left out: they cost time and change no bead (measured on news).
const MIN_WEIGHT: f64 = 0.03;
/// A word of a rendering of n words says n^−.7 of the rendering (fitted on news and dialogue).
const PHRASE_EXPONENT: f64 = 0.7;
/// The renderings of a compound's part say less (fitted on news and dialogue).
const PART_FACTOR: f64 = 0.6;

/// Links of source words with the words of their renderings.
pub(super) fn signal(source: &Side, target: &Side, lexicon: &Lexicon, stemmer: Stemmer) -> Signal {
    let mut links = Vec::new();
    for (id, feature) in source.of_kind(Kind::Word).chain(source.of_kind(Kind::Katakana)) {
        let mut strengths: BTreeMap<u32, f64> = BTreeMap::new();
        let mut add = |word: &str, factor: f64| {
            for rendering in lexicon.renderings(word).iter().filter(|r| r.weight >= MIN_WEIGHT) {
                let words = content_words(&target.lang, &rendering.text);
                let strength =
                    rendering.weight.min(MAX_STRENGTH) * factor / (words.len().max(1) as f64).powf(PHRASE_EXPONENT);
                for word in words {
                    if let Some(t) = target.find(Kind::Word, &stemmer.stem(&word)) {
                        let best = strengths.entry(t).or_insert(0.0);
                        *best = best.max(strength);
                    }
                }
            }
        };
        // Of a language with spaces the key is a stem, and word lists have whole words.
        let is_headword = !feature.surface.is_empty() && lexicon.contains(&feature.surface);
        add(if is_headword { &feature.surface } else { &feature.key }, 1.0);
        for part in &feature.parts {
            add(part, PART_FACTOR);
        }
        links.extend(strengths.into_iter().map(|(target, strength)| Link { source: id, target, strength }));
    }
    Signal { lambda: LAMBDA, links }
}
