//! The names of texts with their renderings, for people and for other programs; and the glossary rows that they propose.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use serde::Serialize;

use super::findings::escaped;
use crate::check::{Bitext, NameRendering, NameRow, Place, Side};
use crate::error::{Error, Result};
use crate::glossary::{Term, TermStatus, cell};
use crate::lang::Lang;

/// The looks of the page.
const STYLE: &str = include_str!("findings/report.css");
/// A name at this cost from its rendering is proposed though it stands once: .96 of such pairs are one name.
const SAME_SOUND: f64 = 0.2;
/// One of another sound, or in kanji, must stand beside its rendering in so many lines.
const OFTEN: usize = 2;

/// A format for names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamesFormat {
    /// One name a line, in columns.
    Tsv,
    /// One JSON object a name, one a line.
    Jsonl,
    /// A page to look through.
    Html,
}

impl NamesFormat {
    /// The format that the ending of a file name tells.
    pub fn from_path(path: &Path) -> Option<Self> {
        path.extension()?.to_str()?.to_ascii_lowercase().parse().ok()
    }
}

impl FromStr for NamesFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "tsv" => Ok(Self::Tsv),
            "jsonl" => Ok(Self::Jsonl),
            "html" => Ok(Self::Html),
            _ => Err(Error::Usage(format!("{name:?} is no format for names. Choose one of tsv, jsonl, html"))),
        }
    }
}

/// The names of a bitext.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The lines.
    pub bitext: Bitext,
    /// Their names.
    pub rows: Vec<NameRow>,
}

/// A row for the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedRow {
    /// The name as the source has it.
    pub name: String,
    /// Its most frequent rendering.
    pub rendering: String,
    /// What speaks for the row and against it.
    pub evidence: String,
}

impl Named {
    /// Rows for the names that the glossary does not have, in the order of the names: those that stand beside their
    /// rendering in two lines or more, or sound like it. Names that the word list and the texts agree on need none, and
    /// none is proposed for a second way of writing a name of the glossary: `taiyaku check` tells of those.
    pub fn proposed(&self) -> Vec<ProposedRow> {
        let mut proposed: Vec<ProposedRow> = self.rows.iter().filter_map(proposed).collect();
        proposed.sort_by(|a, b| a.name.cmp(&b.name));
        proposed
    }
}

fn proposed(row: &NameRow) -> Option<ProposedRow> {
    let best = row.proposal()?;
    let is_settled = row.is_in_glossary || row.stands_for.is_some() || (row.is_listed && row.doubt <= 0.0);
    let is_sure = best.places.len() >= OFTEN || best.cost.is_some_and(|cost| cost <= SAME_SOUND);
    if is_settled || !is_sure {
        return None;
    }
    let mut evidence = format!("{} of {} lines", best.places.len(), row.count());
    if let Some(cost) = best.cost {
        let _ = write!(evidence, ", sound {cost:.2}");
    }
    if row.is_listed {
        evidence.push_str(", in the word list");
    }
    let others: Vec<String> = row.renderings.iter().skip(1).map(counted).collect();
    if !others.is_empty() {
        let _ = write!(evidence, "; also {}", others.join(", "));
    }
    Some(ProposedRow { name: row.name.clone(), rendering: best.text.clone(), evidence })
}

/// `Nokes (7)`
fn counted(rendering: &NameRendering) -> String {
    format!("{} ({})", rendering.text, rendering.places.len())
}

impl ProposedRow {
    /// The cells of the row in the columns of a glossary file, as their header names them; columns of other names stay empty.
    pub fn cells(&self, header: &str, source: &Lang, target: &Lang) -> String {
        let form = |lang: &Lang, text: &str| {
            let term =
                Term { lang: lang.clone(), text: text.to_owned(), status: TermStatus::Preferred, derived: false };
            cell([&term])
        };
        let cells = header.split('\t').map(|column| match column.trim() {
            tag if tag == source.tag() => form(source, &self.name),
            tag if tag == target.tag() => form(target, &self.rendering),
            _ => String::new(),
        });
        cells.collect::<Vec<_>>().join("\t")
    }
}

/// Writes glossary files with the proposed rows, each below a comment with its evidence.
pub fn write_proposed(texts: &[Named], out: &mut dyn Write) -> io::Result<()> {
    for text in texts {
        let (source, target) = (&text.bitext.source, &text.bitext.target);
        let header = format!("{source}\t{target}\tkind");
        writeln!(out, "{header}")?;
        for row in text.proposed() {
            writeln!(out, "# {}", row.evidence.replace(['\t', '\n', '\r'], " "))?;
            writeln!(out, "{}", row.cells(&header, source, target))?;
        }
    }
    Ok(())
}

/// Writes the names of texts.
pub fn write(format: NamesFormat, texts: &[Named], out: &mut dyn Write) -> io::Result<()> {
    match format {
        NamesFormat::Tsv => write_tsv(texts, out),
        NamesFormat::Jsonl => write_jsonl(texts, out),
        NamesFormat::Html => write_html(texts, out),
    }
}

fn write_tsv(texts: &[Named], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "name\trenderings\tlines\twithout\tdoubt\tsound\tglossary\tplaces")?;
    let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    for (text, row) in all(texts) {
        let renderings: Vec<String> = row.renderings.iter().map(counted).collect();
        let sound = row.proposal().and_then(|best| best.cost).map(|cost| format!("{cost:.2}")).unwrap_or_default();
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{:.2}\t{sound}\t{}\t{}",
            plain(&row.name),
            plain(&renderings.join(" | ")),
            row.count(),
            row.unrendered.len(),
            row.doubt,
            if row.is_in_glossary { "yes" } else { "" },
            plain(&addresses(text, row).join(" ")),
        )?;
    }
    Ok(())
}

fn all(texts: &[Named]) -> impl Iterator<Item = (&Named, &NameRow)> {
    texts.iter().flat_map(|text| text.rows.iter().map(move |row| (text, row)))
}

/// `article:3` for every place, in order.
fn addresses(text: &Named, row: &NameRow) -> Vec<String> {
    let mut places: Vec<&Place> = row.renderings.iter().flat_map(|rendering| &rendering.places).collect();
    places.extend(&row.unrendered);
    places.sort_unstable();
    places
        .iter()
        .filter_map(|place| text.bitext.lines.get(place.line))
        .map(|l| format!("{}:{}", l.document, l.line))
        .collect()
}

/// A name as JSON, in the order of its keys.
#[derive(Serialize)]
struct WrittenName<'n> {
    name: &'n str,
    lines: usize,
    doubt: f64,
    in_glossary: bool,
    in_word_list: bool,
    renderings: Vec<WrittenRendering<'n>>,
    without: Vec<WrittenPlace<'n>>,
}

#[derive(Serialize)]
struct WrittenRendering<'n> {
    text: &'n str,
    count: usize,
    sound: Option<f64>,
    in_glossary: bool,
    places: Vec<WrittenPlace<'n>>,
}

#[derive(Serialize)]
struct WrittenPlace<'n> {
    document: &'n str,
    line: usize,
    side: Side,
    start: usize,
    end: usize,
}

fn write_jsonl(texts: &[Named], out: &mut dyn Write) -> io::Result<()> {
    for (text, row) in all(texts) {
        let name = WrittenName {
            name: &row.name,
            lines: row.count(),
            doubt: hundredths(row.doubt),
            in_glossary: row.is_in_glossary,
            in_word_list: row.is_listed,
            renderings: row.renderings.iter().map(|rendering| written_rendering(&text.bitext, rendering)).collect(),
            without: row.unrendered.iter().filter_map(|place| written(&text.bitext, *place)).collect(),
        };
        serde_json::to_writer(&mut *out, &name)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn written_rendering<'n>(bitext: &'n Bitext, rendering: &'n NameRendering) -> WrittenRendering<'n> {
    WrittenRendering {
        text: &rendering.text,
        count: rendering.places.len(),
        sound: rendering.cost.map(hundredths),
        in_glossary: rendering.is_in_glossary,
        places: rendering.places.iter().filter_map(|place| written(bitext, *place)).collect(),
    }
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

fn written(bitext: &Bitext, place: Place) -> Option<WrittenPlace<'_>> {
    let line = bitext.lines.get(place.line)?;
    let (start, end) = super::findings::characters(bitext, place);
    Some(WrittenPlace { document: &line.document, line: line.line, side: place.side, start, end })
}

fn write_html(texts: &[Named], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Names</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>Names</h1>\n</header>"
    )?;
    for text in texts {
        writeln!(
            out,
            "<table>\n<caption>{} to {}, the most doubtful first</caption>\n<thead><tr><th scope=\"col\">Name</th>\
             <th scope=\"col\">Renderings</th><th scope=\"col\">Lines</th><th scope=\"col\">Without</th>\
             <th scope=\"col\">Glossary</th></tr></thead>\n<tbody>",
            text.bitext.source, text.bitext.target
        )?;
        for row in &text.rows {
            let renderings: Vec<String> = row.renderings.iter().map(|r| escaped(&counted(r))).collect();
            writeln!(
                out,
                "<tr><th scope=\"row\" title=\"{}\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                escaped(&addresses(text, row).join(" ")),
                escaped(&row.name),
                renderings.join("<br>"),
                row.count(),
                row.unrendered.len(),
                if row.is_in_glossary { "yes" } else { "–" },
            )?;
        }
        writeln!(out, "</tbody>\n</table>")?;
    }
    writeln!(out, "</body>\n</html>")
}

#[cfg(test)]
mod tests {
    use super::ProposedRow;
    use crate::lang::Lang;

    #[test]
    fn a_proposed_row_stands_in_the_columns_of_the_file() {
        let row = ProposedRow { name: "A|B".to_owned(), rendering: "C".to_owned(), evidence: String::new() };
        assert_eq!(row.cells("kind\ten\tja", &Lang::japanese(), &Lang::english()), "\tC\tA\\|B");
    }
}
