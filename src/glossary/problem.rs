//! What is wrong or doubtful in glossary files, each with its line.

use std::collections::BTreeMap;

use super::{Glossary, Origin, Term, TermEntry, TermStatus};
use crate::lang::{self, Lang, is_invisible};

/// A row has at most this many forms before it is doubted: the names of several people were probably put together.
const MANY_FORMS: usize = 50;
/// The column whose cell names the problems that a row is not told of.
const IGNORE: &str = "ignore";

/// Something wrong or doubtful in a glossary file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub origin: Origin,
    /// What it is, by a stable name.
    pub kind: ProblemKind,
    /// What is wrong and what to do, as sentences.
    pub message: String,
}

/// The kinds of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The first line or the number of cells is wrong.
    Columns,
    /// A row without any form.
    EmptyRow,
    /// A row that is there already.
    DuplicateRow,
    /// Two rows with one name and different preferred forms.
    TwoPreferred,
    /// A form that may be used by one cell and must not by another.
    Contradiction,
    /// A language column without a form: what the name is there is not decided yet.
    EmptyCell,
    /// A form that stands twice in a cell.
    RepeatedForm,
    /// A form of one character, which stands in many words.
    ShortForm,
    /// A form of one kanji, which is found only apart from other kanji.
    SingleKanji,
    /// A character that nobody sees, or that reorders the line.
    InvisibleCharacter,
    /// A character that could not be read in the file's encoding.
    Encoding,
    /// Quotation marks around a form, which TSV takes as part of it.
    Quotes,
    /// A row with very many forms.
    ManyForms,
}

impl ProblemKind {
    /// Its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::EmptyRow => "empty-row",
            Self::DuplicateRow => "duplicate-row",
            Self::TwoPreferred => "two-preferred",
            Self::Contradiction => "contradiction",
            Self::EmptyCell => "empty-cell",
            Self::RepeatedForm => "repeated-form",
            Self::ShortForm => "short-form",
            Self::SingleKanji => "single-kanji",
            Self::InvisibleCharacter => "invisible-character",
            Self::Encoding => "encoding",
            Self::Quotes => "quotes",
            Self::ManyForms => "many-forms",
        }
    }

    /// Whether it is wrong and not only doubtful.
    pub fn is_error(self) -> bool {
        let is_doubtful =
            matches!(self, Self::RepeatedForm | Self::ShortForm | Self::Quotes | Self::ManyForms | Self::TwoPreferred);
        !is_doubtful && !self.is_note()
    }

    /// Whether it is neither: what may well be meant, but ought to be known.
    pub fn is_note(self) -> bool {
        matches!(self, Self::EmptyCell | Self::SingleKanji)
    }
}

impl Glossary {
    /// What is wrong or doubtful in the rows and among them, sorted by file and line. A row is not told of the problems that
    /// its cell in a column `ignore` names; `*` stands for all.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for entry in &self.entries {
            for term in entry.terms.iter().filter(|term| !term.derived) {
                of_form(entry, term, &mut problems);
            }
            let forms = entry.terms.iter().filter(|term| !term.derived).count();
            if forms > MANY_FORMS {
                let message = format!("the row has {forms} forms. Give each name a row of its own");
                add(&mut problems, entry, ProblemKind::ManyForms, message);
            }
        }
        self.between_rows(&mut problems);
        problems.sort_by(|a, b| (&a.origin, a.kind, &a.message).cmp(&(&b.origin, b.kind, &b.message)));
        problems
    }

    /// What rows of one name say against each other.
    fn between_rows(&self, problems: &mut Vec<Problem>) {
        let mut by_name: BTreeMap<(Option<&str>, &Lang, &str), Vec<&TermEntry>> = BTreeMap::new();
        for entry in &self.entries {
            // Rows are of one name when the first language in which they have forms has the same preferred one.
            let first = entry.terms.iter().find(|term| !term.derived && term.status == TermStatus::Preferred);
            if let Some(term) = first {
                by_name.entry((entry.document.as_deref(), &term.lang, &term.text)).or_default().push(entry);
            }
        }
        for ((_, lang, name), entries) in by_name.into_iter().filter(|(_, entries)| entries.len() > 1) {
            let mut preferred: BTreeMap<(&str, &Lang), (&TermEntry, &str)> = BTreeMap::new();
            let mut statuses: BTreeMap<(&str, &Lang, &str), (&TermEntry, bool)> = BTreeMap::new();
            for entry in entries {
                for term in entry.terms.iter().filter(|term| !term.derived && term.lang != *lang) {
                    let kind = entry.kind.as_str();
                    if term.status == TermStatus::Preferred {
                        let (first, text) = *preferred.entry((kind, &term.lang)).or_insert((entry, &term.text));
                        if text != term.text {
                            let message = format!(
                                "{name} is {} here and {text} {}. Keep one row, or tell the names apart by the column kind or \
                                 document; ignore both with {} in a column ignore",
                                term.text,
                                place(first),
                                ProblemKind::TwoPreferred.name()
                            );
                            add(problems, entry, ProblemKind::TwoPreferred, message);
                        }
                    }
                    let is_forbidden = term.status == TermStatus::Deprecated;
                    let (first, was_forbidden) =
                        *statuses.entry((kind, &term.lang, &term.text)).or_insert((entry, is_forbidden));
                    if was_forbidden != is_forbidden {
                        let (here, there) = if is_forbidden { ("must not", "may") } else { ("may", "must not") };
                        let message = format!(
                            "{} {here} stand for {name} by this row and {there} by that {}. Keep one",
                            term.text,
                            place(first)
                        );
                        add(problems, entry, ProblemKind::Contradiction, message);
                    }
                }
            }
        }
    }
}

fn of_form(entry: &TermEntry, term: &Term, problems: &mut Vec<Problem>) {
    let text = term.text.as_str();
    let mut chars = text.chars();
    if let (Some(one), None) = (chars.next(), chars.next()) {
        if lang::is_han(one) {
            let message =
                format!("{text} is one kanji and is found only where no other kanji touches it. Add longer forms");
            add(problems, entry, ProblemKind::SingleKanji, message);
        } else {
            let message = format!("{text} is one character and would be found in many words. Write a longer form");
            add(problems, entry, ProblemKind::ShortForm, message);
        }
    }
    if let Some(c) = text.chars().find(|c| is_invisible(*c)) {
        let message = format!("{} holds the invisible character U+{:04X}. Delete it", written_out(text), u32::from(c));
        add(problems, entry, ProblemKind::InvisibleCharacter, message);
    }
    if text.contains('\u{fffd}') {
        let message =
            format!("{text} could not be read in the file's encoding. Save the file as UTF-8 and correct the row");
        add(problems, entry, ProblemKind::Encoding, message);
    }
    if text.len() > 1 && text.starts_with('"') && text.ends_with('"') {
        let message =
            format!("the quotation marks are part of the form {text}, since TSV is never quoted. Delete them");
        add(problems, entry, ProblemKind::Quotes, message);
    }
}

fn add(problems: &mut Vec<Problem>, entry: &TermEntry, kind: ProblemKind, message: String) {
    let Some(origin) = entry.origin.clone() else { return };
    if !is_ignored(entry, kind) {
        problems.push(Problem { origin, kind, message });
    }
}

/// Whether the row's cell in a column `ignore` names this kind of problem, or all by `*`.
pub(super) fn is_ignored(entry: &TermEntry, kind: ProblemKind) -> bool {
    let ignored = entry.other.iter().find(|(column, _)| column.eq_ignore_ascii_case(IGNORE));
    ignored.is_some_and(|(_, list)| list.split([',', ' ']).any(|name| name == "*" || name == kind.name()))
}

fn place(entry: &TermEntry) -> String {
    entry.origin.as_ref().map(|origin| format!("in {origin}")).unwrap_or_default()
}

fn written_out(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        if is_invisible(c) {
            shown.extend([format!("<U+{:04X}>", u32::from(c))]);
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::glossary::Glossary;

    /// The problems of a file as `LINE KIND MESSAGE`.
    fn problems(rows: &str) -> Vec<String> {
        let mut glossary = Glossary::default();
        let mut found = glossary.add_rows(rows, Path::new("names.tsv")).unwrap();
        glossary.derive_surnames();
        found.extend(glossary.problems());
        found.iter().map(|p| format!("{} {} {}", p.origin.line, p.kind.name(), p.message)).collect()
    }

    fn assert_problem(rows: &str, beginning: &str) {
        let found = problems(&format!("ja\ten\tkind\tdocument\tignore\n{rows}"));
        assert!(found.len() == 1 && found[0].starts_with(beginning), "{found:?}");
    }

    fn assert_clean(rows: &str) {
        assert_eq!(problems(&format!("ja\ten\tkind\tdocument\tignore\n{rows}")), [""; 0]);
    }

    #[test]
    fn two_preferred_forms_for_one_name_are_doubtful() {
        assert_problem(
            "アラン\tAlan\tperson\nアラン\tAllan\tperson\n",
            "3 two-preferred アラン is Allan here and Alan in names.tsv, line 2. ",
        );
        assert_clean("アラン\tAlan\tperson\nアラン\tAllan\tplace\n");
        assert_clean("アラン\tAlan\tperson\nアラン\tAllan\tperson\tparis\n");
        assert_clean("アラン\tAlan\tperson\nアラン\tAllan\tperson\t\ttwo-preferred\n");
    }

    #[test]
    fn a_form_both_admitted_and_forbidden_is_an_error() {
        assert_problem("アラン\tAlan | Allan | !Allan\n", "2 contradiction Allan ");
        assert_problem(
            "アラン\tAlan | Allan\nアラン\tAlan | !Allan\n",
            "3 duplicate-row the row repeats the names of names.tsv, line 2 and was left out",
        );
        assert_problem(
            "アラン\tAlan | Allan\tperson\t\t\nアラン\tAlain | !Allan\tperson\t\ttwo-preferred\n",
            "3 contradiction Allan must not stand for アラン by this row and may by that in names.tsv, line 2. ",
        );
    }

    #[test]
    fn a_form_of_one_character_is_doubtful_and_of_one_kanji_a_note() {
        assert_problem("メ\tMe\n", "2 short-form メ is one character");
        assert_problem("米国 | 米\tAmerica\n", "2 single-kanji 米 is one kanji and is found only where no other");
        assert_clean("米国 | 米\tAmerica\t\t\tsingle-kanji\n");
    }

    #[test]
    fn a_form_that_stands_twice_in_a_cell_is_doubtful() {
        assert_problem("アラン | アラン\tAlan\n", "2 repeated-form アラン stands twice in the cell ja. Delete one");
        assert_clean("アラン\tAlan\nアラン・チューリング | アラン\tAlan Turing\n");
        assert_clean("NATO\tNATO\n");
    }

    #[test]
    fn a_language_without_a_form_is_a_note_which_only_the_check_of_the_glossary_tells() {
        let rows = "ja\ten\n頓智\t\n";
        assert_eq!(
            problems(rows),
            ["2 empty-cell 頓智 has no form in en, so nothing is checked there. Write one when it is decided"]
        );
        assert_eq!(Glossary::default().add_tsv(rows, Path::new("names.tsv")).unwrap(), [""; 0]);
        assert_problem("頓智\n", "2 empty-cell ");
        assert_problem("\twit\n", "2 empty-cell wit has no form in ja");
        assert_clean("頓智\t\t\t\tempty-cell\n");
    }

    #[test]
    fn invisible_characters_are_errors() {
        assert_problem(
            "ダウ\u{200b}デン\tDowden\n",
            "2 invisible-character ダウ<U+200B>デン holds the invisible character U+200B",
        );
        assert_problem("ダウデン\t\u{202e}Dowden\n", "2 invisible-character ");
    }

    #[test]
    fn unreadable_characters_and_quotation_marks_are_told() {
        assert_problem("ダウデン\tDow\u{fffd}den\n", "2 encoding ");
        assert_problem("ダウデン\t\"Dowden\"\n", "2 quotes ");
    }

    #[test]
    fn rows_that_are_no_rows_are_told() {
        assert_problem("\t\tperson\n", "2 empty-row ");
        assert_problem("ダウデン\tDowden\tperson\t\t\tx\n", "2 columns the row has 6 cells, the header 5");
    }

    #[test]
    fn ten_thousand_forms_in_a_row_are_read_and_doubted() {
        let forms: Vec<String> = (0..10_000).map(|i| format!("ダウデン{i}")).collect();
        assert_problem(&format!("{}\tDowden\n", forms.join("|")), "2 many-forms the row has 10001 forms");
    }

    #[test]
    fn names_inside_names_are_no_problem() {
        assert_clean("東京\tTokyo\n東京都\tTokyo Metropolis\n");
    }
}
