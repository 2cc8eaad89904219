//! Many Latin words at once: all that may be the romanisation of a reading.

use std::collections::BTreeMap;

use super::latin::Latin;
use super::reading::Reading;

/// The words of a collection, ready to be searched by reading.
///
/// Only words that begin alike are compared: with the same consonant but for voicing, or with a vowel.
#[derive(Debug, Clone)]
pub struct Romanised {
    words: Vec<Latin>,
    by_beginning: BTreeMap<u8, Vec<usize>>,
}

impl Romanised {
    /// An index of `words`; they keep their places in it.
    pub fn new(words: Vec<Latin>) -> Self {
        let mut by_beginning: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        for (place, word) in words.iter().enumerate() {
            by_beginning.entry(beginning(&word.roman)).or_default().push(place);
        }
        Self { words, by_beginning }
    }

    /// The places of the words whose [similarity](Reading::similarity) to `reading` is `least` or more, with that similarity,
    /// in order of their places.
    pub fn alike(&self, reading: &Reading, least: f64) -> Vec<(usize, f64)> {
        let mut beginnings: Vec<u8> = reading.keys().map(beginning).collect();
        beginnings.sort_unstable();
        beginnings.dedup();
        let places = beginnings.iter().filter_map(|b| self.by_beginning.get(b)).flatten();
        let mut found: Vec<(usize, f64)> = places
            .filter_map(|&place| Some((place, reading.similarity_from(self.words.get(place)?, least)?)))
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
