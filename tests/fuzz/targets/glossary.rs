//! Any text is read as a glossary, or refused; what it finds lies on character boundaries.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use taiyaku::glossary::{Glossary, Matcher};
use taiyaku::lang::Lang;

/// A text besides the glossary's own.
const TEXT: &str = "ダウデン副首相とリパフスキー氏。Deputy Prime Minister Dowden’s answer to Jan Lipavský";

fuzz_target!(|text: &str| {
    let mut glossary = Glossary::default();
    if glossary.add_tsv(text, Path::new("names.tsv")).is_err() {
        return;
    }
    glossary.derive_surnames();
    for lang in [Lang::japanese(), Lang::english()] {
        let matcher = Matcher::new(&glossary, &lang);
        for text in [text, TEXT] {
            for found in matcher.find(text) {
                assert!(!found.span.of(text).is_empty(), "{found:?}");
            }
        }
    }
});
