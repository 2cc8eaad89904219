//! The language that a file's name tells.

use crate::lang::Lang;

/// The ISO 639-1 codes, in order.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// A language in a file's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The language.
    pub(super) lang: Lang,
    /// Whether the name may mean something else: it is a short word alone (`he.txt`) that the project does not know.
    pub(super) is_doubtful: bool,
}

/// The language of `ja.md` (the whole stem) or `moulds.en.html` (the last part before the ending); only two-letter
/// codes and the project's own tags count, so that `notes.old.txt` has none.
pub(super) fn of_file_name(name: &str, project_tags: &[Lang]) -> Option<Named> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let part = stem.rsplit('.').next().unwrap_or_default();
    let lang: Lang = part.parse().ok()?;
    // Articles of this tool are called so.
    let is_usual = lang.is_japanese() || lang.is_english();
    let is_known = project_tags.contains(&lang);
    let is_code = CODES.split(' ').any(|code| code == lang.tag());
    (is_known || is_code).then(|| Named { lang, is_doubtful: part == stem && !is_known && !is_usual })
}

#[cfg(test)]
mod tests {
    use super::of_file_name;
    use crate::lang::Lang;

    fn named(name: &str) -> Option<String> {
        let tags: Vec<Lang> = ["zh-Hant", "yue"].iter().map(|tag| tag.parse().expect("a tag")).collect();
        of_file_name(name, &tags).map(|named| named.lang.into())
    }

    #[test]
    fn the_stem_or_its_last_part_is_the_language() {
        for (name, tag) in [
            ("ja.md", "ja"),
            ("corpus/2024/EN.txt", "en"),
            ("moulds.en.html", "en"),
            ("x.zh-hant.md", "zh-Hant"),
            ("yue.txt", "yue"),
            ("C:\\texts\\de.txt", "de"),
        ] {
            assert_eq!(named(name).as_deref(), Some(tag), "{name}");
        }
    }

    #[test]
    fn a_short_word_alone_is_doubtful() {
        let is_doubtful = |name: &str, tags: &[Lang]| of_file_name(name, tags).map(|named| named.is_doubtful);
        assert_eq!(is_doubtful("he.txt", &[]), Some(true));
        assert_eq!(is_doubtful("x.he.txt", &[]), Some(false));
        assert_eq!(is_doubtful("fr.txt", &["fr".parse().expect("a tag")]), Some(false));
        assert_eq!(is_doubtful("ja.txt", &[]), Some(false));
    }

    #[test]
    fn other_names_tell_nothing() {
        for name in ["notes.old.txt", "qq.md", "ja/article.md", "deu.txt", "pt-BR.md", "", ".md", "対訳.txt"] {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
