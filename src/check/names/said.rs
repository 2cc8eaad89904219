//! Whether something stands for a term that is none of its forms: a part, an adjective, its reading, another word.

use super::affix::is_romanised;
use super::document::Document;
use super::terms::{Found, Line};
use super::words::{self, Word};
use super::{equivalent, near_form};
use crate::glossary::TermEntry;
use crate::name::{Candidates, Katakana, Latin, Reading, cost_within};

/// Endings of English adjectives of places.
const ADJECTIVES: [&str; 11] = ["an", "ese", "ish", "ch", "sh", "ic", "er", "eek", "ss", "ai", "i"];
/// What is romanised has this similarity to its reading, which must have so many letters.
const ROMANISED: f64 = 0.8;
const SHORTEST_READING: usize = 5;
/// Katakana at this cost from a name is written by its sound: .96 of the names at .20 are the same.
const SAME_SOUND: f64 = 0.2;

/// Whether something in the target, whose words are given, stands for a term of the source with these forms.
pub(super) fn is_said(
    document: &Document<'_>,
    line: &Line<'_>,
    words: &[Word],
    found: &Found,
    forms: &[Vec<Word>],
) -> bool {
    let said = Said { document, line, words, found };
    forms.iter().any(|form| equivalent::find(form, words).is_some() || near_form::is_in_capitals(form, words))
        || said.by_list()
        || said.in_part()
        || said.by_reading()
        || said.as_another()
}

struct Said<'a, 'c> {
    document: &'a Document<'c>,
    line: &'a Line<'c>,
    words: &'a [Word],
    found: &'a Found,
}

impl Said<'_, '_> {
    fn source(&self) -> &str {
        self.found.span.of(self.line.source)
    }

    fn entries(&self) -> impl Iterator<Item = &TermEntry> {
        let entries = &self.document.context.glossary.entries;
        self.found.terms.iter().filter_map(|term| entries.get(term.entry))
    }

    /// Whether a word list has an adjective (ウェールズ and Welsh) or an acronym for the source word that stands there.
    fn by_list(&self) -> bool {
        let has = |text: &str| self.words.iter().any(|word| word.text == text);
        let is_adjective = |text: &str| {
            text.chars().next().is_some_and(char::is_uppercase) && ADJECTIVES.iter().any(|e| text.ends_with(e))
        };
        // Acronyms stand in word lists in lower case.
        let is_acronym = |text: &str| text.len() > 1 && !text.contains(' ') && has(&text.to_uppercase());
        let renderings = self.document.renderings(self.source());
        renderings.iter().any(|text| (is_adjective(text) && has(text)) || is_acronym(text))
    }

    /// Whether a shorter term inside the source term has its form in the target: 米国 in 米国政府.
    fn in_part(&self) -> bool {
        let source = self.source();
        let bitext = self.document.context.bitext;
        let terms = self.line.targets.iter().flat_map(|target| &target.terms);
        let entries = terms.filter_map(|term| self.document.context.glossary.entries.get(term.entry));
        entries.flat_map(|entry| entry.terms(&bitext.source)).any(|(_, term)| {
            term.text.chars().count() >= 2 && term.text != source && source.contains(term.text.as_str())
        })
    }

    /// Whether the target has the reading that stands behind the term, or the reading of a term whose forms are English
    /// words: Hoshinno for 法親王 = Cloistered Imperial Prince.
    fn by_reading(&self) -> bool {
        let behind = self.line.source.get(self.found.span.end..).unwrap_or_default();
        let has = |reading: Option<Reading>| {
            let reading = reading.filter(|reading| reading.letters() >= SHORTEST_READING);
            let best = reading.and_then(|reading| Candidates::new(self.line.target).best_reading(&reading));
            best.is_some_and(|(_, similarity)| similarity >= ROMANISED)
        };
        has(reading_in_brackets(behind))
            || (self.is_translated() && has(self.document.readings.of_kanji(self.source())))
    }

    /// Whether the forms are ordinary words of English.
    fn is_translated(&self) -> bool {
        let context = self.document.context;
        let terms = self.entries().flat_map(|entry| entry.terms(&context.bitext.target));
        let words: Vec<Word> = terms.flat_map(|(_, term)| words::split(&term.text)).collect();
        words.iter().all(|word| words::is_known(&word.text, context.lexicons))
            && words.iter().any(|word| !is_romanised(&word.text))
    }

    /// Whether the term is only the surname of a full name, and the target has another name that sounds like it: ロウ is Roe
    /// here, and カイル・ロウ is Kyle Rowe.
    fn as_another(&self) -> bool {
        let is_derived = self.found.terms.iter().all(|term| {
            let entry = self.document.context.glossary.entries.get(term.entry);
            entry.and_then(|entry| entry.terms.get(term.term)).is_some_and(|form| form.derived)
        });
        let Some(sounds) = Katakana::new(self.source()).filter(|_| is_derived) else { return false };
        let is_alike = |word: &Word| {
            Latin::new(&word.text).is_some_and(|latin| cost_within(&sounds, &latin, SAME_SOUND).is_some())
        };
        self.words.iter().filter(|word| word.is_capital).any(is_alike)
    }
}

/// The reading in brackets at the beginning of a text: （あずまかいどう）.
fn reading_in_brackets(text: &str) -> Option<Reading> {
    let inside = text.strip_prefix(['（', '('])?;
    let (kana, _) = inside.split_once(['）', ')', '、'])?;
    let is_kana = |c: char| crate::lang::is_hiragana(c) || crate::lang::is_katakana(c) || c.is_whitespace();
    kana.chars().all(is_kana).then(|| Reading::new(kana)).flatten()
}

#[cfg(test)]
mod tests {
    use super::reading_in_brackets;
    use crate::check::specimen::found_with;
    use crate::check::term_missing;

    const ROWS: &str =
        "ja\ten\tkind\n関白\tchief adviser\ttitle\n大街道\tOkaido\tplace\nカイル・ロウ\tKyle Rowe\tperson\n";

    #[track_caller]
    fn assert_missing(source: &str, target: &str, expected: usize) {
        assert_eq!(found_with(&term_missing::CHECK, ROWS, &[(source, target)]).len(), expected, "{source} {target}");
    }

    #[test]
    fn a_translated_term_may_be_romanised() {
        assert_missing("関白に昇った。", "He rose to be Kanpaku.", 0);
        assert_missing("関白に昇った。", "He rose to be Daijin.", 1);
    }

    #[test]
    fn the_reading_behind_a_term_tells_another_name() {
        assert_missing("大街道（だいかいどう）は広い。", "Daikaido is wide.", 0);
        assert_missing("大街道は広い。", "The street is wide.", 1);
    }

    #[test]
    fn a_surname_may_be_that_of_somebody_else() {
        assert_missing("ロウ対ウェード", "Roe v. Wade", 0);
        assert_missing("ロウが来た。", "The captain came.", 1);
    }

    #[test]
    fn only_kana_in_brackets_are_a_reading() {
        assert!(reading_in_brackets("（あずま）は").is_some() && reading_in_brackets("（東国、x）").is_none());
        assert!(reading_in_brackets("あずま").is_none());
    }
}
