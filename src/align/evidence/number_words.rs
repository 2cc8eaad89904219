//! Number words, months and weekdays of languages with spaces.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::align::sentence::fold;

/// What a word says in a number or a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    /// A number up to nineteen, or one written as one word.
    Number(f64),
    /// Twenty to ninety: a smaller number may follow.
    Tens(f64),
    /// Multiplies the number in front (million).
    Scale(f64),
    /// An article that stands for one before a scale word (eine Million).
    Article,
    /// A month, 1 to 12.
    Month(usize),
    /// A day of the week from Monday, 0.
    Weekday(usize),
}

/// The words of a language, in order from the first value on; alternatives are parted by a stroke. (Facts of grammar.)
struct Table {
    /// From 2 on.
    numbers: &'static str,
    /// 20 to 90.
    tens: &'static str,
    /// Between the unit and the ten where the unit stands first in one word (einundzwanzig).
    joint: Option<&'static str>,
    articles: &'static str,
    /// Each with its value.
    scales: &'static [(f64, &'static str)],
    months: &'static str,
    weekdays: &'static str,
}

const TABLES: &[(&str, Table)] = &[
    (
        "de",
        Table {
            numbers: "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
            tens: "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
            joint: Some("und"),
            articles: "ein eine einer einem einen",
            scales: &[
                (100.0, "hundert"),
                (1e3, "tausend"),
                (1e6, "million|millionen|mio"),
                (1e9, "milliarde|milliarden|mrd"),
                (1e12, "billion|billionen"),
            ],
            months: "januar|jänner februar märz april mai juni juli august september oktober november dezember",
            weekdays: "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag",
        },
    ),
    (
        "fr",
        Table {
            numbers: "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
            tens: "vingt trente quarante cinquante soixante septante huitante|octante nonante",
            joint: None,
            articles: "un une",
            scales: &[
                (100.0, "cent|cents"),
                (1e3, "mille"),
                (1e6, "million|millions"),
                (1e9, "milliard|milliards"),
                (1e12, "billion|billions"),
            ],
            months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            weekdays: "lundi mardi mercredi jeudi vendredi samedi dimanche",
        },
    ),
    (
        "es",
        Table {
            numbers: "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve",
            tens: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
            joint: None,
            articles: "un una",
            scales: &[
                (100.0, "cien|ciento|cientos"),
                (1e3, "mil"),
                (1e6, "millón|millones"),
                (1e12, "billón|billones"),
            ],
            months: "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
            weekdays: "lunes martes miércoles jueves viernes sábado domingo",
        },
    ),
    (
        "it",
        Table {
            numbers: "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
            tens: "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
            joint: None,
            articles: "un uno una",
            scales: &[(100.0, "cento"), (1e3, "mille|mila"), (1e6, "milione|milioni"), (1e9, "miliardo|miliardi")],
            months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            weekdays: "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        },
    ),
    (
        "pt",
        Table {
            numbers: "dois|duas três quatro cinco seis sete oito nove dez onze doze treze catorze|quatorze quinze dezesseis|dezasseis dezessete|dezassete dezoito dezenove|dezanove",
            tens: "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
            joint: None,
            articles: "um uma",
            scales: &[
                (100.0, "cem|cento"),
                (1e3, "mil"),
                (1e6, "milhão|milhões"),
                (1e9, "bilhão|bilhões"),
                (1e12, "trilhão|trilhões"),
            ],
            months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            weekdays: "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        },
    ),
    (
        "nl",
        Table {
            numbers: "twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
            tens: "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
            joint: Some("en"),
            articles: "een",
            scales: &[
                (100.0, "honderd"),
                (1e3, "duizend"),
                (1e6, "miljoen|miljoenen"),
                (1e9, "miljard|miljarden"),
                (1e12, "biljoen"),
            ],
            months: "januari februari maart april mei juni juli augustus september oktober november december",
            weekdays: "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        },
    ),
];

/// Words, folded and in lower case, with their meanings.
pub(crate) type Words = HashMap<String, Meaning>;

static WORDS: LazyLock<HashMap<&str, Words>> =
    LazyLock::new(|| TABLES.iter().map(|(lang, table)| (*lang, table.words())).collect());

/// The words of the language with this primary subtag, where a table has them.
pub(super) fn of(primary: &str) -> Option<&'static Words> {
    WORDS.get(primary)
}

impl Table {
    fn words(&self) -> Words {
        let mut words = Words::new();
        let mut add = |list: &str, meaning: Meaning| {
            for word in list.split('|') {
                words.insert(fold(word), meaning);
            }
        };
        for (i, list) in self.numbers.split(' ').enumerate() {
            add(list, Meaning::Number((i + 2) as f64));
        }
        for (i, ten) in self.tens.split(' ').enumerate() {
            let tens = (i + 2) as f64 * 10.0;
            add(ten, Meaning::Tens(tens));
            if let Some(joint) = self.joint {
                let article = self.articles.split(' ').next().unwrap_or_default();
                for (unit, word) in std::iter::once(article).chain(self.numbers.split(' ')).take(9).enumerate() {
                    add(&format!("{word}{joint}{ten}"), Meaning::Number(tens + (unit + 1) as f64));
                }
            }
        }
        for article in self.articles.split(' ') {
            add(article, Meaning::Article);
        }
        for (value, list) in self.scales {
            add(list, Meaning::Scale(*value));
        }
        for (i, list) in self.months.split(' ').enumerate() {
            add(list, Meaning::Month(i + 1));
        }
        for (i, list) in self.weekdays.split(' ').enumerate() {
            add(list, Meaning::Weekday(i));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, TABLES, of};

    #[test]
    fn tables_have_twelve_months_seven_days_and_eight_tens() {
        for (lang, table) in TABLES {
            let count = |list: &str| list.split(' ').count();
            assert_eq!((count(table.months), count(table.weekdays), count(table.tens)), (12, 7, 8), "{lang}");
            assert!(count(table.numbers) >= 15, "{lang}");
        }
    }

    #[test]
    fn words_are_found_folded() {
        let word = |lang: &str, word: &str| of(lang).and_then(|words| words.get(word)).copied();
        assert_eq!(word("de", "funfundzwanzig"), Some(Meaning::Number(25.0)));
        assert_eq!(word("nl", "drieentwintig"), Some(Meaning::Number(23.0)));
        assert_eq!(word("fr", "aout"), Some(Meaning::Month(8)));
        assert_eq!(word("pt", "terca-feira"), Some(Meaning::Weekday(1)));
        assert_eq!(word("es", "millones"), Some(Meaning::Scale(1e6)));
    }
}
