//! The columns of pair tables, which TSV and CSV share.

use std::path::Path;

use super::language::distance;
use super::{Record, confidence, timestamp};
use crate::align::SegmentRange;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::unit::{TranslationUnit, Variant};

/// Column names that have a meaning of their own and are no language, though `id` is a tag as well.
const RESERVED: [&str; 9] = ["document", "line", "id", "note", "confidence", "status", "ignore", "created", "changed"];

/// The name of a language's column: its tag, with its country where the tag alone is a reserved name.
pub(super) fn language_column(lang: &Lang) -> String {
    match lang.tag() {
        "id" => "id-ID".to_owned(),
        tag => tag.to_owned(),
    }
}

/// The language that a column's name says; `None` for a reserved or another name.
pub(super) fn column_language(name: &str) -> Option<Lang> {
    let name = name.trim();
    if RESERVED.contains(&name.to_ascii_lowercase().as_str()) { None } else { name.parse().ok() }
}

/// The head of a table of pairs.
pub(super) fn head(source_lang: &Lang, target_lang: &Lang) -> [String; 5] {
    let [confidence, status, document] = ["confidence", "status", "document"].map(str::to_owned);
    [language_column(source_lang), language_column(target_lang), confidence, status, document]
}

/// The row of a unit, under [`head`].
pub(super) fn row(unit: &TranslationUnit) -> [String; 5] {
    [
        unit.source.text(),
        unit.target.text(),
        confidence::write(unit.confidence),
        unit.status.to_string(),
        unit.document.clone(),
    ]
}

/// The columns of a unit's times, which stand behind [`head`] where they are written.
pub(super) const TIMES: [&str; 2] = ["created", "changed"];

/// The cells under [`TIMES`].
pub(super) fn times(record: Option<&Record>) -> [String; 2] {
    record
        .map(|record| [&record.created, &record.changed].map(|time| time.clone().unwrap_or_default()))
        .unwrap_or_default()
}

/// Which column holds what.
#[derive(Debug)]
pub(super) struct Columns {
    count: usize,
    source: (usize, Lang),
    target: (usize, Lang),
    /// Where each of [`RESERVED`] stands.
    reserved: [Option<usize>; 9],
    /// The columns that are carried along.
    others: Vec<(usize, String)>,
    /// The document of the rows that name none.
    file: String,
    /// Told where there are texts in more languages than two, of which nobody has chosen.
    note: Option<String>,
}

/// The columns of the texts that are read where nobody has chosen any.
struct FirstTwo {
    source: (usize, Lang),
    target: (usize, Lang),
    /// Where the others of these stand.
    rest: Vec<usize>,
}

impl Columns {
    /// Takes the head of a table. Fails when the languages have no columns.
    pub(super) fn new(names: &[&str], languages: Option<&(Lang, Lang)>, path: &Path) -> Result<Self> {
        let texts: Vec<(usize, Lang)> =
            names.iter().enumerate().filter_map(|(i, name)| Some((i, column_language(name)?))).collect();
        let mut note = None;
        let (source, target) = match languages {
            Some((source, target)) => {
                let source = column_of(source, &texts, path)?;
                // Two columns may be of one language: a text and its revision.
                let others: Vec<_> = texts.iter().filter(|column| column.0 != source.0).cloned().collect();
                (source, column_of(target, &others, path)?)
            }
            None => first_two(&texts).map(|FirstTwo { source, target, rest }| {
                note = note_of_rest(names, [source.0, target.0], &rest, path);
                (source, target)
            }).ok_or_else(|| {
                let message = match names {
                    [head] if head.contains(';') => {
                        "the columns are separated by semicolons. Save the table with commas, or with tabs as .tsv"
                    }
                    [head] if head.contains('\t') => "the columns are separated by tabs. Give the file the ending .tsv",
                    [head] if head.contains(',') => {
                        "the columns are separated by commas. Give the file the ending .csv"
                    }
                    _ => {
                        "the first line does not name two languages. Name the columns of the texts by language tags, \
                         such as ja and en"
                    }
                };
                Error::format(path, 1, message)
            })?,
        };
        let place = |reserved: &str| names.iter().position(|name| name.trim().eq_ignore_ascii_case(reserved));
        let reserved = RESERVED.map(place);
        let is_other = |i: usize| ![source.0, target.0].contains(&i) && !reserved.contains(&Some(i));
        let others = names.iter().enumerate().filter(|(i, name)| is_other(*i) && !name.trim().is_empty());
        let others = others.map(|(i, name)| (i, name.trim().to_owned())).collect();
        Ok(Self { count: names.len(), source, target, reserved, others, file: path.display().to_string(), note })
    }

    /// What is worth telling of the head.
    pub(super) fn note(&self) -> Option<String> {
        self.note.clone()
    }

    /// Where the source and the target texts stand.
    pub(super) fn of_texts(&self) -> (usize, usize) {
        (self.source.0, self.target.0)
    }

    /// Reads a row that stands at `line`; cells missing at its end, behind the texts, are empty. Fails with what is wrong.
    pub(super) fn record(&self, cells: &[&str], line: usize) -> std::result::Result<Record, String> {
        if cells.len() > self.count {
            return Err(format!("{} cells under {} columns. Name them all in the first line", cells.len(), self.count));
        }
        if cells.len() <= self.source.0.max(self.target.0) {
            let cells = if cells.len() == 1 { "1 cell".to_owned() } else { format!("{} cells", cells.len()) };
            return Err(format!("{cells} under {} columns: a text is missing. Separate all cells", self.count));
        }
        let cell = |i: usize| cells.get(i).copied().unwrap_or_default();
        let [document, line_cell, id, note, confidence, status, ignore, created, changed] =
            self.reserved.map(|i| i.map_or("", cell));
        let source = variant(&self.source.1, cell(self.source.0));
        let target = variant(&self.target.1, cell(self.target.0));
        if source.is_empty() && target.is_empty() {
            return Err("there is no text on either side. Delete the line".to_owned());
        }
        let unit = TranslationUnit {
            document: if document.is_empty() { self.file.clone() } else { document.to_owned() },
            source,
            target,
            source_segments: SegmentRange::default(),
            target_segments: SegmentRange::default(),
            confidence: confidence::read(confidence)?,
            status: status.trim().parse().map_err(|e: Error| e.to_string())?,
        };
        let line = line_cell.trim().parse().unwrap_or(line);
        let others = self.others.iter().map(|(i, name)| (name, cell(*i))).filter(|(_, value)| !value.is_empty());
        Ok(Record {
            line,
            id: id.to_owned(),
            note: note.to_owned(),
            ignore: ignore.to_owned(),
            created: timestamp::read(created),
            changed: timestamp::read(changed),
            properties: others.map(|(name, value)| (name.clone(), value.to_owned())).collect(),
            ..unit.into()
        })
    }
}

/// A cell's text as one segment; white space alone is no text.
pub(super) fn variant(lang: &Lang, text: &str) -> Variant {
    let segments = if text.trim().is_empty() { Vec::new() } else { vec![text.to_owned()] };
    Variant { lang: lang.clone(), segments }
}

/// The column of a language, or the nearest to it; the first of several.
fn column_of(lang: &Lang, texts: &[(usize, Lang)], path: &Path) -> Result<(usize, Lang)> {
    let near = texts.iter().filter_map(|column| Some((distance(lang, &column.1)?, column)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, column)| column.clone()).ok_or_else(|| {
        let message =
            format!("the first line names no column {}. Name it, or choose another language", language_column(lang));
        Error::format(path, 1, message)
    })
}

/// A note that names the columns of texts which are not read.
fn note_of_rest(names: &[&str], chosen: [usize; 2], rest: &[usize], path: &Path) -> Option<String> {
    let name = |i: &usize| names.get(*i).map(|name| name.trim()).unwrap_or_default();
    let [source, target] = chosen.each_ref().map(name);
    let (last, others) = rest.split_last()?;
    let left = if others.is_empty() {
        format!("column {} is", name(last))
    } else {
        format!("columns {} and {} are", others.iter().map(name).collect::<Vec<_>>().join(", "), name(last))
    };
    Some(format!(
        "{}: the texts of the columns {source} and {target} are read; the {left} left out. Choose two with --source-language \
         and --target-language.",
        path.display()
    ))
}

/// The first two columns of registered languages, those with a two-letter code, unless there are not two of them.
fn first_two(texts: &[(usize, Lang)]) -> Option<FirstTwo> {
    let mut registered: Vec<&(usize, Lang)> = texts.iter().filter(|(_, lang)| lang.is_registered()).collect();
    if registered.iter().filter(|(_, lang)| lang.primary().len() == 2).count() >= 2 {
        registered.retain(|(_, lang)| lang.primary().len() == 2);
    }
    let [source, target, rest @ ..] = &registered[..] else { return None };
    let rest = rest.iter().map(|(i, _)| *i).collect();
    Some(FirstTwo { source: (*source).clone(), target: (*target).clone(), rest })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Columns, head};
    use crate::lang::Lang;

    fn languages(names: &[&str]) -> Option<(String, String)> {
        let columns = Columns::new(names, None, Path::new("a.tsv")).ok()?;
        Some((columns.source.1.into(), columns.target.1.into()))
    }

    #[test]
    fn the_first_two_language_columns_are_source_and_target() {
        let pair = |source: &str, target: &str| Some((source.to_owned(), target.to_owned()));
        assert_eq!(languages(&["ja", "en", "status"]), pair("ja", "en"));
        assert_eq!(languages(&["id", "EN_us", " ja "]), pair("en-US", "ja"));
        assert_eq!(languages(&["id-ID", "ja"]), pair("id-ID", "ja"));
        assert_eq!(languages(&["url", "ja", "key", "en"]), pair("ja", "en"));
        assert_eq!(languages(&["yue", "en"]), pair("yue", "en"));
        assert_eq!(languages(&["id", "en"]), None);
        assert_eq!(languages(&["jpn", "eng"]), pair("jpn", "eng"));
        for words in [["source", "target"], ["one", "two"], ["src", "tgt"], ["ja", "two"]] {
            assert_eq!(languages(&words), None, "{words:?}");
        }
    }

    #[test]
    fn columns_without_a_meaning_are_carried_along() {
        let columns = Columns::new(&["ja", "client", "en", "ignore", ""], None, Path::new("a.tsv")).expect("languages");
        let record = columns.record(&["池", "ACME", "Pond", "names", "x"], 2).expect("a row");
        assert_eq!(record.properties, [("client".to_owned(), "ACME".to_owned())]);
        assert_eq!(record.ignore, "names");
        assert_eq!(columns.record(&["池", "", "Pond"], 2).map(|record| record.properties), Ok(Vec::new()));
    }

    #[test]
    fn named_languages_choose_their_columns() {
        let [ja, british, french] = ["ja", "en-GB", "fr"].map(|tag| tag.parse::<Lang>().expect("a tag"));
        let names = ["de", "en", "ja", "en-GB"];
        let chosen = |s: &Lang, t: &Lang| {
            Columns::new(&names, Some(&(s.clone(), t.clone())), Path::new("a.tsv")).map(|c| (c.source.0, c.target.0))
        };
        assert_eq!(chosen(&ja, &british).ok(), Some((2, 3)));
        assert_eq!(chosen(&Lang::english(), &ja).ok(), Some((1, 2)));
        assert_eq!(chosen(&british, &british).ok(), Some((3, 1)), "a text and its revision");
        assert_eq!(
            chosen(&ja, &french).map_err(|e| e.to_string()),
            Err("a.tsv, line 1: the first line names no column fr. Name it, or choose another language".to_owned())
        );
    }

    #[test]
    fn languages_that_are_not_read_are_told() {
        let note = |names: &[&str], languages: Option<(Lang, Lang)>| {
            Columns::new(names, languages.as_ref(), Path::new("a.tsv")).expect("languages").note()
        };
        let told = |left: &str| {
            Some(format!(
                "a.tsv: the texts of the columns ja and en are read; the {left} left out. Choose two with \
                 --source-language and --target-language."
            ))
        };
        assert_eq!(note(&["ja", "client", "en", "url", "note"], None), None);
        assert_eq!(note(&["ja", "en", "client", "fr"], None), told("column fr is"));
        assert_eq!(note(&["ja", "en", "fr", "de", "pt-BR"], None), told("columns fr, de and pt-BR are"));
        assert_eq!(note(&["ja", "en", "fr"], Some((Lang::japanese(), Lang::english()))), None);
    }

    #[test]
    fn indonesian_does_not_become_the_id_column() {
        let indonesian: Lang = "id".parse().expect("a tag");
        assert_eq!(head(&indonesian, &Lang::english()), ["id-ID", "en", "confidence", "status", "document"]);
    }
}
