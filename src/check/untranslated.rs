//! `untranslated`: text of the source language that stands in the translation.

use super::{BitextLine, Check, Context, Finding, Place, Severity, Side};
use crate::lang::{Lang, is_han, is_hangul, is_hiragana, is_katakana};
use crate::span::Span;

/// So many words of Latin script in a row, small letters all, are no name or title in a text of another script.
const FEWEST_WORDS: usize = 4;
/// A run of the source's script is more than a term from so many characters on.
const LONGEST_TERM: usize = 5;
/// A text equal on both sides is more than a name or a title from so many words on.
const LONGEST_TITLE: usize = 5;

pub(super) const CHECK: Check = Check {
    name: "untranslated",
    severity: Some(Severity::Warning),
    explanation: "\
The translation is the source itself, or words of the source language stand in it: Japanese in an English text, an English
sentence in a Japanese one. Names, titles, addresses, code, and what stands in brackets or quotation marks are
fine; a single term in the other script is a note.

    ja  首相は法案について説明した。
    en  The prime minister explained 法案について.

Translate it, or silence the place where the original words are meant.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let bitext = context.bitext;
    if bitext.source.primary() == bitext.target.primary() {
        return;
    }
    for (line, pair) in bitext.lines.iter().enumerate() {
        if pair.target.trim().is_empty() {
            continue;
        }
        let place = |span: Span| Place { line, side: Side::Target, span };
        if is_copied(&bitext.source, &bitext.target, pair) {
            let span = Span::new(0, pair.target.len()).trimmed(&pair.target);
            let message = "The translation is the same as the source.".to_owned();
            findings.push(Finding::new(Severity::Warning, place(span), message));
            continue;
        }
        for (span, severity) in left_over(&bitext.source, &bitext.target, &pair.target) {
            let message = format!("{} is not translated.", span.of(&pair.target));
            findings.push(Finding::new(severity, place(span), message));
        }
    }
}

/// Whether the target is the source and ought not to be.
fn is_copied(source: &Lang, target: &Lang, pair: &BitextLine) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    if letters(&pair.source) != letters(&pair.target) {
        return false;
    }
    let foreign = pair.target.chars().filter(|c| is_foreign(source, target, *c)).count();
    let words: Vec<&str> = pair.target.split_whitespace().filter(|w| w.chars().all(is_word_letter)).collect();
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    foreign > 1 || (words.len() >= LONGEST_TITLE && small * 2 > words.len())
}

/// Whether `c` belongs to a script of the source language that the target language is not written in.
fn is_foreign(source: &Lang, target: &Lang, c: char) -> bool {
    let kana = |c| is_hiragana(c) || (is_katakana(c) && c != 'ー');
    let of_target = match target.primary() {
        "ja" => is_han(c) || kana(c),
        "ko" => is_han(c) || is_hangul(c),
        _ if target.is_chinese() => is_han(c),
        _ => false,
    };
    let of_source = match source.primary() {
        "ja" => is_han(c) || kana(c),
        "ko" => is_hangul(c),
        _ if source.is_chinese() => is_han(c),
        _ => false,
    };
    of_source && !of_target
}

/// The runs of the source language in a target text, with how severe each is.
fn left_over(source: &Lang, target: &Lang, text: &str) -> Vec<(Span, Severity)> {
    let is_of_east = |lang: &Lang| lang.is_japanese() || lang.is_chinese() || lang.is_korean();
    if is_of_east(source) {
        foreign_runs(source, target, text)
    } else if is_of_east(target) {
        latin_runs(text)
    } else {
        Vec::new()
    }
}

/// The runs of the source's script outside brackets and quotation marks.
fn foreign_runs(source: &Lang, target: &Lang, text: &str) -> Vec<(Span, Severity)> {
    let mut runs: Vec<Span> = Vec::new();
    let mut enclosed = Enclosed::default();
    for (at, c) in text.char_indices() {
        let inside = enclosed.step(c);
        let joins = runs.last().is_some_and(|run| run.end == at) && matches!(c, 'ー' | '・' | '、' | '。' | '々');
        if inside || !(joins || is_foreign(source, target, c)) {
            continue;
        }
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = end,
            _ => runs.push(Span::new(at, end)),
        }
    }
    let severity = |run: &Span| {
        let run = run.of(text);
        // Kana bind words into sentences; kanji alone may be a term that is meant to be shown.
        let is_sentence = run.chars().any(is_hiragana) && run.chars().count() > LONGEST_TERM;
        if is_sentence { Severity::Warning } else { Severity::Note }
    };
    let is_quoted = |run: &&Span| text.get(..run.start).is_some_and(|before| before.ends_with(['\'', '’']));
    runs.iter().filter(|run| !is_quoted(run)).map(|run| (*run, severity(run))).collect()
}

/// The runs of small Latin words outside brackets and quotation marks.
fn latin_runs(text: &str) -> Vec<(Span, Severity)> {
    let mut runs: Vec<(Span, usize)> = Vec::new();
    let mut enclosed = Enclosed::default();
    let mut word: Option<Span> = None;
    let mut open: Option<(Span, usize)> = None;
    let mut close =
        |open: &mut Option<(Span, usize)>| runs.extend(open.take().filter(|(_, words)| *words >= FEWEST_WORDS));
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        let inside = enclosed.step(c);
        if !inside && is_word_letter(c) && c.is_alphabetic() {
            word.get_or_insert(Span::new(at, at)).end = at + c.len_utf8();
            continue;
        }
        if let Some(span) = word.take() {
            if span.of(text).starts_with(char::is_lowercase) {
                let run = open.get_or_insert((span, 0));
                run.0.end = span.end;
                run.1 += 1;
            } else if open.is_none() {
                open = Some((span, 0)); // a sentence begins with a capital
            } else {
                close(&mut open);
            }
        }
        let joins = !inside && (matches!(c, ' ' | ',' | '\'' | '’' | '-'));
        if !joins {
            close(&mut open);
            open = None;
        }
    }
    runs.into_iter().map(|(span, _)| (span, Severity::Warning)).collect()
}

/// Whether `c` stands in Latin words.
fn is_word_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'À'..='ɏ' | '\'' | '’' | '-' | ',' | '.' | '!' | '?')
}

/// Follows a text through brackets and quotation marks.
#[derive(Default)]
struct Enclosed {
    depth: usize,
    in_straight: bool,
}

impl Enclosed {
    /// Whether `c` stands within brackets or quotation marks, or is one.
    fn step(&mut self, c: char) -> bool {
        match c {
            '(' | '（' | '[' | '［' | '「' | '『' | '“' | '〈' | '《' | '【' | '<' | '‘' => self.depth += 1,
            ')' | '）' | ']' | '］' | '」' | '』' | '”' | '〉' | '》' | '】' | '>' => {
                self.depth = self.depth.saturating_sub(1);
                return true;
            }
            '"' | '`' => {
                self.in_straight = !self.in_straight;
                return true;
            }
            _ => {}
        }
        self.depth > 0 || self.in_straight
    }
}

#[cfg(test)]
mod tests {
    use super::{CHECK, latin_runs};
    use crate::check::Severity;
    use crate::check::specimen::{bitext, found, severities};

    #[test]
    fn a_copied_sentence_is_found() {
        assert_eq!(
            found(&CHECK, &[("雨が降る。", "雨が降る。")]),
            ["1 target 雨が降る。: The translation is the same as the source."]
        );
        let english = "the bridge was closed because of heavy rain";
        assert_eq!(found(&CHECK, &[(english, english)]).len(), 1);
    }

    #[test]
    fn a_copied_name_title_or_address_is_fine() {
        for text in ["Toyota", "The Lord of the Rings", "https://example.org/a", "COVID-19", "2024", "cargo test --lib"]
        {
            assert!(found(&CHECK, &[(text, text)]).is_empty(), "{text}");
        }
    }

    #[test]
    fn words_left_in_japanese_are_found_and_a_term_is_a_note() {
        let pairs = [("首相は法案について説明した。", "He explained 法案について説明 today.")];
        assert_eq!(found(&CHECK, &pairs), ["1 target 法案について説明: 法案について説明 is not translated."]);
        let pairs = bitext(&[("能を見た。", "He saw a 能 play.")]);
        assert_eq!(severities(&CHECK, &pairs), [Severity::Note]);
    }

    #[test]
    fn what_stands_in_brackets_or_quotation_marks_is_fine() {
        assert!(found(&CHECK, &[("能を見た。", "He saw Noh (能を見た) and “はい、そうです”.")]).is_empty());
    }

    #[test]
    fn an_english_sentence_in_japanese_is_found() {
        let shown =
            |text: &str| -> Vec<String> { latin_runs(text).iter().map(|(span, _)| span.of(text).to_owned()).collect() };
        assert_eq!(shown("彼はThe bridge was closed by the rainと"), ["The bridge was closed by the rain"]);
        for fine in
            ["彼はThe Lord of the Ringsを読む", "「to be or not to be」と言う", "iPhoneとe-mailを使う", "DNA and RNA"]
        {
            assert!(shown(fine).is_empty(), "{fine}");
        }
    }
}
