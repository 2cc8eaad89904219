//! The Japanese–English word list that ships with taiyaku, written for it.

use std::borrow::Cow;

use super::{Lexicon, Rendering};
use crate::lang::Lang;

/// `ja en weight kind`, one rendering a line, the renderings of a headword together and in order of likelihood.
const JA_EN: &str = include_str!("ja-en.tsv");

/// `ja per_million`: how often a headword occurs in a million words of news and essays, by order of magnitude.
const JA_FREQUENCY: &str = include_str!("ja-frequency.tsv");

impl Lexicon {
    /// The word list that ships: Japanese to English.
    pub fn shipped() -> Self {
        let mut lexicon = Self::new(Lang::japanese(), Lang::english());
        for line in JA_EN.lines().skip(1) {
            let mut cells = line.split('\t');
            if let (Some(word), Some(text), Some(Ok(weight))) =
                (cells.next(), cells.next(), cells.next().map(str::parse))
            {
                let list = lexicon.entries.entry(Cow::Borrowed(word)).or_default();
                list.push(Rendering { text: Cow::Borrowed(text), weight });
            }
        }
        for line in JA_FREQUENCY.lines().skip(1) {
            if let Some((word, Ok(per_million))) = line.split_once('\t').map(|(w, n)| (w, n.parse())) {
                lexicon.per_million.insert(Cow::Borrowed(word), per_million);
            }
        }
        lexicon
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{JA_EN, JA_FREQUENCY};
    use crate::lexicon::Lexicon;

    #[test]
    fn every_line_of_the_word_list_is_well_formed() {
        let mut lines = JA_EN.lines();
        assert_eq!(lines.next(), Some("ja\ten\tweight\tkind"));
        let mut seen = BTreeSet::new();
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 4, "{line}");
            assert!(cells[2].parse::<f64>().is_ok_and(|w| w > 0.0 && w <= 1.0), "{line}");
            assert!(seen.insert((cells[0], cells[1])), "twice: {line}");
        }
        assert!(seen.len() >= 6_000, "{} pairs", seen.len());
    }

    #[test]
    fn probabilities_of_a_headword_sum_to_one_at_most() {
        let lexicon = Lexicon::shipped();
        for line in JA_EN.lines().skip(1) {
            let word = line.split('\t').next().unwrap_or_default();
            let sum: f64 = lexicon.renderings(word).iter().map(|r| r.weight).sum();
            assert!(sum <= 1.005, "{word}: {sum}");
        }
    }

    #[test]
    fn every_frequency_belongs_to_a_headword() {
        let lexicon = Lexicon::shipped();
        for line in JA_FREQUENCY.lines().skip(1) {
            let word = line.split('\t').next().unwrap_or_default();
            assert!(lexicon.contains(word) && lexicon.per_million(word).is_some_and(|n| n > 0.0), "{line}");
        }
    }
}
