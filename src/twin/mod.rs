//! The two language versions of an amending act, compared.
//!
//! Acts of Kazakhstan are adopted in Kazakh and Russian, both authentic,
//! and the register does not check them against each other. What the two versions order is paired,
//! operation by operation; what one orders alone, or otherwise, is a difference.

mod pair;
pub mod report;
mod wording;

use schemars::JsonSchema;
use serde::Serialize;

use crate::address::Address;
use crate::operation::{Action, Force, Form, Operation};
use crate::read::Reading;

pub use self::wording::Wording;

/// What the comparison of two versions gives.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Twin {
    /// How many operations stand in both.
    pub pairs: usize,
    /// What the two do not order alike.
    pub differences: Vec<Difference>,
    /// What the new wordings do not say alike.
    pub wording: Vec<Wording>,
    /// The operations of both, for a report: paired, or alone.
    #[serde(skip)]
    pub rows: Vec<Row>,
}

/// A difference of what is ordered.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Difference {
    /// What differs.
    pub kind: Kind,
    /// The operation in Kazakh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kk: Option<Form>,
    /// The operation in Russian.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ru: Option<Form>,
    /// Whether one version says itself that it is meant.
    pub explained: bool,
    /// The difference in words.
    pub message: String,
}

/// What differs between two operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The operation stands in Kazakh alone.
    OnlyKk,
    /// The operation stands in Russian alone.
    OnlyRu,
    /// They change different units.
    Target,
    /// They do different things.
    Action,
    /// They put words or units on different sides.
    Position,
    /// They add different numbers of units.
    Units,
    /// They enter into force on different days.
    Force,
}

impl Kind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::OnlyKk => "only-kk",
            Kind::OnlyRu => "only-ru",
            Kind::Target => "target",
            Kind::Action => "action",
            Kind::Position => "position",
            Kind::Units => "units",
            Kind::Force => "force",
        }
    }
}

/// A line of a report: an operation in both versions, or in one.
#[derive(Debug, Clone)]
pub struct Row {
    /// In Kazakh.
    pub kk: Option<Operation>,
    /// In Russian.
    pub ru: Option<Operation>,
    /// What differs, in words.
    pub said: Vec<String>,
    /// Whether what differs is of the order, not of the wording.
    pub differs: bool,
}

/// Compares the readings of the two versions.
pub fn twin(kk: &Reading, ru: &Reading) -> Twin {
    let (first, second) = (&kk.amendment, &ru.amendment);
    let mut twin = Twin {
        pairs: 0,
        differences: Vec::new(),
        wording: Vec::new(),
        rows: Vec::new(),
    };
    let (a, b) = (first.head.in_force, second.head.in_force);
    if a != b {
        let message = format!(
            "the act enters into force {} in Kazakh, {} in Russian",
            day(a),
            day(b)
        );
        twin.differences.push(Difference {
            kind: Kind::Force,
            kk: None,
            ru: None,
            explained: false,
            message,
        });
    }
    for (one, other) in pair::pairs(first, second) {
        let kk_operation = one.map(|at| &first.operations[at]);
        let ru_operation = other.map(|at| &second.operations[at]);
        let found = match (kk_operation, ru_operation) {
            (Some(kk), Some(ru)) => {
                twin.pairs += 1;
                different(kk, ru)
            }
            (Some(it), None) => alone(Kind::OnlyKk, it, ru),
            (None, Some(it)) => alone(Kind::OnlyRu, it, kk),
            (None, None) => Vec::new(),
        };
        let wording = match (kk_operation, ru_operation) {
            (Some(kk), Some(ru)) => wording::compared(kk, ru),
            _ => Vec::new(),
        };
        let said = found.iter().map(|(_, _, message)| message.clone());
        twin.rows.push(Row {
            kk: kk_operation.cloned(),
            ru: ru_operation.cloned(),
            said: said
                .chain(wording.iter().map(|it| it.message.clone()))
                .collect(),
            differs: !found.is_empty(),
        });
        let differences = found
            .into_iter()
            .map(|(kind, explained, message)| Difference {
                kind,
                kk: kk_operation.map(Form::of),
                ru: ru_operation.map(Form::of),
                explained,
                message,
            });
        twin.differences.extend(differences);
        twin.wording.extend(wording);
    }
    twin
}

/// An operation that stands in one version alone; the other one may say so.
fn alone(kind: Kind, operation: &Operation, other: &Reading) -> Vec<(Kind, bool, String)> {
    let key = pair::key(&operation.at);
    // What is said of a unit is said of all that stands in it.
    let of = |at: &Address| {
        let rest = key.strip_prefix(&pair::key(at));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let explanation = other.elsewhere.iter().find(|it| it.at.iter().any(of));
    let (here, there) = match kind {
        Kind::OnlyRu => ("Russian", "Kazakh"),
        _ => ("Kazakh", "Russian"),
    };
    let message = format!(
        "{} {} stands in {here} alone",
        operation.action.name(),
        operation.at
    );
    let message = match explanation {
        Some(said) => format!("{message}; the {there} version says: «{}»", said.words),
        None => message,
    };
    vec![(kind, explanation.is_some(), message)]
}

/// What differs between two operations that are paired.
fn different(kk: &Operation, ru: &Operation) -> Vec<(Kind, bool, String)> {
    let mut found = Vec::new();
    let mut add = |kind: Kind, message: String| found.push((kind, false, message));
    let both = |kk: String, ru: String| format!("{kk} in Kazakh, {ru} in Russian");
    if kk.action.name() != ru.action.name() {
        let message = both(
            format!("{} {}", kk.action.name(), kk.at),
            format!("{} {}", ru.action.name(), ru.at),
        );
        add(Kind::Action, message);
    }
    if pair::key(&kk.at) != pair::key(&ru.at) {
        add(Kind::Target, both(kk.at.to_string(), ru.at.to_string()));
    }
    match (&kk.action, &ru.action) {
        (Action::InsertWords { position: a, .. }, Action::InsertWords { position: b, .. })
            if a != b =>
        {
            let side = |it: &crate::operation::Position| it.name().to_string();
            add(
                Kind::Position,
                format!("{}: {}", kk.at, both(side(a), side(b))),
            );
        }
        (Action::Insert(a, one), Action::Insert(b, other)) => {
            let side = |it: &Option<crate::operation::Position>| {
                it.map_or("by its number", crate::operation::Position::name)
                    .to_string()
            };
            if a != b {
                add(
                    Kind::Position,
                    format!("{}: {}", kk.at, both(side(a), side(b))),
                );
            }
            // Beside another unit, several come by one operation.
            if a.is_some() && one.len() != other.len() {
                let count = |it: &[String]| format!("{} units", it.len());
                add(
                    Kind::Units,
                    format!("{}: {}", kk.at, both(count(one), count(other))),
                );
            }
        }
        _ => {}
    }
    if kk.in_force != ru.in_force {
        let message = format!("{}: {}", kk.at, both(day(kk.in_force), day(ru.in_force)));
        add(Kind::Force, message);
    }
    found
}

fn day(force: Option<Force>) -> String {
    match force {
        None => "on a day that is not said".to_string(),
        Some(Force::Signing) => "on the day of signing".to_string(),
        Some(Force::Publication) => "on the day of publication".to_string(),
        Some(Force::AfterPublication(days)) => format!("{days} days after publication"),
        Some(Force::MonthsAfterPublication(months)) => {
            format!("{months} months after publication")
        }
        Some(Force::On(date)) => format!("on {date}"),
    }
}
