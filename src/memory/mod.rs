//! Translation memory: what was translated before, in one file, found again exactly, fuzzily or by a word in it.
//!
//! **Units.** A unit is two texts with their languages; its id is a hash of these, so that importing twice changes
//! nothing. Where it stood (document, position, the units before and after, status, times, inline codes) is an occurrence of it. Several
//! translations of one text are several units, and the newest comes first.
//!
//! **Look-up.** [`Memory::lookup`] gives the units most like a text, in either direction. Similarity is 1 − Levenshtein
//! distance ÷ longer length over the characters of the texts' keys: NFKC, lower case, katakana as hiragana. The best
//! match is always found, whatever the threshold from 50 on: what the index leaves out is proved to be too far away.
//!
//! **Concordance.** [`Memory::search`] gives every unit with a word, and what it was translated by.
//!
//! **Files.** The store is an `SQLite` file, for several processes at once. The index is a folder beside it, named after it
//! with `.index`: it is brought up to date with each import and made again whenever it is missing, stale or damaged.
//!
//! ```
//! use taiyaku::align::SegmentRange;
//! use taiyaku::lang::Lang;
//! use taiyaku::memory::{Entry, ImportOptions, LookupOptions, Memory, SearchOptions};
//! use taiyaku::unit::{Status, TranslationUnit, Variant};
//!
//! let folder = tempfile::tempdir()?;
//! let memory = Memory::create(&folder.path().join("memory.db"))?;
//! let unit = TranslationUnit {
//!     document: "2024-05-13-rain".to_owned(),
//!     source: Variant { lang: Lang::japanese(), segments: vec!["首相は雨の中で演説した。".to_owned()] },
//!     target: Variant { lang: Lang::english(), segments: vec!["The prime minister spoke in the rain.".to_owned()] },
//!     source_segments: SegmentRange::default(),
//!     target_segments: SegmentRange::default(),
//!     confidence: 1.0,
//!     status: Status::Confirmed,
//! };
//! memory.import([Ok(Entry::from(unit))], &ImportOptions::default(), &mut |_| {})?;
//!
//! let found = memory.lookup("首相は雪の中で演説した。", &LookupOptions::default())?;
//! assert_eq!((found[0].score, found[0].target.as_str()), (91, "The prime minister spoke in the rain."));
//! assert_eq!(memory.search("演説", &SearchOptions::default())?.units, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::expect_used, clippy::unwrap_used))]

mod concordance;
mod folded;
mod index;
mod key;
mod lookup;
mod number;
mod numeral;
mod reading;
mod rendering;
mod required;
mod store;
#[cfg(test)]
mod tests;
mod time;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::align::SegmentRange;
use crate::error::Result;
use crate::token::Tokenizer;
use crate::unit::{Status, TranslationUnit, Variant};
use index::Index;
use lookup::Failure;
use store::Store;
use time::written;

pub use concordance::{Concordance, Hit, SearchOptions};
pub use lookup::{LOWEST_THRESHOLD, LookupOptions, Match, MatchKind, Query};
pub use rendering::Rendering;
pub use store::{Entry, ImportOptions, Imported, Stats, UnitId};

/// A translation memory in a file, with its index in a folder beside it; one may be used by several threads.
#[derive(Debug)]
pub struct Memory {
    store: Store,
    /// The index as it was when it was last used.
    index: Mutex<Option<Arc<Index>>>,
}

impl Memory {
    /// Opens the memory at `path`.
    ///
    /// Fails when there is none, when it is damaged, or when a newer program wrote it.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { store: Store::open(path, false)?, index: Mutex::default() })
    }

    /// Opens the memory at `path`, or makes an empty one.
    ///
    /// Fails as [`Self::open`] does, or when it cannot be made.
    pub fn create(path: &Path) -> Result<Self> {
        Ok(Self { store: Store::open(path, true)?, index: Mutex::default() })
    }

    /// Takes units in, and tells `progress` now and then how far it is.
    ///
    /// A unit that the memory has already is not taken twice. Fails when a unit cannot be read or the memory cannot be
    /// written; what was taken before stays.
    pub fn import(
        &self,
        entries: impl IntoIterator<Item = Result<Entry>>,
        options: &ImportOptions,
        progress: &mut dyn FnMut(&Imported),
    ) -> Result<Imported> {
        let imported = self.store.import(entries.into_iter(), options, progress);
        // What was taken before an error is indexed too.
        self.renew()?;
        imported
    }

    /// The units most like a text, the best first: by score, similarity, newest change and id. There is no better unit in
    /// the memory than these.
    ///
    /// Fails when the threshold is out of range, or when the memory is damaged.
    pub fn lookup<'q>(&self, query: impl Into<Query<'q>>, options: &LookupOptions) -> Result<Vec<Match>> {
        let query = query.into();
        self.with_index(|index| lookup::lookup(&self.store, index, &query, options))
    }

    /// The units with a text that contains `pattern`, whatever its width and letter case, with what it was translated by.
    ///
    /// Fails when there is nothing to search for, when the pattern is no regular expression though it should be one, or
    /// when the memory is damaged.
    pub fn search(&self, pattern: &str, options: &SearchOptions) -> Result<Concordance> {
        let patterns = [pattern.to_owned()];
        self.with_index(|index| concordance::search(&self.store, index, &patterns, options))
    }

    /// The same for a reading in kana: texts in kana and words in kanji that are read so, or with it in their reading.
    ///
    /// The words of units that were not searched so before are read first, with the tokenizer, on all cores; this takes about
    /// 20 seconds of a core for a million units, once.
    pub fn search_reading(&self, reading: &str, tokenizer: &Tokenizer, options: &SearchOptions) -> Result<Concordance> {
        let patterns = reading::texts_read(&self.store, tokenizer, reading)?;
        let options = SearchOptions { regex: false, ..options.clone() };
        self.with_index(|index| concordance::search(&self.store, index, &patterns, &options))
    }

    /// What the memory holds.
    pub fn stats(&self) -> Result<Stats> {
        let index = self.index()?;
        Ok(Stats { index_bytes: index.size(self.store.path()), ..self.store.stats()? })
    }

    /// Reads everything and compares it with its checksums; a damaged file of the index is made again. How many of these
    /// there were.
    ///
    /// Fails when the store is not what was written to it.
    pub fn check(&self) -> Result<usize> {
        self.store.check()?;
        let index = self.index()?;
        let damaged = index.damaged().len();
        if damaged > 0 {
            index.delete_damaged(self.store.path());
            self.renew()?;
        }
        Ok(damaged)
    }

    /// Merges units that differ in width, composed characters and white space only; how many went. The newest of those
    /// that a person has confirmed stays, or the newest of all, and stands where the others stood.
    pub fn dedupe(&self) -> Result<usize> {
        let merged = self.store.dedupe()?;
        self.renew()?;
        Index::sweep(&self.store)?;
        Ok(merged)
    }

    /// Gives the room of deleted units back, and makes the index anew in as few files as can be.
    pub fn compact(&self) -> Result<()> {
        Index::forget(&self.store)?;
        self.store.compact()?;
        self.renew()?;
        Index::sweep(&self.store)
    }

    /// The pairs of languages that the memory holds, with the numbers of their units: source, target, count.
    pub fn languages(&self) -> Result<Vec<(String, String, usize)>> {
        self.store.languages()
    }

    /// Shows every unit at every place where it stands: document by document, in the order of the text, with its times. At the end
    /// come units that stand nowhere any more, without a document and times. Imported into an empty memory, they give the
    /// same units in the same places. Of a unit that is not what was written `show` gets a sentence that names it.
    ///
    /// Fails when `show` does, or when the file cannot be read on.
    pub fn for_each(&self, mut show: impl FnMut(std::result::Result<Entry, String>) -> Result<()>) -> Result<()> {
        self.store.for_each_place(|placed| {
            show(placed.map(|(unit, place)| {
                let variant = |lang, text| Variant { lang, segments: vec![text] };
                let (created, changed) =
                    place.as_ref().map(|place| (written(place.created), written(place.changed))).unzip();
                let [source_codes, target_codes] = place.as_ref().map(|place| place.codes.clone()).unwrap_or_default();
                let unit = TranslationUnit {
                    source: variant(unit.source_lang, unit.source),
                    target: variant(unit.target_lang, unit.target),
                    source_segments: SegmentRange::default(),
                    target_segments: SegmentRange::default(),
                    confidence: place.as_ref().map_or(1.0, |place| place.confidence),
                    status: place.as_ref().map_or(Status::Auto, |place| place.status),
                    document: place.map(|place| place.document).unwrap_or_default(),
                };
                Entry { unit, created, changed, source_codes, target_codes }
            }))
        })
    }

    /// Opens the index anew.
    fn renew(&self) -> Result<()> {
        let index = Index::of(&self.store, true)?;
        *self.index.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(index));
        Ok(())
    }

    /// Does something with the index, made again should it be damaged.
    fn with_index<T>(&self, work: impl Fn(&Index) -> std::result::Result<T, Failure>) -> Result<T> {
        // A disk that damages what was just written is past help.
        const ATTEMPTS: usize = 3;
        for _ in 0..ATTEMPTS {
            let index = self.index()?;
            match work(&index) {
                Ok(result) => return Ok(result),
                Err(Failure::Error(error)) => return Err(error),
                Err(Failure::Index) => {
                    index.delete_damaged(self.store.path());
                    *self.index.lock().unwrap_or_else(PoisonError::into_inner) = None;
                }
            }
        }
        Err(index::damaged_again(&index::folder(self.store.path())))
    }

    /// The index, brought up to date.
    fn index(&self) -> Result<Arc<Index>> {
        let state = self.store.state()?;
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = index.as_ref().filter(|index| index.is_for(state)) {
            return Ok(Arc::clone(index));
        }
        let fresh = Arc::new(Index::of(&self.store, false)?);
        *index = Some(Arc::clone(&fresh));
        Ok(fresh)
    }
}
