//! Han characters kept in the translation: 金閣寺 in an English sentence, words that Chinese and Japanese share.

use super::{Link, Signal};
use crate::align::feature::{Kind, Side};

/// The link strength of equal runs, and how far one is trusted to be kept (set as for cognates and Latin words).
const LINK: f64 = 0.7;
const LAMBDA: f64 = 0.75;

/// Links of equal runs of Han characters, and of runs with the words equal to them.
pub(super) fn signal(source: &Side, target: &Side) -> Signal {
    let mut links = Vec::new();
    for (id, feature) in source.of_kind(Kind::Han) {
        for kind in [Kind::Han, Kind::Word] {
            links.extend(target.find(kind, &feature.key).map(|t| Link { source: id, target: t, strength: LINK }));
        }
    }
    for (id, feature) in target.of_kind(Kind::Han) {
        links.extend(source.find(Kind::Word, &feature.key).map(|s| Link { source: s, target: id, strength: LINK }));
    }
    Signal { lambda: LAMBDA, links }
}
