//! The names of a bitext with their renderings, which the name and term checks share.
//!
//! Each document is read once ([`document`]); what is found there is shared out to the checks by [`Kind`]. The side that is
//! not in Latin letters is taken for the source: a bitext into Japanese is turned round, and its findings back ([`mirror`]).
//!
//! | file | what it finds |
//! |---|---|
//! | `terms` | what the glossary says of each line |
//! | `variants` | nearly equal names of the target for one name of the source |
//! | `katakana` | two spellings in katakana of one name, and full names without a dot |
//! | `surfaces` | one name with other diacritics, capitals or signs |
//! | `swaps` | names that stand where another belongs, or for which nothing stands |
//! | `lone` | slips that one line shows by itself |
//! | `geography` | countries and cities that stand where another belongs |
//!
//! Of what a document shows by itself, `settled` keeps what the glossary does not allow.
//!
//! [`name_table`] shows all names with their renderings, slips or not.

mod affix;
mod compound;
mod cyrillic;
mod document;
mod equivalent;
mod form;
mod geography;
mod katakana;
mod lone;
mod mirror;
mod near_form;
mod neighbours;
mod pairing;
mod readings;
mod runs;
mod said;
mod settled;
mod spelling;
mod surfaces;
mod swaps;
mod table;
mod term_line;
mod terms;
mod variants;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::check::{Context, Finding, Place, Severity, Side};
use document::Document;
use form::Form;
use pairing::Pairing;
use settled::Judge;
use term_line::Told;

pub use table::{NameRendering, NameRow, name_table};

/// What a name or term check reports: one of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    TermMissing,
    TermDeprecated,
    TermUnexpected,
    NameInconsistent,
    NameSwapped,
    NameSpelling,
    NameDiacritics,
    NameMissing,
}

/// A finding before it is given to its check.
#[derive(Debug, Clone)]
struct Issue {
    kind: Kind,
    finding: Finding,
}

/// Everything that the name and term checks find in a bitext.
#[derive(Debug)]
pub(super) struct Issues {
    issues: Vec<Issue>,
}

impl Issues {
    /// Reads the names of a bitext.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let issues = if mirror::is_needed(context.bitext) {
            let bitext = mirror::turned(context.bitext);
            let turned = Context::new(&bitext, context.tokenizer, context.glossary, context.lexicons);
            let turned = Context { name_dictionary: context.name_dictionary, ..turned };
            issues(&turned).into_iter().map(mirror::back).collect()
        } else {
            issues(context)
        };
        Self { issues }
    }

    /// What one of the checks finds.
    pub(super) fn findings(&self, kind: Kind) -> impl Iterator<Item = Finding> + '_ {
        self.issues.iter().filter(move |issue| issue.kind == kind).map(|issue| issue.finding.clone())
    }
}

fn issues(context: &Context<'_>) -> Vec<Issue> {
    let terms = terms::Terms::new(context);
    let documents: Vec<_> = context.bitext.documents().collect();
    let read = |lines| {
        let document = Document::new(context, lines);
        let told = terms.as_ref().map(|terms| terms.read(&document)).unwrap_or_default();
        with(context, told, discovered(&document))
    };
    documents.into_par_iter().map(read).collect::<Vec<_>>().into_iter().flatten().collect()
}

/// What the lines of a document show without a glossary.
fn discovered(document: &Document<'_>) -> Vec<Issue> {
    let (targets, sources) = (form::of_target(document), form::of_source(document));
    let mut issues = variants::issues(document, &targets);
    issues.extend(targets.iter().flat_map(surfaces::issues));
    issues.extend(katakana::issues(document, &sources));
    issues.extend(swaps::issues(document, &Pairing::new(document)));
    issues.extend(lone::issues(document, &targets));
    issues.extend(geography::issues(document));
    without_echoes(issues)
}

/// The issues without what only says again of a part of a name, or of the same name, that it is written in two ways: of
/// サン・ディエゴ and サンディエゴ one is enough.
fn without_echoes(issues: Vec<Issue>) -> Vec<Issue> {
    let mut by_line: BTreeMap<(usize, Side), Vec<usize>> = BTreeMap::new();
    for (at, issue) in issues.iter().enumerate().filter(|(_, issue)| issue.kind == Kind::NameInconsistent) {
        by_line.entry((issue.finding.place.line, issue.finding.place.side)).or_default().push(at);
    }
    let covers = |finding: &Finding, other: &Finding| {
        let (span, part) = (finding.place.span, other.place.span);
        let [name, name_of_part] = [finding, other].map(|finding| finding.target_name.as_deref().unwrap_or_default());
        let is_part = span.start <= part.start && part.end <= span.end && name.contains(name_of_part);
        is_part && finding.severity >= other.severity
    };
    let is_echo = |at: usize| {
        let Some(Issue { kind: Kind::NameInconsistent, finding }) = issues.get(at) else { return false };
        let beside = by_line.get(&(finding.place.line, finding.place.side)).map_or(&[][..], Vec::as_slice);
        let mut others = beside
            .iter()
            .filter(|other| **other != at)
            .filter_map(|other| Some((*other, &issues.get(*other)?.finding)));
        // Of two that say the same, the first stays.
        others.any(|(other, wider)| covers(wider, finding) && (other < at || !covers(finding, wider)))
    };
    let echoes: BTreeSet<usize> = (0..issues.len()).filter(|at| is_echo(*at)).collect();
    issues.into_iter().enumerate().filter(|(at, _)| !echoes.contains(at)).map(|(_, issue)| issue).collect()
}

/// What the glossary says, and what was discovered where it says nothing of the same words: neither that they are wrong
/// nor that they are right.
fn with(context: &Context<'_>, told: Told, discovered: Vec<Issue>) -> Vec<Issue> {
    let Told { mut issues, settled } = told;
    let flagged: BTreeSet<Place> = issues
        .iter()
        .filter(|issue| issue.finding.severity > Severity::Note)
        .flat_map(|issue| issue.finding.related.iter().chain([&issue.finding.place]).copied().collect::<Vec<_>>())
        .collect();
    let judge = Judge::new(context, settled);
    let is_new = |issue: &Issue| issue.finding.severity == Severity::Note || !flagged.contains(&issue.finding.place);
    issues.extend(discovered.into_iter().filter_map(|issue| judge.judge(issue)).filter(is_new));
    issues
}

/// The finding about a name with two forms, the more usual one first; in a tie the lines of both are told.
fn inconsistent(
    name: &str,
    usual: &Form,
    form: &Form,
    source_name: Option<String>,
    target_name: Option<String>,
) -> Option<Issue> {
    let place = form.all_places().next()?;
    let (m, n) = (usual.count(), form.count());
    let message = if m > n {
        format!("{name} is written {} {m} times, but {} here.", usual.text, form.text)
    } else {
        format!("{name} is written {} in one place and {} in another.", usual.text, form.text)
    };
    let mut finding = Finding::new(Severity::Error, place, message);
    finding.source_name = source_name;
    finding.target_name = target_name;
    finding.expected = vec![usual.text.clone()];
    finding.related = form.all_places().skip(1).chain(usual.all_places()).collect();
    finding.lines = form.lines().chain(usual.lines().filter(|_| m <= n)).collect();
    finding.lines.sort_unstable();
    finding.lines.dedup();
    Some(Issue { kind: Kind::NameInconsistent, finding })
}

#[cfg(test)]
mod tests {
    use crate::check::{Place, Side, specimen};
    use crate::check::{name_inconsistent, name_missing, name_spelling, name_swapped, term_missing};

    /// What the check finds between two languages: `LINE SIDE TEXT`.
    fn found(
        check: &crate::check::Check,
        languages: (&str, &str),
        glossary: &str,
        lines: &[(&str, &str)],
    ) -> Vec<String> {
        let mut bitext = specimen::bitext(lines);
        bitext.source = languages.0.parse().unwrap();
        bitext.target = languages.1.parse().unwrap();
        let shown = |place: Place| {
            let line = &bitext.lines[place.line];
            let text = if place.side == Side::Source { &line.source } else { &line.target };
            format!(
                "{} {} {}",
                line.line,
                if place.side == Side::Source { "source" } else { "target" },
                place.span.of(text)
            )
        };
        specimen::findings(check, glossary, &bitext).iter().map(|finding| shown(finding.place)).collect()
    }

    const HARTMANN: [(&str, &str); 3] = [
        ("Hartmann came home.", "ハルトマンが帰国した。"),
        ("Hartmann laughed.", "ハルトマンが笑った。"),
        ("Hartman left.", "ハルトマンは去った。"),
    ];

    #[test]
    fn names_translated_into_japanese_are_compared_the_other_way_round() {
        assert_eq!(found(&name_inconsistent::CHECK, ("en", "ja"), "ja\ten\n", &HARTMANN), ["3 source Hartman"]);
        let glossary = "en\tja\tkind\nDowden\tダウデン\tperson\n";
        let lines = [("Dowden denied it.", "副首相は否定した。")];
        assert_eq!(found(&term_missing::CHECK, ("en", "ja"), glossary, &lines), ["1 source Dowden"]);
    }

    #[test]
    fn what_is_said_of_a_whole_name_is_not_said_again_of_its_parts() {
        let lines = [
            ("サン・ディエゴの病院で少年は治療を受けた。", "The boy was treated at a hospital in San Diego."),
            ("少年はサンディエゴに運ばれた。", "The boy was flown to San Diego."),
        ];
        let found = found(&name_inconsistent::CHECK, ("ja", "en"), "ja\ten\tkind\n", &lines);
        assert_eq!(found, ["2 source サンディエゴ"]);
    }

    #[test]
    fn slips_in_names_translated_into_japanese_are_found() {
        let glossary = "en\tja\tkind\nDowden\tダウデン\tperson\nNokes\tノークス\tperson\n";
        let found = |check, lines: &[(&str, &str)]| found(check, ("en", "ja"), glossary, lines);
        assert_eq!(
            found(&name_spelling::CHECK, &[("Dowden denied it.", "ダウデソは否定した。")]),
            ["1 target ダウデソ"]
        );
        assert_eq!(found(&name_spelling::CHECK, &[("Dowdon denied it.", "ダウデンは否定した。")]), ["1 source Dowdon"]);
        assert_eq!(found(&name_swapped::CHECK, &[("Dowden denied it.", "ノークスは否定した。")]), ["1 source Dowden"]);
        let lines = [
            ("Hartmann came home.", "ハルトマンが帰国した。"),
            ("Hartmann laughed.", "ハルトマンが笑った。"),
            ("Hartmann left.", "ハルトマソは去った。"),
        ];
        assert_eq!(found(&name_inconsistent::CHECK, &lines), ["3 target ハルトマソ"]);
        let lines = [
            ("Trump came.", "トランプが来た。"),
            ("Trump laughed.", "トランプが笑った。"),
            ("Clinton and Trump", "クリントンとトランプ"),
            ("Clinton stayed.", "クリントンは残った。"),
            ("Clinton left.", "トランプは去った。"),
        ];
        assert_eq!(found(&name_swapped::CHECK, &lines), ["5 source Clinton"]);
    }

    #[test]
    fn slips_in_korean_names_of_the_glossary_are_found() {
        let glossary = "ko\ten\tkind\n다우든\tDowden\tperson\n노크스\tNokes\tperson\n";
        let found = |check, lines: &[(&str, &str)]| found(check, ("ko", "en"), glossary, lines);
        assert_eq!(found(&name_spelling::CHECK, &[("다우든은 부인했다.", "Dowdon denied it.")]), ["1 target Dowdon"]);
        assert_eq!(found(&name_swapped::CHECK, &[("다우든은 부인했다.", "Nokes denied it.")]), ["1 target Nokes"]);
        assert_eq!(found(&name_swapped::CHECK, &[("다우든은 부인했다.", "Dowden denied it.")]), [""; 0]);
    }

    #[test]
    fn slips_in_russian_names_are_found() {
        let glossary = "ru\ten\tkind\nДорохов\tDorokhov\tperson\nБелкин\tBelkin\tperson\n";
        let found = |check, lines: &[(&str, &str)]| found(check, ("ru", "en"), glossary, lines);
        assert_eq!(found(&name_spelling::CHECK, &[("Дорохов уехал.", "Dorohkov left.")]), ["1 target Dorohkov"]);
        assert_eq!(found(&name_swapped::CHECK, &[("Дорохов уехал.", "Belkin left.")]), ["1 target Belkin"]);
        let lines = [
            ("Щукин приехал.", "Shchukin came."),
            ("Щукин и Мельник", "Shchukin and Melnik"),
            ("Письмо Щукина.", "Shchukin's letter."),
            ("Мельник остался.", "Melnik stayed."),
            ("Мельник уехал.", "Shchukin left."),
        ];
        assert_eq!(found(&name_swapped::CHECK, &lines), ["5 target Shchukin"]);
    }

    #[test]
    fn korean_names_are_told_by_sound() {
        let lines = [
            ("하르트만은 왔다.", "Hartmann came."),
            ("하르트만이 웃었다.", "Hartmann laughed."),
            ("하르트만은 떠났다.", "Hartman left."),
        ];
        assert_eq!(found(&name_inconsistent::CHECK, ("ko", "en"), "ko\ten\n", &lines), ["3 target Hartman"]);
        let lines = [
            ("트럼프는 왔다.", "Trump came."),
            ("트럼프가 웃었다.", "Trump laughed."),
            ("클린턴과 트럼프는", "Clinton and Trump"),
            ("클린턴은 남았다.", "Clinton stayed."),
            ("클린턴은 떠났다.", "Trump left."),
        ];
        assert_eq!(found(&name_swapped::CHECK, ("ko", "en"), "ko\ten\n", &lines), ["5 target Trump"]);
    }

    #[test]
    fn russian_names_are_told_by_transliteration_in_any_case() {
        let lines = [
            ("Дорохов приехал.", "Dorokhov came."),
            ("Письмо Дорохова.", "Dorokhov's letter."),
            ("Спор с Дороховым.", "A quarrel with Dorohov."),
        ];
        assert_eq!(found(&name_inconsistent::CHECK, ("ru", "en"), "ru\ten\n", &lines), ["3 target Dorohov"]);
        assert_eq!(found(&name_missing::CHECK, ("ru", "en"), "ru\ten\n", &lines[..2]), [""; 0]);
    }

    #[test]
    fn chinese_names_are_told_by_the_characters_that_lines_share() {
        let lines = [
            ("苏州河流经上海。", "The Suzhou Creek flows through Shanghai."),
            ("苏州河很长。", "The Suzhou Creek is long."),
            ("他住在苏州河边。", "He lives by the Suzhuo Creek."),
        ];
        assert_eq!(found(&name_inconsistent::CHECK, ("zh", "en"), "zh\ten\n", &lines), ["3 target Suzhuo"]);
    }

    #[test]
    fn names_between_languages_in_latin_letters_are_the_same_letters() {
        let lines = [
            ("Frau Oehlmann kam nach Hause.", "Ms. Oehlmann came home."),
            ("Oehlmann lachte.", "Oehlmann laughed."),
            ("Das Haus von Oehlmann.", "The house of Ohlmann."),
        ];
        assert_eq!(found(&name_inconsistent::CHECK, ("de", "en"), "de\ten\n", &lines), ["3 target Ohlmann"]);
        assert_eq!(found(&name_inconsistent::CHECK, ("de", "en"), "de\ten\n", &lines[..2]), [""; 0]);
    }

    #[test]
    fn a_reading_in_brackets_counts_for_the_whole_document() {
        let lines = [
            ("画家の小鳥遊一（たかなし はじめ）が来た。", "The painter Hajime Takanashi came."),
            ("小鳥遊一の絵", "a picture by Takanasi Hajime"),
        ];
        assert_eq!(found(&name_inconsistent::CHECK, ("ja", "en"), "ja\ten\n", &lines), ["2 target Takanasi"]);
    }

    #[test]
    fn monstrous_lines_are_read_without_harm() {
        let katakana = "ア".repeat(300_000);
        let names = "ハンナ・ベルク、".repeat(3_000);
        let capitals = "Hannah Berg, ".repeat(3_000);
        let signs = "・＝ー（）\u{301}\u{fe0f}'’-".repeat(2_000);
        let lines = [
            (katakana.as_str(), capitals.as_str()),
            (&names, &capitals),
            (&signs, &signs),
            ("", "Berg"),
            ("ベルク", ""),
        ];
        let glossary = "ja\ten\tkind\nハンナ・ベルク\tHanna Berg\tperson\n";
        for languages in [("ja", "en"), ("en", "ja"), ("ko", "ru"), ("zh", "th")] {
            found(&name_inconsistent::CHECK, languages, glossary, &lines);
        }
    }
}
