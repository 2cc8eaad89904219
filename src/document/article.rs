//! Where the article stands in a web page.

use std::collections::BTreeSet;

use dom_smoothie::{Config, Readability};
use scraper::{ElementRef, Html, Selector};

use super::html::{Content, content, text_of};
use super::writer::Writer;
use super::{Block, BlockKind};

/// The article of the page that was parsed from `source`, with the page's title at its head.
pub(super) fn of_page(page: &Html, source: &str) -> Writer {
    let Some(body) = selected(page, "body").next() else { return Writer::default() };
    let titles = titles(page);
    let whole = content(body, &Boilerplate::of_body(body));
    let found = marked_article(body)
        .map(|root| (root, content(root, &Boilerplate::of_article(root))))
        .filter(|(_, content)| is_plausible(content, &whole))
        .or_else(|| {
            let (root, content) = with_its_head(likely_article(body, source)?, &titles);
            is_plausible(&content, &whole).then_some((root, content))
        });
    let (root, content) = found.unwrap_or((body, whole));
    let title = title(page, &titles, root, &content);
    let Some(title) = title else { return content.writer };
    let mut writer = Writer::default();
    writer.push_whole(BlockKind::Heading, &title);
    for block in &content.writer.blocks {
        writer.push_whole(block.kind, block.span.of(&content.writer.text));
    }
    writer
}

/// Whether the article holds a fair part of the page's text outside links; a teaser or a caption does not.
fn is_plausible(article: &Content, page: &Content) -> bool {
    /// The least share. The articles of our test pages hold 0.89 and more, the teaser below 0.1.
    const LEAST: f64 = 0.3;
    article.prose > 0 && article.prose as f64 >= LEAST * page.prose as f64
}

/// The elements that match `css`, which is one of our own selectors.
fn selected<'a>(page: &'a Html, css: &str) -> impl Iterator<Item = ElementRef<'a>> {
    Selector::parse(css).ok().into_iter().flat_map(|selector| page.select(&selector).collect::<Vec<_>>())
}

/// The `<article>` of the page: the only one, or the one that holds most of the text of all.
fn marked_article(body: ElementRef<'_>) -> Option<ElementRef<'_>> {
    /// The share of the text of all `<article>`s. A page of teasers has none that reaches it.
    const MOST: f64 = 0.6;
    let articles: Vec<_> = body
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|e| e.value().name() == "article" && !has_name(*e, &COMMENTS))
        .filter(|e| {
            e.ancestors()
                .filter_map(ElementRef::wrap)
                .all(|a| a.value().name() == "body" || (a.value().name() != "article" && !has_name(a, &COMMENTS)))
        })
        .map(|e| (text_length(e), e))
        .collect();
    let all: usize = articles.iter().map(|(length, _)| length).sum();
    let (length, longest) = articles.into_iter().max_by_key(|(length, _)| *length)?;
    (length as f64 >= MOST * all as f64).then_some(longest)
}

/// The smallest element that holds nearly all of the text that Mozilla's Readability (as `dom_smoothie` carries it
/// out) takes for the article. Only the place is taken from it: its cleaned text lacks lists, dates and titles.
fn likely_article<'a>(body: ElementRef<'a>, source: &str) -> Option<ElementRef<'a>> {
    /// The share of the found text that has to lie inside.
    const NEARLY_ALL: f64 = 0.9;
    /// Characters from which an article is long enough for the first, strictest try; Japanese needs few.
    const LONG_ENOUGH: usize = 140;
    let config = Config { char_threshold: LONG_ENOUGH, disable_json_ld: true, ..Config::default() };
    let found = Readability::new(source, None, Some(config)).ok()?.parse().ok()?;
    let found = Html::parse_fragment(&found.content);
    let texts: BTreeSet<&str> = found.root_element().text().map(str::trim).filter(|text| !text.is_empty()).collect();
    let weight = |element: ElementRef<'_>| -> usize {
        element.text().map(str::trim).filter(|text| texts.contains(text)).map(|text| text.chars().count()).sum()
    };
    let all = weight(body);
    if all == 0 {
        return None;
    }
    let mut root = body;
    while let Some(inner) = root.child_elements().find(|child| weight(*child) as f64 >= NEARLY_ALL * all as f64) {
        if matches!(inner.value().name(), "p" | "h1" | "h2" | "ul" | "ol" | "blockquote" | "pre") {
            break;
        }
        root = inner;
    }
    Some(root)
}

/// An article with the title and date that stand before it in the elements around; what follows it there is not its
/// own.
fn with_its_head<'a>(root: ElementRef<'a>, titles: &[String]) -> (ElementRef<'a>, Content) {
    /// How much longer, as a factor and in characters, the text outside links may become.
    const LONGER: (f64, f64) = (1.2, 60.0);
    /// How many elements around are looked at: titles stand near.
    const AROUND: usize = 6;
    let own = content(root, &Boilerplate::of_article(root));
    let most = own.prose as f64 * LONGER.0 + LONGER.1;
    let length = own.writer.blocks.len();
    let Some(first) = own.writer.blocks.first().map(|block| block.span.of(&own.writer.text).to_owned()) else {
        return (root, own);
    };
    let (mut best, mut heads) = ((root, own), 0);
    for around in root.ancestors().filter_map(ElementRef::wrap).take_while(|e| e.value().name() != "body").take(AROUND)
    {
        let mut wider = content(around, &Boilerplate::of_article(around));
        if wider.prose as f64 > most {
            break;
        }
        let Writer { text, blocks } = &mut wider.writer;
        let Some(before) = blocks.iter().position(|block| block.span.of(text) == first) else { continue };
        let is_head = |block: &&Block| {
            matches!(block.kind, BlockKind::Heading | BlockKind::Date)
                || titles.iter().any(|title| title == block.span.of(text))
        };
        let found = blocks.iter().take(before).filter(is_head).count();
        if found > heads {
            blocks.truncate(before + length);
            heads = found;
            best = (around, wider);
        }
    }
    best
}

/// The characters inside an element that are not white space.
fn text_length(element: ElementRef<'_>) -> usize {
    text_lengths(element).sum()
}

/// Whether [`text_length`] is larger than `most`; a long text is not read to its end.
fn is_longer(element: ElementRef<'_>, most: usize) -> bool {
    let mut length = 0;
    text_lengths(element).any(|text| {
        length += text;
        length > most
    })
}

/// The characters of each text inside an element that are not white space.
fn text_lengths(element: ElementRef<'_>) -> impl Iterator<Item = usize> {
    element
        .descendants()
        .filter(|node| {
            !node
                .parent()
                .and_then(ElementRef::wrap)
                .is_some_and(|e| matches!(e.value().name(), "script" | "style" | "noscript"))
        })
        .filter_map(|node| node.value().as_text())
        .map(|text| text.chars().filter(|c| !c.is_whitespace()).count())
}

/// Whether the page hides the element.
pub(super) fn is_hidden(element: ElementRef<'_>) -> bool {
    let element = element.value();
    element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element
            .attr("style")
            .is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none"))
}

/// Words in `class` and `id` that name a part of the page which is not the article.
const NAMES: [&str; 43] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "bookmark",
    "breadcrumb",
    "breadcrumbs",
    "copyright",
    "cookie",
    "facebook",
    "footer",
    "gnav",
    "hatena",
    "login",
    "menu",
    "nav",
    "navi",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "pankuzu",
    "popular",
    "profile",
    "promo",
    "ranking",
    "recommend",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "skip",
    "sns",
    "social",
    "sponsor",
    "subscribe",
    "tags",
    "toc",
    "toolbar",
    "twitter",
    "widget",
];

/// Words that name readers' comments.
const COMMENTS: [&str; 5] = ["comment", "comments", "respond", "disqus", "trackback"];

/// How headings over links to other articles begin.
const ELSEWHERE: [&str; 14] = [
    "関連記事",
    "関連リンク",
    "関連ニュース",
    "あわせて読みたい",
    "合わせて読みたい",
    "おすすめ記事",
    "人気記事",
    "最新記事",
    "この記事をシェア",
    "Related stor",
    "Related article",
    "Related post",
    "You may also like",
    "Share this",
];

/// Whether a word of the element's `class` or `id` is one of `names`.
fn has_name(element: ElementRef<'_>, names: &[&str]) -> bool {
    let element = element.value();
    let values = [element.attr("class"), element.attr("id")].into_iter().flatten();
    // `comments-open` on an article says that it may be commented on.
    let is_state = |name: &&str| name.ends_with("open") || name.ends_with("closed");
    values.flat_map(str::split_whitespace).filter(|name| !is_state(name)).any(|name| {
        name.split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| names.iter().any(|name| word.eq_ignore_ascii_case(name)))
    })
}

/// What belongs to the page and not to its article.
#[derive(Debug, Default)]
pub(super) struct Boilerplate {
    /// Parts longer than this, in characters, are text whatever they are called; `None` keeps all parts.
    longest: Option<usize>,
    /// Whether the whole body is walked, with the page's head and lists of links.
    is_body: bool,
}

impl Boilerplate {
    fn of_article(root: ElementRef<'_>) -> Self {
        Self { longest: Some(text_length(root) / 2), is_body: false }
    }

    fn of_body(body: ElementRef<'_>) -> Self {
        Self { is_body: true, ..Self::of_article(body) }
    }

    /// Whether `element` is left out.
    pub(super) fn holds(&self, element: ElementRef<'_>) -> bool {
        let Some(longest) = self.longest else { return false };
        if has_name(element, &COMMENTS) && element.value().name() != "body" {
            return true;
        }
        match element.value().name() {
            "h1" | "time" => return false,
            "a" | "td" | "div" if is_way_elsewhere(element) => return true,
            "h2" | "h3" | "h4" | "h5" | "h6" | "p" => {
                let text = text_of_start(element);
                return ELSEWHERE.iter().any(|start| text.starts_with(start))
                    || is_way_elsewhere(element)
                    || is_named(element, longest);
            }
            "header" if self.is_body || is_head_of_site(element) => return !is_longer(element, longest),
            "ul" | "ol" | "div" | "section" | "td" | "table" | "center" if is_row_of_links(element) => return true,
            _ => {}
        }
        is_named(element, longest)
    }
}

/// Whether an element is named as a part of the page and is no longer than such a part.
fn is_named(element: ElementRef<'_>, longest: usize) -> bool {
    has_name(element, &NAMES) && !is_longer(element, longest)
}

/// Whether a `<header>` is that of the site: it holds the menu or is named so.
fn is_head_of_site(header: ElementRef<'_>) -> bool {
    has_name(header, &["site", "global", "masthead", "page", "blog"])
        || header.descendants().filter_map(ElementRef::wrap).any(|e| matches!(e.value().name(), "nav" | "ul" | "form"))
}

/// Whether all that an element says is where a link leads, or that an advertisement is shown.
fn is_way_elsewhere(element: ElementRef<'_>) -> bool {
    const WAYS: [&str; 18] = [
        "戻る",
        "トップへ戻る",
        "トップページへ",
        "ページトップへ",
        "ページの先頭へ",
        "目次へ",
        "続きを読む",
        "もっと見る",
        "印刷する",
        "Back",
        "Back to top",
        "Read more",
        "Print",
        "Top of page",
        "Advertisement",
        "広告",
        "［広告］",
        "スポンサーリンク",
    ];
    let mut texts = element.text().map(str::trim).filter(|text| !text.is_empty());
    texts.next().is_some_and(|text| WAYS.contains(&text)) && texts.next().is_none()
}

/// The first text of an element, enough to know a heading.
fn text_of_start(element: ElementRef<'_>) -> String {
    element.text().map(str::trim).find(|text| !text.is_empty()).unwrap_or_default().to_owned()
}

/// Whether an element is hardly more than links: three and more, with nearly all of its text.
fn is_row_of_links(element: ElementRef<'_>) -> bool {
    /// The text outside links, as a share of the text in them.
    const HARDLY_MORE: f64 = 0.25;
    let mut links = Links::default();
    links.count(element);
    links.count >= 3 && links.outside as f64 <= HARDLY_MORE * links.inside as f64
}

/// The links in an element and the characters inside and outside them.
#[derive(Default)]
struct Links {
    count: usize,
    inside: usize,
    outside: usize,
}

impl Links {
    /// Characters outside links beyond which nothing is a row of links, however many there are.
    const MOST_OUTSIDE: usize = 300;

    fn count(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            if self.outside > Self::MOST_OUTSIDE {
                self.count = 0;
                return;
            }
            if let Some(text) = child.value().as_text() {
                self.outside += text.chars().filter(|c| !c.is_whitespace()).count();
            } else if let Some(child) = ElementRef::wrap(child) {
                if child.value().name() == "a" && child.value().attr("href").is_some() {
                    self.count += 1;
                    self.inside += text_length(child);
                } else if !matches!(child.value().name(), "script" | "style" | "noscript") {
                    self.count(child);
                }
            }
        }
    }
}

/// The parts of the page's `<title>`, without the name of the site.
fn titles(page: &Html) -> Vec<String> {
    let title = selected(page, "title").next().map(text_of_title).unwrap_or_default();
    let site = selected(page, r#"meta[property="og:site_name"]"#).next().and_then(|meta| meta.value().attr("content"));
    title
        .split(['|', '｜', '»', '«', '‹', '›'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" — "))
        .map(str::trim)
        .filter(|part| !part.is_empty() && Some(*part) != site)
        .map(str::to_owned)
        .collect()
}

/// The page's title where the article does not begin with it: its `<h1>`, or `<title>` without the site's name.
fn title(page: &Html, titles: &[String], root: ElementRef<'_>, content: &Content) -> Option<String> {
    /// How many blocks may stand before the title: a rubric, a date, an author.
    const HEAD: usize = 5;
    if content.has_title {
        return None;
    }
    let begins_with = |title: &str| {
        let title = one_word(title);
        content.writer.blocks.iter().take(HEAD).any(|block| {
            let text = one_word(block.span.of(&content.writer.text));
            text == title || (block.kind == BlockKind::Heading && (text.contains(&title) || title.contains(&text)))
        })
    };
    // The site's name may stand first or last in `<title>`: the part that the article begins with is its title.
    if titles.iter().any(|title| begins_with(title)) {
        return None;
    }
    let first = titles.first();
    selected(page, "h1")
        .filter(|h1| h1.ancestors().all(|node| node.id() != root.id()))
        .map(text_of)
        // The name of the site often is an <h1> too: it stands last in <title>, or not at all.
        .find(|h1| !h1.is_empty() && first.is_none_or(|first| h1.contains(first) || first.contains(h1.as_str())))
        .filter(|h1| !begins_with(h1))
        .or_else(|| first.cloned())
}

fn text_of_title(title: ElementRef<'_>) -> String {
    title.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one_word(text: &str) -> String {
    text.split_whitespace().collect()
}
