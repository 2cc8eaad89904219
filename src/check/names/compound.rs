//! Names in katakana that an ordinary word follows without a sign between: マナティカウンティ is Manatee County.

use super::document::Document;
use super::runs::{self, DOTS};
use super::words;
use crate::glossary::{Matcher, TermMatch};
use crate::name::{Katakana, Latin, cost_within};
use crate::span::Span;

/// Shorter beginnings and words are parts of too many words.
const SHORTEST: usize = 3;

/// Katakana at this cost from a word is written by its sound: .96 of the names at .20 are.
const SAME_SOUND: f64 = 0.2;

/// The beginnings of a katakana run of the source before a word: one that a word list has, or that stands in the target.
pub(super) fn names(document: &Document<'_>, line: usize, run: Span) -> Vec<Span> {
    let written = run.of(document.source(line));
    let is_ordinary = |text: &String| text.chars().next().is_some_and(char::is_lowercase);
    let is_listed = |rest: &str| document.renderings(rest).iter().any(is_ordinary);
    let is_long = |text: &str| text.chars().count() >= SHORTEST;
    let splits = written.char_indices().filter_map(|(at, _)| written.split_at_checked(at));
    let splits: Vec<(&str, &str)> = splits
        .filter(|(name, rest)| name.rsplit(DOTS).next().is_some_and(is_long) && is_long(rest) && !rest.contains(DOTS))
        .collect();
    let mut words: Vec<(&str, &str)> = splits.iter().copied().filter(|(_, rest)| is_listed(rest)).collect();
    if words.is_empty() {
        let sounding = splits.iter().filter_map(|split| Some((split, likeness(document, line, split.1)?)));
        words.extend(sounding.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(split, _)| *split));
    }
    words.into_iter().map(|(name, _)| Span::new(run.start, run.start + name.len())).collect()
}

/// How much `word` sounds like a word of a line's target that everybody knows, as a cost; `None` if like none.
fn likeness(document: &Document<'_>, line: usize, word: &str) -> Option<f64> {
    let sounds = Katakana::new(word)?;
    let is_known = |text: &&str| words::is_known(text, document.context.lexicons);
    let costs = words::pieces(document.target(line)).filter_map(|text| {
        let latin = Latin::new(text)?;
        cost_within(&sounds, &latin, SAME_SOUND).filter(|_| is_known(&text))
    });
    costs.min_by(f64::total_cmp)
}

/// The terms of an article that are such beginnings, where the line has no term yet.
pub(super) fn terms(
    document: &Document<'_>,
    line: usize,
    article: &str,
    matcher: &Matcher,
    found: &mut Vec<TermMatch>,
) {
    let text = document.source(line);
    let is_free = |span: &Span| !found.iter().any(|term| term.span.start < span.end && span.start < term.span.end);
    let runs: Vec<Span> = runs::katakana(text).into_iter().filter(is_free).collect();
    let mut more = Vec::new();
    for span in runs.into_iter().flat_map(|run| names(document, line, run)) {
        let name = span.of(text);
        let is_whole = |term: &TermMatch| term.span.len() == name.len();
        let whole = matcher.find_in(name, article).into_iter().filter(is_whole);
        more.extend(whole.map(|term| TermMatch { span, ..term }));
    }
    if !more.is_empty() {
        found.extend(more);
        found.sort_unstable_by_key(|term| term.span);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::specimen::found_with;
    use crate::check::{name_spelling, name_swapped, term_missing};

    const ROWS: &str = "ja\ten\tkind\nアルダナ\tAldana\tplace\nパスコ\tPasco\tplace\nメイ\tMay\tperson\n";

    #[test]
    fn a_name_before_an_ordinary_word_is_a_name() {
        let lines = [("アルダナカウンティの海", "the sea of Pasco County")];
        assert_eq!(found_with(&name_swapped::CHECK, ROWS, &lines).len(), 1);
        let lines = [("アルダーナカウンティの海", "the sea of Aldana County")];
        let found = found_with(&name_spelling::CHECK, ROWS, &lines);
        assert_eq!(found, ["1 source アルダーナ: Aldana is written アルダナ in the glossary; here stands アルダーナ."]);
    }

    #[test]
    fn a_short_name_is_no_beginning() {
        assert!(found_with(&term_missing::CHECK, ROWS, &[("メインストリート", "the main street")]).is_empty());
    }
}
