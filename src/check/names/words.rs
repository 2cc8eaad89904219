//! The words of a text in a language with spaces, as names are compared: where they stand and how they are written.

use rust_stemmers::{Algorithm, Stemmer};

use super::spelling::{Letters, folded};
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::token::words;

/// A word.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Where it stands, without a possessive 's.
    pub(crate) span: Span,
    /// As written, [folded].
    pub(crate) text: String,
    /// Its letters.
    pub(crate) letters: Letters,
    /// Whether it begins with a capital or a digit.
    pub(crate) is_capital: bool,
    /// Whether a sign that ends a name stands between it and the word before.
    pub(crate) is_apart: bool,
}

/// The words of `text` in order. Hyphens separate words; points and apostrophes inside do not.
pub(crate) fn split(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut end = 0;
    for word in words(text) {
        let between = Span::new(end, word.span.start).of(text);
        end = word.span.end;
        let bare = ["'s", "’s", "'S", "’S"].iter().find_map(|s| word.text.strip_suffix(s)).unwrap_or(word.text);
        let span = Span::new(word.span.start, word.span.start + bare.len());
        let after_initial = out.last().is_some_and(|w| is_abbreviated(&w.text));
        out.push(Word {
            span,
            text: folded(bare),
            letters: Letters::new(bare),
            is_capital: bare.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()),
            is_apart: between.contains([',', ';', ':', '!', '?', '"', '“', '”', '(', ')', '[', ']', '—', '…'])
                || (between.contains('.') && !after_initial),
        });
    }
    out
}

/// Whether a point behind the word does not end the sentence: initials and titles.
fn is_abbreviated(word: &str) -> bool {
    word.chars().count() == 1
        || word.contains('.')
        || matches!(
            word,
            "Mr" | "Mrs"
                | "Ms"
                | "Dr"
                | "St"
                | "Mt"
                | "Jr"
                | "Sr"
                | "Gen"
                | "Sen"
                | "Rep"
                | "Gov"
                | "Lt"
                | "Col"
                | "Prof"
                | "Rev"
                | "Sgt"
                | "Capt"
                | "No"
        )
}

/// The span of several words.
pub(crate) fn span(words: &[Word]) -> Span {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    }
}

/// The words of `text` with those that hyphens join as one: Issai-kyo.
pub(crate) fn joined(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for word in split(text) {
        match out.last_mut() {
            Some(last) if matches!(Span::new(last.span.end, word.span.start).of(text), "-" | "‐" | "‑") => {
                last.span.end = word.span.end;
                last.text = folded(last.span.of(text));
                last.letters = Letters::new(last.span.of(text));
            }
            _ => out.push(word),
        }
    }
    out
}

/// Whether a word list knows the word, as an ordinary word or as a name.
pub(crate) fn is_known(word: &str, lexicons: &[Lexicon]) -> bool {
    let lower = word.to_lowercase();
    let stem = Stemmer::create(Algorithm::English).stem(&lower).into_owned();
    lexicons.iter().any(|l| l.stem_per_million(&stem).is_some())
}
