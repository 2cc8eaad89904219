//! Numbers by their value, months and weekdays, in Japanese and Chinese writing and in words.

use super::era;
use crate::align::feature::{Feature, Kind};

/// The link strength of equal numbers, months and weekdays, and how far a number is trusted to have a partner (fitted on
/// news, see the module's essay in `align`).
pub(super) const LINK: f64 = 0.7;
pub(super) const LAMBDA: f64 = 0.65;

/// A value as a key: integers plainly, others with six significant digits.
pub(super) fn key(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e18 { format!("{value:.0}") } else { format!("{value:.6e}") }
}

fn number(value: f64) -> Feature {
    Feature::new(Kind::Number, key(value))
}

fn digit(c: char) -> Option<f64> {
    "〇一二三四五六七八九".chars().position(|d| d == c).map(|d| d as f64).or((c == '零').then_some(0.0))
}

fn small_unit(c: char) -> Option<f64> {
    match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1000.0),
        _ => None,
    }
}

fn large_unit(c: char) -> Option<f64> {
    match c {
        '万' | '萬' | '만' => Some(1e4),
        '億' | '亿' | '억' => Some(1e8),
        '兆' | '조' => Some(1e12),
        _ => None,
    }
}

/// Units of things that are counted: a Han numeral before one of these is a number, elsewhere it may be part of a word.
const COUNTED: &str =
    "人年月日つ回個件歳番位時分秒度倍割点本台匹頭冊枚名階級代週ヶカか箇億万兆%種国社校票円ドル岁个天次元美名条位";

/// The value of a run of digits and Han numerals (4千万, 1億2,000万, 二〇二四).
fn value(run: &[char]) -> f64 {
    let (mut total, mut section) = (0.0, 0.0);
    let mut current: Option<f64> = None;
    let mut decimals: Option<f64> = None;
    for &c in run {
        if let Some(d) = c.to_digit(10).map(f64::from) {
            if let Some(place) = &mut decimals {
                current = Some(current.unwrap_or(0.0) + d * *place);
                *place /= 10.0;
            } else {
                current = Some(current.unwrap_or(0.0) * 10.0 + d);
            }
            continue;
        }
        if c == '.' {
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
    // Decimal fractions are summed digit by digit; rounding makes 3.1 of them the 3.1 of the other text.
    ((total + section + current.unwrap_or(0.0)) * 1e9).round() / 1e9
}

/// The end of the number that begins at `start` (digits, Han numerals, commas and points between digits), or `start`.
fn run_end(chars: &[char], start: usize) -> usize {
    let is_numeral = |c: char| c.is_ascii_digit() || digit(c).is_some() || small_unit(c).is_some();
    if !chars.get(start).copied().is_some_and(is_numeral) {
        return start;
    }
    let mut end = start + 1;
    while let Some(&c) = chars.get(end) {
        let next_is_digit = chars.get(end + 1).is_some_and(char::is_ascii_digit);
        let after_digit = chars[end - 1].is_ascii_digit();
        let joins =
            is_numeral(c) || large_unit(c).is_some() || (matches!(c, ',' | '.') && after_digit && next_is_digit);
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
    while at < chars.len() {
        if let Some((end, day)) = weekday(chars, at) {
            found.push(Feature::new(Kind::Weekday, day.to_string()));
            blank(chars, at, end);
            at = end;
        } else if let Some((length, first)) = era::at(&chars[at..]) {
            let start = at + length;
            let end = if chars.get(start) == Some(&'元') { start + 1 } else { run_end(chars, start) };
            if end > start && chars.get(end) == Some(&'年') {
                let years = if chars[start] == '元' { 1.0 } else { value(&chars[start..end]) };
                found.push(number(f64::from(first) + years - 1.0));
                blank(chars, at, end + 1);
            }
            at = end.max(start);
        } else if let Some((end, feature)) = east_asian_number(chars, at) {
            found.extend(feature);
            at = end;
        } else {
            at += 1;
        }
    }
    found
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
        ['星', '期' | '期', d, ..] | ['周' | '週', d, ..]
            if chars[at] == '星' || chars.get(at + 2).is_none_or(|c| !crate::lang::is_han(*c)) =>
        {
            let length = if chars[at] == '星' { 3 } else { 2 };
            let n = if matches!(d, '日' | '天') { 6 } else { "一二三四五六".chars().position(|c| c == *d)? };
            Some((at + length, n))
        }
        _ => None,
    }
}

const ENGLISH_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const ENGLISH_WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const UNITS: [&str; 20] = [
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
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 13] = [
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

/// What a scale word multiplies by ("million"; short forms as in "$1.5bn").
fn scale(word: &str) -> Option<f64> {
    match word {
        "dozen" => Some(12.0),
        "hundred" => Some(100.0),
        "thousand" | "k" | "mille" | "tausend" => Some(1e3),
        "million" | "millions" | "m" | "millionen" => Some(1e6),
        "billion" | "bn" | "milliard" | "milliards" | "milliarde" | "milliarden" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    }
}

/// A written number with its ordinal or scale ending (21st, 1,200, 3.5, 1.5bn).
fn written(token: &str) -> Option<f64> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = token.get(digits.len()..)?;
    let factor = match ending {
        "" | "st" | "nd" | "rd" | "th" | "s" | "er" | "e" => 1.0,
        _ => scale(ending).filter(|_| ending.len() <= 2)?,
    };
    plain(digits).map(|v| v * factor)
}

/// Digits with thousands separators and a decimal sign, in English (1,234.5) or continental writing (1.234,5).
fn plain(digits: &str) -> Option<f64> {
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let last_sign = digits.rfind([',', '.']);
    let grouped = |sign: char| digits.split(sign).skip(1).all(|group| group.len() == 3);
    let decimal = match last_sign.and_then(|i| digits.get(i..).and_then(|s| s.chars().next())) {
        None => return digits.parse().ok(),
        Some('.') if digits.matches('.').count() > 1 => {
            return if grouped('.') { digits.replace('.', "").parse().ok() } else { None };
        }
        Some(',') if grouped(',') => return digits.replace(',', "").parse().ok(),
        Some(sign) => sign,
    };
    let (whole, fraction) = digits.rsplit_once(decimal)?;
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    format!("{whole}.{fraction}").parse().ok()
}

/// Takes the number, month or weekday at the start of `tokens` (words and written numbers, as they stand in the text):
/// its features and how many tokens it fills; `None` where there is none. `before` is the token in front.
pub(in crate::align) fn read_spaced(before: Option<&str>, tokens: &[&str]) -> Option<(Vec<Feature>, usize)> {
    let token = *tokens.first()?;
    let lower = token.to_lowercase();
    let next = tokens.get(1).map(|t| t.to_lowercase());
    let is_capital = token.starts_with(char::is_uppercase);
    let position = |list: &[&str]| list.iter().position(|w| *w == lower);

    let mut used = 1;
    let spelt = position(&UNITS).filter(|n| *n > 0).map(|n| n as f64).or_else(|| {
        let tens = (position(&TENS)? + 2) as f64 * 10.0;
        let unit = next.as_deref().and_then(|n| UNITS.iter().position(|u| *u == n)).filter(|u| (1..10).contains(u));
        used += usize::from(unit.is_some());
        Some(tens + unit.unwrap_or(0) as f64)
    });
    if let Some(mut amount) = spelt.or_else(|| written(&lower)) {
        while let Some(factor) =
            tokens.get(used).map(|t| t.to_lowercase()).filter(|t| t.len() > 2).and_then(|t| scale(&t))
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
    if let Some(month) = position(&ENGLISH_MONTHS) {
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
        let month = ENGLISH_MONTHS.iter().position(|m| m.starts_with(&lower));
        if let Some(month) = month {
            return Some((vec![Feature::new(Kind::Month, (month + 1).to_string())], 1));
        }
    }
    if let Some(day) = position(&ENGLISH_WEEKDAYS) {
        return Some((vec![Feature::new(Kind::Weekday, day.to_string())], 1));
    }
    let ordinal = position(&ORDINALS).filter(|n| *n != 1).map(|n| (n + 1) as f64);
    ordinal.map(|n| (vec![number(n)], 1))
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{read_east_asian, read_spaced};
    use crate::align::feature::{Feature, Kind};

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
        let tokens: Vec<&str> = text.split(' ').collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < tokens.len() {
            let before = at.checked_sub(1).map(|i| tokens[i]);
            match read_spaced(before, &tokens[at..]) {
                Some((features, used)) => {
                    found.extend(features);
                    at += used;
                }
                None => at += 1,
            }
        }
        assert_eq!(shown(&found), expected, "{text}");
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
    fn continental_writing_gives_the_same_values() {
        assert_english("1.234,5 und 1.200.000", &["1.234500e3", "1200000"]);
    }
}
