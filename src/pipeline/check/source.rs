//! Files that were checked, opened again to point at a place in them or to change it.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, ISO_2022_JP, KOI8_R, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
};

use super::file::is_alignment;
use crate::check::{Place, Side};
use crate::document::{decode, load};
use crate::error::{Error, Result};
use crate::format::Format;
use crate::format::cells::{Cell, RowCells, alignment_cells, cells};
use crate::format::findings::{Checked, Region};

/// Encodings that a text may be written back in, beside those of Unicode.
const LEGACY: [&Encoding; 10] =
    [SHIFT_JIS, EUC_JP, ISO_2022_JP, GB18030, BIG5, EUC_KR, WINDOWS_1252, WINDOWS_1250, WINDOWS_1251, KOI8_R];

/// A file as it lies on disk, and its text.
#[derive(Debug)]
pub(super) struct SourceFile {
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// How its text is stored; `None` where the text does not give the file's bytes again.
    stored: Option<Stored>,
}

/// A form in which a text is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stored {
    Utf8 { bom: bool },
    Utf16 { bom: bool, is_big: bool },
    Legacy(&'static Encoding),
}

impl SourceFile {
    pub(super) fn open(path: &Path, encoding: Option<&str>) -> Result<Self> {
        let bytes = load(path)?;
        let (text, _) = decode(&path.display().to_string(), &bytes, encoding)?;
        let stored = Stored::all().find(|stored| stored.bytes(&text).is_some_and(|again| again == bytes));
        Ok(Self { path: path.to_owned(), text, stored })
    }

    /// Another text as bytes in the encoding of the file. Fails when the file's own text does not give its bytes again, so
    /// that more than the change would be changed, and when the text has characters that the encoding lacks.
    pub(super) fn encoded(&self, text: &str) -> Result<Vec<u8>> {
        let stored = self.stored.ok_or_else(|| {
            let message =
                "it holds characters or line ends that cannot be written back as they are. Save it as UTF-8 first";
            Error::format(&self.path, None, message)
        })?;
        stored.bytes(text).ok_or_else(|| {
            let message = "its encoding lacks a character of the correction. Save it as UTF-8 first";
            Error::format(&self.path, None, message)
        })
    }
}

impl Stored {
    /// All forms, the commonest first.
    fn all() -> impl Iterator<Item = Self> {
        let utf_8 = [false, true].map(|bom| Self::Utf8 { bom });
        let utf_16 = [(true, false), (true, true), (false, false), (false, true)];
        let utf_16 = utf_16.map(|(bom, is_big)| Self::Utf16 { bom, is_big });
        utf_8.into_iter().chain(utf_16).chain(LEGACY.map(Self::Legacy))
    }

    /// The text in this form, if it has all its characters.
    fn bytes(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Utf8 { bom } => Some([if bom { "\u{feff}" } else { "" }, text].concat().into_bytes()),
            Self::Utf16 { bom, is_big } => {
                let mark = bom.then_some(0xfeff);
                let units = mark.into_iter().chain(text.encode_utf16());
                Some(units.flat_map(|unit| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect())
            }
            Self::Legacy(encoding) => {
                let (bytes, _, has_unmappable) = encoding.encode(text);
                (!has_unmappable).then(|| bytes.into_owned())
            }
        }
    }
}

/// The cells of the lines of a checked text that stand in one file, by their index in the bitext.
pub(super) fn line_cells(checked: &Checked, file: &SourceFile) -> Result<BTreeMap<usize, RowCells>> {
    let languages = (&checked.bitext.source, &checked.bitext.target);
    let rows = if is_alignment(&file.path) {
        alignment_cells(&file.text, languages)
    } else {
        let format = Format::from_path(&file.path).unwrap_or(Format::Tsv);
        cells(format, &file.text, &file.path, &(languages.0.clone(), languages.1.clone()))?
    };
    // A line is known by its number, or else by its texts: the numbers may be those of a column.
    let mut by_texts: BTreeMap<(&str, &str), VecDeque<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        by_texts.entry((row.source.text.trim(), row.target.text.trim())).or_default().push_back(i);
    }
    let name = file.path.display().to_string();
    let mut found = BTreeMap::new();
    let lines = checked.bitext.lines.iter().zip(&checked.origins).enumerate();
    for (i, (line, origin)) in lines.filter(|(_, (_, origin))| *origin.file == *name) {
        let Some(same) = by_texts.get_mut(&(line.source.trim(), line.target.trim())) else { continue };
        let at_line = same.iter().position(|row| rows.get(*row).is_some_and(|row| row.line == origin.line));
        if let Some(row) = same.remove(at_line.unwrap_or(0)).and_then(|row| rows.get(row)) {
            found.insert(i, row.clone());
        }
    }
    Ok(found)
}

/// The cell of a place, if the text in it is the one that was checked.
pub(super) fn cell<'c>(checked: &Checked, cells: &'c BTreeMap<usize, RowCells>, place: Place) -> Option<&'c Cell> {
    let (line, row) = (checked.bitext.lines.get(place.line)?, cells.get(&place.line)?);
    let (text, cell) = match place.side {
        Side::Source => (&line.source, &row.source),
        Side::Target => (&line.target, &row.target),
    };
    (*text == cell.text).then_some(cell)
}

/// Finds where in their files the findings of checked texts stand. What cannot be found stays unknown: findings in files
/// that have no plain lines, and in standard input. `encoding` is that of files that do not show theirs.
pub fn locate(texts: &mut [Checked], encoding: Option<&str>) {
    for text in texts {
        let mut regions: Vec<Option<Region>> = vec![None; text.findings.len()];
        for (path, findings) in findings_by_file(text) {
            let Ok(file) = SourceFile::open(Path::new(&path), encoding) else { continue };
            let Ok(cells) = line_cells(text, &file) else { continue };
            let lines = Lines::new(&file.text);
            for i in findings {
                let Some(finding) = text.findings.get(i) else { continue };
                let range = cell(text, &cells, finding.place).and_then(|cell| cell.range(finding.place.span));
                if let (Some(range), Some(region)) = (range, regions.get_mut(i)) {
                    *region = lines.region(&file.text, range);
                }
            }
        }
        text.regions = regions;
    }
}

/// The indices of the findings of each file.
pub(super) fn findings_by_file(text: &Checked) -> BTreeMap<String, Vec<usize>> {
    let mut files: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, finding) in text.findings.iter().enumerate() {
        if let Some(origin) = text.origins.get(finding.place.line) {
            files.entry(origin.file.to_string()).or_default().push(i);
        }
    }
    files
}

/// Where the lines of a text begin: at which byte, and at which character.
struct Lines(Vec<(usize, usize)>);

impl Lines {
    fn new(text: &str) -> Self {
        let mut starts = vec![(0, 0)];
        for (characters, (byte, c)) in (1..).zip(text.char_indices()) {
            if c == '\n' {
                starts.push((byte + 1, characters));
            }
        }
        Self(starts)
    }

    fn region(&self, text: &str, range: std::ops::Range<usize>) -> Option<Region> {
        let line = self.0.partition_point(|(byte, _)| *byte <= range.start);
        let (byte, characters) = *self.0.get(line.checked_sub(1)?)?;
        let ahead = text.get(byte..range.start)?.chars().count();
        let length = text.get(range)?.chars().count();
        let (column, offset) = (ahead + 1, characters + ahead);
        Some(Region { line, column, end_column: column + length, offset, length })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{SourceFile, locate};
    use crate::check::{Finding, Place, Severity, Side};
    use crate::format::findings::Checked;
    use crate::pipeline::{FileOptions, Texts};
    use crate::span::Span;

    /// The file's bytes with `new` in place of `old` in its text.
    fn changed(bytes: &[u8], old: &str, new: &str) -> Result<Vec<u8>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.tsv");
        fs::write(&path, bytes).expect("a file");
        let file = SourceFile::open(&path, None).map_err(|e| e.to_string())?;
        file.encoded(&file.text.replace(old, new)).map_err(|e| e.to_string())
    }

    #[test]
    fn a_text_is_written_back_in_its_encoding() {
        let text = "ja\ten\r\n日本の首相は記者会見でこの問題について説明した。\tDawden\r\n";
        let expected = text.replace("Dawden", "Dowden");
        for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP] {
            let (old, new) = (encoding.encode(text).0, encoding.encode(&expected).0);
            assert_eq!(changed(&old, "Dawden", "Dowden").as_deref(), Ok(&*new), "{}", encoding.name());
        }
        let marked = |text: &str| format!("\u{feff}{text}").into_bytes();
        assert_eq!(changed(&marked(text), "Dawden", "Dowden"), Ok(marked(&expected)));
        let wide =
            |text: &str| -> Vec<u8> { format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(changed(&wide(text), "Dawden", "Dowden"), Ok(wide(&expected)));
    }

    #[test]
    fn what_cannot_be_written_back_is_refused() {
        let text = "日本の首相は記者会見でこの問題について説明した。\n";
        let bytes = encoding_rs::SHIFT_JIS.encode(text).0;
        assert!(changed(&bytes, "日本", "ý").is_err_and(|e| e.contains("lacks a character")));
        assert!(changed(b"a\rb\r", "a", "b").is_err_and(|e| e.contains("cannot be written back")));
        assert!(
            changed(&[text.as_bytes(), b"\xff"].concat(), "日", "月")
                .is_err_and(|e| e.contains("cannot be written back"))
        );
    }

    #[test]
    fn a_finding_is_found_in_its_file_by_line_column_and_offset() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pairs.tsv");
        let content = "line\tja\ten\n7\t一\tOne\n7\t二😀\tMr Dawden\n";
        fs::write(&path, content).expect("a file");
        let texts = Texts::of_file(&path, &FileOptions::default()).expect("pairs");
        let text = texts.texts.into_iter().next().expect("a text");
        let place = Place { line: 1, side: Side::Target, span: Span::new(3, 9) };
        let findings = vec![Finding::new(Severity::Error, place, String::new())];
        let mut checked = [Checked {
            bitext: text.bitext,
            origins: text.origins,
            documents: std::collections::BTreeSet::new(),
            findings,
            regions: Vec::new(),
        }];
        locate(&mut checked, None);
        let region = checked[0].regions[0].expect("a region");
        assert_eq!((region.line, region.column, region.end_column), (3, 9, 15));
        let marked: String = content.chars().skip(region.offset).take(region.length).collect();
        assert_eq!(marked, "Dawden");
    }
}
