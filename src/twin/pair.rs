//! Which operation of one version answers which of the other.

use std::collections::HashMap;

use super::wording;
use crate::address::Address;
use crate::operation::{Amendment, Operation};
use crate::unit::Unit;

/// The operations of both versions, by their places: paired, or alone, in the order of the first.
pub fn pairs(kk: &Amendment, ru: &Amendment) -> Vec<(Option<usize>, Option<usize>)> {
    let acts = acts(kk, ru);
    let act = |operation: &Operation| acts.get(&operation.act).copied().unwrap_or(operation.act);
    let mut of_kk: Vec<Option<usize>> = vec![None; kk.operations.len()];
    let mut of_ru: Vec<Option<usize>> = vec![None; ru.operations.len()];
    // The same thing done to the same unit in the same figures, in whichever order; then in others;
    // then something else done to it.
    let with_figures = |operation: &Operation| {
        let figures = wording::figures(&wording::new_words(&operation.action));
        format!("{} {}", operation.action.name(), figures.join(" "))
    };
    let with_action = |operation: &Operation| operation.action.name().to_string();
    let with_nothing = |_: &Operation| String::new();
    let likenesses: [&dyn Fn(&Operation) -> String; 3] =
        [&with_figures, &with_action, &with_nothing];
    for name in likenesses {
        let mut waiting: HashMap<(usize, String, String), Vec<usize>> = HashMap::new();
        for (at, operation) in ru.operations.iter().enumerate().rev() {
            if of_ru[at].is_none() {
                let key = (operation.act, name(operation), key(&operation.at));
                waiting.entry(key).or_default().push(at);
            }
        }
        for (at, operation) in kk.operations.iter().enumerate() {
            let key = (act(operation), name(operation), key(&operation.at));
            if of_kk[at].is_none()
                && let Some(other) = waiting.get_mut(&key).and_then(Vec::pop)
            {
                of_kk[at] = Some(other);
                of_ru[other] = Some(at);
            }
        }
    }
    // What stands at the same place of both, and is alike.
    let before = |list: &[Option<usize>], at: usize| list[..at].iter().flatten().count();
    for at in 0..kk.operations.len() {
        if of_kk[at].is_some() {
            continue;
        }
        let operation = &kk.operations[at];
        let place = before(&of_kk, at);
        let nearest = (0..ru.operations.len())
            .filter(|other| of_ru[*other].is_none() && ru.operations[*other].act == act(operation))
            .filter(|other| before(&of_ru, *other) == place)
            .find(|other| alike(operation, &ru.operations[*other]));
        if let Some(other) = nearest {
            of_kk[at] = Some(other);
            of_ru[other] = Some(at);
        }
    }
    // In the order of the first version; what stands in the second alone comes where it stands there.
    let mut list: Vec<(Option<usize>, Option<usize>)> = Vec::new();
    let mut next = 0;
    for (at, other) in of_kk.iter().enumerate() {
        if let Some(other) = other {
            while next < *other {
                if of_ru[next].is_none() {
                    list.push((None, Some(next)));
                }
                next += 1;
            }
            next = next.max(other + 1);
        }
        list.push((Some(at), *other));
    }
    let listed: Vec<usize> = list.iter().filter_map(|(_, other)| *other).collect();
    let left = (0..of_ru.len()).filter(|at| !listed.contains(at));
    list.extend(left.map(|at| (None, Some(at))));
    list
}

/// The acts of the first version in the second: by date and number, else by their order.
fn acts(kk: &Amendment, ru: &Amendment) -> HashMap<usize, usize> {
    let same = |index: usize| {
        let target = &kk.targets[index];
        let named = |it: &&crate::operation::Target| {
            it.date.is_some() && it.date == target.date && it.number == target.number
        };
        let found: Vec<usize> = (0..ru.targets.len())
            .filter(|at| named(&&ru.targets[*at]))
            .collect();
        match found.as_slice() {
            [only] => *only,
            _ => index,
        }
    };
    (0..kk.targets.len())
        .map(|index| (index + 1, same(index) + 1))
        .collect()
}

/// Whether two operations of different units may be meant for one: the same action on units most
/// of whose steps are the same.
fn alike(kk: &Operation, ru: &Operation) -> bool {
    let (a, b) = (steps(&kk.at), steps(&ru.at));
    let same = a.iter().filter(|step| b.contains(step)).count();
    let action = kk.action.name() == ru.action.name();
    let last = |steps: &[String]| {
        steps
            .last()
            .and_then(|it| it.split(':').next().map(str::to_string))
    };
    action && (same * 2 >= a.len().max(b.len()) || last(&a) == last(&b) && a.len() == b.len())
}

/// An address as the two languages have in common: names left out, chapters and directions alike,
/// rows of numbered lists as paragraphs.
pub fn key(at: &Address) -> String {
    steps(at).join("/")
}

fn steps(at: &Address) -> Vec<String> {
    at.0.iter()
        .filter(|step| step.unit != Unit::Annex || step.num.is_some())
        .map(|step| {
            let unit = match step.unit {
                Unit::Direction => Unit::Chapter,
                Unit::Row => Unit::Paragraph,
                unit => unit,
            };
            match (&step.num, &step.words) {
                (Some(num), _) => format!("{unit}:{num}"),
                (None, Some(_)) => format!("{unit}:…"),
                (None, None) => unit.to_string(),
            }
        })
        .collect()
}
