//! A new project folder.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{CONFIG_FILE, CORPUS_FOLDER, Project};
use crate::error::{Error, Result};
use crate::format::output::write_file;

/// The settings of a new project: every key explained, with its default.
const CONFIG: &str = r#"# Settings of this project. Every line that begins with # shows a default; take the # away to change it.
# Paths begin at this folder.

# The language of the originals, and those of the translations. An article is a folder with one file a language:
# corpus/2024-05-13-some-article/ja.md and en.md (.txt .md .html).
# source = "ja"
# targets = ["en"]

# The folder of the articles.
# corpus = "corpus"

# Names and terms: a folder, a file, or a list of them.
# glossary = "glossary"

# Further bilingual word lists that help to align.
# lexicon = []

# The folder of a Japanese dictionary compiled by lindera, in place of the one inside the program.
# dictionary = "path/to/dictionary"

# The encoding of the articles. Without it each file shows its own.
# encoding = "utf-8"

# The translation memory, made when something is imported.
# memory = "memory.db"

# How severe the findings of a check are: error, warning, note, or off to leave it out. `taiyaku check --list` names the
# checks. These tables stand behind all other settings.
# [checks]
# empty-side = "warning"

# The same for one article.
# [checks.article."2024-05-13-some-article"]
# empty-side = "off"
"#;

/// The first glossary: a header, and how rows are written.
const GLOSSARY: &str = "\
# Names and terms: one row a name, columns separated by tabs. The line below names the columns by language tags.
ja\ten\tkind\tnote
# A row has all forms of one name, separated by ` | `. The first is preferred, the others may stand too, and ! marks one that
# must not be used. The kind is person, place, organization, term or a word of your own. A full name also yields its
# surname. An empty cell means: not decided yet. Write \\| \\! \\# for the signs themselves. Rows look like this, without #:
# ヤン・リパフスキー | ヤン・リパフスキ\tJan Lipavský | !Lipavsky\tperson\tforeign minister
# サイバー攻撃\tcyberattack\tterm\t
";

/// What [`Project::init`] did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewProject {
    /// The files and folders that were made.
    pub created: Vec<PathBuf>,
    /// Those that existed and were left alone.
    pub kept: Vec<PathBuf>,
}

impl Project {
    /// Makes `folder` a project: a taiyaku.toml whose lines are all comments, a folder for articles and a first glossary.
    /// What exists is left alone.
    ///
    /// Fails when a file or folder cannot be made.
    pub fn init(folder: &Path) -> Result<NewProject> {
        let mut new = NewProject::default();
        fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
        let has_glossary = folder.join("glossary").exists();
        new.file(&folder.join(CONFIG_FILE), CONFIG)?;
        new.folder(&folder.join(CORPUS_FOLDER))?;
        new.folder(&folder.join("glossary"))?;
        // Names may stand in any file of an existing glossary: another file would be one too many.
        if !has_glossary {
            new.file(&folder.join("glossary").join("names.tsv"), GLOSSARY)?;
        }
        Ok(new)
    }
}

impl NewProject {
    fn folder(&mut self, path: &Path) -> Result<()> {
        match fs::create_dir(path) {
            Ok(()) => self.created.push(path.to_owned()),
            Err(e) if e.kind() == ErrorKind::AlreadyExists && path.is_dir() => self.kept.push(path.to_owned()),
            Err(e) => return Err(Error::write(path, e)),
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, content: &str) -> Result<()> {
        // A link that leads nowhere is somebody's, too.
        if path.symlink_metadata().is_ok() {
            self.kept.push(path.to_owned());
            return Ok(());
        }
        write_file(path, |out| out.write_all(content.as_bytes()))?;
        self.created.push(path.to_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{CONFIG, GLOSSARY};
    use crate::glossary::Glossary;
    use crate::project::{Config, Project};

    fn names(root: &Path, paths: &[PathBuf]) -> Vec<String> {
        paths.iter().map(|p| p.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/")).collect()
    }

    #[test]
    fn a_new_project_has_settings_a_corpus_and_a_glossary() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("new");
        let new = Project::init(&root).unwrap();
        assert_eq!(names(&root, &new.created), ["taiyaku.toml", "corpus", "glossary", "glossary/names.tsv"]);
        assert!(new.kept.is_empty());
        let project = Project::find(&root).unwrap().unwrap();
        assert_eq!(project.articles().unwrap(), []);
        let (glossary, notes) = Glossary::read(&project.config.glossary, None).unwrap();
        assert_eq!((glossary.entries.len(), notes.len()), (0, 0));
    }

    #[test]
    fn what_exists_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("taiyaku.toml"), "source = \"de\"").unwrap();
        fs::create_dir(root.join("glossary")).unwrap();
        let new = Project::init(root).unwrap();
        assert_eq!(names(root, &new.created), ["corpus"]);
        assert_eq!(names(root, &new.kept), ["taiyaku.toml", "glossary"]);
        assert_eq!(fs::read_to_string(root.join("taiyaku.toml")).unwrap(), "source = \"de\"");
        assert!(Project::init(root).unwrap().created.is_empty());
    }

    #[test]
    fn the_commented_settings_are_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        Project::init(root).unwrap();
        fs::create_dir_all(root.join("path/to/dictionary")).unwrap();
        let uncommented: Vec<&str> = CONFIG
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| line.split_once(" = ").is_some_and(|(key, _)| super::super::config::KEYS.contains(&key)))
            .collect();
        assert_eq!(uncommented.len(), super::super::config::KEYS.len());
        let config = Config::parse(&uncommented.join("\n"), root, Path::new("taiyaku.toml")).unwrap();
        let defaults = Config::defaults(root);
        assert_eq!(Config { dictionary: None, encoding: None, ..config }, defaults);
    }

    #[test]
    fn the_glossary_shows_rows_that_work() {
        let rows = GLOSSARY
            .lines()
            .filter(|l| l.contains('\t'))
            .map(|l| l.trim_start_matches("# "))
            .collect::<Vec<_>>()
            .join("\n");
        let mut glossary = Glossary::default();
        assert_eq!(glossary.add_tsv(&rows, Path::new("names.tsv")).unwrap(), [""; 0]);
        assert_eq!(glossary.entries.len(), 2);
    }
}
