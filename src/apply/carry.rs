//! Carrying plans out: splices and strikes in place, then new blocks.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use super::layout;
use super::plan::{Edit, Plan};
use crate::act::{Act, Block, Num, Unit};
use crate::text::{Moment, OpId, Role, Run};

/// Carries out the plans: splices and strikes in place, then puts the new blocks in.
pub fn carry_out(
    act: &mut Act,
    at: Moment,
    plans: Vec<(usize, OpId, Plan)>,
    order: impl Fn(usize) -> (usize, usize),
) {
    struct Arrival {
        depth: usize,
        order: (usize, usize),
        unit: Option<(Unit, Option<Num>)>,
        blocks: Vec<Block>,
        op: OpId,
    }
    let mut arrivals: HashMap<usize, Vec<Arrival>> = HashMap::new();
    let mut plans = plans;
    plans.sort_by_key(|(index, ..)| order(*index));
    for (index, op, plan) in plans {
        for edit in plan.edits {
            match edit {
                Edit::Strike(blocks) => strike(act, blocks, at, op),
                Edit::Splice(block, range, new) => {
                    act.blocks[block].text.splice(range, at, new, op)
                }
                Edit::Insert(before, blocks) => {
                    arrivals.entry(before).or_default().push(Arrival {
                        depth: plan.depth,
                        order: order(index),
                        unit: plan.inserted.clone(),
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
    let end = act.blocks.iter().rposition(|block| block.life.alive(at));
    let gap = line_gap(act, at);
    let old = std::mem::take(&mut act.blocks);
    let count = old.len();
    let mut blocks = old.into_iter();
    for position in 0..=count {
        if let Some(mut list) = arrivals.remove(&position) {
            // New units of the inner place first, then by the lines of their clauses.
            list.sort_by(|a, b| match b.depth.cmp(&a.depth) {
                Ordering::Equal => a.order.cmp(&b.order),
                other => other,
            });
            let mut slots: HashMap<(usize, Unit), Vec<usize>> = HashMap::new();
            for (slot, arrival) in list.iter().enumerate() {
                if let Some((unit, Some(_))) = &arrival.unit {
                    slots.entry((arrival.depth, *unit)).or_default().push(slot);
                }
            }
            let mut sequence: Vec<usize> = (0..list.len()).collect();
            for slots in slots.values() {
                let mut sorted = slots.clone();
                sorted.sort_by(|a, b| {
                    list[*a]
                        .unit
                        .as_ref()
                        .map(|it| &it.1)
                        .cmp(&list[*b].unit.as_ref().map(|it| &it.1))
                });
                for (slot, source) in slots.iter().zip(sorted) {
                    sequence[*slot] = source;
                }
            }
            let mut list: Vec<Option<Arrival>> = list.into_iter().map(Some).collect();
            let mut arrived: Vec<Arrival> = sequence
                .into_iter()
                .filter_map(|slot| list[slot].take())
                .collect();
            if end.is_some_and(|end| end < position) {
                let after = pad(&mut act.blocks, at, &gap, arrived[0].op);
                let mut ends: Vec<&mut Block> = arrived
                    .iter_mut()
                    .filter_map(|arrival| arrival.blocks.last_mut())
                    .collect();
                if let Some(last) = ends.pop() {
                    ends.into_iter()
                        .for_each(|block| layout::set_line_end(block, &gap));
                    layout::set_line_end(last, &after);
                }
            }
            act.blocks
                .extend(arrived.into_iter().flat_map(|arrival| arrival.blocks));
        }
        act.blocks.extend(blocks.next());
    }
}

/// Blocks leave; notes of the publisher stay.
fn strike(act: &mut Act, blocks: Range<usize>, at: Moment, op: OpId) {
    let language = act.language;
    for block in &mut act.blocks[blocks] {
        if block.life.alive(at) && !language.is_remark(&block.text.shown(at)) {
            block.life.died = block.life.died.or(Some(op));
        }
    }
}

/// The line end with the empty lines that follows most paragraphs of the act.
fn line_gap(act: &Act, at: Moment) -> String {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for block in act.blocks.iter().take(500) {
        let after = layout::Layout::of(block, at).after;
        if after.contains('\n') {
            *counts.entry(after).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(after, count)| (*count, std::cmp::Reverse(after.len())))
        .map_or_else(|| "\n\n".to_string(), |(after, _)| after)
}

/// The last line of a file may end without the empty line that new text needs before it. Gives the
/// line end that it had.
fn pad(blocks: &mut [Block], at: Moment, gap: &str, op: OpId) -> String {
    let Some(last) = blocks.iter_mut().rfind(|block| block.life.alive(at)) else {
        return gap.to_string();
    };
    let after = layout::Layout::of(last, at).after;
    let lines = |text: &str| text.matches('\n').count();
    if lines(&after) < lines(gap) {
        let missing = "\n".repeat(lines(gap) - lines(&after));
        last.text.0.push(Run::new(missing, Role::Markup).born(op));
    }
    after
}
