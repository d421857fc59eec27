//! Where the annexes of an amending act start and end.

use std::ops::Range;

use super::citation::citations;
use super::line::Line;
use super::token::{Kind as TokenKind, says};
use crate::act::{Kind, Num};
use crate::lang::Language;
use crate::lang::drafting::{Drafting, Mark};

/// An annex of the amending act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// Its number, where its stamp gives one.
    pub num: Option<Num>,
    /// The lines of its stamp.
    pub stamp: Range<usize>,
    /// The lines after it.
    pub text: Range<usize>,
}

/// The annexes of an act: each starts with a stamp, in a quotation or on a line with a date.
pub fn annexes(lines: &[Line], language: &Language, drafting: &'static Drafting) -> Vec<Annex> {
    let mut list: Vec<Annex> = Vec::new();
    let mut at = 0;
    let mut signed = false;
    while at < lines.len() {
        let line = &lines[at];
        let start = at;
        at += 1;
        signed |= language.is_signature(&line.text);
        let stamp = match line.kind {
            Kind::Quote => {
                while at < lines.len() && lines[at].kind == Kind::Quote {
                    at += 1;
                }
                let words: Vec<&str> = lines[start..at].iter().map(|it| it.text.trim()).collect();
                let words = words.join(" ");
                (!language.is_remark(&words))
                    .then(|| language.annex_number(&words))
                    .flatten()
            }
            Kind::Paragraph if signed && line.text.len() < LONG_STAMP => {
                let dated = !citations(&line.text, line.tokens(), drafting).is_empty();
                let orders = says(drafting.lexicon(), line.tokens(), |mark| {
                    matches!(mark, Mark::Do(..) | Mark::Enact | Mark::Approve)
                });
                let item = matches!(
                    line.tokens().first().map(|it| &it.kind),
                    Some(TokenKind::Number(..))
                ) || line.text.trim_end().ends_with([':', ';']);
                (dated && !orders && !item)
                    .then(|| language.annex_number(&line.text))
                    .flatten()
            }
            _ => None,
        };
        if let Some(num) = stamp {
            if let Some(last) = list.last_mut() {
                last.text.end = start;
            }
            list.push(Annex {
                num,
                stamp: start..at,
                text: at..lines.len(),
            });
        }
    }
    list
}

/// A line of more bytes is no stamp.
const LONG_STAMP: usize = 1000;
