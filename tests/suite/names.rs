//! The names of the sample project: its three planted slips are found, and nothing else is flagged.

use tempfile::TempDir;

use crate::program::{run, sample_project};

/// What all checks find in the sample articles, notes aside: the text that is marked, in order. Alignments are made for the check.
fn found(arguments: &[&str]) -> Vec<String> {
    let project = sample_project();
    let run = run(project.path(), &[&["check", "--format", "jsonl", "-q"], arguments].concat());
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
