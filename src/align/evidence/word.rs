//! Words by a bilingual word list.

use rustc_hash::FxHashMap;

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
/// A katakana word with a rendering of this weight in the texts needs no match by sound.
const EXPLAINS_FROM: f64 = 0.1;
/// The renderings of a compound's part say less (fitted on news and dialogue).
const PART_FACTOR: f64 = 0.6;

/// Links of source words with the words of their renderings.
pub(super) fn signal(source: &Side, target: &Side, lexicon: &Lexicon, stemmer: Stemmer) -> Signal {
    let mut links = Vec::new();
    let mut finder = Finder::new(target, stemmer);
    let mut strengths: Vec<(u32, f64)> = Vec::new();
    for (id, feature) in source.of_kind(Kind::Word).chain(source.of_kind(Kind::Katakana)) {
        strengths.clear();
        let mut add = |word: &str, factor: f64| {
            for rendering in lexicon.renderings(word).iter().filter(|r| r.weight >= MIN_WEIGHT) {
                let (words, found) = finder.find(&rendering.text);
                let strength =
                    rendering.weight.min(MAX_STRENGTH) * factor / (words.max(1) as f64).powf(PHRASE_EXPONENT);
                strengths.extend(found.map(|target| (target, strength)));
            }
        };
        // Of a language with spaces the key is a stem, and word lists have whole words.
        let is_headword = !feature.surface.is_empty() && lexicon.contains(&feature.surface);
        add(if is_headword { &feature.surface } else { &feature.key }, 1.0);
        for part in &feature.parts {
            add(part, PART_FACTOR);
        }
        // Each word by its strongest rendering.
        strengths.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        strengths.dedup_by_key(|(target, _)| *target);
        links.extend(strengths.iter().map(|&(target, strength)| Link { source: id, target, strength }));
    }
    Signal { lambda: LAMBDA, links }
}

/// Whether a likely rendering of `word`, of one word, stands in the target texts.
pub(super) fn is_explained(word: &str, lexicon: &Lexicon, target: &Side, stemmer: Stemmer) -> bool {
    let renderings = lexicon.renderings(word);
    renderings.iter().filter(|r| r.weight >= EXPLAINS_FROM).any(|rendering| {
        let words = content_words(&target.lang, &rendering.text);
        matches!(&words[..], [word] if target.find(Kind::Word, &stemmer.stem(word)).is_some())
    })
}

/// Finds the words of renderings among the target features, each word once.
struct Finder<'s> {
    target: &'s Side,
    stemmer: Stemmer,
    known: FxHashMap<String, Option<u32>>,
}

impl<'s> Finder<'s> {
    fn new(target: &'s Side, stemmer: Stemmer) -> Self {
        Self { target, stemmer, known: FxHashMap::default() }
    }

    /// How many content words a rendering has, and the target features that are among them.
    fn find(&mut self, rendering: &str) -> (usize, impl Iterator<Item = u32>) {
        let words = content_words(&self.target.lang, rendering);
        let count = words.len();
        let found = words.into_iter().filter_map(|word| {
            let Self { target, stemmer, known } = self;
            if let Some(known) = known.get(&word) {
                return *known;
            }
            let feature = target.find(Kind::Word, &stemmer.stem(&word));
            known.insert(word, feature);
            feature
        });
        (count, found)
    }
}
