//! The bar that shows how far a batch is, on a terminal only.

use std::io::{self, IsTerminal};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use console::Term;
use indicatif::{ProgressDrawTarget, ProgressState, ProgressStyle};
use taiyaku::pipeline::Progress;

use crate::messages::Messages;
use crate::render::summary::counted;

/// While the articles are read and compared for the first time, nobody knows how many segments there will be.
const READING: &str = "{spinner} {msg}";
/// How often the sign of life moves on.
const TICK: Duration = Duration::from_millis(120);
/// Then: how far, articles done, segments a second, time left.
const ALIGNING: &str = "{bar:30} {percent:>3} %  {msg}  {per_sec}  {eta} left";
/// The same for narrower terminals, where the line would break.
const ALIGNING_NARROW: &str = "{percent:>3} %  {msg}  {per_sec}  {eta} left";
const ALIGNING_NARROWEST: &str = "{percent:>3} %  {eta} left";
/// The columns that the first two take.
const WIDE: usize = 100;
const NARROW: usize = 68;
/// What has gone through all passes counts this much, and through one of them its part. Language pairs differ in their
/// number of passes, and all numbers to be expected divide this one.
const WHOLE: usize = 60;

/// The bar.
pub(crate) struct ProgressBar {
    bar: indicatif::ProgressBar,
    /// Whoever counts shows the count before another counts on, so that the bar never runs backwards.
    counts: Mutex<Counts>,
}

/// What was told so far.
#[derive(Default)]
struct Counts {
    /// How many articles and segments were read.
    articles: usize,
    segments: usize,
    /// How many are aligned, in parts of [`WHOLE`].
    articles_done: usize,
    segments_done: usize,
    is_aligning: bool,
}

impl ProgressBar {
    /// A bar on standard error; an invisible one where that is no terminal or nothing should be said.
    pub(crate) fn new(messages: Messages) -> Self {
        let is_shown = io::stderr().is_terminal() && !messages.quiet;
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = indicatif::ProgressBar::with_draw_target(None, target);
        set_template(&bar, READING);
        if is_shown {
            bar.enable_steady_tick(TICK);
        }
        Self { bar, counts: Mutex::default() }
    }

    /// Takes note of what was done.
    pub(crate) fn tell(&self, progress: Progress) {
        let counts = &mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        match progress {
            Progress::Read(segments) => {
                counts.articles += 1;
                counts.segments += segments;
                self.bar.set_message(format!("{} read", counted(counts.articles, "article")));
            }
            Progress::Aligned { segments, passes } => {
                if !counts.is_aligning {
                    counts.is_aligning = true;
                    self.bar.reset();
                    self.bar.set_length(counts.segments as u64);
                    let width = Term::stderr().size_checked().map_or(WIDE, |(_, columns)| usize::from(columns));
                    let fitting = match width {
                        WIDE.. => ALIGNING,
                        NARROW.. => ALIGNING_NARROW,
                        _ => ALIGNING_NARROWEST,
                    };
                    set_template(&self.bar, fitting);
                }
                let part = WHOLE / passes.clamp(1, WHOLE);
                counts.articles_done += part;
                counts.segments_done += segments * part;
                let articles = counted(counts.articles, "article");
                self.bar.set_message(format!("{} of {articles}", counts.articles_done / WHOLE));
                self.bar.set_position((counts.segments_done / WHOLE) as u64);
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use taiyaku::pipeline::Progress;

    use super::ProgressBar;
    use crate::messages::Messages;

    #[test]
    fn the_bar_never_runs_backwards_and_ends_at_its_end() {
        const ARTICLES: usize = 2000;
        let bar = ProgressBar::new(Messages { quiet: true });
        for _ in 0..ARTICLES {
            bar.tell(Progress::Read(3));
        }
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                let mut last = 0;
                while !is_over.load(Ordering::Relaxed) {
                    let now = bar.bar.position();
                    assert!(now >= last, "{now} after {last}");
                    last = now;
                }
            });
            let tell = || (0..ARTICLES / 2).for_each(|_| bar.tell(Progress::Aligned { segments: 3, passes: 2 }));
            let workers = [0; 4].map(|_| scope.spawn(tell));
            assert!(workers.into_iter().all(|worker| worker.join().is_ok()));
            is_over.store(true, Ordering::Relaxed);
            assert!(watcher.join().is_ok(), "the bar ran backwards");
        });
        assert_eq!(bar.bar.position(), 3 * ARTICLES as u64);
        assert_eq!(bar.bar.message(), "2000 of 2,000 articles");
    }
}
