//! Function concepts: "I", "not", "but" and the like, which every language has some words for.

use crate::align::feature::{Feature, Kind};
use crate::lang::Lang;

pub(super) const LINK: f64 = 0.5;
pub(super) const LAMBDA: f64 = 0.22;

/// A concept with the words of a language with spaces that express it.
type Words = &'static [(&'static str, &'static str)];

/// A concept with the pieces of text that express it, and what must not follow each.
type Pieces = &'static [(&'static str, &'static [(&'static str, &'static [&'static str])])];

const ENGLISH: Words = &[
    ("i", "i me my mine i'm i've i'll i'd myself"),
    ("we", "we us our ours we're we've we'll ourselves"),
    ("he", "he him his he's himself"),
    ("she", "she her hers she's herself"),
    ("they", "they them their they're theirs themselves"),
    ("you", "you your yours you're yourself"),
    ("not", "not no never none nothing nobody cannot neither nor without"),
    ("but", "but however although though yet nevertheless"),
    ("if", "if unless"),
    ("why", "why because since reason"),
    ("what", "what"),
    ("who", "who whom whose"),
    ("how", "how"),
    ("when", "when while"),
    ("where", "where"),
    ("all", "all every everyone everything everybody whole"),
    ("this", "it this that these those it's that's its"),
    ("also", "also too addition moreover"),
    ("more", "more than"),
    ("after", "after since later"),
    ("before", "before ago until"),
    ("here", "here"),
    ("very", "very really so much"),
];

const GERMAN: Words = &[
    ("i", "ich mich mir mein meine meinen meinem meiner"),
    ("we", "wir uns unser unsere unseren unserem unserer"),
    ("he", "er ihn ihm sein seine seinen seinem seiner"),
    ("not", "nicht kein keine keinen keinem keiner nie niemals nichts niemand ohne"),
    ("but", "aber doch jedoch sondern obwohl dennoch"),
    ("if", "wenn falls"),
    ("why", "warum weil denn grund"),
    ("what", "was"),
    ("who", "wer wen wem"),
    ("how", "wie"),
    ("when", "wann als während"),
    ("where", "wo"),
    ("all", "alle alles allen aller jeder jede jedes ganze ganzen"),
    ("this", "es dies diese dieser dieses diesen diesem das"),
    ("also", "auch außerdem ebenfalls zudem"),
    ("more", "mehr"),
    ("after", "nach nachdem später seit"),
    ("before", "vor bevor bis"),
    ("here", "hier"),
    ("very", "sehr wirklich so viel"),
];

const FRENCH: Words = &[
    ("i", "je j'ai moi mon ma mes me"),
    ("we", "nous notre nos"),
    ("he", "il lui son sa ses"),
    ("she", "elle"),
    ("they", "ils elles eux leur leurs"),
    ("you", "vous votre vos tu ton ta tes"),
    ("not", "ne n'est n'a pas jamais aucun aucune rien personne sans ni non"),
    ("but", "mais cependant toutefois pourtant quoique bien"),
    ("if", "si"),
    ("why", "pourquoi parce car raison"),
    ("what", "que quoi quel quelle"),
    ("who", "qui"),
    ("how", "comment"),
    ("when", "quand lorsque pendant alors"),
    ("where", "où"),
    ("all", "tout tous toute toutes chaque"),
    ("this", "ce cet cette ces c'est cela ça"),
    ("also", "aussi également outre"),
    ("more", "plus"),
    ("after", "après depuis"),
    ("before", "avant jusqu'à"),
    ("here", "ici"),
    ("very", "très vraiment"),
];

const JAPANESE: Pieces = &[
    ("i", &[("私", &["たち", "達"]), ("僕", &["ら", "たち"]), ("俺", &["たち"]), ("わたし", &["たち"])]),
    (
        "we",
        &[
            ("私たち", &[]),
            ("私達", &[]),
            ("我々", &[]),
            ("我が", &[]),
            ("僕ら", &[]),
            ("僕たち", &[]),
            ("われわれ", &[]),
        ],
    ),
    ("he", &[("彼", &["女", "ら"]), ("同氏", &[])]),
    ("she", &[("彼女", &["ら"])]),
    ("they", &[("彼ら", &[]), ("彼女ら", &[]), ("彼等", &[])]),
    ("you", &[("あなた", &[]), ("君", &["主"]), ("お前", &[]), ("皆さん", &[])]),
    (
        "not",
        &[
            ("ない", &[]),
            ("なかった", &[]),
            ("なく", &[]),
            ("ません", &[]),
            ("ず、", &[]),
            ("ずに", &[]),
            ("ず。", &[]),
            ("ぬ", &[]),
            ("無い", &[]),
            ("無く", &[]),
            ("なし", &[]),
        ],
    ),
    (
        "but",
        &[
            ("しかし", &[]),
            ("だが", &[]),
            ("ただし", &[]),
            ("けれど", &[]),
            ("けど", &[]),
            ("が、", &[]),
            ("ものの", &[]),
            ("ところが", &[]),
            ("でも", &[]),
        ],
    ),
    ("if", &[("もし", &[]), ("たら", &[]), ("れば", &[]), ("なら", &[]), ("場合", &[])]),
    (
        "why",
        &[
            ("なぜ", &[]),
            ("から、", &[]),
            ("から。", &[]),
            ("からだ", &[]),
            ("からで", &[]),
            ("ため", &[]),
            ("ので", &[]),
            ("理由", &[]),
        ],
    ),
    ("what", &[("何", &[]), ("なに", &[])]),
    ("who", &[("誰", &[])]),
    ("how", &[("どう", &[]), ("どのよう", &[]), ("いかに", &[])]),
    ("when", &[("時", &[]), ("とき", &[]), ("いつ", &[]), ("際", &[]), ("ながら", &[]), ("間", &[])]),
    ("where", &[("どこ", &[]), ("場所", &[])]),
    (
        "all",
        &[
            ("すべて", &[]),
            ("全て", &[]),
            ("全員", &[]),
            ("みんな", &[]),
            ("皆", &[]),
            ("全体", &[]),
            ("あらゆる", &[]),
            ("誰も", &[]),
        ],
    ),
    ("this", &[("これ", &[]), ("それ", &[]), ("この", &[]), ("その", &[]), ("あの", &[])]),
    ("also", &[("また", &[]), ("さらに", &[]), ("も、", &[]), ("加え", &[])]),
    ("more", &[("より", &[]), ("以上", &[]), ("もっと", &[])]),
    ("after", &[("後", &[]), ("から", &[])]),
    ("before", &[("前", &[]), ("まで", &[])]),
    ("here", &[("ここ", &[]), ("こちら", &[])]),
    ("very", &[("とても", &[]), ("非常に", &[]), ("本当に", &[]), ("大変", &[])]),
];

const CHINESE: Pieces = &[
    ("i", &[("我", &["们", "們", "国", "國"])]),
    ("we", &[("我们", &[]), ("我們", &[]), ("我国", &[]), ("我國", &[])]),
    ("he", &[("他", &["们", "們"])]),
    ("she", &[("她", &["们", "們"])]),
    ("they", &[("他们", &[]), ("他們", &[]), ("她们", &[]), ("她們", &[]), ("它们", &[])]),
    ("you", &[("你", &[]), ("您", &[])]),
    ("not", &[("不", &[]), ("没", &[]), ("沒", &[]), ("无", &[]), ("無", &[]), ("未", &["来", "來"])]),
    (
        "but",
        &[
            ("但", &[]),
            ("然而", &[]),
            ("不过", &[]),
            ("不過", &[]),
            ("尽管", &[]),
            ("儘管", &[]),
            ("虽然", &[]),
            ("雖然", &[]),
        ],
    ),
    ("if", &[("如果", &[]), ("若", &[]), ("假如", &[])]),
    (
        "why",
        &[("为什么", &[]), ("為什麼", &[]), ("因为", &[]), ("因為", &[]), ("由于", &[]), ("由於", &[]), ("原因", &[])],
    ),
    ("what", &[("什么", &[]), ("什麼", &[])]),
    ("who", &[("谁", &[]), ("誰", &[])]),
    ("how", &[("如何", &[]), ("怎么", &[]), ("怎麼", &[])]),
    ("when", &[("时", &[]), ("時", &[])]),
    ("where", &[("哪里", &[]), ("哪裡", &[])]),
    ("all", &[("所有", &[]), ("都", &[]), ("全", &[]), ("每", &[])]),
    ("this", &[("这", &[]), ("這", &[]), ("那", &[]), ("它", &[]), ("该", &[])]),
    ("also", &[("也", &[]), ("还", &[]), ("還", &[]), ("此外", &[])]),
    ("more", &[("更", &[]), ("超过", &[]), ("超過", &[]), ("多", &[]), ("比", &[])]),
    ("after", &[("后", &[]), ("後", &[]), ("之后", &[])]),
    ("before", &[("前", &[]), ("之前", &[])]),
    ("here", &[("这里", &[]), ("這裡", &[])]),
    ("very", &[("非常", &[]), ("很", &[]), ("十分", &[])]),
];

const KOREAN: Pieces = &[
    ("i", &[("나는", &[]), ("내가", &[]), ("저는", &[]), ("제가", &[]), ("나의", &[]), ("나를", &[])]),
    ("we", &[("우리", &[])]),
    ("he", &[("그는", &[]), ("그가", &[]), ("그의", &[]), ("그를", &[])]),
    ("she", &[("그녀", &[])]),
    ("they", &[("그들", &[])]),
    ("you", &[("당신", &[]), ("여러분", &[])]),
    ("not", &[("않", &[]), ("없", &[]), ("아니", &[]), ("못", &[])]),
    ("but", &[("그러나", &[]), ("하지만", &[]), ("지만", &[]), ("그렇지만", &[])]),
    ("if", &[("만약", &[]), ("다면", &[]), ("라면", &[])]),
    ("why", &[("왜", &[]), ("때문", &[]), ("이유", &[])]),
    ("what", &[("무엇", &[]), ("무슨", &[])]),
    ("who", &[("누구", &[]), ("누가", &[])]),
    ("how", &[("어떻게", &[]), ("얼마나", &[])]),
    ("when", &[("때", &["문"]), ("언제", &[]), ("동안", &[])]),
    ("where", &[("어디", &[])]),
    ("all", &[("모든", &[]), ("모두", &[]), ("전체", &[])]),
    ("this", &[("이것", &[]), ("그것", &[]), ("이번", &[]), ("이러한", &[])]),
    ("also", &[("또한", &[]), ("또 ", &[]), ("게다가", &[])]),
    ("more", &[("더 ", &[]), ("이상", &[]), ("보다", &[])]),
    ("after", &[("이후", &[]), ("후 ", &[]), ("뒤", &[])]),
    ("before", &[("이전", &[]), ("전에", &[]), ("까지", &[])]),
    ("here", &[("여기", &[])]),
    ("very", &[("매우", &[]), ("정말", &[]), ("아주", &[])]),
];

/// The concepts of a sentence. `words` are its words in lower case (for a language with spaces), `text` the sentence.
pub(in crate::align) fn read(lang: &Lang, text: &str, words: &[&str]) -> Vec<Feature> {
    let concept = |name: &&str| Feature::new(Kind::Function, *name);
    let pieces = match lang.primary() {
        "ja" => Some(JAPANESE),
        "zh" => Some(CHINESE),
        "ko" => Some(KOREAN),
        _ => None,
    };
    if let Some(pieces) = pieces {
        return pieces
            .iter()
            .filter(|(_, any)| any.iter().any(|(piece, not)| holds(text, piece, not)))
            .map(|(c, _)| concept(c))
            .collect();
    }
    let table = match lang.primary() {
        "en" => ENGLISH,
        "de" => GERMAN,
        "fr" => FRENCH,
        _ => return Vec::new(),
    };
    let mut found: Vec<&str> = words
        .iter()
        .flat_map(|word| {
            table.iter().filter(move |(_, list)| list.split(' ').any(|w| w == *word)).map(|(concept, _)| *concept)
        })
        .collect();
    if lang.is_english() && words.iter().any(|w| w.ends_with("n't")) {
        found.push("not");
    }
    found.sort_unstable();
    found.dedup();
    found.iter().map(concept).collect()
}

/// Whether `text` holds `piece` with none of `not` behind it.
fn holds(text: &str, piece: &str, not: &[&str]) -> bool {
    text.match_indices(piece).any(|(at, _)| {
        let rest = text.get(at + piece.len()..).unwrap_or_default();
        !not.iter().any(|n| rest.starts_with(n))
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::lang::Lang;

    fn assert_concepts(lang: &Lang, text: &str, expected: &[&str]) {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split([' ', '.', ',']).collect();
        let found: Vec<String> = read(lang, text, &words).into_iter().map(|f| f.key).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn japanese_and_english_share_concepts() {
        assert_concepts(&Lang::japanese(), "しかし彼女は来ない。", &["she", "not", "but"]);
        assert_concepts(&Lang::english(), "But she didn't come.", &["but", "not", "she"]);
    }

    #[test]
    fn a_longer_word_is_not_the_shorter_concept() {
        assert_concepts(&Lang::japanese(), "私たちの家", &["we"]);
    }
}
