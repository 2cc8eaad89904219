//! TMX 1.4b, the format in which translation tools exchange their memories.
//!
//! Standard: Translation Memory eXchange 1.4b, LISA OSCAR, 2005. Nothing of the day of writing goes into the file.

#[cfg(test)]
mod dtd;
mod read;

use std::io::{self, Write};

use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

pub(super) use self::read::Reader;
use super::xml::{self, legal};
use super::{Markup, Record, confidence, timestamp};
use crate::lang::Lang;
use crate::unit::{TranslationUnit, Variant};

/// What a header says whose units have several source languages.
const ALL_LANGUAGES: &str = "*all*";
/// What a header says that taiyaku has written.
const TOOL: &str = "taiyaku";
/// The props in which taiyaku keeps what TMX has no place for: the document, the confidence, the status.
const OWN_PROPERTIES: [&str; 3] = ["x-document", "x-confidence", "x-status"];

/// A file that is being written.
pub(super) struct Writer<W: Write> {
    xml: quick_xml::Writer<W>,
    /// The language that the header names.
    source: String,
}

impl<W: Write> Writer<W> {
    /// Writes the head. Without `languages` the units have several pairs of them, and each names its own.
    pub(super) fn new(languages: Option<(&Lang, &Lang)>, out: W) -> io::Result<Self> {
        let source = languages.map_or(ALL_LANGUAGES, |(source, _)| source.tag()).to_owned();
        let mut xml = quick_xml::Writer::new_with_indent(out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.write_event(Event::Start(BytesStart::new("tmx").with_attributes([("version", "1.4")])))?;
        let header = BytesStart::new("header").with_attributes([
            ("creationtool", TOOL),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "sentence"),
            ("o-tmf", TOOL),
            ("adminlang", "en"),
            ("srclang", source.as_str()),
            ("datatype", "plaintext"),
        ]);
        xml.write_event(Event::Start(header))?;
        let mut writer = Self { xml, source };
        if let Some((_, target)) = languages {
            writer.prop("x-target-language", target.tag())?;
        }
        writer.end("header")?;
        writer.start(BytesStart::new("body"))?;
        Ok(writer)
    }

    /// Writes a unit, with what else is known of it.
    ///
    /// A side without text is left out, since tools would take an empty segment for a translation; so is a unit without
    /// any. Characters that XML 1.0 cannot hold are dropped.
    pub(super) fn write(&mut self, unit: &TranslationUnit, record: Option<&Record>) -> io::Result<()> {
        let codes = record.map_or([&[][..], &[]], |record| [&record.source_codes, &record.target_codes]);
        let variants = [&unit.source, &unit.target].into_iter().zip(codes);
        let variants: Vec<(&Variant, String)> = variants
            .map(|(variant, codes)| (variant, xml::written(&variant.text(), codes, Markup::Tmx)))
            .filter(|(_, segment)| !segment.is_empty())
            .collect();
        if variants.is_empty() {
            return Ok(());
        }
        let mut tu = BytesStart::new("tu");
        let created = record.and_then(|record| timestamp::tmx(record.created.as_deref()?));
        let changed = record.and_then(|record| timestamp::tmx(record.changed.as_deref()?));
        let id = record.map(|record| legal(&record.id)).filter(|id| !id.is_empty());
        tu.extend_attributes(id.as_ref().map(|id| ("tuid", id.as_ref())));
        tu.extend_attributes(created.as_ref().map(|time| ("creationdate", time.as_str())));
        tu.extend_attributes(changed.as_ref().map(|time| ("changedate", time.as_str())));
        if unit.source.lang.tag() != self.source {
            tu.push_attribute(("srclang", unit.source.lang.tag()));
        }
        self.start(tu)?;
        if let Some(record) = record.filter(|record| !record.note.is_empty()) {
            self.text(BytesStart::new("note"), &record.note)?;
        }
        let [document, confidence, status] = OWN_PROPERTIES;
        if !unit.document.is_empty() {
            self.prop(document, &unit.document)?;
        }
        self.prop(confidence, &confidence::write(unit.confidence))?;
        self.prop(status, unit.status.as_str())?;
        let properties = record.into_iter().flat_map(|record| &record.properties);
        for (kind, value) in properties.filter(|(kind, _)| !OWN_PROPERTIES.contains(&kind.as_str())) {
            self.prop(&legal(kind), value)?;
        }
        for (variant, segment) in variants {
            self.start(BytesStart::new("tuv").with_attributes([("xml:lang", variant.lang.tag())]))?;
            self.element(BytesStart::new("seg"), segment)?;
            self.end("tuv")?;
        }
        self.end("tu")
    }

    /// Writes the end.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.end("body")?;
        self.end("tmx")?;
        self.xml.into_inner().write_all(b"\n")
    }

    fn prop(&mut self, kind: &str, value: &str) -> io::Result<()> {
        self.text(BytesStart::new("prop").with_attributes([("type", kind)]), value)
    }

    /// An element that holds text only.
    fn text(&mut self, start: BytesStart<'_>, text: &str) -> io::Result<()> {
        self.element(start, partial_escape(legal(text)).into_owned())
    }

    /// An element whose content is written already.
    fn element(&mut self, start: BytesStart<'_>, content: String) -> io::Result<()> {
        let end = start.to_end().into_owned();
        self.xml.write_event(Event::Start(start))?;
        self.xml.write_event(Event::Text(BytesText::from_escaped(content)))?;
        self.xml.write_event(Event::End(end))
    }

    fn start(&mut self, element: BytesStart<'_>) -> io::Result<()> {
        self.xml.write_event(Event::Start(element))
    }

    fn end(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::process::Command;

    use proptest::prelude::*;

    use super::dtd::Dtd;
    use super::{Event, legal};
    use crate::format::specimen::{unit, units, written};
    use crate::format::{Format, write_units};
    use crate::lang::Lang;
    use crate::unit::TranslationUnit;

    fn write(
        units: &[TranslationUnit],
        source: &Lang,
        target: &Lang,
        out: &mut dyn std::io::Write,
    ) -> std::io::Result<()> {
        write_units(Format::Tmx, units, source, target, out)
    }

    fn written_tmx(units: &[TranslationUnit]) -> String {
        written(|out| write(units, &Lang::japanese(), &Lang::english(), out))
    }

    fn dtd_path() -> PathBuf {
        [env!("CARGO_MANIFEST_DIR"), "tests", "data", "tmx14.dtd"].iter().collect()
    }

    fn standard() -> Dtd {
        Dtd::parse(&std::fs::read_to_string(dtd_path()).expect("the DTD"))
    }

    #[test]
    fn units_are_written_with_their_provenance() {
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="taiyaku" creationtoolversion="VERSION" segtype="sentence" o-tmf="taiyaku" adminlang="en" srclang="ja" datatype="plaintext">
    <prop type="x-target-language">en</prop>
  </header>
  <body>
    <tu>
      <prop type="x-document">2024-05-01-記事</prop>
      <prop type="x-confidence">0.981</prop>
      <prop type="x-status">auto</prop>
      <tuv xml:lang="ja">
        <seg>彼は「行く。」と言った。雨だった🌧。</seg>
      </tuv>
      <tuv xml:lang="en">
        <seg>He said, "I'll &lt;go&gt; &amp; see."</seg>
      </tuv>
    </tu>
    <tu>
      <prop type="x-document">2024-05-01-記事</prop>
      <prop type="x-confidence">1.000</prop>
      <prop type="x-status">confirmed</prop>
      <tuv xml:lang="ja">
        <seg>=1+1	の&#13;
答え</seg>
      </tuv>
      <tuv xml:lang="en">
        <seg>-2, 'quoted'&#13;text</seg>
      </tuv>
    </tu>
    <tu>
      <prop type="x-document">2024-05-01-記事</prop>
      <prop type="x-confidence">0.500</prop>
      <prop type="x-status">rejected</prop>
      <tuv xml:lang="ja">
        <seg>訳されない文。</seg>
      </tuv>
    </tu>
  </body>
</tmx>
"#;
        assert_eq!(written_tmx(&units()), expected.replace("VERSION", env!("CARGO_PKG_VERSION")));
    }

    #[test]
    fn units_in_several_languages_name_their_own() {
        let mut french = unit("はい。", "Oui.");
        french.target.lang = "fr".parse().expect("a tag");
        let tmx = written(|out| write(&[unit("はい。", "Yes."), french], &Lang::japanese(), &Lang::english(), out));
        assert!(tmx.contains(r#" srclang="*all*""#) && !tmx.contains("x-target-language"), "{tmx}");
        assert_eq!(tmx.matches(r#"<tu srclang="ja">"#).count(), 2, "{tmx}");
        assert_eq!(standard().violations(&tmx), Vec::<String>::new());
    }

    #[test]
    fn a_source_of_another_region_is_told() {
        let mut british = unit("Yes.", "はい。");
        british.source.lang = "en-GB".parse().expect("a tag");
        british.target.lang = Lang::japanese();
        let tmx = written(|out| write(&[british], &Lang::english(), &Lang::japanese(), out));
        assert!(tmx.contains(r#"<tu srclang="en-GB">"#), "{tmx}");
        assert_eq!(standard().violations(&tmx), Vec::<String>::new());
    }

    #[test]
    fn files_are_valid_by_the_standard() {
        for units in [Vec::new(), units(), vec![unit("\u{1}", "\u{fffe}"), unit("", "Only English.")]] {
            let tmx = written_tmx(&units);
            assert_eq!(standard().violations(&tmx), Vec::<String>::new(), "{tmx}");
        }
    }

    #[test]
    fn the_validator_finds_what_is_wrong() {
        let good = written_tmx(&units());
        for (from, to, violation) in [
            (" srclang=\"ja\"", "", "header: the attribute srclang is missing"),
            ("segtype=\"sentence\"", "segtype=\"line\"", "header: segtype=\"line\" is not allowed"),
            ("<tu>", "<tu date=\"1\">", "tu: the attribute date is not declared"),
            ("<seg>訳されない文。</seg>", "", "tuv: its children [] do not match"),
            ("<body>", "<body>x", "body: text is not allowed"),
            ("<tmx version=\"1.4\">", "<tmx>", "tmx: the attribute version is missing"),
        ] {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good, "{from}");
            assert_eq!(standard().violations(&bad), [violation]);
        }
        let late = "</tuv><prop type=\"x\">1</prop></tu>";
        let bad = good.replacen("</tuv>\n    </tu>", late, 1);
        assert_eq!(
            standard().violations(&bad),
            ["tu: its children [\"prop\", \"prop\", \"prop\", \"tuv\", \"tuv\", \"prop\"] do not match"]
        );
    }

    /// The same by libxml2, where it is installed, which also shows that the DTD itself is sound.
    #[test]
    fn files_are_valid_by_libxml2() {
        if Command::new("xmllint").arg("--version").output().is_err() {
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("units.tmx");
        std::fs::write(&path, written_tmx(&units())).expect("a file");
        let checked =
            Command::new("xmllint").args(["--nonet", "--noout", "--dtdvalid"]).arg(dtd_path()).arg(&path).output();
        let checked = checked.expect("xmllint");
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    }

    /// The texts of a file's segments as an XML reader gives them.
    fn segments_of(tmx: &str) -> Vec<String> {
        let mut reader = quick_xml::Reader::from_str(tmx);
        let (mut found, mut inside) = (Vec::new(), None);
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(e) if e.name().as_ref() == "seg" => inside = Some(String::new()),
                Event::End(e) if e.name().as_ref() == "seg" => found.extend(inside.take()),
                Event::Text(e) => {
                    if let Some(text) = &mut inside {
                        text.push_str(&e);
                    }
                }
                Event::GeneralRef(e) => {
                    if let Some(text) = &mut inside {
                        let name: &str = &e;
                        let meant = e.resolve_char_ref().expect("a character").map(String::from);
                        let entity = || quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned);
                        text.push_str(&meant.or_else(entity).expect("a known entity"));
                    }
                }
                Event::Eof => return found,
                _ => {}
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(texts in prop::collection::vec(("(?s).+", "(?s)[<>&'\"\\]\r\n\t x]*[^ ]"), 0..4)) {
            let units: Vec<_> = texts.iter().map(|(s, t)| unit(s, t)).collect();
            let sides = texts.iter().flat_map(|(s, t)| [s, t]).map(|text| legal(text).into_owned()).filter(|text| !text.is_empty());
            prop_assert_eq!(segments_of(&written_tmx(&units)), sides.collect::<Vec<_>>());
        }

        #[test]
        fn any_text_makes_a_valid_file(source in "(?s).*", target in "[\\x00-\\x20<>&'\"\\]\u{fffe}\u{ffff}x]*") {
            prop_assert_eq!(standard().violations(&written_tmx(&[unit(&source, &target)])), Vec::<String>::new());
        }
    }
}
