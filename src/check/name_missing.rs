//! `name-missing`: a name that other lines translate is left out.

use super::names::Kind;
use super::{Check, Context, Finding};

pub(super) const CHECK: Check = Check {
    name: "name-missing",
    severity: None,
    explanation: "\
A name stands in the source, the other lines of the article render it, and this line has neither that rendering nor
anything that sounds like it. No glossary is needed.

    ja  ベルクは帰国した。    en  Berg went home.
    ja  ベルクも反対した。    en  Berg was against it too.
    ja  ベルクは黙っていた。  en  Silence followed.

Names are left out on purpose again and again, so this check is off: turn it on with `name-missing = \"warning\"` under
[checks], or ask for it with `--check name-missing`.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(context.names().findings(Kind::NameMissing));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::specimen::found;

    #[test]
    fn a_name_that_other_lines_render_is_missing_where_nothing_stands_for_it() {
        let lines = [
            ("ベルクは帰国した。", "Berg went home."),
            ("ベルクも反対した。", "Berg was against it too."),
            ("ベルクは黙っていた。", "Silence followed."),
        ];
        assert_eq!(found(&CHECK, &lines), ["3 source ベルク: ベルク is Berg elsewhere; this line has none of it."]);
        assert_eq!(found(&CHECK, &lines[..2]), [""; 0]);
    }
}
