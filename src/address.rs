//! Addresses of provisions, as they are written: steps from outer to inner.
//!
//! `section:2/chapter:2/part:6`, `annex:2/row:63-1`, `section:"Астана қаласы"/row:21-177`,
//! `article:2/heading`, `title`.

use std::fmt;

use crate::unit::{Num, Unit};

/// Where a provision is: steps from outer to inner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(pub Vec<Step>);

/// One step of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The unit.
    pub unit: Unit,
    /// Its number, as written or counted.
    pub num: Option<Num>,
    /// Its heading, or the words that it is known by.
    pub words: Option<String>,
}

impl Address {
    /// Reads an address. The error says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Address, String> {
        let address = Address::parse_new(text)?;
        match address.unsaid() {
            Some(step) => Err(format!(
                "the address `{text}` has no number after `{}`",
                step.unit
            )),
            None => Ok(address),
        }
    }

    /// As [`Address::parse`], of a unit that is added: `article:3/part` is one more part, behind those
    /// that stand there.
    pub fn parse_new(text: &str) -> Result<Address, String> {
        let mut steps = Vec::new();
        let mut rest = text.trim_start();
        loop {
            let (step, after) = step(rest).map_err(|problem| {
                let at = text.len() - rest.len();
                format!(
                    "the address `{text}` {problem} at character {}",
                    text[..at].chars().count() + 1
                )
            })?;
            steps.push(step);
            match after.trim_start().strip_prefix('/') {
                Some(next) => rest = next.trim_start(),
                None if after.trim().is_empty() => return Ok(Address(steps)),
                None => {
                    return Err(format!(
                        "the address `{text}` has `{}` where `/` or its end was expected",
                        after.trim()
                    ));
                }
            }
        }
    }

    /// The address as data: a step with a number stands without words.
    pub fn numbers(&self) -> String {
        let mut bare = self.clone();
        for step in &mut bare.0 {
            if step.num.is_some() {
                step.words = None;
            }
        }
        bare.to_string()
    }

    /// The first step that says neither number nor words of a unit of which there are several.
    pub fn unsaid(&self) -> Option<&Step> {
        let said =
            |step: &&Step| step.num.is_some() || step.words.is_some() || step.unit.stands_alone();
        self.0.iter().find(|step| !said(step))
    }

    /// Whether it is that of one more unit, behind those that stand there: of a counted one, or of a
    /// row of a list.
    pub fn is_next(&self) -> bool {
        let bare = |step: &&Step| step.num.is_none() && step.words.is_none();
        let last = self.0.last().filter(bare);
        last.is_some_and(|step| step.unit.may_come_last())
    }

    /// The address without its last step, and that step.
    pub fn split(&self) -> (&[Step], Option<&Step>) {
        match self.0.split_last() {
            Some((last, parents)) => (parents, Some(last)),
            None => (&[], None),
        }
    }
}

/// `step = unit [ ":" ( number [words] | words ) ] ; words = '"' … '"'`, with `\"` inside words.
fn step(text: &str) -> Result<(Step, &str), String> {
    let end = text
        .find(|letter: char| !letter.is_ascii_lowercase())
        .unwrap_or(text.len());
    let name = &text[..end];
    let unit = Unit::named(name).ok_or_else(|| {
        let alike = |unit: &&str| name.len() > 1 && unit.starts_with(&name[..2]);
        let near: Vec<&str> = Unit::names().filter(alike).collect();
        match near.is_empty() {
            true => {
                let known: Vec<&str> = Unit::names().collect();
                format!("has no unit where one of {} was expected", known.join(", "))
            }
            false => format!(
                "has no unit `{name}`; perhaps {} was meant",
                near.join(" or ")
            ),
        }
    })?;
    let mut step = Step {
        unit,
        num: None,
        words: None,
    };
    let mut rest = &text[end..];
    if let Some(after) = rest.strip_prefix(':') {
        let after = after.trim_start();
        let end = after
            .find(|letter: char| letter.is_whitespace() || letter == '/' || letter == '"')
            .unwrap_or(after.len());
        let number = after[..end].trim_end_matches([')', '.']);
        if !number.is_empty() {
            step.num = Some(Num(number.into()));
        }
        rest = &after[end..];
        if let Some(quoted) = rest.trim_start().strip_prefix('"') {
            let (words, after) = words(quoted).ok_or("has words without a closing quote")?;
            step.words = Some(words);
            rest = after;
        }
        if step.num.is_none() && step.words.is_none() {
            return Err(format!("has neither number nor words after `{name}:`"));
        }
    } else if !(unit.stands_alone() || unit.may_come_last() && rest.trim_start().is_empty()) {
        return Err(format!("has no number after `{name}`"));
    }
    Ok((step, rest))
}

fn words(quoted: &str) -> Option<(String, &str)> {
    let mut words = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((words, &quoted[at + 1..])),
            '\\' => words.push(letters.next()?.1),
            letter => words.push(letter),
        }
    }
    None
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("/")?;
            }
            step.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.unit)?;
        if let Some(num) = &self.num {
            write!(f, ":{num}")?;
        }
        if let Some(words) = &self.words {
            let gap = if self.num.is_some() { " " } else { ":" };
            let escaped = words.replace('\\', "\\\\").replace('"', "\\\"");
            write!(f, "{gap}\"{escaped}\"")?;
        }
        Ok(())
    }
}
