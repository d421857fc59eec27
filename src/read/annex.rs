//! The annexes of an amending act: where they start and end, and which of them list changes.

use std::ops::Range;

use super::citation::citations;
use super::head::{Found, head};
use super::line::Line;
use super::token::{Kind as TokenKind, says};
use super::{Doing, Header, Label, Mode, Reader};
use crate::act::Kind;
use crate::lang::Language;
use crate::lang::drafting::{Drafting, Mark};
use crate::parse::stamp;
use crate::unit::Num;

/// An annex of the amending act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// Its number, where its stamp gives one.
    pub num: Option<Num>,
    /// The lines of its stamp.
    pub stamp: Range<usize>,
    /// Where, among them, the stamp of the annex begins that gets its wording here.
    pub own: usize,
    /// The lines after it.
    pub text: Range<usize>,
    /// Whether it is the new wording of a clause.
    pub worded: bool,
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
        let mut first = start;
        let mut owned = false;
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
            Kind::Paragraph
                if signed && language.is_stamp(&line.text) && is_short(line, drafting) =>
            {
                let num = language.annex_number(&line.text);
                // In plain text a stamp is several lines: it ends with its date, or begins there, or goes
                // on in small letters and names a document.
                let dated = |it: &usize| {
                    !citations(&lines[*it].text, lines[*it].tokens(), drafting).is_empty()
                };
                let near = |it: &usize| {
                    lines[*it].kind == Kind::Paragraph && is_short(&lines[*it], drafting)
                };
                let words = |it: &usize| !lines[*it].is_blank();
                let next = || (start..lines.len()).filter(words).take(6).take_while(near);
                if language.ends_stamp(&line.text) {
                    let before = || (0..start).rev().filter(words);
                    let close =
                        |it: usize| lines.get(it + 1).is_none_or(|next| lines[it].is_over(next));
                    let part = |it: usize| near(&it).then(|| (lines[it].text.clone(), close(it)));
                    let count = stamp::lines_before(before().map(part), language);
                    first = before().take(count).last().unwrap_or(start);
                } else if let Some(end) = next().find(dated) {
                    at = end + 1;
                } else {
                    let small =
                        |it: &usize| lines[*it].text.trim_start().starts_with(char::is_lowercase);
                    at = next().skip(1).take_while(small).last().unwrap_or(start) + 1;
                }
                let list: Vec<&str> = lines[first..at].iter().map(|it| &*it.text).collect();
                owned = language.is_of_document(&list.join(" "));
                num.filter(|_| owned || (first..at).any(|it| dated(&it)))
            }
            _ => None,
        };
        if let Some(num) = stamp {
            // The first lines of a stamp need not show that they belong to it.
            let loose = |last: &Annex| {
                let between = &lines[last.text.start..first.max(last.text.start)];
                let mut words = between.iter().filter(|it| !it.is_blank());
                let loose = if owned { 2 } else { 0 };
                words.clone().count() <= loose && words.all(|it| is_short(it, drafting))
            };
            match list.last_mut() {
                // The stamp of the annex that gets a new wording stands under that of the annex here.
                Some(last) if loose(last) => {
                    last.own = last.stamp.end;
                    last.stamp.end = at;
                    last.text.start = at;
                }
                last => {
                    if let Some(last) = last {
                        last.text.end = first;
                    }
                    list.push(Annex {
                        num,
                        stamp: first..at,
                        own: at,
                        text: at..lines.len(),
                        worded: false,
                    });
                }
            }
        }
    }
    list
}

/// Whether a line may be one of a stamp: short, no item, and without an order.
fn is_short(line: &Line, drafting: &'static Drafting) -> bool {
    let orders = says(drafting.lexicon(), line.tokens(), |mark| {
        matches!(mark, Mark::Do(..) | Mark::Enact | Mark::Approve)
    });
    let first = line.tokens().first().map(|it| &it.kind);
    let item = matches!(first, Some(TokenKind::Number(..)))
        && line.tokens().get(1).is_some_and(|it| it.is('.'));
    let open = line.text.trim_end().ends_with([':', ';']);
    line.text.len() < LONG_STAMP && !orders && !item && !open && !line.is_blank()
}

/// A line of more bytes is no stamp.
const LONG_STAMP: usize = 1000;

impl Reader<'_> {
    /// The heading of an annex says whether it is a list of changes.
    pub fn annex_title(&mut self) {
        let (index, _) = self.at;
        let line = &self.lines[index];
        let says = |line: &Line, wanted: Mark| {
            says(self.drafting.lexicon(), line.tokens(), |mark| {
                mark == wanted
            })
        };
        // What is listed, if the heading says it.
        let lists = |line: &Line| match says(line, Mark::Void) {
            true => Some(Doing::Repealing),
            false => says(line, Mark::Change).then_some(Doing::Amending),
        };
        let found = head(line, 0, self.language, self.drafting);
        let numbered = !found.numbers.is_empty();
        // A heading may be broken into lines.
        let goes_on = self.lines[index + 1..]
            .iter()
            .filter(|it| !it.is_blank())
            .take(3)
            .take_while(|it| head(it, 0, self.language, self.drafting).numbers.is_empty())
            .any(|it| lists(it).is_some());
        if let (Some(doing), false) = (lists(line), numbered) {
            self.mode = Mode::AnnexList;
            self.doing = doing;
            self.claim_line(Label::Title);
        } else if goes_on && !numbered && found.found.is_none() {
            self.claim_line(Label::Title);
        } else if numbered && matches!(found.found, Some(Found::Target(_) | Found::Within(..))) {
            self.mode = Mode::AnnexList;
            self.doing = Doing::Amending;
        } else {
            self.mode = Mode::AnnexText;
            self.claim_line(Label::Annex);
        }
    }

    /// A line of an annex that lists no changes. What is ordered there is not understood, unless the
    /// annex is the new wording of a clause.
    pub fn annex_text(&mut self) {
        let (index, _) = self.at;
        let inside = |annex: &&Annex| annex.text.contains(&index);
        let worded = self.annexes.iter().find(inside).is_some_and(|it| it.worded);
        match worded || self.header(index) < Header::Strong {
            true => self.claim_line(Label::Annex),
            false => {
                let found = head(&self.lines[index], 0, self.language, self.drafting);
                self.unread(&found);
            }
        }
    }
}
