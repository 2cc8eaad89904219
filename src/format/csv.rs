//! Pairs as CSV: the columns of TSV, quoted where needed, with formulas made harmless.

use std::io::{self, Write};
use std::path::Path;

use super::columns::{Columns, TIMES, head, row, times};
use super::input::{Line, Lines, TextStream, too_long};
use super::reader::{Entry, Records};
use super::tsv::without_break;
use super::{Record, Skipped};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::unit::TranslationUnit;

/// Writes the head.
pub(super) fn write_head(languages: (&Lang, &Lang), out: &mut csv::Writer<impl Write>) -> io::Result<()> {
    Ok(out.write_record(head(languages.0, languages.1))?)
}

/// Writes the head of a table whose units have their times.
pub(super) fn write_head_with_times(languages: (&Lang, &Lang), out: &mut csv::Writer<impl Write>) -> io::Result<()> {
    Ok(out.write_record(head(languages.0, languages.1).into_iter().chain(TIMES.map(str::to_owned)))?)
}

/// Writes a unit with its times.
pub(super) fn write_with_times(
    unit: &TranslationUnit,
    record: Option<&Record>,
    out: &mut csv::Writer<impl Write>,
) -> io::Result<()> {
    Ok(out.write_record(row(unit).map(neutralised).into_iter().chain(times(record)))?)
}

/// Writes a unit. A cell that a spreadsheet would take for a formula gets a leading `'`.
pub(super) fn write(unit: &TranslationUnit, out: &mut csv::Writer<impl Write>) -> io::Result<()> {
    Ok(out.write_record(row(unit).map(neutralised))?)
}

/// The rows of a table, with the `'` of neutralised cells taken away again.
pub(super) struct Reader {
    lines: Lines,
    row: String,
    columns: Columns,
}

impl Reader {
    /// Takes the head of the table.
    pub(super) fn new(stream: TextStream, path: &Path, languages: Option<&(Lang, Lang)>) -> Result<Self> {
        let (mut lines, mut row) = (Lines::new(stream), String::new());
        read_row(&mut lines, &mut row)?.unwrap_or(Ok(1)).map_err(|s| Error::format(path, s.line, s.reason))?;
        let head = cells(&row);
        let columns = Columns::new(&head.iter().map(String::as_str).collect::<Vec<_>>(), languages, path)?;
        Ok(Self { lines, row, columns })
    }
}

impl Records for Reader {
    fn next(&mut self) -> Result<Option<Entry>> {
        while let Some(row) = read_row(&mut self.lines, &mut self.row)? {
            let line = match row {
                Ok(line) => line,
                Err(skipped) => return Ok(Some(Err(skipped))),
            };
            let cells = cells(&self.row);
            let cells: Vec<&str> = cells.iter().map(|cell| restored(cell)).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                return Ok(Some(self.columns.record(&cells, line).map_err(|reason| Skipped { line, reason })));
            }
        }
        Ok(None)
    }

    fn finish(&mut self) -> (Vec<String>, Option<Skipped>) {
        let (mut notes, damage) = self.lines.stream().finish();
        notes.extend(self.columns.note());
        (notes, damage)
    }
}

/// Reads the next row, which has several lines where a quoted cell has; its first line, from 1.
fn read_row(lines: &mut Lines, row: &mut String) -> Result<Option<std::result::Result<usize, Skipped>>> {
    row.clear();
    let (mut first, mut quotes, mut scanned) = (None, Quotes::default(), 0);
    loop {
        match lines.read(row)? {
            // A row ends with its line break; without one, the file ends.
            Some(Line::Read(line)) => {
                let line = *first.get_or_insert(line);
                quotes.feed(row.bytes().skip(scanned));
                scanned = row.len();
                if !quotes.is_open() {
                    return Ok(Some(Ok(line)));
                }
            }
            Some(Line::TooLong(line)) => {
                let reason = if quotes.is_open() { never_ends() } else { too_long() };
                return Ok(Some(Err(Skipped { line: first.unwrap_or(line), reason })));
            }
            None => return Ok(first.map(|line| Err(Skipped { line, reason: never_ends() }))),
        }
    }
}

fn never_ends() -> String {
    "a cell begins with \" and never ends, so that all that follows is one cell. \
     Write the \" at its end, or write every \" within a text as \"\""
        .to_owned()
}

/// Whether the text read so far ends within a quoted cell.
#[derive(Debug)]
struct Quotes {
    is_quoted: bool,
    /// Whether a cell begins here.
    is_start: bool,
}

impl Default for Quotes {
    fn default() -> Self {
        Self { is_quoted: false, is_start: true }
    }
}

impl Quotes {
    /// Goes on with whole lines.
    fn feed(&mut self, bytes: impl Iterator<Item = u8>) {
        let mut bytes = bytes.peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                // A doubled quotation mark is one of the text.
                b'"' if self.is_quoted => self.is_quoted = bytes.next_if_eq(&b'"').is_some(),
                b'"' if self.is_start => self.is_quoted = true,
                _ => {}
            }
            self.is_start = !self.is_quoted && byte == b',';
        }
    }

    fn is_open(&self) -> bool {
        self.is_quoted
    }
}

/// The cells of a row, as RFC 4180 has them; what follows the closing quotation mark of a cell belongs to it.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let (mut is_quoted, mut is_start) = (false, true);
    let mut chars = without_break(row).chars().peekable();
    while let Some(c) = chars.next() {
        let was_start = std::mem::replace(&mut is_start, false);
        match c {
            '"' if is_quoted => {
                is_quoted = chars.next_if_eq(&'"').is_some();
                if !is_quoted {
                    continue;
                }
            }
            '"' if was_start => {
                is_quoted = true;
                continue;
            }
            ',' if !is_quoted => {
                cells.push(String::new());
                is_start = true;
                continue;
            }
            _ => {}
        }
        if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
    }
    cells
}

/// The cell with a `'` before what begins a formula. A cell that looks so already gets one more, so that every text
/// comes back as it was.
fn neutralised(cell: String) -> String {
    if begins_formula(&cell) { format!("'{cell}") } else { cell }
}

/// The cell as it was before [`neutralised`].
fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|inner| begins_formula(inner)).unwrap_or(cell)
}

/// Whether a spreadsheet would run the text, or would once its leading `'` are gone.
fn begins_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::neutralised;
    use crate::format::specimen::{read, unit, units, visible, written};
    use crate::format::{Format, Skipped, Units, write_units};
    use crate::lang::Lang;
    use crate::unit::TranslationUnit;

    fn written_csv(units: &[TranslationUnit]) -> String {
        written(|out| write_units(Format::Csv, units, &Lang::japanese(), &Lang::english(), out))
    }

    fn read_csv(text: &str) -> Units {
        read("pairs.csv", text).expect("a head")
    }

    #[test]
    fn pairs_are_written_quoted_where_needed() {
        assert_eq!(
            written_csv(&units()),
            "ja,en,confidence,status,document\n\
             彼は「行く。」と言った。雨だった🌧。,\"He said, \"\"I'll <go> & see.\"\"\",0.981,auto,2024-05-01-記事\n\
             \"'=1+1\tの\r\n答え\",\"'-2\u{b}\0, 'quoted'\rtext\",1.000,confirmed,2024-05-01-記事\n\
             訳されない文。,,0.500,rejected,2024-05-01-記事\n"
        );
    }

    #[test]
    fn formulas_are_neutralised_and_other_text_is_not() {
        for (text, cell) in [
            ("=SUM(A1)", "'=SUM(A1)"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@here", "'@here"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("'=x", "''=x"),
            ("'tis", "'tis"),
            ("a=b", "a=b"),
            ("ー線", "ー線"),
        ] {
            assert_eq!(neutralised(text.to_owned()), cell);
        }
    }

    #[test]
    fn bad_rows_are_reported_with_the_line_where_they_begin() {
        let units = read_csv("ja,en,confidence\n\"一\n行\",One,0.5\n\r\n\n二,Two,x\n三,Three,1,4\n");
        let skipped = |line, reason: &str| Skipped { line, reason: reason.to_owned() };
        assert_eq!(
            units.skipped,
            [
                skipped(6, "\"x\" is no confidence. Write a number from 0 to 1"),
                skipped(7, "4 cells under 3 columns. Name them all in the first line"),
            ]
        );
        let [record] = units.records.as_slice() else { panic!("{units:?}") };
        assert_eq!((record.line, record.unit.source.text()), (2, "一\n行".to_owned()));
    }

    #[test]
    fn a_quote_that_never_ends_is_reported_with_its_line() {
        let units = read_csv("ja,en\n一,One\n\"二,Two\n三,Three\n");
        assert_eq!(units.records.len(), 1);
        let [skipped] = units.skipped.as_slice() else { panic!("{units:?}") };
        assert_eq!(skipped.line, 3);
        assert!(skipped.reason.starts_with("a cell begins with \" and never ends"), "{}", skipped.reason);
        for whole in ["ja,en\n\"一\"\"\",\"\"\n", "ja,en\n5\" 一,One \"\n", "ja,en\n\"a\"b\"c,d\n"] {
            assert_eq!(read_csv(whole).skipped, [], "{whole}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(texts in prop::collection::vec(("(?s)['=+@\t\r-]{0,3}.*[^\\s\\p{Cc}]", "(?s).*"), 0..5)) {
            let texts = texts.iter().map(|(source, target)| [source, target].map(|text| visible(text)));
            let units: Vec<_> = texts.map(|[s, t]| unit(&s, if t.trim().is_empty() { "" } else { &t })).collect();
            let back = read_csv(&written_csv(&units));
            prop_assert_eq!(&back.skipped, &[]);
            let found: Vec<_> = back.into_units().into_iter().map(|u| (u.source, u.target)).collect();
            let expected: Vec<_> = units.into_iter().map(|u| (u.source, u.target)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
