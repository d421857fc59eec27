//! The parts of a clause: the units that stand in one another, as chains.

use super::chain::{Chain, Link, enclosing, links, rank};
use super::item::{Item, Named, Owner, Unread};
use crate::lang::drafting::{Case, Form, Mark};
use crate::unit::Unit;

/// A part of a clause up to its verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Units, each with those that it stands in.
    Units(Vec<Chain>, Form),
    /// Quoted words.
    Words(Vec<String>, Form),
    /// A phrase.
    Mark(Mark),
    /// A comma, or «және».
    Joint,
}

/// Joins units that stand in one another to chains. `before` are the units of the verb before,
/// which a second verb of the clause speaks of too.
pub fn pieces(items: &[Item], before: &[Link]) -> Result<Vec<Piece>, Unread> {
    let mut list: Vec<Piece> = Vec::new();
    for item in items {
        match item {
            Item::Act(_) | Item::Mark(Mark::By | Mark::It) => {}
            Item::Joint => list.push(Piece::Joint),
            Item::Words(texts, form) => list.push(Piece::Words(texts.clone(), *form)),
            Item::Mark(Mark::Everywhere) => {
                let form = Form {
                    case: Case::Locative,
                    plural: false,
                    owned: false,
                };
                let text = Named {
                    unit: Unit::Act,
                    nums: Vec::new(),
                    words: Vec::new(),
                    form,
                    figures: false,
                    level: 0,
                    approved: false,
                    owner: Owner::Unsaid,
                };
                add_unit(&mut list, &text, before);
            }
            Item::Mark(mark) => list.push(Piece::Mark(*mark)),
            Item::Unit(named) => {
                // «543-баптың, бірінші бөлігі»: what is owned has its owner before a stray comma.
                if let [.., Piece::Units(chains, form), Piece::Joint] = list.as_slice()
                    && form.case == Case::Genitive
                    && named.form.owned
                    && chains.iter().flatten().all(|it| it.rank() < rank(named))
                {
                    list.pop();
                }
                add_unit(&mut list, named, before);
            }
        }
    }
    Ok(list)
}

/// Whether a unit follows one of its kind: «5) тармақшасы 8) тармақша деп есептелсін».
fn of_its_kind(chains: &[Chain], unit: Unit) -> bool {
    let last = chains.last().and_then(|chain| chain.last());
    last.is_some_and(|link| link.step.unit == unit)
}

fn add_unit(list: &mut Vec<Piece>, named: &Named, before: &[Link]) {
    let links = links(named);
    let new = named.form.case == Case::Instrumental;
    if let Some(Piece::Units(chains, form)) = list.last_mut()
        && (!new || matches!(form.case, Case::Instrumental | Case::Genitive))
        && (!form.is_target()
            || named.form.case != Case::Nominative
            || (form.owned || named.form.owned) && !of_its_kind(chains, named.unit))
    {
        let longer = chains
            .iter()
            .flat_map(|chain| {
                links
                    .iter()
                    .map(|link| [chain.as_slice(), std::slice::from_ref(link)].concat())
            })
            .collect();
        *chains = longer;
        *form = named.form;
        return;
    }
    // A unit beside another one stands where that one does.
    let beside = list.iter().rev().find_map(|piece| match piece {
        Piece::Units(chains, form) => Some((chains.last()?, form)),
        _ => None,
    });
    let holder: &[Link] = match beside {
        Some((chain, form)) if !new || form.case == Case::Instrumental => {
            &chain[..chain.len().saturating_sub(1)]
        }
        Some(_) => &[],
        None => before,
    };
    let chains = links
        .into_iter()
        .map(|link| {
            // «… абзацында …, тармақ … толықтырылсын»: the one that the verb before names.
            let open = before.iter().rposition(|it| it.step.unit == link.step.unit);
            let bare = link.is_bare() && !link.step.unit.is_single() && !new;
            if let (true, Some(at)) = (bare, open) {
                return before[..=at].to_vec();
            }
            let mut chain = enclosing(holder, &link).to_vec();
            chain.push(link);
            chain
        })
        .collect();
    list.push(Piece::Units(chains, named.form));
}
