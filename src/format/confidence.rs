//! How a confidence stands in files: three decimals, everywhere.

/// The confidence as files show it. What is no probability is brought to the nearest one.
pub(super) fn write(confidence: f64) -> String {
    // Adding zero turns the negative zero, which would show its sign, into the ordinary one.
    let probability = if confidence.is_nan() { 0.0 } else { confidence.clamp(0.0, 1.0) + 0.0 };
    format!("{probability:.3}")
}

/// The confidence that a cell says; 1 for an empty one.
pub(super) fn read(cell: &str) -> Result<f64, String> {
    match cell.trim() {
        "" => Ok(1.0),
        word => word
            .parse::<f64>()
            .ok()
            .filter(|value| (0.0..=1.0).contains(value))
            .ok_or_else(|| format!("{word:?} is no confidence. Write a number from 0 to 1")),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn three_decimals_between_nothing_and_one() {
        for (value, written) in
            [(0.98149, "0.981"), (0.9996, "1.000"), (-0.0, "0.000"), (7.0, "1.000"), (f64::NAN, "0.000")]
        {
            assert_eq!(write(value), written);
        }
    }

    #[test]
    fn only_probabilities_are_read() {
        assert_eq!(read(" 0.5 "), Ok(0.5));
        assert_eq!(read(""), Ok(1.0));
        for wrong in ["1.2", "-0.1", "NaN", "inf", "0,5", "high"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
