//! JSON: the lines and their pieces as data, for other programs.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Clause, Document, name};
use crate::act::Kind;
use crate::redline::Mark;
use crate::refine::Change;

#[derive(Serialize, JsonSchema)]
#[schemars(title = "Redline")]
struct Redline {
    /// Lines of ours, never part of the act.
    notes: Vec<String>,
    operations: Vec<Clause>,
    lines: Vec<Line>,
}

#[derive(Serialize, JsonSchema)]
struct Line {
    /// `paragraph`, `heading`, `quote`, `fenced`, `row` or `markup`.
    kind: &'static str,
    /// `ins` or `del` where the line came or left as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<&'static str>,
    /// The words at the second moment; at the first, where the line left. Cells are parted by tabs.
    text: String,
    /// Joining `old` of all gives the bytes at the first moment, `new` those at the second.
    pieces: Vec<Piece>,
}

#[derive(Serialize, JsonSchema)]
struct Piece {
    /// `same`, `del`, `ins` or `typo`.
    change: &'static str,
    old: String,
    new: String,
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
    let act = document.redline.act;
    let lines = document.redline.lines().map(|line| {
        let left = matches!(line.mark, Mark::Deleted(_));
        let side = |piece: &crate::redline::Piece| match left {
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
            pieces: line
                .pieces
                .into_iter()
                .map(|piece| Piece {
                    change: match piece.change {
                        Change::Same => "same",
                        Change::Typographic => "typo",
                        Change::Deleted => "del",
                        Change::Inserted => "ins",
                    },
                    struck: piece.struck.map(|op| name(act, op)),
                    brought: piece.brought.map(|op| name(act, op)),
                    old: piece.old.source.into_owned(),
                    new: piece.new.source.into_owned(),
                })
                .collect(),
        }
    });
    let redline = Redline {
        notes: document.preface.clone(),
        operations: document.clauses.clone(),
        lines: lines.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &redline)?;
    writeln!(out)
}
