//! `JMdict` in XML, the dictionary that EDICT is made from, with glosses in several languages.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::gloss::{self, MAX_GLOSSES};
use super::reading::{Read, headword};
use super::{Lexicon, Rendering};
use crate::error::{Error, Result};
use crate::lang::Lang;

/// The beginning of the root element; the DTD before it only names the entities for parts of speech and usage.
const ROOT: &str = "<JMdict";

/// The languages of its glosses: BCP 47 and the codes of ISO 639-2/B that the file uses.
const CODES: &[(&str, &str)] = &[
    ("de", "ger"),
    ("en", "eng"),
    ("es", "spa"),
    ("fr", "fre"),
    ("hu", "hun"),
    ("nl", "dut"),
    ("ru", "rus"),
    ("sl", "slv"),
    ("sv", "swe"),
];

/// The code of a gloss that names none.
const DEFAULT_CODE: &str = "eng";

/// Whether a text looks like this format.
pub(super) fn is_jmdict(text: &str) -> bool {
    text.trim_start().starts_with('<') && text.contains(ROOT)
}

/// What has been read of an entry.
#[derive(Default)]
struct Entry {
    written: Vec<String>,
    readings: Vec<String>,
    usually_kana: bool,
    renderings: Vec<Rendering>,
}

impl Entry {
    /// Takes the text of an element; `counts` says whether a gloss is in the language asked for.
    fn take(&mut self, element: &str, text: &str, counts: bool) {
        match element {
            "keb" => self.written.push(text.to_owned()),
            "reb" => self.readings.push(text.to_owned()),
            // Where a program has replaced the entity &uk; by what it stands for.
            "misc" if text.contains("usually written using kana") => self.usually_kana = true,
            "gloss" if counts && self.renderings.len() < MAX_GLOSSES => {
                self.renderings.extend(gloss::rendering(text, self.renderings.len()));
            }
            _ => {}
        }
    }

    fn add_to(self, lexicon: &mut Lexicon) {
        if self.renderings.is_empty() {
            return;
        }
        let kana_counts = self.usually_kana || self.written.is_empty();
        let readings = self.readings.iter().filter(|_| kana_counts);
        for word in self.written.iter().chain(readings).map(|word| word.trim()).filter(|word| !word.is_empty()) {
            lexicon.list(headword(word)).extend_from_slice(&self.renderings);
        }
    }
}

/// The word list in a `JMdict` file: the glosses in the target language.
pub(super) fn read_list(name: &str, text: &str, source: &Lang, target: &Lang) -> Result<Read> {
    let code = CODES.iter().find(|(tag, _)| *tag == target.primary()).map_or(target.primary(), |(_, code)| code);
    let mut read = Read::new(Lexicon::new(source.clone(), target.clone()));
    let start = text.find(ROOT).unwrap_or_default();
    let mut reader = Reader::from_str(text.get(start..).unwrap_or_default());
    let (mut entry, mut content, mut counts, mut is_whole) = (Entry::default(), String::new(), false, false);
    loop {
        let event = reader.read_event().map_err(|e| {
            let place = start + usize::try_from(reader.error_position()).unwrap_or_default();
            let line = 1 + text.bytes().take(place).filter(|b| *b == b'\n').count();
            Error::format(
                Path::new(name),
                line,
                format!("this is no XML that can be read ({e}). Unpack or download the file again"),
            )
        })?;
        match event {
            Event::Start(tag) => {
                content.clear();
                counts = language_of(&tag) == code;
            }
            Event::Text(part) => content.push_str(&part),
            Event::CData(part) => content.push_str(&part),
            Event::GeneralRef(entity) if &*entity == "uk" => entry.usually_kana = true,
            Event::GeneralRef(entity) => content.push_str(&replacement(&entity)),
            Event::End(tag) => match tag.name().as_ref() {
                "entry" => std::mem::take(&mut entry).add_to(&mut read.lexicon),
                "JMdict" => is_whole = true,
                element => entry.take(element, &content, counts),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    if !is_whole {
        read.notes.push(format!("{name} ends within the dictionary: it may be cut off."));
    }
    if read.lexicon.is_empty() {
        read.notes.push(format!("{name} has no glosses in the language {target}."));
    }
    Ok(read)
}

/// The code of the language that a gloss names.
fn language_of(tag: &BytesStart<'_>) -> String {
    let attribute = tag.try_get_attribute("xml:lang").ok().flatten();
    attribute.map_or_else(|| DEFAULT_CODE.to_owned(), |attribute| attribute.value.into_owned())
}

/// What a reference in a text stands for; nothing for the entities of the DTD.
fn replacement(entity: &BytesRef<'_>) -> String {
    match entity.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => resolve_predefined_entity(entity).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;
    use crate::lexicon::Lexicon;
    use crate::lexicon::reading::tests::{assert_renders, notes_of, read};

    /// Entries of our own in `JMdict`'s form.
    const SAMPLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- Rev 1.09: it's a sample <with> "signs" -->
<!DOCTYPE JMdict [
<!ELEMENT JMdict (entry*)>
<!-- the element's text, e.g. <gloss>; a lone > too -->
<!ATTLIST gloss xml:lang CDATA "eng">
<!ENTITY n "noun (common) (futsuumeishi)">
<!ENTITY uk "word usually written using kana alone">
]>
<JMdict>
<entry><ent_seq>1</ent_seq>
<k_ele><keb>対訳</keb><ke_pri>news1</ke_pri></k_ele><k_ele><keb>對譯</keb><ke_inf>&oK;</ke_inf></k_ele>
<r_ele><reb>たいやく</reb></r_ele>
<sense><pos>&n;</pos><gloss>parallel text</gloss><gloss xml:lang="ger">Paralleltext</gloss></sense>
<sense><gloss g_type="expl">text &amp; translation (side by side)</gloss></sense></entry>
<entry><ent_seq>2</ent_seq><k_ele><keb>鯛焼き</keb></k_ele><r_ele><reb>たい焼き</reb></r_ele>
<sense><misc>&uk;</misc><gloss>fish&#45;shaped cake</gloss></sense></entry>
<entry><ent_seq>3</ent_seq><r_ele><reb>アプリ</reb></r_ele><sense><gloss xml:lang="eng">app</gloss></sense></entry>
</JMdict>
"#;

    #[test]
    fn english_glosses_are_the_renderings_of_all_written_forms() {
        let list = read(SAMPLE);
        for word in ["対訳", "對譯"] {
            assert_renders(&list, word, &[("parallel text", 0.5), ("text & translation", 0.5 / 1.08)]);
        }
        assert_renders(&list, "アプリ", &[("app", 0.5)]);
        assert_eq!(list.len(), 5);
        assert_eq!(notes_of(SAMPLE), Vec::<String>::new());
    }

    #[test]
    fn readings_count_where_the_word_is_usually_written_in_kana() {
        let list = read(SAMPLE);
        assert_renders(&list, "たい焼き", &[("fish-shaped cake", 0.5)]);
        assert!(!list.contains("たいやく"));
    }

    #[test]
    fn glosses_in_another_language_are_read_for_it() -> crate::error::Result<()> {
        let german = "de".parse()?;
        let (list, notes) = Lexicon::read("jmdict", SAMPLE.as_bytes(), None, Some((&Lang::japanese(), &german)))?;
        assert_renders(&list, "対訳", &[("Paralleltext", 0.5)]);
        assert_eq!((list.len(), notes.len()), (2, 0));
        Ok(())
    }

    #[test]
    fn a_file_that_is_cut_off_gives_what_it_has() {
        let first = SAMPLE.split("<entry><ent_seq>2").next().unwrap_or_default();
        assert!(read(first).contains("対訳"));
        assert_eq!(notes_of(first), ["list ends within the dictionary: it may be cut off."]);
    }

    #[test]
    fn broken_xml_is_an_error_with_its_line() {
        let broken = SAMPLE.replace("</keb><ke_pri>", "</reb><ke_pri>");
        let error =
            Lexicon::read("jmdict", broken.as_bytes(), None, None).map_or_else(|e| e.to_string(), |_| String::new());
        assert!(error.starts_with("jmdict, line 12: this is no XML that can be read"), "{error}");
    }
}
