//! Text for a terminal: struck words red and struck through, new words green and underlined, each
//! followed by the name of its operation.

use std::io::{self, Write};

use super::{Document, name, text, visible};
use crate::refine::Change;

const STRUCK: &str = "\u{1b}[31;9m";
const NEW: &str = "\u{1b}[32;4m";
const FAINT: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

/// Writes a document for a terminal.
pub fn render(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let act = document.redline.act;
    text::write(document, out, &|change, piece, replaced| {
        let (old, new) = (visible(&piece.old.shown), visible(&piece.new.shown));
        let (struck, come) = match change {
            Change::Same => return new,
            Change::Typographic => (format!("{FAINT}{STRUCK}"), format!("{FAINT}{NEW}")),
            Change::Deleted | Change::Inserted => (STRUCK.to_string(), NEW.to_string()),
        };
        // The name of an operation comes once, after what it brings.
        let op = piece.brought.or(piece.struck);
        let silent = replaced || old.trim().is_empty() && new.trim().is_empty();
        let op = op.filter(|_| !silent);
        let op = op.map(|op| format!("{FAINT}[{}]{PLAIN}", name(act, op)));
        let word = |letter: char| letter.is_alphanumeric();
        let gap = match replaced && old.ends_with(word) {
            true => " ",
            false => "",
        };
        let mut marked = String::new();
        if !old.is_empty() {
            marked.push_str(&format!("{struck}{old}{PLAIN}"));
        }
        if !new.is_empty() {
            marked.push_str(&format!("{come}{new}{PLAIN}"));
        }
        marked + gap + &op.unwrap_or_default()
    })
}
