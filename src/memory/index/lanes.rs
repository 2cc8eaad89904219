//! The distances of a query to many keys of one length at once, where q-grams prove nothing.
//!
//! Two English sentences share so many letters that no count of features keeps them apart at 60 %. So every bit of a wide
//! register computes the table of one key. Of a cell only the differences to its neighbours are kept, which are −1, 0 or 1
//! (G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming", Journal of the
//! ACM 46, 1999; there the bits of a word are the rows of one table, here they are the same cell of many). Only the
//! diagonals are computed on which some key can still be within the limit; between unlike texts they are soon none.

#![expect(clippy::inline_always, reason = "only what is inlined is compiled for the wide registers")]

use std::ops::{BitAnd, BitOr, BitXor, Not};

use pulp::{Arch, Simd, WithSimd};

/// How many words the widest registers have.
const MOST_WORDS: usize = 4;
/// How many keys are compared at once at most; fewer where the registers are narrower.
pub(super) const LANES: usize = 64 * MOST_WORDS;
/// So many characters of a text are read at a time: a word.
const STRIDE: usize = 8;
/// How many values the half of a byte has.
const HALVES: usize = 16;

/// A bit of each key: bit i of word w is that of key 64 w + i.
#[derive(Clone, Copy)]
struct Bits<S: Simd> {
    simd: S,
    words: S::u64s,
}

impl<S: Simd> Bits<S> {
    #[inline(always)]
    fn new(simd: S, words: S::u64s) -> Self {
        Self { simd, words }
    }

    /// The same bit for all keys.
    #[inline(always)]
    fn all(simd: S, bit: bool) -> Self {
        Self::new(simd, simd.splat_u64s(if bit { !0 } else { 0 }))
    }

    /// Whether every key's bit is 1.
    #[inline(always)]
    fn is_all(self) -> bool {
        bytemuck::cast_slice::<_, u64>(&[self.words]).iter().all(|word| *word == !0)
    }
}

impl<S: Simd> BitAnd for Bits<S> {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self::new(self.simd, self.simd.and_u64s(self.words, other.words))
    }
}

impl<S: Simd> BitOr for Bits<S> {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Self::new(self.simd, self.simd.or_u64s(self.words, other.words))
    }
}

impl<S: Simd> BitXor for Bits<S> {
    type Output = Self;

    #[inline(always)]
    fn bitxor(self, other: Self) -> Self {
        Self::new(self.simd, self.simd.xor_u64s(self.words, other.words))
    }
}

impl<S: Simd> Not for Bits<S> {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self::new(self.simd, self.simd.not_u64s(self.words))
    }
}

/// The query, and working memory, which holds the words of registers one behind the other.
#[derive(Debug)]
pub(super) struct Lanes {
    arch: Arch,
    query: Vec<u8>,
    /// Characters of the texts, and then the same as planes: of each of [`STRIDE`] characters eight bits.
    texts: Vec<u64>,
    /// The keys that have each lower half of a character in the column, and then the same for the upper half.
    halves: Vec<u64>,
    /// For each cell of the column the keys for which it is one more than the cell above.
    up: Vec<u64>,
    /// And those for which it is one less.
    down: Vec<u64>,
    /// How many edits are left on the lowest diagonal, the main and the highest one.
    rests: [Rest; 3],
}

impl Lanes {
    /// A query of these characters; 255 is one that no key has.
    pub(super) fn new(query: impl Iterator<Item = u8>) -> Self {
        let query: Vec<u8> = query.collect();
        let words = |count: usize| vec![0; count * MOST_WORDS];
        Self {
            arch: Arch::new(),
            texts: words(64),
            halves: words(2 * HALVES),
            up: words(query.len()),
            down: words(query.len()),
            query,
            rests: [(); 3].map(|()| Rest::default()),
        }
    }

    /// Shows which of `texts`, all of the same length, are within `limit`, in order, each with its distance.
    pub(super) fn within(&mut self, texts: &[&[u8]], limit: usize, mut show: impl FnMut(usize, usize)) {
        // No distance is greater than both lengths together.
        let limit = limit.min(self.query.len() + texts.first().map_or(0, |text| text.len()));
        let arch = self.arch;
        let mut done = 0;
        while done < texts.len() {
            let rest = texts.get(done..).unwrap_or_default();
            let (compared, within) = arch.dispatch(Work { lanes: self, texts: rest, limit });
            let [_, main, _] = &self.rests;
            for (word, mut keys) in within.into_iter().enumerate() {
                while keys != 0 {
                    let text = word * 64 + keys.trailing_zeros() as usize;
                    keys &= keys - 1;
                    if text < rest.len() {
                        show(done + text, limit - main.of(text, compared / 64));
                    }
                }
            }
            done += compared;
        }
    }
}

/// What is compiled for each kind of processor: everything it calls must be inlined into it.
struct Work<'w> {
    lanes: &'w mut Lanes,
    texts: &'w [&'w [u8]],
    limit: usize,
}

impl WithSimd for Work<'_> {
    /// How many of the texts, or places for more of them, were compared, and which of these are within the limit.
    type Output = (usize, [u64; MOST_WORDS]);

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> (usize, [u64; MOST_WORDS]) {
        let texts = self.texts.get(..self.texts.len().min(64 * S::U64_LANES)).unwrap_or_default();
        let mut within = [0; MOST_WORDS];
        if let Some(keys) = compare(simd, self.lanes, texts, self.limit) {
            within.iter_mut().zip(bytemuck::cast_slice(&[keys.words])).for_each(|(to, from)| *to = *from);
        }
        (64 * S::U64_LANES, within)
    }
}

/// The diagonals that matter: i − j from `low` to `high`; on `main` the tables end.
struct Band {
    low: isize,
    main: isize,
    high: isize,
}

/// The texts within the limit, of which there are at most as many as a register has bits; their rests are those of the
/// main diagonal.
#[inline(always)]
fn compare<S: Simd>(simd: S, lanes: &mut Lanes, texts: &[&[u8]], limit: usize) -> Option<Bits<S>> {
    let length = texts.first().map_or(0, |text| text.len());
    let (m, n) = (lanes.query.len().cast_signed(), length.cast_signed());
    let (main, limit) = (m - n, limit.cast_signed());
    if main.abs() > limit {
        return None;
    }
    // From a cell the rest costs as many edits at least as its diagonal is away from the main one. A step away from that
    // adds to the cost and a step back adds nothing, so that what is beyond a diagonal without a key in reach is never
    // needed.
    let mut band = Band { low: -((limit - main) / 2), main, high: limit - (limit - main + 1) / 2 };
    let planes = (isize::BITS - (m + n + limit).leading_zeros() + 1) as usize;
    let [low, on_main, high] = &mut lanes.rests;
    // Where a diagonal enters the tables, as many edits were made as it is away from their corner.
    low.start::<S>(limit - (main - 2 * band.low), planes);
    on_main.start::<S>(limit - main.abs(), planes);
    high.start::<S>(limit - (2 * band.high - main), planes);
    lanes.up.fill(!0);
    lanes.down.fill(0);
    touch(texts);
    for start in (0..length).step_by(STRIDE) {
        transpose::<S>(texts, start, &mut lanes.texts);
        for j in start..length.min(start + STRIDE) {
            find(simd, lanes, j - start);
            if !next_column(simd, lanes, j.cast_signed() + 1, &mut band) {
                return None;
            }
        }
    }
    let [_, on_main, _] = &lanes.rests;
    Some(!on_main.is_used_up(simd))
}

/// Reads a byte of each line of memory that the texts stand in. With nothing else to do, the processor has many of them on
/// their way at once; later it would wait for each.
#[inline(always)]
fn touch(texts: &[&[u8]]) {
    /// The bytes that come from memory together.
    const LINE: usize = 64;
    let mut all = 0;
    for text in texts {
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            all ^= byte;
            at += LINE;
        }
        all ^= text.last().copied().unwrap_or_default();
    }
    std::hint::black_box(all);
}

/// Puts columns of the texts into `rows`: of each of eight characters from `start` on the eight bits. What is behind the
/// texts is the last one again.
///
/// A matrix of bits is turned on its diagonal by halves, quarters and so on (H. Warren, "Hacker's Delight", 7-3).
#[inline(always)]
fn transpose<S: Simd>(texts: &[&[u8]], start: usize, rows: &mut [u64]) {
    let words = S::U64_LANES;
    for at in 0..64 * words {
        let Some(text) = texts.get(at).or(texts.last()) else { return };
        let rest = text.get(start..).unwrap_or_default();
        let word = match rest.first_chunk() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => rest.iter().rev().fold(0, |word, c| word << 8 | u64::from(*c)),
        };
        if let Some(row) = rows.get_mut(at % 64 * words + at / 64) {
            *row = word;
        }
    }
    let mut mask = !0_u64 >> 32;
    let mut half = 32;
    while half > 0 {
        for block in rows.get_mut(..64 * words).unwrap_or_default().chunks_exact_mut(2 * half * words) {
            let (upper, lower) = block.split_at_mut(half * words);
            for i in 0..upper.len().min(lower.len()) {
                let swapped = (upper[i] >> half ^ lower[i]) & mask;
                upper[i] ^= swapped << half;
                lower[i] ^= swapped;
            }
        }
        half /= 2;
        mask ^= mask << half;
    }
}

/// Finds the keys that have each half of a character in the column, from the eight bits of their own: two at a time choose
/// among four.
#[inline(always)]
fn find<S: Simd>(simd: S, lanes: &mut Lanes, column: usize) {
    let (rows, _) = S::as_simd_u64s(&lanes.texts);
    let Some(planes) = rows.get(8 * column..).and_then(<[_]>::first_chunk::<8>) else { return };
    let Some(halves) = S::as_mut_simd_u64s(&mut lanes.halves).0.first_chunk_mut::<{ 2 * HALVES }>() else { return };
    for half in 0..2 {
        let mut pairs = [[Bits::all(simd, false); 4]; 2];
        for p in 0..2 {
            let [low, high] = [0, 1].map(|bit| Bits::new(simd, planes[4 * half + 2 * p + bit]));
            pairs[p] = [!(low | high), low & !high, high & !low, low & high];
        }
        for value in 0..HALVES {
            halves[half * HALVES + value] = (pairs[0][value % 4] & pairs[1][value / 4]).words;
        }
    }
}

/// Computes column `j` within the band in the place of the one before, and narrows the band; whether a key is left.
#[inline(always)]
fn next_column<S: Simd>(simd: S, lanes: &mut Lanes, j: isize, band: &mut Band) -> bool {
    let Lanes { query, halves, up, down, rests: [on_low, on_main, on_high], .. } = lanes;
    let Some(halves) = S::as_simd_u64s(halves).0.first_chunk() else { return false };
    let mut column = Column {
        simd,
        query,
        halves,
        up: S::as_mut_simd_u64s(up).0,
        down: S::as_mut_simd_u64s(down).0,
        above: [Bits::all(simd, true), Bits::all(simd, false)],
    };
    let place = |diagonal: isize| usize::try_from(j + diagonal - 1).ok();
    let end_of = |diagonal: isize| place(diagonal).map_or(0, |place| (place + 1).min(column.query.len()));
    let (low, main, high) = (place(band.low), place(band.main), place(band.high));
    let first = low.unwrap_or(0);
    let (low_end, main_end, end) = (end_of(band.low), end_of(band.main), end_of(band.high));
    // The lowest and the main diagonal end parts of their own, to see what the steps along them cost.
    let low_costs = column.compute(first, low_end);
    let main_costs = if main_end > low_end { column.compute(low_end, main_end) } else { low_costs };
    if main.is_some() {
        on_main.take(main_costs);
        if on_main.is_used_up(simd).is_all() {
            return false;
        }
    }
    let high_costs = column.compute(main_end, end);
    if low.is_some() {
        on_low.take(low_costs);
        while band.low < band.main && on_low.is_used_up(simd).is_all() {
            band.low += 1;
            let Some(place) = place(band.low) else { break };
            let (up, down) = column.step(place);
            on_low.give(down, !(up | down));
        }
    }
    if high.is_some_and(|place| place < column.query.len()) {
        on_high.take(high_costs);
        while band.high > band.main && on_high.is_used_up(simd).is_all() {
            let Some(place) = place(band.high) else { break };
            let (up, down) = column.step(place);
            on_high.give(up, !(up | down));
            // The row is met again in the next column, which must not take this one for the one before it.
            column.leave(place);
            band.high -= 1;
        }
    }
    true
}

/// A column of the tables.
struct Column<'c, S: Simd> {
    simd: S,
    query: &'c [u8],
    halves: &'c [S::u64s; 2 * HALVES],
    up: &'c mut [S::u64s],
    down: &'c mut [S::u64s],
    /// The keys for which the last cell computed is one more, and one less, than the one to its left. What is outside the
    /// band is at most one more.
    above: [Bits<S>; 2],
}

impl<S: Simd> Column<'_, S> {
    /// Computes some cells, below those computed before; the keys for which the last costs an edit more than the one before
    /// it on its diagonal.
    #[inline(always)]
    fn compute(&mut self, from: usize, to: usize) -> Bits<S> {
        let simd = self.simd;
        let [mut plus, mut minus] = self.above;
        let mut costs = Bits::all(simd, false);
        let (Some(query), Some(ups), Some(downs)) =
            (self.query.get(from..to), self.up.get_mut(from..to), self.down.get_mut(from..to))
        else {
            return costs;
        };
        for i in 0..query.len().min(ups.len()).min(downs.len()) {
            let [low, high] = [query[i] % 16, HALVES as u8 + query[i] / 16];
            let equal =
                Bits::new(simd, self.halves[usize::from(low)]) & Bits::new(simd, self.halves[usize::from(high)]);
            let (up, down) = (Bits::new(simd, ups[i]), Bits::new(simd, downs[i]));
            let (across, along) = (equal | down, equal | minus);
            costs = !(across | minus);
            ups[i] = (minus | !(across | plus)).words;
            downs[i] = (plus & across).words;
            plus = down | !(along | up);
            minus = up & along;
        }
        self.above = [plus, minus];
        costs
    }

    /// The keys for which a cell is one more, and one less, than the one above it.
    #[inline(always)]
    fn step(&self, place: usize) -> (Bits<S>, Bits<S>) {
        let [up, down] = [self.up.get(place), self.down.get(place)].map(|words| match words {
            Some(words) => Bits::new(self.simd, *words),
            None => Bits::all(self.simd, false),
        });
        (up, down)
    }

    /// Takes a cell out of the band.
    #[inline(always)]
    fn leave(&mut self, place: usize) {
        if let (Some(up), Some(down)) = (self.up.get_mut(place), self.down.get_mut(place)) {
            (*up, *down) = (self.simd.splat_u64s(!0), self.simd.splat_u64s(0));
        }
    }
}

/// How many edits are left of the limit, for each key: bit i of plane p is bit p of the number of key i, in two's
/// complement.
#[derive(Debug, Default)]
struct Rest {
    words: Vec<u64>,
}

impl Rest {
    /// The same number for all keys; no number gets beyond `planes` bits.
    #[inline(always)]
    fn start<S: Simd>(&mut self, number: isize, planes: usize) {
        self.words.clear();
        for p in 0..planes {
            self.words.resize(self.words.len() + S::U64_LANES, if number >> p & 1 == 1 { !0 } else { 0 });
        }
    }

    /// One less for some keys.
    #[inline(always)]
    fn take<S: Simd>(&mut self, mut keys: Bits<S>) {
        for plane in S::as_mut_simd_u64s(&mut self.words).0 {
            let bits = Bits::new(keys.simd, *plane);
            *plane = (bits ^ keys).words;
            keys = keys & !bits;
        }
    }

    /// Two more for some keys, one more for others.
    #[inline(always)]
    fn give<S: Simd>(&mut self, two: Bits<S>, one: Bits<S>) {
        let mut keys = one;
        let mut more = two;
        for plane in S::as_mut_simd_u64s(&mut self.words).0 {
            let bits = Bits::new(keys.simd, *plane);
            *plane = (bits ^ keys).words;
            // Whoever gets two gets no one, so that there is nothing to carry for them yet.
            keys = keys & bits | more;
            more = Bits::all(keys.simd, false);
        }
    }

    /// The keys whose number is below zero.
    #[inline(always)]
    fn is_used_up<S: Simd>(&self, simd: S) -> Bits<S> {
        let last = S::as_simd_u64s(&self.words).0.last();
        last.map_or(Bits::all(simd, false), |words| Bits::new(simd, *words))
    }

    /// The number of a key, which is not below zero, where a plane has so many words.
    fn of(&self, key: usize, words: usize) -> usize {
        let bit = |plane: &[u64]| plane.get(key / 64).map_or(0, |word| (word >> (key % 64) & 1) as usize);
        self.words.chunks(words).enumerate().map(|(p, plane)| bit(plane) << p).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LANES, Lanes};

    /// The distances to texts of one length, where they are within the limit.
    fn within(query: &[u8], texts: &[&[u8]], limit: usize) -> Vec<Option<usize>> {
        let mut found = vec![None; texts.len()];
        let mut lanes = Lanes::new(query.iter().copied());
        // A second time in the same memory, after other texts.
        for texts in [texts.iter().rev().copied().collect::<Vec<_>>(), texts.to_vec()] {
            found.fill(None);
            lanes.within(&texts, limit, |text, distance| found[text] = Some(distance));
        }
        found
    }

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
                let found = within(&query, &[text.as_slice()], limit);
                prop_assert_eq!(found, [Some(expected).filter(|distance| *distance <= limit)]);
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
            let slices: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
            for (text, found) in texts.iter().zip(within(&query, &slices, limit)) {
                let expected = strsim::generic_levenshtein(&query, text);
                prop_assert_eq!(found, Some(expected).filter(|distance| *distance <= limit));
            }
        }
    }
}
