//! What an amending act orders, as data; and its TOML form in `amendments/`.
//!
//! ```
//! let amendment = tuzet::operation::parse(
//!     r#"
//! [act]
//! kind = "resolution"
//! number = "271"
//! date = 2025-04-25
//! in_force = "signing"
//!
//! [[operation]]
//! at = 'section:2 "Ағымдағы жағдайды талдау" / chapter:2 "Орта білім беру" / part:6'
//! action = "replace"
//! text = "Бірінші абзац.\n\nЕкінші абзац."
//! "#,
//! )
//! .unwrap();
//! assert_eq!(amendment.operations[0].at.to_string(), "section:2 \"Ағымдағы жағдайды талдау\"/chapter:2 \"Орта білім беру\"/part:6");
//! ```

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::act::Num;
use crate::address::Address;
use crate::diagnostic::{Code, Diagnostic};

/// An amending act: what it is, which acts it amends, and what it orders.
#[derive(Debug, Clone, Default)]
pub struct Amendment {
    /// What it shows of itself.
    pub head: Head,
    /// The acts that it amends, in the order in which it names them.
    pub targets: Vec<Target>,
    /// What it orders, in the order of the act.
    pub operations: Vec<Operation>,
    /// The published text that [`Operation::lines`] count in, where it is at hand.
    pub published: Option<String>,
}

impl Amendment {
    /// The words of the instruction that an operation comes from, as published, a line each.
    pub fn clause(&self, operation: &Operation) -> Vec<String> {
        let (Some(text), Some([first, last])) = (&self.published, operation.lines) else {
            return Vec::new();
        };
        text.lines()
            .skip(first.saturating_sub(1))
            .take((last + 1).saturating_sub(first))
            .filter(|line| !line.trim().is_empty())
            .map(|line| line.trim_end().to_string())
            .collect()
    }
}

/// The amending act itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// law, code, decree, resolution, order, decision, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The number, without «№».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The date of adoption.
    #[serde(default, with = "date", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// The title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `kk` or `ru`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// When its operations enter into force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force: Option<Force>,
}

/// An act that an amending act names as the one to be amended.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// law, code, decree, resolution, order, decision, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Who adopted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organ: Option<String>,
    /// Its date.
    #[serde(default, with = "date", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// When an operation enters into force (Law on legal acts, art. 42).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// On the day of signing.
    Signing,
    /// On the day of first official publication.
    Publication,
    /// On the day after so many days have run since the day after publication: published on the
    /// 1st, ten days run from the 2nd to the 11th, in force on the 12th.
    AfterPublication(u32),
    /// On a date.
    On(Date),
}

impl Force {
    /// The date, where what it depends on is known.
    pub fn date(self, signed: Option<Date>, published: Option<Date>) -> Option<Date> {
        match self {
            Force::Signing => signed,
            Force::Publication => published,
            Force::AfterPublication(days) => {
                published?.checked_add((i64::from(days) + 1).days()).ok()
            }
            Force::On(date) => Some(date),
        }
    }
}

/// One operation on one target.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its number in the amending act, from 1.
    pub n: usize,
    /// The instruction that it comes from, from 1; one instruction may give several operations.
    pub instruction: usize,
    /// Which of the acts that the amending act names, from 1.
    pub act: usize,
    /// The target, as cited.
    pub at: Address,
    /// What is done to it.
    pub action: Action,
    /// What the target must say before, where the operation states it.
    pub expect: Option<String>,
    /// First and last line of the instruction in the published text, from 1.
    pub lines: Option<[usize; 2]>,
    /// When it enters into force, where that differs from the act.
    pub in_force: Option<Force>,
    /// Where its address stands in its file, in bytes.
    pub source: Range<usize>,
}

impl Operation {
    /// The key by which operations that meet at one place are ordered: their clauses' lines.
    pub fn order(&self) -> (usize, usize) {
        (self.lines.map_or(usize::MAX, |[first, _]| first), self.n)
    }
}

/// What is done to a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// «мынадай редакцияда жазылсын»: the unit is restated; paragraphs, or rows with tabs.
    Replace(Vec<String>),
    /// «толықтырылсын»: a unit is added. Without a position it stands where its number says; with
    /// one, beside the unit that the address names.
    Insert(Option<Position>, Vec<String>),
    /// «алып тасталсын».
    Delete,
    /// «күші жойылды деп танылсын».
    Repeal,
    /// «… деп есептелсін»: the unit bears another number.
    Renumber(Num),
    /// «деген сөздер … деген сөздермен ауыстырылсын».
    ReplaceWords {
        /// The words that leave.
        old: String,
        /// The words that come.
        new: String,
        /// How many times they must stand in the target; every time where that is not said.
        count: Option<usize>,
    },
    /// «деген сөздерден кейін … деген сөздермен толықтырылсын».
    InsertWords {
        /// Where the words come.
        position: Position,
        /// The words beside which they come; empty with [`Position::End`].
        anchor: String,
        /// The words that come.
        new: String,
        /// As for [`Action::ReplaceWords`].
        count: Option<usize>,
    },
    /// «деген сөздер алып тасталсын».
    DeleteWords {
        /// The words that leave.
        old: String,
        /// As for [`Action::ReplaceWords`].
        count: Option<usize>,
    },
}

impl Action {
    /// The word for it in a file of operations.
    pub fn name(&self) -> &'static str {
        let verb = match self {
            Action::Replace(_) => Verb::Replace,
            Action::Insert(..) => Verb::Insert,
            Action::Delete => Verb::Delete,
            Action::Repeal => Verb::Repeal,
            Action::Renumber(_) => Verb::Renumber,
            Action::ReplaceWords { .. } => Verb::ReplaceWords,
            Action::InsertWords { .. } => Verb::InsertWords,
            Action::DeleteWords { .. } => Verb::DeleteWords,
        };
        verb.name()
    }
}

/// Where something is inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Position {
    /// Directly before the anchor.
    Before,
    /// Directly after the anchor.
    After,
    /// At the end of the target, before its closing `.` or `;`.
    End,
}

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
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Operation")]
struct Form {
    n: Option<usize>,
    instruction: Option<usize>,
    act: Option<usize>,
    #[schemars(with = "String")]
    at: Spanned<String>,
    action: Verb,
    old: Option<String>,
    new: Option<String>,
    position: Option<Position>,
    text: Option<Paragraphs>,
    count: Option<usize>,
    expect: Option<String>,
    lines: Option<[usize; 2]>,
    in_force: Option<Force>,
}

#[derive(Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Verb {
    Replace,
    Insert,
    Delete,
    Repeal,
    Renumber,
    ReplaceWords,
    InsertWords,
    DeleteWords,
}

#[derive(Deserialize, JsonSchema)]
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
        let at = Address::parse(self.at.get_ref()).map_err(|message| {
            Diagnostic::error(Code::BadOperations, message)
                .at(crate::diagnostic::Source::Amendment(0), at_span.clone())
        })?;
        let has = [
            ("old", self.old.is_some()),
            ("new", self.new.is_some()),
            ("position", self.position.is_some()),
            ("text", self.text.is_some()),
            ("count", self.count.is_some()),
        ];
        let (needs, allows): (&[&str], &[&str]) = match self.action {
            Verb::Replace => (&["text"], &[]),
            Verb::Insert => (&["text"], &["position"]),
            Verb::Delete | Verb::Repeal => (&[], &[]),
            Verb::Renumber => (&["new"], &[]),
            Verb::ReplaceWords => (&["old", "new"], &["count"]),
            Verb::InsertWords if self.position == Some(Position::End) => {
                (&["new", "position"], &[])
            }
            Verb::InsertWords => (&["old", "new", "position"], &["count"]),
            Verb::DeleteWords => (&["old"], &["count"]),
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
            Verb::Renumber => Action::Renumber(Num(new.trim_end_matches([')', '.']).to_string())),
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
            lines: self.lines,
            in_force: self.in_force,
            source: at_span,
        })
    }
}

impl Verb {
    fn name(self) -> &'static str {
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

impl<'de> Deserialize<'de> for Force {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Force, D::Error> {
        use serde::de::Error;
        const EXPECTED: &str =
            "expected \"signing\", \"publication\", { after_publication = 10 } or a date";
        let value = toml::Value::deserialize(deserializer)?;
        match &value {
            toml::Value::String(word) if word == "signing" => Ok(Force::Signing),
            toml::Value::String(word) if word == "publication" => Ok(Force::Publication),
            toml::Value::Table(table) => match (table.len(), table.get("after_publication")) {
                (1, Some(toml::Value::Integer(days))) => u32::try_from(*days)
                    .map(Force::AfterPublication)
                    .map_err(|_| D::Error::custom(EXPECTED)),
                _ => Err(D::Error::custom(EXPECTED)),
            },
            toml::Value::Datetime(_) | toml::Value::String(_) => date::from_toml(&value)
                .map(Force::On)
                .ok_or_else(|| D::Error::custom(EXPECTED)),
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Array(_) => Err(D::Error::custom(EXPECTED)),
        }
    }
}

impl Serialize for Force {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Force::Signing => serializer.serialize_str("signing"),
            Force::Publication => serializer.serialize_str("publication"),
            Force::AfterPublication(days) => {
                std::collections::BTreeMap::from([("after_publication", days)])
                    .serialize(serializer)
            }
            Force::On(date) => serializer.serialize_str(&date.to_string()),
        }
    }
}

impl JsonSchema for Force {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Force".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "When an operation enters into force.",
            "oneOf": [
                { "enum": ["signing", "publication"] },
                { "type": "string", "format": "date" },
                {
                    "type": "object",
                    "properties": { "after_publication": { "type": "integer", "minimum": 0 } },
                    "required": ["after_publication"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

/// Dates as TOML writes them, or as strings.
mod date {
    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn from_toml(value: &toml::Value) -> Option<Date> {
        match value {
            toml::Value::Datetime(datetime) if datetime.time.is_none() => {
                datetime.to_string().parse().ok()
            }
            toml::Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Date>, D::Error> {
        let value = toml::Value::deserialize(input)?;
        from_toml(&value)
            .map(Some)
            .ok_or_else(|| D::Error::custom("expected a date such as 2025-04-25"))
    }

    pub fn serialize<S: Serializer>(date: &Option<Date>, output: S) -> Result<S::Ok, S::Error> {
        date.map(|date| date.to_string()).serialize(output)
    }
}
