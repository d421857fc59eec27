//! Text whose every piece has a lifespan.
//!
//! Amending an act never erases anything: words that leave are marked with the operation that
//! removed them, words that come with the operation that brought them. What a reader wants – the
//! base, the text in force, a redline – is then a filter over [`Lifespan`]s.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// The place of an operation in the order of entry into force, from 1, over all the acts applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpId(pub u32);

/// A moment in the history of an act: after the first *n* operations. `Moment(0)` is the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u32);

impl Moment {
    /// The text as it was published, before any operation.
    pub const BASE: Moment = Moment(0);

    /// The moment just before an operation.
    pub fn before(op: OpId) -> Moment {
        Moment(op.0 - 1)
    }
}

/// When something entered the act and when it left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifespan {
    /// The first moment at which it stands in the text.
    born: u32,
    /// The first moment at which it does so no more; the greatest number where there is none.
    died: u32,
}

impl Default for Lifespan {
    /// With the base, and for ever.
    fn default() -> Lifespan {
        Lifespan {
            born: Moment::BASE.0,
            died: u32::MAX,
        }
    }
}

impl Lifespan {
    /// The lifespan of what an operation brings.
    pub fn from(op: OpId) -> Lifespan {
        Lifespan {
            born: op.0,
            ..Lifespan::default()
        }
    }

    /// The same, ended by an operation, unless it ends before.
    pub fn until(self, op: OpId) -> Lifespan {
        Lifespan {
            died: self.died.min(op.0),
            ..self
        }
    }

    /// The operation that brought it; none where it came with the base.
    pub fn born(self) -> Option<OpId> {
        (self.born > 0).then_some(OpId(self.born))
    }

    /// The operation that removed it.
    pub fn died(self) -> Option<OpId> {
        (self.died < u32::MAX).then_some(OpId(self.died))
    }

    /// Whether it stands in the text at a moment.
    pub fn alive(self, at: Moment) -> bool {
        self.born <= at.0 && at.0 < self.died
    }
}

/// A stretch of a text that is kept once, however many stretches are cut from it.
#[derive(Clone, Default)]
pub struct Excerpt {
    whole: Arc<String>,
    range: Range<usize>,
}

impl Excerpt {
    /// The stretch as a string.
    pub fn as_str(&self) -> &str {
        &self.whole[self.range.clone()]
    }

    /// A stretch of the stretch.
    pub fn part(&self, range: Range<usize>) -> Excerpt {
        let start = self.range.start;
        Excerpt {
            whole: Arc::clone(&self.whole),
            range: start + range.start..start + range.end,
        }
    }

    /// What stands before byte `at` of it, and the rest.
    pub fn cut(&self, at: usize) -> (Excerpt, Excerpt) {
        (self.part(0..at), self.part(at..self.len()))
    }
}

impl From<String> for Excerpt {
    fn from(text: String) -> Excerpt {
        Excerpt {
            range: 0..text.len(),
            whole: Arc::new(text),
        }
    }
}

impl From<&str> for Excerpt {
    fn from(text: &str) -> Excerpt {
        text.to_string().into()
    }
}

impl Deref for Excerpt {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Excerpt {
    fn eq(&self, other: &Excerpt) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Excerpt {}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// What a run is to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Words of the act: shown as they stand in the source.
    Text,
    /// Bytes of the file format that show nothing: `## `, `**`, `\`, `<td>`, line ends.
    Markup,
    /// Bytes that show as something else: `&nbsp;`, `<br>` (a line break), a cell border (a tab).
    As(Arc<String>),
}

impl Role {
    /// That of bytes that show as something else.
    pub fn showing(shown: impl Into<String>) -> Role {
        Role::As(Arc::new(shown.into()))
    }

    /// What a reader sees of bytes that have this role.
    pub fn shown<'t>(&'t self, source: &'t str) -> &'t str {
        match self {
            Role::Text => source,
            Role::Markup => "",
            Role::As(shown) => shown,
        }
    }

    /// Whether it is that of the border between two cells of a table row.
    pub fn is_border(&self) -> bool {
        matches!(self, Role::As(shown) if shown.as_str() == "\t")
    }
}

/// A stretch of source bytes of one role and one lifespan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The bytes as they stand in the source.
    pub source: Excerpt,
    /// What they are.
    pub role: Role,
    /// When they stand in the text.
    pub life: Lifespan,
}

impl Run {
    /// A run of the base text.
    pub fn new(source: impl Into<Excerpt>, role: Role) -> Run {
        Run {
            source: source.into(),
            role,
            life: Lifespan::default(),
        }
    }

    /// The same run, brought by an operation.
    pub fn born(mut self, op: OpId) -> Run {
        self.life = Lifespan::from(op);
        self
    }

    /// What a reader sees of it.
    pub fn shown(&self) -> &str {
        self.role.shown(&self.source)
    }

    /// Whether it is the back-slash before a letter that would be a mark of the format.
    pub fn is_escape(&self) -> bool {
        self.role == Role::Markup && &*self.source == "\\"
    }

    /// Whether it is the border between two cells of a table row.
    pub fn is_border(&self) -> bool {
        self.role.is_border()
    }
}

/// The tags that are marks of emphasis.
const EMPHASIS: [&str; 8] = ["b", "i", "u", "s", "em", "strong", "sub", "sup"];

/// What the two marks of a pair have in common: `**`, the name of a tag, the brackets of a link.
fn pair_name(mark: &str) -> String {
    let tag = mark.trim_start_matches(['<', '/']);
    match mark.chars().next() {
        Some('<') => tag
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect(),
        Some('[' | ']') => "[".to_string(),
        _ => mark.to_string(),
    }
}

/// Runs in reading order, living and dead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub Vec<Run>);

impl Text {
    /// The words a reader sees at a moment. Cells of a row are parted by tabs, lines inside a cell
    /// by line feeds.
    pub fn shown(&self, at: Moment) -> String {
        let length = self.alive(at).map(|run| run.shown().len()).sum();
        let mut shown = String::with_capacity(length);
        self.alive(at).for_each(|run| shown.push_str(run.shown()));
        shown
    }

    /// The same, without a copy where one run has all of the words.
    pub fn words(&self, at: Moment) -> Cow<'_, str> {
        let mut runs = self.alive(at).filter(|run| !run.shown().is_empty());
        match (runs.next(), runs.next()) {
            (None, _) => Cow::default(),
            (Some(only), None) => Cow::Borrowed(only.shown()),
            (Some(_), Some(_)) => Cow::Owned(self.shown(at)),
        }
    }

    /// The runs that stand in the text at a moment.
    pub fn alive(&self, at: Moment) -> impl DoubleEndedIterator<Item = &Run> {
        self.0.iter().filter(move |run| run.life.alive(at))
    }

    /// Strikes `range` (bytes of the text shown `at` a moment) and puts `new` in its place, both by
    /// operation `op`. An empty range inserts; an empty `new` strikes.
    ///
    /// Format marks inside the range go with it where they are balanced (`**` opened and closed
    /// inside), and stay where taking one away would leave its partner alone.
    pub fn splice(&mut self, range: Range<usize>, at: Moment, new: Vec<Run>, op: OpId) {
        let first = self.split(range.start, at);
        let mut first = self.before_escape(first, at);
        let mut end = first;
        if !range.is_empty() {
            end = self.split(range.end, at);
            end = self.before_escape(end, at).max(first);
            let partners = self.partners(at);
            let partner = |index: usize| partners.get(&index).copied();
            let odd = |first: usize, end: usize| {
                let marks = (first..end).filter(|index| self.is_mark(*index, at));
                let inside = |other: usize| first <= other && other < end;
                let odd = marks.filter(|index| !partner(*index).is_some_and(inside));
                odd.collect::<Vec<usize>>()
            };
            let odd = loop {
                let odd = odd(first, end);
                // What was struck before parts no words from their marks.
                let alive = |run: &Run| run.life.alive(at);
                let before = self.0[..first].iter().rposition(alive);
                let before = before.filter(|index| self.is_emphasis(*index, at));
                let after = self.0[end..].iter().position(alive).map(|it| end + it);
                let after = after.filter(|index| self.is_emphasis(*index, at));
                let answers = |mark: usize| partner(mark).is_some_and(|it| odd.contains(&it));
                match (before, after) {
                    (_, Some(after)) if answers(after) => end = after + 1,
                    (Some(before), _) if answers(before) => first = before,
                    // Nothing is left to emphasise between a pair of marks.
                    (Some(before), Some(after))
                        if odd.is_empty() && new.is_empty() && partner(before) == Some(after) =>
                    {
                        (first, end) = (before, after + 1);
                    }
                    _ => break odd,
                }
            };
            for index in first..end {
                let run = &mut self.0[index];
                if run.life.alive(at) && !odd.contains(&index) {
                    run.life = run.life.until(op);
                }
            }
        }
        // What comes after words comes after those that take their place as well.
        let passed = |run: &&Run| match range.is_empty() {
            true => !run.life.alive(at),
            false => run.life.died().is_some_and(|op| op.0 <= at.0),
        };
        let beside: Vec<&Run> = self.0[end..].iter().take_while(passed).collect();
        let words = beside.iter().rposition(|run| !run.shown().is_empty());
        end += words.map_or(0, |last| last + 1);
        self.0.splice(end..end, new);
    }

    /// Whether a run is a mark that may have a partner: no escape, no white space.
    fn is_mark(&self, index: usize, at: Moment) -> bool {
        let run = &self.0[index];
        let blank = run.source.trim().is_empty() || run.is_escape();
        run.life.alive(at) && run.role == Role::Markup && !blank
    }

    /// Whether a run is a mark of emphasis.
    fn is_emphasis(&self, index: usize, at: Moment) -> bool {
        let Some(run) = self.0.get(index) else {
            return false;
        };
        let source = run.source.as_str();
        let stars = source.bytes().all(|byte| b"*_`".contains(&byte));
        let tag = source.rfind('<') == Some(0) && EMPHASIS.contains(&pair_name(source).as_str());
        (stars || tag) && self.is_mark(index, at)
    }

    /// The marks that belong together, each with its partner.
    fn partners(&self, at: Moment) -> HashMap<usize, usize> {
        let mut partners = HashMap::new();
        let mut open: Vec<(usize, String)> = Vec::new();
        for (index, run) in self.0.iter().enumerate() {
            if !self.is_mark(index, at) {
                continue;
            }
            let mark = run.source.trim();
            let name = pair_name(mark);
            let only_opens =
                mark.starts_with('[') || mark.starts_with('<') && !mark.starts_with("</");
            let first = open.iter().rposition(|(_, it)| *it == name && !only_opens);
            match first {
                Some(at) => {
                    let (first, _) = open.swap_remove(at);
                    open.truncate(at);
                    partners.extend([(first, index), (index, first)]);
                }
                None => open.push((index, name)),
            }
        }
        partners
    }

    /// An escape belongs to the letter behind it: the index of the run at `index`, or of the escape
    /// before it.
    fn before_escape(&self, index: usize, at: Moment) -> usize {
        let escape = |run: &Run| run.is_escape() && run.life.alive(at);
        let escapes = self.0[..index].iter().rev().take_while(|run| escape(run));
        index - escapes.count()
    }

    /// Whether words of the same cell or line come next, behind format marks.
    fn words_follow(&self, from: usize, at: Moment) -> bool {
        let mut runs = self.0[from..].iter().filter(|run| run.life.alive(at));
        let next = runs.find(|run| run.role != Role::Markup);
        next.is_some_and(|run| !run.is_border() && run.shown() != "\n")
    }

    /// The index of the run that starts at byte `offset` of the shown text, splitting one where it
    /// must. Format marks that stand at the offset are left before it.
    fn split(&mut self, offset: usize, at: Moment) -> usize {
        let mut seen = 0;
        let mut index = 0;
        while index < self.0.len() {
            let run = &self.0[index];
            let length = if run.life.alive(at) {
                run.shown().len()
            } else {
                0
            };
            let run_opens_line = run.is_border() || run.shown() == "\n";
            if length > 0 && seen + length > offset {
                if seen < offset && run.role == Role::Text {
                    let mut rest = run.clone();
                    let (head, tail) = run.source.cut(offset - seen);
                    rest.source = tail;
                    self.0[index].source = head;
                    self.0.insert(index + 1, rest);
                    return index + 1;
                }
                return index;
            }
            seen += length;
            index += 1;
            let opens = run_opens_line && self.words_follow(index, at);
            if seen == offset && length > 0 && !opens {
                return index;
            }
        }
        index
    }
}
