//! Numbers in Japanese, Chinese and Korean text.

use std::cell::OnceCell;

use super::{Kind, Measure, Number, Weight};
use crate::align::{era, number};
use crate::lang::is_hangul;
use crate::span::Span;
use crate::token::{PartOfSpeech, Token};

/// Up to this year Japan counted months by the moon: a date moves by weeks, at the year's end into the next year. It took
/// the Gregorian calendar on 1 January 1873.
pub(super) const LAST_OLD_YEAR: f64 = 1873.0;

/// Signs and words that say a small number without a numeral.
const HINTS: &[(&str, &[f64])] = &[
    ("半世紀", &[50.0]),
    ("半年", &[0.5, 6.0, 50.0]),
    ("半", &[0.5, 50.0]),
    ("両", &[2.0]),
    ("双", &[2.0]),
    ("倍", &[2.0, 100.0, 200.0]),
    ("初", &[1.0]),
    ("元年", &[1.0]),
    ("ワン", &[1.0]),
    ("ダブル", &[2.0]),
    ("ツー", &[2.0]),
    ("ペア", &[2.0]),
    ("トリプル", &[3.0]),
    ("トリオ", &[3.0]),
    ("スリー", &[3.0]),
    ("フォー", &[4.0]),
    ("ファイブ", &[5.0]),
    ("シックス", &[6.0]),
    ("セブン", &[7.0]),
    ("エイト", &[8.0]),
    ("ナイン", &[9.0]),
    ("テン", &[10.0]),
    ("ダース", &[12.0]),
];

/// What counters of things, places and measures begin with that may also stand behind a numeral of a name: they count what is
/// written with several numerals (七十九隻, 四十七都道府県, 二十六トン).
const COUNTERS: &str = "隻機艘艇両輌棟戸軒羽杯着株粒枠席票店駅曲話問列章条項号班組隊発便泊週戦勝敗議世拠工都県州市区町村平立海\
     トメグリワキミセパポユルウバヘフマペ";
/// Units of money with their hundredths.
const COINS: &[(&str, &str)] = &[("円", "銭"), ("ドル", "セント")];
/// A fourth of a year, three months.
const QUARTER: &str = "四半期";
/// What Korean numbers in words count: behind anything else the same syllables may be another word.
const KOREAN_COUNTED: &[&str] = &[
    "명",
    "원",
    "달러",
    "엔",
    "위안",
    "유로",
    "년",
    "월",
    "일",
    "개",
    "킬로",
    "미터",
    "퍼센트",
    "톤",
    "배",
    "회",
    "번",
    "시간",
    "분",
    "세",
    "가구",
    "대",
    "마리",
    "호",
    "주",
    "표",
    "권",
    "장",
    "건",
    "위",
    "여 명",
];

/// The text, full-width letters, digits and signs made half-width one by one, with where each character stands.
struct Text<'t> {
    whole: &'t str,
    chars: Vec<char>,
    offsets: Vec<usize>,
}

impl<'t> Text<'t> {
    fn new(text: &'t str) -> Self {
        let (mut offsets, mut chars): (Vec<usize>, Vec<char>) =
            text.char_indices().map(|(at, c)| (at, half_width(c))).unzip();
        let is_korean = chars.iter().any(|c| matches!(c, '십' | '백' | '천' | '만' | '억' | '조'));
        if is_korean {
            spelt_korean(&mut chars);
        }
        for at in 1..chars.len() {
            let (before, rest) = chars.split_at_mut(at);
            let [c, rest @ ..] = rest else { break };
            let is_numeral = |c: &char| c.is_ascii_digit() || number::small_unit(*c).is_some();
            let counts = match before {
                // "5 천만", but not "5 백화점"
                [.., digit, ' '] => is_numeral(digit) && rest.first().is_some_and(|c| number::large_unit(*c).is_some()),
                [.., last] => is_numeral(last),
                [] => false,
            };
            *c = hangul_unit(*c).filter(|_| counts).unwrap_or(*c);
        }
        offsets.push(text.len());
        Self { whole: text, chars, offsets }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let offset = |i: usize| self.offsets.get(i).copied().unwrap_or(self.whole.len());
        Span::new(offset(from), offset(to))
    }

    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.char(at.checked_sub(1)?)
    }

    /// The end of the numerals that begin at `at`, or `at`; spaces may part digits and large units (1 億 4 千万).
    fn run_end(&self, at: usize) -> usize {
        let mut end = number::run_end(&self.chars, at);
        // 第1四半期 is the first quarter.
        if let Some(quarter) = (at..end).find(|i| self.starts_with(*i, QUARTER)) {
            return quarter;
        }
        while end > at && self.char(end).is_some_and(char::is_whitespace) {
            let is_large = |c: Option<char>| c.is_some_and(|c| number::large_unit(c).is_some());
            let unit = |c: Option<char>| c.is_some_and(|c| number::small_unit(c).is_some()) || is_large(c);
            let next = number::run_end(&self.chars, end + 1);
            end = match (unit(self.char(end + 1)), unit(self.before(end)) && next > end + 1) {
                (true, _) => next.max(end + 2),
                (_, true) => next,
                _ => break,
            };
        }
        end
    }

    fn starts_with(&self, at: usize, word: &str) -> bool {
        self.span(at, self.chars.len()).of(self.whole).starts_with(word)
    }
}

/// Makes numbers in Sino-Korean words (이십만) digits and signs where what they count stands behind them.
fn spelt_korean(chars: &mut [char]) {
    let digit = |c: char| "영일이삼사오육칠팔구".chars().position(|d| d == c).and_then(|d| u32::try_from(d).ok());
    let is_unit = |c: char| matches!(c, '십' | '백' | '천' | '만' | '억' | '조');
    let mut at = 0;
    while at < chars.len() {
        let rest = chars.get(at..).unwrap_or_default();
        let length = rest.iter().take_while(|c| digit(**c).is_some() || is_unit(**c)).count();
        let is_word = at.checked_sub(1).and_then(|i| chars.get(i)).is_none_or(|c| !is_hangul(*c));
        let behind: String = rest.iter().skip(length).take(4).collect();
        let is_counted = KOREAN_COUNTED.iter().any(|word| behind.trim_start().starts_with(word));
        if length >= 2 && is_word && is_counted && rest.iter().take(length).any(|c| is_unit(*c)) {
            for c in chars.iter_mut().skip(at).take(length) {
                let numeral = digit(*c).and_then(|d| char::from_digit(d, 10));
                *c = numeral.or_else(|| hangul_unit(*c)).unwrap_or(*c);
            }
        }
        // The rest of the word is no number.
        at += length.max(1);
    }
}

/// The Chinese sign for a Korean unit below ten thousand.
fn hangul_unit(c: char) -> Option<char> {
    match c {
        '십' => Some('十'),
        '백' => Some('百'),
        '천' => Some('千'),
        _ => None,
    }
}

/// Full-width letters, digits and marks as ASCII, and the signs for minus as a hyphen.
pub(super) fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '﹣' | '−' => '-',
        _ => c,
    }
}

/// The numbers of `text` in order. `tokens` are its words, asked for only where they decide; none where nothing is known.
pub(super) fn read<'t>(text: &'t str, tokens: impl Fn(&'t str) -> Vec<Token<'t>>) -> Vec<Number> {
    let words = OnceCell::new();
    let text = Text::new(text);
    // Whether a run of Han numerals is a word or several, and not a part of one.
    let is_numeral = |span: Span| {
        let words: &Vec<Token<'_>> = words.get_or_init(|| tokens(text.whole));
        let first = words.partition_point(|word| word.span.end <= span.start);
        let mut touching = words.iter().skip(first).take_while(|word| word.span.start < span.end);
        touching
            .all(|word| word.part == PartOfSpeech::Number && span.start <= word.span.start && word.span.end <= span.end)
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.chars.len() {
        let rest = text.chars.get(at..).unwrap_or_default();
        if let Some((length, first)) = era::at(rest)
            && let Some((end, years)) = number::years_of_era(&text.chars, at + length)
        {
            let is_decade = text.char(end) == Some('代');
            found.extend(years.iter().map(|year| {
                let mut number = of_era(text.span(at, end), f64::from(first), *year, text.char(end) == Some('度'));
                number.weight = if is_decade { Weight::Hint } else { number.weight };
                number
            }));
            at = end;
            continue;
        }
        if text.starts_with(at, QUARTER) {
            found.push(Number::hint(text.span(at, at + 3), &[4.0, 0.25, 25.0, 3.0]));
            at += 3;
            continue;
        }
        let end = text.run_end(at);
        if end > at {
            let (number, end) = numeral(&text, at, end, &is_numeral);
            found.extend(number);
            at = end;
            continue;
        }
        if text.starts_with(at, "正月") {
            let month = Number { kind: Kind::Month, ..Number::new(text.span(at, at + 2), 1.0, Weight::Small) };
            found.push(month);
            at += 2;
            continue;
        }
        let hint = HINTS.iter().find(|(word, _)| text.starts_with(at, word));
        found.extend(hint.map(|(word, values)| Number::hint(text.span(at, at + word.chars().count()), values)));
        at += 1;
    }
    found
}

/// A year of an era; its own count may stand in the translation. The years by the moon began and ended within a year of
/// the common era, and a fiscal one (年度) ends in the next.
fn of_era(span: Span, first: f64, year: f64, is_fiscal: bool) -> Number {
    let common = first + year - 1.0;
    let mut values = vec![common, year];
    if common < LAST_OLD_YEAR {
        values.extend([common - 1.0, common + 1.0]);
    } else if is_fiscal {
        values.push(common + 1.0);
    }
    Number { values, ..Number::new(span, common, Weight::Firm) }
}

/// The number in the numerals from `at` to `end`, and where it ends.
fn numeral(text: &Text<'_>, at: usize, end: usize, is_numeral: &impl Fn(Span) -> bool) -> (Vec<Number>, usize) {
    let run = text.chars.get(at..end).unwrap_or_default();
    let span = text.span(at, end);
    let next = text.char(end);
    // Two digits may name a day: 六四天安門.
    if run == ['六', '四'] && ["天安門", "事件", "天安门"].iter().any(|word| text.starts_with(end, word)) {
        return (vec![Number::hint(span, &[4.0, 6.0])], end);
    }
    if !is_grouped(run) {
        // 5,6人 are five or six.
        let parts = run.split(|c| *c == ',').map(number::value);
        return (parts.map(|value| Number::hint(span, &[value])).collect(), end);
    }
    let value = number::value(run);
    if let ([a], [b]) = run.split_at(run.len() / 2)
        && let (Some(a), Some(b)) = (number::digit(*a), number::digit(*b))
        && (b - a - 1.0).abs() < 0.5
    {
        return (vec![Number::hint(span, &[a, b, value])], end); // 二三人 are two or three
    }
    let mut number = Number { scale: scale(run), ..Number::sized(span, value) };
    if !is_firm(text, at, end, is_numeral) {
        number.weight = Weight::Hint;
    }
    let is_month = next == Some('月') || next == Some('월');
    if is_month && text.char(end + 1) != Some('間') && run.len() <= 2 && (1.0..=12.0).contains(&value) {
        number.kind = Kind::Month;
        number.weight = Weight::Firm;
        number.span = text.span(at, end + 1);
        return (vec![number], end + 1);
    }
    if let Some((end, parts)) = numerator(text, end, value) {
        let values = [parts / value, 100.0 * parts / value, value, parts];
        let exact = (parts < value).then_some((Measure::Fraction, parts / value));
        return (vec![Number { exact, ..Number::hint(text.span(at, end), &values) }], end);
    }
    if next == Some('日') && text.char(end + 1) != Some('間') && value <= 31.0 {
        number.kind = Kind::Day;
    }
    if next == Some('時')
        && text.char(end + 1) == Some('間')
        && let minutes_end = number::run_end(&text.chars, end + 2)
        && text.char(minutes_end) == Some('分')
        && minutes_end > end + 2
    {
        // 1時間30分 is 90 minutes too.
        let minutes = number::value(text.chars.get(end + 2..minutes_end).unwrap_or_default());
        number.values.push(value * 60.0 + minutes);
        let mut rest = Number::sized(text.span(end + 2, minutes_end), minutes);
        rest.values.push(value * 60.0 + minutes);
        return (vec![number, rest], minutes_end);
    }
    let end = with_unit(text, end, value, &mut number);
    number.span = text.span(at, end);
    (vec![number], end)
}

/// Whether the numerals from `at` to `end` are surely a number: no part of a word or of a code, and not vague.
fn is_firm(text: &Text<'_>, at: usize, end: usize, is_numeral: &impl Fn(Span) -> bool) -> bool {
    let run = text.chars.get(at..end).unwrap_or_default();
    let (before, next) = (text.before(at), text.char(end));
    let vague = |c: Option<char>| matches!(c, Some('数' | '何' | '幾'));
    if vague(before) || vague(next) {
        return false;
    }
    if run.iter().any(char::is_ascii_digit) {
        let is_year_of_era = next == Some('年') && (before == Some('同') || common_year_behind(text, end + 1));
        if is_year_of_era || ends_in_era(text.chars.get(..at).unwrap_or_default()) {
            return false;
        }
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let coded = is_letter(before)
            || (matches!(before, Some('-' | '‐')) && at.checked_sub(2).is_some_and(|i| is_letter(text.char(i))));
        return !coded;
    }
    if text.span(at, end).of(text.whole).starts_with(is_hangul) {
        return true;
    }
    let counted = before == Some('第') || next.is_some_and(|c| number::COUNTED.contains(c));
    let is_digit = |c: &char| number::digit(*c).is_some();
    let is_composed = run.iter().any(is_digit) && !run.iter().all(is_digit);
    let counted = counted || is_composed && next.is_some_and(|c| COUNTERS.contains(c));
    counted && is_numeral(text.span(at, end))
}

/// Whether a year of the common era follows in brackets (8年（954年）).
fn common_year_behind(text: &Text<'_>, end: usize) -> bool {
    let start = end + text.chars.get(end..).unwrap_or_default().iter().take_while(|c| matches!(c, '(' | ' ')).count();
    let last = number::run_end(&text.chars, start);
    start > end && (3..=4).contains(&(last - start))
}

/// Whether the name of an era stands at the end (1901（明治34）年).
fn ends_in_era(chars: &[char]) -> bool {
    (2..=4).any(|length| {
        let name = chars.len().checked_sub(length).and_then(|from| chars.get(from..));
        name.and_then(era::at).is_some_and(|(found, _)| found == length)
    })
}

/// What follows the numerals and changes their value: the unit's end, with the other values added.
fn with_unit(text: &Text<'_>, end: usize, value: f64, number: &mut Number) -> usize {
    let Some(next) = text.char(end) else { return end };
    let has_half = text.chars.get(end..).unwrap_or_default().iter().take(3).any(|c| *c == '半');
    if has_half {
        number.values.push(value + 0.5); // 二年半, 3往復半
    }
    // 40円50銭
    if let Some((_, part)) = COINS.iter().find(|(unit, _)| text.starts_with(end, unit))
        && let start = end + if next == '円' { 1 } else { 2 }
        && let last = number::run_end(&text.chars, start)
        && last > start
        && text.starts_with(last, part)
    {
        let hundredths = number::value(text.chars.get(start..last).unwrap_or_default());
        number.values = vec![value + hundredths / 100.0, value];
        number.weight = if number.weight == Weight::Hint { Weight::Hint } else { Weight::Firm };
        return last + part.chars().count();
    }
    let also = |number: &mut Number, values: &[f64]| number.values.extend_from_slice(values);
    match next {
        '割' => {
            let firm = if number.weight == Weight::Hint { Weight::Hint } else { Weight::Firm };
            let tenths = number::run_end(&text.chars, end + 1);
            if tenths > end + 1 && text.char(tenths) == Some('分') {
                let parts = number::value(text.chars.get(end + 1..tenths).unwrap_or_default());
                number.weight = firm;
                // Batting averages go on: 3割1分2厘 is .312.
                let last = number::run_end(&text.chars, tenths + 1);
                if last > tenths + 1 && text.char(last) == Some('厘') {
                    let thousandths = number::value(text.chars.get(tenths + 1..last).unwrap_or_default());
                    let share = value * 10.0 + parts + thousandths / 10.0;
                    number.values = vec![share, share / 100.0];
                    return last + 1;
                }
                number.values = vec![value * 10.0 + parts, value * 10.0];
                return tenths + 1;
            }
            number.values = vec![value * 10.0, value, value / 10.0];
            number.weight = firm;
            return end + 1;
        }
        '時' if text.char(end + 1) == Some('間') => also(number, &[value * 60.0, value * 60.0 + 30.0]),
        '時' => also(number, &[value + 12.0, value - 12.0]),
        '年' => {
            if value < 100.0 {
                // The year of some century; behind or before a year of the common era, one of an era (同8年（954年）).
                (1..=20).for_each(|century| number.values.push(value + 100.0 * f64::from(century)));
            } else if value < LAST_OLD_YEAR {
                number.values.push(value + 1.0);
            }
            if text.char(end + 1) == Some('生') {
                number.weight = Weight::Hint; // schools count their years differently
            }
            if text.char(end + 1) == Some('半') {
                number.values.push((value + 0.5) * 12.0);
            }
        }
        '世' if text.char(end + 1) == Some('紀') => also(number, &[(value - 1.0) * 100.0]),
        '倍' => {
            also(number, &[value * 100.0, (value - 1.0) * 100.0]);
            if value <= 4.0 {
                number.weight = Weight::Hint; // double, tripled, half as much again
            }
        }
        '週' => also(number, &[value * 7.0]),
        'ヶ' | 'カ' | 'か' | 'ヵ' | '箇' | 'ケ' if text.char(end + 1) == Some('月') => {
            also(number, &[value / 12.0]);
        }
        '%' | 'パ' => also(number, &[value / 10.0]),
        _ => {}
    }
    end
}

/// The numerator of a fraction (三分の二) whose denominator ends at `end`, and where it ends.
fn numerator(text: &Text<'_>, end: usize, denominator: f64) -> Option<(usize, f64)> {
    if text.char(end)? != '分' || text.char(end + 1)? != 'の' || denominator < 2.0 {
        return None;
    }
    let last = number::run_end(&text.chars, end + 2);
    let run = text.chars.get(end + 2..last).filter(|run| !run.is_empty())?;
    Some((last, number::value(run)))
}

/// Whether commas stand between groups of three digits.
fn is_grouped(run: &[char]) -> bool {
    run.split(|c| *c == ',').skip(1).all(|group| group.iter().take_while(|c| c.is_ascii_digit()).count() == 3)
}

/// What the last sign of the numerals multiplies by, where digits stand before it.
fn scale(run: &[char]) -> f64 {
    match run {
        [.., last] if run.len() > 1 => number::large_unit(*last).or_else(|| number::small_unit(*last)).unwrap_or(1.0),
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Weight, read};

    /// Each number as TEXT=VALUE, a hint with a question mark, a month with m, a day with d.
    #[track_caller]
    fn assert_numbers(text: &str, expected: &[&str]) {
        let shown: Vec<String> = read(text, |_| Vec::new())
            .iter()
            .map(|number| {
                let kind = match number.kind {
                    Kind::Amount => "",
                    Kind::Month => "m",
                    Kind::Day => "d",
                };
                let hint = if number.weight == Weight::Hint { "?" } else { "" };
                format!("{}={}{kind}{hint}", number.span.of(text), number.value())
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn numerals_of_every_writing_have_a_value_and_a_place() {
        assert_numbers("四千万人と２７万人", &["四千万=40000000", "２７万=270000"]);
        assert_numbers("1 億 4 千万ドル", &["1 億 4 千万=140000000"]);
        assert_numbers("3割5分と六割", &["3割5分=35", "六割=60"]);
    }

    #[test]
    fn what_counters_count_is_a_number() {
        assert_numbers("七十九隻と百四十トンと三門", &["七十九=79", "百四十=140", "三=3?"]);
        assert_numbers("十一面観音、三十三間堂、百十四銀行", &["十一=11?", "三十三=33?", "百十四=114?"]);
    }

    #[test]
    fn korean_units_count_behind_digits() {
        assert_numbers("7만 6천 헥타르", &["7만 6천=76000"]);
        assert_numbers("1억 4천 2백만 명", &["1억 4천 2백만=142000000"]);
        assert_numbers("22 억 5 천만 명", &["22 억 5 천만=2250000000"]);
        assert_numbers("5 백화점", &["5=5"]);
    }

    #[test]
    fn dates_have_years_months_and_days() {
        assert_numbers("令和6年5月7日", &["令和6年=2024", "5月=5m", "7=7d"]);
        assert_numbers("3か月と7日間", &["3=3", "7=7"]);
    }

    #[test]
    fn vague_numerals_codes_and_words_are_hints() {
        assert_numbers("数十人、APT31、三菱、5,6人", &["十=10?", "31=31?", "三=3?", "5,6=5?", "5,6=6?"]);
        assert_numbers("二三人の三分の一", &["二三=2?", "三分の一=0.3333333333333333?"]);
        assert_numbers("同8年と1901（明治34）年", &["8=8?", "1901=1901", "34=34?"]);
    }

    #[test]
    fn odd_text_is_no_trouble() {
        for text in ["", "年", "令和", "1,", "割", "5 ", "〇〇", "㋿", "1 億 "] {
            read(text, |_| Vec::new());
        }
        assert_eq!(read(&"5".repeat(100_000), |_| Vec::new()).len(), 1);
    }
}
