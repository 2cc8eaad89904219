//! Safe suggestions applied to the files where the texts come from, and nothing else changed in them.
//!
//! In a bilingual file it is the cell that is changed, in an article the text file and the cell of alignment.tsv beside it.
//! Every change is made sure of before it is written: the changed file must read as the old one with the suggestion in
//! its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::article::{ArticleText, Places};
use super::silence::is_markdown;
use super::source::{SourceFile, cell, findings_by_file, line_cells};
use crate::check::{Applicability, Finding, Side};
use crate::document::{ReadOptions, markdown_code, read_bytes};
use crate::error::{Error, Result};
use crate::format::Format;
use crate::format::cells::RowCells;
use crate::format::findings::Checked;
use crate::format::output::write_file;
use crate::pipeline::{BatchOptions, Pipeline, batch};
use crate::project::{Article, ArticlePair, Project, read_alignment};
use crate::span::Span;

/// So many places of a marked-up text are tried for one name.
const TRIES: usize = 200;

/// What safe suggestions make of files.
#[derive(Debug, Default)]
pub struct Fixes {
    /// The files that change, by name.
    pub files: Vec<FileChange>,
    /// How many findings are mended.
    pub mended: usize,
    /// Why others are not: a sentence each.
    pub notes: Vec<String>,
}

/// A file and what becomes of it.
#[derive(Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The file.
    pub path: PathBuf,
    /// Its text as it is.
    pub before: String,
    /// Its text as it will be.
    pub after: String,
    /// The same as bytes in the file's encoding.
    bytes: Vec<u8>,
}

impl FileChange {
    /// Writes the file, whole or not at all.
    pub fn write(&self) -> Result<()> {
        write_file(&self.path, |out| out.write_all(&self.bytes))
    }
}

/// A part of a file's text and what will stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Edit {
    range: Range<usize>,
    new: String,
}

/// A file with the changes gathered so far.
struct Draft {
    file: SourceFile,
    edits: Vec<Edit>,
    /// Where code stands in a Markdown file.
    code: Vec<Range<usize>>,
}

impl Draft {
    fn new(file: SourceFile) -> Self {
        let code = if is_markdown(&file.path) { markdown_code(&file.text) } else { Vec::new() };
        Self { file, edits: Vec::new(), code }
    }

    /// Whether an edit touches code.
    fn is_in_code(&self, edit: &Edit) -> bool {
        self.code.iter().any(|code| code.start < edit.range.end && edit.range.start < code.end)
    }

    /// Whether an edit goes with those there are; the same edit twice does.
    fn has_room(&self, edit: &Edit) -> bool {
        self.edits.iter().all(|other| {
            other == edit
                || edit.range.end <= other.range.start && edit.range.start != other.range.start
                || other.range.end <= edit.range.start && edit.range.start != other.range.start
        })
    }

    fn add(&mut self, edit: Edit) {
        if !self.edits.contains(&edit) {
            self.edits.push(edit);
        }
    }

    /// The changed text.
    fn after(&self) -> String {
        with_edits(&self.file.text, &self.edits)
    }
}

fn with_edits(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut after = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        after.push_str(text.get(at..edit.range.start).unwrap_or_default());
        after.push_str(&edit.new);
        at = edit.range.end;
    }
    after + text.get(at..).unwrap_or_default()
}

/// The articles that texts may come from.
#[derive(Debug, Clone, Copy)]
pub struct FixSource<'p> {
    /// The project, where there is one.
    pub project: Option<&'p Project>,
    /// Its articles.
    pub articles: &'p [Article],
}

/// The files that are being changed.
struct Fixer<'p> {
    pipeline: &'p Pipeline,
    source: FixSource<'p>,
    options: &'p BatchOptions,
    drafts: BTreeMap<PathBuf, Draft>,
    texts: BTreeMap<PathBuf, ArticleSide>,
}

/// One text of an article, with where the rows of its alignment stand in it.
struct ArticleSide {
    text: ArticleText,
    places: Places,
    options: ReadOptions,
}

impl Pipeline {
    /// What the safe suggestions of these findings make of their files. Of suggestions that overlap, the first is taken.
    /// Nothing is written.
    ///
    /// Fails when a file cannot be read again.
    pub fn fixes(&self, texts: &[Checked], source: FixSource<'_>, options: &BatchOptions) -> Result<Fixes> {
        let mut fixes = Fixes::default();
        let mut fixer = Fixer { pipeline: self, source, options, drafts: BTreeMap::new(), texts: BTreeMap::new() };
        for text in texts {
            for (path, findings) in findings_by_file(text) {
                let is_safe = |finding: &&Finding| {
                    finding.suggestion.as_ref().is_some_and(|s| s.applicability == Applicability::Safe)
                };
                let findings: Vec<&Finding> =
                    findings.iter().filter_map(|i| text.findings.get(*i)).filter(is_safe).collect();
                if !findings.is_empty() {
                    fixer.file(text, Path::new(&path), &findings, &mut fixes)?;
                }
            }
        }
        for (path, draft) in fixer.drafts.into_iter().filter(|(_, draft)| !draft.edits.is_empty()) {
            let after = draft.after();
            let bytes = draft.file.encoded(&after)?;
            fixes.files.push(FileChange { path, before: draft.file.text, after, bytes });
        }
        Ok(fixes)
    }
}

impl Fixer<'_> {
    fn file(&mut self, text: &Checked, path: &Path, findings: &[&Finding], fixes: &mut Fixes) -> Result<()> {
        let untouched = findings.len();
        let left = |why: &str| {
            let what = if untouched == 1 { "1 suggestion is" } else { &format!("{untouched} suggestions are") };
            format!("{}: {what} not applied: {why}", path.display())
        };
        let is_known = super::file::is_alignment(path)
            || matches!(Format::from_path(path), Some(Format::Tsv | Format::Csv | Format::Jsonl));
        if !is_known || !path.is_file() {
            let why =
                "only articles and TSV, CSV and JSONL files are changed. Correct the text in the program it belongs to";
            fixes.notes.push(left(why));
            return Ok(());
        }
        self.open(path)?;
        let Some(draft) = self.drafts.get(path) else { return Ok(()) };
        if let Err(error) = draft.file.encoded("") {
            fixes.notes.push(left(&error.to_string()));
            return Ok(());
        }
        let cells = line_cells(text, &draft.file)?;
        let pair = self.pair(path);
        for finding in findings {
            match self.finding(text, path, &cells, pair.as_ref(), finding) {
                Ok(()) => fixes.mended += 1,
                Err(why) => {
                    let line = text.bitext.lines.get(finding.place.line);
                    let at = line.map(|line| format!("{}:{}", line.document, line.line)).unwrap_or_default();
                    fixes.notes.push(format!("{at}: {} is left as it is: {why}", finding.check));
                }
            }
        }
        Ok(())
    }

    fn open(&mut self, path: &Path) -> Result<()> {
        if !self.drafts.contains_key(path) {
            let file = SourceFile::open(path, self.options.encoding.as_deref())?;
            self.drafts.insert(path.to_owned(), Draft::new(file));
        }
        Ok(())
    }

    /// The article whose alignment this is.
    fn pair(&self, alignment: &Path) -> Option<ArticlePair> {
        let project = self.source.project?;
        for article in self.source.articles {
            if let Some(pair) = article.pairs(&project.config).into_iter().find(|pair| pair.alignment == alignment) {
                return Some(pair);
            }
        }
        None
    }

    /// Gathers the changes of one finding, or tells why there are none.
    fn finding(
        &mut self,
        text: &Checked,
        path: &Path,
        cells: &BTreeMap<usize, RowCells>,
        pair: Option<&ArticlePair>,
        finding: &Finding,
    ) -> std::result::Result<(), String> {
        const OVERLAPS: &str = "another suggestion changes the same place";
        let new = finding.suggestion.as_ref().map(|s| s.replacement.clone()).unwrap_or_default();
        let cell = cell(text, cells, finding.place).ok_or("its line is not found in the file again")?;
        let range = cell.range(finding.place.span).ok_or("it cannot be changed by itself")?;
        let written = cell.written(&new).ok_or("the file cannot hold the correction. Make it by hand")?;
        let edit = Edit { range, new: written };
        let draft = self.drafts.get(path).ok_or("its file is not open")?;
        if !draft.has_room(&edit) {
            return Err(OVERLAPS.to_owned());
        }
        draft.file.encoded(&edit.new).map_err(|e| e.to_string())?;
        if let (Some(pair), Some(project)) = (pair, self.source.project) {
            let (file, in_text) = self.article_edit(text, pair, project, finding, &new)?;
            let draft = self.drafts.get_mut(&file).ok_or("its file is not open")?;
            if !draft.has_room(&in_text) {
                return Err(OVERLAPS.to_owned());
            }
            draft.add(in_text);
        }
        self.drafts.get_mut(path).ok_or("its file is not open")?.add(edit);
        Ok(())
    }

    /// The change of an article's text file.
    fn article_edit(
        &mut self,
        text: &Checked,
        pair: &ArticlePair,
        project: &Project,
        finding: &Finding,
        new: &str,
    ) -> std::result::Result<(PathBuf, Edit), String> {
        let side = finding.place.side;
        let file = if side == Side::Source { &pair.source } else { &pair.target };
        self.open(file).map_err(|e| e.to_string())?;
        self.open_article(pair, side, project).map_err(|e| e.to_string())?;
        let (article, draft) = self.texts.get(file).zip(self.drafts.get(file)).ok_or("its article is not open")?;
        let span = article.span(text, finding).ok_or("the article has changed since it was aligned")?;
        let edit = article
            .edit(&draft.file, span, new)
            .ok_or_else(|| format!("its place in {} is not clear. Make the correction by hand", file.display()))?;
        if draft.is_in_code(&edit) {
            return Err("it stands in code, which means what it says".to_owned());
        }
        draft.file.encoded(new).map_err(|e| e.to_string())?;
        Ok((file.clone(), edit))
    }

    fn open_article(&mut self, pair: &ArticlePair, side: Side, project: &Project) -> Result<()> {
        let (file, lang) = match side {
            Side::Source => (&pair.source, &pair.source_lang),
            Side::Target => (&pair.target, &pair.target_lang),
        };
        if self.texts.contains_key(file) {
            return Ok(());
        }
        let options = ReadOptions { lang: Some(lang.clone()), ..batch::read_options(project, self.options) };
        let text = self.pipeline.article_text(pair, side, &options)?;
        let table = read_alignment(pair)?.ok_or_else(|| Error::Usage("the article is not aligned".to_owned()))?;
        let places = Places::new(&table, side, &text);
        self.texts.insert(file.clone(), ArticleSide { text, places, options });
        Ok(())
    }
}

impl ArticleSide {
    /// Where a finding stands in the article's readable text.
    fn span(&self, text: &Checked, finding: &Finding) -> Option<Span> {
        let place = finding.place;
        let document = &text.bitext.lines.get(place.line)?.document;
        let first = text.bitext.lines.iter().position(|line| line.document == *document)?;
        let lang = if place.side == Side::Source { &text.bitext.source } else { &text.bitext.target };
        let gap = usize::from(!lang.is_unspaced());
        let mut start = 0;
        for segment in self.places.rows.get(place.line - first)? {
            let segment = self.text.segments.get((*segment)?)?;
            let line = self.text.document.line(segment.span);
            let lead = line.len() - line.trim_start().len();
            let end = start + line.trim().len();
            if place.span.start >= start && place.span.end <= end {
                let in_line = |at: usize| lead + at - start;
                let raw = segment.span.of(&self.text.document.text);
                let places = line_places(raw, &line);
                let at = |i: usize| places.get(in_line(i)).map(|i| segment.span.start + i);
                return Some(Span::new(at(place.span.start)?, at(place.span.end)?));
            }
            start = end + gap;
        }
        None
    }

    /// The change of the file that changes its readable text so and not otherwise.
    fn edit(&self, file: &SourceFile, span: Span, new: &str) -> Option<Edit> {
        let text = &self.text.document.text;
        let old = span.of(text);
        if old.is_empty() {
            return None;
        }
        let expected = [text.get(..span.start)?, new, text.get(span.end..)?].concat();
        let name = file.path.display().to_string();
        let before = text.match_indices(old).take_while(|(at, _)| *at < span.start).count();
        // Markup may hold the name too, as the address of a link does: the readable text has it no more often.
        for (start, _) in file.text.match_indices(old).skip(before).take(TRIES) {
            let edit = Edit { range: start..start + old.len(), new: new.to_owned() };
            let changed = with_edits(&file.text, std::slice::from_ref(&edit));
            if file.text == *text {
                return (changed == expected).then_some(edit);
            }
            let options = ReadOptions { encoding: None, ..self.options.clone() };
            let read = read_bytes(&name, format!("\u{feff}{changed}").as_bytes(), &options).ok()?;
            if read.document.text == expected {
                return Some(edit);
            }
        }
        None
    }
}

/// For each byte of `line` and its end, the byte of `raw`, of which it is the form on one line.
fn line_places(raw: &str, line: &str) -> Vec<usize> {
    let mut places = Vec::with_capacity(line.len() + 1);
    let mut rest = raw.char_indices().peekable();
    for c in line.chars() {
        // What was left out between is white space around a line break.
        while rest.peek().is_some_and(|(_, next)| *next != c && next.is_whitespace()) && c != ' ' {
            rest.next();
        }
        let at = rest.peek().map_or(raw.len(), |(at, _)| *at);
        places.resize(places.len() + c.len_utf8(), at);
        if c == ' ' {
            let is_break = rest.peek().is_some_and(|(_, next)| *next != ' ');
            rest.next();
            while is_break && rest.peek().is_some_and(|(_, next)| next.is_whitespace()) {
                rest.next();
            }
        } else {
            rest.next();
        }
    }
    places.push(rest.peek().map_or(raw.len(), |(at, _)| *at));
    places
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{FixSource, Fixes, line_places};
    use crate::check::{Applicability, Finding, Place, Severity, Side, Suggestion};
    use crate::format::findings::Checked;
    use crate::pipeline::{BatchOptions, CheckText, FileOptions, Pipeline, Resources, Texts};
    use crate::project::Project;
    use crate::span::Span;

    /// Safe suggestions to write `new` for `old`, once on each line that has it on the target side.
    fn checked(text: CheckText, changes: &[(&str, &str)]) -> Checked {
        let mut findings = Vec::new();
        for (line, pair) in text.bitext.lines.iter().enumerate() {
            for (old, new) in changes {
                let Some(start) = pair.target.find(old) else { continue };
                let place = Place { line, side: Side::Target, span: Span::new(start, start + old.len()) };
                let mut finding = Finding::new(Severity::Error, place, String::new());
                finding.check = "name-spelling";
                let replacement = (*new).to_owned();
                finding.suggestion = Some(Suggestion { replacement, applicability: Applicability::Safe });
                findings.push(finding);
            }
        }
        Checked {
            bitext: text.bitext,
            origins: text.origins,
            documents: std::collections::BTreeSet::new(),
            findings,
            regions: Vec::new(),
        }
    }

    fn pipeline() -> Pipeline {
        Pipeline::new(&Resources::default()).expect("a pipeline").0
    }

    /// What becomes of a file in which all `changes` are wanted.
    fn fix_file(name: &str, content: &[u8], changes: &[(&str, &str)]) -> (Vec<u8>, Fixes) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, content).expect("a file");
        let texts = Texts::of_file(&path, &FileOptions::default()).expect("pairs");
        let checked: Vec<Checked> = texts.texts.into_iter().map(|text| checked(text, changes)).collect();
        let source = FixSource { project: None, articles: &[] };
        let fixes = pipeline().fixes(&checked, source, &BatchOptions::default()).expect("fixes");
        fixes.files.iter().for_each(|file| file.write().expect("a written file"));
        (fs::read(&path).expect("the file"), fixes)
    }

    #[test]
    fn a_cell_changes_and_every_other_byte_stays() {
        let text = "\u{feff}document\tja\ten\tx\r\na\t\u{feff}一\tMr  Dawden \t\"Dawden\"\r\n\r\na\t二\tDawden, Dawden";
        let (after, fixes) = fix_file("pairs.tsv", text.as_bytes(), &[("Dawden", "Dowden")]);
        let expected = text.replacen("Mr  Dawden", "Mr  Dowden", 1).replacen("二\tDawden", "二\tDowden", 1);
        assert_eq!(String::from_utf8(after).as_deref(), Ok(expected.as_str()));
        assert_eq!((fixes.mended, fixes.notes.len()), (2, 0));
        let text = "ja,en\r\n一,\"Dawden, \"\"he\"\"\"\r\n";
        let (after, _) = fix_file("pairs.csv", text.as_bytes(), &[("Dawden", "Dowden")]);
        assert_eq!(String::from_utf8(after), Ok(text.replace("Dawden", "Dowden")));
        let text =
            "{\"source_language\":\"ja\", \"target_language\":\"en\",\"source\":\"一\",\"target\":\"D\\u0061wden\"}\n";
        let (after, _) = fix_file("pairs.jsonl", text.as_bytes(), &[("Dawden", "Dowden")]);
        assert_eq!(String::from_utf8(after), Ok(text.replace("D\\u0061wden", "Dowden")));
    }

    #[test]
    fn the_encoding_stays_and_a_character_it_lacks_is_told() {
        let text = "ja\ten\r\n日本の首相は記者会見でこの問題について説明した。\tDawden and Lipavsky\r\n";
        let bytes = encoding_rs::SHIFT_JIS.encode(text).0;
        let (after, fixes) = fix_file("pairs.tsv", &bytes, &[("Dawden", "Dowden"), ("Lipavsky", "Lipavský")]);
        assert_eq!(after, *encoding_rs::SHIFT_JIS.encode(&text.replace("Dawden", "Dowden")).0);
        assert_eq!(fixes.mended, 1);
        assert!(fixes.notes[0].contains("lacks a character"), "{:?}", fixes.notes);
    }

    #[test]
    fn of_suggestions_that_overlap_the_first_is_taken() {
        let text = "ja\ten\n一\tJan Lipavsky\n";
        let (after, fixes) =
            fix_file("pairs.tsv", text.as_bytes(), &[("Jan Lipavsky", "Jan Lipavský"), ("Lipavsky", "X")]);
        assert_eq!(String::from_utf8(after), Ok(text.replace("Lipavsky", "Lipavský")));
        assert_eq!(fixes.mended, 1);
        assert!(fixes.notes[0].ends_with("another suggestion changes the same place"), "{:?}", fixes.notes);
    }

    /// What becomes of an article whose English text is this, and of its alignment.
    fn fix_article(name: &str, english: &str, alignment: &str, changes: &[(&str, &str)]) -> (String, String, Fixes) {
        let folder = tempfile::tempdir().expect("a folder");
        let article = folder.path().join("corpus/a");
        fs::create_dir_all(&article).expect("a folder");
        let write = |name: &str, content: &str| fs::write(article.join(name), content).expect("a file");
        write("ja.txt", "一。\n");
        write(name, english);
        write("alignment.tsv", alignment);
        let project = Project::open(folder.path()).expect("a project");
        let articles = project.articles().expect("articles");
        let chosen: Vec<_> = articles.iter().collect();
        let (pipeline, options) = (pipeline(), BatchOptions::default());
        let texts = pipeline.article_texts(&project, &articles, &chosen, &options).expect("beads");
        let checked: Vec<Checked> = texts.texts.into_iter().map(|text| checked(text, changes)).collect();
        let source = FixSource { project: Some(&project), articles: &articles };
        let fixes = pipeline.fixes(&checked, source, &options).expect("fixes");
        fixes.files.iter().for_each(|file| file.write().expect("a written file"));
        let read = |path: &Path| fs::read_to_string(path).expect("a text");
        (read(&article.join(name)), read(&article.join("alignment.tsv")), fixes)
    }

    #[test]
    fn an_article_changes_with_its_alignment() {
        let english =
            "# The [Dawden](https://example.org/Dawden) affair\r\n\r\nHe was *Dawden*.  Then Mr\r\nDawden left.\r\n";
        let alignment = "ja\ten\n一。\tThe Dawden affair\n\tHe was Dawden. ¶ Then Mr Dawden left.\n";
        let (after, table, fixes) =
            fix_article("en.md", english, alignment, &[("Dawden", "Dowden"), ("Mr Dawden", "Mr D")]);
        assert_eq!(after, english.replacen("[Dawden]", "[Dowden]", 1).replacen("*Dawden*", "*Dowden*", 1));
        assert_eq!(table, alignment.replacen("The Dawden", "The Dowden", 1).replacen("was Dawden", "was Dowden", 1));
        assert_eq!(fixes.mended, 2);
        assert!(fixes.notes[0].contains("Make the correction by hand"), "over a line break: {:?}", fixes.notes);
    }

    #[test]
    fn code_is_left_as_it_is() {
        let english = "The command `Dawden` runs.\n\n```\nask Dawden\n```\n\nDawden left.\n";
        let alignment = "ja\ten\n一。\tThe command Dawden runs.\n\task Dawden\n\tDawden left.\n";
        let (after, table, fixes) = fix_article("en.md", english, alignment, &[("Dawden", "Dowden")]);
        assert_eq!(after, english.replace("Dawden left", "Dowden left"));
        assert_eq!(table, alignment.replace("Dawden left", "Dowden left"));
        assert_eq!(fixes.mended, 1);
        assert!(fixes.notes.iter().all(|note| note.ends_with("it stands in code, which means what it says")));
        assert_eq!(fixes.notes.len(), 2);
    }

    #[test]
    fn an_article_that_has_changed_since_is_left_as_it_is() {
        let alignment = "ja\ten\n一。\tDawden left.\n";
        let (after, table, fixes) = fix_article("en.txt", "Dawden left early.\n", alignment, &[("Dawden", "Dowden")]);
        assert_eq!((after.as_str(), table.as_str()), ("Dawden left early.\n", alignment));
        assert!(fixes.notes[0].contains("has changed since it was aligned"), "{:?}", fixes.notes);
    }

    #[test]
    fn places_of_a_line_are_those_of_the_text_with_its_line_breaks() {
        assert_eq!(line_places("ab", "ab"), [0, 1, 2]);
        assert_eq!(line_places("a \r\n  b", "a b"), [0, 1, 6, 7]);
        assert_eq!(line_places("対\n訳", "対訳"), [0, 0, 0, 4, 4, 4, 7]);
    }
}
