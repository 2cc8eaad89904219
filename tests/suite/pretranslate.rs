//! A new article against a memory: what counts where, what is filled in, and what the files say of it.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use taiyaku::document::ReadOptions;
use taiyaku::format::{UnitReadOptions, UnitReader, Units, XliffVersion};
use taiyaku::lang::Lang;
use taiyaku::memory::{ImportOptions, Memory};
use taiyaku::pipeline::{Band, Pipeline, PretranslateOptions, Pretranslation, PretranslationFormat, Resources, Text};
use taiyaku::unit::Status;

const KNOWN: &str = "ja\ten\tdocument\n\
    概要\tSummary\tpond\n\
    池の水が増えた。\tThe water of the pond rose.\tpond\n\
    堰の板は三枚だった。\tThe weir had three boards.\tpond\n\
    水位は3.5メートルだった。\tThe level was 3.5 metres.\tpond\n\
    概要\tOutline\tdam\n\
    ダウデンが視察した。\tDowden inspected it.\tdam\n";

struct Desk {
    _folder: tempfile::TempDir,
    memory: Memory,
    pipeline: Pipeline,
}

/// A memory of [`KNOWN`] and a glossary.
fn desk() -> Desk {
    let folder = tempfile::tempdir().expect("a folder");
    let glossary: PathBuf = folder.path().join("names.tsv");
    std::fs::write(&glossary, "ja\ten\tkind\nオリバー・ダウデン\tOliver Dowden\tperson\n").expect("a glossary");
    let memory = Memory::create(&folder.path().join("memory.db")).expect("a memory");
    let units = read("known.tsv", KNOWN.as_bytes()).into_units().into_iter().map(|unit| Ok(unit.into()));
    memory.import(units, &ImportOptions::default(), &mut |_| ()).expect("an import");
    let resources = Resources { glossary: vec![glossary], ..Resources::default() };
    let (pipeline, notes) = Pipeline::new(&resources).expect("a pipeline");
    assert!(notes.is_empty(), "{notes:?}");
    Desk { _folder: folder, memory, pipeline }
}

fn read(name: &str, bytes: &[u8]) -> Units {
    let reader = UnitReader::new(Path::new(name), Cursor::new(bytes.to_vec()), &UnitReadOptions::default());
    let units = reader.and_then(UnitReader::collect_units).expect("a readable file");
    assert_eq!(units.skipped, []);
    units
}

impl Desk {
    fn text(&self, segments: &str) -> Text {
        let options = ReadOptions { lang: Some(Lang::japanese()), ..ReadOptions::default() };
        self.pipeline.read_segmented("new.txt", segments.as_bytes(), &options).expect("a text").0
    }

    fn pretranslate(&self, segments: &str, fill: u8, threshold: u8) -> Pretranslation {
        let options = PretranslateOptions { fill, threshold, ..PretranslateOptions::new(Lang::english()) };
        self.pipeline.pretranslate(&self.text(segments), &self.memory, &options).expect("a sound memory")
    }
}

fn bands(article: &Pretranslation) -> Vec<&'static str> {
    article.segments.iter().map(|segment| segment.band.as_str()).collect()
}

/// What is filled in; nothing is empty.
fn filled(article: &Pretranslation) -> Vec<String> {
    let filled = |found: &taiyaku::memory::Match| found.proposal.clone().unwrap_or_else(|| found.target.clone());
    article.segments.iter().map(|segment| segment.filled.as_ref().map(filled).unwrap_or_default()).collect()
}

fn written(article: &Pretranslation, format: PretranslationFormat) -> String {
    let mut bytes = Vec::new();
    article.write(format, &mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn every_segment_counts_in_one_band() {
    let article = desk().pretranslate(
        "概要\n池の水が増えた。\n\n池の水がひどく増えた。\n堰の板は四枚だった。\n池の、水が増えた！\n雨になった。\n雨になった。\n",
        100,
        70,
    );
    assert_eq!(bands(&article), ["context", "context", "50-74", "85-94", "95-99", "new", "repetitions"]);
    let analysis = article.analysis();
    assert_eq!(analysis.total().segments, 7, "an empty line is no segment");
    assert_eq!(analysis.rows().map(|(_, volume)| volume.words).sum::<usize>(), analysis.total().words);
    let percent: f64 = analysis.rows().map(|(_, volume)| analysis.percent(volume)).sum();
    assert!((percent - 100.0).abs() < 1e-9, "{percent}");
}

#[test]
fn the_neighbours_decide_what_is_in_context() {
    let desk = desk();
    assert_eq!(bands(&desk.pretranslate("雨。\n池の水が増えた。\n", 100, 70)), ["new", "100"]);
    assert_eq!(
        bands(&desk.pretranslate("堰の板は三枚だった。\n雨。\n池の水が増えた。\n", 100, 70)),
        ["100", "new", "100"]
    );
    let article = desk.pretranslate("概要\nダウデンが視察した。\n", 100, 70);
    assert_eq!(bands(&article), ["context", "context"]);
    assert_eq!(filled(&article), ["Outline", "Dowden inspected it."], "not Summary, which stands elsewhere");
}

#[test]
fn repetitions_are_filled_alike_from_the_best_place() {
    let article = desk().pretranslate("概要\n雨。\n概要\n池の水が増えた。\n", 100, 70);
    assert_eq!(bands(&article), ["100", "new", "repetitions", "context"]);
    assert_eq!(filled(&article), ["Summary", "", "Summary", "The water of the pond rose."]);
    let scores: Vec<_> = article.segments.iter().map(|s| s.filled.as_ref().map(|filled| filled.score)).collect();
    assert_eq!(scores, [Some(100), None, Some(101), Some(101)], "only the second is in context");
    for segment in &article.segments {
        assert!(segment.filled.as_ref().is_none_or(|filled| segment.matches.contains(filled)), "{segment:?}");
    }
}

#[test]
fn what_is_filled_in_and_proposed_goes_by_the_scores() {
    let desk = desk();
    let text = "堰の板が三枚だった。\n";
    let counts = |fill, threshold| {
        let article = desk.pretranslate(text, fill, threshold);
        let segment = &article.segments[0];
        (segment.filled.is_some(), segment.matches.len())
    };
    assert_eq!(counts(100, 70), (false, 1));
    assert_eq!(counts(100, 95), (false, 0));
    assert_eq!(counts(90, 100), (true, 1), "what is filled in is proposed");
    assert_eq!(bands(&desk.pretranslate(text, 100, 95)), ["85-94"], "the analysis has no threshold");
    assert!(filled(&desk.pretranslate("概要\n", 101, 70)).iter().all(String::is_empty));
}

#[test]
fn where_only_numbers_differ_the_articles_numbers_are_filled_in() {
    let article = desk().pretranslate("水位は12メートルだった。\n", 60, 100);
    assert_eq!(filled(&article), ["The level was 12 metres."]);
}

#[test]
fn options_out_of_range_and_one_language_are_told() {
    let desk = desk();
    let told = |options: PretranslateOptions| {
        let result = desk.pipeline.pretranslate(&desk.text("雨。\n"), &desk.memory, &options);
        result.map_err(|e| e.to_string()).expect_err("an option that cannot be used")
    };
    let good = PretranslateOptions::new(Lang::english());
    assert!(told(PretranslateOptions { fill: 102, ..good.clone() }).contains("from 50 to 101"));
    assert!(told(PretranslateOptions { threshold: 49, ..good }).contains("from 50 to 100"));
    assert!(told(PretranslateOptions::new(Lang::japanese())).starts_with("new.txt is in ja already"));
}

#[test]
fn files_tell_what_was_filled_in_and_are_read_back() {
    let article = desk().pretranslate("ダウデンが視察した。\n堰の板は四枚だった。\n雨。\n", 80, 70);
    let first = written(&article, PretranslationFormat::Xliff(XliffVersion::V1_2));
    assert!(
        first.contains(r#"<target state="needs-review-translation" state-qualifier="exact-match">Dowden"#),
        "{first}"
    );
    assert!(
        first.contains(r#"<target state="needs-review-translation" state-qualifier="fuzzy-match">The weir"#),
        "{first}"
    );
    assert!(first.contains("<note>ダウデン = Dowden</note>"), "{first}");
    let second = written(&article, PretranslationFormat::Xliff(XliffVersion::V2_1));
    assert!(second.contains(r#"<segment id="s1" state="translated" subState="taiyaku:exact-match">"#), "{second}");
    assert!(second.contains(r#"<segment id="s1" state="initial" subState="taiyaku:fuzzy-match">"#), "{second}");
    assert!(second.contains(r#"<segment id="s1" state="initial">"#), "{second}");
    let tsv = written(&article, PretranslationFormat::Tsv);
    let tmx = written(&article, PretranslationFormat::Tmx);
    for (name, file, units) in [("a.xlf", &first, 3), ("a.xlf", &second, 3), ("a.tsv", &tsv, 3), ("a.tmx", &tmx, 2)] {
        let back = read(name, file.as_bytes()).records;
        assert_eq!(back.len(), units, "{file}");
        assert!(back.iter().all(|record| record.unit.status == Status::Auto && record.unit.document == "new.txt"));
        assert_eq!(back[0].note, "ダウデン = Dowden");
        assert_eq!(back.iter().map(|record| record.unit.confidence).take(2).collect::<Vec<_>>(), [1.0, 0.9], "{file}");
    }
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    let desk = desk();
    let text = "池の水が増えた。\n堰の板は四枚だった。\n雨。\n概要\n".repeat(50);
    let [one, four] = [1, 4].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| desk.pretranslate(&text, 80, 60))
    });
    assert!(one == four);
    assert_eq!(
        one.analysis().rows().filter(|(band, _)| *band == Band::Repetition).map(|(_, v)| v.segments).sum::<usize>(),
        196
    );
}
