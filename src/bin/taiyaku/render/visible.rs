//! Texts from files as they are shown on a terminal.

use std::borrow::Cow;

/// The text with the pictures of control characters (U+2400 to U+2421) in their places: no text moves the cursor or
/// clears the screen.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(c),
        0x7f => '\u{2421}',
        0x80..=0x9f => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    Cow::Owned(text.chars().map(shown).collect())
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn control_characters_are_shown_and_do_nothing() {
        assert_eq!(visible("会談\u{1b}[2J\u{7f}\u{85}"), "会談␛[2J␡\u{fffd}");
        assert_eq!(visible("会談"), "会談");
    }
}
