//! Ranges of bytes in a text.

use std::ops::Range;

/// A range of bytes in a text, from `start` up to and without `end`, both on character boundaries.
///
/// Columns and character offsets are computed from it where they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset of the byte behind the last.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`; an `end` before `start` gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text at this span; empty when the span does not lie in `text` on character boundaries.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The same span without the white space at its ends.
    pub fn trimmed(self, text: &str) -> Self {
        let inner = self.of(text);
        let start = self.start + (inner.len() - inner.trim_start().len());
        Self::new(start, start + inner.trim().len())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn span_outside_the_text_is_empty_text() {
        assert_eq!(Span::new(0, 99).of("対訳"), "");
        assert_eq!(Span::new(1, 3).of("対訳"), "", "inside a character");
        assert_eq!(Span::new(3, 6).of("対訳"), "訳");
    }

    #[test]
    fn trimmed_drops_full_width_spaces_too() {
        let text = "\u{3000}対訳 \n";
        assert_eq!(Span::new(0, text.len()).trimmed(text).of(text), "対訳");
    }
}
