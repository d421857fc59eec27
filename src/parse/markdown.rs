//! Source bytes → blocks. Our own scanner finds the lines and rows of the law; `pulldown-cmark`
//! is asked only inside a line, for emphasis, links, escapes and entities. A Markdown parser may
//! not number the law: it turns `4)` into `1.` and an indented law into code.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use crate::act::{Block, Cell, Kind};
use crate::text::{Lifespan, Role, Run, Text};

/// Cuts a source into blocks. Every byte belongs to one run of one block, in order.
pub fn blocks(source: &str) -> Vec<Block> {
    let mut scanner = Scanner {
        source,
        at: 0,
        blocks: Vec::new(),
    };
    scanner.front_matter();
    scanner.body();
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

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    blocks: Vec<Block>,
}

impl<'a> Scanner<'a> {
    fn push(&mut self, kind: Kind, runs: Vec<Run>, start: usize) {
        self.blocks.push(Block {
            kind,
            text: Text(runs),
            life: Lifespan::default(),
            start,
        });
    }

    fn markup(&mut self, range: Range<usize>) {
        let source = &self.source[range.clone()];
        self.push(Kind::Markup, vec![markup(source)], range.start);
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
                    let mut runs = Vec::new();
                    framed(line, &mut runs, |words| vec![Run::new(words, Role::Text)]);
                    self.push(Kind::Fenced, runs, start);
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
            Some(run) if run.role == Role::Markup => run.source.push_str(line),
            _ => self.markup(start..start + line.len()),
        }
    }

    fn line(&mut self, line: &str, start: usize) {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim();
        let hashes = words.bytes().take_while(|byte| *byte == b'#').count();
        let mut runs = Vec::new();
        let kind = if (1..=6).contains(&hashes) && words[hashes..].starts_with([' ', '\t']) {
            let gap = words.len() - words[hashes..].trim_start().len();
            if is_bare_markup(&words[gap..]) {
                return self.markup(start..start + line.len());
            }
            runs.push(markup(&line[..indent + gap]));
            framed(&line[indent + gap..], &mut runs, inline);
            Kind::Heading(hashes as u8)
        } else if words.starts_with('>') {
            let mark = words.len() - words.trim_start_matches(['>', ' ', '\t', '\u{a0}']).len();
            runs.push(markup(&line[..indent + mark]));
            framed(&line[indent + mark..], &mut runs, inline);
            Kind::Quote
        } else if words.starts_with('|') && words.len() > 1 {
            self.pipe_row(line, start);
            return;
        } else if words.matches('\t').count() >= 2 {
            let cells = words.split('\t').count();
            runs.push(markup(&line[..indent]));
            for (index, cell) in words.split('\t').enumerate() {
                if index > 0 {
                    runs.push(Run::new("\t", Role::As("\t".into())));
                }
                framed(cell, &mut runs, inline);
            }
            runs.push(markup(&line[indent + words.len()..]));
            Kind::Row(plain_cells(cells))
        } else {
            framed(line, &mut runs, inline);
            Kind::Paragraph
        };
        runs.retain(|run| !run.source.is_empty());
        self.push(kind, runs, start);
    }

    fn pipe_row(&mut self, line: &str, start: usize) {
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
        let mut runs = vec![markup(&line[..indent + 1])];
        for index in 0..cells {
            if index > 0 {
                runs.push(Run::new("|", Role::As("\t".into())));
            }
            let from = borders[index] + 1;
            let to = borders.get(index + 1).copied().unwrap_or(words.len());
            framed(&words[from..to], &mut runs, inline);
        }
        let tail = indent + borders.get(cells).copied().unwrap_or(words.len());
        runs.push(markup(&line[tail..]));
        runs.retain(|run| !run.source.is_empty());
        let empty_after_first = runs
            .iter()
            .skip_while(|run| !run.is_border())
            .all(|run| run.is_border() || run.role == Role::Markup);
        let mut row = plain_cells(cells);
        if cells > 1 && empty_after_first {
            row[0].columns = cells;
        }
        self.push(Kind::Row(row), runs, start);
    }

    /// A table in HTML: a block for each row, bare markup between them.
    fn table(&mut self, range: Range<usize>) {
        // Up to where the table is cut into blocks, and where the open row starts.
        let mut done = range.start;
        let mut row: Option<usize> = None;
        let mut depth = 0;
        let mut taken: Vec<usize> = Vec::new();
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
                self.html_row(start..end, &mut taken);
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
        let mut runs = Vec::new();
        framed(source, &mut runs, html_inline);
        match runs.iter().any(|run| !run.shown().trim().is_empty()) {
            true => self.push(Kind::Paragraph, runs, range.start),
            false => self.markup(range),
        }
    }

    /// `taken` holds, for each column, how many further rows a cell above fills.
    fn html_row(&mut self, range: Range<usize>, taken: &mut Vec<usize>) {
        let mut runs = Vec::new();
        let mut cells: Vec<Cell> = Vec::new();
        let mut open: Option<usize> = None;
        let mut border = range.start;
        let mut column = 0;
        let mut filled = vec![0; taken.len()];
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
                framed(content, &mut runs, html_inline);
                border = tag.range.start;
            }
            if !tag.closes && tag.name != "tr" {
                let edge = &self.source[border..tag.range.end];
                match cells.is_empty() {
                    true => runs.push(markup(edge)),
                    false => runs.push(Run::new(edge, Role::As("\t".into()))),
                }
                while taken.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let cell = Cell {
                    column: column + 1,
                    columns: tag.attribute("colspan"),
                    rows: tag.attribute("rowspan"),
                };
                column += cell.columns;
                if filled.len() < column {
                    filled.resize(column, 0);
                }
                filled[cell.column - 1..column].fill(cell.rows);
                cells.push(cell);
                open = Some(tag.range.end);
            }
        }
        if let Some(start) = open {
            framed(&self.source[start..range.end], &mut runs, html_inline);
            border = range.end;
        }
        runs.push(markup(&self.source[border..range.end]));
        runs.retain(|run| !run.source.is_empty());
        taken.resize(filled.len().max(taken.len()), 0);
        for (rows, new) in taken.iter_mut().zip(&filled) {
            *rows = (*rows).max(*new).saturating_sub(1);
        }
        match cells.is_empty() {
            true => self.between_rows(range),
            false => self.push(Kind::Row(cells), runs, range.start),
        }
    }
}

fn markup(source: &str) -> Run {
    Run::new(source, Role::Markup)
}

fn plain_cells(count: usize) -> Vec<Cell> {
    (1..=count)
        .map(|column| Cell {
            column,
            columns: 1,
            rows: 1,
        })
        .collect()
}

/// White space around the words is markup; the words are read by `inner`.
fn framed(line: &str, runs: &mut Vec<Run>, inner: impl Fn(&str) -> Vec<Run>) {
    let words = line.trim();
    let start = line.len() - line.trim_start().len();
    if words.is_empty() {
        runs.push(markup(line));
    } else {
        runs.push(markup(&line[..start]));
        runs.extend(inner(words));
        runs.push(markup(&line[start + words.len()..]));
    }
    runs.retain(|run| !run.source.is_empty());
}

/// Lines of more bytes are no text for people; they are taken as they stand.
const LONGEST: usize = 1 << 20;

/// Words of one line → runs.
fn inline(words: &str) -> Vec<Run> {
    const SPECIAL: &[char] = &['*', '_', '`', '[', '<', '&', '\\', '\t', '\0', '\r'];
    if !words.contains(SPECIAL) || words.len() > LONGEST {
        return vec![Run::new(words, Role::Text)];
    }
    // A full stop before the line keeps a parser of blocks from seeing a list, a heading or code
    // in it, and counts as punctuation for the rules of emphasis, as the start of a line does.
    let line = format!(".{words}");
    let mut shown: Vec<(Range<usize>, String)> = Vec::new();
    for (event, range) in Parser::new_ext(&line, Options::empty()).into_offset_iter() {
        match event {
            Event::Text(text) => shown.push((range, text.to_string())),
            Event::Code(text) => {
                let fence = line[range.clone()]
                    .bytes()
                    .take_while(|b| *b == b'`')
                    .count();
                shown.push((range.start + fence..range.end - fence, text.to_string()));
            }
            Event::InlineHtml(tag) if starts_with_tag(&tag, "br") => {
                shown.push((range, "\n".to_string()));
            }
            Event::SoftBreak | Event::HardBreak => shown.push((range, " ".to_string())),
            // Everything else shows nothing of itself: the bytes between shown ranges are markup.
            _ => {}
        }
    }
    let mut runs = Vec::new();
    let mut at = 1;
    for (range, text) in shown {
        let range = range.start.max(at)..range.end.max(at);
        if range.is_empty() {
            continue;
        }
        if at < range.start {
            runs.push(markup(&line[at..range.start]));
        }
        let source = &line[range.clone()];
        let text = text
            .strip_prefix('.')
            .filter(|_| range.start == 1)
            .unwrap_or(&text);
        match source == text {
            true => words_and_tabs(source, &mut runs),
            false => runs.push(Run::new(source, Role::As(text.replace('\t', " ").into()))),
        }
        at = range.end;
    }
    if at < line.len() {
        runs.push(markup(&line[at..]));
    }
    let stars = |run: &Run| match run.role {
        Role::Text => run.source.matches("**").count(),
        Role::Markup | Role::As(_) => 0,
    };
    let count: usize = runs.iter().map(stars).sum();
    match count > 0 && count % 2 == 0 {
        true => runs.into_iter().flat_map(without_stars).collect(),
        false => runs,
    }
}

/// Words as they stand; a tab is shown as a space, since tabs part the cells of rows.
fn words_and_tabs(text: &str, runs: &mut Vec<Run>) {
    for (index, piece) in text.split('\t').enumerate() {
        if index > 0 {
            runs.push(Run::new("\t", Role::As(" ".into())));
        }
        match runs.last_mut() {
            _ if piece.is_empty() => {}
            Some(last) if last.role == Role::Text => last.source.push_str(piece),
            _ => runs.push(Run::new(piece, Role::Text)),
        }
    }
}

/// `**"Заң"**ның` is bold to its author, though not to the rules of Markdown, which want a space or
/// a mark after the stars. Pairs of stars left in the text of a line are marks.
fn without_stars(run: Run) -> Vec<Run> {
    if run.role != Role::Text {
        return vec![run];
    }
    let mut runs = Vec::new();
    for (index, piece) in run.source.split("**").enumerate() {
        if index > 0 {
            runs.push(markup("**"));
        }
        runs.push(Run::new(piece, Role::Text));
    }
    runs.retain(|run| !run.source.is_empty());
    runs
}

/// Words of one HTML cell → runs.
fn html_inline(words: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut text_from = 0;
    let text = |range: Range<usize>, runs: &mut Vec<Run>| {
        let mut from = range.start;
        while from < range.end {
            let rest = &words[from..range.end];
            let (length, run) = next_piece(rest);
            runs.push(run);
            from += length;
        }
    };
    for tag in tags(words, 0..words.len()) {
        text(text_from..tag.range.start, &mut runs);
        let source = &words[tag.range.clone()];
        let breaks = tag.name == "br" || tag.closes && matches!(tag.name.as_str(), "p" | "li");
        let last = tag.range.end == words.len();
        runs.push(match breaks && !last {
            true => Run::new(source, Role::As("\n".into())),
            false => markup(source),
        });
        text_from = tag.range.end;
    }
    text(text_from..words.len(), &mut runs);
    runs
}

/// The next piece of HTML text: an entity, a line break with its indent, or plain words.
fn next_piece(rest: &str) -> (usize, Run) {
    if let Some(source) = entity(rest) {
        let shown = decoded(source);
        return (source.len(), Run::new(source, Role::As(shown.into())));
    }
    let white = rest.len() - rest.trim_start().len();
    let gap = &rest[..white];
    if gap.contains('\n') {
        return (white, Run::new(gap, Role::As("\n".into())));
    }
    if gap.contains('\t') {
        return (white, Run::new(gap, Role::As(" ".into())));
    }
    let end = rest
        .char_indices()
        .skip(1)
        .find(|(_, letter)| matches!(letter, '&' | '\n' | '\t' | '\r'))
        .map_or(rest.len(), |(at, _)| at);
    // White space before a line break belongs to the break.
    let end = match rest[end..].starts_with(['\n', '\t', '\r']) {
        true => rest[..end].trim_end().len().max(1),
        false => end,
    };
    let end = (end..=rest.len())
        .find(|at| rest.is_char_boundary(*at))
        .unwrap_or(rest.len());
    (end, Run::new(&rest[..end], Role::Text))
}

/// An entity at the start of a text, with its `&` and `;`.
pub fn entity(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(32).position(|byte| byte == b';')?;
    let valid = end > 0
        && inner[..end]
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    valid.then(|| &text[..end + 2])
}

/// What an entity shows, by the table of the Markdown parser.
fn decoded(entity: &str) -> String {
    Parser::new(entity)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.to_string()),
            // A lone entity is a paragraph with one text.
            _ => None,
        })
        .collect()
}

struct Tag<'a> {
    name: String,
    closes: bool,
    range: Range<usize>,
    source: &'a str,
}

impl Tag<'_> {
    /// The number that an attribute gives; 1 where it gives none, and never beyond 1,000.
    fn attribute(&self, name: &str) -> usize {
        let lower = self.source.to_ascii_lowercase();
        lower
            .find(name)
            .map(|at| lower[at + name.len()..].trim_start_matches(['=', '"', '\'', ' ']))
            .map(|value| &value[..value.bytes().take_while(u8::is_ascii_digit).count()])
            .and_then(|digits| digits.parse().ok())
            .map_or(1, |number: usize| number.clamp(1, 1000))
    }
}

/// The HTML tags in a stretch of a source.
fn tags(source: &str, range: Range<usize>) -> impl Iterator<Item = Tag<'_>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        loop {
            let open = at + source[at..range.end].find('<')?;
            at = open + 1;
            let inner = &source[open + 1..range.end];
            let closes = inner.starts_with('/');
            let name = inner.trim_start_matches('/');
            let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if length == 0 || !name.as_bytes()[0].is_ascii_alphabetic() {
                continue;
            }
            let Some(end) = inner.find('>') else {
                return None;
            };
            at = open + 1 + end + 1;
            return Some(Tag {
                name: name[..length].to_ascii_lowercase(),
                closes,
                range: open..at,
                source: &source[open..at],
            });
        }
    })
}

fn starts_with_tag(text: &str, name: &str) -> bool {
    text.strip_prefix('<')
        .and_then(|rest| {
            rest.get(..name.len())
                .map(|word| (word, &rest[name.len()..]))
        })
        .is_some_and(|(word, rest)| {
            word.eq_ignore_ascii_case(name) && !rest.starts_with(|c: char| c.is_alphanumeric())
        })
}

/// The bytes from `<table` to the end of its `</table>`; `None` where it is never closed.
fn table_length(rest: &str) -> Option<usize> {
    let start = rest.len() - rest.trim_start().len();
    let mut depth = 0;
    for tag in tags(rest, start..rest.len()) {
        if tag.name == "table" {
            depth += if tag.closes { -1 } else { 1 };
            if depth == 0 {
                let line_end = rest[tag.range.end..]
                    .find('\n')
                    .map_or(rest.len(), |at| tag.range.end + at + 1);
                let tail = &rest[tag.range.end..line_end];
                return Some(match tail.trim().is_empty() {
                    true => line_end,
                    false => tag.range.end,
                });
            }
        }
    }
    None
}

/// Lines that show nothing: rules, separators of tables, anchors, lone tags.
fn is_bare_markup(words: &str) -> bool {
    let rule = words.len() >= 3 && words.bytes().all(|byte| b"-_*= \t|:".contains(&byte));
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
