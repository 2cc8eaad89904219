//! The features of a sentence, by the language it is written in.

mod fold;
mod japanese;
mod spaced;
mod stem;
mod unspaced;

use super::evidence::{function, punctuation};
use super::feature::Feature;
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::token::Tokenizer;

pub(super) use fold::fold;
pub(super) use spaced::content_words;
pub(super) use stem::Stemmer;

/// What is needed to read the sentences of one language.
pub(super) struct Reader<'a> {
    pub(super) lang: &'a Lang,
    pub(super) tokenizer: &'a Tokenizer,
    /// The word list whose headwords are in this language, for compounds.
    pub(super) lexicon: Option<&'a Lexicon>,
    pub(super) stemmer: Stemmer,
}

impl Reader<'_> {
    /// All features of a sentence; one may stand in it more than once.
    pub(super) fn features(&self, text: &str) -> Vec<Feature> {
        let mut found = if self.lang.is_japanese() {
            japanese::read(text, self.tokenizer, self.lexicon)
        } else if self.lang.is_unspaced() {
            unspaced::read(text)
        } else {
            spaced::read(self.lang, text, &self.stemmer)
        };
        found.extend(punctuation::read(self.lang, text));
        if self.lang.is_unspaced() || self.lang.is_korean() {
            found.extend(function::read(self.lang, text, &[]));
        }
        found
    }
}
