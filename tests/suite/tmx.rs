//! The exported TMX is what the standard asks for.

#[path = "../../src/format/tmx/dtd.rs"]
mod dtd;

use std::fs;
use std::path::Path;

use crate::program::{sample_project, stdout};

#[test]
fn the_sample_project_exports_a_valid_tmx() {
    let project = sample_project();
    stdout(project.path(), &["align"]);
    stdout(project.path(), &["export", "--one-sided", "-o", "pairs.tmx"]);
    let path = project.path().join("pairs.tmx");
    let tmx = fs::read_to_string(&path).expect("a file");
    let rows: usize = crate::program::alignments(project.path()).iter().map(|(_, text)| text.lines().count() - 1).sum();
    assert_eq!(tmx.matches("<tu>").count(), rows, "a unit a bead");
    let standard = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tmx14.dtd");
    let violations = dtd::Dtd::parse(&fs::read_to_string(&standard).expect("the DTD")).violations(&tmx);
    assert_eq!(violations, Vec::<String>::new());
}
