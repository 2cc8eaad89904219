//! Background frequencies: how common features are in running text, for articles too short to show it.

use super::feature::{Feature, Kind, Side};
use crate::lexicon::Lexicon;

/// How many feature occurrences of running text stand behind every collection.
const SIZE: f64 = 100_000.0;
/// A word of running text gives about this many features less than one: particles, articles and stops give none.
const FEATURES_PER_WORD: f64 = 0.6;
/// The frequency in a million words of a word that no list knows, a name as a rule.
const UNKNOWN_PER_MILLION: f64 = 5.0;

/// The frequency of features in the collection and the text behind it.
#[derive(Debug)]
pub(super) struct Background {
    /// For each source feature.
    pub(super) source: Vec<f64>,
    /// For each target feature.
    pub(super) target: Vec<f64>,
    source_size: f64,
    target_size: f64,
    /// The target features that are words of a word list.
    known: Vec<bool>,
}

impl Background {
    /// The collection's own frequencies only.
    pub(super) fn none(source: &Side, target: &Side) -> Self {
        Self {
            source: source.frequency.clone(),
            target: target.frequency.clone(),
            source_size: source.frequency.iter().sum(),
            target_size: target.frequency.iter().sum(),
            known: vec![false; target.features.len()],
        }
    }

    /// The collection's frequencies with those of running text, as far as the word lists know them.
    pub(super) fn new(source: &Side, target: &Side, lexicons: &[&Lexicon]) -> Self {
        let mut background = Self::none(source, target);
        let known = |word: &str| lexicons.iter().find_map(|l| l.per_million(word));
        for (f, feature) in background.source.iter_mut().zip(&source.features) {
            let words = matches!(feature.kind, Kind::Word | Kind::Katakana).then(|| known(&feature.key)).flatten();
            *f += SIZE * words.map_or_else(|| usual(feature), share);
        }
        let targets = background.target.iter_mut().zip(&mut background.known);
        for ((f, known), feature) in targets.zip(&target.features) {
            let stem = || lexicons.iter().find_map(|l| l.stem_per_million(&feature.key));
            let words = (feature.kind == Kind::Word).then(stem).flatten();
            *known = words.is_some();
            *f += SIZE * words.map_or_else(|| usual(feature), share);
        }
        background.source_size += SIZE;
        background.target_size += SIZE;
        background
    }

    /// Whether a target feature is a word that a word list knows.
    pub(super) fn knows_target(&self, feature: u32) -> bool {
        self.known.get(feature as usize).copied().unwrap_or_default()
    }

    /// The size of both sides in feature occurrences (geometric mean), the N of the lift.
    pub(super) fn size(&self) -> f64 {
        (self.source_size * self.target_size).sqrt()
    }
}

/// The share of all feature occurrences that a word with this frequency has.
fn share(per_million: f64) -> f64 {
    per_million / 1e6 / FEATURES_PER_WORD
}

/// The share of a feature that no word list counts, by its kind; measured on the sample articles of this project.
fn usual(feature: &Feature) -> f64 {
    match feature.kind {
        Kind::Function => 0.01,
        Kind::Punctuation => 0.005,
        Kind::Month | Kind::Weekday => 0.0005,
        Kind::Number if feature.key.len() == 1 => 0.001,
        Kind::Number => 0.0002,
        _ => share(UNKNOWN_PER_MILLION),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::{env, fs, io};

    use crate::align::sentence::{Stemmer, content_words};
    use crate::lang::Lang;
    use crate::lexicon::Lexicon;

    /// The file that ships, `src/lexicon/en-frequency.tsv`, as the word list gives it.
    fn stem_frequencies() -> String {
        let stemmer = Stemmer::new(&Lang::english());
        let mut stems: BTreeMap<String, f64> = BTreeMap::new();
        Lexicon::shipped().for_each_frequent(|per_million, rendering| {
            for word in content_words(&Lang::english(), &rendering.text) {
                *stems.entry(stemmer.stem(&word)).or_insert(0.0) += per_million * rendering.weight;
            }
        });
        let rows = stems.iter().map(|(stem, per_million)| format!("{stem}\t{per_million:.1}\n"));
        format!("stem\tper_million\n{}", rows.collect::<String>())
    }

    fn file() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon/en-frequency.tsv")
    }

    /// With `UPDATE_EXPECT=1` in the environment the file is written anew: so it is renewed after a change of the word list.
    #[test]
    fn the_frequencies_of_stems_are_those_that_the_word_list_gives() -> io::Result<()> {
        let frequencies = stem_frequencies();
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(file(), &frequencies)?;
        }
        let is_fresh = fs::read_to_string(file())? == frequencies;
        assert!(is_fresh, "renew en-frequency.tsv: UPDATE_EXPECT=1 cargo test --lib the_frequencies_of_stems");
        Ok(())
    }
}
