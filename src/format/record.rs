//! What a bilingual file holds: records, and what could not be read.

use crate::unit::{InlineCode, TranslationUnit};

/// A unit that was read, with where it stood and what the file says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The unit. Its `document` is the file's own, or the file's path where the file names none.
    pub unit: TranslationUnit,
    /// The line: that of the file's `line` column where it has one, otherwise the line of the file, from 1.
    pub line: usize,
    /// The `id` column, the `tuid` of TMX, the unit's id of XLIFF; empty where there is none.
    pub id: String,
    /// A person's remark; empty where there is none.
    pub note: String,
    /// The findings that a person has dismissed, as the `ignore` column says them; empty where there is none.
    pub ignore: String,
    /// When it was made: `2024-05-01T12:00:00Z`, or only the day where the file says no more.
    pub created: Option<String>,
    /// When it was last changed, likewise.
    pub changed: Option<String>,
    /// What else the file says: other columns, the props of TMX; names and values in the file's order.
    pub properties: Vec<(String, String)>,
    /// The inline codes of the source text, by their place.
    pub source_codes: Vec<InlineCode>,
    /// The inline codes of the target text.
    pub target_codes: Vec<InlineCode>,
}

impl From<TranslationUnit> for Record {
    /// A unit of which nothing else is known.
    fn from(unit: TranslationUnit) -> Self {
        Self {
            unit,
            line: 0,
            id: String::new(),
            note: String::new(),
            ignore: String::new(),
            created: None,
            changed: None,
            properties: Vec::new(),
            source_codes: Vec::new(),
            target_codes: Vec::new(),
        }
    }
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong with it and what to do, as a sentence without its stop.
    pub reason: String,
}

/// A bilingual file as a whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Units {
    /// What could be read, in the file's order.
    pub records: Vec<Record>,
    /// What could not.
    pub skipped: Vec<Skipped>,
    /// What is worth telling of how it was read: a guessed encoding, what was left out. Each a sentence that names the file.
    pub notes: Vec<String>,
}

impl Units {
    /// The units alone.
    pub fn into_units(self) -> Vec<TranslationUnit> {
        self.records.into_iter().map(|record| record.unit).collect()
    }
}
