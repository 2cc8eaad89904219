//! What keeps a store in order: counting, checking, merging doubles, giving room back.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row, TransactionBehavior, params};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::import::{checksum, named_checksum, status_number};
use super::read::{OCCURRENCE, raw_occurrence};
use super::{Store, Stored, codes, damaged, failed};
use crate::error::Result;
use crate::unit::Status;

/// What a memory holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Stats {
    /// Units.
    pub units: usize,
    /// Places where units stand.
    pub occurrences: usize,
    /// Documents that they stand in.
    pub documents: usize,
    /// Texts that have more than one translation into a language.
    pub conflicts: usize,
    /// The units of each pair of languages: source, target, count.
    pub languages: Vec<(String, String, usize)>,
    /// The bytes of all texts.
    pub text_bytes: u64,
    /// The bytes of the store's file.
    pub store_bytes: u64,
    /// The bytes of the index.
    pub index_bytes: u64,
}

impl Store {
    /// Counts; the index is the caller's to add.
    pub(in crate::memory) fn stats(&self) -> Result<Stats> {
        self.with(|connection| {
            let read = || {
                let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
                let languages = languages(connection)?;
                Ok(Stats {
                    units: count("SELECT count(*) FROM unit")? as usize,
                    occurrences: count("SELECT count(*) FROM occurrence")? as usize,
                    documents: count("SELECT count(*) FROM document")? as usize,
                    conflicts: count(
                        "SELECT count(*) FROM (SELECT 1 FROM unit GROUP BY pair, source HAVING count(*) > 1)",
                    )? as usize,
                    languages,
                    text_bytes: count("SELECT ifnull(sum(octet_length(source) + octet_length(target)), 0) FROM unit")?
                        as u64,
                    store_bytes: self.path().metadata().map_or(0, |file| file.len()),
                    index_bytes: 0,
                })
            };
            read().map_err(|e| failed(self.path(), e))
        })
    }

    /// The pairs of languages, as in [`Stats::languages`].
    pub(in crate::memory) fn languages(&self) -> Result<Vec<(String, String, usize)>> {
        self.with(|connection| languages(connection).map_err(|e| failed(self.path(), e)))
    }

    /// Reads everything and compares it with its checksums. Fails at the first thing that is not what was written.
    pub(in crate::memory) fn check(&self) -> Result<()> {
        self.with(|connection| {
            let error = |e| failed(self.path(), e);
            let word: String =
                connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(error)?;
            if word != "ok" {
                return Err(damaged(self.path(), &word));
            }
            let orphans: i64 = connection
                .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))
                .map_err(error)?;
            if orphans > 0 {
                return Err(damaged(self.path(), "places are named that it does not hold"));
            }
            Ok(())
        })?;
        self.for_each_unit(0, i64::MAX, |_| Ok(()))?;
        self.with(|connection| {
            let error = |e| failed(self.path(), e);
            let mut statement = connection.prepare("SELECT number, name, checksum FROM document").map_err(error)?;
            let mut rows = statement.query([]).map_err(error)?;
            while let Some(row) = rows.next().map_err(error)? {
                let (number, name): (i64, String) = (row.get(0).map_err(error)?, row.get(1).map_err(error)?);
                if row.get::<_, Option<i64>>(2).map_err(error)? != Some(named_checksum(number, &name)) {
                    return Err(damaged(
                        self.path(),
                        &format!("the name of document {number} is not what was written"),
                    ));
                }
            }
            let mut statement = connection.prepare(OCCURRENCE).map_err(error)?;
            let mut rows = statement.query([]).map_err(error)?;
            while let Some(row) = rows.next().map_err(error)? {
                if raw_occurrence(row).is_none() {
                    return Err(damaged(self.path(), "an occurrence is not what was written"));
                }
            }
            Ok(())
        })
    }

    /// Merges units that differ in width, composed characters and white space only: the newest of those that a person has
    /// confirmed stays, or the newest of all, and stands where the others stood. How many went.
    pub(in crate::memory) fn dedupe(&self) -> Result<usize> {
        // By the hash of the normalised texts: the newest unit, and which older ones it takes the place of.
        let confirmed = self.confirmed()?;
        let mut best: HashMap<[u8; 16], i64> = HashMap::new();
        let mut merged: HashMap<i64, i64> = HashMap::new();
        self.for_each_unit_from_newest(i64::MAX, |unit| {
            let best = best.entry(normalised(&unit)).or_insert(unit.number);
            if !confirmed.contains(best) && confirmed.contains(&unit.number) {
                merged.insert(std::mem::replace(best, unit.number), unit.number);
            } else if *best != unit.number {
                merged.insert(unit.number, *best);
            }
            Ok(true)
        })?;
        // What went into a unit that went itself.
        let last: HashMap<i64, i64> =
            merged.iter().map(|(old, new)| (*old, merged.get(new).copied().unwrap_or(*new))).collect();
        let merged = last;
        if merged.is_empty() {
            return Ok(0);
        }
        self.with(|connection| {
            let mut work = || {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                if !move_occurrences(&transaction, &merged)? {
                    return Ok(false);
                }
                let mut old: Vec<i64> = merged.keys().copied().collect();
                old.sort_unstable();
                for number in old {
                    transaction.prepare_cached("DELETE FROM unit WHERE number = ?")?.execute([number])?;
                }
                // The index knows units that are gone.
                transaction.execute("DELETE FROM segment", [])?;
                transaction.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'", [])?;
                transaction.commit().map(|()| true)
            };
            work().map_err(|e| failed(self.path(), e))
        })?
        .then_some(merged.len())
        .ok_or_else(|| damaged(self.path(), "an occurrence is not what was written"))
    }

    /// The units that a person has confirmed somewhere.
    fn confirmed(&self) -> Result<HashSet<i64>> {
        self.with(|connection| {
            let read = || {
                connection
                    .prepare("SELECT DISTINCT unit FROM occurrence WHERE status = ?")?
                    .query_map([status_number(Status::Confirmed)], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()
            };
            read().map_err(|e| failed(self.path(), e))
        })
    }

    /// Writes the store anew without the room that deleted units left.
    pub(in crate::memory) fn compact(&self) -> Result<()> {
        self.with(|connection| {
            connection
                .execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA optimize;")
                .map_err(|e| failed(self.path(), e))
        })
    }
}

fn languages(store: &Connection) -> rusqlite::Result<Vec<(String, String, usize)>> {
    store
        .prepare(
            "SELECT p.source, p.target, count(*) FROM unit u JOIN pair p ON p.number = u.pair
             GROUP BY u.pair ORDER BY 3 DESC, 1, 2",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)? as usize)))?
        .collect()
}

fn normalised(unit: &Stored) -> [u8; 16] {
    let plain = |text: &str| text.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = [unit.source_lang.tag(), unit.target_lang.tag(), &plain(&unit.source), &plain(&unit.target)];
    super::UnitId::of(parts).into_bytes()
}

/// Moves occurrences to the units that stay, and has their neighbours name those; `false` when one is damaged.
fn move_occurrences(store: &Connection, merged: &HashMap<i64, i64>) -> rusqlite::Result<bool> {
    let stays = |number: i64| merged.get(&number).copied().unwrap_or(number);
    let columns = |row: &Row| {
        let mut columns = [None; 10];
        for (i, column) in columns.iter_mut().enumerate() {
            *column = row.get::<_, Option<i64>>(i)?;
        }
        Ok((columns, row.get::<_, i64>(10)?, row.get::<_, Option<String>>(11)?))
    };
    let all: Vec<([Option<i64>; 10], i64, Option<String>)> = store
        .prepare("SELECT unit, document, position, before, after, status, confidence, created, changed, origin, checksum, codes FROM occurrence")?
        .query_map([], columns)?
        .filter(|row| {
            let names = |(columns, ..): &([Option<i64>; 10], i64, Option<String>)| {
                [0, 3, 4].iter().any(|i| columns.get(*i).copied().flatten().is_some_and(|n| merged.contains_key(&n)))
            };
            row.as_ref().map_or(true, names)
        })
        .collect::<rusqlite::Result<_>>()?;
    for (mut columns, sum, mut codes) in all {
        if checksum(columns, codes.as_deref()) != sum {
            return Ok(false);
        }
        store
            .prepare_cached("DELETE FROM occurrence WHERE unit = ? AND document = ? AND position = ?")?
            .execute(params![columns[0], columns[1], columns[2]])?;
        let moved = columns[0].filter(|unit| merged.contains_key(unit));
        for place in [0, 3, 4] {
            columns[place] = columns[place].map(stays);
        }
        if let (Some(json), Some(old), Some(new)) = (&codes, moved, columns[0]) {
            codes = moved_codes(store, json, old, new)?;
        }
        let [unit, document, position, before, after, status, confidence, created, changed, origin] = columns;
        store
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
                created,
                changed,
                origin,
                checksum(columns, codes.as_deref()),
                codes
            ])?;
    }
    Ok(true)
}

/// The codes of unit `old` at the same places in the texts of `new`, which differ in form only.
fn moved_codes(store: &Connection, json: &str, old: i64, new: i64) -> rusqlite::Result<Option<String>> {
    let texts = |unit: i64| -> rusqlite::Result<[String; 2]> {
        store
            .prepare_cached("SELECT source, target FROM unit WHERE number = ?")?
            .query_row([unit], |row| Ok([row.get(0)?, row.get(1)?]))
    };
    let Some([source, target]) = codes::read(json) else { return Ok(None) };
    let ([old_source, old_target], [new_source, new_target]) = (texts(old)?, texts(new)?);
    Ok(codes::written(&[
        codes::carried_over(source, &old_source, &new_source),
        codes::carried_over(target, &old_target, &new_target),
    ]))
}
