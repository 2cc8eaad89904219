//! The settings of a project: taiyaku.toml.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use toml::{Spanned, Value};

use super::{CONFIG_FILE, CORPUS_FOLDER, check_settings};
use crate::check::Settings;
use crate::error::{Error, Result};
use crate::lang::Lang;

/// The keys of taiyaku.toml.
pub(super) const KEYS: [&str; 8] =
    ["source", "targets", "corpus", "glossary", "lexicon", "dictionary", "encoding", "memory"];
/// The key of the table that sets the checks.
const CHECKS: &str = "checks";
/// Keys less alike than this (Jaro-Winkler similarity, 0 to 1) are not offered as what was meant.
const LEAST_ALIKE: f64 = 0.7;

/// The settings of a project. Paths begin with the project's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The language of the originals. Default: Japanese.
    pub source: Lang,
    /// The languages of the translations, at least one. Default: English.
    pub targets: Vec<Lang>,
    /// The folder of the articles. Default: corpus.
    pub corpus: PathBuf,
    /// Glossary files and folders. Default: the folder glossary, where it exists.
    pub glossary: Vec<PathBuf>,
    /// Further word lists. Default: none.
    pub lexicon: Vec<PathBuf>,
    /// The folder of the Japanese dictionary; none for the one inside the program.
    pub dictionary: Option<PathBuf>,
    /// The encoding of the articles, a WHATWG label; none to tell it from each file.
    pub encoding: Option<String>,
    /// The translation memory, which need not exist yet. Default: memory.db.
    pub memory: PathBuf,
    /// Which checks are on, and how severe. Default: what the checks say of themselves.
    pub checks: Settings,
}

impl Config {
    /// The settings of a project without taiyaku.toml.
    pub fn defaults(root: &Path) -> Self {
        let glossary = root.join("glossary");
        Self {
            source: Lang::japanese(),
            targets: vec![Lang::english()],
            corpus: root.join(CORPUS_FOLDER),
            glossary: if glossary.is_dir() { vec![glossary] } else { Vec::new() },
            lexicon: Vec::new(),
            dictionary: None,
            encoding: None,
            memory: root.join("memory.db"),
            checks: Settings::default(),
        }
    }

    /// Reads the taiyaku.toml in `root`, where there is one.
    ///
    /// Fails on an unknown key, a value of the wrong kind, and a file or folder that does not exist.
    pub fn read(root: &Path) -> Result<Self> {
        let path = root.join(CONFIG_FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, root, &path),
            Err(e) if e.kind() == std::io::ErrorKind::InvalidData => Err(Error::format(
                &path,
                None,
                "this is not UTF-8. Save the file as UTF-8 from the program that changed it",
            )),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Self::defaults(root)),
            Err(e) => Err(Error::read(&path, e)),
        }
    }

    /// Reads settings from `text`; `path` is for messages.
    pub(super) fn parse(text: &str, root: &Path, path: &Path) -> Result<Self> {
        let error = |place: Option<Range<usize>>, message: String| {
            let line = place.map(|span| text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1);
            Error::format(path, line, message)
        };
        let text_without_bom = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table: BTreeMap<Spanned<String>, Spanned<Value>> = toml::from_str(text_without_bom).map_err(|e| {
            error(e.span(), format!("this is no TOML: {}. Write lines such as source = \"ja\"", e.message()))
        })?;
        let mut settings: Vec<(&Spanned<String>, &Spanned<Value>)> = table.iter().collect();
        settings.sort_by_key(|(key, _)| key.span().start);
        let mut config = Self::defaults(root);
        for (key, value) in &settings {
            config.set(key.get_ref(), value.get_ref(), root).map_err(|problem| match problem {
                Problem::Key(message) => error(Some(key.span()), message),
                Problem::Value(message) => error(Some(value.span()), message),
            })?;
        }
        config.checks =
            check_settings::read(text_without_bom).map_err(|(place, message)| error(Some(place), message))?;
        if config.targets.contains(&config.source) {
            let place = settings.iter().find(|(key, _)| matches!(key.get_ref().as_str(), "source" | "targets"));
            let message = format!(
                "{} is the source and a target. Write the languages of the translations into targets",
                config.source
            );
            return Err(error(place.map(|(key, _)| key.span()), message));
        }
        Ok(config)
    }

    fn set(&mut self, key: &str, value: &Value, root: &Path) -> std::result::Result<(), Problem> {
        match key {
            "source" => self.source = language(key, string(key, value)?)?,
            "targets" => {
                self.targets.clear();
                for tag in strings(key, value)? {
                    let lang = language(key, tag)?;
                    if self.targets.contains(&lang) {
                        return Err(Problem::Value(format!("targets names {lang} twice. Delete one")));
                    }
                    self.targets.push(lang);
                }
                if self.targets.is_empty() {
                    return Err(Problem::Value(
                        "targets is empty. Name at least one language, such as [\"en\"]".to_owned(),
                    ));
                }
            }
            "corpus" => self.corpus = folder(key, string(key, value)?, root)?,
            "glossary" => self.glossary = paths(key, value, root)?,
            "lexicon" => {
                self.lexicon = paths(key, value, root)?;
                if let Some(folder) = self.lexicon.iter().find(|path| path.is_dir()) {
                    return Err(Problem::Value(format!(
                        "lexicon: {} is a folder. Name the file in it",
                        folder.display()
                    )));
                }
            }
            "dictionary" => self.dictionary = Some(folder(key, string(key, value)?, root)?),
            "encoding" => {
                let label = string(key, value)?;
                if Encoding::for_label_no_replacement(label.as_bytes()).is_none() {
                    return Err(Problem::Value(format!(
                        "{label:?} is no encoding. Write one like utf-8, shift_jis or euc-jp"
                    )));
                }
                self.encoding = Some(label.to_owned());
            }
            "memory" => {
                let path = root.join(string(key, value)?);
                if path.is_dir() {
                    return Err(Problem::Value(format!("memory: {} is a folder. Name a file", path.display())));
                }
                self.memory = path;
            }
            // It is read by itself, with the lines of its keys.
            CHECKS => {}
            _ => return Err(Problem::Key(unknown(key))),
        }
        Ok(())
    }
}

/// What is wrong with a setting, and on which side of its equals sign.
enum Problem {
    Key(String),
    Value(String),
}

fn unknown(key: &str) -> String {
    let nearest = KEYS
        .iter()
        .chain([&CHECKS])
        .map(|known| (strsim::jaro_winkler(known, &key.to_lowercase()), known))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((alike, known)) if alike >= LEAST_ALIKE => format!("there is no setting {key}. Was {known} meant?"),
        _ => format!("there is no setting {key}. The settings are {} and the table [{CHECKS}]", KEYS.join(", ")),
    }
}

fn string<'v>(key: &str, value: &'v Value) -> std::result::Result<&'v str, Problem> {
    let text = value.as_str().ok_or_else(|| {
        Problem::Value(format!("{key} is {} where text is expected. Write {key} = \"…\"", kind(value)))
    })?;
    if text.trim().is_empty() {
        return Err(Problem::Value(format!("{key} is empty. Give it a value or delete the line")));
    }
    Ok(text)
}

/// The texts of a list; one text stands for a list of one.
fn strings<'v>(key: &str, value: &'v Value) -> std::result::Result<Vec<&'v str>, Problem> {
    match value {
        Value::Array(items) => items.iter().map(|item| string(key, item)).collect(),
        single => Ok(vec![string(key, single)?]),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "text",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}

fn language(key: &str, tag: &str) -> std::result::Result<Lang, Problem> {
    let lang: Lang = tag.parse().map_err(|e: Error| Problem::Value(format!("{key}: {e}")))?;
    match lang.meant() {
        Some(meant) => {
            Err(Problem::Value(format!("{key}: {tag} is not how this language is named here. Write {meant}")))
        }
        None => Ok(lang),
    }
}

fn paths(key: &str, value: &Value, root: &Path) -> std::result::Result<Vec<PathBuf>, Problem> {
    strings(key, value)?.into_iter().map(|name| existing(key, name, root)).collect()
}

fn folder(key: &str, name: &str, root: &Path) -> std::result::Result<PathBuf, Problem> {
    let path = existing(key, name, root)?;
    if path.is_dir() {
        Ok(path)
    } else {
        Err(Problem::Value(format!("{key}: {} is a file. Name a folder", path.display())))
    }
}

fn existing(key: &str, name: &str, root: &Path) -> std::result::Result<PathBuf, Problem> {
    let path = root.join(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(Problem::Value(format!("{key}: there is no {}. Paths begin at the project's folder", path.display())))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::Config;

    fn parse(text: &str, root: &Path) -> Result<Config, String> {
        Config::parse(text, root, Path::new("taiyaku.toml")).map_err(|e| e.to_string())
    }

    fn assert_refused(text: &str, message: &str) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let error = parse(text, folder.path()).unwrap_err();
        assert!(error.contains(message), "{error}");
    }

    #[test]
    fn all_settings_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["articles", "terms", "ipadic"] {
            fs::create_dir(root.join(name)).unwrap();
        }
        for name in ["people.tsv", "words.txt"] {
            fs::write(root.join(name), "").unwrap();
        }
        let text = "source = \"de\"\ntargets = [\"EN\", \"fr\"]\ncorpus = \"articles\"\nglossary = [\"terms\", \"people.tsv\"]\n\
                    lexicon = \"words.txt\"\ndictionary = \"ipadic\"\nencoding = \"Shift_JIS\"\nmemory = \"tm.db\"\n";
        let config = parse(text, root).unwrap();
        assert_eq!(config.source.tag(), "de");
        assert_eq!(config.targets.iter().map(crate::lang::Lang::tag).collect::<Vec<_>>(), ["en", "fr"]);
        assert_eq!(config.corpus, root.join("articles"));
        assert_eq!(config.glossary, [root.join("terms"), root.join("people.tsv")]);
        assert_eq!(config.lexicon, [root.join("words.txt")]);
        assert_eq!(config.dictionary, Some(root.join("ipadic")));
        assert_eq!(config.encoding.as_deref(), Some("Shift_JIS"));
        assert_eq!(config.memory, root.join("tm.db"));
    }

    #[test]
    fn a_missing_file_means_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Config::read(folder.path()).unwrap(), Config::defaults(folder.path()));
    }

    #[test]
    fn an_unknown_key_names_the_nearest_known_one_and_its_line() {
        assert_refused(
            "source = \"ja\"\n\n# a comment\nglosary = \"x\"",
            "taiyaku.toml, line 4: there is no setting glosary. Was glossary meant?",
        );
        assert_refused("target = \"en\"", "Was targets meant?");
        assert_refused("[project]\nsource = \"ja\"", "line 1: there is no setting project");
        assert_refused("zzz = 1", "The settings are source, targets");
    }

    #[test]
    fn every_value_is_checked() {
        assert_refused("source = 1", "line 1: source is a number where text is expected");
        assert_refused("source = \"jp\"", "line 1: source: jp is not how this language is named here. Write ja");
        assert_refused("targets = [\"en\", \"kor\"]", "kor is not how this language is named here. Write ko");
        assert_refused("\nsource = \"Japanese\"", "line 2: source: \"Japanese\" is no language tag");
        assert_refused("source = \" \"", "source is empty");
        assert_refused("targets = []", "Name at least one language");
        assert_refused("targets = [\"en\", \"EN\"]", "targets names en twice");
        assert_refused("targets = [\"en\", 5]", "targets is a number");
        assert_refused("targets = [\"ja\", \"en\"]", "line 1: ja is the source and a target");
        assert_refused("glossary = \"nowhere\"", "glossary: there is no ");
        assert_refused("corpus = \"file\"", "file is a file. Name a folder");
        assert_refused("lexicon = \".\"", "is a folder. Name the file in it");
        assert_refused("memory = \".\"", "is a folder. Name a file");
        assert_refused("encoding = \"sjjis\"", "\"sjjis\" is no encoding");
        assert_refused("source = \"ja\"\nsource = \"en\"", "line 2: this is no TOML");
        assert_refused("source: ja", "line 1: this is no TOML");
    }
}
