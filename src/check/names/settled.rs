//! Where names stand as the glossary has them on both sides, and what that says of what a document shows by itself.

use super::{Issue, Kind};
use crate::check::{Context, Place, Severity, Side};
use crate::lang::Lang;

/// A form of a glossary's entry that stands beside its counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Settled {
    pub(super) place: Place,
    /// The entry's index in the glossary.
    pub(super) entry: usize,
}

/// Judges discovered issues by the glossary.
pub(super) struct Judge<'c> {
    context: &'c Context<'c>,
    /// In order, none over another.
    settled: Vec<Settled>,
}

impl<'c> Judge<'c> {
    pub(super) fn new(context: &'c Context<'c>, mut settled: Vec<Settled>) -> Self {
        settled.sort_unstable();
        Self { context, settled }
    }

    /// The issue as the glossary leaves it: what the glossary allows is no issue, and of two forms the other one may be wrong.
    pub(super) fn judge(&self, issue: Issue) -> Option<Issue> {
        let Some(entry) = self.entry_at(issue.finding.place) else { return Some(issue) };
        let is_pair = matches!(issue.kind, Kind::NameInconsistent | Kind::NameDiacritics);
        if !is_pair || issue.finding.severity == Severity::Note {
            return None;
        }
        let form = self.text(issue.finding.place);
        let is_usual = |place: &&Place| place.side == issue.finding.place.side && self.text(**place) != form;
        let usual: Vec<Place> = issue.finding.related.iter().filter(is_usual).copied().collect();
        if let Some(place) = usual.iter().copied().find(|place| self.entry_at(*place).is_none()) {
            return Some(self.reversed(issue, place));
        }
        // Two rows for one name allow both spellings, though not in one article.
        let lang = self.other_language(issue.finding.place.side);
        let is_other_row = |place: &Place| {
            self.entry_at(*place).is_some_and(|other| other != entry && self.share_form(other, entry, lang))
        };
        usual.iter().any(is_other_row).then_some(issue)
    }

    /// The entry whose form stands around a place.
    fn entry_at(&self, place: Place) -> Option<usize> {
        let begins = |place: Place| (place.line, place.side, place.span.start);
        let last = self.settled.partition_point(|other| begins(other.place) <= begins(place)).checked_sub(1)?;
        let Settled { place: other, entry } = *self.settled.get(last)?;
        let is_around = (other.line, other.side) == (place.line, place.side) && place.span.end <= other.span.end;
        is_around.then_some(entry)
    }

    fn text(&self, place: Place) -> &'c str {
        let line = self.context.bitext.lines.get(place.line);
        let text = line.map(|line| if place.side == Side::Source { &line.source } else { &line.target });
        text.map_or("", |text| place.span.of(text))
    }

    fn other_language(&self, side: Side) -> &Lang {
        let bitext = self.context.bitext;
        if side == Side::Source { &bitext.target } else { &bitext.source }
    }

    fn share_form(&self, a: usize, b: usize, lang: &Lang) -> bool {
        let entries = &self.context.glossary.entries;
        let (Some(a), Some(b)) = (entries.get(a), entries.get(b)) else { return false };
        a.terms(lang).any(|(_, a)| b.terms(lang).any(|(_, b)| a.text == b.text))
    }

    /// The same issue told of the form that the glossary does not have.
    fn reversed(&self, issue: Issue, place: Place) -> Issue {
        let Issue { kind, mut finding } = issue;
        let (right, written) = (self.text(finding.place).to_owned(), self.text(place).to_owned());
        finding.message = format!("{right} stands elsewhere, as the glossary has it; here stands {written}.");
        finding.related.retain(|other| *other != place);
        finding.related.push(finding.place);
        finding.related.sort_unstable();
        finding.lines.push(place.line);
        finding.lines.sort_unstable();
        finding.lines.dedup();
        finding.suggestion = None;
        match place.side {
            Side::Source => finding.source_name = Some(written),
            Side::Target => finding.target_name = Some(written),
        }
        finding.place = place;
        finding.expected = vec![right];
        Issue { kind, finding }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::name_inconsistent::CHECK;
    use crate::check::specimen::found_with;

    const TIE: [(&str, &str); 2] =
        [("ハルトマンが来た。", "Hartmann came."), ("ハルトマンが笑った。", "Hartman laughed.")];

    #[test]
    fn forms_that_the_glossary_admits_are_one_name() {
        assert_eq!(found_with(&CHECK, "ja\ten\tkind\nハルトマン\tHartmann | Hartman\tperson\n", &TIE), [""; 0]);
    }

    #[test]
    fn of_two_forms_the_one_that_the_glossary_does_not_have_is_wrong() {
        let lines = [
            ("ジョン・ハルトマンが来た。", "Jon Hartmann came."),
            ("ジョン・ハルトマンが笑った。", "John Hartmann laughed."),
        ];
        let found = found_with(&CHECK, "ja\ten\tkind\nジョン・ハルトマン\tJohn Hartmann\tperson\n", &lines);
        assert!(found.iter().all(|finding| finding.starts_with("1 target Jon")), "{found:?}");
    }

    #[test]
    fn two_rows_for_one_name_do_not_let_an_article_have_both() {
        let rows = "ja\ten\tkind\nカバノー\tKavanaugh\tperson\nカヴァノー\tKavanaugh\tperson\n";
        let lines = [("カバノーが来た。", "Kavanaugh came."), ("カヴァノーは去った。", "Kavanaugh left.")];
        assert_eq!(found_with(&CHECK, rows, &lines).len(), 1);
    }
}
