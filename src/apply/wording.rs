//! Words replaced, inserted and deleted.

use std::ops::Range;

use super::plan::{Edit, Planned, Planner, scope};
use super::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::operation::{Action, Position};
use crate::place::Place;

impl Planner<'_, '_> {
    pub fn words(&self, place: &Place) -> Planned {
        let mut edits = Vec::new();
        let mut scope = scope(self.view, place);
        for address in &self.operation.except {
            let kept = self.view.resolve(&address.0)?;
            let piece = kept.piece.as_ref().map(|piece| &piece.range);
            let blocks = kept.blocks();
            scope.retain(|(block, range)| {
                !blocks.contains(block) || piece.is_some_and(|piece| piece != range)
            });
        }
        let (old, new, count) = match &self.operation.action {
            Action::ReplaceWords { old, new, count } => (old, new.as_str(), count),
            Action::DeleteWords { old, count } => (old, "", count),
            Action::InsertWords {
                position: Position::End,
                new,
                ..
            } => return self.words_at_end(place, new),
            Action::InsertWords {
                anchor, new, count, ..
            } => (anchor, new.as_str(), count),
            _ => return Ok(self.made(place, edits)),
        };
        // «точку заменить точкой с запятой»: the mark that closes the unit is meant.
        let closes = matches!(old.trim(), "." | ";");
        let end = scope.last().map(|(block, _)| *block);
        for (block, range) in &scope {
            let shown = self.view.shown(*block);
            let text = &shown[range.clone()];
            let anchors = self
                .operation
                .after
                .as_ref()
                .map(|it| words::find(text, it));
            for found in words::find(text, old) {
                if closes && (Some(*block) != end || found.end < text.trim_end().len()) {
                    continue;
                }
                let behind = |anchor: &Range<usize>| {
                    let between = text.get(anchor.end..found.start);
                    between.is_some_and(|it| it.trim().is_empty())
                };
                if anchors.as_ref().is_some_and(|it| !it.iter().any(behind)) {
                    continue;
                }
                let (strike, come) = match &self.operation.action {
                    Action::InsertWords { position, .. } => {
                        let before = *position == Position::Before;
                        let (at, words) = words::beside(text, found, before, new);
                        (at..at, words)
                    }
                    _ => (found, new.to_string()),
                };
                let strike = range.start + strike.start..range.start + strike.end;
                let runs = self.runs_in(*block, strike.start, &come);
                edits.push(Edit::Splice(*block, strike, runs));
            }
        }
        if edits.is_empty() {
            return Err(match &self.operation.after {
                Some(before) => {
                    let at = place.address();
                    let message = format!("«{old}» does not stand behind «{before}» in {at}");
                    self.refuse(Code::WordsNotFound, place, message)
                }
                None => self.words_missing(place, &scope, old, new),
            });
        }
        let mark = !old.contains(|it: char| it.is_alphanumeric() || "%№°".contains(it));
        if mark && count.is_none() && edits.len() > 1 {
            let (times, at) = (edits.len(), place.address());
            let message = format!("«{old}» stands {times} times in {at}");
            return Err(self
                .refuse(Code::CountMismatch, place, message)
                .help("name the words beside it, or give the `count` to change all"));
        }
        if let Some(count) = count
            && *count != edits.len()
        {
            return Err(self.refuse(
                Code::CountMismatch,
                place,
                format!(
                    "«{old}» stands {} times in {}, the operation says {count}",
                    edits.len(),
                    place.address()
                ),
            ));
        }
        let mut plan = self.made(place, Vec::new());
        plan.places = edits.len();
        plan.edits = edits;
        Ok(plan)
    }

    pub fn words_at_end(&self, place: &Place, new: &str) -> Planned {
        let Some((block, range)) = scope(self.view, place).pop() else {
            return Err(self.refuse(
                Code::AddressNotFound,
                place,
                format!("{} has no text to add to", place.address()),
            ));
        };
        let shown = self.view.shown(block);
        let (at, words) = words::end(&shown[range.clone()], new);
        let at = range.start + at;
        let edit = Edit::Splice(block, at..at, self.runs_in(block, at, &words));
        Ok(self.made(place, vec![edit]))
    }

    pub fn words_missing(
        &self,
        place: &Place,
        scope: &[(usize, Range<usize>)],
        old: &str,
        new: &str,
    ) -> Diagnostic {
        let problem = self.refuse(
            Code::WordsNotFound,
            place,
            format!("«{old}» does not stand in {}", place.address()),
        );
        let texts = || {
            scope
                .iter()
                .map(|(block, range)| self.view.shown(*block)[range.clone()].to_string())
        };
        if !new.is_empty() && texts().any(|text| !words::find(&text, new).is_empty()) {
            return problem.help(format!("the new words «{new}» stand there already"));
        }
        match texts().find_map(|text| words::nearest(&text, old)) {
            Some(passage) => problem.help(format!(
                "the nearest passage is «{passage}»; against the words of the clause: {}",
                words::compared(old, &passage)
            )),
            None => problem,
        }
    }
}
