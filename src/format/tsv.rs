//! Pairs as TSV: a head of column names, one pair a line, never quoted.

use std::io::{self, Write};
use std::path::Path;

use super::columns::{Columns, TIMES, head, row, times};
use super::input::{Line, Lines, TextStream, too_long};
use super::reader::{Entry, Records};
use super::{Record, Skipped};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::unit::TranslationUnit;

/// Writes the head.
pub(super) fn write_head(languages: (&Lang, &Lang), out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", head(languages.0, languages.1).join("\t"))
}

/// Writes the head of a table whose units have their times.
pub(super) fn write_head_with_times(languages: (&Lang, &Lang), out: &mut dyn Write) -> io::Result<()> {
    let names: Vec<String> = head(languages.0, languages.1).into_iter().chain(TIMES.map(str::to_owned)).collect();
    writeln!(out, "{}", names.join("\t"))
}

/// Writes a unit with its times.
pub(super) fn write_with_times(unit: &TranslationUnit, record: Option<&Record>, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = row(unit).iter().chain(&times(record)).map(|cell| on_one_line(cell)).collect();
    writeln!(out, "{}", cells.join("\t"))
}

/// Writes a unit. A tab or a line break within a text becomes one space: TSV has no sign for them.
pub(super) fn write(unit: &TranslationUnit, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", row(unit).map(|cell| on_one_line(&cell)).join("\t"))
}

/// Writes records as TSV with their remarks and properties: behind the columns of pairs stand `note` and one column for each
/// name of a property, in the order in which they first come. All of it is read back.
pub fn write_tsv_with_notes(records: &[Record], languages: (&Lang, &Lang), out: &mut dyn Write) -> io::Result<()> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in records.iter().flat_map(|record| &record.properties) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let mut columns = head(languages.0, languages.1).to_vec();
    columns.push("note".to_owned());
    columns.extend(names.iter().map(|name| on_one_line(name)));
    writeln!(out, "{}", columns.join("\t"))?;
    for record in records {
        let mut cells = row(&record.unit).to_vec();
        cells.push(record.note.clone());
        cells.extend(names.iter().map(|column| {
            let value = record.properties.iter().find(|(name, _)| name == column);
            value.map(|(_, value)| value.clone()).unwrap_or_default()
        }));
        let cells: Vec<String> = cells.iter().map(|cell| on_one_line(cell)).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// The rows of a table. `"` is an ordinary character; an empty line is nothing.
pub(super) struct Reader {
    lines: Lines,
    line: String,
    columns: Columns,
}

impl Reader {
    /// Takes the head of the table.
    pub(super) fn new(stream: TextStream, path: &Path, languages: Option<&(Lang, Lang)>) -> Result<Self> {
        let (mut lines, mut line) = (Lines::new(stream), String::new());
        if let Some(Line::TooLong(number)) = lines.read(&mut line)? {
            return Err(Error::format(path, number, too_long()));
        }
        let columns = Columns::new(&cells(&line), languages, path)?;
        Ok(Self { lines, line, columns })
    }
}

impl Records for Reader {
    fn next(&mut self) -> Result<Option<Entry>> {
        loop {
            self.line.clear();
            match self.lines.read(&mut self.line)? {
                None => return Ok(None),
                Some(Line::TooLong(line)) => return Ok(Some(Err(Skipped { line, reason: too_long() }))),
                Some(Line::Read(line)) => {
                    let cells = cells(&self.line);
                    if cells.iter().any(|cell| !cell.is_empty()) {
                        return Ok(Some(self.columns.record(&cells, line).map_err(|reason| Skipped { line, reason })));
                    }
                }
            }
        }
    }

    fn finish(&mut self) -> (Vec<String>, Option<Skipped>) {
        let (mut notes, damage) = self.lines.stream().finish();
        notes.extend(self.columns.note());
        (notes, damage)
    }
}

/// The cells of a line.
fn cells(line: &str) -> Vec<&str> {
    without_break(line).split('\t').collect()
}

/// The line without its line break.
pub(super) fn without_break(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

/// The text with each tab and line break as one space. The line breaks of Unicode count too, since some programs cut
/// lines at them.
fn on_one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\t', '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], " ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{on_one_line, write_tsv_with_notes};
    use crate::format::specimen::{read, unit, units, visible, written};
    use crate::format::{Format, Record, Skipped, Units, write_units};
    use crate::lang::Lang;
    use crate::unit::{Status, TranslationUnit};

    fn written_tsv(units: &[TranslationUnit]) -> String {
        written(|out| write_units(Format::Tsv, units, &Lang::japanese(), &Lang::english(), out))
    }

    fn read_tsv(text: &str) -> Units {
        read("pairs.tsv", text).expect("a head")
    }

    #[test]
    fn pairs_are_written_in_columns_without_quotes() {
        assert_eq!(
            written_tsv(&units()),
            "ja\ten\tconfidence\tstatus\tdocument\n\
             彼は「行く。」と言った。雨だった🌧。\tHe said, \"I'll <go> & see.\"\t0.981\tauto\t2024-05-01-記事\n\
             =1+1 の 答え\t-2 \0, 'quoted' text\t1.000\tconfirmed\t2024-05-01-記事\n\
             訳されない文。\t\t0.500\trejected\t2024-05-01-記事\n"
        );
    }

    #[test]
    fn columns_are_found_by_name_and_optional_ones_may_be_missing() {
        let units = read_tsv("line\tclient\ten\tja\tnote\tid\n7\tACME\t\"Yes\tはい。\t要確認\tu1\r\n\n8\t\tNo\t\n");
        let [yes, no] = units.records.as_slice() else { panic!("{units:?}") };
        assert_eq!((yes.line, yes.id.as_str(), yes.note.as_str()), (7, "u1", "要確認"));
        assert_eq!((yes.unit.source.text(), yes.unit.target.text()), ("\"Yes".to_owned(), "はい。".to_owned()));
        assert_eq!(
            (yes.unit.confidence, yes.unit.status, yes.unit.document.as_str()),
            (1.0, Status::Auto, "pairs.tsv")
        );
        assert!(no.unit.is_one_sided());
    }

    #[test]
    fn bad_rows_are_skipped_and_reported() {
        let units = read_tsv(
            "ja\ten\tconfidence\tstatus\n一\tOne\t2\n二\tTwo\t1\tsure\n三\tThree\t1\tauto\tx\n\t\t1\n四\tFour\n五 Five\n",
        );
        let skipped = |line, reason: &str| Skipped { line, reason: reason.to_owned() };
        assert_eq!(
            units.skipped,
            [
                skipped(2, "\"2\" is no confidence. Write a number from 0 to 1"),
                skipped(3, "\"sure\" is no status. Write auto, confirmed or rejected"),
                skipped(4, "5 cells under 4 columns. Name them all in the first line"),
                skipped(5, "there is no text on either side. Delete the line"),
                skipped(7, "1 cell under 4 columns: a text is missing. Separate all cells"),
            ]
        );
        assert_eq!(units.records.len(), 1);
    }

    #[test]
    fn remarks_and_properties_have_columns_of_their_own() {
        let record = |source: &str, target: &str, note: &str, properties: &[(&str, &str)]| Record {
            note: note.to_owned(),
            properties: properties.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            ..unit(source, target).into()
        };
        let records = [
            record("池。", "Pond.", "要\t確認", &[("score", "99")]),
            record("堰。", "", "", &[("client", "ACME"), ("score", "70")]),
        ];
        let tsv = written(|out| write_tsv_with_notes(&records, (&Lang::japanese(), &Lang::english()), out));
        assert_eq!(
            tsv,
            "ja\ten\tconfidence\tstatus\tdocument\tnote\tscore\tclient\n\
             池。\tPond.\t1.000\tauto\t2024-05-01-記事\t要 確認\t99\t\n\
             堰。\t\t1.000\tauto\t2024-05-01-記事\t\t70\tACME\n"
        );
        let back = read_tsv(&tsv);
        let [pond, weir] = back.records.as_slice() else { panic!("{back:?}") };
        assert_eq!((pond.note.as_str(), &pond.properties), ("要 確認", &records[0].properties));
        assert!(weir.unit.is_one_sided());
    }

    #[test]
    fn a_table_without_languages_is_an_error() {
        for text in ["", "はい。\tYes.\n"] {
            assert!(read("pairs.tsv", text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(texts in prop::collection::vec((".*[^\\s\\p{Cc}]", "(?s).*"), 0..5)) {
            let texts = texts.iter().map(|(source, target)| [source, target].map(|text| visible(text)));
            let units: Vec<_> = texts.map(|[s, t]| unit(&s, if t.trim().is_empty() { "" } else { &t })).collect();
            let back = read_tsv(&written_tsv(&units));
            prop_assert_eq!(&back.skipped, &[]);
            let expected: Vec<_> =
                units.iter().map(|u| (on_one_line(&u.source.text()), on_one_line(&u.target.text()))).collect();
            let found: Vec<_> =
                back.into_units().iter().map(|u| (u.source.text(), u.target.text())).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
