//! The modules depend on each other in one direction only.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the lowest to the highest; the modules of one layer do not import each other.
const LAYERS: [&[&str]; 11] = [
    &["span", "lang"],
    &["document", "token"],
    &["segment", "name", "lexicon"],
    &["glossary"],
    &["align"],
    &["unit"],
    &["memory", "check"],
    &["format"],
    &["project"],
    &["pipeline"],
    &["server"],
];
/// It may be imported by all, and imports only these.
const ERROR: &str = "error";
const OF_ERROR: [&str; 2] = ["span", "lang"];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files in a folder and below.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for item in fs::read_dir(folder).expect("a folder of src") {
        let path = item.expect("a file").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The modules of the library that a file names by `crate::`, in imports and elsewhere, `use crate::{a, b}` too.
fn imports(code: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = BTreeSet::new();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| is_name(c) || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut is_first = true;
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => is_first = true,
                    c if is_name(c) && depth == 0 && is_first => name.push(c),
                    _ if !name.is_empty() => {
                        found.insert(std::mem::take(&mut name));
                        is_first = false;
                    }
                    _ => {}
                }
                if c == ',' && !name.is_empty() {
                    found.insert(std::mem::take(&mut name));
                }
            }
            found.extend((!name.is_empty()).then_some(name));
        } else {
            found.insert(rest.chars().take_while(|c| is_name(*c)).collect());
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// The layer of a module.
fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// Whether `module` may import `imported`.
fn may_import(module: &str, imported: &str) -> bool {
    if module == imported || imported == ERROR {
        return true;
    }
    if module == ERROR {
        return OF_ERROR.contains(&imported);
    }
    layer(imported).zip(layer(module)).is_some_and(|(imported, own)| imported < own)
}

/// The module that a file of the library belongs to; none for the program and the build script.
fn module(file: &Path) -> Option<String> {
    let inside = file.strip_prefix(source()).ok()?;
    let first = inside.iter().next()?.to_string_lossy().trim_end_matches(".rs").to_owned();
    (!["lib", "bin", "build"].contains(&first.as_str())).then_some(first)
}

#[test]
fn modules_import_lower_layers_only() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for file in rust_files(&source()) {
        let Some(module) = module(&file) else { continue };
        for imported in imports(&fs::read_to_string(&file).expect("code")) {
            if !may_import(&module, &imported) {
                wrong.push(format!("{} imports {imported}", file.display()));
            }
        }
        seen.insert(module);
    }
    assert!(wrong.is_empty(), "against the order of the layers:\n{}", wrong.join("\n"));
    assert!(seen.contains("pipeline") && seen.contains("span"), "{seen:?}");
}

#[test]
fn every_module_has_a_layer() {
    let modules: BTreeSet<String> = rust_files(&source()).iter().filter_map(|file| module(file)).collect();
    let homeless: Vec<&String> = modules.iter().filter(|m| *m != ERROR && layer(m).is_none()).collect();
    assert!(homeless.is_empty(), "give them a layer here and in the design: {homeless:?}");
}

#[test]
fn the_program_uses_the_public_library_only() {
    for file in rust_files(&source().join("bin")) {
        let code = fs::read_to_string(&file).expect("code");
        assert!(!code.contains("#[path"), "{} takes a file of the library into itself", file.display());
    }
}

#[test]
fn imports_are_found_in_all_their_forms() {
    let found = |code: &str| imports(code).into_iter().collect::<Vec<_>>();
    assert_eq!(found("use crate::align::Bead;"), ["align"]);
    assert_eq!(found("use crate::{align::{Bead, cost}, unit};\nuse crate::span::Span;"), ["align", "span", "unit"]);
    assert_eq!(found("pub(in crate::project) fn x(b: &crate::align::Bead) {}"), ["align", "project"]);
    assert_eq!(found("// see crate::memory\n/// [`crate::align::Bead`]\nuse anycrate::server;"), [""; 0]);
}

#[test]
fn an_import_of_a_higher_layer_or_of_its_own_is_wrong() {
    for (module, imported) in [("span", "lang"), ("segment", "align"), ("error", "document"), ("unit", "check")] {
        assert!(!may_import(module, imported), "{module} {imported}");
    }
    for (module, imported) in [("unit", "align"), ("span", "error"), ("error", "lang"), ("align", "align")] {
        assert!(may_import(module, imported), "{module} {imported}");
    }
}
