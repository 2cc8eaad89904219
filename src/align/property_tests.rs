//! Whatever the texts are, alignments cover them, do not depend on order or threads, and keep to what people said.

use std::borrow::Cow;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::{Aligned, Aligner, SegmentRange, TextPair};
use crate::lang::Lang;
use crate::lexicon::{Lexicon, Rendering};
use crate::token::Tokenizer;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new(Lang::japanese(), Lang::english());
    for (word, text) in [("池", "pond"), ("水", "water"), ("町", "town"), ("雨", "rain"), ("橋", "bridge")] {
        lexicon.add(word, Rendering { text: Cow::Borrowed(text), weight: 0.6 });
    }
    lexicon
});

fn align(source: &Lang, target: &Lang, pairs: &[TextPair<'_>]) -> Vec<Aligned> {
    let tokenizer = Tokenizer::script_runs();
    let aligned = Aligner::new(&tokenizer, vec![&LEXICON]).align(source, target, pairs);
    aligned.unwrap_or_else(|error| panic!("{error}"))
}

fn japanese(pair: &Texts) -> Vec<Aligned> {
    align(&Lang::japanese(), &Lang::english(), &[pair.as_pair()])
}

#[derive(Debug, Clone)]
struct Texts {
    source: Vec<String>,
    target: Vec<String>,
}

impl Texts {
    fn as_pair(&self) -> TextPair<'_> {
        TextPair {
            source: self.source.iter().map(String::as_str).collect(),
            target: self.target.iter().map(String::as_str).collect(),
            ..TextPair::default()
        }
    }

    fn mirrored(&self) -> Self {
        Self { source: self.target.clone(), target: self.source.clone() }
    }
}

/// Segments of up to six pieces; none makes an empty one.
fn segments(pieces: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let segment = prop::collection::vec(prop::sample::select(pieces), 0..6).prop_map(|pieces| pieces.concat());
    prop::collection::vec(segment, 0..9)
}

fn texts() -> impl Strategy<Value = Texts> {
    const JAPANESE: &[&str] = &[
        "池",
        "水",
        "町の",
        "雨が",
        "橋を",
        "私は",
        "ない",
        "。",
        "「",
        "」",
        "か。",
        "カトー",
        "田中",
        "APT31",
        "3",
        "4兆7300億",
        "令和6年",
        "5月",
        "🌧",
        "か\u{3099}",
        "葛\u{e0100}",
        "ั",
        "　",
    ];
    const ENGLISH: &[&str] = &[
        "pond ",
        "water ",
        "town ",
        "rain ",
        "bridge ",
        "I ",
        "not ",
        ". ",
        "“",
        "” ",
        "? ",
        "Kato ",
        "Tanaka ",
        "APT31 ",
        "3 ",
        "4.73 trillion ",
        "2024 ",
        "May 5 ",
        "🌧",
        "e\u{301}",
        "\u{200d}",
        " ",
    ];
    (segments(JAPANESE), segments(ENGLISH)).prop_map(|(source, target)| Texts { source, target })
}

fn cuts(aligned: &Aligned) -> Vec<(SegmentRange, SegmentRange)> {
    aligned.alignment.beads().iter().map(|b| (b.source, b.target)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn beads_cover_both_texts(texts in texts()) {
        let aligned = japanese(&texts);
        let (mut source, mut target) = (0, 0);
        for bead in aligned[0].alignment.beads() {
            prop_assert_eq!((bead.source.start, bead.target.start), (source, target));
            prop_assert!(bead.source.len() + bead.target.len() > 0);
            prop_assert!((0.0..=1.0).contains(&bead.confidence), "{}", bead.confidence);
            (source, target) = (bead.source.end, bead.target.end);
        }
        prop_assert_eq!((source, target), (texts.source.len(), texts.target.len()));
    }

    #[test]
    fn the_other_direction_gives_the_same_beads(texts in texts()) {
        let there = japanese(&texts);
        let back = align(&Lang::english(), &Lang::japanese(), &[texts.mirrored().as_pair()]);
        prop_assert_eq!(&back[0].alignment, &there[0].alignment.mirrored());
        prop_assert_eq!(&back[0].relatedness, &there[0].relatedness);
    }

    #[test]
    fn threads_change_nothing(first in texts(), second in texts()) {
        let in_pool = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let pairs = [first.as_pair(), second.as_pair()];
            pool.map(|pool| pool.install(|| align(&Lang::japanese(), &Lang::english(), &pairs)))
        };
        prop_assert_eq!(in_pool(1).ok(), in_pool(3).ok());
    }

    #[test]
    fn what_people_said_of_beads_holds(texts in texts(), at in any::<prop::sample::Index>()) {
        let free = cuts(&japanese(&texts)[0]);
        prop_assume!(!free.is_empty());
        let cut = free[at.index(free.len())];
        let again = |confirmed: Vec<_>, rejected: Vec<_>| {
            let pair = TextPair { confirmed, rejected, ..texts.as_pair() };
            cuts(&align(&Lang::japanese(), &Lang::english(), &[pair])[0])
        };
        prop_assert!(again(vec![cut], Vec::new()).contains(&cut));
        if !cut.0.is_empty() && !cut.1.is_empty() {
            prop_assert!(!again(Vec::new(), vec![cut]).contains(&cut));
        }
    }
}
