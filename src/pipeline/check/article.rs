//! The articles of a project as bitexts: one for each pair of languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{CheckText, Texts};
use crate::check::{BitextLine, ignored};
use crate::error::Result;
use crate::format::alignment_tsv::Table;
use crate::lang::Lang;
use crate::project::{Article, Project, read_alignment};
use crate::unit::{Status, Variant};

impl Texts {
    /// The aligned beads of all articles of a project. Findings are wanted of those `chosen` only; the others tell how
    /// names are rendered elsewhere.
    ///
    /// An article that cannot be read is told and left out. Fails when the project's folder cannot be read.
    pub fn of_articles(project: &Project, articles: &[Article], chosen: &[&Article]) -> Result<Self> {
        let mut texts = Self::default();
        let mut places: BTreeMap<(Lang, Lang), usize> = BTreeMap::new();
        for article in articles {
            let is_chosen = chosen.iter().any(|one| one.name == article.name);
            for pair in article.pairs(&project.config)? {
                let table = match read_alignment(&pair) {
                    Ok(Some(table)) => table,
                    Ok(None) if is_chosen => {
                        texts.notes.push(format!(
                            "{} is left out: it has not been aligned yet. Run `taiyaku align` first",
                            article.name
                        ));
                        continue;
                    }
                    Err(error) if is_chosen => {
                        texts.failed.push(format!("{}: {error}", article.name));
                        continue;
                    }
                    _ => continue,
                };
                let at = *places.entry((pair.source_lang.clone(), pair.target_lang.clone())).or_insert_with(|| {
                    texts.texts.push(CheckText::new(pair.source_lang.clone(), pair.target_lang.clone()));
                    texts.texts.len() - 1
                });
                let Some(text) = texts.texts.get_mut(at) else { continue };
                if chosen.len() < articles.len() && is_chosen {
                    text.only.insert(article.name.clone());
                }
                push_rows(text, &article.name, &table, &pair.alignment.display().to_string().into());
            }
        }
        if chosen.len() < articles.len() {
            texts.texts.retain(|text| !text.only.is_empty());
        }
        Ok(texts)
    }
}

/// Adds the rows of an alignment file as the lines of `document`. Rejected ones are left out, and counted.
pub(super) fn push_rows(text: &mut CheckText, document: &str, table: &Table, file: &Arc<str>) {
    for (number, row) in (1..).zip(&table.rows).filter(|(_, row)| row.status != Status::Rejected) {
        let side =
            |lang: &Lang, segments: &[String]| Variant { lang: lang.clone(), segments: segments.to_vec() }.text();
        let line = BitextLine {
            document: document.to_owned(),
            line: number,
            source: side(&table.source_lang, &row.source),
            target: side(&table.target_lang, &row.target),
            confidence: Some(row.confidence),
            ignore: ignored(&row.ignore),
        };
        text.push(line, file, row.line);
    }
}
