//! Choosing among the languages that a file offers: the nearest to the one that is asked for.

use crate::lang::Lang;

/// How near an offered language is to the wanted one, 0 for the very one; `None` for another language.
///
/// The order is that of BCP 47 (RFC 4647): the tag itself, then its refinements (`en` asks for `en-GB` too), then what it
/// refines (`en-GB` takes `en`), then any other region. Two scripts of one language do not stand for each other.
pub(super) fn distance(wanted: &Lang, offered: &Lang) -> Option<u8> {
    let (wanted_tag, offered_tag) = (wanted.tag(), offered.tag());
    let refines = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
    if wanted_tag == offered_tag {
        Some(0)
    } else if refines(offered_tag, wanted_tag) {
        Some(1)
    } else if refines(wanted_tag, offered_tag) {
        Some(2)
    } else {
        let script = |lang: &Lang| lang.tag().split('-').nth(1).filter(|subtag| subtag.len() == 4).map(str::to_owned);
        let has_other_script = script(wanted).zip(script(offered)).is_some_and(|(wanted, offered)| wanted != offered);
        (wanted.primary() == offered.primary() && !has_other_script).then_some(3)
    }
}

#[cfg(test)]
mod tests {
    use super::distance;

    fn between(wanted: &str, offered: &str) -> Option<u8> {
        distance(&wanted.parse().expect("a tag"), &offered.parse().expect("a tag"))
    }

    #[test]
    fn the_tag_itself_comes_first_then_its_refinements_then_the_rest_of_the_language() {
        assert_eq!(between("en", "en"), Some(0));
        assert_eq!(between("en", "en-GB"), Some(1));
        assert_eq!(between("en-GB", "en"), Some(2));
        assert_eq!(between("en-GB", "EN_us"), Some(3));
        assert_eq!(between("en", "ja"), None);
        assert_eq!(between("fi", "fil"), None);
    }

    #[test]
    fn scripts_do_not_stand_for_each_other() {
        assert_eq!(between("zh-Hant", "zh-Hans"), None);
        assert_eq!(between("zh-Hant-TW", "zh-TW"), Some(3));
    }
}
