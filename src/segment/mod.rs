//! Sentences: where a document's blocks are cut into the segments that are aligned.

use crate::document::Document;
use crate::span::Span;

/// A sentence, or what stands for one: a heading, a list item, a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The index of the block it lies in.
    pub block: usize,
    /// Where it stands in the document's text, without surrounding white space.
    pub span: Span,
}
