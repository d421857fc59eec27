//! Markdown: the bytes of the act, with marks as `<del>` and `<ins>` inside its lines.
//!
//! A paragraph or row that came or left as a whole bears `data-mark` on its marks: to reject (or
//! accept) it, its line is left out with the empty lines after it. Literal `<ins>` and `<del>` in the
//! words of an act bear no `data-op`, and in new words their `<` is escaped, but for a fence, where
//! nothing can be; an act that holds such tags itself is warned of, and better read as JSON, where no
//! mark stands in the text.

use std::io::{self, Write};

use super::{Document, Stretch, act_passages, name, stretches};
use crate::act::{Act, Block, Kind};
use crate::diagnostic::{Code, Diagnostic, Source};
use crate::parse::tags;
use crate::redline::{Line, Mark, Passage, Piece, Redline};
use crate::refine::Change;
use crate::text::{Moment, OpId};

/// Writes a document as Markdown.
pub fn render(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let act = document.redline.act;
    let mut passages = act_passages(document).peekable();
    // A byte order mark and front matter stay first.
    let front = |passage: &Passage| {
        let source = match passage {
            Passage::Same(block) => block.text.0.first().map_or("", |run| &run.source),
            Passage::Line(line) => line.pieces.first().map_or("", |piece| &piece.new.source),
        };
        source.starts_with('\u{feff}') || source.starts_with("---")
    };
    if let Some(passage) = passages.next_if(front) {
        write_passage(act, &passage, false, out)?;
    }
    let end = match act.blocks.first() {
        Some(block) if block.text.0.iter().any(|run| run.source.contains("\r\n")) => "\r\n",
        _ => "\n",
    };
    for note in &document.preface {
        write!(out, "> {note}{end}{end}")?;
    }
    let mut open = false;
    for passage in passages {
        open = write_passage(act, &passage, open, out)?;
    }
    Ok(())
}

/// Writes a passage; gives whether its last line is open. `open` says so of the passage before it.
fn write_passage(
    act: &Act,
    passage: &Passage,
    open: bool,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let last: &str = match passage {
        Passage::Same(block) => {
            for run in &block.text.0 {
                out.write_all(run.source.as_bytes())?;
            }
            block.text.0.last().map_or("", |run| &run.source)
        }
        Passage::Line(line) => {
            // The last line of one text may stand before a line of the other.
            if open && line.mark != Mark::None {
                out.write_all(b"\n\n")?;
            }
            write_line(act, line, out)?;
            line.pieces.last().map_or("", |piece| match line.mark {
                Mark::Deleted(_) => &piece.old.source,
                Mark::None | Mark::Inserted(_) => &piece.new.source,
            })
        }
    };
    Ok(!last.ends_with('\n'))
}

/// A warning where the act itself holds `<ins>` or `<del>`, with the first place.
pub fn ambiguous_marks(redline: &Redline) -> Option<Diagnostic> {
    if redline.is_clean() {
        return None;
    }
    let moments = [redline.from, redline.to];
    let (block, tag) = redline.act.blocks.iter().find_map(|block| {
        let literal = |at| literal_tag(block, at);
        // Most lines have no tag at all, at whatever moment.
        let tagged = block.text.0.iter().any(|run| run.source.contains('<'));
        let tag = moments.into_iter().filter(|_| tagged).find_map(literal)?;
        Some((block, tag))
    })?;
    let problem = Diagnostic::warning(
        Code::AmbiguousMarks,
        format!("the text itself holds {tag}, which can't be told from a mark in Markdown"),
    )
    .help("write the redline as HTML or JSON, or write `&lt;` for the `<` of the tag");
    Some(match block.life.born() {
        Some(op) => {
            let change = redline.act.change(op);
            let source = Source::Amendment(change.amendment);
            problem.at(source, change.operation.source.clone())
        }
        None => problem.at(Source::Base, block.start..block.start),
    })
}

/// The first tag in a line that is written like a mark.
fn literal_tag(block: &Block, at: Moment) -> Option<String> {
    let source: String = block.runs(at).map(|run| run.source.as_str()).collect();
    let tag = |(at, _): (usize, &str)| {
        let letters = source[..at].trim_end_matches('\\');
        let escaped = (at - letters.len()) % 2 == 1 && block.kind != Kind::Fenced;
        let tag = source[at + 1..].split(|it: char| it != '/' && !it.is_alphanumeric());
        let tag = tag.into_iter().next().filter(|_| !escaped)?;
        let name = tag.trim_start_matches('/').to_lowercase();
        matches!(name.as_str(), "ins" | "del").then(|| format!("<{tag}>"))
    };
    source.match_indices('<').find_map(tag)
}

fn write_line(act: &Act, line: &Line, out: &mut dyn Write) -> io::Result<()> {
    if line.pieces.iter().all(|piece| piece.change == Change::Same) {
        return plain(&line.pieces, Change::Same, out);
    }
    let shows = |piece: &Piece| !piece.old.shown.is_empty() || !piece.new.shown.is_empty();
    let words = |piece: &Piece| {
        let sides = [&piece.old, &piece.new];
        sides.iter().any(|side| !side.shown.trim().is_empty())
    };
    if let Some((tag, op)) = line.mark.tag()
        && !line.pieces.iter().any(words)
    {
        return marked_markup(act, line, tag, op, out);
    }
    let whole = line.mark.tag().map(|(tag, _)| tag);
    // The marks stand around the words, inside the marks of the format: `## `, `<td>`, line ends.
    for stretch in stretches(&line.pieces) {
        let pieces = stretch.pieces;
        // Emphasis and inline tags belong to the words, an escape to the letter behind it; the marks
        // of the line do not.
        let row = matches!(line.block.kind, Kind::Row(_));
        let layout = |source: &str| {
            let marks = source.trim_matches([' ', '\t', '\r', '\n', '\u{a0}', '#', '>']);
            marks.is_empty() || row && marks != "\\"
        };
        let bare = |piece: &&Piece| {
            let white = piece.old.source.trim().is_empty() && piece.new.source.trim().is_empty();
            let outside = layout(&piece.old.source) && layout(&piece.new.source);
            !shows(piece) && (stretch.change == Change::Same || white || whole.is_some() && outside)
        };
        let head = pieces.iter().take_while(bare).count();
        let tail = match head == pieces.len() {
            true => 0,
            false => pieces.iter().rev().take_while(bare).count(),
        };
        let (head, rest) = pieces.split_at(head);
        let (words, tail) = rest.split_at(rest.len() - tail);
        // In a line that stands at both moments the format marks are those of the second.
        let silent = whole.is_none() && stretch.change == Change::Deleted;
        let (head, tail) = if silent {
            (&head[..0], &tail[..0])
        } else {
            (head, tail)
        };
        plain(head, stretch.change, out)?;
        marked(act, &stretch, words, whole, out)?;
        plain(tail, stretch.change, out)?;
    }
    Ok(())
}

/// Tags, rules and emptied lines and rows that came or left show nothing; an empty mark stands at the
/// end of each line, and in the first cell of a row of HTML, which may share its line with others.
fn marked_markup(
    act: &Act,
    line: &Line,
    tag: &str,
    op: OpId,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sides = line
        .pieces
        .iter()
        .map(|piece| [&*piece.old.source, &*piece.new.source]);
    let source: String = sides.flatten().collect();
    let name = name(act, op);
    let mark = format!("<{tag} data-op=\"{name}\" data-mark=\"{tag}\"></{tag}>");
    let mut tags = tags::tags(&source, 0..source.len());
    let cell = tags.find(|tag| tag.closes).map(|tag| tag.range.start);
    if let (Kind::Row(_), Some(end)) = (&line.block.kind, cell) {
        return write!(out, "{}{mark}{}", &source[..end], &source[end..]);
    }
    for line in source.split_inclusive('\n') {
        let words = line.trim_end();
        let end = &line[words.len()..];
        match words.is_empty() {
            true => out.write_all(end.as_bytes())?,
            false => write!(out, "{words}{mark}{end}")?,
        }
    }
    Ok(())
}

/// Bytes that are shown to nobody. Format marks that only the old text has are left out.
fn plain(pieces: &[Piece], change: Change, out: &mut dyn Write) -> io::Result<()> {
    for piece in pieces {
        let side = match change {
            Change::Deleted => &piece.old,
            _ => &piece.new,
        };
        out.write_all(side.source.as_bytes())?;
    }
    Ok(())
}

fn marked(
    act: &Act,
    stretch: &Stretch,
    words: &[Piece],
    whole: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let old: String = words.iter().map(|it| &*it.old.source).collect();
    let new: String = words.iter().map(|it| &*it.new.source).collect();
    let border = words.first().is_some_and(|piece| piece.border);
    if stretch.change == Change::Same || border {
        let side = if new.is_empty() { old } else { new };
        return out.write_all(side.as_bytes());
    }
    let typo = match stretch.change {
        Change::Typographic => " class=\"typo\"",
        _ => "",
    };
    let mut tag = |tag: &str, op: Option<OpId>, words: &str| -> io::Result<()> {
        if words.is_empty() {
            return Ok(());
        }
        let op = op.map(|op| name(act, op)).unwrap_or_default();
        let whole = whole
            .map(|mark| format!(" data-mark=\"{mark}\""))
            .unwrap_or_default();
        write!(out, "<{tag}{typo} data-op=\"{op}\"{whole}>{words}</{tag}>")
    };
    tag("del", words.first().and_then(|it| it.struck), &old)?;
    tag("ins", words.first().and_then(|it| it.brought), &new)
}
