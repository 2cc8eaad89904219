//! Words of a text: dictionary words for Japanese, UAX #29 words for languages with spaces.

mod lindera;
mod script_run;
mod unicode;

use std::path::Path;

use crate::error::Result;
use crate::span::Span;

pub use unicode::{Word, words};

/// A word of a Japanese text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where it stands in the text given to [`Tokenizer::tokens`].
    pub span: Span,
    /// Its dictionary form (行った → 行く); the text itself for an unknown word.
    pub base: &'a str,
    /// Its reading in katakana, where the dictionary has one.
    pub reading: Option<&'a str>,
    /// Its part of speech.
    pub part: PartOfSpeech,
}

/// A part of speech, as far as alignment and checks tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartOfSpeech {
    /// A common noun, or a verbal noun (発表).
    Noun,
    /// A name.
    ProperNoun,
    /// A number.
    Number,
    /// A suffix of a noun (氏, 性).
    Suffix,
    /// A prefix (新, 各).
    Prefix,
    /// A verb.
    Verb,
    /// An i-adjective.
    Adjective,
    /// An adverb.
    Adverb,
    /// A word that only modifies nouns (この, 大きな).
    Adnominal,
    /// A conjunction.
    Conjunction,
    /// An interjection or a filler.
    Interjection,
    /// A particle.
    Particle,
    /// An auxiliary verb.
    Auxiliary,
    /// A sign.
    Symbol,
    /// Anything else.
    Other,
}

impl PartOfSpeech {
    /// Whether such words carry meaning that a translation shows.
    pub fn is_content(self) -> bool {
        matches!(
            self,
            Self::Noun
                | Self::ProperNoun
                | Self::Number
                | Self::Suffix
                | Self::Prefix
                | Self::Verb
                | Self::Adjective
                | Self::Adverb
                | Self::Adnominal
                | Self::Interjection
        )
    }
}

/// Cuts Japanese text into words. One is made at start and shared by all threads.
#[derive(Debug)]
pub struct Tokenizer {
    engine: Engine,
}

#[derive(Debug)]
enum Engine {
    Dictionary(Box<lindera::Analyzer>),
    ScriptRuns,
}

impl Tokenizer {
    /// The tokenizer of this build: IPADIC where it is embedded, script runs otherwise.
    ///
    /// Fails when the embedded dictionary is damaged.
    pub fn new() -> Result<Self> {
        #[cfg(feature = "ipadic")]
        let engine = Engine::Dictionary(Box::new(lindera::Analyzer::embedded()?));
        #[cfg(not(feature = "ipadic"))]
        let engine = Engine::ScriptRuns;
        Ok(Self { engine })
    }

    /// A tokenizer with a dictionary compiled by lindera, loaded from a folder.
    ///
    /// Fails when the folder holds no such dictionary or one of another format version.
    pub fn from_folder(folder: &Path) -> Result<Self> {
        Ok(Self { engine: Engine::Dictionary(Box::new(lindera::Analyzer::from_folder(folder)?)) })
    }

    /// A tokenizer without a dictionary: words are runs of one script.
    pub fn script_runs() -> Self {
        Self { engine: Engine::ScriptRuns }
    }

    /// Whether words come from a dictionary rather than from script runs.
    pub fn has_dictionary(&self) -> bool {
        matches!(self.engine, Engine::Dictionary(_))
    }

    /// The words of `text` in order; white space belongs to none.
    pub fn tokens<'a>(&'a self, text: &'a str) -> Vec<Token<'a>> {
        match &self.engine {
            Engine::Dictionary(analyzer) => analyzer.tokens(text),
            Engine::ScriptRuns => script_run::tokens(text),
        }
    }
}
