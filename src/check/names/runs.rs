//! Where names may stand in the text that is not in Latin letters, by its script.

use std::collections::BTreeSet;

use super::words;
use crate::lang::{is_han, is_hangul, is_katakana};
use crate::name::katakana_runs;
use crate::span::Span;

/// What separates the parts of a name in katakana.
pub(super) const DOTS: [char; 2] = ['・', '＝'];
/// No name has more kanji or syllables.
const LONGEST: usize = 8;
/// A Russian name may have so many letters of grammar at its end (Путиными).
const LONGEST_ENDING: usize = 3;
/// A stem of fewer letters tells nothing.
const SHORTEST_STEM: usize = 4;

/// Whether a name in kanji may hold the character.
pub(super) fn is_kanji(c: char) -> bool {
    is_han(c) || matches!(c, '々' | 'ヶ' | 'ヵ' | 'ノ')
}

/// Whether the text is a name in katakana, with dots between its parts perhaps.
pub(super) fn is_katakana_name(text: &str) -> bool {
    text.chars().all(|c| is_katakana(c) || DOTS.contains(&c))
}

pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// The Cyrillic word that begins at `stem`, with its ending.
pub(super) fn whole_word(text: &str, stem: Span) -> &str {
    let behind = text.get(stem.end..).unwrap_or_default();
    let ending = behind.len() - behind.trim_start_matches(is_cyrillic).len();
    Span::new(stem.start, stem.end + ending).of(text)
}

/// The runs of katakana in `text`, and those that a space joins to one name where others write a dot.
pub(super) fn katakana(text: &str) -> Vec<Span> {
    let mut runs = katakana_runs(text);
    let spaced: Vec<Span> = runs
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if matches!(Span::new(a.end, b.start).of(text), " " | "\u{3000}") => Some(Span::new(a.start, b.end)),
            _ => None,
        })
        .collect();
    runs.extend(spaced);
    runs
}

/// The whole name and its parts of two characters or more.
pub(super) fn with_parts(name: &str) -> impl Iterator<Item = &str> {
    let whole = Some(name).filter(|name| name.contains(DOTS));
    whole.into_iter().chain(name.split(DOTS)).filter(|part| part.chars().count() >= 2)
}

/// All that may be a name or part of one: katakana, capitalised words, the beginnings of Cyrillic ones, and any two to
/// eight kanji or Korean syllables.
pub(super) fn all(text: &str) -> BTreeSet<&str> {
    let mut out = BTreeSet::new();
    for span in katakana_runs(text) {
        out.extend(with_parts(span.of(text)));
    }
    for belongs in [is_kanji, is_hangul] {
        pieces(text, belongs).for_each(|piece| parts(piece, &mut out));
    }
    for word in words::spaced(text).iter().filter(|word| word.is_capital && word.letters.len() >= 2) {
        let written = word.span.of(text);
        if written.chars().all(is_cyrillic) {
            out.extend(stems(written));
        } else if written.chars().all(|c| c.is_alphanumeric() && is_latin(c)) {
            out.insert(written);
        }
    }
    out
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The unbroken runs of characters of one kind.
fn pieces(text: &str, belongs: fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |c| !belongs(c)).filter(|piece| !piece.is_empty())
}

/// Any two to eight characters of a piece.
fn parts<'t>(piece: &'t str, out: &mut BTreeSet<&'t str>) {
    let mut edges: Vec<usize> = piece.char_indices().map(|(at, _)| at).collect();
    edges.push(piece.len());
    for (i, from) in edges.iter().enumerate() {
        out.extend(edges.iter().skip(i + 2).take(LONGEST - 1).filter_map(|to| piece.get(*from..*to)));
    }
}

/// A Cyrillic word with more and more of its end left out.
fn stems(word: &str) -> impl Iterator<Item = &str> {
    let edges: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let longest = edges.len();
    let ends =
        (longest.saturating_sub(LONGEST_ENDING).max(SHORTEST_STEM)..longest).filter_map(move |n| edges.get(n).copied());
    ends.chain([word.len()]).filter_map(|end| word.get(..end))
}

#[cfg(test)]
mod tests {
    use super::{all, katakana};

    #[track_caller]
    fn assert_holds(text: &str, expected: &[&str]) {
        let found = all(text);
        for run in expected {
            assert!(found.contains(run), "{run} not in {found:?}");
        }
    }

    #[test]
    fn names_of_all_scripts_are_found() {
        assert_holds("マリー・キュリーは", &["マリー・キュリー", "マリー", "キュリー"]);
        assert_holds("清水谷家の人々", &["清水谷", "清水谷家", "水谷"]);
        assert_holds("박지수는 왔다", &["박지수", "박지수는"]);
        assert_holds("с Орловым", &["Орловым", "Орлов"]);
        assert_holds("der Brief von Bjørn", &["Brief", "Bjørn"]);
        assert!(all("の").is_empty() && all("").is_empty());
    }

    #[test]
    fn a_space_may_join_a_name() {
        let text = "ハンナ ベルクは";
        assert!(katakana(text).iter().any(|s| s.of(text) == "ハンナ ベルク"));
    }
}
