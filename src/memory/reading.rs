//! Words by their reading: which words in kanji the memory holds, and how each is read.
//!
//! The list is made when it is first asked for, and for new units when it is asked for again; it is kept in the store.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::key::key;
use super::store::Store;
use crate::error::Result;
use crate::lang::is_han;
use crate::token::Tokenizer;

/// How many units are read at a time.
const BATCH: i64 = 20_000;
/// How many texts a thread reads at a time.
const AT_ONCE: usize = 500;
/// No more words than this are searched for.
const MOST_WORDS: usize = 200;
/// A reading may be that of up to so many words in a row: a full name with its title.
const LONGEST_CHAIN: usize = 3;

/// The texts to search for to find what is read `reading`: the kana themselves, words whose reading holds it, and
/// words in a row that are read so together.
pub(super) fn texts_read(store: &Store, tokenizer: &Tokenizer, reading: &str) -> Result<Vec<String>> {
    read_new_units(store, tokenizer)?;
    let hiragana = key(reading);
    let katakana: String = hiragana.chars().map(katakana_of).collect();
    let mut texts = vec![hiragana.clone(), katakana];
    texts.extend(store.words_read_like(&hiragana, MOST_WORDS)?);
    let mut chains: Vec<(usize, Vec<String>)> = vec![(0, vec![String::new()])];
    for _ in 0..LONGEST_CHAIN {
        let mut longer = Vec::new();
        for (read, words) in chains {
            let rest = hiragana.get(read..).unwrap_or_default();
            for (end, _) in rest.char_indices().skip(1).chain([(rest.len(), ' ')]).filter(|(end, _)| *end > 0) {
                let next = store.words_read(rest.get(..end).unwrap_or_default())?;
                let joined: Vec<String> = words
                    .iter()
                    .flat_map(|word| next.iter().map(move |next| format!("{word}{next}")))
                    .take(MOST_WORDS)
                    .collect();
                if joined.is_empty() {
                    continue;
                }
                if end == rest.len() {
                    texts.extend(joined);
                } else {
                    longer.push((read + end, joined));
                }
            }
        }
        chains = longer;
    }
    let mut seen = BTreeSet::new();
    texts.retain(|text| !text.is_empty() && seen.insert(text.clone()));
    texts.truncate(MOST_WORDS);
    Ok(texts)
}

fn katakana_of(c: char) -> char {
    match c {
        '\u{3041}'..='\u{3096}' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    }
}

/// Adds the words of units that were not read yet, read on all cores.
fn read_new_units(store: &Store, tokenizer: &Tokenizer) -> Result<()> {
    let (mut done, last) = store.read_up_to()?;
    while done < last {
        let end = last.min(done + BATCH);
        let mut texts = Vec::new();
        store.for_each_unit(done + 1, end, |unit| {
            texts.extend(unit.source_lang.is_japanese().then_some(unit.source));
            texts.extend(unit.target_lang.is_japanese().then_some(unit.target));
            Ok(())
        })?;
        let words =
            texts.par_chunks(AT_ONCE).map(|texts| words_in(tokenizer, texts)).reduce(BTreeSet::new, |mut a, mut b| {
                a.append(&mut b);
                a
            });
        store.add_words(&words, end)?;
        done = end;
    }
    Ok(())
}

/// The words with kanji in these texts, with their readings before them.
fn words_in(tokenizer: &Tokenizer, texts: &[String]) -> BTreeSet<(String, String)> {
    let mut words = BTreeSet::new();
    for text in texts {
        for token in tokenizer.tokens(text) {
            let word = token.span.of(text);
            if let Some(reading) = token.reading.filter(|_| word.chars().any(is_han)) {
                words.insert((key(reading), word.to_owned()));
            }
        }
    }
    words
}
