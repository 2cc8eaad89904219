//! A problem in the user's text: what it is, where it stands, what would mend it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::span::Span;

/// A problem. One relation is one finding: a name with two renderings is a single finding with all its places.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The name of its [`Check`](super::Check).
    pub check: &'static str,
    /// How severe it is.
    pub severity: Severity,
    /// What is wrong, as plain sentences for the editor.
    pub message: String,
    /// Where it is shown.
    pub place: Place,
    /// The name or term on the source side that it is about.
    pub source_name: Option<String>,
    /// The same on the target side; the deviating rendering where there are several (in a tie the later one).
    pub target_name: Option<String>,
    /// What was expected instead, the likeliest first.
    pub expected: Vec<String>,
    /// A change that would mend it.
    pub suggestion: Option<Suggestion>,
    /// The other places of the relation, in order.
    pub related: Vec<Place>,
    /// Indices of all lines of the relation in the document of `place`, sorted.
    pub lines: Vec<usize>,
    /// Whether the relation reaches over several documents.
    pub is_crossdoc: bool,
}

/// A span of one side of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The index in [`Bitext::lines`](super::Bitext::lines).
    pub line: usize,
    /// The side.
    pub side: Side,
    /// The span in that side's text; empty at its end when the problem is that something is missing.
    pub span: Span,
}

/// One side of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The text that was translated.
    Source,
    /// The translation.
    Target,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A difference that may well be meant; shown on request.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

/// A change of the text at a finding's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What should stand there instead.
    pub replacement: String,
    /// Whether it may be made without a person's eye.
    pub applicability: Applicability,
}

/// Whether a suggestion may be applied by `--fix`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Right whenever the finding is: applied by `--fix`.
    Safe,
    /// To be decided by a person.
    MaybeIncorrect,
}

impl Severity {
    /// The word that stands in files and settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl FromStr for Severity {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        [Self::Note, Self::Warning, Self::Error]
            .into_iter()
            .find(|severity| severity.as_str() == word)
            .ok_or_else(|| Error::Usage(format!("{word:?} is no severity. Write error, warning or note")))
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Finding {
    /// A finding at `place` of what its check usually means; the name of the check is filled in by [`run`](super::run).
    pub fn new(severity: Severity, place: Place, message: String) -> Self {
        Self {
            check: "",
            severity,
            message,
            place,
            source_name: None,
            target_name: None,
            expected: Vec::new(),
            suggestion: None,
            related: Vec::new(),
            lines: vec![place.line],
            is_crossdoc: false,
        }
    }
}
