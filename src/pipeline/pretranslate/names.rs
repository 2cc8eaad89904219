//! The glossary's names in a segment, as a translator wants to read them: ダウデン = Dowden.

use std::path::Path;

use crate::glossary::{Glossary, Matcher, TermEntry, TermMatch, TermStatus};
use crate::lang::Lang;

/// Finds names in the article's language and tells what they are in the other.
pub(super) struct Names<'g> {
    glossary: &'g Glossary,
    matcher: Matcher,
    target_lang: &'g Lang,
}

impl<'g> Names<'g> {
    pub(super) fn new(glossary: &'g Glossary, source_lang: &Lang, target_lang: &'g Lang) -> Self {
        Self { glossary, matcher: Matcher::new(glossary, source_lang), target_lang }
    }

    /// The names in `text` as they are written there, each with its translation; those without one are left out. Names
    /// that hold in one article only are found in the article that `document`, a file, belongs to: the name of its folder.
    pub(super) fn of(&self, text: &str, document: &str) -> Vec<(String, String)> {
        let folder = Path::new(document).parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let mut names = Vec::new();
        for found in self.matcher.find_in(text, &folder) {
            let Some(translation) = self.translation(found) else { continue };
            let name = (found.span.of(text).to_owned(), translation.to_owned());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn translation(&self, found: TermMatch) -> Option<&'g str> {
        let entry: &'g TermEntry = self.glossary.entries.get(found.entry)?;
        let is_derived = entry.terms.get(found.term)?.derived;
        let may_be_used = |status| status != TermStatus::Deprecated;
        // A surname alone is translated by the surname.
        let surname = || {
            let mut terms = entry.terms(self.target_lang).map(|(_, term)| term);
            terms.find(|term| term.derived && may_be_used(term.status))
        };
        let term = is_derived.then(surname).flatten().or_else(|| entry.preferred(self.target_lang));
        term.map(|term| term.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Names;
    use crate::glossary::Glossary;
    use crate::lang::Lang;

    const ROWS: &str = "ja\ten\tkind\tdocument\n\
        オリバー・ダウデン\t!Oliver Dauden | Oliver Dowden\tperson\t\n\
        下院\tHouse of Commons | House\torganization\t\n\
        ノークス\t\tperson\t\n\
        堰\tweir\tterm\tpond\n";

    fn names(text: &str, document: &str) -> Vec<String> {
        let mut glossary = Glossary::default();
        glossary.add_tsv(ROWS, Path::new("names.tsv")).expect("a glossary");
        glossary.derive_surnames();
        let (ja, en) = (Lang::japanese(), Lang::english());
        let names = Names::new(&glossary, &ja, &en).of(text, document);
        names.into_iter().map(|(name, translation)| format!("{name} = {translation}")).collect()
    }

    #[test]
    fn a_surname_is_translated_by_the_surname() {
        assert_eq!(
            names("オリバー・ダウデンは下院へ", "ja.md"),
            ["オリバー・ダウデン = Oliver Dowden", "下院 = House of Commons"]
        );
        assert_eq!(names("ダウデンとダウデンは下院へ", "ja.md"), ["ダウデン = Dowden", "下院 = House of Commons"]);
    }

    #[test]
    fn what_is_not_decided_is_left_out() {
        assert!(names("ノークスは帰った。", "ja.md").is_empty());
        assert!(names("", "").is_empty());
    }

    #[test]
    fn a_term_of_one_article_is_found_in_its_folder_only() {
        assert_eq!(names("堰を見た。", "corpus/pond/ja.md"), ["堰 = weir"]);
        assert!(names("堰を見た。", "corpus/dam/ja.md").is_empty());
    }
}
