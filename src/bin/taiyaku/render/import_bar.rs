//! The line that shows how far an import is, on a terminal only.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::summary::counted;
use crate::messages::Messages;

/// How long a file is, nobody knows before it is read: a spinner, what was taken, and how long it has run.
const TEMPLATE: &str = "{spinner} {msg}  {elapsed}";
const TICK: Duration = Duration::from_millis(100);

/// The line.
pub(crate) struct ImportBar(ProgressBar);

impl ImportBar {
    /// A line on standard error; an invisible one where that is no terminal or nothing should be said.
    pub(crate) fn new(messages: Messages) -> Self {
        let is_shown = io::stderr().is_terminal() && !messages.quiet;
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style);
        }
        if is_shown {
            bar.enable_steady_tick(TICK);
        }
        Self(bar)
    }

    /// Shows how many units were taken.
    pub(crate) fn tell(&self, units: usize) {
        self.0.set_message(format!("{} taken", counted(units, "unit")));
    }

    /// Takes the line away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
