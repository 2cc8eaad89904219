//! Texts folded for comparison: widths, composed letters, apostrophes and spaces make no difference.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::lang::is_inert;
use crate::span::Span;

/// A folded text that knows where each of its characters comes from.
pub(super) struct Folded {
    /// The folded characters in their letter case.
    pub(super) cased: Vec<char>,
    /// The same in lower case, as many.
    pub(super) lower: Vec<char>,
    /// Where the letter stands, with its marks, that each folded character comes from.
    letters: Vec<Span>,
}

impl Folded {
    /// Folds `text` letter by letter.
    pub(super) fn new(text: &str) -> Self {
        let mut folded = Self { cased: Vec::new(), lower: Vec::new(), letters: Vec::new() };
        let mut letter = Span::default();
        for (at, c) in text.char_indices() {
            if at > 0 && !continues(c) {
                folded.push(letter, text);
                letter = Span::new(at, at);
            }
            letter.end = at + c.len_utf8();
        }
        folded.push(letter, text);
        folded
    }

    fn push(&mut self, letter: Span, text: &str) {
        if let Some(c) = single(letter.of(text).chars()).filter(|c| is_inert(*c)) {
            return self.push_plain(letter, plain(c));
        }
        let visible = letter.of(text).chars().filter(|c| !is_ignorable(*c));
        for c in visible.nfkc().map(plain) {
            self.push_plain(letter, c);
        }
    }

    fn push_plain(&mut self, letter: Span, c: char) {
        if c == ' ' && self.cased.last() == Some(&' ') {
            return;
        }
        self.cased.push(c);
        self.lower.push(single(c.to_lowercase()).unwrap_or(c));
        self.letters.push(letter);
    }

    /// Where the folded characters `start` up to and without `end` stand in the text; `None` when they begin or end
    /// inside a letter (キ of ㌔) and when there are none.
    pub(super) fn span(&self, start: usize, end: usize) -> Option<Span> {
        let (first, last) = (self.letters.get(start)?, self.letters.get(end.checked_sub(1)?)?);
        let cuts = |before: Option<usize>, after: usize| match (
            before.and_then(|i| self.letters.get(i)),
            self.letters.get(after),
        ) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        (start < end && !cuts(start.checked_sub(1), start) && !cuts(Some(end - 1), end))
            .then(|| Span::new(first.start, last.end))
    }
}

/// Whether `c` belongs to the letter before it.
fn continues(c: char) -> bool {
    is_combining_mark(c) || is_ignorable(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}' | '\u{1160}'..='\u{11ff}')
}

/// Whether `c` shows nothing: soft hyphens, joiners, direction marks, variation selectors.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// One sign for those that do not differ.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        '‐' | '‑' => '-',
        '·' => '・',
        '゠' => '=',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// The only character, where there is just one: İ in lower case has two and stays as it is.
pub(super) fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::Folded;

    fn folded(text: &str) -> String {
        Folded::new(text).cased.into_iter().collect()
    }

    #[test]
    fn widths_marks_apostrophes_and_spaces_make_no_difference() {
        assert_eq!(folded("ＡＰＴ３１"), "APT31");
        assert_eq!(folded("ﾘﾊﾟﾌｽｷｰ"), "リパフスキー");
        assert_eq!(folded("Lipavsky\u{301}"), "Lipavský");
        assert_eq!(folded("葛\u{e0100}城"), "葛城");
        assert_eq!(folded("O’Neill\u{3000}\u{a0}Jr"), "O'Neill Jr");
        assert_eq!(folded("in\u{ad}ter"), "inter");
        assert_eq!(folded(""), "");
    }

    #[test]
    fn spans_stand_in_the_original_and_never_inside_a_letter() {
        let text = "朝ﾊﾟﾘ㌔";
        let f = Folded::new(text);
        assert_eq!(f.cased.iter().collect::<String>(), "朝パリキロ");
        assert_eq!(f.span(1, 3).map(|s| s.of(text)), Some("ﾊﾟﾘ"));
        assert_eq!(f.span(3, 4), None);
        assert_eq!(f.span(4, 5), None);
        assert_eq!(f.span(3, 5).map(|s| s.of(text)), Some("㌔"));
        assert_eq!(f.span(2, 2), None);
    }
}
