//! `taiyaku pretranslate`: a new article against the memory.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::bail;
use taiyaku::document::ReadOptions;
use taiyaku::error::{Error, Result};
use taiyaku::format::XliffVersion;
use taiyaku::lang::Lang;
use taiyaku::memory::Memory;
use taiyaku::pipeline::{
    Analysis, Pipeline, PretranslateOptions, Pretranslation, PretranslationFormat, Resources, Text,
};
use taiyaku::project::Project;

use super::Outcome;
use crate::args::{Aids, Languages, Pretranslate, Xliff};
use crate::input::Input;
use crate::messages::Messages;
use crate::output::STANDARD;
use crate::render::analysis::{write_jsonl, write_table, write_tsv};
use crate::render::summary::counted;
use crate::{output, resources};

/// How the analysis is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Table,
    Tsv,
    Jsonl,
}

pub(super) fn run(args: &Pretranslate, messages: Messages) -> anyhow::Result<Outcome> {
    let view = view(args)?;
    let format = args.output.as_deref().map(|path| bilingual_format(path, args.xliff)).transpose()?;
    let input = Input::new(&args.file);
    output::refuse_inputs(args.output.as_deref(), input.path())?;
    let project = resources::project(&Languages::default())?;
    let memory_file = resources::memory_file(&args.memory)?;
    output::refuse_inputs(args.output.as_deref(), [memory_file.as_path()])?;
    let memory = Memory::open(&memory_file)?;
    let pipeline = pipeline(args, project.as_ref(), messages)?;
    let text = read(args, &input, project.as_ref(), &pipeline, messages)?;
    let target_lang = target_language(args, &text.lang, project.as_ref())?;
    let options = PretranslateOptions {
        fill: args.fill,
        threshold: args.threshold,
        limit: args.limit.get(),
        ..PretranslateOptions::new(target_lang)
    };
    let pretranslation = pipeline.pretranslate(&text, &memory, &options)?;
    if let (Some(path), Some(format)) = (args.output.as_deref(), format) {
        output::write(Some(path), |out| pretranslation.write(format, out))?;
        if let Some(file) = output::file(Some(path)) {
            messages.summary(&summary(file, &pretranslation, format));
        }
    }
    show(&pretranslation.analysis(), view, args.output.as_deref(), messages)?;
    Ok(Outcome::Done)
}

fn view(args: &Pretranslate) -> anyhow::Result<View> {
    let takes_standard_output = args.output.is_some() && output::file(args.output.as_deref()).is_none();
    Ok(match args.format.as_deref() {
        // It goes to standard error, for people.
        None if takes_standard_output || io::stdout().is_terminal() => View::Table,
        None | Some("tsv") => View::Tsv,
        Some("table") => View::Table,
        Some("jsonl") => View::Jsonl,
        Some(other) => bail!("{other:?} is no format for an analysis. Choose one of table, tsv, jsonl"),
    })
}

/// The format that the ending of the file's name tells.
fn bilingual_format(path: &Path, xliff: Xliff) -> Result<PretranslationFormat> {
    let version = match xliff {
        Xliff::V1_2 => XliffVersion::V1_2,
        Xliff::V2_1 => XliffVersion::V2_1,
    };
    if path.as_os_str() == STANDARD {
        return Ok(PretranslationFormat::Xliff(version));
    }
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match ending.as_str() {
        "xlf" | "xliff" => Ok(PretranslationFormat::Xliff(version)),
        "tmx" => Ok(PretranslationFormat::Tmx),
        "tsv" => Ok(PretranslationFormat::Tsv),
        _ => Err(Error::Usage(format!(
            "the ending of {} tells no format for a pre-translated article. Choose .xlf, .tmx or .tsv",
            path.display()
        ))),
    }
}

fn pipeline(args: &Pretranslate, project: Option<&Project>, messages: Messages) -> Result<Pipeline> {
    let aids = Aids {
        glossary: args.glossary.clone(),
        no_glossary: args.no_glossary,
        lexicon: Vec::new(),
        reading: args.reading.clone(),
    };
    // Word lists serve alignment only.
    resources::build(&Resources { lexicons: Vec::new(), ..resources::what(&aids, project) }, messages)
}

fn read(
    args: &Pretranslate,
    input: &Input,
    project: Option<&Project>,
    pipeline: &Pipeline,
    messages: Messages,
) -> Result<Text> {
    let bytes = input.read()?;
    let mut options = ReadOptions {
        encoding: resources::encoding(&args.reading.encoding, project),
        lang: args.languages.source_language.clone(),
        project_tags: project.map(resources::tags).unwrap_or_default(),
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        // No text tells its language, and none is needed.
        let of_project = || project.map_or_else(Lang::japanese, |project| project.config.source.clone());
        options.lang = Some(options.lang.unwrap_or_else(of_project));
    }
    let name = input.name();
    let (text, notes) = if args.segmented {
        pipeline.read_segmented(&name, &bytes, &options)?
    } else {
        pipeline.read_bytes(&name, &bytes, &options)?
    };
    messages.notes(&notes);
    if text.segments.is_empty() {
        messages.note(&format!("{name} holds no text"));
    }
    Ok(text)
}

/// The language to translate into: the one that was given, or the project's that goes with the article's.
fn target_language(args: &Pretranslate, source: &Lang, project: Option<&Project>) -> Result<Lang> {
    let of_project = || {
        let config = &project?.config;
        let is_original = config.source.primary() == source.primary();
        if is_original { config.targets.first().cloned() } else { Some(config.source.clone()) }
    };
    args.languages.target_language.clone().or_else(of_project).ok_or_else(|| {
        Error::Usage(format!(
            "the language to translate {} into is not known, since there is no project here. Give it with --target-language",
            Input::new(&args.file).name()
        ))
    })
}

/// `ja.xlf: 62 segments, 12 filled in, 30 more with proposals`.
fn summary(file: &Path, pretranslation: &Pretranslation, format: PretranslationFormat) -> String {
    let segments = &pretranslation.segments;
    let filled = segments.iter().filter(|segment| segment.filled.is_some()).count();
    let proposed = segments.iter().filter(|segment| segment.filled.is_none() && !segment.matches.is_empty()).count();
    let what = match format {
        PretranslationFormat::Tmx => format!("{} filled in; the others are left out", counted(filled, "segment")),
        _ => format!("{}, {filled} filled in, {proposed} more with proposals", counted(segments.len(), "segment")),
    };
    format!("{}: {what}", file.display())
}

/// Shows the analysis on standard output or, where the article goes there, on standard error.
fn show(analysis: &Analysis, view: View, path: Option<&Path>, messages: Messages) -> Result<()> {
    let write = |out: &mut dyn Write| match view {
        View::Table => write_table(analysis, out),
        View::Tsv => write_tsv(analysis, out),
        View::Jsonl => write_jsonl(analysis, out),
    };
    if path.is_none() || output::file(path).is_some() {
        return output::write(None, write);
    }
    let mut shown = Vec::new();
    write(&mut shown).map_err(|e| Error::write(Path::new("standard error"), e))?;
    messages.summary(String::from_utf8_lossy(&shown).trim_end());
    Ok(())
}
