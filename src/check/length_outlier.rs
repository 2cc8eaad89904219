//! `length-outlier`
use super::{Check, Context, Finding, Severity};
pub(super) const CHECK: Check = Check { name: "length-outlier", severity: Some(Severity::Warning), explanation: "", run };
fn run(_: &Context<'_>, _: &mut Vec<Finding>) {}
