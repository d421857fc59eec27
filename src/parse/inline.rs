//! The words of a line or a cell → runs. `pulldown-cmark` knows emphasis, links, escapes and entities.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::tags::{starts_with_tag, tags};
use crate::text::Role;

/// A run of a source that is being read.
pub struct Bit<'a> {
    pub source: &'a str,
    pub role: Role,
}

impl<'a> Bit<'a> {
    pub fn new(source: &'a str, role: Role) -> Bit<'a> {
        Bit { source, role }
    }

    pub fn shown(source: &'a str, shown: &str) -> Bit<'a> {
        Bit::new(source, Role::showing(shown))
    }
}

pub fn plain(source: &str) -> Bit<'_> {
    Bit::new(source, Role::Text)
}

pub fn markup(source: &str) -> Bit<'_> {
    Bit::new(source, Role::Markup)
}

/// White space around the words is markup; the words are read by `inner`.
pub fn framed<'a>(line: &'a str, bits: &mut Vec<Bit<'a>>, inner: fn(&'a str, &mut Vec<Bit<'a>>)) {
    let words = line.trim();
    let start = line.len() - line.trim_start().len();
    bits.push(markup(&line[..start]));
    if !words.is_empty() {
        inner(words, bits);
        bits.push(markup(&line[start + words.len()..]));
    }
}

/// Lines of more bytes are no text for people; they are taken as they stand.
const LONGEST: usize = 1 << 20;

/// Words of one line, read.
pub fn inline<'a>(line: &'a str, bits: &mut Vec<Bit<'a>>) {
    if !has_marks(line) || line.len() > LONGEST {
        return bits.push(plain(line));
    }
    // A full stop before the line keeps a parser of blocks from seeing a list, a heading or code
    // in it, and counts as punctuation for the rules of emphasis, as the start of a line does.
    let stopped = format!(".{line}");
    let mut shown: Vec<(Range<usize>, String)> = Vec::new();
    // Where one mark ends and another begins.
    let mut cuts: Vec<usize> = Vec::new();
    for (event, range) in Parser::new_ext(&stopped, Options::empty()).into_offset_iter() {
        match &event {
            Event::Start(Tag::Emphasis) => cuts.extend([range.start, range.end - 1]),
            Event::Start(Tag::Strong) => cuts.extend([range.start, range.end - 2]),
            Event::InlineHtml(_) => cuts.extend([range.start, range.end]),
            _ => {}
        }
        match event {
            Event::Text(text) => shown.push((range, text.to_string())),
            Event::Code(text) => {
                let fence = stopped[range.clone()]
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
    cuts.sort_unstable();
    let mut cuts = cuts.into_iter().map(|cut| cut.saturating_sub(1)).peekable();
    let mut marks = |range: Range<usize>, own: &mut Vec<Bit<'a>>| {
        let mut from = range.start;
        while let Some(cut) = cuts.next_if(|cut| *cut < range.end) {
            if from < cut {
                own.push(markup(&line[from..cut]));
                from = cut;
            }
        }
        own.push(markup(&line[from..range.end]));
    };
    let mut own = Vec::new();
    let mut at = 0;
    for (range, text) in shown {
        let range = range.start.saturating_sub(1).max(at)..range.end.saturating_sub(1).max(at);
        if range.is_empty() {
            continue;
        }
        if at < range.start {
            marks(at..range.start, &mut own);
        }
        let source = &line[range.clone()];
        let text = text
            .strip_prefix('.')
            .filter(|_| range.start == 0)
            .unwrap_or(&text);
        match source == text {
            true => words_and_tabs(line, range.clone(), &mut own),
            false => own.push(Bit::shown(source, &text.replace('\t', " "))),
        }
        at = range.end;
    }
    marks(at..line.len(), &mut own);
    let stars = |bit: &Bit| match bit.role {
        Role::Text => bit.source.matches("**").count(),
        Role::Markup | Role::As(_) => 0,
    };
    let count: usize = own.iter().map(stars).sum();
    match count > 0 && count.is_multiple_of(2) {
        true => own.into_iter().for_each(|bit| without_stars(bit, bits)),
        false => bits.extend(own),
    }
}

/// Whether a line has a byte that may be a mark of Markdown, or is shown as another.
fn has_marks(line: &str) -> bool {
    let mark = |byte: &u8| b"*_`[<&\\\t\0\r".contains(byte);
    // Without an early end, and in few questions, many bytes are looked at together.
    let near = |byte: &u8| {
        (*byte < b' ')
            | (*byte == b'&')
            | (*byte == b'*')
            | (*byte == b'<')
            | (byte.wrapping_sub(b'[') <= b'`' - b'[')
    };
    let any = |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | near(byte));
    let mut chunks = line.as_bytes().chunks(256);
    chunks.any(|chunk| any(chunk) && chunk.iter().any(mark))
}

/// Words as they stand; a tab is shown as a space, since tabs part the cells of rows.
fn words_and_tabs<'a>(line: &'a str, range: Range<usize>, bits: &mut Vec<Bit<'a>>) {
    let mut from = range.start;
    for (index, piece) in line[range].split('\t').enumerate() {
        if index > 0 {
            bits.push(Bit::shown("\t", " "));
            from += 1;
        }
        let to = from + piece.len();
        match bits.last_mut() {
            _ if piece.is_empty() => {}
            Some(last) if last.role == Role::Text => {
                last.source = &line[from - last.source.len()..to];
            }
            _ => bits.push(plain(piece)),
        }
        from = to;
    }
}

/// `**"Заң"**ның` is bold to its author, though not to the rules of Markdown, which want a space or
/// a mark after the stars. Pairs of stars left in the text of a line are marks.
fn without_stars<'a>(bit: Bit<'a>, bits: &mut Vec<Bit<'a>>) {
    if bit.role != Role::Text {
        return bits.push(bit);
    }
    for (index, piece) in bit.source.split("**").enumerate() {
        if index > 0 {
            bits.push(markup("**"));
        }
        if !piece.is_empty() {
            bits.push(plain(piece));
        }
    }
}

/// Words of one HTML cell, read.
pub fn html_inline<'a>(cell: &'a str, bits: &mut Vec<Bit<'a>>) {
    let mut text_from = 0;
    let text = |range: Range<usize>, bits: &mut Vec<Bit<'a>>| {
        let mut rest = &cell[range];
        while !rest.is_empty() {
            let bit = next_piece(rest);
            rest = &rest[bit.source.len()..];
            bits.push(bit);
        }
    };
    for tag in tags(cell, 0..cell.len()) {
        text(text_from..tag.range.start, bits);
        let source = &cell[tag.range.clone()];
        let breaks = tag.name == "br" || tag.closes && matches!(tag.name.as_str(), "p" | "li");
        let last = tag.range.end == cell.len();
        bits.push(match breaks && !last {
            true => Bit::shown(source, "\n"),
            false => markup(source),
        });
        text_from = tag.range.end;
    }
    text(text_from..cell.len(), bits);
}

/// The next piece of HTML text: an entity, a line break with its indent, or plain words.
fn next_piece(rest: &str) -> Bit<'_> {
    if let Some(source) = entity(rest) {
        return Bit::shown(source, &decoded(source));
    }
    let white = rest.len() - rest.trim_start().len();
    let gap = &rest[..white];
    if gap.contains('\n') {
        return Bit::shown(gap, "\n");
    }
    if gap.contains('\t') {
        return Bit::shown(gap, " ");
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
    plain(&rest[..end])
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
