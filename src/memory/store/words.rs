//! The words of the memory by their readings.

use std::collections::BTreeSet;

use rusqlite::{TransactionBehavior, params};

use super::{Store, failed};
use crate::error::Result;

impl Store {
    /// The number of the last unit whose words are known, and that of the last unit.
    pub(in crate::memory) fn read_up_to(&self) -> Result<(i64, i64)> {
        self.with(|connection| {
            connection
                .query_row(
                    "SELECT (SELECT value FROM meta WHERE name = 'read'), (SELECT ifnull(max(number), 0) FROM unit)",
                    [],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .map_err(|e| failed(self.path(), e))
        })
    }

    /// Adds words with their readings, those of the units up to `last`.
    pub(in crate::memory) fn add_words(&self, words: &BTreeSet<(String, String)>, last: i64) -> Result<()> {
        self.with(|connection| {
            let mut work = || {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                for (reading, word) in words {
                    transaction
                        .prepare_cached("INSERT INTO word (reading, text) VALUES (?, ?) ON CONFLICT DO NOTHING")?
                        .execute([reading, word])?;
                }
                transaction.execute("UPDATE meta SET value = max(value, ?) WHERE name = 'read'", [last])?;
                transaction.commit()
            };
            work().map_err(|e| failed(self.path(), e))
        })
    }

    /// The words that are read so.
    pub(in crate::memory) fn words_read(&self, reading: &str) -> Result<Vec<String>> {
        self.words("SELECT text FROM word WHERE reading = ?1 ORDER BY text LIMIT ?2", reading, -1)
    }

    /// The words whose reading holds this one, the shortest readings first, at most `most`.
    pub(in crate::memory) fn words_read_like(&self, reading: &str, most: usize) -> Result<Vec<String>> {
        let sql = "SELECT text FROM word WHERE instr(reading, ?1) ORDER BY length(reading), reading, text LIMIT ?2";
        self.words(sql, reading, i64::try_from(most).unwrap_or(i64::MAX))
    }

    fn words(&self, sql: &str, reading: &str, most: i64) -> Result<Vec<String>> {
        self.with(|connection| {
            let read = || {
                connection
                    .prepare_cached(sql)?
                    .query_map(params![reading, most], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()
            };
            read().map_err(|e| failed(self.path(), e))
        })
    }
}
