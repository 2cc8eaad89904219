//! Japanese words without a dictionary: runs of one script, kanji with the kana that inflect them.

use super::{PartOfSpeech, Token};
use crate::lang::{is_han, is_hiragana, is_katakana};
use crate::span::Span;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Hiragana,
    Katakana,
    Letters,
    Digits,
    Sign,
    Space,
}

fn script(c: char) -> Script {
    if is_han(c) {
        Script::Han
    } else if is_hiragana(c) {
        Script::Hiragana
    } else if is_katakana(c) {
        Script::Katakana
    } else if c.is_numeric() {
        Script::Digits
    } else if c.is_alphabetic() {
        Script::Letters
    } else if c.is_whitespace() {
        Script::Space
    } else {
        Script::Sign
    }
}

/// The runs of one script in `text`; each sign stands alone.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    let mut last = Script::Space;
    for (at, c) in text.char_indices() {
        let now = script(c);
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(token) if now == last && !matches!(now, Script::Sign | Script::Space) => {
                token.span.end = end;
                token.base = token.span.of(text);
            }
            _ if now == Script::Space => {}
            _ => {
                let span = Span::new(at, end);
                let part = match now {
                    Script::Hiragana => PartOfSpeech::Particle,
                    Script::Digits => PartOfSpeech::Number,
                    Script::Sign => PartOfSpeech::Symbol,
                    _ => PartOfSpeech::Noun,
                };
                out.push(Token { span, base: span.of(text), reading: None, part });
            }
        }
        last = now;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn a_word_ends_where_the_script_changes() {
        let words: Vec<&str> = tokens("米国のAPT31 とテロ対策。").into_iter().map(|t| t.base).collect();
        assert_eq!(words, ["米国", "の", "APT", "31", "と", "テロ", "対策", "。"]);
    }
}
