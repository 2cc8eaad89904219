//! How well the sample articles are aligned. A gate, not a snapshot: better is welcome.

use std::path::Path;

use crate::program::stdout;

/// The least strict F1 of the four articles together.
const LEAST_STRICT_F1: f64 = 0.93;

#[test]
fn the_sample_articles_are_aligned_well() {
    let json = stdout(Path::new(env!("CARGO_MANIFEST_DIR")), &["evaluate", "--format", "json"]);
    let scores: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(scores["files"].as_array().map(Vec::len), Some(4));
    let total = &scores["total"];
    // The gold beads with both sides filled, by corpus/README.md.
    assert_eq!(total["gold"], 200, "every gold bead is compared");
    let f1 = total["strict"]["f1"].as_f64().expect("a number");
    assert!(f1 >= LEAST_STRICT_F1, "strict F1 {f1}:\n{json}");
    assert!(total["lax"]["f1"].as_f64() >= Some(f1), "{json}");
}
