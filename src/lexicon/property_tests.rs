//! Word lists of any content: reading never fails in another way than by an error.

use proptest::prelude::*;

use super::Lexicon;

/// Lines that come near to the formats.
fn near_line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ja\ten#.0-9本\u{3000}]{0,12}",
        "[本ほ;()\\[\\] /a-c]{0,30}",
        "本 \\[ほん\\] /[()a-z{} /]{0,20}/",
        "(<|</)(JMdict|entry|keb|reb|gloss|misc|!--|\\?|!\\[CDATA\\[)[>/ ]?",
        "&(uk|amp|#0|#x41|#xD800);?",
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Lexicon::read("list", &bytes, None, None);
    }

    #[test]
    fn what_is_read_has_words_and_weights(
        start in prop_oneof![Just(""), Just("ja\ten\n"), Just("ja\ten\tweight\n"), Just("<JMdict>")],
        lines in proptest::collection::vec(near_line(), 0..12),
        word in "[本ほa]{1,2}",
    ) {
        let text = format!("{start}{}", lines.join("\n"));
        if let Ok((lexicon, _)) = Lexicon::read("list", text.as_bytes(), None, None) {
            prop_assert!(!lexicon.contains(""));
            prop_assert_eq!(lexicon.contains(&word), !lexicon.renderings(&word).is_empty());
            for rendering in lexicon.renderings(&word).iter() {
                prop_assert!(!rendering.text.is_empty() && (0.0..=1.0).contains(&rendering.weight));
            }
        }
    }
}
