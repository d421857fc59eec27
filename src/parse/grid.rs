//! The grid of a table: which columns the cells of its rows fill.

use crate::act::Cell;

/// A table as far as its rows are read, from the first one on.
#[derive(Default)]
pub struct Grid {
    /// For each column, how many rows from the open one on a cell above it fills.
    taken: Vec<usize>,
    /// The same for the cells of the open row.
    filled: Vec<usize>,
    /// The next column of the open row.
    column: usize,
}

impl Grid {
    /// The place of the next cell of the open row.
    pub fn cell(&mut self, columns: usize, rows: usize) -> Cell {
        while self.taken.get(self.column).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let start = self.column;
        self.column += columns;
        let width = self.filled.len().max(self.column);
        self.filled.resize(width, 0);
        self.filled[start..self.column].fill(rows);
        Cell {
            column: start + 1,
            columns,
            rows,
        }
    }

    /// Closes a row.
    pub fn end_row(&mut self) {
        let width = self.filled.len().max(self.taken.len());
        self.taken.resize(width, 0);
        self.filled.resize(width, 0);
        for (rows, new) in self.taken.iter_mut().zip(&mut self.filled) {
            *rows = (*rows).max(std::mem::take(new)).saturating_sub(1);
        }
        self.column = 0;
    }

    /// How many more rows its cells fill than it has.
    pub fn missing(&self) -> usize {
        self.taken.iter().copied().max().unwrap_or(0)
    }
}
