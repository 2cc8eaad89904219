//! The EDICT and EDICT2 formats of the Electronic Dictionary Research and Development Group:
//! `漢字;漢字 [かな;かな] /(n) gloss/gloss/(P)/`.

use super::gloss::{self, MAX_GLOSSES};
use super::reading::{Read, headword};
use super::{Lexicon, Rendering};
use crate::lang::Lang;

/// An entry with its parts as they are written.
pub(super) struct Entry<'a> {
    heads: &'a str,
    readings: &'a str,
    glosses: &'a str,
}

impl<'a> Entry<'a> {
    /// The entry in a line, if it is one.
    pub(super) fn read(line: &'a str) -> Option<Self> {
        let (front, glosses) = line.trim_end().split_once(" /")?;
        let glosses = glosses.strip_suffix('/')?;
        let (heads, readings) = match front.split_once(" [") {
            Some((heads, readings)) => (heads, readings.strip_suffix(']')?),
            None => (front, ""),
        };
        let is_entry = !heads.is_empty() && !front.contains('\u{fffd}') && !heads.contains([' ', '\t', '/']);
        is_entry.then_some(Self { heads, readings, glosses })
    }

    /// Whether this is the file's first line, which tells its title.
    fn is_title(&self) -> bool {
        self.heads.trim_start_matches('\u{3000}').starts_with(['？', '?'])
    }

    /// The headwords: the kana too where the word is usually written so.
    fn headwords(&self) -> impl Iterator<Item = &'a str> {
        let readings = if self.glosses.contains("(uk)") { self.readings } else { "" };
        // Marks stand behind a form: 言う(P), かな(ok).
        let forms = self.heads.split(';').chain(readings.split(';'));
        forms.filter_map(|form| form.split('(').next()).map(str::trim).filter(|form| !form.is_empty())
    }

    /// The renderings, the first the likeliest. `EntL…` is the entry's number.
    fn renderings(&self) -> Vec<Rendering> {
        let mut renderings = Vec::new();
        for part in self.glosses.split('/').filter(|part| !part.starts_with("EntL")) {
            if renderings.len() == MAX_GLOSSES {
                break;
            }
            renderings.extend(gloss::rendering(part, renderings.len()));
        }
        renderings
    }
}

/// The word list in the numbered lines of an EDICT or EDICT2 file.
pub(super) fn read_list<'a>(lines: impl Iterator<Item = (usize, &'a str)>, source: &Lang, target: &Lang) -> Read {
    let mut read = Read::new(Lexicon::new(source.clone(), target.clone()));
    for (number, line) in lines {
        let Some(entry) = Entry::read(line) else {
            read.skip(number);
            continue;
        };
        if entry.is_title() {
            continue;
        }
        let renderings = entry.renderings();
        if renderings.is_empty() {
            read.skip(number);
            continue;
        }
        for word in entry.headwords() {
            read.lexicon.list(headword(word)).extend_from_slice(&renderings);
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use encoding_rs::EUC_JP;

    use crate::lexicon::Lexicon;
    use crate::lexicon::reading::tests::{assert_renders, notes_of, read};

    /// A title and entries of our own in EDICT2's form.
    const SAMPLE: &str = "　？？？ /EDICT2 sample/Created: 2024-01-01/\n\
        対訳;對譯(oK) [たいやく] /(n,vs) (See 翻訳) text printed beside its translation/parallel text/(P)/EntL0000001X/\n\
        目玉(P);めだま(ik) [めだま] /(n) (1) (uk) eyeball (of an animal (or person))/(2) {comm} bargain/EntL0000002/\n\
        たいやき /(n) fish-shaped cake/\n";

    #[test]
    fn glosses_are_the_renderings_of_all_written_forms() {
        let list = read(SAMPLE);
        for word in ["対訳", "對譯"] {
            assert_renders(&list, word, &[("text printed beside its translation", 0.5), ("parallel text", 0.5 / 1.08)]);
        }
        assert_renders(&list, "たいやき", &[("fish-shaped cake", 0.5)]);
    }

    #[test]
    fn a_word_usually_written_in_kana_is_a_headword_in_kana_too() {
        let list = read(SAMPLE);
        assert_renders(&list, "めだま", &[("eyeball", 0.5), ("bargain", 0.5 / 1.08)]);
        assert!(!list.contains("たいやく"));
    }

    #[test]
    fn the_title_is_no_entry() {
        let list = read(SAMPLE);
        assert_eq!(list.len(), 5);
        assert_eq!(notes_of(SAMPLE), Vec::<String>::new());
    }

    #[test]
    fn homographs_share_a_headword() {
        let list = read("市場 [しじょう] /(n) market/\n市場 [いちば] /(n) marketplace/market/\n");
        assert_renders(&list, "市場", &[("market", 0.5), ("marketplace", 0.5)]);
    }

    #[test]
    fn at_most_twelve_glosses_count() {
        let glosses = "one/two/three/four/five/six/seven/eight/nine/ten/eleven/twelve/thirteen/";
        assert_eq!(read(&format!("多義 [たぎ] /{glosses}\n")).renderings("多義").len(), 12);
    }

    #[test]
    fn lines_of_another_form_are_skipped_and_counted() {
        let notes = notes_of("本 [ほん] /(n) book/\nbook: 本\n本 [ほん /(n) book/\n");
        assert_eq!(notes, ["list: 2 lines are skipped, the first is line 2: they do not keep to the format."]);
    }

    #[test]
    fn the_old_file_in_euc_jp_is_read() -> crate::error::Result<()> {
        let (bytes, _, _) = EUC_JP.encode("目次 [もくじ] /(n) table of contents/\n索引 [さくいん] /(n) index/\n");
        let (list, notes) = Lexicon::read("edict", &bytes, None, None)?;
        assert_eq!(notes, Vec::<String>::new());
        assert_renders(&list, "目次", &[("table of contents", 0.5)]);
        assert_renders(&list, "索引", &[("index", 0.5)]);
        Ok(())
    }
}
