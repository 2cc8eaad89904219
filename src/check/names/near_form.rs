//! Where words stand that nearly are a form of a term.

use std::cmp::Reverse;

use super::spelling::{Difference, Letters};
use super::words::{Word, span};
use crate::span::Span;

/// Words that nearly are a form.
#[derive(Debug, Clone)]
pub(super) struct NearForm {
    pub(super) span: Span,
    pub(super) difference: Difference,
    pub(super) form: String,
}

/// The words that nearly are one of `forms`: the longest form first, then the nearest.
pub(super) fn all(forms: &[String], split_forms: &[Vec<Word>], words: &[Word], text: &str) -> Vec<NearForm> {
    let longest = split_forms.iter().map(Vec::len).max().unwrap_or_default();
    // Windows by their length, each with its letters: they are the same for all forms.
    let mut windows: Vec<Vec<(&[Word], Span, Letters)>> = vec![Vec::new(); longest + 2];
    for (len, list) in windows.iter_mut().enumerate().skip(1) {
        let is_one_name = |there: &&[Word]| !there.iter().skip(1).any(|word| word.is_apart);
        list.extend(words.windows(len).filter(is_one_name).map(|there| {
            let place = span(there);
            (there, place, Letters::new(place.of(text)))
        }));
    }
    let is_capital = |word: Option<&Word>| word.is_some_and(|word| word.is_capital);
    let mut found: Vec<(usize, NearForm)> = Vec::new();
    for (form, form_words) in forms.iter().zip(split_forms) {
        let letters = Letters::new(span(form_words).of(form));
        // A name of one word may be written in parts: Kanrei-dai.
        let first = is_capital(form_words.first());
        let last = form_words.len() > 1 && is_capital(form_words.last());
        for (there, place, written) in windows.iter().take(form_words.len() + 2).flatten() {
            if (first && !is_capital(there.first())) || (last && !is_capital(there.last())) {
                continue;
            }
            let difference = written.difference(&letters);
            if difference < Difference::Far {
                found.push((form_words.len(), NearForm { span: *place, difference, form: form.clone() }));
            }
        }
    }
    // Where the form itself stands, nothing nearly does.
    let is_exact = |near: &NearForm| near.difference <= Difference::Signs;
    let exact: Vec<Span> = found.iter().filter(|(_, near)| is_exact(near)).map(|(_, near)| near.span).collect();
    let overlaps = |span: Span| exact.iter().any(|e| e.start < span.end && span.start < e.end);
    found.retain(|(_, near)| is_exact(near) || !overlaps(near.span));
    found.sort_by_key(|(len, near)| (Reverse(*len), near.difference, near.span));
    found.into_iter().map(|(_, near)| near).collect()
}

/// The form that is most like what is written.
pub(super) fn nearest(written: &str, forms: Vec<String>) -> Option<String> {
    let letters = Letters::new(written);
    forms
        .into_iter()
        .min_by_key(|form| strsim::generic_damerau_levenshtein(Letters::new(form).plain(), letters.plain()))
}

/// Whether `form` stands among `words` in capitals, as headlines and surnames do.
pub(super) fn is_in_capitals(form: &[Word], words: &[Word]) -> bool {
    let is_same = |(there, word): (&Word, &Word)| there.text == word.text || there.text == word.text.to_uppercase();
    !form.is_empty() && words.windows(form.len()).any(|there| there.iter().zip(form).all(is_same))
}

#[cfg(test)]
mod tests {
    use super::{all, is_in_capitals, nearest};
    use crate::check::names::words::split;

    #[track_caller]
    fn assert_near(form: &str, text: &str, expected: &[&str]) {
        let found = all(&[form.to_owned()], &[split(form)], &split(text), text);
        assert_eq!(found.iter().map(|near| near.span.of(text)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_a_letter_apart_are_near_and_signs_end_a_name() {
        assert_near("Jan Lipavský", "Minister Jan Lipavsky said", &["Jan Lipavsky", "Lipavsky"]);
        assert_near("Kathleen Holt", "Kathlen, Holt", &[]);
        assert_near("Dowden", "dowdon", &[]);
        assert_near("Kanreidai", "the Kanrei-dai came", &["Kanrei-dai"]);
    }

    #[test]
    fn where_the_form_itself_stands_nothing_nearly_does() {
        assert_near("Jong-un", "Kim Jong Un Un", &["Jong Un"]);
    }

    #[test]
    fn the_nearest_form_has_as_many_words() {
        let forms = ["Jan Lipavský".to_owned(), "Lipavský".to_owned()];
        assert_eq!(nearest("Lipavsky", forms.to_vec()).as_deref(), Some("Lipavský"));
    }

    #[test]
    fn a_form_may_stand_in_capitals() {
        assert!(is_in_capitals(&split("Holt"), &split("HOLT WINS")) && !is_in_capitals(&[], &split("A")));
    }
}
