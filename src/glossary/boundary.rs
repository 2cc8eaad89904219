//! Where a form may begin and end in a text: at the edge of a word or of a run of one script.

use crate::lang::{is_han, is_hangul, is_hiragana, is_katakana};

/// Kana forms of at most this many characters are found only as a run of their own: メイ is no name inside メイン.
const SHORT_KANA: usize = 3;
/// Hiragana that may stand beside a short hiragana form: particles, the copula and titles begin or end with them.
const PARTICLES: &str = "はがをにのともでへやかよねださちく";

/// What a character is for boundaries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Han,
    Hiragana,
    Katakana,
    Hangul,
    /// A letter or digit of a script with spaces between words.
    Letter,
    /// A letter of a script without spaces where any cut may be one between words (Thai).
    Unspaced,
    /// A space or sign.
    Other,
}

fn class(c: char) -> Class {
    match c {
        c if is_han(c) => Class::Han,
        c if is_hiragana(c) => Class::Hiragana,
        c if is_katakana(c) => Class::Katakana,
        c if is_hangul(c) => Class::Hangul,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Class::Unspaced,
        '_' | '@' => Class::Letter,
        c if c.is_alphanumeric() => Class::Letter,
        _ => Class::Other,
    }
}

/// Whether a form may stand at `start..end` of the folded `text`.
pub(super) fn holds(text: &[char], start: usize, end: usize) -> bool {
    let Some(form) = text.get(start..end) else { return false };
    let before = start.checked_sub(1).and_then(|i| text.get(i)).copied();
    begins(form, before) && ends(form, text.get(end..).unwrap_or_default())
}

fn begins(form: &[char], before: Option<char>) -> bool {
    let (Some(&first), Some(before)) = (form.first(), before) else { return true };
    if class(before) != class(first) {
        return true;
    }
    match class(first) {
        Class::Letter | Class::Katakana | Class::Hangul => false,
        Class::Hiragana => !is_short_kana(form) || PARTICLES.contains(before),
        // One kanji beside another is part of a longer word (米 in 日米).
        Class::Han => form.len() > 1,
        Class::Unspaced | Class::Other => true,
    }
}

fn ends(form: &[char], rest: &[char]) -> bool {
    let (Some(&last), Some(&after)) = (form.last(), rest.first()) else { return true };
    if class(after) != class(last) {
        return true;
    }
    match class(last) {
        Class::Letter => is_plural_ending(rest),
        Class::Katakana => false,
        Class::Hiragana => !is_short_kana(form) || PARTICLES.contains(after),
        Class::Han => form.len() > 1,
        // Korean particles are written onto the word.
        Class::Hangul | Class::Unspaced | Class::Other => true,
    }
}

/// Whether the word ends after `s` or `es`; a possessive 's begins with a sign and needs no rule.
fn is_plural_ending(rest: &[char]) -> bool {
    let lower = |i: usize| rest.get(i).map(char::to_ascii_lowercase);
    let is_end = |i: usize| rest.get(i).is_none_or(|c| class(*c) != Class::Letter);
    (lower(0) == Some('s') && is_end(1)) || (lower(0) == Some('e') && lower(1) == Some('s') && is_end(2))
}

fn is_short_kana(form: &[char]) -> bool {
    form.len() <= SHORT_KANA && form.iter().all(|c| is_hiragana(*c) || is_katakana(*c))
}
