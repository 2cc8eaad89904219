//! Writing a segment.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{self, BufWriter, Write};

use super::grams::Grams;
use super::mapped::{CHUNK, chunk_checksum, list_checksum};
use super::segment::{
    ALIGNMENT, HEAD, LengthClass, MAGIC, SECTIONS, bare_hash, head, language_number, shared_row, wide_offset,
};
use crate::lang::{is_han, is_hangul, is_hiragana, is_katakana};
use crate::memory::key::bare;

/// With many characters, as Han or hangul, single ones tell texts apart; of an alphabet it takes two.
const ROWS_OF_CHARACTERS: usize = 256;
const ROWS_OF_PAIRS: usize = 544;
/// A feature of more than one key in so many gets a row of its own: a rarer one would learn little from it, and others
/// would learn less from a row shared with a frequent one.
const FREQUENT: usize = 16;
/// At most this part of the rows are such.
const MOST_OWN: usize = 2;
/// From how many keys frequencies are taken.
const SAMPLE: usize = 20_000;
/// The characters of one byte; 255 is left for those of a query that no key has.
const NARROW: u32 = 255;
/// With more characters than two bytes can tell apart a segment is divided.
pub(super) const LARGEST_ALPHABET: usize = 65_536;

/// What a segment is made of, in memory.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// The keys one after the other, as provisional numbers of their characters.
    keys: Vec<u16>,
    /// Where each ends.
    ends: Vec<u64>,
    units: Vec<u32>,
    bare_hashes: Vec<u32>,
    numbers: HashMap<char, u16>,
    characters: Vec<char>,
    counts: Vec<u64>,
}

/// What the head of a segment says besides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label<'l> {
    pub(super) store: [u8; 16],
    pub(super) first: i64,
    pub(super) from: &'l str,
    pub(super) to: &'l str,
}

impl Builder {
    /// Adds a key; `unit` is as in [`super::segment::Section::Units`]. It is `false` and nothing happens when the
    /// alphabet has no room for the key's characters.
    pub(super) fn add(&mut self, key: &str, unit: u32) -> bool {
        // A key has no more characters than bytes: nearly always that is few enough.
        if self.characters.len() + key.len() > LARGEST_ALPHABET {
            let new: BTreeSet<char> = key.chars().filter(|c| !self.numbers.contains_key(c)).collect();
            if self.characters.len() + new.len() > LARGEST_ALPHABET {
                return false;
            }
        }
        for c in key.chars() {
            let number = *self.numbers.entry(c).or_insert_with(|| {
                self.characters.push(c);
                self.counts.push(0);
                (self.characters.len() - 1) as u16
            });
            if let Some(count) = self.counts.get_mut(usize::from(number)) {
                *count += 1;
            }
            self.keys.push(number);
        }
        self.ends.push(self.keys.len() as u64);
        self.units.push(unit);
        self.bare_hashes.push(bare_hash(&bare(key)));
        true
    }

    fn key(&self, entry: usize) -> &[u16] {
        let start = entry.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        let end = self.ends.get(entry).map_or(0, |end| *end as usize);
        self.keys.get(start..end).unwrap_or_default()
    }

    /// Writes the file; the checksum of its checksums.
    pub(super) fn write(&self, label: &Label, file: File) -> io::Result<Vec<u8>> {
        let codes = self.codes();
        let is_wide =
            |entry: usize| self.key(entry).iter().any(|c| codes.get(usize::from(*c)).is_none_or(|c| *c >= NARROW));
        let mut order: Vec<(u32, bool, u32)> =
            (0..self.units.len()).map(|entry| (self.key(entry).len() as u32, is_wide(entry), entry as u32)).collect();
        // Equal in length and width, a later unit stands behind an earlier one.
        order.sort_unstable();
        let (lengths, key_bytes) = classes(&order);
        let lengths: Vec<[u64; 5]> = lengths.into_iter().map(LengthClass::to_numbers).collect();
        let q = self.q();
        let rows = if q == 1 { ROWS_OF_CHARACTERS } else { ROWS_OF_PAIRS };
        let row_words = order.len().div_ceil(64).next_multiple_of(ALIGNMENT / size_of::<u64>());
        let own = self.frequent_features(q, rows);
        let table = self.table(&order, q, rows, row_words, &own);

        let mut alphabet: Vec<(char, u32)> = self.characters.iter().copied().zip(codes.iter().copied()).collect();
        alphabet.sort_unstable();
        let characters: Vec<u32> = alphabet.iter().map(|(c, _)| u32::from(*c)).collect();
        let character_codes: Vec<u32> = alphabet.iter().map(|(_, code)| *code).collect();
        let units: Vec<u32> = order.iter().filter_map(|(.., entry)| self.units.get(*entry as usize).copied()).collect();
        let mut bare: Vec<(u32, u32)> = (0_u32..)
            .zip(&order)
            .filter_map(|(place, (.., entry))| Some((*self.bare_hashes.get(*entry as usize)?, place)))
            .collect();
        bare.sort_unstable();
        let (bare_hashes, bare_keys): (Vec<u32>, Vec<u32>) = bare.into_iter().unzip();
        let own_features: Vec<u64> = own.keys().copied().collect();
        let own_rows: Vec<u32> = own.values().copied().collect();
        let keys = self.coded(&order, &codes, key_bytes);
        let contents: [&[u8]; SECTIONS] = [
            bytemuck::cast_slice(&characters),
            bytemuck::cast_slice(&character_codes),
            bytemuck::cast_slice(&lengths),
            bytemuck::cast_slice(&own_features),
            bytemuck::cast_slice(&own_rows),
            &keys,
            bytemuck::cast_slice(&units),
            bytemuck::cast_slice(&bare_hashes),
            bytemuck::cast_slice(&bare_keys),
            bytemuck::cast_slice(&table),
        ];
        let mut head = [0_u64; HEAD];
        let store: [u64; 2] = bytemuck::cast(label.store);
        let fields = [
            (head::MAGIC, MAGIC),
            (head::STORE, store[0]),
            (head::STORE + 1, store[1]),
            (head::FIRST, label.first.cast_unsigned()),
            (head::FROM, language_number(label.from)),
            (head::TO, language_number(label.to)),
            (head::ENTRIES, order.len() as u64),
            (head::Q, q as u64),
            (head::ROWS, rows as u64),
            (head::ROW_WORDS, row_words as u64),
        ];
        for (place, value) in fields {
            head[place] = value;
        }
        let mut at = size_of_val(&head);
        for (i, content) in contents.iter().enumerate() {
            at = at.next_multiple_of(ALIGNMENT);
            head[head::SECTIONS + 2 * i] = at as u64;
            head[head::SECTIONS + 2 * i + 1] = content.len() as u64;
            at += content.len();
        }
        let mut out = Chunks::new(file);
        out.write_all(bytemuck::cast_slice(&head))?;
        for content in contents {
            let gap = out.length.next_multiple_of(ALIGNMENT) - out.length;
            out.write_all(&vec![0; gap])?;
            out.write_all(content)?;
        }
        out.finish()
    }

    /// The final numbers of the characters, by their provisional ones: the most frequent get the smallest.
    fn codes(&self) -> Vec<u32> {
        let mut by_count: Vec<usize> = (0..self.characters.len()).collect();
        by_count.sort_by_key(|c| (std::cmp::Reverse(self.counts.get(*c)), self.characters.get(*c)));
        let mut codes = vec![0; by_count.len()];
        for (code, character) in (0..).zip(by_count) {
            if let Some(place) = codes.get_mut(character) {
                *place = code;
            }
        }
        codes
    }

    /// How many characters a gram has: 1 where most are of a script with many.
    fn q(&self) -> usize {
        let is_of_many = |c: char| is_han(c) || is_hiragana(c) || is_katakana(c) || is_hangul(c);
        let counted = || self.characters.iter().zip(&self.counts);
        let of_many: u64 = counted().filter(|(c, _)| is_of_many(**c)).map(|(_, count)| count).sum();
        let all: u64 = counted().map(|(_, count)| count).sum();
        if of_many * 2 >= all { 1 } else { 2 }
    }

    /// The rows of the frequent features.
    fn frequent_features(&self, q: usize, rows: usize) -> BTreeMap<u64, u32> {
        let step = self.units.len().div_ceil(SAMPLE).max(1);
        let mut counts: HashMap<u64, usize> = HashMap::new();
        let mut grams = Grams::default();
        let mut sampled = 0;
        let mut key = Vec::new();
        for entry in (0..self.units.len()).step_by(step) {
            self.characters_of(entry, &mut key);
            grams.for_each(&key, q, |feature| *counts.entry(feature).or_default() += 1);
            sampled += 1;
        }
        let mut frequent: Vec<(usize, u64)> =
            counts.into_iter().filter(|(_, count)| count * FREQUENT > sampled).map(|(f, count)| (count, f)).collect();
        frequent.sort_unstable_by(|a, b| b.cmp(a));
        frequent.truncate(rows / MOST_OWN);
        (0..).zip(frequent).map(|(row, (_, feature))| (feature, row)).collect()
    }

    fn characters_of(&self, entry: usize, key: &mut Vec<char>) {
        key.clear();
        key.extend(self.key(entry).iter().filter_map(|c| self.characters.get(usize::from(*c))));
    }

    /// The table of bits.
    fn table(
        &self,
        order: &[(u32, bool, u32)],
        q: usize,
        rows: usize,
        row_words: usize,
        own: &BTreeMap<u64, u32>,
    ) -> Vec<u64> {
        let own_rows: HashMap<u64, usize> = own.iter().map(|(feature, row)| (*feature, *row as usize)).collect();
        let mut table = vec![0_u64; rows * row_words];
        let mut grams = Grams::default();
        let mut key = Vec::new();
        for (place, (.., entry)) in order.iter().enumerate() {
            self.characters_of(*entry as usize, &mut key);
            let (word, bit) = (place / 64, 1_u64 << (place % 64));
            grams.for_each(&key, q, |feature| {
                let row = own_rows.get(&feature).copied().unwrap_or_else(|| shared_row(feature, own.len(), rows));
                if let Some(word) = table.get_mut(row * row_words + word) {
                    *word |= bit;
                }
            });
        }
        table
    }

    /// The section of keys.
    fn coded(&self, order: &[(u32, bool, u32)], codes: &[u32], size: usize) -> Vec<u8> {
        let mut keys = Vec::with_capacity(size);
        let mut before = None;
        for (length, is_wide, entry) in order {
            let coded = self.key(*entry as usize).iter().filter_map(|c| codes.get(usize::from(*c)));
            // Classes, and in them the keys of two bytes a character, begin at even places.
            if before.replace((length, is_wide)) != Some((length, is_wide)) {
                keys.resize(keys.len().next_multiple_of(size_of::<u16>()), 0);
            }
            if *is_wide {
                coded.for_each(|code| keys.extend((*code as u16).to_ne_bytes()));
            } else {
                keys.extend(coded.map(|code| *code as u8));
            }
        }
        keys
    }
}

/// The classes of length of keys in order, and how many bytes the keys take.
fn classes(order: &[(u32, bool, u32)]) -> (Vec<LengthClass>, usize) {
    let mut classes = Vec::new();
    let mut offset: usize = 0;
    for class in order.chunk_by(|a, b| a.0 == b.0) {
        let length = class.first().map_or(0, |(length, ..)| *length);
        let first = classes.last().map_or(0, |before: &LengthClass| before.end);
        offset = offset.next_multiple_of(size_of::<u16>());
        let wide = class.partition_point(|(_, is_wide, _)| !is_wide);
        let end = first + class.len() as u32;
        classes.push(LengthClass { length, first, wide: first + wide as u32, end, offset: offset as u64 });
        let length = length as usize;
        offset += wide_offset(wide, length) + (class.len() - wide) * length * size_of::<u16>();
    }
    (classes, offset)
}

/// A file of chunks, each with its checksum at the end.
struct Chunks {
    file: BufWriter<File>,
    chunk: Vec<u8>,
    checksums: Vec<u8>,
    length: usize,
}

impl Chunks {
    fn new(file: File) -> Self {
        Self { file: BufWriter::new(file), chunk: Vec::with_capacity(CHUNK), checksums: Vec::new(), length: 0 }
    }

    fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len();
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.chunk.len()));
            self.chunk.extend_from_slice(now);
            bytes = later;
            if self.chunk.len() == CHUNK {
                self.end_chunk()?;
            }
        }
        Ok(())
    }

    fn end_chunk(&mut self) -> io::Result<()> {
        self.checksums.extend(chunk_checksum(&self.chunk));
        self.file.write_all(&self.chunk)?;
        self.chunk.clear();
        Ok(())
    }

    fn finish(mut self) -> io::Result<Vec<u8>> {
        if !self.chunk.is_empty() {
            self.end_chunk()?;
        }
        self.file.write_all(&self.checksums)?;
        self.file.flush()?;
        self.file.get_ref().sync_data()?;
        Ok(list_checksum(&self.checksums))
    }
}
