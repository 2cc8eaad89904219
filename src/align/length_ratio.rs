//! How long a translation is for its original: characters of the target for one of the source.

use super::TextPair;
use super::collection::Pass;
use crate::lang::Lang;

/// How many source characters the languages' usual ratio weighs against the texts at hand, before anything is aligned: left-out
/// passages make a short article's own ratio wrong.
const PRIOR_CHARACTERS: f64 = 1_000.0;
/// The same against the beads of a first pass, which leave out what has no partner.
const PRIOR_CHARACTERS_OF_BEADS: f64 = 200.0;

/// The length of a text in characters; ASCII counts half beside wide characters, so that a Latin name in a Japanese sentence
/// does not make it long.
pub(crate) fn text_length(text: &str) -> f64 {
    let (ascii, wide) =
        text.chars().fold((0.0, 0.0), |(a, w), c| if c.is_ascii() { (a + 1.0, w) } else { (a, w + 1.0) });
    if wide * 2.0 > ascii { ascii / 2.0 + wide } else { ascii + wide }
}

/// Characters that a language needs for what English says in one (news texts; rounded).
fn characters_for_english(lang: &Lang) -> f64 {
    match lang.primary() {
        "ja" => 0.42,
        "zh" => 0.33,
        "ko" => 0.47,
        "de" | "fr" | "es" | "it" | "pt" | "nl" | "ru" | "pl" => 1.15,
        _ => 1.0,
    }
}

/// The ratio before anything is aligned.
pub(super) fn initial(source_lang: &Lang, target_lang: &Lang, pairs: &[TextPair<'_>]) -> f64 {
    let length = |texts: &Vec<&str>| texts.iter().map(|t| text_length(t)).sum::<f64>();
    let source: f64 = pairs.iter().map(|p| length(&p.source)).sum();
    let target: f64 = pairs.iter().map(|p| length(&p.target)).sum();
    mixed(usual(source_lang, target_lang), PRIOR_CHARACTERS, source, target)
}

/// The ratio in the two-sided beads of an alignment.
pub(super) fn of_beads(source_lang: &Lang, target_lang: &Lang, pairs: &[TextPair<'_>], passes: &[Pass]) -> f64 {
    let length = |texts: &[&str]| texts.iter().map(|t| text_length(t)).sum::<f64>();
    let (mut source, mut target) = (0.0, 0.0);
    for (pair, pass) in pairs.iter().zip(passes) {
        for (s, t) in pass.cuts.iter().filter(|(s, t)| !s.is_empty() && !t.is_empty()) {
            source += length(&pair.source[s.indices()]);
            target += length(&pair.target[t.indices()]);
        }
    }
    mixed(usual(source_lang, target_lang), PRIOR_CHARACTERS_OF_BEADS, source, target)
}

fn usual(source: &Lang, target: &Lang) -> f64 {
    characters_for_english(target) / characters_for_english(source)
}

fn mixed(usual: f64, weight: f64, source: f64, target: f64) -> f64 {
    (usual * weight + target) / (weight + source)
}

#[cfg(test)]
mod tests {
    use super::{initial, text_length};
    use crate::align::TextPair;
    use crate::lang::Lang;

    #[test]
    fn latin_letters_in_a_japanese_sentence_count_half() {
        assert!((text_length("議員はIPACの") - 6.0).abs() < 1e-9);
        assert!((text_length("the café") - 8.0).abs() < 1e-9);
    }

    #[test]
    fn a_short_text_with_a_missing_translation_keeps_the_usual_ratio() {
        let source = vec!["あ"; 100];
        let pair = TextPair { source, target: vec!["one"], ..TextPair::default() };
        let ratio = initial(&Lang::japanese(), &Lang::english(), &[pair]);
        assert!(ratio > 2.0, "{ratio}");
    }
}
