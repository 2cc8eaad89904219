//! Features of a Japanese sentence.

use unicode_normalization::UnicodeNormalization;

use super::fold::fold;
use crate::align::evidence::number;
use crate::align::feature::{Feature, Kind};
use crate::lang::{is_han, is_hiragana, is_katakana};
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::token::{PartOfSpeech, Token, Tokenizer};

/// Words that say too little to be matched one by one.
const STOP: &[&str] = &[
    "する",
    "いる",
    "ある",
    "なる",
    "れる",
    "られる",
    "せる",
    "こと",
    "もの",
    "の",
    "ため",
    "よう",
    "これ",
    "それ",
    "その",
    "この",
    "あれ",
    "あの",
    "さん",
    "氏",
    "者",
    "中",
    "上",
    "的",
    "ん",
    "など",
    "ここ",
    "そこ",
    "とき",
    "時",
    "できる",
    "くる",
    "いく",
    "しまう",
    "等",
    "そう",
    "ない",
    "方",
    "化",
    "性",
    "たち",
    "達",
    "所",
    "くれる",
    "もらう",
    "おく",
    "みる",
];

/// Latin words that say too little.
const LATIN_STOP: &[&str] = &["a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "s", "the", "to", "with"];

/// The longest compound, in words, that is looked up in the word list.
const LONGEST_COMPOUND: usize = 6;

/// The features of `text`. Compounds that a word list knows count as one word with its parts.
pub(super) fn read(text: &str, tokenizer: &Tokenizer, lexicons: &[&Lexicon]) -> Vec<Feature> {
    let mut chars: Vec<char> = text.nfkc().collect();
    let mut found = number::read_east_asian(&mut chars);
    take_latin_words(&mut chars, &mut found);
    bracketed_readings(&chars, &mut found);
    let rest: String = chars.iter().collect();
    let tokens = tokenizer.tokens(&rest);
    let mut candidate = String::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some((words, head)) = compound(&tokens[at..], &rest, lexicons, &mut candidate) {
            found.push(compound_feature(&tokens[at..at + words], head));
            at += words;
        } else {
            word_features(token, &rest, &mut found);
            at += 1;
        }
    }
    found
}

/// The words of `text` that carry meaning, in order; compounds that a word list knows are one word.
pub(in crate::align) fn words(text: &str, tokenizer: &Tokenizer, lexicons: &[&Lexicon]) -> Vec<Span> {
    let tokens = tokenizer.tokens(text);
    let mut candidate = String::new();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let rest = tokens.get(at..).unwrap_or_default();
        let words = compound(rest, text, lexicons, &mut candidate).map_or(1, |(words, _)| words);
        let last = rest.get(words - 1).unwrap_or(token);
        if words > 1 || token.part.is_content() {
            found.push(Span::new(token.span.start, last.span.end));
        }
        at += words;
    }
    found
}

/// Whether `c` (NFKC) is a letter of the Latin script.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || (matches!(c, 'À'..='ɏ' | 'Ḁ'..='ỿ') && c.is_alphabetic())
}

/// Takes Latin words and addresses out of a sentence; what was read is blanked.
pub(super) fn take_latin_words(chars: &mut [char], found: &mut Vec<Feature>) {
    let mut at = 0;
    while at < chars.len() {
        if !is_latin(chars[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while chars.get(at).is_some_and(|&c| is_latin(c) || c.is_ascii_digit() || matches!(c, '.' | '&' | '\'' | '’'))
        {
            at += 1;
        }
        let written: String = chars[start..at].iter().collect();
        let lower = fold(&written).to_lowercase().replace('.', "");
        let word = lower.trim_matches(['\'', '&']);
        let word = word.strip_suffix("'s").unwrap_or(word);
        if word.chars().count() > 1 && !LATIN_STOP.contains(&word) {
            found.push(Feature::new(Kind::Latin, word));
        }
        chars[start..at].fill('\u{3000}');
    }
}

/// Readings that stand in brackets behind a name (大宮町（おおみやちょう）), a word each.
fn bracketed_readings(chars: &[char], found: &mut Vec<Feature>) {
    let is_kana = |c: char| is_hiragana(c) || c == 'ー';
    for inside in chars.split(|c| *c == '(').skip(1) {
        let end = inside.iter().position(|c| *c == ')').unwrap_or(inside.len());
        for run in inside[..end].split(|c| !is_kana(*c)).filter(|run| run.len() >= SHORTEST_READING) {
            let reading: String = run.iter().collect();
            found.push(Feature { reading: Some(reading.clone()), ..Feature::new(Kind::Word, reading) });
        }
    }
}

/// Kana in brackets shorter than this are particles or remarks as a rule.
const SHORTEST_READING: usize = 3;

/// How many of the first words form the longest compound that a word list knows, if more than one, and the headword: the
/// last word stands there in its base form (気に入る) or as it is in the text (お待ちください). `candidate` is a buffer.
fn compound(
    tokens: &[Token<'_>],
    text: &str,
    lexicons: &[&Lexicon],
    candidate: &mut String,
) -> Option<(usize, String)> {
    let first = tokens.first()?;
    let binds = matches!(first.part, PartOfSpeech::Particle | PartOfSpeech::Auxiliary | PartOfSpeech::Symbol);
    if binds || lexicons.is_empty() {
        return None;
    }
    let is_known = |word: &str| lexicons.iter().any(|lexicon| lexicon.contains(word));
    candidate.clear();
    candidate.push_str(first.span.of(text));
    let mut longest = None;
    let mut end = first.span.end;
    for (i, token) in tokens.iter().enumerate().take(LONGEST_COMPOUND).skip(1) {
        if token.span.start != end {
            break; // white space or something already read lies between
        }
        let before = candidate.len();
        let surface = token.span.of(text);
        candidate.push_str(token.base);
        let mut known = is_known(candidate).then(|| candidate.clone());
        if token.base != surface {
            candidate.truncate(before);
            candidate.push_str(surface);
            known = known.or_else(|| is_known(candidate).then(|| candidate.clone()));
        }
        longest = known.map(|head| (i + 1, head)).or(longest);
        end = token.span.end;
    }
    longest
}

fn compound_feature(tokens: &[Token<'_>], head: String) -> Feature {
    let parts =
        tokens.iter().filter(|t| t.part.is_content() && !STOP.contains(&t.base)).map(|t| t.base.to_owned()).collect();
    let kind = if head.chars().all(is_katakana) { Kind::Katakana } else { Kind::Word };
    let reading = if head.chars().all(is_han) { tokens.iter().map(|t| t.reading).collect() } else { None };
    Feature { parts, reading, ..Feature::new(kind, head) }
}

/// The features of one word: katakana names part at ・ and ＝.
fn word_features(token: &Token<'_>, text: &str, found: &mut Vec<Feature>) {
    let surface = token.span.of(text);
    if surface.chars().any(is_katakana) && surface.chars().all(|c| is_katakana(c) || matches!(c, '・' | '=')) {
        let parts = surface.split(['・', '=']).filter(|p| p.chars().count() > 1);
        found.extend(parts.map(|p| Feature::new(Kind::Katakana, p)));
        return;
    }
    let base = token.base;
    let is_single_kana = base.chars().count() == 1 && base.chars().all(is_hiragana);
    let has_letter = base.chars().any(char::is_alphabetic);
    if !token.part.is_content() || is_single_kana || !has_letter || STOP.contains(&base) {
        return;
    }
    let reading = token.reading.filter(|_| base.chars().all(is_han)).map(str::to_owned);
    found.push(Feature { reading, ..Feature::new(Kind::Word, base) });
}

#[cfg(all(test, feature = "ipadic"))]
mod tests {
    use std::borrow::Cow;

    use super::{is_latin, read};
    use crate::align::feature::Kind;
    use crate::error::Result;
    use crate::lang::Lang;
    use crate::lexicon::{Lexicon, Rendering};
    use crate::token::Tokenizer;

    fn keys(text: &str, kind: Kind) -> Result<Vec<String>> {
        let tokenizer = Tokenizer::new()?;
        Ok(read(text, &tokenizer, &[]).into_iter().filter(|f| f.kind == kind).map(|f| f.key).collect())
    }

    #[test]
    fn words_come_in_their_base_form() -> Result<()> {
        assert_eq!(keys("政府は新しい法律を決めた。", Kind::Word)?, ["政府", "新しい", "法律", "決める"]);
        Ok(())
    }

    #[test]
    fn names_in_katakana_part_at_the_middle_dot() -> Result<()> {
        assert_eq!(keys("ヤン・リパフスキー外相", Kind::Katakana)?, ["ヤン", "リパフスキー"]);
        Ok(())
    }

    #[test]
    fn latin_words_are_taken_out_with_their_digits() -> Result<()> {
        assert_eq!(keys("集団ＡＰＴ31がU.S.のIPACを", Kind::Latin)?, ["apt31", "us", "ipac"]);
        Ok(())
    }

    #[test]
    fn vowel_signs_of_other_scripts_are_not_latin() {
        for c in "ัិาéかカ漢ะяλ한\u{301}1".chars() {
            assert_eq!(is_latin(c), c == 'é', "{c:?}");
        }
    }

    #[test]
    fn compounds_of_any_word_list_count_in_either_form() -> Result<()> {
        let tokenizer = Tokenizer::new()?;
        let list = |word: &'static str| {
            let mut lexicon = Lexicon::new(Lang::japanese(), Lang::english());
            lexicon.add(word, Rendering { text: Cow::Borrowed("x"), weight: 1.0 });
            lexicon
        };
        let (first, second) = (list("お待ちください"), list("気に入る"));
        let keys = |text: &str| -> Vec<String> {
            read(text, &tokenizer, &[&first, &second]).into_iter().map(|f| f.key).collect()
        };
        assert_eq!(keys("お待ちください。"), ["お待ちください"]);
        assert_eq!(keys("気に入った。"), ["気に入る"]);
        Ok(())
    }
}
