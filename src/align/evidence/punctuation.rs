//! Punctuation that translations keep: questions, exclamations, quotation marks, a missing final stop.

use crate::align::feature::{Feature, Kind};
use crate::lang::Lang;

/// The link strength of equal punctuation, and how far it is trusted to be kept (fitted on news and dialogue).
pub(super) const LINK: f64 = 0.5;
pub(super) const LAMBDA: f64 = 0.3;

/// The punctuation features of a sentence.
pub(in crate::align) fn read(lang: &Lang, text: &str) -> Vec<Feature> {
    let mut found = Vec::new();
    let mut add = |name: &str, there: bool| {
        if there {
            found.push(Feature::new(Kind::Punctuation, name));
        }
    };
    let question = text.contains(['?', '？']) || (lang.is_japanese() && asks_by_particle(text));
    add("?", question);
    add("!", text.contains(['!', '！']));
    add("open quote", opens_quote(text));
    add("close quote", closes_quote(text));
    add("no final stop", !has_final_stop(text));
    found
}

/// Whether a Japanese sentence or clause ends in the question particle.
fn asks_by_particle(text: &str) -> bool {
    let stops =
        |rest: &str| rest.trim_start().chars().next().is_none_or(|c| matches!(c, '。' | '」' | '』' | '？' | '?'));
    text.split('か').skip(1).any(|rest| stops(rest) || rest.strip_prefix('い').is_some_and(stops))
}

fn opens_quote(text: &str) -> bool {
    let mut before = None;
    for c in text.chars() {
        let at_start = before.is_none_or(|b: char| b.is_whitespace() || b == '(');
        if matches!(c, '「' | '『' | '“' | '„' | '«') || (matches!(c, '"' | '‘' | '\'') && at_start) {
            return true;
        }
        before = Some(c);
    }
    false
}

fn closes_quote(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.iter().enumerate().any(|(i, &c)| match c {
        '」' | '』' | '»' => true,
        '"' | '”' => {
            let after_text =
                i > 0 && (chars[i - 1].is_alphanumeric() || matches!(chars[i - 1], '.' | ',' | '!' | '?' | '。'));
            after_text && chars.get(i + 1).is_none_or(|n| !n.is_alphanumeric())
        }
        _ => false,
    })
}

/// Whether a stop stands at the end, before closing brackets, quotation marks and spaces.
fn has_final_stop(text: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || "」』）)”\"’'»〉》】]".contains(c);
    text.trim_end_matches(closing).ends_with(['。', '．', '｡', '.', '!', '！', '?', '？', '…', ':', '：', ';', '；'])
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::lang::Lang;

    fn assert_punctuation(lang: &Lang, text: &str, expected: &[&str]) {
        let found: Vec<String> = read(lang, text).into_iter().map(|f| f.key).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_quoted_question_in_both_languages() {
        assert_punctuation(
            &Lang::japanese(),
            "「誰がやったのか」と議員は尋ねた。",
            &["?", "open quote", "close quote"],
        );
        assert_punctuation(&Lang::english(), "“Who did it?” the member asked.", &["?", "open quote", "close quote"]);
        assert_punctuation(&Lang::english(), "\"Who did it?\" he asked.", &["?", "open quote", "close quote"]);
    }

    #[test]
    fn an_apostrophe_is_no_quotation_mark() {
        assert_punctuation(&Lang::english(), "It is the ministry's plan.", &[]);
    }

    #[test]
    fn a_heading_has_no_final_stop() {
        assert_punctuation(&Lang::japanese(), "欧州を襲うサイバー攻撃", &["no final stop"]);
        assert_punctuation(&Lang::english(), "Cyberattacks on Europe", &["no final stop"]);
    }

    #[test]
    fn the_question_particle_stands_at_the_end() {
        assert_punctuation(&Lang::japanese(), "行くのかい。", &["?"]);
        assert_punctuation(&Lang::japanese(), "「もう帰るかい」と彼は言った。", &["?", "open quote", "close quote"]);
        assert_punctuation(&Lang::japanese(), "細かい雨が温かい土に降る。", &[]);
    }
}
