//! The changes of words that one verb orders.

use super::piece::Piece;
use super::verb::Edit;
use crate::lang::drafting::{Case, Form, Mark};
use crate::operation::Position;

/// «"A" деген сөздерден кейінгі "B" деген сөздер»: the words behind which those stand that are
/// changed, and what is left.
fn behind(pieces: &[Piece]) -> (Option<String>, &[Piece]) {
    match pieces {
        [Piece::Words(before, _), Piece::Mark(Mark::After), rest @ ..] if before.len() == 1 => {
            (before.first().cloned(), rest)
        }
        _ => (None, pieces),
    }
}

/// The new words for each of so many old ones: one for all, or as many.
fn paired(count: usize, new: &[String]) -> Option<Vec<String>> {
    match new {
        [one] => Some(vec![one.clone(); count]),
        many if count == many.len() => Some(many.to_vec()),
        _ => None,
    }
}

/// «"A" деген сөздер "B" деген сөздермен», as often as it stands.
pub fn swaps(pieces: &[Piece]) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let pairwise = Piece::Mark(Mark::Pairwise);
    let pieces: Vec<Piece> = pieces
        .iter()
        .filter(|it| **it != pairwise)
        .cloned()
        .collect();
    let mut rest = pieces.as_slice();
    while !rest.is_empty() {
        let (after, pair) = behind(rest);
        let [
            Piece::Words(old, old_form),
            Piece::Words(new, new_form),
            more @ ..,
        ] = pair
        else {
            return None;
        };
        // «сөздермен ауыстырылсын», «сөздерге ауыстырылсын»
        let comes = |form: &Form| matches!(form.case, Case::Instrumental | Case::Dative);
        if comes(old_form) || !comes(new_form) {
            return None;
        }
        let pairs = old.iter().cloned().zip(paired(old.len(), new)?);
        edits.extend(pairs.map(|(old, new)| Edit::Swap(old, new, after.clone())));
        rest = more;
    }
    (!edits.is_empty()).then_some(edits)
}

/// «"A" деген сөздерден кейін "B" деген сөздермен», «"B" деген сандармен».
pub fn insertions(pieces: &[Piece]) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let pairwise = Piece::Mark(Mark::Pairwise);
    let mut list = pieces.iter().filter(|it| **it != pairwise).peekable();
    while let Some(piece) = list.next() {
        let Piece::Words(first, form) = piece else {
            return None;
        };
        if form.case == Case::Instrumental {
            edits.extend(
                first
                    .iter()
                    .map(|new| Edit::Insert(Position::End, String::new(), new.clone())),
            );
            continue;
        }
        let side = match list.peek() {
            Some(Piece::Mark(Mark::Before)) => Position::Before,
            _ => Position::After,
        };
        list.next_if(|piece| matches!(piece, Piece::Mark(_)));
        let Some(Piece::Words(new, new_form)) = list.next() else {
            return None;
        };
        if new_form.case != Case::Instrumental {
            return None;
        }
        let pairs = first.iter().zip(paired(first.len(), new)?);
        edits.extend(pairs.map(|(anchor, new)| Edit::Insert(side, anchor.clone(), new)));
    }
    (!edits.is_empty()).then_some(edits)
}

/// «"A" деген сөздер».
pub fn deletions(pieces: &[Piece]) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut rest = pieces;
    while !rest.is_empty() {
        let (after, words) = behind(rest);
        let [Piece::Words(old, form), more @ ..] = words else {
            return None;
        };
        if !form.is_target() {
            return None;
        }
        let olds = old.iter().cloned();
        edits.extend(olds.map(|old| Edit::Delete(old, after.clone())));
        rest = more;
    }
    (!edits.is_empty()).then_some(edits)
}
