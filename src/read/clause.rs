//! One clause of an amending act: where it is, and what it orders there.

use std::mem::take;

use super::chain::{Chain, Link, enclosing};
use super::item::{Item, Unread};
use super::piece::{Piece, pieces};
use super::token::{Kind, Token, mark, strays, tokens};
use super::verb::{Edit, Order, Wording};
use super::words::{deletions, insertions, swaps};
use super::{inner_first, outer_first};
use crate::lang::drafting::{Case, Drafting, Lexicon, Mark, Predicate, Sense};
use crate::operation::Position;
use crate::unit::Unit;

/// What a line between wordings says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// Where the lines after it are.
    Context(Vec<Chain>),
    /// What is ordered.
    Orders(Vec<Order>),
}

/// Reads a clause: its tokens without its number and the mark that ends it.
pub fn clause(text: &str, tokens: &[Token], drafting: &'static Drafting) -> Result<Clause, Unread> {
    let mut items = items(text, tokens, drafting)?;
    imply_this(&mut items);
    assembled(&items)
}

/// «қосымшаға сәйкес» speaks of an annex of this act, as «осы қаулыға қосымшаға сәйкес» does.
fn imply_this(items: &mut Vec<Item>) {
    let this = Item::Mark(Mark::This);
    let annex = |it: &Item| matches!(it, Item::Unit(named) if named.unit == Unit::Annex);
    let according = items
        .iter()
        .position(|it| *it == Item::Mark(Mark::According));
    let Some(at) = according.filter(|_| !items.contains(&this)) else {
        return;
    };
    if at > 0 && annex(&items[at - 1]) {
        items.insert(at - 1, this);
    } else if items.get(at + 1).is_some_and(annex) {
        items.insert(at + 2, this);
    }
}

/// The things that a clause names, outer units and objects before their verb. Every token belongs to
/// one of them, or it is an error.
pub fn items(
    text: &str,
    tokens: &[Token],
    drafting: &'static Drafting,
) -> Result<Vec<Item>, Unread> {
    let tokens = &clean(text, tokens, drafting);
    match drafting.inner_first {
        true => inner_first::items(text, tokens, drafting),
        false => outer_first::items(text, tokens, drafting),
    }
}

/// The tokens of a clause without «(бұдан әрі – …)» and stray marks, and with «үшінші-алтыншы» in its parts.
fn clean(text: &str, tokens: &[Token], drafting: &'static Drafting) -> Vec<Token> {
    let lexicon = drafting.lexicon();
    let strays = strays(tokens);
    let mut list = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let alias = token.is('(')
            && mark(lexicon, &tokens[at + 1..]).is_some_and(|(_, mark)| mark == Mark::Hereafter);
        let end = (at..tokens.len()).find(|end| alias && tokens[*end].is(')'));
        if let Some(end) = end {
            at = end + 1;
            continue;
        }
        at += 1;
        if strays.contains(&(at - 1)) {
            continue;
        }
        match &token.kind {
            Kind::Word(word) if word.contains('-') && is_numeral(lexicon, word) => {
                let start = token.range.start;
                let spaced = text[token.range.clone()].replace('-', " - ");
                list.extend(self::tokens(&spaced, lexicon));
                let parts = list.iter_mut().rev().take(word.split('-').count() * 2 - 1);
                parts.for_each(|part| part.range = start..token.range.end);
            }
            _ => list.push(token.clone()),
        }
    }
    list
}

/// Whether a word with a hyphen starts with a number in words.
fn is_numeral(lexicon: &Lexicon, word: &str) -> bool {
    let first = word.split('-').take(1);
    let found = lexicon.senses(first);
    found
        .iter()
        .any(|(_, sense)| matches!(sense, Sense::Numeral(_)))
}

/// Puts the things that a clause names together.
fn assembled(items: &[Item]) -> Result<Clause, Unread> {
    let mut orders = Vec::new();
    let mut rest = items;
    let mut before: Chain = Vec::new();
    // Whether the verb before names several units.
    let mut several = false;
    let mut held: Option<Vec<Piece>> = None;
    while let Some(at) = rest
        .iter()
        .position(|it| matches!(it, Item::Mark(Mark::Do(..))))
    {
        let Item::Mark(Mark::Do(predicate, _)) = rest[at] else {
            break;
        };
        let mut segment = pieces(&rest[..at], &before)?;
        // «в пунктах 4 и 5 …, подпункт 2) …»: of which one is not said.
        let inside = |it: &Piece| match it {
            Piece::Units(chains, _) => chains.iter().any(|it| it.starts_with(&before)),
            _ => false,
        };
        if several && segment.iter().any(inside) {
            return Err(Unread(0..0));
        }
        if let Some(first) = held.take() {
            segment.splice(0..0, first);
        }
        rest = &rest[at + 1..];
        // «… деген сөздер алып тасталып, … деген сөздермен ауыстырылсын»: one exchange.
        let then = rest.iter().find_map(|it| match it {
            Item::Mark(Mark::Do(next, _)) => Some(*next),
            _ => None,
        });
        let replaced = matches!(segment.last(), Some(Piece::Words(..)))
            && predicate == Predicate::Strike
            && then == Some(Predicate::Swap)
            && only_new_words(rest);
        if replaced {
            held = Some(segment);
            continue;
        }
        if let Some(Piece::Units(chains, _)) =
            segment.iter().rfind(|it| matches!(it, Piece::Units(..)))
        {
            before = chains.last().cloned().unwrap_or_default();
            several = chains.len() > 1;
        }
        let said = orders.len();
        order(predicate, segment, &mut orders)?;
        if said > 0 {
            inherit(&mut orders, said)?;
        }
    }
    match orders.is_empty() {
        false if rest.iter().all(|it| *it == Item::Joint) => Ok(Clause::Orders(orders)),
        false => Err(Unread(0..0)),
        true => context(items),
    }
}

/// «… сөздер алып тасталсын, … сөздер … ауыстырылсын»: words without a place of their own stand where
/// those of the verb before do. Nothing else may go without one.
fn inherit(orders: &mut [Order], said: usize) -> Result<(), Unread> {
    let (before, new) = orders.split_at_mut(said);
    for order in new {
        let bare = match order {
            Order::Words(scopes, ..) => *scopes == [Vec::new()],
            Order::Restate(targets, _) | Order::Strike(targets) | Order::Repeal(targets) => {
                *targets == [vec![Link::whole()]]
            }
            Order::Add(..) | Order::Renumber(..) => false,
        };
        match (order, before.last()) {
            (Order::Words(scopes, ..), Some(Order::Words(places, ..))) if bare => {
                *scopes = places.clone();
            }
            // «… деп есептелсін және мынадай редакцияда жазылсын» is about what got the number.
            (Order::Restate(targets, _), Some(Order::Renumber(..))) if bare => {
                *targets = before.iter().filter_map(Order::renumbered).collect();
            }
            _ if bare => return Err(Unread(0..0)),
            _ => {}
        }
    }
    Ok(())
}

/// Whether what is left up to the next verb is «… деген сөздермен» alone.
fn only_new_words(rest: &[Item]) -> bool {
    let mut items = rest.iter().filter(|it| **it != Item::Joint);
    let words =
        matches!(items.next(), Some(Item::Words(_, form)) if form.case == Case::Instrumental);
    words && matches!(items.next(), Some(Item::Mark(Mark::Do(..))))
}

fn context(items: &[Item]) -> Result<Clause, Unread> {
    for piece in pieces(items, &[])? {
        match piece {
            // A document is a place only as one: «тәртіппен» is not «тәртіпте».
            Piece::Units(more, form)
                if more.iter().flatten().any(Link::is_free)
                    && !matches!(
                        form.case,
                        Case::Locative | Case::Nominative | Case::Accusative
                    ) =>
            {
                return Err(Unread(0..0));
            }
            _ => {}
        }
    }
    named(items).map(Clause::Context)
}

/// The units that a clause names as a place, in whichever case.
pub fn places(
    text: &str,
    tokens: &[Token],
    drafting: &'static Drafting,
) -> Result<Vec<Chain>, Unread> {
    named(&items(text, tokens, drafting)?)
}

/// The bare unit with which a clause begins whose verb stands behind what it sets out, «строку: … изложить
/// …», and the side of it that is meant, «после строки: … дополнить …».
pub fn begun(
    text: &str,
    tokens: &[Token],
    drafting: &'static Drafting,
) -> Option<(Link, Option<Position>)> {
    let items = items(text, tokens, drafting).ok()?;
    let (chains, form, side) = match pieces(&items, &[]).ok()?.as_slice() {
        [Piece::Units(chains, form)] => (chains.clone(), *form, None),
        [Piece::Units(chains, form), Piece::Mark(Mark::After)] => {
            (chains.clone(), *form, Some(Position::After))
        }
        [Piece::Units(chains, form), Piece::Mark(Mark::Before)] => {
            (chains.clone(), *form, Some(Position::Before))
        }
        _ => return None,
    };
    let [link] = chains.into_iter().next()?.try_into().ok()?;
    let meant: bool = side.is_some() || form.is_target();
    (meant && link.is_bare() && !link.is_whole()).then_some((link, side))
}

fn named(items: &[Item]) -> Result<Vec<Chain>, Unread> {
    let mut chains = Vec::new();
    for piece in pieces(items, &[])? {
        match piece {
            Piece::Units(more, _) => chains.extend(more),
            Piece::Joint => {}
            Piece::Words(..) | Piece::Mark(_) => return Err(Unread(0..0)),
        }
    }
    match chains.is_empty() {
        true => Err(Unread(0..0)),
        false => Ok(chains),
    }
}

/// What one verb orders.
fn order(
    predicate: Predicate,
    mut pieces: Vec<Piece>,
    orders: &mut Vec<Order>,
) -> Result<(), Unread> {
    let wording = annexed(&mut pieces);
    let unread = || Err(Unread(0..0));
    // A verb without an object is about what stands before it.
    let lone = pieces.iter().all(|it| *it == Piece::Joint);
    let has_words = pieces.iter().any(|it| matches!(it, Piece::Words(..)));
    match predicate {
        Predicate::Swap => return edits(pieces, orders, swaps),
        Predicate::Add if has_words => return edits(pieces, orders, insertions),
        Predicate::Strike if has_words => return edits(pieces, orders, deletions),
        Predicate::Add => return additions(pieces, wording, orders),
        Predicate::Renumber => {
            pieces.retain(|it| *it != Piece::Mark(Mark::Pairwise));
            let [Piece::Units(from, _), Piece::Units(to, _)] = pieces.as_slice() else {
                return unread();
            };
            if from.len() != to.len() {
                return unread();
            }
            for (from, to) in from.iter().zip(to) {
                let (Some(old), Some(new)) = (from.last(), to.last()) else {
                    return unread();
                };
                match &new.step.num {
                    Some(num) if old.step.unit == new.step.unit => {
                        orders.push(Order::Renumber(from.clone(), num.clone()));
                    }
                    _ => return unread(),
                }
            }
            return Ok(());
        }
        Predicate::Restate | Predicate::Strike | Predicate::Repeal => {}
    }
    let mut targets = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Units(chains, form)
                if form.is_target()
                    || form.case == Case::Genitive && predicate == Predicate::Repeal =>
            {
                targets.extend(chains);
            }
            Piece::Joint => {}
            _ => return unread(),
        }
    }
    // «осы қаулыға қосымшаға сәйкес жаңа редакцияда жазылсын», of an act that was named before.
    let restated = predicate == Predicate::Restate;
    if targets.is_empty() && (restated || predicate == Predicate::Strike) && lone {
        targets.push(vec![Link::whole()]);
    }
    if targets.is_empty() {
        return unread();
    }
    orders.push(match predicate {
        Predicate::Restate => Order::Restate(targets, wording),
        Predicate::Repeal => Order::Repeal(targets),
        _ => Order::Strike(targets),
    });
    Ok(())
}

/// Takes «осы қаулыға 3-қосымшаға сәйкес» out of a clause.
fn annexed(pieces: &mut Vec<Piece>) -> Wording {
    let from = pieces.iter().position(|it| *it == Piece::Mark(Mark::This));
    let to = pieces
        .iter()
        .position(|it| *it == Piece::Mark(Mark::According));
    let (Some(from), Some(to)) = (from.min(to), from.max(to)) else {
        return Wording::Follows;
    };
    let inside: Vec<&Piece> = pieces[from + 1..to]
        .iter()
        .filter(|it| **it != Piece::Joint)
        .collect();
    let annex = |chain: &Chain| {
        let link = chain.last().filter(|it| it.step.unit == Unit::Annex)?;
        Some(link.step.num.clone())
    };
    if let [Piece::Units(chains, _)] = inside.as_slice()
        && let Some(nums) = chains.iter().map(annex).collect()
    {
        pieces.drain(from..=to);
        return Wording::Annexes(nums);
    }
    Wording::Follows
}

fn additions(pieces: Vec<Piece>, wording: Wording, orders: &mut Vec<Order>) -> Result<(), Unread> {
    let mut holder: Chain = Vec::new();
    let mut beside = None;
    let mut units: Vec<Chain> = Vec::new();
    let mut list = pieces.into_iter().peekable();
    while let Some(piece) = list.next() {
        match piece {
            Piece::Units(chains, form) if form.case == Case::Instrumental => {
                units.extend(chains);
            }
            Piece::Units(chains, form) => {
                let [chain] = chains.as_slice() else {
                    return Err(Unread(0..0));
                };
                let side = match list.peek() {
                    Some(Piece::Mark(Mark::After)) => Some(Position::After),
                    Some(Piece::Mark(Mark::Before)) => Some(Position::Before),
                    _ => None,
                };
                match side {
                    Some(side) => {
                        list.next();
                        let mut whole = match chain.first() {
                            Some(first) => enclosing(&holder, first).to_vec(),
                            None => Vec::new(),
                        };
                        whole.extend(chain.iter().cloned());
                        beside = Some((side, whole));
                    }
                    None if matches!(
                        form.case,
                        Case::Nominative | Case::Locative | Case::Attributive | Case::Accusative
                    ) =>
                    {
                        holder = chain.clone();
                    }
                    None => return Err(Unread(0..0)),
                }
            }
            Piece::Mark(Mark::Content) | Piece::Joint => {}
            Piece::Mark(_) | Piece::Words(..) => return Err(Unread(0..0)),
        }
    }
    if units.is_empty() {
        return Err(Unread(0..0));
    }
    // The new unit stands in what the clause names; `before` is in it already where it does not.
    for unit in &mut units {
        if let (false, Some(first)) = (holder.is_empty(), unit.first().cloned()) {
            // «көрсетілген қағидалар … 3-қосымшамен толықтырылсын»: an annex of that document.
            let owner = holder
                .last()
                .filter(|it| it.is_document() && first.is_document());
            let mut whole = match owner {
                Some(_) => holder.clone(),
                None => enclosing(&holder, &first).to_vec(),
            };
            whole.append(unit);
            *unit = whole;
        }
    }
    orders.push(Order::Add(units, beside, wording));
    Ok(())
}

/// The places and words of a verb that changes words: one order for each change of scope.
fn edits(
    pieces: Vec<Piece>,
    orders: &mut Vec<Order>,
    read: fn(&[Piece]) -> Option<Vec<Edit>>,
) -> Result<(), Unread> {
    let mut scopes: Vec<Chain> = Vec::new();
    let mut except: Vec<Chain> = Vec::new();
    let mut words: Vec<Piece> = Vec::new();
    // Places with their words: «… "A" деген сөздер, … "B" деген сөздер "C" деген сөздермен».
    let mut groups: Vec<(Vec<Chain>, Vec<Piece>, Vec<Chain>)> = Vec::new();
    let mut list = pieces.into_iter().peekable();
    // «… деген жол, … деген сандар алып тасталсын» is about a row and words, not words in a row.
    let mut aside = false;
    // Whether a comma stands before the piece.
    let mut joined = false;
    while let Some(piece) = list.next() {
        match piece {
            Piece::Units(chains, _) if list.peek() == Some(&Piece::Mark(Mark::Except)) => {
                list.next();
                if !words.is_empty() {
                    groups.push((take(&mut scopes), take(&mut words), take(&mut except)));
                }
                except.extend(chains);
            }
            Piece::Units(chains, form) => {
                if !matches!(
                    form.case,
                    Case::Locative
                        | Case::Attributive
                        | Case::Nominative
                        | Case::Genitive
                        | Case::Dative
                        | Case::Accusative
                ) {
                    return Err(Unread(0..0));
                }
                // «10-баптың, 11-баптың 2-тармағындағы»: of what is not said.
                if form.case == Case::Genitive && list.peek() == Some(&Piece::Joint) {
                    return Err(Unread(0..0));
                }
                // «"A" деген сөздер бүкіл мәтін бойынша "B" деген сөздермен»: the place of these words.
                let behind = scopes.is_empty() && !joined;
                if !words.is_empty() && !behind {
                    groups.push((take(&mut scopes), take(&mut words), take(&mut except)));
                }
                aside = form.is_target() && list.peek() == Some(&Piece::Joint);
                scopes.extend(chains);
            }
            Piece::Joint => {
                joined = true;
                continue;
            }
            Piece::Words(..) if aside => return Err(Unread(0..0)),
            Piece::Words(..) | Piece::Mark(Mark::After | Mark::Before | Mark::Pairwise) => {
                words.push(piece);
            }
            Piece::Mark(_) => return Err(Unread(0..0)),
        }
        joined = false;
    }
    let new = words
        .last()
        .filter(|it| matches!(it, Piece::Words(_, form) if form.case == Case::Instrumental));
    let new = new.cloned();
    groups.push((scopes, words, except));
    for (mut scopes, mut words, except) in groups {
        let edits = read(&words).or_else(|| {
            words.extend(new.clone());
            read(&words)
        });
        if scopes.is_empty() {
            scopes.push(Vec::new());
        }
        let edits = edits.ok_or(Unread(0..0))?;
        orders.push(Order::Words(scopes, edits, except));
    }
    Ok(())
}
