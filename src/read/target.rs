//! The acts that a clause names by their dates, and what the clause says of them.

use super::citation::{Citation, citations};
use super::clause::{Clause, clause, places};
use super::extent::{Extent, Open, Reader};
use super::head::Found;
use super::item::Unread;
use super::token::{Token, senses};
use crate::lang::drafting::{Case, Mark, Noun, Predicate, Sense};

/// No clause names more acts.
const MANY: usize = 100;

impl Reader<'_> {
    /// What a clause that names an act by its date says of it.
    pub fn cited(&self, at: usize, extent: &Extent) -> Option<(Option<Found>, usize)> {
        let tokens = &self.tokens[at..extent.words];
        let list = citations(&self.line.text, tokens, self.drafting);
        let enacts = extent.phrase == Some(Mark::Enact);
        let ends = |it: &&Citation| it.form.is_some() || enacts;
        // «… қаулысы осы қаулыға қосымшаға сәйкес жаңа редакцияда жазылсын» is a whole act.
        let restates = extent.phrase == Some(Mark::Do(Predicate::Restate, false));
        let speaks = restates || extent.phrase == Some(Mark::Do(Predicate::Repeal, false));
        let whole = list.first().filter(|it| speaks && it.is_whole());
        let amended = list.iter().find(|it| it.is_amended() && ends(it));
        // «4. Закон … от 18 марта 2002 года «…»:» in a list of acts.
        let listed = |it: &&Citation| it.is_whole() && at + it.end >= extent.words;
        let listed = list
            .first()
            .filter(|_| at > 0 && extent.mark == Some(':'))
            .filter(listed);
        // «Пункт 4 приказа … исключить»
        let owner = |it: &&Citation| {
            let genitive = it.form.is_some_and(|form| form.case == Case::Genitive);
            genitive && self.drafting.inner_first && !self.is_quoted(at, at + it.start)
        };
        let owner = list.first().filter(owner);
        let citation = amended.or(whole).or(listed).or(owner)?;
        // Each is read by a call of its own.
        if list.len() > MANY {
            return Some((None, extent.end));
        }
        let after = at + citation.end;
        let target = citation.target.clone();
        // «внести в приказ … № 400 и пункт 4 приказа … № 401»: of which one the lines after it speak
        // is not said.
        let too = |it: &Citation| {
            let case = it.form.map(|form| form.case);
            let amended = matches!(
                case,
                Some(Case::Nominative | Case::Accusative | Case::Dative)
            );
            amended && it.start >= citation.end && !self.is_quoted(at, at + it.start)
        };
        if enacts && (list.iter().any(too) || self.names_units(after, extent.words)) {
            return Some((None, extent.end));
        }
        match self.within(at, extent, citation) {
            Ok(Some(found)) => {
                return Some((Some(Found::Within(target, Box::new(found))), extent.end));
            }
            Ok(None) => {}
            Err(_) => return Some((None, extent.end)),
        }
        if owner == Some(citation) {
            return None;
        }
        if enacts {
            return Some((Some(Found::Target(target)), extent.end));
        }
        if after >= extent.words && matches!(extent.mark, Some(':')) {
            return Some((Some(Found::Target(target)), extent.end));
        }
        let verb = |at: usize| match self.mark(at) {
            Some((count, Mark::Do(Predicate::Repeal, false))) => Some(at + count),
            _ => None,
        };
        let last = verb(after).is_some_and(|end| end >= extent.words);
        // «Признать утратившим силу постановление …»: no unit of it.
        let first = verb(at).is_some_and(|end| end == at + citation.start);
        if last || first && after >= extent.words {
            return Some((Some(Found::Repealed(target)), extent.end));
        }
        // The clause goes on with what is amended in it.
        let (rest, _) = self.found(after);
        rest.is_some()
            .then_some((Some(Found::Target(target)), after))
    }

    /// What is said of the units of an act that the clause names together with it: «внести в Правила …,
    /// утвержденные приказом …», «пункт 4 приказа … исключить», «қаулысына 1-қосымшаға … енгізілсін».
    /// None where it names none.
    fn within(
        &self,
        at: usize,
        extent: &Extent,
        citation: &Citation,
    ) -> Result<Option<Found>, Unread> {
        let enacts = extent.phrase == Some(Mark::Enact);
        let (start, end) = (at + citation.start, at + citation.end);
        let is = |at: &usize, wanted: &[Mark]| {
            let found = self.mark(*at);
            found.is_some_and(|(_, mark)| wanted.contains(&mark))
        };
        let part: Vec<Token> = match self.drafting.inner_first {
            true => {
                let verb = (at..start).rev().find(|at| is(at, &[Mark::Enact]));
                let before = &self.tokens[verb.map_or(at, |verb| verb + 1)..start];
                let behind = match enacts {
                    true => &[],
                    false => &self.tokens[end..extent.words],
                };
                [before, behind].concat()
            }
            false if enacts => {
                let stop = |at: &usize| is(at, &[Mark::Following, Mark::Change, Mark::Enact]);
                let stop = (end..extent.words).find(stop).unwrap_or(extent.words);
                self.tokens[end..stop].to_vec()
            }
            false => return Ok(None),
        };
        let named = (0..part.len()).any(|at| {
            let found = senses(self.drafting.lexicon(), &part[at..]);
            found.iter().any(|(_, sense)| {
                matches!(
                    sense,
                    Sense::Noun(Noun::Unit(_) | Noun::Row(_) | Noun::Document, _)
                )
            })
        });
        if !named {
            return Ok(None);
        }
        let text = &self.line.text;
        let context = |chains| Found::Context {
            weak: false,
            slip: None,
            chains,
        };
        if enacts {
            return places(text, &part, self.drafting).map(|it| Some(context(it)));
        }
        clause(text, &part, self.drafting).map(|clause| {
            Some(match clause {
                Clause::Context(chains) => context(chains),
                Clause::Orders(orders) => Found::Orders {
                    orders,
                    withheld: extent.withheld,
                },
            })
        })
    }

    /// Whether a unit is named between two tokens, up to the words that announce the changes, where the
    /// units of an act are named before it.
    fn names_units(&self, from: usize, to: usize) -> bool {
        let stops = |at: &usize| {
            let found = self.mark(*at).map(|(_, mark)| mark);
            matches!(found, Some(Mark::Following | Mark::Change | Mark::Enact))
        };
        let mut open = Open::default();
        let outside = |at: &usize| {
            open.enter(&self.tokens[*at]);
            open.quotations == 0 && open.brackets == 0
        };
        let unit = |at: usize| {
            let found = senses(self.drafting.lexicon(), &self.tokens[at..]);
            let unit = |sense: &Sense| matches!(sense, Sense::Noun(Noun::Unit(_), _));
            found.iter().any(|(_, sense)| unit(sense))
        };
        let mut own = (from..to).take_while(|at| !stops(at)).filter(outside);
        self.drafting.inner_first && own.any(unit)
    }

    /// Whether a token stands in a quotation of the clause that begins at another one.
    fn is_quoted(&self, from: usize, at: usize) -> bool {
        let mut open = Open::default();
        self.tokens[from..at].iter().for_each(|it| open.enter(it));
        open.quotations > 0
    }
}
