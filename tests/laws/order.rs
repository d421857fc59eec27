//! Random amending acts: what they order is aimed at the text that they meet.

use std::fmt::Write;

use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::Index;

use tuzet::act::{Act, Kind, Provision};
use tuzet::address::Address;
use tuzet::parse::structure;
use tuzet::place::{self, View};
use tuzet::text::Moment;
use tuzet::unit::Unit;

use crate::draft::{KAZAKH, RUSSIAN, cased, one_of};

#[derive(Debug, Clone)]
pub struct Order {
    dated: Dated,
    operations: Vec<Command>,
    /// Whether it names two acts, the second another than the base.
    targets: bool,
}

/// How an amending act enters into force.
#[derive(Debug, Clone, Copy)]
enum Dated {
    Unknown,
    Signing(i8),
    AfterPublication,
    On(i8),
}

#[derive(Debug, Clone)]
struct Command {
    verb: u8,
    /// Which provision, of those that stand in the text.
    at: Index,
    /// Which way the address, the number or the words are chosen.
    twist: u8,
    wrong: bool,
    from: Index,
    length: usize,
    new: String,
    text: Vec<String>,
    count: bool,
    expect: bool,
    elsewhere: bool,
    /// Whether a renumbered unit is restated as well, words are those behind others, and a counted
    /// unit is added without a number.
    more: bool,
    line: Option<usize>,
    on: Option<i8>,
}

/// Words of an operation; now and then with letters that the format of the base reads as marks.
fn order_words(most: usize) -> impl Strategy<Value = String> {
    const ODD: &str = "жаңа~редакция~*~_x_~<b>~[1]~a|b~&lt;~`~\\~# бір~, бірақ~> бір~; екі~14-1~«НЗМ»~\
        2*2~1) бір~5. Екі~3-бап. Үш~<ins>~</del>~- бір~&";
    let word =
        prop_oneof![8 => one_of(KAZAKH, " "), 2 => one_of(RUSSIAN, " "), 1 => one_of(ODD, "~")];
    prop::collection::vec(word, 1..=most).prop_map(|words| words.join(" "))
}

fn command() -> impl Strategy<Value = Command> {
    let own = prop_oneof![8 => Just(None), 1 => (0..6i8).prop_map(Some)];
    let line = prop_oneof![3 => Just(None), 1 => (1..9usize).prop_map(Some)];
    (
        (
            0..9u8,
            any::<Index>(),
            any::<u8>(),
            prop::bool::weighted(0.08),
        ),
        (any::<Index>(), 1..4usize),
        order_words(4),
        prop::collection::vec(order_words(8), 1..4),
        (
            prop::bool::weighted(0.2),
            prop::bool::weighted(0.1),
            prop::bool::weighted(0.3),
            prop::bool::weighted(0.3),
        ),
        (line, own),
    )
        .prop_map(
            |((verb, at, twist, wrong), (from, length), new, text, flags, (line, on))| Command {
                verb,
                at,
                twist,
                wrong,
                from,
                length,
                new,
                text,
                count: flags.0,
                expect: flags.1,
                elsewhere: flags.2,
                more: flags.3,
                line,
                on,
            },
        )
}

pub fn order() -> impl Strategy<Value = Order> {
    let dated = prop_oneof![
        2 => Just(Dated::Unknown),
        2 => (0..6i8).prop_map(Dated::Signing),
        1 => Just(Dated::AfterPublication),
        2 => (0..6i8).prop_map(Dated::On),
    ];
    let operations = prop::collection::vec(command(), 1..9);
    (dated, operations, prop::bool::weighted(0.1)).prop_map(|(dated, operations, targets)| Order {
        dated,
        operations,
        targets,
    })
}

pub fn orders() -> impl Strategy<Value = Vec<Order>> {
    prop::collection::vec(order(), 1..5)
}

/// A provision that an operation may be aimed at.
#[derive(Debug, Clone)]
struct Aim {
    at: Address,
    unit: Unit,
    label: String,
    heading: bool,
    shown: String,
    cells: usize,
}

/// The provisions of an act at a moment, with their canonical addresses and the text of each block.
pub fn provisions(act: &Act, at: Moment) -> Vec<(Address, Provision, Vec<String>)> {
    fn add(
        view: &View,
        path: &mut Vec<&Provision>,
        list: &mut Vec<(Address, Provision, Vec<String>)>,
    ) {
        let parent = path[path.len() - 1];
        for child in &parent.children {
            path.push(child);
            let shown = child.blocks.clone().map(|block| cells(&view.shown(block)));
            let shown = shown.filter(|text| !text.trim().is_empty()).collect();
            list.push((Address(place::steps(path)), (*child).clone(), shown));
            add(view, path, list);
            path.pop();
        }
    }
    let root = structure::read(act, at);
    let view = View::new(act, at, &root);
    let mut list = Vec::new();
    add(&view, &mut vec![&root], &mut list);
    list
}

/// The text of a block without the white space around it and around its cells.
pub fn cells(shown: &str) -> String {
    let cells: Vec<&str> = shown
        .trim_matches([' ', '\n', '\r', '\u{a0}'])
        .split('\t')
        .map(str::trim)
        .collect();
    cells.join("\t")
}

fn aims(act: &Act, at: Moment) -> Vec<Aim> {
    provisions(act, at)
        .into_iter()
        .filter(|(address, ..)| Address::parse(&address.to_string()).is_ok())
        .map(|(address, provision, _)| {
            let block = &act.blocks[provision.blocks.start];
            let shown = block.shown(at);
            Aim {
                at: address,
                unit: provision.unit,
                label: shown
                    .get(provision.label.clone())
                    .unwrap_or_default()
                    .to_string(),
                heading: !provision.heading.is_empty(),
                cells: match &block.kind {
                    Kind::Row(cells) if cells.len() > 1 && cells[0].columns == cells.len() => 1,
                    Kind::Row(cells) => cells.len(),
                    _ => 0,
                },
                shown,
            }
        })
        .collect()
}

pub fn day(day: i8) -> Date {
    jiff::civil::date(2024, 1, 10 + day)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            letter if letter.is_control() => write!(quoted, "\\u{:04X}", letter as u32).unwrap(),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

impl Order {
    /// The order as a file of operations, aimed at the text of an act at a moment.
    pub fn toml(&self, number: usize, act: &Act, at: Moment) -> String {
        let aims = aims(act, at);
        let mut toml = format!("[act]\nkind = \"law\"\nnumber = \"{}\"\n", 100 + number);
        match self.dated {
            Dated::Unknown => {}
            Dated::Signing(signed) => {
                write!(toml, "date = {}\nin_force = \"signing\"\n", day(signed)).unwrap();
            }
            Dated::AfterPublication => toml.push_str("in_force = { after_publication = 2 }\n"),
            Dated::On(force) => writeln!(toml, "in_force = {}", day(force)).unwrap(),
        }
        let titled = act.identity.title.as_ref().filter(|_| self.targets);
        if let Some(title) = titled {
            write!(
                toml,
                "\n[[target]]\ntitle = {}\n\n[[target]]\ntitle = \"Басқа заң\"\nnumber = \"9\"\n",
                quoted(title)
            )
            .unwrap();
        }
        let mut commands = self.operations.clone();
        // The new wording of a renumbered unit, with its old number, its new one or none.
        let restated = self.operations.iter().filter(|it| it.verb == 5 && it.more);
        commands.extend(restated.map(|it| Command {
            verb: 0,
            ..it.clone()
        }));
        for (index, command) in commands.iter().enumerate() {
            write!(toml, "\n[[operation]]\nn = {}\n", index + 1).unwrap();
            if command.elsewhere && titled.is_some() {
                toml.push_str("act = 2\n");
            }
            command.fields(&aims, &mut toml);
        }
        toml
    }
}

impl Command {
    fn fields(&self, aims: &[Aim], toml: &mut String) {
        let whole = Aim {
            at: Address(Vec::new()),
            unit: Unit::Act,
            label: String::new(),
            heading: false,
            shown: "мектеп туралы".to_string(),
            cells: 0,
        };
        let aim = match aims.is_empty() {
            true => &whole,
            false => self.at.get(aims),
        };
        let mut at = match aim.at.0.is_empty() {
            true => "text".to_string(),
            false => aim.at.to_string(),
        };
        // An address as a clause cites it, some levels left out; or a piece of the unit.
        match self.twist % 12 {
            0 if aim.at.0.len() > 2 => {
                let steps = &aim.at.0;
                at = Address(vec![steps[0].clone(), steps[steps.len() - 1].clone()]).to_string();
            }
            1 if !aim.at.0.is_empty() => {
                at = Address(vec![aim.at.0[aim.at.0.len() - 1].clone()]).to_string()
            }
            2 if aim.heading => at.push_str("/heading"),
            3 => at.push_str("/sentence:1"),
            4 if aim.cells > 0 => write!(at, "/column:{}", 1 + self.length % aim.cells).unwrap(),
            5 if aim.cells > 0 => {
                write!(at, "/column:{}/point:1", 1 + self.length % aim.cells).unwrap()
            }
            6 => at.push_str("/indent:1"),
            7 if matches!(self.verb, 6..) => at = "text".to_string(),
            _ => {}
        }
        if self.wrong {
            at = format!("{}:{}", aim.unit, 77 + self.length);
        }
        let parents = match Address::parse(&at).map(|address| address.0) {
            Ok(steps) if steps.len() > 1 => {
                format!("{}/", Address(steps[..steps.len() - 1].to_vec()))
            }
            _ => String::new(),
        };
        let list = |list: &[String]| {
            let list: Vec<String> = list.iter().map(|it| quoted(it)).collect();
            format!("text = [{}]", list.join(", "))
        };
        let body = match self.verb {
            0 => {
                let label = match self.more {
                    true => &self.number(aim, aims).1,
                    false => &aim.label,
                };
                format!("action = \"replace\"\n{}", list(&self.wording(aim, label)))
            }
            1 if self.more => {
                let unit = ["part", "indent", "sentence"][self.length % 3];
                at = format!("{at}/{unit}");
                format!("action = \"insert\"\n{}", list(&self.wording(aim, "")))
            }
            1 if !aim.unit.is_single() => {
                let (number, label) = self.number(aim, aims);
                at = format!("{parents}{}:{number}", aim.unit);
                format!("action = \"insert\"\n{}", list(&self.wording(aim, &label)))
            }
            1 | 2 => {
                let (_, label) = self.number(aim, aims);
                let position = ["before", "after", "end"][self.length % 3];
                format!(
                    "action = \"insert\"\nposition = \"{position}\"\n{}",
                    list(&self.wording(aim, &label))
                )
            }
            3 => "action = \"delete\"".to_string(),
            4 => "action = \"repeal\"".to_string(),
            5 => format!(
                "action = \"renumber\"\nnew = {}",
                quoted(&self.number(aim, aims).0)
            ),
            6 => format!(
                "action = \"replace-words\"\nold = {}\nnew = {}{}{}",
                quoted(&self.old(aim)),
                quoted(&self.new),
                self.behind(aim),
                self.counted()
            ),
            7 => match self.twist % 3 {
                2 => format!(
                    "action = \"insert-words\"\nposition = \"end\"\nnew = {}",
                    quoted(&self.new)
                ),
                side => format!(
                    "action = \"insert-words\"\nposition = \"{}\"\nold = {}\nnew = {}{}",
                    ["before", "after"][usize::from(side)],
                    quoted(&self.old(aim)),
                    quoted(&self.new),
                    self.counted()
                ),
            },
            _ => format!(
                "action = \"delete-words\"\nold = {}{}{}",
                quoted(&self.old(aim)),
                self.behind(aim),
                self.counted()
            ),
        };
        writeln!(toml, "at = {}\n{body}", quoted(&at)).unwrap();
        if self.expect {
            writeln!(toml, "expect = {}", quoted(aim.shown.trim())).unwrap();
        }
        if let Some(line) = self.line {
            writeln!(toml, "lines = [{line}, {}]", line + self.length).unwrap();
        }
        if let Some(on) = self.on {
            writeln!(toml, "in_force = {}", day(on)).unwrap();
        }
    }

    fn counted(&self) -> &'static str {
        if self.count { "\ncount = 1" } else { "" }
    }

    /// Some words of the target, as a reader sees them.
    fn old(&self, aim: &Aim) -> String {
        let words: Vec<&str> = aim.shown.split_whitespace().collect();
        if words.is_empty() {
            return "жоқ".to_string();
        }
        let from = self.from.index(words.len());
        let to = (from + self.length).min(words.len());
        let words = words[from..to].join(" ");
        let bare = words.trim_end_matches(['.', ';', ':']);
        match bare.trim().is_empty() {
            true => words,
            false => bare.to_string(),
        }
    }

    /// The word right before those words, where they are named by it.
    fn behind(&self, aim: &Aim) -> String {
        let words: Vec<&str> = aim.shown.split_whitespace().collect();
        let before = self.from.index(words.len().max(1)).checked_sub(1);
        let word = before.and_then(|at| words.get(at));
        match word.filter(|_| self.more) {
            Some(word) => format!("\nafter = {}", quoted(word)),
            None => String::new(),
        }
    }

    /// A number for a new unit, mostly free, and the label that it is written with.
    fn number(&self, aim: &Aim, aims: &[Aim]) -> (String, String) {
        let Some(old) = aim.at.0.last().and_then(|step| step.num.as_ref()) else {
            return ("1".to_string(), "1)".to_string());
        };
        let kin = aims.iter().filter(|it| it.unit == aim.unit);
        let number = match self.twist % 5 {
            0 => old.to_string(),
            1 | 2 => format!("{old}-{}", self.length),
            _ => {
                let counts = kin.filter_map(|it| it.at.0.last()?.num.as_ref()?.count());
                (counts.max().unwrap_or(0) + self.length).to_string()
            }
        };
        let label = aim.label.replacen(old.0.as_str(), &number, 1);
        (number, label)
    }

    /// The new wording of a unit, with its number where the unit bears one.
    fn wording(&self, aim: &Aim, label: &str) -> Vec<String> {
        let mut text = self.text.clone();
        let bears = !label.is_empty() && self.twist % 7 != 6;
        if aim.cells > 0 {
            text.truncate(2);
            for (row, line) in text.iter_mut().enumerate() {
                let words = line.clone();
                let first = if bears && row == 0 {
                    label
                } else {
                    words.as_str()
                };
                let mut cells = vec![first.to_string()];
                cells.resize(
                    aim.cells.saturating_sub(usize::from(self.wrong)).max(1),
                    words.clone(),
                );
                *line = cells.join("\t");
            }
            return text;
        }
        for (index, line) in text.iter_mut().enumerate() {
            *line = cased(line, index != 1 || self.length != 2);
            if !(index == 0 && aim.heading) {
                line.push(if aim.unit == Unit::Point { ';' } else { '.' });
            }
        }
        if bears {
            text[0] = format!("{label} {}", text[0]);
        }
        text
    }
}
