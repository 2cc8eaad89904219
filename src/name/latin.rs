//! Names in Latin letters, folded and cut into the letter groups that may stand for a sound.

use unicode_normalization::UnicodeNormalization;

use super::phoneme::LONGEST_NAME;
use super::reading;
use super::sound::{Group, TABLE};

/// Letters beyond a to z whose sound the plain letter does not show, in the order of their numbers from 26, each with
/// the plain letter that they are often written as.
pub(super) const SPECIAL: [(char, u8); 9] = [
    ('ç', b'c'),
    ('č', b'c'),
    ('š', b's'),
    ('ž', b'z'),
    ('ñ', b'n'),
    ('ł', b'l'),
    ('ü', b'u'),
    ('ö', b'o'),
    ('ä', b'a'),
];

/// A name or word in Latin letters, ready to be compared.
#[derive(Debug, Clone)]
pub struct Latin {
    /// The letters by number: 0 to 25, then [`SPECIAL`].
    pub(super) letters: Box<[u8]>,
    /// What it costs to leave each letter unspoken, in hundredths.
    pub(super) silent: Box<[u16]>,
    /// The letter groups that begin at each letter, in order of the letters.
    pub(super) groups: Box<[Group]>,
    /// Where the groups of each letter begin in `groups`; one more at the end.
    pub(super) starts: Box<[u16]>,
    /// The letters that occur, a bit each.
    pub(super) letter_set: u64,
    /// The phonemes that some group can stand for, a bit each.
    pub(super) phoneme_set: u64,
    /// The name as romanised Japanese, folded.
    pub(super) roman: Box<str>,
    /// The same without the particle "no" between words, where that differs.
    pub(super) roman_without_no: Option<Box<str>>,
}

impl Latin {
    /// Prepares a name; `None` if it holds no Latin letter, or too many for a name.
    ///
    /// Capitals, spaces, hyphens, apostrophes and full stops do not count. Diacritics count only where they change the
    /// sound.
    pub fn new(text: &str) -> Option<Self> {
        let mut letters = Vec::with_capacity(text.len());
        let mut ends_word = Vec::with_capacity(text.len());
        for c in text.nfkc().flat_map(char::to_lowercase) {
            let before = letters.len();
            push_letters(c, &mut letters);
            ends_word.resize(letters.len(), false);
            if letters.len() == before
                && c != '\u{307}'
                && !matches!(c, '\'' | '’')
                && let Some(last) = ends_word.last_mut()
            {
                *last = true;
            }
            if letters.len() > LONGEST_NAME {
                return None;
            }
        }
        *ends_word.last_mut()? = true;

        let mut groups = Vec::with_capacity(letters.len() * 3);
        let mut starts = Vec::with_capacity(letters.len() + 1);
        let mut silent = Vec::with_capacity(letters.len());
        let mut phoneme_set = 0;
        for at in 0..letters.len() {
            starts.push(groups.len() as u16);
            phoneme_set |= TABLE.groups_at(letters.get(at..).unwrap_or_default(), &mut groups);
            let before = at.checked_sub(1).and_then(|i| letters.get(i)).copied();
            silent.push(TABLE.silent(letters[at], before, ends_word[at]));
        }
        starts.push(groups.len() as u16);
        let letter_set = letters.iter().fold(0, |set, &letter| set | 1 << letter);
        let (roman, roman_without_no) = reading::roman_keys(text);
        Some(Self {
            letters: letters.into(),
            silent: silent.into(),
            groups: groups.into(),
            starts: starts.into(),
            letter_set,
            phoneme_set,
            roman,
            roman_without_no,
        })
    }

    /// How many letters count.
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// Never: a name without letters is not made.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }
}

/// Adds the numbers of the letters that `c`, a small letter, stands for.
pub(super) fn push_letters(c: char, out: &mut Vec<u8>) {
    let plain = |text: &str, out: &mut Vec<u8>| out.extend(text.bytes().map(|b| b - b'a'));
    match c {
        'a'..='z' => out.push(c as u8 - b'a'),
        'ß' => plain("ss", out),
        'æ' => plain("ae", out),
        'đ' | 'ð' => plain("d", out),
        'þ' => plain("th", out),
        'ı' => plain("i", out),
        'ħ' => plain("h", out),
        // ř is r and ž at once (Dvořák ドヴォルザーク).
        'ř' => {
            plain("r", out);
            push_letters('ž', out);
        }
        _ => {
            let special = match c {
                'ć' => 'č',
                'ś' | 'ş' | 'ș' => 'š',
                'ź' | 'ż' => 'ž',
                'ń' | 'ň' => 'ñ',
                'ű' => 'ü',
                'ő' | 'ø' | 'œ' => 'ö',
                _ => c,
            };
            if let Some(place) = SPECIAL.iter().position(|&(s, _)| s == special) {
                out.push(26 + place as u8);
            } else {
                out.extend(std::iter::once(c).nfd().filter(char::is_ascii_lowercase).map(|c| c as u8 - b'a'));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Latin;

    fn letters(text: &str) -> String {
        let name = Latin::new(text).unwrap();
        name.letters
            .iter()
            .map(|&l| if l < 26 { char::from(b'a' + l) } else { super::SPECIAL[usize::from(l) - 26].0 })
            .collect()
    }

    #[test]
    fn names_are_folded_to_letters_that_sound() {
        assert_eq!(letters("Lipavský"), "lipavsky");
        assert_eq!(letters("STRAẞE"), "strasse");
        assert_eq!(letters("O’Neill-Jr."), "oneilljr");
        assert_eq!(letters("Łódź"), "łodž");
        assert_eq!(letters("İstanbul"), "istanbul");
        assert_eq!(letters("Mu\u{308}ller"), "müller");
        assert_eq!(letters("Ｄｖｏřák"), "dvoržak");
    }

    #[test]
    fn text_without_letters_is_no_name() {
        assert!(Latin::new("").is_none());
        assert!(Latin::new("2026 対訳").is_none());
        assert!(Latin::new(&"a".repeat(1_000_000)).is_none());
    }
}
