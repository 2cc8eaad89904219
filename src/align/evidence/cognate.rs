//! Cognates: words that two languages of one script write alike (Präsident, président, president).

use rayon::prelude::*;
use rustc_hash::FxHashMap;

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

/// A word as it is compared.
struct Word<'f> {
    id: u32,
    text: &'f str,
    first: char,
    /// How many characters.
    length: usize,
    /// The characters, each a bit that it shares with some others.
    set: u64,
}

/// Links of words that are spelt alike in two languages with spaces.
pub(super) fn signal(source: &Side, target: &Side) -> Signal {
    let sources = words(source);
    let mut by_first: FxHashMap<char, Vec<Word<'_>>> = FxHashMap::default();
    for word in words(target) {
        by_first.entry(word.first).or_default().push(word);
    }
    // By length, so that only words of nearly the same length are compared.
    #[expect(clippy::iter_over_hash_type, reason = "every list is sorted by itself")]
    for words in by_first.values_mut() {
        words.sort_by_key(|word| word.length);
    }
    let links_of = |source: &Word<'_>| -> Vec<Link> {
        let shortest = (source.length as f64 * THRESHOLD).ceil() as usize;
        let longest = (source.length as f64 / THRESHOLD).floor() as usize;
        let targets = by_first.get(&source.first).map_or(&[][..], Vec::as_slice);
        let from = targets.partition_point(|target| target.length < shortest);
        let near = targets.iter().skip(from).take_while(|target| target.length <= longest);
        let alike = near.map(|target| (target, similarity(source, target))).filter(|(_, s)| *s >= THRESHOLD);
        let strength = |similarity: f64| SAME * (similarity - THRESHOLD + 0.1) / (1.1 - THRESHOLD);
        alike.map(|(target, s)| Link { source: source.id, target: target.id, strength: strength(s) }).collect()
    };
    Signal { lambda: LAMBDA, links: sources.par_iter().flat_map_iter(links_of).collect() }
}

/// The words of a side that can be compared by their letters.
fn words<'f>(side: &'f Side) -> Vec<Word<'f>> {
    let word = |(id, feature): (u32, &'f Feature)| {
        let Feature { surface, .. } = feature;
        let is_comparable = !surface.contains(is_hangul);
        let set = surface.chars().fold(0, |set, c| set | 1 << (u32::from(c) % u64::BITS));
        let first = surface.chars().next().filter(|_| is_comparable)?;
        Some(Word { id, text: surface, first, length: surface.chars().count(), set })
    };
    side.of_kind(Kind::Word).filter_map(word).collect()
}

/// How alike two words are that begin with the same letter, 0 to 1; 0 also for those that are surely below the threshold.
fn similarity(a: &Word<'_>, b: &Word<'_>) -> f64 {
    if a.text == b.text {
        return 1.0;
    }
    // Each letter that only one of them has needs a step.
    let steps = (a.set & !b.set).count_ones().max((b.set & !a.set).count_ones());
    let most = (1.0 - THRESHOLD) * a.length.max(b.length) as f64 + 1e-9;
    if a.length.min(b.length) < SHORTEST || f64::from(steps) > most {
        return 0.0;
    }
    strsim::normalized_levenshtein(a.text, b.text)
}
