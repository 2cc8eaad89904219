//! Sentences of languages with spaces: the bounds of UAX #29, joined again by named rules.

use unicode_segmentation::UnicodeSegmentation;

use super::bracket::Brackets;
use super::join::{Bound, JOINS, is_closing};
use crate::lang::Lang;

/// Brackets whose content is part of the sentence around them. Quotations are cut into their sentences.
const BRACKETS: &[(char, char)] = &[('(', ')'), ('[', ']')];

/// Where sentences end inside `text`, in bytes.
pub(super) fn ends(text: &str, lang: &Lang) -> Vec<usize> {
    let brackets = if text.contains(['(', '[']) { Brackets::find(text, BRACKETS) } else { Brackets::default() };
    let mut bounds: Vec<usize> = text.split_sentence_bound_indices().map(|(start, _)| start).skip(1).collect();
    bounds.extend(missed_bounds(text));
    bounds.sort_unstable();
    bounds.dedup();
    let mut ends = Vec::new();
    let mut start = 0;
    for at in bounds {
        let at = behind_closing_marks(text, at);
        if at <= start || at >= text.len() {
            continue;
        }
        let bound = Bound { text, start, at, lang: lang.primary(), brackets: &brackets };
        if !JOINS.iter().any(|joins| joins(&bound)) {
            ends.push(at);
            start = at;
        }
    }
    ends
}

/// A closing mark after a space belongs to the sentence before it: « Pourquoi ? » Il partit.
fn behind_closing_marks(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut rest = text.get(at..).unwrap_or_default().chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next();
        if !is_closing(c) || !next.is_none_or(|c| c.is_whitespace() || is_closing(c) || matches!(c, '.' | ',' | ';')) {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Ends that UAX #29 does not see: a full stop without the space behind it (the end.The next), and one before a number
/// (the end. 12 men).
fn missed_bounds(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('.').filter_map(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let rest = text.get(at + 1..).unwrap_or_default();
        let word = before.chars().rev().take_while(|c| c.is_lowercase()).take(3).count();
        let next = rest.chars().next()?;
        if next.is_uppercase() {
            return (word >= 2 && is_glued_sentence(before, rest)).then_some(at + 1);
        }
        let behind_marks = rest.trim_start_matches(is_closing);
        let number = behind_marks.trim_start();
        let parted = number.len() < behind_marks.len();
        let ends_word = word >= 2
            || before.ends_with('%')
            || before.chars().rev().take_while(char::is_ascii_digit).take(4).count() == 4;
        (parted && ends_word && number.starts_with(|c: char| c.is_ascii_digit())).then(|| text.len() - number.len())
    })
}

/// Whether the word before a full stop and the one glued to it are words of two sentences, not parts of an address or a
/// name with a full stop (ASP.Net).
fn is_glued_sentence(before: &str, rest: &str) -> bool {
    const LONGEST_WORD: usize = 30;
    let left = before.chars().rev().take_while(|c| !c.is_whitespace()).take(LONGEST_WORD);
    let is_word = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '"' | '“' | '(' | ',');
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).take(LONGEST_WORD).collect();
    let is_capitalized = word.chars().nth(1).is_some_and(char::is_lowercase);
    let behind = rest.chars().nth(word.chars().count());
    is_capitalized
        && !["Com", "Net", "Org", "Js", "Io", "Jp"].contains(&word.as_str())
        && behind.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '\'' | '’' | '-'))
        && left.into_iter().all(is_word)
}

#[cfg(test)]
mod tests {
    use crate::segment::tests::assert_split;

    #[test]
    fn a_missing_space_still_separates() {
        assert_split("en", "This is the end.The next day came.", &["This is the end.", "The next day came."]);
        assert_split("en", "It runs ASP.Net on Example.Com today.", &["It runs ASP.Net on Example.Com today."]);
        assert_split("en", "See www.example.com/a.Page here.", &["See www.example.com/a.Page here."]);
    }

    #[test]
    fn a_number_may_begin_a_sentence() {
        assert_split("en", "The ship sank. 12 men drowned.", &["The ship sank.", "12 men drowned."]);
        assert_split("en", "He died in 1945. 12 men came.", &["He died in 1945.", "12 men came."]);
        assert_split("en", "See vol. 3 and pp. 5 to 7.", &["See vol. 3 and pp. 5 to 7."]);
    }

    #[test]
    fn a_closing_mark_after_a_space_belongs_to_the_sentence_before() {
        assert_split("fr", "« Pourquoi ? » Il partit. « Va ! »", &["« Pourquoi ? »", "Il partit.", "« Va ! »"]);
    }

    #[test]
    fn signs_of_other_scripts_end_sentences() {
        assert_split("hi", "यह घर है। वह पेड़ है।", &["यह घर है।", "वह पेड़ है।"]);
        assert_split("ar", "أين البيت؟ هنا البيت.", &["أين البيت؟", "هنا البيت."]);
    }
}
