//! The index beside the store: what makes looking up fast without losing anything.
//!
//! It is a folder of [segments](segment), each for a range of units in one direction (Japanese to English, say). An import
//! adds segments for the units that are new, and now and then one for a greater range takes the place of small ones, as
//! in a log-structured merge tree. The store lists the segments with their checksums, so that a file that is missing,
//! damaged or another store's is noticed and made again.

mod build;
mod containing;
mod count;
mod distance;
mod grams;
mod lanes;
mod mapped;
mod nearest;
mod segment;
mod update;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::key::bare;
use super::store::{Coverage, SegmentRow};
use crate::error::Error;
use grams::Grams;
use segment::{Segment, bare_hash};

pub(super) use mapped::Damaged;
pub(super) use nearest::{Nearest, Similarity};
pub(super) use update::damaged_again;

/// The open index of a store.
#[derive(Debug)]
pub(super) struct Index {
    /// What it is the index of.
    pub(super) coverage: Coverage,
    segments: Vec<Segment>,
}

/// Why an index cannot be opened as the store lists it.
enum Unfit {
    /// This file has to be made again.
    File(SegmentRow),
    /// The system's reason.
    Failed(Error),
}

/// The folder of the index of the store at `store`.
pub(super) fn folder(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".index");
    name.into()
}

impl Index {
    /// Opens the files that `coverage` lists.
    fn open(folder: &Path, coverage: Coverage) -> std::result::Result<Self, Unfit> {
        let mut segments = Vec::with_capacity(coverage.segments.len());
        for row in &coverage.segments {
            let path = folder.join(&row.file);
            match Segment::open(&path, &row.checksum, coverage.store) {
                Ok(Ok(segment)) => segments.push(segment),
                Ok(Err(Damaged)) => return Err(Unfit::File(row.clone())),
                Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(Unfit::File(row.clone())),
                Err(e) => return Err(Unfit::Failed(Error::read(&path, e))),
            }
        }
        Ok(Self { coverage, segments })
    }

    /// The segments with texts in `from` whose other side is in `to`, by primary subtags.
    fn segments_for<'i>(&'i self, from: Option<&'i str>, to: Option<&'i str>) -> impl Iterator<Item = &'i Segment> {
        self.segments.iter().filter(move |segment| segment.is_for(from, to))
    }

    /// Adds to `nearest` the units with a text near to `key`.
    pub(super) fn nearest(
        &self,
        key: &str,
        (from, to): (Option<&str>, Option<&str>),
        nearest: &mut Nearest,
    ) -> std::result::Result<(), Damaged> {
        let key: Vec<char> = key.chars().collect();
        let mut grams = Grams::default();
        // The greatest first: it sets the bound that the others have to reach.
        let mut segments: Vec<&Segment> = self.segments_for(from, to).collect();
        segments.sort_by_key(|segment| std::cmp::Reverse(segment.len()));
        segments.into_iter().try_for_each(|segment| segment.nearest(&key, &mut grams, nearest))
    }

    /// The units whose bare key may be that of `key`, by number, and whether it is that of their target.
    pub(super) fn with_bare_key(
        &self,
        key: &str,
        (from, to): (Option<&str>, Option<&str>),
    ) -> std::result::Result<Vec<(i64, bool)>, Damaged> {
        let hash = bare_hash(&bare(key));
        let mut units = Vec::new();
        for segment in self.segments_for(from, to) {
            for entry in segment.with_bare_hash(hash)? {
                units.push(segment.unit(*entry as usize)?);
            }
        }
        Ok(units)
    }

    /// The units with a text in `from` whose key contains `part`, the newest first, and whether that text is their target.
    pub(super) fn containing(
        &self,
        part: &str,
        (from, to): (Option<&str>, Option<&str>),
    ) -> std::result::Result<Vec<(i64, bool)>, Damaged> {
        let part: Vec<char> = part.chars().collect();
        let mut units = Vec::new();
        self.segments_for(from, to).try_for_each(|segment| segment.containing(&part, &mut units))?;
        units.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        Ok(units)
    }

    /// The bytes of its files.
    pub(super) fn size(&self, store: &Path) -> u64 {
        let files = self.coverage.segments.iter().map(|row| folder(store).join(&row.file));
        files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
    }

    /// Whether this is the index of a store in this state.
    pub(super) fn is_for(&self, (generation, last): (i64, i64)) -> bool {
        self.coverage.generation == generation && self.coverage.last == last
    }

    /// The names of the files that are not as they were written.
    pub(super) fn damaged(&self) -> Vec<&str> {
        let rows = self.segments.iter().zip(&self.coverage.segments);
        rows.filter(|(segment, _)| segment.check().is_err()).map(|(_, row)| row.file.as_str()).collect()
    }

    /// Deletes the files that are not as they were written, so that the next opening makes them again.
    pub(super) fn delete_damaged(&self, store: &Path) {
        for file in self.damaged() {
            // One that stays is found damaged again.
            let _ = fs::remove_file(folder(store).join(file));
        }
    }
}
