//! Pairs as TSV: a head of column names, one pair a line, never quoted.

use std::io::{self, Write};
use std::path::Path;

use super::Units;
use super::columns::{Columns, head, row};
use crate::error::Result;
use crate::lang::Lang;
use crate::unit::TranslationUnit;

/// Writes the units. A tab or a line break within a text becomes one space: TSV has no sign for them.
pub(super) fn write(
    units: &[TranslationUnit],
    source_lang: &Lang,
    target_lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", head(source_lang, target_lang).join("\t"))?;
    for unit in units {
        writeln!(out, "{}", row(unit).map(|cell| on_one_line(&cell)).join("\t"))?;
    }
    Ok(())
}

/// Reads a table. `"` is an ordinary character; an empty line is nothing.
pub(super) fn read(text: &str, path: &Path, languages: Option<(&Lang, &Lang)>) -> Result<Units> {
    let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.split('\t').collect::<Vec<_>>()));
    let names = lines.next().map(|(_, names)| names).unwrap_or_default();
    let columns = Columns::new(&names, languages, path)?;
    let mut units = Units::default();
    for (line, cells) in lines.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())) {
        units.add(line, columns.record(&cells, line, path));
    }
    Ok(units)
}

/// The text with each tab and line break as one space. The line breaks of Unicode count too, since some programs cut
/// lines at them.
fn on_one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\t', '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], " ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::{on_one_line, read, write};
    use crate::format::specimen::{unit, units, written};
    use crate::format::{Skipped, Units};
    use crate::lang::Lang;
    use crate::unit::{Status, TranslationUnit};

    fn written_tsv(units: &[TranslationUnit]) -> String {
        written(|out| write(units, &Lang::japanese(), &Lang::english(), out))
    }

    fn read_tsv(text: &str) -> Units {
        read(text, Path::new("pairs.tsv"), None).expect("a head")
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
    fn a_table_without_languages_is_an_error() {
        for text in ["", "はい。\tYes.\n"] {
            assert!(read(text, Path::new("pairs.tsv"), None).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(texts in prop::collection::vec((".*[^\\s]", "(?s).*"), 0..5)) {
            let units: Vec<_> = texts.iter().map(|(s, t)| unit(s, if t.trim().is_empty() { "" } else { t })).collect();
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
