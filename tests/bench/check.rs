//! Benchmarks of the name and term checks: `cargo bench --bench check`.

#![allow(clippy::expect_used, reason = "a benchmark without its input has nothing to say")]

use std::fmt::Write;
use std::path::Path;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use taiyaku::check::{Bitext, BitextLine, CHECKS, Context, Settings, run};
use taiyaku::glossary::Glossary;
use taiyaku::lang::Lang;
use taiyaku::lexicon::Lexicon;
use taiyaku::token::Tokenizer;

/// The rows of a large glossary.
const ROWS: usize = 50_000;
/// Syllables to make names of, in katakana and as they are written in English.
const SYLLABLES: [(&str, &str); 12] = [
    ("バル", "bal"),
    ("ケン", "ken"),
    ("ドー", "dor"),
    ("フィ", "fi"),
    ("グラ", "gra"),
    ("ホル", "hol"),
    ("ジェ", "je"),
    ("リン", "lin"),
    ("モー", "mor"),
    ("ネス", "nes"),
    ("ペル", "per"),
    ("サン", "san"),
];
/// What lines are made of.
const SENTENCES: [(&str, &str); 4] = [
    (
        "昨日の午後、{}は記者団に対し、計画の見直しを検討していると述べた。",
        "Yesterday afternoon {} told reporters that the plan was under review.",
    ),
    (
        "{}によると、合意の内容はまだ公表されていない。",
        "According to {}, the terms of the agreement have not been made public.",
    ),
    ("委員会は来月、{}の提案について採決する予定だ。", "The committee is to vote on the proposal by {} next month."),
    ("町の人々は橋の完成を三十年待っていた。", "The people of the town had waited thirty years for the bridge."),
];

fn main() {
    divan::main();
}

/// The name of this number in both languages.
fn name(number: usize) -> (String, String) {
    let (mut katakana, mut latin) = (String::new(), String::new());
    let mut rest = number;
    for _ in 0..5 {
        let (kana, letters) = SYLLABLES[rest % SYLLABLES.len()];
        katakana.push_str(kana);
        latin.push_str(letters);
        rest /= SYLLABLES.len();
    }
    (katakana, latin.get(..1).unwrap_or_default().to_uppercase() + latin.get(1..).unwrap_or_default())
}

/// Lines of articles of so many lines each. Every tenth line renders its name by another.
fn bitext(lines: usize, lines_of_article: usize) -> Bitext {
    let line = |at: usize| {
        let (source, target) = SENTENCES[at % SENTENCES.len()];
        let number = at * 7919 % (lines / 4).max(1);
        BitextLine {
            document: format!("article {}", at / lines_of_article),
            line: at + 1,
            source: source.replace("{}", &name(number).0),
            target: target.replace("{}", &name(if at.is_multiple_of(10) { number + 1 } else { number }).1),
            ..BitextLine::default()
        }
    };
    Bitext { source: Lang::japanese(), target: Lang::english(), lines: (0..lines).map(line).collect() }
}

fn glossary(rows: usize) -> Glossary {
    let mut text = "ja\ten\tkind\n".to_owned();
    for number in 0..rows {
        let (katakana, latin) = name(number);
        writeln!(text, "{katakana}\t{latin}\tperson").expect("a string takes all");
    }
    let mut glossary = Glossary::default();
    glossary.add_tsv(&text, Path::new("names.tsv")).expect("a glossary");
    glossary
}

fn check(bencher: Bencher, bitext: &Bitext, glossary: &Glossary) {
    let tokenizer = Tokenizer::new().expect("the dictionary");
    let lexicons = [Lexicon::shipped()];
    let is_of_names = |name: &str| name.starts_with("name-") || name.starts_with("term-");
    let only = CHECKS.iter().map(|check| check.name).filter(|name| is_of_names(name)).map(str::to_owned).collect();
    let settings = Settings { only, ..Settings::default() };
    bencher
        .counter(ItemsCount::new(bitext.lines.len()))
        .bench(|| run(&Context::new(black_box(bitext), &tokenizer, glossary, &lexicons), &settings));
}

/// Articles of forty lines, without a glossary and with a large one; items are lines.
#[divan::bench(args = [0, ROWS], sample_count = 5)]
fn articles(bencher: Bencher, rows: usize) {
    check(bencher, &bitext(20_000, 40), &glossary(rows));
}

/// One document of many lines: ten times the lines should take about ten times the time.
#[divan::bench(args = [2_000, 20_000], sample_count = 3)]
fn one_document(bencher: Bencher, lines: usize) {
    check(bencher, &bitext(lines, lines), &Glossary::default());
}
