//! Levenshtein distance up to a limit, 64 cells at a time.
//!
//! G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming", J. ACM 46
//! (1999), in H. Hyyrö's form, for longer patterns in blocks, of which only those near the diagonal are computed
//! (E. Ukkonen, "Algorithms for approximate string matching", Information and Control 64, 1985).

/// Cells in a block.
const WORD: usize = 64;

/// A text that others are compared with; its characters are small numbers.
#[derive(Debug)]
pub(super) struct Pattern {
    length: usize,
    words: usize,
    /// For each character of the alphabet which row of `masks` says where it stands; row 0 is for those that stand
    /// nowhere.
    row_of: Vec<u32>,
    /// A bit for each place, `words` of them a row.
    masks: Vec<u64>,
    /// The columns of the blocks: working memory.
    blocks: Vec<Block>,
}

/// The differences of neighbouring cells down a column, and the value of the last.
#[derive(Debug, Clone, Copy)]
struct Block {
    up: u64,
    down: u64,
    bottom: usize,
}

impl Pattern {
    /// A pattern of characters below `alphabet`; others are equal to none.
    pub(super) fn new(codes: &[u32], alphabet: usize) -> Self {
        let words = codes.len().div_ceil(WORD).max(1);
        let mut row_of = vec![0_u32; alphabet];
        let mut masks = vec![0_u64; words];
        for (place, code) in codes.iter().enumerate() {
            let Some(row) = row_of.get_mut(*code as usize) else { continue };
            if *row == 0 {
                *row = (masks.len() / words) as u32;
                masks.resize(masks.len() + words, 0);
            }
            if let Some(mask) = masks.get_mut(*row as usize * words + place / WORD) {
                *mask |= 1 << (place % WORD);
            }
        }
        Self { length: codes.len(), words, row_of, masks, blocks: Vec::with_capacity(words) }
    }

    /// The distance to `text` if it is `limit` or less.
    pub(super) fn distance<C: Copy + Into<u32>>(&mut self, text: &[C], limit: usize) -> Option<usize> {
        let (m, n) = (self.length, text.len());
        if m.abs_diff(n) > limit {
            return None;
        }
        if m == 0 || n == 0 {
            return Some(m.max(n));
        }
        if self.words == 1 { self.in_one_word(text, limit) } else { self.in_blocks(text, limit) }
    }

    fn masks_of(&self, code: u32) -> &[u64] {
        let row = self.row_of.get(code as usize).copied().unwrap_or(0) as usize;
        self.masks.get(row * self.words..(row + 1) * self.words).unwrap_or_default()
    }

    fn in_one_word<C: Copy + Into<u32>>(&self, text: &[C], limit: usize) -> Option<usize> {
        let last = 1_u64 << (self.length - 1);
        let (mut up, mut down, mut bottom) = (!0_u64, 0_u64, self.length);
        let mut rest = text.len();
        for c in text {
            let equal = self.masks_of((*c).into()).first().copied().unwrap_or(0);
            let zero = (((equal & up).wrapping_add(up)) ^ up) | equal | down;
            let right_up = down | !(zero | up);
            let right_down = zero & up;
            bottom += usize::from(right_up & last != 0);
            bottom -= usize::from(right_down & last != 0);
            rest -= 1;
            // Each further character takes at most 1 away.
            if bottom > limit + rest {
                return None;
            }
            let right_up = right_up << 1 | 1;
            up = right_down << 1 | !(zero | right_up);
            down = right_up & zero;
        }
        (bottom <= limit).then_some(bottom)
    }

    fn in_blocks<C: Copy + Into<u32>>(&mut self, text: &[C], limit: usize) -> Option<usize> {
        let (m, n, words) = (self.length, text.len(), self.words);
        // How far a path of `limit` edits can go from the main diagonal: below it, since the pattern runs down.
        let below = (limit + m).saturating_sub(n) / 2;
        let above = (limit + n).saturating_sub(m) / 2;
        let rows_in = |block: usize| if block + 1 == words { m - block * WORD } else { WORD };
        let mut blocks = std::mem::take(&mut self.blocks);
        blocks.clear();
        blocks.extend((0..words).map(|block| Block { up: !0, down: 0, bottom: block * WORD + rows_in(block) }));
        let mut first = 0;
        let mut last = (below / WORD).min(words - 1);
        let mut found = None;
        'columns: for (column, c) in text.iter().enumerate() {
            // One block stays in any case: the one below it starts from it.
            first = first.max(column.saturating_sub(above) / WORD).min(last);
            let masks = self.masks_of((*c).into());
            // Along the first row, and where the rows above are out of reach, each step costs 1.
            let (mut plus, mut minus) = (1_u64, 0_u64);
            for block in first..=last {
                (plus, minus) = step(blocks.get_mut(block)?, masks.get(block).copied()?, plus, minus, rows_in(block));
            }
            let wanted = ((column + below) / WORD).min(words - 1);
            if last < wanted {
                let above_it = blocks.get(last)?.bottom;
                last += 1;
                // As if it had been reached from the block above all the time.
                let bottom = above_it + rows_in(last) + minus as usize - plus as usize;
                let block = blocks.get_mut(last)?;
                *block = Block { up: !0, down: 0, bottom };
                step(block, masks.get(last).copied()?, plus, minus, rows_in(last));
            }
            // A block whose last cell is so great holds no cell within the limit.
            while blocks.get(last)?.bottom >= limit + WORD {
                if last == first {
                    break 'columns;
                }
                last -= 1;
            }
            while blocks.get(first)?.bottom >= limit + WORD {
                first += 1;
            }
            if column + 1 == n && last + 1 == words {
                found = Some(blocks.get(last)?.bottom).filter(|distance| *distance <= limit);
            }
        }
        self.blocks = blocks;
        found
    }
}

/// Computes the next column of a block from the horizontal difference above it; the one at its last row.
fn step(block: &mut Block, equal: u64, plus: u64, minus: u64, rows: usize) -> (u64, u64) {
    let Block { up, down, .. } = *block;
    let equal = equal | minus;
    let zero = (((equal & up).wrapping_add(up)) ^ up) | equal | down;
    let right_up = down | !(zero | up);
    let right_down = zero & up;
    let (out_plus, out_minus) = (right_up >> (rows - 1) & 1, right_down >> (rows - 1) & 1);
    let (right_up, right_down) = (right_up << 1 | plus, right_down << 1 | minus);
    block.up = right_down | !(zero | right_up);
    block.down = right_up & zero;
    block.bottom = block.bottom + out_plus as usize - out_minus as usize;
    (out_plus, out_minus)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Pattern;

    fn distance(a: &[u32], b: &[u32], limit: usize) -> Option<usize> {
        let b: Vec<u16> = b.iter().map(|c| *c as u16).collect();
        Pattern::new(a, 5).distance(&b, limit)
    }

    #[test]
    fn a_character_outside_the_alphabet_is_equal_to_none() {
        assert_eq!(Pattern::new(&[1, u32::MAX, 2], 3).distance(&[1_u8, 0, 2], 3), Some(1));
        assert_eq!(Pattern::new(&[], 3).distance(&[1_u8, 0], 2), Some(2));
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_textbook(
            a in prop::collection::vec(0_u32..5, 0..300),
            b in prop::collection::vec(0_u32..5, 0..300),
            limit in 0_usize..300,
        ) {
            let expected = strsim::generic_levenshtein(&a, &b);
            prop_assert_eq!(distance(&a, &b, limit), Some(expected).filter(|d| *d <= limit));
        }

        #[test]
        fn near_texts_are_found_at_any_limit(
            a in prop::collection::vec(0_u32..5, 60..400),
            edits in prop::collection::vec((0_usize..400, 0_u32..5, 0..3), 0..40),
        ) {
            let mut b = a.clone();
            for (place, code, kind) in edits {
                let place = place % b.len();
                match kind {
                    0 => b[place] = code,
                    1 => b.insert(place, code),
                    _ => drop(b.remove(place)),
                }
            }
            let expected = strsim::generic_levenshtein(&a, &b);
            for limit in [expected.saturating_sub(1), expected, expected + 1, expected + 40] {
                prop_assert_eq!(distance(&a, &b, limit), Some(expected).filter(|d| *d <= limit));
            }
        }
    }
}
