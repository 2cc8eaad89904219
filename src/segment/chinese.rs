//! Chinese sentences: 。！？ with the closing marks behind them.

use super::bracket::Brackets;
use super::japanese::{head, is_closing, is_mark};
use crate::lang::is_han;

/// Brackets that hold a sentence's end inside. Quotations are cut into their sentences, as in English.
const BRACKETS: &[(char, char)] = &[('（', '）'), ('(', ')'), ('《', '》'), ('〈', '〉'), ('【', '】'), ('[', ']')];

/// Where sentences end inside `text`, in bytes.
pub(super) fn ends(text: &str) -> Vec<usize> {
    let brackets = Brackets::find(text, BRACKETS);
    let mut ends = Vec::new();
    let mut resume = 0;
    // Straight marks, and “ written for ” as typists do, close the quotation that is open.
    let mut is_quoting = false;
    for (at, c) in text.char_indices() {
        is_quoting = match c {
            '“' | '"' => !is_quoting,
            '”' => false,
            _ => is_quoting,
        };
        if at < resume || !(is_mark(c) || (c == '.' && is_full_stop(text, at))) {
            continue;
        }
        let run = text.get(at..).unwrap_or_default();
        let mut is_open = is_quoting;
        let mut belongs = |c| match c {
            '“' | '"' => std::mem::take(&mut is_open),
            _ => is_mark(c) || c == '.' || is_closing(c),
        };
        let run = run.get(..run.find(|c| !belongs(c)).unwrap_or(run.len())).unwrap_or_default();
        let end = at + run.len();
        resume = end;
        let rest = text.get(end..).unwrap_or_default();
        let is_inside = brackets.around(end).is_some() || is_in_address(run, text, at, rest);
        if !rest.is_empty() && !is_inside && !runs_on(run, rest) {
            ends.push(end);
        }
    }
    ends
}

/// Whether the ASCII full stop at `at` stands behind a Chinese character and before none of a word.
fn is_full_stop(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|s| s.chars().next_back());
    let next = text.get(at + 1..).and_then(|s| s.chars().next());
    before.is_some_and(is_han) && next.is_none_or(|c| c.is_whitespace() || is_han(c) || is_closing(c))
}

/// The quotation is part of a longer sentence: “走吧。”他说, “走吧！”的声音.
fn runs_on(run: &str, rest: &str) -> bool {
    if rest.starts_with(['，', ',', '、', '；', ';', '：', ':', '·', '—']) {
        return true;
    }
    if !run.ends_with(|c| is_closing(c) || c == '“') {
        return false;
    }
    let window = head(rest, LONGEST_REPORT);
    let clause = window.find(is_mark).and_then(|end| window.get(..end)).unwrap_or_default();
    let only_reports = !clause.contains(['，', '：', ',', ':']) && SAYING.iter().any(|verb| clause.ends_with(verb));
    rest.starts_with(['的', '之']) || only_reports
}

/// The longest clause that only says who spoke, in characters.
const LONGEST_REPORT: usize = 30;

/// Verbs of saying that end such a clause.
const SAYING: &[&str] = &[
    "说",
    "说道",
    "說",
    "說道",
    "表示",
    "问",
    "问道",
    "問",
    "问到",
    "答",
    "答道",
    "写道",
    "称",
    "稱",
    "喊道",
    "补充道",
    "指出",
    "道",
];

/// A half-width mark inside an address, or a full stop between digits.
fn is_in_address(run: &str, text: &str, at: usize, rest: &str) -> bool {
    let before = text.get(..at).and_then(|s| s.chars().next_back());
    let next = rest.chars().next();
    let graphic = |c: Option<char>| c.is_some_and(|c| c.is_ascii_graphic());
    let numeric = |c: Option<char>| c.is_some_and(char::is_numeric);
    (run.is_ascii() && graphic(before) && graphic(next)) || (run == "．" && numeric(before) && numeric(next))
}

#[cfg(test)]
mod tests {
    use crate::segment::tests::assert_sentences;

    fn assert_split(sentences: &[&str]) {
        assert_sentences("zh", sentences);
    }

    #[test]
    fn marks_end_sentences_with_their_closing_quotes() {
        assert_split(&["今天下雨。", "他没来！？", "他问：“为什么？”", "大家都很安静。"]);
    }

    #[test]
    fn a_quotation_is_cut_into_its_sentences() {
        assert_split(&["老师说：“下雨了。", "我们回家吧。”", "大家都走了。"]);
    }

    #[test]
    fn brackets_hold_their_sentences() {
        assert_split(&["他走了（他说累了。其实没有）然后睡了。", "天黑了。"]);
        assert_split(&["我读了《你好！北京》这本书。", "很好。"]);
    }

    #[test]
    fn a_reporting_clause_belongs_to_the_quotation() {
        assert_split(&["“走吧。”他说。", "我们走了。"]);
        assert_split(&["“走吧！”的喊声很大。", "我们走了。"]);
    }

    #[test]
    fn a_clause_that_goes_on_is_a_sentence_of_its_own() {
        assert_split(&["“走吧。”", "老师表示，明天还会下雨。"]);
    }

    #[test]
    fn an_opening_mark_written_for_a_closing_one_closes() {
        assert_split(&["他喊：“下雨了。“", "大家都走了。"]);
        assert_split(&["他走了。", "“下雨了。”"]);
        assert_split(&["他喊：\"下雨了。\"", "\"走吧！\"", "大家都走了。"]);
    }

    #[test]
    fn a_half_width_full_stop_ends_a_sentence() {
        assert_split(&["今天下雨.", "他没来."]);
    }

    #[test]
    fn an_address_and_a_decimal_are_left_whole() {
        assert_split(&["见example.com/?q=1。", "增长３．５倍。"]);
    }
}
