//! Languages: tags, the scripts they are written in, and telling a text's language.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// A language by its BCP 47 tag, in the usual letter case (`ja`, `en-GB`, `zh-Hant-TW`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Lang(String);

impl Lang {
    /// Japanese.
    pub fn japanese() -> Self {
        Self("ja".to_owned())
    }

    /// English.
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The whole tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `en` of `en-GB`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether this is Japanese in any form.
    pub fn is_japanese(&self) -> bool {
        self.primary() == "ja"
    }

    /// Whether this is English in any form.
    pub fn is_english(&self) -> bool {
        self.primary() == "en"
    }

    /// Whether this is Chinese in any form (Mandarin, Cantonese, literary).
    pub fn is_chinese(&self) -> bool {
        matches!(self.primary(), "zh" | "yue" | "wuu" | "lzh" | "cmn")
    }

    /// Whether this is Korean.
    pub fn is_korean(&self) -> bool {
        self.primary() == "ko"
    }

    /// Whether this is a language as tags usually name it: by a two-letter code of ISO 639-1, by one of the few codes of
    /// three letters that are met with, or with a subtag (`tok-Latn`). A short word such as `key` or `xx` is none.
    pub(crate) fn is_usual(&self) -> bool {
        match self.primary() {
            short if short.len() == 2 => TWO_LETTER_CODES.split(' ').any(|code| code == short),
            long => THREE_LETTER_CODES.contains(&long) || self.0.len() > long.len(),
        }
    }

    /// The same with the codes of three letters for languages that have one of two (`jpn`).
    pub(crate) fn is_registered(&self) -> bool {
        self.is_usual() || two_letter(self.primary()) != self.primary()
    }

    /// The tag that is meant by one that names no language as BCP 47 does: by a country's code (`jp`) or by the code of three
    /// letters of a language that has one of two (`jpn`).
    pub fn meant(&self) -> Option<Self> {
        let primary = self.primary();
        let of_country = COUNTRIES.iter().find(|(country, _)| *country == primary).map(|(_, language)| *language);
        let meant = of_country.unwrap_or_else(|| two_letter(primary));
        (meant != primary).then(|| Self(self.0.replacen(primary, meant, 1)))
    }

    /// Whether the language writes without spaces between words.
    pub fn is_unspaced(&self) -> bool {
        self.is_japanese() || self.is_chinese() || matches!(self.primary(), "th" | "lo" | "km" | "my")
    }

    /// Whether `tag` is well formed as far as taiyaku uses tags: letters and digits in subtags of one to eight, the
    /// first of two or three letters.
    fn is_well_formed(tag: &str) -> bool {
        let mut subtags = tag.split('-');
        subtags.next().is_some_and(|s| (2..=3).contains(&s.len()) && s.chars().all(|c| c.is_ascii_alphabetic()))
            && subtags.all(|s| (1..=8).contains(&s.len()) && s.chars().all(|c| c.is_ascii_alphanumeric()))
    }
}

impl FromStr for Lang {
    type Err = Error;

    fn from_str(tag: &str) -> Result<Self, Error> {
        let tag = tag.trim().replace('_', "-");
        if !Self::is_well_formed(&tag) {
            return Err(Error::Usage(format!("{tag:?} is no language tag. Write one like ja, en or pt-BR")));
        }
        // RFC 5646, 2.1.1: the language lower case, a script with a capital, a region in capitals.
        let cased: Vec<String> = tag
            .split('-')
            .enumerate()
            .map(|(i, s)| match (i, s.len()) {
                (0, _) => s.to_ascii_lowercase(),
                (_, 2) => s.to_ascii_uppercase(),
                (_, 4) if s.chars().all(|c| c.is_ascii_alphabetic()) => s
                    .chars()
                    .take(1)
                    .flat_map(char::to_uppercase)
                    .chain(s.chars().skip(1).flat_map(char::to_lowercase))
                    .collect(),
                _ => s.to_ascii_lowercase(),
            })
            .collect();
        Ok(Self(cased.join("-")))
    }
}

/// The two-letter codes of ISO 639-1.
const TWO_LETTER_CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
     da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik \
     io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt \
     my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so \
     sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";
/// Codes of countries, which are no codes of languages, with the language that is meant by them.
const COUNTRIES: &[(&str, &str)] = &[
    ("jp", "ja"),
    ("cn", "zh"),
    ("tw", "zh"),
    ("us", "en"),
    ("gb", "en"),
    ("dk", "da"),
    ("cz", "cs"),
    ("gr", "el"),
    ("ua", "uk"),
];
/// Languages without a two-letter code that are met with.
const THREE_LETTER_CODES: &[&str] = &["ain", "ceb", "cmn", "fil", "grc", "haw", "lzh", "nan", "ryu", "wuu", "yue"];

impl TryFrom<String> for Lang {
    type Error = Error;

    fn try_from(tag: String) -> Result<Self, Error> {
        tag.parse()
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `c` is a kanji (a Han character, with 々 〆 〇).
pub fn is_han(c: char) -> bool {
    matches!(c, '々' | '〆' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether `c` is hiragana.
pub fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}')
}

/// Whether `c` is katakana, with the long vowel mark ー, without the middle dot ・.
pub fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}')
}

/// Whether `c` is a Korean syllable or letter.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}')
}

/// The language of a text by its script first and, for Latin and other alphabets, by its letters; `None` for a text
/// without letters or too short to tell.
///
/// Kana make a text Japanese, hangul Korean, Han without either Chinese where characters show it and else Japanese, as in
/// headlines and addresses. A statistical identifier is asked only where the script leaves it open: it calls 日本銀行
/// Mandarin with full confidence.
pub fn detect(text: &str) -> Option<Lang> {
    const SAMPLE: usize = 20_000;
    let (mut kana, mut han, mut hangul, mut other) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars().take(SAMPLE) {
        if is_hiragana(c) || is_katakana(c) {
            kana += 1;
        } else if is_han(c) {
            han += 1;
        } else if is_hangul(c) {
            hangul += 1;
        } else if c.is_alphabetic() {
            other += 1;
        }
    }
    let east = kana + han + hangul;
    // An English article that quotes a few Japanese words stays English: a Han character weighs about three letters.
    if east * 3 >= other && east > 0 {
        let tag = if hangul * 2 > east {
            "ko"
        } else if kana * 20 >= east || !is_chinese(text.chars().take(SAMPLE).filter(|c| is_han(*c)), han) {
            "ja"
        } else {
            "zh"
        };
        return Some(Lang(tag.to_owned()));
    }
    if other == 0 {
        return None;
    }
    let sample: String = text.chars().take(SAMPLE).collect();
    let info = whatlang::detect(&sample)?;
    if other < 20 && !info.is_reliable() {
        return None;
    }
    Some(Lang(two_letter(info.lang().code()).to_owned()))
}

/// Whether `count` Han characters without kana are Chinese: some are not in the character sets of Japanese, as most
/// simplified forms, or they are the words that every Chinese text is full of.
fn is_chinese(han: impl Iterator<Item = char>, count: usize) -> bool {
    /// One character of so many that no Japanese set has; a rare name has one as well.
    const PER_FOREIGN: usize = 30;
    /// One frequent word in so many characters; a Japanese compound has one by chance (的 in 抜本的), hardly two.
    const PER_WORD: usize = 25;
    const WORDS: &str = "的是了我他也這們很與於個";
    let (mut foreign, mut words) = (0usize, 0usize);
    for c in han {
        foreign += usize::from(encoding_rs::SHIFT_JIS.encode(c.encode_utf8(&mut [0; 4])).2);
        words += usize::from(WORDS.contains(c));
    }
    (foreign > 0 && foreign * PER_FOREIGN >= count) || (words >= 2 && words * PER_WORD >= count)
}

/// Whether a text may be in `lang` by its script: not in Japanese, Hebrew or Russian where nearly all letters are Latin,
/// and not in French where the text is Japanese. A text without letters may be in any.
pub(crate) fn may_be(text: &str, lang: &Lang) -> bool {
    const SAMPLE: usize = 20_000;
    let (mut latin, mut other) = (0usize, 0usize);
    for c in text.chars().take(SAMPLE).filter(|c| c.is_alphabetic()) {
        if matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') {
            latin += 1;
        } else {
            other += 1;
        }
    }
    if latin > other * 10 {
        return !NOT_IN_LATIN.split(' ').any(|code| code == lang.primary());
    }
    let is_east = |lang: &Lang| lang.is_japanese() || lang.is_chinese() || lang.is_korean();
    latin >= other || is_east(lang) || !detect(text).is_some_and(|told| is_east(&told))
}

/// Languages that are not written in Latin letters.
const NOT_IN_LATIN: &str = "ab am ar as ba be bg bn bo ce chr cu cv cmn dv dz el fa gu grc he hi hy ii iu ja ka kk km kn ko kv \
     ky lo lzh mk ml mn mr my ne or os pa ps ru sa sd si ta te tg th ti ug uk ur wuu yi yue zh";

/// The language of a text beside one in `other`, where the text alone leaves it open: beside another language than
/// English, a text in ASCII letters is English; one without letters is English beside Japanese and Japanese beside
/// English. `None` where that is a mere guess; an empty text is in either.
pub fn detect_beside(text: &str, other: &Lang) -> Option<Lang> {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    let has_letters = letters.peek().is_some();
    let is_ascii = has_letters && letters.all(|c| c.is_ascii());
    if other.is_japanese() && is_ascii && !whatlang::detect(text).is_some_and(|info| info.is_reliable()) {
        return Some(Lang::english());
    }
    detect(text).or_else(|| {
        let is_empty = text.trim().is_empty();
        if other.is_english() {
            (!has_letters).then(Lang::japanese)
        } else {
            (is_ascii || is_empty || other.is_japanese() && !has_letters).then(Lang::english)
        }
    })
}

/// The ISO 639-1 code that belongs to an ISO 639-3 code, where there is one; BCP 47 asks for the shorter.
fn two_letter(code: &str) -> &str {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    CODES.binary_search_by(|(three, _)| three.cmp(&code)).map_or(code, |i| CODES[i].1)
}

/// Whether a character is not seen by itself, or changes the order in which others are shown. Joiners are not among
/// them: they belong to the spelling of some scripts, and of emoji.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether Unicode's normal forms leave `c` as it is and nothing before it joins with it: ASCII, kana, the common kanji. A
/// text of such characters alone need not be normalised.
pub(crate) fn is_inert(c: char) -> bool {
    c.is_ascii() || matches!(c, '、'..='】' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '・'..='ー' | '一'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::{Lang, detect, detect_beside, may_be, two_letter};

    fn detected(text: &str) -> Option<String> {
        detect(text).map(String::from)
    }

    #[test]
    fn tags_take_their_usual_case() {
        for (given, cased) in [("JA", "ja"), ("en_us", "en-US"), ("ZH-hant-tw", "zh-Hant-TW"), ("ja-JP", "ja-JP")] {
            assert_eq!(given.parse::<Lang>().map(String::from).ok().as_deref(), Some(cased));
        }
        for wrong in ["", "j", "日本語", "japanese", "en-", "en--us"] {
            assert!(wrong.parse::<Lang>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn codes_of_countries_and_of_three_letters_are_told() {
        let meant =
            |tag: &str| tag.parse::<Lang>().ok().and_then(|lang| lang.meant()).map(|lang| lang.tag().to_owned());
        assert_eq!(meant("jp").as_deref(), Some("ja"));
        assert_eq!(meant("jpn-JP").as_deref(), Some("ja-JP"));
        for tag in ["ja", "uk", "zh-TW", "yue", "xyz"] {
            assert_eq!(meant(tag), None, "{tag}");
        }
    }

    #[test]
    fn languages_are_told_from_words() {
        let is = |tag: &str| tag.parse::<Lang>().map(|lang| (lang.is_usual(), lang.is_registered())).ok();
        for tag in ["ja", "en-GB", "zh-Hant", "id", "yue", "tok-Latn"] {
            assert_eq!(is(tag), Some((true, true)), "{tag}");
        }
        assert_eq!(is("jpn"), Some((false, true)));
        for word in ["one", "two", "src", "tgt", "key", "url", "xx"] {
            assert_eq!(is(word), Some((false, false)), "{word}");
        }
    }

    #[test]
    fn script_tells_the_east_asian_languages() {
        assert_eq!(detected("日本銀行は金利を据え置いた。").as_deref(), Some("ja"));
        assert_eq!(detected("中国外交部发言人回答了记者的提问。").as_deref(), Some("zh"));
        assert_eq!(detected("정부는 어제 새로운 정책을 발표했다.").as_deref(), Some("ko"));
    }

    #[test]
    fn kanji_alone_are_japanese_unless_they_show_chinese() {
        for text in ["湖面凍結", "湖岸地震発生", "令和八年度予算案可決", "札幌市中央区南3丁目", "抜本的改革案"]
        {
            assert_eq!(detected(text).as_deref(), Some("ja"), "{text}");
        }
        for text in ["湖面结冰", "这是湖", "他們是我的朋友", "湖水結冰了，我們很高興。", "他的船是我的。"]
        {
            assert_eq!(detected(text).as_deref(), Some("zh"), "{text}");
        }
    }

    #[test]
    fn a_script_fits_its_languages() {
        let fits = |text: &str, tag: &str| tag.parse().is_ok_and(|lang| may_be(text, &lang));
        for (text, tag) in
            [("He left.", "en"), ("Er ging.", "de"), ("湖。", "ja"), ("湖。", "zh"), ("12", "he"), ("", "ja")]
        {
            assert!(fits(text, tag), "{text} {tag}");
        }
        for (text, tag) in [("He left.", "he"), ("He left.", "ja"), ("湖のほとり。", "fr")] {
            assert!(!fits(text, tag), "{text} {tag}");
        }
    }

    #[test]
    fn an_english_text_that_quotes_japanese_is_english() {
        let text =
            "The word 対訳 means a translation printed side by side with its original, as the editors explained.";
        assert_eq!(detected(text).as_deref(), Some("en"));
    }

    #[test]
    fn a_text_without_letters_has_no_language() {
        assert_eq!(detected("1234 — 5678"), None);
    }

    #[test]
    fn what_a_text_leaves_open_the_other_text_decides() {
        let beside = |text: &str, other: &str| {
            let other = other.parse().unwrap_or_else(|_| Lang::english());
            detect_beside(text, &other).map_or("open".to_owned(), String::from)
        };
        for text in ["It is fine today.", "OK", "1234", ""] {
            assert_eq!(beside(text, "ja"), "en", "{text}");
        }
        assert_eq!(beside("★★★", "en"), "ja");
        assert_eq!(beside("Lake freezes", "zh"), "en", "Latin letters are no Japanese");
        assert_eq!(beside("Lake", "en"), "open");
        assert_eq!(beside("12, 13", "es"), "open");
        assert_eq!(beside("", "es"), "en");
        assert_eq!(
            beside("Der Bahnhof wurde heute für alle Züge geschlossen, weil es in den Bergen stark regnete.", "ja"),
            "de"
        );
        assert_eq!(beside("駅は遠い。", "ja"), "ja", "what the text says itself");
    }

    #[test]
    fn short_codes_are_found_and_unknown_ones_kept() {
        assert_eq!(two_letter("deu"), "de");
        assert_eq!(two_letter("zul"), "zu");
        assert_eq!(two_letter("xyz"), "xyz");
    }
}
