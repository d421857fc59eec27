//! An act and the acts that amend it → the act with its history.
//!
//! All addresses of one amending act are read against the text before that act: first every
//! operation is planned, then all plans are carried out. The order of the operations in the file
//! changes nothing.

mod carry;
mod conflict;
mod grid;
mod insert;
mod layout;
mod payload;
mod plan;
mod restate;
mod schedule;
mod seam;
mod settle;
mod wording;
mod words;

use std::collections::HashSet;

use jiff::civil::Date;

use crate::act::Act;
use crate::diagnostic::{Code, Diagnostic, Severity, Source, Span};
use crate::operation::{Action, Amendment, Operation};
use crate::parse::structure;
use crate::place::View;
use crate::text::{Moment, OpId};
use plan::{Ground, Plan};

pub use schedule::meant;
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
    act.amendments = amendments.iter().map(|it| it.head.clone()).collect();
    for (index, amendment) in amendments.iter().enumerate() {
        let meant = schedule::meant(act, amendment, options);
        // The title of a code need not say that it is one.
        if let (None, Ok(Some(target))) = (&act.identity.kind, &meant) {
            let target = target
                .checked_sub(1)
                .and_then(|at| amendment.targets.get(at));
            act.identity.kind = target.and_then(|it| it.kind.clone());
        }
        let earlier = amendments[..index]
            .iter()
            .position(|it| schedule::same(it, amendment));
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
                    schedule::dated(&mut report, amendment, operation, options);
                }
                Ok(_) => report.fate = Fate::Elsewhere,
                Err(problem) => report.refuse(problem.clone()),
            }
            if let Some(earlier) = earlier {
                report.refuse(
                    Diagnostic::error(Code::AlreadyApplied, "the same act is applied twice")
                        .help(format!("act {} of those given is the same", earlier + 1)),
                );
            }
            reports.push(report);
        }
    }
    for ids in schedule::number(&mut reports, amendments, act) {
        enact(act, amendments, &mut reports, &ids);
    }
    act.asked = match options.as_of {
        Some(day) => act.on(day),
        None => Moment(act.history.len() as u32),
    };
    for report in &mut reports {
        let later = options.as_of.zip(report.force);
        if report.op.is_some() && later.is_some_and(|(day, force)| force > day) {
            report.fate = Fate::Later;
            report.diagnostics.clear();
        }
        if let Some(op) = report.op {
            act.history[op.0 as usize - 1].applied = report.fate == Fate::Applied;
        }
        let clause = Span {
            source: Source::Amendment(report.amendment),
            bytes: report.operation_in(amendments).source.clone(),
        };
        for diagnostic in &mut report.diagnostics {
            diagnostic.at.insert(0, clause.clone());
        }
    }
    reports
}

impl Report {
    fn refuse(&mut self, problem: Diagnostic) {
        self.fate = Fate::Refused;
        self.diagnostics.push(problem);
    }

    /// The operation that it is about, among the acts that were applied.
    pub fn operation_in<'a>(&self, amendments: &'a [Amendment]) -> &'a Operation {
        &amendments[self.amendment].operations[self.operation]
    }

    /// Whether it keeps the result from being whole.
    pub fn refused(&self) -> bool {
        self.fate == Fate::Refused
    }
}

/// Applies one amending act.
fn enact(act: &mut Act, amendments: &[Amendment], reports: &mut [Report], group: &[usize]) {
    let Some(first) = group.iter().filter_map(|index| reports[*index].op).min() else {
        return;
    };
    let at = Moment::before(first);
    let root = structure::read(act, at);
    let view = View::new(act, at, &root);
    let ground = Ground::new(
        &view,
        group
            .iter()
            .map(|index| reports[*index].operation_in(amendments)),
    );
    let mut plans: Vec<(usize, OpId, Plan)> = Vec::with_capacity(group.len());
    let across = grid::across(&view);
    for &index in group {
        let report = &mut reports[index];
        let Some(op) = report.op else { continue };
        let plan = plan::plan(&view, report.operation_in(amendments), op, &ground);
        match plan.and_then(|plan| grid::keep(&view, plan, &across)) {
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
    let problems = conflict::conflicts(&mut plans, &view, amendments, reports);
    for (index, problem) in problems {
        if !reports[index].refused() {
            reports[index].refuse(problem);
        }
    }
    plans.retain(|(index, ..)| !reports[*index].refused());
    plans.sort_by_key(|(index, ..)| reports[*index].operation_in(amendments).order());
    let lines = loop {
        let (lines, misread) = carry::lines(act, at, &plans);
        if misread.is_empty() {
            break lines;
        }
        for (plan, block) in misread {
            let report = &mut reports[plans[plan].0];
            if !report.refused() {
                report.refuse(misread_line(&view, block));
            }
        }
        plans.retain(|(index, ..)| !reports[*index].refused());
    };
    drop(view);
    drop(root);
    carry::carry_out(act, at, plans, lines, &ground);
}

fn misread_line(view: &View, block: usize) -> Diagnostic {
    let message = "a line would be left that is read otherwise than it is shown";
    let mut problem = Diagnostic::error(Code::ReadsOtherwise, message).help(
        "a row of tabs needs words in two cells, or its number; restate the whole row or table",
    );
    problem.at.push(view.span(block));
    problem
}

/// Words absent from one of several targets of an instruction are a warning.
fn absent_words(amendments: &[Amendment], reports: &mut [Report], group: &[usize]) {
    type Key = (usize, usize, String);
    let key = |report: &Report| -> Option<Key> {
        let operation = report.operation_in(amendments);
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
