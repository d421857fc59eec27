//! An act and the acts that amend it → the act with its history.
//!
//! All addresses of one amending act are read against the text before that act: first every
//! operation is planned, then all plans are carried out. The order of the operations in the file
//! changes nothing.

mod layout;
mod plan;
mod words;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use jiff::civil::Date;

use crate::act::{Act, Block, Change, Num, Unit};
use crate::address::View;
use crate::diagnostic::{Code, Diagnostic, Severity, Source};
use crate::fold;
use crate::operation::{Action, Amendment, Operation, Target};
use crate::parse::structure;
use crate::text::{Moment, OpId, Role, Run};
use plan::{Edit, Ordinals, Plan};

pub use words::find as find_words;

/// What a caller may say about dates and targets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Only operations in force on this day.
    pub as_of: Option<Date>,
    /// The day of first official publication of the acts whose force depends on it.
    pub published: Option<Date>,
    /// Which of the acts that an amending act names is the base, from 1.
    pub target: Option<usize>,
}

/// What became of one operation.
#[derive(Debug, Clone)]
pub struct Report {
    /// The amending act, by its place among those given, from 0.
    pub amendment: usize,
    /// The operation, by its place in the act, from 0.
    pub operation: usize,
    /// Its id in the history of the act.
    pub op: Option<OpId>,
    /// What became of it.
    pub fate: Fate,
    /// The canonical address of the place found; empty where none was.
    pub address: String,
    /// The first words of the place.
    pub words: String,
    /// How many places change.
    pub places: usize,
    /// When it enters into force.
    pub force: Option<Date>,
    /// What is to be said about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What became of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is in the text.
    Applied,
    /// It was refused; a diagnostic says why.
    Refused,
    /// It enters into force after the day asked for.
    Later,
    /// It amends another act than the base.
    Elsewhere,
}

/// Applies amending acts to an act, in order of entry into force. Acts of unknown or equal date
/// keep the order in which they are given.
pub fn apply(act: &mut Act, amendments: &[Amendment], options: &Options) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    let mut dates: Vec<Vec<usize>> = Vec::new();
    act.amendments = amendments.iter().map(|it| it.head.clone()).collect();
    for (index, amendment) in amendments.iter().enumerate() {
        let from = reports.len();
        let meant = meant(act, amendment, options);
        for (position, operation) in amendment.operations.iter().enumerate() {
            let mut report = Report {
                amendment: index,
                operation: position,
                op: None,
                fate: Fate::Applied,
                address: String::new(),
                words: String::new(),
                places: 0,
                force: None,
                diagnostics: Vec::new(),
            };
            match &meant {
                Ok(target) if target.is_none_or(|target| target == operation.act) => {
                    dated(&mut report, amendment, operation, options);
                }
                Ok(_) => report.fate = Fate::Elsewhere,
                Err(problem) => report.refuse(problem.clone()),
            }
            if let Some(earlier) = amendments[..index]
                .iter()
                .position(|it| same(it, amendment))
            {
                report.refuse(
                    Diagnostic::error(Code::AlreadyApplied, "the same act is applied twice")
                        .help(format!("it is also the {}th act given", earlier + 1)),
                );
            }
            reports.push(report);
        }
        dates.push((from..reports.len()).collect());
    }
    for ids in number(&mut reports, amendments, act) {
        enact(act, amendments, &mut reports, &ids);
    }
    for (report, operation) in reports.iter_mut().map(|report| {
        let operation = &amendments[report.amendment].operations[report.operation];
        (report, operation)
    }) {
        if let Some(op) = report.op {
            act.history[op.0 as usize - 1].applied = report.fate == Fate::Applied;
        }
        for diagnostic in &mut report.diagnostics {
            let source = Source::Amendment(report.amendment);
            let clause = crate::diagnostic::Span {
                source,
                bytes: operation.source.clone(),
            };
            diagnostic.at.insert(0, clause);
        }
    }
    reports
}

impl Report {
    fn refuse(&mut self, problem: Diagnostic) {
        self.fate = Fate::Refused;
        self.diagnostics.push(problem);
    }

    /// Whether it keeps the result from being whole.
    pub fn refused(&self) -> bool {
        self.fate == Fate::Refused
    }
}

/// Which of its targets the base is; `None` where the act names no target.
fn meant(act: &Act, amendment: &Amendment, options: &Options) -> Result<Option<usize>, Diagnostic> {
    let targets = &amendment.targets;
    if let Some(target) = options.target {
        return match target <= targets.len().max(1) && target > 0 {
            true => Ok(Some(target)),
            false => Err(Diagnostic::error(
                Code::ActUnclear,
                format!(
                    "the amending act names {} acts, not {target}",
                    targets.len()
                ),
            )),
        };
    }
    if targets.is_empty() {
        return Ok(None);
    }
    let list = || {
        let names: Vec<String> = targets
            .iter()
            .enumerate()
            .map(|(index, target)| format!("{}: {}", index + 1, name(target)))
            .collect();
        names.join("; ")
    };
    let shown = act.identity.number.is_some() || act.identity.title.is_some();
    let fits: Vec<usize> = (1..=targets.len())
        .filter(|index| fits(act, &targets[index - 1]))
        .collect();
    match (shown, fits.as_slice()) {
        (_, [only]) => Ok(Some(*only)),
        (true, []) => Err(Diagnostic::error(
            Code::OtherAct,
            "the amending act does not name the base".to_string(),
        )
        .help(format!("it names {}", list()))),
        _ => Err(Diagnostic::error(
            Code::ActUnclear,
            format!(
                "the base may be any of {} acts that the amending act names",
                targets.len()
            ),
        )
        .help(format!("choose one with --target: {}", list()))),
    }
}

/// Whether nothing that the base shows of itself speaks against a target.
fn fits(act: &Act, target: &Target) -> bool {
    let bare = |text: &str| {
        fold::key(text)
            .to_lowercase()
            .replace(|letter: char| !letter.is_alphanumeric(), "")
    };
    let agree = |shown: &Option<String>, named: &Option<String>| match (shown, named) {
        (Some(shown), Some(named)) => {
            let (shown, named) = (bare(shown), bare(named));
            shown.contains(&named) || named.contains(&shown)
        }
        _ => true,
    };
    let number = match (&act.identity.number, &target.number) {
        (Some(shown), Some(named)) => bare(shown) == bare(named),
        _ => true,
    };
    let date = match (act.identity.date, target.date) {
        (Some(shown), Some(named)) => shown == named,
        _ => true,
    };
    number && date && agree(&act.identity.title, &target.title)
}

fn name(target: &Target) -> String {
    let number = target.number.as_ref().map(|number| format!("№ {number}"));
    let date = target.date.map(|date| date.to_string());
    let parts = [&target.kind, &date, &number, &target.title];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(" ")
}

fn same(first: &Amendment, second: &Amendment) -> bool {
    let named = |it: &Amendment| it.head.number.is_some() && it.head.date.is_some();
    let orders = |it: &Amendment| -> Vec<(String, Action)> {
        it.operations
            .iter()
            .map(|operation| (operation.at.to_string(), operation.action.clone()))
            .collect()
    };
    match named(first) && named(second) {
        true => {
            let (a, b) = (&first.head, &second.head);
            a.number == b.number && a.date == b.date && a.kind == b.kind
        }
        false => orders(first) == orders(second),
    }
}

/// Sets the date of force of an operation, or says that it is not known.
fn dated(report: &mut Report, amendment: &Amendment, operation: &Operation, options: &Options) {
    let rule = operation.in_force.or(amendment.head.in_force);
    report.force = rule.and_then(|rule| rule.date(amendment.head.date, options.published));
    match (report.force, options.as_of) {
        (Some(force), Some(day)) if force > day => report.fate = Fate::Later,
        (Some(_), _) => {}
        (None, as_of) => {
            let missing = match rule {
                None => "the act has no in-force clause",
                Some(crate::operation::Force::Signing) => "the date of the act is not known",
                Some(_) => "the day of its first official publication is not known",
            };
            let mut problem = Diagnostic::warning(Code::DateUnknown, missing)
                .help("give the day of publication with --published DATE");
            if as_of.is_some() {
                problem.severity = Severity::Error;
                report.refuse(problem);
            } else {
                report.diagnostics.push(problem);
            }
        }
    }
}

/// Numbers the operations that count in order of entry into force, and gives for each amending
/// act, in that order, the indexes of its reports.
fn number(reports: &mut [Report], amendments: &[Amendment], act: &mut Act) -> Vec<Vec<usize>> {
    // An unknown date stands where the command line puts it: with the act before it.
    let mut keys: Vec<(Option<Date>, usize)> = Vec::with_capacity(reports.len());
    let mut last: Option<Date> = None;
    for (index, amendment) in amendments.iter().enumerate() {
        let own: Vec<&Report> = reports.iter().filter(|it| it.amendment == index).collect();
        let first = own.iter().filter_map(|it| it.force).min();
        let fallback = first.or(last);
        keys.extend(own.iter().map(|report| (report.force.or(fallback), index)));
        last = amendment.operations.first().and(fallback).or(last);
    }
    let mut order: Vec<usize> = (0..reports.len())
        .filter(|index| reports[*index].fate == Fate::Applied)
        .collect();
    order.sort_by_key(|index| {
        let report = &reports[*index];
        let operation = &amendments[report.amendment].operations[report.operation];
        (keys[*index], operation.order())
    });
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (position, index) in order.into_iter().enumerate() {
        let report = &mut reports[index];
        report.op = Some(OpId(position as u32 + 1));
        act.history.push(Change {
            amendment: report.amendment,
            operation: amendments[report.amendment].operations[report.operation].clone(),
            force: report.force,
            applied: false,
        });
        let amendment = report.amendment;
        match groups
            .iter_mut()
            .find(|group| reports[group[0]].amendment == amendment)
        {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups
}

/// Applies one amending act.
fn enact(act: &mut Act, amendments: &[Amendment], reports: &mut [Report], group: &[usize]) {
    let Some(first) = group.iter().filter_map(|index| reports[*index].op).min() else {
        return;
    };
    let at = Moment::before(first);
    let operation = |report: &Report| &amendments[report.amendment].operations[report.operation];
    let mut ordinals: Ordinals = HashMap::new();
    for index in group {
        if let Some((key, ordinal)) = plan::ordinal(operation(&reports[*index])) {
            ordinals.entry(key).or_default().push(ordinal);
        }
    }
    let root = structure::read(act, at);
    let view = View::new(act, at, &root);
    let mut plans: Vec<(usize, OpId, Plan)> = Vec::with_capacity(group.len());
    for &index in group {
        let report = &mut reports[index];
        let Some(op) = report.op else { continue };
        match plan::plan(&view, operation(report), op, &ordinals) {
            Ok(plan) => {
                report.address.clone_from(&plan.address);
                report.words.clone_from(&plan.words);
                report.places = plan.places;
                report.diagnostics.extend(plan.warnings.iter().cloned());
                plans.push((index, op, plan));
            }
            Err(problem) => report.refuse(problem),
        }
    }
    absent_words(amendments, reports, group);
    let problems = conflicts(&mut plans, &view, amendments, reports);
    for (index, problem) in problems {
        if !reports[index].refused() {
            reports[index].refuse(problem);
        }
    }
    plans.retain(|(index, ..)| !reports[*index].refused());
    carry_out(act, at, plans, |index| operation(&reports[index]).order());
}

/// Words absent from one of several targets of an instruction are a warning.
fn absent_words(amendments: &[Amendment], reports: &mut [Report], group: &[usize]) {
    type Key = (usize, usize, String);
    let key = |report: &Report| -> Option<Key> {
        let operation = &amendments[report.amendment].operations[report.operation];
        let words = match &operation.action {
            Action::ReplaceWords { old, .. } | Action::DeleteWords { old, .. } => old,
            Action::InsertWords { anchor, .. } => anchor,
            Action::Replace(_)
            | Action::Insert(..)
            | Action::Delete
            | Action::Repeal
            | Action::Renumber(_) => return None,
        };
        Some((report.amendment, operation.instruction, words.clone()))
    };
    let found: HashSet<Key> = group
        .iter()
        .map(|index| &reports[*index])
        .filter(|report| !report.refused())
        .filter_map(key)
        .collect();
    for index in group {
        let report = &mut reports[*index];
        let absent = report
            .diagnostics
            .iter()
            .all(|it| it.code == Code::WordsNotFound || it.severity == Severity::Warning);
        if report.refused() && absent && key(report).is_some_and(|key| found.contains(&key)) {
            report.fate = Fate::Applied;
            for diagnostic in &mut report.diagnostics {
                diagnostic.severity = Severity::Warning;
            }
        }
    }
}

/// A stretch of the text that an operation takes away or stands on: from (block, byte) to
/// (block, byte).
struct Claim {
    from: (usize, usize),
    to: (usize, usize),
    plan: usize,
    /// Whether it takes whole blocks away.
    strikes: bool,
}

/// Operations of one act may not meet: both are refused. An operation on words loses those places
/// that another operation of the act restates or strikes as a whole.
fn conflicts(
    plans: &mut [(usize, OpId, Plan)],
    view: &View,
    amendments: &[Amendment],
    reports: &mut [Report],
) -> Vec<(usize, Diagnostic)> {
    let mut claims: Vec<Claim> = Vec::new();
    for (number, (_, _, plan)) in plans.iter().enumerate() {
        for edit in &plan.edits {
            let (from, to, strikes) = match edit {
                Edit::Strike(blocks) => ((blocks.start, 0), (blocks.end, 0), true),
                Edit::Splice(block, range, _) => {
                    ((*block, range.start), (*block, range.end), false)
                }
                Edit::Insert(at, _) => ((*at, 0), (*at, 0), false),
            };
            claims.push(Claim {
                from,
                to,
                plan: number,
                strikes,
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
            // What comes at the very start of a stretch stands beside it, not in it.
            let beside = claim.from == claim.to && claim.from == other_claim.from;
            if other_claim.plan != claim.plan && !beside {
                meeting.push((*other, number));
            }
        }
        open.push(number);
    }
    let mut problems = Vec::new();
    let mut superseded: HashSet<(usize, (usize, usize))> = HashSet::new();
    let place = |plan: usize| &plans[plan].2;
    let mut refused: HashSet<usize> = HashSet::new();
    for (outer, inner) in meeting {
        let (outer, inner) = (&claims[outer], &claims[inner]);
        let (scope, struck) = (&place(inner.plan).scope, &place(outer.plan).scope);
        let wider =
            scope.start <= struck.start && struck.end <= scope.end && scope.len() > struck.len();
        let words = !inner.strikes
            && place(inner.plan)
                .edits
                .iter()
                .all(|it| matches!(it, Edit::Splice(..)));
        if outer.strikes && words && wider {
            superseded.insert((inner.plan, inner.from));
            continue;
        }
        for (one, other) in [(outer.plan, inner.plan), (inner.plan, outer.plan)] {
            if !refused.insert(one) {
                continue;
            }
            let report = &reports[plans[other].0];
            let operation = &amendments[report.amendment].operations[report.operation];
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
    problems.extend(dead_already(plans, view));
    problems
}

/// Insertions into a unit that another operation of the act restates or strikes.
fn into_restated(
    plans: &[(usize, OpId, Plan)],
    amendments: &[Amendment],
    reports: &[Report],
) -> Vec<(usize, Diagnostic)> {
    let operation = |index: usize| {
        let report = &reports[index];
        &amendments[report.amendment].operations[report.operation]
    };
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
        for (inner, _, insertion) in plans {
            let inside = insertion.inserted.is_some()
                && whole.scope.start <= insertion.scope.start
                && insertion.scope.end <= whole.scope.end;
            if !(restates && strikes && inside) {
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
                .map(|other| {
                    let report = &reports[*other];
                    amendments[report.amendment].operations[report.operation]
                        .n
                        .to_string()
                })
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

/// What an earlier act removes at a later date can't be changed in between: the two acts must be
/// brought into agreement by people.
fn dead_already(plans: &[(usize, OpId, Plan)], view: &View) -> Vec<(usize, Diagnostic)> {
    let mut problems = Vec::new();
    for (index, _, plan) in plans {
        let died = plan.edits.iter().find_map(|edit| {
            let blocks = match edit {
                Edit::Strike(blocks) => blocks.clone(),
                Edit::Splice(block, ..) => *block..block + 1,
                Edit::Insert(..) => return None,
            };
            view.act.blocks[blocks]
                .iter()
                .find_map(|block| {
                    let dies = |run: &Run| run.life.died;
                    block
                        .life
                        .died
                        .or_else(|| block.runs(view.at).find_map(dies))
                })
                .filter(|died| died.0 > view.at.0)
        });
        if let Some(died) = died {
            let change = view.act.change(died);
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

/// Carries out the plans: splices and strikes in place, then puts the new blocks in.
fn carry_out(
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
