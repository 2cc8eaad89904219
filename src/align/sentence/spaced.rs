//! Features of a sentence in a language with spaces between words.

use super::fold::fold;
use super::stem::Stems;
use crate::align::evidence::{function, number};
use crate::align::feature::{Feature, Kind};
use crate::lang::{Lang, is_han, is_hangul};

/// English words that say too little to be matched one by one; the function concepts stand for them.
const STOP: &[&str] = &[
    "a", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by",
    "can", "could", "d", "did", "do", "does", "down", "each", "etc", "for", "from", "had", "has", "have", "he", "her",
    "here", "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "ll", "m", "may", "me",
    "might", "mine", "must", "my", "no", "nor", "not", "of", "off", "on", "one", "onto", "or", "our", "out", "over",
    "re", "s", "shall", "she", "should", "so", "such", "t", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "to", "under", "up", "us", "ve", "was", "we", "were", "what", "when", "where",
    "which", "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
];

/// Korean particles and endings that are cut off a word, longest first.
const KOREAN_ENDINGS: &[&str] = &[
    "에서는",
    "으로는",
    "에게는",
    "이라고",
    "에서",
    "으로",
    "에게",
    "까지",
    "부터",
    "이라",
    "라고",
    "라는",
    "처럼",
    "보다",
    "들이",
    "들은",
    "들을",
    "들의",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
];

/// The features of `text`.
pub(super) fn read(lang: &Lang, text: &str, stems: &mut Stems) -> Vec<Feature> {
    let folded = fold(text);
    let style = number::Style::of(lang);
    let tokens = tokens(&folded, style.groups_by_space());
    let mut found = if lang.is_korean() { korean_numbers(&folded) } else { function::read(lang, text) };
    let mut at = 0;
    while at < tokens.len() {
        let before = at.checked_sub(1).map(|i| tokens[i]);
        let rest = tokens.get(at..).unwrap_or_default();
        let lower = tokens[at].to_lowercase();
        if !lang.is_korean()
            && style.may_begin(&lower)
            && let Some((features, used)) = number::read_spaced(style, before, rest)
        {
            found.extend(features);
            at += used;
            continue;
        }
        found.extend(word(lang, &lower, stems));
        at += 1;
    }
    found
}

/// The feature of one word in lower case, unless it says too little.
fn word(lang: &Lang, lower: &str, stems: &mut Stems) -> Option<Feature> {
    if lower.chars().all(is_han) {
        return Some(Feature::new(Kind::Han, lower));
    }
    let mut word = lower.replace('.', "");
    if word.ends_with("'s") {
        word.truncate(word.len() - "'s".len());
    }
    if let Some((stem, _)) = word.split_once('\'') {
        // "don't" keeps its stem, "l'homme" its noun.
        word = if stem.chars().count() > 2 {
            stem.to_owned()
        } else {
            word.rsplit('\'').next().unwrap_or_default().to_owned()
        };
    }
    let is_stop = lang.is_english() && STOP.binary_search(&word.as_str()).is_ok();
    if is_stop || word.chars().count() < 2 || word.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let key = if lang.is_korean() { korean_stem(&word) } else { stems.stem(&word).to_owned() };
    Some(Feature { surface: word, ..Feature::new(Kind::Word, key) })
}

/// The words of a rendering in a language with spaces that are worth matching, in lower case.
pub(in crate::align) fn content_words(lang: &Lang, rendering: &str) -> Vec<String> {
    let is_stop = |word: &str| lang.is_english() && STOP.binary_search(&word).is_ok();
    tokens(&fold(rendering), false)
        .into_iter()
        .map(|t| t.to_lowercase().replace('.', ""))
        .map(|w| w.split('\'').next().unwrap_or_default().to_owned())
        .filter(|w| w.chars().count() > 1 && !is_stop(w))
        .collect()
}

/// A Korean word without the particle at its end.
fn korean_stem(word: &str) -> String {
    let length = word.chars().count();
    KOREAN_ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|stem| stem.chars().count() >= 2 || (length <= 2 && !stem.is_empty()))
        .unwrap_or(word)
        .to_owned()
}

fn korean_numbers(text: &str) -> Vec<Feature> {
    let mut chars: Vec<char> = text.chars().collect();
    number::read_east_asian(&mut chars)
}

/// Words, written numbers and runs of Han characters in order. Points inside abbreviations and apostrophes inside words
/// belong to them; hyphens part words. Where a language `groups_by_space`, spaces between groups of digits belong to them.
fn tokens(text: &str, groups_by_space: bool) -> Vec<&str> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let offset = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let char_at = |i: usize| chars.get(i).map(|(_, c)| *c);
    let is_letter = |c: char| c.is_alphabetic() && !is_han(c);
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(c) = char_at(i) {
        let start = i;
        if is_han(c) {
            while char_at(i).is_some_and(is_han) {
                i += 1;
            }
        } else if c.is_ascii_digit() {
            let mut last_space = start;
            i += 1;
            while let Some(c) = char_at(i) {
                let joins_digits = matches!(c, ',' | '.') && char_at(i + 1).is_some_and(|n| n.is_ascii_digit());
                let group =
                    chars.get(i + 1..).unwrap_or_default().iter().take_while(|(_, n)| n.is_ascii_digit()).take(4);
                let joins_groups = groups_by_space
                    && c == ' '
                    && i - last_space <= 3
                    && chars[i - 1].1.is_ascii_digit()
                    && group.count() == 3;
                if joins_groups {
                    last_space = i + 1;
                }
                if !(c.is_ascii_digit() || joins_digits || joins_groups || (is_letter(c) && !is_hangul(c))) {
                    break;
                }
                i += 1;
            }
        } else if is_letter(c) {
            i += 1;
            while let Some(c) = char_at(i) {
                let next_is_letter = char_at(i + 1).is_some_and(is_letter);
                let abbreviates = c == '.' && next_is_letter && char_at(i + 2).is_none_or(|n| !is_letter(n));
                if !(is_letter(c) || c.is_ascii_digit() || (c == '\'' && next_is_letter) || abbreviates) {
                    break;
                }
                i += 1;
            }
        } else {
            i += 1;
            continue;
        }
        out.push(text.get(offset(start)..offset(i)).unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{STOP, read, tokens};
    use crate::align::feature::Kind;
    use crate::align::sentence::Stems;
    use crate::lang::Lang;

    #[test]
    fn stop_words_are_sorted_for_the_search() {
        assert!(STOP.is_sorted());
    }

    #[test]
    fn tokens_keep_abbreviations_numbers_and_acronyms() {
        assert_eq!(
            tokens("The U.S. didn't hit 1,200.5 (APT31): Kinkaku-ji 金閣寺.", false),
            ["The", "U.S", "didn't", "hit", "1,200.5", "APT31", "Kinkaku", "ji", "金閣寺"]
        );
    }

    #[test]
    fn groups_of_digits_belong_together_where_the_language_parts_them_by_spaces() {
        assert_eq!(tokens("1 200 000 et 12 345,5", true), ["1 200 000", "et", "12 345,5"]);
        assert_eq!(
            tokens("en 2024 300 et 5 2000 ou 5 20", true),
            ["en", "2024", "300", "et", "5", "2000", "ou", "5", "20"]
        );
        assert_eq!(tokens("1 200", false), ["1", "200"]);
    }

    #[test]
    fn features_of_an_english_sentence() {
        let lang = Lang::english();
        let found = read(&lang, "Dowden's office named 40 million voters.", &mut Stems::new(&lang));
        let shown: Vec<(Kind, &str)> = found.iter().map(|f| (f.kind, f.key.as_str())).collect();
        assert_eq!(
            shown,
            [
                (Kind::Word, "dowden"),
                (Kind::Word, "offic"),
                (Kind::Word, "name"),
                (Kind::Number, "40000000"),
                (Kind::Word, "voter")
            ]
        );
    }

    #[test]
    fn korean_particles_are_cut_off() {
        let lang: Lang = "ko".parse().unwrap_or_else(|_| Lang::english());
        let found = read(&lang, "정부는 선거에서 승리를 발표했다.", &mut Stems::new(&lang));
        let words: Vec<&str> = found.iter().filter(|f| f.kind == Kind::Word).map(|f| f.key.as_str()).collect();
        assert_eq!(words, ["정부", "선거", "승리", "발표했다"]);
    }
}
