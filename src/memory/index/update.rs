//! Keeping the index up with its store.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::build::{Builder, Label};
use super::{Index, Unfit, folder};
use crate::error::{Error, Result};
use crate::memory::key::key;
use crate::memory::store::{Direction, SegmentRow, Store};

/// The greatest range of units that one segment is for: its making takes about 400 MB of memory.
const LARGEST: i64 = 1 << 20;
/// A new segment takes in the one before it unless that one is more than so many times its size, so that their number
/// grows with the logarithm of the units' number.
const FACTOR: i64 = 2;
/// Files of the index that no store lists are left alone for so long: another process may be about to list them.
const MAKING: Duration = Duration::from_secs(3600);

impl Index {
    /// The index of the store, brought up to date.
    ///
    /// With `patience` segments are merged as well, which pays for who has just imported; without, only what is missing is
    /// made.
    pub(in crate::memory) fn of(store: &Store, patience: bool) -> Result<Self> {
        let folder = folder(store.path());
        let last = store.coverage()?.last;
        for _ in 0..ATTEMPTS {
            let coverage = store.coverage()?;
            // What another process adds meanwhile is left to it.
            let (removed, ranges) = if coverage.indexed() < last.min(coverage.last) {
                let reach = if patience { LARGEST } else { 0 };
                due(&coverage.segments, coverage.last, reach)
            } else {
                match Self::open(&folder, coverage.clone()) {
                    Ok(index) => return Ok(index),
                    Err(Unfit::Failed(error)) => return Err(error),
                    Err(Unfit::File(row)) => remake(&coverage.segments, &row),
                }
            };
            let mut added = Vec::new();
            for (first, last) in ranges {
                added.extend(build(store, &folder, coverage.store, first, last)?);
            }
            // When another process was faster, its list is as good.
            let is_published = store.publish(coverage.generation, &removed, &added)?;
            clean(&folder, if is_published { &removed } else { &added }, &store.coverage()?.segments);
        }
        Err(damaged_again(&folder))
    }

    /// Deletes the files that no list names, however new.
    ///
    /// Should another process be about to list one, the next opening finds it missing and makes it again.
    pub(in crate::memory) fn sweep(store: &Store) -> Result<()> {
        let folder = folder(store.path());
        // Before the list is read, so that what is listed meanwhile stays.
        let files: Vec<_> = fs::read_dir(&folder).into_iter().flatten().flatten().collect();
        let listed = store.coverage()?.segments;
        for file in files {
            if !file.file_name().to_str().is_some_and(|name| listed.iter().any(|row| row.file == name)) {
                // One that is open elsewhere goes another time.
                let _ = fs::remove_file(file.path());
            }
        }
        Ok(())
    }

    /// Has the whole index made again at the next opening.
    pub(in crate::memory) fn forget(store: &Store) -> Result<()> {
        let coverage = store.coverage()?;
        store.publish(coverage.generation, &coverage.segments, &[]).map(drop)
    }
}

/// The error for an index that is never as it was written.
pub(in crate::memory) fn damaged_again(folder: &Path) -> Error {
    Error::format(folder, None, "the index is damaged again and again. Look whether the disk is sound")
}

/// Each time something was made; more often means that what is written does not stay.
const ATTEMPTS: usize = 10;

type Ranges = Vec<(i64, i64)>;

/// The segments to be replaced, and the ranges to be made, so that the units up to `last` are indexed.
fn due(segments: &[SegmentRow], last: i64, reach: i64) -> (Vec<SegmentRow>, Ranges) {
    let mut ranges: Ranges = segments.iter().map(|row| (row.first, row.last)).collect();
    ranges.dedup();
    let mut first = ranges.last().map_or(1, |(_, last)| last + 1);
    while let Some((before, end)) = ranges.pop() {
        if end - before + 1 > FACTOR * (last - first + 1) || last - before + 1 > reach {
            break;
        }
        first = before;
    }
    let removed = segments.iter().filter(|row| row.first >= first).cloned().collect();
    (removed, pieces(first, last))
}

/// The same for a segment that is missing or damaged.
fn remake(segments: &[SegmentRow], damaged: &SegmentRow) -> (Vec<SegmentRow>, Ranges) {
    let range = (damaged.first, damaged.last);
    (segments.iter().filter(|row| (row.first, row.last) == range).cloned().collect(), vec![range])
}

fn pieces(first: i64, last: i64) -> Ranges {
    let starts = (first..=last).step_by(LARGEST as usize);
    starts.map(|start| (start, last.min(start + LARGEST - 1))).collect()
}

/// Makes the segments for a range of units: one for each direction.
fn build(store: &Store, folder: &Path, id: [u8; 16], first: i64, last: i64) -> Result<Vec<SegmentRow>> {
    fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
    let mut rows = Vec::new();
    // One direction after the other, since each takes its memory.
    for direction in store.directions(first, last)? {
        let Direction { from, to, is_target } = &direction;
        let label = Label { store: id, first, from, to };
        let prefix = format!("{from}-{to}-{first}-{last}-");
        let mut write = |builder: Builder| {
            let written = write(&builder, &label, folder, &prefix).map_err(|e| Error::write(folder, e))?;
            rows.push(SegmentRow { file: written.0, first, last, checksum: written.1 });
            Ok(())
        };
        let mut builder = Builder::default();
        store.for_each_unit(first, last, |unit| {
            let Some(text) = direction.text(&unit) else { return Ok(()) };
            let (key, number) = (key(text), (unit.number - first) as u32 * 2 + u32::from(*is_target));
            if !builder.add(&key, number) {
                // A segment whose alphabet is full ends here. No text fills one alone.
                write(std::mem::take(&mut builder))?;
                builder.add(&key, number);
            }
            Ok(())
        })?;
        write(builder)?;
    }
    Ok(rows)
}

/// Writes a file under a name of its own; the name and the checksum.
fn write(builder: &Builder, label: &Label, folder: &Path, prefix: &str) -> io::Result<(String, Vec<u8>)> {
    let mut options = tempfile::Builder::new();
    options.prefix(prefix).suffix(".idx");
    #[cfg(unix)]
    options.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let (file, path) = options.tempfile_in(folder)?.into_parts();
    let checksum = builder.write(label, file)?;
    let path = path.keep()?;
    Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), checksum))
}

/// Deletes files that are no longer of use; one that is still open elsewhere goes another time.
fn clean(folder: &Path, unused: &[SegmentRow], listed: &[SegmentRow]) {
    let is_listed = |name: &str| listed.iter().any(|row| row.file == name);
    for row in unused.iter().filter(|row| !is_listed(&row.file)) {
        let _ = fs::remove_file(folder.join(&row.file));
    }
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten() {
        let is_old = || {
            let made = file.metadata().and_then(|metadata| metadata.modified()).ok()?;
            Some(SystemTime::now().duration_since(made).ok()? > MAKING)
        };
        if !file.file_name().to_str().is_some_and(is_listed) && is_old() == Some(true) {
            let _ = fs::remove_file(file.path());
        }
    }
}
