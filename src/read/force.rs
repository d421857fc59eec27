//! When an amending act enters into force (Law on legal acts, art. 42).

use super::citation::date;
use super::token::{Kind, Token, mark, senses};
use crate::lang::drafting::{Drafting, Mark, Numeral, Sense};
use crate::operation::Force;

/// The rule of an in-force clause; `None` where it says something else.
pub fn force(tokens: &[Token], drafting: &'static Drafting) -> Option<Force> {
    let lexicon = drafting.lexicon();
    let marks: Vec<(usize, Mark)> = (0..tokens.len())
        .filter_map(|at| mark(lexicon, &tokens[at..]).map(|(_, mark)| (at, mark)))
        .collect();
    let says = |wanted: Mark| marks.iter().any(|(_, mark)| *mark == wanted);
    if says(Mark::Published) {
        if says(Mark::Months) {
            return None;
        }
        if says(Mark::Passed) {
            let counted = (0..tokens.len()).find_map(|at| days(tokens, at, drafting));
            return counted.map(Force::AfterPublication);
        }
        return Some(match says(Mark::After) {
            true => Force::AfterPublication(0),
            false => Force::Publication,
        });
    }
    if says(Mark::Signed) {
        return Some(Force::Signing);
    }
    let from = marks.iter().find(|(_, mark)| *mark == Mark::From)?.0;
    (0..from)
        .rev()
        .find_map(|at| date(tokens, at, drafting))
        .map(|(date, _)| Force::On(date))
}

/// «он күн», «жиырма бір күн», «10 күн»: so many days, where a number of them starts at a token.
fn days(tokens: &[Token], at: usize, drafting: &'static Drafting) -> Option<u32> {
    let lexicon = drafting.lexicon();
    let mut total = 0;
    let mut next = at;
    loop {
        let rest = tokens.get(next..)?;
        if total > 0 && mark(lexicon, rest).is_some_and(|(_, mark)| mark == Mark::Days) {
            return u32::try_from(total).ok();
        }
        let word = senses(lexicon, rest)
            .into_iter()
            .find_map(|(_, sense)| match sense {
                Sense::Numeral(Numeral::Cardinal(number)) => Some(number),
                _ => None,
            });
        let figure = match &rest.first()?.kind {
            Kind::Number(number, false) => number.parse().ok(),
            _ => None,
        };
        total += word.or(figure)?;
        next += 1;
    }
}
