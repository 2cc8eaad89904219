//! The surnames that full names in kanji yield by their readings: 高市早苗 = Sanae Takaichi also gives 高市 = Takaichi.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Glossary, Term, TermEntry, TermStatus};
use crate::lang::is_han;
use crate::name::{Latin, Reading};
use crate::token::Tokenizer;

/// A surname has so many kanji: one alone stands in too many words.
const SURNAME: std::ops::RangeInclusive<usize> = 2..=3;
/// A full name has at most so many.
const LONGEST: usize = 6;
/// From this similarity on (see [`Reading::similarity`]) a reading is that of a word: one vowel of eight letters may differ.
const SAME_READING: f64 = 0.9;

impl Glossary {
    /// Gives the entries of the kind `person` with a full name in kanji their surnames as [derived](Term::derived),
    /// admitted forms, where the reading of the name's beginning is one of the two words of a Latin name, whichever comes
    /// first. Names that are not read as they are romanised (習近平 = Xi Jinping) yield nothing, and a surname that has a row
    /// of its own is left to that row.
    pub fn derive_kanji_surnames(&mut self, tokenizer: &Tokenizer) {
        let explicit: BTreeSet<String> = self
            .entries
            .iter()
            .flat_map(|entry| entry.terms.iter())
            .filter(|term| term.lang.is_japanese() && !term.derived)
            .map(|term| term.text.clone())
            .collect();
        self.entries.par_iter_mut().filter(|entry| entry.kind == "person").for_each(|entry| {
            let derived = derive(entry, tokenizer, &explicit);
            entry.terms.extend(derived);
        });
    }
}

fn derive(entry: &TermEntry, tokenizer: &Tokenizer, explicit: &BTreeSet<String>) -> Vec<Term> {
    let mut derived: Vec<Term> = Vec::new();
    let allowed = |term: &&Term| !term.derived && term.status != TermStatus::Deprecated;
    for japanese in entry.terms.iter().filter(allowed).filter(|term| term.lang.is_japanese()) {
        let count = japanese.text.chars().count();
        if !(SURNAME.start() + 1..=LONGEST).contains(&count) || !japanese.text.chars().all(is_han) {
            continue;
        }
        for latin in entry.terms.iter().filter(allowed).filter(|term| !term.lang.is_unspaced()) {
            let words: Vec<&str> = latin.text.split_whitespace().collect();
            let [first, second] = words.as_slice() else { continue };
            let Some((kanji, word)) = surname(&japanese.text, first, second, tokenizer) else { continue };
            if explicit.contains(kanji) {
                continue;
            }
            for (full, text) in [(japanese, kanji), (latin, word)] {
                let is_there = |terms: &[Term]| terms.iter().any(|t| t.lang == full.lang && t.text == text);
                if !is_there(&entry.terms) && !is_there(&derived) {
                    derived.push(Term {
                        lang: full.lang.clone(),
                        text: text.to_owned(),
                        status: TermStatus::Admitted,
                        derived: true,
                    });
                }
            }
        }
    }
    derived
}

/// The beginning of a name in kanji that is read as one of two words and not as the other, with that word.
fn surname<'n>(name: &'n str, first: &'n str, second: &'n str, tokenizer: &Tokenizer) -> Option<(&'n str, &'n str)> {
    let words = [first, second].map(|word| Some((word, Latin::new(word)?)));
    let edges = name.char_indices().map(|(at, _)| at).enumerate().filter(|(count, _)| SURNAME.contains(count));
    let mut best: Option<(f64, &str, &str)> = None;
    for (_, edge) in edges {
        let kanji = name.get(..edge)?;
        let reading: Option<String> = tokenizer.tokens(kanji).iter().map(|token| token.reading).collect();
        let Some(reading) = reading.and_then(|kana| Reading::new(&kana)) else { continue };
        let alike = words.each_ref().map(|word| word.as_ref().map_or(0.0, |(_, latin)| reading.similarity(latin)));
        for ((word, _), similarity) in words.iter().flatten().zip(alike) {
            let is_only = alike.iter().filter(|other| **other >= SAME_READING).count() == 1;
            if similarity >= SAME_READING && is_only && best.is_none_or(|(other, ..)| similarity >= other) {
                best = Some((similarity, kanji, word));
            }
        }
    }
    best.map(|(_, kanji, word)| (kanji, word))
}

#[cfg(all(test, feature = "ipadic"))]
mod tests {
    use std::path::Path;

    use crate::glossary::Glossary;
    use crate::token::Tokenizer;

    #[track_caller]
    fn assert_derived(rows: &str, expected: &[&str]) {
        let mut glossary = Glossary::default();
        glossary.add_tsv(&format!("ja\ten\tkind\n{rows}\n"), Path::new("people.tsv")).unwrap();
        glossary.derive_kanji_surnames(&Tokenizer::new().unwrap());
        let terms = glossary.entries.iter().flat_map(|entry| &entry.terms).filter(|term| term.derived);
        assert_eq!(terms.map(|term| term.text.as_str()).collect::<Vec<_>>(), expected, "{rows}");
    }

    #[test]
    fn a_full_name_in_kanji_yields_its_surname_in_either_order() {
        assert_derived("高市早苗\tSanae Takaichi\tperson", &["高市", "Takaichi"]);
        assert_derived("渋沢栄一\tShibusawa Eiichi\tperson", &["渋沢", "Shibusawa"]);
        assert_derived("長谷川等伯\tTōhaku Hasegawa\tperson", &["長谷川", "Hasegawa"]);
    }

    #[test]
    fn what_is_not_read_as_it_is_romanised_yields_nothing() {
        assert_derived("習近平\tXi Jinping\tperson", &[]);
        assert_derived("林芳正\tYoshimasa Hayashi\tperson", &[]);
        assert_derived("高市早苗\tSanae Takaichi\tplace", &[]);
        assert_derived("高市早苗\t!Sanae Takaichi\tperson", &[]);
    }

    #[test]
    fn a_surname_with_a_row_of_its_own_is_left_to_it() {
        assert_derived("高市\tTakachi\tperson\n高市早苗\tSanae Takaichi\tperson", &[]);
    }
}
