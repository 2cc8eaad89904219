//! Reading XLIFF 1.2 and 2.0 to 2.2: every segment with its source and target, whatever the translator's tool has added.
//!
//! A unit without a translation is one-sided. What a tool has divided into segments is read segment by segment: by the
//! segments of XLIFF 2, and by the marks in `seg-source` and `target` of XLIFF 1.2. Proposals and the data of other modules
//! are passed over.

mod marked;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use self::marked::{Marked, MarkedSegment};
use super::CONFIDENCE;
use crate::align::SegmentRange;
use crate::error::{Error, Result};
use crate::format::input::TextStream;
use crate::format::language::distance;
use crate::format::reader::{Entry, Records};
use crate::format::xml::{Content, Inline, Node, Tag, Xml, local};
use crate::format::{CodeKind, InlineCode, Markup, Record, Skipped, columns, confidence};
use crate::lang::Lang;
use crate::unit::{Status, TranslationUnit};

/// The size, in bytes, up to which a unit is read with all its segments and remarks.
const MAX_UNIT_BYTES: usize = 16 << 20;
/// Elements that hold texts which are not the unit's.
const PASSED_OVER: [&str; 4] = ["alt-trans", "matches", "glossary", "metadata"];

/// The segments of a file.
pub(in crate::format) struct Reader {
    xml: Xml,
    path: PathBuf,
    /// The document of the parts that name none.
    file: String,
    wanted: Option<(Lang, Lang)>,
    part: Part,
    markup: Option<Markup>,
    unit: Option<Unit>,
    /// The element that is being passed over, and how often it is open.
    passed: Option<(String, usize)>,
    ready: VecDeque<Entry>,
    is_ended: bool,
    in_other_languages: usize,
    /// Units that are not for translation.
    fixed: usize,
}

/// A file within the file.
#[derive(Default, Clone)]
struct Part {
    document: String,
    source: Option<Lang>,
    target: Option<Lang>,
}

/// A unit that is being read.
#[derive(Default)]
struct Unit {
    line: usize,
    id: String,
    confidence: String,
    is_approved: bool,
    /// Whether its text is not for translation.
    is_fixed: bool,
    notes: Vec<String>,
    /// The original codes that the segments refer to, by their ids.
    data: BTreeMap<String, String>,
    segments: Vec<Segment>,
    place: Place,
    size: usize,
    fault: Option<String>,
}

/// A segment that is being read.
#[derive(Default)]
struct Segment {
    source: (String, Vec<InlineCode>),
    target: (String, Vec<InlineCode>),
    /// What the marks of XLIFF 1.2 divide them into.
    marked_source: Vec<MarkedSegment>,
    marked_target: Vec<MarkedSegment>,
    target_lang: Option<Lang>,
    status: Status,
    is_ignorable: bool,
}

/// What text belongs to.
#[derive(Default)]
enum Place {
    #[default]
    Nothing,
    Note(String),
    Data(String, String),
    Source(Content),
    MarkedSource(Marked),
    Target(Marked),
}

impl Place {
    /// Whether it is within a text with inline elements.
    fn is_text(&self) -> bool {
        matches!(self, Self::Source(_) | Self::MarkedSource(_) | Self::Target(_))
    }
}

impl Reader {
    /// The segments of `stream`.
    pub(in crate::format) fn new(stream: TextStream, path: &Path, languages: Option<&(Lang, Lang)>) -> Self {
        Self {
            xml: Xml::new(stream, path),
            path: path.to_owned(),
            file: path.display().to_string(),
            wanted: languages.cloned(),
            part: Part::default(),
            markup: None,
            unit: None,
            passed: None,
            ready: VecDeque::new(),
            is_ended: false,
            in_other_languages: 0,
            fixed: 0,
        }
    }

    /// Reads on by one piece; whether there is more.
    fn advance(&mut self) -> Result<bool> {
        let line = self.xml.line();
        let node = self.xml.next()?;
        if let Some((name, depth)) = &mut self.passed {
            match &node {
                Node::Start(tag) if tag.name() == name && !tag.is_empty => *depth += 1,
                Node::End(end) if local(end.name().into_inner()) == name => *depth -= 1,
                // The end of what is passed over is missing.
                Node::End(end) if matches!(local(end.name().into_inner()), "unit" | "trans-unit") => *depth = 0,
                Node::Eof => *depth = 0,
                _ => return Ok(true),
            }
            if *depth > 0 {
                return Ok(true);
            }
            self.passed = None;
        }
        match node {
            Node::Start(tag) => match tag.name() {
                "xliff" => {
                    let is_second = tag.attribute("version").is_some_and(|version| version.starts_with('2'));
                    self.markup = Some(if is_second { Markup::Xliff2 } else { Markup::Xliff1 });
                    self.is_ended = tag.is_empty;
                    self.part.source = language(&tag, "srcLang");
                    self.part.target = language(&tag, "trgLang");
                }
                name if self.markup.is_none() => {
                    let message = format!(
                        "this is no XLIFF: it begins with <{name}>. Give the file the ending of its format, such as .tsv"
                    );
                    return Err(Error::format(&self.path, line, message));
                }
                "file" => {
                    self.part.document = tag.attribute("original").unwrap_or_default();
                    if self.markup == Some(Markup::Xliff1) {
                        self.part.source = language(&tag, "source-language");
                        self.part.target = language(&tag, "target-language");
                    }
                }
                name if PASSED_OVER.contains(&name) => {
                    if !tag.is_empty {
                        self.passed = Some((name.to_owned(), 1));
                    }
                }
                "unit" | "trans-unit" => {
                    let unit = Unit::new(&tag, line);
                    self.ready.extend(self.unit.take().map(|unit| Err(unit.without_end())));
                    self.unit = (!tag.is_empty).then_some(unit);
                }
                _ => {
                    if let (Some(unit), Some(markup)) = (&mut self.unit, self.markup) {
                        unit.start(&tag, markup);
                    }
                }
            },
            Node::End(end) => match local(end.name().into_inner()) {
                "unit" | "trans-unit" => {
                    if let Some(unit) = self.unit.take() {
                        self.finish_unit(unit);
                    }
                }
                "xliff" => self.is_ended = true,
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
        if self.markup.is_none() {
            let message =
                "this is no XLIFF: it has no <xliff> element. Give the file the ending of its format, such as .tsv";
            return Err(Error::format(&self.path, None, message));
        }
        let offset = self.xml.offset();
        let place = match self.unit.take() {
            Some(unit) => Some((unit.line, "in the middle of this unit")),
            None => (!self.is_ended).then_some((self.xml.line(), "before </xliff>")),
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
        unit.close_text();
        let line = unit.line;
        if let Some(reason) = unit.fault.take() {
            self.ready.push_back(Err(Skipped { line, reason }));
            return;
        }
        if unit.is_fixed {
            self.fixed += 1;
            return;
        }
        for segment in std::mem::take(&mut unit.segments) {
            if segment.is_ignorable {
                continue;
            }
            for part in segment.parts() {
                match self.record(&unit, part) {
                    Ok(Some(record)) => self.ready.push_back(Ok(record)),
                    Ok(None) => self.in_other_languages += 1,
                    Err(reason) => self.ready.push_back(Err(Skipped { line, reason })),
                }
            }
        }
    }

    /// The record of a segment; `None` where it is in other languages than those that are asked for.
    fn record(&self, unit: &Unit, segment: Segment) -> std::result::Result<Option<Record>, String> {
        let Segment { source: (source, source_codes), target: (target, target_codes), target_lang, status, .. } =
            segment;
        let source_lang = self.part.source.clone().or_else(|| Some(self.wanted.as_ref()?.0.clone()));
        let target_lang =
            target_lang.or_else(|| self.part.target.clone()).or_else(|| Some(self.wanted.as_ref()?.1.clone()));
        let (Some(source_lang), Some(target_lang)) = (source_lang, target_lang) else {
            return Err(
                "the file does not name both languages. Name them with --source-language and --target-language"
                    .to_owned(),
            );
        };
        let source = columns::variant(&source_lang, &source);
        let target = columns::variant(&target_lang, &target);
        if source.is_empty() && target.is_empty() {
            return Err("there is no text on either side. Delete the unit".to_owned());
        }
        let document = if self.part.document.is_empty() { &self.file } else { &self.part.document };
        let unit_read = TranslationUnit {
            document: document.clone(),
            source,
            target,
            source_segments: SegmentRange::default(),
            target_segments: SegmentRange::default(),
            confidence: confidence::read(&unit.confidence)?,
            status: if unit.is_approved { Status::Confirmed } else { status },
        };
        let record = Record {
            line: unit.line,
            id: unit.id.clone(),
            note: unit.notes.join("\n"),
            source_codes,
            target_codes,
            ..unit_read.into()
        };
        let Some((wanted_source, wanted_target)) = &self.wanted else { return Ok(Some(record)) };
        let is_near = |source: &Lang, target: &Lang| {
            distance(wanted_source, source).is_some() && distance(wanted_target, target).is_some()
        };
        if is_near(&source_lang, &target_lang) {
            Ok(Some(record))
        } else if is_near(&target_lang, &source_lang) {
            Ok(Some(turned(record)))
        } else {
            Ok(None)
        }
    }
}

/// The record from the target's side.
fn turned(record: Record) -> Record {
    let TranslationUnit { source, target, .. } = record.unit;
    Record {
        unit: TranslationUnit { source: target, target: source, ..record.unit },
        source_codes: record.target_codes,
        target_codes: record.source_codes,
        ..record
    }
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
        if self.fixed > 0 {
            let units = if self.fixed == 1 { "unit is" } else { "units are" };
            notes.push(format!("{}: {} {units} not for translation and left out.", self.file, self.fixed));
        }
        (notes, damage)
    }
}

impl Unit {
    fn new(tag: &Tag<'_>, line: usize) -> Self {
        let name = tag.attribute("resname").or_else(|| tag.attribute("name")).filter(|name| !name.is_empty());
        let mut unit = Self {
            line,
            id: name.or_else(|| tag.attribute("id")).unwrap_or_default(),
            confidence: tag.attribute(CONFIDENCE).unwrap_or_default(),
            is_approved: tag.attribute("approved").as_deref() == Some("yes"),
            is_fixed: tag.attribute("translate").as_deref() == Some("no"),
            ..Self::default()
        };
        // In XLIFF 1.2 the unit is its only segment.
        if tag.name() == "trans-unit" {
            unit.segments.push(Segment::default());
        }
        unit
    }

    fn start(&mut self, tag: &Tag<'_>, markup: Markup) {
        let is_inline = !matches!(tag.name(), "source" | "seg-source" | "target" | "segment" | "ignorable");
        if is_inline && self.place.is_text() {
            let data = &self.data;
            let replaced = |key: &str, value: &str| original(data, key, value);
            match &mut self.place {
                Place::Source(content) => content.start_with(tag, inline(tag), markup, replaced),
                Place::MarkedSource(marked) | Place::Target(marked) => {
                    marked.start(tag, inline(tag), markup, replaced);
                }
                _ => {}
            }
            return;
        }
        match tag.name() {
            "segment" | "ignorable" => {
                self.close_text();
                self.size += size_of::<Segment>();
                self.segments.push(Segment {
                    status: status_of_2(tag),
                    is_ignorable: tag.name() == "ignorable",
                    ..Segment::default()
                });
            }
            "source" => {
                self.close_text();
                if !tag.is_empty {
                    self.place = Place::Source(Content::default());
                }
            }
            "seg-source" => {
                self.close_text();
                if !tag.is_empty {
                    self.place = Place::MarkedSource(Marked::default());
                }
            }
            "target" => {
                self.close_text();
                if !tag.is_empty {
                    self.place = Place::Target(Marked::default());
                }
                if let Some(segment) = self.segments.last_mut() {
                    segment.target_lang = language(tag, "xml:lang");
                    if markup == Markup::Xliff1 {
                        segment.status = status_of_1(tag);
                    }
                }
            }
            "note" if !tag.is_empty => self.place = Place::Note(String::new()),
            "data" if !tag.is_empty => {
                self.place = Place::Data(tag.attribute("id").unwrap_or_default(), String::new());
            }
            _ => {}
        }
    }

    fn text(&mut self, piece: &str) {
        match &mut self.place {
            Place::Nothing => return,
            Place::Note(text) | Place::Data(_, text) => text.push_str(piece),
            Place::Source(content) => content.text(piece),
            Place::MarkedSource(marked) | Place::Target(marked) => marked.text(piece),
        }
        self.size += piece.len();
        if self.size > MAX_UNIT_BYTES {
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
            "source" | "seg-source" | "target" | "segment" | "ignorable" => self.close_text(),
            "note" | "data" if matches!(self.place, Place::Note(_) | Place::Data(..)) => {
                match std::mem::take(&mut self.place) {
                    Place::Note(text) if !text.trim().is_empty() => self.notes.push(text.trim().to_owned()),
                    Place::Data(id, text) => {
                        self.data.insert(id, text);
                    }
                    _ => {}
                }
            }
            _ => match &mut self.place {
                Place::Source(content) => content.end(name),
                Place::MarkedSource(marked) | Place::Target(marked) => marked.end(name),
                _ => {}
            },
        }
    }

    /// Ends a text, whether or not the file has its end.
    fn close_text(&mut self) {
        let place = std::mem::take(&mut self.place);
        self.size += match &place {
            Place::Source(content) => content.size(),
            Place::MarkedSource(marked) | Place::Target(marked) => marked.size(),
            _ => 0,
        };
        if let Some(segment) = self.segments.last_mut() {
            match place {
                Place::Source(content) => segment.source = content.finish(),
                Place::MarkedSource(marked) => (_, segment.marked_source) = marked.finish(),
                Place::Target(marked) => (segment.target, segment.marked_target) = marked.finish(),
                _ => {}
            }
        }
        if self.size > MAX_UNIT_BYTES {
            self.give_up();
        }
    }

    /// What a unit comes to that another begins in.
    fn without_end(self) -> Skipped {
        let reason = "the unit has no end: another begins within it. Write its end tag behind it".to_owned();
        Skipped { line: self.line, reason: self.fault.unwrap_or(reason) }
    }
}

impl Segment {
    /// The segments that marks divide both sides into, paired by their numbers; the whole where nothing divides it, or
    /// not both sides in the same way.
    fn parts(mut self) -> Vec<Self> {
        let (sources, targets) = (std::mem::take(&mut self.marked_source), std::mem::take(&mut self.marked_target));
        let has_target = !self.target.0.trim().is_empty();
        let numbers: BTreeSet<&str> = sources.iter().map(|source| source.number.as_str()).collect();
        let is_paired = targets.iter().all(|target| numbers.contains(target.number.as_str()));
        if sources.len() < 2 || (has_target && targets.is_empty()) || !is_paired {
            return vec![self];
        }
        let mut targets: BTreeMap<String, _> =
            targets.into_iter().map(|MarkedSegment { number, text }| (number, text)).collect();
        let part = |source: MarkedSegment| Self {
            source: source.text,
            target: targets.remove(&source.number).unwrap_or_default(),
            target_lang: self.target_lang.clone(),
            status: self.status,
            ..Self::default()
        };
        sources.into_iter().map(part).filter(|part| !part.is_empty()).collect()
    }

    fn is_empty(&self) -> bool {
        self.source.0.trim().is_empty() && self.target.0.trim().is_empty()
    }
}

fn language(tag: &Tag<'_>, attribute: &str) -> Option<Lang> {
    tag.attribute(attribute)?.parse().ok()
}

/// What a person has said of a translation, by its state in XLIFF 1.2.
fn status_of_1(target: &Tag<'_>) -> Status {
    if target.attribute("state-qualifier").is_some_and(|qualifier| qualifier.starts_with("rejected")) {
        return Status::Rejected;
    }
    match target.attribute("state").as_deref() {
        Some("final" | "signed-off") => Status::Confirmed,
        _ => Status::Auto,
    }
}

/// The same by a segment's state in XLIFF 2.
fn status_of_2(segment: &Tag<'_>) -> Status {
    if segment.attribute("subState").as_deref() == Some("taiyaku:rejected") {
        return Status::Rejected;
    }
    match segment.attribute("state").as_deref() {
        Some("final" | "reviewed") => Status::Confirmed,
        _ => Status::Auto,
    }
}

/// What an element within a text is, in either version.
fn inline(tag: &Tag<'_>) -> Inline {
    match tag.name() {
        // It divides the text, and is wrong without seg-source; see `marked`.
        "mrk" if tag.attribute("mtype").as_deref() == Some("seg") => Inline::Passed,
        "g" | "mrk" | "pc" => Inline::Around,
        "bpt" | "bx" | "sc" | "sm" => Inline::Code(CodeKind::Open),
        "ept" | "ex" | "ec" | "em" => Inline::Code(CodeKind::Close),
        "it" => Inline::Code(match tag.attribute("pos").as_deref() {
            Some("open") => CodeKind::Open,
            Some("close") => CodeKind::Close,
            _ => CodeKind::Standalone,
        }),
        _ => Inline::Code(CodeKind::Standalone),
    }
}

/// An attribute as a code keeps it by itself: a reference to the original code becomes that code, to be shown.
fn original(data: &BTreeMap<String, String>, key: &str, value: &str) -> Option<(&'static str, String)> {
    let shown = match key {
        "dataRef" => "disp",
        "dataRefStart" => "dispStart",
        "dataRefEnd" => "dispEnd",
        _ => return None,
    };
    Some((shown, data.get(value).cloned().unwrap_or_default()))
}
