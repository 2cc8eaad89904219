//! Whether neighbouring lines are one paragraph that was cut to a column, or lines of their own.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::is_wide;

/// A line of a paragraph in marked-up text.
#[derive(Debug, Clone, Copy)]
pub(super) struct MarkedLine<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// Whether the writer broke the line before it by markup (`<br>`, two spaces), so that it means a break.
    pub(super) is_hard: bool,
}

/// No text is wrapped at fewer columns (a full-width character takes two).
const NARROWEST: usize = 40;

/// The lines that belong together: all of them where they were cut to a column, else those between hard breaks that
/// were, else each line with those that go on with it.
pub(super) fn groups(lines: &[MarkedLine<'_>]) -> Vec<Range<usize>> {
    let is_cut = |lines: &[MarkedLine<'_>]| is_wrapped(&lines.iter().map(|line| line.text).collect::<Vec<_>>());
    if is_cut(lines) {
        return std::iter::once(0..lines.len()).collect();
    }
    let mut groups = Vec::new();
    let mut start = 0;
    for part in lines.chunk_by(|_, next| !next.is_hard) {
        let whole = start..start + part.len();
        start = whole.end;
        if is_cut(part) {
            groups.push(whole);
            continue;
        }
        let are_own = is_unspaced(part) || is_row_of_titles(part);
        let mut at = whole.start;
        for chunk in part.chunk_by(|line, next| !are_own || goes_on(line.text, next.text)) {
            groups.push(at..at + chunk.len());
            at += chunk.len();
        }
    }
    // A hard break inside a sentence that plainly goes on is one of layout.
    groups.dedup_by(|next, last| {
        let pair = lines.get(last.end.wrapping_sub(1)).zip(lines.get(next.start));
        let joins = pair.is_some_and(|(line, next)| next.is_hard && goes_on(line.text, next.text));
        if joins {
            last.end = next.end;
        }
        joins
    });
    groups
}

/// Whether `line` is an unfinished sentence that `next` goes on with: behind a comma, before the と of a quotation, or
/// with a small letter.
fn goes_on(line: &str, next: &str) -> bool {
    let (line, next) = (line.trim_end(), next.trim_start());
    if next.starts_with(is_wide) || line.ends_with(is_wide) {
        return line.ends_with(['、', '，', '､']) || (line.ends_with(['」', '』', '｣']) && next.starts_with('と'));
    }
    next.starts_with(char::is_lowercase) && !ends_sentence(line)
}

/// Lines of a language with spaces that each begin with a capital and end early without a stop, such as headlines.
fn is_row_of_titles(lines: &[MarkedLine<'_>]) -> bool {
    let longest = lines.iter().map(|line| line.text.width()).max().unwrap_or_default();
    let has_stop = lines.iter().any(|line| ends_sentence(line.text));
    !has_stop
        && lines.windows(2).all(|pair| {
            let [line, next] = pair else { return false };
            let word = next.text.split_whitespace().next().unwrap_or_default();
            let ends_early = longest < NARROWEST || line.text.trim().width() + 1 + word.width() <= longest;
            ends_early
                && line.text.trim_end().ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '"' | '”'))
                && next.text.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        })
}

/// Whether the lines are written without spaces between words, but for a few words.
fn is_unspaced(lines: &[MarkedLine<'_>]) -> bool {
    let (mut wide, mut other) = (0usize, 0usize);
    for c in lines.iter().flat_map(|line| line.text.chars()).filter(|c| c.is_alphanumeric()) {
        if is_wide(c) { wide += 1 } else { other += 1 }
    }
    // A full-width character says about as much as three letters.
    wide > 0 && wide * 3 >= other
}

/// Whether neighbouring lines are one paragraph that was cut to a column.
pub(super) fn is_wrapped(lines: &[&str]) -> bool {
    /// The shortest line, as a share of the longest: a long English word leaves such a gap.
    const NEARLY_EQUAL: f64 = 0.7;
    /// The columns that may stay empty in a script whose every character may begin a line: three characters, for marks
    /// that must not.
    const SLACK: usize = 6;
    /// The columns of a full line in a text without final stops, whose short lines are more likely its sentences.
    const NARROWEST_WITHOUT_STOPS: usize = 60;
    /// The share of inner lines that may end with a stop by chance.
    const STOPS: f64 = 1.0 / 3.0;
    let Some((last, inner)) = lines.split_last() else { return false };
    if inner.is_empty() {
        return false;
    }
    let longest = lines.iter().map(|line| line.width()).max().unwrap_or_default();
    let stops = inner.iter().filter(|line| ends_sentence(line)).count();
    let is_unspaced = lines.iter().any(|line| line.trim_end().ends_with(is_wide));
    let narrowest = if is_unspaced && !ends_sentence(last) { NARROWEST_WITHOUT_STOPS } else { NARROWEST };
    longest >= narrowest
        && stops as f64 <= STOPS * inner.len() as f64
        && lines.windows(2).all(|pair| {
            let [line, next] = pair else { return false };
            if is_unspaced {
                let word = next.find(|c: char| is_wide(c) || c.is_whitespace()).and_then(|end| next.get(..end));
                line.width() + word.unwrap_or_default().width() + SLACK >= longest
            } else {
                line.width() as f64 >= NEARLY_EQUAL * longest as f64
            }
        })
}

/// Whether `text` ends with a stop, a question or exclamation mark or the bracket behind a quotation.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end()
        .trim_end_matches(['"', '”', '’', '\'', ')', '）'])
        .ends_with(['。', '．', '.', '！', '？', '!', '?', '」', '』', ':', '：', '…'])
}

#[cfg(test)]
mod tests {
    use super::{MarkedLine, groups};

    /// Lines parted by `\n` (soft) or `|` (hard); the expected groups are parted by ` / `.
    fn assert_groups(text: &str, expected: &str) {
        let mut lines = Vec::new();
        for hard in text.split('|') {
            for (i, text) in hard.split('\n').enumerate() {
                lines.push(MarkedLine { text, is_hard: i == 0 && !lines.is_empty() });
            }
        }
        let found: Vec<String> = groups(&lines)
            .into_iter()
            .map(|group| lines[group].iter().map(|line| line.text).collect::<Vec<_>>().join("+"))
            .collect();
        assert_eq!(found.join(" / "), expected, "{text}");
    }

    #[test]
    fn japanese_lines_are_lines() {
        assert_groups("橋が落ちた\n渡し舟は来ない\n修理は秋になる", "橋が落ちた / 渡し舟は来ない / 修理は秋になる");
        assert_groups("秋の夜|ながながと|あめの音", "秋の夜 / ながながと / あめの音");
        assert_groups("「来たか」\n「まだだ」", "「来たか」 / 「まだだ」");
    }

    #[test]
    fn a_line_that_plainly_goes_on_is_no_line_of_its_own() {
        assert_groups("橋が落ちたので、\n渡し舟を待つ", "橋が落ちたので、+渡し舟を待つ");
        assert_groups("橋が落ちたので、|渡し舟を待つ", "橋が落ちたので、+渡し舟を待つ");
        assert_groups("「来たか」\nと父が言った", "「来たか」+と父が言った");
        assert_groups("The long road|to the river", "The long road+to the river");
    }

    #[test]
    fn japanese_cut_to_a_column_is_one_paragraph() {
        let (a, b) = ("古い橋は三十年のあいだ誰も渡らなかったが、新", "しい村長が板を張り替えて渡れるようにした。");
        assert_groups(&format!("{a}\n{b}"), &format!("{a}+{b}"));
        assert_groups(&format!("{a}|{b}"), &format!("{a}+{b}"));
        let (a, b) = ("村の議会は古い橋の板を残らず張り替えるときめた", "費用は村と県とが半分ずつ出すことになった");
        assert_groups(&format!("{a}\n{b}"), &format!("{a} / {b}"));
    }

    #[test]
    fn english_lines_join_unless_they_are_headlines() {
        assert_groups("The bridge fell\nand no ferry came.", "The bridge fell+and no ferry came.");
        assert_groups(
            "Bridge falls\nNo ferry in sight\nRepairs in May",
            "Bridge falls / No ferry in sight / Repairs in May",
        );
        let (a, b) = ("The bridge that had stood for thirty years fell when", "Hill crossed it.");
        assert_groups(&format!("{a}\n{b}"), &format!("{a}+{b}"));
        assert_groups("We crossed with Mr\nHill.", "We crossed with Mr+Hill.");
        assert_groups("Bridges fall,|Ferries sink,|Men walk.", "Bridges fall, / Ferries sink, / Men walk.");
    }
}
