//! The surnames that full names yield: ヤン・リパフスキー = Jan Lipavský also gives リパフスキー = Lipavský.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Glossary, Term, TermEntry, TermStatus};
use crate::lang::{Lang, is_katakana};
use crate::name::{Katakana, Latin, cost};

/// Names that sound less alike than this have nothing to do with each other (see [`crate::name::cost`]): キム・ジョンウン is
/// written Kim Jong Un and has no surname Un.
const MOST_UNLIKE: f64 = 0.45;
/// Words that belong to the surname behind them, in lower case.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "da", "dal", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "ibn", "la", "las", "le", "los", "of", "san", "st.", "ten", "ter", "van", "von", "y", "zu", "zum", "zur",
];
/// The same as they are written in katakana.
const KATAKANA_PARTICLES: &[&str] = &[
    "アヴ",
    "アフ",
    "アブ",
    "アル",
    "イ",
    "イブン",
    "ヴァン",
    "エル",
    "オブ",
    "サン",
    "ダ",
    "ダス",
    "ダル",
    "ツー",
    "ツム",
    "ツア",
    "デ",
    "ディ",
    "テア",
    "デア",
    "デッラ",
    "デラ",
    "デル",
    "テン",
    "デン",
    "ド",
    "ドゥ",
    "ドス",
    "ファン",
    "フォン",
    "ビン",
    "ラ",
    "ラス",
    "ル",
    "ロス",
    "セント",
];
/// What stands behind a surname.
const SUFFIXES: &[&str] = &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"];
/// The same in katakana.
const KATAKANA_SUFFIXES: &[&str] = &["ジュニア", "シニア", "二世", "三世", "2世", "3世"];

impl Glossary {
    /// Gives the entries of the kind `person` their surnames as [derived](Term::derived), admitted forms.
    ///
    /// The last part of a katakana name (behind ・) is paired with the last word of a Latin one when they sound alike,
    /// with particles (de, von, al-) and without. Names in kanji need
    /// [their readings](Self::derive_kanji_surnames). A surname that has a row of its own is left to that row.
    pub fn derive_surnames(&mut self) {
        let explicit: BTreeSet<(String, Option<String>)> = self
            .entries
            .iter()
            .flat_map(|e| e.terms.iter().map(|t| (t, &e.document)))
            .filter(|(term, _)| term.lang.is_japanese() && !term.derived)
            .map(|(term, document)| (term.text.clone(), document.clone()))
            .collect();
        // Names are compared by sound, which takes its time: 50,000 full names are those of a large termbase.
        self.entries.par_iter_mut().filter(|e| e.kind == "person").for_each(|entry| {
            let has_own_row = |text: &str| {
                explicit.contains(&(text.to_owned(), None))
                    || explicit.contains(&(text.to_owned(), entry.document.clone()))
            };
            let derived = derive(entry, has_own_row);
            entry.terms.extend(derived);
        });
    }
}

/// The surnames of an entry that are not among its forms already.
fn derive(entry: &TermEntry, has_own_row: impl Fn(&str) -> bool) -> Vec<Term> {
    let mut derived: Vec<Term> = Vec::new();
    for japanese in entry.terms.iter().filter(|t| t.lang.is_japanese()) {
        let Some(surname) = katakana_surname(&japanese.text) else { continue };
        for latin in entry.terms.iter().filter(|t| !t.lang.is_unspaced()) {
            let Some(words) = latin_surnames(&latin.text) else { continue };
            let costs: Vec<f64> = words.iter().map(|word| unlikeness(surname.bare, word)).collect();
            let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
            // デクロー sounds like De Croo: with the particle written into it, there is no Croo.
            let is_joined = words.len() > 1 && costs.first() == Some(&least);
            let words: Vec<String> = words.into_iter().take(if is_joined { 1 } else { usize::MAX }).collect();
            let is_own = |text: &String| entry.terms.iter().any(|t| t.lang.is_japanese() && t.text == *text);
            // A pair needs both sides: where another row has the Japanese form, that row speaks for the surname.
            if least > MOST_UNLIKE || !surname.forms.iter().any(|text| is_own(text) || !has_own_row(text)) {
                continue;
            }
            let japanese_forms =
                surname.forms.iter().filter(|text| !has_own_row(text)).map(|text| (japanese, text.clone()));
            let latin_forms = words.into_iter().map(|text| (latin, text));
            for (full, text) in japanese_forms.chain(latin_forms) {
                let is_there = |terms: &[Term]| terms.iter().any(|t| t.lang == full.lang && t.text == text);
                if !is_there(&entry.terms) && !is_there(&derived) {
                    derived.push(Term { lang: full.lang.clone(), text, status: status(full.status), derived: true });
                }
            }
        }
    }
    allow_shared(entry, derived)
}

/// Admits the surnames that an allowed full name has too: `!Ivan Novák` beside `Jan Novák` forbids Ivan only.
fn allow_shared(entry: &TermEntry, mut derived: Vec<Term>) -> Vec<Term> {
    let allowed: BTreeSet<(Lang, String)> = entry
        .terms
        .iter()
        .filter(|t| t.status != TermStatus::Deprecated)
        .flat_map(|t| {
            let latin = latin_surnames(&t.text).unwrap_or_default();
            let katakana = katakana_surname(&t.text).map(|s| s.forms).unwrap_or_default();
            latin.into_iter().chain(katakana).map(|text| (t.lang.clone(), text))
        })
        .collect();
    for term in &mut derived {
        if allowed.contains(&(term.lang.clone(), term.text.clone())) {
            term.status = TermStatus::Admitted;
        }
    }
    derived
}

/// A surname is never the preferred form: that is the full name.
fn status(full: TermStatus) -> TermStatus {
    match full {
        TermStatus::Deprecated => TermStatus::Deprecated,
        TermStatus::Preferred | TermStatus::Admitted => TermStatus::Admitted,
    }
}

/// The surname of a katakana name.
struct KatakanaSurname<'n> {
    /// Without particles.
    bare: &'n str,
    /// With them, where there are any, and without.
    forms: Vec<String>,
}

fn katakana_surname(name: &str) -> Option<KatakanaSurname<'_>> {
    let mut parts: Vec<&str> = name.split('・').map(str::trim).collect();
    while parts.last().is_some_and(|part| KATAKANA_SUFFIXES.contains(part)) {
        parts.pop();
    }
    let bare = *parts.last()?;
    if parts.len() < 2
        || bare.chars().count() < 2
        || !bare.chars().all(|c| is_katakana(c) || matches!(c, '＝' | '゠' | '='))
    {
        return None;
    }
    // The first part is a given name, whatever it looks like.
    let particles = parts.iter().skip(1).rev().skip(1).take_while(|part| KATAKANA_PARTICLES.contains(part)).count();
    let mut forms = vec![bare.to_owned()];
    if particles > 0 {
        forms.insert(0, parts.get(parts.len() - 1 - particles..)?.join("・"));
    }
    Some(KatakanaSurname { bare, forms })
}

/// The forms of a Latin name's surname: its last word, first with particles and then without, where there are any.
fn latin_surnames(name: &str) -> Option<Vec<String>> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.last().is_some_and(|word| SUFFIXES.contains(&word.to_lowercase().as_str())) {
        words.pop();
    }
    if words.len() < 2 {
        return None;
    }
    let last = words.last()?.trim_end_matches(',');
    let particles =
        words.iter().skip(1).rev().skip(1).take_while(|word| PARTICLES.contains(&word.to_lowercase().as_str())).count();
    let mut forms = Vec::new();
    if particles > 0 {
        let start = words.len() - 1 - particles;
        forms.push(words.get(start..)?.join(" ").trim_end_matches(',').to_owned());
    }
    forms.push(last.to_owned());
    // An Arabic article is joined: al-Assad is Assad too.
    let bare = ["al-", "el-", "Al-", "El-"].iter().find_map(|article| last.strip_prefix(article));
    forms.extend(bare.map(str::to_owned));
    forms.last()?.chars().next()?.is_uppercase().then_some(forms)
}

/// See [`crate::name::cost`]; infinite for what is no name.
fn unlikeness(katakana: &str, latin: &str) -> f64 {
    match (Katakana::new(katakana), Latin::new(latin)) {
        (Some(katakana), Some(latin)) => cost(&katakana, &latin),
        _ => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::glossary::{Glossary, TermStatus};
    use crate::lang::Lang;

    /// The derived forms of the last row, in Japanese and English; forbidden ones with `!`.
    fn derived(rows: &str) -> (Vec<String>, Vec<String>) {
        let mut glossary = Glossary::default();
        glossary.add_tsv(&format!("ja\ten\tkind\tdocument\n{rows}\n"), Path::new("people.tsv")).unwrap();
        glossary.derive_surnames();
        let entry = glossary.entries.last().unwrap();
        let of = |lang: &Lang| {
            entry
                .terms(lang)
                .filter(|(_, t)| t.derived)
                .map(|(_, t)| format!("{}{}", if t.status == TermStatus::Deprecated { "!" } else { "" }, t.text))
                .collect()
        };
        (of(&Lang::japanese()), of(&Lang::english()))
    }

    fn assert_derived(rows: &str, japanese: &[&str], english: &[&str]) {
        let (ja, en) = derived(rows);
        assert_eq!(
            (ja, en),
            (japanese.iter().map(|s| (*s).to_owned()).collect(), english.iter().map(|s| (*s).to_owned()).collect()),
            "{rows}"
        );
    }

    #[test]
    fn a_full_name_yields_its_surname() {
        assert_derived(
            "ヤン・リパフスキー | ヤン・リパフスキ\tJan Lipavský | !Lipavsky\tperson",
            &["リパフスキー", "リパフスキ"],
            &["Lipavský"],
        );
        assert_derived("ロバート・F・ケネディ・ジュニア\tRobert F. Kennedy Jr.\tperson", &["ケネディ"], &["Kennedy"]);
    }

    #[test]
    fn particles_belong_to_the_surname_and_may_be_missing() {
        assert_derived(
            "ウルズラ・フォン・デア・ライエン\tUrsula von der Leyen\tperson",
            &["フォン・デア・ライエン", "ライエン"],
            &["von der Leyen", "Leyen"],
        );
        assert_derived(
            "シャルル・ド・ゴール\tCharles de Gaulle\tperson",
            &["ド・ゴール", "ゴール"],
            &["de Gaulle", "Gaulle"],
        );
        assert_derived("アレクサンダー・デクロー\tAlexander De Croo\tperson", &["デクロー"], &["De Croo"]);
        assert_derived("フィンセント・ゴッホ\tVincent van Gogh\tperson", &["ゴッホ"], &["van Gogh", "Gogh"]);
        assert_derived(
            "バッシャール・アル・アサド\tBashar al-Assad\tperson",
            &["アル・アサド", "アサド"],
            &["al-Assad", "Assad"],
        );
    }

    #[test]
    fn names_that_show_no_surname_yield_none() {
        for rows in [
            "西村幸祐\tKohyu Nishimura\tperson",
            "キム・ジョンウン\tKim Jong Un\tperson",
            "マドンナ\tMadonna\tperson",
            "ヤン・リパフスキー\t\tperson",
            "ニューヨーク・タイムズ\tNew York Times\torganization",
        ] {
            assert_derived(rows, &[], &[]);
        }
    }

    #[test]
    fn a_row_of_its_own_goes_before() {
        assert_derived("リパフスキー\tLipavski\tperson\nヤン・リパフスキー\tJan Lipavský\tperson", &[], &[]);
        assert_derived(
            "リパフスキー\tLipavski\tperson\tother-article\nヤン・リパフスキー\tJan Lipavský\tperson",
            &["リパフスキー"],
            &["Lipavský"],
        );
    }

    #[test]
    fn a_forbidden_full_name_forbids_its_surname_unless_that_is_right() {
        assert_derived(
            "ヤン・リパフスキー\tJan Lipavský | !Jan Lipavsky\tperson",
            &["リパフスキー"],
            &["Lipavský", "!Lipavsky"],
        );
        assert_derived("ヤン・ノヴァーク\t!Ivan Novák | Jan Novák\tperson", &["ノヴァーク"], &["Novák"]);
    }
}
