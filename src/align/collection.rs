//! A collection under alignment: the steps for each text pair, between the beads that people have confirmed.

use super::alignment::{Alignment, Bead, SegmentRange};
use super::confidence::posteriors;
use super::cost::{Scorer, Sentences};
use super::evidence::Links;
use super::feature::Side;
use super::length_ratio::text_length;
use super::search::{Cut, Scores, best};
use super::sparse;
use super::weights::Weights;
use super::{Aligned, TextPair};
use crate::error::{Error, Result};

/// What the text pairs of a collection share.
#[derive(Clone, Copy)]
pub(super) struct Collection<'c> {
    pub(super) source: &'c Side,
    pub(super) target: &'c Side,
    pub(super) links: &'c Links,
    /// Characters of the target for one of the source.
    pub(super) ratio: f64,
    pub(super) weights: &'c Weights,
}

impl Collection<'_> {
    /// The best beads of text pair number `d`.
    pub(super) fn cuts(&self, d: usize, pair: &TextPair<'_>) -> Result<Vec<Cut>> {
        let mut cuts = Vec::new();
        for stretch in stretches(pair)? {
            match stretch {
                Stretch::Fixed(cut) => cuts.push(cut),
                Stretch::Open(source, target) => {
                    let (scores, _) = self.scores(d, pair, source, target);
                    cuts.extend(
                        best(&scores, self.weights).into_iter().map(|cut| shifted(cut, source.start, target.start)),
                    );
                }
            }
        }
        Ok(cuts)
    }

    /// The alignment of text pair number `d` with the confidence of each bead.
    pub(super) fn align(&self, d: usize, pair: &TextPair<'_>) -> Result<Aligned> {
        let mut beads = Vec::new();
        let mut notes = Vec::new();
        for stretch in stretches(pair)? {
            match stretch {
                Stretch::Fixed((source, target)) => beads.push(Bead { source, target, confidence: 1.0 }),
                Stretch::Open(source, target) => {
                    let (scores, was_cut) = self.scores(d, pair, source, target);
                    if was_cut {
                        notes.push(format!(
                            "source segments {} to {} have too little in common with the target to be compared with all of it; \
                             they were compared along the diagonal only",
                            source.start + 1,
                            source.end
                        ));
                    }
                    let cuts = best(&scores, self.weights);
                    let confidences = posteriors(&scores, self.weights, &cuts);
                    beads.extend(cuts.into_iter().zip(confidences).map(|(cut, confidence)| {
                        let (source, target) = shifted(cut, source.start, target.start);
                        Bead { source, target, confidence }
                    }));
                }
            }
        }
        Ok(Aligned { alignment: Alignment::new(beads, pair.source.len(), pair.target.len())?, notes })
    }

    /// Scores the beads of a stretch; says whether it was too large to be scored whole.
    fn scores(&self, d: usize, pair: &TextPair<'_>, source: SegmentRange, target: SegmentRange) -> (Scores, bool) {
        let source_features = &self.source.documents[d][source.indices()];
        let target_features = &self.target.documents[d][target.indices()];
        let (band, was_cut) = sparse::band(source_features, target_features, self.links, self.target);
        let length = |texts: &[&str], range: SegmentRange| {
            texts[range.indices()].iter().map(|t| text_length(t)).collect::<Vec<_>>()
        };
        let scorer = Scorer::new(
            self.weights,
            self.links,
            Sentences::new(source_features, &length(&pair.source, source), &self.links.source_lambda),
            Sentences::new(target_features, &length(&pair.target, target), &self.links.target_lambda),
            self.ratio,
            &band,
        );
        let rejected: Vec<Cut> = pair
            .rejected
            .iter()
            .filter(|(s, t)| {
                source.start <= s.start && s.end <= source.end && target.start <= t.start && t.end <= target.end
            })
            .map(|(s, t)| {
                let down = |range: &SegmentRange, by: usize| SegmentRange::new(range.start - by, range.end - by);
                (down(s, source.start), down(t, target.start))
            })
            .collect();
        (Scores::new(&scorer, band, &rejected), was_cut)
    }
}

/// A part of a text pair.
enum Stretch {
    /// A confirmed bead.
    Fixed(Cut),
    /// What lies between confirmed beads.
    Open(SegmentRange, SegmentRange),
}

/// The confirmed beads of a pair and what lies between them.
fn stretches(pair: &TextPair<'_>) -> Result<Vec<Stretch>> {
    let mut out = Vec::new();
    let (mut s, mut t) = (0, 0);
    let end = (
        SegmentRange::new(pair.source.len(), pair.source.len()),
        SegmentRange::new(pair.target.len(), pair.target.len()),
    );
    for &(source, target) in pair.confirmed.iter().chain(std::iter::once(&end)) {
        if source.start < s || target.start < t || source.end > pair.source.len() || target.end > pair.target.len() {
            return Err(Error::Alignment(
                "confirmed beads overlap, are out of order or lie outside the texts".to_owned(),
            ));
        }
        if source.start > s || target.start > t {
            out.push(Stretch::Open(SegmentRange::new(s, source.start), SegmentRange::new(t, target.start)));
        }
        if !(source.is_empty() && target.is_empty()) {
            out.push(Stretch::Fixed((source, target)));
        }
        (s, t) = (source.end, target.end);
    }
    Ok(out)
}

fn shifted((source, target): Cut, s: usize, t: usize) -> Cut {
    (SegmentRange::new(source.start + s, source.end + s), SegmentRange::new(target.start + t, target.end + t))
}
