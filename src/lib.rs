//! taiyaku（対訳）aligns an article and its translation sentence by sentence.

pub mod align;
pub mod document;
pub mod error;
pub mod format;
pub mod glossary;
pub mod lang;
pub mod lexicon;
pub mod name;
pub mod pipeline;
pub mod project;
pub mod segment;
pub mod span;
pub mod token;
pub mod unit;
