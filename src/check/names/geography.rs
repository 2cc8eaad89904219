//! Places of the word list that stand where another belongs: Slovenia beside スロバキア. One line shows it.

use std::ops::Range;
use std::sync::LazyLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::document::Document;
use super::words::{self, Word};
use super::{Issue, Kind, equivalent};
use crate::check::{Finding, Place, Severity, Side};
use crate::lang::is_katakana;
use crate::lexicon::places;
use crate::span::Span;

/// A name has at most so many words.
const LONGEST: usize = 3;
/// Names of one sign stand in too many words.
const SHORTEST: usize = 2;

/// The country of the texts themselves, which is named or left out as each language likes.
const OWN: &str = "日本";
/// Words with a capital behind the name of a country that belong to somebody's office.
const OFFICES: [&str; 12] = [
    "Ambassador",
    "Chancellor",
    "Defence",
    "Defense",
    "Embassy",
    "Finance",
    "Foreign",
    "Interior",
    "Minister",
    "Parliament",
    "President",
    "Prime",
];
/// Words that have a capital only because they begin a sentence.
const OPENERS: [&str; 12] = ["A", "An", "And", "As", "At", "But", "For", "From", "In", "The", "To", "When"];
/// Places that texts call by each other's names.
const RELATED: [(&str, &str); 2] = [("ソ連", "ロシア"), ("ソビエト", "ロシア")];

/// The places that everybody knows.
struct Atlas {
    /// The kind of a name of the source.
    kinds: FxHashMap<&'static str, &'static str>,
    /// The names of the source that are rendered so, and the kind of the first.
    sources: FxHashMap<&'static str, (Vec<&'static str>, &'static str)>,
}

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let mut atlas = Atlas { kinds: FxHashMap::default(), sources: FxHashMap::default() };
    for (name, rendering, kind) in places() {
        atlas.kinds.insert(name, kind);
        atlas.sources.entry(rendering).or_insert_with(|| (Vec::new(), kind)).0.push(name);
    }
    atlas
});

/// A name of the source.
struct Named<'t> {
    name: &'t str,
    span: Span,
    kind: &'static str,
}

/// A name of the target that the source does not have.
struct Stranger {
    span: Span,
    /// What it is in the source's language.
    names: &'static [&'static str],
    kind: &'static str,
}

/// The issues of a document.
pub(super) fn issues(document: &Document<'_>) -> Vec<Issue> {
    let bitext = document.context.bitext;
    if !bitext.source.is_japanese() || !bitext.target.is_english() {
        return Vec::new();
    }
    let swapped = |line: usize| {
        let named = named(document, line);
        if named.is_empty() {
            return None;
        }
        // One of either: of several, nobody knows which stands for which.
        let [stranger] = &strangers(document, line)[..] else { return None };
        let mut lost = named.iter().filter(|name| !is_rendered(document, line, name.name, stranger.span));
        let name = lost.next().filter(|_| lost.next().is_none())?;
        let is_related = || stranger.names.iter().any(|other| is_related(document, name.name, other));
        (stranger.kind == name.kind && !is_related()).then(|| issue(document, line, name, stranger))
    };
    document.lines().into_par_iter().filter_map(swapped).collect()
}

/// The names of a source line, each once.
fn named<'c>(document: &Document<'c>, line: usize) -> Vec<Named<'c>> {
    let source = document.source(line);
    let mut out: Vec<Named<'_>> = Vec::new();
    for token in document.tokens(line) {
        let (name, span) = (token.span.of(source), token.span);
        let Some(kind) = ATLAS.kinds.get(name) else { continue };
        let is_name = name.chars().count() >= SHORTEST && name != OWN && is_whole(source, span);
        if is_name && !out.iter().any(|other| other.name == name) {
            out.push(Named { name, span, kind });
        }
    }
    out
}

/// Whether a name of the source line has a rendering in the target line elsewhere than in `stranger`: there is no Korea
/// in South Korea.
fn is_rendered(document: &Document<'_>, line: usize, name: &str, stranger: Span) -> bool {
    let target = document.target(line);
    let rest = [target.get(..stranger.start), target.get(stranger.end..)];
    rest.into_iter().flatten().any(|rest| {
        let (words, small) = (words::split(rest), rest.to_lowercase());
        document.renderings(name).iter().any(|rendering| {
            words::contains(&small, &rendering.to_lowercase())
                || equivalent::find(&words::split(rendering), &words).is_some()
        })
    })
}

/// Whether no more katakana stands beside a word in katakana: there is no チリ in エビチリ.
fn is_whole(text: &str, word: Span) -> bool {
    let before = text.get(..word.start).and_then(|text| text.chars().next_back());
    let behind = text.get(word.end..).and_then(|text| text.chars().next());
    !word.of(text).starts_with(is_katakana) || !before.into_iter().chain(behind).any(is_katakana)
}

/// The names of a target line that nothing in the source line, or in the lines beside it, stands for.
fn strangers(document: &Document<'_>, line: usize) -> Vec<Stranger> {
    let target = document.target(line);
    let all = words::split(target);
    let near = [line.checked_sub(1), Some(line), Some(line + 1)];
    let near: Vec<&str> = near.into_iter().flatten().map(|line| document.source(line)).collect();
    let mut out: Vec<Stranger> = Vec::new();
    let mut at = 0;
    while let Some(rest) = all.get(at..).filter(|rest| !rest.is_empty()) {
        let found = (1..=LONGEST.min(rest.len())).rev().find_map(|count| {
            let span = words::span(rest.get(..count)?);
            Some((count, span, ATLAS.sources.get(span.of(target))?))
        });
        let Some((count, span, names)) = found else {
            at += 1;
            continue;
        };
        let is_part = is_part(target, &all, at..at + count);
        at += count;
        let is_there = |name: &str| near.iter().any(|source| source.contains(name));
        let (names, kind) = names;
        let is_known = names.iter().any(|name| *name == OWN || is_there(name));
        if !is_part && !is_known && !out.iter().any(|other| other.names == names) {
            out.push(Stranger { span, names, kind });
        }
    }
    out
}

/// Whether the words at `name` are a part of another name, or none: South China Sea, Bank of Japan.
fn is_part(target: &str, words: &[Word], name: Range<usize>) -> bool {
    let is_office = |word: &Word| OFFICES.binary_search(&word.text.as_str()).is_ok();
    let is_opener = |word: &Word| OPENERS.binary_search(&word.text.as_str()).is_ok();
    let before = |count: usize| words.get(name.start.checked_sub(count)?);
    let (Some(first), Some(last)) = (words.get(name.start), words.get(name.end - 1)) else { return true };
    let follows = match before(1) {
        Some(of) if of.text == "of" => before(2).is_some_and(|word| word.is_capital && !is_office(word)),
        Some(word) => word.is_capital && !first.is_apart && !is_opener(word),
        None => false,
    };
    let goes_on = words.get(name.end).is_some_and(|word| {
        let between = target.get(last.span.end..word.span.start).unwrap_or_default();
        word.is_capital && !word.is_apart && !between.starts_with(['\'', '’']) && !is_office(word)
    });
    follows || goes_on || !first.is_capital
}

/// Whether two names of the source are rendered alike, or one is a part of the other.
fn is_related(document: &Document<'_>, a: &str, b: &str) -> bool {
    let (of_a, of_b) = (document.renderings(a), document.renderings(b));
    let is_pair = |(one, other): &(&str, &str)| (a, b) == (*one, *other) || (b, a) == (*one, *other);
    a.contains(b) || b.contains(a) || of_a.iter().any(|text| of_b.contains(text)) || RELATED.iter().any(is_pair)
}

fn issue(document: &Document<'_>, line: usize, named: &Named<'_>, stranger: &Stranger) -> Issue {
    let Named { name, span, .. } = *named;
    let expected = document.renderings(name).into_iter().next().unwrap_or_default();
    let written = stranger.span.of(document.target(line));
    let own = stranger.names.first().copied().unwrap_or_default();
    let message = format!("{name} is {expected}; here stands {written}, which is {own}.");
    let mut finding = Finding::new(Severity::Error, Place { line, side: Side::Target, span: stranger.span }, message);
    finding.related = vec![Place { line, side: Side::Source, span }];
    finding.source_name = Some(name.to_owned());
    finding.target_name = Some(written.to_owned());
    finding.expected = vec![expected];
    Issue { kind: Kind::NameSwapped, finding }
}

#[cfg(test)]
mod tests {
    use crate::check::name_swapped::CHECK;
    use crate::check::specimen::found;

    #[test]
    fn another_country_or_city_is_found() {
        assert_eq!(
            found(&CHECK, &[("首相はスロバキアを訪れた。", "The prime minister visited Slovenia.")]),
            ["1 target Slovenia: スロバキア is Slovakia; here stands Slovenia, which is スロベニア."]
        );
        for (source, target) in [
            ("彼はモスクワにいる。", "He is in Minsk."),
            ("北朝鮮が発射した。", "South Korea fired it."),
            ("韓国の軍が発射した。", "The North Korean army fired it."),
            ("クリミアで爆発があった。", "There was an explosion in Gaza."),
            ("ラトビアの首相も来た。", "Lithuania's Prime Minister came too."),
            ("ラトビアの首相も来た。", "The Lithuanian Prime Minister came too."),
            ("ラトビアの首相も来た。", "So did the Prime Minister of Lithuania."),
        ] {
            assert_eq!(found(&CHECK, &[(source, target)]).len(), 1, "{target}");
        }
    }

    #[test]
    fn what_is_called_so_too_is_none() {
        for (source, target) in [
            ("英国の首相が来た。", "The British prime minister came."),
            ("イギリスの首相が来た。", "The prime minister of England came."),
            ("ソ連は崩壊した。", "Russia fell apart."),
            ("ホワイトハウスは否定した。", "Washington denied it."),
            ("メディナは勝った。", "Europe won."),
            ("中国の船が現れた。", "Ships appeared in the South Korea Strait."),
            ("モスクワは否定した。", "Russia denied it."),
            ("ビルマの軍が動いた。", "Myanmar's army moved."),
            ("韓国と中国は合意した。", "Russia agreed."),
            ("韓国と北朝鮮は合意した。", "The two Koreas agreed."),
            ("韓国と北朝鮮は合意した。", "South Korea and the North agreed."),
            ("ドンバスでの戦いはウクライナを変えた。", "The war in the east changed Ukraine."),
            ("中国が動いた。", "Japan followed."),
            ("日本の官職の一つ。", "an office, written in Chinese characters"),
            ("韓国は応じた。", "The Bank of China agreed."),
            ("エビチリを中華の棚に置く。", "Put the chili shrimps on the Chinese shelf."),
        ] {
            assert_eq!(found(&CHECK, &[(source, target)]), [""; 0], "{source}");
        }
        let moved = [("韓国が動いた。", "It moved first."), ("中国も動いた。", "South Korea followed.")];
        assert_eq!(found(&CHECK, &moved), [""; 0]);
    }
}
