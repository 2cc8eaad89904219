//! The project, and what texts are read and aligned with.

use std::path::{Path, PathBuf};

use taiyaku::error::{Error, Result};
use taiyaku::lang::Lang;
use taiyaku::pipeline::{Pipeline, Resources};
use taiyaku::project::Project;

use crate::args::{Aids, Encoding, Languages, MemoryFile, Reading};
use crate::messages::Messages;

/// The name of a project's memory in its folder.
const MEMORY: &str = "memory.db";

/// The project around the current folder, with the languages that the user gave in place of its own.
pub(crate) fn project(languages: &Languages) -> Result<Option<Project>> {
    let Some(mut project) = Project::find(Path::new("."))? else { return Ok(None) };
    if let Some(source) = &languages.source_language {
        project.config.source = source.clone();
    }
    if let Some(target) = &languages.target_language {
        project.config.targets = vec![target.clone()];
    }
    if project.config.targets.contains(&project.config.source) {
        return Err(Error::Usage(format!(
            "{} would be the language of the originals and of their translations. Give another --source-language or --target-language",
            project.config.source
        )));
    }
    Ok(Some(project))
}

/// The memory's file: the one that was named, or the project's.
pub(crate) fn memory_file(file: &MemoryFile) -> Result<PathBuf> {
    if let Some(file) = &file.memory {
        return Ok(file.clone());
    }
    let project = Project::find(Path::new("."))?;
    project.map(|project| project.root.join(MEMORY)).ok_or_else(|| {
        Error::Usage(
            "there is no project here, so it is not clear which memory is meant. Go to a project's folder, or name a memory with --memory"
                .to_owned(),
        )
    })
}

/// The error for a command that needs a project.
pub(crate) fn no_project() -> Error {
    Error::Usage(
        "there is no project here: no taiyaku.toml and no folder corpus/. Go to a project's folder, make one with `taiyaku init`, or name files"
            .to_owned(),
    )
}

/// The project that all of `files` lie in, so that it does not count where the program was started.
pub(crate) fn project_around(files: &[&Path]) -> Result<Option<Project>> {
    let Some(folder) = files.first().and_then(|file| folder(file)) else { return Ok(None) };
    let Some(project) = Project::find(folder)? else { return Ok(None) };
    let Ok(root) = folder_or_here(&project.root).canonicalize() else { return Ok(None) };
    let lies_inside = |file: &&Path| file.canonicalize().is_ok_and(|file| file.starts_with(&root));
    Ok(files.iter().all(lies_inside).then_some(project))
}

fn folder(file: &Path) -> Option<&Path> {
    file.parent().map(folder_or_here).filter(|folder| folder.is_dir())
}

fn folder_or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// The pipeline that these options and the project's settings make; what was odd in the files is told.
pub(crate) fn pipeline(aids: &Aids, project: Option<&Project>, messages: Messages) -> Result<Pipeline> {
    build(&what(aids, project), messages)
}

/// The pipeline from these files; what was odd in them is told.
pub(crate) fn build(resources: &Resources, messages: Messages) -> Result<Pipeline> {
    let (pipeline, notes) = Pipeline::new(resources)?;
    messages.notes(&notes);
    if !pipeline.has_dictionary() {
        messages.note(
            &"this program has no Japanese dictionary inside: Japanese words are taken from changes of script. Give one with --dictionary",
        );
    }
    Ok(pipeline)
}

/// The files that these options and the project's settings name.
pub(crate) fn what(aids: &Aids, project: Option<&Project>) -> Resources {
    let config = project.map(|project| &project.config);
    let mut glossary = config.filter(|_| !aids.no_glossary).map(|c| c.glossary.clone()).unwrap_or_default();
    glossary.extend(aids.glossary.iter().cloned());
    let mut lexicons = config.map(|c| c.lexicon.clone()).unwrap_or_default();
    lexicons.extend(aids.lexicon.iter().cloned());
    Resources {
        dictionary: dictionary(&aids.reading, project),
        lexicons,
        glossary,
        name_dictionary: None,
        encoding: encoding(&aids.reading.encoding, project),
    }
}

/// The Japanese dictionary that the user or the project names.
pub(crate) fn dictionary(reading: &Reading, project: Option<&Project>) -> Option<PathBuf> {
    reading.dictionary.clone().or_else(|| project.and_then(|project| project.config.dictionary.clone()))
}

/// The encoding that the user or the project says.
pub(crate) fn encoding(given: &Encoding, project: Option<&Project>) -> Option<String> {
    given.encoding.clone().or_else(|| project.and_then(|project| project.config.encoding.clone()))
}

/// The languages of the project, which count in file names.
pub(crate) fn tags(project: &Project) -> Vec<Lang> {
    std::iter::once(&project.config.source).chain(&project.config.targets).cloned().collect()
}
