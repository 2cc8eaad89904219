//! `name-spelling`: a name that is nearly, but not quite, written as it is known.

use super::names::Kind;
use super::{Check, Context, Finding, Severity};

pub(super) const CHECK: Check = Check {
    name: "name-spelling",
    severity: Some(Severity::Error),
    explanation: "\
A name stands one or two letters away from a form that is known: from the glossary, from the word list, or because both
sides write it in the same letters. Either side is looked at.

    glossary  ダウデン = Dowden
    ja        ドーデン副首相
    en        Deputy Prime Minister Dowden

Correct it, or add the form to the row if both may be used. Differences of capitals, hyphens and spaces are notes.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(context.names().findings(Kind::NameSpelling));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::specimen::{bitext, findings, found, found_with};
    use crate::check::{Applicability, Severity};

    const GLOSSARY: &str = "\
ja	en	kind
ダウデン	Dowden	person
カスリーン・ホルト	Kathleen Holt	person
ブリンケン	Blinken	person
";

    #[track_caller]
    fn assert_found(source: &str, target: &str, expected: &[&str]) {
        assert_eq!(found_with(&CHECK, GLOSSARY, &[(source, target)]), expected);
    }

    #[test]
    fn a_letter_too_many_or_too_few_is_found_in_the_translation() {
        assert_found(
            "ダウデンは否定した。",
            "Mr. Dowdon denied it.",
            &["1 target Dowdon: ダウデン is written Dowden in the glossary; here stands Dowdon."],
        );
        assert_found("ダウデンは否定した。", "Mr. Dowden denied it.", &[]);
    }

    #[test]
    fn a_second_spelling_in_katakana_is_found_in_the_source() {
        assert_found(
            "ドーデンは否定した。",
            "Mr. Dowden denied it.",
            &["1 source ドーデン: Dowden is written ダウデン in the glossary; here stands ドーデン."],
        );
    }

    #[test]
    fn the_given_name_of_a_full_name_counts_too() {
        assert_found(
            "カスレーン・ホルトが来た。",
            "Kathleen Holt came.",
            &["1 source カスレーン・ホルト: The glossary has カスリーン・ホルト; here stands カスレーン・ホルト."],
        );
    }

    #[test]
    fn a_name_in_latin_letters_on_both_sides_should_be_the_same() {
        assert_eq!(
            found(&CHECK, &[("会場はQuarvelで行われる。", "The fair takes place at Quarvil.")]),
            ["1 target Quarvil: Quarvel is Quarvel; here stands Quarvil."]
        );
    }

    #[test]
    fn a_spelling_is_for_a_person_to_decide_and_signs_are_notes() {
        let found = findings(&CHECK, GLOSSARY, &bitext(&[("ダウデンは", "Dowdon is")]));
        assert_eq!(found[0].suggestion.as_ref().unwrap().applicability, Applicability::MaybeIncorrect);
        assert_eq!(found[0].severity, Severity::Error);
        let found =
            findings(&CHECK, "ja\ten\tkind\n金正恩\tKim Jong-un\tperson\n", &bitext(&[("金正恩は", "Kim Jong Un is")]));
        assert_eq!(found[0].severity, Severity::Note);
    }
}
