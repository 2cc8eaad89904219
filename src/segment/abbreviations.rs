//! Words with a full stop that does not end the sentence, and words that begin one.

/// What a full stop behind an abbreviation allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Something always follows (Mr., e.g.): never the end.
    Leading,
    /// A number follows (No. 3, p. 5, Jan. 2); without one it is an ordinary word or the end.
    Numbered,
    /// May be the end (U.S., Inc.): the end only before a word that begins sentences.
    Open,
    /// Mostly the end before a capital letter (etc., p.m.).
    Closing,
}

/// The abbreviation `word` (written without its last full stop) in a language given by its primary subtag.
pub(super) fn abbreviation(word: &str, lang: &str) -> Option<Abbreviation> {
    if is_acronym(word) {
        return Some(match word {
            "a.m" | "p.m" | "A.M" | "P.M" => Abbreviation::Closing,
            "e.g" | "E.g" | "i.e" | "I.e" | "z.B" | "Z.B" | "d.h" | "D.h" | "u.a" | "p.ej" | "т.е" => {
                Abbreviation::Leading
            }
            _ => Abbreviation::Open,
        });
    }
    let own = match lang {
        "de" => GERMAN,
        "fr" => FRENCH,
        "es" | "pt" | "it" | "ca" => SOUTHERN,
        "nl" => DUTCH,
        "ru" | "uk" | "be" | "bg" => CYRILLIC,
        _ => &[],
    };
    own.iter().chain(ENGLISH).find(|(words, _)| words.contains(&word)).map(|(_, kind)| *kind)
}

/// Letters with full stops between them: U.S, e.g, Ph.D, z.B.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let letters = part.chars().take(3).count();
            (1..=2).contains(&letters) && part.chars().all(char::is_alphabetic)
        })
}

type Table = &'static [(&'static [&'static str], Abbreviation)];

/// English ones stand in texts of every language, in names above all.
const ENGLISH: Table = &[
    (
        &[
            "Mr", "Mrs", "Ms", "Mx", "Messrs", "Dr", "Drs", "Prof", "Gen", "Maj", "Col", "Lt", "Capt", "Cpt", "Cmdr",
            "Adm", "Sgt", "Cpl", "Pvt", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs", "Pres", "Hon", "Rev", "Fr",
            "Msgr", "Supt", "Det", "Insp", "Amb", "Sec", "Mt", "Mts", "Ft", "vs", "cf", "Cf", "viz", "approx",
            "Approx", "ca", "esp", "incl", "resp", "ed", "eds", "trans", "dept", "Dept", "Univ", "Assoc", "Asst",
        ],
        Abbreviation::Leading,
    ),
    (
        &[
            "No", "Nos", "no", "nos", "Vol", "Vols", "vol", "vols", "Fig", "Figs", "fig", "figs", "p", "pp", "P",
            "Art", "art", "Ch", "ch", "Chap", "chap", "sec", "Ver", "ver", "Eq", "eq", "Ex", "Sect", "sect", "Par",
            "par", "Op", "op", "Tel", "tel", "Ext", "ext", "est", "Est", "b", "d", "r", "c", "fl", "max", "min", "Jan",
            "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
        ],
        Abbreviation::Numbered,
    ),
    (
        &[
            "St", "Ste", "Inc", "INC", "Ltd", "LTD", "Plc", "plc", "Co", "CO", "Corp", "Bros", "Cos", "LLC", "Jr",
            "Sr", "Esq", "al", "Ave", "Blvd", "Rd", "Bldg", "PhD", "Calif", "Conn", "Mass", "Penn", "Fla", "Tex",
            "Wash",
        ],
        Abbreviation::Open,
    ),
    (&["etc", "am", "pm"], Abbreviation::Closing),
];

const GERMAN: Table = &[
    (
        &[
            "Hr", "Fr", "Frl", "Dipl", "Ing", "bzw", "ca", "vgl", "Vgl", "sog", "bspw", "evtl", "ggf", "inkl", "exkl",
            "zzgl", "mind", "max", "geb", "gest", "Hrsg", "hrsg", "St", "Hl", "hl", "Abb", "Abs", "Bd", "Nr", "Nrn",
            "Kap", "Tab", "Ziff", "Anm",
        ],
        Abbreviation::Leading,
    ),
    (&["Mio", "Mrd", "Jh", "Jhd", "Str", "Tel", "Std", "Min", "Sek"], Abbreviation::Open),
    (&["usw", "etc", "uvm"], Abbreviation::Closing),
];

const FRENCH: Table = &[
    (&["MM", "Mme", "Mmes", "Mlle", "Mlles", "Mgr", "Me", "env", "av", "éd", "chap"], Abbreviation::Leading),
    (&["art", "n", "vol"], Abbreviation::Numbered),
];

const SOUTHERN: Table = &[
    (
        &[
            "Sr", "Sra", "Sras", "Sres", "Srta", "Dr", "Dra", "Dres", "Ud", "Uds", "Vd", "Vds", "Excmo", "Sto", "Sta",
            "Sig", "Sigg", "Dott", "Avv", "EE", "pág", "págs", "pag", "núm", "n", "av", "aprox",
        ],
        Abbreviation::Leading,
    ),
    (&["UU", "ecc"], Abbreviation::Open),
];

const DUTCH: Table = &[
    (
        &["dhr", "Dhr", "mevr", "Mevr", "mw", "Mw", "drs", "ir", "bijv", "nr", "blz", "resp", "ca"],
        Abbreviation::Leading,
    ),
    (&["enz"], Abbreviation::Closing),
];

const CYRILLIC: Table = &[
    (&["им", "ул", "акад", "проф", "гос", "св", "стр", "рис", "табл", "см", "ср", "напр"], Abbreviation::Leading),
    (&["г", "гг", "тыс", "млн", "млрд", "руб", "др", "пр"], Abbreviation::Open),
];

/// Whether `word` stands with a capital at the start of a sentence but hardly ever inside one.
pub(super) fn begins_sentences(word: &str, lang: &str) -> bool {
    let starters = match lang {
        "de" => GERMAN_STARTERS,
        "fr" => FRENCH_STARTERS,
        "es" | "pt" | "it" | "ca" => SOUTHERN_STARTERS,
        _ => ENGLISH_STARTERS,
    };
    starters.contains(&word)
}

const ENGLISH_STARTERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Also",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Can",
    "Despite",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Even",
    "Every",
    "Few",
    "First",
    "For",
    "From",
    "Had",
    "Has",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "Much",
    "My",
    "Neither",
    "Nevertheless",
    "Next",
    "No",
    "Nobody",
    "None",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Our",
    "Perhaps",
    "She",
    "Since",
    "So",
    "Some",
    "Soon",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "Therefore",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Thus",
    "To",
    "Today",
    "Under",
    "Unlike",
    "Until",
    "Was",
    "We",
    "Were",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Within",
    "Without",
    "Yes",
    "Yet",
    "You",
    "Your",
];

const GERMAN_STARTERS: &[&str] = &[
    "Aber",
    "Allerdings",
    "Als",
    "Am",
    "An",
    "Auch",
    "Auf",
    "Aus",
    "Bei",
    "Beim",
    "Bis",
    "Da",
    "Dabei",
    "Damit",
    "Danach",
    "Dann",
    "Daher",
    "Darum",
    "Das",
    "Dass",
    "Dem",
    "Den",
    "Denn",
    "Der",
    "Des",
    "Deshalb",
    "Die",
    "Dies",
    "Diese",
    "Dieser",
    "Dieses",
    "Doch",
    "Dort",
    "Durch",
    "Ein",
    "Eine",
    "Einen",
    "Einer",
    "Er",
    "Erst",
    "Es",
    "Für",
    "Hier",
    "Ich",
    "Ihr",
    "Ihre",
    "Im",
    "In",
    "Ist",
    "Jetzt",
    "Man",
    "Mit",
    "Nach",
    "Nicht",
    "Noch",
    "Nun",
    "Nur",
    "Ob",
    "Oder",
    "Ohne",
    "Schon",
    "Sein",
    "Seine",
    "Seit",
    "Sie",
    "So",
    "Sogar",
    "Trotz",
    "Über",
    "Um",
    "Und",
    "Unter",
    "Vom",
    "Von",
    "Vor",
    "Wann",
    "Warum",
    "Was",
    "Weil",
    "Wenn",
    "Wer",
    "Wie",
    "Wir",
    "Wo",
    "Zu",
    "Zum",
    "Zur",
];

const FRENCH_STARTERS: &[&str] = &[
    "À", "Après", "Au", "Aussi", "Aux", "Avant", "Avec", "Ce", "Cela", "Ces", "Cet", "Cette", "Comme", "Dans", "De",
    "Depuis", "Des", "Donc", "Du", "Elle", "Elles", "En", "Et", "Il", "Ils", "Je", "La", "Le", "Les", "Leur", "Lors",
    "Mais", "Nous", "On", "Or", "Où", "Par", "Pour", "Pourquoi", "Quand", "Que", "Qui", "Sa", "Sans", "Selon", "Ses",
    "Si", "Son", "Sous", "Sur", "Tous", "Tout", "Un", "Une", "Vous",
];

const SOUTHERN_STARTERS: &[&str] = &[
    "A", "Al", "Ao", "As", "Así", "Che", "Com", "Come", "Como", "Con", "Cuando", "Da", "De", "Del", "Desde", "Después",
    "Di", "E", "Ela", "Ele", "Ella", "Ellos", "El", "Em", "En", "Entre", "Era", "Es", "Esta", "Este", "Esto", "Foi",
    "Gli", "Ha", "Hay", "I", "Il", "In", "La", "Las", "Le", "Lo", "Los", "Ma", "Mas", "Mientras", "Muchos", "Na", "No",
    "Non", "O", "Os", "Para", "Pela", "Pero", "Por", "Quando", "Que", "Questa", "Questo", "Se", "Según", "Si", "Sin",
    "Sobre", "Su", "Sua", "Sus", "También", "Tras", "Um", "Uma", "Un", "Una", "Y", "Ya",
];

/// Names of days and time zones, which follow a time of day (5 p.m. Tuesday, 7 a.m. EST).
pub(super) fn follows_clock_time(word: &str) -> bool {
    const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const ZONES: &[&str] =
        &["Eastern", "Central", "Mountain", "Pacific", "Greenwich", "Japan", "Tokyo", "British", "London"];
    DAYS.contains(&word)
        || ZONES.contains(&word)
        || ((2..=4).contains(&word.len()) && word.ends_with('T') && word.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Whether `word` is a name that is written with an exclamation mark (Yahoo!).
pub(super) fn takes_exclamation_mark(word: &str) -> bool {
    ["Yahoo", "ヤフー", "Jeopardy", "Wham"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{Abbreviation, abbreviation, follows_clock_time};

    #[test]
    fn abbreviations_are_known_by_language_and_letter_case() {
        assert_eq!(abbreviation("Mr", "en"), Some(Abbreviation::Leading));
        assert_eq!(abbreviation("No", "en"), Some(Abbreviation::Numbered));
        assert_eq!(abbreviation("bzw", "de"), Some(Abbreviation::Leading));
        assert_eq!(abbreviation("bzw", "en"), None);
        assert_eq!(abbreviation("mr", "en"), None);
    }

    #[test]
    fn letters_with_full_stops_are_acronyms() {
        assert_eq!(abbreviation("U.S", "en"), Some(Abbreviation::Open));
        assert_eq!(abbreviation("Ph.D", "en"), Some(Abbreviation::Open));
        assert_eq!(abbreviation("p.m", "en"), Some(Abbreviation::Closing));
        assert_eq!(abbreviation("end.Next", "en"), None);
    }

    #[test]
    fn time_zones_follow_a_time_of_day() {
        assert!(follows_clock_time("EST") && follows_clock_time("Tuesday"));
        assert!(!follows_clock_time("The") && !follows_clock_time("T"));
    }
}
