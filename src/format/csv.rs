//! Pairs as CSV: the columns of TSV, quoted where needed, with formulas made harmless.

use std::io::{self, Write};
use std::path::Path;

use super::Units;
use super::columns::{Columns, head, row};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::unit::TranslationUnit;

/// Writes the units. A cell that a spreadsheet would take for a formula gets a leading `'`.
pub(super) fn write(
    units: &[TranslationUnit],
    source_lang: &Lang,
    target_lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(head(source_lang, target_lang))?;
    for unit in units {
        writer.write_record(row(unit).map(neutralised))?;
    }
    writer.flush()
}

/// Reads a table and takes the `'` of neutralised cells away again.
pub(super) fn read(text: &str, path: &Path, languages: Option<(&Lang, &Lang)>) -> Result<Units> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = reader.into_records().peekable();
    let head = rows.next().transpose().map_err(|e| Error::format(path, 1, e.to_string()))?.unwrap_or_default();
    let columns = Columns::new(&head.iter().collect::<Vec<_>>(), languages, path)?;
    let mut units = Units::default();
    let is_open = ends_in_quotes(text);
    while let Some(row) = rows.next() {
        let row = row.map_err(|e| Error::format(path, None, e.to_string()))?;
        let line = row.position().map_or(0, |position| line_at(text, position));
        let cells: Vec<&str> = row.iter().map(restored).collect();
        if is_open && rows.peek().is_none() {
            let reason = "a cell begins with \" and never ends, so that all that follows is one cell. \
                          Write the \" at its end, or write every \" within a text as \"\"";
            units.add(line, Err(reason.to_owned()));
        } else if cells.iter().any(|cell| !cell.is_empty()) {
            units.add(line, columns.record(&cells, line, path));
        }
    }
    Ok(units)
}

/// Whether a quoted cell is still open where the text ends.
fn ends_in_quotes(text: &str) -> bool {
    let (mut is_quoted, mut is_start) = (false, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            // A doubled quotation mark is one of the text.
            b'"' if is_quoted => is_quoted = bytes.next_if_eq(&b'"').is_some(),
            b'"' if is_start => is_quoted = true,
            _ => {}
        }
        is_start = !is_quoted && matches!(byte, b',' | b'\n' | b'\r');
    }
    is_quoted
}

/// The line of a record, from 1. The reader's position stands before the empty lines that lead to the record.
fn line_at(text: &str, position: &csv::Position) -> usize {
    let ahead = text.as_bytes().get(position.byte() as usize..).unwrap_or_default();
    let breaks = ahead.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    position.line() as usize + breaks
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
    use std::path::Path;

    use proptest::prelude::*;

    use super::{neutralised, read, write};
    use crate::format::specimen::{unit, units, written};
    use crate::format::{Skipped, Units};
    use crate::lang::Lang;
    use crate::unit::TranslationUnit;

    fn written_csv(units: &[TranslationUnit]) -> String {
        written(|out| write(units, &Lang::japanese(), &Lang::english(), out))
    }

    fn read_csv(text: &str) -> Units {
        read(text, Path::new("pairs.csv"), None).expect("a head")
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
        fn what_is_written_is_read_back(texts in prop::collection::vec(("(?s)['=+@\t\r-]{0,3}.*[^\\s]", "(?s).*"), 0..5)) {
            let units: Vec<_> = texts.iter().map(|(s, t)| unit(s, if t.trim().is_empty() { "" } else { t })).collect();
            let back = read_csv(&written_csv(&units));
            prop_assert_eq!(&back.skipped, &[]);
            let found: Vec<_> = back.into_units().into_iter().map(|u| (u.source, u.target)).collect();
            let expected: Vec<_> = units.into_iter().map(|u| (u.source, u.target)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
