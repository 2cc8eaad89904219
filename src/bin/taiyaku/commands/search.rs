//! `taiyaku search`: the concordance.

use std::path::Path;

use taiyaku::memory::{Memory, SearchOptions};
use taiyaku::project::Project;

use super::Outcome;
use crate::args::{Aids, Search};
use crate::messages::Messages;
use crate::render::concordance::{Lines, write_json};
use crate::{output, resources};

pub(super) fn run(args: &Search, color: bool, messages: Messages) -> anyhow::Result<Outcome> {
    let file = args.output.output.as_deref();
    let is_json = output::is_jsonl(args.format.as_deref(), args.output.output.as_deref(), "a concordance")?;
    let project = Project::find(Path::new("."))?;
    let memory = Memory::open(&resources::memory_file(&args.memory)?)?;
    let pipeline = resources::pipeline(&Aids::default(), project.as_ref(), messages)?;
    let aligner = pipeline.aligner();
    let options = SearchOptions {
        lang: args.source_language.clone(),
        regex: args.regex,
        limit: args.limit.get(),
        offset: args.offset,
        aligner: Some(&aligner),
    };
    let found = if args.reading {
        memory.search_reading(&args.pattern, aligner.tokenizer(), &options)?
    } else {
        memory.search(&args.pattern, &options)?
    };
    output::write(file, |out| {
        if is_json {
            write_json(&found, out)
        } else {
            Lines::new(color && output::file(file).is_none()).write(&found, out)
        }
    })?;
    Ok(if found.hits.is_empty() { Outcome::Findings } else { Outcome::Done })
}
