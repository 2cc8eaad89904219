//! Translation units: a bead's two texts with where they come from and how sure they are.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::align::SegmentRange;
use crate::error::Error;
use crate::lang::Lang;

/// One text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Its language.
    pub lang: Lang,
    /// The segments in order; none on the empty side of a one-sided unit.
    pub segments: Vec<String>,
}

impl Variant {
    /// The segments as one text: joined by a space, or by nothing in a language written without spaces.
    pub fn text(&self) -> String {
        self.segments.join(if self.lang.is_unspaced() { "" } else { " " })
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }
}

/// What is known of a unit's rightness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Made by the aligner.
    #[default]
    Auto,
    /// Confirmed by a person: a fixed point.
    Confirmed,
    /// Rejected by a person: these segments do not belong together.
    Rejected,
}

impl Status {
    /// The word that stands in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        match word {
            "auto" | "" => Ok(Self::Auto),
            "confirmed" => Ok(Self::Confirmed),
            "rejected" => Ok(Self::Rejected),
            _ => Err(Error::Usage(format!("{word:?} is no status. Write auto, confirmed or rejected"))),
        }
    }
}

/// A pair of texts that translate each other, with its provenance.
#[derive(Debug, Clone, PartialEq)]
pub struct TranslationUnit {
    /// The article it comes from.
    pub document: String,
    /// The source text.
    pub source: Variant,
    /// The target text.
    pub target: Variant,
    /// The source segments' numbers in the article, from 0.
    pub source_segments: SegmentRange,
    /// The target segments' numbers in the article, from 0.
    pub target_segments: SegmentRange,
    /// See [`crate::align::Bead::confidence`].
    pub confidence: f64,
    /// What is known of its rightness.
    pub status: Status,
}

impl TranslationUnit {
    /// Whether one side has no text.
    pub fn is_one_sided(&self) -> bool {
        self.source.is_empty() || self.target.is_empty()
    }
}

/// A code of the original's layout in a text, such as the beginning of bold type. It is not part of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InlineCode {
    /// How many bytes of the text stand before it; always on a character boundary.
    pub at: usize,
    /// Whether it begins or ends something.
    pub kind: CodeKind,
    /// The format whose markup it is.
    pub markup: Markup,
    /// The code as it stands in the file: an element with all it holds, or the tag of one around text.
    pub code: String,
}

/// Whether a code begins or ends something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodeKind {
    /// It begins what a later code ends.
    Open,
    /// It ends what an earlier one began.
    Close,
    /// It stands alone.
    Standalone,
}

/// The formats that have inline codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Markup {
    /// TMX 1.4.
    Tmx,
    /// XLIFF 1.2.
    Xliff1,
    /// XLIFF 2.0 and later.
    Xliff2,
}

#[cfg(test)]
mod tests {
    use super::{Status, Variant};
    use crate::lang::Lang;

    #[test]
    fn segments_join_as_their_language_is_written() {
        let texts = ["一。", "二。"].map(str::to_owned).to_vec();
        assert_eq!(Variant { lang: Lang::japanese(), segments: texts }.text(), "一。二。");
        let texts = ["One.", "Two."].map(str::to_owned).to_vec();
        assert_eq!(Variant { lang: Lang::english(), segments: texts }.text(), "One. Two.");
    }

    #[test]
    fn status_words_are_read_back() {
        for status in [Status::Auto, Status::Confirmed, Status::Rejected] {
            assert_eq!(status.as_str().parse::<Status>().ok(), Some(status));
        }
        assert!("sure".parse::<Status>().is_err());
    }
}
