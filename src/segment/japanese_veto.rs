//! Reasons why a Japanese sentence does not end at a terminator, one function a reason.

use super::abbreviations::takes_exclamation_mark;
use super::japanese::{Candidate, head, is_closing, is_japanese, is_mark};
use crate::lang::is_katakana;
use crate::token::PartOfSpeech;

/// The vetoes, cheap ones first.
pub(super) const VETOES: &[fn(&Candidate) -> bool] = &[
    inside_brackets,
    aside_within_sentence,
    before_sign_that_begins_nothing,
    decimal_point,
    item_header,
    initial_or_number_sign,
    inside_latin_text,
    name_with_exclamation_mark,
    quotative,
    particle_follows,
    name_with_full_stop,
    reporting_clause,
    dictionary_word_across,
];

/// The end lies inside brackets: 「行く。帰る。」. A long quotation that begins where a sentence may begin is not one sentence but
/// several, which a translation takes one by one.
fn inside_brackets(candidate: &Candidate) -> bool {
    let Some(pair) = candidate.line.brackets.around(candidate.end) else { return false };
    let quotation = pair.of(candidate.line.text);
    let is_long_quotation =
        quotation.starts_with(['「', '『']) && quotation.chars().nth(LONGEST_QUOTED_SENTENCE).is_some();
    let begins_sentence = candidate.line.text.get(..pair.start).is_some_and(|before| {
        let before = before.trim_end();
        before.is_empty() || before.ends_with(['。', '！', '？', '!', '?', '：', ':', '」', '』'])
    });
    !(is_long_quotation && begins_sentence && candidate.line.brackets.depth(candidate.end) == 1)
}

/// A quotation of more characters than this, marks included, is cut into its sentences. In published translations inner
/// stops of longer ones were sentence ends 35 times of 37, of shorter ones less often.
const LONGEST_QUOTED_SENTENCE: usize = 70;

/// An aside with a stop of its own stands behind a particle, so that its sentence goes on: 父は（黙って。）歩いた.
fn aside_within_sentence(candidate: &Candidate) -> bool {
    let text = candidate.line.text;
    let is_aside = |opening: &str| opening.starts_with(['（', '(']);
    let aside = candidate.line.brackets.around(candidate.at).filter(|pair| pair.end == candidate.end);
    aside.and_then(|pair| text.get(candidate.start..pair.start).filter(|_| is_aside(pair.of(text)))).is_some_and(
        |before| before.ends_with(['は', 'が', 'を', 'に', 'で', 'の', 'と', 'も', 'へ', 'や', 'て', '、', '，']),
    )
}

/// What follows is a sign that cannot begin a sentence: どうする？、と.
fn before_sign_that_begins_nothing(candidate: &Candidate) -> bool {
    candidate
        .rest()
        .starts_with(['、', '，', ',', '､', '・', '：', ':', '；', ';', 'ー', '々', 'ゝ', 'っ', 'ッ', '／', '＝'])
}

/// A full stop between digits: 3.5, ３．５.
fn decimal_point(candidate: &Candidate) -> bool {
    matches!(candidate.mark, '.' | '．')
        && candidate.sentence().ends_with(char::is_numeric)
        && candidate.rest().starts_with(char::is_numeric)
}

/// The number or letter of an item or heading: １．はじめに, (2). 方法, ア．目的, 第３．結論.
fn item_header(candidate: &Candidate) -> bool {
    if !matches!(candidate.mark, '.' | '．') {
        return false;
    }
    let sentence = candidate.sentence().trim();
    if sentence.chars().nth(8).is_some() {
        return false;
    }
    let label = sentence
        .trim_start_matches([
            '第', '図', '表', '式', '注', '例', '問', '項', '節', '（', '(', '〔', '[', '【', '■', '●', '○',
        ])
        .trim_end_matches(['章', '節', '項', '条', '回', '部', '）', ')', '〕', ']', '】'])
        .trim();
    let is_numeral = |c: char| c.is_numeric() || "一二三四五六七八九十〇百IVXivxＩＶＸ".contains(c);
    label.chars().all(|c| is_numeral(c) || matches!(c, '.' | '．' | '-' | '－' | '‐'))
        || (label.chars().nth(1).is_none() && label.chars().all(char::is_alphabetic))
}

/// The full stop of an initial (Ｊ．ケネディ) or of a number sign (No．5).
fn initial_or_number_sign(candidate: &Candidate) -> bool {
    if !matches!(candidate.mark, '.' | '．') || candidate.is_quoted() {
        return false;
    }
    let sentence = candidate.sentence();
    let is_latin = |c: char| c.is_alphabetic() && !is_japanese(c);
    let letters = sentence.chars().rev().take_while(|c| is_latin(*c)).take(6).count();
    let word_start = sentence.char_indices().rev().nth(letters.saturating_sub(1)).map_or(0, |(at, _)| at);
    let word = sentence.get(word_start..).unwrap_or_default();
    match letters {
        1 => !candidate.rest().starts_with(char::is_whitespace),
        _ => {
            matches!(word, "No" | "Ｎｏ" | "Vol" | "Ｖｏｌ" | "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "vs")
                && !candidate.rest().trim_start().is_empty()
        }
    }
}

/// A half-width mark between Latin letters or signs, as in an address: example.com/?q=1.
fn inside_latin_text(candidate: &Candidate) -> bool {
    candidate.run().is_ascii()
        && candidate.sentence().ends_with(|c: char| c.is_ascii_graphic())
        && candidate.rest().starts_with(|c: char| c.is_ascii_graphic() && !matches!(c, '(' | '[' | '"'))
}

/// A name written with an exclamation mark: Yahoo!ニュース. Behind a half-width mark any Latin name counts that runs on
/// into Japanese without a gap, or goes on with a Latin word that does: Yahoo! JAPANと.
fn name_with_exclamation_mark(candidate: &Candidate) -> bool {
    if !matches!(candidate.run(), "!" | "！") || !runs_on_in_latin(candidate.rest()).starts_with(is_japanese) {
        return false;
    }
    let sentence = candidate.sentence();
    let is_kana = sentence.ends_with(is_katakana);
    let in_word = |c: char| if is_kana { is_katakana(c) } else { c.is_ascii_alphanumeric() };
    let word = sentence.trim_end_matches(in_word).len();
    let word = sentence.get(word..).unwrap_or_default();
    let is_name = word.starts_with(|c: char| c.is_ascii_uppercase()) && word.contains(|c: char| c.is_ascii_lowercase());
    takes_exclamation_mark(word) || (candidate.run() == "!" && is_name)
}

/// What stands behind the Latin words that `rest` begins with after a space, if it does.
fn runs_on_in_latin(rest: &str) -> &str {
    const LONGEST: usize = 40;
    let Some(words) = rest.strip_prefix(' ').filter(|words| words.starts_with(|c: char| c.is_ascii_alphanumeric()))
    else {
        return rest;
    };
    let length =
        head(words, LONGEST).find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, ' ' | '-' | '&' | '\''));
    // A Japanese word behind a space is no part of the name.
    let behind = length.and_then(|length| words.get(length..)).unwrap_or_default();
    if length.and_then(|length| words.get(..length)).is_some_and(|words| words.ends_with(' ')) { "" } else { behind }
}

/// A quotation runs on: 「行く。」と言った, え！と思った, 来るか？という問い, 「行く。」って.
fn quotative(candidate: &Candidate) -> bool {
    if candidate.is_plain_stop() || candidate.rest().starts_with(char::is_whitespace) {
        return false;
    }
    let rest = candidate.behind_row();
    // No sentence begins with っ, and few words with と do.
    rest.starts_with('っ')
        || (rest.starts_with('と') && !SENTENCE_STARTS_IN_TO.iter().any(|word| rest.starts_with(word)))
}

/// Words with と that begin sentences.
const SENTENCE_STARTS_IN_TO: &[&str] = &[
    "ところ",
    "とても",
    "とにかく",
    "ともかく",
    "ともあれ",
    "とうとう",
    "とうに",
    "とっくに",
    "とりあえず",
    "とりわけ",
    "とっても",
    "とんでも",
    "とある",
    "ときどき",
    "ときに",
    "とはいえ、",
    "とはいうものの",
    "としたら",
    "とすれば、",
    "とすると、",
    "となると、",
    "となれば、",
    "というのも",
    "といっても、",
    "ともに",
    "どう",
];

/// A particle or auxiliary follows a quotation or a ！？: 「行く。」が口癖だ, 本当か？などの声, 何？です.
fn particle_follows(candidate: &Candidate) -> bool {
    if candidate.is_plain_stop() || candidate.rest().starts_with(char::is_whitespace) {
        return false;
    }
    let rest = candidate.behind_row();
    // Asked of the tokenizer only where a particle or auxiliary may begin.
    if !rest.starts_with(|c| "はがをにでもとのへやかなだしらよりまけこさねえじ".contains(c)) {
        return false;
    }
    if SENTENCE_STARTS_IN_PARTICLES.iter().any(|word| rest.starts_with(word)) {
        return false;
    }
    matches!(candidate.following(), Some(PartOfSpeech::Particle | PartOfSpeech::Auxiliary))
}

/// Conjunctions that the dictionary takes for particles.
const SENTENCE_STARTS_IN_PARTICLES: &[&str] = &[
    "なのに",
    "なので",
    "なら",
    "だったら",
    "だけど",
    "だけれど",
    "だとすれば",
    "だとしたら",
    "だとすると",
    "だから",
    "だが",
    "だって",
    "ですが",
    "ですから",
    "でも、",
    "では、",
    "で、",
    "が、",
    "にもかかわらず",
    "にしても",
    "けど、",
    "けれど、",
    "けれども、",
    "しかも",
    "しかし",
    "まず",
    "まだ",
    "また",
    "もし",
    "もう",
    "もっと",
    "もちろん",
];

/// A name that ends in a full stop, shown by a particle that begins no sentence: モーニング娘。の新曲.
fn name_with_full_stop(candidate: &Candidate) -> bool {
    if !matches!(candidate.run(), "。" | "｡") {
        return false;
    }
    let rest = candidate.rest();
    rest.starts_with(['を', 'の', 'は', 'が'])
        && !rest.starts_with("が、")
        && matches!(candidate.following(), Some(PartOfSpeech::Particle))
}

/// The clause behind a quotation only says who spoke: 「行く。」彼はそう答えた。
fn reporting_clause(candidate: &Candidate) -> bool {
    const LONGEST: usize = 100;
    if !candidate.is_quoted() || !candidate.run().ends_with(['」', '”', '』']) {
        return false;
    }
    let window = head(candidate.rest(), LONGEST);
    let clause = window.find(is_mark).and_then(|end| window.get(..end)).unwrap_or_default();
    !clause.contains(['「', '」', '『', '“']) && SAYING.iter().any(|verb| clause.ends_with(verb))
}

/// Verbs of saying in the forms that end a sentence.
const SAYING: &[&str] = &[
    "言った",
    "言う",
    "言っている",
    "言いました",
    "言います",
    "いった",
    "語った",
    "語る",
    "語っている",
    "語りました",
    "話した",
    "話す",
    "話している",
    "話しました",
    "述べた",
    "述べる",
    "述べている",
    "述べました",
    "答えた",
    "答える",
    "答えている",
    "答えました",
    "尋ねた",
    "尋ねる",
    "尋ねました",
    "聞いた",
    "聞きました",
    "訊いた",
    "問うた",
    "叫んだ",
    "叫ぶ",
    "つぶやいた",
    "呟いた",
    "ささやいた",
    "付け加えた",
    "つけ加えた",
    "付け加えている",
    "続けた",
    "続ける",
    "指摘した",
    "言及した",
    "指摘する",
    "説明した",
    "説明する",
    "強調した",
    "主張した",
    "訴えた",
    "返した",
    "切り出した",
    "口を開いた",
];

/// A dictionary word holds the mark: the names of groups and shops in a dictionary of one's own.
fn dictionary_word_across(candidate: &Candidate) -> bool {
    !candidate.is_quoted()
        && candidate.rest().starts_with(|c: char| "はがをにでもとのへや".contains(c) || is_katakana(c))
        && !candidate.run().ends_with(is_closing)
        && candidate.is_inside_word()
}

#[cfg(test)]
mod tests {
    use crate::segment::tests::{assert_sentences, assert_split};

    fn assert_japanese(sentences: &[&str]) {
        assert_sentences("ja", sentences);
    }

    #[test]
    fn inside_brackets() {
        assert_japanese(&["彼は「行く。帰る。」と言った。", "夜だった。"]);
        assert_japanese(&["「雨だ。寒い。帰ろう」"]);
        assert_japanese(&["本（『雨？』など。）を読んだ。", "“雪！雪！”が題だ。", "よい。"]);
    }

    #[test]
    fn a_bracket_that_is_never_closed_holds_nothing() {
        assert_japanese(&["「雨だ。", "寒い。", "帰ろう。"]);
        assert_japanese(&["雨だ」。", "寒い。"]);
    }

    #[test]
    fn a_bracket_that_closes_too_late_holds_nothing() {
        let sentence = "雨が降り続いて道が濡れている。";
        let text = format!("「{}」", sentence.repeat(30));
        let last = format!("{sentence}」");
        let mut expected = vec![sentence; 30];
        let first = format!("「{sentence}");
        expected[0] = &first;
        expected[29] = &last;
        assert_split("ja", &text, &expected);
    }

    #[test]
    fn aside_within_a_sentence() {
        assert_japanese(&["父は（黙って。）歩いた。", "夜だった。"]);
        assert_japanese(&["雨が降り、(本当だ。)道が濡れた。"]);
        assert_japanese(&["雨が降った（本当だ。）", "道が濡れた。"]);
    }

    #[test]
    fn before_a_sign_that_begins_nothing() {
        assert_japanese(&["来るか？、来ないか？：それが問題だ。"]);
    }

    #[test]
    fn decimal_points() {
        assert_japanese(&["成長は３．５％、費用は2.5倍だ。", "驚いた。"]);
        assert_japanese(&["成長は３．５％である．", "驚いた．"]);
    }

    #[test]
    fn item_headers() {
        assert_japanese(&["１．はじめに述べる．", "次に進む．"]);
        assert_japanese(&["ア．目的を述べる．"]);
        assert_japanese(&["第３章．結論を述べる．"]);
        assert_japanese(&["(2)．方法を述べる．"]);
        assert_japanese(&["一．雨のこと"]);
    }

    #[test]
    fn initials_and_number_signs() {
        assert_japanese(&["Ｊ．ケネディはＮｏ．５を選んだ．", "よい．"]);
    }

    #[test]
    fn inside_latin_text() {
        assert_japanese(&["example.com/?q=1を見た。", "U.S.のMr. Hillが来た。", "A.I.だ。"]);
    }

    #[test]
    fn names_with_an_exclamation_mark() {
        assert_japanese(&["Yahoo!ニュースを読む。", "Yahoo！ショッピングで買う。", "やった！", "ニュースだ。"]);
        assert_japanese(&["Yahoo! JAPANと契約した。", "昨日Kazoo! Musicの店が開いた。"]);
        assert_split("ja", "すごい! NHKで見た。", &["すごい!", "NHKで見た。"]);
        assert_split("ja", "Yahoo! 雨だ。", &["Yahoo!", "雨だ。"]);
    }

    #[test]
    fn quotative() {
        assert_japanese(&["あ、雨だ！と思った。", "来るか？という問いだ。", "「行く。」って言った。"]);
        assert_japanese(&["「雨だ。」「雪だ。」と二人は言った。"]);
        assert_japanese(&["来るか？", "ところが来ない。", "すごい！", "とても速い。"]);
    }

    #[cfg(feature = "ipadic")]
    #[test]
    fn a_particle_behind_a_quotation_or_a_question() {
        assert_japanese(&["「行く。」が口癖だ。", "本当か？などの声がある。", "『雪。』の作者だ。", "何？ですか。"]);
        assert_japanese(&["雨か？", "でも、行こう。", "雪だ！", "はやく行こう。", "なに？", "だから言った。"]);
    }

    #[cfg(feature = "ipadic")]
    #[test]
    fn names_with_a_full_stop() {
        assert_japanese(&["駅前で星の娘。の新曲を聞いた。", "よかった。"]);
        assert_japanese(&["雨だ。", "はたして来るか。", "のちに知った。", "にもかかわらず行った。"]);
    }

    #[test]
    fn a_clause_that_only_reports() {
        assert_japanese(&["「行く。」彼はそう答えた。", "雨だった。"]);
        assert_japanese(&["「行く。」", "彼は傘を開いた。"]);
    }
}
