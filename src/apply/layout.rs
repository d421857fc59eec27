//! New words take the layout of their neighbours: the marks, indents and empty lines around them.

use std::collections::HashMap;

use crate::act::{Act, Block, Cell, Kind};
use crate::lang;
use crate::parse::{inline, markdown, tags};
use crate::text::{Lifespan, Moment, OpId, Role, Run, Text};

/// The marks around the words of a line.
#[derive(Debug, Clone)]
pub struct Layout {
    kind: Kind,
    before: String,
    /// The line end and the empty lines after it.
    pub after: String,
    /// Whether the dot or bracket of a number is escaped (`1\.`).
    escaped: bool,
    start: usize,
}

impl Layout {
    /// The layout of a block at a moment. Marks of emphasis are not layout.
    pub fn of(block: &Block, at: Moment) -> Layout {
        if let Kind::Row(_) = block.kind {
            return Layout::line(end_of_line(block, at));
        }
        let markup = |run: &&Run| run.role == Role::Markup;
        let joined = |runs: Vec<&Run>| -> String {
            runs.into_iter().map(|run| run.source.as_str()).collect()
        };
        let before = joined(block.runs(at).take_while(markup).collect());
        let marks = before.trim_start_matches([' ', '\t', '\u{a0}', '#', '>']);
        let before = &before[..before.len() - marks.len()];
        // One blank is no indent.
        let before = if before == " " { "" } else { before }.to_string();
        let after = end_of_line(block, at).to_string();
        Layout {
            kind: block.kind.clone(),
            before,
            after,
            escaped: has_escaped_number(block, at),
            start: block.start,
        }
    }

    /// A line of text with nothing before it.
    pub fn line(end: &str) -> Layout {
        Layout {
            kind: Kind::Paragraph,
            before: String::new(),
            after: end.to_string(),
            escaped: false,
            start: 0,
        }
    }

    /// Whether it is a line inside a fence.
    pub fn is_fenced(&self) -> bool {
        self.kind == Kind::Fenced
    }

    /// Whether it is a line of text.
    pub fn is_line(&self) -> bool {
        matches!(self.kind, Kind::Paragraph | Kind::Fenced)
    }

    /// The same, as a line of text below it.
    pub fn body(mut self) -> Layout {
        if !self.is_line() {
            self.before.clear();
            self.kind = Kind::Paragraph;
        }
        self
    }

    /// The same with another line end.
    pub fn ending(mut self, end: &str) -> Layout {
        let own = line_end(&self.after).len();
        self.after.truncate(self.after.len() - own);
        self.after.push_str(end);
        self
    }

    /// A block with these words. Where they have cells, it is a row of plain text.
    pub fn block(&self, words: &str, op: OpId) -> Block {
        let mut runs = vec![Run::new(self.before.as_str(), Role::Markup)];
        let cells: Vec<&str> = words.split('\t').collect();
        let mut kind = self.kind.clone();
        if cells.len() > 2 && kind == Kind::Paragraph {
            for (index, cell) in cells.iter().enumerate() {
                if index > 0 {
                    runs.push(Run::new("\t", Role::showing("\t")));
                }
                runs.extend(row_cell_runs(cell, index));
            }
            kind = Kind::Row(markdown::plain_cells(cells.len()));
        } else if kind == Kind::Fenced {
            runs.push(Run::new(words, Role::Text));
        } else {
            runs.extend(line_runs(words, self.escaped));
        }
        runs.push(Run::new(self.after.as_str(), Role::Markup));
        block(kind, runs, self.start, op)
    }
}

/// Whether a back-slash stands before the dot or bracket of the number that a line begins with.
fn has_escaped_number(block: &Block, at: Moment) -> bool {
    let label = lang::item_label(&block.text.words(at));
    let delimiter = label.map(|label| label.range.end - 1);
    let mut seen = 0;
    block.runs(at).any(|run| {
        let before = seen;
        seen += run.shown().len();
        run.is_escape() && Some(before) == delimiter
    })
}

/// Words at the start of a line, where Markdown reads more letters as marks; with `numbered` the
/// delimiter of a number is escaped as well.
pub fn line_runs(words: &str, numbered: bool) -> Vec<Run> {
    let escape = || Run::new("\\", Role::Markup);
    let delimiter = lang::item_label(words)
        .filter(|_| numbered)
        .map(|label| label.range.end - 1);
    let mut runs = Vec::new();
    if words.starts_with(['#', '>', '|', '~']) || markdown::is_bare_markup(words) {
        runs.push(escape());
    }
    match delimiter {
        Some(at) => {
            runs.push(Run::new(&words[..at], Role::Text));
            runs.push(escape());
            runs.extend(escaped(&words[at..], MARKDOWN));
        }
        None if runs.is_empty() => runs.extend(escaped(words, MARKDOWN)),
        None => {
            let first = words.chars().next().map_or(0, char::len_utf8);
            runs.push(Run::new(&words[..first], Role::Text));
            runs.extend(escaped(&words[first..], MARKDOWN));
        }
    }
    runs
}

/// The letters that Markdown would read as marks.
pub const MARKDOWN: &[char] = &['\\', '`', '*', '_', '[', '<'];

/// Words as runs, with a back-slash (markup) before each letter of `special`. A tab is shown as a
/// space, since tabs part the cells of rows.
pub fn escaped(words: &str, special: &[char]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut from = 0;
    for (at, letter) in words.char_indices() {
        let entity = letter == '&' && inline::entity(&words[at..]).is_some();
        let (mark, next) = match letter {
            '\t' => (Run::new("\t", Role::showing(" ")), at + 1),
            _ if special.contains(&letter) || entity => (Run::new("\\", Role::Markup), at),
            _ => continue,
        };
        runs.push(Run::new(&words[from..at], Role::Text));
        runs.push(mark);
        from = next;
    }
    runs.push(Run::new(&words[from..], Role::Text));
    runs.retain(|run| !run.source.is_empty());
    runs
}

/// How many cells of a row have words: a row across a pipe table has one, and empty ones.
pub fn cells_with_words(grid: &[Cell]) -> usize {
    let across = grid.len() > 1 && grid[0].columns == grid.len();
    if across { 1 } else { grid.len() }
}

/// A row with the borders of a row beside it; `None` where it has another number of cells.
pub fn row(beside: &Block, cells: &[&str], at: Moment, op: OpId) -> Option<Block> {
    let Kind::Row(grid) = &beside.kind else {
        return None;
    };
    let html = beside.is_html();
    let mut runs = Vec::new();
    // The markup before and after the words of each cell, and the borders between them.
    let beside_runs: Vec<&Run> = beside.runs(at).collect();
    let stretches: Vec<&[&Run]> = beside_runs.split(|run| run.is_border()).collect();
    let mut borders = beside_runs.iter().filter(|run| run.is_border());
    if cells.len() != cells_with_words(grid) {
        return None;
    }
    let last = stretches.len() - 1;
    for (index, stretch) in stretches.iter().enumerate() {
        let markup = |run: &&&Run| run.role == Role::Markup;
        let source = |runs: &[&Run]| -> String {
            let source = runs
                .iter()
                .map(|run| run.source.as_str())
                .collect::<String>();
            match html {
                true => grid_tags(&source),
                false => {
                    source.replace(|letter: char| letter != '|' && !letter.is_whitespace(), "")
                }
            }
        };
        let leading = stretch.iter().take_while(markup).count();
        let (before, after) = if leading < stretch.len() {
            let trailing = stretch.iter().rev().take_while(markup).count();
            (
                source(&stretch[..leading]),
                source(&stretch[stretch.len() - trailing..]),
            )
        } else {
            // An empty cell: the words come after its opening, before its end.
            let all = source(stretch);
            let at = match (index, html) {
                (0, _) if last > 0 => all.len(),
                (_, true) => all.find("</").unwrap_or(all.len()),
                (_, false) => usize::from(all.starts_with(' ')),
            };
            let (before, after) = all.split_at(at);
            let space = if !html && !after.starts_with(' ') && at > 0 {
                " "
            } else {
                ""
            };
            (before.to_string(), format!("{space}{after}"))
        };
        let cell = cells.get(index).unwrap_or(&"");
        let plain = !html && before.is_empty();
        runs.push(Run::new(before, Role::Markup));
        runs.extend(match plain {
            true => row_cell_runs(cell, index),
            false => cell_runs(cell, html),
        });
        runs.push(Run::new(after, Role::Markup));
        let border = borders.next();
        runs.extend(border.map(|run| Run::new(run.source.as_str(), run.role.clone())));
    }
    Some(block(beside.kind.clone(), runs, beside.start, op))
}

/// A row of Markdown or plain text takes a line of its own, also beside the last one of a file.
pub fn whole_line(mut row: Block) -> Block {
    let html = row.is_html();
    let end = row.text.0.last().map_or("", |run| line_end(&run.source));
    if !html && !end.contains('\n') {
        set_line_end(&mut row, "\n");
    }
    row
}

/// Rows that others follow stand close: an empty line behind them would end a table of Markdown.
pub fn close_up(rows: &mut [Block]) {
    let piped = |row: &&mut Block| !row.is_html() && row.text.0.iter().any(Run::is_border);
    for row in rows.iter_mut().filter(piped) {
        let end = row.text.0.last().map_or("", |run| line_end(&run.source));
        let end = end.split_inclusive('\n').next().unwrap_or("\n").to_string();
        set_line_end(row, &end);
    }
}

/// All but the last of some blocks.
pub fn inner(blocks: &mut [Block]) -> &mut [Block] {
    blocks.split_last_mut().map_or(&mut [], |(_, inner)| inner)
}

/// The tags of a table's grid, and the white space between them; links and emphasis are no layout.
fn grid_tags(source: &str) -> String {
    let mut kept = String::new();
    let mut from = 0;
    for tag in tags::tags(source, 0..source.len()) {
        kept.push_str(&source[from..tag.range.start]);
        if matches!(
            tag.name.as_str(),
            "table" | "thead" | "tbody" | "tr" | "td" | "th"
        ) {
            kept.push_str(&source[tag.range.clone()]);
        }
        from = tag.range.end;
    }
    kept.push_str(&source[from..]);
    kept
}

/// The words of a cell as runs: line feeds become `<br>`, and what the file's format would read as
/// a mark is escaped.
pub fn cell_runs(words: &str, html: bool) -> Vec<Run> {
    let mut runs = Vec::new();
    for (index, line) in words.split('\n').enumerate() {
        if index > 0 {
            runs.push(Run::new("<br>", Role::showing("\n")));
        }
        if !html {
            let special: Vec<char> = MARKDOWN.iter().copied().chain(['|']).collect();
            runs.extend(escaped(line, &special));
            continue;
        }
        let mut from = 0;
        for (at, letter) in line.char_indices() {
            let entity = match letter {
                '<' => "&lt;",
                '&' => "&amp;",
                '\\' => "&#92;",
                _ => continue,
            };
            runs.push(Run::new(&line[from..at], Role::Text));
            runs.push(Run::new(entity, Role::showing(letter)));
            from = at + 1;
        }
        runs.push(Run::new(&line[from..], Role::Text));
    }
    runs.retain(|run| !run.source.is_empty());
    runs
}

/// The words of a cell in a row of plain text, whose first cell stands at the start of a line.
fn row_cell_runs(words: &str, index: usize) -> Vec<Run> {
    let mut runs = cell_runs(words, false);
    if index == 0 && words.starts_with(['#', '>', '~']) {
        runs.insert(0, Run::new("\\", Role::Markup));
    }
    runs
}

/// The line end and the empty lines at the end of markup. Two blanks before it break the line in
/// Markdown; one is nothing.
pub fn line_end(markup: &str) -> &str {
    let end = &markup[markup.trim_end().len()..];
    let bare = end
        .strip_prefix(' ')
        .filter(|end| end.starts_with(['\n', '\r']));
    bare.unwrap_or(end)
}

/// The line end of a block with the empty lines after it.
pub fn end_of_line(block: &Block, at: Moment) -> &str {
    let last = block.runs(at).next_back();
    let last = last.filter(|run| run.role == Role::Markup);
    last.map_or("", |run| line_end(&run.source))
}

/// Gives a new block the line end of another.
pub fn set_line_end(block: &mut Block, end: &str) {
    match block.text.0.last_mut() {
        Some(run) if run.role == Role::Markup => {
            let kept = &run.source[..run.source.len() - line_end(&run.source).len()];
            run.source = format!("{kept}{end}").into();
        }
        _ => block.text.0.push(Run::new(end, Role::Markup)),
    }
}

/// The line end with the empty lines that follows most lines of the act. Inside a fence lines stand
/// close.
pub fn line_gap(act: &Act, at: Moment) -> String {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for block in act.blocks.iter().take(500) {
        let after = Layout::of(block, at).after;
        let end = line_end(&after);
        let text = !matches!(block.kind, Kind::Row(_) | Kind::Fenced | Kind::Markup);
        if text && end.contains('\n') {
            *counts.entry(end.to_string()).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by(|(a, left), (b, right)| left.cmp(right).then(b.cmp(a)))
        .map_or_else(|| "\n\n".to_string(), |(end, _)| end)
}

/// Marks runs as brought by an operation.
pub fn born(runs: Vec<Run>, op: OpId) -> Vec<Run> {
    runs.into_iter().map(|run| run.born(op)).collect()
}

fn block(kind: Kind, mut runs: Vec<Run>, start: usize, op: OpId) -> Block {
    runs.retain(|run| !run.source.is_empty());
    Block {
        kind,
        text: Text(runs),
        life: Lifespan::from(op),
        start,
    }
}
