//! The rows of a table as provisions.

use super::line::Line;
use super::structure::{Open, Reader, rank};
use crate::act::Provision;
use crate::lang;
use crate::unit::{Num, Unit};

impl Reader<'_> {
    /// The index of the open table.
    fn open_table(&self) -> Option<usize> {
        let table = |open: &Open| open.provision.unit == Unit::Table;
        self.open.iter().position(table)
    }

    pub(super) fn leave_table(&mut self) {
        if let Some(table) = self.open_table() {
            self.close(table);
        }
    }

    pub(super) fn table_edge(&mut self, block: usize, opens: bool) {
        let table = self.open_table();
        if let Some(table) = table {
            self.close(table + 1);
            if !opens {
                self.top().blocks.end = block + 1;
            }
            self.close(table);
        }
        self.table_from = Some(block).filter(|_| opens);
    }

    pub(super) fn row(&mut self, line: &Line) {
        if self.open_table().is_none() {
            self.leave_front();
            let floor = self.container_floor();
            self.close(floor);
            let tables = self.children().iter();
            let count = tables.filter(|it| it.unit == Unit::Table).count();
            let number = Num::counted(count + 1);
            let start = self.table_from.take().unwrap_or(line.block);
            self.push(Provision::new(Unit::Table, Some(number), start), 0);
            self.top().blocks.end = line.block;
        }
        let words = |cell: &str| !cell.trim().is_empty();
        let empty = line.shown.split('\t').take_while(|cell| !words(cell));
        let start: usize = empty.map(|cell| cell.len() + 1).sum();
        let Some(first) = line
            .shown
            .get(start..)
            .and_then(|rest| rest.split('\t').next())
        else {
            self.top().blocks.end = line.block + 1;
            return;
        };
        if line.shown.split('\t').filter(|cell| words(cell)).count() == 1 && start == 0 {
            return self.row_across(line, first);
        }
        self.close_table_rank(rank(Unit::Row));
        let header = line
            .shown
            .split('\t')
            .enumerate()
            .all(|(at, cell)| cell.trim().parse() == Ok(at + 1));
        let number = lang::row_number(first).filter(|_| !header);
        let mut row = Provision::new(Unit::Row, number, line.block);
        if row.num.is_some() {
            row.label = start..start + first.len();
            row.body = (row.label.end + 1).min(line.shown.len());
        } else {
            row.words = first.trim().lines().next().map(Box::from);
        }
        self.push(row, 0);
    }

    /// A row across the table: a chapter or an indicator of a plan.
    fn row_across(&mut self, line: &Line, cell: &str) {
        let head = cell.lines().next().unwrap_or_default();
        let label = self.language.unit_label(head);
        let (unit, label) = match label {
            Some(label) => (label.unit, Some(label)),
            None if self.language.is_indicator(head) => (Unit::Indicator, None),
            None => match lang::item_label(head) {
                Some(label) if label.unit == Unit::Paragraph => (Unit::Chapter, Some(label)),
                _ => (Unit::Subchapter, None),
            },
        };
        self.close_table_rank(rank(unit));
        let number = label.as_ref().and_then(|label| label.num.clone());
        let mut provision = Provision::new(unit, number, line.block);
        match &label {
            Some(label) => provision.label = label.range.clone(),
            None => provision.words = Some(head.trim().into()),
        }
        let rest = label.as_ref().map_or(0, |label| label.rest);
        let end = line.shown.trim_end().len();
        match unit {
            Unit::Indicator => {
                provision.body = match rest < head.len() {
                    true => rest,
                    false => (head.len() + 1).min(end),
                };
            }
            _ => {
                provision.heading = rest.min(end)..end;
                provision.body = end;
            }
        }
        self.push(provision, 0);
    }

    /// As [`Reader::close_rank`], inside the open table alone.
    fn close_table_rank(&mut self, rank_of_new: u8) {
        let table = self.open_table().map_or(self.open.len(), |table| table + 1);
        self.close_rank_below(table, rank_of_new);
    }
}
