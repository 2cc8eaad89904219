//! HTML: the article of a page, without the page around it.

use scraper::{ElementRef, Html};

use super::article::{self, Boilerplate};
use super::writer::{HARD_BREAK, Writer};
use super::{Block, BlockKind, is_wide, tags};

/// The article of a page.
pub(super) struct Page {
    /// Its readable text.
    pub(super) text: String,
    /// Its blocks.
    pub(super) blocks: Vec<Block>,
    /// The tag that the page names as its language.
    pub(super) lang: Option<String>,
    /// What the reader of the article should know.
    pub(super) notes: Vec<String>,
}

/// The largest page that is parsed, in bytes: finding its article takes seconds.
const LARGEST: usize = 20 << 20;

/// The deepest nesting that is parsed: the parsers' time grows with its square.
const DEEPEST: usize = 512;

/// Reads the article of the page `html`; `name` stands in the notes.
pub(super) fn read(name: &str, html: &str) -> Page {
    let reason = if html.len() > LARGEST {
        Some("is larger than 20 MB")
    } else if tags::nests_deeper(html, DEEPEST) {
        Some("nests its elements more than 512 deep")
    } else {
        None
    };
    if let Some(reason) = reason {
        let mut writer = Writer::default();
        for part in tags::strip(html).split("\n\n") {
            writer.push(BlockKind::Paragraph, part);
        }
        let notes = vec![format!(
            "{name} {reason}: its tags were taken away without looking for the article, so menus and comments are part of the text."
        )];
        return Page { text: writer.text, blocks: writer.blocks, lang: None, notes };
    }
    let page = Html::parse_document(html);
    let lang = page.root_element().attr("lang").or_else(|| page.root_element().attr("xml:lang")).map(str::to_owned);
    let Writer { text, blocks } = article::of_page(&page, html);
    Page { text, blocks, lang, notes: Vec::new() }
}

/// The label in `<meta charset>` or `<meta http-equiv>`, which has to stand at the start of the page.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    const START: usize = 4096;
    let start = String::from_utf8_lossy(bytes.get(..START).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, behind) = start.split_once("charset")?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label = value.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).next()?;
    // The bytes of the declaration itself show that this is no UTF-16 (WHATWG HTML, prescan).
    (!label.is_empty() && !label.starts_with("utf-16")).then(|| label.to_owned())
}

/// What an element's text holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The text and blocks.
    pub(super) writer: Writer,
    /// How many characters stand outside links.
    pub(super) prose: usize,
    /// Whether there is a heading of the first rank.
    pub(super) has_title: bool,
}

/// The blocks inside `element`, without what `boilerplate` recognises.
pub(super) fn content(element: ElementRef<'_>, boilerplate: &Boilerplate) -> Content {
    let mut walk =
        Walk { boilerplate, out: Content::default(), line: Line::default(), open: Vec::new(), links: 0, pre: 0 };
    walk.inside(element);
    walk.flush();
    walk.out
}

/// The text of `element` on one line, readings left out.
pub(super) fn text_of(element: ElementRef<'_>) -> String {
    let content = content(element, &Boilerplate::default());
    content.writer.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A walk over an element and what lies in it.
struct Walk<'a> {
    boilerplate: &'a Boilerplate,
    out: Content,
    line: Line,
    /// The headings, items and quotes that are open.
    open: Vec<BlockKind>,
    /// How many links are open.
    links: usize,
    /// How many `pre` are open, in which white space counts.
    pre: usize,
}

impl Walk<'_> {
    fn inside(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                if self.links == 0 {
                    self.out.prose += text.chars().filter(|c| !c.is_whitespace()).count();
                }
                if self.pre > 0 {
                    self.line.text.push_str(text);
                } else {
                    self.line.push(text);
                }
            } else if let Some(child) = ElementRef::wrap(child) {
                self.element(child);
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        if tags::is_no_text(name) || article::is_hidden(element) || self.boilerplate.holds(element) {
            if !tags::is_inline(name) && !matches!(name, "rt" | "rp" | "rtc") {
                self.flush();
            }
            return;
        }
        let is_link = name == "a" && element.value().attr("href").is_some();
        if name == "br" {
            self.line.text.push('\n');
            self.line.space = None;
            return;
        }
        if tags::is_inline(name) {
            self.links += usize::from(is_link);
            self.inside(element);
            self.links -= usize::from(is_link);
            return;
        }
        self.flush();
        let kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
            "li" | "dt" | "dd" => Some(BlockKind::ListItem),
            "blockquote" => Some(BlockKind::Quote),
            _ => None,
        };
        self.pre += usize::from(name == "pre");
        self.open.extend(kind);
        self.inside(element);
        self.flush();
        if kind.is_some() {
            self.open.pop();
        }
        self.pre -= usize::from(name == "pre");
        self.out.has_title |= name == "h1";
    }

    /// Ends the block that is open.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let kind = self.open.last().copied().unwrap_or(BlockKind::Paragraph);
        if self.pre > 0 {
            for line in line.text.lines() {
                self.out.writer.push_whole(kind, line);
            }
            return;
        }
        // Two line breaks end a paragraph.
        let mut paragraph = String::new();
        for part in line.text.split('\n') {
            if part.trim().is_empty() {
                self.out.writer.push(kind, &std::mem::take(&mut paragraph));
            } else {
                if !paragraph.is_empty() {
                    paragraph.push(HARD_BREAK);
                }
                paragraph.push_str(part.trim_end_matches(' '));
            }
        }
        self.out.writer.push(kind, &paragraph);
    }
}

/// Running text whose white space is collapsed as a browser does it.
#[derive(Debug, Default)]
struct Line {
    text: String,
    /// White space that stands behind the text; whether it holds a line break.
    space: Option<bool>,
}

impl Line {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.space = Some(self.space.unwrap_or_default() || c == '\n');
                continue;
            }
            if let Some(breaks) = self.space.take()
                && let Some(last) = self.text.chars().next_back()
                // A line break in the source between Japanese characters is no space.
                && last != '\n'
                && !(breaks && is_wide(last) && is_wide(c))
            {
                self.text.push(' ');
            }
            self.text.push(c);
        }
    }
}
