//! What is said on standard error.

use std::fmt::Display;
use std::io::{self, Write};

/// Says things on standard error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Messages {
    /// Whether only errors and losses are said.
    pub(crate) quiet: bool,
}

impl Messages {
    /// Something the user should know.
    pub(crate) fn note(self, note: &dyn Display) {
        if !self.quiet {
            print_error(&format!("taiyaku: note: {note}\n"));
        }
    }

    /// That a person's work is lost, which is said to quiet users too.
    pub(crate) fn loss(loss: &dyn Display) {
        print_error(&format!("taiyaku: note: {loss}\n"));
    }

    /// The same as [`Self::note`] for several.
    pub(crate) fn notes(self, notes: &[String]) {
        for note in notes {
            self.note(note);
        }
    }

    /// A closing line.
    pub(crate) fn summary(self, line: &str) {
        if !self.quiet {
            print_error(&format!("{line}\n"));
        }
    }
}

/// Says why something could not be done. The library's errors name their cause themselves.
pub(crate) fn error(error: &dyn Display) {
    print_error(&format!("taiyaku: error: {error}\n"));
}

/// Writes to standard error, whose loss is not worth a word.
pub(crate) fn print_error(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
