//! The names of the sample project: its three planted slips are found, and nothing else is flagged.

use std::path::Path;

use crate::program::{run, sample_project};

/// What is found in the articles of `project`, as check and marked texts, in order.
fn found_in(project: &Path, arguments: &[&str]) -> Vec<String> {
    let run = run(project, &[&["check", "--format", "jsonl", "-q"], arguments].concat());
    assert!(run.stderr.is_empty(), "{}", run.stderr);
    let name = |line: &str| {
        let finding: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let name = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", name("check"), name("source_name"), name("target_name"))
    };
    run.stdout.lines().map(name).collect()
}

/// The same for the sample articles, which are aligned for the check.
fn found(arguments: &[&str]) -> Vec<String> {
    found_in(sample_project().path(), arguments)
}

const PLANTED: [&str; 3] =
    ["name-swapped カーンズ Nokes", "name-spelling ドーデン Dowden", "term-deprecated  Lipavsky"];

#[test]
fn with_the_glossary_the_three_planted_slips_are_found_and_nothing_else() {
    assert_eq!(found(&[]), PLANTED);
}

#[test]
fn the_same_is_found_in_articles_that_are_aligned() {
    let project = sample_project();
    assert_eq!(run(project.path(), &["align", "-q"]).code, Some(0));
    assert_eq!(found_in(project.path(), &[]), PLANTED);
}

#[test]
fn without_a_glossary_nothing_that_is_right_is_flagged() {
    assert_eq!(found(&["--no-glossary"]), ["name-swapped カーンズ Nokes", "name-diacritics  Lipavsky"]);
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = include_str!("../../README.md").replace("\r\n", "\n");
    let (_, block) = readme.split_once("```\n$ taiyaku check\n").expect("the README shows a check");
    let (shown, _) = block.split_once("```").expect("the end of what it prints");
    let project = sample_project();
    assert_eq!(run(project.path(), &["align", "-q"]).code, Some(0));
    let run = run(project.path(), &["check"]);
    assert_eq!(format!("{}{}", run.stdout, run.stderr), shown);
}
