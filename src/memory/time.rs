//! Points of time as files write them, in seconds since 1970.

/// The seconds from the beginning of 1970 to `2024-05-01T09:30:00Z`, or to the beginning of the day `2024-05-01`; `None`
/// for what is neither.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let (date, clock) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let mut date = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut clock = clock.trim_end_matches('Z').split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    if !(0..=9999).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    // Days of the civil calendar, from March on, so that the leap day is the last (H. Hinnant, "chrono-compatible low-level
    // date algorithms").
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days =
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400 + hour * 3_600 + minute * 60 + second)
}

/// The time so many seconds from the beginning of 1970, as `2024-05-01T09:30:00Z`.
pub(super) fn written(seconds: i64) -> String {
    let (days, clock) = (seconds.div_euclid(86_400) + 719_468, seconds.rem_euclid(86_400));
    // The inverse of the above: 400 years have 146,097 days.
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year + era * 400 + later;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", clock / 3_600, clock / 60 % 60, clock % 60)
}

#[cfg(test)]
mod tests {
    use super::{seconds, written};

    #[test]
    fn what_is_written_is_read_back() {
        for time in ["1969-12-31T23:59:59Z", "2000-02-29T00:00:00Z", "2024-05-01T09:30:07Z", "2100-03-01T12:00:00Z"] {
            assert_eq!(seconds(time).map(written).as_deref(), Some(time));
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(seconds("1970-01-01"), Some(0));
        assert_eq!(seconds("2000-03-01T00:00:01Z"), Some(951_868_801));
        assert_eq!(seconds("2024-02-29T12:00:00Z"), Some(1_709_208_000));
        for wrong in ["", "2024", "2024-13-01", "May 1st"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
