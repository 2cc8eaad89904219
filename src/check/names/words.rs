//! The words of a text in a language with spaces, as names are compared: where they stand and how they are written.

use rust_stemmers::{Algorithm, Stemmer};

use super::spelling::{Letters, folded};
use crate::lang::{is_han, is_hiragana, is_katakana};
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::token::words;

/// Words behind which a full stop does not end the sentence.
const TITLES: [&str; 19] = [
    "Capt", "Col", "Dr", "Gen", "Gov", "Jr", "Lt", "Mr", "Mrs", "Ms", "Mt", "No", "Prof", "Rep", "Rev", "Sen", "Sgt",
    "Sr", "St",
];

/// A word.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where it stands, without a possessive 's.
    pub(super) span: Span,
    /// As written, [folded].
    pub(super) text: String,
    /// Its letters.
    pub(super) letters: Letters,
    /// Whether it begins with a capital or a digit.
    pub(super) is_capital: bool,
    /// Whether a sign that ends a name stands between it and the word before.
    pub(super) is_apart: bool,
}

/// The words of `text` in order. Hyphens separate words; points and apostrophes inside do not.
pub(super) fn split(text: &str) -> Vec<Word> {
    split_where(text, |_| true)
}

/// The words of `text` that are not in Japanese or Chinese script.
pub(super) fn spaced(text: &str) -> Vec<Word> {
    split_where(text, |word| word.starts_with(is_wordy))
}

fn split_where(text: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut end = 0;
    for word in words(text).filter(|word| is_wanted(word.text)) {
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

/// The words of `text` with those that hyphens join as one: Issai-kyo.
pub(super) fn joined(text: &str) -> Vec<Word> {
    join(split(text), text)
}

/// Joins words of `text` between which a hyphen stands.
pub(super) fn join(words: Vec<Word>, text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
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

/// Whether a point behind the word does not end the sentence: initials and titles.
fn is_abbreviated(word: &str) -> bool {
    word.chars().count() == 1 || word.contains('.') || TITLES.binary_search(&word).is_ok()
}

/// The span of several words.
pub(super) fn span(words: &[Word]) -> Span {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    }
}

/// The word without its ending of grammar.
pub(super) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// Whether a word list knows the word, as an ordinary word or as a name.
pub(super) fn is_known(word: &str, lexicons: &[Lexicon]) -> bool {
    let stem = stem(&word.to_lowercase());
    lexicons.iter().any(|l| l.stem_per_million(&stem).is_some())
}

/// Whether a letter or digit belongs to a word that spaces separate.
fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c) && !is_hiragana(c) && !is_katakana(c)
}

/// Where `name` stands in `text` as whole words.
pub(super) fn find(text: &str, name: &str) -> Option<Span> {
    if name.is_empty() {
        return None;
    }
    let is_edge = |c: Option<char>| !c.is_some_and(is_wordy);
    text.match_indices(name)
        .find(|(at, _)| {
            is_edge(text.get(..*at).and_then(|t| t.chars().next_back()))
                && is_edge(text.get(at + name.len()..).and_then(|t| t.chars().next()))
        })
        .map(|(at, _)| Span::new(at, at + name.len()))
}

/// Whether `name` stands in `text` as whole words.
pub(super) fn contains(text: &str, name: &str) -> bool {
    find(text, name).is_some()
}

/// The unbroken runs of letters and digits: what [`find`] finds begins with one of them, or holds none.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_wordy(c)).filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{find, joined, pieces, split};

    #[test]
    fn words_have_no_possessive_and_hyphens_can_join_them() {
        let texts = |text: &str| split(text).into_iter().map(|w| w.text).collect::<Vec<_>>();
        assert_eq!(texts("Britain’s Al-Qaeda expert"), ["Britain", "Al", "Qaeda", "expert"]);
        let texts = |text: &str| joined(text).into_iter().map(|w| w.text).collect::<Vec<_>>();
        assert_eq!(texts("the Al-Qaeda expert"), ["the", "Al-Qaeda", "expert"]);
    }

    #[test]
    fn a_sign_keeps_names_apart_and_the_point_of_an_initial_does_not() {
        let apart = |text: &str| split(text).iter().map(|w| w.is_apart).collect::<Vec<_>>();
        assert_eq!(apart("Berg, Rossi"), [false, true]);
        assert_eq!(apart("Dr. J. Berg"), [false, false, false]);
    }

    #[test]
    fn a_name_is_found_as_whole_words() {
        assert_eq!(find("Kearnsville, Kearns’s", "Kearns").map(|s| s.start), Some(13));
        assert!(find("Kearnsville", "Kearns").is_none() && find("x", "").is_none());
        assert!(find("これはNATOの", "NATO").is_some());
        assert_eq!(pieces("O’Neill, 日本 No. 3").collect::<Vec<_>>(), ["O", "Neill", "No", "3"]);
    }
}
