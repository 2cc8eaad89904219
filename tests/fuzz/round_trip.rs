//! What the targets of bilingual files share: bytes are read, written and read again.

use std::io::Cursor;
use std::path::Path;

use taiyaku::error::Result;
use taiyaku::format::{Format, InlineCode, Record, UnitReadOptions, UnitReader, Units, write_records};
use taiyaku::lang::Lang;

/// Reads bytes as a file of that name, and what they hold once more after it was written.
pub fn check(name: &str, format: Format, bytes: &[u8]) {
    let languages = Some((Lang::japanese(), Lang::english()));
    for options in [UnitReadOptions::default(), UnitReadOptions { languages, ..UnitReadOptions::default() }] {
        let Ok(units) = read(name, bytes, &options) else { continue };
        for record in &units.records {
            assert_in_text(&record.source_codes, &record.unit.source.text());
            assert_in_text(&record.target_codes, &record.unit.target.text());
        }
        let Some(first) = units.records.first() else { continue };
        // A table has columns for two languages, and XLIFF has no place for units without a source.
        let pair = (first.unit.source.lang.clone(), first.unit.target.lang.clone());
        let is_written = |record: &&Record| {
            (&record.unit.source.lang, &record.unit.target.lang) == (&pair.0, &pair.1)
                && !(record.unit.source.is_empty() && format == Format::Xliff)
        };
        let records: Vec<Record> = units.records.iter().filter(is_written).cloned().collect();
        let mut written = Vec::new();
        write_records(format, &records, (&pair.0, &pair.1), &mut written).expect("memory takes everything");
        let again = read(name, &written, &UnitReadOptions { languages: Some(pair.clone()), ..options });
        let again = again.unwrap_or_else(|e| panic!("what we write can be read: {e}\n{}", String::from_utf8_lossy(&written)));
        assert!(again.skipped.is_empty(), "{:?}\n{}", again.skipped, String::from_utf8_lossy(&written));
        assert_eq!(again.records.len(), records.len(), "{}", String::from_utf8_lossy(&written));
        for (record, again) in records.iter().zip(&again.records) {
            assert_eq!(texts(again, format), texts(record, format));
            assert_eq!((&again.unit.status, again.source_codes.len()), (&record.unit.status, record.source_codes.len()));
        }
    }
}

fn read(name: &str, bytes: &[u8], options: &UnitReadOptions) -> Result<Units> {
    UnitReader::new(Path::new(name), Cursor::new(bytes.to_vec()), options)?.collect_units()
}

fn assert_in_text(codes: &[InlineCode], text: &str) {
    assert!(codes.is_sorted_by_key(|code| code.at), "{codes:?}");
    assert!(codes.iter().all(|code| text.is_char_boundary(code.at)), "{codes:?} in {text:?}");
}

/// The texts as the format can hold them: XML has no place for some characters, TSV for line breaks.
fn texts(record: &Record, format: Format) -> [String; 2] {
    [&record.unit.source, &record.unit.target].map(|variant| match format {
        Format::Tsv => variant.text().split(is_break).collect::<Vec<_>>().join(" "),
        Format::Tmx | Format::Xliff => variant.text().replace(['\u{fffe}', '\u{ffff}'], ""),
        // A control character in a JSON escape is kept; DEL and the later ones are written as they are, and dropped.
        Format::Jsonl => variant.text().replace(|c: char| matches!(c, '\u{7f}'..='\u{9f}'), ""),
        _ => variant.text(),
    })
}

fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
