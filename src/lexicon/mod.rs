//! Bilingual word lists: the one that ships, and those a user adds.

mod edict;
mod gloss;
mod jmdict;
mod reading;
mod shipped;
mod tsv;

#[cfg(test)]
mod property_tests;

use std::borrow::Cow;
use std::collections::hash_map;

use rustc_hash::FxHashMap;

use crate::lang::Lang;
pub(crate) use shipped::places;

/// A word list from one language to another.
#[derive(Debug, Clone)]
pub struct Lexicon {
    source: Lang,
    target: Lang,
    entries: FxHashMap<Cow<'static, str>, Entry>,
    /// Occurrences of target stems per million words of running text.
    stems: FxHashMap<&'static str, f64>,
}

/// One rendering of a headword.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    /// The rendering, in lower case unless a name.
    pub text: Cow<'static, str>,
    /// How often the headword is rendered so, 0 to 1.
    pub weight: f64,
}

/// What is known of a headword.
#[derive(Debug, Clone)]
struct Entry {
    /// The renderings; none for those of the list that ships, which are read when they are asked for.
    renderings: Option<Vec<Rendering>>,
    /// Occurrences per million words of running text.
    per_million: Option<f64>,
}

impl Entry {
    /// The renderings of this entry, whose headword is `word`.
    fn renderings(&self, word: &str) -> Cow<'_, [Rendering]> {
        self.renderings.as_deref().map_or_else(|| Cow::Owned(shipped::renderings(word)), Cow::Borrowed)
    }
}

impl Lexicon {
    /// An empty word list.
    pub fn new(source: Lang, target: Lang) -> Self {
        Self { source, target, entries: FxHashMap::default(), stems: FxHashMap::default() }
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

    /// The renderings of `word`, the likeliest first in the list that ships and in those that are read from a file.
    pub fn renderings(&self, word: &str) -> Cow<'_, [Rendering]> {
        self.entries.get(word).map_or(Cow::Borrowed(&[]), |entry| entry.renderings(word))
    }

    /// How often `word` occurs in a million words of running text, where that is known.
    pub fn per_million(&self, word: &str) -> Option<f64> {
        self.entries.get(word)?.per_million
    }

    /// How often the words of the target language that share `stem` are expected in a million words of running text:
    /// the headwords' frequencies by the weights of their renderings. Known for the list that ships alone; stems are
    /// those of Snowball's English stemmer.
    pub(crate) fn stem_per_million(&self, stem: &str) -> Option<f64> {
        self.stems.get(stem).copied()
    }

    /// Shows every rendering of the headwords whose frequency is known, with the headword's occurrences per million
    /// words, in the order of the headwords.
    #[cfg(test)]
    pub(crate) fn for_each_frequent(&self, mut show: impl FnMut(f64, &Rendering)) {
        let mut known: Vec<(&str, f64, &Entry)> = Vec::with_capacity(self.entries.len());
        #[expect(clippy::iter_over_hash_type, reason = "sorted below")]
        for (word, entry) in &self.entries {
            known.extend(entry.per_million.map(|per_million| (word.as_ref(), per_million, entry)));
        }
        known.sort_unstable_by_key(|(word, ..)| *word);
        for (word, per_million, entry) in known {
            for rendering in entry.renderings(word).iter() {
                show(per_million, rendering);
            }
        }
    }

    /// The list from renderings to headwords, with the same weights. Texts are aligned in one direction, whichever of them
    /// is the translation.
    pub fn reversed(&self) -> Self {
        let mut reversed = Self::new(self.target.clone(), self.source.clone());
        #[expect(clippy::iter_over_hash_type, reason = "brought into order below")]
        for (word, entry) in &self.entries {
            for rendering in entry.renderings(word).iter() {
                let list = reversed.list(reading::headword(&rendering.text));
                list.push(Rendering { text: word.clone(), weight: rendering.weight });
            }
        }
        reversed.settle();
        reversed
    }

    /// Adds a rendering; one that is there already keeps the greater weight.
    pub fn add(&mut self, word: impl Into<Cow<'static, str>>, rendering: Rendering) {
        let list = self.list(word.into());
        match list.iter_mut().find(|r| r.text == rendering.text) {
            Some(there) => there.weight = there.weight.max(rendering.weight),
            None => list.push(rendering),
        }
    }

    /// The renderings of `word` to add to, which makes it a headword.
    fn list(&mut self, word: Cow<'static, str>) -> &mut Vec<Rendering> {
        let entry = match self.entries.entry(word) {
            hash_map::Entry::Vacant(place) => place.insert(Entry { renderings: Some(Vec::new()), per_million: None }),
            hash_map::Entry::Occupied(mut entry) => {
                if entry.get().renderings.is_none() {
                    let read = shipped::renderings(entry.key());
                    entry.get_mut().renderings = Some(read);
                }
                entry.into_mut()
            }
        };
        entry.renderings.get_or_insert_default()
    }

    /// Brings the renderings of every headword into order, the likeliest first, each once with its greatest weight.
    fn settle(&mut self) {
        #[expect(clippy::iter_over_hash_type, reason = "every entry is changed by itself")]
        for entry in self.entries.values_mut() {
            if let Some(list) = &mut entry.renderings {
                list.sort_by(|a, b| a.text.cmp(&b.text).then(b.weight.total_cmp(&a.weight)));
                list.dedup_by(|later, first| later.text == first.text);
                list.sort_by(|a, b| b.weight.total_cmp(&a.weight));
                list.shrink_to_fit();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Lexicon, Rendering};
    use crate::lang::Lang;

    fn shown(lexicon: &Lexicon, word: &str) -> Vec<(String, f64)> {
        lexicon.renderings(word).iter().map(|r| (r.text.to_string(), r.weight)).collect()
    }

    fn rendering(text: &'static str, weight: f64) -> Rendering {
        Rendering { text: Cow::Borrowed(text), weight }
    }

    #[test]
    fn a_rendering_that_is_added_twice_keeps_the_greater_weight() {
        let mut lexicon = Lexicon::new(Lang::japanese(), Lang::english());
        lexicon.add("対訳", rendering("parallel text", 0.4));
        lexicon.add("対訳", rendering("bilingual", 0.2));
        lexicon.add("対訳", rendering("parallel text", 0.3));
        assert_eq!(shown(&lexicon, "対訳"), [("parallel text".to_owned(), 0.4), ("bilingual".to_owned(), 0.2)]);
        assert!(lexicon.contains("対訳") && !lexicon.contains("翻訳"));
    }

    #[test]
    fn a_reversed_list_has_every_headword_among_its_renderings() {
        let mut lexicon = Lexicon::new(Lang::english(), Lang::japanese());
        lexicon.add("minister", rendering("大臣", 0.6));
        lexicon.add("secretary", rendering("大臣", 0.2));
        let reversed = lexicon.reversed();
        assert_eq!((reversed.source().tag(), reversed.target().tag()), ("ja", "en"));
        assert_eq!(shown(&reversed, "大臣"), [("minister".to_owned(), 0.6), ("secretary".to_owned(), 0.2)]);
    }

    #[test]
    fn a_rendering_can_be_added_to_the_list_that_ships() {
        let mut lexicon = Lexicon::shipped();
        let before = shown(&lexicon, "発表");
        lexicon.add("発表", rendering("dévoiler", 0.1));
        assert_eq!(shown(&lexicon, "発表").len(), before.len() + 1);
        assert!(lexicon.per_million("発表").is_some());
    }
}
