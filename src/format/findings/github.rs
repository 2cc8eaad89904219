//! Findings as annotations of GitHub Actions: workflow commands, one a line.

use std::io::{self, Write};

use super::{Checked, Region};
use crate::check::{Finding, Severity};

pub(super) fn write(texts: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    for text in texts {
        for (i, finding) in text.findings.iter().enumerate() {
            write_finding(text, finding, text.region(i), out)?;
        }
    }
    Ok(())
}

fn write_finding(text: &Checked, finding: &Finding, region: Option<&Region>, out: &mut dyn Write) -> io::Result<()> {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    write!(out, "::{kind} ")?;
    if let Some(origin) = text.origins.get(finding.place.line) {
        write!(out, "file={},line={},", property(&origin.file), region.map_or(origin.line, |region| region.line))?;
    }
    if let Some(region) = region {
        write!(out, "col={},endColumn={},", region.column, region.end_column)?;
    }
    let line = super::line_at(&text.bitext, finding.place.line);
    let message = format!("{} ({}:{})", finding.message, line.document, line.line);
    writeln!(out, "title={}::{}", property(finding.check), data(&message))
}

/// A text behind `::`, where a line break would end the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text in the list of properties, where `:` and `,` have their meaning too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property, write};
    use crate::format::findings::specimen;
    use crate::format::specimen::written;

    #[test]
    fn a_finding_is_an_annotation_of_its_file() {
        let text = written(|out| write(&[specimen::checked()], out));
        assert_eq!(
            text,
            "::error file=dir a/pairs.tsv,line=3,col=20,endColumn=25,title=empty-side::リパフスキー is Lipavský; here stands <Fiala>. (a:8)\n\
             ::warning file=dir a/pairs.tsv,line=5,title=empty-side::This line has no translation. (b:2)\n"
        );
    }

    #[test]
    fn signs_that_mean_something_are_escaped() {
        assert_eq!(data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
    }
}
