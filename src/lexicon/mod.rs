//! Bilingual word lists: the one that ships, and those a user adds.

mod shipped;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::lang::Lang;

/// A word list from one language to another.
#[derive(Debug, Clone)]
pub struct Lexicon {
    source: Lang,
    target: Lang,
    entries: HashMap<Cow<'static, str>, Vec<Rendering>>,
    /// Occurrences per million words of running text, for headwords whose frequency is known.
    per_million: HashMap<Cow<'static, str>, f64>,
}

/// One rendering of a headword.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    /// The rendering, in lower case unless a name.
    pub text: Cow<'static, str>,
    /// How often the headword is rendered so, 0 to 1.
    pub weight: f64,
}

impl Lexicon {
    /// An empty word list.
    pub fn new(source: Lang, target: Lang) -> Self {
        Self { source, target, entries: HashMap::new(), per_million: HashMap::new() }
    }

    /// The language of the headwords.
    pub fn source(&self) -> &Lang {
        &self.source
    }

    /// The language of the renderings.
    pub fn target(&self) -> &Lang {
        &self.target
    }

    /// How many headwords there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether `word` is a headword.
    pub fn contains(&self, word: &str) -> bool {
        self.entries.contains_key(word)
    }

    /// The renderings of `word`, in the order in which they were added.
    pub fn renderings(&self, word: &str) -> &[Rendering] {
        self.entries.get(word).map_or(&[], Vec::as_slice)
    }

    /// How often `word` occurs in a million words of running text, where that is known.
    pub fn per_million(&self, word: &str) -> Option<f64> {
        self.per_million.get(word).copied()
    }

    /// Shows every rendering of the headwords whose frequency is known, with the headword's occurrences per million words,
    /// in no particular order.
    pub fn for_each_frequent(&self, mut show: impl FnMut(f64, &Rendering)) {
        #[expect(clippy::iter_over_hash_type, reason = "the caller is told that there is no order")]
        for (word, per_million) in &self.per_million {
            for rendering in self.renderings(word) {
                show(*per_million, rendering);
            }
        }
    }

    /// Adds a rendering; one that is there already keeps the greater weight.
    pub fn add(&mut self, word: impl Into<Cow<'static, str>>, rendering: Rendering) {
        let list = self.entries.entry(word.into()).or_default();
        match list.iter_mut().find(|r| r.text == rendering.text) {
            Some(there) => there.weight = there.weight.max(rendering.weight),
            None => list.push(rendering),
        }
    }
}
