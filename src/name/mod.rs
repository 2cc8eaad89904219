//! Names matched by their sound across scripts: ノークス with Nokes, 트럼프 with Trump, キシダ with Kishida.
//!
//! **Katakana and Hangul.** The syllables become phonemes. A vowel that may stand only because the script cannot write a
//! bare consonant (the two o and u of トランプ) is marked and nearly free; ー and ッ are nearly free too. A Latin name is
//! folded to its letters. A dynamic programme then matches phonemes with letter groups (c, k or ck for k; ti for ch; eau
//! for o; x for kus) at the costs of a table, leaves letters unspoken (gh, final e), or leaves a sound without a letter.
//! The sum divided by the mean length is the [`cost`]: 0 for the same sound, up to about .20 for one name. Between .20
//! and .45 lies a zone of doubt, good for notes only.
//!
//! Sound *aligns* names and exposes swapped ones; it cannot judge spelling. ノークス is as near to Noakes as to Nokes, so
//! only counts or a glossary decide between them. Names that are translated rather than written by sound (ドイツ =
//! Germany) are far apart here.
//!
//! **Kanji.** A kanji name is compared by its [`Reading`] in kana, romanised and folded so that the systems of
//! romanisation, long vowels and the particle "no" make no difference. Two renderings of one name must never be
//! compared by such a key: Sesshu beside Sesshuu is the very inconsistency that a check looks for.
//!
//! **Where names stand.** [`Candidates`] are the runs of capitalised words of a text, [`katakana_runs`] the runs of
//! katakana; [`best_span`] finds the candidate that sounds most like a name.
//!
//! ```
//! use taiyaku::name::{Katakana, Latin, cost};
//!
//! let name = Katakana::new("ノークス").unwrap();
//! assert!(cost(&name, &Latin::new("Nokes").unwrap()) < 0.1);
//! assert!(cost(&name, &Latin::new("Kearns").unwrap()) > 0.3);
//! ```

// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod candidate;
mod latin;
mod matching;
mod phoneme;
mod reading;
mod romanised;
mod sound;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use candidate::{Candidates, best_span, katakana_runs};
pub use latin::Latin;
pub use matching::{cost, cost_within};
pub use reading::Reading;
pub use romanised::Romanised;
pub use sound::{Hangul, Katakana, Sounds};
pub use vocabulary::Vocabulary;
