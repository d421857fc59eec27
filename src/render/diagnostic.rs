//! Diagnostics for a reader: the message, the source line with a caret, and what would have worked.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::text::Excerpt;

/// The inputs that diagnostics point into: their names and texts.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The base act.
    pub base: (String, Excerpt),
    /// The amending acts, in the order in which they are given.
    pub amendments: Vec<(String, String)>,
}

impl Sources {
    /// The name and the text of an input.
    pub fn get(&self, source: Source) -> Option<(&str, &str)> {
        match source {
            Source::Base => Some((&self.base.0, &self.base.1)),
            Source::Amendment(index) => {
                let (name, text) = self.amendments.get(index)?;
                Some((name, text))
            }
        }
    }
}

/// The line of a byte, from 1.
pub fn line_of(text: &str, byte: usize) -> usize {
    let before = &text.as_bytes()[..byte.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// A diagnostic as a block of lines, in colour or not.
pub fn show(diagnostic: &Diagnostic, sources: &Sources, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(
        level
            .primary_title(&diagnostic.message)
            .id(diagnostic.code.name()),
    );
    let mut kind = AnnotationKind::Primary;
    for span in &diagnostic.at {
        let Some((name, text)) = sources.get(span.source) else {
            continue;
        };
        let bytes = span.bytes.start.min(text.len())..span.bytes.end.min(text.len());
        let start = text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[bytes.start..]
            .find('\n')
            .map_or(text.len(), |at| bytes.start + at);
        let line = &text[start..end];
        let from = bytes.start - start;
        let to = match bytes.is_empty() {
            true => line.trim_end().len().max(from),
            false => bytes.end.min(end) - start,
        };
        group = group.element(
            Snippet::source(line)
                .line_start(line_of(text, start))
                .path(name)
                .annotation(kind.span(from..to)),
        );
        kind = AnnotationKind::Context;
    }
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(&diagnostic.help));
    }
    let renderer = match colour {
        true => Renderer::styled(),
        false => Renderer::plain(),
    };
    renderer.term_width(120).render(&[group]).to_string()
}
