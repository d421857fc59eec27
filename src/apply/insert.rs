//! Units inserted: by their number, by their ordinal, beside another, inside a cell.

use super::layout;
use super::plan::{Edit, Plan, Planned, Planner, text_of};
use super::words;
use crate::act::{Block, Kind, Provision};
use crate::address::{Address, Step};
use crate::diagnostic::{Code, Diagnostic};
use crate::fold;
use crate::lang;
use crate::operation::Position;
use crate::place::{Piece, Place};
use crate::text::{Role, Run};
use crate::unit::{Num, Unit};

impl<'t> Planner<'_, 't> {
    pub fn insert(&self, position: Option<Position>, text: &[String]) -> Planned {
        let listed = |outer: &[Step]| outer.iter().any(|it| it.unit == Unit::Contents);
        let steps = match self.operation.at.0.as_slice() {
            // What stands in the contents of an article is its heading.
            [outer @ .., last] if last.unit == Unit::Heading && listed(outer) => outer,
            steps => steps,
        };
        let Some((step, parents)) = steps.split_last() else {
            return Err(Diagnostic::error(
                Code::AddressNotFound,
                "the address is empty",
            ));
        };
        if let Some(position) = position {
            let anchor = self.view.resolve(&self.operation.at.0)?;
            self.expect(&anchor)?;
            return self.insert_beside(&anchor, position, text);
        }
        let parent = self.view.resolve(parents)?;
        self.expect(&parent)?;
        let inside = match parent.provision().unit {
            Unit::Row => parent.piece.is_some(),
            Unit::Table => step.unit != Unit::Table,
            _ => true,
        };
        if !inside {
            return Err(self
                .refuse(
                    Code::AddressNotFound,
                    &parent,
                    format!("{} can hold no {}", parent.address(), step.unit),
                )
                .help("address the unit that holds the table"));
        }
        let mut plan = match (&parent.piece, step.unit) {
            (Some(cell), _) => self.insert_in_cell(&parent, cell, step, text)?,
            (None, Unit::Part | Unit::Indent)
                if step.num.as_ref().is_none_or(|num| num.count().is_some())
                    && !self.numbered_parts(&parent, step.unit) =>
            {
                self.insert_counted(&parent, step, text)?
            }
            (None, Unit::Part) if step.num.is_none() => {
                let problem = format!("the parts of {} bear numbers", parent.address());
                return Err(self
                    .refuse(Code::AddressNotFound, &parent, problem)
                    .help("give the number of the new part"));
            }
            (None, Unit::Row) if self.operation.at.is_next() => {
                self.insert_last_row(&parent, text)?
            }
            (None, Unit::Sentence) => self.insert_sentence(parents, &parent, step, text)?,
            _ => self.insert_numbered(&parent, step, text)?,
        };
        self.keep_tables(&parent, &plan)?;
        plan.depth = parent.path.len();
        plan.inserted = Some((step.unit, step.num.clone()));
        plan.warnings.extend(parent.warnings);
        Ok(plan)
    }

    /// Between the rows of a table only rows can stand, and rows of HTML only there.
    fn keep_tables(&self, place: &Place, plan: &Plan) -> Result<(), Diagnostic> {
        let all = &self.view.act.blocks;
        let standing = |block: &&Block| block.life.alive(self.view.at);
        for edit in &plan.edits {
            let Edit::Insert(at, blocks) = edit else {
                continue;
            };
            let row = |block: &Block| matches!(block.kind, Kind::Row(_));
            let tag = |block: &Block, name: &str| {
                block.kind == Kind::Markup
                    && block
                        .runs(self.view.at)
                        .any(|run| run.source.contains(name))
            };
            let before = all[..*at].iter().rfind(standing);
            let after = all[*at..].iter().find(standing);
            let opened = before.is_some_and(|it| row(it) || tag(it, "<t"));
            let inside = opened && after.is_some_and(|it| row(it) || tag(it, "</t"));
            let html = Block::is_html;
            let grid = inside && before.is_some_and(html);
            let fits = |block: &Block| match row(block) {
                true => html(block) == grid,
                false => !inside,
            };
            if !blocks.iter().all(fits) {
                return Err(self
                    .refuse(
                        Code::CellsDiffer,
                        place,
                        format!("{} can hold rows alone", place.address()),
                    )
                    .help("give rows with tabs between their cells, beside a row of the table"));
            }
        }
        Ok(())
    }

    /// Whether the parts of a unit bear numbers, as in codes.
    pub fn numbered_parts(&self, parent: &Place, unit: Unit) -> bool {
        let parts = &parent.provision().children;
        unit == Unit::Part
            && parts
                .iter()
                .any(|it| it.unit == unit && !it.label.is_empty())
    }

    pub fn insert_counted(&self, parent: &Place<'t>, step: &Step, text: &[String]) -> Planned {
        let list: Vec<Place<'t>> = match step.unit {
            Unit::Indent => self.view.indents(parent),
            _ => self.view.children(parent, Unit::Part),
        };
        // Without a number it comes last.
        let wanted = step.num.as_ref().and_then(Num::count);
        let there = match wanted {
            Some(wanted) => wanted.checked_sub(1).and_then(|at| list.get(at)),
            None => list.last(),
        };
        if let Some(there) = there
            && text_of(self.view, there).first() == text.first()
        {
            return Err(self.already(there, "says this already"));
        }
        let (parents, _) = self.operation.at.split();
        let key = (Address(parents.to_vec()).to_string(), step.unit);
        let before = wanted.map_or(list.len() + 1, |wanted| {
            let inserted = self.ground.ordinals.get(&key);
            let lower = |it: &&usize| **it < wanted;
            let lower = inserted.map_or(0, |it| it.iter().filter(lower).count());
            wanted.saturating_sub(lower)
        });
        if before == 0 || before > list.len() + 1 {
            return Err(self
                .refuse(
                    Code::AddressNotFound,
                    parent,
                    format!("{} can't get a {step}: it has {}", parent.address(), list.len()),
                )
                .help(format!(
                    "its next one would be {}:{}; the count of the clause may include units struck before",
                    step.unit,
                    list.len() + 1
                )));
        }
        let beside = list.get(before - 1).or_else(|| list.last());
        let at = match (list.get(before - 1), list.last()) {
            (Some(next), _) if next.provision().body == 0 => next.provision().blocks.start,
            (Some(next), _) => return Err(self.no_line_before(next)),
            (None, Some(last)) => self.end_of(last.provision()),
            (None, None) => self.end_of(parent.provision()),
        };
        let near = beside.map_or(parent.provision(), Place::provision);
        let blocks = match near.body > 0 || beside.is_none() {
            true => self.bodies(near, text),
            false => self.blocks(near, text)?,
        };
        let mut plan = self.made(parent, vec![Edit::Insert(at, blocks)]);
        plan.before = list.len() >= before;
        Ok(plan)
    }

    /// A row without a number comes last in a list of plain paragraphs. In a table, or in a numbered
    /// list, it has to be said where.
    fn insert_last_row(&self, parent: &Place<'t>, text: &[String]) -> Planned {
        let numbered = |it: &Provision| !it.label.is_empty() && it.unit != Unit::Annex;
        let listed = parent.provision().children.iter().any(numbered);
        let rows = self.view.search(parent, &[Unit::Row], None);
        if listed || !rows.is_empty() || self.view.indents(parent).is_empty() {
            let problem = format!(
                "where in {} the new row stands is not said",
                parent.address()
            );
            return Err(self
                .refuse(Code::AddressNotFound, parent, problem)
                .help("name the row beside which it comes, with `position`"));
        }
        let step = Step {
            unit: Unit::Indent,
            num: None,
            words: None,
        };
        self.insert_counted(parent, &step, text)
    }

    /// A sentence comes before the one that has its ordinal now, or after the last one of the only
    /// paragraph.
    pub fn insert_sentence(
        &self,
        parents: &[Step],
        parent: &Place<'t>,
        step: &Step,
        text: &[String],
    ) -> Planned {
        let sentence = |ordinal: usize| {
            let step = Step {
                num: Some(Num::counted(ordinal)),
                ..step.clone()
            };
            let steps: Vec<Step> = parents.iter().cloned().chain([step]).collect();
            self.view.resolve(&steps)
        };
        let several = self.view.indents(parent).len() > 1;
        let wanted = match step.num.as_ref().and_then(Num::count) {
            Some(wanted) => wanted,
            None if several => {
                let problem = format!("{} has several paragraphs", parent.address());
                return Err(self
                    .refuse(Code::AddressNotFound, parent, problem)
                    .help("address the paragraph, or number the sentence"));
            }
            None => self.view.sentence_count(parent) + 1,
        };
        let (place, before) = match sentence(wanted) {
            Ok(there) => (there, true),
            Err(_) => (sentence(wanted.saturating_sub(1))?, false),
        };
        let Some(piece) = &place.piece else {
            return self.insert_numbered(parent, step, text);
        };
        let shown = self.view.shown(piece.block);
        let (at, words) = words::beside(&shown, piece.range.clone(), before, &text.join(" "));
        let runs = self.runs_in(piece.block, at, &words);
        Ok(self.made(parent, vec![Edit::Splice(piece.block, at..at, runs)]))
    }

    pub fn insert_numbered(&self, parent: &Place<'t>, step: &Step, text: &[String]) -> Planned {
        if let Some(there) = self.bearer(parent, step) {
            let said = text_of(self.view, &there);
            if said.first().map(|it| fold::key(it)) == text.first().map(|it| fold::key(it)) {
                return Err(self.already(&there, "stands there already"));
            }
            return Err(self
                .refuse(
                    Code::NumberTaken,
                    &there,
                    format!("{step} exists already in {}", parent.address()),
                )
                .help(format!("it says: {}", self.first_words(&there))));
        }
        let (near, at, before) = match self.view.neighbours(parent, step)? {
            Some((Some(smaller), _)) => {
                let at = smaller.provision().blocks.end;
                (smaller, at, false)
            }
            Some((None, first)) => {
                let at = first.provision().blocks.start;
                (first, at, true)
            }
            None => (parent.clone(), self.inner_end(parent, step.unit), false),
        };
        let kin = near.path.len() > parent.path.len();
        let mut blocks = match kin {
            true => self.blocks(near.provision(), text)?,
            false => self.bodies(near.provision(), text),
        };
        if before {
            layout::close_up(&mut blocks);
        }
        let mut plan = self.made(parent, vec![Edit::Insert(at, blocks)]);
        plan.before = before;
        Ok(plan)
    }

    /// Where a unit comes that is the first of its kind: after all that the parent holds, but
    /// before the signature and the annexes.
    pub fn inner_end(&self, parent: &Place, unit: Unit) -> usize {
        let provision = parent.provision();
        let outer = |it: &&Provision| matches!(it.unit, Unit::Signature | Unit::Annex);
        let next = provision.children.iter().position(|it| outer(&it));
        match next.filter(|_| unit != Unit::Annex) {
            // Over an annex stands its stamp.
            Some(next) if provision.children[next].unit == Unit::Annex && next > 0 => {
                self.end_of(&provision.children[next - 1])
            }
            Some(next) => provision.children[next].blocks.start,
            None => self.end_of(provision),
        }
    }

    pub fn insert_beside(&self, anchor: &Place, position: Position, text: &[String]) -> Planned {
        if let Some(piece) = &anchor.piece {
            return Err(self
                .refuse(
                    Code::IncompleteOperation,
                    anchor,
                    format!("nothing can be inserted beside a {}", piece.unit),
                )
                .help("insert words instead"));
        }
        let provision = anchor.provision();
        if position == Position::Before && provision.shares_line() {
            return Err(self.no_line_before(anchor));
        }
        if position == Position::End && provision.unit == Unit::Table {
            return self.insert_last_rows(anchor, text);
        }
        let at = match position {
            Position::Before if provision.unit == Unit::Act => self.start(),
            Position::Before => provision.blocks.start,
            Position::After => provision.blocks.end,
            Position::End => self.inner_end(anchor, provision.unit),
        };
        let mut blocks = match position {
            Position::End => self.bodies(provision, text),
            _ => self.blocks(provision, text)?,
        };
        if position == Position::Before {
            layout::close_up(&mut blocks);
        }
        let mut plan = self.made(anchor, vec![Edit::Insert(at, blocks)]);
        plan.before = position == Position::Before;
        self.keep_tables(anchor, &plan)?;
        Ok(plan)
    }

    /// Where the act begins: a byte order mark and front matter stay first.
    pub fn start(&self) -> usize {
        let first = self.view.act.blocks.first();
        let source = first.and_then(|block| block.text.0.first());
        let front = source.is_some_and(|run| run.source.starts_with(['\u{feff}', '-']));
        usize::from(front && first.is_some_and(|block| block.kind == Kind::Markup))
    }

    /// Rows behind the last one of a table, laid out like the nearest that has as many cells.
    fn insert_last_rows(&self, anchor: &Place, text: &[String]) -> Planned {
        let table = anchor.provision();
        let rows = self.rows_of(table);
        let mut new = Vec::new();
        for row in text {
            new.extend(self.row_like(rows.iter().rev().copied(), table, row)?);
        }
        layout::close_up(layout::inner(&mut new));
        let last = rows.last().map_or(table.blocks.start, |last| last + 1);
        let plan = self.made(anchor, vec![Edit::Insert(last, new)]);
        self.keep_tables(anchor, &plan)?;
        Ok(plan)
    }

    fn no_line_before(&self, place: &Place) -> Diagnostic {
        self.refuse(
            Code::AddressNotFound,
            place,
            format!(
                "{} begins on the line of its number; nothing can stand before it",
                place.address()
            ),
        )
    }

    /// A numbered line among the lines of a cell.
    pub fn insert_in_cell(
        &self,
        parent: &Place,
        cell: &Piece,
        step: &Step,
        text: &[String],
    ) -> Planned {
        let block = &self.view.act.blocks[cell.block];
        if step.unit == Unit::Row || text.iter().any(|line| line.contains('\t')) {
            return Err(self
                .refuse(
                    Code::AddressNotFound,
                    parent,
                    format!(
                        "{} is a cell; it can hold no {}",
                        parent.address(),
                        step.unit
                    ),
                )
                .help("give lines without tabs"));
        }
        let shown = self.view.shown(cell.block);
        let mut at = None;
        let mut start = cell.range.start;
        for line in shown[cell.range.clone()].split('\n') {
            let num = lang::item_label(line).and_then(|label| label.num);
            if num == step.num {
                return Err(self.refuse(
                    Code::NumberTaken,
                    parent,
                    format!("{step} exists already in {}", parent.address()),
                ));
            }
            if num.is_some() && num < step.num {
                at = Some(start + line.len());
            }
            start += line.len() + 1;
        }
        let at = at.unwrap_or(cell.range.end);
        let line_break = block
            .runs(self.view.at)
            .find(|run| run.shown() == "\n")
            .map_or("<br>", |run| run.source.as_str());
        let mut runs = vec![Run::new(line_break, Role::showing("\n"))];
        runs.extend(self.runs_in(cell.block, at, &text.join("\n")));
        let runs = layout::born(runs, self.op);
        Ok(self.made(parent, vec![Edit::Splice(cell.block, at..at, runs)]))
    }
}
