//! `script-homoglyph`: a sign that only looks like the letter that is meant.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{Applicability, Check, Context, Finding, Place, Severity, Side, Suggestion};
use crate::lang::is_katakana;
use crate::lexicon::Lexicon;
use crate::name::{Candidates, Katakana, cost};
use crate::span::Span;
use crate::token::Tokenizer;

/// Signs with the katakana that they are mistaken for. The hyphen ‐ and the double hyphen ＝ are genuine in names.
const KATAKANA: [(char, char); 20] = [
    ('―', 'ー'),
    ('—', 'ー'),
    ('–', 'ー'),
    ('─', 'ー'),
    ('−', 'ー'),
    ('一', 'ー'),
    ('二', 'ニ'),
    ('三', 'ミ'),
    ('力', 'カ'),
    ('工', 'エ'),
    ('夕', 'タ'),
    ('八', 'ハ'),
    ('口', 'ロ'),
    ('〇', 'ロ'),
    ('卜', 'ト'),
    ('才', 'オ'),
    ('千', 'チ'),
    ('へ', 'ヘ'),
    ('べ', 'ベ'),
    ('り', 'リ'),
];
/// Katakana that are mistaken for each other.
const KATAKANA_TWINS: [(char, char); 4] = [('ソ', 'ン'), ('ン', 'ソ'), ('シ', 'ツ'), ('ツ', 'シ')];
/// Kanji with the katakana that they are mistaken for, where the word is of kanji.
const KANJI: [(char, char); 8] =
    [('ニ', '二'), ('ミ', '三'), ('カ', '力'), ('エ', '工'), ('タ', '夕'), ('ハ', '八'), ('ロ', '口'), ('ト', '卜')];
/// Cyrillic and Greek letters with the Latin ones that they are mistaken for (after Unicode's confusables).
const LATIN: [(char, char); 45] = [
    ('а', 'a'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ӏ', 'l'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    ('А', 'A'),
    ('В', 'B'),
    ('С', 'C'),
    ('Е', 'E'),
    ('Н', 'H'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('К', 'K'),
    ('М', 'M'),
    ('О', 'O'),
    ('Р', 'P'),
    ('Ѕ', 'S'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('У', 'Y'),
    ('Ѵ', 'V'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Χ', 'X'),
    ('ο', 'o'),
];

/// Up to this cost a katakana word and a Latin name sound the same.
const SAME_SOUND: f64 = 0.2;
/// A name of another sound than the word as it stands costs so much less.
const BETTER_SOUND: f64 = 0.15;

/// In a longer text, in bytes, names are not looked for by their sound: the time would grow with the square.
const LONGEST: usize = 20_000;

/// A longer run of katakana, in bytes, is no word.
const LONGEST_WORD: usize = 150;

pub(super) const CHECK: Check = Check {
    name: "script-homoglyph",
    severity: Some(Severity::Error),
    explanation: "\
A sign of another script stands in a word because it looks the same: a dash or the kanji 一 for the long vowel ー, the
kanji 力 二 工 夕 for the katakana カ ニ エ タ, ソ for ン, a Cyrillic о in a Latin name. No reader sees it, but no search finds
the word, and no glossary applies.

    ja  カ一ター元大統領      (the kanji 一)
    ja  カーター元大統領

It is reported only where the corrected word is known: it stands elsewhere in the text, is in a word list, or sounds like
a name of the other side. `--fix` corrects it. Kanji beside katakana (ロシア二国間, ニューヨーク一極) are normal.",
    run,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let known = Known::new(context);
    for (line, pair) in context.bitext.lines.iter().enumerate() {
        let sides = [
            (Side::Source, &context.bitext.source, &pair.source, &pair.target),
            (Side::Target, &context.bitext.target, &pair.target, &pair.source),
        ];
        for (side, lang, text, other) in sides {
            let made = OnceCell::new();
            let candidates = || made.get_or_init(|| Candidates::new(if other.len() > LONGEST { "" } else { other }));
            let mut report = |span: Span, corrected: String| {
                let best = Katakana::new(&corrected).and_then(|name| candidates().best(&name));
                let heard = best.filter(|(_, cost)| *cost <= SAME_SOUND).map(|(span, _)| span.of(other).to_owned());
                findings.push(finding(Place { line, side, span }, span.of(text), corrected, heard));
            };
            if lang.is_japanese() {
                let katakana: Vec<(Span, String)> =
                    runs(text).into_iter().filter_map(|run| known.katakana(text, run, &candidates)).collect();
                let mut kanji = known.kanji_words(text);
                // カ一ター is one word of katakana, and not a word of kanji (力一) before ター.
                let overlaps = |a: Span, b: Span| a.start < b.end && b.start < a.end;
                kanji.retain(|(span, _)| !katakana.iter().any(|(other, _)| overlaps(*other, *span)));
                katakana.into_iter().chain(kanji).for_each(|(span, corrected)| report(span, corrected));
            }
            for (span, corrected) in mixed_words(text) {
                report(span, corrected);
            }
        }
    }
}

fn finding(place: Place, found: &str, corrected: String, heard: Option<String>) -> Finding {
    let signs: Vec<String> = found
        .chars()
        .zip(corrected.chars())
        .filter(|(a, b)| a != b)
        .map(|(a, b)| format!("{a} (U+{:04X}) stands for {b} (U+{:04X})", u32::from(a), u32::from(b)))
        .collect();
    let mut finding = Finding::new(Severity::Error, place, format!("In {found}, {}.", signs.join(" and ")));
    match place.side {
        Side::Source => (finding.source_name, finding.target_name) = (Some(found.to_owned()), heard),
        Side::Target => (finding.target_name, finding.source_name) = (Some(found.to_owned()), heard),
    }
    finding.expected = vec![corrected.clone()];
    finding.suggestion = Some(Suggestion { replacement: corrected, applicability: Applicability::Safe });
    finding
}

fn katakana_for(c: char) -> Option<char> {
    KATAKANA.iter().find(|(sign, _)| *sign == c).map(|(_, kana)| *kana)
}

/// Hiragana that may stand for katakana are particles at the edges of a word.
fn is_hiragana_sign(c: char) -> bool {
    matches!(c, 'へ' | 'べ' | 'り')
}

/// The runs of katakana and of signs that look like it, with at least one of each or with one of the twins ソ ン シ ツ.
fn runs(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<Span> = None;
    let mut close = |run: Span| {
        let run = trimmed(text, run);
        let written = run.of(text);
        let has_sign = written.chars().any(|c| katakana_for(c).is_some());
        let has_twin = written.chars().any(|c| KATAKANA_TWINS.iter().any(|(a, _)| *a == c));
        if written.len() <= LONGEST_WORD
            && written.chars().filter(|c| is_katakana(*c)).count() >= 2
            && (has_sign || has_twin)
        {
            out.push(run);
        }
    };
    for (at, c) in text.char_indices() {
        if is_katakana(c) || katakana_for(c).is_some() {
            open.get_or_insert(Span::new(at, at)).end = at + c.len_utf8();
        } else if let Some(run) = open.take() {
            close(run);
        }
    }
    open.into_iter().for_each(close);
    out
}

/// The run without hiragana at its ends, and without dashes at its start or doubled ones at its end.
fn trimmed(text: &str, run: Span) -> Span {
    let is_dash = |c: char| matches!(c, '―' | '—' | '–' | '─' | '−');
    let written = run.of(text);
    let inner = written.trim_start_matches(|c| is_hiragana_sign(c) || is_dash(c) || c == 'ー');
    let start = run.end - inner.len();
    let inner = inner.trim_end_matches(is_hiragana_sign);
    let dashes = inner.chars().rev().take_while(|c| is_dash(*c)).count();
    let inner = if dashes > 1 { inner.trim_end_matches(is_dash) } else { inner };
    Span::new(start, start + inner.len())
}

/// The words that are known to be spelt right.
struct Known<'c> {
    /// How often each run of katakana stands in the bitext.
    runs: HashMap<&'c str, usize>,
    lexicons: &'c [Lexicon],
    tokenizer: &'c Tokenizer,
}

impl<'c> Known<'c> {
    fn new(context: &Context<'c>) -> Self {
        let mut runs = HashMap::new();
        for pair in &context.bitext.lines {
            for (lang, text) in [(&context.bitext.source, &pair.source), (&context.bitext.target, &pair.target)] {
                if lang.is_japanese() {
                    // What touches a sign may be a part of a word only.
                    let is_sign = |c: char| katakana_for(c).is_some() && !is_hiragana_sign(c);
                    let runs_and_signs = text.split(|c| !is_katakana(c) && !is_sign(c));
                    let whole =
                        runs_and_signs.filter(|word| word.chars().all(is_katakana) && word.len() > 'ア'.len_utf8());
                    whole.for_each(|word| *runs.entry(word).or_insert(0) += 1);
                }
            }
        }
        Self { runs, lexicons: context.lexicons, tokenizer: context.tokenizer }
    }

    fn is_listed(&self, word: &str) -> bool {
        self.lexicons.iter().any(|lexicon| lexicon.contains(word)) || self.is_token(word)
    }

    /// Whether the dictionary has `word` as one word.
    fn is_token(&self, word: &str) -> bool {
        let tokens = self.tokenizer.tokens(word);
        matches!(tokens.as_slice(), [token] if token.reading.is_some() && token.span.len() == word.len())
    }

    fn count(&self, word: &str) -> usize {
        self.runs.get(word).copied().unwrap_or(0)
    }

    /// The katakana word that a run, or its first part, is meant to be, if it is written with signs that only look like it.
    fn katakana<'o>(&self, text: &str, run: Span, other: &impl Fn() -> &'o Candidates) -> Option<(Span, String)> {
        let written = run.of(text);
        if written.chars().all(is_katakana) {
            return self.twin(written, other).map(|meant| (run, meant));
        }
        let corrected: String = written.chars().map(|c| katakana_for(c).unwrap_or(c)).collect();
        let sound = |word: &str| best_cost(word, other());
        // The pieces between the signs may be words themselves: ロシア二国間, ローマ―パリ.
        let pieces: Vec<&str> = written.split(|c| !is_katakana(c)).filter(|piece| !piece.is_empty()).collect();
        // A name that only the sound tells stands before a dash as it does with a long vowel; what follows decides.
        let sounds_alone = |piece: &str| {
            !(pieces.len() == 1 && is_end_of_word(text, run)) && sound(piece).is_some_and(|cost| cost <= SAME_SOUND)
        };
        let is_word = |piece: &&str| {
            piece.chars().nth(1).is_some() && (self.is_listed(piece) || self.count(piece) > 0 || sounds_alone(piece))
        };
        let count = self.count(&corrected);
        let stands_alone = pieces.iter().all(is_word);
        if stands_alone {
            // Only its spelling elsewhere in the text can tell that コリア― is no コリア with a dash.
            return self.spelt_elsewhere(text, run);
        }
        let is_known = count > 0 || self.is_listed(&corrected);
        let is_meant = is_known || sound(&corrected).is_some_and(|cost| cost <= SAME_SOUND);
        is_meant.then_some((run, corrected))
    }

    /// The first part of a run, up to a sign for ー, that stands elsewhere with the ー and more often so than without.
    fn spelt_elsewhere(&self, text: &str, run: Span) -> Option<(Span, String)> {
        let written = run.of(text);
        let (at, sign) = written.char_indices().find(|(_, c)| katakana_for(*c) == Some('ー'))?;
        let piece = written.get(..at).filter(|piece| piece.chars().all(is_katakana))?;
        let part = Span::new(run.start, run.start + at + sign.len_utf8());
        let meant = format!("{piece}ー");
        let is_usual = self.count(&meant) > self.count(piece);
        (is_usual && !is_counted(text, part)).then_some((part, meant))
    }

    /// The word that is meant by one with ソ for ン, シ for ツ or the reverse.
    fn twin<'o>(&self, written: &str, other: &impl Fn() -> &'o Candidates) -> Option<String> {
        if written.chars().count() < 3 || self.is_listed(written) || self.count(written) > 1 {
            return None;
        }
        let options = written.char_indices().filter_map(|(at, c)| {
            let (_, twin) = KATAKANA_TWINS.iter().find(|(sign, _)| *sign == c)?;
            let (before, behind) = (written.get(..at)?, written.get(at + c.len_utf8()..)?);
            Some(format!("{before}{twin}{behind}"))
        });
        let options: Vec<String> = options.collect();
        let candidates = other();
        let now = best_cost(written, candidates).unwrap_or(1.0);
        if now <= SAME_SOUND / 2.0 {
            return None;
        }
        options.into_iter().find(|option| {
            let then = best_cost(option, candidates).unwrap_or(1.0);
            let is_known = self.count(option) > 0 || self.is_listed(option);
            then <= SAME_SOUND && then + if is_known { 0.0 } else { BETTER_SOUND } < now
        })
    }

    /// Words of kanji in which a katakana stands for one (エ場).
    fn kanji_words(&self, text: &str) -> Vec<(Span, String)> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let char_at = |i: Option<usize>| i.and_then(|i| chars.get(i)).map(|(_, c)| *c);
        let is_han = |c: Option<char>| c.is_some_and(crate::lang::is_han);
        let is_kana = |c: Option<char>| c.is_some_and(is_katakana);
        let mut out = Vec::new();
        for (i, (at, c)) in chars.iter().enumerate() {
            let Some((_, kanji)) = KANJI.iter().find(|(kana, _)| kana == c) else { continue };
            let (before, behind) = (char_at(i.checked_sub(1)), char_at(Some(i + 1)));
            if is_kana(before) || is_kana(behind) || !is_han(behind) || is_han(before) {
                continue;
            }
            let end = at + c.len_utf8() + behind.map_or(0, char::len_utf8);
            let span = Span::new(*at, end);
            let corrected: String = std::iter::once(*kanji).chain(behind).collect();
            // The analyser's dictionary has rare words too, that would make 力行 of the syllables カ行.
            let is_usual = self.lexicons.iter().any(|lexicon| lexicon.contains(&corrected));
            if is_usual && !self.is_listed(span.of(text)) {
                out.push((span, corrected));
            }
        }
        out
    }
}

/// The least cost at which `word` sounds like a capitalised word.
fn best_cost(word: &str, candidates: &Candidates) -> Option<f64> {
    let word = Katakana::new(word).filter(|word| word.weight() >= 1.5)?;
    candidates.iter().map(|(_, latin)| cost(&word, latin)).min_by(f64::total_cmp)
}

/// Whether a particle, an honorific or a stop follows.
fn is_end_of_word(text: &str, run: Span) -> bool {
    let behind = text.get(run.end..).unwrap_or_default().chars().next();
    behind.is_none_or(|c| "はがのをにともでや、。」』）氏様さ".contains(c))
}

/// Whether the run ends in a numeral that counts what follows (メーカ一社).
fn is_counted(text: &str, run: Span) -> bool {
    let behind = text.get(run.end..).unwrap_or_default().chars().next();
    let last = run.of(text).chars().next_back();
    matches!(last, Some('一' | '二' | '三' | '八' | '千' | '〇')) && behind.is_some_and(crate::lang::is_han)
}

/// The words that mix Latin with Cyrillic or Greek letters of the same looks, with what is meant.
fn mixed_words(text: &str) -> Vec<(Span, String)> {
    if text.is_ascii() || !text.chars().any(|c| matches!(c, '\u{370}'..='\u{52f}')) {
        return Vec::new();
    }
    let is_other = |c: char| matches!(c, '\u{370}'..='\u{52f}');
    let is_latin = |c: char| c.is_ascii_alphabetic() || matches!(c, 'À'..='ɏ');
    let mut out = Vec::new();
    let mut rest = 0;
    for word in text.split(|c| !is_other(c) && !is_latin(c)) {
        let start = rest;
        rest = start + word.len();
        rest += text.get(rest..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8);
        let latin = word.chars().filter(|c| is_latin(*c)).count();
        let other = word.chars().count() - latin;
        if latin == 0 || other == 0 {
            continue;
        }
        let meant: Option<String> = if latin >= other {
            let of = |c: char| LATIN.iter().find(|(sign, _)| *sign == c).map(|(_, letter)| *letter);
            word.chars().map(|c| if is_other(c) { of(c) } else { Some(c) }).collect()
        } else {
            let is_greek = word.chars().any(|c| matches!(c, '\u{370}'..='\u{3ff}'));
            let of_script = |c: char| matches!(c, '\u{370}'..='\u{3ff}') == is_greek;
            let of =
                |c: char| LATIN.iter().find(|(sign, letter)| *letter == c && of_script(*sign)).map(|(sign, _)| *sign);
            word.chars().map(|c| if is_latin(c) { of(c) } else { Some(c) }).collect()
        };
        // Two letters are as likely a formula (Οx) as a word.
        if let Some(meant) = meant.filter(|_| latin + other > 2) {
            out.push((Span::new(start, start + word.len()), meant));
        }
    }
    out
}

#[cfg(all(test, feature = "ipadic"))]
mod tests {
    use super::CHECK;
    use crate::check::specimen::found;

    #[track_caller]
    fn assert_meant(pairs: &[(&str, &str)], expected: &[&str]) {
        let found: Vec<String> = found(&CHECK, pairs);
        let shown: Vec<&str> = found.iter().map(|f| f.split(": ").next().unwrap()).collect();
        assert_eq!(shown, expected, "{found:?}");
    }

    #[test]
    fn a_kanji_in_a_katakana_word_is_found_by_the_word_list() {
        assert_meant(&[("アメリ力は広い。", "It is a wide country.")], &["1 source アメリ力"]);
        assert_meant(&[("ス一パーで買う。", "He buys it in the shop.")], &["1 source ス一パー"]);
    }

    #[test]
    fn a_dash_for_the_long_vowel_is_found_by_the_sound() {
        assert_meant(&[("ケスラ―氏は言う。", "Mr Kessler says so.")], &["1 source ケスラ―"]);
        assert_meant(&[("ブ口ムリー氏は言う。", "Bromley says so.")], &["1 source ブ口ムリー"]);
    }

    #[test]
    fn the_spelling_elsewhere_in_the_text_decides() {
        let pairs = [("コリアー氏は言う。", "Mr Collier says so."), ("コリア―氏は黙る。", "He is silent.")];
        assert_meant(&pairs, &["2 source コリア―"]);
    }

    #[test]
    fn a_long_line_is_no_trouble() {
        assert_meant(&[(&"ソン一".repeat(50_000), &"Kennedy ".repeat(50_000))], &[]);
        assert_meant(&[(&"ソンシ、".repeat(5_000), &"Kennedy ".repeat(5_000))], &[]);
    }

    #[test]
    fn a_twin_is_found_by_the_sound() {
        assert_meant(&[("マーティソ氏は言う。", "Martin says so.")], &["1 source マーティソ"]);
        assert_meant(&[("ソニアはソウルでソナタを聞く。", "Sonia hears a sonata in Seoul.")], &[]);
    }

    #[test]
    fn kanji_beside_katakana_are_normal() {
        for text in [
            "ロシア二国間の会談",
            "ニューヨーク一極に集まる",
            "ケネディ一家の写真",
            "ビール工場の夕方",
            "ローマ―パリ間を飛ぶ",
            "それはテロ―専門家が言う",
            "アメリカへメールを送る",
            "メーカー一社とユーザー一人",
            "カ国と二ヶ国とエネルギー",
            "カナダ――それは遠い",
        ] {
            assert_meant(&[(text, "Kennedy, Rome and Paris")], &[]);
        }
    }

    #[test]
    fn a_katakana_in_a_word_of_kanji_is_found() {
        assert_meant(&[("新しいエ場が開く。", "A new factory opens.")], &["1 source エ場"]);
    }

    #[test]
    fn katakana_that_stands_right_is_left_alone() {
        assert_meant(&[("カ一ター元大統領は来日した。", "Former President Carter visited.")], &["1 source カ一ター"]);
        assert_meant(&[("カ行とタ行とハ行の音を練習した。", "They practised the rows ka, ta and ha.")], &[]);
    }

    #[test]
    fn letters_of_two_alphabets_in_one_word_are_found() {
        assert_meant(&[("長い。", "The Lоndon train is long.")], &["1 target Lоndon"]);
        assert_meant(&[("長い。", "Москва is α times 5 μm, and π.")], &[]);
    }
}
