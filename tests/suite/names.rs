//! The names of the sample project: its three planted slips are found, and nothing else is flagged.

use std::path::Path;

use tempfile::TempDir;

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

/// A dictionary of names in the format ENAMDICT, of our own making.
const DICTIONARY: &str = "小鳥遊 [たかなし] /Takanashi (s)/\n月見里 [やまなし] /Yamanashi (s)/\n";

#[test]
fn a_dictionary_of_names_tells_readings_that_nothing_else_tells() {
    let folder = TempDir::new().expect("a folder");
    let lines = [
        ("小鳥遊が来た。", "Takanashi came."),
        ("小鳥遊が笑った。", "Takanashi laughed."),
        ("月見里と小鳥遊の話", "Yamanashi and Takanashi talked."),
        ("月見里は残った。", "Yamanashi stayed."),
        ("月見里は去った。", "Takanashi left."),
    ];
    let rows: Vec<String> = lines.iter().map(|(source, target)| format!("{source}\t{target}\n")).collect();
    std::fs::write(folder.path().join("a.tsv"), format!("ja\ten\n{}", rows.concat())).expect("a file");
    std::fs::write(folder.path().join("enamdict"), DICTIONARY).expect("a file");
    let found = |arguments: &[&str]| {
        let check = ["check", "a.tsv", "--check", "name-swapped", "--format", "jsonl", "-q"];
        run(folder.path(), &[&check, arguments].concat())
    };
    assert_eq!(found(&[]).stdout, "");
    let with = found(&["--name-dictionary", "enamdict"]);
    assert_eq!(with.stdout.lines().count(), 1, "{}{}", with.stdout, with.stderr);
    assert!(
        with.stdout.contains("Yamanashi") && with.stdout.contains("\"target_name\":\"Takanashi\""),
        "{}",
        with.stdout
    );
}
