//! `taiyaku init`: a new project folder.

use std::fmt::Write;
use std::path::Path;

use taiyaku::project::Project;

use super::Outcome;
use crate::args::Init;
use crate::output;

pub(super) fn run(args: &Init) -> anyhow::Result<Outcome> {
    let folder = args.folder.as_deref().unwrap_or(Path::new("."));
    let new = Project::init(folder)?;
    let mut lines = String::new();
    for (word, paths) in [("created", &new.created), ("kept   ", &new.kept)] {
        for path in paths {
            let path = path.strip_prefix(".").unwrap_or(path);
            writeln!(lines, "{word} {}", path.display())?;
        }
    }
    output::print(&lines)?;
    Ok(Outcome::Done)
}
