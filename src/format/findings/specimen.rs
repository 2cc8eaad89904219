//! A bitext with two findings, for the tests of the formats.

use super::{Checked, LineOrigin, Region};
use crate::check::{Applicability, Bitext, BitextLine, Finding, Place, Severity, Side, Suggestion};
use crate::lang::Lang;
use crate::span::Span;

fn line(document: &str, line: usize, source: &str, target: &str) -> BitextLine {
    BitextLine {
        document: document.to_owned(),
        line,
        source: source.to_owned(),
        target: target.to_owned(),
        ..BitextLine::default()
    }
}

/// Where `part` stands in a side of a line.
pub(super) fn place(bitext: &Bitext, line: usize, side: Side, part: &str) -> Place {
    let text = super::side_text(&bitext.lines[line], side);
    let start = text.find(part).expect("a part of the text");
    Place { line, side, span: Span::new(start, start + part.len()) }
}

/// The documents a and b.
pub(super) fn bitext() -> Bitext {
    let lines = vec![
        line("a", 7, "リパフスキー外相", "Foreign Minister Lipavský"),
        line("a", 8, "ヤン・リパフスキー氏は<否定>した", "é Fiala \"denied\" it & left"),
        line("b", 1, "リパフスキー", "Lipavský"),
        line("b", 2, "はい。", ""),
    ];
    Bitext { source: Lang::japanese(), target: Lang::english(), lines }
}

/// An error with all there may be, and a plain warning.
pub(super) fn checked() -> Checked {
    let bitext = bitext();
    let mut error = Finding::new(
        Severity::Error,
        place(&bitext, 1, Side::Target, "Fiala"),
        "リパフスキー is Lipavský; here stands <Fiala>.".to_owned(),
    );
    error.source_name = Some("リパフスキー".to_owned());
    error.target_name = Some("Fiala".to_owned());
    error.expected = vec!["Lipavský".to_owned()];
    error.suggestion = Some(Suggestion { replacement: "Lipavský".to_owned(), applicability: Applicability::Safe });
    error.related = vec![place(&bitext, 0, Side::Source, "リパフスキー"), place(&bitext, 2, Side::Target, "Lipavský")];
    error.lines = vec![0, 1];
    error.is_crossdoc = true;
    let mut warning = Finding::new(
        Severity::Warning,
        place(&bitext, 3, Side::Source, "はい。"),
        "This line has no translation.".to_owned(),
    );
    for finding in [&mut error, &mut warning] {
        finding.check = "empty-side";
    }
    let origin = |line| LineOrigin { file: "dir a/pairs.tsv".into(), line };
    let region = Region { line: 3, column: 20, end_column: 25, offset: 61, length: 5 };
    Checked {
        origins: (2..6).map(origin).collect(),
        documents: bitext.lines.iter().map(|line| line.document.clone()).collect(),
        bitext,
        findings: vec![error, warning],
        regions: vec![Some(region), None],
    }
}
