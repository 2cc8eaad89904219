//! What both sides say once and exactly: a count of one thing, an ordinal, a fraction, a date.
//!
//! Small numbers are left out or put in other words so often that they ask for no counterpart. They do where each side has
//! exactly one number of a measure: 2人 beside "three people", 第三 beside "second", 三分の二 beside "one third".

use super::{Kind, Measure, Number, Weight};

/// What is counted, as it stands behind a number, and what may not stand behind that: 三人目 is the third, 3人部屋 a room.
const COUNTED: &[(Measure, &[&str], &[&str])] = &[
    (
        Measure::People,
        &["人", "名", "명", "people", "persons", "person"],
        &["目", "前", "組", "称", "乗", "部", "兄", "姉", "弟", "妹", "用", "様"],
    ),
    (Measure::Times, &["回", "회", "times"], &["目", "戦", "忌", "生", "転", "路", "り"]),
    (Measure::Days, &["日間", "일간", "days"], &[]),
    (Measure::Weeks, &["週間", "주간", "weeks"], &[]),
    (Measure::Months, &["か月", "ヶ月", "カ月", "ヵ月", "ケ月", "箇月", "개월", "months"], &["目", "前", "後"]),
    (Measure::Years, &["年間", "年半", "년간", "years"], &[]),
    (Measure::Hours, &["時間", "시간", "hours"], &["目"]),
    (Measure::Minutes, &["分間", "분간", "minutes"], &[]),
    (Measure::Centuries, &["世紀", "세기", "century", "centuries"], &["梨"]),
    (Measure::Points, &["ポイント", "포인트", "points", "percentage points"], &[]),
    (Measure::Seats, &["議席", "의석", "seats"], &[]),
    (Measure::Countries, &["カ国", "か国", "ヵ国", "ヶ国", "ケ国", "개국", "countries", "nations"], &["語", "協議"]),
];
/// Words with 第 that are no ordinals: 第三者 is an outsider.
const NO_ORDINALS: &[&str] = &["者", "人者", "線", "歩", "印象", "勢力", "セクター"];
/// Signs of the time of another place or calendar, where a day or month may differ rightly.
const LOCAL_TIME: &[&str] = &[
    "旧暦",
    "日本時間",
    "現地時間",
    "米国時間",
    "世界時",
    "未明",
    "Japan time",
    "Japan Time",
    "local time",
    "JST",
    "GMT",
    "UTC",
];

/// What a number counts, where that is one of the measures that are compared when they stand alone, with its amount.
pub(super) fn counted(text: &str, number: &Number) -> Option<(Measure, f64)> {
    let before = text.get(..number.span.start)?;
    let behind = text.get(number.span.end..)?;
    // The half stands behind the unit in 三時間半, before it in "two and a half hours"; its number may be worth that too.
    let unit = behind.strip_prefix(" and a half");
    // Another hint of several values is vague.
    let is_vague = number.weight == Weight::Hint && number.values.len() > 1 && unit.is_none();
    if number.kind != Kind::Amount || is_vague || number.scale > 10.0 {
        return None;
    }
    if before.ends_with('第') {
        let is_ordinal = number.value() > 1.0 && !NO_ORDINALS.iter().any(|word| behind.starts_with(word));
        return is_ordinal.then(|| (Measure::Ordinal, number.value()));
    }
    if before.ends_with(['数', '何', '幾', '各', '約', '毎', '・', '、', '~', '〜', '～', '-', '–']) {
        return None;
    }
    // 1年2か月 is one length of time.
    let is_rest = before.ends_with(['年', '間', '년']) || before.ends_with("and ");
    let behind = unit.unwrap_or(behind);
    let behind = behind.strip_prefix([' ', '-', '‑', '\u{a0}']).unwrap_or(behind);
    let (measure, _, _) = COUNTED.iter().find(|(_, units, not)| {
        let rest = units.iter().find_map(|unit| behind.strip_prefix(unit));
        rest.is_some_and(|rest| {
            !not.iter().any(|word| rest.starts_with(word)) && !rest.starts_with(|c: char| c.is_ascii_alphabetic())
        })
    })?;
    let is_time = !matches!(measure, Measure::People | Measure::Times);
    (!is_rest || !is_time).then(|| (*measure, number.value()))
}

/// Makes numbers firm where each side has exactly one of their measure.
pub(in crate::check) fn firm_up(source: &mut [Number], target: &mut [Number]) {
    for measure in Measure::WHEN_SOLE {
        let sole = |numbers: &[Number]| {
            let mut found = (0..).zip(numbers).filter(|(_, n)| n.exact.is_some_and(|(of, _)| of == measure));
            found.next().filter(|_| found.next().is_none()).map(|(at, _): (usize, _)| at)
        };
        let Some((a, b)) = sole(source).zip(sole(target)) else { continue };
        for number in [source.get_mut(a), target.get_mut(b)].into_iter().flatten() {
            number.weight = Weight::Firm;
            match number.exact {
                Some((Measure::Fraction, value)) => number.values = vec![value, value * 100.0],
                Some((Measure::Centuries, value)) => number.values = vec![value],
                _ => {}
            }
        }
    }
}

/// A month and its day.
#[derive(Clone, Copy)]
pub(in crate::check) struct Date<'n> {
    pub(in crate::check) month: &'n Number,
    pub(in crate::check) day: &'n Number,
}

/// The only date with a month and a day in a text, where it is one day and the time of no other place is told.
pub(in crate::check) fn only_date<'n>(text: &str, numbers: &'n [Number]) -> Option<Date<'n>> {
    if LOCAL_TIME.iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut months = numbers.iter().enumerate().filter(|(_, number)| number.kind == Kind::Month);
    let (at, month) = months.next().filter(|_| months.next().is_none())?;
    let between = |first: &Number, second: &Number| text.get(first.span.end..second.span.start);
    let is_behind = |day: &&Number| matches!(between(month, day), Some("" | " " | ". " | " the "));
    let is_before = |day: &&Number| matches!(between(day, month), Some(" " | " of " | ". " | " de "));
    let behind = numbers.get(at + 1).filter(is_behind);
    let day = behind.or_else(|| numbers.get(at.checked_sub(1)?).filter(is_before))?;
    let is_day = (1.0..=31.0).contains(&day.value()) && day.value().fract() == 0.0 && day.scale <= 1.0;
    // A day of its own, or the end or beginning of a range.
    let other_days = numbers.iter().filter(|number| number.kind == Kind::Day && number.span != day.span).count();
    let rest = text.get(month.span.end.max(day.span.end)..)?;
    let is_range = [" to ", " and ", " or ", "-", "–", "—", " –", " -", "/", "~", "〜", "～", "、", "・"]
        .iter()
        .any(|sign| rest.starts_with(sign));
    let lead = text.get(..month.span.start.min(day.span.start))?;
    let is_end = lead.ends_with(['-', '–', '—', '/']) || lead.ends_with(" and ") || lead.ends_with(" to ");
    (is_day && other_days == 0 && !is_range && !is_end).then_some(Date { month, day })
}

/// What differs between two dates of which the month or the day is the same, and only one.
pub(in crate::check) fn slip<'n>(source: Date<'n>, target: Date<'n>) -> Option<(&'n Number, &'n Number)> {
    let same = |a: &Number, b: &Number| (a.value() - b.value()).abs() < 0.5;
    match (same(source.month, target.month), same(source.day, target.day)) {
        (true, false) => Some((source.day, target.day)),
        (false, true) => Some((source.month, target.month)),
        _ => None,
    }
}
