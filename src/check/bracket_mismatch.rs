//! `bracket-mismatch`: brackets without their partner, and asides that the other side lost.

use std::collections::BTreeSet;

use super::{Bitext, BitextLine, Check, Context, Finding, Place, Severity, Side};
use crate::lang::{Lang, is_han, is_hiragana, is_katakana};
use crate::span::Span;

/// Opening brackets with all that may close them: the width makes no difference.
const KINDS: [(&[char], &[char]); 9] = [
    (&['(', '（'], &[')', '）']),
    (&['[', '［'], &[']', '］']),
    (&['「', '｢'], &['」', '｣']),
    (&['『'], &['』']),
    (&['【'], &['】']),
    (&['〔'], &['〕']),
    (&['〈', '＜'], &['〉', '＞']),
    (&['《'], &['》']),
    (&['“'], &['”']),
];
/// The kinds that a quotation stands in: it may reach over several lines.
const QUOTATIONS: [usize; 3] = [2, 3, CURLY];
/// The curly quotation marks.
const CURLY: usize = 8;
/// The round brackets.
const ROUND: usize = 0;
/// A quotation that opened more lines ago is taken for a slip, and so is any other bracket: a line may end inside one.
const MOST_LINES: usize = 12;
const MOST_LINES_OF_OTHERS: usize = 1;

pub(super) const CHECK: Check = Check {
    name: "bracket-mismatch",
    severity: Some(Severity::Warning),
    explanation: "\
A bracket or quotation mark has no partner: （ ） 「 」 『 』 “ ” [ ] and others. A quotation may reach over lines; \"1)\" at
the start of a list item is fine. As a note: the source has words in round brackets, and the translation has no
brackets at all.

    ja  首相は「増税はしない。と述べた。
    en  The prime minister said, “There will be no tax rise.

Add the missing bracket, or remove the one too many.",
    run,
};

/// A bracket in a text.
#[derive(Debug, Clone, Copy)]
struct Bracket {
    kind: usize,
    is_opening: bool,
    place: Place,
    /// Whether the quotation it opens is opened again at the start of a later line.
    is_continued: bool,
}

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for document in context.bitext.documents() {
        let mut alone = unpaired(context.bitext, document.clone(), Side::Source);
        alone.extend(unpaired(context.bitext, document.clone(), Side::Target));
        alone.sort_by_key(|bracket| bracket.place);
        let places: BTreeSet<(usize, Side, bool)> =
            alone.iter().map(|bracket| (bracket.place.line, bracket.place.side, bracket.is_opening)).collect();
        for bracket in &alone {
            let Place { line, side, .. } = bracket.place;
            // The same bracket is alone on the other side too: the text is cut there.
            let other = if side == Side::Source { Side::Target } else { Side::Source };
            let is_shared = places.contains(&(line, other, bracket.is_opening));
            findings.extend(context.bitext.lines.get(line).map(|pair| lone(pair, *bracket, is_shared)));
        }
        let lines: BTreeSet<usize> = alone.iter().map(|bracket| bracket.place.line).collect();
        for line in document {
            let pair = context.bitext.lines.get(line).filter(|_| !lines.contains(&line));
            findings.extend(pair.and_then(|pair| lost_aside(line, pair)));
        }
    }
}

fn lone(pair: &BitextLine, bracket: Bracket, is_shared: bool) -> Finding {
    let written = bracket.place.span.of(text(pair, bracket.place.side));
    let message =
        if bracket.is_opening { format!("{written} is never closed.") } else { format!("{written} was never opened.") };
    Finding::new(if is_shared { Severity::Note } else { Severity::Warning }, bracket.place, message)
}

/// The brackets without partner on one side of a document.
fn unpaired(bitext: &Bitext, lines: std::ops::Range<usize>, side: Side) -> Vec<Bracket> {
    let mut open: [Vec<Bracket>; KINDS.len()] = Default::default();
    let mut alone = Vec::new();
    for line in lines {
        let Some(pair) = bitext.lines.get(line) else { continue };
        let (here, lang) = match side {
            Side::Source => (&pair.source, &bitext.source),
            Side::Target => (&pair.target, &bitext.target),
        };
        let has_curly = pairs_curly(lang, here);
        for bracket in brackets(line, side, here).into_iter().filter(|bracket| has_curly || bracket.kind != CURLY) {
            let Some(stack) = open.get_mut(bracket.kind) else { continue };
            if bracket.is_opening {
                // A quotation that goes on in the next paragraph is opened there again.
                let starts_line = text(pair, side).get(..bracket.place.span.start).is_some_and(|b| b.trim().is_empty());
                if starts_line && QUOTATIONS.contains(&bracket.kind) {
                    for before in stack.iter_mut() {
                        before.is_continued |= before.place.line < line;
                    }
                }
                stack.push(bracket);
            } else if stack.pop().is_none() {
                alone.push(bracket);
            }
        }
        for (kind, stack) in open.iter_mut().enumerate() {
            let reach = if QUOTATIONS.contains(&kind) { MOST_LINES } else { MOST_LINES_OF_OTHERS };
            let (over, kept) = stack.drain(..).partition(|bracket| bracket.place.line + reach <= line);
            alone.extend::<Vec<Bracket>>(over);
            *stack = kept;
        }
    }
    alone.extend(open.into_iter().flatten());
    alone.retain(|bracket| !bracket.is_continued);
    alone
}

/// Whether “ opens and ” closes: not so in German („ “) or Swedish (” ”), nor where straight marks stand among them.
fn pairs_curly(lang: &Lang, text: &str) -> bool {
    const LANGUAGES: [&str; 10] = ["en", "es", "fr", "it", "ja", "ko", "nl", "pt", "tr", "zh"];
    LANGUAGES.contains(&lang.primary()) && !text.contains(['"', '„', '«'])
}

/// The brackets of a text that stand for brackets.
fn brackets(line: usize, side: Side, text: &str) -> Vec<Bracket> {
    let mut found = Vec::new();
    let mut depth = 0;
    let mut word = 0; // characters since the last space or the start
    for (at, c) in text.char_indices() {
        let kind = KINDS.iter().position(|(opening, closing)| opening.contains(&c) || closing.contains(&c));
        if let Some(kind) = kind {
            let is_opening = KINDS.get(kind).is_some_and(|(opening, _)| opening.contains(&c));
            // "a)" and "1)" number the items of a list; < and > compare.
            let is_item = !is_opening && kind == ROUND && depth == 0 && (1..=3).contains(&word);
            let is_sign = matches!(c, '＜' | '＞');
            if !is_item && !is_sign {
                depth = if is_opening { depth + 1 } else { usize::saturating_sub(depth, 1) };
                let place = Place { line, side, span: Span::new(at, at + c.len_utf8()) };
                found.push(Bracket { kind, is_opening, place, is_continued: false });
            }
        }
        let is_part = c.is_ascii_alphanumeric() || ('０'..='９').contains(&c);
        word = if is_part {
            word + 1
        } else if c.is_whitespace() {
            0
        } else {
            99
        };
    }
    found
}

/// A note for words of the source in round brackets where the translation has no brackets or dashes at all.
fn lost_aside(line: usize, pair: &BitextLine) -> Option<Finding> {
    let is_shown = pair.target.contains(['(', '（', '[', '［', '—', '–', '―', '〔', '【']);
    let span = aside(&pair.source).filter(|_| !is_shown && !pair.target.trim().is_empty())?;
    let message = "The translation has nothing in brackets here.".to_owned();
    Some(Finding::new(Severity::Note, Place { line, side: Side::Source, span }, message))
}

/// The first words in round brackets that are more than a reading in kana, an abbreviation or a number.
fn aside(text: &str) -> Option<Span> {
    let mut open = None;
    for (at, c) in text.char_indices() {
        if matches!(c, '(' | '（') {
            open = Some(at);
        } else if matches!(c, ')' | '）')
            && let Some(start) = open.take()
        {
            let span = Span::new(start, at + c.len_utf8());
            let inside = span.of(text);
            let han = inside.chars().filter(|c| is_han(*c)).count();
            let is_reading = inside.chars().any(|c| is_hiragana(c) || is_katakana(c)) && han == 0;
            let words = inside.split_whitespace().count();
            if !is_reading && (han >= 3 || words >= 3) {
                return Some(span);
            }
        }
    }
    None
}

fn text(pair: &BitextLine, side: Side) -> &str {
    match side {
        Side::Source => &pair.source,
        Side::Target => &pair.target,
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::Severity;
    use crate::check::specimen::{bitext, found, severities};

    #[test]
    fn a_bracket_without_partner_is_found() {
        assert_eq!(
            found(&CHECK, &[("会議（東京で開かれた。", "The meeting was held in Tokyo).")]),
            ["1 source （: （ is never closed.", "1 target ): ) was never opened."]
        );
        assert_eq!(found(&CHECK, &[("「行く」。」", "“I go.”")]), ["1 source 」: 」 was never opened."]);
    }

    #[test]
    fn a_quotation_may_reach_over_lines() {
        assert!(found(&CHECK, &[("「雨だ。", "“It rains."), ("帰ろう。」", "Let us go.”")]).is_empty());
    }

    #[test]
    fn a_quotation_of_several_paragraphs_is_opened_in_each() {
        assert!(found(&CHECK, &[("「雨だ。", "“It rains."), ("「帰ろう。」", "“Let us go.”")]).is_empty());
    }

    #[test]
    fn a_quotation_that_never_ends_is_found() {
        let mut pairs = vec![("「雨だ。", "It rains.")];
        pairs.extend([("帰ろう。", "Let us go.")].repeat(20));
        assert_eq!(found(&CHECK, &pairs), ["1 source 「: 「 is never closed."]);
    }

    #[test]
    fn items_of_lists_and_mixed_widths_are_fine() {
        assert!(found(&CHECK, &[("1）東京　2）大阪", "1) Tokyo a) Osaka"), ("（雨)", "(rain）")]).is_empty());
    }

    #[test]
    fn what_both_sides_leave_open_is_a_note() {
        let notes = severities(&CHECK, &bitext(&[("（続く", "(to be continued")]));
        assert_eq!(notes, [Severity::Note, Severity::Note]);
    }

    #[test]
    fn a_lost_aside_is_a_note_and_a_lost_reading_is_nothing() {
        assert_eq!(
            found(&CHECK, &[("新しい橋（来年完成予定）を見た。", "He saw the new bridge.")]),
            ["1 source （来年完成予定）: The translation has nothing in brackets here."]
        );
        assert!(found(&CHECK, &[("出石（いずし）へ行く。", "He goes to Izushi.")]).is_empty());
    }
}
