//! Many Latin words at once: all that sound like a name, found by what their letters and phonemes cost at the least.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::latin::Latin;
use super::matching::{Columns, budget, length, letter_set};
use super::phoneme::PHONEMES;
use super::sound::{SUBSTITUTION, Sounds};
use super::table::{Group, NONE, TABLE};

/// The words of a collection, ready to be searched by sound.
///
/// Nearly all words are told from a name by bounds that are quick to compute: the least that each letter costs beside a
/// name with such phonemes, and the least that the phonemes cost that the word cannot write in their order. Only the
/// words that pass are compared in full.
#[derive(Debug, Clone)]
pub struct Vocabulary<'w> {
    words: &'w [Latin],
    by_length: Vec<OfLength>,
    /// What letters can be, by number.
    spots: Vec<Spot>,
}

/// The words of one length, those that begin alike together.
#[derive(Debug, Clone)]
struct OfLength {
    letters: usize,
    entries: Vec<Entry>,
    /// The key of each entry.
    keys: Vec<u64>,
    /// The spots of each entry, one after the other.
    spots: Vec<u16>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// The word's place in the list that was given.
    place: usize,
    /// How many spots it shares with the entry before it.
    common: usize,
    outline: Outline,
}

/// What a letter can be in its place in a word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Spot {
    /// What it costs to leave the letter unspoken.
    silent: i16,
    /// Whether a wrong consonant may stand here.
    is_consonant: bool,
    /// The numbers of the groups that the letter may take part in.
    groups: Vec<u16>,
}

/// Where in a word each phoneme may be written.
#[derive(Debug, Clone)]
struct Outline {
    /// Per phoneme, the letters (a bit each) at which a group ends that can stand for it.
    ends: [u32; PHONEMES],
    /// The letters at which a group ends that can stand for several phonemes at once.
    sequence_ends: u32,
}

/// Longer words than this have no outline. No letter has the last bit.
const LONGEST_OUTLINE: usize = 31;

/// What a wrong consonant costs is borne half by the letter and half by the phoneme, so that both bounds can be added.
/// A phoneme that no letter writes costs as much, be it a consonant or a vowel; cheaper ones do not count.
const HALF: i16 = SUBSTITUTION / 2;
/// Consonants that cost as much where no sound of the name is written with them: silent or wrong.
const DEAR_LETTERS: u64 = letter_set(b"nckbmfvjq");
/// More phonemes than this are not let go without a letter.
const MOST_UNWRITTEN: usize = 6;

impl<'w> Vocabulary<'w> {
    /// A vocabulary of `words`; they keep their places in it.
    pub fn new(words: &'w [Latin]) -> Self {
        let mut numbers: FxHashMap<Spot, u16> = FxHashMap::default();
        let mut lengths: BTreeMap<usize, Vec<(Vec<u16>, usize)>> = BTreeMap::new();
        for (place, word) in words.iter().enumerate() {
            let number = |spot| {
                let next = numbers.len() as u16;
                *numbers.entry(spot).or_insert(next)
            };
            let spots = Spot::of(word).into_iter().map(number).collect();
            lengths.entry(word.len()).or_default().push((spots, place));
        }
        let mut spots: Vec<(Spot, u16)> = numbers.into_iter().collect();
        spots.sort_unstable_by_key(|(_, number)| *number);
        Self {
            words,
            by_length: lengths.into_iter().map(|(letters, list)| OfLength::new(words, letters, list)).collect(),
            spots: spots.into_iter().map(|(spot, _)| spot).collect(),
        }
    }

    /// The places of all words whose [`cost`](super::cost) to `name` is at most `limit`, with that cost, in order of
    /// their places.
    pub fn within(&self, name: &impl AsRef<Sounds>, limit: f64) -> Vec<(usize, f64)> {
        let sounds = name.as_ref();
        let of_group = sounds.least_of_groups();
        let of_spot: Vec<i16> = self.spots.iter().map(|spot| spot.least(&of_group)).collect();
        let dear = sounds.dear.iter().fold(0_u64, |set, phoneme| set | 1 << phoneme);
        let key = key(dear, DEAR_LETTERS & !sounds.letter_set);
        let mut columns = Columns::new(sounds);
        let mut sums = vec![sounds.mute];
        let mut out = Vec::new();
        for OfLength { letters, entries, keys, spots } in &self.by_length {
            let budget = budget(sounds, *letters, limit);
            let divisor = length(sounds, *letters);
            // How many first spots the sums hold that are also the entry's; so many of them cost too much together.
            let mut common = 0;
            let mut too_dear = usize::MAX;
            for ((entry, spots), of_word) in entries.iter().zip(spots.chunks(*letters)).zip(keys) {
                common = common.min(entry.common);
                if common >= too_dear || has_more_than(budget / HALF, key & of_word) {
                    continue;
                }
                sums.truncate(common + 1);
                let mut sum = sums.last().copied().unwrap_or_default();
                for spot in spots.get(common..).unwrap_or_default() {
                    sum += of_spot[usize::from(*spot)];
                    sums.push(sum);
                    if sum > budget {
                        break;
                    }
                }
                common = sums.len() - 1;
                too_dear = if sum > budget { common } else { usize::MAX };
                if sum > budget || entry.outline.is_hopeless(sounds, *letters, budget - sum) {
                    continue;
                }
                let behind = |letters: usize| sum - sums[letters];
                if let Some(total) = columns.total_within(&self.words[entry.place], budget, behind) {
                    let cost = total / divisor;
                    if cost <= limit {
                        out.push((entry.place, cost));
                    }
                }
            }
        }
        out.sort_by_key(|&(place, _)| place);
        out
    }
}

/// Phonemes and the letters a to z in one number: those that a word lacks and that a name needs, and the other way round.
fn key(phonemes: u64, letters: u64) -> u64 {
    phonemes << 26 | letters
}

/// Whether more than `most` bits are set.
fn has_more_than(most: i16, mut bits: u64) -> bool {
    for _ in 0..most {
        bits &= bits.saturating_sub(1);
    }
    bits != 0
}

impl OfLength {
    /// The words of a list, given by their spots and their places.
    fn new(words: &[Latin], letters: usize, mut list: Vec<(Vec<u16>, usize)>) -> Self {
        list.sort_unstable();
        let mut before: &[u16] = &[];
        let entries = list.iter().map(|(spots, place)| {
            let common = spots.iter().zip(before).take_while(|(a, b)| a == b).count();
            before = spots;
            Entry { place: *place, common, outline: Outline::new(&words[*place]) }
        });
        let entries = entries.collect();
        let of_word =
            |(_, place): &(_, usize)| key(!words[*place].phoneme_set, words[*place].letter_set & DEAR_LETTERS);
        Self {
            letters,
            entries,
            keys: list.iter().map(of_word).collect(),
            spots: list.iter().flat_map(|(spots, _)| spots).copied().collect(),
        }
    }
}

impl Spot {
    /// The spots of a word's letters.
    fn of(word: &Latin) -> Vec<Self> {
        let spot = |letter: &super::latin::Letter| Self {
            silent: letter.silent,
            is_consonant: letter.is_consonant(),
            groups: Vec::new(),
        };
        let mut spots: Vec<Self> = word.letters.iter().map(spot).collect();
        for at in 0..spots.len() {
            for group in word.groups_ending(at) {
                let from = (at + 1).saturating_sub(usize::from(group.len));
                for spot in spots.get_mut(from..=at).unwrap_or_default() {
                    spot.groups.push(group.id);
                }
            }
        }
        spots
    }

    /// The least that the letter costs; `of_group` has the share of a letter in what each group costs at the least.
    fn least(&self, of_group: &[i16]) -> i16 {
        let alone = if self.is_consonant { self.silent.min(HALF) } else { self.silent };
        self.groups.iter().map(|group| of_group[usize::from(*group)]).fold(alone, i16::min)
    }
}

impl Outline {
    fn new(word: &Latin) -> Self {
        let mut outline = Self { ends: [0; PHONEMES], sequence_ends: 0 };
        for at in 0..word.len().min(LONGEST_OUTLINE) {
            for group in word.groups_ending(at) {
                let mut phonemes = TABLE.phonemes[usize::from(group.id)];
                while phonemes != 0 {
                    outline.ends[phonemes.trailing_zeros() as usize] |= 1 << at;
                    phonemes &= phonemes - 1;
                }
                outline.sequence_ends |= u32::from(TABLE.writes_sequence[usize::from(group.id)]) << at;
            }
        }
        outline
    }

    /// Whether the phonemes that find no letters in the order of the name cost more than `budget`.
    fn is_hopeless(&self, sounds: &Sounds, letters: usize, budget: i16) -> bool {
        let most = usize::try_from(budget / HALF).unwrap_or_default();
        if letters > LONGEST_OUTLINE || most > MOST_UNWRITTEN {
            return false;
        }
        // By the number of phonemes that were let go so far: the letters that are left at the best.
        let mut left = [0_u32; MOST_UNWRITTEN + 1];
        for left in left.iter_mut().take(most + 1) {
            *left = u32::MAX;
        }
        for &phoneme in &sounds.dear {
            let ends = self.ends[usize::from(phoneme)];
            for unwritten in (0..=most).rev() {
                let possible = ends & left[unwritten];
                let end = possible & possible.wrapping_neg();
                // The letters behind the end, and the end itself where more phonemes may end there.
                let behind = !(end | end.wrapping_sub(1)) | end & self.sequence_ends;
                let written = if end == 0 { 0 } else { behind };
                let let_go = unwritten.checked_sub(1).map_or(0, |before| left[before]);
                left[unwritten] = written.max(let_go);
            }
        }
        left[most] == 0
    }
}

impl Sounds {
    /// Per letter group, the share of each of its letters in the least that the group costs beside this name.
    fn least_of_groups(&self) -> Vec<i16> {
        let of_use: Vec<i16> = self
            .uses
            .iter()
            .map(|of_group| {
                let leaps = of_group.leaps.iter().map(|leap| leap.cost);
                of_group.single.iter().flatten().copied().chain(leaps).fold(NONE, i16::min)
            })
            .collect();
        let share = |(group, index): (&Group, &u16)| {
            let spoken = if *index == 0 { NONE } else { of_use[usize::from(*index)] };
            spoken.min(group.silent) / i16::from(group.len)
        };
        TABLE.all.iter().zip(&self.use_of_group).map(share).collect()
    }
}
