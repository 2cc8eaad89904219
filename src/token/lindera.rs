//! Japanese words by lindera and a dictionary in IPADIC's layout; the only file that names either.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::path::Path;

use lindera::dictionary::{Dictionary, Lattice, load_fs_dictionary};
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

thread_local! {
    /// The analyser's working memory, which every sentence of a thread uses again.
    static LATTICE: RefCell<Lattice> = RefCell::default();
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
        // The analyser's own words would tell the user nothing.
        let dictionary = load_fs_dictionary(folder).map_err(|_| Error::Dictionary {
            path: Some(folder.to_owned()),
            message: format!(
                "{}. Name a folder with an IPADIC compiled by lindera 6 (dict.trie, dict.words, matrix.mtx …)",
                if folder.is_dir() { "its files are missing or damaged" } else { "there is no such folder" }
            ),
        })?;
        Ok(Self::with(dictionary))
    }

    fn with(dictionary: Dictionary) -> Self {
        Self { segmenter: Segmenter::new(Mode::Normal, dictionary, None) }
    }

    pub(super) fn tokens<'a>(&'a self, text: &'a str) -> Vec<Token<'a>> {
        // The analyser fails on no text; if it should, runs of one script are better than nothing.
        let found =
            LATTICE.with_borrow_mut(|lattice| self.segmenter.segment_with_lattice(Cow::Borrowed(text), lattice));
        let Ok(found) = found else {
            return super::script_run::tokens(text);
        };
        let dictionary = &self.segmenter.dictionary;
        found
            .iter()
            .map(|token| {
                let span = Span::new(token.byte_start, token.byte_end);
                let id = token.word_id.id() as usize;
                if token.word_id.is_unknown() {
                    let mut fields = dictionary.unknown_word_details_iter(id);
                    let part = part_of_speech(fields.next(), fields.next());
                    return Token { span, base: span.of(text), reading: None, part };
                }
                let mut fields = dictionary.word_details_iter(id).map(|field| Some(field).filter(|f| *f != "*"));
                let part = part_of_speech(fields.next().flatten(), fields.next().flatten());
                let base = fields.nth(BASE_FORM - 2).flatten().unwrap_or_else(|| span.of(text));
                let reading = fields.next().flatten();
                Token { span, base, reading, part }
            })
            .collect()
    }
}

/// The place of the base form among IPADIC's fields, from 0; the reading follows it.
const BASE_FORM: usize = 6;

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
