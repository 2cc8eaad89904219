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
