//! Precision, recall and F1 as a table or as JSON.

use std::io::{self, Write};

use serde::Serialize;
use taiyaku::align::evaluate::{Counts, Score};
use unicode_width::UnicodeWidthStr;

/// The line that sums up.
const TOTAL: &str = "TOTAL";

/// What was compared, and how it came out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scores {
    /// One line a file.
    pub(crate) files: Vec<(String, Counts)>,
}

#[derive(Serialize)]
struct Json<'s> {
    files: Vec<Line<'s>>,
    total: Line<'s>,
}

#[derive(Serialize)]
struct Line<'s> {
    name: &'s str,
    strict: Rates,
    lax: Rates,
    /// The beads of the system.
    beads: usize,
    /// The gold beads with both sides filled.
    gold: usize,
}

#[derive(Serialize)]
struct Rates {
    precision: f64,
    recall: f64,
    f1: f64,
}

impl Scores {
    fn total(&self) -> Counts {
        self.files.iter().map(|(_, counts)| *counts).sum()
    }

    /// Writes a table.
    pub(crate) fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let total = (TOTAL.to_owned(), self.total());
        let lines = || self.files.iter().chain([&total]);
        let width = lines().map(|(name, _)| name.width()).max().unwrap_or(0);
        writeln!(out, "{:width$}  strict P       R      F1    lax P       R      F1  beads   gold", "")?;
        for (name, counts) in lines() {
            let pad = width - name.width();
            let (strict, lax) = (rates(counts.strict()), rates(counts.lax()));
            writeln!(
                out,
                "{name}{:pad$}    {:.4}  {:.4}  {:.4}   {:.4}  {:.4}  {:.4} {:>6} {:>6}",
                "",
                strict.precision,
                strict.recall,
                strict.f1,
                lax.precision,
                lax.recall,
                lax.f1,
                counts.system.beads,
                counts.gold.beads,
            )?;
        }
        Ok(())
    }

    /// Writes a JSON object.
    pub(crate) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let files = self.files.iter().map(|(name, counts)| line(name, counts)).collect();
        let json = Json { files, total: line(TOTAL, &self.total()) };
        serde_json::to_writer_pretty(&mut *out, &json)?;
        writeln!(out)
    }
}

fn line<'s>(name: &'s str, counts: &Counts) -> Line<'s> {
    Line {
        name,
        strict: rates(counts.strict()),
        lax: rates(counts.lax()),
        beads: counts.system.beads,
        gold: counts.gold.beads,
    }
}

/// The score with four decimals, as the field prints it.
fn rates(score: Score) -> Rates {
    let rounded = |value: f64| (value * 10_000.0).round() / 10_000.0;
    Rates { precision: rounded(score.precision), recall: rounded(score.recall), f1: rounded(score.f1) }
}
