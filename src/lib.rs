//! taiyaku（対訳）aligns an article with its translation, sentence by sentence, and keeps the pairs.
//!
//! It is made for people who publish Japanese commentary with an English rendering, and works for any other pair of
//! languages. It needs no service and no model: names are matched by sound across scripts, words by a list that ships, and
//! the rest is learnt from the texts themselves.
//!
//! ```text
//!     txt md html ─► document ─► segment ─► align ─► unit ─► format ─► files
//!                       ▲          ▲          ▲                  │
//!                lang span error  token  name lexicon glossary   ▼
//!                                                   project ─► pipeline ─► command line
//! ```
//!
//! | layer | module | what it holds |
//! |---|---|---|
//! | 0 | [`span`], [`lang`] | ranges of text; language tags, scripts, telling a text's language |
//! | – | [`error`] | the one error type |
//! | 1 | [`document`], [`token`] | articles as they are read; words |
//! | 2 | [`segment`], [`name`], [`lexicon`] | sentences; names by sound; word lists |
//! | 3 | [`glossary`] | names and terms with their admitted forms |
//! | 4 | [`align`] | beads: which sentences translate which |
//! | 5 | [`unit`](mod@unit) | translation units |
//! | 6 | [`memory`], [`check`](mod@check) | what was translated before, found again; problems in translated text, the names above all |
//! | 7 | [`format`](mod@format) | files for other programs, and the corrected alignment |
//! | 8 | [`project`] | a folder of articles with its settings and corrections |
//! | 9 | [`pipeline`] | all of it wired together |
//!
//! Data flows one way: a module uses only layers below its own.
//!
//! ```
//! use taiyaku::document::ReadOptions;
//! use taiyaku::pipeline::{Pipeline, Resources};
//!
//! let (pipeline, _notes) = Pipeline::new(&Resources::default())?;
//! let read = |name: &str, text: &str| pipeline.read_bytes(name, text.as_bytes(), &ReadOptions::default());
//! let (source, _) = read("ja.txt", "ダウデン副首相は下院で説明した。四千万人の名前が盗まれたという。")?;
//! let (target, _) = read("en.txt", "Deputy Prime Minister Dowden told the House that forty million names had been stolen.")?;
//!
//! let aligned = pipeline.align(source, target)?;
//! let bead = aligned.alignment.beads()[0];
//! assert_eq!((bead.source.len(), bead.target.len()), (2, 1));
//! # Ok::<(), taiyaku::error::Error>(())
//! ```

#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod align;
pub mod check;
pub mod document;
pub mod error;
pub mod format;
pub mod glossary;
pub mod lang;
pub mod lexicon;
pub mod memory;
pub mod name;
pub mod pipeline;
pub mod project;
pub mod segment;
pub mod span;
pub mod token;
pub mod unit;
