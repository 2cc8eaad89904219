//! Texts of XLIFF 1.2 that a tool has divided into segments by marks: `<mrk mtype="seg" mid="1">`.

use crate::format::xml::{Content, Inline, Tag};
use crate::format::{InlineCode, Markup};

/// A segment between its marks.
#[derive(Debug)]
pub(super) struct MarkedSegment {
    /// Its `mid`, by which the source's and the target's belong together.
    pub(super) number: String,
    /// Its text with the codes.
    pub(super) text: (String, Vec<InlineCode>),
}

/// A text that is being read, as a whole and by its segments.
#[derive(Debug, Default)]
pub(super) struct Marked {
    whole: Content,
    segments: Vec<(String, Content)>,
    /// How many marks are open within the segment that is being read; `None` between segments.
    marks: Option<usize>,
}

impl Marked {
    /// Adds the beginning of an inline element; see [`Content::start_with`].
    pub(super) fn start(
        &mut self,
        tag: &Tag<'_>,
        inline: Inline,
        markup: Markup,
        replaced: impl Fn(&str, &str) -> Option<(&'static str, String)>,
    ) {
        self.whole.start_with(tag, inline, markup, &replaced);
        if inline == Inline::Passed && self.marks.is_none() {
            self.segments.push((tag.attribute("mid").unwrap_or_default(), Content::default()));
            self.marks = (!tag.is_empty).then_some(0);
        } else if let (Some(marks), Some((_, segment))) = (&mut self.marks, self.segments.last_mut()) {
            *marks += usize::from(tag.name() == "mrk" && !tag.is_empty);
            segment.start_with(tag, inline, markup, replaced);
        }
    }

    /// Adds a piece of text.
    pub(super) fn text(&mut self, piece: &str) {
        self.whole.text(piece);
        if let (Some(_), Some((_, segment))) = (self.marks, self.segments.last_mut()) {
            segment.text(piece);
        }
    }

    /// Adds the end of an inline element.
    pub(super) fn end(&mut self, name: &str) {
        self.whole.end(name);
        match (self.marks, self.segments.last_mut()) {
            (Some(0), _) if name == "mrk" => self.marks = None,
            (Some(marks), Some((_, segment))) => {
                self.marks = Some(marks - usize::from(name == "mrk"));
                segment.end(name);
            }
            _ => {}
        }
    }

    /// How many bytes it takes.
    pub(super) fn size(&self) -> usize {
        let segments = self
            .segments
            .iter()
            .map(|(number, segment)| number.len() + segment.size() + size_of::<(String, Content)>());
        self.whole.size() + segments.sum::<usize>()
    }

    /// The whole text, and its segments where these are all of it and each has a number of its own.
    pub(super) fn finish(self) -> ((String, Vec<InlineCode>), Vec<MarkedSegment>) {
        let whole = self.whole.finish();
        let mut segments: Vec<MarkedSegment> = self
            .segments
            .into_iter()
            .map(|(number, segment)| MarkedSegment { number, text: segment.finish() })
            .collect();
        let said = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let mut numbers: Vec<&str> = segments.iter().map(|segment| segment.number.as_str()).collect();
        numbers.sort_unstable();
        let are_numbered = !numbers.contains(&"") && numbers.windows(2).all(|pair| pair.first() != pair.last());
        let is_all = segments.iter().map(|segment| said(&segment.text.0)).sum::<usize>() == said(&whole.0);
        if !are_numbered || !is_all {
            segments.clear();
        }
        (whole, segments)
    }
}
