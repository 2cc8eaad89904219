//! How two spellings of a name differ: in signs, in diacritics, in a letter or two, or altogether.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::lang::{is_han, is_hiragana, is_inert, is_katakana};

/// How two spellings differ, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    /// Not at all, or in the kind of apostrophe or width only.
    None,
    /// In capitals, hyphens, spaces, points.
    Signs,
    /// In diacritics: Lipavský and Lipavsky.
    Diacritics,
    /// In so few letters, for their length, that one may be a slip for the other.
    Near(usize),
    /// In more.
    Far,
}

/// The letters of a name that count when two spellings are compared: lower case, without signs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Letters {
    exact: Vec<char>,
    /// Without diacritics.
    plain: Vec<char>,
}

impl Letters {
    /// The letters of `text`.
    pub(super) fn new(text: &str) -> Self {
        if text.is_ascii() {
            let exact: Vec<char> =
                text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
            return Self { plain: exact.clone(), exact };
        }
        if text.chars().all(is_inert) {
            let lower = text.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
            let exact: Vec<char> = lower.collect();
            return Self { plain: exact.iter().flat_map(|c| plain(*c)).collect(), exact };
        }
        let exact: Vec<char> = text
            .nfkc()
            .flat_map(char::to_lowercase)
            .nfc()
            .filter(|c| c.is_alphanumeric() || is_combining_mark(*c) || matches!(c, 'ー'))
            .collect();
        let plain = exact.iter().flat_map(|c| plain(*c)).collect();
        Self { exact, plain }
    }

    /// How many letters count.
    pub(super) fn len(&self) -> usize {
        self.plain.len()
    }

    /// The letters without diacritics.
    pub(super) fn plain(&self) -> &[char] {
        &self.plain
    }

    /// How the spellings differ, capitals and signs aside.
    pub(super) fn difference(&self, other: &Self) -> Difference {
        if self.exact == other.exact {
            return Difference::None;
        }
        if self.plain == other.plain {
            return Difference::Diacritics;
        }
        let longer = self.len().max(other.len());
        let is_latin = |l: &Self| l.plain.iter().all(char::is_ascii);
        if longer - self.len().min(other.len()) > MOST_SLIPS || is_latin(self) != is_latin(other) {
            return Difference::Far;
        }
        if one_sound(&self.plain) == one_sound(&other.plain) {
            return Difference::Near(1);
        }
        let distance = strsim::generic_damerau_levenshtein(&self.plain, &other.plain);
        if distance <= slips(&self.plain, longer, longer.min(self.len()).min(other.len())) {
            Difference::Near(distance)
        } else {
            Difference::Far
        }
    }
}

/// More letters than this never differ by mistake.
const MOST_SLIPS: usize = 3;

/// How many letters of a name of this length may differ by mistake. A katakana sign is a syllable and tells more than a
/// Latin letter, and in short names every letter counts.
fn slips(letters: &[char], longer: usize, shorter: usize) -> usize {
    if letters.iter().any(|c| is_han(*c)) {
        return usize::from(longer >= 3);
    }
    let is_kana = letters.iter().any(|c| is_katakana(*c) || is_hiragana(*c));
    match (longer, is_kana) {
        (0..3, _) => 0,
        (_, false) if shorter < 4 => 0,
        (3..6, _) => 1,
        (6..10, _) | (_, true) => 2,
        (_, false) => MOST_SLIPS,
    }
}

/// Katakana in one of the ways of writing its sound: ヴィ as ビ, ティ as チ, ジェ as ゼ, without ー, ッ and the middle dot.
pub(super) fn one_sound(letters: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(letters.len());
    for &c in letters {
        let last: Option<char> = out.last().copied();
        let joined = match (last, c) {
            (Some('ヴ'), 'ァ') => Some('バ'),
            (Some('ヴ'), 'ィ') => Some('ビ'),
            (Some('ヴ'), 'ェ') => Some('ベ'),
            (Some('ヴ'), 'ォ') => Some('ボ'),
            (Some('テ'), 'ィ') => Some('チ'),
            (Some('デ'), 'ィ') => Some('ジ'),
            (Some('フ'), 'ァ') => Some('ハ'),
            (Some('フ'), 'ィ') => Some('ヒ'),
            (Some('フ'), 'ェ') => Some('ヘ'),
            (Some('フ'), 'ォ') => Some('ホ'),
            (Some('シ' | 'チ'), 'ェ') => Some('セ'),
            (Some('ジ'), 'ェ') => Some('ゼ'),
            (Some('ト' | 'ド'), 'ゥ') => Some(if last == Some('ト') { 'ツ' } else { 'ズ' }),
            _ => None,
        };
        match (joined, c) {
            (Some(joined), _) => {
                out.pop();
                out.push(joined);
            }
            (None, 'ー' | 'ッ') => {}
            (None, 'ァ') => out.push('ア'),
            (None, 'ィ') => out.push('イ'),
            (None, 'ゥ') => out.push('ウ'),
            (None, 'ェ') => out.push('エ'),
            (None, 'ォ') => out.push('オ'),
            (None, 'ヂ') => out.push('ジ'),
            (None, 'ヅ') => out.push('ズ'),
            (None, c) => out.push(c),
        }
    }
    for c in &mut out {
        if *c == 'ヴ' {
            *c = 'ブ';
        }
    }
    out
}

/// A letter without its diacritic; letters that only look as if they had one too (ø, ł).
fn plain(c: char) -> impl Iterator<Item = char> {
    // Kana lose nothing: the marks of が and ぱ make other syllables.
    let is_kana = is_katakana(c) || is_hiragana(c);
    let (first, second) = match c {
        'ø' => ('o', None),
        'ł' => ('l', None),
        'đ' | 'ð' => ('d', None),
        'ı' => ('i', None),
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        c if is_kana => (c, None),
        c => (std::iter::once(c).nfd().next().unwrap_or(c), None),
    };
    std::iter::once(first).chain(second).filter(move |c| is_kana || !is_combining_mark(*c))
}

/// The text with what is not told apart folded: widths, composition, kinds of apostrophe, white space. Capitals stay.
pub(super) fn folded(text: &str) -> String {
    if text.chars().all(|c| is_inert(c) && c.is_alphanumeric()) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc() {
        match c {
            '’' | '‘' | 'ʼ' | '`' | '´' => out.push('\''),
            '‐' | '‑' => out.push('-'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Difference, Letters};

    fn difference(a: &str, b: &str) -> Difference {
        Letters::new(a).difference(&Letters::new(b))
    }

    #[test]
    fn spellings_differ_in_signs_diacritics_or_letters() {
        assert_eq!(difference("O’Neill", "O'Neill"), Difference::None);
        assert_eq!(difference("Jong-un", "Jong Un"), Difference::None);
        assert_eq!(difference("Lipavský", "Lipavsky"), Difference::Diacritics);
        assert_eq!(difference("Bjørn", "Bjorn"), Difference::Diacritics);
        assert_eq!(difference("Nokes", "Noakes"), Difference::Near(1));
        assert_eq!(difference("Kearns", "Nokes"), Difference::Far);
        assert_eq!(difference("ダウデン", "ダウデソ"), Difference::Near(1));
        assert_eq!(difference("ハン", "パン"), Difference::Far);
        assert_eq!(difference("カール", "カル"), Difference::Near(1));
    }
}
