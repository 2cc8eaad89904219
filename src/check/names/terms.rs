//! What the glossary says of each line: terms that are missing, unexpected, forbidden, misspelt or swapped.

use std::collections::{BTreeMap, BTreeSet};

use super::spelling::{Difference, Letters};
use super::words::{Word, is_known, span, split};
use super::{Issue, Kind, equivalent};
use crate::check::{Applicability, Context, Finding, Place, Severity, Side, Suggestion};
use crate::glossary::{Matcher, TermEntry, TermMatch, TermStatus};
use crate::lang::{Lang, is_katakana};
use crate::name::{Katakana, Latin, cost, katakana_runs};
use crate::span::Span;

/// Shorter katakana sounds like too many names.
const SHORTEST_BY_SOUND: usize = 4;
/// Katakana at this cost from a name of the glossary is another spelling of it (measured: .96 of names at .20 are the same).
const SAME_SOUND: f64 = 0.2;

/// The entries whose forms stand at one place.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) terms: Vec<TermMatch>,
}

/// Everything in a line that its glossary knows.
struct Line<'c> {
    index: usize,
    source: &'c str,
    target: &'c str,
    sources: Vec<Found>,
    targets: Vec<Found>,
}

/// The terms of `matches` by place.
fn by_place(matches: Vec<TermMatch>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for term in matches {
        match out.last_mut() {
            Some(found) if found.span == term.span => found.terms.push(term),
            _ => out.push(Found { span: term.span, terms: vec![term] }),
        }
    }
    out
}

/// The issues of all lines.
pub(crate) fn issues(context: &Context<'_>) -> Vec<Issue> {
    let bitext = context.bitext;
    if context.glossary.entries.is_empty() {
        return Vec::new();
    }
    let source = Matcher::new(context.glossary, &bitext.source);
    let target = Matcher::new(context.glossary, &bitext.target);
    let mut issues = Vec::new();
    for (index, line) in bitext.lines.iter().enumerate() {
        if line.source.trim().is_empty() || line.target.trim().is_empty() {
            continue;
        }
        let found = Line {
            index,
            source: &line.source,
            target: &line.target,
            sources: by_place(source.find_in(&line.source, &line.document)),
            targets: by_place(target.find_in(&line.target, &line.document)),
        };
        Reader { context, line: &found, issues: &mut issues }.read();
    }
    relate(context, issues)
}

/// Makes one finding of all places of a rendering that a document prefers to the glossary's: either may be wrong there,
/// and the places of both are told.
fn relate(context: &Context<'_>, issues: Vec<Issue>) -> Vec<Issue> {
    let lines = &context.bitext.lines;
    let key = |issue: &Issue| {
        let finding = &issue.finding;
        let document = lines.get(finding.place.line).map(|l| l.document.clone());
        (issue.kind, document, finding.source_name.clone(), finding.target_name.clone())
    };
    let mut groups: BTreeMap<_, Vec<Issue>> = BTreeMap::new();
    for issue in issues {
        groups.entry(key(&issue)).or_default().push(issue);
    }
    let mut out = Vec::new();
    for ((kind, document, source, _), group) in groups {
        let conform: Vec<Place> = match (&source, group.first().map(|i| i.finding.expected.clone())) {
            (Some(source), Some(expected)) if matches!(kind, Kind::NameSpelling | Kind::NameSwapped) => lines
                .iter()
                .enumerate()
                .filter(|(_, l)| Some(&l.document) == document.as_ref() && l.source.contains(source.as_str()))
                .filter_map(|(line, l)| {
                    let at = expected.iter().find_map(|e| super::swaps::find(&l.target, e))?;
                    Some(Place { line, side: Side::Target, span: at })
                })
                .collect(),
            _ => Vec::new(),
        };
        if conform.is_empty() || conform.len() > group.len() {
            out.extend(group);
            continue;
        }
        let mut group = group.into_iter();
        let Some(mut first) = group.next() else { continue };
        for other in group {
            first.finding.lines.extend(other.finding.lines);
            first.finding.related.push(other.finding.place);
        }
        first.finding.lines.extend(conform.iter().map(|p| p.line));
        first.finding.related.extend(conform);
        first.finding.lines.sort_unstable();
        first.finding.lines.dedup();
        first.finding.related.sort_unstable();
        out.push(first);
    }
    out
}

struct Reader<'a, 'c> {
    context: &'a Context<'c>,
    line: &'a Line<'c>,
    issues: &'a mut Vec<Issue>,
}

impl Reader<'_, '_> {
    fn entry(&self, term: &TermMatch) -> Option<&TermEntry> {
        self.context.glossary.entries.get(term.entry)
    }

    fn status(&self, term: &TermMatch) -> Option<TermStatus> {
        Some(self.entry(term)?.terms.get(term.term)?.status)
    }

    fn read(&mut self) {
        let line = self.line;
        let (source_lang, target_lang) = (&self.context.bitext.source, &self.context.bitext.target);
        self.deprecated(&line.sources, Side::Source, source_lang);
        self.deprecated(&line.targets, Side::Target, target_lang);

        let shared = |a: &Found, b: &Found| a.terms.iter().any(|x| b.terms.iter().any(|y| x.entry == y.entry));
        let mut unexpected: Vec<&Found> =
            line.targets.iter().filter(|t| !line.sources.iter().any(|s| shared(s, t))).collect();
        for found in &line.sources {
            self.slip_around(found);
        }
        let words = split(line.target);
        let taken: Vec<Span> =
            line.targets.iter().filter(|t| line.sources.iter().any(|s| shared(s, t))).map(|t| t.span).collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for found in &line.sources {
            if line.targets.iter().any(|t| shared(found, t)) || !seen.insert(found.terms.first().map_or(0, |t| t.entry))
            {
                continue;
            }
            self.unsatisfied(found, &words, &taken, &mut unexpected);
        }
        for found in unexpected {
            self.unexpected(found);
        }
    }

    /// A full name whose surname is right and whose given name is nearly so: クスリ・ロック for クリス・ロック.
    fn slip_around(&mut self, found: &Found) {
        let source = self.line.source;
        let Some(run) = katakana_runs(source)
            .into_iter()
            .find(|r| r.start <= found.span.start && found.span.end <= r.end && *r != found.span)
        else {
            return;
        };
        let written = run.of(source).to_owned();
        let letters = Letters::new(&written);
        let forms = self.forms(found, &self.context.bitext.source);
        let expected = forms.iter().find(|f| matches!(letters.difference(&Letters::new(f)), Difference::Near(_)));
        if let Some(expected) = expected {
            let message = format!("The glossary has {expected}; here stands {written}.");
            let place = Place { line: self.line.index, side: Side::Source, span: run };
            let mut finding = Finding::new(Severity::Error, place, message);
            finding.suggestion =
                Some(Suggestion { replacement: expected.clone(), applicability: Applicability::MaybeIncorrect });
            finding.expected = vec![expected.clone()];
            finding.source_name = Some(written);
            self.issues.push(Issue { kind: Kind::NameSpelling, finding });
        }
    }

    /// The forms that an entry's term may take on the other side.
    fn forms(&self, found: &Found, lang: &Lang) -> Vec<String> {
        let entries = found.terms.iter().filter_map(|t| self.entry(t));
        let terms = entries.flat_map(|e| e.terms(lang).map(|(_, term)| term));
        let mut forms: Vec<String> =
            terms.filter(|t| t.status != TermStatus::Deprecated).map(|t| t.text.clone()).collect();
        let mut seen = BTreeSet::new();
        forms.retain(|f| seen.insert(f.clone()));
        forms
    }

    fn unsatisfied(&mut self, found: &Found, words: &[Word], taken: &[Span], unexpected: &mut Vec<&Found>) {
        let target_lang = &self.context.bitext.target;
        let forms = self.forms(found, target_lang);
        if forms.is_empty() {
            return;
        }
        let source_name = found.span.of(self.line.source).to_owned();
        let split_forms: Vec<Vec<Word>> = forms.iter().map(|f| split(f)).collect();
        let free: Vec<Word> = words
            .iter()
            .filter(|w| !taken.iter().any(|t| t.start <= w.span.start && w.span.end <= t.end))
            .cloned()
            .collect();
        let all = near(&forms, &split_forms, &free, self.line.target);
        let slip = all
            .iter()
            .find(|(span, difference, form)| *difference >= Difference::Diacritics && self.is_slip(*span, form, words));
        let is_slip = slip.is_some();
        let near = slip.or(all.first()).cloned();
        let is_said = || {
            split_forms.iter().any(|form| equivalent::find(form, words).is_some() || in_capitals(form, words))
                || self.by_lexicon(&source_name, words)
                || self.by_part(found)
        };
        // The same letters with other signs: a note.
        let is_written = near.as_ref().is_some_and(|(_, difference, _)| *difference <= Difference::Signs);
        if !is_slip && !is_written && is_said() {
            return;
        }
        if let Some((span, difference, form)) = near {
            let (kind, severity) = match difference {
                Difference::Diacritics => (Kind::NameDiacritics, Severity::Error),
                Difference::None | Difference::Signs => (Kind::NameSpelling, Severity::Note),
                _ => (Kind::NameSpelling, Severity::Error),
            };
            let written = span.of(self.line.target).to_owned();
            let message = format!("{source_name} is written {form} in the glossary; here stands {written}.");
            let mut finding =
                Finding::new(severity, Place { line: self.line.index, side: Side::Target, span }, message);
            finding.suggestion = Some(Suggestion {
                replacement: form.clone(),
                applicability: if kind == Kind::NameDiacritics {
                    Applicability::Safe
                } else {
                    Applicability::MaybeIncorrect
                },
            });
            finding.source_name = Some(source_name);
            finding.target_name = Some(written);
            finding.expected = vec![form];
            unexpected.retain(|u| u.span.end <= span.start || span.end <= u.span.start);
            self.issues.push(Issue { kind, finding });
            return;
        }
        let kind_of = |f: &Found| f.terms.first().and_then(|t| self.entry(t)).map(|e| e.kind.clone());
        let kind = kind_of(found);
        if let Some(at) = unexpected.iter().position(|u| kind_of(u) == kind && kind.as_deref() != Some("term")) {
            let other = unexpected.remove(at);
            let written = other.span.of(self.line.target).to_owned();
            let belongs = self.forms(other, &self.context.bitext.source).join(" | ");
            let message = format!(
                "{source_name} is {} in the glossary; here stands {written}, which is {belongs}.",
                forms.join(" or ")
            );
            let mut finding = Finding::new(
                Severity::Error,
                Place { line: self.line.index, side: Side::Target, span: other.span },
                message,
            );
            finding.related = vec![Place { line: self.line.index, side: Side::Source, span: found.span }];
            finding.source_name = Some(source_name);
            finding.target_name = Some(written);
            finding.expected = forms;
            self.issues.push(Issue { kind: Kind::NameSwapped, finding });
            return;
        }
        let message =
            format!("{source_name} is {} in the glossary; the translation has none of it.", forms.join(" or "));
        let mut finding = Finding::new(
            Severity::Warning,
            Place { line: self.line.index, side: Side::Source, span: found.span },
            message,
        );
        finding.source_name = Some(source_name);
        finding.target_name = forms.first().cloned();
        finding.expected = forms;
        self.issues.push(Issue { kind: Kind::TermMissing, finding });
    }

    /// Whether the words at `span` that are not those of `form` are no words that anyone knows: slips rather than other
    /// words (Commtitee, not Judicial for Judiciary).
    fn is_slip(&self, span: Span, form: &str, words: &[Word]) -> bool {
        let form = split(form);
        let there = words.iter().filter(|w| span.start <= w.span.start && w.span.end <= span.end);
        there.filter(|w| !form.iter().any(|f| f.text == w.text)).all(|w| {
            !is_known(&w.text, self.context.lexicons)
                || form.iter().any(|f| f.letters.difference(&w.letters) == Difference::Diacritics)
        })
    }

    /// Whether a shorter term inside the source term has its form in the target: 米国 in 米国政府.
    fn by_part(&self, found: &Found) -> bool {
        let source = found.span.of(self.line.source);
        self.line.targets.iter().any(|target| {
            let entries = target.terms.iter().filter_map(|t| self.entry(t));
            entries.flat_map(|e| e.terms(&self.context.bitext.source)).any(|(_, term)| {
                term.text.chars().count() >= 2 && term.text != source && source.contains(term.text.as_str())
            })
        })
    }

    /// Whether a word list has an adjective for the source word that stands among `words`: ウェールズ and Welsh.
    fn by_lexicon(&self, source: &str, words: &[Word]) -> bool {
        let endings = ["an", "ese", "ish", "ch", "sh", "ic", "er", "eek", "ss", "ai", "i"];
        self.context.lexicons.iter().flat_map(|l| l.renderings(source).into_owned()).any(|r| {
            r.text.chars().next().is_some_and(char::is_uppercase)
                && endings.iter().any(|e| r.text.ends_with(e))
                && words.iter().any(|w| w.text == r.text)
        }) || self.context.lexicons.iter().flat_map(|l| l.renderings(source).into_owned()).any(|r| {
            // Acronyms stand in word lists in lower case.
            !r.text.contains(' ') && words.iter().any(|w| w.text == r.text.to_uppercase() && w.text.len() > 1)
        })
    }

    fn unexpected(&mut self, found: &Found) {
        let source_lang = &self.context.bitext.source;
        let forms = self.forms(found, source_lang);
        let written = found.span.of(self.line.target).to_owned();
        if forms.is_empty() {
            return;
        }
        let place = Place { line: self.line.index, side: Side::Target, span: found.span };
        if let Some((span, difference, form)) = self.nearest_source(&forms, &written) {
            let name = span.of(self.line.source).to_owned();
            let severity = if difference <= Difference::Signs { Severity::Warning } else { Severity::Error };
            let message = format!("{written} is written {form} in the glossary; here stands {name}.");
            let mut finding =
                Finding::new(severity, Place { line: self.line.index, side: Side::Source, span }, message);
            finding.related = vec![place];
            finding.suggestion =
                Some(Suggestion { replacement: form.clone(), applicability: Applicability::MaybeIncorrect });
            finding.source_name = Some(name);
            finding.target_name = Some(written);
            finding.expected = vec![form];
            self.issues.push(Issue { kind: Kind::NameSpelling, finding });
            return;
        }
        if self.is_explained(found, &forms) {
            return;
        }
        let message = format!("{written} is {} in the glossary; the source has none of it.", forms.join(" or "));
        // Japanese leaves out what everybody knows: only beside a name that nobody knows it is a fault.
        let severity = Severity::Note;
        let mut finding = Finding::new(severity, place, message);
        finding.source_name = forms.first().cloned();
        finding.target_name = Some(written);
        finding.expected = forms;
        self.issues.push(Issue { kind: Kind::TermUnexpected, finding });
    }

    /// Whether words of the source give the target's term by a word list, or a part of its name.
    fn is_explained(&self, found: &Found, forms: &[String]) -> bool {
        let source = self.line.source;
        let written = found.span.of(self.line.target);
        let parts = forms.iter().flat_map(|f| f.split(['・', '＝', ' '])).filter(|p| p.chars().count() >= 2);
        let runs: Vec<&str> =
            katakana_runs(source).into_iter().flat_map(|s| s.of(source).split(['・', '＝'])).collect();
        let has_part =
            |part: &str| runs.contains(&part) || (!part.chars().all(crate::lang::is_katakana) && source.contains(part));
        let mut parts = parts;
        parts.any(has_part)
            || self.context.tokenizer.tokens(source).iter().any(|token| {
                let word = token.span.of(source);
                self.context.lexicons.iter().any(|l| l.renderings(word).iter().any(|r| r.text == written))
            })
    }

    /// The run of the source that is nearest to one of `forms`.
    fn nearest_source(&self, forms: &[String], written: &str) -> Option<(Span, Difference, String)> {
        let source = self.line.source;
        let is_taken =
            |span: &Span| self.line.sources.iter().any(|f| f.span.start < span.end && span.start < f.span.end);
        let mut best: Option<(Difference, Span, &String)> = None;
        let mut runs = katakana_runs(source);
        let spaced: Vec<Span> = runs
            .windows(2)
            .filter_map(|w| match w {
                [a, b] if matches!(Span::new(a.end, b.start).of(source), " " | "\u{3000}") => {
                    Some(Span::new(a.start, b.end))
                }
                _ => None,
            })
            .collect();
        runs.extend(spaced);
        let words: Vec<Word> = split(source);
        let sounding: Vec<Span> =
            runs.iter().copied().filter(|run| self.sounds_like(run.of(source), written)).collect();
        for form in forms {
            let letters = Letters::new(form);
            let len = split(form).len();
            let spans = runs.iter().copied().chain(
                words.windows(len.max(1)).map(span).filter(|s| s.of(source).chars().any(|c| c.is_ascii_alphabetic())),
            );
            for span in spans.filter(|s| !is_taken(s)) {
                let mut difference = Letters::new(span.of(source)).difference(&letters);
                if difference == Difference::Far && sounding.contains(&span) && is_katakana_name(form) {
                    difference = Difference::Near(usize::MAX);
                }
                if difference < Difference::Far && best.as_ref().is_none_or(|(d, ..)| difference < *d) {
                    best = Some((difference, span, form));
                }
            }
        }
        best.map(|(difference, span, form)| (span, difference, form.clone()))
    }

    /// Whether katakana that no word list has sounds like a name of the target.
    fn sounds_like(&self, run: &str, name: &str) -> bool {
        run.chars().count() >= SHORTEST_BY_SOUND
            && !self.context.lexicons.iter().any(|l| l.contains(run))
            && Katakana::new(run).zip(Latin::new(name)).is_some_and(|(run, name)| cost(&run, &name) <= SAME_SOUND)
    }

    /// Forms that must not be used.
    fn deprecated(&mut self, found: &[Found], side: Side, lang: &Lang) {
        let text = if side == Side::Source { self.line.source } else { self.line.target };
        for found in found {
            // Where a form is forbidden for one name and right for another, nothing can be said.
            if found.terms.iter().any(|t| self.status(t) != Some(TermStatus::Deprecated)) {
                continue;
            }
            let Some(entry) = found.terms.first().and_then(|t| self.entry(t)) else { continue };
            let written = found.span.of(text).to_owned();
            let preferred = entry.preferred(lang).map(|t| t.text.clone());
            let message = match &preferred {
                Some(preferred) => format!("The glossary does not allow {written}. Write {preferred}."),
                None => format!("The glossary does not allow {written}."),
            };
            let mut finding =
                Finding::new(Severity::Error, Place { line: self.line.index, side, span: found.span }, message);
            finding.suggestion =
                preferred.clone().map(|replacement| Suggestion { replacement, applicability: Applicability::Safe });
            finding.expected = preferred.into_iter().collect();
            match side {
                Side::Source => finding.source_name = Some(written),
                Side::Target => finding.target_name = Some(written),
            }
            self.issues.push(Issue { kind: Kind::TermDeprecated, finding });
        }
    }
}

/// Whether `form` stands among `words` in capitals, as headlines and surnames do.
fn in_capitals(form: &[Word], words: &[Word]) -> bool {
    !form.is_empty()
        && words
            .windows(form.len())
            .any(|there| there.iter().zip(form).all(|(a, b)| a.text == b.text || a.text == b.text.to_uppercase()))
}

/// The words that nearly are one of `forms`: the longest form first, then the nearest.
fn near(forms: &[String], split_forms: &[Vec<Word>], words: &[Word], text: &str) -> Vec<(Span, Difference, String)> {
    let mut found: Vec<(usize, Difference, Span, &String)> = Vec::new();
    for (form, form_words) in forms.iter().zip(split_forms) {
        let letters = Letters::new(span(form_words).of(form));
        let is_capital = form_words.first().is_some_and(|w| w.is_capital);
        for len in 1..=form_words.len() + 1 {
            for there in words.windows(len) {
                let ends_capital = form_words.last().is_some_and(|w| w.is_capital);
                if is_capital && !there.first().is_some_and(|w| w.is_capital)
                    || ends_capital && !there.last().is_some_and(|w| w.is_capital)
                    || there.iter().skip(1).any(|w| w.is_apart)
                {
                    continue;
                }
                let place = span(there);
                let difference = Letters::new(place.of(text)).difference(&letters);
                if difference < Difference::Far {
                    found.push((form_words.len(), difference, place, form));
                }
            }
        }
    }
    // Where the form itself stands, nothing nearly does.
    let exact: Vec<Span> =
        found.iter().filter(|(_, d, ..)| *d <= Difference::Signs).map(|(_, _, place, _)| *place).collect();
    found.retain(|(_, d, place, _)| {
        *d <= Difference::Signs || !exact.iter().any(|e| e.start < place.end && place.start < e.end)
    });
    found.sort_by_key(|(len, difference, place, _)| (std::cmp::Reverse(*len), *difference, *place));
    found.into_iter().map(|(_, difference, place, form)| (place, difference, form.clone())).collect()
}

fn is_katakana_name(form: &str) -> bool {
    form.chars().all(|c| is_katakana(c) || matches!(c, '・' | '＝'))
}
