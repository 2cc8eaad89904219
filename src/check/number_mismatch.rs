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
            let is_old = if is_old {
                !here.both().any(Number::is_new_year) || here.both().any(Number::is_old_year)
            } else {
                here.both().any(Number::is_old_year)
            };
            report(at, pair, source, target, is_old, findings);
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

/// Pairs the numbers that have no counterpart and reports them.
///
/// A date of the old calendar may have been converted: that is a note.
fn report(
    line: usize,
    pair: &BitextLine,
    source: Vec<&Number>,
    mut target: Vec<&Number>,
    is_old: bool,
    findings: &mut Vec<Finding>,
) {
    for number in source {
        let nearest = target
            .iter()
            .enumerate()
            .filter(|(_, other)| (other.kind == Kind::Month) == (number.kind == Kind::Month))
            .min_by(|(_, a), (_, b)| distance(number, a).total_cmp(&distance(number, b)))
            .map(|(at, _)| at);
        let in_source = number.span.of(&pair.source);
        let Some(at) = nearest else {
            if number.kind == Kind::Amount && number.weight == Weight::Firm {
                findings.push(missing(line, Side::Source, number, in_source));
            }
            continue;
        };
        let other = target.remove(at);
        let in_target = other.span.of(&pair.target);
        let is_date = [number.kind, other.kind].iter().any(|kind| *kind != Kind::Amount);
        let is_moved = is_date && is_old;
        let is_sure = number.weight.min(other.weight) == Weight::Firm && !is_moved;
        let severity = if is_sure { Severity::Warning } else { Severity::Note };
        let place = Place { line, side: Side::Target, span: other.span };
        let message = format!("{in_source} ({}) is rendered as {in_target}.", shown(number.value()));
        let mut finding = Finding::new(severity, place, message);
        finding.source_name = Some(in_source.to_owned());
        finding.target_name = Some(in_target.to_owned());
        finding.expected = vec![shown(number.value())];
        finding.related = vec![Place { line, side: Side::Source, span: number.span }];
        findings.push(finding);
    }
    let lone = |number: &&Number| number.kind == Kind::Amount && number.weight == Weight::Firm;
    for number in target.into_iter().filter(lone) {
        findings.push(missing(line, Side::Target, number, number.span.of(&pair.target)));
    }
}

fn missing(line: usize, side: Side, number: &Number, written: &str) -> Finding {
    let other = if side == Side::Source { "translation" } else { "source" };
    let place = Place { line, side, span: number.span };
    let mut finding = Finding::new(Severity::Note, place, format!("The {other} does not have the number {written}."));
    let name = Some(written.to_owned());
    if side == Side::Source { finding.source_name = name } else { finding.target_name = name }
    finding
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
