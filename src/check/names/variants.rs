//! Nearly equal names of the target that stand for one name of the source.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::affix::{is_doubled, is_inflected, is_romanised, is_suffixed, shares_part};
use super::document::Document;
use super::form::{Form, SHORTEST, SHORTEST_FOREIGN};
use super::neighbours::Neighbours;
use super::pairing::without_particle;
use super::readings::Sounding;
use super::runs::{self, DOTS, is_kanji};
use super::{Issue, Kind, words};
use crate::check::{Finding, Place, Severity, Side};
use crate::lang::is_hiragana;
use crate::name::{Hangul, Latin, Reading, cost, katakana_runs};
use crate::span::Span;

// All numbers were set on two sets of translated news and encyclopaedia articles.

/// Names that differ in more letters, or are less alike than [`NEAR`], must be told by their reading.
const NEAR_SLIPS: usize = 2;
const NEAR: f64 = 0.74;
/// Names less alike have nothing to do with each other.
const LEAST_ALIKE: f64 = 0.4;
/// Of the lines with one name, so many must share the run; and of those with the run, so many must have a name: where
/// the run sounds like one of them, where it does not, and where only its reading tells that they are one.
const SHARE_BY_SOUND: f64 = 0.3;
const SHARE: f64 = 0.6;
const SHARE_OF_READINGS: f64 = 0.5;
/// A name so often written in one way that another letter in the same line is a slip.
const OFTEN: usize = 3;
/// Shorter words have too many neighbours to be taken for misspelt ones.
const SHORTEST_WORD: usize = 7;
/// Hiragana must be read like this to be a name: it has no edges.
const SAME_READING: f64 = 0.95;
/// Of equally good runs the longer, by so much a character.
const LONGER: f64 = 0.02;
/// Kanji that may follow a name: places, offices, particles of time.
const GENERIC: &str =
    "国府市県郡村町川山寺院宮城駅家氏守州天皇宗派藩港湾島線橋道門殿公的側間内外方等系人語風式時代年月日は";

/// Kanji that tell the members of a series apart.
const SERIES: &str = "一二三四五六七八九十百千上中下前後左右東西南北内外大小";

/// The issues of a document with these names.
pub(super) fn issues(document: &Document<'_>, forms: &[Form]) -> Vec<Issue> {
    let index = Neighbours::new(forms.iter().map(|form| form.letters.plain()));
    let compare = |(at, form): (usize, &Form)| {
        let variant = Variant { document, form, runs: OnceCell::new() };
        let rank = |at: usize, form: &Form| (form.rank(), at);
        index
            .of(form.letters.plain())
            .into_iter()
            .filter_map(|other| Some((other, forms.get(other)?)))
            .filter(|(other, usual)| rank(*other, usual) < rank(at, form))
            .filter_map(|(other, usual)| Some((other, at, variant.of(usual)?)))
            .collect::<Vec<_>>()
    };
    let found: Vec<(usize, usize, Issue)> =
        forms.par_iter().enumerate().filter(|(_, form)| !form.is_ordinary).flat_map_iter(compare).collect();
    // What is itself a slip is no measure for others.
    let slips: BTreeSet<usize> = found.iter().map(|(_, at, _)| *at).collect();
    found.into_iter().filter(|(usual, ..)| !slips.contains(usual)).map(|(.., issue)| issue).collect()
}

/// A name that may be another spelling of a more usual one.
struct Variant<'a, 'c> {
    document: &'a Document<'c>,
    form: &'a Form,
    /// The runs of the source that stand in all its lines, once they are asked for.
    runs: OnceCell<Vec<Run<'c>>>,
}

/// A run of the source with its sound, once it is asked for.
struct Run<'c> {
    text: &'c str,
    has_kanji: bool,
    /// Hiragana with its reading: it has no edges, and must be read like the name.
    hiragana: Option<Reading>,
    sounding: OnceCell<Sounding>,
}

impl<'c> Run<'c> {
    fn new(text: &'c str) -> Self {
        Self { text, has_kanji: text.chars().any(is_kanji), hiragana: None, sounding: OnceCell::new() }
    }
}

impl<'c> Variant<'_, 'c> {
    /// The issue if it is another spelling of `usual`.
    fn of(&self, usual: &Form) -> Option<Issue> {
        let (a, b) = (&usual.letters, &self.form.letters);
        let (longer, shorter) = (a.len().max(b.len()), a.len().min(b.len()));
        if longer > 2 * shorter || is_inflected(a, b) || is_suffixed(a, b) {
            return None;
        }
        let distance = strsim::generic_damerau_levenshtein(a.plain(), b.plain());
        let similarity = 1.0 - distance as f64 / longer as f64;
        let is_near = distance <= NEAR_SLIPS && similarity >= NEAR;
        if similarity < LEAST_ALIKE || distance == 0 || (!is_near && !shares_part(a, b)) {
            return None;
        }
        // What is added before or behind a name makes another one: Koshinto beside Shinto.
        let is_extended = b.plain().ends_with(a.plain()) || b.plain().starts_with(a.plain());
        if is_extended && !is_doubled(a, b) {
            return None;
        }
        match self.shared_run(usual, is_near, distance) {
            Some(run) => {
                let name = self.shown(&run, usual);
                super::inconsistent(&name, usual, self.form, Some(name.clone()), Some(self.form.text.clone()))
            }
            None => self.misspelt_word(usual, distance),
        }
    }

    /// The run of the source that stands for both names: in all lines of the rarer and most of the usual one, and in few
    /// others.
    fn shared_run(&self, usual: &Form, is_near: bool, distance: usize) -> Option<String> {
        let is_read_like = |run: &Run<'_>| match (&run.hiragana, &usual.latin) {
            (Some(reading), Some(latin)) => reading.similarity_from(latin, SAME_READING).is_some(),
            (reading, _) => reading.is_none(),
        };
        let mut best: Option<(f64, &str)> = None;
        for run in self.runs().iter().filter(|run| is_near || run.has_kanji) {
            if is_read_like(run)
                && let Some(score) = self.score(run, usual, is_near, distance)
                && best.is_none_or(|(other, _)| score > other)
            {
                best = Some((score, run.text));
            }
        }
        best.map(|(_, run)| run.to_owned())
    }

    /// The run as people write the name: in Korean without a particle, in Russian the shortest whole word.
    fn shown(&self, run: &str, usual: &Form) -> String {
        if run.chars().all(runs::is_cyrillic) {
            let lines = usual.lines().chain(self.form.lines());
            let words = lines.filter_map(|line| {
                let source = self.document.source(line);
                let at = source.find(run)?;
                Some(runs::whole_word(source, Span::new(at, at + run.len())))
            });
            return words.min_by_key(|word| word.len()).unwrap_or(run).to_owned();
        }
        let stem = without_particle(run);
        let cost_of = |name: &str| Hangul::new(name).zip(usual.latin.as_ref()).map(|(name, latin)| cost(&name, latin));
        match cost_of(run).zip(cost_of(stem)) {
            Some((whole, part)) if part <= whole => stem.to_owned(),
            _ => run.to_owned(),
        }
    }

    /// The runs that stand in all lines of this name.
    fn runs(&self) -> &[Run<'c>] {
        self.runs.get_or_init(|| {
            let Some(first) = self.form.lines().next() else { return Vec::new() };
            let source = self.document.source(first);
            let mut runs: Vec<Run<'c>> = runs::all(source).into_iter().map(Run::new).collect();
            let hiragana = |(text, reading)| Run { hiragana: Some(reading), ..Run::new(text) };
            runs.extend(hiragana_names(source).into_iter().map(hiragana));
            let in_all = |run: &Run<'_>| self.form.lines().all(|line| self.document.source(line).contains(run.text));
            runs.retain(in_all);
            runs.sort_by_key(|run| run.text);
            runs
        })
    }

    /// How well a run stands for both names; `None` when it does not.
    fn score(&self, run: &Run<'_>, usual: &Form, is_near: bool, distance: usize) -> Option<f64> {
        let (document, form) = (self.document, self.form);
        let sounds = || self.sounds_like(run, usual) || self.sounds_like(run, form);
        let (run, has_kanji) = (run.text, run.has_kanji);
        let count_in = |line: usize| document.source(line).matches(run).count();
        let with = usual.lines().filter(|line| document.source(*line).contains(run)).count();
        let share = with as f64 / usual.places.len() as f64;
        if share < SHARE_BY_SOUND {
            return None;
        }
        if has_kanji && self.is_in_common(run, usual) {
            return None;
        }
        let sounds = sounds();
        if !is_near && !sounds {
            return None;
        }
        // Names that one line lists together, and no other line has.
        let has = |form: &Form, line: usize| form.count_in(line) > 0;
        if form.lines().all(|line| has(usual, line)) && usual.lines().all(|line| has(form, line)) {
            return None;
        }
        // Both in one line are two names, unless the source has the name twice.
        let stand_together = form
            .lines()
            .any(|line| usual.count_in(line) > 0 && usual.count_in(line) + form.count_in(line) > count_in(line));
        let is_slip = || {
            sounds
                && is_near
                && has_kanji
                && distance == 1
                && usual.count() >= OFTEN
                && form.count() == 1
                && form.letters.len() >= SHORTEST_FOREIGN
                && !self.sounds_elsewhere(usual)
        };
        if (stand_together && !is_slip()) || self.is_fragment(run, usual) {
            return None;
        }
        // Scripts that show their sound: what does not sound like the name is another word.
        if !sounds && (!run.chars().any(|c| is_kanji(c) || is_hiragana(c)) || usual.letters.len() <= SHORTEST) {
            return None;
        }
        let least = if sounds { SHARE_BY_SOUND } else { SHARE };
        if share < least || self.is_given_name_of_two(run, usual) || (!sounds && self.is_rendered_otherwise(run, usual))
        {
            return None;
        }
        let (mut all, mut both) = (0, 0);
        for line in document.lines_with(run) {
            all += 1;
            both += usize::from(usual.count_in(line) + form.count_in(line) > 0);
        }
        let specific = f64::from(both as u32) / f64::from(all.max(1));
        if specific < least {
            return None;
        }
        let is_read_so = sounds && has_kanji && share.min(specific) >= SHARE_OF_READINGS;
        if !is_near && (!is_read_so || self.sounds_elsewhere(usual)) {
            return None;
        }
        Some(share * specific * (1.0 + LONGER * run.chars().count() as f64) + if sounds { 1.0 } else { 0.0 })
    }

    /// Whether the run is what both names begin or end with, and the kanji beside it tell why they differ: 部卿 of 民部卿 and
    /// 文部卿 by its reading, and the members of a series (五位下 and 四位下).
    fn is_in_common(&self, run: &str, usual: &Form) -> bool {
        let document = self.document;
        let (a, b) = (usual.letters.plain(), self.form.letters.plain());
        let count = |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(a, b)| a == b).count();
        let beginning = count(&mut a.iter().zip(b));
        let end = count(&mut a.iter().rev().zip(b.iter().rev()));
        let mut beside: Vec<Option<char>> = Vec::new();
        for line in usual.lines().chain(self.form.lines()) {
            let source = document.source(line);
            beside.extend(source.match_indices(run).map(|(from, _)| {
                let before = source.get(..from).and_then(|text| text.chars().next_back());
                let after = source.get(from + run.len()..).and_then(|text| text.chars().next());
                if beginning > end { after } else { before }
            }));
        }
        let all = |test: fn(char) -> bool| beside.iter().all(|c| c.is_some_and(test));
        let is_short = || document.readings.read(run).is_some_and(|reading| reading.letters() < beginning.max(end));
        all(is_kanji) && (all(|c| SERIES.contains(c)) || is_short())
    }

    fn sounds_like(&self, run: &Run<'_>, name: &Form) -> bool {
        let sounding = run.sounding.get_or_init(|| self.document.readings.sounding(run.text));
        name.latin.as_ref().is_some_and(|latin| sounding.is_like(latin, &name.letters))
    }

    /// Whether the run is a part of two different full names: アラン・ホルト and アラン・ベルク.
    fn is_given_name_of_two(&self, run: &str, usual: &Form) -> bool {
        if !runs::is_katakana_name(run) {
            return false;
        }
        let full = |form: &Form| -> BTreeSet<&str> {
            let sources = form.lines().map(|line| self.document.source(line));
            let names = sources.flat_map(|source| katakana_runs(source).into_iter().map(move |s| s.of(source)));
            names.filter(|full| full.split(DOTS).any(|part| part == run)).collect()
        };
        let (a, b) = (full(usual), full(self.form));
        // Who is called by the given name alone (フィリップ殿下) is not the one with a surname behind it (フィリップ・ベルク).
        let is_given = b.iter().all(|full| !full.ends_with(run));
        !a.is_empty() && !b.is_empty() && (!a.contains(run) || is_given) && !b.contains(run) && a.is_disjoint(&b)
    }

    /// Whether the run is only a part that names share: with one of them it nowhere begins and ends where a word does.
    fn is_fragment(&self, run: &str, usual: &Form) -> bool {
        let document = self.document;
        if !document.context.bitext.source.is_japanese() || !run.chars().all(is_kanji) {
            return false;
        }
        let is_whole = |line: usize| {
            let source = document.source(line);
            source.match_indices(run).any(|(from, _)| {
                let to = from + run.len();
                let before = source.get(..from).and_then(|t| t.chars().next_back()).is_some_and(is_kanji);
                let after = source.get(to..).and_then(|t| t.chars().next());
                let after = after.is_some_and(|c| is_kanji(c) && !GENERIC.contains(c));
                document.is_word_edge(line, before.then_some(from), after.then_some(to))
            })
        };
        !usual.lines().any(is_whole) || !self.form.lines().any(is_whole)
    }

    /// Whether the lines of the rarer name render the run by a word that is neither name, or have another run that sounds
    /// like it.
    fn is_rendered_otherwise(&self, run: &str, usual: &Form) -> bool {
        let document = self.document;
        let reading = document.readings.of_kanji(run);
        let known: Vec<String> = document
            .renderings(run)
            .iter()
            .flat_map(|text| text.to_lowercase().split(' ').map(str::to_owned).collect::<Vec<_>>())
            .filter(|word| word.len() >= SHORTEST)
            .map(|word| words::stem(&word))
            .collect();
        let is_other = |word: &words::Word| {
            let key = word.letters.plain();
            let is_own = usual.letters.plain() == key || self.form.letters.plain() == key;
            let is_known = || known.contains(&words::stem(&word.text.to_lowercase()));
            let is_read_so = || {
                let latin = Latin::new(&word.text).filter(|_| word.is_capital);
                reading.as_ref().zip(latin).is_some_and(|(reading, latin)| reading.similarity(&latin) >= SAME_WORD)
            };
            !is_own && (is_known() || is_read_so())
        };
        self.form.lines().any(|line| words::joined(document.target(line)).iter().any(is_other))
            || self.sounds_elsewhere(usual)
    }

    /// Whether a name of the source that no line of the usual name has sounds like the rarer one.
    fn sounds_elsewhere(&self, usual: &Form) -> bool {
        /// No name has more words.
        const LONGEST: usize = 4;
        let document = self.document;
        let Some(latin) = &self.form.latin else { return false };
        let is_elsewhere = |line: usize, words: &[crate::token::Token<'_>]| {
            let span = Span::new(words.first().map_or(0, |t| t.span.start), words.last().map_or(0, |t| t.span.end));
            let text = span.of(document.source(line));
            let kana: Option<String> = words.iter().map(|token| token.reading).collect();
            let reading = kana.and_then(|kana| Reading::new(&kana));
            text.chars().all(crate::lang::is_han)
                && reading.is_some_and(|r| r.letters() >= SHORTEST && r.similarity(latin) >= SAME_READING)
                && !usual.lines().any(|line| document.source(line).contains(text))
        };
        self.form.lines().any(|line| {
            (1..=LONGEST).any(|len| document.tokens(line).windows(len).any(|words| is_elsewhere(line, words)))
        })
    }

    /// A word that nobody knows, one letter from one that everybody knows and that stands in the document twice or more.
    fn misspelt_word(&self, usual: &Form, distance: usize) -> Option<Issue> {
        let form = self.form;
        let is_capital = form.text.chars().next().is_some_and(char::is_uppercase);
        let is_word = usual.is_ordinary && !is_romanised(&usual.text) && usual.count() >= 2;
        if !is_word || !is_capital || distance > 1 || form.letters.len() < SHORTEST_WORD || form.count() > 1 {
            return None;
        }
        let (line, spans) = form.places.iter().next()?;
        let (target, span) = (self.document.target(*line), *spans.first()?);
        let words = words::joined(target);
        let at = words.iter().position(|word| word.span == span)?;
        let is_apart = words.get(at).is_some_and(|word| word.is_apart);
        let before = at.checked_sub(1).and_then(|i| words.get(i)).filter(|word| word.is_capital && !is_apart);
        let name = Span::new(before.map_or(span.start, |word| word.span.start), span.end).of(target);
        let message = format!("{} is no word; {} stands in {} other places.", form.text, usual.text, usual.count());
        let mut finding = Finding::new(Severity::Error, Place { line: *line, side: Side::Target, span }, message);
        finding.target_name = Some(name.to_owned());
        finding.expected = vec![usual.text.clone()];
        finding.related = usual.all_places().collect();
        Some(Issue { kind: Kind::NameSpelling, finding })
    }
}

/// Readings at least as similar as this are the same word.
const SAME_WORD: f64 = 0.9;

/// The hiragana of a text that may be names, with their readings.
fn hiragana_names(text: &str) -> Vec<(&str, Reading)> {
    /// A name in hiragana has so many signs, and its reading so many letters.
    const SIGNS: std::ops::RangeInclusive<usize> = 3..=8;
    const LETTERS: usize = 5;
    let mut out = Vec::new();
    for piece in text.split(|c| !is_hiragana(c)) {
        let mut edges: Vec<usize> = piece.char_indices().map(|(at, _)| at).collect();
        edges.push(piece.len());
        for len in SIGNS {
            for (from, to) in edges.iter().zip(edges.iter().skip(len)) {
                let part = piece.get(*from..*to).unwrap_or_default();
                out.extend(Reading::new(part).filter(|reading| reading.letters() >= LETTERS).map(|r| (part, r)));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::hiragana_names;

    #[test]
    fn hiragana_has_no_edges() {
        let found: Vec<&str> = hiragana_names("はさくらです").into_iter().map(|(text, _)| text).collect();
        assert!(found.contains(&"さくら") && found.contains(&"はさくらです"));
        assert!(hiragana_names("これ。漢字").is_empty());
    }
}
