//! Concordance: every place where something was said, with what it was translated by.

use std::collections::{BTreeMap, BTreeSet};

use regex::{Regex, RegexBuilder};

use super::folded::{Folded, fold};
use super::index::Index;
use super::key::key;
use super::lookup::Failure;
use super::rendering::{Rendering, Translation, renderings};
use super::required::required;
use super::store::{Store, Stored, UnitId};
use crate::align::{Aligner, Equivalent};
use crate::error::{Error, Result};
use crate::lang::{Lang, is_hiragana, is_katakana};
use crate::span::Span;

/// How many units, the newest, renderings are counted over.
const COUNTED: usize = 500;
/// How many units of the memory tell what is said everywhere.
const BACKGROUND: i64 = 500;

/// How a memory is searched.
#[derive(Debug, Clone)]
pub struct SearchOptions<'a> {
    /// The language searched in; without it, both sides are.
    pub lang: Option<Lang>,
    /// Whether the pattern is a regular expression.
    pub regex: bool,
    /// How many hits at most.
    pub limit: usize,
    /// How many hits are passed over first.
    pub offset: usize,
    /// Whose word lists, glossary and knowledge of names tell the renderings; without it, only what stands beside the
    /// pattern again and again does.
    pub aligner: Option<&'a Aligner<'a>>,
}

impl Default for SearchOptions<'_> {
    fn default() -> Self {
        Self { lang: None, regex: false, limit: 20, offset: 0, aligner: None }
    }
}

/// A unit with the pattern in one of its texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The text with the pattern.
    pub source: String,
    /// Its translation, or what it translates.
    pub target: String,
    /// Where the pattern stands in `source`, in bytes.
    pub places: Vec<Span>,
    /// Where `target` probably says the same, in bytes.
    pub equivalent: Option<Span>,
    /// Where the unit stood last.
    pub document: String,
    /// The unit's id.
    pub id: UnitId,
    /// The language of `source`.
    pub source_language: Lang,
    /// The language of `target`.
    pub target_language: Lang,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Concordance {
    /// How many units have the pattern. Where [`Self::is_whole`] is not so, there are more.
    pub units: usize,
    /// Whether all units were counted.
    pub is_whole: bool,
    /// What the pattern was translated by in the newest units, the most frequent first.
    pub renderings: Vec<Rendering>,
    /// The hits that were asked for, the newest units first.
    pub hits: Vec<Hit>,
}

/// What is searched for.
enum Pattern {
    /// One of several texts, folded.
    Texts(Vec<String>),
    Regex(Box<Regex>),
}

impl Pattern {
    fn find(&self, text: &str) -> Vec<Span> {
        let folded = Folded::new(text);
        match self {
            Self::Texts(parts) => {
                let found: BTreeSet<Span> = parts.iter().flat_map(|part| folded.find(part)).collect();
                found.into_iter().collect()
            }
            Self::Regex(regex) => {
                let found = regex.find_iter(&folded.text).filter(|found| !found.is_empty());
                found.map(|found| folded.original(Span::new(found.start(), found.end()))).collect()
            }
        }
    }
}

/// A unit with the pattern, seen from the side that has it.
struct Found {
    unit: Stored,
    is_target: bool,
    places: Vec<Span>,
}

impl Found {
    fn sides(&self) -> [(&str, &Lang); 2] {
        let (source, target) =
            ((&*self.unit.source, &self.unit.source_lang), (&*self.unit.target, &self.unit.target_lang));
        if self.is_target { [target, source] } else { [source, target] }
    }

    fn in_side(unit: Stored, is_target: bool, pattern: &Pattern) -> Option<Self> {
        let places = pattern.find(if is_target { &unit.target } else { &unit.source });
        (!places.is_empty()).then_some(Self { unit, is_target, places })
    }
}

/// Searches for any of `patterns`; a regular expression is alone.
pub(super) fn search(
    store: &Store,
    index: &Index,
    patterns: &[String],
    options: &SearchOptions,
) -> std::result::Result<Concordance, Failure> {
    let pattern = pattern(patterns, options.regex)?;
    let wanted = COUNTED.max(options.offset.saturating_add(options.limit));
    let (found, units) = match &pattern {
        Pattern::Texts(parts) => containing(store, index, parts, &pattern, options, wanted)?,
        Pattern::Regex(_) => match patterns.first().and_then(|regex| required(regex)) {
            Some(parts) => containing(store, index, &parts, &pattern, options, wanted)?,
            None => scanned(store, index.coverage.last, &pattern, options, wanted)?,
        },
    };
    let others = background(store, index.coverage.last)?;
    let counted = found.get(..COUNTED).unwrap_or(&found);
    let equivalents = options.aligner.map(|aligner| equivalents(aligner, counted)).unwrap_or_default();
    let translations: Vec<Translation> = counted
        .iter()
        .enumerate()
        .map(|(i, found)| {
            let (text, lang) = found.sides()[1];
            Translation { text, lang, equivalent: equivalents.get(i).copied().flatten() }
        })
        .collect();
    let numbers: BTreeSet<i64> = found.iter().map(|found| found.unit.number).collect();
    // What is said everywhere is what is said in the languages of the translations.
    let langs: BTreeSet<&str> = translations.iter().map(|hit| hit.lang.primary()).collect();
    let others: Vec<(&str, &Lang)> = others
        .iter()
        .filter(|unit| !numbers.contains(&unit.number))
        .flat_map(|unit| [(&*unit.source, &unit.source_lang), (&*unit.target, &unit.target_lang)])
        .filter(|(_, lang)| langs.contains(lang.primary()))
        .collect();
    let (renderings, places) = renderings(&translations, &others);
    let is_whole = units.is_some();
    let units = units.unwrap_or(found.len());
    let mut hits = Vec::new();
    for (i, found) in found.into_iter().enumerate().skip(options.offset).take(options.limit) {
        let document = store.newest_occurrence(found.unit.number)?.map(|place| place.document).unwrap_or_default();
        let Found { unit, is_target, places: of_pattern } = found;
        let mut sides = [(unit.source, unit.source_lang), (unit.target, unit.target_lang)];
        if is_target {
            sides.reverse();
        }
        let [(source, source_language), (target, target_language)] = sides;
        let equivalent = places.get(i).copied().flatten();
        hits.push(Hit {
            source,
            target,
            places: of_pattern,
            equivalent,
            document,
            id: unit.id,
            source_language,
            target_language,
        });
    }
    Ok(Concordance { units, is_whole, renderings, hits })
}

/// What the aligner takes for the renderings of what was found, unit by unit.
fn equivalents(aligner: &Aligner, found: &[Found]) -> Vec<Option<Equivalent>> {
    let mut by_languages: BTreeMap<[&str; 2], Vec<usize>> = BTreeMap::new();
    for (i, found) in found.iter().enumerate() {
        by_languages.entry(found.sides().map(|(_, lang)| lang.tag())).or_default().push(i);
    }
    let mut equivalents = vec![None; found.len()];
    for group in by_languages.into_values() {
        let members: Vec<&Found> = group.iter().filter_map(|i| found.get(*i)).collect();
        let Some([(_, from), (_, to)]) = members.first().map(|first| first.sides()) else { continue };
        let pairs: Vec<(&str, &str)> = members
            .iter()
            .map(|found| {
                let [(text, _), (translation, _)] = found.sides();
                (found.places.first().copied().unwrap_or_default().of(text), translation)
            })
            .collect();
        for (i, equivalent) in group.iter().zip(aligner.equivalents((from, to), &pairs)) {
            if let Some(place) = equivalents.get_mut(*i) {
                *place = equivalent;
            }
        }
    }
    equivalents
}

fn pattern(patterns: &[String], is_regex: bool) -> Result<Pattern> {
    let texts: Vec<String> = patterns.iter().map(|text| fold(text)).filter(|text| !text.trim().is_empty()).collect();
    if texts.is_empty() {
        return Err(Error::Usage("there is nothing to search for. Give one character or more".to_owned()));
    }
    let Some(regex) = patterns.first().filter(|_| is_regex) else { return Ok(Pattern::Texts(texts)) };
    let built = RegexBuilder::new(regex).case_insensitive(true).build();
    let regex = built.map_err(|e| Error::Usage(format!("this is no regular expression: {e}")))?;
    Ok(Pattern::Regex(Box::new(regex)))
}

/// The newest units with the pattern among those with one of the texts `parts`, at most `wanted`, and how many there are in all, where that is known.
fn containing(
    store: &Store,
    index: &Index,
    parts: &[String],
    pattern: &Pattern,
    options: &SearchOptions,
    wanted: usize,
) -> std::result::Result<(Vec<Found>, Option<usize>), Failure> {
    let from = options.lang.as_ref().map(Lang::primary);
    let mut candidates = Vec::new();
    for part in parts {
        candidates.extend(index.containing(&key(part), (from, None))?);
    }
    candidates.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    candidates.dedup();
    // Keys know no kinds of kana, so that with kana the text itself decides, as with a regular expression.
    let has_text = matches!(pattern, Pattern::Texts(_));
    let is_sure = has_text && !parts.iter().flat_map(|part| part.chars()).any(|c| is_hiragana(c) || is_katakana(c));
    let all = candidates.len();
    let mut found = Vec::new();
    for (number, is_target) in candidates {
        if found.len() == wanted {
            return Ok((found, is_sure.then_some(all)));
        }
        found.extend(store.unit(number)?.and_then(|unit| Found::in_side(unit, is_target, pattern)));
    }
    let all = found.len();
    Ok((found, Some(all)))
}

/// The same for a regular expression that requires no text: every text is tried.
fn scanned(
    store: &Store,
    last: i64,
    pattern: &Pattern,
    options: &SearchOptions,
    wanted: usize,
) -> Result<(Vec<Found>, Option<usize>)> {
    let is_searched = |lang: &Lang| options.lang.as_ref().is_none_or(|wanted| wanted.primary() == lang.primary());
    let mut found = Vec::new();
    let mut is_whole = true;
    store.for_each_unit_from_newest(last, |unit| {
        for is_target in [false, true] {
            let lang = if is_target { &unit.target_lang } else { &unit.source_lang };
            if is_searched(lang) {
                found.extend(Found::in_side(unit.clone(), is_target, pattern));
            }
        }
        is_whole = found.len() < wanted;
        Ok(is_whole)
    })?;
    found.truncate(wanted);
    let all = is_whole.then_some(found.len());
    Ok((found, all))
}

/// Units from all over the memory.
fn background(store: &Store, last: i64) -> Result<Vec<Stored>> {
    let step = (last / BACKGROUND).max(1) as usize;
    let numbers = (1..=last).step_by(step);
    numbers.filter_map(|number| store.unit(number).transpose()).collect()
}
