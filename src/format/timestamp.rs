//! Points of time as files write them: `20240501T120000Z` in TMX, `2024-05-01T12:00:00Z` elsewhere.

/// The time in its usual form, to the second in UTC or to the day; `None` for what is no time.
pub(super) fn read(text: &str) -> Option<String> {
    let text = text.trim();
    let is_usual = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ':' | 'T' | 'Z'));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = |at: usize, length: usize| digits.get(at..at + length)?.parse::<u32>().ok();
    let (year, month, day) = (number(0, 4)?, number(4, 2)?, number(6, 2)?);
    if !is_usual || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    match digits.len() {
        8 => Some(date),
        14 => {
            let (hour, minute, second) = (number(8, 2)?, number(10, 2)?, number(12, 2)?);
            // The 60th second is a leap second.
            let is_time = hour < 24 && minute < 60 && second <= 60;
            is_time.then(|| format!("{date}T{hour:02}:{minute:02}:{second:02}Z"))
        }
        _ => None,
    }
}

/// The time as TMX writes it, which asks for the time of day too; `None` for what is no time.
pub(super) fn tmx(time: &str) -> Option<String> {
    let time = read(time)?;
    let digits: String = time.chars().filter(char::is_ascii_digit).collect();
    let (date, clock) = digits.split_at_checked(8)?;
    Some(format!("{date}T{}Z", if clock.is_empty() { "000000" } else { clock }))
}

#[cfg(test)]
mod tests {
    use super::{read, tmx};

    #[test]
    fn times_are_brought_to_one_form_and_back() {
        for text in ["20240501T093000Z", "2024-05-01T09:30:00Z"] {
            assert_eq!(read(text).as_deref(), Some("2024-05-01T09:30:00Z"));
            assert_eq!(tmx(text).as_deref(), Some("20240501T093000Z"));
        }
        assert_eq!(read("20240501").as_deref(), Some("2024-05-01"));
        assert_eq!(tmx("2024-05-01").as_deref(), Some("20240501T000000Z"));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "yesterday", "2024", "20241301", "20240501T250000Z", "2024-05-01 9h", "二〇二四年"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
