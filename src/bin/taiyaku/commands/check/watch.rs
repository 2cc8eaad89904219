//! `--watch`: checks again whenever a file changes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecursiveMode, Watcher};
use taiyaku::project::CONFIG_FILE;

use super::plan::Plan;
use crate::args::{Check, Common};
use crate::commands::Outcome;
use crate::messages::{self, Messages};
use crate::{interrupt, resources};

/// Editors write a file in several steps; what comes so soon after another change is one with it.
const SETTLED: Duration = Duration::from_millis(200);
/// How often Ctrl-C is looked at, and files that have come anew.
const REST: Duration = Duration::from_secs(1);

pub(super) fn run(args: &Check, common: &Common, messages: Messages) -> anyhow::Result<Outcome> {
    if args.paths.iter().any(|path| path.as_os_str() == crate::output::STANDARD) {
        anyhow::bail!("standard input (-) cannot be watched. Give files or articles");
    }
    // What is wrong at the start is no matter of waiting.
    let mut places = Places::of(&Plan::new(args, common, messages)?);
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(move |event| {
        // Nobody listens any more when the program ends.
        let _ = sender.send(event);
    })?;
    let mut watched: BTreeSet<PathBuf> = BTreeSet::new();
    loop {
        for (folder, mode) in places.folders() {
            if folder.is_dir() && watched.insert(folder.clone()) {
                watcher.watch(&folder, mode)?;
            }
        }
        let outcome = Plan::new(args, common, messages).and_then(|plan| {
            places = Places::of(&plan);
            plan.run()
        });
        interrupt::end_with(match outcome {
            Ok(Outcome::Done) => 0,
            Ok(Outcome::Findings) => 1,
            Ok(Outcome::Failed) => 2,
            Err(error) => {
                messages::error(&error);
                2
            }
        });
        messages.summary("Waiting for changes. Ctrl-C ends.");
        let is_change = |event: &notify::Result<Event>| event.as_ref().is_ok_and(|event| places.are_changed(event));
        loop {
            match events.recv_timeout(REST) {
                Ok(event) if is_change(&event) => break,
                Err(RecvTimeoutError::Disconnected) => return Ok(Outcome::Failed),
                _ => {}
            }
        }
        while events.recv_timeout(SETTLED).is_ok() {}
        if console::user_attended() {
            console::Term::stdout().clear_screen()?;
        }
    }
}

/// What a check depends on.
struct Places {
    /// Folders with all that lies in them.
    folders: Vec<PathBuf>,
    /// Single files.
    files: Vec<PathBuf>,
}

impl Places {
    fn of(plan: &Plan<'_>) -> Self {
        let mut paths: Vec<PathBuf> = plan.files.clone();
        let what = resources::what(&plan.args.aids, plan.project.as_ref());
        paths.extend(what.glossary.into_iter().chain(what.lexicons));
        paths.extend(plan.args.baseline.clone());
        if let Some(project) = &plan.project {
            paths.push(project.root.join(CONFIG_FILE));
            paths.push(project.config.corpus.clone());
        }
        let (folders, files) = paths.into_iter().map(|path| full(&path)).partition(|path| path.is_dir());
        Self { folders, files }
    }

    /// The folders to watch: those of single files for these alone, since files are often replaced.
    fn folders(&self) -> Vec<(PathBuf, RecursiveMode)> {
        let whole = self.folders.iter().map(|folder| (folder.clone(), RecursiveMode::Recursive));
        let parents = self.files.iter().filter_map(|file| file.parent());
        whole.chain(parents.map(|folder| (folder.to_owned(), RecursiveMode::NonRecursive))).collect()
    }

    /// Whether an event is a change of one of the places.
    fn are_changed(&self, event: &Event) -> bool {
        let is_change = matches!(event.kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_));
        let is_hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let is_place = |path: &PathBuf| {
            !is_hidden(path)
                && (self.files.contains(path) || self.folders.iter().any(|folder| path.starts_with(folder)))
        };
        is_change && event.paths.iter().any(is_place)
    }
}

/// The path from the root of the disk, as events have it.
fn full(path: &Path) -> PathBuf {
    let name = path.file_name();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let by_folder = || Some(folder.canonicalize().ok()?.join(name?));
    if path.is_dir() { path.canonicalize().ok() } else { by_folder() }.unwrap_or_else(|| path.to_owned())
}
