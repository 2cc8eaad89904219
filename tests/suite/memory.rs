//! The translation memory among processes: ended in the middle, out of room, several at once.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use crate::program::{program, run, run_with_input, stdout};

/// How many units the files of these tests hold.
const UNITS: usize = 30_000;

/// A table of units whose texts are all different.
fn table(units: std::ops::Range<usize>) -> String {
    let mut table = "ja\ten\tdocument\n".to_owned();
    for i in units {
        let document = i / 50;
        writeln!(table, "{i}番目の文は雨の日に書いた。\tSentence {i} was written on a rainy day.\td{document}")
            .expect("memory");
    }
    table
}

/// A line of `taiyaku memory stats`: how many of these there are.
fn counted(folder: &Path, what: &str) -> usize {
    let stats = stdout(folder, &["memory", "stats", "--memory", "memory.db"]);
    let line = stats.lines().find(|line| line.trim_end_matches('s').ends_with(what)).expect("a number of these");
    line.split(' ').next().expect("a number").replace(',', "").parse().expect("a number")
}

fn assert_sound(folder: &Path) {
    let checked = run(folder, &["memory", "check", "--memory", "memory.db"]);
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);
}

#[test]
fn an_import_that_is_killed_leaves_a_whole_memory_and_is_taken_up_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.tsv"), table(0..UNITS)).expect("a file");
    let mut held = 0;
    for kill in 0..20 {
        let mut import = program(folder)
            .args(["import", "a.tsv", "--memory", "memory.db", "--quiet"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        std::thread::sleep(Duration::from_millis(20 + 35 * kill));
        import.kill().expect("a process of ours");
        import.wait().expect("its end");
        if folder.join("memory.db").exists() {
            assert_sound(folder);
            let units = counted(folder, "unit");
            assert!(units >= held, "{units} of {held} units are left");
            held = units;
        }
    }
    let last = run(folder, &["import", "a.tsv", "--memory", "memory.db"]);
    assert_eq!(last.code, Some(0), "{}", last.stderr);
    assert_eq!((counted(folder, "unit"), counted(folder, "occurrence")), (UNITS, UNITS));
    assert_sound(folder);
    let found = stdout(folder, &["lookup", "29999番目の文は雪の日に書いた。", "--memory", "memory.db"]);
    assert!(found.contains("\"source\":\"29999番目の文は雨の日に書いた。\""), "{found}");
}

/// A limit on the size of files, as a full disk would be.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_what_was_taken_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.tsv"), table(0..100)).expect("a file");
    fs::write(folder.join("b.tsv"), table(100..UNITS)).expect("a file");
    stdout(folder, &["import", "a.tsv", "--memory", "memory.db"]);
    // A block has 512 or 1,024 bytes.
    let limited = std::process::Command::new("sh")
        .current_dir(folder)
        .args(["-c", "ulimit -f 2000; exec \"$0\" import b.tsv --memory memory.db", env!("CARGO_BIN_EXE_taiyaku")])
        .output()
        .expect("a shell");
    let told = String::from_utf8_lossy(&limited.stderr);
    assert_eq!(limited.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot write") && told.contains("Make room"), "{told}");
    assert_sound(folder);
    assert!(counted(folder, "unit") >= 100);
    stdout(folder, &["import", "b.tsv", "--memory", "memory.db"]);
    assert_eq!((counted(folder, "unit"), counted(folder, "occurrence")), (UNITS, UNITS));
    assert_sound(folder);
}

#[test]
fn two_import_and_one_searches_at_the_same_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    // Half of each is in the other too.
    fs::write(folder.join("a.tsv"), table(0..20_000)).expect("a file");
    fs::write(folder.join("b.tsv"), table(10_000..UNITS)).expect("a file");
    fs::write(folder.join("first.tsv"), table(0..100)).expect("a file");
    stdout(folder, &["import", "first.tsv", "--memory", "memory.db"]);
    std::thread::scope(|scope| {
        for name in ["a.tsv", "b.tsv"] {
            scope.spawn(move || {
                let import = run(folder, &["import", name, "--memory", "memory.db"]);
                assert_eq!(import.code, Some(0), "{}", import.stderr);
            });
        }
        scope.spawn(|| {
            for _ in 0..10 {
                let found = stdout(folder, &["lookup", "50番目の文は雨の日に書いた。", "--memory", "memory.db"]);
                assert!(found.contains("\"score\":100"), "{found}");
                let found = stdout(folder, &["search", "雨の日", "--memory", "memory.db", "--limit", "1"]);
                assert!(found.contains("雨の日"), "{found}");
            }
        });
    });
    assert_eq!((counted(folder, "unit"), counted(folder, "occurrence")), (UNITS, UNITS));
    assert_sound(folder);
}

#[test]
fn a_file_of_queries_gives_a_line_each_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.tsv"), table(0..100)).expect("a file");
    stdout(folder, &["import", "a.tsv", "--memory", "memory.db"]);
    let queries =
        (0..3_000).fold(String::new(), |queries, i| queries + &(i % 150).to_string() + "番目の文は雨の日に書いた。\n");
    for threads in ["1", "4"] {
        let arguments = ["lookup", "--file", "-", "--memory", "memory.db", "--threads", threads, "--limit", "1"];
        let answers = run_with_input(folder, &arguments, &queries);
        assert_eq!(answers.stdout.lines().count(), 3_000, "{}", answers.stderr);
        for (query, answer) in queries.lines().zip(answers.stdout.lines()) {
            assert!(answer.starts_with(&format!("{{\"query\":\"{query}\",\"matches\":[")), "{answer}");
        }
    }
}

#[test]
fn an_export_that_is_imported_gives_the_same_export() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let pairs = "ja\ten\tstatus\tdocument\tcreated\tchanged\n\
        池。\tPond.\tauto\tb\t2020-01-01T10:00:00Z\t2021-02-03T04:05:06Z\n\
        堰。\tWeir.\tconfirmed\tb\t2020-01-01\t2022-01-01\n\
        池。\tPond.\tauto\tb\t\t\n\
        池。\tPool.\tauto\ta\t2019-01-01\t2019-01-02T00:00:01Z\n\
        池。\tPond.\tauto\ta\t\t\n";
    fs::write(folder.join("pairs.tsv"), pairs).expect("a file");
    stdout(folder, &["import", "pairs.tsv", "--memory", "memory.db"]);
    let first = stdout(folder, &["memory", "export", "--memory", "memory.db"]);
    assert_eq!(first.lines().count(), 6, "{first}");
    assert!(first.contains("\tb\t2020-01-01T10:00:00Z\t2021-02-03T04:05:06Z\n"), "{first}");
    for format in ["tsv", "csv", "jsonl", "tmx"] {
        let (file, copy) = (format!("copy.{format}"), format!("{format}.db"));
        stdout(folder, &["memory", "export", "--memory", "memory.db", "-o", &file]);
        stdout(folder, &["import", &file, "--memory", &copy]);
        assert_eq!(stdout(folder, &["memory", "export", "--memory", &copy]), first, "{format}");
    }
}

#[test]
fn what_is_left_of_a_damaged_memory_is_saved_and_takes_the_place_of_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.tsv"), table(0..100)).expect("a file");
    stdout(folder, &["import", "a.tsv", "--memory", "memory.db"]);
    stdout(folder, &["memory", "export", "--memory", "memory.db", "-o", "whole.tsv"]);
    stdout(folder, &["memory", "compact", "--memory", "memory.db"]);
    let mut store = fs::read(folder.join("memory.db")).expect("the store");
    let text = b"Sentence 57 was";
    let place = store.windows(text.len()).position(|bytes| bytes == text).expect("its text");
    store[place] ^= 0x80;
    fs::write(folder.join("memory.db"), store).expect("the store");
    let whole = fs::read(folder.join("whole.tsv")).expect("the first export");
    let refused = run(folder, &["memory", "export", "--memory", "memory.db", "-o", "whole.tsv"]);
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
    assert!(refused.stderr.contains("may hold more"), "{}", refused.stderr);
    assert_eq!(fs::read(folder.join("whole.tsv")).ok(), Some(whole));
    let saved = run(folder, &["memory", "export", "--memory", "memory.db", "-o", "rest.tsv"]);
    assert_eq!(saved.code, Some(1), "{}", saved.stderr);
    assert!(saved.stderr.contains("left out: unit 58 is not what was written"), "{}", saved.stderr);
    assert_eq!(fs::read_to_string(folder.join("rest.tsv")).expect("the rest").lines().count(), 100);
}

#[test]
fn inline_codes_come_through_the_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let codes = fs::canonicalize("tests/data/tmx/inline-codes.tmx").expect("a file of this repository");
    let codes = codes.to_str().expect("its path");
    let exported = |name: &str| {
        stdout(folder, &["memory", "export", "--memory", "memory.db", "-o", name]);
        fs::read_to_string(folder.join(name)).expect("a file")
    };
    stdout(folder, &["import", codes, "--memory", "memory.db"]);
    let first = exported("y.tmx");
    for code in ["<bpt", "<ept", "<ph", "<it", "<hi"] {
        assert!(first.contains(code), "{code}: {first}");
    }
    stdout(folder, &["import", codes, "y.tmx", "--memory", "memory.db"]);
    assert_eq!(exported("z.tmx"), first, "taken in again, they change nothing");
    assert_sound(folder);

    // What went through XLIFF is what went through the memory.
    stdout(folder, &["export", codes, "-o", "direct.xlf"]);
    let segments = |xliff: &str| {
        let lines = xliff.lines().filter(|line| ["<source", "<target"].iter().any(|tag| line.trim().starts_with(tag)));
        lines.map(|line| line.trim().to_owned()).collect::<Vec<_>>()
    };
    let direct = fs::read_to_string(folder.join("direct.xlf")).expect("a file");
    assert_eq!(segments(&exported("memory.xlf")), segments(&direct));

    // The text to be translated has no codes, what is proposed for it has.
    fs::write(folder.join("a.ja.txt"), "池の水。\n").expect("a file");
    let arguments = [
        "pretranslate",
        "a.ja.txt",
        "--target-language",
        "en",
        "--memory",
        "memory.db",
        "--xliff",
        "1.2",
        "-o",
        "a.xlf",
    ];
    stdout(folder, &arguments);
    let expected = [
        "<source>池の水。</source>".to_owned(),
        "<target state=\"needs-review-translation\" state-qualifier=\"exact-match\">The water of the pond.</target>"
            .to_owned(),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .chain(segments(&direct).into_iter().map(|line| {
            line.replace("<source>", "<source xml:lang=\"ja\">")
                .replace("<target state=\"translated\">", "<target xml:lang=\"en\">")
        }))
        .collect();
    assert_eq!(segments(&fs::read_to_string(folder.join("a.xlf")).expect("a file")), expected);
}

#[test]
fn answers_are_written_in_the_form_that_the_file_is_named_after() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    fs::write(folder.join("a.tsv"), "ja\ten\tfr\n池。\tPond.\tÉtang.\n").expect("a file");
    let import = run(folder, &["import", "a.tsv", "--memory", "memory.db"]);
    assert!(
        import.stderr.contains("the column fr is left out. Choose two with --source-language"),
        "{}",
        import.stderr
    );
    for (name, begins) in [("x.jsonl", "{\"query\""), ("x.txt", "池。\n"), ("x", "{\"query\"")] {
        stdout(folder, &["lookup", "池。", "--memory", "memory.db", "-o", name]);
        assert!(fs::read_to_string(folder.join(name)).expect("a file").starts_with(begins), "{name}");
    }
    for command in ["lookup", "search"] {
        for name in ["x.tsv", "x.tmx", "x.json"] {
            let refused = run(folder, &[command, "池。", "--memory", "memory.db", "-o", name]);
            assert_eq!(refused.code, Some(2), "{command} {name}");
            assert!(refused.stderr.contains("Give the file the ending .jsonl or .txt"), "{}", refused.stderr);
            assert!(!folder.join(name).exists());
        }
        stdout(folder, &[command, "池。", "--memory", "memory.db", "--format", "jsonl", "-o", "x.tsv"]);
        fs::remove_file(folder.join("x.tsv")).expect("what was asked for");
    }
}
