//! The numbers of a text by their value, with where they stand and how surely a translation shows them.
//!
//! A number may be read in several ways: 午後3時 is 3 and 15, '98 is 98 and 1998, 7割 is 70 (percent) and 7. Two numbers
//! agree when any of their values are equal. The numerals themselves are read by the aligner's code
//! ([`crate::align::number`]); here they get their place, their other values and their weight.

mod code;
mod conversion;
mod east_asian;
mod range;
mod sole;
mod spaced;

use crate::lang::Lang;
use crate::span::Span;
use crate::token::Tokenizer;

pub(in crate::check) use code::exchanged;
pub(in crate::check) use conversion::Measured;
pub(in crate::check) use sole::{firm_up, only_date, slip};

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::check) struct Number {
    /// Where it stands, with the words that belong to its value (27万, 40 million).
    pub(in crate::check) span: Span,
    /// What it counts, as far as that matters.
    pub(in crate::check) kind: Kind,
    /// What it may be worth, the likeliest first; never empty.
    pub(in crate::check) values: Vec<f64>,
    /// How surely a translation has it.
    pub(in crate::check) weight: Weight,
    /// What its scale word multiplies by (1e6 in "40 million").
    scale: f64,
    /// What it is worth beside another number of this measure, where nothing else that it may be worth counts.
    pub(in crate::check) exact: Option<(Measure, f64)>,
}

/// A measure that both sides may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Measure {
    /// Per cent: 六割 is 60.
    Share,
    /// Hours since midnight: 午後三時 and 3 p.m. are 15.
    Hour,
    /// People: 2人.
    People,
    /// How often something happens: 2回.
    Times,
    /// A length of time in days: 2日間.
    Days,
    /// In weeks.
    Weeks,
    /// In months.
    Months,
    /// In years.
    Years,
    /// In hours.
    Hours,
    /// In minutes.
    Minutes,
    /// A century, or centuries: 二十世紀.
    Centuries,
    /// Points of a share: 3ポイント.
    Points,
    /// Seats in a parliament: 8議席.
    Seats,
    /// Countries: 5カ国.
    Countries,
    /// A place in an order: 第三, third.
    Ordinal,
    /// Parts of a whole, below 1: 三分の二.
    Fraction,
}

impl Measure {
    /// Those that are compared only where each side names one.
    const WHEN_SOLE: [Self; 14] = [
        Self::People,
        Self::Times,
        Self::Days,
        Self::Weeks,
        Self::Months,
        Self::Years,
        Self::Hours,
        Self::Minutes,
        Self::Centuries,
        Self::Points,
        Self::Seats,
        Self::Countries,
        Self::Ordinal,
        Self::Fraction,
    ];
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Kind {
    /// Anything.
    Amount,
    /// The month of a date, 1 to 12.
    Month,
    /// The day of a month, where the text says so (日).
    Day,
}

/// How surely a translation shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Weight {
    /// It may answer a number of the other side, and asks for none itself: "first", "half", 三 of 三菱, 31 of APT31.
    Hint,
    /// Two to nine: often written in another way ("both", "a couple").
    Small,
    /// Ten and more, and decimals.
    Firm,
}

impl Number {
    fn new(span: Span, value: f64, weight: Weight) -> Self {
        Self { span, kind: Kind::Amount, values: vec![value], weight, scale: 1.0, exact: None }
    }

    /// A number that is no hint, by its size.
    fn sized(span: Span, value: f64) -> Self {
        let weight = match value {
            v if v >= 10.0 || v.fract() != 0.0 => Weight::Firm,
            v if v >= 2.0 => Weight::Small,
            _ => Weight::Hint,
        };
        Self::new(span, value, weight)
    }

    fn hint(span: Span, values: &[f64]) -> Self {
        Self { values: values.to_vec(), ..Self::new(span, 0.0, Weight::Hint) }
    }

    /// Its values as keys: numbers may be the same when they share one.
    pub(in crate::check) fn keys(&self) -> impl Iterator<Item = u64> + '_ {
        self.values.iter().map(|value| {
            // Products of decimal fractions differ in the last bits: 4.73 trillion is to be 4兆7300億.
            let rounded = if value.abs() < 1e6 { (value * 1e9).round() / 1e9 } else { value.round() };
            (rounded + 0.0).to_bits() // -0 is 0
        })
    }

    /// Whether it may be the same number as `other`.
    pub(in crate::check) fn agrees(&self, other: &Self) -> bool {
        self.keys().any(|key| other.keys().any(|other| key == other))
    }

    /// Whether it looks like a year in which Japan counted months by the moon.
    pub(in crate::check) fn is_old_year(&self) -> bool {
        self.weight == Weight::Firm && (500.0..east_asian::LAST_OLD_YEAR).contains(&self.value())
    }

    /// Whether it looks like a year since.
    pub(in crate::check) fn is_new_year(&self) -> bool {
        self.weight == Weight::Firm && (east_asian::LAST_OLD_YEAR..2100.0).contains(&self.value())
    }

    /// The likeliest value.
    pub(in crate::check) fn value(&self) -> f64 {
        self.values.first().copied().unwrap_or_default()
    }
}

/// The numbers of `text` in order.
pub(in crate::check) fn read(lang: &Lang, text: &str, tokenizer: &Tokenizer) -> Vec<Number> {
    let mut numbers = if lang.is_japanese() {
        east_asian::read(text, |text| tokenizer.tokens(text))
    } else if lang.is_chinese() || lang.is_korean() {
        east_asian::read(text, |_| Vec::new())
    } else {
        spaced::read(lang, text)
    };
    range::complete(text, &mut numbers);
    for number in &mut numbers {
        let share = || is_share(text, number.span).then(|| (Measure::Share, number.value()));
        let hour = || hour(text, number).map(|hour| (Measure::Hour, hour));
        let counted = sole::counted(text, number);
        // 十九世紀 beside "19th century", which is no place in an order.
        let century = counted.filter(|(of, _)| *of == Measure::Centuries);
        number.exact = century.or(number.exact).or_else(hour).or_else(share).or(counted);
    }
    numbers
}

/// Whether a number is said to be of a hundred, or of ten.
fn is_share(text: &str, span: Span) -> bool {
    let behind = text.get(span.end..).unwrap_or_default().trim_start_matches([' ', '-', '\u{a0}', '\u{202f}']);
    ["%", "％", "パーセント", "percent", "per cent", "pc "].iter().any(|sign| behind.starts_with(sign))
        || span.of(text).contains('割')
}

/// The hour of the day that a number is by a word for its half: 午後三時, 3 p.m.
fn hour(text: &str, number: &Number) -> Option<f64> {
    let before = text.get(..number.span.start)?;
    let behind = text.get(number.span.end..)?.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let written = |words: &[&str]| words.iter().any(|word| behind.starts_with(word));
    let is_afternoon = if behind.starts_with('時') && before.ends_with("午後") || written(&["p.m", "pm", "P.M", "PM"])
    {
        true
    } else if behind.starts_with('時') && before.ends_with("午前") || written(&["a.m", "am", "A.M", "AM"]) {
        false
    } else {
        return None;
    };
    // The minutes of 3:30 p.m. are no hour, and twelve o'clock has two names.
    let hour = number.value();
    let is_hour = (1.0..12.0).contains(&hour) && hour.fract() == 0.0 && !before.ends_with([':', '.', '：']);
    is_hour.then_some(if is_afternoon { hour + 12.0 } else { hour })
}
