//! Which part of a new wording belongs to which unit.

use super::Reader;
use super::account::Shape;
use super::annex::Annex;
use super::chain::{Chain, Link};
use super::verb::{Order, Wording};
use super::wording::{self, Piece};
use crate::address::Step;
use crate::diagnostic::Code;
use crate::lang::{self, Language};
use crate::unit::{Num, Unit};

impl Reader<'_> {
    /// The units that a wording names itself: rows by their numbers, a section by its heading.
    pub(super) fn named_by_wording(
        &self,
        unit: &Chain,
        groups: &[Vec<Piece>],
    ) -> Option<Vec<Chain>> {
        let (last, outer) = unit.split_last()?;
        let with = |num: Option<Num>, words: Option<String>| {
            let mut link = last.clone();
            link.step = Step {
                unit: last.step.unit,
                num,
                words,
            };
            [outer, &[link]].concat()
        };
        let first = groups.first()?.first()?;
        let unit = last.step.unit;
        let bare = || vec![[outer, std::slice::from_ref(last)].concat()];
        let number = |piece: &Piece| wording::number(piece, unit, self.language);
        let kind = |piece: &Piece| {
            let text = piece.text.trim_start_matches(wording::is_quote);
            lang::item_label(text).map(|label| label.unit)
        };
        match unit {
            unit if unit.is_single() || unit == Unit::Annex => Some(bare()),
            unit if unit.is_division() => {
                let num = number(first);
                let words = num.is_none().then(|| first.text.clone());
                Some(vec![with(num, words)])
            }
            Unit::Row => {
                let pieces = groups.iter().flatten();
                let nums: Vec<Option<Num>> = pieces.map(number).collect();
                match nums.iter().all(Option::is_none) {
                    true => Some(bare()),
                    false => nums
                        .into_iter()
                        .map(|num| num.map(|num| with(Some(num), None)))
                        .collect(),
                }
            }
            // The parts of a code bear numbers.
            Unit::Part if kind(first) != Some(Unit::Paragraph) => Some(bare()),
            Unit::Indent | Unit::Sentence => Some(bare()),
            Unit::Article | Unit::Part | Unit::Paragraph | Unit::Point => {
                number(first)?;
                // What stands in a new unit is numbered in another way.
                let pieces = groups.iter().flatten();
                let own = pieces.filter(|piece| kind(piece) == kind(first));
                let nums = own.filter_map(number);
                Some(nums.map(|num| with(Some(num), None)).collect())
            }
            _ => None,
        }
    }

    /// The wording of each of the units, which are `added` or restated.
    pub(super) fn texts(
        &mut self,
        units: &[Chain],
        wording: &Wording,
        groups: &[Vec<Piece>],
        added: bool,
        shape: &Shape,
    ) -> Option<Vec<Vec<String>>> {
        if let Wording::Annexes(nums) = wording {
            let texts: Vec<Vec<String>> = nums
                .iter()
                .map(|num| self.wording_in_annex(num.as_ref(), added))
                .collect();
            if texts.iter().any(Vec::is_empty) || units.len() != texts.len() {
                self.refuse(
                    Code::WordingMissing,
                    "the annex with the new wording is not in the file",
                    shape,
                );
                return None;
            }
            return Some(texts);
        }
        let pieces: Vec<Piece> = groups.iter().flatten().cloned().collect();
        if units.len() == 1 {
            return Some(vec![lines(&pieces)]);
        }
        // «57 және 58-баптардың тақырыптары»: the number is that of the article.
        let numbered: Vec<&Link> = units
            .iter()
            .filter_map(|chain| {
                chain
                    .iter()
                    .rfind(|it| it.step.num.is_some())
                    .or(chain.last())
            })
            .collect();
        let labels: Option<Vec<(Unit, &Num)>> = numbered
            .iter()
            .map(|it| it.step.num.as_ref().map(|num| (it.step.unit, num)))
            .collect();
        // The parts of a code bear their numbers.
        let unlabelled = |unit: Unit| matches!(unit, Unit::Indent | Unit::Sentence);
        if !numbered.iter().any(|it| unlabelled(it.step.unit))
            && let Some(labels) = labels
            && let Some(ranges) = wording::by_number(&pieces, &labels, self.language)
        {
            return Some(
                ranges
                    .into_iter()
                    .map(|range| lines(&pieces[range]))
                    .collect(),
            );
        }
        if groups.len() == units.len() {
            return Some(groups.iter().map(|group| lines(group)).collect());
        }
        // «тақырыбы және бірінші абзацы»: a paragraph for each.
        let one = |unit: Unit| unit.is_counted() || unit == Unit::Heading;
        let each = |chain: &Chain| chain.last().is_some_and(|it| one(it.step.unit));
        if units.iter().all(each) && pieces.len() == units.len() {
            return Some(
                pieces
                    .iter()
                    .map(|piece| vec![piece.text.clone()])
                    .collect(),
            );
        }
        let rows = self.rows(units, &pieces);
        if rows.is_none() {
            self.unclear(shape);
        }
        rows
    }

    /// The new rows for as many rows that a clause sets out, one for each, as their numbers agree.
    fn rows(&self, units: &[Chain], pieces: &[Piece]) -> Option<Vec<Vec<String>>> {
        let answers = |(unit, piece): (&Chain, &Piece)| {
            let step = &unit.last()?.step;
            let number = wording::number(piece, Unit::Row, self.language);
            let known = step.num == number && (number.is_some() || step.words.is_some());
            let row = step.unit == Unit::Row && piece.row && known;
            row.then(|| vec![piece.text.clone()])
        };
        match units.len() == pieces.len() {
            true => units.iter().zip(pieces).map(answers).collect(),
            false => None,
        }
    }

    pub(super) fn unclear(&mut self, shape: &Shape) {
        self.refuse(
            Code::WordingUnclear,
            "it is not clear which paragraph of the wording belongs to which unit",
            shape,
        );
    }

    /// The paragraphs of an annex of the amending act; with the stamp of the annex that is `added`.
    fn wording_in_annex(&mut self, num: Option<&Num>, added: bool) -> Vec<String> {
        // A list of changes is an annex itself; its own annexes come after it.
        let at = self.at.0;
        let behind = self.annexes.iter_mut().filter(|it| it.stamp.start >= at);
        let mut behind: Vec<&mut Annex> = behind.collect();
        let found = behind.iter().position(|it| it.num.as_ref() == num);
        let only = num.is_none() && behind.len() == 1;
        let annex = found.or(only.then_some(0)).map(|at| &mut *behind[at]);
        let lines = annex.map(|annex| {
            annex.worded = true;
            let start = if added { annex.own } else { annex.text.start };
            &self.lines[start..annex.text.end]
        });
        lines
            .unwrap_or_default()
            .iter()
            .filter(|line| !line.is_blank())
            .map(|line| line.words(0..line.text.len()).to_string())
            .collect()
    }
}

/// The wordings of several orders: a quotation for each, or one in which each starts with the number
/// of its first unit.
pub fn share(
    orders: &[&Order],
    groups: Vec<Vec<Piece>>,
    language: &Language,
) -> Option<Vec<Vec<Vec<Piece>>>> {
    if groups.len() == orders.len() {
        return Some(groups.into_iter().map(|group| vec![group]).collect());
    }
    let mut rest: Vec<Piece> = groups.into_iter().flatten().collect();
    let mut shares = Vec::new();
    for order in orders.iter().rev() {
        let (Order::Restate(targets, _) | Order::Add(targets, ..)) = order else {
            return None;
        };
        let step = &targets.first()?.last()?.step;
        let starts = |piece: &Piece| {
            step.num.is_some() && wording::number(piece, step.unit, language) == step.num
        };
        let at = rest.iter().position(starts)?;
        shares.push(vec![rest.split_off(at)]);
    }
    shares.reverse();
    rest.is_empty().then_some(shares)
}

/// The texts of pieces.
pub fn lines(pieces: &[Piece]) -> Vec<String> {
    pieces.iter().map(|piece| piece.text.clone()).collect()
}

/// The texts of all pieces of a wording.
pub fn flat(groups: &[Vec<Piece>]) -> Vec<String> {
    groups.iter().flat_map(|group| lines(group)).collect()
}
