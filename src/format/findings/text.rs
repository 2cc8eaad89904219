//! Findings as text: where, what, and both lines with marks under the names.
//!
//! Columns are those of a terminal: full-width characters take two, combining marks none. Long lines are cut around the
//! name. Characters that would be invisible or reorder the line are written out.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{Checked, is_unseen, line_at, place_text, side_text};
use crate::check::{Bitext, Finding, Place, Severity, Side};
use crate::lang::Lang;
use crate::span::Span;

/// The narrowest page that is written for, in columns.
const LEAST_WIDTH: usize = 40;
/// The other places of a relation that are named.
const PLACES: usize = 6;
/// What stands where a line is cut.
const CUT: &str = "…";

/// What findings are written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Its width in columns.
    pub width: usize,
    /// Whether it shows colours.
    pub color: bool,
}

impl Default for Page {
    fn default() -> Self {
        Self { width: 100, color: false }
    }
}

/// Escapes of a terminal for what is shown in colour.
struct Paint {
    on: bool,
}

impl Paint {
    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn faint(&self, text: &str) -> String {
        self.with("2", text)
    }

    fn severity(&self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        self.with(code, text)
    }

    fn with(&self, code: &str, text: &str) -> String {
        if self.on && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

pub(super) fn write(texts: &[Checked], page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let mut is_first = true;
    for text in texts {
        for finding in &text.findings {
            if !is_first {
                writeln!(out)?;
            }
            is_first = false;
            write_finding(&text.bitext, finding, page, out)?;
        }
    }
    Ok(())
}

fn write_finding(bitext: &Bitext, finding: &Finding, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint { on: page.color };
    let line = line_at(bitext, finding.place.line);
    let place = format!("{}:{}", visible(&line.document), line.line);
    let kind = paint.severity(finding.severity, &format!("{}[{}]", finding.severity, finding.check));
    writeln!(out, "{}: {kind}: {}", paint.bold(&place), visible(&finding.message))?;
    let gutter = tag(&bitext.source).len().max(tag(&bitext.target).len());
    let width = page.width.max(LEAST_WIDTH).saturating_sub(gutter + 4);
    for (side, lang) in [(Side::Source, &bitext.source), (Side::Target, &bitext.target)] {
        let text = side_text(&line, side);
        let marks = marks(bitext, finding, side);
        let (shown, under) = shown(text, &marks, width);
        let gap = if shown.is_empty() { "" } else { " " };
        writeln!(out, "  {}{gap}{shown}", paint.faint(&format!("{:gutter$}", tag(lang))))?;
        if !under.is_empty() {
            let under = if side == finding.place.side { paint.severity(finding.severity, &under) } else { under };
            writeln!(out, "  {:gutter$} {under}", "")?;
        }
    }
    let mut remark =
        |what: &str, text: &str| writeln!(out, "  {} {text}", paint.faint(&format!("{:gutter$} {what}:", "=")));
    match &finding.suggestion {
        Some(suggestion) if suggestion.replacement.is_empty() => remark("suggestion", "delete it")?,
        Some(suggestion) => remark("suggestion", &visible(&suggestion.replacement))?,
        None if !finding.expected.is_empty() => remark("expected", &visible(&finding.expected.join(", ")))?,
        None => {}
    }
    let others = others(bitext, finding);
    if others.is_empty() { Ok(()) } else { remark("also", &others) }
}

fn tag(lang: &Lang) -> &str {
    lang.tag()
}

/// The other lines of the relation: `7 Lipavský, b:1 Fiala and 3 more`.
fn others(bitext: &Bitext, finding: &Finding) -> String {
    let here = line_at(bitext, finding.place.line);
    let elsewhere: Vec<&Place> = finding.related.iter().filter(|place| place.line != finding.place.line).collect();
    let mut named: Vec<String> = Vec::new();
    for place in elsewhere.iter().take(PLACES) {
        let line = line_at(bitext, place.line);
        let at = if line.document == here.document {
            line.line.to_string()
        } else {
            format!("{}:{}", visible(&line.document), line.line)
        };
        named.push(format!("{at} {}", visible(place_text(bitext, **place))).trim_end().to_owned());
    }
    let more = elsewhere.len().saturating_sub(PLACES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    named.join(", ") + &more
}

/// A span of a line and the sign that stands under it.
type Mark = (Span, char);

/// What is marked on a side of the finding's line: its place with `^`, others of the relation with `-`.
fn marks(bitext: &Bitext, finding: &Finding, side: Side) -> Vec<Mark> {
    let mut marks = Vec::new();
    if finding.place.side == side {
        marks.push((finding.place.span, '^'));
    }
    let is_beside = |place: &&Place| place.line == finding.place.line && place.side == side;
    marks.extend(finding.related.iter().filter(is_beside).map(|place| (place.span, '-')));
    if marks.is_empty() {
        let name = match side {
            Side::Source => finding.source_name.as_deref(),
            Side::Target => finding.target_name.as_deref(),
        };
        let line = line_at(bitext, finding.place.line);
        let found = name
            .filter(|name| !name.is_empty())
            .and_then(|name| side_text(&line, side).find(name).map(|start| Span::new(start, start + name.len())));
        marks.extend(found.map(|span| (span, '-')));
    }
    marks
}

/// A character as a reader sees it, with its columns and the sign under it.
struct Cell {
    shown: String,
    width: usize,
    mark: Option<char>,
}

/// The line, cut to `width` columns around its first mark, and the signs under it.
fn shown(text: &str, marks: &[Mark], width: usize) -> (String, String) {
    let first = marks.first().map_or(Span::default(), |(span, _)| *span);
    // No more of a long line is looked at than may be shown; a column may take several characters (combining marks).
    let reach = width.saturating_mul(8);
    let start = text
        .get(..first.start)
        .map_or(0, |before| before.char_indices().rev().take(reach).last().map_or(first.start, |(i, _)| i));
    let end = text
        .get(first.start..)
        .and_then(|rest| rest.char_indices().nth(reach))
        .map_or(text.len(), |(i, _)| first.start + i);
    let mut cells = Vec::new();
    let (mut before, mut focus) = (0, 0);
    for (at, grapheme) in text.get(start..end).unwrap_or_default().grapheme_indices(true) {
        let (at, shown) = (start + at, visible(grapheme));
        let width = shown.width();
        let is_in = |span: &Span| at < span.end && at + grapheme.len() > span.start;
        let mark = marks.iter().find(|(span, _)| is_in(span)).map(|(_, sign)| *sign);
        if at + grapheme.len() <= first.start {
            before = cells.len() + 1;
        } else if is_in(&first) {
            focus += width;
        }
        cells.push(Cell { shown, width, mark });
    }
    // Something that is missing is marked by one sign at its place.
    if first.is_empty() && !marks.is_empty() {
        let mark = Some(marks.first().map_or('^', |(_, sign)| *sign));
        if let Some(cell) = cells.get_mut(before) {
            cell.mark = mark;
        } else {
            cells.push(Cell { shown: " ".to_owned(), width: 1, mark });
        }
    }
    let whole: usize = cells.iter().map(|cell| cell.width).sum();
    let (from, to) = if whole <= width && start == 0 && end == text.len() {
        (0, cells.len())
    } else {
        window(&cells, before, focus, width)
    };
    let is_cut = [from > 0 || start > 0, to < cells.len() || end < text.len()];
    let cells = cells.get(from..to).unwrap_or_default();
    let mut line = if is_cut[0] { CUT.to_owned() } else { String::new() };
    let mut under = " ".repeat(line.width());
    for cell in cells {
        line.push_str(&cell.shown);
        let sign = cell.mark.unwrap_or(' ');
        under.extend(std::iter::repeat_n(sign, cell.width));
    }
    line.push_str(if is_cut[1] { CUT } else { "" });
    (line.trim_end().to_owned(), under.trim_end().to_owned())
}

/// The cells to show: those of the name (from `before` on, `focus` columns wide), and as much around as fits.
fn window(cells: &[Cell], before: usize, focus: usize, width: usize) -> (usize, usize) {
    let room = width.saturating_sub(2 * CUT.width());
    let after: usize = cells.iter().skip(before).map(|cell| cell.width).sum();
    let behind = after.saturating_sub(focus);
    let spare = room.saturating_sub(focus);
    // What is not needed behind the name is given to what stands before it.
    let ahead = (spare / 2).max(spare.saturating_sub(behind));
    let (mut from, mut taken) = (before.min(cells.len()), 0);
    while let Some(cell) = from.checked_sub(1).and_then(|i| cells.get(i)) {
        if taken + cell.width > ahead {
            break;
        }
        taken += cell.width;
        from -= 1;
    }
    let mut to = before.min(cells.len());
    while let Some(cell) = cells.get(to) {
        if taken + cell.width > room {
            break;
        }
        taken += cell.width;
        to += 1;
    }
    (from, to)
}

/// The text on one line, with the characters that are invisible or change the order of others written out.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => shown.push(' '),
            c if is_unseen(c) => shown.extend([format!("<U+{:04X}>", u32::from(c))]),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{Mark, Page, shown, visible, write};
    use crate::format::findings::specimen;
    use crate::format::specimen::written;
    use crate::span::Span;

    /// The line and what stands under it, where the parts are marked in turn.
    fn marked(text: &str, parts: &[&str], width: usize) -> [String; 2] {
        let mark = |part: &&str| -> Mark {
            let start = text.find(part).expect("a part of the text");
            (Span::new(start, start + part.len()), '^')
        };
        let marks: Vec<Mark> = parts.iter().map(mark).collect();
        let (line, under) = shown(text, &marks, width);
        [line, under]
    }

    #[test]
    fn both_lines_are_shown_with_marks_under_the_names() {
        let text = written(|out| write(&[specimen::checked()], &Page::default(), out));
        assert_eq!(
            text,
            "a:8: error[empty-side]: リパフスキー is Lipavský; here stands <Fiala>.
  ja ヤン・リパフスキー氏は<否定>した
           ------------
  en é Fiala \"denied\" it & left
       ^^^^^
  =  suggestion: Lipavský
  =  also: 7 リパフスキー, b:1 Lipavský

b:2: warning[empty-side]: This line has no translation.
  ja はい。
     ^^^^^^
  en
"
        );
    }

    #[test]
    fn marks_stand_right_under_full_width_and_combining_characters() {
        assert_eq!(marked("ﾘﾊﾟとリパ", &["リパ"], 80), ["ﾘﾊﾟとリパ", "     ^^^^"]);
        assert_eq!(marked("e\u{301}a\u{30b}b", &["b"], 80), ["e\u{301}a\u{30b}b", "  ^"]);
        assert_eq!(
            marked("か\u{3099}く葛\u{e0100}城", &["葛\u{e0100}城"], 80),
            ["か\u{3099}く葛\u{e0100}城", "    ^^^^"]
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_name() {
        let text = format!("{}ダウデン{}", "前".repeat(50), "後".repeat(50));
        assert_eq!(marked(&text, &["ダウデン"], 24), ["…前前前ダウデン後後後後…", "       ^^^^^^^^"]);
        assert_eq!(marked(&text, &["前"], 12), ["前前前前前…", "^^"]);
        let text = format!("{}ダウデン", "前".repeat(50));
        assert_eq!(marked(&text, &["ダウデン"], 16), ["…前前前ダウデン", "       ^^^^^^^^"]);
        assert_eq!(marked(&"名".repeat(50), &["名".repeat(50).as_str()], 10), ["名名名名…", "^^^^^^^^"]);
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut_without_being_read_whole() {
        let text = "あ".repeat(400_000);
        let (line, _) = shown(&text, &[(Span::new(600_000, 600_003), '^')], 20);
        assert_eq!(line.chars().count(), 11);
    }

    #[test]
    fn what_is_missing_is_marked_at_its_place() {
        let (line, under) = shown("行く", &[(Span::new(6, 6), '^')], 20);
        assert_eq!((line.as_str(), under.as_str()), ("行く", "    ^"));
        assert_eq!(shown("", &[(Span::default(), '^')], 20).1, "^");
    }

    #[test]
    fn invisible_characters_are_written_out() {
        assert_eq!(visible("a\u{202e}b\u{200b}\tc\u{1b}"), "a<U+202E>b<U+200B> c<U+001B>");
    }
}
