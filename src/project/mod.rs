//! A project: a folder with articles, a glossary and, where the defaults do not fit, a taiyaku.toml.

// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::string_slice))]

mod article;
mod chain;
mod check_settings;
mod config;
mod corrections;
mod merge;
mod new;

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

pub use article::{Article, ArticlePair, read_alignment, select, write_alignment};
pub use config::Config;
pub(crate) use corrections::respelt;
pub use corrections::{Corrections, Loss, Stale};
pub use new::NewProject;

/// The file that holds a project's settings.
pub const CONFIG_FILE: &str = "taiyaku.toml";
/// The folder that makes a folder without settings a project.
const CORPUS_FOLDER: &str = "corpus";

/// A project's folder and settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// Its settings; all paths in them begin with the folder.
    pub config: Config,
}

impl Project {
    /// The project that `start` lies in: the nearest folder, going up, with a taiyaku.toml or a folder corpus/. `None`
    /// when there is none.
    ///
    /// A relative `start` gives relative paths, which read well in messages. Fails when taiyaku.toml is wrong.
    pub fn find(start: &Path) -> Result<Option<Self>> {
        let full = start.canonicalize().map_err(|e| Error::read(start, e))?;
        let mut given = start.to_owned();
        for folder in full.ancestors() {
            if folder.join(CONFIG_FILE).is_file() || folder.join(CORPUS_FOLDER).is_dir() {
                return Self::open(&if start.is_absolute() { folder.to_owned() } else { plain(&given) }).map(Some);
            }
            given.push("..");
        }
        Ok(None)
    }

    /// The project in the folder `root`, whose settings are the defaults where it has no taiyaku.toml.
    pub fn open(root: &Path) -> Result<Self> {
        let config = Config::read(root)?;
        Ok(Self { root: root.to_owned(), config })
    }

    /// The articles by name.
    ///
    /// Fails when the folder cannot be read.
    pub fn articles(&self) -> Result<Vec<Article>> {
        article::articles(&self.config)
    }
}

/// The path without `.` and with `NAME/..` taken away.
fn plain(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut plain = PathBuf::new();
    for part in path.components() {
        match (part, plain.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Project, plain};

    #[test]
    fn a_project_is_found_from_inside() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("corpus/2024-05-13-article/images")).unwrap();
        let project = Project::find(&root.join("corpus/2024-05-13-article/images")).unwrap().unwrap();
        assert_eq!(project.root, root);
        fs::create_dir_all(root.join("other/deep")).unwrap();
        fs::write(root.join("other/taiyaku.toml"), "").unwrap();
        assert_eq!(Project::find(&root.join("other/deep")).unwrap().unwrap().root, root.join("other"), "the nearest");
        assert!(Project::find(&root.join("nowhere")).is_err());
    }

    #[test]
    fn relative_folders_stay_relative() {
        for (given, expected) in [(".", ""), ("./a/..", ""), ("a/b/../..", ""), ("../..", "../.."), ("/a/./b/..", "/a")]
        {
            assert_eq!(plain(Path::new(given)), Path::new(expected), "{given}");
        }
        let project = Project::find(Path::new("corpus")).unwrap().unwrap();
        assert_eq!(project.config.corpus, Path::new("corpus"), "tests run in the sample project");
    }
}
