//! One amount in two units, or rounded: 10キロ is 6 miles, 30度 is 86 degrees, 5兆6789億円 is 5.68 trillion yen.

use super::Number;

/// British, American and old Japanese measures with what they multiply by to give metric ones (facts of metrology). Of
/// measures that begin alike the longer one stands first.
const MEASURES: &[(&str, &[f64])] = &[
    ("square mile", &[2.59]),
    ("square feet", &[0.0929]),
    ("square foot", &[0.0929]),
    ("square yard", &[0.8361]),
    ("cubic feet", &[0.02832]),
    ("mile", &[1.609]),
    ("mph", &[1.609]),
    ("feet", &[0.3048, 30.48]),
    ("foot", &[0.3048, 30.48]),
    ("inch", &[2.54, 25.4]),
    ("yard", &[0.9144]),
    ("acre", &[0.4047, 4047.0]),
    ("pound", &[0.4536]),
    ("lbs", &[0.4536]),
    ("ounce", &[28.35]),
    ("stone", &[6.35]),
    ("gallon", &[3.785, 4.546]),
    ("degree", &[1.0 / 1.8]),
    ("マイル", &[1.609]),
    ("フィート", &[0.3048, 30.48]),
    ("インチ", &[2.54, 25.4]),
    ("ヤード", &[0.9144]),
    ("エーカー", &[0.4047, 4047.0]),
    ("坪", &[3.306]),
    ("尺", &[0.303, 30.3]),
    ("寸", &[3.03]),
    ("里", &[3.927]),
    ("貫", &[3.75]),
    ("匁", &[3.75]),
];
/// Signs and words of degrees.
const DEGREES: &[&str] = &["°", "º", "度", "degree", "degré", "Grad", "Fahrenheit", "F "];
/// Converted measures are rounded: they differ by up to this share.
const ROUNDING: f64 = 0.08;
/// A number of millions and more may be rounded to the digits that are written, by up to this share.
const ROUNDED: f64 = 0.05;
/// From this unit on numbers are rounded so.
const LEAST_ROUNDED: f64 = 1e6;

/// The prefixes of units (The International System of Units, 9th edition, table 7), as they are written out and before
/// the signs of common units.
const PREFIXES: [(&[&str], f64); 6] = [
    (&["キロ", "kilo", "kW", "kg", "km", "kHz", "kB"], 1e3),
    (&["メガ", "mega", "MW", "MHz", "MB"], 1e6),
    (&["ギガ", "giga", "GW", "GHz", "GB"], 1e9),
    (&["テラ", "tera", "TW", "TB"], 1e12),
    (&["ミリ", "milli", "mm", "mg", "ml", "mW"], 1e-3),
    (&["マイクロ", "micro", "µ", "μ"], 1e-6),
];

/// A text with its numbers.
#[derive(Clone, Copy)]
pub(in crate::check) struct Measured<'t> {
    pub(in crate::check) text: &'t str,
    pub(in crate::check) numbers: &'t [Number],
}

impl<'t> Measured<'t> {
    /// Whether a number of this text is one of the other's in another unit, or rounded.
    pub(in crate::check) fn is_in(self, number: &Number, other: Self) -> bool {
        let worths = self.metric(number);
        other.numbers.iter().any(|there| {
            let is_worth = |worths: &[f64], value: f64| worths.iter().any(|worth| is_near(*worth, value));
            is_worth(&worths, there.value())
                || is_worth(&other.metric(there), number.value())
                || self.prefixed(number).zip(other.prefixed(there)).is_some_and(|(a, b)| (a - b).abs() <= 1e-9 * a)
                || is_rounded(self.step(number), number, there)
                || is_rounded(other.step(there), there, number)
        })
    }

    /// What stands behind a number.
    fn behind(self, number: &Number) -> &'t str {
        let behind = self.text.get(number.span.end..).unwrap_or_default();
        behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '‑'))
    }

    /// What a number is worth in metric units by the measure that stands behind it.
    fn metric(self, number: &Number) -> Vec<f64> {
        let behind = self.behind(number);
        let mut worths: Vec<f64> = Vec::new();
        if let Some((word, factors)) = MEASURES.iter().find(|(word, _)| behind.starts_with(word)) {
            // 5 feet 11 inches are 71 inches, which the feet and the inches both stand for.
            let at = self.numbers.partition_point(|other| other.span.start < number.span.start);
            let other = |at: Option<usize>, units: [&str; 2]| {
                let other = at.and_then(|at| self.numbers.get(at))?;
                units.iter().any(|unit| self.behind(other).starts_with(unit)).then(|| other.value())
            };
            let total = match *word {
                "feet" | "foot" => other(at.checked_add(1), ["inch"; 2]).map(|inches| number.value() + inches / 12.0),
                "inch" => other(at.checked_sub(1), ["feet", "foot"]).map(|feet| feet * 12.0 + number.value()),
                _ => None,
            };
            let amounts = [Some(number.value()), total];
            worths.extend(amounts.into_iter().flatten().flat_map(|amount| factors.iter().map(move |f| amount * f)));
        }
        if DEGREES.iter().any(|sign| behind.starts_with(sign)) {
            worths.push((number.value() - 32.0) / 1.8);
        }
        worths
    }

    /// A number times the prefix of the unit behind it; not "million", which is part of the number.
    fn prefixed(self, number: &Number) -> Option<f64> {
        let behind = self.behind(number);
        let found = PREFIXES.iter().find(|(words, _)| words.iter().any(|word| behind.starts_with(word)));
        found.filter(|_| !behind.starts_with("million")).map(|(_, factor)| number.value() * factor)
    }

    /// What the last written digit of a number counts: 1e10 in 5.68 trillion.
    fn step(self, number: &Number) -> f64 {
        let written = number.span.of(self.text);
        let decimals = written.split_once(['.', '．']).map_or(0, |(_, rest)| {
            rest.chars().take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count()
        });
        number.scale / 10_f64.powi(i32::try_from(decimals).unwrap_or_default())
    }
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= ROUNDING * a.abs().max(b.abs())
}

/// Whether a number is another one rounded, or cut off, to digits that count `step` each.
fn is_rounded(step: f64, number: &Number, exact: &Number) -> bool {
    let difference = (number.value() - exact.value()).abs();
    number.scale >= LEAST_ROUNDED && difference < step && difference <= ROUNDED * exact.value()
}
