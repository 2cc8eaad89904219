//! The bar that shows how far a batch is, on a terminal only.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering};

use console::Term;
use indicatif::{ProgressDrawTarget, ProgressStyle};
use taiyaku::pipeline::Progress;

use crate::messages::Messages;
use crate::render::summary::counted;

/// The bar's parts: how far, texts done, segments a second, time left.
const TEMPLATE: &str = "{bar:30} {percent:>3} %  {msg}  {per_sec}  {eta} left";
/// The same for terminals narrower than [`WIDE`] columns, which would break the line.
const NARROW_TEMPLATE: &str = "{percent:>3} %  {msg}";
/// What the whole bar takes.
const WIDE: usize = 100;

/// The bar.
pub(crate) struct ProgressBar {
    bar: indicatif::ProgressBar,
    articles: AtomicUsize,
    segments: AtomicUsize,
    aligned: AtomicUsize,
}

impl ProgressBar {
    /// A bar on standard error; an invisible one where that is no terminal or nothing should be said.
    pub(crate) fn new(messages: Messages) -> Self {
        let is_shown = io::stderr().is_terminal() && !messages.quiet;
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = indicatif::ProgressBar::with_draw_target(None, target);
        let width = Term::stderr().size_checked().map_or(WIDE, |(_, columns)| usize::from(columns));
        let template = if width < WIDE { NARROW_TEMPLATE } else { TEMPLATE };
        if let Ok(style) = ProgressStyle::with_template(template) {
            let per_second = |state: &indicatif::ProgressState, out: &mut dyn std::fmt::Write| {
                // A formatter of the bar has nobody to tell that it failed.
                let _ = write!(out, "{:.0} segments/s", state.per_sec());
            };
            bar.set_style(style.with_key("per_sec", per_second));
        }
        let [articles, segments, aligned] = [0; 3].map(AtomicUsize::new);
        Self { bar, articles, segments, aligned }
    }

    /// Takes note of what was done.
    pub(crate) fn tell(&self, progress: Progress) {
        match progress {
            Progress::Read(segments) => {
                self.segments.fetch_add(segments, Ordering::Relaxed);
                let articles = self.articles.fetch_add(1, Ordering::Relaxed) + 1;
                self.bar.set_message(format!("{} read", counted(articles, "article")));
            }
            Progress::Aligned { segments, passes } => {
                let articles = self.articles.load(Ordering::Relaxed);
                let done = (self.aligned.fetch_add(1, Ordering::Relaxed) + 1) / passes.max(1);
                // Each pair of languages is a collection with its own number of passes: the length grows, never shrinks.
                let length = (self.segments.load(Ordering::Relaxed) * passes) as u64;
                self.bar.set_length(length.max(self.bar.length().unwrap_or(0)));
                self.bar.set_message(format!("{done} of {}", counted(articles, "article")));
                self.bar.inc(segments as u64);
            }
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
