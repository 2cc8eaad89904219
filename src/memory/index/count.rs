//! How many features each key shares with a query, for 64 keys at a time.
//!
//! The query's rows are added up as numbers that stand across words: bit i of the words of plane p is bit p of the sum of
//! key i. Rows go in eights through carry-save adders (the tree of Harley and Seal, H. Warren, "Hacker's Delight", 5-1),
//! so that a row costs some five operations for 64 keys.

use std::ops::Range;

use super::mapped::Damaged;
use super::segment::Segment;

/// How many words are added up at a time: of each row a run that is long enough for the processor to see it coming.
const TILE: usize = 64;
/// Rows that go through the adders together.
const GROUP: usize = 8;

type Words = [u64; TILE];

/// The sums of a window of keys; tiles are added up when they are first asked for.
#[derive(Debug)]
pub(super) struct Counts<'s> {
    segment: &'s Segment,
    /// The row of each feature of the query; several may have the same.
    rows: Vec<usize>,
    /// How many bits a sum has.
    planes: usize,
    first_tile: usize,
    /// The planes, tile by tile; empty where they were not asked for.
    tiles: Vec<Vec<Words>>,
}

impl<'s> Counts<'s> {
    /// The sums of `rows` for keys in the given words of the table.
    pub(super) fn new(segment: &'s Segment, rows: Vec<usize>, words: &Range<usize>) -> Self {
        let planes = (usize::BITS - rows.len().leading_zeros()) as usize;
        let first_tile = words.start / TILE;
        let tiles = words.end.div_ceil(TILE).saturating_sub(first_tile);
        Self { segment, rows, planes, first_tile, tiles: vec![Vec::new(); tiles] }
    }

    /// For each key of the word whether its sum is `least` or more.
    pub(super) fn reaching(&mut self, word: usize, least: usize) -> Result<u64, Damaged> {
        if least == 0 {
            return Ok(!0);
        }
        if least > self.rows.len() {
            return Ok(0);
        }
        let (tile, place) = ((word / TILE).checked_sub(self.first_tile).ok_or(Damaged)?, word % TILE);
        let planes = self.tiles.get_mut(tile).ok_or(Damaged)?;
        if planes.is_empty() {
            *planes = sums(self.segment, &self.rows, (self.first_tile + tile) * TILE, self.planes)?;
        }
        // From the highest bit on: greater so far, or equal so far.
        let (mut greater, mut equal) = (0, !0);
        for (p, plane) in planes.iter().enumerate().rev() {
            let bits = plane.get(place).copied().unwrap_or(0);
            if least >> p & 1 == 1 {
                equal &= bits;
            } else {
                greater |= equal & bits;
                equal &= !bits;
            }
        }
        Ok(greater | equal)
    }
}

/// The planes of the sums of a tile.
fn sums(segment: &Segment, rows: &[usize], word: usize, planes: usize) -> Result<Vec<Words>, Damaged> {
    let end = (word + TILE).min(segment.row_words());
    let mut sums = vec![[0; TILE]; planes.max(4)];
    let nothing = [0; TILE];
    // The last tile may be shorter.
    let mut short = [[0; TILE]; GROUP];
    for rows in rows.chunks(GROUP) {
        if end - word < TILE {
            for (short, row) in short.iter_mut().zip(rows) {
                short.iter_mut().zip(segment.row(*row, word..end)?).for_each(|(to, from)| *to = *from);
            }
        }
        let mut group = [&nothing; GROUP];
        for ((to, row), short) in group.iter_mut().zip(rows).zip(&short) {
            *to = if end - word < TILE {
                short
            } else {
                segment.row(*row, word..end)?.try_into().map_err(|_| Damaged)?
            };
        }
        add(group, &mut sums);
    }
    sums.truncate(planes);
    Ok(sums)
}

/// Adds eight rows to the sums, which have four planes or more.
fn add(rows: [&Words; GROUP], sums: &mut [Words]) {
    let mut carry = [0; TILE];
    if let [ones, twos, fours, ..] = sums {
        for i in 0..TILE {
            let (a, two_a) = full_adder(ones[i], rows[0][i], rows[1][i]);
            let (a, two_b) = full_adder(a, rows[2][i], rows[3][i]);
            let (two, four_a) = full_adder(twos[i], two_a, two_b);
            let (a, two_a) = full_adder(a, rows[4][i], rows[5][i]);
            let (a, two_b) = full_adder(a, rows[6][i], rows[7][i]);
            let (two, four_b) = full_adder(two, two_a, two_b);
            (fours[i], carry[i]) = full_adder(fours[i], four_a, four_b);
            (ones[i], twos[i]) = (a, two);
        }
    }
    for plane in sums.iter_mut().skip(3) {
        for (bits, carry) in plane.iter_mut().zip(&mut carry) {
            (*bits, *carry) = (*bits ^ *carry, *bits & *carry);
        }
    }
}

/// The sum of three bits and the carry, for 64 bits at once.
fn full_adder(a: u64, b: u64, c: u64) -> (u64, u64) {
    let ab = a ^ b;
    (ab ^ c, a & b | ab & c)
}

#[cfg(test)]
mod tests {
    use super::{TILE, add};

    #[test]
    fn eight_rows_at_a_time_add_up() {
        let mut sums = vec![[0; TILE]; 6];
        let mut expected = [0_u64; 64];
        let mut random = 1_u64;
        for _ in 0..7 {
            let rows = [(); 8].map(|()| {
                random = random.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
                [random | random >> 7; TILE]
            });
            for row in rows {
                (0..64).for_each(|key| expected[key] += row[3] >> key & 1);
            }
            add(rows.each_ref(), &mut sums);
        }
        for (key, expected) in expected.iter().enumerate() {
            let sum: u64 = sums.iter().enumerate().map(|(p, plane)| (plane[3] >> key & 1) << p).sum();
            assert_eq!(sum, *expected, "key {key}");
        }
    }
}
