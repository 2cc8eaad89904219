//! XLIFF, the format in which articles go to translators and come back, with proposals from the memory.
//!
//! Standards: XLIFF 1.2 (OASIS, 2008) and XLIFF 2.1 (OASIS, 2018) with its Translation Candidates module. Nothing of the
//! day of writing goes into the file. What XLIFF has no place for, the confidence, stands in an attribute of our own.

mod read;

use std::io::{self, Write};

use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

pub(super) use self::read::Reader;
use super::xml::{legal, written};
use super::{InlineCode, Markup, Record, confidence};
use crate::lang::Lang;
use crate::unit::{Status, TranslationUnit, Variant};

/// The namespace of taiyaku's own attributes.
const NAMESPACE: &str = "urn:taiyaku:unit";
/// The attribute that holds a unit's confidence.
const CONFIDENCE: &str = "taiyaku:confidence";
/// The score of a match with the same unit before or after it.
const IN_CONTEXT: u8 = 101;
/// The score of the same text.
const EXACT: u8 = 100;

/// A version of XLIFF to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum XliffVersion {
    /// XLIFF 1.2, which every tool reads.
    V1_2,
    /// XLIFF 2.1.
    V2_1,
}

/// A translation that is proposed for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The source text of what is proposed, which may differ from the unit's.
    pub source: String,
    /// The translation.
    pub target: String,
    /// How near the source text is, from 0 to 100; 101 with the same unit before or after it.
    pub score: u8,
    /// Where it comes from: the name of a memory or of a document.
    pub origin: String,
    /// The inline codes of its source text.
    pub source_codes: Vec<InlineCode>,
    /// The inline codes of its translation.
    pub target_codes: Vec<InlineCode>,
}

impl Proposal {
    /// Its texts with their codes.
    fn written(&self, markup: Markup) -> [String; 2] {
        [written(&self.source, &self.source_codes, markup), written(&self.target, &self.target_codes, markup)]
    }
}

/// An XLIFF file that is being written.
pub struct XliffWriter<'w> {
    xml: quick_xml::Writer<&'w mut dyn Write>,
    version: XliffVersion,
    /// The languages of the file or, in XLIFF 1.2, of the part that is open.
    languages: (Lang, Lang),
    /// The document of the part that is open.
    document: Option<String>,
    parts: usize,
    units: usize,
}

impl<'w> XliffWriter<'w> {
    /// Writes the head of a file.
    pub fn new(version: XliffVersion, languages: (&Lang, &Lang), out: &'w mut dyn Write) -> io::Result<Self> {
        let mut xml = quick_xml::Writer::new_with_indent(out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut root = BytesStart::new("xliff");
        match version {
            XliffVersion::V1_2 => root.extend_attributes([
                ("version", "1.2"),
                ("xmlns", "urn:oasis:names:tc:xliff:document:1.2"),
                ("xmlns:taiyaku", NAMESPACE),
            ]),
            XliffVersion::V2_1 => root.extend_attributes([
                ("version", "2.1"),
                ("xmlns", "urn:oasis:names:tc:xliff:document:2.0"),
                ("xmlns:mtc", "urn:oasis:names:tc:xliff:matches:2.0"),
                ("xmlns:taiyaku", NAMESPACE),
                ("srcLang", languages.0.tag()),
                ("trgLang", languages.1.tag()),
            ]),
        };
        xml.write_event(Event::Start(root))?;
        let languages = (languages.0.clone(), languages.1.clone());
        Ok(Self { xml, version, languages, document: None, parts: 0, units: 0 })
    }

    /// Writes a unit with what is proposed for it, best first; its target may be empty. Units that follow one another and
    /// come from one document stand together. A translation that is one of the proposals is marked as taken from the memory.
    ///
    /// A unit without a source text is left out, since XLIFF has no place for it, and so are characters that XML 1.0
    /// cannot hold. Fails when the file cannot be written, and in XLIFF 2.1 on a unit in other languages than the file's.
    pub fn write(&mut self, record: &Record, proposals: &[Proposal]) -> io::Result<()> {
        self.unit(&record.unit, Some(record), proposals)
    }

    pub(super) fn unit(
        &mut self,
        unit: &TranslationUnit,
        record: Option<&Record>,
        proposals: &[Proposal],
    ) -> io::Result<()> {
        if legal(&unit.source.text()).is_empty() {
            return Ok(());
        }
        self.part(unit)?;
        self.units += 1;
        match self.version {
            XliffVersion::V1_2 => self.trans_unit(unit, record, proposals),
            XliffVersion::V2_1 => self.unit_of_2(unit, record, proposals),
        }
    }

    /// Writes the end.
    pub fn finish(mut self) -> io::Result<()> {
        if self.parts == 0 {
            self.begin_part("")?;
            if self.version == XliffVersion::V2_1 {
                // A file of XLIFF 2.1 has a unit or a group, which may be empty.
                self.xml.write_event(Event::Empty(BytesStart::new("group").with_attributes([("id", "g1")])))?;
            }
        }
        self.end_part()?;
        self.end("xliff")?;
        self.xml.into_inner().write_all(b"\n")
    }

    /// Begins another part where the unit does not belong into the one that is open.
    fn part(&mut self, unit: &TranslationUnit) -> io::Result<()> {
        let languages = [(&self.languages.0, &unit.source.lang), (&self.languages.1, &unit.target.lang)];
        let is_second = self.version == XliffVersion::V2_1;
        // Regions share the languages of a file of XLIFF 2.1, which has one pair for all.
        let has_languages =
            languages.iter().all(|(own, other)| own == other || is_second && own.primary() == other.primary());
        if !has_languages && is_second {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "XLIFF 2.1 holds one pair of languages, these are several. Choose one with --language, or write tmx",
            ));
        }
        if has_languages && self.document.as_ref() == Some(&unit.document) {
            return Ok(());
        }
        self.end_part()?;
        if !is_second {
            self.languages = (unit.source.lang.clone(), unit.target.lang.clone());
        }
        self.begin_part(&unit.document)
    }

    fn begin_part(&mut self, document: &str) -> io::Result<()> {
        self.parts += 1;
        let (original, id) = (legal(document), format!("f{}", self.parts));
        let mut file = BytesStart::new("file");
        match self.version {
            XliffVersion::V1_2 => {
                file.extend_attributes([
                    ("original", original.as_ref()),
                    ("source-language", self.languages.0.tag()),
                    ("target-language", self.languages.1.tag()),
                    ("datatype", "plaintext"),
                    ("tool-id", "taiyaku"),
                ]);
                let tool = BytesStart::new("tool").with_attributes([
                    ("tool-id", "taiyaku"),
                    ("tool-name", "taiyaku"),
                    ("tool-version", env!("CARGO_PKG_VERSION")),
                ]);
                self.start(file)?;
                self.start(BytesStart::new("header"))?;
                self.xml.write_event(Event::Empty(tool))?;
                self.end("header")?;
                self.start(BytesStart::new("body"))?;
            }
            XliffVersion::V2_1 => {
                file.push_attribute(("id", id.as_str()));
                if !original.is_empty() {
                    file.push_attribute(("original", original.as_ref()));
                }
                self.start(file)?;
            }
        }
        self.document = Some(document.to_owned());
        Ok(())
    }

    fn end_part(&mut self) -> io::Result<()> {
        if self.document.take().is_some() {
            if self.version == XliffVersion::V1_2 {
                self.end("body")?;
            }
            self.end("file")?;
        }
        Ok(())
    }

    fn trans_unit(
        &mut self,
        unit: &TranslationUnit,
        record: Option<&Record>,
        proposals: &[Proposal],
    ) -> io::Result<()> {
        let mut start = self.numbered("trans-unit", "resname", unit, record);
        if unit.status == Status::Confirmed {
            start.push_attribute(("approved", "yes"));
        }
        start.push_attribute(("xml:space", "preserve"));
        self.start(start)?;
        let (source_codes, target_codes) = codes(record);
        self.element(BytesStart::new("source"), written(&unit.source.text(), source_codes, Markup::Xliff1))?;
        if !unit.target.is_empty() {
            let target = BytesStart::new("target").with_attributes(
                match unit.status {
                    Status::Auto => match leverage(unit, proposals) {
                        None => [("state", "translated")].as_slice(),
                        Some(Leverage::Exact) => {
                            &[("state", "needs-review-translation"), ("state-qualifier", "exact-match")]
                        }
                        Some(Leverage::Fuzzy) => {
                            &[("state", "needs-review-translation"), ("state-qualifier", "fuzzy-match")]
                        }
                    },
                    Status::Confirmed => &[("state", "final")],
                    Status::Rejected => &[("state", "needs-translation"), ("state-qualifier", "rejected-inaccurate")],
                }
                .iter()
                .copied(),
            );
            self.element(target, written(&unit.target.text(), target_codes, Markup::Xliff1))?;
        }
        if let Some(note) = note(record) {
            self.text(BytesStart::new("note"), note)?;
        }
        for proposal in proposals {
            let (score, origin) = (proposal.score.to_string(), legal(&proposal.origin));
            let mut alternative = BytesStart::new("alt-trans");
            alternative.extend_attributes([("match-quality", score.as_str()), ("alttranstype", "proposal")]);
            if !origin.is_empty() {
                alternative.push_attribute(("origin", origin.as_ref()));
            }
            self.start(alternative)?;
            let [source, target] = proposal.written(Markup::Xliff1);
            self.element(language_of("source", &unit.source), source)?;
            self.element(language_of("target", &unit.target), target)?;
            self.end("alt-trans")?;
        }
        self.end("trans-unit")
    }

    fn unit_of_2(&mut self, unit: &TranslationUnit, record: Option<&Record>, proposals: &[Proposal]) -> io::Result<()> {
        let start = self.numbered("unit", "name", unit, record);
        self.start(start)?;
        if !proposals.is_empty() {
            self.start(BytesStart::new("mtc:matches"))?;
            for proposal in proposals {
                let (score, origin) = (proposal.score.min(100).to_string(), legal(&proposal.origin));
                let kind = if proposal.score >= IN_CONTEXT { "icm" } else { "tm" };
                let mut candidate = BytesStart::new("mtc:match");
                candidate.extend_attributes([("ref", "#s1"), ("type", kind), ("similarity", score.as_str())]);
                if !origin.is_empty() {
                    candidate.push_attribute(("origin", origin.as_ref()));
                }
                self.start(candidate)?;
                let [source, target] = proposal.written(Markup::Xliff2);
                self.element(preserved("source"), source)?;
                self.element(preserved("target"), target)?;
                self.end("mtc:match")?;
            }
            self.end("mtc:matches")?;
        }
        if let Some(note) = note(record) {
            self.start(BytesStart::new("notes"))?;
            self.text(BytesStart::new("note"), note)?;
            self.end("notes")?;
        }
        let state: &[_] = match unit.status {
            _ if unit.target.is_empty() => &[("state", "initial")],
            Status::Auto => match leverage(unit, proposals) {
                None => &[("state", "translated")],
                Some(Leverage::Exact) => &[("state", "translated"), ("subState", "taiyaku:exact-match")],
                Some(Leverage::Fuzzy) => &[("state", "initial"), ("subState", "taiyaku:fuzzy-match")],
            },
            Status::Confirmed => &[("state", "final")],
            Status::Rejected => &[("state", "initial"), ("subState", "taiyaku:rejected")],
        };
        let segment = BytesStart::new("segment").with_attributes([("id", "s1")]);
        self.start(segment.with_attributes(state.iter().copied()))?;
        let (source_codes, target_codes) = codes(record);
        self.element(preserved("source"), written(&unit.source.text(), source_codes, Markup::Xliff2))?;
        if !unit.target.is_empty() {
            self.element(preserved("target"), written(&unit.target.text(), target_codes, Markup::Xliff2))?;
        }
        self.end("segment")?;
        self.end("unit")
    }

    /// The beginning of a unit's element, with its number; its own id stands in the attribute `name`.
    fn numbered(
        &self,
        element: &'static str,
        name: &str,
        unit: &TranslationUnit,
        record: Option<&Record>,
    ) -> BytesStart<'static> {
        let number = self.units.to_string();
        let mut start = BytesStart::new(element).with_attributes([("id", number.as_str())]);
        if let Some(id) = record.map(|record| legal(&record.id)).filter(|id| !id.is_empty()) {
            start.push_attribute((name, id.as_ref()));
        }
        start.push_attribute((CONFIDENCE, confidence::write(unit.confidence).as_str()));
        start
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

impl std::fmt::Debug for XliffWriter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("XliffWriter")
            .field("version", &self.version)
            .field("units", &self.units)
            .finish_non_exhaustive()
    }
}

/// What a translation that was taken from the memory is worth.
enum Leverage {
    /// That of the same text.
    Exact,
    /// That of a text like it, which has to be mended.
    Fuzzy,
}

/// Whether the unit's translation is one of those proposed, so that nobody has looked at it here.
fn leverage(unit: &TranslationUnit, proposals: &[Proposal]) -> Option<Leverage> {
    let target = unit.target.text();
    let best = proposals.iter().filter(|proposal| proposal.target == target).map(|proposal| proposal.score).max()?;
    Some(if best >= EXACT { Leverage::Exact } else { Leverage::Fuzzy })
}

fn codes(record: Option<&Record>) -> (&[InlineCode], &[InlineCode]) {
    record.map_or((&[], &[]), |record| (&record.source_codes, &record.target_codes))
}

fn note(record: Option<&Record>) -> Option<&str> {
    record.map(|record| record.note.as_str()).filter(|note| !note.is_empty())
}

/// An element of a proposal in XLIFF 1.2, which names its language.
fn language_of(element: &'static str, variant: &Variant) -> BytesStart<'static> {
    BytesStart::new(element).with_attributes([("xml:lang", variant.lang.tag())])
}

/// An element whose white space counts.
fn preserved(element: &'static str) -> BytesStart<'static> {
    BytesStart::new(element).with_attributes([("xml:space", "preserve")])
}
