//! The lines that belong to a new wording.

use std::ops::Range;

use super::head::{Found, Head, Style, head};
use super::line::Line;
use super::token::{Kind as TokenKind, Token, mark, says, senses};
use super::wording::{self, Marks, Odd, Oddity, Piece};
use super::{Header, Label, Mode, Reader};
use crate::act::Kind;
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::lang;
use crate::lang::drafting::{Drafting, Form, Mark, Noun, Predicate, Sense};
use crate::unit::{Num, Unit};

impl Reader<'_> {
    /// Takes off the marks of each quotation of a wording, and joins broken paragraphs.
    pub(super) fn arrange(
        &mut self,
        pieces: Vec<Piece>,
        unit: Option<Unit>,
        clause: Range<usize>,
    ) -> Vec<Vec<Piece>> {
        let mut groups: Vec<Vec<Piece>> = Vec::new();
        let mut open = true;
        for piece in pieces {
            let opens = !open
                && wording::is_opened(&piece.text)
                && (unit.is_none_or(|unit| wording::number(&piece, unit, self.language).is_some())
                    || unit.is_some_and(|unit| matches!(unit, Unit::Part | Unit::Indent)));
            open = !wording::is_closed(&piece.text);
            match groups.last_mut() {
                Some(last) if !opens => last.push(piece),
                _ => groups.push(vec![piece]),
            }
        }
        let mut oddities = Vec::new();
        for group in &mut groups {
            wording::unquote(group, &mut oddities);
            wording::rejoin(group, self.language, &mut oddities);
        }
        groups.retain(|group| !group.is_empty());
        self.odd(&oddities, clause);
        groups
    }

    /// Says what is odd about the wording of a clause.
    pub(super) fn odd(&mut self, oddities: &[Odd], clause: Range<usize>) {
        for odd in oddities {
            let (code, message) = said(odd.what);
            let line = &self.lines[odd.line];
            // The letter that stands there, or the last one of the line.
            let mut letters = line.text.char_indices().filter(|it| !it.1.is_whitespace());
            let last = letters.clone().next_back();
            let letter = letters.find(|it| it.0 >= odd.at).or(last);
            let (start, letter) = letter.unwrap_or_default();
            let bytes = line.place(start)..line.place(start + letter.len_utf8());
            self.tell(
                Diagnostic::warning(code, message)
                    .at(Source::Amendment(0), bytes)
                    .at(Source::Amendment(0), clause.clone()),
            );
        }
    }

    /// Takes the lines of a wording: up to the next instruction, item or annex. `count` units are
    /// expected in it.
    pub(super) fn wording(&mut self, count: usize) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut marks = Marks::default();
        let mut seen = 0;
        let mut nested = false;
        while self.at.0 < self.lines.len() {
            let (index, token) = self.at;
            let line = &self.lines[index];
            if line.is_blank() {
                if wording::is_rule(line, self.source) && pieces.last().is_some_and(|it| it.row) {
                    let bytes = line.source.start..line.source.start + 1;
                    self.tell(
                        Diagnostic::warning(
                            Code::TableRule,
                            "the rule of a table in Markdown stands in the wording",
                        )
                        .at(Source::Amendment(0), bytes),
                    );
                }
                self.claim_line(Label::Wording);
                continue;
            }
            if token == 0 && self.annexes.iter().any(|it| it.stamp.contains(&index)) {
                break;
            }
            if line.kind == Kind::Quote && self.language.is_remark(&line.text) {
                self.claim_line(Label::Note);
                continue;
            }
            let closed = pieces.last().is_some_and(|it| wording::is_closed(&it.text));
            let whole = closed && marks.balanced();
            let header = match token {
                0 => self.header(index),
                _ => Header::No,
            };
            if pieces.is_empty() {
                if header == Header::Strong {
                    break;
                }
            } else if token == 0 {
                let line = &self.lines[index];
                let enough = match nested {
                    true => whole,
                    false => closed || header == Header::Strong,
                };
                if header > Header::No && enough || header == Header::No && self.is_signature(index)
                {
                    break;
                }
                if whole && header == Header::No {
                    let more = wording::is_opened(&line.text) && seen < count;
                    // A mark before the number of a unit is that of the wording, not of a name in it;
                    // what it closes may go on with a further item alone.
                    let item = lang::item_label(&line.text).is_some();
                    let own = pieces.first().is_some_and(|it| self.is_labelled(&it.text))
                        && (!item || line.text.trim_end().ends_with(':'));
                    if !more && (own || self.is_next_item(index) || !self.closes_later(index)) {
                        break;
                    }
                }
            }
            let line = &self.lines[index];
            let from = match token {
                0 => 0,
                _ => line.tokens().get(token).map_or(0, |it| it.range.start),
            };
            let to = self.glued(index, from).unwrap_or(line.text.len());
            let text = line.words(from..to).to_string();
            if pieces.is_empty() {
                let inner = head(line, token + 1, self.language, self.drafting);
                let is_clause = matches!(
                    inner.found,
                    Some(Found::Orders { .. } | Found::Target(_) | Found::Within(..))
                );
                nested = is_clause && wording::is_opened(&text);
            }
            seen += usize::from(wording::is_opened(&text) || pieces.is_empty());
            marks.count(&text);
            pieces.push(Piece {
                line: index,
                range: from..to,
                text,
                row: line.is_row(),
            });
            if to < line.text.len() {
                let next = line.tokens().iter().position(|it| it.range.start >= to);
                self.claim(Label::Wording, next.unwrap_or(usize::MAX));
                break;
            }
            self.claim_line(Label::Wording);
        }
        pieces
    }

    /// Whether a wording begins with a quotation mark and the number of a unit.
    fn is_labelled(&self, text: &str) -> bool {
        let words = text.trim_start_matches(wording::is_quote);
        let labelled =
            || lang::item_label(words).is_some() || self.language.unit_label(words).is_some();
        words.len() < text.len() && labelled()
    }

    /// Whether a new wording stands on the next line with words, from a line on.
    pub(super) fn quotation_follows(&mut self, from: usize) -> bool {
        let next = (from..self.lines.len()).find(|it| !self.lines[*it].is_blank());
        next.is_some_and(|next| {
            wording::is_opened(&self.lines[next].text) && self.header(next) == Header::No
        })
    }

    /// Where an instruction is glued to the end of a wording on a line.
    fn glued(&self, index: usize, from: usize) -> Option<usize> {
        let line = &self.lines[index];
        wording::glued(line, from).into_iter().find(|at| {
            let token = line.tokens().iter().position(|it| it.range.start >= *at);
            let found = token.map(|token| head(line, token, self.language, self.drafting));
            let numbered = line.text[*at..].starts_with(|it: char| it.is_ascii_digit());
            match found.and_then(|it| it.found) {
                Some(Found::Orders { .. }) => true,
                Some(Found::Context { .. }) => numbered,
                _ => false,
            }
        })
    }

    /// Whether a wording that seems closed goes on: a later line closes it before the next
    /// instruction.
    fn closes_later(&mut self, index: usize) -> bool {
        if let Some((_, closed)) = self.closing.filter(|(end, _)| index < *end) {
            return closed;
        }
        let mut closed = false;
        for next in index..self.lines.len() {
            if self.lines[next].is_blank() {
                continue;
            }
            let stamped = self.annexes.iter().any(|it| it.stamp.contains(&next));
            if stamped || self.header(next) > Header::No || self.is_signature(next) {
                self.closing = Some((next, closed));
                return closed;
            }
            closed = wording::is_closed(&self.lines[next].text);
        }
        self.closing = Some((self.lines.len(), closed));
        closed
    }

    /// How sure it is that a line is no paragraph of a wording.
    pub(super) fn header(&mut self, index: usize) -> Header {
        if let Some(known) = self.headers[index] {
            return known;
        }
        let line = &self.lines[index];
        let known = match line.is_row() || line.is_blank() {
            true => Header::No,
            false => {
                let found = head(line, 0, self.language, self.drafting);
                match &found.found {
                    Some(Found::Orders { .. } | Found::Several | Found::OtherLanguage(_)) => {
                        Header::Strong
                    }
                    Some(Found::Target(_) | Found::Within(..)) if found.colon => Header::Strong,
                    Some(Found::Context { weak, .. }) => match weak {
                        true => Header::Weak,
                        false => Header::Strong,
                    },
                    Some(Found::Force | Found::ForceOf) if self.continues(&found) => Header::Strong,
                    Some(
                        Found::Target(_)
                        | Found::Within(..)
                        | Found::Force
                        | Found::ForceOf
                        | Found::Withheld
                        | Found::Repealed(_)
                        | Found::Repeals
                        | Found::Suspension { .. }
                        | Found::Following,
                    ) => Header::Weak,
                    None if looks_like_an_order(line, self.drafting) => Header::Strong,
                    None if self.continues(&found) && self.mode == Mode::Body => Header::Weak,
                    None => Header::No,
                }
            }
        };
        self.headers[index] = Some(known);
        known
    }

    /// Whether a line has the number that comes after one of the items that are open.
    fn is_next_item(&self, index: usize) -> bool {
        let found = head(&self.lines[index], 0, self.language, self.drafting);
        let next = found.numbers.first().and_then(|(style, num)| {
            let before = Num::counted(num.count()?.checked_sub(1)?);
            Some((*style, before))
        });
        let open = |(style, num)| self.numbers.iter().any(|it| it.0 == style && it.1 == num);
        next.is_some_and(open)
    }

    /// Whether an item at the outermost level comes after the last one there.
    fn continues(&self, found: &Head) -> bool {
        let (Some((style, num)), Some((open, last, _))) =
            (found.numbers.first(), self.numbers.first())
        else {
            return false;
        };
        let next = last.count().map(|it| it + 1);
        style == open && *style != Style::Bracket && next.is_some() && num.count() == next
    }
}

/// Whether a line that is not understood has the words of an order all the same: it is said, not taken
/// into a wording.
fn looks_like_an_order(line: &Line, drafting: &'static Drafting) -> bool {
    !wording::is_opened(&line.text) && orders_a_change(line.tokens(), drafting, true)
}

/// Whether a noun stands at a token.
fn noun_at(
    tokens: &[Token],
    at: usize,
    drafting: &'static Drafting,
    wanted: impl Fn(Noun, Form) -> bool,
) -> bool {
    let found = senses(drafting.lexicon(), tokens.get(at..).unwrap_or_default());
    let wanted = |sense: &Sense| matches!(sense, Sense::Noun(noun, form) if wanted(*noun, *form));
    found.iter().any(|(_, sense)| wanted(sense))
}

/// Whether a line names a numbered unit as what it is about, «пункт 5», or quoted words.
pub fn names_a_target(tokens: &[Token], drafting: &'static Drafting) -> bool {
    let number = |at: usize| matches!(tokens[at].kind, TokenKind::Number(..));
    let is_unit = |noun: Noun, form: Form| {
        matches!(noun, Noun::Unit(unit) if !unit.is_single()) && form.is_target()
    };
    let unit = |at: usize| {
        let beside = at > 0 && number(at - 1) || at + 1 < tokens.len() && number(at + 1);
        let dashed = at > 1 && tokens[at - 1].is_dash() && number(at - 2);
        (beside || dashed) && noun_at(tokens, at, drafting, is_unit)
    };
    let words = |at: usize| match drafting.inner_first {
        true => {
            let quoted = tokens
                .get(at + 1)
                .is_some_and(|it| it.kind == TokenKind::Quote(true));
            quoted && noun_at(tokens, at, drafting, |noun, _| noun == Noun::Words)
        }
        false => mark(drafting.lexicon(), &tokens[at..]).is_some_and(|it| it.1 == Mark::Named),
    };
    (0..tokens.len()).any(|at| unit(at) || words(at))
}

/// Whether words order a change of an act. Where it is not `known` which act is amended, units must be
/// named, or words.
pub fn orders_a_change(tokens: &[Token], drafting: &'static Drafting, known: bool) -> bool {
    let lexicon = drafting.lexicon();
    let says = |wanted: &dyn Fn(Mark) -> bool| says(lexicon, tokens, wanted);
    let verb = |predicate| says(&|mark| matches!(mark, Mark::Do(it, _) if it == predicate));
    let is_words = |noun: Noun, _: Form| noun == Noun::Words;
    let target = || names_a_target(tokens, drafting);
    let restated = verb(Predicate::Restate);
    let added = verb(Predicate::Add);
    let exchanged = verb(Predicate::Strike) || verb(Predicate::Swap);
    let repealed = || !known && verb(Predicate::Repeal) && target();
    match drafting.inner_first {
        // An infinitive may stand in any sentence.
        true => {
            let quoted = |at: usize| {
                tokens[at + 1].kind == TokenKind::Quote(true)
                    && noun_at(tokens, at, drafting, is_words)
            };
            let words = || (1..tokens.len()).any(|next| quoted(next - 1));
            // «исключить слова», and the words stand on the next line.
            let verb_and_words = || {
                (0..tokens.len()).any(|at| {
                    let verb = mark(lexicon, &tokens[at..]);
                    let verb = verb.filter(|(_, mark)| matches!(mark, Mark::Do(..)));
                    verb.is_some_and(|(count, _)| noun_at(tokens, at + count, drafting, is_words))
                })
            };
            restated
                || added && says(&|mark| mark == Mark::Content)
                || (exchanged || added) && words()
                || exchanged && !known && (target() || verb_and_words())
                || repealed()
        }
        false => restated || added || exchanged && (known || target()) || repealed(),
    }
}

fn said(oddity: Oddity) -> (Code, &'static str) {
    match oddity {
        Oddity::Unclosed => (
            Code::UnclosedQuote,
            "the mark that closes the new wording is missing",
        ),
        Oddity::Merged => (
            Code::SharedQuote,
            "one quotation mark serves the new wording and a name inside it",
        ),
        Oddity::Reversed => (
            Code::ReversedQuote,
            "the new wording is opened with the mark that closes",
        ),
        Oddity::Broken => (
            Code::BrokenParagraph,
            "a paragraph of the new wording is broken in the middle of a sentence; it is read as one",
        ),
    }
}
