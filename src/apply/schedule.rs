//! Which operations count, and in which order they enter into force.

use jiff::civil::Date;

use super::{Fate, Options, Report};
use crate::act::{Act, Change};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fold;
use crate::operation::{Action, Amendment, Force, Operation, Target};
use crate::text::OpId;

/// Which of its targets the base is; `None` where the act names no target.
pub fn meant(
    act: &Act,
    amendment: &Amendment,
    options: &Options,
) -> Result<Option<usize>, Diagnostic> {
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
    let mut fits: Vec<usize> = (1..=targets.len())
        .filter(|index| fits(act, &targets[index - 1]))
        .collect();
    // One that shows what the base shows comes before those that show nothing of it.
    let same = |index: &usize| {
        let target = &targets[index - 1];
        let title = act.identity.title.is_some() && target.title.is_some();
        title || act.identity.number.is_some() && target.number.is_some()
    };
    if fits.iter().any(same) {
        fits.retain(same);
    }
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
            let (plain, cited) = (bare(shown), bare(named));
            // A slip of the pen in a title is no other act.
            plain.contains(&cited) || cited.contains(&plain) || nearly(shown, named)
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

/// Whether two titles differ in the endings of a word or two, and in no figure.
fn nearly(shown: &str, named: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let key = fold::key(text).to_lowercase();
        let words = key.split(|letter: char| !letter.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_string)
            .collect()
    };
    let (shown, named) = (words(shown), words(named));
    let differing: Vec<(&String, &String)> =
        shown.iter().zip(&named).filter(|(a, b)| a != b).collect();
    let ending = |(a, b): &(&String, &String)| {
        let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        let longest = a.chars().count().max(b.chars().count());
        same >= 4 && longest - same <= 3 && !a.contains(|it: char| it.is_ascii_digit())
    };
    shown.len() == named.len() && differing.len() <= 2 && differing.iter().all(ending)
}

fn name(target: &Target) -> String {
    let number = target.number.as_ref().map(|number| format!("№ {number}"));
    let date = target.date.map(|date| date.to_string());
    let parts = [&target.kind, &date, &number, &target.title];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(" ")
}

pub fn same(first: &Amendment, second: &Amendment) -> bool {
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
pub fn dated(report: &mut Report, amendment: &Amendment, operation: &Operation, options: &Options) {
    let rule = operation.in_force.or(amendment.head.in_force);
    report.force = rule.and_then(|rule| rule.date(amendment.head.date, options.published));
    match (report.force, options.as_of) {
        (Some(_), _) => {}
        (None, as_of) => {
            let missing = match rule {
                None => "the act has no in-force clause",
                Some(Force::Signing) => "the date of the act is not known",
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
pub fn number(reports: &mut [Report], amendments: &[Amendment], act: &mut Act) -> Vec<Vec<usize>> {
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
        (keys[*index], report.operation_in(amendments).order())
    });
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (position, index) in order.into_iter().enumerate() {
        let report = &mut reports[index];
        report.op = Some(OpId(position as u32 + 1));
        act.history.push(Change {
            amendment: report.amendment,
            operation: report.operation_in(amendments).clone(),
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
