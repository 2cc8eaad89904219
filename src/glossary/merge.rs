//! Several glossary files as one: rows of one name joined, and what contradicts told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::tsv::cell;
use super::{Glossary, Problem, ProblemKind, Term, TermEntry, TermStatus};
use crate::error::Result;
use crate::lang::Lang;

/// What a merge gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text of the new file.
    pub text: String,
    /// How many rows it has.
    pub rows: usize,
    /// How many rows were joined to others.
    pub joined: usize,
    /// The rows that say something else than an earlier one of the same name, and were kept beside it; and what was odd in
    /// the files.
    pub problems: Vec<Problem>,
}

/// Merges the texts of glossary files, each with its path for messages.
///
/// Rows are of one name when they hold in the same article and have the same preferred form in the first language of the
/// first file, and their kinds are the same or one has none. They are joined unless their preferred forms differ in another
/// language, or a form may be used by one and must not by the other. Forms stand in the order in which they come; the first
/// preferred one stays preferred. Notes and other cells that differ are put side by side. Comments stay above their rows.
///
/// Fails when a file is no glossary.
pub fn merge(files: &[(PathBuf, String)]) -> Result<Merged> {
    let mut problems = Vec::new();
    let mut rows: Vec<(TermEntry, String)> = Vec::new();
    let mut languages: Vec<Lang> = Vec::new();
    for (path, text) in files {
        let mut glossary = Glossary::default();
        problems.extend(glossary.add_rows(text, path)?.into_iter().filter(|problem| !problem.kind.is_note()));
        for entry in &glossary.entries {
            for term in &entry.terms {
                if !languages.contains(&term.lang) {
                    languages.push(term.lang.clone());
                }
            }
        }
        let mut comments = comments(text);
        rows.extend(glossary.entries.into_iter().map(|entry| {
            let line = entry.origin.as_ref().map_or(0, |origin| origin.line);
            (entry, comments.remove(&line).unwrap_or_default())
        }));
    }
    let mut merged: Vec<(TermEntry, String)> = Vec::new();
    let mut places: BTreeMap<(Option<String>, String), Vec<usize>> = BTreeMap::new();
    let mut joined = 0;
    for (entry, comment) in rows {
        let name = languages.first().and_then(|lang| entry.preferred(lang)).map(|term| term.text.clone());
        let Some(name) = name else {
            merged.push((entry, comment));
            continue;
        };
        let same = places.entry((entry.document.clone(), name)).or_default();
        let of_kind = |i: &usize| {
            merged
                .get(*i)
                .is_some_and(|(there, _)| there.kind == entry.kind || there.kind.is_empty() || entry.kind.is_empty())
        };
        let candidates: Vec<usize> = same.iter().copied().filter(of_kind).collect();
        let fits = |i: &&usize| merged.get(**i).is_some_and(|(there, _)| conflict(there, &entry).is_none());
        if let Some((there, above)) = candidates.iter().find(fits).and_then(|i| merged.get_mut(*i)) {
            join(there, entry);
            above.push_str(&comment);
            joined += 1;
            continue;
        }
        let against = candidates.first().and_then(|i| merged.get(*i));
        if let Some((message, origin)) =
            against.and_then(|(there, _)| conflict(there, &entry)).zip(entry.origin.clone())
        {
            problems.push(Problem { origin, kind: ProblemKind::TwoPreferred, message });
        }
        same.push(merged.len());
        merged.push((entry, comment));
    }
    let text = written(&merged, &languages, files.first().map_or("", |(_, text)| text));
    Ok(Merged { text, rows: merged.len(), joined, problems })
}

/// The comments and empty lines right above each row, by its line.
fn comments(text: &str) -> BTreeMap<usize, String> {
    let mut comments = BTreeMap::new();
    let mut above = String::new();
    let mut is_head = true;
    for (number, line) in (1..).zip(text.strip_prefix('\u{feff}').unwrap_or(text).lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            above.push_str(line.trim_end());
            above.push('\n');
        } else {
            let above = std::mem::take(&mut above);
            if !is_head && !above.is_empty() {
                comments.insert(number, above);
            }
            is_head = false;
        }
    }
    comments
}

/// Why two rows of one name cannot be one.
fn conflict(there: &TermEntry, entry: &TermEntry) -> Option<String> {
    let place = there.origin.as_ref().map(|origin| format!(" in {origin}")).unwrap_or_default();
    for term in &entry.terms {
        let same = there.terms.iter().find(|other| other.lang == term.lang && other.text == term.text);
        if same.is_some_and(|o| (o.status == TermStatus::Deprecated) != (term.status == TermStatus::Deprecated)) {
            return Some(format!(
                "{} may be used by one row and must not by that{place}. Both are kept: decide for one",
                term.text
            ));
        }
        let preferred = there.preferred(&term.lang).filter(|other| other.lang == term.lang);
        if let Some(other) = preferred.filter(|o| term.status == TermStatus::Preferred && o.text != term.text) {
            return Some(format!(
                "{} is preferred here and {}{place}. Both are kept: join them, or tell them apart by kind or document",
                term.text, other.text
            ));
        }
    }
    None
}

/// Adds what `entry` says to a row of the same name.
fn join(there: &mut TermEntry, entry: TermEntry) {
    let known: BTreeSet<(Lang, String)> = there.terms.iter().map(|t| (t.lang.clone(), t.text.clone())).collect();
    for term in entry.terms {
        if known.contains(&(term.lang.clone(), term.text.clone())) {
            continue;
        }
        let has_preferred = there.preferred(&term.lang).is_some_and(|other| other.lang == term.lang);
        let status = match term.status {
            TermStatus::Preferred if has_preferred => TermStatus::Admitted,
            status => status,
        };
        there.terms.push(Term { status, ..term });
    }
    if there.kind.is_empty() {
        there.kind = entry.kind;
    }
    beside(&mut there.note, &entry.note);
    for (column, value) in entry.other {
        match there.other.iter_mut().find(|(name, _)| *name == column) {
            Some((_, there)) => beside(there, &value),
            None => there.other.push((column, value)),
        }
    }
}

/// Puts another remark behind one, unless it says the same.
fn beside(there: &mut String, value: &str) {
    if there.is_empty() {
        value.clone_into(there);
    } else if !value.is_empty() && !there.split("; ").any(|part| part == value) {
        there.extend(["; ", value]);
    }
}

/// The file: the comments above the first file's header, a header with all columns, and the rows.
fn written(rows: &[(TermEntry, String)], languages: &[Lang], first: &str) -> String {
    let mut others: Vec<&str> = Vec::new();
    for (column, _) in rows.iter().flat_map(|(entry, _)| &entry.other) {
        if !others.contains(&column.as_str()) {
            others.push(column);
        }
    }
    let has_documents = rows.iter().any(|(entry, _)| entry.document.is_some());
    let first = first.strip_prefix('\u{feff}').unwrap_or(first);
    let mut text: String = first
        .lines()
        .take_while(|line| line.starts_with('#') || line.trim().is_empty())
        .flat_map(|l| [l, "\n"])
        .collect();
    let tag = |lang: &Lang| if lang.tag() == "id" { "id-ID".to_owned() } else { lang.tag().to_owned() };
    let mut head: Vec<String> = languages.iter().map(tag).collect();
    head.extend(["kind", "note"].map(str::to_owned));
    head.extend(has_documents.then(|| "document".to_owned()));
    head.extend(others.iter().map(|&column| column.to_owned()));
    text.extend([head.join("\t"), "\n".to_owned()]);
    for (entry, comment) in rows {
        let forms = |lang: &Lang| cell(entry.terms.iter().filter(|term| term.lang == *lang));
        let mut cells: Vec<String> = languages.iter().map(forms).collect();
        cells.extend([entry.kind.clone(), entry.note.clone()]);
        cells.extend(has_documents.then(|| entry.document.clone().unwrap_or_default()));
        let other = |column: &&str| entry.other.iter().find(|(name, _)| name == column).map(|(_, value)| value.clone());
        cells.extend(others.iter().map(|column| other(column).unwrap_or_default()));
        text.extend([comment.as_str(), &cells.join("\t"), "\n"]);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{Merged, merge};

    fn merged(files: &[(&str, &str)]) -> Merged {
        let files: Vec<(PathBuf, String)> =
            files.iter().map(|(name, text)| (PathBuf::from(name), (*text).to_owned())).collect();
        merge(&files).unwrap()
    }

    #[test]
    fn rows_of_one_name_are_joined() {
        let merged = merged(&[
            ("a.tsv", "# ours\nja\ten\tkind\tnote\n# Prague\nリパフスキー\tLipavský\tperson\tminister\n台北\t\t\t\n"),
            (
                "b.tsv",
                "ja\tde\ten\tkind\tsource\n# again\nリパフスキー | リパフスキ\tLipavský\tLipavský | !Lipavsky\t\tNDL\n台北\t\tTaipei\tplace\t\n高雄\t\tKaohsiung\t\t\n",
            ),
        ]);
        assert_eq!(
            merged.text,
            "# ours\nja\ten\tde\tkind\tnote\tsource\n# Prague\n# again\n\
             リパフスキー | リパフスキ\tLipavský | \\!Lipavsky\tLipavský\tperson\tminister\tNDL\n台北\tTaipei\t\tplace\t\t\n高雄\tKaohsiung\t\t\t\t\n"
                .replace("\\!", "!")
        );
        assert_eq!((merged.rows, merged.joined, merged.problems.len()), (3, 2, 0));
    }

    #[test]
    fn rows_that_contradict_are_kept_and_told() {
        let merged = merged(&[
            ("a.tsv", "ja\ten\nアラン\tAlan\n首相\tPM\n"),
            ("b.tsv", "ja\ten\nアラン\tAllan\n首相\tPrime Minister | !PM\n"),
        ]);
        assert_eq!(merged.text.lines().count(), 5);
        let told: Vec<String> = merged.problems.iter().map(|p| format!("{}: {}", p.origin, p.message)).collect();
        assert!(told[0].starts_with("b.tsv, line 2: Allan is preferred here and Alan in a.tsv, line 2."), "{told:?}");
        assert!(told[1].starts_with("b.tsv, line 3: "), "{told:?}");
    }

    #[test]
    fn kinds_and_articles_tell_names_apart() {
        let merged = merged(&[
            ("a.tsv", "ja\ten\tkind\tdocument\nアラン\tAlan\tperson\t\nアラン\tAran\tplace\t\n"),
            ("b.tsv", "ja\ten\tkind\tdocument\nアラン\tAllan\tperson\tparis\n"),
        ]);
        assert_eq!((merged.rows, merged.joined, merged.problems.len()), (3, 0, 0));
    }

    #[test]
    fn one_file_stays_as_it_is() {
        let text = "ja\ten\tkind\tnote\n一休\tIkkyū | !Ikkyu\tperson\tmonk\n";
        assert_eq!(merged(&[("a.tsv", text)]).text, text);
    }
}
