//! Where the texts of pairs stand in the file they were read from, so that one of them can be changed and nothing else.
//!
//! A cell is the written form of a text: quoted in CSV, escaped in JSON and in alignment.tsv. [`Cell::range`] tells which
//! bytes of the file a part of the text is written with, and [`Cell::written`] how another text is written there.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::columns::Columns;
use super::{Format, alignment_tsv};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::span::Span;

/// The written form of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// For each byte of the text and its end, the byte of the file where it is written.
    places: Vec<usize>,
    writing: Writing,
}

/// The cells of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowCells {
    /// The line of the file, from 1, on which the record begins.
    pub line: usize,
    /// The cell of the source text.
    pub source: Cell,
    /// The cell of the target text.
    pub target: Cell,
}

/// How a cell is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    /// As it is, without tabs and line breaks.
    Tsv,
    /// As it is, without quotes, commas and line breaks.
    Csv,
    /// In quotes, which are doubled inside.
    Quoted,
    /// As a string of JSON.
    Json,
    /// With the escapes of alignment.tsv.
    Alignment,
}

impl Cell {
    /// The bytes of the file that `span` of the text is written with. `None` where the span does not lie in the text, and
    /// where it is made of several pieces.
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
        let (start, end) = (*self.places.get(span.start)?, *self.places.get(span.end)?);
        (self.text.is_char_boundary(span.start) && self.text.is_char_boundary(span.end) && start <= end)
            .then_some(start..end)
    }

    /// How `text` is written in this cell; `None` where it cannot be.
    pub fn written(&self, text: &str) -> Option<String> {
        let is_free_of = |signs: &[char]| !text.contains(signs);
        match self.writing {
            Writing::Tsv => is_free_of(&['\t', '\n', '\r']).then(|| text.to_owned()),
            Writing::Csv => is_free_of(&['"', ',', '\n', '\r']).then(|| text.to_owned()),
            Writing::Quoted => Some(text.replace('"', "\"\"")),
            Writing::Json => {
                let quoted = serde_json::to_string(text).ok()?;
                quoted.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
            }
            Writing::Alignment => Some(alignment_tsv::escaped(text)),
        }
    }

    fn new(writing: Writing) -> Self {
        Self { text: String::new(), places: Vec::new(), writing }
    }

    /// Adds a character written at byte `at` of the file.
    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.places.resize(self.text.len(), at);
    }

    /// Ends the text at byte `at` of the file.
    fn end(mut self, at: usize) -> Self {
        self.places.push(at);
        self
    }
}

/// The cells of all records in the text of a TSV, CSV or JSONL file. `languages` are those of the columns; JSON has none.
///
/// Records that cannot be read are left out. Fails on other formats, and when there are no such columns.
pub fn cells(format: Format, text: &str, path: &Path, languages: &(Lang, Lang)) -> Result<Vec<RowCells>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let skipped = text.len() - body.len();
    match format {
        Format::Tsv => tsv(body, skipped, path, languages),
        Format::Csv => csv(body, skipped, path, languages),
        Format::Jsonl => Ok(jsonl(body, skipped)),
        other => {
            Err(Error::format(path, None, format!("the texts of a {other} file cannot be changed in their place")))
        }
    }
}

/// The cells of the rows of an alignment.tsv, whose segments are joined as `languages` are written.
pub fn alignment_cells(text: &str, languages: (&Lang, &Lang)) -> Vec<RowCells> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rows = lines(body, text.len() - body.len()).enumerate().skip(1).filter_map(|(i, (at, line))| {
        let mut parts = parts(line, at, '\t');
        let (source, target) = (parts.next()?, parts.next().unwrap_or((at + line.len(), "")));
        let cell = |(at, raw): (usize, &str), lang: &Lang| alignment_cell(raw, at, lang.is_unspaced());
        Some(RowCells { line: i + 1, source: cell(source, languages.0), target: cell(target, languages.1) })
    });
    rows.collect()
}

/// The lines with the byte at which each begins, without their ends.
fn lines(text: &str, mut at: usize) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        (start, line.strip_suffix('\r').unwrap_or(line))
    })
}

/// The parts of a line between separators, with the byte at which each begins.
fn parts(line: &str, mut at: usize, separator: char) -> impl Iterator<Item = (usize, &str)> {
    line.split(separator).map(move |part| {
        let start = at;
        at += part.len() + separator.len_utf8();
        (start, part)
    })
}

fn plain(raw: &str, at: usize, writing: Writing) -> Cell {
    let mut cell = Cell::new(writing);
    for (i, c) in raw.char_indices() {
        cell.push(c, at + i);
    }
    cell.end(at + raw.len())
}

fn tsv(text: &str, skipped: usize, path: &Path, languages: &(Lang, Lang)) -> Result<Vec<RowCells>> {
    let mut lines = lines(text, skipped).enumerate();
    let names: Vec<&str> = lines.next().map(|(_, (_, line))| line.split('\t').collect()).unwrap_or_default();
    let (source, target) = Columns::new(&names, Some(languages), path)?.of_texts();
    let rows = lines.filter_map(|(i, (at, line))| {
        let cells: Vec<(usize, &str)> = parts(line, at, '\t').collect();
        let cell = |column: usize| cells.get(column).map(|(at, raw)| plain(raw, *at, Writing::Tsv));
        Some(RowCells { line: i + 1, source: cell(source)?, target: cell(target)? })
    });
    Ok(rows.collect())
}

fn csv(text: &str, skipped: usize, path: &Path, languages: &(Lang, Lang)) -> Result<Vec<RowCells>> {
    let mut records = csv_records(text, skipped).into_iter();
    let names = records.next().map(|(_, cells)| cells).unwrap_or_default();
    let names: Vec<&str> = names.iter().map(|cell| cell.text.as_str()).collect();
    let (source, target) = Columns::new(&names, Some(languages), path)?.of_texts();
    let rows = records.filter_map(|(line, mut cells)| {
        let mut cell =
            |column: usize| cells.get_mut(column).map(|cell| std::mem::replace(cell, Cell::new(Writing::Csv)));
        Some(RowCells { line, source: cell(source)?, target: cell(target)? })
    });
    Ok(rows.collect())
}

/// The records of a CSV file as RFC 4180 has it, with their lines. A `'` that keeps a formula from being run is left out.
fn csv_records(text: &str, skipped: usize) -> Vec<(usize, Vec<Cell>)> {
    let (mut records, mut cells) = (Vec::new(), Vec::new());
    let mut cell = Cell::new(Writing::Csv);
    let (mut line, mut first_line, mut is_quoted, mut is_start) = (1, 1, false, true);
    let mut chars = text.char_indices().peekable();
    let unguarded = |cell: Cell| {
        let is_formula = |text: &str| text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
        match cell.text.strip_prefix('\'').filter(|rest| is_formula(rest)) {
            Some(rest) => {
                Cell { text: rest.to_owned(), places: cell.places.get(1..).unwrap_or_default().to_vec(), ..cell }
            }
            None => cell,
        }
    };
    while let Some((i, c)) = chars.next() {
        let at = skipped + i;
        line += usize::from(c == '\n');
        match c {
            '"' if is_quoted => {
                if chars.next_if(|(_, next)| *next == '"').is_some() {
                    cell.push('"', at);
                } else {
                    is_quoted = false;
                    cell = cell.end(at);
                }
            }
            '"' if is_start => {
                is_quoted = true;
                cell = Cell::new(Writing::Quoted);
            }
            ',' | '\n' | '\r' if !is_quoted => {
                let done = std::mem::replace(&mut cell, Cell::new(Writing::Csv));
                cells.push(unguarded(if done.places.len() > done.text.len() { done } else { done.end(at) }));
                if c != ',' {
                    let record = std::mem::take(&mut cells);
                    if record.len() > 1 || record.iter().any(|cell| !cell.text.is_empty()) {
                        records.push((first_line, record));
                    }
                    first_line = line + usize::from(c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n'));
                }
                is_start = true;
                continue;
            }
            // What stands behind a closing quote is no text to be changed.
            _ if cell.places.len() > cell.text.len() => {}
            c => cell.push(c, at),
        }
        is_start = false;
    }
    if !is_quoted && (!cells.is_empty() || !cell.text.is_empty()) {
        let end = skipped + text.len();
        cells.push(unguarded(if cell.places.len() > cell.text.len() { cell } else { cell.end(end) }));
        records.push((first_line, cells));
    }
    records
}

fn jsonl(text: &str, skipped: usize) -> Vec<RowCells> {
    let rows = lines(text, skipped).enumerate().filter_map(|(i, (at, line))| {
        let record: BTreeMap<String, &serde_json::value::RawValue> = serde_json::from_str(line).ok()?;
        let cell = |key: &str| {
            let raw = record.get(key)?.get();
            // The value is a part of the line.
            let start = raw.as_ptr().addr().checked_sub(line.as_ptr().addr())?;
            json_cell(raw, at + start)
        };
        Some(RowCells { line: i + 1, source: cell("source")?, target: cell("target")? })
    });
    rows.collect()
}

/// The text of a JSON string that begins at byte `at` of the file.
fn json_cell(raw: &str, at: usize) -> Option<Cell> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    let mut cell = Cell::new(Writing::Json);
    let mut chars = inner.char_indices();
    let mut high: Option<(u32, usize)> = None;
    while let Some((i, c)) = chars.next() {
        let place = at + 1 + i;
        if c != '\\' {
            cell.push(c, place);
            continue;
        }
        match chars.next()?.1 {
            'b' => cell.push('\u{8}', place),
            'f' => cell.push('\u{c}', place),
            'n' => cell.push('\n', place),
            'r' => cell.push('\r', place),
            't' => cell.push('\t', place),
            'u' => {
                let hex: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                let unit = u32::from_str_radix(&hex, 16).ok()?;
                match (high.take(), unit) {
                    (None, 0xd800..=0xdbff) => high = Some((unit, place)),
                    (Some((first, place)), 0xdc00..=0xdfff) => {
                        cell.push(char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (unit - 0xdc00))?, place);
                    }
                    _ => cell.push(char::from_u32(unit)?, place),
                }
            }
            sign => cell.push(sign, place),
        }
    }
    Some(cell.end(at + 1 + inner.len()))
}

/// The text of a cell of alignment.tsv: segments, unescaped and joined.
fn alignment_cell(raw: &str, at: usize, is_unspaced: bool) -> Cell {
    let mut cell = Cell::new(Writing::Alignment);
    let mut start = at;
    let mut end = at;
    for part in raw.split(alignment_tsv::SEPARATOR) {
        let segment = part.trim();
        let ahead = part.len() - part.trim_start().len();
        if !segment.is_empty() {
            if !cell.text.is_empty() && !is_unspaced {
                cell.push(' ', end);
            }
            let mut chars = segment.char_indices().peekable();
            while let Some((i, c)) = chars.next() {
                let place = start + ahead + i;
                let escaped =
                    if c == '\\' { chars.peek().and_then(|(_, next)| alignment_tsv::meant(*next)) } else { None };
                if escaped.is_some() {
                    chars.next();
                }
                cell.push(escaped.unwrap_or(c), place);
            }
            end = start + ahead + segment.len();
        }
        start += part.len() + alignment_tsv::SEPARATOR.len();
    }
    cell.end(end)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Cell, RowCells, alignment_cells, cells};
    use crate::format::Format;
    use crate::lang::Lang;
    use crate::span::Span;

    fn rows(format: Format, text: &str) -> Vec<RowCells> {
        cells(format, text, Path::new("a"), &(Lang::japanese(), Lang::english())).expect("columns")
    }

    /// The file with `new` in place of `old` in the text of a cell.
    fn changed(file: &str, cell: &Cell, old: &str, new: &str) -> String {
        let start = cell.text.find(old).expect("a part of the text");
        let range = cell.range(Span::new(start, start + old.len())).expect("a range");
        let mut file = file.to_owned();
        file.replace_range(range, &cell.written(new).expect("a text that can be written"));
        file
    }

    fn texts(rows: &[RowCells]) -> Vec<(usize, &str, &str)> {
        rows.iter().map(|row| (row.line, row.source.text.as_str(), row.target.text.as_str())).collect()
    }

    #[test]
    fn a_tsv_cell_is_changed_in_its_place() {
        let file = "\u{feff}id\ten\tja\r\n1\tMr \"Dawden\" left\tダウデン\r\n\r\n2\tDawden\t去った\r\n";
        let rows = rows(Format::Tsv, file);
        assert_eq!(texts(&rows), [(2, "ダウデン", "Mr \"Dawden\" left"), (4, "去った", "Dawden")]);
        assert_eq!(changed(file, &rows[0].target, "Dawden", "Dowden"), file.replacen("Dawden", "Dowden", 1));
        assert_eq!(rows[0].target.written("a\tb"), None);
    }

    #[test]
    fn a_csv_cell_is_changed_in_its_place() {
        let file = "ja,en\n一,\"He said, \"\"Dawden\"\"\nleft\"\r\n\r\n\"二\",'=Dawden\n三,x";
        let rows = rows(Format::Csv, file);
        assert_eq!(texts(&rows), [(2, "一", "He said, \"Dawden\"\nleft"), (5, "二", "=Dawden"), (6, "三", "x")]);
        assert_eq!(
            changed(file, &rows[0].target, "\"Dawden\"", "\"D\""),
            file.replacen("\"\"Dawden\"\"", "\"\"D\"\"", 1)
        );
        assert_eq!(changed(file, &rows[1].target, "Dawden", "Dowden"), file.replacen("=Dawden", "=Dowden", 1));
        assert_eq!(rows[1].target.written("a,b"), None);
    }

    #[test]
    fn a_json_string_is_changed_in_its_place() {
        let file = "{\"target\": \"\\ud83d\\ude00 Lipavsk\\u00fd\\n\\\"x\", \"n\": {\"source\": 1}, \"source\":\"一\"}\nno\n{\"source\":\"\",\"target\":\"b\"}";
        let rows = rows(Format::Jsonl, file);
        assert_eq!(texts(&rows), [(1, "一", "😀 Lipavský\n\"x"), (3, "", "b")]);
        assert_eq!(
            changed(file, &rows[0].target, "Lipavský", "\"L\""),
            file.replacen("Lipavsk\\u00fd", "\\\"L\\\"", 1)
        );
    }

    #[test]
    fn a_segment_of_an_alignment_is_changed_in_its_place() {
        let file = "ja\ten\tnote\n一\\t ¶ 二\\\\\tOne \\¶ a. ¶  Two. \tnote\n三\t\n";
        let rows = alignment_cells(file, (&Lang::japanese(), &Lang::english()));
        assert_eq!(texts(&rows), [(2, "一\t二\\", "One ¶ a. Two."), (3, "三", "")]);
        assert_eq!(changed(file, &rows[0].target, "Two", "2 ¶"), file.replacen("Two", "2 \\¶", 1));
        assert_eq!(changed(file, &rows[0].source, "二\\", "2"), file.replacen("二\\\\", "2", 1));
    }
}
