//! A small validator for the tests: does an XML text keep to a DTD's element and attribute declarations?
//!
//! It knows what the TMX DTD uses: content models with `,` `|` `?` `*` `+`, `EMPTY`, mixed content, and attributes that are
//! required, fixed, implied or have listed values.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The declarations of a DTD.
pub(super) struct Dtd {
    elements: BTreeMap<String, Content>,
    attributes: BTreeMap<String, Vec<Attribute>>,
}

/// What an element may hold.
enum Content {
    /// Nothing at all.
    Empty,
    /// Text and these elements in any order.
    Mixed(BTreeSet<String>),
    /// Elements by this pattern.
    Children(Particle),
}

/// A part of a content model with how often it may stand.
struct Particle {
    kind: Kind,
    optional: bool,
    repeated: bool,
}

enum Kind {
    Name(String),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
}

struct Attribute {
    name: String,
    /// The values allowed; none for any text.
    values: Vec<String>,
    required: bool,
}

impl Dtd {
    pub(super) fn parse(dtd: &str) -> Self {
        let mut parsed = Self { elements: BTreeMap::new(), attributes: BTreeMap::new() };
        for declaration in without_comments(dtd).split('>') {
            let declaration = declaration.trim();
            if let Some(element) = declaration.strip_prefix("<!ELEMENT") {
                let (name, model) = element.trim().split_once(char::is_whitespace).expect("a name and a model");
                assert!(parsed.elements.insert(name.to_owned(), Content::parse(model)).is_none(), "{name} twice");
            } else if let Some(list) = declaration.strip_prefix("<!ATTLIST") {
                let (name, list) = list.trim().split_once(char::is_whitespace).expect("a name and attributes");
                parsed.attributes.entry(name.to_owned()).or_default().extend(Attribute::parse_all(list));
            } else {
                assert!(declaration.is_empty(), "unknown declaration {declaration}");
            }
        }
        parsed
    }

    /// What in the text breaks the declarations, in order; a text that is no XML breaks them too.
    pub(super) fn violations(&self, xml: &str) -> Vec<String> {
        let mut violations = Vec::new();
        let illegal = |c: char| c < ' ' && !"\t\n\r".contains(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
        if xml.contains(illegal) {
            violations.push("a character is not allowed in XML".to_owned());
        }
        // The elements that are open, each with its children so far.
        let mut open: Vec<(String, Vec<String>)> = vec![(String::new(), Vec::new())];
        let mut reader = Reader::from_str(xml);
        loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(e) => {
                    violations.push(e.to_string());
                    break;
                }
            };
            let (_, children) = open.last_mut().expect("the document itself stays open");
            match event {
                Event::Start(start) => {
                    let name = self.begin(&start, &mut violations);
                    children.push(name.clone());
                    open.push((name, Vec::new()));
                }
                Event::Empty(start) => {
                    let name = self.begin(&start, &mut violations);
                    children.push(name.clone());
                    self.finish(&name, &[], &mut violations);
                }
                Event::End(_) => {
                    let (name, children) = open.pop().expect("the reader checks that tags match");
                    self.finish(&name, &children, &mut violations);
                }
                Event::Text(text) if text.trim().is_empty() => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    let (name, _) = open.last().expect("the document itself stays open");
                    if !matches!(self.elements.get(name), Some(Content::Mixed(_))) {
                        violations.push(format!("{name}: text is not allowed"));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if open.len() != 1 || open.first().is_none_or(|(_, roots)| *roots != ["tmx"]) {
            violations.push("the document is not one whole tmx element".to_owned());
        }
        violations
    }

    /// Checks the attributes of an element and gives its name.
    fn begin(&self, start: &BytesStart<'_>, violations: &mut Vec<String>) -> String {
        let name = String::from_utf8_lossy(start.name().as_ref().as_ref()).into_owned();
        if !self.elements.contains_key(&name) {
            violations.push(format!("{name}: the element is not declared"));
        }
        let declared = self.attributes.get(&name).map(Vec::as_slice).unwrap_or_default();
        let mut missing: BTreeSet<&str> = declared.iter().filter(|a| a.required).map(|a| a.name.as_str()).collect();
        for attribute in start.attributes() {
            let Ok(attribute) = attribute else {
                violations.push(format!("{name}: an attribute is malformed"));
                continue;
            };
            let key = String::from_utf8_lossy(attribute.key.as_ref().as_ref()).into_owned();
            let value = String::from_utf8_lossy(attribute.value.as_ref().as_ref()).into_owned();
            missing.remove(key.as_str());
            match declared.iter().find(|a| a.name == key) {
                None => violations.push(format!("{name}: the attribute {key} is not declared")),
                Some(a) if !a.values.is_empty() && !a.values.contains(&value) => {
                    violations.push(format!("{name}: {key}={value:?} is not allowed"));
                }
                Some(_) => {}
            }
        }
        violations.extend(missing.iter().map(|key| format!("{name}: the attribute {key} is missing")));
        name
    }

    /// Checks the children of an element.
    fn finish(&self, name: &str, children: &[String], violations: &mut Vec<String>) {
        let fits = match self.elements.get(name) {
            None => true,
            Some(Content::Empty) => children.is_empty(),
            Some(Content::Mixed(allowed)) => children.iter().all(|child| allowed.contains(child)),
            Some(Content::Children(model)) => model.ends(children, 0).contains(&children.len()),
        };
        if !fits {
            violations.push(format!("{name}: its children {children:?} do not match"));
        }
    }
}

impl Content {
    fn parse(model: &str) -> Self {
        let model: String = model.split_whitespace().collect();
        if model == "EMPTY" {
            return Self::Empty;
        }
        if let Some(mixed) = model.strip_prefix("(#PCDATA") {
            let names = mixed.trim_end_matches('*').trim_end_matches(')');
            return Self::Mixed(names.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect());
        }
        let mut rest = model.as_str();
        let particle = Particle::parse(&mut rest);
        assert!(rest.is_empty(), "left over in a content model: {rest}");
        Self::Children(particle)
    }
}

impl Particle {
    /// Takes one particle from the beginning of `rest`.
    fn parse(rest: &mut &str) -> Self {
        let kind = if let Some(inner) = rest.strip_prefix('(') {
            *rest = inner;
            let mut parts = vec![Self::parse(rest)];
            let separator = if rest.starts_with('|') { '|' } else { ',' };
            while let Some(next) = rest.strip_prefix(separator) {
                *rest = next;
                parts.push(Self::parse(rest));
            }
            *rest = rest.strip_prefix(')').expect("a closing parenthesis");
            if separator == '|' { Kind::Choice(parts) } else { Kind::Sequence(parts) }
        } else {
            let (name, behind) = rest.split_at(rest.find(|c| "()|,?*+".contains(c)).unwrap_or(rest.len()));
            *rest = behind;
            Kind::Name(name.to_owned())
        };
        let sign = rest.chars().next().filter(|c| "?*+".contains(*c));
        *rest = rest.trim_start_matches(|c| Some(c) == sign);
        Self { kind, optional: matches!(sign, Some('?' | '*')), repeated: matches!(sign, Some('*' | '+')) }
    }

    /// All places up to which the children from `start` can be this particle.
    fn ends(&self, children: &[String], start: usize) -> BTreeSet<usize> {
        let mut ends = BTreeSet::new();
        if self.optional {
            ends.insert(start);
        }
        let mut fresh = vec![start];
        while let Some(from) = fresh.pop() {
            for end in self.once(children, from) {
                if ends.insert(end) && self.repeated {
                    fresh.push(end);
                }
            }
        }
        ends
    }

    fn once(&self, children: &[String], start: usize) -> BTreeSet<usize> {
        match &self.kind {
            Kind::Name(name) => {
                children.get(start).filter(|child| *child == name).map(|_| start + 1).into_iter().collect()
            }
            Kind::Choice(parts) => parts.iter().flat_map(|part| part.ends(children, start)).collect(),
            Kind::Sequence(parts) => parts.iter().fold(BTreeSet::from([start]), |from, part| {
                from.into_iter().flat_map(|place| part.ends(children, place)).collect()
            }),
        }
    }
}

impl Attribute {
    fn parse_all(list: &str) -> Vec<Self> {
        let spaced = list.replace(['(', ')', '|'], " ");
        let listed = |word: &str| !matches!(word, "CDATA" | "NMTOKEN" | "ID");
        let mut attributes = Vec::new();
        let mut words: Vec<&str> = Vec::new();
        let mut all = spaced.split_whitespace();
        while let Some(word) = all.next() {
            if !word.starts_with('#') {
                words.push(word);
                continue;
            }
            let (name, types) = words.split_first().expect("an attribute's name");
            let mut values: Vec<String> =
                types.iter().filter(|word| listed(word)).map(|&word| word.to_owned()).collect();
            if word == "#FIXED" {
                values = vec![all.next().expect("a fixed value").trim_matches('"').to_owned()];
            }
            // A parser would fill a fixed value in, but the standard asks for the version in the file.
            attributes.push(Self { name: (*name).to_owned(), values, required: word != "#IMPLIED" });
            words.clear();
        }
        attributes
    }
}

fn without_comments(dtd: &str) -> String {
    let mut kept = String::new();
    let mut rest = dtd;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").expect("the end of a comment").1;
    }
    kept + rest
}
