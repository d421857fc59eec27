//! The grid of a table: rows come and go so that every cell stays in its column.

use std::ops::Range;

use super::plan::{Edit, Plan};
use crate::act::{Block, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::grid::Grid;
use crate::place::View;
use crate::text::Run;

/// The tables in which a cell stands across several rows.
pub fn across(view: &View) -> Vec<Range<usize>> {
    let mut tables: Vec<Range<usize>> = Vec::new();
    for (index, block) in view.act.blocks.iter().enumerate() {
        let Kind::Row(cells) = &block.kind else {
            continue;
        };
        let known = tables.last().is_some_and(|table| table.contains(&index));
        if !known && block.life.alive(view.at) && cells.iter().any(|cell| cell.rows > 1) {
            tables.push(table(view, index));
        }
    }
    tables
}

/// Refuses a plan that would move cells of one of these tables: where one stands across several rows,
/// none of these can leave, and none can come between them.
pub fn keep(view: &View, plan: Plan, across: &[Range<usize>]) -> Result<Plan, Diagnostic> {
    if across.is_empty() {
        return Ok(plan);
    }
    for block in plan.edits.iter().flat_map(edges) {
        let at = across.partition_point(|table| table.end <= block);
        let table = across.get(at).filter(|table| table.contains(&block));
        if table.is_some_and(|table| !holds(view, &plan, table)) {
            let message = "cells of the table would move, for one stands across several rows";
            let mut problem = Diagnostic::error(Code::CellsDiffer, message)
                .help("restate the rows that it stands in one by one, with as many cells");
            problem.at.push(view.span(block));
            return Err(problem);
        }
    }
    Ok(plan)
}

/// The blocks at the edges of a change of rows: a table between them leaves as a whole.
fn edges(edit: &Edit) -> Vec<usize> {
    let row = |block: &Block| matches!(block.kind, Kind::Row(_));
    match edit {
        Edit::Strike(blocks) => vec![blocks.start, blocks.end.saturating_sub(1)],
        Edit::Insert(at, new) if new.iter().any(row) => vec![at.saturating_sub(1), *at],
        Edit::Insert(..) | Edit::Splice(..) => Vec::new(),
    }
}

/// The blocks around one that stand in the same table of HTML, without the tags around it.
fn table(view: &View, block: usize) -> Range<usize> {
    let all = &view.act.blocks;
    let inside = |index: &usize| {
        let block = &all[*index];
        let edge = |run: &Run| run.source.to_ascii_lowercase().contains("table");
        let between = || block.is_html() && !block.text.0.iter().any(edge);
        let row = matches!(block.kind, Kind::Row(_));
        !block.life.alive(view.at) || row || between()
    };
    let before = (0..block).rev().take_while(inside).count();
    let after = (block..all.len()).take_while(inside).count();
    block - before..block + after
}

/// Whether the cells of a table stay in their columns.
fn holds(view: &View, plan: &Plan, table: &Range<usize>) -> bool {
    let all = &view.act.blocks;
    let standing = |index: &usize| all[*index].life.alive(view.at);
    // What stands at each place of the table afterwards, and behind it: first what comes there.
    let kept = |index| standing(&index).then_some(&all[index]);
    let mut kept: Vec<Option<&Block>> = table.clone().map(kept).chain([None]).collect();
    let mut come: Vec<Vec<&Block>> = vec![Vec::new(); kept.len()];
    for edit in &plan.edits {
        match edit {
            Edit::Strike(blocks) => {
                let blocks = blocks.start.max(table.start)..blocks.end.min(table.end);
                blocks.for_each(|index| kept[index - table.start] = None);
            }
            Edit::Insert(at, new) if (table.start..=table.end).contains(at) => {
                come[at - table.start].extend(new);
            }
            Edit::Insert(..) | Edit::Splice(..) => {}
        }
    }
    let before = table.clone().filter(standing).map(|index| &all[index]);
    let after = come.into_iter().zip(kept);
    let after = after.flat_map(|(come, kept)| come.into_iter().chain(kept));
    match (missing(before), missing(after)) {
        (Some(before), Some(after)) => after <= before,
        (before, _) => before.is_none(),
    }
}

/// How many rows the cells of a table lack; none where a cell stands in another column than it did.
fn missing<'b>(rows: impl Iterator<Item = &'b Block>) -> Option<usize> {
    let mut grid = Grid::default();
    for block in rows {
        if let Kind::Row(cells) = &block.kind {
            for cell in cells {
                if grid.cell(cell.columns, cell.rows) != *cell {
                    return None;
                }
            }
            grid.end_row();
        }
    }
    Some(grid.missing())
}
