//! Names in Latin letters, folded and cut into the letter groups that may stand for a sound.

use unicode_normalization::UnicodeNormalization;

use super::phoneme::LONGEST_NAME;
use super::reading;
use super::table::{Group, TABLE};

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

/// A letter in its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    /// 0 to 25 for a to z, then [`SPECIAL`].
    pub(super) number: u8,
    /// What it costs to leave it unspoken, in hundredths.
    pub(super) silent: i16,
    /// Where its groups end in the list of groups.
    groups_end: u16,
}

impl Letter {
    /// Whether a wrong consonant may stand here: not for a vowel letter, nor for y.
    pub(super) fn is_consonant(self) -> bool {
        const VOWELS: u64 = 1 << 0
            | 1 << (b'e' - b'a')
            | 1 << (b'i' - b'a')
            | 1 << (b'o' - b'a')
            | 1 << (b'u' - b'a')
            | 1 << (b'y' - b'a')
            | 0b111 << 32;
        VOWELS >> self.number & 1 == 0
    }
}

/// A name or word in Latin letters, ready to be compared.
#[derive(Debug, Clone)]
pub struct Latin {
    pub(super) letters: Box<[Letter]>,
    /// The letter groups that end at each letter, in order of the letters.
    pub(super) groups: Box<[Group]>,
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
        let mut phoneme_set = 0;
        let mut placed = Vec::with_capacity(letters.len());
        for (at, (&number, &ends_word)) in letters.iter().zip(&ends_word).enumerate() {
            groups.extend(TABLE.groups_ending(letters.get(..=at).unwrap_or_default()));
            let before = at.checked_sub(1).and_then(|i| letters.get(i)).copied();
            let silent = TABLE.silent(number, before, ends_word);
            placed.push(Letter { number, silent, groups_end: groups.len() as u16 });
        }
        for group in &groups {
            phoneme_set |= TABLE.phonemes[usize::from(group.id)];
        }
        let letter_set = letters.iter().fold(0, |set, &letter| set | 1 << letter);
        let (roman, roman_without_no) = reading::roman_keys(text);
        Some(Self { letters: placed.into(), groups: groups.into(), letter_set, phoneme_set, roman, roman_without_no })
    }

    /// How many letters count.
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// The groups that end at the letter `at`.
    pub(super) fn groups_ending(&self, at: usize) -> &[Group] {
        let end = |at: usize| self.letters.get(at).map_or(0, |letter| usize::from(letter.groups_end));
        let start = at.checked_sub(1).map_or(0, end);
        self.groups.get(start..end(at)).unwrap_or_default()
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
            .map(|l| l.number)
            .map(|l| if l < 26 { char::from(b'a' + l) } else { super::SPECIAL[usize::from(l) - 26].0 })
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
