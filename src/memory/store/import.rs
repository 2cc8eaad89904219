//! Taking units in: in transactions of bounded size, so that an import that ends early leaves a whole store.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::codes::{self, trimmed};
use super::{Store, UnitId, failed};
use crate::error::Result;
use crate::memory::time::seconds;
use crate::unit::{InlineCode, Status, TranslationUnit};

/// How many units a transaction takes. With more, other processes wait longer; with fewer, importing is slower.
const BATCH: usize = 10_000;

/// Where the units of an import come from, and when.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// What they come from: a file's name.
    pub origin: String,
    /// The time that new occurrences get.
    pub time: SystemTime,
    /// Whether a document that the memory has already is replaced: where its units stood is forgotten, as far as they do
    /// not stand there now. The units themselves stay.
    pub replaces: bool,
}

impl Default for ImportOptions {
    /// From nowhere, now, whole documents.
    fn default() -> Self {
        Self { origin: String::new(), time: SystemTime::now(), replaces: true }
    }
}

/// A unit to be taken in, with its times where they are known: `2024-05-01T09:30:00Z`, or the day alone; and with the
/// inline codes that its texts have where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The unit.
    pub unit: TranslationUnit,
    /// When it was made.
    pub created: Option<String>,
    /// When it was last changed.
    pub changed: Option<String>,
    /// The inline codes of the source text. They are no part of the unit, and are neither looked up nor searched.
    pub source_codes: Vec<InlineCode>,
    /// The inline codes of the target text.
    pub target_codes: Vec<InlineCode>,
}

impl From<TranslationUnit> for Entry {
    /// A unit whose times are those of its import, without codes.
    fn from(unit: TranslationUnit) -> Self {
        Self { unit, created: None, changed: None, source_codes: Vec::new(), target_codes: Vec::new() }
    }
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// The units it was given, without the one-sided and rejected ones.
    pub units: usize,
    /// Those that the memory did not hold.
    pub new_units: usize,
    /// Places of units that the memory did not know, or that have changed.
    pub new_occurrences: usize,
    /// Units with an empty side or rejected by a person, which a memory does not take.
    pub left_out: usize,
}

/// A document that an import has met.
struct Met {
    number: i64,
    /// Whether the store may know other places in it, which are replaced.
    is_replaced: bool,
    /// How many of its units have come, for each pair of languages.
    units: Vec<(i64, i64)>,
}

/// Where a unit stands, not yet written because the unit after it is not known.
struct Occurrence {
    unit: i64,
    pair: i64,
    document: i64,
    is_replaced: bool,
    position: i64,
    before: Option<i64>,
    status: Status,
    confidence: i64,
    /// What the file says, if it does.
    created: Option<i64>,
    changed: Option<i64>,
    codes: Option<String>,
}

/// The number of a status in the store.
pub(super) fn status_number(status: Status) -> i64 {
    match status {
        Status::Auto => 0,
        Status::Confirmed => 1,
        Status::Rejected => 2,
    }
}

/// The checksum of an occurrence: 32 bits of the BLAKE3 hash of its other columns. Without codes it is that of stores
/// which knew none.
pub(super) fn checksum(columns: impl IntoIterator<Item = Option<i64>>, codes: Option<&str>) -> i64 {
    let mut hasher = blake3::Hasher::new();
    for column in columns {
        hasher.update(&[u8::from(column.is_some())]);
        hasher.update(&column.unwrap_or_default().to_le_bytes());
    }
    if let Some(codes) = codes {
        hasher.update(codes.as_bytes());
    }
    first_32_bits(&hasher)
}

/// The checksum of the name of a document: 32 bits of the BLAKE3 hash of its number and the name.
pub(super) fn named_checksum(number: i64, name: &str) -> i64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&number.to_le_bytes()).update(name.as_bytes());
    first_32_bits(&hasher)
}

fn first_32_bits(hasher: &blake3::Hasher) -> i64 {
    hasher.finalize().as_bytes().iter().take(4).fold(0, |sum, byte| sum << 8 | i64::from(*byte))
}

impl Store {
    /// Takes the units in, and tells `progress` after each batch how many it has taken.
    ///
    /// Fails when a unit cannot be read or the store cannot be written; what was taken before stays.
    pub(in crate::memory) fn import(
        &self,
        units: impl Iterator<Item = Result<Entry>>,
        options: &ImportOptions,
        progress: &mut dyn FnMut(&Imported),
    ) -> Result<Imported> {
        let mut units = units;
        self.with(|connection| {
            let mut import = Import::new(connection, self.path(), options)?;
            let mut is_open = true;
            while is_open {
                is_open = import.batch(connection, &mut units)?;
                progress(&import.done);
            }
            Ok(import.done)
        })
    }
}

struct Import<'i> {
    path: &'i Path,
    time: i64,
    origin: i64,
    pairs: HashMap<(String, String), i64>,
    replaces: bool,
    documents: HashMap<String, Met>,
    /// The units of the store that a person has rejected.
    rejected: BTreeSet<i64>,
    pending: Option<Occurrence>,
    done: Imported,
}

impl<'i> Import<'i> {
    fn new(connection: &mut Connection, path: &'i Path, options: &ImportOptions) -> Result<Self> {
        let time = options.time.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs().cast_signed());
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|e| failed(path, e))?;
        let origin = origin(&transaction, &options.origin).map_err(|e| failed(path, e))?;
        transaction.commit().map_err(|e| failed(path, e))?;
        Ok(Self {
            path,
            time,
            origin,
            pairs: HashMap::new(),
            replaces: options.replaces,
            documents: HashMap::new(),
            rejected: BTreeSet::new(),
            pending: None,
            done: Imported::default(),
        })
    }

    /// Takes a batch in; whether there may be more.
    fn batch(&mut self, connection: &mut Connection, units: &mut impl Iterator<Item = Result<Entry>>) -> Result<bool> {
        // Read before the lock is taken, so that a slow file does not keep others waiting.
        let mut batch = Vec::with_capacity(BATCH);
        let mut end = None;
        while batch.len() < BATCH {
            match units.next() {
                Some(Ok(unit)) => batch.push(unit),
                Some(Err(error)) => {
                    end = Some(Err(error));
                    break;
                }
                None => {
                    end = Some(Ok(()));
                    break;
                }
            }
        }
        let is_whole = matches!(end, Some(Ok(())));
        self.write(connection, &batch, end.is_some(), is_whole).map_err(|e| failed(self.path, e))?;
        match end {
            None => Ok(true),
            Some(end) => end.map(|()| false),
        }
    }

    fn write(
        &mut self,
        connection: &mut Connection,
        batch: &[Entry],
        is_last: bool,
        is_whole: bool,
    ) -> rusqlite::Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for entry in batch {
            self.add(&transaction, entry)?;
        }
        if is_last && let Some(last) = self.pending.take() {
            self.place(&transaction, &last, None)?;
        }
        if is_whole {
            self.forget_rest(&transaction)?;
            self.delete_rejected(&transaction)?;
        }
        transaction.commit()
    }

    /// Forgets the places behind the ends of the documents that were replaced.
    fn forget_rest(&self, store: &Connection) -> rusqlite::Result<()> {
        for document in self.documents.values().filter(|document| document.is_replaced) {
            for (pair, units) in &document.units {
                store
                    .prepare_cached(
                        "DELETE FROM occurrence WHERE document = ? AND position >= ?
                         AND (SELECT pair FROM unit WHERE number = occurrence.unit) = ?",
                    )?
                    .execute([document.number, *units, *pair])?;
            }
        }
        Ok(())
    }

    /// Deletes the rejected units that stand nowhere else.
    fn delete_rejected(&self, store: &Connection) -> rusqlite::Result<()> {
        let mut first = None;
        for unit in &self.rejected {
            let deleted = store
                .prepare_cached(
                    "DELETE FROM unit WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM occurrence WHERE unit = ?1)",
                )?
                .execute([unit])?;
            if deleted > 0 {
                first.get_or_insert(*unit);
            }
        }
        if let Some(first) = first {
            // What of the index knows them, and all after it, so that it ends at one unit.
            store.execute("DELETE FROM segment WHERE last >= ?", [first])?;
            store.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'", [])?;
        }
        Ok(())
    }

    fn add(&mut self, store: &Connection, entry: &Entry) -> rusqlite::Result<()> {
        let unit = &entry.unit;
        let (whole_source, whole_target) = (unit.source.text(), unit.target.text());
        let (source, target) = (whole_source.trim(), whole_target.trim());
        let tags = (unit.source.lang.tag(), unit.target.lang.tag());
        let pair = self.pair(store, tags)?;
        let id = UnitId::of([tags.0, tags.1, source, target]);
        let (document, is_replaced, next) = self.document(store, &unit.document, pair)?;
        let is_taken = unit.status != Status::Rejected && !source.is_empty() && !target.is_empty();
        let position = *next;
        *next += i64::from(is_taken);
        if !is_taken {
            self.done.left_out += 1;
            if unit.status == Status::Rejected {
                self.rejected.extend(number_of(store, &id)?);
            }
            return Ok(());
        }
        self.done.units += 1;
        let added = store
            .prepare_cached(
                "INSERT INTO unit (id, pair, source, target) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            )?
            .execute(params![id.as_bytes(), pair, source, target])?;
        self.done.new_units += added;
        let number = if added > 0 {
            store.last_insert_rowid()
        } else {
            number_of(store, &id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?
        };
        let before = match self.pending.take() {
            Some(before) if (before.document, before.pair) == (document, pair) => {
                self.place(store, &before, Some(number))?;
                Some(before.unit)
            }
            Some(before) => {
                self.place(store, &before, None)?;
                None
            }
            None => None,
        };
        self.pending = Some(Occurrence {
            unit: number,
            pair,
            document,
            is_replaced,
            position,
            before,
            status: unit.status,
            confidence: (unit.confidence.clamp(0.0, 1.0) * 1000.0).round() as i64,
            created: entry.created.as_deref().and_then(seconds),
            changed: entry.changed.as_deref().and_then(seconds),
            codes: codes::written(&[
                trimmed(&entry.source_codes, &whole_source),
                trimmed(&entry.target_codes, &whole_target),
            ]),
        });
        Ok(())
    }

    /// Writes where a unit stands, unless the store knows it.
    fn place(&mut self, store: &Connection, occurrence: &Occurrence, after: Option<i64>) -> rusqlite::Result<()> {
        let Occurrence {
            unit,
            pair,
            document,
            is_replaced,
            position,
            before,
            status,
            confidence,
            created,
            changed,
            ref codes,
        } = *occurrence;
        if is_replaced {
            store
                .prepare_cached(
                    "DELETE FROM occurrence WHERE document = ? AND position = ? AND unit <> ?
                     AND (SELECT pair FROM unit WHERE number = occurrence.unit) = ?",
                )?
                .execute([document, position, unit, pair])?;
        }
        let (status, origin) = (status_number(status), self.origin);
        let made = created.or(changed).unwrap_or(self.time);
        let time = changed.or(created).unwrap_or(self.time);
        let sum = |created, codes: Option<&str>| {
            let place = [Some(unit), Some(document), Some(position), before, after];
            checksum(place.into_iter().chain([status, confidence, created, time, origin].map(Some)), codes)
        };
        let added = store
            .prepare_cached(
                "INSERT INTO occurrence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                unit,
                document,
                position,
                before,
                after,
                status,
                confidence,
                made,
                time,
                origin,
                sum(made, codes.as_deref()),
                codes
            ])?;
        self.done.new_occurrences += added;
        if added > 0 {
            return Ok(());
        }
        // Without a time in the file, one that is known already stays; so do codes, for which most files have no place.
        let known: Option<(i64, Option<String>)> = store
            .prepare_cached(
                "SELECT created, codes FROM occurrence WHERE unit = ?1 AND document = ?2 AND position = ?3
                 AND (before IS NOT ?4 OR after IS NOT ?5 OR status <> ?6 OR confidence <> ?7
                 OR changed <> ifnull(?8, changed) OR codes IS NOT ifnull(?9, codes))",
            )?
            .query_row(
                params![unit, document, position, before, after, status, confidence, changed.or(created), codes],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        if let Some((made, known)) = known {
            let codes = codes.as_ref().or(known.as_ref());
            self.done.new_occurrences += store
                .prepare_cached(
                    "UPDATE occurrence SET before = ?4, after = ?5, status = ?6, confidence = ?7, changed = ?8,
                     origin = ?9, checksum = ?10, codes = ?11 WHERE unit = ?1 AND document = ?2 AND position = ?3",
                )?
                .execute(params![
                    unit,
                    document,
                    position,
                    before,
                    after,
                    status,
                    confidence,
                    time,
                    origin,
                    sum(made, codes.map(String::as_str)),
                    codes
                ])?;
        }
        Ok(())
    }

    fn pair(&mut self, store: &Connection, tags: (&str, &str)) -> rusqlite::Result<i64> {
        let key = (tags.0.to_owned(), tags.1.to_owned());
        if let Some(pair) = self.pairs.get(&key) {
            return Ok(*pair);
        }
        store.execute("INSERT INTO pair (source, target) VALUES (?, ?) ON CONFLICT DO NOTHING", [tags.0, tags.1])?;
        let pair =
            store.query_row("SELECT number FROM pair WHERE source = ? AND target = ?", [tags.0, tags.1], |row| {
                row.get(0)
            })?;
        self.pairs.insert(key, pair);
        Ok(pair)
    }

    /// The number of a document, whether it is replaced, and which of its units the next in these languages is.
    fn document(&mut self, store: &Connection, name: &str, pair: i64) -> rusqlite::Result<(i64, bool, &mut i64)> {
        if !self.documents.contains_key(name) {
            let is_new = store
                .prepare_cached("INSERT INTO document (name) VALUES (?) ON CONFLICT DO NOTHING")?
                .execute([name])?
                > 0;
            let number = store
                .prepare_cached("SELECT number FROM document WHERE name = ?")?
                .query_row([name], |row| row.get(0))?;
            if is_new {
                store
                    .prepare_cached("UPDATE document SET checksum = ? WHERE number = ?")?
                    .execute([named_checksum(number, name), number])?;
            }
            let is_replaced = self.replaces && !is_new;
            self.documents.insert(name.to_owned(), Met { number, is_replaced, units: Vec::new() });
        }
        let met = self.documents.get_mut(name).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        let place = met.units.iter().position(|(known, _)| *known == pair).unwrap_or(met.units.len());
        if place == met.units.len() {
            met.units.push((pair, 0));
        }
        let (_, next) = met.units.get_mut(place).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        Ok((met.number, met.is_replaced, next))
    }
}

/// The number of the unit with this id, if the store has it.
fn number_of(store: &Connection, id: &UnitId) -> rusqlite::Result<Option<i64>> {
    store
        .prepare_cached("SELECT number FROM unit WHERE id = ?")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()
}

/// The number of an origin.
fn origin(store: &Connection, name: &str) -> rusqlite::Result<i64> {
    store.execute("INSERT INTO origin (name) VALUES (?) ON CONFLICT DO NOTHING", [name])?;
    store.query_row("SELECT number FROM origin WHERE name = ?", [name], |row| row.get(0))
}
