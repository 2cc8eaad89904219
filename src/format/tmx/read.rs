//! Reading TMX, of all versions, as the tools write it and as it lies on disks.
//!
//! A unit with several variants a language gives a record for each pair. Inline codes stand beside the text. What is no
//! unit, or half of one, is skipped with its place; what is complete in a file that is cut off is kept.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{ALL_LANGUAGES, OWN_PROPERTIES, TOOL};
use crate::align::SegmentRange;
use crate::error::{Error, Result};
use crate::format::input::TextStream;
use crate::format::language::distance;
use crate::format::reader::{Entry, Records};
use crate::format::xml::{Content, Inline, Node, Tag, Xml, local};
use crate::format::{CodeKind, InlineCode, Markup, Record, Skipped, confidence, timestamp};
use crate::lang::Lang;
use crate::unit::{Status, TranslationUnit, Variant};

/// The size, in bytes, up to which a unit is read with all its variants and remarks.
const MAX_UNIT_BYTES: usize = 16 << 20;
/// How many pairs a unit may make. A unit has a variant a language, and now and then two.
const MAX_PAIRS: usize = 256;
/// The reason why a unit is skipped whose variant says nothing of its language.
const NAMELESS: &str = "a variant names no language. Give its <tuv> an xml:lang";
/// How many different tags a file has at most whose languages are kept.
const MAX_TAGS: usize = 1000;

/// The units of a file.
pub(in crate::format) struct Reader {
    xml: Xml,
    path: PathBuf,
    /// The document of the units that name none.
    file: String,
    languages: Option<(Lang, Lang)>,
    header: Header,
    /// The source language of the first unit, where neither it nor the header tells one.
    usual_source: Option<Arc<Lang>>,
    unit: Option<Unit>,
    ready: VecDeque<Entry>,
    /// Whether a root element was seen, and its end.
    is_begun: bool,
    is_ended: bool,
    /// Units that have texts, but not in the languages that are asked for.
    in_other_languages: usize,
}

/// What the header says.
#[derive(Default)]
struct Header {
    source: Option<Arc<Lang>>,
    /// Whether taiyaku has written the file: its own props have a meaning.
    is_own: bool,
    /// The tags met so far, as they stand, with their languages; there are few.
    tags: Vec<(String, Option<Arc<Lang>>)>,
}

impl Header {
    /// The language of a tag; the same one each time, since a file names few.
    fn lang(&mut self, tag: &str) -> Option<Arc<Lang>> {
        if let Some((_, lang)) = self.tags.iter().find(|(known, _)| known == tag) {
            return lang.clone();
        }
        let lang = tag.parse().ok().map(Arc::new);
        if self.tags.len() < MAX_TAGS {
            self.tags.push((tag.to_owned(), lang.clone()));
        }
        lang
    }
}

/// A unit that is being read.
#[derive(Default, Clone)]
struct Unit {
    line: usize,
    id: String,
    source: Option<Arc<Lang>>,
    created: Option<String>,
    changed: Option<String>,
    notes: Vec<String>,
    properties: Vec<(String, String)>,
    variants: Vec<Tuv>,
    /// What text belongs to.
    place: Place,
    /// The size of what was gathered, in bytes.
    size: usize,
    /// Why it cannot be read.
    fault: Option<String>,
}

/// A variant that is being read.
#[derive(Default, Clone)]
struct Tuv {
    lang: Option<Arc<Lang>>,
    created: Option<String>,
    changed: Option<String>,
    text: String,
    codes: Vec<InlineCode>,
}

/// The numbers of the variants that are sources, and of those that are targets.
type Pairs = (Vec<usize>, Vec<usize>);

/// What text belongs to.
#[derive(Default, Clone)]
enum Place {
    #[default]
    Nothing,
    Note(String),
    Property(String, String),
    Segment(Content),
}

impl Reader {
    /// The units of `stream`.
    pub(in crate::format) fn new(stream: TextStream, path: &Path, languages: Option<&(Lang, Lang)>) -> Self {
        Self {
            xml: Xml::new(stream, path),
            path: path.to_owned(),
            file: path.display().to_string(),
            languages: languages.cloned(),
            header: Header::default(),
            unit: None,
            ready: VecDeque::new(),
            usual_source: None,
            is_begun: false,
            is_ended: false,
            in_other_languages: 0,
        }
    }

    /// Reads on by one piece; whether there is more.
    fn advance(&mut self) -> Result<bool> {
        let line = self.xml.line();
        match self.xml.next()? {
            Node::Start(tag) if tag.name() == "tu" => {
                let (unit, is_empty) = (Unit::new(&tag, line, &mut self.header), tag.is_empty);
                self.is_begun = true;
                self.ready.extend(self.unit.take().map(|unit| Err(unit.without_end())));
                if is_empty {
                    self.finish_unit(unit);
                } else {
                    self.unit = Some(unit);
                }
            }
            Node::Start(tag) => {
                if !self.is_begun && tag.name() != "tmx" {
                    let message = format!(
                        "this is no TMX: it begins with <{}>. Give the file the ending of its format, such as .tsv",
                        tag.name()
                    );
                    return Err(Error::format(&self.path, line, message));
                }
                self.is_begun = true;
                self.is_ended |= tag.is_empty && tag.name() == "tmx";
                match &mut self.unit {
                    Some(unit) => unit.start(&tag, &mut self.header),
                    None if tag.name() == "header" => {
                        let source = tag.attribute("srclang").filter(|tag| !tag.eq_ignore_ascii_case(ALL_LANGUAGES));
                        self.header.source = source.and_then(|tag| self.header.lang(&tag));
                        self.header.is_own = tag.attribute("creationtool").as_deref() == Some(TOOL);
                    }
                    None => {}
                }
            }
            Node::End(end) => match local(end.name().into_inner()) {
                "tu" => {
                    if let Some(unit) = self.unit.take() {
                        self.finish_unit(unit);
                    }
                }
                "tmx" => self.is_ended = true,
                name => {
                    if let Some(unit) = &mut self.unit {
                        unit.end(name);
                    }
                }
            },
            Node::Text(text) => {
                if let Some(unit) = &mut self.unit {
                    unit.text(&text);
                }
            }
            Node::Fault(reason) => {
                if let Some(unit) = &mut self.unit {
                    unit.fault.get_or_insert(reason);
                }
            }
            Node::Nothing => {}
            Node::Eof => {
                self.end_of_file()?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn end_of_file(&mut self) -> Result<()> {
        if !self.is_begun {
            let message =
                "this is no TMX: it has no <tmx> element. Give the file the ending of its format, such as .tsv";
            return Err(Error::format(&self.path, None, message));
        }
        let offset = self.xml.offset();
        let place = match self.unit.take() {
            Some(unit) => Some((unit.line, "in the middle of this unit")),
            None => (!self.is_ended).then_some((self.xml.line(), "before </tmx>")),
        };
        self.is_ended = true;
        self.ready.extend(place.map(|(line, place)| {
            let reason = format!(
                "the file ends {place}, at byte {offset}: it is cut off. What is complete is kept; get the file again"
            );
            Err(Skipped { line, reason })
        }));
        Ok(())
    }

    /// Makes the records of a unit.
    fn finish_unit(&mut self, mut unit: Unit) {
        unit.close_segment();
        let line = unit.line;
        match self.pairs(&mut unit) {
            Ok(Some((sources, targets))) => {
                let is_own = self.header.is_own;
                if let ([source], [target]) = (sources.as_slice(), targets.as_slice()) {
                    let record = unit.into_record(*source, *target, &self.file, is_own);
                    self.ready.push_back(record.map_err(|reason| Skipped { line, reason }));
                    return;
                }
                for &source in &sources {
                    for &target in &targets {
                        let record = unit.clone().into_record(source, target, &self.file, is_own);
                        self.ready.push_back(record.map_err(|reason| Skipped { line, reason }));
                    }
                }
            }
            Ok(None) => self.in_other_languages += 1,
            Err(reason) => self.ready.push_back(Err(Skipped { line, reason })),
        }
    }

    /// Which of the unit's variants are its sources and its targets; `None` where it has texts in other languages only.
    fn pairs(&mut self, unit: &mut Unit) -> std::result::Result<Option<Pairs>, String> {
        if let Some(fault) = unit.fault.take() {
            return Err(fault);
        }
        let named = unit.variants.iter().filter(|variant| variant.lang.is_some()).count();
        if named < unit.variants.len() {
            return Err(NAMELESS.to_owned());
        }
        let filled: Vec<(usize, &Arc<Lang>)> = (0..)
            .zip(&unit.variants)
            .filter(|(_, variant)| !variant.text.trim().is_empty())
            .filter_map(|(i, variant)| Some((i, variant.lang.as_ref()?)))
            .collect();
        let (sources, targets) = if let Some((source, target)) = &self.languages {
            let sources = nearest(source, &filled);
            let others: Vec<_> = filled.iter().copied().filter(|(i, _)| !sources.contains(i)).collect();
            (sources, nearest(target, &others))
        } else {
            let named = unit.source.as_ref().or(self.header.source.as_ref());
            let first = filled.first().map(|(_, lang)| *lang);
            let of = |source: Option<&Arc<Lang>>| source.map(|source| nearest(source, &filled)).unwrap_or_default();
            // Where nothing tells the source, it is that of the first unit in all units that have it.
            let mut sources = of(named.or(self.usual_source.as_ref()));
            if sources.is_empty() && named.is_none() {
                sources = of(first);
                self.usual_source = self.usual_source.take().or(first.cloned());
            }
            let others = || filled.iter().filter(|(i, _)| !sources.contains(i));
            let is_source = |lang: &Lang| {
                sources.iter().any(|i| filled.iter().any(|(at, source)| at == i && source.primary() == lang.primary()))
            };
            // A variant in the source language is another way of saying it, and a translation only where there is no other.
            let mut targets: Vec<usize> = others().filter(|(_, lang)| !is_source(lang)).map(|(i, _)| *i).collect();
            if targets.is_empty() {
                targets = others().map(|(i, _)| *i).collect();
            }
            (sources, targets)
        };
        if sources.is_empty() || targets.is_empty() {
            return match (&self.languages, filled.len(), unit.variants.len()) {
                (Some(_), 2.., _) => Ok(None),
                (_, 0, _) => Err("the unit has no text. Delete it".to_owned()),
                (_, _, 1) => Err("the unit has only one language. Add its translation, or delete it".to_owned()),
                (_, 1, _) => Err("one side of the unit is empty. Translate it, or delete it".to_owned()),
                _ => Err("the unit has no text in the source language. Correct its srclang".to_owned()),
            };
        }
        if sources.len() * targets.len() > MAX_PAIRS {
            return Err(format!("the unit has {} variants, which no unit has. Split it", unit.variants.len()));
        }
        Ok(Some((sources, targets)))
    }
}

/// The variants that are nearest to a language; several where they are equally near.
fn nearest(lang: &Lang, variants: &[(usize, &Arc<Lang>)]) -> Vec<usize> {
    let distances = || variants.iter().filter_map(|(i, offered)| Some((distance(lang, offered)?, *i)));
    let least = distances().map(|(distance, _)| distance).min();
    distances().filter(|(distance, _)| Some(*distance) == least).map(|(_, i)| i).collect()
}

impl Records for Reader {
    fn next(&mut self) -> Result<Option<Entry>> {
        loop {
            if let Some(entry) = self.ready.pop_front() {
                return Ok(Some(entry));
            }
            if !self.advance()? && self.ready.is_empty() {
                return Ok(None);
            }
        }
    }

    fn finish(&mut self) -> (Vec<String>, Option<Skipped>) {
        let (mut notes, damage) = self.xml.finish();
        if self.in_other_languages > 0 {
            let units = if self.in_other_languages == 1 { "unit is" } else { "units are" };
            notes.push(format!(
                "{}: {} {units} in other languages only and left out.",
                self.file, self.in_other_languages
            ));
        }
        (notes, damage)
    }
}

impl Unit {
    fn new(tag: &Tag<'_>, line: usize, header: &mut Header) -> Self {
        let mut unit = Self { line, ..Self::default() };
        tag.each_attribute(|key, value| match key {
            "tuid" => unit.id = crate::format::xml::unescaped(value).into_owned(),
            "srclang" if !value.eq_ignore_ascii_case(ALL_LANGUAGES) => unit.source = header.lang(value),
            "creationdate" => unit.created = timestamp::read(value),
            "changedate" => unit.changed = timestamp::read(value),
            _ => {}
        });
        unit
    }

    fn start(&mut self, tag: &Tag<'_>, header: &mut Header) {
        if let (Place::Segment(content), false) = (&mut self.place, matches!(tag.name(), "tuv" | "seg")) {
            content.start(tag, inline(tag), Markup::Tmx);
            return;
        }
        match tag.name() {
            "tuv" => {
                self.close_segment();
                let mut variant = Tuv::default();
                // A `lang` beside `xml:lang` is of an older tool, and says the same.
                let mut lang = None;
                tag.each_attribute(|key, value| match key {
                    "xml:lang" => lang = header.lang(value),
                    "lang" if lang.is_none() => lang = header.lang(value),
                    "creationdate" => variant.created = timestamp::read(value),
                    "changedate" => variant.changed = timestamp::read(value),
                    _ => {}
                });
                variant.lang = lang;
                self.size += size_of::<Tuv>();
                self.variants.push(variant);
            }
            "seg" if !tag.is_empty => {
                self.close_segment();
                self.place = Place::Segment(Content::default());
            }
            "note" if !tag.is_empty => self.place = Place::Note(String::new()),
            "prop" if !tag.is_empty => {
                self.place = Place::Property(tag.attribute("type").unwrap_or_default(), String::new());
            }
            _ => {}
        }
    }

    fn text(&mut self, piece: &str) {
        match &mut self.place {
            Place::Nothing => return,
            Place::Note(text) | Place::Property(_, text) => text.push_str(piece),
            Place::Segment(content) => content.text(piece),
        }
        self.size += piece.len();
        let is_too_long = matches!(&self.place, Place::Segment(content) if content.is_too_long());
        if is_too_long || self.size > MAX_UNIT_BYTES {
            self.give_up();
        }
    }

    /// Forgets what was gathered of a unit that is too long.
    fn give_up(&mut self) {
        let reason = format!("the unit is larger than {} MB, which no unit is. Split it", MAX_UNIT_BYTES >> 20);
        *self = Self { line: self.line, fault: Some(reason), ..Self::default() };
    }

    fn end(&mut self, name: &str) {
        match name {
            "seg" | "tuv" => self.close_segment(),
            "note" | "prop" if !matches!(self.place, Place::Segment(_)) => match std::mem::take(&mut self.place) {
                Place::Note(text) if !text.trim().is_empty() => self.notes.push(text.trim().to_owned()),
                Place::Property(kind, value) if !kind.is_empty() => self.properties.push((kind, value)),
                _ => {}
            },
            _ => {
                if let Place::Segment(content) = &mut self.place {
                    content.end(name);
                }
            }
        }
    }

    /// Ends the segment, whether or not the file has its end.
    fn close_segment(&mut self) {
        if let Place::Segment(content) = std::mem::take(&mut self.place) {
            self.size += content.size();
            let (text, codes) = content.finish();
            if let Some(variant) = self.variants.last_mut() {
                (variant.text, variant.codes) = (text, codes);
            }
        }
        if self.size > MAX_UNIT_BYTES {
            self.give_up();
        }
    }

    /// What a unit comes to that another begins in.
    fn without_end(self) -> Skipped {
        let reason = "the unit has no end: another begins within it. Write </tu> behind it".to_owned();
        Skipped { line: self.line, reason: self.fault.unwrap_or(reason) }
    }

    /// The record of two of its variants.
    fn into_record(
        mut self,
        source: usize,
        target: usize,
        file: &str,
        is_own: bool,
    ) -> std::result::Result<Record, String> {
        let mut take = |variant: usize| self.variants.get_mut(variant).map(std::mem::take).unwrap_or_default();
        let (source, target) = (take(source), take(target));
        // Only those of a file of our own have a meaning for us.
        let mut own = |name: &str| {
            let place = self.properties.iter().position(|(kind, _)| is_own && kind == name);
            place.map(|place| self.properties.remove(place).1).unwrap_or_default()
        };
        let [document, confidence, status] = OWN_PROPERTIES.map(&mut own);
        let variant = |lang: Option<Arc<Lang>>, text| -> std::result::Result<Variant, String> {
            let lang = lang.ok_or(NAMELESS)?;
            Ok(Variant { lang: (*lang).clone(), segments: vec![text] })
        };
        let unit = TranslationUnit {
            document: if document.is_empty() { file.to_owned() } else { document },
            source: variant(source.lang, source.text)?,
            target: variant(target.lang, target.text)?,
            source_segments: SegmentRange::default(),
            target_segments: SegmentRange::default(),
            confidence: confidence::read(&confidence)?,
            status: status.trim().parse::<Status>().map_err(|e| e.to_string())?,
        };
        Ok(Record {
            line: self.line,
            id: self.id,
            note: self.notes.join("\n"),
            created: self.created.or(target.created),
            changed: self.changed.or(target.changed),
            properties: self.properties,
            source_codes: source.codes,
            target_codes: target.codes,
            ..unit.into()
        })
    }
}

/// What an element within a segment is. Unknown ones are codes too: their content is no text of the segment.
fn inline(tag: &Tag<'_>) -> Inline {
    match tag.name() {
        "hi" => Inline::Around,
        "bpt" => Inline::Code(CodeKind::Open),
        "ept" => Inline::Code(CodeKind::Close),
        "it" => Inline::Code(match tag.attribute("pos").as_deref() {
            Some("begin") => CodeKind::Open,
            Some("end") => CodeKind::Close,
            _ => CodeKind::Standalone,
        }),
        _ => Inline::Code(CodeKind::Standalone),
    }
}
