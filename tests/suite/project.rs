//! A project from the first alignment to the export, with people's corrections between.

use std::fs;
use std::path::Path;

use crate::program::{Run, alignments, run, sample_project, stdout};

const IKKYU: &str = "corpus/2024-02-18-ikkyu-and-daitokuji";

/// The lines of an article's alignment file.
fn lines(project: &Path, article: &str) -> Vec<String> {
    let text = fs::read_to_string(project.join(article).join("alignment.tsv")).expect("an alignment");
    text.lines().map(str::to_owned).collect()
}

/// Changes an article's alignment file line by line.
fn edit(project: &Path, article: &str, change: impl FnMut(String) -> String) {
    let edited: String = lines(project, article).into_iter().map(change).map(|line| line + "\n").collect();
    fs::write(project.join(article).join("alignment.tsv"), edited).expect("a corrected file");
}

#[test]
fn articles_are_aligned_once_and_then_unchanged() {
    let project = sample_project();
    let first = run(project.path(), &["align"]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert_eq!(first.stdout.lines().count(), 4);
    assert!(!first.stdout.contains("unchanged") && first.stderr.starts_with("4 articles: 4 aligned; "), "{first:?}");
    let files = alignments(project.path());
    assert_eq!(files.len(), 4);
    let second = run(project.path(), &["align"]);
    assert!(second.stdout.lines().all(|line| line.ends_with(" (unchanged)")), "{}", second.stdout);
    assert!(second.stderr.starts_with("4 articles: 4 unchanged; "), "{}", second.stderr);
    assert_eq!(stdout(project.path(), &["align", "--all"]), first.stdout);
    assert_eq!(alignments(project.path()), files);
}

#[test]
fn articles_aligned_one_after_another_are_as_if_aligned_at_once() {
    let (one_by_one, at_once) = (sample_project(), sample_project());
    for article in ["ikkyu", "cyberattacks", "moulds", "pumped"] {
        stdout(one_by_one.path(), &["align", article]);
    }
    stdout(at_once.path(), &["align"]);
    assert_eq!(alignments(one_by_one.path()), alignments(at_once.path()));
}

#[test]
fn a_translation_without_text_leaves_the_alignment_as_it_is() {
    let project = sample_project();
    stdout(project.path(), &["align", "ikkyu"]);
    let before = alignments(project.path());
    let translation = project.path().join(IKKYU).join("en.md");
    fs::write(&translation, "\n").expect("written");
    for arguments in [&["align", "ikkyu"][..], &["align", "--all", "ikkyu"]] {
        let Run { code, stderr, .. } = run(project.path(), arguments);
        assert_eq!(code, Some(0));
        assert!(stderr.contains("en.md holds no text: the article is left as it is"), "{stderr}");
        assert_eq!(alignments(project.path()), before);
    }
}

#[test]
fn a_text_changed_in_the_alignment_alone_is_told() {
    let project = sample_project();
    stdout(project.path(), &["align", "ikkyu"]);
    let aligned = lines(project.path(), IKKYU);
    edit(project.path(), IKKYU, |line| if line == aligned[3] { line.replacen('.', "!", 1) } else { line });
    let Run { stderr, .. } = run(project.path(), &["align", "ikkyu"]);
    let told = "alignment.tsv: line 4 holds a text that is not the article's, and is aligned anew";
    assert!(stderr.contains(told), "{stderr}");
    assert_eq!(lines(project.path(), IKKYU), aligned);
}

#[test]
fn export_tells_of_texts_that_changed_since_the_alignment() {
    let project = sample_project();
    stdout(project.path(), &["align"]);
    let export = || run(project.path(), &["export", "-o", "pairs.tsv"]);
    let Run { code, stderr, .. } = export();
    assert!(code == Some(0) && stderr.lines().count() == 1, "nothing has changed: {stderr}");
    // A bead cut in two by hand is no change of the text.
    let third = lines(project.path(), IKKYU)[3].clone();
    let mut is_cut = false;
    edit(project.path(), IKKYU, |line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let is_first = line == third && !std::mem::replace(&mut is_cut, true);
        if is_first {
            format!("{}\t\t1.000\tconfirmed\t\t\n\t{}\t1.000\tconfirmed\t\t", cells[0], cells[1])
        } else {
            line
        }
    });
    assert_eq!(export().stderr.lines().count(), 1);
    let path = project.path().join(IKKYU).join("en.md");
    let text = fs::read_to_string(&path).expect("the article");
    fs::write(&path, text.replace("Every child in Japan knows", "Many a child in Japan knows")).expect("a new version");
    let Run { code, stderr, .. } = export();
    let told = "taiyaku: note: 2024-02-18-ikkyu-and-daitokuji: en.md changed since the alignment, and the old text is exported. Run `taiyaku align` first\n";
    assert!(code == Some(0) && stderr.starts_with(told) && stderr.lines().count() == 2, "{stderr}");
    stdout(project.path(), &["align", "--quiet"]);
    assert_eq!(export().stderr.lines().count(), 1);
}

#[test]
fn a_dry_run_writes_nothing_and_names_choose_articles() {
    let project = sample_project();
    let dry = run(project.path(), &["align", "--dry-run"]);
    assert!(dry.stderr.starts_with("4 articles: 4 to be aligned; "), "{}", dry.stderr);
    assert_eq!(alignments(project.path()), []);
    let one = stdout(project.path(), &["align", "ikkyu"]);
    assert_eq!(one.lines().count(), 1);
    let files: Vec<_> = alignments(project.path()).into_iter().map(|(path, _)| path).collect();
    assert_eq!(files, [Path::new(IKKYU).join("alignment.tsv")]);
}

#[test]
fn corrections_survive_a_new_alignment() {
    let project = sample_project();
    stdout(project.path(), &["align"]);
    // Two beads joined by hand, confirmed and annotated, and one rejected.
    let before = lines(project.path(), IKKYU);
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let (third, fourth, seventh) = (cells(&before[3]), cells(&before[4]), cells(&before[7]));
    let joined = format!("{} ¶ {}\t{} ¶ {}\t1.000\tconfirmed\tby hand\t", third[0], fourth[0], third[1], fourth[1]);
    let rejected = format!("{}\t{}\t0.900\trejected\t\t", seventh[0], seventh[1]);
    let mut number = 0;
    edit(project.path(), IKKYU, |line| {
        number += 1;
        match number {
            4 => joined.clone(),
            5 => String::new(),
            8 => rejected.clone(),
            _ => line,
        }
    });
    let again = run(project.path(), &["align"]);
    assert_eq!(again.code, Some(0), "{}", again.stderr);
    let after = lines(project.path(), IKKYU);
    assert!(after.contains(&joined), "the confirmed bead stays: {after:#?}");
    assert!(after.contains(&rejected), "the rejected bead is remembered: {after:#?}");
    let is_same_pair = |line: &&String| cells(line)[..2] == seventh[..2];
    assert_eq!(after.iter().filter(is_same_pair).count(), 1, "and not made again: {after:#?}");
}

#[test]
fn a_correction_that_stands_no_more_is_told_with_its_line() {
    let project = sample_project();
    stdout(project.path(), &["align"]);
    let mut number = 0;
    edit(project.path(), IKKYU, |line| {
        number += 1;
        if number == 3 { line.replace("\tauto\t", "\tconfirmed\t") } else { line }
    });
    let path = project.path().join(IKKYU).join("en.md");
    let text = fs::read_to_string(&path).expect("the article");
    let changed = text.replace("Every child in Japan knows", "Many a child in Japan knows");
    assert_ne!(changed, text);
    fs::write(&path, changed).expect("a new version");
    // Even a quiet program says it, and that alone.
    let Run { code, stderr, .. } = run(project.path(), &["align", "--quiet"]);
    assert_eq!((code, stderr.lines().count()), (Some(0), 1), "{stderr}");
    assert!(
        stderr.contains(
            "corpus/2024-02-18-ikkyu-and-daitokuji/alignment.tsv, line 3: the confirmed bead no longer stands"
        ),
        "{stderr}"
    );
    assert!(stderr.contains("Every child in Japan"), "{stderr}");
}

#[test]
fn an_article_that_fails_does_not_stop_the_others() {
    let project = sample_project();
    let file = project.path().join(IKKYU).join("alignment.tsv");
    fs::write(&file, "ja\ten\n<<<<<<< HEAD\n").expect("a conflict");
    let Run { code, stdout, stderr } = run(project.path(), &["align"]);
    assert_eq!((code, stdout.lines().count()), (Some(2), 3));
    assert!(
        stderr.starts_with("taiyaku: error: 2024-02-18-ikkyu-and-daitokuji: corpus/2024-02-18-ikkyu-and-daitokuji/alignment.tsv, line 2: Git has left a merge conflict"),
        "{stderr}"
    );
    assert!(stderr.contains("4 articles: 3 aligned, 1 failed; "), "{stderr}");
    assert_eq!(fs::read_to_string(&file).ok().as_deref(), Some("ja\ten\n<<<<<<< HEAD\n"), "left as it was");
}

#[test]
fn broken_files_of_one_article_leave_the_others_alone() {
    let project = sample_project();
    stdout(project.path(), &["align"]);
    let file = project.path().join(IKKYU).join("alignment.tsv");
    for broken in [&b""[..], b"japanisch\n", b"ja\ten\n\x82\xa0\tA\n"] {
        fs::write(&file, broken).expect("a broken file");
        let Run { code, stdout, stderr } = run(project.path(), &["align"]);
        assert_eq!((code, stdout.lines().count()), (Some(2), 3), "{stderr}");
        assert!(stderr.starts_with("taiyaku: error: 2024-02-18-ikkyu-and-daitokuji: corpus/2024-02-18"), "{stderr}");
        let Run { code, stdout, .. } = run(project.path(), &["export"]);
        assert!(code == Some(2) && stdout.contains("2024-03-30-wooden-moulds"), "{code:?}");
    }
    fs::remove_file(&file).expect("no alignment");
    fs::copy(project.path().join(IKKYU).join("ja.md"), project.path().join(IKKYU).join("ja.txt")).expect("a second");
    let Run { code, stdout, stderr } = run(project.path(), &["align"]);
    assert_eq!((code, stdout.lines().count()), (Some(2), 3), "{stderr}");
    assert!(stderr.contains("two files in the language ja") && !file.exists(), "{stderr}");
}

#[test]
fn an_article_without_a_translation_is_named() {
    let project = sample_project();
    fs::remove_file(project.path().join(IKKYU).join("en.md")).expect("a translation");
    let all = run(project.path(), &["align"]);
    assert_eq!((all.code, all.stdout.lines().count()), (Some(0), 3), "{}", all.stderr);
    assert!(all.stderr.contains("note: 2024-02-18-ikkyu-and-daitokuji has no en file\n"), "{}", all.stderr);
    let one = run(project.path(), &["align", "ikkyu"]);
    let told = "taiyaku: error: 2024-02-18-ikkyu-and-daitokuji has no en file. Add it, or name another article\n";
    assert_eq!((one.code, one.stderr.as_str()), (Some(2), told));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let outputs: Vec<_> = ["1", "4"]
        .into_iter()
        .map(|threads| {
            let project = sample_project();
            let lines = stdout(project.path(), &["align", "--threads", threads]);
            let exported =
                stdout(project.path(), &["export", "--one-sided", "--format", "jsonl", "--threads", threads]);
            let scores = stdout(project.path(), &["evaluate", "--format", "json", "--threads", threads]);
            (lines, alignments(project.path()), exported, scores)
        })
        .collect();
    assert!(!outputs[0].1.is_empty());
    assert!(outputs[0] == outputs[1], "1 and 4 threads differ");
}

#[test]
fn runs_at_the_same_time_leave_whole_files() {
    let project = sample_project();
    let alone = sample_project();
    stdout(alone.path(), &["align"]);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| stdout(project.path(), &["align", "--all"]));
        }
    });
    assert_eq!(alignments(project.path()), alignments(alone.path()));
    let count = fs::read_dir(project.path().join(IKKYU)).expect("the article").count();
    assert_eq!(count, 4, "two texts, gold.tsv, alignment.tsv and no temporary file");
}

#[test]
fn export_leaves_out_what_is_not_asked_for() {
    let project = sample_project();
    stdout(project.path(), &["align"]);
    let count =
        |arguments: &[&str]| stdout(project.path(), &[&["export", "ikkyu"], arguments].concat()).lines().count() - 1;
    let (plain, with_one_sided) = (count(&[]), count(&["--one-sided"]));
    assert!(plain < with_one_sided, "{plain} {with_one_sided}");
    assert_eq!(with_one_sided, lines(project.path(), IKKYU).len() - 1);
    assert_eq!((count(&["--status", "rejected"]), count(&["--status", "confirmed"])), (0, 0));
    assert_eq!(count(&["--language", "fr"]), 0);
    assert!(count(&["--min-confidence", "0.99"]) < plain);
    // A person's word outweighs the aligner's confidence.
    edit(project.path(), IKKYU, |line| line.replace("\tauto\t", "\tconfirmed\t"));
    assert_eq!(count(&["--min-confidence", "1"]), plain);
}

#[test]
fn the_same_pairs_come_back_from_every_table() {
    let project = sample_project();
    stdout(project.path(), &["align"]);
    let tsv = stdout(project.path(), &["export"]);
    for file in ["pairs.csv", "pairs.jsonl", "pairs.tsv"] {
        stdout(project.path(), &["export", "-o", file]);
        assert_eq!(stdout(project.path(), &["export", file]), tsv, "{file}");
    }
}

#[test]
fn where_the_program_is_started_does_not_count_for_two_files() {
    let project = sample_project();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let article = project.path().join(IKKYU);
    let [ja, en] = ["ja.md", "en.md"].map(|name| article.join(name).to_string_lossy().into_owned());
    let inside = stdout(project.path(), &["align", &ja, &en]);
    assert_eq!(stdout(elsewhere.path(), &["align", &ja, &en]), inside);
    fs::write(elsewhere.path().join("taiyaku.toml"), "source = 1").expect("wrong settings of another project");
    assert_eq!(stdout(elsewhere.path(), &["align", &ja, &en]), inside);
}
