//! Findings as SARIF 2.1.0, the format that code hosts and editors read (OASIS Standard, 27 March 2020).
//!
//! Columns and offsets count Unicode code points. A result's fingerprint stays when its line moves.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Checked, Region, line_at, place_text};
use crate::check::{Applicability, CHECKS, Check, Finding, Severity, fingerprint};

/// Where the schema stands, as SARIF files name it.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn write(texts: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let results = texts
        .iter()
        .flat_map(|text| text.findings.iter().enumerate().map(|(i, finding)| result(text, finding, text.region(i))));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "taiyaku",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": CHECKS.iter().map(|check| rule(check)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

fn rule(check: &Check) -> Value {
    json!({
        "id": check.name,
        "shortDescription": { "text": check.summary() },
        "help": { "text": check.explanation, "markdown": check.explanation },
        "defaultConfiguration": {
            "enabled": check.severity.is_some(),
            "level": check.severity.unwrap_or(Severity::Warning).as_str(),
        },
    })
}

fn result(text: &Checked, finding: &Finding, region: Option<&Region>) -> Value {
    let mut result = json!({
        "ruleId": finding.check,
        "level": finding.severity.as_str(),
        "message": { "text": if finding.message.is_empty() { finding.check } else { &finding.message } },
        "locations": [location(text, finding.place.line, region, place_text(&text.bitext, finding.place))],
        "partialFingerprints": { "taiyaku/v1": format!("{:016x}", fingerprint(finding, &text.bitext)) },
    });
    if let Some(index) = CHECKS.iter().position(|check| check.name == finding.check) {
        result["ruleIndex"] = json!(index);
    }
    if let (Some(suggestion), Some(region), Some(origin)) =
        (&finding.suggestion, region, text.origins.get(finding.place.line))
        && suggestion.applicability == Applicability::Safe
    {
        result["fixes"] = json!([{
            "description": { "text": format!("Write {}.", suggestion.replacement) },
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(&origin.file) },
                "replacements": [{
                    "deletedRegion": extent(region),
                    "insertedContent": { "text": suggestion.replacement },
                }],
            }],
        }]);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|place| {
            let mut location = location(text, place.line, None, "");
            let name = place_text(&text.bitext, *place);
            if !name.is_empty() {
                location["message"] = json!({ "text": name });
            }
            location
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(text: &Checked, index: usize, region: Option<&Region>, snippet: &str) -> Value {
    let line = line_at(&text.bitext, index);
    let mut location = json!({
        "logicalLocations": [{
            "name": line.line.to_string(),
            "fullyQualifiedName": format!("{}:{}", line.document, line.line),
        }],
    });
    let Some(origin) = text.origins.get(index) else { return location };
    let mut place = match region {
        Some(region) => extent(region),
        None => json!({ "startLine": origin.line.max(1) }),
    };
    if !snippet.is_empty() {
        place["snippet"] = json!({ "text": snippet });
    }
    location["physicalLocation"] = json!({ "artifactLocation": { "uri": uri(&origin.file) }, "region": place });
    location
}

fn extent(region: &Region) -> Value {
    json!({
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.line,
        "endColumn": region.end_column,
        "charOffset": region.offset,
        "charLength": region.length,
    })
}

/// The path as a URI reference: what is not plain in one is written as percent and hexadecimal bytes.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    let path = path.replace('\\', "/");
    // The first part of a relative reference must not look like a scheme.
    if path.split('/').next().is_some_and(|first| first.contains(':')) {
        uri.push_str("./");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:@!$&'()*+,;=".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.extend([format!("%{byte:02X}")]);
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{uri, write};
    use crate::check::{Applicability, CHECKS, Suggestion};
    use crate::format::findings::{Checked, specimen};
    use crate::format::specimen::written;

    fn log(texts: &[Checked]) -> Value {
        serde_json::from_str(&written(|out| write(texts, out))).expect("JSON")
    }

    #[test]
    fn a_safe_suggestion_is_a_fix_of_its_region() {
        let mut text = specimen::checked();
        let suggestion = |applicability| Suggestion { replacement: "Nokes".to_owned(), applicability };
        text.findings[0].suggestion = Some(suggestion(Applicability::Safe));
        let fixed = log(&[text.clone()]);
        assert_valid(&fixed);
        let fixes = &fixed["runs"][0]["results"][0]["fixes"];
        let change = &fixes[0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"]["uri"], "dir%20a/pairs.tsv");
        assert_eq!(change["replacements"][0]["deletedRegion"]["startColumn"], 20);
        assert_eq!(change["replacements"][0]["insertedContent"]["text"], "Nokes");
        text.findings[0].suggestion = Some(suggestion(Applicability::MaybeIncorrect));
        assert!(log(&[text])["runs"][0]["results"][0].get("fixes").is_none());
    }

    #[test]
    fn a_finding_is_a_result_with_its_place_and_fingerprint() {
        let log = log(&[specimen::checked()]);
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "empty-side");
        assert_eq!(result["level"], "error");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "dir%20a/pairs.tsv");
        let region = &place["region"];
        assert_eq!(
            (&region["startLine"], &region["startColumn"], &region["endColumn"]),
            (&3.into(), &20.into(), &25.into())
        );
        assert_eq!((&region["charOffset"], &region["charLength"]), (&61.into(), &5.into()));
        assert_eq!(region["snippet"]["text"], "Fiala");
        assert_eq!(result["relatedLocations"][1]["message"]["text"], "Lipavský");
        assert_eq!(result["partialFingerprints"]["taiyaku/v1"].as_str().map(str::len), Some(16));
        let without = &log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(without["startLine"], 5);
        assert_eq!(without.get("startColumn"), None);
    }

    #[test]
    fn every_check_is_a_rule_with_its_explanation() {
        let log = log(&[]);
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
        assert_eq!(rules.len(), CHECKS.len());
        for (rule, check) in rules.iter().zip(CHECKS) {
            assert_eq!(rule["id"], check.name);
            assert_eq!(rule["help"]["markdown"], check.explanation);
        }
    }

    /// What the schema of SARIF 2.1.0 asks for of the objects that are written here: which keys they have, which of these
    /// must be there, and what values are allowed.
    fn assert_valid(log: &Value) {
        keys(log, &["$schema", "version", "runs"], &["version", "runs"]);
        assert_eq!(log["version"], "2.1.0");
        for run in items(&log["runs"]) {
            keys(run, &["tool", "columnKind", "results"], &["tool"]);
            assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&text(&run["columnKind"])));
            let driver = &run["tool"]["driver"];
            keys(driver, &["name", "version", "rules"], &["name"]);
            for rule in items(&driver["rules"]) {
                keys(rule, &["id", "shortDescription", "help", "defaultConfiguration"], &["id"]);
                message(&rule["shortDescription"], false);
                message(&rule["help"], true);
                level(&rule["defaultConfiguration"]["level"]);
                assert!(rule["defaultConfiguration"]["enabled"].is_boolean());
            }
            for result in items(&run["results"]) {
                let always = ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"];
                let all: Vec<&str> = always.into_iter().chain(["relatedLocations", "fixes"]).collect();
                keys(result, &all, &["message"]);
                result.get("fixes").map(items).into_iter().flatten().for_each(fix);
                level(&result["level"]);
                message(&result["message"], false);
                let index = result["ruleIndex"].as_u64().expect("an index") as usize;
                assert_eq!(driver["rules"][index]["id"], result["ruleId"]);
                let related = result.get("relatedLocations").map(items).into_iter().flatten();
                items(&result["locations"]).iter().chain(related).for_each(location);
                for print in result["partialFingerprints"].as_object().expect("an object").values() {
                    assert!(print.is_string());
                }
            }
        }
    }

    fn fix(fix: &Value) {
        keys(fix, &["description", "artifactChanges"], &["artifactChanges"]);
        message(&fix["description"], false);
        for change in items(&fix["artifactChanges"]) {
            keys(change, &["artifactLocation", "replacements"], &["artifactLocation", "replacements"]);
            for replacement in items(&change["replacements"]) {
                keys(replacement, &["deletedRegion", "insertedContent"], &["deletedRegion"]);
                region(&replacement["deletedRegion"]);
                keys(&replacement["insertedContent"], &["text"], &[]);
            }
        }
    }

    fn region(region: &Value) {
        for (key, value) in region.as_object().expect("a region") {
            match key.as_str() {
                "startLine" | "startColumn" | "endLine" | "endColumn" => assert!(value.as_u64() >= Some(1), "{key}"),
                "charOffset" | "charLength" => assert!(value.is_u64(), "{key}"),
                "snippet" => keys(value, &["text"], &[]),
                other => panic!("a region has no {other}"),
            }
        }
    }

    fn location(location: &Value) {
        keys(location, &["physicalLocation", "logicalLocations", "message"], &[]);
        for logical in items(&location["logicalLocations"]) {
            keys(logical, &["name", "fullyQualifiedName"], &[]);
        }
        let physical = &location["physicalLocation"];
        keys(physical, &["artifactLocation", "region"], &["artifactLocation"]);
        let uri = text(&physical["artifactLocation"]["uri"]);
        assert!(uri.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&b)), "{uri}");
        region(&physical["region"]);
        if let Some(said) = location.get("message") {
            message(said, false);
        }
    }

    fn keys(object: &Value, allowed: &[&str], required: &[&str]) {
        let object = object.as_object().expect("an object");
        assert!(object.keys().all(|key| allowed.contains(&key.as_str())), "{:?}", object.keys());
        assert!(required.iter().all(|key| object.contains_key(*key)), "{:?}", object.keys());
    }

    fn items(list: &Value) -> &Vec<Value> {
        list.as_array().expect("a list")
    }

    fn text(value: &Value) -> &str {
        value.as_str().expect("a text")
    }

    fn message(value: &Value, has_markdown: bool) {
        keys(value, if has_markdown { &["text", "markdown"] } else { &["text"] }, &["text"]);
        assert!(!text(&value["text"]).is_empty());
    }

    fn level(value: &Value) {
        assert!(["none", "note", "warning", "error"].contains(&text(value)));
    }

    #[test]
    fn the_file_is_what_the_schema_asks_for() {
        assert_valid(&log(&[]));
        assert_valid(&log(&[specimen::checked()]));
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("corpus/記事 1.tsv"), "corpus/%E8%A8%98%E4%BA%8B%201.tsv");
        assert_eq!(uri("a:b#?.tsv"), "./a:b%23%3F.tsv");
    }
}
