//! `empty-side`: a line whose other side is missing.

use super::{Check, Context, Finding, Place, Severity, Side};
use crate::span::Span;

pub(super) const CHECK: Check = Check {
    name: "empty-side",
    severity: Some(Severity::Warning),
    explanation: "\
One side of a line has no text: a sentence was left untranslated, or stands in the translation only.

    ja  首相は否定した。
    en  (nothing)

In an article it is a note, because the aligner leaves alone what a free rendering leaves out or adds.

Translate it, or silence the place when the sentence is left out on purpose. In an article, correct alignment.tsv when
the translation stands in another line.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (line, pair) in context.bitext.lines.iter().enumerate() {
        let (side, text, name) = match (pair.source.trim().is_empty(), pair.target.trim().is_empty()) {
            (false, true) => (Side::Source, &pair.source, "translation"),
            (true, false) => (Side::Target, &pair.target, "source"),
            _ => continue,
        };
        let place = Place { line, side, span: Span::new(0, text.len()).trimmed(text) };
        // The aligner leaves alone what a free rendering leaves out or adds; a table has every line on purpose.
        let severity = if pair.confidence.is_some() { Severity::Note } else { Severity::Warning };
        findings.push(Finding::new(severity, place, format!("This line has no {name}.")));
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::Severity;
    use crate::check::specimen::{bitext, found, severities};

    #[test]
    fn one_empty_side_is_found_and_two_are_not() {
        assert_eq!(
            found(&CHECK, &[("首相は否定した。", " ")]),
            ["1 source 首相は否定した。: This line has no translation."]
        );
        assert_eq!(found(&CHECK, &[("", "He denied it.")]), ["1 target He denied it.: This line has no source."]);
        assert!(found(&CHECK, &[("", ""), ("はい。", "Yes.")]).is_empty());
    }

    #[test]
    fn what_the_aligner_leaves_alone_is_a_note_however_sure_it_is() {
        let mut bitext = bitext(&[("首相は否定した。", "")]);
        assert_eq!(severities(&CHECK, &bitext), [Severity::Warning]);
        bitext.lines[0].confidence = Some(1.0);
        assert_eq!(severities(&CHECK, &bitext), [Severity::Note]);
    }
}
