//! Sentences: where a document's blocks are cut into the segments that are aligned.

mod abbreviations;
mod bracket;
mod chinese;
mod general;
mod japanese;
mod japanese_veto;
mod join;
mod run_in_heading;
mod usual_form;

use self::usual_form::usual_forms;
use crate::document::{BlockKind, Document};
use crate::lang::{Lang, is_han, is_hiragana, is_katakana};
use crate::span::Span;
use crate::token::Tokenizer;

/// A sentence, or what stands for one: a heading, a list item, a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The index of the block it lies in.
    pub block: usize,
    /// Where it stands in the document's text, without surrounding white space.
    pub span: Span,
}

/// The sentences of a document, block by block.
///
/// Separators, dates and handles are one segment each; a block of white space has none. Every other character of a
/// block lies in exactly one segment, in order. Line breaks inside a block separate nothing.
pub fn segment(document: &Document, tokenizer: &Tokenizer) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let text = block.span.of(&document.text);
        let ends = match block.kind {
            BlockKind::Separator | BlockKind::Date | BlockKind::Handle => Vec::new(),
            BlockKind::Paragraph => {
                let heading = run_in_heading(text, &document.lang, tokenizer);
                let start = heading.unwrap_or(0);
                let ends = sentence_ends(text.get(start..).unwrap_or_default(), &document.lang, tokenizer);
                heading.into_iter().chain(ends.into_iter().map(|end| end + start)).collect()
            }
            _ => sentence_ends(text, &document.lang, tokenizer),
        };
        segments.extend(pieces(text, &ends).map(|piece| {
            let span = Span::new(block.span.start + piece.start, block.span.start + piece.end);
            Segment { block: index, span }
        }));
    }
    segments
}

/// Where a heading that has run into the paragraph `text` ends.
fn run_in_heading(text: &str, lang: &Lang, tokenizer: &Tokenizer) -> Option<usize> {
    match lang.primary() {
        "ja" => run_in_heading::japanese(text, tokenizer),
        "en" => run_in_heading::english(text),
        _ => None,
    }
}

/// Where sentences end inside `text`, in bytes, by the rules of its script; the end of the text is not among them.
fn sentence_ends(text: &str, lang: &Lang, tokenizer: &Tokenizer) -> Vec<usize> {
    let has_kana = || text.chars().any(|c| is_hiragana(c) || is_katakana(c));
    let has_han = || text.chars().any(is_han);
    // A block in another script than the article's, such as a quoted source, follows the rules of its own.
    if lang.is_japanese() && (has_kana() || has_han() || !has_latin(text)) {
        japanese::ends(&usual_forms(text), tokenizer)
    } else if lang.is_chinese() && (has_han() || !has_latin(text)) {
        chinese::ends(&usual_forms(text))
    } else if !lang.is_unspaced() && !has_latin(text) && has_kana() {
        japanese::ends(&usual_forms(text), tokenizer)
    } else {
        general::ends(text, lang)
    }
}

fn has_latin(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The trimmed pieces of `text` between `ends`. A piece of signs alone belongs to the sentence before it (a stray
/// bracket, an emoji), at the beginning to the sentence behind it.
fn pieces(text: &str, ends: &[usize]) -> impl Iterator<Item = Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(ends.len() + 1);
    let mut start = 0;
    let mut leading_signs = false;
    for &end in ends.iter().chain([&text.len()]) {
        let piece = Span::new(start, end).trimmed(text);
        start = end;
        if piece.is_empty() {
            continue;
        }
        let is_signs = !piece.of(text).chars().any(char::is_alphanumeric);
        match spans.last_mut() {
            Some(last) if is_signs || leading_signs => {
                last.end = piece.end;
                leading_signs &= is_signs;
            }
            _ => {
                leading_signs = is_signs && spans.is_empty();
                spans.push(piece);
            }
        }
    }
    spans.into_iter()
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::segment;
    use crate::document::{Block, BlockKind, Document};
    use crate::span::Span;
    use crate::token::Tokenizer;

    /// One block of `kind` that holds all of `text`, segmented as `lang`.
    fn split(lang: &str, kind: BlockKind, text: &str) -> Vec<String> {
        let (Ok(lang), Ok(tokenizer)) = (lang.parse(), Tokenizer::new()) else { panic!("no language or dictionary") };
        let blocks = vec![Block { kind, span: Span::new(0, text.len()) }];
        let document = Document { id: "test".to_owned(), lang, text: text.to_owned(), blocks };
        segment(&document, &tokenizer).iter().map(|s| s.span.of(&document.text).to_owned()).collect()
    }

    /// The sentences of a paragraph.
    pub(crate) fn assert_split(lang: &str, text: &str, sentences: &[&str]) {
        assert_eq!(split(lang, BlockKind::Paragraph, text), sentences, "{text}");
    }

    /// A paragraph given as its sentences, which are joined by nothing.
    pub(crate) fn assert_sentences(lang: &str, sentences: &[&str]) {
        assert_split(lang, &sentences.concat(), sentences);
    }

    #[test]
    fn a_separator_a_date_and_a_handle_are_one_segment() {
        for (kind, text) in
            [(BlockKind::Separator, "* * *"), (BlockKind::Date, "2024. 5. 13."), (BlockKind::Handle, "@a! @b")]
        {
            assert_eq!(split("ja", kind, text), [text]);
        }
    }

    #[test]
    fn a_heading_may_hold_two_sentences() {
        assert_eq!(split("ja", BlockKind::Heading, "雨か？雪か？"), ["雨か？", "雪か？"]);
        assert_eq!(split("en", BlockKind::Heading, "Rain? Or snow?"), ["Rain?", "Or snow?"]);
    }

    #[test]
    fn a_block_of_white_space_has_no_segment() {
        assert_split("ja", "", &[]);
        assert_split("en", " \u{3000}\n ", &[]);
    }

    #[test]
    fn signs_alone_belong_to_a_neighbour() {
        assert_split("ja", "やった。🎉", &["やった。🎉"]);
        assert_split("ja", "？！　そうか。わかった。", &["？！　そうか。", "わかった。"]);
        assert_split("en", "... ! Yes. 🎉", &["... ! Yes. 🎉"]);
        assert_split("ja", "……。", &["……。"]);
    }

    #[test]
    fn a_line_break_inside_a_block_separates_nothing() {
        assert_split("ja", "庭の\n木が倒れ\nた。夜だ。", &["庭の\n木が倒れ\nた。", "夜だ。"]);
        assert_split("en", "The tree\nFell\r\nover. It\nwas night.", &["The tree\nFell\r\nover.", "It\nwas night."]);
    }

    #[test]
    fn a_block_in_another_script_follows_its_own_rules() {
        assert_split("ja", "Mr. Hill left. He was tired.", &["Mr. Hill left.", "He was tired."]);
        assert_split("en", "「行く。帰る。」と言った。夜だ。", &["「行く。帰る。」と言った。", "夜だ。"]);
    }

    proptest! {
        #[test]
        fn segments_tile_the_block(
            text in "([。．｡！？!?.…─「」『』（）()\"“”’»、とはでのって一二ア1２aBU \n\u{3000}\u{200b}🎉é]|Mr\\. |。」と|\\PC){0,60}",
            lang in prop::sample::select(vec!["ja", "en", "zh", "ko", "fr", "de"]),
        ) {
            let visible = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let sentences = split(lang, BlockKind::Paragraph, &text);
            prop_assert_eq!(visible(&sentences.concat()), visible(&text));
            for sentence in &sentences {
                prop_assert!(!sentence.is_empty());
                prop_assert_eq!(sentence.trim(), sentence);
            }
        }
    }
}
