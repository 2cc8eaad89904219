//! Any text is read as an alignment.tsv, or refused; what was read survives being written.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use taiyaku::format::alignment_tsv::{Table, read, write};

fuzz_target!(|text: &str| {
    let path = Path::new("alignment.tsv");
    let Ok(table) = read(text, path) else { return };
    let written = text_of(&table);
    let again = read(&written, path).expect("what we write can be read");
    assert_eq!(text_of(&again), written);
    assert_eq!(again.rows.len(), table.rows.len());
    for (row, again) in table.rows.iter().zip(&again.rows) {
        assert_eq!((&row.source, &row.target, row.status), (&again.source, &again.target, again.status));
        assert_eq!((&row.note, &row.ignore), (&again.note, &again.ignore));
    }
});

fn text_of(table: &Table) -> String {
    let mut out = Vec::new();
    write(table, &mut out).expect("memory takes everything");
    String::from_utf8(out).expect("text")
}
