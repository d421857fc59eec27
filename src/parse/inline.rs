//! The words of a line or a cell → runs. `pulldown-cmark` knows emphasis, links, escapes and entities.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::tags::{starts_with_tag, tags};
use crate::text::{Role, Run};

pub fn markup(source: &str) -> Run {
    Run::new(source, Role::Markup)
}

/// White space around the words is markup; the words are read by `inner`.
pub fn framed(line: &str, runs: &mut Vec<Run>, inner: impl Fn(&str) -> Vec<Run>) {
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
pub fn inline(words: &str) -> Vec<Run> {
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
    match count > 0 && count.is_multiple_of(2) {
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
pub fn html_inline(words: &str) -> Vec<Run> {
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
