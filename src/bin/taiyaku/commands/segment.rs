//! `taiyaku segment`: the sentences of one file.

use std::io::{self, Write};

use serde::Serialize;
use taiyaku::document::{BlockKind, Document, ReadOptions, read_bytes};
use taiyaku::segment::{Segment as Sentence, segment};
use taiyaku::token::Tokenizer;

use super::Outcome;
use crate::args::Segment;
use crate::input::Input;
use crate::messages::Messages;
use crate::{output, resources};

/// A sentence as JSONL has it. Offsets count characters of the readable text.
#[derive(Serialize)]
struct Line<'d> {
    segment: usize,
    block: usize,
    kind: &'static str,
    start: usize,
    end: usize,
    text: &'d str,
}

pub(super) fn run(args: &Segment, messages: Messages) -> anyhow::Result<Outcome> {
    let is_jsonl = output::is_in("jsonl", args.format.as_deref(), args.output.output.as_deref(), "sentences")?;
    let input = Input::new(&args.file);
    output::refuse_inputs(args.output.output.as_deref(), input.path())?;
    let project = input.path().map(|path| resources::project_around(&[path])).transpose()?.flatten();
    let tokenizer = match resources::dictionary(&args.reading, project.as_ref()) {
        Some(folder) => Tokenizer::from_folder(&folder)?,
        None => Tokenizer::new()?,
    };
    let options = ReadOptions {
        encoding: resources::encoding(&args.reading.encoding, project.as_ref()),
        lang: args.languages.source_language.clone().or_else(|| args.languages.target_language.clone()),
        project_tags: project.as_ref().map(resources::tags).unwrap_or_default(),
    };
    let bytes = input.read()?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        output::write(args.output.output.as_deref(), |_| Ok(()))?;
        return Ok(Outcome::Done);
    }
    let reading = read_bytes(&input.name(), &bytes, &options)?;
    messages.notes(&reading.notes);
    let document = reading.document;
    let sentences = segment(&document, &tokenizer);
    output::write(args.output.output.as_deref(), |out| {
        if is_jsonl {
            write_jsonl(&document, &sentences, out)
        } else {
            sentences.iter().try_for_each(|sentence| writeln!(out, "{}", document.line(sentence.span)))
        }
    })?;
    Ok(Outcome::Done)
}

fn write_jsonl(document: &Document, sentences: &[Sentence], out: &mut dyn Write) -> io::Result<()> {
    // Sentences come in order, so that characters are counted once.
    let (mut byte, mut character) = (0, 0);
    let mut characters_to = |end: usize| {
        character += document.text.get(byte..end).map_or(0, |text| text.chars().count());
        byte = end;
        character
    };
    for (number, sentence) in sentences.iter().enumerate() {
        let kind = document.blocks.get(sentence.block).map_or(BlockKind::Paragraph, |block| block.kind);
        let line = Line {
            segment: number,
            block: sentence.block,
            kind: kind_name(kind),
            start: characters_to(sentence.span.start),
            end: characters_to(sentence.span.end),
            text: &document.line(sentence.span),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn kind_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading => "heading",
        BlockKind::ListItem => "list-item",
        BlockKind::Quote => "quote",
        BlockKind::Separator => "separator",
        BlockKind::Date => "date",
        BlockKind::Handle => "handle",
        _ => "paragraph",
    }
}
