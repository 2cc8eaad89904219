//! Which files of the index belong to the store: the list is part of it, so that both change together.

use rusqlite::{Connection, TransactionBehavior, params};

use super::{Store, failed};
use crate::error::Result;

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::memory) struct SegmentRow {
    /// Its name.
    pub(in crate::memory) file: String,
    /// The units it is for, by number.
    pub(in crate::memory) first: i64,
    pub(in crate::memory) last: i64,
    /// What the file must hold.
    pub(in crate::memory) checksum: Vec<u8>,
}

/// What the store holds, and what of it the index holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::memory) struct Coverage {
    /// What tells this store from all others.
    pub(in crate::memory) store: [u8; 16],
    /// Changes whenever units or the index change.
    pub(in crate::memory) generation: i64,
    /// The greatest number of a unit; 0 in an empty store.
    pub(in crate::memory) last: i64,
    /// The files, in the order of their units.
    pub(in crate::memory) segments: Vec<SegmentRow>,
}

impl Coverage {
    /// The greatest number of a unit that the index holds.
    pub(in crate::memory) fn indexed(&self) -> i64 {
        self.segments.iter().map(|segment| segment.last).max().unwrap_or(0)
    }
}

impl Store {
    /// Reads it.
    pub(in crate::memory) fn coverage(&self) -> Result<Coverage> {
        self.with(|connection| {
            let transaction = connection.transaction().map_err(|e| failed(self.path(), e))?;
            coverage(&transaction).map_err(|e| failed(self.path(), e))
        })
    }

    /// Two numbers that tell whether an index that was read before still fits: the generation and the last unit's number.
    pub(in crate::memory) fn state(&self) -> Result<(i64, i64)> {
        self.with(|connection| state(connection).map_err(|e| failed(self.path(), e)))
    }

    /// Puts `added` in the place of `removed`, unless the list is no longer the one that was read with `generation`;
    /// whether it was done.
    pub(in crate::memory) fn publish(
        &self,
        generation: i64,
        removed: &[SegmentRow],
        added: &[SegmentRow],
    ) -> Result<bool> {
        self.with(|connection| {
            let mut work = || {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                if state(&transaction)?.0 != generation {
                    return Ok(false);
                }
                for row in removed {
                    transaction.execute("DELETE FROM segment WHERE file = ?", [&row.file])?;
                }
                for row in added {
                    transaction.execute(
                        "INSERT INTO segment (file, first, last, checksum) VALUES (?, ?, ?, ?)",
                        params![row.file, row.first, row.last, row.checksum],
                    )?;
                }
                transaction.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'", [])?;
                transaction.commit().map(|()| true)
            };
            work().map_err(|e| failed(self.path(), e))
        })
    }
}

fn state(connection: &Connection) -> rusqlite::Result<(i64, i64)> {
    connection
        .prepare_cached(
            "SELECT (SELECT value FROM meta WHERE name = 'generation'), (SELECT ifnull(max(number), 0) FROM unit)",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn coverage(connection: &Connection) -> rusqlite::Result<Coverage> {
    let store = connection.query_row("SELECT value FROM meta WHERE name = 'store'", [], |row| row.get(0))?;
    let (generation, last) = state(connection)?;
    let segments = connection
        .prepare("SELECT file, first, last, checksum FROM segment ORDER BY first, file")?
        .query_map([], |row| {
            Ok(SegmentRow { file: row.get(0)?, first: row.get(1)?, last: row.get(2)?, checksum: row.get(3)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Coverage { store, generation, last, segments })
}
