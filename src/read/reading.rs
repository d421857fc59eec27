//! What is read of an amending act: its operations, and a label for every stretch of it.

use std::ops::Range;

use crate::address::Address;
use crate::diagnostic::{Diagnostic, Severity};
use crate::operation::{Amendment, Target};

/// What an amending act says, with every character of it accounted for.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The act, the acts that it amends, and what it orders.
    pub amendment: Amendment,
    /// The acts that it repeals as a whole.
    pub repeals: Vec<Repeal>,
    /// What it changes in the text of the other language alone.
    pub elsewhere: Vec<Elsewhere>,
    /// The act cut into stretches, from its first byte to its last.
    pub stretches: Vec<Stretch>,
    /// What is to be said about it. An error is a clause that is not read.
    pub diagnostics: Vec<Diagnostic>,
    /// For each diagnostic, the act that it is about, as in [`crate::operation::Operation::act`]; 0
    /// where it is about none of those that are amended.
    pub about: Vec<usize>,
}

/// An act that is repealed as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeal {
    /// Which act.
    pub act: Target,
    /// First and last line of the clause, from 1.
    pub lines: [usize; 2],
}

/// A change of the text in the other language, which leaves this one as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// Which of the acts that are amended, from 1; 0 where none is named.
    pub act: usize,
    /// The units, where they are understood.
    pub at: Vec<Address>,
    /// The words of the clause.
    pub words: String,
    /// First and last line of the clause, from 1.
    pub lines: [usize; 2],
}

/// A stretch of an amending act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// What it is.
    pub label: Label,
    /// Its bytes in the file.
    pub source: Range<usize>,
}

/// What a stretch of an amending act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Front matter and empty lines before the first words.
    Layout,
    /// The title, of the act or of an annex.
    Title,
    /// Form, date and number.
    Requisite,
    /// What stands before the enacting words, and those.
    Preamble,
    /// Names an act that is amended, or a place in it.
    Context,
    /// Orders a change.
    Clause,
    /// A new wording.
    Wording,
    /// Orders something else.
    Order,
    /// Repeals acts as a whole.
    Repeals,
    /// Says when the act enters into force.
    Force,
    /// The signature.
    Signature,
    /// The stamp over an annex.
    Stamp,
    /// An annex that amends nothing.
    Annex,
    /// A note of an editor.
    Note,
    /// Not understood.
    Unread,
}

impl Label {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Label::Layout => "layout",
            Label::Title => "title",
            Label::Requisite => "requisite",
            Label::Preamble => "preamble",
            Label::Context => "context",
            Label::Clause => "clause",
            Label::Wording => "wording",
            Label::Order => "order",
            Label::Repeals => "repeals",
            Label::Force => "in force",
            Label::Signature => "signature",
            Label::Stamp => "stamp",
            Label::Annex => "annex",
            Label::Note => "note",
            Label::Unread => "unread",
        }
    }
}

impl Reading {
    /// How many characters the act has, and how many of them stand in a diagnostic alone.
    pub fn characters(&self, source: &str) -> (usize, usize) {
        let count = |stretch: &Stretch| source[stretch.source.clone()].chars().count();
        let unread = self.stretches.iter().filter(|it| it.label == Label::Unread);
        (
            self.stretches.iter().map(count).sum(),
            unread.map(count).sum(),
        )
    }

    /// What is to be said, for one who asks about one of the acts that are amended: a clause about
    /// another one that is not read is no error to them.
    pub fn concerning(self, act: Option<usize>) -> Vec<Diagnostic> {
        let other = |about: usize| about > 0 && act.is_some_and(|act| act != about);
        let list = self.diagnostics.into_iter().zip(self.about);
        list.map(|(mut diagnostic, about)| {
            if other(about) {
                diagnostic.severity = Severity::Warning;
            }
            diagnostic
        })
        .collect()
    }

    /// Whether a clause is not read.
    pub fn is_refused(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|it| it.severity == Severity::Error)
    }
}
