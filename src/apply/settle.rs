//! What is left of a line once words have left it and others have come.

use super::{layout, seam};
use crate::act::{Block, Kind};
use crate::parse::markdown;
use crate::text::{Lifespan, Moment, OpId, Role, Run};

/// Settles a line that operations of an act changed, in their order, each with whether its words
/// leave seams; `at` is the moment before the act. The line must say what it shows: it is false where
/// it did before, and does so no more.
pub fn settle(block: &mut Block, at: Moment, ops: &[(OpId, bool)]) -> bool {
    leave_without_words(block);
    let read = reads_back(block, at);
    let mut holds = true;
    for (op, seams) in ops {
        if *seams {
            seam::mend(block, *op);
        }
        if read && !reads_back(block, Moment(op.0)) {
            escape(block, *op);
            holds &= reads_back(block, Moment(op.0));
        }
    }
    holds
}

/// A line that lost all of its words leaves with the last of them. The cells of a row keep their
/// places, unless tabs alone part them, and tags of a table may stand around its caption.
fn leave_without_words(block: &mut Block) {
    if matches!(block.kind, Kind::Row(_)) && !is_tab_row(block) || block.is_html() {
        return;
    }
    let runs = block.text.0.iter();
    let words = runs.filter(|run| !run.shown().trim().is_empty());
    let ends: Option<Vec<OpId>> = words.map(|run| run.life.died()).collect();
    if let Some(last) = ends.and_then(|ends| ends.into_iter().max()) {
        block.life = block.life.until(last);
    }
}

/// Whether tabs alone part the cells of a row.
pub fn is_tab_row(block: &Block) -> bool {
    let tab = |run: &Run| run.is_border() && &*run.source == "\t";
    block.text.0.iter().any(tab)
}

/// Whether a line of Markdown says on its own what it shows in the act.
pub fn reads_back(block: &Block, at: Moment) -> bool {
    let source = block.runs(at).map(|run| run.source.as_str());
    let read = markdown::blocks(&source.collect::<String>().into());
    let [line] = &read[..] else {
        return read.is_empty();
    };
    let same_kind = std::mem::discriminant(&line.kind) == std::mem::discriminant(&block.kind);
    let (made, wanted) = (line.shown(Moment::BASE), block.shown(at));
    same_kind && made.split_whitespace().eq(wanted.split_whitespace())
}

/// Letters that became marks of the format get a back-slash.
fn escape(block: &mut Block, op: OpId) {
    let mut opens = true;
    let mut escaped = false;
    let mut runs = Vec::new();
    for run in std::mem::take(&mut block.text.0) {
        let alive = run.life.alive(Moment(op.0));
        if !alive || run.role != Role::Text {
            escaped = if alive { run.is_escape() } else { escaped };
            runs.push(run);
            continue;
        }
        let piece = |range, life| Run {
            source: run.source.part(range),
            role: Role::Text,
            life,
        };
        let come = Lifespan::from(op);
        let come = run.life.died().map_or(come, |died| come.until(died));
        let mut from = 0;
        for (at, letter) in run.source.char_indices() {
            let mark = layout::MARKDOWN.contains(&letter) || opens && letter.is_ascii_punctuation();
            opens &= letter.is_whitespace();
            if !mark || escaped && at == 0 {
                continue;
            }
            let mut back_slash = Run::new("\\", Role::Markup);
            back_slash.life = come;
            runs.push(piece(from..at, run.life));
            runs.push(piece(at..at + 1, run.life.until(op)));
            runs.push(back_slash);
            runs.push(piece(at..at + 1, come));
            from = at + 1;
        }
        runs.push(piece(from..run.source.len(), run.life));
        escaped = false;
    }
    runs.retain(|run| !run.source.is_empty());
    block.text.0 = runs;
}
