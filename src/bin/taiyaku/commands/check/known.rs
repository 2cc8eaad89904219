//! `--baseline`: findings that are known already.

use std::collections::BTreeSet;
use std::path::Path;

use taiyaku::check::Baseline;
use taiyaku::document::{decode, load};
use taiyaku::error::Result;
use taiyaku::format::findings::Checked;
use taiyaku::format::output::write_file;

use super::plan::Plan;
use crate::commands::Outcome;
use crate::render::summary::counted;

/// Takes known findings away; how many there were.
pub(super) fn take(plan: &Plan<'_>, checked: &mut [Checked]) -> Result<usize> {
    let Some(path) = &plan.args.baseline else { return Ok(0) };
    let mut baseline = read(path)?;
    let known = checked.iter_mut().map(|text| baseline.take(&mut text.findings, &text.bitext)).sum();
    let documents = documents(checked);
    let gone = baseline.count(|document, check| documents.contains(document) && plan.settings.runs(check));
    if gone > 0 {
        plan.messages.note(&format!(
            "{} of {} {} not found any more. Write it anew with --update-baseline",
            counted(gone, "finding"),
            path.display(),
            if gone == 1 { "is" } else { "are" }
        ));
    }
    Ok(known)
}

/// Writes the findings; those of documents that were not checked, and of checks that did not run, stay.
pub(super) fn update(plan: &Plan<'_>, checked: &[Checked]) -> anyhow::Result<Outcome> {
    let Some(path) = &plan.args.baseline else { return Ok(Outcome::Done) };
    let mut baseline = if path.exists() { read(path)? } else { Baseline::default() };
    let documents = documents(checked);
    baseline.forget(|document, check| documents.contains(document) && plan.settings.runs(check));
    let mut findings = 0;
    for text in checked {
        for finding in &text.findings {
            baseline.add(finding, &text.bitext);
            findings += 1;
        }
    }
    write_file(path, |out| out.write_all(baseline.to_text().as_bytes()))?;
    plan.messages.summary(&format!("{}: {}", path.display(), counted(findings, "finding")));
    Ok(Outcome::Done)
}

fn read(path: &Path) -> Result<Baseline> {
    let (text, _) = decode(&path.display().to_string(), &load(path)?, None)?;
    Baseline::read(&text, path)
}

fn documents(checked: &[Checked]) -> BTreeSet<String> {
    checked.iter().flat_map(|text| text.documents.iter().cloned()).collect()
}
