//! The distances of a query to many keys of one length at once, where q-grams prove nothing.
//!
//! Two English sentences share so many letters that no count of features keeps them apart at 60 %. So each byte of a wide
//! register computes the table of one key: cell (i, j) is kept as i − j − distance, in which a step down costs nothing, a
//! step right 2 and an unequal character 1. Of the table only the diagonals are computed on which some key can still be
//! within the limit; between unlike texts they are soon none.

#![expect(clippy::inline_always, reason = "only what is inlined is compiled for the wide registers")]
#![expect(clippy::cast_possible_wrap, reason = "texts are far shorter than that")]

use pulp::{Arch, Simd, WithSimd};

/// How many keys at once: the bytes of the widest registers.
pub(super) const LANES: usize = 64;
/// What stands for 0 in a cell. No cell is greater, since a diagonal is reached by as many edits as it is away from the
/// main one; a cell that reaches 0 is beyond any limit.
const BASE: u8 = 255;
/// So many columns of the texts are brought together at a time.
const STRIDE: usize = 8;
/// After so many columns the diagonals are looked through.
const NARROW_AFTER: isize = 4;

pub(super) type Lane = [u8; LANES];

/// Whether keys of `n` characters can be compared with a query of `m` up to this limit: a cell that matters is at most
/// `limit` and what the key is longer below [`BASE`].
pub(super) fn can_compare(m: usize, n: usize, limit: usize) -> bool {
    limit + n.saturating_sub(m) < usize::from(BASE)
}

/// The query, and working memory.
#[derive(Debug)]
pub(super) struct Lanes {
    arch: Arch,
    /// Each character of the query in every byte.
    query: Vec<Lane>,
    column: Vec<Lane>,
    /// The texts one behind the other, each filled up to a multiple of [`STRIDE`].
    texts: Vec<u8>,
}

impl Lanes {
    /// A query of these characters; 255 is one that no key has.
    pub(super) fn new(query: impl Iterator<Item = u8>) -> Self {
        let query: Vec<Lane> = query.map(|c| [c; LANES]).collect();
        Self { arch: Arch::new(), column: vec![[0; LANES]; query.len() + 1], query, texts: Vec::new() }
    }

    /// The distances to `texts`, which have the same length and are at most [`LANES`]; greater ones than `limit`, and all
    /// that [`can_compare`] excludes, are 255.
    pub(super) fn distances(&mut self, texts: &[&[u8]], limit: usize) -> Lane {
        let length = texts.first().map_or(0, |text| text.len());
        // Read from end to end once: to jump between them would be to wait for memory at each jump.
        self.texts.clear();
        for text in texts {
            self.texts.extend_from_slice(text);
            self.texts.resize(self.texts.len().next_multiple_of(STRIDE), 0);
        }
        self.arch.dispatch(Work { query: &self.query, column: &mut self.column, texts: &self.texts, length, limit })
    }
}

/// What is compiled for each kind of processor: everything it calls must be inlined into it.
struct Work<'w> {
    query: &'w [Lane],
    column: &'w mut [Lane],
    texts: &'w [u8],
    length: usize,
    limit: usize,
}

impl WithSimd for Work<'_> {
    type Output = Lane;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Lane {
        distances(self.query, self.column, self.texts, self.length, self.limit)
    }
}

/// The diagonals that matter: i − j from `low` to `high`.
struct Band {
    low: isize,
    high: isize,
}

#[inline(always)]
fn distances(query: &[Lane], column: &mut [Lane], texts: &[u8], length: usize, limit: usize) -> Lane {
    let mut found = [u8::MAX; LANES];
    let (m, n) = (query.len() as isize, length as isize);
    let can_compare = can_compare(query.len(), length, limit);
    let (limit, shift) = (limit as isize, m - n);
    if shift.abs() > limit || !can_compare {
        return found;
    }
    let mut band = Band { low: -((limit - shift) / 2), high: limit - (limit - shift + 1) / 2 };
    for (i, cell) in (0_isize..).zip(column.iter_mut()) {
        *cell = [if i <= band.high { BASE } else { 0 }; LANES];
    }
    for start in (0..n).step_by(STRIDE) {
        let characters = transposed(texts, length.next_multiple_of(STRIDE), start as usize);
        for (j, characters) in (start + 1..=n).zip(&characters) {
            next_column(query, column, characters, j, &band);
            if j % NARROW_AFTER == 0 && !narrow(column, j, shift, limit, &mut band) {
                return found;
            }
        }
    }
    if let Some(last) = column.last() {
        for (found, cell) in found.iter_mut().zip(last) {
            let distance = shift + isize::from(BASE) - isize::from(*cell);
            if *cell > 0 && distance <= limit {
                *found = distance as u8;
            }
        }
    }
    found
}

/// Some columns of the texts: the characters at `start` and behind it, of all texts at once.
#[inline(always)]
fn transposed(texts: &[u8], length: usize, start: usize) -> [Lane; STRIDE] {
    let mut words = [0_u64; LANES];
    for (word, text) in words.iter_mut().zip(texts.chunks_exact(length)) {
        *word = text.get(start..).and_then(<[u8]>::first_chunk).map_or(0, |chunk| u64::from_le_bytes(*chunk));
    }
    let mut columns = [[0; LANES]; STRIDE];
    for (at, column) in columns.iter_mut().enumerate() {
        for (byte, word) in column.iter_mut().zip(&words) {
            *byte = (*word >> (8 * at)) as u8;
        }
    }
    columns
}

/// Computes column `j` within the band in the place of the one before.
#[inline(always)]
fn next_column(query: &[Lane], column: &mut [Lane], characters: &Lane, j: isize, band: &Band) {
    let first = (j + band.low).max(1);
    let last = (j + band.high).min(query.len() as isize);
    let first = first as usize;
    let mut above = [0; LANES];
    let Some(corner) = column.get_mut(first - 1) else { return };
    let mut diagonal = *corner;
    if j + band.low <= 0 {
        *corner = [BASE.saturating_sub((2 * j).min(255) as u8); LANES];
        above = *corner;
    }
    // Nothing where the band has left the table.
    let last = usize::try_from(last).unwrap_or(0);
    let (Some(cells), Some(query)) = (column.get_mut(first..=last), query.get(first - 1..last)) else { return };
    for (cell, own) in cells.iter_mut().zip(query) {
        let left = *cell;
        for lane in 0..LANES {
            let unequal = (characters[lane] ^ own[lane]).min(1);
            let best = diagonal[lane].saturating_sub(unequal).max(left[lane].saturating_sub(2));
            above[lane] = above[lane].max(best);
        }
        *cell = above;
        diagonal = left;
    }
}

/// Takes away diagonals at the ends of the band on which no text can be within the limit any more; whether one is left.
///
/// From a cell the rest costs as many edits at least as its diagonal is away from the last one, `shift`. A step away from
/// that adds to the cost, so that what is taken away beyond it once is never needed. A step back towards it adds nothing:
/// nothing is taken away on its other side. (A step down back towards it stays in the column, so that above `shift` the
/// last diagonal alive is the last that matters.)
#[inline(always)]
fn narrow(column: &mut [Lane], j: isize, shift: isize, limit: isize, band: &mut Band) -> bool {
    while band.low < shift && !is_alive(column, j, band.low, shift, limit) {
        band.low += 1;
    }
    while band.low <= band.high && !is_alive(column, j, band.high, shift, limit) {
        // The row is met again in a later column, which must not take this one for the one before it.
        if let Some(cell) = usize::try_from(j + band.high).ok().and_then(|i| column.get_mut(i)) {
            *cell = [0; LANES];
        }
        band.high -= 1;
    }
    band.low <= band.high
}

#[inline(always)]
fn is_alive(column: &[Lane], j: isize, diagonal: isize, shift: isize, limit: isize) -> bool {
    // A diagonal may still enter the table from above, but has left it below.
    let Ok(i) = usize::try_from(j + diagonal) else { return true };
    let Some(cell) = column.get(i) else { return false };
    let least = (isize::from(BASE) + diagonal + (shift - diagonal).abs() - limit).clamp(1, 255) as u8;
    let mut best = 0;
    for byte in cell {
        best = best.max(*byte);
    }
    best >= least
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LANES, Lanes, can_compare};

    proptest! {
        #[test]
        fn a_block_taken_out_and_another_put_in_are_counted(
            text in prop::collection::vec(0_u8..30, 60..160),
            block in prop::collection::vec(0_u8..30, 0..50),
            out in 0_usize..60,
            at in 0_usize..60,
            length in 0_usize..50,
        ) {
            let mut query = text.clone();
            query.drain(out..query.len().min(out + length));
            let at = at.min(query.len());
            query.splice(at..at, block);
            let expected = strsim::generic_levenshtein(&query, &text);
            for limit in [expected.saturating_sub(1), expected, expected + 1, expected + 30] {
                let found = Lanes::new(query.iter().copied()).distances(&[text.as_slice()], limit)[0];
                prop_assert_eq!(found, if expected <= limit { expected as u8 } else { 255 });
            }
        }

        #[test]
        fn distances_are_those_of_the_textbook(
            query in prop::collection::vec(0_u8..6, 0..120),
            texts in prop::collection::vec(prop::collection::vec(0_u8..6, 150), 1..=LANES),
            length in 0_usize..150,
            limit in 0_usize..=120,
            edits in prop::collection::vec((0_usize..150, 0_u8..6), 0..60),
        ) {
            // Some texts near the query, some not.
            let texts: Vec<Vec<u8>> = texts
                .into_iter()
                .enumerate()
                .map(|(i, text)| {
                    let mut text: Vec<u8> = if i % 2 == 0 { query.iter().copied().chain(text).collect() } else { text };
                    text.truncate(length);
                    for (place, c) in edits.iter().take(i) {
                        if let Some(at) = text.get_mut(*place) {
                            *at = *c;
                        }
                    }
                    text
                })
                .collect();
            prop_assume!(can_compare(query.len(), length, limit));
            let slices: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
            let found = Lanes::new(query.iter().copied()).distances(&slices, limit);
            for (text, found) in texts.iter().zip(found) {
                let expected = strsim::generic_levenshtein(&query, text);
                prop_assert_eq!(found, if expected <= limit { expected as u8 } else { 255 });
            }
        }
    }
}
