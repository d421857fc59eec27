//! The seams around words that come and go.

use crate::act::Block;
use crate::text::{Moment, OpId, Role, Run};

/// Whether a letter is a space inside a line.
pub fn is_space(letter: char) -> bool {
    letter == ' ' || letter == '\u{a0}'
}

/// Whether words start with a mark that has no space before it.
pub fn hugs_left(words: &str) -> bool {
    words.starts_with([',', ';', ':', '.'])
}

/// Leaves one space where words of a line left or came by an operation, and none at the start of
/// a line or cell, before `, ; : .`, or at the end.
pub fn mend(block: &mut Block, op: OpId) {
    let then = Moment(op.0);
    if !block.life.alive(then) {
        return;
    }
    // From the last one on: what stands before the space at a seam keeps its place.
    let mut changed = usize::MAX;
    for seam in seams(block, op).into_iter().rev() {
        let at = seam.at.min(changed);
        let shown = block.shown(then);
        let (before, after) = shown.split_at(at);
        let left = before.trim_end_matches(is_space);
        let right = after.trim_start_matches(is_space);
        let (spaces, more) = (before.len() - left.len(), after.len() - right.len());
        let opens = left.is_empty() || left.ends_with(['\t', '\n']);
        let closes = right.trim_start_matches(' ').is_empty() || right.starts_with(['\t', '\n']);
        let word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let range = if opens {
            at..at + more
        } else if closes || hugs_left(right) {
            left.len()..at + more
        } else if spaces > 0 {
            at..at + more
        } else {
            at..at
        };
        changed = range.start;
        let parts = word(left.chars().next_back()) && word(right.chars().next());
        if !range.is_empty() {
            block.text.splice(range, then, Vec::new(), op);
        } else if seam.parted && parts && spaces + more == 0 {
            let space = Run::new(" ", Role::Text).born(op);
            block.text.splice(range, then, vec![space], op);
        }
    }
}

/// A place where words of a line left or came.
struct Seam {
    /// In bytes of what is shown after the operation.
    at: usize,
    /// Whether what left there starts with a space, or with a mark that parted the words beside it.
    parted: bool,
}

/// The seams of an operation in a line.
fn seams(block: &Block, op: OpId) -> Vec<Seam> {
    let then = Moment(op.0);
    let mut seams: Vec<Seam> = Vec::new();
    let mut at = 0;
    // What has left at this place.
    let mut gone = String::new();
    let mut touched = false;
    for run in block.text.0.iter().filter(|run| !run.shown().is_empty()) {
        let Run { life, .. } = run;
        if life.died().is_some_and(|died| died <= op) {
            gone.push_str(run.shown());
            touched |= life.died() == Some(op) && life.born() != Some(op);
        } else if life.alive(then) {
            let comes = life.born() == Some(op);
            if touched || comes {
                seams.push(seam(at, &gone));
            }
            gone.clear();
            touched = comes;
            at += run.shown().len();
        }
    }
    if touched {
        seams.push(seam(at, &gone));
    }
    seams
}

fn seam(at: usize, gone: &str) -> Seam {
    let parted = gone.starts_with(is_space) || hugs_left(gone);
    Seam { at, parted }
}
