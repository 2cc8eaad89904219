//! `taiyaku align [ARTICLE…]`: the articles of a project.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{MAIN_SEPARATOR, PathBuf};
use std::time::Instant;

use anyhow::bail;
use taiyaku::pipeline::{ArticleReport, BatchOptions, Outcome as ArticleOutcome};
use taiyaku::project::{Article, Project, select};

use super::Outcome;
use crate::args::Align;
use crate::messages::{self, Messages};
use crate::render::progress::ProgressBar;
use crate::render::summary::{Summary, counted};
use crate::{output, resources};

pub(super) fn run(args: &Align, is_strict: bool, messages: Messages) -> anyhow::Result<Outcome> {
    let begin = Instant::now();
    let project = resources::project(&args.languages)?.ok_or_else(resources::no_project)?;
    let articles = project.articles()?;
    let chosen = select(&articles, &args.names)?;
    let lonely: Vec<String> = chosen.iter().filter_map(|article| missing(article, &project)).collect();
    if !args.names.is_empty() && lonely.len() == chosen.len() {
        bail!("{}. Add it, or name another article", lonely.join("; "));
    }
    messages.notes(&lonely);
    let options = BatchOptions {
        only: if args.names.is_empty() { BTreeSet::new() } else { chosen.iter().map(|a| a.name.clone()).collect() },
        all: args.all,
        dry_run: args.dry_run,
        strict: is_strict,
        encoding: resources::encoding(&args.aids.reading.encoding, Some(&project)),
    };
    let pipeline = resources::pipeline(&args.aids, Some(&project), messages)?;
    let bar = ProgressBar::new(messages);
    let reports = pipeline.align_project(&project, &options, &|progress| bar.tell(progress));
    bar.finish();
    let reports = reports?;
    let is_failed = tell(&project, &reports, messages)?;
    messages.summary(&closing(&reports, args.dry_run, begin.elapsed().as_secs_f64()));
    Ok(if is_failed { Outcome::Failed } else { Outcome::Done })
}

/// What an article has too few files for: `NAME has no en file`.
fn missing(article: &Article, project: &Project) -> Option<String> {
    let config = &project.config;
    let has_target = config.targets.iter().any(|lang| article.files.contains_key(lang));
    let lacks = if !article.files.contains_key(&config.source) {
        config.source.to_string()
    } else if !has_target {
        config.targets.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
    } else {
        return None;
    };
    Some(format!("{} has no {lacks} file", article.name))
}

/// Prints a line an article, and says what there is to say of each; whether one failed.
fn tell(project: &Project, reports: &[ArticleReport], messages: Messages) -> anyhow::Result<bool> {
    let name = |report: &ArticleReport| shown_name(project, report);
    let width = reports.iter().map(|report| unicode_width::UnicodeWidthStr::width(name(report).as_str())).max();
    let mut lines = String::new();
    let mut is_failed = false;
    for report in reports {
        let name = name(report);
        let ending = match &report.outcome {
            ArticleOutcome::Failed(error) => {
                messages::error(&format!("{name}: {error}"));
                is_failed = true;
                None
            }
            ArticleOutcome::Unchanged => Some(" (unchanged)"),
            ArticleOutcome::Aligned => Some(""),
        };
        for note in &report.notes {
            // A note on a file names the article by its path.
            let is_named = note.contains(&format!("{}{MAIN_SEPARATOR}", report.article));
            messages.note(&if is_named { note.clone() } else { format!("{name}: {note}") });
        }
        for stale in &report.stale {
            Messages::loss(&format!("{}, {stale}", alignment_file(project, report).display()));
        }
        let Some(ending) = ending else { continue };
        let gap = " ".repeat(width.unwrap_or(0).saturating_sub(unicode_width::UnicodeWidthStr::width(name.as_str())));
        writeln!(lines, "{name}{gap}  {}{ending}", Summary::from(report))?;
    }
    output::print(&lines)?;
    Ok(is_failed)
}

/// The file that the article's beads were written to.
fn alignment_file(project: &Project, report: &ArticleReport) -> PathBuf {
    let folder = project.config.corpus.join(&report.article);
    let tagged = folder.join(format!("alignment.{}.tsv", report.target_lang));
    if tagged.is_file() { tagged } else { folder.join("alignment.tsv") }
}

/// The article's name, with the language where the project has several translations.
fn shown_name(project: &Project, report: &ArticleReport) -> String {
    if project.config.targets.len() > 1 {
        format!("{} ({})", report.article, report.target_lang)
    } else {
        report.article.clone()
    }
}

fn closing(reports: &[ArticleReport], dry_run: bool, seconds: f64) -> String {
    let count = |wanted: fn(&ArticleOutcome) -> bool| reports.iter().filter(|r| wanted(&r.outcome)).count();
    let aligned = count(|outcome| matches!(outcome, ArticleOutcome::Aligned));
    let unchanged = count(|outcome| matches!(outcome, ArticleOutcome::Unchanged));
    let failed = count(|outcome| matches!(outcome, ArticleOutcome::Failed(_)));
    let done = if dry_run { "to be aligned" } else { "aligned" };
    let parts: Vec<String> = [(aligned, done), (unchanged, "unchanged"), (failed, "failed")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if parts.is_empty() {
        return "0 articles: the corpus is empty, or none has files in the project's languages".to_owned();
    }
    let beads: usize = reports.iter().map(|report| report.beads).sum();
    let to_review: usize = reports.iter().map(|report| report.to_review).sum();
    format!(
        "{}: {}; {}, {to_review} to review; {seconds:.1} s",
        counted(reports.len(), "article"),
        parts.join(", "),
        counted(beads, "bead"),
    )
}
