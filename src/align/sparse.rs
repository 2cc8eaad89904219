//! The sparse stage: rare shared features give anchor points, and the search looks only around them.

use super::cost::Band;
use super::evidence::Links;
use super::feature::Side;

/// Documents with at most this many sentence pairs are searched whole.
const SMALL: usize = 2_500;
/// Candidates kept for a source sentence.
const CANDIDATES: usize = 5;
/// The least score of a candidate; half of it is the price of a point in the chain.
const THRESHOLD: f64 = 0.6;
/// A feature in more target sentences than this is no rare one, however long the text.
const COMMON: usize = 100;
/// How far from its neighbours a point's offset may lie, and how far around a point the search looks, in sentences.
const WIDTH: usize = 8;
/// The greatest number of cells between two anchors that is searched whole.
const MAX_RECTANGLE: usize = 4_000_000;
/// The greatest number of cells of a document, and so many a sentence where that is more; the largest rectangles are cut.
const MAX_CELLS: usize = 8_000_000;
const CELLS_A_SENTENCE: usize = 40;

/// The band to search, and whether a stretch without anchors was too large to be searched whole.
pub(super) fn band(source: &[Vec<u32>], target: &[Vec<u32>], links: &Links, target_side: &Side) -> (Band, bool) {
    if (source.len() + 1) * (target.len() + 1) <= SMALL {
        return (Band::full(source.len(), target.len()), false);
    }
    let candidates = candidates(source, target, links, target_side.features.len());
    let mut points = chain(&candidates, target.len());
    for _ in 0..2 {
        points = without_spurs(&points);
    }
    around(&points, source.len(), target.len())
}

/// A sentence pair that shares rare features.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    source: usize,
    target: usize,
    score: f64,
}

/// The best target sentences for each source sentence, by source sentence.
fn candidates(source: &[Vec<u32>], target: &[Vec<u32>], links: &Links, features: usize) -> Vec<Candidate> {
    let limit = match target.len() {
        few @ ..5_000 => (few / 50).max(12),
        many => (many / 250).clamp(60, COMMON),
    };
    let mut postings: Vec<Vec<u32>> = vec![Vec::new(); features];
    for (t, sentence) in target.iter().enumerate() {
        for feature in sentence {
            postings[*feature as usize].push(t as u32);
        }
    }
    let mut score = vec![0.0_f64; target.len()];
    let mut out = Vec::new();
    for (s, sentence) in source.iter().enumerate() {
        let size = sentence.len().max(1) as f64;
        let mut touched: Vec<usize> = Vec::new();
        for feature in sentence {
            for &(partner, lift) in links.of(*feature) {
                let posting = &postings[partner as usize];
                let lambda = links.target_lambda[partner as usize];
                if posting.len() > limit || lambda <= 0.0 {
                    continue;
                }
                let gain = (lambda / (1.0 - lambda) * lift / size).ln_1p();
                for t in posting {
                    let t = *t as usize;
                    if score[t] == 0.0 {
                        touched.push(t);
                    }
                    score[t] += gain;
                }
            }
        }
        let mut best: Vec<Candidate> = touched
            .iter()
            .map(|&t| Candidate { source: s, target: t, score: score[t] / (3.0 + target[t].len() as f64).sqrt() })
            .filter(|c| c.score > THRESHOLD)
            .collect();
        // Of equals those that are nearest to the diagonal: passages may stand in a text many times.
        let off_diagonal = |c: &Candidate| (c.target * source.len()).abs_diff(s * target.len());
        let order = |a: &Candidate, b: &Candidate| {
            b.score.total_cmp(&a.score).then_with(|| (off_diagonal(a), a.target).cmp(&(off_diagonal(b), b.target)))
        };
        if best.len() > CANDIDATES {
            best.select_nth_unstable_by(CANDIDATES, order);
            best.truncate(CANDIDATES);
        }
        best.sort_by(order);
        out.extend(best);
        for t in touched {
            score[t] = 0.0;
        }
    }
    out
}

/// The strictly increasing chain of candidates with the greatest sum of scores, each at a price (a Fenwick tree over the
/// target keeps the best chain that ends before each sentence).
fn chain(candidates: &[Candidate], targets: usize) -> Vec<(usize, usize)> {
    let mut tree: Vec<(f64, Option<usize>)> = vec![(0.0, None); targets + 2];
    let mut sum = vec![0.0; candidates.len()];
    let mut previous = vec![None; candidates.len()];
    let mut base = 0;
    for group in candidates.chunk_by(|a, b| a.source == b.source) {
        for (k, candidate) in group.iter().enumerate() {
            let mut best = (0.0, None);
            let mut x = candidate.target;
            while x > 0 {
                if tree[x].0 > best.0 {
                    best = tree[x];
                }
                x -= x & x.wrapping_neg();
            }
            sum[base + k] = best.0 + candidate.score - THRESHOLD / 2.0;
            previous[base + k] = best.1;
        }
        for (k, candidate) in group.iter().enumerate() {
            let mut x = candidate.target + 1;
            while x <= targets + 1 {
                if sum[base + k] > tree[x].0 {
                    tree[x] = (sum[base + k], Some(base + k));
                }
                x += x & x.wrapping_neg();
            }
        }
        base += group.len();
    }
    let mut at = (0..candidates.len()).reduce(|a, b| if sum[b] > sum[a] { b } else { a });
    let mut points = Vec::new();
    while let Some(k) = at {
        points.push((candidates[k].source, candidates[k].target));
        at = previous[k];
    }
    points.reverse();
    points
}

/// Without the points whose offset differs from all but one of their four neighbours'.
fn without_spurs(points: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // How much further one point is off the diagonal than another, on either side.
    let apart = |a: usize, b: usize| (points[a].1 + points[b].0).abs_diff(points[b].1 + points[a].0);
    (0..points.len())
        .filter(|&k| {
            let neighbours = [k.checked_sub(2), k.checked_sub(1), Some(k + 1), Some(k + 2)];
            let neighbours: Vec<usize> = neighbours.into_iter().flatten().filter(|n| *n < points.len()).collect();
            let agreeing = neighbours.iter().filter(|n| apart(**n, k) <= WIDTH).count();
            agreeing >= neighbours.len().min(2)
        })
        .map(|k| points[k])
        .collect()
}

/// The rectangles between neighbouring points, widened.
fn around(points: &[(usize, usize)], sources: usize, targets: usize) -> (Band, bool) {
    let mut low = vec![targets; sources + 1];
    let mut high = vec![0; sources + 1];
    let mut was_cut = false;
    let ends = points.iter().copied().chain(std::iter::once((sources, targets)));
    let rectangles: Vec<Rectangle> = std::iter::once((0, 0))
        .chain(points.iter().copied())
        .zip(ends)
        .map(|(from, to)| Rectangle {
            top: from.0.saturating_sub(WIDTH),
            bottom: (to.0 + WIDTH).min(sources),
            left: from.1.saturating_sub(WIDTH),
            right: (to.1 + WIDTH).min(targets),
        })
        .collect();
    let limit = largest_whole(&rectangles, MAX_CELLS.max(CELLS_A_SENTENCE * (sources + targets)));
    for rectangle in &rectangles {
        let Rectangle { top, bottom, left, right } = *rectangle;
        let (height, width) = (bottom - top, right - left);
        let is_large = rectangle.cells() > limit;
        was_cut |= is_large;
        // Of a rectangle that is too large, a strip along its diagonal.
        let half = if is_large { (limit / (2 * height.max(1))).max(WIDTH) } else { width };
        for row in top..=bottom {
            let middle = left + (row - top) * width / height.max(1);
            low[row] = low[row].min(middle.saturating_sub(half).max(left));
            high[row] = high[row].max((middle + half).min(right));
        }
    }
    (Band::new(low, high), was_cut)
}

/// The sentence pairs between two points.
#[derive(Debug, Clone, Copy)]
struct Rectangle {
    top: usize,
    bottom: usize,
    left: usize,
    right: usize,
}

impl Rectangle {
    fn cells(&self) -> usize {
        (self.bottom - self.top) * (self.right - self.left)
    }
}

/// The number of cells up to which rectangles are searched whole, so that all have no more than `total` when the larger ones
/// are cut down to it.
fn largest_whole(rectangles: &[Rectangle], total: usize) -> usize {
    let mut cells: Vec<usize> = rectangles.iter().map(Rectangle::cells).collect();
    cells.sort_unstable();
    let mut left = total;
    for (at, &size) in cells.iter().enumerate() {
        let share = left / (cells.len() - at);
        if size > share {
            return share.min(MAX_RECTANGLE);
        }
        left -= size;
    }
    MAX_RECTANGLE
}

#[cfg(test)]
mod tests {
    use super::{Candidate, around, chain, without_spurs};

    #[test]
    fn the_chain_increases_on_both_sides() {
        let candidate = |source, target| Candidate { source, target, score: 1.0 };
        let all =
            [candidate(0, 0), candidate(1, 9), candidate(1, 1), candidate(2, 2), candidate(3, 2), candidate(4, 5)];
        assert_eq!(chain(&all, 10), [(0, 0), (1, 1), (2, 2), (4, 5)]);
    }

    #[test]
    fn a_lonely_point_off_the_line_is_dropped() {
        let points = [(0, 0), (1, 1), (2, 2), (3, 90), (100, 100), (101, 101), (102, 102)];
        let kept = without_spurs(&without_spurs(&points));
        assert_eq!(kept, [(0, 0), (1, 1), (2, 2), (100, 100), (101, 101), (102, 102)]);
    }

    #[test]
    fn the_band_joins_start_and_end() {
        let (band, was_cut) = around(&[(40, 50)], 100, 120);
        assert!(!was_cut);
        assert_eq!((band.low[0], band.high[100]), (0, 120));
        assert!(band.cell(40, 50).is_some());
        assert!(band.cell(10, 110).is_none());
        let (band, was_cut) = around(&[], 5_000, 5_000);
        assert!(was_cut);
        assert!(band.cells() < 6_000_000, "{}", band.cells());
    }
}
