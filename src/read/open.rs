//! What is open where a line is read: the act that is amended, items, places.

use super::chain::{Chain, Link, enclosing};
use super::head::Head;
use super::{Doing, Mode, Reader, citation, token};
use crate::operation::Target;

impl Reader<'_> {
    /// What follows amends an act, if one is named.
    pub(super) fn amend(&mut self, target: Option<Target>) {
        self.anew();
        self.doing = Doing::Amending;
        self.outside = self.numbers.is_empty();
        self.act = target.map_or(0, |target| self.target(target));
    }

    /// Leaves all places.
    pub(super) fn anew(&mut self) {
        self.context = vec![Vec::new()];
        self.before = None;
        self.lost = None;
    }

    /// Opens the items whose numbers stand at a place: what was open inside them is closed.
    pub(super) fn enter(&mut self, found: &Head) {
        for (style, num) in &found.numbers {
            let depth = self
                .numbers
                .iter()
                .position(|(open, ..)| open == style)
                .unwrap_or(self.numbers.len());
            self.numbers.truncate(depth);
            self.numbers.push((*style, num.clone(), self.at.0));
            self.before = None;
            self.lost = self.lost.filter(|items| *items <= depth);
            for chain in &mut self.context {
                let end = chain.iter().position(|link| link.depth > depth);
                chain.truncate(end.unwrap_or(chain.len()));
            }
            self.context.dedup();
            if depth == 0 && self.mode == Mode::Body {
                self.doing = match self.doing {
                    Doing::Amending => Doing::Amending,
                    _ => Doing::Nothing,
                };
            }
        }
    }

    /// Whether the document is open of which the clause speaks by its noun alone.
    pub(super) fn is_owned(&self, chains: &[Chain]) -> bool {
        let inner = chains.iter().filter_map(|it| it.first());
        let owned = |link: &Link| {
            let is_of = |way: &Chain| {
                let document = enclosing(way, link).iter().rfind(|it| it.is_document());
                document.is_some_and(|document| link.is_of(document))
            };
            self.context.iter().all(is_of)
        };
        inner.filter(|it| it.is_inner()).all(owned)
    }

    /// Opens a context inside those that enclose it.
    pub(super) fn open(&mut self, chains: Vec<Chain>) {
        let depth = self.numbers.len();
        let mut opened = Vec::new();
        for path in &self.context {
            for chain in &chains {
                let mut whole = match chain.first() {
                    Some(first) => enclosing(path, first).to_vec(),
                    None => path.clone(),
                };
                let named = chain.iter().filter(|link| !link.is_open_document());
                whole.extend(named.cloned().map(|mut link| {
                    link.depth = depth;
                    link
                }));
                if !opened.contains(&whole) {
                    opened.push(whole);
                }
            }
        }
        self.context = opened;
        self.before = None;
    }

    /// The act that the title names by its date, where it names one alone: a clause may name it without.
    pub(super) fn named_in_title(&self) -> Option<Target> {
        let title = self.reading.amendment.head.title.as_deref()?;
        let tokens = token::tokens(title, self.drafting.lexicon());
        match citation::citations(title, &tokens, self.drafting).as_slice() {
            [only] if only.is_amended() => Some(only.target.clone()),
            _ => None,
        }
    }

    /// The number of a target, from 1; one that was named before keeps its number.
    pub(super) fn target(&mut self, target: Target) -> usize {
        let targets = &mut self.reading.amendment.targets;
        let known = targets.iter().position(|it| *it == target);
        known.unwrap_or_else(|| {
            targets.push(target);
            targets.len() - 1
        }) + 1
    }
}
