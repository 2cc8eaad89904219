//! Finding the terms of one language in a text: the longest first, none over another.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fold::{Folded, single};
use super::index::FormIndex;
use super::{Glossary, TermEntry, boundary};
use crate::lang::Lang;
use crate::span::Span;

/// A term found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermMatch {
    /// Where its form stands in the text, without a plural or possessive s.
    pub span: Span,
    /// The entry's index in [`Glossary::entries`].
    pub entry: usize,
    /// The index of the form in [`TermEntry::terms`](super::TermEntry::terms).
    pub term: usize,
}

/// Finds the terms of one language. One is made for a glossary and shared by all threads.
///
/// Of terms that overlap the longest is found, of equally long ones the first. Terms that share their form are all found, at
/// the same place: only the other language tells them apart. Width, composed letters, apostrophes and kinds of spaces make no
/// difference. A form begins and ends at word boundaries where words have them; katakana ends with its run (・ separates
/// names), and so do hiragana forms of three characters or fewer. In an entry of the kind `term` words may begin with a
/// capital; names are found as they are written. Both are found in a text wholly in capitals.
#[derive(Debug, Clone)]
pub struct Matcher {
    forms: Vec<Form>,
    index: FormIndex,
}

/// A form as it is compared.
#[derive(Debug, Clone)]
struct Form {
    entry: usize,
    term: usize,
    cased: Vec<char>,
    /// Whether its words may begin with a capital anywhere, not only in a sentence's first word.
    is_common: bool,
    /// The only article in which it holds.
    document: Option<String>,
}

impl Matcher {
    /// A matcher for the terms of `glossary` in `lang`.
    pub fn new(glossary: &Glossary, lang: &Lang) -> Self {
        let of_entry = |(e, entry): (usize, &TermEntry)| {
            let mut forms: Vec<(Form, Box<[char]>)> = Vec::new();
            for (t, term) in entry.terms(lang) {
                let folded = Folded::new(term.text.trim());
                let mut form = Form {
                    entry: e,
                    term: t,
                    cased: folded.cased,
                    is_common: entry.kind == "term",
                    document: entry.document.clone(),
                };
                forms.push((form.clone(), folded.lower.into()));
                if form.is_common && lang.is_english() && plural_in_ies(&mut form.cased) {
                    let lower = form.cased.iter().map(|c| single(c.to_lowercase()).unwrap_or(*c)).collect();
                    forms.push((form, lower));
                }
            }
            forms
        };
        let forms: Vec<(Form, Box<[char]>)> = glossary.entries.par_iter().enumerate().flat_map_iter(of_entry).collect();
        let (forms, keys): (Vec<Form>, Vec<Box<[char]>>) = forms.into_iter().unzip();
        Self { forms, index: FormIndex::new(keys.into_iter().zip(0..).collect()) }
    }

    /// The terms that hold in every article and stand in `text`, in order.
    pub fn find(&self, text: &str) -> Vec<TermMatch> {
        self.find_where(text, |form| form.document.is_none())
    }

    /// The terms in the `text` of the article `document`: entries limited to it go before others of the same form.
    pub fn find_in(&self, text: &str, document: &str) -> Vec<TermMatch> {
        self.find_where(text, |form| form.document.as_deref().is_none_or(|only| only == document))
    }

    fn find_where(&self, text: &str, holds: impl Fn(&Form) -> bool) -> Vec<TermMatch> {
        let text = Folded::new(text);
        let is_capitals = !text.cased.iter().any(|c| c.is_lowercase());
        let mut candidates: Vec<(usize, usize, Vec<&Form>)> = Vec::new();
        for start in 0..text.lower.len() {
            for (len, forms) in self.index.prefixes(text.lower.get(start..).unwrap_or_default()) {
                if forms.is_empty() || !boundary::holds(&text.cased, start, start + len) {
                    continue;
                }
                let is_written_so = |form: &Form| {
                    text.cased.get(start..start + len).is_some_and(|written| {
                        let is_free = |i: usize| {
                            (form.is_common && is_word_start(written, i))
                                || (i == 0 && begins_sentence(&text.cased, start))
                        };
                        form.is_written(written, is_capitals, is_free)
                    })
                };
                let forms: Vec<&Form> =
                    forms.iter().filter_map(|f| self.forms.get(*f)).filter(|f| holds(f) && is_written_so(f)).collect();
                if !forms.is_empty() {
                    candidates.push((start, len, forms));
                }
            }
        }
        candidates.sort_by_key(|(start, len, _)| (std::cmp::Reverse(*len), *start));
        let mut taken: BTreeMap<usize, (usize, Vec<&Form>)> = BTreeMap::new();
        for (start, len, forms) in candidates {
            let is_free = taken.range(..start + len).next_back().is_none_or(|(_, (end, _))| *end <= start);
            if is_free && text.span(start, start + len).is_some() {
                taken.insert(start, (start + len, forms));
            }
        }
        let mut found = Vec::new();
        for (start, (end, forms)) in taken {
            let Some(span) = text.span(start, end) else { continue };
            found.extend(
                chosen(&forms, text.cased.get(start..end).unwrap_or_default()).map(|(entry, term)| TermMatch {
                    span,
                    entry,
                    term,
                }),
            );
        }
        found
    }
}

impl Form {
    /// Whether `written` is this form, where only its letters at free places may be capitals against the form, or all
    /// letters in a text in capitals.
    fn is_written(&self, written: &[char], is_capitals: bool, is_free: impl Fn(usize) -> bool) -> bool {
        let has_lower = self.cased.iter().any(|c| c.is_lowercase());
        self.cased.iter().zip(written).enumerate().all(|(i, (form, written))| {
            form == written || (form.is_lowercase() && ((is_capitals && has_lower) || is_free(i)))
        })
    }
}

/// The entries found at one place, each with one of its forms: the one written exactly so before others. Where an entry is
/// limited to the article, those for all articles fall away.
fn chosen(forms: &[&Form], written: &[char]) -> impl Iterator<Item = (usize, usize)> + use<> {
    let is_limited = forms.iter().any(|f| f.document.is_some());
    let mut best: BTreeMap<usize, (bool, usize)> = BTreeMap::new();
    for form in forms.iter().filter(|f| f.document.is_some() == is_limited) {
        let rank = (form.cased != written, form.term);
        best.entry(form.entry).and_modify(|there| *there = (*there).min(rank)).or_insert(rank);
    }
    best.into_iter().map(|(entry, (_, term))| (entry, term))
}

/// Whether a word begins at `i`.
fn is_word_start(written: &[char], i: usize) -> bool {
    i.checked_sub(1).and_then(|before| written.get(before)).is_none_or(|c| !c.is_alphanumeric() && *c != '\'')
}

/// Whether only signs stand between `at` and the end of the sentence before it, or the beginning of the text.
fn begins_sentence(text: &[char], at: usize) -> bool {
    for c in text.get(..at).unwrap_or_default().iter().rev() {
        if c.is_alphanumeric() || matches!(c, ',' | ';' | '-' | '\'') {
            return false;
        }
        if matches!(c, '.' | '!' | '?' | ':' | '。' | '"' | '“' | '«' | '„' | '「') {
            return true;
        }
    }
    true
}

/// Turns a final y after a consonant into ies (agency, agencies); says whether it did.
fn plural_in_ies(form: &mut Vec<char>) -> bool {
    match form.as_slice() {
        [.., before, 'y'] if before.is_ascii_lowercase() && !"aeiou".contains(*before) => {
            form.pop();
            form.extend("ies".chars());
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::Matcher;
    use crate::glossary::Glossary;
    use crate::lang::Lang;

    const NAMES: &str = "ja\ten\tkind\tdocument
ヤン・リパフスキー\tJan Lipavský | !Lipavsky\tperson\t
メイ\tMay\tperson\t
さく\tSaku\tperson\t
米\tAmerica\tplace\t
東京\tTokyo\tplace\t
東京都\tTokyo Metropolis\tplace\t
英国\tBritain | UK | U.K.\tplace\t
フランス\tFrance\tplace\t
\tvon der Leyen\tperson\t
サイバー攻撃\tcyberattack | cyber attack\tterm\t
情報機関\tintelligence agency\tterm\t
ダウ平均\tDow Jones\tterm\t
APT31\tAPT31\torganization\t
オニール\tO'Neill\tperson\t
アラン\tAlan\tperson\t
アラン\tAllan\tperson\t
アラン\tAlain\tperson\tparis
";

    fn glossary() -> Glossary {
        let mut glossary = Glossary::default();
        glossary.add_tsv(NAMES, Path::new("names.tsv")).unwrap();
        glossary.derive_surnames();
        glossary
    }

    fn assert_found(lang: &str, text: &str, expected: &[&str]) {
        let found = Matcher::new(&glossary(), &lang.parse::<Lang>().unwrap()).find(text);
        let found: Vec<&str> = found.iter().map(|m| m.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_term_wins_and_none_overlaps() {
        assert_found("ja", "東京都と東京", &["東京都", "東京"]);
        assert_found("ja", "ヤン・リパフスキー外相、リパフスキー氏", &["ヤン・リパフスキー", "リパフスキー"]);
        assert_found("en", "Jan Lipavský and Lipavský", &["Jan Lipavský", "Lipavský"]);
    }

    #[test]
    fn katakana_stands_in_a_run_of_its_own() {
        assert_found("ja", "メインではなくメイ首相", &["メイ"]);
        assert_found("ja", "テリーザ・メイとメイズ", &["メイ"]);
        assert_found("ja", "サンフランスコとサンフランス", &[]);
        assert_found("ja", "在フランス大使", &["フランス"]);
    }

    #[test]
    fn short_hiragana_takes_particles_and_one_kanji_stands_alone() {
        assert_found("ja", "さくが来た、さくさん。さくら", &["さく", "さく"]);
        assert_found("ja", "日米、米の", &["米"]);
    }

    #[test]
    fn widths_and_apostrophes_make_no_difference() {
        assert_found("ja", "米国のＡＰＴ３１という", &["ＡＰＴ３１"]);
        assert_found("ja", "ﾌﾗﾝｽの", &["ﾌﾗﾝｽ"]);
        assert_found("en", "O’Neill’s law, O'Neill", &["O’Neill", "O'Neill"]);
        assert_found("en", "Jan\u{a0}\n Lipavsky\u{301}", &["Jan\u{a0}\n Lipavsky\u{301}"]);
    }

    #[test]
    fn words_have_boundaries_and_may_be_possessive_or_plural() {
        assert_found(
            "en",
            "Britain's, Britains, Britainland, pre-Britain, @Britain",
            &["Britain", "Britain", "Britain"],
        );
        assert_found("en", "the U.K. and the UK, not UKIP", &["U.K.", "UK"]);
        assert_found("en", "intelligence agencies, cyberattacks", &["intelligence agencies", "cyberattack"]);
    }

    #[test]
    fn terms_may_begin_with_a_capital_and_names_only_in_a_sentence() {
        assert_found("en", "China's Cyberattack; a Cyber Attack", &["Cyberattack", "Cyber Attack"]);
        assert_found("en", "in may, dow Jones, britain, cyberATTACK", &[]);
        assert_found("en", "Von der Leyen said. Von der Leyen and Von der Leyen", &["Von der Leyen", "Von der Leyen"]);
    }

    #[test]
    fn headlines_in_capitals_are_tolerated() {
        assert_found("en", "CYBERATTACKS ON BRITAIN", &["CYBERATTACK", "BRITAIN"]);
    }

    #[test]
    fn terms_that_share_a_form_are_all_found_and_those_of_the_article_go_first() {
        let glossary = glossary();
        let matcher = Matcher::new(&glossary, &Lang::japanese());
        let english = |found: Vec<super::TermMatch>| -> Vec<String> {
            found.iter().map(|m| glossary.entries[m.entry].preferred(&Lang::english()).unwrap().text.clone()).collect()
        };
        assert_eq!(english(matcher.find("アランは")), ["Alan", "Allan"]);
        assert_eq!(english(matcher.find_in("アランは", "paris")), ["Alain"]);
        assert_eq!(english(matcher.find_in("アランは", "rome")), ["Alan", "Allan"]);
    }

    #[test]
    fn a_forbidden_form_is_found_as_what_it_is() {
        let glossary = glossary();
        let found = Matcher::new(&glossary, &Lang::english()).find("Mr. Lipavsky");
        assert_eq!(glossary.entries[found[0].entry].terms[found[0].term].text, "Lipavsky");
    }

    proptest! {
        #[test]
        fn matches_stand_in_order_apart_and_on_character_boundaries(text in "[東京都メイﾌﾗﾝｽㇷ゚㌔ \u{301}O’NeilABritasıİUK.]{0,40}") {
            for lang in [Lang::japanese(), Lang::english()] {
                let mut end = 0;
                for found in Matcher::new(&glossary(), &lang).find(&text) {
                    prop_assert!(found.span.start >= end && !found.span.of(&text).is_empty());
                    end = found.span.end;
                }
            }
        }
    }

    #[test]
    fn the_sample_glossary_is_read_without_notes_and_found_in_the_sample_article() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (glossary, notes) = Glossary::read(&[root.join("glossary")], None).unwrap();
        assert_eq!(notes, [""; 0]);
        let article = root.join("corpus/2024-05-13-cyberattacks-in-europe");
        for (lang, file, names) in [
            (Lang::japanese(), "ja.md", ["ヤン・リパフスキー", "リパフスキー"]),
            (Lang::english(), "en.md", ["Jan Lipavský", "Lipavský"]),
        ] {
            let text = std::fs::read_to_string(article.join(file)).unwrap();
            let found = Matcher::new(&glossary, &lang).find(&text);
            for name in names {
                assert!(found.iter().any(|m| m.span.of(&text) == name), "{name}");
            }
        }
    }
}
