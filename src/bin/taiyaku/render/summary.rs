//! An alignment in one line: `62 beads, 71 % one to one, mean confidence .987, 3 to review`.

use std::fmt;

use taiyaku::pipeline::{ArticleReport, REVIEW_BELOW};
use taiyaku::unit::{Status, TranslationUnit};

/// What the line says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Summary {
    beads: usize,
    one_to_one: usize,
    /// The mean confidence; 1 without beads.
    mean_confidence: f64,
    to_review: usize,
}

impl Summary {
    /// The summary of these units.
    pub(crate) fn of(units: &[TranslationUnit]) -> Self {
        let is_one_to_one =
            |unit: &&TranslationUnit| unit.source.segments.len() == 1 && unit.target.segments.len() == 1;
        let sum: f64 = units.iter().map(|unit| unit.confidence).sum();
        Self {
            beads: units.len(),
            one_to_one: units.iter().filter(is_one_to_one).count(),
            mean_confidence: if units.is_empty() { 1.0 } else { sum / units.len() as f64 },
            to_review: units.iter().filter(|unit| is_doubtful(unit)).count(),
        }
    }
}

/// Whether somebody should look at the unit.
pub(crate) fn is_doubtful(unit: &TranslationUnit) -> bool {
    unit.status == Status::Auto && unit.confidence < REVIEW_BELOW
}

impl From<&ArticleReport> for Summary {
    fn from(report: &ArticleReport) -> Self {
        Self {
            beads: report.beads,
            one_to_one: report.one_to_one,
            mean_confidence: report.mean_confidence,
            to_review: report.to_review,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beads = counted(self.beads, "bead");
        if self.beads == 0 {
            return f.write_str(&beads);
        }
        let percent = 100.0 * self.one_to_one as f64 / self.beads as f64;
        let mean = decimals(self.mean_confidence);
        write!(f, "{beads}, {percent:.0} % one to one, mean confidence {mean}, {} to review", self.to_review)
    }
}

/// A probability with three decimals and without its zero: `.987`.
pub(crate) fn decimals(probability: f64) -> String {
    let written = format!("{probability:.3}");
    written.strip_prefix('0').map(str::to_owned).unwrap_or(written)
}

/// `1 bead`, `62 beads`, `1,204 units`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// `1,204`.
pub(crate) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::{Summary, counted, decimals};

    #[test]
    fn numbers_read_well() {
        assert_eq!(counted(0, "bead"), "0 beads");
        assert_eq!(counted(1, "bead"), "1 bead");
        assert_eq!(counted(1204, "unit"), "1,204 units");
        assert_eq!(counted(1_000_000, "unit"), "1,000,000 units");
        assert_eq!((decimals(0.9871), decimals(1.0), decimals(0.0)), (".987".into(), "1.000".into(), ".000".into()));
    }

    #[test]
    fn an_alignment_is_one_line() {
        let summary = Summary { beads: 62, one_to_one: 44, mean_confidence: 0.987, to_review: 3 };
        assert_eq!(summary.to_string(), "62 beads, 71 % one to one, mean confidence .987, 3 to review");
        assert_eq!(Summary::of(&[]).to_string(), "0 beads");
    }
}
