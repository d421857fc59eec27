//! Word marks inside a unit that was restated whole – a view, never a source of truth.
//!
//! An act that restates a paragraph does not say which of its words are new.
//! What is marked here is a guess made for the reader, in whole words and in few pieces.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Match, Regex};
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::fold;

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Both texts have it, byte for byte.
    Same,
    /// Both texts have it, with other quotes, dashes, white space or letters that look alike.
    Typographic,
    /// Only the old text has it.
    Deleted,
    /// Only the new text has it.
    Inserted,
}

/// A stretch of two texts.
///
/// Joining `old` of all gives the old text byte for byte, joining `new` the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// What became of it.
    pub change: Change,
    /// Its old text, empty if it was inserted.
    pub old: &'a str,
    /// Its new text, empty if it was deleted.
    pub new: &'a str,
}

/// How the paragraphs of a restated unit answer one another; they are counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// An old paragraph and the new one that took its place.
    Both(usize, usize),
    /// An old paragraph that has no new one.
    Old(usize),
    /// A new paragraph that has no old one.
    New(usize),
}

/// Marks what changed from one form of a paragraph, or of a row with tabs between its cells, to another.
///
/// Marks hold whole words, and what was deleted comes before what was inserted in its place.
/// A mark covers a tab only where a whole cell came or went.
pub fn words<'a>(old: &'a str, new: &'a str) -> Vec<Segment<'a>> {
    let old_cells: Vec<&str> = old.split_inclusive('\t').collect();
    let new_cells: Vec<&str> = new.split_inclusive('\t').collect();
    let pairs = if old_cells.len() == new_cells.len() {
        (0..old_cells.len()).map(|i| Pair::Both(i, i)).collect()
    } else {
        paragraphs(&old_cells, &new_cells)
    };
    let mut pieces = Vec::new();
    for pair in pairs {
        match pair {
            Pair::Both(i, j) => cell(old_cells[i], new_cells[j], &mut pieces),
            Pair::Old(i) => pieces.push(Piece(false, old_cells[i], "")),
            Pair::New(j) => pieces.push(Piece(false, "", new_cells[j])),
        }
    }
    segments(old, new, &pieces)
}

/// Pairs the paragraphs of two forms of a unit, in reading order.
///
/// Paragraphs with equal keys pair first, then, between these, those that share half their words or more.
/// The time grows with the product of the two counts, but only where no paragraph stayed.
pub fn paragraphs(old: &[&str], new: &[&str]) -> Vec<Pair> {
    let mut dictionary = Dictionary::default();
    let old_keys = dictionary.numbers(old.iter().copied());
    let new_keys = dictionary.numbers(new.iter().copied());
    let mut both = Vec::new();
    let (mut i, mut j) = (0, 0);
    for hunk in hunks(&old_keys, &new_keys) {
        both.extend((i..hunk.old.start).zip(j..));
        let old_words = bags(&old[hunk.old.clone()], &mut dictionary);
        let new_words = bags(&new[hunk.new.clone()], &mut dictionary);
        let likely = likeliest(&old_words, &new_words);
        both.extend(
            likely
                .iter()
                .map(|(i, j)| (hunk.old.start + i, hunk.new.start + j)),
        );
        (i, j) = (hunk.old.end, hunk.new.end);
    }
    both.extend((i..old.len()).zip(j..));
    let mut pairs = Vec::new();
    (i, j) = (0, 0);
    for (old, new) in both {
        pairs.extend((i..old).map(Pair::Old));
        pairs.extend((j..new).map(Pair::New));
        pairs.push(Pair::Both(old, new));
        (i, j) = (old + 1, new + 1);
    }
    pairs.extend((i..old.len()).map(Pair::Old));
    pairs.extend((j..new.len()).map(Pair::New));
    pairs
}

/// Numbers for keys: texts with equal keys have equal numbers.
#[derive(Default)]
struct Dictionary(HashMap<String, u32>);

impl Dictionary {
    fn numbers<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> Vec<u32> {
        let number = |text| {
            let next = self.0.len() as u32;
            *self.0.entry(fold::key(text)).or_insert(next)
        };
        texts.map(number).collect()
    }
}

/// The words of each paragraph, numbered and sorted, each as often as it occurs.
fn bags(paragraphs: &[&str], dictionary: &mut Dictionary) -> Vec<Vec<u32>> {
    let mut bags = Vec::new();
    for paragraph in paragraphs {
        let tokens = tokens(paragraph);
        let words = tokens.iter().filter(|token| token.weight > 0);
        let mut bag = dictionary.numbers(words.map(|word| word.text));
        bag.sort_unstable();
        bags.push(bag);
    }
    bags
}

/// Pairs bags of words, in order, so that the likeness of the pairs adds up to the most.
fn likeliest(old: &[Vec<u32>], new: &[Vec<u32>]) -> Vec<(usize, usize)> {
    // `best[i][j]` is the most that the bags from `i` and from `j` on add up to.
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let both = likeness(&old[i], &new[j]).map_or(0, |it| it + best[i + 1][j + 1]);
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if best[i][j] == best[i + 1][j] {
            i += 1;
        } else if best[i][j] == best[i][j + 1] {
            j += 1;
        } else {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        }
    }
    pairs
}

/// The share of words that two bags have in common, in thousandths, if it is half of them or more.
fn likeness(old: &[u32], new: &[u32]) -> Option<usize> {
    let all = old.len() + new.len();
    if 4 * old.len().min(new.len()) < all {
        return None;
    }
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < old.len() && j < new.len() {
        match old[i].cmp(&new[j]) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    (all > 0 && 4 * common >= all).then(|| 2000 * common / all)
}

/// A word, a label or a mark, and the white space after it.
struct Token<'a> {
    text: &'a str,
    space: &'a str,
    /// How much it says, in quarters of a word: `және` counts less than `білім`, a mark not at all.
    weight: usize,
}

/// Labels (`13-1)`, `95.`, `17-бап.`), signs with an ending (`%-дан`), words (`ТЖКБ-ның`, `2,6`) and marks.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let letter = r"[\w\u{ad}\u{200b}-\u{200f}\u{2060}\u{feff}]";
    let dash = r"[-\u{2010}-\u{2015}\u{2212}]";
    let part = format!(r"(?:\d+(?:[.,]\d+)+{letter}*|{letter}+)");
    let word = format!(r"{part}(?:(?:{dash}|['\u{{2019}}]){part})*");
    let number = format!(r"\d{letter}*(?:\.\d+|{dash}{letter}+)*");
    let label = format!(r"^(?:{number}|\pL|[IVXL\u{{406}}\u{{425}}]+)[).](?:\s+|$)");
    let pattern = format!(r"(?m){label}|(?:%{dash}{word}|{word}|''|\S)\s*|\s+");
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// The tokens of a text. White space at its start is a token without text.
fn tokens<'a>(text: &'a str) -> Vec<Token<'a>> {
    let token = |found: Match<'a>| {
        let text = found.as_str().trim_end();
        let weight = match text.chars().filter(|c| c.is_alphanumeric()).count() {
            0 => 0,
            1..4 if !text.contains(char::is_numeric) => 1,
            _ => 4,
        };
        Token {
            text,
            space: &found.as_str()[text.len()..],
            weight,
        }
    };
    TOKEN.find_iter(text).map(token).collect()
}

/// Things that changed: old ones, and the new ones in their place.
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
}

/// What changed between two rows of keys, in order.
fn hunks(old: &[u32], new: &[u32]) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        let (tag, old, new) = op.as_tag_tuple();
        match hunks.last_mut() {
            _ if tag == DiffTag::Equal => {}
            Some(last) if last.old.end == old.start && last.new.end == new.start => {
                (last.old.end, last.new.end) = (old.end, new.end);
            }
            _ => hunks.push(Hunk { old, new }),
        }
    }
    hunks
}

/// Joins hunks that a reader would not tell apart, all of them if little stayed.
fn gathered(hunks: Vec<Hunk>, old: &[Token], new: &[Token]) -> Vec<Hunk> {
    let all = Hunk {
        old: 0..old.len(),
        new: 0..new.len(),
    };
    let size = |hunk: &Hunk| weight(&old[hunk.old.clone()]) + weight(&new[hunk.new.clone()]);
    let kept = size(&all) - hunks.iter().map(size).sum::<usize>();
    if hunks.len() > 1 && 10 * kept < 3 * size(&all) {
        return vec![all];
    }
    let mut gathered: Vec<Hunk> = Vec::new();
    for mut hunk in hunks {
        while let Some(before) = gathered.pop_if(|before| are_one(before, &hunk, old, new)) {
            (hunk.old.start, hunk.new.start) = (before.old.start, before.new.start);
        }
        gathered.push(hunk);
    }
    gathered
}

/// Whether what stands between two hunks is too little to keep them apart.
fn are_one(before: &Hunk, after: &Hunk, old: &[Token], new: &[Token]) -> bool {
    let between = &old[before.old.end..after.old.start];
    let is_swap = |hunk: &Hunk| hunk.old.len() <= 1 && hunk.new.len() <= 1;
    let ends_sentence = |token: &Token| matches!(token.text, "." | ";");
    // Two numbers changed side by side are two changes, and so are changes in two sentences.
    if is_swap(before) && is_swap(after) || between.iter().any(ends_sentence) {
        return false;
    }
    let size = |hunk: &Hunk| {
        let old = weight(&old[hunk.old.clone()]);
        old.max(weight(&new[hunk.new.clone()]))
    };
    let (between, before, after) = (weight(between), size(before), size(after));
    2 * between <= before.min(after) || between <= 4 && before.max(after) >= 12
}

fn weight(tokens: &[Token]) -> usize {
    tokens.iter().map(|token| token.weight).sum()
}

/// A piece of an old text, of a new one, and whether one is the other in the same or in other letters.
struct Piece<'a>(bool, &'a str, &'a str);

/// Takes two cells to pieces.
fn cell<'a>(old: &'a str, new: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let (old, old_tab) = old.split_at(old.trim_end_matches('\t').len());
    let (new, new_tab) = new.split_at(new.trim_end_matches('\t').len());
    let (old, new) = (tokens(old), tokens(new));
    let mut dictionary = Dictionary::default();
    let old_keys = dictionary.numbers(old.iter().map(|token| token.text));
    let new_keys = dictionary.numbers(new.iter().map(|token| token.text));
    let mut hunks = gathered(hunks(&old_keys, &new_keys), &old, &new);
    hunks.push(Hunk {
        old: old.len()..old.len(),
        new: new.len()..new.len(),
    });
    let (mut i, mut j) = (0, 0);
    for hunk in hunks {
        for (old, new) in old[i..hunk.old.start].iter().zip(&new[j..hunk.new.start]) {
            pieces.push(Piece(true, old.text, new.text));
            // White space that differs goes with the words that changed after it, if any did.
            pieces.push(Piece(old.space == new.space, old.space, new.space));
        }
        for token in &old[hunk.old.clone()] {
            pieces.extend([Piece(false, token.text, ""), Piece(false, token.space, "")]);
        }
        for token in &new[hunk.new.clone()] {
            pieces.extend([Piece(false, "", token.text), Piece(false, "", token.space)]);
        }
        (i, j) = (hunk.old.end, hunk.new.end);
    }
    pieces.push(Piece(old_tab == new_tab, old_tab, new_tab));
}

/// Cuts two texts into segments, as few as the pieces allow.
fn segments<'a>(mut old: &'a str, mut new: &'a str, pieces: &[Piece]) -> Vec<Segment<'a>> {
    let mut segments = Vec::new();
    let mut cut = |change, old_bytes: usize, new_bytes: usize| {
        let (old_text, old_rest) = old.split_at(old_bytes);
        let (new_text, new_rest) = new.split_at(new_bytes);
        (old, new) = (old_rest, new_rest);
        if old_bytes + new_bytes > 0 {
            segments.push(Segment {
                change,
                old: old_text,
                new: new_text,
            });
        }
    };
    let mut same = 0;
    for run in pieces.chunk_by(|a, b| !a.0 && !b.0) {
        let old: String = run.iter().map(|piece| piece.1).collect();
        let new: String = run.iter().map(|piece| piece.2).collect();
        if old == new {
            same += old.len();
            continue;
        }
        cut(Change::Same, same, same);
        // A tab is the edge of a cell, not mere white space.
        if fold::key(&old) == fold::key(&new) && old.contains('\t') == new.contains('\t') {
            cut(Change::Typographic, old.len(), new.len());
            same = 0;
        } else {
            let ends = old.chars().rev().zip(new.chars().rev());
            let space = ends.take_while(|(old, new)| old == new && old.is_whitespace());
            same = space.map(|(c, _)| c.len_utf8()).sum();
            cut(Change::Deleted, old.len() - same, 0);
            cut(Change::Inserted, 0, new.len() - same);
        }
    }
    cut(Change::Same, same, same);
    segments
}
