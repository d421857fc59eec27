//! An act: blocks of text in reading order, and the provisions they form at a moment.
//!
//! The blocks are the act; [`Provision`]s are a reading of them. A paragraph inserted by one act
//! changes which part is the third, so the tree is read anew from the living blocks whenever an
//! act is applied ([`crate::parse::structure::read`]).

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use smol_str::{SmolStr, format_smolstr};

use crate::address::Step;
use crate::lang::{Language, kk};
use crate::operation::{Action, Head, Operation};
use crate::text::{Lifespan, Moment, OpId, Role, Run, Text};

/// The kinds of provision, with the words of the drafting rules (Law on legal acts, art. 23) and
/// of Akoma Ntoso.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// The whole act («бүкіл мәтін», «весь текст»); written `text`.
    Act,
    /// атауы, название; AKN `docTitle`.
    Title,
    /// кіріспе, преамбула.
    Preamble,
    /// мазмұны, оглавление; AKN `toc`.
    Contents,
    /// қосымша and every approved document, приложение; AKN `attachment`.
    Annex,
    /// бөлім, раздел.
    Section,
    /// кіші бөлім, подраздел.
    Subsection,
    /// тарау, глава.
    Chapter,
    /// бағыт, направление: a chapter of a strategic document.
    Direction,
    /// параграф (inside a chapter).
    Subchapter,
    /// бап, статья.
    Article,
    /// тармақ, пункт: `1.`
    Paragraph,
    /// тармақша, подпункт: `1)`
    Point,
    /// бөлік, часть: an unnumbered paragraph that starts in upper case; numbered in codes.
    Part,
    /// абзац, counted.
    Indent,
    /// сөйлем, предложение, counted.
    Sentence,
    /// кесте, таблица.
    Table,
    /// нысаналы индикатор, целевой индикатор: a row across the table of a plan.
    Indicator,
    /// жол, строка.
    Row,
    /// баған, графа.
    Column,
    /// тақырып, заголовок.
    Heading,
    /// ескертпе, примечание; AKN `authorialNote`.
    Note,
    /// The signature; AKN `conclusions`.
    Signature,
}

impl Unit {
    const NAMES: [(Unit, &str); 23] = [
        (Unit::Act, "text"),
        (Unit::Title, "title"),
        (Unit::Preamble, "preamble"),
        (Unit::Contents, "contents"),
        (Unit::Annex, "annex"),
        (Unit::Section, "section"),
        (Unit::Subsection, "subsection"),
        (Unit::Chapter, "chapter"),
        (Unit::Direction, "direction"),
        (Unit::Subchapter, "subchapter"),
        (Unit::Article, "article"),
        (Unit::Paragraph, "paragraph"),
        (Unit::Point, "point"),
        (Unit::Part, "part"),
        (Unit::Indent, "indent"),
        (Unit::Sentence, "sentence"),
        (Unit::Table, "table"),
        (Unit::Indicator, "indicator"),
        (Unit::Row, "row"),
        (Unit::Column, "column"),
        (Unit::Heading, "heading"),
        (Unit::Note, "note"),
        (Unit::Signature, "signature"),
    ];

    /// How many kinds there are.
    pub const COUNT: usize = Unit::NAMES.len();

    /// The word that stands for it in an address.
    pub fn name(self) -> &'static str {
        Unit::NAMES
            .iter()
            .find(|(unit, _)| *unit == self)
            .map_or("", |(_, name)| name)
    }

    /// The unit of an address word.
    pub fn named(name: &str) -> Option<Unit> {
        Unit::NAMES
            .iter()
            .find(|(_, word)| *word == name)
            .map(|(unit, _)| *unit)
    }

    /// All address words.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Unit::NAMES.iter().map(|(_, name)| *name)
    }

    /// Units that stand under a heading of their own and hold others.
    pub const DIVISIONS: [Unit; 5] = [
        Unit::Section,
        Unit::Subsection,
        Unit::Chapter,
        Unit::Direction,
        Unit::Subchapter,
    ];

    /// Whether it is one of [`Unit::DIVISIONS`].
    pub fn is_division(self) -> bool {
        Unit::DIVISIONS.contains(&self)
    }

    /// Units without a number of their own: an address counts them.
    pub fn is_counted(self) -> bool {
        matches!(self, Unit::Part | Unit::Indent | Unit::Sentence)
    }

    /// Units that an address may leave bare: there is one of them in its place.
    pub fn is_single(self) -> bool {
        matches!(
            self,
            Unit::Act
                | Unit::Title
                | Unit::Preamble
                | Unit::Contents
                | Unit::Heading
                | Unit::Note
                | Unit::Signature
        )
    }
}

impl Unit {
    /// Whether one more may be added behind those that stand there, without a number.
    pub fn may_come_last(self) -> bool {
        self.is_counted() || self == Unit::Row
    }

    /// Whether an address may leave it without number and words.
    pub fn stands_alone(self) -> bool {
        self.is_single() || matches!(self, Unit::Table | Unit::Annex)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A number as the law spells it: `6`, `63-1`, `VII`, `2.1`, `ә`. Ordered part by part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Num(pub SmolStr);

impl Num {
    /// The number of the unit counted `n`-th.
    pub fn counted(n: usize) -> Num {
        let digit = u32::try_from(n).ok().and_then(|n| char::from_digit(n, 10));
        Num(match digit {
            Some(digit) => SmolStr::from_iter([digit]),
            None => format_smolstr!("{n}"),
        })
    }

    /// The number as a count, where it is one.
    pub fn count(&self) -> Option<usize> {
        self.0.parse().ok()
    }

    fn key(&self) -> impl Iterator<Item = (u8, u64, &str)> {
        let parts = self.0.split(['-', '.']);
        parts.map(|part| match part.parse() {
            Ok(number) => (0, number, ""),
            Err(_) => match (roman(part), letter(part)) {
                (Some(number), _) => (0, number, ""),
                (None, Some(place)) => (1, place, ""),
                (None, None) => (2, 0, part),
            },
        })
    }
}

/// The place of a letter in the alphabet of lists.
fn letter(text: &str) -> Option<u64> {
    let mut letters = text.chars();
    let (letter, rest) = (letters.next()?, letters.next());
    let place = kk::ALPHABET.chars().position(|it| it == letter)?;
    rest.is_none().then_some(place as u64)
}

/// The value of a Roman numeral; Cyrillic look-alikes were folded when the number was read.
fn roman(text: &str) -> Option<u64> {
    let mut total = 0;
    let mut next = 0;
    for letter in text.chars().rev() {
        let value = match letter {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        };
        if value < next {
            total -= value;
        } else {
            total += value;
            next = value;
        }
    }
    (total > 0).then_some(total)
}

impl Ord for Num {
    fn cmp(&self, other: &Num) -> Ordering {
        self.key()
            .cmp(other.key())
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Num {
    fn partial_cmp(&self, other: &Num) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

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
