//! Source bytes → blocks. Our own scanner finds the lines and rows of the law; `pulldown-cmark`
//! is asked only inside a line, for emphasis, links, escapes and entities. A Markdown parser may
//! not number the law: it turns `4)` into `1.` and an indented law into code.

use std::ops::Range;

use super::grid::Grid;
use super::inline::{Bit, framed, html_inline, inline, markup, plain};
use super::tags::{starts_with_tag, table_length, tags};
use crate::act::{Block, Cell, Kind};
use crate::lang;
use crate::text::{Excerpt, Lifespan, Role, Run, Text};

/// Cuts a source into blocks. Every byte belongs to one run of one block, in order.
pub fn blocks(source: &Excerpt) -> Vec<Block> {
    let mut scanner = Scanner {
        source,
        whole: source.clone(),
        at: 0,
        blocks: Vec::new(),
        bits: Vec::new(),
    };
    scanner.front_matter();
    scanner.body();
    scanner.blocks.shrink_to_fit();
    scanner.blocks
}

/// The fields of the front matter: `key: value` lines between two `---` lines at the top.
pub fn front_matter(source: &str) -> Vec<(String, String)> {
    source[..front_matter_end(source)]
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| {
            let value = value.trim();
            (key.trim().to_string(), unquoted(value))
        })
        .collect()
}

/// A value of the front matter without its quotes.
fn unquoted(value: &str) -> String {
    let inside = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    match (inside('"'), inside('\'')) {
        (Some(text), _) => text.replace("\\\"", "\"").replace("\\\\", "\\"),
        (None, Some(text)) => text.replace("''", "'"),
        (None, None) => value.to_string(),
    }
}

fn front_matter_end(source: &str) -> usize {
    let start = bom(source);
    let mut lines = source[start..].split_inclusive('\n');
    if lines.next().map(str::trim_end) != Some("---") {
        return 0;
    }
    let mut end = start + 3 + source[start + 3..].find('\n').map_or(0, |at| at + 1);
    for line in lines {
        end += line.len();
        if line.trim_end() == "---" {
            return end;
        }
    }
    0
}

fn bom(source: &str) -> usize {
    if source.starts_with('\u{feff}') { 3 } else { 0 }
}

/// White space that parts no cells.
const BLANK: [char; 4] = [' ', '\r', '\n', '\u{a0}'];

struct Scanner<'a> {
    source: &'a str,
    /// The source, kept once for all runs.
    whole: Excerpt,
    at: usize,
    blocks: Vec<Block>,
    /// The pieces of the block that is being read; emptied into it, and kept for the next one.
    bits: Vec<Bit<'a>>,
}

impl<'a> Scanner<'a> {
    /// Makes a block of the bits.
    fn push(&mut self, kind: Kind, start: usize) {
        self.bits.retain(|bit| !bit.source.is_empty());
        let mut end = start;
        let runs = self.bits.drain(..).map(|bit| {
            let from = end;
            end += bit.source.len();
            debug_assert_eq!(bit.source, &self.source[from..end]);
            Run::new(self.whole.part(from..end), bit.role)
        });
        self.blocks.push(Block {
            kind,
            text: Text(runs.collect()),
            life: Lifespan::default(),
            start,
        });
    }

    fn markup(&mut self, range: Range<usize>) {
        self.bits.push(markup(&self.source[range.clone()]));
        self.push(Kind::Markup, range.start);
    }

    fn front_matter(&mut self) {
        let end = front_matter_end(self.source).max(bom(self.source));
        if end > 0 {
            self.markup(0..end);
            self.at = end;
        }
    }

    fn body(&mut self) {
        let mut fence: Option<&str> = None;
        while self.at < self.source.len() {
            let start = self.at;
            let rest = &self.source[start..];
            let line = &rest[..rest.find('\n').map_or(rest.len(), |at| at + 1)];
            let words = line.trim();
            if let Some(mark) = fence {
                self.at += line.len();
                if words.starts_with(mark) {
                    fence = None;
                    self.markup(start..self.at);
                } else if words.is_empty() {
                    self.blank(line, start);
                } else {
                    framed(line, &mut self.bits, |line, bits| bits.push(plain(line)));
                    self.push(Kind::Fenced, start);
                }
                continue;
            }
            if starts_with_tag(words, "table")
                && let Some(length) = table_length(rest)
            {
                self.table(start..start + length);
                continue;
            }
            self.at += line.len();
            if words.is_empty() {
                self.blank(line, start);
            } else if let Some(mark) = ["```", "~~~"]
                .into_iter()
                .find(|mark| words.starts_with(mark))
            {
                fence = Some(mark);
                self.markup(start..self.at);
            } else if is_bare_markup(words) {
                self.markup(start..self.at);
            } else {
                self.line(line, start);
            }
        }
    }

    /// Empty lines belong to the block before them.
    fn blank(&mut self, line: &str, start: usize) {
        let last = self.blocks.last_mut().filter(|_| start > 0);
        match last.and_then(|block| block.text.0.last_mut()) {
            Some(run) if run.role == Role::Markup => {
                let from = start - run.source.len();
                run.source = self.whole.part(from..start + line.len());
            }
            _ => self.markup(start..start + line.len()),
        }
    }

    fn line(&mut self, line: &'a str, start: usize) {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim();
        let hashes = words.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&hashes) && hashes == words.len() {
            return self.markup(start..start + line.len());
        }
        let kind = if (1..=6).contains(&hashes) && words[hashes..].starts_with([' ', '\t']) {
            let gap = words.len() - words[hashes..].trim_start().len();
            if is_bare_markup(&words[gap..]) {
                return self.markup(start..start + line.len());
            }
            self.bits.push(markup(&line[..indent + gap]));
            framed(&line[indent + gap..], &mut self.bits, inline);
            Kind::Heading(hashes as u8)
        } else if words.starts_with('>') {
            let mark = words.len() - words.trim_start_matches(['>', ' ', '\t', '\u{a0}']).len();
            self.bits.push(markup(&line[..indent + mark]));
            framed(&line[indent + mark..], &mut self.bits, inline);
            Kind::Quote
        } else if words.starts_with('|') && words.len() > 1 {
            self.pipe_row(line, start);
            return;
        } else if is_tab_row(line) {
            let indent = line.len() - line.trim_start_matches(BLANK).len();
            let words = line.trim_matches(BLANK);
            let cells = words.split('\t').count();
            self.bits.push(markup(&line[..indent]));
            for (index, cell) in words.split('\t').enumerate() {
                if index > 0 {
                    self.bits.push(Bit::shown("\t", "\t"));
                }
                framed(cell, &mut self.bits, inline);
            }
            self.bits.push(markup(&line[indent + words.len()..]));
            Kind::Row(plain_cells(cells))
        } else {
            framed(line, &mut self.bits, inline);
            Kind::Paragraph
        };
        self.push(kind, start);
    }

    fn pipe_row(&mut self, line: &'a str, start: usize) {
        let words = line.trim();
        let indent = line.len() - line.trim_start().len();
        let mut borders: Vec<usize> = Vec::new();
        let mut escaped = false;
        for (at, byte) in words.bytes().enumerate() {
            match byte {
                b'|' if !escaped => borders.push(at),
                _ => {}
            }
            escaped = byte == b'\\' && !escaped;
        }
        let closed = borders.len() > 1 && borders.last() == Some(&(words.len() - 1));
        let cells = borders.len() - usize::from(closed);
        self.bits.push(markup(&line[..indent + 1]));
        for index in 0..cells {
            if index > 0 {
                self.bits.push(Bit::shown("|", "\t"));
            }
            let from = borders[index] + 1;
            let to = borders.get(index + 1).copied().unwrap_or(words.len());
            framed(&words[from..to], &mut self.bits, inline);
        }
        let tail = indent + borders.get(cells).copied().unwrap_or(words.len());
        self.bits.push(markup(&line[tail..]));
        let empty_after_first = self
            .bits
            .iter()
            .skip_while(|bit| !bit.role.is_border())
            .all(|bit| bit.role.is_border() || bit.role == Role::Markup);
        let mut row = plain_cells(cells);
        if cells > 1 && empty_after_first {
            row[0].columns = cells;
        }
        self.push(Kind::Row(row), start);
    }

    /// A table in HTML: a block for each row, bare markup between them.
    fn table(&mut self, range: Range<usize>) {
        // Up to where the table is cut into blocks, and where the open row starts.
        let mut done = range.start;
        let mut row: Option<usize> = None;
        let mut depth = 0;
        let mut grid = Grid::default();
        for tag in tags(self.source, range.clone()) {
            let (opens, closes) = match tag.name.as_str() {
                "table" if tag.closes => {
                    depth -= 1;
                    (None, (depth == 0).then_some(tag.range.start))
                }
                "table" => {
                    depth += 1;
                    (None, None)
                }
                "tr" if depth == 1 && tag.closes => {
                    let after = &self.source[tag.range.end..range.end];
                    let white = after.len() - after.trim_start().len();
                    (None, Some(tag.range.end + white))
                }
                "tr" if depth == 1 => (Some(tag.range.start), Some(tag.range.start)),
                _ => (None, None),
            };
            if let (Some(start), Some(end)) = (row, closes) {
                self.html_row(start..end, &mut grid);
                row = None;
                done = end;
            }
            if let Some(start) = opens {
                self.between_rows(done..start);
                row = Some(start);
                done = start;
            }
        }
        let rest = &self.source[range.end..];
        let blank: usize = rest
            .split_inclusive('\n')
            .take_while(|line| line.trim().is_empty() && line.ends_with('\n'))
            .map(str::len)
            .sum();
        self.at = range.end + blank;
        self.between_rows(done..self.at);
    }

    /// What stands in a table outside its rows: tags, or a caption.
    fn between_rows(&mut self, range: Range<usize>) {
        let source = &self.source[range.clone()];
        if source.is_empty() {
            return;
        }
        framed(source, &mut self.bits, html_inline);
        match self
            .bits
            .iter()
            .any(|bit| !bit.role.shown(bit.source).trim().is_empty())
        {
            true => self.push(Kind::Paragraph, range.start),
            false => {
                self.bits.clear();
                self.markup(range);
            }
        }
    }

    fn html_row(&mut self, range: Range<usize>, grid: &mut Grid) {
        let mut cells: Vec<Cell> = Vec::new();
        let mut open: Option<usize> = None;
        let mut border = range.start;
        let mut depth = 0;
        for tag in tags(self.source, range.clone()) {
            if tag.name == "table" {
                depth += if tag.closes { -1 } else { 1 };
            }
            if depth > 0 || !matches!(tag.name.as_str(), "td" | "th" | "tr") {
                continue;
            }
            if let Some(start) = open.take() {
                let content = &self.source[start..tag.range.start];
                framed(content, &mut self.bits, html_inline);
                border = tag.range.start;
            }
            if !tag.closes && tag.name != "tr" {
                let edge = &self.source[border..tag.range.end];
                match cells.is_empty() {
                    true => self.bits.push(markup(edge)),
                    false => self.bits.push(Bit::shown(edge, "\t")),
                }
                let cell = grid.cell(tag.attribute("colspan"), tag.attribute("rowspan"));
                cells.push(cell);
                open = Some(tag.range.end);
            }
        }
        if let Some(start) = open {
            framed(&self.source[start..range.end], &mut self.bits, html_inline);
            border = range.end;
        }
        self.bits.push(markup(&self.source[border..range.end]));
        grid.end_row();
        match cells.is_empty() {
            true => {
                self.bits.clear();
                self.between_rows(range);
            }
            false => self.push(Kind::Row(cells.into()), range.start),
        }
    }
}

/// Whether a line of plain text is a row: two tabs or more part its words, or come after its number.
fn is_tab_row(line: &str) -> bool {
    let parted = |text: &str| text.trim_matches(BLANK).matches('\t').count() >= 2;
    if !line.contains('\t') {
        return false;
    }
    let words = line.trim();
    let emptied = || parted(line.trim_start()) && lang::row_number(words).is_some();
    words.contains('\t') && parted(line) || emptied()
}

/// The grid of a row of so many cells.
pub fn plain_cells(count: usize) -> Box<[Cell]> {
    (1..=count)
        .map(|column| Cell {
            column,
            columns: 1,
            rows: 1,
        })
        .collect()
}

/// Lines that show nothing: rules, separators of tables, anchors, lone tags.
pub fn is_bare_markup(words: &str) -> bool {
    let rule = words.len() >= 3 && words.bytes().all(|byte| b"-_*= \t|:".contains(&byte));
    // A row that lost all of its words is no rule.
    let rule = rule && !words.bytes().all(|byte| b" \t|".contains(&byte));
    let mut rest = words;
    while rest.starts_with('<') {
        let Some(tag) = tags(rest, 0..rest.len())
            .next()
            .filter(|tag| tag.range.start == 0)
        else {
            break;
        };
        if matches!(tag.name.as_str(), "br") {
            break;
        }
        rest = rest[tag.range.end..].trim_start();
    }
    let comment = words.starts_with("<!--") && words.ends_with("-->");
    rule || rest.is_empty() || comment
}
