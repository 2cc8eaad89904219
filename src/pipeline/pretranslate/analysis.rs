//! What an article will cost to translate: its segments, characters and words by how well the memory knows them.

use std::iter::Sum;
use std::ops::Add;

use serde::{Serialize, Serializer};

use crate::lang::Lang;
use crate::token::{PartOfSpeech, Tokenizer, words};

/// How well the memory knows a segment: the bands that translators' tools count and are paid by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// 101: the same text beside the same neighbour.
    Context,
    /// 100: the same text.
    Exact,
    /// 95 to 99.
    From95,
    /// 85 to 94.
    From85,
    /// 75 to 84.
    From75,
    /// 50 to 74.
    From50,
    /// Nothing from 50 on.
    New,
    /// The same text stood in the article before.
    Repetition,
}

impl Band {
    /// All bands, in the order of an analysis.
    pub const ALL: [Self; 8] = [
        Self::Context,
        Self::Exact,
        Self::From95,
        Self::From85,
        Self::From75,
        Self::From50,
        Self::New,
        Self::Repetition,
    ];

    /// The band of a best match's score; `None` where there is no match.
    pub fn of(score: Option<u8>) -> Self {
        match score.unwrap_or_default() {
            101.. => Self::Context,
            100 => Self::Exact,
            95.. => Self::From95,
            85.. => Self::From85,
            75.. => Self::From75,
            50.. => Self::From50,
            _ => Self::New,
        }
    }

    /// The word that stands in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Exact => "100",
            Self::From95 => "95-99",
            Self::From85 => "85-94",
            Self::From75 => "75-84",
            Self::From50 => "50-74",
            Self::New => "new",
            Self::Repetition => "repetitions",
        }
    }
}

impl Serialize for Band {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// How much text there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Volume {
    /// Segments.
    pub segments: usize,
    /// Characters (Unicode scalar values) without white space.
    pub characters: usize,
    /// Words: those of the dictionary in Japanese, otherwise those of UAX #29 that hold a letter or digit.
    pub words: usize,
}

impl Volume {
    /// The volume of one segment.
    pub fn of(segment: &str, lang: &Lang, tokenizer: &Tokenizer) -> Self {
        let is_word =
            |part: PartOfSpeech, text: &str| part != PartOfSpeech::Symbol && text.contains(char::is_alphanumeric);
        let words = if lang.is_japanese() {
            tokenizer.tokens(segment).iter().filter(|token| is_word(token.part, token.span.of(segment))).count()
        } else {
            words(segment).count()
        };
        Self { segments: 1, characters: segment.chars().filter(|c| !c.is_whitespace()).count(), words }
    }
}

impl Add for Volume {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            segments: self.segments + other.segments,
            characters: self.characters + other.characters,
            words: self.words + other.words,
        }
    }
}

impl Sum for Volume {
    fn sum<I: Iterator<Item = Self>>(volumes: I) -> Self {
        volumes.fold(Self::default(), Add::add)
    }
}

/// The analysis of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Analysis {
    /// One volume for each of [`Band::ALL`].
    volumes: [Volume; Band::ALL.len()],
}

impl Analysis {
    /// The analysis of these segments.
    pub fn new(segments: impl IntoIterator<Item = (Band, Volume)>) -> Self {
        let mut analysis = Self::default();
        for (band, volume) in segments {
            for (row, sum) in Band::ALL.iter().zip(&mut analysis.volumes) {
                if *row == band {
                    *sum = *sum + volume;
                }
            }
        }
        analysis
    }

    /// All bands with their volumes, in order.
    pub fn rows(&self) -> impl Iterator<Item = (Band, Volume)> + '_ {
        Band::ALL.into_iter().zip(self.volumes)
    }

    /// The volume of the article.
    pub fn total(&self) -> Volume {
        self.volumes.into_iter().sum()
    }

    /// How many per cent of the article's words these are; 0 where it has none.
    pub fn percent(&self, volume: Volume) -> f64 {
        let total = self.total().words;
        if total == 0 { 0.0 } else { 100.0 * volume.words as f64 / total as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::{Analysis, Band, Volume};
    use crate::lang::Lang;
    use crate::token::Tokenizer;

    #[test]
    fn bands_meet_without_gaps() {
        let bounds =
            [(101, Band::Context), (100, Band::Exact), (99, Band::From95), (95, Band::From95), (94, Band::From85)];
        let lower =
            [(85, Band::From85), (84, Band::From75), (75, Band::From75), (74, Band::From50), (50, Band::From50)];
        for (score, band) in bounds.into_iter().chain(lower) {
            assert_eq!(Band::of(Some(score)), band, "{score}");
        }
        assert_eq!((Band::of(Some(49)), Band::of(None)), (Band::New, Band::New));
    }

    #[test]
    fn spaces_are_no_characters_and_signs_are_no_words() {
        let tokenizer = Tokenizer::new().expect("the dictionary");
        let volume = |text: &str, lang: &Lang| {
            let Volume { segments, characters, words } = Volume::of(text, lang, &tokenizer);
            (segments, characters, words)
        };
        assert_eq!(volume("It isn’t far, 3.5 km.", &Lang::english()), (1, 17, 5));
        assert_eq!(volume("＊　＊　＊", &Lang::japanese()), (1, 3, 0));
        assert_eq!(volume("", &Lang::japanese()), (1, 0, 0));
        #[cfg(feature = "ipadic")]
        assert_eq!(volume("水が　流れた。", &Lang::japanese()), (1, 6, 4));
    }

    #[test]
    fn per_cent_are_of_the_words() {
        let volume = |words| Volume { segments: 1, characters: 10, words };
        let analysis = Analysis::new([(Band::New, volume(3)), (Band::Exact, volume(1)), (Band::New, volume(0))]);
        let rows: Vec<_> = analysis.rows().filter(|(_, volume)| volume.segments > 0).collect();
        assert_eq!(rows, [(Band::Exact, volume(1)), (Band::New, volume(3) + volume(0))]);
        assert_eq!(rows.iter().map(|(_, volume)| analysis.percent(*volume)).collect::<Vec<_>>(), [25.0, 75.0]);
        assert_eq!(analysis.total(), Volume { segments: 3, characters: 30, words: 4 });
        assert_eq!(Analysis::default().percent(Volume::default()).to_bits(), 0.0_f64.to_bits());
    }
}
