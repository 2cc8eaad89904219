//! The keys of a segment that are nearest to a query: all there are, however many edits the threshold allows.
//!
//! A key of n characters within k edits of a query of m shares at least max(m, n) − q + 1 − q·k of the query's features
//! (see [`super::grams`]), k being what the threshold allows for max(m, n). The sums of [`super::count`] are at least the
//! features shared, since a row may be shared by features; so a key whose sum is smaller is out, and none is lost. The
//! others are compared. The search goes from high thresholds to low ones, and ends when enough has been found that
//! nothing further down can be better.

use super::count::Counts;
use super::distance::Pattern;
use super::grams::Grams;
use super::mapped::Damaged;
use super::segment::{Codes, LengthClass, Segment};

/// The thresholds gone through, in per cent of similarity.
const LEVELS: [usize; 11] = [95, 90, 85, 80, 75, 70, 65, 60, 55, 50, 0];

/// A key that is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::memory) struct Near {
    /// The number of its unit, and whether the key is that of the unit's target.
    pub(in crate::memory) unit: i64,
    pub(in crate::memory) is_target: bool,
    pub(in crate::memory) similarity: Similarity,
}

/// 1 − distance ÷ longer length, ordered by that value, as exact as whole numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::memory) struct Similarity {
    /// The edits.
    pub(in crate::memory) distance: usize,
    /// The longer length, in characters.
    pub(in crate::memory) length: usize,
}

impl Similarity {
    /// In per cent, rounded down; two empty texts are equal.
    pub(in crate::memory) fn percent(self) -> usize {
        (100 * (self.length - self.distance.min(self.length))).checked_div(self.length).unwrap_or(100)
    }

    /// The greatest distance at `length` that is as good as this.
    fn limit(self, length: usize) -> usize {
        (self.distance * length).checked_div(self.length).unwrap_or(0)
    }
}

impl Ord for Similarity {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // d₁/l₁ < d₂/l₂ means that the first is more alike.
        (other.distance * self.length.max(1)).cmp(&(self.distance * other.length.max(1)))
    }
}

impl PartialOrd for Similarity {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The best found so far, in several segments one after the other.
#[derive(Debug)]
pub(in crate::memory) struct Nearest {
    /// How many are wanted; more are kept where they are as good as the last.
    wanted: usize,
    /// The least similarity in per cent.
    threshold: usize,
    found: Vec<Near>,
    /// The similarity of the last that is wanted, once there are as many.
    last: Option<Similarity>,
}

impl Nearest {
    /// Nothing so far. The `wanted` best from `threshold` per cent on are to be found, and those that tie with them.
    pub(in crate::memory) fn new(wanted: usize, threshold: usize) -> Self {
        Self { wanted: wanted.max(1), threshold, found: Vec::new(), last: None }
    }

    /// What was found, the best first.
    pub(in crate::memory) fn into_found(mut self) -> Vec<Near> {
        self.prune();
        self.found
    }

    /// The greatest distance that is of use for a pair whose longer length is `length`.
    fn limit(&self, length: usize) -> usize {
        let limit = length * (100 - self.threshold) / 100;
        self.last.map_or(limit, |last| limit.min(last.limit(length)))
    }

    /// Whether nothing below `percent` can be of use.
    fn is_done_at(&self, percent: usize) -> bool {
        percent <= self.threshold || self.last.is_some_and(|last| last.distance * 100 <= last.length * (100 - percent))
    }

    pub(in crate::memory) fn add(&mut self, near: Near) {
        self.found.push(near);
        // Brought into order now and then, and as long as there are few, where the bound helps most.
        if self.found.len() >= self.wanted && (self.last.is_none_or(|last| near.similarity > last)) {
            self.prune();
        }
    }

    fn prune(&mut self) {
        self.found.sort_by(|a, b| b.similarity.cmp(&a.similarity).then(b.unit.cmp(&a.unit)));
        self.last = self.found.get(self.wanted - 1).map(|near| near.similarity);
        if let Some(last) = self.last {
            self.found.truncate(self.found.partition_point(|near| near.similarity >= last));
        }
    }
}

impl Segment {
    /// Adds the keys nearest to `key`.
    pub(super) fn nearest(&self, key: &[char], grams: &mut Grams, nearest: &mut Nearest) -> Result<(), Damaged> {
        let codes = key.iter().map(|c| self.code(*c)).collect::<Result<Vec<u32>, _>>()?;
        let mut pattern = Pattern::new(&codes, self.alphabet());
        let mut features = Vec::new();
        grams.for_each(key, self.q(), |feature| features.push(feature));
        let rows = features.into_iter().map(|feature| self.row_of(feature)).collect::<Result<Vec<usize>, _>>()?;
        let widest = self.window(key.len(), nearest.threshold);
        let words = widest.first().map_or(0, |class| class.first as usize / 64)
            ..widest.last().map_or(0, |class| class.end.div_ceil(64) as usize);
        let mut done = vec![0_u64; words.len()];
        let mut counts = Counts::new(self, rows, &words);
        for level in LEVELS.map(|level| level.max(nearest.threshold)) {
            for class in self.window(key.len(), level) {
                let length = key.len().max(class.length as usize);
                let limit = length * (100 - level) / 100;
                let least = (length + 1).saturating_sub(self.q() * (limit + 1));
                for word in class.first as usize / 64..class.end.div_ceil(64) as usize {
                    let reaching = counts.reaching(word, least)? & within(class, word);
                    let Some(done) = done.get_mut(word - words.start) else { continue };
                    let mut fresh = reaching & !*done;
                    *done |= fresh;
                    while fresh != 0 {
                        let entry = word * 64 + fresh.trailing_zeros() as usize;
                        fresh &= fresh - 1;
                        self.compare(class, entry, length, &mut pattern, nearest)?;
                    }
                }
            }
            if nearest.is_done_at(level) {
                break;
            }
        }
        Ok(())
    }

    fn compare(
        &self,
        class: &LengthClass,
        entry: usize,
        length: usize,
        pattern: &mut Pattern,
        nearest: &mut Nearest,
    ) -> Result<(), Damaged> {
        let limit = nearest.limit(length);
        let distance = match self.key(class, entry)? {
            Codes::Narrow(text) => pattern.distance(text, limit),
            Codes::Wide(text) => pattern.distance(text, limit),
        };
        if let Some(distance) = distance {
            let (unit, is_target) = self.unit(entry)?;
            nearest.add(Near { unit, is_target, similarity: Similarity { distance, length } });
        }
        Ok(())
    }

    /// The classes whose lengths allow `percent` of similarity with `length` characters.
    fn window(&self, length: usize, percent: usize) -> &[LengthClass] {
        let can = |class: &LengthClass| {
            let (short, long) = (length.min(class.length as usize), length.max(class.length as usize));
            long - short <= long * (100 - percent) / 100
        };
        let start = self.lengths.partition_point(|class| (class.length as usize) < length && !can(class));
        let end = self.lengths.partition_point(|class| (class.length as usize) < length || can(class));
        self.lengths.get(start..end).unwrap_or_default()
    }
}

/// The bits of a word that are keys of the class.
fn within(class: &LengthClass, word: usize) -> u64 {
    let (first, end) = ((class.first as usize).saturating_sub(word * 64), (class.end as usize).saturating_sub(word * 64));
    let from = if first == 0 { !0 } else { !0_u64 << first.min(63) };
    let to = if end >= 64 { !0 } else { (1_u64 << end) - 1 };
    from & to
}
