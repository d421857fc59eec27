//! From what a clause orders and the wording after it to operations.

use super::account::Shape;
use super::allot::{flat, lines, share};
use super::chain::{Chain, Link, address, enclosing, may_stand_in, scope};
use super::clause::begun;
use super::head::{Found, Head, head};
use super::verb::{Order, Wording};
use super::wording::{self, Piece};
use super::{Doing, Header, Label, Reader};
use crate::address::Address;
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::lang::drafting::Mark;
use crate::operation::{Action, Force, Operation, Position};
use crate::unit::{Num, Unit};

impl Reader<'_> {
    /// Reads the wording that a clause announces, and makes its operations.
    pub(super) fn orders(&mut self, orders: &[Order], withheld: bool, found: &Head) {
        let (index, token) = self.at;
        let line = &self.lines[index];
        let first = line.numbers[0];
        let source = self.clause_source(found);
        let direct = self.last_label() == Label::Context;
        let behind = token > 0 && self.last_label() == Label::Clause;
        let count = orders.iter().map(Order::units).sum();
        let waits = orders.iter().any(Order::waits);
        if waits && withheld {
            self.say(
                Diagnostic::error(Code::WordingWithheld, "the new wording is not published")
                    .help("the change can't be made; give --partial to leave it"),
                found.end,
            );
            return self.claim(Label::Clause, found.end);
        }
        let mut last = line.numbers[1].min(first);
        let mut place = self.spot(index);
        let mut pieces = Vec::new();
        self.claim(Label::Clause, found.end);
        if waits {
            let kinds: Vec<Unit> = orders
                .iter()
                .filter(|it| it.waits())
                .filter_map(Order::unit)
                .collect();
            let read = self.wording(count);
            let end = read.iter().map(|it| it.line).max().unwrap_or(index);
            pieces = self.arrange(read, kinds.first().copied(), source.clone());
            if pieces.is_empty() {
                self.tell(
                    Diagnostic::error(
                        Code::WordingMissing,
                        "no new wording follows the clause that announces it",
                    )
                    .at(Source::Amendment(0), source),
                );
                return;
            }
            last = self.lines[end].numbers[1];
            place.indents[1] += self.paragraphs[end] - self.paragraphs[index];
            if self.cells {
                let row = flat(&pieces).join("\t");
                pieces.truncate(1);
                if let Some([first, ..]) = pieces.first_mut().map(|group| {
                    group.truncate(1);
                    group.as_mut_slice()
                }) {
                    first.text = row;
                    first.row = true;
                }
            }
        }
        self.instruction += 1;
        let shape = Shape {
            lines: [first, last],
            source,
            place,
            direct,
            since: found.since,
        };
        if self.act == 0 {
            let message = "the clause does not say which act it amends";
            return self.refuse(Code::UnreadClause, message, &shape);
        }
        if self.lost.is_some() {
            let message = "the line that names the place of the clause is not understood";
            return self.refuse(Code::UnreadClause, message, &shape);
        }
        if orders.iter().any(|order| !self.is_owned(order.chains())) {
            let message = "the clause does not say to which document the annex belongs";
            return self.refuse(Code::UnreadClause, message, &shape);
        }
        // Behind a clause that names a unit further out, it may stand in that one.
        let outermost = orders.iter().filter_map(Order::outermost).min();
        // A row that is known by its words is the only one with them, wherever it stands.
        let placed = orders.iter().all(Order::is_of_rows_by_words);
        let deeper = self.before.zip(outermost).filter(|_| !placed);
        let deeper = deeper.is_some_and(|(before, own)| may_stand_in(before, own));
        let outside = |context: &Chain| context.iter().all(Link::is_document);
        let inside = deeper && (behind || self.context.iter().any(outside));
        self.before = [self.before, outermost].into_iter().flatten().min();
        if inside {
            let message = "the clause does not say whether it stands in the unit that the clause before it names";
            return self.refuse(Code::UnreadClause, message, &shape);
        }
        let waiting: Vec<&Order> = orders.iter().filter(|it| it.waits()).collect();
        let mut shares = match waiting.len() {
            0 | 1 => vec![pieces],
            _ => match share(&waiting, pieces, self.language) {
                Some(shares) => shares,
                None => return self.unclear(&shape),
            },
        }
        .into_iter();
        for order in orders {
            let groups = match order.waits() {
                true => shares.next().unwrap_or_default(),
                false => Vec::new(),
            };
            self.order(order, &groups, &shape);
        }
        // A clause about a unit further out closes the places that were named before it.
        for first in orders.iter().filter_map(Order::first) {
            for context in &mut self.context {
                let open = enclosing(context, first).len();
                let same = context.get(open).is_some_and(|it| it.is_same(first));
                context.truncate(open + usize::from(same));
            }
        }
    }

    /// «мына: … деген жол»: the rows that are meant are set out before the clause, with or without the
    /// word that leads them in.
    pub(super) fn following(&mut self, found: &Head) {
        let (index, token) = self.at;
        let line = &self.lines[index];
        let led = !line.is_row();
        let source = self.clause_source(found);
        let tokens = &line.tokens()[token..found.end - usize::from(found.colon)];
        let begun = begun(&line.text, tokens, self.drafting).filter(|_| led);
        let mut rows: Vec<Piece> = Vec::new();
        let mut next = index + usize::from(led);
        let clause_line = loop {
            let Some(line) = self.lines.get(next) else {
                break None;
            };
            let verb = super::token::mark(self.drafting.lexicon(), line.tokens());
            let named = verb.is_some_and(|(_, mark)| match self.drafting.inner_first {
                true => matches!(mark, Mark::Do(..)),
                false => mark == Mark::Named,
            });
            if named {
                break Some(next);
            }
            if !line.is_blank() {
                rows.push(Piece {
                    line: next,
                    range: 0..line.text.len(),
                    text: line.words(0..line.text.len()).to_string(),
                    row: line.is_row(),
                });
            }
            if self.header(next) > Header::No {
                break None;
            }
            next += 1;
        };
        let Some(verb) = clause_line.filter(|_| !rows.is_empty()) else {
            // «мына:» alone may stand before any clauses, «строки:» names what they are about.
            return match begun {
                None if led => self.claim(Label::Context, found.end),
                _ => self.unread(found),
            };
        };
        if led {
            self.claim(Label::Context, found.end);
        }
        while self.at.0 < verb {
            self.claim_line(Label::Clause);
        }
        let mut oddities = Vec::new();
        wording::unquote(&mut rows, &mut oddities);
        self.odd(&oddities, source);
        // «деген жол мынадай …» goes on with the unit, «строку: … изложить …» began with it.
        let from = usize::from(!self.drafting.inner_first);
        let mut inner = head(&self.lines[verb], from, self.language, self.drafting);
        let Some(Found::Orders {
            mut orders,
            withheld,
        }) = inner.found.take()
        else {
            return self.unread(&inner);
        };
        if let Some((unit, side)) = begun
            && !orders.iter_mut().all(|it| it.begin(&unit, side))
        {
            return self.unread(&inner);
        }
        // In plain text the cells of a row are lines.
        let cells = rows.len() > 1 && rows.iter().all(|row| !row.row);
        if cells {
            rows[0].text = lines(&rows).join("\t");
            rows[0].row = true;
            rows.truncate(1);
        }
        let steps: Vec<(Option<Num>, Option<String>)> = rows
            .iter()
            .map(|row| match wording::number(row, Unit::Row, self.language) {
                Some(num) => (Some(num), None),
                None => (None, Some(row.text.trim().replace('\t', " "))),
            })
            .collect();
        for order in &mut orders {
            order.fill(&steps);
        }
        self.cells = cells;
        self.orders(&orders, withheld, &inner);
        self.cells = false;
    }

    /// The operations of one order.
    fn order(&mut self, order: &Order, groups: &[Vec<Piece>], shape: &Shape) {
        let contexts = self.context.clone();
        let whole = |targets: &[Chain]| targets.iter().any(|it| *it == [Link::whole()]);
        // The text may be that of any place that is open; only right behind the line that names one it
        // is that of this one.
        let nested = |context: &Chain| !context.iter().all(Link::is_document);
        let nowhere = contexts.iter().any(Vec::is_empty);
        let unsaid = match order {
            // An act that was named before gets the wording of an annex.
            Order::Restate(targets, Wording::Annexes(_)) => {
                whole(targets) && !shape.direct && !nowhere
            }
            Order::Restate(targets, _) | Order::Strike(targets) | Order::Repeal(targets) => {
                whole(targets) && (nowhere || !shape.direct)
            }
            Order::Words(scopes, ..) => {
                // «тақырыбында және мәтінінде»: the text of what bears the heading.
                let headed = |it: &Chain| it.iter().all(|link| link.step.unit == Unit::Heading);
                let headed = scopes.iter().any(|it| !it.is_empty() && headed(it));
                whole(scopes) && !headed && !shape.direct && contexts.iter().any(nested)
            }
            Order::Add(..) | Order::Renumber(..) => false,
        };
        if unsaid {
            let message = "the clause does not say what it is about";
            return self.refuse(Code::UnreadClause, message, shape);
        }
        match order {
            Order::Restate(targets, wording) => {
                let Some(texts) = self.texts(targets, wording, groups, false, shape) else {
                    return;
                };
                for context in &contexts {
                    for (target, text) in targets.iter().zip(&texts) {
                        let action = Action::Replace(text.clone());
                        self.push(address(context, target), action, shape);
                    }
                }
            }
            Order::Add(units, beside, wording) => {
                self.add(units, beside.as_ref(), wording, groups, shape)
            }
            Order::Strike(targets) => self.each(&contexts, targets, &Action::Delete, shape),
            Order::Repeal(targets) => self.each(&contexts, targets, &Action::Repeal, shape),
            Order::Renumber(target, num) => {
                let action = Action::Renumber(num.clone());
                self.each(&contexts, std::slice::from_ref(target), &action, shape);
            }
            Order::Words(scopes, edits, except) => {
                for context in &contexts {
                    for chain in scopes {
                        for edit in edits {
                            let at = scope(context, chain);
                            let way = [context.as_slice(), chain.as_slice()].concat();
                            let kept = except.iter().map(|chain| scope(&way, chain)).collect();
                            if let Some(operation) = self.push(at, edit.action(), shape) {
                                operation.except = kept;
                                operation.after = edit.after().cloned();
                            }
                        }
                    }
                }
            }
        }
    }

    fn each(&mut self, contexts: &[Chain], targets: &[Chain], action: &Action, shape: &Shape) {
        for context in contexts {
            for target in targets {
                self.push(address(context, target), action.clone(), shape);
            }
        }
    }

    /// New units: each under its own number, or beside the unit that the clause names.
    fn add(
        &mut self,
        units: &[Chain],
        beside: Option<&(Position, Chain)>,
        wording: &Wording,
        groups: &[Vec<Piece>],
        shape: &Shape,
    ) {
        let contexts = self.context.clone();
        // «после программы 033 "…" дополнить программой»: a document beside a row is a row.
        let row = beside.is_some_and(|(_, anchor)| {
            let last = anchor.last();
            last.is_some_and(|it| it.step.unit == Unit::Row)
        });
        let bare = |unit: &&Chain| {
            unit.last().is_some_and(|it| {
                let unnamed = it.step.words.is_none() || row && it.step.unit == Unit::Annex;
                it.step.num.is_none() && unnamed
            })
        };
        if let (Some((side, anchor)), Some(_)) = (beside, units.iter().find(bare)) {
            let text = flat(groups);
            for context in &contexts {
                let action = Action::Insert(Some(*side), text.clone());
                self.push(address(context, anchor), action, shape);
            }
            return;
        }
        let units: Vec<Chain> = match units {
            [unit] if bare(&unit) => match self.named_by_wording(unit, groups) {
                Some(units) => units,
                None => {
                    self.unplaced(shape);
                    return;
                }
            },
            units => units.to_vec(),
        };
        let Some(texts) = self.texts(&units, wording, groups, true, shape) else {
            return;
        };
        if let Some(unit) = units.iter().find(bare).and_then(|unit| unit.last())
            && unit.step.unit.may_come_last()
        {
            let unit = unit.step.unit;
            let message = match unit {
                Unit::Row => {
                    "the clause does not say where the new row stands; in a list it comes last"
                        .to_string()
                }
                _ => format!("the clause does not say which {unit} the new one is; it comes last"),
            };
            self.tell(
                Diagnostic::warning(Code::NoOrdinal, message)
                    .at(Source::Amendment(0), shape.source.clone()),
            );
        }
        for context in &contexts {
            for (unit, text) in units.iter().zip(&texts) {
                self.push(
                    address(context, unit),
                    Action::Insert(None, text.clone()),
                    shape,
                );
            }
        }
    }

    fn unplaced(&mut self, shape: &Shape) {
        self.refuse(
            Code::UnreadClause,
            "the clause does not say where the new unit stands",
            shape,
        );
    }

    /// Adds an operation, and gives it; none where its address leaves open which unit is meant.
    pub(super) fn push(
        &mut self,
        at: Address,
        action: Action,
        shape: &Shape,
    ) -> Option<&mut Operation> {
        debug_assert_eq!(self.doing, Doing::Amending);
        let added = matches!(action, Action::Insert(None, _)) && at.is_next();
        if let Some(step) = at.unsaid().filter(|_| !added) {
            let message = format!("the clause does not say which {} it is about", step.unit);
            self.refuse(Code::UnreadClause, &message, shape);
            return None;
        }
        self.places.push(shape.place.clone());
        let operations = &mut self.reading.amendment.operations;
        operations.push(Operation {
            n: operations.len() + 1,
            instruction: self.instruction,
            act: self.act,
            at,
            action,
            expect: None,
            after: None,
            except: Vec::new(),
            lines: Some(shape.lines),
            in_force: shape.since.map(Force::On),
            source: shape.source.clone(),
        });
        operations.last_mut()
    }
}
