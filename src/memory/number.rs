//! Texts that differ in their numbers only: the stored translation with the new numbers is nearly always right.

use unicode_normalization::UnicodeNormalization;

/// A text cut at its numbers.
#[derive(Debug, PartialEq, Eq)]
struct Cut<'t> {
    /// What stands before, between and behind them.
    between: Vec<&'t str>,
    numbers: Vec<&'t str>,
}

/// Cuts at runs of ASCII digits, with single points and commas between digits belonging to them (1,204 and 3.5).
fn cut(text: &str) -> Cut<'_> {
    let mut cut = Cut { between: Vec::new(), numbers: Vec::new() };
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let mut end = 0;
        let mut characters = number.char_indices().peekable();
        while let Some((place, c)) = characters.next() {
            let is_inner = matches!(c, '.' | ',') && characters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            if !c.is_ascii_digit() && !is_inner {
                break;
            }
            end = place + 1;
        }
        let (number, behind) = number.split_at(end);
        cut.between.push(before);
        cut.numbers.push(number);
        rest = behind;
    }
    cut.between.push(rest);
    cut
}

/// Whether the two keys differ, and in numbers only.
pub(super) fn differ_in_numbers_only(a: &str, b: &str) -> bool {
    let (a, b) = (cut(a), cut(b));
    a.between == b.between && a.numbers != b.numbers
}

/// `target`, the translation of `source`, with the numbers of `query` in the place of those of `source`; `None` unless
/// each number that differs stands in `target` as often as in `source`.
pub(super) fn with_numbers(query: &str, source: &str, target: &str) -> Option<String> {
    let [query, source] = [query, source].map(|text| text.nfkc().collect::<String>());
    let target: String = target.nfkc().collect();
    let (query, source, target) = (cut(&query), cut(&source), cut(&target));
    if query.numbers.len() != source.numbers.len() {
        return None;
    }
    let plain = |number: &str| number.replace(',', "");
    // Equal numbers that become different ones may stand in the translation in another order.
    let renewed = || source.numbers.iter().zip(&query.numbers);
    if renewed().any(|(old, new)| renewed().any(|(o, n)| plain(o) == plain(old) && plain(n) != plain(new))) {
        return None;
    }
    let mut numbers: Vec<Option<&str>> = vec![None; target.numbers.len()];
    for (new, old) in query.numbers.iter().zip(&source.numbers).filter(|(new, old)| new != old) {
        // The first place of this number that was not taken by an earlier one.
        let place = (0..numbers.len()).find(|place| {
            numbers.get(*place) == Some(&None) && target.numbers.get(*place).is_some_and(|n| plain(n) == plain(old))
        })?;
        *numbers.get_mut(place)? = Some(new);
    }
    // A number that stays must not be one of those that change, or nobody could tell which of them is meant.
    let is_doubtful = source
        .numbers
        .iter()
        .zip(&query.numbers)
        .any(|(old, new)| old != new && count(&source.numbers, old) != count(&target.numbers, old));
    if is_doubtful {
        return None;
    }
    let mut text = String::new();
    for (i, between) in target.between.iter().enumerate() {
        text.push_str(between);
        if let Some(old) = target.numbers.get(i) {
            text.push_str(numbers.get(i).copied().flatten().unwrap_or(old));
        }
    }
    Some(text)
}

fn count(numbers: &[&str], number: &str) -> usize {
    numbers.iter().filter(|other| other.replace(',', "") == number.replace(',', "")).count()
}

#[cfg(test)]
mod tests {
    use super::{differ_in_numbers_only, with_numbers};

    fn proposed(query: &str, source: &str, target: &str) -> Option<String> {
        with_numbers(query, source, target)
    }

    #[test]
    fn only_numbers_may_differ() {
        assert!(differ_in_numbers_only("第3章", "第12章"));
        assert!(differ_in_numbers_only("1,204人が3.5%", "998人が4%"));
        for (a, b) in [("第3章", "第3章"), ("第3章", "第章"), ("第3章", "第3節"), ("3と4", "3と4と5")] {
            assert!(!differ_in_numbers_only(a, b), "{a} {b}");
        }
    }

    #[test]
    fn numbers_take_their_places() {
        assert_eq!(proposed("第１２章", "第3章", "Chapter 3").as_deref(), Some("Chapter 12"));
        assert_eq!(
            proposed("5月に1,300人", "4月に1204人", "1,204 people, in month 4").as_deref(),
            Some("1,300 people, in month 5")
        );
        assert_eq!(proposed("2対1", "1対2", "2 against 1").as_deref(), Some("1 against 2"));
    }

    #[test]
    fn a_number_that_the_translation_does_not_show_gives_no_proposal() {
        assert_eq!(proposed("第4章", "第3章", "Chapter Three"), None);
        assert_eq!(proposed("3時に4人", "3時に3人", "3 people"), None);
    }

    #[test]
    fn equal_numbers_that_become_different_ones_give_no_proposal() {
        assert_eq!(proposed("12人のうち8人", "10人のうち10人", "of 10 people, 10"), None);
        assert_eq!(proposed("12人のうち10人", "10人のうち10人", "of 10 people, 10"), None);
        assert_eq!(proposed("8人のうち8人", "10人のうち10人", "of 10, 10").as_deref(), Some("of 8, 8"));
    }
}
