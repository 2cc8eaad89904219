//! Names of types and groups made of letters and a number, which stand unchanged in any language: F-16, G7, APT31.

use super::east_asian::half_width;
use crate::span::Span;

/// Longer runs of capitals and digits are serial numbers.
const MOST_LETTERS: usize = 5;
const MOST_DIGITS: usize = 5;

/// A name of letters and a number.
#[derive(Debug)]
struct Code {
    span: Span,
    /// The letters, half-width and in capitals.
    letters: String,
    /// The digits, half-width.
    digits: String,
}

/// The code of the source and the one of the target that stands in its place, where just one of either stands alone.
pub(in crate::check) fn exchanged(source: &str, target: &str) -> Vec<(Span, Span)> {
    let ours = codes(source);
    if ours.is_empty() {
        return Vec::new();
    }
    let theirs = codes(target);
    let (alone, alone_there) = (alone(&ours, &theirs), alone(&theirs, &ours));
    let only = |codes: &[&Code], letters: &str| -> Option<Span> {
        let mut of_letters = codes.iter().filter(|code| code.letters == letters);
        of_letters.next().map(|code| code.span).filter(|_| of_letters.next().is_none())
    };
    let exchange = |code: &&Code| Some((only(&alone, &code.letters)?, only(&alone_there, &code.letters)?));
    alone.iter().filter_map(exchange).collect()
}

/// The codes that the others lack, each once.
fn alone<'c>(codes: &'c [Code], others: &[Code]) -> Vec<&'c Code> {
    let mut alone: Vec<&Code> = Vec::new();
    for code in codes {
        if !others.iter().chain(alone.iter().copied()).any(|other| is_same(code, other)) {
            alone.push(code);
        }
    }
    alone
}

fn is_same(a: &Code, b: &Code) -> bool {
    (&a.letters, &a.digits) == (&b.letters, &b.digits)
}

/// The codes of a text, in order.
fn codes(text: &str) -> Vec<Code> {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, half_width(c))).collect();
    let is = |at: usize, test: fn(&char) -> bool| chars.get(at).is_some_and(|(_, c)| test(c));
    let run = |from: usize, test: fn(&char) -> bool| chars.iter().skip(from).take_while(|(_, c)| test(c)).count();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let letters = run(at, char::is_ascii_alphabetic);
        if letters == 0 {
            at += 1;
            continue;
        }
        let start = at;
        let from = start + letters + usize::from(is(start + letters, |c| matches!(c, '-' | '‐' | '‑')));
        let digits = run(from, char::is_ascii_digit);
        at = start + letters;
        let is_part = start.checked_sub(1).is_some_and(|before| {
            is(before, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | '$'))
        });
        // 3.5 and 1,000 are amounts, and so is what a currency stands before (US-100).
        let is_amount =
            is(from + digits, |c| matches!(c, '.' | ',' | '%')) && is(from + digits + 1, char::is_ascii_digit);
        let is_code = (1..=MOST_LETTERS).contains(&letters) && (1..=MOST_DIGITS).contains(&digits);
        if is_code && is(start, char::is_ascii_uppercase) && !is_part && !is_amount {
            let text_of = |from: usize, count: usize| {
                chars.iter().skip(from).take(count).map(|(_, c)| c.to_ascii_uppercase()).collect()
            };
            let place = |at: usize| chars.get(at).map_or(text.len(), |(at, _)| *at);
            out.push(Code {
                span: Span::new(place(start), place(from + digits)),
                letters: text_of(start, letters),
                digits: text_of(from, digits),
            });
            at = from + digits;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::exchanged;

    /// Each exchange as SOURCE=TARGET.
    fn shown(source: &str, target: &str) -> Vec<String> {
        exchanged(source, target).iter().map(|(a, b)| format!("{}={}", a.of(source), b.of(target))).collect()
    }

    #[test]
    fn another_number_behind_the_same_letters_is_found() {
        assert_eq!(shown("Ｆ－１６を供与した。", "F-15s were provided."), ["Ｆ－１６=F-15"]);
        assert_eq!(shown("G7の首脳", "leaders of the G8"), ["G7=G8"]);
        assert_eq!(shown("F16とF35を供与した。", "F-15 and F-35A were provided."), ["F16=F-15"]);
    }

    #[test]
    fn what_stands_on_both_sides_or_on_one_is_left_alone() {
        for (source, target) in [
            ("F16を供与した。", "F-16s were provided."),
            ("F-16を供与した。", "Fighters were provided."),
            ("G7とG20が", "the G8 and the G21"),
            ("US100", "US200.5"),
            ("ABCDEF12", "ABCDEF13"),
            ("", ""),
        ] {
            assert_eq!(shown(source, target), [""; 0], "{source}");
        }
    }
}
