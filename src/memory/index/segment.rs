//! A segment: the keys of some units in one language, for one direction of look-up, in a file.
//!
//! Keys stand in order of length, each as the numbers of its characters in the segment's alphabet: one byte a character
//! where that is enough, otherwise two. Beside them stands a table of bits: a row for each feature (or for the features
//! that share it), a column for each key. How many features a key shares with a query is the sum of the query's rows,
//! taken for 64 keys at a time.

use std::io;
use std::ops::Range;
use std::path::Path;

use super::mapped::{Damaged, Mapped};

/// The file's first eight bytes, in the order of this machine's bytes; the last digits are the layout's version.
pub(super) const MAGIC: u64 = 0x7479_6b69_6478_0001;
/// How many numbers the head has.
pub(super) const HEAD: usize = 32;
/// Sections begin at multiples of this.
pub(super) const ALIGNMENT: usize = 64;

/// The numbers of the head, by their places.
pub(super) mod head {
    pub(in crate::memory::index) const MAGIC: usize = 0;
    pub(in crate::memory::index) const STORE: usize = 1;
    pub(in crate::memory::index) const FIRST: usize = 3;
    pub(in crate::memory::index) const FROM: usize = 5;
    pub(in crate::memory::index) const TO: usize = 6;
    pub(in crate::memory::index) const ENTRIES: usize = 7;
    pub(in crate::memory::index) const Q: usize = 8;
    pub(in crate::memory::index) const ROWS: usize = 9;
    pub(in crate::memory::index) const ROW_WORDS: usize = 10;
    /// The sections: where each begins and how many bytes it has, in the order of `Section`.
    pub(in crate::memory::index) const SECTIONS: usize = 12;
}

/// The parts of the file behind the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// The characters of the alphabet, sorted, as u32.
    Characters,
    /// Their numbers, the most frequent character being 0, as u32.
    Codes,
    /// One [`LengthClass`] for each length there is, as five u64.
    Lengths,
    /// The features with a row of their own, sorted, as u64; then, as u32, …
    Own,
    /// … those rows.
    OwnRows,
    /// The keys.
    Keys,
    /// For each key twice its unit's number, from the segment's first, plus 1 if it is the unit's target, as u32.
    Units,
    /// Hashes of the bare keys, sorted, as u32; then, as u32, …
    BareHashes,
    /// … the keys they belong to.
    BareKeys,
    /// The table of bits, row after row.
    Rows,
}

pub(super) const SECTIONS: usize = 10;

/// The keys of one length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LengthClass {
    /// The length in characters.
    pub(super) length: u32,
    /// The first of these keys.
    pub(super) first: u32,
    /// The first of them that has two bytes a character.
    pub(super) wide: u32,
    /// The key behind the last.
    pub(super) end: u32,
    /// Where the first begins in the section of keys.
    pub(super) offset: u64,
}

impl LengthClass {
    /// The class as it stands in the file, and back.
    pub(super) fn to_numbers(self) -> [u64; 5] {
        let [length, first, wide, end] = [self.length, self.first, self.wide, self.end].map(u64::from);
        [length, first, wide, end, self.offset]
    }

    /// The bits of a word that are keys of the class.
    pub(super) fn within(&self, word: usize) -> u64 {
        let place = |entry: u32| (entry as usize).saturating_sub(word * 64);
        let from = (!0_u64).checked_shl(place(self.first) as u32).unwrap_or(0);
        let to = if place(self.end) >= 64 { !0 } else { (1_u64 << place(self.end)) - 1 };
        from & to
    }

    fn from_numbers([length, first, wide, end, offset]: [u64; 5]) -> Self {
        let [length, first, wide, end] = [length, first, wide, end].map(|number| number as u32);
        Self { length, first, wide, end, offset }
    }
}

/// An open segment.
#[derive(Debug)]
pub(super) struct Segment {
    mapped: Mapped,
    head: [u64; HEAD],
    pub(super) lengths: Vec<LengthClass>,
}

/// A key: its characters' numbers in the segment's alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes<'s> {
    Narrow(&'s [u8]),
    Wide(&'s [u16]),
}

/// The name of a language as a number: its primary subtag has at most three letters.
pub(super) fn language_number(primary: &str) -> u64 {
    primary.bytes().take(8).fold(0, |number, byte| number << 8 | u64::from(byte))
}

impl Segment {
    /// Opens the segment of the store `store` in the file at `path`. Fails when it cannot be read; it is damaged when it
    /// is not the one with this checksum.
    pub(super) fn open(path: &Path, checksum: &[u8], store: [u8; 16]) -> io::Result<Result<Self, Damaged>> {
        Ok(Mapped::open(path, checksum)?.and_then(|mapped| {
            let numbers: &[u64] = mapped.numbers(0..HEAD * size_of::<u64>())?;
            let head: [u64; HEAD] = numbers.try_into().map_err(|_| Damaged)?;
            let store_numbers: [u64; 2] = bytemuck::cast(store);
            if head[head::MAGIC] != MAGIC || head.get(head::STORE..=head::STORE + 1) != Some(&store_numbers) {
                return Err(Damaged);
            }
            let mut segment = Self { mapped, head, lengths: Vec::new() };
            segment.lengths =
                segment.section(Section::Lengths)?.iter().copied().map(LengthClass::from_numbers).collect();
            Ok(segment)
        }))
    }

    fn number(&self, place: usize) -> u64 {
        self.head.get(place).copied().unwrap_or(0)
    }

    /// The number of the unit that entries count from.
    pub(super) fn first(&self) -> i64 {
        self.number(head::FIRST).cast_signed()
    }

    /// How many keys there are.
    pub(super) fn len(&self) -> usize {
        self.number(head::ENTRIES) as usize
    }

    /// How many characters a gram has.
    pub(super) fn q(&self) -> usize {
        self.number(head::Q) as usize
    }

    /// How many words a row has.
    pub(super) fn row_words(&self) -> usize {
        self.number(head::ROW_WORDS) as usize
    }

    /// Whether its keys are in a language of this primary subtag, and the other texts in that one.
    pub(super) fn is_for(&self, from: Option<&str>, to: Option<&str>) -> bool {
        let is = |place, primary: Option<&str>| primary.is_none_or(|p| self.number(place) == language_number(p));
        is(head::FROM, from) && is(head::TO, to)
    }

    fn section_range(&self, section: Section) -> Range<usize> {
        let at = head::SECTIONS + 2 * section as usize;
        let start = self.number(at) as usize;
        start..start.saturating_add(self.number(at + 1) as usize)
    }

    pub(super) fn section<T: bytemuck::Pod>(&self, section: Section) -> Result<&[T], Damaged> {
        self.mapped.numbers(self.section_range(section))
    }

    /// One of the numbers of a section.
    fn item<T: bytemuck::Pod>(&self, section: Section, index: usize) -> Result<T, Damaged> {
        let range = self.section_range(section);
        let start = range.start + index * size_of::<T>();
        if start + size_of::<T>() > range.end {
            return Err(Damaged);
        }
        self.mapped.numbers(start..start + size_of::<T>())?.first().copied().ok_or(Damaged)
    }

    /// How many characters the alphabet has.
    pub(super) fn alphabet(&self) -> usize {
        self.section_range(Section::Characters).len() / size_of::<u32>()
    }

    /// The number of a character in the alphabet; `u32::MAX` where no key has it.
    pub(super) fn code(&self, c: char) -> Result<u32, Damaged> {
        match self.section::<u32>(Section::Characters)?.binary_search(&u32::from(c)) {
            Ok(place) => self.section::<u32>(Section::Codes)?.get(place).copied().ok_or(Damaged),
            Err(_) => Ok(u32::MAX),
        }
    }

    /// The row of a feature.
    pub(super) fn row_of(&self, feature: u64) -> Result<usize, Damaged> {
        let own = self.section::<u64>(Section::Own)?;
        match own.binary_search(&feature) {
            Ok(place) => self.item::<u32>(Section::OwnRows, place).map(|row| row as usize),
            Err(_) => Ok(shared_row(feature, own.len(), self.number(head::ROWS) as usize)),
        }
    }

    /// Some words of a row.
    pub(super) fn row(&self, row: usize, words: Range<usize>) -> Result<&[u64], Damaged> {
        let start = self.section_range(Section::Rows).start + row * self.row_words() * size_of::<u64>();
        self.mapped.numbers(start + words.start * size_of::<u64>()..start + words.end * size_of::<u64>())
    }

    /// The number of the unit of a key, and whether the key is that of its target.
    pub(super) fn unit(&self, entry: usize) -> Result<(i64, bool), Damaged> {
        let unit: u32 = self.item(Section::Units, entry)?;
        Ok((self.first() + i64::from(unit >> 1), unit & 1 == 1))
    }

    /// A key of a length class.
    pub(super) fn key(&self, class: &LengthClass, entry: usize) -> Result<Codes<'_>, Damaged> {
        let keys = self.section_range(Section::Keys).start + class.offset as usize;
        let (length, first, wide) = (class.length as usize, class.first as usize, class.wide as usize);
        if entry < wide {
            let start = keys + entry.checked_sub(first).ok_or(Damaged)? * length;
            return self.mapped.bytes(start..start + length).map(Codes::Narrow);
        }
        let start = keys + wide_offset(wide - first, length) + (entry - wide) * length * size_of::<u16>();
        self.mapped.numbers(start..start + length * size_of::<u16>()).map(Codes::Wide)
    }

    /// The keys whose bare key has this hash.
    pub(super) fn with_bare_hash(&self, hash: u32) -> Result<&[u32], Damaged> {
        let hashes = self.section::<u32>(Section::BareHashes)?;
        let start = hashes.partition_point(|other| *other < hash);
        let count = hashes.get(start..).unwrap_or_default().iter().take_while(|other| **other == hash).count();
        self.section::<u32>(Section::BareKeys)?.get(start..start + count).ok_or(Damaged)
    }

    /// Looks whether the file is whole.
    pub(super) fn check(&self) -> Result<(), Damaged> {
        self.mapped.check()
    }
}

/// The row of a feature that has none of its own.
pub(super) fn shared_row(feature: u64, own: usize, rows: usize) -> usize {
    own + (feature % (rows.saturating_sub(own).max(1)) as u64) as usize
}

/// Where the keys of two bytes a character begin behind `narrow` keys of one.
pub(super) fn wide_offset(narrow: usize, length: usize) -> usize {
    (narrow * length).next_multiple_of(size_of::<u16>())
}

/// The hash that the second key is found by.
pub(super) fn bare_hash(bare: &str) -> u32 {
    blake3::hash(bare.as_bytes()).as_bytes().iter().take(4).fold(0, |hash, byte| hash << 8 | u32::from(*byte))
}
