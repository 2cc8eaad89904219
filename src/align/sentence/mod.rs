//! The features of a sentence, by the language it is written in.

mod fold;
mod japanese;
mod kept;
mod spaced;
mod stem;
mod unspaced;

use super::evidence::{function, punctuation};
use super::feature::{Feature, Kind};
use crate::glossary::Matcher;
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::token::Tokenizer;

pub(crate) use fold::fold;
pub(super) use japanese::words as japanese_words;
pub(super) use kept::KeptRuns;
pub(super) use spaced::content_words;
pub(super) use stem::Stemmer;
pub(crate) use stem::Stems;

/// What is needed to read the sentences of one language.
pub(super) struct Reader<'a> {
    pub(super) lang: &'a Lang,
    pub(super) tokenizer: &'a Tokenizer,
    /// The word lists whose headwords are in this language, for compounds.
    pub(super) lexicons: &'a [&'a Lexicon],
    /// The glossary's terms in this language.
    pub(super) terms: Option<&'a Matcher>,
}

impl Reader<'_> {
    /// All features of a sentence; one may stand in it more than once. `kept` are runs of Han characters of the other text,
    /// which this one may hold inside longer runs.
    pub(super) fn features(&self, text: &str, kept: &KeptRuns, stems: &mut Stems) -> Vec<Feature> {
        let mut found = if self.lang.is_japanese() {
            japanese::read(text, self.tokenizer, self.lexicons)
        } else if self.lang.is_unspaced() {
            unspaced::read(text)
        } else {
            spaced::read(self.lang, text, stems)
        };
        found.extend(kept.found_in(text).map(|run| Feature::new(Kind::Han, run)));
        if let Some(terms) = self.terms {
            found.extend(terms.find(text).iter().map(|term| Feature::new(Kind::Term, term.entry.to_string())));
        }
        found.extend(punctuation::read(self.lang, text));
        if self.lang.is_unspaced() || self.lang.is_korean() {
            found.extend(function::read(self.lang, text));
        }
        found
    }
}
