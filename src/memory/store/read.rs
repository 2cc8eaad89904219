//! Reading units and their occurrences; whatever is read is checked against its hash.

use rusqlite::{Connection, Row};

use super::import::checksum;
use super::{Store, UnitId, damaged, failed};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::unit::Status;

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
    /// When it was last changed, in seconds since 1970.
    pub(in crate::memory) changed: i64,
}

const UNIT: &str = "SELECT u.number, u.id, p.source, p.target, u.source, u.target FROM unit u JOIN pair p ON p.number = u.pair";
const OCCURRENCE: &str = "SELECT o.unit, o.document, o.position, o.before, o.after, o.status, o.confidence, o.created,
    o.changed, o.origin, o.checksum, d.name FROM occurrence o LEFT JOIN document d ON d.number = o.document";

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

    /// Where a unit stands, the newest place first.
    pub(in crate::memory) fn occurrences(&self, unit: i64) -> Result<Vec<Occurrence>> {
        self.with(|connection| {
            let sql = format!("{OCCURRENCE} WHERE o.unit = ? ORDER BY o.changed DESC, o.document, o.position");
            query(connection, &sql, unit, |row| Ok(raw_occurrence(row)))
                .map_err(|e| failed(self.path(), e))?
                .into_iter()
                .map(|found| found.ok_or_else(|| damaged(self.path(), "an occurrence is not what was written")))
                .collect()
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
fn raw_occurrence(row: &Row) -> Option<Occurrence> {
    let mut columns = [None; 10];
    for (i, column) in columns.iter_mut().enumerate() {
        *column = row.get::<_, Option<i64>>(i).ok()?;
    }
    let [_, _, position, before, after, status, confidence, _, changed, _] = columns;
    if row.get::<_, i64>(10).ok()? != checksum(columns) {
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
        changed: changed?,
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
