//! Numbers in English and other text with spaces between words.

use super::east_asian::half_width;
use super::{Kind, Measure, Number, Weight};
use crate::align::number::{self, ORDINALS, Style, TENS, UNITS};
use crate::align::number_words::Meaning;
use crate::document::MONTHS;
use crate::lang::{Lang, is_han, is_hiragana, is_katakana};
use crate::span::Span;

/// English words that say a number without being one.
const HINTS: &[(&str, &[f64])] = &[
    ("half", &[0.5, 50.0]),
    ("halves", &[0.5, 50.0, 2.0]),
    ("halved", &[0.5, 50.0]),
    ("quarter", &[0.25, 25.0, 4.0, 15.0]),
    ("quarters", &[0.25, 25.0, 4.0]),
    ("both", &[2.0]),
    ("pair", &[2.0]),
    ("pairs", &[2.0]),
    ("couple", &[2.0]),
    ("duo", &[2.0]),
    ("twin", &[2.0]),
    ("twins", &[2.0]),
    ("dual", &[2.0]),
    ("either", &[2.0]),
    ("twice", &[2.0]),
    ("double", &[2.0, 200.0, 100.0]),
    ("doubled", &[2.0, 200.0, 100.0]),
    ("doubling", &[2.0, 200.0, 100.0]),
    ("doubles", &[2.0, 200.0, 100.0]),
    ("triple", &[3.0]),
    ("tripled", &[3.0]),
    ("trio", &[3.0]),
    ("thrice", &[3.0]),
    ("threefold", &[3.0]),
    ("quadruple", &[4.0]),
    ("quadrupled", &[4.0]),
    ("quartet", &[4.0]),
    ("fourfold", &[4.0]),
    ("quintet", &[5.0]),
    ("fivefold", &[5.0]),
    ("tenfold", &[10.0]),
    ("week", &[7.0]),
    ("weeklong", &[7.0]),
    ("fortnight", &[2.0, 14.0]),
    ("decade", &[10.0]),
    ("dozen", &[12.0]),
    ("year", &[12.0, 1.0]),
    ("century", &[100.0]),
    ("centenary", &[100.0]),
    ("bicentenary", &[200.0]),
    ("hundred", &[100.0]),
    ("thousand", &[1000.0]),
    ("million", &[1e6]),
    ("billion", &[1e9]),
    ("trillion", &[1e12]),
    ("once", &[1.0]),
    ("single", &[1.0]),
    ("noon", &[12.0]),
    ("midday", &[12.0]),
    ("midnight", &[0.0, 12.0, 24.0]),
    ("biennial", &[2.0]),
    ("teens", &[10.0]),
    ("teen", &[10.0]),
    ("teenage", &[10.0]),
    ("teenager", &[10.0]),
    ("teenagers", &[10.0]),
    ("zero", &[0.0]),
];

/// Abbreviations behind a number that multiply it.
const SCALES: &[(&str, f64)] = &[
    ("k", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("mm", 1e6),
    ("b", 1e9),
    ("bn", 1e9),
    ("t", 1e12),
    ("tn", 1e12),
    ("trn", 1e12),
    ("тыс", 1e3),
    ("тысяча", 1e3),
    ("тысячи", 1e3),
    ("тысяч", 1e3),
    ("млн", 1e6),
    ("миллион", 1e6),
    ("миллиона", 1e6),
    ("миллионов", 1e6),
    ("млрд", 1e9),
    ("миллиард", 1e9),
    ("миллиарда", 1e9),
    ("миллиардов", 1e9),
    ("трлн", 1e12),
    ("триллион", 1e12),
    ("триллиона", 1e12),
    ("триллионов", 1e12),
];

/// Units of time that count in tens and more: two decades are 20年.
const SPANS: &[(&str, f64)] = &[
    ("decade", 10.0),
    ("decades", 10.0),
    ("century", 100.0),
    ("centuries", 100.0),
    ("week", 7.0),
    ("weeks", 7.0),
    ("fortnights", 14.0),
    ("year", 12.0),
    ("years", 12.0),
    ("score", 20.0),
    ("dozens", 12.0),
];

/// A word, or a written number with the letters that stick to it.
struct Word<'t> {
    span: Span,
    /// As it stands in the text.
    written: &'t str,
    lower: String,
    /// The digits of a written number, half-width, with the signs between them.
    digits: Option<String>,
    /// Whether letters stick to its front, or a code's hyphen (APT31, F-35).
    coded: bool,
    /// What stands between it and the word before it.
    gap: &'t str,
}

/// The numbers of `text` in order.
pub(super) fn read(lang: &Lang, text: &str) -> Vec<Number> {
    let style = Style::of(lang);
    let words = words(text, style.groups_by_space());
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = words.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|i| words.get(i));
        let (numbers, used) = if word.digits.is_some() {
            written(style, rest)
        } else if let Some(month) = month(style, before, rest) {
            (vec![month], 1)
        } else {
            let spelt = if style.words.is_some() { spelt(style, rest) } else { spelt_english(rest) };
            spelt.map_or_else(
                || (hint(style, before, word).into_iter().collect(), 1),
                |(number, used)| (vec![number], used),
            )
        };
        found.extend(numbers);
        at += used.max(1);
    }
    found
}

/// Words and written numbers in order.
fn words(text: &str, groups_by_space: bool) -> Vec<Word<'_>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let offset = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let digit = |i: usize| chars.get(i).and_then(|(_, c)| half_width_digit(*c));
    let letter = |i: usize| chars.get(i).is_some_and(|(_, c)| is_letter(*c));
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut end_before = 0;
    let mut i = 0;
    while i < chars.len() {
        let start = i;
        let mut digits = None;
        if let Some(first) = digit(i) {
            let mut run = String::from(first);
            i += 1;
            while let Some(&(_, c)) = chars.get(i) {
                if let Some(d) = digit(i) {
                    run.push(d);
                } else if matches!(c, ',' | '.') && digit(i + 1).is_some() {
                    run.push(c);
                } else if groups_by_space
                    && matches!(c, ' ' | '\u{a0}' | '\u{202f}')
                    && (i + 1..i + 4).all(|n| digit(n).is_some())
                    && digit(i + 4).is_none()
                {
                    run.push(' ');
                } else {
                    break;
                }
                i += 1;
            }
            while letter(i) {
                i += 1;
            }
            digits = Some(run);
        } else if letter(i) {
            while letter(i) || (chars.get(i).is_some_and(|(_, c)| matches!(c, '\'' | '’' | '.')) && letter(i + 1)) {
                i += 1;
            }
        } else {
            i += 1;
            continue;
        }
        let span = Span::new(offset(start), offset(i));
        let gap = text.get(end_before..span.start).unwrap_or_default();
        let written = span.of(text);
        // Letters stick to a number (APT31), or a short name does by a hyphen (F-35, Covid-19).
        let coded = digits.is_some()
            && out.last().is_some_and(|last| {
                last.digits.is_none()
                    && (gap.is_empty()
                        || (matches!(gap, "-" | "‑")
                            && last.written.starts_with(char::is_uppercase)
                            && !last.lower.starts_with("mid")
                            && !(last.lower.len() > 2 && MONTHS.iter().any(|m| m.starts_with(&last.lower)))))
            });
        out.push(Word { span, written, lower: number_fold(written), digits, coded, gap });
        end_before = span.end;
    }
    out
}

fn number_fold(word: &str) -> String {
    crate::align::fold(word).to_lowercase()
}

fn half_width_digit(c: char) -> Option<char> {
    Some(half_width(c)).filter(char::is_ascii_digit)
}

fn is_letter(c: char) -> bool {
    (c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')) && !is_han(c) && !is_hiragana(c) && !is_katakana(c)
}

/// Whether a word stands behind the one before it with nothing but a space or hyphen between.
fn follows(word: &Word<'_>) -> bool {
    matches!(word.gap, " " | "-" | "‑" | "\u{a0}" | "\u{202f}")
}

/// The number that begins with digits, and how many words it fills.
fn written(style: Style, words: &[Word<'_>]) -> (Vec<Number>, usize) {
    let Some((word, digits)) = words.first().and_then(|word| Some((word, word.digits.as_deref()?))) else {
        return (Vec::new(), 1);
    };
    let Some(mut value) = style.plain(digits) else {
        let parts = digits.split([',', '.', ' ']).filter_map(|part| part.parse().ok());
        let mut parts: Vec<f64> = parts.collect();
        parts.extend(digits.replace([',', '.', ' '], "").parse::<f64>().ok());
        return (vec![Number::hint(word.span, &parts)], 1);
    };
    let letters = word.lower.trim_start_matches(|c: char| !c.is_alphabetic());
    let mut also = Vec::new();
    let mut scale = 1.0;
    if let Some((_, factor)) = SCALES.iter().find(|(name, _)| *name == letters) {
        also.push(value);
        value *= factor;
        scale = *factor;
    }
    if letters == "s" && value >= 1000.0 {
        also.push(value % 100.0); // the 1930s are "les années 30"
    }
    let mut span = word.span;
    let mut used = 1;
    while let Some(next) = words.get(used).filter(|next| follows(next)) {
        let short = SCALES.iter().find(|(name, _)| *name == next.lower && next.lower.len() > 1 && *name != "mm");
        let factor = short.map(|(_, f)| *f).or_else(|| style.scale(&next.lower).filter(|_| next.lower.len() > 2));
        let Some(factor) = factor else { break };
        also.push(value);
        value *= factor;
        scale *= factor;
        span.end = next.span.end;
        used += 1;
    }
    if used > 1 {
        also.clear(); // 27 is no answer to 27 million
    }
    let next = words.get(used).filter(|next| follows(next) || next.gap.starts_with('%'));
    let next = next.map_or("", |next| next.lower.as_str());
    let clock = |word: &str| matches!(word, "pm" | "am" | "p.m" | "a.m");
    if clock(letters) || clock(next) {
        also.extend([value + 12.0, value - 12.0]);
        let parts = digits.split('.').filter_map(|part| part.parse::<f64>().ok());
        also.extend(parts.flat_map(|part| [part, part + 12.0])); // 3.30pm
    }
    if matches!(next, "percent" | "per" | "pc") || words.get(used).is_some_and(|next| next.gap.starts_with('%')) {
        also.push(value / 10.0);
    }
    also.extend(SPANS.iter().find(|(name, _)| *name == next).map(|(_, factor)| value * factor));
    also.extend(half_more(words.get(used..).unwrap_or_default()).then_some(value + 0.5));
    if leads_with_point(word) && digits.bytes().all(|c| c.is_ascii_digit()) {
        let share = value / 10_f64.powi(i32::try_from(digits.len()).unwrap_or_default());
        also.extend([share, share * 100.0]);
    }
    let mut number = Number { scale, ..Number::sized(span, value) };
    if word.coded {
        number.weight = Weight::Hint;
    } else if matches!(letters, "nd" | "rd" | "th" | "st") && value > 1.0 {
        number.exact = Some((Measure::Ordinal, value));
    }
    number.values.extend(also);
    (vec![number], used)
}

/// Whether a number begins with its decimal point: .312.
fn leads_with_point(word: &Word<'_>) -> bool {
    word.gap.strip_suffix('.').is_some_and(|before| before.is_empty() || before.ends_with([' ', '(', '\u{a0}']))
}

/// Whether "and a half" follows.
fn half_more(words: &[Word<'_>]) -> bool {
    matches!(words, [and, a, half, ..] if and.lower == "and" && a.lower == "a" && half.lower == "half")
}

/// The English number in words at the start of `words`, and how many it fills.
fn spelt_english(words: &[Word<'_>]) -> Option<(Number, usize)> {
    let first = words.first()?;
    let unit = |word: &Word<'_>| UNITS.iter().position(|u| *u == word.lower).filter(|n| *n > 0).map(|n| n as f64);
    let ten = |word: &Word<'_>| TENS.iter().position(|t| *t == word.lower).map(|n| (n + 2) as f64 * 10.0);
    let scale_of = |word: &Word<'_>| match word.lower.as_str() {
        "hundred" => Some(100.0),
        "thousand" => Some(1e3),
        "million" => Some(1e6),
        "billion" => Some(1e9),
        "trillion" => Some(1e12),
        _ => None,
    };
    // "half a million", "a million", "half-dozen"
    let article = |word: &Word<'_>| matches!(word.lower.as_str(), "a" | "an" | "of");
    if first.lower == "half" {
        let skip = 1 + words.get(1..)?.iter().take_while(|w| article(w)).count().min(2);
        let amount = words.get(skip).and_then(|w| HINTS.iter().find(|(name, _)| *name == w.lower))?.1.first()?;
        let span = Span::new(first.span.start, words.get(skip)?.span.end);
        return (*amount >= 10.0).then(|| (Number::hint(span, &[amount / 2.0, 0.5, 50.0]), skip + 1));
    }
    if matches!(first.lower.as_str(), "a" | "an") {
        let parts = words.get(1).and_then(|word| denominator(&word.lower)).filter(|parts| *parts > 2.0);
        if let Some((parts, word)) = parts.zip(words.get(1)).filter(|_| is_subject(words.get(2))) {
            return Some((fraction(Span::new(first.span.start, word.span.end), 1.0, parts), 2));
        }
        let (second, scale) = words.get(1).and_then(|w| Some((w, scale_of(w)?)))?;
        // a hundred and twenty
        let and = words.get(2).filter(|word| word.lower == "and" && follows(word));
        if let Some((rest, used)) = and.and_then(|_| spelt_english(words.get(3..)?))
            && rest.value() < scale
        {
            let span = Span::new(first.span.start, rest.span.end);
            return Some((Number { scale, ..Number::sized(span, scale + rest.value()) }, used + 3));
        }
        let span = Span::new(first.span.start, second.span.end);
        let number = Number { scale, ..Number::hint(span, &[scale, 1.5 * scale]) };
        return Some((number, 2));
    }
    let (mut total, mut section) = (0.0, 0.0);
    let mut used = 0;
    let mut scale = 1.0;
    let mut room = 1000.0_f64; // what may still be added stays below the last unit
    while let Some(word) = words.get(used) {
        let joined = used == 0 || follows(word);
        if !joined {
            break;
        }
        if let Some(n) = ten(word).filter(|_| room > 10.0) {
            section += n;
            room = 10.0;
        } else if let Some(n) = unit(word).filter(|n| *n < room && room > 1.0) {
            section += n;
            room = 1.0;
        } else if let Some(factor) = scale_of(word).filter(|_| section > 0.0) {
            if factor > 100.0 {
                total += section * factor;
                section = 0.0;
                room = 1000.0_f64.min(factor);
            } else {
                section *= factor;
                room = 100.0;
            }
            scale = factor;
        } else if word.lower == "and"
            && scale > 1.0
            && words.get(used + 1).is_some_and(|w| unit(w).or(ten(w)).is_some())
        {
            // two hundred and five
        } else {
            break;
        }
        used += 1;
    }
    if used == 0 {
        return None;
    }
    let value = total + section;
    let end = words.get(used - 1)?.span.end;
    let mut number = Number { scale, ..Number::sized(Span::new(first.span.start, end), value) };
    let next = words.get(used).filter(|next| follows(next));
    if let Some(next) = next {
        if let Some(parts) = denominator(&next.lower).filter(|_| value < 10.0) {
            return Some((fraction(Span::new(first.span.start, next.span.end), value, parts), used + 1));
        }
        if let Some(ordinal) = ordinal(&next.lower).filter(|n| *n < 10.0 && value >= 20.0) {
            return Some((Number::hint(Span::new(first.span.start, next.span.end), &[value + ordinal]), used + 1));
        }
        number.values.extend(SPANS.iter().find(|(name, _)| *name == next.lower).map(|(_, factor)| value * factor));
        if next.lower == "dozen" {
            number.values.insert(0, value * 12.0);
            used += 1;
        }
    }
    number.values.extend(half_more(words.get(used..).unwrap_or_default()).then_some(value + 0.5));
    if value <= 2.0 {
        number.weight = Weight::Hint;
    }
    Some((number, used))
}

/// So many parts of a whole.
fn fraction(span: Span, value: f64, parts: f64) -> Number {
    let exact = (value < parts).then_some((Measure::Fraction, value / parts));
    Number { exact, ..Number::hint(span, &[value / parts, 100.0 * value / parts, value, parts]) }
}

/// Whether what stands before this word is a part of something, and not its ordinal: "a third of them", "a third were".
fn is_subject(next: Option<&Word<'_>>) -> bool {
    next.is_none_or(|next| matches!(next.lower.as_str(), "of" | "were" | "was" | "are" | "is" | "had" | "have"))
}

fn denominator(word: &str) -> Option<f64> {
    match word {
        "half" | "halves" => Some(2.0),
        "quarter" | "quarters" => Some(4.0),
        _ => ordinal(word.strip_suffix('s').unwrap_or(word)).filter(|n| *n > 2.0),
    }
}

fn ordinal(word: &str) -> Option<f64> {
    let listed = ORDINALS.iter().position(|o| *o == word).map(|n| (n + 1) as f64);
    listed.or_else(|| {
        let stem = word.strip_suffix("ieth").map(|stem| format!("{stem}y"));
        let tens = stem.and_then(|stem| TENS.iter().position(|t| *t == stem)).map(|n| (n + 2) as f64 * 10.0);
        let teens = word.strip_suffix("th").and_then(|stem| UNITS.iter().position(|u| *u == stem)).map(|n| n as f64);
        tens.or(teens).or((word == "hundredth").then_some(100.0))
    })
}

/// The number in words at the start of `words` by a language's table, and how many words it fills.
fn spelt(style: Style, words: &[Word<'_>]) -> Option<(Number, usize)> {
    let lower: Vec<&str> = words.iter().take(4).map(|word| word.lower.as_str()).collect();
    let (mut value, mut used) = number::spelt(style.words?, &lower)?;
    let mut scale = 1.0;
    while let Some(factor) = words.get(used).filter(|w| follows(w)).and_then(|w| style.scale(&w.lower)) {
        value *= factor;
        scale *= factor;
        used += 1;
    }
    let span = Span::new(words.first()?.span.start, words.get(used - 1)?.span.end);
    let mut number = Number { scale, ..Number::sized(span, value) };
    if value <= 2.0 || scale <= 1e3 {
        number.weight = number.weight.min(Weight::Small);
    }
    Some((number, used))
}

/// A month at the start of `words`.
fn month(style: Style, before: Option<&Word<'_>>, words: &[Word<'_>]) -> Option<Number> {
    let word = words.first()?;
    let of = |month: usize| Number { kind: Kind::Month, ..Number::new(word.span, month as f64, Weight::Firm) };
    if let Some(table) = style.words {
        return match table.get(&word.lower)? {
            Meaning::Month(month) => Some(of(*month)),
            _ => None,
        };
    }
    if !word.written.starts_with(char::is_uppercase) {
        return None;
    }
    let dated = words.get(1).is_some_and(|next| next.digits.is_some() && next.gap.chars().all(|c| ". ,".contains(c)));
    let introduced = before.is_some_and(|b| {
        b.digits.is_some()
            || ["in", "last", "this", "on", "of", "since", "until", "by", "next", "from", "to"]
                .contains(&b.lower.as_str())
    });
    if let Some(month) = MONTHS.iter().position(|m| *m == word.lower) {
        // "May" and "March" are words and names too.
        let sure = !matches!(word.lower.as_str(), "may" | "march") || dated || introduced;
        return sure.then(|| of(month + 1));
    }
    let short = (3..=4).contains(&word.lower.len()) && dated;
    short.then(|| MONTHS.iter().position(|m| m.starts_with(&word.lower)))?.map(|month| of(month + 1))
}

/// A word that says a number without being one: "half", "both", the twenties, Elizabeth II.
fn hint(style: Style, before: Option<&Word<'_>>, word: &Word<'_>) -> Option<Number> {
    if let Some(value) = roman(word.written) {
        return Some(Number::hint(word.span, &[value]));
    }
    if style.words.is_some() {
        return None;
    }
    if let Some((_, values)) = HINTS.iter().find(|(name, _)| *name == word.lower) {
        return Some(Number::hint(word.span, values));
    }
    let decade = word.lower.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let decade = decade.and_then(|stem| TENS.iter().position(|t| *t == stem)).map(|n| (n + 2) as f64 * 10.0);
    let ordinal = || {
        // "First" is said of what is new or comes before, too.
        let value = ordinal(&word.lower)?;
        // In "the hundred and thirteenth" it is the end of one.
        let is_end = before.is_some_and(|word| word.lower == "and" || word.lower.contains("hundred"));
        let exact = (value > 1.0 && !is_end).then_some((Measure::Ordinal, value));
        Some(Number { exact, ..Number::hint(word.span, &[value]) })
    };
    decade.map(|value| Number::hint(word.span, &[value])).or_else(ordinal)
}

/// A Roman numeral of capitals, from II on.
fn roman(word: &str) -> Option<f64> {
    let value = |c: char| match c {
        'I' => Some(1.0),
        'V' => Some(5.0),
        'X' => Some(10.0),
        'L' => Some(50.0),
        _ => None,
    };
    if word == "I" || word.len() > 8 {
        return None;
    }
    let values: Vec<f64> = word.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(i, v)| match values.get(i + 1) {
        Some(next) if next > v => -v,
        _ => *v,
    });
    Some(signed.sum::<f64>()).filter(|value| *value > 0.0)
}

#[cfg(test)]
mod tests {
    use super::{Kind, Weight, read};
    use crate::lang::Lang;

    /// Each number as TEXT=VALUE, a hint with a question mark, a month with m.
    #[track_caller]
    fn assert_numbers(text: &str, expected: &[&str]) {
        assert_numbers_in("en", text, expected);
    }

    #[track_caller]
    fn assert_numbers_in(tag: &str, text: &str, expected: &[&str]) {
        let lang: Lang = tag.parse().unwrap();
        let shown: Vec<String> = read(&lang, text)
            .iter()
            .map(|number| {
                let month = if number.kind == Kind::Month { "m" } else { "" };
                let hint = if number.weight == Weight::Hint { "?" } else { "" };
                format!("{}={}{month}{hint}", number.span.of(text), number.value())
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn figures_have_a_value_and_a_place() {
        assert_numbers(
            "1,200 or $1.5bn, 40 million, the 21st",
            &["1,200=1200", "1.5bn=1500000000", "40 million=40000000", "21st=21"],
        );
        assert_numbers("the 1990s, 3.5%, 7pm", &["1990s=1990", "3.5=3.5", "7pm=7"]);
    }

    #[test]
    fn numbers_in_words_are_put_together() {
        assert_numbers("forty-five of two hundred and five", &["forty-five=45", "two hundred and five=205"]);
        assert_numbers("a hundred and twenty scales", &["a hundred and twenty=120"]);
        assert_numbers("three hundred thousand, a million", &["three hundred thousand=300000", "a million=1000000?"]);
        assert_numbers("half a million, two-thirds", &["half a million=500000?", "two-thirds=0.6666666666666666?"]);
    }

    #[test]
    fn words_that_say_a_number_are_hints() {
        assert_numbers("both, twice, the second, Henry VIII", &["both=2?", "twice=2?", "second=2?", "VIII=8?"]);
        assert_numbers("one of the twenties", &["one=1?", "twenties=20?"]);
        assert_numbers("the F-35 and APT31, but mid-1990s", &["35=35?", "31=31?", "1990s=1990"]);
    }

    #[test]
    fn months_need_a_capital_and_may_a_date() {
        assert_numbers("On May 7 they may march in June", &["May=5m", "7=7", "June=6m"]);
        assert_numbers("Theresa May said", &[]);
    }

    #[test]
    fn other_languages_have_their_words_and_signs() {
        assert_numbers_in(
            "de",
            "1.200,5 Euro im März, zwölf Millionen",
            &["1.200,5=1200.5", "März=3m", "zwölf Millionen=12000000"],
        );
        assert_numbers_in("fr", "12 500 euros", &["12 500=12500"]);
    }

    #[test]
    fn odd_text_is_no_trouble() {
        for text in ["", "half", "half a", "a", "1.", "1,2,3.4.5", "two and", "１２", "May", "éé", "twenty-"] {
            read(&Lang::english(), text);
        }
        assert_eq!(read(&Lang::english(), &"two ".repeat(50_000)).len(), 50_000);
    }
}
