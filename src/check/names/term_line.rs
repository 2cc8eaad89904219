//! What the glossary says of one line.

use std::collections::BTreeSet;

use super::affix::is_inflected;
use super::document::{Document, LONGEST_LINE};
use super::near_form::{self, NearForm};
use super::runs::{self, DOTS, is_katakana_name};
use super::settled::Settled;
use super::spelling::{Difference, Letters};
use super::terms::{Found, Line};
use super::words::{self, Word};
use super::{Issue, Kind, compound, said};
use crate::check::{Applicability, Finding, Place, Severity, Side, Suggestion};
use crate::glossary::{TermEntry, TermMatch, TermStatus};
use crate::lang::{Lang, is_invisible, is_katakana};
use crate::name::{Katakana, Latin, cost_within, katakana_runs};
use crate::span::Span;

/// Shorter katakana sounds like too many names.
const SHORTEST_BY_SOUND: usize = 4;
/// Katakana at this cost from a name of the glossary is another spelling of it: .96 of the names at .20 are the same.
const SAME_SOUND: f64 = 0.2;
/// Words that stand for a person where a sentence begins: among so many first words.
const PRONOUNS: [&str; 3] = ["he", "she", "they"];
const BEGINNING: usize = 5;
/// A line that lacks so many names is abridged.
const ABRIDGED: usize = 3;

/// Reads one line.
pub(super) struct LineReader<'a, 'c> {
    document: &'a Document<'c>,
    line: &'a Line<'c>,
    words: Vec<Word>,
    issues: Vec<Issue>,
    settled: Vec<Settled>,
}

/// What the glossary says of a line or a document.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) issues: Vec<Issue>,
    /// Where names stand as it has them on both sides.
    pub(super) settled: Vec<Settled>,
}

impl<'a, 'c> LineReader<'a, 'c> {
    pub(super) fn new(document: &'a Document<'c>, line: &'a Line<'c>) -> Self {
        Self { document, line, words: Vec::new(), issues: Vec::new(), settled: Vec::new() }
    }

    /// The issues of the line.
    pub(super) fn issues(mut self) -> Told {
        self.read();
        Told { issues: self.issues, settled: self.settled }
    }

    fn read(&mut self) {
        let line = self.line;
        let bitext = self.document.context.bitext;
        self.deprecated(&line.sources, Side::Source, &bitext.source);
        self.deprecated(&line.targets, Side::Target, &bitext.target);
        let is_empty = line.source.trim().is_empty() || line.target.trim().is_empty();
        if is_empty || (line.sources.is_empty() && line.targets.is_empty()) || self.is_too_long() {
            return;
        }
        for found in &line.sources {
            self.slip_around(found);
        }
        self.words = words::split(line.target);
        let entries = |found: &[Found]| -> BTreeSet<usize> {
            found.iter().flat_map(|found| found.terms.iter().map(|term| term.entry)).collect()
        };
        let (in_source, in_target) = (entries(&line.sources), entries(&line.targets));
        let is_in = |found: &Found, entries: &BTreeSet<usize>| found.terms.iter().any(|t| entries.contains(&t.entry));
        let (taken, mut unexpected): (Vec<&Found>, Vec<&Found>) =
            line.targets.iter().partition(|found| is_in(found, &in_source));
        let settled = |side: Side, found: &Found, others: &BTreeSet<usize>| {
            let entry = found.terms.iter().map(|term| term.entry).find(|entry| others.contains(entry))?;
            Some(Settled { place: Place { line: line.index, side, span: found.span }, entry })
        };
        self.settled.extend(line.targets.iter().filter_map(|found| settled(Side::Target, found, &in_source)));
        self.settled.extend(line.sources.iter().filter_map(|found| settled(Side::Source, found, &in_target)));
        let is_taken = |span: Span| taken.iter().any(|t| t.span.start <= span.start && span.end <= t.span.end);
        let free: Vec<Word> = self.words.iter().filter(|word| !is_taken(word.span)).cloned().collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for found in &line.sources {
            if !seen.insert(found.terms.first().map_or(0, |term| term.entry)) {
                continue;
            }
            if !is_in(found, &in_target) {
                self.unsatisfied(found, &free, &mut unexpected);
            }
            for taken in taken.iter().filter(|taken| shares_entry(taken, found)) {
                self.slip_around_target(found, taken);
            }
        }
        for found in &taken {
            if self.is_surplus(found) {
                self.misspelt_source(found);
            }
        }
        self.settle_missing();
        for found in unexpected {
            self.unexpected(found);
        }
    }

    /// Whether the target has a name more often than the source.
    fn is_surplus(&self, found: &Found) -> bool {
        let count = |all: &[Found]| all.iter().filter(|other| shares_entry(other, found)).count();
        count(&self.line.targets) > count(&self.line.sources)
    }

    fn is_too_long(&self) -> bool {
        self.line.source.len() > LONGEST_LINE || self.line.target.len() > LONGEST_LINE
    }

    fn entry(&self, term: &TermMatch) -> Option<&'c TermEntry> {
        self.document.context.glossary.entries.get(term.entry)
    }

    /// What the glossary says that it is: person, place, term …
    fn kind(&self, found: &Found) -> &'c str {
        found.terms.first().and_then(|term| self.entry(term)).map_or("", |entry| entry.kind.as_str())
    }

    fn place(&self, side: Side, span: Span) -> Place {
        Place { line: self.line.index, side, span }
    }

    /// The forms that an entry's term may take in `lang`.
    fn forms(&self, found: &Found, lang: &Lang) -> Vec<String> {
        let entries = found.terms.iter().filter_map(|term| self.entry(term));
        let terms = entries.flat_map(|entry| entry.terms(lang).map(|(_, term)| term));
        let allowed = terms.filter(|term| term.status != TermStatus::Deprecated);
        let mut seen = BTreeSet::new();
        allowed.filter(|term| seen.insert(term.text.as_str())).map(|term| term.text.clone()).collect()
    }

    /// Forms that must not be used.
    fn deprecated(&mut self, found: &[Found], side: Side, lang: &Lang) {
        let text = if side == Side::Source { self.line.source } else { self.line.target };
        for found in found {
            let is_deprecated = |term: &TermMatch| {
                let form = self.entry(term).and_then(|entry| entry.terms.get(term.term));
                form.is_some_and(|form| form.status == TermStatus::Deprecated)
            };
            // Where a form is forbidden for one name and right for another, nothing can be said.
            if !found.terms.iter().all(is_deprecated) {
                continue;
            }
            let written = found.span.of(text).to_owned();
            let expected = near_form::nearest(&written, self.forms(found, lang));
            let message = match &expected {
                Some(form) => format!("The glossary does not allow {written}. Write {form}."),
                None => format!("The glossary does not allow {written}."),
            };
            let mut finding = Finding::new(Severity::Error, self.place(side, found.span), message);
            finding.suggestion = expected.as_deref().map(|form| suggestion(form, Applicability::Safe));
            finding.expected = expected.into_iter().collect();
            match side {
                Side::Source => finding.source_name = Some(written),
                Side::Target => finding.target_name = Some(written),
            }
            self.issues.push(Issue { kind: Kind::TermDeprecated, finding });
        }
    }

    /// A full name of the source of which only a part is right: クスリ・ロック for クリス・ロック, カール ラシーン for
    /// カール・ラシーン.
    fn slip_around(&mut self, found: &Found) {
        let (source, span) = (self.line.source, found.span);
        let is_around = |run: &Span| run.start <= span.start && span.end <= run.end && *run != span;
        let forms = self.forms(found, &self.document.context.bitext.source);
        let nearest = |run: &Span| {
            let letters = Letters::new(run.of(source));
            forms.iter().find_map(|form| match letters.difference(&Letters::new(form)) {
                Difference::Near(_) => Some((form, Severity::Error)),
                Difference::None | Difference::Signs if form != run.of(source) => Some((form, Severity::Warning)),
                _ => None,
            })
        };
        let mut runs = runs::katakana(source).into_iter().filter(is_around);
        let Some((run, (expected, severity))) = runs.find_map(|run| Some((run, nearest(&run)?))) else {
            return;
        };
        let written = run.of(source).to_owned();
        let message = format!("The glossary has {expected}; here stands {written}.");
        let mut finding = Finding::new(severity, self.place(Side::Source, run), message);
        finding.suggestion = Some(suggestion(expected, Applicability::MaybeIncorrect));
        finding.expected = vec![expected.clone()];
        finding.source_name = Some(written);
        self.issues.push(Issue { kind: Kind::NameSpelling, finding });
    }

    /// The same in the target: Mtat Damon where Damon alone would do.
    fn slip_around_target(&mut self, found: &Found, taken: &Found) {
        let mut forms = self.forms(found, &self.document.context.bitext.target);
        forms.retain(|form| words::split(form).len() > 1);
        let split: Vec<Vec<Word>> = forms.iter().map(|form| words::split(form)).collect();
        let inside = |span: Span, outer: Span| outer.start <= span.start && span.end <= outer.end;
        let near = near_form::all(&forms, &split, &self.words, self.line.target);
        let slip = near.into_iter().find(|near| {
            let is_around = inside(taken.span, near.span) && near.span != taken.span;
            is_around && near.difference > Difference::Diacritics && self.is_slip(near) && self.is_one_word_off(near)
        });
        if let Some(near) = slip {
            self.misspelt(found, &near);
        }
    }

    /// A source term without any of its forms in the target: misspelt there, said in another way, swapped or missing.
    fn unsatisfied(&mut self, found: &Found, free: &[Word], unexpected: &mut Vec<&Found>) {
        let forms = self.forms(found, &self.document.context.bitext.target);
        if forms.is_empty() {
            return;
        }
        let split: Vec<Vec<Word>> = forms.iter().map(|form| words::split(form)).collect();
        let near = near_form::all(&forms, &split, free, self.line.target);
        let is_slip = |near: &&NearForm| self.is_slip(near) || self.is_one_word_off(near);
        let slip = near.iter().filter(|near| near.difference >= Difference::Diacritics).find(is_slip);
        if let Some(near) = slip {
            self.misspelt(found, near);
            unexpected.retain(|other| other.span.end <= near.span.start || near.span.end <= other.span.start);
            return;
        }
        if let Some(near) = near.iter().find(|near| near.difference <= Difference::Signs) {
            // The form itself stands inside that of another entry: Thomas in Justin Thomas.
            if near.span.of(self.line.target) != near.form {
                self.misspelt(found, near);
            }
            return;
        }
        if said::is_said(self.document, self.line, &self.words, found, &split) {
            return;
        }
        if let Some(near) = near.first() {
            self.misspelt(found, near);
            unexpected.retain(|other| other.span.end <= near.span.start || near.span.end <= other.span.start);
            return;
        }
        let kind = self.kind(found);
        let may_be_swapped = |other: &&Found| {
            let own = self.forms(other, &self.document.context.bitext.source);
            self.kind(other) == kind
                && kind != "term"
                && !own.iter().any(|form| self.line.source.contains(form.as_str()))
        };
        if let Some(at) = unexpected.iter().position(may_be_swapped) {
            let other = unexpected.remove(at);
            self.swapped(found, other, forms);
        } else {
            self.missing(found, forms);
        }
    }

    /// Whether the words of `near` that are not those of its form are no words that anyone knows: slips rather than other
    /// words (Commtitee, not Judicial for Judiciary).
    fn is_slip(&self, near: &NearForm) -> bool {
        let form = words::split(&near.form);
        let is_inside = |word: &&Word| near.span.start <= word.span.start && word.span.end <= near.span.end;
        let is_other = |word: &&Word| !form.iter().any(|f| f.text == word.text);
        self.words.iter().filter(is_inside).filter(is_other).all(|word| {
            !words::is_known(&word.text, self.document.context.lexicons)
                || form.iter().any(|f| f.letters.difference(&word.letters) == Difference::Diacritics)
        })
    }

    /// Whether all words of a full name are right but one, and that one by a letter: Chris Coos for Chris Coons.
    fn is_one_word_off(&self, near: &NearForm) -> bool {
        let form = words::split(&near.form);
        let there = words::split(near.span.of(self.line.target));
        let others: Vec<_> = form.iter().zip(&there).filter(|(form, word)| form.text != word.text).collect();
        let is_letter_off = |(form, word): &(&Word, &Word)| {
            form.letters.difference(&word.letters) == Difference::Near(1) && !is_inflected(&form.letters, &word.letters)
        };
        form.len() >= 2 && form.len() == there.len() && others.len() == 1 && others.iter().all(is_letter_off)
    }

    fn misspelt(&mut self, found: &Found, near: &NearForm) {
        let (kind, severity) = match near.difference {
            Difference::Diacritics => (Kind::NameDiacritics, Severity::Error),
            Difference::None | Difference::Signs => (Kind::NameSpelling, Severity::Note),
            _ => (Kind::NameSpelling, Severity::Error),
        };
        let (name, form) = (found.span.of(self.line.source), &near.form);
        let written = near.span.of(self.line.target);
        let message = format!("{name} is written {form} in the glossary; here stands {written}.");
        let mut finding = Finding::new(severity, self.place(Side::Target, near.span), message);
        let is_safe = kind == Kind::NameDiacritics;
        let applicability = if is_safe { Applicability::Safe } else { Applicability::MaybeIncorrect };
        finding.suggestion = Some(suggestion(form, applicability));
        finding.related = vec![self.place(Side::Source, found.span)];
        finding.source_name = Some(name.to_owned());
        finding.target_name = Some(written.to_owned());
        finding.expected = vec![form.clone()];
        self.issues.push(Issue { kind, finding });
    }

    fn swapped(&mut self, found: &Found, other: &Found, forms: Vec<String>) {
        let name = found.span.of(self.line.source);
        let written = other.span.of(self.line.target);
        let belongs = self.forms(other, &self.document.context.bitext.source).join(" or ");
        let usual = forms.join(" or ");
        let message = format!("{name} is {usual} in the glossary; here stands {written}, which is {belongs}.");
        let mut finding = Finding::new(Severity::Error, self.place(Side::Target, other.span), message);
        finding.related = vec![self.place(Side::Source, found.span)];
        finding.source_name = Some(name.to_owned());
        finding.target_name = Some(written.to_owned());
        finding.expected = forms;
        self.issues.push(Issue { kind: Kind::NameSwapped, finding });
    }

    fn missing(&mut self, found: &Found, forms: Vec<String>) {
        if is_label(self.line.source, found.span) {
            return;
        }
        let name = found.span.of(self.line.source);
        let message = format!("{name} is {} in the glossary; this line has none of it.", forms.join(" or "));
        let kind = self.kind(found);
        let is_pronoun = |word: &Word| PRONOUNS.contains(&word.text.to_lowercase().as_str());
        let behind = self.line.source.get(found.span.end..).and_then(|text| text.chars().next());
        let is_compound = name.chars().all(is_katakana) && behind.is_some_and(is_katakana);
        // A word may be said in many ways, so may a name inside one, and a pronoun stands for a person.
        let is_free =
            kind == "term" || is_compound || (kind == "person" && self.words.iter().take(BEGINNING).any(is_pronoun));
        let severity = if is_free { Severity::Note } else { Severity::Warning };
        let mut finding = Finding::new(severity, self.place(Side::Source, found.span), message);
        finding.source_name = Some(name.to_owned());
        finding.target_name = forms.first().cloned();
        finding.expected = forms;
        self.issues.push(Issue { kind: Kind::TermMissing, finding });
    }

    /// A line that lacks several names is abridged, or stands beside another line's translation: no slip of names.
    fn settle_missing(&mut self) {
        let is_missing = |issue: &&mut Issue| issue.kind == Kind::TermMissing;
        if self.issues.iter_mut().filter(is_missing).count() >= ABRIDGED {
            for issue in self.issues.iter_mut().filter(is_missing) {
                issue.finding.severity = Severity::Note;
            }
        }
    }

    /// A target term without any of its forms in the source: misspelt there, or left to the reader.
    fn unexpected(&mut self, found: &Found) {
        let forms = self.forms(found, &self.document.context.bitext.source);
        if forms.is_empty() || self.misspelt_source(found) || self.is_explained(found, &forms) {
            return;
        }
        let written = found.span.of(self.line.target);
        let message = format!("{written} is {} in the glossary; this line has none of it.", forms.join(" or "));
        // Japanese leaves out what everybody knows.
        let mut finding = Finding::new(Severity::Note, self.place(Side::Target, found.span), message);
        finding.source_name = forms.first().cloned();
        finding.target_name = Some(written.to_owned());
        finding.expected = forms;
        self.issues.push(Issue { kind: Kind::TermUnexpected, finding });
    }

    /// Reports what nearly is the source's form of a target term; whether there was any.
    fn misspelt_source(&mut self, found: &Found) -> bool {
        let forms = self.forms(found, &self.document.context.bitext.source);
        let written = found.span.of(self.line.target);
        let near = self.nearest_source(&forms, written);
        if let Some(near) = &near {
            let name = near.span.of(self.line.source);
            let severity = if near.difference <= Difference::Signs { Severity::Warning } else { Severity::Error };
            let message = format!("{written} is written {} in the glossary; here stands {name}.", near.form);
            let mut finding = Finding::new(severity, self.place(Side::Source, near.span), message);
            finding.related = vec![self.place(Side::Target, found.span)];
            finding.suggestion = Some(suggestion(&near.form, Applicability::MaybeIncorrect));
            finding.source_name = Some(name.to_owned());
            finding.target_name = Some(written.to_owned());
            finding.expected = vec![near.form.clone()];
            self.issues.push(Issue { kind: Kind::NameSpelling, finding });
        }
        near.is_some()
    }

    /// Whether words of the source give the target's term by a word list, or a part of its name.
    fn is_explained(&self, found: &Found, forms: &[String]) -> bool {
        let source = self.line.source;
        let written = found.span.of(self.line.target);
        let runs: BTreeSet<&str> =
            katakana_runs(source).into_iter().flat_map(|span| span.of(source).split(DOTS)).collect();
        let has_part = |part: &str| runs.contains(part) || (!part.chars().all(is_katakana) && source.contains(part));
        let mut parts = forms.iter().flat_map(|form| form.split(['・', '＝', ' '])).filter(|p| p.chars().count() >= 2);
        let gives = |word: &str| self.document.renderings(word).iter().any(|text| text == written);
        parts.any(has_part) || self.document.tokens(self.line.index).iter().any(|token| gives(token.span.of(source)))
    }

    /// The run of the source that is nearest to one of `forms`, or sounds like what is written in the target.
    fn nearest_source(&self, forms: &[String], written: &str) -> Option<NearForm> {
        let source = self.line.source;
        // A known surname does not make its full name known.
        let is_part = |f: &Found, span: &Span| span.start <= f.span.start && f.span.end <= span.end && f.span != *span;
        let is_free = |span: &Span| {
            let mut found = self.line.sources.iter();
            !found.any(|f| f.span.start < span.end && span.start < f.span.end && !is_part(f, span))
        };
        let mut runs = runs::katakana(source);
        let compounds: Vec<Span> =
            runs.iter().flat_map(|run| compound::names(self.document, self.line.index, *run)).collect();
        runs.extend(compounds);
        runs.retain(is_free);
        let sounding: Vec<Span> =
            runs.iter().copied().filter(|run| self.sounds_like(run.of(source), written)).collect();
        let words = words::split(source);
        let has_latin = |span: &Span| span.of(source).chars().any(|c| c.is_ascii_alphabetic());
        let mut best: Option<NearForm> = None;
        for form in forms {
            let letters = Letters::new(form);
            let windows = words.windows(words::split(form).len().max(1)).map(words::span);
            for span in runs.iter().copied().chain(windows.filter(has_latin).filter(is_free)) {
                let there = Letters::new(span.of(source));
                let mut difference = there.difference(&letters);
                if difference == Difference::Far && is_katakana_name(form) && sounding.contains(&span) {
                    difference = Difference::Near(strsim::generic_damerau_levenshtein(there.plain(), letters.plain()));
                }
                if difference < Difference::Far && best.as_ref().is_none_or(|best| difference < best.difference) {
                    best = Some(NearForm { span, difference, form: form.clone() });
                }
            }
        }
        best
    }

    /// Whether katakana that no word list has sounds like a name of the target.
    fn sounds_like(&self, run: &str, name: &str) -> bool {
        let is_name = run.chars().count() >= SHORTEST_BY_SOUND && !self.document.is_listed(run);
        let names = Katakana::new(run).zip(Latin::new(name)).filter(|_| is_name);
        names.is_some_and(|(run, name)| cost_within(&run, &name, SAME_SOUND).is_some())
    }
}

fn shares_entry(a: &Found, b: &Found) -> bool {
    a.terms.iter().any(|a| b.terms.iter().any(|b| a.entry == b.entry))
}

/// A form of the glossary as it is written into a text: without characters that nobody sees, which it holds by mistake.
fn suggestion(form: &str, applicability: Applicability) -> Suggestion {
    Suggestion { replacement: form.chars().filter(|c| !is_invisible(*c)).collect(), applicability }
}

/// Whether the name only tells who speaks: 三好：はい。
fn is_label(text: &str, span: Span) -> bool {
    let is_first = text.get(..span.start).is_some_and(|before| before.trim().is_empty());
    is_first && text.get(span.end..).is_some_and(|after| after.trim_start().starts_with(['：', ':']))
}
