//! alignment.tsv and gold.tsv: one bead a line with both texts written out, made to be edited, merged and reviewed.
//!
//! The head is `ja en confidence status note ignore`. Within a cell, ` ¶ ` stands between segments, and `\t`, `\n`,
//! `\r`, `\\` and `\¶` stand for a tab, the line breaks, `\` and a `¶` of the text itself. White space around a segment
//! does not count.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use super::columns::{column_language, language_column};
use super::confidence;
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::unit::Status;

/// What stands between the segments of a cell.
pub(super) const SEPARATOR: &str = " ¶ ";
/// The columns behind the texts; when reading, any of them may be missing.
const COLUMNS: [&str; 4] = ["confidence", "status", "note", "ignore"];

/// What such a file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The language of the first text column.
    pub source_lang: Lang,
    /// The language of the second.
    pub target_lang: Lang,
    /// The beads, in the file's order.
    pub rows: Vec<Row>,
}

/// A bead, written out.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The source segments; none on an empty side.
    pub source: Vec<String>,
    /// The target segments.
    pub target: Vec<String>,
    /// See [`crate::align::Bead::confidence`]; 1 where the file says nothing.
    pub confidence: f64,
    /// What a person has said of the bead.
    pub status: Status,
    /// A person's remark.
    pub note: String,
    /// The findings that a person has dismissed for this bead.
    pub ignore: String,
    /// The line it was read from, from 1. It is not written.
    pub line: usize,
}

/// Writes a table; the same table gives the same bytes each time.
pub fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let languages = [language_column(&table.source_lang), language_column(&table.target_lang)];
    writeln!(out, "{}\t{}", languages.join("\t"), COLUMNS.join("\t"))?;
    for row in &table.rows {
        let cells = [
            cell(&row.source),
            cell(&row.target),
            confidence::write(row.confidence),
            row.status.to_string(),
            escaped(&row.note),
            escaped(&row.ignore),
        ];
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// Reads a table; `path` is for messages.
///
/// A BOM, CRLF, empty lines, columns missing from the head and an empty note at a row's end are taken as they come; a row
/// without text says nothing and is left out. Anything that a person may have meant and that would be lost when the file
/// is written again is an error with its line: an unknown column, status or confidence, too many or too few cells, a
/// remark on a line of its own, a merge conflict.
pub fn read(text: &str, path: &Path) -> Result<Table> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line));
    let head = lines.next().map(|(_, head)| head).unwrap_or_default();
    refuse_conflict(head, 1, path)?;
    let columns = Columns::new(head, path)?;
    let mut rows = Vec::new();
    for (line, content) in lines {
        refuse_conflict(content, line, path)?;
        if content.trim().is_empty() {
            continue;
        }
        let row = columns.row(content, line).map_err(|reason| Error::format(path, line, reason))?;
        if !row.source.is_empty() || !row.target.is_empty() {
            rows.push(row);
        }
    }
    Ok(Table { source_lang: columns.source_lang, target_lang: columns.target_lang, rows })
}

/// Which column holds what.
struct Columns {
    source_lang: Lang,
    target_lang: Lang,
    count: usize,
    /// How many cells a row has at least: to the last of the texts, the confidence and the status.
    least: usize,
    /// Where each of [`COLUMNS`] stands.
    optional: [Option<usize>; 4],
}

impl Columns {
    fn new(head: &str, path: &Path) -> Result<Self> {
        let names: Vec<&str> = head.split('\t').map(str::trim).collect();
        let wrong = |what: &str| {
            let message =
                format!("{what}. The first line must be like: ja en confidence status note ignore, with tabs");
            Error::format(path, 1, message)
        };
        let language = |i: usize| names.get(i).and_then(|name| column_language(name));
        let (Some(source_lang), Some(target_lang)) = (language(0), language(1)) else {
            return Err(wrong("the first two columns are not named by language tags"));
        };
        for (i, name) in names.iter().enumerate().skip(2) {
            if !COLUMNS.contains(name) {
                return Err(wrong(&format!("the column {name:?} is not known")));
            }
            if names.iter().position(|other| other == name) != Some(i) {
                return Err(wrong(&format!("the column {name:?} stands twice")));
            }
        }
        let optional = COLUMNS.map(|column| names.iter().position(|name| *name == column));
        let [confidence, status, ..] = optional;
        let least = confidence.max(status).map_or(2, |last| last + 1);
        Ok(Self { source_lang, target_lang, count: names.len(), least, optional })
    }

    fn row(&self, content: &str, line: usize) -> std::result::Result<Row, String> {
        let cells: Vec<&str> = content.split('\t').collect();
        if cells.iter().skip(self.count).any(|cell| !cell.trim().is_empty()) {
            return Err(format!(
                "{} cells under {} columns. Write a tab within a text as \\t",
                cells.len(),
                self.count
            ));
        }
        if cells.len() < self.least {
            // A text may begin with `#` as well; a row of text has its tabs.
            return Err(if content.starts_with('#') {
                "a remark has no line of its own here. Write it into the note column of a bead, and delete the line"
                    .to_owned()
            } else {
                format!(
                    "{} under {} columns. Separate the cells by tabs, not by spaces",
                    if cells.len() == 1 { "1 cell".to_owned() } else { format!("{} cells", cells.len()) },
                    self.count
                )
            });
        }
        let cell = |i: usize| cells.get(i).copied().unwrap_or_default();
        let [confidence, status, note, ignore] = self.optional.map(|i| i.map_or("", cell));
        Ok(Row {
            source: segments(cell(0)),
            target: segments(cell(1)),
            confidence: confidence::read(confidence)?,
            status: status.trim().parse().map_err(|e: Error| e.to_string())?,
            note: unescaped(note),
            ignore: unescaped(ignore),
            line,
        })
    }
}

/// Fails at a line that Git writes around the two sides of a merge conflict. A text may begin like one, but has a tab behind
/// it.
fn refuse_conflict(line: &str, number: usize, path: &Path) -> Result<()> {
    let marker = line.split(' ').next().unwrap_or_default();
    if !line.contains('\t') && matches!(marker, "<<<<<<<" | "|||||||" | ">>>>>>>" | "=======") {
        let message = "Git has left a merge conflict here. Keep the lines of one side, delete the lines with <<<<<<<, \
                       ======= and >>>>>>>, and run again";
        return Err(Error::format(path, number, message));
    }
    Ok(())
}

/// The cell of a side.
fn cell(segments: &[String]) -> String {
    segments.iter().map(|segment| escaped(segment)).collect::<Vec<_>>().join(SEPARATOR)
}

/// The segments of a cell. A `¶` of the text has `\` before it, so it never looks like the separator, which may lack its
/// spaces.
fn segments(cell: &str) -> Vec<String> {
    let mut segments = vec![String::new()];
    let mut is_escaped = false;
    for c in without_quoting(cell).chars() {
        if c == '¶' && !is_escaped {
            segments.push(String::new());
        } else if let Some(last) = segments.last_mut() {
            last.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    segments.iter().map(|segment| segment.trim()).filter(|segment| !segment.is_empty()).map(unescaped).collect()
}

/// The cell without the quotation marks that spreadsheets put around cells with such marks in them, which they double.
fn without_quoting(cell: &str) -> Cow<'_, str> {
    let inner = cell.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner.filter(|inner| inner.contains("\"\"")) {
        Some(inner) if !inner.replace("\"\"", "").contains('"') => Cow::Owned(inner.replace("\"\"", "\"")),
        _ => Cow::Borrowed(cell),
    }
}

/// The text with escapes for what a cell cannot hold.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\\' | '¶' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The text behind the escapes; a `\` before any other character is an ordinary character.
fn unescaped(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        let next = chars.next();
        match next.and_then(meant) {
            Some(c) => text.push(c),
            None => text.extend(std::iter::once('\\').chain(next)),
        }
    }
    text
}

/// The character that `\` and another stand for.
pub(super) fn meant(escape: char) -> Option<char> {
    match escape {
        't' => Some('\t'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        '\\' | '¶' => Some(escape),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::{Row, Table, read, write};
    use crate::format::specimen::written;
    use crate::lang::Lang;
    use crate::unit::Status;

    fn row(source: &[&str], target: &[&str], line: usize) -> Row {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Row {
            source: owned(source),
            target: owned(target),
            confidence: 1.0,
            status: Status::Auto,
            note: String::new(),
            ignore: String::new(),
            line,
        }
    }

    fn table(rows: Vec<Row>) -> Table {
        Table { source_lang: Lang::japanese(), target_lang: Lang::english(), rows }
    }

    fn read_table(text: &str) -> Result<Table, String> {
        read(text, Path::new("alignment.tsv")).map_err(|e| e.to_string())
    }

    #[test]
    fn beads_are_written_with_their_texts_and_read_back() {
        let mut first = row(&["彼は「行く。」と言った。", "雨🌧。"], &["He said, \"I'll <go> & see.\""], 2);
        first.confidence = 0.981;
        let mut second = row(&["=1+1\tの\r\n答え ¶ 節", "\\t"], &[], 3);
        second.status = Status::Rejected;
        second.note = "C:\\new を見る".to_owned();
        second.ignore = "names numbers".to_owned();
        let table = table(vec![first, second]);
        let text = written(|out| write(&table, out));
        assert_eq!(
            text,
            "ja\ten\tconfidence\tstatus\tnote\tignore\n\
             彼は「行く。」と言った。 ¶ 雨🌧。\tHe said, \"I'll <go> & see.\"\t0.981\tauto\t\t\n\
             =1+1\\tの\\r\\n答え \\¶ 節 ¶ \\\\t\t\t1.000\trejected\tC:\\\\new を見る\tnames numbers\n"
        );
        assert_eq!(read_table(&text), Ok(table));
    }

    #[test]
    fn reading_is_lenient() {
        let mut third = row(&["三。"], &["Three.", "3", "\\d."], 4);
        third.status = Status::Confirmed;
        assert_eq!(
            read_table(
                "\u{feff}ja\tEN\tstatus\tnote\r\n一。\tOne.\tauto\r\n\r\n三。 \tThree.  ¶ 3¶ \\d.\tconfirmed\t\t\r\n\t\t\r\n"
            ),
            Ok(table(vec![row(&["一。"], &["One."], 2), third]))
        );
    }

    #[test]
    fn the_quoting_of_spreadsheets_is_taken_away() {
        let said = row(&["一。"], &["\"One\", he said.", "\"Two.\""], 2);
        assert_eq!(read_table("ja\ten\n一。\t\"\"\"One\"\", he said. ¶ \"\"Two.\"\"\"\n"), Ok(table(vec![said])));
        for quoted in ["\"One.\"", "\"One\" and \"two\""] {
            let row = row(&["一。"], &[quoted], 2);
            assert_eq!(read_table(&format!("ja\ten\n一。\t{quoted}\n")), Ok(table(vec![row])));
        }
    }

    #[test]
    fn a_text_may_begin_with_a_number_sign() {
        assert_eq!(read_table("ja\ten\n#一\t#One\n"), Ok(table(vec![row(&["#一"], &["#One"], 2)])));
    }

    #[test]
    fn a_merge_conflict_is_named_with_its_line_and_cure() {
        let cure = "Git has left a merge conflict here. Keep the lines of one side, delete the lines with <<<<<<<, \
                    ======= and >>>>>>>, and run again";
        for marker in ["<<<<<<< HEAD", "=======", ">>>>>>> her-branch", "||||||| 1a2b3c"] {
            assert_eq!(
                read_table(&format!("ja\ten\n一。\tOne.\n{marker}\n")),
                Err(format!("alignment.tsv, line 3: {cure}"))
            );
            assert_eq!(read_table(&format!("{marker}\nja\ten\n")), Err(format!("alignment.tsv, line 1: {cure}")));
        }
        // Rules and quotations in the text.
        for text in ["=======", ">>>>>>>", ">>>>>>> 一。", "<<<<<<<"] {
            assert_eq!(read_table(&format!("ja\ten\n{text}\t{text}\n")), Ok(table(vec![row(&[text], &[text], 2)])));
        }
    }

    #[test]
    fn what_would_be_lost_is_an_error() {
        let head = "The first line must be like: ja en confidence status note ignore, with tabs";
        for (text, message) in [
            ("", format!("1: the first two columns are not named by language tags. {head}")),
            ("ja\tnote\n", format!("1: the first two columns are not named by language tags. {head}")),
            ("ja\ten\tconfidance\n", format!("1: the column \"confidance\" is not known. {head}")),
            ("ja\ten\tnote\tnote\n", format!("1: the column \"note\" stands twice. {head}")),
            (
                "ja\ten\tconfidence\tstatus\tnote\n一    One    0.9    confirmed\n",
                "2: 1 cell under 5 columns. Separate the cells by tabs, not by spaces".to_owned(),
            ),
            (
                "ja\ten\tstatus\n一\tOne confirmed\n",
                "2: 2 cells under 3 columns. Separate the cells by tabs, not by spaces".to_owned(),
            ),
            (
                "ja\ten\n一\tOne\n# ask the editor\n",
                "3: a remark has no line of its own here. Write it into the note column of a bead, and delete the line"
                    .to_owned(),
            ),
            ("ja\ten\n一\tOne\ttwo\n", "2: 3 cells under 2 columns. Write a tab within a text as \\t".to_owned()),
            (
                "ja\ten\tstatus\n一\tOne\tconfirmd\n",
                "2: \"confirmd\" is no status. Write auto, confirmed or rejected".to_owned(),
            ),
            (
                "ja\ten\tconfidence\n一\tOne\t98%\n",
                "2: \"98%\" is no confidence. Write a number from 0 to 1".to_owned(),
            ),
        ] {
            assert_eq!(read_table(text), Err(format!("alignment.tsv, line {message}")));
        }
    }

    #[test]
    fn the_sample_project_reads_and_writes_back_the_same() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let mut files = 0;
        for folder in std::fs::read_dir(corpus).expect("the sample project").flatten() {
            let path = folder.path().join("gold.tsv");
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let table = read(&text, &path).expect("a gold file");
            assert_eq!(written(|out| write(&table, out)), text, "{}", path.display());
            files += 1;
        }
        assert!(files > 0);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            rows in prop::collection::vec(
                (prop::collection::vec("(?s)[ ¶\\\\tn\t\r\n]{0,4}.*", 1..4), prop::collection::vec("(?s).*", 0..3), "(?s).*", "(?s).*", 0u16..=1000),
                0..5,
            )
        ) {
            let side = |texts: Vec<String>| -> Vec<String> {
                texts.iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect()
            };
            let rows = rows.into_iter().map(|(source, target, note, ignore, confidence)| {
                let mut source = side(source);
                source.push("。".to_owned());
                Row { source, target: side(target), confidence: f64::from(confidence) / 1000.0, status: Status::Auto, note, ignore, line: 0 }
            });
            let table = table(rows.enumerate().map(|(i, row)| Row { line: i + 2, ..row }).collect());
            prop_assert_eq!(read_table(&written(|out| write(&table, out))), Ok(table));
        }
    }
}
