//! Ctrl-C: what is finished stays, and nothing half-written is left.

use std::io::{self, IsTerminal};
#[cfg(unix)]
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use console::Term;
use taiyaku::format::output::abandon;

use crate::messages::Messages;

/// The exit code of a program that Ctrl-C ended, as shells know it: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// The exit code when the program is stopped now.
static CODE: AtomicI32 = AtomicI32::new(INTERRUPTED);

/// Ends the program in good order on Ctrl-C and on other requests to stop.
pub(crate) fn watch(messages: Messages) -> anyhow::Result<()> {
    ctrlc::set_handler(move || {
        let _writing_has_ended = abandon();
        if io::stderr().is_terminal() {
            // The progress bar, and the ^C that the terminal shows.
            let _ = Term::stderr().clear_line();
        }
        let code = CODE.load(Ordering::SeqCst);
        if code == INTERRUPTED {
            messages.note(
                &"stopped. Files that are finished stay, and none is half-written. The same command does the rest",
            );
        }
        std::process::exit(code);
    })?;
    // Past a limit on the size of files the system ends a program by this signal, unless it is handled: then writing fails,
    // which is told, and the file that was begun is removed.
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default())?;
    Ok(())
}

/// Makes Ctrl-C the ordinary end of a program that waits, with this exit code.
pub(crate) fn end_with(code: i32) {
    CODE.store(code, Ordering::SeqCst);
}
