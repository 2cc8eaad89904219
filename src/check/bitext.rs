//! The lines that are checked: pairs of texts with where they stand.

use crate::lang::Lang;

/// Pairs of lines in two languages, from one document or several.
#[derive(Debug, Clone, PartialEq)]
pub struct Bitext {
    /// The language of the source texts.
    pub source: Lang,
    /// The language of the target texts.
    pub target: Lang,
    /// The lines; those of one document stand together, in order.
    pub lines: Vec<BitextLine>,
}

/// A pair of texts that translate each other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BitextLine {
    /// The document that it belongs to: an article's folder, or what the file's `document` column says.
    pub document: String,
    /// Its line: the bead's number from 1 in an article, otherwise the `line` column or the line of the file.
    pub line: usize,
    /// The source text; empty when the target stands alone.
    pub source: String,
    /// The target text; empty when the source stands alone.
    pub target: String,
    /// How sure the aligner is of the pair, from 0 to 1; `None` where the pair is not the aligner's.
    pub confidence: Option<f64>,
    /// The names of the checks that are silenced here; `*` silences all.
    pub ignore: Vec<String>,
}

impl Bitext {
    /// The documents: ranges of line indices, in order.
    pub fn documents(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let mut from = 0;
        self.lines.chunk_by(|a, b| a.document == b.document).map(move |lines| {
            from += lines.len();
            from - lines.len()..from
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Bitext, BitextLine};
    use crate::lang::Lang;

    #[test]
    fn documents_are_runs_of_lines() {
        let line = |document: &str| BitextLine { document: document.to_owned(), ..BitextLine::default() };
        let lines = vec![line("a"), line("a"), line("b")];
        let bitext = Bitext { source: Lang::japanese(), target: Lang::english(), lines };
        assert_eq!(bitext.documents().collect::<Vec<_>>(), [0..2, 2..3]);
    }
}
