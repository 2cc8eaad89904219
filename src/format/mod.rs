//! File formats: how beads and translation units are written for other programs, and read back.

// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::expect_used))]

pub mod alignment_tsv;
pub mod beads;
pub mod cells;
mod columns;
mod confidence;
mod csv;
pub mod findings;
mod input;
mod jsonl;
mod language;
mod moses;
pub mod names;
pub mod output;
mod reader;
mod record;
#[cfg(test)]
mod specimen;
mod timestamp;
mod tmx;
mod tsv;
mod writer;
mod xliff;
mod xml;

use std::fmt;
use std::path::Path;
use std::str::FromStr;

pub use self::reader::{UnitReadOptions, UnitReader, open_parallel, open_units, parallel_languages, read_units};
pub use self::record::{Record, Skipped, Units};
pub use self::tsv::write_tsv_with_notes;
pub use self::writer::{UnitWriter, write_records, write_units};
pub use self::xliff::{Proposal, XliffVersion, XliffWriter};
use crate::error::{Error, Result};
pub use crate::unit::{CodeKind, InlineCode, Markup};

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
    /// Translation Memory eXchange 1.4b, the format that translation tools share.
    Tmx,
    /// XLIFF: 1.2 as it is written, 1.2 and 2.0 to 2.2 as they are read.
    Xliff,
    /// XLIFF 2.1.
    Xliff2,
}

impl Format {
    /// All formats, in the order in which help texts list them.
    pub const ALL: [Self; 7] = [Self::Beads, Self::Tsv, Self::Csv, Self::Jsonl, Self::Tmx, Self::Xliff, Self::Xliff2];

    /// The name that `--format` takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Beads => "beads",
            Self::Tsv => "tsv",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Tmx => "tmx",
            Self::Xliff => "xliff",
            Self::Xliff2 => "xliff2",
        }
    }

    /// The format of this name. Fails with the list of names.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name)).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Error::Usage(format!("{name:?} is no format. Choose one of {names}"))
        })
    }

    /// The format that the ending of a file name tells; `None` where it tells none. `.xlf` is XLIFF 1.2.
    pub fn from_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        if ending.eq_ignore_ascii_case("xlf") { Some(Self::Xliff) } else { Self::from_name(ending).ok() }
    }

    /// Whether a file of this name holds pairs that can be read, packed by gzip or zip or not.
    pub fn is_readable(path: &Path) -> bool {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            // The XLIFF of Trados, memoQ and Phrase.
            "zip" | "sdlxliff" | "mqxliff" | "mxliff" => true,
            "gz" => path.file_stem().is_some_and(|inner| Self::from_path(Path::new(inner)).is_some()),
            _ => Self::from_path(path).is_some(),
        }
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
        assert_eq!(
            error,
            Err("\"excel\" is no format. Choose one of beads, tsv, csv, jsonl, tmx, xliff, xliff2".to_owned())
        );
    }

    #[test]
    fn formats_without_pairs_say_so() {
        let error = read("a.beads", "[0]:[0]\n").map_err(|e| e.to_string());
        assert_eq!(
            error,
            Err("a.beads: pairs are not read from beads. Give a TMX, XLIFF, TSV, CSV or JSONL file".to_owned())
        );
    }
}
