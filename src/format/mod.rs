//! File formats: how beads and translation units are written for other programs, and read back.

// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::expect_used))]

pub mod alignment_tsv;
pub mod beads;
mod columns;
mod confidence;
mod csv;
mod input;
mod jsonl;
mod language;
mod moses;
pub mod output;
mod reader;
mod record;
#[cfg(test)]
mod specimen;
mod tmx;
mod tsv;

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

pub use self::reader::{UnitReadOptions, UnitReader, open_parallel, open_units, parallel_languages, read_units};
pub use self::record::{CodeKind, InlineCode, Markup, Record, Skipped, Units};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::unit::TranslationUnit;

/// A format for beads or translation units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `[3, 4]:[3]:0.981`: segment numbers only. See [`beads`].
    Beads,
    /// Pairs in columns separated by tabs, never quoted.
    Tsv,
    /// The same columns separated by commas, as RFC 4180 has it.
    Csv,
    /// One JSON object a pair, one a line.
    Jsonl,
    /// Translation Memory eXchange 1.4b, the format that translation tools share. It is written, not read.
    Tmx,
}

impl Format {
    /// All formats, in the order in which help texts list them.
    pub const ALL: [Self; 5] = [Self::Beads, Self::Tsv, Self::Csv, Self::Jsonl, Self::Tmx];

    /// The name that `--format` takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Beads => "beads",
            Self::Tsv => "tsv",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Tmx => "tmx",
        }
    }

    /// The format of this name. Fails with the list of names.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name)).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Error::Usage(format!("{name:?} is no format. Choose one of {names}"))
        })
    }

    /// The format that the ending of a file name tells; `None` where it tells none.
    pub fn from_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::from_name(ending).ok()
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::from_name(name)
    }
}

/// Writes units in a format; the same units give the same bytes each time.
///
/// The languages name the columns and the head of the file. What is left out (one-sided or rejected units) is for the
/// caller to choose. Fails when `out` does, or when the units of several documents are to be written as beads, whose
/// numbers mean nothing across documents. [`output::write_file`] adds the path to the error.
pub fn write_units(
    format: Format,
    units: &[TranslationUnit],
    source_lang: &Lang,
    target_lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Beads => beads::write_units(units, out),
        Format::Tsv => tsv::write(units, source_lang, target_lang, out),
        Format::Csv => csv::write(units, source_lang, target_lang, out),
        Format::Jsonl => jsonl::write(units, out),
        Format::Tmx => tmx::write(units, source_lang, target_lang, out),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Format;
    use super::specimen::read;

    #[test]
    fn formats_are_known_by_name_and_by_ending() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()).ok(), Some(format));
            assert_eq!(Format::from_path(Path::new(&format!("out/記事.{format}"))), Some(format));
        }
        assert_eq!(Format::from_path(Path::new("A.TMX")), Some(Format::Tmx));
        assert_eq!(Format::from_path(Path::new("tsv")), None, "a name without an ending");
        let error = Format::from_name("excel").map_err(|e| e.to_string());
        assert_eq!(error, Err("\"excel\" is no format. Choose one of beads, tsv, csv, jsonl, tmx".to_owned()));
    }

    #[test]
    fn formats_without_pairs_say_so() {
        let error = read("a.beads", "[0]:[0]\n").map_err(|e| e.to_string());
        assert_eq!(error, Err("a.beads: pairs are not read from beads. Give a TSV, CSV or JSONL file".to_owned()));
    }
}
