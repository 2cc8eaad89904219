//! Keys: what texts are compared by, so that width, letter case and the kind of kana make no difference.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The key of a text: NFKC, lower case, katakana as hiragana. Lengths and distances count its characters.
pub(super) fn key(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut key = String::with_capacity(text.len());
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(|c| fold(c, &mut key));
    } else {
        text.nfkc().for_each(|c| fold(c, &mut key));
    }
    key
}

/// The second key, of score 99: the key without white space and punctuation.
pub(super) fn bare(key: &str) -> Cow<'_, str> {
    if key.chars().any(is_left_out) {
        Cow::Owned(key.chars().filter(|c| !is_left_out(*c)).collect())
    } else {
        Cow::Borrowed(key)
    }
}

/// Adds a character in lower case, and as hiragana where it is katakana that has a hiragana.
fn fold(c: char, key: &mut String) {
    match c {
        '\u{30a1}'..='\u{30f6}' | 'ヽ' | 'ヾ' => key.extend(char::from_u32(u32::from(c) - 0x60)),
        // Most of a Japanese text; none of these has a case.
        '\u{2e80}'..='\u{a4cf}' => key.push(c),
        _ => key.extend(c.to_lowercase()),
    }
}

fn is_left_out(c: char) -> bool {
    c.is_whitespace() || is_punctuation(c)
}

/// Whether `c` is punctuation: Unicode's general category P in ASCII and Latin-1, in the blocks of general and of CJK
/// punctuation, and the stops of other living scripts. Signs such as + and % that say something stay.
fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation() && !"%+<=>|$^`~".contains(c);
    }
    // The fraction slash and the sign ⁒ are signs of numbers.
    !matches!(c, '\u{2044}' | '\u{2052}')
        && matches!(
            c,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{37e}' | '\u{387}' | '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5f3}' | '\u{5f4}' | '\u{60c}' | '\u{60d}' | '\u{61b}' | '\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{964}' | '\u{965}' | '\u{e4f}' | '\u{e5a}' | '\u{e5b}' | '\u{104a}'..='\u{104f}' | '\u{17d4}'..='\u{17d6}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{2e00}'..='\u{2e4f}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{3030}' | '\u{303d}' | '\u{30a0}' | '\u{30fb}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe61}'
        )
}

#[cfg(test)]
mod tests {
    use super::{bare, key};

    #[test]
    fn width_case_and_kana_make_no_difference() {
        for (text, expected) in [
            ("ＡＢＣ１２ ﾃﾚﾋﾞ", "abc12 てれび"),
            ("カタカナ・ヴァイオリン ヽヾ", "かたかな・ゔぁいおりん ゝゞ"),
            ("か\u{3099}", "が"),
            ("Straße ÉCOLE", "straße école"),
            ("スーパー", "すーぱー"),
            ("㌔ ①", "きろ 1"),
            ("", ""),
        ] {
            assert_eq!(key(text), expected, "{text}");
        }
    }

    #[test]
    fn the_bare_key_has_neither_spaces_nor_punctuation() {
        assert_eq!(bare(&key("「はい」、と　言った…。")), "はいと言った");
        assert_eq!(bare(&key("It's 5 % — or \"more\"!")), "its5%ormore");
        assert_eq!(bare(&key("……")), "");
    }
}
