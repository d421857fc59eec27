//! What stands at a place of an amending act: an act that is amended, a context, an instruction.

use std::ops::Range;

use jiff::civil::Date;

use super::chain::{Chain, Link};
use super::citation::{citations, date, until};
use super::clause::{Clause, begun, clause};
use super::extent::{Extent, Open, Reader};
use super::line::Line;
use super::token::{Kind, senses};
use super::verb::Order;
use crate::lang::Language;
use crate::lang::drafting::{Drafting, Mark, Noun, Predicate, Sense};
use crate::operation::Target;
use crate::unit::{Num, Unit};

/// How the items of an amending act are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `1-бап.`
    Article,
    /// `1.`
    Dot,
    /// `1)`
    Bracket,
}

/// What is found at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// An act is amended by what follows.
    Target(Target),
    /// An act is named together with units of it.
    Within(Target, Box<Found>),
    /// Several acts are amended by what follows.
    Several,
    /// Acts are repealed that what follows lists.
    Repeals,
    /// An act is repealed as a whole.
    Repealed(Target),
    /// When the act enters into force.
    Force,
    /// «Для служебного пользования.»: what is ordered is not published.
    Withheld,
    /// «Осы Заң:», and when its parts enter into force stands in the items below.
    ForceOf,
    /// A unit does not apply for a time, or applies for a time alone.
    Suspension {
        /// Whether it ends then.
        ends: bool,
        /// The day named.
        until: Option<Date>,
    },
    /// Another language is amended in these units, this one not.
    OtherLanguage(Vec<Chain>),
    /// Where the lines after it are. A weak one could be words of a new wording.
    Context {
        /// The units.
        chains: Vec<Chain>,
        /// Whether more than its own words must speak for it.
        weak: bool,
        /// The mark that ends it, where that is not a colon.
        slip: Option<char>,
    },
    /// What is ordered.
    Orders {
        /// One for each verb.
        orders: Vec<Order>,
        /// Whether its wording is withheld.
        withheld: bool,
    },
    /// «мына:», and what is meant stands in the next lines.
    Following,
}

/// What stands at a place, and how far it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The numbers of the items that begin there.
    pub numbers: Vec<(Style, Num)>,
    /// What it is; `None` where it is not understood.
    pub found: Option<Found>,
    /// The day from which it is to be done, where it says one.
    pub since: Option<Date>,
    /// The token behind the numbers.
    pub begin: usize,
    /// The token after it.
    pub end: usize,
    /// Whether it ends with a colon.
    pub colon: bool,
}

/// Reads what stands at a token of a line.
pub fn head(line: &Line, from: usize, language: &Language, drafting: &'static Drafting) -> Head {
    let mut reader = Reader {
        line,
        tokens: line.tokens(),
        language,
        drafting,
    };
    reader.head(from.min(line.tokens().len()))
}

impl Reader<'_> {
    fn head(&mut self, from: usize) -> Head {
        let mut numbers = Vec::new();
        let mut at = from;
        while numbers.len() < 3
            && let Some((style, num, next)) = self.number(from, at)
        {
            numbers.push((style, num));
            at = next;
        }
        let (found, end) = self.found(at);
        Head {
            numbers,
            since: self.since(at, end).map(|(day, _)| day),
            found,
            begin: at,
            end,
            colon: end > at && self.tokens[end - 1].is(':'),
        }
    }

    /// The number of an item at a token, unless it is a number that the clause cites.
    fn number(&self, from: usize, at: usize) -> Option<(Style, Num, usize)> {
        let token = self.tokens.get(at)?;
        let Kind::Number(number, bracket) = &token.kind else {
            return self.article(from, at);
        };
        let next = self.tokens.get(at + 1)?;
        let num = Num(number.into());
        if *bracket && self.drafting.inner_first {
            return Some((Style::Bracket, num, at + 1));
        }
        if *bracket {
            let cites = next.is(',')
                || next.is('-')
                || next.is('–')
                || self.is_bracketed(at + 1)
                || self.mark(at + 1).is_some_and(|(_, mark)| mark == Mark::And);
            return (!cites).then_some((Style::Bracket, num, at + 1));
        }
        if next.is('.') {
            // `224-40.-жол` is cited.
            let cited = self.tokens.get(at + 2).is_some_and(|it| it.is('-'));
            return (!cited).then_some((Style::Dot, num, at + 2));
        }
        self.article(from, at)
    }

    /// `1-бап.` begins an item; behind another number it is cited.
    fn article(&self, from: usize, at: usize) -> Option<(Style, Num, usize)> {
        let start = self.tokens.get(at).filter(|_| at == from)?.range.start;
        let label = self.language.unit_label(&self.line.text[start..])?;
        let end = start + label.range.end;
        let closed = self.line.text[..end].ends_with('.');
        let after = self.tokens.iter().position(|it| it.range.start >= end);
        let after = after.unwrap_or(self.tokens.len());
        let article = label.unit == Unit::Article && closed;
        article.then_some((Style::Article, label.num?, after))
    }

    /// Whether a unit that is numbered with a bracket stands at a token.
    fn is_bracketed(&self, at: usize) -> bool {
        let found = senses(
            self.drafting.lexicon(),
            self.tokens.get(at..).unwrap_or_default(),
        );
        found.iter().any(|(_, sense)| {
            matches!(
                sense,
                Sense::Noun(Noun::Unit(Unit::Point | Unit::Paragraph | Unit::Row), _)
            )
        })
    }

    /// What a clause says, and where it ends.
    pub fn found(&self, at: usize) -> (Option<Found>, usize) {
        let extent = self.extent(at);
        // What is quoted orders nothing.
        let mut open = Open::default();
        let own: Vec<usize> = (at..extent.words)
            .filter(|at| {
                open.enter(&self.tokens[*at]);
                open.quotations == 0
            })
            .collect();
        let inside = |wanted: &dyn Fn(Mark) -> bool| {
            let marks = own.iter().filter_map(|at| self.mark(*at));
            marks.map(|(_, mark)| mark).any(wanted)
        };
        let starts_with_this = matches!(self.mark(at), Some((_, Mark::This)));
        let other = |at: &usize| {
            self.mark(*at)
                .is_some_and(|(_, mark)| mark == Mark::OtherLanguage)
        };
        if let Some(other) = (at..extent.words).find(other) {
            let mut units = match clause(&self.line.text, &self.tokens[at..other], self.drafting) {
                Ok(Clause::Context(chains)) => chains,
                _ => Vec::new(),
            };
            // «в заголовок и текст на казахском языке»
            let joined = other > at && matches!(self.mark(other - 1), Some((_, Mark::And)));
            if units.is_empty() || joined {
                units.push(vec![Link::whole()]);
            }
            return (Some(Found::OtherLanguage(units)), extent.end);
        }
        if starts_with_this && inside(&|mark| mark == Mark::InForce) {
            return (Some(Found::Force), extent.end);
        }
        if starts_with_this && extent.mark == Some(':') && self.is_act(at + 1, extent.words) {
            return (Some(Found::ForceOf), extent.end);
        }
        let restricted = |(count, mark)| {
            let rest = self.tokens[at + count..extent.end].iter();
            mark == Mark::Restricted && rest.clone().all(|it| it.is('.') || it.is(';'))
        };
        if self.mark(at).is_some_and(restricted) {
            return (Some(Found::Withheld), extent.end);
        }
        for (mark, ends) in [(Mark::Suspend, false), (Mark::Sunset, true)] {
            if inside(&|it| it == mark) {
                let until = until(&self.tokens[at..extent.words], self.drafting);
                return (Some(Found::Suspension { ends, until }), extent.end);
            }
        }
        if let Some(found) = self.cited(at, &extent) {
            return found;
        }
        let phrase = extent.phrase;
        let announced = inside(&|mark| mark == Mark::Change);
        let dated = || {
            let tokens = &self.tokens[at..extent.words];
            !citations(&self.line.text, tokens, self.drafting).is_empty()
        };
        if phrase == Some(Mark::Enact) && announced && !starts_with_this && !dated() {
            return (Some(Found::Several), extent.end);
        }
        let following = matches!(self.mark(at), Some((_, Mark::Following)));
        let repeals = phrase == Some(Mark::Do(Predicate::Repeal, false));
        let alone = self
            .mark(at)
            .is_some_and(|(count, _)| at + count == extent.words);
        let lists = extent.mark == Some(':') && alone;
        if repeals && (following || lists) {
            return (Some(Found::Repeals), extent.end);
        }
        if following && extent.words == at + 1 || self.awaits(at, &extent) {
            return (Some(Found::Following), extent.end);
        }
        let (from, to) = match self.since(at, extent.words) {
            Some((_, range)) => (range.start, range.end),
            None => (extent.words, extent.words),
        };
        let tokens = [&self.tokens[at..from], &self.tokens[to..extent.words]].concat();
        let found = match clause(&self.line.text, &tokens, self.drafting) {
            Ok(Clause::Orders(orders)) => Some(Found::Orders {
                orders,
                withheld: extent.withheld,
            }),
            // «строку 1. Таблицы …»: a place does not end in the middle of a line.
            Ok(Clause::Context(_))
                if extent.mark == Some('.') && extent.end < self.tokens.len() =>
            {
                None
            }
            Ok(Clause::Context(chains)) => {
                let last = |chain: &Chain| chain.last().is_some_and(Link::is_free);
                let given = matches!(self.mark(at), Some((_, Mark::Given)));
                Some(Found::Context {
                    weak: extent.mark != Some(':') || !given && chains.iter().any(last),
                    slip: match extent.mark {
                        Some(':') => None,
                        other => Some(other.unwrap_or(' ')),
                    },
                    chains,
                })
            }
            Err(_) => None,
        };
        (found, extent.end)
    }

    /// The day from which a clause is to be done, «2026 жылғы 1 қаңтардан бастап», «с 1 января 2026 года»,
    /// and the tokens that say it.
    fn since(&self, at: usize, to: usize) -> Option<(Date, Range<usize>)> {
        let from = |at: usize| self.mark(at).filter(|(_, mark)| *mark == Mark::From);
        let mut open = Open::default();
        (at..to).find_map(|at| {
            open.enter(&self.tokens[at]);
            if open.quotations > 0 {
                return None;
            }
            match self.drafting.inner_first {
                true => {
                    let (count, _) = from(at)?;
                    let (day, end) = date(self.tokens, at + count, self.drafting)?;
                    Some((day, at..end))
                }
                false => {
                    let (day, end) = date(self.tokens, at, self.drafting)?;
                    let (count, _) = from(end)?;
                    Some((day, at..end + count))
                }
            }
        })
    }

    /// Whether a noun for an act is all that stands between two tokens.
    fn is_act(&self, from: usize, to: usize) -> bool {
        let found = senses(self.drafting.lexicon(), &self.tokens[from..]);
        let act = |(count, sense): &(usize, Sense)| {
            matches!(sense, Sense::Noun(Noun::Act(_), _)) && from + count == to
        };
        found.iter().any(act)
    }

    /// Whether a clause begins with a unit, and goes on behind what is set out in the next lines.
    fn awaits(&self, at: usize, extent: &Extent) -> bool {
        let tokens = &self.tokens[at..extent.words];
        self.drafting.inner_first
            && extent.words == self.tokens.len() - usize::from(extent.mark == Some(':'))
            && begun(&self.line.text, tokens, self.drafting).is_some()
    }
}
