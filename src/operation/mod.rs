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

mod force;
mod form;

use std::ops::Range;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::force::Force;
use self::form::Verb;
pub use self::form::{Form, parse, print, schema};
use crate::address::Address;
use crate::unit::Num;

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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// The words directly behind which those stand that are replaced or deleted: «после слов "А" слова
    /// "Б" исключить».
    pub after: Option<String>,
    /// The places that stay as they are: «14-тарауды қоспағанда».
    pub except: Vec<Address>,
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
        self.verb().name()
    }

    fn verb(&self) -> Verb {
        match self {
            Action::Replace(_) => Verb::Replace,
            Action::Insert(..) => Verb::Insert,
            Action::Delete => Verb::Delete,
            Action::Repeal => Verb::Repeal,
            Action::Renumber(_) => Verb::Renumber,
            Action::ReplaceWords { .. } => Verb::ReplaceWords,
            Action::InsertWords { .. } => Verb::InsertWords,
            Action::DeleteWords { .. } => Verb::DeleteWords,
        }
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

impl Position {
    /// The word for it in a file of operations.
    pub fn name(self) -> &'static str {
        match self {
            Position::Before => "before",
            Position::After => "after",
            Position::End => "end",
        }
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
