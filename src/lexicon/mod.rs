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
use std::collections::HashMap;

use crate::lang::Lang;

/// A word list from one language to another.
#[derive(Debug, Clone)]
pub struct Lexicon {
    source: Lang,
    target: Lang,
    entries: HashMap<Cow<'static, str>, Entry>,
    /// Occurrences of target stems per million words of running text.
    stems: HashMap<&'static str, f64>,
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
#[derive(Debug, Clone, Default)]
struct Entry {
    renderings: Renderings,
    /// Occurrences per million words of running text.
    per_million: Option<f64>,
}

/// The renderings of a headword: lines of the list that ships are read when they are asked for, which few of them are.
#[derive(Debug, Clone)]
enum Renderings {
    Lines(&'static str),
    List(Vec<Rendering>),
}

impl Default for Renderings {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Lexicon {
    /// An empty word list.
    pub fn new(source: Lang, target: Lang) -> Self {
        Self { source, target, entries: HashMap::new(), stems: HashMap::new() }
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
        self.entries.get(word).map_or(Cow::Borrowed(&[]), |entry| entry.renderings.read())
    }

    /// How often `word` occurs in a million words of running text, where that is known.
    pub fn per_million(&self, word: &str) -> Option<f64> {
        self.entries.get(word)?.per_million
    }

    /// How often the words of the target language that share `stem` are expected in a million words of running text:
    /// the headwords' frequencies by the weights of their renderings. Known for the list that ships alone; stems are
    /// those of Snowball's English stemmer.
    pub fn stem_per_million(&self, stem: &str) -> Option<f64> {
        self.stems.get(stem).copied()
    }

    /// Shows every rendering of the headwords whose frequency is known, with the headword's occurrences per million
    /// words, in the order of the headwords.
    pub fn for_each_frequent(&self, mut show: impl FnMut(f64, &Rendering)) {
        let mut known: Vec<(&str, f64, &Renderings)> = Vec::with_capacity(self.entries.len());
        #[expect(clippy::iter_over_hash_type, reason = "sorted below")]
        for (word, entry) in &self.entries {
            known.extend(entry.per_million.map(|n| (word.as_ref(), n, &entry.renderings)));
        }
        known.sort_unstable_by_key(|(word, ..)| *word);
        for (_, per_million, renderings) in known {
            for rendering in renderings.read().iter() {
                show(per_million, rendering);
            }
        }
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
        self.entries.entry(word).or_default().renderings.list()
    }

    /// Brings the renderings of every headword into order, the likeliest first, each once with its greatest weight.
    fn settle(&mut self) {
        #[expect(clippy::iter_over_hash_type, reason = "every entry is changed by itself")]
        for entry in self.entries.values_mut() {
            if let Renderings::List(list) = &mut entry.renderings {
                list.sort_by(|a, b| a.text.cmp(&b.text).then(b.weight.total_cmp(&a.weight)));
                list.dedup_by(|later, first| later.text == first.text);
                list.sort_by(|a, b| b.weight.total_cmp(&a.weight));
                list.shrink_to_fit();
            }
        }
    }
}

impl Renderings {
    fn read(&self) -> Cow<'_, [Rendering]> {
        match self {
            Self::Lines(lines) => Cow::Owned(shipped::read_lines(lines)),
            Self::List(list) => Cow::Borrowed(list),
        }
    }

    /// The list to change; lines are read first.
    fn list(&mut self) -> &mut Vec<Rendering> {
        if let Self::Lines(lines) = *self {
            *self = Self::List(shipped::read_lines(lines));
        }
        match self {
            Self::List(list) => list,
            Self::Lines(_) => unreachable!("the lines were read above"),
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
    fn a_rendering_can_be_added_to_the_list_that_ships() {
        let mut lexicon = Lexicon::shipped();
        let before = shown(&lexicon, "発表");
        lexicon.add("発表", rendering("dévoiler", 0.1));
        assert_eq!(shown(&lexicon, "発表").len(), before.len() + 1);
        assert!(lexicon.per_million("発表").is_some());
    }
}
