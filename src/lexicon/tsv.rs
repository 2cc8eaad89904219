//! Word lists of one's own: TSV with a header of two language tags, and `weight` and `kind` if wanted.

use std::borrow::Cow;

use super::reading::Read;
use super::{Lexicon, Rendering, gloss};
use crate::lang::Lang;

/// A column of this name holds numbers, not Indonesian (whose text columns are `id-ID`).
const NOT_A_LANGUAGE: &str = "id";

/// Which columns hold what.
pub(super) struct Header {
    source: (usize, Lang),
    target: (usize, Lang),
    weight: Option<usize>,
}

impl Header {
    /// The header in a line with two language tags, if it is one: the first names the headwords, unless `languages` says that
    /// it is the second.
    pub(super) fn read(line: &str, languages: Option<(&Lang, &Lang)>) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let tagged = cells.iter().enumerate().filter(|(_, cell)| **cell != NOT_A_LANGUAGE);
        let mut tags = tagged.filter_map(|(i, cell)| Some((i, cell.parse::<Lang>().ok().filter(Lang::is_registered)?)));
        let (first, second) = (tags.next()?, tags.next()?);
        let is_swapped = languages.is_some_and(|(source, target)| {
            first.1.primary() == target.primary() && second.1.primary() == source.primary()
        });
        let (source, target) = if is_swapped { (second, first) } else { (first, second) };
        Some(Self { source, target, weight: cells.iter().position(|cell| *cell == "weight") })
    }

    /// The word list in the numbered lines below the header.
    pub(super) fn read_list<'a>(self, lines: impl Iterator<Item = (usize, &'a str)>) -> Read {
        let (source, target) = (self.source.1.clone(), self.target.1.clone());
        let mut read = Read::new(Lexicon::new(source, target));
        for (number, line) in lines {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if self.add(&cells, &mut read.lexicon).is_none() {
                read.skip(number);
            }
        }
        read
    }

    /// Adds a row, unless a word is missing or the weight is no share.
    fn add(&self, cells: &[&str], lexicon: &mut Lexicon) -> Option<()> {
        let cell = |i: usize| cells.get(i).copied().filter(|cell| !cell.is_empty() && !cell.contains('\u{fffd}'));
        let (word, text) = (cell(self.source.0)?, cell(self.target.0)?);
        let given = match self.weight.and_then(cell) {
            Some(number) => Some(number.parse().ok().filter(|weight| (0.0..=1.0).contains(weight))?),
            None => None,
        };
        let list = lexicon.list(super::reading::headword(word));
        let weight = given.unwrap_or_else(|| gloss::weight(list.len()));
        list.push(Rendering { text: Cow::Owned(text.to_owned()), weight });
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;
    use crate::lexicon::reading::tests::{assert_renders, notes_of, read};

    #[test]
    fn a_list_with_weights() {
        let list = read("ja\ten\tweight\tkind\n対訳\tparallel text\t0.6\tnoun\n対訳\tbilingual\t.2\tadjective\n");
        assert_renders(&list, "対訳", &[("parallel text", 0.6), ("bilingual", 0.2)]);
    }

    #[test]
    fn a_rendering_without_a_weight_counts_by_its_place() {
        let list = read("ja\ten\n# ours\n\n原稿\tmanuscript\n原稿\tdraft\n原稿\tcopy\n");
        assert_renders(&list, "原稿", &[("manuscript", 0.5), ("draft", 0.5 / 1.08), ("copy", 0.5 / 1.16)]);
    }

    #[test]
    fn columns_stand_in_any_order() {
        let list = read("id\tweight\tja\tnote\tcs\n1\t0.9\t大臣\t-\tministr\n");
        assert_eq!((list.source().tag(), list.target().tag()), ("ja", "cs"));
        assert_renders(&list, "大臣", &[("ministr", 0.9)]);
    }

    #[test]
    fn the_languages_asked_for_say_which_column_has_the_headwords() -> crate::error::Result<()> {
        let languages = (&Lang::japanese(), &Lang::english());
        let (list, _) =
            crate::lexicon::Lexicon::read("l.tsv", "en\tja\nminister\t大臣\n".as_bytes(), None, Some(languages))?;
        assert_renders(&list, "大臣", &[("minister", 0.5)]);
        Ok(())
    }

    #[test]
    fn a_rendering_twice_keeps_its_greater_weight() {
        assert_renders(&read("ja\ten\tweight\n版\tedition\t.2\n版\tedition\t.7\n"), "版", &[("edition", 0.7)]);
    }

    #[test]
    fn full_width_headwords_are_read_as_the_texts_are() {
        assert_renders(&read("ja\ten\nＴシャツ\tT-shirt\n"), "Tシャツ", &[("T-shirt", 0.5)]);
    }

    #[test]
    fn rows_that_miss_something_are_skipped_and_counted() {
        let notes = notes_of("ja\ten\tweight\n本\tbook\t.5\n本\n\tbook\t.5\n本\tvolume\t1.5\n本\ttome\tmuch\n");
        assert_eq!(notes, ["list: 4 lines are skipped, the first is line 3: they do not keep to the format."]);
    }
}
