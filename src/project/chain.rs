//! Finding written-out segments again in a text that was edited.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::align::SegmentRange;

/// How many places of a repeated text (はい。) are looked at, those nearest in order: enough for any article, and keeps a text
/// of one repeated sentence from taking quadratic time.
const MOST_PLACES: usize = 64;

/// What keeping a row is worth, the first number before the second and that before the third.
pub(super) type Worth = [usize; 3];

/// A text's segments and where each stands.
pub(super) struct Places<'t> {
    text: &'t [String],
    positions: HashMap<&'t str, Vec<usize>>,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t [String]) -> Self {
        let mut positions: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, segment) in text.iter().enumerate() {
            positions.entry(segment.trim()).or_default().push(i);
        }
        Self { text, positions }
    }

    /// The places of one segment, the `around`th and those nearest to it in the order of its places.
    fn window(&self, segment: &str, around: usize) -> &[usize] {
        let all = self.positions.get(segment).map_or(&[][..], Vec::as_slice);
        let start = around.saturating_sub(MOST_PLACES / 2).min(all.len().saturating_sub(MOST_PLACES));
        all.get(start..all.len().min(start + MOST_PLACES)).unwrap_or_default()
    }

    /// The places of one segment near the segment number `at`, in order.
    pub(super) fn near(&self, segment: &str, at: usize) -> &[usize] {
        let before = self.positions.get(segment).map_or(0, |all| all.partition_point(|p| *p < at));
        self.window(segment, before)
    }

    /// Whether `segments` stand at `start`.
    fn stand_at(&self, segments: &[String], start: usize) -> bool {
        self.text
            .get(start..start + segments.len())
            .is_some_and(|there| there.iter().zip(segments).all(|(a, b)| a.trim() == b.trim()))
    }

    /// The place of `segments` that begins in or nearest to the range `near`.
    pub(super) fn nearest(&self, segments: &[String], near: SegmentRange) -> Option<SegmentRange> {
        let first = segments.first()?.trim();
        let distance =
            |p: usize| near.start.saturating_sub(p).max((p + 1).saturating_sub(near.end.max(near.start + 1)));
        let places = self.near(first, near.start).iter().filter(|p| self.stand_at(segments, **p));
        places.min_by_key(|p| distance(**p)).map(|p| SegmentRange::new(*p, p + segments.len()))
    }

    /// Places the rows in their order, without overlap, so that what is kept is worth the most; of equals the first. A row
    /// that is not kept, or is empty, has no place.
    pub(super) fn assign(&self, rows: &[(&[String], Worth)]) -> Vec<Option<SegmentRange>> {
        let mut steps: Vec<Step> = Vec::new();
        let mut best = Best::new(self.text.len());
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (row, (segments, worth)) in rows.iter().enumerate() {
            let Some(first) = segments.first().map(|s| s.trim()) else { continue };
            let count = seen.entry(first).or_default();
            let known = steps.len();
            for &start in self.window(first, *count).iter().filter(|p| self.stand_at(segments, **p)) {
                let before = best.up_to(start, &steps);
                let value = before.map_or([0; 3], |b| steps[b].value);
                let value = [value[0] + worth[0], value[1] + worth[1], value[2] + worth[2]];
                steps.push(Step { row, range: SegmentRange::new(start, start + segments.len()), value, before });
            }
            // Only now, so that no row is placed twice.
            for step in known..steps.len() {
                best.add(step, &steps);
            }
            *count += 1;
        }
        let mut places = vec![None; rows.len()];
        let mut at = best.up_to(self.text.len(), &steps);
        while let Some(step) = at.and_then(|i| steps.get(i)) {
            places[step.row] = Some(step.range);
            at = step.before;
        }
        places
    }
}

/// A row at a place, behind the best choice of rows before it.
struct Step {
    row: usize,
    range: SegmentRange,
    value: Worth,
    before: Option<usize>,
}

/// The best step that ends at or before a segment: a binary indexed tree of prefix maxima.
struct Best {
    tree: Vec<Option<usize>>,
}

impl Best {
    fn new(len: usize) -> Self {
        Self { tree: vec![None; len + 2] }
    }

    fn up_to(&self, end: usize, steps: &[Step]) -> Option<usize> {
        let mut node = end + 1;
        let mut best = None;
        while node > 0 {
            best = better(best, self.tree[node], steps);
            node &= node - 1;
        }
        best
    }

    fn add(&mut self, step: usize, steps: &[Step]) {
        let mut node = steps[step].range.end + 1;
        while node < self.tree.len() {
            self.tree[node] = better(self.tree[node], Some(step), steps);
            node += node & node.wrapping_neg();
        }
    }
}

/// The step worth more, the earlier of equals.
fn better(a: Option<usize>, b: Option<usize>, steps: &[Step]) -> Option<usize> {
    a.into_iter().chain(b).max_by_key(|i| (steps[*i].value, Reverse(*i)))
}

#[cfg(test)]
mod tests {
    use super::Places;

    fn owned(texts: &str) -> Vec<String> {
        texts.split_whitespace().map(str::to_owned).collect()
    }

    /// Rows are separated by `|`; those with `*` are worth more.
    fn assert_assigned(rows: &str, text: &str, expected: &[Option<(usize, usize)>]) {
        let rows: Vec<(Vec<String>, bool)> =
            rows.split('|').map(|row| (owned(&row.replace('*', "")), row.contains('*'))).collect();
        let rows: Vec<(&[String], super::Worth)> =
            rows.iter().map(|(row, is_worth)| (row.as_slice(), [usize::from(*is_worth), row.len(), 0])).collect();
        let text = owned(text);
        let found: Vec<Option<(usize, usize)>> =
            Places::new(&text).assign(&rows).into_iter().map(|p| p.map(|r| (r.start, r.end))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn rows_are_found_in_order_around_what_changed() {
        assert_assigned("a b|c|d", "a b x d", &[Some((0, 2)), None, Some((3, 4))]);
        assert_assigned("a b|c", "a x b c", &[None, Some((3, 4))]);
        assert_assigned("a|b", "b a", &[Some((1, 2)), None]);
        assert_assigned("a", "", &[None]);
    }

    #[test]
    fn repeated_texts_are_told_apart_by_their_order() {
        assert_assigned("yes|a|yes|b", "yes x yes b", &[Some((0, 1)), None, Some((2, 3)), Some((3, 4))]);
        assert_assigned("a|yes|b", "yes a yes b", &[Some((1, 2)), Some((2, 3)), Some((3, 4))]);
        assert_assigned("yes|yes|yes", "yes yes", &[Some((0, 1)), Some((1, 2)), None]);
    }

    #[test]
    fn what_is_worth_more_is_kept() {
        assert_assigned("a b c|*d", "d a b c", &[None, Some((0, 1))]);
        assert_assigned("*a b|b", "a b", &[Some((0, 2)), None]);
    }

    #[test]
    fn one_sentence_repeated_is_no_trouble() {
        let text = vec!["はい。".to_owned(); 20_000];
        let rows: Vec<(&[String], super::Worth)> = text.chunks(1).map(|row| (row, [1, 0, 0])).collect();
        assert!(
            Places::new(&text).assign(&rows).iter().enumerate().all(|(i, place)| place.is_some_and(|p| p.start == i))
        );
    }
}
