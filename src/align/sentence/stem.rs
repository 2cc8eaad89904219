//! Stems of words in languages with spaces.

use std::sync::LazyLock;

use rust_stemmers::Algorithm;
use rustc_hash::FxHashMap;

use crate::lang::Lang;

/// English words whose forms do not share a stem, the form to count by first. (Facts of grammar.)
const IRREGULAR: &str = "be am is are was were been being;have has had having;do does did done;say said;go went gone;\
get got gotten;make made;know knew known;think thought;take took taken;see saw seen;come came;find found;give gave given;\
tell told;become became;leave left;feel felt;bring brought;begin began begun;keep kept;hold held;write wrote written;\
stand stood;hear heard;mean meant;meet met;run ran;pay paid;sit sat;speak spoke spoken;lie lay lain;lead led;grow grew grown;\
lose lost;fall fell fallen;send sent;build built;understand understood;draw drew drawn;break broke broken;spend spent;\
rise rose risen;drive drove driven;buy bought;wear wore worn;choose chose chosen;seek sought;throw threw thrown;catch caught;\
deal dealt;win won;forget forgot forgotten;fight fought;teach taught;eat ate eaten;sing sang sung;strike struck;hang hung;\
shake shook shaken;ride rode ridden;feed fed;shoot shot;drink drank drunk;sell sold;sleep slept;fly flew flown;\
steal stole stolen;swim swam swum;swear swore sworn;bear bore borne;bind bound;flee fled;hide hid hidden;blow blew blown;\
freeze froze frozen;dig dug;sink sank sunk;lend lent;lay laid;wake woke woken;weave wove woven;tear tore torn;\
withdraw withdrew withdrawn;undergo underwent undergone;overcome overcame;forbid forbade forbidden;forgive forgave forgiven;\
spring sprang sprung;stick stuck;sweep swept;slide slid;breed bred;dwell dwelt;kneel knelt;man men;woman women;child children;\
foot feet;tooth teeth;mouse mice;person people;wife wives;life lives;knife knives;leaf leaves;half halves;thief thieves;\
shelf shelves;wolf wolves;good better best;bad worse worst;datum data;crisis crises;criterion criteria;phenomenon phenomena";

static BASE_FORMS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    IRREGULAR
        .split(';')
        .flat_map(|line| {
            let mut words = line.split(' ');
            let base = words.next().unwrap_or_default();
            words.map(move |w| (w, base))
        })
        .collect()
});

/// Brings the forms of a word to one key.
#[derive(Debug, Clone, Copy)]
pub(in crate::align) struct Stemmer {
    algorithm: Option<Algorithm>,
    english: bool,
}

impl Stemmer {
    /// The stemmer for a language: Snowball's where it has one, otherwise the word itself.
    pub(in crate::align) fn new(lang: &Lang) -> Self {
        let algorithm = match lang.primary() {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "nl" => Algorithm::Dutch,
            "en" => Algorithm::English,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "es" => Algorithm::Spanish,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            _ => return Self { algorithm: None, english: false },
        };
        Self { algorithm: Some(algorithm), english: lang.is_english() }
    }

    /// The stem of a word given in lower case.
    pub(in crate::align) fn stem(self, word: &str) -> String {
        let word = if self.english { BASE_FORMS.get(word).copied().unwrap_or(word) } else { word };
        match self.algorithm {
            Some(algorithm) => rust_stemmers::Stemmer::create(algorithm).stem(word).into_owned(),
            None => word.to_owned(),
        }
    }
}

/// A stemmer that remembers the words that it has seen.
#[derive(Debug)]
pub(crate) struct Stems {
    stemmer: Stemmer,
    known: FxHashMap<String, String>,
}

impl Stems {
    pub(crate) fn new(lang: &Lang) -> Self {
        Self { stemmer: Stemmer::new(lang), known: FxHashMap::default() }
    }

    /// The stem of a word given in lower case.
    pub(crate) fn stem(&mut self, word: &str) -> &str {
        let Self { stemmer, known } = self;
        // Asked for twice, because a word is copied only once.
        if !known.contains_key(word) {
            known.insert(word.to_owned(), stemmer.stem(word));
        }
        known.get(word).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Stemmer;
    use crate::lang::Lang;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let stemmer = Stemmer::new(&Lang::english());
        for forms in [["announce", "announced"], ["took", "take"], ["women", "woman"], ["elections", "election"]] {
            assert_eq!(stemmer.stem(forms[0]), stemmer.stem(forms[1]));
        }
        assert_ne!(stemmer.stem("attack"), stemmer.stem("attic"));
    }
}
