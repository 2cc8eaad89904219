//! The store: one `SQLite` file with units, and the occurrences of each.
//!
//! **Locking.** `SQLite`'s write-ahead log: readers never wait, writers wait for each other.
//! **Compatibility.** `user_version` counts migrations; a store of a newer program is refused untouched.
//! **Damage.** A unit's id is a hash of what it says, and an occurrence carries a checksum, so that whatever is read is
//! known to be what was written.

mod codes;
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
    /// Whether it is read only, without the files that processes share.
    is_immutable: bool,
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
        let store = Self { path: path.to_owned(), is_immutable: false, idle: Mutex::default() };
        let opened = store.opened().and_then(|connection| {
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            Ok(connection)
        });
        let mut connection = match opened {
            Err(error) if is_barred(&error) => return Self::open_immutable(path),
            opened => opened.map_err(|e| failed(path, e))?,
        };
        schema::migrate(&mut connection, path)?;
        store.put_back(connection);
        Ok(store)
    }

    /// Opens a store in a folder that may not be written to, to read it only. Nothing may change it meanwhile.
    ///
    /// Fails when an older program wrote it, or when it has changes in its log that it must take up first.
    fn open_immutable(path: &Path) -> Result<Self> {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        if Path::new(&log).metadata().is_ok_and(|log| log.len() > 0) {
            let message = "the memory cannot be read where it is: its last changes stand in a file beside it, and the folder may not be written to. Copy it with the files named after it to a folder that may";
            return Err(Error::format(path, None, message));
        }
        let store = Self { path: path.to_owned(), is_immutable: true, idle: Mutex::default() };
        let connection = store.connect()?;
        schema::check_current(&connection, path)?;
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
        self.opened().map_err(|e| failed(&self.path, e))
    }

    fn opened(&self) -> rusqlite::Result<Connection> {
        let connection = if self.is_immutable {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Connection::open_with_flags(immutable_uri(&self.path), flags)?
        } else {
            let flags =
                OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Connection::open_with_flags(&self.path, flags)?
        };
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    }
}

/// Whether `SQLite` could not make the files that its processes share, where it may not write.
fn is_barred(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied))
}

/// The name by which `SQLite` opens a file that nothing changes.
fn immutable_uri(path: &Path) -> String {
    // https://www.sqlite.org/uri.html: these signs have a meaning of their own.
    let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{name}?immutable=1")
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
        Some(ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => Error::write(
            path,
            io::Error::other(
                "it may only be read. Copy it with the files and the folder named after it to a folder that may be written to",
            ),
        ),
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

#[cfg(test)]
mod tests {
    use super::Store;

    #[test]
    fn a_store_that_may_only_be_read_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("50% #1?.db");
        drop(Store::open(&path, true).expect("a new store"));
        let store = Store::open_immutable(&path).expect("a store without a log");
        assert_eq!(store.stats().expect("a sound store").units, 0);
        assert!(!folder.path().join("50% #1?.db-shm").exists());
        let told = store.compact().map_err(|e| e.to_string()).expect_err("nothing may be written");
        assert!(told.contains("Copy it"), "{told}");
        std::fs::write(folder.path().join("50% #1?.db-wal"), "x").expect("a file");
        let told = Store::open_immutable(&path).map_err(|e| e.to_string()).expect_err("a log");
        assert!(told.contains("last changes"), "{told}");
    }
}
