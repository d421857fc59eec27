//! What a clause names, in languages that put the noun before its number and the inner unit before
//! the outer one: «подпункт 2) пункта 5 изложить …». The result stands in the order of
//! [`super::item`], outer units and objects before their verb.

use super::item::{
    Item, Named, Owner, PROGRAMME, Unread, is_firm, is_programme, item_of, naming, stands_bare,
};
use super::number::{as_written, ordinals, spread};
use super::order::{Part, ordered};
use super::token::{Kind, Token, mark, senses};
use crate::lang::drafting::{Case, Drafting, Form, Mark, Noun, Numeral, Predicate, Sense};
use crate::unit::{Num, Unit};

/// Reads the things that a clause names. Every token belongs to one of them, or it is an error.
pub fn items(
    text: &str,
    tokens: &[Token],
    drafting: &'static Drafting,
) -> Result<Vec<Item>, Unread> {
    let mut reader = Reader {
        text,
        tokens,
        drafting,
        at: 0,
        parts: Vec::new(),
        wanted: SUBJECT,
        joined: false,
        loose: None,
        onto: false,
        owner: false,
    };
    while reader.at < tokens.len() {
        reader.next()?;
    }
    reader.document(tokens.len())?;
    reader.owned_by_act();
    Ok(ordered(reader.parts))
}

/// The cases that are likely without a preposition or a verb before.
const SUBJECT: &[Case] = &[
    Case::Nominative,
    Case::Accusative,
    Case::Locative,
    Case::Instrumental,
    Case::Genitive,
    Case::Dative,
];

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    drafting: &'static Drafting,
    at: usize,
    parts: Vec<Part>,
    /// The cases that what comes next may have, the likeliest first.
    wanted: &'static [Case],
    /// Whether a unit stands directly before.
    joined: bool,
    /// The first of the words that have no meaning yet: they may name a document.
    loose: Option<usize>,
    /// Whether the words that come next come in the place of others.
    onto: bool,
    /// Whether what comes next is what an annex belongs to: «приложение 2 к Правилам …».
    owner: bool,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<(), Unread> {
        let start = self.at;
        let held = self.loose.is_some();
        if let Some((named, next)) = self.unit(start, held) {
            self.document(start)?;
            self.add(named);
            self.at = next;
            return Ok(());
        }
        if let Some((mut words, next)) = self.words(start) {
            self.document(start)?;
            if let (true, Item::Words(_, form)) = (std::mem::take(&mut self.onto), &mut words) {
                form.case = Case::Instrumental;
            }
            self.parts.push(Part::Item(words));
            // «после слов "А" слова "Б"»
            self.wanted = SUBJECT;
            self.at = next;
            return Ok(());
        }
        let phrase = mark(self.drafting.lexicon(), &self.tokens[start..]);
        if let Some((count, mark)) = phrase
            && (!held || is_firm(mark) || matches!(mark, Mark::Approved | Mark::According))
        {
            self.document(start)?;
            self.phrase(mark);
            self.at = start + count;
            return Ok(());
        }
        let act = senses(self.drafting.lexicon(), &self.tokens[start..])
            .into_iter()
            .find_map(|(count, sense)| match sense {
                Sense::Noun(Noun::Act(_), form) => Some((count, form)),
                _ => None,
            });
        match (&self.tokens[start].kind, act) {
            (_, Some((count, form))) if !held => {
                self.owned_by_act();
                self.parts.push(Part::Item(Item::Act(form)));
                self.at = start + count;
                return Ok(());
            }
            (Kind::Sign(','), _) if !held => self.joint(),
            (Kind::Sign('.' | '\\'), _) if !held => {}
            _ => self.loose = self.loose.or(Some(start)),
        }
        self.at += 1;
        Ok(())
    }

    /// «приложение 1 к указанному приказу», «приложение 1 к» before an act that is named by its date.
    fn owned_by_act(&mut self) {
        if let (true, Some(Part::Group(group))) =
            (std::mem::take(&mut self.owner), self.parts.last_mut())
        {
            group.iter_mut().for_each(|annex| annex.owner = Owner::Act);
        }
    }

    fn joint(&mut self) {
        self.parts.push(Part::Item(Item::Joint));
        self.joined = false;
        // A further unit is in the case of the one before.
        self.wanted = match self.parts.iter().rev().nth(1) {
            Some(Part::Group(group)) => likely(group[0].form.case),
            _ => SUBJECT,
        };
    }

    fn phrase(&mut self, mark: Mark) {
        // «пункт 3 указанных Правил»
        if mark == Mark::Given {
            return;
        }
        self.joined = false;
        self.owner = mark == Mark::To || self.owner && mark == Mark::This;
        match mark {
            // «к настоящим изменениям»
            Mark::Change => return,
            Mark::And | Mark::While => return self.joint(),
            Mark::In => self.wanted = likely(Case::Locative),
            // «заменить на слова "А"»
            Mark::Onto => self.onto = true,
            Mark::To | Mark::According | Mark::By => self.wanted = likely(Case::Dative),
            Mark::Do(Predicate::Add | Predicate::Swap | Predicate::Renumber, _) => {
                self.wanted = likely(Case::Instrumental);
            }
            Mark::From | Mark::Before => self.wanted = likely(Case::Instrumental),
            Mark::After | Mark::Except => self.wanted = likely(Case::Genitive),
            Mark::Approved => {
                let last = self.parts.iter_mut().rev().find_map(|part| match part {
                    Part::Group(group) => group.last_mut(),
                    Part::Item(_) => None,
                });
                if let Some(named) = last {
                    named.approved = true;
                }
            }
            _ => self.wanted = SUBJECT,
        }
        if !matches!(
            mark,
            Mark::In
                | Mark::Onto
                | Mark::To
                | Mark::By
                | Mark::Approved
                | Mark::Given
                | Mark::Numbered
        ) {
            self.parts.push(Part::Item(Item::Mark(mark)));
        }
    }

    fn add(&mut self, named: Named) {
        let inside = self.joined && named.form.case == Case::Genitive;
        match self.parts.last_mut() {
            Some(Part::Group(group)) if inside => group.push(named),
            _ => self.parts.push(Part::Group(vec![named])),
        }
        self.joined = true;
        self.wanted = likely(Case::Genitive);
    }

    /// A unit with its numbers, its words, or bare.
    fn unit(&self, at: usize, held: bool) -> Option<(Named, usize)> {
        // «в первом абзаце»
        if let Some((nums, next)) = self.ordinals(at)
            && let Some((end, noun, forms)) = self.noun(next)
            && let Some((unit, level)) = item_of(noun).filter(|(unit, _)| unit.is_counted())
        {
            return Some((
                self.named(unit, level, nums, Vec::new(), &forms, false),
                end,
            ));
        }
        let (after, noun, forms) = self.noun(at)?;
        let numbers = self.numbers(after);
        let (unit, level) = match &numbers {
            Some((nums, next))
                if nums.iter().all(|it| is_programme(noun, it))
                    && self.quotations(*next).is_some() =>
            {
                PROGRAMME
            }
            _ => item_of(noun)?,
        };
        let (nums, figures, next) = match numbers {
            Some((nums, next)) => (nums, true, next),
            None => match self.ordinals(after) {
                Some((nums, next)) => (nums, false, next),
                None => (Vec::new(), false, after),
            },
        };
        let unit = as_written(unit, &self.tokens[after..next]);
        let (words, next) = self.quotations(next).unwrap_or((Vec::new(), next));
        if nums.is_empty() && words.is_empty() && (held || !stands_bare(unit)) {
            return None;
        }
        if figures && unit.is_single() && unit != Unit::Note {
            return None;
        }
        // «статьи 11-33 исключить»: no clause starts with the unit that another one stands in.
        let several = |form: &Form| form.plural && form.is_target();
        let one = |form: &Form| !form.plural && form.is_target();
        let range = forms.iter().all(|it| it.plural)
            || self.parts.is_empty() && forms.iter().any(several) && !forms.iter().any(one);
        let nums = match range {
            true => spread(nums),
            false => nums,
        };
        Some((self.named(unit, level, nums, words, &forms, figures), next))
    }

    fn named(
        &self,
        unit: Unit,
        level: u8,
        nums: Vec<Num>,
        words: Vec<String>,
        forms: &[Form],
        figures: bool,
    ) -> Named {
        let count = nums.len().max(words.len());
        let agreeing: Vec<Form> = forms
            .iter()
            .copied()
            .filter(|it| it.plural == (count > 1) && count > 0)
            .collect();
        let likely = if agreeing.is_empty() {
            forms
        } else {
            &agreeing
        };
        let form = pick(likely, self.wanted);
        Named {
            nums,
            words,
            figures,
            ..Named::bare(unit, level, form)
        }
    }

    /// «слова "А", "Б"», «аббревиатуру и слова "А"».
    fn words(&self, at: usize) -> Option<(Item, usize)> {
        // «заменить на "А"»
        if self.onto
            && let Some((texts, end)) = self.quotations(at)
        {
            return Some((Item::Words(texts, pick(&[], SUBJECT)), end));
        }
        let (mut next, noun, forms) = self.noun(at)?;
        // Words behind a unit are no part of its chain.
        let form = match self.joined {
            true => pick(&forms, SUBJECT),
            false => pick(&forms, self.wanted),
        };
        match noun {
            Noun::Words => {}
            Noun::Sign(sign) => return Some((Item::Words(vec![sign.to_string()], form), next)),
            _ => return None,
        }
        while let Some((end, Noun::Words, _)) = self.joined_noun(next) {
            next = end;
        }
        let (texts, end) = self.quotations(next)?;
        Some((Item::Words(texts, form), end))
    }

    fn joined_noun(&self, at: usize) -> Option<(usize, Noun, Vec<Form>)> {
        self.after_joint(at).and_then(|at| self.noun(at))
    }

    /// The token after a comma, «и», or both.
    fn after_joint(&self, at: usize) -> Option<usize> {
        let mut next = at;
        if self.tokens.get(next).is_some_and(|it| it.is(',')) {
            next += 1;
        }
        if mark(self.drafting.lexicon(), self.tokens.get(next..)?) == Some((1, Mark::And)) {
            next += 1;
        }
        (next > at).then_some(next)
    }

    /// The noun at a token: the token after it, what it is, and the forms that it may be.
    fn noun(&self, at: usize) -> Option<(usize, Noun, Vec<Form>)> {
        let found = senses(self.drafting.lexicon(), self.tokens.get(at..)?);
        let (count, noun) = found.iter().find_map(|(count, sense)| match sense {
            Sense::Noun(noun, _) => Some((*count, *noun)),
            _ => None,
        })?;
        let forms = found.iter().filter_map(|(many, sense)| match sense {
            Sense::Noun(other, form) if *other == noun && *many == count => Some(*form),
            _ => None,
        });
        Some((at + count, noun, forms.collect()))
    }

    /// The token after «, порядковые номера».
    fn numbered(&self, at: usize) -> usize {
        let comma = self.tokens.get(at).is_some_and(|it| it.is(','));
        let rest = self.tokens.get(at + usize::from(comma)..);
        match rest.and_then(|rest| mark(self.drafting.lexicon(), rest)) {
            Some((count, Mark::Numbered)) => at + usize::from(comma) + count,
            _ => at,
        }
    }

    /// Numbers in figures: lists and ranges.
    fn numbers(&self, at: usize) -> Option<(Vec<Num>, usize)> {
        let mut at = self.numbered(at);
        let mut nums = Vec::new();
        let number = |at: usize| match self.tokens.get(at).map(|it| &it.kind) {
            Some(Kind::Number(number, _)) => Some(number.clone()),
            _ => None,
        };
        let dash = |at: usize| self.tokens.get(at).is_some_and(|it| it.is_dash());
        loop {
            let first = number(at)?;
            at += 1;
            match number(at + 1).filter(|_| dash(at)) {
                Some(last) => {
                    let (first, last) = (first.parse::<usize>().ok()?, last.parse().ok()?);
                    if first >= last {
                        return None;
                    }
                    nums.extend((first..=last).map(Num::counted));
                    at += 2;
                }
                None => nums.push(Num(first.into())),
            }
            match self.after_joint(at).filter(|next| number(*next).is_some()) {
                Some(next) => at = next,
                None => return Some((nums, at)),
            }
        }
    }

    /// «сороковым и сорок первым», «третий – пятый».
    fn ordinals(&self, at: usize) -> Option<(Vec<Num>, usize)> {
        let joint = |at: usize| self.after_joint(at);
        ordinals(self.tokens, at, |at| self.ordinal(at), joint)
    }

    /// An ordinal in words, and the token after it.
    fn ordinal(&self, at: usize) -> Option<(usize, usize)> {
        let mut total = 0;
        let mut at = at;
        loop {
            let found = senses(self.drafting.lexicon(), self.tokens.get(at..)?);
            let numeral = found.into_iter().find_map(|(_, sense)| match sense {
                Sense::Numeral(numeral) => Some(numeral),
                _ => None,
            });
            at += 1;
            match numeral? {
                Numeral::Ordinal(number) => return Some((total + number, at)),
                Numeral::Cardinal(number) if number >= 20 => total += number,
                Numeral::Cardinal(_) => return None,
            }
        }
    }

    /// Quotations in a row, with the token after the last mark.
    fn quotations(&self, at: usize) -> Option<(Vec<String>, usize)> {
        let mut texts = Vec::new();
        let mut at = at;
        loop {
            let open = at;
            self.tokens.get(open).filter(|it| it.is_quote())?;
            let close = self.closing(open)?;
            let inner = self.tokens[open].range.end..self.tokens[close].range.start;
            texts.push(self.text.get(inner)?.trim().to_string());
            at = close + 1;
            let next = self.after_joint(at);
            match next.filter(|next| self.tokens.get(*next).is_some_and(Token::is_quote)) {
                Some(next) => at = next,
                None => return Some((texts, at)),
            }
        }
    }

    /// The mark that closes a quotation: where every mark inside is closed and the clause goes on,
    /// or where a verb or a noun for words says that it is over.
    fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0usize;
        let mut last = None;
        for at in open..self.tokens.len() {
            match self.tokens[at].kind {
                Kind::Quote(true) => depth += 1,
                Kind::Quote(false) => {
                    depth = depth.saturating_sub(1);
                    last = Some(at);
                    if depth == 0 && self.goes_on(at + 1) || self.is_over(at + 1) {
                        return Some(at);
                    }
                }
                _ => {}
            }
        }
        last
    }

    /// Whether what stands at a token may follow a quotation.
    fn goes_on(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else {
            return true;
        };
        let unit = self.noun(at).is_some();
        token.is(',') || unit || mark(self.drafting.lexicon(), &self.tokens[at..]).is_some()
    }

    /// Whether a verb, or a noun for words, stands at a token.
    fn is_over(&self, at: usize) -> bool {
        let Some(rest) = self.tokens.get(at..).filter(|rest| !rest.is_empty()) else {
            return true;
        };
        let verb = mark(self.drafting.lexicon(), rest);
        matches!(verb, Some((_, Mark::Do(..) | Mark::After)))
            || matches!(self.noun(at), Some((_, Noun::Words, _)))
    }

    /// The words without a meaning before a token: they name a document where a noun for one is
    /// among them, and are an error elsewhere.
    fn document(&mut self, end: usize) -> Result<(), Unread> {
        let Some(start) = self.loose.take() else {
            return Ok(());
        };
        let mut end = end;
        let comma = end > start + 1 && self.tokens[end - 1].is(',');
        end -= usize::from(comma);
        let range = self.tokens[start].range.start..self.tokens[end - 1].range.end;
        // «Единой бюджетной классификации»: a word or two may stand before the noun.
        let found = (start..end.min(start + 4)).find_map(|at| match self.noun(at) {
            Some((next, Noun::Document, forms)) => Some((at, next, forms)),
            _ => None,
        });
        let marked = |at: Option<usize>| {
            let rest = at.and_then(|at| self.tokens.get(at..));
            rest.and_then(|rest| mark(self.drafting.lexicon(), rest))
        };
        let before = marked(start.checked_sub(1)).map(|(_, mark)| mark);
        let after = marked(Some(end + usize::from(comma))).map(|(_, mark)| mark);
        // «в размерах и видах …, утвержденных»: whatever an act approves is a document, as it is spelt.
        let approved = (before, after) == (Some(Mark::In), Some(Mark::Approved));
        let as_spelt = Form {
            case: self.wanted[0],
            plural: false,
            owned: false,
        };
        let unlisted = approved.then(|| (start, start + 1, vec![as_spelt]));
        let Some((at, next, forms)) = found.or(unlisted) else {
            return Err(Unread(range));
        };
        let form = pick(&forms, self.wanted);
        let owner = std::mem::take(&mut self.owner);
        let noun = self.tokens[at].range.start..self.tokens[next - 1].range.end;
        // With a word before it the noun stays as that one is: «Типовых правилах».
        let naming = match at > start {
            true => self.text[noun.clone()].to_string(),
            false => naming(&self.text[noun.clone()], form, self.drafting),
        };
        let words = format!(
            "{}{naming}{}",
            &self.text[range.start..noun.start],
            &self.text[noun.end..range.end]
        );
        let alone = at == start && next >= end;
        // «указанные Правила»: the document that is open.
        let open = alone && before == Some(Mark::Given) && !owner;
        let named = Named {
            words: Vec::from_iter((!open).then_some(words)),
            owner: match open {
                true => Owner::Open(naming.clone()),
                false => Owner::Unsaid,
            },
            ..Named::bare(Unit::Annex, 0, form)
        };
        match self.parts.last_mut() {
            // «приложение 1 к указанным Правилам», where the document is open.
            Some(Part::Group(group)) if owner => {
                group
                    .iter_mut()
                    .for_each(|annex| annex.owner = Owner::Document(naming.clone()));
                if !alone {
                    group.push(named);
                }
                self.joined = false;
            }
            // «пункт 4 Положения …»: the document of the unit before.
            _ => {
                self.joined &= form.case == Case::Genitive;
                self.add(named);
                self.joined = false;
            }
        }
        if comma {
            self.joint();
        }
        Ok(())
    }
}

/// The likeliest of the forms that a word may be.
fn pick(forms: &[Form], wanted: &[Case]) -> Form {
    let of = |case: &Case| forms.iter().find(|form| form.case == *case);
    let found = wanted.iter().find_map(of).or(forms.first());
    found.copied().unwrap_or(Form {
        case: Case::Nominative,
        plural: false,
        owned: false,
    })
}

/// The cases that are likely where one of them is expected.
fn likely(case: Case) -> &'static [Case] {
    use Case::{Accusative, Dative, Genitive, Instrumental, Locative, Nominative};
    match case {
        Locative => &[
            Locative,
            Accusative,
            Nominative,
            Genitive,
            Dative,
            Instrumental,
        ],
        Genitive => &[
            Genitive,
            Nominative,
            Accusative,
            Instrumental,
            Locative,
            Dative,
        ],
        Dative => &[
            Dative,
            Genitive,
            Nominative,
            Accusative,
            Instrumental,
            Locative,
        ],
        Instrumental => &[
            Instrumental,
            Nominative,
            Accusative,
            Genitive,
            Locative,
            Dative,
        ],
        _ => SUBJECT,
    }
}
