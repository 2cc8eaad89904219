//! The tables of spellings in the form that matching reads.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::latin::{self, SPECIAL};
use super::phoneme::{PHONEMES, Phoneme};
use super::spelling::{EITHER, SEQUENCES, SILENT, SILENT_DOUBLED, SILENT_FINAL, SILENT_GROUPS, SILENT_OTHER, SINGLE};

/// A spelling that is not in the tables: dearer than leaving out the longest group and sequence together.
pub(super) const NONE: i16 = 5_000;
/// The row of the table for letters that stay unspoken together; sequences follow.
pub(super) const SILENCE: usize = PHONEMES;

/// The tables of spellings, compiled at first use.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(Table::compile);

/// A letter group of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) id: u16,
    /// How many letters it has.
    pub(super) len: u8,
    /// What it costs to leave it unspoken, or [`NONE`].
    pub(super) silent: i16,
}

/// The compiled tables.
#[derive(Debug)]
pub(super) struct Table {
    /// Per last letter, the groups.
    by_last: Vec<Vec<(Box<[u8]>, Group)>>,
    /// How many rows there are: phonemes, silence, sequences.
    rows: usize,
    /// Per group and row, the cost in hundredths.
    cost: Vec<i16>,
    /// The phonemes of each sequence, in order of their rows.
    pub(super) sequences: Vec<Vec<Phoneme>>,
    /// Per group, the phonemes that take part in what it writes, a bit each.
    pub(super) phonemes: Vec<u64>,
    /// The groups by number.
    pub(super) all: Vec<Group>,
    /// Per group, whether it can write several phonemes at once.
    pub(super) writes_sequence: Vec<bool>,
    /// Per row, the letters that take part in its groups, a bit each.
    pub(super) letters: Vec<u64>,
    /// Per row, its groups.
    pub(super) groups: Vec<Vec<Group>>,
    /// What each letter costs to leave unspoken: inside a word, at its end.
    silent: Vec<(i16, i16)>,
}

impl Table {
    fn compile() -> Self {
        let numbers = |text: &str| {
            let mut out = Vec::new();
            text.chars().for_each(|c| latin::push_letters(c, &mut out));
            out
        };
        // Rows with their groups; the order of groups is that of their letters.
        let mut rows: Vec<BTreeMap<Vec<u8>, i16>> = vec![BTreeMap::new(); PHONEMES + 1];
        let mut sequences = Vec::new();
        let fill = |row: &mut BTreeMap<Vec<u8>, i16>, spellings: &[(i16, &str)]| {
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
            let silent = rows[SILENCE].get(letters).copied().unwrap_or(NONE);
            groups.entry(letters).or_insert(Group { id, len: letters.len() as u8, silent });
        }
        let mut cost = vec![NONE; rows.len() * groups.len()];
        let mut phonemes = vec![0; groups.len()];
        let mut writes_sequence = vec![false; groups.len()];
        let mut letter_sets = vec![0; rows.len()];
        let row_groups =
            rows.iter().map(|row| row.keys().map(|letters| groups[letters.as_slice()]).collect()).collect();
        for (r, row) in rows.iter().enumerate() {
            for (letters, &c) in row {
                let id = usize::from(groups[letters.as_slice()].id);
                cost[id * rows.len() + r] = c;
                writes_sequence[id] |= r > SILENCE;
                letter_sets[r] |= letters.iter().fold(0, |set, &l| set | 1u64 << l);
                phonemes[id] |= match r.checked_sub(PHONEMES + 1) {
                    Some(s) => sequences[s].iter().fold(0, |set, p| set | 1u64 << p.0),
                    None if r == SILENCE => 0,
                    None => 1 << r,
                };
            }
        }
        let mut all: Vec<Group> = groups.values().copied().collect();
        all.sort_by_key(|group| group.id);
        let letter_count = 26 + SPECIAL.len();
        let mut by_last = vec![Vec::new(); letter_count];
        for (letters, group) in groups {
            let last = letters.last().copied().unwrap_or_default();
            by_last[usize::from(last)].push((letters.into(), group));
        }
        let mut silent = vec![(SILENT_OTHER, SILENT_OTHER); letter_count];
        for &(cost, letters) in SILENT {
            for letter in numbers(&letters.replace(' ', "")) {
                silent[usize::from(letter)] = (cost, cost);
            }
        }
        for &(cost, letters) in SILENT_FINAL {
            for letter in numbers(&letters.replace(' ', "")) {
                silent[usize::from(letter)].1 = cost;
            }
        }
        Self {
            by_last,
            rows: rows.len(),
            cost,
            sequences,
            phonemes,
            all,
            writes_sequence,
            letters: letter_sets,
            groups: row_groups,
            silent,
        }
    }

    /// The groups that `letters` end with.
    pub(super) fn groups_ending(&self, letters: &[u8]) -> impl Iterator<Item = Group> {
        let candidates = letters.last().and_then(|&l| self.by_last.get(usize::from(l))).map_or(&[][..], Vec::as_slice);
        candidates.iter().filter(|(group, _)| letters.ends_with(group)).map(|&(_, group)| group)
    }

    /// What it costs, in hundredths, to leave `letter` unspoken behind `before`.
    pub(super) fn silent(&self, letter: u8, before: Option<u8>, ends_word: bool) -> i16 {
        if before == Some(letter) {
            return SILENT_DOUBLED;
        }
        let (inside, at_end) = self.silent.get(usize::from(letter)).copied().unwrap_or((SILENT_OTHER, SILENT_OTHER));
        if ends_word { at_end } else { inside }
    }

    /// What `group` costs for `row`, in hundredths; [`NONE`] if it cannot stand for it.
    pub(super) fn cost(&self, group: Group, row: usize) -> i16 {
        self.cost.get(usize::from(group.id) * self.rows + row).copied().unwrap_or(NONE)
    }

    /// How many groups there are.
    pub(super) fn group_count(&self) -> usize {
        self.phonemes.len()
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
