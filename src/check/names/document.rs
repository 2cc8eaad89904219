//! One document with what the name checks share: its words, and indexes of what stands in which line.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::readings::Readings;
use super::words;
use crate::check::Context;
use crate::span::Span;
use crate::token::Token;

/// Lines of more bytes are no sentences; their names are not compared.
pub(super) const LONGEST_LINE: usize = 12_000;

/// A document of a bitext. Lines go by their index in the bitext.
#[derive(Debug)]
pub(super) struct Document<'c> {
    pub(super) context: &'c Context<'c>,
    range: Range<usize>,
    /// The words of each source line in Japanese.
    tokens: Vec<Vec<Token<'c>>>,
    /// The lines whose source has two characters side by side.
    by_pair: FxHashMap<(char, char), Vec<usize>>,
    /// The lines whose target has an unbroken run of letters.
    by_piece: FxHashMap<&'c str, Vec<usize>>,
    pub(super) readings: Readings<'c>,
}

impl<'c> Document<'c> {
    /// Reads the lines of a bitext that are one document.
    pub(super) fn new(context: &'c Context<'c>, range: Range<usize>) -> Self {
        use rayon::prelude::*;
        let mut document = Self {
            context,
            range: range.clone(),
            tokens: Vec::new(),
            by_pair: FxHashMap::default(),
            by_piece: FxHashMap::default(),
            readings: Readings::new(context),
        };
        if context.bitext.source.is_japanese() {
            document.tokens =
                range.clone().into_par_iter().map(|line| context.tokenizer.tokens(document.source(line))).collect();
        }
        for line in range {
            document.index(line);
        }
        document
    }

    fn index(&mut self, line: usize) {
        fn add(lines: &mut Vec<usize>, line: usize) {
            if lines.last() != Some(&line) {
                lines.push(line);
            }
        }
        let (source, target) = (self.source(line), self.target(line));
        for pair in source.chars().zip(source.chars().skip(1)) {
            add(self.by_pair.entry(pair).or_default(), line);
        }
        for piece in words::pieces(target) {
            add(self.by_piece.entry(piece).or_default(), line);
        }
        self.readings.harvest(source);
    }

    /// The lines.
    pub(super) fn lines(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The source of a line; empty in lines that are too long.
    pub(super) fn source(&self, line: usize) -> &'c str {
        self.text(line).0
    }

    /// The target of a line; empty in lines that are too long.
    pub(super) fn target(&self, line: usize) -> &'c str {
        self.text(line).1
    }

    fn text(&self, line: usize) -> (&'c str, &'c str) {
        match self.context.bitext.lines.get(line) {
            Some(line) if line.source.len() <= LONGEST_LINE && line.target.len() <= LONGEST_LINE => {
                (&line.source, &line.target)
            }
            _ => ("", ""),
        }
    }

    /// The words of a source line; none unless it is Japanese.
    pub(super) fn tokens(&self, line: usize) -> &[Token<'c>] {
        let at = line.checked_sub(self.range.start);
        at.and_then(|at| self.tokens.get(at)).map_or(&[], Vec::as_slice)
    }

    /// The lines whose source holds `run`.
    pub(super) fn lines_with<'d>(&'d self, run: &'d str) -> impl Iterator<Item = usize> + 'd {
        let pairs = run.chars().zip(run.chars().skip(1));
        let lists = pairs.map(|pair| self.by_pair.get(&pair).map_or(&[][..], Vec::as_slice));
        let rarest = lists.min_by_key(|list| list.len()).unwrap_or_default();
        rarest.iter().copied().filter(move |line| self.source(*line).contains(run))
    }

    /// The lines whose target holds `name` as whole words.
    pub(super) fn lines_rendering<'d>(&'d self, name: &'d str) -> impl Iterator<Item = usize> + 'd {
        let lists = words::pieces(name).map(|piece| self.by_piece.get(piece).map_or(&[][..], Vec::as_slice));
        let rarest = lists.min_by_key(|list| list.len()).unwrap_or_default();
        rarest.iter().copied().filter(move |line| words::contains(self.target(*line), name))
    }

    /// Whether a word begins or ends at these places of a source line.
    pub(super) fn is_word_edge(&self, line: usize, start: Option<usize>, end: Option<usize>) -> bool {
        let tokens = self.tokens(line);
        let has = |test: &dyn Fn(Span) -> bool| tokens.iter().any(|token| test(token.span));
        start.is_none_or(|start| has(&|span| span.start == start)) && end.is_none_or(|end| has(&|span| span.end == end))
    }

    /// The renderings of a word in all word lists.
    pub(super) fn renderings(&self, word: &str) -> Vec<String> {
        let lists = self.context.lexicons.iter();
        lists.flat_map(|list| list.renderings(word).into_owned()).map(|r| r.text.into_owned()).collect()
    }

    /// The renderings of a word that are names.
    pub(super) fn names_for(&self, word: &str) -> Vec<String> {
        let mut renderings = self.renderings(word);
        renderings.retain(|text| text.chars().next().is_some_and(char::is_uppercase));
        renderings
    }

    /// The ways of writing a name that the dictionary of names has.
    pub(super) fn in_dictionary(&self, name: &str) -> Vec<String> {
        let renderings = self.context.name_dictionary.map(|list| list.renderings(name).into_owned());
        renderings.unwrap_or_default().into_iter().map(|rendering| rendering.text.into_owned()).collect()
    }

    /// Whether a word list has the source word.
    pub(super) fn is_listed(&self, word: &str) -> bool {
        self.context.lexicons.iter().any(|list| list.contains(word))
    }
}
