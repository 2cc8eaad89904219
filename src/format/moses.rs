//! Two files whose lines translate each other, one by one, as Moses and OPUS have them.

use std::path::Path;

use super::input::{Line, Lines, TextStream, too_long};
use super::reader::{Entry, Records};
use super::{Record, Skipped, columns};
use crate::align::SegmentRange;
use crate::error::Result;
use crate::lang::Lang;
use crate::unit::{Status, TranslationUnit};

/// The pairs of two files.
pub(super) struct Reader {
    sides: [Side; 2],
    /// What the units' document is: the name of the source file.
    document: String,
    is_ended: bool,
}

struct Side {
    lines: Lines,
    lang: Lang,
    name: String,
    text: String,
}

impl Side {
    /// Reads the next line into `text`; `None` behind the last.
    fn read(&mut self) -> Result<Option<Line>> {
        self.text.clear();
        self.lines.read(&mut self.text)
    }
}

impl Reader {
    /// The pairs of the source's and the target's lines.
    pub(super) fn new(sides: [TextStream; 2], paths: [&Path; 2], languages: (Lang, Lang)) -> Self {
        let [source, target] = sides.map(Lines::new);
        let [source_name, target_name] = paths.map(|path| path.display().to_string());
        let side = |lines, lang, name| Side { lines, lang, name, text: String::new() };
        let document = source_name.clone();
        Self {
            sides: [side(source, languages.0, source_name), side(target, languages.1, target_name)],
            document,
            is_ended: false,
        }
    }
}

impl Records for Reader {
    fn next(&mut self) -> Result<Option<Entry>> {
        if self.is_ended {
            return Ok(None);
        }
        let [source, target] = &mut self.sides;
        let skipped = |line, reason| Ok(Some(Err(Skipped { line, reason })));
        match (source.read()?, target.read()?) {
            (None, None) => Ok(None),
            (Some(Line::Read(line)), Some(Line::Read(_))) => {
                let variant = |side: &Side| columns::variant(&side.lang, side.text.trim_end_matches(['\n', '\r']));
                let (source, target) = (variant(source), variant(target));
                if source.is_empty() || target.is_empty() {
                    return skipped(
                        line,
                        "there is no text on one side or on both. Delete the line in both files".to_owned(),
                    );
                }
                let unit = TranslationUnit {
                    document: self.document.clone(),
                    source,
                    target,
                    source_segments: SegmentRange::default(),
                    target_segments: SegmentRange::default(),
                    confidence: 1.0,
                    status: Status::Auto,
                };
                Ok(Some(Ok(Record { line, ..unit.into() })))
            }
            (Some(line), None) | (None, Some(line)) => {
                self.is_ended = true;
                let (Line::Read(line) | Line::TooLong(line)) = line;
                let reason = format!(
                    "{} and {} have different numbers of lines: one of them ends here. Check that they belong together",
                    source.name, target.name
                );
                skipped(line, reason)
            }
            (Some(Line::TooLong(line)), _) | (_, Some(Line::TooLong(line))) => skipped(line, too_long()),
        }
    }

    fn finish(&mut self) -> (Vec<String>, Option<Skipped>) {
        let [(mut notes, damage), (more, other)] = self.sides.each_mut().map(|side| side.lines.stream().finish());
        notes.extend(more);
        (notes, damage.or(other))
    }
}
