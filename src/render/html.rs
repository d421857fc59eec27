//! One self-contained page: the act's text with its marks in `<main>`, and beside it the
//! operations with the words of their clauses.
//!
//! In `<main>`, but for class `sr`, which only a screen reader says: without `<del>` stands the
//! text at the second moment, without `<ins>` that at the first, in every paragraph and cell.
//! A line that came or left as a whole bears `data-mark` as well. A difference in quotes, dashes,
//! spaces or letters that look alike is a mark of class `typo`.

use std::collections::HashSet;
use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Document, act_lines, is_shown, name, stretches};
use crate::act::{Act, Cell, Kind};
use crate::redline::{Line, Mark, Piece};
use crate::refine::Change;
use crate::text::OpId;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What the page may load and run: its own style and script, known by their SHA-256, and nothing
/// else. A test computes the two anew.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; \
    style-src 'sha256-vuMM+/Gt5Aoloj7xo1Tv8IdpUc+13BngyPhSgbAkZXY='; \
    script-src 'sha256-F50SEhc3Srw7QgLP2TsWuoJ0sUbi5EWAx3Lag98AO/U='";

/// How many characters of a long clause are in sight while it is folded.
const LEAD: usize = 160;

/// Writes a document as a page.
pub fn render(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let act = document.redline.act;
    let mut text = Text {
        act,
        html: String::new(),
        marked: HashSet::new(),
    };
    text.lines(act_lines(document));
    let title = act.identity.title.as_deref().unwrap_or("tuzet");
    let clean = document.redline.is_clean();
    let page = html! {
        (DOCTYPE)
        html lang=(act.language.code) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body.marked[!clean] {
                @if !clean { (bar()) }
                div.page {
                    header {
                        @if !text.html.contains("<h1") { h1.sr { (title) } }
                        @for note in &document.preface { p.note { (note) } }
                    }
                    div.text { main { (PreEscaped(&text.html)) } }
                }
                @if !clean {
                    (list(document, &text.marked))
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    };
    writeln!(out, "{}", page.into_string())
}

/// The buttons; hidden until the script runs, for they do nothing without it.
fn bar() -> Markup {
    html! {
        section.bar lang="en" aria-label="Changes" hidden {
            button #previous aria-keyshortcuts="p" { "Previous " kbd { "p" } }
            button #next aria-keyshortcuts="n" { "Next " kbd { "n" } }
            output #counter {}
            button #sides aria-pressed="false" { "Side by side" }
            a href="#operations" { "Operations" }
        }
    }
}

/// The side list: every operation with the words of its clause.
fn list(document: &Document, marked: &HashSet<OpId>) -> Markup {
    let language = document.redline.act.language.code;
    html! {
        nav lang="en" aria-labelledby="operations" {
            h2 #operations { "Operations" }
            @if document.clauses.is_empty() { p { "Nothing changes between the two moments." } }
            ol {
                @for clause in &document.clauses {
                    li #(format!("op-{}", clause.op.0)) {
                        @let at = marked.contains(&clause.op).then(|| format!("#at-{}", clause.op.0));
                        a href=[at] {
                            b { (clause.name) } " " (clause.action.replace('-', " "))
                            span.cited lang=(language) { (clause.cited) }
                        }
                        p.source {
                            span lang=(language) { (clause.act) }
                            @if let Some([first, last]) = clause.lines {
                                @if first == last { ", line " } @else { ", lines " (first) "–" }
                                (last)
                            }
                            @if let Some(force) = &clause.force {
                                ", in force " time { (force) }
                            }
                        }
                        div.words lang=(language) { (quoted(&clause.words)) }
                    }
                }
            }
        }
    }
}

/// The words of a clause, folded where they are long.
fn quoted(words: &[String]) -> Markup {
    let paragraphs = html! { @for words in words { p { (words) } } };
    let letters: usize = words.iter().map(|words| words.chars().count()).sum();
    if letters <= LEAD * 3 / 2 {
        return paragraphs;
    }
    let lead: String = words[0].chars().take(LEAD).collect();
    html! { details { summary { span { (lead) " …" } } (paragraphs) } }
}

/// The act's text as HTML, as it is written.
struct Text<'a> {
    act: &'a Act,
    html: String,
    /// The operations that have a mark in it; the first mark of each bears an id.
    marked: HashSet<OpId>,
}

/// The tags around consecutive lines of a kind. A wide table scrolls, by keys too.
type Frame = (&'static str, &'static str);
const NONE: Frame = ("", "");
const QUOTE: Frame = ("<blockquote>\n", "</blockquote>\n");
const TABLE: Frame = (
    "<div class=\"wide\" tabindex=\"0\"><table>\n",
    "</table></div>\n",
);

impl Text<'_> {
    fn lines<'l>(&mut self, lines: impl Iterator<Item = Line<'l>>) {
        let mut frame = NONE;
        let mut lines = lines.peekable();
        while let Some(line) = lines.next() {
            let next = match line.block.kind {
                Kind::Row(_) => TABLE,
                // Of what shows nothing, the tags of a table end it; separators of rows do not.
                _ if !is_shown(&line) && !is_table_tag(&line) => continue,
                Kind::Quote => QUOTE,
                Kind::Paragraph | Kind::Heading(_) | Kind::Fenced | Kind::Markup => NONE,
            };
            if next != frame {
                self.html += frame.1;
                self.html += next.0;
                frame = next;
            }
            match &line.block.kind {
                Kind::Paragraph | Kind::Quote => self.block("p", &line),
                Kind::Heading(level) => self.block(&format!("h{}", level.clamp(&1, &6)), &line),
                Kind::Fenced => self.block("pre", &line),
                Kind::Row(grid) => self.row(&line, grid, is_head(&line, grid, lines.peek())),
                Kind::Markup => {}
            }
        }
        self.html += frame.1;
    }

    fn block(&mut self, tag: &str, line: &Line) {
        self.open(tag, line.mark);
        self.pieces(&line.pieces);
        self.html += &format!("</{tag}>\n");
    }

    fn row(&mut self, line: &Line, grid: &[Cell], head: bool) {
        let mut cells: Vec<&[Piece]> = line.pieces.split(|piece| piece.border).collect();
        // In its file, a row across a pipe table has a cell with words and empty cells after it.
        let across = grid.len() > 1 && grid[0].columns == grid.len() && grid[1].column == 2;
        let empty = |cell: &&[Piece]| shown(cell) == Default::default();
        let alone = across && cells[1..].iter().all(empty);
        if alone {
            cells.truncate(1);
        }
        self.open("tr", line.mark);
        for (index, cell) in cells.iter().enumerate() {
            let (old, new) = shown(cell);
            let tag = if head && !empty(cell) { "th" } else { "td" };
            let number = is_number(&(old + &new));
            self.html += &format!("<{tag}{}", if number { " class=\"n\"" } else { "" });
            if let Some(place) = grid.get(index).filter(|_| alone || !across) {
                for (span, count) in [("colspan", place.columns), ("rowspan", place.rows)] {
                    if count > 1 {
                        self.html += &format!(" {span}=\"{count}\"");
                    }
                }
            }
            self.html.push('>');
            self.pieces(cell);
            self.html += &format!("</{tag}>");
        }
        self.html += "</tr>\n";
    }

    /// Opens the element of a line.
    fn open(&mut self, tag: &str, mark: Mark) {
        let Some((mark, op)) = mark.tag() else {
            return self.html += &format!("<{tag}>");
        };
        let name = escape(&name(self.act, op));
        self.html += &format!("<{tag} data-mark=\"{mark}\" data-op=\"{name}\">");
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        let language = self.act.language;
        for stretch in stretches(pieces) {
            let (old, new) = shown(stretch.pieces);
            if old == new {
                self.html += &escape(&new);
                continue;
            }
            let first = &stretch.pieces[0];
            let typo = stretch.change == Change::Typographic;
            self.mark("del", language.deleted, first.struck, typo, &old);
            self.mark("ins", language.inserted, first.brought, typo, &new);
        }
    }

    fn mark(&mut self, tag: &str, spoken: &str, op: Option<OpId>, typo: bool, words: &str) {
        if words.is_empty() {
            return;
        }
        self.html += &format!("<{tag}{}", if typo { " class=\"typo\"" } else { "" });
        if let Some(op) = op {
            if self.marked.insert(op) {
                self.html += &format!(" id=\"at-{}\"", op.0);
            }
            let name = escape(&name(self.act, op));
            self.html += &format!(" cite=\"#op-{}\" data-op=\"{name}\"", op.0);
            if let Some(date) = self.act.change(op).force {
                self.html += &format!(" datetime=\"{date}\"");
            }
        }
        self.html += &format!(
            "><span class=\"sr\">[{spoken} </span>{}<span class=\"sr\">]</span></{tag}>",
            escape(words)
        );
    }
}

/// Whether a line is a tag of a table that stands in its file as HTML.
fn is_table_tag(line: &Line) -> bool {
    line.block.kind == Kind::Markup && source(line).to_ascii_lowercase().contains("table")
}

/// Whether a row heads its table: all its cells are `<th>`, or the separator of a pipe table stands
/// below it.
fn is_head(line: &Line, grid: &[Cell], next: Option<&Line>) -> bool {
    let below = next.filter(|next| next.block.kind == Kind::Markup);
    source(line).matches("<th").count() == grid.len()
        || below.is_some_and(|below| source(below).trim_start().starts_with('|'))
}

fn source(line: &Line) -> String {
    let runs = &line.block.text.0;
    runs.iter().map(|run| run.source.as_str()).collect()
}

/// What pieces show at the first moment, and at the second.
fn shown(pieces: &[Piece]) -> (String, String) {
    let old = pieces.iter().map(|piece| &*piece.old.shown);
    let new = pieces.iter().map(|piece| &*piece.new.shown);
    (old.collect(), new.collect())
}

/// Whether a cell holds a number such as `63-1.` or `2,6`, which is not broken.
fn is_number(words: &str) -> bool {
    let of_number = |letter: char| letter.is_ascii_digit() || "-–.,)%".contains(letter);
    (1..24).contains(&words.len()) && words.chars().all(of_number)
}

/// Words as HTML, in text or in quotes. A reader of HTML would change the last two letters.
fn escape(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\r', "&#13;")
        .replace('\0', "\u{fffd}")
}
