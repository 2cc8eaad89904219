//! Units that the formats' tests write: the texts that break files.

use std::io::Cursor;
use std::path::Path;

use super::{UnitReadOptions, UnitReader, Units};
use crate::align::SegmentRange;
use crate::error::Result;
use crate::lang::Lang;
use crate::unit::{Status, TranslationUnit, Variant};

/// A unit of one segment a side; an empty text is an empty side.
pub(super) fn unit(source: &str, target: &str) -> TranslationUnit {
    let variant =
        |lang, text: &str| Variant { lang, segments: if text.is_empty() { Vec::new() } else { vec![text.to_owned()] } };
    TranslationUnit {
        document: "2024-05-01-記事".to_owned(),
        source: variant(Lang::japanese(), source),
        target: variant(Lang::english(), target),
        source_segments: SegmentRange::new(0, usize::from(!source.is_empty())),
        target_segments: SegmentRange::new(0, usize::from(!target.is_empty())),
        confidence: 1.0,
        status: Status::Auto,
    }
}

/// Three units: several segments with quotes and markup, formulas with tabs and control characters, an empty side.
pub(super) fn units() -> Vec<TranslationUnit> {
    let mut first = unit("彼は「行く。」と言った。", "He said, \"I'll <go> & see.\"");
    first.source.segments.push("雨だった🌧。".to_owned());
    first.source_segments = SegmentRange::new(3, 5);
    first.target_segments = SegmentRange::new(3, 4);
    first.confidence = 0.9812;
    let mut second = unit("=1+1\tの\r\n答え", "-2\u{b}\u{0}, 'quoted'\rtext");
    second.source_segments = SegmentRange::new(5, 6);
    second.target_segments = SegmentRange::new(4, 5);
    second.status = Status::Confirmed;
    let mut third = unit("訳されない文。", "");
    third.source_segments = SegmentRange::new(6, 7);
    third.target_segments = SegmentRange::new(5, 5);
    third.confidence = 0.5;
    third.status = Status::Rejected;
    vec![first, second, third]
}

/// What `write` writes, as text.
pub(super) fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("formats are UTF-8")
}

/// What a file of that name and content holds.
pub(super) fn read(name: &str, content: impl AsRef<[u8]>) -> Result<Units> {
    read_as(name, content, &UnitReadOptions::default())
}

/// The same, asked for two languages.
pub(super) fn read_in(name: &str, content: impl AsRef<[u8]>, languages: (Lang, Lang)) -> Result<Units> {
    read_as(name, content, &UnitReadOptions { languages: Some(languages), ..UnitReadOptions::default() })
}

/// The same, with options.
pub(super) fn read_as(name: &str, content: impl AsRef<[u8]>, options: &UnitReadOptions) -> Result<Units> {
    UnitReader::new(Path::new(name), Cursor::new(content.as_ref().to_vec()), options)?.collect_units()
}

/// A text as a file gives it back: without control characters.
pub(super) fn visible(text: &str) -> String {
    text.replace(crate::document::is_unwanted, "")
}
