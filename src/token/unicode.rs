//! Words of languages with spaces, by UAX #29.

use unicode_segmentation::UnicodeSegmentation;

use crate::span::Span;

/// A word of a text in a language with spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where it stands in the text.
    pub span: Span,
    /// The word as written.
    pub text: &'a str,
}

/// The words of `text` (UAX #29 words that hold a letter or digit) in order.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.unicode_word_indices().map(|(start, text)| Word { span: Span::new(start, start + text.len()), text })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_keep_inner_apostrophes_and_points() {
        let found: Vec<&str> = words("It isn’t the U.S. economy, 3.5 points.").map(|w| w.text).collect();
        assert_eq!(found, ["It", "isn’t", "the", "U.S", "economy", "3.5", "points"]);
    }
}
