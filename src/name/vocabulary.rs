//! Many Latin words at once: all that sound like a name, found by the phonemes that their letters can stand for.

use super::latin::Latin;
use super::matching::{Columns, budget, dear_letters, length};
use super::phoneme::PHONEMES;
use super::sound::Sounds;
use super::table::TABLE;

/// The words of a collection, ready to be searched by sound.
///
/// Nearly all words are told from a name by the phonemes that they cannot write: 64 words are judged at once by what
/// these cost. Those that remain are judged by the order of their phonemes, and the few that pass are compared in full.
#[derive(Debug, Clone)]
pub struct Vocabulary<'w> {
    words: &'w [Latin],
    /// The words' places in the list they were given in, in the order of their lengths.
    places: Vec<usize>,
    blocks: Vec<Block>,
    /// In the same order as `places`.
    outlines: Vec<Outline>,
}

/// What is known of the phonemes of 64 words.
#[derive(Debug, Clone)]
struct Block {
    /// The length of the longest, in letters.
    longest: usize,
    /// Per phoneme, the words (a bit each) that cannot write it.
    lacking: [u64; PHONEMES],
}

/// Where in a word each phoneme may be written.
#[derive(Debug, Clone)]
struct Outline {
    /// Per phoneme, the letters (a bit each) at which a group ends that can stand for it.
    ends: [u32; PHONEMES],
    /// The letters at which a group ends that can stand for several phonemes at once.
    sequence_ends: u32,
}

/// Longer words than this have no outline: they are compared in full.
const LONGEST_OUTLINE: usize = 31;

/// What a phoneme that no letter writes costs is counted in units of that of a vowel, in hundredths.
const UNIT: i16 = 45;
/// More units than this are not counted.
const MOST_UNITS: usize = 7;

impl<'w> Vocabulary<'w> {
    /// A vocabulary of `words`; they keep their places in it.
    pub fn new(words: &'w [Latin]) -> Self {
        let mut places: Vec<usize> = (0..words.len()).collect();
        places.sort_by_key(|&place| words[place].len());
        let blocks = places.chunks(64).map(|places| Block::new(words, places)).collect();
        let outlines = places.iter().map(|&place| Outline::new(&words[place])).collect();
        Self { words, places, blocks, outlines }
    }

    /// The places of all words whose [`cost`](super::cost) to `name` is at most `limit`, with that cost, in order of
    /// their places.
    pub fn within(&self, name: &impl AsRef<Sounds>, limit: f64) -> Vec<(usize, f64)> {
        let sounds = name.as_ref();
        let mut columns = Columns::new(sounds);
        let mut out = Vec::new();
        for ((block, places), outlines) in self.blocks.iter().zip(self.places.chunks(64)).zip(self.outlines.chunks(64)) {
            let mut candidates = block.candidates(sounds, budget(sounds, block.longest, limit));
            candidates &= u64::MAX >> (64 - places.len());
            while candidates != 0 {
                let at = candidates.trailing_zeros() as usize;
                candidates &= candidates - 1;
                let word = &self.words[places[at]];
                let budget = budget(sounds, word.len(), limit);
                if dear_letters(sounds, word) > budget || outlines[at].is_hopeless(sounds, word.len(), budget) {
                    continue;
                }
                if let Some(total) = columns.total_within(word, budget) {
                    let cost = total / length(sounds, word.len());
                    if cost <= limit {
                        out.push((places[at], cost));
                    }
                }
            }
        }
        out.sort_by_key(|&(place, _)| place);
        out
    }
}

impl Block {
    fn new(words: &[Latin], places: &[usize]) -> Self {
        let mut lacking = [0; PHONEMES];
        for (at, &place) in places.iter().enumerate() {
            for (phoneme, lacking) in lacking.iter_mut().enumerate() {
                *lacking |= u64::from(words[place].phoneme_set >> phoneme & 1 == 0) << at;
            }
        }
        Self { longest: places.last().map_or(0, |&place| words[place].len()), lacking }
    }

    /// The words, a bit each, that can write all phonemes of a name but such as cost `budget` together.
    fn candidates(&self, sounds: &Sounds, budget: i16) -> u64 {
        let Some(units) = units_within(sounds, budget) else { return 0 };
        if units >= MOST_UNITS {
            return u64::MAX;
        }
        // The words that lack so many units or more.
        let mut lack = [0_u64; MOST_UNITS + 1];
        lack[0] = u64::MAX;
        for &(phoneme, cost) in &sounds.needs {
            let cost = units_of(cost).min(MOST_UNITS);
            if cost == 0 {
                break; // the dear ones stand first
            }
            let lacking = self.lacking[phoneme.trailing_zeros() as usize];
            for so_many in (1..=units + 1).rev() {
                lack[so_many] |= lack[so_many.saturating_sub(cost)] & lacking;
            }
        }
        !lack[units + 1]
    }
}

impl Outline {
    fn new(word: &Latin) -> Self {
        let mut outline = Self { ends: [0; PHONEMES], sequence_ends: 0 };
        for at in 0..word.len().min(LONGEST_OUTLINE) {
            for group in word.groups_ending(at) {
                let phonemes = TABLE.phonemes[usize::from(group.id)];
                for (phoneme, ends) in outline.ends.iter_mut().enumerate() {
                    *ends |= ((phonemes >> phoneme & 1) as u32) << at;
                }
                outline.sequence_ends |= u32::from(TABLE.writes_sequence[usize::from(group.id)]) << at;
            }
        }
        outline
    }

    /// Whether the phonemes that find no place in the order of the name cost more than `budget`.
    fn is_hopeless(&self, sounds: &Sounds, letters: usize, budget: i16) -> bool {
        let Some(units) = units_within(sounds, budget) else { return true };
        if letters > LONGEST_OUTLINE || units >= MOST_UNITS {
            return false;
        }
        // By the units that were paid so far: the letters that are left, at the best. No letter is the last of 32.
        let mut left = [0_u32; MOST_UNITS];
        left[..=units].fill(u32::MAX);
        for step in &sounds.steps {
            let cost = units_of(step.least_without_letter());
            if cost == 0 {
                continue;
            }
            let ends = self.ends[step.phoneme.trailing_zeros() as usize];
            for paid in (0..=units).rev() {
                let possible = ends & left[paid];
                let end = possible & possible.wrapping_neg();
                // The letters behind the end, and the end itself where more phonemes may end there.
                let behind = !(end | end.wrapping_sub(1)) | end & self.sequence_ends;
                let written = if end == 0 { 0 } else { behind };
                let skipped = paid.checked_sub(cost).map_or(0, |before| left[before]);
                left[paid] = written.max(skipped);
            }
        }
        left[units] == 0
    }
}

/// How many units a name may miss within `budget`; `None` where its mute signs alone cost more.
fn units_within(sounds: &Sounds, budget: i16) -> Option<usize> {
    usize::try_from(budget - sounds.mute).ok().map(|left| left / UNIT as usize)
}

fn units_of(cost: i16) -> usize {
    usize::try_from(cost / UNIT).unwrap_or_default()
}
