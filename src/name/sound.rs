//! Names and words whose sound is written: prepared katakana and Hangul.

use std::collections::BTreeMap;

use super::phoneme::{self, LONGEST_NAME, PHONEMES, Sound};
use super::table::{NONE, SILENCE, TABLE};

/// A consonant against a consonant letter that does not write it, in hundredths.
pub(super) const SUBSTITUTION: i16 = 90;
/// Half of it, as much as a vowel without a letter, in hundredths.
const DEAR: i16 = SUBSTITUTION / 2;
/// A sign without a sound of its own (ー, ッ), in hundredths.
const MUTE: i16 = 2;

/// The sounds of a name, ready to be compared with Latin letters.
#[derive(Debug, Clone)]
pub struct Sounds {
    /// What leaving out each sound costs.
    pub(super) steps: Box<[Step]>,
    /// Per letter group, what it may stand for in this name: an index of `uses`, which begins with an empty one.
    pub(super) use_of_group: Box<[u16]>,
    pub(super) uses: Box<[Use]>,
    /// Per sound, what a wrong consonant letter costs.
    pub(super) substitution: Vec<[i16; LANES]>,
    /// The sum of [`MUTE`].
    pub(super) mute: i16,
    /// How many sounds are not epenthetic.
    pub(super) firm: u16,
    /// Per phoneme (a bit), the least that it costs when no letter writes it; the dear ones first.
    pub(super) needs: Box<[(u64, i16)]>,
    /// The phonemes that cost [`DEAR`] or more when no letter writes them, in order.
    pub(super) dear: Box<[u8]>,
    /// The letters that some row can write, a bit each.
    pub(super) letter_set: u64,
    weight: f64,
}

/// So many cells of a column are computed at once: 16 bytes, a register of any processor of today.
pub(super) const LANES: usize = 8;

/// What a letter group may stand for in a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Use {
    /// Per sound, the cost of standing for it alone; [`NONE`] where it cannot.
    pub(super) single: Vec<[i16; LANES]>,
    pub(super) leaps: Vec<Leap>,
}

impl Use {
    fn nothing(sounds: usize) -> Self {
        Self { single: vec![[NONE; LANES]; sounds.div_ceil(LANES)], leaps: Vec::new() }
    }
}

/// Several sounds that a letter group may stand for at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leap {
    /// The place behind the last of them.
    pub(super) behind: usize,
    /// How many they are.
    pub(super) taken: usize,
    pub(super) cost: i16,
}

/// One sound of a name.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// The phoneme's bit.
    pub(super) phoneme: u64,
    /// What leaving the sound out costs, in hundredths.
    pub(super) skip: i16,
    /// Whether a wrong consonant letter may stand for it.
    pub(super) consonant: bool,
}

impl Sounds {
    /// The sounds of `symbols` (see [`phoneme`]); `None` without any, or with too many for a name.
    fn new(symbols: &[u8]) -> Option<Self> {
        let (sounds, mute) = phoneme::sounds(symbols);
        if sounds.is_empty() || symbols.len() > LONGEST_NAME {
            return None;
        }
        let table = &*TABLE;
        let mut letter_set = table.letters[SILENCE];
        let mut use_of_group = vec![0; table.group_count()];
        let mut uses = vec![Use::default()];
        let mut may_stand_for = |row: usize, at: usize, taken: usize| {
            letter_set |= table.letters[row];
            for &group in &table.groups[row] {
                let index = &mut use_of_group[usize::from(group.id)];
                if *index == 0 {
                    *index = uses.len() as u16;
                    uses.push(Use::nothing(sounds.len()));
                }
                let cost = table.cost(group, row);
                let of_group = &mut uses[usize::from(*index)];
                if taken == 1 {
                    of_group.single[at / LANES][at % LANES] = cost;
                } else {
                    of_group.leaps.push(Leap { behind: at + 1, taken, cost });
                }
            }
        };
        for (at, sound) in sounds.iter().enumerate() {
            may_stand_for(usize::from(sound.phoneme.0), at, 1);
            for (s, sequence) in table.sequences.iter().enumerate() {
                let here = (at + 1).checked_sub(sequence.len()).and_then(|from| sounds.get(from..=at));
                if here.is_some_and(|here| here.iter().map(|s| s.phoneme).eq(sequence.iter().copied())) {
                    may_stand_for(PHONEMES + 1 + s, at, sequence.len());
                }
            }
        }
        let steps: Box<[Step]> = sounds
            .iter()
            .map(|sound| Step {
                phoneme: 1 << sound.phoneme.0,
                skip: skip_cost(*sound),
                consonant: !sound.phoneme.is_vowel(),
            })
            .collect();
        let mut substitution = Use::nothing(sounds.len()).single;
        for (at, _) in steps.iter().enumerate().filter(|(_, step)| step.consonant) {
            substitution[at / LANES][at % LANES] = SUBSTITUTION;
        }
        // All occurrences of a phoneme need a letter.
        let mut needs: BTreeMap<u64, i16> = BTreeMap::new();
        for step in &steps {
            *needs.entry(step.phoneme).or_default() += step.least_without_letter();
        }
        let mut needs: Box<[(u64, i16)]> = needs.into_iter().collect();
        needs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let is_dear = |(_, step): &(&Sound, &Step)| step.least_without_letter() >= DEAR;
        let dear = sounds.iter().zip(&steps).filter(is_dear).map(|(sound, _)| sound.phoneme.0).collect();
        let weight = sounds.iter().map(|s| if s.phoneme.is_vowel() { 0.4 } else { 1.0 }).sum();
        let firm = sounds.iter().filter(|s| !s.epenthetic).count() as u16;
        Some(Self {
            steps,
            use_of_group: use_of_group.into(),
            uses: uses.into(),
            substitution,
            mute: MUTE * i16::try_from(mute).ok()?,
            firm,
            needs,
            dear,
            letter_set,
            weight,
        })
    }

    /// The summed weight of the sounds, .4 a vowel and 1 a consonant: how much evidence an equal sound is.
    pub fn weight(&self) -> f64 {
        self.weight
    }
}

impl Step {
    /// The least it costs when no letter writes the sound.
    pub(super) fn least_without_letter(&self) -> i16 {
        if self.consonant { self.skip.min(SUBSTITUTION) } else { self.skip }
    }
}

/// What it costs, in hundredths, when no letter writes `sound`.
fn skip_cost(sound: Sound) -> i16 {
    match sound.phoneme.symbol() {
        _ if sound.epenthetic => 4,
        _ if sound.phoneme.is_vowel() => 45,
        b'N' | b'h' => 70,
        b'y' | b'w' => 40,
        _ => 100,
    }
}

impl AsRef<Sounds> for Sounds {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// A name or word in katakana, ready to be compared.
#[derive(Debug, Clone)]
pub struct Katakana(Sounds);

impl Katakana {
    /// Prepares a name; `None` if it holds no sound in katakana, or too many for a name.
    ///
    /// The dots and spaces between the parts of a name do not count.
    pub fn new(text: &str) -> Option<Self> {
        // The longest symbols of one character are three, and a name has no more characters than sounds and signs.
        (text.len() <= LONGEST_NAME * 6).then(|| Sounds::new(&phoneme::katakana_symbols(text)))?.map(Self)
    }

    /// The summed weight of the sounds, .4 a vowel and 1 a consonant: how much evidence an equal sound is.
    pub fn weight(&self) -> f64 {
        self.0.weight
    }
}

impl AsRef<Sounds> for Katakana {
    fn as_ref(&self) -> &Sounds {
        &self.0
    }
}

/// A name or word in Korean letters, without its particle, ready to be compared.
#[derive(Debug, Clone)]
pub struct Hangul(Sounds);

impl Hangul {
    /// Prepares a name; `None` if it holds no syllable in Hangul, or too many for a name.
    pub fn new(text: &str) -> Option<Self> {
        (text.len() <= LONGEST_NAME * 6).then(|| Sounds::new(&phoneme::hangul_symbols(text)))?.map(Self)
    }

    /// The summed weight of the sounds, .4 a vowel and 1 a consonant: how much evidence an equal sound is.
    pub fn weight(&self) -> f64 {
        self.0.weight
    }
}

impl AsRef<Sounds> for Hangul {
    fn as_ref(&self) -> &Sounds {
        &self.0
    }
}
