//! Whatever the text, its sentences lie on character boundaries, in order, and hold all of every block but white space.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use taiyaku::document::{ReadOptions, read_bytes};
use taiyaku::segment::segment;
use taiyaku::token::Tokenizer;

static TOKENIZER: LazyLock<Tokenizer> = LazyLock::new(Tokenizer::script_runs);

fuzz_target!(|text: &str| {
    for tag in ["ja", "en", "zh", "ko", "fr"] {
        let options = ReadOptions { lang: tag.parse().ok(), ..ReadOptions::default() };
        let Ok(reading) = read_bytes("a.txt", text.as_bytes(), &options) else { continue };
        let document = reading.document;
        let segments = segment(&document, &TOKENIZER);
        for (index, block) in document.blocks.iter().enumerate() {
            let mut end = block.span.start;
            for segment in segments.iter().filter(|segment| segment.block == index) {
                assert_eq!(document.text[end..segment.span.start].trim(), "", "nothing lies between sentences");
                assert!(!segment.span.of(&document.text).is_empty());
                assert_eq!(segment.span, segment.span.trimmed(&document.text));
                end = segment.span.end;
            }
            assert_eq!(document.text[end..block.span.end].trim(), "", "nothing lies behind the last sentence");
        }
        assert!(segments.is_sorted_by_key(|segment| (segment.block, segment.span.start)));
    }
});
