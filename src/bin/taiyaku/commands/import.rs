//! `taiyaku import`: bilingual files and articles into the translation memory.

use std::cell::RefCell;
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use taiyaku::document::decode;
use taiyaku::error::{Error, Result};
use taiyaku::format::{
    Record, Skipped, UnitReadOptions, UnitReader, alignment_tsv, open_parallel, open_units, parallel_languages,
};
use taiyaku::memory::{Entry, ImportOptions, Imported, Memory};
use taiyaku::pipeline::table_units;
use taiyaku::project::{Project, read_alignment, select};
use taiyaku::unit::TranslationUnit;

use super::Outcome;
use super::export::{is_alignment, is_bilingual};
use crate::args::{Import, Languages};
use crate::input::{Input, refuse_second_standard};
use crate::messages::Messages;
use crate::render::import_bar::ImportBar;
use crate::render::summary::counted;
use crate::resources;

pub(super) fn run(args: &Import, is_strict: bool, messages: Messages) -> anyhow::Result<Outcome> {
    refuse_second_standard(&args.paths)?;
    let path = resources::memory_file(&args.memory)?;
    let parallel = parallel(&args.paths, &args.languages);
    let is_file = |path: &PathBuf| parallel.is_some() || is_bilingual(path);
    let (files, names): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.iter().cloned().partition(is_file);
    let mut articles = Vec::new();
    if files.is_empty() || !names.is_empty() {
        let project = resources::project(&args.languages)?.ok_or_else(resources::no_project)?;
        articles = article_units(&project, &names, messages)?;
    }
    let memory = Memory::create(&path)?;
    let bar = ImportBar::new(messages);
    let mut importing = Importing { args, is_strict, messages, memory, bar, total: Imported::default(), skipped: 0 };
    for (name, units) in articles {
        importing.units(&name, units)?;
    }
    match parallel {
        Some((source, target)) => {
            let reader = open_parallel(source, target, &importing.options())?;
            importing.stream(&source.display().to_string(), reader)?;
        }
        None => files.iter().try_for_each(|file| importing.file(file))?,
    }
    importing.bar.finish();
    messages.summary(&importing.summary(&path));
    Ok(if importing.skipped == 0 { Outcome::Done } else { Outcome::Findings })
}

/// Two files of which neither is bilingual by itself, but whose names differ in their languages, or whose languages are
/// given.
fn parallel<'p>(paths: &'p [PathBuf], given: &Languages) -> Option<(&'p Path, &'p Path)> {
    let [source, target] = paths else { return None };
    let is_text = |path: &Path| path.is_file() && !is_bilingual(path);
    let is_given = given.source_language.is_some() && given.target_language.is_some();
    let are_known = is_given || parallel_languages(source, target).is_some();
    let is_pair = is_text(source) && is_text(target) && are_known;
    is_pair.then_some((source, target))
}

struct Importing<'a> {
    args: &'a Import,
    is_strict: bool,
    messages: Messages,
    memory: Memory,
    bar: ImportBar,
    total: Imported,
    skipped: usize,
}

impl Importing<'_> {
    fn options(&self) -> UnitReadOptions {
        let Languages { source_language, target_language } = self.args.languages.clone();
        UnitReadOptions {
            format: None,
            languages: source_language.zip(target_language),
            encoding: self.args.encoding.encoding.clone(),
        }
    }

    fn file(&mut self, name: &Path) -> Result<()> {
        let input = Input::new(name);
        let path = input.name();
        let path = Path::new(&path);
        if is_alignment(path) {
            let (text, notes) = decode(&input.name(), &input.read()?, self.args.encoding.encoding.as_deref())?;
            self.messages.notes(&notes);
            let table = alignment_tsv::read(&text, path)?;
            let article = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
            return self.units(&article, table_units(&article, &table));
        }
        let reader = match &input {
            Input::File(path) => open_units(path, &self.options())?,
            Input::Standard => UnitReader::new(path, io::stdin(), &self.options())?,
        };
        self.stream(&input.name(), reader)
    }

    fn units(&mut self, origin: &str, units: Vec<TranslationUnit>) -> Result<()> {
        let before = self.total.units;
        let mut entries = units.into_iter().map(|unit| Ok(Entry::from(unit)));
        let options = import_options(origin);
        let imported =
            self.memory.import(&mut entries, &options, &mut |now| self.bar.tell(before + now.units, None))?;
        self.add(imported);
        Ok(())
    }

    /// Takes a file in as it is read.
    fn stream(&mut self, origin: &str, reader: UnitReader) -> Result<()> {
        let before = self.total.units;
        // Read by the import, and asked by the bar how far it is.
        let reader = RefCell::new(reader);
        let (messages, is_strict) = (self.messages, self.is_strict);
        let entries = std::iter::from_fn(|| {
            loop {
                let next = reader.borrow_mut().next();
                match next? {
                    Err(error) => return Some(Err(error)),
                    Ok(Ok(record)) => {
                        return Some(Ok(entry(record)));
                    }
                    Ok(Err(Skipped { line, reason })) if is_strict => {
                        return Some(Err(Error::format(Path::new(origin), line, reason)));
                    }
                    Ok(Err(Skipped { line, reason })) => {
                        messages.note(&format!("{origin}, line {line}: skipped: {reason}"));
                    }
                }
            }
        });
        let part = || {
            let reader = reader.borrow();
            reader.size().map(|size| (reader.bytes_read(), size))
        };
        let mut tell = |now: &Imported| self.bar.tell(before + now.units, part());
        // Standard input has no name of its own by which it would be the same file again.
        let options = ImportOptions { replaces: origin != Input::Standard.name(), ..import_options(origin) };
        let imported = self.memory.import(entries, &options, &mut tell)?;
        let reader = reader.into_inner();
        self.messages.notes(reader.notes());
        self.skipped += reader.skipped();
        self.add(imported);
        Ok(())
    }

    fn add(&mut self, imported: Imported) {
        self.total.units += imported.units;
        self.total.new_units += imported.new_units;
        self.total.new_occurrences += imported.new_occurrences;
        self.total.left_out += imported.left_out;
    }

    /// `memory.db: 1,204 units, 3 skipped; 1,150 are new`.
    fn summary(&self, path: &Path) -> String {
        let Imported { units, new_units, left_out, .. } = self.total;
        let mut line = format!("{}: {}", path.display(), counted(units, "unit"));
        if self.skipped > 0 {
            // Writing to a string cannot fail.
            let _ = write!(line, ", {} skipped", self.skipped);
        }
        if left_out > 0 {
            let _ = write!(line, ", {left_out} left out (rejected, or one side empty)");
        }
        if new_units < units {
            let _ = write!(line, "; {new_units} new");
        }
        line
    }
}

fn entry(record: Record) -> Entry {
    let Record { unit, created, changed, source_codes, target_codes, .. } = record;
    Entry { unit, created, changed, source_codes, target_codes }
}

fn import_options(origin: &str) -> ImportOptions {
    ImportOptions { origin: origin.to_owned(), ..ImportOptions::default() }
}

/// The units of articles, by the articles' names.
fn article_units(
    project: &Project,
    names: &[PathBuf],
    messages: Messages,
) -> Result<Vec<(String, Vec<TranslationUnit>)>> {
    let articles = project.articles()?;
    let mut units = Vec::new();
    for article in select(&articles, names)? {
        for pair in article.pairs(&project.config) {
            match read_alignment(&pair)? {
                Some(table) => units.push((article.name.clone(), table_units(&article.name, &table))),
                None => messages.note(&format!(
                    "{} is left out: it has not been aligned yet. Run `taiyaku align` first",
                    article.name
                )),
            }
        }
    }
    Ok(units)
}
