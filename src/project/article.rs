//! The articles of a project: one folder an article, one file a language.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::Config;
use crate::document::{ReadOptions, load, read_file};
use crate::error::{Error, Result};
use crate::format::alignment_tsv;
use crate::format::output::write_file;
use crate::lang::Lang;
use crate::unit::Status;

/// The endings of files that hold an article's text.
const ENDINGS: [&str; 4] = ["txt", "md", "html", "htm"];
/// How many names are offered for one that is not known.
const OFFERED: usize = 3;
/// Names less alike than this (Jaro-Winkler similarity, 0 to 1) are not offered.
const LEAST_ALIKE: f64 = 0.75;

/// An article: its files by language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its folder's name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// One file a language, at least one.
    pub files: BTreeMap<Lang, PathBuf>,
    /// A second file of a language, which must be settled by the user before the article can be used.
    pub surplus: BTreeMap<Lang, PathBuf>,
}

/// An original and one of its translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticlePair {
    /// The original's language.
    pub source_lang: Lang,
    /// The original.
    pub source: PathBuf,
    /// The translation's language.
    pub target_lang: Lang,
    /// The translation.
    pub target: PathBuf,
    /// Where their beads are or will be written.
    pub alignment: PathBuf,
    /// A second file with their beads.
    pub second_alignment: Option<PathBuf>,
    /// A second file in one of the two languages.
    pub surplus: Option<PathBuf>,
}

/// The articles in the folder of the corpus, by name.
pub(super) fn articles(config: &Config) -> Result<Vec<Article>> {
    let read = |folder: &Path| -> Result<Vec<PathBuf>> {
        let items = fs::read_dir(folder).map_err(|e| Error::read(folder, e))?;
        let mut paths = items
            .map(|item| Ok(item?.path()))
            .collect::<std::io::Result<Vec<_>>>()
            .map_err(|e| Error::read(folder, e))?;
        paths.sort();
        Ok(paths)
    };
    let mut articles = Vec::new();
    for folder in read(&config.corpus)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || !folder.is_dir() {
            continue;
        }
        let (mut files, mut surplus) = (BTreeMap::new(), BTreeMap::new());
        for file in read(&folder)? {
            let Some(lang) = language(&file, config).filter(|_| file.is_file()) else { continue };
            match files.entry(lang) {
                Entry::Occupied(there) => {
                    surplus.insert(there.key().clone(), file);
                }
                Entry::Vacant(free) => {
                    free.insert(file);
                }
            }
        }
        if !files.is_empty() {
            articles.push(Article { name, folder, files, surplus });
        }
    }
    articles.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(articles)
}

/// The language that a file is named after: one of the project's, or one with a two-letter code. Longer words (`faq.md`)
/// may look like tags too.
fn language(file: &Path, config: &Config) -> Option<Lang> {
    let ending = file.extension()?.to_str()?.to_ascii_lowercase();
    if !ENDINGS.contains(&ending.as_str()) {
        return None;
    }
    let lang: Lang = file.file_stem()?.to_str()?.parse().ok()?;
    (lang.primary().len() == 2 || lang == config.source || config.targets.contains(&lang)).then_some(lang)
}

impl Article {
    /// The original with each translation into one of the project's target languages, in the order of the settings.
    ///
    /// Beads stand in alignment.tsv, or in alignment.TAG.tsv where the article has several translations. A file that
    /// exists for the pair is kept under its name when translations come and go.
    ///
    /// An alignment.tsv whose head cannot be read, or names languages that are none of the project's, counts for every pair
    /// without a tagged file, so that reading it tells what is wrong with it and nothing is written beside it.
    pub fn pairs(&self, config: &Config) -> Vec<ArticlePair> {
        let Some(source) = self.files.get(&config.source) else { return Vec::new() };
        let targets: Vec<(&Lang, &PathBuf)> =
            config.targets.iter().filter_map(|lang| self.files.get_key_value(lang)).collect();
        let one = self.folder.join("alignment.tsv");
        let languages_of_one = languages(&one);
        let may_be_of_article =
            |lang: &Lang| *lang != config.source && (self.files.contains_key(lang) || config.targets.contains(lang));
        let pair = |(lang, target): &(&Lang, &PathBuf)| {
            let tagged = self.folder.join(format!("alignment.{lang}.tsv"));
            let (is_one, is_own) = match &languages_of_one {
                Ok(Some((first, second))) if *first == config.source && may_be_of_article(second) => {
                    (second == *lang, second == *lang)
                }
                Ok(Some(_)) | Err(_) => (true, false),
                Ok(None) => (targets.len() == 1, false),
            };
            let has_tagged = tagged.exists();
            ArticlePair {
                source_lang: config.source.clone(),
                source: source.clone(),
                target_lang: (*lang).clone(),
                target: (*target).clone(),
                second_alignment: (is_own && has_tagged).then(|| one.clone()),
                alignment: if is_one && !has_tagged { one.clone() } else { tagged },
                surplus: self.surplus.get(&config.source).or_else(|| self.surplus.get(*lang)).cloned(),
            }
        };
        targets.iter().map(pair).collect()
    }
}

impl ArticlePair {
    /// The names of the article's files whose text is no longer the one in `table`, its alignment file; white space does
    /// not count. `encoding` is that of files that do not show theirs.
    ///
    /// Fails when a file cannot be read.
    pub fn changed_texts(&self, table: &alignment_tsv::Table, encoding: Option<&str>) -> Result<Vec<String>> {
        let rows = || table.rows.iter().filter(|row| row.status != Status::Rejected);
        let mut changed = Vec::new();
        for (file, lang, aligned) in [
            (&self.source, &self.source_lang, rows().flat_map(|row| &row.source).collect::<Vec<_>>()),
            (&self.target, &self.target_lang, rows().flat_map(|row| &row.target).collect()),
        ] {
            let options = ReadOptions {
                encoding: encoding.map(str::to_owned),
                lang: Some(lang.clone()),
                project_tags: Vec::new(),
            };
            let document = read_file(file, &options)?.document;
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let text: String = document.blocks.iter().map(|block| visible(block.span.of(&document.text))).collect();
            if text != aligned.into_iter().map(|segment| visible(segment)).collect::<String>() {
                changed.push(document.id);
            }
        }
        Ok(changed)
    }

    /// Fails when there are two files in one of the languages, and names both.
    pub(crate) fn refuse_surplus(&self) -> Result<()> {
        let Some(second) = &self.surplus else { return Ok(()) };
        let is_source = second.file_stem().is_some_and(|stem| Some(stem) == self.source.file_stem());
        let (lang, first) =
            if is_source { (&self.source_lang, &self.source) } else { (&self.target_lang, &self.target) };
        Err(Error::Usage(format!(
            "there are two files in the language {lang}, {} and {}. Keep one, or rename the other",
            first.display(),
            second.display()
        )))
    }
}

/// The languages in the head of an alignment file, where it exists.
fn languages(path: &Path) -> Result<Option<(Lang, Lang)>> {
    let Some(text) = read_text(path)? else { return Ok(None) };
    let head = alignment_tsv::read(text.lines().next().unwrap_or_default(), path)?;
    Ok(Some((head.source_lang, head.target_lang)))
}

/// The beads in an article's alignment file; `None` where it does not exist yet.
///
/// Fails when a person's corrections could be lost by reading on: on a merge conflict, a broken head or row, and when the
/// file is not UTF-8 or its languages are not the pair's; and when it is not clear which texts the beads belong to.
pub fn read_alignment(pair: &ArticlePair) -> Result<Option<alignment_tsv::Table>> {
    pair.refuse_surplus()?;
    if let Some(second) = &pair.second_alignment {
        return Err(Error::Usage(format!(
            "there are two files with the beads of {} and {}, {} and {}. Keep one, and move the other away",
            pair.source_lang,
            pair.target_lang,
            second.display(),
            pair.alignment.display()
        )));
    }
    let path = &pair.alignment;
    let Some(text) = read_text(path)? else { return Ok(None) };
    let table = alignment_tsv::read(&text, path)?;
    if table.source_lang != pair.source_lang || table.target_lang != pair.target_lang {
        let message = format!(
            "the columns are {} and {} where {} and {} are expected. Correct the first line, or move the file away",
            table.source_lang, table.target_lang, pair.source_lang, pair.target_lang
        );
        return Err(Error::format(path, 1, message));
    }
    Ok(Some(table))
}

fn read_text(path: &Path) -> Result<Option<String>> {
    let bytes = match load(path) {
        Ok(bytes) => bytes,
        Err(Error::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let read = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes().iter().take(e.utf8_error().valid_up_to()).filter(|b| **b == b'\n').count() + 1;
        Error::format(path, line, "this is not UTF-8. Save the file as UTF-8 from the program that changed it")
    })?;
    Ok(Some(read))
}

/// Writes an article's alignment file, whole or not at all; says whether it changed.
pub fn write_alignment(pair: &ArticlePair, table: &alignment_tsv::Table) -> Result<bool> {
    let path = &pair.alignment;
    let mut bytes = Vec::new();
    alignment_tsv::write(table, &mut bytes).map_err(|e| Error::write(path, e))?;
    if let Ok(there) = fs::read(path) {
        // A file that an editor saved with CRLF keeps it, so that git shows the lines that changed and no others.
        if there.split(|b| *b == b'\n').next().is_some_and(|head| head.ends_with(b"\r")) {
            bytes = bytes.split_inclusive(|b| *b == b'\n').flat_map(with_crlf).collect();
        }
        if there == bytes {
            return Ok(false);
        }
    }
    write_file(path, |out| out.write_all(&bytes))?;
    Ok(true)
}

fn with_crlf(line: &[u8]) -> impl Iterator<Item = u8> {
    let (text, end) = line.strip_suffix(b"\n").map_or((line, &[][..]), |text| (text, &b"\r\n"[..]));
    text.iter().chain(end).copied()
}

/// The articles that `names` mean, all where there is none: each a name, a path to the folder or into it, or a part of
/// just one name.
///
/// Fails on a name that means no article or several.
pub fn select<'a>(articles: &'a [Article], names: &[PathBuf]) -> Result<Vec<&'a Article>> {
    if names.is_empty() {
        return Ok(articles.iter().collect());
    }
    let mut chosen = BTreeSet::new();
    for name in names {
        chosen.insert(index(articles, name)?);
    }
    Ok(chosen.into_iter().filter_map(|i| articles.get(i)).collect())
}

fn index(articles: &[Article], name: &Path) -> Result<usize> {
    if let Some(i) = articles.iter().position(|a| Path::new(&a.name) == name) {
        return Ok(i);
    }
    if let Ok(path) = name.canonicalize() {
        let is_in = |a: &Article| a.folder.canonicalize().is_ok_and(|folder| path.starts_with(folder));
        if let Some(i) = articles.iter().position(is_in) {
            return Ok(i);
        }
    }
    let name = name.to_string_lossy();
    let part = name.to_lowercase();
    let with_part: Vec<usize> =
        (0..articles.len()).filter(|i| !part.is_empty() && articles[*i].name.to_lowercase().contains(&part)).collect();
    match with_part.as_slice() {
        [only] => Ok(*only),
        [] if Path::new(&*name).is_file() => Err(Error::Usage(format!(
            "{name} belongs to no article. Bilingual files end in .tmx, .xlf, .tsv, .csv or .jsonl, and two files whose \
             lines go together in their languages: news.ja news.en"
        ))),
        [] => Err(Error::Usage(format!("there is no article {name:?}. {}", offer(articles, &part)))),
        several => {
            let names: Vec<&str> = several.iter().map(|i| articles[*i].name.as_str()).collect();
            Err(Error::Usage(format!("{name:?} may be {}. Write more of the name", names.join(" or "))))
        }
    }
}

/// The names nearest to `part`.
fn offer(articles: &[Article], part: &str) -> String {
    // The date before a name says little: a slip in the slug is the usual one.
    let slug = |name: &str| name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').to_lowercase();
    let part_slug = slug(part);
    let alike = |a: &Article| {
        let whole = slug(&a.name);
        // Who writes a part of a name may slip in the part: its beginning counts as much as the whole.
        let beginning: String = whole.chars().take(part_slug.chars().count()).collect();
        let slugs = strsim::jaro_winkler(&whole, &part_slug).max(strsim::jaro_winkler(&beginning, &part_slug));
        slugs.max(strsim::jaro_winkler(&a.name, part))
    };
    let mut nearest: Vec<(f64, &str)> =
        articles.iter().map(|a| (alike(a), a.name.as_str())).filter(|(likeness, _)| *likeness >= LEAST_ALIKE).collect();
    nearest.sort_by(|a, b| b.0.total_cmp(&a.0));
    let names: Vec<&str> = nearest.into_iter().take(OFFERED).map(|(_, name)| name).collect();
    match names.as_slice() {
        [] if articles.is_empty() => "The corpus is empty".to_owned(),
        [] => "Articles are called as their folders in the corpus are".to_owned(),
        [name] => format!("The nearest name is {name}"),
        names => format!("The nearest names are {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{read_alignment, select, write_alignment};
    use crate::format::alignment_tsv;
    use crate::project::Project;

    /// A project with these files in its corpus, each with its content.
    fn project(files: &[(&str, &str)]) -> (tempfile::TempDir, Project) {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let project = Project::open(folder.path()).unwrap();
        (folder, project)
    }

    fn file_name(path: &Path) -> String {
        path.file_name().unwrap().to_string_lossy().into_owned()
    }

    fn alignments(files: &[(&str, &str)]) -> Vec<String> {
        let (_folder, project) = project(files);
        let articles = project.articles().unwrap();
        articles[0].pairs(&project.config).iter().map(|p| file_name(&p.alignment)).collect()
    }

    #[test]
    fn articles_are_folders_with_files_named_by_language() {
        let (_folder, project) = project(&[
            ("corpus/b/ja.md", ""),
            ("corpus/b/EN.TXT", ""),
            ("corpus/b/README.md", ""),
            ("corpus/b/notes.txt", ""),
            ("corpus/b/faq.md", ""),
            ("corpus/b/ja.md~", ""),
            ("corpus/b/alignment.tsv", ""),
            ("corpus/a/ja.html", ""),
            ("corpus/images/map.png", ""),
            ("corpus/.git/ja.md", ""),
            ("corpus/README.md", ""),
        ]);
        let articles = project.articles().unwrap();
        let found: Vec<(&str, Vec<String>)> =
            articles.iter().map(|a| (a.name.as_str(), a.files.values().map(|f| file_name(f)).collect())).collect();
        assert_eq!(found, [("a", vec!["ja.html".to_owned()]), ("b", vec!["EN.TXT".to_owned(), "ja.md".to_owned()])]);
    }

    #[test]
    fn two_files_of_one_language_are_an_error_of_their_article_that_names_both() {
        let (_folder, project) =
            project(&[("corpus/a/en.md", ""), ("corpus/a/ja.md", ""), ("corpus/a/ja.txt", ""), ("corpus/b/ja.md", "")]);
        let articles = project.articles().unwrap();
        assert_eq!(articles.len(), 2, "the other article is there");
        let pair = articles[0].pairs(&project.config).remove(0);
        let error = read_alignment(&pair).unwrap_err().to_string();
        assert!(error.contains("ja.md") && error.contains("ja.txt") && error.contains("Keep one"), "{error}");
    }

    #[test]
    fn one_translation_has_alignment_tsv_and_several_have_tagged_files() {
        let two = ("taiyaku.toml", "targets = [\"en\", \"de\"]");
        assert_eq!(alignments(&[("corpus/a/ja.md", ""), ("corpus/a/en.md", "")]), ["alignment.tsv"]);
        assert_eq!(alignments(&[("corpus/a/ja.md", ""), ("corpus/a/de.md", "")]), [""; 0], "no target of the project");
        assert_eq!(alignments(&[two, ("corpus/a/ja.md", ""), ("corpus/a/de.md", "")]), ["alignment.tsv"]);
        assert_eq!(alignments(&[("corpus/a/en.md", "")]), [""; 0], "no original");
        let both = [two, ("corpus/a/ja.md", ""), ("corpus/a/de.md", ""), ("corpus/a/en.md", "")];
        assert_eq!(alignments(&both), ["alignment.en.tsv", "alignment.de.tsv"]);
    }

    #[test]
    fn an_alignment_keeps_its_file_when_translations_come_and_go() {
        let two = ("taiyaku.toml", "targets = [\"en\", \"de\"]");
        let (ja, en, de) = (("corpus/a/ja.md", ""), ("corpus/a/en.md", ""), ("corpus/a/de.md", ""));
        let english = ("corpus/a/alignment.tsv", "ja\ten\n");
        assert_eq!(alignments(&[two, ja, en, de, english]), ["alignment.tsv", "alignment.de.tsv"]);
        assert_eq!(alignments(&[two, ja, de, english]), ["alignment.de.tsv"]);
        assert_eq!(alignments(&[two, ja, de, ("corpus/a/alignment.de.tsv", "ja\tde\n")]), ["alignment.de.tsv"]);
    }

    #[test]
    fn an_alignment_in_other_languages_is_an_error_and_nothing_is_written_beside_it() {
        let (ja, en) = (("corpus/a/ja.md", ""), ("corpus/a/en.md", ""));
        for head in ["ja\tfr\n", "jp\ten\n", "en\tja\n", "ja\tja\n", "ja\teng\n"] {
            let files = [ja, en, ("corpus/a/alignment.tsv", head)];
            assert_eq!(alignments(&files), ["alignment.tsv"], "{head}");
            let (_folder, project) = project(&files);
            let pair = project.articles().unwrap()[0].pairs(&project.config).remove(0);
            let error = read_alignment(&pair).unwrap_err().to_string();
            assert!(error.contains("alignment.tsv, line 1: "), "{error}");
        }
    }

    #[test]
    fn two_files_with_the_beads_of_one_pair_are_an_error_that_names_both() {
        let (_folder, project) = project(&[
            ("corpus/a/ja.md", ""),
            ("corpus/a/en.md", ""),
            ("corpus/a/alignment.tsv", "ja\ten\n"),
            ("corpus/a/alignment.en.tsv", "ja\ten\n"),
        ]);
        let pair = project.articles().unwrap()[0].pairs(&project.config).remove(0);
        let error = read_alignment(&pair).unwrap_err().to_string();
        assert!(error.contains("alignment.tsv and ") && error.contains("alignment.en.tsv. Keep one"), "{error}");
    }

    #[test]
    fn line_ends_of_an_alignment_stay() {
        let (folder, project) = project(&[
            ("corpus/a/ja.md", ""),
            ("corpus/a/en.md", ""),
            ("corpus/a/alignment.tsv", "ja\ten\r\n一\tOne\r\n"),
        ]);
        let pair = project.articles().unwrap()[0].pairs(&project.config).remove(0);
        let table = read_alignment(&pair).unwrap().unwrap();
        assert!(write_alignment(&pair, &table).unwrap());
        let written = fs::read_to_string(folder.path().join("corpus/a/alignment.tsv")).unwrap();
        assert_eq!(written, "ja\ten\tconfidence\tstatus\tnote\tignore\r\n一\tOne\t1.000\tauto\t\t\r\n");
        assert!(!write_alignment(&pair, &table).unwrap());
    }

    #[test]
    fn a_damaged_alignment_is_an_error_with_its_place_and_cure() {
        for (content, message) in [
            (&b"ja\ten\n<<<<<<< HEAD\n"[..], "alignment.tsv, line 2: Git has left a merge conflict"),
            (b"ja\ten\n\x82\xa0\tA\n", "alignment.tsv, line 2: this is not UTF-8"),
        ] {
            let (folder, project) =
                project(&[("corpus/a/ja.md", ""), ("corpus/a/en.md", ""), ("corpus/a/alignment.tsv", "ja\ten\n")]);
            let pair = project.articles().unwrap()[0].pairs(&project.config).remove(0);
            fs::write(folder.path().join("corpus/a/alignment.tsv"), content).unwrap();
            let error = read_alignment(&pair).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
        let (_folder, project) =
            project(&[("corpus/a/ja.md", ""), ("corpus/a/en.md", ""), ("corpus/a/alignment.tsv", "japanisch\n")]);
        let pair = project.articles().unwrap()[0].pairs(&project.config).remove(0);
        let error = read_alignment(&pair).unwrap_err().to_string();
        assert!(error.contains("line 1") && error.contains("first line must be"), "{error}");
    }

    #[test]
    fn an_unchanged_alignment_is_not_written() {
        let (_folder, project) = project(&[("corpus/a/ja.md", ""), ("corpus/a/en.md", "")]);
        let pair = project.articles().unwrap()[0].pairs(&project.config).remove(0);
        assert_eq!(read_alignment(&pair).unwrap(), None);
        let table = alignment_tsv::read("ja\ten\n一。\tOne.\n", &PathBuf::from("x")).unwrap();
        assert!(write_alignment(&pair, &table).unwrap());
        assert!(!write_alignment(&pair, &table).unwrap());
        assert_eq!(read_alignment(&pair).unwrap(), Some(table));
    }

    #[test]
    fn articles_are_named_by_name_path_or_a_unique_part() {
        let (folder, project) = project(&[
            ("corpus/2024-05-13-cyberattacks/ja.md", ""),
            ("corpus/2024-05-14-moulds/ja.md", ""),
            ("corpus/2024/ja.md", ""),
        ]);
        let articles = project.articles().unwrap();
        let chosen = |name: &str| -> Result<Vec<&str>, String> {
            select(&articles, &[name.into()])
                .map(|a| a.iter().map(|a| a.name.as_str()).collect())
                .map_err(|e| e.to_string())
        };
        assert_eq!(chosen("2024"), Ok(vec!["2024"]), "a whole name, though a part of others");
        assert_eq!(chosen("Moulds"), Ok(vec!["2024-05-14-moulds"]));
        let path = folder.path().join("corpus/2024-05-14-moulds/");
        assert_eq!(chosen(path.to_str().unwrap()), Ok(vec!["2024-05-14-moulds"]));
        assert_eq!(chosen(path.join("ja.md").to_str().unwrap()), Ok(vec!["2024-05-14-moulds"]));
        assert!(chosen("2024-05").unwrap_err().contains("2024-05-13-cyberattacks or 2024-05-14-moulds"));
        let error = chosen("cyberatacks").unwrap_err();
        assert!(error.ends_with("The nearest name is 2024-05-13-cyberattacks"), "{error}");
        let error = chosen("xyz").unwrap_err();
        assert!(error.ends_with("Articles are called as their folders in the corpus are"), "{error}");
        assert!(chosen("").is_err());
        assert_eq!(select(&articles, &[]).unwrap().len(), 3);
    }
}
