//! Units restated, struck, repealed, renumbered.

use super::layout;
use super::plan::{Edit, Planned, Planner, kin, text_of, text_run};
use super::words;
use crate::act::{Kind, Num, Provision, Unit};
use crate::address::Step;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{self, Label};
use crate::place::{Piece, Place};
use crate::text::Run;

impl Planner<'_, '_> {
    pub fn replace(&self, place: &Place, text: &[String]) -> Planned {
        let said = text_of(self.view, place);
        if said.len() == text.len() && said.iter().zip(text).all(|(a, b)| a == b) {
            return Err(self.already(place, "says this already"));
        }
        if let Some(piece) = &place.piece {
            return Ok(self.made(place, vec![self.replace_piece(place, piece, text)?]));
        }
        let provision = place.provision();
        let first = provision.blocks.start;
        let template = &self.view.act.blocks[first];
        let written = !provision.label.is_empty();
        let mut plan = self.made(place, Vec::new());
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
        let shares_line = !written && provision.body > 0 && provision.heading.is_empty();
        if keeps_label || shares_line {
            let needs = provision.unit.is_division() || provision.unit == Unit::Article;
            if keeps_label && needs {
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
        let blocks = self.blocks(template, provision, text)?;
        plan.edits = vec![
            Edit::Strike(first..self.end_of(provision)),
            Edit::Insert(self.end_of(provision), blocks),
        ];
        Ok(plan)
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
        let html = matches!(block.kind, Kind::Row(_));
        let line = match html {
            true => text.join("\n"),
            false => text[0].clone(),
        };
        let body = provision.body.min(shown.len());
        let runs = layout::cell_runs(&line, html);
        let mut edits = vec![Edit::Splice(
            first,
            body..shown.trim_end().len().max(body),
            layout::born(runs, self.op),
        )];
        let end = self.end_of(provision);
        if first + 1 < end {
            edits.push(Edit::Strike(first + 1..end));
        }
        if !html && text.len() > 1 {
            let below = self.blocks(block, provision, text)?;
            edits.push(Edit::Insert(end, below.into_iter().skip(1).collect()));
        }
        Ok(edits)
    }

    pub fn replace_piece(
        &self,
        place: &Place,
        piece: &Piece,
        text: &[String],
    ) -> Result<Edit, Diagnostic> {
        let html = self.view.act.blocks[piece.block]
            .runs(self.view.at)
            .any(|run| run.source.contains("<t"));
        let words = text.join(if piece.unit == Unit::Heading {
            " "
        } else {
            "\n"
        });
        let mut new = words.as_str();
        if piece.unit == Unit::Heading && !place.provision().label.is_empty() {
            let provision = place.provision();
            if let Some(label) = self.label_of(new, provision.unit) {
                if label.num != provision.num {
                    return Err(self.number_differs(place, label.num.as_ref()));
                }
                new = &new[label.rest..];
            }
        }
        let row = matches!(self.view.act.blocks[piece.block].kind, Kind::Row(_));
        let runs = match row {
            true => layout::cell_runs(new, html),
            false => layout::escaped(new, layout::MARKDOWN),
        };
        Ok(Edit::Splice(
            piece.block,
            piece.range.clone(),
            layout::born(runs, self.op),
        ))
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
        let shares_line =
            provision.label.is_empty() && provision.body > 0 && provision.heading.is_empty();
        if provision.label.is_empty() && !shares_line {
            let end = self.end_of(provision);
            return Ok(self.made(place, vec![Edit::Strike(first..end)]));
        }
        let shown = self.view.shown(first);
        let language = self.view.act.language;
        let end = shown.trim_end().len();
        let from = match shares_line {
            true => provision.body,
            false => provision.label.end,
        };
        if !shares_line && language.is_mark(&shown[from..end]) {
            return Err(self.already(place, "is struck already"));
        }
        let mark = match shares_line {
            true => "",
            false => language.mark(provision.unit, repealed),
        };
        let mut edits = Vec::new();
        match &self.view.act.blocks[first].kind {
            Kind::Row(cells)
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
                let gap = if mark.is_empty() { "" } else { " " };
                let mark = format!("{gap}{mark}");
                let runs = vec![text_run(&mark, self.op)];
                edits.push(Edit::Splice(first, from..end, runs));
            }
        }
        let last = self.end_of(provision);
        if first + 1 < last {
            edits.push(Edit::Strike(first + 1..last));
        }
        Ok(self.made(place, edits))
    }

    pub fn delete_piece(&self, place: &Place, piece: &Piece, repealed: bool) -> Planned {
        let shown = self.view.shown(piece.block);
        let words = &shown[piece.range.clone()];
        let item = lang::item_label(words).filter(|_| piece.unit != Unit::Sentence);
        let edit = match item {
            Some(label) => {
                let mark = format!(" {}", self.view.act.language.mark(piece.unit, repealed));
                let from = piece.range.start + label.range.end;
                Edit::Splice(
                    piece.block,
                    from..piece.range.end,
                    vec![text_run(&mark, self.op)],
                )
            }
            None => Edit::Splice(
                piece.block,
                words::strike(&shown, piece.range.clone()),
                Vec::new(),
            ),
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
            && self.view.child(&parent, &step).is_some()
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
        let Some(at) = label.find(&old.0) else {
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
