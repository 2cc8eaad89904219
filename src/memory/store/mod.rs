//! The store: one `SQLite` file with units, and the occurrences of each.
//!
//! **Locking.** `SQLite`'s write-ahead log: readers never wait, writers wait for each other.
//! **Compatibility.** `user_version` counts migrations; a store of a newer program is refused untouched.
//! **Damage.** A unit's id is a hash of what it says, and an occurrence carries a checksum, so that whatever is read is
//! known to be what was written.

mod import;
mod maintenance;
mod read;
mod schema;
mod segments;
mod unit_id;
mod words;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Error, Result};

pub use import::{Entry, ImportOptions, Imported};
pub use maintenance::Stats;
pub(super) use read::{Direction, Stored};
pub(super) use segments::{Coverage, SegmentRow};
pub use unit_id::UnitId;

/// How long a process waits for another to finish a transaction. Those of an import take well under a second each.
const PATIENCE: Duration = Duration::from_secs(300);
/// What `SQLite` may keep of the file in memory, in KiB.
const CACHE_KIB: i64 = 64 * 1024;

/// A store, for several threads: each takes a connection while it works.
#[derive(Debug)]
pub(super) struct Store {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Store {
    /// Opens a store; makes it where there is none and `create` says so.
    pub(super) fn open(path: &Path, create: bool) -> Result<Self> {
        match path.metadata() {
            Ok(_) => schema::check_head(path)?,
            Err(e) if e.kind() == io::ErrorKind::NotFound && create => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Err(Error::Usage(format!(
                    "there is no memory {}. Make one with `taiyaku import`, or name another with --memory",
                    path.display()
                )));
            }
            Err(e) => return Err(Error::read(path, e)),
        }
        let store = Self { path: path.to_owned(), idle: Mutex::default() };
        let mut connection = store.connect()?;
        schema::migrate(&mut connection, path)?;
        store.put_back(connection);
        Ok(store)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Does something with a connection of its own.
    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let result = work(&mut connection);
        self.put_back(connection);
        result
    }

    fn put_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }

    fn connect(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || {
            let connection = Connection::open_with_flags(&self.path, flags)?;
            connection.busy_timeout(PATIENCE)?;
            connection.pragma_update(None, "synchronous", "NORMAL")?;
            connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
            connection.pragma_update(None, "cell_size_check", true)?;
            connection.pragma_update(None, "trusted_schema", false)?;
            connection.set_prepared_statement_cache_capacity(64);
            Ok(connection)
        };
        open().map_err(|e| failed(&self.path, e))
    }
}

/// The error for what `SQLite` could not do.
#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn failed(path: &Path, error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        // Without a code: a column that holds what it never can.
        None | Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, &error.to_string()),
        Some(ErrorCode::DiskFull) => Error::write(path, io::ErrorKind::StorageFull.into()),
        Some(ErrorCode::SystemIoFailure) => Error::write(
            path,
            io::Error::other(
                "the system failed to read or write it. Make room on the disk and look whether it is sound; what was imported before stays",
            ),
        ),
        Some(ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            Error::write(path, io::ErrorKind::PermissionDenied.into())
        }
        Some(ErrorCode::CannotOpen) => Error::format(
            path,
            None,
            "the memory cannot be opened. Look whether its folder exists and may be written to",
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::format(
            path,
            None,
            "another program has kept the memory locked for five minutes. End it, or try again later",
        ),
        Some(_) => Error::format(path, None, format!("the memory cannot be used: {error}")),
    }
}

/// The error for a store that does not hold what was written to it.
fn damaged(path: &Path, what: &str) -> Error {
    let message = format!(
        "the memory is damaged ({what}). Put a backup in its place, or import its files into a new one; `taiyaku memory export` saves what can still be read"
    );
    Error::format(path, None, message)
}
