//! The weighted match of a name's sounds with another's letters.

use super::latin::{Latin, Letter};
use super::sound::{LANES, Sounds};
use super::table::{Group, NONE};

/// No letter group of the tables is longer.
const LONGEST_GROUP: usize = 5;

/// How differently two names sound: 0 for the same sound, below about .20 for spellings of one name, above .45 for
/// names that have nothing to do with each other.
///
/// The least sum of costs that matches the sounds with the letters, divided by the mean length of both.
pub fn cost(name: &impl AsRef<Sounds>, latin: &Latin) -> f64 {
    let sounds = name.as_ref();
    let mut columns = Columns::new(sounds);
    for (at, &letter) in latin.letters.iter().enumerate() {
        columns.advance(at + 1, letter, latin.groups_ending(at));
    }
    columns.total(latin.len()) / length(sounds, latin.len())
}

/// The same as [`cost`] where that is at most `limit`, and quicker the lower the limit is.
///
/// To find all words of a collection within a limit, [`Vocabulary`](super::Vocabulary) is quicker by far.
pub fn cost_within(name: &impl AsRef<Sounds>, latin: &Latin, limit: f64) -> Option<f64> {
    let sounds = name.as_ref();
    let budget = budget(sounds, latin.len(), limit);
    if is_hopeless(sounds, latin, budget) {
        return None;
    }
    let total = Columns::new(sounds).total_within(latin, budget, |_| 0)?;
    let cost = total / length(sounds, latin.len());
    (cost <= limit).then_some(cost)
}

/// What divides the cost: about the mean length of both names, in sounds.
pub(super) fn length(sounds: &Sounds, letters: usize) -> f64 {
    // Three letters in four are sounds.
    0.5 * (f64::from(sounds.firm) + 0.75 * letters as f64) + 0.5
}

/// The sum of costs, in hundredths, that a name with so many letters may have for a cost of `limit`.
pub(super) fn budget(sounds: &Sounds, letters: usize, limit: f64) -> i16 {
    // The cast takes the floor, and 0 of a negative number; one more for what was rounded off.
    (limit * length(sounds, letters) * 100.0).min(f64::from(i16::MAX - 1)) as i16 + 1
}

/// Whether the phonemes or the letters that cannot have a partner cost more than `budget` by themselves.
fn is_hopeless(sounds: &Sounds, latin: &Latin, budget: i16) -> bool {
    /// The letters that cost .50 or more to leave unspoken, wherever they stand, and to stand for a wrong consonant.
    const DEAR: u64 = letter_set(b"nckbmfvjq");
    let lone = latin.letter_set & !sounds.letter_set & DEAR;
    let alone = |&&(phoneme, _): &&(u64, i16)| phoneme & latin.phoneme_set == 0;
    50 * lone.count_ones() as i16 > budget
        || sounds.mute + sounds.needs.iter().filter(alone).map(|&(_, cost)| cost).sum::<i16>() > budget
}

/// The letters of a text as a set, a bit each.
pub(super) const fn letter_set(letters: &[u8]) -> u64 {
    let (mut set, mut at) = (0, 0);
    while at < letters.len() {
        set |= 1 << (letters[at] - b'a');
        at += 1;
    }
    set
}

/// The table of the dynamic programme: a column for each letter matched so far, and one before them; a cell in it for
/// each sound, and one before them. A cell holds the least cost, in hundredths, of matching all before it.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    sounds: &'a Sounds,
    /// The cells of a column: one more than sounds, filled up so that [`LANES`] divides all but the first.
    height: usize,
    cells: Vec<i16>,
    /// The least cell of each column.
    least: Vec<i16>,
}

/// What stands in the cells that only fill up: as good as unreachable, and low enough to be added to.
const FILLING: i16 = 12_000;

impl<'a> Columns<'a> {
    pub(super) fn new(sounds: &'a Sounds) -> Self {
        let height = sounds.steps.len().next_multiple_of(LANES) + 1;
        let mut cells = Vec::with_capacity(height * 16);
        let mut cost = sounds.mute;
        cells.push(cost);
        for step in &sounds.steps {
            cost += step.skip;
            cells.push(cost);
        }
        cells.resize(height, FILLING);
        Self { sounds, height, cells, least: vec![sounds.mute] }
    }

    /// Fills the column of the letter with the number `depth` (from 1) from the columns before it; later ones are
    /// forgotten.
    pub(super) fn advance(&mut self, depth: usize, letter: Letter, groups: &[Group]) {
        let height = self.height;
        self.cells.resize((depth + 1) * height, 0);
        let (before, column) = self.cells.split_at_mut(depth * height);
        let column = column.get_mut(..height).unwrap_or_default();
        let last = before.get((depth - 1) * height..).unwrap_or_default();
        relax_level(column, last, letter.silent, true);
        for &group in groups {
            let start = (depth - usize::from(group.len)) * height;
            let from = before.get(start..start + height).unwrap_or_default();
            if group.silent < NONE {
                relax_level(column, from, group.silent, false);
            }
            let index = self.sounds.use_of_group[usize::from(group.id)];
            if index == 0 {
                continue;
            }
            let of_group = &self.sounds.uses[usize::from(index)];
            relax_diagonal(column, from, &of_group.single);
            for leap in &of_group.leaps {
                let cell = &mut column[leap.behind];
                *cell = (*cell).min(from[leap.behind - leap.taken] + leap.cost);
            }
        }
        if letter.is_consonant() {
            relax_diagonal(column, last, &self.sounds.substitution);
        }
        let mut above = column[0];
        let mut least = above;
        for (cell, step) in column.iter_mut().skip(1).zip(&self.sounds.steps) {
            above = (*cell).min(above + step.skip);
            *cell = above;
            least = least.min(above);
        }
        self.least.truncate(depth);
        self.least.push(least);
    }

    /// The sum of costs, in whole units, for all sounds and all letters of `latin`; `None` as soon as it is sure to be
    /// above `budget`. `behind` is the least that the letters behind the first so many cost.
    pub(super) fn total_within(&mut self, latin: &Latin, budget: i16, behind: impl Fn(usize) -> i16) -> Option<f64> {
        for (at, &letter) in latin.letters.iter().enumerate() {
            self.advance(at + 1, letter, latin.groups_ending(at));
            // Every match passes one of so many columns: no group leaps over all.
            let first = (at + 2).saturating_sub(LONGEST_GROUP);
            let mut columns = self.least.iter().enumerate().skip(first);
            if columns.all(|(column, least)| least + behind(column) > budget) {
                return None;
            }
        }
        Some(self.total(latin.len()))
    }

    /// The sum of costs for all sounds and all letters up to `depth`, in whole units.
    pub(super) fn total(&self, depth: usize) -> f64 {
        let cell = self.cells.get(depth * self.height + self.sounds.steps.len());
        cell.map_or(f64::INFINITY, |&cell| f64::from(cell) / 100.0)
    }
}

/// Every cell of `column` is at most the one of `from` on its level plus `cost`, or exactly that where the column is new.
fn relax_level(column: &mut [i16], from: &[i16], cost: i16, new: bool) {
    let (column, column_cells) = column.split_at_mut(1);
    let (from, from_cells) = from.split_at(1);
    let reach = |cell: &mut i16, left: i16| *cell = if new { left + cost } else { (*cell).min(left + cost) };
    reach(&mut column[0], from[0]);
    for (cells, lefts) in column_cells.as_chunks_mut::<LANES>().0.iter_mut().zip(from_cells.as_chunks::<LANES>().0) {
        for (cell, &left) in cells.iter_mut().zip(lefts) {
            reach(cell, left);
        }
    }
}

/// Every cell of `column` is at most the one of `from` a level above plus what its sound costs.
fn relax_diagonal(column: &mut [i16], from: &[i16], costs: &[[i16; LANES]]) {
    let cells = column.get_mut(1..).unwrap_or_default().as_chunks_mut::<LANES>().0;
    for ((cells, lefts), costs) in cells.iter_mut().zip(from.as_chunks::<LANES>().0).zip(costs) {
        for ((cell, &left), &cost) in cells.iter_mut().zip(lefts).zip(costs) {
            *cell = (*cell).min(left + cost);
        }
    }
}
