//! Articles as they are read: plain text, Markdown and HTML, in any of the usual encodings.

use std::borrow::Cow;

use crate::lang::Lang;
use crate::span::Span;

/// An article in one language: its readable text and the blocks it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What the article is called: its file's name or the name given by the caller.
    pub id: String,
    /// The language it is written in.
    pub lang: Lang,
    /// The readable text. For plain text this is the file's text, character for character; markup of other formats is
    /// taken away. All spans point into it.
    pub text: String,
    /// The blocks in order, without overlap; what lies between them is white space and marks.
    pub blocks: Vec<Block>,
}

/// A part of an article that no sentence crosses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Where its text stands in the document's text, without markers and surrounding white space.
    pub span: Span,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A title or section heading (also a line that begins with ▼, ■ or ◆).
    Heading,
    /// An item of a list.
    ListItem,
    /// A quotation set off from the text.
    Quote,
    /// A line of signs between parts (`*****`, `---`).
    Separator,
    /// A line that holds only a date.
    Date,
    /// A line that holds only an account's name (@handle).
    Handle,
}

impl Document {
    /// The text at `span` on one line: a line break inside a block becomes a space, or nothing between characters of
    /// scripts that are written without spaces.
    pub fn line(&self, span: Span) -> Cow<'_, str> {
        one_line(span.of(&self.text))
    }
}

/// `text` on one line, as [`Document::line`] gives it.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        if let (Some(before), Some(after)) = (out.chars().next_back(), part.chars().next())
            && !(is_wide(before) && is_wide(after))
        {
            out.push(' ');
        }
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// Whether `c` belongs to a script (or its punctuation) that is written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff00}'..='\u{ffef}' | '…' | '―' | '─' | '—')
        || crate::lang::is_han(c)
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn broken_lines_join_without_a_space_in_japanese_and_with_one_in_english() {
        assert_eq!(one_line("これは\n対訳です。"), "これは対訳です。");
        assert_eq!(one_line("This is\r\n  parallel text."), "This is parallel text.");
        assert_eq!(one_line("米国の\nAPT31という"), "米国の APT31という");
    }
}
