//! `taiyaku align SOURCE TARGET`: two files.

use std::io::IsTerminal;
use std::path::Path;

use anyhow::bail;
use taiyaku::document::{ReadOptions, decode};
use taiyaku::error::{Error, Result};
use taiyaku::format::{Format, write_units};
use taiyaku::lang::{Lang, detect_beside};
use taiyaku::pipeline::{AlignedTexts, Pipeline, Text};
use taiyaku::project::Project;

use super::Outcome;
use crate::args::Align;
use crate::input::Input;
use crate::messages::Messages;
use crate::render::columns::Columns;
use crate::render::summary::Summary;
use crate::{output, resources};

/// What the alignment is shown as.
enum View {
    /// Side by side, for people.
    Text,
    /// A file format.
    Format(Format),
}

pub(super) fn run(
    args: &Align,
    source: &Path,
    target: &Path,
    color: bool,
    messages: Messages,
) -> anyhow::Result<Outcome> {
    let (source, target) = (Input::new(source), Input::new(target));
    refuse_same_file(&source, &target)?;
    let paths: Vec<&Path> = [&source, &target].into_iter().filter_map(Input::path).collect();
    output::refuse_inputs(args.output.output.as_deref(), paths.iter().copied())?;
    let view = view(args)?;
    let project = if paths.len() == 2 { resources::project_around(&paths)? } else { None };
    let options = ReadOptions {
        encoding: resources::encoding(&args.aids.reading.encoding, project.as_ref()),
        lang: None,
        project_tags: project.as_ref().map(resources::tags).unwrap_or_default(),
    };
    let pipeline = resources::pipeline(&args.aids, project.as_ref(), messages)?;
    let read = |input: &Input, lang: &Option<Lang>| {
        let options = ReadOptions { lang: lang.clone(), ..options.clone() };
        read(&pipeline, input, &options, args.segmented, messages)
    };
    let source = read(&source, &args.languages.source_language)?;
    let target = read(&target, &args.languages.target_language)?;
    let (source, target) = with_languages(source, target, project.as_ref(), messages, |name, bytes, lang| {
        let options = ReadOptions { lang: Some(lang), ..options.clone() };
        read_text(&pipeline, name, bytes, &options, args.segmented)
    })?;
    for text in [&source, &target].into_iter().filter(|text| text.segments.is_empty()) {
        messages.note(&format!("{} holds no text", text.id));
    }
    let aligned = pipeline.align(source, target)?;
    messages.notes(&aligned.notes);
    write(args, &view, &aligned, color, messages)?;
    Ok(Outcome::Done)
}

fn refuse_same_file(source: &Input, target: &Input) -> anyhow::Result<()> {
    let file = |input: &Input| input.path().and_then(|path| path.canonicalize().ok());
    if file(source).is_some_and(|source| file(target) == Some(source)) {
        bail!("{} and {} are the same file. Give an article and its translation", source.name(), target.name());
    }
    Ok(())
}

fn view(args: &Align) -> anyhow::Result<View> {
    let file = output::file(args.output.output.as_deref());
    Ok(match (args.format.as_deref(), file) {
        (Some("text"), _) => View::Text,
        (Some(name), _) => match Format::from_name(name) {
            Ok(format) => View::Format(format),
            Err(error) => bail!("{error}, or text for reading"),
        },
        (None, Some(file)) => View::Format(output::format_of(file)?),
        (None, None) if std::io::stdout().is_terminal() => View::Text,
        (None, None) => View::Format(Format::Tsv),
    })
}

/// A text whose language may be open still, because it has too few letters.
enum Draft {
    Text(Text),
    Open {
        name: String,
        bytes: Vec<u8>,
        text: String,
        /// Why its language cannot be told; nothing where there is no text at all.
        reason: Option<Error>,
    },
}

fn read(
    pipeline: &Pipeline,
    input: &Input,
    options: &ReadOptions,
    is_segmented: bool,
    messages: Messages,
) -> Result<Draft> {
    let (name, bytes) = (input.name(), input.read()?);
    match read_text(pipeline, &name, &bytes, options, is_segmented) {
        Ok((text, notes)) => {
            messages.notes(&notes);
            Ok(Draft::Text(text))
        }
        Err(error) => {
            let is_open = options.lang.is_none() && {
                let options = ReadOptions { lang: Some(Lang::japanese()), ..options.clone() };
                read_text(pipeline, &name, &bytes, &options, is_segmented).is_ok()
            };
            if !is_open {
                return Err(error);
            }
            let (text, notes) = decode(&name, &bytes, options.encoding.as_deref())?;
            messages.notes(&notes);
            let reason = (!text.trim().is_empty()).then_some(error);
            Ok(Draft::Open { name, bytes, text, reason })
        }
    }
}

fn read_text(
    pipeline: &Pipeline,
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    is_segmented: bool,
) -> Result<(Text, Vec<String>)> {
    if is_segmented { pipeline.read_segmented(name, bytes, options) } else { pipeline.read_bytes(name, bytes, options) }
}

/// The texts, one whose language is open in the one that goes with the other's; `read` reads it so.
///
/// Fails when both hold text and neither shows its language.
fn with_languages(
    source: Draft,
    target: Draft,
    project: Option<&Project>,
    messages: Messages,
    read: impl Fn(&str, &[u8], Lang) -> Result<(Text, Vec<String>)>,
) -> Result<(Text, Text)> {
    let beside = |draft: Draft, other: &Lang| match draft {
        Draft::Text(text) => Ok(text),
        Draft::Open { name, bytes, text, reason } => {
            let has_letters = text.chars().any(char::is_alphabetic);
            let configured = project.filter(|_| !has_letters).and_then(|project| counterpart(project, other));
            let Some(lang) = configured.or_else(|| detect_beside(&text, other)) else {
                return Err(reason.unwrap_or_else(|| Error::Usage(format!("cannot tell the language of {name}"))));
            };
            if reason.is_some() {
                let told = "give the languages if that is wrong";
                messages.note(&format!("the language of {name} is taken to be {lang}, beside {other}; {told}"));
            }
            read(&name, &bytes, lang).map(|(text, _)| text)
        }
    };
    match (source, target) {
        (Draft::Text(source), target) => {
            let target = beside(target, &source.lang)?;
            Ok((source, target))
        }
        (source, Draft::Text(target)) => Ok((beside(source, &target.lang)?, target)),
        (Draft::Open { reason: Some(error), .. }, _) | (_, Draft::Open { reason: Some(error), .. }) => Err(error),
        (source, target) => {
            let source = beside(source, &Lang::english())?;
            let target = beside(target, &source.lang)?;
            Ok((source, target))
        }
    }
}

/// The project's language that goes with another of its languages.
fn counterpart(project: &Project, other: &Lang) -> Option<Lang> {
    let config = &project.config;
    if *other == config.source {
        config.targets.first().cloned()
    } else {
        config.targets.contains(other).then(|| config.source.clone())
    }
}

fn write(args: &Align, view: &View, aligned: &AlignedTexts, color: bool, messages: Messages) -> Result<()> {
    let path = args.output.output.as_deref();
    let document = format!("{} {}", aligned.source.id, aligned.target.id);
    let units = aligned.units(&document);
    let summary = Summary::of(&units);
    output::write(path, |out| match view {
        View::Text => Columns::new(color && output::file(path).is_none()).write(&units, &summary, out),
        View::Format(format) => write_units(*format, &units, &aligned.source.lang, &aligned.target.lang, out),
    })?;
    if let Some(file) = output::file(path) {
        messages.summary(&format!("{}: {summary}", file.display()));
    }
    Ok(())
}
