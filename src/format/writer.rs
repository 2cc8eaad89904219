//! Units, written one by one in any format.

use std::io::{self, Write};

use super::{Format, Record, XliffVersion, XliffWriter, beads, csv as csv_format, jsonl, tmx, tsv};
use crate::lang::Lang;
use crate::unit::TranslationUnit;

/// A bilingual file that is being written; the same units give the same bytes each time.
///
/// What is left out (one-sided or rejected units) is for the caller to choose. Only TMX and XLIFF have places for inline
/// codes and remarks; TMX and JSONL have them for times. [`output::write_file`](super::output::write_file) adds the path to errors.
pub struct UnitWriter<'w> {
    file: File<'w>,
    /// Whether tables have columns for times.
    has_times: bool,
    /// The document of the units so far, where there may be only one.
    document: Option<String>,
}

type Out<'w> = &'w mut dyn Write;

enum File<'w> {
    Beads(Out<'w>),
    Tsv(Out<'w>),
    Csv(Box<csv::Writer<Out<'w>>>),
    Jsonl(Out<'w>),
    Tmx(Box<tmx::Writer<Out<'w>>>),
    Xliff(Box<XliffWriter<'w>>),
}

impl<'w> UnitWriter<'w> {
    /// Writes the head of a file. `languages` name the columns and the head of the file; with `is_mixed` the units have
    /// others as well, for which TSV, CSV and XLIFF 2.1 have no place.
    pub fn new(format: Format, languages: (&Lang, &Lang), is_mixed: bool, out: Out<'w>) -> io::Result<Self> {
        let file = match format {
            Format::Beads => File::Beads(out),
            Format::Tsv => {
                tsv::write_head(languages, out)?;
                File::Tsv(out)
            }
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                csv_format::write_head(languages, &mut writer)?;
                File::Csv(Box::new(writer))
            }
            Format::Jsonl => File::Jsonl(out),
            Format::Tmx => File::Tmx(Box::new(tmx::Writer::new((!is_mixed).then_some(languages), out)?)),
            Format::Xliff => File::Xliff(Box::new(XliffWriter::new(XliffVersion::V1_2, languages, out)?)),
            Format::Xliff2 => File::Xliff(Box::new(XliffWriter::new(XliffVersion::V2_1, languages, out)?)),
        };
        Ok(Self { file, has_times: false, document: None })
    }

    /// The same, where TSV and CSV too have the times of the units: in two more columns, `created` and `changed`.
    pub fn with_times(format: Format, languages: (&Lang, &Lang), is_mixed: bool, out: Out<'w>) -> io::Result<Self> {
        let file = match format {
            Format::Tsv => {
                tsv::write_head_with_times(languages, out)?;
                File::Tsv(out)
            }
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                csv_format::write_head_with_times(languages, &mut writer)?;
                File::Csv(Box::new(writer))
            }
            _ => return Self::new(format, languages, is_mixed, out),
        };
        Ok(Self { file, has_times: true, document: None })
    }

    /// Writes a record. Fails when the file cannot be written, and when the beads of a second document are to be, whose
    /// numbers mean nothing across documents.
    pub fn write(&mut self, record: &Record) -> io::Result<()> {
        self.unit(&record.unit, Some(record))
    }

    fn unit(&mut self, unit: &TranslationUnit, record: Option<&Record>) -> io::Result<()> {
        match &mut self.file {
            File::Beads(out) => {
                if self.document.get_or_insert_with(|| unit.document.clone()) != &unit.document {
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidInput,
                        "the beads format holds one article, these are several. Choose one article or another format",
                    ));
                }
                beads::write_unit(unit, out)
            }
            File::Tsv(out) if self.has_times => tsv::write_with_times(unit, record, out),
            File::Tsv(out) => tsv::write(unit, out),
            File::Csv(out) if self.has_times => csv_format::write_with_times(unit, record, out),
            File::Csv(out) => csv_format::write(unit, out),
            File::Jsonl(out) => jsonl::write(unit, record, out),
            File::Tmx(file) => file.write(unit, record),
            File::Xliff(file) => file.unit(unit, record, &[]),
        }
    }

    /// Writes the end of the file.
    pub fn finish(self) -> io::Result<()> {
        match self.file {
            File::Beads(out) | File::Tsv(out) | File::Jsonl(out) => out.flush(),
            File::Csv(mut out) => out.flush(),
            File::Tmx(file) => file.finish(),
            File::Xliff(file) => file.finish(),
        }
    }
}

impl std::fmt::Debug for UnitWriter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnitWriter").finish_non_exhaustive()
    }
}

/// Writes records in a format, as [`UnitWriter`] does.
pub fn write_records(
    format: Format,
    records: &[Record],
    languages: (&Lang, &Lang),
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = UnitWriter::new(format, languages, is_mixed(records.iter().map(|record| &record.unit)), out)?;
    records.iter().try_for_each(|record| writer.write(record))?;
    writer.finish()
}

/// Writes units in a format, as [`UnitWriter`] does.
pub fn write_units(
    format: Format,
    units: &[TranslationUnit],
    source_lang: &Lang,
    target_lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = UnitWriter::new(format, (source_lang, target_lang), is_mixed(units.iter()), out)?;
    units.iter().try_for_each(|unit| writer.unit(unit, None))?;
    writer.finish()
}

/// Whether the units have several pairs of languages.
fn is_mixed<'u>(units: impl Iterator<Item = &'u TranslationUnit>) -> bool {
    let mut pairs = units.map(|unit| (&unit.source.lang, &unit.target.lang));
    let first = pairs.next();
    pairs.any(|pair| Some(pair) != first)
}
