//! Features: what a sentence holds that its translation may hold too.

use rustc_hash::FxHashMap;

use crate::lang::Lang;

/// What sort of thing a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// A number by its value.
    Number,
    /// A month of the year, 1 to 12.
    Month,
    /// A day of the week.
    Weekday,
    /// A Latin word in a text of another script.
    Latin,
    /// A katakana word.
    Katakana,
    /// A word of the language: a base form or a stem.
    Word,
    /// A function concept such as "I" or "not".
    Function,
    /// A kind of punctuation.
    Punctuation,
    /// A run of Han characters that the other text may share.
    Han,
    /// A glossary entry.
    Term,
}

/// How many kinds there are.
const KINDS: usize = Kind::Term as usize + 1;

/// One thing that a sentence holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Feature {
    pub(super) kind: Kind,
    /// What makes two features of a kind the same: a value, a base form, a stem.
    pub(super) key: String,
    /// The word as it stands in the text, folded and in lower case, where that differs from the key.
    pub(super) surface: String,
    /// The base forms of a compound's parts.
    pub(super) parts: Vec<String>,
    /// The reading in katakana, where the dictionary knows it.
    pub(super) reading: Option<String>,
}

impl Feature {
    pub(super) fn new(kind: Kind, key: impl Into<String>) -> Self {
        Self { kind, key: key.into(), surface: String::new(), parts: Vec::new(), reading: None }
    }
}

/// One side of a collection: its distinct features, how many sentences hold each, and each document's sentences.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) lang: Lang,
    pub(super) features: Vec<Feature>,
    /// The numbers of features by key, for each kind.
    ids: [FxHashMap<String, u32>; KINDS],
    /// In how many sentences each feature stands.
    pub(super) frequency: Vec<f64>,
    /// The features of each sentence of each document, ascending, without repetition.
    pub(super) documents: Vec<Vec<Vec<u32>>>,
}

impl Side {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, features: Vec::new(), ids: Default::default(), frequency: Vec::new(), documents: Vec::new() }
    }

    /// Takes in a document: the features of its sentences in order.
    pub(super) fn add_document(&mut self, sentences: impl IntoIterator<Item = Vec<Feature>>) {
        let document = sentences
            .into_iter()
            .map(|features| {
                let ids = features.into_iter().map(|f| self.intern(f)).collect();
                self.counted(ids)
            })
            .collect();
        self.documents.push(document);
    }

    /// Takes in a document that was read in parts, a side each.
    pub(super) fn add_document_of(&mut self, parts: Vec<Self>) {
        let mut document = Vec::with_capacity(parts.iter().flat_map(|part| &part.documents).map(Vec::len).sum());
        for part in parts {
            let ids: Vec<u32> = part.features.into_iter().map(|f| self.intern(f)).collect();
            for mut sentence in part.documents.into_iter().flatten() {
                for id in &mut sentence {
                    *id = ids[*id as usize];
                }
                document.push(self.counted(sentence));
            }
        }
        self.documents.push(document);
    }

    /// The features of a sentence in order, each once; they are counted.
    fn counted(&mut self, mut ids: Vec<u32>) -> Vec<u32> {
        ids.sort_unstable();
        ids.dedup();
        for &id in &ids {
            self.frequency[id as usize] += 1.0;
        }
        ids.shrink_to_fit();
        ids
    }

    fn intern(&mut self, feature: Feature) -> u32 {
        let ids = &mut self.ids[feature.kind as usize];
        if let Some(&id) = ids.get(&feature.key) {
            return id;
        }
        let id = self.features.len() as u32;
        ids.insert(feature.key.clone(), id);
        self.features.push(feature);
        self.frequency.push(0.0);
        id
    }

    /// The feature of this kind and key, if a sentence holds it.
    pub(super) fn find(&self, kind: Kind, key: &str) -> Option<u32> {
        self.ids[kind as usize].get(key).copied()
    }

    /// The distinct runs of Han characters in document `d`.
    pub(super) fn han_runs(&self, d: usize) -> Vec<String> {
        let mut ids: Vec<u32> = self.documents[d].iter().flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let features = ids.into_iter().map(|id| &self.features[id as usize]);
        features.filter(|f| f.kind == Kind::Han).map(|f| f.key.clone()).collect()
    }

    /// The features of one kind with their numbers.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (u32, &Feature)> {
        (0u32..).zip(&self.features).filter(move |(_, f)| f.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::{Feature, Kind, Side};
    use crate::lang::Lang;

    #[test]
    fn a_feature_counts_once_a_sentence() {
        let mut side = Side::new(Lang::english());
        let word = || Feature::new(Kind::Word, "talk");
        side.add_document(vec![vec![word(), word()], vec![word(), Feature::new(Kind::Number, "3")]]);
        assert_eq!(side.frequency, [2.0, 1.0]);
        assert_eq!(side.documents, [[vec![0], vec![0, 1]]]);
        assert_eq!(side.find(Kind::Number, "3"), Some(1));
    }
}
