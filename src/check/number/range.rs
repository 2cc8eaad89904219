//! Ranges: what the numbers at their two ends leave out (2021–22, 4〜5万, 80 to 100 million).

use super::Number;

/// What may stand between the ends of a range or in a list, without currency signs and spaces.
const BETWEEN: &[&str] = &[
    "-",
    "–",
    "—",
    "‐",
    "−",
    "~",
    "〜",
    "～",
    "/",
    "、",
    "・",
    ",",
    "to",
    "and",
    "or",
    "から",
    "ないし",
    "または",
    "か",
    "and up to",
    "bis",
    "und",
    "oder",
    "à",
    "et",
    "ou",
    "a",
    "y",
    "o",
    "e",
    "tot",
    "en",
    "of",
];
/// The signs that a range is written with where its end is cut short.
const DASHES: &[&str] = &["-", "–", "—", "‐", "−", "~", "〜", "～", "/", "、", "・", "年-", "年–", "年〜", "年～"];

/// Adds the values that numbers have as an end of a range.
pub(super) fn complete(text: &str, numbers: &mut [Number]) {
    for at in 1..numbers.len() {
        let [.., first, last] = numbers.get_mut(..=at).unwrap_or_default() else { continue };
        let between = text.get(first.span.end..last.span.start).unwrap_or_default();
        let between = between.trim_matches(|c: char| c.is_whitespace() || "$£€¥￥".contains(c)).to_lowercase();
        if last.scale > 1.0 && first.scale <= 1.0 && BETWEEN.contains(&between.as_str()) {
            first.values.push(first.value() * last.scale);
        }
        if DASHES.contains(&between.as_str()) {
            last.values.extend(cut_short(first.value(), last.value()));
        }
    }
}

/// What the end of a range is in full when it has only its last digits: 22 behind 2021 is 2022.
fn cut_short(first: f64, last: f64) -> Option<f64> {
    let whole = |v: f64| v.fract() == 0.0 && (1.0..1e6).contains(&v);
    if !whole(first) || !whole(last) || last >= first {
        return None;
    }
    let place = 10_f64.powf(last.log10().floor() + 1.0);
    let full = (first / place).floor() * place + last;
    (full > first).then_some(full)
}

#[cfg(test)]
mod tests {
    use super::cut_short;

    #[test]
    fn the_end_of_a_range_gets_its_first_digits() {
        assert_eq!(cut_short(2021.0, 22.0), Some(2022.0));
        assert_eq!(cut_short(115.0, 8.0), Some(118.0));
        assert_eq!(cut_short(5.0, 7.0), None);
        assert_eq!(cut_short(2021.0, 20.0), None, "it would run backwards");
    }
}
