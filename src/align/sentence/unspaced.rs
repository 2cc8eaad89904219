//! Features of a Chinese sentence (or one of another language without spaces and without a dictionary here).

use unicode_normalization::UnicodeNormalization;

use super::japanese::take_latin_words;
use crate::align::evidence::number;
use crate::align::feature::{Feature, Kind};
use crate::lang::is_han;

/// The features of `text`: numbers, Latin words, and every pair of neighbouring characters as a word.
pub(super) fn read(text: &str) -> Vec<Feature> {
    let mut chars: Vec<char> = text.nfkc().collect();
    let mut found = number::read_east_asian(&mut chars);
    take_latin_words(&mut chars, &mut found);
    for run in chars.split(|c| !c.is_alphabetic()) {
        found.extend(run.windows(2).map(|pair| Feature::new(Kind::Word, pair.iter().collect::<String>())));
        if run.iter().all(|c| is_han(*c)) && (2..=6).contains(&run.len()) {
            found.push(Feature::new(Kind::Han, run.iter().collect::<String>()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn neighbouring_characters_are_words() {
        let keys: Vec<String> = read("美国总统在2024年。").into_iter().map(|f| f.key).collect();
        assert_eq!(keys, ["2024", "美国", "国总", "总统", "统在", "美国总统在"]);
    }
}
