//! Word marks inside a unit that was restated whole – a view, never a source of truth.
//!
//! An act that restates a paragraph does not say which of its words are new.
//! What is marked here is a guess made for the reader, in whole words and in few pieces.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

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
    let (old_cells, new_cells) = (cells(old), cells(new));
    let pairs = if old_cells.len() == new_cells.len() {
        (0..old_cells.len()).map(|i| Pair::Both(i, i)).collect()
    } else {
        paragraphs(&old_cells, &new_cells)
    };
    let mut pieces = Vec::new();
    for pair in pairs {
        match pair {
            Pair::Both(i, j) => pieces.extend(cell(old_cells[i], new_cells[j])),
            Pair::Old(i) => pieces.push(Piece(false, old_cells[i].len(), 0)),
            Pair::New(j) => pieces.push(Piece(false, 0, new_cells[j].len())),
        }
    }
    segments(old, new, pieces)
}

/// The cells of a row, each with the tab after it; the last one has none.
fn cells(row: &str) -> Vec<&str> {
    let mut cells: Vec<&str> = row.split_inclusive('\t').collect();
    if cells.last().is_none_or(|cell| cell.ends_with('\t')) {
        cells.push("");
    }
    cells
}

/// Pairs the paragraphs of two forms of a unit, in reading order.
///
/// Paragraphs with equal keys pair first, then, between these, those that share half their words or more.
/// The time grows with the product of the two counts, but only where no paragraph stayed.
pub fn paragraphs(old: &[&str], new: &[&str]) -> Vec<Pair> {
    fn plain<'t>(texts: &[&'t str]) -> Vec<((), &'t str)> {
        texts.iter().map(|text| ((), *text)).collect()
    }
    paragraphs_of_kinds(&plain(old), &plain(new))
}

/// The same where each paragraph is of some kind, and only those of one kind pair.
pub fn paragraphs_of_kinds<K>(old: &[(K, &str)], new: &[(K, &str)]) -> Vec<Pair>
where
    K: Copy + Ord + Hash,
{
    let mut numbers = HashMap::new();
    let mut kinds_and_keys = |texts: &[(K, &str)]| -> Vec<(K, u32)> {
        let keys = keys(texts.iter().map(|(_, text)| *text), &mut numbers);
        texts.iter().map(|(kind, _)| *kind).zip(keys).collect()
    };
    let old_keys = kinds_and_keys(old);
    let new_keys = kinds_and_keys(new);
    let mut both = Vec::new();
    let (mut i, mut j) = (0, 0);
    for Hunk { old: o, new: n } in hunks(&old_keys, &new_keys) {
        both.extend((i..o.start).zip(j..));
        (i, j) = (o.end, n.end);
        let likely = likeliest(&old[o.clone()], &new[n.clone()], &mut numbers);
        both.extend(likely.iter().map(|(i, j)| (o.start + i, n.start + j)));
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

/// Each key that was seen, by its number.
type Numbers = HashMap<String, u32>;

/// The numbers of the keys of texts; equal keys have equal numbers.
fn keys<'t>(texts: impl Iterator<Item = &'t str>, numbers: &mut Numbers) -> Vec<u32> {
    let number = |text| {
        let next = numbers.len() as u32;
        *numbers.entry(fold::key(text)).or_insert(next)
    };
    texts.map(number).collect()
}

/// Pairs paragraphs, in order, so that the likeness of the pairs adds up to the most.
fn likeliest<K: Copy + Eq>(
    old: &[(K, &str)],
    new: &[(K, &str)],
    numbers: &mut Numbers,
) -> Vec<(usize, usize)> {
    let mut words = |(kind, paragraph): &(K, &str)| {
        let words = tokens(paragraph).into_iter().filter(Token::is_word);
        let mut words = keys(words.map(|word| word.text), numbers);
        words.sort_unstable();
        (*kind, words)
    };
    let old: Vec<(K, Vec<u32>)> = old.iter().map(&mut words).collect();
    let new: Vec<(K, Vec<u32>)> = new.iter().map(&mut words).collect();
    // `best[i][j]` is the most that the first `i` and the first `j` paragraphs add up to.
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in 0..old.len() {
        for j in 0..new.len() {
            let ((old_kind, old), (new_kind, new)) = (&old[i], &new[j]);
            let likeness = if old_kind == new_kind {
                likeness(old, new)
            } else {
                0
            };
            let both = best[i][j] + likeness;
            best[i + 1][j + 1] = both.max(best[i][j + 1]).max(best[i + 1][j]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (old.len(), new.len());
    while i > 0 && j > 0 {
        if best[i][j] == best[i - 1][j] {
            i -= 1;
        } else if best[i][j] == best[i][j - 1] {
            j -= 1;
        } else {
            (i, j) = (i - 1, j - 1);
            pairs.push((i, j));
        }
    }
    pairs.reverse();
    pairs
}

/// The share of words that two sorted lists have in common, in thousandths, or 0 if it is below half.
fn likeness(old: &[u32], new: &[u32]) -> usize {
    let all = old.len() + new.len();
    // The shorter list bounds what can be common.
    if all == 0 || 4 * old.len().min(new.len()) < all {
        return 0;
    }
    let mut rest = new.iter().peekable();
    let is_common = |word: &&u32| {
        while rest.next_if(|next| next < word).is_some() {}
        rest.next_if_eq(word).is_some()
    };
    let both = old.iter().filter(is_common).count();
    if 4 * both < all { 0 } else { 2000 * both / all }
}

/// A word, a label or a mark, and the white space after it.
struct Token<'a> {
    text: &'a str,
    gap: &'a str,
}

impl Token<'_> {
    fn is_word(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }

    /// Whether it is a figure or a word of four letters or more, `білім` and not `мен`.
    fn is_content(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic());
        letters.count() >= 4 || self.text.contains(char::is_numeric)
    }
}

/// Labels (`13-1)`, `95.`, `17-бап.`), signs with an ending (`%-дан`), words (`ТЖКБ-ның`, `2,6`) and marks.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let letter = r"[\w\pN\u{ad}\u{200b}-\u{200f}\u{2060}\u{feff}]";
    let dash = r"[-\u{2010}-\u{2015}\u{2212}]";
    let part = format!(r"(?:\d+(?:[.,]\d+)+{letter}*|{letter}+)");
    let word = format!(r"{part}(?:(?:{dash}|['\u{{2019}}]){part})*");
    let number = format!(r"\d{letter}*(?:\.\d+|{dash}{letter}+)*");
    let label = format!(r"^(?:{number}|\pL|[IVXL\u{{406}}\u{{425}}]+)[).](?:\s+|$)");
    let pattern = format!(r"(?m){label}|(?:%{dash}{word}|{word}|''|\S)\s*|\s+");
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// The tokens of a text. White space at its start is a token without text.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for found in TOKEN.find_iter(text) {
        let text = found.as_str().trim_end();
        let gap = &found.as_str()[text.len()..];
        tokens.push(Token { text, gap });
    }
    tokens
}

/// Things that changed: old ones, and the new ones in their place.
struct Hunk {
    old: Range<usize>,
    new: Range<usize>,
}

impl Hunk {
    fn new(old: Range<usize>, new: Range<usize>) -> Hunk {
        Hunk { old, new }
    }

    /// Its words, the old and the new ones.
    fn words<'t>(&self, old: &'t [Token], new: &'t [Token]) -> impl Iterator<Item = &'t Token<'t>> {
        let tokens = old[self.old.clone()].iter().chain(&new[self.new.clone()]);
        tokens.filter(|token| token.is_word())
    }
}

/// What changed between two rows of keys, in order.
fn hunks<T: Ord + Hash>(old: &[T], new: &[T]) -> Vec<Hunk> {
    let hunk = |op: &DiffOp| Hunk::new(op.old_range(), op.new_range());
    let ops = capture_diff_slices(Algorithm::Patience, old, new);
    ops.iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(hunk)
        .collect()
}

/// Joins hunks that a reader would not tell apart, and all of them if less than 30 % of the words stayed.
fn gathered(hunks: Vec<Hunk>, old: &[Token], new: &[Token]) -> Vec<Hunk> {
    let all = Hunk::new(0..old.len(), 0..new.len());
    let changed = hunks.iter().flat_map(|hunk| hunk.words(old, new)).count();
    if hunks.len() > 1 && 10 * changed > 7 * all.words(old, new).count() {
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
    let between = before.old.end..after.old.start;
    let ends_sentence = |token: &Token| matches!(token.text, "." | ";");
    let is_swap = |hunk: &Hunk| hunk.old.len() <= 1 && hunk.new.len() <= 1;
    // Two numbers changed side by side are two changes, and so are changes in two sentences.
    if is_swap(before) && is_swap(after) || old[between.clone()].iter().any(ends_sentence) {
        return false;
    }
    let kept = old[between].iter().filter(|it| it.is_content()).count();
    let enough = (4 * kept).max(5);
    let size = |hunk: &Hunk| hunk.words(old, new).take(enough).count();
    let sizes = [size(before), size(after)];
    // Old and new words count together, so a quarter of them is half of one side.
    sizes.iter().all(|size| 4 * kept <= *size) || kept <= 1 && sizes.iter().any(|size| *size >= 5)
}

/// What stayed or did not, by its length in the old and in the new text, in bytes.
struct Piece(bool, usize, usize);

/// Takes a cell to pieces.
fn cell(old: &str, new: &str) -> Vec<Piece> {
    let (old, old_tab) = old.split_at(old.trim_end_matches('\t').len());
    let (new, new_tab) = new.split_at(new.trim_end_matches('\t').len());
    let (old, new) = (tokens(old), tokens(new));
    let mut numbers = HashMap::new();
    let old_keys = keys(old.iter().map(|token| token.text), &mut numbers);
    let new_keys = keys(new.iter().map(|token| token.text), &mut numbers);
    let mut hunks = gathered(hunks(&old_keys, &new_keys), &old, &new);
    hunks.push(Hunk::new(old.len()..old.len(), new.len()..new.len()));
    let bytes = |tokens: &[Token]| {
        tokens
            .iter()
            .map(|token| token.text.len() + token.gap.len())
            .sum()
    };
    let mut pieces = Vec::new();
    let (mut i, mut j) = (0, 0);
    for hunk in hunks {
        for (old, new) in old[i..hunk.old.start].iter().zip(&new[j..hunk.new.start]) {
            pieces.push(Piece(true, old.text.len(), new.text.len()));
            // White space that differs goes with the words that changed after it, if any did.
            pieces.push(Piece(old.gap == new.gap, old.gap.len(), new.gap.len()));
        }
        (i, j) = (hunk.old.end, hunk.new.end);
        pieces.push(Piece(false, bytes(&old[hunk.old]), bytes(&new[hunk.new])));
    }
    pieces.push(Piece(old_tab == new_tab, old_tab.len(), new_tab.len()));
    pieces
}

/// Cuts two texts into segments, as few as the pieces allow.
fn segments<'a>(old: &'a str, new: &'a str, mut pieces: Vec<Piece>) -> Vec<Segment<'a>> {
    pieces.retain(|Piece(_, old, new)| old + new > 0);
    let mut segments = Vec::new();
    let mut rest = (old, new);
    let mut same = 0;
    for run in pieces.chunk_by(|a, b| !a.0 && !b.0) {
        let (o, n) = run
            .iter()
            .fold((0, 0), |sum, piece| (sum.0 + piece.1, sum.1 + piece.2));
        let (old, new) = (&rest.0[same..same + o], &rest.1[same..same + n]);
        if old == new {
            same += o;
            continue;
        }
        segments.push(cut(&mut rest, Change::Same, same, same));
        // A tab is the edge of a cell, not mere white space.
        if fold::key(old) == fold::key(new) && old.contains('\t') == new.contains('\t') {
            segments.push(cut(&mut rest, Change::Typographic, o, n));
            same = 0;
        } else {
            let ends = old.chars().rev().zip(new.chars().rev());
            let space = ends.take_while(|(old, new)| old == new && old.is_whitespace());
            same = space.map(|(c, _)| c.len_utf8()).sum();
            segments.push(cut(&mut rest, Change::Deleted, o - same, 0));
            segments.push(cut(&mut rest, Change::Inserted, 0, n - same));
        }
    }
    segments.push(cut(&mut rest, Change::Same, same, same));
    segments.retain(|segment| !segment.old.is_empty() || !segment.new.is_empty());
    segments
}

/// Cuts a segment, of so many bytes, off the front of two texts.
fn cut<'a>(rest: &mut (&'a str, &'a str), change: Change, old: usize, new: usize) -> Segment<'a> {
    let (old, old_rest) = rest.0.split_at(old);
    let (new, new_rest) = rest.1.split_at(new);
    *rest = (old_rest, new_rest);
    Segment { change, old, new }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_tokens(text: &str, expected: &[&str]) {
        assert_eq!(
            tokens(text)
                .iter()
                .map(|token| token.text)
                .collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn tokens_hold_what_a_reader_takes_for_one_word() {
        check_tokens(
            "13-1) 5 %-дан 2,6 % «НЗМ» ДБҰ-мен 17-бап, Қ.Р.",
            &[
                "13-1)",
                "5",
                "%-дан",
                "2,6",
                "%",
                "«",
                "НЗМ",
                "»",
                "ДБҰ-мен",
                "17-бап",
                ",",
                "Қ",
                ".",
                "Р",
                ".",
            ],
        );
        check_tokens("95.\u{a0}(2-деңгей)", &["95.", "(", "2-деңгей", ")"]);
        check_tokens(
            "4) бір\n5) екі 6) үш",
            &["4)", "бір", "5)", "екі", "6", ")", "үш"],
        );
        check_tokens("IV. 1а 2.6 01.01.2025", &["IV.", "1а", "2.6", "01.01.2025"]);
        check_tokens("2.6 млн", &["2.6", "млн"]);
        check_tokens("17-бап. а) б)", &["17-бап.", "а", ")", "б", ")"]);
        check_tokens(
            "Жоқ. 106–бабының 63–1",
            &["Жоқ", ".", "106–бабының", "63–1"],
        );
        check_tokens(
            "''ет''ті д'Арк со\u{ad}з би\u{306}",
            &["''", "ет", "''", "ті", "д'Арк", "со\u{ad}з", "би\u{306}"],
        );
        check_tokens("  сөз – сөз", &["", "сөз", "–", "сөз"]);
        check_tokens("", &[]);
    }
}
