//! Words learnt from the collection: IBM model 1 over the beads of a first pass, in both directions.
//!
//! Brown et al. 1993, "The Mathematics of Statistical Machine Translation". Only pairs that agree in both directions and stand
//! together in two beads or more are kept, so that chance does not confirm the first pass's mistakes.

use super::{Link, Links, Signal};
use crate::align::feature::Side;

/// How far a feature with only a learnt link is trusted to have its partner.
const LAMBDA: f64 = 0.3;
const ITERATIONS: usize = 5;
/// What every pair starts with, beside the strength of its links.
const START: f64 = 0.01;
/// The probability mass of a word without partner.
const NULL: f64 = 0.02;
/// Taken off the expected count of a pair before it is believed.
const DISCOUNT: f64 = 0.8;
const MIN_STRENGTH: f64 = 0.05;
const MAX_STRENGTH: f64 = 0.8;

/// A bead to learn from: the distinct features of both sides.
pub(in crate::align) struct Example {
    pub(in crate::align) source: Vec<u32>,
    pub(in crate::align) target: Vec<u32>,
}

/// Links learnt from `examples`; `links` gives the start.
pub(in crate::align) fn signal(examples: &[Example], source: &Side, target: &Side, links: &Links) -> Signal {
    let pairs = Pairs::new(examples, source.features.len(), target.features.len(), links);
    let Pairs { row, targets, together, start, index } = &pairs;
    let rows = || row.windows(2).map(|ends| ends[0]..ends[1]);
    let mut probability: Vec<Both> = start.iter().map(|start| [*start; 2]).collect();
    let mut count: Vec<Both> = vec![[0.0; 2]; targets.len()];
    let mut sums = vec![0.0; target.features.len()];
    for iteration in 0..ITERATIONS {
        if iteration > 0 {
            for range in rows() {
                let sum: f64 = count[range.clone()].iter().map(|[forward, _]| forward).sum();
                for (p, count) in probability[range.clone()].iter_mut().zip(&count[range]) {
                    p[0] = count[0] / (sum + 1e-9);
                }
            }
            sums.fill(0.0);
            for (t, count) in targets.iter().zip(&count) {
                sums[*t as usize] += count[1];
            }
            for ((p, t), count) in probability.iter_mut().zip(targets).zip(&count) {
                p[1] = count[1] / (sums[*t as usize] + 1e-9);
            }
        }
        count.fill([0.0; 2]);
        let mut rest = index.as_slice();
        for example in examples {
            let (index, behind) = rest.split_at(example.source.len() * example.target.len());
            expect(&probability, &mut count, index, example.target.len());
            rest = behind;
        }
    }
    let mut learnt = Vec::new();
    for (s, range) in (0_u32..).zip(rows()) {
        for at in range {
            let t = targets[at];
            let frequency = source.frequency[s as usize].max(target.frequency[t as usize]).max(1.0);
            let strength = (f64::sqrt(count[at][0] * count[at][1]) - DISCOUNT).max(0.0) / frequency;
            if together[at] > 1 && strength > MIN_STRENGTH {
                learnt.push(Link { source: s, target: t, strength: strength.min(MAX_STRENGTH) });
            }
        }
    }
    Signal { lambda: LAMBDA, links: learnt }
}

/// The pairs of features that stand together in some example, by source feature.
struct Pairs {
    /// Where the pairs of each source feature begin; one more at the end.
    row: Vec<usize>,
    /// The target feature of each pair, ascending in a row.
    targets: Vec<u32>,
    /// In how many examples each pair stands together.
    together: Vec<u32>,
    /// What each pair starts with.
    start: Vec<f64>,
    /// The pairs of each example: of its first source feature with all its target features, then of the second, and so on.
    index: Vec<u32>,
}

impl Pairs {
    fn new(examples: &[Example], sources: usize, targets: usize, links: &Links) -> Self {
        // Where each source feature stands: the example, and the place of its pairs in the index.
        let mut standing: Vec<Vec<(u32, usize)>> = vec![Vec::new(); sources];
        let mut size = 0;
        for (e, example) in (0_u32..).zip(examples) {
            for s in &example.source {
                standing[*s as usize].push((e, size));
                size += example.target.len();
            }
        }
        let mut pairs =
            Self { row: vec![0], targets: Vec::new(), together: Vec::new(), start: Vec::new(), index: vec![0; size] };
        let mut count = vec![0_u32; targets];
        let mut place = vec![0_u32; targets];
        let mut partners: Vec<u32> = Vec::new();
        for (s, standing) in (0_u32..).zip(&standing) {
            partners.clear();
            for &t in standing.iter().flat_map(|(e, _)| &examples[*e as usize].target) {
                if count[t as usize] == 0 {
                    partners.push(t);
                }
                count[t as usize] += 1;
            }
            partners.sort_unstable();
            let first = pairs.targets.len();
            for &t in &partners {
                place[t as usize] = pairs.targets.len() as u32;
                pairs.targets.push(t);
                pairs.together.push(std::mem::take(&mut count[t as usize]));
                pairs.start.push(START);
            }
            for &(e, at) in standing {
                let targets = &examples[e as usize].target;
                for (index, t) in pairs.index[at..at + targets.len()].iter_mut().zip(targets) {
                    *index = place[*t as usize];
                }
            }
            for (t, strength) in links.strengths_of(s) {
                let row = pairs.targets.get(first..).unwrap_or_default();
                if let Ok(at) = row.binary_search(&t) {
                    pairs.start[first + at] += strength;
                }
            }
            pairs.row.push(pairs.targets.len());
        }
        pairs
    }
}

/// Of a pair: the target feature given the source feature, and the other way round.
type Both = [f64; 2];

/// Each feature of an example shares one count among its pairs by their probabilities, in both directions. `index` holds the
/// pairs of the first source feature with all target features, then those of the second, and so on; there are `width` target
/// features.
fn expect(probability: &[Both], count: &mut [Both], index: &[u32], width: usize) {
    let mut by_target = vec![NULL; width];
    for row in index.chunks(width.max(1)) {
        for (sum, pair) in by_target.iter_mut().zip(row) {
            *sum += probability[*pair as usize][0];
        }
    }
    for row in index.chunks(width.max(1)) {
        let by_source = NULL + row.iter().map(|pair| probability[*pair as usize][1]).sum::<f64>();
        for (by_target, pair) in by_target.iter().zip(row) {
            let [forward, backward] = probability[*pair as usize];
            let count = &mut count[*pair as usize];
            count[0] += forward / by_target;
            count[1] += backward / by_source;
        }
    }
}

/// The distinct features of several sentences.
pub(in crate::align) fn distinct(sentences: &[Vec<u32>]) -> Vec<u32> {
    let mut all: Vec<u32> = sentences.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::{Example, signal};
    use crate::align::background::Background;
    use crate::align::evidence::Links;
    use crate::align::feature::{Feature, Kind, Side};
    use crate::lang::Lang;

    fn side(lang: Lang, sentences: &[&[&str]]) -> Side {
        let mut side = Side::new(lang);
        let features = |words: &&[&str]| words.iter().map(|w| Feature::new(Kind::Word, *w)).collect();
        side.add_document(sentences.iter().map(features));
        side
    }

    #[test]
    fn words_that_always_stand_together_are_learnt_and_chance_is_not() {
        let source =
            side(Lang::japanese(), &[&["犬", "走る"], &["犬", "眠る"], &["猫", "走る"], &["猫", "眠る"], &["鳥"]]);
        let target =
            side(Lang::english(), &[&["dog", "run"], &["dog", "sleep"], &["cat", "run"], &["cat", "sleep"], &["bird"]]);
        let background = Background::none(&source, &target);
        let links = Links::join(&[], &source, &target, &background);
        let examples: Vec<Example> = (0..5)
            .map(|i| Example { source: source.documents[0][i].clone(), target: target.documents[0][i].clone() })
            .collect();
        let learnt = signal(&examples, &source, &target, &links);
        let pairs: Vec<(&str, &str)> = learnt
            .links
            .iter()
            .map(|l| (source.features[l.source as usize].key.as_str(), target.features[l.target as usize].key.as_str()))
            .collect();
        assert_eq!(pairs, [("犬", "dog"), ("走る", "run"), ("眠る", "sleep"), ("猫", "cat")]);
    }
}
