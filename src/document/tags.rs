//! HTML as a row of tags and texts, without a tree: enough to count its nesting and to take the tags away.

use scraper::Html;

use super::writer::HARD_BREAK;

/// A piece of HTML source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A tag.
    Tag {
        /// Its element's name, in small letters.
        name: String,
        /// Whether it closes the element.
        closing: bool,
        /// The whole tag as it is written.
        source: &'a str,
    },
    /// Text between tags, with its entities.
    Text(&'a str),
}

/// The pieces of `html`; comments, declarations and the content of scripts and styles are left out.
pub(super) fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html, raw: None }
}

/// See [`pieces`].
pub(super) struct Pieces<'a> {
    rest: &'a str,
    /// The element whose content holds no tags but its own end.
    raw: Option<&'static str>,
}

impl<'a> Pieces<'a> {
    /// The next `length` bytes, taken off.
    fn cut(&mut self, length: usize) -> &'a str {
        let (cut, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        cut
    }

    /// Takes off everything up to and with `end`, or all if it is missing.
    fn skip_past(&mut self, end: &str) {
        let length = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.cut(length);
    }

    fn skip_raw(&mut self, name: &str) {
        let end = self.rest.match_indices("</").map(|(at, _)| at).find(|at| {
            self.rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        });
        self.cut(end.unwrap_or(self.rest.len()));
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        const RAW: [&str; 6] = ["script", "style", "textarea", "title", "noscript", "iframe"];
        loop {
            if let Some(name) = self.raw.take() {
                self.skip_raw(name);
            }
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with("<!--") {
                self.skip_past("-->");
                continue;
            }
            if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.skip_past(">");
                continue;
            }
            if !is_tag(self.rest) {
                let length = self
                    .rest
                    .match_indices('<')
                    .map(|(at, _)| at)
                    .find(|&at| {
                        at > 0 && self.rest.get(at..).is_some_and(|rest| is_tag(rest) || rest.starts_with("<!"))
                    })
                    .unwrap_or(self.rest.len());
                return Some(Piece::Text(self.cut(length)));
            }
            let source = self.cut(tag_length(self.rest));
            let closing = source.starts_with("</");
            let name: String = source
                .trim_start_matches(['<', '/'])
                .chars()
                .take_while(|c| !c.is_ascii_whitespace() && !matches!(c, '>' | '/'))
                .map(|c| c.to_ascii_lowercase())
                .collect();
            if !closing {
                self.raw = RAW.into_iter().find(|raw| *raw == name);
            }
            return Some(Piece::Tag { name, closing, source });
        }
    }
}

/// Whether a tag begins here, as HTML defines it: `<` or `</` and a letter.
fn is_tag(html: &str) -> bool {
    html.strip_prefix('<')
        .is_some_and(|rest| rest.strip_prefix('/').unwrap_or(rest).starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The length of the tag at the start of `html`; a `>` inside a quoted value does not end it.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// Whether elements may lie deeper in each other than `limit`.
///
/// Open elements are counted by name, because a parser keeps an element open when another one's end tag comes first.
/// Elements that close themselves, or cannot lie in each other without one that is counted between, are not counted.
pub(super) fn nests_deeper(html: &str, limit: usize) -> bool {
    const UNCOUNTED: [&str; 37] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
        "option", "optgroup", "rt", "rp", "rb", "rtc", "a", "nobr", "button",
    ];
    let mut open = std::collections::BTreeMap::<String, usize>::new();
    let mut depth = 0usize;
    for piece in pieces(html) {
        let Piece::Tag { name, closing, source } = piece else { continue };
        if UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        if !closing {
            // `<path/>` inside SVG and MathML closes itself; a `<div/>` does not.
            let closes_itself = source.ends_with("/>") && (open.contains_key("svg") || open.contains_key("math"));
            if !closes_itself {
                *open.entry(name).or_default() += 1;
                depth += 1;
            }
        } else if let Some(count) = open.get_mut(&name) {
            *count -= 1;
            depth -= 1;
            if *count == 0 {
                open.remove(&name);
            }
        }
        if depth > limit {
            return true;
        }
    }
    false
}

/// Elements that belong to a page and not to its text.
pub(super) fn is_no_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "form"
            | "button"
            | "select"
            | "textarea"
            | "input"
            | "nav"
            | "aside"
            | "footer"
            | "iframe"
            | "object"
            | "svg"
            | "canvas"
            | "audio"
            | "video"
            | "dialog"
            | "head"
            | "title"
            | "rt"
            | "rp"
            | "rtc"
    )
}

/// Elements that stand inside a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "rb"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// The text of `html` with its entities decoded; a blank line stands where one block ends and another begins, a
/// [`HARD_BREAK`] for a `<br>`.
pub(super) fn strip(html: &str) -> String {
    let mut out = String::new();
    // An element that is left out, and how often it is open.
    let mut skipped: Option<(String, usize)> = None;
    for piece in pieces(html) {
        match piece {
            // The line break in the source behind a `<br>` is none of its own.
            Piece::Text(text) if skipped.is_none() && out.ends_with(HARD_BREAK) => {
                out.push_str(&decoded(text.trim_start_matches(['\r', '\n'])));
            }
            Piece::Text(text) if skipped.is_none() => out.push_str(&decoded(text)),
            Piece::Text(_) => {}
            Piece::Tag { name, closing, .. } => match &mut skipped {
                Some((open, count)) if *open == name => {
                    *count = if closing { *count - 1 } else { *count + 1 };
                    if *count == 0 {
                        skipped = None;
                    }
                }
                Some(_) => {}
                None if name == "br" => out.push(HARD_BREAK),
                None if is_inline(&name) => {}
                None if is_no_text(&name) && !closing && name != "input" => skipped = Some((name, 1)),
                None if matches!(name.as_str(), "rt" | "rp") => {}
                None => out.push_str("\n\n"),
            },
        }
    }
    out
}

/// `text` with its entities replaced by what they stand for.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // A lone `<` would begin a tag for the parser, though it did not in its place.
    Html::parse_fragment(&text.replace('<', "&lt;")).root_element().text().collect()
}

#[cfg(test)]
mod tests {
    use super::{nests_deeper, strip};

    #[test]
    fn stripping_keeps_text_and_the_edges_of_blocks() {
        assert_eq!(
            strip("<p>R&amp;D <b title='a>b'>1 < 2</b><br>x<!-- y --></p><script>if (a</b) {}</script>z").trim(),
            "R&D 1 < 2\u{2028}x\n\nz"
        );
        assert_eq!(strip("<ruby>池<rp>(</rp><rt>いけ</rt><rp>)</rp></ruby>"), "池");
    }

    #[test]
    fn unfinished_markup_is_no_trouble() {
        for html in ["<", "</", "<a", "<a href='", "<!--", "<script>", "&", "<!", "</script", "<日本>", "a<b"] {
            strip(html);
        }
        assert_eq!(strip("<日本>"), "<日本>");
    }

    #[test]
    fn nesting_is_counted_past_closed_and_unclosed_elements() {
        assert!(nests_deeper(&"<div>".repeat(9), 8));
        assert!(nests_deeper(&"<b><div></b>".repeat(9), 8), "the div stays open");
        assert!(!nests_deeper(&"<div></div>".repeat(99), 8));
        assert!(!nests_deeper(&"<p>a<br><li>b".repeat(99), 8));
        assert!(!nests_deeper(&"<svg><path/><path/></svg>".repeat(99), 8));
    }
}
