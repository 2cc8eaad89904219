//! Function concepts: "I", "not", "but" and the like, which every language has some words for.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::align::feature::{Feature, Kind};
use crate::lang::Lang;

/// The link strength of equal concepts, and how far one is trusted to have its partner (fitted on news and dialogue).
pub(super) const LINK: f64 = 0.5;
pub(super) const LAMBDA: f64 = 0.22;

/// A concept with the words of a language with spaces that express it; an apostrophe ends a word that is elided (n'est).
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
    ("i", "je j' m' moi mon ma mes me"),
    ("we", "nous notre nos"),
    ("he", "il lui son sa ses"),
    ("she", "elle"),
    ("they", "ils elles eux leur leurs"),
    ("you", "vous votre vos tu ton ta tes"),
    ("not", "ne n' pas jamais aucun aucune rien personne sans ni non"),
    ("but", "mais cependant toutefois pourtant quoique bien"),
    ("if", "si s'il s'ils"),
    ("why", "pourquoi parce car raison"),
    ("what", "que qu' quoi quel quelle"),
    ("who", "qui"),
    ("how", "comment"),
    ("when", "quand lorsque lorsqu' pendant alors"),
    ("where", "où"),
    ("all", "tout tous toute toutes chaque"),
    ("this", "ce cet cette ces c' cela ça"),
    ("also", "aussi également outre"),
    ("more", "plus"),
    ("after", "après depuis"),
    ("before", "avant jusque jusqu'"),
    ("here", "ici"),
    ("very", "très vraiment"),
];

const SPANISH: Words = &[
    ("i", "yo me mí mi mis conmigo"),
    ("we", "nosotros nosotras nos nuestro nuestra nuestros nuestras"),
    ("he", "él su sus"),
    ("she", "ella"),
    ("they", "ellos ellas les"),
    ("you", "usted ustedes tú tu tus te ti"),
    ("not", "no nunca jamás ningún ninguno ninguna nada nadie sin ni tampoco"),
    ("but", "pero sino aunque embargo"),
    ("if", "si"),
    ("why", "porque razón pues"),
    ("what", "qué"),
    ("who", "quién quiénes quien quienes"),
    ("how", "cómo"),
    ("when", "cuándo cuando mientras"),
    ("where", "dónde donde"),
    ("all", "todo toda todos todas cada"),
    ("this", "este esta estos estas esto ese esa esos esas eso aquel aquella"),
    ("also", "también además asimismo"),
    ("more", "más"),
    ("after", "después tras"),
    ("before", "antes hasta"),
    ("here", "aquí"),
    ("very", "muy realmente tan"),
];

const ITALIAN: Words = &[
    ("i", "io mi me mio mia miei mie"),
    ("we", "noi ci nostro nostra nostri nostre"),
    ("he", "egli lui suo sua suoi sue"),
    ("she", "lei ella"),
    ("they", "loro essi esse"),
    ("you", "voi vostro vostra tu tuo tua ti te"),
    ("not", "non no mai nessun nessuno nessuna niente nulla senza né"),
    ("but", "ma però tuttavia sebbene eppure"),
    ("if", "se"),
    ("why", "perché poiché ragione motivo"),
    ("what", "cosa quale quali"),
    ("who", "chi"),
    ("how", "come"),
    ("when", "quando mentre"),
    ("where", "dove dov'"),
    ("all", "tutto tutta tutti tutte ogni"),
    ("this", "questo questa questi queste quest' quello quella quelli quelle quell' ciò"),
    ("also", "anche anch' inoltre pure"),
    ("more", "più"),
    ("after", "dopo"),
    ("before", "prima fino fa"),
    ("here", "qui qua"),
    ("very", "molto davvero così"),
];

const PORTUGUESE: Words = &[
    ("i", "eu me mim meu minha meus minhas"),
    ("we", "nós nos nosso nossa nossos nossas"),
    ("he", "ele dele seu sua seus suas"),
    ("she", "ela dela"),
    ("they", "eles elas deles delas"),
    ("you", "você vocês vós tu te teu tua"),
    ("not", "não nunca jamais nenhum nenhuma nada ninguém sem nem"),
    ("but", "mas porém contudo embora entretanto"),
    ("if", "se caso"),
    ("why", "porque porquê pois razão motivo"),
    ("what", "quê"),
    ("who", "quem"),
    ("how", "como"),
    ("when", "quando enquanto"),
    ("where", "onde"),
    ("all", "todo toda todos todas tudo cada"),
    ("this", "este esta estes estas isto esse essa esses essas isso aquele aquela"),
    ("also", "também além"),
    ("more", "mais"),
    ("after", "após depois"),
    ("before", "antes até"),
    ("here", "aqui"),
    ("very", "muito realmente tão"),
];

const DUTCH: Words = &[
    ("i", "ik mij me mijn m'n"),
    ("we", "wij we ons onze"),
    ("he", "hij hem zijn"),
    ("she", "zij haar"),
    ("they", "hen hun ze"),
    ("you", "u uw jij je jou jouw jullie"),
    ("not", "niet geen nooit niets niemand zonder noch"),
    ("but", "maar echter hoewel toch"),
    ("if", "als indien"),
    ("why", "waarom omdat want reden"),
    ("what", "wat"),
    ("who", "wie"),
    ("how", "hoe"),
    ("when", "wanneer toen terwijl"),
    ("where", "waar"),
    ("all", "alle alles allen iedereen ieder iedere elk elke heel hele"),
    ("this", "dit deze dat die het"),
    ("also", "ook bovendien eveneens"),
    ("more", "meer"),
    ("after", "na nadat later sinds"),
    ("before", "voordat tot geleden"),
    ("here", "hier"),
    ("very", "zeer erg echt zo veel"),
];

const RUSSIAN: Words = &[
    ("i", "я меня мне мной мой моя моё мое мои моей моего"),
    ("we", "мы нас нам нами наш наша наше наши нашей нашего"),
    ("he", "он его ему нему него"),
    ("she", "она её ее ей неё нее"),
    ("they", "они их им ими них"),
    ("you", "вы вас вам вами ваш ваша ваши ты тебя тебе твой"),
    ("not", "не нет ни никогда никто ничего ничто никакой без"),
    ("but", "но однако хотя"),
    ("if", "если"),
    ("why", "почему потому поскольку причина причине"),
    ("what", "что чего"),
    ("who", "кто кого кому"),
    ("how", "как"),
    ("when", "когда"),
    ("where", "где куда"),
    ("all", "все всё всех всем весь вся каждый каждая"),
    ("this", "это этот эта эти этого этой этих тот та то те"),
    ("also", "также тоже кроме"),
    ("more", "более больше"),
    ("after", "после затем спустя"),
    ("before", "до перед назад"),
    ("here", "здесь тут"),
    ("very", "очень действительно так"),
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

/// The tables of the languages with spaces.
const SPACED: &[(&str, Words)] = &[
    ("de", GERMAN),
    ("en", ENGLISH),
    ("es", SPANISH),
    ("fr", FRENCH),
    ("it", ITALIAN),
    ("nl", DUTCH),
    ("pt", PORTUGUESE),
    ("ru", RUSSIAN),
];

/// The words of a language with their concepts, by number.
type Index = FxHashMap<&'static str, Vec<usize>>;

static INDICES: LazyLock<FxHashMap<&str, (Words, Index)>> = LazyLock::new(|| {
    let indexed = |words: Words| {
        let mut index = Index::default();
        for (concept, (_, list)) in words.iter().enumerate() {
            for word in list.split(' ') {
                index.entry(word).or_default().push(concept);
            }
        }
        (words, index)
    };
    SPACED.iter().map(|(lang, words)| (*lang, indexed(words))).collect()
});

/// The pieces of a language by their first characters: the piece, what must not follow it, and its concept's number.
type ByFirst = FxHashMap<char, Vec<(&'static str, &'static [&'static str], usize)>>;

fn by_first(pieces: Pieces) -> (Pieces, ByFirst) {
    let mut map = ByFirst::default();
    for (concept, (_, any)) in pieces.iter().enumerate() {
        for (piece, not) in *any {
            if let Some(first) = piece.chars().next() {
                map.entry(first).or_default().push((piece, not, concept));
            }
        }
    }
    (pieces, map)
}

static JAPANESE_INDEX: LazyLock<(Pieces, ByFirst)> = LazyLock::new(|| by_first(JAPANESE));
static CHINESE_INDEX: LazyLock<(Pieces, ByFirst)> = LazyLock::new(|| by_first(CHINESE));
static KOREAN_INDEX: LazyLock<(Pieces, ByFirst)> = LazyLock::new(|| by_first(KOREAN));

/// The concepts of a sentence, in the order of the table.
pub(in crate::align) fn read(lang: &Lang, text: &str) -> Vec<Feature> {
    let feature = |name: &str| Feature::new(Kind::Function, name);
    let pieces = match lang.primary() {
        "ja" => Some(&*JAPANESE_INDEX),
        "ko" => Some(&*KOREAN_INDEX),
        _ => lang.is_chinese().then_some(&*CHINESE_INDEX),
    };
    if let Some((pieces, index)) = pieces {
        let held = held_pieces(text, index, pieces.len());
        return pieces.iter().zip(held).filter(|(_, held)| *held).map(|((name, _), _)| feature(name)).collect();
    }
    let Some((words, index)) = INDICES.get(lang.primary()) else { return Vec::new() };
    let held = held_words(text, index, words.len(), lang.is_english());
    words.iter().zip(held).filter(|(_, held)| *held).map(|((name, _), _)| feature(name)).collect()
}

/// For each concept, whether `text` holds one of its pieces with nothing behind that must not follow.
fn held_pieces(text: &str, index: &ByFirst, concepts: usize) -> Vec<bool> {
    let mut held = vec![false; concepts];
    for (at, c) in text.char_indices() {
        let Some(pieces) = index.get(&c) else { continue };
        let rest = text.get(at..).unwrap_or_default();
        for (piece, not, concept) in pieces {
            let follows = rest.strip_prefix(piece);
            if !held[*concept] && follows.is_some_and(|follows| !not.iter().any(|n| follows.starts_with(n))) {
                held[*concept] = true;
            }
        }
    }
    held
}

/// For each concept, whether one of its words stands in `text`. Diacritics count: où is not ou.
fn held_words(text: &str, index: &Index, concepts: usize, is_english: bool) -> Vec<bool> {
    let mut held = vec![false; concepts];
    let mut mark = |word: &str| {
        let found = index.get(word);
        for concept in found.into_iter().flatten() {
            held[*concept] = true;
        }
        found.is_some()
    };
    let composed: String =
        if text.is_ascii() { text.to_lowercase() } else { text.nfc().collect::<String>().to_lowercase() };
    let composed = if composed.contains(['’', 'ʼ']) { composed.replace(['’', 'ʼ'], "'") } else { composed };
    for word in composed.split(|c: char| !c.is_alphabetic() && c != '\'') {
        let word = word.trim_matches('\'');
        if word.is_empty() || mark(word) {
            continue;
        }
        if is_english && word.ends_with("n't") {
            mark("not");
        } else if let Some(behind) = word.find('\'').map(|at| at + 1) {
            mark(word.get(..behind).unwrap_or_default());
            mark(word.get(behind..).unwrap_or_default());
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, SPACED, read};
    use crate::lang::Lang;

    fn concepts(lang: &Lang, text: &str) -> Vec<String> {
        read(lang, text).into_iter().map(|f| f.key).collect()
    }

    fn assert_concepts(lang: &Lang, text: &str, expected: &[&str]) {
        assert_eq!(concepts(lang, text), expected, "{text}");
    }

    #[test]
    fn japanese_and_english_share_concepts() {
        assert_concepts(&Lang::japanese(), "しかし彼女は来ない。", &["she", "not", "but"]);
        assert_concepts(&Lang::english(), "But she didn’t come.", &["she", "not", "but"]);
    }

    #[test]
    fn a_longer_word_is_not_the_shorter_concept() {
        assert_concepts(&Lang::japanese(), "私たちの家", &["we"]);
    }

    #[test]
    fn diacritics_and_elisions_count() -> crate::error::Result<()> {
        let french: Lang = "fr".parse()?;
        assert_concepts(&french, "le port ou la gare", &[]);
        assert_concepts(&french, "d'où vient-il", &["he", "where"]);
        assert_concepts(&french, "Il n’est pas venu jusqu'à apre\u{300}s midi", &["he", "not", "after", "before"]);
        Ok(())
    }

    #[test]
    fn every_language_has_known_concepts_and_finds_every_word() -> crate::error::Result<()> {
        for (tag, words) in SPACED {
            let lang: Lang = tag.parse()?;
            for (concept, list) in *words {
                assert!(ENGLISH.iter().any(|(known, _)| known == concept), "{tag} {concept}");
                for word in list.split(' ') {
                    let joint = if word.ends_with('\'') { "" } else { " " };
                    let text = format!("Xxx {word}{joint}xxx.");
                    assert!(concepts(&lang, &text).iter().any(|c| c == concept), "{tag} {text}");
                    let capitals = text.replace('ß', "ẞ").to_uppercase();
                    assert!(concepts(&lang, &capitals).iter().any(|c| c == concept), "{tag} {text}");
                }
            }
        }
        Ok(())
    }
}
