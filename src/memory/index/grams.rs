//! The q-grams of a key, each with the count of those before it that are the same: the features that a text shares.
//!
//! A text within k edits of another shares all but q·k of its q-grams, each edit touching at most q of them (E. Ukkonen,
//! "Approximate string-matching with q-grams and maximal matches", Theoretical Computer Science 92, 1992). Counting the
//! n-th の as a feature of its own makes a set of features out of the bag of grams.

/// Finds the features of keys; kept from key to key, since its memory is used again.
#[derive(Debug, Default)]
pub(super) struct Grams {
    /// A hash table of the key's grams; what belongs to an earlier key is free.
    slots: Vec<Slot>,
    key: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    gram: u64,
    key: u32,
    count: u32,
}

impl Grams {
    /// Shows the hash of every feature of `key`: as many as it has grams of `q` (1 or 2) characters.
    pub(super) fn for_each(&mut self, key: &[char], q: usize, mut show: impl FnMut(u64)) {
        let room = (key.len() * 2).next_power_of_two().max(64);
        self.key = self.key.wrapping_add(1);
        if self.slots.len() < room || self.key == 0 {
            self.slots = vec![Slot::default(); room];
            self.key = 1;
        }
        let mask = self.slots.len() - 1;
        for gram in key.windows(q.max(1)) {
            let gram = gram.iter().fold(0, |gram, c| gram << 32 | u64::from(u32::from(*c)));
            let mut place = mix(gram) as usize & mask;
            // At most half of the slots are taken, so that a free one comes.
            while let Some(slot) = self.slots.get_mut(place) {
                if slot.key != self.key {
                    *slot = Slot { gram, key: self.key, count: 0 };
                }
                if slot.gram == gram {
                    show(mix(mix(gram).wrapping_add(u64::from(slot.count))));
                    slot.count += 1;
                    break;
                }
                place = (place + 1) & mask;
            }
        }
    }
}

/// Spreads the bits: the finaliser of S. Vigna's `SplitMix64`.
fn mix(x: u64) -> u64 {
    let x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Grams;

    fn features(grams: &mut Grams, key: &str, q: usize) -> BTreeSet<u64> {
        let mut found = BTreeSet::new();
        grams.for_each(&key.chars().collect::<Vec<_>>(), q, |feature| assert!(found.insert(feature), "{key}"));
        found
    }

    #[test]
    fn shared_features_are_shared_grams() {
        let mut grams = Grams::default();
        let mut shared = |a: &str, b: &str, q| {
            let (a, b) = (features(&mut grams, a, q), features(&mut grams, b, q));
            a.intersection(&b).count()
        };
        assert_eq!(shared("のりのもの", "もののけ", 1), 3, "も and two の");
        assert_eq!(shared("のりのもの", "もののけ", 2), 1, "もの");
        assert_eq!(shared("ああああ", "ああ", 1), 2);
        assert_eq!(shared("あ", "あ", 2), 0);
        assert_eq!(shared("", "あ", 1), 0);
    }
}
