//! `term-unexpected`: a name or term of the glossary that only the translation has.

use super::names::Kind;
use super::{Check, Context, Finding, Severity};

pub(super) const CHECK: Check = Check {
    name: "term-unexpected",
    severity: Some(Severity::Note),
    explanation: "\
The translation has a name or term of the glossary, and the source none of its forms.

    glossary  国連 = United Nations
    ja        代表団は午後に着いた。
    en        The delegation reached the United Nations in the afternoon.

A translator may name what the source leaves to the reader, so this is a note. If the name is wrong, correct it; if the
source writes it in another way, add that form to the row.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(context.names().findings(Kind::TermUnexpected));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::specimen::found_with;

    const GLOSSARY: &str = "\
ja	en	kind
国連	United Nations	organization
日本	Japan	place
ハンナ・ベルク	Hannah Berg	person
";

    #[track_caller]
    fn assert_found(source: &str, target: &str, expected: &[&str]) {
        assert_eq!(found_with(&CHECK, GLOSSARY, &[(source, target)]), expected);
    }

    #[test]
    fn a_name_that_the_source_does_not_have_is_unexpected() {
        let message = "United Nations is 国連 in the glossary; this line has none of it.";
        assert_found(
            "代表団は着いた。",
            "The delegation reached the United Nations.",
            &[&format!("1 target United Nations: {message}")],
        );
        assert_found("代表団は国連に着いた。", "The delegation reached the United Nations.", &[]);
    }

    #[test]
    fn part_of_a_name_explains_the_whole() {
        assert_found("ハンナは笑った。", "Hannah Berg laughed.", &[]);
    }

    #[test]
    fn a_word_that_a_word_list_gives_explains_the_name() {
        assert_found("国内では", "in Japan", &[]);
    }
}
