//! The names of the sample project: its three planted slips are found, and nothing else is flagged.

use crate::program::{run, sample_project};

/// The name and term checks, without those of numbers, empty lines and the like.
const CHECKS: &str = "term-missing,term-deprecated,term-unexpected,name-inconsistent,name-swapped,name-spelling,name-diacritics,script-homoglyph";

/// What is found in the sample articles: the text that is marked, in order. Alignments are made for the check.
fn found(arguments: &[&str]) -> Vec<String> {
    let project = sample_project();
    let run = run(project.path(), &[&["check", "--check", CHECKS, "--format", "jsonl", "-q"], arguments].concat());
    assert!(run.stderr.is_empty(), "{}", run.stderr);
    let name = |line: &str| {
        let finding: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let name = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", name("check"), name("source_name"), name("target_name"))
    };
    run.stdout.lines().map(name).collect()
}

#[test]
fn with_the_glossary_the_three_planted_slips_are_found_and_nothing_else() {
    assert_eq!(
        found(&[]),
        ["name-swapped カーンズ Nokes", "name-spelling ドーデン Dowden", "term-deprecated  Lipavsky"]
    );
}

#[test]
fn without_a_glossary_nothing_that_is_right_is_flagged() {
    assert_eq!(found(&["--no-glossary"]), ["name-swapped カーンズ Nokes", "name-diacritics  Lipavsky"]);
}
