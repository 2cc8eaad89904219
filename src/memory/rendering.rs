//! What a word is translated by: what the aligner takes for its rendering, and the words that stand beside its occurrences
//! far more often than elsewhere.
//!
//! Both are log-likelihood ratios and are added up. The association is Dunning's log-likelihood ratio (T. Dunning, "Accurate methods for the statistics of surprise and
//! coincidence", Computational Linguistics 19, 1993), taken again and again over what is not explained yet: the best
//! rendering explains the translations that hold it, the next best some of the others.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::align::{Equivalent, Stems};
use crate::lang::Lang;
use crate::span::Span;
use crate::token::words;

/// A rendering has no more words than this, or characters where words are not divided.
const MOST_WORDS: usize = 4;
const MOST_CHARACTERS: usize = 8;
/// The least association: chance gives more once in a hundred times, which has to do for few hits, and once in ten
/// thousand times, which many pieces of many hits ask for.
const LEAST_OF_FEW: f64 = 6.63;
const LEAST_OF_MANY: f64 = 15.14;
/// So many hits are few.
const FEW: usize = 10;
/// A longer rendering takes the place of a part of it when it stands in this share of the part's places.
const WHOLE: f64 = 0.5;
/// A rendering begins and ends with words that are so many times more frequent here than elsewhere, unlike "the".
const TELLING: f64 = 3.0;
/// No more renderings than this are told apart.
const MOST_RENDERINGS: usize = 12;

/// A rendering with the number of units that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendering {
    /// The rendering as it is mostly written.
    pub text: String,
    /// In how many units it was found.
    pub count: usize,
}

/// What a hit was translated by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Translation<'t> {
    pub(super) text: &'t str,
    pub(super) lang: &'t Lang,
    /// What the aligner takes for the rendering.
    pub(super) equivalent: Option<Equivalent>,
}

/// The pieces of one hit's text, each once with its first place, by number.
#[derive(Debug, Default)]
struct Held {
    pieces: Vec<(usize, Span)>,
    /// The one that the aligner takes for the rendering, with twice its nats, as the association has them.
    equivalent: Option<(usize, f64)>,
}

/// The pieces of the hits' texts: each has a number. The forms of a word are one piece.
#[derive(Debug, Default)]
struct Pieces {
    numbers: HashMap<String, usize>,
    /// In how many texts of anything each stands.
    elsewhere: Vec<usize>,
    /// The pieces that each begins and ends with: words, or characters where words are not divided.
    ends: Vec<[usize; 2]>,
    /// By language.
    stems: BTreeMap<String, Stems>,
}

/// Shows the pieces of a text that may be renderings, as stems, with their places and how many words they have.
fn for_each_piece(text: &str, lang: &Lang, stems: &mut Stems, mut show: impl FnMut(&str, Span, usize)) {
    let is_unspaced = lang.is_unspaced();
    let units: Vec<Span> = if is_unspaced {
        let is_part = |c: char| c.is_alphanumeric() || c == 'ー';
        text.char_indices().filter(|(_, c)| is_part(*c)).map(|(i, c)| Span::new(i, i + c.len_utf8())).collect()
    } else {
        words(text).map(|word| word.span).collect()
    };
    let longest = if is_unspaced { MOST_CHARACTERS } else { MOST_WORDS };
    let keys: Vec<String> = units.iter().map(|unit| stems.stem(&unit.of(text).to_lowercase()).to_owned()).collect();
    let mut piece = String::new();
    for (at, first) in units.iter().enumerate() {
        piece.clear();
        let mut end = first.start;
        for (count, (unit, key)) in (1..=longest).zip(units.iter().zip(&keys).skip(at)) {
            // Punctuation ends a rendering.
            if !Span::new(end, unit.start).of(text).chars().all(char::is_whitespace) {
                break;
            }
            if count > 1 && !is_unspaced {
                piece.push(' ');
            }
            piece.push_str(key);
            end = unit.end;
            show(&piece, Span::new(first.start, end), count);
        }
    }
}

impl Pieces {
    /// The number of a piece.
    fn number(&mut self, piece: &str) -> usize {
        self.numbers.get(piece).copied().unwrap_or_else(|| {
            let number = self.ends.len();
            self.numbers.insert(piece.to_owned(), number);
            self.elsewhere.push(0);
            self.ends.push([number; 2]);
            number
        })
    }

    /// Shows the pieces of a text.
    fn for_each(&mut self, text: &str, lang: &Lang, mut show: impl FnMut(&mut Self, &str, Span, usize)) {
        // Taken out, so that the pieces can be changed meanwhile.
        let mut stems = self.stems.remove(lang.tag()).unwrap_or_else(|| Stems::new(lang));
        for_each_piece(text, lang, &mut stems, |piece, span, count| show(self, piece, span, count));
        self.stems.insert(lang.tag().to_owned(), stems);
    }

    /// Takes the pieces of a hit's text in.
    fn add(&mut self, hit: &Translation) -> Held {
        let mut held = Held::default();
        // The pieces of one word at their places, which longer ones begin and end with.
        let mut single: HashMap<usize, usize> = HashMap::new();
        let mut longer: Vec<(usize, Span)> = Vec::new();
        self.for_each(hit.text, hit.lang, |pieces, piece, span, count| {
            let number = pieces.number(piece);
            if count == 1 {
                single.insert(span.start, number);
                single.insert(span.end, number);
            } else {
                longer.push((number, span));
            }
            held.pieces.push((number, span));
        });
        for (number, span) in longer {
            if let (Some(first), Some(last), Some(ends)) =
                (single.get(&span.start), single.get(&span.end), self.ends.get_mut(number))
            {
                *ends = [*first, *last];
            }
        }
        if let Some(Equivalent { span, nats }) = hit.equivalent {
            let known = held.pieces.iter().find(|(_, other)| *other == span).map(|(number, _)| *number);
            let number = known.unwrap_or_else(|| {
                let number = self.number(&span.of(hit.text).to_lowercase());
                held.pieces.push((number, span));
                number
            });
            held.equivalent = Some((number, 2.0 * nats));
            // Where the piece stands several times, this is the place.
            held.pieces.retain(|(other, place)| *other != number || *place == span);
        }
        held.pieces.sort_by_key(|(number, span)| (*number, span.start));
        held.pieces.dedup_by_key(|(number, _)| *number);
        held
    }

    /// Counts the pieces of a text of anything.
    fn count(&mut self, text: &str, lang: &Lang) {
        let mut met: Vec<usize> = Vec::new();
        self.for_each(text, lang, |pieces, piece, _, _| met.extend(pieces.numbers.get(piece)));
        met.sort_unstable();
        met.dedup();
        for number in met {
            if let Some(count) = self.elsewhere.get_mut(number) {
                *count += 1;
            }
        }
    }
}

/// The renderings of what `hits` translate, and for each hit where it has which of them; `others` are translations of
/// anything, to know what is said everywhere.
pub(super) fn renderings(hits: &[Translation], others: &[(&str, &Lang)]) -> (Vec<Rendering>, Vec<Option<Span>>) {
    let mut pieces = Pieces::default();
    let held: Vec<Held> = hits.iter().map(|hit| pieces.add(hit)).collect();
    for (text, lang) in others {
        pieces.count(text, lang);
    }
    let mut texts = vec![""; pieces.ends.len()];
    #[expect(clippy::iter_over_hash_type, reason = "each has its own place")]
    for (text, number) in &pieces.numbers {
        if let Some(place) = texts.get_mut(*number) {
            *place = text;
        }
    }
    let mut places = vec![None; hits.len()];
    let mut is_open = vec![true; hits.len()];
    let mut found = Vec::new();
    while found.len() < MOST_RENDERINGS {
        let open = || held.iter().zip(&is_open).filter(|(_, is_open)| **is_open).map(|(held, _)| held);
        let Some(best) = best(&pieces, &texts, open, others.len()) else { break };
        let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
        let mut count = 0;
        for ((hit, held), (place, is_open)) in hits.iter().zip(&held).zip(places.iter_mut().zip(&mut is_open)) {
            let pieces = &held.pieces;
            let span = pieces.binary_search_by_key(&best, |(number, _)| *number).ok().and_then(|i| pieces.get(i));
            if let Some((_, span)) = span.filter(|_| *is_open) {
                *forms.entry(span.of(hit.text)).or_default() += 1;
                count += 1;
                *is_open = false;
                *place = Some(*span);
            }
        }
        let form = forms.iter().rev().max_by_key(|(_, count)| **count).map_or("", |(form, _)| form);
        found.push(Rendering { text: form.to_owned(), count });
    }
    found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    (found, places)
}

/// The piece most associated with the open hits, by number.
fn best<'p, I: Iterator<Item = &'p Held>>(
    pieces: &Pieces,
    texts: &[&str],
    open: impl Fn() -> I,
    others: usize,
) -> Option<usize> {
    let hits = open().count();
    let mut counts = vec![0_usize; texts.len()];
    let mut support = vec![0.0; texts.len()];
    for held in open() {
        for (number, _) in &held.pieces {
            if let Some(count) = counts.get_mut(*number) {
                *count += 1;
            }
        }
        if let Some((number, value)) = held.equivalent
            && let Some(sum) = support.get_mut(number)
        {
            *sum += value;
        }
    }
    let count = |number: usize| counts.get(number).copied().unwrap_or(0);
    let elsewhere = |number: usize| pieces.elsewhere.get(number).copied().unwrap_or(0);
    let is_telling = |number: usize| {
        let rate = count(number) as f64 / hits.max(1) as f64;
        rate >= TELLING * (elsewhere(number) as f64 + 0.5) / (others as f64 + 1.0)
    };
    let ends_tell = |number: usize| pieces.ends.get(number).is_some_and(|ends| ends.iter().all(|end| is_telling(*end)));
    let text = |number: usize| texts.get(number).copied().unwrap_or_default();
    let least = if hits > FEW { LEAST_OF_MANY } else { LEAST_OF_FEW };
    let support = |number: usize| support.get(number).copied().unwrap_or(0.0);
    let association = |number: usize| log_likelihood(count(number), hits, elsewhere(number), others);
    let associated = |number: usize| {
        let is_associated = count(number) > 1 && association(number) >= least && ends_tell(number);
        if is_associated { association(number) } else { 0.0 }
    };
    let (mut best, _) = (0..texts.len())
        .map(|number| (number, associated(number) + support(number)))
        .filter(|(_, value)| *value > 0.0)
        .max_by(|a, b| {
            let by_length = || text(a.0).len().cmp(&text(b.0).len());
            a.1.total_cmp(&b.1).then_with(by_length).then_with(|| text(b.0).cmp(text(a.0)))
        })?;
    // As long as it is mostly part of something longer, that is the rendering.
    loop {
        let is_longer = |number: &usize| {
            count(*number) > 1
                && count(*number) as f64 >= WHOLE * count(best) as f64
                && text(*number).len() > text(best).len()
                && text(*number).contains(text(best))
                && ends_tell(*number)
                // What the aligner knows is whole unless more is better.
                && (support(best) == 0.0 || association(*number) > association(best))
        };
        let longer = (0..texts.len()).filter(is_longer).max_by(|a, b| {
            let by_length = || text(*a).len().cmp(&text(*b).len());
            count(*a).cmp(&count(*b)).then_with(by_length).then_with(|| text(*b).cmp(text(*a)))
        });
        match longer {
            Some(longer) => best = longer,
            None => return Some(best),
        }
    }
}

/// How surprising it is that `a` of `n` texts have a piece that `b` of `m` others have; 0 where it is rarer in the first.
fn log_likelihood(a: usize, n: usize, b: usize, m: usize) -> f64 {
    // Half an occurrence elsewhere keeps what was never seen from proving everything.
    let (a, n, b, m) = (a as f64, n as f64, b as f64 + 0.5, m as f64 + 1.0);
    if a / n <= b / m {
        return 0.0;
    }
    let rate = (a + b) / (n + m);
    let entropy = |k: f64, n: f64, p: f64| {
        let part = |k: f64, p: f64| if k > 0.0 { k * p.ln() } else { 0.0 };
        part(k, p) + part(n - k, 1.0 - p)
    };
    2.0 * (entropy(a, n, a / n) + entropy(b, m, b / m) - entropy(a, n, rate) - entropy(b, m, rate))
}

#[cfg(test)]
mod tests {
    use super::{Translation, renderings};
    use crate::align::Equivalent;
    use crate::lang::Lang;
    use crate::span::Span;

    /// Translations of which the aligner knows nothing.
    fn unknown<'t>(texts: &[&'t str], lang: &'t Lang) -> Vec<Translation<'t>> {
        texts.iter().map(|text| Translation { text, lang, equivalent: None }).collect()
    }

    #[test]
    fn renderings_are_counted_and_marked() {
        let english = Lang::english();
        let hits = [
            "The foreign minister left for Paris.",
            "Yesterday the Foreign Minister spoke.",
            "A meeting of the foreign ministers; the foreign minister of France came too.",
            "The foreign minister is ill.",
            "The Foreign Secretary answered.",
            "It was the Foreign Secretary who knew.",
            "Nobody asked the Foreign Secretary.",
        ];
        let others = [
            "The rain fell on the town.",
            "It was late.",
            "Nobody came yesterday.",
            "The meeting was short.",
            "The train left.",
            "A dog is ill.",
            "The town answered.",
            "The minister of finance spoke.",
            "Who knew the town?",
            "Of course.",
            "The secretary wrote.",
            "She asked the children.",
        ];
        let others: Vec<_> = others.iter().map(|text| (*text, &english)).collect();
        let (found, places) = renderings(&unknown(&hits, &english), &others);
        let found: Vec<_> = found.iter().map(|r| (r.text.to_lowercase(), r.count)).collect();
        assert_eq!(found, [("foreign minister".to_owned(), 4), ("foreign secretary".to_owned(), 3)]);
        let marked: Vec<&str> =
            places.iter().zip(hits).map(|(place, text)| place.unwrap_or_default().of(text)).collect();
        assert_eq!(marked[1], "Foreign Minister");
        assert_eq!(marked[6], "Foreign Secretary");
    }

    #[test]
    fn one_hit_proves_nothing() {
        let english = Lang::english();
        assert_eq!(renderings(&unknown(&["The end."], &english), &[]), (Vec::new(), vec![None]));
    }

    #[test]
    fn what_the_aligner_knows_needs_no_second_hit() {
        let english = Lang::english();
        let text = "The end of the road.";
        let hit =
            |nats| Translation { text, lang: &english, equivalent: Some(Equivalent { span: Span::new(4, 7), nats }) };
        let (found, places) = renderings(&[hit(5.0)], &[]);
        assert_eq!((found[0].text.as_str(), found[0].count), ("end", 1));
        assert_eq!(places, [Some(Span::new(4, 7))]);
    }
}
