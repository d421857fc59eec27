//! The runs of a line, piece by piece.

use super::Side;
use crate::text::{Role, Run};

/// Takes runs by lengths of their shown text.
pub struct Cursor<'r, 's> {
    runs: &'s [&'r Run],
    /// How much of the first run's source is taken.
    taken: usize,
}

impl<'r, 's> Cursor<'r, 's> {
    /// At the first of some runs.
    pub fn new(runs: &'s [&'r Run]) -> Cursor<'r, 's> {
        Cursor { runs, taken: 0 }
    }

    /// Whether marks come next that close the words of a cell.
    fn closes(&self) -> bool {
        let markup = |run: &&&Run| run.role == Role::Markup;
        let marks = self.runs.iter().take_while(markup);
        let closing = self.taken == 0 && marks.clone().any(|run| !run.source.trim().is_empty());
        closing
            && self
                .runs
                .get(marks.count())
                .is_some_and(|run| run.is_border())
    }

    /// The next `length` bytes of shown text with the markup before them, and that which closes a
    /// cell; all that is left where it is the last.
    pub fn take(&mut self, length: usize, last: bool) -> Side<'r> {
        let mut side = Side::default();
        while let Some(run) = self.runs.first() {
            let missing = length - side.shown.len().min(length);
            if missing == 0 && !last && (length == 0 || !self.closes()) {
                break;
            }
            let rest = &run.source[self.taken..];
            match &run.role {
                Role::Text if rest.len() > missing => {
                    side.source += &rest[..missing];
                    side.shown += &rest[..missing];
                    self.taken += missing;
                    break;
                }
                Role::Text => {
                    side.source += rest;
                    side.shown += rest;
                }
                Role::Markup | Role::As(_) => {
                    side.source += rest;
                    side.shown += run.shown();
                }
            }
            self.taken = 0;
            self.runs = &self.runs[1..];
        }
        side
    }

    /// How many blanks open the cell that comes next; the one that closes it is not among them.
    pub fn blanks(&self) -> usize {
        let mut count: usize = 0;
        for run in self.runs {
            if run.role != Role::Markup {
                return count.saturating_sub(usize::from(run.is_border()));
            }
            let blanks = run.source.bytes().take_while(|byte| *byte == b' ').count();
            count += blanks;
            if blanks < run.source.len() {
                break;
            }
        }
        count
    }

    /// Takes so many of them.
    pub fn take_blanks(&mut self, count: usize, side: &mut Side<'r>) {
        let mut missing = count;
        while let Some(run) = self.runs.first().filter(|_| missing > 0) {
            let blanks = missing.min(run.source.len());
            side.source += &run.source[..blanks];
            missing -= blanks;
            if blanks < run.source.len() {
                self.taken = blanks;
            } else {
                self.runs = &self.runs[1..];
            }
        }
    }
}
