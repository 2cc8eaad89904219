//! The analysis of an article: a table for people, TSV and JSON lines for machines.

use std::io::{self, Write};

use serde::Serialize;
use taiyaku::pipeline::{Analysis, Band, Volume};
use unicode_width::UnicodeWidthStr;

use super::summary::grouped;

/// The row that sums up.
const TOTAL: &str = "total";

/// A row for machines.
#[derive(Serialize)]
struct Row {
    band: &'static str,
    #[serde(flatten)]
    volume: Volume,
    percent: f64,
}

/// All rows, the total last.
fn rows(analysis: &Analysis) -> impl Iterator<Item = Row> + '_ {
    let total = (TOTAL, analysis.total());
    let bands = analysis.rows().map(|(band, volume)| (band.as_str(), volume));
    bands.chain([total]).map(|(band, volume)| {
        let percent = (analysis.percent(volume) * 10.0).round() / 10.0;
        Row { band, volume, percent }
    })
}

/// Writes a table.
pub(crate) fn write_table(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    let head = ["", "segments", "characters", "words", "%"].map(str::to_owned);
    let body = rows(analysis).map(|Row { band, volume: Volume { segments, characters, words }, percent }| {
        [title(band), grouped(segments), grouped(characters), grouped(words), format!("{percent:.1}")]
    });
    let lines: Vec<[String; 5]> = std::iter::once(head).chain(body).collect();
    let widths: [usize; 5] = std::array::from_fn(|i| {
        lines.iter().filter_map(|line| line.get(i)).map(|cell| cell.width()).max().unwrap_or(0)
    });
    for line in &lines {
        for (i, (cell, width)) in line.iter().zip(widths).enumerate() {
            if i == 0 {
                write!(out, "{cell:width$}")?;
            } else {
                write!(out, "  {cell:>width$}")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// What people read for a band: `context (101)`, `95–99`.
fn title(band: &str) -> String {
    if band == Band::Context.as_str() { format!("{band} (101)") } else { band.replace('-', "–") }
}

/// Writes tab-separated values.
pub(crate) fn write_tsv(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "band\tsegments\tcharacters\twords\tpercent")?;
    for Row { band, volume: Volume { segments, characters, words }, percent } in rows(analysis) {
        writeln!(out, "{band}\t{segments}\t{characters}\t{words}\t{percent:.1}")?;
    }
    Ok(())
}

/// Writes one JSON object a row.
pub(crate) fn write_jsonl(analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    for row in rows(analysis) {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use taiyaku::pipeline::{Analysis, Band, Volume};

    use super::{write_jsonl, write_table};

    #[test]
    fn columns_are_as_wide_as_their_numbers() {
        let volume = |words| Volume { segments: 1_204, characters: 12_345_678, words };
        let analysis = Analysis::new([(Band::Context, volume(2)), (Band::From95, volume(1))]);
        let mut table = Vec::new();
        let mut json = Vec::new();
        assert!(write_table(&analysis, &mut table).is_ok() && write_jsonl(&analysis, &mut json).is_ok());
        let (table, json) = (String::from_utf8_lossy(&table), String::from_utf8_lossy(&json));
        assert_eq!(
            table.lines().take(4).collect::<Vec<_>>(),
            [
                "               segments  characters  words      %",
                "context (101)     1,204  12,345,678      2   66.7",
                "100                   0           0      0    0.0",
                "95–99             1,204  12,345,678      1   33.3",
            ]
        );
        assert_eq!(
            json.lines().last(),
            Some(r#"{"band":"total","segments":2408,"characters":24691356,"words":3,"percent":100.0}"#)
        );
    }
}
