//! One operation against the text before its act: what it will do, or why it can't be done.

use std::collections::HashMap;
use std::ops::Range;

use super::layout::{self, Layout};
use crate::act::{Block, Kind, Provision};
use crate::address::{Address, Step};
use crate::diagnostic::{Code, Diagnostic};
use crate::fold;
use crate::operation::{Action, Operation};
use crate::place::{Place, View};
use crate::text::{OpId, Role, Run};
use crate::unit::{Num, Unit};

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
    /// Whether new units come before what they stand beside, and so after all else that comes there.
    pub before: bool,
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
fn ordinal(operation: &Operation) -> Option<((String, Unit), usize)> {
    let (parents, last) = operation.at.split();
    let last = last?;
    let counted = last.unit.is_counted();
    let inserts = matches!(operation.action, Action::Insert(None, _));
    let number = last.num.as_ref()?.count()?;
    (counted && inserts).then(|| ((Address(parents.to_vec()).to_string(), last.unit), number))
}

/// What the operations of one act share.
pub struct Ground {
    /// The ordinals that the act inserts.
    pub ordinals: Ordinals,
    /// The new numbers of the units that the act renumbers, by their order in the text before it.
    pub renumbered: HashMap<u32, Num>,
    /// The line end with the empty lines of the act.
    pub gap: String,
    /// The last block that stands in the act.
    pub last: Option<usize>,
}

impl Ground {
    /// What the operations of an act share, given the text before it.
    pub fn new<'o>(view: &View, operations: impl Iterator<Item = &'o Operation>) -> Ground {
        let mut ground = Ground {
            ordinals: HashMap::new(),
            renumbered: HashMap::new(),
            gap: layout::line_gap(view.act, view.at),
            last: view
                .act
                .blocks
                .iter()
                .rposition(|it| it.life.alive(view.at)),
        };
        for operation in operations {
            if let Some((key, ordinal)) = ordinal(operation) {
                ground.ordinals.entry(key).or_default().push(ordinal);
            }
            if let Action::Renumber(num) = &operation.action
                && let Ok(place) = view.resolve(&operation.at.0)
            {
                let order = place.provision().order;
                ground.renumbered.insert(order, num.clone());
            }
        }
        ground
    }
}

/// Plans an operation.
pub fn plan(
    view: &View,
    operation: &Operation,
    op: OpId,
    ground: &Ground,
) -> Result<Plan, Diagnostic> {
    let planner = Planner {
        view,
        operation,
        op,
        ground,
    };
    let mut plan = match &operation.action {
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
    for edit in &mut plan.edits {
        match edit {
            Edit::Insert(at, blocks) => *blocks = planner.fenced(*at, std::mem::take(blocks)),
            Edit::Splice(block, _, runs) => planner.without_tabs(*block, runs)?,
            Edit::Strike(_) => {}
        }
    }
    Ok(plan)
}

/// An operation and the text that it is planned against.
pub struct Planner<'v, 't> {
    /// The text before the act.
    pub view: &'v View<'t>,
    /// The operation.
    pub operation: &'v Operation,
    /// Its id.
    pub op: OpId,
    /// What it shares with the other operations of its act.
    pub ground: &'v Ground,
}

pub type Planned = Result<Plan, Diagnostic>;

impl<'t> Planner<'_, 't> {
    pub fn made(&self, place: &Place, edits: Vec<Edit>) -> Plan {
        Plan {
            address: place.address(),
            words: self.first_words(place),
            depth: place.path.len(),
            before: false,
            scope: place.blocks(),
            inserted: None,
            places: 1,
            edits,
            warnings: Vec::new(),
        }
    }

    pub fn first_words(&self, place: &Place) -> String {
        let mut list = Vec::new();
        for line in lines_of(self.view, place) {
            list.extend(line.split_whitespace().map(str::to_string));
            if list.len() >= 9 {
                break;
            }
        }
        list.truncate(9);
        list.join(" ")
    }

    /// New words inside a block, at byte `at` of its shown text, with what its format would read as
    /// marks escaped.
    pub fn runs_in(&self, block: usize, at: usize, words: &str) -> Vec<Run> {
        if words.is_empty() {
            return Vec::new();
        }
        let runs = match &self.view.act.blocks[block].kind {
            Kind::Row(_) => layout::cell_runs(words, self.view.act.blocks[block].is_html()),
            Kind::Fenced => vec![Run::new(words, Role::Text)],
            _ if at == 0 => layout::line_runs(words, false),
            _ => layout::escaped(words, layout::MARKDOWN),
        };
        layout::born(runs, self.op)
    }

    /// The layout of a block. The last line of a file may lack the empty line after it.
    pub fn layout(&self, block: usize) -> Layout {
        let layout = Layout::of(&self.view.act.blocks[block], self.view.at);
        let last = self.ground.last == Some(block) || !layout.after.contains('\n');
        match last {
            true => layout.ending(&self.ground.gap),
            false => layout,
        }
    }

    /// The unit that bears a number, and still will after the act.
    pub fn bearer(&self, parent: &Place<'t>, step: &Step) -> Option<Place<'t>> {
        self.view
            .child(parent, step)
            .filter(|it| !self.ground.renumbered.contains_key(&it.provision().order))
    }

    /// New words of a line may hold no tabs: the line would read as a row.
    fn without_tabs(&self, block: usize, runs: &[Run]) -> Result<(), Diagnostic> {
        let fenced = self.view.act.blocks[block].kind == Kind::Fenced;
        if fenced || !runs.iter().any(|run| run.source.contains('\t')) {
            return Ok(());
        }
        let message = "the new words hold a tab, which parts the cells of a row";
        let mut problem = Diagnostic::error(Code::CellsDiffer, message)
            .help("write a space, or restate the whole unit by lines and rows");
        problem.at.push(self.view.span(block));
        Err(problem)
    }

    pub fn refuse(&self, code: Code, place: &Place, message: String) -> Diagnostic {
        let mut problem = Diagnostic::error(code, message);
        problem.at.push(self.view.span(place.blocks().start));
        problem
    }

    pub fn expect(&self, place: &Place) -> Result<(), Diagnostic> {
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
}

pub fn text_run(words: &str, op: OpId) -> Run {
    Run::new(words, Role::Text).born(op)
}

pub fn kin(unit: Unit) -> Unit {
    match unit {
        Unit::Row | Unit::Part => Unit::Paragraph,
        unit if unit.is_division() => Unit::Chapter,
        unit => unit,
    }
}

/// The paragraphs of a place, as they would stand in an operation: cells parted by tabs, notes of
/// the publisher left out.
pub fn text_of(view: &View, place: &Place) -> Vec<String> {
    lines_of(view, place).collect()
}

fn lines_of<'v, 't>(
    view: &'v View<'t>,
    place: &Place,
) -> impl Iterator<Item = String> + use<'v, 't> {
    let provision = place.provision();
    let (blocks, first, last) = match &place.piece {
        Some(piece) => (
            piece.block..piece.block + 1,
            piece.range.start,
            Some(piece.range.end),
        ),
        None => {
            let whole = !(provision.label.is_empty() && provision.heading.is_empty());
            (
                provision.own_blocks(),
                if whole { 0 } else { provision.body },
                None,
            )
        }
    };
    let start = blocks.start;
    blocks.filter_map(move |block| {
        let shown = view.shown(block);
        let from = if block == start {
            first.min(shown.len())
        } else {
            0
        };
        let words = shown[from..last.unwrap_or(shown.len())].trim();
        let counts = !words.is_empty() && (last.is_some() || !view.act.language.is_remark(words));
        counts.then(|| words.to_string())
    })
}

/// The stretches of text in which an operation on words looks: the text of a unit without its
/// heading; all of it, headings and contents, for the whole act, without the title. Numbers of
/// units are no words.
pub fn scope(view: &View, place: &Place) -> Vec<(usize, Range<usize>)> {
    if let Some(piece) = &place.piece {
        let shown = view.shown(piece.block);
        let words = &shown[piece.range.clone()];
        return in_cells(view, piece.block, piece.range.start, words).collect();
    }
    let provision = place.provision();
    let mut starts: HashMap<usize, usize> = HashMap::new();
    numbers(provision, &mut starts);
    let first = provision.blocks.start;
    let title = match provision.unit {
        Unit::Act => provision.children.iter().find(|it| it.unit == Unit::Title),
        Unit::Title => None,
        _ => {
            let head = provision.heading.end.max(provision.body);
            let start = starts.entry(first).or_default();
            *start = head.max(*start);
            None
        }
    };
    let mut list = Vec::new();
    for block in provision.own_blocks() {
        let titled = title.is_some_and(|title| title.blocks.contains(&block));
        if titled || matches!(view.act.blocks[block].kind, Kind::Markup) {
            continue;
        }
        let shown = view.shown(block);
        let start = starts.get(&block).map_or(0, |start| *start);
        let words = shown.get(start..).unwrap_or_default();
        if words.trim().is_empty() || view.act.language.is_remark(&shown) {
            continue;
        }
        list.extend(in_cells(view, block, start, words));
    }
    // An article whose line carries all of its text.
    if list.is_empty() && !provision.heading.is_empty() {
        list.push((first, provision.heading.clone()));
    }
    list
}

/// Words stand in one cell of a row: the words of a block from a byte on, cell by cell. A row across
/// a pipe table has one, and empty ones behind it.
fn in_cells(
    view: &View,
    block: usize,
    start: usize,
    words: &str,
) -> impl Iterator<Item = (usize, Range<usize>)> {
    let count = view
        .cells(block)
        .map_or(usize::MAX, layout::cells_with_words);
    let mut next = start;
    words.split('\t').take(count).map(move |cell| {
        let start = next;
        next += cell.len() + 1;
        (block, start..start + cell.len())
    })
}

/// Where the words after the numbers of units start, by block.
fn numbers(provision: &Provision, starts: &mut HashMap<usize, usize>) {
    if !provision.label.is_empty() {
        starts.insert(provision.blocks.start, provision.label.end);
    }
    for child in &provision.children {
        numbers(child, starts);
    }
}
