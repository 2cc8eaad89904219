//! Kanji names by their reading: 岸田 (キシダ) with Kishida.

use super::{Link, Signal};
use crate::align::feature::{Feature, Kind, Side};
use crate::name::{Latin, Reading, Romanised};

/// How far a name is trusted to have its reading on the other side (fitted on news and dialogue).
const LAMBDA: f64 = 0.75;
/// The link strength of an equal reading; of one of three letters or fewer, which may be equal by chance (fitted on news).
const EQUAL: f64 = 0.7;
const EQUAL_SHORT: f64 = 0.49;
const SHORT: usize = 3;
/// The least similarity of readings that are not equal, and the least number of letters they need (fitted on news).
const MIN_SIMILARITY: f64 = 0.8;
const MIN_LETTERS: usize = 5;

/// Links from words with a reading to Latin words that no word list knows (`is_known`): romanised names.
pub(super) fn signal(source: &Side, target: &Side, is_known: impl Fn(u32) -> bool) -> Signal {
    let romanised = |f: &Feature| f.surface.len() > 1 && f.surface.is_ascii();
    let (ids, words): (Vec<u32>, Vec<Latin>) = target
        .of_kind(Kind::Word)
        .filter(|(id, f)| romanised(f) && !is_known(*id))
        .filter_map(|(id, f)| Some((id, Latin::new(&f.surface)?)))
        .unzip();
    let words = Romanised::new(words);
    let mut links = Vec::new();
    for (id, feature) in source.of_kind(Kind::Word) {
        let Some(reading) = feature.reading.as_deref().and_then(Reading::new) else { continue };
        let letters = reading.letters();
        let least = if letters >= MIN_LETTERS { MIN_SIMILARITY } else { 1.0 };
        for (place, similarity) in words.alike(&reading, least) {
            let strength = match similarity {
                s if s < 1.0 => EQUAL * s * s,
                _ if letters <= SHORT => EQUAL_SHORT,
                _ => EQUAL,
            };
            links.push(Link { source: id, target: ids[place], strength });
        }
    }
    Signal { lambda: LAMBDA, links }
}
