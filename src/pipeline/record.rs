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
        let source =
            self.input_text("source", input.source, input.source_language.or(defaults.source_language.clone()))?;
        let target =
            self.input_text("target", input.target, input.target_language.or(defaults.target_language.clone()))?;
        self.align(source, target)
    }

    fn input_text(&self, side: &str, text: InputText, given: Option<Lang>) -> Result<Text> {
        let sample = match &text {
            InputText::Whole(text) => text.clone(),
            InputText::Segments(segments) => segments.join("\n"),
        };
        let lang = given.or_else(|| lang::detect(&sample)).ok_or_else(|| {
            Error::Usage(format!("the language of the {side} cannot be told. Give \"{side}_language\" in the record"))
        })?;
        match text {
            InputText::Segments(segments) => Ok(Text { id: side.to_owned(), lang, segments }),
            InputText::Whole(text) => {
                let options = ReadOptions { lang: Some(lang), ..ReadOptions::default() };
                self.read_bytes(side, text.as_bytes(), &options).map(|(text, _)| text)
            }
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
