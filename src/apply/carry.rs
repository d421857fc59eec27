//! Carrying plans out: changes and strikes in place, then new blocks.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::layout;
use super::plan::{Edit, Ground, Plan};
use super::settle::{is_tab_row, reads_back, settle};
use crate::act::{Act, Block, Kind};
use crate::lang;
use crate::operation::Action;
use crate::text::{Moment, OpId, Role, Run};
use crate::unit::{Num, Unit};

/// New blocks on their way to their place.
struct Arrival {
    depth: usize,
    /// Whether it stands before what comes next, rather than after what is there.
    before: bool,
    /// The place of its clause among those of the act.
    order: usize,
    unit: Option<(Unit, Option<Num>)>,
    /// Whether it takes the place of a unit that is struck.
    restates: bool,
    blocks: Vec<Block>,
    op: OpId,
}

/// The lines that plans change in place, as they leave them.
pub type Lines = HashMap<usize, Block>;

/// Plans the lines that change in place. Of the plans that leave or bring a line that would be read
/// otherwise than it is shown, gives the number, with the block that the line is or stands beside.
pub fn lines(act: &Act, at: Moment, plans: &[(usize, OpId, Plan)]) -> (Lines, Vec<(usize, usize)>) {
    let mut lines = Lines::new();
    let mut changes: HashMap<usize, Vec<(OpId, usize)>> = HashMap::new();
    let mut misread = Vec::new();
    for (number, (_, op, plan)) in plans.iter().enumerate() {
        for edit in &plan.edits {
            match edit {
                Edit::Splice(block, range, new) => {
                    let line = lines
                        .entry(*block)
                        .or_insert_with(|| act.blocks[*block].clone());
                    line.text.splice(range.clone(), at, new.clone(), *op);
                    changes.entry(*block).or_default().push((*op, number));
                }
                Edit::Insert(block, new) => {
                    let reads = |it: &Block| !is_tab_row(it) || reads_back(it, Moment(op.0));
                    if !new.iter().all(reads) {
                        misread.push((number, *block));
                    }
                }
                Edit::Strike(_) => {}
            }
        }
    }
    for (index, line) in &mut lines {
        let mut plans = changes.remove(index).unwrap_or_default();
        plans.sort();
        plans.dedup();
        let seams = |op: OpId| leaves_seams(&act.change(op).operation.action);
        let ops: Vec<(OpId, bool)> = plans.iter().map(|(op, _)| (*op, seams(*op))).collect();
        if !settle(line, at, &ops) {
            misread.extend(plans.into_iter().map(|(_, plan)| (plan, *index)));
        }
    }
    misread.sort_unstable();
    (lines, misread)
}

/// Carries out the plans, which stand in the order of their clauses: puts the changed lines in place,
/// strikes what leaves, then puts the new blocks in.
pub fn carry_out(
    act: &mut Act,
    at: Moment,
    plans: Vec<(usize, OpId, Plan)>,
    lines: Lines,
    ground: &Ground,
) {
    for (index, line) in lines {
        act.blocks[index] = line;
    }
    let mut arrivals: BTreeMap<usize, Vec<Arrival>> = BTreeMap::new();
    for (order, (_, op, plan)) in plans.into_iter().enumerate() {
        for edit in plan.edits {
            match edit {
                Edit::Strike(blocks) => strike(act, blocks, at, op),
                Edit::Splice(..) => {}
                Edit::Insert(mut before, blocks) => {
                    before = without_gone(&act.blocks, before, at);
                    // What will take the place of a unit later stands before what comes after it.
                    let later = |op: OpId| op.0 > at.0 && act.change(op).restates();
                    while let Some(block) = act.blocks.get(before)
                        && block.life.born().is_some_and(later)
                    {
                        before += 1;
                    }
                    arrivals.entry(before).or_default().push(Arrival {
                        depth: plan.depth,
                        before: plan.before,
                        order,
                        unit: plan.inserted.clone(),
                        restates: act.change(op).restates(),
                        blocks,
                        op,
                    });
                }
            }
        }
    }
    if arrivals.is_empty() {
        return;
    }
    let old = std::mem::take(&mut act.blocks);
    let unborn = |block: &Block| block.life.born().is_some_and(|op| op.0 > at.0);
    let count = old.len();
    let new = arrivals.values().flatten().map(|it| it.blocks.len());
    act.blocks.reserve_exact(count + new.sum::<usize>());
    let mut blocks = old.into_iter();
    let mut done = 0;
    for (position, list) in arrivals {
        act.blocks.extend(blocks.by_ref().take(position - done));
        done = position;
        let mut arrived = in_order(list);
        let last = ground.last.is_some_and(|last| last < position);
        let mut behind = blocks.as_slice().iter();
        let behind = behind.find(|it| it.life.alive(at) || unborn(it));
        join(
            &mut act.blocks,
            &mut arrived,
            at,
            last.then_some(&ground.gap),
            behind.filter(|it| unborn(it)),
        );
        let new = arrived.into_iter().flat_map(|arrival| arrival.blocks);
        act.blocks.extend(new);
    }
    act.blocks.extend(blocks);
}

/// A place before a block, counted from the last block that is not gone: what was struck before parts
/// nothing, and places on both sides of it are one.
pub fn without_gone(blocks: &[Block], place: usize, at: Moment) -> usize {
    let mut before = blocks[..place].iter();
    before
        .rposition(|it| !it.is_gone(at))
        .map_or(0, |last| last + 1)
}

/// Whether an operation is about words in a line, and not about what stands behind a number.
fn leaves_seams(action: &Action) -> bool {
    match action {
        Action::Insert(..)
        | Action::Delete
        | Action::Repeal
        | Action::ReplaceWords { .. }
        | Action::InsertWords { .. }
        | Action::DeleteWords { .. } => true,
        Action::Replace(_) | Action::Renumber(_) => false,
    }
}

/// What comes at one place: what takes the place of a unit first, then what comes after a unit, then
/// what comes before one; of these the inner unit is nearer. Else by the lines of their clauses, units
/// of one kind in the order of their numbers.
fn in_order(mut list: Vec<Arrival>) -> Vec<Arrival> {
    list.sort_by_key(|arrival| {
        let outer = match arrival.before {
            true => arrival.depth,
            false => usize::MAX - arrival.depth,
        };
        (!arrival.restates, arrival.before, outer, arrival.order)
    });
    let mut slots: HashMap<(usize, Unit), Vec<usize>> = HashMap::new();
    for (slot, arrival) in list.iter().enumerate() {
        if let Some((unit, Some(_))) = &arrival.unit {
            // Points and parts are numbered anew in each unit; the others go through the act.
            let anew = matches!(
                unit,
                Unit::Point | Unit::Part | Unit::Indent | Unit::Paragraph
            );
            let depth = if anew { arrival.depth } else { 0 };
            slots.entry((depth, *unit)).or_default().push(slot);
        }
    }
    let mut sequence: Vec<usize> = (0..list.len()).collect();
    for slots in slots.into_values() {
        let mut sorted = slots.clone();
        sorted.sort_by_key(|slot| list[*slot].unit.as_ref().and_then(|(_, num)| num.clone()));
        for (slot, source) in slots.into_iter().zip(sorted) {
            sequence[slot] = source;
        }
    }
    let mut list: Vec<Option<Arrival>> = list.into_iter().map(Some).collect();
    sequence
        .into_iter()
        .filter_map(|slot| list[slot].take())
        .collect()
}

/// The empty lines after the last line of a list, a table or a file stay behind what comes after
/// it; between them stands what stands between the lines before. `gap` is given at the end of the
/// file: what stands between the lines of the act.
/// Where a unit that comes later stands `behind`, it parts that one from the lines before as well.
fn join(
    blocks: &mut [Block],
    arrived: &mut [Arrival],
    at: Moment,
    gap: Option<&String>,
    behind: Option<&Block>,
) {
    let mut before = (0..blocks.len())
        .rev()
        .filter(|index| blocks[*index].life.alive(at));
    let tags = |index: &usize| blocks[*index].kind == Kind::Markup;
    let (Some(last), previous) = (before.next(), before.find(|index| !tags(index))) else {
        return;
    };
    let Some(op) = arrived.iter().map(|arrival| arrival.op).min() else {
        return;
    };
    let end = |block: &Block| {
        let after = layout::Layout::of(block, at).after;
        layout::line_end(&after).to_string()
    };
    // What goes on with the list or the table.
    let goes_on = |it: &&Arrival| {
        let first = it.blocks.first();
        first.is_some_and(|first| alike(&blocks[last], first, at))
    };
    let count = arrived.iter().take_while(goes_on).count();
    let row = matches!(blocks[last].kind, Kind::Row(_));
    let inserted = match arrived[..count].first() {
        Some(first) => {
            first.unit.is_some() || row && arrived[..count].iter().any(|it| !it.restates)
        }
        None => false,
    };
    let previous = previous.filter(|it| alike(&blocks[*it], &blocks[last], at));
    let (list, inner) = match (inserted, previous, gap) {
        (true, Some(previous), _) => (count, end(&blocks[previous])),
        (true, None, _) if row => (count, "\n".to_string()),
        (_, _, Some(gap)) => (0, gap.clone()),
        (_, _, None) => return,
    };
    let outer = end(&blocks[last]);
    if outer == inner {
        return;
    }
    let (standing, later) = blocks.split_at_mut(last + 1);
    let last = &mut standing[last];
    // So does a wording that takes the place of that line at a later date.
    for block in later {
        let end = block.text.0.last().map_or("", |run| &run.source);
        let unborn = block.life.born().is_some_and(|birth| birth.0 > at.0);
        if unborn && (!end.ends_with('\n') || alike(last, block, at)) {
            set_gap(block, &inner, op);
        }
    }
    set_gap(last, &inner, op);
    let (list, more) = arrived.split_at_mut(list);
    let ends_list = more.is_empty();
    match gap.filter(|_| !ends_list) {
        Some(gap) => {
            end_lines(list, &inner, gap);
            end_lines(more, gap, &outer);
        }
        None => end_lines(list, &inner, &outer),
    }
    let later = behind.and_then(|it| Some((it, it.life.born()?)));
    if let (Some((behind, birth)), Some(new)) = (later, arrived.last_mut()) {
        let inner = match ends_list && alike(last, behind, at) {
            true => Some(&inner),
            false => gap,
        };
        if let (Some(inner), Some(block)) = (inner, new.blocks.last_mut()) {
            set_gap(block, inner, birth.max(new.op));
        }
    }
}

/// Gives what arrives line ends: one between them, another behind the last.
fn end_lines(arrived: &mut [Arrival], inner: &str, last: &str) {
    let ends = arrived.iter_mut();
    let ends = ends.filter_map(|arrival| arrival.blocks.last_mut()).rev();
    for (index, block) in ends.enumerate() {
        layout::set_line_end(block, if index == 0 { last } else { inner });
    }
}

/// Whether two lines are rows of one format, or items of a list of one kind.
fn alike(one: &Block, other: &Block, at: Moment) -> bool {
    let item = |block: &Block| lang::item_label(&block.text.shown(at)).map(|label| label.unit);
    match (&one.kind, &other.kind) {
        (Kind::Row(_), Kind::Row(_)) => one.is_html() == other.is_html(),
        (Kind::Paragraph, Kind::Paragraph) => item(one).is_some() && item(one) == item(other),
        _ => false,
    }
}

/// Gives a line that stays another line end, until it gets one from an operation that comes later.
fn set_gap(block: &mut Block, gap: &str, op: OpId) {
    let runs = &mut block.text.0;
    let last = runs.iter().rposition(|run| run.life.alive(Moment(op.0)));
    let own = last.filter(|index| runs[*index].role == Role::Markup);
    let own = own.map_or("", |index| layout::line_end(&runs[index].source));
    if own == gap {
        return;
    }
    let mut new = Run::new(gap, Role::Markup).born(op);
    let ends = runs[last.map_or(0, |index| index + 1)..].iter();
    let ends = ends.filter(|run| run.role == Role::Markup && run.source.ends_with('\n'));
    let births = ends.filter_map(|run| run.life.born());
    if let Some(later) = births.filter(|birth| *birth > op).min() {
        new.life = new.life.until(later);
    }
    if let Some(index) = last.filter(|_| !own.is_empty()) {
        let mut old = runs[index].clone();
        let kept = old.source.len() - own.len();
        (runs[index].source, old.source) = old.source.cut(kept);
        old.life = old.life.until(op);
        runs.insert(index + 1, old);
        runs.retain(|run| !run.source.is_empty());
    }
    runs.push(new);
}

/// Blocks leave; notes of the publisher stay, and so does the mark of a fence whose other mark stays.
fn strike(act: &mut Act, blocks: Range<usize>, at: Moment, op: OpId) {
    let language = act.language;
    let kept = marks_without_the_other(&act.blocks, &blocks, at);
    for (index, block) in blocks.clone().zip(&mut act.blocks[blocks]) {
        let stays = kept.contains(&Some(index)) || language.is_remark(&block.text.shown(at));
        if block.life.alive(at) && !stays {
            block.life = block.life.until(op);
        }
    }
}

/// Of the marks of fences among some blocks, the one that closes a fence opened above them, and the
/// one that opens a fence closed below.
fn marks_without_the_other(all: &[Block], blocks: &Range<usize>, at: Moment) -> [Option<usize>; 2] {
    let mark = |index: &usize| all[*index].is_fence() && all[*index].life.alive(at);
    let marks: Vec<usize> = blocks.clone().filter(mark).collect();
    let Some(first) = marks.first() else {
        return [None, None];
    };
    let closes = (0..*first).filter(mark).count() % 2;
    let opens = (marks.len() - closes) % 2;
    [
        marks.first().filter(|_| closes == 1).copied(),
        marks.last().filter(|_| opens == 1).copied(),
    ]
}
