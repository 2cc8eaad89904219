//! Whatever the bytes are, they are read, or refused as no text, and the blocks are a sound part of the text.

use proptest::prelude::*;

use super::{Document, ReadOptions, read_bytes};
use crate::error::{Error, Result};
use crate::lang::Lang;

fn read(name: &str, bytes: &[u8]) -> Result<Document> {
    let options = ReadOptions { lang: Some(Lang::japanese()), ..ReadOptions::default() };
    read_bytes(name, bytes, &options).map(|reading| reading.document)
}

fn assert_sound(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end, "blocks are in order and do not overlap");
        assert!(!block.span.of(&document.text).is_empty(), "spans lie on character boundaries and hold text");
        assert_eq!(block.span, block.span.trimmed(&document.text));
        end = block.span.end;
    }
}

/// Plain text is never dropped: between the blocks there is nothing but white space.
fn assert_whole(document: &Document) {
    let mut rest = document.text.clone();
    for block in document.blocks.iter().rev() {
        rest.replace_range(block.span.start..block.span.end, "");
    }
    assert_eq!(rest.trim(), "");
}

/// Pieces of markup and of Japanese, put together at random.
fn fragments() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "池の水。",
        "　",
        "\n",
        "\r\n",
        "\n\n",
        "「水」",
        "▼",
        "・",
        "*",
        "**",
        "_",
        "# ",
        "> ",
        "- ",
        "1. ",
        "`",
        "```\n",
        "|",
        "|---|\n",
        "---\n",
        "[a](b",
        ")",
        "![",
        "]",
        "&amp;",
        "&#x0;",
        "&",
        "<p>",
        "</p>",
        "<div class=share>",
        "</div>",
        "<article>",
        "<br>",
        "<table><tr><td>",
        "</table>",
        "<ruby>池<rt>いけ",
        "</ruby>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<pre>",
        "<li>",
        "<a href=x>",
        "</a>",
        "<h1>",
        "<title>",
        "<svg/>",
        "<b>",
        "</b>",
        "@kagi",
        "2024年5月13日",
        "（",
        "）",
        "e\u{301}",
        "葛\u{e0100}",
        "\u{200b}",
        "a long English line of text that goes on",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..150)) {
        for name in ["a.txt", "a.md", "a.html"] {
            match read(name, &bytes) {
                Ok(document) => {
                    assert_sound(&document);
                    if name == "a.txt" {
                        assert_whole(&document);
                    }
                }
                Err(error) => prop_assert!(matches!(error, Error::Format { .. }), "{}", error),
            }
        }
    }

    #[test]
    fn any_markup_is_read(text in fragments()) {
        for name in ["a.txt", "a.md", "a.html"] {
            assert_sound(&read(name, text.as_bytes())?);
        }
        let document = read("a.txt", text.as_bytes())?;
        // Readings over kanji are left out of a plain text, and nothing else.
        prop_assert!(document.text == text || text.contains("</ruby>"));
        assert_whole(&document);
    }
}
