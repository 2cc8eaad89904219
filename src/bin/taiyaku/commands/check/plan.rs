//! What is to be checked, and how; and doing it.

use std::path::{Path, PathBuf};

use anyhow::bail;
use taiyaku::check::{Check as Kind, Settings};
use taiyaku::error::Error;
use taiyaku::format::Format;
use taiyaku::format::findings::{self, Checked, Counts, FindingsFormat, Page};
use taiyaku::glossary::files;
use taiyaku::pipeline::{BatchOptions, FileOptions, Pipeline, Texts, locate};
use taiyaku::project::{Article, Project, select};

use super::summary::summary;
use super::{known, mend};
use crate::args::{Check, Common};
use crate::commands::Outcome;
use crate::input::Input;
use crate::messages::{self, Messages};
use crate::output::STANDARD;
use crate::render::summary::counted;
use crate::{output, resources};

/// The width of a page that is no terminal, in columns.
const WIDTH: usize = 100;
/// So many problems of the glossary are told beside the findings.
const PROBLEMS: usize = 5;

/// What is to be checked, and how.
pub(in crate::commands) struct Plan<'a> {
    pub(super) args: &'a Check,
    common: &'a Common,
    pub(super) messages: Messages,
    /// The bilingual files.
    pub(super) files: Vec<PathBuf>,
    /// The names of articles.
    names: Vec<PathBuf>,
    pub(super) project: Option<Project>,
    pub(super) settings: Settings,
    format: FindingsFormat,
}

/// What was checked.
pub(super) struct Run {
    /// The texts with their findings.
    pub(super) checked: Vec<Checked>,
    /// How many lines they have.
    lines: usize,
    /// How many findings are less severe than what is asked for.
    hidden: usize,
    has_skipped: bool,
    has_failed: bool,
}

impl<'a> Plan<'a> {
    pub(in crate::commands) fn new(args: &'a Check, common: &'a Common, messages: Messages) -> anyhow::Result<Self> {
        let corpus = resources::project(&args.languages).ok().flatten().map(|project| project.config.corpus);
        let is_file = |path: &PathBuf| is_bilingual(path, corpus.as_deref());
        let (files, names): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.iter().cloned().partition(is_file);
        output::refuse_inputs(args.output.output.as_deref(), files.iter().map(PathBuf::as_path))?;
        if let Some(text) = names.iter().find(|name| name.is_file() && !lies_in(name, corpus.as_deref())) {
            bail!(
                "{} holds no pairs: check takes articles, or TMX, XLIFF, TSV, CSV and JSONL files. Use `taiyaku align` for texts",
                text.display()
            );
        }
        let project = if files.is_empty() || !names.is_empty() {
            Some(resources::project(&args.languages)?.ok_or_else(resources::no_project)?)
        } else {
            let paths: Vec<&Path> =
                files.iter().map(PathBuf::as_path).filter(|path| path.as_os_str() != STANDARD).collect();
            resources::project_around(&paths)?
        };
        let mut settings = project.as_ref().map(|project| project.config.checks.clone()).unwrap_or_default();
        for name in &args.only {
            settings.only.insert(Kind::named(name)?.name.to_owned());
        }
        for name in &args.skip {
            settings.skip.insert(Kind::named(name)?.name.to_owned());
        }
        let by_ending = || output::file(args.output.output.as_deref()).and_then(FindingsFormat::from_path);
        let format = args.format.or_else(by_ending).unwrap_or(FindingsFormat::Text);
        Ok(Self { args, common, messages, files, names, project, settings, format })
    }

    pub(super) fn run(&self) -> anyhow::Result<Outcome> {
        let (pipeline, is_incomplete) = self.pipeline()?;
        let mut run = self.check(&pipeline)?;
        run.has_failed |= is_incomplete;
        if self.args.update_baseline {
            return known::update(self, &run.checked);
        }
        let known = known::take(self, &mut run.checked)?;
        let mended = if self.args.fix { mend::run(self, &pipeline, &run.checked)? } else { 0 };
        if self.args.dry_run {
            // The differences are the output.
            return Ok(self.closed(&run, known));
        }
        if mended > 0 {
            // What was mended may have settled or stirred up other things.
            run = self.check(&pipeline)?;
            run.has_failed |= is_incomplete;
            known::take(self, &mut run.checked)?;
        }
        self.write(&mut run.checked)?;
        Ok(self.closed(&run, known))
    }

    /// Says what was found.
    fn closed(&self, run: &Run, known: usize) -> Outcome {
        let counts = Counts::of(&run.checked);
        self.messages.summary(&summary(&counts, run.lines, run.hidden, known));
        if run.has_failed {
            Outcome::Failed
        } else if counts.findings > 0 || run.has_skipped {
            Outcome::Findings
        } else {
            Outcome::Done
        }
    }

    /// Reads the texts and checks them.
    fn check(&self, pipeline: &Pipeline) -> anyhow::Result<Run> {
        let texts = self.texts(pipeline)?;
        let (lines, has_skipped, has_failed) = (texts.lines(), !texts.skipped.is_empty(), !texts.failed.is_empty());
        let (checked, hidden) = pipeline.check(texts.texts, &self.settings, self.args.severity);
        Ok(Run { checked, lines, hidden, has_skipped, has_failed })
    }

    /// The pipeline, and whether it is without a glossary file that could not be read: the texts are checked all the same.
    pub(in crate::commands) fn pipeline(&self) -> anyhow::Result<(Pipeline, bool)> {
        let mut resources = resources::what(&self.args.aids, self.project.as_ref());
        resources.name_dictionary.clone_from(&self.args.name_dictionary);
        let mut glossary = Vec::new();
        for path in &resources.glossary {
            glossary.extend(files(path)?);
        }
        resources.glossary = glossary;
        let mut has_failed = false;
        let pipeline = loop {
            match resources::build(&resources, self.messages) {
                Ok(pipeline) => break pipeline,
                Err(Error::Format { path, line, message })
                    if !self.common.strict && resources.glossary.contains(&path) =>
                {
                    messages::error(&Error::Format { path: path.clone(), line, message });
                    resources.glossary.retain(|file| *file != path);
                    has_failed = true;
                }
                Err(error) => return Err(error.into()),
            }
        };
        let mut problems = pipeline.glossary().problems();
        problems.retain(|problem| !problem.kind.is_note());
        for problem in problems.iter().take(PROBLEMS) {
            self.messages.note(&format!("{}: {}", problem.origin, problem.message));
        }
        if let Some(more) = problems.len().checked_sub(PROBLEMS).filter(|more| *more > 0) {
            let more = counted(more, "more problem");
            self.messages.note(&format!("the glossary has {more}. `taiyaku glossary check` shows all"));
        }
        Ok((pipeline, has_failed))
    }

    /// The articles of the project, where any are checked.
    pub(super) fn articles(&self) -> anyhow::Result<Vec<Article>> {
        let project = self.project.as_ref().filter(|_| self.files.is_empty() || !self.names.is_empty());
        Ok(project.map(Project::articles).transpose()?.unwrap_or_default())
    }

    /// How articles are read.
    pub(super) fn batch_options(&self) -> BatchOptions {
        let encoding = resources::encoding(&self.args.aids.reading.encoding, self.project.as_ref());
        BatchOptions { encoding, ..BatchOptions::default() }
    }

    /// Reads what is to be checked, and says what there is to say of it.
    pub(in crate::commands) fn texts(&self, pipeline: &Pipeline) -> anyhow::Result<Texts> {
        let mut texts = Texts::default();
        if let Some(project) = self.project.as_ref().filter(|_| self.files.is_empty() || !self.names.is_empty()) {
            let articles = self.articles()?;
            let chosen = select(&articles, &self.names)?;
            texts.extend(pipeline.article_texts(project, &articles, &chosen, &self.batch_options())?);
        }
        let languages = &self.args.languages;
        let options = FileOptions {
            languages: languages.source_language.clone().zip(languages.target_language.clone()),
            encoding: self.batch_options().encoding,
            is_strict: self.common.strict,
        };
        for file in &self.files {
            let input = Input::new(file);
            let read = match input.path() {
                Some(path) => Texts::of_file(path, &options)?,
                None => Texts::of_bytes(&input.name(), input.read()?, &options)?,
            };
            let named = [&languages.source_language, &languages.target_language];
            if let Some(lang) = named.into_iter().flatten().find(|lang| read.lacks(lang)) {
                bail!(
                    "{} has no text in {lang}: its languages are {}. Name one of these, or leave the option out",
                    input.name(),
                    read.languages().join(", ")
                );
            }
            texts.extend(read);
        }
        self.messages.notes(&texts.notes);
        self.messages.notes(&texts.skipped);
        for failed in &texts.failed {
            if self.common.strict {
                bail!("{failed}");
            }
            messages::error(failed);
        }
        Ok(texts)
    }

    fn write(&self, checked: &mut [Checked]) -> anyhow::Result<()> {
        if matches!(self.format, FindingsFormat::Sarif | FindingsFormat::Github) {
            locate(checked, self.batch_options().encoding.as_deref());
        }
        let path = self.args.output.output.as_deref();
        let is_terminal = output::file(path).is_none() && console::user_attended();
        let page = Page {
            width: if is_terminal { usize::from(console::Term::stdout().size().1) } else { WIDTH },
            color: self.common.color.is_on() && output::file(path).is_none(),
        };
        output::write(path, |out| findings::write(self.format, checked, &page, out))?;
        Ok(())
    }
}

/// Whether this names a bilingual file rather than an article: not a project's alignment.tsv.
fn is_bilingual(path: &Path, corpus: Option<&Path>) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_alignment = || name.starts_with("alignment.") && lies_in(path, corpus);
    path.as_os_str() == STANDARD || (Format::is_readable(path) && !path.is_dir() && !is_alignment())
}

/// Whether a path leads into the folder of the articles.
fn lies_in(path: &Path, corpus: Option<&Path>) -> bool {
    let corpus = corpus.and_then(|corpus| corpus.canonicalize().ok());
    path.canonicalize().ok().zip(corpus).is_some_and(|(path, corpus)| path.starts_with(corpus))
}
