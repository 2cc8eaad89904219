//! The glosses of a dictionary: what of them is a rendering, and how much each counts.

use std::borrow::Cow;

use super::Rendering;

/// Later glosses of an entry say nothing that a text would show.
pub(super) const MAX_GLOSSES: usize = 12;

/// The weight of the first gloss, the most that a rendering counts in the alignment.
const FIRST: f64 = 0.5;
/// How quickly the later ones count less; found by alignment with EDICT.
const DECAY: f64 = 0.08;

/// The weight of the gloss at this place, counted from 0, in a list that has no weights.
pub(super) fn weight(place: usize) -> f64 {
    FIRST / (1.0 + DECAY * place as f64)
}

/// The gloss as a rendering; none if there are but notes in it.
pub(super) fn rendering(gloss: &str, place: usize) -> Option<Rendering> {
    let text = without_notes(gloss);
    text.chars().any(char::is_alphanumeric).then(|| Rendering { text: Cow::Owned(text), weight: weight(place) })
}

/// The gloss without what stands in brackets, `(n)`, `{comp}`, and with single spaces.
fn without_notes(gloss: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(gloss.len());
    for c in gloss.chars() {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if c.is_whitespace() || c.is_control() => {
                if !kept.is_empty() && !kept.ends_with(' ') {
                    kept.push(' ');
                }
            }
            _ => kept.push(c),
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

#[cfg(test)]
mod tests {
    use super::{rendering, weight, without_notes};

    #[test]
    fn notes_in_brackets_are_dropped() {
        assert_eq!(without_notes("(n) (1) {comp} screen (of a phone (esp. a large one))  saver "), "screen saver");
        assert_eq!(without_notes("a) b (c"), "a b");
        assert_eq!(rendering("(P)", 0), None);
    }

    #[test]
    fn later_glosses_weigh_less() {
        assert!((weight(0) - 0.5).abs() < 1e-12);
        assert!((weight(5) - 0.5 / 1.4).abs() < 1e-12);
    }
}
