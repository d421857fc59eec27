//! Operations as people write them in TOML, and as programs read them in JSON.

use std::fmt::Write;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::{Action, Amendment, Force, Head, Operation, Position, Target};
use crate::address::Address;
use crate::diagnostic::{Code, Diagnostic};
use crate::unit::Num;

/// Reads a file of operations. The error's position is a byte range of `toml`.
pub fn parse(toml: &str) -> Result<Amendment, Diagnostic> {
    let file: File = toml::from_str(toml).map_err(|error| {
        Diagnostic::error(Code::BadOperations, error.message()).at_amendment(error.span(), toml)
    })?;
    let mut operations = Vec::with_capacity(file.operation.len());
    for (index, form) in file.operation.into_iter().enumerate() {
        let span = form.span();
        let operation = form
            .into_inner()
            .operation(index + 1)
            .map_err(|diagnostic| match diagnostic.at.is_empty() {
                true => diagnostic.at_amendment(Some(span), toml),
                false => diagnostic,
            })?;
        let known = file.target.len().max(1);
        if operation.act > known {
            return Err(Diagnostic::error(
                Code::IncompleteOperation,
                format!(
                    "operation {} amends act {}, but the file names {}",
                    operation.n,
                    operation.act,
                    match file.target.len() {
                        0 => "no [[target]]".to_string(),
                        count => format!("{count} [[target]]"),
                    }
                ),
            )
            .at_amendment(Some(operation.source), toml));
        }
        operations.push(operation);
    }
    Ok(Amendment {
        head: file.act,
        targets: file.target,
        operations,
        published: None,
    })
}

/// The JSON Schema of a file of operations.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(File)
}

impl Diagnostic {
    /// Points into the file being read, whatever its place among the inputs; the caller that knows
    /// the place sets it.
    fn at_amendment(self, bytes: Option<Range<usize>>, toml: &str) -> Diagnostic {
        let bytes = bytes.unwrap_or(toml.len()..toml.len());
        self.at(crate::diagnostic::Source::Amendment(0), bytes)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Operations", rename = "Operations")]
struct File {
    /// The amending act.
    #[serde(default)]
    act: Head,
    /// The acts that it amends.
    #[serde(default)]
    target: Vec<Target>,
    /// What it orders.
    #[serde(default)]
    #[schemars(with = "Vec<Form>")]
    operation: Vec<Spanned<Form>>,
}

/// An operation as people write it. Which fields it may have depends on its action.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Operation")]
pub struct Form {
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instruction: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    act: Option<usize>,
    #[schemars(with = "String")]
    #[serde(serialize_with = "address")]
    at: Spanned<String>,
    action: Verb,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Paragraphs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expect: Option<String>,
    /// The words directly behind which `old` stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    /// The places inside the target that stay as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Vec<String>>")]
    except: Option<Vec<Spanned<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_force: Option<Force>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Verb {
    Replace,
    Insert,
    Delete,
    Repeal,
    Renumber,
    ReplaceWords,
    InsertWords,
    DeleteWords,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Paragraphs {
    /// Paragraphs parted by an empty line; rows one a line, with tabs between cells.
    One(String),
    /// A list of them.
    Many(Vec<String>),
}

impl Paragraphs {
    fn list(self) -> Vec<String> {
        let text = match self {
            // A line feed parts paragraphs; in a row it parts the lines of a cell.
            Paragraphs::Many(list) => {
                return list
                    .iter()
                    .flat_map(|item| match item.contains('\t') {
                        true => vec![item.clone()],
                        false => item.lines().map(|line| line.trim().to_string()).collect(),
                    })
                    .filter(|item| !item.is_empty())
                    .collect();
            }
            Paragraphs::One(text) => text,
        };
        let mut list: Vec<String> = Vec::new();
        let mut open = false;
        for line in text.lines() {
            if line.trim().is_empty() {
                open = false;
            } else if line.contains('\t') {
                list.push(line.trim_end().to_string());
                open = false;
            } else if let (true, Some(last)) = (open, list.last_mut()) {
                last.push(' ');
                last.push_str(line.trim());
            } else {
                list.push(line.trim().to_string());
                open = true;
            }
        }
        list
    }
}

impl Form {
    fn operation(self, order: usize) -> Result<Operation, Diagnostic> {
        let n = self.n.unwrap_or(order);
        let at_span = self.at.span();
        let read = match self.action == Verb::Insert && self.position.is_none() {
            true => Address::parse_new,
            false => Address::parse,
        };
        let at = read(self.at.get_ref()).map_err(|message| {
            Diagnostic::error(Code::BadOperations, message)
                .at(crate::diagnostic::Source::Amendment(0), at_span.clone())
        })?;
        let has = [
            ("old", self.old.is_some()),
            ("new", self.new.is_some()),
            ("position", self.position.is_some()),
            ("text", self.text.is_some()),
            ("count", self.count.is_some()),
            ("after", self.after.is_some()),
            ("except", self.except.is_some()),
        ];
        let (needs, allows): (&[&str], &[&str]) = match self.action {
            Verb::Replace => (&["text"], &[]),
            Verb::Insert => (&["text"], &["position"]),
            Verb::Delete | Verb::Repeal => (&[], &[]),
            Verb::Renumber => (&["new"], &[]),
            Verb::ReplaceWords => (&["old", "new"], &["count", "after", "except"]),
            Verb::InsertWords if self.position == Some(Position::End) => {
                (&["new", "position"], &["except"])
            }
            Verb::InsertWords => (&["old", "new", "position"], &["count", "except"]),
            Verb::DeleteWords => (&["old"], &["count", "after", "except"]),
        };
        for (field, present) in has {
            let problem = match (needs.contains(&field), allows.contains(&field), present) {
                (true, _, false) => "lacks",
                (false, false, true) => "can't have",
                _ => continue,
            };
            return Err(Diagnostic::error(
                Code::IncompleteOperation,
                format!("operation {n} ({}) {problem} `{field}`", self.action.name()),
            )
            .help(format!("it takes {}", list(needs, allows))));
        }
        let mut except = Vec::new();
        for spelt in self.except.iter().flatten() {
            let address = Address::parse(spelt.get_ref()).map_err(|message| {
                Diagnostic::error(Code::BadOperations, message)
                    .at(crate::diagnostic::Source::Amendment(0), spelt.span())
            })?;
            except.push(address);
        }
        let text = self.text.map(Paragraphs::list);
        let line =
            |words: Option<String>| words.unwrap_or_default().replace(['\n', '\r', '\t'], " ");
        let (old, new) = (line(self.old), line(self.new));
        let empty = match self.action {
            Verb::Replace | Verb::Insert => text.as_ref().is_none_or(Vec::is_empty),
            Verb::Renumber => new.trim().is_empty(),
            Verb::ReplaceWords | Verb::DeleteWords => old.trim().is_empty(),
            Verb::InsertWords => {
                new.trim().is_empty()
                    || self.position != Some(Position::End) && old.trim().is_empty()
            }
            Verb::Delete | Verb::Repeal => false,
        };
        if empty {
            return Err(Diagnostic::error(
                Code::IncompleteOperation,
                format!("operation {n} ({}) has no words", self.action.name()),
            ));
        }
        let text = text.unwrap_or_default();
        let count = self.count;
        let action = match self.action {
            Verb::Replace => Action::Replace(text),
            Verb::Insert => Action::Insert(self.position, text),
            Verb::Delete => Action::Delete,
            Verb::Repeal => Action::Repeal,
            Verb::Renumber => Action::Renumber(Num(new.trim_end_matches([')', '.']).into())),
            Verb::ReplaceWords => Action::ReplaceWords { old, new, count },
            Verb::InsertWords => Action::InsertWords {
                position: self.position.unwrap_or(Position::End),
                anchor: old,
                new,
                count,
            },
            Verb::DeleteWords => Action::DeleteWords { old, count },
        };
        Ok(Operation {
            n,
            instruction: self.instruction.unwrap_or(n),
            act: self.act.unwrap_or(1).max(1),
            at,
            action,
            expect: self.expect,
            after: self.after.filter(|words| !words.trim().is_empty()),
            except,
            lines: self.lines,
            in_force: self.in_force,
            source: at_span,
        })
    }
}

impl Verb {
    pub(super) fn name(self) -> &'static str {
        match self {
            Verb::Replace => "replace",
            Verb::Insert => "insert",
            Verb::Delete => "delete",
            Verb::Repeal => "repeal",
            Verb::Renumber => "renumber",
            Verb::ReplaceWords => "replace-words",
            Verb::InsertWords => "insert-words",
            Verb::DeleteWords => "delete-words",
        }
    }
}

fn list(needs: &[&str], allows: &[&str]) -> String {
    let mut words: Vec<String> = needs.iter().map(|field| format!("`{field}`")).collect();
    words.extend(allows.iter().map(|field| format!("`{field}` (optional)")));
    match words.is_empty() {
        true => "only `at`".to_string(),
        false => format!("`at`, {}", words.join(", ")),
    }
}

/// An address as data: where a step has a number and words, the number alone.
fn address<S: serde::Serializer>(at: &Spanned<String>, output: S) -> Result<S::Ok, S::Error> {
    output.serialize_str(at.get_ref())
}

impl Form {
    /// An operation as data. In JSON the steps of its address that have a number have no words.
    pub fn of(operation: &Operation) -> Form {
        let spelt = |address: &Address| Spanned::new(operation.source.clone(), address.numbers());
        let mut form = Form {
            n: Some(operation.n),
            instruction: Some(operation.instruction),
            act: Some(operation.act),
            at: spelt(&operation.at),
            action: operation.action.verb(),
            old: None,
            new: None,
            position: None,
            text: None,
            count: None,
            expect: operation.expect.clone(),
            after: operation.after.clone(),
            except: Some(operation.except.iter().map(spelt).collect())
                .filter(|list: &Vec<Spanned<String>>| !list.is_empty()),
            lines: operation.lines,
            in_force: operation.in_force,
        };
        match &operation.action {
            Action::Replace(text) => form.text = Some(Paragraphs::Many(text.clone())),
            Action::Insert(position, text) => {
                form.position = *position;
                form.text = Some(Paragraphs::Many(text.clone()));
            }
            Action::Delete | Action::Repeal => {}
            Action::Renumber(num) => form.new = Some(num.to_string()),
            Action::ReplaceWords { old, new, count } => {
                form.old = Some(old.clone());
                form.new = Some(new.clone());
                form.count = *count;
            }
            Action::InsertWords {
                position,
                anchor,
                new,
                count,
            } => {
                form.old = Some(anchor.clone()).filter(|anchor| !anchor.is_empty());
                form.new = Some(new.clone());
                form.position = Some(*position);
                form.count = *count;
            }
            Action::DeleteWords { old, count } => {
                form.old = Some(old.clone());
                form.count = *count;
            }
        }
        form
    }
}

/// Writes an amending act as a file of operations: what [`parse`] reads.
pub fn print(amendment: &Amendment) -> String {
    let mut toml = String::new();
    let head = &amendment.head;
    toml.push_str("[act]\n");
    fields(
        &mut toml,
        &[
            ("kind", head.kind.as_deref().map(quoted)),
            ("number", head.number.as_deref().map(quoted)),
            ("date", head.date.map(|date| date.to_string())),
            ("language", head.language.as_deref().map(quoted)),
            ("title", head.title.as_deref().map(quoted)),
            ("in_force", head.in_force.map(force)),
        ],
    );
    for target in &amendment.targets {
        toml.push_str("\n[[target]]\n");
        fields(
            &mut toml,
            &[
                ("kind", target.kind.as_deref().map(quoted)),
                ("organ", target.organ.as_deref().map(quoted)),
                ("number", target.number.as_deref().map(quoted)),
                ("date", target.date.map(|date| date.to_string())),
                ("title", target.title.as_deref().map(quoted)),
            ],
        );
    }
    for operation in &amendment.operations {
        toml.push_str("\n[[operation]]\n");
        let form = Form::of(operation);
        let number = |number: usize| number.to_string();
        let except: Vec<String> = operation
            .except
            .iter()
            .map(|address| quoted(&address.to_string()))
            .collect();
        fields(
            &mut toml,
            &[
                ("n", form.n.map(number)),
                ("instruction", form.instruction.map(number)),
                (
                    "act",
                    form.act.filter(|_| amendment.targets.len() > 1).map(number),
                ),
                ("at", Some(quoted(&operation.at.to_string()))),
                ("action", Some(quoted(form.action.name()))),
                (
                    "position",
                    form.position.map(|position| quoted(position.name())),
                ),
                ("old", form.old.as_deref().map(quoted)),
                ("new", form.new.as_deref().map(quoted)),
                ("count", form.count.map(number)),
                ("expect", form.expect.as_deref().map(quoted)),
                ("after", form.after.as_deref().map(quoted)),
                (
                    "except",
                    (!except.is_empty()).then(|| format!("[{}]", except.join(", "))),
                ),
                (
                    "lines",
                    form.lines.map(|[first, last]| format!("[{first}, {last}]")),
                ),
                ("in_force", form.in_force.map(force)),
                ("text", form.text.map(|text| text.quoted())),
            ],
        );
    }
    toml
}

fn fields(toml: &mut String, fields: &[(&str, Option<String>)]) {
    for (name, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(toml, "{name} = {value}");
        }
    }
}

/// A string of TOML: between apostrophes where that needs no escapes.
fn quoted(text: &str) -> String {
    let plain = |letter: char| letter != '\'' && !letter.is_control();
    match text.chars().all(plain) {
        true => format!("'{text}'"),
        false => toml::Value::String(text.to_string()).to_string(),
    }
}

fn force(force: Force) -> String {
    match force {
        Force::Signing => quoted("signing"),
        Force::Publication => quoted("publication"),
        Force::AfterPublication(days) => format!("{{ after_publication = {days} }}"),
        Force::MonthsAfterPublication(months) => {
            format!("{{ months_after_publication = {months} }}")
        }
        Force::On(date) => date.to_string(),
    }
}

impl Paragraphs {
    /// One string over several lines where it reads back as it is, else a list.
    fn quoted(self) -> String {
        let list = match &self {
            Paragraphs::One(text) => vec![text.clone()],
            Paragraphs::Many(list) => list.clone(),
        };
        let parts: Vec<String> = list
            .windows(2)
            .map(
                |pair| match pair[0].contains('\t') && pair[1].contains('\t') {
                    true => format!("{}\n", pair[0]),
                    false => format!("{}\n\n", pair[0]),
                },
            )
            .chain(list.last().cloned())
            .collect();
        let text = parts.concat();
        let control = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
        let fits = !text.contains("'''") && !text.ends_with('\'') && !text.contains(control);
        match fits && Paragraphs::One(text.clone()).list() == list {
            true => format!("'''\n{text}'''"),
            false => {
                let items: Vec<String> = list
                    .iter()
                    .map(|item| format!("  {},\n", quoted(item)))
                    .collect();
                format!("[\n{}]", items.concat())
            }
        }
    }
}
