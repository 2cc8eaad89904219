//! The glossary: names and terms with the forms they take in each language.
//!
//! One [`TermEntry`] is one name or term, whatever its forms: the preferred form of each language, others that are
//! admitted, and those that must not be used. Entries are read from [TSV files](Glossary::read); the full name of a
//! person yields the surname by itself. A [`Matcher`] finds the terms of one language in a text.
//!
//! ```
//! use std::path::Path;
//!
//! use taiyaku::glossary::{Glossary, Matcher};
//! use taiyaku::lang::Lang;
//!
//! let rows = "ja\ten\tkind\nヤン・リパフスキー\tJan Lipavský | !Lipavsky\tperson\n";
//! let mut glossary = Glossary::default();
//! glossary.add_tsv(rows, Path::new("people.tsv"))?;
//! glossary.derive_surnames();
//!
//! let text = "チェコのリパフスキー外相";
//! let found = Matcher::new(&glossary, &Lang::japanese()).find(text);
//! assert_eq!(found[0].span.of(text), "リパフスキー");
//! let english: Vec<&str> = glossary.entries[0].terms(&Lang::english()).map(|(_, term)| term.text.as_str()).collect();
//! assert_eq!(english, ["Jan Lipavský", "Lipavsky", "Lipavský"]);
//! # Ok::<(), taiyaku::error::Error>(())
//! ```

// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::string_slice))]

mod boundary;
mod fold;
mod index;
mod kanji_surname;
mod matcher;
mod merge;
mod problem;
mod sort;
mod surname;
mod tsv;

use std::fmt;
use std::path::PathBuf;

use crate::lang::Lang;

pub use matcher::{Matcher, TermMatch};
pub use merge::{Merged, merge};
pub use problem::{Problem, ProblemKind};
pub use sort::sorted;
pub use tsv::{cell, files};

/// Names and terms in the order in which they were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glossary {
    /// The entries: one a row.
    pub entries: Vec<TermEntry>,
}

/// One name or term with its forms in all languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TermEntry {
    /// What it is: `person`, `place`, `organization`, `term` or any word of the user's; empty where nothing is said.
    pub kind: String,
    /// What the user wrote about it.
    pub note: String,
    /// Its forms, in the order of the columns and of the forms in a cell, derived ones last.
    pub terms: Vec<Term>,
    /// The only article in which it holds; all where there is none.
    pub document: Option<String>,
    /// The columns that taiyaku gives no meaning, by their names, in order; empty cells are left out.
    pub other: Vec<(String, String)>,
    /// Where it was read.
    pub origin: Option<Origin>,
}

/// A line of a file, shown as `people.tsv, line 3`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

/// One form of a name or term in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its language.
    pub lang: Lang,
    /// The form as it is written in a text.
    pub text: String,
    /// Whether it may be used.
    pub status: TermStatus,
    /// Whether taiyaku took it from a full name; the user wrote all others.
    pub derived: bool,
}

/// Whether a form may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermStatus {
    /// The form to use.
    Preferred,
    /// A form that may be used too.
    Admitted,
    /// A form that must not be used.
    Deprecated,
}

impl TermEntry {
    /// The forms in `lang`, each with its index in `terms`. A term tagged `en` is English of every region, and a text
    /// tagged `en` may hold terms of every region.
    pub fn terms<'e, 'l>(&'e self, lang: &'l Lang) -> impl Iterator<Item = (usize, &'e Term)> + use<'e, 'l> {
        self.terms.iter().enumerate().filter(move |(_, term)| covers(&term.lang, lang))
    }

    /// The form to use in `lang`, where one is decided.
    pub fn preferred(&self, lang: &Lang) -> Option<&Term> {
        self.terms(lang).map(|(_, term)| term).find(|term| term.status == TermStatus::Preferred)
    }

    /// Whether it holds in the article of this name.
    pub fn holds_in(&self, document: &str) -> bool {
        self.document.as_deref().is_none_or(|only| only == document)
    }
}

/// Whether one of two tags is the other or a more general one: `en` and `en-GB`, not `en-US` and `en-GB`.
fn covers(a: &Lang, b: &Lang) -> bool {
    a.tag().split('-').zip(b.tag().split('-')).all(|(a, b)| a == b)
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file.display(), self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::covers;
    use crate::lang::Lang;

    #[test]
    fn a_general_tag_covers_its_regions_and_one_region_not_another() {
        let lang = |tag: &str| tag.parse::<Lang>().unwrap();
        assert!(covers(&lang("en"), &lang("en-GB")));
        assert!(covers(&lang("en-GB"), &lang("en")));
        assert!(!covers(&lang("en-GB"), &lang("en-US")));
        assert!(!covers(&lang("ja"), &lang("en")));
    }
}
