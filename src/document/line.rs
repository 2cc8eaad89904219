//! What a line is by its first signs: a heading, an item, a date, a handle, a row of signs.

use super::BlockKind;
use super::date::is_date;

/// The kind of a line that is a block of its own in every format, or `None` for a line of running text.
pub(super) fn kind_alone(line: &str) -> Option<BlockKind> {
    let line = line.trim();
    if is_separator(line) {
        Some(BlockKind::Separator)
    } else if is_handle(line) {
        Some(BlockKind::Handle)
    } else if is_date(line) {
        Some(BlockKind::Date)
    } else if line.starts_with(['▼', '■', '◆', '●', '◎', '★']) {
        // A whole sentence behind the sign is a paragraph that the sign sets off.
        Some(if line.ends_with('。') { BlockKind::Paragraph } else { BlockKind::Heading })
    } else if is_bulleted(line) || is_east_asian_item(line) {
        Some(BlockKind::ListItem)
    } else {
        None
    }
}

/// Whether a line of running text does not go on with the line before it: it begins with the mark of a note (※) or of a
/// section, or with a title in brackets.
pub(super) fn begins_block(line: &str) -> bool {
    line.trim_start().starts_with(['※', '□', '■', '▲', '△', '▼', '▽', '◆', '◇', '●', '◎', '★', '☆', '【'])
}

/// Whether the line begins with the bullet of a list, and not with an ellipsis or a hidden word.
fn is_bulleted(line: &str) -> bool {
    line.starts_with(['・', '○', '◯'])
        && line.chars().nth(1).is_some_and(|c| !c.is_ascii_punctuation() && !"・…。".contains(c))
}

/// Whether the line begins with an item's marker that running text never has at a line's start: `①`, `（一）`, `（2）`.
fn is_east_asian_item(line: &str) -> bool {
    if line.starts_with(|c| matches!(c, '①'..='⑳' | '⑴'..='⒇')) {
        return true;
    }
    let Some((number, _)) = line.strip_prefix('（').and_then(|behind| behind.split_once('）')) else { return false };
    let is_numeral = |c: char| c.is_numeric() || KANJI_NUMERALS.contains(c);
    (1..=2).contains(&number.chars().count()) && number.chars().all(is_numeral)
}

/// As [`kind_alone`], with the markers that only plain text leaves in the line: `-`, `1.`, `(1)`, `一、`, `>`.
pub(super) fn kind_in_plain_text(line: &str) -> Option<BlockKind> {
    let line = line.trim();
    kind_alone(line).or_else(|| {
        if line.starts_with(['>', '＞']) {
            Some(BlockKind::Quote)
        } else if is_item(line) {
            Some(BlockKind::ListItem)
        } else {
            None
        }
    })
}

const KANJI_NUMERALS: &str = "一二三四五六七八九十";

/// Whether the line begins with an item's marker.
fn is_item(line: &str) -> bool {
    let behind = line.trim_start_matches(['-', '*', '+', '•', '‣', '–']);
    if line.len() > behind.len() && line.chars().count() == behind.chars().count() + 1 {
        return behind.starts_with(char::is_whitespace);
    }
    let open = line.strip_prefix(['(', '（']);
    let behind = open.unwrap_or(line);
    let number_end = behind.trim_start_matches(|c: char| c.is_numeric() || KANJI_NUMERALS.contains(c));
    let length = behind.chars().count() - number_end.chars().count();
    if !(1..=2).contains(&length) {
        return false;
    }
    if open.is_some() {
        return number_end.starts_with([')', '）']);
    }
    let latin = behind.starts_with(char::is_numeric) && !behind.starts_with(crate::lang::is_han);
    let mut signs = number_end.chars();
    match (signs.next(), signs.next()) {
        (Some('.' | ')'), next) => latin && next.is_none_or(char::is_whitespace),
        (Some('．' | '）'), _) => latin,
        // 二、三本 is a guess at a number, no item.
        (Some('、'), next) => !latin && next.is_none_or(|c| !KANJI_NUMERALS.contains(c)),
        _ => false,
    }
}

/// Whether the line is a row of signs between parts: `*****`, `---`, `＊＊＊`, `◇◇◇`, `───`, a lone ◇.
fn is_separator(line: &str) -> bool {
    let (mut stars, mut strokes) = (0usize, 0usize);
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '*' | '＊' | '◇' | '◆' | '□' | '■' | '○' | '●' | '◎' | '☆' | '★' | '※' | '†' | '⁂' | '#' | '＃' =>
            {
                stars += 1;
            }
            '-' | '－' | 'ー' | '─' | '━' | '—' | '–' | '―' | '=' | '＝' | '~' | '～' | '〜' | '_' | '＿' | '+'
            | '＋' => {
                strokes += 1;
            }
            _ => return false,
        }
    }
    // Two strokes alone are a silence in an interview (――); a lone ○ or # is an answer or a number sign.
    stars + strokes >= 3 || (strokes == 0 && stars > 0 && line.starts_with(['*', '＊', '◇', '◆', '☆', '★', '※', '⁂']))
}

/// Whether the line holds only an account's name: `@name`, `— @name`, `（@name）`, `@name@server`.
fn is_handle(line: &str) -> bool {
    let name = line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '—' | '–' | '-' | '―' | '─')
    });
    name.strip_prefix(['@', '＠']).is_some_and(|name| {
        name.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@'))
    })
}

#[cfg(test)]
mod tests {
    use super::{kind_alone, kind_in_plain_text};
    use crate::document::BlockKind::{self, Date, Handle, Heading, ListItem, Paragraph, Quote, Separator};

    fn assert_kind(kind: impl Into<Option<BlockKind>>, lines: &[&str]) {
        let kind = kind.into();
        for line in lines {
            assert_eq!(kind_in_plain_text(line), kind, "{line}");
        }
    }

    #[test]
    fn section_marks_make_headings_unless_a_sentence_follows() {
        assert_kind(Heading, &["▼国防省の給与簿", "■ 材料", "　◆道具", "★お知らせ★"]);
        assert_kind(Paragraph, &["▼朝から雨が降った。"]);
    }

    #[test]
    fn rows_of_signs_separate() {
        assert_kind(Separator, &["*****", "---", "＊＊＊", "◇◇◇", "───", "* * *", "　　◇", "☆★☆", "＝＝＝＝"]);
        assert_kind(None, &["――", "……", "・・・・", "", "-", "ー", "#"]);
    }

    #[test]
    fn handles_stand_alone() {
        assert_kind(
            Handle,
            &["@kagi_no_banjin", "— @kagi", "（@kagi_no_banjin）", "(@a.b)", "＠名無し", "@a@example.org"],
        );
        assert_kind(None, &["@", "@kagi は言う", "mail@example.org", "@@"]);
    }

    #[test]
    fn dates_are_told_from_items() {
        assert_kind(Date, &["2024年5月13日", "13 May 2024", "2024.05.13"]);
    }

    #[test]
    fn items_have_a_marker() {
        assert_kind(
            ListItem,
            &[
                "・桜",
                "○桜",
                "- cherry",
                "* cherry",
                "1. cherry",
                "12) oak",
                "(1) oak",
                "（二）樫",
                "１．樫",
                "一、樫",
                "①樫",
                "• oak",
            ],
        );
        assert_kind(
            None,
            &[
                "-5 degrees",
                "1.5 metres",
                "1963. Up there",
                "一つ、二つ",
                "二、三本",
                "3本の樫",
                "(笑)",
                "・・・桜",
                "*note",
            ],
        );
    }

    #[test]
    fn quotes_and_numbers_are_marked_only_in_plain_text() {
        assert_kind(Quote, &["> 引用", "＞引用"]);
        assert_eq!(kind_alone("> 引用"), None);
        assert_eq!(kind_alone("12. The end"), None);
        for line in ["①樫", "（二）樫", "（１２）樫"] {
            assert_eq!(kind_alone(line), Some(ListItem), "{line}");
        }
        assert_eq!(kind_alone("（笑）"), None);
    }
}
