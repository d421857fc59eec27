//! How an act names another: form, organ, date, number and title (Law on legal acts, art. 25(5)).

use jiff::civil::Date;

use super::token::{Kind, Token, mark, senses};
use crate::lang::drafting::{Case, Drafting, Form, Lexicon, Mark, Noun, Sense};
use crate::operation::Target;

/// An act as another one names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// What it shows of the act.
    pub target: Target,
    /// The form of the noun for it; `None` where that is missing.
    pub form: Option<Form>,
    /// Whether the clause speaks of what stands in it: «қаулысында», «в постановление».
    pub amended: bool,
    /// The token of the noun, where that stands first; of the first word elsewhere.
    pub start: usize,
    /// The token after it, publication notes in brackets included.
    pub end: usize,
}

/// The acts that a text names by their dates, in its order.
pub fn citations(text: &str, tokens: &[Token], drafting: &'static Drafting) -> Vec<Citation> {
    let mut list: Vec<Citation> = Vec::new();
    let mut from = 0;
    for at in 0..tokens.len() {
        if at < from {
            continue;
        }
        let Some((date, end)) = date(tokens, at, drafting) else {
            continue;
        };
        let start = list.last().map_or(0, |it| it.end);
        let found = match drafting.inner_first {
            true => inner_first(text, tokens, drafting, start, at, date, end),
            false => citation(text, tokens, drafting, start, at, date, end),
        };
        from = found.end.max(end);
        list.push(found);
    }
    list
}

/// The day until which something applies: «2030 жылғы 1 қаңтарға дейін», «до 1 января 2030 года».
pub fn until(tokens: &[Token], drafting: &'static Drafting) -> Option<Date> {
    let says = |at: usize| {
        let found = mark(drafting.lexicon(), tokens.get(at..)?);
        found.filter(|(_, mark)| *mark == Mark::Until)
    };
    (0..tokens.len()).find_map(|at| {
        let (date, end) = date(tokens, at, drafting)?;
        let beside = match drafting.inner_first {
            true => at.checked_sub(1).and_then(says),
            false => says(end),
        };
        beside.map(|_| date)
    })
}

/// A date at a token, and the token after it: «2023 жылғы 28 наурыздағы», «28 марта 2023 года».
pub fn date(tokens: &[Token], at: usize, drafting: &'static Drafting) -> Option<(Date, usize)> {
    let number = |at: usize| match &tokens.get(at)?.kind {
        Kind::Number(number, false) => number.parse::<i16>().ok(),
        _ => None,
    };
    let month = |at: usize| {
        let found = senses(drafting.lexicon(), tokens.get(at..)?);
        found.into_iter().find_map(|(_, sense)| match sense {
            Sense::Month(month) => Some(month),
            _ => None,
        })
    };
    // «1997 жылғы», «1997 года», «1997 г.»: the token after it.
    let past_year = |at: usize| {
        let found = tokens
            .get(at..)
            .and_then(|rest| mark(drafting.lexicon(), rest));
        let Some((1, Mark::Year)) = found else {
            return at;
        };
        let short = matches!(&tokens[at].kind, Kind::Word(word) if word.chars().count() == 1);
        let dot = tokens.get(at + 1).is_some_and(|token| token.is('.'));
        at + 1 + usize::from(short && dot)
    };
    let first = number(at)?;
    let (year, month, day, end) = match month(at + 1) {
        Some(month) => (number(at + 2)?, month, first, past_year(at + 3)),
        None => {
            let after = past_year(at + 1);
            (first, month(after + 1)?, number(after)?, after + 2)
        }
    };
    let day = i8::try_from(day).ok()?;
    Some((Date::new(year, month, day).ok()?, end))
}

/// The rest of a citation around its date.
fn citation(
    text: &str,
    tokens: &[Token],
    drafting: &'static Drafting,
    start: usize,
    dated: usize,
    date: Date,
    end: usize,
) -> Citation {
    let lexicon = drafting.lexicon();
    let (number, mut at) = match number(text, tokens, end) {
        Some((number, at)) => (Some(number), at),
        None => (None, end),
    };
    let mut after = at;
    let mut form = None;
    let mut kind = None;
    let mut noun = None;
    let mut approves = false;
    let date_at = |at: usize| self::date(tokens, at, drafting).is_some();
    while let Some(token) = tokens.get(at) {
        if token.is('(') {
            at = after_brackets(tokens, at);
            continue;
        }
        if token.kind == Kind::Quote(true) {
            let close = (at..tokens.len()).find(|it| tokens[*it].kind == Kind::Quote(false));
            at = close.unwrap_or(at) + 1;
            continue;
        }
        if date_at(at) {
            break;
        }
        let phrase = mark(lexicon, &tokens[at..]).map(|(_, mark)| mark);
        let ends = matches!(
            phrase,
            Some(Mark::Following | Mark::Enact | Mark::Content | Mark::Do(..))
        );
        if token.is(':') || token.is(';') || ends {
            break;
        }
        let act = senses(lexicon, &tokens[at..])
            .into_iter()
            .find_map(|(_, sense)| match sense {
                Sense::Noun(Noun::Act(kind), form) => Some((kind, form)),
                _ => None,
            });
        at += 1;
        // Behind «бекітілген» other acts are named in the name of the document.
        let act = act.filter(|(name, _)| !approves || *name == "code");
        if let Some((name, it)) = act {
            (form, kind, noun) = (Some(it), Some(name.to_string()), Some(at - 1));
            // «Заңымен бекітілген … кодексінде»: the code is meant.
            let approved = mark(lexicon, tokens.get(at..).unwrap_or_default());
            if let (Case::Instrumental, Some((count, Mark::Approved))) = (it.case, approved) {
                at += count;
                after = at;
                approves = true;
                continue;
            }
            // «Конституциялық заң күші бар Жарлығына»: a law is named, a decree is meant.
            if it.case != Case::Nominative || it.owned {
                break;
            }
        }
    }
    at = noun.map_or(at, |noun| noun + 1);
    while noun.is_some() && tokens.get(at).is_some_and(|it| it.is('(')) {
        at = after_brackets(tokens, at);
    }
    let end = match noun {
        Some(_) => at,
        None => after,
    };
    let approved = mark(lexicon, tokens.get(end..).unwrap_or_default());
    // Within a title it is the act of that title.
    let marks = |open: bool| {
        let marks = tokens[start..end].iter();
        marks.filter(|it| it.kind == Kind::Quote(open)).count()
    };
    let approves = noun.is_some()
        && approved.is_some_and(|(_, it)| it == Mark::Approved)
        && marks(true) == marks(false);
    let words = |range: std::ops::Range<usize>| match tokens.get(range.clone()) {
        Some([first, .., last]) => text[first.range.start..last.range.end].to_string(),
        Some([only]) => text[only.range.clone()].to_string(),
        _ => String::new(),
    };
    let before = quoted(tokens, start..dated);
    let beyond = noun.and_then(|noun| quoted(tokens, after..noun));
    let mut title = None;
    let mut organ = None;
    if let Some((open, close)) = before {
        // «"…" туралы»: what is written small after the title is a part of it.
        let small = (close + 1..dated)
            .take_while(|at| {
                let word = &text[tokens[*at].range.clone()];
                word.starts_with(char::is_lowercase)
            })
            .count();
        title = Some(match small {
            0 => inner(text, tokens, open, close),
            _ => words(open..close + 1 + small),
        });
        // «облыстық мәслихаттың "…" 2019 жылғы … шешіміне»: the organ may stand before the title.
        organ = [close + 1 + small..dated, start..open]
            .map(words)
            .into_iter()
            .find(|organ| !organ.is_empty());
    } else if let Some((open, close)) = beyond {
        title = Some(inner(text, tokens, open, close));
        organ = Some(words(start..dated));
    } else if let (Some(noun), Some("code" | "law")) = (noun, kind.as_deref()) {
        let named = match &tokens[noun].kind {
            Kind::Word(word) => form
                .and_then(|form| drafting.naming(word, form))
                .unwrap_or_default(),
            Kind::Number(..) | Kind::Quote(_) | Kind::Sign(_) => "",
        };
        title = Some(format!("{} {named}", words(after..noun)));
    }
    let organ = organ
        .map(|organ| nominative(&organ, drafting))
        .filter(|organ| !organ.is_empty());
    Citation {
        target: Target {
            kind,
            organ,
            date: Some(date),
            number,
            title,
        },
        form,
        // «бұйрығымен бекітілген … қағидаларында» is a document of the act.
        amended: form.is_none_or(|form| match form.case {
            Case::Dative | Case::Locative | Case::Genitive => true,
            Case::Instrumental => approves,
            _ => false,
        }),
        start,
        end,
    }
}

/// A citation whose noun comes first: «постановление Правительства … от 1 мая 2020 года № 5 «…»».
fn inner_first(
    text: &str,
    tokens: &[Token],
    drafting: &'static Drafting,
    start: usize,
    dated: usize,
    date: Date,
    end: usize,
) -> Citation {
    let lexicon = drafting.lexicon();
    let mut noun = None;
    let mut depth = 0usize;
    for at in start..dated {
        match tokens[at].kind {
            Kind::Quote(true) => depth += 1,
            Kind::Quote(false) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let act = senses(lexicon, &tokens[at..])
            .into_iter()
            .find_map(|(_, sense)| match sense {
                Sense::Noun(Noun::Act(kind), form) => Some((at, kind, form)),
                _ => None,
            });
        // «изменений …, которые вносятся в некоторые решения …, утвержденных постановлением …»
        let approved =
            depth == 0 && mark(lexicon, &tokens[at..]).is_some_and(|(_, it)| it == Mark::Approved);
        if approved && tokens[at + 1..dated].iter().any(|it| is_act(it, lexicon)) {
            noun = None;
        }
        noun = noun.or(act.filter(|_| depth == 0));
    }
    let (number, mut after) = match number(text, tokens, end) {
        Some((number, at)) => (Some(number), at),
        None => (None, end),
    };
    let words = |range: std::ops::Range<usize>| match tokens.get(range) {
        Some([first, .., last]) => text[first.range.start..last.range.end].to_string(),
        Some([only]) => text[only.range.clone()].to_string(),
        _ => String::new(),
    };
    let from = noun.map_or(start, |(at, ..)| at);
    let is_in = |at: usize| mark(lexicon, &tokens[at..]) == Some((1, Mark::In));
    let preposition = (start..from).rev().find(|at| is_in(*at));
    // The name of a code is what it is called: «Гражданский кодекс Республики Казахстан».
    let first = preposition.map_or(from, |at| at + 1);
    let before = quoted(tokens, from..dated);
    let mut title = before.map(|(open, close)| inner(text, tokens, open, close));
    if title.is_none() && tokens.get(after).is_some_and(Token::is_quote) {
        let close = closing_title(tokens, drafting, after);
        title = Some(inner(text, tokens, after, close));
        after = close + 1;
    }
    let stop = |at: &usize| tokens[*at].is('(') || tokens[*at].is(',') || tokens[*at].is_quote();
    let named = (from..dated).find(stop).unwrap_or(dated);
    // «от» before the date.
    let small =
        |at: usize| matches!(&tokens[at].kind, Kind::Word(word) if word.chars().count() <= 2);
    let named = if named == dated && dated > from && small(dated - 1) {
        dated - 1
    } else {
        named
    };
    let kind = noun.map(|(_, kind, _)| kind);
    if title.is_none() && kind == Some("code") {
        title = Some(words(first..named));
    }
    let organ = noun
        .filter(|(_, kind, _)| !matches!(*kind, "code" | "law"))
        .map(|(at, ..)| words(at + 1..named))
        .filter(|organ| !organ.is_empty());
    while tokens.get(after).is_some_and(|it| it.is('(')) {
        after = after_brackets(tokens, after);
    }
    Citation {
        target: Target {
            kind: kind.map(str::to_string),
            organ,
            date: Some(date),
            number,
            title,
        },
        form: noun.map(|(_, _, form)| form),
        amended: preposition.is_some(),
        start: from,
        end: after,
    }
}

/// Whether a word is a noun for an act.
fn is_act(token: &Token, lexicon: &Lexicon) -> bool {
    let found = senses(lexicon, std::slice::from_ref(token));
    let act = |sense: &Sense| matches!(sense, Sense::Noun(Noun::Act(_), _));
    found.iter().any(|(_, sense)| act(sense))
}

/// The mark that closes a title: the last one before what an act is said to get.
fn closing_title(tokens: &[Token], drafting: &'static Drafting, open: usize) -> usize {
    let lexicon = drafting.lexicon();
    let mut depth = 0usize;
    let mut last = open;
    for at in open..tokens.len() {
        match tokens[at].kind {
            Kind::Quote(true) => depth += 1,
            Kind::Quote(false) => {
                depth = depth.saturating_sub(1);
                last = at;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
        let follows = mark(lexicon, &tokens[at..])
            .is_some_and(|(_, mark)| matches!(mark, Mark::Following | Mark::Do(..)));
        if follows && last > open && last + 1 == at {
            return last;
        }
    }
    last
}

/// «№ 249», «N 152-IV»: the number, and the token after it.
fn number(text: &str, tokens: &[Token], at: usize) -> Option<(String, usize)> {
    let sign = tokens.get(at)?;
    let is_sign = sign.is('№') || sign.kind == Kind::Word("n".to_string());
    let first = tokens.get(at + 1).filter(|_| is_sign)?;
    if !matches!(first.kind, Kind::Number(..)) {
        return None;
    }
    let mut last = at + 1;
    while let (Some(token), Some(next)) = (tokens.get(last), tokens.get(last + 1)) {
        let joins =
            matches!(next.kind, Kind::Number(..) | Kind::Word(_)) || next.is('-') || next.is('/');
        if next.range.start > token.range.end || !joins {
            break;
        }
        last += 1;
    }
    let number = &text[first.range.start..tokens[last].range.end];
    let plain = number.chars().map(crate::fold::roman).collect();
    Some((plain, last + 1))
}

/// The first and the last mark of quotation in a stretch.
fn quoted(tokens: &[Token], range: std::ops::Range<usize>) -> Option<(usize, usize)> {
    let marks = |at: &usize| tokens[*at].is_quote();
    let first = range.clone().find(marks)?;
    let last = range.rev().find(marks)?;
    (first < last).then_some((first, last))
}

fn inner(text: &str, tokens: &[Token], open: usize, close: usize) -> String {
    let inside = text.get(tokens[open].range.end..tokens[close].range.start);
    inside.unwrap_or_default().trim().to_string()
}

fn after_brackets(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        // The bracket of a point is in its number: `4)` closes as well.
        let closes = token.is(')') || matches!(token.kind, Kind::Number(_, true));
        depth = match (token.is('('), closes) {
            (true, _) => depth + 1,
            (_, true) => depth - 1,
            _ => depth,
        };
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// «Үкіметінің» → «Үкіметі».
fn nominative(organ: &str, drafting: &'static Drafting) -> String {
    let lower = organ.to_lowercase();
    let ending = drafting
        .genitives
        .iter()
        .find(|ending| lower.ends_with(**ending));
    match ending {
        Some(ending) => organ[..organ.len() - ending.len()].to_string(),
        None => organ.to_string(),
    }
}

impl Citation {
    /// Whether the act itself is what is spoken of: «қаулысы».
    pub fn is_whole(&self) -> bool {
        self.form.is_some_and(|form| form.is_target())
    }
    /// Whether the act is one in which something is changed: «қаулысына», «в постановление».
    pub fn is_amended(&self) -> bool {
        self.amended
    }
}
