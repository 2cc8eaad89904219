//! `taiyaku import`: bilingual files and articles into the translation memory.

use std::path::{Path, PathBuf};

use taiyaku::document::decode;
use taiyaku::error::{Error, Result};
use taiyaku::format::{Format, Skipped, alignment_tsv, read_units};
use taiyaku::memory::{ImportOptions, Imported, Memory};
use taiyaku::pipeline::table_units;
use taiyaku::project::{Project, read_alignment, select};
use taiyaku::unit::TranslationUnit;

use super::Outcome;
use super::export::{guessed, is_alignment, is_bilingual};
use crate::args::Import;
use crate::input::{Input, refuse_second_standard};
use crate::messages::Messages;
use crate::render::import_bar::ImportBar;
use crate::render::summary::counted;
use crate::resources;

/// The units of a file, each with its error if it could not be read.
type Units = Box<dyn Iterator<Item = Result<TranslationUnit>>>;

pub(super) fn run(args: &Import, is_strict: bool, messages: Messages) -> anyhow::Result<Outcome> {
    refuse_second_standard(&args.paths)?;
    let path = resources::memory_file(&args.memory)?;
    let (files, names): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.iter().cloned().partition(|path| is_bilingual(path));
    let mut articles = Vec::new();
    if files.is_empty() || !names.is_empty() {
        let project = resources::project(&args.languages)?.ok_or_else(resources::no_project)?;
        articles = article_units(&project, &names, messages)?;
    }
    let memory = Memory::create(&path)?;
    let mut importing = Importing { memory, bar: ImportBar::new(messages), total: Imported::default() };
    let mut skipped = 0;
    for (name, units) in articles {
        importing.take(&name, Box::new(units.into_iter().map(Ok)))?;
    }
    for file in &files {
        let (units, bad) = file_units(file, args, messages)?;
        for bad in &bad {
            let input = Input::new(file).name();
            if is_strict {
                return Err(Error::format(Path::new(&input), bad.line, bad.reason.clone()).into());
            }
            messages.note(&format!("{input}, line {}: skipped: {}", bad.line, bad.reason));
        }
        skipped += bad.len();
        importing.take(&Input::new(file).name(), units)?;
    }
    importing.bar.finish();
    messages.summary(&summary(&path, &importing.total, skipped));
    Ok(if skipped == 0 { Outcome::Done } else { Outcome::Findings })
}

/// `memory.db: 1,204 units, 3 skipped; 1,150 are new`.
fn summary(path: &Path, total: &Imported, skipped: usize) -> String {
    let mut line = format!("{}: {}", path.display(), counted(total.units, "unit"));
    if skipped > 0 {
        line.push_str(&format!(", {skipped} skipped"));
    }
    if total.left_out > 0 {
        line.push_str(&format!(", {} left out (rejected or one side empty)", total.left_out));
    }
    if total.new_units < total.units {
        line.push_str(&format!("; {} new", total.new_units));
    }
    line
}

struct Importing {
    memory: Memory,
    bar: ImportBar,
    total: Imported,
}

impl Importing {
    fn take(&mut self, origin: &str, units: Units) -> Result<()> {
        let options = ImportOptions { origin: origin.to_owned(), ..ImportOptions::default() };
        let before = self.total.units;
        let imported = self.memory.import(units, &options, &mut |imported| self.bar.tell(before + imported.units))?;
        self.total.units += imported.units;
        self.total.new_units += imported.new_units;
        self.total.new_occurrences += imported.new_occurrences;
        self.total.left_out += imported.left_out;
        Ok(())
    }
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
        for pair in article.pairs(&project.config)? {
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

/// The units of a bilingual file, and what of it was skipped.
fn file_units(name: &Path, args: &Import, messages: Messages) -> Result<(Units, Vec<Skipped>)> {
    let input = Input::new(name);
    let path = input.name();
    let path = Path::new(&path);
    let (text, notes) = decode(&input.name(), &input.read()?, args.encoding.as_deref())?;
    messages.notes(&notes);
    if is_alignment(path) {
        let table = alignment_tsv::read(&text, path)?;
        let article = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        return Ok((Box::new(table_units(&article, &table).into_iter().map(Ok)), Vec::new()));
    }
    let languages = args.languages.source_language.as_ref().zip(args.languages.target_language.as_ref());
    let format = Format::from_path(path).unwrap_or_else(|| guessed(&text));
    let read = read_units(format, &text, path, languages)?;
    Ok((Box::new(read.records.into_iter().map(|record| Ok(record.unit))), read.skipped))
}
