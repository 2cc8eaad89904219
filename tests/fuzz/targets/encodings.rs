//! Any bytes are decoded, or refused, whatever encoding is said; UTF-8 of which nothing is told comes back as it is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taiyaku::document::decode;

const LABELS: [Option<&str>; 9] = [
    None,
    Some("utf-8"),
    Some("shift_jis"),
    Some("euc-jp"),
    Some("iso-2022-jp"),
    Some("utf-16le"),
    Some("windows-1252"),
    Some("gb18030"),
    Some("no such encoding"),
];

fuzz_target!(|bytes: &[u8]| {
    for label in LABELS {
        let decoded = decode("a", bytes, label);
        if let (None, Ok((text, notes)), Ok(original)) = (label, decoded, std::str::from_utf8(bytes))
            && notes.is_empty()
        {
            let original = original.strip_prefix('\u{feff}').unwrap_or(original);
            // Of old Macintosh files the line breaks change.
            assert!(text == original || text == original.replace('\r', "\n"), "{text:?}");
        }
    }
});
