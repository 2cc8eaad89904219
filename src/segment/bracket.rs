//! Brackets and quotation marks that belong together.

use crate::span::Span;

/// A bracket that stays open for more bytes than this is taken for a slip: about 250 Japanese characters, five long
/// sentences. Beyond it a quotation is cut into its sentences, as one segment it would be too long to align.
const LONGEST: usize = 750;

/// The pairs of brackets in a text.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    /// Every pair, from its opening to behind its closing bracket, in order of the opening one.
    pairs: Vec<Span>,
    /// The pairs that lie in no other, where crossing ones count as one.
    outer: Vec<Span>,
}

impl Brackets {
    /// The pairs of `kinds` in `text`. A bracket without partner, or with one too far away, counts for nothing. Where
    /// opening and closing mark are the same (`"`), they alternate, and an odd number of them counts for nothing.
    pub(super) fn find(text: &str, kinds: &[(char, char)]) -> Self {
        let mut open: Vec<Vec<usize>> = vec![Vec::new(); kinds.len()];
        let mut pairs = Vec::new();
        let mut alike: Vec<Vec<Span>> = vec![Vec::new(); kinds.len()];
        for (at, c) in text.char_indices() {
            // No bracket is a letter, a kana or a kanji: spare the search for nearly all of the text.
            if c.is_alphanumeric() || c == ' ' {
                continue;
            }
            for (kind, &(opening, closing)) in kinds.iter().enumerate() {
                let Some(stack) = open.get_mut(kind) else { continue };
                if c == closing && (c != opening || !stack.is_empty()) {
                    let Some(start) = stack.pop() else { continue };
                    let pair = Span::new(start, at + c.len_utf8());
                    if opening == closing {
                        alike.get_mut(kind).into_iter().for_each(|found| found.push(pair));
                    } else if pair.len() <= LONGEST {
                        pairs.push(pair);
                    }
                } else if c == opening {
                    stack.push(at);
                }
            }
        }
        for (found, unclosed) in alike.into_iter().zip(&open) {
            if unclosed.is_empty() {
                pairs.extend(found.into_iter().filter(|pair| pair.len() <= LONGEST));
            }
        }
        pairs.sort_unstable();
        let mut outer: Vec<Span> = Vec::new();
        for pair in &pairs {
            match outer.last_mut() {
                Some(last) if pair.start < last.end => last.end = last.end.max(pair.end),
                _ => outer.push(*pair),
            }
        }
        Self { pairs, outer }
    }

    /// The outermost pair that encloses the place `at`.
    pub(super) fn around(&self, at: usize) -> Option<Span> {
        let index = self.outer.partition_point(|pair| pair.start < at).checked_sub(1)?;
        self.outer.get(index).copied().filter(|pair| at < pair.end)
    }

    /// How many pairs enclose the place `at`.
    pub(super) fn depth(&self, at: usize) -> usize {
        let opened = self.pairs.partition_point(|pair| pair.start < at);
        // Pairs are shorter than the longest quotation, so only the last ones can still be open.
        let pairs = self.pairs.get(..opened).unwrap_or_default().iter().rev();
        pairs.take_while(|pair| pair.start + LONGEST >= at).filter(|pair| at < pair.end).count()
    }

    /// The pair that opens at `at`.
    pub(super) fn opening_at(&self, at: usize) -> Option<Span> {
        let index = self.pairs.partition_point(|pair| pair.start < at);
        self.pairs.get(index).copied().filter(|pair| pair.start == at)
    }
}

#[cfg(test)]
mod tests {
    use super::{Brackets, LONGEST};

    const KINDS: &[(char, char)] = &[('「', '」'), ('（', '）'), ('"', '"')];

    fn inside(text: &str) -> String {
        let brackets = Brackets::find(text, KINDS);
        text.char_indices().filter(|(at, _)| brackets.around(*at).is_some()).map(|(_, c)| c).collect()
    }

    #[test]
    fn nested_brackets_are_inside() {
        assert_eq!(inside("あ「い（う）え」お"), "い（う）え」");
    }

    #[test]
    fn a_bracket_without_partner_counts_for_nothing() {
        assert_eq!(inside("あ「い「う」え"), "う」");
        assert_eq!(inside("あ」い（う"), "");
    }

    #[test]
    fn alike_marks_alternate_unless_one_is_missing() {
        assert_eq!(inside("あ\"い\"う\"え\""), "い\"え\"");
        assert_eq!(inside("あ\"い\"う\"え"), "");
    }

    #[test]
    fn a_partner_too_far_away_is_none() {
        let text = format!("「{}」", "あ".repeat(LONGEST / 3));
        assert_eq!(inside(&text), "");
    }
}
