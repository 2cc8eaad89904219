//! Checks over articles and bilingual files: files in, findings out.

// A test that meets what it does not expect should panic.
#![cfg_attr(test, allow(clippy::expect_used))]

mod article;
mod file;
mod fix;
mod silence;
mod source;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Pipeline;
use crate::check::{self, Bitext, BitextLine, Context, Finding, NameRow, Settings, Severity};
use crate::format::findings::{Checked, LineOrigin};
use crate::lang::Lang;

pub use file::FileOptions;
pub use fix::{FileChange, FixSource, Fixes};
pub use source::locate;

/// Bitexts that were read, with what there is to say of their files.
#[derive(Debug, Default)]
pub struct Texts {
    /// One for each pair of languages of each file, and one for each pair of languages of the project.
    pub texts: Vec<CheckText>,
    /// What the user should know: a sentence each.
    pub notes: Vec<String>,
    /// The records of files that could not be read: a sentence each.
    pub skipped: Vec<String>,
    /// The articles that could not be read: why.
    pub failed: Vec<String>,
}

/// A bitext to be checked.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckText {
    /// The lines.
    pub bitext: Bitext,
    /// For each of them, where it was read.
    pub origins: Vec<LineOrigin>,
    /// The documents whose findings are wanted; all where there is none. The others still tell how names are rendered.
    pub only: BTreeSet<String>,
}

impl Texts {
    /// Adds what else was read.
    pub fn extend(&mut self, other: Self) {
        self.texts.extend(other.texts);
        self.notes.extend(other.notes);
        self.skipped.extend(other.skipped);
        self.failed.extend(other.failed);
    }

    /// The tags of the languages that were read, each once.
    pub fn languages(&self) -> Vec<&str> {
        let mut tags: Vec<&str> = Vec::new();
        for lang in self.texts.iter().flat_map(|text| [&text.bitext.source, &text.bitext.target]) {
            if !tags.contains(&lang.tag()) {
                tags.push(lang.tag());
            }
        }
        tags
    }

    /// Whether something was read, but nothing in this language of whatever region.
    pub fn lacks(&self, lang: &Lang) -> bool {
        let has =
            |text: &CheckText| [&text.bitext.source, &text.bitext.target].iter().any(|l| l.primary() == lang.primary());
        !self.texts.is_empty() && !self.texts.iter().any(has)
    }

    /// How many lines are checked.
    pub fn lines(&self) -> usize {
        self.texts.iter().map(CheckText::lines).sum()
    }
}

impl CheckText {
    fn new(source: Lang, target: Lang) -> Self {
        Self { bitext: Bitext { source, target, lines: Vec::new() }, origins: Vec::new(), only: BTreeSet::new() }
    }

    /// How many lines are checked.
    fn lines(&self) -> usize {
        self.bitext.lines.iter().filter(|line| self.is_wanted(line)).count()
    }

    fn is_wanted(&self, line: &BitextLine) -> bool {
        self.only.is_empty() || self.only.contains(&line.document)
    }

    fn push(&mut self, line: BitextLine, file: &Arc<str>, number: usize) {
        self.bitext.lines.push(line);
        self.origins.push(LineOrigin { file: Arc::clone(file), line: number });
    }

    /// A sentence for each check that a line silences and that does not exist.
    fn unknown_checks(&self) -> Vec<String> {
        let lines = self.bitext.lines.iter().zip(&self.origins);
        lines
            .flat_map(|(line, LineOrigin { file, line: number })| silence::unknown(file, *number, &line.ignore))
            .collect()
    }
}

impl Pipeline {
    /// Checks texts: the findings of at least the severity `least`, and how many less severe ones there are.
    pub fn check(&self, texts: Vec<CheckText>, settings: &Settings, least: Severity) -> (Vec<Checked>, usize) {
        let mut hidden = 0;
        let checked = texts.into_iter().map(|text| {
            let mut findings = self.findings(&text.bitext, settings);
            let is_wanted =
                |finding: &Finding| text.bitext.lines.get(finding.place.line).is_some_and(|line| text.is_wanted(line));
            findings.retain(is_wanted);
            let all = findings.len();
            findings.retain(|finding| finding.severity >= least);
            hidden += all - findings.len();
            let wanted = text.bitext.lines.iter().filter(|line| text.is_wanted(line));
            let documents = wanted.map(|line| line.document.clone()).collect();
            Checked { bitext: text.bitext, origins: text.origins, documents, findings, regions: Vec::new() }
        });
        let checked = checked.collect();
        (checked, hidden)
    }

    /// The findings in a bitext.
    pub fn findings(&self, bitext: &Bitext, settings: &Settings) -> Vec<Finding> {
        check::run(&self.context(bitext), settings)
    }

    /// The names in a bitext with their renderings, the most doubtful first.
    pub fn names(&self, bitext: &Bitext) -> Vec<NameRow> {
        check::name_table(&self.context(bitext))
    }

    fn context<'c>(&'c self, bitext: &'c Bitext) -> Context<'c> {
        let mut context = Context::new(bitext, &self.tokenizer, &self.glossary, &self.lexicons);
        context.name_dictionary = self.name_dictionary.as_ref();
        context
    }
}
