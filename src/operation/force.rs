//! When operations enter into force.

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date;

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
    /// On the day after so many months have run since the day after publication: published on 1 March,
    /// six months run to 1 September, in force on 2 September.
    MonthsAfterPublication(u32),
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
            Force::MonthsAfterPublication(months) => {
                let last = published?.checked_add(i64::from(months).months()).ok()?;
                last.tomorrow().ok()
            }
            Force::On(date) => Some(date),
        }
    }
}

/// The field of [`Force::AfterPublication`].
const AFTER: &str = "after_publication";
/// The field of [`Force::MonthsAfterPublication`].
const MONTHS: &str = "months_after_publication";

impl<'de> Deserialize<'de> for Force {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Force, D::Error> {
        use serde::de::Error;
        const EXPECTED: &str = "expected \"signing\", \"publication\", { after_publication = 10 }, \
             { months_after_publication = 6 } or a date";
        let value = toml::Value::deserialize(deserializer)?;
        match &value {
            toml::Value::String(word) if word == "signing" => Ok(Force::Signing),
            toml::Value::String(word) if word == "publication" => Ok(Force::Publication),
            toml::Value::Table(table) => {
                let mut fields = table.iter();
                let rule: fn(u32) -> Force = match (fields.next(), fields.next()) {
                    (Some((name, _)), None) if name == AFTER => Force::AfterPublication,
                    (Some((name, _)), None) if name == MONTHS => Force::MonthsAfterPublication,
                    _ => return Err(D::Error::custom(EXPECTED)),
                };
                let count = table.values().next().and_then(toml::Value::as_integer);
                let count = count.and_then(|count| u32::try_from(count).ok());
                count.map(rule).ok_or_else(|| D::Error::custom(EXPECTED))
            }
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
                std::collections::BTreeMap::from([(AFTER, days)]).serialize(serializer)
            }
            Force::MonthsAfterPublication(months) => {
                std::collections::BTreeMap::from([(MONTHS, months)]).serialize(serializer)
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
        let counted = |name: &str| {
            serde_json::json!({
                "type": "object",
                "properties": { name: { "type": "integer", "minimum": 0 } },
                "required": [name],
                "additionalProperties": false
            })
        };
        schemars::json_schema!({
            "description": "When an operation enters into force.",
            "oneOf": [
                { "enum": ["signing", "publication"] },
                { "type": "string", "format": "date" },
                counted(AFTER),
                counted(MONTHS)
            ]
        })
    }
}
