//! What the lines of an act look like beside one another, before the units are put together.

use std::collections::HashMap;
use std::ops::Range;

use super::line::{BARE, Line, Look, ends_sentence, heading, paragraph, remark_unit, shifted};
use super::stamp;
use crate::act::{Act, Block, Kind};
use crate::fold;
use crate::lang::{self, Language};
use crate::text::{Moment, Role};
use crate::unit::{Num, Unit};

/// The lines of an act at a moment that have a look, in reading order.
pub fn lines(act: &Act, at: Moment) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = Vec::with_capacity(act.blocks.len());
    // The mark that opened the fence in which the lines stand.
    let mut fence: Option<usize> = None;
    // Whether an article with its text stands outside a fence: what is fenced after it is text as well,
    // set as it was typed.
    let (mut article, mut began) = (false, false);
    let standing = |block: &Block| block.is_fence() && block.life.alive(at);
    let last_fence = act.blocks.iter().rposition(standing).unwrap_or(0);
    for (index, block) in act.blocks.iter().enumerate() {
        if !block.life.alive(at) {
            continue;
        }
        let shown = block.text.words(at);
        let words = shown.trim();
        let look = match &block.kind {
            Kind::Markup if block.is_fence() => {
                let opened = fence.take();
                match (lines.last_mut().map(|line| &mut line.look), opened) {
                    (Some(Look::Contents(blocks)), Some(_)) => blocks.end = index + 1,
                    (_, Some(_)) => {}
                    (_, None) => fence = Some(index),
                }
                continue;
            }
            Kind::Markup => {
                let sources: String = block.runs(at).map(|run| run.source.as_str()).collect();
                let sources = sources.to_ascii_lowercase();
                match sources.contains("<table") || sources.contains("</table") {
                    true => Look::TableEdge(sources.contains("<table")),
                    false => continue,
                }
            }
            Kind::Row(_) => Look::Row,
            _ if words.is_empty() => continue,
            Kind::Fenced if began && index < last_fence => {
                match (paragraph(words, false, act.language), lines.last()) {
                    (Look::Text, Some(line)) if goes_on(line, act) => Look::Wrapped,
                    (look, _) => look,
                }
            }
            Kind::Fenced => {
                let above = lines.last().map_or(0, |line| line.block);
                let mark = fence.filter(|mark| lines.is_empty() || *mark > above);
                Look::Contents(mark.unwrap_or(index)..index + 1)
            }
            Kind::Quote => match act.language.is_remark(words) {
                true => Look::Remark(remark_unit(words, act.language)),
                false => Look::Text,
            },
            Kind::Heading(level) => heading(words, *level, act.language),
            Kind::Paragraph => {
                let emphasised = block
                    .runs(at)
                    .find(|run| !run.source.trim().is_empty())
                    .is_some_and(|run| {
                        run.role == Role::Markup && run.source.trim().starts_with(['*', '_'])
                    });
                paragraph(words, emphasised, act.language)
            }
        };
        article |= matches!(&look, Look::Unit(label, _) if label.unit == Unit::Article);
        let text = matches!(look, Look::Text | Look::Paragraph(_) | Look::Point(_));
        began |= article && text && block.kind != Kind::Fenced;
        let lead = shown.len() - shown.trim_start().len();
        let look = shifted(look, lead);
        let end = block.runs(at).next_back().map_or("", |run| &run.source);
        let gap = end.rsplit(|letter: char| !letter.is_whitespace()).next();
        let last = words.chars().next_back();
        let ended = ends_sentence(words);
        lines.push(Line {
            block: index,
            shown,
            look,
            last,
            ended,
            gap: gap.is_some_and(|gap| gap.matches('\n').count() > 1),
        });
    }
    requisites(&mut lines);
    quotations(&mut lines);
    tails(&mut lines);
    stamp::stamps(&mut lines, act);
    bare_headings(&mut lines);
    signatures(&mut lines);
    lines
}

/// Whether a line of a fence breaks off in the middle of a paragraph.
fn goes_on(line: &Line, act: &Act) -> bool {
    let text = matches!(
        line.look,
        Look::Text | Look::Paragraph(_) | Look::Point(_) | Look::Wrapped
    );
    let ended = matches!(line.last, Some('.' | ';' | ':' | '!' | '?'));
    text && act.blocks[line.block].kind == Kind::Fenced && !ended
}

/// The form, date and number of the act stand before its first numbered unit; below it such a line
/// speaks of another act.
fn requisites(lines: &mut [Line]) {
    let numbered = |line: &Line| {
        matches!(
            line.look,
            Look::Unit(..) | Look::Paragraph(_) | Look::Point(_)
        )
    };
    let first = lines.iter().position(numbered).unwrap_or(lines.len());
    for line in &mut lines[first..] {
        if matches!(line.look, Look::Requisite) {
            line.look = Look::Text;
        }
    }
}

/// The new wording that a clause quotes is text of the clause: an amending act may itself be
/// amended (Law on legal acts, art. 26(3)), and the units that it quotes are not its own.
fn quotations(lines: &mut [Line]) {
    let mut from = 1;
    while from < lines.len() {
        let clause = lines[from - 1].last == Some(':');
        if !(clause && opens_quotation(&lines[from].shown)) {
            from += 1;
            continue;
        }
        let marked = |line: &Line| matches!(line.look, Look::Unit(_, level) | Look::Heading(_, level) if level > 0);
        let reach = lines[from..]
            .iter()
            .take_while(|line| !marked(line))
            .count();
        let mut end = lines[from..from + reach]
            .iter()
            .position(|line| closes_quotation(&line.shown))
            .unwrap_or(0);
        // «180-9. … «Дулати». / 180-10. … университеті».»: the marks of names close too.
        while let Some(pair) = lines.get(from + end..from + end + 2)
            && closes_quotation(&pair[1].shown)
            && quoted_number(&pair[0]) < quoted_number(&pair[1])
            && quoted_number(&pair[0]).is_some()
        {
            end += 1;
        }
        for line in &mut lines[from..=from + end] {
            if !matches!(line.look, Look::Row | Look::TableEdge(_)) {
                line.look = Look::Text;
            }
        }
        from += end + 1;
    }
}

const OPENING: [char; 4] = ['"', '«', '“', '„'];
const CLOSING: [char; 3] = ['"', '»', '”'];

/// The number of an item, with or without a quotation mark before it.
fn quoted_number(line: &Line) -> Option<Num> {
    lang::item_label(line.shown.trim_start().trim_start_matches(OPENING))?.num
}

fn opens_quotation(words: &str) -> bool {
    let words = words.trim_start();
    let count = |marks: &[char]| {
        words
            .chars()
            .filter(|letter| marks.contains(letter))
            .count()
    };
    words.starts_with(OPENING)
        && (count(&['"']) % 2 == 1 || count(&['«', '“', '„']) != count(&['»', '”']))
}

fn closes_quotation(words: &str) -> bool {
    words
        .trim_end()
        .trim_end_matches([';', '.'])
        .ends_with(CLOSING)
}

/// A remark or a note whose first line is but its name takes the lines after it.
fn tails(lines: &mut [Line]) {
    for index in 1..lines.len() {
        let (before, after) = lines.split_at_mut(index);
        let (before, line) = (&before[index - 1], &mut after[0]);
        if !matches!(line.look, Look::Text) {
            continue;
        }
        let named = matches!(before.last, Some(':' | '!'));
        match &before.look {
            Look::Remark(unit) if named || before.shown.is_empty() => {
                line.look = Look::Remark(*unit)
            }
            Look::Note if named => line.look = Look::NoteText,
            _ => {}
        }
    }
}

/// The signature stands at the end of the act: no numbered unit comes after it, only annexes do.
/// It runs from the first line that names an office or a person to the last short line.
fn signatures(lines: &mut [Line]) {
    let mut end = true;
    let mut run: Vec<usize> = Vec::new();
    for index in (0..lines.len()).rev() {
        let line = &lines[index];
        let short = !line.ended && line.shown.len() < 240;
        match &line.look {
            Look::Remark(_) | Look::TableEdge(_) => continue,
            Look::Stamp(..) => end = true,
            Look::Heading(_, level) if *level < BARE => end = true,
            Look::Signature if end => {
                run.push(index);
                continue;
            }
            Look::Text | Look::Heading(None, _) if end && short => {
                run.push(index);
                continue;
            }
            Look::Signature => {
                lines[index].look = Look::Text;
                continue;
            }
            Look::Unit(..) | Look::Paragraph(_) | Look::Point(_) | Look::Row => end = false,
            _ => {}
        }
        sign(lines, &mut run);
    }
    sign(lines, &mut run);
}

fn sign(lines: &mut [Line], run: &mut Vec<usize>) {
    let signature = |index: &usize| matches!(lines[*index].look, Look::Signature);
    if let Some(first) = run.iter().rposition(signature) {
        for index in &run[..=first] {
            lines[*index].look = Look::Signature;
        }
    }
    run.clear();
}

/// Headings of plain text: a numbered line without a final mark whose neighbours do not count on
/// from it, and a line without a final mark right over a numbered paragraph that is not the first.
fn bare_headings(lines: &mut [Line]) {
    let number = |line: &Line| match &line.look {
        Look::Paragraph(label) => label.num.clone(),
        _ => None,
    };
    let follows = |first: &Num, second: &Num| match (first.count(), second.count()) {
        (Some(first), Some(second)) => second == first + 1,
        _ => false,
    };
    for index in 0..lines.len() {
        if lines[index].ended || lines[index].shown.len() > 400 {
            continue;
        }
        let before = index.checked_sub(1).and_then(|at| number(&lines[at]));
        let after = lines.get(index + 1).and_then(number);
        let look = match &lines[index].look {
            Look::Paragraph(label) => {
                let Some(num) = &label.num else { continue };
                let counted = before.is_some_and(|it| follows(&it, num))
                    || after.as_ref().is_some_and(|it| follows(num, it));
                let alone = index + 1 == lines.len() || label.rest >= lines[index].shown.len();
                let dotted = num.0.contains('.');
                if counted && !dotted || alone || after.is_none() && !dotted {
                    continue;
                }
                let level = BARE + 1 + num.0.matches('.').count() as u8;
                Look::Heading(Some(label.clone()), level)
            }
            Look::Text
                if before.is_some()
                    && after.is_some()
                    && !lines[index].shown.trim_start().starts_with(OPENING) =>
            {
                Look::Heading(None, BARE)
            }
            _ => continue,
        };
        lines[index].look = look;
    }
}

/// Marks the title: the first heading, or the first lines up to an empty one; gives its first line.
pub fn mark_title(lines: &mut [Line], language: &Language) -> usize {
    let heading = |line: &Line| match &line.look {
        Look::Heading(None, level) => *level < BARE && !language.is_contents(&line.shown),
        _ => false,
    };
    if let Some(first) = lines.iter().position(heading) {
        lines[first].look = Look::Title;
        return first;
    }
    let first = lines
        .iter()
        .position(|line| !matches!(line.look, Look::Requisite))
        .unwrap_or(0);
    for index in first..lines.len() {
        let line = &lines[index];
        let begun = index > first;
        let apart = begun && lines[index - 1].gap;
        let words =
            matches!(line.look, Look::Text) || begun && matches!(line.look, Look::Requisite);
        if apart || !words || matches!(line.last, Some('.' | ':')) {
            break;
        }
        lines[index].look = Look::Title;
    }
    first
}

/// Marks the lines of contents lists: unit lines before the title, lines after the word for
/// contents, and runs of unit lines that come again below.
pub fn mark_contents(lines: &mut [Line], first: usize, language: &Language) {
    for line in &mut lines[..first] {
        if matches!(
            line.look,
            Look::Unit(..) | Look::Heading(..) | Look::Text | Look::Paragraph(_)
        ) {
            line.look = Look::Contents(line.block..line.block + 1);
        }
    }
    let titled = lines.iter().any(|line| language.is_contents(&line.shown));
    let keys: Vec<Option<String>> = lines.iter().map(|line| entry_key(line, titled)).collect();
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (index, key) in keys.iter().enumerate() {
        if let Some(key) = key {
            last.insert(key, index);
        }
    }
    let document = |line: &Line| match &line.look {
        Look::Stamp(..) => true,
        Look::Heading(None, level) => *level < BARE && language.is_document(&line.shown),
        _ => false,
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut index = first;
    while index < lines.len() {
        let titled = titled && language.is_contents(&lines[index].shown);
        let start = index + usize::from(titled);
        let entry = |at: &usize| {
            let listed = titled || matches!(lines[*at].look, Look::Unit(..));
            let key = keys[*at].as_deref().filter(|_| listed);
            key.is_some_and(|key| last.get(key).is_some_and(|last| last > at))
        };
        let longest = (start..lines.len()).take_while(entry).count();
        if longest < 2 && !(titled && longest > 0) {
            index = start + longest.max(1 - usize::from(titled));
            continue;
        }
        let end = start + longest;
        let reach = lines[end..].iter().position(document);
        let below = &keys[end..reach.map_or(lines.len(), |reach| end + reach)];
        let mut below = below.iter();
        let again = (start..end)
            .take_while(|at| below.any(|key| *key == keys[*at]))
            .count();
        if again == longest {
            found.push(index..end);
        }
        index = end;
    }
    for at in found.into_iter().flatten() {
        let line = &mut lines[at];
        if !matches!(line.look, Look::Contents(_)) {
            line.look = Look::Contents(line.block..line.block + 1);
        }
    }
}

/// The words by which an entry of a contents list comes again below.
fn entry_key(line: &Line, titled: bool) -> Option<String> {
    let unit = match line.look {
        Look::Unit(..) => true,
        Look::Heading(..) | Look::Paragraph(_) => titled,
        _ => false,
    };
    (unit && line.shown.len() < 2000).then(|| fold::small_key(&line.shown))
}

/// Whether the act sets a full stop after the headings of its articles: it has several with text
/// below them, and all end with one. Elsewhere an article line that ends with one is text.
pub fn dotted_headings(lines: &[Line]) -> bool {
    let headings = lines.windows(2).filter(|pair| {
        let article = matches!(&pair[0].look, Look::Unit(label, _) if label.unit == Unit::Article);
        let below = &pair[1].look;
        article && matches!(below, Look::Text | Look::Paragraph(_) | Look::Point(_))
    });
    let dots: Vec<bool> = headings.map(|pair| pair[0].last == Some('.')).collect();
    dots.len() > 1 && dots.into_iter().all(|dot| dot)
}
