//! `align --jsonl` as batch engines use it.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::program::{program, run_with_input};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A good record with this id; texts differ from record to record.
fn record(id: usize) -> String {
    let source = format!("{id}番目の駅で降りた。\\n雨が{}日続いていた。", id + 3);
    let target = format!("I got off at station number {id}.\\nIt had rained for {} days.", id + 3);
    format!(r#"{{"id":{id},"source_language":"ja","target_language":"en","source":"{source}","target":"{target}"}}"#)
}

fn values(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).expect("a result")).collect()
}

#[test]
fn results_come_in_the_order_of_the_records() {
    let input: String = (0..120).map(|id| record(id) + "\n").collect();
    let [one, four] =
        ["1", "4"].map(|threads| run_with_input(here(), &["align", "--jsonl", "--threads", threads], &input));
    assert_eq!(one.code, Some(0), "{}", one.stderr);
    assert!(one == four, "1 and 4 threads differ");
    let results = values(&one.stdout);
    assert_eq!(results.len(), 120);
    for (id, result) in results.iter().enumerate() {
        assert_eq!(result["id"], id);
        assert_eq!(result["beads"].as_array().map(Vec::len), Some(2), "{result}");
    }
}

#[test]
fn a_record_gives_the_same_result_wherever_it_stands() {
    let forwards: String = (0..20).map(|id| record(id) + "\n").collect();
    let backwards: String = (0..20).rev().map(|id| record(id) + "\n").collect();
    let [forwards, backwards] =
        [forwards, backwards].map(|input| run_with_input(here(), &["align", "--jsonl"], &input).stdout);
    let mut reversed: Vec<&str> = backwards.lines().collect();
    reversed.reverse();
    assert_eq!(forwards.lines().collect::<Vec<_>>(), reversed);
}

#[test]
fn a_bad_record_gives_an_error_in_its_place() {
    let same = r#"{"id":"b","source_language":"en","target_language":"en","source":"One.","target":"Two."}"#;
    let input = format!("{}\n\n{{\"id\":\"a\"}}\nno record\n{same}\r\n   \n{}", record(1), record(2));
    let run = run_with_input(here(), &["align", "--jsonl"], &input);
    assert_eq!(run.code, Some(1));
    let results = values(&run.stdout);
    let ids: Vec<&Value> = results.iter().map(|result| &result["id"]).collect();
    assert_eq!(ids, [&Value::from(1), &"a".into(), &Value::Null, &"b".into(), &2.into()]);
    let is_error: Vec<bool> = results.iter().map(|result| result["error"].is_string()).collect();
    assert_eq!(is_error, [false, true, true, true, false]);
    assert_eq!(run.stderr, "taiyaku: note: 3 of 5 records could not be aligned: see \"error\" in the results\n");
}

#[test]
fn errors_name_the_line_and_speak_no_rust() {
    let input = "[\"一。\"]\n\n{\"id\": 7, \"source\": 3, \"target\": \"One.\"}\n{\"id\": 8, \"source\": \"一。\"\n{\"source\":\"一。\"}\n";
    let run = run_with_input(here(), &["align", "--jsonl"], input);
    assert!(run.stdout.lines().all(|line| line.starts_with("{\"id\":")), "{}", run.stdout);
    let results = values(&run.stdout);
    let told: Vec<(u64, &str)> = results
        .iter()
        .map(|result| (result["line"].as_u64().expect("a line"), result["error"].as_str().expect("an error")))
        .collect();
    let cure = "Write one JSON object a line with id, source_language, target_language, source and target";
    assert_eq!(
        told,
        [
            (1, format!("this is no record: it is a list. {cure}").as_str()),
            (3, "\"source\" is no text. Write a string, or a list of strings"),
            (4, format!("this is no record: it ends too early. {cure}").as_str()),
            (5, "the record has no \"target\". Add the text, or a list of its sentences"),
        ]
    );
    assert_eq!(results[1]["id"], 7);
}

#[test]
fn languages_need_not_be_given_for_short_texts() {
    let input =
        "{\"source\":\"今日は晴れだ。\",\"target\":\"It is fine today.\"}\n{\"source\":\"★\",\"target\":\"星だ。\"}\n";
    let run = run_with_input(here(), &["align", "--jsonl"], input);
    assert_eq!(run.code, Some(0), "{}", run.stdout);
}

#[test]
fn empty_segments_count_but_leave_no_space() {
    let input = "{\"source\":[\"駅は遠い。\",\"\"],\"target\":[\"The station is far.\",\" \"]}\n";
    let result = &values(&run_with_input(here(), &["align", "--jsonl"], input).stdout)[0];
    let texts: Vec<&str> = result["pairs"]
        .as_array()
        .expect("pairs")
        .iter()
        .flat_map(|pair| [pair["source"].as_str(), pair["target"].as_str()])
        .flatten()
        .collect();
    assert!(texts.contains(&"The station is far.") && texts.iter().all(|text| text.trim() == *text), "{texts:?}");
}

#[test]
fn strict_stops_at_the_first_bad_record() {
    let input = format!("{}\nno record\n{}\n", record(1), record(2));
    let run = run_with_input(here(), &["align", "--jsonl", "--strict"], &input);
    assert_eq!((run.code, values(&run.stdout).len()), (Some(2), 1));
    assert!(run.stderr.starts_with("taiyaku: error: standard input, line 2: this is no record: "), "{}", run.stderr);
}

#[test]
fn nothing_in_is_nothing_out() {
    let run = run_with_input(here(), &["align", "--jsonl"], "\n\n");
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn each_result_comes_before_the_next_record_is_asked_for() {
    let mut child = program(here())
        .args(["align", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = child.stdin.take().expect("its input");
    let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
    for id in 0..3 {
        writeln!(stdin, "{}", record(id)).expect("a reader");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a result");
        assert_eq!(values(&line)[0]["id"], id);
    }
    drop(stdin);
    assert!(child.wait().expect("its end").success());
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let input: String = (0..200).map(|id| record(id) + "\n").collect();
    let mut child = program(here())
        .args(["align", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = child.stdin.take().expect("its input");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()).is_ok());
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("its end");
    writer.join().expect("a writer");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
