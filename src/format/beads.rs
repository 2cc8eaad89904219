//! Beads as text: `[3, 4]:[3]:0.981` a line, segment numbers from 0 and the confidence.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use super::confidence;
use crate::align::{Alignment, SegmentRange};
use crate::error::{Error, Result};
use crate::unit::TranslationUnit;

/// A bead as a file lists it. The beads of a file need not cover the texts, nor run on: gold beads often do not.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedBead {
    /// The source segments' numbers, ascending.
    pub source: Vec<usize>,
    /// The target segments' numbers, ascending.
    pub target: Vec<usize>,
    /// The third field where there is one: any finite number, since other aligners write costs there.
    pub confidence: Option<f64>,
}

/// Writes an alignment, a bead a line.
pub fn write(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    alignment.beads().iter().try_for_each(|bead| write_bead(bead.source, bead.target, bead.confidence, out))
}

/// Writes the bead of a unit.
pub(super) fn write_unit(unit: &TranslationUnit, out: &mut dyn Write) -> io::Result<()> {
    write_bead(unit.source_segments, unit.target_segments, unit.confidence, out)
}

fn write_bead(source: SegmentRange, target: SegmentRange, confidence: f64, out: &mut dyn Write) -> io::Result<()> {
    let list = |range: SegmentRange| range.indices().map(|i| i.to_string()).collect::<Vec<_>>().join(", ");
    writeln!(out, "[{}]:[{}]:{}", list(source), list(target), confidence::write(confidence))
}

/// Reads beads; `path` is for messages.
///
/// White space is free, `#` begins a line of comment, and the confidence may be missing. Fails at a line that is no
/// bead, at a segment listed twice in one bead, and at a bead listed twice.
pub fn read(text: &str, path: &Path) -> Result<Vec<ListedBead>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut beads = Vec::new();
    let mut first_lines = BTreeMap::new();
    for (i, line) in text.lines().enumerate() {
        let line_number = i + 1;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let bead = parse(line).map_err(|reason| Error::format(path, line_number, reason))?;
        if let Some(first) = first_lines.insert((bead.source.clone(), bead.target.clone()), line_number) {
            let message = format!("this bead stands in line {first} already. Delete one of the two");
            return Err(Error::format(path, line_number, message));
        }
        beads.push(bead);
    }
    Ok(beads)
}

fn parse(line: &str) -> std::result::Result<ListedBead, String> {
    let malformed = || format!("{line:?} is no bead. Write one like [3, 4]:[3]:0.981");
    let mut fields = line.splitn(3, ':');
    let (Some(source), Some(target)) = (fields.next(), fields.next()) else { return Err(malformed()) };
    let source = numbers(source).ok_or_else(malformed)?;
    let target = numbers(target).ok_or_else(malformed)?;
    let confidence = match fields.next().map(str::trim) {
        None | Some("") => None,
        Some(number) => Some(number.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(malformed)?),
    };
    if source.is_empty() && target.is_empty() {
        return Err("the bead is empty on both sides. Delete the line".to_owned());
    }
    for side in [&source, &target] {
        if let Some([twice, _]) = side.windows(2).find(|pair| matches!(pair, [a, b] if a == b)) {
            return Err(format!("segment {twice} stands twice in the bead. Delete one of the two"));
        }
    }
    Ok(ListedBead { source, target, confidence })
}

/// The numbers of `[3, 4]`, sorted.
fn numbers(field: &str) -> Option<Vec<usize>> {
    let inner = field.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    if inner.is_empty() {
        return Some(Vec::new());
    }
    let mut numbers = inner.split(',').map(|n| n.trim().parse().ok()).collect::<Option<Vec<usize>>>()?;
    numbers.sort_unstable();
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{ListedBead, read, write};
    use crate::align::{Alignment, Bead, SegmentRange};
    use crate::format::specimen::{units, written};
    use crate::format::{Format, write_units};
    use crate::lang::Lang;
    use crate::unit::TranslationUnit;

    fn bead(source: (usize, usize), target: (usize, usize), confidence: f64) -> Bead {
        Bead {
            source: SegmentRange::new(source.0, source.1),
            target: SegmentRange::new(target.0, target.1),
            confidence,
        }
    }

    fn listed(source: &[usize], target: &[usize], confidence: impl Into<Option<f64>>) -> ListedBead {
        ListedBead { source: source.to_vec(), target: target.to_vec(), confidence: confidence.into() }
    }

    fn failure(text: &str) -> String {
        read(text, Path::new("a.beads")).map_err(|e| e.to_string()).expect_err("a wrong line")
    }

    #[test]
    fn an_alignment_is_written_and_read_back() {
        let beads = vec![bead((0, 2), (0, 1), 0.9812), bead((2, 3), (1, 1), 0.5), bead((3, 3), (1, 2), 1.0)];
        let alignment = Alignment::new(beads, 3, 2).expect("beads that tile");
        let text = written(|out| write(&alignment, out));
        assert_eq!(text, "[0, 1]:[0]:0.981\n[2]:[]:0.500\n[]:[1]:1.000\n");
        assert_eq!(
            read(&text, Path::new("a.beads")).ok(),
            Some(vec![listed(&[0, 1], &[0], 0.981), listed(&[2], &[], 0.5), listed(&[], &[1], 1.0)])
        );
    }

    #[test]
    fn reading_is_lenient_and_gold_need_not_tile() {
        let text = "\u{feff}# gold\r\n\r\n [ 4,3 ] : [] \r\n[0]:[7]:\n[0]:[8]:-1.5\n";
        assert_eq!(
            read(text, Path::new("a.beads")).ok(),
            Some(vec![listed(&[3, 4], &[], None), listed(&[0], &[7], None), listed(&[0], &[8], -1.5)])
        );
    }

    #[test]
    fn wrong_lines_are_errors_with_their_number() {
        for wrong in
            ["[0]", "0:0", "[0]:[1", "[0,]:[1]", "[-1]:[1]", "[0]:[1]:high", "[0]:[1]:NaN", "[0]:[1]:1:2", "[０]:[1]"]
        {
            assert_eq!(
                failure(&format!("# one\n{wrong}\n")),
                format!("a.beads, line 2: {wrong:?} is no bead. Write one like [3, 4]:[3]:0.981")
            );
        }
        assert_eq!(failure("[]:[]"), "a.beads, line 1: the bead is empty on both sides. Delete the line");
        assert_eq!(failure("[3, 3]:[]"), "a.beads, line 1: segment 3 stands twice in the bead. Delete one of the two");
        assert_eq!(
            failure("[0, 1]:[0]\n[2]:[]\n[1, 0]:[0]:0.5\n"),
            "a.beads, line 3: this bead stands in line 1 already. Delete one of the two"
        );
    }

    #[test]
    fn units_of_one_article_are_written_as_beads_and_of_several_refused() {
        let write = |units: &[TranslationUnit], out: &mut Vec<u8>| {
            write_units(Format::Beads, units, &Lang::japanese(), &Lang::english(), out)
        };
        let mut units = units();
        assert_eq!(written(|out| write(&units, out)), "[3, 4]:[3]:0.981\n[5]:[4]:1.000\n[6]:[]:0.500\n");
        units[2].document = "another".to_owned();
        assert!(write(&units, &mut Vec::new()).is_err());
    }
}
