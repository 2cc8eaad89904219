//! Beads and alignments: which segments of one text stand for which of the other.

use std::ops::Range;

use crate::error::{Error, Result};

/// A run of segments by their numbers, from 0; empty where a bead has nothing on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SegmentRange {
    /// The first segment.
    pub start: usize,
    /// The segment behind the last.
    pub end: usize,
}

impl SegmentRange {
    /// Segments `start` up to and without `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// How many segments.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The numbers one by one.
    pub fn indices(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Segments of the source and the segments of the target that translate them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bead {
    /// The source side.
    pub source: SegmentRange,
    /// The target side.
    pub target: SegmentRange,
    /// The probability, 0 to 1, that exactly these segments belong together, given everything the aligner knows.
    pub confidence: f64,
}

impl Bead {
    /// Whether one side is empty: a deletion or an insertion.
    pub fn is_one_sided(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }
}

/// Beads that cover both texts exactly once and in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    beads: Vec<Bead>,
}

impl Alignment {
    /// Takes beads that tile `source_len` and `target_len` segments.
    ///
    /// Fails when a segment is missing, stands twice or out of order, or a bead is empty on both sides.
    pub fn new(beads: Vec<Bead>, source_len: usize, target_len: usize) -> Result<Self> {
        let (mut source, mut target) = (0, 0);
        for (i, bead) in beads.iter().enumerate() {
            if bead.source.is_empty() && bead.target.is_empty() {
                return Err(Error::Alignment(format!("bead {i} is empty on both sides")));
            }
            if bead.source.start != source || bead.target.start != target {
                return Err(Error::Alignment(format!(
                    "bead {i} begins at segments {}:{} where {source}:{target} come next",
                    bead.source.start, bead.target.start
                )));
            }
            (source, target) = (bead.source.end, bead.target.end);
        }
        if (source, target) != (source_len, target_len) {
            return Err(Error::Alignment(format!(
                "the beads end at {source}:{target}, the texts at {source_len}:{target_len}"
            )));
        }
        Ok(Self { beads })
    }

    /// The beads in order.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// The same alignment seen from the other text.
    ///
    /// In a run of one-sided beads deletions stand before insertions, whichever text comes first.
    pub fn mirrored(&self) -> Self {
        let mut beads: Vec<Bead> =
            self.beads.iter().map(|b| Bead { source: b.target, target: b.source, confidence: b.confidence }).collect();
        order_gaps(&mut beads);
        Self { beads }
    }
}

/// Puts the deletions of each run of one-sided beads before its insertions and renumbers the empty sides.
pub(super) fn order_gaps(beads: &mut [Bead]) {
    for run in beads.chunk_by_mut(|a, b| a.is_one_sided() && b.is_one_sided()) {
        if !run.first().is_some_and(Bead::is_one_sided) {
            continue;
        }
        let (source, target) =
            run.iter().fold((usize::MAX, usize::MAX), |(s, t), b| (s.min(b.source.start), t.min(b.target.start)));
        run.sort_by_key(|b| b.source.is_empty());
        let (mut s, mut t) = (source, target);
        for bead in run {
            bead.source = SegmentRange::new(s, s + bead.source.len());
            bead.target = SegmentRange::new(t, t + bead.target.len());
            (s, t) = (bead.source.end, bead.target.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Alignment, Bead, SegmentRange};

    fn bead(source: (usize, usize), target: (usize, usize)) -> Bead {
        Bead {
            source: SegmentRange::new(source.0, source.1),
            target: SegmentRange::new(target.0, target.1),
            confidence: 1.0,
        }
    }

    #[test]
    fn beads_must_tile_both_texts() {
        assert!(Alignment::new(vec![bead((0, 1), (0, 2)), bead((1, 2), (2, 2))], 2, 2).is_ok());
        for (wrong, why) in [
            (vec![bead((0, 1), (0, 1))], "segments are left over"),
            (vec![bead((0, 1), (0, 1)), bead((0, 2), (1, 2))], "a segment stands twice"),
            (vec![bead((1, 2), (0, 2))], "the first segment is missing"),
            (vec![bead((0, 0), (0, 0)), bead((0, 2), (0, 2))], "a bead is empty"),
        ] {
            assert!(Alignment::new(wrong, 2, 2).is_err(), "{why}");
        }
    }

    #[test]
    fn mirrored_keeps_deletions_before_insertions() {
        let alignment = Alignment::new(vec![bead((0, 1), (0, 0)), bead((1, 1), (0, 1)), bead((1, 2), (1, 2))], 2, 2)
            .unwrap_or_default();
        let mirrored = alignment.mirrored();
        assert_eq!(mirrored.beads(), [bead((0, 1), (0, 0)), bead((1, 1), (0, 1)), bead((1, 2), (1, 2))]);
        assert!(Alignment::new(mirrored.beads().to_vec(), 2, 2).is_ok());
    }
}
