//! The sounds of a name: katakana and Hangul as strings of phonemes.

use unicode_normalization::UnicodeNormalization;

/// The symbols of phonemes, in the order of their numbers.
///
/// `S` is sh, `J` j, `T` ts, `C` ch, `N` the moraic nasal. The second line is for Hangul, whose letters leave open what
/// Latin spellings tell apart: `G` g or k, `D` d or t, `B` b or p, `P` p or f, `Z` j or z, `E` ㅓ, `U` ㅡ.
const SYMBOLS: &[u8] = b"aiueokgsSzJtTCdnNhfbpmryw\
                         GDBPZEU";

/// How many phonemes there are.
pub(super) const PHONEMES: usize = SYMBOLS.len();

/// More sounds or letters than this are a text, not a name.
pub(super) const LONGEST_NAME: usize = 96;

/// A phoneme by its place in the list of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phoneme(pub(super) u8);

impl Phoneme {
    /// The phoneme of `symbol`, if it is one.
    pub(super) fn of(symbol: u8) -> Option<Self> {
        SYMBOLS.iter().position(|&s| s == symbol).map(|place| Self(place as u8))
    }

    /// The symbol.
    pub(super) fn symbol(self) -> u8 {
        SYMBOLS.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Whether this is a vowel.
    pub(super) fn is_vowel(self) -> bool {
        is_vowel(self.symbol())
    }
}

/// Whether the symbol is that of a vowel.
pub(super) fn is_vowel(symbol: u8) -> bool {
    matches!(symbol, b'a' | b'i' | b'u' | b'e' | b'o' | b'E' | b'U')
}

/// A phoneme in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sound {
    pub(super) phoneme: Phoneme,
    /// Whether it is a vowel that may stand only because the script cannot write a bare consonant (ト for t).
    pub(super) epenthetic: bool,
}

/// The sounds of `symbols`, and how many signs without a sound of their own (ー, ッ) stand among them.
pub(super) fn sounds(symbols: &[u8]) -> (Vec<Sound>, usize) {
    let mut out = Vec::with_capacity(symbols.len());
    let mut mute = 0;
    let mut before = 0;
    for &symbol in symbols {
        if let Some(phoneme) = Phoneme::of(symbol) {
            out.push(Sound { phoneme, epenthetic: is_epenthetic(before, symbol) });
        } else {
            mute += 1;
        }
        before = symbol;
    }
    (out, mute)
}

/// Whether the vowel `symbol` behind `before` may be one that only carries the consonant.
fn is_epenthetic(before: u8, symbol: u8) -> bool {
    match symbol {
        b'U' => true,
        b'u' => {
            matches!(before, b'k' | b'g' | b's' | b'z' | b'T' | b't' | b'n' | b'h' | b'f' | b'b' | b'p' | b'm')
                || matches!(before, b'r' | b'd' | b'S' | b'J' | b'C')
        }
        b'o' => matches!(before, b't' | b'd'),
        b'i' => matches!(before, b'S' | b'J' | b'C' | b'k'),
        _ => false,
    }
}

/// The symbols of a text in katakana, with `-` for ー and `Q` for ッ; everything that is no kana is passed over.
///
/// Half-width kana count as full-width. Characters that only look like katakana count as what they look like as soon as
/// the text holds real katakana: the slip `ダレ―` with a dash is common in print.
pub(super) fn katakana_symbols(text: &str) -> Vec<u8> {
    let composed: Vec<char> = text.nfkc().collect();
    let genuine = composed.iter().any(|&c| base(c).is_some());
    let mut out: Vec<u8> = Vec::with_capacity(composed.len() * 2);
    // Where the last mora begins, for the small kana that change it.
    let mut mora = 0;
    for c in composed {
        let c = if genuine { look_alike(c).unwrap_or(c) } else { c };
        if let Some(symbols) = base(c) {
            mora = out.len();
            out.extend_from_slice(symbols);
        } else if let Some((glide, vowel)) = small(c) {
            let changed = combined(out.get(mora..).unwrap_or_default(), glide, vowel);
            out.truncate(mora);
            out.extend(changed);
        } else if matches!(c, 'ー' | 'ッ') && !out.is_empty() {
            out.push(if c == 'ー' { b'-' } else { b'Q' });
            mora = out.len();
        } else {
            mora = out.len();
        }
    }
    out
}

/// The katakana that `c` is mistaken for.
pub(super) fn look_alike(c: char) -> Option<char> {
    Some(match c {
        '―' | '—' | '‐' | '−' | '─' | '一' => 'ー',
        '二' => 'ニ',
        '力' => 'カ',
        '工' => 'エ',
        '夕' => 'タ',
        '八' => 'ハ',
        '口' => 'ロ',
        '卜' => 'ト',
        '才' => 'オ',
        'り' => 'リ',
        'へ' => 'ヘ',
        'べ' => 'ベ',
        'ぺ' => 'ペ',
        _ => return None,
    })
}

/// The symbols of a kana of full size.
fn base(c: char) -> Option<&'static [u8]> {
    Some(match c {
        'ア' => b"a",
        'イ' | 'ヰ' => b"i",
        'ウ' => b"u",
        'エ' | 'ヱ' => b"e",
        'オ' | 'ヲ' => b"o",
        'カ' | 'ヵ' => b"ka",
        'キ' => b"ki",
        'ク' | 'ㇰ' => b"ku",
        'ケ' | 'ヶ' => b"ke",
        'コ' => b"ko",
        'サ' => b"sa",
        'シ' | 'ㇱ' => b"Si",
        'ス' | 'ㇲ' => b"su",
        'セ' => b"se",
        'ソ' => b"so",
        'タ' => b"ta",
        'チ' => b"Ci",
        'ツ' => b"Tu",
        'テ' => b"te",
        'ト' | 'ㇳ' => b"to",
        'ナ' => b"na",
        'ニ' => b"ni",
        'ヌ' | 'ㇴ' => b"nu",
        'ネ' => b"ne",
        'ノ' => b"no",
        'ハ' | 'ㇵ' => b"ha",
        'ヒ' | 'ㇶ' => b"hi",
        'フ' | 'ㇷ' => b"fu",
        'ヘ' | 'ㇸ' => b"he",
        'ホ' | 'ㇹ' => b"ho",
        'マ' => b"ma",
        'ミ' => b"mi",
        'ム' | 'ㇺ' => b"mu",
        'メ' => b"me",
        'モ' => b"mo",
        'ヤ' => b"ya",
        'ユ' => b"yu",
        'ヨ' => b"yo",
        'ラ' | 'ㇻ' => b"ra",
        'リ' | 'ㇼ' => b"ri",
        'ル' | 'ㇽ' => b"ru",
        'レ' | 'ㇾ' => b"re",
        'ロ' | 'ㇿ' => b"ro",
        'ワ' | 'ヮ' => b"wa",
        'ン' => b"N",
        'ガ' => b"ga",
        'ギ' => b"gi",
        'グ' => b"gu",
        'ゲ' => b"ge",
        'ゴ' => b"go",
        'ザ' => b"za",
        'ジ' | 'ヂ' => b"Ji",
        'ズ' | 'ヅ' => b"zu",
        'ゼ' => b"ze",
        'ゾ' => b"zo",
        'ダ' => b"da",
        'デ' => b"de",
        'ド' => b"do",
        'バ' | 'ヷ' => b"ba",
        'ビ' | 'ヸ' => b"bi",
        'ブ' | 'ヴ' => b"bu",
        'ベ' | 'ヹ' => b"be",
        'ボ' | 'ヺ' => b"bo",
        'パ' => b"pa",
        'ピ' => b"pi",
        'プ' => b"pu",
        'ペ' => b"pe",
        'ポ' => b"po",
        _ => return None,
    })
}

/// The vowel of a small kana, and whether it brings a glide (ャ ュ ョ).
fn small(c: char) -> Option<(bool, u8)> {
    Some(match c {
        'ァ' => (false, b'a'),
        'ィ' => (false, b'i'),
        'ゥ' => (false, b'u'),
        'ェ' => (false, b'e'),
        'ォ' => (false, b'o'),
        'ャ' => (true, b'a'),
        'ュ' => (true, b'u'),
        'ョ' => (true, b'o'),
        _ => return None,
    })
}

/// The mora that a small kana makes of the one before it: フ + ァ = fa, キ + ャ = kya, グ + ァ = gwa, ウ + ィ = wi.
fn combined(mora: &[u8], glide: bool, vowel: u8) -> Vec<u8> {
    match *mora {
        [consonant @ (b'S' | b'C' | b'J'), b'i'] => vec![consonant, vowel],
        [consonant, b'i' | b'u' | b'e'] if glide && !is_vowel(consonant) => vec![consonant, b'y', vowel],
        [b'u'] if !glide => vec![b'w', vowel],
        [b'i'] if !glide && vowel == b'e' => vec![b'y', vowel],
        [consonant @ (b'k' | b'g'), b'u'] if !glide => vec![consonant, b'w', vowel],
        [consonant @ (b'f' | b'T' | b'b' | b's' | b'z' | b't' | b'd'), b'u' | b'e' | b'o'] if !glide => {
            vec![consonant, vowel]
        }
        [consonant, b'i'] if !glide && vowel == b'e' => vec![consonant, b'y', vowel],
        // A small vowel that only draws out the one before (ファァ), or stands alone.
        [.., last] if last == vowel => mora.to_vec(),
        _ => {
            let mut out = mora.to_vec();
            if glide {
                out.push(b'y');
            }
            out.push(vowel);
            out
        }
    }
}

/// The symbols of a text in Hangul syllables; everything else is passed over.
pub(super) fn hangul_symbols(text: &str) -> Vec<u8> {
    // The order of the jamo in a syllable's number (The Unicode Standard, 3.12).
    const INITIALS: [&[u8]; 19] = [
        b"G", b"k", b"n", b"D", b"t", b"r", b"m", b"B", b"p", b"s", b"s", b"", b"Z", b"T", b"C", b"k", b"t", b"P", b"h",
    ];
    const MEDIALS: [&[u8]; 21] = [
        b"a", b"e", b"ya", b"ye", b"E", b"e", b"yE", b"ye", b"o", b"wa", b"we", b"we", b"yo", b"u", b"wE", b"we",
        b"wi", b"yu", b"U", b"Ui", b"i",
    ];
    const FINALS: [&[u8]; 28] = [
        b"", b"G", b"k", b"G", b"N", b"N", b"N", b"t", b"r", b"rG", b"rm", b"rB", b"r", b"r", b"rP", b"r", b"m", b"B",
        b"B", b"t", b"t", b"N", b"t", b"t", b"k", b"t", b"P", b"",
    ];
    let mut out: Vec<u8> = Vec::new();
    for c in text.nfc() {
        let Some(number) = u32::from(c).checked_sub(0xac00).filter(|&n| n < 11_172) else { continue };
        let part = |table: &'static [&'static [u8]], index: u32| table.get(index as usize).copied().unwrap_or_default();
        let initial = part(&INITIALS, number / 588);
        let medial = part(&MEDIALS, number % 588 / 28);
        // 밀라 is mila: l between vowels is written ㄹㄹ.
        if !(initial == b"r" && out.last() == Some(&b'r')) {
            out.extend_from_slice(initial);
        }
        match (out.last(), medial) {
            // 시 sounds like shi, and 슈 like shu.
            (Some(b's'), [b'i'] | [b'w', b'i']) => replace_last(&mut out, b'S', medial),
            (Some(b's' | b'Z' | b'C'), [b'y', rest @ ..]) => {
                let symbol = if out.last() == Some(&b's') { b'S' } else { out.last().copied().unwrap_or_default() };
                replace_last(&mut out, symbol, rest);
            }
            _ => out.extend_from_slice(medial),
        }
        out.extend_from_slice(part(&FINALS, number % 28));
    }
    out
}

/// Puts `symbol` in the place of the last one, and `rest` behind it.
fn replace_last(out: &mut Vec<u8>, symbol: u8, rest: &[u8]) {
    out.pop();
    out.push(symbol);
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::{hangul_symbols, katakana_symbols, sounds};

    #[track_caller]
    fn assert_symbols(kana: &str, symbols: &str) {
        assert_eq!(String::from_utf8_lossy(&katakana_symbols(kana)), symbols, "{kana}");
    }

    #[test]
    fn small_kana_change_the_mora_before_them() {
        assert_symbols("ヴェルディ", "berudi");
        assert_symbols("グァテマラ", "gwatemara");
        assert_symbols("シュヴァルツェネッガー", "SubaruTeneQga-");
        assert_symbols("ウィリアム", "wiriamu");
        assert_symbols("イェーツ", "ye-Tu");
        assert_symbols("キュリー", "kyuri-");
        assert_symbols("テューダー", "tyu-da-");
        assert_symbols("チェコ", "Ceko");
        assert_symbols("トゥール", "tu-ru");
        assert_symbols("クィーン", "kwi-N");
    }

    #[test]
    fn half_width_and_decomposed_kana_sound_the_same() {
        assert_symbols("ｶﾞｰﾅ", "ga-na");
        assert_symbols("カ\u{3099}ーナ", "ga-na");
    }

    #[test]
    fn look_alikes_count_only_beside_katakana() {
        assert_symbols("ダレ―", "dare-");
        assert_symbols("口一力", "");
        assert_symbols("ブラウ二一", "burauni-");
    }

    #[test]
    fn dots_and_latin_letters_have_no_sound() {
        assert_symbols("マリー・キュリーX", "mari-kyuri-");
        assert_symbols("・＝ー", "");
        assert_symbols("ュ", "yu");
    }

    #[test]
    fn vowels_that_only_carry_a_consonant_are_marked() {
        let (all, mute) = sounds(&katakana_symbols("トラック"));
        let weak: Vec<bool> = all.iter().map(|s| s.epenthetic).collect();
        assert_eq!(weak, [false, true, false, false, false, true]);
        assert_eq!(mute, 1);
    }

    #[test]
    fn hangul_is_read_by_its_jamo() {
        let read = |text: &str| String::from_utf8_lossy(&hangul_symbols(text)).into_owned();
        assert_eq!(read("트럼프"), "tUrEmPU");
        assert_eq!(read("밀라노"), "mirano");
        assert_eq!(read("시드니"), "SiDUni");
        assert_eq!(read("쇼팽"), "SoPeN");
        assert_eq!(read("Seoul 3"), "");
    }
}
