//! An act: blocks of text in reading order, and the provisions they form at a moment.
//!
//! The blocks are the act; [`Provision`]s are a reading of them. A paragraph inserted by one act
//! changes which part is the third, so the tree is read anew from the living blocks whenever an
//! act is applied ([`crate::parse::structure::read`]).

use std::ops::Range;

use jiff::civil::Date;

use crate::address::Step;
use crate::lang::Language;
use crate::operation::{Action, Head, Operation};
use crate::text::{Lifespan, Moment, OpId, Role, Run, Text};
use crate::unit::{Num, Unit};

/// A cell of a table row: its place in the grid of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The first column that it fills, from 1.
    pub column: usize,
    /// How many columns it fills.
    pub columns: usize,
    /// How many rows it fills.
    pub rows: usize,
}

/// What a block is in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Paragraph,
    /// A line marked as a heading, with its level from 1.
    Heading(u8),
    /// A line of a block quotation: notes, stamps of approval.
    Quote,
    /// A line inside a fence: contents lists.
    Fenced,
    /// A row of a table.
    Row(Box<[Cell]>),
    /// Nothing to read: front matter, anchors, table tags, rules.
    Markup,
}

/// One line of text, one heading or one table row, with the empty lines after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is in its file.
    pub kind: Kind,
    /// Its bytes.
    pub text: Text,
    /// When it stands in the act as a whole.
    pub life: Lifespan,
    /// Where it starts in the base file, in bytes; for a block that an operation brought, the
    /// start of the block that it stands beside.
    pub start: usize,
}

impl Block {
    /// The words a reader sees at a moment; empty when the block does not stand in the act then.
    pub fn shown(&self, at: Moment) -> String {
        if self.life.alive(at) {
            self.text.shown(at)
        } else {
            String::new()
        }
    }

    /// Whether it stood in the act before a moment, and does so no more.
    pub fn is_gone(&self, at: Moment) -> bool {
        self.life.died().is_some_and(|op| op.0 <= at.0)
    }

    /// Whether it is a mark that opens or closes a fence.
    pub fn is_fence(&self) -> bool {
        if self.kind != Kind::Markup {
            return false;
        }
        let first = self.text.0.first().map_or("", |run| run.source.trim());
        first.starts_with("```") || first.starts_with("~~~")
    }

    /// Whether it is a row or a caption that holds tags of a table of HTML.
    pub fn is_html(&self) -> bool {
        let tag = |run: &Run| {
            run.role != Role::Text && (run.source.contains("<t") || run.source.contains("</t"))
        };
        self.text.0.iter().any(tag)
    }

    /// Its runs at a moment, with the block's own lifespan taken into account.
    pub fn runs(&self, at: Moment) -> impl DoubleEndedIterator<Item = &Run> {
        let standing = self.life.alive(at);
        self.text.alive(at).filter(move |_| standing)
    }
}

/// A provision as it stands at a moment: a section, an article, a part, a row, …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Its kind.
    pub unit: Unit,
    /// Its number: written or counted.
    pub num: Option<Num>,
    /// The words that it is known by, where it has no number: a heading, the first cell of a row.
    pub words: Option<Box<str>>,
    /// Where its number is written, in bytes of the shown text of its first block.
    pub label: Range<usize>,
    /// Where its heading stands there; empty where it has none.
    pub heading: Range<usize>,
    /// Where its own text starts there.
    pub body: usize,
    /// Its blocks, children and the notes of editors after it included; indexes into [`Act::blocks`].
    pub blocks: Range<usize>,
    /// Its place among all provisions of the act in reading order, from 0 for the act.
    pub order: u32,
    /// The provisions inside it, in reading order.
    pub children: Box<[Provision]>,
}

impl Provision {
    /// An empty provision that starts at a block.
    pub fn new(unit: Unit, num: Option<Num>, block: usize) -> Provision {
        Provision {
            unit,
            num,
            words: None,
            label: 0..0,
            heading: 0..0,
            body: 0,
            blocks: block..block + 1,
            order: 0,
            children: Box::default(),
        }
    }

    /// The blocks that an operation on it is about: an indicator is a row, though the measures
    /// under it are its children.
    pub fn own_blocks(&self) -> Range<usize> {
        match self.unit {
            Unit::Indicator => self.blocks.start..self.blocks.start + 1,
            _ => self.blocks.clone(),
        }
    }

    /// Whether its text begins on the line of a number that is not its own.
    pub fn shares_line(&self) -> bool {
        self.label.is_empty() && self.heading.is_empty() && self.body > 0
    }

    /// The step of its canonical address: `part:6`, `title`, `section:"Астана қаласы"`.
    pub fn step(&self) -> Step {
        Step {
            unit: self.unit,
            num: self.num.clone(),
            words: self.words.as_deref().map(str::to_string),
        }
    }
}

/// What an act shows of itself. What it does not show is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// law, code, decree, resolution, order, …
    pub kind: Option<String>,
    /// Who adopted it.
    pub organ: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// Its title.
    pub title: Option<String>,
    /// Whether the file is a scaffold: the shape of an act whose official text is not at hand.
    pub scaffold: bool,
}

/// One operation in the history of an act.
#[derive(Debug, Clone)]
pub struct Change {
    /// The amending act, by its place in [`Act::amendments`].
    pub amendment: usize,
    /// The operation.
    pub operation: Operation,
    /// When it entered into force; `None` where that is not known.
    pub force: Option<Date>,
    /// Whether it was applied.
    pub applied: bool,
}

impl Change {
    /// Whether it gives a unit a new wording.
    pub fn restates(&self) -> bool {
        matches!(self.operation.action, Action::Replace(_))
    }
}

/// An act with its history.
#[derive(Debug, Clone)]
pub struct Act {
    /// What it shows of itself.
    pub identity: Identity,
    /// Its language.
    pub language: &'static Language,
    /// Its text, living and dead, in reading order.
    pub blocks: Vec<Block>,
    /// The operations in order of entry into force; [`OpId`] *n* is the *n*-th, from 1.
    pub history: Vec<Change>,
    /// The amending acts, in the order in which they were given.
    pub amendments: Vec<Head>,
    /// The moment that was asked for when they were applied: [`Act::last`].
    pub asked: Moment,
}

impl Act {
    /// The moment after every operation; where a day was asked for, after those in force on it.
    pub fn last(&self) -> Moment {
        self.asked
    }

    /// The moment on a date: after every operation in force by then. Operations whose date is not
    /// known count as in force.
    pub fn on(&self, date: Date) -> Moment {
        let in_force = |change: &&Change| change.force.is_none_or(|force| force <= date);
        Moment(self.history.iter().take_while(in_force).count() as u32)
    }

    /// The operation that an id stands for.
    pub fn change(&self, op: OpId) -> &Change {
        &self.history[op.0 as usize - 1]
    }

    /// The bytes of the act at a moment; at [`Moment::BASE`] those of the file that was read.
    pub fn print(&self, at: Moment) -> String {
        self.blocks
            .iter()
            .flat_map(|block| block.runs(at))
            .map(|run| run.source.as_str())
            .collect()
    }
}
