//! From published text to an act, and from an act's blocks to its provisions.

pub(crate) mod grid;
pub(crate) mod inline;
mod line;
mod lines;
pub mod markdown;
mod rows;
pub(crate) mod stamp;
pub mod structure;
pub(crate) mod tags;

use crate::act::{Act, Identity, Kind};
use crate::lang::{self, Language};
use crate::text::{Excerpt, Moment};

/// Reads a base act from Markdown or plain text. It never fails, and loses nothing:
///
/// ```
/// let source = "# Туралы\n\n1-бап. Тақырып\n\n1) бірінші;\n";
/// assert_eq!(tuzet::parse::act(source, None).print(tuzet::text::Moment::BASE), source);
/// ```
pub fn act(source: impl Into<Excerpt>, language: Option<&'static Language>) -> Act {
    let source = &source.into();
    let blocks = markdown::blocks(source);
    let front = markdown::front_matter(source);
    let field = |name: &str| {
        front
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    let language = language
        .or_else(|| field("language").and_then(|code| lang::by_code(&code)))
        .unwrap_or_else(|| lang::of(source));
    let mut act = Act {
        identity: Identity {
            kind: field("kind"),
            organ: field("organ"),
            number: field("number"),
            date: field("date").and_then(|date| date.parse().ok()),
            title: field("title"),
            scaffold: field("status").as_deref() == Some("scaffold"),
        },
        language,
        blocks,
        history: Vec::new(),
        amendments: Vec::new(),
        asked: Moment::BASE,
    };
    if act.identity.title.is_none() {
        act.identity.title = title(&act);
    }
    act
}

/// The title as the text shows it: its first heading but for that of the contents, unless it is the
/// heading of an approved document or of a numbered unit – then the file is a fragment.
fn title(act: &Act) -> Option<String> {
    let shown = act
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Heading(_)))
        .map(|block| block.shown(Moment::BASE).trim().to_string())
        .find(|heading| !act.language.is_contents(heading))?;
    let fragment = act.language.is_document(&shown)
        || act.language.unit_label(&shown).is_some()
        || lang::item_label(&shown).is_some();
    (!fragment).then_some(shown)
}
