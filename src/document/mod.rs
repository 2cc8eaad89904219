//! Articles as they are read: plain text, Markdown and HTML, in any of the usual encodings.
// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::expect_used))]

mod article;
#[cfg(test)]
mod corpus_tests;
mod date;
mod encoding;
mod html;
mod language;
mod line;
mod load;
mod markdown;
#[cfg(test)]
mod property_tests;
mod ruby;
mod tags;
mod text;
mod wrap;
mod writer;

use std::borrow::Cow;
use std::path::Path;

pub(crate) use self::date::{MONTHS, WEEKDAYS};
pub use self::encoding::decode;
pub(crate) use self::encoding::{Choice, choose, faults, is_unwanted};
pub use self::load::{MAX_FILE_BYTES, MAX_PARAGRAPH_BYTES, load, load_from};
pub(crate) use self::markdown::code as markdown_code;
use crate::error::{Error, Result};
use crate::lang::{self, Lang};
use crate::span::Span;

/// How an article is read; the default asks the file itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding by its WHATWG label (`shift_jis`). A byte order mark wins over it.
    pub encoding: Option<String>,
    /// The language; wins over the file's name and the text.
    pub lang: Option<Lang>,
    /// The project's languages: beside two-letter codes, these count in a file's name.
    pub project_tags: Vec<Lang>,
}

/// An article that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The article.
    pub document: Document,
    /// What the user should know: a guessed encoding, characters that were left out. Each a sentence that names the
    /// file.
    pub notes: Vec<String>,
}

/// Reads the article in the file at `path`; see [`read_bytes`]. The document is called by the file's name.
///
/// # Errors
/// Those of [`load`] and [`read_bytes`].
pub fn read_file(path: &Path, options: &ReadOptions) -> Result<Reading> {
    let bytes = load(path)?;
    let mut reading = read_bytes(&path.display().to_string(), &bytes, options)?;
    if let Some(file) = path.file_name() {
        reading.document.id = file.to_string_lossy().into_owned();
    }
    Ok(reading)
}

/// Reads an article from bytes. The ending of `name` decides the format: `.md` and `.markdown` are Markdown, `.html`,
/// `.htm` and `.xhtml` HTML, all others plain text. `name` stands in the messages and becomes the document's id.
///
/// The language is the one of `options`, or else the one in the name (`ja.md`, `moulds.en.html`), in `<html lang>`, or
/// of the text. A name such as `he.txt` counts only where the text's script fits it.
///
/// # Errors
/// [`Error::Usage`] when the encoding's label is unknown or the language cannot be told, [`Error::Format`] when the bytes
/// are no text or a paragraph is larger than [`MAX_PARAGRAPH_BYTES`].
pub fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Reading> {
    let format = Format::of(name);
    let named = language::of_file_name(name, &options.project_tags);
    let lang = options.lang.clone().or_else(|| named.as_ref().map(|named| named.lang.clone()));
    let declared = if format == Format::Html { html::declared_encoding(bytes) } else { None };
    let (source, mut notes) =
        encoding::decode_declared(name, bytes, options.encoding.as_deref(), declared.as_deref(), lang.as_ref())?;
    let mut page_lang = None;
    let (text, blocks) = match format {
        Format::Text => {
            let text = ruby::without_readings(&ruby::without_tags(&source)).into_owned();
            let blocks = text::blocks(&text);
            (text, blocks)
        }
        Format::Markdown => markdown::read(&ruby::without_readings(&source)),
        Format::Html => {
            let page = html::read(name, &source);
            notes.extend(page.notes);
            page_lang = page.lang.and_then(|tag| tag.parse().ok());
            (page.text, page.blocks)
        }
    };
    if let Some(long) = blocks.iter().find(|block| block.span.end - block.span.start > MAX_PARAGRAPH_BYTES) {
        let line = text.bytes().take(long.span.start).filter(|b| *b == b'\n').count() + 1;
        let message = format!(
            "a paragraph is larger than {} MB, which no article has. Break the text into lines",
            MAX_PARAGRAPH_BYTES >> 20
        );
        return Err(Error::format(Path::new(name), (format == Format::Text).then_some(line), message));
    }
    let is_named =
        options.lang.is_some() || named.is_none_or(|named| !named.is_doubtful || lang::may_be(&text, &named.lang));
    let lang = lang.filter(|_| is_named).or(page_lang).or_else(|| lang::detect(&text)).ok_or_else(|| {
        Error::Usage(format!(
            "cannot tell the language of {name}. Give it with --source-language or --target-language, such as --source-language ja"
        ))
    })?;
    Ok(Reading { document: Document { id: name.to_owned(), lang, text, blocks }, notes })
}

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Html,
}

impl Format {
    fn of(name: &str) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            _ => Self::Text,
        }
    }
}

/// An article in one language: its readable text and the blocks it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What the article is called: its file's name or the name given by the caller.
    pub id: String,
    /// The language it is written in.
    pub lang: Lang,
    /// The readable text. For plain text this is the file's text, character for character but for readings over kanji
    /// (ruby), which are left out; markup of other formats is taken away. All spans point into it.
    pub text: String,
    /// The blocks in order, without overlap; what lies between them is white space and marks.
    pub blocks: Vec<Block>,
}

/// A part of an article that no sentence crosses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Where its text stands in the document's text, without markers and surrounding white space.
    pub span: Span,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A title or section heading (also a line that begins with ▼, ■ or ◆).
    Heading,
    /// An item of a list.
    ListItem,
    /// A quotation set off from the text.
    Quote,
    /// A line of signs between parts (`*****`, `---`).
    Separator,
    /// A line that holds only a date.
    Date,
    /// A line that holds only an account's name (@handle).
    Handle,
}

impl Document {
    /// A text that is segmented already: every line (ended by LF or CRLF; the last one by either or nothing) is one
    /// block, an empty line too, so that line numbers from 0 are block and segment numbers.
    pub fn segmented(id: impl Into<String>, lang: Lang, text: impl Into<String>) -> Self {
        let text = text.into();
        let blocks = text::raw_lines(&text)
            .map(|line| Block { kind: BlockKind::Paragraph, span: line.trimmed(&text) })
            .collect();
        Self { id: id.into(), lang, text, blocks }
    }

    /// The text at `span` on one line: a line break inside a block becomes a space, or nothing between characters of
    /// scripts that are written without spaces.
    pub fn line(&self, span: Span) -> Cow<'_, str> {
        one_line(span.of(&self.text))
    }
}

/// `text` on one line, as [`Document::line`] gives it.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        if let (Some(before), Some(after)) = (out.chars().next_back(), part.chars().next())
            && !(is_wide(before) && is_wide(after))
        {
            out.push(' ');
        }
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// Whether `c` belongs to a script (or its punctuation) that is written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff00}'..='\u{ffef}' | '…' | '―' | '─' | '—')
        || crate::lang::is_han(c)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Document, ReadOptions, Reading, one_line, read_bytes, read_file};
    use crate::error::{Error, Result};
    use crate::lang::Lang;

    fn read(name: &str, text: &str) -> Result<Reading> {
        read_bytes(name, text.as_bytes(), &ReadOptions::default())
    }

    fn lang_of(name: &str, text: &str) -> String {
        read(name, text).expect("a known language").document.lang.into()
    }

    #[test]
    fn the_language_is_that_of_the_options_the_name_the_page_or_the_text() {
        let page = "<html lang=\"de\"><body><p>Ou vai a agua do lago?</p></body></html>";
        let options = ReadOptions { lang: Some(Lang::english()), ..ReadOptions::default() };
        let reading = read_bytes("fr.html", page.as_bytes(), &options).expect("a given language");
        assert_eq!(reading.document.lang, Lang::english());
        assert_eq!(lang_of("fr.html", page), "fr");
        assert_eq!(lang_of("pond.html", page), "de");
        assert_eq!(lang_of("pond.txt", "池の水はどこへ行くのか。"), "ja");
        assert_eq!(lang_of("he.txt", "He asked where the water of the pond goes at night, and nobody knew."), "en");
    }

    #[test]
    fn an_unknown_language_is_an_error_that_names_the_cure() {
        let error = read("a.txt", "12345").expect_err("no letters").to_string();
        assert!(error.contains("a.txt") && error.contains("--source-language ja"), "{error}");
        assert_eq!(lang_of("ja.txt", ""), "ja", "an empty text whose name tells the language");
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let error = read_file(Path::new("no/such/ja.txt"), &ReadOptions::default());
        assert!(matches!(error, Err(Error::Read { .. })));
    }

    #[test]
    fn plain_text_is_kept_character_for_character() {
        let text = "　池。\r\n\r\n水。\t\n";
        assert_eq!(read("ja.log", text).expect("plain text").document.text, text);
    }

    #[test]
    fn readings_over_kanji_are_left_out() {
        for name in ["ja.txt", "ja.md"] {
            let text = read(name, "昔の｜渡し舟《わたしぶね》だ。\n").expect("plain text").document.text;
            assert_eq!(text, "昔の渡し舟だ。\n");
        }
    }

    #[test]
    fn a_page_is_read_in_the_encoding_it_declares() {
        let page = "<html><head><meta charset=\"Shift_JIS\"></head><body><p>硬い。</p></body></html>";
        let bytes = encoding_rs::SHIFT_JIS.encode(page).0;
        let reading = read_bytes("page.html", &bytes, &ReadOptions::default()).expect("a page");
        assert_eq!(reading.document.text, "硬い。\n");
        assert_eq!(reading.notes, [""; 0]);
    }

    #[test]
    fn a_page_too_deep_to_parse_loses_its_tags_and_says_so() {
        let page = format!("{}池の水。", "<div>".repeat(100_000));
        let reading = read("ja.html", &page).expect("a page");
        assert_eq!(reading.document.text, "池の水。\n");
        assert_eq!(reading.notes.len(), 1);
    }

    #[test]
    fn every_line_of_a_segmented_text_is_a_block() {
        let lines = |text: &str| {
            let document = Document::segmented("a", Lang::english(), text);
            document.blocks.iter().map(|b| b.span.of(&document.text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(lines("One.\r\n\n Two.\n  \n@x"), ["One.", "", "Two.", "", "@x"]);
        assert_eq!(lines("One.\n"), ["One."]);
        assert_eq!(lines("One.\n\n"), ["One.", ""]);
        assert_eq!(lines(""), [""; 0]);
    }

    #[test]
    fn broken_lines_join_without_a_space_in_japanese_and_with_one_in_english() {
        assert_eq!(one_line("これは\n対訳です。"), "これは対訳です。");
        assert_eq!(one_line("This is\r\n  parallel text."), "This is parallel text.");
        assert_eq!(one_line("米国の\nAPT31という"), "米国の APT31という");
    }
}
