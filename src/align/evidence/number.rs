//! Numbers by their value, months and weekdays, in Japanese and Chinese writing and in words.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::era;
use super::number_words::{self, Meaning, Words};
use crate::align::feature::{Feature, Kind};
use crate::document::{MONTHS, WEEKDAYS};
use crate::lang::{Lang, is_han, is_hangul};

/// The link strength of equal numbers, months and weekdays, and how far a number is trusted to have a partner (fitted on
/// news and dialogue).
pub(super) const LINK: f64 = 0.7;
pub(super) const LAMBDA: f64 = 0.65;

/// A value as a key: integers plainly, fractions and what no f64 holds exactly with the digits that can be trusted.
pub(super) fn key(value: f64) -> String {
    // Products of decimal fractions differ in the last bits: 4.73 trillion is to be 4兆7300億.
    let value = if value < 1e6 { (value * 1e9).round() / 1e9 } else { value.round() };
    match value {
        v if v.abs() >= 1e15 => format!("{v:.11e}"),
        v if v.fract() == 0.0 => format!("{v:.0}"),
        v => format!("{v:.6e}"),
    }
}

fn number(value: f64) -> Feature {
    Feature::new(Kind::Number, key(value))
}

pub(crate) fn digit(c: char) -> Option<f64> {
    Some(match c {
        '〇' | '零' => 0.0,
        '一' => 1.0,
        '二' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    })
}

pub(crate) fn small_unit(c: char) -> Option<f64> {
    match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1000.0),
        _ => None,
    }
}

pub(crate) fn large_unit(c: char) -> Option<f64> {
    match c {
        '万' | '萬' | '만' => Some(1e4),
        '億' | '亿' | '억' => Some(1e8),
        '兆' | '조' => Some(1e12),
        _ => None,
    }
}

/// Units of things that are counted: a Han numeral before one of these is a number, elsewhere it may be part of a word.
pub(crate) const COUNTED: &str =
    "人年月日つ回個件歳番位時分秒度倍割点本台匹頭冊枚名階級代週ヶカか箇億万兆%種国社校票円ドル岁个天次元美名条位";

/// The value of a run of digits and Han numerals (4千万, 1億2,000万, 二〇二四).
pub(crate) fn value(run: &[char]) -> f64 {
    let (mut total, mut section) = (0.0, 0.0);
    let mut current: Option<f64> = None;
    let mut decimals: Option<f64> = None;
    for &c in run {
        let is_decimal = decimals.is_some();
        if let Some(d) = c.to_digit(10).map(f64::from).or_else(|| digit(c).filter(|_| is_decimal)) {
            if let Some(place) = &mut decimals {
                current = Some(current.unwrap_or(0.0) + d * *place);
                *place /= 10.0;
            } else {
                current = Some(current.unwrap_or(0.0) * 10.0 + d);
            }
            continue;
        }
        if matches!(c, '.' | '・') {
            decimals = Some(0.1);
            continue;
        }
        if c == ',' {
            continue;
        }
        decimals = None;
        if let Some(d) = digit(c) {
            current = Some(current.map_or(d, |n| n * 10.0 + d));
        } else if let Some(unit) = small_unit(c) {
            section += current.take().unwrap_or(1.0) * unit;
        } else if let Some(unit) = large_unit(c) {
            let amount = section + current.take().unwrap_or(0.0);
            total += if amount == 0.0 { unit } else { amount * unit };
            section = 0.0;
        }
    }
    total + section + current.unwrap_or(0.0)
}

/// What stands behind decimals in Han numerals (三・四%, 一二・三兆円). Elsewhere the dot parts numbers: 四・五月号, 二・二六事件.
const BEHIND_DECIMALS: &str = "%倍度割億兆万パポキトメグリミセヘア平立";

/// Whether the dot at `at`, behind a Han numeral, is a decimal point.
fn is_decimal_dot(chars: &[char], at: usize) -> bool {
    let behind = chars.get(at + 1..).unwrap_or_default();
    let decimals = behind.iter().take_while(|c| digit(**c).is_some()).count();
    decimals > 0 && behind.get(decimals).is_some_and(|c| BEHIND_DECIMALS.contains(*c))
}

/// The end of the number that begins at `start` (digits, Han numerals, commas and points between digits), or `start`.
pub(crate) fn run_end(chars: &[char], start: usize) -> usize {
    let is_numeral = |c: char| c.is_ascii_digit() || digit(c).is_some() || small_unit(c).is_some();
    if !chars.get(start).copied().is_some_and(is_numeral) {
        return start;
    }
    let mut end = start + 1;
    while let Some(&c) = chars.get(end) {
        let next_is_digit = chars.get(end + 1).is_some_and(char::is_ascii_digit);
        let after_digit = chars[end - 1].is_ascii_digit();
        let joins = is_numeral(c)
            || large_unit(c).is_some()
            || (matches!(c, ',' | '.') && after_digit && next_is_digit)
            || (c == '・' && !after_digit && is_decimal_dot(chars, end));
        if !joins {
            break;
        }
        end += 1;
    }
    end
}

/// Takes numbers, months, weekdays and years of eras out of an East Asian sentence (NFKC); what was read is blanked.
pub(in crate::align) fn read_east_asian(chars: &mut [char]) -> Vec<Feature> {
    let mut found = Vec::new();
    let blank = |chars: &mut [char], from: usize, to: usize| chars[from..to].fill('\u{3000}');
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        // Nothing of what is looked for begins otherwise.
        if !(c.is_ascii_digit() || c == '(' || is_han(c) || is_hangul(c)) {
            at += 1;
        } else if let Some((end, day)) = weekday(chars, at) {
            found.push(Feature::new(Kind::Weekday, day.to_string()));
            blank(chars, at, end);
            at = end;
        } else if let Some((length, first)) = era::at(&chars[at..]) {
            if let Some((end, years)) = years_of_era(chars, at + length) {
                found.extend(years.into_iter().map(|year| number(f64::from(first) + year - 1.0)));
                blank(chars, at, end);
                at = end;
            } else {
                at += length; // 文化3団体 has a number, but no year
            }
        } else if let Some((end, feature)) = east_asian_number(chars, at) {
            found.extend(feature);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The years of an era from `start` (元年, 6年, 60・61年): where they end and which they are, `None` where there is no year.
pub(crate) fn years_of_era(chars: &[char], start: usize) -> Option<(usize, Vec<f64>)> {
    let mut years: Vec<f64> = Vec::new();
    let mut at = start;
    loop {
        let end = if chars.get(at) == Some(&'元') { at + 1 } else { run_end(chars, at) };
        if end == at {
            return None;
        }
        years.push(if chars[at] == '元' { 1.0 } else { value(&chars[at..end]) });
        match chars.get(end)? {
            '年' => return Some((end + 1, years)),
            '・' | '、' | '~' | '〜' | '-' | '–' | '/' => at = end + 1,
            _ => return None,
        }
    }
}

/// The number or month at `at`: where it ends, and the feature unless the numerals are part of a word.
fn east_asian_number(chars: &mut [char], at: usize) -> Option<(usize, Option<Feature>)> {
    let end = run_end(chars, at);
    if end == at {
        return None;
    }
    let before = at.checked_sub(1).map(|i| chars[i]);
    if before.is_some_and(|c| c.is_ascii_alphabetic()) && chars[at].is_ascii_digit() {
        return Some((end, None)); // APT31 is a name, read as a Latin word
    }
    let run = &chars[at..end];
    let next = chars.get(end).copied();
    let value = value(run);
    let is_month = matches!(next, Some('月' | '월')) && chars.get(end + 1) != Some(&'間') && run.len() <= 2;
    if is_month && (1.0..=12.0).contains(&value) {
        chars[at..=end].fill('\u{3000}');
        return Some((end + 1, Some(Feature::new(Kind::Month, key(value)))));
    }
    if !run.iter().any(char::is_ascii_digit) && !is_counted(run, before, next) {
        return Some((end, None));
    }
    chars[at..end].fill('\u{3000}');
    Some((end, Some(number(value))))
}

/// Whether a run of Han numerals is a number and not a part of a word (一部, 千葉, 三菱).
fn is_counted(run: &[char], before: Option<char>, next: Option<char>) -> bool {
    let all_digits = run.len() > 1 && run.iter().all(|c| digit(*c).is_some());
    let counted = next.is_some_and(|c| COUNTED.contains(c)) || before == Some('第') || all_digits;
    let Some(next) = next.filter(|_| counted) else { return false };
    if let ['一' | '千' | '万'] = run
        && "人番部方度つ日時種".contains(next)
        && !(run == ['一'] && matches!(next, '人' | 'つ'))
    {
        return false;
    }
    !run.iter().all(|c| matches!(c, '百' | '千' | '万' | '億' | '兆'))
}

/// A weekday at `at` (月曜日, 火曜, (水), 星期四, 목요일): where it ends and its number from Monday, 0.
fn weekday(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let day = |c: char| "月火水木金土日".chars().position(|d| d == c);
    let korean = |c: char| "월화수목금토일".chars().position(|d| d == c);
    match chars.get(at..)? {
        [d, '曜', '日', ..] => Some((at + 3, day(*d)?)),
        [d, '曜', ..] => Some((at + 2, day(*d)?)),
        ['(', d, ')', ..] => Some((at + 3, day(*d).or_else(|| korean(*d))?)),
        [d, '요', '일', ..] => Some((at + 3, korean(*d)?)),
        ['星', '期', d, ..] | ['周' | '週', d, ..]
            if chars[at] == '星' || chars.get(at + 2).is_none_or(|c| !crate::lang::is_han(*c)) =>
        {
            let length = if chars[at] == '星' { 3 } else { 2 };
            let n = if matches!(d, '日' | '天') { 6 } else { "一二三四五六".chars().position(|c| c == *d)? };
            Some((at + length, n))
        }
        _ => None,
    }
}

pub(crate) const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
pub(crate) const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
pub(crate) const ORDINALS: [&str; 13] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
];

/// The English words that numbers, months and weekdays begin with, months also in short.
static ENGLISH_BEGINNINGS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let short = MONTHS.iter().flat_map(|month| [month.get(..3), month.get(..4)]).flatten();
    let words = [&UNITS[..], &TENS, &ORDINALS, &MONTHS, &WEEKDAYS];
    words.into_iter().flatten().copied().chain(short).collect()
});

/// What an English scale word multiplies by ("million"; short forms as in "$1.5bn").
pub(crate) fn scale(word: &str) -> Option<f64> {
    match word {
        "dozen" => Some(12.0),
        "hundred" => Some(100.0),
        "thousand" | "k" => Some(1e3),
        "million" | "millions" | "m" => Some(1e6),
        "billion" | "bn" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
}

/// How a language with spaces writes numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Whether a comma stands before decimals, and a point or a space between groups of three digits.
    decimal_comma: bool,
    /// Its number words; English ones where there is no table.
    pub(crate) words: Option<&'static Words>,
}

impl Style {
    /// The style of `lang`. (Facts of usage, as the Unicode CLDR gives them.)
    pub(crate) fn of(lang: &Lang) -> Self {
        const COMMA: &[&str] = &[
            "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "hy", "id",
            "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq",
            "sr", "sv", "tr", "uk", "vi",
        ];
        const POINT_REGIONS: &[&str] = &["es-MX", "es-US", "es-GT", "es-PE", "es-PR", "es-DO"];
        Self {
            decimal_comma: COMMA.contains(&lang.primary()) && !POINT_REGIONS.contains(&lang.tag()),
            words: number_words::of(lang.primary()),
        }
    }

    /// Whether groups of digits may be parted by spaces.
    pub(crate) fn groups_by_space(self) -> bool {
        self.decimal_comma
    }

    /// Whether a number, a month or a weekday may begin with a word, given in lower case; nothing is missed.
    pub(in crate::align) fn may_begin(self, lower: &str) -> bool {
        self.words.is_some() || lower.starts_with(|c: char| c.is_ascii_digit()) || ENGLISH_BEGINNINGS.contains(lower)
    }

    /// What a scale word multiplies by.
    pub(crate) fn scale(self, word: &str) -> Option<f64> {
        let Some(words) = self.words else { return scale(word) };
        match words.get(word)? {
            Meaning::Scale(factor) => Some(*factor),
            _ => None,
        }
    }

    /// A written number with its ordinal or scale ending (21st, 1,200, 3.5, 1.5bn).
    fn written(self, token: &str) -> Option<f64> {
        let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = token.get(digits.len()..)?;
        let factor = match ending {
            "" | "st" | "nd" | "rd" | "th" | "s" | "er" | "e" => 1.0,
            "o" | "a" | "eme" | "ste" if self.words.is_some() => 1.0,
            _ => scale(ending).filter(|_| ending.len() <= 2)?,
        };
        self.plain(digits).map(|v| v * factor)
    }

    /// Digits with signs between groups of three and a decimal sign. A sign that can only be the other one is taken so.
    pub(crate) fn plain(self, digits: &str) -> Option<f64> {
        if !digits.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (decimal, group) = if self.decimal_comma { (',', '.') } else { ('.', ',') };
        let digits = digits.replace(' ', "");
        let groups = |sign: char| {
            let mut parts = digits.split(sign);
            let first = parts.next().is_some_and(|first| first.len() <= 3);
            first && parts.all(|part| part.len() == 3 && part.chars().all(|c| c.is_ascii_digit()))
        };
        let count = |sign: char| digits.matches(sign).count();
        let decimal = match (count(decimal), count(group)) {
            (0, 0) => return digits.parse().ok(),
            (0, _) if groups(group) => return digits.replace(group, "").parse().ok(),
            (2.., 0) if groups(decimal) => return digits.replace(decimal, "").parse().ok(),
            (1, 0) => decimal,
            (0, 1) => group,
            (1.., 1..) => digits.chars().rev().find(|c| matches!(c, ',' | '.'))?,
            _ => return None,
        };
        let (whole, fraction) = digits.rsplit_once(decimal)?;
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        format!("{whole}.{fraction}").parse().ok()
    }
}

/// The number in words at the start of `tokens` by a language's table, without the scale words behind it, and how many
/// tokens it fills.
pub(crate) fn spelt(words: &Words, tokens: &[&str]) -> Option<(f64, usize)> {
    let meaning = |i: usize| words.get(&tokens.get(i)?.to_lowercase()).copied();
    match meaning(0)? {
        Meaning::Number(4.0) if matches!(meaning(1), Some(Meaning::Tens(20.0))) => match meaning(2) {
            // quatre-vingt(s), quatre-vingt-dix
            Some(Meaning::Number(n)) if n < 20.0 => Some((80.0 + n, 3)),
            _ => Some((80.0, 2)),
        },
        Meaning::Number(n) => Some((n, 1)),
        Meaning::Tens(tens) => match meaning(1) {
            Some(Meaning::Number(n)) if n < 10.0 || (tens > 59.0 && tens < 61.0 && n < 20.0) => Some((tens + n, 2)),
            _ => Some((tens, 1)),
        },
        Meaning::Article if matches!(meaning(1), Some(Meaning::Scale(factor)) if factor >= 1e6) => Some((1.0, 1)),
        Meaning::Scale(factor) if factor <= 1e3 => Some((factor, 1)),
        _ => None,
    }
}

/// The month or weekday at the start of `tokens` by a language's table, and how many tokens it fills.
fn date_word(words: &Words, tokens: &[&str]) -> Option<(Feature, usize)> {
    let first = tokens.first()?.to_lowercase();
    let joint = tokens.get(1).filter(|next| **next == "feira").map(|next| format!("{first}-{next}"));
    let (meaning, used) = match joint.and_then(|joint| words.get(&joint)) {
        Some(meaning) => (meaning, 2),
        None => (words.get(&first)?, 1),
    };
    match meaning {
        Meaning::Month(month) => Some((Feature::new(Kind::Month, month.to_string()), used)),
        Meaning::Weekday(day) => Some((Feature::new(Kind::Weekday, day.to_string()), used)),
        _ => None,
    }
}

/// The English number in words at the start of `tokens`, without the scale words behind it; `used` becomes its length.
fn english_number(tokens: &[&str], used: &mut usize) -> Option<f64> {
    let lower = tokens.first()?.to_lowercase();
    if let Some(unit) = UNITS.iter().position(|u| *u == lower) {
        return (unit > 0).then_some(unit as f64);
    }
    let tens = (TENS.iter().position(|t| *t == lower)? + 2) as f64 * 10.0;
    let next = tokens.get(1).map(|t| t.to_lowercase());
    let unit = next.and_then(|n| UNITS.iter().position(|u| *u == n)).filter(|u| (1..10).contains(u));
    *used += usize::from(unit.is_some());
    Some(tens + unit.unwrap_or(0) as f64)
}

/// Takes the number, month or weekday at the start of `tokens` (words and written numbers, as they stand in the text):
/// its features and how many tokens it fills; `None` where there is none. `before` is the token in front.
pub(in crate::align) fn read_spaced(
    style: Style,
    before: Option<&str>,
    tokens: &[&str],
) -> Option<(Vec<Feature>, usize)> {
    let token = *tokens.first()?;
    let lower = token.to_lowercase();
    let next = tokens.get(1).map(|t| t.to_lowercase());
    let is_capital = token.starts_with(char::is_uppercase);
    let position = |list: &[&str]| list.iter().position(|w| *w == lower);

    let mut used = 1;
    let in_words = if let Some(words) = style.words {
        if let Some((feature, used)) = date_word(words, tokens) {
            return Some((vec![feature], used));
        }
        spelt(words, tokens).map(|(amount, length)| {
            used = length;
            amount
        })
    } else {
        english_number(tokens, &mut used)
    };
    if let Some(mut amount) = in_words.or_else(|| style.written(&lower)) {
        while let Some(factor) =
            tokens.get(used).map(|t| t.to_lowercase()).filter(|t| t.len() > 2).and_then(|t| style.scale(&t))
        {
            amount *= factor;
            used += 1;
        }
        return Some((vec![number(amount)], used));
    }
    if token.starts_with(|c: char| c.is_ascii_digit()) {
        let parts = token.split(|c: char| !c.is_ascii_digit()).filter_map(|p| p.parse::<f64>().ok());
        return Some((parts.map(number).collect(), 1));
    }
    if style.words.is_some() {
        return None;
    }
    if let Some(month) = position(&MONTHS) {
        // "may" and "march" are words too: months with a day or year behind them or after a preposition.
        let is_dated = next.as_deref().is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
        let introduced = before.is_some_and(|b| {
            ["in", "last", "this", "on", "of", "since", "until", "by", "next"].contains(&b.to_lowercase().as_str())
                || b.starts_with(|c: char| c.is_ascii_digit())
        });
        if !matches!(lower.as_str(), "may" | "march") || (is_capital && (is_dated || introduced)) {
            return Some((vec![Feature::new(Kind::Month, (month + 1).to_string())], 1));
        }
        return None;
    }
    if is_capital
        && next.as_deref().is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
        && (3..=4).contains(&lower.len())
    {
        let month = MONTHS.iter().position(|m| m.starts_with(&lower));
        if let Some(month) = month {
            return Some((vec![Feature::new(Kind::Month, (month + 1).to_string())], 1));
        }
    }
    if let Some(day) = position(&WEEKDAYS) {
        return Some((vec![Feature::new(Kind::Weekday, day.to_string())], 1));
    }
    let ordinal = position(&ORDINALS).filter(|n| *n != 1).map(|n| (n + 1) as f64);
    ordinal.map(|n| (vec![number(n)], 1))
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{Style, read_east_asian, read_spaced};
    use crate::align::feature::{Feature, Kind};
    use crate::lang::Lang;

    fn shown(features: &[Feature]) -> Vec<String> {
        features
            .iter()
            .map(|f| match f.kind {
                Kind::Month => format!("month {}", f.key),
                Kind::Weekday => format!("weekday {}", f.key),
                _ => f.key.clone(),
            })
            .collect()
    }

    fn assert_japanese(text: &str, expected: &[&str]) {
        let mut chars: Vec<char> = text.nfkc().collect();
        assert_eq!(shown(&read_east_asian(&mut chars)), expected, "{text}");
    }

    fn assert_english(text: &str, expected: &[&str]) {
        assert_spaced("en", text, expected);
    }

    /// A low line stands for a space inside a number.
    fn assert_spaced(tag: &str, text: &str, expected: &[&str]) {
        let style = Style::of(&tag.parse::<Lang>().unwrap_or_else(|_| Lang::english()));
        let tokens: Vec<String> = text.split(' ').map(|t| t.replace('_', " ")).collect();
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < tokens.len() {
            let before = at.checked_sub(1).map(|i| tokens[i]);
            match read_spaced(style, before, &tokens[at..]) {
                Some((features, used)) => {
                    found.extend(features);
                    at += used;
                }
                None => at += 1,
            }
        }
        assert_eq!(shown(&found), expected, "{tag} {text}");
    }

    #[test]
    fn digits_and_han_numerals_give_values() {
        assert_japanese("４千万人", &["40000000"]);
        assert_japanese("1億2,000万円", &["120000000"]);
        assert_japanese("二〇二四年", &["2024"]);
        assert_japanese("二十五人が3.5％", &["25", "3.500000e0"]);
        assert_japanese("27万人", &["270000"]);
    }

    #[test]
    fn eras_become_years() {
        assert_japanese("令和六年と平成元年", &["2024", "1989"]);
        assert_japanese("天平勝宝四年", &["752"]);
    }

    #[test]
    fn months_and_weekdays_are_not_numbers() {
        assert_japanese("五月七日（火）", &["month 5", "7", "weekday 1"]);
        assert_japanese("3月間は月曜日", &["3", "weekday 0"]);
    }

    #[test]
    fn numerals_inside_words_are_left_alone() {
        assert_japanese("一部の千葉県民が一方で三菱を", &[]);
    }

    #[test]
    fn english_numbers_in_words_and_figures() {
        assert_english("forty million voters", &["40000000"]);
        assert_english("Forty five on May 7 and 1,200,000 people", &["45", "month 5", "7", "1200000"]);
        assert_english("the 21st and $ 1.5bn on Tuesday", &["21", "1500000000", "weekday 1"]);
        assert_english("they may march", &[]);
        assert_english("Sept 30 the third time", &["month 9", "30", "3"]);
    }

    #[test]
    fn large_numbers_are_the_same_in_every_writing() {
        assert_japanese("4兆7300億円と9007兆1992億5474万991円", &["4730000000000", "9.00719925474e15"]);
        assert_english("4.73 trillion and 9,007,199,254,740,991", &["4730000000000", "9.00719925474e15"]);
        assert_spaced("de", "4,73 Billionen", &["4730000000000"]);
        assert_japanese("3.1％と1.1億円", &["3.100000e0", "110000000"]);
        assert_japanese("三・四％と一二・五億円と三十五・六度", &["3.400000e0", "1250000000", "3.560000e1"]);
        assert_japanese("四年・五月号", &["4", "month 5"]);
        assert_english("3.1 and 110 million", &["3.100000e0", "110000000"]);
    }

    #[test]
    fn an_era_without_a_year_leaves_the_number_behind_it() {
        assert_japanese("文化3団体", &["3"]);
        assert_japanese("昭和60・61年に2回", &["1985", "1986", "2"]);
        assert_japanese("平成元年・2年", &["1989", "2"]);
        assert_japanese("昭和", &[]);
    }

    #[test]
    fn the_decimal_sign_is_the_languages() {
        for tag in ["de", "es", "it", "pt", "nl", "fr", "ru"] {
            assert_spaced(
                tag,
                "1.200 3,5 1.234,5 1.200.000 1_200 12_345,5 3.5",
                &["1200", "3.500000e0", "1.234500e3", "1200000", "1200", "1.234550e4", "3.500000e0"],
            );
        }
        assert_spaced(
            "en",
            "1,200 3.5 1.234,5 1.200.000 1.200",
            &["1200", "3.500000e0", "1.234500e3", "1200000", "1.200000e0"],
        );
        assert_spaced("es-MX", "1,200 3.5", &["1200", "3.500000e0"]);
    }

    #[test]
    fn number_words_months_and_weekdays_of_other_languages() {
        assert_spaced(
            "de",
            "funf Millionen und eine Million am Montag 7 Marz",
            &["5000000", "1000000", "weekday 0", "7", "month 3"],
        );
        assert_spaced("de", "einundzwanzig eine Frau tausend", &["21", "1000"]);
        assert_spaced("fr", "quatre vingt dix sept cents vingt deux", &["90", "700", "22"]);
        assert_spaced(
            "fr",
            "soixante douze le 3 aout mardi 2,5 milliards",
            &["72", "3", "month 8", "weekday 1", "2500000000"],
        );
        assert_spaced("es", "dos mil millones en enero", &["2000000000", "month 1"]);
        assert_spaced("pt", "segunda feira 1o de marco", &["weekday 0", "1", "month 3"]);
        assert_spaced("it", "venti milioni di maggio", &["20000000", "month 5"]);
        assert_spaced("nl", "drieentwintig mei", &["23", "month 5"]);
    }
}
