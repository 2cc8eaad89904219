//! Running the program, and copies of the sample project to run it in.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program, to be run in `folder`.
pub(crate) fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_taiyaku"));
    program.current_dir(folder).env_remove("NO_COLOR").env_remove("COLUMNS");
    program
}

/// Runs the program in `folder`.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Run {
    run_with_input(folder, arguments, "")
}

/// The same with something on standard input.
pub(crate) fn run_with_input(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let mut child = program(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = child.stdin.take().expect("its input");
    let input = input.to_owned();
    // The program may stop reading early, which is no concern of the test.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()).is_ok());
    let output = child.wait_with_output().expect("its output");
    writer.join().expect("a writer");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Runs the program, which must succeed; what it prints.
pub(crate) fn stdout(folder: &Path, arguments: &[&str]) -> String {
    let run = run(folder, arguments);
    assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
    run.stdout
}

/// A copy of the sample project without the alignments it may have.
pub(crate) fn sample_project() -> TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["corpus", "glossary"] {
        copy_folder(&root.join(folder), &copy.path().join(folder));
    }
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for item in fs::read_dir(from).expect("the sample project") {
        let path = item.expect("a file").path();
        let name = path.file_name().expect("a name");
        if path.is_dir() {
            copy_folder(&path, &to.join(name));
        } else if !name.to_string_lossy().starts_with("alignment.") {
            fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}

/// The alignment files of a project, by path.
pub(crate) fn alignments(project: &Path) -> Vec<(PathBuf, String)> {
    let mut files: Vec<(PathBuf, String)> = fs::read_dir(project.join("corpus"))
        .expect("a corpus")
        .filter_map(|article| {
            let path = article.ok()?.path().join("alignment.tsv");
            let text = fs::read_to_string(&path).ok()?;
            Some((path.strip_prefix(project).ok()?.to_owned(), text))
        })
        .collect();
    files.sort();
    files
}
