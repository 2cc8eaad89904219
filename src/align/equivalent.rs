//! Equivalents: where a text says what a phrase of the other language says, by the evidence that alignment goes by.
//!
//! The phrases are read as the sentences of one side and the words of the texts as those of the other, so that every
//! signal links them as it links sentences. What a word says for a phrase is what it would add to the score of a bead: the
//! sum over the phrase's features of ln(1 − λ + λ·lift).

use rustc_hash::FxHashMap;

use super::background::Background;
use super::evidence::{self, Links};
use super::feature::{Kind, Side};
use super::sentence::{KeptRuns, japanese_words};
use super::{Aligner, is_canonical};
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::token::words;

/// An equivalent has no more words than this.
const MOST_WORDS: usize = 5;
/// A number is written in no more words than this (twenty-five million).
const MOST_WORDS_OF_NUMBER: usize = 4;
/// What a word inside an equivalent costs that says nothing for it, in nats, so that none is taken in for nothing.
const SILENT_WORD: f64 = 0.7;
/// The least evidence, in nats: the weakest renderings of a word list stay below it unless the word is rare.
const LEAST: f64 = 2.0;

/// Where a text probably says what a phrase says, with the evidence in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Equivalent {
    pub(crate) span: Span,
    pub(crate) nats: f64,
}

/// The words of a text, and those in a row that may be one number.
struct Words {
    single: Vec<Span>,
    numbers: Vec<(usize, usize)>,
}

impl Aligner<'_> {
    /// For each pair of a phrase and a text in the other language the likeliest equivalent in the text, where there is one.
    pub(crate) fn equivalents(
        &self,
        (phrase_lang, text_lang): (&Lang, &Lang),
        pairs: &[(&str, &str)],
    ) -> Vec<Option<Equivalent>> {
        let is_forwards = is_canonical(phrase_lang, text_lang);
        let (source_lang, target_lang) = if is_forwards { (phrase_lang, text_lang) } else { (text_lang, phrase_lang) };
        let fits = |l: &&Lexicon| {
            l.source().primary() == source_lang.primary() && l.target().primary() == target_lang.primary()
        };
        let lexicons: Vec<&Lexicon> = self.lexicons.iter().copied().filter(fits).collect();
        let mut phrases = Distinct::default();
        let mut pieces = Distinct::default();
        let read: Vec<(usize, Words, Vec<usize>)> = pairs
            .iter()
            .map(|(phrase, text)| {
                let words = self.words(text, text_lang, &lexicons);
                let spans = words.spans().map(|span| pieces.number(span.of(text))).collect();
                (phrases.number(phrase), words, spans)
            })
            .collect();
        let support = self.support(is_forwards, (source_lang, target_lang), &lexicons, &phrases.texts, &pieces.texts);
        let of = |phrase: usize, piece: usize| support.get(&(phrase as u32, piece as u32)).copied().unwrap_or(0.0);
        read.iter()
            .map(|(phrase, words, pieces)| words.best(&pieces.iter().map(|p| of(*phrase, *p)).collect::<Vec<_>>()))
            .collect()
    }

    /// The words of a text; none where words are not divided and no dictionary tells them.
    fn words(&self, text: &str, lang: &Lang, lexicons: &[&Lexicon]) -> Words {
        if lang.is_japanese() {
            return Words { single: japanese_words(text, self.tokenizer, lexicons), numbers: Vec::new() };
        }
        if lang.is_unspaced() {
            return Words { single: Vec::new(), numbers: Vec::new() };
        }
        let single: Vec<Span> = words(text).map(|word| word.span).collect();
        let is_number = |span: &Span| span.of(text).starts_with(|c: char| c.is_ascii_digit());
        let starts = single.iter().enumerate().filter(|(_, span)| is_number(span)).map(|(i, _)| i);
        let longest = single.len();
        let numbers = starts.flat_map(|i| (i + 2..=(i + MOST_WORDS_OF_NUMBER).min(longest)).map(move |end| (i, end)));
        Words { numbers: numbers.collect(), single }
    }

    /// What each piece says for each phrase, in nats, where it says anything.
    fn support(
        &self,
        is_forwards: bool,
        (source_lang, target_lang): (&Lang, &Lang),
        lexicons: &[&Lexicon],
        phrases: &[&str],
        pieces: &[&str],
    ) -> FxHashMap<(u32, u32), f64> {
        let (sources, targets) = if is_forwards { (phrases, pieces) } else { (pieces, phrases) };
        let (sources, targets) = (sources.to_vec(), targets.to_vec());
        let target = self.read(target_lang, [&targets].into_iter(), &[], |_| KeptRuns::default());
        let source = self.read(source_lang, [&sources].into_iter(), lexicons, |d| KeptRuns::new(target.han_runs(d)));
        let background = Background::new(&source, &target, lexicons);
        let links =
            Links::join(&evidence::signals(&source, &target, lexicons, &background), &source, &target, &background);
        let lambda = if is_forwards { &links.source_lambda } else { &links.target_lambda };
        let (of_source, of_target) = (holders(&source), holders(&target));
        let mut support: FxHashMap<(u32, u32), f64> = FxHashMap::default();
        for s in 0..source.features.len() as u32 {
            for &(t, lift) in links.of(s) {
                if !says_something(&source, s) || !says_something(&target, t) {
                    continue;
                }
                let lambda = lambda.get(if is_forwards { s } else { t } as usize).copied().unwrap_or(0.0);
                let nats = (1.0 - lambda + lambda * lift).ln().max(0.0);
                for source in of_source.get(s as usize).into_iter().flatten() {
                    for target in of_target.get(t as usize).into_iter().flatten() {
                        let pair = if is_forwards { (*source, *target) } else { (*target, *source) };
                        *support.entry(pair).or_default() += nats;
                    }
                }
            }
        }
        support
    }
}

/// Whether a feature is a word or a number rather than grammar.
fn says_something(side: &Side, feature: u32) -> bool {
    let kind = side.features.get(feature as usize).map(|feature| feature.kind);
    kind.is_some_and(|kind| !matches!(kind, Kind::Function | Kind::Punctuation))
}

/// The sentences of the only document that hold each feature.
fn holders(side: &Side) -> Vec<Vec<u32>> {
    let mut holders = vec![Vec::new(); side.features.len()];
    for (sentence, features) in (0..).zip(side.documents.iter().flatten()) {
        for feature in features {
            if let Some(holders) = holders.get_mut(*feature as usize) {
                holders.push(sentence);
            }
        }
    }
    holders
}

/// Different texts in the order in which they were met.
#[derive(Default)]
struct Distinct<'t> {
    numbers: FxHashMap<&'t str, usize>,
    texts: Vec<&'t str>,
}

impl<'t> Distinct<'t> {
    fn number(&mut self, text: &'t str) -> usize {
        *self.numbers.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() - 1
        })
    }
}

impl Words {
    /// The words, then the numbers of several words.
    fn spans(&self) -> impl Iterator<Item = Span> {
        let span = |(first, end): (usize, usize)| {
            Some(Span::new(self.single.get(first)?.start, self.single.get(end.checked_sub(1)?)?.end))
        };
        self.single.iter().copied().chain(self.numbers.iter().copied().filter_map(span))
    }

    /// The words in a row with the most evidence; the first of several.
    fn best(&self, nats: &[f64]) -> Option<Equivalent> {
        let of_word = |i: usize| nats.get(i).copied().unwrap_or(0.0);
        let rows = (0..self.single.len()).filter(|first| of_word(*first) > 0.0).flat_map(|first| {
            let mut sum = 0.0;
            let ends = first + 1..=(first + MOST_WORDS).min(self.single.len());
            ends.filter_map(move |end| {
                let last = of_word(end - 1);
                sum += if last > 0.0 { last } else { -SILENT_WORD };
                (last > 0.0).then_some((first, end, sum))
            })
        });
        let numbers = self.numbers.iter().zip(nats.get(self.single.len()..).unwrap_or_default());
        let numbers = numbers.map(|(&(first, end), nats)| {
            let inner: f64 = (first..end).map(of_word).sum();
            // Only what the words in a row say more than each alone.
            (first, end, if *nats > inner { nats - SILENT_WORD * (end - first - 1) as f64 } else { 0.0 })
        });
        let (first, end, nats) = rows
            .chain(numbers)
            .filter(|(_, _, nats)| *nats >= LEAST)
            .max_by(|a, b| a.2.total_cmp(&b.2).then(b.1.cmp(&a.1)).then(b.0.cmp(&a.0)))?;
        Some(Equivalent { span: Span::new(self.single.get(first)?.start, self.single.get(end - 1)?.end), nats })
    }
}

#[cfg(all(test, feature = "ipadic"))]
mod tests {
    use crate::align::Aligner;
    use crate::error::Result;
    use crate::lang::Lang;
    use crate::lexicon::Lexicon;
    use crate::token::Tokenizer;

    /// What each text says for the phrase.
    fn said<'t>(phrase: &str, texts: &[&'t str]) -> Result<Vec<&'t str>> {
        let (tokenizer, lexicon) = (Tokenizer::new()?, Lexicon::shipped());
        let aligner = Aligner::new(&tokenizer, vec![&lexicon]);
        let (japanese, english) = (Lang::japanese(), Lang::english());
        let langs = if phrase.is_ascii() { (&english, &japanese) } else { (&japanese, &english) };
        let pairs: Vec<(&str, &str)> = texts.iter().map(|text| (phrase, *text)).collect();
        let found = aligner.equivalents(langs, &pairs);
        Ok(found.iter().zip(texts).map(|(found, text)| found.map_or("", |found| found.span.of(text))).collect())
    }

    #[test]
    fn a_word_is_known_by_the_word_list() -> Result<()> {
        let texts = [
            "Nobody told the foreign minister about the boats.",
            "Foreign Secretary Ann Field waited for the train.",
            "The minister of finance likes foreign boats.",
            "It rained all day.",
        ];
        assert_eq!(said("外相", &texts)?[..2], ["foreign minister", "Foreign Secretary"]);
        assert_eq!(said("外相", &texts)?[3], "");
        Ok(())
    }

    #[test]
    fn names_are_known_by_their_sound_and_reading() -> Result<()> {
        assert_eq!(said("ヴェルニゴラ", &["Then Olena Vernyhora came home."])?, ["Vernyhora"]);
        assert_eq!(said("岸田", &["Then Mr Kishida came home."])?, ["Kishida"]);
        Ok(())
    }

    #[test]
    fn numbers_are_known_by_their_value() -> Result<()> {
        let texts =
            ["The village gave 40 million yen to the school.", "They paid 40,000,000 yen.", "They paid 40 yen."];
        assert_eq!(said("4000万", &texts)?, ["40 million", "40,000,000", ""]);
        Ok(())
    }

    #[test]
    fn it_works_from_english_too() -> Result<()> {
        assert_eq!(said("foreign minister", &["昨日、外相が港で話した。"])?, ["外相"]);
        assert_eq!(said("Secretary of State", &["国務長官は遅れて来た。"])?, ["国務長官"]);
        Ok(())
    }
}
