//! The articles of a project, aligned as one collection, with their alignment.tsv files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::{Pipeline, REVIEW_BELOW, Text, doubt, lines, remarks};
use crate::align::{Aligned, SegmentRange, TextPair};
use crate::document::ReadOptions;
use crate::error::{Error, Result};
use crate::format::alignment_tsv::Table;
use crate::lang::Lang;
use crate::project::{Article, ArticlePair, Corrections, Project, Stale, read_alignment, respelt, write_alignment};
use crate::unit::{Status, TranslationUnit, Variant};

/// How a project's articles are aligned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchOptions {
    /// The names of the articles to align; all where there is none. The others still lend their words and frequencies.
    pub only: BTreeSet<String>,
    /// Align also what has not changed since its alignment.tsv was written.
    pub all: bool,
    /// Write nothing.
    pub dry_run: bool,
    /// Begin no article any more when one has failed, and none at all when one cannot be read.
    pub strict: bool,
    /// The encoding of the articles, whatever the project says.
    pub encoding: Option<String>,
}

impl BatchOptions {
    fn is_wanted(&self, article: &str) -> bool {
        self.only.is_empty() || self.only.contains(article)
    }
}

/// What is under way, told while a batch runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// An article was read; so many segments on both sides.
    Read(usize),
    /// So many segments (both sides) have gone through one of the aligner's passes, of which there are `passes`.
    Aligned {
        /// The segments.
        segments: usize,
        /// How many passes there are in all.
        passes: usize,
    },
}

/// What became of an article.
#[derive(Debug)]
pub enum Outcome {
    /// Its alignment.tsv fits its texts as it is.
    Unchanged,
    /// It was aligned and its alignment.tsv written (or would have been, in a dry run).
    Aligned,
    /// It could not be read, aligned or written.
    Failed(Error),
}

/// The report on an article and one of its translations.
#[derive(Debug)]
pub struct ArticleReport {
    /// The article's name.
    pub article: String,
    /// The translation's language.
    pub target_lang: Lang,
    /// What became of it.
    pub outcome: Outcome,
    /// How many beads it has, and how many of these join one segment to one.
    pub beads: usize,
    /// See `beads`.
    pub one_to_one: usize,
    /// The mean confidence of the beads; 1 without beads.
    pub mean_confidence: f64,
    /// How many beads that nobody has confirmed have a confidence below [`REVIEW_BELOW`].
    pub to_review: usize,
    /// How many segments both texts have.
    pub segments: usize,
    /// What the user should know: a sentence each.
    pub notes: Vec<String>,
    /// What people had said of beads that stand no more.
    pub stale: Vec<Stale>,
}

/// An article pair as it was read.
struct Job {
    article: String,
    pair: ArticlePair,
    source: Text,
    target: Text,
    old: Table,
    corrections: Corrections,
    is_current: bool,
    /// Whether one of the texts is empty, which leaves nothing to align.
    is_empty: bool,
    notes: Vec<String>,
}

impl Pipeline {
    /// Aligns what is new or changed in a project and writes the alignment files; `progress` is told what is done.
    ///
    /// An article that fails does not stop the others, unless [`BatchOptions::strict`] says so: its report says why. Articles
    /// that were not begun have no report. Fails when the project's folder cannot be read.
    pub fn align_project(
        &self,
        project: &Project,
        options: &BatchOptions,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<ArticleReport>> {
        let mut pairs = Vec::new();
        for article in project.articles()? {
            pairs.extend(article.pairs(&project.config).into_iter().map(|pair| (article.name.clone(), pair)));
        }
        let read_options = read_options(project, options);
        let jobs: Vec<std::result::Result<Job, Box<ArticleReport>>> = pairs
            .into_par_iter()
            .map(|(name, pair)| {
                let target_lang = pair.target_lang.clone();
                let job = self.job(name.clone(), pair, &read_options);
                if let Ok(job) = &job {
                    progress(Progress::Read(job.source.segments.len() + job.target.segments.len()));
                }
                job.map_err(|error| Box::new(failed(name, target_lang, error)))
            })
            .collect();
        let mut groups: BTreeMap<(Lang, Lang), Vec<Job>> = BTreeMap::new();
        let mut reports = Vec::new();
        for job in jobs {
            match job {
                Ok(job) => groups.entry((job.source.lang.clone(), job.target.lang.clone())).or_default().push(job),
                Err(report) if !options.is_wanted(&report.article) => {}
                Err(report) if options.strict => return Ok(vec![*report]),
                Err(report) => reports.push(*report),
            }
        }
        let is_stopped = AtomicBool::new(false);
        for ((source_lang, target_lang), jobs) in groups {
            if !is_stopped.load(Ordering::Relaxed) {
                reports.extend(self.align_group(&source_lang, &target_lang, &jobs, options, progress, &is_stopped));
            }
        }
        reports.retain(|report| options.is_wanted(&report.article));
        reports.sort_by(|a, b| (&a.article, &a.target_lang).cmp(&(&b.article, &b.target_lang)));
        Ok(reports)
    }

    /// The translation units that an article's alignment files hold; none where it has not been aligned yet.
    ///
    /// Rows that a person rejected come with that status.
    pub fn article_units(&self, project: &Project, article: &Article) -> Result<Vec<TranslationUnit>> {
        let mut units = Vec::new();
        for pair in article.pairs(&project.config) {
            if let Some(table) = read_alignment(&pair)? {
                units.extend(table_units(&article.name, &table));
            }
        }
        Ok(units)
    }

    fn job(&self, article: String, pair: ArticlePair, options: &ReadOptions) -> Result<Job> {
        let read =
            |path: &Path, lang: &Lang| self.read(path, &ReadOptions { lang: Some(lang.clone()), ..options.clone() });
        let (source, mut notes) = read(&pair.source, &pair.source_lang)?;
        let (target, said) = read(&pair.target, &pair.target_lang)?;
        notes.extend(said);
        let old = read_alignment(&pair)?.unwrap_or_else(|| Table {
            source_lang: pair.source_lang.clone(),
            target_lang: pair.target_lang.clone(),
            rows: Vec::new(),
        });
        let rows = respelt(&old.rows, &source.segments, &target.segments);
        let corrections = Corrections::new(&rows, &source.segments, &target.segments);
        let is_current = corrections.is_current && !rows.is_empty() && rows == old.rows;
        let old = Table { rows, ..old };
        let empty = [(&source, &pair.source), (&target, &pair.target)].map(|(text, file)| {
            text.segments.is_empty().then(|| format!("{} holds no text: the article is left as it is", file.display()))
        });
        let is_empty = empty.iter().any(Option::is_some);
        notes.extend(empty.into_iter().flatten());
        Ok(Job { article, pair, source, target, old, corrections, is_current, is_empty, notes })
    }

    /// The rows that the alignment file of an article would have were it aligned by itself. Nothing is written.
    pub(super) fn article_table(&self, pair: &ArticlePair, options: &ReadOptions) -> Result<Table> {
        let Job { source, target, old, corrections, .. } = self.job(String::new(), pair.clone(), options)?;
        let aligned = self.align(source, target)?;
        let (source, target) = (&aligned.source.segments, &aligned.target.segments);
        Ok(corrections.merge(&old, source, target, &aligned.alignment).0)
    }

    /// Aligns the articles of one language pair as a collection. Each is written as soon as it is aligned, so that little is
    /// lost when the program is stopped.
    ///
    /// What is learnt comes from the texts and from what people have said, never from beads that an earlier run has written:
    /// a batch that was stopped and run again gives the same files as one that was not, and so does one article after
    /// another.
    fn align_group(
        &self,
        source_lang: &Lang,
        target_lang: &Lang,
        jobs: &[Job],
        options: &BatchOptions,
        progress: &(dyn Fn(Progress) + Sync),
        is_stopped: &AtomicBool,
    ) -> Vec<ArticleReport> {
        let is_due = |job: &Job| options.is_wanted(&job.article) && !job.is_empty && (options.all || !job.is_current);
        if !jobs.iter().any(is_due) {
            return jobs.iter().map(unchanged).collect();
        }
        let pairs: Vec<TextPair<'_>> = jobs
            .iter()
            .map(|job| TextPair {
                source: lines(&job.source),
                target: lines(&job.target),
                confirmed: job.corrections.confirmed.clone(),
                rejected: job.corrections.rejected.clone(),
                is_lent: !is_due(job),
            })
            .collect();
        let done = |segments, passes| progress(Progress::Aligned { segments, passes });
        let finish = |d: usize, aligned| {
            if is_stopped.load(Ordering::Relaxed) {
                return None;
            }
            let report = finish(&jobs[d], aligned, options);
            if options.strict && matches!(report.outcome, Outcome::Failed(_)) {
                is_stopped.store(true, Ordering::Relaxed);
            }
            Some(report)
        };
        let finished = self.aligner().align_with(source_lang, target_lang, &pairs, &done, finish);
        let reports = jobs.iter().zip(finished);
        reports.filter_map(|(job, report)| report.unwrap_or_else(|| Some(unchanged(job)))).collect()
    }
}

/// How the articles of a project are read.
pub(super) fn read_options(project: &Project, options: &BatchOptions) -> ReadOptions {
    ReadOptions {
        encoding: options.encoding.clone().or_else(|| project.config.encoding.clone()),
        lang: None,
        project_tags: std::iter::once(&project.config.source).chain(&project.config.targets).cloned().collect(),
    }
}

/// Writes an article's alignment file and reports.
fn finish(job: &Job, aligned: Result<Aligned>, options: &BatchOptions) -> ArticleReport {
    let Job { article, pair, source, target, old, corrections, .. } = job;
    let (article, target_lang) = (article.clone(), pair.target_lang.clone());
    let aligned = match aligned {
        Ok(aligned) => aligned,
        Err(error) => return failed(article, target_lang, error),
    };
    let (table, lost) = corrections.merge(old, &source.segments, &target.segments, &aligned.alignment);
    let mut notes = job.notes.clone();
    notes.extend(changed_lines(&pair.alignment, &corrections.changed));
    notes.extend(remarks(source, target, &aligned));
    // What a person has confirmed is not asked about, and the rest alone says too little.
    if corrections.confirmed.is_empty() {
        notes.extend(doubt(source, target, &aligned));
    }
    let mut stale = corrections.stale.clone();
    stale.extend(lost);
    if !options.dry_run
        && let Err(error) = write_alignment(pair, &table)
    {
        return ArticleReport { notes, stale, ..failed(article, target_lang, error) };
    }
    let segments = source.segments.len() + target.segments.len();
    report(article, target_lang, Outcome::Aligned, &table, segments, notes, stale)
}

/// What is said of the lines of an alignment file whose text is not the article's.
fn changed_lines(file: &Path, lines: &[usize]) -> Option<String> {
    /// So many lines are named.
    const NAMED: usize = 10;
    let named: Vec<String> = lines.iter().take(NAMED).map(ToString::to_string).collect();
    let more = if lines.len() > NAMED { format!(" and {} more", lines.len() - NAMED) } else { String::new() };
    let which = match named.as_slice() {
        [] => return None,
        [line] => format!("line {line} holds a text that is not the article's, and is"),
        _ => format!("lines {}{more} hold texts that are not the article's, and are", named.join(", ")),
    };
    Some(format!("{}: {which} aligned anew. To change a text, change the article's file", file.display()))
}

fn unchanged(job: &Job) -> ArticleReport {
    let segments = job.source.segments.len() + job.target.segments.len();
    let (article, target_lang) = (job.article.clone(), job.pair.target_lang.clone());
    report(article, target_lang, Outcome::Unchanged, &job.old, segments, job.notes.clone(), Vec::new())
}

fn report(
    article: String,
    target_lang: Lang,
    outcome: Outcome,
    table: &Table,
    segments: usize,
    notes: Vec<String>,
    stale: Vec<Stale>,
) -> ArticleReport {
    let rows: Vec<_> = table.rows.iter().filter(|row| row.status != Status::Rejected).collect();
    let sum: f64 = rows.iter().map(|row| row.confidence).sum();
    ArticleReport {
        article,
        target_lang,
        outcome,
        beads: rows.len(),
        one_to_one: rows.iter().filter(|row| row.source.len() == 1 && row.target.len() == 1).count(),
        mean_confidence: if rows.is_empty() { 1.0 } else { sum / rows.len() as f64 },
        to_review: rows.iter().filter(|row| row.status == Status::Auto && row.confidence < REVIEW_BELOW).count(),
        segments,
        notes,
        stale,
    }
}

fn failed(article: String, target_lang: Lang, error: Error) -> ArticleReport {
    ArticleReport {
        article,
        target_lang,
        outcome: Outcome::Failed(error),
        beads: 0,
        one_to_one: 0,
        mean_confidence: 0.0,
        to_review: 0,
        segments: 0,
        notes: Vec::new(),
        stale: Vec::new(),
    }
}

/// The rows of an alignment file as translation units of `article`, rejected ones with that status.
pub fn table_units(article: &str, table: &Table) -> Vec<TranslationUnit> {
    let (mut s, mut t) = (0, 0);
    let units = table.rows.iter().map(|row| {
        let source_segments = SegmentRange::new(s, s + row.source.len());
        let target_segments = SegmentRange::new(t, t + row.target.len());
        if row.status != Status::Rejected {
            (s, t) = (source_segments.end, target_segments.end);
        }
        TranslationUnit {
            document: article.to_owned(),
            source: Variant { lang: table.source_lang.clone(), segments: row.source.clone() },
            target: Variant { lang: table.target_lang.clone(), segments: row.target.clone() },
            source_segments,
            target_segments,
            confidence: row.confidence,
            status: row.status,
        }
    });
    units.collect()
}
