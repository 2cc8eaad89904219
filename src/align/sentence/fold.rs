//! Latin letters without their diacritics.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` with Latin letters reduced to a–z where Unicode decomposes them or usage replaces them (é → e, ß → ss, ł → l),
/// and ’ as '. Other scripts stay as they are.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if crate::lang::is_han(c)
            || crate::lang::is_hangul(c)
            || crate::lang::is_katakana(c)
            || crate::lang::is_hiragana(c)
        {
            out.push(c);
            continue;
        }
        for d in std::iter::once(c).nfkd().filter(|d| !is_combining_mark(*d)) {
            match d {
                'ß' => out.push_str("ss"),
                'ø' => out.push('o'),
                'Ø' => out.push('O'),
                'ł' => out.push('l'),
                'Ł' => out.push('L'),
                'đ' | 'ð' => out.push('d'),
                'Đ' => out.push('D'),
                'æ' => out.push_str("ae"),
                'Æ' => out.push_str("Ae"),
                'œ' => out.push_str("oe"),
                'ı' => out.push('i'),
                '’' | '‘' | 'ʼ' => out.push('\''),
                _ => out.push(d),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn diacritics_go_and_other_scripts_stay() {
        assert_eq!(
            fold("Lipavský, Chişinău, Łódź, Straße, it’s 対訳が한국"),
            "Lipavsky, Chisinau, Lodz, Strasse, it's 対訳が한국"
        );
    }
}
