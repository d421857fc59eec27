//! How far a clause goes: to its verb, to a colon, to a semicolon, outside quotations.

use super::line::Line;
use super::token::{Kind, Token, mark};
use crate::lang::Language;
use crate::lang::drafting::{Drafting, Mark};

/// What is read of a line.
pub struct Reader<'a> {
    /// The line.
    pub line: &'a Line,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its language.
    pub language: &'a Language,
    /// The words of its language.
    pub drafting: &'static Drafting,
}

/// The quotations and brackets that are open at a place.
#[derive(Default)]
pub struct Open {
    /// Quotations.
    pub quotations: usize,
    /// Brackets.
    pub brackets: usize,
}

impl Open {
    /// Goes past a token.
    pub fn enter(&mut self, token: &Token) {
        match token.kind {
            Kind::Quote(true) => self.quotations += 1,
            Kind::Quote(false) => self.quotations = self.quotations.saturating_sub(1),
            Kind::Sign('(') => self.brackets += 1,
            Kind::Sign(')') | Kind::Number(_, true) => {
                self.brackets = self.brackets.saturating_sub(1);
            }
            Kind::Word(_) | Kind::Number(_, false) | Kind::Sign(_) => {}
        }
    }
}

/// How far a clause goes.
pub struct Extent {
    /// The token after its words.
    pub words: usize,
    /// The token after its marks.
    pub end: usize,
    /// The mark that ends it.
    pub mark: Option<char>,
    /// The phrase that ends it.
    pub phrase: Option<Mark>,
    /// Whether brackets behind it say that the wording is withheld.
    pub withheld: bool,
}

impl Extent {
    /// A clause that no mark ends.
    fn up_to(end: usize, phrase: Option<Mark>) -> Extent {
        Extent {
            words: end,
            end,
            mark: None,
            phrase,
            withheld: false,
        }
    }
}

impl Reader<'_> {
    /// The phrase at a token, and how many tokens it takes.
    pub fn mark(&self, at: usize) -> Option<(usize, Mark)> {
        mark(self.drafting.lexicon(), self.tokens.get(at..)?)
    }

    /// How far a clause goes: to its verb, or to a colon or semicolon outside quotations.
    pub fn extent(&self, at: usize) -> Extent {
        if self.drafting.inner_first {
            return self.sentence(at, true).unwrap_or_else(|| self.whole(at));
        }
        self.bounded(at, true).unwrap_or_else(|| {
            let found = self.bounded(at, false);
            found.unwrap_or(Extent::up_to(self.tokens.len(), None))
        })
    }

    /// A clause whose verb does not end it: up to a colon, a semicolon or the full stop of an item,
    /// outside quotations; `None` where the quotations stay open.
    fn sentence(&self, from: usize, strict: bool) -> Option<Extent> {
        let mut open = Open::default();
        let mut phrase = None;
        let mut at = from;
        while let Some(token) = self.tokens.get(at) {
            open.enter(token);
            let verb = self.mark(at).map(|(_, mark)| mark).filter(|mark| {
                matches!(
                    mark,
                    Mark::Do(..) | Mark::Enact | Mark::Approve | Mark::Ordain
                )
            });
            if let Some(verb) = verb {
                // A quotation before a verb is over.
                if at > from && self.tokens[at - 1].is_quote() {
                    open.quotations = 0;
                }
                phrase = phrase.or(Some(verb).filter(|_| open.quotations == 0 || !strict));
            }
            let last = at + 1 == self.tokens.len();
            let colon = token.is(':') && (open.brackets == 0 || last);
            let stop = token.is(';') && open.brackets == 0
                || token.is('.')
                    && (last
                        || open.brackets == 0 && open.quotations == 0 && self.begins_item(at + 1));
            if (colon || stop) && (open.quotations == 0 || !strict && last) {
                let sign = if colon {
                    ':'
                } else if token.is(';') {
                    ';'
                } else {
                    '.'
                };
                let mut end = at + 1;
                while self
                    .tokens
                    .get(end)
                    .is_some_and(|it| it.is(':') || it.is(';'))
                {
                    end += 1;
                }
                return Some(self.withheld(from, at, end, sign, phrase));
            }
            at += 1;
        }
        (open.quotations == 0 && strict).then_some(Extent::up_to(at, phrase))
    }

    /// The rest of the line, where its quotations do not say where the clause ends.
    fn whole(&self, from: usize) -> Extent {
        let found = self.sentence(from, false);
        found.unwrap_or(Extent::up_to(self.tokens.len(), None))
    }

    /// Whether the number of an item stands at a token.
    fn begins_item(&self, at: usize) -> bool {
        let number = |at: usize| self.tokens.get(at).map(|it| &it.kind);
        match number(at) {
            Some(Kind::Number(_, true)) => true,
            Some(Kind::Number(_, false)) => self.tokens.get(at + 1).is_some_and(|it| it.is('.')),
            _ => false,
        }
    }

    /// An extent without the brackets at its end that say that the wording is withheld.
    fn withheld(
        &self,
        from: usize,
        words: usize,
        end: usize,
        mark: char,
        phrase: Option<Mark>,
    ) -> Extent {
        let open = (from..words).rev().find(|at| self.tokens[*at].is('('));
        let withheld = open.filter(|open| {
            let closed = self.tokens[words - 1].is(')');
            let said = |at: usize| {
                self.mark(at)
                    .is_some_and(|(_, mark)| mark == Mark::Restricted)
            };
            closed && (*open..words).any(said)
        });
        Extent {
            words: withheld.unwrap_or(words),
            end,
            mark: Some(mark),
            phrase,
            withheld: withheld.is_some(),
        }
    }

    /// The first end outside quotations; whatever the quotations say, where they are not `strict`.
    fn bounded(&self, from: usize, strict: bool) -> Option<Extent> {
        let mut open = Open::default();
        let mut at = from;
        while let Some(token) = self.tokens.get(at) {
            open.enter(token);
            let inside = strict && open.quotations > 0;
            if let Some((count, mark)) = self.mark(at) {
                // A quotation is over where «деген» says so.
                if mark == Mark::Named && at > from && self.tokens[at - 1].is_quote() {
                    open.quotations = 0;
                }
                let ends = matches!(
                    mark,
                    Mark::Do(_, false) | Mark::Enact | Mark::Approve | Mark::Ordain
                );
                if ends && !inside && !self.goes_on(at + count) {
                    return Some(self.after_verb(at + count, mark));
                }
            }
            let last = at + 1 == self.tokens.len();
            // «…;» деген жол»: the mark belongs to the quotation.
            let quoted = token.is(';')
                && self
                    .tokens
                    .get(at + 1)
                    .is_some_and(|it| it.kind == Kind::Quote(false));
            let stop = token.is(':') && last
                || (token.is(':') || token.is(';')) && open.brackets == 0 && !quoted;
            if stop && !inside && strict {
                let mark = if token.is(':') { ':' } else { ';' };
                return Some(Extent {
                    words: at,
                    end: at + 1,
                    mark: Some(mark),
                    phrase: None,
                    withheld: false,
                });
            }
            at += 1;
        }
        None
    }

    /// Whether a clause has another verb behind one: «… ауыстырылсын, … алып тасталсын».
    fn goes_on(&self, at: usize) -> bool {
        let joint = self.tokens.get(at).is_some_and(|it| it.is(','))
            || self.mark(at).is_some_and(|(_, mark)| mark == Mark::And);
        let mut open = Open::default();
        let ends = |at: &usize| {
            let token = &self.tokens[*at];
            open.enter(token);
            let verb = || {
                self.mark(*at)
                    .filter(|(_, mark)| matches!(mark, Mark::Do(..)))
            };
            open.quotations == 0 && (token.is(';') || token.is(':') || verb().is_some())
        };
        let next = (at + 1..self.tokens.len()).find(ends);
        joint && next.is_some_and(|at| self.mark(at).is_some())
    }

    /// The brackets and marks behind a verb.
    fn after_verb(&self, words: usize, phrase: Mark) -> Extent {
        let mut end = words;
        let mut withheld = false;
        if self.tokens.get(end).is_some_and(|it| it.is('(')) {
            let close = (end..self.tokens.len()).find(|at| self.tokens[*at].is(')'));
            if let Some(close) = close {
                withheld = (end..close).any(|at| {
                    self.mark(at)
                        .is_some_and(|(_, mark)| mark == Mark::Restricted)
                });
                end = close + 1;
            }
        }
        let mut mark = None;
        while let Some(token) = self.tokens.get(end)
            && let Some(sign) = [':', ';', '.'].into_iter().find(|sign| token.is(*sign))
        {
            mark = mark.or(Some(sign));
            end += 1;
        }
        Extent {
            words,
            end,
            mark,
            phrase: Some(phrase),
            withheld,
        }
    }
}
