//! What a clause names, in languages that put the outer unit before the inner one and the number
//! before its noun: «5-тармақтың 2) тармақшасы … жазылсын».

use std::ops::Range;

use super::item::{
    Item, Named, Owner, PROGRAMME, Unread, is_firm, is_programme, item_of, naming, stands_bare,
};
use super::number::{as_written, ordinals, spread};
use super::quote::{Quotation, quotations};
use super::token::{Kind, Token, mark, senses};
use crate::lang::drafting::{Case, Drafting, Form, Mark, Noun, Numeral, Sense};
use crate::unit::{Num, Unit};

/// Reads the things that a clause names. Every token belongs to one of them, or it is an error.
pub fn items(
    text: &str,
    tokens: &[Token],
    drafting: &'static Drafting,
) -> Result<Vec<Item>, Unread> {
    let quotations = quotations(text, tokens, drafting);
    let mut reader = Reader {
        text,
        tokens,
        drafting,
        quotations,
        at: 0,
        items: Vec::new(),
        loose: None,
        approved: false,
    };
    while reader.at < tokens.len() {
        reader.next()?;
    }
    reader.document(tokens.len())?;
    Ok(reader.items)
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    drafting: &'static Drafting,
    quotations: Vec<Quotation>,
    at: usize,
    items: Vec<Item>,
    /// The first of the words that have no meaning yet: they may name a document.
    loose: Option<usize>,
    /// Whether the next unit is a document of the act.
    approved: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<(), Unread> {
        let start = self.at;
        if let Some(mut named) = self
            .quoted()
            .or_else(|| self.numbered())
            .or_else(|| self.counted())
        {
            // The number of an annex says which it is; the words before it say of what.
            match &mut named {
                Item::Unit(named) if named.unit == Unit::Annex && named.figures => {
                    let document =
                        self.names_document(start) || self.approved && self.loose.is_some();
                    named.owner = match self.items.last() {
                        _ if document => {
                            let noun = self.tokens[start - 1].range.clone();
                            Owner::Document(self.text[noun].to_string())
                        }
                        Some(Item::Act(_)) => Owner::Act,
                        _ => Owner::Unsaid,
                    };
                    // «көрсетілген қағидаларға 1-қосымша», where the document is open.
                    let more = self.loose.is_some_and(|loose| start > loose + 1);
                    match document && more {
                        true => self.document(start)?,
                        false => self.loose = None,
                    }
                }
                _ => self.document(start)?,
            }
            self.push(named);
            return Ok(());
        }
        let found = senses(self.drafting.lexicon(), &self.tokens[start..]);
        let held = self.loose.is_some();
        // Within a name, nouns and short phrases are words as others.
        let free = !held || self.names_document(start);
        // «осы өзгерістерге қосымшаға сәйкес»: of what the annex is does not matter.
        let annex = found
            .iter()
            .any(|(_, sense)| matches!(sense, Sense::Noun(Noun::Unit(Unit::Annex), _)));
        if annex && self.items.last() == Some(&Item::Mark(Mark::This)) {
            self.loose = None;
        }
        let free = free || self.loose.is_none();
        for (count, sense) in found {
            let item = match sense {
                Sense::Mark(Mark::And | Mark::While) if free => Item::Joint,
                Sense::Mark(mark) if is_firm(mark) || free && is_loose(mark) => Item::Mark(mark),
                Sense::Noun(noun, form)
                    if free && item_of(noun).is_some_and(|(unit, _)| stands_bare(unit)) =>
                {
                    let (unit, level) = item_of(noun).unwrap_or((Unit::Row, 0));
                    Item::Unit(Named::bare(unit, level, form))
                }
                Sense::Noun(Noun::Act(_), form) if !held => Item::Act(form),
                Sense::Noun(Noun::Sign(sign), form) if !held => {
                    Item::Words(vec![sign.to_string()], form)
                }
                _ => continue,
            };
            self.document(start)?;
            self.push(item);
            self.at = start + count;
            return Ok(());
        }
        match &self.tokens[start].kind {
            Kind::Sign(',') if !held => self.items.push(Item::Joint),
            Kind::Sign('.' | '\\') if !held => {}
            _ => self.loose = self.loose.or(Some(start)),
        }
        self.at += 1;
        Ok(())
    }

    /// Adds an item. «көрсетілген … бекітілген» is about the document that comes next.
    fn push(&mut self, mut item: Item) {
        match &mut item {
            Item::Mark(Mark::Given | Mark::Approved) => {
                self.approved = true;
                return;
            }
            Item::Unit(named) => named.approved = std::mem::take(&mut self.approved),
            _ => {}
        }
        self.items.push(item);
    }

    /// The phrase at a token.
    fn mark(&self, at: usize) -> Option<Mark> {
        let found = mark(self.drafting.lexicon(), self.tokens.get(at..)?);
        found.map(|(_, mark)| mark)
    }

    /// Whether the words without a meaning that end before a token name a document.
    fn names_document(&self, end: usize) -> bool {
        let last = self.tokens.get(end.wrapping_sub(1)..end);
        let found = senses(self.drafting.lexicon(), last.unwrap_or_default());
        let is_document =
            |(_, sense): &(usize, Sense)| matches!(sense, Sense::Noun(Noun::Document, _));
        found.iter().any(is_document)
    }

    /// The words without a meaning before a token: they name a document where a noun for one ends
    /// them, and are an error elsewhere.
    fn document(&mut self, end: usize) -> Result<(), Unread> {
        let Some(start) = self.loose.take() else {
            return Ok(());
        };
        let range = self.tokens[start].range.start..self.tokens[end - 1].range.end;
        let last = &self.tokens[end - 1];
        if !matches!(last.kind, Kind::Word(_)) {
            return Err(Unread(range));
        }
        let sense = senses(self.drafting.lexicon(), &self.tokens[end - 1..end])
            .into_iter()
            .find_map(|(_, sense)| match sense {
                Sense::Noun(noun @ (Noun::Document | Noun::Act(_)), form) => Some((noun, form)),
                _ => None,
            });
        match sense {
            Some((Noun::Act(_), form)) => self.items.push(Item::Act(form)),
            Some((_, form)) => {
                let before = &self.text[range.start..last.range.start];
                let noun = naming(&self.text[last.range.clone()], form, self.drafting);
                // «көрсетілген қағидалар»: the document that is open.
                let given = start > 0 && self.mark(start - 1) == Some(Mark::Given);
                let open = given && start + 1 == end;
                self.push(Item::Unit(Named {
                    words: Vec::from_iter((!open).then(|| format!("{before}{noun}"))),
                    owner: match open {
                        true => Owner::Open(noun),
                        false => Owner::Unsaid,
                    },
                    ..Named::bare(Unit::Annex, 0, form)
                }));
            }
            None => match self.unlisted(start..end) {
                Some((words, case)) => self.push(Item::Unit(Named {
                    words: vec![words],
                    ..Named::bare(
                        Unit::Annex,
                        0,
                        Form {
                            case,
                            plural: false,
                            owned: true,
                        },
                    )
                })),
                None => return Err(Unread(range)),
            },
        }
        Ok(())
    }

    /// «бекітілген … мөлшерінде, көздерінде және түрлерінде»: whatever an act approves is a document.
    fn unlisted(&self, tokens: Range<usize>) -> Option<(String, Case)> {
        let last = &self.tokens[tokens.end - 1];
        let (case, _) = self.drafting.unlisted(&self.text[last.range.clone()])?;
        if !self.approved {
            return None;
        }
        let mut words = String::new();
        let mut from = self.tokens[tokens.start].range.start;
        for at in tokens.clone() {
            let named = self
                .drafting
                .unlisted(&self.text[self.tokens[at].range.clone()]);
            let ends = at + 1 == tokens.end || self.joint(at + 1).is_some();
            if let Some((_, name)) = named.filter(|(own, _)| ends && *own == case) {
                let range = &self.tokens[at].range;
                words.push_str(&self.text[from..range.start]);
                words.push_str(name);
                from = range.end;
            }
        }
        Some((words, case))
    }

    /// «"…" деген 3-бөлімде», «"…" деген сөздер».
    fn quoted(&mut self) -> Option<Item> {
        let before = self.leading_number();
        let start = self.at + usize::from(before.is_some());
        let quotation = self.quotations.iter().find(|it| it.start == start)?;
        let (end, texts) = (quotation.end, quotation.texts.clone());
        let mut at = end;
        self.skip_numbered(&mut at);
        let (nums, after) = self.series(at).unwrap_or((Vec::new(), at));
        let figures = !nums.is_empty();
        let (count, noun, form) = self.noun(after)?;
        let (unit, level) = match noun {
            Noun::Words if nums.is_empty() && before.is_none() => {
                let (end, form) = self.more_words(after + count, form);
                self.at = end;
                return Some(Item::Words(texts, form));
            }
            Noun::Unit(Unit::Act | Unit::Heading) => return None,
            Noun::Unit(unit) => (unit, 0),
            Noun::Row(level) => (Unit::Row, level),
            noun if before.as_ref().is_some_and(|it| is_programme(noun, it)) => PROGRAMME,
            Noun::Document => (Unit::Annex, 0),
            Noun::Words | Noun::Sign(_) | Noun::Act(_) => return None,
        };
        self.at = after + count;
        Some(Item::Unit(Named {
            nums: nums.into_iter().chain(before).collect(),
            words: texts,
            figures,
            ..Named::bare(unit, level, form)
        }))
    }

    /// «аббревиатура және сөздер»: the token after the last noun, and its form.
    fn more_words(&self, at: usize, form: Form) -> (usize, Form) {
        let more = self.joint(at).and_then(|next| {
            self.noun(next)
                .map(|(count, noun, form)| (next + count, noun, form))
        });
        match more {
            Some((end, Noun::Words, form)) => self.more_words(end, form),
            _ => (at, form),
        }
    }

    /// A number before a quoted name: «678 "…" деген әкімші».
    fn leading_number(&self) -> Option<Num> {
        match (&self.tokens[self.at].kind, self.tokens.get(self.at + 1)) {
            (Kind::Number(number, false), Some(next)) if next.is_quote() => {
                Some(Num(number.into()))
            }
            _ => None,
        }
    }

    /// «13-1) және 13-2) тармақшалармен», «реттік нөмірлері 63-1, 63-2-жолдар», «15-тармақтың».
    fn numbered(&mut self) -> Option<Item> {
        let (mut nums, after) = self.series(self.at)?;
        // «реттік нөмірлері 18 және 19, мынадай мазмұндағы жолдармен»
        let comma = self.tokens.get(after).is_some_and(|it| it.is(','));
        let content = mark(self.drafting.lexicon(), self.tokens.get(after + 1..)?);
        let content = content.filter(|(_, mark)| comma && *mark == Mark::Content);
        let after = content.map_or(after, |(count, _)| after + 1 + count);
        let (count, noun, form) = self.noun(after)?;
        let (unit, level) = item_of(noun)?;
        let unit = as_written(unit, &self.tokens[self.at..after]);
        if form.plural {
            nums = spread(nums);
        }
        if unit.is_single() && unit != Unit::Note {
            return None;
        }
        self.at = after + count;
        Some(Item::Unit(Named {
            nums,
            figures: true,
            ..Named::bare(unit, level, form)
        }))
    }

    /// «он алтыншы және он жетінші абзацтарын», «отыз бесінші – қырық үшінші абзацтармен».
    fn counted(&mut self) -> Option<Item> {
        let joint = |at: usize| self.joint(at);
        let (nums, at) = ordinals(self.tokens, self.at, |at| self.ordinal(at), joint)?;
        let (count, noun, form) = self.noun(at)?;
        let (unit, level) = item_of(noun)?;
        self.at = at + count;
        Some(Item::Unit(Named {
            nums,
            ..Named::bare(unit, level, form)
        }))
    }

    /// An ordinal in words, and the token after it.
    fn ordinal(&self, at: usize) -> Option<(usize, usize)> {
        let mut total = 0;
        let mut at = at;
        loop {
            let found = senses(self.drafting.lexicon(), self.tokens.get(at..)?);
            let numeral = found.into_iter().find_map(|(count, sense)| match sense {
                Sense::Numeral(numeral) => Some((count, numeral)),
                _ => None,
            });
            match numeral? {
                (count, Numeral::Ordinal(number)) => return Some((total + number, at + count)),
                (count, Numeral::Cardinal(number)) if number >= 10 => {
                    total += number;
                    at += count;
                }
                (_, Numeral::Cardinal(_)) => return None,
            }
        }
    }

    /// Numbers in figures up to their noun: lists and ranges.
    fn series(&self, at: usize) -> Option<(Vec<Num>, usize)> {
        let mut at = at;
        self.skip_numbered(&mut at);
        let mut nums: Vec<Num> = Vec::new();
        loop {
            let Some(Kind::Number(number, bracket)) = self.tokens.get(at).map(|it| &it.kind) else {
                return None;
            };
            let num = Num(number.into());
            at += 1;
            let dash = |at: usize| self.tokens.get(at).is_some_and(|it| it.is_dash());
            let number_at = |at: usize| {
                matches!(
                    self.tokens.get(at).map(|it| &it.kind),
                    Some(Kind::Number(..))
                )
            };
            if dash(at) && number_at(at + 1) {
                let Some(Kind::Number(last, _)) = self.tokens.get(at + 1).map(|it| &it.kind) else {
                    return None;
                };
                let (first, last) = (num.count()?, last.parse::<usize>().ok()?);
                if first >= last {
                    return None;
                }
                nums.extend((first..=last).map(Num::counted));
                at += 2;
            } else {
                nums.push(num);
            }
            let next = self.joint(at).unwrap_or(at);
            let mut beyond = next;
            self.skip_numbered(&mut beyond);
            if number_at(beyond) && (next > at || *bracket) {
                at = beyond;
                continue;
            }
            // `224-40.-жол`, `15-тармақ`, `2)-тармақша`
            let stop = self.tokens.get(at).is_some_and(|it| it.is('.')) && dash(at + 1);
            at += usize::from(stop);
            at += usize::from(dash(at));
            return Some((nums, at));
        }
    }

    fn skip_numbered(&self, at: &mut usize) {
        while let Some((count, Sense::Mark(Mark::Numbered))) = senses(
            self.drafting.lexicon(),
            self.tokens.get(*at..).unwrap_or_default(),
        )
        .into_iter()
        .find(|(_, sense)| matches!(sense, Sense::Mark(Mark::Numbered)))
        {
            *at += count;
        }
    }

    /// The token after a comma, «және», or both.
    fn joint(&self, at: usize) -> Option<usize> {
        let mut next = at;
        if self.tokens.get(next).is_some_and(|it| it.is(',')) {
            next += 1;
        }
        let found = senses(self.drafting.lexicon(), self.tokens.get(next..)?);
        if found.contains(&(1, Sense::Mark(Mark::And))) {
            next += 1;
        }
        (next > at).then_some(next)
    }

    /// The noun at a token: its words, what it is, its form.
    fn noun(&self, at: usize) -> Option<(usize, Noun, Form)> {
        let mut at_noun = at;
        self.skip_numbered(&mut at_noun);
        let found = senses(self.drafting.lexicon(), self.tokens.get(at_noun..)?);
        found.into_iter().find_map(|(count, sense)| match sense {
            Sense::Noun(noun, form) => Some((at_noun - at + count, noun, form)),
            _ => None,
        })
    }
}

/// Phrases that may be words of a name.
fn is_loose(mark: Mark) -> bool {
    matches!(
        mark,
        Mark::This | Mark::It | Mark::According | Mark::Given | Mark::Approved | Mark::By
    )
}
