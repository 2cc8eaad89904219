//! Many Latin words at once: all that sound like a name, found in a tree of their letters.

use super::latin::{Latin, Letter};
use super::matching::{Columns, budget, length};
use super::sound::Sounds;
use super::table::{Group, TABLE};

/// The words of a collection, ready to be searched by sound.
///
/// Words that begin alike share the work for what they share, and a beginning that is too far from the name ends the
/// search for all of them.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// The letters of all words as a tree, each followed by those that come after it.
    nodes: Vec<Node>,
    groups: Vec<Group>,
    /// The words' places in the list they were given in, in the order of the tree.
    places: Vec<usize>,
}

#[derive(Debug, Clone)]
struct Node {
    letter: Letter,
    /// How many letters lead here, this one included.
    depth: u8,
    /// The length of the longest word that goes on from here.
    longest: u8,
    /// Where the node's groups lie in `groups`.
    groups: (u32, u32),
    /// The phonemes that groups ending behind this letter can stand for, a bit each.
    phonemes_behind: u64,
    /// The number of the first node that does not go on from here.
    end: u32,
    /// Where the words that end here lie in `places`.
    words: (u32, u32),
}

impl Vocabulary {
    /// A vocabulary of `words`; they keep their places in it.
    pub fn new(words: &[Latin]) -> Self {
        let key = |word: &Latin| word.letters.iter().map(|l| (l.number, l.ends_word)).collect::<Vec<_>>();
        let mut sorted: Vec<(Vec<(u8, bool)>, usize)> =
            words.iter().enumerate().map(|(place, word)| (key(word), place)).collect();
        sorted.sort();

        let mut nodes: Vec<Node> = Vec::new();
        let mut parents: Vec<Option<usize>> = Vec::new();
        let mut groups = Vec::new();
        let mut places = Vec::with_capacity(words.len());
        let mut path: Vec<usize> = Vec::new();
        let mut before: &[(u8, bool)] = &[];
        for (key, place) in &sorted {
            let common = key.iter().zip(before).take_while(|(a, b)| a == b).count();
            path.truncate(common);
            let word = &words[*place];
            for (at, &letter) in word.letters.iter().enumerate().skip(common) {
                let start = groups.len() as u32;
                groups.extend_from_slice(word.groups_ending(at));
                parents.push(path.last().copied());
                path.push(nodes.len());
                nodes.push(Node {
                    letter,
                    depth: at as u8 + 1,
                    longest: 0,
                    groups: (start, groups.len() as u32),
                    phonemes_behind: 0,
                    end: nodes.len() as u32 + 1,
                    words: (places.len() as u32, places.len() as u32),
                });
            }
            places.push(*place);
            if let Some(node) = path.last().and_then(|&last| nodes.get_mut(last)) {
                node.words.1 = places.len() as u32;
                node.longest = node.depth;
            }
            before = key;
        }
        for at in (0..nodes.len()).rev() {
            let Node { longest, end, phonemes_behind, groups: (from, to), .. } = nodes[at];
            let Some(parent) = parents[at].and_then(|parent| nodes.get_mut(parent)) else { continue };
            let own = groups.get(from as usize..to as usize).unwrap_or_default();
            parent.phonemes_behind |=
                own.iter().fold(phonemes_behind, |set, group| set | TABLE.phonemes[usize::from(group.id)]);
            parent.longest = parent.longest.max(longest);
            parent.end = parent.end.max(end);
        }
        Self { nodes, groups, places }
    }

    /// The places of all words whose [`cost`](super::cost) to `name` is at most `limit`, with that cost, in order of
    /// their places.
    pub fn within(&self, name: &impl AsRef<Sounds>, limit: f64) -> Vec<(usize, f64)> {
        let sounds = name.as_ref();
        let mut columns = Columns::new(sounds);
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(node) = self.nodes.get(at) {
            let depth = usize::from(node.depth);
            let (from, to) = node.groups;
            columns.advance(depth, node.letter, self.groups.get(from as usize..to as usize).unwrap_or_default());
            let (from, to) = node.words;
            if from < to {
                let cost = columns.total(depth) / length(sounds, depth);
                if cost <= limit {
                    let places = self.places.get(from as usize..to as usize).unwrap_or_default();
                    out.extend(places.iter().map(|&place| (place, cost)));
                }
            }
            let budget = budget(sounds, usize::from(node.longest), limit);
            let goes_on = columns.has_hope(depth, budget, node.phonemes_behind);
            at = if goes_on { at + 1 } else { node.end as usize };
        }
        out.sort_by_key(|&(place, _)| place);
        out
    }
}
