//! What names of one language add to each other: endings of grammar, suffixes of places, capitals inside.

use super::spelling::Letters;

/// What Japanese names of places and groups end with.
const SUFFIXES: [&str; 28] = [
    "jinja", "jingu", "kaido", "dera", "gawa", "kawa", "dori", "mura", "ryu", "shi", "machi", "cho", "gun", "sha",
    "jo", "ji", "do", "in", "fu", "ku", "go", "ha", "ike", "yama", "san", "ken", "han", "shu",
];
/// Longer ends that many names share.
const SHARED_ENDS: [&str; 3] = ["nomiya", "nokuni", "noie"];
/// Endings of grammar and of adjectives.
const ENDINGS: [&str; 9] = ["s", "es", "n", "an", "ns", "i", "ed", "er", "d"];

/// The shorter and the longer of two names.
fn by_length<'l>(a: &'l Letters, b: &'l Letters) -> (&'l [char], &'l [char]) {
    if a.len() <= b.len() { (a.plain(), b.plain()) } else { (b.plain(), a.plain()) }
}

/// Whether one is the other with an ending of grammar.
pub(super) fn is_inflected(a: &Letters, b: &Letters) -> bool {
    let (short, long) = by_length(a, b);
    let ending = |rest: &[char]| ENDINGS.iter().any(|ending| ending.chars().eq(rest.iter().copied()));
    long.strip_prefix(short).is_some_and(ending) && !is_doubled(a, b)
}

/// Whether one only doubles the last letter of the other: Hartman and Hartmann.
pub(super) fn is_doubled(a: &Letters, b: &Letters) -> bool {
    let (short, long) = by_length(a, b);
    long.strip_prefix(short).is_some_and(|rest| rest.len() == 1 && rest.first() == short.last())
}

/// Whether one is the other with another suffix (-jo, -ji, -dori).
pub(super) fn is_suffixed(a: &Letters, b: &Letters) -> bool {
    let whole = |l: &Letters| l.plain().iter().collect::<String>();
    let bare = |text: &str| SUFFIXES.iter().find_map(|s| text.strip_suffix(s)).unwrap_or(text).to_owned();
    let (a, b) = (whole(a), whole(b));
    let (bare_a, bare_b) = (bare(&a), bare(&b));
    bare_a == bare_b || bare_a == b || a == bare_b
}

/// Whether two names begin or end alike, or have the same letters, as two readings of the same kanji do where one of them
/// is read wrongly.
pub(super) fn shares_part(a: &Letters, b: &Letters) -> bool {
    let common = |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(a, b)| a == b).count();
    let prefix = common(&mut a.plain().iter().zip(b.plain()));
    let suffix = common(&mut a.plain().iter().rev().zip(b.plain().iter().rev()));
    let end: String = a.plain().iter().skip(a.len() - suffix).collect();
    let is_generic =
        suffix > 0 && SUFFIXES.iter().chain(&SHARED_ENDS).any(|s| end.len() <= s.len() + 1 && end.ends_with(s));
    let sorted = |l: &Letters| {
        let mut letters = l.plain().to_vec();
        letters.sort_unstable();
        letters
    };
    prefix >= 3 || (suffix >= 4 && !is_generic) || sorted(a) == sorted(b)
}

/// The places of capitals behind the first letter, hyphens aside: `MacPherson` and Macpherson.
pub(super) fn inner_capitals(text: &str) -> Vec<usize> {
    let before = std::iter::once(' ').chain(text.chars());
    let letters = text.chars().zip(before).filter(|(c, _)| c.is_alphabetic());
    let inner = letters.enumerate().filter(|(_, (c, before))| c.is_uppercase() && before.is_alphabetic());
    inner.map(|(at, _)| at).collect()
}

/// Whether a word could be romanised Japanese: a vowel behind every consonant.
pub(super) fn is_romanised(word: &str) -> bool {
    let letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let is_vowel = |c: char| "aeiouāīūēō".contains(c);
    letters.iter().enumerate().all(|(i, c)| {
        let next = letters.get(i + 1).copied();
        let may_stand_before =
            |n: char| is_vowel(n) || n == *c || matches!(n, 'y' | 'h') || matches!((*c, n), ('t', 's' | 'c'));
        is_vowel(*c) || *c == 'n' || next.is_some_and(may_stand_before)
    })
}

#[cfg(test)]
mod tests {
    use super::{inner_capitals, is_inflected, is_romanised, is_suffixed, shares_part};
    use crate::check::names::spelling::Letters;

    fn pair(test: fn(&Letters, &Letters) -> bool, a: &str, b: &str) -> bool {
        test(&Letters::new(a), &Letters::new(b))
    }

    #[test]
    fn endings_of_grammar_make_no_other_name_and_double_letters_do() {
        assert!(pair(is_inflected, "Mexico", "Mexicos") && pair(is_inflected, "Asian", "Asia"));
        assert!(!pair(is_inflected, "Hartman", "Hartmann"));
    }

    #[test]
    fn places_with_other_suffixes_are_other_places() {
        assert!(pair(is_suffixed, "Kurokawa-jo", "Kurokawa-ji") && pair(is_suffixed, "Shijo", "Shijo-dori"));
        assert!(!pair(is_suffixed, "Inaba", "Inama"));
    }

    #[test]
    fn names_share_a_part_unless_it_is_a_suffix() {
        assert!(pair(shares_part, "Masaaki", "Masaakira") && pair(shares_part, "Deishi", "Ideshi"));
        assert!(!pair(shares_part, "Kitadori", "Higadori"));
    }

    #[test]
    fn capitals_inside_count_and_hyphens_do_not() {
        assert_eq!(inner_capitals("MacPherson"), [3]);
        assert_eq!(inner_capitals("Al-Qaeda"), [0; 0]);
    }

    #[test]
    fn romanised_words_have_a_vowel_behind_every_consonant() {
        assert!(is_romanised("Matchi") && is_romanised("Kenshin") && !is_romanised("Street"));
    }
}
