//! New wordings as blocks, laid out like their neighbours.

use super::layout::{self, Layout};
use super::plan::{Planner, own};
use crate::act::{Block, Kind, Provision, Unit};
use crate::diagnostic::{Code, Diagnostic, Source, Span};

impl Planner<'_, '_> {
    /// The blocks of a new wording: its first line laid out like `template`, the others like the
    /// lines of the unit, or of the act.
    pub fn blocks(
        &self,
        template: &Block,
        near: &Provision,
        text: &[String],
    ) -> Result<Vec<Block>, Diagnostic> {
        let at = self.view.at;
        if matches!(template.kind, Kind::Row(_)) {
            return self.rows(template, text);
        }
        let first = Layout::of(template, at);
        let body = self.body_layout(near, &first);
        let mut blocks: Vec<Block> = text
            .iter()
            .enumerate()
            .map(|(index, words)| match index {
                0 => first.block(words, self.op),
                _ => self.line_layout(words, &body).block(words, self.op),
            })
            .collect();
        let last = self.last_layout(near).unwrap_or(first);
        if let Some(block) = blocks.last_mut() {
            layout::set_line_end(block, &last.after);
        }
        Ok(blocks)
    }

    /// The blocks of a wording that has no like beside it.
    pub fn bodies(&self, near: &Provision, text: &[String]) -> Vec<Block> {
        let template = Layout::of(&self.view.act.blocks[near.blocks.start], self.view.at);
        let body = self.body_layout(near, &template);
        text.iter()
            .map(|words| self.line_layout(words, &body).block(words, self.op))
            .collect()
    }

    pub fn rows(&self, template: &Block, text: &[String]) -> Result<Vec<Block>, Diagnostic> {
        let across = matches!(&template.kind, Kind::Row(cells) if cells.len() == 1 || cells[0].columns == cells.len());
        let joined = [text.join("\n")];
        let rows: &[String] = if across && !text[0].contains('\t') {
            &joined
        } else {
            text
        };
        rows.iter()
            .map(|row| {
                let cells: Vec<&str> = row.split('\t').collect();
                layout::row(template, &cells, self.view.at, self.op).ok_or_else(|| {
                    let columns = match &template.kind {
                        Kind::Row(cells) => cells.len(),
                        _ => 1,
                    };
                    let mut problem = Diagnostic::error(
                        Code::CellsDiffer,
                        format!(
                            "the new row has {} cells, the row beside it has {columns}",
                            cells.len()
                        ),
                    );
                    problem.at.push(Span {
                        source: Source::Base,
                        bytes: template.start..template.start,
                    });
                    problem.help("part the cells by tabs")
                })
            })
            .collect()
    }

    /// The layout of a line of text in a unit: that of one of its lines below the first, else of the
    /// nearest line of the act.
    pub fn body_layout(&self, near: &Provision, first: &Layout) -> Layout {
        let blocks = &self.view.act.blocks;
        let line = |block: &&Block| {
            block.kind == Kind::Paragraph
                && block.life.alive(self.view.at)
                && Layout::of(block, self.view.at).ends_line()
        };
        let start = near.blocks.start;
        let end = near.blocks.end.min(blocks.len());
        let own = blocks[(start + 1).min(end)..end].iter().find(line);
        let after = || blocks[end..].iter().take(200).find(line);
        let before = || blocks[..start].iter().rev().take(200).find(line);
        match own.or_else(after).or_else(before) {
            Some(block) => Layout::of(block, self.view.at).body(),
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
            .and_then(|label| self.view.any(label.unit))
            .map_or_else(
                || body.clone(),
                |like| Layout::of(&self.view.act.blocks[like.blocks.start], self.view.at),
            )
    }

    pub fn last_layout(&self, near: &Provision) -> Option<Layout> {
        let blocks = &self.view.act.blocks[near.blocks.start..self.end_of(near)];
        let last = blocks
            .iter()
            .rfind(|block| block.life.alive(self.view.at))?;
        Some(Layout::of(last, self.view.at))
    }

    /// The end of a unit without the notes of the publisher after it.
    pub fn end_of(&self, provision: &Provision) -> usize {
        let blocks = &self.view.act.blocks;
        let mut end = own(provision).end.min(blocks.len());
        while end > provision.blocks.start + 1 {
            let block = &blocks[end - 1];
            let shown = block.shown(self.view.at);
            let dead = !block.life.alive(self.view.at);
            if !(dead || self.view.act.language.is_remark(&shown)) {
                break;
            }
            end -= 1;
        }
        end
    }
}
