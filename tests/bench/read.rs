//! How fast bilingual files are read: `cargo bench --bench read`.

#![allow(clippy::expect_used, reason = "a file that cannot be read has no speed")]

use std::io::Cursor;
use std::path::Path;

use divan::counter::BytesCount;
use taiyaku::format::{UnitReadOptions, UnitReader};

fn main() {
    divan::main();
}

/// So many units of two sentences, as much as ten books hold.
const UNITS: usize = 50_000;

/// The texts of a unit; no two are the same.
fn texts(number: usize) -> (String, String) {
    (
        format!("{number}番の池の水を、夜のうちに山の上まで汲み上げておくのは、昼の電気が余るからだという。"),
        format!("The water of pond {number} is pumped up the hill by night, since there is power to spare by day."),
    )
}

fn file(head: &str, row: fn(&str, &str) -> String, end: &str) -> Vec<u8> {
    let rows = (0..UNITS).map(texts).map(|(source, target)| row(&source, &target));
    std::iter::once(head.to_owned()).chain(rows).chain([end.to_owned()]).collect::<String>().into_bytes()
}

fn read(bencher: divan::Bencher<'_, '_>, name: &str, content: &[u8]) {
    bencher.counter(BytesCount::new(content.len())).with_inputs(|| Cursor::new(content.to_vec())).bench_values(
        |content| {
            let reader =
                UnitReader::new(Path::new(name), content, &UnitReadOptions::default()).expect("a readable file");
            assert_eq!(reader.flatten().count(), UNITS);
        },
    );
}

#[divan::bench]
fn tmx(bencher: divan::Bencher<'_, '_>) {
    let row = |source: &str, target: &str| {
        format!(
            "<tu>\n<tuv xml:lang=\"ja\"><seg>{source}</seg></tuv>\n<tuv xml:lang=\"en\"><seg>{target}</seg></tuv>\n</tu>\n"
        )
    };
    read(bencher, "a.tmx", &file("<tmx version=\"1.4\"><header srclang=\"ja\"/><body>\n", row, "</body></tmx>\n"));
}

#[divan::bench]
fn tsv(bencher: divan::Bencher<'_, '_>) {
    read(bencher, "a.tsv", &file("ja\ten\n", |source, target| format!("{source}\t{target}\n"), ""));
}

#[divan::bench]
fn csv(bencher: divan::Bencher<'_, '_>) {
    read(bencher, "a.csv", &file("ja,en\n", |source, target| format!("\"{source}\",\"{target}\"\n"), ""));
}

#[divan::bench]
fn jsonl(bencher: divan::Bencher<'_, '_>) {
    let row = |source: &str, target: &str| {
        format!(
            "{{\"source_language\":\"ja\",\"target_language\":\"en\",\"source\":\"{source}\",\"target\":\"{target}\"}}\n"
        )
    };
    read(bencher, "a.jsonl", &file("", row, ""));
}
