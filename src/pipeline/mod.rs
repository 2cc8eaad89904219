//! The one place that wires the stages together: files in, aligned texts and translation units out.

mod batch;
mod check;
mod evaluate;
mod pretranslate;
mod record;

use std::path::{Path, PathBuf};

use crate::align::{Aligned, Aligner, Alignment, TextPair, is_canonical};
use crate::document::{Document, ReadOptions, decode, load, read_bytes, read_file};
use crate::error::{Error, Result};
use crate::glossary::Glossary;
use crate::lang::{self, Lang};
use crate::lexicon::Lexicon;
use crate::segment::{Segment, segment};
use crate::token::Tokenizer;
use crate::unit::{Status, TranslationUnit, Variant};

pub use batch::{ArticleReport, BatchOptions, Outcome, Progress, table_units};
pub use check::{CheckText, FileChange, FileOptions, FixSource, Fixes, Texts, locate};
pub use evaluate::{ArticleEvaluation, compare_tables};
pub use pretranslate::{
    Analysis, Band, PretranslateOptions, PretranslatedSegment, Pretranslation, PretranslationFormat, Volume,
};
pub use record::RecordDefaults;

/// Below this confidence a bead should be looked at: of the beads above it fewer than one in a hundred is wrong on news.
pub const REVIEW_BELOW: f64 = 0.9;

/// What a pipeline is built from; the default is what ships.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resources {
    /// A folder with a Japanese dictionary compiled by lindera, instead of the embedded one.
    pub dictionary: Option<PathBuf>,
    /// Word lists beside the one that ships.
    pub lexicons: Vec<PathBuf>,
    /// Glossary files, or folders of them.
    pub glossary: Vec<PathBuf>,
    /// A dictionary of names in the format of ENAMDICT.
    pub name_dictionary: Option<PathBuf>,
    /// The encoding of word lists and glossaries that are neither marked nor UTF-8.
    pub encoding: Option<String>,
}

/// The stages with everything they need. One is made at start and shared by all threads.
#[derive(Debug)]
pub struct Pipeline {
    tokenizer: Tokenizer,
    lexicons: Vec<Lexicon>,
    glossary: Glossary,
    name_dictionary: Option<Lexicon>,
}

/// A text cut into segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// What the text is called.
    pub id: String,
    /// Its language.
    pub lang: Lang,
    /// Its segments, each on one line.
    pub segments: Vec<String>,
}

/// Two texts and their alignment.
#[derive(Debug, Clone, PartialEq)]
pub struct AlignedTexts {
    /// The source text.
    pub source: Text,
    /// The target text.
    pub target: Text,
    /// The beads.
    pub alignment: Alignment,
    /// What the user should know: a sentence each.
    pub notes: Vec<String>,
}

impl Pipeline {
    /// A pipeline from what ships and from the user's files, with notes on what was odd in those.
    ///
    /// Fails when a file cannot be read or is not what it should be.
    pub fn new(resources: &Resources) -> Result<(Self, Vec<String>)> {
        let tokenizer = match &resources.dictionary {
            Some(folder) => Tokenizer::from_folder(folder)?,
            None => Tokenizer::new()?,
        };
        let (mut glossary, mut notes) = Glossary::read(&resources.glossary, resources.encoding.as_deref())?;
        glossary.derive_kanji_surnames(&tokenizer);
        let mut lexicons = vec![Lexicon::shipped()];
        let mut read = |path: &Path| {
            let bytes = load(path)?;
            let (lexicon, said) =
                Lexicon::read(&path.display().to_string(), &bytes, resources.encoding.as_deref(), None)?;
            notes.extend(said);
            Ok::<_, Error>(lexicon)
        };
        let name_dictionary = resources.name_dictionary.as_deref().map(&mut read).transpose()?;
        for path in &resources.lexicons {
            let lexicon = read(path)?;
            let is_forwards = is_canonical(lexicon.source(), lexicon.target());
            lexicons.push(if is_forwards { lexicon } else { lexicon.reversed() });
        }
        Ok((Self { tokenizer, lexicons, glossary, name_dictionary }, notes))
    }

    /// Whether Japanese words come from a dictionary.
    pub fn has_dictionary(&self) -> bool {
        self.tokenizer.has_dictionary()
    }

    /// The glossary.
    pub fn glossary(&self) -> &Glossary {
        &self.glossary
    }

    /// Reads an article and cuts it into sentences, with notes.
    pub fn read(&self, path: &Path, options: &ReadOptions) -> Result<(Text, Vec<String>)> {
        let reading = read_file(path, options)?;
        Ok((self.text(&reading.document), reading.notes))
    }

    /// The same for an article at hand as bytes; the ending of `name` decides its format.
    pub fn read_bytes(&self, name: &str, bytes: &[u8], options: &ReadOptions) -> Result<(Text, Vec<String>)> {
        let reading = read_bytes(name, bytes, options)?;
        Ok((self.text(&reading.document), reading.notes))
    }

    /// A text in which every line is one segment already, with notes.
    pub fn read_segmented(&self, name: &str, bytes: &[u8], options: &ReadOptions) -> Result<(Text, Vec<String>)> {
        let (text, notes) = decode(name, bytes, options.encoding.as_deref())?;
        let lang = match &options.lang {
            Some(lang) => lang.clone(),
            None => read_bytes(name, bytes, options)?.document.lang,
        };
        let document = Document::segmented(name, lang, text);
        let segments = document.blocks.iter().map(|block| document.line(block.span).into_owned()).collect();
        Ok((Text { id: document.id, lang: document.lang, segments }, notes))
    }

    /// The sentences of a document.
    pub fn segments(&self, document: &Document) -> Vec<Segment> {
        segment(document, &self.tokenizer)
    }

    fn text(&self, document: &Document) -> Text {
        let segments = self.segments(document).into_iter().map(|s| document.line(s.span).into_owned()).collect();
        Text { id: document.id.clone(), lang: document.lang.clone(), segments }
    }

    /// Aligns two texts by themselves.
    ///
    /// Fails when both are in one language.
    pub fn align(&self, source: Text, target: Text) -> Result<AlignedTexts> {
        if source.lang == target.lang {
            return Err(Error::Usage(format!(
                "{} and {} are both in the language {}. Give the right languages, or two texts that translate each other",
                source.id, target.id, source.lang
            )));
        }
        let aligner = self.aligner();
        let pair = TextPair { source: lines(&source), target: lines(&target), ..TextPair::default() };
        let aligned = aligner.align(&source.lang, &target.lang, std::slice::from_ref(&pair))?;
        let aligned = aligned.into_iter().next().unwrap_or_default();
        let mut notes = remarks(&source, &target, &aligned);
        notes.extend(doubt(&source, &target, &aligned));
        Ok(AlignedTexts { source, target, alignment: aligned.alignment, notes })
    }

    /// The aligner with the word lists and the glossary.
    pub fn aligner(&self) -> Aligner<'_> {
        Aligner::new(&self.tokenizer, self.lexicons.iter().collect()).with_glossary(&self.glossary)
    }
}

/// The warning that two texts are probably no translations of each other.
fn doubt(source: &Text, target: &Text, aligned: &Aligned) -> Option<String> {
    aligned.is_doubtful().then(|| {
        format!(
            "{} and {} have so little in common that they may not be translations of each other. Check that they belong together",
            source.id, target.id
        )
    })
}

/// What else is worth telling of two texts.
fn remarks(source: &Text, target: &Text, aligned: &Aligned) -> Vec<String> {
    let mut remarks = Vec::new();
    if !source.segments.is_empty() && source.segments == target.segments {
        remarks.push(format!("{} and {} hold the same text. Check that one is the translation", source.id, target.id));
    }
    if is_read_as(source, &target.lang) && is_read_as(target, &source.lang) {
        remarks.push(format!(
            "{} is taken for {} and {} for {}, but their texts say the opposite: the sides are probably swapped. \
             Change their order or their languages",
            source.id, source.lang, target.id, target.lang
        ));
    }
    remarks.extend(aligned.narrowed.iter().map(|(s, t)| {
        format!(
            "segments {} to {} of {} and {} to {} of {} have too little in common to be compared whole; they were \
             compared along the diagonal only",
            s.start + 1,
            s.end,
            source.id,
            t.start + 1,
            t.end,
            target.id
        )
    }));
    remarks
}

/// Whether the beginning of a text reads as `lang`, which is not the language it is taken for.
fn is_read_as(text: &Text, lang: &Lang) -> bool {
    /// So many segments tell the language.
    const SAMPLE: usize = 20;
    if text.lang.primary() == lang.primary() {
        return false;
    }
    let sample: Vec<&str> = text.segments.iter().take(SAMPLE).map(String::as_str).collect();
    lang::detect(&sample.join("\n")).is_some_and(|read| read.primary() == lang.primary())
}

fn lines(text: &Text) -> Vec<&str> {
    text.segments.iter().map(String::as_str).collect()
}

impl AlignedTexts {
    /// The beads as translation units of `document`, one-sided ones too.
    pub fn units(&self, document: &str) -> Vec<TranslationUnit> {
        let variant = |text: &Text, range: crate::align::SegmentRange| Variant {
            lang: text.lang.clone(),
            segments: text.segments.get(range.indices()).unwrap_or_default().to_vec(),
        };
        self.alignment
            .beads()
            .iter()
            .map(|bead| TranslationUnit {
                document: document.to_owned(),
                source: variant(&self.source, bead.source),
                target: variant(&self.target, bead.target),
                source_segments: bead.source,
                target_segments: bead.target,
                confidence: bead.confidence,
                status: Status::Auto,
            })
            .collect()
    }
}
