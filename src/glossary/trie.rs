//! A tree of forms, by their characters.

/// Finds the forms that a text begins with.
#[derive(Debug, Clone)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Default)]
struct Node {
    /// The next characters in order, each with its node.
    next: Vec<(char, usize)>,
    /// The forms that end here.
    forms: Vec<usize>,
}

impl Trie {
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::default()] }
    }

    /// Adds the form with number `form`.
    pub(super) fn add(&mut self, characters: &[char], form: usize) {
        let mut at = 0;
        for c in characters {
            at = match self.nodes[at].next.binary_search_by_key(c, |(next, _)| *next) {
                Ok(i) => self.nodes[at].next[i].1,
                Err(i) => {
                    let new = self.nodes.len();
                    self.nodes[at].next.insert(i, (*c, new));
                    self.nodes.push(Node::default());
                    new
                }
            };
        }
        self.nodes[at].forms.push(form);
    }

    /// The forms that `text` begins with, the shortest first: their lengths in characters and their numbers.
    pub(super) fn prefixes<'t>(&'t self, text: &'t [char]) -> impl Iterator<Item = (usize, &'t [usize])> {
        let mut at = Some(0);
        (1..).zip(text).map_while(move |(len, c)| {
            let next = &self.nodes[at?].next;
            at = next.binary_search_by_key(c, |(next, _)| *next).ok().map(|i| next[i].1);
            Some((len, self.nodes[at?].forms.as_slice()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Trie;

    #[test]
    fn all_forms_at_the_beginning_are_found() {
        let mut trie = Trie::new();
        for (number, form) in ["東京", "東京都", "京都", "東"].iter().enumerate() {
            trie.add(&form.chars().collect::<Vec<_>>(), number);
        }
        let text: Vec<char> = "東京都知事".chars().collect();
        let found: Vec<(usize, &[usize])> = trie.prefixes(&text).filter(|(_, forms)| !forms.is_empty()).collect();
        assert_eq!(found, [(1, [3].as_slice()), (2, &[0]), (3, &[1])]);
        assert_eq!(trie.prefixes(&[]).count(), 0);
    }
}
