//! `--fix`: safe suggestions applied, or shown as a diff with `--dry-run`.

use similar::TextDiff;
use taiyaku::format::findings::Checked;
use taiyaku::pipeline::{FileChange, FixSource, Pipeline};

use super::plan::Plan;
use crate::output;
use crate::render::summary::counted;

/// Mends what can be mended; how many findings that are.
pub(super) fn run(plan: &Plan<'_>, pipeline: &Pipeline, checked: &[Checked]) -> anyhow::Result<usize> {
    let articles = plan.articles()?;
    let source = FixSource { project: plan.project.as_ref(), articles: &articles };
    let fixes = pipeline.fixes(checked, source, &plan.batch_options())?;
    plan.messages.notes(&fixes.notes);
    if plan.args.dry_run {
        let diff: String = fixes.files.iter().map(diff).collect();
        output::write(plan.args.output.output.as_deref(), |out| out.write_all(diff.as_bytes()))?;
    } else {
        for file in &fixes.files {
            file.write()?;
        }
    }
    let done = if plan.args.dry_run { "would be corrected" } else { "corrected" };
    let files = counted(fixes.files.len(), "file");
    plan.messages.summary(&format!("{} {done} in {files}.", counted(fixes.mended, "finding")));
    Ok(fixes.mended)
}

/// The change as a unified diff.
fn diff(file: &FileChange) -> String {
    let name = file.path.display().to_string();
    let diff = TextDiff::from_lines(&file.before, &file.after);
    diff.unified_diff().context_radius(1).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}
