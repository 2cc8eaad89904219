//! Small bitexts for the tests of the checks.

use super::{Bitext, BitextLine, Check, Context, Finding, Severity, Side};
use crate::glossary::Glossary;
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::token::Tokenizer;

/// Japanese and English lines of one article.
pub(super) fn bitext(pairs: &[(&str, &str)]) -> Bitext {
    let line = |(i, (source, target)): (usize, &(&str, &str))| BitextLine {
        document: "article".to_owned(),
        line: i + 1,
        source: (*source).to_owned(),
        target: (*target).to_owned(),
        ..BitextLine::default()
    };
    let lines = pairs.iter().enumerate().map(line).collect();
    Bitext { source: Lang::japanese(), target: Lang::english(), lines }
}

/// The findings of one check without a glossary, each as `LINE SIDE TEXT: MESSAGE`.
pub(super) fn found(check: &Check, pairs: &[(&str, &str)]) -> Vec<String> {
    found_with(check, "ja\ten\tkind\n", pairs)
}

/// The same with the rows of a glossary.
pub(super) fn found_with(check: &Check, glossary: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    let bitext = bitext(pairs);
    findings(check, glossary, &bitext).iter().map(|finding| shown(&bitext, finding)).collect()
}

/// How severe the findings of one check are in a bitext without a glossary.
pub(super) fn severities(check: &Check, bitext: &Bitext) -> Vec<Severity> {
    findings(check, "ja\ten\tkind\n", bitext).iter().map(|finding| finding.severity).collect()
}

/// The findings of one check.
pub(super) fn findings(check: &Check, glossary: &str, bitext: &Bitext) -> Vec<Finding> {
    let mut rows = Glossary::default();
    rows.add_tsv(glossary, std::path::Path::new("glossary.tsv")).unwrap();
    rows.derive_surnames();
    let tokenizer = Tokenizer::new().unwrap();
    rows.derive_kanji_surnames(&tokenizer);
    let lexicons = [Lexicon::shipped()];
    let context = Context::new(bitext, &tokenizer, &rows, &lexicons);
    let mut findings = Vec::new();
    (check.run)(&context, &mut findings);
    findings
}

fn shown(bitext: &Bitext, finding: &Finding) -> String {
    let line = &bitext.lines[finding.place.line];
    let (side, text) = match finding.place.side {
        Side::Source => ("source", &line.source),
        Side::Target => ("target", &line.target),
    };
    format!("{} {side} {}: {}", line.line, finding.place.span.of(text), finding.message)
}
