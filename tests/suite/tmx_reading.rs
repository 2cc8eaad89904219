//! TMX as it lies on disks: every file of tests/data/tmx is read as it says here. Whatever is dropped is told.

use std::path::{Path, PathBuf};

use taiyaku::format::{
    CodeKind, Format, Record, UnitReadOptions, UnitReader, UnitWriter, Units, open_units, read_units,
};
use taiyaku::lang::Lang;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tmx").join(name)
}

fn read(name: &str) -> Units {
    read_units(&path(name), &UnitReadOptions::default()).expect("a readable file")
}

fn read_in(name: &str, source: &str, target: &str) -> Units {
    let languages = Some((source.parse().expect("a tag"), target.parse().expect("a tag")));
    read_units(&path(name), &UnitReadOptions { languages, ..UnitReadOptions::default() }).expect("a readable file")
}

/// Why a file cannot be read, without its path.
fn refusal(name: &str) -> String {
    let path = path(name);
    let units = read_units(&path, &UnitReadOptions::default());
    let message = units.expect_err("a file that cannot be read").to_string();
    message.strip_prefix(&path.display().to_string()).unwrap_or(&message).to_owned()
}

/// The texts of the records, `source = target`.
fn texts(units: &Units) -> Vec<String> {
    let text = |record: &Record| format!("{} = {}", record.unit.source.text(), record.unit.target.text());
    units.records.iter().map(text).collect()
}

/// The languages of the records, `source-target`, with the target's text.
fn languages(units: &Units) -> Vec<String> {
    let language =
        |Record { unit, .. }: &Record| format!("{}>{} {}", unit.source.lang, unit.target.lang, unit.target.text());
    units.records.iter().map(language).collect()
}

fn skipped(units: &Units) -> Vec<(usize, &str)> {
    units.skipped.iter().map(|skipped| (skipped.line, skipped.reason.as_str())).collect()
}

/// The notes, without the file they name.
fn notes(name: &str, units: &Units) -> Vec<String> {
    let path = path(name).display().to_string();
    units.notes.iter().map(|note| note.replace(&path, "it")).collect()
}

const TWO: [&str; 2] = [
    "池の水を汲み上げる。 = The water of the pond is pumped up.",
    "昼は電気が余る。 = There is power to spare by day.",
];
const THREE: [&str; 3] = [TWO[0], TWO[1], "水門を開ける。 = The gate is opened."];

#[track_caller]
fn assert_two(name: &str, told: &[&str]) {
    let units = read(name);
    assert_eq!(texts(&units), TWO, "{name}");
    assert_eq!(skipped(&units), [], "{name}");
    assert_eq!(notes(name, &units), told, "{name}");
}

#[test]
fn every_encoding_is_decoded_first() {
    assert_two("utf-16le-with-mark.tmx", &[]);
    assert_two("utf-16be-without-mark.tmx", &[]);
    assert_two("shift_jis.tmx", &[]);
}

#[test]
fn the_bytes_win_over_a_declaration_that_lies() {
    let told = "it says that it is in Shift_JIS, but its bytes are UTF-8; it is read as UTF-8.";
    assert_two("says-shift_jis-is-utf-8.tmx", &[told]);
    let told = "it says that it is in UTF-16, but its bytes are UTF-8; it is read as UTF-8.";
    assert_two("says-utf-16-is-utf-8.tmx", &[told]);
    let told = "it says that it is in UTF-8, but its bytes are Shift_JIS; it is read as Shift_JIS.";
    assert_two("says-utf-8-is-shift_jis.tmx", &[told]);
    let told = "it says that it is in UTF-8, but its bytes are EUC-JP; it is read as EUC-JP.";
    assert_two("says-utf-8-is-euc-jp.tmx", &[told]);
}

#[test]
fn the_address_of_a_dtd_is_not_fetched() {
    // A fetch from this address, which is kept for documents, would hang.
    assert_two("unreachable-dtd.tmx", &[]);
}

#[test]
fn internal_entities_are_expanded_and_undeclared_ones_kept() {
    let units = read("entities.tmx");
    assert_eq!(texts(&units), ["揚水発電所の池。 = The pond of the <plant> & its&nbsp;dam, AT&T."]);
    let told = "it: 1 reference to an entity that is not declared is kept as it stands, first in line 12.";
    assert_eq!(notes("entities.tmx", &units), [told]);
}

#[test]
fn entities_that_expand_without_end_are_skipped() {
    let units = read("billion-laughs.tmx");
    assert_eq!(texts(&units), [format!("{} = Laughter.", "ha".repeat(100))]);
    let reason = |name: &str| format!("the entity &{name}; expands to more than 64 KB. Write out what it means");
    assert_eq!(skipped(&units), [(18, reason("l9").as_str()), (19, reason("round").as_str())]);
}

#[test]
fn a_flood_of_entities_ends_the_reading() {
    assert_eq!(
        refusal("entity-flood.tmx"),
        ", line 9: its entities expand to more than 16 MB, as in files that are made to do harm. Remove the DTD's entities"
    );
}

#[test]
fn other_files_are_never_read() {
    let units = read("external-entity.tmx");
    assert_eq!(texts(&units), ["秘密はだ。 = The secret is out."]);
    let told = "it: 2 references to other files are left out: other files are never read, first in line 9.";
    assert_eq!(notes("external-entity.tmx", &units), [told]);
}

#[test]
fn languages_of_old_versions_and_in_any_case_are_known() {
    assert_eq!(languages(&read("lang-attribute.tmx")), ["ja>en-US Pond."]);
}

#[test]
fn inline_codes_stand_beside_the_text_and_are_written_again() {
    let units = read("inline-codes.tmx");
    assert_eq!(texts(&units), ["池の水。 = The water of the pond."]);
    let record = &units.records[0];
    let codes = |codes: &[taiyaku::format::InlineCode]| {
        codes.iter().map(|code| (code.at, code.kind, code.code.clone())).collect::<Vec<_>>()
    };
    let owned = |list: &[(usize, CodeKind, &str)]| {
        list.iter().map(|(at, kind, code)| (*at, *kind, (*code).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(
        codes(&record.source_codes),
        owned(&[
            (0, CodeKind::Open, r#"<bpt i="1" x="1" type="bold">&lt;b&gt;</bpt>"#),
            (3, CodeKind::Close, r#"<ept i="1">&lt;/b&gt;</ept>"#),
            (6, CodeKind::Standalone, r#"<ph x="2">&lt;img alt="<sub>絵</sub>"/&gt;</ph>"#),
        ])
    );
    assert_eq!(
        codes(&record.target_codes),
        owned(&[
            (4, CodeKind::Open, r#"<hi type="name">"#),
            (9, CodeKind::Close, "</hi>"),
            (12, CodeKind::Standalone, "<ph/>"),
            (17, CodeKind::Open, r#"<it pos="begin" x="3">&lt;i&gt;</it>"#),
        ])
    );
    let tmx = written(Format::Tmx, &units.records);
    assert!(
        tmx.contains(
            r#"<seg><bpt i="1" x="1" type="bold">&lt;b&gt;</bpt>池<ept i="1">&lt;/b&gt;</ept>の<ph x="2">&lt;img alt="<sub>絵</sub>"/&gt;</ph>水。</seg>"#
        ),
        "{tmx}"
    );
    let again = read_text("again.tmx", &tmx);
    assert_eq!(
        (&again.records[0].source_codes, &again.records[0].target_codes),
        (&record.source_codes, &record.target_codes)
    );
}

#[test]
fn control_characters_are_dropped_and_counted() {
    let units = read("control-characters.tmx");
    assert_eq!(texts(&units), ["池の水。 = Water of the pond\there."]);
    assert_eq!(
        notes("control-characters.tmx", &units),
        [
            "it: 2 control characters are left out, first in line 5.",
            "it: 2 references to control characters are left out, first in line 5."
        ]
    );
}

#[test]
fn sections_of_cdata_are_text() {
    assert_eq!(texts(&read("cdata.tmx")), ["<池> & 水。 = <pond> &  water"]);
}

#[test]
fn all_variants_are_kept_where_no_language_is_asked_for() {
    assert_eq!(
        languages(&read("variants.tmx")),
        [
            "ja>en-GB Colour.",
            "ja>en-US Color.",
            "ja>fr Couleur.",
            "ja-JP>en Grey.",
            "ja-JP>en-US Gray.",
            "ja>fr Rouge.",
            "ja>en Blue.",
            "ja>en Azure."
        ]
    );
}

#[test]
fn a_variant_in_the_source_language_is_a_translation_only_where_there_is_no_other() {
    assert_eq!(languages(&read("variants-of-the-source.tmx")), ["ja-JP>en Weir.", "en-GB>en-US Harbor."]);
}

#[test]
fn the_nearest_variants_are_taken_where_a_language_is_asked_for() {
    let units = read_in("variants.tmx", "ja", "en");
    let english = ["ja>en-GB Colour.", "ja>en-US Color.", "ja-JP>en Grey.", "ja>en Blue.", "ja>en Azure."];
    assert_eq!(languages(&units), english);
    assert_eq!(notes("variants.tmx", &units), ["it: 1 unit is in other languages only and left out."]);
    let american = ["ja>en-US Color.", "ja-JP>en-US Gray.", "ja>en Blue.", "ja>en Azure."];
    assert_eq!(languages(&read_in("variants.tmx", "ja", "en-US")), american);
    assert_eq!(languages(&read_in("variants.tmx", "fr", "ja")), ["fr>ja 色。", "fr>ja 赤。"]);
}

#[test]
fn the_source_is_what_the_file_says_wherever_it_stands() {
    assert_eq!(languages(&read("all-languages.tmx")), ["en>ja 水。", "en-US>ja 池。", "ja>en Dam.", "de>fr Écluse."]);
    assert_eq!(languages(&read_in("all-languages.tmx", "ja", "en")), ["ja>en Water.", "ja>en-US Pond.", "ja>en Dam."]);
}

#[test]
fn units_with_a_side_missing_are_skipped_with_their_lines() {
    let units = read("empty-sides.tmx");
    assert_eq!(texts(&units), ["池。 = Pond."]);
    let empty = "one side of the unit is empty. Translate it, or delete it";
    assert_eq!(
        skipped(&units),
        [
            (6, empty),
            (7, "the unit has only one language. Add its translation, or delete it"),
            (8, "the unit has no text. Delete it"),
            (9, "the unit has no text. Delete it"),
            (10, "a variant names no language. Give its <tuv> an xml:lang"),
            (11, empty),
        ]
    );
}

#[test]
fn what_is_complete_in_a_file_that_is_cut_off_is_kept() {
    for (name, line, place) in [
        ("cut-off.tmx", 7, "in the middle of this unit, at byte 517"),
        ("cut-off-between-units.tmx", 7, "before </tmx>, at byte 485"),
    ] {
        let units = read(name);
        assert_eq!(texts(&units), TWO);
        let reason = format!("the file ends {place}: it is cut off. What is complete is kept; get the file again");
        assert_eq!(skipped(&units), [(line, reason.as_str())]);
    }
}

#[test]
fn gzip_and_zip_are_known_by_their_signatures() {
    assert_eq!(texts(&read("packed.tmx.gz")), THREE);
    let packed = std::fs::read(path("packed.tmx.gz")).expect("a file");
    let reader = UnitReader::new(Path::new("-"), std::io::Cursor::new(packed), &UnitReadOptions::default());
    assert_eq!(
        reader.and_then(UnitReader::collect_units).map(|units| texts(&units)).ok(),
        Some(THREE.map(str::to_owned).into())
    );
    assert_eq!(texts(&read("packed-as-a-stream.zip")), THREE);
    let units = read("packed.zip");
    assert_eq!(texts(&units), THREE);
    assert_eq!(
        notes("packed.zip", &units),
        ["it: memory/more.tmx in the archive is not read. Unpack it and name the file."]
    );
}

#[test]
fn archives_without_pairs_are_refused() {
    assert_eq!(
        refusal("without-pairs.zip"),
        ": the zip archive holds no TMX, XLIFF, TSV, CSV or JSONL file. Unpack it and name the file"
    );
    assert_eq!(
        refusal("office.zip"),
        ": this is an office document, not a bilingual file. Save its table as TSV or CSV"
    );
}

#[test]
fn an_archive_that_is_cut_off_gives_what_it_holds() {
    let units = read("cut-off.tmx.gz");
    assert!((100..400).contains(&units.records.len()), "{}", units.records.len());
    let reasons: Vec<&str> = units.skipped.iter().map(|skipped| skipped.reason.as_str()).collect();
    assert!(reasons[0].starts_with("the file ends "), "{reasons:?}");
    assert_eq!(
        reasons[1..],
        ["the archive is damaged or cut off here; what stands before is kept. Get the file again"]
    );
}

#[test]
fn a_character_written_as_two_references_is_joined() {
    let units = read("surrogates.tmx");
    assert_eq!(texts(&units), ["雨🌧。🌧 = Rain x and y A."]);
    let told = "it: 3 references to half a character, or to none, are left out, first in line 5.";
    assert_eq!(notes("surrogates.tmx", &units), [told]);
}

#[test]
fn what_else_is_known_of_a_unit_is_kept_and_written_again() {
    let units = read("what-else-is-known.tmx");
    let [first, second] = units.records.as_slice() else { panic!("{units:?}") };
    assert_eq!((first.id.as_str(), first.note.as_str(), first.line), ("u&1", "要確認\nSecond remark", 5));
    assert_eq!(first.created.as_deref(), Some("2024-05-01T09:30:00Z"), "that of the unit wins");
    assert_eq!(first.changed.as_deref(), Some("2024-05-02T00:00:00Z"));
    let property = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(first.properties, [property("client", "ACME & Co."), property("x-context", "見出し")]);
    assert_eq!((second.created.as_deref(), second.changed.as_deref()), (None, Some("2023-07-04T12:00:00Z")));

    let mut again = read_text("again.tmx", &written(Format::Tmx, &units.records)).records;
    for (record, before) in again.iter_mut().zip(&units.records) {
        record.line = before.line;
        assert_eq!(record, before);
    }
}

#[test]
fn broken_units_cost_only_themselves() {
    let units = read("broken-units.tmx");
    assert_eq!(texts(&units), ["池。 = Pond.", "水。 = Water here."]);
    assert_eq!(
        skipped(&units),
        [
            (5, "a < stands in the text where no element begins. Write it as &lt;"),
            (6, "the unit has no end: another begins within it. Write </tu> behind it"),
        ]
    );
}

#[test]
fn what_is_no_tmx_is_refused() {
    assert_eq!(
        refusal("no-tmx.tmx"),
        ", line 1: this is no TMX: it begins with <html>. Give the file the ending of its format, such as .tsv"
    );
    assert_eq!(
        refusal("text.tmx"),
        ": this is no TMX: it has no <tmx> element. Give the file the ending of its format, such as .tsv"
    );
}

#[test]
fn a_text_without_end_is_refused_in_bounded_memory() {
    for (start, reason) in [
        ("<tmx><body><tu><tuv xml:lang=\"ja\"><seg>", "line 1: a text or a tag is longer than 4 MB"),
        ("<tmx><body><tu a=\"", "line 1: a text or a tag is longer than 4 MB"),
        ("<tmx><!--", "line 1: a text or a tag is longer than 4 MB"),
    ] {
        let endless = std::io::Read::chain(start.as_bytes(), std::io::repeat(b'x'));
        let reader = UnitReader::new(Path::new("endless.tmx"), endless, &UnitReadOptions::default());
        let error = reader.and_then(UnitReader::collect_units).expect_err("no end").to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn a_unit_without_end_is_skipped_in_bounded_memory() {
    let variant = "<tuv xml:lang=\"ja\"><seg>池の水を汲み上げる。</seg></tuv>\n";
    let text = format!(
        "<tmx><body><tu>{}</tu><tu>{variant}<tuv xml:lang=\"en\"><seg>Pond.</seg></tuv></tu></body></tmx>",
        variant.repeat((20 << 20) / variant.len())
    );
    let units = read_text("long.tmx", &text);
    assert_eq!(texts(&units), ["池の水を汲み上げる。 = Pond."]);
    assert_eq!(skipped(&units), [(1, "the unit is larger than 16 MB, which no unit is. Split it")]);
}

#[test]
fn a_reader_knows_how_far_it_is() {
    let mut reader = open_units(&path("variants.tmx"), &UnitReadOptions::default()).expect("a file");
    assert_eq!((reader.format(), reader.size()), (Some(Format::Tmx), Some(775)));
    assert_eq!(reader.by_ref().flatten().count(), 8);
    assert_eq!(reader.bytes_read(), 775);
}

fn read_text(name: &str, text: &str) -> Units {
    let input = std::io::Cursor::new(text.to_owned().into_bytes());
    let reader = UnitReader::new(Path::new(name), input, &UnitReadOptions::default());
    reader.and_then(UnitReader::collect_units).expect("a readable file")
}

fn written(format: Format, records: &[Record]) -> String {
    let mut bytes = Vec::new();
    let mut writer = UnitWriter::new(format, (&Lang::japanese(), &Lang::english()), false, &mut bytes).expect("a head");
    records.iter().try_for_each(|record| writer.write(record)).expect("memory takes everything");
    writer.finish().expect("an end");
    String::from_utf8(bytes).expect("UTF-8")
}
