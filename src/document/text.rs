//! Plain text: a line is a paragraph, unless the text was wrapped by hand.

use super::line::{begins_block, kind_in_plain_text};
use super::wrap::is_wrapped;
use super::{Block, BlockKind};
use crate::span::Span;

/// The blocks of a plain text, which together hold every visible character.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    // Without blank lines between them nothing would tell a wrapped line from a paragraph.
    let is_parted = lines.iter().skip_while(|line| line.kind.is_none()).any(|line| line.kind.is_none());
    let mut blocks = Vec::new();
    let mut rest = lines.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let Some(kind) = first.kind else {
            rest = behind;
            continue;
        };
        let more = match kind {
            BlockKind::Paragraph | BlockKind::ListItem => behind.iter().take_while(|line| line.continues).count(),
            _ => 0,
        };
        let (group, behind) = rest.split_at(1 + more);
        rest = behind;
        let texts: Vec<&str> = group.iter().map(|line| line.span.of(text)).collect();
        if is_parted && is_wrapped(&texts) {
            let end = group.last().map_or(first.span.end, |last| last.span.end);
            blocks.push(Block { kind, span: Span::new(first.span.start, end) });
        } else {
            blocks.extend(group.iter().filter_map(|line| Some(Block { kind: line.kind?, span: line.span })));
        }
    }
    blocks
}

/// One line of the text.
struct Line {
    /// Without the white space at its ends.
    span: Span,
    /// What it is; `None` for a blank line.
    kind: Option<BlockKind>,
    /// Whether it may go on with what the line before it began: running text without the indent of a new paragraph.
    continues: bool,
}

fn lines(text: &str) -> Vec<Line> {
    raw_lines(text)
        .map(|raw| {
            let span = raw.trimmed(text);
            let special = kind_in_plain_text(span.of(text));
            let kind = if span.is_empty() { None } else { Some(special.unwrap_or(BlockKind::Paragraph)) };
            let begins = raw.of(text).starts_with('\u{3000}') || begins_block(span.of(text));
            Line { span, kind, continues: kind.is_some() && special.is_none() && !begins }
        })
        .collect()
}

/// The lines of `text` without their line breaks (LF, CRLF); behind the last line break there is no further line.
pub(super) fn raw_lines(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let span = Span::new(start, start + line.trim_end_matches('\n').trim_end_matches('\r').len());
        start += line.len();
        span
    })
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::document::BlockKind::{self, Date, Heading, ListItem, Paragraph, Quote, Separator};

    fn assert_blocks(text: &str, expected: &[(BlockKind, &str)]) {
        let found: Vec<_> = blocks(text).iter().map(|b| (b.kind, b.span.of(text))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_is_a_paragraph() {
        assert_blocks(
            "　朝が来た。\r\n　鳥が鳴く。\r\n\r\n夜になる",
            &[(Paragraph, "朝が来た。"), (Paragraph, "鳥が鳴く。"), (Paragraph, "夜になる")],
        );
        assert_blocks("\n\n \u{3000}\n", &[]);
    }

    #[test]
    fn english_wrapped_by_hand_is_joined_between_blank_lines() {
        let first = "The old mill by the river had not turned for thirty years when\nthe new owner opened the sluice and let the water in, and nobody\nhad told him why.";
        let second = "He learned it soon enough.";
        assert_blocks(&format!("{first}\n\n{second}\n"), &[(Paragraph, first), (Paragraph, second)]);
    }

    #[test]
    fn japanese_wrapped_by_hand_is_joined_and_an_indent_begins_a_paragraph() {
        let first = "川べりの古い水車は三十年のあいだ回っていなかったが、新しい持\nち主が水門を開けて水を入れると、\u{3000}ゆっくりと動きはじめたのだと";
        let second = "\u{3000}村の人はその音を聞いて集まってきた。そして誰も何も言わずに黙\nって眺めていた。";
        assert_blocks(
            &format!("{first}\n{second}\n\n終わり。"),
            &[(Paragraph, first), (Paragraph, second.trim_start()), (Paragraph, "終わり。")],
        );
    }

    #[test]
    fn a_wrapped_item_keeps_its_lines() {
        let item = "- a mill that had not turned for thirty years, near the\n  river";
        assert_blocks(
            &format!("{item}\n- a sluice\n\nEnd."),
            &[(ListItem, item), (ListItem, "- a sluice"), (Paragraph, "End.")],
        );
    }

    #[test]
    fn whole_sentences_short_lines_and_verse_stay_lines() {
        for lines in [
            [
                "桜は三年のあいだ屋根裏で寝かせてから使うのがよいと言われている。",
                "樫は三年のあいだ屋根裏で寝かせても硬すぎて使えないと言われている。",
            ],
            ["古池や", "蛙飛び込む"],
            ["A name", "and a rather long line that says who the people of this interview are"],
        ] {
            let text = format!("{}\n{}\n\nEnd.", lines[0], lines[1]);
            assert_blocks(&text, &[(Paragraph, lines[0]), (Paragraph, lines[1]), (Paragraph, "End.")]);
        }
    }

    #[test]
    fn special_lines_are_blocks_with_their_signs() {
        assert_blocks(
            "▼材料\n2024年5月13日\n・桜\n> 硬い\n＊＊＊\n",
            &[
                (Heading, "▼材料"),
                (Date, "2024年5月13日"),
                (ListItem, "・桜"),
                (Quote, "> 硬い"),
                (Separator, "＊＊＊"),
            ],
        );
    }
}
