//! The inline codes of an occurrence: as JSON, a list for the source and one for the target; nothing where there are none.

use unicode_normalization::UnicodeNormalization;

use crate::unit::InlineCode;

/// How the store keeps the codes of source and target.
pub(super) fn written(codes: &[Vec<InlineCode>; 2]) -> Option<String> {
    // Numbers and strings can always be written.
    codes.iter().any(|codes| !codes.is_empty()).then(|| serde_json::to_string(codes).ok()).flatten()
}

/// The codes of source and target; `None` where these are none.
pub(super) fn read(json: &str) -> Option<[Vec<InlineCode>; 2]> {
    serde_json::from_str(json).ok()
}

/// The codes of `text` at their places in the text without the white space around it.
pub(super) fn trimmed(codes: &[InlineCode], text: &str) -> Vec<InlineCode> {
    let before = text.len() - text.trim_start().len();
    let length = text.trim().len();
    let moved = |code: &InlineCode| InlineCode { at: code.at.saturating_sub(before).min(length), ..code.clone() };
    codes.iter().map(moved).collect()
}

/// The codes of `old` at the same places in `new`, which differs in width, composed characters and white space only.
pub(super) fn carried_over(codes: Vec<InlineCode>, old: &str, new: &str) -> Vec<InlineCode> {
    let mut ends = ends(new).peekable();
    let mut at_end = (0, 0);
    let mut from_start = self::ends(old).peekable();
    let mut signs = 0;
    let move_on = |mut code: InlineCode| {
        while let Some((_, read)) = from_start.next_if(|(end, _)| *end <= code.at) {
            signs = read;
        }
        while let Some(next) = ends.next_if(|_| at_end.1 < signs) {
            at_end = next;
        }
        code.at = at_end.0;
        code
    };
    codes.into_iter().map(move_on).collect()
}

/// For each character where it ends, in bytes, and how many signs there are up to there when all are taken apart and
/// white space is passed over.
fn ends(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    text.char_indices().scan(0, |signs, (at, c)| {
        *signs += std::iter::once(c).nfkd().filter(|c| !c.is_whitespace()).count();
        Some((at + c.len_utf8(), *signs))
    })
}

#[cfg(test)]
mod tests {
    use super::{carried_over, read, trimmed, written};
    use crate::unit::{CodeKind, InlineCode, Markup};

    fn code(at: usize) -> InlineCode {
        InlineCode { at, kind: CodeKind::Standalone, markup: Markup::Tmx, code: "<ph>&lt;br/></ph>".to_owned() }
    }

    fn places(codes: &[InlineCode]) -> Vec<usize> {
        codes.iter().map(|code| code.at).collect()
    }

    #[test]
    fn codes_are_read_back_and_none_take_no_room() {
        let codes = [vec![code(0), code(3)], vec![]];
        assert_eq!(written(&codes).as_deref().and_then(read), Some(codes));
        assert_eq!(written(&[vec![], vec![]]), None);
        assert_eq!(read("[]"), None);
    }

    #[test]
    fn codes_stay_where_they_are_when_white_space_around_the_text_goes() {
        assert_eq!(places(&trimmed(&[code(0), code(2), code(5), code(7), code(9)], "  a池b  ")), [0, 0, 3, 5, 5]);
    }

    #[test]
    fn codes_stand_between_the_same_signs_in_texts_that_differ_in_form() {
        let moved = |at: &[usize], old: &str, new: &str| {
            places(&carried_over(at.iter().map(|at| code(*at)).collect(), old, new))
        };
        // ＡＢ㍍ が (composed) against AB メートル か + voiced sound mark.
        assert_eq!(moved(&[0, 3, 6, 9, 12], "ＡＢ㍍が", "AB メートルか\u{3099}"), [0, 1, 2, 15, 21]);
        assert_eq!(moved(&[4, 6, 6], "a  b c", "a b c"), [3, 5, 5]);
        assert_eq!(moved(&[9], "a", ""), [0]);
    }
}
