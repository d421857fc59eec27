//! Operations of one act may not meet.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Report;
use super::carry;
use super::plan::{Edit, Plan};
use crate::act::Block;
use crate::diagnostic::{Code, Diagnostic};
use crate::operation::{Action, Amendment};
use crate::place::View;
use crate::text::{Lifespan, OpId};
use crate::unit::{Num, Unit};

/// A stretch of the text that an operation takes away or stands on: from (block, byte) to
/// (block, byte).
struct Claim {
    from: (usize, usize),
    to: (usize, usize),
    plan: usize,
}

/// Behind all that an act has or gets.
const END: (usize, usize) = (usize::MAX, 0);

/// Operations of one act may not meet: both are refused. An operation on words loses those places
/// that another operation of the act restates or strikes as a whole.
pub fn conflicts(
    plans: &mut [(usize, OpId, Plan)],
    view: &View,
    amendments: &[Amendment],
    reports: &mut [Report],
) -> Vec<(usize, Diagnostic)> {
    let mut claims: Vec<Claim> = Vec::new();
    for (number, (index, _, plan)) in plans.iter().enumerate() {
        let action = &reports[*index].operation_in(amendments).action;
        let whole = matches!(action, Action::Replace(_)) && plan.address == Unit::Act.to_string();
        let place = |block: usize| (carry::without_gone(&view.act.blocks, block, view.at), 0);
        for edit in &plan.edits {
            let (from, to) = match edit {
                // The text restated whole is taken as a whole, also where nothing is left of it.
                Edit::Strike(blocks) if whole => (place(blocks.start), END),
                Edit::Strike(blocks) => (place(blocks.start), place(blocks.end)),
                Edit::Splice(block, range, _) => ((*block, range.start), (*block, range.end)),
                Edit::Insert(at, _) => (place(*at), place(*at)),
            };
            claims.push(Claim {
                from,
                to,
                plan: number,
            });
        }
    }
    claims.sort_by_key(|claim| (claim.from, std::cmp::Reverse(claim.to)));
    let mut meeting: Vec<(usize, usize)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (number, claim) in claims.iter().enumerate() {
        open.retain(|other| claims[*other].to > claim.from);
        for other in &open {
            let other_claim = &claims[*other];
            // What comes at the very start of a stretch stands beside it, not in it; but words come
            // into a unit that is restated or struck.
            let on_words = |claim: &Claim| {
                is_on_words(&reports[plans[claim.plan].0].operation_in(amendments).action)
            };
            let beside = claim.from == claim.to
                && claim.from == other_claim.from
                && other_claim.to != END
                && (on_words(other_claim) || !on_words(claim));
            if other_claim.plan != claim.plan && !beside {
                meeting.push((*other, number));
            }
        }
        open.push(number);
    }
    let mut problems = Vec::new();
    let mut superseded: HashSet<(usize, (usize, usize))> = HashSet::new();
    let action = |plan: usize| &reports[plans[plan].0].operation_in(amendments).action;
    let mut refused: HashSet<usize> = HashSet::new();
    for (outer, inner) in meeting {
        let (outer, inner) = (&claims[outer], &claims[inner]);
        let gives_way = |words: &Claim, other: &Claim| {
            let (words_plan, other_plan) = (&plans[words.plan].2, &plans[other.plan].2);
            let (scope, struck) = (&words_plan.scope, &other_plan.scope);
            let holds = scope.start <= struck.start && struck.end <= scope.end;
            let standing = |blocks: &Range<usize>| {
                let blocks = view.act.blocks[blocks.clone()].iter();
                blocks.filter(|it| it.life.alive(view.at)).count()
            };
            let wider =
                || words_plan.depth < other_plan.depth || standing(scope) > standing(struck);
            holds && wider() && is_on_words(action(words.plan)) && !is_on_words(action(other.plan))
        };
        if gives_way(inner, outer) {
            superseded.insert((inner.plan, inner.from));
            continue;
        }
        if gives_way(outer, inner) {
            superseded.insert((outer.plan, outer.from));
            continue;
        }
        for (one, other) in [(outer.plan, inner.plan), (inner.plan, outer.plan)] {
            if !refused.insert(one) {
                continue;
            }
            let report = &reports[plans[other].0];
            let operation = report.operation_in(amendments);
            let mut problem = Diagnostic::error(
                Code::Conflict,
                format!(
                    "operation {} changes the same place ({})",
                    operation.n, report.address
                ),
            )
            .help("an act may not change one place twice; merge the two operations");
            problem.at.push(view.span(outer.from.0));
            problems.push((plans[one].0, problem));
        }
    }
    problems.extend(into_restated(plans, amendments, reports));
    problems.extend(taken_twice(plans, amendments, reports));
    for (number, (index, _, plan)) in plans.iter_mut().enumerate() {
        let before = plan.edits.len();
        plan.edits.retain(|edit| match edit {
            Edit::Splice(block, range, _) => !superseded.contains(&(number, (*block, range.start))),
            Edit::Strike(_) | Edit::Insert(..) => true,
        });
        let lost = before - plan.edits.len();
        if lost > 0 {
            let message = format!(
                "{lost} of its places are restated or struck by another operation of the act"
            );
            match plan.edits.is_empty() {
                true => problems.push((*index, Diagnostic::error(Code::Conflict, message))),
                false => reports[*index]
                    .diagnostics
                    .push(Diagnostic::warning(Code::Superseded, message)),
            }
            reports[*index].places = plan.edits.len();
        }
    }
    problems.extend(changed_later(plans, view));
    problems
}

fn is_on_words(action: &Action) -> bool {
    match action {
        Action::ReplaceWords { .. } | Action::InsertWords { .. } | Action::DeleteWords { .. } => {
            true
        }
        Action::Replace(_)
        | Action::Insert(..)
        | Action::Delete
        | Action::Repeal
        | Action::Renumber(_) => false,
    }
}

/// Insertions into a unit that another operation of the act restates or strikes.
fn into_restated(
    plans: &[(usize, OpId, Plan)],
    amendments: &[Amendment],
    reports: &[Report],
) -> Vec<(usize, Diagnostic)> {
    let operation = |index: usize| reports[index].operation_in(amendments);
    let mut problems = Vec::new();
    for (outer, _, whole) in plans {
        let restates = matches!(
            operation(*outer).action,
            Action::Replace(_) | Action::Delete | Action::Repeal
        );
        let strikes = whole
            .edits
            .iter()
            .any(|edit| matches!(edit, Edit::Strike(_)));
        if !(restates && strikes) {
            continue;
        }
        for (inner, _, insertion) in plans {
            let inside = insertion.inserted.is_some()
                && whole.depth <= insertion.depth
                && whole.scope.start <= insertion.scope.start
                && insertion.scope.end <= whole.scope.end;
            if !inside {
                continue;
            }
            for (one, other) in [(*outer, *inner), (*inner, *outer)] {
                let message = format!("operation {} changes the same unit", operation(other).n);
                problems.push((one, Diagnostic::error(Code::Conflict, message)));
            }
        }
    }
    problems
}

/// Two insertions of one number into one unit.
fn taken_twice(
    plans: &[(usize, OpId, Plan)],
    amendments: &[Amendment],
    reports: &[Report],
) -> Vec<(usize, Diagnostic)> {
    let mut numbers: HashMap<(String, Unit, &Num), Vec<usize>> = HashMap::new();
    for (index, _, plan) in plans {
        if let Some((unit, Some(num))) = &plan.inserted {
            let key = (plan.address.clone(), *unit, num);
            numbers.entry(key).or_default().push(*index);
        }
    }
    let mut problems = Vec::new();
    for ((_, unit, num), indexes) in numbers {
        if indexes.len() < 2 {
            continue;
        }
        for index in &indexes {
            let others: Vec<String> = indexes
                .iter()
                .filter(|other| *other != index)
                .map(|other| reports[*other].operation_in(amendments).n.to_string())
                .collect();
            problems.push((
                *index,
                Diagnostic::error(
                    Code::NumberTaken,
                    format!(
                        "{unit}:{num} is inserted twice, also by operation {}",
                        others.join(", ")
                    ),
                ),
            ));
        }
    }
    problems
}

/// The operation that takes away what stands right before a place and right after it: the place is
/// inside a unit that leaves later.
fn leaves_around(view: &View, at: usize) -> Option<OpId> {
    let standing = |block: &&Block| block.life.alive(view.at);
    let before = view.act.blocks[..at].iter().rfind(standing)?.life.died();
    let after = view.act.blocks[at..].iter().find(standing)?.life.died();
    before.filter(|_| before == after)
}

/// What an earlier act removes at a later date can't be changed in between, and what it puts in then
/// can't lose its place: the two acts must be brought into agreement by people.
fn changed_later(plans: &[(usize, OpId, Plan)], view: &View) -> Vec<(usize, Diagnostic)> {
    let mut problems = Vec::new();
    let later = |op: &OpId| op.0 > view.at.0;
    let lives = |blocks: Range<usize>| {
        let lives = |block: &'_ Block| {
            let runs = block.text.0.iter().map(|run| run.life);
            runs.chain([block.life]).collect::<Vec<Lifespan>>()
        };
        view.act.blocks[blocks].iter().flat_map(lives)
    };
    for (index, _, plan) in plans {
        let other = plan.edits.iter().find_map(|edit| match edit {
            Edit::Strike(blocks) => lives(blocks.clone())
                .flat_map(|life| [life.born(), life.died()])
                .flatten()
                .find(later),
            Edit::Splice(block, ..) => lives(*block..block + 1)
                .filter(|life| life.alive(view.at))
                .filter_map(Lifespan::died)
                .find(later),
            Edit::Insert(at, _) => leaves_around(view, *at),
        });
        if let Some(other) = other {
            let change = view.act.change(other);
            problems.push((
                *index,
                Diagnostic::error(
                    Code::Conflict,
                    format!(
                        "operation {} of an act in force earlier changes the same place from {}",
                        change.operation.n,
                        change
                            .force
                            .map(|date| date.to_string())
                            .unwrap_or_default()
                    ),
                ),
            ));
        }
    }
    problems
}
