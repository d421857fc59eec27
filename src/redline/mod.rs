//! An act between two moments: every line that stands in it at either, and what became of it.
//!
//! Nothing is compared here. What left and what came is read off the lifespans; only a unit that
//! an act restates whole is refined into word marks, as a view ([`crate::refine`]).

mod cursor;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::iter::Peekable;

use crate::act::{Act, Block, Kind};
use crate::lang;
use crate::parse::tags;
use crate::refine::{self, Change, Pair};
use crate::text::{Lifespan, Moment, OpId, Role, Run};
use cursor::Cursor;

/// An act between two moments. From a moment to itself it is the clean text.
#[derive(Clone, Copy)]
pub struct Redline<'a> {
    /// The act with its history.
    pub act: &'a Act,
    /// The text that the marks start from.
    pub from: Moment,
    /// The text that they lead to; not before `from`.
    pub to: Moment,
    /// Whether units restated whole are shown with word marks.
    pub refine: bool,
}

/// A line of a redline, made only where it is more than its block.
pub(crate) enum Passage<'a> {
    /// A block that stands at both moments as it is.
    Same(&'a Block),
    /// Any other line.
    Line(Line<'a>),
}

/// A line or a table row of a redline.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Its block; of two that were refined into one line, the new one.
    pub block: &'a Block,
    /// Whether it came or left as a whole.
    pub mark: Mark,
    /// Its pieces in reading order.
    pub pieces: Vec<Piece<'a>>,
}

/// Whether something came or left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It stands at both moments.
    None,
    /// It left, by an operation.
    Deleted(OpId),
    /// It came, by an operation.
    Inserted(OpId),
}

impl Mark {
    /// `ins` or `del`, and the operation; none where it stands at both moments.
    pub fn tag(self) -> Option<(&'static str, OpId)> {
        match self {
            Mark::None => None,
            Mark::Deleted(op) => Some(("del", op)),
            Mark::Inserted(op) => Some(("ins", op)),
        }
    }
}

/// A stretch of a line. Joining the old sides of all gives the line at the first moment, byte for
/// byte; joining the new sides the line at the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What became of it.
    pub change: Change,
    /// The operation that took the old side away.
    pub struck: Option<OpId>,
    /// The operation that brought the new side.
    pub brought: Option<OpId>,
    /// At the first moment.
    pub old: Side<'a>,
    /// At the second moment.
    pub new: Side<'a>,
    /// Whether it is the border between two cells.
    pub border: bool,
}

/// One side of a piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side<'a> {
    /// The bytes in the file.
    pub source: Cow<'a, str>,
    /// What a reader sees of them.
    pub shown: Cow<'a, str>,
}

impl<'a> Side<'a> {
    fn of(run: &'a Run) -> Side<'a> {
        Side {
            source: Cow::Borrowed(&run.source),
            shown: Cow::Borrowed(run.shown()),
        }
    }
}

impl<'a> Redline<'a> {
    /// The act at one moment.
    pub fn clean(act: &'a Act, at: Moment) -> Redline<'a> {
        Redline {
            act,
            from: at,
            to: at,
            refine: false,
        }
    }

    /// Whether it is a clean text.
    pub fn is_clean(&self) -> bool {
        self.from == self.to
    }

    /// Its lines in reading order, made as they are asked for.
    pub fn lines(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let redline = *self;
        self.passages().map(move |passage| redline.whole(passage))
    }

    /// A passage as a line.
    pub(crate) fn whole(&self, passage: Passage<'a>) -> Line<'a> {
        match passage {
            Passage::Same(block) => self.line(block),
            Passage::Line(line) => line,
        }
    }

    /// Its lines in reading order; those of most blocks need not be made to be written.
    pub(crate) fn passages(&self) -> impl Iterator<Item = Passage<'a>> + use<'a> {
        let redline = *self;
        let mut blocks = redline
            .act
            .blocks
            .iter()
            .filter(move |block| block.life.alive(redline.from) || block.life.alive(redline.to))
            .peekable();
        let mut ready: VecDeque<Line<'a>> = VecDeque::new();
        std::iter::from_fn(move || {
            if ready.is_empty() {
                if let Some(block) = blocks.next_if(|block| redline.is_same(block)) {
                    return Some(Passage::Same(block));
                }
                let old = redline.restated(&mut blocks, false);
                match old.is_empty() {
                    true => ready.extend(blocks.next().map(|block| redline.line(block))),
                    false => {
                        let new = redline.restated(&mut blocks, true);
                        redline.pair(&old, &new, &mut ready);
                    }
                }
            }
            ready.pop_front().map(Passage::Line)
        })
    }

    /// Whether a block stands at both moments as it is.
    fn is_same(&self, block: &Block) -> bool {
        let both = |life: Lifespan| life.alive(self.from) && life.alive(self.to);
        both(block.life) && block.text.0.iter().all(|run| both(run.life))
    }

    /// Takes the blocks that restating operations took away, or brought.
    fn restated(
        &self,
        blocks: &mut Peekable<impl Iterator<Item = &'a Block>>,
        new: bool,
    ) -> Vec<&'a Block> {
        let mut taken = Vec::new();
        while let Some(block) = blocks.next_if(|block| match self.mark(block) {
            Mark::Deleted(op) => !new && self.refine && self.restates(op),
            Mark::Inserted(op) => new && self.restates(op),
            Mark::None => false,
        }) {
            taken.push(block);
        }
        taken
    }

    fn restates(&self, op: OpId) -> bool {
        self.act.change(op).restates()
    }

    fn pair(&self, old: &[&'a Block], new: &[&'a Block], lines: &mut VecDeque<Line<'a>>) {
        fn texts<'t>(blocks: &[&'t Block], at: Moment) -> Vec<Cow<'t, str>> {
            blocks.iter().map(|block| block.text.words(at)).collect()
        }
        fn kinds<'t>(blocks: &[&Block], texts: &'t [Cow<str>]) -> Vec<(Answers, &'t str)> {
            let texts = texts.iter().map(|text| text.trim());
            blocks
                .iter()
                .map(|block| answers(block))
                .zip(texts)
                .collect()
        }
        let (old_texts, new_texts) = (texts(old, self.from), texts(new, self.to));
        for pair in pairs(&kinds(old, &old_texts), &kinds(new, &new_texts)) {
            match pair {
                Pair::Old(index) => lines.push_back(self.line(old[index])),
                Pair::New(index) => lines.push_back(self.line(new[index])),
                Pair::Both(before, after) => match self.refined(old[before], new[after]) {
                    Some(line) => lines.push_back(line),
                    None => {
                        lines.push_back(self.line(old[before]));
                        lines.push_back(self.line(new[after]));
                    }
                },
            }
        }
    }

    /// Two blocks as one line, where they are laid out alike.
    fn refined(&self, old: &'a Block, new: &'a Block) -> Option<Line<'a>> {
        let (Mark::Deleted(struck), Mark::Inserted(brought)) = (self.mark(old), self.mark(new))
        else {
            return None;
        };
        let alike = match (&old.kind, &new.kind) {
            (Kind::Row(a), Kind::Row(b)) => a.len() == b.len(),
            (a, b) => a == b,
        };
        let row = matches!(new.kind, Kind::Row(_));
        let (old_runs, new_runs) = (runs(old, self.from), runs(new, self.to));
        let (old_head, old_body, old_tail) = framed(&old_runs, row);
        let (new_head, new_body, new_tail) = framed(&new_runs, row);
        let source =
            |runs: &[&'a Run]| -> String { runs.iter().map(|it| it.source.as_str()).collect() };
        // A mark in Markdown holds words: blanks of an empty cell stand outside it.
        let closing = |tail| source(tail).trim_end().to_string();
        if !alike || source(old_head) != source(new_head) || closing(old_tail) != closing(new_tail)
        {
            return None;
        }
        let mut pieces: Vec<Piece> = old_head.iter().map(|run| same(run)).collect();
        pieces.extend(refined(old_body, new_body, struck, brought));
        if pieces
            .iter()
            .any(|it| it.border && it.old.source != it.new.source)
        {
            return None;
        }
        let tail = Piece {
            change: Change::Same,
            struck: None,
            brought: None,
            old: Side {
                source: Cow::Owned(source(old_tail)),
                shown: Cow::default(),
            },
            new: Side {
                source: Cow::Owned(source(new_tail)),
                shown: Cow::default(),
            },
            border: false,
        };
        pieces.push(tail);
        Some(Line {
            block: new,
            mark: Mark::None,
            pieces,
        })
    }

    /// Whether a block came or left as a whole.
    fn mark(&self, block: &Block) -> Mark {
        match (block.life.alive(self.from), block.life.alive(self.to)) {
            (true, false) => block.life.died().map_or(Mark::None, Mark::Deleted),
            (false, true) => block.life.born().map_or(Mark::None, Mark::Inserted),
            _ => Mark::None,
        }
    }

    fn line(&self, block: &'a Block) -> Line<'a> {
        let mark = self.mark(block);
        let mut pieces: Vec<Piece> = Vec::with_capacity(block.text.0.len());
        let mut old: Vec<&'a Run> = Vec::new();
        let mut new: Vec<&'a Run> = Vec::new();
        for run in &block.text.0 {
            let before = block.life.alive(self.from) && run.life.alive(self.from);
            let after = block.life.alive(self.to) && run.life.alive(self.to);
            let restated = |op: Option<OpId>| {
                self.refine && mark == Mark::None && op.is_some_and(|op| self.restates(op))
            };
            match (before, after) {
                (false, false) => continue,
                (true, false) if restated(run.life.died()) => {
                    if !new.is_empty() {
                        flush(&mut old, &mut new, &mut pieces);
                    }
                    old.push(run);
                    continue;
                }
                (false, true) if restated(run.life.born()) && !old.is_empty() => {
                    new.push(run);
                    continue;
                }
                _ => {}
            }
            flush(&mut old, &mut new, &mut pieces);
            pieces.push(match (before, after, mark) {
                (true, true, _) => same(run),
                (true, false, Mark::Deleted(op)) => gone(run, Some(op)),
                (true, false, _) => gone(run, run.life.died()),
                (_, _, Mark::Inserted(op)) => come(run, Some(op)),
                (_, _, _) => come(run, run.life.born()),
            });
        }
        flush(&mut old, &mut new, &mut pieces);
        Line {
            block,
            mark,
            pieces,
        }
    }
}

/// What blocks answer one another: rows of one format, or lines. A line among the rows of a table
/// that leaves would stand in that table.
type Answers = (bool, bool);

fn answers(block: &Block) -> Answers {
    (matches!(block.kind, Kind::Row(_)), block.is_html())
}

/// How old lines and new ones answer one another: those that bear the same number first, the others
/// by their words.
fn pairs(old: &[(Answers, &str)], new: &[(Answers, &str)]) -> Vec<Pair> {
    let mut list = Vec::new();
    let (mut i, mut j) = (0, 0);
    let mut fill = |list: &mut Vec<Pair>, a: usize, b: usize| {
        for pair in refine::paragraphs_of_kinds(&old[i..a], &new[j..b]) {
            list.push(match pair {
                Pair::Both(x, y) => Pair::Both(i + x, j + y),
                Pair::Old(x) => Pair::Old(i + x),
                Pair::New(y) => Pair::New(j + y),
            });
        }
        (i, j) = (a + 1, b + 1);
    };
    let mut next = 0;
    for (a, (kind, line)) in old.iter().enumerate() {
        let number = line_number(line);
        let found = new[next..]
            .iter()
            .position(|(other, it)| number.is_some() && kind == other && line_number(it) == number);
        if let Some(b) = found.map(|at| next + at) {
            fill(&mut list, a, b);
            list.push(Pair::Both(a, b));
            next = b + 1;
        }
    }
    fill(&mut list, old.len(), new.len());
    list
}

/// The number that a line or a row begins with.
fn line_number(line: &str) -> Option<String> {
    match line.split_once('\t') {
        Some((cell, _)) => lang::row_number(cell).map(|num| num.to_string()),
        None => lang::item_label(line).map(|label| line[label.range].to_string()),
    }
}

fn runs(block: &Block, at: Moment) -> Vec<&Run> {
    block.runs(at).collect()
}

/// The markup before the words, the words, and the line end after them, in a row with the markup
/// that closes it. Marks of emphasis after the words belong to them, an escape to the letter behind
/// it.
fn framed<'r, 's>(runs: &'s [&'r Run], row: bool) -> (&'s [&'r Run], &'s [&'r Run], &'s [&'r Run]) {
    let mark = |run: &&&Run| run.role == Role::Markup && !run.is_escape();
    let closes = |source: &str| source.starts_with('|') || row_end(source);
    let white = |run: &&&Run| {
        let source = run.source.trim();
        run.role == Role::Markup && (source.is_empty() || row && closes(source))
    };
    let head = runs.iter().take_while(mark).count();
    let (head, rest) = runs.split_at(head);
    let tail = rest.iter().rev().take_while(white).count();
    let (body, tail) = rest.split_at(rest.len() - tail);
    (head, body, tail)
}

/// Whether markup begins with a tag that closes a cell or a row.
fn row_end(source: &str) -> bool {
    let first = tags::tags(source, 0..source.len()).next();
    first.is_some_and(|tag| {
        tag.range.start == 0 && tag.closes && matches!(tag.name.as_str(), "td" | "th" | "tr")
    })
}

/// Runs taken away and runs brought by operations that restate → word marks; the markup around the
/// words is no word.
fn flush<'a>(old: &mut Vec<&'a Run>, new: &mut Vec<&'a Run>, pieces: &mut Vec<Piece<'a>>) {
    if old.is_empty() && new.is_empty() {
        return;
    }
    let (old_head, old_body, old_tail) = framed(old, false);
    let (new_head, new_body, new_tail) = framed(new, false);
    let struck = old_body.first().and_then(|run| run.life.died());
    let brought = new_body.first().and_then(|run| run.life.born());
    let left = |run: &&'a Run| gone(run, run.life.died());
    let came = |run: &&'a Run| come(run, run.life.born());
    if let (Some(struck), Some(brought)) = (struck, brought) {
        pieces.extend(old_head.iter().map(left));
        pieces.extend(new_head.iter().map(came));
        pieces.extend(refined(old_body, new_body, struck, brought));
        pieces.extend(old_tail.iter().map(left));
        pieces.extend(new_tail.iter().map(came));
    } else {
        pieces.extend(old.iter().map(left));
        pieces.extend(new.iter().map(came));
    }
    old.clear();
    new.clear();
}

fn refined<'a>(old: &[&'a Run], new: &[&'a Run], struck: OpId, brought: OpId) -> Vec<Piece<'a>> {
    let shown = |runs: &[&Run]| -> String { runs.iter().map(|run| run.shown()).collect() };
    let (old_text, new_text) = (shown(old), shown(new));
    let mut old = Cursor::new(old);
    let mut new = Cursor::new(new);
    // Borders between cells are pieces of their own, on both sides.
    let mut stretches: Vec<(Change, &str, &str)> = Vec::new();
    for segment in refine::words(&old_text, &new_text) {
        match segment.change {
            Change::Same => stretches.extend(cells(segment.old).map(|it| (Change::Same, it, it))),
            change => stretches.push((change, segment.old, segment.new)),
        }
    }
    let mut pieces = Vec::new();
    let count = stretches.len();
    for (index, (change, old_text, new_text)) in stretches.into_iter().enumerate() {
        let last = index + 1 == count;
        let border = old_text == "\t" && change == Change::Same;
        let mut sides = [
            old.take(old_text.len(), last),
            new.take(new_text.len(), last),
        ];
        if border {
            let blanks = old.blanks().min(new.blanks());
            old.take_blanks(blanks, &mut sides[0]);
            new.take_blanks(blanks, &mut sides[1]);
        }
        let [old, new] = sides;
        let change = match change {
            Change::Same if old.source != new.source && !border => Change::Typographic,
            change => change,
        };
        let marked = change != Change::Same;
        pieces.push(Piece {
            change,
            struck: (marked && !old.source.is_empty()).then_some(struck),
            brought: (marked && !new.source.is_empty()).then_some(brought),
            old,
            new,
            border,
        });
    }
    pieces
}

/// `a⇥b⇥` as `a`, `⇥`, `b`, `⇥`.
fn cells(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\t')
        .flat_map(|cell| {
            let words = cell.strip_suffix('\t').unwrap_or(cell);
            [words, &cell[words.len()..]]
        })
        .filter(|part| !part.is_empty())
}

fn same(run: &Run) -> Piece<'_> {
    piece(run, Change::Same, None, None)
}

fn gone(run: &Run, op: Option<OpId>) -> Piece<'_> {
    piece(run, Change::Deleted, op, None)
}

fn come(run: &Run, op: Option<OpId>) -> Piece<'_> {
    piece(run, Change::Inserted, None, op)
}

fn piece(run: &Run, change: Change, struck: Option<OpId>, brought: Option<OpId>) -> Piece<'_> {
    let side = Side::of(run);
    Piece {
        change,
        struck,
        brought,
        old: match change {
            Change::Inserted => Side::default(),
            _ => side.clone(),
        },
        new: match change {
            Change::Deleted => Side::default(),
            _ => side,
        },
        border: run.is_border(),
    }
}
