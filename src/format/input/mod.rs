//! What bilingual files are read from: files, pipes, archives; each as a stream of clean UTF-8.

mod archive;
mod lines;
mod text;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) use self::archive::Unpacked;
pub(super) use self::lines::{Line, Lines, too_long};
pub(super) use self::text::{MAX_RECORD_BYTES, TextStream};
use crate::error::{Error, Result};

/// The file at `path` and its size in bytes, where it has one.
pub(super) fn open(path: &Path) -> Result<(File, Option<u64>)> {
    let open = || {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        // Some systems open folders as files.
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        Ok((file, metadata.is_file().then_some(metadata.len())))
    };
    open().map_err(|e| Error::read(path, e))
}

/// A reader that tells how many bytes it has given.
#[derive(Debug)]
pub(super) struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    /// Adds the bytes of `inner` to `count`.
    pub(super) fn new(inner: R, count: Arc<AtomicU64>) -> Self {
        Self { inner, count }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
