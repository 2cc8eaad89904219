//! Forms that stand for a name without being written like it: short names, acronyms, abbreviations, adjectives of places.

use super::words::{Word, span};
use crate::span::Span;

/// Words without a capital of their own, and words that many names share: no one of them stands for a name.
const NO_NAME: [&str; 24] = [
    "a", "al", "an", "and", "da", "de", "del", "der", "di", "el", "for", "in", "la", "le", "lord", "no", "of", "on",
    "sir", "st", "the", "to", "van", "von",
];

/// What an adjective or a name of people adds to the name of a place or group, with what that name may lose for it.
const ENDINGS: [(&str, &[&str]); 12] = [
    ("n", &[""]),
    ("an", &["", "a", "e", "y", "o"]),
    ("ian", &["", "a", "y", "e", "o", "s"]),
    ("ean", &["", "e", "a"]),
    ("ese", &["", "a", "o", "y"]),
    ("ish", &["", "e", "land", "en"]),
    ("ic", &["", "s", "y"]),
    ("i", &["", "a"]),
    ("er", &["", "e"]),
    ("ite", &["", "e"]),
    ("ians", &["a", "y", ""]),
    ("ans", &["", "a", "o", "e"]),
];

/// Places whose adjective is another word, by the first letters of both that tell them.
const IRREGULAR: [(&str, &str); 16] = [
    ("britain", "british"),
    ("denmark", "danish"),
    ("england", "english"),
    ("finland", "finnish"),
    ("france", "french"),
    ("germany", "german"),
    ("greece", "greek"),
    ("ireland", "irish"),
    ("netherlands", "dutch"),
    ("philippines", "filipino"),
    ("poland", "polish"),
    ("scotland", "scottish"),
    ("spain", "spanish"),
    ("switzerland", "swiss"),
    ("thailand", "thai"),
    ("wales", "welsh"),
];

/// Where a form equivalent to `form` stands among `words`.
pub(super) fn find(form: &[Word], words: &[Word]) -> Option<Span> {
    part(form, words)
        .or_else(|| acronym(form, words))
        .or_else(|| abbreviation(form, words))
        .or_else(|| adjective(form, words))
}

/// Part of a name of several words: the surname, a company's first word, a committee without its house.
fn part(form: &[Word], words: &[Word]) -> Option<Span> {
    let telling = |w: &&Word| {
        w.is_capital && w.letters.len() >= 3 && NO_NAME.binary_search(&w.text.to_lowercase().as_str()).is_err()
    };
    if form.len() < 2 {
        return None;
    }
    let half = form.iter().filter(telling).count().div_ceil(2);
    // Of a long name most of its words, of a name of two the one that is not shared by many.
    (1..form.len()).rev().find_map(|len| {
        form.windows(len).filter(|part| part.iter().filter(telling).count() >= half.max(1)).find_map(|part| {
            words.windows(len).find(|there| there.iter().zip(part).all(|(a, b)| same_word(a, b))).map(span)
        })
    })
}

fn same_word(a: &Word, b: &Word) -> bool {
    a.text == b.text || (a.is_capital && a.text.to_lowercase() == b.text.to_lowercase())
}

/// The initials: `MoD` for Ministry of Defence.
fn acronym(form: &[Word], words: &[Word]) -> Option<Span> {
    if form.len() < 2 {
        return None;
    }
    let initial = |w: &Word| w.letters.plain().first().copied();
    let all: Vec<char> = form.iter().filter_map(initial).collect();
    let telling: Vec<char> = form.iter().filter(|w| w.is_capital).filter_map(initial).collect();
    words
        .iter()
        .find(|w| {
            let capitals = w.text.chars().filter(|c| c.is_uppercase()).count();
            capitals >= 2 && (w.letters.plain() == all || w.letters.plain() == telling)
        })
        .map(|w| w.span)
}

/// Shortened words with a point behind: Mass. for Massachusetts, W. Va. for West Virginia.
fn abbreviation(form: &[Word], words: &[Word]) -> Option<Span> {
    words
        .windows(form.len())
        .find(|there| {
            there.iter().zip(form).all(|(short, word)| {
                short.is_capital
                    && short.letters.len() < word.letters.len().saturating_sub(1)
                    && short.letters.len() <= 5
                    && shortens(short.letters.plain(), word.letters.plain())
            }) && there.iter().zip(there.iter().skip(1)).all(|(_, b)| !b.is_apart)
                && there.iter().all(|w| w.letters.len() >= 1)
                && (form.len() > 1 || there.iter().all(|w| w.letters.len() >= 3))
        })
        .map(span)
}

/// Whether `short` is the beginning of `word`, or its first and last letter (Va. for Virginia).
fn shortens(short: &[char], word: &[char]) -> bool {
    word.starts_with(short) || (short.len() == 2 && short.first() == word.first() && short.last() == word.last())
}

/// The adjective or the people of a place: Indonesian for Indonesia, Democratic for Democrats.
fn adjective(form: &[Word], words: &[Word]) -> Option<Span> {
    let name = form.last()?;
    let before = form.len() - 1;
    let name_letters: String = name.letters.plain().iter().collect();
    words
        .windows(form.len())
        .find(|there| {
            there.iter().zip(form).take(before).all(|(a, b)| same_word(a, b))
                && there.last().is_some_and(|word| {
                    let letters: String = word.letters.plain().iter().collect();
                    word.is_capital && (is_adjective(&name_letters, &letters) || is_adjective(&letters, &name_letters))
                })
        })
        .map(span)
}

fn is_adjective(name: &str, adjective: &str) -> bool {
    if name.chars().count() < 4 {
        return false;
    }
    let plural = adjective.strip_suffix('s').unwrap_or(adjective);
    IRREGULAR.iter().any(|(n, a)| *n == name && (*a == adjective || *a == plural))
        || name.strip_suffix('s') == Some(adjective)
        || adjective.strip_suffix('s') == Some(name)
        || adjective.strip_suffix("es") == Some(name)
        || ENDINGS.iter().any(|(ending, lost)| {
            [adjective, plural]
                .iter()
                .filter_map(|a| a.strip_suffix(ending))
                .any(|stem| stem.chars().count() >= 3 && lost.iter().any(|lost| name.strip_suffix(lost) == Some(stem)))
        })
}
