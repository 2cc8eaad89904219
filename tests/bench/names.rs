//! How often the place that sounds most like a katakana name is the name itself: `cargo bench --bench names -- FOLDER`.
//!
//! The folder holds `annotations.jsonl`, one name a line with its places on both sides (`{"doc", "line", "ja", "en",
//! "en_start", "rel"}`, offsets in characters; `rel` is `full` where the English is the whole name), and `clean.tsv` with the
//! columns document, line, source and target. Names that are translated rather than written by sound count as well.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a measurement prints its figure, or why there is none")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use taiyaku::lang::is_katakana;
use taiyaku::name::{Katakana, best_span};

#[derive(Deserialize)]
struct Annotation {
    doc: String,
    line: usize,
    ja: String,
    en: String,
    en_start: Option<usize>,
    rel: String,
    r#type: String,
}

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).map(PathBuf::from);
    match folder {
        Some(folder) => measure(&folder),
        None => println!("Name the folder of a set of names: cargo bench --bench names -- FOLDER"),
    }
}

fn measure(folder: &Path) {
    let clean = fs::read_to_string(folder.join("clean.tsv")).expect("clean.tsv");
    let targets: HashMap<(&str, usize), &str> = clean
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(((cells.next()?, cells.next()?.parse().ok()?), cells.nth(1)?))
        })
        .collect();
    let annotations = fs::read_to_string(folder.join("annotations.jsonl")).expect("annotations.jsonl");
    let (mut right, mut all, mut persons_right, mut persons) = (0, 0, 0, 0);
    for line in annotations.lines() {
        let name: Annotation = serde_json::from_str(line).expect("an annotation");
        let is_katakana_name = name.ja.chars().all(|c| is_katakana(c) || matches!(c, '・' | '＝'));
        let Some(target) = targets.get(&(name.doc.as_str(), name.line)) else { continue };
        let (Some(katakana), Some(start)) = (Katakana::new(&name.ja), name.en_start) else { continue };
        if !is_katakana_name || name.rel != "full" {
            continue;
        }
        let bare = ["'s", "’s"].iter().find_map(|ending| name.en.strip_suffix(ending)).unwrap_or(&name.en);
        let found = best_span(&katakana, target).map(|(span, _)| span);
        let is_right = found.is_some_and(|span| {
            let before = target.get(..span.start).unwrap_or_default().chars().count();
            span.of(target) == bare && (before == start || target.matches(bare).count() > 1)
        });
        if !is_right {
            println!("{}\t{}\t{bare}\t{}", name.r#type, name.ja, found.map_or("", |span| span.of(target)));
        }
        all += 1;
        right += usize::from(is_right);
        persons += usize::from(name.r#type == "person");
        persons_right += usize::from(is_right && name.r#type == "person");
    }
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    println!("{right} of {all} names: {:.3}; persons {:.3}", share(right, all), share(persons_right, persons));
}
