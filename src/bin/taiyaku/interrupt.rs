//! Ctrl-C: what is finished stays, and nothing half-written is left.

use std::io::{self, IsTerminal};

use console::Term;
use taiyaku::format::output::abandon;

use crate::messages::Messages;

/// The exit code of a program that Ctrl-C ended, as shells know it: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// Ends the program in good order on Ctrl-C and on other requests to stop.
pub(crate) fn watch(messages: Messages) -> anyhow::Result<()> {
    ctrlc::set_handler(move || {
        let _writing_has_ended = abandon();
        if io::stderr().is_terminal() {
            // The progress bar, and the ^C that the terminal shows.
            let _ = Term::stderr().clear_line();
        }
        messages
            .note(&"stopped. Files that are finished stay, and none is half-written. The same command does the rest");
        std::process::exit(INTERRUPTED);
    })?;
    Ok(())
}
