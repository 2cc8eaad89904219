//! `taiyaku check`: what is wrong or doubtful in articles and bilingual files.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use taiyaku::check::{CHECKS, Check as Kind, Settings};
use taiyaku::format::Format;
use taiyaku::format::findings::{self, Checked, Counts, FindingsFormat, Page};
use taiyaku::pipeline::{BatchOptions, FileOptions, Pipeline, Texts};
use taiyaku::project::{Project, select};

use super::Outcome;
use crate::args::{Check, Common};
use crate::input::{Input, refuse_second_standard};
use crate::messages::{self, Messages};
use crate::output::STANDARD;
use crate::render::summary::{counted, grouped};
use crate::{output, resources};

/// The width of a page that is no terminal, in columns.
const WIDTH: usize = 100;

pub(super) fn run(args: &Check, common: &Common, messages: Messages) -> anyhow::Result<Outcome> {
    if let Some(name) = &args.explain {
        return explain(name);
    }
    if args.list {
        return list();
    }
    refuse_second_standard(&args.paths)?;
    let plan = Plan::new(args, common, messages)?;
    plan.run()
}

/// Prints what a check finds.
fn explain(name: &str) -> anyhow::Result<Outcome> {
    let check = Kind::named(name)?;
    let severity = check.severity.map_or("off by default".to_owned(), |severity| severity.to_string());
    output::print(&format!("{} ({severity})\n\n{}\n", check.name, check.explanation.trim_end()))?;
    Ok(Outcome::Done)
}

/// Prints the names of the checks with how severe they are.
fn list() -> anyhow::Result<Outcome> {
    let width = CHECKS.iter().map(|check| check.name.len()).max().unwrap_or_default();
    let mut lines = String::new();
    for check in CHECKS {
        let severity = check.severity.map_or("off", taiyaku::check::Severity::as_str);
        let what = check.explanation.lines().next().unwrap_or_default();
        writeln!(lines, "{:width$}  {severity:7}  {what}", check.name)?;
    }
    output::print(&lines)?;
    Ok(Outcome::Done)
}

/// What is to be checked, and how.
struct Plan<'a> {
    args: &'a Check,
    common: &'a Common,
    messages: Messages,
    /// The bilingual files.
    files: Vec<PathBuf>,
    /// The names of articles.
    names: Vec<PathBuf>,
    project: Option<Project>,
    settings: Settings,
    format: FindingsFormat,
}

impl<'a> Plan<'a> {
    fn new(args: &'a Check, common: &'a Common, messages: Messages) -> anyhow::Result<Self> {
        let corpus = resources::project(&args.languages).ok().flatten().map(|project| project.config.corpus);
        let is_file = |path: &PathBuf| is_bilingual(path, corpus.as_deref());
        let (files, names): (Vec<PathBuf>, Vec<PathBuf>) = args.paths.iter().cloned().partition(is_file);
        output::refuse_inputs(args.output.output.as_deref(), files.iter().map(PathBuf::as_path))?;
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

    fn run(&self) -> anyhow::Result<Outcome> {
        let pipeline = self.pipeline()?;
        let texts = self.texts(&pipeline)?;
        let (lines, has_skipped, has_failed) = (texts.lines(), !texts.skipped.is_empty(), !texts.failed.is_empty());
        let (checked, hidden) = pipeline.check(texts.texts, &self.settings, self.args.severity);
        self.write(&checked)?;
        let counts = Counts::of(&checked);
        self.messages.summary(&summary(&counts, lines, hidden));
        Ok(if has_failed {
            Outcome::Failed
        } else if counts.findings > 0 || has_skipped {
            Outcome::Findings
        } else {
            Outcome::Done
        })
    }

    fn pipeline(&self) -> anyhow::Result<Pipeline> {
        let mut resources = resources::what(&self.args.aids, self.project.as_ref());
        resources.name_dictionary.clone_from(&self.args.name_dictionary);
        Ok(resources::build(&resources, self.messages)?)
    }

    /// Reads what is to be checked, and says what there is to say of it.
    fn texts(&self, pipeline: &Pipeline) -> anyhow::Result<Texts> {
        let mut texts = Texts::default();
        if let Some(project) = self.project.as_ref().filter(|_| self.files.is_empty() || !self.names.is_empty()) {
            let articles = project.articles()?;
            let chosen = select(&articles, &self.names)?;
            let encoding = resources::encoding(&self.args.aids.reading.encoding, Some(project));
            let options = BatchOptions { encoding, ..BatchOptions::default() };
            texts.extend(pipeline.article_texts(project, &articles, &chosen, &options)?);
        }
        let languages = &self.args.languages;
        let options = FileOptions {
            languages: languages.source_language.clone().zip(languages.target_language.clone()),
            encoding: resources::encoding(&self.args.aids.reading.encoding, self.project.as_ref()),
            is_strict: self.common.strict,
        };
        for file in &self.files {
            let input = Input::new(file);
            texts.extend(Texts::of_file(&input.name(), &input.read()?, &options)?);
        }
        self.messages.notes(&texts.notes);
        self.messages.notes(&texts.skipped);
        for failed in &texts.failed {
            messages::error(failed);
        }
        Ok(texts)
    }

    fn write(&self, checked: &[Checked]) -> anyhow::Result<()> {
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
    let is_in_corpus = || {
        let corpus = corpus.and_then(|corpus| corpus.canonicalize().ok());
        path.canonicalize().ok().zip(corpus).is_some_and(|(path, corpus)| path.starts_with(corpus))
    };
    path.as_os_str() == STANDARD
        || (Format::from_path(path).is_some() && !path.is_dir() && !(name.starts_with("alignment.") && is_in_corpus()))
}

/// `37 findings in 12 of 408 lines: 30 errors, 7 warnings.`
fn summary(counts: &Counts, lines: usize, hidden: usize) -> String {
    let hidden = match hidden {
        0 => String::new(),
        n => format!(" {} more with a lower --severity.", grouped(n)),
    };
    if counts.findings == 0 {
        return format!("No findings in {}.{hidden}", counted(lines, "line"));
    }
    let kinds: Vec<String> = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| counted(count, what))
        .collect();
    let findings = counted(counts.findings, "finding");
    format!("{findings} in {} of {}: {}.{hidden}", grouped(counts.lines), counted(lines, "line"), kinds.join(", "))
}

#[cfg(test)]
mod tests {
    use taiyaku::format::findings::Counts;

    use super::summary;

    #[test]
    fn the_summary_counts_findings_lines_and_kinds() {
        let counts = Counts { findings: 37, errors: 30, warnings: 7, notes: 0, lines: 12 };
        assert_eq!(summary(&counts, 1408, 0), "37 findings in 12 of 1,408 lines: 30 errors, 7 warnings.");
        let counts = Counts { findings: 1, errors: 0, warnings: 1, notes: 0, lines: 1 };
        assert_eq!(summary(&counts, 1, 2), "1 finding in 1 of 1 line: 1 warning. 2 more with a lower --severity.");
        assert_eq!(summary(&Counts::default(), 0, 0), "No findings in 0 lines.");
    }
}
