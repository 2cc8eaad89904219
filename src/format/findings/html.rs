//! Findings as one HTML page to hand to an editor: no script, no other file, for screens light and dark and for paper.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Checked, Counts, line_at, place_text, side_text};
use crate::check::{Applicability, BitextLine, CHECKS, Finding, Place, Severity, Side};
use crate::lang::Lang;
use crate::span::Span;

/// The looks of the page.
const STYLE: &str = include_str!("report.css");

pub(super) fn write(texts: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let counts = Counts::of(texts);
    let title = "Findings of the translation checks";
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>"
    )?;
    let lines: usize = texts.iter().map(|text| text.bitext.lines.len()).sum();
    if counts.findings == 0 {
        writeln!(out, "<p>No findings in {lines} lines.</p>\n</header>")?;
    } else {
        writeln!(
            out,
            "<p>{} in {} of {lines} lines: {} errors, {} warnings, {} notes.</p>\n</header>",
            if counts.findings == 1 { "1 finding".to_owned() } else { format!("{} findings", counts.findings) },
            counts.lines,
            counts.errors,
            counts.warnings,
            counts.notes
        )?;
        write_summary(texts, out)?;
        write_findings(texts, out)?;
        write_explanations(texts, out)?;
    }
    writeln!(out, "</body>\n</html>")
}

/// How many findings each check has: errors, warnings and notes.
fn by_check(texts: &[Checked]) -> BTreeMap<&str, [usize; 3]> {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for finding in texts.iter().flat_map(|text| &text.findings) {
        let [errors, warnings, notes] = counts.entry(finding.check).or_default();
        *match finding.severity {
            Severity::Error => errors,
            Severity::Warning => warnings,
            Severity::Note => notes,
        } += 1;
    }
    counts
}

fn write_summary(texts: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<table>\n<caption>By check</caption>\n<thead><tr><th scope=\"col\">Check</th><th scope=\"col\">Errors</th>\
         <th scope=\"col\">Warnings</th><th scope=\"col\">Notes</th></tr></thead>\n<tbody>"
    )?;
    for (check, counts) in by_check(texts) {
        write!(out, "<tr><th scope=\"row\"><a href=\"#check-{0}\">{0}</a></th>", escaped(check))?;
        for count in counts {
            write!(out, "<td>{}</td>", if count == 0 { "–".to_owned() } else { count.to_string() })?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}

fn write_findings(texts: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<main>")?;
    for text in texts {
        let document = |finding: &Finding| line_at(&text.bitext, finding.place.line).document.clone();
        for findings in text.findings.chunk_by(|a, b| document(a) == document(b)) {
            let Some(first) = findings.first() else { continue };
            writeln!(out, "<section>\n<h2>{}</h2>", escaped(&document(first)))?;
            for finding in findings {
                write_finding(text, finding, out)?;
            }
            writeln!(out, "</section>")?;
        }
    }
    writeln!(out, "</main>")
}

fn write_finding(text: &Checked, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let line = line_at(&text.bitext, finding.place.line);
    writeln!(
        out,
        "<article class=\"{0}\">\n<h3>{1}</h3>\n<p class=\"about\"><span class=\"severity\">{0}</span> \
         <span class=\"check\">{2}</span> line {3}</p>\n<dl>",
        finding.severity,
        escaped(&finding.message),
        escaped(finding.check),
        line.line
    )?;
    for (side, lang) in [(Side::Source, &text.bitext.source), (Side::Target, &text.bitext.target)] {
        writeln!(
            out,
            "<dt>{0}</dt><dd lang=\"{0}\" dir=\"auto\">{1}</dd>",
            escaped(lang.tag()),
            marked(&line, finding, side)
        )?;
    }
    if let Some(suggestion) = &finding.suggestion {
        let label = if suggestion.applicability == Applicability::Safe { "Change to" } else { "Perhaps" };
        let lang = lang(text, finding.place.side);
        let text = if suggestion.replacement.is_empty() { "(nothing)" } else { &suggestion.replacement };
        writeln!(out, "<dt>{label}</dt><dd lang=\"{}\"><ins>{}</ins></dd>", escaped(lang.tag()), escaped(text))?;
    } else if !finding.expected.is_empty() {
        writeln!(out, "<dt>Expected</dt><dd>{}</dd>", escaped(&finding.expected.join(", ")))?;
    }
    let others: Vec<&Place> = finding.related.iter().filter(|place| place.line != finding.place.line).collect();
    if !others.is_empty() {
        writeln!(out, "<dt>See also</dt><dd><ul>")?;
        for place in others {
            write_related(text, *place, &line.document, out)?;
        }
        writeln!(out, "</ul></dd>")?;
    }
    writeln!(out, "</dl>\n</article>")
}

fn write_related(text: &Checked, place: Place, here: &str, out: &mut dyn Write) -> io::Result<()> {
    let line = line_at(&text.bitext, place.line);
    let document = if line.document == here { String::new() } else { format!("{}, ", escaped(&line.document)) };
    let name = escaped(place_text(&text.bitext, place));
    let lang = escaped(lang(text, place.side).tag());
    writeln!(out, "<li>{document}line {}: <span lang=\"{lang}\">{name}</span></li>", line.line)
}

fn lang(text: &Checked, side: Side) -> &Lang {
    match side {
        Side::Source => &text.bitext.source,
        Side::Target => &text.bitext.target,
    }
}

/// What the checks that found something are about.
fn write_explanations(texts: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let found = by_check(texts);
    writeln!(out, "<footer>\n<h2>What the checks mean</h2>")?;
    for check in CHECKS.iter().filter(|check| found.contains_key(check.name)) {
        writeln!(
            out,
            "<section id=\"check-{0}\">\n<h3>{0}</h3>\n<pre>{1}</pre>\n</section>",
            check.name,
            escaped(check.explanation.trim_end())
        )?;
    }
    writeln!(out, "</footer>")
}

/// A side of the finding's line, with the place and others of the relation marked.
fn marked(line: &BitextLine, finding: &Finding, side: Side) -> String {
    let text = side_text(line, side);
    let mut spans: Vec<(Span, &str)> = Vec::new();
    if finding.place.side == side {
        spans.push((finding.place.span, "place"));
    }
    let beside = finding.related.iter().filter(|place| place.line == finding.place.line && place.side == side);
    spans.extend(beside.map(|place| (place.span, "related")));
    spans.sort();
    let mut marked = String::new();
    let mut at = 0;
    for (span, class) in spans {
        // Marks do not overlap; of two that would, the first stands.
        let (Some(before), Some(name)) = (text.get(at..span.start), text.get(span.start..span.end)) else { continue };
        marked.push_str(&escaped(before));
        let name = if name.is_empty() { "&#x25B8;".to_owned() } else { escaped(name) };
        marked.extend(["<mark class=\"", class, "\">", &name, "</mark>"]);
        at = span.end;
    }
    marked.push_str(&escaped(text.get(at..).unwrap_or_default()));
    if marked.is_empty() { "<i>nothing</i>".to_owned() } else { marked }
}

/// The text as HTML. Invisible characters that reorder the line or hide in a name are written out.
pub(in crate::format) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\r' | '\t' => escaped.push(c),
            c if super::is_unseen(c) => escaped.extend([format!("<code>U+{:04X}</code>", u32::from(c))]),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{escaped, write};
    use crate::format::findings::specimen;
    use crate::format::specimen::written;

    #[test]
    fn a_finding_shows_both_lines_with_the_names_marked() {
        let page = written(|out| write(&[specimen::checked()], out));
        for part in [
            "<h3>リパフスキー is Lipavský; here stands &lt;Fiala&gt;.</h3>",
            "<dd lang=\"ja\" dir=\"auto\">ヤン・リパフスキー氏は&lt;否定&gt;した</dd>",
            "<dd lang=\"en\" dir=\"auto\">é <mark class=\"place\">Fiala</mark> &quot;denied&quot; it &amp; left</dd>",
            "<dt>Change to</dt><dd lang=\"en\"><ins>Lipavský</ins></dd>",
            "<li>line 7: <span lang=\"ja\">リパフスキー</span></li>",
            "<li>b, line 1: <span lang=\"en\">Lipavský</span></li>",
            "<p>2 findings in 2 of 4 lines: 1 errors, 1 warnings, 0 notes.</p>",
            "<i>nothing</i>",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
    }

    #[test]
    fn every_element_is_closed() {
        let page = written(|out| write(&[specimen::checked()], out));
        for name in ["html", "body", "main", "section", "article", "dl", "dd", "dt", "ul", "li", "table", "mark", "p"] {
            let opened = page.matches(&format!("<{name}>")).count() + page.matches(&format!("<{name} ")).count();
            assert_eq!(opened, page.matches(&format!("</{name}>")).count(), "{name}");
        }
    }

    #[test]
    fn nothing_of_a_text_becomes_markup() {
        assert_eq!(escaped("<a href='x'>&\"\u{202e}"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;<code>U+202E</code>");
    }

    #[test]
    fn without_findings_the_page_says_so() {
        let page = written(|out| write(&[], out));
        assert!(page.contains("<p>No findings in 0 lines.</p>") && !page.contains("<table>"), "{page}");
    }
}
