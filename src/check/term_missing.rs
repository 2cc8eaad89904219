//! `term-missing`: a name or term of the glossary that the translation does not have.

use super::names::Kind;
use super::{Check, Context, Finding, Severity};

pub(super) const CHECK: Check = Check {
    name: "term-missing",
    severity: Some(Severity::Warning),
    explanation: "\
The source has a name or term of the glossary, and the translation none of its forms. Any form of the row will do, and so
will what stands for it: the surname, the initials behind the first mention (MoD), the adjective of a country (French), a
shorter term inside the longer one.

    glossary  国防省 = Ministry of Defence | MoD
    ja        国防省は発表した。
    en        The Treasury announced it.

Write one of the forms, or add the one that stands there to the row. Where a pronoun or nothing stands on purpose, silence
the place.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(context.names().findings(Kind::TermMissing));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::specimen::found_with;

    const GLOSSARY: &str = "\
ja	en	kind
国防省	Ministry of Defence	organization
フランス	France	place
ハンナ・ベルク	Hannah Berg	person
米国	United States	place
米国議会	United States Congress	organization
";

    #[track_caller]
    fn assert_found(source: &str, target: &str, expected: &[&str]) {
        assert_eq!(found_with(&CHECK, GLOSSARY, &[(source, target)]), expected);
    }

    #[test]
    fn a_term_without_any_of_its_forms_is_missing() {
        let message = "国防省 is Ministry of Defence in the glossary; this line has none of it.";
        assert_found("国防省は発表した。", "The treasury announced it.", &[&format!("1 source 国防省: {message}")]);
        assert_found("国防省は発表した。", "The Ministry of Defence announced it.", &[]);
    }

    #[test]
    fn what_stands_for_a_name_will_do() {
        assert_found("国防省は発表した。", "The MoD announced it.", &[]);
        assert_found("フランスの大統領", "the French president", &[]);
        assert_found("ハンナ・ベルクは笑った。", "Berg laughed.", &[]);
        assert_found("米国議会は休会だ。", "The United States legislature is in recess.", &[]);
        assert_found("フランスで", "CRISIS IN FRANCE", &[]);
        assert_found("フランスで", "France's wine", &[]);
    }

    #[test]
    fn a_line_without_translation_is_no_place_for_it() {
        assert_found("国防省は発表した。", "", &[]);
    }
}
