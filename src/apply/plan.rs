//! One operation against the text before its act: what it will do, or why it can't be done.

use std::collections::HashMap;
use std::ops::Range;

use super::layout::{self, Layout};
use super::words;
use crate::act::{Block, Kind, Num, Provision, Unit};
use crate::address::{Address, Piece, Place, Step, View, indents};
use crate::diagnostic::{Code, Diagnostic};
use crate::fold;
use crate::lang::{self, Label};
use crate::operation::{Action, Operation, Position};
use crate::text::{OpId, Role, Run};

/// A change of the text, in terms of the blocks before the act.
#[derive(Debug)]
pub enum Edit {
    /// Blocks leave. What they hold of format marks alone goes with them; notes of the publisher
    /// stay.
    Strike(Range<usize>),
    /// Bytes of the shown text of a block leave, and others come.
    Splice(usize, Range<usize>, Vec<Run>),
    /// Blocks come before the block with this index.
    Insert(usize, Vec<Block>),
}

/// What an operation will do.
#[derive(Debug)]
pub struct Plan {
    /// The canonical address of the place.
    pub address: String,
    /// Its first words, before.
    pub words: String,
    /// How deep the place stands that new units go into: of insertions that meet, the one into the
    /// inner unit comes first.
    pub depth: usize,
    /// The blocks of the place, for the check that operations do not meet.
    pub scope: Range<usize>,
    /// What is inserted, to keep numbers in order where insertions meet.
    pub inserted: Option<(Unit, Option<Num>)>,
    /// How many places change.
    pub places: usize,
    /// The changes.
    pub edits: Vec<Edit>,
    /// What is worth a look.
    pub warnings: Vec<Diagnostic>,
}

/// How many lower ordinals of the same kind the act inserts into the same unit, by parent address,
/// unit and ordinal: «сегізінші және тоғызыншы бөліктермен» adds two parts after the seventh.
pub type Ordinals = HashMap<(String, Unit), Vec<usize>>;

/// The key of an operation in [`Ordinals`], and its ordinal, where it inserts a counted unit.
pub fn ordinal(operation: &Operation) -> Option<((String, Unit), usize)> {
    let (parents, last) = operation.at.split();
    let last = last?;
    let counted = matches!(last.unit, Unit::Part | Unit::Indent | Unit::Sentence);
    let inserts = matches!(operation.action, Action::Insert(None, _));
    let number = last.num.as_ref()?.count()?;
    (counted && inserts).then(|| ((Address(parents.to_vec()).to_string(), last.unit), number))
}

/// Plans an operation.
pub fn plan(
    view: &View,
    operation: &Operation,
    op: OpId,
    ordinals: &Ordinals,
) -> Result<Plan, Diagnostic> {
    let planner = Planner {
        view,
        operation,
        op,
        ordinals,
    };
    let plan = match &operation.action {
        Action::Insert(position, text) => planner.insert(*position, text),
        action => {
            let place = view.resolve(&operation.at.0)?;
            planner.expect(&place)?;
            match action {
                Action::Replace(text) => planner.replace(&place, text),
                Action::Delete => planner.delete(&place, false),
                Action::Repeal => planner.delete(&place, true),
                Action::Renumber(num) => planner.renumber(&place, num),
                _ => planner.words(&place),
            }
            .map(|mut plan| {
                plan.warnings.extend(place.warnings.iter().cloned());
                plan
            })
        }
    }?;
    Ok(plan)
}

struct Planner<'v, 't> {
    view: &'v View<'t>,
    operation: &'v Operation,
    op: OpId,
    ordinals: &'v Ordinals,
}

type Planned = Result<Plan, Diagnostic>;

impl<'t> Planner<'_, 't> {
    fn made(&self, place: &Place, edits: Vec<Edit>) -> Plan {
        let scope = match &place.piece {
            Some(piece) => piece.block..piece.block + 1,
            None => own(place.provision()),
        };
        Plan {
            address: place.address(),
            words: self.first_words(place),
            depth: place.path.len(),
            scope,
            inserted: None,
            places: 1,
            edits,
            warnings: Vec::new(),
        }
    }

    fn first_words(&self, place: &Place) -> String {
        let text = text_of(self.view, place).join(" ");
        let words: Vec<&str> = text.split_whitespace().take(9).collect();
        words.join(" ")
    }

    fn refuse(&self, code: Code, place: &Place, message: String) -> Diagnostic {
        let block = match &place.piece {
            Some(piece) => piece.block,
            None => place.provision().blocks.start,
        };
        let mut problem = Diagnostic::error(code, message);
        problem.at.push(self.view.span(block));
        problem
    }

    fn expect(&self, place: &Place) -> Result<(), Diagnostic> {
        let Some(expected) = &self.operation.expect else {
            return Ok(());
        };
        let found = text_of(self.view, place).join("\n\n");
        if fold::key(expected) == fold::key(&found) {
            return Ok(());
        }
        Err(self
            .refuse(
                Code::ExpectDiffers,
                place,
                format!(
                    "{} does not say what the operation expects",
                    place.address()
                ),
            )
            .help(format!("it says: {found}")))
    }

    fn replace(&self, place: &Place, text: &[String]) -> Planned {
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
            && lang_class(label.unit) != lang_class(provision.unit)
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
                .is_none_or(|label| lang_class(label.unit) != lang_class(provision.unit));
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
    fn after_label(&self, provision: &Provision, text: &[String]) -> Result<Vec<Edit>, Diagnostic> {
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

    fn replace_piece(
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
    fn number_of(&self, place: &Place, words: &str) -> Result<Option<Label>, Diagnostic> {
        let provision = place.provision();
        match self.label_of(words, provision.unit) {
            Some(label) if label.num == provision.num => Ok(Some(label)),
            Some(label) => Err(self.number_differs(place, label.num.as_ref())),
            None => Ok(None),
        }
    }

    fn number_differs(&self, place: &Place, num: Option<&Num>) -> Diagnostic {
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
    fn label_of(&self, words: &str, unit: Unit) -> Option<Label> {
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

    fn already(&self, place: &Place, what: &str) -> Diagnostic {
        self.refuse(
            Code::AlreadyApplied,
            place,
            format!("{} {what}", place.address()),
        )
        .help("the act seems to be applied to this text already")
    }

    fn delete(&self, place: &Place, repealed: bool) -> Planned {
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

    fn delete_piece(&self, place: &Place, piece: &Piece, repealed: bool) -> Planned {
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

    fn renumber(&self, place: &Place, num: &Num) -> Planned {
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

    fn words(&self, place: &Place) -> Planned {
        let mut edits = Vec::new();
        let scope = scope(self.view, place);
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
        for (block, range) in &scope {
            let shown = self.view.shown(*block);
            let text = &shown[range.clone()];
            for found in words::find(text, old) {
                let (strike, come) = match &self.operation.action {
                    Action::DeleteWords { .. } => (words::strike(text, found), String::new()),
                    Action::InsertWords { position, .. } => {
                        let before = *position == Position::Before;
                        let (at, words) = words::beside(text, found, before, new);
                        (at..at, words)
                    }
                    _ => words::replace(text, found, new),
                };
                let html = matches!(self.view.act.blocks[*block].kind, Kind::Row(_));
                let runs = match (come.is_empty(), html) {
                    (true, _) => Vec::new(),
                    (false, true) => layout::cell_runs(&come, html),
                    (false, false) => layout::escaped(&come, layout::MARKDOWN),
                };
                edits.push(Edit::Splice(
                    *block,
                    range.start + strike.start..range.start + strike.end,
                    layout::born(runs, self.op),
                ));
            }
        }
        if edits.is_empty() {
            return Err(self.words_missing(place, &scope, old, new));
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

    fn words_at_end(&self, place: &Place, new: &str) -> Planned {
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
        let runs = layout::cell_runs(
            &words,
            matches!(self.view.act.blocks[block].kind, Kind::Row(_)),
        );
        let edit = Edit::Splice(block, at..at, layout::born(runs, self.op));
        Ok(self.made(place, vec![edit]))
    }

    fn words_missing(
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
            Some(passage) => problem.help(format!("the nearest passage is «{passage}»")),
            None => problem,
        }
    }

    fn insert(&self, position: Option<Position>, text: &[String]) -> Planned {
        let (parents, Some(step)) = self.operation.at.split() else {
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
        let mut plan = match (&parent.piece, step.unit) {
            (Some(cell), _) => self.insert_in_cell(&parent, cell, step, text)?,
            (None, Unit::Part | Unit::Indent)
                if step.num.as_ref().is_some_and(|num| num.count().is_some())
                    && !self.numbered_parts(&parent, step.unit) =>
            {
                self.insert_counted(&parent, step, text)?
            }
            _ => self.insert_numbered(&parent, step, text)?,
        };
        plan.depth = parent.path.len();
        plan.inserted = Some((step.unit, step.num.clone()));
        plan.warnings.extend(parent.warnings);
        Ok(plan)
    }

    /// Whether the parts of a unit bear numbers, as in codes.
    fn numbered_parts(&self, parent: &Place, unit: Unit) -> bool {
        let parts = &parent.provision().children;
        unit == Unit::Part
            && parts
                .iter()
                .any(|it| it.unit == unit && !it.label.is_empty())
    }

    fn insert_counted(&self, parent: &Place<'t>, step: &Step, text: &[String]) -> Planned {
        let wanted = step.num.as_ref().and_then(Num::count).unwrap_or(0);
        let list: Vec<Place<'t>> = match step.unit {
            Unit::Indent => indents(parent),
            _ => self.view.children(parent, Unit::Part),
        };
        if let Some(there) = wanted.checked_sub(1).and_then(|at| list.get(at))
            && text_of(self.view, there).first() == text.first()
        {
            return Err(self.already(there, "says this already"));
        }
        let (parents, _) = self.operation.at.split();
        let key = (Address(parents.to_vec()).to_string(), step.unit);
        let lower = self.ordinals.get(&key).map_or(0, |ordinals| {
            ordinals.iter().filter(|ordinal| **ordinal < wanted).count()
        });
        let before = wanted.saturating_sub(lower);
        if before == 0 || before > list.len() + 1 {
            return Err(self
                .refuse(
                    Code::AddressNotFound,
                    parent,
                    format!("{} can't get a {step}: it has {}", parent.address(), list.len()),
                )
                .help(format!(
                    "its next {} would be the {}th; the count of the clause may include units struck before",
                    step.unit,
                    list.len() + 1
                )));
        }
        let beside = list.get(before - 1).or_else(|| list.last());
        let at = match (list.get(before - 1), list.last()) {
            (Some(next), _) if next.provision().body == 0 => next.provision().blocks.start,
            (Some(next), _) => {
                return Err(self.refuse(
                    Code::AddressNotFound,
                    parent,
                    format!(
                        "{} begins on the line of its number; nothing can stand before it",
                        next.address()
                    ),
                ));
            }
            (None, Some(last)) => self.end_of(last.provision()),
            (None, None) => self.end_of(parent.provision()),
        };
        let near = beside.map_or(parent.provision(), Place::provision);
        let template = &self.view.act.blocks[near.blocks.start];
        let blocks = match near.body > 0 || beside.is_none() {
            true => self.bodies(near, text),
            false => self.blocks(template, near, text)?,
        };
        Ok(self.made(parent, vec![Edit::Insert(at, blocks)]))
    }

    fn insert_numbered(&self, parent: &Place<'t>, step: &Step, text: &[String]) -> Planned {
        if let Some(there) = self.view.child(parent, step) {
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
        let mut siblings = self.view.siblings(parent, step.unit)?;
        let smaller =
            |place: &Place| place.provision().num.is_some() && place.provision().num < step.num;
        let before = siblings
            .iter()
            .enumerate()
            .filter(|(_, place)| step.num.is_none() || smaller(place))
            .max_by(|(a, left), (b, right)| {
                let numbers = left.provision().num.cmp(&right.provision().num);
                numbers.then(a.cmp(b))
            })
            .map(|(index, _)| index);
        let (near, at) = match (before, siblings.is_empty()) {
            (Some(index), _) => {
                let near = siblings.swap_remove(index);
                let at = near.provision().blocks.end;
                (near, at)
            }
            (None, false) => {
                let near = siblings.swap_remove(0);
                let at = near.provision().blocks.start;
                (near, at)
            }
            (None, true) => (parent.clone(), self.inner_end(parent, step.unit)),
        };
        let kin = near.path.len() > parent.path.len();
        let blocks = match kin {
            true => self.blocks(
                &self.view.act.blocks[near.provision().blocks.start],
                near.provision(),
                text,
            )?,
            false => self.bodies(near.provision(), text),
        };
        Ok(self.made(parent, vec![Edit::Insert(at, blocks)]))
    }

    /// Where a unit comes that is the first of its kind: after all that the parent holds, but
    /// before the signature and the annexes.
    fn inner_end(&self, parent: &Place, unit: Unit) -> usize {
        let provision = parent.provision();
        let outer = |it: &&Provision| matches!(it.unit, Unit::Signature | Unit::Annex);
        match provision.children.iter().find(outer) {
            Some(next) if unit != Unit::Annex => next.blocks.start,
            _ => self.end_of(provision),
        }
    }

    fn insert_beside(&self, anchor: &Place, position: Position, text: &[String]) -> Planned {
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
        let at = match position {
            Position::Before => provision.blocks.start,
            Position::After => provision.blocks.end,
            Position::End => self.inner_end(anchor, provision.unit),
        };
        let blocks = match position {
            Position::End => self.bodies(provision, text),
            _ => self.blocks(
                &self.view.act.blocks[provision.blocks.start],
                provision,
                text,
            )?,
        };
        Ok(self.made(anchor, vec![Edit::Insert(at, blocks)]))
    }

    /// A numbered line among the lines of a cell.
    fn insert_in_cell(
        &self,
        parent: &Place,
        cell: &Piece,
        step: &Step,
        text: &[String],
    ) -> Planned {
        let block = &self.view.act.blocks[cell.block];
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
        let mut runs = vec![Run::new(line_break, Role::As("\n".into()))];
        runs.extend(layout::cell_runs(&text.join("\n"), true));
        let runs = layout::born(runs, self.op);
        Ok(self.made(parent, vec![Edit::Splice(cell.block, at..at, runs)]))
    }

    /// The blocks of a new wording: its first line laid out like `template`, the others like the
    /// lines of the unit, or of the act.
    fn blocks(
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
    fn bodies(&self, near: &Provision, text: &[String]) -> Vec<Block> {
        let template = Layout::of(&self.view.act.blocks[near.blocks.start], self.view.at);
        let body = self.body_layout(near, &template);
        text.iter()
            .map(|words| self.line_layout(words, &body).block(words, self.op))
            .collect()
    }

    fn rows(&self, template: &Block, text: &[String]) -> Result<Vec<Block>, Diagnostic> {
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
                    problem.at.push(crate::diagnostic::Span {
                        source: crate::diagnostic::Source::Base,
                        bytes: template.start..template.start,
                    });
                    problem.help("part the cells by tabs")
                })
            })
            .collect()
    }

    /// The layout of a line of text in a unit: that of one of its lines below the first, else of the
    /// nearest line of the act.
    fn body_layout(&self, near: &Provision, first: &Layout) -> Layout {
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
    fn line_layout(&self, words: &str, body: &Layout) -> Layout {
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

    fn last_layout(&self, near: &Provision) -> Option<Layout> {
        let blocks = &self.view.act.blocks[near.blocks.start..self.end_of(near)];
        let last = blocks
            .iter()
            .rfind(|block| block.life.alive(self.view.at))?;
        Some(Layout::of(last, self.view.at))
    }

    /// The end of a unit without the notes of the publisher after it.
    fn end_of(&self, provision: &Provision) -> usize {
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

fn text_run(words: &str, op: OpId) -> Run {
    Run::new(words, Role::Text).born(op)
}

/// The blocks that an operation on a unit is about: an indicator is a row, though the measures
/// under it are its children.
fn own(provision: &Provision) -> Range<usize> {
    match provision.unit {
        Unit::Indicator => provision.blocks.start..provision.blocks.start + 1,
        _ => provision.blocks.clone(),
    }
}

fn lang_class(unit: Unit) -> Unit {
    match unit {
        Unit::Row | Unit::Part => Unit::Paragraph,
        unit if unit.is_division() => Unit::Chapter,
        unit => unit,
    }
}

/// The paragraphs of a place, as they would stand in an operation: cells parted by tabs, notes of
/// the publisher left out.
pub fn text_of(view: &View, place: &Place) -> Vec<String> {
    if let Some(piece) = &place.piece {
        return vec![view.shown(piece.block)[piece.range.clone()].to_string()];
    }
    let provision = place.provision();
    let from = match provision.label.is_empty() && provision.heading.is_empty() {
        true => provision.body,
        false => 0,
    };
    own(provision)
        .filter_map(|block| {
            let shown = view.shown(block);
            let start = if block == provision.blocks.start {
                from.min(shown.len())
            } else {
                0
            };
            let words = shown[start..].trim();
            let counts = !words.is_empty() && !view.act.language.is_remark(words);
            counts.then(|| words.to_string())
        })
        .collect()
}

/// The stretches of text in which an operation on words looks: the text of a unit without its
/// number and heading; all of it, headings and contents, for the whole act, without the title.
pub fn scope(view: &View, place: &Place) -> Vec<(usize, Range<usize>)> {
    if let Some(piece) = &place.piece {
        return vec![(piece.block, piece.range.clone())];
    }
    let provision = place.provision();
    let title = match provision.unit {
        Unit::Act => provision.children.iter().find(|it| it.unit == Unit::Title),
        _ => None,
    };
    let first = provision.blocks.start;
    let head = provision
        .label
        .end
        .max(provision.heading.end)
        .max(provision.body);
    let mut list = Vec::new();
    for block in own(provision) {
        let titled = title.is_some_and(|title| title.blocks.contains(&block));
        if titled || matches!(view.act.blocks[block].kind, Kind::Markup) {
            continue;
        }
        let shown = view.shown(block);
        if shown.trim().is_empty() || view.act.language.is_remark(&shown) {
            continue;
        }
        let start = match block == first && !matches!(provision.unit, Unit::Act | Unit::Title) {
            true if provision.heading.is_empty() => provision.body.max(provision.label.end),
            true => head,
            false => 0,
        };
        if start.min(shown.len()) < shown.trim_end().len() {
            list.push((block, start..shown.len()));
        }
    }
    // An article whose line carries all of its text.
    if list.is_empty() && !provision.heading.is_empty() {
        list.push((first, provision.heading.clone()));
    }
    list
}
