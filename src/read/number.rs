//! The numbers of units, as clauses of both languages give them.

use super::token::{Kind, Token};
use crate::unit::{Num, Unit};

/// Ordinals in words, lists and ranges of them, and the token after them: `ordinal` reads one, `joint`
/// goes to the next.
pub fn ordinals(
    tokens: &[Token],
    at: usize,
    ordinal: impl Fn(usize) -> Option<(usize, usize)>,
    joint: impl Fn(usize) -> Option<usize>,
) -> Option<(Vec<Num>, usize)> {
    let mut nums = Vec::new();
    let mut at = at;
    loop {
        let (first, next) = ordinal(at)?;
        at = next;
        let dash = tokens.get(at).is_some_and(Token::is_dash);
        match ordinal(at + 1).filter(|_| dash) {
            Some((last, next)) => {
                nums.extend((first..=last).map(Num::counted));
                at = next;
            }
            None => nums.push(Num::counted(first)),
        }
        match joint(at).filter(|next| ordinal(*next).is_some()) {
            Some(next) => at = next,
            None => return Some((nums, at)),
        }
    }
}

/// «1) тармағы», «пункт 1)» of a code: what bears a bracket is a point, whatever its noun.
pub fn as_written(unit: Unit, numbers: &[Token]) -> Unit {
    let bracket = numbers
        .iter()
        .any(|it| matches!(it.kind, Kind::Number(_, true)));
    match (unit, bracket) {
        (Unit::Paragraph, true) => Unit::Point,
        _ => unit,
    }
}

/// «2-4-тармақтар» is a range: several units bear no single number.
pub fn spread(nums: Vec<Num>) -> Vec<Num> {
    let ends = match nums.as_slice() {
        [Num(only)] => only.split_once('-'),
        _ => None,
    };
    let ends = ends.and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
    match ends {
        Some((first, last)) if first < last => (first..=last).map(Num::counted).collect(),
        _ => nums,
    }
}
