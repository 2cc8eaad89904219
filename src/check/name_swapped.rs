//! `name-swapped`: another known name stands where a name belongs.

use super::names::Kind;
use super::{Check, Context, Finding, Severity};

pub(super) const CHECK: Check = Check {
    name: "name-swapped",
    severity: Some(Severity::Error),
    explanation: "\
One name stands in the source, and the name of someone or something else in the translation. Which names belong together is
told by the glossary, by their sound, by the word list and by the other lines of the article.

    ja  ベルクは帰国した。          en  Berg went home.
    ja  ロッシとベルクは友人だ。    en  Rossi and Berg are friends.
    ja  ロッシは残った。            en  Berg stayed.

Correct the name. If both are names of one person, say so in the glossary: ロッシ = Rossi | Berg.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(context.names().findings(Kind::NameSwapped));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::specimen::{found, found_with};

    #[test]
    fn the_glossary_tells_a_wrong_person() {
        let glossary = "ja\ten\tkind\nカーンズ\tKearns\tperson\nノークス\tNokes\tperson\n";
        let message = "カーンズ is Kearns in the glossary; here stands Nokes, which is ノークス.";
        assert_eq!(
            found_with(&CHECK, glossary, &[("カーンズ氏は反対した。", "Ms. Nokes opposed it.")]),
            [format!("1 target Nokes: {message}")]
        );
        assert_eq!(found_with(&CHECK, glossary, &[("ノークス氏は反対した。", "Ms. Nokes opposed it.")]), [""; 0]);
    }

    #[test]
    fn the_other_lines_of_the_article_tell_a_wrong_person() {
        let lines = [
            ("ベルクは帰国した。", "Berg went home."),
            ("ロッシとベルクは友人だ。", "Rossi and Berg are friends."),
            ("ロッシは歌った。", "Rossi sang."),
            ("ロッシは残った。", "Berg stayed."),
        ];
        let message = "ロッシ is Rossi elsewhere; here stands Berg, which is ベルク elsewhere.";
        assert_eq!(found(&CHECK, &lines), [format!("4 target Berg: {message}")]);
        assert_eq!(found(&CHECK, &lines[..3]), [""; 0]);
    }

    #[test]
    fn a_pronoun_or_nothing_is_no_swap() {
        let lines = [
            ("ベルクは帰国した。", "Berg went home."),
            ("ロッシとベルクは友人だ。", "Rossi and Berg are friends."),
            ("ロッシは残った。", "He stayed."),
        ];
        assert_eq!(found(&CHECK, &lines), [""; 0]);
    }
}
