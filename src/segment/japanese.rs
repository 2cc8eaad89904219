//! Japanese sentences: a candidate end at every terminator, then named vetoes.

use std::cell::{Cell, OnceCell};

use super::bracket::Brackets;
use super::japanese_veto;
use crate::lang::{is_han, is_hiragana, is_katakana};
use crate::span::Span;
use crate::token::{PartOfSpeech, Tokenizer};

/// Brackets and quotation marks that hold a sentence's end inside.
pub(super) const BRACKETS: &[(char, char)] = &[
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('(', ')'),
    ('〈', '〉'),
    ('《', '》'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('[', ']'),
    ('｛', '｝'),
    ('“', '”'),
    ('〝', '〟'),
    ('｢', '｣'),
    ('"', '"'),
    ('＂', '＂'),
];

/// A reaction in brackets right behind a terminator, such as （笑） or （会場笑い）, belongs to the sentence; a longer
/// aside there is a segment of its own. It ends in one of these words.
const REACTIONS: &[&str] = &["笑", "笑い", "泣", "涙", "汗", "怒", "拍手"];

/// The longest reaction, in characters.
const LONGEST_REACTION: usize = 8;

/// Where sentences end inside `text`, in bytes.
pub(super) fn ends(text: &str, tokenizer: &Tokenizer) -> Vec<usize> {
    let line = Line::new(text);
    let mut ends = Vec::new();
    let mut start = 0;
    let mut resume = 0;
    for (at, c) in text.char_indices() {
        if at < resume {
            continue;
        }
        // Right behind a sentence, a bracket may be a segment of its own.
        let aside = if at == start && at > 0 { line.aside_end(at) } else { None };
        if aside.is_none() && !line.is_terminator(at, c, start, tokenizer) {
            continue;
        }
        let (at, end) = aside.map_or_else(|| (at, line.run_end(at)), |end| (end, end));
        resume = end;
        let candidate = Candidate { line: &line, start, at, mark: c, end, tokenizer, following: OnceCell::new() };
        if end < text.len() && !japanese_veto::VETOES.iter().any(|veto| veto(&candidate)) {
            ends.push(end);
            start = end;
        }
    }
    ends
}

/// A block's text with what is asked of it as a whole.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) brackets: Brackets,
    /// Whether 。 or its like stands anywhere: then an ASCII full stop behind Latin letters ends nothing.
    has_ideographic_stop: bool,
    /// Where the last run of adjacent brackets ended, so that a long row of them is walked once.
    row_end: Cell<usize>,
}

impl<'a> Line<'a> {
    fn new(text: &'a str) -> Self {
        let has_ideographic_stop = text.contains(['。', '．', '｡']);
        Self { text, brackets: Brackets::find(text, BRACKETS), has_ideographic_stop, row_end: Cell::new(0) }
    }

    /// The text from the place `at` on.
    pub(super) fn from(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The text up to the place `at`.
    pub(super) fn until(&self, at: usize) -> &'a str {
        self.text.get(..at).unwrap_or_default()
    }

    /// Whether the sign `c` at `at` may end a sentence that began at `start`.
    fn is_terminator(&self, at: usize, c: char, start: usize, tokenizer: &Tokenizer) -> bool {
        match c {
            '.' => self.is_full_stop(at),
            '…' | '‥' | '─' | '―' | '—' => self.is_trailing_off(at, c, start, tokenizer),
            _ => is_mark(c),
        }
    }

    /// Whether the ASCII full stop at `at` is one of a Japanese sentence: behind a Japanese character, or behind a Latin
    /// word or a number in a text that has no other full stop.
    fn is_full_stop(&self, at: usize) -> bool {
        let next = self.from(at + 1).chars().next();
        let Some(before) = self.until(at).chars().next_back() else { return false };
        let parted = next.is_none_or(|c| c.is_whitespace() || is_closing(c));
        if is_japanese(before) || is_closing(before) {
            return parted || next.is_some_and(is_japanese);
        }
        let begins = self.from(at + 1).trim_start().chars().next();
        !self.has_ideographic_stop && parted && before.is_alphanumeric() && begins.is_some_and(is_japanese)
    }

    /// Whether an ellipsis or a dash ends a sentence: it does before white space and a clear new start, which is an
    /// opening bracket, a conjunction or an interjection (そうか……　「では」, そうか……　しかし).
    fn is_trailing_off(&self, at: usize, sign: char, start: usize, tokenizer: &Tokenizer) -> bool {
        let rest = self.from(at + sign.len_utf8());
        let Some(next) = rest.chars().next() else { return false };
        if !next.is_whitespace() || !head(self.from(start), 8).contains(char::is_alphanumeric) {
            return false;
        }
        let rest = rest.trim_start();
        if rest.starts_with(['「', '『', '“']) {
            return true;
        }
        let first = tokenizer.tokens(head(rest, 8)).first().map(|token| token.part);
        matches!(first, Some(PartOfSpeech::Conjunction | PartOfSpeech::Interjection))
    }

    /// The end of the run that begins with the terminator at `at`: further terminators, closing brackets behind them, and
    /// a reaction in brackets.
    fn run_end(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            for c in self.from(end).chars() {
                // A straight quotation mark may open as well as close: only the pairs know.
                let belongs = is_mark(c) || c == '.' || is_closing(c) || is_attached(c) || end == at;
                if !belongs || self.brackets.opening_at(end).is_some() {
                    break;
                }
                end += c.len_utf8();
            }
            match self.reaction_at(end) {
                Some(behind) => end = behind,
                None => return end,
            }
        }
    }

    /// The end of an aside in round brackets that opens at `at`, such as （町の統計による）; an item's number or （株） is none.
    fn aside_end(&self, at: usize) -> Option<usize> {
        const SHORTEST: usize = 4;
        if !self.from(at).starts_with(['（', '(']) {
            return None;
        }
        let pair = self.brackets.opening_at(at)?;
        // The brackets are two characters of it.
        pair.of(self.text).chars().nth(SHORTEST + 1).map(|_| pair.end)
    }

    /// The end of the bracketed reaction that opens at `at`.
    fn reaction_at(&self, at: usize) -> Option<usize> {
        if !self.from(at).starts_with(['（', '(']) {
            return None;
        }
        let pair = self.brackets.opening_at(at)?;
        let inner = pair.of(self.text).trim_matches(['（', '(', '）', ')']);
        let is_short = inner.chars().nth(LONGEST_REACTION).is_none();
        (is_short && REACTIONS.iter().any(|word| inner.ends_with(word))).then_some(pair.end)
    }
}

/// A place where a sentence may end.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) line: &'a Line<'a>,
    /// Where the sentence began.
    pub(super) start: usize,
    /// Where the first terminator stands.
    pub(super) at: usize,
    /// The first terminator.
    pub(super) mark: char,
    /// Behind the last sign that belongs to the sentence.
    pub(super) end: usize,
    pub(super) tokenizer: &'a Tokenizer,
    following: OnceCell<Option<PartOfSpeech>>,
}

impl Candidate<'_> {
    /// The sentence before its terminator.
    pub(super) fn sentence(&self) -> &str {
        self.line.text.get(self.start..self.at).unwrap_or_default()
    }

    /// The terminators and closing brackets.
    pub(super) fn run(&self) -> &str {
        self.line.text.get(self.at..self.end).unwrap_or_default()
    }

    /// What stands behind, white space included.
    pub(super) fn rest(&self) -> &str {
        self.line.from(self.end)
    }

    /// Whether a closing bracket stands behind the terminator.
    pub(super) fn is_quoted(&self) -> bool {
        self.run().trim_start_matches(|c| is_mark(c) || c == '.').starts_with(is_closing)
    }

    /// Whether the sentence ends in a full stop without a bracket, the surest end.
    pub(super) fn is_plain_stop(&self) -> bool {
        matches!(self.mark, '。' | '．' | '｡' | '.')
            && !self.is_quoted()
            && !self.run().contains(['！', '？', '!', '?'])
    }

    /// What stands behind the bracketed parts that follow without a gap: of 「行く。」「帰る。」と言った, behind the first
    /// quotation, と言った.
    pub(super) fn behind_row(&self) -> &str {
        let mut at = self.end;
        if at < self.line.row_end.get() {
            return self.line.from(self.line.row_end.get());
        }
        while let Some(pair) = self.line.brackets.opening_at(at) {
            at = pair.end;
        }
        self.line.row_end.set(at);
        self.line.from(at)
    }

    /// The part of speech of the first word behind the row of brackets, read with what stands before it. Without a
    /// dictionary the commonest particles are known by their sign.
    pub(super) fn following(&self) -> Option<PartOfSpeech> {
        *self.following.get_or_init(|| {
            let rest = self.behind_row();
            if !self.tokenizer.has_dictionary() {
                return rest.starts_with(['は', 'が', 'を', 'に', 'も', 'の']).then_some(PartOfSpeech::Particle);
            }
            let at = self.line.text.len() - rest.len();
            let before = tail(self.line.until(at), 8);
            let window = Span::new(at - before.len(), at + head(rest, 8).len()).of(self.line.text);
            self.tokenizer.tokens(window).iter().find(|token| token.span.end > before.len()).map(|token| token.part)
        })
    }

    /// Whether a dictionary word lies across the end of the run.
    pub(super) fn is_inside_word(&self) -> bool {
        let before = tail(self.line.until(self.end), 12);
        let window = Span::new(self.end - before.len(), self.end + head(self.rest(), 8).len()).of(self.line.text);
        let mark = before.len() - self.run().len().min(before.len());
        self.tokenizer.has_dictionary()
            && self.tokenizer.tokens(window).iter().any(|t| t.span.start < mark && t.span.end > mark)
    }
}

/// Whether `c` ends sentences wherever it stands.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '。' | '．' | '｡' | '！' | '？' | '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '︒' | '︕' | '︖' | '﹗' | '﹖')
}

/// Whether `c` closes a bracket or a quotation.
pub(super) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '＂' | '’') || BRACKETS.iter().any(|(opening, closing)| *closing == c && opening != closing)
}

/// Signs that cling to what stands before them: variation selectors, combining marks, joiners.
fn is_attached(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' | '♪' | '♡' | '♥' | '★' | '☆')
}

/// Whether `c` is a kana or a kanji.
pub(super) fn is_japanese(c: char) -> bool {
    is_hiragana(c) || is_katakana(c) || is_han(c)
}

/// The first `count` characters of `text`.
pub(super) fn head(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// The last `count` characters of `text`.
pub(super) fn tail(text: &str, count: usize) -> &str {
    let start = count.checked_sub(1).and_then(|n| text.char_indices().rev().nth(n)).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use crate::segment::tests::{assert_sentences, assert_split};

    fn assert_japanese(sentences: &[&str]) {
        assert_sentences("ja", sentences);
    }

    #[test]
    fn full_stops_of_every_width_end_sentences() {
        assert_japanese(&["雨が降った。", "道が濡れた｡", "夜になった．", "星が出た。"]);
    }

    #[test]
    fn question_and_exclamation_marks_stay_together() {
        assert_japanese(&["本当！？", "嘘だろう?!", "まさか‼", "信じられない。"]);
        assert_split("ja", "本当か？　まさか！ そうだ。", &["本当か？", "まさか！", "そうだ。"]);
    }

    #[test]
    fn a_closing_bracket_behind_the_terminator_belongs_to_the_sentence() {
        assert_japanese(&["母は「行く。」", "父は黙っていた。"]);
        assert_japanese(&["噛まれた！」", "痛かった。"]);
        assert_japanese(&["（まさか。）", "彼は笑った。"]);
    }

    #[test]
    fn a_reaction_in_brackets_belongs_to_the_sentence() {
        assert_japanese(&["忘れていました。（笑）", "もう一度どうぞ。（会場笑い）", "では。"]);
        assert_japanese(&["人口は増えた。", "（町の統計による）", "税収も増えた。"]);
        assert_japanese(&["理由がある。", "（1）費用が高い。"]);
    }

    #[cfg(feature = "ipadic")]
    #[test]
    fn an_ellipsis_or_dash_ends_a_sentence_only_before_a_clear_start() {
        assert_split("ja", "そうか……　しかし遅い。", &["そうか……", "しかし遅い。"]);
        assert_split("ja", "そうか──　「では」と彼女。", &["そうか──", "「では」と彼女。"]);
        assert_japanese(&["なんと長い……いや、短い投資だ。"]);
        assert_japanese(&["――　しかし遅い。"]);
    }

    #[test]
    fn half_width_full_stops_end_sentences_behind_japanese() {
        assert_split("ja", "雨が降った. 道が濡れた.", &["雨が降った.", "道が濡れた."]);
        assert_split("ja", "速度は30 km. 次に重さを測る.", &["速度は30 km.", "次に重さを測る."]);
        assert_split(
            "ja",
            "U.S. Steel は高炉 No. 5 を止めた。寒い。",
            &["U.S. Steel は高炉 No. 5 を止めた。", "寒い。"],
        );
    }

    #[test]
    fn a_text_without_terminator_is_one_segment() {
        assert_split("ja", "木型の声を聞く　職人の一日", &["木型の声を聞く　職人の一日"]);
    }

    #[test]
    fn signs_that_cling_stay_with_their_sentence() {
        assert_japanese(&["楽しい！\u{fe0f}", "また来る。"]);
        assert_japanese(&["歌おう！♪", "踊ろう。"]);
    }
}
