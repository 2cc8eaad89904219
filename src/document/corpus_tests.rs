//! The sample articles and pages are read as a careful reader would read them.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Document, ReadOptions, read_file};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &Path) -> Document {
    let reading = read_file(path, &ReadOptions::default()).expect("a readable article");
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
    reading.document
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

fn block_texts(document: &Document) -> Vec<String> {
    document.blocks.iter().map(|block| document.line(block.span).into_owned()).collect()
}

/// The blocks of both languages hold the cells of `gold.tsv`, in order, and nothing else.
fn assert_holds_gold(article: &str, ending: &str) {
    let folder = project("corpus").join(article);
    let gold = fs::read_to_string(folder.join("gold.tsv")).expect("gold.tsv");
    for (column, lang) in ["ja", "en"].into_iter().enumerate() {
        let document = read(&folder.join(format!("{lang}.{ending}")));
        assert_eq!(document.lang.tag(), lang);
        let cells: String = gold
            .lines()
            .skip(1)
            .filter_map(|line| line.split('\t').nth(column))
            .map(|cell| without_space(&cell.replace(" ¶ ", "")))
            .collect();
        let blocks: String = block_texts(&document).iter().map(|text| without_space(text)).collect();
        assert_eq!(blocks, cells, "{article}, {lang}");
    }
}

#[test]
fn the_web_page_holds_its_gold() {
    assert_holds_gold("2024-04-22-pumped-storage", "html");
}

#[test]
fn the_markdown_articles_hold_their_gold() {
    assert_holds_gold("2024-02-18-ikkyu-and-daitokuji", "md");
    assert_holds_gold("2024-05-13-cyberattacks-in-europe", "md");
}

#[test]
fn the_plain_text_holds_its_gold_line_by_line() {
    assert_holds_gold("2024-03-30-wooden-moulds", "txt");
    let folder = project("corpus/2024-03-30-wooden-moulds");
    for file in ["ja.txt", "en.txt"] {
        let text = fs::read_to_string(folder.join(file)).expect(file);
        let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(block_texts(&read(&folder.join(file))), lines);
    }
}

/// Every page in `tests/data/pages` lies beside the text of its article, one block a line.
#[test]
fn pages_of_all_layouts_are_read_as_their_article() {
    let mut pages: Vec<PathBuf> = fs::read_dir(project("tests/data/pages"))
        .expect("the pages")
        .map(|entry| entry.expect("a page").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    pages.sort();
    assert!(pages.len() >= 8);
    let wrong: Vec<String> = pages
        .iter()
        .filter_map(|page| {
            let expected = fs::read_to_string(page.with_extension("txt")).expect("the article beside its page");
            let found = block_texts(&read(page)).join("\n") + "\n";
            (found != expected).then(|| format!("{}:\n{found}", page.display()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
