//! Reasons why a bound of UAX #29 ends no sentence, one function a reason.

use super::abbreviations::{Abbreviation, abbreviation, begins_sentences, follows_clock_time, takes_exclamation_mark};
use super::bracket::Brackets;
use crate::lang::is_hangul;

/// The rules; the first that applies joins.
pub(super) const JOINS: &[fn(&Bound) -> bool] = &[
    without_terminator,
    before_sign_that_begins_nothing,
    lower_case_start,
    inside_brackets,
    enumeration,
    initial,
    abbreviated,
    ordinal,
    inside_address,
    name_with_exclamation_mark,
    korean_quotative,
    reporting_clause,
];

/// Languages that write ordinal numbers with a full stop (13. Mai).
const ORDINAL_LANGUAGES: &[&str] =
    &["de", "da", "nb", "nn", "no", "fi", "cs", "sk", "sl", "hr", "sr", "bs", "hu", "pl", "et", "lv", "is", "fo", "tr"];

/// A place where UAX #29 sees the end of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound<'a> {
    pub(super) text: &'a str,
    /// Where the sentence began.
    pub(super) start: usize,
    /// The place.
    pub(super) at: usize,
    /// The language's primary subtag.
    pub(super) lang: &'a str,
    pub(super) brackets: &'a Brackets,
}

impl<'a> Bound<'a> {
    /// The sentence up to the bound, without the white space behind it.
    fn left(&self) -> &'a str {
        self.text.get(self.start..self.at).unwrap_or_default().trim_end()
    }

    fn right(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default().trim_start()
    }

    /// What follows without opening quotation marks, brackets and dashes.
    fn right_word(&self) -> &'a str {
        self.right().trim_start_matches(|c: char| is_opening(c) || c.is_whitespace())
    }

    /// The first word of what follows.
    fn next_word(&self) -> &'a str {
        let right = self.right_word();
        let end = right.find(|c: char| !c.is_alphanumeric()).unwrap_or(right.len());
        right.get(..end).unwrap_or_default()
    }

    /// The last word before the full stop that ends the sentence, without it; `None` when the sentence ends otherwise.
    fn last_word(&self) -> Option<&'a str> {
        const LONGEST: usize = 20;
        let left = self.left().strip_suffix('.')?;
        let length: usize = left
            .chars()
            .rev()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '’' | '\''))
            .take(LONGEST)
            .map(char::len_utf8)
            .sum();
        left.get(left.len() - length..).map(|word| word.trim_start_matches(['\'', '’', '.']))
    }

    fn begins_like_a_sentence(&self) -> bool {
        begins_sentences(self.next_word(), self.lang)
    }

    fn is_at_white_space(&self) -> bool {
        let before = self.text.get(self.start..self.at).unwrap_or_default();
        before.ends_with(char::is_whitespace)
            || self.text.get(self.at..).unwrap_or_default().starts_with(char::is_whitespace)
    }
}

/// Whether `c` closes a quotation or a bracket. German closes with “; English opens with it, but never before a space.
pub(super) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '\'' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '）')
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '„'
            | '‘'
            | '\''
            | '«'
            | '‹'
            | '»'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '—'
            | '–'
            | '-'
            | '…'
            | '•'
    )
}

/// A line break in the middle of a sentence.
fn without_terminator(bound: &Bound) -> bool {
    let left = bound.left().trim_end_matches(|c: char| is_closing(c) || c.is_whitespace());
    left.ends_with(|c: char| {
        c.is_alphanumeric() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '/' | '&' | '%' | '$' | '€')
    }) || left.is_empty()
}

/// What follows is a sign that cannot begin a sentence: « Pourquoi ? », dit-il.
fn before_sign_that_begins_nothing(bound: &Bound) -> bool {
    bound.right().starts_with([',', ';', ':', ')', ']', '%', '/'])
}

/// What follows begins in lower case: "Where to?" he said. Names such as iPhone do not count.
fn lower_case_start(bound: &Bound) -> bool {
    let mut right = bound.right_word().chars();
    right.next().is_some_and(char::is_lowercase) && !right.next().is_some_and(char::is_uppercase)
}

/// Brackets in the middle of a sentence, which goes on behind them: the shed (It was old. It leaked.) was sold.
fn inside_brackets(bound: &Bound) -> bool {
    let Some(pair) = bound.brackets.around(bound.at) else { return false };
    let behind = bound.text.get(pair.end..).unwrap_or_default().trim_start();
    let is_mid_sentence =
        bound.text.get(bound.start..pair.start).is_some_and(|s| s.chars().take(100).any(char::is_alphanumeric));
    is_mid_sentence && behind.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ':' | '.'))
}

/// The number or letter of an item: 1. Boil water., (a) Boil water., IV. Results.
fn enumeration(bound: &Bound) -> bool {
    const LONGEST: usize = 8;
    let left = bound.left();
    if left.len() > LONGEST {
        return false;
    }
    let label =
        left.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | '#' | '§' | '*' | '-' | '•') || c == ' ');
    let is_number = !label.is_empty()
        && label.len() <= 5
        && label.split('.').all(|part| part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()));
    let is_letter = label.chars().nth(1).is_none() && label.chars().all(char::is_alphabetic);
    let is_roman = !label.is_empty() && label.bytes().all(|b| b"IVXivx".contains(&b));
    left.ends_with(['.', ')', ']']) && (is_number || is_letter || is_roman)
}

/// The initial of a name, or a letter of an abbreviation with spaces: John F. Kennedy, J. R. R. Tolkien, z. B.
fn initial(bound: &Bound) -> bool {
    let Some(word) = bound.last_word().filter(|word| word.chars().nth(1).is_none()) else { return false };
    let next = bound.next_word();
    let next_is_letter =
        next.chars().nth(1).is_none() && bound.right_word().get(next.len()..).is_some_and(|s| s.starts_with('.'));
    if next_is_letter && word.starts_with(char::is_alphabetic) && next.starts_with(char::is_alphabetic) {
        return true;
    }
    // I is a word as well; as an initial it stands among others.
    let is_initial = word.starts_with(char::is_uppercase) && (word != "I" || bound.left().ends_with(". I."));
    is_initial && !bound.begins_like_a_sentence()
}

/// An abbreviation inside the sentence: Mr. Hill, No. 3, the U.S. Senate.
fn abbreviated(bound: &Bound) -> bool {
    let Some(kind) = bound.last_word().and_then(|word| abbreviation(word, bound.lang)) else { return false };
    let next = bound.right_word();
    let is_number = next.starts_with(char::is_numeric);
    match kind {
        Abbreviation::Leading => true,
        Abbreviation::Numbered => {
            is_number
                || bound.next_word().bytes().all(|b| b"IVXLC".contains(&b)) && !matches!(bound.next_word(), "" | "I")
        }
        Abbreviation::Open => !bound.begins_like_a_sentence() && !bound.right().starts_with(['"', '“', '„', '«', '‘']),
        Abbreviation::Closing => follows_clock_time(bound.next_word()),
    }
}

/// An ordinal number or a date: am 13. Mai, der 2. Weltkrieg.
fn ordinal(bound: &Bound) -> bool {
    if !ORDINAL_LANGUAGES.contains(&bound.lang) {
        return false;
    }
    bound.last_word().is_some_and(|word| {
        let is_roman = !word.is_empty() && word.len() <= 6 && word.bytes().all(|b| b"IVX".contains(&b));
        (is_roman || (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()))
            && !bound.begins_like_a_sentence()
    })
}

/// A mark inside an address or a name, without white space: example.com/?Q=1.
fn inside_address(bound: &Bound) -> bool {
    const LONGEST: usize = 80;
    if bound.is_at_white_space()
        || !bound.left().ends_with(['?', '!'])
        || !bound.right().starts_with(|c: char| c.is_ascii_graphic())
    {
        return false;
    }
    bound.left().chars().rev().take_while(|c| !c.is_whitespace()).take(LONGEST).any(|c| matches!(c, '/' | '@'))
}

/// A name written with an exclamation mark: Yahoo! Japan.
fn name_with_exclamation_mark(bound: &Bound) -> bool {
    let Some(left) = bound.left().strip_suffix('!') else { return false };
    let word = left.trim_end_matches(|c: char| c.is_alphabetic()).len();
    left.get(word..).is_some_and(takes_exclamation_mark) && !bound.begins_like_a_sentence()
}

/// A Korean particle right behind the closing quotation mark: "갑니다."라고 말했다.
fn korean_quotative(bound: &Bound) -> bool {
    bound.lang == "ko"
        && !bound.is_at_white_space()
        && bound.left().ends_with(is_closing)
        && bound.right().starts_with(is_hangul)
}

/// A clause behind a quoted question or cry that only says who spoke: “Really?” Hill asked.
fn reporting_clause(bound: &Bound) -> bool {
    const LONGEST: usize = 5;
    let left = bound.left();
    if !left.ends_with(['"', '”', '’']) || !left.trim_end_matches(is_closing).ends_with(['?', '!']) {
        return false;
    }
    bound
        .right()
        .split_whitespace()
        .take(LONGEST)
        .skip(1)
        .any(|word| SAYING.contains(&word.trim_end_matches(['.', ',', ':'])))
}

/// Verbs of saying in a reporting clause.
const SAYING: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "replied",
    "replies",
    "answered",
    "cried",
    "shouted",
    "added",
    "adds",
    "wrote",
    "writes",
    "tweeted",
    "exclaimed",
    "wondered",
    "whispered",
    "muttered",
    "called",
    "continued",
    "explained",
    "insisted",
    "demanded",
    "told",
    "joked",
    "recalled",
];

#[cfg(test)]
mod tests {
    use crate::segment::tests::assert_split;

    fn assert_sentences(lang: &str, sentences: &[&str]) {
        assert_split(lang, &sentences.join(" "), sentences);
    }

    fn assert_english(sentences: &[&str]) {
        assert_sentences("en", sentences);
    }

    #[test]
    fn titles_end_no_sentence() {
        assert_english(&["Mr. Hill met Dr. Novák and Gen. Mori.", "They spoke with Prof. Ito."]);
        assert_english(&["The church of St. Martin stands on Mt. Hiei.", "Sen. Brown wept."]);
    }

    #[test]
    fn a_number_sign_needs_its_number() {
        assert_english(&["Take No. 3 and Vol. IV, pp. 5 to 7.", "See Fig. 2."]);
        assert_english(&["Miyoshi: No.", "Not yet."]);
        assert_english(&["It rained on Jan. 5 and Feb. 6.", "It snowed in Dec.", "Spring was late."]);
    }

    #[test]
    fn an_acronym_ends_the_sentence_only_before_a_word_that_begins_one() {
        assert_english(&["The U.S. Senate met in Washington, D.C. yesterday.", "The U.K. House did not."]);
        assert_english(&["He lives in the U.S.", "He likes it."]);
        assert_english(&["Acme Inc. President Hill resigned.", "She joined Acme Inc.", "The job is hard."]);
        assert_english(&["She wrote to the U.S.", "“Please come,” it said."]);
    }

    #[test]
    fn a_time_of_day_ends_the_sentence_before_a_capital() {
        assert_english(&[
            "The train left at 5 p.m. Tuesday.",
            "It came at 7 a.m. EST.",
            "We slept until 9 a.m.",
            "Nobody cared.",
        ]);
        assert_english(&["Bring pens, paper, etc.", "Nails are here, etc. and so on."]);
    }

    #[test]
    fn latin_abbreviations_end_no_sentence() {
        assert_english(&["Some metals, e.g. Iron, rust, i.e. They decay.", "It was Hill vs. Brown."]);
    }

    #[test]
    fn initials_belong_to_the_name() {
        assert_english(&["J. R. R. Tolkien met John F. Kennedy.", "George W. Bush did not."]);
        assert_english(&["This is plan B.", "It is better.", "So am I.", "Hill agrees."]);
    }

    #[test]
    fn decimals_are_left_whole() {
        assert_english(&["It grew by 3.5 percent to $1.2 million.", "That is much."]);
    }

    #[test]
    fn an_ellipsis_ends_a_sentence_only_before_a_capital() {
        assert_english(&["They are curious ... they mean no harm.", "Well...", "She went on... slowly."]);
    }

    #[test]
    fn a_quotation_runs_on_in_lower_case() {
        assert_english(&["\"Where to?\" he said.", "“Home!” she cried.", "“Why?” Hill asked."]);
    }

    #[test]
    fn a_quotation_of_several_sentences_is_cut() {
        assert_english(&["She said: “It rained.", "We stayed.”", "Then she left."]);
        assert_english(&["He called it \"a slip.\"", "\"Never again,\" he said."]);
    }

    #[test]
    fn brackets_in_the_middle_of_a_sentence_are_left_whole() {
        assert_english(&["The shed (It was old. It leaked.) was sold.", "(We had liked it.)", "Then came winter."]);
    }

    #[test]
    fn an_item_number_belongs_to_its_item() {
        assert_english(&["1. Boil the water.", "2. Add salt."]);
        assert_english(&["(a) Boil the water."]);
        assert_english(&["IV. Results."]);
        assert_english(&["A. First things."]);
    }

    #[test]
    fn an_address_is_left_whole() {
        assert_english(&["See https://example.com/?Q=1!B for more.", "Or write."]);
    }

    #[test]
    fn a_name_with_an_exclamation_mark_is_left_whole() {
        assert_english(&["He left Yahoo! Japan.", "She joined Yahoo!", "They were glad."]);
    }

    #[test]
    fn a_name_that_begins_in_lower_case_may_begin_a_sentence() {
        assert_english(&["What sells?", "iPhones do."]);
        assert_english(&["What sells? asked the man."]);
    }

    #[test]
    fn a_colon_ends_nothing() {
        assert_english(&["Remember this: The door sticks."]);
    }

    #[test]
    fn german_dates_and_ordinals_are_left_whole() {
        assert_sentences(
            "de",
            &["Am 13. Mai begann der 2. Weltkrieg für ihn.", "Der König Ludwig XIV. Bourbon schlief."],
        );
        assert_sentences("de", &["Sie kam am 13.", "Er blieb z. B. Hause.", "Das kostet ca. Zehn Euro bzw. Nichts."]);
    }

    #[test]
    fn french_marks_stand_behind_a_space() {
        assert_sentences("fr", &["Où va M. Dupont ?", "« À la gare ! »", "Il part."]);
        assert_sentences("fr", &["« Pourquoi ? », dit-il."]);
    }

    #[test]
    fn spanish_sentences_open_with_a_mark() {
        assert_sentences("es", &["¿Qué pasa?", "¡Nada!", "La Sra. Gómez duerme."]);
    }

    #[test]
    fn a_korean_quotation_runs_on_with_its_particle() {
        assert_sentences("ko", &["그는 \"비가 옵니다.\"라고 말했다.", "“정말입니까?”라는 질문이었다.", "모두 갔다."]);
        assert_sentences("ko", &["비가 3.5배 늘었다.", "끝났다."]);
    }
}
