//! Benchmarks of the daily jobs on the sample articles: `cargo bench`.

#![allow(clippy::expect_used, reason = "a benchmark without its input has nothing to say")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use taiyaku::document::ReadOptions;
use taiyaku::pipeline::{Pipeline, Resources, Text};

const ARTICLE: &str = "corpus/2024-05-13-cyberattacks-in-europe";

fn main() {
    divan::main();
}

fn pipeline() -> Pipeline {
    Pipeline::new(&Resources::default()).expect("what ships can be loaded").0
}

fn text(pipeline: &Pipeline, name: &str) -> Text {
    let path = format!("{ARTICLE}/{name}");
    pipeline.read(path.as_ref(), &ReadOptions::default()).expect("the sample article can be read").0
}

/// The text repeated, as one long article.
fn repeated(text: &Text, times: usize) -> Text {
    Text { segments: text.segments.iter().cycle().take(text.segments.len() * times).cloned().collect(), ..text.clone() }
}

/// What every start costs: the dictionary and the word list.
#[divan::bench]
fn start() -> Pipeline {
    pipeline()
}

/// Reading an article and cutting it into sentences.
#[divan::bench]
fn read(bencher: Bencher) {
    let pipeline = pipeline();
    bencher.bench(|| text(&pipeline, black_box("ja.md")));
}

/// Aligning an article, alone and as part of a long text; items are segments of both sides.
#[divan::bench(args = [1, 10, 50])]
fn align(bencher: Bencher, times: usize) {
    let pipeline = pipeline();
    let (source, target) = (repeated(&text(&pipeline, "ja.md"), times), repeated(&text(&pipeline, "en.md"), times));
    let segments = source.segments.len() + target.segments.len();
    bencher
        .counter(ItemsCount::new(segments))
        .with_inputs(|| (source.clone(), target.clone()))
        .bench_values(|(source, target)| pipeline.align(source, target));
}
