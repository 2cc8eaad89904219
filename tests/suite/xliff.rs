//! XLIFF as translators' tools write it, and as taiyaku writes it.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use taiyaku::format::{
    CodeKind, Format, InlineCode, Markup, Proposal, Record, UnitReadOptions, UnitReader, Units, XliffVersion,
    XliffWriter,
};
use taiyaku::lang::Lang;
use taiyaku::unit::Status;

const FIRST: &str = r#"<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="pond.docx" source-language="ja-JP" target-language="en-GB" datatype="x"><header><note>of the file</note></header><body><group>
<trans-unit id="7" resname="head&amp;1" approved="yes"><source>池の<g id="1" ctype="bold">水</g>。</source>
<seg-source><mrk mtype="seg" mid="1">池の水。</mrk></seg-source>
<target state="translated">The <g id="1" ctype="bold">water</g> of the <x id="2"/>pond.</target><note>要確認</note>
<alt-trans match-quality="70"><source>池の魚。</source><target>The fish.</target></alt-trans></trans-unit>
<trans-unit id="8"><source>雨。</source><target state="final">Rain.</target></trans-unit>
<trans-unit id="9"><source>雪。</source><target state="needs-translation" state-qualifier="rejected-inaccurate">Rain.</target></trans-unit>
<trans-unit id="10"><source>霧。</source></trans-unit>
<trans-unit id="11"><source/><target/></trans-unit>
</group></body></file>
<file original="dam.docx" source-language="en" target-language="ja" datatype="x"><body>
<trans-unit id="1"><source>Dam.</source><target>堤。</target></trans-unit>
</body></file></xliff>"#;

const SECOND: &str = r##"<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" srcLang="ja" trgLang="en">
<file id="f1" original="pond.md"><unit id="u1" name="head"><mtc:matches><mtc:match ref="#s1"><source>魚。</source><target>Fish.</target></mtc:match></mtc:matches>
<notes><note>要確認</note></notes><originalData><data id="d1">&lt;b&gt;</data></originalData>
<segment id="s1" state="reviewed"><source>池の<pc id="1" dataRefStart="d1">水</pc>。</source><target>The <pc id="1" dataRefStart="d1">water</pc> of<ph id="2" dataRef="d1"/> the pond.</target></segment>
<ignorable><source> </source></ignorable>
<segment id="s2"><source>雨。<cp hex="001F"/></source><target>Rain.</target></segment></unit></file></xliff>"##;

fn read_in(text: &str, languages: Option<(&str, &str)>) -> Units {
    let tag = |tag: &str| tag.parse::<Lang>().expect("a tag");
    let languages = languages.map(|(source, target)| (tag(source), tag(target)));
    let options = UnitReadOptions { languages, ..UnitReadOptions::default() };
    let reader = UnitReader::new(Path::new("article"), Cursor::new(text.to_owned().into_bytes()), &options);
    reader.and_then(UnitReader::collect_units).expect("a readable file")
}

fn texts(units: &Units) -> Vec<String> {
    let text = |Record { unit, .. }: &Record| {
        format!("{} {}: {} = {}", unit.source.lang, unit.target.lang, unit.source.text(), unit.target.text())
    };
    units.records.iter().map(text).collect()
}

fn written(version: XliffVersion, records: &[(Record, Vec<Proposal>)]) -> String {
    let mut bytes = Vec::new();
    let first = &records[0].0.unit;
    let mut writer = XliffWriter::new(version, (&first.source.lang, &first.target.lang), &mut bytes).expect("a head");
    for (record, proposals) in records {
        writer.write(record, proposals).expect("memory takes everything");
    }
    writer.finish().expect("an end");
    String::from_utf8(bytes).expect("UTF-8")
}

/// Checks XLIFF by libxml2, where it is installed; against the schemas of OASIS too, where the variable `XLIFF_SCHEMAS`
/// names a folder with them.
fn assert_valid(xml: &str) {
    if Command::new("xmllint").arg("--version").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("article.xlf"), xml).expect("a file");
    let mut xmllint = Command::new("xmllint");
    xmllint.args(["--nonet", "--noout"]).arg(path("article.xlf"));
    let schemas = std::env::var("XLIFF_SCHEMAS").ok();
    if let Some(schemas) = &schemas {
        let own = r#"<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:taiyaku:unit"><attribute name="confidence" type="decimal"/></schema>"#;
        std::fs::write(path("own.xsd"), own).expect("a file");
        let import =
            |(namespace, file): (&str, &str)| format!(r#"<import namespace="{namespace}" schemaLocation="{file}"/>"#);
        let of = |file: &str| format!("{schemas}/{file}");
        let imports = [
            // First, so that the others do not look for it in the network.
            import(("http://www.w3.org/XML/1998/namespace", &of("xml.xsd"))),
            import(("urn:oasis:names:tc:xliff:document:1.2", &of("xliff-core-1.2-strict.xsd"))),
            import(("urn:oasis:names:tc:xliff:document:2.0", &of("xliff-core-2.0.xsd"))),
            import(("urn:taiyaku:unit", "own.xsd")),
        ];
        let all = format!(r#"<schema xmlns="http://www.w3.org/2001/XMLSchema">{}</schema>"#, imports.concat());
        std::fs::write(path("all.xsd"), all).expect("a file");
        xmllint.arg("--schema").arg(path("all.xsd"));
    }
    let checked = xmllint.output().expect("xmllint");
    let complaints = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success() && (schemas.is_some() || complaints.is_empty()), "{complaints}\n{xml}");
}

fn proposals() -> Vec<Proposal> {
    let proposal = |source: &str, target: &str, score, origin: &str| Proposal {
        source: source.to_owned(),
        target: target.to_owned(),
        score,
        origin: origin.to_owned(),
        source_codes: Vec::new(),
        target_codes: Vec::new(),
    };
    vec![
        proposal("池の水。", "The water of the \u{1}pond & <dam>.", 101, "memory.db"),
        proposal("池の魚。", "The fish.", 75, ""),
    ]
}

#[test]
fn what_is_not_for_translation_is_left_out_and_counted() {
    let first = FIRST.replace(r#"<trans-unit id="8">"#, r#"<trans-unit id="8" translate="no">"#);
    let units = read_in(&first, None);
    assert!(texts(&units).iter().all(|text| !text.contains("Rain.") || text.contains("雪。")), "{:?}", texts(&units));
    assert!(
        units.notes.contains(&"article: 1 unit is not for translation and left out.".to_owned()),
        "{:?}",
        units.notes
    );
    let second = SECOND.replace(r#"<unit id="u1""#, r#"<unit id="u1" translate="no""#);
    assert!(read_in(&second, None).records.is_empty());
}

#[test]
fn units_of_xliff_1_are_read_with_their_states() {
    let units = read_in(FIRST, None);
    assert_eq!(
        texts(&units),
        [
            "ja-JP en-GB: 池の水。 = The water of the pond.",
            "ja-JP en-GB: 雨。 = Rain.",
            "ja-JP en-GB: 雪。 = Rain.",
            "ja-JP en-GB: 霧。 = ",
            "en ja: Dam. = 堤。"
        ]
    );
    let statuses: Vec<Status> = units.records.iter().map(|record| record.unit.status).collect();
    assert_eq!(statuses, [Status::Confirmed, Status::Confirmed, Status::Rejected, Status::Auto, Status::Auto]);
    let first = &units.records[0];
    assert_eq!((first.id.as_str(), first.note.as_str(), first.line), ("head&1", "要確認", 4));
    assert_eq!(first.unit.document, "pond.docx");
    let codes: Vec<_> = first.target_codes.iter().map(|code| (code.at, code.kind, code.code.as_str())).collect();
    assert_eq!(
        codes,
        [
            (4, CodeKind::Open, r#"<g id="1" ctype="bold">"#),
            (9, CodeKind::Close, "</g>"),
            (17, CodeKind::Standalone, r#"<x id="2"/>"#)
        ]
    );
    let skipped: Vec<_> = units.skipped.iter().map(|skipped| (skipped.line, skipped.reason.as_str())).collect();
    assert_eq!(skipped, [(11, "there is no text on either side. Delete the unit")]);
}

#[test]
fn segments_of_xliff_2_are_read_and_its_matches_are_not() {
    let units = read_in(SECOND, None);
    assert_eq!(texts(&units), ["ja en: 池の水。 = The water of the pond.", "ja en: 雨。 = Rain."]);
    assert_eq!(units.records[0].unit.status, Status::Confirmed);
    assert_eq!((units.records[0].id.as_str(), units.records[0].note.as_str()), ("head", "要確認"));
    let codes: Vec<&str> = units.records[0].target_codes.iter().map(|code| code.code.as_str()).collect();
    assert_eq!(codes, [r#"<pc id="1" dispStart="&lt;b&gt;">"#, "</pc>", r#"<ph id="2" disp="&lt;b&gt;"/>"#]);
    assert_eq!(units.records[1].source_codes[0].code, r#"<cp hex="001F"/>"#);
}

#[test]
fn the_sides_are_those_that_are_asked_for() {
    let units = read_in(FIRST, Some(("ja", "en")));
    assert_eq!(texts(&units).last().map(String::as_str), Some("ja en: 堤。 = Dam."));
    let units = read_in(FIRST, Some(("ja", "fr")));
    assert_eq!(units.records, []);
    assert_eq!(units.notes, ["article: 5 units are in other languages only and left out."]);
}

#[test]
fn what_is_cut_off_is_told() {
    let units = read_in(&FIRST[..FIRST.find("霧").expect("the fourth")], None);
    assert_eq!(units.records.len(), 3);
    assert!(units.skipped[0].reason.starts_with("the file ends in the middle of this unit, at byte "), "{units:?}");
}

#[test]
fn what_is_written_is_read_back_with_its_codes_and_proposals_beside_it() {
    for (text, version) in [(FIRST, XliffVersion::V1_2), (SECOND, XliffVersion::V2_1)] {
        let mut records = read_in(text, None).records;
        records.truncate(4);
        let with: Vec<_> = records.iter().cloned().map(|record| (record, proposals())).collect();
        let xliff = written(version, &with);
        assert_valid(&xliff);
        let mut again = read_in(&xliff, None);
        assert_eq!(again.skipped, []);
        assert_eq!(again.records.len(), records.len());
        for (record, before) in again.records.iter_mut().zip(&records) {
            record.line = before.line;
            assert_eq!(record, before);
        }
    }
}

#[test]
fn proposals_are_written_best_first() {
    let record = read_in(FIRST, None).records.swap_remove(3);
    let first = written(XliffVersion::V1_2, &[(record.clone(), proposals())]);
    assert_eq!(first, include_str!("../data/xliff/proposals-1.2.xlf").replace("VERSION", env!("CARGO_PKG_VERSION")));
    assert_valid(&first);
    let second = written(XliffVersion::V2_1, &[(record, proposals())]);
    assert_eq!(second, include_str!("../data/xliff/proposals-2.1.xlf"));
    assert_valid(&second);
}

#[test]
fn codes_of_another_format_are_wrapped() {
    let record = read_in(FIRST, None).records.swap_remove(0);
    let second = written(XliffVersion::V2_1, &[(record.clone(), Vec::new())]);
    assert!(
        second.contains(
            r#">The <sc id="1" disp="&lt;g id=&quot;1&quot; ctype=&quot;bold&quot;&gt;"/>water<ec startRef="1" disp="&lt;/g&gt;"/> of the <ph id="3" disp="&lt;x id=&quot;2&quot;/&gt;"/>pond."#
        ),
        "{second}"
    );
    assert_valid(&second);
    let mut bytes = Vec::new();
    let languages = (&record.unit.source.lang, &record.unit.target.lang);
    taiyaku::format::write_records(Format::Tmx, std::slice::from_ref(&record), languages, &mut bytes).expect("memory");
    let tmx = String::from_utf8(bytes).expect("UTF-8");
    let segment = r#"<seg>The <bpt i="1">&lt;g id="1" ctype="bold"&gt;</bpt>water<ept i="1">&lt;/g&gt;</ept> of the <ph>&lt;x id="2"/&gt;</ph>pond.</seg>"#;
    assert!(tmx.contains(segment), "{tmx}");
    assert_eq!(record.target_codes[0].markup, Markup::Xliff1);
}

#[test]
fn xliff_2_holds_one_pair_of_languages() {
    let records = read_in(FIRST, None).records;
    let mut bytes = Vec::new();
    let languages = (&records[0].unit.source.lang, &records[0].unit.target.lang);
    let error = taiyaku::format::write_records(Format::Xliff2, &records, languages, &mut bytes);
    let error = error.map_err(|e| e.to_string()).expect_err("two pairs");
    assert!(error.starts_with("XLIFF 2.1 holds one pair of languages"), "{error}");
}

#[test]
fn files_without_units_are_valid() {
    let (japanese, english) = (Lang::japanese(), Lang::english());
    for version in [XliffVersion::V1_2, XliffVersion::V2_1] {
        let mut bytes = Vec::new();
        let writer = XliffWriter::new(version, (&japanese, &english), &mut bytes).expect("a head");
        writer.finish().expect("an end");
        let xliff = String::from_utf8(bytes).expect("UTF-8");
        assert!(xliff.contains("</file>"), "{xliff}");
        assert_valid(&xliff);
        assert_eq!(read_in(&xliff, None).records, []);
    }
}

/// A unit of XLIFF 1.2 with this content.
fn marked(content: &str) -> String {
    format!(
        r#"<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="ja" target-language="en" datatype="x"><body><trans-unit id="1" approved="yes">{content}</trans-unit></body></file></xliff>"#
    )
}

#[test]
fn marked_segments_are_units_of_their_own() {
    let units = read_in(
        &marked(
            r#"<source>雨。 雪。</source><seg-source><mrk mtype="seg" mid="a">雨。</mrk> <g id="1"><mrk mtype="seg" mid="2">雪<mrk mtype="x-note">。</mrk></mrk></g></seg-source><target><mrk mtype="seg" mid="2"><g id="3">Snow</g>.</mrk><mrk mtype="seg" mid="a">Rain.</mrk></target>"#,
        ),
        None,
    );
    assert_eq!(
        (texts(&units), units.notes.len()),
        (vec!["ja en: 雨。 = Rain.".to_owned(), "ja en: 雪。 = Snow.".to_owned()], 0)
    );
    assert!(units.records.iter().all(|record| record.id == "1" && record.unit.status == Status::Confirmed));
    let codes = |codes: &[InlineCode]| codes.iter().map(|code| (code.at, code.code.clone())).collect::<Vec<_>>();
    let code = |at, code: &str| (at, code.to_owned());
    assert_eq!(codes(&units.records[1].source_codes), [code(3, r#"<mrk mtype="x-note">"#), code(6, "</mrk>")]);
    assert_eq!(codes(&units.records[1].target_codes), [code(0, r#"<g id="3">"#), code(4, "</g>")]);
    let records: Vec<_> = units.records.into_iter().map(|record| (record, Vec::new())).collect();
    assert_valid(&written(XliffVersion::V1_2, &records));

    let in_part = read_in(
        &marked(
            r#"<source>雨。雪。</source><seg-source><mrk mtype="seg" mid="1">雨。</mrk><mrk mtype="seg" mid="2">雪。</mrk></seg-source><target><mrk mtype="seg" mid="1"/><mrk mtype="seg" mid="2">Snow.</mrk></target>"#,
        ),
        None,
    );
    assert_eq!(texts(&in_part), ["ja en: 雨。 = ", "ja en: 雪。 = Snow."]);
}

#[test]
fn marks_that_do_not_divide_both_sides_leave_the_unit_whole() {
    let source = r#"<source>雨。雪。</source><seg-source><mrk mtype="seg" mid="1">雨。</mrk><mrk mtype="seg" mid="2">雪。</mrk></seg-source>"#;
    for target in [
        "<target>Rain. Snow.</target>",
        r#"<target><mrk mtype="seg" mid="1">Rain. </mrk><mrk mtype="seg" mid="3">Snow.</mrk></target>"#,
        r#"<target><mrk mtype="seg" mid="1">Rain.</mrk> Snow.</target>"#,
        r#"<target><mrk mtype="seg" mid="1">Rain. </mrk><mrk mtype="seg" mid="1">Snow.</mrk></target>"#,
        r#"<target><mrk mtype="seg">Rain. </mrk><mrk mtype="seg">Snow.</mrk></target>"#,
    ] {
        let units = read_in(&marked(&format!("{source}{target}")), None);
        assert_eq!(texts(&units), ["ja en: 雨。雪。 = Rain. Snow."], "{target}");
        assert!(units.records[0].target_codes.is_empty(), "{target}");
    }
}
