//! The weighted match of a name's sounds with another's letters.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::latin::{self, Latin, SPECIAL};
use super::phoneme::{self, LONGEST_NAME, PHONEMES, Phoneme, Sound};
use super::spelling::{EITHER, SEQUENCES, SILENT, SILENT_DOUBLED, SILENT_FINAL, SILENT_GROUPS, SILENT_OTHER, SINGLE};

/// A spelling that is not in the tables: dearer than leaving out everything in the longest names.
const NONE: u16 = 20_000;
/// A place that nothing reaches. Below `u16::MAX − NONE`, so that sums do not overflow.
const UNREACHED: u16 = 30_000;
/// A consonant against a consonant letter that does not write it, in hundredths.
const SUBSTITUTION: u16 = 90;
/// A sign without a sound of its own (ー, ッ), in hundredths.
const MUTE: u16 = 2;
/// The sequences of the tables are no longer than this.
const LONGEST_SEQUENCE: usize = 4;
/// The row of the cost table for letters that stay unspoken together.
const SILENCE: usize = PHONEMES;

/// The tables of spellings, compiled at first use.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(Table::compile);

/// A letter group of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    id: u16,
    len: u8,
}

/// The compiled tables.
#[derive(Debug)]
pub(super) struct Table {
    /// Per first letter, the groups.
    by_first: Vec<Vec<(Box<[u8]>, Group)>>,
    /// How many groups there are: the length of a row of `cost`.
    width: usize,
    /// Per row (phonemes, silence, sequences) and group, the cost in hundredths.
    cost: Vec<u16>,
    /// The phonemes of each sequence, in order of their rows.
    sequences: Vec<Vec<Phoneme>>,
    /// Per group, the phonemes that take part in what it writes, a bit each.
    phonemes: Vec<u64>,
    /// Per row, the letters that take part in its groups, a bit each.
    letters: Vec<u64>,
    /// What each letter costs to leave unspoken: inside a word, at its end.
    silent: Vec<(u16, u16)>,
}

impl Table {
    fn compile() -> Self {
        let numbers = |text: &str| {
            let mut out = Vec::new();
            text.chars().for_each(|c| latin::push_letters(c, &mut out));
            out
        };
        // Rows with their groups; the order of groups is that of their letters.
        let mut rows: Vec<BTreeMap<Vec<u8>, u16>> = vec![BTreeMap::new(); PHONEMES + 1];
        let mut sequences = Vec::new();
        let fill = |row: &mut BTreeMap<Vec<u8>, u16>, spellings: &[(u16, &str)]| {
            for &(cost, groups) in spellings {
                for group in groups.split(' ') {
                    for letters in with_special_letters(&numbers(group)) {
                        row.entry(letters).and_modify(|c| *c = cost.min(*c)).or_insert(cost);
                    }
                }
            }
        };
        let phonemes_of = |symbols: &str| symbols.bytes().filter_map(Phoneme::of).collect::<Vec<_>>();
        for (symbols, spellings) in SINGLE {
            for phoneme in phonemes_of(symbols) {
                fill(&mut rows[usize::from(phoneme.0)], spellings);
            }
        }
        for (either, of) in EITHER {
            for (open, told) in
                phonemes_of(either).into_iter().flat_map(|e| phonemes_of(of).into_iter().map(move |o| (e, o)))
            {
                for (letters, cost) in rows[usize::from(told.0)].clone() {
                    rows[usize::from(open.0)].entry(letters).and_modify(|c| *c = cost.min(*c)).or_insert(cost);
                }
            }
        }
        fill(&mut rows[SILENCE], SILENT_GROUPS);
        for (symbols, spellings) in SEQUENCES {
            let sequence = phonemes_of(symbols);
            let mut row = BTreeMap::new();
            fill(&mut row, spellings);
            sequences.push(sequence);
            rows.push(row);
        }

        let mut groups: BTreeMap<&[u8], Group> = BTreeMap::new();
        for letters in rows.iter().flat_map(BTreeMap::keys) {
            let id = groups.len() as u16;
            groups.entry(letters).or_insert(Group { id, len: letters.len() as u8 });
        }
        let width = groups.len();
        let mut cost = vec![NONE; rows.len() * width];
        let mut phonemes = vec![0; width];
        let mut letter_sets = vec![0; rows.len()];
        for (r, row) in rows.iter().enumerate() {
            for (letters, &c) in row {
                let id = usize::from(groups[letters.as_slice()].id);
                cost[r * width + id] = c;
                letter_sets[r] |= letters.iter().fold(0, |set, &l| set | 1u64 << l);
                phonemes[id] |= match r.checked_sub(PHONEMES + 1) {
                    Some(s) => sequences[s].iter().fold(0, |set, p| set | 1u64 << p.0),
                    None if r == SILENCE => 0,
                    None => 1 << r,
                };
            }
        }
        let letter_count = 26 + SPECIAL.len();
        let mut by_first = vec![Vec::new(); letter_count];
        for (letters, group) in groups {
            by_first[usize::from(letters[0])].push((letters.into(), group));
        }
        let mut silent = vec![(SILENT_OTHER, SILENT_OTHER); letter_count];
        for &(cost, letters) in SILENT {
            numbers(&letters.replace(' ', "")).iter().for_each(|&l| silent[usize::from(l)] = (cost, cost));
        }
        for &(cost, letters) in SILENT_FINAL {
            numbers(&letters.replace(' ', "")).iter().for_each(|&l| silent[usize::from(l)].1 = cost);
        }
        Self { by_first, width, cost, sequences, phonemes, letters: letter_sets, silent }
    }

    /// Adds the groups that `letters` begin with to `out`; returns the phonemes that they can stand for.
    pub(super) fn groups_at(&self, letters: &[u8], out: &mut Vec<Group>) -> u64 {
        let Some(candidates) = letters.first().and_then(|&l| self.by_first.get(usize::from(l))) else { return 0 };
        let mut phonemes = 0;
        for (group_letters, group) in candidates {
            if letters.starts_with(group_letters) {
                out.push(*group);
                phonemes |= self.phonemes[usize::from(group.id)];
            }
        }
        phonemes
    }

    /// What it costs, in hundredths, to leave `letter` unspoken behind `before`.
    pub(super) fn silent(&self, letter: u8, before: Option<u8>, ends_word: bool) -> u16 {
        if before == Some(letter) {
            return SILENT_DOUBLED;
        }
        let (inside, at_end) = self.silent.get(usize::from(letter)).copied().unwrap_or((SILENT_OTHER, SILENT_OTHER));
        if ends_word { at_end } else { inside }
    }

    fn row(&self, row: usize) -> &[u16] {
        &self.cost[row * self.width..(row + 1) * self.width]
    }
}

/// `letters`, and the same with one of them as a letter with a diacritic: what c writes, ç may write.
fn with_special_letters(letters: &[u8]) -> Vec<Vec<u8>> {
    let mut out = vec![letters.to_vec()];
    for (at, &letter) in letters.iter().enumerate() {
        for (place, &(_, plain)) in SPECIAL.iter().enumerate() {
            if letter == plain - b'a' {
                let mut changed = letters.to_vec();
                changed[at] = 26 + place as u8;
                out.push(changed);
            }
        }
    }
    out
}

/// The sounds of a name, ready to be compared with Latin letters.
#[derive(Debug, Clone)]
pub struct Sounds {
    /// What may stand at each sound, and what leaving it out costs.
    steps: Box<[Step]>,
    /// The sum of [`MUTE`].
    mute: u16,
    /// How many sounds are not epenthetic.
    firm: u16,
    /// Per phoneme (a bit), the least that it costs when no letter writes it; the dear ones first.
    needs: Box<[(u64, u16)]>,
    /// The letters that some row can write, a bit each.
    letter_set: u64,
    weight: f64,
}

/// One sound of a name.
#[derive(Debug, Clone)]
struct Step {
    /// The rows of the table that begin here, with the number of sounds that each takes.
    rows: Box<[(u16, u8)]>,
    phoneme: u64,
    /// What leaving the sound out costs, in hundredths.
    skip: u16,
    /// Whether a wrong consonant letter may stand for it.
    consonant: bool,
}

impl Sounds {
    /// The sounds of `symbols` (see [`phoneme`]); `None` without any, or with too many for a name.
    fn new(symbols: &[u8]) -> Option<Self> {
        let (sounds, mute) = phoneme::sounds(symbols);
        if sounds.is_empty() || symbols.len() > LONGEST_NAME {
            return None;
        }
        let table = &*TABLE;
        let mut letter_set = table.letters[SILENCE];
        let steps: Box<[Step]> = sounds
            .iter()
            .enumerate()
            .map(|(at, sound)| {
                let mut rows = vec![(u16::from(sound.phoneme.0), 1)];
                for (s, sequence) in table.sequences.iter().enumerate() {
                    let here = sounds.get(at..at + sequence.len());
                    if here.is_some_and(|here| here.iter().map(|s| s.phoneme).eq(sequence.iter().copied())) {
                        rows.push(((PHONEMES + 1 + s) as u16, sequence.len() as u8));
                    }
                }
                for &(row, _) in &rows {
                    letter_set |= table.letters[usize::from(row)];
                }
                Step {
                    rows: rows.into(),
                    phoneme: 1 << sound.phoneme.0,
                    skip: skip_cost(*sound),
                    consonant: !sound.phoneme.is_vowel(),
                }
            })
            .collect();
        // All occurrences of a phoneme need a letter.
        let mut needs: BTreeMap<u64, u16> = BTreeMap::new();
        for step in &steps {
            *needs.entry(step.phoneme).or_default() += step.least_without_letter();
        }
        let mut needs: Box<[(u64, u16)]> = needs.into_iter().collect();
        needs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let weight = sounds.iter().map(|s| if s.phoneme.is_vowel() { 0.4 } else { 1.0 }).sum();
        let firm = sounds.iter().filter(|s| !s.epenthetic).count() as u16;
        Some(Self { steps, mute: MUTE * mute as u16, firm, needs, letter_set, weight })
    }

    /// The summed weight of the sounds, .4 a vowel and 1 a consonant: how much evidence an equal sound is.
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// What divides the cost: about the mean length of both names, in sounds.
    fn length(&self, latin: &Latin) -> f64 {
        0.5 * (f64::from(self.firm) + 0.75 * latin.len() as f64) + 0.5
    }
}

impl Step {
    fn least_without_letter(&self) -> u16 {
        if self.consonant { self.skip.min(SUBSTITUTION) } else { self.skip }
    }
}

/// What it costs, in hundredths, when no letter writes `sound`.
fn skip_cost(sound: Sound) -> u16 {
    match sound.phoneme.symbol() {
        _ if sound.epenthetic => 4,
        _ if sound.phoneme.is_vowel() => 45,
        b'N' => 70,
        b'y' | b'w' => 40,
        b'h' => 70,
        _ => 100,
    }
}

impl AsRef<Sounds> for Sounds {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// A name or word in katakana, ready to be compared.
#[derive(Debug, Clone)]
pub struct Katakana(Sounds);

impl Katakana {
    /// Prepares a name; `None` if it holds no sound in katakana, or too many for a name.
    ///
    /// The dots and spaces between the parts of a name do not count.
    pub fn new(text: &str) -> Option<Self> {
        // The longest symbols of one character are three, and a name has no more characters than sounds and signs.
        (text.len() <= LONGEST_NAME * 6).then(|| Sounds::new(&phoneme::katakana_symbols(text)))?.map(Self)
    }

    /// The summed weight of the sounds, .4 a vowel and 1 a consonant: how much evidence an equal sound is.
    pub fn weight(&self) -> f64 {
        self.0.weight
    }
}

impl AsRef<Sounds> for Katakana {
    fn as_ref(&self) -> &Sounds {
        &self.0
    }
}

/// A name or word in Korean letters, without its particle, ready to be compared.
#[derive(Debug, Clone)]
pub struct Hangul(Sounds);

impl Hangul {
    /// Prepares a name; `None` if it holds no syllable in Hangul, or too many for a name.
    pub fn new(text: &str) -> Option<Self> {
        (text.len() <= LONGEST_NAME * 6).then(|| Sounds::new(&phoneme::hangul_symbols(text)))?.map(Self)
    }

    /// The summed weight of the sounds, .4 a vowel and 1 a consonant: how much evidence an equal sound is.
    pub fn weight(&self) -> f64 {
        self.0.weight
    }
}

impl AsRef<Sounds> for Hangul {
    fn as_ref(&self) -> &Sounds {
        &self.0
    }
}

/// How differently two names sound: 0 for the same sound, below about .20 for spellings of one name, above .45 for
/// names that have nothing to do with each other.
///
/// The least sum of costs that matches the sounds with the letters, divided by the mean length of both.
pub fn cost(name: &impl AsRef<Sounds>, latin: &Latin) -> f64 {
    let sounds = name.as_ref();
    let total = match_within(sounds, latin, NONE - 1).unwrap_or(NONE);
    f64::from(total) / 100.0 / sounds.length(latin)
}

/// The same as [`cost`] where that is at most `limit`, and quicker the lower the limit is.
pub fn cost_within(name: &impl AsRef<Sounds>, latin: &Latin, limit: f64) -> Option<f64> {
    let sounds = name.as_ref();
    let length = sounds.length(latin);
    // The cast takes the floor, and 0 of a negative number or none at all. One hundredth more for rounding.
    let budget = (limit * length * 100.0).min(f64::from(NONE - 2)) as u16 + 1;
    if is_hopeless(sounds, latin, budget) {
        return None;
    }
    let cost = f64::from(match_within(sounds, latin, budget)?) / 100.0 / length;
    (cost <= limit).then_some(cost)
}

/// Whether the phonemes and letters that cannot have a partner cost more than `budget` by themselves.
fn is_hopeless(sounds: &Sounds, latin: &Latin, budget: u16) -> bool {
    let mut least = sounds.mute;
    for &(phoneme, cost) in &sounds.needs {
        if phoneme & latin.phoneme_set == 0 {
            least += cost;
        }
    }
    let lone = latin.letter_set & !sounds.letter_set;
    let lone = 50 * (lone & DEAR_LETTERS).count_ones() as u16;
    least.max(lone) > budget
}

/// The letters that cost .50 or more to leave unspoken anywhere in a word, and more to stand for a wrong consonant.
const DEAR_LETTERS: u64 = letter_set(b"nckbmfvjq");

const fn letter_set(letters: &[u8]) -> u64 {
    let (mut set, mut at) = (0, 0);
    while at < letters.len() {
        set |= 1 << (letters[at] - b'a');
        at += 1;
    }
    set
}

/// The vowel letters, y among them, which no wrong consonant stands for.
const VOWEL_LETTERS: u64 = letter_set(b"aeiouy") | 0b1_1100_0000 << 26;

/// The least cost in hundredths that matches all sounds with all letters; `None` if it is over `budget`.
///
/// Rows are sounds, columns letters. A sequence of sounds leaps over rows, so four rows ahead are kept.
fn match_within(sounds: &Sounds, latin: &Latin, budget: u16) -> Option<u16> {
    const ROWS: usize = LONGEST_SEQUENCE + 1;
    let table = &*TABLE;
    let m = latin.letters.len();
    let mut rows = [[UNREACHED; LONGEST_NAME + 2]; ROWS];
    rows[0][0] = sounds.mute;
    // What the sounds still to come cost at least.
    let mut rest: u16 =
        sounds.needs.iter().filter(|(phoneme, _)| phoneme & latin.phoneme_set == 0).map(|&(_, cost)| cost).sum();
    let mut rows_without_hope = 0;
    let silence = table.row(SILENCE);
    for at in 0..=sounds.steps.len() {
        let step = sounds.steps.get(at);
        let limit = budget.checked_sub(rest)?;
        let mut hope = false;
        for j in 0..=m {
            let here = rows[at % ROWS][j];
            if here > limit {
                continue;
            }
            hope = true;
            let groups = match (latin.starts.get(j), latin.starts.get(j + 1)) {
                (Some(&from), Some(&to)) => latin.groups.get(usize::from(from)..usize::from(to)).unwrap_or_default(),
                _ => &[],
            };
            if let Some(&silent) = latin.silent.get(j) {
                let row = &mut rows[at % ROWS];
                row[j + 1] = row[j + 1].min(here + silent);
                for group in groups {
                    let to = j + usize::from(group.len);
                    row[to] = row[to].min(here + silence[usize::from(group.id)]);
                }
            }
            let Some(step) = step else { continue };
            let next = &mut rows[(at + 1) % ROWS];
            next[j] = next[j].min(here + step.skip);
            if step.consonant && latin.letters.get(j).is_some_and(|&l| VOWEL_LETTERS >> l & 1 == 0) {
                next[j + 1] = next[j + 1].min(here + SUBSTITUTION);
            }
            for &(row, taken) in &step.rows {
                let costs = table.row(usize::from(row));
                let target = &mut rows[(at + usize::from(taken)) % ROWS];
                for group in groups {
                    let to = j + usize::from(group.len);
                    target[to] = target[to].min(here + costs[usize::from(group.id)]);
                }
            }
        }
        // Every path steps on one of so many rows.
        rows_without_hope = if hope { 0 } else { rows_without_hope + 1 };
        if rows_without_hope == LONGEST_SEQUENCE {
            return None;
        }
        if let Some(step) = step {
            if step.phoneme & latin.phoneme_set == 0 {
                rest -= step.least_without_letter();
            }
            rows[at % ROWS].iter_mut().take(m + 1).for_each(|cell| *cell = UNREACHED);
        }
    }
    let total = rows[sounds.steps.len() % ROWS][m];
    (total <= budget).then_some(total)
}
