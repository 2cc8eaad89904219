//! A baseline: the findings that are known already, in a text file that reviews well.
//!
//! A finding is known again by its check, its document, its names and its two texts, not by its line: lines that move
//! stay known, and a line whose text is edited is looked at again.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Bitext, Finding};
use crate::error::{Error, Result};

/// The columns of the file.
const HEAD: &str = "check\tdocument\tsource\ttarget\ttexts\tcount";
/// What stands above them.
const REMARK: &str =
    "# Findings that are known and not reported again. Written by `taiyaku check --baseline FILE --update-baseline`.";

/// What findings are known, and how many are alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    counts: BTreeMap<Key, usize>,
}

/// What makes two findings the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    document: String,
    check: String,
    source_name: String,
    target_name: String,
    /// A hash of the texts of the finding's line.
    texts: u64,
}

impl Key {
    fn new(finding: &Finding, bitext: &Bitext) -> Self {
        let line = bitext.lines.get(finding.place.line);
        let name = |name: &Option<String>| name.as_deref().map(on_one_line).unwrap_or_default();
        Self {
            document: line.map(|line| on_one_line(&line.document)).unwrap_or_default(),
            check: finding.check.to_owned(),
            source_name: name(&finding.source_name),
            target_name: name(&finding.target_name),
            texts: hash(line.iter().flat_map(|line| [line.source.as_str(), line.target.as_str()])),
        }
    }
}

/// A number that stays the same as long as the finding is about the same names in the same texts of the same document.
pub fn fingerprint(finding: &Finding, bitext: &Bitext) -> u64 {
    let key = Key::new(finding, bitext);
    let texts = key.texts.to_string();
    hash([key.check.as_str(), &key.document, &key.source_name, &key.target_name, &texts].into_iter())
}

impl Baseline {
    /// Adds a finding.
    pub fn add(&mut self, finding: &Finding, bitext: &Bitext) {
        *self.counts.entry(Key::new(finding, bitext)).or_default() += 1;
    }

    /// Takes the findings away that are known, each as often as it is; how many there were. What stays in the baseline
    /// afterwards was not found.
    pub fn take(&mut self, findings: &mut Vec<Finding>, bitext: &Bitext) -> usize {
        let before = findings.len();
        findings.retain(|finding| match self.counts.get_mut(&Key::new(finding, bitext)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        before - findings.len()
    }

    /// How many findings it holds of what was looked at: told by a finding's document and check.
    pub fn count(&self, was_looked_at: impl Fn(&str, &str) -> bool) -> usize {
        self.counts.iter().filter(|(key, _)| was_looked_at(&key.document, &key.check)).map(|(_, count)| count).sum()
    }

    /// Leaves out what it holds of what is looked at: told by a finding's document and check.
    pub fn forget(&mut self, is_looked_at: impl Fn(&str, &str) -> bool) {
        self.counts.retain(|key, _| !is_looked_at(&key.document, &key.check));
    }

    /// Adds what another holds.
    pub fn extend(&mut self, other: Self) {
        for (key, count) in other.counts {
            *self.counts.entry(key).or_default() += count;
        }
    }

    /// The file's text: one line for each kind of finding, sorted by document and check.
    pub fn to_text(&self) -> String {
        let mut text = format!("{REMARK}\n{HEAD}\n");
        for (Key { document, check, source_name, target_name, texts }, count) in &self.counts {
            let cells = [check, document, source_name, target_name, &format!("{texts:016x}"), &count.to_string()];
            text.push_str(&cells.map(String::as_str).join("\t"));
            text.push('\n');
        }
        text
    }

    /// Reads such a text; `path` is for messages. Fails on what is no baseline, with its line.
    pub fn read(text: &str, path: &Path) -> Result<Self> {
        let mut baseline = Self::default();
        let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines();
        let mut lines = (1..).zip(lines).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        if lines.next().is_some_and(|(_, head)| head.trim_end() != HEAD) {
            let message = "this is no baseline. Write one with --update-baseline";
            return Err(Error::format(path, 1, message));
        }
        for (number, line) in lines {
            let (key, count) = row(line).ok_or_else(|| {
                let message = "this is no line of a baseline. Delete it, or write the file anew with --update-baseline";
                Error::format(path, number, message)
            })?;
            *baseline.counts.entry(key).or_default() += count;
        }
        Ok(baseline)
    }
}

fn row(line: &str) -> Option<(Key, usize)> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [check, document, source_name, target_name, texts, count] = cells.as_slice() else { return None };
    let key = Key {
        document: (*document).to_owned(),
        check: (*check).to_owned(),
        source_name: (*source_name).to_owned(),
        target_name: (*target_name).to_owned(),
        texts: u64::from_str_radix(texts, 16).ok()?,
    };
    Some((key, count.trim_end().parse().ok()?))
}

fn on_one_line(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// The 64-bit FNV-1a hash of texts, which is the same on every machine and in every version.
fn hash<'t>(texts: impl Iterator<Item = &'t str>) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    // A byte that no text holds stands between them.
    let bytes = texts.flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Baseline, fingerprint};
    use crate::check::specimen::bitext;
    use crate::check::{Bitext, Finding, Place, Severity, Side};
    use crate::span::Span;

    /// A finding on a line about the name Fiala.
    fn finding(line: usize) -> Finding {
        let place = Place { line, side: Side::Target, span: Span::default() };
        let mut finding = Finding::new(Severity::Error, place, "x".to_owned());
        finding.check = "name-swapped";
        finding.target_name = Some("Fiala".to_owned());
        finding
    }

    fn baseline(lines: &[usize], bitext: &Bitext) -> Baseline {
        let mut baseline = Baseline::default();
        for line in lines {
            baseline.add(&finding(*line), bitext);
        }
        baseline
    }

    fn left(baseline: &Baseline, lines: &[usize], bitext: &Bitext) -> Vec<usize> {
        let mut findings: Vec<Finding> = lines.iter().map(|line| finding(*line)).collect();
        baseline.clone().take(&mut findings, bitext);
        findings.iter().map(|finding| finding.place.line).collect()
    }

    #[test]
    fn a_known_finding_is_known_where_its_line_has_moved_to() {
        let before = bitext(&[("一", "Fiala"), ("二", "Fiala")]);
        let baseline = baseline(&[0, 1], &before);
        let after = bitext(&[("前", "New"), ("一", "Fiala"), ("二", "Fiala, edited")]);
        assert_eq!(left(&baseline, &[1, 2], &after), [2], "an edited line is looked at again");
    }

    #[test]
    fn equal_findings_are_counted() {
        let text = bitext(&[("一", "Fiala"), ("一", "Fiala"), ("一", "Fiala")]);
        assert_eq!(left(&baseline(&[0, 1], &text), &[0, 1, 2], &text), [2]);
    }

    #[test]
    fn a_baseline_reads_back_and_reviews_line_by_line() {
        let text = bitext(&[("一", "Fiala"), ("二", "Fiala\tx"), ("一", "Fiala")]);
        let baseline = baseline(&[0, 1, 2], &text);
        let written = baseline.to_text();
        assert_eq!(
            written.lines().skip(1).collect::<Vec<_>>(),
            [
                "check\tdocument\tsource\ttarget\ttexts\tcount",
                "name-swapped\tarticle\t\tFiala\t83a2f63d20981f6c\t2",
                "name-swapped\tarticle\t\tFiala\tfc4d8fa4a2b04c99\t1",
            ]
        );
        assert_eq!(Baseline::read(&written.replace('\n', "\r\n"), Path::new("known.tsv")).unwrap(), baseline);
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_its_line() {
        let read = |text: &str| Baseline::read(text, Path::new("known.tsv")).unwrap_err().to_string();
        assert!(read("ja\ten\n").starts_with("known.tsv, line 1: this is no baseline"));
        assert!(read(&format!("{}\nx\ty\n", super::HEAD)).starts_with("known.tsv, line 2: "));
        assert_eq!(Baseline::read("", Path::new("known.tsv")).unwrap(), Baseline::default());
    }

    #[test]
    fn what_is_looked_at_can_be_written_anew_while_the_rest_stays() {
        let text = bitext(&[("一", "Fiala")]);
        let mut baseline = baseline(&[0], &text);
        for other in [("other", "name-swapped"), ("article", "name-spelling")] {
            assert_eq!(baseline.count(|document, check| (document, check) == other), 0);
            baseline.forget(|document, check| (document, check) == other);
        }
        let here = |document: &str, check: &str| (document, check) == ("article", "name-swapped");
        assert_eq!(baseline.count(here), 1);
        baseline.forget(here);
        assert_eq!(baseline, Baseline::default());
    }

    #[test]
    fn a_fingerprint_tells_findings_apart() {
        let text = bitext(&[("一", "Fiala"), ("二", "Fiala"), ("一", "Fiala")]);
        let print = |line: usize| fingerprint(&finding(line), &text);
        assert_eq!(print(0), print(2));
        assert_ne!(print(0), print(1));
    }
}
