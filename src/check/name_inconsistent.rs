//! `name-inconsistent`: one name with two renderings, in either direction.

use super::names::Kind;
use super::{Check, Context, Finding, Severity};

pub(super) const CHECK: Check = Check {
    name: "name-inconsistent",
    severity: Some(Severity::Error),
    explanation: "\
Two nearly equal names of one article stand for the same name of the other language. No glossary is needed: names in kana,
Hangul and Cyrillic are told by their sound, kanji names by their reading, and by the characters that the lines share.

    ja  清水谷家の屋敷    en  the Shimizudani residence
    ja  清水谷家の人々    en  members of the Shimizutani family

Decide on one, and put it into the glossary. One finding tells all places and how often each form stands; the rarer one is
taken for the slip. Differences of capitals, hyphens and spaces are notes, and so is a surname in capitals. Two people of
nearly the same name (アラン = Alan and Allan) are left alone where the source tells them apart.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(context.names().findings(Kind::NameInconsistent));
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::Severity;
    use crate::check::specimen::{bitext, findings, found, severities};

    #[test]
    fn two_renderings_of_a_katakana_name_are_one_finding_with_counts() {
        let lines = [
            ("ハルトマンが来た。", "Hartmann came."),
            ("ハルトマンが笑った。", "Hartmann laughed."),
            ("ハルトマンは去った。", "Hartman left."),
        ];
        assert_eq!(
            found(&CHECK, &lines),
            ["3 target Hartman: ハルトマン is written Hartmann 2 times, but Hartman here."]
        );
        let finding = &findings(&CHECK, "ja\ten\n", &bitext(&lines))[0];
        assert_eq!(finding.lines, [2]);
        assert_eq!(finding.related.len(), 2);
        assert_eq!(finding.expected, ["Hartmann"]);
    }

    #[test]
    fn in_a_tie_both_lines_are_told() {
        let lines = [
            ("清水谷家の屋敷は古い。", "The Shimizudani residence is old."),
            ("清水谷家の人々が住む。", "The Shimizutani family lives there."),
        ];
        let finding = &findings(&CHECK, "ja\ten\n", &bitext(&lines))[0];
        assert_eq!((finding.lines.as_slice(), finding.target_name.as_deref()), (&[0, 1][..], Some("Shimizutani")));
    }

    #[test]
    fn two_spellings_in_katakana_are_found_by_the_name_that_they_render() {
        let lines = [
            ("ハルトマンが来た。", "Hartmann came."),
            ("ハルトマンが笑った。", "Hartmann laughed."),
            ("ハートマンは去った。", "Hartmann left."),
        ];
        assert_eq!(
            found(&CHECK, &lines),
            ["3 source ハートマン: Hartmann is written ハルトマン 2 times, but ハートマン here."]
        );
    }

    #[test]
    fn a_full_name_without_its_dot_is_found_where_others_have_one() {
        let lines = [
            ("ハンナ・ベルクとアンナ・ロッシが来た。", "Hannah Berg and Anna Rossi came."),
            ("オスカー・ホルトも来た。ホルトは笑った。", "Oscar Holt came too. Holt laughed."),
            ("カールホルトが去った。", "Karl Holt left."),
        ];
        let message =
            "Karl Holt is written カールホルト here; other full names of the article have a dot: カール・ホルト.";
        assert_eq!(found(&CHECK, &lines), [format!("3 source カールホルト: {message}")]);
    }

    #[test]
    fn capitals_and_hyphens_are_notes() {
        let lines = [("大徳寺の門", "the gate of Daitoku-ji"), ("大徳寺の庭", "the garden of Daitokuji")];
        assert_eq!(severities(&CHECK, &bitext(&lines)), [Severity::Note]);
        let lines = [("富井政章は", "TOMII Masaakira is"), ("富井政章も", "Tomii Masaakira too")];
        assert_eq!(severities(&CHECK, &bitext(&lines)), []);
    }

    #[test]
    fn two_names_are_left_alone() {
        for lines in [
            // Both in one sentence.
            [("ナポリ（ナポリ）は", "Naples (Napoli) is"), ("ナポリも", "Naples too")],
            // Other people of nearly the same name.
            [("ハンソン氏とハンセン氏は", "Mr. Hanson and Mr. Hansen are"), ("ハンソン氏は", "Mr. Hanson is")],
            [("アラン・ホルトは", "Alan Holt is"), ("アラン・ベルクは", "Allan Berg is")],
            [("アラン王子は", "Prince Alan is"), ("アラン・ベルクは", "Allan Berg is")],
            // Singular and plural.
            [("メキシコ人の", "a Mexican"), ("メキシコ人たち", "the Mexicans")],
        ] {
            assert_eq!(found(&CHECK, &lines), [""; 0]);
        }
    }
}
