//! Names that stand where another belongs, told by what the other lines of the document pair.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::spelling::folded;
use super::{Issue, Kind, equivalent, words};
use crate::check::{Context, Finding, Place, Severity, Side};
use crate::lang::{is_han, is_hiragana, is_katakana};
use crate::name::{Candidates, Katakana, Latin, Reading, cost, katakana_runs};
use crate::span::Span;
use crate::token::PartOfSpeech;

/// A name of the source with its renderings.
#[derive(Debug, Default)]
struct Name {
    places: BTreeMap<usize, Span>,
    /// The lines where it is part of a longer name.
    inside: BTreeSet<usize>,
    /// Whether a word list has it as a name.
    is_listed: bool,
    /// Renderings with the lines that have them.
    renderings: BTreeMap<String, BTreeSet<usize>>,
}

impl Name {
    fn rendered(&self) -> BTreeSet<usize> {
        self.renderings.values().flatten().copied().collect()
    }
}

/// So many other lines must pair the two names of a swap, together.
const SUPPORT: usize = 3;
/// So many must render a name before its absence counts.
const OFTEN: usize = 2;
/// Of the other lines with a name, so many must render it.
const RELIABLE: f64 = 0.75;
/// Names that sound as alike as this are one (NAMES.md: the precision of .20 is .96; lines that pair them add to that).
const ALIKE: f64 = 0.2;
/// Names less alike than this have nothing to do with each other.
const UNLIKE: f64 = 0.33;

pub(crate) fn issues(context: &Context<'_>, lines: Range<usize>) -> Vec<Issue> {
    let reader = Reader::new(context, lines);
    reader.issues()
}

struct Reader<'c> {
    context: &'c Context<'c>,
    lines: Range<usize>,
    names: BTreeMap<String, Name>,
    /// What each rendering renders.
    sources: BTreeMap<String, BTreeSet<String>>,
    /// The spans of each target line that sound like a name of the source line, with that name: each given to the name
    /// that it sounds most like.
    claims: Vec<Vec<(Span, String, f64)>>,
}

impl<'c> Reader<'c> {
    fn new(context: &'c Context<'c>, lines: Range<usize>) -> Self {
        let mut reader = Self {
            context,
            lines: lines.clone(),
            names: BTreeMap::new(),
            sources: BTreeMap::new(),
            claims: Vec::new(),
        };
        for line in lines.clone() {
            for span in source_names(context, reader.source(line)) {
                let text = span.of(reader.source(line));
                // Of a full name the surname is used alone.
                let surname = text.rsplit(['・', '＝']).next().filter(|p| *p != text && p.chars().count() >= 2);
                for part in surname.into_iter().chain([text]) {
                    let at = span.start + text.find(part).unwrap_or_default();
                    let name = reader.names.entry(part.to_owned()).or_default();
                    name.places.entry(line).or_insert(Span::new(at, at + part.len()));
                    if part != text {
                        name.inside.insert(line);
                    }
                }
            }
        }
        let candidates: Vec<Candidates> = lines.clone().map(|l| Candidates::new(reader.target(l))).collect();
        reader.claims = lines.clone().zip(&candidates).map(|(line, c)| reader.claims_of(line, c)).collect();
        let mut names = std::mem::take(&mut reader.names);
        for (text, name) in &mut names {
            reader.render(text, name, &candidates);
            for rendering in name.renderings.keys() {
                reader.sources.entry(rendering.clone()).or_default().insert(text.clone());
            }
        }
        reader.names = names;
        reader
    }

    fn source(&self, line: usize) -> &'c str {
        self.context.bitext.lines.get(line).map_or("", |l| l.source.as_str())
    }

    fn target(&self, line: usize) -> &'c str {
        self.context.bitext.lines.get(line).map_or("", |l| l.target.as_str())
    }

    fn claims_of(&self, line: usize, candidates: &Candidates) -> Vec<(Span, String, f64)> {
        let source = self.source(line);
        let mut all: Vec<(f64, Span, String)> = Vec::new();
        let wholes = source_names(self.context, source);
        let parts = wholes.iter().flat_map(|s| s.of(source).split(['・', '＝'])).filter(|p| p.chars().count() >= 2);
        let wholes = wholes.iter().map(|s| s.of(source));
        let names: BTreeSet<&str> = wholes.chain(parts).collect();
        for name in names {
            if let Some(katakana) =
                Katakana::new(name).filter(|_| name.chars().all(|c| is_katakana(c) || matches!(c, '・' | '＝' | '―')))
            {
                all.extend(
                    candidates
                        .iter()
                        .map(|(at, latin)| (cost(&katakana, latin), at, name.to_owned()))
                        .filter(|(cost, ..)| *cost <= UNLIKE),
                );
            } else if name.is_ascii() {
                all.extend(
                    candidates
                        .iter()
                        .filter(|(at, _)| at.of(self.target(line)) == name)
                        .map(|(at, _)| (0.0, at, name.to_owned())),
                );
            }
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (a.1, &a.2).cmp(&(b.1, &b.2))));
        let mut out: Vec<(Span, String, f64)> = Vec::new();
        for (cost, at, name) in all {
            let overlaps = |s: &Span| s.start < at.end && at.start < s.end;
            // A full name and its parts share their place.
            if !out
                .iter()
                .any(|(s, n, _)| *n == name || (overlaps(s) && !n.contains(&name) && !name.contains(n.as_str())))
            {
                out.push((at, name, cost));
            }
        }
        out
    }

    /// What a name sounds like in `line`, and how much.
    fn claimed(&self, line: usize, name: &str) -> Option<(Span, f64)> {
        self.claims.get(line - self.lines.start)?.iter().find(|(_, n, _)| n == name).map(|(s, _, c)| (*s, *c))
    }

    /// Finds the renderings of a name.
    fn render(&self, text: &str, name: &mut Name, candidates: &[Candidates]) {
        let known: Vec<String> = self
            .context
            .lexicons
            .iter()
            .flat_map(|l| l.renderings(text).into_owned())
            .map(|r| r.text.into_owned())
            .filter(|r| r.chars().next().is_some_and(char::is_uppercase))
            .collect();
        let reading = if text.chars().all(|c| is_han(c) || c == '々') { self.reading(text) } else { None };
        name.is_listed = !known.is_empty();
        for &line in name.places.keys() {
            let target = self.target(line);
            let mut found: Option<String> = known.iter().find(|k| contains(target, k)).cloned();
            if found.is_none() && contains(target, text) {
                found = Some(text.to_owned());
            }
            let Some(candidates) = candidates.get(line - self.lines.start) else { continue };
            if found.is_none()
                && let Some((span, cost)) = self.claimed(line, text)
                && cost <= ALIKE
            {
                found = Some(folded(span.of(target)));
            }
            if found.is_none()
                && let Some(reading) = &reading
                && let Some((span, similarity)) = candidates.best_reading(reading)
                && similarity >= 0.85
            {
                found = Some(folded(span.of(target)));
            }
            if let Some(found) = found {
                name.renderings.entry(found).or_default().insert(line);
            }
        }
    }

    fn reading(&self, text: &str) -> Option<Reading> {
        let tokens = self.context.tokenizer.tokens(text);
        let reading: Option<String> = tokens.iter().map(|t| t.reading).collect();
        reading.and_then(|r| Reading::new(&r)).filter(|r| r.letters() >= 5)
    }

    fn issues(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        for line in self.lines.clone() {
            let lost: Vec<(&String, &Name)> =
                self.names.iter().filter(|(text, name)| self.is_lost(text, name, line)).collect();
            if lost.is_empty() {
                continue;
            }
            let strange = self.strange(line);
            let whole: Vec<&String> = lost.iter().map(|(t, _)| *t).collect();
            let mut used: BTreeSet<String> = BTreeSet::new();
            for (text, name) in &lost {
                if whole.iter().any(|w| *w != *text && w.contains(text.as_str())) {
                    continue;
                }
                let Some(span) = name.places.get(&line) else { continue };
                let place = Place { line, side: Side::Source, span: *span };
                let mut expected: Vec<String> = by_count(name);
                if expected.is_empty() {
                    expected = self
                        .context
                        .lexicons
                        .iter()
                        .flat_map(|l| l.renderings(text).into_owned())
                        .map(|r| r.text.into_owned())
                        .take(1)
                        .collect();
                }
                let support = name.rendered().len() + if name.is_listed { 2 } else { 0 };
                if let Some((rendering, at, _)) = strange
                    .iter()
                    .find(|(r, _, paired)| !used.contains(r) && !expected.contains(r) && paired + support >= SUPPORT)
                {
                    let own = self
                        .sources
                        .get(rendering)
                        .map(|s| s.iter().cloned().collect::<Vec<_>>().join(" | "))
                        .unwrap_or_default();
                    let message = format!(
                        "{text} is {} elsewhere; here stands {rendering}, which is {own} elsewhere.",
                        expected.first().map_or("", String::as_str)
                    );
                    let mut finding =
                        Finding::new(Severity::Error, Place { line, side: Side::Target, span: *at }, message);
                    finding.related = vec![place];
                    used.insert(rendering.clone());
                    finding.source_name = Some((*text).clone());
                    finding.target_name = Some(rendering.clone());
                    finding.expected = expected;
                    issues.push(Issue { kind: Kind::NameSwapped, finding });
                } else if support >= OFTEN {
                    let message = format!(
                        "{text} is {} elsewhere; this line has none of it.",
                        expected.first().map_or("", String::as_str)
                    );
                    let mut finding = Finding::new(Severity::Warning, place, message);
                    finding.source_name = Some((*text).clone());
                    finding.target_name = expected.first().cloned();
                    finding.expected = expected;
                    issues.push(Issue { kind: Kind::NameMissing, finding });
                }
            }
        }
        issues
    }

    /// Whether `line` has the name without a rendering, though other lines render it reliably.
    fn is_lost(&self, text: &str, name: &Name, line: usize) -> bool {
        let rendered = name.rendered();
        if !name.places.contains_key(&line) || rendered.contains(&line) {
            return false;
        }
        let others = name.places.len() - 1;
        if (rendered.is_empty() && !(name.is_listed && text.chars().all(is_katakana)))
            || (rendered.len() as f64) < RELIABLE * others as f64
        {
            return false;
        }
        let target = self.target(line);
        let there = words::split(target);
        if name.renderings.keys().any(|r| contains(target, r) || equivalent::find(&words::split(r), &there).is_some()) {
            return false;
        }
        // A name that a word list knows has more renderings than those seen.
        let known = self.context.lexicons.iter().flat_map(|l| l.renderings(text).into_owned());
        if known.into_iter().any(|r| contains_any_case(target, &r.text)) {
            return false;
        }
        let sounds =
            self.claimed(line, text).is_some_and(|(span, cost)| cost <= ALIKE || !self.is_taken(line, span, text));
        // The whole stands beside its part: ブレット・カバノー and カバノー.
        let is_part = self.names.iter().any(|(other, o)| {
            other.as_str() != text
                && o.places.contains_key(&line)
                && (other.contains(text) || text.contains(other.as_str()))
                && o.rendered().contains(&line)
        });
        !sounds && !is_part
    }

    /// Whether what stands at `span` is known as something else than `name`: a rendering of another name, or a word.
    fn is_taken(&self, line: usize, span: Span, name: &str) -> bool {
        let target = self.target(line);
        let words: Vec<words::Word> = words::split(span.of(target));
        words.iter().all(|w| words::is_known(&w.text, self.context.lexicons))
            || self.sources.iter().any(|(rendering, of)| {
                !of.contains(name)
                    && find(target, rendering).is_some_and(|s| s.start < span.end && span.start < s.end)
                    && of.iter().any(|s| {
                        self.names
                            .get(s)
                            .is_some_and(|n| n.renderings.get(rendering).is_some_and(|l| l.len() > 1 || n.is_listed))
                    })
            })
    }

    /// The renderings in `line` whose names the source does not have, though other lines have both.
    fn strange(&self, line: usize) -> Vec<(String, Span, usize)> {
        let (source, target) = (self.source(line), self.target(line));
        let mut out: Vec<(String, Span, usize)> = Vec::new();
        for (rendering, sources) in &self.sources {
            let Some(at) = find(target, rendering) else { continue };
            let has_source = |l: usize| sources.iter().any(|s| self.source(l).contains(s.as_str()));
            let surname = |s: &String| {
                s.rsplit(['・', '＝']).next().is_some_and(|p| p.chars().count() >= 2 && source.contains(p))
            };
            if has_source(line) || sources.iter().any(surname) {
                continue;
            }
            let with: Vec<usize> =
                self.lines.clone().filter(|l| *l != line && contains(self.target(*l), rendering)).collect();
            let paired = with.iter().filter(|l| has_source(**l)).count();
            if paired == 0 || (paired as f64) < RELIABLE * with.len() as f64 {
                continue;
            }
            let latin = Latin::new(rendering);
            let sounds = latin.as_ref().is_some_and(|latin| {
                katakana_runs(source).iter().any(|s| {
                    let run = s.of(source);
                    // A name whose rendering is known is not what stands here by half its sound.
                    let limit = |part: &str| match self.names.get(part) {
                        Some(name) if name.is_listed || name.rendered().iter().any(|l| *l != line) => ALIKE,
                        _ => UNLIKE,
                    };
                    run.split(['・', '＝'])
                        .chain([run])
                        .any(|part| Katakana::new(part).is_some_and(|k| cost(&k, latin) <= limit(part)))
                })
            });
            let by_list = || {
                self.context.tokenizer.tokens(source).iter().any(|t| {
                    self.context
                        .lexicons
                        .iter()
                        .any(|l| l.renderings(t.span.of(source)).iter().any(|r| r.text == *rendering))
                })
            };
            if !sounds && !by_list() {
                out.push((rendering.clone(), at, paired));
            }
        }
        out
    }
}

/// The renderings of a name, the most frequent first.
fn by_count(name: &Name) -> Vec<String> {
    let mut all: Vec<(&String, usize)> = name.renderings.iter().map(|(r, l)| (r, l.len())).collect();
    all.sort_by_key(|(r, n)| (std::cmp::Reverse(*n), *r));
    all.into_iter().map(|(r, _)| r.clone()).collect()
}

/// Where `name` stands in `text` as whole words.
pub(crate) fn find(text: &str, name: &str) -> Option<Span> {
    let is_wordy =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c) && !is_hiragana(c) && !is_katakana(c));
    text.match_indices(name)
        .find(|(at, _)| {
            !is_wordy(text.get(..*at).and_then(|t| t.chars().next_back()))
                && !is_wordy(text.get(at + name.len()..).and_then(|t| t.chars().next()))
        })
        .map(|(at, _)| Span::new(at, at + name.len()))
}

fn contains(text: &str, name: &str) -> bool {
    !name.is_empty() && find(text, name).is_some()
}

fn contains_any_case(text: &str, name: &str) -> bool {
    contains(text, name) || contains(&text.to_lowercase(), &name.to_lowercase())
}

/// The names of a source text: katakana, words in Latin letters, kanji names.
fn source_names(context: &Context<'_>, text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = katakana_runs(text).into_iter().filter(|s| s.of(text).chars().count() >= 2).collect();
    let mut open: Option<Span> = None;
    for word in words::split(text) {
        let is_latin =
            word.text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '\'')) && word.is_capital;
        match &mut open {
            Some(run) if is_latin && Span::new(run.end, word.span.start).of(text) == " " => run.end = word.span.end,
            _ => {
                out.extend(open.take());
                if is_latin && word.letters.len() >= 2 && !word.text.chars().all(char::is_numeric) {
                    open = Some(word.span);
                }
            }
        }
    }
    out.extend(open);
    let mut open: Option<Span> = None;
    for token in context.tokenizer.tokens(text) {
        let word = token.span.of(text);
        let is_name =
            token.part == PartOfSpeech::ProperNoun && word.chars().all(|c| is_han(c) || matches!(c, '々' | 'ヶ'));
        match &mut open {
            Some(run) if is_name && run.end == token.span.start => run.end = token.span.end,
            _ => {
                out.extend(open.take().filter(|s| s.of(text).chars().count() >= 2));
                if is_name {
                    open = Some(token.span);
                }
            }
        }
    }
    out.extend(open.filter(|s| s.of(text).chars().count() >= 2));
    out
}
