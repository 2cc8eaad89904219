//! The score of a bead: how well its sides explain each other by their features and by their lengths.

use super::evidence::Links;
use super::weights::{Weights, prior};

/// The types of beads that are searched, as (source sentences, target sentences).
pub(super) const TYPES: [(usize, usize); 10] =
    [(1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (2, 2), (2, 3), (3, 2)];

/// How many of [`TYPES`] a first pass looks at: those that words are learnt from. It costs a seventh of all.
pub(super) const FIRST_PASS_TYPES: usize = 3;

/// One document's sentences on one side, flattened.
#[derive(Debug)]
pub(super) struct Sentences {
    /// The features of all sentences, one after the other.
    pub(super) features: Vec<u32>,
    /// Where each sentence's features begin; one more at the end.
    pub(super) start: Vec<usize>,
    /// The length of the text before each sentence, in characters; one more at the end.
    length_before: Vec<f64>,
    /// Σ ln(1 − λ) of the features before each position.
    unexplained_before: Vec<f64>,
    /// λ ÷ (1 − λ) of each feature occurrence.
    odds: Vec<f64>,
}

impl Sentences {
    /// Flattens sentences given by their features and their lengths; `lambda` by feature.
    pub(super) fn new(sentences: &[Vec<u32>], lengths: &[f64], lambda: &[f64]) -> Self {
        let mut start = vec![0];
        let mut features = Vec::new();
        for sentence in sentences {
            features.extend_from_slice(sentence);
            start.push(features.len());
        }
        let lambda: Vec<f64> = features.iter().map(|f| lambda[*f as usize]).collect();
        let running = |values: &mut dyn Iterator<Item = f64>| {
            let mut sum = 0.0;
            std::iter::once(0.0)
                .chain(values.map(|v| {
                    sum += v;
                    sum
                }))
                .collect()
        };
        let length_before = running(&mut lengths.iter().copied());
        let unexplained_before = running(&mut lambda.iter().map(|l| (1.0 - l).ln()));
        let odds = lambda.iter().map(|l| l / (1.0 - l)).collect();
        Self { features, start, length_before, unexplained_before, odds }
    }

    /// How many sentences.
    pub(super) fn len(&self) -> usize {
        self.start.len() - 1
    }

    /// What `of` makes of the lengths of runs of one sentence, two and so on that begin with each; `None` for those without
    /// text.
    fn runs<T>(&self, of: impl Fn(f64) -> T) -> Vec<[Option<T>; LONGEST_RUN]> {
        let length = |from: usize, to: usize| Some(self.length_before.get(to)? - self.length_before[from]);
        (0..self.len())
            .map(|from| std::array::from_fn(|more| length(from, from + more + 1).filter(|l| *l > 0.0).map(&of)))
            .collect()
    }

    fn unexplained(&self, from: usize, to: usize) -> f64 {
        self.unexplained_before[self.start[to]] - self.unexplained_before[self.start[from]]
    }

    fn feature_count(&self, from: usize, to: usize) -> usize {
        self.start[to] - self.start[from]
    }
}

/// The region of sentence pairs that the search looks at: for each number of source sentences done, the lowest and the
/// highest number of target sentences done.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Band {
    pub(super) low: Vec<usize>,
    pub(super) high: Vec<usize>,
    /// Where each row's cells begin; one more at the end.
    offset: Vec<usize>,
}

impl Band {
    /// A band from its bounds by row; rows never recede.
    pub(super) fn new(mut low: Vec<usize>, mut high: Vec<usize>) -> Self {
        for i in 1..high.len() {
            high[i] = high[i].max(high[i - 1]);
        }
        for i in (1..low.len()).rev() {
            low[i - 1] = low[i - 1].min(low[i]);
        }
        let mut offset = vec![0];
        for (l, h) in low.iter().zip(&high) {
            offset.push(offset.last().copied().unwrap_or(0) + h + 1 - l);
        }
        Self { low, high, offset }
    }

    /// The band that holds everything.
    pub(super) fn full(source: usize, target: usize) -> Self {
        Self::new(vec![0; source + 1], vec![target; source + 1])
    }

    /// The band with all sentence pairs that lie inside beads between its cells.
    pub(super) fn with_insides(&self) -> Self {
        let (last, targets) = (self.low.len() - 1, self.high.last().copied().unwrap_or(0));
        let low = (0..=last).map(|i| self.low[i.saturating_sub(LONGEST_RUN)]).collect();
        let high = (0..=last).map(|i| (self.high[(i + LONGEST_RUN).min(last)]).min(targets)).collect();
        Self::new(low, high)
    }

    /// How many cells there are.
    pub(super) fn cells(&self) -> usize {
        self.offset.last().copied().unwrap_or(0)
    }

    /// The cell of (source, target) sentences done, if it lies in the band.
    pub(super) fn cell(&self, source: usize, target: usize) -> Option<usize> {
        let (low, high) = (self.low[source], self.high[source]);
        (low <= target && target <= high).then(|| self.offset[source] + target - low)
    }
}

/// A link between a feature occurrence of the source and one of the target.
#[derive(Debug, Clone, Copy)]
struct Pair {
    source: u32,
    target: u32,
    lift: f64,
}

/// Scores the beads of one document.
pub(super) struct Scorer<'a> {
    weights: &'a Weights,
    pub(super) source: Sentences,
    pub(super) target: Sentences,
    /// The sentence pairs whose links are known: all inside the beads to be scored.
    band: Band,
    /// Where the links of each sentence pair in the band begin, by cell.
    pair_start: Vec<usize>,
    pairs: Vec<Pair>,
    /// The size of a side by its number of features.
    sizes: Vec<f64>,
    /// What the lengths of runs of source sentences say, by first sentence and number of sentences.
    source_lengths: Vec<[Option<SourceLength>; LONGEST_RUN]>,
    /// ln(length + 3) of runs of target sentences; `None` for those without text.
    target_lengths: Vec<[Option<f64>; LONGEST_RUN]>,
}

/// No type of bead has more sentences on a side.
const LONGEST_RUN: usize = 4;

/// What the length of a run of source sentences says of its translation's: a normal distribution of the log ratio against
/// a wider one (after Gale and Church 1993, with a variance that shrinks with length).
#[derive(Debug, Clone, Copy)]
struct SourceLength {
    /// ln of the length that is expected of a translation.
    expected: f64,
    /// The log likelihood ratio of just that length.
    best: f64,
    /// How fast it falls with the square of the difference.
    fall: f64,
}

impl SourceLength {
    fn new(w: &Weights, source: f64, ratio: f64) -> Self {
        let together = w.length_sd.powi(2) + 40.0 * w.length_sd_short.powi(2) / (source + 2.0);
        let apart = together + w.length_sd_apart.powi(2);
        Self {
            expected: (ratio * source + 3.0).ln(),
            best: 0.5 * (apart / together).ln(),
            fall: 0.5 * (1.0 / together - 1.0 / apart),
        }
    }
}

/// What each feature occurrence has gathered in the bead at hand; all zero between beads.
pub(super) struct Scratch {
    source: Vec<f64>,
    target: Vec<f64>,
}

impl<'a> Scorer<'a> {
    /// A scorer for the beads inside `band`.
    pub(super) fn new(
        weights: &'a Weights,
        links: &Links,
        source: Sentences,
        target: Sentences,
        ratio: f64,
        band: Band,
    ) -> Self {
        let (pair_start, pairs) = pairs_in(&band, links, &source, &target);
        let sizes = (0..SIZES).map(|features| diluted(features, weights)).collect();
        let source_lengths = source.runs(|length| SourceLength::new(weights, length, ratio));
        let target_lengths = target.runs(|length| (length + 3.0).ln());
        Self { weights, source, target, band, pair_start, pairs, sizes, source_lengths, target_lengths }
    }

    /// Working memory for one thread.
    pub(super) fn scratch(&self) -> Scratch {
        Scratch { source: vec![0.0; self.source.features.len()], target: vec![0.0; self.target.features.len()] }
    }

    /// The score of source sentences `i..i + a` with target sentences `j..j + b`, in nats; above 0 speaks for the bead.
    pub(super) fn bead(&self, scratch: &mut Scratch, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let lexical = self.lexical(scratch, (i, a), (j, b));
        let length = self.length((i, a), (j, b));
        self.weights.lexical * lexical + self.weights.length * length + prior(a, b)
    }

    /// What the features of a bead explain of each other, in nats, and how many features there are on both sides.
    pub(super) fn explained(
        &self,
        scratch: &mut Scratch,
        source: (usize, usize),
        target: (usize, usize),
    ) -> (f64, usize) {
        let ((i, a), (j, b)) = (source, target);
        let unexplained = self.source.unexplained(i, i + a) + self.target.unexplained(j, j + b);
        let features = self.source.feature_count(i, i + a) + self.target.feature_count(j, j + b);
        (self.lexical(scratch, source, target) - unexplained / 2.0, features)
    }

    /// Half the sum of both directions: Σ ln(1 − λ + λ·x ÷ |other side|^.93).
    fn lexical(&self, scratch: &mut Scratch, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let mut total = self.source.unexplained(i, i + a) + self.target.unexplained(j, j + b);
        let cells = |s: usize| (j..j + b).filter_map(move |t| self.band.cell(s + 1, t + 1));
        let mut any = false;
        for s in i..i + a {
            for cell in cells(s) {
                for pair in &self.pairs[self.pair_start[cell]..self.pair_start[cell + 1]] {
                    scratch.source[pair.source as usize] += pair.lift;
                    scratch.target[pair.target as usize] += pair.lift;
                    any = true;
                }
            }
        }
        if !any {
            return total / 2.0;
        }
        let source_size = self.size(self.source.feature_count(i, i + a));
        let target_size = self.size(self.target.feature_count(j, j + b));
        let mut gains = Gains::default();
        for s in i..i + a {
            for cell in cells(s) {
                for k in self.pair_start[cell]..self.pair_start[cell + 1] {
                    let Pair { source, target, .. } = self.pairs[k];
                    let (p, q) = (source as usize, target as usize);
                    let gathered = std::mem::take(&mut scratch.source[p]);
                    if gathered > 0.0 {
                        let share = if a > 1 { self.source_fertility(p, s, (i, a), (j, b)) } else { 1.0 };
                        gains.add(self.source.odds[p] * gathered / target_size, share);
                    }
                    let gathered = std::mem::take(&mut scratch.target[q]);
                    if gathered > 0.0 {
                        let share = if b > 1 { self.target_fertility(q, (i, a), (j, b)) } else { 1.0 };
                        gains.add(self.target.odds[q] * gathered / source_size, share);
                    }
                }
            }
        }
        total += gains.sum();
        total / 2.0
    }

    /// The size of a side of so many features as it shares out gains.
    fn size(&self, features: usize) -> f64 {
        self.sizes.get(features).copied().unwrap_or_else(|| diluted(features, self.weights))
    }

    /// What is left of the gain of source occurrence `p` (in sentence `s`): a feature in k of the bead's source sentences
    /// with only m < k linked occurrences on the other side probably has its partner elsewhere.
    fn source_fertility(&self, p: usize, s: usize, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let feature = self.source.features[p];
        let occurrences = occurrences(&self.source, feature, i, i + a);
        if occurrences < 2 {
            return 1.0;
        }
        let linked = (j..j + b)
            .filter_map(|t| self.band.cell(s + 1, t + 1))
            .flat_map(|cell| &self.pairs[self.pair_start[cell]..self.pair_start[cell + 1]])
            .filter(|pair| pair.source as usize == p)
            .count();
        self.weights.fertility(linked, occurrences)
    }

    /// The same for target occurrence `q`.
    fn target_fertility(&self, q: usize, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let feature = self.target.features[q];
        let occurrences = occurrences(&self.target, feature, j, j + b);
        if occurrences < 2 {
            return 1.0;
        }
        let t = self.target.start.partition_point(|start| *start <= q) - 1;
        let linked = (i..i + a)
            .filter_map(|s| self.band.cell(s + 1, t + 1))
            .flat_map(|cell| &self.pairs[self.pair_start[cell]..self.pair_start[cell + 1]])
            .filter(|pair| pair.target as usize == q)
            .count();
        self.weights.fertility(linked, occurrences)
    }

    /// The log likelihood ratio of the two lengths belonging together.
    fn length(&self, (i, a): (usize, usize), (j, b): (usize, usize)) -> f64 {
        let floor = -self.weights.length_floor;
        match (self.source_lengths[i][a - 1], self.target_lengths[j][b - 1]) {
            (Some(source), Some(target)) => (source.best - source.fall * (target - source.expected).powi(2)).max(floor),
            _ => floor,
        }
    }
}

/// Σ share·ln(1 + x), with one logarithm for many terms.
#[derive(Debug)]
struct Gains {
    sum: f64,
    product: f64,
}

impl Default for Gains {
    fn default() -> Self {
        Self { sum: 0.0, product: 1.0 }
    }
}

impl Gains {
    fn add(&mut self, x: f64, share: f64) {
        if share < 1.0 {
            self.sum += share * x.ln_1p();
            return;
        }
        self.product *= 1.0 + x;
        if self.product > 1e200 {
            self.sum += self.product.ln();
            self.product = 1.0;
        }
    }

    fn sum(&self) -> f64 {
        self.sum + self.product.ln()
    }
}

/// |side|^dilution, for a side without features as for one.
fn diluted(features: usize, weights: &Weights) -> f64 {
    (features.max(1) as f64).powf(weights.dilution)
}

/// Sides of fewer features than this have their size in a table.
const SIZES: usize = 256;

/// In how many sentences of `from..to` a feature stands.
fn occurrences(sentences: &Sentences, feature: u32, from: usize, to: usize) -> usize {
    (from..to)
        .filter(|s| sentences.features[sentences.start[*s]..sentences.start[*s + 1]].binary_search(&feature).is_ok())
        .count()
}

/// The linked feature occurrences of every sentence pair in the band, by cell.
fn pairs_in(band: &Band, links: &Links, source: &Sentences, target: &Sentences) -> (Vec<usize>, Vec<Pair>) {
    let mut start = vec![0; band.cells() + 1];
    let mut pairs = Vec::new();
    // For each target feature: the source occurrences of the sentence at hand that link to it.
    let width = target.features.iter().max().map_or(0, |m| *m as usize + 1);
    let mut head = vec![u32::MAX; width];
    let mut chain: Vec<(u32, u32, f64)> = Vec::new();
    let mut used: Vec<u32> = Vec::new();
    for s in 0..source.len() {
        for position in source.start[s]..source.start[s + 1] {
            for &(feature, lift) in links.of(source.features[position]) {
                if let Some(head) = head.get_mut(feature as usize) {
                    chain.push((*head, position as u32, lift));
                    *head = (chain.len() - 1) as u32;
                    used.push(feature);
                }
            }
        }
        let row = s + 1;
        for t in band.low[row].max(1)..=band.high[row] {
            let Some(cell) = band.cell(row, t) else { continue };
            start[cell] = pairs.len();
            for position in target.start[t - 1]..target.start[t] {
                let mut next = head[target.features[position] as usize];
                while let Some(&(following, from, lift)) = chain.get(next as usize) {
                    pairs.push(Pair { source: from, target: position as u32, lift });
                    next = following;
                }
            }
            start[cell + 1] = pairs.len();
        }
        for feature in used.drain(..) {
            head[feature as usize] = u32::MAX;
        }
        chain.clear();
    }
    for cell in 1..start.len() {
        start[cell] = start[cell].max(start[cell - 1]);
    }
    (start, pairs)
}
