//! From the blocks that stand in an act at a moment to its provisions.
//!
//! Counting follows the Law on legal acts, art. 23: a new part starts at each unnumbered paragraph
//! whose first letter is upper case; paragraphs in lower case, and the points of a list, belong to
//! the part before them. A paragraph that starts with a figure or a sign starts a part unless the
//! one before it ends with `:` or `;`.

use std::ops::Range;

use super::line::{BARE, Line, Look, starts_part};
use super::lines::{dotted_headings, lines, mark_contents, mark_title};
use crate::act::{Act, Provision};
use crate::lang::{self, Label, Language};
use crate::text::Moment;
use crate::unit::{Num, Unit};

/// The provisions of an act at a moment, as the children of one of [`Unit::Act`].
pub fn read(act: &Act, at: Moment) -> Provision {
    let mut lines = lines(act, at);
    let first = mark_title(&mut lines, act.language);
    mark_contents(&mut lines, first, act.language);
    let mut reader = Reader {
        language: act.language,
        code: act.identity.kind.as_deref() == Some("code")
            || act
                .identity
                .title
                .as_deref()
                .is_some_and(|title| act.language.is_code(title)),
        dotted_headings: dotted_headings(&lines),
        open: Vec::new(),
        closed: Vec::new(),
        before: '\n',
        annexes: 0,
        stamp: None,
        numbered: false,
        table_from: None,
    };
    reader.push(Provision::new(Unit::Act, None, 0), 0);
    reader.read(&mut lines, first);
    reader.close(1);
    let mut root = Provision::new(Unit::Act, None, 0);
    root.blocks = 0..act.blocks.len();
    root.children = reader.closed.into();
    number_annexes(&mut root);
    number(&mut root, &mut 0);
    root
}

/// A provision being read.
pub(super) struct Open {
    pub(super) provision: Provision,
    /// How many provisions were closed when it was opened: those after them are its children.
    closed: usize,
    /// The level of its heading mark.
    level: u8,
    parts: usize,
    indents: usize,
}

pub(super) struct Reader<'a> {
    pub(super) language: &'a Language,
    code: bool,
    dotted_headings: bool,
    /// From the act inward.
    pub(super) open: Vec<Open>,
    /// The closed provisions that no closed one holds.
    closed: Vec<Provision>,
    /// The last letter of the paragraph before.
    before: char,
    annexes: u32,
    /// The stamp that was read, with its number and whether it is of an annex of the document before,
    /// until the title of its document.
    stamp: Option<(Option<Num>, bool)>,
    /// Whether the act has numbered units, so that words before them are its preamble.
    numbered: bool,
    /// The opening tag of the table whose first row comes next.
    pub(super) table_from: Option<usize>,
}

/// How units close one another: a new one closes every open one of its rank or below.
pub(super) fn rank(unit: Unit) -> u8 {
    match unit {
        Unit::Act => 0,
        Unit::Annex | Unit::Signature | Unit::Title | Unit::Preamble | Unit::Contents => 1,
        Unit::Section => 2,
        Unit::Subsection => 3,
        Unit::Chapter | Unit::Direction => 4,
        Unit::Subchapter => 5,
        Unit::Article => 6,
        Unit::Paragraph | Unit::Note => 7,
        Unit::Table => 8,
        Unit::Indicator => 9,
        Unit::Row => 10,
        Unit::Point => 11,
        Unit::Part => 12,
        Unit::Indent => 13,
        Unit::Sentence | Unit::Column | Unit::Heading => 14,
    }
}

impl Reader<'_> {
    fn read(&mut self, lines: &mut [Line], first: usize) {
        self.numbered = lines.iter().any(|line| {
            matches!(line.look, Look::Unit(..) | Look::Paragraph(_)) && line.block >= first
        });
        for index in 0..lines.len() {
            // Only the looks of the lines below are asked for again.
            let look = std::mem::replace(&mut lines[index].look, Look::Text);
            let edge = matches!(look, Look::TableEdge(_));
            let counts = !edge && !matches!(look, Look::Remark(_));
            self.line(lines, index, look);
            if !edge {
                self.table_from = None;
            }
            if counts {
                self.before = lines[index].last.unwrap_or('\n');
            }
        }
    }

    fn line(&mut self, lines: &[Line], index: usize, look: Look) {
        let line = &lines[index];
        let block = line.block;
        let approved = match &look {
            Look::Heading(None, level) => {
                self.stamp.is_some() || *level < BARE && self.language.is_document(&line.shown)
            }
            Look::Heading(Some(_), _) | Look::Text => self.stamp.is_some() && !line.ended,
            _ => false,
        };
        if approved {
            let (number, inner) = self.stamp.take().unwrap_or_default();
            return self.annex(line, number, inner);
        }
        match look {
            Look::Title => self.title(line),
            Look::Requisite => self.leave_front(),
            Look::Contents(blocks) => self.contents(line, blocks),
            Look::Remark(unit) => self.remark(block, unit),
            Look::Stamp(number, inner) => {
                let before = self.stamp.take().and_then(|(number, _)| number);
                self.stamp = Some((number.or(before), inner));
            }
            Look::Note => self.note(block),
            Look::NoteText | Look::Wrapped => self.extend(block),
            Look::Caption => self.caption(block),
            Look::Unit(label, level) => self.unit(lines, index, label, level),
            Look::Heading(label, level) => self.heading(line, label, level),
            Look::Paragraph(label) => self.paragraph(line, label),
            Look::Point(label) => self.point(line, label),
            Look::Row => self.row(line),
            Look::TableEdge(opens) => self.table_edge(block, opens),
            Look::Signature if self.in_annex() => self.text(lines, index),
            Look::Signature => self.signature(block),
            // Words after a signature and before the next document are no part of the act.
            Look::Text if self.top().unit == Unit::Signature => self.signature(block),
            Look::Text => {
                let before = |it: &Provision| matches!(it.unit, Unit::Title | Unit::Contents);
                let begun = !self.children().iter().all(before);
                if self.open.len() == 1 && self.numbered && !begun {
                    self.push(Provision::new(Unit::Preamble, None, block), 0);
                }
                self.text(lines, index);
            }
        }
    }

    pub(super) fn top(&mut self) -> &mut Provision {
        let last = self.open.len() - 1;
        &mut self.open[last].provision
    }

    /// The children of the innermost open provision.
    pub(super) fn children(&self) -> &[Provision] {
        &self.closed[self.open.last().map_or(0, |open| open.closed)..]
    }

    pub(super) fn push(&mut self, provision: Provision, level: u8) {
        self.open.push(Open {
            provision,
            closed: self.closed.len(),
            level,
            parts: 0,
            indents: 0,
        });
    }

    /// Closes the open provisions until `keep` (at least the act) are left.
    pub(super) fn close(&mut self, keep: usize) {
        while self.open.len() > keep.max(1)
            && let Some(open) = self.open.pop()
        {
            let mut provision = open.provision;
            // The one indent of a part is the part.
            let part = provision.unit == Unit::Part && provision.label.is_empty();
            let indent = |it: &Provision| it.unit == Unit::Indent;
            let mut indents =
                (open.closed..self.closed.len()).filter(|at| indent(&self.closed[*at]));
            if part && let (Some(only), None) = (indents.next(), indents.next()) {
                self.closed.remove(only);
            }
            let children = self.closed.split_off(open.closed);
            provision.children = children.into();
            let parent = self.top();
            parent.blocks.end = parent.blocks.end.max(provision.blocks.end);
            self.closed.push(provision);
        }
    }

    pub(super) fn close_rank(&mut self, rank_of_new: u8) {
        self.close_rank_below(0, rank_of_new);
    }

    /// The same, leaving the first `floor` open provisions alone.
    pub(super) fn close_rank_below(&mut self, floor: usize, rank_of_new: u8) {
        let keep = self.open[floor..]
            .iter()
            .position(|open| rank(open.provision.unit) >= rank_of_new)
            .map_or(self.open.len(), |at| floor + at);
        self.close(keep);
    }

    /// Numbered text belongs to no preamble, contents list or signature.
    pub(super) fn leave_front(&mut self) {
        let outside = |open: &Open| {
            matches!(
                open.provision.unit,
                Unit::Preamble | Unit::Contents | Unit::Signature
            )
        };
        if let Some(index) = self.open.iter().position(outside) {
            self.close(index);
        }
    }

    fn in_annex(&self) -> bool {
        self.open
            .get(1)
            .is_some_and(|open| open.provision.unit == Unit::Annex)
    }

    /// How many open provisions the document (the act, or an annex of it) takes.
    fn document(&self) -> usize {
        let annex = |open: &&Open| open.provision.unit == Unit::Annex;
        1 + self.open[1..].iter().take_while(annex).count()
    }

    fn annex(&mut self, line: &Line, number: Option<Num>, inner: bool) {
        let outer = inner && self.in_annex();
        self.close(1 + usize::from(outer));
        self.annexes += u32::from(!outer);
        self.push(Provision::new(Unit::Annex, number, line.block), 0);
        let order = self.annexes;
        let annex = self.top();
        annex.heading = whole(&line.shown);
        if annex.num.is_none() {
            // Until it is known whether a stamp bears this number.
            annex.words = Some(line.shown.trim().into());
            annex.order = order;
        }
    }

    fn title(&mut self, line: &Line) {
        self.close(1);
        match self.closed.last_mut() {
            Some(title) if title.unit == Unit::Title => title.blocks.end = line.block + 1,
            _ => {
                let mut title = Provision::new(Unit::Title, None, line.block);
                title.heading = whole(&line.shown);
                self.closed.push(title);
            }
        }
    }

    fn contents(&mut self, line: &Line, blocks: Range<usize>) {
        let last = self.open.len() - 1;
        if self.open[last].provision.unit != Unit::Contents {
            self.close(self.document());
            self.push(Provision::new(Unit::Contents, None, blocks.start), 0);
        }
        let words = line.shown.trim();
        let shift = line.shown.len() - line.shown.trim_start().len();
        let label = self
            .language
            .unit_label(words)
            .or_else(|| lang::item_label(words));
        if let Some(label) = label {
            let mut entry = Provision::new(label.unit, label.num, line.block);
            entry.label = label.range.start + shift..label.range.end + shift;
            entry.heading = label.rest + shift..shift + words.len();
            self.closed.push(entry);
        }
        self.top().blocks.end = blocks.end;
    }

    /// A note stands after the unit that it speaks of, and belongs to it.
    fn remark(&mut self, block: usize, unit: Option<Unit>) {
        let named = self
            .open
            .iter()
            .rposition(|open| Some(open.provision.unit) == unit);
        let near = || {
            let holds = |open: &Open| rank(open.provision.unit) <= rank(Unit::Paragraph);
            self.open.iter().rposition(holds)
        };
        if let Some(index) = named.or_else(near) {
            self.open[index].provision.blocks.end = block + 1;
        }
    }

    fn note(&mut self, block: usize) {
        self.leave_front();
        self.close_rank(rank(Unit::Table));
        self.closed.push(Provision::new(Unit::Note, None, block));
        self.top().blocks.end = block + 1;
    }

    /// A line that goes on with the one before belongs to what that belongs to.
    fn extend(&mut self, block: usize) {
        let from = self.open.last().map_or(0, |open| open.closed);
        let mut last = self.closed[from..].last_mut();
        while let Some(provision) = last {
            provision.blocks.end = block + 1;
            last = provision.children.last_mut();
        }
        self.top().blocks.end = block + 1;
    }

    /// A caption counts as nothing; it belongs to the unit that holds the table.
    fn caption(&mut self, block: usize) {
        self.leave_front();
        self.leave_table();
        let floor = self.container_floor();
        self.close(floor);
        self.top().blocks.end = block + 1;
    }

    fn signature(&mut self, block: usize) {
        if self.top().unit != Unit::Signature {
            self.close(1);
            self.push(Provision::new(Unit::Signature, None, block), 0);
        }
        self.top().blocks.end = block + 1;
    }

    fn unit(&mut self, lines: &[Line], index: usize, label: Label, level: u8) {
        let line = &lines[index];
        self.leave_front();
        self.close_rank(rank(label.unit));
        let mut provision = Provision::new(label.unit, label.num, line.block);
        provision.label = label.range;
        let end = line.shown.trim_end().len();
        provision.body = end;
        let more = matches!(
            lines.get(index + 1).map(|next| &next.look),
            Some(Look::Text | Look::Paragraph(_) | Look::Point(_) | Look::Row)
        );
        let text = label.unit == Unit::Article
            && match line.last {
                Some(':' | ';') => true,
                Some('.') => !(more && self.dotted_headings),
                _ => false,
            }
            && label.rest < end;
        if text {
            provision.body = label.rest;
        } else {
            provision.heading = label.rest.min(end)..end;
        }
        let body = provision.body;
        self.push(provision, level);
        if text {
            self.part(line.block, body);
        }
    }

    fn heading(&mut self, line: &Line, label: Option<Label>, level: u8) {
        self.leave_front();
        let document = self.document();
        let keep = self
            .open
            .iter()
            .skip(document)
            .position(|open| {
                !open.provision.unit.is_division() || (open.level > 0 && open.level >= level)
            })
            .map_or(self.open.len(), |at| at + document);
        self.close(keep);
        let unit = match self.top().unit {
            Unit::Section | Unit::Subsection => Unit::Chapter,
            Unit::Chapter | Unit::Direction | Unit::Subchapter => Unit::Subchapter,
            _ => Unit::Section,
        };
        let mut provision = Provision::new(unit, None, line.block);
        let end = line.shown.trim_end().len();
        if let Some(label) = label {
            provision.num = label.num;
            provision.label = label.range;
            provision.heading = label.rest.min(end)..end;
        } else {
            provision.heading = whole(&line.shown);
            provision.words = Some(line.shown.trim().into());
        }
        provision.body = end;
        self.push(provision, level);
    }

    fn paragraph(&mut self, line: &Line, label: Label) {
        self.leave_front();
        self.close_rank(rank(Unit::Paragraph));
        let unit = match self.code && self.top().unit == Unit::Article {
            true => Unit::Part,
            false => Unit::Paragraph,
        };
        self.item(line, label, unit);
    }

    /// Opens a numbered unit and its first part, which stands on the same line.
    fn item(&mut self, line: &Line, label: Label, unit: Unit) {
        let mut provision = Provision::new(unit, label.num, line.block);
        provision.label = label.range;
        provision.body = label.rest;
        let body = provision.body;
        self.push(provision, 0);
        if body < line.shown.trim_end().len() {
            self.part(line.block, body);
        }
    }

    fn point(&mut self, line: &Line, label: Label) {
        self.leave_table();
        if matches!(self.top().unit, Unit::Contents | Unit::Signature) {
            self.leave_front();
        }
        let letter = |num: &Option<Num>| {
            num.as_ref()
                .is_some_and(|num| num.count().is_none() && num.0.chars().all(char::is_alphabetic))
        };
        let inner = self.container_floor();
        let mut keep = None;
        for index in (inner..self.open.len()).rev() {
            let open = &self.open[index].provision;
            if open.unit != Unit::Point {
                continue;
            }
            let same = letter(&open.num) == letter(&label.num);
            if same && label.num > open.num {
                keep = Some(index);
                break;
            }
            if !same && letter(&label.num) || self.before == ':' && (same || letter(&label.num)) {
                keep = Some(index + 1 + usize::from(self.open.len() > index + 1));
                break;
            }
        }
        let keep = keep.unwrap_or_else(|| {
            // A new list in the part that is open, or in the unit itself.
            let part = self.open.get(inner).map(|open| open.provision.unit);
            inner + usize::from(part == Some(Unit::Part))
        });
        self.close(keep);
        if self.top().unit == Unit::Indent {
            let keep = self.open.len() - 1;
            self.close(keep);
        }
        self.item(line, label, Unit::Point);
    }

    /// How many open provisions there are down to the unit that holds the text: an article, a
    /// paragraph, a section, … but no point, counted part or indent.
    pub(super) fn container_floor(&self) -> usize {
        let holds = |open: &Open| {
            let counted = matches!(open.provision.unit, Unit::Point | Unit::Indent)
                || open.provision.unit == Unit::Part && open.provision.label.is_empty();
            !counted
        };
        self.open
            .iter()
            .rposition(holds)
            .map_or(1, |index| index + 1)
    }

    fn text(&mut self, lines: &[Line], index: usize) {
        let line = &lines[index];
        self.leave_table();
        if self.top().unit == Unit::Contents {
            self.leave_front();
        }
        let starts = starts_part(&line.shown, self.before);
        while let Some(point) = self
            .open
            .iter()
            .rposition(|open| open.provision.unit == Unit::Point)
            .filter(|point| *point >= self.container_floor())
        {
            let goes_on = self.list_goes_on(lines, index, point);
            let opened = matches!(self.before, ':' | ',');
            let listed =
                self.before == ';' && self.open[point + 1..].iter().any(|open| open.indents > 1);
            if goes_on || opened || listed && !starts {
                break;
            }
            self.close(point);
        }
        let numbered =
            |open: &Open| open.provision.unit == Unit::Part && !open.provision.label.is_empty();
        let floor = self.open.len();
        let part = self.open[floor - 1].provision.unit;
        let holder = match part {
            Unit::Indent => floor - 2,
            _ => floor - 1,
        };
        let in_part =
            self.open[holder].provision.unit == Unit::Part && !numbered(&self.open[holder]);
        let in_code_part = in_part && holder > 0 && numbered(&self.open[holder - 1]);
        if in_part && (!starts || in_code_part) {
            self.close(holder + 1);
            self.indent(line.block, 0);
        } else {
            self.close(if in_part { holder } else { holder + 1 });
            self.part(line.block, 0);
        }
    }

    /// Whether the next numbered line goes on with the list that the open point stands in.
    fn list_goes_on(&self, lines: &[Line], index: usize, point: usize) -> bool {
        for line in &lines[index + 1..] {
            match &line.look {
                Look::Point(label) => return label.num > self.open[point].provision.num,
                Look::Text | Look::Remark(_) | Look::Row | Look::TableEdge(_) | Look::Note => {}
                _ => return false,
            }
        }
        false
    }

    fn part(&mut self, block: usize, body: usize) {
        let last = self.open.len() - 1;
        self.open[last].parts += 1;
        let number = Num::counted(self.open[last].parts);
        let mut part = Provision::new(Unit::Part, Some(number), block);
        part.body = body;
        self.push(part, 0);
        self.indent(block, body);
    }

    fn indent(&mut self, block: usize, body: usize) {
        let last = self.open.len() - 1;
        self.open[last].indents += 1;
        let number = Num::counted(self.open[last].indents);
        let mut indent = Provision::new(Unit::Indent, Some(number), block);
        indent.body = body;
        self.push(indent, 0);
    }
}

fn whole(shown: &str) -> Range<usize> {
    let start = shown.len() - shown.trim_start().len();
    start..shown.trim_end().len().max(start)
}

/// An approved document without a number is numbered by its order, unless a stamp gives that number
/// to another; then it is known by its words.
fn number_annexes(root: &mut Provision) {
    let taken: Vec<Num> = root
        .children
        .iter()
        .filter(|it| it.unit == Unit::Annex)
        .filter_map(|it| it.num.clone())
        .collect();
    for annex in &mut root.children {
        let order = Num::counted(annex.order as usize);
        if annex.unit == Unit::Annex && annex.num.is_none() && !taken.contains(&order) {
            annex.num = Some(order);
            annex.words = None;
        }
    }
}

/// Numbers the provisions in reading order.
fn number(provision: &mut Provision, next: &mut u32) {
    provision.order = *next;
    *next += 1;
    for child in &mut provision.children {
        number(child, next);
    }
}
