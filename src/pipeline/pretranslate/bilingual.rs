//! A pre-translated article as a bilingual file.

use std::io::{self, Write};

use super::{EXACT, PretranslatedSegment, Pretranslation, translation};
use crate::align::SegmentRange;
use crate::format::{Format, Proposal, Record, XliffVersion, XliffWriter, write_records, write_tsv_with_notes};
use crate::memory::Match;
use crate::unit::{Status, TranslationUnit, Variant};

/// The files in which a pre-translated article goes to a translator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PretranslationFormat {
    /// All segments with proposals and names.
    Xliff(XliffVersion),
    /// The segments that are filled in; TMX has no place for others.
    Tmx,
    /// All segments: the columns of pairs, and `note` (the names), `score` and `origin` of the best match, and in
    /// `proposal` its translation where it is not filled in.
    Tsv,
}

impl Pretranslation {
    /// Writes the article with what is filled in.
    ///
    /// A filled segment has the status `auto` and its score as confidence, 100 being 1. The confidence of others is 1 too:
    /// what stands there later is a translator's.
    pub fn write(&self, format: PretranslationFormat, out: &mut dyn Write) -> io::Result<()> {
        let languages = (&self.source_lang, &self.target_lang);
        let segments = (0..).zip(&self.segments);
        match format {
            PretranslationFormat::Xliff(version) => {
                let mut writer = XliffWriter::new(version, languages, out)?;
                for (number, segment) in segments {
                    let proposals: Vec<Proposal> = segment.matches.iter().map(proposal).collect();
                    writer.write(&self.record(number, segment), &proposals)?;
                }
                writer.finish()
            }
            PretranslationFormat::Tmx => {
                let filled = segments.filter(|(_, segment)| segment.filled.is_some());
                let records: Vec<Record> = filled.map(|(number, segment)| self.record(number, segment)).collect();
                write_records(Format::Tmx, &records, languages, out)
            }
            PretranslationFormat::Tsv => {
                let row =
                    |(number, segment)| Record { properties: properties(segment), ..self.record(number, segment) };
                write_tsv_with_notes(&segments.map(row).collect::<Vec<_>>(), languages, out)
            }
        }
    }

    fn record(&self, number: usize, segment: &PretranslatedSegment) -> Record {
        let target: Vec<String> = segment.filled.iter().map(|filled| translation(filled).to_owned()).collect();
        let names: Vec<String> = segment.names.iter().map(|(name, there)| format!("{name} = {there}")).collect();
        let unit = TranslationUnit {
            document: self.document.clone(),
            source: Variant { lang: self.source_lang.clone(), segments: vec![segment.text.clone()] },
            source_segments: SegmentRange::new(number, number + 1),
            target_segments: SegmentRange::new(number, number + target.len()),
            target: Variant { lang: self.target_lang.clone(), segments: target },
            confidence: segment.filled.as_ref().map_or(1.0, |filled| f64::from(filled.score.min(EXACT)) / 100.0),
            status: Status::Auto,
        };
        Record { note: names.join("; "), ..unit.into() }
    }
}

fn proposal(found: &Match) -> Proposal {
    // A translation that was changed has no places for codes.
    let codes =
        if found.proposal.is_none() { (&*found.source_codes, &*found.target_codes) } else { (&[][..], &[][..]) };
    Proposal {
        source: found.source.clone(),
        target: translation(found).to_owned(),
        score: found.score,
        origin: found.document.clone(),
        source_codes: codes.0.to_vec(),
        target_codes: codes.1.to_vec(),
    }
}

/// The columns `score`, `origin` and `proposal`.
fn properties(segment: &PretranslatedSegment) -> Vec<(String, String)> {
    let best = segment.filled.as_ref().or(segment.matches.first());
    let proposal = best.filter(|_| segment.filled.is_none()).map(translation).unwrap_or_default();
    let score = best.map(|best| best.score.to_string()).unwrap_or_default();
    let origin = best.map(|best| best.document.clone()).unwrap_or_default();
    let columns = [("score", score), ("origin", origin), ("proposal", proposal.to_owned())];
    columns.map(|(name, value)| (name.to_owned(), value)).into()
}
