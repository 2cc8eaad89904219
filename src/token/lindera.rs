//! Japanese words by lindera and a dictionary in IPADIC's layout; the only file that names either.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use lindera::dictionary::{Dictionary, load_fs_dictionary};
use lindera::mode::Mode;
use lindera::segmenter::Segmenter;

use super::{PartOfSpeech, Token};
use crate::error::{Error, Result};
use crate::span::Span;

#[cfg(feature = "ipadic")]
#[allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    clippy::pedantic,
    reason = "lindera's macro writes this module"
)]
mod embedded {
    lindera_dictionary::embedded_dictionary!("/ipadic", Ipadic);
}

/// A morphological analyser with its dictionary.
pub(super) struct Analyzer {
    segmenter: Segmenter,
}

impl Analyzer {
    /// With the dictionary in the binary.
    #[cfg(feature = "ipadic")]
    pub(super) fn embedded() -> Result<Self> {
        let dictionary = embedded::load().map_err(|e| Error::Dictionary {
            path: None,
            message: format!("the embedded one is damaged ({e}). Build taiyaku again"),
        })?;
        Ok(Self::with(dictionary))
    }

    /// With a compiled dictionary from a folder.
    pub(super) fn from_folder(folder: &Path) -> Result<Self> {
        let dictionary = load_fs_dictionary(folder).map_err(|e| Error::Dictionary {
            path: Some(folder.to_owned()),
            message: format!(
                "{e}. Name a folder with an IPADIC compiled by lindera 6 (dict.trie, dict.words, matrix.mtx …)"
            ),
        })?;
        Ok(Self::with(dictionary))
    }

    fn with(dictionary: Dictionary) -> Self {
        Self { segmenter: Segmenter::new(Mode::Normal, dictionary, None) }
    }

    pub(super) fn tokens<'a>(&'a self, text: &'a str) -> Vec<Token<'a>> {
        // The analyser fails on no text; if it should, the text is one unknown word rather than nothing.
        let Ok(found) = self.segmenter.segment(Cow::Borrowed(text)) else {
            return super::script_run::tokens(text);
        };
        found
            .iter()
            .map(|token| {
                let span = Span::new(token.byte_start, token.byte_end);
                let fields: Vec<&'a str> = if token.word_id.is_unknown() {
                    self.segmenter.dictionary.unknown_word_details_iter(token.word_id.id() as usize).collect()
                } else {
                    self.segmenter.dictionary.word_details_iter(token.word_id.id() as usize).collect()
                };
                let field = |i: usize| fields.get(i).copied().filter(|f| *f != "*");
                let base = if token.word_id.is_unknown() { None } else { field(6) };
                let reading = if token.word_id.is_unknown() { None } else { field(7) };
                Token {
                    span,
                    base: base.unwrap_or_else(|| span.of(text)),
                    reading,
                    part: part_of_speech(field(0), field(1)),
                }
            })
            .collect()
    }
}

impl fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Analyzer").field("dictionary", &self.segmenter.dictionary.metadata.name).finish()
    }
}

/// IPADIC's part of speech and its first subcategory.
fn part_of_speech(main: Option<&str>, sub: Option<&str>) -> PartOfSpeech {
    match (main.unwrap_or_default(), sub.unwrap_or_default()) {
        ("名詞", "固有名詞") => PartOfSpeech::ProperNoun,
        ("名詞", "数") => PartOfSpeech::Number,
        ("名詞", "接尾") => PartOfSpeech::Suffix,
        ("名詞", _) => PartOfSpeech::Noun,
        ("接頭詞", _) => PartOfSpeech::Prefix,
        ("動詞", _) => PartOfSpeech::Verb,
        ("形容詞", _) => PartOfSpeech::Adjective,
        ("副詞", _) => PartOfSpeech::Adverb,
        ("連体詞", _) => PartOfSpeech::Adnominal,
        ("接続詞", _) => PartOfSpeech::Conjunction,
        ("感動詞" | "フィラー", _) => PartOfSpeech::Interjection,
        ("助詞", _) => PartOfSpeech::Particle,
        ("助動詞", _) => PartOfSpeech::Auxiliary,
        ("記号", _) => PartOfSpeech::Symbol,
        _ => PartOfSpeech::Other,
    }
}

#[cfg(all(test, feature = "ipadic"))]
mod tests {
    use super::Analyzer;

    #[test]
    fn inflected_words_give_their_base_form_and_reading() -> crate::error::Result<()> {
        let analyzer = Analyzer::embedded()?;
        let tokens = analyzer.tokens("岸田首相は行った。");
        let words: Vec<(&str, Option<&str>)> = tokens.iter().map(|t| (t.base, t.reading)).collect();
        assert_eq!(words.first(), Some(&("岸田", Some("キシダ"))));
        assert!(words.iter().any(|(base, _)| matches!(*base, "行く" | "行う")), "{words:?}");
        Ok(())
    }

    #[test]
    fn spans_point_into_the_text() -> crate::error::Result<()> {
        let text = "  ウルズラ・フォン・デア・ライエンが𠮷野家で e\u{301} 食べた";
        let analyzer = Analyzer::embedded()?;
        for token in analyzer.tokens(text) {
            assert!(!token.span.of(text).trim().is_empty());
        }
        Ok(())
    }
}
