//! Forms in order, to find those that a text begins with.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

/// Finds the forms that a text begins with.
///
/// A sorted list takes a tenth of the time and memory of a tree to make, and a range of it is narrowed character by
/// character.
#[derive(Debug, Clone, Default)]
pub(super) struct FormIndex {
    /// The forms in order.
    keys: Vec<Box<[char]>>,
    /// The number of each.
    numbers: Vec<usize>,
    /// Where the forms with each first character stand.
    starts: HashMap<char, Range<usize>>,
}

impl FormIndex {
    /// The index of these forms with their numbers. Equal forms stay in the order in which they are given.
    pub(super) fn new(mut forms: Vec<(Box<[char]>, usize)>) -> Self {
        forms.retain(|(key, _)| !key.is_empty());
        forms.par_sort_by(|a, b| a.0.cmp(&b.0));
        let (keys, numbers): (Vec<Box<[char]>>, Vec<usize>) = forms.into_iter().unzip();
        let mut starts: HashMap<char, Range<usize>> = HashMap::new();
        for (i, first) in keys.iter().enumerate().filter_map(|(i, key)| Some((i, *key.first()?))) {
            starts.entry(first).or_insert(i..i).end = i + 1;
        }
        Self { keys, numbers, starts }
    }

    /// The forms that `text` begins with, the shortest first: their lengths in characters and their numbers.
    pub(super) fn prefixes<'t>(&'t self, text: &'t [char]) -> impl Iterator<Item = (usize, &'t [usize])> {
        let first = text.first().and_then(|first| self.starts.get(first)).cloned();
        let mut range = first.unwrap_or_default();
        (1..=text.len()).map_while(move |len| {
            if len > 1 {
                let (at, c) = (len - 1, text.get(len - 1));
                let keys = self.keys.get(range.clone())?;
                let start = range.start + keys.partition_point(|key| key.get(at) < c);
                range = start..range.start + keys.partition_point(|key| key.get(at) <= c);
            }
            if range.is_empty() {
                return None;
            }
            // Forms that end here stand before those that go on.
            let ending = self.keys.get(range.clone())?.partition_point(|key| key.len() == len);
            Some((len, self.numbers.get(range.start..range.start + ending)?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::FormIndex;

    fn index(forms: &[&str]) -> FormIndex {
        let key = |(number, form): (usize, &&str)| (form.chars().collect(), number);
        FormIndex::new(forms.iter().enumerate().map(key).collect())
    }

    fn found(index: &FormIndex, text: &str) -> Vec<(usize, Vec<usize>)> {
        let text: Vec<char> = text.chars().collect();
        let found = index.prefixes(&text).filter(|(_, forms)| !forms.is_empty());
        found.map(|(len, forms)| (len, forms.to_vec())).collect()
    }

    #[test]
    fn all_forms_at_the_beginning_are_found() {
        let index = index(&["東京", "東京都", "京都", "東", "", "東京"]);
        assert_eq!(found(&index, "東京都知事"), [(1, vec![3]), (2, vec![0, 5]), (3, vec![1])]);
        assert_eq!(found(&index, "京都"), [(2, vec![2])]);
        assert_eq!(found(&index, "京"), []);
        assert_eq!(found(&index, "大阪"), []);
        assert_eq!(found(&index, ""), []);
    }
}
