//! Names and loanwords by sound: katakana and Hangul words with Latin words.

use rayon::prelude::*;

use super::{Link, Signal};
use crate::align::feature::{Kind, Side};
use crate::lang::is_hangul;
use crate::name::{Hangul, Katakana, Latin, Sounds, Vocabulary};

const LAMBDA: f64 = 0.75;
/// The link strength of the same sound.
const SAME: f64 = 0.7;
/// The greatest cost at which a word is a candidate for one in katakana, and for one in Hangul, whose letters leave more open.
/// (A greater one changes no figure; a smaller one does in Korean.)
const LIMIT: f64 = 0.15;
const LIMIT_HANGUL: f64 = 0.2;
/// The cost at which a pair of words is as likely one name as not, and how fast that changes.
const EVEN: f64 = 0.12;
const SLOPE: f64 = 0.03;
/// How many candidates a word keeps; how fast further ones fall behind the best.
const CANDIDATES: usize = 5;
const SHARPNESS: f64 = 0.05;
/// A word of this weight (two consonants and two vowels) says in full what its sound says; shorter ones are alike by chance.
const FULL_WEIGHT: f64 = 2.8;
/// Links weaker than this are left out.
const MIN_EVIDENCE: f64 = 0.02;

/// Links by sound from either side; `is_explained` tells the katakana words of the source that need none.
pub(super) fn signal(source: &Side, target: &Side, is_explained: impl Fn(&str) -> bool) -> Signal {
    let mut links = by_sound(source, target, is_explained);
    links.extend(by_sound(target, source, |_| false).into_iter().map(|l| Link {
        source: l.target,
        target: l.source,
        ..l
    }));
    Signal { lambda: LAMBDA, links }
}

/// Links from the words that are written by sound on one side to the Latin words on the other; `Link::source` is the former.
fn by_sound(side: &Side, latin_side: &Side, is_explained: impl Fn(&str) -> bool) -> Vec<Link> {
    let names: Vec<(u32, Sounds, f64)> = side
        .of_kind(Kind::Katakana)
        .filter(|(_, f)| !is_explained(&f.key))
        .filter_map(|(id, f)| Some((id, Katakana::new(&f.key)?.as_ref().clone(), LIMIT)))
        .chain(
            side.of_kind(Kind::Word)
                .filter(|(_, f)| f.key.contains(is_hangul))
                .filter_map(|(id, f)| Some((id, Hangul::new(&f.key)?.as_ref().clone(), LIMIT_HANGUL))),
        )
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let (ids, words): (Vec<u32>, Vec<Latin>) = latin_side
        .of_kind(Kind::Word)
        .filter(|(_, f)| f.surface.chars().next().is_some_and(char::is_alphabetic))
        .filter_map(|(id, f)| Some((id, Latin::new(&f.surface)?)))
        .unzip();
    let vocabulary = Vocabulary::new(&words);
    let links_of = |(id, sounds, limit): &(u32, Sounds, f64)| {
        let mut found = vocabulary.within(&sounds, *limit);
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let best = found.first().map_or(0.0, |(_, cost)| *cost);
        let nearness = |cost: f64| ((best - cost) / SHARPNESS).exp();
        let sum: f64 = found.iter().map(|(_, cost)| nearness(*cost)).sum();
        let strength = |cost: f64| {
            let is_name = 1.0 / (1.0 + ((cost - EVEN) / SLOPE).exp()) * (sounds.weight() / FULL_WEIGHT).min(1.0);
            let share = nearness(cost) / sum;
            (share * is_name > MIN_EVIDENCE).then(|| SAME * share.sqrt() * is_name)
        };
        let candidates = found.into_iter().take(CANDIDATES);
        candidates
            .filter_map(|(place, cost)| Some(Link { source: *id, target: ids[place], strength: strength(cost)? }))
            .collect::<Vec<_>>()
    };
    names.par_iter().flat_map_iter(links_of).collect()
}
