//! A collection under alignment: the steps for each text pair, between the beads that people have confirmed.

use super::alignment::{Alignment, Bead, SegmentRange};
use super::confidence::posteriors;
use super::cost::{Band, Scorer, Sentences};
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
    /// A pass over text pair number `d` for learning, with beads of up to two sentences to one.
    pub(super) fn pass(&self, d: usize, pair: &TextPair<'_>) -> Result<Pass> {
        let mut pass = Pass::default();
        for stretch in stretches(pair)? {
            match stretch {
                Stretch::Fixed(cut) => pass.cuts.push(cut),
                Stretch::Open(source, target) => {
                    let region = self.region(d, source, target);
                    let scorer = self.scorer(d, pair, source, target, &region);
                    let scores = Scores::of_first_types(&scorer, region.band, &rejected_in(pair, source, target));
                    drop(scorer);
                    let cuts = best(&scores, self.weights).into_iter();
                    pass.cuts.extend(cuts.map(|cut| shifted(cut, source.start, target.start)));
                    pass.regions.push(Region { band: scores.narrow_band(self.weights), is_narrow: true, ..region });
                }
            }
        }
        Ok(pass)
    }

    /// The alignment of text pair number `d` with the confidence of each bead, in what the pass `before` left to search.
    pub(super) fn align(&self, d: usize, pair: &TextPair<'_>, before: Option<&Pass>) -> Result<Aligned> {
        let mut beads = Vec::new();
        let mut narrowed = Vec::new();
        let (mut explained, mut features) = (0.0, 0);
        let mut regions = before.map_or(&[][..], |pass| &pass.regions).iter();
        for stretch in stretches(pair)? {
            match stretch {
                Stretch::Fixed((source, target)) => beads.push(Bead { source, target, confidence: 1.0 }),
                Stretch::Open(source, target) => {
                    let region = regions.next().cloned().unwrap_or_else(|| self.region(d, source, target));
                    if region.was_cut {
                        narrowed.push((source, target));
                    }
                    let scorer = self.scorer(d, pair, source, target, &region);
                    let scores =
                        Scores::near_best(&scorer, region.band, &rejected_in(pair, source, target), self.weights);
                    let cuts = best(&scores, self.weights);
                    let mut scratch = scorer.scratch();
                    for (s, t) in &cuts {
                        let (gain, count) = scorer.explained(&mut scratch, (s.start, s.len()), (t.start, t.len()));
                        explained += gain;
                        features += count;
                    }
                    drop(scorer);
                    let confidences = posteriors(&scores, self.weights, &cuts);
                    beads.extend(cuts.into_iter().zip(confidences).map(|(cut, confidence)| {
                        let (source, target) = shifted(cut, source.start, target.start);
                        Bead { source, target, confidence }
                    }));
                }
            }
        }
        let alignment = Alignment::new(beads, pair.source.len(), pair.target.len())?;
        let is_comparable = features > 0 && !pair.source.is_empty() && !pair.target.is_empty();
        let relatedness = is_comparable.then(|| explained / features as f64);
        Ok(Aligned { alignment, relatedness, narrowed, ..Aligned::default() })
    }

    /// The region of a stretch to search.
    fn region(&self, d: usize, source: SegmentRange, target: SegmentRange) -> Region {
        let (source, target) =
            (&self.source.documents[d][source.indices()], &self.target.documents[d][target.indices()]);
        let (band, was_cut) = sparse::band(source, target, self.links, self.target);
        Region { band, is_narrow: false, was_cut }
    }

    /// A scorer for the region of a stretch.
    fn scorer(
        &self,
        d: usize,
        pair: &TextPair<'_>,
        source: SegmentRange,
        target: SegmentRange,
        region: &Region,
    ) -> Scorer<'_> {
        // A narrow band is too narrow for what lies inside larger beads.
        let band = if region.is_narrow { region.band.with_insides() } else { region.band.clone() };
        let source_features = &self.source.documents[d][source.indices()];
        let target_features = &self.target.documents[d][target.indices()];
        let length = |texts: &[&str]| texts.iter().map(|t| text_length(t)).collect::<Vec<_>>();
        Scorer::new(
            self.weights,
            self.links,
            Sentences::new(source_features, &length(&pair.source[source.indices()]), &self.links.source_lambda),
            Sentences::new(target_features, &length(&pair.target[target.indices()]), &self.links.target_lambda),
            self.ratio,
            band,
        )
    }
}

/// What a pass over a text pair has found.
#[derive(Debug, Default)]
pub(super) struct Pass {
    /// The beads.
    pub(super) cuts: Vec<Cut>,
    /// What is left to search of each stretch between confirmed beads.
    regions: Vec<Region>,
}

/// A stretch's sentence pairs to search.
#[derive(Debug, Clone)]
struct Region {
    band: Band,
    /// Whether a pass has left out what lies far from the best alignment.
    is_narrow: bool,
    /// Whether the stretch was too large to be compared whole.
    was_cut: bool,
}

/// The rejected beads that lie in a stretch, counted from its beginning.
fn rejected_in(pair: &TextPair<'_>, source: SegmentRange, target: SegmentRange) -> Vec<Cut> {
    let lies_in = |inner: &SegmentRange, outer: SegmentRange| outer.start <= inner.start && inner.end <= outer.end;
    let down = |range: &SegmentRange, by: usize| SegmentRange::new(range.start - by, range.end - by);
    let inside = pair.rejected.iter().filter(|(s, t)| lies_in(s, source) && lies_in(t, target));
    inside.map(|(s, t)| (down(s, source.start), down(t, target.start))).collect()
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

#[cfg(test)]
mod tests {
    use crate::align::{Aligner, SegmentRange, TextPair};
    use crate::lang::Lang;
    use crate::token::Tokenizer;

    /// What is wrong with these confirmed beads of three segments and three, if anything.
    fn refusal(confirmed: &[(usize, usize)]) -> Option<String> {
        let bead = |&(s, t): &(usize, usize)| (SegmentRange::new(s, s + 1), SegmentRange::new(t, t + 1));
        let pair = TextPair {
            source: vec!["雨。", "雪。", "風。"],
            target: vec!["Rain.", "Snow.", "Wind."],
            confirmed: confirmed.iter().map(bead).collect(),
            ..TextPair::default()
        };
        let tokenizer = Tokenizer::script_runs();
        let aligned = Aligner::new(&tokenizer, Vec::new()).align(&Lang::japanese(), &Lang::english(), &[pair]);
        aligned.err().map(|error| error.to_string())
    }

    #[test]
    fn confirmed_beads_keep_to_the_order_of_both_texts() {
        let reason = "this is no alignment: confirmed beads overlap, are out of order or lie outside the texts";
        for wrong in [&[(0, 1), (1, 0)][..], &[(1, 1), (0, 2)], &[(0, 0), (0, 1)], &[(1, 3)], &[(3, 0)]] {
            assert_eq!(refusal(wrong).as_deref(), Some(reason), "{wrong:?}");
        }
        for right in [&[][..], &[(0, 0), (2, 1)], &[(2, 0)]] {
            assert_eq!(refusal(right), None, "{right:?}");
        }
    }
}
