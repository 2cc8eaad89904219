//! Fuzzy look-up: the units most like a text, with scores as translators know them.

use serde::{Serialize, Serializer};

use super::index::{Damaged, Index, Nearest, Similarity};
use super::key::{bare, key};
use super::number::{differ_in_numbers_only, with_numbers};
use super::store::{Store, Stored, UnitId};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::unit::InlineCode;

/// The lowest threshold that look-ups take, in per cent.
pub const LOWEST_THRESHOLD: u8 = 50;
/// The score of texts that are equal but for form: width, letter case, kana, spaces, punctuation.
const EQUIVALENT: u8 = 99;
const EXACT: u8 = 100;
const IN_CONTEXT: u8 = 101;

/// What is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Query<'q> {
    /// The text.
    pub text: &'q str,
    /// The text that stands before it, if that is known: the same unit in the same place scores 101.
    pub before: Option<&'q str>,
    /// The text that stands after it.
    pub after: Option<&'q str>,
}

impl<'q> From<&'q str> for Query<'q> {
    fn from(text: &'q str) -> Self {
        Self { text, before: None, after: None }
    }
}

/// How units are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupOptions {
    /// The least score, from [`LOWEST_THRESHOLD`] to 100.
    pub threshold: u8,
    /// How many matches at most, 1 or more.
    pub limit: usize,
    /// The language of the text; without it, texts of all languages are looked at. Tags with the same primary subtag are
    /// one language.
    pub source_lang: Option<Lang>,
    /// The language that a translation is wanted in.
    pub target_lang: Option<Lang>,
}

impl Default for LookupOptions {
    fn default() -> Self {
        Self { threshold: 60, limit: 5, source_lang: None, target_lang: None }
    }
}

/// What makes a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MatchKind {
    /// The same text, with the same unit before or after it: score 101.
    Context,
    /// The same text: score 100.
    Exact,
    /// The same but for width, letter case, kind of kana, spaces and punctuation: score 99.
    Equivalent,
    /// The same but for its numbers.
    Numbers,
    /// Alike.
    Fuzzy,
}

impl MatchKind {
    /// The word that stands in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Exact => "exact",
            Self::Equivalent => "equivalent",
            Self::Numbers => "numbers",
            Self::Fuzzy => "fuzzy",
        }
    }
}

impl Serialize for MatchKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A unit that was found, seen from the query: `source` is the text in the query's language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Match {
    /// The text that is like the query.
    pub source: String,
    /// Its translation as the memory has it.
    pub target: String,
    /// 101 in context, 100 the same text, 99 the same but for form, otherwise the similarity in per cent, rounded down,
    /// 98 at most.
    pub score: u8,
    /// What makes the match.
    pub kind: MatchKind,
    /// Where the unit stood last.
    pub document: String,
    /// The unit's id.
    pub id: UnitId,
    /// The translation with the query's numbers, where only numbers differ and the translation shows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<String>,
    /// The language of `source`.
    pub source_language: Lang,
    /// The language of `target`.
    pub target_language: Lang,
    /// When the unit was last changed or met anew, in seconds since 1970.
    #[serde(skip)]
    pub changed: i64,
    /// The inline codes of `source` where the unit stood last.
    #[serde(skip)]
    pub source_codes: Vec<InlineCode>,
    /// The inline codes of `target`.
    #[serde(skip)]
    pub target_codes: Vec<InlineCode>,
}

/// Why a look-up ended early.
pub(super) enum Failure {
    /// The index must be made again.
    Index,
    /// For good.
    Error(Error),
}

impl From<Damaged> for Failure {
    fn from(Damaged: Damaged) -> Self {
        Self::Index
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// A unit that may be among the matches.
struct Candidate {
    unit: Stored,
    is_target: bool,
    similarity: Option<Similarity>,
    score: u8,
    changed: i64,
    document: String,
    /// Those of source and target.
    codes: [Vec<InlineCode>; 2],
}

impl Candidate {
    fn text(&self) -> &str {
        if self.is_target { &self.unit.target } else { &self.unit.source }
    }
}

/// Looks a text up.
pub(super) fn lookup(
    store: &Store,
    index: &Index,
    query: &Query,
    options: &LookupOptions,
) -> std::result::Result<Vec<Match>, Failure> {
    check(options)?;
    let (text, limit) = (query.text.trim(), options.limit.max(1));
    let key = key(text);
    let bare_key = bare(&key);
    let languages = (options.source_lang.as_ref().map(Lang::primary), options.target_lang.as_ref().map(Lang::primary));
    let mut found = Vec::new();
    for (number, is_target) in index.with_bare_key(&key, languages)? {
        let Some(unit) = store.unit(number)? else { continue };
        let mut candidate = Candidate::new(unit, is_target);
        let other = super::key::key(candidate.text());
        candidate.score = if candidate.text() == text {
            EXACT
        } else if other == key || (!bare_key.is_empty() && bare(&other) == bare_key) {
            EQUIVALENT
        } else {
            continue;
        };
        found.push(candidate);
    }
    if found.len() < limit {
        let mut nearest = Nearest::new(limit, usize::from(options.threshold));
        index.nearest(&key, languages, &mut nearest)?;
        for near in nearest.into_found() {
            if found.iter().any(|c| (c.unit.number, c.is_target) == (near.unit, near.is_target)) {
                continue;
            }
            let Some(unit) = store.unit(near.unit)? else { continue };
            let mut candidate = Candidate::new(unit, near.is_target);
            candidate.score = (near.similarity.percent() as u8).min(EQUIVALENT - 1);
            candidate.similarity = Some(near.similarity);
            found.push(candidate);
        }
    }
    for candidate in &mut found {
        candidate.place(store, query)?;
    }
    found.retain(|candidate| candidate.score >= options.threshold);
    found.sort_by(|a, b| {
        (b.score.cmp(&a.score))
            .then_with(|| b.similarity.cmp(&a.similarity))
            .then_with(|| b.changed.cmp(&a.changed))
            .then_with(|| a.unit.id.cmp(&b.unit.id))
            .then_with(|| a.is_target.cmp(&b.is_target))
    });
    found.truncate(limit);
    Ok(found.into_iter().map(|candidate| candidate.into_match(text, &key)).collect())
}

fn check(options: &LookupOptions) -> Result<()> {
    if !(LOWEST_THRESHOLD..=EXACT).contains(&options.threshold) {
        return Err(Error::Usage(format!(
            "a threshold of {} cannot be looked up. Give one from {LOWEST_THRESHOLD} to {EXACT}",
            options.threshold
        )));
    }
    Ok(())
}

impl Candidate {
    fn new(unit: Stored, is_target: bool) -> Self {
        Self {
            unit,
            is_target,
            similarity: None,
            score: 0,
            changed: 0,
            document: String::new(),
            codes: Default::default(),
        }
    }

    /// Finds out where the unit stands, and whether the query stands in the same place.
    fn place(&mut self, store: &Store, query: &Query) -> Result<()> {
        if let Some(newest) = store.newest_occurrence(self.unit.number)? {
            (self.changed, self.document, self.codes) = (newest.changed, newest.document, newest.codes);
        }
        let (before, after) = (query.before.map(str::trim), query.after.map(str::trim));
        if self.score == EXACT
            && (before.is_some() || after.is_some())
            && store.has_context(self.unit.number, self.is_target, before, after)?
        {
            self.score = IN_CONTEXT;
        }
        Ok(())
    }

    fn into_match(self, query: &str, query_key: &str) -> Match {
        let Self { unit, is_target, score, changed, document, mut codes, .. } = self;
        let (mut from, mut to) = ((unit.source, unit.source_lang), (unit.target, unit.target_lang));
        if is_target {
            std::mem::swap(&mut from, &mut to);
            codes.reverse();
        }
        let kind = match score {
            IN_CONTEXT => MatchKind::Context,
            EXACT => MatchKind::Exact,
            EQUIVALENT => MatchKind::Equivalent,
            _ if differ_in_numbers_only(query_key, &key(&from.0)) => MatchKind::Numbers,
            _ => MatchKind::Fuzzy,
        };
        let proposal =
            (kind == MatchKind::Numbers).then(|| with_numbers(query, (&from.0, &from.1), (&to.0, &to.1))).flatten();
        let [source_codes, target_codes] = codes;
        Match {
            source: from.0,
            target: to.0,
            score,
            kind,
            document,
            id: unit.id,
            proposal,
            source_language: from.1,
            target_language: to.1,
            changed,
            source_codes,
            target_codes,
        }
    }
}
