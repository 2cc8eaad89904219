//! Many Latin words at once: all that may be the romanisation of a reading.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::latin::Latin;
use super::reading::{Letters, Reading};

/// The words of a collection, ready to be searched by reading.
///
/// Only words that begin alike are compared: with the same consonant but for voicing, or with a vowel.
#[derive(Debug, Clone)]
pub struct Romanised {
    words: Vec<Latin>,
    /// The places of words by the beginning of their romanisation, with the letters of each.
    by_beginning: BTreeMap<u8, Vec<(Letters, usize)>>,
    /// The places of words by their whole romanisation.
    by_key: FxHashMap<Box<str>, Vec<usize>>,
}

impl Romanised {
    /// An index of `words`; they keep their places in it.
    pub fn new(words: Vec<Latin>) -> Self {
        let mut by_beginning: BTreeMap<u8, Vec<(Letters, usize)>> = BTreeMap::new();
        let mut by_key: FxHashMap<Box<str>, Vec<usize>> = FxHashMap::default();
        for (place, word) in words.iter().enumerate() {
            by_beginning.entry(beginning(&word.roman)).or_default().push((Letters::of_word(word), place));
            for key in [Some(&word.roman), word.roman_without_no.as_ref()].into_iter().flatten() {
                by_key.entry(key.clone()).or_default().push(place);
            }
        }
        Self { words, by_beginning, by_key }
    }

    /// The places of the words whose [similarity](Reading::similarity) to `reading` is `least` or more, with that similarity,
    /// in order of their places.
    pub fn alike(&self, reading: &Reading, least: f64) -> Vec<(usize, f64)> {
        let mut beginnings: Vec<u8> = reading.keys().map(beginning).collect();
        beginnings.sort_unstable();
        beginnings.dedup();
        if least >= 1.0 {
            let begins_alike =
                |place: &usize| self.words.get(*place).is_some_and(|w| beginnings.contains(&beginning(&w.roman)));
            let equal = reading.keys().filter_map(|key| self.by_key.get(key)).flatten().copied();
            let mut found: Vec<(usize, f64)> = equal.filter(begins_alike).map(|place| (place, 1.0)).collect();
            found.sort_by_key(|(place, _)| *place);
            found.dedup_by_key(|(place, _)| *place);
            return found;
        }
        let letters = reading.letters_of_keys();
        let words = beginnings.iter().filter_map(|b| self.by_beginning.get(b)).flatten();
        let mut found: Vec<(usize, f64)> = words
            .filter(|(of_word, _)| letters.may_be_alike(of_word, least))
            .filter_map(|&(_, place)| Some((place, reading.similarity_from(self.words.get(place)?, least)?)))
            .collect();
        found.sort_by_key(|(place, _)| *place);
        found
    }
}

/// What words that may be one romanisation have in common at their beginning: the row of the syllabary, voiced or not.
fn beginning(key: &str) -> u8 {
    match key.bytes().next().unwrap_or_default() {
        b'k' | b'g' => b'k',
        b's' | b'z' | b'S' | b'J' | b'C' | b'T' | b't' | b'd' => b't',
        b'h' | b'f' | b'b' | b'p' => b'h',
        b'm' | b'n' => b'n',
        b'a' | b'i' | b'u' | b'e' | b'o' | b'w' | b'y' => b'a',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::Romanised;
    use crate::name::{Latin, Reading};

    #[test]
    fn a_reading_finds_its_romanisations() {
        let names = ["Kishida", "Gishida", "Takahashi", "Bashi", "Oda"];
        let index = Romanised::new(names.iter().filter_map(|n| Latin::new(n)).collect());
        let found = |kana: &str, least| -> Vec<usize> {
            Reading::new(kana).map(|r| index.alike(&r, least).into_iter().map(|(p, _)| p).collect()).unwrap_or_default()
        };
        assert_eq!(found("きしだ", 1.0), [0]);
        assert_eq!(found("きしだ", 0.8), [0, 1]);
        assert_eq!(found("はし", 0.8), [3]);
        assert_eq!(found("おだ", 1.0), [4]);
    }
}
