//! `align --jsonl`: one article pair as a JSON object in, one result as a JSON object out.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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

#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    id: Value,
    source_language: Option<Lang>,
    target_language: Option<Lang>,
    source: InputText,
    target: InputText,
}

/// A text, or its segments.
#[derive(Deserialize)]
#[serde(untagged)]
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
    error: String,
}

impl Pipeline {
    /// Aligns the record on `line`, a JSON object, and gives the result as one line of JSON; whether it succeeded comes with it.
    ///
    /// A bad record gives `{"id", "error"}`. Every record stands alone, so their order does not matter.
    pub fn align_record(&self, line: &str, defaults: &RecordDefaults) -> (String, bool) {
        let parsed: std::result::Result<Input, _> = serde_json::from_str(line);
        let id = match &parsed {
            Ok(input) => input.id.clone(),
            Err(_) => {
                serde_json::from_str::<Value>(line).ok().and_then(|v| v.get("id").cloned()).unwrap_or(Value::Null)
            }
        };
        let result = parsed
            .map_err(|e| {
                Error::Usage(format!(
                    "this is no record: {e}. Write one JSON object a line with id, source_language, target_language, source and target"
                ))
            })
            .and_then(|input| self.align_input(input, defaults));
        match result {
            Ok(aligned) => (json(&output(id, &aligned)), true),
            Err(error) => (json(&Failure { id, error: error.to_string() }), false),
        }
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
            InputText::Segments(segments) => {
                let segments = segments.into_iter().filter(|segment| !segment.trim().is_empty()).collect();
                Ok(Text { id: side.to_owned(), lang, segments })
            }
            InputText::Whole(text) => {
                let options = ReadOptions { lang: Some(lang), ..ReadOptions::default() };
                self.read_bytes(side, text.as_bytes(), &options).map(|(text, _)| text)
            }
        }
    }
}

/// The languages of both texts: those given, those that the texts tell, and what a text leaves open from the other.
fn languages(source: &InputText, target: &InputText, given: (Option<Lang>, Option<Lang>)) -> Result<(Lang, Lang)> {
    let (source, target) = (source.sample(), target.sample());
    Ok(match given {
        (Some(source_lang), Some(target_lang)) => (source_lang, target_lang),
        (Some(source_lang), None) => {
            let target_lang = lang::detect_beside(&target, &source_lang);
            (source_lang, target_lang)
        }
        (None, Some(target_lang)) => (lang::detect_beside(&source, &target_lang), target_lang),
        (None, None) => match (lang::detect(&source), lang::detect(&target)) {
            (_, Some(told)) if told.is_japanese() => (lang::detect_beside(&source, &told), told),
            (Some(told), _) => {
                let target_lang = lang::detect_beside(&target, &told);
                (told, target_lang)
            }
            (None, Some(told)) => (lang::detect_beside(&source, &told), told),
            (None, None) => {
                let message = "the languages cannot be told. Give \"source_language\" and \"target_language\" in the record";
                return Err(Error::Usage(message.to_owned()));
            }
        },
    })
}

impl InputText {
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
    let pairs = aligned.units("").into_iter().map(|unit| OutputPair {
        source: unit.source.text(),
        target: unit.target.text(),
        confidence: rounded(unit.confidence),
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
