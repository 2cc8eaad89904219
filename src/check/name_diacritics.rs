//! `name-diacritics`: a name with other diacritics than it should have.

use super::names::Kind;
use super::{Check, Context, Finding, Severity};

pub(super) const CHECK: Check = Check {
    name: "name-diacritics",
    severity: Some(Severity::Error),
    explanation: "\
A name is written with the right letters and the wrong diacritics: as the glossary does not have it, or with diacritics in
one place and without in another.

    glossary  リパフスキー = Lipavský
    ja        リパフスキー外相
    en        Foreign Minister Lipavsky

Write it as the glossary has it; `--fix` does so. To leave diacritics out on purpose, admit that form: Lipavský | Lipavsky.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(context.names().findings(Kind::NameDiacritics));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::Applicability;
    use crate::check::specimen::{bitext, findings, found, found_with};

    const GLOSSARY: &str = "ja\ten\tkind\nリパフスキー\tLipavský\tperson\nビョルン\tBjørn\tperson\n";

    #[test]
    fn dropped_diacritics_are_found_by_the_glossary() {
        let pair = ("リパフスキー外相", "Foreign Minister Lipavsky");
        assert_eq!(
            found_with(&CHECK, GLOSSARY, &[pair]),
            ["1 target Lipavsky: リパフスキー is written Lipavský in the glossary; here stands Lipavsky."]
        );
        let found = findings(&CHECK, GLOSSARY, &bitext(&[pair]));
        let suggestion = found[0].suggestion.as_ref().unwrap();
        assert_eq!((suggestion.replacement.as_str(), suggestion.applicability), ("Lipavský", Applicability::Safe));
        assert_eq!(found_with(&CHECK, GLOSSARY, &[("ビョルンは", "Bjorn is")]).len(), 1);
        assert_eq!(found_with(&CHECK, GLOSSARY, &[("ビョルンは", "Bjørn is")]), [""; 0]);
    }

    #[test]
    fn two_ways_in_one_article_are_found_without_a_glossary() {
        let lines = [("フサークは", "Husák is"), ("フサークも", "Husák too"), ("フサークが", "Husak again")];
        assert_eq!(found(&CHECK, &lines), ["3 target Husak: Husák is written Husak here (2 : 1)."]);
        assert_eq!(found(&CHECK, &lines[..2]), [""; 0]);
    }

    #[test]
    fn kinds_of_apostrophes_are_no_diacritics() {
        assert_eq!(found(&CHECK, &[("オニールは", "O’Neill is"), ("オニールも", "O'Neill too")]), [""; 0]);
    }
}
