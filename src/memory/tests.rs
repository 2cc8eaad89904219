//! What a memory promises: nothing lost, nothing doubled, the best match always first.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;
use tempfile::TempDir;

use super::key::key;
use super::{Entry, ImportOptions, Imported, LookupOptions, Match, MatchKind, Memory, Query, SearchOptions};
use crate::align::SegmentRange;
use crate::lang::Lang;
use crate::unit::{CodeKind, InlineCode, Markup, Status, TranslationUnit, Variant};
#[cfg(feature = "ipadic")]
use crate::{align::Aligner, lexicon::Lexicon, memory::Hit, token::Tokenizer};

fn unit(document: &str, source: &str, target: &str) -> TranslationUnit {
    let variant = |lang, text: &str| Variant { lang, segments: vec![text.to_owned()] };
    TranslationUnit {
        document: document.to_owned(),
        source: variant(Lang::japanese(), source),
        target: variant(Lang::english(), target),
        source_segments: SegmentRange::default(),
        target_segments: SegmentRange::default(),
        confidence: 1.0,
        status: Status::Auto,
    }
}

/// A memory in a folder of its own.
struct Held {
    folder: TempDir,
    memory: Memory,
}

impl Held {
    fn new(pairs: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let memory = Memory::create(&folder.path().join("memory.db")).expect("a new memory");
        let held = Self { folder, memory };
        held.import_at(1, "a", pairs);
        held
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("memory.db")
    }

    fn import_at(&self, second: u64, document: &str, pairs: &[(&str, &str)]) -> Imported {
        let options =
            ImportOptions { origin: "test".to_owned(), time: UNIX_EPOCH + Duration::from_secs(second), replaces: true };
        let entries = pairs.iter().map(|(source, target)| Ok(Entry::from(unit(document, source, target))));
        self.memory.import(entries, &options, &mut |_| {}).expect("a sound store")
    }

    fn lookup(&self, text: &str) -> Vec<Match> {
        self.memory.lookup(text, &LookupOptions::default()).expect("a sound memory")
    }

    fn scores(&self, text: &str) -> Vec<(String, u8)> {
        self.lookup(text).into_iter().map(|found| (found.source, found.score)).collect()
    }
}

fn scored(expected: &[(&str, u8)]) -> Vec<(String, u8)> {
    expected.iter().map(|(text, score)| ((*text).to_owned(), *score)).collect()
}

#[test]
fn scores_are_what_translators_know() {
    let held = Held::new(&[
        ("首相は雨の中で演説した。", "The prime minister spoke in the rain."),
        ("首相は、雨の中で演説した", "In the rain the prime minister spoke."),
        ("首相は雪の中で演説した。", "The prime minister spoke in the snow."),
        ("駅まで歩いた。", "We walked to the station."),
    ]);
    assert_eq!(
        held.scores("首相は雨の中で演説した。"),
        scored(&[
            ("首相は雨の中で演説した。", 100),
            ("首相は、雨の中で演説した", 99),
            ("首相は雪の中で演説した。", 91)
        ])
    );
    assert_eq!(held.scores("港で船を待つ人たちがいた。"), []);
    assert_eq!(held.scores("ﾃﾚﾋﾞ"), []);
}

#[test]
fn both_directions_are_looked_up() {
    let held = Held::new(&[("駅まで歩いた。", "We walked to the station.")]);
    let found = held.lookup("We walked to that station.");
    assert_eq!((found[0].source.as_str(), found[0].target.as_str()), ("We walked to the station.", "駅まで歩いた。"));
    assert_eq!((found[0].score, found[0].kind), (92, MatchKind::Fuzzy));
    let only = |source_lang, target_lang| {
        let options = LookupOptions { source_lang, target_lang, ..LookupOptions::default() };
        held.memory.lookup("駅まで歩いた。", &options).expect("a sound memory").len()
    };
    assert_eq!(only(Some(Lang::japanese()), None), 1);
    assert_eq!(only(Some(Lang::english()), None), 0);
    assert_eq!(only(None, "en-GB".parse().ok()), 1, "English in any form");
    assert_eq!(only(None, "fr".parse().ok()), 0);
}

#[test]
fn a_neighbour_makes_it_a_match_in_context() {
    let held = Held::new(&[("はじめに", "Foreword"), ("概要", "Overview"), ("雨が降る。", "It rains.")]);
    let score = |before, after| {
        let query = Query { text: "概要", before, after };
        held.memory.lookup(query, &LookupOptions::default()).expect("a sound memory")[0].score
    };
    assert_eq!(score(Some("はじめに"), None), 101);
    assert_eq!(score(None, Some("雨が降る。")), 101);
    assert_eq!(score(Some("雨が降る。"), Some("はじめに")), 100);
    assert_eq!(score(None, None), 100);
}

#[test]
fn new_numbers_are_put_into_the_translation() {
    let held = Held::new(&[("参加者は1,204人だった。", "There were 1,204 participants.")]);
    let found = held.lookup("参加者は９８０人だった。").remove(0);
    assert_eq!((found.kind, found.proposal.as_deref()), (MatchKind::Numbers, Some("There were 980 participants.")));
}

#[test]
fn of_conflicting_translations_the_newest_comes_first() {
    let held = Held::new(&[("概要", "Overview")]);
    held.import_at(2, "b", &[("概要", "Summary")]);
    let targets = || held.lookup("概要").into_iter().map(|found| found.target).collect::<Vec<_>>();
    assert_eq!(targets(), ["Summary", "Overview"]);
    held.import_at(3, "c", &[("概要", "Overview")]);
    assert_eq!(targets(), ["Overview", "Summary"], "met again later");
    assert_eq!(held.lookup("概要")[0].document, "c");
}

#[test]
fn importing_twice_changes_nothing() {
    let pairs = [("一つ目。", "The first."), ("二つ目。", "The second."), ("一つ目。", "The first.")];
    let held = Held::new(&pairs);
    let before = held.memory.stats().expect("a sound store");
    assert_eq!((before.units, before.occurrences), (2, 3));
    let again = held.import_at(9, "a", &pairs);
    assert_eq!(again, Imported { units: 3, new_units: 0, new_occurrences: 0, left_out: 0 });
    assert_eq!(held.memory.stats().expect("a sound store").occurrences, 3);
    held.memory.check().expect("a sound store");
}

#[test]
fn what_is_no_pair_is_left_out() {
    let held = Held::new(&[("訳されない。", ""), ("  ", "Nothing.")]);
    let rejected = TranslationUnit { status: Status::Rejected, ..unit("a", "一", "One") };
    let done = held.memory.import([Ok(Entry::from(rejected))], &ImportOptions::default(), &mut |_| {});
    assert_eq!(done.expect("a sound store").left_out, 1);
    assert_eq!(held.memory.stats().expect("a sound store").units, 0);
    assert_eq!(held.scores("訳されない。"), []);
}

#[test]
fn doubles_are_merged_and_their_places_kept() {
    let held = Held::new(&[("ｱﾒ が降る。", "It rains."), ("雪が降る。", "It snows.")]);
    held.import_at(2, "b", &[("アメ　が降る。", "It rains."), ("雪が降る。", "It snows.")]);
    assert_eq!(held.memory.dedupe().expect("a sound store"), 1);
    let stats = held.memory.stats().expect("a sound store");
    assert_eq!((stats.units, stats.occurrences), (2, 4));
    assert_eq!(held.scores("ｱﾒ が降る。"), scored(&[("アメ　が降る。", 99)]));
    held.memory.check().expect("a sound store");
    held.memory.compact().expect("a sound store");
    assert_eq!(held.scores("雪が降る。"), scored(&[("雪が降る。", 100)]));
}

#[test]
fn a_word_is_found_on_either_side_with_its_rendering() {
    let sources = ["外相は帰国した。", "昨日、外相が話した。", "外相の答えを待つ。", "外相は病気だ。"];
    let targets = [
        "The foreign minister came home.",
        "Yesterday the foreign minister spoke.",
        "They wait for the foreign minister's answer.",
        "The foreign minister is ill.",
    ];
    let other = [
        ("雨が降る。", "It rains."),
        ("駅は遠い。", "The station is far."),
        ("昨日は暑かった。", "Yesterday was hot."),
    ];
    let pairs: Vec<_> = sources.into_iter().zip(targets).chain(other).collect();
    let held = Held::new(&pairs);
    let found = held.memory.search("外相", &SearchOptions::default()).expect("a sound memory");
    assert_eq!((found.units, found.is_whole), (4, true));
    assert_eq!(found.renderings[0].text, "foreign minister");
    let hit = &found.hits[0];
    assert_eq!((hit.source.as_str(), hit.places[0].of(&hit.source)), ("外相は病気だ。", "外相"));
    assert_eq!(hit.equivalent.map(|place| place.of(&hit.target)), Some("foreign minister"));
    let count = |pattern: &str, regex| {
        held.memory.search(pattern, &SearchOptions { regex, ..SearchOptions::default() }).expect("a pattern").units
    };
    assert_eq!(count("ＦＯＲＥＩＧＮ Minister", false), 4);
    assert_eq!(count("雨", false), 1);
    assert_eq!(count("r", false), 7, "one letter");
    assert_eq!(count("^昨日[、は]", true), 2);
    assert_eq!(count("ﾃﾚﾋﾞ|昨日", true), 2);
    assert_eq!(count(r"FOREIGN\s+minister", true), 4);
    assert_eq!(count("[^。]。", true), 7);
    assert_eq!(count("雪", false), 0);
    assert!(held.memory.search(" ", &SearchOptions::default()).is_err());
    assert!(held.memory.search("(", &SearchOptions { regex: true, ..SearchOptions::default() }).is_err());
}

#[cfg(feature = "ipadic")]
#[test]
fn renderings_are_told_in_a_memory_of_a_few_units() {
    let held = Held::new(&[
        ("外相は帰国した。", "The foreign minister came home."),
        ("昨日、外相が話した。", "Yesterday the Foreign Secretary spoke."),
        ("外相の答えを待つ。", "They wait for an answer of the foreign ministers."),
        ("ヴェルニゴラ氏は40万人に話した。", "Olena Vernyhora spoke to 400,000 people."),
        ("雨が降る。", "It rains."),
    ]);
    let (tokenizer, lexicon) = (Tokenizer::new().expect("a dictionary"), Lexicon::shipped());
    let aligner = Aligner::new(&tokenizer, vec![&lexicon]);
    let options = SearchOptions { aligner: Some(&aligner), ..SearchOptions::default() };
    let marked = |pattern: &str| -> Vec<String> {
        let found = held.memory.search(pattern, &options).expect("a sound memory");
        let of = |hit: &Hit| hit.equivalent.unwrap_or_default().of(&hit.target).to_owned();
        found.hits.iter().map(of).collect()
    };
    assert_eq!(marked("外相"), ["foreign ministers", "Foreign Secretary", "foreign minister"]);
    assert_eq!(marked("ヴェルニゴラ"), ["Vernyhora"]);
    assert_eq!(marked("40万"), ["400,000"]);
    assert_eq!(marked("foreign minister"), ["外相", "外相"]);
    let found = held.memory.search("外相", &options).expect("a sound memory");
    let counts: Vec<_> = found.renderings.iter().map(|r| (r.text.as_str(), r.count)).collect();
    assert_eq!(counts, [("foreign minister", 2), ("Foreign Secretary", 1)]);
}

#[cfg(feature = "ipadic")]
#[test]
fn words_in_kanji_are_found_by_their_reading() {
    let held = Held::new(&[
        ("岸田首相が話した。", "Kishida spoke."),
        ("きしだと書く。", "It is written so."),
        ("駅は遠い。", "Far."),
    ]);
    let tokenizer = Tokenizer::new().expect("a dictionary");
    let sources = |reading| -> Vec<String> {
        let found = held.memory.search_reading(reading, &tokenizer, &SearchOptions::default()).expect("a sound memory");
        found.hits.into_iter().map(|hit| hit.source).collect()
    };
    assert_eq!(sources("きしだ"), ["きしだと書く。", "岸田首相が話した。"]);
    assert_eq!(sources("キシダシュショウ"), ["岸田首相が話した。"]);
    held.import_at(2, "b", &[("岸田氏が来た。", "Kishida came.")]);
    assert_eq!(sources("きしだ").len(), 3);
}

#[test]
fn a_missing_or_damaged_index_is_made_again() {
    let pairs: Vec<(String, String)> =
        (0..300).map(|i| (format!("文の{i}番目です。"), format!("Sentence {i}."))).collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(source, target)| (source.as_str(), target.as_str())).collect();
    let held = Held::new(&pairs);
    let index = super::index::folder(&held.path());
    let files = || -> Vec<PathBuf> {
        let mut files: Vec<_> = fs::read_dir(&index).expect("the index").flatten().map(|file| file.path()).collect();
        files.sort();
        files
    };
    let assert_found = |what: &str| {
        let memory = Memory::open(&held.path()).expect("a sound store");
        let found = memory.lookup("文の7番目です。", &LookupOptions::default()).expect("an index");
        assert_eq!(found.first().map(|found| found.score), Some(100), "{what}");
    };
    for number in 0..files().len() {
        for hundredth in [0, 10, 35, 50, 75, 99] {
            let file = files().remove(number);
            let mut bytes = fs::read(&file).expect("a file");
            let place = (bytes.len() - 1) * hundredth / 100;
            bytes[place] ^= 0x10;
            // Written anew under its name: what is mapped elsewhere stays as it was.
            fs::remove_file(&file).expect("a file");
            fs::write(&file, bytes).expect("a file");
            assert_found("a flipped byte");
            let memory = Memory::open(&held.path()).expect("a sound store");
            memory.check().expect("a sound store");
            assert_eq!(memory.check().ok(), Some(0), "nothing is left to make again");
        }
        fs::remove_file(files().remove(number)).expect("a file");
        assert_found("one file missing");
    }
    fs::remove_dir_all(&index).expect("the index");
    assert_found("all missing");
}

#[test]
fn a_flipped_byte_in_the_store_is_never_believed() {
    let pairs: Vec<(String, String)> =
        (0..200).map(|i| (format!("文の{i}番目です。"), format!("Sentence {i}."))).collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(source, target)| (source.as_str(), target.as_str())).collect();
    let held = Held::new(&pairs);
    let path = held.path();
    held.memory.compact().expect("a sound store");
    let expected = exported(&held.memory).expect("a sound store");
    drop(held.memory);
    let whole = fs::read(&path).expect("the store");
    let mut refused = 0;
    for place in (0..whole.len()).step_by(997) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x04;
        fs::write(&path, &bytes).expect("the store");
        let result = Memory::open(&path).and_then(|memory| {
            memory.check()?;
            exported(&memory)
        });
        match result {
            // A byte that nothing is stored in.
            Ok(units) => assert_eq!(units, expected, "byte {place}"),
            Err(error) => {
                refused += 1;
                assert!(error.to_string().contains("memory.db"), "{error}");
            }
        }
    }
    assert!(refused > 10, "{refused}");
}

fn exported(memory: &Memory) -> crate::error::Result<Vec<TranslationUnit>> {
    let mut units = Vec::new();
    memory.for_each(|entry| {
        units.push(entry.expect("a sound unit").unit);
        Ok(())
    })?;
    Ok(units)
}

#[test]
fn of_doubles_the_one_that_a_person_confirmed_stays() {
    let held = Held::new(&[("ｱﾒ が降る。", "It rains.")]);
    let confirmed = TranslationUnit { status: Status::Confirmed, ..unit("b", "アメ が降る。", "It rains.") };
    held.memory.import([Ok(confirmed.into())], &ImportOptions::default(), &mut |_| {}).expect("a sound store");
    held.import_at(3, "c", &[("アメ　が降る。", "It rains.")]);
    assert_eq!(held.memory.dedupe().expect("a sound store"), 2);
    let left: Vec<_> = entries(&held.memory).into_iter().map(|e| (e.unit.document, e.unit.source.text())).collect();
    assert_eq!(left, ["a", "b", "c"].map(|document| (document.to_owned(), "アメ が降る。".to_owned())));
    held.memory.check().expect("a sound store");
}

#[test]
fn compacting_leaves_no_file_that_is_of_no_use() {
    let held = Held::new(&[("池。", "Pond."), ("堰。", "Weir.")]);
    let index = super::index::folder(&held.path());
    fs::write(index.join("ja-en-1-9-old.idx"), "left behind").expect("a file");
    held.memory.compact().expect("a sound store");
    let files = fs::read_dir(&index).expect("the index").count();
    assert_eq!(files, 2, "one for each direction");
    assert_eq!(held.scores("池。"), scored(&[("池。", 100)]));
}

/// All units at all places.
fn entries(memory: &Memory) -> Vec<Entry> {
    let mut entries = Vec::new();
    let read = memory.for_each(|entry| {
        entries.extend(entry);
        Ok(())
    });
    read.expect("a store");
    entries
}

#[test]
fn what_is_exported_gives_the_same_memory_whatever_its_history() {
    let held = Held::new(&[("池。", "Pond."), ("堰。", "Weir."), ("池。", "Pond.")]);
    held.import_at(2, "c", &[("堰。", "Weir.")]);
    held.import_at(3, "b", &[("川。", "River."), ("池。", "Pond.")]);
    let shown = entries(&held.memory);
    let places: Vec<_> = shown.iter().map(|e| (e.unit.document.as_str(), e.unit.source.text())).collect();
    let expected = [("a", "池。"), ("a", "堰。"), ("a", "池。"), ("b", "川。"), ("b", "池。"), ("c", "堰。")];
    assert_eq!(places, expected.map(|(document, text)| (document, text.to_owned())));
    assert_eq!(shown[3].changed.as_deref(), Some("1970-01-01T00:00:03Z"));
    let copy = Held::new(&[]);
    copy.memory.import(shown.iter().cloned().map(Ok), &ImportOptions::default(), &mut |_| {}).expect("a new store");
    assert_eq!(entries(&copy.memory), shown);
    for (before, score) in [("川。", 101), ("池。", 100)] {
        let query = Query { text: "池。", before: Some(before), after: None };
        let found = copy.memory.lookup(query, &LookupOptions::default()).expect("a sound memory");
        assert_eq!(found[0].score, score, "{before}");
    }
}

#[test]
fn a_document_that_comes_again_is_replaced_and_its_old_renderings_stay() {
    let held = Held::new(&[("はじめに", "Foreword"), ("概要", "Overview"), ("雨。", "Rain."), ("雪。", "Snow.")]);
    held.import_at(2, "a", &[("はじめに", "Foreword"), ("雨。", "Rain.")]);
    let stats = held.memory.stats().expect("a sound store");
    assert_eq!((stats.units, stats.occurrences), (4, 2));
    let found = held.lookup("概要");
    assert_eq!((found[0].target.as_str(), found[0].document.as_str()), ("Overview", ""));
    let in_context = |before| {
        let query = Query { text: "雨。", before: Some(before), after: None };
        held.memory.lookup(query, &LookupOptions::default()).expect("a sound memory")[0].score
    };
    assert_eq!((in_context("はじめに"), in_context("概要")), (101, 100));
    held.memory.check().expect("a sound store");
}

#[test]
fn renderings_in_another_language_are_no_part_of_what_is_replaced() {
    let held = Held::new(&[("池。", "Pond."), ("堰。", "Weir.")]);
    let mut french = unit("a", "池。", "Étang.");
    french.target.lang = "fr".parse().expect("a tag");
    held.memory.import([Ok(french.into())], &ImportOptions::default(), &mut |_| {}).expect("a sound store");
    assert_eq!(held.memory.stats().expect("a sound store").occurrences, 3);
}

#[test]
fn a_rejected_unit_goes_unless_it_stands_elsewhere() {
    let held = Held::new(&[("池。", "Pound."), ("堰。", "Weir."), ("川。", "River.")]);
    held.import_at(2, "b", &[("堰。", "Weir.")]);
    let rejected =
        |source, target| Ok(TranslationUnit { status: Status::Rejected, ..unit("a", source, target) }.into());
    let again = [rejected("池。", "Pound."), rejected("堰。", "Weir."), Ok(unit("a", "川。", "River.").into())];
    held.memory.import(again, &ImportOptions::default(), &mut |_| {}).expect("a sound store");
    assert_eq!(held.scores("池。"), []);
    assert_eq!(held.lookup("堰。")[0].document, "b");
    assert_eq!(held.scores("川。"), scored(&[("川。", 100)]));
    let stats = held.memory.stats().expect("a sound store");
    assert_eq!((stats.units, stats.occurrences), (2, 2));
    held.memory.check().expect("a sound store");
}

/// The unit with a code at these places of its texts.
fn coded(document: &str, texts: (&str, &str), places: (usize, usize)) -> Entry {
    let code = |at| InlineCode { at, kind: CodeKind::Standalone, markup: Markup::Tmx, code: "<ph>\\n</ph>".to_owned() };
    Entry {
        source_codes: vec![code(places.0)],
        target_codes: vec![code(places.1)],
        ..unit(document, texts.0, texts.1).into()
    }
}

/// Where codes stand: document, text, and their places in both texts.
fn places_of_codes(memory: &Memory) -> Vec<(String, String, Vec<usize>, Vec<usize>)> {
    let places = |codes: &[InlineCode]| codes.iter().map(|code| code.at).collect();
    let shown = entries(memory).into_iter();
    let place =
        |e: Entry| (e.unit.document.clone(), e.unit.source.text(), places(&e.source_codes), places(&e.target_codes));
    shown.map(place).collect()
}

#[test]
fn inline_codes_stay_with_the_place_where_the_unit_stands() {
    let held = Held::new(&[]);
    let take = |entries: &[Entry]| {
        let entries = entries.iter().cloned().map(Ok);
        held.memory.import(entries, &ImportOptions::default(), &mut |_| {}).expect("a sound store")
    };
    let pond = ("池。", "Pond.");
    let both = [coded("a", pond, (3, 4)), coded("b", (" 池。", "Pond. "), (7, 6)), unit("c", pond.0, pond.1).into()];
    let done = take(&both);
    assert_eq!((done.new_units, done.new_occurrences), (1, 3), "units that differ in codes are one");
    let place = |document: &str, codes: [Vec<usize>; 2]| {
        let [source, target] = codes;
        (document.to_owned(), pond.0.to_owned(), source, target)
    };
    let expected = [place("a", [vec![3], vec![4]]), place("b", [vec![6], vec![5]]), place("c", [vec![], vec![]])];
    assert_eq!(places_of_codes(&held.memory), expected);
    let again = take(&both);
    assert_eq!((again.new_units, again.new_occurrences), (0, 0));

    // A file without codes says nothing of them, one with others changes them.
    take(&[unit("a", pond.0, pond.1).into()]);
    assert_eq!(places_of_codes(&held.memory), expected);
    assert_eq!(take(&[coded("a", pond, (0, 0))]).new_occurrences, 1);
    assert_eq!(places_of_codes(&held.memory)[0], place("a", [vec![0], vec![0]]));

    let found = held.memory.lookup("池。", &LookupOptions::default()).expect("a sound memory");
    assert_eq!((found.len(), found[0].score, found[0].target.as_str()), (1, 100, "Pond."));
    assert_eq!(found[0].source_codes.len(), 1, "those of the place that is newest");
    held.memory.check().expect("a sound store");
    let copy = Held::new(&[]);
    let shown = entries(&held.memory);
    copy.memory.import(shown.iter().cloned().map(Ok), &ImportOptions::default(), &mut |_| {}).expect("a new store");
    assert_eq!(entries(&copy.memory), shown);
}

#[test]
fn inline_codes_go_with_units_that_are_merged() {
    let held = Held::new(&[]);
    let entries = [coded("a", ("ＡＢ　池", "A  b"), (3, 3)), unit("b", "AB 池", "A b").into()];
    held.memory.import(entries.map(Ok), &ImportOptions::default(), &mut |_| {}).expect("a sound store");
    assert_eq!(held.memory.dedupe().expect("a sound store"), 1);
    let expected = [("a", vec![1], vec![1]), ("b", vec![], vec![])];
    let expected = expected.map(|(document, source, target)| (document.to_owned(), "AB 池".to_owned(), source, target));
    assert_eq!(places_of_codes(&held.memory), expected);
    held.memory.check().expect("a sound store");
}

#[test]
fn damaged_units_and_names_of_documents_are_found() {
    let damage = |sql: &str| {
        let held = Held::new(&[("池。", "Pond."), ("堰。", "Weir.")]);
        rusqlite::Connection::open(held.path()).and_then(|store| store.execute(sql, [])).expect("a store");
        held
    };
    let held = damage("UPDATE unit SET target = 'Pomd.' WHERE number = 1");
    let (mut sound, mut wrong) = (Vec::new(), Vec::new());
    let read = held.memory.for_each(|entry| {
        entry.map_or_else(|reason| wrong.push(reason), |entry| sound.push(entry.unit.target.text()));
        Ok(())
    });
    read.expect("a store");
    assert_eq!((sound, wrong), (vec!["Weir.".to_owned()], vec!["unit 1 is not what was written".to_owned()]));
    let held = damage("UPDATE occurrence SET codes = '[[],[]]' WHERE unit = 1");
    let told = held.memory.check().map_err(|e| e.to_string()).expect_err("damage");
    assert!(told.contains("an occurrence is not what was written"), "{told}");
    let held = damage("UPDATE document SET name = 'e'");
    let told = held.memory.check().map_err(|e| e.to_string()).expect_err("damage");
    assert!(told.contains("the name of document 1 is not what was written"), "{told}");
}

#[test]
fn other_files_and_newer_stores_are_refused_untouched() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("memory.db");
    let refused = |path: &Path| Memory::create(path).map_err(|e| e.to_string()).expect_err("no store");
    fs::write(&path, "ja\ten\n").expect("a file");
    assert!(refused(&path).contains("this is no translation memory"));
    assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("ja\ten\n"));
    fs::remove_file(&path).expect("a file");

    drop(Memory::create(&path).expect("a new memory"));
    let connection = rusqlite::Connection::open(&path).expect("a store");
    connection.pragma_update(None, "user_version", 99).expect("a store");
    drop(connection);
    let before = fs::read(&path).expect("a store");
    assert!(refused(&path).contains("written by a newer taiyaku (version 99"));
    assert_eq!(fs::read(&path).ok(), Some(before));

    let missing = Memory::open(&folder.path().join("none.db")).map_err(|e| e.to_string()).expect_err("no file");
    assert!(missing.contains("there is no memory") && missing.contains("taiyaku import"), "{missing}");
    assert!(!folder.path().join("none.db").exists());
}

#[test]
fn migrating_twice_is_migrating_once() {
    let held = Held::new(&[("一", "One")]);
    for _ in 0..2 {
        let memory = Memory::create(&held.path()).expect("a store");
        assert_eq!(memory.stats().expect("a store").units, 1);
    }
}

#[test]
fn several_threads_use_one_memory() {
    let held = Held::new(&[]);
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let memory = &held.memory;
            scope.spawn(move || {
                for i in 0..20 {
                    let entries = (0..20).map(|n| {
                        Ok(Entry::from(unit(
                            &format!("d{i}"),
                            &format!("文書{i}の{n}番"),
                            &format!("Number {n} of {i}"),
                        )))
                    });
                    memory
                        .import(entries, &ImportOptions::default(), &mut |_| {})
                        .unwrap_or_else(|error| panic!("writer {writer}: {error}"));
                }
            });
        }
        scope.spawn(|| (0..100).for_each(|_| drop(held.lookup("文書3の7番"))));
    });
    let stats = held.memory.stats().expect("a sound store");
    assert_eq!((stats.units, stats.occurrences), (400, 400));
    assert_eq!(held.scores("文書3の7番")[0].1, 100);
    held.memory.check().expect("a sound store");
}

#[test]
fn texts_of_any_length_are_found() {
    for alphabet in ["池川山雨雪風空海", "abcdefghijk "] {
        let signs: Vec<char> = alphabet.chars().collect();
        // Any sequence without a period will do.
        let text: String =
            (0..70_000_u32).filter_map(|i| signs.get((i.wrapping_mul(i) >> 7) as usize % signs.len())).collect();
        let held = Held::new(&[(&text, "Long.")]);
        assert_eq!(held.scores(&text), scored(&[(&text, 100)]));
        let edited: String = text.chars().enumerate().map(|(i, c)| if i % 20 == 7 { '水' } else { c }).collect();
        let found = held.lookup(&edited);
        assert_eq!((found[0].score, found[0].target.as_str()), (95, "Long."));
    }
}

/// Everything from the threshold on, by comparing with each text.
fn brute_force(texts: &[String], query: &str, threshold: usize) -> Vec<(usize, usize)> {
    let query: Vec<char> = key(query).chars().collect();
    let mut found: Vec<(usize, usize)> = texts
        .iter()
        .filter_map(|text| {
            let text: Vec<char> = key(text).chars().collect();
            let length = query.len().max(text.len());
            let distance = strsim::generic_levenshtein(&query, &text);
            (100 * (length - distance) >= threshold * length).then_some((distance, length))
        })
        .collect();
    found.sort_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)));
    found
}

fn assert_complete(texts: &[String], query: &str, threshold: u8, limit: usize) -> Result<(), TestCaseError> {
    let pairs: Vec<(&str, String)> =
        texts.iter().enumerate().map(|(i, text)| (text.as_str(), format!("target {i}"))).collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(text, target)| (*text, target.as_str())).collect();
    let held = Held::new(&pairs);
    let options = LookupOptions { threshold, limit, source_lang: Some(Lang::japanese()), ..LookupOptions::default() };
    let found = held.memory.lookup(query, &options).expect("a sound memory");
    let expected = brute_force(texts, query, usize::from(threshold));
    // Equal but for form scores 99 however short the text.
    let fuzzy: Vec<_> = found.iter().filter(|found| found.score < 99).collect();
    let best: Vec<usize> =
        expected.iter().map(|(distance, length)| 100 * (length - distance) / length.max(&1)).collect();
    prop_assert!(found.len() >= expected.len().min(limit), "{:?} of {:?}", found, expected);
    let formal = found.len() - fuzzy.len();
    if formal == 0 {
        let scores: Vec<usize> = found.iter().map(|found| usize::from(found.score)).collect();
        let expected: Vec<usize> = best.iter().take(limit).map(|score| (*score).min(98)).collect();
        prop_assert_eq!(scores, expected);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_near_is_lost_among_short_texts(
        texts in prop::collection::btree_set("[あいう一二a]{1,7}", 1..60),
        query in "[あいう一二a]{1,7}",
        threshold in 50_u8..=90,
        limit in 1_usize..8,
    ) {
        let texts: Vec<String> = texts.into_iter().collect();
        assert_complete(&texts, &query, threshold, limit)?;
    }

    #[test]
    fn nothing_near_is_lost_among_alphabetic_texts(
        texts in prop::collection::btree_set("[a-e ]{0,3}[a-e][a-e ]{0,60}[a-e]", 1..150),
        query in "[a-e][a-e ]{0,60}[a-e]",
        threshold in 50_u8..=90,
        limit in 1_usize..8,
    ) {
        let texts: Vec<String> = texts.into_iter().map(|text| text.trim().to_owned()).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        assert_complete(&texts, &query, threshold, limit)?;
    }

    #[test]
    fn nothing_near_is_lost_after_edits(
        texts in prop::collection::btree_set("[あ-ん一-十亜-愛]{20,80}", 20..60),
        edits in prop::collection::vec((any::<prop::sample::Index>(), "[あ-ん]"), 0..30),
        threshold in 50_u8..=90,
    ) {
        let texts: Vec<String> = texts.into_iter().collect();
        let mut query: Vec<char> = texts[0].chars().collect();
        for (place, c) in edits {
            let place = place.index(query.len());
            query[place] = c.chars().next().expect("a character");
        }
        assert_complete(&texts, &query.into_iter().collect::<String>(), threshold, 5)?;
    }

    #[test]
    fn no_text_brings_it_down(texts in prop::collection::vec("\\PC{0,40}", 0..20), query in "\\PC{0,40}") {
        let pairs: Vec<(&str, &str)> = texts.iter().map(|text| (text.as_str(), "x")).collect();
        let held = Held::new(&pairs);
        held.lookup(&query);
        let _ = held.memory.search(&query, &SearchOptions::default());
        for text in texts.iter().filter(|text| !text.trim().is_empty()) {
            prop_assert_eq!(held.lookup(text)[0].score, 100);
        }
    }
}
