//! `number-mismatch`: a number whose value differs between the two sides.

use rayon::prelude::*;

use super::number::{self, Kind, Number, Weight};
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

/// The numbers of a line's two sides.
struct Numbers {
    source: Vec<Number>,
    target: Vec<Number>,
}

impl Numbers {
    fn both(&self) -> impl Iterator<Item = &Number> {
        self.source.iter().chain(&self.target)
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
        .map(|line| Numbers {
            source: number::read(&bitext.source, &line.source, context.tokenizer),
            target: number::read(&bitext.target, &line.target, context.tokenizer),
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
            let source = unanswered(&here.source, &here.target, near.iter().map(|n| n.target.as_slice()));
            let target = unanswered(&here.target, &here.source, near.iter().map(|n| n.source.as_slice()));
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

/// The numbers that ask for a counterpart and have none among `others` nor in the lines around.
fn unanswered<'n>(
    numbers: &'n [Number],
    others: &[Number],
    near: impl Iterator<Item = &'n [Number]> + Clone,
) -> Vec<&'n Number> {
    let is_answered = |number: &Number, others: &[Number]| others.iter().any(|other| number.agrees(other));
    let asks = |number: &&Number| {
        number.weight > Weight::Hint
            && !is_answered(number, others)
            && !near.clone().any(|others| is_answered(number, others))
    };
    numbers.iter().filter(asks).collect()
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
    beside.iter().filter(|_| is_year(number)).find(differs)
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
