//! How right an alignment is: precision, recall and F1 against gold beads, strict and lax.
//!
//! The definitions are those of vecalign's scorer (Thompson and Koehn, 2019), after which sentence aligners are compared:
//! precision is over all beads of the system, one-sided ones too; recall is over the gold beads with both sides filled.
//! A strict hit is the same bead, a lax hit a bead that shares at least one pair of segments with the other side's
//! beads. Beads of several segments on one side and none on the other count as that many beads of one segment.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Sum;
use std::ops::AddAssign;

use super::SegmentRange;

/// A set of beads by their segment numbers. They need not cover the texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BeadSet {
    beads: BTreeSet<(Vec<usize>, Vec<usize>)>,
}

/// What is counted; the counts of several texts add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// The beads of the system.
    pub system: Hits,
    /// The gold beads with both sides filled.
    pub gold: Hits,
}

/// How many of some beads are found on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hits {
    /// How many there are.
    pub beads: usize,
    /// How many stand there just so.
    pub strict: usize,
    /// How many share a pair of segments with a bead there, or stand there just so.
    pub lax: usize,
}

/// Precision, recall and their harmonic mean, each 0 to 1; 0 where there is nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// The share of the system's beads that are right.
    pub precision: f64,
    /// The share of the gold beads that were found.
    pub recall: f64,
    /// 2 P R / (P + R).
    pub f1: f64,
}

impl BeadSet {
    /// Adds a bead; the order of its numbers does not count.
    pub fn add(&mut self, mut source: Vec<usize>, mut target: Vec<usize>) {
        source.sort_unstable();
        target.sort_unstable();
        if source.is_empty() {
            self.beads.extend(target.into_iter().map(|t| (Vec::new(), vec![t])));
        } else if target.is_empty() {
            self.beads.extend(source.into_iter().map(|s| (vec![s], Vec::new())));
        } else {
            self.beads.insert((source, target));
        }
    }

    /// How many source and target segments the beads cover; `None` where they leave out some before the last.
    pub fn segments(&self) -> Option<(usize, usize)> {
        let count = |numbers: BTreeSet<usize>| {
            let end = numbers.last().map_or(0, |last| last + 1);
            (numbers.len() == end).then_some(end)
        };
        let source = self.beads.iter().flat_map(|(source, _)| source).copied().collect();
        let target = self.beads.iter().flat_map(|(_, target)| target).copied().collect();
        Some((count(source)?, count(target)?))
    }

    /// The beads with both sides filled.
    fn filled(&self) -> Self {
        let is_filled = |(source, target): &&(Vec<usize>, Vec<usize>)| !source.is_empty() && !target.is_empty();
        Self { beads: self.beads.iter().filter(is_filled).cloned().collect() }
    }

    /// How many of these beads are found in `other`.
    fn hits(&self, other: &Self) -> Hits {
        let mut links: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (source, target) in &other.beads {
            for s in source {
                links.entry(*s).or_default().extend(target);
            }
        }
        let mut hits = Hits { beads: self.beads.len(), ..Hits::default() };
        for bead @ (source, target) in &self.beads {
            let is_same = other.beads.contains(bead);
            let shares = || source.iter().filter_map(|s| links.get(s)).any(|l| target.iter().any(|t| l.contains(t)));
            hits.strict += usize::from(is_same);
            hits.lax += usize::from(is_same || shares());
        }
        hits
    }
}

impl FromIterator<(Vec<usize>, Vec<usize>)> for BeadSet {
    fn from_iter<I: IntoIterator<Item = (Vec<usize>, Vec<usize>)>>(beads: I) -> Self {
        let mut set = Self::default();
        for (source, target) in beads {
            set.add(source, target);
        }
        set
    }
}

impl Counts {
    /// Compares a system's beads with the gold ones; both number the same segments.
    pub fn new(gold: &BeadSet, system: &BeadSet) -> Self {
        Self { system: system.hits(gold), gold: gold.filled().hits(&system.filled()) }
    }

    /// Compares beads over written-out texts, whose segments need not be cut at the same places: the segments of both
    /// are cut wherever either is, and the beads compared over these pieces. White space does not count.
    ///
    /// Fails with the first segment of the gold beads that the system's texts do not hold at its place.
    pub fn by_text(gold: &WrittenBeads, system: &WrittenBeads) -> Result<Self, String> {
        let source = Pieces::new(&gold.source, &system.source)?;
        let target = Pieces::new(&gold.target, &system.target)?;
        let set = |beads: &WrittenBeads, source: &[SegmentRange], target: &[SegmentRange]| -> BeadSet {
            let pieces = |segments: SegmentRange, pieces: &[SegmentRange]| -> Vec<usize> {
                pieces.get(segments.indices()).unwrap_or_default().iter().flat_map(|p| p.indices()).collect()
            };
            beads.beads.iter().map(|(s, t)| (pieces(*s, source), pieces(*t, target))).collect()
        };
        Ok(Self::new(&set(gold, &source.gold, &target.gold), &set(system, &source.system, &target.system)))
    }

    /// Precision and recall by beads that are just the same.
    pub fn strict(&self) -> Score {
        Score::new(self.system.strict, self.system.beads, self.gold.strict, self.gold.beads)
    }

    /// Precision and recall by beads that share a pair of segments.
    pub fn lax(&self) -> Score {
        Score::new(self.system.lax, self.system.beads, self.gold.lax, self.gold.beads)
    }
}

impl Score {
    fn new(right: usize, beads: usize, found: usize, gold: usize) -> Self {
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let (precision, recall) = (share(right as f64, beads as f64), share(found as f64, gold as f64));
        Self { precision, recall, f1: share(2.0 * precision * recall, precision + recall) }
    }
}

impl AddAssign for Hits {
    fn add_assign(&mut self, other: Self) {
        self.beads += other.beads;
        self.strict += other.strict;
        self.lax += other.lax;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |mut sum, counts| {
            sum.system += counts.system;
            sum.gold += counts.gold;
            sum
        })
    }
}

/// Beads with the segments that they are made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenBeads {
    /// The source segments.
    pub source: Vec<String>,
    /// The target segments.
    pub target: Vec<String>,
    /// The beads, by the numbers of those.
    pub beads: Vec<(SegmentRange, SegmentRange)>,
}

impl WrittenBeads {
    /// Adds a bead behind the last.
    pub fn push(&mut self, source: &[String], target: &[String]) {
        let range = |there: &[String], more: &[String]| SegmentRange::new(there.len(), there.len() + more.len());
        self.beads.push((range(&self.source, source), range(&self.target, target)));
        self.source.extend_from_slice(source);
        self.target.extend_from_slice(target);
    }
}

/// The pieces that the segments of two cuts of one text are made of.
struct Pieces {
    gold: Vec<SegmentRange>,
    system: Vec<SegmentRange>,
}

impl Pieces {
    fn new(gold: &[String], system: &[String]) -> Result<Self, String> {
        let mut text = system.iter().flat_map(|segment| dense(segment));
        for segment in gold {
            if !dense(segment).all(|c| text.next() == Some(c)) {
                return Err(segment.clone());
            }
        }
        if text.next().is_some() {
            return Err(gold.last().cloned().unwrap_or_default());
        }
        let (gold, system) = (bounds(gold), bounds(system));
        let cuts: BTreeSet<usize> = gold.iter().chain(&system).copied().collect();
        let number: BTreeMap<usize, usize> = cuts.into_iter().zip(0..).collect();
        let ranges = |bounds: &[usize]| -> Vec<SegmentRange> {
            let at = |cut: &usize| number.get(cut).copied().unwrap_or_default();
            bounds.windows(2).filter_map(|w| Some(SegmentRange::new(at(w.first()?), at(w.last()?)))).collect()
        };
        Ok(Self { gold: ranges(&gold), system: ranges(&system) })
    }
}

/// The characters without white space.
fn dense(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

/// Where segments begin, and where the last ends, in characters without white space.
fn bounds(segments: &[String]) -> Vec<usize> {
    let ends = segments.iter().scan(0, |end, segment| {
        *end += dense(segment).count();
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use super::{BeadSet, Counts, Hits, WrittenBeads};

    /// Beads as `0,1:0 2:`.
    fn set(beads: &str) -> BeadSet {
        let numbers = |side: &str| side.split(',').filter_map(|n| n.parse().ok()).collect();
        beads.split_whitespace().filter_map(|b| b.split_once(':')).map(|(s, t)| (numbers(s), numbers(t))).collect()
    }

    fn counts(gold: &str, system: &str) -> Counts {
        Counts::new(&set(gold), &set(system))
    }

    fn hits(beads: usize, strict: usize, lax: usize) -> Hits {
        Hits { beads, strict, lax }
    }

    fn written(beads: &[(&[&str], &[&str])]) -> WrittenBeads {
        let owned = |side: &[&str]| side.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let mut written = WrittenBeads::default();
        for (source, target) in beads {
            written.push(&owned(source), &owned(target));
        }
        written
    }

    #[test]
    fn the_same_beads_are_all_right() {
        let counts = counts("0:0 1,2:1 3:", "2,1:1 0:0 3:");
        assert_eq!((counts.system, counts.gold), (hits(3, 3, 3), hits(2, 2, 2)));
        assert_eq!((counts.strict().f1, counts.lax().f1), (1.0, 1.0));
    }

    #[test]
    fn a_bead_that_shares_a_pair_of_segments_is_a_lax_hit() {
        let counts = counts("0:0 1:1 2:2", "0:0 1,2:1,2");
        assert_eq!((counts.system, counts.gold), (hits(2, 1, 2), hits(3, 1, 3)));
        let strict = counts.strict();
        assert!((strict.precision - 0.5).abs() < 1e-12 && (strict.recall - 1.0 / 3.0).abs() < 1e-12);
        assert!((strict.f1 - 0.4).abs() < 1e-12);
    }

    #[test]
    fn sharing_segments_on_each_side_but_no_pair_is_no_hit() {
        assert_eq!(counts("0:0 1:1", "0:1 1:0").system, hits(2, 0, 0));
    }

    #[test]
    fn deletions_count_for_precision_only_and_one_by_one() {
        let counts = counts("0:0 1,2: :1", "0:0 1: 2: 3:");
        assert_eq!((counts.system, counts.gold), (hits(4, 3, 3), hits(1, 1, 1)));
    }

    #[test]
    fn segments_are_counted_where_none_is_left_out() {
        assert_eq!(set("0:0 1,2:1 3:").segments(), Some((4, 2)));
        assert_eq!(set("0:0 2:1").segments(), None);
        assert_eq!(set("").segments(), Some((0, 0)));
    }

    #[test]
    fn nothing_to_compare_scores_nothing() {
        for (gold, system) in [("", ""), ("0:0", ""), ("", "0:0")] {
            assert_eq!(counts(gold, system).strict(), super::Score::default());
        }
    }

    #[test]
    fn counts_add_up_before_they_are_divided() {
        let sum: Counts = [counts("0:0 1:1", "0:0 1:1"), counts("0:0", "0:1")].into_iter().sum();
        assert_eq!((sum.system, sum.gold), (hits(3, 2, 2), hits(3, 2, 2)));
    }

    #[test]
    fn written_beads_are_the_same_however_their_text_is_cut() {
        let gold = written(&[(&["一。", "二。"], &["One and two."]), (&["三。"], &[])]);
        let same = written(&[(&["一。二。"], &["One and", "two."]), (&["三。"], &[])]);
        assert_eq!(Counts::by_text(&gold, &same), Ok(counts("0,1:0,1 2:", "0,1:0,1 2:")));
        let wrong = written(&[(&["一。"], &["One and two."]), (&["二。三。"], &[])]);
        assert_eq!(Counts::by_text(&gold, &wrong), Ok(counts("0,1:0 2:", "0:0 1,2:")));
    }

    #[test]
    fn a_text_that_is_not_there_is_named() {
        let gold = written(&[(&["一。", "二。"], &["One."])]);
        assert_eq!(Counts::by_text(&gold, &written(&[(&["一。三。"], &["One."])])), Err("二。".to_owned()));
        assert_eq!(Counts::by_text(&gold, &written(&[(&["一。二。三。"], &["One."])])), Err("二。".to_owned()));
        assert_eq!(Counts::by_text(&gold, &written(&[(&["一。"], &["One."])])), Err("二。".to_owned()));
    }
}
