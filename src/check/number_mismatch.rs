//! `number-mismatch`: a number whose value differs between the two sides.

use std::collections::HashSet;

use rayon::prelude::*;

use super::number::{self, Kind, Measure, Number, Weight};
use super::{BitextLine, Check, Context, Finding, Place, Severity, Side};

pub(super) const CHECK: Check = Check {
    name: "number-mismatch",
    severity: Some(Severity::Warning),
    explanation: "\
A number of one side is not on the other, and another number stands there instead. Numbers are compared by value: 四千万
is 40 million, 27万 is 270,000, 午後三時 is 3 p.m., 六割 is 60 percent, 令和六年 is 2024. A wrong number is the slip
that readers notice first and spelling checkers never do.

    ja  被害者は27万人に上った。
    en  There were 27,000 victims.

Correct the number. A number that stands on one side only is a note, as a translator may add or leave out one: a date, a
conversion. Vague numbers (数十人, dozens), small ones in words (one, both) and numerals inside words (一方, 三菱) ask
for no counterpart.",
    run,
};

/// A line with more numbers that have no counterpart is no translation; the rest are left out, since the time to pair them
/// grows with the square.
const MOST_UNANSWERED: usize = 40;

/// The numbers of a line's two sides.
struct Numbers {
    source: Vec<Number>,
    target: Vec<Number>,
    /// The keys of the numbers that only the source has, hints too.
    only_source: HashSet<u64>,
    /// The same of the target.
    only_target: HashSet<u64>,
}

impl Numbers {
    fn new(mut source: Vec<Number>, mut target: Vec<Number>) -> Self {
        settle(&mut source, &mut target);
        let keys = |numbers: &[Number]| -> HashSet<u64> { numbers.iter().flat_map(Number::keys).collect() };
        let only = |numbers: &[Number], others: &[Number]| {
            let others = keys(others);
            let is_alone = |number: &&Number| !number.keys().any(|key| others.contains(&key));
            numbers.iter().filter(is_alone).flat_map(Number::keys).collect()
        };
        let (only_source, only_target) = (only(&source, &target), only(&target, &source));
        Self { source, target, only_source, only_target }
    }

    /// The numbers that ask for a counterpart and are among those that only their side has.
    fn asking<'n>(numbers: &'n [Number], only: &HashSet<u64>) -> impl Iterator<Item = &'n Number> {
        let asks = move |number: &&Number| number.weight > Weight::Hint && number.keys().all(|key| only.contains(&key));
        numbers.iter().filter(asks).take(MOST_UNANSWERED)
    }

    fn both(&self) -> impl Iterator<Item = &Number> {
        self.source.iter().chain(&self.target)
    }
}

/// Leaves numbers of a measure their exact worth where both sides have as many of them: 25％ is no 2.5 percent, though it may
/// be two and a half in ten, and 午後三時 is no 3 a.m., though it may be 3 o'clock.
fn settle(source: &mut [Number], target: &mut [Number]) {
    for measure in [Measure::Share, Measure::Hour] {
        let exact = |number: &Number| number.exact.filter(|(of, _)| *of == measure).map(|(_, value)| value);
        let count = |side: &[Number]| side.iter().filter_map(exact).count();
        if count(source) == count(target) {
            for number in source.iter_mut().chain(target.iter_mut()) {
                if let Some(value) = exact(number) {
                    number.values = vec![value];
                    number.weight = if number.weight == Weight::Hint { Weight::Hint } else { Weight::Firm };
                }
            }
        }
    }
}

/// Whether most years of a document lie before 1873, when Japan counted months by the moon: 6月 may then be July.
fn is_of_old_calendar(document: &[Numbers]) -> bool {
    let count = |is: fn(&Number) -> bool| document.iter().flat_map(Numbers::both).filter(|n| is(n)).count();
    count(Number::is_old_year) > count(Number::is_new_year)
}

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bitext = context.bitext;
    let numbers: Vec<Numbers> = bitext
        .lines
        .par_iter()
        .map(|line| {
            let source = number::read(&bitext.source, &line.source, context.tokenizer);
            let target = number::read(&bitext.target, &line.target, context.tokenizer);
            Numbers::new(source, target)
        })
        .collect();
    for document in bitext.documents() {
        let is_old = is_of_old_calendar(numbers.get(document.clone()).unwrap_or_default());
        for at in document.clone() {
            let Some((pair, here)) = bitext.lines.get(at).zip(numbers.get(at)) else { continue };
            if pair.source.trim().is_empty() || pair.target.trim().is_empty() {
                continue;
            }
            // A sentence's end may have gone to the next line, or come from it.
            let around = [at.checked_sub(1), Some(at + 1)];
            let near: Vec<&Numbers> =
                around.into_iter().flatten().filter(|i| document.contains(i)).filter_map(|i| numbers.get(i)).collect();
            let moved = |side: fn(&Numbers) -> &HashSet<u64>, number: &&Number| {
                near.iter().any(|line| number.keys().any(|key| side(line).contains(&key)))
            };
            let source = Numbers::asking(&here.source, &here.only_source);
            let target = Numbers::asking(&here.target, &here.only_target);
            let source: Vec<&Number> = source.filter(|n| !moved(|line| &line.only_target, n)).collect();
            let target: Vec<&Number> = target.filter(|n| !moved(|line| &line.only_source, n)).collect();
            let (source, target) = without_measures(pair, source, target);
            let has_old = here.both().any(Number::is_old_year);
            let is_old = has_old || (is_old && !here.both().any(Number::is_new_year));
            // A date that was converted changes its month.
            let is_converted = is_old && source.iter().chain(&target).any(|number| number.kind == Kind::Month);
            let (source, target) = paired((at, pair), source, target, is_converted, findings);
            let alone = |side, text, beside| move |number: &&Number| alone(at, side, text, number, beside);
            findings.extend(source.iter().filter_map(alone(Side::Source, &pair.source, &here.source)));
            findings.extend(target.iter().filter_map(alone(Side::Target, &pair.target, &here.target)));
        }
    }
}

/// British and American measures with what they multiply by to give metric ones (facts of metrology).
const MEASURES: &[(&str, &[f64])] = &[
    ("mile", &[1.609]),
    ("mph", &[1.609]),
    ("feet", &[0.3048, 30.48]),
    ("foot", &[0.3048, 30.48]),
    ("inch", &[2.54, 25.4]),
    ("yard", &[0.9144]),
    ("acre", &[0.4047, 4047.0]),
    ("pound", &[0.4536]),
    ("lbs", &[0.4536]),
    ("ounce", &[28.35]),
    ("stone", &[6.35]),
    ("gallon", &[3.785, 4.546]),
    ("degree", &[1.0 / 1.8]),
];
/// Converted measures are rounded: they differ by up to this share.
const ROUNDING: f64 = 0.08;

/// The numbers without those that are one measure in two systems (10 inches, 25 cm).
fn without_measures<'n>(
    pair: &BitextLine,
    source: Vec<&'n Number>,
    mut target: Vec<&'n Number>,
) -> (Vec<&'n Number>, Vec<&'n Number>) {
    if source.is_empty() || target.is_empty() {
        return (source, target);
    }
    let degrees = ["°", "º", "degree", "degré", "Grad "];
    let has_degrees = degrees.iter().any(|sign| pair.source.contains(sign) || pair.target.contains(sign));
    let is_near = |a: f64, b: f64| (a - b).abs() <= ROUNDING * a.abs().max(b.abs());
    let is_converted = |a: &Number, text: &str, b: f64| {
        factors(text, a).any(|factor| is_near(a.value() * factor, b))
            || (has_degrees && is_near((a.value() - 32.0) / 1.8, b))
    };
    let is_prefixed = |a: &Number, b: &Number| match (prefix(&pair.source, a), prefix(&pair.target, b)) {
        (Some(p), Some(q)) => (a.value() * p - b.value() * q).abs() <= 1e-9 * (a.value() * p).abs(),
        _ => false,
    };
    let is_same = |a: &Number, b: &Number| {
        is_converted(a, &pair.source, b.value()) || is_converted(b, &pair.target, a.value()) || is_prefixed(a, b)
    };
    let rest = source.into_iter().filter(|number| {
        let same = target.iter().position(|other| is_same(number, other));
        same.map(|at| target.remove(at)).is_none()
    });
    (rest.collect(), target)
}

/// The prefixes of units (The International System of Units, 9th edition, table 7), as they are written out and before
/// the signs of common units.
const PREFIXES: [(&[&str], f64); 6] = [
    (&["キロ", "kilo", "kW", "kg", "km", "kHz", "kB"], 1e3),
    (&["メガ", "mega", "MW", "MHz", "MB"], 1e6),
    (&["ギガ", "giga", "GW", "GHz", "GB"], 1e9),
    (&["テラ", "tera", "TW", "TB"], 1e12),
    (&["ミリ", "milli", "mm", "mg", "ml", "mW"], 1e-3),
    (&["マイクロ", "micro", "µ", "μ"], 1e-6),
];

/// What the prefix of the unit behind a number multiplies by; not "million", which is part of the number.
fn prefix(text: &str, number: &Number) -> Option<f64> {
    let behind = text.get(number.span.end..)?.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '‑'));
    let is_million = behind.starts_with("million");
    let found = PREFIXES.iter().find(|(words, _)| words.iter().any(|word| behind.starts_with(word)));
    found.filter(|_| !is_million).map(|(_, factor)| *factor)
}

/// What a number multiplies by when the measure that stands behind it is made metric.
fn factors<'t>(text: &'t str, number: &Number) -> impl Iterator<Item = f64> + 't {
    let behind = text.get(number.span.end..).unwrap_or_default();
    let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '‑'));
    let measures = MEASURES.iter().filter(move |(word, _)| behind.starts_with(word));
    measures.flat_map(|(_, factors)| factors.iter().copied())
}

/// Pairs the numbers that have no counterpart, the nearest first, and reports the pairs; what remains alone is given back.
///
/// Days and months of a date that was converted from the old calendar are notes.
fn paired<'n>(
    place: (usize, &BitextLine),
    mut source: Vec<&'n Number>,
    mut target: Vec<&'n Number>,
    is_converted: bool,
    findings: &mut Vec<Finding>,
) -> (Vec<&'n Number>, Vec<&'n Number>) {
    let (line, pair) = place;
    while let Some((a, b)) = nearest(&source, &target) {
        let (number, other) = (source.remove(a), target.remove(b));
        let (in_source, in_target) = (number.span.of(&pair.source), other.span.of(&pair.target));
        let is_date = number.kind != Kind::Amount || other.kind != Kind::Amount;
        let is_sure = number.weight.min(other.weight) == Weight::Firm && !(is_date && is_converted);
        let severity = if is_sure { Severity::Warning } else { Severity::Note };
        let value = shown(number.value());
        let worth = if in_source == value { String::new() } else { format!(" ({value})") };
        let place = Place { line, side: Side::Target, span: other.span };
        let mut finding = Finding::new(severity, place, format!("{in_source}{worth} is rendered as {in_target}."));
        finding.source_name = Some(in_source.to_owned());
        finding.target_name = Some(in_target.to_owned());
        finding.expected = vec![value];
        finding.related = vec![Place { line, side: Side::Source, span: number.span }];
        findings.push(finding);
    }
    (source, target)
}

/// The pair that is likeliest one number gone wrong: both firm, then nearest in value.
fn nearest(source: &[&Number], target: &[&Number]) -> Option<(usize, usize)> {
    let pairs = source.iter().enumerate().flat_map(|(a, number)| {
        let fits = move |other: &Number| (other.kind == Kind::Month) == (number.kind == Kind::Month);
        let others = target.iter().enumerate().filter(move |(_, other)| fits(other));
        others.map(move |(b, other)| (number.weight.min(other.weight), distance(number, other), a, b))
    });
    let best = pairs.min_by(|x, y| y.0.cmp(&x.0).then(x.1.total_cmp(&y.1)));
    best.map(|(_, _, a, b)| (a, b))
}

/// The finding about a number without counterpart: a year that contradicts the one beside it (1921年（昭和10年）), or a
/// note. Small numbers, months and days are left out and added too often.
fn alone(line: usize, side: Side, text: &str, number: &Number, beside: &[Number]) -> Option<Finding> {
    let place = Place { line, side, span: number.span };
    let written = number.span.of(text);
    let (severity, message) = if let Some(other) = contradicting(text, number, beside) {
        (Severity::Warning, format!("{written} and {} are different years.", other.span.of(text)))
    } else if number.kind == Kind::Amount && number.weight == Weight::Firm {
        let missing = if side == Side::Source { "translation" } else { "source" };
        (Severity::Note, format!("The {missing} does not have the number {written}."))
    } else {
        return None;
    };
    let mut finding = Finding::new(severity, place, message);
    let name = Some(written.to_owned());
    match side {
        Side::Source => finding.source_name = name,
        Side::Target => finding.target_name = name,
    }
    Some(finding)
}

/// The other of two years that stand side by side, one in brackets, and ought to be the same.
fn contradicting<'n>(text: &str, number: &Number, beside: &'n [Number]) -> Option<&'n Number> {
    let is_year = |number: &Number| number.weight == Weight::Firm && number.value() >= 500.0;
    let touches = |first: &Number, second: &Number| {
        let between = text.get(first.span.end..second.span.start).unwrap_or_default();
        between.contains(['(', '（']) && between.chars().all(|c| "年(（ ".contains(c))
    };
    let differs =
        |other: &&Number| is_year(other) && (touches(other, number) || touches(number, other)) && !number.agrees(other);
    let at = beside.partition_point(|other| other.span.start < number.span.start);
    let around = beside.get(at.saturating_sub(1)..beside.len().min(at + 3)).unwrap_or_default();
    around.iter().filter(|_| is_year(number)).find(differs)
}

/// How unlike two numbers are: those that differ by zeros only are nearest.
fn distance(a: &Number, b: &Number) -> f64 {
    let ratio = (a.value().abs().max(1e-9) / b.value().abs().max(1e-9)).log10().abs();
    if ratio.fract() < 1e-9 { 0.0 } else { ratio }
}

/// A value with commas between groups of three digits.
fn shown(value: f64) -> String {
    let text = format!("{value}");
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    let length = whole.chars().count();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (length - i) % 3 == 0 && length > 4 {
            grouped.push(',');
        }
        grouped.push(c);
    }
    fraction.map_or(grouped.clone(), |fraction| format!("{grouped}.{fraction}"))
}

#[cfg(all(test, feature = "ipadic"))]
mod tests {
    use super::{CHECK, shown};
    use crate::check::specimen::{bitext, found, severities};
    use crate::check::{Bitext, Severity};

    /// Nothing is said of a pair that stands alone.
    #[track_caller]
    fn assert_equal(source: &str, target: &str) {
        assert_eq!(found(&CHECK, &[(source, target)]), [""; 0]);
    }

    #[track_caller]
    fn assert_severities(source: &str, target: &str, expected: &[Severity]) {
        assert_eq!(severities(&CHECK, &bitext(&[(source, target)])), expected, "{source} {target}");
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert_equal("四千万人の名前", "forty million names");
        assert_equal("被害は27万人、損害は１億2,000万円", "270,000 victims and a loss of 120 million yen");
        assert_equal("午後三時に六割が集まった", "60 percent had come by 3 p.m.");
        assert_equal("令和六年5月7日に", "on 7 May 2024");
        assert_equal("第二次大戦の三分の一", "a third of World War II");
        assert_equal("3.5％から5〜7％へ", "from 3.5 percent to 5–7 percent");
        assert_equal("2021〜22年に80〜1億ドル", "$80 to $100 million in 2021-22");
        assert_equal("25 万人と 1 億 4 千万ドル", "250,000 people and $140 million");
        assert_equal("1時間30分で、2年半ぶりに", "in 90 minutes, for the first time in two and a half years");
        assert_equal("二十五人が20年", "twenty-five people, two decades");
    }

    #[test]
    fn another_number_is_found() {
        assert_eq!(
            found(&CHECK, &[("被害者は27万人に上った。", "There were 27,000 victims.")]),
            ["1 target 27,000: 27万 (270,000) is rendered as 27,000."]
        );
        assert_severities("5月12日に発表した。", "It was announced on June 12.", &[Severity::Warning]);
        assert_severities("人口の六割", "40 percent of the people", &[Severity::Warning]);
    }

    #[test]
    fn shares_and_hours_that_both_sides_name_are_exact() {
        for (source, target) in [
            ("物価は2.5％上がった。", "Prices rose 25 percent."),
            ("失業率は25％だ。", "The jobless rate is 2.5 percent."),
            ("住民の六割が反対した。", "Of the residents 6 percent were opposed."),
        ] {
            assert_severities(source, target, &[Severity::Warning]);
        }
        assert_eq!(
            severities(&CHECK, &bitext(&[("会議は午後三時に始まる。", "The meeting begins at 3 a.m.")])).len(),
            1
        );
        assert_equal("会議は午後三時に始まる。", "The meeting begins at 3 p.m.");
        assert_equal("会議は午後三時に始まる。", "The meeting begins at three o'clock.");
        assert_equal("会議は15時に始まる。", "The meeting begins at 3 p.m.");
        for (source, target) in [
            ("住民の六割が反対した。", "Six in ten residents were opposed."),
            ("住民の60％が反対した。", "Six in ten residents were opposed."),
            ("六割が賛成し、30％が反対した。", "Six in ten agreed and 30 percent were opposed."),
        ] {
            let severities = severities(&CHECK, &bitext(&[(source, target)]));
            assert!(!severities.contains(&Severity::Warning), "{source}");
        }
    }

    #[test]
    fn a_year_of_an_era_is_one_year_since_the_calendar_of_the_sun() {
        for (source, target) in [
            ("法律は令和6年に成立した。", "The law was enacted in 2025."),
            ("橋は昭和39年に開通した。", "The bridge was opened in 1963."),
            ("令和7年度の予算", "the budget for fiscal 2024"),
        ] {
            assert_severities(source, target, &[Severity::Warning]);
        }
        assert_equal("橋は昭和39年に開通した。", "The bridge was opened in 1964.");
        assert_equal("令和7年度の予算", "the budget for fiscal 2025");
        assert_equal("令和7年度の予算", "the budget for the year to March 2026");
        assert_equal("慶長5年の手紙", "a letter of 1601");
    }

    #[test]
    fn russian_scales_multiply() {
        let lines = Bitext {
            source: "ru".parse().unwrap(),
            ..bitext(&[("Бюджет вырос на 4,3 трлн рублей.", "The budget grew by 4.3 trillion.")])
        };
        assert_eq!(severities(&CHECK, &lines), []);
        let lines = Bitext {
            source: "ru".parse().unwrap(),
            ..bitext(&[("Пришло 27 тысяч человек.", "270,000 people came.")])
        };
        assert_eq!(severities(&CHECK, &lines), [Severity::Warning]);
    }

    #[test]
    fn of_several_numbers_the_nearest_are_a_pair() {
        assert_eq!(
            found(&CHECK, &[("2回で1,887人", "1,187 people")]),
            ["1 target 1,187: 1,887 (1887) is rendered as 1,187."]
        );
    }

    #[test]
    fn a_number_of_one_side_alone_is_a_note() {
        assert_severities("15人が来た。", "People came.", &[Severity::Note]);
        assert_severities("人が来た。", "Fifteen people came.", &[Severity::Note]);
    }

    #[test]
    fn a_measure_in_another_system_is_the_same() {
        assert_equal("雨量は25センチ、気温は27度", "10 inches of rain and 80 degrees");
        assert_severities("雨量は25センチ", "40 inches of rain", &[Severity::Warning]);
    }

    #[test]
    fn vague_small_and_idiomatic_numbers_ask_for_nothing() {
        for (source, target) in [
            ("数十人が来た。", "Dozens of people came."),
            ("十数人が来た。", "A dozen people or so came."),
            ("一方、三菱の一部は一致した。", "Mitsubishi, however, agreed in part."),
            ("二人は千葉へ行った。", "They both went to Chiba."),
            ("反対した。", "First, one of them was opposed."),
            ("集団APT31が", "The group APT31"),
        ] {
            assert_equal(source, target);
        }
    }

    #[test]
    fn a_number_may_stand_in_the_next_line() {
        let pairs = [("15人が来て、", "They came."), ("帰った。", "The fifteen went home.")];
        assert!(found(&CHECK, &pairs).is_empty());
    }

    #[test]
    fn units_may_take_another_prefix_and_then_the_number_follows() {
        let right = ("出力193万2千キロワット", "an output of 1,932 megawatts");
        assert!(found(&CHECK, &[right, ("約2,700万キロワット", "some 27 gigawatts")]).is_empty());
        assert_eq!(found(&CHECK, &[("出力193万2千キロワット", "an output of 1,923 megawatts")]).len(), 1);
    }

    #[test]
    fn a_date_that_was_converted_from_the_old_calendar_is_a_note() {
        assert_severities(
            "永正4年（1507年）6月12日に着いた。",
            "He arrived on July 21, 1507.",
            &[Severity::Note, Severity::Note],
        );
    }

    #[test]
    fn two_years_that_ought_to_be_one_are_found() {
        assert_eq!(
            found(&CHECK, &[("1977年（平成4年）に建てられた。", "It was built in 1977.")]),
            ["1 source 平成4年: 平成4年 and 1977 are different years."]
        );
    }

    #[test]
    fn values_are_shown_with_commas() {
        assert_eq!([shown(27_000.0), shown(2024.0), shown(3.5)], ["27,000", "2024", "3.5"]);
    }
}
