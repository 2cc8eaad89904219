//! `taiyaku export`: the pairs of articles and bilingual files, in one file.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Seek};
use std::path::{Path, PathBuf};

use anyhow::bail;
use taiyaku::document::decode;
use taiyaku::error::{Error, Result};
use taiyaku::format::alignment_tsv::{self, Table};
use taiyaku::format::{Format, Record, Skipped, UnitReadOptions, UnitReader, UnitWriter, open_units};
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
    let path = args.output.output.as_deref();
    let file = output::file(path);
    let format = match (&args.format, file) {
        (Some(name), _) => Format::from_name(name)?,
        (None, Some(file)) => output::format_of(file)?,
        (None, None) => Format::Tsv,
    };
    refuse_second_standard(&args.paths)?;
    let (files, names): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.iter().cloned().partition(|path| is_bilingual(path));
    output::refuse_inputs(path, files.iter().map(PathBuf::as_path))?;
    let mut project = None;
    if files.is_empty() || !names.is_empty() {
        let found = resources::project(&args.languages)?;
        refuse_texts(&names, found.as_ref())?;
        project = Some(found.ok_or_else(resources::no_project)?);
    }
    let files = files.iter().map(|file| Source::new(file)).collect::<Result<_>>()?;
    let mut pairs =
        Pairs { args, project, names, files, is_strict, messages, is_first: true, skipped: 0, is_failed: false };
    // Everything is read twice, so that nothing need be kept: what is there, and then the pairs themselves.
    let mut survey = Survey::default();
    pairs.for_each(&mut |record| {
        survey.add(&record);
        Ok(())
    })?;
    let (skipped, is_failed) = (pairs.skipped, pairs.is_failed);
    if format == Format::Beads && survey.has_several_documents {
        bail!("the beads format holds one article, these are several. Choose one article or another format");
    }
    if survey.units == 0 {
        messages.note(&"there are no pairs to export");
    }
    let (source, target) = survey.languages(format, args, pairs.project.as_ref())?;
    (pairs.is_first, pairs.messages.quiet) = (false, true);
    let mut failure = None;
    let written = output::write(path, |out| {
        let mut writer = UnitWriter::new(format, (&source, &target), survey.languages.len() > 1, out)?;
        let mut failed = None;
        let shown = pairs.for_each(&mut |record| {
            writer.write(&record).map_err(|e| {
                // The error of the writer itself says where; the other only ends the reading.
                failed = Some(e);
                Error::Usage(String::new())
            })
        });
        match (failed, shown) {
            (Some(error), _) => Err(error),
            (None, Ok(())) => writer.finish(),
            (None, Err(error)) => {
                let told = io::Error::other(error.to_string());
                failure = Some(error);
                Err(told)
            }
        }
    });
    if let Some(error) = failure {
        return Err(error.into());
    }
    written?;
    if skipped > 0 {
        messages.summary(&format!("{}, {skipped} skipped", counted(survey.units, "unit")));
    } else if let Some(file) = file {
        messages.summary(&format!("{}: {}", file.display(), counted(survey.units, "unit")));
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

/// A bilingual file, or standard input, which is laid down in a file to be read again.
struct Source {
    input: Input,
    laid_down: Option<File>,
}

impl Source {
    fn new(name: &Path) -> Result<Self> {
        let input = Input::new(name);
        let lay_down = || {
            let mut file = tempfile::tempfile()?;
            io::copy(&mut io::stdin().lock(), &mut file)?;
            Ok(file)
        };
        let laid_down = match &input {
            Input::File(_) => None,
            Input::Standard => Some(lay_down().map_err(|e| Error::read(Path::new(&input.name()), e))?),
        };
        Ok(Self { input, laid_down })
    }

    fn open(&self, options: &UnitReadOptions) -> Result<UnitReader> {
        let name = self.input.name();
        let name = Path::new(&name);
        let Some(file) = &self.laid_down else { return open_units(name, options) };
        let again = || {
            let mut file = file.try_clone()?;
            file.rewind()?;
            Ok(file)
        };
        UnitReader::new(name, again().map_err(|e| Error::read(name, e))?, options)
    }
}

/// The pairs of all paths.
struct Pairs<'a> {
    args: &'a Export,
    /// The project, if articles of it are wanted, and which of them.
    project: Option<Project>,
    names: Vec<PathBuf>,
    files: Vec<Source>,
    is_strict: bool,
    messages: Messages,
    /// Whether nothing has been told yet.
    is_first: bool,
    skipped: usize,
    /// Whether an article is missing because its file is broken.
    is_failed: bool,
}

type Show<'s> = &'s mut dyn FnMut(Record) -> Result<()>;

impl Pairs<'_> {
    /// Shows the pairs that are wanted, in order.
    fn for_each(&mut self, show: Show) -> Result<()> {
        let args = self.args;
        let mut show = |record: Record| if is_wanted(&record.unit, args) { show(record) } else { Ok(()) };
        if let Some(project) = self.project.take() {
            let shown = self.articles(&project, &mut show);
            self.project = Some(project);
            shown?;
        }
        for place in 0..self.files.len() {
            self.file(place, &mut show)?;
        }
        Ok(())
    }

    fn articles(&mut self, project: &Project, show: Show) -> Result<()> {
        let articles = project.articles()?;
        let encoding = resources::encoding(&self.args.encoding, Some(project));
        for article in select(&articles, &self.names)? {
            for pair in article.pairs(&project.config) {
                match read_alignment(&pair) {
                    Err(error) if !self.is_strict => {
                        if self.is_first {
                            messages::error(&format!("{}: {error}", article.name));
                        }
                        self.is_failed = true;
                    }
                    Err(error) => return Err(error),
                    Ok(Some(table)) => {
                        self.warn_of_changes(&article.name, &pair, &table, encoding.as_deref());
                        table_units(&article.name, &table).into_iter().map(Record::from).try_for_each(&mut *show)?;
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

    fn file(&mut self, place: usize, show: Show) -> Result<()> {
        let Some(source) = self.files.get(place) else { return Ok(()) };
        let name = source.input.name();
        let path = Path::new(&name);
        if is_alignment(path) {
            let (text, notes) = decode(&name, &source.input.read()?, self.args.encoding.encoding.as_deref())?;
            self.messages.notes(&notes);
            let table = alignment_tsv::read(&text, path)?;
            let article = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
            return table_units(&article, &table).into_iter().map(Record::from).try_for_each(show);
        }
        let Languages { source_language, target_language } = self.args.languages.clone();
        let options = UnitReadOptions {
            format: None,
            languages: source_language.zip(target_language),
            encoding: self.args.encoding.encoding.clone(),
        };
        let mut reader = source.open(&options)?;
        for entry in reader.by_ref() {
            match entry? {
                Ok(record) => show(record)?,
                Err(skipped) if self.is_strict => return Err(Error::format(path, skipped.line, skipped.reason)),
                Err(Skipped { line, reason }) => {
                    self.messages.note(&format!("{name}, line {line}: skipped: {reason}"));
                }
            }
        }
        self.skipped += reader.skipped();
        self.messages.notes(reader.notes());
        Ok(())
    }
}

/// What the pairs are like as a whole.
#[derive(Debug, Default)]
struct Survey {
    units: usize,
    /// The pairs of languages.
    languages: BTreeSet<(Lang, Lang)>,
    document: Option<String>,
    has_several_documents: bool,
}

impl Survey {
    fn add(&mut self, Record { unit, .. }: &Record) {
        self.units += 1;
        let is_known = |(source, target): &(Lang, Lang)| (source, target) == (&unit.source.lang, &unit.target.lang);
        if !self.languages.iter().any(is_known) {
            self.languages.insert((unit.source.lang.clone(), unit.target.lang.clone()));
        }
        self.has_several_documents |= self.document.get_or_insert_with(|| unit.document.clone()) != &unit.document;
    }

    /// The languages that name the columns and the head of the file.
    fn languages(&self, format: Format, args: &Export, project: Option<&Project>) -> anyhow::Result<(Lang, Lang)> {
        let primary: BTreeSet<(&str, &str)> =
            self.languages.iter().map(|(source, target)| (source.primary(), target.primary())).collect();
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
        let (sources, targets) = self.languages.iter().map(|(source, target)| (source, target)).unzip();
        if let (Some(source), Some(target)) = (shared(sources), shared(targets)) {
            return Ok((source, target));
        }
        let source = args.languages.source_language.clone().or_else(|| project.map(|p| p.config.source.clone()));
        let target = args.languages.target_language.clone().or_else(|| project?.config.targets.first().cloned());
        Ok((source.unwrap_or_else(Lang::japanese), target.unwrap_or_else(Lang::english)))
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
