//! How fast glossaries are ready: `cargo bench --bench glossary`. 50,000 rows in half a second is the aim.

use std::path::Path;

use taiyaku::glossary::{Glossary, Matcher};
use taiyaku::lang::Lang;

fn main() {
    divan::main();
}

/// So many rows, as large termbases have.
const ROWS: usize = 50_000;

/// A glossary of full names, no two of them the same, each with further forms.
fn rows() -> String {
    let kana = ["ア", "カ", "サ", "タ", "ナ", "ハ", "マ", "ヤ", "ラ", "ワ"];
    let latin = ["a", "ka", "sa", "ta", "na", "ha", "ma", "ya", "ra", "wa"];
    let spelt = |number: usize, parts: [&str; 10]| -> String {
        number.to_string().bytes().filter_map(|digit| parts.get(usize::from(digit - b'0')).copied()).collect()
    };
    // One row in five is a full name in katakana, whose surname is derived by its sound.
    let row = |number: usize| {
        let (ja, en) = (spelt(number + 10_000, kana), spelt(number + 10_000, latin));
        if number.is_multiple_of(5) {
            format!("ヤン・{ja} | {ja}氏\tJan K{en} | !Jan C{en}\tperson\tnumber {number}\n")
        } else {
            format!("{ja}市 | {ja}\tK{en} | !C{en}\tplace\tnumber {number}\n")
        }
    };
    std::iter::once("ja\ten\tkind\tnote\n".to_owned()).chain((0..ROWS).map(row)).collect()
}

fn read(rows: &str) -> Glossary {
    let mut glossary = Glossary::default();
    let told = glossary.add_tsv(rows, Path::new("names.tsv"));
    assert!(told.is_ok_and(|told| told.is_empty()));
    glossary
}

#[divan::bench(sample_count = 10)]
fn reading(bencher: divan::Bencher<'_, '_>) {
    let rows = rows();
    bencher.bench(|| read(&rows));
}

#[divan::bench(sample_count = 10)]
fn surnames(bencher: divan::Bencher<'_, '_>) {
    let glossary = read(&rows());
    bencher.with_inputs(|| glossary.clone()).bench_refs(Glossary::derive_surnames);
}

#[divan::bench(sample_count = 10)]
fn matchers_of_both_languages(bencher: divan::Bencher<'_, '_>) {
    let glossary = read(&rows());
    bencher.bench(|| [Lang::japanese(), Lang::english()].map(|lang| Matcher::new(&glossary, &lang)));
}

#[divan::bench(sample_count = 10)]
fn problems(bencher: divan::Bencher<'_, '_>) {
    let glossary = read(&rows());
    bencher.bench(|| assert_eq!(glossary.problems(), []));
}
