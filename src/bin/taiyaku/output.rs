//! Where results go: the file given with `--output`, or standard output.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use taiyaku::error::{Error, Result};
use taiyaku::format::Format;
use taiyaku::format::output::write_file;

/// The name that stands for standard input and output.
pub(crate) const STANDARD: &str = "-";

/// The file that `--output` names; `None` for standard output.
pub(crate) fn file(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| path.as_os_str() != STANDARD)
}

/// Fails when `--output` names one of the files that are read, which would be lost. Links are followed.
pub(crate) fn refuse_inputs<'p>(path: Option<&Path>, inputs: impl IntoIterator<Item = &'p Path>) -> Result<()> {
    let Some(output) = file(path) else { return Ok(()) };
    let Ok(place) = output.canonicalize() else { return Ok(()) };
    let is_output = |input: &Path| place.is_file() && input.canonicalize().is_ok_and(|input| input == place);
    if inputs.into_iter().any(is_output) {
        return Err(Error::Usage(format!(
            "{} is read, and writing the results to it would destroy it. Give another file with --output",
            output.display()
        )));
    }
    Ok(())
}

/// Writes to the file at `path`, whole or not at all, or to standard output.
pub(crate) fn write(path: Option<&Path>, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    match file(path) {
        Some(path) => write_file(path, content),
        None => to_standard_output(content).map_err(|e| Error::write(Path::new("standard output"), e)),
    }
}

/// Prints on standard output.
pub(crate) fn print(text: &str) -> Result<()> {
    write(None, |out| out.write_all(text.as_bytes()))
}

fn to_standard_output(content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    content(&mut out)?;
    out.flush()
}

/// The format that the ending of a file's name tells; pairs in columns where it has none.
pub(crate) fn format_of(path: &Path) -> Result<Format> {
    if path.extension().is_none() {
        return Ok(Format::Tsv);
    }
    Format::from_path(path).ok_or_else(|| {
        let names = Format::ALL.map(Format::name).join(", ");
        Error::Usage(format!(
            "the ending of {} tells no format. Choose one of {names} with --format, or another ending",
            path.display()
        ))
    })
}

/// Whether results are written as JSONL: as [`is_in`] tells, and where no ending does, whenever nobody watches.
/// Fails where the ending is that of another format of data.
pub(crate) fn is_jsonl(given: Option<&str>, path: Option<&Path>, what: &str) -> Result<bool> {
    if given.is_none() && file(path).and_then(Path::extension).is_none() {
        return Ok(!io::stdout().is_terminal());
    }
    let is_json = |path: &&Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let is_other =
        |path: &&Path| is_json(path) || Format::from_path(path).is_some_and(|format| format != Format::Jsonl);
    if let (None, Some(path)) = (given, file(path).filter(is_other)) {
        return Err(Error::Usage(format!(
            "the ending of {} tells no format for {what}. Give the file the ending .jsonl or .txt, or choose text or jsonl with --format",
            path.display()
        )));
    }
    is_in("jsonl", given, path, what)
}

/// Whether results are written in the form `name`, which machines read, and not as text: as `--format` says, otherwise as
/// the ending of `--output` does. `what` the results are stands in the error on another format.
pub(crate) fn is_in(name: &str, given: Option<&str>, path: Option<&Path>, what: &str) -> Result<bool> {
    match given {
        Some("text") => Ok(false),
        Some(given) if given == name => Ok(true),
        Some(other) => Err(Error::Usage(format!("{other:?} is no format for {what}. Choose one of text, {name}"))),
        None => Ok(file(path).and_then(Path::extension).is_some_and(|ending| ending.eq_ignore_ascii_case(name))),
    }
}
