//! A concordance: keyword-in-context lines with the translation below each, and as JSON lines.

use std::io::{self, Write};

use console::Style;
use serde::Serialize;
use taiyaku::memory::{Concordance, Hit, Rendering};
use taiyaku::span::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::columns::width;
use super::summary::counted;
use super::visible::visible;

/// Longer lines are hard to follow.
const WIDEST: usize = 120;
/// What shows that a text goes on.
const CUT: &str = "…";

#[derive(Serialize)]
struct HitLine<'h> {
    source: &'h str,
    target: &'h str,
    /// Where the pattern stands in the source, in characters.
    places: Vec<[usize; 2]>,
    equivalent: Option<[usize; 2]>,
    document: &'h str,
    id: String,
    source_language: &'h str,
    target_language: &'h str,
}

#[derive(Serialize)]
struct Closing<'c> {
    units: usize,
    is_whole: bool,
    renderings: &'c [Rendering],
}

/// Writes a line a hit, and one with the counts.
pub(crate) fn write_json(found: &Concordance, out: &mut dyn Write) -> io::Result<()> {
    for hit in &found.hits {
        let line = HitLine {
            source: &hit.source,
            target: &hit.target,
            places: hit.places.iter().map(|place| characters(&hit.source, *place)).collect(),
            equivalent: hit.equivalent.map(|place| characters(&hit.target, place)),
            document: &hit.document,
            id: hit.id.to_string(),
            source_language: hit.source_language.tag(),
            target_language: hit.target_language.tag(),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    let closing = Closing { units: found.units, is_whole: found.is_whole, renderings: &found.renderings };
    serde_json::to_writer(&mut *out, &closing)?;
    out.write_all(b"\n")
}

/// A span counted in characters.
fn characters(text: &str, span: Span) -> [usize; 2] {
    [span.start, span.end].map(|end| text.get(..end).map_or(0, |before| before.chars().count()))
}

/// The view for people.
pub(crate) struct Lines {
    width: usize,
    style: Style,
    color: bool,
}

impl Lines {
    /// A view as wide as the terminal.
    pub(crate) fn new(color: bool) -> Self {
        Self { width: width().min(WIDEST), style: Style::new().force_styling(color), color }
    }

    /// Writes the hits, the words in one column, and the counts.
    pub(crate) fn write(&self, found: &Concordance, out: &mut dyn Write) -> io::Result<()> {
        for hit in &found.hits {
            self.write_hit(hit, out)?;
        }
        let number = counted(found.units, "unit");
        writeln!(out, "{}{number}", if found.is_whole { "" } else { "more than " })?;
        let counts: Vec<String> = found.renderings.iter().map(|r| format!("{} {}", r.text, r.count)).collect();
        if !counts.is_empty() {
            writeln!(out, "{}", counts.join(", "))?;
        }
        Ok(())
    }

    fn write_hit(&self, hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
        let word = hit.places.first().copied().unwrap_or_default();
        self.line(&hit.source, word, &self.style.clone().bold(), out)?;
        match hit.equivalent {
            Some(place) => self.line(&hit.target, place, &self.style.clone().green(), out)?,
            None => self.line(&hit.target, Span::default(), &self.style, out)?,
        }
        writeln!(out, "{}\n", self.style.clone().dim().apply_to(visible(&hit.document)))
    }

    /// A text with the word at `place` in the middle; without a word, from its beginning.
    fn line(&self, text: &str, place: Span, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let word = &*visible(place.of(text));
        let before = &*visible(text.get(..place.start).unwrap_or_default());
        let behind = &*visible(text.get(place.end..).unwrap_or_default());
        if word.is_empty() {
            return writeln!(out, "{}", beginning(behind, self.width));
        }
        let room = self.width.saturating_sub(word.width()) / 2;
        let before = end(before, room);
        let pad = room.saturating_sub(before.width());
        // Without colour the word is told by brackets.
        let shown = if self.color { style.apply_to(word).to_string() } else { format!("[{word}]") };
        writeln!(out, "{:pad$}{before}{shown}{}", "", beginning(behind, room))
    }
}

/// As much of the beginning as has room.
fn beginning(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for piece in text.graphemes(true) {
        if kept.width() + piece.width() + 1 > room {
            break;
        }
        kept.push_str(piece);
    }
    kept + CUT
}

/// As much of the end as has room.
fn end(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut taken = 1;
    for piece in text.graphemes(true).rev() {
        taken += piece.width();
        if taken > room {
            break;
        }
        kept.push(piece);
    }
    kept.push(CUT);
    kept.into_iter().rev().collect()
}
