//! Bilingual files as bitexts: one for each pair of languages, the lines of each document together.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use super::{CheckText, Texts};
use crate::check::{BitextLine, ignored};
use crate::document::decode;
use crate::error::{Error, Result};
use crate::format::{Record, UnitReadOptions, UnitReader, alignment_tsv};
use crate::lang::Lang;
use crate::unit::Status;

/// How bilingual files are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileOptions {
    /// The languages of the texts, where the user has named both.
    pub languages: Option<(Lang, Lang)>,
    /// The encoding of files that do not show theirs.
    pub encoding: Option<String>,
    /// Whether a bad record is an error.
    pub is_strict: bool,
}

impl Texts {
    /// The pairs of a bilingual file at hand as bytes: any bilingual format, or an alignment.tsv. The ending of
    /// `name` tells the format. Rejected pairs are left out.
    ///
    /// Bad records are skipped and told. Fails when nothing can be read.
    pub fn of_file(name: &str, bytes: &[u8], options: &FileOptions) -> Result<Self> {
        let path = Path::new(name);
        let mut texts = Self::default();
        let file: Arc<str> = name.into();
        if is_alignment(path) {
            let (text, notes) = decode(name, bytes, options.encoding.as_deref())?;
            texts.notes = notes;
            let table = alignment_tsv::read(&text, path)?;
            let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
            let document = if folder.is_empty() { path.display().to_string() } else { folder.into_owned() };
            let mut checked = CheckText::new(table.source_lang.clone(), table.target_lang.clone());
            super::article::push_rows(&mut checked, &document, &table, &file);
            texts.texts.push(checked);
            return Ok(texts);
        }
        let reading =
            UnitReadOptions { format: None, languages: options.languages.clone(), encoding: options.encoding.clone() };
        let read = UnitReader::new(path, Cursor::new(bytes.to_vec()), &reading)?.collect_units()?;
        texts.notes = read.notes;
        for skipped in read.skipped {
            if options.is_strict {
                return Err(Error::format(path, skipped.line, skipped.reason));
            }
            texts.skipped.push(format!("{name}, line {}: skipped: {}", skipped.line, skipped.reason));
        }
        texts.texts = bitexts(read.records, &file);
        Ok(texts)
    }
}

/// Whether the file is an alignment.tsv or gold.tsv, whose cells hold several segments.
pub(super) fn is_alignment(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".tsv") && (name.starts_with("alignment.") || name.starts_with("gold."))
}

/// The records of one pair of languages.
struct Group {
    text: CheckText,
    /// Where each document stands in `records`.
    places: BTreeMap<String, usize>,
    /// The records of each document, in the order in which the documents begin.
    records: Vec<Vec<Record>>,
}

/// The records by their languages, those of one document together, each in the order of the file.
fn bitexts(records: Vec<Record>, file: &Arc<str>) -> Vec<CheckText> {
    let mut places: BTreeMap<(Lang, Lang), usize> = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for record in records.into_iter().filter(|record| record.unit.status != Status::Rejected) {
        let languages = (record.unit.source.lang.clone(), record.unit.target.lang.clone());
        let at = *places.entry(languages).or_insert_with_key(|(source, target)| {
            let text = CheckText::new(source.clone(), target.clone());
            groups.push(Group { text, places: BTreeMap::new(), records: Vec::new() });
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(at) else { continue };
        let documents = group.records.len();
        let document = *group.places.entry(record.unit.document.clone()).or_insert(documents);
        group.records.resize_with(documents.max(document + 1), Vec::new);
        if let Some(records) = group.records.get_mut(document) {
            records.push(record);
        }
    }
    let filled = groups.into_iter().map(|Group { mut text, records, .. }| {
        for record in records.into_iter().flatten() {
            let number = record.line;
            text.push(line(record), file, number);
        }
        text
    });
    filled.collect()
}

fn line(record: Record) -> BitextLine {
    BitextLine {
        source: record.unit.source.text(),
        target: record.unit.target.text(),
        document: record.unit.document,
        line: record.line,
        confidence: Some(record.unit.confidence),
        ignore: ignored(&record.ignore),
    }
}

#[cfg(test)]
mod tests {
    use super::{FileOptions, Texts};

    fn read(name: &str, text: &str) -> Texts {
        Texts::of_file(name, text.as_bytes(), &FileOptions::default()).expect("pairs")
    }

    /// The lines of each bitext as `DOCUMENT:LINE SOURCE`.
    fn lines(texts: &Texts) -> Vec<Vec<String>> {
        let shown = |text: &super::CheckText| {
            text.bitext.lines.iter().map(|line| format!("{}:{} {}", line.document, line.line, line.source)).collect()
        };
        texts.texts.iter().map(shown).collect()
    }

    #[test]
    fn documents_stand_together_in_the_order_of_the_file() {
        let texts = read(
            "pairs.tsv",
            "document\tline\tja\ten\tstatus\nb\t1\t一\tOne\t\na\t1\t二\tTwo\t\nb\t2\t三\tThree\t\na\t2\t四\tFour\trejected\n",
        );
        assert_eq!(lines(&texts), [["b:1 一", "b:2 三", "a:1 二"]]);
    }

    #[test]
    fn a_line_without_a_document_is_told_by_its_file() {
        assert_eq!(lines(&read("pairs.tsv", "ja\ten\n一\tOne\n")), [["pairs.tsv:2 一"]]);
    }

    #[test]
    fn records_of_other_languages_are_a_bitext_of_their_own() {
        let record = |source: &str, target: &str| {
            format!(
                "{{\"source_language\":\"{source}\",\"target_language\":\"{target}\",\"source\":\"一\",\"target\":\"x\",\"document\":\"d\"}}\n"
            )
        };
        let texts = read("pairs.jsonl", &[record("ja", "en"), record("ja", "de"), record("ja", "en")].concat());
        assert_eq!(lines(&texts), [vec!["d:1 一", "d:3 一"], vec!["d:2 一"]]);
    }

    #[test]
    fn bad_records_are_told_with_their_line_and_the_rest_is_read() {
        let texts = read("pairs.tsv", "ja\ten\n一\tOne\n二\n三\tThree\n");
        assert_eq!(lines(&texts), [["pairs.tsv:2 一", "pairs.tsv:4 三"]]);
        assert!(texts.skipped[0].starts_with("pairs.tsv, line 3: skipped: "), "{:?}", texts.skipped);
        let options = FileOptions { is_strict: true, ..FileOptions::default() };
        assert!(Texts::of_file("pairs.tsv", "ja\ten\n二\n".as_bytes(), &options).is_err());
    }

    #[test]
    fn a_file_without_the_column_of_a_text_is_refused_with_its_line() {
        let error = Texts::of_file("pairs.tsv", "ja\tnote\n一\tx\n".as_bytes(), &FileOptions::default());
        let error = error.map(|_| ()).map_err(|e| e.to_string()).expect_err("one language");
        assert!(error.starts_with("pairs.tsv, line 1: ") && error.contains("two languages"), "{error}");
    }

    #[test]
    fn an_alignment_file_is_its_articles() {
        let texts = read(
            "corpus/moulds/gold.tsv",
            "ja\ten\tstatus\tignore\n一 ¶ 二\tOne. ¶ Two.\t\tempty-side\n三\t\trejected\t\n四\tFour\t\t\n",
        );
        assert_eq!(lines(&texts), [["moulds:1 一二", "moulds:3 四"]]);
        assert_eq!(texts.texts[0].bitext.lines[0].ignore, ["empty-side"]);
    }
}
