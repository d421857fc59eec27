//! Quotations inside a clause, in languages that put «деген» behind them.

use super::token::{Kind, Token, senses};
use crate::lang::drafting::{Drafting, Lexicon, Mark, Noun, Sense};

/// A quotation in a clause, by its tokens.
pub struct Quotation {
    /// The token of its first mark.
    pub start: usize,
    /// The token after «деген».
    pub end: usize,
    /// Its texts: several where commas part quotations in a row.
    pub texts: Vec<String>,
}

/// The quotations of a clause: words between marks before «деген», before a noun for words, or before
/// that of a division which they name, «"…" бөлімінде».
pub fn quotations(text: &str, tokens: &[Token], drafting: &'static Drafting) -> Vec<Quotation> {
    let lexicon = drafting.lexicon();
    let mut list: Vec<Quotation> = Vec::new();
    let mut from = 0;
    for close in 0..tokens.len() {
        if !tokens[close].is_quote() || close < from + 1 {
            continue;
        }
        let after = senses(lexicon, tokens.get(close + 1..).unwrap_or_default());
        let named = after.iter().find_map(|(count, sense)| match sense {
            Sense::Mark(Mark::Named) => Some(close + 1 + count),
            Sense::Noun(Noun::Words, _) => Some(close + 1),
            Sense::Noun(Noun::Unit(unit), form) if unit.is_division() && form.owned => {
                Some(close + 1)
            }
            _ => None,
        });
        let Some(end) = named else { continue };
        let pairs = quoted_pairs(tokens, from, close, lexicon);
        let Some((start, _)) = pairs.first().copied() else {
            continue;
        };
        let texts = pairs
            .iter()
            .map(|(open, close)| {
                text[tokens[*open].range.end..tokens[*close].range.start]
                    .trim()
                    .to_string()
            })
            .collect();
        list.push(Quotation { start, end, texts });
        from = end;
    }
    list
}

/// The quotations that end at a mark, several in a row where commas part them.
fn quoted_pairs(
    tokens: &[Token],
    from: usize,
    close: usize,
    lexicon: &Lexicon,
) -> Vec<(usize, usize)> {
    let joins = |token: &Token| {
        let and = senses(lexicon, std::slice::from_ref(token));
        token.is(',') || and.contains(&(1, Sense::Mark(Mark::And)))
    };
    let mut pairs = Vec::new();
    let mut end = close;
    while let Some(open) = opening(tokens, from, end) {
        pairs.insert(0, (open, end));
        let joined = (from..open)
            .rev()
            .take_while(|at| joins(&tokens[*at]))
            .count();
        match open.checked_sub(joined + 1) {
            Some(before) if joined > 0 && before > from && tokens[before].is_quote() => {
                end = before
            }
            _ => return pairs,
        }
    }
    if pairs.is_empty() {
        // One mark serves an inner quotation as well: the first mark opens.
        let open = (from..close).find(|at| tokens[*at].is_quote());
        pairs.extend(open.map(|open| (open, close)));
    }
    pairs
}

/// The mark that opens the quotation which a mark closes.
fn opening(tokens: &[Token], from: usize, close: usize) -> Option<usize> {
    let mut depth = 1;
    for at in (from..close).rev() {
        match tokens[at].kind {
            Kind::Quote(true) => depth -= 1,
            Kind::Quote(false) => depth += 1,
            _ => {}
        }
        if depth == 0 {
            // «1. «Тараз» деген: the mark that would close the outer quotation is left out.
            return Some(unmatched(tokens, from, at).unwrap_or(at));
        }
    }
    None
}

/// The first mark before a token that opens a quotation which is not closed there.
fn unmatched(tokens: &[Token], from: usize, to: usize) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate().take(to).skip(from) {
        match token.kind {
            Kind::Quote(true) => open.push(at),
            Kind::Quote(false) => {
                open.pop();
            }
            _ => {}
        }
    }
    open.first().copied()
}
