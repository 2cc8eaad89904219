//! Features of a Japanese sentence.

use unicode_normalization::UnicodeNormalization;

use super::fold::fold;
use crate::align::evidence::number;
use crate::align::feature::{Feature, Kind};
use crate::lang::{is_han, is_hiragana, is_katakana};
use crate::lexicon::Lexicon;
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

/// The features of `text`. Compounds that the word list knows count as one word with its parts.
pub(super) fn read(text: &str, tokenizer: &Tokenizer, lexicon: Option<&Lexicon>) -> Vec<Feature> {
    let mut chars: Vec<char> = text.nfkc().collect();
    let mut found = number::read_east_asian(&mut chars);
    found.extend(take_latin_words(&mut chars));
    found.extend(bracketed_readings(&chars));
    let rest: String = chars.iter().collect();
    let tokens = tokenizer.tokens(&rest);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if let Some(words) = lexicon.and_then(|lexicon| compound(&tokens[at..], &rest, lexicon)) {
            found.push(compound_feature(&tokens[at..at + words], &rest));
            at += words;
        } else {
            found.extend(word_features(token, &rest));
            at += 1;
        }
    }
    found
}

/// Takes Latin words and addresses out of a sentence; what was read is blanked.
pub(super) fn take_latin_words(chars: &mut [char]) -> Vec<Feature> {
    let is_latin = |c: char| c.is_alphabetic() && fold(c.encode_utf8(&mut [0; 4])).is_ascii();
    let mut found = Vec::new();
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
    found
}

/// Readings that stand in brackets behind a name (大宮町（おおみやちょう）), a word each.
fn bracketed_readings(chars: &[char]) -> Vec<Feature> {
    let is_kana = |c: char| is_hiragana(c) || c == 'ー';
    chars
        .split(|c| *c == '(')
        .skip(1)
        .flat_map(|inside| {
            let end = inside.iter().position(|c| *c == ')').unwrap_or(inside.len());
            inside[..end].split(|c| !is_kana(*c)).filter(|run| run.len() >= SHORTEST_READING)
        })
        .map(|run| {
            let reading: String = run.iter().collect();
            Feature { reading: Some(reading.clone()), ..Feature::new(Kind::Word, reading) }
        })
        .collect()
}

/// Kana in brackets shorter than this are particles or remarks as a rule.
const SHORTEST_READING: usize = 3;

/// How many of the first words form the longest compound that the word list knows, if more than one.
fn compound(tokens: &[Token<'_>], text: &str, lexicon: &Lexicon) -> Option<usize> {
    let first = tokens.first()?;
    if matches!(first.part, PartOfSpeech::Particle | PartOfSpeech::Auxiliary | PartOfSpeech::Symbol) {
        return None;
    }
    let mut surface = String::new();
    let mut longest = None;
    let mut end = first.span.start;
    for (i, token) in tokens.iter().take(LONGEST_COMPOUND).enumerate() {
        if token.span.start != end {
            break; // white space or something already read lies between
        }
        if i > 0 && lexicon.contains(&format!("{surface}{}", token.base)) {
            longest = Some(i + 1);
        }
        surface.push_str(token.span.of(text));
        end = token.span.end;
    }
    longest
}

fn compound_feature(tokens: &[Token<'_>], text: &str) -> Feature {
    let (last, before) = tokens.split_last().map_or((None, tokens), |(last, before)| (Some(last), before));
    let mut head: String = before.iter().map(|t| t.span.of(text)).collect();
    head.push_str(last.map_or("", |t| t.base));
    let parts =
        tokens.iter().filter(|t| t.part.is_content() && !STOP.contains(&t.base)).map(|t| t.base.to_owned()).collect();
    let reading: Option<String> = tokens.iter().map(|t| t.reading).collect::<Option<Vec<_>>>().map(|r| r.concat());
    let kind = if head.chars().all(is_katakana) { Kind::Katakana } else { Kind::Word };
    let reading = reading.filter(|_| head.chars().all(is_han));
    Feature { parts, reading, ..Feature::new(kind, head) }
}

/// The features of one word: katakana names part at ・ and ＝.
fn word_features(token: &Token<'_>, text: &str) -> Vec<Feature> {
    let surface = token.span.of(text);
    if surface.chars().any(is_katakana) && surface.chars().all(|c| is_katakana(c) || matches!(c, '・' | '=')) {
        let parts = surface.split(['・', '=']).filter(|p| p.chars().count() > 1);
        return parts.map(|p| Feature::new(Kind::Katakana, p)).collect();
    }
    let base = token.base;
    let is_single_kana = base.chars().count() == 1 && base.chars().all(is_hiragana);
    let has_letter = base.chars().any(char::is_alphabetic);
    if !token.part.is_content() || STOP.contains(&base) || is_single_kana || !has_letter {
        return Vec::new();
    }
    let reading = token.reading.filter(|_| base.chars().all(is_han)).map(str::to_owned);
    vec![Feature { reading, ..Feature::new(Kind::Word, base) }]
}

#[cfg(all(test, feature = "ipadic"))]
mod tests {
    use super::read;
    use crate::align::feature::Kind;
    use crate::error::Result;
    use crate::token::Tokenizer;

    fn keys(text: &str, kind: Kind) -> Result<Vec<String>> {
        let tokenizer = Tokenizer::new()?;
        Ok(read(text, &tokenizer, None).into_iter().filter(|f| f.kind == kind).map(|f| f.key).collect())
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
}
