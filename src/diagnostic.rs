//! What the engine says about a clause or a place: what it understood, refused, and why.

use std::fmt;
use std::ops::Range;

/// What a diagnostic is about. Its kebab-case name is stable and stands in every output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The file of operations is not well formed; the position is in the message.
    BadOperations,
    /// An operation lacks what its action needs, or has what it can't have.
    IncompleteOperation,
    /// No provision of the act answers the address.
    AddressNotFound,
    /// More than one provision answers the address.
    AddressAmbiguous,
    /// The words to be changed do not stand in the target.
    WordsNotFound,
    /// The words stand in the target another number of times than the operation says.
    CountMismatch,
    /// The target does not say what the operation expects it to say.
    ExpectDiffers,
    /// A unit with this number exists already.
    NumberTaken,
    /// The new wording bears another number than its target.
    NumberDiffers,
    /// The heading in the act is not the heading that the clause quotes.
    HeadingDiffers,
    /// The clause calls the unit by another name than the act does.
    UnitDiffers,
    /// A new row has another number of cells than the table.
    CellsDiffer,
    /// Two operations change the same words, or one changes what another removes.
    Conflict,
    /// The same act, or the same change, is already in the text.
    AlreadyApplied,
    /// The operation changes a place that another operation of the act restates.
    Superseded,
    /// The amending act names another act than the base.
    OtherAct,
    /// The amending act names several acts, and the base does not show which of them it is.
    ActUnclear,
    /// The date of entry into force is not known.
    DateUnknown,
    /// A clause of an amending act is not understood.
    UnreadClause,
    /// A clause announces a new wording that does not stand in the file.
    WordingMissing,
    /// The new wording is for official use and not published.
    WordingWithheld,
    /// It is not clear which part of a wording belongs to which unit.
    WordingUnclear,
    /// A clause adds a part, an indent or a sentence and does not say which one it is.
    NoOrdinal,
    /// The mark that closes a new wording is missing.
    UnclosedQuote,
    /// One quotation mark serves a new wording and a name inside it.
    SharedQuote,
    /// A new wording is opened with the mark that closes.
    ReversedQuote,
    /// A mark closes a quotation that nothing opened.
    StrayQuote,
    /// A paragraph of a new wording is broken in the middle of a sentence.
    BrokenParagraph,
    /// The rule of a Markdown table stands in a new wording.
    TableRule,
    /// A line that names a place ends otherwise than with a colon.
    ContextMark,
    /// A clause stands on the line that names its place.
    SharedLine,
    /// Words of a clause are written together.
    JoinedWords,
    /// A clause changes the text in the other language alone.
    OtherLanguage,
    /// A unit does not apply for a time; its text stays as it is.
    Suspended,
    /// The rule of entry into force is not understood.
    ForceUnclear,
    /// The act holds tags that are written like the marks of a redline in Markdown.
    AmbiguousMarks,
    /// A line would be left that is read otherwise than it is shown.
    ReadsOtherwise,
}

impl Code {
    /// Every code, in the order above.
    pub const ALL: [Code; 37] = [
        Code::BadOperations,
        Code::IncompleteOperation,
        Code::AddressNotFound,
        Code::AddressAmbiguous,
        Code::WordsNotFound,
        Code::CountMismatch,
        Code::ExpectDiffers,
        Code::NumberTaken,
        Code::NumberDiffers,
        Code::HeadingDiffers,
        Code::UnitDiffers,
        Code::CellsDiffer,
        Code::Conflict,
        Code::AlreadyApplied,
        Code::Superseded,
        Code::OtherAct,
        Code::ActUnclear,
        Code::DateUnknown,
        Code::UnreadClause,
        Code::WordingMissing,
        Code::WordingWithheld,
        Code::WordingUnclear,
        Code::NoOrdinal,
        Code::UnclosedQuote,
        Code::SharedQuote,
        Code::ReversedQuote,
        Code::StrayQuote,
        Code::BrokenParagraph,
        Code::TableRule,
        Code::ContextMark,
        Code::SharedLine,
        Code::JoinedWords,
        Code::OtherLanguage,
        Code::Suspended,
        Code::ForceUnclear,
        Code::AmbiguousMarks,
        Code::ReadsOtherwise,
    ];

    /// The stable kebab-case name.
    pub fn name(self) -> &'static str {
        match self {
            Code::BadOperations => "bad-operations",
            Code::IncompleteOperation => "incomplete-operation",
            Code::AddressNotFound => "address-not-found",
            Code::AddressAmbiguous => "address-ambiguous",
            Code::WordsNotFound => "words-not-found",
            Code::CountMismatch => "count-mismatch",
            Code::ExpectDiffers => "expect-differs",
            Code::NumberTaken => "number-taken",
            Code::NumberDiffers => "number-differs",
            Code::HeadingDiffers => "heading-differs",
            Code::UnitDiffers => "unit-differs",
            Code::CellsDiffer => "cells-differ",
            Code::Conflict => "conflict",
            Code::AlreadyApplied => "already-applied",
            Code::Superseded => "superseded",
            Code::OtherAct => "other-act",
            Code::ActUnclear => "act-unclear",
            Code::DateUnknown => "date-unknown",
            Code::UnreadClause => "unread-clause",
            Code::WordingMissing => "wording-missing",
            Code::WordingWithheld => "wording-withheld",
            Code::WordingUnclear => "wording-unclear",
            Code::NoOrdinal => "no-ordinal",
            Code::UnclosedQuote => "unclosed-quote",
            Code::SharedQuote => "shared-quote",
            Code::ReversedQuote => "reversed-quote",
            Code::StrayQuote => "stray-quote",
            Code::BrokenParagraph => "broken-paragraph",
            Code::TableRule => "table-rule",
            Code::ContextMark => "context-mark",
            Code::SharedLine => "shared-line",
            Code::JoinedWords => "joined-words",
            Code::OtherLanguage => "other-language",
            Code::Suspended => "suspended",
            Code::ForceUnclear => "force-unclear",
            Code::AmbiguousMarks => "ambiguous-marks",
            Code::ReadsOtherwise => "reads-otherwise",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much a diagnostic weighs: an error refuses its operation, a warning does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the operation counts.
    Warning,
    /// The operation, or the file, is refused.
    Error,
}

/// A place in one of the inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Which input.
    pub source: Source,
    /// The place, in bytes of that input.
    pub bytes: Range<usize>,
}

/// Which input a [`Span`] points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The base act.
    Base,
    /// An amending act, by its place among those given, from 0.
    Amendment(usize),
}

/// One thing to say, with where it is and what would have worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it is about.
    pub code: Code,
    /// Whether it refuses something.
    pub severity: Severity,
    /// The clause first, then the place in the act where there is one.
    pub at: Vec<Span>,
    /// Stands alone; one sentence.
    pub message: String,
    /// The nearest thing that would have worked; empty where there is none.
    pub help: String,
}

impl Diagnostic {
    /// An error with its message.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            at: Vec::new(),
            message: message.into(),
            help: String::new(),
        }
    }

    /// A warning with its message.
    pub fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, message)
        }
    }

    /// The same, with what would have worked.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = help.into();
        self
    }

    /// The same, pointing (also) at a place.
    pub fn at(mut self, source: Source, bytes: Range<usize>) -> Diagnostic {
        self.at.push(Span { source, bytes });
        self
    }
}
