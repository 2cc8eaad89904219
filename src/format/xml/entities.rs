//! What references mean: characters and the entities that a file declares itself, within bounds.
//!
//! Only the internal subset of a DTD is looked at. External entities and the DTD's address are never read.

use std::collections::BTreeMap;

/// How long one entity may become, in bytes; names and phrases are what files declare.
const MAX_EXPANSION: usize = 64 << 10;
/// How much all entities of a file may become together, in bytes.
const MAX_TOTAL: usize = 16 << 20;
/// How deep entities may stand within each other.
const MAX_DEPTH: usize = 16;

/// Why a file is not read on that expands without end.
pub(super) const TOO_MUCH: &str =
    "its entities expand to more than 16 MB, as in files that are made to do harm. Remove the DTD's entities";

/// What a reference means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A character, by its name or its number.
    Character(char),
    /// The first of two references that make a character together (UTF-16 surrogates).
    FirstHalf(u32),
    /// The number of no character, or half of one.
    NoCharacter,
    /// The text of an entity that the file declares.
    Text(String),
    /// An entity that stands in another file.
    External,
    /// An entity that is not declared.
    Undeclared,
    /// An entity that expands beyond its bound.
    TooLong,
    /// One too many.
    TooMuch,
}

/// The entities that a file declares.
#[derive(Debug, Default)]
pub(super) struct Entities {
    declared: BTreeMap<String, Entity>,
    /// How many bytes they have become so far.
    expanded: usize,
}

#[derive(Debug)]
enum Entity {
    Internal(String),
    External,
}

/// The reason why a unit is skipped whose entity is too long.
pub(super) fn too_long(name: &str) -> String {
    format!("the entity &{name}; expands to more than {} KB. Write out what it means", MAX_EXPANSION >> 10)
}

impl Entities {
    /// Takes the declarations of a `<!DOCTYPE>`; of several with one name the first counts (XML 1.0, 4.2).
    pub(super) fn declare(&mut self, doctype: &str) {
        let mut rest = doctype;
        while let Some((before, after)) = rest.split_once("<!") {
            // A comment is no declaration.
            if let Some(comment) = after.strip_prefix("--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            debug_assert!(before.len() < rest.len());
            rest = match after.strip_prefix("ENTITY") {
                Some(declaration) => self.declare_one(declaration),
                None => after,
            };
        }
    }

    /// Takes the declaration of one entity, from behind `<!ENTITY`; what stands behind it is left.
    fn declare_one<'d>(&mut self, declaration: &'d str) -> &'d str {
        let declaration = declaration.trim_start();
        let Some((name, value)) = declaration.split_once(|c: char| c.is_ascii_whitespace()) else { return "" };
        let value = value.trim_start();
        // `%` declares what only the DTD itself uses.
        let is_external = name == "%" || value.starts_with("SYSTEM") || value.starts_with("PUBLIC");
        let (entity, after) = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            _ if is_external => (Entity::External, value),
            Some(quote) => {
                let mut parts = value.splitn(3, quote).skip(1);
                let (Some(text), Some(after)) = (parts.next(), parts.next()) else { return "" };
                (Entity::Internal(text.to_owned()), after)
            }
            None => return value,
        };
        if name != "%" {
            self.declared.entry(name.to_owned()).or_insert(entity);
        }
        after
    }

    /// What the reference to `name` means, which is written without `&` and `;`.
    pub(super) fn meaning(&mut self, name: &str) -> Meaning {
        if let Some(meaning) = character(name) {
            return meaning;
        }
        match self.declared.get(name) {
            None => return Meaning::Undeclared,
            Some(Entity::External) => return Meaning::External,
            Some(Entity::Internal(_)) => {}
        }
        let mut text = String::new();
        let mut steps = 0;
        let is_whole = self.expand(name, 0, &mut text, &mut steps);
        self.expanded += text.len() + steps;
        match (is_whole, self.expanded > MAX_TOTAL) {
            (_, true) => Meaning::TooMuch,
            (true, false) => Meaning::Text(text),
            (false, false) => Meaning::TooLong,
        }
    }

    /// Adds what an entity means to `text`; whether that stays within the bounds.
    fn expand(&self, name: &str, depth: usize, text: &mut String, steps: &mut usize) -> bool {
        let Some(Entity::Internal(value)) = self.declared.get(name) else { return true };
        if depth > MAX_DEPTH {
            return false;
        }
        let mut rest = value.as_str();
        while let Some((before, after)) = rest.split_once('&') {
            text.push_str(before);
            *steps += 1;
            if text.len() + *steps > MAX_EXPANSION {
                return false;
            }
            let Some((name, behind)) = reference(after) else {
                text.push('&');
                rest = after;
                continue;
            };
            match character(name) {
                Some(Meaning::Character(c)) => text.extend((!super::is_illegal(c)).then_some(c)),
                None if !self.expand(name, depth + 1, text, steps) => return false,
                Some(_) | None => {}
            }
            rest = behind;
        }
        text.push_str(rest);
        text.len() <= MAX_EXPANSION
    }
}

/// The name of a reference, from behind its `&`, and what stands behind its `;`.
pub(super) fn reference(text: &str) -> Option<(&str, &str)> {
    /// No name is longer, in bytes; the search for its end must not go through the whole text.
    const LONGEST: usize = 128;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let (name, rest) = text.split_at_checked(end)?;
    Some((name, rest.strip_prefix(';')?))
}

/// The character that two references make together, the first of which is half of it.
pub(super) fn joined(high: u32, name: &str) -> Option<Meaning> {
    let low = number(name).filter(|low| (0xdc00..=0xdfff).contains(low))?;
    char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)).map(Meaning::Character)
}

/// What a name means that every file may use, or a number.
pub(super) fn character(name: &str) -> Option<Meaning> {
    Some(match name {
        "lt" => Meaning::Character('<'),
        "gt" => Meaning::Character('>'),
        "amp" => Meaning::Character('&'),
        "quot" => Meaning::Character('"'),
        "apos" => Meaning::Character('\''),
        _ if name.starts_with('#') => match number(name) {
            Some(half @ 0xd800..=0xdbff) => Meaning::FirstHalf(half),
            code => code.and_then(char::from_u32).map_or(Meaning::NoCharacter, Meaning::Character),
        },
        _ => return None,
    })
}

/// The number of a character reference: `#12354`, `#x3042`.
fn number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix('#')?;
    match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => digits.parse().ok(),
    }
}
