//! A file mapped into memory, of which nothing is used before its checksum was found right.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use bytemuck::Pod;
use memmap2::Mmap;

/// What a checksum is for, in bytes.
pub(super) const CHUNK: usize = 64 * 1024;

/// The file is not what it should be, and has to be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::memory) struct Damaged;

/// The mapped file: chunks, then the checksums of the chunks.
#[derive(Debug)]
pub(super) struct Mapped {
    map: Mmap,
    /// The length without the checksums.
    length: usize,
    /// A bit for each chunk whose checksum was found right.
    checked: Vec<AtomicU64>,
}

impl Mapped {
    /// Maps the file whose list of checksums has the checksum `expected`.
    pub(super) fn open(path: &Path, expected: &[u8]) -> io::Result<Result<Self, Damaged>> {
        let file = File::open(path)?;
        #[expect(unsafe_code, reason = "mapping a file has no safe form")]
        // SAFETY: the file must not change while it is mapped. Files of the index are written once under names of their
        // own, and deleted, never changed. If another program changes one all the same, the checksums tell.
        let map = unsafe { Mmap::map(&file)? };
        let chunks = map.len().div_ceil(CHUNK + size_of::<u64>());
        let length = map.len().saturating_sub(chunks * size_of::<u64>());
        let mapped = Self { length, checked: (0..chunks.div_ceil(64)).map(|_| AtomicU64::new(0)).collect(), map };
        let is_whole = length.div_ceil(CHUNK) == chunks && list_checksum(mapped.checksums()) == expected;
        Ok(if is_whole { Ok(mapped) } else { Err(Damaged) })
    }

    fn checksums(&self) -> &[u8] {
        self.map.get(self.length..).unwrap_or_default()
    }

    /// The bytes at `range`.
    pub(super) fn bytes(&self, range: Range<usize>) -> Result<&[u8], Damaged> {
        if range.end > self.length {
            return Err(Damaged);
        }
        let bytes = self.map.get(range.clone()).ok_or(Damaged)?;
        for chunk in range.start / CHUNK..range.end.div_ceil(CHUNK) {
            let word = self.checked.get(chunk / 64).ok_or(Damaged)?;
            let bit = 1 << (chunk % 64);
            if word.load(Ordering::Relaxed) & bit == 0 {
                let content = self.map.get(chunk * CHUNK..((chunk + 1) * CHUNK).min(self.length)).ok_or(Damaged)?;
                let sum = self.checksums().get(chunk * size_of::<u64>()..).ok_or(Damaged)?;
                if !sum.starts_with(&chunk_checksum(content)) {
                    return Err(Damaged);
                }
                word.fetch_or(bit, Ordering::Relaxed);
            }
        }
        Ok(bytes)
    }

    /// The numbers at `range`, counted in bytes.
    pub(super) fn numbers<T: Pod>(&self, range: Range<usize>) -> Result<&[T], Damaged> {
        bytemuck::try_cast_slice(self.bytes(range)?).map_err(|_| Damaged)
    }

    /// Looks at every chunk.
    pub(super) fn check(&self) -> Result<(), Damaged> {
        (0..self.length).step_by(CHUNK).try_for_each(|at| self.bytes(at..at + 1).map(drop))
    }
}

/// The checksum of a chunk: the first 64 bits of its BLAKE3 hash.
pub(super) fn chunk_checksum(content: &[u8]) -> [u8; 8] {
    let hash = blake3::hash(content);
    let mut sum = [0; 8];
    sum.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    sum
}

/// The checksum of the list of checksums, which the store keeps.
pub(super) fn list_checksum(checksums: &[u8]) -> Vec<u8> {
    blake3::hash(checksums).as_bytes().iter().take(16).copied().collect()
}
