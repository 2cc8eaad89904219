//! The tables of a store, as an append-only list of migrations.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::damaged;
use super::import::named_checksum;
use crate::error::{Error, Result};

/// What marks an `SQLite` file as a translation memory: "TYKM".
pub(super) const APPLICATION: i32 = i32::from_be_bytes(*b"TYKM");

/// Each brings a store from the version of its index to the next. Never change one that was released: append.
const MIGRATIONS: [&str; 2] = [
    "
    CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
    INSERT INTO meta VALUES ('store', randomblob(16)), ('generation', 0), ('read', 0);
    CREATE TABLE pair (
        number INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        UNIQUE (source, target)
    );
    CREATE TABLE document (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE origin (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    -- A number is never used again, so that the index can go by it.
    CREATE TABLE unit (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id BLOB NOT NULL UNIQUE,
        pair INTEGER NOT NULL REFERENCES pair,
        source TEXT NOT NULL,
        target TEXT NOT NULL
    );
    -- before and after are numbers of units; confidence in thousandths; times in seconds since 1970.
    CREATE TABLE occurrence (
        unit INTEGER NOT NULL REFERENCES unit,
        document INTEGER NOT NULL REFERENCES document,
        position INTEGER NOT NULL,
        before INTEGER,
        after INTEGER,
        status INTEGER NOT NULL,
        confidence INTEGER NOT NULL,
        created INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        origin INTEGER NOT NULL REFERENCES origin,
        checksum INTEGER NOT NULL,
        PRIMARY KEY (unit, document, position)
    ) WITHOUT ROWID;
    -- The files of the index, each for the units from first to last.
    CREATE TABLE segment (
        file TEXT PRIMARY KEY,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        checksum BLOB NOT NULL
    ) WITHOUT ROWID;
    -- The words in kanji of the units up to the one that meta calls read, by their readings in hiragana.
    CREATE TABLE word (reading TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (reading, text)) WITHOUT ROWID;
",
    "
    CREATE INDEX occurrence_place ON occurrence (document, position);
    -- That of the name; see `named_checksum`.
    ALTER TABLE document ADD COLUMN checksum INTEGER;
",
];
/// The version from which on documents have checksums.
const WITH_DOCUMENT_CHECKSUMS: i32 = 2;

/// The version of the schema that this program writes.
#[expect(clippy::cast_possible_wrap, reason = "there will not be so many")]
pub(super) const VERSION: i32 = MIGRATIONS.len() as i32;

/// Fails when the file at `path` is no store, or one of a newer program, without touching it.
pub(super) fn check_head(path: &Path) -> Result<()> {
    // Offsets of https://www.sqlite.org/fileformat2.html, 1.3.
    const USER_VERSION: usize = 60;
    const APPLICATION_ID: usize = 68;
    let mut head = Vec::new();
    let file = File::open(path).map_err(|e| Error::read(path, e))?;
    file.take(100).read_to_end(&mut head).map_err(|e| Error::read(path, e))?;
    if head.is_empty() {
        return Ok(());
    }
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(no_memory(path));
    }
    let number = |at: usize| head.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, i32::from_be_bytes);
    // Both are 0 as long as what made the store stands in its write-ahead log alone.
    match (number(APPLICATION_ID), number(USER_VERSION)) {
        (0, 0) => Ok(()),
        (APPLICATION, version) => check_version(path, version),
        _ => Err(no_memory(path)),
    }
}

fn no_memory(path: &Path) -> Error {
    Error::format(path, None, "this is no translation memory. Choose another file with --memory")
}

fn check_version(path: &Path, version: i32) -> Result<()> {
    if version > VERSION {
        let message = format!(
            "this memory was written by a newer taiyaku (version {version} of the store, this program knows {VERSION}). Use the newer program"
        );
        return Err(Error::format(path, None, message));
    }
    Ok(())
}

/// Brings the store to the current version, all or nothing.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    if version(connection, path)? == VERSION {
        return Ok(());
    }
    let failed = |e| super::failed(path, e);
    connection.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another process may have done it meanwhile.
    let version = version(&transaction, path)?;
    let missing = usize::try_from(version).ok().and_then(|version| MIGRATIONS.get(version..));
    for migration in missing.ok_or_else(|| damaged(path, "its version is impossible"))? {
        transaction.execute_batch(migration).map_err(failed)?;
    }
    if version < WITH_DOCUMENT_CHECKSUMS {
        add_document_checksums(&transaction).map_err(failed)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
    transaction.pragma_update(None, "user_version", VERSION).map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// Fails unless the store has the version that this program writes, for where it cannot be brought to it.
pub(super) fn check_current(connection: &Connection, path: &Path) -> Result<()> {
    if version(connection, path)? < VERSION {
        let message = "this memory was written by an older taiyaku and has to be brought up to date, but its folder may not be written to. Copy it to a folder that may";
        return Err(Error::format(path, None, message));
    }
    Ok(())
}

/// Gives the documents of an older store their checksums.
fn add_document_checksums(store: &Connection) -> rusqlite::Result<()> {
    let mut statement = store.prepare("SELECT number, name FROM document")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let sum = named_checksum(number, &row.get::<_, String>(1)?);
        store.prepare_cached("UPDATE document SET checksum = ? WHERE number = ?")?.execute([sum, number])?;
    }
    Ok(())
}

/// The version of the store; 0 for a new one. Fails for a file of another program or of a newer one.
fn version(connection: &Connection, path: &Path) -> Result<i32> {
    let number = |name: &str| {
        connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).map_err(|e| super::failed(path, e))
    };
    let version = number("user_version")?;
    let tables = || connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
    match number("application_id")? {
        APPLICATION => check_version(path, version).map(|()| version),
        0 if version == 0 && tables().map_err(|e| super::failed(path, e))? == 0 => Ok(0),
        _ => Err(no_memory(path)),
    }
}
