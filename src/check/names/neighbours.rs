//! Which names of many may be spellings of one, without comparing each with each.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

/// Names of at most this many letters may share neither their beginning nor their end and still differ in one letter.
const SHORT: usize = 7;
/// So many first letters, or last ones, lead to each other.
const SHARED: usize = 3;
/// More names than this with the same key are strangers.
const CROWD: usize = 400;

/// What two names that may be one have in common.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Key {
    Beginning(Vec<char>),
    End(Vec<char>),
    Sorted(Vec<char>),
    /// A short name with one letter left out.
    Without(Vec<char>),
}

/// An index of names by their letters.
#[derive(Debug)]
pub(super) struct Neighbours {
    by_key: FxHashMap<Key, Vec<usize>>,
}

impl Neighbours {
    /// An index of `names`; they keep their places in it.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n [char]>) -> Self {
        let mut by_key: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
        for (place, name) in names.enumerate() {
            for key in keys(name) {
                let places = by_key.entry(key).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        Self { by_key }
    }

    /// The places of the names that may be spellings of `name`, itself among them.
    pub(super) fn of(&self, name: &[char]) -> BTreeSet<usize> {
        let lists = keys(name).into_iter().filter_map(|key| self.by_key.get(&key));
        lists.filter(|list| list.len() <= CROWD).flatten().copied().collect()
    }
}

fn keys(name: &[char]) -> Vec<Key> {
    let mut sorted = name.to_vec();
    sorted.sort_unstable();
    let first = name.get(..SHARED).unwrap_or(name);
    let last = name.get(name.len().saturating_sub(SHARED)..).unwrap_or(name);
    let mut keys = vec![Key::Beginning(first.to_vec()), Key::End(last.to_vec()), Key::Sorted(sorted)];
    if name.len() <= SHORT {
        keys.push(Key::Without(name.to_vec()));
        keys.extend(
            (0..name.len())
                .map(|out| Key::Without(name.iter().enumerate().filter(|(i, _)| *i != out).map(|(_, c)| *c).collect())),
        );
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::Neighbours;

    #[test]
    fn near_names_lead_to_each_other_and_others_do_not() {
        let names: Vec<Vec<char>> = ["reid", "raid", "masaaki", "masaakira", "inaba", "nabai", "yoshitane", "ゴルフ"]
            .iter()
            .map(|n| n.chars().collect())
            .collect();
        let index = Neighbours::new(names.iter().map(Vec::as_slice));
        let near = |name: &str| index.of(&name.chars().collect::<Vec<_>>()).into_iter().collect::<Vec<_>>();
        assert_eq!(near("reid"), [0, 1]);
        assert_eq!(near("masaaki"), [2, 3]);
        assert_eq!(near("inaba"), [4, 5]);
        assert_eq!(near("ゴルブ"), [7]);
        assert_eq!(near(""), [0; 0]);
    }
}
