//! A bitext turned round, so that the side which is not in Latin letters is the source, and its findings turned back.

use super::{Issue, Kind};
use crate::check::{Bitext, BitextLine, Place, Severity, Side};
use crate::lang::Lang;

/// Whether names are written by sound, or in characters, on the target side only.
pub(super) fn is_needed(bitext: &Bitext) -> bool {
    is_written_otherwise(&bitext.target) && !is_written_otherwise(&bitext.source)
}

/// Whether the language has a script of its own for names that come from others.
fn is_written_otherwise(lang: &Lang) -> bool {
    lang.is_unspaced() || lang.is_korean() || matches!(lang.primary(), "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "kk")
}

/// The bitext with its sides exchanged.
pub(super) fn turned(bitext: &Bitext) -> Bitext {
    let line =
        |line: &BitextLine| BitextLine { source: line.target.clone(), target: line.source.clone(), ..line.clone() };
    Bitext {
        source: bitext.target.clone(),
        target: bitext.source.clone(),
        lines: bitext.lines.iter().map(line).collect(),
    }
}

/// Makes a place of the turned bitext one of the bitext itself.
pub(super) fn turn(place: &mut Place) {
    place.side = match place.side {
        Side::Source => Side::Target,
        Side::Target => Side::Source,
    };
}

/// An issue of the turned bitext as one of the bitext itself.
pub(super) fn back(issue: Issue) -> Issue {
    let Issue { kind, mut finding } = issue;
    turn(&mut finding.place);
    finding.related.iter_mut().for_each(turn);
    std::mem::swap(&mut finding.source_name, &mut finding.target_name);
    let kind = match kind {
        Kind::TermMissing => {
            finding.severity = Severity::Note;
            Kind::TermUnexpected
        }
        Kind::TermUnexpected => Kind::TermMissing,
        kind => kind,
    };
    Issue { kind, finding }
}

#[cfg(test)]
mod tests {
    use super::is_needed;
    use crate::check::Bitext;

    #[test]
    fn a_bitext_is_turned_where_only_its_target_has_another_script() {
        let is_turned = |source: &str, target: &str| {
            is_needed(&Bitext { source: source.parse().unwrap(), target: target.parse().unwrap(), lines: Vec::new() })
        };
        assert!(is_turned("en", "ja") && is_turned("de", "ko") && is_turned("fr", "ru"));
        assert!(!is_turned("ja", "en") && !is_turned("de", "en") && !is_turned("zh", "ja"));
    }
}
