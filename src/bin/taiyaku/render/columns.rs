//! An alignment for reading: source and target side by side, or one above the other where there is little room.

use std::io::{self, Write};

use console::{Style, Term};
use taiyaku::unit::{TranslationUnit, Variant};
use unicode_width::UnicodeWidthStr;

use super::summary::{Summary, decimals, is_doubtful};
use super::wrap::wrap;

/// Below this width of the terminal the texts stand one above the other.
const LEAST_FOR_TWO: usize = 60;
/// The width where there is no terminal and COLUMNS says nothing.
const WIDTH_ELSEWHERE: usize = 100;
/// Longer lines are hard to follow.
const MOST_FOR_ONE_TEXT: usize = 60;
/// Beads from this confidence on are green, those to be reviewed and below this red.
const GREEN_FROM: f64 = 0.9;
const RED_BELOW: f64 = 0.5;
/// What stands on the empty side of a bead.
const NOTHING: &str = "—";
const GAP: usize = 2;

/// The two-column view.
pub(crate) struct Columns {
    width: usize,
    color: bool,
}

impl Columns {
    /// A view as wide as the terminal.
    pub(crate) fn new(color: bool) -> Self {
        Self { width: width(), color }
    }

    /// Writes the beads and a closing line.
    pub(crate) fn write(&self, units: &[TranslationUnit], summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let digits = units.len().to_string().len();
        for (number, unit) in (1..).zip(units) {
            let mark = if is_doubtful(unit) { '?' } else { ' ' };
            let confidence = self.style(unit).apply_to(format!("{:>5}", decimals(unit.confidence)));
            let head = format!("{number:>digits$} {mark}{confidence}");
            let head_width = digits + 1 + 1 + 5;
            if self.width < LEAST_FOR_TWO {
                self.write_stacked(&head, unit, out)?;
            } else {
                self.write_beside(&head, head_width, unit, out)?;
            }
        }
        if !units.is_empty() {
            writeln!(out)?;
        }
        writeln!(out, "{summary}")
    }

    fn write_beside(
        &self,
        head: &str,
        head_width: usize,
        unit: &TranslationUnit,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let room = self.width.saturating_sub(head_width + 2 * GAP) / 2;
        let room = room.min(MOST_FOR_ONE_TEXT);
        let (source, target) = (lines(&unit.source, room), lines(&unit.target, room));
        for i in 0..source.len().max(target.len()) {
            let left = source.get(i).map_or("", String::as_str);
            let right = target.get(i).map_or("", String::as_str);
            if i == 0 {
                write!(out, "{head}")?;
            } else {
                write!(out, "{:head_width$}", "")?;
            }
            let pad = if right.is_empty() { 0 } else { room.saturating_sub(left.width()) + GAP };
            writeln!(out, "{:GAP$}{left}{:pad$}{right}", "", "")?;
        }
        Ok(())
    }

    fn write_stacked(&self, head: &str, unit: &TranslationUnit, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{head}")?;
        for line in
            [&unit.source, &unit.target].into_iter().flat_map(|side| lines(side, self.width - GAP.min(self.width)))
        {
            writeln!(out, "{:GAP$}{line}", "")?;
        }
        Ok(())
    }

    fn style(&self, unit: &TranslationUnit) -> Style {
        let style = Style::new().force_styling(self.color);
        if unit.confidence >= GREEN_FROM || !is_doubtful(unit) {
            style.green()
        } else if unit.confidence >= RED_BELOW {
            style.yellow()
        } else {
            style.red()
        }
    }
}

/// The width of the terminal, or of what stands in its place.
pub(super) fn width() -> usize {
    let of_terminal = Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
    let of_variable = || std::env::var("COLUMNS").ok()?.parse().ok();
    of_terminal.or_else(of_variable).unwrap_or(WIDTH_ELSEWHERE)
}

fn lines(side: &Variant, width: usize) -> Vec<String> {
    if side.is_empty() { vec![NOTHING.to_owned()] } else { wrap(&side.text(), width.max(2)) }
}
