//! Lists of what is repealed: acts as a whole, and units of acts.

use super::account::Shape;
use super::chain::{Chain, address, links};
use super::citation::{Citation, citations};
use super::clause::places;
use super::head::Head;
use super::item::{Named, Owner};
use super::token::{Kind, Token, mark, senses};
use super::{Doing, Label, Reader, Repeal};
use crate::lang::drafting::{Case, Form, Mark, Noun, Sense};
use crate::operation::{Action, Target};
use crate::unit::Unit;

impl Reader<'_> {
    /// A line of a list of repeals: «постановление … № 400», «пункт 3 постановления … № 401»,
    /// «… № 401 қаулысының 3-тармағы».
    pub(super) fn repealed(&mut self, found: &Head) {
        let (index, _) = self.at;
        let line = &self.lines[index];
        let numbers = line.numbers;
        let tokens = &line.tokens()[found.begin..];
        let cited = citations(&line.text, tokens, self.drafting);
        let mut whole: Vec<Target> = Vec::new();
        let mut parts: Vec<(Target, Vec<Chain>)> = Vec::new();
        for (at, citation) in cited.iter().enumerate() {
            let part = self.part_of(tokens, &cited, at);
            if !self.names_unit(&part) {
                whole.push(citation.target.clone());
                continue;
            }
            match self.units_of(&line.text, &part) {
                Some(chains) => parts.push((citation.target.clone(), chains)),
                None => return self.unread(found),
            }
        }
        let lines = numbers;
        let repeals = whole.into_iter().map(|act| Repeal { act, lines });
        self.reading.repeals.extend(repeals);
        let shape = Shape::of(self, found);
        self.claim_line(Label::Repeals);
        for (target, chains) in parts {
            let doing = std::mem::replace(&mut self.doing, Doing::Amending);
            self.act = self.target(target);
            self.instruction += 1;
            for chain in chains {
                self.push(address(&[], &chain), Action::Repeal, &shape);
            }
            self.doing = doing;
        }
    }

    /// The words of a line that may name units of a cited act: before it in languages that name the
    /// inner unit first, else behind it.
    fn part_of(&self, tokens: &[Token], cited: &[Citation], at: usize) -> Vec<Token> {
        let range = match self.drafting.inner_first {
            true => {
                let from = at.checked_sub(1).map_or(0, |before| cited[before].end);
                from..cited[at].start.max(from)
            }
            false => {
                let to = cited.get(at + 1).map_or(tokens.len(), |next| next.start);
                cited[at].end..to.max(cited[at].end)
            }
        };
        let is_sign = |token: &Token| matches!(token.kind, Kind::Sign(';' | '.' | ','));
        let part = &tokens[range];
        let end = part
            .iter()
            .rposition(|it| !is_sign(it))
            .map_or(0, |at| at + 1);
        let start = part.iter().position(|it| !is_sign(it)).unwrap_or(end);
        part[start..end.max(start)].to_vec()
    }

    fn names_unit(&self, part: &[Token]) -> bool {
        (0..part.len()).any(|at| {
            let found = senses(self.drafting.lexicon(), &part[at..]);
            found.iter().any(|(_, sense)| {
                matches!(
                    sense,
                    Sense::Noun(Noun::Unit(_) | Noun::Row(_) | Noun::Document, _)
                )
            })
        })
    }

    /// The units that are named; those of a list of changes, «пункт 1 изменений, которые вносятся …»,
    /// stand in it as in a document.
    fn units_of(&self, text: &str, part: &[Token]) -> Option<Vec<Chain>> {
        let read = |part: &[Token]| places(text, part, self.drafting).ok();
        if let Some(chains) = read(part) {
            return Some(chains);
        }
        let is = |at: usize, wanted: Mark| {
            let found = mark(self.drafting.lexicon(), &part[at..]);
            found.is_some_and(|(_, mark)| mark == wanted)
        };
        let change = (0..part.len()).find(|at| is(*at, Mark::Change))?;
        let approved = (change..part.len()).find(|at| is(*at, Mark::Approved));
        let (units, name) = match self.drafting.inner_first {
            true => (
                &part[..change],
                &part[change..approved.unwrap_or(part.len())],
            ),
            false => {
                let last = (0..part.len()).rev().find(|at| is(*at, Mark::Change))?;
                let first = (0..last).find(|at| is(*at, Mark::Approved));
                (
                    &part[last + 1..],
                    &part[first.map_or(0, |at| at + 1)..=last],
                )
            }
        };
        let end = name.iter().rposition(|it| !it.is(','))?;
        let words = &text[name[0].range.start..name[end].range.end];
        let list = Named {
            unit: Unit::Annex,
            nums: Vec::new(),
            words: vec![words.to_string()],
            form: Form {
                case: Case::Genitive,
                plural: true,
                owned: false,
            },
            figures: false,
            level: 0,
            approved: true,
            owner: Owner::Unsaid,
        };
        let outer = links(&list);
        let chains = read(units)?;
        Some(
            chains
                .iter()
                .map(|chain| [&outer[..], chain].concat())
                .collect(),
        )
    }
}
