//! Any bytes are read as an article in each of the formats, or refused; the blocks are a sound part of the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taiyaku::document::{Document, ReadOptions, read_bytes};
use taiyaku::lang::Lang;

fuzz_target!(|bytes: &[u8]| {
    let given = ReadOptions { lang: Some(Lang::japanese()), ..ReadOptions::default() };
    for options in [ReadOptions::default(), given] {
        for name in ["a.txt", "a.md", "a.html"] {
            if let Ok(reading) = read_bytes(name, bytes, &options) {
                assert_sound(&reading.document);
                if name == "a.txt" {
                    assert_whole(&reading.document);
                }
            }
        }
    }
});

fn assert_sound(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end, "blocks are in order and do not overlap");
        assert!(!block.span.of(&document.text).is_empty(), "spans lie on character boundaries and hold text");
        assert_eq!(block.span, block.span.trimmed(&document.text), "spans begin and end with text");
        end = block.span.end;
    }
}

/// Plain text is never dropped: between the blocks there is nothing but white space.
fn assert_whole(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert_eq!(document.text[end..block.span.start].trim(), "");
        end = block.span.end;
    }
    assert_eq!(document.text[end..].trim(), "");
}
