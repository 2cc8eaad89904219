//! `taiyaku check` in projects: which articles, what is set and silenced, what is corrected, and waiting for changes.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::program::{Run, program, run, sample_project};

/// A project with two aligned articles; a line of the first has no translation.
fn project() -> TempDir {
    let project = tempfile::tempdir().expect("a folder");
    write(project.path(), "corpus/a/ja.md", "# 雨\n\n雨が降る。\n\n傘がない。\n");
    write(project.path(), "corpus/a/en.md", "# Rain\n\nIt rains.\n");
    write(
        project.path(),
        "corpus/a/alignment.tsv",
        "ja\ten\tnote\tignore\n雨\tRain\t\t\n雨が降る。\tIt rains.\t\t\n傘がない。\t\t\t\n",
    );
    write(project.path(), "corpus/b/ja.md", "ダウデンは来た。\n\nダウデンは帰った。\n");
    write(project.path(), "corpus/b/en.md", "**Dоwden** came.\n\nDowden left.\n");
    write(
        project.path(),
        "corpus/b/alignment.tsv",
        "ja\ten\tnote\tignore\nダウデンは来た。\tDоwden came.\tDоwden\t\nダウデンは帰った。\tDowden left.\t\t\n",
    );
    project
}

fn write(folder: &Path, name: &str, content: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, content).expect("a file");
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a file")
}

/// The findings of two checks, each as `DOCUMENT:LINE CHECK SEVERITY`.
fn findings(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let all = [&["check", "--format", "jsonl", "-q"], arguments].concat();
    let Run { stdout, stderr, .. } = run(folder, &all);
    assert_eq!(stderr, "");
    let shown = |line: &str| {
        let finding: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| finding[key].as_str().expect("a text").to_owned();
        format!("{}:{} {} {}", text("document"), finding["lines"][0], text("check"), text("severity"))
    };
    let findings = stdout.lines().map(shown);
    findings.filter(|finding| finding.contains("empty-side") || finding.contains("script-homoglyph")).collect()
}

const EMPTY: &str = "a:3 empty-side warning";
const CYRILLIC: &str = "b:1 script-homoglyph error";

#[test]
fn all_articles_are_checked_or_those_that_are_named() {
    let project = project();
    assert_eq!(findings(project.path(), &[]), [EMPTY, CYRILLIC]);
    assert_eq!(findings(project.path(), &["b"]), [CYRILLIC]);
    assert_eq!(findings(project.path(), &["corpus/a/alignment.tsv"]), [EMPTY]);
    assert_eq!(findings(project.path(), &["--skip", "script-homoglyph"]), [EMPTY]);
    let other = findings(project.path(), &["a", "--check", "empty-side"]);
    assert_eq!(other, [EMPTY]);
}

#[test]
fn checks_are_set_for_the_project_and_for_an_article() {
    let project = project();
    write(
        project.path(),
        "taiyaku.toml",
        "[checks]\nempty-side = \"error\"\n[checks.article.b]\nscript-homoglyph = \"off\"\n",
    );
    assert_eq!(findings(project.path(), &[]), ["a:3 empty-side error"]);
    write(project.path(), "taiyaku.toml", "[checks]\n\nempty-sid = \"error\"\n");
    let run = run(project.path(), &["check"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("taiyaku.toml, line 3: [checks]: there is no check empty-sid. "), "{}", run.stderr);
}

#[test]
fn a_comment_or_the_ignore_column_silences_a_place() {
    let project = project();
    write(project.path(), "corpus/a/ja.md", "# 雨\n\n雨が降る。\n\n<!-- taiyaku:ignore empty-side -->\n傘がない。\n");
    let table =
        read(project.path(), "corpus/b/alignment.tsv").replacen("\tDоwden\t\n", "\tDоwden\tscript-homoglyph\n", 1);
    write(project.path(), "corpus/b/alignment.tsv", &table);
    assert_eq!(findings(project.path(), &[]), [""; 0]);
}

#[test]
fn an_article_that_has_changed_since_it_was_aligned_is_told() {
    let project = project();
    write(project.path(), "corpus/a/en.md", "# Rain\n\nIt rained.\n");
    let run = run(project.path(), &["check", "a"]);
    assert!(run.stderr.contains("a has changed since it was aligned"), "{}", run.stderr);
}

#[test]
fn an_article_that_is_not_aligned_or_broken_is_told_and_the_rest_is_checked() {
    let project = project();
    fs::remove_file(project.path().join("corpus/a/alignment.tsv")).expect("a file");
    let told = run(project.path(), &["check"]);
    assert!(told.stderr.contains("a has not been aligned yet: it is aligned for this check only"), "{}", told.stderr);
    assert!(told.stdout.contains("b:1: error[script-homoglyph]"), "{}", told.stdout);
    write(project.path(), "corpus/a/alignment.tsv", "<<<<<<< HEAD\n");
    let told = run(project.path(), &["check"]);
    assert_eq!(told.code, Some(2));
    assert!(told.stderr.contains("merge conflict") && told.stdout.contains("b:1: "), "{}", told.stderr);
}

#[test]
fn a_correction_changes_the_text_and_its_alignment_and_nothing_else() {
    let project = project();
    let before = ["corpus/b/en.md", "corpus/b/alignment.tsv"].map(|name| read(project.path(), name));
    let dry = run(project.path(), &["check", "--check", "script-homoglyph", "--fix", "--dry-run"]);
    assert_eq!(dry.code, Some(1));
    for line in ["--- a/corpus/b/en.md", "+++ b/corpus/b/en.md", "-**Dоwden** came.", "+**Dowden** came."] {
        assert!(dry.stdout.lines().any(|shown| shown == line), "{line}\n{}", dry.stdout);
    }
    assert_eq!(read(project.path(), "corpus/b/en.md"), before[0], "a dry run");
    let fixed = run(project.path(), &["check", "--check", "script-homoglyph", "--fix"]);
    assert_eq!(fixed.code, Some(0), "{}{}", fixed.stdout, fixed.stderr);
    assert!(fixed.stderr.contains("1 finding corrected in 2 files."), "{}", fixed.stderr);
    assert_eq!(read(project.path(), "corpus/b/en.md"), before[0].replace("Dоwden", "Dowden"));
    assert_eq!(read(project.path(), "corpus/b/alignment.tsv"), before[1].replacen("Dоwden", "Dowden", 1));
}

#[test]
fn a_bad_glossary_is_told_with_its_line_and_the_texts_are_checked() {
    let project = project();
    write(project.path(), "glossary/a.tsv", "ja,en\nダウデン,Dowden\n");
    write(project.path(), "glossary/b.tsv", "ja\ten\nダウデン\tDow\u{200b}den\nア\tA\n");
    let run = run(project.path(), &["check"]);
    assert_eq!(run.code, Some(2));
    for told in [
        "error: glossary/a.tsv, line 1: the first line has no columns separated by tabs",
        "note: glossary/b.tsv, line 2: Dow<U+200B>den holds the invisible character U+200B",
        "note: glossary/b.tsv, line 3: ア is one character",
    ] {
        assert!(run.stderr.contains(told), "{told}\n{}", run.stderr);
    }
    assert!(run.stdout.contains("a:3: warning[empty-side]"), "{}", run.stdout);
}

#[test]
fn formats_go_by_the_ending_of_the_output() {
    let project = project();
    for (name, beginning) in [
        ("r.html", "<!DOCTYPE html>"),
        ("r.sarif", "{\n  \"$schema\""),
        ("r.jsonl", "{\"check\""),
        ("r.txt", "a:3: warning[empty-side]"),
    ] {
        assert_eq!(run(project.path(), &["check", "-o", name]).code, Some(1));
        assert!(read(project.path(), name).starts_with(beginning), "{name}");
    }
}

#[test]
fn a_report_does_not_depend_on_the_number_of_threads() {
    let project = sample_project();
    assert_eq!(run(project.path(), &["align", "-q"]).code, Some(0));
    let report = |threads: &str| run(project.path(), &["check", "--severity", "note", "--threads", threads]);
    assert_eq!(report("1"), report("3"));
}

#[cfg(unix)]
#[test]
fn watching_checks_again_and_ends_with_the_last_result() {
    let project = project();
    let mut child = program(project.path())
        .args(["check", "a", "--watch", "--check", "empty-side"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let (sender, told) = mpsc::channel();
    let messages = child.stderr.take().expect("its messages");
    thread::spawn(move || {
        BufReader::new(messages).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    let wait_for = |wanted: &str| {
        while !told.recv_timeout(Duration::from_secs(60)).expect(wanted).contains(wanted) {}
    };
    wait_for("1 finding in 1 of 3 lines");
    wait_for("Waiting for changes");
    let table = read(project.path(), "corpus/a/alignment.tsv").replace("傘がない。\t\t\t\n", "傘がない。\t\t\t*\n");
    write(project.path(), "corpus/a/alignment.tsv", &table);
    wait_for("No findings in 3 lines");
    wait_for("Waiting for changes");
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    assert_eq!(child.wait().expect("its end").code(), Some(0));
}
