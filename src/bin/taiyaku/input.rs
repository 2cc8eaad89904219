//! Files and standard input.

use std::io;
use std::path::{Path, PathBuf};

use taiyaku::document::{load, load_from};
use taiyaku::error::{Error, Result};

use crate::output::STANDARD;

/// What messages call standard input.
const STANDARD_INPUT: &str = "standard input";

/// A file to read, or standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// The file.
    File(PathBuf),
    /// What is written as `-`.
    Standard,
}

impl Input {
    /// The input of that name.
    pub(crate) fn new(name: &Path) -> Self {
        if name.as_os_str() == STANDARD { Self::Standard } else { Self::File(name.into()) }
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Standard => STANDARD_INPUT.to_owned(),
        }
    }

    /// The file's path, unless this is standard input.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Standard => None,
        }
    }

    /// Everything in it.
    pub(crate) fn read(&self) -> Result<Vec<u8>> {
        match self {
            Self::File(path) => load(path),
            Self::Standard => load_from(Path::new(STANDARD_INPUT), io::stdin().lock()),
        }
    }
}

/// Fails when standard input is asked for more than once.
pub(crate) fn refuse_second_standard(names: &[PathBuf]) -> Result<()> {
    if names.iter().filter(|name| name.as_os_str() == STANDARD).count() > 1 {
        return Err(Error::Usage("standard input (-) can be read only once. Give a file for the other".to_owned()));
    }
    Ok(())
}
