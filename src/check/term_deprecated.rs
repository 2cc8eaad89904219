//! `term-deprecated`: a form that the glossary forbids.

use super::names::Kind;
use super::{Check, Context, Finding, Severity};

pub(super) const CHECK: Check = Check {
    name: "term-deprecated",
    severity: Some(Severity::Error),
    explanation: "\
A text has a form that the glossary marks with `!`: one that must not be used. Either side is looked at.

    glossary  労働党 = Labour Party | !Labor Party
    en        The Labor Party won.

Write the preferred form; `--fix` does so where there is one. A form that is forbidden for one name and right for another
says nothing.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(context.names().findings(Kind::TermDeprecated));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::specimen::{bitext, findings, found_with};
    use crate::check::{Applicability, Suggestion};

    const GLOSSARY: &str = "\
ja	en	kind
労働党	Labour Party | !Labor Party	organization
サーバー | !サーバ	server	term
旧友会	!Old Boys	organization
新友会	Old Boys	organization
";

    #[track_caller]
    fn assert_found(source: &str, target: &str, expected: &[&str]) {
        assert_eq!(found_with(&CHECK, GLOSSARY, &[(source, target)]), expected);
    }

    #[test]
    fn a_forbidden_form_is_found_on_either_side() {
        assert_found(
            "労働党が勝った。",
            "The Labor Party won.",
            &["1 target Labor Party: The glossary does not allow Labor Party. Write Labour Party."],
        );
        assert_found(
            "サーバが落ちた。",
            "The server went down.",
            &["1 source サーバ: The glossary does not allow サーバ. Write サーバー."],
        );
        assert_found("サーバーが落ちた。", "The server went down.", &[]);
    }

    #[test]
    fn a_form_that_is_right_for_another_name_says_nothing() {
        assert_found("新友会の集い", "a meeting of the Old Boys", &[]);
    }

    #[test]
    fn the_preferred_form_can_be_put_in_safely() {
        let found = findings(&CHECK, GLOSSARY, &bitext(&[("労働党が勝った。", "The Labor Party won.")]));
        let suggestion = Suggestion { replacement: "Labour Party".to_owned(), applicability: Applicability::Safe };
        assert_eq!(found[0].suggestion, Some(suggestion));
    }
}
