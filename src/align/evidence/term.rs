//! Glossary entries: a term and its rendering in the other language.

use super::{Link, Signal, equal_keys};
use crate::align::feature::{Kind, Side};

/// The link strength of a glossary entry found on both sides: nearly certain, for a person wrote it.
const LINK: f64 = 0.9;
/// A name may be left out or become a pronoun in the translation.
const LAMBDA: f64 = 0.9;

/// Links of equal glossary entries.
pub(super) fn signal(source: &Side, target: &Side) -> Signal {
    let links: Vec<Link> = equal_keys(source, target, &[Kind::Term], LINK);
    Signal { lambda: LAMBDA, links }
}
