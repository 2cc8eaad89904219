//! The best sequence of beads: exact search inside a band, with an affine price for runs of one-sided beads.

use rayon::prelude::*;

use super::alignment::SegmentRange;
use super::confidence::shortfalls;
use super::cost::{Band, FIRST_PASS_TYPES, Scorer, Scratch, TYPES};
use super::weights::Weights;

/// A bead without its confidence: source and target sentences.
pub(super) type Cut = (SegmentRange, SegmentRange);

/// The scores of all beads in a band: for each cell, the beads that end there by type; −∞ where there is none.
pub(super) struct Scores {
    pub(super) band: Band,
    /// How many types were scored, the first of [`TYPES`]; the values of each cell stand together.
    kinds: usize,
    by_type: Vec<f32>,
    /// The segments that must not be left out, as far as that can be helped.
    kept: Kept,
}

/// Segments that a person wants paired: rejected one-sided beads.
#[derive(Debug, Default)]
struct Kept {
    source: Vec<usize>,
    target: Vec<usize>,
}

/// How far behind the best alignment, in nats, a cell may fall to count as near it. A bead of a larger type that the first
/// types have to take apart costs them three gaps and the bead's gain at most; no figure changes from half of this on.
const NEAR: f64 = 40.0;

/// What leaving out a segment that must not be left out costs: more than any bead of four sentences, so that it happens only
/// where there is no other way.
const KEPT_PRICE: f64 = -200.0;

impl Scores {
    /// Scores the beads of the band of the first types; beads in `forbidden` are left out.
    pub(super) fn of_first_types(scorer: &Scorer<'_>, band: Band, forbidden: &[Cut]) -> Self {
        let by_type = scored(scorer, &band, FIRST_PASS_TYPES, |scratch, (i, j), _, here| {
            for (value, &(a, b)) in here.iter_mut().zip(&TYPES) {
                let (Some(s), Some(t)) = (i.checked_sub(a), j.checked_sub(b)) else { continue };
                let cut = (SegmentRange::new(s, i), SegmentRange::new(t, j));
                if band.cell(s, t).is_some() && !forbidden.contains(&cut) {
                    *value = scorer.bead(scratch, (s, a), (t, b)) as f32;
                }
            }
        });
        Self { by_type, kinds: FIRST_PASS_TYPES, band, kept: Kept::new(forbidden) }
    }

    /// Scores the beads of the band: those of the first types everywhere, the larger ones only where the first types come
    /// near the best alignment.
    pub(super) fn near_best(scorer: &Scorer<'_>, band: Band, forbidden: &[Cut], weights: &Weights) -> Self {
        let first = Self::of_first_types(scorer, band, forbidden);
        let shortfalls = shortfalls(&first, weights);
        let band = &first.band;
        let is_near = |i: usize, j: usize| band.cell(i, j).is_some_and(|cell| shortfalls[cell] <= NEAR);
        let by_type = scored(scorer, band, TYPES.len(), |scratch, (i, j), cell, here| {
            let (small, large) = here.split_at_mut(FIRST_PASS_TYPES);
            small.copy_from_slice(first.values(cell));
            if shortfalls[cell] > NEAR {
                return;
            }
            for (value, &(a, b)) in large.iter_mut().zip(TYPES.iter().skip(FIRST_PASS_TYPES)) {
                let (Some(s), Some(t)) = (i.checked_sub(a), j.checked_sub(b)) else { continue };
                let cut = (SegmentRange::new(s, i), SegmentRange::new(t, j));
                if is_near(s, t) && !forbidden.contains(&cut) {
                    *value = scorer.bead(scratch, (s, a), (t, b)) as f32;
                }
            }
        });
        Self { by_type, kinds: TYPES.len(), ..first }
    }

    /// The part of the band where the ways through the cells come near the best alignment. A later pass, which knows more,
    /// looks at nothing else.
    pub(super) fn narrow_band(&self, weights: &Weights) -> Band {
        let shortfalls = shortfalls(self, weights);
        let band = &self.band;
        let (mut low, mut high) = (Vec::with_capacity(band.low.len()), Vec::with_capacity(band.low.len()));
        for (i, (&from, &to)) in band.low.iter().zip(&band.high).enumerate() {
            let is_near = |j: &usize| band.cell(i, *j).is_some_and(|cell| shortfalls[cell] <= NEAR);
            // The best alignment passes every row.
            low.push((from..=to).find(is_near).unwrap_or(from));
            high.push((from..=to).rev().find(is_near).unwrap_or(to));
        }
        Band::new(low, high)
    }

    /// The price of the one-sided bead that leads from state `before` into state `into` at (i, j).
    pub(super) fn gap(&self, weights: &Weights, before: usize, into: usize, (i, j): (usize, usize)) -> f64 {
        let price = if before == BEHIND_BEAD { weights.gap_open } else { weights.gap_extend };
        let is_kept = match into {
            DELETED => i.checked_sub(1).is_some_and(|s| self.kept.source.contains(&s)),
            _ => j.checked_sub(1).is_some_and(|t| self.kept.target.contains(&t)),
        };
        if is_kept { price + KEPT_PRICE } else { price }
    }

    /// The score of the bead of type `kind` that ends at `cell`.
    pub(super) fn get(&self, cell: usize, kind: usize) -> f64 {
        f64::from(self.by_type[cell * self.kinds + kind])
    }

    /// The scores of the beads that end at `cell`, by type.
    pub(super) fn values(&self, cell: usize) -> &[f32] {
        self.by_type.get(cell * self.kinds..(cell + 1) * self.kinds).unwrap_or_default()
    }

    /// The score of a two-sided bead.
    pub(super) fn of(&self, (source, target): Cut) -> f64 {
        let kind = TYPES.iter().take(self.kinds).position(|t| *t == (source.len(), target.len()));
        match (kind, self.band.cell(source.end, target.end)) {
            (Some(kind), Some(cell)) => self.get(cell, kind),
            _ => f64::NEG_INFINITY,
        }
    }
}

impl Kept {
    /// The segments of the one-sided beads among `forbidden`.
    fn new(forbidden: &[Cut]) -> Self {
        let left_out = forbidden.iter().filter(|(s, t)| s.is_empty() != t.is_empty());
        left_out.fold(Self::default(), |mut kept, (s, t)| {
            kept.source.extend(s.indices());
            kept.target.extend(t.indices());
            kept
        })
    }
}

/// The scores of all cells of a band, `kinds` each: `fill` is given the place of a cell, its number, and its scores, which
/// are −∞ before.
fn scored(
    scorer: &Scorer<'_>,
    band: &Band,
    kinds: usize,
    fill: impl Fn(&mut Scratch, (usize, usize), usize, &mut [f32]) + Sync,
) -> Vec<f32> {
    let mut values = vec![f32::NEG_INFINITY; band.cells() * kinds];
    let mut rows = Vec::with_capacity(band.low.len());
    let mut rest = values.as_mut_slice();
    for (i, (low, high)) in band.low.iter().zip(&band.high).enumerate() {
        let (row, behind) = rest.split_at_mut((high + 1 - low) * kinds);
        rows.push((i, row));
        rest = behind;
    }
    rows.into_par_iter().for_each_init(
        || scorer.scratch(),
        |scratch, (i, row)| {
            let first = band.cell(i, band.low[i]).unwrap_or_default();
            for (at, here) in row.chunks_mut(kinds).enumerate() {
                fill(scratch, (i, band.low[i] + at), first + at, here);
            }
        },
    );
    values
}

/// The states of the search at a cell: behind a two-sided bead (and at the start), behind a deletion, behind an insertion.
/// In a run of one-sided beads deletions come first, so that it has one order only.
pub(super) const STATES: usize = 3;
pub(super) const BEHIND_BEAD: usize = 0;
pub(super) const DELETED: usize = 1;
pub(super) const INSERTED: usize = 2;

/// The cells and states from which one-sided beads lead to (i, j): into which state, from which cell, from which states.
pub(super) fn gap_steps(band: &Band, i: usize, j: usize) -> impl Iterator<Item = (usize, usize, &'static [usize])> {
    let deletion =
        i.checked_sub(1).and_then(|i| band.cell(i, j)).map(|from| (DELETED, from, &[BEHIND_BEAD, DELETED][..]));
    let insertion = j
        .checked_sub(1)
        .and_then(|j| band.cell(i, j))
        .map(|from| (INSERTED, from, &[BEHIND_BEAD, DELETED, INSERTED][..]));
    deletion.into_iter().chain(insertion)
}

/// The beads that lead to (i, j), whose cell is `cell`: the type, the cell from which, the score.
pub(super) fn bead_steps(
    scores: &Scores,
    cell: usize,
    (i, j): (usize, usize),
) -> impl Iterator<Item = (usize, usize, f64)> {
    let values =
        scores.values(cell).iter().zip(&TYPES).enumerate().filter(|(_, (score, _))| **score > f32::NEG_INFINITY);
    values.filter_map(move |(kind, (score, (a, b)))| {
        let (s, t) = i.checked_sub(*a).zip(j.checked_sub(*b))?;
        Some((kind, scores.band.cell(s, t)?, f64::from(*score)))
    })
}

/// How a state was reached: by a bead of a type (none for a one-sided bead), and from which state.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    kind: Option<u8>,
    from: u8,
}

/// The best beads from the start to the end of the band. Ties are decided by the order of states and types, so that the result
/// depends on nothing else.
pub(super) fn best(scores: &Scores, weights: &Weights) -> Vec<Cut> {
    let band = &scores.band;
    let mut value = vec![[f64::NEG_INFINITY; STATES]; band.cells()];
    let mut step = vec![[Step::default(); STATES]; band.cells()];
    for i in 0..band.low.len() {
        for j in band.low[i]..=band.high[i] {
            let Some(cell) = band.cell(i, j) else { continue };
            if i == 0 && j == 0 {
                value[cell][BEHIND_BEAD] = 0.0;
            }
            for (state, from, states) in gap_steps(band, i, j) {
                for &before in states {
                    let score = value[from][before] + scores.gap(weights, before, state, (i, j));
                    if score > value[cell][state] {
                        value[cell][state] = score;
                        step[cell][state] = Step { kind: None, from: before as u8 };
                    }
                }
            }
            for (kind, from, bead) in bead_steps(scores, cell, (i, j)) {
                let before = greatest(&value[from]);
                let score = value[from][before] + bead;
                if score > value[cell][BEHIND_BEAD] {
                    value[cell][BEHIND_BEAD] = score;
                    step[cell][BEHIND_BEAD] = Step { kind: Some(kind as u8), from: before as u8 };
                }
            }
        }
    }
    trace(band, &value, &step)
}

/// The state with the greatest value, the first of equals.
fn greatest(values: &[f64; STATES]) -> usize {
    (1..STATES).fold(0, |best, state| if values[state] > values[best] { state } else { best })
}

/// The way back from the end.
fn trace(band: &Band, value: &[[f64; STATES]], step: &[[Step; STATES]]) -> Vec<Cut> {
    let (mut i, mut j) = (band.low.len() - 1, band.high.last().copied().unwrap_or(0));
    let mut state = band.cell(i, j).map_or(BEHIND_BEAD, |cell| greatest(&value[cell]));
    let mut cuts = Vec::new();
    while (i, j) != (0, 0) {
        let step = band.cell(i, j).map_or_else(Step::default, |cell| step[cell][state]);
        let (a, b) = match step.kind {
            Some(kind) => TYPES[usize::from(kind)],
            None if state == DELETED || j == 0 => (1, 0),
            None => (0, 1),
        };
        cuts.push((SegmentRange::new(i - a, i), SegmentRange::new(j - b, j)));
        (i, j, state) = (i - a, j - b, usize::from(step.from));
    }
    cuts.reverse();
    cuts
}

#[cfg(test)]
mod tests {
    use super::{Cut, Scores, best};
    use crate::align::cost::{Band, TYPES};
    use crate::align::search::SegmentRange;
    use crate::align::weights::Weights;

    fn cut(source: (usize, usize), target: (usize, usize)) -> Cut {
        (SegmentRange::new(source.0, source.1), SegmentRange::new(target.0, target.1))
    }

    /// Scores in which only the given beads are good.
    fn only(good: &[Cut], source: usize, target: usize) -> Scores {
        let band = Band::full(source, target);
        let mut by_type = vec![f32::NEG_INFINITY; band.cells() * TYPES.len()];
        for (s, t) in good {
            let kind = TYPES.iter().position(|k| *k == (s.len(), t.len())).unwrap_or_default();
            by_type[band.cell(s.end, t.end).unwrap_or_default() * TYPES.len() + kind] = 5.0;
        }
        Scores { band, kinds: TYPES.len(), by_type, kept: super::Kept::default() }
    }

    #[test]
    fn good_beads_are_taken_and_deletions_stand_before_insertions() {
        let good = [cut((0, 1), (0, 2)), cut((3, 5), (4, 5))];
        let scores = only(&good, 5, 5);
        let expected =
            [good[0], cut((1, 2), (2, 2)), cut((2, 3), (2, 2)), cut((3, 3), (2, 3)), cut((3, 3), (3, 4)), good[1]];
        assert_eq!(best(&scores, &Weights::default()), expected);
    }

    #[test]
    fn a_rejected_gap_is_taken_only_where_nothing_else_is_possible() {
        let mut scores = only(&[], 1, 1);
        let cell = scores.band.cell(1, 1).unwrap_or_default();
        scores.by_type[cell * TYPES.len()] = -30.0;
        scores.kept.source.push(0);
        assert_eq!(best(&scores, &Weights::default()), [cut((0, 1), (0, 1))]);
        let mut scores = only(&[], 1, 0);
        scores.kept.source.push(0);
        assert_eq!(best(&scores, &Weights::default()), [cut((0, 1), (0, 0))]);
    }

    #[test]
    fn nothing_in_common_is_all_gaps() {
        assert_eq!(best(&only(&[], 1, 1), &Weights::default()), [cut((0, 1), (0, 0)), cut((1, 1), (0, 1))]);
        assert!(best(&only(&[], 0, 0), &Weights::default()).is_empty());
    }
}
