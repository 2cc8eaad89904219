//! `low-confidence`: a pair that the aligner is not sure of.

use super::{Check, Context, Finding, Place, Severity, Side};
use crate::span::Span;

/// Below this confidence a pair should be looked at: of those above it fewer than one in a hundred is wrong on news.
const REVIEW_BELOW: f64 = 0.9;
/// Below this one a pair is likelier wrong than right.
const DOUBTFUL_BELOW: f64 = 0.5;

pub(super) const CHECK: Check = Check {
    name: "low-confidence",
    severity: Some(Severity::Warning),
    explanation: "\
The aligner is not sure that the two texts translate each other: its confidence is below 0.5, or for a note below 0.9.
A wrong pair makes every other finding of its line worthless, and does harm in a memory.

Correct the line in alignment.tsv, or set its status to confirmed.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (line, pair) in context.bitext.lines.iter().enumerate() {
        let Some(confidence) = pair.confidence.filter(|confidence| *confidence < REVIEW_BELOW) else { continue };
        if pair.source.trim().is_empty() || pair.target.trim().is_empty() {
            continue; // empty-side says it
        }
        let severity = if confidence < DOUBTFUL_BELOW { Severity::Warning } else { Severity::Note };
        let span = Span::new(0, pair.target.len()).trimmed(&pair.target);
        let place = Place { line, side: Side::Target, span };
        let message = format!("The aligner is not sure of this pair (confidence {confidence:.2}).");
        findings.push(Finding::new(severity, place, message));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::Severity;
    use crate::check::specimen::{bitext, severities};

    fn found(confidence: Option<f64>, target: &str) -> Vec<Severity> {
        let mut bitext = bitext(&[("雨が降る。", target)]);
        bitext.lines[0].confidence = confidence;
        severities(&CHECK, &bitext)
    }

    #[test]
    fn a_pair_below_nine_tenths_is_a_note_and_below_a_half_a_warning() {
        assert_eq!(found(Some(0.4), "It rains."), [Severity::Warning]);
        assert_eq!(found(Some(0.7), "It rains."), [Severity::Note]);
        assert!(found(Some(0.95), "It rains.").is_empty());
    }

    #[test]
    fn nothing_is_said_where_nothing_is_known_or_a_side_is_empty() {
        assert!(found(None, "It rains.").is_empty());
        assert!(found(Some(0.1), " ").is_empty());
    }
}
