//! Bilingual files of all formats, read record by record in constant memory.

use std::collections::VecDeque;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::input::{self, Counted, TextStream, Unpacked};
use super::{Format, Record, Skipped, Units, csv, jsonl, moses, tmx, tsv, xliff};
use crate::error::{Error, Result};
use crate::lang::Lang;

/// How a bilingual file is read; the default asks the file itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitReadOptions {
    /// The format; otherwise the name's ending tells it (behind `.gz`, or within a zip archive), or how the text begins.
    pub format: Option<Format>,
    /// The source and the target language. Of several variants the nearest are taken: `en` asks for `en` itself, otherwise
    /// for `en-GB` and all others; `en-GB` for itself, otherwise for `en`, otherwise for any English.
    ///
    /// Without it tables give them by their first two language columns (two-letter codes before three-letter ones, since
    /// `url` and `key` look like the latter too), JSONL records and XLIFF each by itself, and TMX by its source language,
    /// paired with every other.
    pub languages: Option<(Lang, Lang)>,
    /// The encoding by its WHATWG label (`shift_jis`). A byte order mark wins over it.
    pub encoding: Option<String>,
}

/// What one record comes to.
pub(super) type Entry = std::result::Result<Record, Skipped>;

/// The records of one format.
pub(super) trait Records {
    /// The next record, `None` behind the last.
    fn next(&mut self) -> Result<Option<Entry>>;

    /// Once all is read: the notes, and where the file was damaged.
    fn finish(&mut self) -> (Vec<String>, Option<Skipped>);
}

/// A bilingual file that is being read, an iterator over its records.
///
/// Each item is a record, or one that was skipped, with its place and the reason. An [`Error`] ends the reading: the file
/// cannot be read on. Nothing but the record in hand is kept in memory.
///
/// ```
/// use std::path::Path;
/// use taiyaku::format::{UnitReadOptions, UnitReader};
///
/// let table = "ja\ten\n駅で待つ。\tI wait at the station.\n帰る。\n";
/// let mut reader = UnitReader::new(Path::new("pairs.tsv"), table.as_bytes(), &UnitReadOptions::default())?;
/// let mut units = 0;
/// for entry in reader.by_ref() {
///     match entry? {
///         Ok(record) => units += usize::from(record.unit.source.text() == "駅で待つ。"),
///         Err(skipped) => assert_eq!(skipped.line, 3),
///     }
/// }
/// assert_eq!((units, reader.skipped(), reader.notes().len()), (1, 1, 0));
/// # Ok::<(), taiyaku::error::Error>(())
/// ```
pub struct UnitReader {
    records: Box<dyn Records + Send>,
    format: Option<Format>,
    bytes: Arc<AtomicU64>,
    size: Option<u64>,
    skipped: usize,
    notes: Vec<String>,
    /// What comes once the records are read.
    last: VecDeque<Skipped>,
    is_finished: bool,
}

/// Opens the bilingual file at `path`, packed by gzip or zip or not.
///
/// # Errors
/// When the file cannot be read or is no text, when nothing tells its format or the format holds no pairs, and when its
/// head does not name the languages.
pub fn open_units(path: &Path, options: &UnitReadOptions) -> Result<UnitReader> {
    let (file, size) = input::open(path)?;
    UnitReader::new(path, file, options).map(|reader| UnitReader { size, ..reader })
}

/// Opens two files whose lines translate each other, one by one, as Moses and OPUS have them.
///
/// The languages are those of the options, otherwise those of the names (`news.ja` and `news.en`, `ja.txt` and `en.txt`).
///
/// # Errors
/// Those of [`open_units`], and when neither tells the languages.
pub fn open_parallel(source: &Path, target: &Path, options: &UnitReadOptions) -> Result<UnitReader> {
    let languages = options.languages.clone().or_else(|| parallel_languages(source, target)).ok_or_else(|| {
        Error::Usage(format!(
            "the names {} and {} tell no languages. Name them with --source-language and --target-language",
            source.display(),
            target.display()
        ))
    })?;
    let bytes = Arc::default();
    let (source_file, source_size) = input::open(source)?;
    let (target_file, target_size) = input::open(target)?;
    let stream = |file, path: &Path, lang: &Lang| {
        let raw = Unpacked::new(Box::new(Counted::new(file, Arc::clone(&bytes))), path)?;
        TextStream::new(raw, path, options.encoding.as_deref(), Some(lang))
    };
    let sides = [stream(source_file, source, &languages.0)?, stream(target_file, target, &languages.1)?];
    let records = moses::Reader::new(sides, [source, target], languages);
    let size = source_size.zip(target_size).map(|(source, target)| source + target);
    Ok(UnitReader { size, ..UnitReader::of(Box::new(records), None, bytes) })
}

/// The languages that the names of two parallel files tell: their endings (`news.ja`, `news.en`) or what stands before
/// them (`ja.txt`, `news.en.txt`); `None` where the names differ in anything else.
pub fn parallel_languages(source: &Path, target: &Path) -> Option<(Lang, Lang)> {
    let parts = |path: &Path| -> Option<Vec<String>> {
        let name = path.file_name()?.to_str()?;
        let name = name.strip_suffix(".gz").unwrap_or(name);
        Some(name.split('.').map(str::to_owned).collect())
    };
    let (source, target) = (parts(source)?, parts(target)?);
    let mut different = source.iter().zip(&target).filter(|(source, target)| source != target);
    let (source_tag, target_tag) = different.next()?;
    if source.len() != target.len() || different.next().is_some() {
        return None;
    }
    Some((source_tag.parse().ok()?, target_tag.parse().ok()?))
}

/// Reads a whole bilingual file; see [`open_units`].
///
/// # Errors
/// Those of [`open_units`].
pub fn read_units(path: &Path, options: &UnitReadOptions) -> Result<Units> {
    open_units(path, options)?.collect_units()
}

impl UnitReader {
    /// Reads what `input` gives (standard input, bytes in memory); `path` is for messages, and its ending tells the format.
    ///
    /// # Errors
    /// Those of [`open_units`].
    pub fn new(path: &Path, input: impl Read + Send + 'static, options: &UnitReadOptions) -> Result<Self> {
        let bytes = Arc::default();
        let raw = Unpacked::new(Box::new(Counted::new(input, Arc::clone(&bytes))), path)?;
        let named = Format::from_path(&raw.name(path));
        let languages = options.languages.as_ref();
        let japanese = languages.and_then(|(source, target)| [source, target].into_iter().find(|l| l.is_japanese()));
        let mut stream = TextStream::new(raw, path, options.encoding.as_deref(), japanese)?;
        let format = match options.format.or(named) {
            Some(format) => format,
            None => begun_as(stream.peek()?),
        };
        let records: Box<dyn Records + Send> = match format {
            Format::Tsv => Box::new(tsv::Reader::new(stream, path, languages)?),
            Format::Csv => Box::new(csv::Reader::new(stream, path, languages)?),
            Format::Jsonl => Box::new(jsonl::Reader::new(stream, path, languages)),
            Format::Tmx => Box::new(tmx::Reader::new(stream, path, languages)),
            Format::Xliff | Format::Xliff2 => Box::new(xliff::Reader::new(stream, path, languages)),
            Format::Beads => {
                let message = "pairs are not read from beads. Give a TMX, XLIFF, TSV, CSV or JSONL file";
                return Err(Error::format(path, None, message));
            }
        };
        Ok(Self::of(records, Some(format), bytes))
    }

    fn of(records: Box<dyn Records + Send>, format: Option<Format>, bytes: Arc<AtomicU64>) -> Self {
        let last = VecDeque::new();
        Self { records, format, bytes, size: None, skipped: 0, notes: Vec::new(), last, is_finished: false }
    }

    /// The format; `None` for two parallel files.
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    /// How many bytes of the file have been read so far.
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The size of the file in bytes; `None` for a pipe.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// How many records were skipped so far.
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// Once the last record is read: what is worth telling of how it was read (a guessed encoding, what was left out),
    /// each a sentence that names the file. Empty before.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// All records that are left.
    ///
    /// # Errors
    /// The first of the iterator.
    pub fn collect_units(mut self) -> Result<Units> {
        let mut units = Units::default();
        for entry in self.by_ref() {
            match entry? {
                Ok(record) => units.records.push(record),
                Err(skipped) => units.skipped.push(skipped),
            }
        }
        units.notes = self.notes;
        Ok(units)
    }

    fn advance(&mut self) -> Result<Option<Entry>> {
        if !self.is_finished {
            match self.records.next() {
                Ok(None) => {
                    self.is_finished = true;
                    let (notes, damage) = self.records.finish();
                    self.notes = notes;
                    self.last.extend(damage);
                }
                Err(error) => {
                    self.is_finished = true;
                    return Err(error);
                }
                entry => return entry,
            }
        }
        Ok(self.last.pop_front().map(Err))
    }
}

impl Iterator for UnitReader {
    type Item = Result<std::result::Result<Record, Skipped>>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.advance().transpose()?;
        self.skipped += usize::from(matches!(entry, Ok(Err(_))));
        Some(entry)
    }
}

impl std::fmt::Debug for UnitReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnitReader")
            .field("format", &self.format)
            .field("skipped", &self.skipped)
            .finish_non_exhaustive()
    }
}

/// The format of a text by how it begins.
fn begun_as(text: &str) -> Format {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    match start.chars().next() {
        Some('{') => Format::Jsonl,
        Some('<') if start.contains("<xliff") => Format::Xliff,
        Some('<') => Format::Tmx,
        _ => Format::Tsv,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{self, Cursor, Read};
    use std::path::Path;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::{UnitReadOptions, UnitReader, open_parallel, open_units, parallel_languages};
    use crate::format::specimen::{read, read_as};
    use crate::format::{Format, Units};

    fn texts(units: &Units) -> Vec<(String, String)> {
        units.records.iter().map(|record| (record.unit.source.text(), record.unit.target.text())).collect()
    }

    fn pairs(texts: &[(&str, &str)]) -> Vec<(String, String)> {
        texts.iter().map(|(source, target)| ((*source).to_owned(), (*target).to_owned())).collect()
    }

    #[test]
    fn the_ending_tells_the_format_or_else_how_the_text_begins() {
        for text in [
            "ja\ten\n池。\tPond.\n",
            "{\"source_language\":\"ja\",\"target_language\":\"en\",\"source\":\"池。\",\"target\":\"Pond.\"}",
            "\u{feff}<tmx><tu><tuv xml:lang=\"ja\"><seg>池。</seg></tuv><tuv xml:lang=\"en\"><seg>Pond.</seg></tuv></tu></tmx>",
            " <?xml version=\"1.0\"?>\n<xliff version=\"2.0\" srcLang=\"ja\" trgLang=\"en\"><unit><segment><source>池。</source><target>Pond.</target></segment></unit></xliff>",
        ] {
            for name in ["standard input", "pairs.xml"] {
                let units = read(name, text).expect("a known beginning");
                assert_eq!(texts(&units), pairs(&[("池。", "Pond.")]), "{text}");
            }
        }
        let csv = UnitReadOptions { format: Some(Format::Csv), ..UnitReadOptions::default() };
        assert_eq!(
            texts(&read_as("a.tsv", "ja,en\n池。,Pond.\n", &csv).expect("a table")),
            pairs(&[("池。", "Pond.")])
        );
    }

    #[test]
    fn packed_tables_in_any_encoding_are_read() {
        let table = "ja\ten\n池の水を、夜のうちに山の上まで汲み上げておく。\tPond.\n";
        for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::UTF_8] {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            io::Write::write_all(&mut packed, &encoding.encode(table).0).expect("memory");
            let units = read("pairs.tsv.gz", packed.finish().expect("memory")).expect("a table");
            let expected = pairs(&[("池の水を、夜のうちに山の上まで汲み上げておく。", "Pond.")]);
            assert_eq!(texts(&units), expected, "{}", encoding.name());
        }
    }

    #[test]
    fn what_does_not_belong_into_a_text_is_counted_with_its_first_line() {
        let sentence = "池の水を、夜のうちに山の上まで汲み上げておく。";
        let text = format!("ja\ten\n{sentence}\u{1}\tPond.\n水\u{2}\u{7f}\tWatBer.\n");
        let bytes: Vec<u8> = text.bytes().map(|byte| if byte == b'B' { 0xff } else { byte }).collect();
        let units = read("a.tsv", bytes).expect("a table");
        assert_eq!(texts(&units), pairs(&[(sentence, "Pond."), ("水", "Wat\u{fffd}er.")]));
        assert_eq!(
            units.notes,
            [
                "a.tsv holds bytes that are no UTF-8: 1 place is replaced by U+FFFD, first in line 3.",
                "a.tsv: 3 control characters are left out, first in line 2."
            ]
        );
    }

    #[test]
    fn old_macintosh_line_breaks_are_line_breaks() {
        assert_eq!(texts(&read("a.tsv", "ja\ten\r池\tPond\r").expect("a table")), pairs(&[("池", "Pond")]));
    }

    #[test]
    fn a_line_without_end_is_passed_over_in_bounded_memory() {
        let endless = |start: &'static str, end: &'static str| {
            start.as_bytes().chain(io::repeat(b'x').take(9 << 20)).chain(end.as_bytes())
        };
        let reason = "the line is longer than 4 MB, which no segment is. Break it, or delete it";
        let json = "{\"source_language\":\"ja\",\"target_language\":\"en\",\"source\":\"池。\",\"target\":\"Pond.\"}";
        for (name, input) in [
            ("a.tsv", endless("ja\ten\n", "\n池。\tPond.\n")),
            ("a.csv", endless("ja,en\n", "\n池。,Pond.\n")),
            ("a.jsonl", endless("\n", json_line(json))),
        ] {
            let reader = UnitReader::new(Path::new(name), input, &UnitReadOptions::default()).expect("a head");
            let units = reader.collect_units().expect("a readable file");
            assert_eq!(texts(&units), pairs(&[("池。", "Pond.")]), "{name}");
            assert_eq!((units.skipped[0].line, units.skipped[0].reason.as_str()), (2, reason), "{name}");
        }
        let head = UnitReader::new(Path::new("a.tsv"), endless("", ""), &UnitReadOptions::default());
        assert_eq!(head.map_err(|e| e.to_string()).err(), Some(format!("a.tsv, line 1: {reason}")));
    }

    fn json_line(json: &str) -> &'static str {
        Box::leak(format!("\n{json}\n").into_boxed_str())
    }

    #[test]
    fn an_error_ends_the_reading() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let start = format!("ja\ten\n{}", "池。\tPond.\n".repeat(200_000));
        let input = Cursor::new(start.into_bytes()).chain(Broken);
        let mut reader = UnitReader::new(Path::new("a.tsv"), input, &UnitReadOptions::default()).expect("a head");
        let failures: Vec<String> = reader.by_ref().filter_map(|entry| entry.err().map(|e| e.to_string())).collect();
        assert_eq!(failures, ["cannot read a.tsv: the disk is gone"]);
        assert!(reader.next().is_none());
    }

    #[test]
    fn parallel_files_are_known_by_their_names() {
        let languages = |source: &str, target: &str| {
            let (source, target) = parallel_languages(Path::new(source), Path::new(target))?;
            Some(format!("{source} {target}"))
        };
        for (source, target) in [("a/news.ja", "b/news.en"), ("ja.txt", "en.txt"), ("n.ja.txt.gz", "n.en.txt")] {
            assert_eq!(languages(source, target).as_deref(), Some("ja en"), "{source}");
        }
        for (source, target) in
            [("a.ja", "b.en"), ("a.ja", "a.ja"), ("a.ja", "a.source"), ("a.ja", "a.en.txt"), ("", "")]
        {
            assert_eq!(languages(source, target), None, "{source} {target}");
        }
    }

    #[test]
    fn the_lines_of_parallel_files_make_pairs() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).expect("a file");
            path
        };
        let source = path("pond.ja", "池。\n\n水。\r\n堤。\n門。\n");
        let target = path("pond.en", "Pond.\nNothing.\nWater.\nDam.\n");
        let reader = open_parallel(&source, &target, &UnitReadOptions::default()).expect("two files");
        assert_eq!(reader.size(), Some(57));
        let units = reader.collect_units().expect("two texts");
        assert_eq!(texts(&units), pairs(&[("池。", "Pond."), ("水。", "Water."), ("堤。", "Dam.")]));
        assert_eq!(units.records[1].line, 3);
        assert_eq!(units.records[1].unit.document, source.display().to_string());
        let skipped: Vec<_> = units.skipped.iter().map(|skipped| (skipped.line, skipped.reason.as_str())).collect();
        assert_eq!(skipped[0], (2, "there is no text on one side or on both. Delete the line in both files"));
        assert_eq!(skipped[1].0, 5);
        assert!(skipped[1].1.contains("have different numbers of lines: one of them ends here"), "{skipped:?}");
        let error = open_parallel(&source, &path("other.txt", ""), &UnitReadOptions::default());
        assert!(error.is_err_and(|e| e.to_string().contains("tell no languages")));
    }

    #[test]
    fn a_folder_and_a_missing_file_are_named() {
        for path in [".", "no/such.tmx"] {
            let error = open_units(Path::new(path), &UnitReadOptions::default()).map(drop);
            assert!(error.is_err_and(|e| e.to_string().starts_with(&format!("cannot read {path}: "))));
        }
    }
}
