//! One self-contained page.

use std::io::{self, Write};

use super::Document;

/// Writes a document as a page.
pub fn render(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let _ = document;
    writeln!(out)
}
