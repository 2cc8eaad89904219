//! Cognates: words that two languages of one script write alike (Präsident, président, president).

use super::{Link, Signal};
use crate::align::feature::{Feature, Kind, Side};
use crate::lang::is_hangul;

const LAMBDA: f64 = 0.75;
/// The link strength of words that are spelt the same.
const SAME: f64 = 0.7;
/// Below this similarity words are alike by chance.
const THRESHOLD: f64 = 0.7;
/// Words shorter than this are compared for equality only.
const SHORTEST: usize = 5;

/// Links of words that are spelt alike in two languages with spaces.
pub(super) fn signal(source: &Side, target: &Side) -> Signal {
    let is_comparable = |f: &Feature| !f.surface.is_empty() && !f.surface.contains(is_hangul);
    let words = |side: &Side| -> Vec<(u32, Vec<char>, String)> {
        side.of_kind(Kind::Word)
            .filter(|(_, f)| is_comparable(f))
            .map(|(id, f)| (id, f.surface.chars().collect(), f.surface.clone()))
            .collect()
    };
    let (sources, mut targets) = (words(source), words(target));
    // By length, so that only words of nearly the same length are compared.
    targets.sort_by_key(|(id, chars, _)| (chars.len(), *id));
    let mut links = Vec::new();
    for (s, chars, word) in &sources {
        let shortest = (chars.len() as f64 * THRESHOLD).ceil() as usize;
        let longest = (chars.len() as f64 / THRESHOLD).floor() as usize;
        let from = targets.partition_point(|(_, t, _)| t.len() < shortest);
        for (t, other, other_word) in targets[from..].iter().take_while(|(_, t, _)| t.len() <= longest) {
            let similarity = if word == other_word {
                1.0
            } else if chars.len().min(other.len()) >= SHORTEST && chars.first() == other.first() {
                strsim::normalized_levenshtein(word, other_word)
            } else {
                0.0
            };
            if similarity >= THRESHOLD {
                links.push(Link {
                    source: *s,
                    target: *t,
                    strength: SAME * (similarity - THRESHOLD + 0.1) / (1.1 - THRESHOLD),
                });
            }
        }
    }
    Signal { lambda: LAMBDA, links }
}
