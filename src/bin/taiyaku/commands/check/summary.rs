//! What was found in one line: `37 findings in 12 of 408 lines: 30 errors, 7 warnings.`

use std::fmt::Write;

use taiyaku::format::findings::Counts;

use crate::render::summary::{counted, grouped};

/// The line over `lines` lines, of which `hidden` findings are less severe than what is shown and `known` are in the
/// baseline.
pub(super) fn summary(counts: &Counts, lines: usize, hidden: usize, known: usize) -> String {
    let mut line = if counts.findings == 0 {
        format!("No findings in {}.", counted(lines, "line"))
    } else {
        let kinds = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")];
        let kinds: Vec<String> =
            kinds.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(count, what)).collect();
        let findings = counted(counts.findings, "finding");
        format!("{findings} in {} of {}: {}.", grouped(counts.lines), counted(lines, "line"), kinds.join(", "))
    };
    if known > 0 {
        let _ = write!(line, " {} known from the baseline.", grouped(known));
    }
    if hidden > 0 {
        let _ = write!(line, " {} more with --severity note.", grouped(hidden));
    }
    line
}

#[cfg(test)]
mod tests {
    use taiyaku::format::findings::Counts;

    use super::summary;

    #[test]
    fn the_summary_counts_findings_lines_and_kinds() {
        let counts = Counts { findings: 37, errors: 30, warnings: 7, notes: 0, lines: 12 };
        assert_eq!(summary(&counts, 1408, 0, 0), "37 findings in 12 of 1,408 lines: 30 errors, 7 warnings.");
        let counts = Counts { findings: 1, errors: 0, warnings: 1, notes: 0, lines: 1 };
        assert_eq!(summary(&counts, 1, 2, 0), "1 finding in 1 of 1 line: 1 warning. 2 more with --severity note.");
        assert_eq!(summary(&Counts::default(), 0, 0, 3), "No findings in 0 lines. 3 known from the baseline.");
    }
}
