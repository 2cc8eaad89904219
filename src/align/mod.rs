//! Alignment: which sentences of one text translate which of the other.
//!
//! **Features.** Each sentence is read as the set of things that a translation keeps: numbers by value, months and
//! weekdays, Latin words, katakana, words in their base form, function concepts ("I", "not"), kinds of punctuation, glossary
//! terms. `sentence` reads them by language.
//!
//! **Evidence.** Each signal in `evidence` links features of the two sides with a strength q between 0 and 1: equal values,
//! the word list, the same sound, spelling, a reading, words learnt from the collection. The strengths are joined by
//! 1 − ∏(1 − q). A link's lift is q·N ÷ the greater frequency of its features, where frequencies come from the collection
//! and, for what is short, from running text (`background`). A feature's λ says how far it is trusted to find its partner.
//!
//! **Score.** A bead's score (`cost`) sums, over the features of both sides, ln(1 − λ + λ·x ÷ |other side|^.93), x being the
//! lifts that the feature finds on the other side; a log likelihood ratio of the lengths (Gale and Church 1993) and a prior
//! by the bead's type are added. The division keeps merging neutral: longer beads find more partners, but each counts less.
//!
//! **Search.** Rare shared features give anchors (`sparse`), and between them the best sequence of beads is found exactly
//! (`search`), with an affine price for runs of one-sided beads. Words learnt from a first pass (`evidence::learnt`, IBM
//! model 1) and its length ratio serve a second. The posterior probability of a bead among all alignments (forward–backward,
//! `confidence`) is its confidence.
//!
//! The same texts give the same beads, whatever the number of threads and whichever text comes first.

mod alignment;
mod background;
mod collection;
mod confidence;
mod cost;
mod equivalent;
pub mod evaluate;
mod evidence;
mod feature;
mod length_ratio;
#[cfg(test)]
mod property_tests;
mod search;
mod sentence;
mod sparse;
mod weights;

use rayon::prelude::*;

pub use alignment::{Alignment, Bead, SegmentRange};
pub(crate) use equivalent::Equivalent;
pub(crate) use evidence::{era, number, number_words};
pub(crate) use length_ratio::text_length;
pub(crate) use sentence::{Stems, fold};

use crate::error::Result;
use crate::glossary::{Glossary, Matcher};
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::token::Tokenizer;
use background::Background;
use collection::{Collection, Pass};
use evidence::{Links, learnt};
use feature::Side;
use sentence::{KeptRuns, Reader};
use weights::Weights;

/// How often words are learnt from the collection and the collection aligned again with them.
const LEARNING_ROUNDS: usize = 1;
/// The same where no word list helps.
const LEARNING_ROUNDS_WITHOUT_LEXICON: usize = 2;

/// So many segments are read by one thread, which keeps what they have in common once.
const READ_TOGETHER: usize = 256;

/// Below this relatedness two texts are probably no translations of each other.
///
/// Measured on 90 short articles and 9 long texts, Japanese–English: true pairs .52 to 1.66, pairs of different articles of
/// one kind .01 to .40, all but three of the short ones below .3.
pub const RELATED_FROM: f64 = 0.3;

/// The mean confidence from which texts that no word list helps with are taken for translations all the same: true pairs of
/// 5 to 30 sentences are related by .01 to 1.4 (English–Chinese, –Korean, –German, measured on news), which tells nothing,
/// with a mean confidence that is nearly always above .95; other pairs mostly stay below .85.
const TRUSTED_FROM: f64 = 0.9;

/// Two texts to align, cut into segments, with what people have said of their beads.
#[derive(Debug, Clone, Default)]
pub struct TextPair<'t> {
    /// The source segments.
    pub source: Vec<&'t str>,
    /// The target segments.
    pub target: Vec<&'t str>,
    /// Beads that are right, in order: fixed points.
    pub confirmed: Vec<(SegmentRange, SegmentRange)>,
    /// Beads that are wrong.
    pub rejected: Vec<(SegmentRange, SegmentRange)>,
    /// Whether the pair only lends its words and frequencies to the others and is not aligned itself.
    pub is_lent: bool,
}

/// The result for one text pair.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Aligned {
    /// The beads.
    pub alignment: Alignment,
    /// How much the texts explain of each other, in nats a feature: see [`RELATED_FROM`]. `None` where nothing was compared.
    pub relatedness: Option<f64>,
    /// Whether a word list knew the languages.
    pub has_word_list: bool,
    /// The stretches, by source and target segments, that had too little in common to be compared whole: they were compared
    /// along the diagonal only.
    pub narrowed: Vec<(SegmentRange, SegmentRange)>,
}

impl Aligned {
    /// Whether the texts are probably no translations of each other.
    pub fn is_doubtful(&self) -> bool {
        let beads = self.alignment.beads();
        let sum: f64 = beads.iter().map(|bead| bead.confidence).sum();
        let is_trusted = !self.has_word_list && sum >= TRUSTED_FROM * beads.len() as f64;
        !is_trusted && self.relatedness.is_some_and(|relatedness| relatedness < RELATED_FROM)
    }
}

/// Aligns texts. One is made at start and used for every collection.
#[derive(Debug)]
pub struct Aligner<'a> {
    tokenizer: &'a Tokenizer,
    lexicons: Vec<&'a Lexicon>,
    glossary: Option<&'a Glossary>,
    weights: Weights,
}

impl<'a> Aligner<'a> {
    /// An aligner with word lists, which are used where their languages are the texts'.
    pub fn new(tokenizer: &'a Tokenizer, lexicons: Vec<&'a Lexicon>) -> Self {
        Self { tokenizer, lexicons, glossary: None, weights: Weights::default() }
    }

    /// The same aligner with a glossary, whose entries are evidence.
    pub fn with_glossary(self, glossary: &'a Glossary) -> Self {
        Self { glossary: Some(glossary), ..self }
    }

    /// What cuts Japanese into words.
    pub fn tokenizer(&self) -> &'a Tokenizer {
        self.tokenizer
    }

    /// Aligns the text pairs of one collection: frequencies and learnt words come from all of them.
    ///
    /// Fails when confirmed beads overlap, are out of order or lie outside the texts.
    pub fn align(&self, source_lang: &Lang, target_lang: &Lang, pairs: &[TextPair<'_>]) -> Result<Vec<Aligned>> {
        self.align_with(source_lang, target_lang, pairs, &|_, _| (), |_, aligned| aligned)
            .into_iter()
            .flatten()
            .collect()
    }

    /// The same, handing each result to `finish` as soon as it is there, with the number of its text pair; what `finish`
    /// returns comes in the order of the pairs, with `None` for those that are only lent. A pair that cannot be aligned
    /// does not stop the others.
    ///
    /// After each text pair `done` is told how many segments (both sides) have gone through a pass, and how many passes
    /// there are in all.
    pub fn align_with<T: Send>(
        &self,
        source_lang: &Lang,
        target_lang: &Lang,
        pairs: &[TextPair<'_>],
        done: &(dyn Fn(usize, usize) + Sync),
        finish: impl Fn(usize, Result<Aligned>) -> T + Sync,
    ) -> Vec<Option<T>> {
        if is_canonical(source_lang, target_lang) {
            return self.align_canonical(source_lang, target_lang, pairs, done, finish);
        }
        let swap = |(s, t): &(SegmentRange, SegmentRange)| (*t, *s);
        let mirrored: Vec<TextPair<'_>> = pairs
            .iter()
            .map(|p| TextPair {
                source: p.target.clone(),
                target: p.source.clone(),
                confirmed: p.confirmed.iter().map(swap).collect(),
                rejected: p.rejected.iter().map(swap).collect(),
                is_lent: p.is_lent,
            })
            .collect();
        self.align_canonical(target_lang, source_lang, &mirrored, done, |d, aligned| {
            let mirror = |a: Aligned| Aligned {
                alignment: a.alignment.mirrored(),
                narrowed: a.narrowed.iter().map(swap).collect(),
                ..a
            };
            finish(d, aligned.map(mirror))
        })
    }

    fn align_canonical<T: Send>(
        &self,
        source_lang: &Lang,
        target_lang: &Lang,
        pairs: &[TextPair<'_>],
        done: &(dyn Fn(usize, usize) + Sync),
        finish: impl Fn(usize, Result<Aligned>) -> T + Sync,
    ) -> Vec<Option<T>> {
        let lexicons: Vec<&Lexicon> = self
            .lexicons
            .iter()
            .copied()
            .filter(|l| l.source().primary() == source_lang.primary() && l.target().primary() == target_lang.primary())
            .collect();
        let target = self.read(target_lang, pairs.iter().map(|p| &p.target), &[], |_| KeptRuns::default());
        let source =
            self.read(source_lang, pairs.iter().map(|p| &p.source), &lexicons, |d| KeptRuns::new(target.han_runs(d)));
        let background = Background::new(&source, &target, &lexicons);
        let mut signals = evidence::signals(&source, &target, &lexicons, &background);
        let mut links = Links::join(&signals, &source, &target, &background);
        let given = signals.len();
        let rounds = if lexicons.is_empty() { LEARNING_ROUNDS_WITHOUT_LEXICON } else { LEARNING_ROUNDS };
        let mut ratio = length_ratio::initial(source_lang, target_lang, pairs);
        let tell = |pair: &TextPair<'_>| done(pair.source.len() + pair.target.len(), rounds + 1);
        let mut passes: Vec<Pass> = Vec::new();
        for _ in 0..rounds {
            let collection =
                Collection { source: &source, target: &target, links: &links, ratio, weights: &self.weights };
            // Nothing is learnt from a pair that cannot be aligned; the last pass says why.
            let pass = |(d, pair)| collection.pass(d, pair).inspect(|_| tell(pair)).unwrap_or_default();
            passes = pairs.par_iter().enumerate().map(pass).collect();
            let examples = examples(&passes, &source, &target);
            signals.truncate(given);
            signals.push(learnt::signal(&examples, &source, &target, &links));
            links = Links::join(&signals, &source, &target, &background);
            ratio = length_ratio::of_beads(source_lang, target_lang, pairs, &passes);
        }
        let collection = Collection { source: &source, target: &target, links: &links, ratio, weights: &self.weights };
        let align = |(d, pair): (usize, &TextPair<'_>)| {
            let aligned = || {
                let aligned = collection.align(d, pair, passes.get(d))?;
                Ok(Aligned { has_word_list: !lexicons.is_empty(), ..aligned })
            };
            let finished = (!pair.is_lent).then(|| finish(d, aligned()));
            tell(pair);
            finished
        };
        pairs.par_iter().enumerate().map(align).collect()
    }

    /// Reads the segments of all documents of one side. `kept` gives the runs of Han characters that the other text of a
    /// document may have kept.
    fn read<'t>(
        &self,
        lang: &Lang,
        documents: impl Iterator<Item = &'t Vec<&'t str>>,
        lexicons: &[&Lexicon],
        kept: impl Fn(usize) -> KeptRuns,
    ) -> Side {
        let terms = self.glossary.filter(|g| !g.entries.is_empty()).map(|glossary| Matcher::new(glossary, lang));
        let reader = Reader { lang, tokenizer: self.tokenizer, lexicons, terms: terms.as_ref() };
        let mut side = Side::new(lang.clone());
        for (d, segments) in documents.enumerate() {
            let kept = kept(d);
            let read = |texts: &[&str]| {
                let mut part = Side::new(lang.clone());
                let mut stems = Stems::new(lang);
                part.add_document(texts.iter().map(|text| reader.features(text, &kept, &mut stems)));
                part
            };
            side.add_document_of(segments.par_chunks(READ_TOGETHER).map(read).collect());
        }
        side
    }
}

/// Whether alignment runs in this direction, and asks for word lists in it: Japanese first, then the order of the tags.
pub(crate) fn is_canonical(source: &Lang, target: &Lang) -> bool {
    let rank = |lang: &Lang| (!lang.is_japanese(), lang.tag().to_owned());
    rank(source) <= rank(target)
}

/// The beads that words are learnt from: those of at most two sentences to one.
fn examples(passes: &[Pass], source: &Side, target: &Side) -> Vec<learnt::Example> {
    let documents = passes.iter().zip(source.documents.iter().zip(&target.documents));
    documents
        .flat_map(|(pass, (source, target))| {
            pass.cuts.iter().filter(|(s, t)| (1..=2).contains(&(s.len() * t.len()))).map(move |(s, t)| {
                learnt::Example {
                    source: learnt::distinct(&source[s.indices()]),
                    target: learnt::distinct(&target[t.indices()]),
                }
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Aligned, Alignment, Bead, SegmentRange};

    #[test]
    fn without_a_word_list_sure_beads_are_trusted_though_little_is_shared() {
        let is_doubtful = |relatedness: f64, confidence: f64, has_word_list: bool| {
            let one = SegmentRange::new(0, 1);
            Alignment::new(vec![Bead { source: one, target: one, confidence }], 1, 1).is_ok_and(|alignment| {
                Aligned { alignment, relatedness: Some(relatedness), has_word_list, narrowed: Vec::new() }.is_doubtful()
            })
        };
        assert!(is_doubtful(0.1, 0.97, true) && !is_doubtful(0.5, 0.6, true));
        assert!(!is_doubtful(0.1, 0.97, false) && is_doubtful(0.1, 0.8, false));
        assert!(!Aligned::default().is_doubtful(), "nothing was compared");
    }
}
