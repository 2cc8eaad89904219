//! `number-mismatch`: a number whose value differs between the two sides.

use std::collections::HashSet;

use rayon::prelude::*;

use super::number::{self, Kind, Measure, Measured, Number, Weight};
use super::{BitextLine, Check, Context, Finding, Place, Severity, Side};
use crate::span::Span;

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
        number::firm_up(&mut source, &mut target);
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
            let codes = number::exchanged(&pair.source, &pair.target);
            findings.extend(codes.into_iter().map(|spans| rendered((at, pair), spans, ["", ""], Severity::Warning)));
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
            // What is unanswered of both sides may be one amount in two units.
            let measured = |text, numbers| Measured { text, numbers };
            let (in_source, in_target) = (measured(&pair.source, &here.source), measured(&pair.target, &here.target));
            let source: Vec<&Number> = source.into_iter().filter(|n| !in_source.is_in(n, in_target)).collect();
            let target: Vec<&Number> = target.into_iter().filter(|n| !in_target.is_in(n, in_source)).collect();
            let has_old = here.both().any(Number::is_old_year);
            let is_old = has_old || (is_old && !here.both().any(Number::is_new_year));
            // A date that was converted changes its month.
            let is_converted = is_old && source.iter().chain(&target).any(|number| number.kind == Kind::Month);
            let dates =
                number::only_date(&pair.source, &here.source).zip(number::only_date(&pair.target, &here.target));
            let slip =
                dates.filter(|_| !is_old && !other_years(&source, &target)).and_then(|(a, b)| number::slip(a, b));
            let (source, target) = match slip.filter(|(_, there)| !moved(|line| &line.only_source, there)) {
                Some((number, other)) => {
                    findings.push(wrong((at, pair), number, other, Severity::Warning));
                    let [source, target] = [(source, number), (target, other)]
                        .map(|(side, slip)| side.into_iter().filter(|number| number.span != slip.span).collect());
                    (source, target)
                }
                None => (source, target),
            };
            let (source, target) = paired((at, pair), source, target, is_converted, findings);
            let alone = |side, text, beside| move |number: &&Number| alone(at, side, text, number, beside);
            findings.extend(source.iter().filter_map(alone(Side::Source, &pair.source, &here.source)));
            findings.extend(target.iter().filter_map(alone(Side::Target, &pair.target, &here.target)));
        }
    }
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
    while let Some((a, b)) = nearest(&source, &target) {
        let (number, other) = (source.remove(a), target.remove(b));
        let is_date = number.kind != Kind::Amount || other.kind != Kind::Amount;
        let is_sure = number.weight.min(other.weight) == Weight::Firm && !(is_date && is_converted);
        let severity = if is_sure { Severity::Warning } else { Severity::Note };
        findings.push(wrong(place, number, other, severity));
    }
    (source, target)
}

/// The finding about a number of the source for which another stands.
fn wrong(place: (usize, &BitextLine), number: &Number, other: &Number, severity: Severity) -> Finding {
    let hour = |number: &Number| match number.exact {
        Some((Measure::Hour, hour)) => Some(format!("{hour}:00")),
        _ => None,
    };
    let value = hour(number).unwrap_or_else(|| shown(number.value()));
    let in_brackets = |value: String| format!(" ({value})");
    let worth = if number.span.of(&place.1.source) == value { String::new() } else { in_brackets(value.clone()) };
    let other_worth = hour(other).map_or_else(String::new, in_brackets);
    let mut finding = rendered(place, (number.span, other.span), [&worth, &other_worth], severity);
    finding.expected = vec![value];
    finding
}

/// The finding that something of the source is rendered as something else, with what is to be told behind either.
fn rendered(place: (usize, &BitextLine), spans: (Span, Span), worth: [&str; 2], severity: Severity) -> Finding {
    let (line, pair) = place;
    let (in_source, in_target) = (spans.0.of(&pair.source), spans.1.of(&pair.target));
    let place = |side, span| Place { line, side, span };
    let message = format!("{in_source}{} is rendered as {in_target}{}.", worth[0], worth[1]);
    let mut finding = Finding::new(severity, place(Side::Target, spans.1), message);
    finding.source_name = Some(in_source.to_owned());
    finding.target_name = Some(in_target.to_owned());
    finding.related = vec![place(Side::Source, spans.0)];
    finding
}

/// Whether years are unanswered: then the dates beside them may be of different days.
fn other_years(source: &[&Number], target: &[&Number]) -> bool {
    source.iter().chain(target).any(|number| number.is_new_year() || number.is_old_year())
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

/// A value with commas between groups of three digits, and three decimals at most.
fn shown(value: f64) -> String {
    let text = format!("{}", (value * 1000.0).round() / 1000.0);
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
    fn another_number_of_a_type_is_found() {
        assert_severities("F-16を供与した。", "F-15s were provided.", &[Severity::Warning]);
        assert_equal("F-16を供与した。", "F-16s were provided.");
    }

    #[test]
    fn decimals_in_han_numerals_are_read() {
        assert_equal("GDPの三・四％に達した。", "It reached 3.4 percent of GDP.");
        assert_equal("一〇・二パーセント増えて一二・三兆円だ。", "It rose 10.2 percent to 12.3 trillion yen.");
        assert_severities("GDPの三・四％に達した。", "It reached 4.3 percent of GDP.", &[Severity::Warning]);
    }

    #[test]
    fn of_two_hours_the_half_of_the_day_is_told() {
        assert_eq!(
            found(&CHECK, &[("午前九時に始まった。", "It began at 9 p.m.")]),
            ["1 target 9: 九 (9:00) is rendered as 9 (21:00)."]
        );
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
        assert_equal("駅から20キロ離れている。", "It is 20 kilometers (12 miles) from the station.");
        assert_equal("身長180センチの男", "a man 5 feet 11 inches tall");
        assert_equal("面積は50平方キロだ。", "It covers 19 square miles.");
        assert_equal("広さは100坪だ。", "It covers 330 square meters.");
        assert_equal("摂氏30度に達した。", "It reached 86 degrees.");
        assert_severities("雨量は25センチ", "40 inches of rain", &[Severity::Warning]);
        assert_severities("面積は50平方キロだ。", "It covers 31 square miles.", &[Severity::Warning]);
    }

    #[test]
    fn large_numbers_may_be_rounded_to_the_digits_that_are_written() {
        assert_equal("予算は5兆6789億円だ。", "The budget is ¥5.68 trillion.");
        assert_equal("予算は5兆6789億円だ。", "The budget is 5.7 trillion yen.");
        assert_equal("予算は123億円だ。", "The budget is about 12 billion yen.");
        for wrong in ["5.86 trillion yen", "5.6 billion yen", "5.64 trillion yen"] {
            assert_severities("予算は5兆6789億円だ。", wrong, &[Severity::Warning]);
        }
        assert_severities("被害者は4万0888人だ。", "There were 40,838 victims.", &[Severity::Warning]);
    }

    #[test]
    fn parts_of_a_number_belong_to_it() {
        assert_equal("株価は4万0888円43銭だった。", "The index closed at 40,888.43 yen.");
        assert_severities("株価は4万0888円43銭だった。", "It closed at 40,838.43 yen.", &[Severity::Warning]);
        assert_equal("打率3割1分2厘", "a .312 average");
        assert_equal("打率.312で本塁打25本", "He hit .312 with 25 home runs.");
    }

    #[test]
    fn quarters_and_halves_of_years_have_their_ways() {
        assert_equal("第3四半期は14％の減収だった。", "Revenue fell 14 percent in the third quarter.");
        assert_equal("四半期ごとに公表する。", "It is published every three months.");
        for target in ["after a year and a half", "after 18 months", "after one and a half years"] {
            assert_equal("1年半ぶりに再開した。", target);
        }
        assert_equal("半年ぶりに再開した。", "It reopened after six months.");
    }

    #[test]
    fn a_small_count_is_sure_where_both_sides_count_one_thing() {
        assert_severities("2人が死亡した。", "Three people died.", &[Severity::Warning]);
        assert_severities("三人が負傷した。", "Two people were injured.", &[Severity::Warning]);
        assert_severities("会談は2時間続いた。", "The talks lasted three hours.", &[Severity::Warning]);
        assert_severities("3年間の計画", "a four-year plan", &[Severity::Note]);
        assert_equal("2人が死亡した。", "Two people died.");
        assert_equal("2人が死亡した。", "Both died.");
        assert_equal("数人が死亡した。", "Three people died.");
        // What is counted differs, or one side counts twice.
        assert_severities("3人の議員が反対した。", "Four lawmakers opposed it.", &[Severity::Note]);
        assert_equal("夫婦2人と子供1人が死亡した。", "Three people died: a couple and a child.");
        assert_severities("1年2ヶ月余り滞在した。", "He stayed for 14 months.", &[Severity::Note]);
    }

    #[test]
    fn centuries_half_hours_points_and_seats_are_counted() {
        for (source, target) in [
            ("二十世紀の戦争", "the wars of the 19th century"),
            ("21世紀の秩序", "the order of the twentieth century"),
            ("会談は三時間半に及んだ。", "The talks lasted two and a half hours."),
            ("三年半が過ぎた。", "Four and a half years have passed."),
            ("支持率は三ポイント下がった。", "His approval rating fell by five points."),
            ("与党は八議席を失った。", "The ruling party lost nine seats."),
            ("五カ国が署名した。", "Six countries signed it."),
        ] {
            assert_severities(source, target, &[Severity::Warning]);
        }
        for (source, target) in [
            ("二十世紀の戦争", "the wars of the twentieth century"),
            ("二十世紀の戦争", "the wars of the 1900s"),
            ("18世紀末から19世紀にかけて", "from the late 18th to the 19th century"),
            ("三世紀にわたって", "for three centuries"),
            ("半世紀ぶりに", "for the first time in 50 years"),
            ("会談は三時間半に及んだ。", "The talks lasted three and a half hours."),
            ("会談は三時間半に及んだ。", "The talks lasted more than three hours."),
            ("一年半が過ぎた。", "Eighteen months have passed."),
            ("六カ国協議が開かれた。", "The six-party talks were held."),
            ("主要七カ国は、二カ国を招いた。", "The Group of Seven invited two countries."),
        ] {
            assert_equal(source, target);
        }
    }

    #[test]
    fn an_ordinal_is_sure_where_each_side_has_one() {
        assert_severities("第三の男", "the second man", &[Severity::Warning]);
        assert_severities("第5回会議", "the 6th meeting", &[Severity::Warning]);
        assert_equal("第三の男", "the third man");
        assert_equal("第5回会議", "the fifth meeting, its second in Tokyo");
        assert_equal("第三章を見よ。", "See chapter 3.");
        assert_equal("第三者の意見", "a second opinion");
        assert_severities("第113代当主", "the hundred and thirteenth head", &[Severity::Note]);
        assert_equal("第一の神職", "a priest second to none");
    }

    #[test]
    fn a_fraction_is_exact_where_each_side_has_one() {
        for (source, target) in [
            ("三分の二が反対した。", "One third were opposed."),
            ("三分の二が反対した。", "A third were opposed."),
            ("4分の3が賛成した。", "A quarter of them approved."),
        ] {
            assert_severities(source, target, &[Severity::Warning]);
        }
        assert_equal("三分の一が反対した。", "A third were opposed.");
        assert_equal("三分の二が反対した。", "Two thirds were opposed.");
        assert_equal("4分の3が賛成した。", "75 percent approved.");
        assert_equal("三分の一が反対した。", "A third man was opposed.");
    }

    #[test]
    fn the_day_or_month_of_the_only_date_counts_by_itself() {
        for (source, target) in [
            ("7月1日に始まる。", "It begins on July 2."),
            ("5月5日に始まる。", "It begins on May 6."),
            ("5月5日に始まる。", "It begins on 5 June."),
            ("2024年12月12日に始まる。", "It begins on December 11, 2024."),
            ("2024年7月1日に始まる。", "It begins on June 1, 2024."),
        ] {
            assert_severities(source, target, &[Severity::Warning]);
        }
        for (source, target) in [
            ("5月5日に始まる。", "It begins on May 5."),
            ("日本時間7月2日に始まった。", "It began on July 1."),
            ("1600年7月1日に始まった。", "It began on July 2, 1600."),
            ("7月1日から3日まで", "July 1–3"),
        ] {
            assert!(!severities(&CHECK, &bitext(&[(source, target)])).contains(&Severity::Warning), "{source}");
        }
    }

    #[test]
    fn days_that_name_an_event_are_no_numbers() {
        assert_equal("六四天安門事件から", "since the June 4 Tiananmen incident");
        assert_equal("九・一一と二・二六事件", "September 11 and the February 26 Incident");
    }

    #[test]
    fn korean_numbers_in_words_count() {
        let severities_of = |source, target| {
            severities(&CHECK, &Bitext { source: "ko".parse().unwrap(), ..bitext(&[(source, target)]) })
        };
        for (source, target) in [
            ("참가자는 이십만 명이었다.", "There were 200,000 participants."),
            ("오천억 원 규모", "a scale of 500 billion won"),
            ("이십오 명이 왔다.", "Twenty-five people came."),
            ("사만다는 이만 떠났다.", "Samantha left."),
        ] {
            assert_eq!(severities_of(source, target), [], "{source}");
        }
        assert_eq!(severities_of("참가자는 이십만 명이었다.", "There were 300,000 participants."), [Severity::Warning]);
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
        assert_eq!([27_000.0, 2024.0, 3.5, 2.0 / 3.0].map(shown), ["27,000", "2024", "3.5", "0.667"]);
    }
}
