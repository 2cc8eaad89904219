//! The translation memory: `cargo bench --bench memory`, and the truth by brute force.
//!
//! Without more, look-ups in a memory of made-up sentences are measured. With the variables MEMORY (a memory's file),
//! QUERIES (a text a line) and LANGUAGE (theirs), the queries are looked up there one after the other, on one thread, and
//! each answer is compared with the best similarity in the whole memory, by band. With MEMORY and SEARCH (a word) the first
//! page of the concordance is timed.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a benchmark without its input has nothing to say")]

use std::env;
use std::fs;
use std::path::Path;
use std::time::Instant;

use divan::{Bencher, black_box};
use rayon::prelude::*;
use taiyaku::align::{Aligner, SegmentRange};
use taiyaku::lang::Lang;
use taiyaku::lexicon::Lexicon;
use taiyaku::memory::{Entry, ImportOptions, LookupOptions, Memory, SearchOptions};
use taiyaku::token::Tokenizer;
use taiyaku::unit::{Status, TranslationUnit, Variant};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

fn main() {
    match (env::var("MEMORY"), env::var("QUERIES"), env::var("LANGUAGE")) {
        (Ok(memory), Ok(queries), Ok(language)) => check(&memory, &queries, &language),
        (Ok(memory), ..) if env::var("SEARCH").is_ok() => search(&memory, &env::var("SEARCH").expect("a word")),
        _ => divan::main(),
    }
}

const WHO: [&str; 8] = ["首相", "外相", "農家の人", "駅長", "漁師たち", "隣の国の大使", "若い記者", "町の医者"];
const WHERE: [&str; 8] =
    ["港で", "雨の中で", "市場の前で", "古い橋の上で", "議会で", "山の村で", "病院で", "海辺の駅で"];
const WHAT: [&str; 8] = [
    "演説した",
    "長い手紙を読んだ",
    "魚を売った",
    "新しい船を見た",
    "何も言わなかった",
    "夜まで待った",
    "歌った",
    "計画に反対した",
];

fn sentence(i: usize) -> String {
    let pick = |words: [&'static str; 8], by: usize| words[(i / by) % 8];
    format!("{}年、{}は{}{}。", i / 512, pick(WHO, 1), pick(WHERE, 8), pick(WHAT, 64))
}

fn made_up(units: usize) -> (TempDir, Memory) {
    let folder = tempfile::tempdir().expect("a folder");
    let memory = Memory::create(&folder.path().join("memory.db")).expect("a new memory");
    let variant = |lang, text| Variant { lang, segments: vec![text] };
    let entries = (0..units).map(|i| {
        Ok(Entry::from(TranslationUnit {
            document: format!("d{}", i / 50),
            source: variant(Lang::japanese(), sentence(i)),
            target: variant(Lang::english(), format!("Sentence number {i} of many that nobody wrote.")),
            source_segments: SegmentRange::default(),
            target_segments: SegmentRange::default(),
            confidence: 1.0,
            status: Status::Auto,
        }))
    });
    memory.import(entries, &ImportOptions::default(), &mut |_| {}).expect("a sound memory");
    (folder, memory)
}

/// A sentence with a few other characters.
#[divan::bench(args = [1_000, 10_000, 100_000])]
fn lookup(bencher: Bencher, units: usize) {
    let (_folder, memory) = made_up(units);
    let query = sentence(units / 3).replace("は", "が").replace('。', "、");
    bencher.bench(|| memory.lookup(black_box(query.as_str()), &LookupOptions::default()));
}

/// A sentence that the memory holds.
#[divan::bench(args = [100_000])]
fn lookup_exact(bencher: Bencher, units: usize) {
    let (_folder, memory) = made_up(units);
    let query = sentence(units / 3);
    bencher.bench(|| memory.lookup(black_box(query.as_str()), &LookupOptions { limit: 1, ..LookupOptions::default() }));
}

/// Import and index of the first time.
#[divan::bench(args = [10_000], sample_count = 5)]
fn import(units: usize) -> (TempDir, Memory) {
    made_up(units)
}

/// What texts are compared by, written a second time so that an error in the first is seen.
fn key(text: &str) -> Vec<char> {
    let hiragana = |c: char| match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(c as u32 - 0x60).expect("a kana"),
        _ => c,
    };
    text.trim().nfkc().flat_map(char::to_lowercase).map(hiragana).collect()
}

fn search(memory: &str, word: &str) {
    let memory = Memory::open(Path::new(memory)).expect("a memory");
    let (tokenizer, lexicon) = (Tokenizer::new().expect("a dictionary"), Lexicon::shipped());
    let aligner = Aligner::new(&tokenizer, vec![&lexicon]);
    for aligner in [None, Some(&aligner)] {
        let options = SearchOptions { aligner, ..SearchOptions::default() };
        for _ in 0..4 {
            let start = Instant::now();
            let found = memory.search(word, &options).expect("a sound memory");
            println!("{word}: {} units, {:.1} ms", found.units, start.elapsed().as_secs_f64() * 1e3);
        }
    }
}

fn check(memory: &str, queries: &str, language: &str) {
    let memory = Memory::open(Path::new(memory)).expect("a memory");
    let lang: Lang = language.parse().expect("a language tag");
    let mut keys = Vec::new();
    memory
        .for_each(|unit| {
            for side in unit.map_or_else(|_| Vec::new(), |entry| vec![entry.unit.source, entry.unit.target]) {
                if side.lang.primary() == lang.primary() {
                    keys.push(key(&side.text()));
                }
            }
            Ok(())
        })
        .expect("a sound memory");
    let options = LookupOptions { limit: 1, source_lang: Some(lang), ..LookupOptions::default() };
    let queries = fs::read_to_string(queries).expect("queries");
    let queries: Vec<&str> = queries.lines().collect();
    let mut milliseconds = Vec::new();
    let answers: Vec<(usize, usize)> = queries
        .iter()
        .map(|query| {
            let start = Instant::now();
            let found = memory.lookup(*query, &options).expect("a sound memory");
            milliseconds.push(start.elapsed().as_secs_f64() * 1e3);
            found.first().map_or((1, 1), |found| distance(&key(query), &key(&found.source)))
        })
        .collect();
    milliseconds.sort_by(f64::total_cmp);
    let at = |part: usize| milliseconds[(milliseconds.len() - 1) * part / 100];
    println!("{} units, {} queries: median {:.3} ms, 95 % {:.3} ms", keys.len(), queries.len(), at(50), at(95));
    let best: Vec<(usize, usize)> = queries
        .par_iter()
        .map(|query| {
            let query = key(query);
            keys.iter().map(|key| distance(&query, key)).min_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1))).unwrap_or((1, 1))
        })
        .collect();
    for (low, high) in [(90, 101), (75, 90), (60, 75), (0, 60)] {
        let percent = |(distance, length): (usize, usize)| 100 * (length - distance) / length.max(1);
        let band: Vec<_> =
            answers.iter().zip(&best).filter(|(_, best)| (low..high).contains(&percent(**best))).collect();
        // Below the threshold nothing is to be found.
        let right =
            band.iter().filter(
                |(answer, best)| if low == 0 { answer.0 == answer.1 } else { answer.0 * best.1 == best.0 * answer.1 },
            );
        println!("{low:>3} to {high}: {} of {} right", right.count(), band.len());
    }
}

/// The distance and the longer length; distances of no interest are as great as the length.
fn distance(a: &Vec<char>, b: &Vec<char>) -> (usize, usize) {
    let length = a.len().max(b.len());
    if a.len().abs_diff(b.len()) * 100 > length * 45 {
        return (length, length);
    }
    (strsim::generic_levenshtein(a, b), length)
}
