//! The kinds of provision, and their numbers.

use std::cmp::Ordering;
use std::fmt;

use smol_str::{SmolStr, format_smolstr};

use crate::lang::alphabet::ALPHABET;

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
    let place = ALPHABET.chars().position(|it| it == letter)?;
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
