//! The address tree of an act, as a list in document order.

use schemars::JsonSchema;
use serde::Serialize;

use crate::act::{Act, Provision};
use crate::address::Address;
use crate::parse::structure;
use crate::place::{self, View};
use crate::render::visible;
use crate::text::Moment;
use crate::unit::Unit;

/// A provision in an outline.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Entry {
    /// Its canonical address.
    pub at: String,
    /// Its unit.
    pub unit: &'static str,
    /// Its number, written or counted.
    pub number: Option<String>,
    /// Its heading.
    pub heading: Option<String>,
    /// The text of its own first line, without number and heading.
    pub text: String,
    /// Its line in the file, from 1.
    pub line: usize,
}

/// The provisions of a base act.
pub fn outline(act: &Act) -> Vec<Entry> {
    let root = structure::read(act, Moment::BASE);
    let view = View::new(act, Moment::BASE, &root);
    let mut lines = Lines {
        line: 1,
        act,
        block: 0,
    };
    let mut entries = Vec::new();
    add(&view, &mut vec![&root], &mut lines, &mut entries);
    entries
}

fn add(view: &View, path: &mut Vec<&Provision>, lines: &mut Lines, entries: &mut Vec<Entry>) {
    let Some(provision) = path.last().copied() else {
        return;
    };
    for child in &provision.children {
        path.push(child);
        if child.unit == Unit::Part && place::is_silent(provision, child) {
            add(view, path, lines, entries);
            path.pop();
            continue;
        }
        let shown = view.shown(child.blocks.start);
        let heading = (!child.heading.is_empty()).then(|| view.heading_words(child));
        let body = child.body.max(child.heading.end).min(shown.len());
        entries.push(Entry {
            at: Address(place::steps(path)).to_string(),
            unit: child.unit.name(),
            number: child.num.as_ref().map(|num| num.to_string()),
            heading,
            text: match child.unit {
                Unit::Table => String::new(),
                _ => shown[body..].trim().to_string(),
            },
            line: lines.of(child.blocks.start),
        });
        add(view, path, lines, entries);
        path.pop();
    }
}

/// Line numbers of blocks, counted once from the top.
struct Lines<'a> {
    act: &'a Act,
    block: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, block: usize) -> usize {
        if block < self.block {
            (self.block, self.line) = (0, 1);
        }
        for passed in &self.act.blocks[self.block..block] {
            let sources = passed.text.0.iter().map(|run| &run.source);
            self.line += sources
                .map(|source| source.matches('\n').count())
                .sum::<usize>();
        }
        self.block = block;
        self.line
    }
}

/// How many letters of a text a line of an outline shows.
const LONGEST: usize = 160;

impl Entry {
    /// The entry as a line for a reader.
    pub fn line_text(&self) -> String {
        let depth = self.at.matches('/').count();
        let text: Vec<&str> = self.text.split_whitespace().collect();
        let all = text[..text.len().min(10)].join(" ");
        let mut words: String = all.chars().take(LONGEST).collect();
        if text.len() > 10 || words.len() < all.len() {
            words.push_str(" …");
        }
        let mut line = format!("{}{}", "  ".repeat(depth), self.at);
        for part in [self.heading.as_deref().unwrap_or_default(), words.as_str()] {
            if !part.is_empty() {
                line.push_str(&format!("  {part}"));
            }
        }
        visible(&line) + "\n"
    }
}
