//! What a clause names, in its order: units with their numbers, quoted words, documents, verbs.

use std::ops::Range;

use crate::fold;
use crate::lang::drafting::{Case, Drafting, Form, Mark, Noun};
use crate::unit::{Num, Unit};

/// One thing that a clause names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A unit: with its numbers, with the words that it is known by, with both, or bare.
    Unit(Named),
    /// Quoted words that are changed as such, in the case of their noun.
    Words(Vec<String>, Form),
    /// A phrase.
    Mark(Mark),
    /// A form of act that is not told apart: «Заңның».
    Act(Form),
    /// A comma, or «және».
    Joint,
}

/// A unit as a clause names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The unit.
    pub unit: Unit,
    /// Its numbers: one for each unit meant.
    pub nums: Vec<Num>,
    /// The words that it is known by.
    pub words: Vec<String>,
    /// The form of its noun.
    pub form: Form,
    /// Whether its number is written in figures.
    pub figures: bool,
    /// For a row of a classified table, the level of its class; 0 elsewhere.
    pub level: u8,
    /// Whether it is a document of the act that was named: «көрсетілген қаулымен бекітілген».
    pub approved: bool,
    /// To what it belongs, where it is an annex.
    pub owner: Owner,
}

impl Named {
    /// A unit that is named by its noun alone.
    pub fn bare(unit: Unit, level: u8, form: Form) -> Named {
        Named {
            unit,
            nums: Vec::new(),
            words: Vec::new(),
            form,
            figures: false,
            level,
            approved: false,
            owner: Owner::Unsaid,
        }
    }
}

/// To what an annex belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// To the document that is open, if one is; the clause does not say it.
    Unsaid,
    /// To the act: «қаулыға 1-қосымша».
    Act,
    /// To the open document, by its noun: «қағидаларға 1-қосымша».
    Document(String),
    /// It is the open document itself, by its noun: «көрсетілген қағидалар».
    Open(String),
}

/// Words of a clause that have no meaning there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread(pub Range<usize>);

/// Phrases that end a name wherever they stand.
pub fn is_firm(mark: Mark) -> bool {
    matches!(
        mark,
        Mark::Do(..)
            | Mark::Content
            | Mark::After
            | Mark::Before
            | Mark::Pairwise
            | Mark::Everywhere
            | Mark::Except
            | Mark::OtherLanguage
            | Mark::Restricted
    )
}

/// Units that a clause may name without number or words.
pub fn stands_bare(unit: Unit) -> bool {
    !matches!(unit, Unit::Direction | Unit::Indicator | Unit::Column)
}

/// The unit that a noun names, with its level in a classified table.
pub fn item_of(noun: Noun) -> Option<(Unit, u8)> {
    match noun {
        Noun::Unit(unit) => Some((unit, 0)),
        Noun::Row(level) => Some((Unit::Row, level)),
        Noun::Words | Noun::Sign(_) | Noun::Document | Noun::Act(_) => None,
    }
}

/// Whether a noun with a number and a name is a budget programme, a row of a classified table: its
/// number has three digits, and the noun is that of an approved document.
pub fn is_programme(noun: Noun, num: &Num) -> bool {
    noun == Noun::Document && num.0.len() == 3 && num.count().is_some()
}

/// The unit and the level of a budget programme.
pub const PROGRAMME: (Unit, u8) = (Unit::Row, 4);

/// A noun as it names a document, with the first letter as it is spelt: «Қағидаларында» → «Қағидалары».
/// One that stands in no table stays as it is.
pub fn naming(spelt: &str, form: Form, drafting: &'static Drafting) -> String {
    let word = fold::key(spelt).to_lowercase();
    let noun = drafting.naming(&word, form).unwrap_or(&word);
    let mut letters = noun.chars();
    match letters.next() {
        Some(first) if spelt.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => noun.to_string(),
    }
}

impl Form {
    /// Whether a noun in this form is what a clause is about, not where that stands.
    pub fn is_target(self) -> bool {
        matches!(self.case, Case::Nominative | Case::Accusative)
    }
}
