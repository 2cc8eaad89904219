//! The readings of kanji names, compared with romanised Japanese.

use unicode_normalization::UnicodeNormalization;

use super::latin::Latin;
use super::phoneme;

/// The reading of a kanji name in kana, ready to be compared.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The folded romanisation of the whole, and of its parts in the other order where it has two.
    keys: Vec<Box<str>>,
    letters: usize,
}

impl Reading {
    /// Prepares a reading in katakana or hiragana; `None` if it holds no sound.
    ///
    /// A space or a middle dot between surname and given name lets their order in the other text be free.
    pub fn new(kana: &str) -> Option<Self> {
        // More than this is a sentence.
        const LONGEST: usize = 600;
        if kana.len() > LONGEST {
            return None;
        }
        let composed: String = kana.nfkc().map(katakana_of).collect();
        let parts: Vec<String> = composed
            .split(|c: char| c.is_whitespace() || matches!(c, '・' | '゠' | '='))
            .map(|part| fold(&phoneme::katakana_symbols(part)))
            .filter(|part| !part.is_empty())
            .collect();
        let mut keys = vec![parts.concat().into_boxed_str()];
        if let [surname, given] = parts.as_slice() {
            keys.push([given.as_str(), surname].concat().into());
        }
        let letters = keys.first()?.bytes().map(|b| if matches!(b, b'S' | b'C' | b'T') { 2 } else { 1 }).sum();
        (letters > 0).then_some(Self { keys, letters })
    }

    /// How many letters the folded reading has in Hepburn's romanisation: a measure of how much an equal one proves.
    pub fn letters(&self) -> usize {
        self.letters
    }

    /// The folded romanisations.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(AsRef::as_ref)
    }

    /// The letters of the keys together: each key has the same sounds.
    pub(super) fn letters_of_keys(&self) -> Letters {
        Letters::of(self.keys.iter().map(|key| key.as_bytes()))
    }

    /// How alike the reading and the name are, from 0 to 1: 1 for the same romanisation but for long vowels, n or m
    /// before lips, the system used, and the particle "no".
    ///
    /// Used at .8 or more, for readings of five letters or more.
    pub fn similarity(&self, latin: &Latin) -> f64 {
        self.similarity_from(latin, 0.0).unwrap_or_default()
    }

    /// The similarity if it is `least` or more; most names that are less alike are told by their first sounds.
    pub fn similarity_from(&self, latin: &Latin, least: f64) -> Option<f64> {
        let names = [Some(&latin.roman), latin.roman_without_no.as_ref()];
        let pairs = self.keys.iter().flat_map(|key| names.iter().flatten().map(move |name| (key, *name)));
        let best = pairs.map(|(key, name)| similarity(key.as_bytes(), name.as_bytes(), least)).fold(0.0, f64::max);
        (best >= least).then_some(best)
    }
}

/// The kinds of letters in the keys of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters {
    /// Those that stand in some key, and those that stand in all, a bit each.
    any: u32,
    all: u32,
    /// The length of the longest key.
    longest: usize,
}

impl Letters {
    /// The letters of a word's romanisations.
    pub(super) fn of_word(word: &Latin) -> Self {
        Self::of([Some(&word.roman), word.roman_without_no.as_ref()].into_iter().flatten().map(|key| key.as_bytes()))
    }

    fn of<'k>(keys: impl Iterator<Item = &'k [u8]>) -> Self {
        let mut letters = Self { any: 0, all: u32::MAX, longest: 0 };
        for key in keys {
            let set = key.iter().fold(0, |set, letter| set | 1 << kind(*letter));
            letters.any |= set;
            letters.all &= set;
            letters.longest = letters.longest.max(key.len());
        }
        letters
    }

    /// Whether two names may have a similarity of `least`, as far as the kinds of letters tell that only one of them has.
    pub(super) fn may_be_alike(&self, other: &Self, least: f64) -> bool {
        let cost = |lone: u32| {
            let cheap = (lone & CHEAP_KINDS).count_ones() as usize;
            (lone.count_ones() as usize - cheap) * UNITS + cheap * CHEAP_GAP
        };
        let cost = cost(self.all & !other.any).max(cost(other.all & !self.any));
        cost as f64 <= (1.0 - least) * (self.longest.max(other.longest) * UNITS) as f64 + 1e-6
    }
}

/// The kind of a letter in a key, a number below 32: letters of different kinds never stand for each other cheaply.
fn kind(letter: u8) -> u8 {
    match letter {
        b'g' => b'k' - b'a',
        b's' | b'z' | b'S' | b'J' | b'j' | b'C' | b'c' | b'T' | b'd' => b't' - b'a',
        b'f' | b'b' | b'p' => b'h' - b'a',
        b'm' => b'n' - b'a',
        letter if phoneme::is_vowel(letter) => 0,
        letter => letter.wrapping_sub(b'a') & 31,
    }
}

/// The kinds with a letter that costs [`CHEAP_GAP`] alone.
const CHEAP_KINDS: u32 = 1 << (b'y' - b'a') | 1 << (b'h' - b'a') | 1;

/// The katakana of the same sound.
fn katakana_of(c: char) -> char {
    match c {
        'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    }
}

/// The folded keys of a name in Latin letters, with and without the particle "no" between its words.
pub(super) fn roman_keys(text: &str) -> (Box<str>, Option<Box<str>>) {
    let plain: String =
        text.nfkd().flat_map(char::to_lowercase).filter(|c| !matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}')).collect();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_lowercase()).filter(|word| !word.is_empty()).collect();
    let whole = fold(&symbols(words.concat().as_bytes())).into_boxed_str();
    let last = words.len().saturating_sub(1);
    let is_particle = |at: usize| at > 0 && at < last && words[at] == "no";
    if !(0..words.len()).any(is_particle) {
        return (whole, None);
    }
    let others: String = words.iter().enumerate().filter(|&(at, _)| !is_particle(at)).map(|(_, word)| *word).collect();
    (whole, Some(fold(&symbols(others.as_bytes())).into()))
}

/// Romanised Japanese of any system as the symbols of [`phoneme`]; letters that no system uses stay.
fn symbols(letters: &[u8]) -> Vec<u8> {
    // Longest first; Hepburn, then the older and official systems.
    const SPELLINGS: [(&[u8], &[u8]); 22] = [
        (b"tch", b"C"),
        (b"cch", b"C"),
        (b"dzu", b"zu"),
        (b"tsu", b"Tu"),
        (b"sh", b"S"),
        (b"ch", b"C"),
        (b"ts", b"T"),
        (b"dj", b"J"),
        (b"si", b"Si"),
        (b"sy", b"S"),
        (b"ti", b"Ci"),
        (b"ty", b"C"),
        (b"tu", b"Tu"),
        (b"zi", b"Ji"),
        (b"zy", b"J"),
        (b"jy", b"J"),
        (b"di", b"Ji"),
        (b"du", b"zu"),
        (b"hu", b"fu"),
        (b"j", b"J"),
        (b"v", b"b"),
        (b"l", b"r"),
    ];
    let mut out = Vec::with_capacity(letters.len());
    let mut rest = letters;
    while let Some((&first, after)) = rest.split_first() {
        // Satoh, Ohno: the h only draws out the o.
        if first == b'h'
            && out.last() == Some(&b'o')
            && !after.first().is_some_and(|&l| phoneme::is_vowel(l) || l == b'y')
        {
            rest = after;
        } else if let Some((spelling, sound)) = SPELLINGS.iter().find(|(spelling, _)| rest.starts_with(spelling)) {
            out.extend_from_slice(sound);
            rest = rest.get(spelling.len()..).unwrap_or_default();
        } else {
            out.push(first);
            rest = after;
        }
    }
    out
}

/// The key of symbols: long vowels short, n before lips, ッ as the consonant it doubles, the old kwa and wo as ka and o.
fn fold(symbols: &[u8]) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(symbols.len());
    let mut pending_double = false;
    for (at, &symbol) in symbols.iter().enumerate() {
        let next = symbols.get(at + 1).copied().unwrap_or_default();
        let last = out.last().copied().unwrap_or_default();
        let symbol = match symbol {
            b'-' => continue,
            b'Q' => {
                pending_double = true;
                continue;
            }
            b'N' => b'n',
            b'm' if matches!(next, b'b' | b'p' | b'm') => b'n',
            b'u' if last == b'o' => continue,
            b'w' if next == b'o' || (last == b'k' && next == b'a') => continue,
            _ if phoneme::is_vowel(symbol) && last == symbol => continue,
            _ => symbol,
        };
        // The doubled ch is already folded in tch and cch.
        if pending_double && !phoneme::is_vowel(symbol) && symbol != b'C' {
            out.push(if symbol == b'S' {
                b's'
            } else if symbol == b'T' {
                b't'
            } else {
                symbol
            });
        }
        pending_double = false;
        out.push(symbol);
    }
    String::from_utf8(out).unwrap_or_default()
}

/// One minus the weighted edit distance over the longer length; 0 as soon as it is sure to stay below `least`.
fn similarity(a: &[u8], b: &[u8], least: f64) -> f64 {
    let (n, m) = (a.len(), b.len());
    let longest = n.max(m);
    // No match of such different lengths comes to anything; nor does an empty key.
    if n.min(m) * 2 < longest || n.min(m) == 0 {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let limit = ((1.0 - least) * (longest * UNITS) as f64 + 1e-6) as usize;
    if (longest - n.min(m)) * CHEAPEST_GAP > limit {
        return 0.0;
    }
    let gaps: Vec<usize> = (0..m).map(|j| gap(b, j)).collect();
    let mut row: Vec<usize> = Vec::with_capacity(m + 1);
    row.push(0);
    for (j, gap) in gaps.iter().enumerate() {
        row.push(row[j] + gap);
    }
    for i in 0..n {
        let gap_here = gap(a, i);
        let mut diagonal = row[0];
        row[0] += gap_here;
        let mut left = row[0];
        let mut least_cost = left;
        for ((cell, gap), &letter) in row.iter_mut().skip(1).zip(&gaps).zip(b) {
            let replaced = diagonal + replacement(a[i], letter);
            diagonal = *cell;
            left = replaced.min(diagonal + gap_here).min(left + gap);
            *cell = left;
            least_cost = least_cost.min(left);
        }
        if least_cost > limit {
            return 0.0;
        }
    }
    (1.0 - row[m] as f64 / (longest * UNITS) as f64).max(0.0)
}

/// Costs are counted in tenths of a letter.
const UNITS: usize = 10;
/// The least that a letter without partner costs, and the least that one does which doubles no other.
const CHEAPEST_GAP: usize = 3;
const CHEAP_GAP: usize = 6;

/// What a letter without partner costs: little where it doubles its neighbour.
fn gap(key: &[u8], at: usize) -> usize {
    let letter = key[at];
    let doubles = at > 0 && (key[at - 1] == letter || key[at - 1].eq_ignore_ascii_case(&letter));
    match letter {
        _ if doubles => CHEAPEST_GAP,
        b'y' | b'h' | b'u' => CHEAP_GAP,
        _ => UNITS,
    }
}

/// What one letter for another costs: less where a reading of the same kanji often has the other.
fn replacement(a: u8, b: u8) -> usize {
    match (a.min(b), a.max(b)) {
        (a, b) if a == b => 0,
        // Voicing inside a compound (Sakabashi for Sakahashi), and pairs that slips confuse.
        (b'g', b'k')
        | (b'd', b't')
        | (b'b', b'f' | b'h' | b'p')
        | (b'f', b'h')
        | (b'h', b'p')
        | (b's' | b'T' | b'J', b'z')
        | (b'C', b'J')
        | (b'J', b'S')
        | (b'S', b's')
        | (b'm', b'n') => 4,
        (a, b) if phoneme::is_vowel(a) && phoneme::is_vowel(b) => 7,
        _ => UNITS,
    }
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use crate::name::Latin;

    fn similarity(kana: &str, name: &str) -> f64 {
        Reading::new(kana).unwrap().similarity(&Latin::new(name).unwrap())
    }

    #[track_caller]
    fn assert_same(kana: &str, names: &[&str]) {
        for name in names {
            assert!((similarity(kana, name) - 1.0).abs() < 1e-9, "{kana} {name} {}", similarity(kana, name));
        }
    }

    #[test]
    fn systems_of_romanisation_make_no_difference() {
        assert_same("キシダ", &["Kishida", "KISIDA"]);
        assert_same("ツチヤ", &["Tsuchiya", "Tutiya"]);
        assert_same("シュウゾウ", &["Shuzo", "Syûzô", "Shuuzou", "Shūzō"]);
        assert_same("ミヅキ", &["Mizuki", "Miduki", "Midzuki"]);
        assert_same("ジュンイチロウ", &["Jun'ichiro", "Junichirō", "Zyun-itiro"]);
        assert_same("フジタ", &["Fujita", "Huzita"]);
    }

    #[test]
    fn long_vowels_and_the_nasal_before_lips_make_no_difference() {
        assert_same("オオノ", &["Ono", "Ōno", "Ohno", "Oono"]);
        assert_same("さとう", &["Sato", "Satoh", "Satou"]);
        assert_same("ナンバ", &["Namba", "Nanba"]);
        assert_same("シンパチ", &["Shimpachi", "Shinpachi"]);
        assert_same("イッチョウ", &["Itcho", "Icchō"]);
    }

    #[test]
    fn the_particle_no_may_stand_between_names() {
        assert_same("みなもと よりとも", &["Minamoto no Yoritomo", "MINAMOTO-no-Yoritomo", "Yoritomo Minamoto"]);
        assert_same("ミナモトノヨリトモ", &["Minamoto no Yoritomo"]);
    }

    #[test]
    fn a_slip_is_near_and_another_name_is_not() {
        for (kana, near, far) in [
            ("マツオバショウ", "Matsuo Bassho", "Yosa Buson"),
            ("むらさきしきぶ", "Murasaki Shikubu", "Sei Shonagon"),
            ("キンカクジ", "Kinkakkuji", "Hokokuji"),
            ("タカハシ", "Takabashi", "Takayama"),
        ] {
            assert!(similarity(kana, near) >= 0.8, "{kana} {near} {}", similarity(kana, near));
            assert!(similarity(kana, far) < 0.7, "{kana} {far} {}", similarity(kana, far));
        }
    }

    #[test]
    fn letters_are_those_of_the_folded_romanisation() {
        assert_eq!(Reading::new("キシダ").unwrap().letters(), 7);
        assert_eq!(Reading::new("オオノ").unwrap().letters(), 3);
        assert!(Reading::new("岸田").is_none());
        assert!(Reading::new("").is_none());
        assert!(Reading::new(&"ア".repeat(1_000_000)).is_none());
    }
}
