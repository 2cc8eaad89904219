//! `repeated-source`: one sentence with two translations, and two sentences with one.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{Bitext, Check, Context, Finding, Place, Severity, Side};
use crate::lang::Lang;
use crate::span::Span;

/// Sentences of fewer letters are said again in other words as the case may be (はい。 そうです。): characters in a
/// language without spaces, words elsewhere.
const SHORTEST_UNSPACED: usize = 8;
const SHORTEST_WORDS: usize = 4;
/// Below this likeness two sentences of one translation say different things.
const ALIKE: f64 = 0.5;
/// Of a sentence with more translations so many are compared.
const MOST_COMPARED: usize = 20;

pub(super) const CHECK: Check = Check {
    name: "repeated-source",
    severity: Some(Severity::Warning),
    explanation: "\
The same sentence stands in the text twice and is translated in two ways; or two different sentences have the same
translation, which is often a line pasted over the wrong one. A difference of capitals, spaces and punctuation alone is a
note, and so are two sentences that say nearly the same. Very short sentences (はい。) are left alone.

    ja  投票は日曜日に行われる。    en  The vote will be held on Sunday.
    ja  投票は日曜日に行われる。    en  The election takes place this Sunday.

Choose one, or silence the place where the difference is meant.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    relations(context.bitext, Side::Source, findings);
    relations(context.bitext, Side::Target, findings);
}

/// Adds a finding for every text of `same` side that stands beside several of the other side.
fn relations(bitext: &Bitext, same: Side, findings: &mut Vec<Finding>) {
    let (lang, other) = match same {
        Side::Source => (&bitext.source, Side::Target),
        Side::Target => (&bitext.target, Side::Source),
    };
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (line, _) in bitext.lines.iter().enumerate() {
        let (text, beside) = (text(bitext, line, same), text(bitext, line, other));
        if !beside.trim().is_empty() && is_long(lang, text) {
            groups.entry(exact(text)).or_default().push(line);
        }
    }
    for lines in groups.values().filter(|lines| lines.len() > 1) {
        findings.extend(relation(bitext, other, lines));
    }
}

/// The finding about lines that are equal on one side, if they differ on the side `other`.
fn relation(bitext: &Bitext, other: Side, lines: &[usize]) -> Option<Finding> {
    let mut texts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for line in lines {
        texts.entry(exact(text(bitext, *line, other))).or_default().push(*line);
    }
    if texts.len() < 2 {
        return None;
    }
    // Shown at the rarer rendering, of equally rare ones at the later.
    let shown = texts.values().min_by_key(|of| (of.len(), std::cmp::Reverse(of.first().copied())))?;
    let line = *shown.first()?;
    let here = text(bitext, line, other);
    let rest: Vec<usize> = lines.iter().copied().filter(|l| shown.binary_search(l).is_err()).collect();
    let others = texts.iter().filter(|(_, of)| *of != shown).take(MOST_COMPARED);
    let nearest = others.map(|(other, _)| likeness(here, other)).fold(0.0, f64::max);
    let (message, severity) = match other {
        Side::Target => {
            let severity = if nearest >= 1.0 { Severity::Note } else { Severity::Warning };
            (format!("The same sentence is translated in {} ways.", texts.len()), severity)
        }
        Side::Source => {
            let severity = if nearest >= ALIKE { Severity::Note } else { Severity::Warning };
            (format!("{} different sentences have the same translation.", texts.len()), severity)
        }
    };
    let whole = |line: usize| {
        let text = text(bitext, line, other);
        Place { line, side: other, span: Span::new(0, text.len()).trimmed(text) }
    };
    let document = |line: usize| bitext.lines.get(line).map(|pair| &pair.document);
    let mut finding = Finding::new(severity, whole(line), message);
    finding.is_crossdoc = lines.iter().any(|l| document(*l) != document(line));
    if finding.is_crossdoc {
        finding.severity = Severity::Note; // each article has its own context
    }
    finding.lines = lines.iter().copied().filter(|l| document(*l) == document(line)).collect();
    finding.related = lines.iter().filter(|l| **l != line).map(|l| whole(*l)).collect();
    if other == Side::Target {
        finding.expected = rest.first().map(|l| text(bitext, *l, other).trim().to_owned()).into_iter().collect();
    }
    Some(finding)
}

fn text(bitext: &Bitext, line: usize, side: Side) -> &str {
    bitext.lines.get(line).map_or("", |pair| match side {
        Side::Source => &pair.source,
        Side::Target => &pair.target,
    })
}

/// The text without differences of width and white space.
fn exact(text: &str) -> String {
    text.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How alike two texts are, 0 to 1, without capitals, spaces and punctuation: 1 when nothing else differs.
fn likeness(a: &str, b: &str) -> f64 {
    /// Longer texts are compared by this many characters, since the time grows with the square.
    const LONGEST: usize = 500;
    let letters =
        |text: &str| -> String { text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect() };
    let (a, b) = (letters(a), letters(b));
    if a == b {
        return 1.0;
    }
    let cut = |text: &str| text.chars().take(LONGEST).collect::<String>();
    strsim::normalized_levenshtein(&cut(&a), &cut(&b)).min(0.999)
}

fn is_long(lang: &Lang, text: &str) -> bool {
    if lang.is_unspaced() {
        text.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST_UNSPACED
    } else {
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() >= SHORTEST_WORDS
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::Severity;
    use crate::check::specimen::{bitext, found, severities};

    const VOTE: &str = "投票は日曜日に行われる。";

    #[test]
    fn two_translations_are_one_finding_at_the_rarer() {
        let pairs = [
            (VOTE, "The vote is on Sunday."),
            (VOTE, "They elect the mayor this Sunday."),
            (VOTE, "The vote is on Sunday."),
        ];
        assert_eq!(
            found(&CHECK, &pairs),
            ["2 target They elect the mayor this Sunday.: The same sentence is translated in 2 ways."]
        );
    }

    #[test]
    fn capitals_spaces_and_punctuation_are_a_note() {
        let pairs = [(VOTE, "The vote is on Sunday."), (VOTE, "The Vote is  on Sunday")];
        assert_eq!(severities(&CHECK, &bitext(&pairs)), [Severity::Note]);
    }

    #[test]
    fn one_translation_of_two_sentences_is_found() {
        let pairs = [(VOTE, "The vote is on Sunday."), ("橋の工事は秋に終わる予定だ。", "The vote is on Sunday.")];
        assert_eq!(
            found(&CHECK, &pairs),
            ["2 source 橋の工事は秋に終わる予定だ。: 2 different sentences have the same translation."]
        );
    }

    #[test]
    fn sentences_that_say_nearly_the_same_are_a_note() {
        let pairs = [(VOTE, "The vote is on Sunday."), ("投票は日曜日に行われます。", "The vote is on Sunday.")];
        assert_eq!(severities(&CHECK, &bitext(&pairs)), [Severity::Note]);
    }

    #[test]
    fn short_sentences_are_left_alone() {
        assert!(found(&CHECK, &[("はい。", "Yes."), ("はい。", "Of course it is."), ("ええ。", "Yes.")]).is_empty());
    }
}
