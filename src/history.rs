//! One provision through time: its wordings, and the operations that made each.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::act::Act;
use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::parse::structure;
use crate::place::{Place, View};
use crate::text::{Moment, OpId};

/// A wording of a provision.
#[derive(Debug, Clone)]
pub struct Wording {
    /// From when; `None` for the base, and where the date is not known.
    pub since: Option<Date>,
    /// Its paragraphs; none where the provision does not stand in the act.
    pub text: Vec<String>,
    /// The operations that made it.
    pub ops: Vec<OpId>,
}

/// The wordings of the provision at an address, the first one first. The address is read in the
/// latest text in which it means something; the provision is then followed through the operations
/// that restated it, however its number or ordinal changed.
pub fn history(act: &Act, address: &Address) -> Result<Vec<Wording>, Diagnostic> {
    let moments = stages(act);
    let mut found = None;
    let mut problem = None;
    for (index, moment) in moments.iter().enumerate().rev() {
        match blocks(act, *moment, address) {
            Ok(blocks) => {
                found = Some((index, blocks));
                break;
            }
            Err(error) => problem = problem.or(Some(error)),
        }
    }
    let Some((anchor, blocks)) = found else {
        return problem.map_or_else(|| Ok(Vec::new()), Err);
    };
    let kin = Kin::of(act);
    let mut sets = vec![BTreeSet::new(); moments.len()];
    sets[anchor] = blocks;
    for index in (0..anchor).rev() {
        sets[index] = kin.step(act, &sets[index + 1], moments[index], false);
    }
    for index in anchor + 1..moments.len() {
        sets[index] = kin.step(act, &sets[index - 1], moments[index], true);
    }
    let mut wordings: Vec<Wording> = Vec::new();
    for (index, moment) in moments.iter().enumerate() {
        let text = text(act, &sets[index], *moment);
        if wordings.last().is_some_and(|last| last.text == text) {
            continue;
        }
        let made = match index {
            0 => Vec::new(),
            _ => {
                let both: BTreeSet<usize> = sets[index - 1].union(&sets[index]).copied().collect();
                ops(act, &both, moments[index - 1], *moment)
            }
        };
        wordings.push(Wording {
            since: made.first().and_then(|op| act.change(*op).force),
            text,
            ops: made,
        });
    }
    Ok(wordings)
}

/// The base, and the moment after each act (after each of its dates of force).
fn stages(act: &Act) -> Vec<Moment> {
    let mut moments = vec![Moment::BASE];
    let history = &act.history;
    for (index, change) in history.iter().enumerate() {
        let next = history.get(index + 1);
        let last = next
            .is_none_or(|next| (next.amendment, next.force) != (change.amendment, change.force));
        if last {
            moments.push(Moment(index as u32 + 1));
        }
    }
    moments
}

fn blocks(act: &Act, at: Moment, address: &Address) -> Result<BTreeSet<usize>, Diagnostic> {
    let root = structure::read(act, at);
    let view = View::new(act, at, &root);
    let place: Place = view.resolve(&address.0)?;
    let range = place.blocks();
    let standing = |block: &usize| {
        let shown = act.blocks[*block].shown(at);
        !shown.trim().is_empty() && !act.language.is_remark(&shown)
    };
    Ok(range.filter(standing).collect())
}

/// The blocks that restating operations took away and brought.
struct Kin {
    struck: HashMap<OpId, Vec<usize>>,
    brought: HashMap<OpId, Vec<usize>>,
}

impl Kin {
    fn of(act: &Act) -> Kin {
        let restates = |op: &OpId| act.change(*op).restates();
        let mut kin = Kin {
            struck: HashMap::new(),
            brought: HashMap::new(),
        };
        for (index, block) in act.blocks.iter().enumerate() {
            if let Some(op) = block.life.died().filter(restates) {
                kin.struck.entry(op).or_default().push(index);
            }
            if let Some(op) = block.life.born().filter(restates) {
                kin.brought.entry(op).or_default().push(index);
            }
        }
        kin
    }

    /// The blocks at `moment` that a set at the stage beside it comes from, or goes to.
    fn step(
        &self,
        act: &Act,
        set: &BTreeSet<usize>,
        moment: Moment,
        forward: bool,
    ) -> BTreeSet<usize> {
        let mut next = BTreeSet::new();
        for index in set {
            let life = act.blocks[*index].life;
            if life.alive(moment) {
                next.insert(*index);
                continue;
            }
            let (op, kin) = match forward {
                true => (life.died(), &self.brought),
                false => (life.born(), &self.struck),
            };
            let others = op.and_then(|op| kin.get(&op)).into_iter().flatten();
            next.extend(others.filter(|other| act.blocks[**other].life.alive(moment)));
        }
        next
    }
}

fn text(act: &Act, set: &BTreeSet<usize>, at: Moment) -> Vec<String> {
    set.iter()
        .map(|index| act.blocks[*index].shown(at).trim().to_string())
        .filter(|words| !words.is_empty())
        .collect()
}

/// The operations between two moments that touched a set of blocks.
fn ops(act: &Act, set: &BTreeSet<usize>, from: Moment, to: Moment) -> Vec<OpId> {
    let mut ops = BTreeSet::new();
    for index in set {
        let block = &act.blocks[*index];
        let lives = block.text.0.iter().map(|run| run.life).chain([block.life]);
        ops.extend(lives.flat_map(|life| [life.born(), life.died()]).flatten());
    }
    ops.into_iter()
        .filter(|op| op.0 > from.0 && op.0 <= to.0)
        .collect()
}
