//! What a reader is told about operations: where each lands, what it does, what was refused.

mod read;

use schemars::JsonSchema;
use serde::Serialize;

pub use self::read::{Read, explained, read};
use crate::act::Act;
use crate::apply::{Fate, Report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::Wording;
use crate::operation::{Action, Amendment, Operation, Position};
use crate::render::diagnostic::{Sources, line_of};
use crate::render::{Clause, act_name, name, visible};
use crate::text::{Moment, OpId};

/// One operation of a check.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Check {
    /// Its number in its act.
    pub n: usize,
    /// The instruction that it comes from.
    pub instruction: usize,
    /// Its act, by its place on the command line, from 1.
    pub amendment: usize,
    /// What it does.
    pub action: &'static str,
    /// Its address, as cited.
    pub at: String,
    /// `applied`, `refused`, `later` (in force after the day asked for) or `elsewhere` (another act).
    pub fate: &'static str,
    /// The canonical address of the place found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The first words of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// What will happen there.
    pub effect: String,
    /// When it enters into force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force: Option<String>,
    /// What is to be said about it.
    pub diagnostics: Vec<Complaint>,
}

/// What `check` says.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Checks {
    /// An entry for each operation, in the order of the acts.
    pub operations: Vec<Check>,
}

/// A diagnostic as data.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Complaint {
    /// Its stable name.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The line of its clause, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What would have worked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// A diagnostic as data, with the line of its first place.
pub fn complaint(diagnostic: &Diagnostic, sources: &Sources) -> Complaint {
    let line = diagnostic.at.first().and_then(|span| {
        let (_, text) = sources.get(span.source)?;
        Some(line_of(text, span.bytes.start))
    });
    Complaint {
        code: diagnostic.code.name(),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        line,
        message: diagnostic.message.clone(),
        help: Some(diagnostic.help.clone()).filter(|help| !help.is_empty()),
    }
}

/// What `check` says, an entry for each operation.
pub fn checks(amendments: &[Amendment], reports: &[Report], sources: &Sources) -> Vec<Check> {
    let entry = |report: &Report| {
        let operation = report.operation_in(amendments);
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Check {
            n: operation.n,
            instruction: operation.instruction,
            amendment: report.amendment + 1,
            action: operation.action.name(),
            at: operation.at.to_string(),
            fate: match report.fate {
                Fate::Applied => "applied",
                Fate::Refused => "refused",
                Fate::Later => "later",
                Fate::Elsewhere => "elsewhere",
            },
            place: some(&report.address),
            words: some(&report.words),
            effect: effect(operation, report),
            in_force: report.force.map(|date| date.to_string()),
            diagnostics: report
                .diagnostics
                .iter()
                .map(|diagnostic| complaint(diagnostic, sources))
                .collect(),
        }
    };
    reports.iter().map(entry).collect()
}

impl Check {
    /// The entry as lines for a reader, diagnostics left out.
    pub fn text(&self) -> String {
        let mut text = format!("{}. {} {}\n", self.n, self.action, self.at);
        match (&self.place, &self.words) {
            (Some(place), Some(words)) => {
                text.push_str(&format!("   found: {place} «{words} …»\n"))
            }
            (Some(place), None) => text.push_str(&format!("   found: {place}\n")),
            (None, _) => {}
        }
        let date = match &self.in_force {
            Some(date) => format!(", in force {date}"),
            None => String::new(),
        };
        text.push_str(&format!("   {}: {}{date}\n", self.fate, self.effect));
        visible(&text)
    }
}

/// What happens to the place, in words.
fn effect(operation: &Operation, report: &Report) -> String {
    match report.fate {
        Fate::Refused => return "nothing is changed".to_string(),
        Fate::Later => return "not yet in force on that day".to_string(),
        Fate::Elsewhere => return "it amends another act".to_string(),
        Fate::Applied => {}
    }
    let times = |words: String| match report.places {
        0 => "the words are not there; nothing is changed".to_string(),
        1 => words,
        count => format!("{words}, {count} times"),
    };
    let paragraphs = |text: &[String]| match text {
        [one] if one.contains('\t') => "1 row".to_string(),
        [_] => "1 paragraph".to_string(),
        rows if rows.iter().all(|row| row.contains('\t')) => format!("{} rows", rows.len()),
        many => format!("{} paragraphs", many.len()),
    };
    let behind = behind(operation);
    match &operation.action {
        Action::Replace(text) => format!("it is restated in {}", paragraphs(text)),
        Action::Insert(Some(Position::Before), text) => {
            format!("{} come before it", paragraphs(text))
        }
        Action::Insert(_, text) => {
            let (_, last) = operation.at.split();
            let unit = last.map(ToString::to_string).unwrap_or_default();
            format!("it gets {unit} in {}", paragraphs(text))
        }
        Action::Delete => "it is struck".to_string(),
        Action::Repeal => "it is repealed".to_string(),
        Action::Renumber(num) => format!("its number becomes {num}"),
        Action::ReplaceWords { old, new, .. } => times(format!("«{old}»{behind} becomes «{new}»")),
        Action::DeleteWords { old, .. } => times(format!("«{old}»{behind} is struck")),
        Action::InsertWords {
            position: Position::End,
            new,
            ..
        } => times(format!("«{new}» comes at its end")),
        Action::InsertWords {
            position,
            anchor,
            new,
            ..
        } => {
            let side = match position {
                Position::Before => "before",
                Position::After | Position::End => "after",
            };
            times(format!("«{new}» comes {side} «{anchor}»"))
        }
    }
}

/// The operations between two moments, for the list beside a text.
pub fn clauses(
    act: &Act,
    amendments: &[Amendment],
    reports: &[Report],
    from: Moment,
    to: Moment,
) -> Vec<Clause> {
    let mut shown: Vec<(OpId, &Report)> = reports
        .iter()
        .filter(|report| report.fate == Fate::Applied)
        .filter_map(|report| Some((report.op?, report)))
        .filter(|(op, _)| op.0 > from.0 && op.0 <= to.0)
        .collect();
    shown.sort_by_key(|(op, _)| *op);
    shown
        .into_iter()
        .map(|(op, report)| {
            let amendment = &amendments[report.amendment];
            let operation = report.operation_in(amendments);
            Clause {
                op,
                name: name(act, op),
                act: act_name(&amendment.head),
                cited: operation.at.to_string(),
                address: report.address.clone(),
                action: operation.action.name(),
                words: clause_words(amendment, operation),
                lines: operation.lines,
                force: report.force.map(|date| date.to_string()),
            }
        })
        .collect()
}

/// The words of a clause as published; those of the operation where they are not at hand.
fn clause_words(amendment: &Amendment, operation: &Operation) -> Vec<String> {
    let published = amendment.clause(operation);
    match published.is_empty() {
        true => own_words(operation),
        false => published,
    }
}

/// Behind which words those stand that an operation changes.
pub fn behind(operation: &Operation) -> String {
    let after = operation.after.as_ref();
    after.map_or(String::new(), |words| format!(" behind «{words}»"))
}

fn own_words(operation: &Operation) -> Vec<String> {
    let behind = behind(operation);
    match &operation.action {
        Action::Replace(text) | Action::Insert(_, text) => text.clone(),
        Action::Delete | Action::Repeal => Vec::new(),
        Action::Renumber(num) => vec![num.to_string()],
        Action::ReplaceWords { old, new, .. } => vec![format!("«{old}»{behind} → «{new}»")],
        Action::DeleteWords { old, .. } => vec![format!("«{old}»{behind}")],
        Action::InsertWords { anchor, new, .. } => vec![format!("«{anchor}» + «{new}»")],
    }
}

/// One wording of a history.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Version {
    /// From when; absent for the base, and where the date is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Its paragraphs; none where the provision does not stand in the act.
    pub text: Vec<String>,
    /// The operations that made it.
    pub by: Vec<Maker>,
}

/// What `history` says.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Versions {
    /// The address, as asked for.
    pub at: String,
    /// The wordings, the first one first.
    pub versions: Vec<Version>,
}

/// An operation that made a wording.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Maker {
    /// Its act.
    pub act: String,
    /// Its number there.
    pub n: usize,
    /// What it did.
    pub action: &'static str,
    /// Its address, as cited.
    pub at: String,
    /// The words of its clause.
    pub words: Vec<String>,
}

/// A history as data.
pub fn versions(act: &Act, amendments: &[Amendment], wordings: &[Wording]) -> Vec<Version> {
    let maker = |op: &OpId| {
        let change = act.change(*op);
        let amendment = &amendments[change.amendment];
        Maker {
            act: act_name(&amendment.head),
            n: change.operation.n,
            action: change.operation.action.name(),
            at: change.operation.at.to_string(),
            words: clause_words(amendment, &change.operation),
        }
    };
    wordings
        .iter()
        .map(|wording| Version {
            since: wording.since.map(|date| date.to_string()),
            text: wording.text.clone(),
            by: wording.ops.iter().map(maker).collect(),
        })
        .collect()
}

impl Version {
    /// The wording as lines for a reader.
    pub fn text(&self) -> String {
        let mut text = match (&self.since, self.by.is_empty()) {
            (Some(date), _) => format!("since {date}"),
            (None, true) => "as first published".to_string(),
            (None, false) => "since a day that is not known".to_string(),
        };
        for maker in &self.by {
            text.push_str(&format!(
                "\n  by {}, operation {}: {} {}",
                maker.act, maker.n, maker.action, maker.at
            ));
            if let Some(first) = maker.words.first() {
                text.push_str(&format!("\n  «{first}»"));
            }
        }
        text.push_str("\n\n");
        if self.text.is_empty() {
            text.push_str("  (it does not stand in the act)\n");
        }
        for paragraph in &self.text {
            text.push_str(&format!("  {}\n", paragraph.replace('\n', "\n  ")));
        }
        visible(&text)
    }
}
