//! Readings over kanji in plain text, which are no part of its words: ruby in Aozora Bunko's notation or as tags.

use std::borrow::Cow;

use super::tags;
use crate::lang::{is_han, is_hiragana, is_katakana};

/// `text` without the readings in Aozora Bunko's notation: 橋守《はしもり》, ｜渡し舟《わたしぶね》.
///
/// `《》` are brackets of titles as well. They hold readings where every one of them in the text holds kana alone right
/// behind kanji or a base that `｜` begins, and where there is such a base or more than one reading.
pub(super) fn without_readings(text: &str) -> Cow<'_, str> {
    /// The least readings in a text that marks no base.
    const LEAST: usize = 2;
    if !text.contains('《') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let (mut readings, mut bases) = (0usize, 0usize);
    let mut parts = text.split('《');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let Some((_, behind)) = part.split_once('》').filter(|(reading, _)| is_reading(reading)) else {
            return Cow::Borrowed(text);
        };
        if let Some(mark) = base_start(&out) {
            out.remove(mark);
            bases += 1;
        } else if !out.ends_with(is_han) {
            return Cow::Borrowed(text);
        }
        readings += 1;
        out.push_str(behind);
    }
    if bases > 0 || readings >= LEAST { Cow::Owned(out) } else { Cow::Borrowed(text) }
}

fn is_reading(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| is_hiragana(c) || is_katakana(c) || matches!(c, '・' | '　'))
}

/// Where the `｜` stands that begins the base at the end of `text`.
fn base_start(text: &str) -> Option<usize> {
    const LONGEST: usize = 20;
    let (at, _) = text.char_indices().rev().take(LONGEST).take_while(|(_, c)| *c != '\n').find(|(_, c)| *c == '｜')?;
    text.get(at..).is_some_and(|base| base != "｜").then_some(at)
}

/// `text` with the base alone of every `<ruby>` in it.
pub(super) fn without_tags(text: &str) -> Cow<'_, str> {
    const END: &str = "</ruby>";
    if !text.contains("<ruby>") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("<ruby>") {
        out.push_str(before);
        rest = behind;
        if let Some((ruby, behind)) = behind.split_once(END).filter(|(ruby, _)| !ruby.contains('\n')) {
            out.push_str(&tags::strip(&format!("<ruby>{ruby}{END}")));
            rest = behind;
        } else {
            out.push_str("<ruby>");
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{without_readings, without_tags};

    fn assert_without(text: &str, bare: &str) {
        assert_eq!(without_readings(text), bare);
    }

    #[test]
    fn readings_are_left_out() {
        assert_without("橋守《はしもり》は川辺《かわべ》にいた。", "橋守は川辺にいた。");
        assert_without("昔の｜渡し舟《わたしぶね》だ。", "昔の渡し舟だ。");
        assert_without("｜Kawabe《カワベ》と\n橋《はし》", "Kawabeと\n橋");
    }

    #[test]
    fn titles_in_the_same_brackets_are_kept() {
        for text in
            ["映画《はしもり》を見た。", "歌《かわべ》と曲《渡し舟》", "《はし》と橋《はし》", "橋《はし", "橋《》"]
        {
            assert_without(text, text);
        }
    }

    #[test]
    fn tags_in_plain_text_lose_their_readings() {
        assert_eq!(without_tags("<ruby>橋守<rp>（</rp><rt>はしもり</rt><rp>）</rp></ruby>は1 < 2と"), "橋守は1 < 2と");
        for text in ["<ruby>橋", "<ruby>橋\n</ruby>", "橋"] {
            assert_eq!(without_tags(text), text);
        }
    }
}
