//! The Japanese–English word list that ships with taiyaku, written for it.

use std::borrow::Cow;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Entry, Lexicon, Rendering};
use crate::lang::{Lang, is_katakana};

/// `ja en weight kind`, one rendering a line, the renderings of a headword together and in order of likelihood.
const JA_EN: &str = include_str!("ja-en.tsv");

/// `ja per_million`: how often a headword occurs in a million words of news and essays, by order of magnitude. It has
/// the headwords of the word list in the same order.
const JA_FREQUENCY: &str = include_str!("ja-frequency.tsv");

/// `stem per_million`: how often English stems are expected, computed from the other two files. After a change of these
/// or of the way that words and stems are told, renew it: `UPDATE_EXPECT=1 cargo test --lib the_frequencies_of_stems`.
const EN_FREQUENCY: &str = include_str!("en-frequency.tsv");

/// About as many headwords, and as many stems, as there are: room that is made at once.
const HEADWORDS: usize = 48_000;
const STEMS: usize = 20_000;

impl Lexicon {
    /// The word list that ships: Japanese to English.
    ///
    /// Only headwords are indexed here, at every start; renderings are looked up in the file's text when they are asked
    /// for, which few are.
    pub fn shipped() -> Self {
        let mut entries = FxHashMap::with_capacity_and_hasher(HEADWORDS, FxBuildHasher);
        for (word, per_million) in rows(JA_FREQUENCY) {
            let entry = Entry { renderings: None, per_million: Some(per_million) };
            entries.insert(Cow::Borrowed(word), entry);
        }
        let mut stems = FxHashMap::with_capacity_and_hasher(STEMS, FxBuildHasher);
        stems.extend(rows(EN_FREQUENCY));
        Self { source: Lang::japanese(), target: Lang::english(), entries, stems }
    }
}

/// The renderings of a headword in the list that ships.
pub(super) fn renderings(word: &str) -> Vec<Rendering> {
    let list = JA_EN.get(first_line(JA_EN, word)..).unwrap_or_default();
    let read = |line: &'static str| {
        let mut cells = line.strip_prefix(word)?.strip_prefix('\t')?.split('\t');
        let text = cells.next()?;
        let weight = cells.next()?.parse().ok()?;
        Some(Rendering { text: Cow::Borrowed(text), weight })
    };
    list.lines().map_while(read).collect()
}

/// The countries of the list that ships, its cities and its regions, mountains and waters that are written in katakana: the
/// headword, a rendering that is not rare, and the kind.
pub(crate) fn places() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    /// Renderings of less weight are often another kind of name: Pyongyang for 北朝鮮.
    const RARE: f64 = 0.1;
    without_header(JA_EN).lines().filter_map(|line| {
        let (row, kind) = line.rsplit_once('\t').filter(|(_, kind)| matches!(*kind, "country" | "city" | "place"))?;
        let mut cells = row.split('\t');
        let (word, text, weight) = (cells.next()?, cells.next()?, cells.next()?);
        // Of the others many are no names: 東部, 首都.
        let is_name = kind != "place" || (word.starts_with(is_katakana) && text.starts_with(char::is_uppercase));
        (is_name && weight.parse::<f64>().ok()? >= RARE).then_some((word, text, kind))
    })
}

/// Where the first line stands whose headword is not before `word`: a binary search in the sorted lines behind the header.
fn first_line(list: &str, word: &str) -> usize {
    let bytes = list.as_bytes();
    let end_of_line =
        |from: usize| bytes.iter().skip(from).position(|b| *b == b'\n').map_or(bytes.len(), |i| from + i + 1);
    let (mut low, mut high) = (end_of_line(0), bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = bytes.get(low..middle).unwrap_or_default();
        let start = before.iter().rposition(|b| *b == b'\n').map_or(low, |i| low + i + 1);
        let head = bytes.get(start..).unwrap_or_default().split(|b| *b == b'\t').next().unwrap_or_default();
        if head < word.as_bytes() {
            low = end_of_line(start);
        } else {
            high = start;
        }
    }
    low
}

/// The rows of a list of two columns.
fn rows(list: &'static str) -> impl Iterator<Item = (&'static str, f64)> {
    without_header(list).lines().filter_map(|line| {
        let (word, number) = line.split_once('\t')?;
        Some((word, number.parse().ok()?))
    })
}

fn without_header(list: &'static str) -> &'static str {
    list.split_once('\n').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{JA_EN, JA_FREQUENCY, first_line};
    use crate::lexicon::Lexicon;

    const KINDS: &[&str] = &[
        "noun",
        "verb",
        "adjective",
        "adverb",
        "function",
        "expression",
        "country",
        "city",
        "nationality",
        "organization",
        "office",
        "unit",
        "title",
        "era",
        "place",
        "religion",
    ];

    /// The rows of a list behind its header.
    fn rows<'a>(list: &'a str, header: &str) -> Vec<Vec<&'a str>> {
        assert!(list.ends_with('\n') && !list.contains('\r'));
        let mut lines = list.lines();
        assert_eq!(lines.next(), Some(header));
        lines.map(|line| line.split('\t').collect()).collect()
    }

    #[test]
    fn every_line_of_the_word_list_is_well_formed() {
        for cells in rows(JA_EN, "ja\ten\tweight\tkind") {
            let [word, text, weight, kind] = cells[..] else { panic!("not four cells: {cells:?}") };
            assert!(!word.is_empty() && !word.contains(char::is_whitespace), "{cells:?}");
            assert!(!text.is_empty() && text.trim() == text && !text.contains("  "), "{cells:?}");
            let is_allowed = |c: char| c.is_alphanumeric() || " '-,.&/+%".contains(c);
            assert!(text.chars().all(is_allowed), "a sign that no rendering has: {cells:?}");
            assert!(weight.parse::<f64>().is_ok_and(|w| w > 0.0 && w <= 1.0), "{cells:?}");
            assert!(KINDS.contains(&kind), "{cells:?}");
        }
    }

    #[test]
    fn headwords_stand_in_the_form_that_texts_are_read_in() {
        use unicode_normalization::UnicodeNormalization;
        for cells in rows(JA_FREQUENCY, "ja\tper_million") {
            assert_eq!(cells[0], cells[0].nfkc().collect::<String>());
        }
    }

    #[test]
    fn both_lists_have_the_same_headwords_in_order() {
        let mut words: Vec<&str> = rows(JA_EN, "ja\ten\tweight\tkind").into_iter().map(|cells| cells[0]).collect();
        words.dedup();
        let frequent: Vec<&str> = rows(JA_FREQUENCY, "ja\tper_million").into_iter().map(|cells| cells[0]).collect();
        assert!(words.is_sorted());
        assert!(words == frequent, "the headwords of ja-en.tsv and ja-frequency.tsv differ");
        assert!(words.len() > 30_000, "{} headwords", words.len());
    }

    #[test]
    fn renderings_are_different_in_order_and_sum_to_one_at_most() {
        let mut lists: BTreeMap<&str, Vec<(String, f64)>> = BTreeMap::new();
        for cells in rows(JA_EN, "ja\ten\tweight\tkind") {
            let weight = cells[2].parse().unwrap_or(f64::NAN);
            lists.entry(cells[0]).or_default().push((cells[1].to_lowercase(), weight));
        }
        for (word, mut list) in lists {
            assert!(list.is_sorted_by(|a, b| a.1 >= b.1), "{word} is not in order: {list:?}");
            assert!(list.iter().map(|r| r.1).sum::<f64>() <= 1.0 + 1e-9, "{word}: {list:?}");
            let count = list.len();
            list.sort_by(|a, b| a.0.cmp(&b.0));
            list.dedup_by(|a, b| a.0 == b.0);
            assert_eq!(list.len(), count, "{word} has a rendering twice: {list:?}");
        }
    }

    #[test]
    fn the_list_gives_back_what_its_files_say() {
        let lexicon = Lexicon::shipped();
        let mut pairs = 0;
        for cells in rows(JA_FREQUENCY, "ja\tper_million") {
            assert_eq!(lexicon.per_million(cells[0]), cells[1].parse().ok());
            let renderings = lexicon.renderings(cells[0]);
            assert!(!renderings.is_empty(), "{}", cells[0]);
            pairs += renderings.len();
        }
        assert_eq!(pairs, rows(JA_EN, "ja\ten\tweight\tkind").len());
        assert_eq!(lexicon.renderings("発表").first().map(|r| &*r.text), Some("announce"));
        assert!(!lexicon.contains("ja") && lexicon.renderings("ja").is_empty());
    }

    #[test]
    fn the_first_line_of_a_headword_is_found_by_bisection() {
        let list = "head\nb\t1\nb\t2\nba\t3\nd\t4\n";
        let found = |word: &str| list.get(first_line(list, word)..).unwrap_or_default();
        assert_eq!(found("a"), "b\t1\nb\t2\nba\t3\nd\t4\n");
        assert_eq!(found("b"), "b\t1\nb\t2\nba\t3\nd\t4\n");
        assert_eq!(found("ba"), "ba\t3\nd\t4\n");
        assert_eq!(found("c"), "d\t4\n");
        assert_eq!(found("e"), "");
        assert_eq!(first_line("head", "a"), 4);
    }
}
