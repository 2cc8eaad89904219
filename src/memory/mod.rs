//! Translation memory: what was translated before, in one file, found again exactly, fuzzily or by a word in it.

mod key;
mod store;

use std::path::Path;

use crate::error::Result;
use crate::unit::TranslationUnit;

pub use store::{ImportOptions, Imported, UnitId};
use store::Store;

/// A translation memory in a file, with its index beside it.
#[derive(Debug)]
pub struct Memory {
    store: Store,
}

impl Memory {
    /// Opens the memory at `path`.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Self { store: Store::open(path, false)? })
    }

    /// Opens the memory at `path`, or makes an empty one.
    pub fn create(path: &Path) -> Result<Self> {
        Ok(Self { store: Store::open(path, true)? })
    }

    /// Takes units in.
    pub fn import(
        &self,
        units: impl IntoIterator<Item = Result<TranslationUnit>>,
        options: &ImportOptions,
        progress: &mut dyn FnMut(&Imported),
    ) -> Result<Imported> {
        self.store.import(units.into_iter(), options, progress)
    }
}
