//! How sure a bead is: its posterior probability among all alignments in the band (forward–backward).

use super::search::{BEHIND_BEAD, Cut, DELETED, INSERTED, STATES, Scores, bead_steps, gap_steps};
use super::weights::Weights;

/// ln Σ eˣ.
fn log_sum(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::NEG_INFINITY, log_add)
}

/// A way that is less likely than another by e to this adds nothing to it in double precision.
const NEGLIGIBLE: f64 = 38.0;

/// ln(eᵃ + eᵇ).
fn log_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a >= b { (a, b) } else { (b, a) };
    // What is so much less changes no digit.
    if low - high > -NEGLIGIBLE { high + (low - high).exp().ln_1p() } else { high }
}

/// The posterior probability, 0 to 1, of each bead of `cuts`.
pub(super) fn posteriors(scores: &Scores, weights: &Weights, cuts: &[Cut]) -> Vec<f64> {
    let forward = forward(scores, weights, log_add);
    let backward = backward(scores, weights, log_add);
    let band = &scores.band;
    let (last, end) = (band.low.len() - 1, band.high.last().copied().unwrap_or(0));
    let total = band.cell(last, end).map_or(0.0, |cell| log_sum(forward[cell].into_iter()));
    cuts.iter()
        .map(|&(source, target)| {
            let cells = band.cell(source.start, target.start).zip(band.cell(source.end, target.end));
            let Some((from, to)) = cells else { return 0.0 };
            let ends = (source.end, target.end);
            let gap = |states: &[usize], into: usize| {
                log_sum(states.iter().map(|s| forward[from][*s] + scores.gap(weights, *s, into, ends)))
            };
            let inside = if target.is_empty() {
                gap(&[BEHIND_BEAD, DELETED], DELETED) + backward[to][DELETED]
            } else if source.is_empty() {
                gap(&[BEHIND_BEAD, DELETED, INSERTED], INSERTED) + backward[to][INSERTED]
            } else {
                log_sum(forward[from].into_iter()) + scores.of((source, target)) + backward[to][BEHIND_BEAD]
            };
            (inside - total).min(0.0).exp()
        })
        .collect()
}

/// How far the best way through each cell falls behind the best of all, in nats: 0 on the best way.
pub(super) fn shortfalls(scores: &Scores, weights: &Weights) -> Vec<f64> {
    let ways = forward(scores, weights, f64::max).into_iter().zip(backward(scores, weights, f64::max));
    let through: Vec<f64> =
        ways.map(|(f, b)| (0..STATES).map(|s| f[s] + b[s]).fold(f64::NEG_INFINITY, f64::max)).collect();
    let best = through.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    through.into_iter().map(|t| best - t).collect()
}

/// ln of the weight of all ways from the start to each cell, by state; `join` sums the weights of ways, or takes the greatest.
fn forward(scores: &Scores, weights: &Weights, join: impl Fn(f64, f64) -> f64 + Copy) -> Vec<[f64; STATES]> {
    let band = &scores.band;
    let mut sum = vec![[f64::NEG_INFINITY; STATES]; band.cells()];
    for i in 0..band.low.len() {
        for j in band.low[i]..=band.high[i] {
            let Some(cell) = band.cell(i, j) else { continue };
            let mut here = [f64::NEG_INFINITY; STATES];
            if i == 0 && j == 0 {
                here[BEHIND_BEAD] = 0.0;
            }
            for (state, from, states) in gap_steps(band, i, j) {
                here[state] = states
                    .iter()
                    .map(|s| sum[from][*s] + scores.gap(weights, *s, state, (i, j)))
                    .fold(f64::NEG_INFINITY, join);
            }
            for (_, from, bead) in bead_steps(scores, cell, (i, j)) {
                let before = sum[from].into_iter().fold(f64::NEG_INFINITY, join);
                here[BEHIND_BEAD] = join(here[BEHIND_BEAD], before + bead);
            }
            sum[cell] = here;
        }
    }
    sum
}

/// ln of the weight of all ways from each cell to the end, by state.
fn backward(scores: &Scores, weights: &Weights, join: impl Fn(f64, f64) -> f64 + Copy) -> Vec<[f64; STATES]> {
    let band = &scores.band;
    let mut sum = vec![[f64::NEG_INFINITY; STATES]; band.cells()];
    let (last, end) = (band.low.len() - 1, band.high.last().copied().unwrap_or(0));
    if let Some(cell) = band.cell(last, end) {
        sum[cell] = [0.0; STATES];
    }
    for i in (0..band.low.len()).rev() {
        for j in (band.low[i]..=band.high[i]).rev() {
            let Some(cell) = band.cell(i, j) else { continue };
            let here = sum[cell];
            for (state, from, states) in gap_steps(band, i, j) {
                for &before in states {
                    sum[from][before] =
                        join(sum[from][before], here[state] + scores.gap(weights, before, state, (i, j)));
                }
            }
            for (_, from, bead) in bead_steps(scores, cell, (i, j)) {
                let way = here[BEHIND_BEAD] + bead;
                for before in &mut sum[from] {
                    *before = join(*before, way);
                }
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use crate::align::{Aligner, TextPair};
    use crate::error::Result;
    use crate::lang::Lang;
    use crate::lexicon::Lexicon;
    use crate::token::Tokenizer;

    #[test]
    fn a_clear_bead_is_sure_and_an_ambiguous_one_is_not() -> Result<()> {
        let tokenizer = Tokenizer::new()?;
        let lexicon = Lexicon::shipped();
        let aligner = Aligner::new(&tokenizer, vec![&lexicon]);
        let pair = TextPair {
            source: vec!["ノークス議員は2024年に北京を訪れた。", "はい。", "はい。"],
            target: vec!["The member Nokes visited Beijing in 2024.", "Yes."],
            ..TextPair::default()
        };
        let aligned = aligner.align(&Lang::japanese(), &Lang::english(), &[pair])?;
        let confidences: Vec<f64> =
            aligned.iter().flat_map(|a| a.alignment.beads()).map(|bead| bead.confidence).collect();
        assert!(confidences[0] > 0.75, "{confidences:?}");
        assert!(confidences[1..].iter().all(|c| *c < 0.6), "{confidences:?}");
        Ok(())
    }
}
