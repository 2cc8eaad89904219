//! What a word is translated by: the words that stand beside its occurrences far more often than elsewhere.
//!
//! The association is Dunning's log-likelihood ratio (T. Dunning, "Accurate methods for the statistics of surprise and
//! coincidence", Computational Linguistics 19, 1993), taken again and again over what is not explained yet: the best
//! rendering explains the translations that hold it, the next best some of the others.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::lang::Lang;
use crate::span::Span;
use crate::token::words;

/// A rendering has no more words than this, or characters where words are not divided.
const MOST_WORDS: usize = 4;
const MOST_CHARACTERS: usize = 8;
/// The least association: chance gives more once in a hundred times.
const LEAST_ASSOCIATION: f64 = 6.63;
/// A longer rendering takes the place of a part of it when it stands in this share of the part's places.
const WHOLE: f64 = 0.5;
/// A rendering begins and ends with words that are so many times more frequent here than elsewhere, unlike "the".
const TELLING: f64 = 3.0;
/// No more renderings than this are told apart.
const MOST_RENDERINGS: usize = 12;

/// A rendering with the number of units that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendering {
    /// The rendering as it is mostly written.
    pub text: String,
    /// In how many units it was found.
    pub count: usize,
}

/// The pieces of a text that may be renderings, in lower case, each with its first place.
fn pieces(text: &str, lang: &Lang) -> BTreeMap<String, Span> {
    let units: Vec<Span> = if lang.is_unspaced() {
        let is_part = |c: char| c.is_alphanumeric() || c == 'ー';
        text.char_indices().filter(|(_, c)| is_part(*c)).map(|(i, c)| Span::new(i, i + c.len_utf8())).collect()
    } else {
        words(text).map(|word| word.span).collect()
    };
    let longest = if lang.is_unspaced() { MOST_CHARACTERS } else { MOST_WORDS };
    let mut pieces = BTreeMap::new();
    for start in 0..units.len() {
        let mut end = None;
        for unit in units.iter().skip(start).take(longest) {
            // Punctuation ends a rendering.
            let gap = |end: usize| Span::new(end, unit.start).of(text).chars().all(char::is_whitespace);
            if end.is_some_and(|end| !gap(end)) {
                break;
            }
            end = Some(unit.end);
            let span = Span::new(units.get(start).map_or(0, |first| first.start), unit.end);
            pieces.entry(span.of(text).to_lowercase()).or_insert(span);
        }
    }
    pieces
}

/// The renderings of what `hits` translate, and for each hit where it has which of them; `others` are translations of
/// anything, to know what is said everywhere.
pub(super) fn renderings(hits: &[(&str, &Lang)], others: &[(&str, &Lang)]) -> (Vec<Rendering>, Vec<Option<Span>>) {
    let pieces_of: Vec<BTreeMap<String, Span>> = hits.iter().map(|(text, lang)| pieces(text, lang)).collect();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for piece in pieces_of.iter().flat_map(BTreeMap::keys) {
        known.insert(piece, 0);
    }
    for (text, lang) in others {
        for piece in pieces(text, lang).into_keys() {
            if let Some(count) = known.get_mut(piece.as_str()) {
                *count += 1;
            }
        }
    }
    let mut places = vec![None; hits.len()];
    let mut found = Vec::new();
    let mut open: HashSet<usize> = (0..hits.len()).collect();
    while found.len() < MOST_RENDERINGS {
        let Some(best) = best(&pieces_of, &open, &known, others.len()) else { break };
        let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
        let mut count = 0;
        for (i, (pieces, (text, _))) in pieces_of.iter().zip(hits).enumerate() {
            if let Some(span) = pieces.get(best).filter(|_| open.contains(&i)) {
                *forms.entry(span.of(text)).or_default() += 1;
                count += 1;
                open.remove(&i);
                if let Some(place) = places.get_mut(i) {
                    *place = Some(*span);
                }
            }
        }
        let form = forms.iter().max_by_key(|(_, count)| **count).map_or(best, |(form, _)| form);
        found.push(Rendering { text: form.to_owned(), count });
    }
    found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    (found, places)
}

/// The piece most associated with the open hits.
fn best<'p>(
    pieces_of: &'p [BTreeMap<String, Span>],
    open: &HashSet<usize>,
    known: &HashMap<&str, usize>,
    others: usize,
) -> Option<&'p str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, pieces) in pieces_of.iter().enumerate().filter(|(i, _)| open.contains(i)) {
        for piece in pieces.keys() {
            *counts.entry(piece).or_default() += 1;
        }
    }
    let association = |piece: &str, count: usize| {
        let elsewhere = known.get(piece).copied().unwrap_or(0);
        log_likelihood(count, open.len(), elsewhere, others)
    };
    let is_telling = |word: &str| {
        let rate = counts.get(word).map_or(0.0, |count| *count as f64 / open.len().max(1) as f64);
        let elsewhere = (known.get(word).copied().unwrap_or(0) as f64 + 0.5) / (others as f64 + 1.0);
        rate >= TELLING * elsewhere
    };
    let ends_tell = |piece: &str| {
        let mut words = words(piece).map(|word| word.text);
        let first = words.next().unwrap_or(piece);
        is_telling(first) && is_telling(words.last().unwrap_or(first))
    };
    let (mut best, mut count, _) = counts
        .iter()
        .map(|(piece, count)| (*piece, *count, association(piece, *count)))
        .filter(|(piece, count, value)| *count > 1 && *value >= LEAST_ASSOCIATION && ends_tell(piece))
        .max_by(|a, b| a.2.total_cmp(&b.2).then(a.0.len().cmp(&b.0.len())).then(b.0.cmp(a.0)))?;
    // As long as it is mostly part of something longer, that is the rendering.
    loop {
        let longer = counts
            .iter()
            .filter(|(piece, n)| piece.len() > best.len() && piece.contains(best) && **n as f64 >= WHOLE * count as f64)
            .filter(|(piece, n)| **n > 1 && ends_tell(piece))
            .max_by(|a, b| a.1.cmp(b.1).then(a.0.len().cmp(&b.0.len())).then(b.0.cmp(a.0)));
        match longer {
            Some((piece, n)) => (best, count) = (piece, *n),
            None => return Some(best),
        }
    }
}

/// How surprising it is that `a` of `n` texts have a piece that `b` of `m` others have; 0 where it is rarer in the first.
fn log_likelihood(a: usize, n: usize, b: usize, m: usize) -> f64 {
    // Half an occurrence elsewhere keeps what was never seen from proving everything.
    let (a, n, b, m) = (a as f64, n as f64, b as f64 + 0.5, m as f64 + 1.0);
    if a / n <= b / m {
        return 0.0;
    }
    let rate = (a + b) / (n + m);
    let entropy = |k: f64, n: f64, p: f64| {
        let part = |k: f64, p: f64| if k > 0.0 { k * p.ln() } else { 0.0 };
        part(k, p) + part(n - k, 1.0 - p)
    };
    2.0 * (entropy(a, n, a / n) + entropy(b, m, b / m) - entropy(a, n, rate) - entropy(b, m, rate))
}

#[cfg(test)]
mod tests {
    use super::renderings;
    use crate::lang::Lang;

    #[test]
    fn renderings_are_counted_and_marked() {
        let english = Lang::english();
        let hits = [
            "The foreign minister left for Paris.",
            "Yesterday the Foreign Minister spoke.",
            "A meeting of the foreign ministers; the foreign minister of France came too.",
            "The foreign minister is ill.",
            "The Foreign Secretary answered.",
            "It was the Foreign Secretary who knew.",
            "Nobody asked the Foreign Secretary.",
        ];
        let others = [
            "The rain fell on the town.", "It was late.", "Nobody came yesterday.", "The meeting was short.", "The train left.",
            "A dog is ill.", "The town answered.", "The minister of finance spoke.", "Who knew the town?", "Of course.",
            "The secretary wrote.", "She asked the children.",
        ];
        let with = |texts: &[&'static str]| texts.iter().map(|text| (*text, &english)).collect::<Vec<_>>();
        let (found, places) = renderings(&with(&hits), &with(&others));
        let found: Vec<_> = found.iter().map(|r| (r.text.to_lowercase(), r.count)).collect();
        assert_eq!(found, [("foreign minister".to_owned(), 4), ("foreign secretary".to_owned(), 3)]);
        let marked: Vec<&str> = places.iter().zip(hits).map(|(place, text)| place.unwrap_or_default().of(text)).collect();
        assert_eq!(marked[1], "Foreign Minister");
        assert_eq!(marked[6], "Foreign Secretary");
    }

    #[test]
    fn one_hit_proves_nothing() {
        let english = Lang::english();
        assert_eq!(renderings(&[("The end.", &english)], &[]), (Vec::new(), vec![None]));
    }
}
