//! Bad input and bad luck: each is told clearly, and costs nothing that was there before.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::program::{Run, alignments, program, run};

const JA: &str = "駅で降りたのは私だけだった。雨が三日続いていた。茶屋の主人が傘を貸してくれた。\n";
const EN: &str = "I was the only one to get off at the station. It had rained for three days. \
                  The owner of the tea house lent me an umbrella.\n";

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

/// A folder with an article in both languages.
fn article() -> TempDir {
    folder(&[("ja.txt", JA.as_bytes()), ("en.txt", EN.as_bytes())])
}

/// The reason why this cannot be done; nothing must be on standard output.
fn refusal(folder: &TempDir, arguments: &[&str]) -> String {
    let Run { code, stdout, stderr } = run(folder.path(), arguments);
    assert_eq!((code, stdout.as_str()), (Some(2), ""), "{arguments:?}: {stderr}");
    let error = stderr.lines().last().unwrap_or_default();
    error.strip_prefix("taiyaku: error: ").unwrap_or_else(|| panic!("an error: {stderr}")).to_owned()
}

/// The beads in the table on standard output and the notes, where all goes well.
fn beads_and_notes(folder: &TempDir, arguments: &[&str]) -> (usize, String) {
    let Run { code, stdout, stderr } = run(folder.path(), arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {stderr}");
    (stdout.lines().count() - 1, stderr)
}

/// Bytes as in a packed file, from a linear congruential generator.
fn noise(count: usize) -> Vec<u8> {
    let next = |state: &mut u32| {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some((*state >> 24) as u8)
    };
    (0..count).scan(7, |state, _| next(state)).collect()
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let items = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        items.map(|item| item.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_missing_file_and_a_folder_are_named() {
    let folder = article();
    fs::create_dir(folder.path().join("more.txt")).expect("a folder");
    assert_eq!(
        refusal(&folder, &["align", "ja.txt", "e.txt"]),
        "cannot read e.txt: there is no such file. Check the name and the folder"
    );
    for command in [&["align", "ja.txt", "more.txt"][..], &["segment", "more.txt"], &["align", "--jsonl", "more.txt"]] {
        assert_eq!(refusal(&folder, command), "cannot read more.txt: it is a folder, not a file");
    }
}

#[test]
fn an_empty_side_gives_one_sided_beads() {
    let folder = folder(&[("ja.txt", JA.as_bytes()), ("en.txt", b"")]);
    let note = "taiyaku: note: en.txt holds no text\n";
    assert_eq!(beads_and_notes(&folder, &["align", "ja.txt", "en.txt"]), (3, note.to_owned()));
    assert_eq!(beads_and_notes(&folder, &["align", "en.txt", "ja.txt"]), (3, note.to_owned()));
}

#[test]
fn a_binary_file_is_no_text_and_neither_is_half_of_one() {
    let half = [JA.repeat(20).as_bytes(), &noise(4000)].concat();
    let folder = folder(&[("ja.txt", JA.as_bytes()), ("photo.txt", &noise(4000)), ("half.txt", &half)]);
    for name in ["photo.txt", "half.txt"] {
        let error = refusal(&folder, &["align", "ja.txt", name, "--target-language", "en"]);
        assert!(error.starts_with(&format!("{name}: this is no text in ")), "{error}");
        assert!(error.ends_with("Name a text file, or give the right --encoding"), "{error}");
    }
}

#[test]
fn a_wrong_encoding_is_told() {
    let shift_jis = encoding_rs::SHIFT_JIS.encode(&JA.repeat(5)).0.into_owned();
    let folder = folder(&[("ja.txt", &shift_jis), ("en.txt", EN.as_bytes())]);
    let error = refusal(&folder, &["align", "ja.txt", "en.txt", "--encoding", "utf-8"]);
    assert!(error.starts_with("ja.txt: this is no text in UTF-8: "), "{error}");
    let (_, notes) = beads_and_notes(&folder, &["align", "ja.txt", "en.txt"]);
    assert!(
        notes.contains("ja.txt is read as Shift_JIS, which was guessed; give --encoding if that is wrong"),
        "{notes}"
    );
}

#[test]
fn nul_characters_are_left_out_and_told() {
    let folder = folder(&[("ja.txt", JA.replace('。', "。\0").as_bytes()), ("en.txt", EN.as_bytes())]);
    let Run { code, stdout, stderr } = run(folder.path(), &["align", "ja.txt", "en.txt"]);
    assert_eq!(code, Some(0));
    assert!(!stdout.contains('\0'));
    assert_eq!(stderr, "taiyaku: note: ja.txt: 3 control characters are left out.\n");
}

#[test]
fn a_file_of_a_gigabyte_is_refused_before_it_is_read() {
    let folder = article();
    // A file of holes, which takes no room on the disk.
    File::create(folder.path().join("long.txt")).and_then(|file| file.set_len(1 << 30)).expect("a file of holes");
    let reason = "long.txt: it is larger than 256 MB. Split it into smaller files";
    assert_eq!(refusal(&folder, &["align", "long.txt", "en.txt", "--source-language", "ja"]), reason);
    assert_eq!(refusal(&folder, &["segment", "long.txt"]), reason);
    assert_eq!(refusal(&folder, &["align", "ja.txt", "en.txt", "--lexicon", "long.txt"]), reason);
    // Records come line by line, however large their file is.
    assert_eq!(
        refusal(&folder, &["align", "--jsonl", "long.txt"]),
        "cannot read long.txt: line 1 is larger than 256 MB. Split the record into smaller ones"
    );
}

#[test]
fn a_line_that_no_article_has_is_refused_with_its_number() {
    let long = format!("{JA}\n{}", "あ".repeat(2 << 20));
    let folder = folder(&[("ja.txt", long.as_bytes())]);
    assert_eq!(
        refusal(&folder, &["segment", "ja.txt"]),
        "ja.txt, line 3: a paragraph is larger than 4 MB, which no article has. Break the text into lines"
    );
}

#[test]
fn swapped_sides_are_aligned_with_a_warning() {
    let folder = article();
    let swapped = ["align", "en.txt", "ja.txt", "--source-language", "ja", "--target-language", "en"];
    let (beads, notes) = beads_and_notes(&folder, &swapped);
    assert!(beads > 0);
    assert!(
        notes.contains(
            "en.txt is taken for ja and ja.txt for en, but their texts say the opposite: the sides are probably swapped"
        ),
        "{notes}"
    );
    let (_, notes) = beads_and_notes(&folder, &["align", "en.txt", "ja.txt"]);
    assert_eq!(notes, "", "nothing is swapped where the languages are not given");
}

#[test]
fn the_same_file_twice_is_refused_and_the_same_text_twice_is_told() {
    let folder = folder(&[("ja.txt", JA.as_bytes()), ("en.txt", JA.as_bytes())]);
    assert_eq!(
        refusal(&folder, &["align", "ja.txt", "./ja.txt"]),
        "ja.txt and ./ja.txt are the same file. Give an article and its translation"
    );
    let (_, notes) = beads_and_notes(&folder, &["align", "ja.txt", "en.txt"]);
    assert!(notes.contains("ja.txt and en.txt hold the same text"), "{notes}");
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let folder = article();
    fs::create_dir(folder.path().join("pairs.tsv")).expect("a folder");
    let error = refusal(&folder, &["align", "ja.txt", "en.txt", "-o", "pairs.tsv"]);
    assert_eq!(error, "cannot write pairs.tsv: it is a folder, not a file");
    let error = refusal(&folder, &["align", "ja.txt", "en.txt", "-o", "ja.txt/pairs.tsv"]);
    assert!(error.starts_with("cannot write ja.txt/pairs.tsv: a file stands where a folder is needed"), "{error}");
    assert_eq!(names(folder.path()), ["en.txt", "ja.txt", "pairs.tsv"]);
    assert_eq!(fs::read_to_string(folder.path().join("ja.txt")).ok().as_deref(), Some(JA));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = article();
    let error = refusal(&folder, &["align", "ja.txt", "en.txt", "--format", "tsv", "-o", "/dev/full"]);
    assert!(error.starts_with("cannot write /dev/full: the disk is full"), "{error}");
    let full = File::options().write(true).open("/dev/full").expect("the full disk");
    let output = program(folder.path()).args(["segment", "ja.txt"]).stdout(full).output().expect("the program");
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.starts_with("taiyaku: error: cannot write standard output: the disk is full"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_told_and_leaves_nothing_behind() {
    let folder = folder(&[("ja.txt", JA.repeat(400).as_bytes()), ("en.txt", EN.repeat(400).as_bytes())]);
    let command = format!("ulimit -f 1; exec {} align ja.txt en.txt -o pairs.tsv", env!("CARGO_BIN_EXE_taiyaku"));
    let output = Command::new("sh").args(["-c", &command]).current_dir(folder.path()).output().expect("a shell");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        error.contains("error: cannot write pairs.tsv: the file would be larger than the system or a limit"),
        "{error}"
    );
    assert_eq!((output.status.code(), names(folder.path())), (Some(2), vec!["en.txt".to_owned(), "ja.txt".to_owned()]));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    // More than a pipe holds.
    let folder = folder(&[("ja.txt", "駅で降りたのは私だけだった。\n".repeat(5000).as_bytes())]);
    let mut child = program(folder.path())
        .args(["segment", "ja.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    let output = child.wait_with_output().expect("its end");
    assert_eq!(line, "駅で降りたのは私だけだった。\n");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

/// A project with this many articles of so many sentences.
fn project(articles: usize, sentences: usize) -> TempDir {
    let project = tempfile::tempdir().expect("a folder");
    for a in 0..articles {
        let folder = project.path().join(format!("corpus/article-{a:02}"));
        fs::create_dir_all(&folder).expect("a folder");
        let text =
            |sentence: fn(usize) -> String| (0..sentences).map(|s| sentence(a * sentences + s)).collect::<String>();
        let ja = text(|n| format!("{n}番目の駅で降りると、雨が{}日続いていた。\n\n", n % 7 + 2));
        let en = text(|n| format!("When I got off at station number {n}, it had rained for {} days.\n\n", n % 7 + 2));
        fs::write(folder.join("ja.txt"), ja).expect("a file");
        fs::write(folder.join("en.txt"), en).expect("a file");
    }
    project
}

#[test]
fn a_broken_line_of_an_alignment_is_named_and_the_file_left_alone() {
    let project = project(3, 3);
    assert_eq!(run(project.path(), &["align"]).code, Some(0));
    let path = project.path().join("corpus/article-01/alignment.tsv");
    let good = fs::read_to_string(&path).expect("an alignment");
    for (number, broken) in [(1, "stations"), (3, "a\tb\tvery\tauto\t\t"), (4, "a\tb\t0.5\tsure\t\t")] {
        let text: String = (1..)
            .zip(good.lines())
            .map(|(n, line)| if n == number { format!("{broken}\n") } else { format!("{line}\n") })
            .collect();
        fs::write(&path, &text).expect("a broken file");
        let Run { code, stdout, stderr } = run(project.path(), &["align", "--all"]);
        assert_eq!((code, stdout.lines().count()), (Some(2), 2), "the others are aligned: {stderr}");
        let place = format!("taiyaku: error: article-01: corpus/article-01/alignment.tsv, line {number}: ");
        assert!(stderr.starts_with(&place), "{stderr}");
        assert_eq!(fs::read_to_string(&path).ok(), Some(text), "left as it was");
    }
}

#[test]
fn an_alignment_that_cannot_be_written_does_not_stop_the_others() {
    let project = project(3, 3);
    fs::create_dir(project.path().join("corpus/article-01/alignment.tsv")).expect("a folder in the way");
    let Run { code, stdout, stderr } = run(project.path(), &["align"]);
    assert_eq!((code, stdout.lines().count()), (Some(2), 2));
    assert!(
        stderr.contains("article-01: cannot read corpus/article-01/alignment.tsv: it is a folder, not a file"),
        "{stderr}"
    );
    assert_eq!(alignments(project.path()).len(), 2);
}

/// Starts to align a project, interrupts it when `is_time`, and gives the articles that were finished.
///
/// The message and the exit code are the same at any time, and nothing half-written is left.
#[cfg(unix)]
fn interrupted(project: &TempDir, articles: usize, is_time: impl Fn() -> bool) -> Vec<(PathBuf, String)> {
    let mut child = program(project.path())
        .args(["align", "--threads", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    while !is_time() {
        assert!(child.try_wait().expect("its state").is_none(), "it has ended before its time");
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let signal = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(signal.expect("the signal").success());
    let output = child.wait_with_output().expect("its end");
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "taiyaku: note: stopped. Files that are finished stay, and none is half-written. The same command does the rest\n"
    );
    let finished = alignments(project.path());
    for (path, _) in &finished {
        let article = project.path().join(path.parent().expect("an article"));
        assert_eq!(names(&article), ["alignment.tsv", "en.txt", "ja.txt"]);
    }
    let all_names = (0..articles).flat_map(|a| names(&project.path().join(format!("corpus/article-{a:02}"))));
    assert_eq!(all_names.count(), 2 * articles + finished.len(), "no temporary file is left");
    finished
}

#[cfg(unix)]
#[test]
fn an_interrupted_batch_keeps_what_is_finished_and_a_second_run_gives_what_one_would_have_given() {
    const ARTICLES: usize = 30;
    let (project, whole) = (project(ARTICLES, 40), project(ARTICLES, 40));
    assert_eq!(run(whole.path(), &["align"]).code, Some(0));
    let whole = alignments(whole.path());

    let finished = interrupted(&project, ARTICLES, || !alignments(project.path()).is_empty());
    assert!(!finished.is_empty() && finished.len() < ARTICLES, "{} articles", finished.len());
    assert!(finished.iter().all(|file| whole.contains(file)), "what was finished was whole");

    let Run { code, stderr, .. } = run(project.path(), &["align"]);
    assert_eq!(code, Some(0), "{stderr}");
    let (rest, unchanged) = (ARTICLES - finished.len(), finished.len());
    assert!(stderr.starts_with(&format!("{ARTICLES} articles: {rest} aligned, {unchanged} unchanged; ")), "{stderr}");
    assert!(alignments(project.path()) == whole, "the interrupt changed the result");
}

#[cfg(unix)]
#[test]
fn a_batch_that_is_interrupted_before_anything_is_finished_leaves_the_project_as_it_was() {
    const ARTICLES: usize = 40;
    let project = project(ARTICLES, 400);
    // By then it catches signals, and has not read all.
    let end = std::time::Instant::now() + std::time::Duration::from_millis(150);
    interrupted(&project, ARTICLES, || std::time::Instant::now() > end);
}

#[test]
fn a_strict_batch_stops_at_the_first_article_that_fails() {
    let project = project(3, 3);
    for article in ["article-01", "article-02"] {
        fs::write(project.path().join("corpus").join(article).join("alignment.tsv"), "stations\n").expect("a file");
    }
    let Run { code, stdout, stderr } = run(project.path(), &["align", "--strict"]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.starts_with("taiyaku: error: article-01: corpus/article-01/alignment.tsv, line 1: "), "{stderr}");
    assert!(!stderr.contains("article-02") && stderr.contains("1 article: 1 failed"), "{stderr}");
    assert!(!project.path().join("corpus/article-00/alignment.tsv").exists(), "nothing is begun");
    // An article that nobody asked for stops nothing.
    let Run { code, stdout, stderr } = run(project.path(), &["align", "--strict", "article-00"]);
    assert_eq!((code, stdout.lines().count()), (Some(0), 1), "{stderr}");
}

#[test]
fn a_word_list_in_a_wrong_encoding_is_told() {
    let latin = encoding_rs::WINDOWS_1252.encode("ja\ten\nkafé\tcafé\n").0.into_owned();
    let shift_jis = encoding_rs::SHIFT_JIS.encode(&format!("ja\ten\n{}", "駅\tstation\n".repeat(40))).0.into_owned();
    let noise = noise(4000);
    let mut files = vec![("ja.txt", JA.as_bytes()), ("en.txt", EN.as_bytes())];
    files.extend([("latin.tsv", &latin[..]), ("sjis.tsv", &shift_jis[..]), ("noise.tsv", &noise[..])]);
    let folder = folder(&files);
    let list = |name: &'static str, encoding: &'static str| {
        ["align", "ja.txt", "en.txt", "--lexicon", name, "--encoding", encoding]
    };
    let error = refusal(&folder, &list("noise.tsv", "utf-8"));
    assert!(error.starts_with("noise.tsv: this is no text in UTF-8: "), "{error}");
    let error = refusal(&folder, &list("sjis.tsv", "utf-8"));
    assert!(error.starts_with("sjis.tsv: this is no text in UTF-8: "), "{error}");
    assert!(error.ends_with("Name a text file, or give the right --encoding"), "{error}");
    let (_, notes) = beads_and_notes(&folder, &list("latin.tsv", "utf-8"));
    let replaced = "latin.tsv holds bytes that are no UTF-8: 2 places are replaced by U+FFFD, first in line 2.";
    assert!(notes.contains(replaced), "{notes}");
    assert!(notes.contains("latin.tsv: line 2 is skipped: it does not keep to the format."), "{notes}");
    let (_, notes) = beads_and_notes(&folder, &["align", "ja.txt", "en.txt", "--lexicon", "sjis.tsv"]);
    let guess = "taiyaku: note: sjis.tsv is read as Shift_JIS, which was guessed; give --encoding if that is wrong.\n";
    assert_eq!(notes, guess);
}

#[cfg(target_os = "linux")]
#[test]
fn file_names_of_any_bytes_can_be_read_and_written() {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt;
    let name = |bytes: &[u8]| OsStr::from_bytes(bytes).to_owned();
    let folder = article();
    // あ in Shift_JIS.
    let [source, output, missing] = [&b"\x82\xa0.txt"[..], b"\x82\xa0.tsv", b"\xff.txt"].map(name);
    fs::rename(folder.path().join("ja.txt"), folder.path().join(&source)).expect("another name");
    let run = |arguments: Vec<OsString>| {
        let output = program(folder.path()).args(arguments).output().expect("the program");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let [align, en, to, ja, lang] = ["align", "en.txt", "-o", "ja", "--source-language"].map(OsString::from);
    let (code, stderr) = run(vec![align.clone(), source, en.clone(), lang, ja, to, output.clone()]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.starts_with("\u{fffd}\u{fffd}.tsv: ") && folder.path().join(output).is_file(), "{stderr}");
    let (code, stderr) = run(vec![align, missing, en]);
    let expected = "taiyaku: error: cannot read \u{fffd}.txt: there is no such file. Check the name and the folder\n";
    assert_eq!((code, stderr.as_str()), (Some(2), expected));
}

#[test]
fn broken_settings_are_told_with_their_line_by_every_command() {
    let project = project(1, 3);
    for (settings, reason) in [
        (&b"targets = [\"en\""[..], "taiyaku.toml, line 1: this is no TOML: "),
        (b"\nsauce = \"ja\"\n", "taiyaku.toml, line 2: there is no setting sauce. Was source meant?"),
        (
            b"encoding = \"\x82\xa0\"",
            "taiyaku.toml: this is not UTF-8. Save the file as UTF-8 from the program that changed it",
        ),
    ] {
        fs::write(project.path().join("taiyaku.toml"), settings).expect("settings");
        for command in [&["align"][..], &["export"], &["evaluate"], &["segment", "corpus/article-00/ja.txt"]] {
            let error = refusal(&project, command);
            assert!(error.starts_with(reason), "{command:?}: {error}");
        }
    }
    assert_eq!(names(&project.path().join("corpus/article-00")), ["en.txt", "ja.txt"]);
}
