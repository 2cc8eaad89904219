//! What names a unit: a hash of its languages and texts.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::lang::Lang;

/// The name of a unit, the same in every memory: the first 128 bits of the BLAKE3 hash of its languages and texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId([u8; 16]);

impl UnitId {
    /// The id of the unit with these texts.
    pub fn new(source_lang: &Lang, target_lang: &Lang, source: &str, target: &str) -> Self {
        Self::of([source_lang.tag(), target_lang.tag(), source, target])
    }

    pub(super) fn of(parts: [&str; 4]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            // With its length before it, so that no other division gives the same bytes.
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        Self::from_slice(hasher.finalize().as_bytes()).unwrap_or(Self([0; 16]))
    }

    /// The id whose first bytes these are; `None` for fewer than 16.
    pub(super) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.get(..16).and_then(|bytes| bytes.try_into().ok()).map(Self)
    }

    pub(super) fn into_bytes(self) -> [u8; 16] {
        self.0
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnitId({self})")
    }
}

impl Serialize for UnitId {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::UnitId;

    #[test]
    fn an_id_tells_where_one_text_ends_and_the_next_begins() {
        let id = |parts| UnitId::of(parts).to_string();
        assert_ne!(id(["ja", "en", "一二", "三"]), id(["ja", "en", "一", "二三"]));
        assert_eq!(id(["ja", "en", "はい。", "Yes."]), id(["ja", "en", "はい。", "Yes."]));
        assert_eq!(id(["ja", "en", "", ""]).len(), 32);
    }
}
