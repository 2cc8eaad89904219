//! Markdown: `CommonMark` with tables, without its markup.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_width::UnicodeWidthStr;

use super::line::kind_alone;
use super::tags::{self, Piece};
use super::writer::{HARD_BREAK, Writer};
use super::{Block, BlockKind};

/// What is read beyond `CommonMark`.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH);

/// The readable text of a Markdown article and its blocks.
pub(super) fn read(source: &str) -> (String, Vec<Block>) {
    let body = without_front_matter(source);
    let escaped = with_code_pipes_escaped(body);
    let body = escaped.as_ref();
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(body, OPTIONS).into_offset_iter() {
        reader.take(event, body.get(range).unwrap_or_default());
    }
    reader.flush();
    (reader.writer.text, reader.writer.blocks)
}

/// Where code stands in a Markdown text, with its marks: inline, in fences and indented.
pub(crate) fn code(source: &str) -> Vec<Range<usize>> {
    let body = without_front_matter(source);
    let front = source.len() - body.len();
    let parser = Parser::new_ext(body, OPTIONS).into_offset_iter();
    let code = parser.filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))));
    code.map(|(_, range)| range.start + front..range.end + front).collect()
}

/// `body` with `\|` for a pipe in the code of a table's cell. GFM takes it for the edge of a cell and drops the cells that
/// are too many, but no writer means to lose them.
fn with_code_pipes_escaped(body: &str) -> Cow<'_, str> {
    if !body.contains('`') || !body.contains('|') {
        return Cow::Borrowed(body);
    }
    let tables = Parser::new_ext(body, OPTIONS).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Table(_)) => Some(range),
        _ => None,
    });
    let mut out = String::new();
    let mut end = 0;
    for range in tables {
        out.push_str(body.get(end..range.start).unwrap_or_default());
        for line in body.get(range.clone()).unwrap_or_default().split_inclusive('\n') {
            // An odd number of backticks leaves the last one open, which is then no code.
            let parts = line.matches('`').count();
            for (i, part) in line.split_inclusive('`').enumerate() {
                if i % 2 == 1 && i + usize::from(!parts.is_multiple_of(2)) < parts {
                    out.push_str(&part.replace("\\|", "|").replace('|', "\\|"));
                } else {
                    out.push_str(part);
                }
            }
        }
        end = range.end;
    }
    out.push_str(body.get(end..).unwrap_or_default());
    Cow::Owned(out)
}

/// `source` behind the YAML between two `---` lines at its start, if there is any.
fn without_front_matter(source: &str) -> &str {
    let mut behind = 0;
    for (i, line) in source.split_inclusive('\n').enumerate() {
        behind += line.len();
        let line = line.trim_end();
        match i {
            0 if line != "---" => return source,
            // A rule at the start of an article is followed by text, not by a key.
            1 if !line.contains(':') && !line.starts_with('#') && line != "---" => return source,
            0 => {}
            _ if line == "---" || line == "..." => return source.get(behind..).unwrap_or_default(),
            _ => {}
        }
    }
    source
}

/// Gathers the text of the block that is open.
#[derive(Default)]
struct Reader {
    writer: Writer,
    /// The text since the last block's edge.
    buffer: String,
    /// The headings, items and quotes that are open.
    open: Vec<BlockKind>,
    /// Whether a code block is open, whose lines are blocks.
    in_code: bool,
    /// Whether the reading of a ruby is open, which is no text.
    in_reading: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Start(Tag::Heading { .. }) if rule_below_paragraph(source).is_some() => {
                self.flush();
                self.open.push(self.kind());
            }
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => {
                self.end(tag);
                if let (TagEnd::Heading(_), Some(rule)) = (tag, rule_below_paragraph(source)) {
                    self.writer.push_whole(BlockKind::Separator, rule);
                }
            }
            Event::Text(text) | Event::Code(text) if !self.in_reading => self.buffer.push_str(&text),
            // The line break in the source behind a `<br>` is none of its own.
            Event::SoftBreak if self.buffer.ends_with(HARD_BREAK) => {}
            Event::SoftBreak => self.buffer.push('\n'),
            Event::HardBreak => self.buffer.push(HARD_BREAK),
            Event::Html(html) => self.buffer.push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::Rule => {
                self.flush();
                self.writer.push_whole(BlockKind::Separator, source);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        if is_inline(tag.to_end()) {
            return;
        }
        self.flush();
        match tag {
            Tag::Heading { .. } => self.open.push(BlockKind::Heading),
            Tag::Item => self.open.push(BlockKind::ListItem),
            Tag::BlockQuote(_) => self.open.push(BlockKind::Quote),
            Tag::CodeBlock(_) => self.in_code = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            _ if is_inline(tag) => return,
            TagEnd::HtmlBlock => {
                for part in tags::strip(&std::mem::take(&mut self.buffer)).split("\n\n") {
                    self.writer.push(self.kind(), part);
                }
            }
            _ => self.flush(),
        }
        match tag {
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.open.pop();
            }
            TagEnd::CodeBlock => self.in_code = false,
            _ => {}
        }
    }

    /// A tag inside running text: a line break, or the reading of a ruby, which is left out.
    fn inline_html(&mut self, html: &str) {
        for piece in tags::pieces(html) {
            match piece {
                Piece::Tag { name, closing, .. } if matches!(name.as_str(), "rt" | "rp") => self.in_reading = !closing,
                Piece::Tag { name, .. } if name == "ruby" => self.in_reading = false,
                Piece::Tag { name, .. } if name == "br" => self.buffer.push(HARD_BREAK),
                _ => {}
            }
        }
    }

    fn kind(&self) -> BlockKind {
        self.open.last().copied().unwrap_or(BlockKind::Paragraph)
    }

    fn flush(&mut self) {
        self.in_reading = false;
        let buffer = std::mem::take(&mut self.buffer);
        if self.in_code {
            for line in buffer.lines() {
                self.writer.push_whole(BlockKind::Paragraph, line);
            }
        } else {
            self.writer.push(self.kind(), &without_stray_stars(buffer));
        }
    }
}

/// The row of strokes under `heading`, where it is no heading: `CommonMark` takes the paragraph above a `----` for one, but
/// several lines, a sentence or a long line are running text, a row of signs is no text, and the strokes part it from what follows.
fn rule_below_paragraph(heading: &str) -> Option<&str> {
    /// In columns; a full-width character takes two.
    const LONGEST_HEADING: usize = 80;
    let (text, rule) = heading.trim_end().rsplit_once('\n')?;
    let text = text.trim();
    let is_text = text.contains(['\n', '。', '．'])
        || text.ends_with('.')
        || text.width() > LONGEST_HEADING
        || kind_alone(text) == Some(BlockKind::Separator);
    // The rules of a quotation's lines begin with its mark.
    let rule = rule.trim_matches(|c: char| c.is_whitespace() || c == '>');
    (is_text && rule.len() >= 3 && rule.chars().all(|c| matches!(c, '-' | '='))).then_some(rule)
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// `text` without the `**` pairs around a Japanese quotation: `CommonMark` takes `**「水」**が` for plain stars, because
/// no space stands between the bracket and the kana, though the writer meant bold type.
fn without_stray_stars(text: String) -> String {
    let pairs = text.matches("**").count();
    let is_japanese = text.chars().any(|c| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'));
    if pairs > 0 && pairs.is_multiple_of(2) && is_japanese && !text.contains("***") {
        text.replace("**", "")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::document::BlockKind::{self, Date, Handle, Heading, ListItem, Paragraph, Quote, Separator};

    fn assert_blocks(source: &str, expected: &[(BlockKind, &str)]) {
        let (text, blocks) = read(source);
        let found: Vec<_> = blocks.iter().map(|b| (b.kind, b.span.of(&text))).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn front_matter_is_no_text_and_a_rule_is() {
        assert_blocks("---\ntitle: 池\n---\n\n池である。", &[(Paragraph, "池である。")]);
        assert_blocks("---\r\ntitle: 池\r\n---\r\n池である。", &[(Paragraph, "池である。")]);
        assert_blocks("---\n\n池\n\n---\n", &[(Separator, "---"), (Paragraph, "池"), (Separator, "---")]);
    }

    #[test]
    fn markers_are_dropped_and_every_part_is_a_block() {
        assert_blocks(
            "池\n==\n\n## 水 ##\n\n- 上の池\n- 下の池\n\n> 引用\n> である。\n\n| 池 | 水 |\n|---|---|\n| 上 | 多い |\n\n*****\n\n```\nlet a;\n\nlet b;\n```\n",
            &[
                (Heading, "池"),
                (Heading, "水"),
                (ListItem, "上の池"),
                (ListItem, "下の池"),
                (Quote, "引用"),
                (Quote, "である。"),
                (Paragraph, "池"),
                (Paragraph, "水"),
                (Paragraph, "上"),
                (Paragraph, "多い"),
                (Separator, "*****"),
                (Paragraph, "let a;"),
                (Paragraph, "let b;"),
            ],
        );
    }

    #[test]
    fn inline_markup_is_dropped_and_its_text_kept() {
        assert_blocks(
            "*A* **[pond](http://x.example)** `of` ![water](w.png)<span>,</span> R&amp;D \\* ~~no~~",
            &[(Paragraph, "A pond of water, R&D * no")],
        );
        assert_blocks(
            "<ruby>池<rp>（</rp><rt>いけ</rt><rp>）</rp></ruby>の水<br>である",
            &[(Paragraph, "池の水"), (Paragraph, "である")],
        );
        assert_blocks("これが**「水の電池」**である", &[(Paragraph, "これが「水の電池」である")]);
    }

    #[test]
    fn lines_are_kept_where_the_writer_broke_them() {
        let lines = [(Paragraph, "橋が落ちた"), (Paragraph, "舟は来ない"), (Paragraph, "秋になる")];
        for source in [
            "橋が落ちた\n舟は来ない\n秋になる\n",
            "橋が落ちた  \n舟は来ない\\\n秋になる",
            "橋が落ちた<br>\n舟は来ない<br/>秋になる",
            "<p>橋が落ちた<br>\n舟は来ない<br/>秋になる</p>",
        ] {
            assert_blocks(source, &lines);
        }
        assert_blocks("One line  \nSecond line", &[(Paragraph, "One line"), (Paragraph, "Second line")]);
        assert_blocks("The bridge fell\nand no ferry came.", &[(Paragraph, "The bridge fell\nand no ferry came.")]);
    }

    #[test]
    fn a_rule_under_running_text_is_no_underline() {
        assert_blocks(
            "橋が落ちた\n舟は来ない\n----\n秋である",
            &[(Paragraph, "橋が落ちた"), (Paragraph, "舟は来ない"), (Separator, "----"), (Paragraph, "秋である")],
        );
        assert_blocks("橋が落ちた。\n----\n", &[(Paragraph, "橋が落ちた。"), (Separator, "----")]);
        assert_blocks("> The bridge fell.\n> ---\n", &[(Quote, "The bridge fell."), (Separator, "---")]);
        assert_blocks("＊\n----\n", &[(Separator, "＊"), (Separator, "----")]);
        assert_blocks("橋のこと\n----\n秋", &[(Heading, "橋のこと"), (Paragraph, "秋")]);
    }

    #[test]
    fn a_pipe_in_code_ends_no_cell() {
        assert_blocks(
            "| a | b |\n|---|---|\n| `x|y` | z |\n| p\\|q | `r\\|s` |\n",
            &["a", "b", "x|y", "z", "p|q", "r|s"].map(|cell| (Paragraph, cell)),
        );
        assert_blocks("| a | b |\n|---|---|\n| `x | y |\n", &["a", "b", "`x", "y"].map(|cell| (Paragraph, cell)));
        assert_blocks("`x|y`", &[(Paragraph, "x|y")]);
    }

    #[test]
    fn html_blocks_keep_their_text() {
        assert_blocks(
            "<div>\n<p>上の池</p>\n<script>x()</script>\n<p>下の池</p>\n</div>\n",
            &[(Paragraph, "上の池"), (Paragraph, "下の池")],
        );
    }

    #[test]
    fn items_and_quotes_may_hold_several_paragraphs() {
        assert_blocks(
            "- 上\n\n  下\n\n> > 水\n>\n> 池",
            &[(ListItem, "上"), (ListItem, "下"), (Quote, "水"), (Quote, "池")],
        );
    }

    #[test]
    fn lines_of_a_paragraph_that_stand_for_themselves_are_blocks() {
        assert_blocks(
            "2024年5月13日\n▼池\n　水がある。\n　深い。\n@kagi_no_banjin",
            &[
                (Date, "2024年5月13日"),
                (Heading, "▼池"),
                (Paragraph, "水がある。"),
                (Paragraph, "深い。"),
                (Handle, "@kagi_no_banjin"),
            ],
        );
    }
}
