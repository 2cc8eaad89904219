//! Any bytes are read as a word list (TSV, EDICT, JMdict), or refused; weights are probabilities.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taiyaku::lang::Lang;
use taiyaku::lexicon::Lexicon;

fuzz_target!(|bytes: &[u8]| {
    let (japanese, english) = (Lang::japanese(), Lang::english());
    for languages in [None, Some((&japanese, &english))] {
        let Ok((lexicon, _)) = Lexicon::read("list", bytes, None, languages) else { continue };
        let reversed = lexicon.reversed();
        for list in [&lexicon, &reversed] {
            for word in String::from_utf8_lossy(bytes).split(['\t', '\n', '/', ' ', '<', '>', ';']) {
                for rendering in list.renderings(word).iter() {
                    assert!((0.0..=1.0).contains(&rendering.weight), "{word}: {rendering:?}");
                }
            }
        }
    }
});
