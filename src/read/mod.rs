//! An amending act's own text → what it orders.
//!
//! The act is read line by line. A line names an act that is amended, says where the next lines
//! are, orders something, or belongs to the new wording that the order before it announced. What is
//! not understood is said, with its line; nothing is dropped: every character of the act belongs to
//! a [`Stretch`].

mod account;
mod allot;
mod annex;
mod chain;
mod citation;
mod clause;
mod extent;
mod force;
mod head;
mod inner_first;
mod item;
mod line;
mod number;
mod open;
mod order;
mod orders;
mod outer_first;
mod payload;
mod piece;
mod quote;
mod reading;
mod repeals;
mod target;
mod token;
mod verb;
mod wording;
mod words;

use jiff::civil::Date;

use self::annex::{Annex, annexes};
use self::chain::{Chain, scope};
use self::force::{Exception, Spot};
use self::head::{Found, Head, Style, head};
use self::line::Line;
use self::payload::{names_a_target, orders_a_change};
pub use self::reading::{Elsewhere, Label, Reading, Repeal, Stretch};
use self::token::Token;
use crate::act::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Language;
use crate::lang::drafting::{Drafting, Mark};
use crate::parse::markdown;
use crate::unit::Num;

/// Reads an amending act. It never fails: what is not understood is in the diagnostics, whose places
/// are bytes of `source`.
pub fn act(source: &str, language: &'static Language, drafting: &'static Drafting) -> Reading {
    let blocks = markdown::blocks(&source.into());
    let lines = line::lines(&blocks, source, drafting.lexicon());
    let mut reader = Reader {
        source,
        language,
        drafting,
        annexes: annexes(&lines, language, drafting),
        headers: vec![None; lines.len()],
        cells: false,
        closing: None,
        paragraphs: lines
            .iter()
            .scan(0, |count, line| {
                *count += usize::from(!line.is_blank());
                Some(*count)
            })
            .collect(),
        lines,
        at: (0, 0),
        mode: Mode::Head,
        doing: Doing::Nothing,
        numbers: Vec::new(),
        context: vec![Vec::new()],
        before: None,
        lost: None,
        act: 0,
        outside: false,
        instruction: 0,
        places: Vec::new(),
        exceptions: Vec::new(),
        said: Vec::new(),
        reading: Reading::default(),
    };
    reader.reading.amendment.head.language = Some(language.code.to_string());
    reader.reading.amendment.published = Some(source.to_string());
    while reader.at.0 < reader.lines.len() {
        reader.step();
    }
    reader.date_exceptions();
    let mut said = std::mem::take(&mut reader.said);
    said.sort_by_key(|(_, it)| it.at.first().map_or(0, |span| span.bytes.start));
    let mut reading = reader.reading;
    (reading.about, reading.diagnostics) = said.into_iter().unzip();
    reading
}

const STRAY: &str = "a quotation mark closes what no mark opened";

/// Where the reader is in the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Head,
    Body,
    Signature,
    /// In an annex: over its first item, or past it.
    AnnexTitle,
    AnnexList,
    AnnexText,
}

/// What the item that is read does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    Amending,
    Repealing,
    /// Up to a day that is named before.
    Suspending(Option<Date>),
    Force,
}

/// How sure it is that a line is no paragraph of a new wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Header {
    No,
    /// If the wording before it is closed.
    Weak,
    Strong,
}

struct Reader<'a> {
    source: &'a str,
    language: &'static Language,
    drafting: &'static Drafting,
    lines: Vec<Line>,
    annexes: Vec<Annex>,
    /// For each line, what was found of it as a header.
    headers: Vec<Option<Header>>,
    /// The next line and token.
    at: (usize, usize),
    mode: Mode,
    doing: Doing,
    /// Whether the lines of the next wording are the cells of one row.
    cells: bool,
    /// Up to which line it is known whether the last line before an instruction closes a wording.
    closing: Option<(usize, bool)>,
    /// For each line, how many lines with words stand up to it.
    paragraphs: Vec<usize>,
    /// The items that are open, from outer to inner, each with its first line.
    numbers: Vec<(Style, Num, usize)>,
    /// The units that are open: several where a context names several.
    context: Vec<Chain>,
    /// How far out the outermost unit of the last clause stands, since the last item or place.
    before: Option<u8>,
    /// How many items were open where a line that names a place was not understood: what stands
    /// there has no place.
    lost: Option<usize>,
    /// The act that is amended, from 1; 0 where none is named.
    act: usize,
    /// Whether it was named outside any item.
    outside: bool,
    instruction: usize,
    /// For each operation, where its clause stands among the items.
    places: Vec<Spot>,
    /// What enters into force on another day than the act.
    exceptions: Vec<Exception>,
    /// What is to be said, and of which act.
    said: Vec<(usize, Diagnostic)>,
    reading: Reading,
}

impl Reader<'_> {
    fn step(&mut self) {
        let (index, token) = self.at;
        if self.lines[index].is_blank() {
            let label = self
                .reading
                .stretches
                .last()
                .map_or(Label::Layout, |it| it.label);
            return self.claim_line(label);
        }
        if token == 0
            && let Some(annex) = self.annexes.iter().find(|it| it.stamp.contains(&index))
        {
            if index == annex.stamp.start {
                self.mode = Mode::AnnexTitle;
                self.doing = Doing::Nothing;
                self.numbers.clear();
                self.anew();
            }
            return self.claim_line(Label::Stamp);
        }
        match self.mode {
            Mode::Head => self.head(),
            Mode::Body | Mode::AnnexList => self.item(),
            Mode::Signature => self.claim_line(Label::Signature),
            Mode::AnnexTitle => self.annex_title(),
            Mode::AnnexText => self.annex_text(),
        }
    }

    /// The lines before the first point: title, date and number, preamble.
    fn head(&mut self) {
        let (index, _) = self.at;
        let line = &self.lines[index];
        let found = head(line, 0, self.language, self.drafting);
        let starts =
            |style: Style| style == Style::Article && found.found.is_some() || style == Style::Dot;
        if found
            .numbers
            .first()
            .is_some_and(|(style, _)| starts(*style))
        {
            self.mode = Mode::Body;
            return;
        }
        let ordains = (0..line.tokens().len()).find_map(|at| {
            token::mark(self.drafting.lexicon(), &line.tokens()[at..])
                .filter(|(_, mark)| *mark == Mark::Ordain)
                .map(|(count, _)| at + count)
        });
        if let Some(mut end) = ordains {
            end += usize::from(line.tokens().get(end).is_some_and(|it| it.is(':')));
            self.mode = Mode::Body;
            return self.claim(Label::Preamble, end);
        }
        let text = line.text.trim().to_string();
        if self.language.is_remark(&text) {
            return self.claim_line(Label::Note);
        }
        if self.language.is_requisite(&text) {
            let cited = citation::citations(&line.text, line.tokens(), self.drafting);
            let head = &mut self.reading.amendment.head;
            if let Some(cited) = cited.into_iter().next() {
                head.kind = cited.target.kind;
                head.number = cited.target.number;
                head.date = cited.target.date;
            }
            return self.claim_line(Label::Requisite);
        }
        // «Подлежит опубликованию», over the title or under it.
        if line.kind == Kind::Quote {
            return self.claim_line(Label::Stamp);
        }
        // A title may be broken into lines, without an empty one between them.
        let goes_on = index > 0 && {
            let before = &self.source[self.lines[index - 1].source.clone()];
            self.last_label() == Label::Title && before.matches('\n').count() == 1
        };
        let head = &mut self.reading.amendment.head;
        if let (true, Some(title)) = (goes_on, &mut head.title) {
            *title = format!("{title} {text}");
            return self.claim_line(Label::Title);
        }
        if head.title.is_none() {
            head.title = Some(text);
            return self.claim_line(Label::Title);
        }
        if matches!(line.kind, Kind::Heading(_)) {
            return self.claim_line(Label::Title);
        }
        // An act without points begins with its first clause.
        let begins = match found.found {
            Some(Found::Target(_) | Found::Several | Found::Within(..)) => found.colon,
            Some(Found::Orders { .. }) => true,
            _ => orders_a_change(line.tokens(), self.drafting, false),
        };
        match begins {
            true => self.mode = Mode::Body,
            false => self.claim_line(Label::Preamble),
        }
    }

    /// A line of the body: an item, a context, a clause.
    fn item(&mut self) {
        let (index, token) = self.at;
        let line = &self.lines[index];
        if line.tokens().len() <= token {
            return self.claim_line(self.last_label());
        }
        if self.language.is_remark(&line.text) {
            return self.claim_line(Label::Note);
        }
        let sign = |it: &Token| matches!(it.kind, token::Kind::Sign(_));
        let rest = &line.tokens()[token..];
        if token > 0 && rest.iter().all(|it| it.is_quote() || sign(it)) {
            self.warn(Code::StrayQuote, usize::MAX, STRAY);
            return self.claim_line(self.last_label());
        }
        let mut found = head(line, token, self.language, self.drafting);
        if token == 0
            && found.numbers.is_empty()
            && found.found.is_none()
            && self.is_signature(index)
        {
            self.mode = Mode::Signature;
            return self.claim_line(Label::Signature);
        }
        let colon = token > 0 && line.tokens()[token - 1].is(':');
        let shared = colon && self.last_label() == Label::Context && found.found.is_some();
        self.enter(&found);
        let tokens = &self.lines[index].tokens()[token..found.end];
        if found.found.is_some() && tokens.iter().any(|it| it.joined) {
            self.warn(Code::JoinedWords, found.end, "words are written together");
        }
        let tokens = &self.lines[index].tokens()[token..found.end];
        if found.found.is_some() && !token::strays(tokens).is_empty() {
            self.warn(Code::StrayQuote, found.end, STRAY);
        }
        let place = matches!(
            found.found,
            Some(Found::Within(..) | Found::Target(_) | Found::Context { .. })
        );
        if self.doing == Doing::Repealing && (place || found.found.is_none()) {
            return self.repealed(&found);
        }
        // «осы қаулыға 1-қосымшаның … қолданысқа енгізілетін 2-тармағы» names no act to be amended.
        let rest = &self.lines[index].tokens()[token..];
        let entering = |mark| mark == Mark::Entering;
        if self.doing == Doing::Force
            && place
            && token::says(self.drafting.lexicon(), rest, entering)
        {
            return self.force_item(&found);
        }
        if let Some(Found::Within(target, inner)) = found.found.clone() {
            self.amend(Some(target));
            found.found = Some(*inner);
        }
        match found.found.clone() {
            Some(Found::Target(target)) => {
                self.amend(Some(target));
                self.claim(Label::Context, found.end);
            }
            Some(Found::Several) => {
                self.amend(self.named_in_title());
                self.claim(Label::Context, found.end);
            }
            Some(Found::Repeals) => {
                self.doing = Doing::Repealing;
                self.claim(Label::Repeals, found.end);
            }
            Some(Found::Repealed(act)) => {
                let lines = self.lines[self.at.0].numbers;
                self.reading.repeals.push(Repeal { act, lines });
                self.claim(Label::Repeals, found.end);
            }
            Some(Found::Force) => {
                self.doing = Doing::Force;
                self.in_force(found.begin, found.end);
                self.claim(Label::Force, found.end);
            }
            Some(Found::ForceOf) => {
                self.doing = Doing::Force;
                self.claim(Label::Force, found.end);
            }
            Some(Found::Withheld) => self.withheld(&found),
            Some(Found::Suspension { ends, until }) => self.suspension(ends, until, &found),
            Some(Found::OtherLanguage(chains)) => {
                self.elsewhere(&chains, &found);
                self.warn(
                    Code::OtherLanguage,
                    found.end,
                    "the clause changes the text in the other language; this text stays as it is",
                );
                self.claim(Label::Clause, found.end);
            }
            Some(Found::Context { chains, .. })
                if self.doing == Doing::Amending && !self.is_owned(&chains) =>
            {
                self.unread(&found);
            }
            Some(Found::Context { chains, slip, .. }) if self.doing == Doing::Amending => {
                if let Some(slip) = slip {
                    let message = match slip {
                        ' ' => "the line that names a place ends without a colon".to_string(),
                        mark => format!(
                            "the line that names a place ends with `{mark}`, not with a colon"
                        ),
                    };
                    self.warn(Code::ContextMark, found.end, message);
                }
                self.open(chains);
                self.claim(Label::Context, found.end);
            }
            Some(Found::Following) if self.doing == Doing::Amending => self.following(&found),
            Some(Found::Orders { orders, withheld }) if self.doing == Doing::Amending => {
                if shared {
                    self.warn(
                        Code::SharedLine,
                        found.end,
                        "the clause stands on the line that names its place",
                    );
                }
                self.orders(&orders, withheld, &found);
            }
            Some(
                Found::Within(..) | Found::Context { .. } | Found::Following | Found::Orders { .. },
            )
            | None => {
                self.other(&found);
            }
        }
    }

    /// A line that amends nothing that is known.
    fn other(&mut self, found: &Head) {
        let (index, token) = self.at;
        let line = &self.lines[index];
        let quoted = line.is_row() && wording::is_opened(&line.text);
        if quoted && self.doing == Doing::Amending && !self.drafting.inner_first {
            return self.following(found);
        }
        // «3. Күші жойылды – …»: a point of an amending act that was itself repealed.
        let after = line
            .tokens()
            .get(found.begin)
            .map_or("", |it| &line.text[it.range.start..]);
        if !found.numbers.is_empty() && self.language.is_mark(after) {
            return self.claim_line(Label::Note);
        }
        let top = self.mode == Mode::Body && self.numbers.len() == 1 && !found.numbers.is_empty();
        let orders = matches!(found.found, Some(Found::Orders { .. }));
        let changes = orders_a_change(&line.tokens()[token..], self.drafting, false);
        if self.doing != Doing::Amending && (orders || changes) {
            return self.unread(found);
        }
        match self.doing {
            Doing::Repealing => self.repealed(found),
            Doing::Suspending(_) => {
                let tokens = &line.tokens()[token..];
                let until = citation::until(tokens, self.drafting);
                self.suspension(false, until, found);
            }
            Doing::Force => self.force_item(found),
            Doing::Amending if !top => self.unread(found),
            Doing::Amending | Doing::Nothing if changes => self.unread(found),
            Doing::Amending
                if self.outside && names_a_target(&line.tokens()[token..], self.drafting) =>
            {
                self.unread(found);
            }
            Doing::Amending | Doing::Nothing => {
                // Under a head without a number the other items amend all the same.
                if !self.outside {
                    self.doing = Doing::Nothing;
                }
                self.claim_line(Label::Order);
            }
        }
    }

    /// An item that is not published: below an act that is named it may change that act, else it names
    /// another one.
    fn withheld(&mut self, found: &Head) {
        let message = "what the item orders is not published";
        let own = !self.outside && self.numbers.len() <= 1;
        let said = match own {
            true => Diagnostic::warning(Code::WordingWithheld, message),
            false => Diagnostic::error(Code::WordingWithheld, message)
                .help("the change can't be made; give --partial to leave it"),
        };
        self.say(said, found.end);
        self.claim_line(Label::Clause);
    }

    /// A clause that is not understood is an error, never skipped.
    fn unread(&mut self, found: &Head) {
        let (index, token) = self.at;
        let line = &self.lines[index];
        let from = line.tokens()[token].range.start;
        let words: String = line.text[from..].trim().chars().take(80).collect();
        let (message, help) = match self.doing {
            Doing::Amending => (
                format!("the clause is not understood: «{words}»"),
                "write its operation by hand in a file of operations",
            ),
            _ => (
                format!("the clause does not say which act it amends: «{words}»"),
                "the act that is amended is named by its date and number before the clause",
            ),
        };
        self.say(
            Diagnostic::error(Code::UnreadClause, message).help(help),
            self.lines[index].tokens().len().max(found.end),
        );
        let colon = self.lines[index]
            .tokens()
            .last()
            .is_some_and(|it| it.is(':'));
        self.claim_line(Label::Unread);
        if colon && self.doing == Doing::Amending {
            match self.quotation_follows(self.at.0) {
                true => _ = self.wording(1),
                false => self.lost = self.lost.or(Some(self.numbers.len())),
            }
        }
    }

    /// Keeps what is changed in the other language.
    fn elsewhere(&mut self, chains: &[Chain], found: &Head) {
        let line = &self.lines[self.at.0];
        let tokens = line.tokens();
        let words = tokens[self.at.1].range.start..tokens[found.end - 1].range.end;
        let each = |context: &Chain| {
            chains
                .iter()
                .map(|chain| scope(context, chain))
                .collect::<Vec<_>>()
        };
        let elsewhere = Elsewhere {
            act: self.act,
            at: self.context.iter().flat_map(each).collect(),
            words: line.text[words].to_string(),
            lines: line.numbers,
        };
        self.reading.elsewhere.push(elsewhere);
    }

    /// Whether a line and all that follow it up to the annexes are a signature.
    fn is_signature(&self, index: usize) -> bool {
        let end = self
            .annexes
            .first()
            .map_or(self.lines.len(), |it| it.stamp.start);
        let rest = &self.lines[index..end.max(index + 1)];
        rest.iter().all(|line| {
            line.is_blank()
                || self.language.is_signature(&line.text)
                || self.language.is_remark(&line.text)
        })
    }
}

#[cfg(test)]
mod tests;
