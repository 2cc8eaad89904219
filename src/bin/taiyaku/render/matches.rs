//! Matches of the memory: for people, and as JSON lines.

use std::io::{self, Write};

use console::Style;
use serde::Serialize;
use taiyaku::memory::Match;

use super::columns::width;
use super::visible::visible;
use super::wrap::wrap;

/// Texts stand this far in, behind their scores.
const INDENT: usize = 6;
/// Longer lines are hard to follow.
const WIDEST: usize = 100;
/// From this score on a translation is nearly always of use as it is.
const GREEN_FROM: u8 = 95;
const YELLOW_FROM: u8 = 75;

#[derive(Serialize)]
struct Line<'m> {
    query: &'m str,
    matches: &'m [Match],
}

/// Writes one answer as a JSON line.
pub(crate) fn write_json(query: &str, matches: &[Match], out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { query, matches })?;
    out.write_all(b"\n")
}

/// Writes answers for reading.
pub(crate) struct Matches {
    width: usize,
    color: bool,
}

impl Matches {
    /// A view as wide as the terminal.
    pub(crate) fn new(color: bool) -> Self {
        Self { width: width().min(WIDEST), color }
    }

    /// Writes one answer.
    pub(crate) fn write(&self, query: &str, matches: &[Match], out: &mut dyn Write) -> io::Result<()> {
        let style = Style::new().force_styling(self.color);
        for line in wrap(&visible(query), self.width) {
            writeln!(out, "{}", style.clone().bold().apply_to(line))?;
        }
        if matches.is_empty() {
            writeln!(out, "{:INDENT$}no match", "")?;
        }
        for found in matches {
            let color = match found.score {
                GREEN_FROM.. => style.clone().green(),
                YELLOW_FROM.. => style.clone().yellow(),
                _ => style.clone().red(),
            };
            let score = color.apply_to(format!("{:>4}", found.score)).to_string();
            self.block(&format!("{score}  "), &visible(&found.source), out)?;
            self.block("", &visible(&found.target), out)?;
            if let Some(proposal) = &found.proposal {
                self.block(&format!("{:>4}  ", "→"), &visible(proposal), out)?;
            }
            let place = format!("{} · {}", found.kind.as_str(), visible(&found.document));
            self.block("", &style.clone().dim().apply_to(place).to_string(), out)?;
        }
        writeln!(out)
    }

    /// Writes a text in lines of its own, the first behind `head`, which takes [`INDENT`] columns unless it is empty.
    fn block(&self, head: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
        for (i, line) in wrap(text, self.width.saturating_sub(INDENT).max(2)).into_iter().enumerate() {
            if i == 0 && !head.is_empty() {
                writeln!(out, "{head}{line}")?;
            } else {
                writeln!(out, "{:INDENT$}{line}", "")?;
            }
        }
        Ok(())
    }
}
