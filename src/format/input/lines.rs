//! The lines of a stream, bounded: a line that is too long is passed over and told.

use std::io::BufRead;

use memchr::memchr;

use super::text::{MAX_RECORD_BYTES, TextStream};
use crate::error::Result;

/// A line of a file.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::format) enum Line {
    /// Its number, from 1. It stands in the buffer, with its line break.
    Read(usize),
    /// It is longer than [`MAX_RECORD_BYTES`] and was passed over.
    TooLong(usize),
}

/// A stream that is read line by line.
#[derive(Debug)]
pub(in crate::format) struct Lines {
    stream: TextStream,
    /// The line in hand.
    line: Vec<u8>,
}

impl Lines {
    /// The lines of `stream`.
    pub(in crate::format) fn new(stream: TextStream) -> Self {
        Self { stream, line: Vec::new() }
    }

    /// The stream they come from.
    pub(in crate::format) fn stream(&mut self) -> &mut TextStream {
        &mut self.stream
    }

    /// Adds the next line to `buffer`, which the caller empties, with its line break (LF or CR LF; none at the file's
    /// end); `None` where there is no line left.
    pub(in crate::format) fn read(&mut self, buffer: &mut String) -> Result<Option<Line>> {
        let number = self.stream.line();
        self.line.clear();
        let mut is_too_long = false;
        let mut is_empty = true;
        loop {
            self.stream.begin_record();
            let available = self.stream.fill()?;
            if available.is_empty() {
                break;
            }
            is_empty = false;
            let end = memchr(b'\n', available);
            let taken = end.map_or(available.len(), |end| end + 1);
            is_too_long |= buffer.len() + self.line.len() + taken > MAX_RECORD_BYTES;
            if !is_too_long {
                self.line.extend_from_slice(available.get(..taken).unwrap_or_default());
            }
            self.stream.consume(taken);
            if end.is_some() {
                break;
            }
        }
        // The stream gives whole characters, and a line ends between two of them.
        buffer.push_str(std::str::from_utf8(&self.line).unwrap_or_default());
        Ok(match (is_empty, is_too_long) {
            (true, _) => None,
            (false, false) => Some(Line::Read(number)),
            (false, true) => {
                buffer.clear();
                Some(Line::TooLong(number))
            }
        })
    }
}

/// The reason why a line is passed over.
pub(in crate::format) fn too_long() -> String {
    format!("the line is longer than {} MB, which no segment is. Break it, or delete it", MAX_RECORD_BYTES >> 20)
}
