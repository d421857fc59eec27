//! Units restated, struck, repealed, renumbered.

use std::ops::Range;

use super::layout;
use super::plan::{Edit, Plan, Planned, Planner, kin, text_of, text_run};
use crate::act::{Block, Kind, Provision};
use crate::address::Step;
use crate::diagnostic::{Code, Diagnostic};
use crate::fold;
use crate::lang::{self, Label};
use crate::place::{Piece, Place};
use crate::text::Run;
use crate::unit::{Num, Unit};

impl<'t> Planner<'_, 't> {
    pub fn replace(&self, place: &Place<'t>, text: &[String]) -> Planned {
        let said = text_of(self.view, place);
        if said.len() == text.len() && said.iter().zip(text).all(|(a, b)| a == b) {
            return Err(self.already(place, "says this already"));
        }
        if let Some(piece) = &place.piece {
            return Ok(self.made(place, self.replace_piece(place, piece, text)?));
        }
        let provision = place.provision();
        if provision.unit == Unit::Act {
            return Ok(self.replace_all(place, text));
        }
        if provision.unit == Unit::Table {
            return self.replace_table(place, text);
        }
        let written = !provision.label.is_empty();
        let mut plan = self.made(place, Vec::new());
        if let Some(unnumbered) = self.renumbered(provision, text) {
            plan.edits = self.after_label(provision, &unnumbered)?;
            return Ok(plan);
        }
        if provision.shares_line() {
            let first = self.unnumbered(place, provision.blocks.start, &text[0])?;
            let text = [&[first.to_string()], &text[1..]].concat();
            plan.edits = self.after_label(provision, &text)?;
            return Ok(plan);
        }
        let bears = match written {
            true => self.number_of(place, &text[0])?,
            false => None,
        };
        if let Some(label) = &bears
            && kin(label.unit) != kin(provision.unit)
        {
            plan.warnings.push(Diagnostic::warning(
                Code::UnitDiffers,
                format!(
                    "the new wording of {} begins like a {}; it stands after the number as published",
                    place.address(),
                    label.unit
                ),
            ));
        }
        let keeps_label = written
            && bears
                .as_ref()
                .is_none_or(|label| kin(label.unit) != kin(provision.unit));
        if keeps_label {
            let needs = provision.unit.is_division() || provision.unit == Unit::Article;
            if needs {
                return Err(self
                    .refuse(
                        Code::NumberDiffers,
                        place,
                        format!(
                            "the new wording of {} does not bear its number",
                            place.address()
                        ),
                    )
                    .help("begin the text with the number and the heading, as the act has them"));
            }
            plan.edits = self.after_label(provision, text)?;
            return Ok(plan);
        }
        let blocks = self.blocks_for(provision, text)?;
        let old = self.restated(provision);
        plan.edits = vec![Edit::Strike(old.clone()), Edit::Insert(old.end, blocks)];
        Ok(plan)
    }

    /// The whole text in a new wording. The title is no part of the text; where the new wording
    /// repeats it, it stays as it is.
    fn replace_all(&self, place: &Place<'t>, text: &[String]) -> Plan {
        let title = self.view.children(place, Unit::Title).pop();
        let blocks = &self.view.act.blocks;
        let start = match &title {
            Some(title) => title.provision().blocks.end,
            None => self.start(),
        };
        let repeats = title.is_some_and(|title| {
            let old = text_of(self.view, &title).join(" ");
            text.first()
                .is_some_and(|first| fold::key(first) == fold::key(&old))
        });
        let text = &text[usize::from(repeats)..];
        let rest = Provision {
            blocks: start..blocks.len(),
            ..place.provision().clone()
        };
        let edits = vec![
            Edit::Strike(rest.blocks.clone()),
            Edit::Insert(blocks.len(), self.bodies(&rest, text)),
        ];
        self.made(place, edits)
    }

    /// A table in new rows: its tags, and the rule under the first row, stay.
    fn replace_table(&self, place: &Place, text: &[String]) -> Planned {
        let table = place.provision();
        let rows = self.rows_of(table);
        let mut new = Vec::new();
        for (index, row) in text.iter().enumerate() {
            // The first row is laid out as the first one, the others as those below it.
            let below = if index == 0 { 0 } else { rows.len().min(1) };
            let others = rows[below..].iter().chain(&rows).copied();
            new.extend(self.row_like(others, table, row)?);
        }
        layout::close_up(layout::inner(&mut new));
        // The first row stands over the rule of the table, which ends it where no other follows.
        if let ([_, .., new], [_, .., last]) = (&mut new[..], &rows[..]) {
            let old = &self.view.act.blocks[*last];
            layout::set_line_end(new, layout::end_of_line(old, self.view.at));
        }
        let strikes = rows.iter().map(|row| Edit::Strike(*row..row + 1));
        let mut edits: Vec<Edit> = strikes.collect();
        let below = new.split_off(new.len().min(1));
        edits.extend(rows.first().map(|row| Edit::Insert(row + 1, new)));
        edits.extend(rows.last().map(|row| Edit::Insert(row + 1, below)));
        Ok(self.made(place, edits))
    }

    /// New words after a number that stays: on its line, and below it.
    pub fn after_label(
        &self,
        provision: &Provision,
        text: &[String],
    ) -> Result<Vec<Edit>, Diagnostic> {
        let first = provision.blocks.start;
        let block = &self.view.act.blocks[first];
        let shown = self.view.shown(first);
        let body = provision.body.min(shown.len());
        let end = shown.trim_end_matches([' ', '\n']).len().max(body);
        let row = matches!(block.kind, Kind::Row(_));
        let mut edits = match row {
            true => self.replace_cells(first, body..end, &text.join("\n"))?,
            false => {
                let runs = self.runs_in(first, body, &text[0]);
                vec![Edit::Splice(first, body..end, runs)]
            }
        };
        let end = self.end_of(provision);
        if first + 1 < end {
            edits.push(Edit::Strike(first + 1..end));
        }
        if !row && text.len() > 1 {
            let below = self.blocks_for(provision, text)?;
            edits.push(Edit::Insert(end, below.into_iter().skip(1).collect()));
        }
        Ok(edits)
    }

    pub fn replace_piece(
        &self,
        place: &Place,
        piece: &Piece,
        text: &[String],
    ) -> Result<Vec<Edit>, Diagnostic> {
        let row = self.view.cells(piece.block).is_some();
        let words = text.join(if row { "\n" } else { " " });
        let new = match piece.unit {
            Unit::Indent if text.len() > 1 && !row => {
                let message = format!(
                    "{} is one paragraph, the new wording several",
                    place.address()
                );
                return Err(self
                    .refuse(Code::IncompleteOperation, place, message)
                    .help("address the part, or insert the further paragraphs"));
            }
            Unit::Heading | Unit::Indent => self.unnumbered(place, piece.block, &words)?,
            _ => words.as_str(),
        };
        if row {
            return self.replace_cells(piece.block, piece.range.clone(), new);
        }
        let runs = self.runs_in(piece.block, piece.range.start, new);
        Ok(vec![Edit::Splice(piece.block, piece.range.clone(), runs)])
    }

    /// New words for a stretch of a row, cell by cell.
    fn replace_cells(
        &self,
        block: usize,
        range: Range<usize>,
        words: &str,
    ) -> Result<Vec<Edit>, Diagnostic> {
        let shown = self.view.shown(block);
        let old: Vec<&str> = shown[range.clone()].split('\t').collect();
        let new: Vec<&str> = words.split('\t').collect();
        if new.len() != old.len() {
            let row = &self.view.act.blocks[block];
            return Err(self.cells_differ(new.len(), old.len(), row));
        }
        let mut edits = Vec::new();
        let mut start = range.start;
        for (old, new) in old.into_iter().zip(new) {
            let runs = self.runs_in(block, start, new);
            edits.push(Edit::Splice(block, start..start + old.len(), runs));
            start += old.len() + 1;
        }
        Ok(edits)
    }

    /// The new wording of what stands behind the number of a unit on its line, without that number.
    fn unnumbered<'w>(
        &self,
        place: &Place,
        block: usize,
        words: &'w str,
    ) -> Result<&'w str, Diagnostic> {
        let bears = |it: &&&Provision| it.blocks.start == block && !it.label.is_empty();
        let Some(numbered) = place.path.iter().rfind(bears) else {
            return Ok(words);
        };
        let headed = !numbered.heading.is_empty();
        let own = |it: &Label| headed || kin(it.unit) == kin(numbered.unit);
        match self.label_of(words, numbered.unit).filter(own) {
            Some(label) if label.num == numbered.num => Ok(&words[label.rest..]),
            Some(label) => Err(self.number_differs(place, label.num.as_ref())),
            None => Ok(words),
        }
    }

    /// The new wording of a unit that the same act renumbers, where it bears the new number: without
    /// it, for the number comes by the other operation.
    fn renumbered(&self, provision: &Provision, text: &[String]) -> Option<Vec<String>> {
        let num = self.ground.renumbered.get(&provision.order)?;
        let label = self.label_of(&text[0], provision.unit)?;
        let bears = label.num.as_ref() == Some(num) && kin(label.unit) == kin(provision.unit);
        let first = text[0].get(label.rest..).filter(|_| bears)?.to_string();
        Some([&[first], &text[1..]].concat())
    }

    /// The number at the start of a new wording: its label, where it bears the number of the
    /// target; none where it bears none.
    pub fn number_of(&self, place: &Place, words: &str) -> Result<Option<Label>, Diagnostic> {
        let provision = place.provision();
        match self.label_of(words, provision.unit) {
            Some(label) if label.num == provision.num => Ok(Some(label)),
            Some(label) => Err(self.number_differs(place, label.num.as_ref())),
            None => Ok(None),
        }
    }

    pub fn number_differs(&self, place: &Place, num: Option<&Num>) -> Diagnostic {
        let num = num.map(Num::to_string).unwrap_or_default();
        self.refuse(
            Code::NumberDiffers,
            place,
            format!(
                "the new wording bears the number {num}, its target is {}",
                place.address()
            ),
        )
        .help("correct the address, or the number in the text")
    }

    /// The label that words start with, read as that of a unit.
    pub fn label_of(&self, words: &str, unit: Unit) -> Option<Label> {
        if unit == Unit::Row
            && let Some(num) = lang::row_number(words.split('\t').next().unwrap_or_default())
            && words.contains('\t')
        {
            let end = words.find('\t').unwrap_or(words.len());
            return Some(Label {
                unit,
                num: Some(num),
                range: 0..end,
                rest: end,
            });
        }
        self.view
            .act
            .language
            .unit_label(words)
            .or_else(|| lang::item_label(words))
    }

    pub fn already(&self, place: &Place, what: &str) -> Diagnostic {
        self.refuse(
            Code::AlreadyApplied,
            place,
            format!("{} {what}", place.address()),
        )
        .help("the act seems to be applied to this text already")
    }

    pub fn delete(&self, place: &Place, repealed: bool) -> Planned {
        if let Some(piece) = &place.piece {
            return self.delete_piece(place, piece, repealed);
        }
        let provision = place.provision();
        if provision.unit == Unit::Act {
            return Err(self
                .refuse(
                    Code::IncompleteOperation,
                    place,
                    "an act is not struck by an operation on its text".to_string(),
                )
                .help("name the unit that is struck"));
        }
        let first = provision.blocks.start;
        if provision.unit == Unit::Annex && self.is_stamped(first) {
            let mark = self.view.act.language.mark(provision.unit, repealed);
            let heading = provision.heading.clone();
            return Ok(self.made(
                place,
                vec![
                    Edit::Splice(first, heading, vec![text_run(mark, self.op)]),
                    Edit::Strike(first + 1..self.end_of(provision)),
                ],
            ));
        }
        if provision.label.is_empty() && !provision.shares_line() {
            let end = match provision.unit {
                Unit::Contents => provision.blocks.end,
                _ => self.end_of(provision),
            };
            return Ok(self.made(place, vec![Edit::Strike(first..end)]));
        }
        if provision.shares_line() {
            return Err(self
                .refuse(
                    Code::IncompleteOperation,
                    place,
                    format!(
                        "{} stands on the line of a number, which stays",
                        place.address()
                    ),
                )
                .help("restate the unit that bears the number"));
        }
        let shown = self.view.shown(first);
        let language = self.view.act.language;
        let from = provision.label.end;
        // Tabs part cells, the empty ones as well.
        let end = shown.trim_end_matches(|letter: char| letter != '\t' && letter.is_whitespace());
        let end = end.len().max(from);
        if language.is_mark(&shown[from..end]) {
            return Err(self.already(place, "is struck already"));
        }
        let mark = language.mark(provision.unit, repealed);
        let mut edits = Vec::new();
        match self.view.cells(first) {
            Some(cells)
                if cells.len() > 1 && from < shown.len() && shown[from..].starts_with('\t') =>
            {
                let mut mark = Some(mark);
                let mut start = from + 1;
                for cell in shown[start..end].split('\t') {
                    let runs: Vec<Run> = mark
                        .take()
                        .map(|mark| text_run(mark, self.op))
                        .into_iter()
                        .collect();
                    edits.push(Edit::Splice(first, start..start + cell.len(), runs));
                    start += cell.len() + 1;
                }
            }
            _ => {
                let words = shown[from..end].trim_start();
                let from = end - words.len();
                let gap = if from > provision.label.end { "" } else { " " };
                let runs = vec![text_run(&format!("{gap}{mark}"), self.op)];
                edits.push(Edit::Splice(first, from..end, runs));
            }
        }
        let last = self.end_of(provision);
        if first + 1 < last {
            edits.push(Edit::Strike(first + 1..last));
        }
        Ok(self.made(place, edits))
    }

    /// Whether the number of an annex stands in a stamp over its heading.
    fn is_stamped(&self, heading: usize) -> bool {
        let standing =
            |block: &&Block| block.life.alive(self.view.at) && block.kind != Kind::Markup;
        let before = self.view.act.blocks[..heading].iter().rfind(standing);
        before.is_some_and(|block| {
            let words = block.text.shown(self.view.at);
            self.view.act.language.annex_number(&words).is_some()
        })
    }

    pub fn delete_piece(&self, place: &Place, piece: &Piece, repealed: bool) -> Planned {
        let shown = self.view.shown(piece.block);
        let words = &shown[piece.range.clone()];
        let item = lang::item_label(words)
            .filter(|label| piece.unit != Unit::Sentence && label.rest < words.trim_end().len());
        let whole = shown.trim() == words.trim() && piece.unit != Unit::Column;
        let edit = match item {
            _ if whole => Edit::Strike(piece.block..piece.block + 1),
            Some(label) => {
                let mark = format!(" {}", self.view.act.language.mark(piece.unit, repealed));
                let from = piece.range.start + label.range.end;
                Edit::Splice(
                    piece.block,
                    from..piece.range.end,
                    vec![text_run(&mark, self.op)],
                )
            }
            None => Edit::Splice(piece.block, piece.range.clone(), Vec::new()),
        };
        Ok(self.made(place, vec![edit]))
    }

    pub fn renumber(&self, place: &Place, num: &Num) -> Planned {
        let (provision, old) = match (&place.piece, &place.provision().num) {
            (None, Some(old)) if !place.provision().label.is_empty() => (place.provision(), old),
            _ => {
                return Err(self.refuse(
                    Code::AddressNotFound,
                    place,
                    format!("{} bears no number that could be changed", place.address()),
                ));
            }
        };
        let step = Step {
            unit: provision.unit,
            num: Some(num.clone()),
            words: None,
        };
        let parents = &self.operation.at.0[..self.operation.at.0.len() - 1];
        if let Ok(parent) = self.view.resolve(parents)
            && self.bearer(&parent, &step).is_some()
        {
            return Err(self.refuse(
                Code::NumberTaken,
                place,
                format!("{step} exists already in {}", parent.address()),
            ));
        }
        let first = provision.blocks.start;
        let shown = self.view.shown(first);
        let label = &shown[provision.label.clone()];
        let Some(at) = label.find(old.0.as_str()) else {
            return Err(self.refuse(
                Code::AddressNotFound,
                place,
                format!(
                    "the number of {} is not written as `{old}`",
                    place.address()
                ),
            ));
        };
        let start = provision.label.start + at;
        let runs = vec![text_run(&num.0, self.op)];
        Ok(self.made(
            place,
            vec![Edit::Splice(first, start..start + old.0.len(), runs)],
        ))
    }
}
