//! Runs of Han characters of one text, found again in the other.

use rustc_hash::FxHashMap;

use crate::lang::is_han;

/// The runs that a text may have kept of the other, ready to be found inside longer runs.
#[derive(Debug, Default)]
pub(in crate::align) struct KeptRuns {
    runs: Vec<String>,
    /// The places of the runs in that list.
    places: FxHashMap<String, usize>,
    /// The lengths of the runs in characters, ascending, each once.
    lengths: Vec<usize>,
}

impl KeptRuns {
    /// An index of different runs.
    pub(in crate::align) fn new(runs: Vec<String>) -> Self {
        let mut lengths: Vec<usize> = runs.iter().map(|run| run.chars().count()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let places = runs.iter().enumerate().map(|(place, run)| (run.clone(), place)).collect();
        Self { runs, places, lengths }
    }

    /// The runs that stand in `text`, in the order of the list.
    pub(in crate::align) fn found_in(&self, text: &str) -> impl Iterator<Item = &str> {
        let mut found = Vec::new();
        if !self.runs.is_empty() {
            for run in text.split(|c| !is_han(c)).filter(|run| !run.is_empty()) {
                self.find(run, &mut found);
            }
            found.sort_unstable();
            found.dedup();
        }
        found.into_iter().filter_map(|place| self.runs.get(place)).map(String::as_str)
    }

    /// Adds the places of the runs inside one of Han characters.
    fn find(&self, run: &str, found: &mut Vec<usize>) {
        let mut ends: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
        ends.push(run.len());
        for from in 0..ends.len() {
            let inside = self.lengths.iter().map_while(|length| run.get(ends[from]..*ends.get(from + length)?));
            found.extend(inside.filter_map(|part| self.places.get(part)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KeptRuns;

    #[test]
    fn runs_are_found_inside_longer_ones_in_the_order_of_the_list() {
        let kept = KeptRuns::new(["総統", "美国総統", "大", "寺"].map(str::to_owned).to_vec());
        assert_eq!(kept.found_in("大美国総統と総統").collect::<Vec<_>>(), ["総統", "美国総統", "大"]);
        assert_eq!(kept.found_in("国総").count(), 0);
        assert_eq!(KeptRuns::default().found_in("大寺").count(), 0);
    }
}
