//! Texts as concordance sees them: width and letter case make no difference, and what was found is known in the original.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::span::Span;

/// A text in NFKC and lower case.
#[derive(Debug)]
pub(super) struct Folded {
    /// The folded text.
    pub(super) text: String,
    /// Where each piece begins: in the folded text and in the original.
    starts: Vec<(usize, usize)>,
    /// The length of the original.
    length: usize,
}

/// The folded form of a pattern.
pub(super) fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

impl Folded {
    pub(super) fn new(original: &str) -> Self {
        let mut folded =
            Self { text: String::with_capacity(original.len()), starts: Vec::new(), length: original.len() };
        // Normalisation composes within a grapheme cluster only.
        for (start, piece) in original.grapheme_indices(true) {
            folded.starts.push((folded.text.len(), start));
            folded.text.push_str(&fold(piece));
        }
        folded
    }

    /// The part of the original that gave this part of the folded text.
    pub(super) fn original(&self, part: Span) -> Span {
        let first = self.starts.partition_point(|(start, _)| *start <= part.start).saturating_sub(1);
        let end = self.starts.partition_point(|(start, _)| *start < part.end);
        let place = |i: usize| self.starts.get(i).map_or(self.length, |(_, original)| *original);
        Span::new(place(first), place(end))
    }

    /// Where the folded `part` stands in the original.
    pub(super) fn find(&self, part: &str) -> Vec<Span> {
        if part.is_empty() {
            return Vec::new();
        }
        let found = self.text.match_indices(part);
        found.map(|(start, found)| self.original(Span::new(start, start + found.len()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Folded, fold};

    fn found<'t>(text: &'t str, part: &str) -> Vec<&'t str> {
        Folded::new(text).find(&fold(part)).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn what_is_found_is_known_in_the_original() {
        assert_eq!(found("ﾃﾚﾋﾞとテレビ", "テレビ"), ["ﾃﾚﾋﾞ", "テレビ"]);
        assert_eq!(found("ＮＡＴＯはNatoだ", "nato"), ["ＮＡＴＯ", "Nato"]);
        assert_eq!(found("㌔とキロ", "キ"), ["㌔", "キ"]);
        assert_eq!(found("東京", "京"), ["京"]);
        assert_eq!(found("イラン", "いらん"), [""; 0], "kinds of kana differ");
        assert_eq!(found("東京", ""), [""; 0]);
    }
}
