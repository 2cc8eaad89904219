//! How right the aligner is on a project's own articles: those with a gold.tsv are aligned afresh and compared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{BatchOptions, Pipeline, Text, lines};
use crate::align::TextPair;
use crate::align::evaluate::{Counts, WrittenBeads};
use crate::document::{ReadOptions, decode, load};
use crate::error::{Error, Result};
use crate::format::alignment_tsv::{self, Table};
use crate::lang::Lang;
use crate::project::{Article, ArticlePair, Project};
use crate::unit::Status;

/// The evaluation of an article and one of its translations.
#[derive(Debug)]
pub struct ArticleEvaluation {
    /// The article's name.
    pub article: String,
    /// The translation's language.
    pub target_lang: Lang,
    /// What was counted. It fails when a text cannot be read or the gold beads are not those of the texts.
    pub counts: Result<Counts>,
}

/// An article pair as it was read, with its gold beads where it has some.
struct Sample {
    article: String,
    source: Text,
    target: Text,
    gold: Option<(PathBuf, Table)>,
}

impl Pipeline {
    /// Aligns all articles of a project as one collection, without what people have corrected, writes nothing and compares
    /// those that have a gold.tsv (or gold.TAG.tsv, named after the translation's language) with it.
    ///
    /// Of `options`, `only` and `encoding` count. Fails when the project's folder cannot be read.
    pub fn evaluate_project(&self, project: &Project, options: &BatchOptions) -> Result<Vec<ArticleEvaluation>> {
        let read_options = super::batch::read_options(project, options);
        let mut groups: BTreeMap<(Lang, Lang), Vec<Sample>> = BTreeMap::new();
        let mut evaluations = Vec::new();
        for article in project.articles()? {
            for pair in article.pairs(&project.config) {
                match self.sample(&article, &pair, &read_options) {
                    Ok(sample) => {
                        groups.entry((pair.source_lang.clone(), pair.target_lang.clone())).or_default().push(sample);
                    }
                    Err(error) => evaluations.push(ArticleEvaluation {
                        article: article.name.clone(),
                        target_lang: pair.target_lang,
                        counts: Err(error),
                    }),
                }
            }
        }
        for ((source_lang, target_lang), samples) in groups {
            if samples.iter().all(|sample| sample.gold.is_none()) {
                continue;
            }
            let pairs: Vec<TextPair<'_>> = samples
                .iter()
                .map(|s| TextPair { source: lines(&s.source), target: lines(&s.target), ..TextPair::default() })
                .collect();
            let aligned = self.aligner().align(&source_lang, &target_lang, &pairs)?;
            drop(pairs);
            for (sample, aligned) in samples.into_iter().zip(aligned) {
                let Some((path, table)) = sample.gold else { continue };
                let beads = aligned.alignment.beads().iter().map(|bead| (bead.source, bead.target)).collect();
                let system = WrittenBeads { source: sample.source.segments, target: sample.target.segments, beads };
                let counts = Counts::by_text(&written(&table), &system).map_err(|text| misfit(&path, &table, &text));
                evaluations.push(ArticleEvaluation {
                    article: sample.article,
                    target_lang: target_lang.clone(),
                    counts,
                });
            }
        }
        evaluations.retain(|e| options.only.is_empty() || options.only.contains(&e.article));
        evaluations.sort_by(|a, b| (&a.article, &a.target_lang).cmp(&(&b.article, &b.target_lang)));
        Ok(evaluations)
    }

    fn sample(&self, article: &Article, pair: &ArticlePair, options: &ReadOptions) -> Result<Sample> {
        let read = |path: &Path, lang: &Lang| {
            self.read(path, &ReadOptions { lang: Some(lang.clone()), ..options.clone() }).map(|(text, _)| text)
        };
        pair.refuse_surplus()?;
        Ok(Sample {
            article: article.name.clone(),
            source: read(&pair.source, &pair.source_lang)?,
            target: read(&pair.target, &pair.target_lang)?,
            gold: gold(article, pair)?,
        })
    }
}

/// The gold beads of an article pair.
fn gold(article: &Article, pair: &ArticlePair) -> Result<Option<(PathBuf, Table)>> {
    for name in ["gold.tsv".to_owned(), format!("gold.{}.tsv", pair.target_lang)] {
        let path = article.folder.join(name);
        if !path.is_file() {
            continue;
        }
        let bytes = load(&path)?;
        let (text, _) = decode(&path.display().to_string(), &bytes, None)?;
        let table = alignment_tsv::read(&text, &path)?;
        if (&table.source_lang, &table.target_lang) == (&pair.source_lang, &pair.target_lang) {
            return Ok(Some((path, table)));
        }
    }
    Ok(None)
}

/// Compares the beads of two tables over one pair of texts; `path` is the gold table's.
///
/// Fails when the texts are not the same.
pub fn compare_tables(gold: &Table, path: &Path, system: &Table) -> Result<Counts> {
    Counts::by_text(&written(gold), &written(system)).map_err(|text| misfit(path, gold, &text))
}

/// The beads of a table; rejected rows are none.
fn written(table: &Table) -> WrittenBeads {
    let mut written = WrittenBeads::default();
    for row in table.rows.iter().filter(|row| row.status != Status::Rejected) {
        written.push(&row.source, &row.target);
    }
    written
}

/// The error for gold beads that are not those of the texts, at the row with the segment `text`.
fn misfit(path: &Path, table: &Table, text: &str) -> Error {
    let holds = |segments: &[String]| segments.iter().any(|segment| segment == text);
    let row = table.rows.iter().find(|row| holds(&row.source) || holds(&row.target));
    let message = format!("here the beads part from the texts they are compared with: {text:?}. Bring them into line");
    Error::format(path, row.map(|row| row.line), message)
}
