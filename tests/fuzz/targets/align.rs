//! Whatever two texts hold, the beads cover both of them in order.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use taiyaku::align::{Aligner, TextPair};
use taiyaku::lang::Lang;
use taiyaku::lexicon::Lexicon;
use taiyaku::token::Tokenizer;

static TOKENIZER: LazyLock<Tokenizer> = LazyLock::new(Tokenizer::script_runs);
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);
/// The segments a side that are aligned: enough for every kind of bead, few enough to be fast.
const SEGMENTS: usize = 12;

// Each line is a segment, the first half of them the source.
fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.lines().collect();
    let (source, target) = lines.split_at(lines.len() / 2);
    let pair = TextPair {
        source: source.iter().copied().take(SEGMENTS).collect(),
        target: target.iter().copied().take(SEGMENTS).collect(),
        ..TextPair::default()
    };
    let aligner = Aligner::new(&TOKENIZER, vec![&LEXICON]);
    for (source_lang, target_lang) in [(Lang::japanese(), Lang::english()), (Lang::english(), Lang::japanese())] {
        let aligned = aligner.align(&source_lang, &target_lang, std::slice::from_ref(&pair)).expect("an alignment");
        let (mut s, mut t) = (0, 0);
        for bead in aligned[0].alignment.beads() {
            assert_eq!((bead.source.start, bead.target.start), (s, t), "beads follow each other");
            assert!(bead.source.len() + bead.target.len() > 0, "no bead is empty");
            assert!((0.0..=1.0).contains(&bead.confidence), "{}", bead.confidence);
            (s, t) = (bead.source.end, bead.target.end);
        }
        assert_eq!((s, t), (pair.source.len(), pair.target.len()), "beads cover both texts");
    }
});
