//! Cyrillic names in Latin letters, to be compared with English spellings.

use super::spelling::Letters;

/// How each letter is usually written in English, the Ukrainian and Belarusian ones too.
const TABLE: [(char, &str); 38] = [
    ('а', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ж', "zh"),
    ('з', "z"),
    ('и', "i"),
    ('й', "y"),
    ('к', "k"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('о', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ф', "f"),
    ('х', "kh"),
    ('ц', "ts"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "shch"),
    ('ъ', ""),
    ('ы', "y"),
    ('ь', ""),
    ('э', "e"),
    ('ю', "yu"),
    ('я', "ya"),
    ('ё', "yo"),
    ('є', "ye"),
    ('і', "i"),
    ('ї', "yi"),
    ('ў', "u"),
    ('ґ', "g"),
];

/// Names at least as alike as this, from 0 to 1, may be one: systems of transliteration differ in every fifth letter.
const ALIKE: f64 = 0.75;
/// Endings of grammar that a surname or given name takes, the longest first.
const ENDINGS: [&str; 15] = ["ами", "ого", "ому", "ыми", "ым", "ой", "ом", "ем", "ей", "ую", "а", "у", "е", "ы", "и"];
/// What remains of a name without its ending has as many letters.
const SHORTEST_STEM: usize = 4;

/// The name in Latin letters.
pub(super) fn transliterated(name: &str) -> String {
    let small = name.chars().flat_map(char::to_lowercase);
    small.filter_map(|c| TABLE.iter().find(|(letter, _)| *letter == c).map(|(_, latin)| *latin)).collect()
}

/// How alike a Cyrillic name and one in Latin letters are, from 0 to 1.
pub(super) fn similarity(name: &str, latin: &Letters) -> f64 {
    let folded = |text: &str| text.replace("iy", "y").replace("ii", "y").replace("ks", "x").replace('j', "y");
    let latin: String = latin.plain().iter().collect();
    strsim::normalized_damerau_levenshtein(&folded(&transliterated(name)), &folded(&latin))
}

/// Whether a Cyrillic name may be the one in Latin letters.
pub(super) fn sounds_like(name: &str, latin: &Letters) -> bool {
    similarity(name, latin) >= ALIKE
}

/// The name without an ending of grammar.
pub(super) fn stem(name: &str) -> &str {
    let is_long = |stem: &&str| stem.chars().count() >= SHORTEST_STEM;
    ENDINGS.iter().find_map(|ending| name.strip_suffix(ending).filter(is_long)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{similarity, sounds_like, stem, transliterated};
    use crate::check::names::spelling::Letters;

    #[test]
    fn letters_are_written_as_english_papers_write_them() {
        assert_eq!(transliterated("Щукин"), "shchukin");
        assert_eq!(transliterated("Їжак"), "yizhak");
    }

    #[test]
    fn systems_of_transliteration_make_little_difference() {
        for (name, latin) in [("Орлова", "Orlov"), ("Достоевский", "Dostoyevsky"), ("Александр", "Aleksandr")]
        {
            assert!(sounds_like(name, &Letters::new(latin)), "{name} {latin}");
        }
        assert!(similarity("Орлов", &Letters::new("Belov")) < 0.75);
    }

    #[test]
    fn endings_of_grammar_are_left_out() {
        assert_eq!((stem("Орловым"), stem("Орлова"), stem("Орлов"), stem("Ира")), ("Орлов", "Орлов", "Орлов", "Ира"));
    }
}
