//! The names of a bitext with all their renderings, for people to look through: the most doubtful first.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::document::Document;
use super::pairing::Pairing;
use super::{mirror, runs, words};
use crate::check::{Context, Place, Side};
use crate::glossary::TermStatus;
use crate::name::{Hangul, Katakana, Latin, cost};

/// A name of the source texts.
#[derive(Debug, Clone, PartialEq)]
pub struct NameRow {
    /// The name as the source has it.
    pub name: String,
    /// How it is rendered, the most frequent rendering first.
    pub renderings: Vec<NameRendering>,
    /// Where nothing was found that renders it.
    pub unrendered: Vec<Place>,
    /// Whether the glossary has it.
    pub is_in_glossary: bool,
    /// Whether a word list has it as a name.
    pub is_listed: bool,
    /// The glossary's name of which its most frequent rendering is a form: this one may be a misspelt or second way of
    /// writing that one. `None` for names in the glossary.
    pub stands_for: Option<String>,
    /// How much about it is doubtful, from 0 to 1: the share of its places that have neither a rendering of the glossary
    /// nor, where the glossary does not have it, its most frequent one.
    pub doubt: f64,
}

/// One way in which a name is rendered.
#[derive(Debug, Clone, PartialEq)]
pub struct NameRendering {
    /// The rendering as it stands.
    pub text: String,
    /// Where it stands in the target texts, in order.
    pub places: Vec<Place>,
    /// How differently it sounds: see [`cost`]; `None` for kanji names.
    pub cost: Option<f64>,
    /// Whether the glossary allows it.
    pub is_in_glossary: bool,
}

impl NameRow {
    /// How many lines have the name.
    pub fn count(&self) -> usize {
        self.unrendered.len() + self.renderings.iter().map(|rendering| rendering.places.len()).sum::<usize>()
    }

    /// The rendering to propose for the glossary: the most frequent one.
    pub fn proposal(&self) -> Option<&NameRendering> {
        self.renderings.first()
    }
}

/// The names of a bitext, the most doubtful first; of equally doubtful ones those that stand in more lines.
///
/// A name is in katakana, Hangul, Cyrillic or Latin letters, or what the dictionary knows as a name in kanji; its
/// renderings are told by the glossary, by word lists, by sound and by reading. Names without any rendering are left out
/// unless the glossary has them.
pub fn name_table(context: &Context<'_>) -> Vec<NameRow> {
    if !mirror::is_needed(context.bitext) {
        return rows(context);
    }
    let bitext = mirror::turned(context.bitext);
    let turned = Context::new(&bitext, context.tokenizer, context.glossary, context.lexicons);
    let mut rows = rows(&Context { name_dictionary: context.name_dictionary, ..turned });
    for row in &mut rows {
        let places = row.renderings.iter_mut().flat_map(|rendering| &mut rendering.places);
        places.chain(&mut row.unrendered).for_each(mirror::turn);
    }
    rows
}

/// The forms of the glossary's names in the target language, by their forms in the source language.
fn glossary<'c>(context: &Context<'c>) -> BTreeMap<&'c str, BTreeSet<&'c str>> {
    let mut forms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for entry in &context.glossary.entries {
        let allowed = entry.terms(&context.bitext.target).filter(|(_, term)| term.status != TermStatus::Deprecated);
        let targets: Vec<&str> = allowed.map(|(_, term)| term.text.as_str()).collect();
        for (_, term) in entry.terms(&context.bitext.source) {
            forms.entry(&term.text).or_default().extend(&targets);
        }
    }
    forms
}

fn rows(context: &Context<'_>) -> Vec<NameRow> {
    let glossary = glossary(context);
    let documents: Vec<_> = context.bitext.documents().collect();
    let read = |lines| places(&Document::new(context, lines), &glossary);
    let read: Vec<BTreeMap<String, Places>> = documents.into_par_iter().map(read).collect();
    let mut names: BTreeMap<String, Places> = BTreeMap::new();
    for (name, places) in read.into_iter().flatten() {
        let all = names.entry(name).or_default();
        all.is_listed |= places.is_listed;
        all.written.extend(places.written);
        all.unrendered.extend(places.unrendered);
        for (text, places) in places.renderings {
            all.renderings.entry(text).or_default().extend(places);
        }
    }
    let has_rendering =
        |(name, places): &(String, Places)| !places.renderings.is_empty() || glossary.contains_key(name.as_str());
    let mut rows: Vec<NameRow> =
        names.into_iter().filter(has_rendering).map(|(name, places)| row(name, places, &glossary)).collect();
    rows.sort_by(|a, b| b.doubt.total_cmp(&a.doubt).then(b.count().cmp(&a.count())).then(a.name.cmp(&b.name)));
    rows
}

/// Where a name is rendered, and how.
#[derive(Debug, Default)]
struct Places {
    renderings: BTreeMap<String, Vec<Place>>,
    unrendered: Vec<Place>,
    is_listed: bool,
    /// The whole words of which the name is the stem, with their lengths.
    written: BTreeSet<(usize, String)>,
}

fn places(document: &Document<'_>, glossary: &BTreeMap<&str, BTreeSet<&str>>) -> BTreeMap<String, Places> {
    let mut out: BTreeMap<String, Places> = BTreeMap::new();
    for (text, name) in Pairing::new(document).names {
        let allowed = glossary.get(text);
        let places = out.entry(text.to_owned()).or_default();
        places.is_listed = name.is_listed;
        for (&line, span) in &name.places {
            if text.chars().all(runs::is_cyrillic) {
                let word = runs::whole_word(document.source(line), *span);
                places.written.insert((word.len(), word.to_owned()));
            }
            let target = document.target(line);
            let find = |rendering: &str| Some((rendering.to_owned(), words::find(target, rendering)?));
            let by_glossary = || allowed.and_then(|forms| forms.iter().find_map(|form| find(form)));
            let paired = || {
                let found = name.renderings.iter().find(|(_, lines)| lines.contains(&line));
                found.and_then(|(rendering, _)| find(rendering))
            };
            match by_glossary().or_else(paired) {
                Some((rendering, span)) => {
                    places.renderings.entry(rendering).or_default().push(Place { line, side: Side::Target, span });
                }
                None => places.unrendered.push(Place { line, side: Side::Source, span: *span }),
            }
        }
    }
    out
}

fn row(name: String, places: Places, glossary: &BTreeMap<&str, BTreeSet<&str>>) -> NameRow {
    let allowed = glossary.get(name.as_str());
    let rendering = |(text, places): (String, Vec<Place>)| NameRendering {
        cost: sound(&name, &text),
        is_in_glossary: allowed.is_some_and(|forms| forms.contains(text.as_str())),
        text,
        places,
    };
    let mut renderings: Vec<NameRendering> = places.renderings.into_iter().map(rendering).collect();
    // Of equally frequent ones the slip is more often the one that sounds less like the name.
    let unlike = |r: &NameRendering| r.cost.unwrap_or_default();
    renderings.sort_by(|a, b| {
        b.places.len().cmp(&a.places.len()).then(unlike(a).total_cmp(&unlike(b))).then(a.text.cmp(&b.text))
    });
    let is_right = |(at, rendering): &(usize, &NameRendering)| match allowed {
        Some(forms) if !forms.is_empty() => rendering.is_in_glossary,
        _ => *at == 0,
    };
    let right: usize = renderings.iter().enumerate().filter(is_right).map(|(_, r)| r.places.len()).sum();
    let mut row = NameRow {
        is_in_glossary: allowed.is_some(),
        is_listed: places.is_listed,
        stands_for: None,
        unrendered: places.unrendered,
        renderings,
        // Of the cases of a Russian name the shortest is the likeliest to be the first.
        name: places.written.into_iter().next().map_or(name, |(_, word)| word),
        doubt: 0.0,
    };
    if let Some(best) = row.renderings.first().filter(|_| !row.is_in_glossary) {
        let has_it = |(_, forms): &(&&str, &BTreeSet<&str>)| forms.contains(best.text.as_str());
        row.stands_for = glossary.iter().find(has_it).map(|(name, _)| (*name).to_owned());
    }
    row.doubt = 1.0 - right as f64 / row.count().max(1) as f64;
    row
}

fn sound(name: &str, rendering: &str) -> Option<f64> {
    let latin = Latin::new(rendering)?;
    let katakana = Katakana::new(name).map(|name| cost(&name, &latin));
    katakana.or_else(|| Hangul::new(name).map(|name| cost(&name, &latin)))
}

#[cfg(test)]
mod tests {
    use super::{NameRow, name_table};
    use crate::check::{Context, specimen};
    use crate::glossary::Glossary;
    use crate::lexicon::Lexicon;
    use crate::token::Tokenizer;

    fn table(rows: &str, lines: &[(&str, &str)]) -> Vec<NameRow> {
        let mut glossary = Glossary::default();
        glossary.add_tsv(rows, std::path::Path::new("glossary.tsv")).unwrap();
        let (bitext, tokenizer, lexicons) = (specimen::bitext(lines), Tokenizer::new().unwrap(), [Lexicon::shipped()]);
        name_table(&Context::new(&bitext, &tokenizer, &glossary, &lexicons))
    }

    fn shown(rows: &[NameRow]) -> Vec<String> {
        let rendering = |r: &super::NameRendering| format!("{} {}", r.text, r.places.len());
        let renderings = |row: &NameRow| row.renderings.iter().map(rendering).collect::<Vec<_>>().join(", ");
        rows.iter().map(|row| format!("{}: {}; without {}", row.name, renderings(row), row.unrendered.len())).collect()
    }

    const LINES: [(&str, &str); 4] = [
        ("ハルトマンとベルクが来た。", "Hartmann and Berg came."),
        ("ハルトマンが笑った。", "Hartmann laughed."),
        ("ハルトマンは去った。", "Hartman left."),
        ("ベルクは残った。", "He stayed."),
    ];

    #[test]
    fn names_have_their_renderings_with_counts_the_most_doubtful_first() {
        let rows = table("ja\ten\n", &LINES);
        assert_eq!(shown(&rows), ["ベルク: Berg 1; without 1", "ハルトマン: Hartmann 2, Hartman 1; without 0"]);
        assert!(rows[1].renderings[0].cost.is_some_and(|cost| cost < 0.2) && !rows[1].is_in_glossary);
    }

    #[test]
    fn russian_names_are_shown_as_whole_words() {
        let lines = [("Письмо Орловой.", "Orlova's letter."), ("Орлова приехала.", "Orlova came.")];
        let bitext = crate::check::Bitext { source: "ru".parse().unwrap(), ..specimen::bitext(&lines) };
        let (tokenizer, glossary, lexicons) = (Tokenizer::new().unwrap(), Glossary::default(), [Lexicon::shipped()]);
        let rows = name_table(&Context::new(&bitext, &tokenizer, &glossary, &lexicons));
        assert_eq!(shown(&rows), ["Орлова: Orlova 2; without 0"]);
    }

    #[test]
    fn a_name_with_the_rendering_of_another_is_said_to_stand_for_it() {
        let rows = table("ja\ten\nベルグ\tBerg\n", &LINES);
        let row = rows.iter().find(|row| row.name == "ベルク").unwrap();
        assert_eq!(row.stands_for.as_deref(), Some("ベルグ"));
        let rows = table("ja\ten\nベルグ\tBerg\nベルク\tBerg\n", &LINES);
        assert!(rows.iter().all(|row| row.stands_for.is_none()));
    }

    #[test]
    fn of_equally_frequent_renderings_the_one_of_the_sound_comes_first() {
        let rows = table(
            "ja\ten\n",
            &[("ハルトマンが来た。", "Haltmen came."), ("ハルトマンが笑った。", "Hartmann laughed.")],
        );
        assert_eq!(rows[0].proposal().unwrap().text, "Hartmann");
    }

    #[test]
    fn a_rendering_of_the_glossary_is_not_doubtful() {
        let rows = table("ja\ten\nハルトマン\tHartmann | Hartman\n", &LINES);
        let row = rows.iter().find(|row| row.name == "ハルトマン").unwrap();
        assert!(row.is_in_glossary && row.doubt.abs() < 1e-9);
        assert!(row.renderings.iter().all(|rendering| rendering.is_in_glossary));
    }
}
