//! Plain text: a line for each paragraph, tabs between the cells of a row; marks as `wdiff` sets
//! them.

use std::io::{self, Write};

use super::{Document, act_lines, is_shown, stretches, visible};
use crate::act::Kind;
use crate::redline::{Line, Piece};
use crate::refine::Change;

/// Writes a document as plain text.
pub fn render(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    write(document, out, &|change, piece, _| match change {
        Change::Same => visible(&piece.new.shown),
        _ => {
            let frame = |words: &str, open: &str, close: &str| match words.is_empty() {
                true => String::new(),
                false => format!("{open}{}{close}", visible(words)),
            };
            frame(&piece.old.shown, "[-", "-]") + &frame(&piece.new.shown, "{+", "+}")
        }
    })
}

/// Writes the lines of a document with the marks that `mark` sets around the words of a stretch; it
/// is told whether words come right after it in the place of those that it strikes.
pub fn write(
    document: &Document,
    out: &mut dyn Write,
    mark: &dyn Fn(Change, &Piece, bool) -> String,
) -> io::Result<()> {
    for note in &document.preface {
        write!(out, "> {note}\n\n")?;
    }
    let mut lines = act_lines(document).filter(is_shown).peekable();
    while let Some(line) = lines.next() {
        let mut text = String::new();
        let all = stretches(&line.pieces);
        for (index, stretch) in all.iter().enumerate() {
            let follows = all.get(index + 1).is_some_and(|next| {
                stretch.change == Change::Deleted
                    && next.change == Change::Inserted
                    && next.pieces.iter().any(|piece| !piece.new.shown.is_empty())
            });
            let Some(first) = stretch.pieces.first() else {
                continue;
            };
            let mut whole = first.clone();
            for piece in &stretch.pieces[1..] {
                whole.old.shown += &*piece.old.shown;
                whole.new.shown += &*piece.new.shown;
            }
            let change = if whole.border {
                Change::Same
            } else {
                stretch.change
            };
            if whole.border && whole.new.shown.is_empty() {
                whole.new.shown = "\t".into();
            }
            text.push_str(&mark(change, &whole, follows));
        }
        writeln!(
            out,
            "{}",
            text.trim_end_matches([' ', '\n'])
                .replace(['\n', '\r'], " ")
        )?;
        let row = |line: &Line| matches!(line.block.kind, Kind::Row(_));
        let together = lines.peek().is_some_and(|next| row(&line) && row(next));
        if !together && lines.peek().is_some() {
            writeln!(out)?;
        }
    }
    Ok(())
}
