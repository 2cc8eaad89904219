//! Half-width and vertical forms as their usual forms, so that the rules know one form of each sign.

use std::borrow::Cow;

use crate::lang::is_hiragana;

/// `text` with the usual forms (NFKC) of half-width kana and marks and of vertical presentation forms. Every character
/// keeps its length in bytes, so that places in one are places in the other; voiced marks stay signs of their own.
///
/// A text without hiragana, as telegrams and old displays have it, writes its particles in half-width katakana: there
/// they become hiragana.
pub(super) fn usual_forms(text: &str) -> Cow<'_, str> {
    if !text.contains(is_form) {
        return Cow::Borrowed(text);
    }
    let has_hiragana = text.contains(is_hiragana);
    Cow::Owned(text.chars().map(|c| usual_form(c, !has_hiragana)).collect())
}

fn is_form(c: char) -> bool {
    matches!(c, '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe48}' | '\u{ff61}'..='\u{ff9f}')
}

/// The usual form of `c`, which has as many bytes.
fn usual_form(c: char, to_hiragana: bool) -> char {
    /// The forms from U+FF61 on.
    const HALF_WIDTH: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u{3099}\u{309a}";
    /// The forms from U+FE10 on. For ︓︔ the full-width signs stand, which have their length.
    const VERTICAL_MARKS: &str = "，、。：；！？〖〗…";
    /// The forms from U+FE30 on.
    const VERTICAL_BRACKETS: &str = "‥—–＿﹏（）｛｝〔〕【】《》〈〉「」『』﹅﹆［］";
    let nth = |forms: &str, first: char| forms.chars().nth((c as usize).wrapping_sub(first as usize));
    match c {
        '\u{ff61}'..='\u{ff9f}' => {
            let usual = nth(HALF_WIDTH, '\u{ff61}').unwrap_or(c);
            let hiragana = char::from_u32((usual as u32).wrapping_sub(0x60)).filter(|h| is_hiragana(*h));
            hiragana.filter(|_| to_hiragana && matches!(usual, '\u{30a1}'..='\u{30f6}')).unwrap_or(usual)
        }
        '\u{fe10}'..='\u{fe19}' => nth(VERTICAL_MARKS, '\u{fe10}').unwrap_or(c),
        '\u{fe30}'..='\u{fe48}' => nth(VERTICAL_BRACKETS, '\u{fe30}').unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{is_form, usual_form, usual_forms};
    use crate::segment::tests::assert_sentences;

    #[test]
    fn every_form_has_its_usual_form_in_as_many_bytes() {
        for c in (0xfe00..=0xffff_u32).filter_map(char::from_u32).filter(|c| is_form(*c)) {
            let usual = usual_form(c, false);
            assert_eq!(usual.len_utf8(), c.len_utf8(), "{c}");
            let compatible = |c: char| std::iter::once(c).nfkc().collect::<String>();
            // The wavy line and the sesame dots are no forms of other signs.
            assert!(compatible(usual) == compatible(c) || matches!(c, '\u{fe34}' | '\u{fe45}' | '\u{fe46}'), "{c}");
        }
    }

    #[test]
    fn particles_in_half_width_katakana_are_read_as_hiragana() {
        assert_eq!(usual_forms("｢ｲｺｳ｡｣ﾄ"), "「いこう。」と");
        assert_eq!(usual_forms("ｶﾒﾗを買う｡"), "カメラを買う。");
    }

    #[test]
    fn sentences_in_other_forms_end_as_usual_ones() {
        assert_sentences("ja", &["｢ｶｴﾙ｡｣ﾄ ﾁﾁﾊ ｲｯﾀ｡", "ｱﾒﾀﾞ｡"]);
        assert_sentences(
            "ja",
            &["︻雨︼池が溢れた︒", "﹁帰る︒﹂と父は言った︒", "本当か︖", "池は︵冬︒夏も︶深い︒"],
        );
        assert_sentences("zh", &["他走了︵累了︒睡了︶很久︒", "天黑了︒"]);
    }
}
