//! Findings as JSONL: one object a finding, for other programs. Offsets count characters (Unicode scalar values).

use std::io::{self, Write};

use serde::Serialize;

use super::{Checked, characters, line_at, place_text};
use crate::check::{Applicability, Bitext, Finding, Place, Severity, Side, Suggestion};

/// A finding as it is written, in the order of its keys.
#[derive(Debug, Serialize)]
struct Written<'f> {
    check: &'f str,
    severity: Severity,
    message: &'f str,
    document: &'f str,
    lines: Vec<usize>,
    side: Side,
    source_name: Option<&'f str>,
    target_name: Option<&'f str>,
    expected: &'f [String],
    start: usize,
    end: usize,
    suggestion: Option<WrittenSuggestion<'f>>,
    related: Vec<Related<'f>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    crossdoc: bool,
}

#[derive(Debug, Serialize)]
struct WrittenSuggestion<'f> {
    replacement: &'f str,
    applicability: Applicability,
}

#[derive(Debug, Serialize)]
struct Related<'f> {
    document: &'f str,
    line: usize,
    side: Side,
    start: usize,
    end: usize,
    text: &'f str,
}

pub(super) fn write(texts: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for text in texts {
        for finding in &text.findings {
            serde_json::to_writer(&mut *out, &written(&text.bitext, finding))?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

fn written<'f>(bitext: &'f Bitext, finding: &'f Finding) -> Written<'f> {
    let (start, end) = characters(bitext, finding.place);
    Written {
        check: finding.check,
        severity: finding.severity,
        message: &finding.message,
        document: document(bitext, finding.place.line),
        lines: lines(bitext, finding),
        side: finding.place.side,
        source_name: finding.source_name.as_deref(),
        target_name: finding.target_name.as_deref(),
        expected: &finding.expected,
        start,
        end,
        suggestion: finding.suggestion.as_ref().map(|Suggestion { replacement, applicability }| WrittenSuggestion {
            replacement,
            applicability: *applicability,
        }),
        related: finding.related.iter().map(|place| related(bitext, *place)).collect(),
        crossdoc: finding.is_crossdoc,
    }
}

fn document(bitext: &Bitext, line: usize) -> &str {
    bitext.lines.get(line).map_or("", |line| line.document.as_str())
}

/// The numbers of all lines of the relation in the finding's document. The line that the offsets are of stands first.
fn lines(bitext: &Bitext, finding: &Finding) -> Vec<usize> {
    let first = finding.place.line;
    let others = finding.lines.iter().copied().filter(|line| *line != first);
    let is_here = |line: &usize| document(bitext, *line) == document(bitext, first);
    std::iter::once(first).chain(others.filter(is_here)).map(|line| line_at(bitext, line).line).collect()
}

fn related(bitext: &Bitext, place: Place) -> Related<'_> {
    let (start, end) = characters(bitext, place);
    Related {
        document: document(bitext, place.line),
        line: line_at(bitext, place.line).line,
        side: place.side,
        start,
        end,
        text: place_text(bitext, place),
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::format::findings::specimen;
    use crate::format::specimen::written;

    #[test]
    fn a_finding_is_one_line_with_offsets_in_characters() {
        let text = written(|out| write(&[specimen::checked()], out));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                concat!(
                    r#"{"check":"empty-side","severity":"error","message":"リパフスキー is Lipavský; here stands <Fiala>.","#,
                    r#""document":"a","lines":[8,7],"side":"target","source_name":"リパフスキー","target_name":"Fiala","#,
                    r#""expected":["Lipavský"],"start":2,"end":7,"#,
                    r#""suggestion":{"replacement":"Lipavský","applicability":"safe"},"#,
                    r#""related":[{"document":"a","line":7,"side":"source","start":0,"end":6,"text":"リパフスキー"},"#,
                    r#"{"document":"b","line":1,"side":"target","start":0,"end":8,"text":"Lipavský"}],"crossdoc":true}"#
                ),
                concat!(
                    r#"{"check":"empty-side","severity":"warning","message":"This line has no translation.","#,
                    r#""document":"b","lines":[2],"side":"source","source_name":null,"target_name":null,"expected":[],"#,
                    r#""start":0,"end":3,"suggestion":null,"related":[]}"#
                ),
            ]
        );
    }
}
