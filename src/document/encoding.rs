//! From bytes to text: byte order marks, declared, given and guessed encodings.

use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};
use crate::lang::{Lang, is_hangul, is_hiragana, is_katakana};

/// A text has fewer bad characters than this, or they are few among the others.
const LEAST_BAD: usize = 16;
/// So many characters of a text go with a bad one at least. Random bytes read in any encoding have a bad one in ten.
const TEXT_PER_BAD: usize = 20;

/// The text of `bytes` and what is worth telling of how it was read. `name` stands in the messages.
///
/// A byte order mark decides first, then `encoding` (a WHATWG label such as `shift_jis`), then what the bytes prove
/// (UTF-8, UTF-16 by its zero bytes, ISO-2022-JP by its escapes), then a guess. A guess, bytes that do not belong to
/// the encoding and control characters are told in a note each; the control characters are left out. Line breaks of old
/// Macintosh files (CR alone) become LF.
///
/// Fails on a label that nobody knows, on a file that is no text (a picture, a program, an archive, an office document), and
/// when so many characters are bad that it is none, or one in another encoding.
pub fn decode(name: &str, bytes: &[u8], encoding: Option<&str>) -> Result<(String, Vec<String>)> {
    decode_declared(name, bytes, encoding, None, None)
}

/// As [`decode`], with the label that the file itself declares, which is asked before guessing, and the language that
/// is known from elsewhere, which helps to guess.
pub(super) fn decode_declared(
    name: &str,
    bytes: &[u8],
    encoding: Option<&str>,
    declared: Option<&str>,
    lang: Option<&Lang>,
) -> Result<(String, Vec<String>)> {
    let Choice { encoding, mark, mut notes } = choose(name, bytes, encoding, declared, lang)?;
    let body = bytes.get(mark..).unwrap_or_default();
    let (text, has_bad) = encoding.decode_without_bom_handling(body);
    let Faults { bad, controls } = faults(name, &text, has_bad, encoding)?;
    if has_bad {
        notes.push(format!(
            "{name} holds bytes that are no {}: {bad} {} replaced by U+FFFD, first in line {}.",
            encoding.name(),
            if bad == 1 { "place is" } else { "places are" },
            text.chars().take_while(|c| *c != char::REPLACEMENT_CHARACTER).filter(|c| *c == '\n').count() + 1
        ));
    }
    let mut text = text.into_owned();
    if !text.contains('\n') && text.contains('\r') {
        text = text.replace('\r', "\n");
    }
    if controls > 0 {
        text.retain(|c| !is_unwanted(c));
        notes.push(format!(
            "{name}: {controls} control {} left out.",
            if controls == 1 { "character is" } else { "characters are" }
        ));
    }
    Ok((text, notes))
}

/// In which encoding a text is, and how that was found.
#[derive(Debug)]
pub(crate) struct Choice {
    /// The encoding.
    pub(crate) encoding: &'static Encoding,
    /// The length of the byte order mark, in bytes.
    pub(crate) mark: usize,
    /// A note where it was guessed.
    pub(crate) notes: Vec<String>,
}

/// The encoding of a text that begins with `bytes`, as [`decode_declared`] finds it.
pub(crate) fn choose(
    name: &str,
    bytes: &[u8],
    encoding: Option<&str>,
    declared: Option<&str>,
    lang: Option<&Lang>,
) -> Result<Choice> {
    let given = encoding.map(known).transpose()?;
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(binary(name, kind));
    }
    if [b"\xff\xfe\0\0", b"\0\0\xfe\xff"].iter().any(|mark| bytes.starts_with(*mark)) || is_utf_32(bytes) {
        let message = "this is text in UTF-32, which is not read. Save it as UTF-8";
        return Err(Error::format(Path::new(name), None, message));
    }
    let sure = |encoding, mark| Choice { encoding, mark, notes: Vec::new() };
    let guess = |encoding| Choice { encoding, mark: 0, notes: vec![guess_note(name, encoding)] };
    Ok(if let Some((marked, length)) = Encoding::for_bom(bytes) {
        sure(marked, length)
    } else if let Some(given) = given {
        let note = (given != UTF_8 && !bytes.is_ascii() && proven(bytes) == Some(UTF_8)).then(|| {
            let given = given.name();
            format!("{name} is read as {given}, as --encoding says, but its bytes are UTF-8: leave the option out if that is wrong.")
        });
        Choice { encoding: given, mark: 0, notes: note.into_iter().collect() }
    } else if let Some(proven) = proven(bytes) {
        if proven == UTF_8 { sure(proven, 0) } else { guess(proven) }
    } else if let Some(declared) = declared
        .and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()))
        .filter(|declared| can_be(declared, bytes))
    {
        sure(declared, 0)
    } else {
        guess(guessed(bytes, lang))
    })
}

/// Whether a text may be in the encoding that it declares: of what is not ASCII, it can read more than it cannot.
fn can_be(declared: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, has_bad) = declared.decode_without_bom_handling(bytes);
    let bad = text.matches(char::REPLACEMENT_CHARACTER).count();
    !has_bad || bad < text.chars().filter(|c| !c.is_ascii()).count() - bad
}

/// What does not belong into a text.
#[derive(Debug)]
pub(crate) struct Faults {
    /// How many places could not be read.
    pub(crate) bad: usize,
    /// How many control characters there are.
    pub(crate) controls: usize,
}

/// The faults of a text that was read in an encoding. Fails when they are so many that it is none.
pub(crate) fn faults(name: &str, text: &str, has_bad: bool, encoding: &'static Encoding) -> Result<Faults> {
    let controls = text.chars().filter(|&c| is_unwanted(c)).count();
    let bad = if has_bad { text.matches('\u{fffd}').count() } else { 0 };
    if bad + controls >= LEAST_BAD && (bad + controls) * TEXT_PER_BAD > text.chars().count() {
        let message = format!(
            "this is no text in {}: {} of its {} characters are control characters or cannot be read. Name a text file, or \
             give the right --encoding",
            encoding.name(),
            bad + controls,
            text.chars().count()
        );
        return Err(Error::format(Path::new(name), None, message));
    }
    Ok(Faults { bad, controls })
}

/// How files begin that are no texts, and what they are.
const SIGNATURES: [(&[u8], &str); 8] = [
    (b"\x7fELF", "a program"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a zip archive or an office document (.docx, .xlsx, .odt)"),
    (b"\xd0\xcf\x11\xe0", "an office document (.doc, .xls)"),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\0", "a database"),
];

/// The error for a file that holds no text.
fn binary(name: &str, kind: &str) -> Error {
    let message =
        format!("this is {kind}, not text. Open it in the program it belongs to and save it as plain text or HTML");
    Error::format(Path::new(name), None, message)
}

fn guess_note(name: &str, encoding: &'static Encoding) -> String {
    format!("{name} is read as {}, which was guessed; give --encoding if that is wrong.", encoding.name())
}

/// The encoding of that label, or an error that names some.
fn known(label: &str) -> Result<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| {
        Error::Usage(format!(
            "{label:?} is no encoding. Known are utf-8, shift_jis, euc-jp, iso-2022-jp, utf-16le, windows-1252 and the other WHATWG labels"
        ))
    })
}

/// Control characters, which no article means; tab and line breaks are text.
pub(crate) fn is_unwanted(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}

/// The encoding that the bytes leave no doubt about. The seven-bit ones come first: they are valid UTF-8 as well.
fn proven(bytes: &[u8]) -> Option<&'static Encoding> {
    if has_iso_2022_jp_escapes(bytes) {
        return Some(ISO_2022_JP);
    }
    if let Some(utf_16) = unmarked_utf_16(bytes) {
        return Some(utf_16);
    }
    is_mostly_utf_8(bytes).then_some(UTF_8)
}

/// Whether this is a seven-bit text with an escape that calls JIS X 0208 (`ESC $ @`, `ESC $ B`).
fn has_iso_2022_jp_escapes(bytes: &[u8]) -> bool {
    bytes.is_ascii() && bytes.windows(3).any(|w| matches!(w, [0x1b, b'$', b'@' | b'B']))
}

/// Whether every four bytes make a character of UTF-32, which has a zero byte at one end of each.
fn is_utf_32(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 4096;
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let all = |order: fn([u8; 4]) -> u32| {
        let mut units = sample.chunks_exact(4).filter_map(|unit| unit.try_into().ok()).map(order);
        units.all(|unit| unit > 0 && char::from_u32(unit).is_some())
    };
    bytes.len() >= 8 && bytes.len().is_multiple_of(4) && (all(u32::from_le_bytes) || all(u32::from_be_bytes))
}

/// UTF-16 without a mark: it has zero bytes, and only in the right order do its units make usual characters.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    /// The share of usual characters that no other encoding reaches by chance: other bytes read as UTF-16 are rare Han.
    const USUAL: f64 = 0.3;
    if bytes.len() < 2 || !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    let share = |unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok()).map(unit);
        units.filter(|&unit| is_usual(unit)).count() as f64 / (bytes.len() / 2) as f64
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    if little.max(big) < USUAL { None } else { Some(if little >= big { UTF_16LE } else { UTF_16BE }) }
}

/// Whether a UTF-16 unit is an ASCII sign, a kana or a mark of Japanese writing.
fn is_usual(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e)
        || char::from_u32(unit.into())
            .is_some_and(|c| is_hiragana(c) || is_katakana(c) || matches!(c, '\u{3000}'..='\u{3002}' | '「' | '」'))
}

/// Whether this is UTF-8, if need be with a few broken places or a damaged tail: the other encodings of Japanese are broken
/// everywhere.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    /// Whole multi-byte characters for each broken place.
    const WHOLE_PER_BROKEN: usize = 20;
    /// Whole multi-byte characters before the first broken place that only UTF-8 has, wherever it breaks later.
    const WHOLE_BEFORE_TAIL: usize = 20;
    let (mut whole, mut broken, mut whole_before) = (0usize, 0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        if broken == 0 {
            whole_before = whole;
        }
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || whole >= broken * WHOLE_PER_BROKEN || whole_before >= WHOLE_BEFORE_TAIL || is_mixed_utf_8(bytes)
}

/// Whether lines in UTF-8 stand beside no more lines in another encoding, as where files were joined: no line in another
/// encoding is UTF-8 from end to end and holds several kana, kanji or Korean syllables.
fn is_mixed_utf_8(bytes: &[u8]) -> bool {
    const SEVERAL: usize = 3;
    let is_east_asian = |c: &char| matches!(c, '\u{3001}'..='\u{9fff}') || is_hangul(*c);
    let (mut whole, mut broken) = (0usize, 0usize);
    for line in bytes.split(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(text) => whole += usize::from(text.chars().filter(is_east_asian).count() >= SEVERAL),
            Err(_) => broken += 1,
        }
    }
    whole > 0 && whole >= broken
}

/// The likeliest of the old encodings, judged by the bytes and, where it is known, the language.
fn guessed(bytes: &[u8], lang: Option<&Lang>) -> &'static Encoding {
    // chardetng weighs the encodings by the country of the page; a language stands for the country.
    let country: Option<&[u8]> = match lang.map(Lang::primary) {
        Some("ja") => Some(b"jp"),
        Some("ko") => Some(b"kr"),
        Some("zh") => Some(b"cn"),
        _ => None,
    };
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(country, Utf8Detection::Deny);
    if guess != SHIFT_JIS && is_half_width_kana(bytes) {
        return SHIFT_JIS;
    }
    if lang.is_some_and(Lang::is_japanese) && !matches!(guess.name(), "Shift_JIS" | "EUC-JP") {
        // A text that is known to be Japanese and reads as Japanese without a fault is no other.
        return [SHIFT_JIS, EUC_JP].into_iter().find(|e| !e.decode_without_bom_handling(bytes).1).unwrap_or(guess);
    }
    guess
}

/// Whether the bytes are likely half-width katakana in `Shift_JIS`, one byte each: nothing else stands above ASCII, and in
/// EUC-JP they would be kanji without a kana or a mark between them. Of real kanji in EUC-JP every third byte lies beyond
/// the katakana.
fn is_half_width_kana(bytes: &[u8]) -> bool {
    const LEAST: usize = 12;
    /// Of so many characters in EUC-JP one is a kana or a mark at least.
    const PER_KANA: usize = 10;
    let high = bytes.iter().filter(|byte| !byte.is_ascii());
    if high.clone().count() < LEAST || !high.clone().all(|byte| matches!(byte, 0xa1..=0xdf)) {
        return false;
    }
    let (text, has_bad) = EUC_JP.decode_without_bom_handling(bytes);
    let is_kana =
        |c: char| is_hiragana(c) || ('\u{30a1}'..='\u{30fc}').contains(&c) || ('\u{3000}'..='\u{303f}').contains(&c);
    let others = text.chars().filter(|c| !c.is_ascii()).count();
    has_bad || text.chars().filter(|c| is_kana(*c)).count() * PER_KANA < others
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, WINDOWS_1252};

    use super::{decode, decode_declared};
    use crate::lang::Lang;

    const JAPANESE: &str = "　池の水を、夜のうちに山の上まで汲み上げておく。\n昼の電気が余るからだ。\n";

    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        decode("article.txt", bytes, None).expect("no label is given")
    }

    fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    fn guess_note(name: &str, encoding: &str) -> String {
        format!("{name} is read as {encoding}, which was guessed; give --encoding if that is wrong.")
    }

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf_8_is_read_without_a_note_and_its_mark_is_dropped() {
        assert_eq!(read(JAPANESE.as_bytes()), (JAPANESE.to_owned(), vec![]));
        assert_eq!(read("\u{feff}対訳".as_bytes()), ("対訳".to_owned(), vec![]));
        assert_eq!(read(b""), (String::new(), vec![]));
    }

    #[test]
    fn a_line_in_another_encoding_leaves_the_others_in_utf_8() {
        let (good, bad) = ("池の水を汲む。\n", encoded("山の上まで汲み上げる。", SHIFT_JIS));
        let (text, notes) = read(&[good.as_bytes(), &bad, b"\n", good.as_bytes()].concat());
        assert!(text.starts_with(good) && text.ends_with(good), "{text}");
        assert!(notes[0].ends_with(", first in line 2."), "{notes:?}");
        let (text, _) = read(&[&bad, b"\n".as_slice(), &bad, b"\n", &bad].concat());
        assert!(text.starts_with("山の上まで"), "{text}");
    }

    #[test]
    fn utf_16_is_known_by_its_mark_or_its_zero_bytes() {
        for text in [JAPANESE, "Plain English.\n"] {
            let marked = format!("\u{feff}{text}");
            #[allow(clippy::type_complexity, reason = "a table of two, used once")]
            let orders: [(fn(u16) -> [u8; 2], &str); 2] =
                [(u16::to_le_bytes, "UTF-16LE"), (u16::to_be_bytes, "UTF-16BE")];
            for (order, name) in orders {
                assert_eq!(read(&utf_16(&marked, order)), (text.to_owned(), vec![]));
                assert_eq!(read(&utf_16(text, order)), (text.to_owned(), vec![guess_note("article.txt", name)]));
            }
        }
    }

    #[test]
    fn stray_zero_bytes_do_not_make_utf_16() {
        let (text, notes) = read(b"Plain\0 English.\x07");
        assert_eq!(text, "Plain English.");
        assert_eq!(notes, ["article.txt: 2 control characters are left out."]);
    }

    #[test]
    fn what_is_no_text_is_an_error_whatever_it_is_mixed_with() {
        // Bytes of a linear congruential generator, as a packed file has them.
        let noise: Vec<u8> = (0..4000u32)
            .scan(1u32, |state, _| {
                *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                Some((*state >> 24) as u8)
            })
            .collect();
        let half = [JAPANESE.repeat(20).as_bytes(), &noise].concat();
        for bytes in [noise, half, vec![0; 100]] {
            let error = decode("photo.txt", &bytes, None).expect_err("no text").to_string();
            assert!(error.starts_with("photo.txt: this is no text in "), "{error}");
        }
    }

    #[test]
    fn a_wrong_encoding_is_an_error_when_hardly_anything_can_be_read() {
        let error = decode("ja.txt", &encoded(&JAPANESE.repeat(9), SHIFT_JIS), Some("utf-8")).expect_err("no UTF-8");
        assert!(error.to_string().contains("no text in UTF-8"), "{error}");
    }

    #[test]
    fn iso_2022_jp_is_known_by_its_escapes() {
        let notes = vec![guess_note("article.txt", "ISO-2022-JP")];
        assert_eq!(read(&encoded(JAPANESE, ISO_2022_JP)), (JAPANESE.to_owned(), notes));
    }

    #[test]
    fn the_old_japanese_encodings_are_guessed_and_the_guess_is_told() {
        for encoding in [SHIFT_JIS, EUC_JP] {
            let (text, notes) = read(&encoded(JAPANESE, encoding));
            assert_eq!(text, JAPANESE);
            assert_eq!(notes, [guess_note("article.txt", encoding.name())]);
        }
    }

    #[test]
    fn a_few_words_of_shift_jis_are_guessed_when_the_language_is_known() {
        for words in ["毎日。", "五時半", "カタカナ", "硬い"] {
            let bytes = encoded(words, SHIFT_JIS);
            let japanese = Lang::japanese();
            let (text, _) = decode_declared("a", &bytes, None, None, Some(&japanese)).expect("no label is given");
            assert_eq!(text, words);
        }
    }

    #[test]
    fn half_width_katakana_are_shift_jis() {
        let text = "ｲｹﾉ ﾐｽﾞｦ ﾖﾙﾆ ｸﾐｱｹﾞﾙ｡ﾋﾙﾆ ﾅｶﾞｽ｡\n";
        assert_eq!(read(&encoded(text, SHIFT_JIS)).0, text);
        let kanji = "日本銀行、金利を据え置き\n";
        assert_eq!(read(&encoded(kanji, EUC_JP)).0, kanji);
    }

    #[test]
    fn utf_32_is_named() {
        let bytes = |text: &str| text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect::<Vec<u8>>();
        for text in ["\u{feff}池の水。", "池の水。", "Plain English."] {
            let error = decode("a.txt", &bytes(text), None).expect_err("not read").to_string();
            assert!(error.contains("UTF-32"), "{error}");
        }
    }

    #[test]
    fn curly_quotes_of_windows_are_guessed() {
        let text = "It’s “the clock”, she said – again and again – and the café is full.";
        assert_eq!(read(&encoded(text, WINDOWS_1252)).0, text);
    }

    #[test]
    fn the_given_encoding_wins_and_bad_bytes_are_told() {
        let bytes = encoded("池", EUC_JP);
        assert_eq!(decode("a", &bytes, Some("euc-jp")).expect("known label"), ("池".to_owned(), vec![]));
        let (_, notes) = decode("a.txt", "池の水を".as_bytes(), Some("shift_jis")).expect("known label");
        assert!(
            notes[0].starts_with("a.txt is read as Shift_JIS, as --encoding says, but its bytes are UTF-8"),
            "{notes:?}"
        );
        let (text, notes) = decode("a.txt", b"ab\xffcd", Some("utf-8")).expect("known label");
        assert_eq!(text, "ab\u{fffd}cd");
        assert_eq!(notes, ["a.txt holds bytes that are no UTF-8: 1 place is replaced by U+FFFD, first in line 1."]);
    }

    #[test]
    fn one_broken_byte_does_not_make_utf_8_another_encoding() {
        let mut bytes = JAPANESE.as_bytes().to_vec();
        bytes.push(0xe3);
        let (text, notes) = read(&bytes);
        assert_eq!(text, format!("{JAPANESE}\u{fffd}"));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn a_damaged_tail_does_not_make_utf_8_another_encoding() {
        let mut bytes = JAPANESE.as_bytes().to_vec();
        bytes = [bytes.repeat(90), [0xff, 0x80, 0x20].repeat(50)].concat();
        let (text, notes) = read(&bytes);
        assert!(text.starts_with(JAPANESE) && text.contains('\u{fffd}'), "{text}");
        assert!(notes[0].starts_with("article.txt holds bytes that are no UTF-8: "), "{notes:?}");
    }

    #[test]
    fn files_that_are_no_text_are_errors_with_a_cure() {
        let noise: Vec<u8> = (0..2000u32).map(|i| (i * 37 % 251) as u8).collect();
        assert!(decode("a.txt", &noise, None).is_err_and(|e| e.to_string().contains("this is no text")));
        for (bytes, kind) in [
            (&b"\x7fELF\x02\x01"[..], "a program"),
            (b"\x1f\x8b", "a gzip archive"),
            (b"PK\x03\x04\x14\0", "a zip archive or an office document"),
            (b"%PDF-1.7\n", "a PDF document"),
        ] {
            let error = decode("a.txt", bytes, None).expect_err("no text");
            assert!(matches!(error, crate::error::Error::Format { .. }), "the file is at fault, not the command");
            let told = error.to_string();
            assert!(
                told.starts_with(&format!("a.txt: this is {kind}")) && told.contains("save it as plain text"),
                "{told}"
            );
        }
    }

    #[test]
    fn carriage_returns_alone_are_line_breaks() {
        assert_eq!(read("一。\r二。\r".as_bytes()).0, "一。\n二。\n");
        assert_eq!(read("一。\r\n二。\r\n".as_bytes()).0, "一。\r\n二。\r\n");
    }

    #[test]
    fn the_declared_encoding_comes_before_a_guess_and_behind_utf_8() {
        let bytes = encoded("caf\u{e9}", WINDOWS_1252);
        let read = |bytes: &[u8], declared| decode_declared("a", bytes, None, Some(declared), None).expect("no label");
        assert_eq!(read(&bytes, "iso-8859-1"), ("café".to_owned(), vec![]));
        assert_eq!(read("café".as_bytes(), "shift_jis"), ("café".to_owned(), vec![]));
    }

    #[test]
    fn a_declared_encoding_in_which_most_cannot_be_read_is_none() {
        let sentence = "池の水を、夜のうちに山の上まで汲み上げておく。";
        for encoding in [SHIFT_JIS, EUC_JP] {
            let read = decode_declared("a", &encoded(sentence, encoding), None, Some("utf-8"), None).expect("a text");
            assert_eq!(read.0, sentence, "{}", encoding.name());
        }
        let damaged = [sentence.as_bytes(), b"\xff\n", sentence.as_bytes()].concat();
        let (text, notes) = decode_declared("a", &damaged, None, Some("utf-8"), None).expect("a text");
        assert_eq!((text.matches('\u{fffd}').count(), notes.len()), (1, 1));
    }

    #[test]
    fn an_unknown_label_is_an_error_that_names_known_ones() {
        let error = decode("a", b"", Some("sjiss")).expect_err("no such label").to_string();
        assert!(error.contains("\"sjiss\"") && error.contains("shift_jis"), "{error}");
    }
}
