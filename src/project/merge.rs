//! A new alignment file: fresh beads with what people have said of the old ones.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::Places;
use super::corrections::{Corrections, FilledSides, Loss, Place, Stale, filled_sides};
use crate::align::{Alignment, Bead};
use crate::format::alignment_tsv::{Row, Table};
use crate::unit::Status;

impl Corrections {
    /// The table of a new alignment, with the verdicts and notes of the `old` one, from whose rows these corrections
    /// were made; and the rows whose note found no bead.
    ///
    /// Rejected rows stand behind the bead that now has their first segment, so that they go on forbidding. A note goes to
    /// the bead with the same texts, otherwise to the one that shares the most segments.
    pub fn merge(
        &self,
        old: &Table,
        source: &[String],
        target: &[String],
        alignment: &Alignment,
    ) -> (Table, Vec<Stale>) {
        let beads = alignment.beads();
        let confirmed: BTreeSet<FilledSides> = self.confirmed.iter().map(filled_sides).collect();
        let mut fresh: Vec<Row> = beads
            .iter()
            .map(|bead| {
                let is_confirmed = confirmed.contains(&filled_sides(&(bead.source, bead.target)));
                row(bead, source, target, if is_confirmed { Status::Confirmed } else { Status::Auto })
            })
            .collect();
        let home = Home::new(beads, source, target);
        let mut rejected: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
        let mut lost = Vec::new();
        for (row, place) in old.rows.iter().zip(&self.rows) {
            if row.status == Status::Rejected {
                if let Some(at) = home.of_first_segment(place) {
                    rejected.entry(at).or_default().push(row.clone());
                }
            } else if !row.note.is_empty() || !row.ignore.is_empty() {
                match home.of_note(row, place).and_then(|i| fresh.get_mut(i)) {
                    Some(bead) => carry(row, bead),
                    None => lost.push(Stale { row: row.clone(), loss: Loss::Note }),
                }
            }
        }
        let with_rejected = |(i, row)| std::iter::once(row).chain(rejected.remove(&i).unwrap_or_default());
        let rows = fresh.into_iter().enumerate().flat_map(with_rejected).collect();
        (Table { source_lang: old.source_lang.clone(), target_lang: old.target_lang.clone(), rows }, lost)
    }
}

fn row(bead: &Bead, source: &[String], target: &[String], status: Status) -> Row {
    Row {
        source: source.get(bead.source.indices()).unwrap_or_default().to_vec(),
        target: target.get(bead.target.indices()).unwrap_or_default().to_vec(),
        confidence: bead.confidence,
        status,
        note: String::new(),
        ignore: String::new(),
        line: 0,
    }
}

/// Adds a note and dismissed findings to those that the bead has already.
fn carry(from: &Row, to: &mut Row) {
    let add = |text: &str, list: &mut String, separator: &str| {
        if text.is_empty() || list.split(separator).any(|there| there == text) {
            return;
        }
        if !list.is_empty() {
            list.push_str(separator);
        }
        list.push_str(text);
    };
    add(&from.note, &mut to.note, "; ");
    for word in from.ignore.split_whitespace() {
        add(word, &mut to.ignore, " ");
    }
}

/// Which new bead takes what belonged to an old row.
struct Home<'a> {
    beads: &'a [Bead],
    source: Places<'a>,
    target: Places<'a>,
    /// The bead of each segment.
    of_source: Vec<usize>,
    of_target: Vec<usize>,
    by_texts: BTreeMap<(&'a [String], &'a [String]), Vec<usize>>,
}

impl<'a> Home<'a> {
    fn new(beads: &'a [Bead], source: &'a [String], target: &'a [String]) -> Self {
        let mut by_texts: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (i, bead) in beads.iter().enumerate() {
            let texts = (
                source.get(bead.source.indices()).unwrap_or_default(),
                target.get(bead.target.indices()).unwrap_or_default(),
            );
            by_texts.entry(texts).or_default().push(i);
        }
        let numbered = || beads.iter().enumerate();
        Self {
            beads,
            source: Places::new(source),
            target: Places::new(target),
            of_source: numbered().flat_map(|(i, bead)| bead.source.indices().map(move |_| i)).collect(),
            of_target: numbered().flat_map(|(i, bead)| bead.target.indices().map(move |_| i)).collect(),
            by_texts,
        }
    }

    fn of_first_segment(&self, place: &Place) -> Option<usize> {
        let (source, target) = place.bead?;
        if source.is_empty() { self.of_target.get(target.start) } else { self.of_source.get(source.start) }.copied()
    }

    fn of_note(&self, row: &Row, place: &Place) -> Option<usize> {
        let own = self.of_first_segment(place).filter(|i| {
            let bead = self.beads.get(*i).map(|b| filled_sides(&(b.source, b.target)));
            place.bead.as_ref().map(filled_sides) == bead
        });
        let distance = |i: &usize| {
            self.beads.get(*i).map(|b| b.source.start.abs_diff(place.near.0) + b.target.start.abs_diff(place.near.1))
        };
        let with_same_texts = || {
            let beads = self.by_texts.get(&(row.source.as_slice(), row.target.as_slice()))?;
            beads.iter().min_by_key(|i| distance(i)).copied()
        };
        let sharing_most = || {
            let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
            for (segments, places, of, near) in [
                (&row.source, &self.source, &self.of_source, place.near.0),
                (&row.target, &self.target, &self.of_target, place.near.1),
            ] {
                for segment in segments {
                    let mut beads: Vec<usize> =
                        places.near(segment.trim(), near).iter().filter_map(|p| of.get(*p).copied()).collect();
                    beads.dedup();
                    for bead in beads {
                        *shared.entry(bead).or_default() += 1;
                    }
                }
            }
            let count = |(i, count): &(usize, usize)| (std::cmp::Reverse(*count), distance(i));
            shared.into_iter().min_by_key(count).map(|(i, _)| i)
        };
        own.or_else(with_same_texts).or_else(sharing_most)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use crate::align::{Alignment, Bead, SegmentRange};
    use crate::format::alignment_tsv::{Row, Table};
    use crate::lang::Lang;
    use crate::project::{Corrections, Loss, Stale};
    use crate::unit::Status;

    /// Segments separated by spaces.
    pub(in crate::project) fn segments(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    /// Rows written as `source=target status #note`, lines from 2.
    pub(in crate::project) fn rows(file: &[&str]) -> Vec<Row> {
        let row = |(line, row): (usize, &&str)| {
            let (row, note) = row.split_once(" #").unwrap_or((row, ""));
            let status =
                ["confirmed", "rejected"].iter().find(|status| row.ends_with(*status)).copied().unwrap_or_default();
            let (source, target) = row.strip_suffix(status).unwrap().split_once('=').unwrap();
            Row {
                source: segments(source),
                target: segments(target),
                confidence: 0.5,
                status: status.parse().unwrap(),
                note: note.to_owned(),
                ignore: String::new(),
                line,
            }
        };
        (2..).zip(file).map(row).collect()
    }

    fn table(rows: Vec<Row>) -> Table {
        Table { source_lang: Lang::japanese(), target_lang: Lang::english(), rows }
    }

    fn bead(source: SegmentRange, target: SegmentRange) -> Bead {
        Bead { source, target, confidence: 0.9 }
    }

    /// An alignment around the confirmed beads, one to one while there are two sides.
    fn aligned(corrections: &Corrections, source: usize, target: usize) -> Alignment {
        let mut beads = Vec::new();
        let (mut s, mut t) = (0, 0);
        let end = (SegmentRange::new(source, source), SegmentRange::new(target, target));
        for &(source, target) in corrections.confirmed.iter().chain([&end]) {
            while s < source.start || t < target.start {
                let (next_s, next_t) = ((s + 1).min(source.start), (t + 1).min(target.start));
                beads.push(bead(SegmentRange::new(s, next_s), SegmentRange::new(t, next_t)));
                (s, t) = (next_s, next_t);
            }
            if !(source.is_empty() && target.is_empty()) {
                beads.push(bead(source, target));
            }
            (s, t) = (source.end, target.end);
        }
        Alignment::new(beads, source, target).unwrap()
    }

    /// The rows after an edit, in the notation of [`rows`], and the notes that were lost.
    fn merged(file: &[&str], source: &str, target: &str) -> (Vec<String>, Vec<String>) {
        let (old, source, target) = (table(rows(file)), segments(source), segments(target));
        let corrections = Corrections::new(&old.rows, &source, &target);
        let (new, lost) = corrections.merge(&old, &source, &target, &aligned(&corrections, source.len(), target.len()));
        let shown = |row: &Row| {
            let status = if row.status == Status::Auto { String::new() } else { format!(" {}", row.status) };
            let note = if row.note.is_empty() { String::new() } else { format!(" #{}", row.note) };
            format!("{}={}{status}{note}", row.source.join(" "), row.target.join(" "))
        };
        (new.rows.iter().map(shown).collect(), lost.iter().map(|l| l.row.note.clone()).collect())
    }

    fn assert_merged(file: &[&str], source: &str, target: &str, expected: &[&str]) {
        assert_eq!(merged(file, source, target), (expected.iter().map(|s| (*s).to_owned()).collect(), Vec::new()));
    }

    #[test]
    fn confirmed_rows_stay_and_the_rest_is_new() {
        assert_merged(
            &["一 二=One Two confirmed", "三=Three"],
            "零 一 二 三",
            "Zero One Two Three",
            &["零=Zero", "一 二=One Two confirmed", "三=Three"],
        );
    }

    #[test]
    fn a_rejected_row_stands_behind_the_bead_that_has_its_first_segment() {
        assert_merged(
            &["一 二=One rejected", "三=Two"],
            "一 二 三",
            "One Two",
            &["一=One", "一 二=One rejected", "二=Two", "三="],
        );
        assert_merged(
            &["一=One", "一 二=One rejected #no", "二=Two", "三=Three"],
            "一 二 三 四",
            "One Two Three Four",
            &["一=One", "一 二=One rejected #no", "二=Two", "三=Three", "四=Four"],
        );
    }

    #[test]
    fn a_note_goes_to_the_same_texts_or_to_the_most_shared_segments() {
        assert_merged(&["一=One #a", "二=Two"], "零 一 二", "Zero One Two", &["零=Zero", "一=One #a", "二=Two"]);
        assert_merged(&["一 二=One #a", "三=Two #b"], "一 二 三", "One Two", &["一=One #a", "二=Two #b", "三="]);
        assert_merged(&["一=One #a", "はい=Yes #b"], "はい 一", "Yes One", &["はい=Yes #b", "一=One #a"]);
        assert_merged(&["一=Eins #a", "二=One #b"], "一", "One", &["一=One #a; b"]);
    }

    #[test]
    fn a_note_without_a_bead_is_told() {
        let (rows, lost) = merged(&["一=One #precious", "二=Two"], "二", "Two");
        assert_eq!((rows, lost), (vec!["二=Two".to_owned()], vec!["precious".to_owned()]));
    }

    #[test]
    fn dismissed_findings_are_carried_word_by_word() {
        let mut old = rows(&["一=One", "二=Two"]);
        old[0].ignore = "names numbers".to_owned();
        old[1].ignore = "numbers".to_owned();
        let (source, target) = (segments("一 二"), segments("One"));
        let corrections = Corrections::new(&old, &source, &target);
        let all = bead(SegmentRange::new(0, 2), SegmentRange::new(0, 1));
        let (new, _) = corrections.merge(&table(old), &source, &target, &Alignment::new(vec![all], 2, 1).unwrap());
        assert_eq!(new.rows[0].ignore, "names numbers");
    }

    /// Old rows, and for each old segment of a side what became of it: kept, deleted, or one put before it.
    type Case = (Vec<(usize, usize, u8, bool)>, Vec<u8>, Vec<u8>);

    fn case() -> impl Strategy<Value = Case> {
        let edits = || prop::collection::vec(prop::sample::select(vec![0, 0, 0, 0, 1, 2]), 40);
        (prop::collection::vec((0..3usize, 0..3usize, 0..4u8, any::<bool>()), 0..12), edits(), edits())
    }

    /// Rows whose segments are numbered (or taken from a few words that repeat), and the edited texts.
    fn build(
        (shape, source_edits, target_edits): &Case,
        names: impl Fn(usize) -> String,
    ) -> (Vec<Row>, Vec<String>, Vec<String>) {
        let (mut s, mut t) = (0, 0);
        let mut rows = Vec::new();
        for (i, (source, target, status, has_note)) in shape.iter().enumerate().filter(|(_, (s, t, ..))| s + t > 0) {
            rows.push(Row {
                source: (s..s + source).map(|n| format!("s{}", names(n))).collect(),
                target: (t..t + target).map(|n| format!("t{}", names(n))).collect(),
                confidence: 0.5,
                status: [Status::Auto, Status::Confirmed, Status::Confirmed, Status::Rejected][usize::from(*status)],
                note: if *has_note { format!("note{i}.") } else { String::new() },
                ignore: String::new(),
                line: i + 2,
            });
            (s, t) = (s + source, t + target);
        }
        let edited = |texts: Vec<String>, edits: &[u8]| -> Vec<String> {
            let one = |(i, (text, edit)): (usize, (String, &u8))| match edit {
                0 => vec![text],
                1 => vec![],
                _ => vec![format!("new{i}"), text],
            };
            texts.into_iter().zip(edits).enumerate().flat_map(one).collect()
        };
        let source = edited(rows.iter().flat_map(|r| r.source.clone()).collect(), source_edits);
        let target = edited(rows.iter().flat_map(|r| r.target.clone()).collect(), target_edits);
        (rows, source, target)
    }

    proptest! {
        #[test]
        fn confirmed_rows_that_still_stand_are_kept(case in case()) {
            let (rows, source, target) = build(&case, |n| n.to_string());
            let corrections = Corrections::new(&rows, &source, &target);
            let stands = |segments: &[String], text: &[String]| {
                segments.is_empty() || text.windows(segments.len()).any(|w| w == segments)
            };
            let expected: Vec<&Row> = rows.iter()
                .filter(|r| r.status == Status::Confirmed && stands(&r.source, &source) && stands(&r.target, &target))
                .collect();
            let texts: Vec<(&[String], &[String])> =
                corrections.confirmed.iter().map(|(s, t)| (&source[s.indices()], &target[t.indices()])).collect();
            let expected: Vec<(&[String], &[String])> = expected.iter().map(|r| (r.source.as_slice(), r.target.as_slice())).collect();
            prop_assert_eq!(texts, expected);
        }

        #[test]
        fn the_new_file_tiles_the_texts_and_loses_no_word_of_a_person(case in case(), repeats in 1..4usize) {
            let (rows, source, target) = build(&case, |n| (n % repeats).to_string());
            let old = table(rows);
            let corrections = Corrections::new(&old.rows, &source, &target);
            let alignment = aligned(&corrections, source.len(), target.len());
            let (new, lost) = corrections.merge(&old, &source, &target, &alignment);

            let beads = || new.rows.iter().filter(|r| r.status != Status::Rejected);
            prop_assert_eq!(&beads().flat_map(|r| r.source.clone()).collect::<Vec<_>>(), &source);
            prop_assert_eq!(&beads().flat_map(|r| r.target.clone()).collect::<Vec<_>>(), &target);
            for row in old.rows.iter().filter(|r| !r.note.is_empty()) {
                let is_told = corrections.stale.iter().filter(|s| s.loss == Loss::Rejected).chain(&lost).any(|s| s.row == *row);
                prop_assert!(is_told || new.rows.iter().any(|r| r.note.contains(&row.note)), "{}", row.note);
            }
            let count = |rows: &[Row], status: Status| rows.iter().filter(|r| r.status == status).count();
            for status in [Status::Confirmed, Status::Rejected] {
                // A contradicted row stays beside the one that contradicts it.
                let is_lost = |s: &&Stale| s.row.status == status && !matches!(s.loss, Loss::Contradicted(_));
                let stale = corrections.stale.iter().filter(is_lost).count();
                prop_assert_eq!(count(&old.rows, status), count(&new.rows, status) + stale);
            }

            let again = Corrections::new(&new.rows, &source, &target);
            prop_assert_eq!(&again.confirmed, &corrections.confirmed);
            prop_assert_eq!(again.rejected.len(), corrections.rejected.len());
            prop_assert!(again.stale.iter().all(|s| matches!(s.loss, Loss::Contradicted(_))));
            let (same, _) = again.merge(&new, &source, &target, &alignment);
            prop_assert_eq!(same, new);
        }

        #[test]
        fn any_rows_and_texts_give_beads_that_the_aligner_takes(
            file in prop::collection::vec((prop::collection::vec("[ab]", 0..3), prop::collection::vec("[ab]", 0..3), 0..3u8), 0..10),
            source in prop::collection::vec("[abc]", 0..10),
            target in prop::collection::vec("[abc]", 0..10),
        ) {
            let rows: Vec<Row> = file.into_iter().filter(|(s, t, _)| !(s.is_empty() && t.is_empty())).map(|(source, target, status)| Row {
                source, target, confidence: 1.0, status: [Status::Auto, Status::Confirmed, Status::Rejected][usize::from(status)],
                note: String::new(), ignore: String::new(), line: 0,
            }).collect();
            let corrections = Corrections::new(&rows, &source, &target);
            let alignment = aligned(&corrections, source.len(), target.len());
            prop_assert!(corrections.confirmed.iter().all(|c| alignment.beads().iter().any(|b| (b.source, b.target) == *c)));
        }
    }
}
