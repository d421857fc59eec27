//! What a verb of a clause orders.

use super::chain::{Chain, Link};
use crate::operation::{Action, Position};
use crate::unit::{Num, Unit};

/// Where the new wording stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// After the clause.
    Follows,
    /// In annexes of the amending act, one for each unit, by their numbers where they have some.
    Annexes(Vec<Option<Num>>),
}

/// What a clause orders with one of its verbs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Units are restated.
    Restate(Vec<Chain>, Wording),
    /// Units are added: the chain of each ends in the new unit. Beside a unit that is named, where
    /// the new one has no number.
    Add(Vec<Chain>, Option<(Position, Chain)>, Wording),
    /// Units are struck.
    Strike(Vec<Chain>),
    /// Units are repealed.
    Repeal(Vec<Chain>),
    /// A unit bears another number.
    Renumber(Chain, Num),
    /// Words are changed in each of the places.
    Words(Vec<Chain>, Vec<Edit>, Vec<Chain>),
}

/// A change of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// These become those, where they stand behind others if any are named.
    Swap(String, String, Option<String>),
    /// Words come beside others; at the end where there are none.
    Insert(Position, String, String),
    /// Words leave, where they stand behind others if any are named.
    Delete(String, Option<String>),
}

impl Order {
    /// Whether its wording stands after the clause.
    pub fn waits(&self) -> bool {
        matches!(
            self,
            Order::Restate(_, Wording::Follows) | Order::Add(_, _, Wording::Follows)
        )
    }

    /// How many units an order sets out.
    pub fn units(&self) -> usize {
        match self {
            Order::Restate(targets, _) | Order::Add(targets, ..) => targets.len(),
            Order::Strike(_) | Order::Repeal(_) | Order::Renumber(..) | Order::Words(..) => 0,
        }
    }

    /// The first unit that it names by a number or words.
    pub fn first(&self) -> Option<&Link> {
        self.chains().first()?.first().filter(|it| !it.is_bare())
    }

    /// How far out the outermost unit stands that an order names; words without a place name none.
    pub fn outermost(&self) -> Option<u8> {
        let first = |chain: &Chain| chain.first().map_or(u8::MAX, Link::reach);
        self.chains().iter().map(first).min()
    }

    /// The units that it names, each with those that it stands in.
    pub fn chains(&self) -> &[Chain] {
        match self {
            Order::Restate(chains, _)
            | Order::Add(chains, ..)
            | Order::Strike(chains)
            | Order::Repeal(chains)
            | Order::Words(chains, ..) => chains.as_slice(),
            Order::Renumber(chain, _) => std::slice::from_ref(chain),
        }
    }

    /// Whether all that it names, or that beside which it adds, are rows known by their words.
    pub fn is_of_rows_by_words(&self) -> bool {
        let by_words = |chain: &Chain| chain.first().is_some_and(Link::is_row_by_words);
        match self {
            Order::Add(_, Some((_, anchor)), _) => by_words(anchor),
            _ => self.chains().iter().all(by_words),
        }
    }

    /// The kind of the units that an order sets out.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Order::Restate(targets, _) | Order::Add(targets, ..) => {
                Some(targets.first()?.last()?.step.unit)
            }
            Order::Strike(_) | Order::Repeal(_) | Order::Renumber(..) | Order::Words(..) => None,
        }
    }

    /// The unit that gets another number.
    pub fn renumbered(&self) -> Option<Chain> {
        match self {
            Order::Renumber(chain, _) => Some(chain.clone()),
            _ => None,
        }
    }

    /// Sets the unit that a clause began with, before its verb: what it is about, or beside what. False
    /// where the verb has one of its own, or can't have it.
    pub fn begin(&mut self, unit: &Link, side: Option<Position>) -> bool {
        match (self, side) {
            (Order::Restate(targets, _) | Order::Strike(targets), None)
                if *targets == [[Link::whole()]] =>
            {
                *targets = vec![vec![unit.clone()]];
                true
            }
            (Order::Add(_, beside @ None, _), Some(side)) => {
                *beside = Some((side, vec![unit.clone()]));
                true
            }
            _ => false,
        }
    }

    /// Sets the numbers or words of a unit that the clause leaves to what stands before it.
    pub fn fill(&mut self, steps: &[(Option<Num>, Option<String>)]) {
        let targets = match self {
            Order::Restate(targets, _) | Order::Strike(targets) | Order::Repeal(targets) => targets,
            Order::Words(scopes, ..) => scopes,
            Order::Add(_, Some((_, anchor)), _) => {
                if let (Some(last), Some((num, words))) = (anchor.last_mut(), steps.last()) {
                    fill(last, num, words);
                }
                return;
            }
            Order::Add(..) | Order::Renumber(..) => return,
        };
        *targets = targets
            .iter()
            .flat_map(|target| {
                steps.iter().map(|(num, words)| {
                    let mut target = target.clone();
                    if let Some(last) = target.last_mut() {
                        fill(last, num, words);
                    }
                    target
                })
            })
            .collect();
    }
}

fn fill(link: &mut Link, num: &Option<Num>, words: &Option<String>) {
    link.step.num = num.clone();
    link.step.words = words.clone();
}

impl Edit {
    /// The words behind which those stand that are changed.
    pub fn after(&self) -> Option<&String> {
        match self {
            Edit::Swap(_, _, after) | Edit::Delete(_, after) => after.as_ref(),
            Edit::Insert(..) => None,
        }
    }

    /// The operation on words.
    pub fn action(&self) -> Action {
        match self.clone() {
            Edit::Swap(old, new, _) => Action::ReplaceWords {
                old,
                new,
                count: None,
            },
            Edit::Insert(position, anchor, new) => Action::InsertWords {
                position,
                anchor,
                new,
                count: None,
            },
            Edit::Delete(old, _) => Action::DeleteWords { old, count: None },
        }
    }
}
