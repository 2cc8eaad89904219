//! Lines of a given width: Japanese breaks at almost any character, English at spaces.

use taiyaku::lang::{is_han, is_hiragana, is_katakana};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What must not begin a line (JIS X 4051, the signs that articles have).
const NOT_FIRST: &str = "。、，．・：；？！゛゜ヽヾゝゞ々ー…‥―—）］｝〕〉》」』】”’ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ.,:;?!)]}%％";
/// What must not end a line.
const NOT_LAST: &str = "（［｛〔〈《「『【“‘([{";
/// A piece that no break divides is cut only when it is wider than the line.
struct Piece<'t> {
    text: &'t str,
    width: usize,
    is_space: bool,
}

/// Cuts `text` into lines that are at most `width` columns wide (wide characters take two). White space at a break is
/// dropped; a single character wider than the line stands alone.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut line_width) = (String::new(), 0);
    for piece in pieces(text) {
        if line_width + piece.width > width && !line.is_empty() {
            lines.push(line.trim_end().to_owned());
            (line, line_width) = (String::new(), 0);
        }
        if line.is_empty() && piece.is_space {
            continue;
        }
        if piece.width <= width {
            line.push_str(piece.text);
            line_width += piece.width;
            continue;
        }
        for character in piece.text.graphemes(true) {
            let character_width = character.width();
            if line_width + character_width > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                line_width = 0;
            }
            line.push_str(character);
            line_width += character_width;
        }
    }
    let rest = line.trim_end();
    if !rest.is_empty() || lines.is_empty() {
        lines.push(rest.to_owned());
    }
    lines
}

/// The pieces between which a line may break.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let characters: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    for (i, (at, character)) in characters.iter().enumerate() {
        let end = at + character.len();
        let next = characters.get(i + 1).map(|(_, next)| *next);
        if next.is_none_or(|next| may_break(character, next)) {
            let piece = text.get(start..end).unwrap_or_default();
            let is_space = piece.trim().is_empty();
            pieces.push(Piece { text: piece, width: piece.width(), is_space });
            start = end;
        }
    }
    pieces
}

/// Whether a line may break between two characters.
fn may_break(before: &str, after: &str) -> bool {
    let is_space = |character: &str| character.chars().all(char::is_whitespace);
    if is_space(before) || is_space(after) {
        return is_space(before) != is_space(after);
    }
    let (Some(before), Some(after)) = (before.chars().next(), after.chars().next()) else { return false };
    (is_wide(before) || is_wide(after)) && !NOT_FIRST.contains(after) && !NOT_LAST.contains(before)
}

/// Whether lines break on both sides of the character, which belongs to a script without spaces.
fn is_wide(c: char) -> bool {
    is_han(c) || is_hiragana(c) || is_katakana(c) || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::wrap;

    fn assert_wrapped(text: &str, width: usize, lines: &[&str]) {
        assert_eq!(wrap(text, width), lines);
    }

    #[test]
    fn english_breaks_at_spaces() {
        assert_wrapped("A word or two more.", 9, &["A word or", "two more."]);
        assert_wrapped("extraordinarily", 5, &["extra", "ordin", "arily"]);
        assert_wrapped("", 5, &[""]);
    }

    #[test]
    fn japanese_breaks_anywhere_and_counts_double() {
        assert_wrapped("一二三四五", 4, &["一二", "三四", "五"]);
        assert_wrapped("一二三四五", 5, &["一二", "三四", "五"]);
    }

    #[test]
    fn stops_and_closing_brackets_do_not_begin_a_line() {
        assert_wrapped("一二三四。五", 8, &["一二三", "四。五"]);
        assert_wrapped("一二「三」四", 6, &["一二", "「三」", "四"]);
        assert_wrapped("あちゃん", 4, &["あ", "ちゃ", "ん"]);
    }

    #[test]
    fn latin_words_inside_japanese_stay_whole() {
        assert_wrapped("米国のAPT31という", 8, &["米国の", "APT31と", "いう"]);
    }

    #[test]
    fn combining_marks_stay_with_their_letter() {
        assert_wrapped("か\u{3099}か\u{3099}", 2, &["か\u{3099}", "か\u{3099}"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_but_white_space_and_lines_fit(text in "[あ。「」ーa\\- 漢é\u{3000}👨‍👩‍👧]{0,40}", width in 2usize..20) {
            let lines = wrap(&text, width);
            let dense = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(dense(&lines.concat()), dense(&text));
            for line in lines {
                prop_assert!(line.width() <= width || dense(&line).chars().count() <= 8, "{:?}", line);
            }
        }
    }
}
