//! Findings for people and for other programs: one format a file.

mod github;
mod html;
mod jsonl;
mod sarif;
#[cfg(test)]
mod specimen;
mod text;

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use crate::check::{Bitext, BitextLine, Finding, Place, Severity, Side};
use crate::error::{Error, Result};
use crate::lang::is_invisible;

pub(super) use html::escaped;
pub use text::Page;

/// A format for findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FindingsFormat {
    /// Both lines with marks under the name, for a terminal.
    Text,
    /// One JSON object a finding, one a line.
    Jsonl,
    /// SARIF 2.1.0, which code hosts and editors read.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// A page for an editor.
    Html,
}

impl FindingsFormat {
    /// All formats, in the order in which help texts list them.
    pub const ALL: [Self; 5] = [Self::Text, Self::Jsonl, Self::Sarif, Self::Github, Self::Html];

    /// The name that `--format` takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Jsonl => "jsonl",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Html => "html",
        }
    }

    /// The format that the ending of a file name tells; text where it tells none.
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "jsonl" => Some(Self::Jsonl),
            "sarif" | "json" => Some(Self::Sarif),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

impl fmt::Display for FindingsFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for FindingsFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(name)).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Error::Usage(format!("{name:?} is no format for findings. Choose one of {names}"))
        })
    }
}

/// A bitext with what was found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The lines that were checked.
    pub bitext: Bitext,
    /// For each of them, where it was read.
    pub origins: Vec<LineOrigin>,
    /// The documents that findings were wanted of; the others tell how names are rendered elsewhere.
    pub documents: BTreeSet<String>,
    /// What was found, in the order of the lines.
    pub findings: Vec<Finding>,
    /// For each finding, where it stands in its file; none where nobody has looked.
    pub regions: Vec<Option<Region>>,
}

impl Checked {
    /// Where a finding stands in its file, if that is known.
    fn region(&self, finding: usize) -> Option<&Region> {
        self.regions.get(finding)?.as_ref()
    }
}

/// A part of one line of a file. Everything counts characters (Unicode scalar values) of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// The line, from 1.
    pub line: usize,
    /// The first character in it, from 1.
    pub column: usize,
    /// The character behind the last, from 1.
    pub end_column: usize,
    /// The first character in the file, from 0.
    pub offset: usize,
    /// How many characters there are.
    pub length: usize,
}

/// The line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineOrigin {
    /// The file, or what the user called it.
    pub file: Arc<str>,
    /// Its line, from 1.
    pub line: usize,
}

/// Writes findings in a format; the same findings give the same bytes each time. `page` is for the formats that people
/// read. Fails when `out` does.
pub fn write(format: FindingsFormat, texts: &[Checked], page: &Page, out: &mut dyn Write) -> io::Result<()> {
    match format {
        FindingsFormat::Text => text::write(texts, page, out),
        FindingsFormat::Jsonl => jsonl::write(texts, out),
        FindingsFormat::Sarif => sarif::write(texts, out),
        FindingsFormat::Github => github::write(texts, out),
        FindingsFormat::Html => html::write(texts, out),
    }
}

/// How many findings there are, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// The findings.
    pub findings: usize,
    /// Those that are errors.
    pub errors: usize,
    /// Those that are warnings.
    pub warnings: usize,
    /// Those that are notes.
    pub notes: usize,
    /// The lines at which a finding is shown.
    pub lines: usize,
}

impl Counts {
    /// The counts over several texts.
    pub fn of(texts: &[Checked]) -> Self {
        let mut counts = Self::default();
        for text in texts {
            for finding in &text.findings {
                counts.findings += 1;
                match finding.severity {
                    Severity::Error => counts.errors += 1,
                    Severity::Warning => counts.warnings += 1,
                    Severity::Note => counts.notes += 1,
                }
            }
            let lines: std::collections::BTreeSet<usize> = text.findings.iter().map(|f| f.place.line).collect();
            counts.lines += lines.len();
        }
        counts
    }
}

/// Whether a character is shown by its number: it is not seen by itself, or changes how others are shown.
fn is_unseen(c: char) -> bool {
    is_invisible(c) || c.is_control()
}

/// The line of a place; an empty one where the place lies outside the bitext.
fn line_at(bitext: &Bitext, index: usize) -> std::borrow::Cow<'_, BitextLine> {
    bitext.lines.get(index).map_or_else(|| std::borrow::Cow::Owned(BitextLine::default()), std::borrow::Cow::Borrowed)
}

/// The text of one side of a line.
fn side_text(line: &BitextLine, side: Side) -> &str {
    match side {
        Side::Source => &line.source,
        Side::Target => &line.target,
    }
}

/// The text of a place.
fn place_text(bitext: &Bitext, place: Place) -> &str {
    bitext.lines.get(place.line).map_or("", |line| place.span.of(side_text(line, place.side)))
}

/// Where a place starts and ends in its text, in characters.
pub(super) fn characters(bitext: &Bitext, place: Place) -> (usize, usize) {
    let text = bitext.lines.get(place.line).map_or("", |line| side_text(line, place.side));
    let count = |end: usize| text.get(..end.min(text.len())).map_or(0, |before| before.chars().count());
    (count(place.span.start), count(place.span.end))
}
