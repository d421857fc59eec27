//! One self-contained page: the act's text with its marks in `<main>`, and beside it the
//! operations with the words of their clauses.
//!
//! In `<main>`, without the text of class `sr` (which only a screen reader says), the text without
//! `<del>` is the text at the second moment and the text without `<ins>` that at the first, in
//! every paragraph and every cell. A line that came or left as a whole bears `data-mark` as well.
//! A difference in quotes, dashes, spaces or letters that look alike is a mark of class `typo`.

use std::collections::HashSet;
use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Clause, Document, Stretch, is_shown, name, stretches};
use crate::act::{Act, Cell, Kind};
use crate::redline::{Line, Mark, Piece};
use crate::refine::Change;
use crate::text::OpId;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The SHA-256 of the style, for the Content-Security-Policy. A test computes it anew.
const STYLE_HASH: &str = "STYLEHASH";
/// The SHA-256 of the script.
const SCRIPT_HASH: &str = "SCRIPTHASH";

/// Clauses longer than this are folded, and so much of them stays in sight; in characters.
const LEAD: usize = 160;

/// Writes a document as a page.
pub fn render(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let act = document.redline.act;
    let lines = document.redline.lines();
    let mut text = Text {
        act,
        html: String::new(),
        marked: HashSet::new(),
    };
    text.lines(&lines);
    let titled = lines
        .iter()
        .any(|line| line.block.kind == Kind::Heading(1) && is_shown(line));
    let title = act.identity.title.as_deref().unwrap_or("tuzet");
    let clean = document.redline.is_clean();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src {}; base-uri 'none'; form-action 'none'",
        match clean {
            true => "'none'".to_string(),
            false => format!("'sha256-{SCRIPT_HASH}'"),
        }
    );
    let page = html! {
        (DOCTYPE)
        html lang=(act.language.code) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    @if !titled { h1.sr { (title) } }
                    @for note in &document.preface { p.note { (note) } }
                    @if !clean { (bar()) }
                }
                div.text { main { (PreEscaped(&text.html)) } }
                @if !clean {
                    (list(document, &text.marked))
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    };
    writeln!(out, "{}", page.into_string())
}

/// The buttons; they are shown by the script, for they do nothing without it.
fn bar() -> Markup {
    html! {
        div.bar lang="en" hidden {
            button #previous type="button" aria-keyshortcuts="p" { "Previous " kbd { "p" } }
            button #next type="button" aria-keyshortcuts="n" { "Next " kbd { "n" } }
            output #counter {}
            button #sides type="button" aria-pressed="false" { "Side by side" }
            a href="#changes" { "Operations" }
        }
    }
}

/// The side list: every operation with the words of its clause.
fn list(document: &Document, marked: &HashSet<OpId>) -> Markup {
    let language = document.redline.act.language.code;
    html! {
        nav #changes lang="en" aria-labelledby="operations" {
            h2 #operations { "Operations " small { (document.clauses.len()) } }
            @if document.clauses.is_empty() { p { "Nothing changes between the two moments." } }
            ol {
                @for clause in &document.clauses {
                    li #(format!("op-{}", clause.op.0)) {
                        @let head = html! {
                            b { (clause.name) } " " i { (clause.action.replace('-', " ")) }
                        };
                        @if marked.contains(&clause.op) {
                            a href=(format!("#at-{}", clause.op.0)) { (head) }
                        } @else {
                            (head) " (not in sight)"
                        }
                        p.cited lang=(language) { (clause.cited) }
                        p.source {
                            span lang=(language) { (clause.act) }
                            @match clause.lines {
                                Some([first, last]) if first == last => { ", line " (first) }
                                Some([first, last]) => { ", lines " (first) "–" (last) }
                                None => {}
                            }
                            @if let Some(force) = &clause.force {
                                ", in force " time datetime=(force) { (force) }
                            }
                        }
                        @if clause.address != clause.cited && !clause.address.is_empty() {
                            p.source { "found at " code { (clause.address) } }
                        }
                        (words(clause, language))
                    }
                }
            }
        }
    }
}

/// The words of a clause, folded where they are long.
fn words(clause: &Clause, language: &str) -> Markup {
    let paragraphs = html! {
        @for paragraph in &clause.words { p { (paragraph) } }
    };
    let long = clause
        .words
        .iter()
        .flat_map(|it| it.chars())
        .nth(LEAD * 3 / 2);
    if long.is_none() {
        return html! { div.words lang=(language) { (paragraphs) } };
    }
    let first = clause.words.iter().find(|it| !it.is_empty());
    let first = first.map_or("", String::as_str);
    let lead = match first.char_indices().nth(LEAD) {
        Some((end, _)) => first[..end]
            .rsplit_once(' ')
            .map_or(&first[..end], |(lead, _)| lead),
        None => first,
    };
    html! {
        details.words lang=(language) {
            summary { span.lead { (lead) " …" } span.less lang="en" { "Fold" } }
            (paragraphs)
        }
    }
}

/// The act's text as HTML, as it is written.
struct Text<'a> {
    act: &'a Act,
    html: String,
    /// Operations that have a mark in it; the first mark of each bears an id.
    marked: HashSet<OpId>,
}

impl Text<'_> {
    fn lines(&mut self, lines: &[Line]) {
        let mut frame = Frame::None;
        for (index, line) in lines.iter().enumerate() {
            let next = match line.block.kind {
                // Separators between the rows of a table do not end it, its tags do.
                Kind::Markup if !line.pieces.iter().any(is_table_tag) => continue,
                Kind::Row(_) => Frame::Table,
                _ if line.block.kind != Kind::Markup && !is_shown(line) => continue,
                Kind::Quote => Frame::Quote,
                Kind::Paragraph | Kind::Heading(_) | Kind::Fenced | Kind::Markup => Frame::None,
            };
            if next != frame {
                self.html.push_str(frame.tags().1);
                self.html.push_str(next.tags().0);
                frame = next;
            }
            match &line.block.kind {
                Kind::Paragraph | Kind::Quote => self.block("p", line),
                Kind::Heading(level) => self.block(&format!("h{}", level.clamp(&1, &6)), line),
                Kind::Fenced => self.block("pre", line),
                Kind::Row(grid) => self.row(line, grid, is_head(line, lines.get(index + 1))),
                Kind::Markup => {}
            }
        }
        self.html.push_str(frame.tags().1);
    }

    fn block(&mut self, tag: &str, line: &Line) {
        self.open(tag, line.mark);
        self.pieces(&line.pieces, line.mark);
        self.close(tag, line.mark);
    }

    fn row(&mut self, line: &Line, grid: &[Cell], head: bool) {
        let mut cells: Vec<&[Piece]> = line.pieces.split(|piece| piece.border).collect();
        // In a file a row across a pipe table has one cell with words, and empty ones.
        let across = grid.len() > 1 && grid[0].columns == grid.len() && grid[1].column == 2;
        let alone = across && cells[1..].iter().all(|cell| is_empty(cell));
        if alone {
            cells.truncate(1);
        }
        self.html.push_str("<tr");
        self.whole(line.mark);
        self.html.push('>');
        let last = cells.len() - 1;
        for (index, cell) in cells.into_iter().enumerate() {
            let tag = if head && !is_empty(cell) { "th" } else { "td" };
            self.html.push('<');
            self.html.push_str(tag);
            if is_number(cell) {
                self.html.push_str(" class=\"n\"");
            }
            if let Some(place) = grid.get(index).filter(|_| alone || !across) {
                self.span("colspan", place.columns);
                self.span("rowspan", place.rows);
            }
            self.html.push('>');
            if index == 0 {
                self.spoken(line.mark);
            }
            self.pieces(cell, line.mark);
            if index == last {
                self.spoken_end(line.mark);
            }
            self.html.push_str("</");
            self.html.push_str(tag);
            self.html.push('>');
        }
        self.html.push_str("</tr>\n");
    }
}
