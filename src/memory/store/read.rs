//! Reading units and their occurrences; whatever is read is checked against its hash.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row};

use super::import::checksum;
use super::{Store, UnitId, codes, damaged, failed};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::unit::{InlineCode, Status};

/// A unit as the store has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::memory) struct Stored {
    /// Its number in this store: later units have greater ones.
    pub(in crate::memory) number: i64,
    pub(in crate::memory) id: UnitId,
    pub(in crate::memory) source_lang: Lang,
    pub(in crate::memory) target_lang: Lang,
    pub(in crate::memory) source: String,
    pub(in crate::memory) target: String,
}

/// A place where a unit stands.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::memory) struct Occurrence {
    pub(in crate::memory) document: String,
    /// Which unit of the document it is, from 0.
    pub(in crate::memory) position: i64,
    /// The numbers of the units before and after it in the document.
    pub(in crate::memory) before: Option<i64>,
    pub(in crate::memory) after: Option<i64>,
    pub(in crate::memory) status: Status,
    pub(in crate::memory) confidence: f64,
    /// When it was made and last changed, in seconds since 1970.
    pub(in crate::memory) created: i64,
    pub(in crate::memory) changed: i64,
    /// The inline codes of source and target.
    pub(in crate::memory) codes: [Vec<InlineCode>; 2],
}

/// A unit with the place where it stands, if it stands anywhere; or why it cannot be read.
pub(in crate::memory) type Placed = std::result::Result<(Stored, Option<Occurrence>), String>;

/// A way to look units up: from their text in one language to that in another, both by primary subtag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::memory) struct Direction {
    pub(in crate::memory) from: String,
    pub(in crate::memory) to: String,
    /// Whether it goes from targets to sources.
    pub(in crate::memory) is_target: bool,
}

impl Direction {
    /// The text that the unit is looked up by in this direction, if it is.
    pub(in crate::memory) fn text<'u>(&self, unit: &'u Stored) -> Option<&'u str> {
        let (mut from, mut to) = ((&unit.source_lang, &unit.source), (&unit.target_lang, &unit.target));
        if self.is_target {
            (from, to) = (to, from);
        }
        (from.0.primary() == self.from && to.0.primary() == self.to).then_some(from.1)
    }
}

const UNIT: &str =
    "SELECT u.number, u.id, p.source, p.target, u.source, u.target FROM unit u JOIN pair p ON p.number = u.pair";
pub(super) const OCCURRENCE: &str =
    "SELECT o.unit, o.document, o.position, o.before, o.after, o.status, o.confidence, o.created,
    o.changed, o.origin, o.checksum, d.name, o.codes FROM occurrence o LEFT JOIN document d ON d.number = o.document";

impl Store {
    /// The unit of this number; `None` where it was deleted.
    pub(in crate::memory) fn unit(&self, number: i64) -> Result<Option<Stored>> {
        self.with(|connection| {
            let sql = format!("{UNIT} WHERE u.number = ?");
            let row = query(connection, &sql, number, raw_unit).map_err(|e| failed(self.path(), e))?;
            row.into_iter().next().map(|raw| self.checked(raw)).transpose()
        })
    }

    /// Shows the units with numbers from `first` to `last`, in order.
    pub(in crate::memory) fn for_each_unit(
        &self,
        first: i64,
        last: i64,
        mut show: impl FnMut(Stored) -> Result<()>,
    ) -> Result<()> {
        self.with(|connection| {
            let error = |e| failed(self.path(), e);
            let sql = format!("{UNIT} WHERE u.number BETWEEN ? AND ? ORDER BY u.number");
            let mut statement = connection.prepare_cached(&sql).map_err(error)?;
            let mut rows = statement.query([first, last]).map_err(error)?;
            while let Some(row) = rows.next().map_err(error)? {
                show(self.checked(raw_unit(row).map_err(error)?)?)?;
            }
            Ok(())
        })
    }

    /// Shows the units with numbers up to `last`, the newest first, until `show` says that it has seen enough.
    pub(in crate::memory) fn for_each_unit_from_newest(
        &self,
        last: i64,
        mut show: impl FnMut(Stored) -> Result<bool>,
    ) -> Result<()> {
        self.with(|connection| {
            let error = |e| failed(self.path(), e);
            let sql = format!("{UNIT} WHERE u.number <= ? ORDER BY u.number DESC");
            let mut statement = connection.prepare_cached(&sql).map_err(error)?;
            let mut rows = statement.query([last]).map_err(error)?;
            while let Some(row) = rows.next().map_err(error)? {
                if !show(self.checked(raw_unit(row).map_err(error)?)?)? {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The directions that the units with numbers from `first` to `last` can be looked up in.
    pub(in crate::memory) fn directions(&self, first: i64, last: i64) -> Result<BTreeSet<Direction>> {
        let pairs: Vec<(String, String)> = self.with(|connection| {
            let read = || {
                connection
                    .prepare_cached(
                        "SELECT source, target FROM pair
                         WHERE number IN (SELECT DISTINCT pair FROM unit WHERE number BETWEEN ? AND ?)",
                    )?
                    .query_map([first, last], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect::<rusqlite::Result<_>>()
            };
            read().map_err(|e| failed(self.path(), e))
        })?;
        let mut directions = BTreeSet::new();
        for (source, target) in pairs {
            let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
            let (source, target) = (primary(&source), primary(&target));
            directions.insert(Direction { from: source.clone(), to: target.clone(), is_target: false });
            directions.insert(Direction { from: target, to: source, is_target: true });
        }
        Ok(directions)
    }

    /// The newest place where a unit stands.
    pub(in crate::memory) fn newest_occurrence(&self, unit: i64) -> Result<Option<Occurrence>> {
        self.with(|connection| {
            let sql = format!("{OCCURRENCE} WHERE o.unit = ? ORDER BY o.changed DESC, o.document, o.position LIMIT 1");
            query(connection, &sql, unit, |row| Ok(raw_occurrence(row)))
                .map_err(|e| failed(self.path(), e))?
                .into_iter()
                .next()
                .map(|found| found.ok_or_else(|| damaged(self.path(), "an occurrence is not what was written")))
                .transpose()
        })
    }

    /// Shows every unit at every place: by documents, languages and positions, and at the end those that stand nowhere, by
    /// their ids. So the same units are shown in the same order, whatever came first.
    pub(in crate::memory) fn for_each_place(&self, mut show: impl FnMut(Placed) -> Result<()>) -> Result<()> {
        self.with(|connection| {
            let error = |e| failed(self.path(), e);
            // One state of the store, even while another process imports.
            let store = connection.transaction().map_err(error)?;
            let placed = format!(
                "{OCCURRENCE} LEFT JOIN unit u ON u.number = o.unit LEFT JOIN pair p ON p.number = u.pair
                 ORDER BY d.name, p.source, p.target, o.position, u.id"
            );
            let mut statement = store.prepare(&placed).map_err(error)?;
            let mut rows = statement.query([]).map_err(error)?;
            while let Some(row) = rows.next().map_err(error)? {
                let number: i64 = row.get(0).map_err(error)?;
                let placed = self.readable(&store, number)?.and_then(|unit| {
                    let document = row
                        .get_ref(11)
                        .map(|name| String::from_utf8_lossy(name.as_bytes().unwrap_or_default()).into_owned());
                    let wrong = || {
                        format!(
                            "the place of unit {number} in {:?} is not what was written",
                            document.unwrap_or_default()
                        )
                    };
                    raw_occurrence(row).ok_or_else(wrong).map(|place| (unit, Some(place)))
                });
                show(placed)?;
            }
            let unplaced = "SELECT number FROM unit WHERE number NOT IN (SELECT unit FROM occurrence) ORDER BY id";
            let mut statement = store.prepare(unplaced).map_err(error)?;
            let mut rows = statement.query([]).map_err(error)?;
            while let Some(row) = rows.next().map_err(error)? {
                let number = row.get(0).map_err(error)?;
                show(self.readable(&store, number)?.map(|unit| (unit, None)))?;
            }
            Ok(())
        })
    }

    /// A unit, or a sentence when it is not what was written.
    fn readable(&self, store: &Connection, number: i64) -> Result<std::result::Result<Stored, String>> {
        let wrong = || format!("unit {number} is not what was written");
        let sql = format!("{UNIT} WHERE u.number = ?");
        match query(store, &sql, number, raw_unit) {
            Ok(rows) => Ok(rows.into_iter().next().and_then(|raw| self.checked(raw).ok()).ok_or_else(wrong)),
            // A text that is no UTF-8, or a column of another kind.
            Err(e) if e.sqlite_error_code().is_none() => Ok(Err(wrong())),
            Err(e) => Err(failed(self.path(), e)),
        }
    }

    /// Whether a unit stands somewhere behind a unit with the text `before` or in front of one with `after`: texts of
    /// their targets if `is_target`, otherwise of their sources.
    pub(in crate::memory) fn has_context(
        &self,
        unit: i64,
        is_target: bool,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<bool> {
        let side = if is_target { "target" } else { "source" };
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM occurrence o LEFT JOIN unit b ON b.number = o.before
             LEFT JOIN unit a ON a.number = o.after WHERE o.unit = ? AND (b.{side} = ? OR a.{side} = ?))"
        );
        self.with(|connection| {
            let read = || connection.prepare_cached(&sql)?.query_row((unit, before, after), |row| row.get(0));
            read().map_err(|e| failed(self.path(), e))
        })
    }

    /// A unit's parts, once it is sure that they are those that its id names.
    fn checked(&self, raw: RawUnit) -> Result<Stored> {
        let (number, id, source_lang, target_lang, source, target) = raw;
        let wrong = || damaged(self.path(), &format!("unit {number} is not what was written"));
        let id = UnitId::from_slice(&id).ok_or_else(wrong)?;
        if UnitId::of([&source_lang, &target_lang, &source, &target]) != id {
            return Err(wrong());
        }
        let lang = |tag: String| tag.parse::<Lang>().map_err(|_: Error| wrong());
        Ok(Stored { number, id, source_lang: lang(source_lang)?, target_lang: lang(target_lang)?, source, target })
    }
}

type RawUnit = (i64, Vec<u8>, String, String, String, String);

fn raw_unit(row: &Row) -> rusqlite::Result<RawUnit> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

/// An occurrence; `None` where its checksum does not fit.
pub(super) fn raw_occurrence(row: &Row) -> Option<Occurrence> {
    let mut columns = [None; 10];
    for (i, column) in columns.iter_mut().enumerate() {
        *column = row.get::<_, Option<i64>>(i).ok()?;
    }
    let [_, _, position, before, after, status, confidence, created, changed, _] = columns;
    let codes: Option<String> = row.get(12).ok()?;
    if row.get::<_, i64>(10).ok()? != checksum(columns, codes.as_deref()) {
        return None;
    }
    let status = match status? {
        0 => Status::Auto,
        1 => Status::Confirmed,
        _ => Status::Rejected,
    };
    Some(Occurrence {
        document: row.get(11).ok()?,
        position: position?,
        before,
        after,
        status,
        confidence: confidence? as f64 / 1000.0,
        created: created?,
        changed: changed?,
        codes: codes.map_or_else(|| Some(<[Vec<InlineCode>; 2]>::default()), |codes| codes::read(&codes))?,
    })
}

fn query<T>(
    connection: &Connection,
    sql: &str,
    number: i64,
    read: impl FnMut(&Row) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare_cached(sql)?.query_map([number], read)?.collect()
}
