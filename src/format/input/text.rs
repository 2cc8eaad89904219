//! A file as a stream of UTF-8 without control characters, whatever its encoding.

use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use encoding_rs::{CoderResult, Decoder, Encoding};
use memchr::memchr_iter;

use super::archive::Unpacked;
use crate::document::{Choice, choose, faults, is_unwanted};
use crate::error::{Error, Result};
use crate::format::Skipped;
use crate::lang::Lang;

/// The size, in bytes of UTF-8, up to which a line, a cell or a text node is read: several novels. What is longer is no
/// segment, and is not gathered.
pub(in crate::format) const MAX_RECORD_BYTES: usize = 4 << 20;
/// How much of a file its encoding is judged by, in bytes.
const SAMPLE: usize = 1 << 20;
/// No XML declaration is longer, in bytes.
const LONGEST_DECLARATION: usize = 200;
/// How much is read at once, in bytes.
const CHUNK: usize = 1 << 17;

/// The text of a file.
///
/// Control characters are left out and bytes that do not belong to the encoding replaced by U+FFFD; both are counted.
/// Where the file's beginning breaks lines by CR alone, CR is read as LF. Bytes and lines stay within the bound of
/// [`Self::begin_record`].
pub(in crate::format) struct TextStream {
    path: PathBuf,
    raw: io::Chain<io::Cursor<Vec<u8>>, Unpacked>,
    encoding: &'static Encoding,
    decoder: Decoder,
    /// Bytes as they were read.
    bytes: Vec<u8>,
    /// Text not yet consumed: from `start` to `end`.
    text: Vec<u8>,
    start: usize,
    end: usize,
    is_ended: bool,
    /// Whether CR alone breaks lines.
    is_old_macintosh: bool,
    /// The line of the next byte, from 1.
    line: usize,
    /// Where the text has its line breaks, and how many of them have been consumed.
    breaks: Vec<usize>,
    passed: usize,
    /// How many bytes of the file, unpacked, have been read.
    offset: u64,
    /// How many bytes of the record have been consumed.
    spent: usize,
    controls: Dropped,
    bad: Dropped,
    notes: Vec<String>,
    damage: Option<Skipped>,
    failure: Option<Error>,
}

/// Characters that are left out or replaced.
#[derive(Debug, Default, Clone, Copy)]
struct Dropped {
    count: usize,
    /// The line of the first.
    line: usize,
}

impl Dropped {
    fn add(&mut self, count: usize, line: usize) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += count;
    }
}

impl TextStream {
    /// The text of `raw`. `encoding` is the one that the user has named, `lang` helps to guess another; `path` is for
    /// messages. Fails on an encoding that nobody knows and on a file that is no text.
    pub(in crate::format) fn new(
        mut raw: Unpacked,
        path: &Path,
        encoding: Option<&str>,
        lang: Option<&Lang>,
    ) -> Result<Self> {
        let name = path.display().to_string();
        let mut sample = Vec::new();
        let mut damage = None;
        if let Err(error) = raw.by_ref().take(SAMPLE as u64).read_to_end(&mut sample) {
            damage = Some(damaged(error, raw.is_packed(), path)?);
        }
        let judged = judged(&sample);
        let is_ascii = judged.is_ascii() && !judged.contains(&0) && !judged.contains(&0x1b);
        let declared = declared_encoding(&String::from_utf8_lossy(judged.get(..LONGEST_DECLARATION).unwrap_or(judged)));
        // A declaration that can be read as ASCII is not in UTF-16.
        let eight_bit = declared.as_deref().filter(|label| !is_utf_16(label));
        // ASCII alone proves nothing about what comes later; the declaration does.
        let known = eight_bit.filter(|label| Encoding::for_label_no_replacement(label.as_bytes()).is_some());
        let given = encoding.or(if is_ascii { known } else { None });
        let Choice { encoding: chosen, mark, mut notes } = choose(&name, judged, given, eight_bit, lang)?;
        let (text, has_bad) = chosen.decode_without_bom_handling(judged.get(mark..).unwrap_or_default());
        faults(&name, &text, has_bad, chosen)?;
        let declared = declared_encoding(&text);
        if let Some(declared) = declared {
            let is_told = Encoding::for_label(declared.as_bytes()) == Some(chosen);
            let is_utf_16 = is_utf_16(&declared) && chosen.name().starts_with("UTF-16");
            if is_told || is_utf_16 {
                notes.clear();
            } else if encoding.is_none() && !is_ascii {
                notes = vec![format!(
                    "{name} says that it is in {declared}, but its bytes are {}; it is read as {}.",
                    chosen.name(),
                    chosen.name()
                )];
            }
        }
        let is_old_macintosh = text.contains('\r') && !text.contains('\n');
        sample.drain(..mark);
        Ok(Self {
            path: path.to_owned(),
            raw: io::Cursor::new(sample).chain(raw),
            encoding: chosen,
            decoder: chosen.new_decoder_without_bom_handling(),
            bytes: vec![0; CHUNK],
            text: Vec::new(),
            start: 0,
            end: 0,
            is_ended: false,
            is_old_macintosh,
            line: 1,
            breaks: Vec::new(),
            passed: 0,
            offset: mark as u64,
            spent: 0,
            controls: Dropped::default(),
            bad: Dropped::default(),
            notes,
            damage,
            failure: None,
        })
    }

    /// The beginning of the text, without consuming it.
    pub(in crate::format) fn peek(&mut self) -> Result<&str> {
        let text = self.fill()?;
        Ok(std::str::from_utf8(text).unwrap_or_default())
    }

    /// The line of the next character, from 1.
    pub(in crate::format) fn line(&self) -> usize {
        self.line
    }

    /// How many bytes of the file, unpacked, have been read so far; at the end, its size.
    pub(in crate::format) fn offset(&self) -> u64 {
        self.offset
    }

    /// From here on [`MAX_RECORD_BYTES`] may be read; [`BufRead::fill_buf`] fails behind them.
    pub(in crate::format) fn begin_record(&mut self) {
        self.spent = 0;
    }

    /// Whether more has been read than one record may have.
    pub(in crate::format) fn is_exhausted(&self) -> bool {
        self.spent > MAX_RECORD_BYTES
    }

    /// Whether the whole file has been consumed.
    pub(in crate::format) fn is_at_end(&self) -> bool {
        self.is_ended && self.start == self.end
    }

    /// The text that is there; none at the end.
    pub(in crate::format) fn fill(&mut self) -> Result<&[u8]> {
        self.load()?;
        Ok(self.available())
    }

    /// Why [`BufRead::fill_buf`] has failed, unless it was for the bound.
    pub(in crate::format) fn take_failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    fn load(&mut self) -> Result<()> {
        while self.start == self.end && !self.is_ended {
            self.decode_more()?;
        }
        Ok(())
    }

    fn available(&self) -> &[u8] {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// What is worth telling once everything is read, and the place where the file is damaged.
    pub(in crate::format) fn finish(&mut self) -> (Vec<String>, Option<Skipped>) {
        let name = self.path.display();
        let mut notes = std::mem::take(&mut self.notes);
        if self.bad.count > 0 {
            let places = if self.bad.count == 1 { "place is" } else { "places are" };
            notes.push(format!(
                "{name} holds bytes that are no {}: {} {places} replaced by U+FFFD, first in line {}.",
                self.encoding.name(),
                self.bad.count,
                self.bad.line
            ));
        }
        if self.controls.count > 0 {
            let characters = if self.controls.count == 1 { "character is" } else { "characters are" };
            notes.push(format!(
                "{name}: {} control {characters} left out, first in line {}.",
                self.controls.count, self.controls.line
            ));
        }
        let damage = self.damage.take();
        if damage.is_none() {
            let (_, raw) = self.raw.get_mut();
            let unread = raw.unread();
            notes.extend((!unread.is_empty()).then(|| {
                format!("{name}: {} in the archive is not read. Unpack it and name the file.", unread.join(", "))
            }));
        }
        (notes, damage)
    }

    fn decode_more(&mut self) -> Result<()> {
        let read = loop {
            match self.raw.read(&mut self.bytes) {
                Ok(read) => break read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    let is_packed = self.raw.get_ref().1.is_packed();
                    self.damage = Some(damaged(e, is_packed, &self.path)?);
                    break 0;
                }
            }
        };
        self.is_ended = read == 0;
        self.offset += read as u64;
        let bytes = self.bytes.get(..read).unwrap_or_default();
        let needed = self.decoder.max_utf8_buffer_length(read).unwrap_or(CHUNK * 4);
        if self.text.len() < needed {
            self.text.resize(needed, 0);
        }
        let (result, _, written, has_bad) = self.decoder.decode_to_utf8(bytes, &mut self.text, read == 0);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        (self.start, self.end) = (0, written);
        if has_bad {
            let text = std::str::from_utf8(self.text.get(..written).unwrap_or_default()).unwrap_or_default();
            let mut marks = text.match_indices('\u{fffd}');
            if let Some((first, _)) = marks.next() {
                let line = self.line + memchr_iter(b'\n', text.as_bytes().get(..first).unwrap_or_default()).count();
                self.bad.add(1 + marks.count(), line);
            }
        }
        if self.is_old_macintosh {
            self.text.iter_mut().take(written).filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        if let Some(damage) = &mut self.damage {
            damage.line = self.line;
        }
        self.drop_controls();
        self.breaks.clear();
        self.breaks.extend(memchr_iter(b'\n', self.text.get(..self.end).unwrap_or_default()));
        self.passed = 0;
        Ok(())
    }

    /// Leaves the control characters out of what was just decoded.
    fn drop_controls(&mut self) {
        let decoded = self.text.get(..self.end).unwrap_or_default();
        if !may_hold_controls(decoded) {
            return;
        }
        let text = std::str::from_utf8(decoded).unwrap_or_default();
        let Some(first) = text.find(is_unwanted) else { return };
        let line = self.line + memchr_iter(b'\n', text.as_bytes().get(..first).unwrap_or_default()).count();
        self.controls.add(text.chars().filter(|&c| is_unwanted(c)).count(), line);
        let clean = text.replace(is_unwanted, "").into_bytes();
        self.end = clean.len();
        if let Some(place) = self.text.get_mut(..clean.len()) {
            place.copy_from_slice(&clean);
        }
    }
}

impl std::fmt::Debug for TextStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextStream").field("path", &self.path).field("line", &self.line).finish_non_exhaustive()
    }
}

impl Read for TextStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let read = available.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..read), available.get(..read)) {
            to.copy_from_slice(from);
        }
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for TextStream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_exhausted() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        if let Err(error) = self.load() {
            self.failure = Some(error);
            return Err(io::ErrorKind::Other.into());
        }
        Ok(self.available())
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
        while self.breaks.get(self.passed).is_some_and(|at| *at < self.start) {
            self.passed += 1;
            self.line += 1;
        }
        self.spent += count;
    }
}

/// The part of a sample that the encoding is judged by: a whole sample ends at a line break, since its last character may
/// be cut.
fn judged(sample: &[u8]) -> &[u8] {
    if sample.len() < SAMPLE || sample.contains(&0) {
        return sample;
    }
    let end = sample.iter().rposition(|byte| *byte == b'\n').unwrap_or(sample.len());
    sample.get(..end).unwrap_or(sample)
}

/// What an XML declaration at the beginning of a file says.
fn declared_encoding(text: &str) -> Option<String> {
    let (declaration, _) = text.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.split(quote).nth(1).map(|label| label.trim().to_owned())
}

fn is_utf_16(label: &str) -> bool {
    Encoding::for_label(label.as_bytes()).is_some_and(|encoding| encoding.name().starts_with("UTF-16"))
}

/// Whether there are bytes that may belong to control characters; quick, and seldom wrong.
fn may_hold_controls(text: &[u8]) -> bool {
    let is_c0 = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f;
    text.chunks(4096).any(|chunk| chunk.iter().fold(false, |found, &byte| found | is_c0(byte)))
        || memchr_iter(0xc2, text).any(|at| text.get(at + 1).is_some_and(|&byte| byte < 0xa0))
}

/// The place where an archive is damaged: what stands before it is kept. Any other failure is an error.
fn damaged(error: io::Error, is_packed: bool, path: &Path) -> Result<Skipped> {
    let kinds = [io::ErrorKind::UnexpectedEof, io::ErrorKind::InvalidInput, io::ErrorKind::InvalidData];
    if is_packed && kinds.contains(&error.kind()) {
        let reason =
            "the archive is damaged or cut off here; what stands before is kept. Get the file again".to_owned();
        return Ok(Skipped { line: 1, reason });
    }
    Err(Error::read(path, error))
}
