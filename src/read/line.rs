//! The lines of an amending act: what a reader sees of each, and where it stands in the file.

use std::cell::OnceCell;
use std::ops::Range;

use super::token::{Token, tokens};
use crate::act::{Block, Kind};
use crate::lang::drafting::Lexicon;
use crate::text::{Moment, Role};

/// A line of text, a heading or a row of a table.
#[derive(Debug)]
pub struct Line {
    /// What it is in its file.
    pub kind: Kind,
    /// The words a reader sees, cells parted by tabs.
    pub text: String,
    /// Its bytes in the file, with the empty lines after it.
    pub source: Range<usize>,
    /// Its first and last line in the file, from 1.
    pub numbers: [usize; 2],
    /// For each run of the text, where it starts there and in the file.
    runs: Vec<(usize, usize)>,
    lexicon: &'static Lexicon,
    tokens: OnceCell<Vec<Token>>,
}

/// The lines of a file, from its blocks.
pub fn lines(blocks: &[Block], file: &str, lexicon: &'static Lexicon) -> Vec<Line> {
    let mut first = 1;
    let ends = blocks
        .iter()
        .skip(1)
        .map(|block| block.start)
        .chain([file.len()]);
    blocks
        .iter()
        .zip(ends)
        .map(|(block, end)| {
            let mut runs = Vec::new();
            let mut text = String::new();
            let mut at = block.start;
            for run in &block.text.0 {
                if run.role == Role::Text || !run.shown().is_empty() {
                    runs.push((text.len(), at));
                }
                text.push_str(run.shown());
                at += run.source.len();
            }
            debug_assert_eq!(text, block.shown(Moment::BASE));
            let source = &file[block.start..end];
            let numbers = [first, first + source.trim_end().matches('\n').count()];
            first += source.matches('\n').count();
            Line {
                kind: block.kind.clone(),
                text,
                source: block.start..end,
                numbers,
                runs,
                lexicon,
                tokens: OnceCell::new(),
            }
        })
        .collect()
}

impl Line {
    /// Its tokens.
    pub fn tokens(&self) -> &[Token] {
        self.tokens.get_or_init(|| tokens(&self.text, self.lexicon))
    }

    /// The byte of the file at which a byte of the text stands.
    pub fn place(&self, at: usize) -> usize {
        match self.runs.iter().rfind(|(start, _)| *start <= at) {
            _ if at == 0 => self.source.start,
            Some((start, source)) => (source + at - start).min(self.source.end),
            None => self.source.start,
        }
    }

    /// Whether it shows nothing.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Its words from a byte to another, without white space around them; a row keeps its empty cells.
    pub fn words(&self, range: Range<usize>) -> &str {
        match self.is_row() {
            true => self.text[range].trim_matches(' '),
            false => self.text[range].trim(),
        }
    }

    /// Whether another line follows it without an empty one.
    pub fn is_over(&self, next: &Line) -> bool {
        !next.is_blank() && next.numbers[0] <= self.numbers[1] + 1
    }

    /// Whether it is a row of a table.
    pub fn is_row(&self) -> bool {
        matches!(self.kind, Kind::Row(_))
    }
}
