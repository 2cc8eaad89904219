//! Texts with inline codes: the codes are taken out of the text when it is read, and put back when it is written.

use std::fmt::Write;

use quick_xml::escape::{escape, partial_escape};

use super::{Tag, legal, local, unescaped};
use crate::format::input::MAX_RECORD_BYTES;
use crate::format::{CodeKind, InlineCode, Markup};

/// What an inline element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) enum Inline {
    /// A code with all that it holds.
    Code(CodeKind),
    /// What it holds is text: its tags are codes.
    Around,
    /// What it holds is text: its tags mean nothing outside the file.
    Passed,
}

/// A text that is being read.
#[derive(Debug, Default, Clone)]
pub(in crate::format) struct Content {
    text: String,
    codes: Vec<InlineCode>,
    /// The size of the codes, in bytes.
    size: usize,
    /// The names of the elements around the text that follows, and whether their tags are codes.
    around: Vec<(String, bool)>,
    /// The code that is being read, and how many of its elements are open.
    open: Option<(InlineCode, usize)>,
}

impl Content {
    /// Adds a piece of text.
    pub(in crate::format) fn text(&mut self, piece: &str) {
        match &mut self.open {
            Some((code, _)) => code.code.push_str(&partial_escape(piece)),
            None => self.text.push_str(piece),
        }
        self.size += piece.len();
    }

    /// Adds the beginning of an inline element.
    pub(in crate::format) fn start(&mut self, tag: &Tag<'_>, inline: Inline, markup: Markup) {
        self.start_with(tag, inline, markup, |_, _| None);
    }

    /// The same; `replaced` gives the name and the value of an attribute that cannot stay as it is.
    pub(in crate::format) fn start_with(
        &mut self,
        tag: &Tag<'_>,
        inline: Inline,
        markup: Markup,
        replaced: impl Fn(&str, &str) -> Option<(&'static str, String)>,
    ) {
        let code = tag_text(tag, replaced);
        self.size += code.len();
        if let Some((outer, depth)) = &mut self.open {
            *depth += usize::from(!tag.is_empty);
            outer.code.push_str(&code);
            return;
        }
        let at = self.text.len();
        match inline {
            Inline::Code(kind) if tag.is_empty => self.codes.push(InlineCode { at, kind, markup, code }),
            Inline::Code(kind) => self.open = Some((InlineCode { at, kind, markup, code }, 1)),
            Inline::Around if tag.is_empty => {
                self.codes.push(InlineCode { at, kind: CodeKind::Standalone, markup, code });
            }
            Inline::Passed => self.around.extend((!tag.is_empty).then(|| (tag.name().to_owned(), false))),
            Inline::Around => {
                self.around.push((tag.name().to_owned(), true));
                self.codes.push(InlineCode { at, kind: CodeKind::Open, markup, code });
            }
        }
    }

    /// Adds the end of an inline element. One that has not begun is nothing.
    pub(in crate::format) fn end(&mut self, name: &str) {
        let name = local(name);
        if let Some((code, depth)) = &mut self.open {
            *depth -= 1;
            let _ = write!(code.code, "</{name}>");
            if *depth == 0 {
                self.codes.extend(self.open.take().map(|(code, _)| code));
            }
        } else if self.around.iter().any(|(open, _)| open == name) {
            while let Some((open, is_code)) = self.around.pop() {
                self.close(&open, is_code);
                if open == name {
                    break;
                }
            }
        }
    }

    fn close(&mut self, name: &str, is_code: bool) {
        if !is_code {
            return;
        }
        let markup = self.codes.last().map_or(Markup::Tmx, |code| code.markup);
        self.codes.push(InlineCode { at: self.text.len(), kind: CodeKind::Close, markup, code: format!("</{name}>") });
    }

    /// Whether it is longer than a text may be.
    pub(in crate::format) fn is_too_long(&self) -> bool {
        self.size > MAX_RECORD_BYTES
    }

    /// How many bytes it takes.
    pub(in crate::format) fn size(&self) -> usize {
        self.size
    }

    /// The text and its codes. A code without its end is none; elements around the text end with it.
    pub(in crate::format) fn finish(mut self) -> (String, Vec<InlineCode>) {
        while let Some((open, is_code)) = self.around.pop() {
            self.close(&open, is_code);
        }
        (self.text, self.codes)
    }
}

/// A tag as it can be written again: names and values without what other files would have to declare.
fn tag_text(tag: &Tag<'_>, replaced: impl Fn(&str, &str) -> Option<(&'static str, String)>) -> String {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    let mut attributes: Vec<(String, String)> = Vec::new();
    tag.each_attribute(|key, value| {
        let value = unescaped(value);
        let (key, value) = replaced(key, &value).map_or((key, value), |(key, value)| (key, value.into()));
        // No code has so many.
        let is_new = attributes.len() < 100 && attributes.iter().all(|(other, _)| other != key);
        if is_new && (is_name(key) || matches!(key, "xml:lang" | "xml:space")) {
            attributes.push((key.to_owned(), value.into_owned()));
        }
    });
    let mut text = format!("<{}", if is_name(tag.name()) { tag.name() } else { "x" });
    for (key, value) in attributes {
        let _ = write!(text, " {key}=\"{}\"", escape(legal(&value)));
    }
    text.push_str(if tag.is_empty { "/>" } else { ">" });
    text
}

/// A text with its codes as XML. Codes of the same markup are written as they were; others within an element of the
/// format that is written.
pub(in crate::format) fn written(text: &str, codes: &[InlineCode], markup: Markup) -> String {
    let mut xml = String::with_capacity(text.len() + 16);
    let partners = partners(codes);
    let mut from = 0;
    for (number, code) in codes.iter().enumerate() {
        // A code whose place is none any more comes where the text allows.
        let at = if text.is_char_boundary(code.at) { code.at.max(from) } else { from };
        xml.push_str(&partial_escape(legal(text.get(from..at).unwrap_or_default())));
        from = at;
        if code.markup == markup {
            xml.push_str(&code.code);
        } else {
            xml.push_str(&foreign(code, number + 1, partners.get(number).copied().flatten().map(|n| n + 1), markup));
        }
    }
    xml.push_str(&partial_escape(legal(text.get(from..).unwrap_or_default())));
    xml
}

/// For each code the one that it begins or ends together with.
fn partners(codes: &[InlineCode]) -> Vec<Option<usize>> {
    let mut partners = vec![None; codes.len()];
    let mut open = Vec::new();
    for (i, code) in codes.iter().enumerate() {
        match code.kind {
            CodeKind::Open => open.push(i),
            CodeKind::Close => {
                if let Some(first) = open.pop() {
                    partners[first] = Some(i);
                    partners[i] = Some(first);
                }
            }
            CodeKind::Standalone => {}
        }
    }
    partners
}

/// A code of another format, within an element of this one. `number` is its own, from 1, `partner` that of the code that
/// belongs to it.
fn foreign(code: &InlineCode, number: usize, partner: Option<usize>, markup: Markup) -> String {
    let content = partial_escape(&code.code);
    let first = partner.map_or(number, |partner| partner.min(number));
    match (markup, code.kind, partner) {
        (Markup::Tmx, CodeKind::Open, Some(_)) => format!("<bpt i=\"{first}\">{content}</bpt>"),
        (Markup::Tmx, CodeKind::Close, Some(_)) => format!("<ept i=\"{first}\">{content}</ept>"),
        (Markup::Tmx, CodeKind::Open, None) => format!("<it pos=\"begin\">{content}</it>"),
        (Markup::Tmx, CodeKind::Close, None) => format!("<it pos=\"end\">{content}</it>"),
        (Markup::Tmx, CodeKind::Standalone, _) => format!("<ph>{content}</ph>"),
        (Markup::Xliff1, CodeKind::Open, Some(_)) => format!("<bpt id=\"{first}\">{content}</bpt>"),
        (Markup::Xliff1, CodeKind::Close, Some(_)) => format!("<ept id=\"{first}\">{content}</ept>"),
        (Markup::Xliff1, CodeKind::Open, None) => format!("<it id=\"{number}\" pos=\"open\">{content}</it>"),
        (Markup::Xliff1, CodeKind::Close, None) => format!("<it id=\"{number}\" pos=\"close\">{content}</it>"),
        (Markup::Xliff1, CodeKind::Standalone, _) => format!("<ph id=\"{number}\">{content}</ph>"),
        (Markup::Xliff2, kind, partner) => {
            let shown = escape(&code.code);
            match (kind, partner) {
                (CodeKind::Open, Some(_)) => format!("<sc id=\"{first}\" disp=\"{shown}\"/>"),
                (CodeKind::Close, Some(_)) => format!("<ec startRef=\"{first}\" disp=\"{shown}\"/>"),
                (CodeKind::Open, None) => format!("<sc id=\"{number}\" isolated=\"yes\" disp=\"{shown}\"/>"),
                (CodeKind::Close, None) => format!("<ec id=\"{number}\" isolated=\"yes\" disp=\"{shown}\"/>"),
                (CodeKind::Standalone, _) => format!("<ph id=\"{number}\" disp=\"{shown}\"/>"),
            }
        }
    }
}
