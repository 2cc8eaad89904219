//! What people have said in an alignment.tsv, found again in the article's present segments.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::chain::{Places, Worth};
use crate::align::SegmentRange;
use crate::format::alignment_tsv::Row;
use crate::unit::Status;

/// The corrections of an article that still stand in its texts.
///
/// Rows are known by their texts alone, so that an article may be edited freely. Repeated texts are told apart by their
/// order, in the way that keeps the most confirmed rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corrections {
    /// Beads that a person confirmed, in order and without overlap: fixed points for the aligner.
    pub confirmed: Vec<(SegmentRange, SegmentRange)>,
    /// Beads that a person rejected.
    pub rejected: Vec<(SegmentRange, SegmentRange)>,
    /// Whether the file fits the texts as it is and nothing is to be aligned: its rows hold exactly the segments, in order,
    /// whatever their status, none repeats a rejected bead and no two contradict each other.
    pub is_current: bool,
    /// The confirmed and rejected rows that stand no more.
    pub stale: Vec<Stale>,
    /// The lines of the rows that nobody has judged and that hold a text which the article does not have.
    pub changed: Vec<usize>,
    /// For each row, where it stands.
    pub(super) rows: Vec<Place>,
}

/// Where a row of the file stands in the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The bead, if both sides still stand.
    pub(super) bead: Option<(SegmentRange, SegmentRange)>,
    /// Segment numbers near which the row stood.
    pub(super) near: (usize, usize),
}

/// Something a person said that no longer applies.
#[derive(Debug, Clone, PartialEq)]
pub struct Stale {
    /// The row as it stood in the file, with its line.
    pub row: Row,
    /// What of it is lost.
    pub loss: Loss,
}

/// What is lost of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Loss {
    /// That its bead is confirmed.
    Confirmed,
    /// That its bead is rejected.
    Rejected,
    /// Its note and the findings it dismisses.
    Note,
    /// That its bead is confirmed, which it is already in the line of this number; the bead stands only once.
    Repeated(usize),
    /// That its bead is confirmed: it crosses or overlaps the one confirmed in the line of this number.
    Crossing(usize),
    /// That its bead is rejected, which the line of this number confirms.
    Contradicted(usize),
}

/// The rows with the quotation marks of the article's segments, where an editor has put straight ones in their place.
pub(crate) fn respelt(rows: &[Row], source: &[String], target: &[String]) -> Vec<Row> {
    let straight = |segment: &str| segment.trim().replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    let curly = |segment: &&String| segment.contains(['“', '”', '‘', '’']);
    let sides = [source, target].map(|segments| -> BTreeMap<String, &String> {
        segments.iter().filter(curly).map(|segment| (straight(segment), segment)).collect()
    });
    let respell = |segments: &mut Vec<String>, side: &BTreeMap<String, &String>| {
        for segment in segments.iter_mut().filter(|segment| segment.contains(['"', '\''])) {
            if let Some(there) = side.get(&straight(segment)) {
                (*there).clone_into(segment);
            }
        }
    };
    let mut rows = rows.to_vec();
    for row in &mut rows {
        respell(&mut row.source, &sides[0]);
        respell(&mut row.target, &sides[1]);
    }
    rows
}

impl Corrections {
    /// Finds the rows of an alignment file in the present segments of the article.
    pub fn new(rows: &[Row], source: &[String], target: &[String]) -> Self {
        let (source_places, target_places) = (Places::new(source), Places::new(target));
        let worth = |row: &Row, len: usize, stands_elsewhere: bool| -> Worth {
            match row.status {
                Status::Confirmed if stands_elsewhere => [1, 0, 0],
                Status::Rejected => [0, 0, len],
                Status::Confirmed | Status::Auto => [0, len, 0],
            }
        };
        let stands_in_target =
            |row: &Row| row.target.is_empty() || target_places.nearest(&row.target, SegmentRange::default()).is_some();
        let source_rows: Vec<(&[String], Worth)> = rows
            .iter()
            .map(|row| (row.source.as_slice(), worth(row, row.source.len(), stands_in_target(row))))
            .collect();
        let in_source = source_places.assign(&source_rows);
        let target_rows: Vec<(&[String], Worth)> = rows
            .iter()
            .zip(&in_source)
            .map(|(row, place)| {
                (row.target.as_slice(), worth(row, row.target.len(), row.source.is_empty() || place.is_some()))
            })
            .collect();
        let in_target = target_places.assign(&target_rows);
        let source_gaps = gaps(rows.iter().map(|r| (r.status, r.source.len())), &in_source, source.len());
        let target_gaps = gaps(rows.iter().map(|r| (r.status, r.target.len())), &in_target, target.len());

        let mut corrections = Self::default();
        let mut wishes = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            let side = |segments: &[String], place: Option<SegmentRange>, gap: Gap, places: &Places<'_>| {
                if segments.is_empty() {
                    return Some(SegmentRange::new(gap.at, gap.at));
                }
                // A rejected row stands behind the bead that has its segments now, out of the order of the others.
                place.or_else(|| (row.status == Status::Rejected).then(|| places.nearest(segments, gap.last)).flatten())
            };
            let bead = side(&row.source, in_source[i], source_gaps[i], &source_places).zip(side(
                &row.target,
                in_target[i],
                target_gaps[i],
                &target_places,
            ));
            // Where a confirmed row would stand if the others left it room.
            let wished = |segments: &[String], gap: Gap, places: &Places<'_>| {
                if segments.is_empty() {
                    return Some(SegmentRange::new(gap.at, gap.at));
                }
                places.nearest(segments, gap.last)
            };
            corrections.rows.push(Place { bead, near: (source_gaps[i].last.start, target_gaps[i].last.start) });
            let stale = |loss| Stale { row: row.clone(), loss };
            match (row.status, bead) {
                (Status::Confirmed, Some(bead)) => corrections.confirmed.push(bead),
                (Status::Rejected, Some(bead)) => corrections.rejected.push(bead),
                (Status::Confirmed, None) => {
                    let in_source = wished(&row.source, source_gaps[i], &source_places);
                    wishes.push(in_source.zip(wished(&row.target, target_gaps[i], &target_places)));
                    corrections.stale.push(stale(Loss::Confirmed));
                }
                (Status::Rejected, None) => corrections.stale.push(stale(Loss::Rejected)),
                (Status::Auto, _) => {
                    let stands = |segments: &[String], places: &Places<'_>| {
                        segments.iter().all(|segment| !places.near(segment.trim(), 0).is_empty())
                    };
                    if !stands(&row.source, &source_places) || !stands(&row.target, &target_places) {
                        corrections.changed.push(row.line);
                    }
                }
            }
        }
        let has_contradictions = corrections.tell_contradictions(rows, &wishes);
        corrections.is_current =
            is_tiling(rows, source, target) && !corrections.repeats_rejected(rows) && !has_contradictions;
        corrections
    }

    /// Names the other line for what is lost only because two rows contradict each other; whether there is such a row.
    /// `wishes` are the beads where the texts of the lost confirmed rows stand, which may be taken by others.
    fn tell_contradictions(&mut self, rows: &[Row], wishes: &[Option<(SegmentRange, SegmentRange)>]) -> bool {
        let confirmed: Vec<((SegmentRange, SegmentRange), usize)> = rows
            .iter()
            .zip(&self.rows)
            .filter(|(row, _)| row.status == Status::Confirmed)
            .filter_map(|(row, place)| Some((place.bead?, row.line)))
            .collect();
        let lines: BTreeMap<FilledSides, usize> =
            confirmed.iter().map(|(bead, line)| (filled_sides(bead), *line)).collect();
        let mut has_contradictions = false;
        for (stale, wish) in self.stale.iter_mut().filter(|stale| stale.loss == Loss::Confirmed).zip(wishes) {
            let Some(wish) = wish else { continue };
            let crossing = || confirmed.iter().find(|(bead, _)| is_crossing(wish, bead)).map(|(_, line)| *line);
            if let Some(line) = lines.get(&filled_sides(wish)) {
                stale.loss = Loss::Repeated(*line);
            } else if let Some(line) = crossing() {
                stale.loss = Loss::Crossing(line);
            } else {
                continue;
            }
            has_contradictions = true;
        }
        for (row, place) in rows.iter().zip(&self.rows).filter(|(row, _)| row.status == Status::Rejected) {
            if let Some(line) = place.bead.and_then(|bead| lines.get(&filled_sides(&bead))) {
                self.stale.push(Stale { row: row.clone(), loss: Loss::Contradicted(*line) });
                has_contradictions = true;
            }
        }
        has_contradictions
    }

    /// Whether an unconfirmed row is a bead that another row rejects.
    fn repeats_rejected(&self, rows: &[Row]) -> bool {
        let rejected: BTreeSet<FilledSides> = self.rejected.iter().map(filled_sides).collect();
        let mut autos = rows.iter().zip(&self.rows).filter(|(row, _)| row.status == Status::Auto);
        autos.any(|(_, place)| place.bead.is_some_and(|bead| rejected.contains(&filled_sides(&bead))))
    }
}

/// What makes two beads the same: their segments. Where an empty side stands does not count.
pub(super) type FilledSides = (Option<SegmentRange>, Option<SegmentRange>);

pub(super) fn filled_sides((source, target): &(SegmentRange, SegmentRange)) -> FilledSides {
    let filled = |range: SegmentRange| (!range.is_empty()).then_some(range);
    (filled(*source), filled(*target))
}

/// Whether two beads cannot stand in one alignment: neither lies before the other on both sides.
fn is_crossing(a: &(SegmentRange, SegmentRange), b: &(SegmentRange, SegmentRange)) -> bool {
    let is_before = |a: &(SegmentRange, SegmentRange), b: &(SegmentRange, SegmentRange)| {
        a.0.end <= b.0.start && a.1.end <= b.1.start
    };
    !is_before(a, b) && !is_before(b, a)
}

/// Whether the rows that are not rejected hold both texts, segment for segment.
fn is_tiling(rows: &[Row], source: &[String], target: &[String]) -> bool {
    let rows = || rows.iter().filter(|row| row.status != Status::Rejected);
    rows().flat_map(|row| &row.source).map(|s| s.trim()).eq(source.iter().map(|s| s.trim()))
        && rows().flat_map(|row| &row.target).map(|s| s.trim()).eq(target.iter().map(|s| s.trim()))
}

/// Where a row belongs on a side, judged by the rows around it.
#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    /// Where a row with nothing on this side stands.
    at: usize,
    /// The place of the last row before it that has one.
    last: SegmentRange,
}

/// The gap of each row: between the rows with a place, divided as the lost segments before and behind it are.
fn gaps(
    rows: impl DoubleEndedIterator<Item = (Status, usize)> + ExactSizeIterator + Clone,
    places: &[Option<SegmentRange>],
    len: usize,
) -> Vec<Gap> {
    let lost = |status: Status, len: usize| if status == Status::Rejected { 0 } else { len };
    // From behind: the beginning of the next placed row, and the lost segments before it.
    let mut behind = Vec::with_capacity(places.len());
    let (mut next, mut count) = (len, 0);
    for ((status, segments), place) in rows.clone().rev().zip(places.iter().rev()) {
        behind.push((next, count));
        match place {
            Some(place) => (next, count) = (place.start, 0),
            None => count += lost(status, segments),
        }
    }
    behind.reverse();
    let (mut last, mut count) = (SegmentRange::default(), 0);
    let mut gaps = Vec::with_capacity(places.len());
    for (((status, segments), place), (next, lost_behind)) in rows.zip(places).zip(behind) {
        let room = next.saturating_sub(last.end);
        let before = if count == 0 { 0 } else { room * count / (count + lost_behind) };
        gaps.push(Gap { at: last.end + before, last });
        match place {
            Some(place) => (last, count) = (*place, 0),
            None => count += lost(status, segments),
        }
    }
    gaps
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = &self.row;
        let texts = format!("{} = {}", row.source.join(" ¶ "), row.target.join(" ¶ "));
        let what = match self.loss {
            Loss::Confirmed => {
                "the confirmed bead no longer stands in the article, whose text counts. Confirm its new line".to_owned()
            }
            Loss::Rejected => "the rejected bead no longer stands in the article".to_owned(),
            Loss::Note => "the bead with a note no longer stands in the article".to_owned(),
            Loss::Repeated(line) => format!("the bead is confirmed already in line {line}, and stands only once"),
            Loss::Crossing(line) => format!(
                "the confirmed bead crosses or overlaps the one confirmed in line {line}, which counts. Keep one of them"
            ),
            Loss::Contradicted(line) => {
                format!("the bead is rejected, but line {line} confirms it, which counts. Delete one of the lines")
            }
        };
        write!(f, "line {}: {what}: {texts}", row.line)?;
        if matches!(self.loss, Loss::Rejected | Loss::Note) {
            for (name, text) in [("note", &row.note), ("ignore", &row.ignore)] {
                if !text.is_empty() {
                    write!(f, " ({name}: {text})")?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Corrections, Loss, respelt};
    use crate::project::merge::tests::{rows, segments};

    /// Beads as `source-range:target-range`.
    fn shown(beads: &[(crate::align::SegmentRange, crate::align::SegmentRange)]) -> Vec<String> {
        beads.iter().map(|(s, t)| format!("{}-{}:{}-{}", s.start, s.end, t.start, t.end)).collect()
    }

    fn found(file: &[&str], source: &str, target: &str) -> Corrections {
        Corrections::new(&rows(file), &segments(source), &segments(target))
    }

    fn assert_confirmed(file: &[&str], source: &str, target: &str, expected: &[&str]) {
        assert_eq!(shown(&found(file, source, target).confirmed), expected);
    }

    #[test]
    fn a_file_that_holds_the_texts_is_current_whatever_was_moved() {
        for file in [
            &["一 二=One", "三=Two Three"][..],
            &["一=One Two", "二 三=Three confirmed"],
            &["一 二 三=", "=One Two Three"],
        ] {
            let corrections = found(file, "一 二 三", "One Two Three");
            assert!(corrections.is_current, "{file:?}");
        }
        assert!(found(&[], "", "").is_current);
    }

    #[test]
    fn a_file_is_not_current_when_a_text_or_a_verdict_changed() {
        let file = &["一=One", "二=Two"];
        assert!(!found(file, "一 二 三", "One Two").is_current, "added");
        assert!(!found(file, "一", "One Two").is_current, "deleted");
        assert!(!found(file, "二 一", "One Two").is_current, "moved");
        assert!(!found(&["一=One", "二=Two rejected"], "一 二", "One Two").is_current, "rejected in its place");
        assert!(!found(&["一=One", "一=One rejected", "二=Two"], "一 二", "One Two").is_current, "rejected but there");
    }

    #[test]
    fn a_rejected_row_behind_another_bead_leaves_the_file_current_and_still_forbids() {
        let corrections = found(&["一 二=One Two", "一=One rejected", "三=Three"], "一 二 三", "One Two Three");
        assert!(corrections.is_current);
        assert_eq!(shown(&corrections.rejected), ["0-1:0-1"]);
    }

    #[test]
    fn confirmed_rows_stand_where_their_texts_stand() {
        let file = &["一=One confirmed", "二=Two", "三 四=Three confirmed"];
        assert_confirmed(file, "零 一 二改 三 四", "One Two+ Three", &["1-2:0-1", "3-5:2-3"]);
        assert_confirmed(file, "一 三 五 四", "One Three", &["0-1:0-1"]);
    }

    #[test]
    fn repeated_texts_are_told_apart_by_their_order() {
        let file = &["はい=Yes", "一=One", "はい=Yes confirmed", "二=Two"];
        assert_confirmed(file, "はい 一 新 はい 二", "Yes One New Yes Two", &["3-4:3-4"]);
        let file = &["はい=Yes confirmed", "はい=Yeah confirmed", "はい=Yep confirmed"];
        assert_confirmed(file, "はい はい", "Yeah Yep", &["0-1:0-1", "1-2:1-2"]);
    }

    #[test]
    fn a_confirmed_deletion_stays_between_its_neighbours() {
        let file = &["一=One", "二= confirmed", "三=Three", "=Four confirmed"];
        assert_confirmed(file, "一 二 三 五", "One Three Four Five", &["1-2:1-1", "3-3:2-3"]);
        assert_confirmed(file, "一改 二 三改", "One+ Three+ Four", &["1-2:1-1", "3-3:2-3"]);
    }

    fn contradictions(file: &[&str], source: &str, target: &str) -> Vec<(usize, Loss)> {
        let corrections = found(file, source, target);
        assert!(!corrections.is_current, "it is told again until it is settled");
        corrections.stale.iter().map(|stale| (stale.row.line, stale.loss)).collect()
    }

    #[test]
    fn corrections_that_contradict_each_other_are_told_with_both_lines() {
        let twice = &["一=One confirmed", "一=One confirmed", "二=Two"];
        let told = contradictions(twice, "一 二", "One Two");
        assert!(matches!(told.as_slice(), [(2, Loss::Repeated(3)) | (3, Loss::Repeated(2))]), "{told:?}");
        let crossing = &["一=Two confirmed", "二=One confirmed"];
        let told = contradictions(crossing, "一 二", "One Two");
        assert!(matches!(told.as_slice(), [(2, Loss::Crossing(3)) | (3, Loss::Crossing(2))]), "{told:?}");
        let both = &["一=One confirmed", "一=One rejected", "二=Two"];
        assert_eq!(contradictions(both, "一 二", "One Two"), [(3, Loss::Contradicted(2))]);
        let told = found(both, "一 二", "One Two").stale[0].to_string();
        assert!(told.starts_with("line 3: the bead is rejected, but line 2 confirms it"), "{told}");
    }

    #[test]
    fn what_stands_no_more_is_told_with_line_and_text() {
        let corrections = found(&["一=One confirmed", "二=Two rejected", "三=Three"], "三 四", "Three Four");
        let told: Vec<(usize, Loss)> = corrections.stale.iter().map(|s| (s.row.line, s.loss)).collect();
        assert_eq!(told, [(2, Loss::Confirmed), (3, Loss::Rejected)]);
        assert_eq!(
            corrections.stale[0].to_string(),
            "line 2: the confirmed bead no longer stands in the article, whose text counts. Confirm its new line: 一 = One"
        );
        assert!(corrections.changed.is_empty(), "{:?}", corrections.changed);
    }

    #[test]
    fn a_changed_line_that_nobody_has_judged_is_told() {
        let corrections = found(&["一=One", "二=Tw", "三 四=Three"], "一 二 三", "One Two Three");
        assert_eq!(corrections.changed, [3, 4]);
        assert!(corrections.stale.is_empty());
    }

    #[test]
    fn straight_quotation_marks_stand_for_curly_ones() {
        let texts = |text: &str| vec![text.to_owned()];
        let rows = |target: &str| {
            let mut rows = rows(&["一=One confirmed"]);
            rows[0].target = texts(target);
            rows
        };
        let (source, target) = (texts("一"), texts("“It’s one.”"));
        assert_eq!(respelt(&rows("\"It's one.\""), &source, &target), rows("“It’s one.”"));
        assert_eq!(respelt(&rows("\"It's two.\""), &source, &target), rows("\"It's two.\""));
    }
}
