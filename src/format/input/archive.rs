//! Gzip and zip files, known by their signatures and unpacked as they are read.
//!
//! A zip file is read from its beginning (APPNOTE 6.3.10, 4.3.7, local file headers), since a pipe cannot be read from its
//! end. Of a zip file with several bilingual files the first is read, and the others are told.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder};

use crate::error::{Error, Result};
use crate::format::Format;

const GZIP: &[u8] = b"\x1f\x8b";
const ZIP: &[u8] = b"PK\x03\x04";
/// How the headers begin that stand behind the last file of a zip archive.
const ZIP_DIRECTORY: &[u8] = b"PK\x01\x02";
/// The size of a local file header behind its signature, in bytes.
const ZIP_HEADER: usize = 26;
/// The bytes that may stand between two files of an archive: a data descriptor of zip64.
const ZIP_DESCRIPTOR: usize = 24;

type Raw = BufReader<Box<dyn Read + Send>>;

/// The bytes of a file, unpacked where it is an archive.
pub(in crate::format) enum Unpacked {
    /// Not packed.
    Plain(Raw),
    /// Packed by gzip, in one or more members.
    Gzip(Box<MultiGzDecoder<Raw>>),
    /// The first bilingual file of a zip archive.
    Zip(Box<ZipFile>),
}

impl Unpacked {
    /// Looks how `raw` begins; `path` is for messages. Fails on an archive without a bilingual file, or one that cannot
    /// be read in one go.
    pub(in crate::format) fn new(raw: Box<dyn Read + Send>, path: &Path) -> Result<Self> {
        let mut raw = BufReader::with_capacity(1 << 16, raw);
        let start = raw.fill_buf().map_err(|e| Error::read(path, e))?;
        if start.starts_with(GZIP) {
            Ok(Self::Gzip(Box::new(MultiGzDecoder::new(raw))))
        } else if start.starts_with(ZIP) {
            Ok(Self::Zip(Box::new(ZipFile::first(raw, path)?)))
        } else {
            Ok(Self::Plain(raw))
        }
    }

    /// The name that tells the format: that of the file within the archive, or `path` without `.gz`.
    pub(in crate::format) fn name(&self, path: &Path) -> PathBuf {
        match self {
            Self::Plain(_) => path.to_owned(),
            Self::Gzip(_) => match path.extension() {
                Some(ending) if ending.eq_ignore_ascii_case("gz") => path.with_extension(""),
                _ => path.to_owned(),
            },
            Self::Zip(file) => PathBuf::from(&file.name),
        }
    }

    /// Whether the bytes were packed.
    pub(in crate::format) fn is_packed(&self) -> bool {
        !matches!(self, Self::Plain(_))
    }

    /// Once everything is read: the names of the bilingual files in the archive that were not.
    pub(in crate::format) fn unread(&mut self) -> Vec<String> {
        if let Self::Zip(file) = self { file.unread() } else { Vec::new() }
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(raw) => raw.read(buffer),
            Self::Gzip(file) => file.read(buffer),
            Self::Zip(file) => file.body.read(buffer),
        }
    }
}

/// A file within a zip archive.
pub(in crate::format) struct ZipFile {
    name: String,
    body: Body,
}

enum Body {
    Stored(io::Take<Raw>),
    Deflated(DeflateDecoder<Raw>),
    /// Its bytes have been given back.
    Left,
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Stored(raw) if raw.limit() > 0 => match raw.read(buffer)? {
                0 if !buffer.is_empty() => Err(io::ErrorKind::UnexpectedEof.into()),
                read => Ok(read),
            },
            Self::Deflated(raw) => raw.read(buffer),
            Self::Stored(_) | Self::Left => Ok(0),
        }
    }
}

impl ZipFile {
    /// The first file whose name says that it is bilingual.
    fn first(mut raw: Raw, path: &Path) -> Result<Self> {
        loop {
            let file = Self::next(raw).map_err(|e| Error::format(path, None, zip_reason(&e)))?;
            let Some(mut file) = file else {
                let message =
                    "the zip archive holds no TMX, XLIFF, TSV, CSV or JSONL file. Unpack it and name the file";
                return Err(Error::format(path, None, message));
            };
            if matches!(file.name.as_str(), "[Content_Types].xml" | "mimetype") {
                let message = "this is an office document, not a bilingual file. Save its table as TSV or CSV";
                return Err(Error::format(path, None, message));
            }
            if file.is_bilingual() {
                return Ok(file);
            }
            raw = file.skip().map_err(|e| Error::format(path, None, zip_reason(&e)))?;
        }
    }

    /// The file whose header stands next, within [`ZIP_DESCRIPTOR`] bytes.
    fn next(mut raw: Raw) -> io::Result<Option<Self>> {
        if !reaches_header(&mut raw)? {
            return Ok(None);
        }
        let mut header = [0u8; ZIP_HEADER];
        raw.read_exact(&mut header)?;
        let number = |at: usize, length: usize| {
            header.iter().skip(at).take(length).rev().fold(0u64, |number, &byte| number << 8 | u64::from(byte))
        };
        let (flags, method, size) = (number(2, 2), number(4, 2), number(14, 4));
        let mut name = vec![0; number(22, 2) as usize];
        raw.read_exact(&mut name)?;
        io::copy(&mut raw.by_ref().take(number(24, 2)), &mut io::sink())?;
        let (is_encrypted, is_size_unknown) = (flags & 1 != 0, flags & 8 != 0 || size == u64::from(u32::MAX));
        let body = match method {
            _ if is_encrypted => return Err(io::Error::other("it needs a password")),
            0 if is_size_unknown => return Err(io::Error::other("its files are stored without their size")),
            0 => Body::Stored(raw.take(size)),
            8 => Body::Deflated(DeflateDecoder::new(raw)),
            _ => return Err(io::Error::other("it is packed by another method than deflate")),
        };
        Ok(Some(Self { name: String::from_utf8_lossy(&name).into_owned(), body }))
    }

    fn is_bilingual(&self) -> bool {
        let path = Path::new(&self.name);
        let is_hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        !is_hidden && !self.name.starts_with("__MACOSX/") && Format::from_path(path).is_some()
    }

    /// What stands behind this file.
    fn skip(&mut self) -> io::Result<Raw> {
        io::copy(&mut self.body, &mut io::sink())?;
        match std::mem::replace(&mut self.body, Body::Left) {
            Body::Stored(raw) => Ok(raw.into_inner()),
            Body::Deflated(raw) => Ok(raw.into_inner()),
            Body::Left => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// The names of the bilingual files behind this one, as far as the archive is sound.
    fn unread(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        let mut raw = self.skip();
        while let Ok(Some(mut file)) = raw.and_then(Self::next) {
            if file.is_bilingual() {
                names.push(file.name.clone());
            }
            raw = file.skip();
        }
        names
    }
}

/// Reads up to the end of the next header's signature; whether there is one.
fn reaches_header(raw: &mut Raw) -> io::Result<bool> {
    let mut window = Vec::new();
    while window.len() < ZIP_DESCRIPTOR + ZIP.len() {
        let mut byte = [0u8];
        if raw.read(&mut byte)? == 0 || window.ends_with(ZIP_DIRECTORY) {
            return Ok(false);
        }
        window.extend(byte);
        if window.ends_with(ZIP) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn zip_reason(error: &io::Error) -> String {
    let reason = match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput => "it is damaged or cut off".to_owned(),
        _ => error.to_string(),
    };
    format!("the zip archive cannot be read: {reason}. Unpack it and name the file")
}
