//! Whether a line is nothing but a date.

use unicode_normalization::UnicodeNormalization;

/// A longer line is no date, whatever it holds.
const LONGEST: usize = 60;

/// Whether `line` holds only a date, with or without a weekday and a time of day: 2024年5月13日（月）,
/// 令和六年五月十三日, 5月13日, May 13, 2024, 13 May 2024, 2024-05-13, 2024/5/13 10:30.
pub(super) fn is_date(line: &str) -> bool {
    if line.chars().nth(LONGEST).is_some() {
        return false;
    }
    let line: String = line.nfkc().collect();
    let line = line.trim().trim_matches(['(', ')', '[', ']', '【', '】', '〔', '〕']).trim();
    is_japanese_date(line) || is_numeric_date(line) || is_worded_date(line)
}

/// Characters that write a number in a Japanese date.
fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇一二三四五六七八九十百千元".contains(c)
}

/// `line` without a number at its start, and the number's length in characters.
fn after_number(line: &str) -> Option<(&str, usize)> {
    let rest = line.trim_start_matches(is_numeral);
    let length = line.chars().count() - rest.chars().count();
    (1..=6).contains(&length).then_some((rest, length))
}

/// Year, month and day with 年月日 (or 년월일); the year or the day may be missing, the month not.
fn is_japanese_date(line: &str) -> bool {
    const ERAS: [&str; 8] = ["西暦", "紀元", "令和", "平成", "昭和", "大正", "明治", "公元"];
    let mut rest = ERAS.iter().find_map(|era| line.strip_prefix(era)).unwrap_or(line).trim_start();
    let mut found = [false; 3];
    for (part, units) in found.iter_mut().zip([['年', '년'], ['月', '월'], ['日', '일']]) {
        if let Some((behind, _)) = after_number(rest)
            && let Some(behind) = behind.trim_start().strip_prefix(units)
        {
            *part = true;
            rest = behind.trim_start();
        }
    }
    let [year, month, day] = found;
    month && (year || day) && is_time_or_weekday(rest)
}

/// `2024-05-13`, `2024/5/13`, `2024.5.13`, `13.5.2024`, `5/13/2024`, each with or without a time.
fn is_numeric_date(line: &str) -> bool {
    let (date, time) = line.split_once([' ', 'T', '(']).unwrap_or((line, ""));
    ['-', '/', '.'].iter().any(|&sign| {
        let numbers: Vec<usize> = date
            .split(sign)
            .map(|part| if part.chars().all(|c| c.is_ascii_digit()) { part.len() } else { 0 })
            .collect();
        matches!(numbers[..], [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
    }) && is_time_or_weekday(time)
}

/// Whether only a weekday in brackets, a time of day or nothing follows the date.
fn is_time_or_weekday(rest: &str) -> bool {
    const WEEKDAYS: [&str; 3] = ["月火水木金土日祝", "曜", "월화수목금토일요"];
    let is_weekday_sign = |c: char| WEEKDAYS.iter().any(|signs| signs.contains(c)) || "()・ ".contains(c);
    let time = rest.trim_start_matches(is_weekday_sign).trim_start();
    let time = time.strip_prefix("午前").or_else(|| time.strip_prefix("午後")).unwrap_or(time);
    time.is_empty()
        || (time.starts_with(is_numeral)
            && time.contains([':', '時', '시'])
            && time.chars().all(|c| is_numeral(c) || ":時分秒시분초+-. Z".contains(c)))
}

/// `May 13, 2024`, `13 May 2024`, `Monday, 13th of May`: nothing but a month, numbers and a weekday.
fn is_worded_date(line: &str) -> bool {
    let (mut months, mut days, mut years) = (0, 0, 0);
    let line = line.to_lowercase();
    for word in line.split([' ', ',']).filter(|word| !word.is_empty()) {
        let stem = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        if !stem.is_empty() && stem.chars().all(|c| c.is_ascii_digit()) {
            match stem.len() {
                1..=2 => days += 1,
                4 => years += 1,
                _ => return false,
            }
        } else if is_name_of(word, &MONTHS) {
            months += 1;
        } else if !is_name_of(word, &WEEKDAYS) && !matches!(word, "of" | "the") {
            return false;
        }
    }
    months == 1 && days <= 1 && years <= 1 && days + years > 0
}

/// The months in English.
pub(crate) const MONTHS: [&str; 12] = [
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

/// The weekdays in English.
pub(crate) const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Whether `word` is one of `names` or, with or without a point, an abbreviation of at least three letters.
fn is_name_of(word: &str, names: &[&str]) -> bool {
    let word = word.trim_end_matches('.');
    word.len() >= 3 && names.iter().any(|name| *name == word || (word.len() <= 4 && name.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_in_the_usual_forms() {
        for line in [
            "2024年5月13日（月）",
            "２０２４年５月１３日",
            "令和六年五月十三日",
            "令和元年5月1日（水・祝）",
            "5月13日",
            "（五月十三日）",
            "2024年5月",
            "2024年5月13日 10時30分",
            "2024年5月13日（月）10:30",
            "May 13, 2024",
            "13 May 2024",
            "Monday, May 13th, 2024",
            "Sept. 3, 2024",
            "May 2024",
            "2024-05-13",
            "2024/5/13 10:30",
            "2024-05-13T10:30:00+09:00",
            "2024.05.13",
            "13.5.2024",
            "2024년 5월 13일",
        ] {
            assert!(is_date(line), "{line}");
        }
    }

    #[test]
    fn lines_with_more_than_a_date_are_none() {
        for line in [
            "",
            "五月",
            "2024年",
            "2024年5月13日、東京で",
            "5月13日の雨",
            "May",
            "May 13, 2024.",
            "May I",
            "May 13 rain",
            "13",
            "1-2-3",
            "2024-05",
            "月",
            "1.2.3",
            "九月九日の朝",
            "二日",
        ] {
            assert!(!is_date(line), "{line}");
        }
    }
}
