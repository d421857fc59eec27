//! From the order of a language that names the inner unit and the verb first to that of
//! [`super::item`].

use super::chain::rank;
use super::item::{Item, Named};
use crate::lang::drafting::{Case, Form, Mark};

/// A part of a clause, in the order of the text.
#[derive(Debug, Clone)]
pub enum Part {
    /// A unit and the units that it stands in, from inner to outer.
    Group(Vec<Named>),
    /// Anything else.
    Item(Item),
}

/// The parts of a clause in the order of [`super::item`].
pub fn ordered(parts: Vec<Part>) -> Vec<Item> {
    let parts = places_first(objects_first(prefixes_behind(shared(parts))));
    let mut items = Vec::new();
    let mut list = parts.into_iter().peekable();
    while let Some(part) = list.next() {
        match part {
            Part::Group(group) => {
                let form = group[0].form;
                items.extend(group.into_iter().rev().map(Item::Unit));
                // «в перечне …, пункт 1»: the paragraph stands in the list.
                let place = form.case == Case::Locative;
                let comma = matches!(list.peek(), Some(Part::Item(Item::Joint)));
                if place && comma {
                    list.next();
                    let target =
                        matches!(list.peek(), Some(Part::Group(next)) if next[0].form.is_target());
                    if !target {
                        items.push(Item::Joint);
                    }
                }
            }
            Part::Item(item) => items.push(item),
        }
    }
    items
}

/// «подпункт 1) и подпункт 3) пункта 4»: the outer units at the end are those of all.
fn shared(mut parts: Vec<Part>) -> Vec<Part> {
    for at in (0..parts.len().saturating_sub(2)).rev() {
        let [
            Part::Group(inner),
            Part::Item(Item::Joint),
            Part::Group(next),
        ] = &parts[at..at + 3]
        else {
            continue;
        };
        let (Some(outermost), true) = (inner.last(), inner[0].form.case == next[0].form.case)
        else {
            continue;
        };
        let limit = rank(outermost);
        let more: Vec<Named> = next[1..]
            .iter()
            .filter(|named| rank(named) < limit)
            .cloned()
            .collect();
        if let Part::Group(group) = &mut parts[at] {
            group.extend(more);
        }
    }
    parts
}

/// «после слов "А"», «за исключением главы 14»: the phrase comes behind what it is about.
fn prefixes_behind(parts: Vec<Part>) -> Vec<Part> {
    let mut list = Vec::with_capacity(parts.len());
    let mut held: Option<Part> = None;
    for part in parts {
        let prefix = matches!(
            part,
            Part::Item(Item::Mark(Mark::After | Mark::Before | Mark::Except))
        );
        let carries = matches!(part, Part::Group(_) | Part::Item(Item::Words(..)));
        match prefix {
            true => held = Some(part),
            false => {
                // «перед словом» is an anchor, not what comes.
                let part = match part {
                    Part::Item(Item::Words(texts, form)) if held.is_some() => {
                        let case = Case::Genitive;
                        Part::Item(Item::Words(texts, Form { case, ..form }))
                    }
                    part => part,
                };
                list.push(part);
                if carries {
                    list.extend(held.take());
                }
            }
        }
    }
    list.extend(held);
    list
}

/// Puts the objects of a verb before it: «дополнить пунктом 5 следующего содержания», and what it is
/// about where that does not stand there: «исключить слова "А"».
fn objects_first(parts: Vec<Part>) -> Vec<Part> {
    let mut list: Vec<Part> = Vec::with_capacity(parts.len());
    let mut rest = parts.into_iter().peekable();
    while let Some(part) = rest.next() {
        if !matches!(part, Part::Item(Item::Mark(Mark::Do(..)))) {
            list.push(part);
            continue;
        }
        let about = |part: &Part| match part {
            Part::Group(group) => group[0].form.is_target(),
            Part::Item(Item::Words(_, form)) => form.is_target(),
            Part::Item(_) => false,
        };
        let verb = |part: &Part| matches!(part, Part::Item(Item::Mark(Mark::Do(..))));
        let said = list.iter().rev().take_while(|it| !verb(it)).any(about);
        let mut objects: Vec<Part> = Vec::new();
        if !said && rest.peek().is_some_and(about) {
            objects.extend(rest.next());
        }
        while let Some(next) = rest.peek() {
            let annexed = objects
                .iter()
                .any(|it| matches!(it, Part::Item(Item::Mark(Mark::According))));
            let object = match next {
                Part::Group(group) => group[0].form.case == Case::Instrumental || annexed,
                Part::Item(Item::Words(_, form)) => form.case == Case::Instrumental,
                Part::Item(Item::Mark(
                    Mark::Content | Mark::Pairwise | Mark::According | Mark::This | Mark::From,
                )) => true,
                Part::Item(Item::Act(_)) => true,
                Part::Item(Item::Joint) => true,
                Part::Item(_) => false,
            };
            if !object {
                break;
            }
            objects.extend(rest.next());
        }
        // A comma behind the objects belongs to what comes next.
        let mut behind = Vec::new();
        while matches!(objects.last(), Some(Part::Item(Item::Joint))) {
            behind.extend(objects.pop());
        }
        list.extend(within(objects));
        list.push(part);
        list.extend(behind);
    }
    list
}

/// «слова "А" по всему тексту заменить …»: the place of words stands before them.
fn places_first(mut parts: Vec<Part>) -> Vec<Part> {
    let words = |part: &Part| matches!(part, Part::Item(Item::Words(..)));
    let place = |part: &Part| match part {
        Part::Group(group) => group[0].form.case == Case::Locative,
        Part::Item(item) => *item == Item::Mark(Mark::Everywhere),
    };
    let Some(first) = parts.iter().position(words) else {
        return parts;
    };
    let verb = |part: &Part| matches!(part, Part::Item(Item::Mark(Mark::Do(..))));
    let end = parts.iter().position(verb).unwrap_or(parts.len());
    let behind = (first..end).find(|at| place(&parts[*at]));
    // Words alone, without a place of their own.
    let bare = parts[..first].is_empty();
    if let Some(at) = behind.filter(|at| bare && parts[first..*at].iter().all(words)) {
        let part = parts.remove(at);
        parts.insert(first, part);
    }
    parts
}

/// «программой 046 с подпрограммами 005 и 015»: those with it stand in it.
fn within(objects: Vec<Part>) -> Vec<Part> {
    let mut list: Vec<Part> = Vec::new();
    let mut inside = false;
    for part in objects {
        match part {
            Part::Item(Item::Mark(Mark::From)) => inside = true,
            Part::Group(mut group) if inside => {
                if let Some(Part::Group(outer)) = list.last() {
                    group.extend(outer.iter().cloned());
                }
                list.push(Part::Item(Item::Joint));
                list.push(Part::Group(group));
                inside = false;
            }
            part => list.push(part),
        }
    }
    list
}
