//! Names without a glossary: what the lines of one document show about each other.
//!
//! Two nearly equal names of the translation are one name spelt twice when the lines of both share a name of the source
//! ([`variants`]), and the other way round. Names that stand together again and again, or sound alike, belong together; a
//! line where one of them stands without its partner, beside another name without its own, has them swapped ([`swaps`]).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::spelling::{Difference, Letters};
use super::words::{self, Word};
use super::{Issue, Kind};
use crate::check::{Context, Finding, Place, Severity, Side};
use crate::lang::{is_han, is_katakana};
use crate::name::{Katakana, Latin, Reading, cost, katakana_runs};
use crate::span::Span;

/// A name as the lines of a document have it.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// As it is written where it stands first.
    pub(crate) text: String,
    /// Its places, by line.
    pub(crate) places: BTreeMap<usize, Vec<Span>>,
    /// Ways of writing the same letters: with other diacritics, capitals, signs.
    pub(crate) surfaces: BTreeMap<String, Vec<(usize, Span)>>,
    pub(crate) letters: Option<Letters>,
    /// Whether it is an ordinary word of the language.
    pub(crate) is_ordinary: bool,
}

impl Form {
    fn lines(&self) -> impl Iterator<Item = usize> + '_ {
        self.places.keys().copied()
    }

    fn count(&self, line: usize) -> usize {
        self.places.get(&line).map_or(0, Vec::len)
    }
}

/// The issues of all documents.
pub(crate) fn issues(context: &Context<'_>) -> Vec<Issue> {
    let documents: Vec<Range<usize>> = context.bitext.documents().collect();
    let mut issues = Vec::new();
    for lines in documents {
        issues.extend(Document::new(context, lines).issues());
    }
    issues
}

/// What one document holds.
struct Document<'c> {
    context: &'c Context<'c>,
    lines: Range<usize>,
    /// The words of the target lines; hyphens join.
    words: Vec<Vec<Word>>,
    /// Target names by their letters.
    targets: BTreeMap<Vec<char>, Form>,
    /// Runs of the source by text.
    sources: BTreeMap<String, Form>,
}

impl<'c> Document<'c> {
    fn new(context: &'c Context<'c>, lines: Range<usize>) -> Self {
        let mut document = Self {
            context,
            lines: lines.clone(),
            words: Vec::new(),
            targets: BTreeMap::new(),
            sources: BTreeMap::new(),
        };
        for line in lines {
            document.read(line);
        }
        document
    }

    fn source(&self, line: usize) -> &'c str {
        self.context.bitext.lines.get(line).map_or("", |l| l.source.as_str())
    }

    fn target(&self, line: usize) -> &'c str {
        self.context.bitext.lines.get(line).map_or("", |l| l.target.as_str())
    }

    fn read(&mut self, line: usize) {
        let target = self.target(line);
        let words = words::joined(target);
        // Parts of hyphenated names are names too: Maizuru-Wakasa Expressway.
        let parts = words::split(target);
        let parts = parts.iter().filter(|p| words.iter().all(|w| w.span != p.span));
        for word in words.iter().chain(parts).filter(|w| w.letters.len() >= SHORTEST) {
            if word.text.chars().any(char::is_numeric) {
                continue;
            }
            let is_known = words::is_known(&word.text, self.context.lexicons);
            // A word that no list knows is a foreign one: shitsuji.
            if !word.is_capital && (is_known || word.letters.len() < SHORTEST_FOREIGN) {
                continue;
            }
            let key = word.letters.plain().to_vec();
            let form = self.targets.entry(key).or_default();
            if form.text.is_empty() {
                form.text.clone_from(&word.text);
                form.letters = Some(word.letters.clone());
                form.is_ordinary = is_known;
            }
            form.places.entry(line).or_default().push(word.span);
            form.surfaces.entry(word.text.clone()).or_default().push((line, word.span));
        }
        self.words.push(words);
        let source = self.source(line);
        let mut runs = katakana_runs(source);
        // ドナルド トランプ: parts with a space where others write a dot.
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
        for span in runs {
            let text = span.of(source);
            let parts = text.split(['・', '＝']);
            let whole = Some(text).filter(|t| t.contains(['・', '＝']));
            for part in whole.into_iter().chain(parts).filter(|p| p.chars().count() >= 2) {
                let at = span.start + text.find(part).unwrap_or_default();
                let form = self.sources.entry(part.to_owned()).or_default();
                part.clone_into(&mut form.text);
                form.places.entry(line).or_default().push(Span::new(at, at + part.len()));
            }
        }
    }

    fn issues(&self) -> Vec<Issue> {
        let mut issues = self.target_variants();
        issues.extend(self.targets.values().flat_map(Self::written_otherwise));
        issues.extend(self.source_variants());
        issues.extend(self.dots());
        issues.extend(super::swaps::issues(self.context, self.lines.clone()));
        issues.extend(super::lone::issues(self.context, self.lines.clone()));
        issues
    }

    /// Target names that differ in few letters and stand for one name of the source.
    fn target_variants(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        let keys: Vec<&Vec<char>> = self.targets.keys().collect();
        for (i, a) in keys.iter().enumerate() {
            for b in keys.iter().skip(i + 1) {
                let (Some(fa), Some(fb)) = (self.targets.get(*a), self.targets.get(*b)) else { continue };
                // The one that stands in more lines is taken for right; of equal ones the earlier.
                let rank = |f: &Form| (std::cmp::Reverse(f.places.len()), f.places.keys().next().copied());
                let (x, y) = if rank(fa) <= rank(fb) { (fa, fb) } else { (fb, fa) };
                if let Some(issue) = self.variant(x, y) {
                    issues.push(issue);
                }
            }
        }
        issues
    }

    /// The same letters with other diacritics or other capitals inside.
    fn written_otherwise(form: &Form) -> Vec<Issue> {
        // A heading in capitals and a surname in capitals are written as they should be.
        let mut surfaces: Vec<(&String, &Vec<(usize, Span)>)> =
            form.surfaces.iter().filter(|(text, _)| text.chars().any(char::is_lowercase)).collect();
        surfaces.sort_by_key(|(_, places)| (std::cmp::Reverse(places.len()), places.first().copied()));
        let Some((usual, usual_places)) = surfaces.first().copied() else { return Vec::new() };
        let mut issues = Vec::new();
        for (text, places) in surfaces.iter().skip(1) {
            let Some(&(line, span)) = places.first() else { continue };
            let (kind, severity) = match Letters::new(text).difference(&Letters::new(usual)) {
                Difference::Diacritics => (Kind::NameDiacritics, Severity::Error),
                _ if !form.is_ordinary && inner_capitals(text) != inner_capitals(usual) => {
                    (Kind::NameInconsistent, Severity::Warning)
                }
                _ => (Kind::NameInconsistent, Severity::Note),
            };
            let place = |(line, span): &(usize, Span)| Place { line: *line, side: Side::Target, span: *span };
            let message = if usual_places.len() > places.len() {
                format!("{usual} is written {text} here.")
            } else {
                format!("{usual} is written {text} in another place.")
            };
            let mut finding = Finding::new(severity, Place { line, side: Side::Target, span }, message);
            finding.target_name = Some((*text).clone());
            finding.expected = vec![usual.clone()];
            finding.related = places.iter().skip(1).chain(usual_places).map(place).collect();
            finding.lines = places.iter().map(|(l, _)| *l).collect();
            if usual_places.len() <= places.len() {
                finding.lines.extend(usual_places.iter().map(|(l, _)| *l));
            }
            finding.lines.sort_unstable();
            finding.lines.dedup();
            issues.push(Issue { kind, finding });
        }
        issues
    }

    fn variant(&self, x: &Form, y: &Form) -> Option<Issue> {
        let (lx, ly) = (x.letters.as_ref()?, y.letters.as_ref()?);
        let longer = lx.len().max(ly.len());
        if y.is_ordinary
            || longer > 2 * lx.len().min(ly.len())
            || (is_inflected(lx, ly) && !is_doubled(lx, ly))
            || is_suffixed(lx, ly)
        {
            return None;
        }
        let distance = strsim::generic_damerau_levenshtein(lx.plain(), ly.plain());
        let similarity = 1.0 - distance as f64 / longer as f64;
        let is_near = distance <= 2 && similarity >= 0.74;
        if similarity < 0.4 || distance == 0 || (!is_near && !shares_part(lx, ly)) {
            return None;
        }
        // What is added before or behind a name makes another one: Koshinto beside Shinto.
        let is_longer = ly.plain().ends_with(lx.plain()) || ly.plain().starts_with(lx.plain());
        if is_longer && !is_doubled(lx, ly) {
            return None;
        }
        let Some(run) = self.shared_run(x, y, is_near) else { return self.misspelt_word(x, y, distance) };
        let lines: Vec<usize> = y.lines().collect();
        let first = *lines.first()?;
        let place = |line: usize, span: Span| Place { line, side: Side::Target, span };
        let (m, n) = (count(x), count(y));
        let message = if m > n {
            format!("{run} is written {} {m} times, but {} here.", x.text, y.text)
        } else {
            format!("{run} is written {} in one place and {} in another.", x.text, y.text)
        };
        let mut finding = Finding::new(Severity::Error, place(first, *y.places.get(&first)?.first()?), message);
        finding.source_name = Some(run);
        finding.target_name = Some(y.text.clone());
        finding.expected = vec![x.text.clone()];
        let all =
            |f: &Form| -> Vec<Place> { f.places.iter().flat_map(|(l, s)| s.iter().map(|s| place(*l, *s))).collect() };
        finding.related = all(y).into_iter().skip(1).chain(all(x)).collect();
        let is_tie = m <= n;
        finding.lines = if is_tie { y.lines().chain(x.lines()).collect() } else { lines };
        finding.lines.sort_unstable();
        finding.lines.dedup();
        Some(Issue { kind: Kind::NameInconsistent, finding })
    }

    /// A word that nobody knows, one letter from one that everybody knows and that stands in the document twice or more.
    fn misspelt_word(&self, x: &Form, y: &Form, distance: usize) -> Option<Issue> {
        let letters = y.letters.as_ref()?.len();
        if !x.is_ordinary
            || is_romanised(&x.text)
            || distance > 1
            || letters < SHORTEST_WORD
            || count(y) > 1
            || count(x) < 2
            || !y.text.chars().next().is_some_and(char::is_uppercase)
        {
            return None;
        }
        let line = y.lines().next()?;
        let span = *y.places.get(&line)?.first()?;
        let words = self.words.get(line - self.lines.start)?;
        let at = words.iter().position(|w| w.span == span)?;
        let before = at
            .checked_sub(1)
            .and_then(|i| words.get(i))
            .filter(|w| w.is_capital && !words.get(at).is_some_and(|w| w.is_apart));
        let name = Span::new(before.map_or(span.start, |w| w.span.start), span.end).of(self.target(line)).to_owned();
        let message = format!("{} is no word; {} stands in {} other places.", y.text, x.text, count(x));
        let mut finding = Finding::new(Severity::Error, Place { line, side: Side::Target, span }, message);
        finding.target_name = Some(name);
        finding.expected = vec![x.text.clone()];
        Some(Issue { kind: Kind::NameSpelling, finding })
    }

    /// The run of the source that stands for both target names: in all lines of `y` and most of `x`, and in few others.
    fn shared_run(&self, x: &Form, y: &Form, is_near: bool) -> Option<String> {
        let first = y.lines().next()?;
        let mut best: Option<(f64, String)> = None;
        for run in self.runs(first, x) {
            let count_in = |line: usize| self.source(line).matches(run.as_str()).count();
            if !y.lines().all(|l| count_in(l) > 0) {
                continue;
            }
            // Both in one line are two names, unless the source has the name twice.
            let sounds = self.sounds_alike(&run, x) || self.sounds_alike(&run, y);
            let one_letter = sounds
                && is_near
                && count(x) >= 3
                && count(y) == 1
                && y.letters.as_ref().is_some_and(|l| l.len() >= SHORTEST_FOREIGN)
                && run.chars().any(is_han)
                && one_apart(x, y)
                && !self.sounds_elsewhere(x, y);
            if y.lines().any(|l| x.count(l) > 0 && x.count(l) + y.count(l) > count_in(l)) && !one_letter {
                continue;
            }
            if self.is_fragment(&run, x, y) {
                continue;
            }
            let with = x.lines().filter(|l| count_in(*l) > 0).count();
            let of_x = with as f64 / x.places.len() as f64;
            let all: Vec<usize> = self.lines.clone().filter(|l| count_in(*l) > 0).collect();
            let both = all.iter().filter(|l| x.count(**l) + y.count(**l) > 0).count();
            let specific = both as f64 / all.len() as f64;
            // Katakana and Latin letters show their sound: what does not sound like the name is another word.
            if !sounds && !run.chars().any(|c| is_han(c) || crate::lang::is_hiragana(c)) {
                continue;
            }
            if self.is_given_name_of_two(&run, x, y) {
                continue;
            }
            if !sounds && self.rendered_by_other(&run, x, y) {
                continue;
            }
            if !sounds && x.letters.as_ref().is_some_and(|l| l.len() <= SHORTEST) {
                continue;
            }
            let (least_x, least_specific) = if sounds { (0.3, 0.3) } else { (0.6, 0.6) };
            if of_x < least_x || specific < least_specific {
                continue;
            }
            // Names that are not nearly equal are one only where the source is read as one of them.
            let is_read_so = sounds && of_x >= 0.5 && specific >= 0.5 && run.chars().any(is_han);
            if !is_near && (!is_read_so || self.sounds_elsewhere(x, y)) {
                continue;
            }
            let score = of_x * specific * (1.0 + 0.02 * run.chars().count() as f64) + if sounds { 1.0 } else { 0.0 };
            if best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, run));
            }
        }
        best.map(|(_, run)| run)
    }

    /// The runs of a source line that may be a name or part of one, hiragana words among them.
    fn runs(&self, line: usize, name: &Form) -> BTreeSet<String> {
        let source = self.source(line);
        let mut out = runs(source);
        // Hiragana has no edges: what sounds like the name is taken.
        let Some(latin) = Latin::new(&name.text) else { return out };
        let signs: Vec<char> = source.chars().collect();
        for piece in signs.split(|c| !crate::lang::is_hiragana(*c)) {
            for len in 3..=8.min(piece.len()) {
                for part in piece.windows(len) {
                    let text: String = part.iter().collect();
                    if Reading::new(&text).is_some_and(|r| r.letters() >= 5 && r.similarity(&latin) >= 0.95) {
                        out.insert(text);
                    }
                }
            }
        }
        out
    }

    /// Whether a run of the source sounds like a name of the target.
    fn sounds_alike(&self, run: &str, name: &Form) -> bool {
        let Some(latin) = Latin::new(&name.text) else { return false };
        if run.chars().all(|c| is_katakana(c) || matches!(c, '・' | '＝')) {
            return run
                .split(['・', '＝'])
                .chain([run])
                .any(|part| Katakana::new(part).is_some_and(|k| cost(&k, &latin) <= 0.25));
        }
        if run.chars().any(|c| c.is_ascii_alphabetic()) {
            return run.eq_ignore_ascii_case(&name.text);
        }
        if run.chars().all(crate::lang::is_hiragana) {
            return Reading::new(run).is_some_and(|r| r.similarity(&latin) >= 0.8);
        }
        self.reading(run).is_some_and(|r| r.similarity(&latin) >= 0.8)
    }

    /// Whether the run is a part of two different full names with `x` and with `y`: アラン・マナス and アラン・ジョンストン.
    fn is_given_name_of_two(&self, run: &str, x: &Form, y: &Form) -> bool {
        let full = |form: &Form| -> BTreeSet<String> {
            form.lines()
                .flat_map(|line| {
                    let source = self.source(line);
                    katakana_runs(source).into_iter().map(move |s| s.of(source).to_owned())
                })
                .filter(|full| full.split(['・', '＝']).any(|part| part == run))
                .collect()
        };
        let (a, b) = (full(x), full(y));
        !a.is_empty() && !b.is_empty() && !a.contains(run) && !b.contains(run) && a.is_disjoint(&b)
    }

    /// Whether the run is only a part that names share: nowhere with `x`, or nowhere with `y`, does it begin and end where
    /// a word does.
    fn is_fragment(&self, run: &str, x: &Form, y: &Form) -> bool {
        let is_kanji = |c: char| is_han(c) || matches!(c, '々' | 'ヶ' | 'ヵ' | 'ノ');
        if !run.chars().all(is_kanji) {
            return false;
        }
        let is_whole = |line: usize| {
            let source = self.source(line);
            source.match_indices(run).any(|(at, _)| {
                let (from, to) = (at, at + run.len());
                let before = source.get(..from).and_then(|t| t.chars().next_back()).is_some_and(is_kanji);
                let after = source
                    .get(to..)
                    .and_then(|t| t.chars().next())
                    .is_some_and(|c| is_kanji(c) && !GENERIC.contains(c));
                if !before && !after {
                    return true;
                }
                let tokens = self.context.tokenizer.tokens(source);
                (!before || tokens.iter().any(|t| t.span.start == from))
                    && (!after || tokens.iter().any(|t| t.span.end == to))
            })
        };
        !x.lines().any(is_whole) || !y.lines().any(is_whole)
    }

    /// Whether the lines of `y` render the run by a word that is neither name: it sounds so, or a word list says so; or
    /// whether another run of those lines sounds like `y`.
    fn rendered_by_other(&self, run: &str, x: &Form, y: &Form) -> bool {
        let reading = self.reading(run);
        let known: Vec<String> = self
            .context
            .lexicons
            .iter()
            .flat_map(|l| l.renderings(run).into_owned())
            .map(|r| r.text.to_lowercase())
            .collect();
        y.lines().any(|line| {
            let Some(words) = self.words.get(line - self.lines.start) else { return false };
            words.iter().any(|w| {
                let key = w.letters.plain();
                let own = |f: &Form| f.letters.as_ref().is_some_and(|l| l.plain() == key);
                !own(x)
                    && !own(y)
                    && (known
                        .iter()
                        .any(|k| k.split(' ').any(|k| k.len() > 3 && stem(k) == stem(&w.text.to_lowercase())))
                        || (w.is_capital
                            && reading
                                .as_ref()
                                .is_some_and(|r| Latin::new(&w.text).is_some_and(|l| r.similarity(&l) >= 0.9))))
            })
        }) || self.sounds_elsewhere(x, y)
    }

    /// Whether a name of the source that no line of `x` has sounds like `y`.
    fn sounds_elsewhere(&self, x: &Form, y: &Form) -> bool {
        let Some(latin) = Latin::new(&y.text) else { return false };
        y.lines().any(|line| {
            let source = self.source(line);
            let tokens = self.context.tokenizer.tokens(source);
            (1..=4).any(|len| {
                tokens.windows(len).any(|w| {
                    let span = Span::new(w.first().map_or(0, |t| t.span.start), w.last().map_or(0, |t| t.span.end));
                    let text = span.of(source);
                    let reading: Option<String> = w.iter().map(|t| t.reading).collect();
                    text.chars().all(|c| is_han(c) || c == '々')
                        && reading
                            .and_then(|r| Reading::new(&r))
                            .is_some_and(|r| r.letters() >= 4 && r.similarity(&latin) >= 0.95)
                        && !x.lines().any(|l| self.source(l).contains(text))
                })
            })
        })
    }

    fn reading(&self, run: &str) -> Option<Reading> {
        let tokens = self.context.tokenizer.tokens(run);
        let reading: Option<String> = tokens.iter().map(|t| t.reading).collect();
        reading.and_then(|r| Reading::new(&r)).filter(|r| r.letters() >= 4)
    }

    /// Full names in katakana without the dot between their parts, in a document that writes it elsewhere.
    fn dots(&self) -> Vec<Issue> {
        let has_dot = |f: &&Form| f.text.contains('・');
        let mut issues = Vec::new();
        if self.sources.values().filter(has_dot).count() < 2 {
            return issues;
        }
        for form in self.sources.values().filter(|f| !f.text.contains(['・', '＝'])) {
            let Some((&line, span)) = form.places.iter().next().and_then(|(l, s)| Some((l, *s.first()?))) else {
                continue;
            };
            let target = self.target(line);
            let candidates = crate::name::Candidates::new(target);
            let splits: Vec<(String, String)> = match form.text.split_once([' ', '\u{3000}']) {
                Some((a, b)) => vec![(a.to_owned(), b.to_owned())],
                // The surname must be known from elsewhere.
                None => self
                    .sources
                    .values()
                    .filter(|s| s.text.chars().count() >= 3 && s.lines().any(|l| l != line))
                    .filter_map(|s| {
                        form.text.strip_suffix(s.text.as_str()).map(|given| (given.to_owned(), s.text.clone()))
                    })
                    .filter(|(given, _)| given.chars().count() >= 2 && !self.is_word(given))
                    .collect(),
            };
            let found = splits.into_iter().find_map(|(given, surname)| {
                let (given_sounds, surname_sounds) = (Katakana::new(&given)?, Katakana::new(&surname)?);
                let at = candidates.iter().find_map(|(at, _)| {
                    let words: Vec<&str> = at.of(target).split([' ', '-']).collect();
                    let [first, last] = words.as_slice() else { return None };
                    let alike = |k: &Katakana, w: &str| Latin::new(w).is_some_and(|l| cost(k, &l) <= 0.2);
                    (alike(&given_sounds, first) && alike(&surname_sounds, last)).then_some(at)
                })?;
                Some((format!("{given}・{surname}"), at))
            });
            let is_usual = form.places.len() > 1;
            if let Some((expected, at)) = found.filter(|_| !is_usual) {
                let name = at.of(target).to_owned();
                let message = format!(
                    "{name} is written {} here; other full names of the article have a dot: {expected}.",
                    form.text
                );
                let mut finding = Finding::new(Severity::Warning, Place { line, side: Side::Source, span }, message);
                finding.related = vec![Place { line, side: Side::Target, span: at }];
                finding.source_name = Some(form.text.clone());
                finding.target_name = Some(name);
                finding.expected = vec![expected];
                issues.push(Issue { kind: Kind::NameInconsistent, finding });
            }
        }
        issues
    }

    /// Whether a word list has it as an ordinary word.
    fn is_word(&self, text: &str) -> bool {
        let renderings = self.context.lexicons.iter().flat_map(|l| l.renderings(text).into_owned());
        renderings.into_iter().any(|r| r.text.chars().next().is_some_and(char::is_lowercase))
    }

    /// Source names that differ in few letters and stand for one name of the target.
    fn source_variants(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        let forms: Vec<(&Form, Letters)> = self.sources.values().map(|f| (f, Letters::new(&f.text))).collect();
        for (i, (fa, la)) in forms.iter().enumerate() {
            for (fb, lb) in forms.iter().skip(i + 1) {
                let difference = la.difference(lb);
                // A full name and its surname are no variants.
                if difference == Difference::Far || is_number_apart(&fa.text, &fb.text) || is_part(&fa.text, &fb.text) {
                    continue;
                }
                let rank = |f: &Form| (std::cmp::Reverse(f.places.len()), f.places.keys().next().copied());
                let (x, y) = if rank(fa) <= rank(fb) { (fa, fb) } else { (fb, fa) };
                if let Some(issue) = self.source_variant(x, y) {
                    issues.push(issue);
                }
            }
        }
        // Of a full name and its part the slip is one.
        let mut seen = BTreeSet::new();
        issues.retain(|issue| seen.insert((issue.finding.place.line, issue.finding.target_name.clone())));
        issues
    }

    fn source_variant(&self, x: &Form, y: &Form) -> Option<Issue> {
        if y.lines().any(|l| x.count(l) > 0) {
            return None;
        }
        let katakana = [Katakana::new(&x.text)?, Katakana::new(&y.text)?];
        // A name of the target that stands in all lines of y and one of x, and sounds like both.
        let first = y.lines().next()?;
        let candidates = crate::name::Candidates::new(self.target(first));
        let mut best: Option<(f64, String)> = None;
        for (span, latin) in candidates.iter() {
            let name = span.of(self.target(first));
            let costs = katakana.each_ref().map(|k| cost(k, latin));
            if costs[0] > 0.18 || costs[1] > 0.4 {
                continue;
            }
            let has = |line: usize| contains_word(self.target(line), name);
            if !y.lines().all(has) || !x.lines().any(has) {
                continue;
            }
            if best.as_ref().is_none_or(|(c, _)| costs[0] < *c) {
                best = Some((costs[0], name.to_owned()));
            }
        }
        let (_, name) = best?;
        let place = |line: usize, span: Span| Place { line, side: Side::Source, span };
        let (m, n) = (count(x), count(y));
        let message = if m > n {
            format!("{name} is written {} {m} times, but {} here.", x.text, y.text)
        } else {
            format!("{name} is written {} in one place and {} in another.", x.text, y.text)
        };
        let mut finding = Finding::new(Severity::Error, place(first, *y.places.get(&first)?.first()?), message);
        finding.source_name = Some(y.text.clone());
        finding.target_name = Some(name);
        finding.expected = vec![x.text.clone()];
        let all =
            |f: &Form| -> Vec<Place> { f.places.iter().flat_map(|(l, s)| s.iter().map(|s| place(*l, *s))).collect() };
        finding.related = all(y).into_iter().skip(1).chain(all(x)).collect();
        finding.lines = if m > n { y.lines().collect() } else { y.lines().chain(x.lines()).collect() };
        finding.lines.sort_unstable();
        finding.lines.dedup();
        Some(Issue { kind: Kind::NameInconsistent, finding })
    }
}

fn stem(word: &str) -> String {
    rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::English).stem(word).into_owned()
}

/// Whether a word could be romanised Japanese: a vowel behind every consonant.
fn is_romanised(word: &str) -> bool {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let is_vowel = |c: &char| "aeiouāīūēō".contains(*c);
    letters.iter().enumerate().all(|(i, c)| {
        let next = letters.get(i + 1);
        is_vowel(c)
            || *c == 'n'
            || next.is_some_and(|n| {
                is_vowel(n) || n == c || matches!(n, 'y' | 'h') || (*c, *n) == ('t', 's') || (*c, *n) == ('t', 'c')
            })
    })
}

/// Shorter words have too many neighbours.
const SHORTEST_WORD: usize = 7;

/// Whether two names begin or end alike, as two readings of the same kanji do where one of them is read wrongly.
fn shares_part(a: &Letters, b: &Letters) -> bool {
    let common = |x: &mut dyn Iterator<Item = (char, char)>| x.take_while(|(a, b)| a == b).count();
    let prefix = common(&mut a.plain().iter().copied().zip(b.plain().iter().copied()));
    let suffix = common(&mut a.plain().iter().rev().copied().zip(b.plain().iter().rev().copied()));
    let is_generic = suffix > 0 && {
        let end: String = a.plain().iter().skip(a.len() - suffix).collect();
        SUFFIXES.iter().chain(&["nomiya", "nokuni", "noie"]).any(|s| end.len() <= s.len() + 1 && end.ends_with(s))
    };
    let halves = |l: &Letters| {
        let mut s = l.plain().to_vec();
        s.sort_unstable();
        s
    };
    prefix >= 3 || (suffix >= 4 && !is_generic) || halves(a) == halves(b)
}

/// Shorter words without a capital may be ordinary ones that the list lacks.
const SHORTEST_FOREIGN: usize = 6;

/// Shorter names differ too easily.
const SHORTEST: usize = 4;

fn one_apart(x: &Form, y: &Form) -> bool {
    match (&x.letters, &y.letters) {
        (Some(a), Some(b)) => strsim::generic_damerau_levenshtein(a.plain(), b.plain()) == 1,
        _ => false,
    }
}

fn count(form: &Form) -> usize {
    form.places.values().map(Vec::len).sum()
}

fn contains_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// The places of capitals behind the first letter, hyphens aside: `MacPherson` and Macpherson.
fn inner_capitals(text: &str) -> Vec<usize> {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let starts: Vec<bool> = std::iter::once(true).chain(text.chars().map(|c| !c.is_alphabetic())).collect();
    let is_start: Vec<bool> = text.chars().zip(starts).filter(|(c, _)| c.is_alphabetic()).map(|(_, s)| s).collect();
    letters.zip(is_start).enumerate().filter(|(_, (c, s))| c.is_uppercase() && !s).map(|(i, _)| i).collect()
}

fn is_part(a: &str, b: &str) -> bool {
    let parts = |t: &str| t.split(['・', '＝', ' ', '\u{3000}']).map(str::to_owned).collect::<BTreeSet<_>>();
    let (a, b) = (parts(a), parts(b));
    a != b && (a.is_subset(&b) || b.is_subset(&a))
}

fn is_number_apart(a: &str, b: &str) -> bool {
    let digits = |t: &str| t.chars().filter(|c| c.is_numeric()).collect::<String>();
    digits(a) != digits(b)
}

/// Whether one only doubles the last letter of the other: Hartman and Hartmann.
fn is_doubled(a: &Letters, b: &Letters) -> bool {
    let (short, long) = if a.len() <= b.len() { (a.plain(), b.plain()) } else { (b.plain(), a.plain()) };
    long.strip_prefix(short).is_some_and(|rest| rest.len() == 1 && rest.first() == short.last())
}

/// Whether one is the other with an ending of grammar.
pub(crate) fn is_inflected(a: &Letters, b: &Letters) -> bool {
    let (short, long) = if a.len() <= b.len() { (a.plain(), b.plain()) } else { (b.plain(), a.plain()) };
    let ending: String = match long.strip_prefix(short) {
        Some(ending) => ending.iter().collect(),
        None => return false,
    };
    matches!(ending.as_str(), "s" | "es" | "n" | "an" | "ns" | "i" | "ed" | "er" | "d")
}

/// What follows a kanji name without belonging to it.
const GENERIC: &str =
    "国府市県郡村町川山寺院宮城駅家氏守州天皇宗派藩港湾島線橋道門殿公的側間内外方等系人語風式時代年月日は";

/// What Japanese names of places and groups end with.
const SUFFIXES: [&str; 28] = [
    "jinja", "jingu", "kaido", "dera", "gawa", "kawa", "dori", "mura", "ryu", "shi", "machi", "cho", "gun", "sha",
    "jo", "ji", "do", "in", "fu", "ku", "go", "ha", "ike", "yama", "san", "ken", "han", "shu",
];

/// Whether one is the other with another suffix (-jo, -ji, -dori).
fn is_suffixed(a: &Letters, b: &Letters) -> bool {
    let bare = |l: &Letters| {
        let text: String = l.plain().iter().collect();
        SUFFIXES.iter().find_map(|s| text.strip_suffix(s).map(str::to_owned)).unwrap_or(text)
    };
    let whole = |l: &Letters| l.plain().iter().collect::<String>();
    bare(a) == bare(b) || bare(a) == whole(b) || whole(a) == bare(b)
}

/// The runs of a source text that may be a name or part of one: katakana, Latin words, two to eight kanji.
fn runs(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for span in katakana_runs(text) {
        let run = span.of(text);
        out.extend(run.split(['・', '＝']).chain([run]).filter(|p| p.chars().count() >= 2).map(str::to_owned));
    }
    let chars: Vec<char> = text.chars().collect();
    for piece in chars.split(|c| !(is_han(*c) || matches!(c, '々' | 'ヶ' | 'ヵ' | 'ノ'))) {
        for from in 0..piece.len() {
            for len in 2..=8.min(piece.len() - from) {
                out.extend(piece.get(from..from + len).map(|p| p.iter().collect::<String>()));
            }
        }
    }
    for word in words::split(text) {
        if word.text.chars().all(|c| c.is_ascii_alphanumeric()) && word.letters.len() >= 2 && word.is_capital {
            out.insert(word.span.of(text).to_owned());
        }
    }
    out
}
