//! Evidence: what makes a feature of one text and a feature of the other a likely translation, one file a signal.

mod cognate;
pub(crate) mod era;
pub(super) mod function;
mod han;
mod latin;
pub(super) mod learnt;
pub(crate) mod number;
pub(crate) mod number_words;
pub(super) mod punctuation;
mod reading;
mod sound;
mod term;
mod word;

use super::background::Background;
use super::feature::{Kind, Side};
use super::sentence::Stemmer;
use crate::lexicon::Lexicon;

/// A likely translation: a source feature, a target feature, and how likely, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) strength: f64,
}

/// The links of one signal and how far a feature linked by it is expected to have its partner in the right bead.
#[derive(Debug)]
pub(super) struct Signal {
    pub(super) lambda: f64,
    pub(super) links: Vec<Link>,
}

/// The signals that need no alignment to begin with, in a fixed order.
pub(super) fn signals(source: &Side, target: &Side, lexicons: &[&Lexicon], background: &Background) -> Vec<Signal> {
    let stemmer = Stemmer::new(&target.lang);
    let is_explained = |word: &str| lexicons.iter().any(|lexicon| word::is_explained(word, lexicon, target, stemmer));
    let mut signals = vec![
        Signal {
            lambda: number::LAMBDA,
            links: equal_keys(source, target, &[Kind::Number, Kind::Month, Kind::Weekday], number::LINK),
        },
        Signal { lambda: function::LAMBDA, links: equal_keys(source, target, &[Kind::Function], function::LINK) },
        Signal {
            lambda: punctuation::LAMBDA,
            links: equal_keys(source, target, &[Kind::Punctuation], punctuation::LINK),
        },
        latin::signal(source, target),
        han::signal(source, target),
        cognate::signal(source, target),
        term::signal(source, target),
        sound::signal(source, target, is_explained),
        reading::signal(source, target, |id| background.knows_target(id)),
    ];
    signals.extend(lexicons.iter().map(|lexicon| word::signal(source, target, lexicon, stemmer)));
    signals
}

/// Links between features of the same kind and key.
fn equal_keys(source: &Side, target: &Side, kinds: &[Kind], strength: f64) -> Vec<Link> {
    kinds
        .iter()
        .flat_map(|kind| source.of_kind(*kind))
        .filter_map(|(id, feature)| {
            Some(Link { source: id, target: target.find(feature.kind, &feature.key)?, strength })
        })
        .collect()
}

/// All links of a collection, joined over the signals, as lifts; with each feature's trust.
#[derive(Debug)]
pub(super) struct Links {
    /// Where the links of each source feature begin; one more at the end.
    start: Vec<usize>,
    /// Target features and lifts.
    partners: Vec<(u32, f64)>,
    /// The joined strengths behind the lifts, the prior of learning.
    strengths: Vec<f64>,
    /// How far each source feature is expected to find a partner, 0 (no evidence) to .95.
    pub(super) source_lambda: Vec<f64>,
    /// The same for target features.
    pub(super) target_lambda: Vec<f64>,
}

/// The strength from which a feature's best link counts in full for its trust.
const FULL_TRUST_STRENGTH: f64 = 0.35;
/// The greatest trust in a feature.
const MAX_LAMBDA: f64 = 0.95;

impl Links {
    /// Joins the links of several signals by 1 − ∏(1 − q) and weighs them by how rare the features are.
    pub(super) fn join(signals: &[Signal], source: &Side, target: &Side, background: &Background) -> Self {
        let mut source_lambda = vec![0.0_f64; source.features.len()];
        let mut target_lambda = vec![0.0_f64; target.features.len()];
        let mut links: Vec<Link> = Vec::with_capacity(signals.iter().map(|signal| signal.links.len()).sum());
        for signal in signals {
            for link in &signal.links {
                let lambda = (signal.lambda * (link.strength / FULL_TRUST_STRENGTH).min(1.0)).min(MAX_LAMBDA);
                let (s, t) = (link.source as usize, link.target as usize);
                source_lambda[s] = source_lambda[s].max(lambda);
                target_lambda[t] = target_lambda[t].max(lambda);
            }
            links.extend_from_slice(&signal.links);
        }
        // Stable: the links of a pair are joined in the order of the signals.
        links.sort_by_key(|link| (link.source, link.target));
        let size = background.size();
        let mut start = vec![0; source.features.len() + 1];
        let (mut partners, mut strengths) = (Vec::new(), Vec::new());
        for same in links.chunk_by(|a, b| (a.source, a.target) == (b.source, b.target)) {
            let Some(&Link { source: s, target: t, .. }) = same.first() else { continue };
            let strength = same.iter().fold(0.0, |joined, link| 1.0 - (1.0 - joined) * (1.0 - link.strength));
            let frequency = background.source[s as usize].max(background.target[t as usize]);
            partners.push((t, strength * size / frequency));
            strengths.push(strength);
            start[s as usize + 1] = partners.len();
        }
        for s in 1..start.len() {
            start[s] = start[s].max(start[s - 1]);
        }
        Self { start, partners, strengths, source_lambda, target_lambda }
    }

    /// The target features that a source feature is linked with, and their lifts.
    pub(super) fn of(&self, source: u32) -> &[(u32, f64)] {
        let s = source as usize;
        self.partners.get(self.start[s]..self.start[s + 1]).unwrap_or_default()
    }

    /// The joined strengths of the same links, with their target features, ascending.
    pub(super) fn strengths_of(&self, source: u32) -> impl Iterator<Item = (u32, f64)> {
        let s = source as usize;
        let range = self.start[s]..self.start[s + 1];
        let partners = self.partners.get(range.clone()).unwrap_or_default().iter().map(|(target, _)| *target);
        partners.zip(self.strengths.get(range).unwrap_or_default().iter().copied())
    }
}
