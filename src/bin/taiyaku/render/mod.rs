//! What people see: one rendering a file.

pub(crate) mod analysis;
pub(crate) mod columns;
pub(crate) mod concordance;
pub(crate) mod import_bar;
pub(crate) mod matches;
pub(crate) mod progress;
pub(crate) mod scores;
pub(crate) mod summary;
mod visible;
mod wrap;
