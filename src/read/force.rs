//! When an amending act enters into force (Law on legal acts, art. 42).

use jiff::civil::Date;

use super::chain::Chain;
use super::citation::{date, until};
use super::clause::{Clause, clause};
use super::head::{Head, Style};
use super::token::{Kind, Token, mark, says, senses};
use super::{Doing, Label, Reader};
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::lang::drafting::{Drafting, Mark, Noun, Numeral, Sense};
use crate::operation::Force;
use crate::unit::{Num, Unit};

/// What an in-force clause says.
#[derive(Debug, Default)]
pub struct InForce {
    /// The rule for the act.
    pub rule: Option<Force>,
    /// What enters into force on another day.
    pub exceptions: Vec<Exception>,
    /// Whether something of it is not understood.
    pub unclear: bool,
}

/// Parts of an act that enter into force on a day of their own.
#[derive(Debug)]
pub struct Exception {
    /// The day; `None` where the clause does not say it.
    pub force: Option<Force>,
    /// The parts, as addresses in the amending act.
    parts: Vec<Chain>,
}

/// Where a clause stands among the items of its act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The items, from outer to inner.
    pub numbers: Vec<(Style, Num)>,
    /// The first and last paragraph of the clause and its wording in the innermost item, from 1.
    pub indents: [usize; 2],
}

/// Reads an in-force clause, or a line of its exceptions.
pub fn read(text: &str, tokens: &[Token], drafting: &'static Drafting) -> InForce {
    // The phrase from a token on, and the token after it.
    let find = |from: usize, wanted: Mark| {
        (from..tokens.len()).find_map(|at| {
            let (count, mark) = mark(drafting.lexicon(), &tokens[at..])?;
            (mark == wanted).then_some((at, at + count))
        })
    };
    match drafting.inner_first {
        true => inner_first(text, tokens, drafting, find),
        false => outer_first(text, tokens, drafting, find),
    }
}

/// «2026 жылғы 1 қаңтардан бастап қолданысқа енгізілетін 2-тармақты қоспағанда, …»: what is excepted,
/// and the rule behind it.
fn outer_first(
    text: &str,
    tokens: &[Token],
    drafting: &'static Drafting,
    find: impl Fn(usize, Mark) -> Option<(usize, usize)>,
) -> InForce {
    let mut said = InForce::default();
    let except = find(0, Mark::Except);
    let end = except.map_or(tokens.len(), |(at, _)| at);
    let mut from = 0;
    while let Some((entering, units)) = find(from, Mark::Entering).filter(|(at, _)| *at < end) {
        let next = find(units, Mark::Entering).filter(|(at, _)| *at < end);
        // Up to the date of the next part.
        let stop = next.map_or(end, |(next, _)| {
            (entering..next)
                .rev()
                .find(|at| date(tokens, *at, drafting).is_some())
                .unwrap_or(next)
        });
        match parts(text, &tokens[units..stop], drafting) {
            Some(parts) => said.exceptions.push(Exception {
                force: force(&tokens[from..entering], drafting),
                parts,
            }),
            None => said.unclear = true,
        }
        from = stop;
    }
    if let (Some((except, _)), true) = (except, said.exceptions.is_empty()) {
        match parts(text, &tokens[..except], drafting) {
            Some(parts) => said.exceptions.push(Exception { force: None, parts }),
            // «мыналарды қоспағанда, …:», and the parts stand in the lines below.
            None => said.unclear = !tokens.last().is_some_and(|it| it.is(':')),
        }
    }
    said.rule = force(&tokens[except.map_or(0, |(_, after)| after)..], drafting);
    said
}

/// «…, за исключением пункта 2, который вводится в действие с 1 января 2026 года»: the rule, and what
/// is excepted behind it.
fn inner_first(
    text: &str,
    tokens: &[Token],
    drafting: &'static Drafting,
    find: impl Fn(usize, Mark) -> Option<(usize, usize)>,
) -> InForce {
    let except = find(0, Mark::Except);
    let (start, mut from) = except.unwrap_or((tokens.len(), tokens.len()));
    let mut said = InForce {
        rule: force(&tokens[..start], drafting),
        ..InForce::default()
    };
    let lists = tokens.last().is_some_and(|it| it.is(':'));
    // A line of its own names the parts first, not «настоящий Закон».
    if except.is_none() && find(0, Mark::This).is_none_or(|(at, _)| at > 0) {
        from = 0;
    }
    while from < tokens.len() {
        let entering = find(from, Mark::Entering).map(|(at, _)| at);
        let units = from..entering.unwrap_or(tokens.len());
        let next = entering.and_then(|at| find(at + 1, Mark::Entering));
        let stop = match (entering, next) {
            // Up to the first unit of the next part: behind the date.
            (Some(entering), Some((next, _))) => (entering..next)
                .find_map(|at| date(tokens, at, drafting))
                .map_or(next, |(_, end)| end),
            _ => tokens.len(),
        };
        let day = entering.and_then(|at| force(&tokens[at..stop], drafting));
        match parts(text, &tokens[units], drafting) {
            Some(parts) => said.exceptions.push(Exception { force: day, parts }),
            // «…, за исключением:», and the parts stand in the lines below.
            None => said.unclear |= !lists,
        }
        from = stop.max(from + 1);
    }
    said
}

/// The units that a stretch names, and nothing else: «осы өзгерістердің 2-тармағының үшінші абзацын»,
/// «пункта 2 статьи 1 настоящего Закона».
fn parts(text: &str, tokens: &[Token], drafting: &'static Drafting) -> Option<Vec<Chain>> {
    let mut units: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let found = senses(drafting.lexicon(), &tokens[at..]);
        // The act itself.
        let own = found.iter().find_map(|(count, sense)| {
            let own = matches!(
                sense,
                Sense::Mark(Mark::This | Mark::Change) | Sense::Noun(Noun::Act(_), _)
            );
            own.then_some(*count)
        });
        let to = |it: &Token| mark(drafting.lexicon(), std::slice::from_ref(it));
        match own {
            // «приложения 1 к настоящему постановлению»
            Some(_) => _ = units.pop_if(|it| to(it) == Some((1, Mark::To))),
            None => units.push(token.clone()),
        }
        at += own.unwrap_or(1);
    }
    // A line of a list ends with its mark, a stretch of a sentence with a comma.
    let is_mark = |token: &&Token| [',', ';', ':', '.'].into_iter().any(|it| token.is(it));
    let last = units.iter().rev().take_while(is_mark).count();
    let first = units.iter().take_while(is_mark).count();
    let units = units.get(first..units.len() - last)?;
    let named = |tokens: &[Token]| match clause(text, tokens, drafting) {
        Ok(Clause::Context(chains)) => Some(chains),
        _ => None,
    };
    let chains = named(units)?;
    let annexed = |chain: &Chain| chain.iter().any(|it| it.step.unit == Unit::Annex);
    if !drafting.inner_first || !chains.iter().any(annexed) {
        return Some(chains);
    }
    // «пункта 2 приложения 1, абзаца восьмого пункта 1»: the second stands in no annex.
    let begins = |at: &usize| {
        let found = senses(drafting.lexicon(), &units[*at..]);
        let unit = |(_, sense): &(usize, Sense)| matches!(sense, Sense::Noun(Noun::Unit(_), _));
        units[at - 1].is(',') && found.iter().any(unit)
    };
    let starts = (1..units.len()).filter(begins);
    let ends = starts.clone().map(|at| at - 1).chain([units.len()]);
    let each = [0].into_iter().chain(starts).zip(ends);
    let each = each.map(|(start, end)| named(&units[start..end]));
    Some(each.collect::<Option<Vec<_>>>()?.concat())
}

impl Exception {
    /// Whether an operation is among the parts: `Some(false)` where a piece of it is.
    pub fn covers(&self, spot: &Spot) -> Option<bool> {
        let met: Vec<Option<usize>> = self.parts.iter().filter_map(|it| spot.met(it)).collect();
        let [first, end] = spot.indents;
        match met.iter().flatten().count() {
            _ if met.contains(&None) => Some(true),
            0 => None,
            count => Some(count == end + 1 - first),
        }
    }

    /// Whether each of the parts holds some of the operations.
    fn is_met(&self, spots: &[Spot]) -> bool {
        let met = |part: &Chain| spots.iter().any(|spot| spot.met(part).is_some());
        self.parts.iter().all(met)
    }
}

impl Spot {
    /// Whether it stands in a part of the act, and which of its paragraphs, where the part is one.
    fn met(&self, part: &Chain) -> Option<Option<usize>> {
        let mut numbers = self.numbers.iter();
        let mut indent = None;
        for link in part {
            let style = match link.step.unit {
                Unit::Article => Style::Article,
                Unit::Paragraph => Style::Dot,
                Unit::Point => Style::Bracket,
                Unit::Indent => {
                    indent = Some(link.step.num.as_ref().and_then(Num::count)?);
                    continue;
                }
                _ => return None,
            };
            numbers
                .any(|(of, num)| *of == style && Some(num) == link.step.num.as_ref())
                .then_some(())?;
        }
        let [first, end] = self.indents;
        match indent {
            None => Some(None),
            Some(indent) => {
                let own = numbers.next().is_none() && (first..=end).contains(&indent);
                own.then_some(Some(indent))
            }
        }
    }
}

/// The rule that words state; `None` where they state none.
fn force(tokens: &[Token], drafting: &'static Drafting) -> Option<Force> {
    let lexicon = drafting.lexicon();
    let marks: Vec<(usize, Mark)> = (0..tokens.len())
        .filter_map(|at| mark(lexicon, &tokens[at..]).map(|(_, mark)| (at, mark)))
        .collect();
    let says = |wanted: Mark| marks.iter().any(|(_, mark)| *mark == wanted);
    if says(Mark::Published) {
        if says(Mark::Passed) {
            let counted =
                |unit: Mark| (0..tokens.len()).find_map(|at| count_of(unit, tokens, at, drafting));
            return match says(Mark::Months) {
                true => counted(Mark::Months).map(Force::MonthsAfterPublication),
                false => counted(Mark::Days).map(Force::AfterPublication),
            };
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
    let found = match drafting.inner_first {
        true => (from..tokens.len()).find_map(|at| date(tokens, at, drafting)),
        false => (0..from).rev().find_map(|at| date(tokens, at, drafting)),
    };
    found.map(|(date, _)| Force::On(date))
}

/// «он күн», «жиырма бір күн», «10 күн», «алты ай»: so many days or months, where a number of them
/// starts at a token.
fn count_of(unit: Mark, tokens: &[Token], at: usize, drafting: &'static Drafting) -> Option<u32> {
    let lexicon = drafting.lexicon();
    let mut total = 0;
    let mut next = at;
    loop {
        let rest = tokens.get(next..)?;
        if total > 0 && mark(lexicon, rest).is_some_and(|(_, mark)| mark == unit) {
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

impl Reader<'_> {
    /// The rule of an in-force clause, and what it excepts.
    pub(super) fn in_force(&mut self, from: usize, to: usize) {
        self.ends(from, to);
        let line = &self.lines[self.at.0];
        let clause = read(&line.text, &line.tokens()[from..to], self.drafting);
        if clause.rule.is_none() || clause.unclear {
            self.warn(
                Code::ForceUnclear,
                to,
                "the day on which the act, or a part of it, enters into force is not understood",
            );
        }
        self.reading.amendment.head.in_force = clause.rule;
        self.exceptions.extend(clause.exceptions);
    }

    /// A line below the words on entry into force: parts with a day of their own, and in the last one
    /// the rule where the act begins «Осы Заң: 1) …».
    pub(super) fn force_item(&mut self, found: &Head) {
        let (index, token) = self.at;
        let line = &self.lines[index];
        let tokens = &line.tokens()[found.begin..];
        let lexicon = self.drafting.lexicon();
        let clause = read(&line.text, tokens, self.drafting);
        let rule = clause
            .rule
            .filter(|_| says(lexicon, tokens, |mark| mark == Mark::InForce));
        let entering = says(lexicon, tokens, |mark| mark == Mark::Entering);
        let mut before = self.lines[..index].iter().rev();
        let before = before.find(|it| !it.is_blank());
        let listed = self.last_label() == Label::Force
            && before.is_some_and(|it| it.text.trim_end().ends_with([':', ';']));
        let nothing = clause.exceptions.is_empty() && rule.is_none();
        let end = line.tokens().len();
        if (entering || listed) && (clause.unclear || nothing) {
            let message = "which part of the act enters into force on which day is not understood";
            self.warn(Code::ForceUnclear, end, message);
        }
        if entering {
            self.exceptions.extend(clause.exceptions);
            let force = &mut self.reading.amendment.head.in_force;
            *force = force.or(rule);
        }
        self.ends(token, end);
        self.claim_line(Label::Force);
    }

    /// Says that an act, or a part of it, is in force up to a day alone.
    fn ends(&mut self, from: usize, to: usize) {
        let tokens = &self.lines[self.at.0].tokens()[from..to];
        if let Some(day) = until(tokens, self.drafting) {
            let message = format!(
                "the act, or a part of it, applies until {day}; what it changes is not changed back"
            );
            self.warn(Code::Suspended, to, message);
        }
    }

    /// A unit that does not apply, or applies, for a time alone.
    pub(super) fn suspension(&mut self, ends: bool, until: Option<Date>, found: &Head) {
        // «Приостановить:», and what is meant stands in the items below it.
        if found.colon
            && !self.quotation_follows(self.at.0 + 1)
            && !matches!(self.doing, Doing::Suspending(_))
        {
            self.doing = Doing::Suspending(until);
            return self.claim(Label::Context, found.end);
        }
        let (ends, until) = match self.doing {
            Doing::Suspending(day) => (false, until.or(day)),
            _ => (ends, until),
        };
        let applies = if ends { "applies" } else { "does not apply" };
        let time = match until {
            Some(date) => format!("until {date}"),
            None => "for a time".to_string(),
        };
        let message = format!("the unit {applies} {time}; its text stays as it is");
        self.warn(Code::Suspended, found.end, message);
        self.claim(Label::Clause, found.end);
        if found.colon {
            self.wording(1);
        }
    }

    /// Where a line stands among the items that are open.
    pub(super) fn spot(&self, index: usize) -> Spot {
        let numbers = self
            .numbers
            .iter()
            .map(|(style, num, _)| (*style, num.clone()));
        let start = self.numbers.last().map_or(0, |(.., start)| *start);
        let indent = self.paragraphs[index] + 1 - self.paragraphs[start];
        Spot {
            numbers: numbers.collect(),
            indents: [indent, indent],
        }
    }

    /// Dates the operations that an in-force clause excepts.
    pub(super) fn date_exceptions(&mut self) {
        for exception in std::mem::take(&mut self.exceptions) {
            let mut unclear = exception.force.is_none() || !exception.is_met(&self.places);
            let operations = &mut self.reading.amendment.operations;
            for (spot, operation) in self.places.iter().zip(operations) {
                match exception.covers(spot) {
                    Some(true) => operation.in_force = exception.force,
                    Some(false) => unclear = true,
                    None => {}
                }
            }
            if unclear {
                let known = self
                    .reading
                    .stretches
                    .iter()
                    .find(|it| it.label == Label::Force);
                let source = known.map_or(0..0, |it| it.source.start..it.source.start);
                let said = Diagnostic::warning(
                    Code::ForceUnclear,
                    "a part of the act enters into force on another day, and it is not clear which operations that are",
                )
                .help("give them a date of their own, `in_force`, in a file of operations");
                self.said.push((0, said.at(Source::Amendment(0), source)));
            }
        }
    }
}
