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
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for example in examples {
        pairs.extend(example.source.iter().flat_map(|s| example.target.iter().map(move |t| (*s, *t))));
    }
    pairs.sort_unstable();
    let (table, together): (Vec<(u32, u32)>, Vec<usize>) =
        pairs.chunk_by(|a, b| a == b).filter_map(|group| Some((*group.first()?, group.len()))).unzip();
    drop(pairs);
    let index: Vec<Vec<u32>> = examples
        .iter()
        .map(|example| {
            let of = |s: &u32, t: &u32| table.binary_search(&(*s, *t)).unwrap_or_default() as u32;
            example.source.iter().flat_map(|s| example.target.iter().map(move |t| of(s, t))).collect()
        })
        .collect();
    let start: Vec<f64> = table.iter().map(|pair| START + links.strengths.get(pair).copied().unwrap_or(0.0)).collect();
    let (mut forward, mut backward) = (start.clone(), start);
    let mut expected = vec![0.0; table.len()];
    for _ in 0..ITERATIONS {
        let (mut forward_count, mut backward_count) = (vec![0.0; table.len()], vec![0.0; table.len()]);
        for (example, index) in examples.iter().zip(&index) {
            expect_by_target(&forward, &mut forward_count, index, example.target.len());
            expect_by_source(&backward, &mut backward_count, index, example.target.len());
        }
        normalise(&mut forward, &forward_count, table.iter().map(|(s, _)| *s), source.features.len());
        normalise(&mut backward, &backward_count, table.iter().map(|(_, t)| *t), target.features.len());
        for (e, (f, b)) in expected.iter_mut().zip(forward_count.iter().zip(&backward_count)) {
            *e = f64::sqrt(f * b);
        }
    }
    let links = table.iter().zip(&expected).zip(&together).filter_map(|((&(s, t), &count), &together)| {
        let frequency = source.frequency[s as usize].max(target.frequency[t as usize]).max(1.0);
        let strength = (count - DISCOUNT).max(0.0) / frequency;
        (together > 1 && strength > MIN_STRENGTH).then_some(Link {
            source: s,
            target: t,
            strength: strength.min(MAX_STRENGTH),
        })
    });
    Signal { lambda: LAMBDA, links: links.collect() }
}

/// Each target feature of an example shares one count among its pairs by their probabilities. `index` holds the pairs of the
/// first source feature with all target features, then those of the second, and so on; there are `width` target features.
fn expect_by_target(probability: &[f64], count: &mut [f64], index: &[u32], width: usize) {
    let mut sums = vec![NULL; width];
    for row in index.chunks(width.max(1)) {
        for (sum, pair) in sums.iter_mut().zip(row) {
            *sum += probability[*pair as usize];
        }
    }
    for row in index.chunks(width.max(1)) {
        for (sum, pair) in sums.iter().zip(row) {
            count[*pair as usize] += probability[*pair as usize] / sum;
        }
    }
}

/// The same for each source feature.
fn expect_by_source(probability: &[f64], count: &mut [f64], index: &[u32], width: usize) {
    for row in index.chunks(width.max(1)) {
        let sum = NULL + row.iter().map(|pair| probability[*pair as usize]).sum::<f64>();
        for pair in row {
            count[*pair as usize] += probability[*pair as usize] / sum;
        }
    }
}

/// Counts as probabilities given one side's feature.
fn normalise(probability: &mut [f64], count: &[f64], given: impl Iterator<Item = u32> + Clone, features: usize) {
    let mut sums = vec![0.0; features];
    for (feature, c) in given.clone().zip(count) {
        sums[feature as usize] += c;
    }
    for ((p, feature), c) in probability.iter_mut().zip(given).zip(count) {
        *p = c / (sums[feature as usize] + 1e-9);
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
        side.add_document(sentences.iter().map(features).collect());
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
