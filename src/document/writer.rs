//! Builds the readable text of a marked-up article block by block.

use super::line::{begins_block, kind_alone};
use super::wrap::{MarkedLine, ends_sentence, groups};
use super::{Block, BlockKind};
use crate::span::Span;

/// A line break that the writer made by markup, in the text that goes to [`Writer::push`]: Unicode's line separator.
pub(super) const HARD_BREAK: char = '\u{2028}';

/// The text and blocks written so far.
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// The blocks' texts, each on lines of its own.
    pub(super) text: String,
    /// The blocks, in order.
    pub(super) blocks: Vec<Block>,
}

impl Writer {
    /// Adds the text of one block of the markup, its lines parted by LF or [`HARD_BREAK`]. Only lines that were cut to a
    /// column or plainly go on stay one block. A line that stands for itself (▼, `*****`, a date, a handle) becomes a block
    /// of its own, and an indented line or one that begins with a mark begins a new one.
    pub(super) fn push(&mut self, kind: BlockKind, text: &str) {
        if kind == BlockKind::Heading {
            return self.push_whole(kind, text);
        }
        let mut run = Vec::new();
        for (i, hard) in text.split(HARD_BREAK).enumerate() {
            for (j, line) in hard.lines().enumerate() {
                if let Some(own) = kind_alone(line) {
                    self.push_run(kind, &mut run);
                    self.push_whole(own, line);
                    continue;
                }
                let is_indented = line.starts_with('\u{3000}');
                if begins_block(line)
                    || (is_indented && run.last().is_some_and(|last: &MarkedLine<'_>| ends_sentence(last.text)))
                {
                    self.push_run(kind, &mut run);
                }
                if !line.trim().is_empty() {
                    run.push(MarkedLine { text: line.trim_end(), is_hard: i > 0 && j == 0 });
                }
            }
        }
        self.push_run(kind, &mut run);
    }

    /// Adds the blocks that a run of lines makes, and empties it.
    fn push_run(&mut self, kind: BlockKind, run: &mut Vec<MarkedLine<'_>>) {
        for group in groups(run) {
            let lines: Vec<&str> = run.get(group).unwrap_or_default().iter().map(|line| line.text).collect();
            self.push_whole(kind, &lines.join("\n"));
        }
        run.clear();
    }

    /// Adds `text` as one block, unless it is blank.
    pub(super) fn push_whole(&mut self, kind: BlockKind, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(&text.replace(HARD_BREAK, "\n"));
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
        assert_blocks(
            Paragraph,
            "朝から\n　昼まで。\n夜だ。",
            &[(Paragraph, "朝から"), (Paragraph, "昼まで。"), (Paragraph, "夜だ。")],
        );
    }

    #[test]
    fn lines_that_begin_with_a_mark_begin_a_block() {
        let note = "※この橋は大型の車では渡れませんので、川下の新しい橋へ回ってください";
        let next = "※夜は門が閉まりますので、管理人の家まで知らせてください。";
        assert_blocks(Paragraph, &format!("{note}\n{next}"), &[(Paragraph, note), (Paragraph, next)]);
        assert_blocks(Paragraph, "橋\u{2028}舟", &[(Paragraph, "橋"), (Paragraph, "舟")]);
    }

    #[test]
    fn a_heading_stays_whole_and_blank_text_is_no_block() {
        assert_blocks(Heading, "2024年5月13日\n▼", &[(Heading, "2024年5月13日\n▼")]);
        assert_blocks(Quote, " \n\u{3000}\n", &[]);
    }
}
