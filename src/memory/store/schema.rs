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
const MIGRATIONS: [&str; 3] = [
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
    "
    -- The inline codes of the texts where the unit stands; see `codes::written`.
    ALTER TABLE occurrence ADD COLUMN codes TEXT;
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

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, params};

    use super::{APPLICATION, MIGRATIONS, VERSION};
    use crate::memory::store::import::{checksum, named_checksum};
    use crate::memory::store::{Store, UnitId};

    #[test]
    fn stores_of_every_version_are_brought_up_to_date_and_stay_sound() {
        for version in 1..=VERSION {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("memory.db");
            let old = Connection::open(&path).expect("a file");
            for migration in MIGRATIONS.iter().take(version as usize) {
                old.execute_batch(migration).expect("a migration");
            }
            old.execute_batch(
                "INSERT INTO pair VALUES (1, 'ja', 'en'); INSERT INTO document (number, name) VALUES (1, 'a');
                 INSERT INTO origin VALUES (1, 'a.tmx');",
            )
            .expect("a store");
            if version > 1 {
                old.execute("UPDATE document SET checksum = ?", [named_checksum(1, "a")]).expect("a store");
            }
            let id = UnitId::of(["ja", "en", "池。", "Pond."]);
            old.execute("INSERT INTO unit VALUES (1, ?, 1, '池。', 'Pond.')", [id.as_bytes()]).expect("a store");
            let place = [Some(1), Some(1), Some(0), None, None, Some(0), Some(1000), Some(5), Some(5), Some(1)];
            old.execute(
                "INSERT INTO occurrence (unit, document, position, before, after, status, confidence, created, changed,
                 origin, checksum) VALUES (1, 1, 0, NULL, NULL, 0, 1000, 5, 5, 1, ?)",
                params![checksum(place, None)],
            )
            .expect("a store");
            old.pragma_update(None, "application_id", APPLICATION).expect("a store");
            old.pragma_update(None, "user_version", version).expect("a store");
            drop(old);

            let store = Store::open(&path, false).expect("a store");
            store.check().unwrap_or_else(|e| panic!("from version {version}: {e}"));
            let mut shown = Vec::new();
            store
                .for_each_place(|placed| {
                    shown.push(placed.expect("a sound unit"));
                    Ok(())
                })
                .expect("a store");
            let (unit, place) = &shown[0];
            let place = place.as_ref().expect("a place");
            assert_eq!((unit.target.as_str(), place.document.as_str(), place.changed), ("Pond.", "a", 5));
            assert_eq!((shown.len(), &place.codes), (1, &[vec![], vec![]]));
            let now = Connection::open(&path).expect("a store");
            let number: i32 = now.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a store");
            assert_eq!(number, VERSION);
        }
    }
}
