//! The arguments, typed, with their help texts.

#![expect(clippy::doc_markdown, reason = "these docs are help texts, which would show the backticks")]

use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use taiyaku::check::Severity;
use taiyaku::format::findings::FindingsFormat;
use taiyaku::lang::Lang;
use taiyaku::unit::Status;

/// Aligns Japanese articles with their translations sentence by sentence, and hands the pairs on.
#[derive(Debug, Parser)]
#[command(name = "taiyaku", version, max_term_width = 100, after_help = ROOT_EXAMPLE)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const ROOT_EXAMPLE: &str = "\
Example:
  taiyaku init my-articles
      then add my-articles/corpus/2024-05-13-title/ja.md and en.md
  taiyaku align
      in that folder: aligns every article
  taiyaku check
      looks for problems, in names above all
  taiyaku export -o pairs.tmx
      hands the pairs on

Exit codes: 0 done, 1 done but something was found or records were skipped, 2 could not do it.";

/// What may be said with every command.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Use N threads [default: as many as the machine has]
    #[arg(long, global = true, value_name = "N", value_parser = threads, help_heading = "Everywhere")]
    pub(crate) threads: Option<usize>,
    /// Stop at the first bad record or article instead of skipping it
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(crate) strict: bool,
    /// Say only errors and lost corrections on standard error
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub(crate) quiet: bool,
    /// Use colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = Color::Auto, hide_possible_values = true, help_heading = "Everywhere")]
    pub(crate) color: Color,
}

fn threads(number: &str) -> Result<usize, String> {
    number.parse::<NonZeroUsize>().map(NonZeroUsize::get).map_err(|_| "write a number from 1".to_owned())
}

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether standard output gets colour.
    pub(crate) fn is_on(self) -> bool {
        let is_unwanted = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let is_dumb = || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => std::io::stdout().is_terminal() && !is_unwanted() && !is_dumb(),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(Init),
    Segment(Segment),
    Align(Align),
    Check(Check),
    Names(Names),
    Glossary(Glossary),
    Export(Export),
    Evaluate(Evaluate),
    Import(Import),
    Lookup(Lookup),
    Search(Search),
    Pretranslate(Pretranslate),
    Memory(MemoryArgs),
    Licenses(Licenses),
}

/// Languages of the texts.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Languages {
    /// Language of the originals, such as ja
    #[arg(long, value_name = "TAG")]
    pub(crate) source_language: Option<Lang>,
    /// Language of the translations, such as en
    #[arg(long, value_name = "TAG")]
    pub(crate) target_language: Option<Lang>,
}

/// Where results go, and in which form.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Output {
    /// Write to FILE; - is standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What helps to read and to align.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Aids {
    /// Names and terms: a file or a folder, besides the project's (may be repeated)
    #[arg(long, value_name = "PATH")]
    pub(crate) glossary: Vec<PathBuf>,
    /// Leave the project's glossary out
    #[arg(long)]
    pub(crate) no_glossary: bool,
    /// A bilingual word list, besides the one inside the program (may be repeated)
    #[arg(long, value_name = "FILE")]
    pub(crate) lexicon: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// How texts are read.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Reading {
    /// A Japanese dictionary compiled by lindera, in place of the one inside the program
    #[arg(long, value_name = "DIR")]
    pub(crate) dictionary: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) encoding: Encoding,
}

/// How bytes become text.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Encoding {
    /// Encoding of files that do not show theirs, such as shift_jis
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
}

/// Make a new project folder
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku init my-articles

Articles go into corpus/, a folder each, with one file a language: corpus/2024-05-13-title/ja.md and en.md. What exists already is left alone.")]
pub(crate) struct Init {
    /// The folder [default: the current one]
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// Print the sentences of a file, one a line
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku segment ja.md
  taiyaku segment --format jsonl -o sentences.jsonl article.html

JSONL adds the number and kind of the block, and where the sentence starts and ends in the readable text, in characters.")]
pub(crate) struct Segment {
    /// The text (.txt .md .html; others are read as plain text); - is standard input
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) languages: Languages,
    /// text or jsonl [default: by the ending of --output, otherwise text]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Align two files, the articles of a project, or records in JSONL
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku align ja.md en.md
      two files, side by side
  taiyaku align ja.md en.md -o pairs.tsv
      the same as a table
  taiyaku align
      in a project: every new or changed article
  taiyaku align 2024-05-13-cyberattacks
      in a project: this article
  taiyaku align --jsonl < articles.jsonl
      one article pair a line, one result a line

Two existing files are aligned with each other; anything else names articles, by name, part of the name or path. Their beads are written to alignment.tsv beside the texts; lines confirmed or rejected there are kept.

A record is {\"id\", \"source_language\", \"target_language\", \"source\", \"target\"}, each text a string or a list of sentences.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Align {
    /// Two files (- is standard input), or articles [default: all articles]
    #[arg(value_name = "FILE|ARTICLE")]
    pub(crate) names: Vec<PathBuf>,
    /// Two files: every line is one segment already
    #[arg(long)]
    pub(crate) segmented: bool,
    /// Align records, one JSON object a line, from a file or standard input
    #[arg(long, conflicts_with_all = ["segmented", "all", "dry_run"])]
    pub(crate) jsonl: bool,
    /// Articles: align unchanged ones too
    #[arg(long)]
    pub(crate) all: bool,
    /// Articles: write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) languages: Languages,
    /// Two files: text, beads, tsv, csv, jsonl, tmx, xliff or xliff2 [default: by the ending of --output; text on a terminal, otherwise tsv]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) aids: Aids,
}

/// Find what is wrong or doubtful in translated texts, the names above all
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku check                                      in a project: every aligned article
  taiyaku check 2024-05-13 --severity note           this article, notes too
  taiyaku check pairs.tsv --glossary names.tsv       a bilingual file
  taiyaku check --format html -o findings.html       a report to hand to an editor
  taiyaku check --fix --dry-run                      the safe corrections as a diff
  taiyaku check --baseline known.tsv                 what is new since known.tsv was written
  taiyaku check --explain empty-side                 what a check finds, and what to do

Exit code 1 when something is found. A check is turned off or made more severe in taiyaku.toml: [checks] and then empty-side = \"off\". A place is silenced in the column ignore, or by <!-- taiyaku:ignore empty-side --> in a Markdown or HTML article.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Check {
    /// Articles by name or path, or bilingual files; - is standard input [default: all articles]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Show findings of at least this severity: error, warning or note
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub(crate) severity: Severity,
    /// Run only this check, even if it is off (may be repeated)
    #[arg(long = "check", value_name = "NAME", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Leave this check out (may be repeated)
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
    /// Apply the suggestions that are safe to the texts
    #[arg(long)]
    pub(crate) fix: bool,
    /// With --fix: show what would change, and write nothing
    #[arg(long, requires = "fix")]
    pub(crate) dry_run: bool,
    /// Leave out the findings that FILE holds
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write what is found to the --baseline instead of showing it
    #[arg(long, requires = "baseline", conflicts_with = "fix")]
    pub(crate) update_baseline: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "update_baseline", "output"])]
    pub(crate) watch: bool,
    /// Print what a check finds and what to do about it
    #[arg(long, value_name = "CHECK", conflicts_with = "paths")]
    pub(crate) explain: Option<String>,
    /// List the checks
    #[arg(long, conflicts_with_all = ["paths", "explain"])]
    pub(crate) list: bool,
    #[command(flatten)]
    pub(crate) languages: Languages,
    /// text, jsonl, sarif, github or html [default: by the ending of --output, otherwise text]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<FindingsFormat>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) aids: Aids,
    /// A dictionary of names and their readings, in the format of ENAMDICT
    #[arg(long, value_name = "FILE")]
    pub(crate) name_dictionary: Option<PathBuf>,
}

/// List every name with its renderings, the most doubtful first
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku names                                          in a project: the names of every article
  taiyaku names pairs.tsv --format html -o names.html    a page to look through
  taiyaku names --propose                                glossary rows for names that have none
  taiyaku names --accept ノークス --into glossary/people.tsv
  taiyaku names --accept-all --into glossary/new.tsv     then look through that file

A name is told by its sound, by its reading, by the word list and by the glossary. Doubt is the share of its places without the rendering of the glossary, or without its most frequent one.")]
pub(crate) struct Names {
    /// Articles by name or path, or bilingual files; - is standard input [default: all articles]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print glossary rows for the names that are not in the glossary, each below its evidence
    #[arg(long, conflicts_with = "format")]
    pub(crate) propose: bool,
    /// Add the proposed row of this name to the glossary file (may be repeated)
    #[arg(long, value_name = "NAME", value_delimiter = ',', requires = "into", conflicts_with_all = ["propose", "format", "output"])]
    pub(crate) accept: Vec<String>,
    /// Add all proposed rows to the glossary file
    #[arg(long, requires = "into", conflicts_with_all = ["accept", "propose", "format", "output"])]
    pub(crate) accept_all: bool,
    /// The glossary file that accepted rows are added to; it is made where there is none
    #[arg(long, value_name = "FILE")]
    pub(crate) into: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) languages: Languages,
    /// tsv, jsonl or html [default: by the ending of --output, otherwise tsv]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) aids: Aids,
    /// A dictionary of names and their readings, in the format of ENAMDICT
    #[arg(long, value_name = "FILE")]
    pub(crate) name_dictionary: Option<PathBuf>,
}

/// Check, sort or merge glossary files
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku glossary check                     the project's glossary
  taiyaku glossary sort glossary/people.tsv
  taiyaku glossary merge ours.tsv theirs.tsv -o names.tsv")]
pub(crate) struct Glossary {
    #[command(subcommand)]
    pub(crate) command: GlossaryCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum GlossaryCommand {
    Check(GlossaryCheck),
    Sort(GlossarySort),
    Merge(GlossaryMerge),
}

/// Find rows that are wrong or contradict each other
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku glossary check
  taiyaku glossary check names.tsv --format jsonl

A row is not told of the problems named in its cell of a column ignore. Exit code 1 when something is wrong or doubtful; notes, such as names without a form yet, do not count.")]
pub(crate) struct GlossaryCheck {
    /// Glossary files, or folders of them [default: the project's]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// text or jsonl
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub(crate) format: String,
    /// Encoding of files that do not show theirs, such as shift_jis
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
}

/// Sort rows by their first column; comments stay above their row
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku glossary sort glossary/people.tsv
  taiyaku glossary sort --check              whether the project's files are sorted

Rows are sorted by the code points of the first column, whatever width and case: Latin letters, kana, kanji. Equal rows stay in their order. Exit code 1 when --check finds a file that is not sorted.")]
pub(crate) struct GlossarySort {
    /// Glossary files, or folders of them [default: the project's]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing; say which files are not sorted
    #[arg(long)]
    pub(crate) check: bool,
}

/// Make one file of several, joining the rows of one name
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku glossary merge ours.tsv theirs.tsv -o names.tsv

Rows are joined when they have the same preferred form in the first language, and nothing in them contradicts; the forms of later files are admitted beside those of earlier ones. Rows that contradict are kept beside each other and told. Exit code 1 when there are such.")]
pub(crate) struct GlossaryMerge {
    /// Glossary files, or folders of them; the first goes before the others
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Encoding of files that do not show theirs, such as shift_jis
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
}

/// Write the aligned pairs of articles or bilingual files to one file
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku export -o pairs.tmx
      every article of the project
  taiyaku export --min-confidence 0.9 -o sure.tsv 2024-05-13
      one article, sure pairs only
  taiyaku export old.csv more.jsonl -o all.jsonl
      bilingual files

Confirmed pairs are exported whatever their confidence. Pairs with one side empty and rejected pairs stay out unless asked for.")]
pub(crate) struct Export {
    /// Articles by name or path, or bilingual .tmx .xlf .tsv .csv .jsonl files, packed or not [default: all articles]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Only pairs of at least this confidence, 0 to 1
    #[arg(long, value_name = "X", value_parser = confidence)]
    pub(crate) min_confidence: Option<f64>,
    /// Only pairs of this status: auto, confirmed or rejected (may be repeated) [default: auto and confirmed]
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub(crate) status: Vec<Status>,
    /// Only pairs with a text in this language (may be repeated)
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    pub(crate) language: Vec<Lang>,
    /// Also pairs with one side empty
    #[arg(long)]
    pub(crate) one_sided: bool,
    #[command(flatten)]
    pub(crate) languages: Languages,
    /// beads, tsv, csv, jsonl, tmx, xliff (1.2) or xliff2 (2.1) [default: by the ending of --output, otherwise tsv]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) encoding: Encoding,
}

fn confidence(number: &str) -> Result<f64, String> {
    let value: Option<f64> = number.parse().ok();
    value.filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| "write a number from 0 to 1".to_owned())
}

/// Compare alignments with gold ones: precision, recall and F1
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku evaluate
      in a project: every article with a gold.tsv, aligned afresh
  taiyaku evaluate gold.tsv alignment.tsv
  taiyaku evaluate gold-beads/ my-beads/
      NAME.gold with NAME.align or NAME.beads

Strict: the same bead; lax: a bead that shares a pair of segments. Precision is over all beads, recall over gold beads with both sides filled.")]
pub(crate) struct Evaluate {
    /// The gold file or folder
    #[arg(requires = "system")]
    pub(crate) gold: Option<PathBuf>,
    /// The file or folder to evaluate
    pub(crate) system: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) languages: Languages,
    /// text or json [default: by the ending of --output, otherwise text]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) aids: Aids,
}

/// Where the memory is.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct MemoryFile {
    /// The memory [default: memory.db in the project]
    #[arg(long, value_name = "FILE")]
    pub(crate) memory: Option<PathBuf>,
}

/// Take bilingual files or articles into the translation memory
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku import                              every aligned article of the project
  taiyaku import old.tmx pairs.tsv            bilingual files: .tmx .xlf .tsv .csv .jsonl, packed or not
  taiyaku import --memory names.db names.csv  into a memory of its own

What the memory has already is not taken twice. Rejected pairs and pairs with one side empty stay out.")]
pub(crate) struct Import {
    /// Bilingual files (- is standard input), two files whose lines go together (news.ja news.en), or articles by name or
    /// path [default: all articles]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) memory: MemoryFile,
    #[command(flatten)]
    pub(crate) languages: Languages,
    #[command(flatten)]
    pub(crate) encoding: Encoding,
}

/// Find what was translated before: the units most like a text
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku lookup 日本銀行は金利を据え置いた。
  taiyaku lookup --file ja.txt --format jsonl     a text a line, an answer a line
  taiyaku lookup --jsonl < queries.jsonl          {\"text\", \"before\", \"after\"} a line

Scores: 101 the same text beside the same neighbour, 100 the same text, 99 the same but for width, letter case, kana, spaces and punctuation; otherwise the similarity in per cent: 1 − edits ÷ characters of the longer text. The lines of a file are neighbours.")]
pub(crate) struct Lookup {
    /// The texts
    #[arg(value_name = "TEXT", required_unless_present_any = ["file", "jsonl"])]
    pub(crate) texts: Vec<String>,
    /// Look up every line of FILE; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "texts")]
    pub(crate) file: Option<PathBuf>,
    /// The lines are JSON objects with a text and its neighbours
    #[arg(long, conflicts_with = "texts")]
    pub(crate) jsonl: bool,
    /// The least score, 50 to 100
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub(crate) threshold: u8,
    /// How many matches a text at most
    #[arg(long, value_name = "N", default_value = "5")]
    pub(crate) limit: NonZeroUsize,
    #[command(flatten)]
    pub(crate) memory: MemoryFile,
    #[command(flatten)]
    pub(crate) languages: Languages,
    #[command(flatten)]
    pub(crate) encoding: Encoding,
    /// text or jsonl [default: by the ending of --output; text on a terminal, otherwise jsonl]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Find where a word was used in the memory, and what it was translated by
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku search 外相
  taiyaku search --source-language en \"foreign minister\"    in English texts only
  taiyaku search --reading きしだ                            also 岸田
  taiyaku search --regex \"20[0-9]{2}年\" --limit 50

Width and letter case make no difference. The newest units come first; what probably says the same on the other side is marked, and counted at the end.")]
pub(crate) struct Search {
    /// The word or part of a word
    pub(crate) pattern: String,
    /// The pattern is a regular expression
    #[arg(long, conflicts_with = "reading")]
    pub(crate) regex: bool,
    /// The pattern is a reading in kana: words in kanji that are read so are found too
    #[arg(long)]
    pub(crate) reading: bool,
    /// How many hits at most
    #[arg(long, value_name = "N", default_value = "20")]
    pub(crate) limit: NonZeroUsize,
    /// How many hits to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// Language to search in, such as ja [default: both sides]
    #[arg(long, value_name = "TAG")]
    pub(crate) source_language: Option<Lang>,
    #[command(flatten)]
    pub(crate) memory: MemoryFile,
    /// text or jsonl [default: by the ending of --output; text on a terminal, otherwise jsonl]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Look after the translation memory
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku memory stats
  taiyaku memory check --memory old.db
  taiyaku memory export -o all.tmx")]
pub(crate) struct MemoryArgs {
    #[command(subcommand)]
    pub(crate) task: MemoryTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MemoryTask {
    /// Count units, languages, documents and bytes
    #[command(after_help = "Example:\n  taiyaku memory stats")]
    Stats(MemoryFile),
    /// Merge units that are equal once width, composed characters (① and 1) and spaces are made alike; a confirmed one
    /// stays, otherwise the newest
    #[command(after_help = "Example:\n  taiyaku memory dedupe")]
    Dedupe(MemoryFile),
    /// Give the room of deleted units back, and make the index anew
    #[command(after_help = "Example:\n  taiyaku memory compact")]
    Compact(MemoryFile),
    /// Read everything and compare it with its checksums
    #[command(after_help = "Example:\n  taiyaku memory check")]
    Check(MemoryFile),
    /// Write all units to a file
    #[command(after_help = "Example:\n  taiyaku memory export -o all.tmx")]
    Export(MemoryExport),
}

/// Where the units go.
#[derive(Debug, Args)]
pub(crate) struct MemoryExport {
    #[command(flatten)]
    pub(crate) memory: MemoryFile,
    #[command(flatten)]
    pub(crate) languages: Languages,
    /// tsv, csv, jsonl or tmx [default: by the ending of --output, otherwise tsv]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Count how much of a new article the memory knows, and fill that in
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  taiyaku pretranslate ja.md
      the analysis: segments, characters and words by match bands
  taiyaku pretranslate ja.md -o ja.xlf
      also an XLIFF file with translations and proposals
  taiyaku pretranslate ja.md -o ja.tsv --fill 95
      a table, with translations filled in from 95 on

Context (101) is the same text beside the same neighbour, 100 the same text; a segment that stood in the article before counts as a repetition. Characters are counted without spaces; words are those of the dictionary in Japanese; per cent are of the words. Where only numbers differ, the translation gets the article's numbers and is proposed whatever its score. The glossary's names in a segment stand in its note.

In XLIFF what is filled in is marked as exact-match or fuzzy-match; TSV has the score, and the best proposal beside what is not filled in; TMX holds what is filled in only.")]
pub(crate) struct Pretranslate {
    /// The article (.txt .md .html; others are read as plain text); - is standard input
    pub(crate) file: PathBuf,
    /// Every line is one segment already
    #[arg(long)]
    pub(crate) segmented: bool,
    /// Fill in translations from this score on, 50 to 101
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) fill: u8,
    /// Propose translations from this score on, 50 to 100
    #[arg(long, value_name = "N", default_value_t = 70)]
    pub(crate) threshold: u8,
    /// How many proposals a segment at most
    #[arg(long, value_name = "N", default_value = "5")]
    pub(crate) limit: NonZeroUsize,
    #[command(flatten)]
    pub(crate) memory: MemoryFile,
    #[command(flatten)]
    pub(crate) languages: Languages,
    /// The analysis as table, tsv or jsonl [default: table on a terminal, otherwise tsv]
    #[arg(long, value_name = "NAME")]
    pub(crate) format: Option<String>,
    /// Write the article with its matches to FILE (.xlf .tmx .tsv); - is XLIFF on standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Version of XLIFF: 2.1 or 1.2
    #[arg(long, value_name = "VERSION", value_enum, default_value_t = Xliff::V2_1, hide_possible_values = true, requires = "output")]
    pub(crate) xliff: Xliff,
    /// Names and terms: a file or a folder, besides the project's (may be repeated)
    #[arg(long, value_name = "PATH")]
    pub(crate) glossary: Vec<PathBuf>,
    /// Leave the project's glossary out
    #[arg(long)]
    pub(crate) no_glossary: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// A version of XLIFF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Xliff {
    #[value(name = "1.2")]
    V1_2,
    #[value(name = "2.1")]
    V2_1,
}

/// Print the licence of the dictionary inside this program
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  taiyaku licenses")]
pub(crate) struct Licenses {}
