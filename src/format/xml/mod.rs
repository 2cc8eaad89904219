//! XML as bilingual files hold it: read leniently, within bounds, and without ever fetching anything.
//!
//! Names are not matched and the end of an element may be missing: what a file means is for its format to say. Text comes
//! in pieces, with references, CDATA sections and entities resolved.

mod code;
mod entities;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use quick_xml::events::{BytesEnd, BytesStart, Event};

pub(super) use self::code::{Content, Inline, written};
use self::entities::{Entities, Meaning};
use super::Skipped;
use super::input::{MAX_RECORD_BYTES, TextStream};
use crate::document::is_unwanted;
use crate::error::{Error, Result};

/// How deep elements may stand within each other, ends that are missing included.
const MAX_DEPTH: usize = 1 << 20;

/// A piece of XML.
#[derive(Debug)]
pub(super) enum Node<'x> {
    /// The beginning of an element, or an empty one.
    Start(Tag<'x>),
    /// The end of an element.
    End(BytesEnd<'x>),
    /// A piece of text.
    Text(Cow<'x, str>),
    /// Something that is no XML or not to be read; why, as a sentence without its stop.
    Fault(String),
    /// A comment and the like.
    Nothing,
    /// The end of the file, which may be cut off.
    Eof,
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Tag<'x> {
    start: BytesStart<'x>,
    /// How long the prefix of its name is, with its colon.
    prefix: usize,
    /// Whether it ends at once.
    pub(super) is_empty: bool,
}

impl<'x> Tag<'x> {
    fn new(start: BytesStart<'x>, is_empty: bool) -> Self {
        let prefix = prefix(start.name().into_inner());
        Self { start, prefix, is_empty }
    }

    /// Its name without its prefix.
    pub(super) fn name(&self) -> &str {
        self.start.name().into_inner().get(self.prefix..).unwrap_or_default()
    }

    /// The value of an attribute, named as it stands (`xml:lang`).
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut found = None;
        self.each_attribute(|key, value| {
            if key == name {
                found = Some(unescaped(value).into_owned());
            }
        });
        found
    }

    /// Shows each attribute: its name as it stands and its value with its references.
    pub(super) fn each_attribute(&self, mut show: impl FnMut(&str, &str)) {
        let mut attributes = self.start.attributes();
        for attribute in attributes.with_checks(false).flatten() {
            show(attribute.key.into_inner(), &attribute.value);
        }
    }
}

/// How long the prefix of a name is, with its colon. Names are short, and there are millions of them.
fn prefix(name: &str) -> usize {
    name.bytes().rposition(|byte| byte == b':').map_or(0, |colon| colon + 1)
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.get(prefix(name)..).unwrap_or_default()
}

/// An attribute's value with its references resolved; what is none stays as it is.
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let meaning = entities::reference(after).and_then(|(name, behind)| Some((entities::character(name)?, behind)));
        if let Some((Meaning::Character(c), behind)) = meaning {
            text.extend((!is_illegal(c)).then_some(c));
            rest = behind;
        } else {
            text.push('&');
            rest = after;
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// An XML file that is being read.
pub(super) struct Xml {
    reader: quick_xml::Reader<TextStream>,
    buffer: Vec<u8>,
    path: PathBuf,
    entities: Entities,
    /// How many elements are open.
    depth: usize,
    /// The first half of a character that is written as two references (UTF-16 surrogates).
    half: Option<u32>,
    controls: Dropped,
    halves: Dropped,
    external: Dropped,
    undeclared: Dropped,
}

/// What is left out or kept as it stands: how often, and the line of the first.
#[derive(Debug, Default)]
struct Dropped {
    count: usize,
    line: usize,
}

impl Dropped {
    fn add(&mut self, line: usize) {
        if self.count == 0 {
            self.line = line;
        }
        self.count += 1;
    }

    fn note(&self, path: &Path, one: &str, many: &str) -> Option<String> {
        let what = if self.count == 1 { one } else { many };
        (self.count > 0).then(|| format!("{}: {} {what}, first in line {}.", path.display(), self.count, self.line))
    }
}

impl Xml {
    /// The XML of `stream`; `path` is for messages.
    pub(super) fn new(stream: TextStream, path: &Path) -> Self {
        let mut reader = quick_xml::Reader::from_reader(stream);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            path: path.to_owned(),
            entities: Entities::default(),
            depth: 0,
            half: None,
            controls: Dropped::default(),
            halves: Dropped::default(),
            external: Dropped::default(),
            undeclared: Dropped::default(),
        }
    }

    /// The line of the next piece, from 1.
    pub(super) fn line(&self) -> usize {
        self.reader.get_ref().line()
    }

    /// How many bytes of the file, unpacked, have been read so far; at the end, its size.
    pub(super) fn offset(&self) -> u64 {
        self.reader.get_ref().offset()
    }

    /// The next piece. Fails when the file cannot be read on.
    pub(super) fn next(&mut self) -> Result<Node<'_>> {
        self.buffer.clear();
        self.reader.get_mut().begin_record();
        let line = self.line();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return broken(self.reader.get_mut(), &error, &self.path, line),
        };
        if !matches!(event, Event::GeneralRef(_)) && self.half.take().is_some() {
            self.halves.add(line);
        }
        Ok(match event {
            Event::Start(start) | Event::Empty(start) if !begins_name(&start) => Node::Fault(STRAY.to_owned()),
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    let message = "its elements stand too deep within each other. Check that it was written to its end";
                    return Err(Error::format(&self.path, line, message));
                }
                Node::Start(Tag::new(start, false))
            }
            Event::Empty(start) => Node::Start(Tag::new(start, true)),
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                Node::End(end)
            }
            Event::Text(text) => Node::Text(text.xml10_content()),
            Event::CData(text) => Node::Text(text.xml10_content()),
            Event::DocType(text) => {
                self.entities.declare(&text);
                Node::Nothing
            }
            Event::GeneralRef(reference) => {
                let whole = self.half.take().map(|high| entities::joined(high, &reference));
                if whole == Some(None) {
                    self.halves.add(line);
                }
                match whole.flatten().unwrap_or_else(|| self.entities.meaning(&reference)) {
                    Meaning::Character(c) if is_illegal(c) => {
                        self.controls.add(line);
                        Node::Nothing
                    }
                    Meaning::Character(c) => Node::Text(Cow::Owned(c.to_string())),
                    Meaning::FirstHalf(half) => {
                        self.half = Some(half);
                        Node::Nothing
                    }
                    Meaning::NoCharacter => {
                        self.halves.add(line);
                        Node::Nothing
                    }
                    Meaning::External => {
                        self.external.add(line);
                        Node::Nothing
                    }
                    Meaning::Undeclared => {
                        self.undeclared.add(line);
                        Node::Text(Cow::Owned(format!("&{};", &*reference)))
                    }
                    Meaning::Text(text) => Node::Text(Cow::Owned(text)),
                    Meaning::TooLong => Node::Fault(entities::too_long(&reference)),
                    Meaning::TooMuch => return Err(Error::format(&self.path, line, entities::TOO_MUCH)),
                }
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => Node::Nothing,
            Event::Eof => Node::Eof,
        })
    }

    /// Once all is read: the notes, and where the file was damaged.
    pub(super) fn finish(&mut self) -> (Vec<String>, Option<Skipped>) {
        let (mut notes, damage) = self.reader.get_mut().finish();
        notes.extend(self.controls.note(
            &self.path,
            "reference to a control character is left out",
            "references to control characters are left out",
        ));
        notes.extend(self.halves.note(
            &self.path,
            "reference to half a character, or to none, is left out",
            "references to half a character, or to none, are left out",
        ));
        notes.extend(self.external.note(
            &self.path,
            "reference to another file is left out: other files are never read",
            "references to other files are left out: other files are never read",
        ));
        notes.extend(self.undeclared.note(
            &self.path,
            "reference to an entity that is not declared is kept as it stands",
            "references to entities that are not declared are kept as they stand",
        ));
        (notes, damage)
    }
}

/// What a stray `<` is told as.
const STRAY: &str = "a < stands in the text where no element begins. Write it as &lt;";

/// Whether an element has a name: `a < b` has none.
fn begins_name(start: &BytesStart<'_>) -> bool {
    start.name().into_inner().starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':'))
}

/// Whether this is a character that no text of an XML file means.
fn is_illegal(c: char) -> bool {
    is_unwanted(c) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// What an error of the parser comes to: the end of a file that is cut off, or an error.
fn broken<'x>(stream: &mut TextStream, error: &quick_xml::Error, path: &Path, line: usize) -> Result<Node<'x>> {
    if let Some(failure) = stream.take_failure() {
        return Err(failure);
    }
    if stream.is_exhausted() {
        let message = format!(
            "a text or a tag is longer than {} MB, which no segment is. Check that it was written to its end",
            MAX_RECORD_BYTES >> 20
        );
        return Err(Error::format(path, line, message));
    }
    if stream.is_at_end() {
        return Ok(Node::Eof);
    }
    Err(Error::format(path, line, format!("this is no XML: {error}. Correct the place, or export the file again")))
}

/// The text without the characters that XML 1.0 (section 2.2, Char) does not allow, not even as references.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    let illegal =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(illegal) { Cow::Owned(text.replace(illegal, "")) } else { Cow::Borrowed(text) }
}
