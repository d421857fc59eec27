//! JSON: the lines and their pieces as data, for other programs.

use std::borrow::Cow;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{Clause, Document, name};
use crate::act::{Act, Kind};
use crate::redline::{self, Mark};
use crate::refine::Change;

#[derive(Serialize, JsonSchema)]
#[schemars(title = "Redline")]
struct Redline<'a> {
    /// Lines of ours, never part of the act.
    notes: &'a [String],
    operations: &'a [Clause],
    #[schemars(with = "Vec<Line>")]
    lines: Lines<'a>,
}

/// The lines of a redline, made as they are written.
struct Lines<'a>(redline::Redline<'a>);

impl Serialize for Lines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let act = self.0.act;
        serializer.collect_seq(self.0.lines().map(|it| line(act, it)))
    }
}

#[derive(Serialize, JsonSchema)]
struct Line<'a> {
    /// `paragraph`, `heading`, `quote`, `fenced`, `row` or `markup`.
    kind: &'static str,
    /// `ins` or `del` where the line came or left as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<&'static str>,
    /// The words at the second moment; at the first, where the line left. Cells are parted by tabs.
    text: String,
    /// Joining `old` of all gives the bytes at the first moment, `new` those at the second.
    pieces: Vec<Piece<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Piece<'a> {
    /// `same`, `del`, `ins` or `typo`.
    change: &'static str,
    old: Cow<'a, str>,
    new: Cow<'a, str>,
    /// The operation that struck the old side.
    #[serde(skip_serializing_if = "Option::is_none")]
    struck: Option<String>,
    /// The operation that brought the new side.
    #[serde(skip_serializing_if = "Option::is_none")]
    brought: Option<String>,
}

/// The JSON Schema of a redline.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Redline)
}

/// Writes a document as JSON.
pub fn render(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let redline = Redline {
        notes: &document.preface,
        operations: &document.clauses,
        lines: Lines(document.redline),
    };
    serde_json::to_writer_pretty(&mut *out, &redline)?;
    writeln!(out)
}

fn line<'a>(act: &Act, line: redline::Line<'a>) -> Line<'a> {
    let left = matches!(line.mark, Mark::Deleted(_));
    let side = |piece: &redline::Piece| match left {
        true => piece.old.shown.to_string(),
        false => piece.new.shown.to_string(),
    };
    Line {
        kind: match line.block.kind {
            Kind::Paragraph => "paragraph",
            Kind::Heading(_) => "heading",
            Kind::Quote => "quote",
            Kind::Fenced => "fenced",
            Kind::Row(_) => "row",
            Kind::Markup => "markup",
        },
        mark: line.mark.tag().map(|(tag, _)| tag),
        text: line.pieces.iter().map(side).collect(),
        pieces: line.pieces.into_iter().map(|it| piece(act, it)).collect(),
    }
}

fn piece<'a>(act: &Act, piece: redline::Piece<'a>) -> Piece<'a> {
    Piece {
        change: match piece.change {
            Change::Same => "same",
            Change::Typographic => "typo",
            Change::Deleted => "del",
            Change::Inserted => "ins",
        },
        struck: piece.struck.map(|op| name(act, op)),
        brought: piece.brought.map(|op| name(act, op)),
        old: piece.old.source,
        new: piece.new.source,
    }
}
