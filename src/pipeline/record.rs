//! `align --jsonl`: one article pair as a JSON object in, one result as a JSON object out.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{AlignedTexts, Pipeline, Text};
use crate::document::ReadOptions;
use crate::error::{Error, Result};
use crate::lang::{self, Lang};

/// The languages of records that do not say theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordDefaults {
    /// Of the source.
    pub source_language: Option<Lang>,
    /// Of the target.
    pub target_language: Option<Lang>,
}

struct Input {
    source_language: Option<Lang>,
    target_language: Option<Lang>,
    source: InputText,
    target: InputText,
}

/// A text, or its segments.
enum InputText {
    Whole(String),
    Segments(Vec<String>),
}

#[derive(Serialize)]
struct Output {
    id: Value,
    beads: Vec<(Vec<usize>, Vec<usize>, f64)>,
    pairs: Vec<OutputPair>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Serialize)]
struct OutputPair {
    source: String,
    target: String,
    confidence: f64,
}

#[derive(Serialize)]
struct Failure {
    id: Value,
    line: usize,
    error: String,
}

impl Pipeline {
    /// Aligns a record, a JSON object on the line of the number `line`, and gives the result as one line of JSON; whether
    /// it succeeded comes with it.
    ///
    /// A bad record gives `{"id", "line", "error"}`. Every record stands alone, so their order does not matter.
    pub fn align_record(&self, record: &str, line: usize, defaults: &RecordDefaults) -> (String, bool) {
        let (id, result) = match object(record) {
            Ok(object) => {
                let id = object.get("id").cloned().unwrap_or_default();
                (id, Input::new(object).and_then(|input| self.align_input(input, defaults)))
            }
            Err(error) => (Value::Null, Err(error)),
        };
        match result {
            Ok(aligned) => (json(&output(id, &aligned)), true),
            Err(error) => (json(&Failure { id, line, error: error.to_string() }), false),
        }
    }

    /// The result for a record that is no text, on the line of the number `line`.
    pub fn undecodable_record(line: usize) -> String {
        let error = "the line is not UTF-8. Write the records as UTF-8, as JSON asks".to_owned();
        json(&Failure { id: Value::Null, line, error })
    }

    fn align_input(&self, input: Input, defaults: &RecordDefaults) -> Result<AlignedTexts> {
        let given = (
            input.source_language.or(defaults.source_language.clone()),
            input.target_language.or(defaults.target_language.clone()),
        );
        let (source_lang, target_lang) = languages(&input.source, &input.target, given)?;
        let source = self.input_text("source", input.source, source_lang)?;
        let target = self.input_text("target", input.target, target_lang)?;
        self.align(source, target)
    }

    fn input_text(&self, side: &str, text: InputText, lang: Lang) -> Result<Text> {
        match text {
            InputText::Segments(segments) => Ok(Text { id: side.to_owned(), lang, segments }),
            InputText::Whole(text) => {
                let options = ReadOptions { lang: Some(lang), ..ReadOptions::default() };
                self.read_bytes(side, text.as_bytes(), &options).map(|(text, _)| text)
            }
        }
    }
}

/// The JSON object that a record is.
fn object(record: &str) -> Result<Map<String, Value>> {
    let kind = match serde_json::from_str(record) {
        Ok(Value::Object(object)) => return Ok(object),
        Ok(Value::Array(_)) => "it is a list".to_owned(),
        Ok(Value::String(_)) => "it is a string".to_owned(),
        Ok(_) => "it is a single value".to_owned(),
        Err(error) if error.is_eof() => "it ends too early".to_owned(),
        Err(error) => {
            let before = record.as_bytes().get(..error.column().saturating_sub(1)).unwrap_or_default();
            format!("it is no JSON from character {} on", String::from_utf8_lossy(before).chars().count() + 1)
        }
    };
    Err(Error::Usage(format!(
        "this is no record: {kind}. Write one JSON object a line with id, source_language, target_language, source and target"
    )))
}

impl Input {
    fn new(mut object: Map<String, Value>) -> Result<Self> {
        let [source_language, target_language] =
            ["source_language", "target_language"].map(|key| match object.get(key) {
                None | Some(Value::Null) => Ok(None),
                Some(Value::String(tag)) => {
                    tag.parse().map(Some).map_err(|error| Error::Usage(format!("in {key:?}: {error}")))
                }
                Some(_) => {
                    Err(Error::Usage(format!("{key:?} is no language tag. Write one like \"ja\", \"en\" or \"pt-BR\"")))
                }
            });
        let [source, target] = ["source", "target"].map(|key| InputText::new(key, object.remove(key)));
        Ok(Self {
            source_language: source_language?,
            target_language: target_language?,
            source: source?,
            target: target?,
        })
    }
}

/// The languages of both texts: those given, those that the texts tell, and what a text leaves open from the other.
fn languages(source: &InputText, target: &InputText, given: (Option<Lang>, Option<Lang>)) -> Result<(Lang, Lang)> {
    let (source, target) = (source.sample(), target.sample());
    let languages = match given {
        (Some(source_lang), Some(target_lang)) => Some((source_lang, target_lang)),
        (Some(source_lang), None) => beside(&target, source_lang),
        (None, Some(target_lang)) => beside(&source, target_lang).map(|(target, source)| (source, target)),
        (None, None) => match (lang::detect(&source), lang::detect(&target)) {
            (_, Some(told)) if told.is_japanese() => beside(&source, told).map(|(target, source)| (source, target)),
            (Some(told), _) => beside(&target, told),
            (None, Some(told)) => beside(&source, told).map(|(target, source)| (source, target)),
            (None, None) => None,
        },
    };
    languages.ok_or_else(|| {
        let message = "the languages cannot be told. Give \"source_language\" and \"target_language\" in the record";
        Error::Usage(message.to_owned())
    })
}

/// A language with that of a text beside it.
fn beside(text: &str, known: Lang) -> Option<(Lang, Lang)> {
    let other = lang::detect_beside(text, &known)?;
    Some((known, other))
}

impl InputText {
    fn new(key: &str, value: Option<Value>) -> Result<Self> {
        let segments = match value {
            Some(Value::String(text)) => return Ok(Self::Whole(text)),
            Some(Value::Array(segments)) => segments,
            None => {
                return Err(Error::Usage(format!(
                    "the record has no {key:?}. Add the text, or a list of its sentences"
                )));
            }
            Some(_) => Vec::from([Value::Null]),
        };
        let texts = segments.into_iter().map(|segment| match segment {
            Value::String(text) => Ok(text),
            _ => Err(Error::Usage(format!("{key:?} is no text. Write a string, or a list of strings"))),
        });
        texts.collect::<Result<_>>().map(Self::Segments)
    }

    /// What the language is told from.
    fn sample(&self) -> String {
        match self {
            Self::Whole(text) => text.clone(),
            Self::Segments(segments) => segments.join("\n"),
        }
    }
}

fn output(id: Value, aligned: &AlignedTexts) -> Output {
    let rounded = |confidence: f64| (confidence * 1000.0).round() / 1000.0;
    let beads = aligned.alignment.beads().iter();
    let pairs = aligned.units("").into_iter().map(|mut unit| {
        // Empty segments count in the numbers and leave no space in the text.
        for variant in [&mut unit.source, &mut unit.target] {
            variant.segments.retain(|segment| !segment.trim().is_empty());
        }
        OutputPair { source: unit.source.text(), target: unit.target.text(), confidence: rounded(unit.confidence) }
    });
    Output {
        id,
        beads: beads
            .map(|b| (b.source.indices().collect(), b.target.indices().collect(), rounded(b.confidence)))
            .collect(),
        pairs: pairs.collect(),
        notes: aligned.notes.clone(),
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|e| format!("{{\"error\":\"the result cannot be written: {e}\"}}"))
}
