//! The account of an amending act: a label for each of its bytes, and what is to be said of them.

use std::ops::Range;

use jiff::civil::Date;

use super::force::Spot;
use super::head::Head;
use super::{Label, Reader, Stretch};
use crate::diagnostic::{Code, Diagnostic, Source};

impl Reader<'_> {
    /// The label of what was accounted for last.
    pub fn last_label(&self) -> Label {
        self.reading
            .stretches
            .last()
            .map_or(Label::Layout, |it| it.label)
    }

    /// Gives a label to what stands up to a token, and goes on there.
    pub fn claim(&mut self, label: Label, token: usize) {
        let (index, _) = self.at;
        let line = &self.lines[index];
        let place = match line.tokens().get(token) {
            Some(next) => line.place(next.range.start),
            None => return self.claim_line(label),
        };
        self.stretch(label, place);
        self.at = (index, token);
    }

    /// Gives a label to the rest of the line.
    pub fn claim_line(&mut self, label: Label) {
        let (index, _) = self.at;
        let end = self.lines[index].source.end;
        self.stretch(label, end);
        self.at = (index + 1, 0);
    }

    /// Gives a label to the file up to a byte.
    fn stretch(&mut self, label: Label, end: usize) {
        let start = self.reading.stretches.last().map_or(0, |it| it.source.end);
        match self
            .reading
            .stretches
            .last_mut()
            .filter(|it| it.label == label)
        {
            Some(last) => last.source.end = end.max(start),
            None => self.reading.stretches.push(Stretch {
                label,
                source: start..end.max(start),
            }),
        }
    }

    /// Keeps what is to be said of the act that is amended here.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        self.said.push((self.act, diagnostic));
    }

    /// Warns of something that stands from here to a token.
    pub fn warn(&mut self, code: Code, end: usize, message: impl Into<String>) {
        self.say(Diagnostic::warning(code, message), end);
    }

    /// Says something about what stands from here to a token.
    pub fn say(&mut self, diagnostic: Diagnostic, end: usize) {
        let (index, token) = self.at;
        let line = &self.lines[index];
        let tokens = line.tokens();
        let start = tokens.get(token).map_or(0, |it| it.range.start);
        let end = tokens
            .get(end.wrapping_sub(1).max(token))
            .map_or(line.text.len(), |it| it.range.end);
        let bytes = line.place(start)..line.place(end).max(line.place(start));
        let said = diagnostic.at(Source::Amendment(0), bytes);
        self.tell(said);
    }

    /// The bytes of the clause that starts here.
    pub fn clause_source(&self, found: &Head) -> Range<usize> {
        let (index, token) = self.at;
        let line = &self.lines[index];
        let start = line.place(line.tokens()[token].range.start);
        let end = line.tokens()[found.end - 1].range.end;
        start..line.place(end).max(start)
    }

    /// Says why a clause makes no operation.
    pub fn refuse(&mut self, code: Code, message: &str, shape: &Shape) {
        self.tell(
            Diagnostic::error(code, message)
                .help("write its operation by hand in a file of operations")
                .at(Source::Amendment(0), shape.source.clone()),
        );
    }
}

/// Where a clause stands.
pub struct Shape {
    /// Its first line and its last one, with its wording, from 1.
    pub lines: [usize; 2],
    /// Its bytes.
    pub source: Range<usize>,
    /// Where it stands among the items.
    pub place: Spot,
    /// Whether the line before it names its place.
    pub direct: bool,
    /// The day from which it is to be done, where it says one.
    pub since: Option<Date>,
}

impl Shape {
    /// That of a clause which is a line, before the line is claimed.
    pub fn of(reader: &Reader, found: &Head) -> Shape {
        let (index, _) = reader.at;
        Shape {
            lines: reader.lines[index].numbers,
            source: reader.clause_source(found),
            place: reader.spot(index),
            direct: false,
            since: found.since,
        }
    }
}
