//! Writers: a redline → bytes of a format. They decide nothing about law.
//!
//! A clean text is the redline from a moment to itself, so a consolidated text and a redline are
//! written by the same code.

mod ansi;
pub mod diagnostic;
mod html;
mod json;
mod markdown;
mod text;

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::act::{Act, Block, Kind};
use crate::diagnostic::Diagnostic;
use crate::operation::Head;
use crate::redline::{Line, Passage, Piece, Redline};
use crate::refine::Change;
use crate::text::OpId;

pub use json::schema;

/// A format that a redline can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown; marks as `<del>` and `<ins>` that name their operation.
    Markdown,
    /// One self-contained page.
    Html,
    /// Plain text; marks as `[-…-]` and `{+…+}`.
    Text,
    /// Text for a terminal, in colour.
    Ansi,
    /// The lines and their pieces as data.
    Json,
}

/// What is written: a redline, and what is said around it.
pub struct Document<'a> {
    /// The text with its marks.
    pub redline: Redline<'a>,
    /// Lines of ours, in the act's language; never part of the act.
    pub preface: Vec<String>,
    /// The operations between the two moments.
    pub clauses: Vec<Clause>,
}

/// An operation, for a reader.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Operation")]
pub struct Clause {
    /// Its id.
    #[serde(skip)]
    pub op: OpId,
    /// The name that marks bear.
    pub name: String,
    /// The amending act: «2025-04-25 № 271».
    pub act: String,
    /// What is done.
    pub action: &'static str,
    /// The address as cited.
    #[serde(rename = "at")]
    pub cited: String,
    /// The canonical address of the place found.
    #[serde(rename = "place")]
    pub address: String,
    /// The words of the clause: those of the published text where it is at hand, else those that
    /// the operation brings or strikes.
    pub words: Vec<String>,
    /// Lines of the published text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<[usize; 2]>,
    /// When it enters into force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force: Option<String>,
}

/// The name of an operation in marks: the number of its act and its own, `271/5`; where the act
/// shows no number, its place among the acts given.
pub fn name(act: &Act, op: OpId) -> String {
    let change = act.change(op);
    let number = act
        .amendments
        .get(change.amendment)
        .and_then(|head| head.number.clone())
        .unwrap_or_else(|| (change.amendment + 1).to_string());
    visible(&format!("{number}/{}", change.operation.n))
}

/// An amending act as a list names it: its date, number or title.
pub fn act_name(head: &Head) -> String {
    let date = head.date.map(|date| date.to_string());
    let number = head.number.as_ref().map(|number| format!("№ {number}"));
    let parts: Vec<String> = match number.is_some() || date.is_some() {
        true => [date, number].into_iter().flatten().collect(),
        false => head.title.iter().cloned().collect(),
    };
    parts.join(" ")
}

/// Writes a document in a format.
pub fn render(document: &Document, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Markdown => markdown::render(document, out),
        Format::Html => html::render(document, out),
        Format::Text => text::render(document, out),
        Format::Ansi => ansi::render(document, out),
        Format::Json => json::render(document, out),
    }
}

/// What is to be said of a redline in a format.
pub fn warning(redline: &Redline, format: Format) -> Option<Diagnostic> {
    match format {
        Format::Markdown => markdown::ambiguous_marks(redline),
        Format::Html | Format::Text | Format::Ansi | Format::Json => None,
    }
}

/// A stretch of pieces of a line that share one mark.
struct Stretch<'p> {
    change: Change,
    pieces: &'p [Piece<'p>],
}

/// The pieces of a line in stretches of one change by one operation; borders stand alone.
fn stretches<'p>(pieces: &'p [Piece<'p>]) -> Vec<Stretch<'p>> {
    let like = |a: &Piece, b: &Piece| {
        a.change == b.change
            && a.struck == b.struck
            && a.brought == b.brought
            && !a.border
            && !b.border
            && a.change != Change::Typographic
    };
    pieces
        .chunk_by(like)
        .map(|pieces| Stretch {
            change: pieces[0].change,
            pieces,
        })
        .collect()
}

/// A text for a terminal: control letters of a file do nothing there.
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\t' => letter,
            letter if letter.is_control() => '\u{fffd}',
            letter => letter,
        })
        .collect()
}

/// The lines of a document without lines of ours that its base brought along.
fn act_lines<'a>(document: &Document<'a>) -> impl Iterator<Item = Line<'a>> + use<'a> {
    let redline = document.redline;
    act_passages(document).map(move |passage| redline.whole(passage))
}

/// The same as passages.
fn act_passages<'a>(document: &Document<'a>) -> impl Iterator<Item = Passage<'a>> + use<'a> {
    let redline = document.redline;
    redline.passages().filter(move |passage| {
        let quoted = |block: &Block| block.kind == Kind::Quote;
        let shown = match passage {
            Passage::Same(block) if quoted(block) => block.shown(redline.to),
            Passage::Line(line) if quoted(line.block) => {
                let pieces = line.pieces.iter();
                pieces.map(|piece| &*piece.new.shown).collect()
            }
            Passage::Same(_) | Passage::Line(_) => return true,
        };
        !redline.act.language.is_ours(&shown)
    })
}

/// Whether a line shows anything.
fn is_shown(line: &Line) -> bool {
    line.block.kind != Kind::Markup
        && line
            .pieces
            .iter()
            .any(|piece| !piece.old.shown.trim().is_empty() || !piece.new.shown.trim().is_empty())
}
