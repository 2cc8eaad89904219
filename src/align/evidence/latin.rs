//! Latin words that stand unchanged in both texts: names, acronyms, addresses.

use super::{Link, Signal};
use crate::align::feature::{Kind, Side};
use crate::align::sentence::Stemmer;

/// The link strength of equal words, and how far a Latin word is trusted to stand in both texts (fitted on news).
const LINK: f64 = 0.7;
const LAMBDA: f64 = 0.9;

/// Links of equal Latin words.
pub(super) fn signal(source: &Side, target: &Side) -> Signal {
    let (source_stemmer, target_stemmer) = (Stemmer::new(&source.lang), Stemmer::new(&target.lang));
    let link = |source, target| Link { source, target, strength: LINK };
    let mut links = Vec::new();
    for (id, feature) in source.of_kind(Kind::Latin) {
        let word = target
            .find(Kind::Word, &target_stemmer.stem(&feature.key))
            .or_else(|| target.find(Kind::Latin, &feature.key));
        links.extend(word.map(|t| link(id, t)));
    }
    for (id, feature) in target.of_kind(Kind::Latin) {
        links.extend(source.find(Kind::Word, &source_stemmer.stem(&feature.key)).map(|s| link(s, id)));
    }
    Signal { lambda: LAMBDA, links }
}
