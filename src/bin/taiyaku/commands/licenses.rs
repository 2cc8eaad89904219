//! `taiyaku licenses`: the licence of what is embedded.

use super::Outcome;
use crate::output;

/// The licence of IPADIC, which asks to go with every copy.
#[cfg(feature = "ipadic")]
const TEXT: &str = concat!(
    "This program has the Japanese dictionary IPADIC inside, whose licence is:\n\n",
    include_str!("../../../../LICENSE-IPADIC")
);
#[cfg(not(feature = "ipadic"))]
const TEXT: &str = "This program has no dictionary inside.\n";

pub(super) fn run() -> anyhow::Result<Outcome> {
    output::print(TEXT)?;
    Ok(Outcome::Done)
}
