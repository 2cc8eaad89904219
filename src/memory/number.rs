//! Texts that differ in their numbers only: the stored translation with the new numbers is nearly always right.

use super::numeral::{Form, Numeral, all, plain, written};
use crate::lang::Lang;

/// Whether the two keys differ, and in numbers only, in digits or in Han numerals.
pub(super) fn differ_in_numbers_only(a: &str, b: &str) -> bool {
    a != b && between(a).eq(between(b))
}

/// What stands before, between and behind the numbers of a text.
fn between(text: &str) -> impl Iterator<Item = &str> {
    let numerals = plain(text);
    let starts = numerals.iter().map(|numeral| numeral.span.end);
    let bounds: Vec<(usize, usize)> = std::iter::once(0)
        .chain(starts)
        .zip(numerals.iter().map(|numeral| numeral.span.start).chain([text.len()]))
        .collect();
    bounds.into_iter().map(|(start, end)| text.get(start..end).unwrap_or_default())
}

/// `target`, the translation of `source`, with the numbers of `query` in the place of those of `source`, each written as the
/// number was in its place; `None` unless each number that differs stands in `target` as often as in `source`.
pub(super) fn with_numbers(query: &str, source: (&str, &Lang), target: (&str, &Lang)) -> Option<String> {
    let (source, source_lang) = source;
    let (target, target_lang) = target;
    let (new, old) = (all(query, source_lang), all(source, source_lang));
    if new.len() != old.len() {
        return None;
    }
    // Equal numbers that become different ones may stand in the translation in another order.
    let renewed = || old.iter().zip(&new);
    let differ = |a: &Numeral<'_>, b: &Numeral<'_>| !a.is_worth(b);
    if renewed().any(|(old, new)| renewed().any(|(o, n)| is_like(o, old) && differ(n, new))) {
        return None;
    }
    let there = all(target, target_lang);
    let mut texts: Vec<Option<String>> = vec![None; there.len()];
    for (old_number, new_number) in renewed().filter(|(old, new)| differ(old, new)) {
        let places = places(old_number, &there);
        // A number that stays must not be one of those that change, or nobody could tell which of them is meant.
        if places.len() != old.iter().filter(|other| is_like(other, old_number)).count() {
            return None;
        }
        let place = places.into_iter().find(|place| texts.get(*place) == Some(&None))?;
        *texts.get_mut(place)? = Some(written(new_number, there.get(place)?)?);
    }
    let mut out = String::new();
    let mut end = 0;
    for (numeral, text) in there.iter().zip(texts) {
        out.push_str(target.get(end..numeral.span.start)?);
        out.push_str(text.as_deref().unwrap_or(numeral.text));
        end = numeral.span.end;
    }
    out.push_str(target.get(end..)?);
    Some(out)
}

/// Whether two numbers of a text are the same: a month is no other number.
fn is_like(a: &Numeral<'_>, b: &Numeral<'_>) -> bool {
    a.is_worth(b) && a.is_month() == b.is_month()
}

/// Where a number of the source may stand in the target: a month as a month where one is named so, and else as a number.
fn places(number: &Numeral<'_>, target: &[Numeral<'_>]) -> Vec<usize> {
    let of = |is_month: bool| -> Vec<usize> {
        let fits = |other: &Numeral<'_>| number.is_worth(other) && (other.form == Form::Month) == is_month;
        target.iter().enumerate().filter(|(_, other)| fits(other)).map(|(place, _)| place).collect()
    };
    let months = if number.is_month() { of(true) } else { Vec::new() };
    if months.is_empty() { of(false) } else { months }
}

#[cfg(test)]
mod tests {
    use super::{differ_in_numbers_only, with_numbers};
    use crate::lang::Lang;

    fn proposed(query: &str, source: &str, target: &str) -> Option<String> {
        with_numbers(query, (source, &Lang::japanese()), (target, &Lang::english()))
    }

    #[test]
    fn only_numbers_may_differ() {
        assert!(differ_in_numbers_only("第3章", "第12章"));
        assert!(differ_in_numbers_only("1,204人が3.5%", "998人が4%"));
        assert!(differ_in_numbers_only("被害は六千万ドル", "被害は2億ドル"));
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
    fn numbers_in_words_take_their_places_by_their_value() {
        assert_eq!(
            proposed("被害額は八千万ユーロだ。", "被害額は六千万ユーロだ。", "The damage is put at 60 million euros…")
                .as_deref(),
            Some("The damage is put at 80 million euros…")
        );
        assert_eq!(
            proposed("十二月二日に七カ国が", "十一月十九日に五カ国が", "On 19 November five countries").as_deref(),
            Some("On 2 December seven countries")
        );
        assert_eq!(proposed("三月に五人", "五月に五人", "In May five people").as_deref(), Some("In March five people"));
        assert_eq!(proposed("七割が", "六割が", "60 percent of"), None);
        let (ja, en) = (Lang::japanese(), Lang::english());
        assert_eq!(
            with_numbers("for 80 million euros", ("for 60 million euros", &en), ("六千万ユーロで", &ja)).as_deref(),
            Some("八千万ユーロで")
        );
    }

    #[test]
    fn a_number_that_the_translation_does_not_show_gives_no_proposal() {
        assert_eq!(proposed("第4章", "第3章", "Chapter III"), None);
        assert_eq!(proposed("3時に4人", "3時に3人", "3 people"), None);
    }

    #[test]
    fn equal_numbers_that_become_different_ones_give_no_proposal() {
        assert_eq!(proposed("12人のうち8人", "10人のうち10人", "of 10 people, 10"), None);
        assert_eq!(proposed("12人のうち10人", "10人のうち10人", "of 10 people, 10"), None);
        assert_eq!(proposed("8人のうち8人", "10人のうち10人", "of 10, 10").as_deref(), Some("of 8, 8"));
    }
}
