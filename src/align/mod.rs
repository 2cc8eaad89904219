//! Alignment: which sentences of one text translate which of the other.

mod alignment;

pub use alignment::{Alignment, Bead, SegmentRange};
