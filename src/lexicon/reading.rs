//! Reading the word lists that a user adds: telling the format by the content, and what to say of a list.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{EUC_JP, Encoding};
use unicode_normalization::{UnicodeNormalization, is_nfkc};

use super::{Lexicon, edict, jmdict, tsv};
use crate::document::decode;
use crate::error::{Error, Result};
use crate::lang::Lang;

/// So many lines are looked at for an entry of EDICT.
const LINES_TO_TELL_BY: usize = 100;

/// What stands at the beginning of packed files.
const PACKED: &[(&[u8], &str)] = &[
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
];

/// A word list while it is read, with what is to be told of it.
pub(super) struct Read {
    pub(super) lexicon: Lexicon,
    pub(super) notes: Vec<String>,
    /// How many lines were skipped, and the first of them, counted from 1.
    skipped: usize,
    first_skipped: usize,
}

impl Read {
    pub(super) fn new(lexicon: Lexicon) -> Self {
        Self { lexicon, notes: Vec::new(), skipped: 0, first_skipped: 0 }
    }

    /// Notes that a line, counted from 1, could not be used.
    pub(super) fn skip(&mut self, line: usize) {
        if self.skipped == 0 {
            self.first_skipped = line;
        }
        self.skipped += 1;
    }
}

impl Lexicon {
    /// Reads a word list and returns it with notes for the user. `name` stands in the messages.
    ///
    /// The content tells the format:
    /// - TSV with a header of two language tags, the first that of the headwords, and the columns `weight` (0 to 1) and
    ///   `kind` if wanted. The k-th rendering of a headword, from 0, that has no weight counts 0.5 / (1 + 0.08 k);
    /// - EDICT and EDICT2 text and `JMdict` XML, unpacked. Their glosses count in the same way, at most twelve an entry.
    ///
    /// Empty lines and lines that start with `#` are left out. `encoding` is that of a file that is neither marked nor UTF-8;
    /// EDICT's own, EUC-JP, is known without. `languages` are those of headwords and renderings where the file does not say them; without, a dictionary is
    /// Japanese to English. Lines that cannot be used are skipped and counted in a note; a file of another format is an
    /// error that names the formats.
    pub fn read(
        name: &str,
        bytes: &[u8],
        encoding: Option<&str>,
        languages: Option<(&Lang, &Lang)>,
    ) -> Result<(Self, Vec<String>)> {
        if let Some((_, packing)) = PACKED.iter().find(|(mark, _)| bytes.starts_with(mark)) {
            return Err(Error::format(Path::new(name), None, format!("it is packed with {packing}. Unpack it first")));
        }
        let (text, mut notes) = decode(name, bytes, label(bytes, encoding))?;
        let (japanese, english) = (Lang::japanese(), Lang::english());
        let (source, target) = languages.unwrap_or((&japanese, &english));
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let first = lines.clone().next().map_or("", |(_, line)| line);
        let mut read = if jmdict::is_jmdict(&text) {
            jmdict::read_list(name, &text, source, target)?
        } else if let Some(header) = tsv::Header::read(first, languages) {
            lines.next();
            header.read_list(lines)
        } else if lines.clone().take(LINES_TO_TELL_BY).any(|(_, line)| edict::Entry::read(line).is_some()) {
            edict::read_list(lines, source, target)
        } else {
            return Err(Error::format(
                Path::new(name),
                None,
                "this is no word list that taiyaku reads. Give a TSV file whose first line names two languages (ja, en, and \
                 weight if you like, with tabs between), or a dictionary as EDICT, EDICT2 or JMdict",
            ));
        };
        read.lexicon.settle();
        notes.append(&mut read.notes);
        match read.skipped {
            0 => {}
            1 => notes.push(format!("{name}: line {} is skipped: it does not keep to the format.", read.first_skipped)),
            n => notes.push(format!(
                "{name}: {n} lines are skipped, the first is line {}: they do not keep to the format.",
                read.first_skipped
            )),
        }
        Ok((read.lexicon, notes))
    }
}

/// The encoding to read a list in: none that is marked or UTF, else the one that was given, unless it does not fit and
/// EUC-JP does. The old dictionaries so need no guess, which takes time.
fn label<'l>(bytes: &[u8], given: Option<&'l str>) -> Option<&'l str> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let fits = |encoding: &'static Encoding| !encoding.decode_without_bom_handling(bytes).1;
    let is_given = given.is_some_and(|label| Encoding::for_label_no_replacement(label.as_bytes()).is_none_or(fits));
    if !is_given && !bytes.contains(&0) && fits(EUC_JP) { Some("euc-jp") } else { given }
}

/// A headword in the form that texts are read in (NFKC: full-width letters become usual ones).
pub(super) fn headword(word: &str) -> Cow<'static, str> {
    Cow::Owned(if is_nfkc(word) { word.to_owned() } else { word.nfkc().collect() })
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "tests may fail")]
pub(super) mod tests {
    use crate::lexicon::Lexicon;

    /// The word list in a file that is called `list`.
    pub(in crate::lexicon) fn read(text: &str) -> Lexicon {
        Lexicon::read("list", text.as_bytes(), None, None).expect("a word list").0
    }

    pub(in crate::lexicon) fn notes_of(text: &str) -> Vec<String> {
        Lexicon::read("list", text.as_bytes(), None, None).expect("a word list").1
    }

    pub(in crate::lexicon) fn assert_renders(list: &Lexicon, word: &str, expected: &[(&str, f64)]) {
        let found = list.renderings(word);
        let texts: Vec<&str> = found.iter().map(|r| &*r.text).collect();
        assert_eq!(texts, expected.iter().map(|(text, _)| *text).collect::<Vec<_>>(), "{word}");
        for (rendering, (text, weight)) in found.iter().zip(expected) {
            assert!((rendering.weight - weight).abs() < 1e-9, "{word} {text}: {}", rendering.weight);
        }
    }

    fn assert_refused(bytes: &[u8], reason: &str) {
        let error = Lexicon::read("list", bytes, None, None).expect_err("no word list").to_string();
        assert!(error.starts_with("list: ") && error.contains(reason), "{error}");
    }

    #[test]
    fn a_file_of_another_format_is_refused_with_the_formats_that_are_read() {
        for other in
            ["", "\n\n", "昨日は雨だった。\n", "{\"ja\": \"本\"}", "<html><body>本</body></html>", "ja,en\n本,book\n"]
        {
            assert_refused(other.as_bytes(), "EDICT, EDICT2 or JMdict");
        }
    }

    #[test]
    fn a_packed_file_is_to_be_unpacked() {
        assert_refused(b"\x1f\x8b\x08\x00\x00", "packed with gzip. Unpack it first");
    }

    #[test]
    fn one_skipped_line_is_told_by_its_number() {
        assert_eq!(
            notes_of("ja\ten\n# note\n本\n本\tbook\n"),
            ["list: line 3 is skipped: it does not keep to the format."]
        );
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_word() {
        assert_renders(&read("\u{feff}ja\ten\r\n本\tbook\r\n"), "本", &[("book", 0.5)]);
    }
}
