//! The one error type of the library: the work could not be done, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

/// What stopped the work. A problem in the user's text is not an error but a finding or a note.
///
/// Each message names what failed, where, and the cure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {}: {}", path.display(), io_reason(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {}: {}", path.display(), write_reason(path, source))]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file's content is not what its format asks for.
    #[error("{}{}: {message}", path.display(), line.map(|n| format!(", line {n}")).unwrap_or_default())]
    Format {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1, where it is known.
        line: Option<usize>,
        /// What is wrong and what to do, as a sentence.
        message: String,
    },
    /// An option or a value that cannot be used.
    #[error("{0}")]
    Usage(String),
    /// The Japanese dictionary could not be loaded.
    #[error("cannot load the Japanese dictionary{}: {message}", path.as_ref().map(|p| format!(" in {}", p.display())).unwrap_or_default())]
    Dictionary {
        /// The folder given with `--dictionary`, if any.
        path: Option<PathBuf>,
        /// What is wrong and what to do.
        message: String,
    },
    /// Beads that do not cover both texts exactly once and in order.
    #[error("this is no alignment: {0}")]
    Alignment(String),
}

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A file that could not be read.
    pub fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    /// A file that could not be written.
    pub fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }

    /// A file whose content is wrong, at `line` (from 1) where that is known.
    pub fn format(path: &Path, line: impl Into<Option<usize>>, message: impl Into<String>) -> Self {
        Self::Format { path: path.to_owned(), line: line.into(), message: message.into() }
    }
}

/// Why a file could not be written: most often the folder is wanting and not the file.
fn write_reason(path: &Path, source: &io::Error) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match (source.kind(), folder) {
        (io::ErrorKind::NotFound, Some(folder)) => {
            format!("the folder {} does not exist. Make it, or choose another", folder.display())
        }
        _ => io_reason(source),
    }
}

/// The system's reason with what the user can do about the common ones.
fn io_reason(source: &io::Error) -> String {
    match source.kind() {
        io::ErrorKind::NotFound => "there is no such file. Check the name and the folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied. Check who may read and write it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            "a file stands where a folder is needed. Move it away, or choose another name".to_owned()
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full. Make room on it, or write to another".to_owned()
        }
        io::ErrorKind::FileTooLarge => {
            "the file would be larger than the system or a limit (ulimit -f) allows. Raise the limit, or write elsewhere"
                .to_owned()
        }
        _ => source.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Error;

    #[test]
    fn a_format_error_names_the_file_the_line_and_the_cure() {
        let error = Error::format(
            Path::new("glossary/people.tsv"),
            3,
            "the row has no Japanese form. Add one or delete the row",
        );
        assert_eq!(
            error.to_string(),
            "glossary/people.tsv, line 3: the row has no Japanese form. Add one or delete the row"
        );
    }
}
