//! Bilingual files as bitexts: one for each pair of languages, the lines of each document together.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use super::{CheckText, Texts};
use crate::check::{BitextLine, ignored};
use crate::document::{decode, load};
use crate::error::{Error, Result};
use crate::format::{Record, Skipped, UnitReadOptions, UnitReader, alignment_tsv, open_units};
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
    /// The pairs of a bilingual file: any bilingual format, or an alignment.tsv. The ending of its name tells the format.
    /// Rejected pairs are left out.
    ///
    /// Bad records are skipped and told. Fails when nothing can be read.
    pub fn of_file(path: &Path, options: &FileOptions) -> Result<Self> {
        if is_alignment(path) {
            return Self::of_alignment(path, &load(path)?, options);
        }
        Self::of_units(&path.display().to_string(), open_units(path, &options.reading())?, options)
    }

    /// The same for a file at hand as bytes, called `name`.
    pub fn of_bytes(name: &str, bytes: Vec<u8>, options: &FileOptions) -> Result<Self> {
        let path = Path::new(name);
        if is_alignment(path) {
            return Self::of_alignment(path, &bytes, options);
        }
        Self::of_units(name, UnitReader::new(path, Cursor::new(bytes), &options.reading())?, options)
    }

    fn of_alignment(path: &Path, bytes: &[u8], options: &FileOptions) -> Result<Self> {
        let name = path.display().to_string();
        let (text, mut notes) = decode(&name, bytes, options.encoding.as_deref())?;
        let table = alignment_tsv::read(&text, path)?;
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let document = if folder.is_empty() { name.clone() } else { folder.into_owned() };
        let mut checked = CheckText::new(table.source_lang.clone(), table.target_lang.clone());
        super::article::push_rows(&mut checked, &document, &table, &name.into());
        notes.extend(checked.unknown_checks());
        Ok(Self { texts: vec![checked], notes, ..Self::default() })
    }

    fn of_units(name: &str, mut reader: UnitReader, options: &FileOptions) -> Result<Self> {
        let mut texts = Self::default();
        let mut groups = Groups::default();
        for entry in reader.by_ref() {
            match entry? {
                Ok(record) => groups.add(record),
                Err(Skipped { line, reason }) if options.is_strict => {
                    return Err(Error::format(Path::new(name), line, reason));
                }
                Err(Skipped { line, reason }) => texts.skipped.push(format!("{name}, line {line}: skipped: {reason}")),
            }
        }
        texts.notes.extend_from_slice(reader.notes());
        texts.texts = groups.texts(&name.into());
        texts.notes.extend(texts.texts.iter().flat_map(CheckText::unknown_checks));
        Ok(texts)
    }
}

impl FileOptions {
    fn reading(&self) -> UnitReadOptions {
        UnitReadOptions { format: None, languages: self.languages.clone(), encoding: self.encoding.clone() }
    }
}

/// Whether the file is an alignment.tsv or gold.tsv, whose cells hold several segments.
pub(super) fn is_alignment(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".tsv") && (name.starts_with("alignment.") || name.starts_with("gold."))
}

/// The records by their languages, those of one document together, each in the order of the file.
#[derive(Default)]
struct Groups {
    /// Where each pair of languages stands in `groups`.
    places: BTreeMap<(Lang, Lang), usize>,
    groups: Vec<Group>,
}

/// The records of one pair of languages.
struct Group {
    text: CheckText,
    /// Where each document stands in `lines`.
    places: BTreeMap<String, usize>,
    /// The lines of each document, in the order in which the documents begin.
    lines: Vec<Vec<BitextLine>>,
}

impl Groups {
    fn add(&mut self, record: Record) {
        if record.unit.status == Status::Rejected {
            return;
        }
        let languages = (record.unit.source.lang.clone(), record.unit.target.lang.clone());
        let groups = &mut self.groups;
        let at = *self.places.entry(languages).or_insert_with_key(|(source, target)| {
            let text = CheckText::new(source.clone(), target.clone());
            groups.push(Group { text, places: BTreeMap::new(), lines: Vec::new() });
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(at) else { return };
        let line = line(record);
        let document = if let Some(document) = group.places.get(&line.document) {
            *document
        } else {
            group.places.insert(line.document.clone(), group.lines.len());
            group.lines.push(Vec::new());
            group.lines.len() - 1
        };
        if let Some(lines) = group.lines.get_mut(document) {
            lines.push(line);
        }
    }

    fn texts(self, file: &Arc<str>) -> Vec<CheckText> {
        let filled = self.groups.into_iter().map(|Group { mut text, lines, .. }| {
            for line in lines.into_iter().flatten() {
                let number = line.line;
                text.push(line, file, number);
            }
            text
        });
        filled.collect()
    }
}

fn line(record: Record) -> BitextLine {
    // A file that does not say how sure its pairs are has 1 for all.
    let confidence = Some(record.unit.confidence).filter(|confidence| *confidence < 1.0);
    BitextLine {
        source: record.unit.source.text(),
        target: record.unit.target.text(),
        document: record.unit.document,
        line: record.line,
        confidence,
        ignore: ignored(&record.ignore),
    }
}

#[cfg(test)]
mod tests {
    use super::{FileOptions, Texts};

    fn read(name: &str, text: &str) -> Texts {
        Texts::of_bytes(name, text.as_bytes().to_vec(), &FileOptions::default()).expect("pairs")
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
    fn a_file_lacks_the_languages_that_none_of_its_texts_has() {
        let texts = read("pairs.tsv", "ja\ten-GB\n一\tOne\n");
        let lacks = |tag: &str| texts.lacks(&tag.parse().expect("a language"));
        assert_eq!((lacks("fr"), lacks("ja"), lacks("en")), (true, false, false));
        assert_eq!(texts.languages(), ["ja", "en-GB"]);
        assert!(!read("pairs.tsv", "ja\ten\n").lacks(&"fr".parse().expect("a language")), "nothing was read");
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
        assert!(Texts::of_bytes("pairs.tsv", "ja\ten\n二\n".into(), &options).is_err());
    }

    #[test]
    fn a_file_without_the_column_of_a_text_is_refused_with_its_line() {
        let error = Texts::of_bytes("pairs.tsv", "ja\tnote\n一\tx\n".into(), &FileOptions::default());
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
        assert_eq!(texts.notes, [""; 0]);
    }

    #[test]
    fn an_unknown_check_in_the_column_is_told_with_its_line() {
        for name in ["gold.tsv", "pairs.tsv"] {
            let notes = read(name, "ja\ten\tignore\n一\tOne\t*\n二\tTwo\tempty-sides\n").notes;
            assert!(notes[0].starts_with(&format!("{name}, line 3: there is no check empty-sides")), "{notes:?}");
        }
    }
}
