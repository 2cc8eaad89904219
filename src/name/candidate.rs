//! Where names may stand: runs of katakana, and runs of capitalised words.

use crate::lang::is_katakana;
use crate::span::Span;

use super::latin::Latin;
use super::matching::cost_within;
use super::phoneme::look_alike;
use super::reading::Reading;
use super::sound::Sounds;

/// A name has no more words than this, particles included.
const MOST_WORDS: usize = 5;

/// Words without a capital that may stand inside a name.
const PARTICLES: [&str; 32] = [
    "al", "and", "bin", "da", "das", "de", "del", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "for",
    "ibn", "in", "la", "le", "no", "of", "on", "ter", "the", "to", "van", "von", "y", "zu", "zur",
];

/// Those of them that a name may begin with (van Gogh, de Gaulle, al-Assad).
const NAME_BEGINNINGS: [&str; 16] =
    ["al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "le", "van", "von"];

/// The names that a Latin-script text may hold, ready to be compared.
#[derive(Debug, Clone)]
pub struct Candidates {
    names: Vec<(Span, Latin)>,
}

impl Candidates {
    /// The runs of up to five capitalised words of `text`, with particles (de, of, von …) between them or, for some,
    /// before them, and the
    /// capitalised parts of hyphenated words. Runs overlap; they are in order of their start, then of their end.
    pub fn new(text: &str) -> Self {
        let words = words(text);
        let mut names = Vec::new();
        let mut add = |span: Span| {
            if let Some(latin) = Latin::new(span.of(text)) {
                names.push((span, latin));
            }
        };
        for (at, first) in words.iter().enumerate() {
            if first.of(text).contains('-') {
                hyphen_parts(*first, text).into_iter().for_each(&mut add);
            }
            if is_capitalised(first.of(text)) {
                add(*first);
            } else if NAME_BEGINNINGS.binary_search(&first.of(text)).is_err() {
                continue;
            }
            for pair in words.get(at..words.len().min(at + MOST_WORDS)).unwrap_or_default().windows(2) {
                let &[before, word] = pair else { break };
                let capitalised = is_capitalised(word.of(text));
                let belongs = capitalised || is_number(word.of(text)) || is_particle(word.of(text));
                if !belongs || separates(Span::new(before.end, word.start).of(text)) {
                    break;
                }
                if capitalised {
                    add(Span::new(first.start, word.end));
                }
            }
        }
        names.sort_by_key(|&(span, _)| span);
        Self { names }
    }

    /// The candidates in order.
    pub fn iter(&self) -> impl Iterator<Item = (Span, &Latin)> {
        self.names.iter().map(|(span, latin)| (*span, latin))
    }

    /// The candidate that sounds most like `name`, and its cost; of equal ones the first.
    pub fn best(&self, name: &impl AsRef<Sounds>) -> Option<(Span, f64)> {
        let mut best: Option<(Span, f64)> = None;
        for (span, latin) in self.iter() {
            let limit = best.map_or(f64::INFINITY, |(_, cost)| cost);
            match cost_within(name, latin, limit) {
                Some(cost) if cost < limit => best = Some((span, cost)),
                _ => {}
            }
        }
        best
    }

    /// The candidate most like the reading of a kanji name, and its similarity from 0 to 1; of equal ones the first.
    pub fn best_reading(&self, reading: &Reading) -> Option<(Span, f64)> {
        let mut best: Option<(Span, f64)> = None;
        for (span, latin) in self.iter() {
            let similarity = reading.similarity(latin);
            if best.is_none_or(|(_, other)| similarity > other) {
                best = Some((span, similarity));
            }
        }
        best
    }
}

/// The place in `text` that sounds most like `name`, and its cost; `None` if the text holds no capitalised word.
///
/// For several names in one text make the [`Candidates`] once.
pub fn best_span(name: &impl AsRef<Sounds>, text: &str) -> Option<(Span, f64)> {
    Candidates::new(text).best(name)
}

/// The runs of katakana in a Japanese text; ・ ＝ and = join the parts of one name.
///
/// A character that only looks like katakana belongs to the run when it stands between katakana, a single dash also at
/// the end (ダレ―).
pub fn katakana_runs(text: &str) -> Vec<Span> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let at = |index: Option<usize>| index.and_then(|i| characters.get(i)).map(|&(_, c)| c);
    let genuine = |c: Option<char>| c.is_some_and(is_katakana);
    let mut out: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    for (index, &(start, c)) in characters.iter().enumerate() {
        let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
        let enclosed = genuine(before) && genuine(after);
        let belongs = match c {
            // A mark of length at the start belongs to the hiragana before it (すごーい).
            'ー' | 'ｰ' => open.is_some(),
            '・' | '･' | '＝' | '=' | '゠' => open.is_some() && enclosed,
            _ if is_katakana(c) => true,
            '―' | '—' | '─' => open.is_some() && genuine(before) && !matches!(after, Some('―' | '—' | '─')),
            _ => open.is_some() && enclosed && look_alike(c).is_some(),
        };
        if belongs {
            let run = open.get_or_insert(Span::new(start, start));
            run.end = start + c.len_utf8();
        } else {
            out.extend(open.take());
        }
    }
    out.extend(open);
    out
}

/// The words of `text`: letters and digits, with apostrophes, full stops and hyphens inside (O'Neill, U.S, Al-Qaeda). The
/// possessive 's is no part of a word.
fn words(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<Span> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((start, c)) = characters.next() {
        let joins = match c {
            '\'' | '’' => {
                // Two letters must follow.
                let mut after = text.get(start + c.len_utf8()..).unwrap_or_default().chars();
                after.next().is_some_and(char::is_alphabetic) && after.next().is_some_and(char::is_alphabetic)
            }
            '.' | '-' | '‐' | '‑' => characters.peek().is_some_and(|&(_, next)| next.is_alphanumeric()),
            // Combining marks of decomposed text.
            '\u{300}'..='\u{36f}' => true,
            _ => false,
        };
        let end = start + c.len_utf8();
        match &mut open {
            Some(word) if joins || is_word_letter(c) => word.end = end,
            None if is_word_letter(c) => open = Some(Span::new(start, end)),
            _ => out.extend(open.take()),
        }
    }
    out.extend(open);
    out
}

/// A letter or digit of a script that names in Latin letters stand in.
fn is_word_letter(c: char) -> bool {
    c.is_alphanumeric() && !crate::lang::is_han(c) && !crate::lang::is_hiragana(c) && !is_katakana(c)
}

/// The parts of a hyphenated word that have a capital.
fn hyphen_parts(word: Span, text: &str) -> Vec<Span> {
    let mut start = word.start;
    let mut out = Vec::new();
    for part in word.of(text).split('-') {
        if is_capitalised(part) {
            out.push(Span::new(start, start + part.len()));
        }
        start += part.len() + 1;
    }
    out
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_number(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_numeric)
}

fn is_particle(word: &str) -> bool {
    PARTICLES.binary_search(&word).is_ok()
}

/// Whether what stands between two words ends a name: punctuation other than the full stop of an initial.
fn separates(between: &str) -> bool {
    between.len() > 8
        || between.contains([',', ';', ':', '!', '?', '"', '“', '”', '(', ')', '[', ']', '…', '\n'])
        || between.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::{Candidates, best_span, katakana_runs};
    use crate::name::{Katakana, Reading};

    #[track_caller]
    fn assert_runs(text: &str, expected: &[&str]) {
        let runs: Vec<&str> = katakana_runs(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(runs, expected);
    }

    #[track_caller]
    fn assert_best(name: &str, text: &str, expected: &str) {
        let (span, _) = best_span(&Katakana::new(name).unwrap(), text).unwrap();
        assert_eq!(span.of(text), expected);
    }

    #[test]
    fn dots_and_double_hyphens_join_the_parts_of_a_name() {
        assert_runs(
            "昨日、マリー・キュリーとジャン＝ポール・サルトルが",
            &["マリー・キュリー", "ジャン＝ポール・サルトル"],
        );
        assert_runs("東京・パリ・北京", &["パリ"]);
        assert_runs("ｼﾞｮﾝ･ｽﾐｽ氏", &["ｼﾞｮﾝ･ｽﾐｽ"]);
    }

    #[test]
    fn look_alikes_belong_to_a_run_only_inside_it() {
        assert_runs("ダレ―は", &["ダレ―"]);
        assert_runs("スタ一トの力", &["スタ一ト"]);
        assert_runs("カナダ――それは", &["カナダ"]);
        assert_runs("ケネディ一家", &["ケネディ"]);
        assert_runs("すごーい", &[]);
    }

    #[test]
    fn a_whole_name_is_found_in_a_sentence() {
        assert_best("マリー・キュリー", "In 1903 Marie Curie and Pierre went to Paris.", "Marie Curie");
        assert_best("パリ", "In 1903 Marie Curie and Pierre went to Paris.", "Paris");
        assert_best("ヴァン・ゴッホ", "The painter Vincent van Gogh (1853–90) lived in Arles.", "van Gogh");
        assert_best("マクロン", "Asked by Merkel, Macron’s answer was “No”.", "Macron");
        assert_best("サルトル", "Jean-Paul Sartre's plays", "Sartre");
    }

    #[test]
    fn a_part_of_a_hyphenated_word_is_a_candidate() {
        assert_best("パリ", "the Paris-Dakar rally", "Paris");
    }

    #[test]
    fn a_reading_finds_its_name_in_either_order() {
        let text = "The novelist Natsume Soseki met Mori Ogai in Tokyo.";
        let candidates = Candidates::new(text);
        for reading in ["なつめ そうせき", "ソウセキ・ナツメ"] {
            let (span, similarity) = candidates.best_reading(&Reading::new(reading).unwrap()).unwrap();
            assert_eq!((span.of(text), similarity), ("Natsume Soseki", 1.0));
        }
    }

    #[test]
    fn texts_without_names_have_no_candidates() {
        for text in ["", "—", "no capital here", "日本語だけ", "’’’- . -"] {
            assert!(Candidates::new(text).iter().next().is_none(), "{text}");
            assert!(katakana_runs(text).is_empty());
        }
    }

    #[test]
    fn a_long_line_is_no_trouble() {
        let capitals = "Ab ".repeat(100_000);
        assert!(Candidates::new(&capitals).iter().count() > 100_000);
        assert_eq!(katakana_runs(&"ア".repeat(100_000)).len(), 1);
    }
}
