//! Slips that one line shows by itself: a word list knows the name, or both sides write it in the same letters.

use std::cell::OnceCell;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::affix::is_inflected;
use super::document::Document;
use super::form::Form;
use super::spelling::{Difference, Letters};
use super::words::{self, Word};
use super::{Issue, Kind, runs};
use crate::check::{Finding, Place, Severity, Side};
use crate::lang::is_katakana;
use crate::name::{Katakana, Latin, Reading, cost_within, katakana_runs};
use crate::span::Span;

// All numbers were set on two sets of translated news and encyclopaedia articles.

/// Shorter names have too many neighbours.
const SHORTEST: usize = 5;
/// Katakana names with fewer signs have too many neighbours.
const SHORTEST_KATAKANA: usize = 4;
/// Katakana at this cost from a word of the target is its rendering.
const ALIKE: f64 = 0.2;
/// Katakana at this cost is written right.
const RIGHT: f64 = 0.05;
/// A sign more or less costs no more than this.
const ONE_SIGN: f64 = 0.6;
/// What is read like its rendering by so much is romanised, and has spellings that no word list holds.
const ROMANISED: f64 = 0.7;
/// What a slip in katakana may put in a sign's place.
const SIGNS: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギグゲゴザジズゼゾダデドバビブベボパピプペポヴァィゥェォッャュョー";

/// The issues of a document whose target has these names.
pub(super) fn issues(document: &Document<'_>, targets: &[Form]) -> Vec<Issue> {
    // What stands twice is no slip.
    let mut single: FxHashMap<usize, Vec<&str>> = FxHashMap::default();
    for (text, places) in targets.iter().flat_map(|form| &form.surfaces) {
        if let [(line, _)] = places.as_slice() {
            single.entry(*line).or_default().push(text);
        }
    }
    let read = |line: usize| {
        let (source, target) = (document.source(line), document.target(line));
        if source.is_empty() || target.is_empty() {
            return Vec::new();
        }
        let single = single.get(&line).map_or(&[][..], Vec::as_slice);
        let words = OnceCell::new();
        let slip = Slip { document, line, source, target, words, single };
        let mut issues = slip.in_target();
        issues.extend(slip.in_source());
        issues
    };
    document.lines().into_par_iter().flat_map_iter(read).collect()
}

/// A line that is searched for slips.
struct Slip<'a, 'c> {
    document: &'a Document<'c>,
    line: usize,
    source: &'c str,
    target: &'c str,
    /// The words of the target, once they are asked for.
    words: OnceCell<Vec<Word>>,
    /// The names of the target that the document has nowhere else.
    single: &'a [&'a str],
}

/// A name of the source with its renderings, each prepared to be compared.
struct Known {
    span: Span,
    renderings: Vec<(String, Letters)>,
}

impl Slip<'_, '_> {
    fn is_known(&self, word: &Word) -> bool {
        words::is_known(&word.text, self.document.context.lexicons)
    }

    fn is_single(&self, word: &Word) -> bool {
        self.single.contains(&word.text.as_str())
    }

    fn words(&self) -> &[Word] {
        self.words.get_or_init(|| words::joined(self.target))
    }

    /// Names of the target of which another spelling is known to render a word of the source.
    fn in_target(&self) -> Vec<Issue> {
        let is_doubtful = |word: &&Word| {
            word.is_capital && word.letters.len() >= SHORTEST && self.is_single(word) && !self.is_known(word)
        };
        if self.single.is_empty() {
            return Vec::new();
        }
        let doubtful: Vec<&Word> = self.words().iter().filter(is_doubtful).collect();
        if doubtful.is_empty() {
            return Vec::new();
        }
        self.known().into_iter().filter_map(|known| self.misspelt(&known, &doubtful)).collect()
    }

    /// Words of the source with renderings that are names, and Latin words that should stand unchanged.
    fn known(&self) -> Vec<Known> {
        let renderings =
            |texts: Vec<String>| texts.into_iter().map(|text| (text.clone(), Letters::new(&text))).collect();
        let mut known: Vec<Known> = Vec::new();
        for token in self.document.tokens(self.line) {
            let text = token.span.of(self.source);
            let mut names = self.document.names_for(text);
            names.retain(|name| !name.contains(' '));
            if names.is_empty() {
                continue;
            }
            // A romanised name has spellings that no word list holds; those of another sound are words like any other.
            let reading = token.reading.and_then(Reading::new).filter(|_| !text.chars().all(is_katakana));
            let is_read_so = |name: &String| match (&reading, Latin::new(name)) {
                (Some(reading), Some(latin)) => reading.similarity_from(&latin, ROMANISED).is_some(),
                _ => false,
            };
            if !names.iter().any(is_read_so) {
                known.push(Known { span: token.span, renderings: renderings(names) });
            }
        }
        // Between languages in Latin letters, words differ by a letter again and again.
        let bitext = &self.document.context.bitext;
        if bitext.source.is_unspaced() || bitext.source.is_korean() || self.source.chars().any(runs::is_cyrillic) {
            for word in words::spaced(self.source) {
                if word.is_capital && word.text.chars().all(|c| c.is_ascii_alphabetic()) {
                    known.push(Known { span: word.span, renderings: renderings(vec![word.text]) });
                }
            }
        }
        known
    }

    fn misspelt(&self, known: &Known, doubtful: &[&Word]) -> Option<Issue> {
        let name = known.span.of(self.source);
        let is_written = |word: &Word| {
            known.renderings.iter().any(|(_, letters)| letters.difference(&word.letters) <= Difference::Diacritics)
        };
        if self.words().iter().any(is_written) {
            return None;
        }
        let runs = katakana_runs(self.source);
        let sounds_like_another = |word: &Word| {
            runs.iter().any(|run| run.of(self.source) != name && sounds(run.of(self.source), &word.text, ALIKE))
        };
        let (word, expected) = doubtful.iter().find_map(|word| {
            let is_near = |letters: &Letters| {
                letters.len() >= SHORTEST
                    && letters.difference(&word.letters) == Difference::Near(1)
                    && !is_inflected(letters, &word.letters)
            };
            let (expected, _) = known.renderings.iter().find(|(_, letters)| is_near(letters))?;
            (!sounds_like_another(word)).then_some((word, expected))
        })?;
        let written = word.span.of(self.target);
        let message = format!("{name} is {expected}; here stands {written}.");
        let place = |side, span| Place { line: self.line, side, span };
        let mut finding = Finding::new(Severity::Error, place(Side::Target, word.span), message);
        finding.related = vec![place(Side::Source, known.span)];
        finding.source_name = Some(name.to_owned());
        finding.target_name = Some(written.to_owned());
        finding.expected = vec![expected.clone()];
        Some(Issue { kind: Kind::NameSpelling, finding })
    }

    /// Katakana that no word list has, one sign away from a name that one has, whose rendering stands in the target.
    fn in_source(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        for run in katakana_runs(self.source) {
            let text = run.of(self.source);
            let is_name = text.chars().count() >= SHORTEST_KATAKANA && text.chars().all(is_katakana);
            if !is_name || self.document.is_listed(text) {
                continue;
            }
            let is_near =
                |word: &&Word| sounds(text, &word.text, ONE_SIGN) && (self.is_single(word) || self.is_known(word));
            let capitals: Vec<&Word> = self.words().iter().filter(|word| word.is_capital).filter(is_near).collect();
            if capitals.is_empty() || capitals.iter().any(|word| sounds(text, &word.text, RIGHT)) {
                continue;
            }
            let found = neighbours(text).into_iter().find_map(|near| {
                let names = self.document.names_for(&near);
                let word = names.iter().find_map(|name| {
                    capitals.iter().find(|word| word.text == *name && sounds(&near, &word.text, ALIKE))
                })?;
                Some((near, word.span))
            });
            let Some((expected, at)) = found else { continue };
            let name = at.of(self.target);
            let message = format!("{name} is {expected}; here stands {text}.");
            let place = |side, span| Place { line: self.line, side, span };
            let mut finding = Finding::new(Severity::Error, place(Side::Source, run), message);
            finding.related = vec![place(Side::Target, at)];
            finding.source_name = Some(text.to_owned());
            finding.target_name = Some(name.to_owned());
            finding.expected = vec![expected];
            issues.push(Issue { kind: Kind::NameSpelling, finding });
        }
        issues
    }
}

fn sounds(katakana: &str, latin: &str, limit: f64) -> bool {
    let names = Katakana::new(katakana).zip(Latin::new(latin));
    names.is_some_and(|(katakana, latin)| cost_within(&katakana, &latin, limit).is_some())
}

/// The words that differ from `text` by one sign: left out, put in, replaced, or changed with its neighbour.
fn neighbours(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    for i in 0..=signs.len() {
        let (before, after) = signs.split_at(i);
        let mut add = |middle: &[char], rest: &[char]| {
            out.push(before.iter().chain(middle).chain(rest).collect::<String>());
        };
        if let Some((first, rest)) = after.split_first() {
            add(&[], rest);
            if let Some((second, rest)) = rest.split_first() {
                add(&[*second, *first], rest);
            }
            for sign in SIGNS.chars() {
                add(&[sign], rest);
            }
        }
        for sign in SIGNS.chars() {
            add(&[sign], after);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::neighbours;

    #[test]
    fn neighbours_differ_by_one_sign() {
        let near = neighbours("ベルグ");
        for word in ["ベル", "ベグル", "ベルク", "ベールグ", "ベルグー"] {
            assert!(near.iter().any(|n| n == word), "{word}");
        }
    }
}
