//! `bracket-mismatch`
use super::{Check, Context, Finding, Severity};
pub(super) const CHECK: Check = Check { name: "bracket-mismatch", severity: Some(Severity::Warning), explanation: "", run };
fn run(_: &Context<'_>, _: &mut Vec<Finding>) {}
