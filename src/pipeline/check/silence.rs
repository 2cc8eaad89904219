//! Comments in Markdown and HTML articles that silence checks: `<!-- taiyaku:ignore name-swapped -->`.
//!
//! A comment inside a block silences that block, one between blocks the block that follows. Where that is, the readers of
//! articles know best: a text is read once more with a mark in the place of each comment, and the marks are looked for.

use std::path::Path;

use crate::check::{ALL, Check, ignored};
use crate::document::{Document, ReadOptions, decode, read_bytes};

/// How a comment begins behind its `<!--`.
const WORD: &str = "taiyaku:ignore";
/// The character around the number of a comment, for private use and in no text that is read here.
const MARK: char = '\u{f8f4}';

/// The checks that are silenced in each block of a document, and what is odd about the comments.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Silenced {
    /// For each block, the names of its checks; empty where no comment was found.
    pub(super) blocks: Vec<Vec<String>>,
    /// What the user should know: a sentence each.
    pub(super) notes: Vec<String>,
}

/// The blocks of `document` that comments silence, in the file called `name` whose content is `bytes`.
pub(super) fn silenced(name: &str, bytes: &[u8], options: &ReadOptions, document: &Document) -> Silenced {
    let mut silenced = Silenced::default();
    let is_markdown = is_markdown(Path::new(name));
    if !is_markdown && !has_ending(name, &["html", "htm", "xhtml"]) {
        return silenced;
    }
    let Ok((text, _)) = decode(name, bytes, options.encoding.as_deref()) else { return silenced };
    let (marked, comments) = with_marks(&text, is_markdown);
    if comments.is_empty() {
        return silenced;
    }
    for (line, checks) in &comments {
        silenced.notes.extend(unknown(name, *line, checks));
    }
    // The byte order mark says that this is UTF-8, whatever the page declares.
    let options = ReadOptions { encoding: None, lang: Some(document.lang.clone()), ..options.clone() };
    let read = read_bytes(name, format!("\u{feff}{marked}").as_bytes(), &options);
    let placed = read.ok().and_then(|read| place(&read.document, document, &comments));
    match placed {
        Some(blocks) => silenced.blocks = blocks,
        None => silenced.notes.push(format!(
            "{name}, line {}: it is not clear which paragraph the comment {WORD} is about. Write it on a line of its own \
             before the paragraph",
            comments.first().map_or(1, |(line, _)| *line)
        )),
    }
    silenced
}

/// A sentence for each check that does not exist, silenced in a line of the file called `name`.
pub(super) fn unknown(name: &str, line: usize, checks: &[String]) -> impl Iterator<Item = String> {
    let named = checks.iter().filter(|check| *check != ALL);
    named.filter_map(move |check| Check::named(check).err().map(|error| format!("{name}, line {line}: {error}")))
}

/// Whether a file's name says that it is Markdown.
pub(super) fn is_markdown(path: &Path) -> bool {
    has_ending(&path.to_string_lossy(), &["md", "markdown"])
}

/// What stands behind `taiyaku:ignore` in a comment; a space after the colon is understood too.
fn list(inner: &str) -> Option<&str> {
    let (before, behind) = WORD.split_once(':')?;
    let rest = inner.trim().strip_prefix(before)?.trim_start().strip_prefix(':')?.trim_start();
    rest.strip_prefix(behind).filter(|list| !list.starts_with(|c: char| c.is_alphanumeric()))
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending.to_ascii_lowercase().as_str()))
}

/// A comment: its line from 1, and the checks it names.
type Comment = (usize, Vec<String>);

/// The text with a mark in the place of each comment.
fn with_marks(text: &str, is_markdown: bool) -> (String, Vec<Comment>) {
    let mut marked = String::with_capacity(text.len());
    let mut comments: Vec<Comment> = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        marked.push_str(before);
        line += lines(before);
        let Some((inner, after)) = comment.split_once("-->") else {
            marked.push_str("<!--");
            rest = comment;
            continue;
        };
        if let Some(list) = list(inner) {
            let checks = ignored(list.trim_start_matches(':'));
            let checks = if checks.is_empty() { vec![ALL.to_owned()] } else { checks };
            let mark = format!("{MARK}{}{MARK}", comments.len());
            // In Markdown a comment that begins its line is a block of its own.
            let is_block = is_markdown && before.rsplit('\n').next().unwrap_or_default().trim().is_empty();
            let indent: String = before.chars().rev().take_while(|c| matches!(c, ' ' | '\t')).collect();
            if is_block {
                marked.extend(["\n\n", &indent, &mark, "\n\n"]);
            } else {
                marked.push_str(&mark);
            }
            comments.push((line, checks));
        } else {
            marked.extend(["<!--", inner, "-->"]);
        }
        line += lines(inner);
        rest = after;
    }
    marked.push_str(rest);
    (marked, comments)
}

fn lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// The checks silenced in each block of `document`, of which `marked` is the same with marks. `None` when the marks
/// have changed more than that, or one is lost.
fn place(marked: &Document, document: &Document, comments: &[Comment]) -> Option<Vec<Vec<String>>> {
    let mut blocks: Vec<Vec<String>> = vec![Vec::new(); document.blocks.len()];
    let (mut at, mut found) = (0, 0);
    let mut pending: Vec<String> = Vec::new();
    for block in &marked.blocks {
        let text = block.span.of(&marked.text);
        let mut plain = String::new();
        for (i, part) in text.split(MARK).enumerate() {
            if i % 2 == 0 {
                plain.push_str(part);
            } else {
                let (_, checks) = comments.get(part.parse::<usize>().ok()?)?;
                pending.extend(checks.iter().cloned());
                found += 1;
            }
        }
        if plain.trim().is_empty() && text.contains(MARK) {
            continue;
        }
        let own = document.blocks.get(at)?.span.of(&document.text);
        if !plain.split_whitespace().eq(own.split_whitespace()) && !same_letters(&plain, own) {
            return None;
        }
        blocks.get_mut(at)?.append(&mut pending);
        at += 1;
    }
    (at == document.blocks.len() && found == comments.len()).then_some(blocks)
}

/// Whether two texts differ by white space only.
fn same_letters(a: &str, b: &str) -> bool {
    let letters = |text: &'_ str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::{Silenced, silenced};
    use crate::document::{ReadOptions, read_bytes};
    use crate::lang::Lang;

    fn read(name: &str, text: &str) -> (Vec<String>, Silenced) {
        let options = ReadOptions { lang: Some(Lang::english()), ..ReadOptions::default() };
        let document = read_bytes(name, text.as_bytes(), &options).expect("an article").document;
        let blocks = document.blocks.iter().map(|block| block.span.of(&document.text).to_owned()).collect();
        (blocks, silenced(name, text.as_bytes(), &options, &document))
    }

    /// Each silenced block with its checks.
    fn assert_silenced(name: &str, text: &str, expected: &[(&str, &str)]) {
        let (blocks, silenced) = read(name, text);
        assert_eq!(silenced.notes, [""; 0], "{text}");
        let found: Vec<(String, String)> = blocks
            .into_iter()
            .zip(silenced.blocks.iter().map(|checks| checks.join(" ")))
            .filter(|(_, checks)| !checks.is_empty())
            .collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_comment_before_a_paragraph_silences_it() {
        assert_silenced(
            "en.md",
            "One.\n\n<!-- taiyaku:ignore empty-side -->\nTwo.\n\nThree.\n",
            &[("Two.", "empty-side")],
        );
        assert_silenced(
            "en.md",
            "One.\n\n<!-- taiyaku:ignore empty-side -->\n\n# Two\n\nThree.\n",
            &[("Two", "empty-side")],
        );
        assert_silenced("en.md", "One.\n<!--taiyaku:ignore-->\nTwo.\n", &[("Two.", "*")]);
        assert_silenced("en.md", "<!-- taiyaku: ignore empty-side -->\nTwo.\n", &[("Two.", "empty-side")]);
        assert_silenced("en.md", "One.\r\n\r\n<!-- taiyaku:ignore -->\r\n- Two.\r\n- Three.\r\n", &[("Two.", "*")]);
    }

    #[test]
    fn a_comment_in_a_paragraph_silences_it() {
        assert_silenced(
            "en.md",
            "One.\n\nTwo <!-- taiyaku:ignore empty-side -->and\nmore.\n\nThree.\n",
            &[("Two and\nmore.", "empty-side")],
        );
        assert_silenced("en.md", "- One. <!-- taiyaku:ignore -->\n- Two.\n", &[("One.", "*")]);
    }

    #[test]
    fn comments_of_a_page_are_found_too() {
        let page = |inner: &str| format!("<html><head><title>T</title></head><body>{inner}</body></html>");
        let text = page("<p>One.</p><!-- taiyaku:ignore empty-side, * --><p>Two.</p><p>Three<!-- other -->.</p>");
        assert_silenced("en.html", &text, &[("Two.", "empty-side *")]);
        let text = page("<p>One.</p><p>Two. <!-- taiyaku:ignore empty-side --></p><p>Three.</p>");
        assert_silenced("en.html", &text, &[("Two.", "empty-side")]);
    }

    #[test]
    fn plain_text_and_other_comments_silence_nothing() {
        assert_silenced("en.txt", "One <!-- taiyaku:ignore -->.\n", &[]);
        assert_silenced("en.md", "<!-- taiyaku:ignored -->\n\nOne. <!-- taiyaku:ignore", &[]);
    }

    #[test]
    fn an_unknown_check_in_a_comment_is_told_with_its_line() {
        for comment in ["taiyaku:ignore", "taiyaku: ignore"] {
            let (_, silenced) = read("en.md", &format!("One.\n\n<!-- {comment} empty-sides -->\nTwo.\n"));
            let told = silenced.notes[0].starts_with("en.md, line 3: there is no check empty-sides");
            assert!(told, "{:?}", silenced.notes);
        }
    }
}
