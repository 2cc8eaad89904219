//! The constants of the alignment score.

/// The weights of the score. The defaults were fitted on news and dialogue; the optimum is flat (30 % off costs at most
/// .007 of strict F1).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weights {
    /// Of the features.
    pub(super) lexical: f64,
    /// Of the length.
    pub(super) length: f64,
    /// The exponent that makes merging neutral: a bead's gain is shared by |other side|^dilution features.
    pub(super) dilution: f64,
    /// Standard deviation of the log length ratio of long translations.
    pub(super) length_sd: f64,
    /// What short sentences add to it.
    pub(super) length_sd_short: f64,
    /// What unrelated sentences add to it.
    pub(super) length_sd_apart: f64,
    /// The least that length can say.
    pub(super) length_floor: f64,
    /// Opening a run of one-sided beads.
    pub(super) gap_open: f64,
    /// Each further one-sided bead.
    pub(super) gap_extend: f64,
    /// The share of its gain that a feature loses when its repetitions find no partner.
    pub(super) fertility: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            lexical: 0.75,
            length: 2.2,
            dilution: 0.93,
            length_sd: 0.14,
            length_sd_short: 0.19,
            length_sd_apart: 0.75,
            length_floor: 6.0,
            gap_open: -2.3,
            gap_extend: -2.1,
            fertility: 0.55,
        }
    }
}

/// The prior of a bead of `a` to `b` sentences, in nats.
pub(super) fn prior(a: usize, b: usize) -> f64 {
    match (a.min(b), a.max(b)) {
        (1, 1) => 0.0,
        (1, 2) => -2.2,
        (1, 3) => -4.6,
        (2, 2) => -6.0,
        (2, 3) => -7.5,
        _ => -8.0,
    }
}

impl Weights {
    /// The factor on the gain of a feature that stands in `occurrences` sentences and is linked with `linked` on the other
    /// side.
    pub(super) fn fertility(&self, linked: usize, occurrences: usize) -> f64 {
        if linked < occurrences { 1.0 - self.fertility * (1.0 - linked as f64 / occurrences as f64) } else { 1.0 }
    }
}
