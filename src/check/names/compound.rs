//! Names in katakana that an ordinary word follows without a sign between: マナティカウンティ is Manatee County.

use super::document::Document;
use super::runs;
use crate::glossary::{Matcher, TermMatch};
use crate::span::Span;

/// Shorter beginnings and words are parts of too many words.
const SHORTEST: usize = 3;

/// The beginnings of a katakana run before an ordinary word.
pub(super) fn names<'d>(document: &'d Document<'_>, text: &'d str, run: Span) -> impl Iterator<Item = Span> + 'd {
    let written = run.of(text);
    let is_word = |rest: &str| {
        let is_ordinary = |text: &String| text.chars().next().is_some_and(char::is_lowercase);
        document.renderings(rest).iter().any(is_ordinary)
    };
    written.char_indices().skip(SHORTEST).filter_map(move |(at, _)| {
        let rest = written.get(at..)?;
        (rest.chars().count() >= SHORTEST && is_word(rest)).then(|| Span::new(run.start, run.start + at))
    })
}

/// The terms of an article that are such beginnings, where the text has no term yet.
pub(super) fn terms(document: &Document<'_>, text: &str, article: &str, matcher: &Matcher, found: &mut Vec<TermMatch>) {
    let is_free = |span: &Span| !found.iter().any(|term| term.span.start < span.end && span.start < term.span.end);
    let runs: Vec<Span> = runs::katakana(text).into_iter().filter(is_free).collect();
    let mut more = Vec::new();
    for span in runs.into_iter().flat_map(|run| names(document, text, run)) {
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
    use crate::check::{name_spelling, term_missing};

    const ROWS: &str = "ja\ten\tkind\nアルダナ\tAldana\tplace\nメイ\tMay\tperson\n";

    #[test]
    fn a_name_before_an_ordinary_word_is_a_name() {
        let lines = [("アルダナカウンティの海", "the sea of Berg County")];
        assert_eq!(found_with(&term_missing::CHECK, ROWS, &lines).len(), 1);
        let lines = [("アルダーナカウンティの海", "the sea of Aldana County")];
        let found = found_with(&name_spelling::CHECK, ROWS, &lines);
        assert_eq!(found, ["1 source アルダーナ: Aldana is written アルダナ in the glossary; here stands アルダーナ."]);
    }

    #[test]
    fn a_short_name_is_no_beginning() {
        assert!(found_with(&term_missing::CHECK, ROWS, &[("メインストリート", "the main street")]).is_empty());
    }
}
