//! Headings that have run into their paragraph: 沿革1949年に…, "Biography He was born …". Text copied from pages loses the
//! line break behind a heading.

use crate::token::{PartOfSpeech, Tokenizer};

/// Titles of sections that stand in front of nearly any text, longest first where one begins with another.
const JAPANESE_TITLES: &[&str] = &[
    "主な登場人物",
    "登場人物",
    "主な作品",
    "代表作",
    "主な出来事",
    "参考文献",
    "関連項目",
    "関連作品",
    "概要",
    "概説",
    "略歴",
    "来歴",
    "経歴",
    "沿革",
    "逸話",
    "生涯",
    "人物",
    "作風",
    "異説",
    "由来",
    "起源",
    "背景",
    "経緯",
    "構成",
    "構造",
    "特徴",
    "歴史",
    "地理",
    "交通",
    "建築",
    "評価",
    "影響",
    "略年譜",
    "年譜",
    "系譜",
    "名称",
    "語源",
    "内容",
    "解説",
    "あらすじ",
    "現状",
    "前史",
    "脚注",
    "備考",
    "伝承",
    "信仰",
    "祭神",
    "所在地",
    "施設",
    "周辺",
];

/// The same in English, in lower case.
const ENGLISH_TITLES: &[&str] = &[
    "access",
    "anecdote",
    "anecdotes",
    "background",
    "biography",
    "brief history",
    "brief personal history",
    "career",
    "characteristics",
    "contents",
    "culture",
    "description",
    "early life",
    "education",
    "episodes",
    "etymology",
    "evaluation",
    "facilities",
    "family",
    "features",
    "general",
    "geography",
    "history",
    "influence",
    "introduction",
    "legacy",
    "life",
    "location",
    "major works",
    "name",
    "notes",
    "origin",
    "origins",
    "outline",
    "overview",
    "personal history",
    "personal life",
    "personal profile",
    "plot",
    "profile",
    "reception",
    "reputation",
    "structure",
    "style",
    "summary",
    "transportation",
    "works",
];

/// Words that stand with a capital inside a sentence in titles of works only.
const SENTENCE_OPENERS: &[&str] = &[
    "A",
    "According",
    "After",
    "Although",
    "An",
    "As",
    "At",
    "Because",
    "Before",
    "By",
    "During",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "However",
    "In",
    "It",
    "Its",
    "On",
    "She",
    "Since",
    "The",
    "There",
    "These",
    "They",
    "This",
    "Though",
    "When",
    "While",
    "With",
];

/// Openers before which any short run of words must be a heading: no name or title goes on with them and a small letter.
const PRONOUNS: &[&str] = &["Although", "He", "However", "It", "She", "There", "They", "This"];

/// The most words of an English heading.
const MOST_WORDS: usize = 5;

/// Where a heading at the beginning of a Japanese paragraph ends, if one has run into it.
pub(super) fn japanese(text: &str, tokenizer: &Tokenizer) -> Option<usize> {
    let title = JAPANESE_TITLES.iter().find(|title| text.starts_with(**title))?;
    let rest = text.get(title.len()..)?;
    // The words right behind the title decide: 沿革史, 経歴詐称 and 歴史上 are words of their own.
    let window: String = rest.chars().take(24).collect();
    let first = tokenizer.tokens(&window).into_iter().next()?;
    let opens = matches!(first.part, PartOfSpeech::ProperNoun | PartOfSpeech::Adnominal | PartOfSpeech::Conjunction)
        || rest.starts_with(['『', '彼'])
        || begins_with_date(rest);
    let is_sentence = rest.contains('。') || begins_with_date(rest);
    (first.span.start == 0 && opens && is_sentence).then_some(title.len())
}

/// Eras that dates of our time are counted by.
const ERAS: &[&str] = &["明治", "大正", "昭和", "平成", "令和"];

/// Whether `text` begins with a year or a month: 1949年, 昭和24年, 三月. Other numbers count what the title names (施設3か所),
/// and so do years that are a length of time (交通3年間).
fn begins_with_date(text: &str) -> bool {
    let in_era = ERAS.iter().find_map(|era| text.strip_prefix(era));
    let rest = in_era.unwrap_or(text);
    let is_digit = |c: char| c.is_numeric() || "〇一二三四五六七八九十".contains(c) || (in_era.is_some() && c == '元');
    let behind = rest.trim_start_matches(is_digit);
    let is_time =
        |rest: &str| rest.starts_with(['年', '月']) && !rest.chars().nth(1).is_some_and(|c| "間ぶ目連".contains(c));
    behind.len() < rest.len() && is_time(behind)
}

/// Where a heading at the beginning of an English paragraph ends, if one has run into it.
pub(super) fn english(text: &str) -> Option<usize> {
    let mut words = text.split(' ');
    let mut end = words.next()?.len();
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    for _ in 0..MOST_WORDS {
        let heading = text.get(..end)?;
        if heading.ends_with(|c: char| !c.is_alphanumeric() && c != ')') {
            return None;
        }
        let opener = words.next()?;
        let next = text.get(end + 1 + opener.len()..)?.trim_start();
        let is_title = ENGLISH_TITLES.binary_search(&heading.to_lowercase().as_str()).is_ok();
        if SENTENCE_OPENERS.contains(&opener) && is_title {
            return Some(end);
        }
        let stands_alone = heading.split(' ').all(|word| !is_function_word(word));
        if PRONOUNS.contains(&opener) && stands_alone && next.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Some(end);
        }
        end += 1 + opener.len();
    }
    None
}

/// Whether a word binds what follows it to what stands before: no heading before a pronoun holds it.
fn is_function_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    [
        "and", "but", "or", "so", "that", "if", "as", "in", "at", "by", "to", "said", "says", "then", "when", "is",
        "was", "i", "we", "you",
    ]
    .contains(&lower.as_str())
        || lower.ends_with("ly")
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "ipadic")]
    use super::japanese;
    use super::{ENGLISH_TITLES, english};
    #[cfg(feature = "ipadic")]
    use crate::error::Result;
    #[cfg(feature = "ipadic")]
    use crate::token::Tokenizer;

    fn assert_english(text: &str, heading: Option<&str>) {
        assert_eq!(english(text).and_then(|end| text.get(..end)), heading, "{text}");
    }

    #[test]
    fn titles_are_sorted_for_the_search() {
        assert!(ENGLISH_TITLES.is_sorted());
    }

    #[test]
    fn an_english_heading_ends_where_a_sentence_opens() {
        assert_english("Biography He was born in a village on the coast.", Some("Biography"));
        assert_english("History The river was straightened in 1887.", Some("History"));
        assert_english("Gokan He wrote many of them.", Some("Gokan"));
        assert_english("His style It was plain.", Some("His style"));
    }

    #[test]
    fn titles_and_places_inside_sentences_are_no_headings() {
        for text in [
            "In The Hague he met the minister.",
            "History has no winners.",
            "Life Magazine printed it.",
            "The Beatles came.",
            "President Smith said It was over.",
            "Call It Sleep is a novel.",
            "He left.",
        ] {
            assert_english(text, None);
        }
    }

    #[cfg(feature = "ipadic")]
    #[test]
    fn a_japanese_heading_ends_before_a_name_or_a_number() -> Result<()> {
        let tokenizer = Tokenizer::new()?;
        let heading = |text: &'static str| japanese(text, &tokenizer).and_then(|end| text.get(..end));
        assert_eq!(heading("沿革1949年に工場が建てられた。"), Some("沿革"));
        assert_eq!(heading("沿革昭和二十四年、工場が建つ"), Some("沿革"));
        assert_eq!(heading("年譜３月に開校した。"), Some("年譜"));
        assert_eq!(heading("来歴東京の下町に生まれる。"), Some("来歴"));
        for text in [
            "歴史的な建物である。",
            "概要を述べる。",
            "経歴詐称が発覚した。",
            "人物像が浮かぶ。",
            "施設3か所を閉鎖した。",
            "人物2人が写る。",
            "人物三人が写る。",
            "評価1位の店である。",
            "交通2,000台をさばく。",
            "歴史3年間の記録である。",
            "歴史資料館は町にある。",
            "概要",
        ] {
            assert_eq!(heading(text), None, "{text}");
        }
        Ok(())
    }
}
