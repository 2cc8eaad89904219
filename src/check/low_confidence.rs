//! `low-confidence`
use super::{Check, Context, Finding, Severity};
pub(super) const CHECK: Check = Check { name: "low-confidence", severity: Some(Severity::Warning), explanation: "", run };
fn run(_: &Context<'_>, _: &mut Vec<Finding>) {}
