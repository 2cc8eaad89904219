//! Glossary files: tab-separated rows under a header of language tags.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::problem::{Problem, ProblemKind, is_ignored};
use super::{Glossary, Origin, Term, TermEntry, TermStatus};
use crate::document::{decode, load};
use crate::error::{Error, Result};
use crate::lang::Lang;

/// Tags that people write where BCP 47 has another.
const MISTAKEN_TAGS: &[(&str, &str)] = &[
    ("jp", "ja"),
    ("jpn", "ja"),
    ("cn", "zh"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("kr", "ko"),
    ("kor", "ko"),
    ("eng", "en"),
    ("cz", "cs"),
    ("ua", "uk"),
    ("deu", "de"),
    ("ger", "de"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("spa", "es"),
    ("ita", "it"),
    ("rus", "ru"),
];
/// What a correct header looks like, for messages.
const HEADER: &str = "Begin the file with a line such as `ja⇥en⇥kind⇥note` (⇥ is a tab)";

impl Glossary {
    /// Reads files and folders (all `*.tsv` in a folder, by name), in this order, and derives surnames. `encoding` is that
    /// of the files, where the user gave it. The notes tell of rows that were left out and the like, a sentence each.
    ///
    /// Fails when a file cannot be read or its header names no language.
    pub fn read(paths: &[PathBuf], encoding: Option<&str>) -> Result<(Self, Vec<String>)> {
        let mut glossary = Self::default();
        let mut notes = Vec::new();
        // A file that the project and an option name is one file.
        let mut known: BTreeSet<PathBuf> = BTreeSet::new();
        for path in paths {
            for file in files(path)? {
                if !known.insert(std::fs::canonicalize(&file).unwrap_or_else(|_| file.clone())) {
                    continue;
                }
                let bytes = load(&file)?;
                // The user means the files that do not show their encoding.
                let encoding = encoding.filter(|_| std::str::from_utf8(&bytes).is_err());
                let (text, told) = decode(&file.display().to_string(), &bytes, encoding)?;
                notes.extend(told);
                notes.extend(glossary.add_tsv(&text, &file)?);
            }
        }
        glossary.derive_surnames();
        Ok((glossary, notes))
    }

    /// Adds the rows of one file's text and returns notes; `file` is its name in notes and errors. Surnames are not derived yet, because
    /// rows of other files go before them.
    ///
    /// Fails when the header names no language or a language twice, and on the marks of an unfinished merge.
    pub fn add_tsv(&mut self, text: &str, file: &Path) -> Result<Vec<String>> {
        let problems = self.add_rows(text, file)?;
        let told = problems.into_iter().filter(|problem| !problem.kind.is_note());
        Ok(told.map(|problem| format!("{}: {}", problem.origin, problem.message)).collect())
    }

    /// The same with the notes as problems, each with its line; cells that are not decided yet among them.
    pub fn add_rows(&mut self, text: &str, file: &Path) -> Result<Vec<Problem>> {
        let mut problems = Vec::new();
        let mut columns: Option<Vec<Column>> = None;
        let mut known: BTreeMap<Key, Option<Origin>> =
            self.entries.iter().map(|entry| (key(entry), entry.origin.clone())).collect();
        for (number, line) in (1..).zip(text.strip_prefix('\u{feff}').unwrap_or(text).lines()) {
            if line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>") || line == "=======" {
                return Err(Error::format(
                    file,
                    number,
                    "a merge left both versions here. Keep the right one and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
                ));
            }
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let origin = || Origin { file: file.to_owned(), line: number };
            let mut note = |kind, message| problems.push(Problem { origin: origin(), kind, message });
            let Some(columns) = &columns else {
                columns = Some(header(line, file, number, &mut note)?);
                continue;
            };
            let mut entry = row(line, columns, &mut note);
            if entry.terms.is_empty() {
                note(
                    ProblemKind::EmptyRow,
                    "the row has no form and was left out. Write a form into a language column or delete the row"
                        .to_owned(),
                );
                continue;
            }
            entry.origin = Some(origin());
            let key = key(&entry);
            if let Some(first) = known.get(&key) {
                let place = first.as_ref().map(|at| format!(" of {at}")).unwrap_or_default();
                let message = format!(
                    "the row repeats the names{place} and was left out. Keep one row with all forms and delete the other"
                );
                note(ProblemKind::DuplicateRow, message);
                continue;
            }
            if !is_ignored(&entry, ProblemKind::EmptyCell) {
                empty_cells(&entry, columns, &mut note);
            }
            known.insert(key, entry.origin.clone());
            self.entries.push(entry);
        }
        Ok(problems)
    }
}

/// What makes two rows the same: the article they hold in, and the first form of each language.
type Key = (Option<String>, Vec<(Lang, String)>);

fn key(entry: &TermEntry) -> Key {
    let mut forms: Vec<(Lang, String)> = Vec::new();
    for term in entry.terms.iter().filter(|term| !term.derived) {
        if !forms.iter().any(|(lang, _)| *lang == term.lang) {
            forms.push((term.lang.clone(), term.text.clone()));
        }
    }
    forms.sort();
    (entry.document.clone(), forms)
}

/// The file itself, or the glossary files of a folder (all `*.tsv`) by name.
///
/// Fails when the folder cannot be read.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for item in std::fs::read_dir(path).map_err(|e| Error::read(path, e))? {
        let file = item.map_err(|e| Error::read(path, e))?.path();
        if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv")) && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// What a column holds.
enum Column {
    Forms(Lang),
    Kind,
    Note,
    Document,
    Other(String),
}

fn header(line: &str, file: &Path, number: usize, note: &mut impl FnMut(ProblemKind, String)) -> Result<Vec<Column>> {
    let mut columns = Vec::new();
    let mut languages: Vec<Lang> = Vec::new();
    for name in line.split('\t').map(str::trim) {
        columns.push(match name.to_ascii_lowercase().as_str() {
            "kind" => Column::Kind,
            "note" => Column::Note,
            "document" => Column::Document,
            // Reserved names win over language tags: Indonesian is written id-ID.
            "line" | "id" | "confidence" | "status" | "ignore" => Column::Other(name.to_owned()),
            _ => match language(name) {
                Some(lang) if languages.contains(&lang) => {
                    return Err(Error::format(
                        file,
                        number,
                        format!("the column {name} stands twice. Keep one and separate several forms by ` | `"),
                    ));
                }
                Some(lang) => {
                    languages.push(lang.clone());
                    Column::Forms(lang)
                }
                None => {
                    if let Some(cure) = mistaken_tag(name) {
                        let message = format!("{name} is no language tag, so the column is not read as text. {cure}");
                        note(ProblemKind::Columns, message);
                    }
                    Column::Other(name.to_owned())
                }
            },
        });
    }
    if languages.is_empty() {
        let cause = if line.contains('\t') {
            "the first line names no language"
        } else {
            "the first line has no columns separated by tabs that name a language"
        };
        return Err(Error::format(file, number, format!("{cause}. {HEADER}")));
    }
    Ok(columns)
}

/// The language that a column name stands for.
fn language(name: &str) -> Option<Lang> {
    let lang: Lang = name.parse().ok()?;
    let is_mistaken = MISTAKEN_TAGS.iter().any(|(wrong, _)| *wrong == lang.primary());
    (lang.is_usual() && !is_mistaken).then_some(lang)
}

/// What to do about a column name that was meant as a language tag.
fn mistaken_tag(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let code = lower.split(['-', '_']).next().unwrap_or_default();
    if let Some((_, right)) = MISTAKEN_TAGS.iter().find(|(wrong, _)| *wrong == code) {
        return Some(format!("Write {right}"));
    }
    (code.len() == 2 && code.chars().all(|c| c.is_ascii_alphabetic()))
        .then(|| "Write a BCP 47 tag such as ja or en, or a longer column name".to_owned())
}

fn row(line: &str, columns: &[Column], note: &mut impl FnMut(ProblemKind, String)) -> TermEntry {
    let mut entry = TermEntry::default();
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    if cells.iter().skip(columns.len()).any(|cell| !cell.is_empty()) {
        let message =
            format!("the row has {} cells, the header {}; those behind were left out", cells.len(), columns.len());
        note(ProblemKind::Columns, message);
    }
    for (column, cell) in columns.iter().zip(cells) {
        match column {
            Column::Forms(lang) => entry.terms.extend(terms_of(cell, lang, note)),
            Column::Kind => cell.clone_into(&mut entry.kind),
            Column::Note => cell.clone_into(&mut entry.note),
            Column::Document => entry.document = (!cell.is_empty()).then(|| cell.to_owned()),
            Column::Other(name) if !cell.is_empty() => entry.other.push((name.clone(), cell.to_owned())),
            Column::Other(_) => {}
        }
    }
    entry
}

/// Tells of the languages in which a row has no form.
fn empty_cells(entry: &TermEntry, columns: &[Column], note: &mut impl FnMut(ProblemKind, String)) {
    let Some(name) = entry.terms.first() else { return };
    for column in columns {
        if let Column::Forms(lang) = column
            && !entry.terms.iter().any(|term| term.lang == *lang)
        {
            let message = format!(
                "{} has no form in {lang}, so nothing is checked there. Write one when it is decided",
                name.text
            );
            note(ProblemKind::EmptyCell, message);
        }
    }
}

/// The forms of a cell: separated by `|`, forbidden with `!` before them; a backslash takes the meaning of `|`, `!` and `#`.
fn terms_of(cell: &str, lang: &Lang, note: &mut impl FnMut(ProblemKind, String)) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut known: BTreeMap<String, bool> = BTreeMap::new();
    let mut has_preferred = false;
    for form in forms(cell) {
        let form = form.trim();
        let (is_forbidden, form) = form.strip_prefix('!').map_or((false, form), |rest| (true, rest.trim()));
        let text = form.replace("\\|", "|").replace("\\!", "!").replace("\\#", "#");
        if text.is_empty() {
            continue;
        }
        if let Some(was_forbidden) = known.insert(text.clone(), is_forbidden) {
            let (kind, message) = if was_forbidden == is_forbidden {
                (ProblemKind::RepeatedForm, format!("{text} stands twice in the cell {lang}. Delete one"))
            } else {
                let message = format!("{text} may and must not be used by the same cell. Delete one of the two");
                (ProblemKind::Contradiction, message)
            };
            note(kind, message);
            continue;
        }
        let status = match (is_forbidden, has_preferred) {
            (true, _) => TermStatus::Deprecated,
            (false, true) => TermStatus::Admitted,
            (false, false) => TermStatus::Preferred,
        };
        has_preferred |= status == TermStatus::Preferred;
        terms.push(Term { lang: lang.clone(), text, status, derived: false });
    }
    terms
}

/// The parts of a cell between bars that no backslash stands before.
fn forms(cell: &str) -> Vec<String> {
    let mut forms = vec![String::new()];
    let mut before = None;
    for c in cell.chars() {
        if c == '|' && before != Some('\\') {
            forms.push(String::new());
        } else if let Some(form) = forms.last_mut() {
            form.push(c);
        }
        before = Some(c);
    }
    forms
}

/// Forms as a glossary cell, which reads back as the same forms; derived ones are left out.
pub fn cell<'t>(terms: impl IntoIterator<Item = &'t Term>) -> String {
    let escaped =
        |text: &str| text.replace('|', "\\|").replace('!', "\\!").replace('#', "\\#").replace(['\t', '\n', '\r'], " ");
    let forms: Vec<String> = terms
        .into_iter()
        .filter(|term| !term.derived)
        .map(|term| format!("{}{}", if term.status == TermStatus::Deprecated { "!" } else { "" }, escaped(&term.text)))
        .collect();
    forms.join(" | ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::{cell, terms_of};
    use crate::glossary::{Glossary, Term, TermStatus};
    use crate::lang::Lang;

    fn read(text: &str) -> (Glossary, Vec<String>) {
        let mut glossary = Glossary::default();
        let notes = glossary.add_tsv(text, Path::new("names.tsv")).unwrap();
        (glossary, notes)
    }

    fn terms(cell: &str, lang: &Lang) -> Vec<Term> {
        terms_of(cell, lang, &mut |_, _| {})
    }

    fn assert_fails(text: &str, message: &str) {
        let error = Glossary::default().add_tsv(text, Path::new("names.tsv")).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }

    fn assert_terms(cell: &str, expected: &[(&str, TermStatus)]) {
        let found = terms(cell, &Lang::english());
        let found: Vec<(&str, TermStatus)> = found.iter().map(|t| (t.text.as_str(), t.status)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_first_form_is_preferred_the_others_admitted_and_marked_ones_forbidden() {
        use TermStatus::{Admitted, Deprecated, Preferred};
        assert_terms("Lipavský | !Lipavsky", &[("Lipavský", Preferred), ("Lipavsky", Deprecated)]);
        assert_terms(
            "!Peking|Beijing|Beiping",
            &[("Peking", Deprecated), ("Beijing", Preferred), ("Beiping", Admitted)],
        );
        assert_terms(" | ! | A | A ", &[("A", Preferred)]);
        assert_terms("", &[]);
    }

    #[test]
    fn a_backslash_takes_the_meaning_of_signs_and_stays_before_others() {
        use TermStatus::{Admitted, Preferred};
        assert_terms(r"\!Kung | a\|b | \#MeToo", &[("!Kung", Preferred), ("a|b", Admitted), ("#MeToo", Admitted)]);
        assert_terms(r"C:\temp", &[(r"C:\temp", Preferred)]);
    }

    #[test]
    fn a_row_keeps_its_kind_note_document_other_columns_and_line() {
        let (glossary, notes) = read(
            "# 人名\r\nja\ten\tkind\tnote\tdocument\tsource\r\n\r\n一休\tIkkyū\tperson\tmonk\tarticle-1\t\"NDL\"\r\n",
        );
        assert!(notes.is_empty(), "{notes:?}");
        let entry = &glossary.entries[0];
        assert_eq!(
            (entry.kind.as_str(), entry.note.as_str(), entry.document.as_deref()),
            ("person", "monk", Some("article-1"))
        );
        assert_eq!(entry.other, [("source".to_owned(), "\"NDL\"".to_owned())], "TSV is never quoted");
        assert_eq!(entry.origin.as_ref().unwrap().to_string(), "names.tsv, line 4");
    }

    #[test]
    fn an_empty_target_cell_is_not_decided_yet() {
        let (glossary, notes) = read("ja\ten\n台北\t\n高雄\n");
        assert!(notes.is_empty());
        assert!(glossary.entries.iter().all(|e| e.preferred(&Lang::english()).is_none()));
        assert_eq!(glossary.entries.len(), 2);
    }

    #[test]
    fn problems_are_notes_with_file_and_line() {
        let (glossary, notes) = read(
            "ja\ten\tjp\tkind\n\t\t\tplace\n東京\tTokyo\nパリ\tParis\n東京\tTokyo | Tōkyō\nロンドン\tLondon\t\t\tx\n",
        );
        assert_eq!(glossary.entries.len(), 3);
        assert_eq!(notes.len(), 4);
        for (note, (place, what)) in notes.iter().zip([
            ("line 1", "Write ja"),
            ("line 2", "no form"),
            ("line 5", "repeats the names of names.tsv, line 3"),
            ("line 6", "5 cells"),
        ]) {
            assert!(note.contains(place) && note.contains(what), "{note}");
        }
    }

    #[test]
    fn one_form_for_two_people_is_no_repetition() {
        let (glossary, notes) = read("ja\ten\nアラン\tAlan\nアラン\tAllan\n");
        assert_eq!((glossary.entries.len(), notes.len()), (2, 0));
    }

    #[test]
    fn an_unreadable_header_is_an_error_that_tells_the_cure() {
        assert_fails(
            "リパフスキー\tLipavský\tperson\n",
            "names.tsv, line 1: the first line names no language. Begin the file",
        );
        assert_fails("ja,en,kind\nリパフスキー,Lipavský,person\n", "separated by tabs");
        assert_fails("ja\ten\tJA\n", "the column JA stands twice");
        assert_fails("ja\ten\n<<<<<<< HEAD\n", "line 2: a merge left both versions");
        assert!(read("").0.entries.is_empty());
    }

    #[test]
    fn reserved_names_and_other_short_names_are_no_languages() {
        let (glossary, notes) = read("id\turl\tja\tyue\tid-ID\n7\thttp://example.org\t東京\t東京\tTokyo\n");
        assert!(notes.is_empty(), "{notes:?}");
        let tags: Vec<&str> = glossary.entries[0].terms.iter().map(|t| t.lang.tag()).collect();
        assert_eq!(tags, ["ja", "yue", "id-ID"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(ja\ten\n)?[a-zぁ-ん\t\n|!#\\\\ \"]{0,60}") {
            let _ = Glossary::default().add_tsv(&text, Path::new("names.tsv"));
        }

        #[test]
        fn forms_read_back_as_they_were_written(given in "[a-cア-ウ|!# ]{0,30}") {
            let first = terms(&given, &Lang::english());
            prop_assert_eq!(&terms(&cell(&first), &Lang::english()), &first);
        }
    }
}
