//! `length-outlier`: a translation far longer or shorter than the others.

use super::{Bitext, BitextLine, Check, Context, Finding, Place, Severity, Side};
use crate::align::text_length;
use crate::span::Span;

/// A line counts as evidence from so many characters on both sides.
const SHORTEST: f64 = 8.0;
/// So many lines are needed to tell what is usual.
const FEWEST_LINES: usize = 20;
/// A ratio of lengths so many times the usual one, or that fraction of it, is worth a note or a warning, however little
/// ratios vary.
const NOTE_FACTOR: f64 = 2.0;
const WARNING_FACTOR: f64 = 2.5;
/// How many standard deviations from the usual a line is a note and a warning. Of professional translations one line in
/// a hundred to one in a thousand lies beyond the first, hardly any beyond the second.
const NOTE_FROM: f64 = 3.5;
const WARNING_FROM: f64 = 4.5;
/// The standard deviation of a normal distribution for a median absolute deviation of 1.
const DEVIATION_OF_MEDIAN: f64 = 1.4826;
/// The least standard deviation of the log ratio at a length of one character: ratios of very even texts still vary.
const LEAST_DEVIATION: f64 = 0.8;

pub(super) const CHECK: Check = Check {
    name: "length-outlier",
    severity: Some(Severity::Warning),
    explanation: "\
One side is far longer than the other lines of the text let expect: probably something was left out, added or cut off,
or the lines do not belong together. What is usual is taken from the text itself (at least 20 lines; median and median
deviation of the ratio of lengths, wider for short lines). A translation that is too long is a note: it may explain.

    ja  首相は法案に反対する議員が党内にもいることを認め、採決を来月まで延期する考えを示した。
    en  The prime minister admitted it.

Compare the two sides and add what is missing, or correct the alignment.",
    run,
};

/// A line with the logarithm of its ratio of lengths.
struct Ratio {
    line: usize,
    log: f64,
    /// The length of the shorter side, in characters of the source.
    length: f64,
}

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bitext = context.bitext;
    let overall = median(ratios(bitext, 0.0).map(|ratio| ratio.log).collect());
    let Some(overall) = overall else { return };
    let ratios: Vec<Ratio> = ratios(bitext, overall).collect();
    if ratios.len() < FEWEST_LINES {
        return;
    }
    // The spread of the ratio falls with the root of the length.
    let scaled = |ratio: &Ratio| (ratio.log - overall) * ratio.length.sqrt();
    let deviation = median(ratios.iter().map(|ratio| scaled(ratio).abs()).collect());
    let deviation = (deviation.unwrap_or(0.0) * DEVIATION_OF_MEDIAN).max(LEAST_DEVIATION);
    for ratio in &ratios {
        let away = scaled(ratio).abs() / deviation;
        let factor = (ratio.log - overall).exp();
        let times = factor.max(1.0 / factor);
        let severity = if away >= WARNING_FROM && factor <= 1.0 / WARNING_FACTOR {
            Severity::Warning
        } else if away >= NOTE_FROM && times >= NOTE_FACTOR {
            Severity::Note
        } else {
            continue;
        };
        let Some(pair) = bitext.lines.get(ratio.line) else { continue };
        findings.push(finding(severity, ratio.line, pair, factor));
    }
}

fn finding(severity: Severity, line: usize, pair: &BitextLine, factor: f64) -> Finding {
    let (side, text, amount) = if factor > 1.0 {
        (Side::Source, &pair.source, format!("{factor:.1} times as long as"))
    } else {
        (Side::Target, &pair.target, format!("{:.0} percent as long as", factor * 100.0))
    };
    let place = Place { line, side, span: Span::new(0, text.len()).trimmed(text) };
    let message = format!("The translation is {amount} the other lines let expect.");
    Finding::new(severity, place, message)
}

/// The lines that are long enough; `usual` is the usual logarithm of the ratio.
fn ratios(bitext: &Bitext, usual: f64) -> impl Iterator<Item = Ratio> + '_ {
    bitext.lines.iter().enumerate().filter_map(move |(line, pair)| {
        let (source, target) = (text_length(pair.source.trim()), text_length(pair.target.trim()));
        let is_long = source > 0.0 && target > 0.0 && source.max(target / usual.exp()) >= SHORTEST;
        is_long.then(|| Ratio {
            line,
            log: (target / source).ln(),
            length: f64::midpoint(source, target / usual.exp()),
        })
    })
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::specimen::found;

    const EVEN: (&str, &str) = (
        "駅前の通りに新しい本屋が開いて、朝から客が集まった。",
        "A new bookshop opened in the street by the station, and customers came from the morning on.",
    );

    fn among_even_lines(pair: (&str, &str)) -> Vec<String> {
        let mut pairs = vec![EVEN; 25];
        pairs.push(pair);
        found(&CHECK, &pairs)
    }

    #[test]
    fn a_translation_cut_off_is_found() {
        let cut = (
            "町長は橋の工事が雨のために遅れていることを認め、開通を秋まで延ばす考えを議会で述べたうえで、費用は変わらないと付け加えた。",
            "The mayor admitted.",
        );
        let found = among_even_lines(cut);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("26 target The mayor admitted.: The translation is "), "{found:?}");
    }

    #[test]
    fn usual_and_short_lines_are_not() {
        assert!(among_even_lines(EVEN).is_empty());
        assert!(among_even_lines(("はい。", "Yes, of course.")).is_empty());
    }

    #[test]
    fn a_few_lines_do_not_tell_what_is_usual() {
        assert!(found(&CHECK, &[EVEN, ("長い文がここに続いていて、まだ終わらない。", "No.")]).is_empty());
    }
}
