//! Builds the readable text of a marked-up article block by block.

use super::line::kind_alone;
use super::text::ends_sentence;
use super::{Block, BlockKind};
use crate::span::Span;

/// The text and blocks written so far.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// The blocks' texts, each on lines of its own.
    pub(super) text: String,
    /// The blocks, in order.
    pub(super) blocks: Vec<Block>,
}

impl Writer {
    /// Adds the text of one block of the markup. A line in it that stands for itself (▼, `*****`, a date, a handle)
    /// becomes a block of its own, and an indented line behind a finished sentence begins a new one.
    pub(super) fn push(&mut self, kind: BlockKind, text: &str) {
        if kind == BlockKind::Heading {
            return self.push_whole(kind, text);
        }
        let mut run = String::new();
        for line in text.lines() {
            if let Some(own) = kind_alone(line) {
                self.push_whole(kind, &std::mem::take(&mut run));
                self.push_whole(own, line);
                continue;
            }
            if line.starts_with('\u{3000}') && ends_sentence(&run) {
                self.push_whole(kind, &std::mem::take(&mut run));
            }
            if !run.is_empty() {
                run.push('\n');
            }
            run.push_str(line.trim_end());
        }
        self.push_whole(kind, &run);
    }

    /// Adds `text` as one block, unless it is blank.
    pub(super) fn push_whole(&mut self, kind: BlockKind, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.blocks.push(Block { kind, span: Span::new(start, self.text.len()) });
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::Writer;
    use crate::document::BlockKind::{self, Date, Handle, Heading, ListItem, Paragraph, Quote, Separator};

    fn assert_blocks(kind: BlockKind, text: &str, blocks: &[(BlockKind, &str)]) {
        let mut writer = Writer::default();
        writer.push(kind, text);
        let written: Vec<_> = writer.blocks.iter().map(|b| (b.kind, b.span.of(&writer.text))).collect();
        assert_eq!(written, blocks);
    }

    #[test]
    fn lines_that_stand_for_themselves_leave_their_paragraph() {
        assert_blocks(
            Paragraph,
            "▼材料\n桜である。\n*****\n2024年5月13日\n・山桜\n@kagi",
            &[
                (Heading, "▼材料"),
                (Paragraph, "桜である。"),
                (Separator, "*****"),
                (Date, "2024年5月13日"),
                (ListItem, "・山桜"),
                (Handle, "@kagi"),
            ],
        );
    }

    #[test]
    fn an_indented_line_behind_a_finished_sentence_begins_a_paragraph() {
        assert_blocks(Paragraph, "　朝だ。\n　昼だ。", &[(Paragraph, "朝だ。"), (Paragraph, "昼だ。")]);
        assert_blocks(Paragraph, "朝から\n　昼まで。\n夜だ。", &[(Paragraph, "朝から\n　昼まで。\n夜だ。")]);
    }

    #[test]
    fn a_heading_stays_whole_and_blank_text_is_no_block() {
        assert_blocks(Heading, "2024年5月13日\n▼", &[(Heading, "2024年5月13日\n▼")]);
        assert_blocks(Quote, " \n\u{3000}\n", &[]);
    }
}
