//! Text whose every piece has a lifespan.
//!
//! Amending an act never erases anything: words that leave are marked with the operation that
//! removed them, words that come with the operation that brought them. What a reader wants – the
//! base, the text in force, a redline – is then a filter over [`Lifespan`]s.

use std::borrow::Cow;
use std::ops::Range;

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

    fn reached(self, op: OpId) -> bool {
        op.0 <= self.0
    }
}

/// When something entered the act and when it left it; `None` means “with the base” and “never”.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lifespan {
    /// The operation that brought it.
    pub born: Option<OpId>,
    /// The operation that removed it.
    pub died: Option<OpId>,
}

impl Lifespan {
    /// The lifespan of what an operation brings.
    pub fn from(op: OpId) -> Lifespan {
        Lifespan {
            born: Some(op),
            died: None,
        }
    }

    /// Whether it stands in the text at a moment.
    pub fn alive(self, at: Moment) -> bool {
        self.born.is_none_or(|op| at.reached(op)) && !self.died.is_some_and(|op| at.reached(op))
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
    As(Box<str>),
}

/// A stretch of source bytes of one role and one lifespan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The bytes as they stand in the source.
    pub source: String,
    /// What they are.
    pub role: Role,
    /// When they stand in the text.
    pub life: Lifespan,
}

impl Run {
    /// A run of the base text.
    pub fn new(source: impl Into<String>, role: Role) -> Run {
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
        match &self.role {
            Role::Text => &self.source,
            Role::Markup => "",
            Role::As(shown) => shown,
        }
    }

    /// Whether it is the back-slash before a letter that would be a mark of the format.
    pub fn is_escape(&self) -> bool {
        self.role == Role::Markup && self.source == "\\"
    }

    /// Whether it is the border between two cells of a table row.
    pub fn is_border(&self) -> bool {
        matches!(&self.role, Role::As(shown) if &**shown == "\t")
    }
}

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
        self.alive(at).map(Run::shown).collect()
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
            loop {
                let odd = self.odd_mark(first..end, at);
                let before = first.checked_sub(1).and_then(|index| self.star(index, at));
                let after = self.star(end, at);
                if odd.is_some() && after == odd {
                    end += 1;
                } else if odd.is_some() && before == odd {
                    first -= 1;
                } else if odd.is_none() && new.is_empty() && after.is_some() && before == after {
                    // Nothing is left to emphasise between a pair of marks.
                    (first, end) = (first - 1, end + 1);
                } else {
                    break;
                }
            }
            let balanced = self.odd_mark(first..end, at).is_none();
            for run in &mut self.0[first..end] {
                if run.life.alive(at) && (balanced || run.role != Role::Markup) {
                    run.life.died = run.life.died.or(Some(op));
                }
            }
        }
        let gone = |run: &Run| run.life.died.is_some_and(|op| at.reached(op));
        while self.0.get(end).is_some_and(gone) {
            end += 1;
        }
        self.0.splice(end..end, new);
    }

    /// A run that is a mark of emphasis.
    fn star(&self, index: usize, at: Moment) -> Option<&str> {
        let run = self.0.get(index).filter(|run| run.life.alive(at))?;
        let stars = run.source.bytes().all(|byte| b"*_`".contains(&byte));
        let mark = run.role == Role::Markup && stars && !run.source.is_empty();
        mark.then_some(run.source.as_str())
    }

    /// Markup that stands an odd number of times among some runs: one of a pair is missing. Escapes
    /// and white space come alone.
    fn odd_mark(&self, runs: Range<usize>, at: Moment) -> Option<&str> {
        let mut marks: Vec<&str> = self.0[runs]
            .iter()
            .filter(|run| run.life.alive(at) && run.role == Role::Markup)
            .map(|run| run.source.trim())
            .filter(|mark| !mark.is_empty() && *mark != "\\")
            .collect();
        marks.sort_by_key(|mark| pair_name(mark));
        let mut same = marks.chunk_by(|a, b| pair_name(a) == pair_name(b));
        same.find(|same| same.len() % 2 == 1).map(|same| same[0])
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
                    rest.source = rest.source.split_off(offset - seen);
                    self.0[index].source.truncate(offset - seen);
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
