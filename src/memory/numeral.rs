//! Numbers in texts: where they stand, what they are worth, and how another number is written in their place.

use crate::align::number;
use crate::document::MONTHS;
use crate::lang::Lang;
use crate::span::Span;

/// The numbers that English writes as words, up to twelve.
const WORDS: &[&str] = number::UNITS.split_at(13).0;
/// A number with a scale word stands between these: nobody writes 0.6 million or 6,000 million.
const SCALED: std::ops::Range<f64> = 1.0..1000.0;
/// The same for digits before 万 and 億.
const SCALED_BY_MYRIADS: std::ops::Range<f64> = 1.0..10_000.0;
/// From here on English sets commas.
const COMMAS: f64 = 1000.0;

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numeral<'t> {
    /// What is written otherwise where the number is another one; no scale word.
    pub(super) span: Span,
    pub(super) text: &'t str,
    /// What it is worth, a scale word behind it included: 6e7 for "60 million". A month's is 1 to 12.
    pub(super) value: f64,
    /// What the scale word behind it multiplies by.
    scale: Option<f64>,
    pub(super) form: Form,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// In digits or Han numerals.
    Plain,
    /// The same, before 月.
    NumberedMonth,
    /// The same, before 年.
    Year,
    /// An English word up to twelve.
    Word,
    /// The English name of a month.
    Month,
}

impl Numeral<'_> {
    /// Whether both are worth the same; products of decimal fractions differ in the last bits.
    pub(super) fn is_worth(&self, other: &Self) -> bool {
        (self.value - other.value).abs() <= 1e-9 * self.value.abs()
    }

    /// Whether it names a month.
    pub(super) fn is_month(&self) -> bool {
        matches!(self.form, Form::NumberedMonth | Form::Month)
    }
}

/// The numbers of a text in digits and Han numerals, in order; full-width digits are digits.
pub(super) fn plain(text: &str) -> Vec<Numeral<'_>> {
    let (offsets, mut chars): (Vec<usize>, Vec<char>) = text.char_indices().map(|(at, c)| (at, half_width(c))).unzip();
    chars.push('\n');
    let mut found = Vec::new();
    let mut at = 0;
    while at < offsets.len() {
        let end = number::run_end(&chars, at);
        if end == at {
            at += 1;
            continue;
        }
        let start = offsets.get(at).copied().unwrap_or(text.len());
        let span = Span::new(start, offsets.get(end).copied().unwrap_or(text.len()));
        let value = number::value(chars.get(at..end).unwrap_or_default());
        let form = match chars.get(end) {
            Some('月') if (1.0..=12.0).contains(&value) => Form::NumberedMonth,
            Some('年') => Form::Year,
            _ => Form::Plain,
        };
        found.push(Numeral { span, text: span.of(text), value, scale: None, form });
        at = end;
    }
    found
}

/// The numbers of a text in a language, in order: [`plain`] ones, and in English those with scale words, those written as
/// words, and months.
pub(super) fn all<'t>(text: &'t str, lang: &Lang) -> Vec<Numeral<'t>> {
    let mut found = plain(text);
    if !lang.is_english() {
        return found;
    }
    for numeral in &mut found {
        let behind = text.get(numeral.span.end..).unwrap_or_default();
        let word =
            behind.strip_prefix([' ', '-', '\u{a0}', '\u{202f}']).map(|rest| rest.split(|c: char| !c.is_alphabetic()));
        let scale = word.and_then(|mut word| word.next()).filter(|word| word.len() > 2);
        numeral.scale = scale.and_then(|word| number::scale(&word.to_lowercase()));
        numeral.value *= numeral.scale.unwrap_or(1.0);
    }
    for (start, word) in words(text) {
        let span = Span::new(start, start + word.len());
        let small = word.to_lowercase();
        let place = |list: &[&str]| list.iter().position(|other| *other == small);
        let is_capital = word.starts_with(char::is_uppercase);
        let month = place(&MONTHS).filter(|_| is_capital).map(|month| (month + 1, Form::Month));
        if let Some((value, form)) = month.or_else(|| Some((place(WORDS)?, Form::Word))) {
            found.push(Numeral { span, text: word, value: value as f64, scale: None, form });
        }
    }
    found.sort_unstable_by_key(|numeral| numeral.span);
    found
}

/// The words of letters alone, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| !c.is_alphanumeric()).map(move |word| {
        let start = at + text.get(at..).and_then(|rest| rest.find(word)).unwrap_or_default();
        at = start + word.len();
        (start, word)
    })
}

/// How `new`, a number of another text, is written in the place of `old`; `None` where it cannot be told.
pub(super) fn written(new: &Numeral<'_>, old: &Numeral<'_>) -> Option<String> {
    match old.form {
        Form::Month => {
            let month = MONTHS.get((new.value as usize).checked_sub(1)?)?;
            (new.is_month()).then(|| capital(month))
        }
        Form::Word => {
            let word = (new.value.fract() == 0.0).then(|| WORDS.get(new.value as usize)).flatten();
            let word = word.map_or_else(|| in_digits(new.value, true), |word| Some((*word).to_owned()))?;
            Some(if old.text.starts_with(char::is_uppercase) { capital(&word) } else { word })
        }
        Form::Plain | Form::NumberedMonth | Form::Year => plainly_written(new, old),
    }
}

fn plainly_written(new: &Numeral<'_>, old: &Numeral<'_>) -> Option<String> {
    let chars: Vec<char> = old.text.chars().map(half_width).collect();
    let is_digit = |c: &char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let as_query: String = new.text.chars().map(half_width).collect();
    if chars.iter().all(is_digit) {
        if old.scale.is_none() && as_query.chars().all(|c| is_digit(&c)) {
            return Some(as_query);
        }
        let scale = old.scale.unwrap_or(1.0);
        let value = new.value / scale;
        if old.scale.is_some() && !SCALED.contains(&value) {
            return None;
        }
        let has_commas = chars.contains(&',') || (old.value / scale < COMMAS && new.form != Form::Year);
        return in_digits(value, has_commas);
    }
    if let Some((unit, digits)) = chars.split_last()
        && digits.iter().all(is_digit)
    {
        let worth = number::large_unit(*unit).or_else(|| number::small_unit(*unit))?;
        let value = new.value / worth;
        if !SCALED_BY_MYRIADS.contains(&value) {
            return None;
        }
        return Some(in_digits(value, digits.contains(&','))? + &unit.to_string());
    }
    if chars.len() > 1 && chars.iter().all(|c| number::digit(*c).is_some()) {
        let digits = in_digits(new.value, false)?;
        return digits.chars().map(|c| HAN.chars().nth(c.to_digit(10)? as usize)).collect();
    }
    chars.iter().all(|c| !is_digit(c)).then(|| in_han(new.value))?
}

/// The Han digits.
const HAN: &str = "〇一二三四五六七八九";

/// A whole number in Han numerals as they are counted: 八千万, 百四十.
fn in_han(value: f64) -> Option<String> {
    if value.fract() != 0.0 || !(1.0..1e16).contains(&value) {
        return None;
    }
    let mut rest = value as u64;
    let mut out = String::new();
    for (worth, unit_of_group) in [(1_000_000_000_000, "兆"), (100_000_000, "億"), (10_000, "万"), (1, "")] {
        let group = rest / worth;
        rest %= worth;
        let mut left = group;
        for (worth, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = left / worth;
            left %= worth;
            // 千百, but 一千万 and 一万一千.
            let is_told = worth == 1 || (worth == 1000 && (!unit_of_group.is_empty() || !out.is_empty()));
            if digit > 1 || (digit == 1 && is_told) {
                out.extend(HAN.chars().nth(digit as usize));
            }
            if digit > 0 {
                out.push_str(unit);
            }
        }
        if group > 0 {
            out.push_str(unit_of_group);
        }
    }
    Some(out)
}

/// A number in digits with three decimals at most; `None` where it has more.
fn in_digits(value: f64, has_commas: bool) -> Option<String> {
    let value = (value * 1e9).round() / 1e9;
    let text = format!("{value}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if fraction.len() > 3 || !(0.0..1e15).contains(&value) {
        return None;
    }
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if has_commas && i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    Some(out)
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '，' | '．' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{all, in_han, plain, written};
    use crate::lang::Lang;

    /// The numbers of a text, each as TEXT=VALUE.
    fn shown(text: &str) -> Vec<String> {
        let lang = if text.is_ascii() { Lang::english() } else { Lang::japanese() };
        all(text, &lang).iter().map(|numeral| format!("{}={}", numeral.text, numeral.value)).collect()
    }

    #[test]
    fn numbers_are_read_by_their_value() {
        assert_eq!(shown("被害は六千万ユーロ、船は１，２０４隻"), ["六千万=60000000", "１，２０４=1204"]);
        assert_eq!(shown("4千万人と3.5倍"), ["4千万=40000000", "3.5=3.5"]);
        assert_eq!(shown("60 million, 1.5-billion, 1,204 ships"), ["60=60000000", "1.5=1500000000", "1,204=1204"]);
        assert_eq!(
            shown("Five of the six left on 19 November; it may be one"),
            ["Five=5", "six=6", "19=19", "November=11", "one=1"]
        );
        assert_eq!(shown(""), [""; 0]);
    }

    #[track_caller]
    fn assert_written(new: &str, old: &str, expected: Option<&str>) {
        let lang = if old.is_ascii() { Lang::english() } else { Lang::japanese() };
        let (new, old) = (plain(new), all(old, &lang));
        assert_eq!(written(&new[0], &old[0]).as_deref(), expected, "{new:?} {old:?}");
    }

    #[test]
    fn a_number_is_written_like_the_one_in_its_place() {
        assert_written("八千万", "60 million", Some("80"));
        assert_written("一億二千五百万", "60 million", Some("125"));
        assert_written("六千億", "60 million", None);
        assert_written("千二百", "600", Some("1,200"));
        assert_written("千九百九十一年", "1990", Some("1991"));
        assert_written("二〇二六年", "2024", Some("2026"));
        assert_written("１，３００", "1204", Some("1,300"));
        assert_written("七", "five", Some("seven"));
        assert_written("十五", "Five", Some("15"));
        assert_written("12月", "November", Some("December"));
        assert_written("80000000", "六千万", Some("八千万"));
        assert_written("2.5", "六", None);
        assert_written("2026", "二〇二四", Some("二〇二六"));
        assert_written("80000000", "6000万", Some("8000万"));
    }

    #[test]
    fn han_numerals_are_counted_as_they_are_said() {
        for (value, text) in [
            (1.0, "一"),
            (10.0, "十"),
            (140.0, "百四十"),
            (11_000.0, "一万一千"),
            (1_100.0, "千百"),
            (1e7, "一千万"),
            (2e12 + 3e8, "二兆三億"),
        ] {
            assert_eq!(in_han(value).as_deref(), Some(text));
        }
        assert_eq!((in_han(0.0), in_han(1.5)), (None, None));
    }
}
