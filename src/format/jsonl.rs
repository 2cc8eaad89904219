//! Pairs as JSONL: one object a pair, one a line.

use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::input::{Line, Lines, TextStream, too_long};
use super::reader::{Entry, Records};
use super::tsv::without_break;
use super::{Record, Skipped, columns, confidence, timestamp};
use crate::align::SegmentRange;
use crate::error::Result;
use crate::lang::Lang;
use crate::unit::{Status, TranslationUnit};

/// A pair as it is written, in the order of its keys.
#[derive(Debug, Serialize)]
struct Written<'u> {
    document: &'u str,
    source_language: &'u Lang,
    target_language: &'u Lang,
    source: String,
    target: String,
    source_segments: Vec<usize>,
    target_segments: Vec<usize>,
    confidence: f64,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<&'u str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<&'u str>,
}

/// A pair as it is read. Keys of other programs are ignored.
#[derive(Debug, Deserialize)]
struct Read {
    document: Option<String>,
    source_language: Option<Lang>,
    target_language: Option<Lang>,
    source: String,
    target: String,
    #[serde(default)]
    source_segments: Vec<usize>,
    #[serde(default)]
    target_segments: Vec<usize>,
    confidence: Option<f64>,
    status: Option<Status>,
    line: Option<usize>,
    id: Option<String>,
    note: Option<String>,
    ignore: Option<String>,
    created: Option<String>,
    changed: Option<String>,
}

/// Writes a unit, with its times where they are known.
pub(super) fn write(unit: &TranslationUnit, record: Option<&Record>, out: &mut dyn Write) -> io::Result<()> {
    let pair = Written {
        document: &unit.document,
        source_language: &unit.source.lang,
        target_language: &unit.target.lang,
        source: unit.source.text(),
        target: unit.target.text(),
        source_segments: unit.source_segments.indices().collect(),
        target_segments: unit.target_segments.indices().collect(),
        // The number that the other formats show.
        confidence: confidence::write(unit.confidence).parse().unwrap_or_default(),
        status: unit.status,
        created: record.and_then(|record| record.created.as_deref()),
        changed: record.and_then(|record| record.changed.as_deref()),
    };
    serde_json::to_writer(&mut *out, &pair)?;
    out.write_all(b"\n")
}

/// The pairs of a file.
pub(super) struct Reader {
    lines: Lines,
    line: String,
    /// The document of the pairs that name none.
    file: String,
    /// Taken where a record names none.
    languages: Option<(Lang, Lang)>,
}

impl Reader {
    /// The pairs of `stream`.
    pub(super) fn new(stream: TextStream, path: &Path, languages: Option<&(Lang, Lang)>) -> Self {
        let file = path.display().to_string();
        Self { lines: Lines::new(stream), line: String::new(), file, languages: languages.cloned() }
    }
}

impl Records for Reader {
    fn next(&mut self) -> Result<Option<Entry>> {
        loop {
            self.line.clear();
            match self.lines.read(&mut self.line)? {
                None => return Ok(None),
                Some(Line::TooLong(line)) => return Ok(Some(Err(Skipped { line, reason: too_long() }))),
                Some(Line::Read(line)) if !self.line.trim().is_empty() => {
                    let record = record(without_break(&self.line), line, &self.file, self.languages.as_ref());
                    return Ok(Some(record.map_err(|reason| Skipped { line, reason })));
                }
                Some(Line::Read(_)) => {}
            }
        }
    }

    fn finish(&mut self) -> (Vec<String>, Option<Skipped>) {
        self.lines.stream().finish()
    }
}

fn record(
    json: &str,
    line: usize,
    file: &str,
    languages: Option<&(Lang, Lang)>,
) -> std::result::Result<Record, String> {
    if !json.trim_start().starts_with('{') {
        return Err("this is no pair: a pair is a JSON object with a \"source\" and a \"target\"".to_owned());
    }
    let read: Read = serde_json::from_str(json).map_err(|e| format!("this is no pair: {}", without_line(&e)))?;
    let language = |own: Option<Lang>, given: Option<&Lang>, key: &str| {
        own.or_else(|| given.cloned()).ok_or_else(|| format!("the languages are not known. Add {key:?} to the record"))
    };
    let source_lang = language(read.source_language, languages.map(|l| &l.0), "source_language")?;
    let target_lang = language(read.target_language, languages.map(|l| &l.1), "target_language")?;
    let unit = TranslationUnit {
        document: read.document.filter(|name| !name.is_empty()).unwrap_or_else(|| file.to_owned()),
        source: columns::variant(&source_lang, &read.source),
        target: columns::variant(&target_lang, &read.target),
        source_segments: range(&read.source_segments)?,
        target_segments: range(&read.target_segments)?,
        confidence: read.confidence.map_or(Ok(1.0), |value| confidence::read(&value.to_string()))?,
        status: read.status.unwrap_or_default(),
    };
    if unit.source.is_empty() && unit.target.is_empty() {
        return Err("there is no text on either side. Delete the line".to_owned());
    }
    let line = read.line.unwrap_or(line);
    Ok(Record {
        line,
        id: read.id.unwrap_or_default(),
        note: read.note.unwrap_or_default(),
        ignore: read.ignore.unwrap_or_default(),
        created: read.created.as_deref().and_then(timestamp::read),
        changed: read.changed.as_deref().and_then(timestamp::read),
        ..unit.into()
    })
}

/// The range that segment numbers make; no numbers are the empty range at 0.
fn range(segments: &[usize]) -> std::result::Result<SegmentRange, String> {
    let Some(&start) = segments.first() else { return Ok(SegmentRange::default()) };
    if segments.windows(2).any(|pair| matches!(pair, [a, b] if a.checked_add(1) != Some(*b))) || start == usize::MAX {
        return Err(format!(
            "the segments {segments:?} do not follow one another. Write them in order and without gaps"
        ));
    }
    Ok(SegmentRange::new(start, start.saturating_add(segments.len())))
}

/// The parser's message with the column only: it sees one line at a time and calls it line 1.
fn without_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rsplit_once(" at line ") {
        Some((what, _)) => format!("{what} at column {}", error.column()),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::align::SegmentRange;
    use crate::format::specimen::{read, read_in, unit, units, visible, written};
    use crate::format::{Format, Units, write_units};
    use crate::lang::Lang;
    use crate::unit::Status;

    fn read_jsonl(text: &str) -> Units {
        read("pairs.jsonl", text).expect("a text")
    }

    #[test]
    fn pairs_are_written_one_a_line() {
        let head = r#"{"document":"2024-05-01-記事","source_language":"ja","target_language":"en","#;
        let expected = [
            r#""source":"彼は「行く。」と言った。雨だった🌧。","target":"He said, \"I'll <go> & see.\"","source_segments":[3,4],"target_segments":[3],"confidence":0.981,"status":"auto"}"#,
            r#""source":"=1+1\tの\r\n答え","target":"-2\u000b\u0000, 'quoted'\rtext","source_segments":[5],"target_segments":[4],"confidence":1.0,"status":"confirmed"}"#,
            r#""source":"訳されない文。","target":"","source_segments":[6],"target_segments":[],"confidence":0.5,"status":"rejected"}"#,
        ]
        .map(|rest| format!("{head}{rest}\n"))
        .concat();
        assert_eq!(
            written(|out| write_units(Format::Jsonl, &units(), &Lang::japanese(), &Lang::english(), out)),
            expected
        );
    }

    #[test]
    fn a_pair_needs_its_texts_only_where_the_languages_are_given() {
        let text = r#"{"source": "はい。", "target": "Yes.", "score": {"x": 1}}"#;
        let given = read_in("p.jsonl", text, (Lang::japanese(), Lang::english())).expect("a text");
        assert_eq!(given.records.len(), 1);
        assert_eq!(given.records[0].unit.document, "p.jsonl");
        assert_eq!(
            read_jsonl(text).skipped[0].reason,
            "the languages are not known. Add \"source_language\" to the record"
        );
    }

    #[test]
    fn bad_records_are_skipped_and_reported() {
        let head = r#""source_language":"ja","target_language":"en""#;
        let text = format!(
            "{{\"source\":\n\n{{{head},\"source\":\"一\",\"target\":\"One\",\"source_segments\":[1,3]}}\n\
             {{{head},\"source\":\"\",\"target\":\"\"}}\n{{{head},\"source\":\"一\",\"target\":\"One\",\"confidence\":1.5}}\n"
        );
        let skipped: Vec<_> = read_jsonl(&text).skipped.into_iter().map(|s| (s.line, s.reason)).collect();
        let expected = [
            (1, "this is no pair: EOF while parsing a value at column 10"),
            (3, "the segments [1, 3] do not follow one another. Write them in order and without gaps"),
            (4, "there is no text on either side. Delete the line"),
            (5, "\"1.5\" is no confidence. Write a number from 0 to 1"),
        ];
        assert_eq!(skipped, expected.map(|(line, reason)| (line, reason.to_owned())));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            pairs in prop::collection::vec(("(?s).*[^\\s\\p{Cc}]", "(?s).*", 0u16..=1000, 0usize..9, prop::sample::select(vec![Status::Auto, Status::Confirmed, Status::Rejected])), 0..5)
        ) {
            let units: Vec<_> = pairs.iter().map(|(s, t, confidence, start, status)| {
                let [s, t] = [s, t].map(|text| visible(text));
                let mut unit = unit(&s, if t.trim().is_empty() { "" } else { &t });
                unit.confidence = f64::from(*confidence) / 1000.0;
                unit.source_segments = SegmentRange::new(*start, start + 2);
                unit.status = *status;
                unit
            }).collect();
            let back = read_jsonl(&written(|out| write_units(Format::Jsonl, &units, &Lang::japanese(), &Lang::english(), out)));
            prop_assert_eq!(&back.skipped, &[]);
            prop_assert_eq!(back.into_units(), units);
        }
    }
}
