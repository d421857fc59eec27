//! Units from outer to inner, and which of them close one another.

use std::ops::RangeInclusive;

use super::item::{Named, Owner};
use crate::address::{Address, Step};
use crate::fold;
use crate::lang::item_label;
use crate::unit::{Num, Unit};

/// A unit on the way to a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The unit.
    pub step: Step,
    /// How far out it stands: a unit closes those of its rank and further in.
    rank: u8,
    /// How many numbered items were open where a context named it.
    pub depth: usize,
    /// The noun of the open document that it is, or to which it belongs.
    noun: Option<String>,
}

/// Units from outer to inner, as a clause names them.
pub type Chain = Vec<Link>;

/// The links that a unit stands for, one for each number.
pub fn links(named: &Named) -> Vec<Link> {
    let rank = rank(named);
    let link = |num: Option<Num>, words: Option<String>| Link {
        step: Step {
            unit: named.unit,
            num,
            words,
        },
        rank,
        depth: 0,
        noun: match &named.owner {
            Owner::Document(noun) | Owner::Open(noun) => Some(noun.to_lowercase()),
            Owner::Unsaid | Owner::Act => None,
        },
    };
    match (named.nums.as_slice(), named.words.as_slice()) {
        ([], []) => vec![link(None, None)],
        ([], words) => words
            .iter()
            .map(|words| {
                let (num, words) = numbered_heading(named.unit, words);
                link(num, Some(words))
            })
            .collect(),
        (nums, [words]) => nums
            .iter()
            .map(|num| link(Some(num.clone()), Some(words.clone())))
            .collect(),
        (nums, _) => nums
            .iter()
            .map(|num| link(Some(num.clone()), None))
            .collect(),
    }
}

/// «2. Орта білім беру» is the number and the heading of a division.
fn numbered_heading(unit: Unit, words: &str) -> (Option<Num>, String) {
    let label = item_label(words).filter(|label| label.unit == Unit::Paragraph);
    match label {
        Some(label) if unit.is_division() && !words[label.rest..].is_empty() => {
            (label.num, words[label.rest..].to_string())
        }
        _ => (None, words.to_string()),
    }
}

/// A document of the act, «бекітілген … қағидалар».
const APPROVED: u8 = 10;
/// A document known by its name, and what an act has one of.
const DOCUMENT: u8 = 20;
const OPEN_DOCUMENT: u8 = 24;
/// An annex stands in the document that is open, unless it is said to be one of the act.
const INNER_ANNEX: u8 = 25;
const DIVISIONS: RangeInclusive<u8> = 30..=60;
/// Articles and paragraphs are numbered through the divisions of an act.
const THROUGH: RangeInclusive<u8> = 70..=80;
const POINT: u8 = 90;

/// How far out a unit stands (Law on legal acts, art. 23).
pub fn rank(named: &Named) -> u8 {
    match named.unit {
        Unit::Act => 0,
        Unit::Annex if matches!(named.owner, Owner::Open(_)) => OPEN_DOCUMENT,
        Unit::Annex if matches!(named.owner, Owner::Document(_)) => INNER_ANNEX,
        Unit::Annex if named.approved || named.owner == Owner::Act => APPROVED,
        Unit::Annex if named.words.is_empty() => INNER_ANNEX,
        Unit::Annex => DOCUMENT,
        Unit::Title | Unit::Preamble | Unit::Contents | Unit::Signature => DOCUMENT,
        Unit::Section => *DIVISIONS.start(),
        Unit::Subsection => 40,
        Unit::Chapter | Unit::Direction => 50,
        Unit::Subchapter => *DIVISIONS.end(),
        Unit::Article | Unit::Table => *THROUGH.start(),
        Unit::Paragraph | Unit::Note | Unit::Indicator => *THROUGH.end(),
        // The parts of a code are numbered.
        Unit::Part if named.figures => *THROUGH.end(),
        Unit::Point => POINT,
        // Plain rows stand in those that class them.
        Unit::Row if named.level > 0 => POINT + named.level,
        Unit::Row => 99,
        Unit::Part | Unit::Column => 100,
        Unit::Indent => 110,
        Unit::Sentence => 120,
        Unit::Heading => 130,
    }
}

/// Whether a unit may stand in one further out that a clause before it names, by their ranks.
pub fn may_stand_in(outer: u8, rank: u8) -> bool {
    let through = DIVISIONS.contains(&outer) && THROUGH.contains(&rank);
    // «… к указанным Правилам» says where it stands.
    rank > outer && !through && rank != INNER_ANNEX && rank != OPEN_DOCUMENT
}

/// What of a way stays open around a unit: those further out. A point may stand in a part, and a
/// row may be looked up in a column.
pub fn enclosing<'a>(way: &'a [Link], link: &Link) -> &'a [Link] {
    let (unit, rank) = (link.step.unit, link.rank);
    if unit == Unit::Point
        && let Some(at) = way.iter().position(|it| it.step.unit == Unit::Point)
    {
        return &way[..at];
    }
    // The document that is open, named once more.
    if let Some(at) = way.iter().position(|outer| link.is_same(outer)) {
        return &way[..at];
    }
    let nests = |outer: &Link| {
        outer.rank < rank
            || matches!(
                (outer.step.unit, unit),
                (Unit::Part, Unit::Point) | (Unit::Column, Unit::Row | Unit::Point)
            ) && unit != outer.step.unit
    };
    let end = way.iter().rposition(nests).map_or(0, |at| at + 1);
    &way[..end]
}

/// The address of a unit inside a context: a row comes and goes whole, whatever column is open.
pub fn address(context: &[Link], chain: &[Link]) -> Address {
    let row = chain.last().is_some_and(|it| it.step.unit == Unit::Row);
    let mut context = context.to_vec();
    context.retain(|it| !row || it.step.unit != Unit::Column);
    scope(&context, chain)
}

/// The address of a chain inside a context, where words are looked for.
pub fn scope(context: &[Link], chain: &[Link]) -> Address {
    // «баптың тақырыбы»: that of the article that is open.
    let open = |link: &Link| {
        let unit = link.step.unit;
        let at = context.iter().rposition(|it| it.step.unit == unit);
        at.filter(|_| link.is_bare() && !unit.is_single())
    };
    let (outer, chain) = match chain {
        [first, rest @ ..] if first.is_open_document() => (enclosing(context, first), rest),
        // The text that is meant is that of what is open.
        [first, ..] if first.is_whole() => (context, chain),
        [first, rest @ ..] => match open(first).filter(|_| !rest.is_empty()) {
            Some(at) => (&context[..=at], rest),
            None => (enclosing(context, first), chain),
        },
        [] => (context, chain),
    };
    let mut steps: Vec<Step> = outer
        .iter()
        .chain(chain)
        .map(|it| it.step.clone())
        .collect();
    // The text of a unit is the unit itself.
    if steps.len() > 1 {
        steps.retain(|step| step.unit != Unit::Act);
    }
    // A column is one of the row: «в графе "2014 год": в строке "Всего"».
    if let Some(column) = steps.iter().position(|step| step.unit == Unit::Column) {
        let row = |step: &&Step| step.unit == Unit::Row;
        let rows = steps[column + 1..].iter().take_while(row).count();
        steps[column..=column + rows].rotate_left(1);
    }
    if let [only] = steps.as_mut_slice()
        && only.unit == Unit::Heading
    {
        only.unit = Unit::Title;
    }
    if steps.is_empty() {
        steps.push(Step {
            unit: Unit::Act,
            num: None,
            words: None,
        });
    }
    Address(steps)
}

impl Link {
    /// How far out it stands, from 0.
    pub fn rank(&self) -> u8 {
        self.rank
    }

    /// How far out it stands, from 0, as one in which other units may stand: a preamble holds what
    /// the innermost division does.
    pub fn reach(&self) -> u8 {
        match self.step.unit {
            unit if unit.is_single() && unit != Unit::Heading => *DIVISIONS.end(),
            _ => self.rank,
        }
    }

    /// Whether it is a row that is known by its words.
    pub fn is_row_by_words(&self) -> bool {
        self.step.unit == Unit::Row && self.step.words.is_some()
    }

    /// The act that a clause speaks of.
    pub fn whole() -> Link {
        Link {
            step: Step {
                unit: Unit::Act,
                num: None,
                words: None,
            },
            rank: 0,
            depth: 0,
            noun: None,
        }
    }
    /// Whether it has neither number nor words.
    pub fn is_bare(&self) -> bool {
        self.step.num.is_none() && self.step.words.is_none()
    }

    /// Whether it is the text as a whole.
    pub fn is_whole(&self) -> bool {
        self.step.unit == Unit::Act
    }

    /// Whether it is a document of the act.
    pub fn is_document(&self) -> bool {
        self.step.unit == Unit::Annex
    }

    /// Whether it is the open document, or said to be an annex of it.
    pub fn is_inner(&self) -> bool {
        self.noun.is_some()
    }

    /// Whether a document that is open bears the noun by which it is named.
    pub fn is_of(&self, document: &Link) -> bool {
        let (Some(noun), Some(words)) = (&self.noun, &document.step.words) else {
            return true;
        };
        let words = words.to_lowercase();
        let mut words = words.split(|letter: char| !letter.is_alphabetic());
        words.any(|word| word == noun || fold::is_inflected(word, noun))
    }

    /// Whether it is the document that is open: «көрсетілген қағидалар».
    pub fn is_open_document(&self) -> bool {
        self.rank == OPEN_DOCUMENT
    }

    /// Whether it is the same document, known by its name.
    pub fn is_same(&self, other: &Link) -> bool {
        let name = |link: &Link| link.step.words.as_deref().map(str::to_lowercase);
        self.is_free() && other.is_free() && name(self) == name(other)
    }

    /// Whether it is a document known by its name alone.
    pub fn is_free(&self) -> bool {
        self.is_document() && self.step.num.is_none()
    }
}
