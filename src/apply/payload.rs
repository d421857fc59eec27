//! New wordings as blocks, laid out like their neighbours.

use std::ops::Range;

use super::layout::{self, Layout};
use super::plan::Planner;
use crate::act::{Block, Kind, Provision};
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::text::Moment;
use crate::unit::Unit;

impl Planner<'_, '_> {
    /// The blocks of a new wording beside a unit: its first line laid out like the first line of
    /// the unit, the others like its other lines, or those of the act.
    pub fn blocks(&self, near: &Provision, text: &[String]) -> Result<Vec<Block>, Diagnostic> {
        let template = self.first_block(near);
        let beside = template.map(|block| &self.view.act.blocks[block]);
        if let Some(row) = beside.filter(|block| matches!(block.kind, Kind::Row(_))) {
            return self.rows(row, text);
        }
        let first = self.first_layout(near);
        let body = self.body_layout(near, &first);
        let stamp = match near.unit {
            Unit::Annex => self.stamp(text),
            _ => 0,
        };
        let lines = text.iter().enumerate();
        Ok(lines
            .map(|(index, words)| match index {
                index if index < stamp => self.stamp_layout(&body).block(words, self.op),
                index if index == stamp => first.block(words, self.op),
                _ => self.line_layout(words, &body).block(words, self.op),
            })
            .collect())
    }

    /// How many lines of the wording of an annex are its stamp.
    fn stamp(&self, text: &[String]) -> usize {
        let language = self.view.act.language;
        let stamp = |words: &&String| {
            !words.ends_with(['.', ';', ':']) && language.annex_number(words).is_some()
        };
        match text.iter().take_while(stamp).count() {
            all if all == text.len() => 0,
            count => count,
        }
    }

    /// Stamps are laid out like the other stamps of the act.
    fn stamp_layout(&self, body: &Layout) -> Layout {
        let language = self.view.act.language;
        let stamp = |block: &&Block| {
            let words = block.shown(self.view.at);
            block.kind == Kind::Quote && language.annex_number(&words).is_some()
        };
        let like = self.view.act.blocks.iter().find(stamp);
        like.map_or_else(|| body.clone(), |block| Layout::of(block, self.view.at))
    }

    /// The blocks of a wording that takes the place of a unit: they end as it ends.
    pub fn blocks_for(&self, unit: &Provision, text: &[String]) -> Result<Vec<Block>, Diagnostic> {
        let mut blocks = self.blocks(unit, text)?;
        let old = &self.view.act.blocks[self.restated(unit)];
        let last = old.iter().rfind(|block| block.life.alive(self.view.at));
        if let (Some(new), Some(last)) = (blocks.last_mut(), last) {
            let end = Layout::of(last, self.view.at).after;
            layout::set_line_end(new, layout::line_end(&end));
        }
        Ok(blocks)
    }

    /// The blocks of a wording that has no like beside it.
    pub fn bodies(&self, near: &Provision, text: &[String]) -> Vec<Block> {
        let body = self.body_layout(near, &self.first_layout(near));
        text.iter()
            .map(|words| self.line_layout(words, &body).block(words, self.op))
            .collect()
    }

    /// The first block of a unit that shows something.
    fn first_block(&self, unit: &Provision) -> Option<usize> {
        let mut blocks = unit.blocks.clone();
        let shows = |block: &usize| {
            let block = &self.view.act.blocks[*block];
            block.kind != Kind::Markup && block.life.alive(self.view.at)
        };
        blocks.find(shows)
    }

    /// The layout of the first line of a unit; that of plain text where nothing is left of it.
    fn first_layout(&self, unit: &Provision) -> Layout {
        let first = self.first_block(unit);
        first.map_or_else(|| Layout::line(&self.ground.gap), |it| self.layout(it))
    }

    pub fn rows(&self, template: &Block, text: &[String]) -> Result<Vec<Block>, Diagnostic> {
        let across = matches!(&template.kind, Kind::Row(cells) if cells.len() == 1 || cells[0].columns == cells.len());
        let joined = [text.join("\n")];
        let rows: &[String] = if across && !text[0].contains('\t') {
            &joined
        } else {
            text
        };
        let made: Result<Vec<Block>, Diagnostic> = rows
            .iter()
            .map(|row| {
                let cells: Vec<&str> = row.split('\t').collect();
                let columns = match &template.kind {
                    Kind::Row(cells) => cells.len(),
                    _ => 1,
                };
                layout::row(template, &cells, self.view.at, self.op)
                    .map(layout::whole_line)
                    .ok_or_else(|| self.cells_differ(cells.len(), columns, template))
            })
            .collect();
        let mut made = made?;
        layout::close_up(layout::inner(&mut made));
        Ok(made)
    }

    /// The standing rows of a table.
    pub fn rows_of(&self, table: &Provision) -> Vec<usize> {
        let blocks = table.blocks.clone();
        blocks
            .filter(|block| self.view.cells(*block).is_some())
            .filter(|block| self.view.act.blocks[*block].life.alive(self.view.at))
            .collect()
    }

    /// A row laid out like the first of some others that has as many cells, and none across rows.
    pub fn row_like(
        &self,
        others: impl Iterator<Item = usize>,
        table: &Provision,
        row: &String,
    ) -> Result<Vec<Block>, Diagnostic> {
        let cells = row.split('\t').count();
        let others: Vec<usize> = others.collect();
        let taken = |block: &usize| self.view.cells(*block).map(layout::cells_with_words);
        let across_rows = |block: &usize| {
            let grid = self.view.cells(*block).unwrap_or_default();
            grid.iter().any(|cell| cell.rows > 1)
        };
        let fits = |block: &&usize| taken(block) == Some(cells) && !across_rows(block);
        match others.iter().find(fits) {
            Some(like) => self.rows(&self.view.act.blocks[*like], std::slice::from_ref(row)),
            None => {
                let old = others.first().and_then(taken).unwrap_or(0);
                let first = &self.view.act.blocks[table.blocks.start];
                Err(self.cells_differ(cells, old, first))
            }
        }
    }

    /// A row with another number of cells than the one beside it.
    pub fn cells_differ(&self, new: usize, old: usize, row: &Block) -> Diagnostic {
        Diagnostic::error(
            Code::CellsDiffer,
            format!("the new row has {new} cells, the row beside it has {old}"),
        )
        .at(Source::Base, row.start..row.start)
        .help("part the cells by tabs")
    }

    /// The layout of a line of text in a unit: that of one of its lines below the first, else of the
    /// nearest line of the act.
    pub fn body_layout(&self, near: &Provision, first: &Layout) -> Layout {
        let blocks = &self.view.act.blocks;
        let line = |block: &usize| {
            let block = &blocks[*block];
            block.kind == Kind::Paragraph
                && block.life.alive(self.view.at)
                && !self
                    .view
                    .act
                    .language
                    .is_remark(&block.text.shown(self.view.at))
        };
        let start = self.first_block(near).unwrap_or(near.blocks.start);
        let end = near.blocks.end.min(blocks.len());
        let own = ((start + 1).min(end)..end).find(line);
        if own.is_none() && first.is_line() {
            return first.clone();
        }
        let standing = |block: &usize| blocks[*block].life.alive(self.view.at);
        let after = || (end..blocks.len()).filter(standing).take(200).find(line);
        let before = || (0..start).rev().filter(standing).take(200).find(line);
        match own.or_else(after).or_else(before) {
            Some(block) => self.layout(block).body(),
            None => first.clone().body(),
        }
    }

    /// A line that names a unit is laid out like one of its kind in the act.
    pub fn line_layout(&self, words: &str, body: &Layout) -> Layout {
        self.view
            .act
            .language
            .unit_label(words)
            .filter(|label| label.unit.is_division() || label.unit == Unit::Article)
            .filter(|_| !body.is_fenced())
            .and_then(|label| self.view.any(label.unit))
            .map(|like| self.layout(like.blocks.start))
            .filter(|like| !like.is_fenced())
            .unwrap_or_else(|| body.clone())
    }

    /// The blocks of a unit that leave where it is restated: not the notes of the publisher after it,
    /// and not the fence in which all of a contents list stands.
    pub fn restated(&self, unit: &Provision) -> Range<usize> {
        let (start, end) = (unit.blocks.start, self.end_of(unit));
        if unit.unit != Unit::Contents {
            return start..end;
        }
        let fence = |block: &usize| {
            let block = &self.view.act.blocks[*block];
            block.is_fence() && block.life.alive(self.view.at)
        };
        let mut marks = (start..end).filter(fence);
        match (marks.next(), marks.next()) {
            (None, _) => start..end,
            (Some(first), None) if first == start => first + 1..end,
            _ => {
                start
                    ..(end..unit.blocks.end)
                        .rfind(fence)
                        .map_or(end, |mark| mark + 1)
            }
        }
    }

    /// Blocks fit for their place: inside a fence lines of it, elsewhere none.
    pub fn fenced(&self, at: usize, blocks: Vec<Block>) -> Vec<Block> {
        let all = &self.view.act.blocks;
        let standing = |block: &usize| all[*block].life.alive(self.view.at);
        let line = |block: &usize| all[*block].kind == Kind::Fenced;
        let before = (0..at).rev().find(standing).filter(line);
        let after = (at..all.len()).find(standing);
        let inside = match after {
            Some(after) if line(&after) => Some(after),
            Some(after) if !all[after].is_fence() => None,
            _ => before,
        };
        let fit = |block: Block| {
            let words = block.shown(Moment(self.op.0));
            match (inside, &block.kind) {
                (Some(_), Kind::Fenced) => block,
                (Some(beside), _) => self.layout(beside).block(&words, self.op),
                (None, Kind::Fenced) => {
                    let plain = Layout::line(&self.ground.gap);
                    self.line_layout(&words, &plain).block(&words, self.op)
                }
                (None, _) => block,
            }
        };
        blocks.into_iter().map(fit).collect()
    }

    /// The end of a unit without the notes of the publisher after it. The fence that closes a
    /// contents list stays.
    pub fn end_of(&self, provision: &Provision) -> usize {
        let blocks = &self.view.act.blocks;
        let mut end = provision.own_blocks().end.min(blocks.len());
        while end > provision.blocks.start + 1 {
            let block = &blocks[end - 1];
            let shown = block.shown(self.view.at);
            let dead = !block.life.alive(self.view.at);
            let fence = provision.unit == Unit::Contents && block.kind == Kind::Markup;
            if !(dead || fence || self.view.act.language.is_remark(&shown)) {
                break;
            }
            end -= 1;
        }
        end
    }
}
