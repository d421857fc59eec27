//! What a reader is told of an amending act that is read from its own text.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Complaint, complaint};
use crate::diagnostic::Diagnostic;
use crate::operation::{Force, Form, Head, Target};
use crate::read::Reading;
use crate::render::diagnostic::Sources;
use crate::render::visible;

/// What `read` says.
#[derive(Serialize, JsonSchema)]
pub struct Read {
    /// The amending act.
    pub act: Head,
    /// The acts that it amends.
    pub targets: Vec<Target>,
    /// What it orders.
    pub operations: Vec<Form>,
    /// The acts that it repeals as a whole.
    pub repeals: Vec<Repealed>,
    /// When it enters into force.
    pub in_force: InForce,
    /// What is to be said about it.
    pub diagnostics: Vec<Complaint>,
    /// Its characters, each in one place.
    pub characters: Characters,
}

/// An act that is repealed as a whole.
#[derive(Serialize, JsonSchema)]
pub struct Repealed {
    /// Which act.
    #[serde(flatten)]
    pub act: Target,
    /// First and last line of the clause, from 1.
    pub lines: [usize; 2],
}

/// When an act enters into force.
#[derive(Serialize, JsonSchema)]
pub struct InForce {
    /// The rule, as the act states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Force>,
    /// The day, where what it depends on is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// The characters of an amending act.
#[derive(Serialize, JsonSchema)]
pub struct Characters {
    /// All of them.
    pub total: usize,
    /// Those that belong to something that is understood.
    pub claimed: usize,
    /// Those that stand in a diagnostic alone.
    pub reported: usize,
}

/// A reading as data: `said` is what is to be said about it, `source` the text that was read.
pub fn read(reading: &Reading, said: &[Diagnostic], source: &str, published: Option<Date>) -> Read {
    let amendment = &reading.amendment;
    let sources = Sources {
        base: Default::default(),
        amendments: vec![(String::new(), source.to_string())],
    };
    let (total, reported) = reading.characters(source);
    let rule = amendment.head.in_force;
    Read {
        act: amendment.head.clone(),
        targets: amendment.targets.clone(),
        operations: amendment.operations.iter().map(Form::of).collect(),
        repeals: reading
            .repeals
            .iter()
            .map(|repeal| Repealed {
                act: repeal.act.clone(),
                lines: repeal.lines,
            })
            .collect(),
        in_force: InForce {
            rule,
            date: rule
                .and_then(|rule| rule.date(amendment.head.date, published))
                .map(|date| date.to_string()),
        },
        diagnostics: said.iter().map(|it| complaint(it, &sources)).collect(),
        characters: Characters {
            total,
            claimed: total - reported,
            reported,
        },
    }
}

/// The act with every stretch labelled: a line of the label and the number of its first line, then
/// its words.
pub fn explained(reading: &Reading, source: &str) -> String {
    let mut text = String::new();
    let mut line = 1;
    for stretch in &reading.stretches {
        let words = &source[stretch.source.clone()];
        text.push_str(&format!("── {} (line {line})\n", stretch.label.name()));
        line += words.matches('\n').count();
        text.push_str(words.trim_matches('\n'));
        text.push_str("\n\n");
    }
    visible(&text)
}
