//! The bar that shows how far a batch is, on a terminal only.

use std::io::{self, IsTerminal};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use console::Term;
use indicatif::{ProgressDrawTarget, ProgressState, ProgressStyle};
use taiyaku::pipeline::Progress;

use crate::messages::Messages;
use crate::render::summary::counted;

/// While the articles are read, nobody knows how many segments there will be.
const READING: &str = "{msg}";
/// Then: how far, articles done, segments a second, time left.
const ALIGNING: &str = "{bar:30} {percent:>3} %  {msg}  {per_sec}  {eta} left";
/// The same for terminals narrower than [`WIDE`] columns, where the line would break.
const ALIGNING_NARROW: &str = "{percent:>3} %  {msg}";
/// What the whole bar takes.
const WIDE: usize = 100;
/// What has gone through all passes counts this much, and through one of them its part. Language pairs differ in their
/// number of passes, and all numbers to be expected divide this one.
const WHOLE: usize = 60;

/// The bar.
pub(crate) struct ProgressBar {
    bar: indicatif::ProgressBar,
    /// How many articles and segments were read.
    articles: AtomicUsize,
    segments: AtomicUsize,
    /// How many are aligned, in parts of [`WHOLE`].
    articles_done: AtomicUsize,
    segments_done: AtomicUsize,
    aligning: Once,
}

impl ProgressBar {
    /// A bar on standard error; an invisible one where that is no terminal or nothing should be said.
    pub(crate) fn new(messages: Messages) -> Self {
        let is_shown = io::stderr().is_terminal() && !messages.quiet;
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = indicatif::ProgressBar::with_draw_target(None, target);
        set_template(&bar, READING);
        let [articles, segments, articles_done, segments_done] = [0; 4].map(AtomicUsize::new);
        Self { bar, articles, segments, articles_done, segments_done, aligning: Once::new() }
    }

    /// Takes note of what was done.
    pub(crate) fn tell(&self, progress: Progress) {
        let add = |counter: &AtomicUsize, more: usize| counter.fetch_add(more, Ordering::Relaxed) + more;
        match progress {
            Progress::Read(segments) => {
                add(&self.segments, segments);
                self.bar.set_message(format!("{} read", counted(add(&self.articles, 1), "article")));
            }
            Progress::Aligned { segments, passes } => {
                self.aligning.call_once(|| {
                    self.bar.reset();
                    self.bar.set_length(self.segments.load(Ordering::Relaxed) as u64);
                    let width = Term::stderr().size_checked().map_or(WIDE, |(_, columns)| usize::from(columns));
                    set_template(&self.bar, if width < WIDE { ALIGNING_NARROW } else { ALIGNING });
                });
                let part = WHOLE / passes.clamp(1, WHOLE);
                let done = add(&self.articles_done, part) / WHOLE;
                let articles = self.articles.load(Ordering::Relaxed);
                self.bar.set_message(format!("{done} of {}", counted(articles, "article")));
                self.bar.set_position((add(&self.segments_done, segments * part) / WHOLE) as u64);
            }
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn set_template(bar: &indicatif::ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.with_key("per_sec", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            // A bar has nobody to tell that drawing failed.
            let _ = write!(out, "{:.0} segments/s", state.per_sec());
        }));
    }
}
