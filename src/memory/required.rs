//! What every match of a regular expression holds, so that the index can say which units are worth trying.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

use super::key::key;

/// No more texts are looked for than this, nor characters of a class.
const MOST: usize = 16;

/// Texts of which every match of `pattern`, upper and lower case being the same, holds one; `None` where there are no
/// such, or only such as stand nearly everywhere.
pub(super) fn required(pattern: &str) -> Option<Vec<String>> {
    let hir = ParserBuilder::new().build().parse(pattern).ok()?;
    of(&hir).filter(|texts| texts.iter().all(|text| is_telling(text)))
}

/// Whether it is worth asking the index: a single letter is not.
fn is_telling(text: &str) -> bool {
    !text.is_ascii() || text.len() > 1
}

fn of(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            // Around a character that cases change otherwise than in keys the text is cut.
            let text = std::str::from_utf8(&literal.0).ok()?;
            let longest = text.split(|c| !keeps_key(c)).max_by_key(|part| part.chars().count())?;
            (!longest.is_empty()).then(|| vec![longest.to_owned()])
        }
        HirKind::Class(Class::Unicode(class)) => {
            let size: usize = class.ranges().iter().map(ClassUnicodeRange::len).sum();
            let chars = || class.ranges().iter().flat_map(|range| range.start()..=range.end());
            (size <= MOST && chars().all(keeps_key)).then(|| chars().map(String::from).collect())
        }
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(of).max_by_key(|texts| rarity(texts)),
        HirKind::Alternation(parts) => {
            let all: Vec<String> = parts.iter().map(of).collect::<Option<Vec<_>>>()?.concat();
            (all.len() <= MOST).then_some(all)
        }
        _ => None,
    }
}

/// How much less the texts are met with: the shortest of them counts, and that there are few.
fn rarity(texts: &[String]) -> (usize, std::cmp::Reverse<usize>) {
    let shortest = texts.iter().map(String::len).min().unwrap_or(0);
    (shortest, std::cmp::Reverse(texts.len()))
}

/// Whether all that a regular expression takes for `c` in another case has the same key. (σ and ς do not.)
fn keeps_key(c: char) -> bool {
    let mut class = ClassUnicode::new([ClassUnicodeRange::new(c, c)]);
    if class.try_case_fold_simple().is_err() {
        return false;
    }
    let own = key(c.encode_utf8(&mut [0; 4]));
    let mut others = class.ranges().iter().flat_map(|range| range.start()..=range.end());
    others.all(|other| key(other.encode_utf8(&mut [0; 4])) == own)
}

#[cfg(test)]
mod tests {
    use super::required;

    fn assert_required(pattern: &str, expected: Option<&[&str]>) {
        let found = required(pattern);
        let found: Option<Vec<&str>> = found.as_ref().map(|texts| texts.iter().map(String::as_str).collect());
        assert_eq!(found.as_deref(), expected, "{pattern}");
    }

    #[test]
    fn the_longest_text_that_every_match_holds() {
        assert_required("^昨日[、は]", Some(&["昨日"]));
        assert_required("(?:foreign|prime) minister", Some(&[" minister"]));
        assert_required("外相|首相", Some(&["外相", "首相"]));
        assert_required("[東西]の", Some(&["の"]));
        assert_required("(雨が)+降る?", Some(&["雨が"]));
        assert_required("[東西]", Some(&["東", "西"]));
    }

    #[test]
    fn what_may_be_missing_is_not_required() {
        for pattern in [".*", "雨?", "雨|", "[^雨]", r"\d+", "a", "雨*", r"\p{Han}", "(", "σσ", "^$"] {
            assert_required(pattern, None);
        }
        assert_required("οδός αθήνα", Some(&[" αθήνα"]));
    }
}
