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
use super::lanes::{LANES, Lanes};
use super::mapped::Damaged;
use super::segment::{Codes, LengthClass, Segment};

/// The thresholds gone through, in per cent of similarity: in smaller steps where a step lets more keys through.
const LEVELS: [usize; 18] = [95, 90, 85, 80, 77, 74, 72, 70, 68, 66, 64, 62, 60, 58, 56, 54, 52, 50];

/// With fewer keys of a length, comparing them one by one is faster.
const LEAST_FOR_LANES: usize = 8;

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

/// A query as a segment sees it.
struct Search<'s, 'n> {
    segment: &'s Segment,
    /// The query's length in characters.
    length: usize,
    pattern: Pattern,
    /// Made when many keys are to be compared.
    lanes: Option<Lanes>,
    codes: Vec<u32>,
    nearest: &'n mut Nearest,
}

impl Segment {
    /// Adds the keys nearest to `key`.
    pub(super) fn nearest(&self, key: &[char], grams: &mut Grams, nearest: &mut Nearest) -> Result<(), Damaged> {
        let widest = self.window(key.len(), nearest.threshold);
        let (Some(first), Some(last)) = (widest.first(), widest.last()) else { return Ok(()) };
        let words = first.first as usize / 64..last.end.div_ceil(64) as usize;
        let codes = key.iter().map(|c| self.code(*c)).collect::<Result<Vec<u32>, _>>()?;
        let pattern = Pattern::new(&codes, self.alphabet());
        let mut features = Vec::new();
        grams.for_each(key, self.q(), |feature| features.push(feature));
        let rows = features.into_iter().map(|feature| self.row_of(feature)).collect::<Result<Vec<usize>, _>>()?;
        let mut done = vec![0_u64; words.len()];
        let mut counts = Counts::new(self, rows, &words);
        let mut search = Search { segment: self, length: key.len(), pattern, lanes: None, codes, nearest };
        let mut entries = Vec::new();
        for level in LEVELS {
            let level = level.max(search.nearest.threshold);
            for class in self.window(key.len(), level) {
                let length = key.len().max(class.length as usize);
                let limit = search.nearest.limit(length).min(length * (100 - level) / 100);
                let least = (length + 1).saturating_sub(self.q() * (limit + 1));
                for word in class.first as usize / 64..class.end.div_ceil(64) as usize {
                    let reaching = counts.reaching(word, least)? & class.within(word);
                    let Some(done) = done.get_mut(word - words.start) else { continue };
                    let mut fresh = reaching & !*done;
                    *done |= fresh;
                    while fresh != 0 {
                        entries.push(word * 64 + fresh.trailing_zeros() as usize);
                        fresh &= fresh - 1;
                    }
                }
                search.compare(class, &entries)?;
                entries.clear();
            }
            if search.nearest.is_done_at(level) {
                break;
            }
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

impl Search<'_, '_> {
    /// Compares keys of a class, in order.
    fn compare(&mut self, class: &LengthClass, entries: &[usize]) -> Result<(), Damaged> {
        let length = self.length.max(class.length as usize);
        let narrow = entries.partition_point(|entry| *entry < class.wide as usize);
        let (narrow, wide) = entries.split_at(narrow);
        let mut texts = Vec::new();
        let mut found = Vec::new();
        for group in narrow.chunks(LANES) {
            if group.len() < LEAST_FOR_LANES {
                self.one_by_one(class, group)?;
                continue;
            }
            for entry in group {
                if let Codes::Narrow(codes) = self.segment.key(class, *entry)? {
                    texts.push(codes);
                }
            }
            let lanes = self.lanes.get_or_insert_with(|| {
                Lanes::new(self.codes.iter().map(|code| u8::try_from(*code).unwrap_or(u8::MAX)))
            });
            let limit = self.nearest.limit(length);
            lanes.within(&texts, limit, |text, distance| found.push((text, distance)));
            for (text, distance) in found.drain(..) {
                // What was found meanwhile may have left less room.
                if let Some(entry) = group.get(text).filter(|_| distance <= self.nearest.limit(length)) {
                    self.add(*entry, distance, length)?;
                }
            }
            texts.clear();
        }
        self.one_by_one(class, wide)
    }

    fn one_by_one(&mut self, class: &LengthClass, entries: &[usize]) -> Result<(), Damaged> {
        let length = self.length.max(class.length as usize);
        for entry in entries {
            let limit = self.nearest.limit(length);
            let distance = match self.segment.key(class, *entry)? {
                Codes::Narrow(text) => self.pattern.distance(text, limit),
                Codes::Wide(text) => self.pattern.distance(text, limit),
            };
            if let Some(distance) = distance {
                self.add(*entry, distance, length)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, entry: usize, distance: usize, length: usize) -> Result<(), Damaged> {
        let (unit, is_target) = self.segment.unit(entry)?;
        self.nearest.add(Near { unit, is_target, similarity: Similarity { distance, length } });
        Ok(())
    }
}
