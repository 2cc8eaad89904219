//! The articles of a project as bitexts: one for each pair of languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::silence::{Silenced, silenced};
use super::{CheckText, Texts};
use crate::check::{BitextLine, Side, ignored};
use crate::document::{Document, ReadOptions, load, read_bytes};
use crate::error::Result;
use crate::format::alignment_tsv::Table;
use crate::lang::Lang;
use crate::pipeline::{BatchOptions, Pipeline, batch};
use crate::project::{Article, ArticlePair, CONFIG_FILE, Project, read_alignment};
use crate::segment::Segment;
use crate::unit::{Status, Variant};

/// An article of which findings are wanted, with one of its translations.
struct Read {
    lines: CheckText,
    notes: Vec<String>,
}

/// One text of an article.
pub(super) struct ArticleText {
    pub(super) document: Document,
    pub(super) segments: Vec<Segment>,
    silenced: Silenced,
}

impl Pipeline {
    /// The aligned beads of all articles of a project. Findings are wanted of those `chosen` only; the others tell how
    /// names are rendered elsewhere.
    ///
    /// An article that cannot be read is told and left out. Fails when the project's folder cannot be read.
    pub fn article_texts(
        &self,
        project: &Project,
        articles: &[Article],
        chosen: &[&Article],
        options: &BatchOptions,
    ) -> Result<Texts> {
        let mut texts = Texts::default();
        let is_article = |name: &&String| articles.iter().any(|article| article.name == **name);
        texts.notes.extend(project.config.checks.by_document.keys().filter(|name| !is_article(name)).map(|name| {
            format!(
                "{CONFIG_FILE}: [checks.article.{name:?}] is about no article. Correct the name or delete the table"
            )
        }));
        let has_text = |lang: &Lang| articles.iter().any(|article| article.files.contains_key(lang));
        let languages = std::iter::once(&project.config.source).chain(&project.config.targets);
        texts.notes.extend(languages.filter(|lang| !articles.is_empty() && !has_text(lang)).map(|lang| {
            format!(
                "no article has a text in {lang}, so nothing is checked in it. Put a file such as {lang}.md beside the \
                 others, or name the languages that there are: source and targets in {CONFIG_FILE}, --source-language \
                 and --target-language"
            )
        }));
        let mut pairs: Vec<(&Article, ArticlePair, bool)> = Vec::new();
        for article in articles {
            let is_chosen = chosen.iter().any(|one| one.name == article.name);
            pairs.extend(article.pairs(&project.config).into_iter().map(|pair| (article, pair, is_chosen)));
        }
        let read_options = batch::read_options(project, options);
        let read: Vec<Result<Option<Read>>> = pairs
            .par_iter()
            .map(|(article, pair, is_chosen)| self.pair_text(article, pair, *is_chosen, &read_options))
            .collect();
        let mut places: BTreeMap<(Lang, Lang), usize> = BTreeMap::new();
        for ((article, pair, is_chosen), read) in pairs.into_iter().zip(read) {
            let read = match read {
                Ok(Some(read)) => read,
                Err(error) if is_chosen => {
                    texts.failed.push(format!("{}: {error}", article.name));
                    continue;
                }
                _ => continue,
            };
            texts.notes.extend(read.notes);
            let at = *places.entry((pair.source_lang.clone(), pair.target_lang.clone())).or_insert_with(|| {
                texts.texts.push(CheckText::new(pair.source_lang, pair.target_lang));
                texts.texts.len() - 1
            });
            let Some(text) = texts.texts.get_mut(at) else { continue };
            if chosen.len() < articles.len() && is_chosen {
                text.only.insert(article.name.clone());
            }
            text.bitext.lines.extend(read.lines.bitext.lines);
            text.origins.extend(read.lines.origins);
        }
        if chosen.len() < articles.len() {
            texts.texts.retain(|text| !text.only.is_empty());
        }
        Ok(texts)
    }

    /// The beads of an article and one of its translations. What has not been aligned yet is aligned for the moment where
    /// findings are wanted of it, and `None` otherwise.
    fn pair_text(
        &self,
        article: &Article,
        pair: &ArticlePair,
        is_chosen: bool,
        options: &ReadOptions,
    ) -> Result<Option<Read>> {
        let mut notes = Vec::new();
        let table = match read_alignment(pair)? {
            Some(table) => table,
            None if is_chosen => {
                notes.push(format!(
                    "{} has not been aligned yet: it is aligned for this check only. `taiyaku align` keeps the alignment",
                    article.name
                ));
                self.article_table(pair, options)?
            }
            None => return Ok(None),
        };
        let mut lines = CheckText::new(pair.source_lang.clone(), pair.target_lang.clone());
        push_rows(&mut lines, &article.name, &table, &pair.alignment.display().to_string().into());
        notes.extend(lines.unknown_checks());
        if is_chosen {
            let mut is_stale = false;
            for side in [Side::Source, Side::Target] {
                let text = self.article_text(pair, side, options)?;
                let places = Places::new(&table, side, &text);
                is_stale |= places.is_stale;
                silence(&mut lines, &places, &text);
                notes.extend(text.silenced.notes);
            }
            if is_stale {
                notes.push(format!(
                    "{} has changed since it was aligned, and is checked as it was. Run `taiyaku align` first",
                    article.name
                ));
            }
        }
        Ok(Some(Read { lines, notes }))
    }

    /// One text of an article pair, cut into sentences.
    pub(super) fn article_text(&self, pair: &ArticlePair, side: Side, options: &ReadOptions) -> Result<ArticleText> {
        let (path, lang) = match side {
            Side::Source => (&pair.source, &pair.source_lang),
            Side::Target => (&pair.target, &pair.target_lang),
        };
        let bytes = load(path)?;
        let name = path.display().to_string();
        let options = ReadOptions { lang: Some(lang.clone()), ..options.clone() };
        let document = read_bytes(&name, &bytes, &options)?.document;
        let silenced = silenced(&name, &bytes, &options, &document);
        let segments = self.segments(&document);
        Ok(ArticleText { document, segments, silenced })
    }
}

/// Where the segments of an alignment's rows stand in the text.
pub(super) struct Places {
    /// For each row that is not rejected, for each of its segments, its number in the text, if it is there.
    pub(super) rows: Vec<Vec<Option<usize>>>,
    /// Whether the rows are not the text as it is now.
    pub(super) is_stale: bool,
}

impl Places {
    /// Looks for the segments one after the other; one that is not found close behind the last is nowhere.
    pub(super) fn new(table: &Table, side: Side, text: &ArticleText) -> Self {
        /// So many sentences of a text that was edited may have been added in one place.
        const REACH: usize = 50;
        let texts: Vec<_> = text.segments.iter().map(|segment| text.document.line(segment.span)).collect();
        let mut at = 0;
        let mut is_stale = false;
        let mut place = |segment: &String| {
            let ahead = texts.iter().enumerate().skip(at).take(REACH);
            let found = ahead.into_iter().find(|(_, text)| text.trim() == segment.trim()).map(|(i, _)| i);
            is_stale |= found != Some(at);
            at = found.map_or(at, |i| i + 1);
            found
        };
        let rows = table.rows.iter().filter(|row| row.status != Status::Rejected).map(|row| {
            let segments = if side == Side::Source { &row.source } else { &row.target };
            segments.iter().map(&mut place).collect()
        });
        let rows = rows.collect();
        Self { rows, is_stale: is_stale || at != texts.len() }
    }
}

/// Silences the lines whose segments stand in silenced blocks.
fn silence(lines: &mut CheckText, places: &Places, text: &ArticleText) {
    for (line, segments) in lines.bitext.lines.iter_mut().zip(&places.rows) {
        for segment in segments.iter().flatten().filter_map(|i| text.segments.get(*i)) {
            let checks = text.silenced.blocks.get(segment.block).map(Vec::as_slice).unwrap_or_default();
            line.ignore.extend(checks.iter().cloned());
        }
    }
}

/// Adds the rows of an alignment file as the lines of `document`. Rejected ones are left out, and counted.
pub(super) fn push_rows(text: &mut CheckText, document: &str, table: &Table, file: &Arc<str>) {
    // A table without doubts is a person's: the aligner is not sure of every bead.
    let is_aligned = table.rows.iter().any(|row| row.confidence < 1.0);
    for (number, row) in (1..).zip(&table.rows).filter(|(_, row)| row.status != Status::Rejected) {
        let side =
            |lang: &Lang, segments: &[String]| Variant { lang: lang.clone(), segments: segments.to_vec() }.text();
        let line = BitextLine {
            document: document.to_owned(),
            line: number,
            source: side(&table.source_lang, &row.source),
            target: side(&table.target_lang, &row.target),
            confidence: is_aligned.then_some(row.confidence),
            ignore: ignored(&row.ignore),
        };
        text.push(line, file, row.line);
    }
}
