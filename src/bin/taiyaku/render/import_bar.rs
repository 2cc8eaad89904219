//! The bar that shows how far an import is, on a terminal only.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::summary::counted;
use crate::messages::Messages;

/// How long standard input is, nobody knows: a spinner, what was taken, and how long it has run.
const OPEN: &str = "{spinner} {msg}  {elapsed}";
/// Of a file it is known how far it is.
const SIZED: &str = "{bar:30} {percent:>3} %  {msg}  {eta} left";
const TICK: Duration = Duration::from_millis(100);

/// The line.
pub(crate) struct ImportBar(ProgressBar);

impl ImportBar {
    /// A line on standard error; an invisible one where that is no terminal or nothing should be said.
    pub(crate) fn new(messages: Messages) -> Self {
        let is_shown = io::stderr().is_terminal() && !messages.quiet;
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template(OPEN) {
            bar.set_style(style);
        }
        if is_shown {
            bar.enable_steady_tick(TICK);
        }
        Self(bar)
    }

    /// Shows how many units were taken, and how many bytes of how many of the file.
    pub(crate) fn tell(&self, units: usize, part: Option<(u64, u64)>) {
        self.0.set_message(format!("{} taken", counted(units, "unit")));
        if let Some((done, size)) = part {
            if self.0.length() != Some(size)
                && let Ok(style) = ProgressStyle::with_template(SIZED)
            {
                self.0.set_style(style);
                self.0.set_length(size);
            }
            self.0.set_position(done);
        }
    }

    /// Takes the line away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
