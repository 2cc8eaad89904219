//! The keys of a segment that contain a text: what the table of bits leaves is looked through.

use super::grams::Grams;
use super::mapped::Damaged;
use super::segment::{Codes, Segment};

impl Segment {
    /// Adds the units with a key that contains `part`, by number, and whether it is that of their target.
    pub(super) fn containing(&self, part: &[char], units: &mut Vec<(i64, bool)>) -> Result<(), Damaged> {
        let codes = part.iter().map(|c| self.code(*c)).collect::<Result<Vec<u32>, _>>()?;
        if codes.contains(&u32::MAX) || codes.is_empty() {
            return Ok(());
        }
        // A text that contains another has all its features.
        let mut features = Vec::new();
        Grams::default().for_each(part, self.q(), |feature| features.push(feature));
        let words = self.row_words();
        let mut rows = Vec::with_capacity(features.len());
        for feature in features {
            rows.push(self.row(self.row_of(feature)?, 0..words)?);
        }
        let narrow: Option<Vec<u8>> = codes.iter().map(|code| u8::try_from(*code).ok()).collect();
        let wide: Vec<u16> = codes.iter().map(|code| *code as u16).collect();
        for class in self.lengths.iter().filter(|class| class.length as usize >= part.len()) {
            for word in class.first as usize / 64..class.end.div_ceil(64) as usize {
                let mut bits = rows.iter().fold(!0, |bits, row| bits & row.get(word).copied().unwrap_or(0));
                bits &= class.within(word);
                while bits != 0 {
                    let entry = word * 64 + bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    let is_there = match self.key(class, entry)? {
                        Codes::Narrow(key) => narrow.as_ref().is_some_and(|narrow| contains(key, narrow)),
                        Codes::Wide(key) => contains(key, &wide),
                    };
                    if is_there {
                        units.push(self.unit(entry)?);
                    }
                }
            }
        }
        Ok(())
    }
}

fn contains<C: PartialEq>(key: &[C], part: &[C]) -> bool {
    let Some(first) = part.first() else { return true };
    let ends = (key.len() + 1).saturating_sub(part.len());
    let starts = key.get(..ends).unwrap_or_default();
    starts.iter().enumerate().any(|(i, c)| c == first && key.get(i..i + part.len()) == Some(part))
}
