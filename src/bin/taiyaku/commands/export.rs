//! `taiyaku export`: the pairs of articles and bilingual files, in one file.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::bail;
use taiyaku::document::decode;
use taiyaku::error::{Error, Result};
use taiyaku::format::alignment_tsv::{self, Table};
use taiyaku::format::{Format, Record, Skipped, UnitReadOptions, UnitReader, open_units, write_records};
use taiyaku::lang::Lang;
use taiyaku::pipeline::table_units;
use taiyaku::project::{ArticlePair, Project, read_alignment, select};
use taiyaku::unit::{Status, TranslationUnit};

use super::Outcome;
use crate::args::{Export, Languages};
use crate::input::{Input, refuse_second_standard};
use crate::messages::{self, Messages};
use crate::output::STANDARD;
use crate::render::summary::counted;
use crate::{output, resources};

pub(super) fn run(args: &Export, is_strict: bool, messages: Messages) -> anyhow::Result<Outcome> {
    let file = output::file(args.output.output.as_deref());
    let format = match (&args.format, file) {
        (Some(name), _) => Format::from_name(name)?,
        (None, Some(file)) => output::format_of(file)?,
        (None, None) => Format::Tsv,
    };
    refuse_second_standard(&args.paths)?;
    let mut project = None;
    let mut gathered = Gathered { args, is_strict, messages, records: Vec::new(), skipped: 0, is_failed: false };
    let (files, names): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.iter().cloned().partition(|path| is_bilingual(path));
    output::refuse_inputs(args.output.output.as_deref(), files.iter().map(PathBuf::as_path))?;
    if files.is_empty() || !names.is_empty() {
        let found = resources::project(&args.languages)?;
        refuse_texts(&names, found.as_ref())?;
        let project = project.insert(found.ok_or_else(resources::no_project)?);
        gathered.articles(project, &names)?;
    }
    for file in &files {
        gathered.file(file)?;
    }
    let Gathered { mut records, skipped, is_failed, .. } = gathered;
    records.retain(|record| is_wanted(&record.unit, args));
    let documents: BTreeSet<&str> = records.iter().map(|record| record.unit.document.as_str()).collect();
    if format == Format::Beads && documents.len() > 1 {
        bail!("the beads format holds one article, these are several. Choose one article or another format");
    }
    if records.is_empty() {
        messages.note(&"there are no pairs to export");
    }
    let (source, target) = languages(&records, format, args, project.as_ref())?;
    output::write(args.output.output.as_deref(), |out| write_records(format, &records, (&source, &target), out))?;
    if skipped > 0 {
        messages.summary(&format!("{}, {skipped} skipped", counted(records.len(), "unit")));
    } else if let Some(file) = file {
        messages.summary(&format!("{}: {}", file.display(), counted(records.len(), "unit")));
    }
    Ok(match (is_failed, skipped) {
        (true, _) => Outcome::Failed,
        (false, 0) => Outcome::Done,
        (false, _) => Outcome::Findings,
    })
}

/// Whether this names a bilingual file rather than an article.
pub(super) fn is_bilingual(path: &Path) -> bool {
    path.as_os_str() == STANDARD || (Format::is_readable(path) && !path.is_dir())
}

/// Fails on a file that is neither an article's nor holds pairs.
fn refuse_texts(names: &[PathBuf], project: Option<&Project>) -> anyhow::Result<()> {
    let corpus = project.and_then(|project| project.config.corpus.canonicalize().ok());
    let is_inside = |path: &Path| {
        corpus.as_ref().is_some_and(|corpus| path.canonicalize().is_ok_and(|path| path.starts_with(corpus)))
    };
    if let Some(text) = names.iter().find(|name| name.is_file() && !is_inside(name)) {
        bail!(
            "{} holds no pairs: export takes articles, or TMX, XLIFF, TSV, CSV and JSONL files. Use `taiyaku align` for texts",
            text.display()
        );
    }
    Ok(())
}

/// The pairs of all paths so far.
struct Gathered<'a> {
    args: &'a Export,
    is_strict: bool,
    messages: Messages,
    records: Vec<Record>,
    skipped: usize,
    /// Whether an article is missing because its file is broken.
    is_failed: bool,
}

impl Gathered<'_> {
    fn articles(&mut self, project: &Project, names: &[PathBuf]) -> Result<()> {
        let articles = project.articles()?;
        let encoding = resources::encoding(&self.args.encoding, Some(project));
        for article in select(&articles, names)? {
            for pair in article.pairs(&project.config) {
                match read_alignment(&pair) {
                    Err(error) if !self.is_strict => {
                        messages::error(&format!("{}: {error}", article.name));
                        self.is_failed = true;
                    }
                    Err(error) => return Err(error),
                    Ok(Some(table)) => {
                        self.warn_of_changes(&article.name, &pair, &table, encoding.as_deref());
                        self.records.extend(table_units(&article.name, &table).into_iter().map(Record::from));
                    }
                    Ok(None) => self.messages.note(&format!(
                        "{} is left out: it has not been aligned yet. Run `taiyaku align` first",
                        article.name
                    )),
                }
            }
        }
        Ok(())
    }

    /// Tells when the pairs of an article are those of older texts.
    fn warn_of_changes(&self, article: &str, pair: &ArticlePair, table: &Table, encoding: Option<&str>) {
        match pair.changed_texts(table, encoding) {
            Ok(changed) if changed.is_empty() => {}
            Ok(changed) => self.messages.note(&format!(
                "{article}: {} changed since the alignment, and the old text is exported. Run `taiyaku align` first",
                changed.join(" and "),
            )),
            // The pairs can be exported all the same.
            Err(error) => self.messages.note(&format!("{article}: {error}")),
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
            self.records.extend(table_units(&article, &table).into_iter().map(Record::from));
            return Ok(());
        }
        let Languages { source_language, target_language } = self.args.languages.clone();
        let options = UnitReadOptions {
            format: None,
            languages: source_language.zip(target_language),
            encoding: self.args.encoding.encoding.clone(),
        };
        let mut reader = match &input {
            Input::File(path) => open_units(path, &options)?,
            Input::Standard => UnitReader::new(path, io::stdin(), &options)?,
        };
        for entry in reader.by_ref() {
            match entry? {
                Ok(record) => self.records.push(record),
                Err(skipped) if self.is_strict => return Err(Error::format(path, skipped.line, skipped.reason)),
                Err(Skipped { line, reason }) => {
                    self.messages.note(&format!("{}, line {line}: skipped: {reason}", path.display()));
                }
            }
        }
        self.skipped += reader.skipped();
        self.messages.notes(reader.notes());
        Ok(())
    }
}

/// Whether the file is an article's alignment.tsv or gold.tsv, whose cells hold several segments.
pub(super) fn is_alignment(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".tsv") && (name.starts_with("alignment.") || name.starts_with("gold."))
}

fn is_wanted(unit: &TranslationUnit, args: &Export) -> bool {
    let has_status =
        if args.status.is_empty() { unit.status != Status::Rejected } else { args.status.contains(&unit.status) };
    let is_sure = unit.status == Status::Confirmed || args.min_confidence.is_none_or(|least| unit.confidence >= least);
    let has_language = args.language.is_empty()
        || args.language.iter().any(|lang| [&unit.source.lang, &unit.target.lang].contains(&lang));
    has_status && is_sure && has_language && (args.one_sided || !unit.is_one_sided())
}

/// The languages that name the columns and the head of the file.
fn languages(
    records: &[Record],
    format: Format,
    args: &Export,
    project: Option<&Project>,
) -> anyhow::Result<(Lang, Lang)> {
    let pairs: BTreeSet<(&Lang, &Lang)> =
        records.iter().map(|Record { unit, .. }| (&unit.source.lang, &unit.target.lang)).collect();
    let primary: BTreeSet<(&str, &str)> =
        pairs.iter().map(|(source, target)| (source.primary(), target.primary())).collect();
    if primary.len() > 1 && matches!(format, Format::Tsv | Format::Csv | Format::Xliff2) {
        let names: Vec<String> = primary.iter().map(|(source, target)| format!("{source}-{target}")).collect();
        bail!(
            "the pairs are in several languages, {}, and {format} has room for two. Choose with --language, or write jsonl or tmx",
            names.join(" and ")
        );
    }
    // Where there are several regions of one language, what they share names them.
    let shared = |langs: BTreeSet<&Lang>| match langs.first() {
        Some(lang) if langs.len() > 1 => lang.primary().parse().ok(),
        lang => lang.map(|lang| (*lang).clone()),
    };
    let (sources, targets) = pairs.iter().copied().unzip();
    if let (Some(source), Some(target)) = (shared(sources), shared(targets)) {
        return Ok((source, target));
    }
    let source = args.languages.source_language.clone().or_else(|| project.map(|p| p.config.source.clone()));
    let target = args.languages.target_language.clone().or_else(|| project?.config.targets.first().cloned());
    Ok((source.unwrap_or_else(Lang::japanese), target.unwrap_or_else(Lang::english)))
}
