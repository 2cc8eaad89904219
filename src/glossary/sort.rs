//! Glossary rows in order, with the comments above them.

use unicode_normalization::UnicodeNormalization;

use super::Glossary;
use crate::error::Result;

/// The text of a glossary file with its rows sorted by the first column: by the code points of the cell after NFKC and in
/// lower case, so that kana come before kanji; equal rows stay in their order.
///
/// Comments and empty lines stay above the row they stand above, those above the header at the top, those behind the last
/// row at the end. Line ends stay as they are. `file` is for messages.
///
/// Fails when the file is no glossary.
pub fn sorted(text: &str, file: &std::path::Path) -> Result<String> {
    Glossary::default().add_rows(text, file)?;
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
    let end = if body.contains("\r\n") { "\r\n" } else { "\n" };
    let mut head = String::new();
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut above = String::new();
    let mut is_head = true;
    for line in body.split_inclusive('\n') {
        let is_row = !line.trim().is_empty() && !line.starts_with('#');
        above.push_str(line);
        if !is_row {
            continue;
        }
        // The last line of a file may lack its end.
        if !line.ends_with('\n') {
            above.push_str(end);
        }
        let block = std::mem::take(&mut above);
        if is_head {
            head = block;
            is_head = false;
        } else {
            rows.push((key(line), block));
        }
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let rows: String = rows.into_iter().map(|(_, block)| block).collect();
    let sorted = [mark, &head, &rows, &above].concat();
    // An end that was not there is not added.
    let has_end = text.ends_with('\n') || !above.is_empty();
    Ok(if has_end { sorted } else { sorted.strip_suffix(end).unwrap_or(&sorted).to_owned() })
}

fn key(line: &str) -> String {
    let cell = line.split('\t').next().unwrap_or_default().trim();
    cell.trim_start_matches('!').nfkc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::sorted;

    fn assert_sorted(text: &str, expected: &str) {
        let once = sorted(text, Path::new("names.tsv")).unwrap();
        assert_eq!(once, expected);
        assert_eq!(sorted(&once, Path::new("names.tsv")).unwrap(), once);
    }

    #[test]
    fn rows_are_sorted_with_their_comments() {
        assert_sorted(
            "# names\nja\ten\n# of Prague\nリパフスキー\tLipavský\n\n英国\tUK\nダウデン\tDowden\n# end\n",
            "# names\nja\ten\nダウデン\tDowden\n# of Prague\nリパフスキー\tLipavský\n\n英国\tUK\n# end\n",
        );
    }

    #[test]
    fn width_and_case_make_no_difference_and_equal_rows_stay() {
        assert_sorted("en\tja\nb\t1\nＡ\t2\na\t3\nB\t4", "en\tja\nＡ\t2\na\t3\nb\t1\nB\t4");
    }

    #[test]
    fn line_ends_and_the_byte_order_mark_stay() {
        assert_sorted("\u{feff}ja\ten\r\n二\t2\r\n一\t1\r\n", "\u{feff}ja\ten\r\n一\t1\r\n二\t2\r\n");
        assert_sorted("ja\ten\r\n二\t2\r\n一\t1", "ja\ten\r\n一\t1\r\n二\t2");
        assert_sorted("", "");
    }

    #[test]
    fn what_is_no_glossary_is_refused() {
        assert!(sorted("one\ttwo\n", Path::new("names.tsv")).unwrap_err().to_string().starts_with("names.tsv, line 1"));
    }
}
