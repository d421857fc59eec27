//! How the cost of amending grows with the text and with the number of operations, and how it
//! compares with a comparison of two finished texts by `git`.
//!
//! `cargo bench --bench scale`. Every row of the table is measured in a process of its own, so that
//! its peak memory is its own. The acts are made up, the same in every run; their lines are as long as
//! those of acts in force, 220 bytes on average.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::fmt::Write;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tuzet::apply::{Fate, Options, apply};
use tuzet::operation::Amendment;
use tuzet::redline::Redline;
use tuzet::render::{Document, Format, render};
use tuzet::report;
use tuzet::text::Moment;

const CHILD: &str = "TUZET_SCALE";
const KB: usize = 1000;
const SIZES: [usize; 3] = [100 * KB, 1000 * KB, 10_000 * KB];
const COUNTS: [usize; 3] = [10, 100, 1000];

fn main() {
    if let Ok(order) = std::env::var(CHILD) {
        let numbers: Vec<usize> = order.split(' ').map(|it| it.parse().unwrap()).collect();
        println!("{}", Row::measured(numbers[0], numbers[1]).written());
        return;
    }
    println!(
        "{:>9} {:>6} {:>7} | {:>9} {:>9} {:>9} {:>9} {:>9} | {:>7} | {:>7} {:>6}",
        "text",
        "ops",
        "applied",
        "parse",
        "apply",
        "clean",
        "redline",
        "total",
        "ns/byte",
        "memory",
        "×text"
    );
    let mut rows = Vec::new();
    for size in SIZES {
        for count in COUNTS {
            let row = Row::in_a_process(size, count);
            row.print();
            rows.push(row);
        }
    }
    let of = |size: usize, count: usize| {
        let found = rows.iter().find(|it| (it.asked, it.ops) == (size, count));
        found.unwrap()
    };
    println!(
        "\ntime for a byte of text and operations, against that of the smaller text (1.0 or less: linear)"
    );
    for count in COUNTS {
        for pair in SIZES.windows(2) {
            let (small, large) = (of(pair[0], count), of(pair[1], count));
            let ratio = |time: fn(&Row) -> u64| large.each_byte(time) / small.each_byte(time);
            println!(
                "  {count:>5} ops, {:>4.1} → {:>4.1} MB: parse {:.2}, apply {:.2}, clean {:.2}, redline {:.2}, total {:.2}",
                small.bytes as f64 / 1e6,
                large.bytes as f64 / 1e6,
                ratio(|it| it.parse),
                ratio(|it| it.apply),
                ratio(|it| it.clean),
                ratio(|it| it.redline),
                ratio(Row::total),
            );
        }
    }
    println!("what a further operation costs");
    for size in SIZES {
        let (few, many) = (of(size, COUNTS[0]), of(size, COUNTS[2]));
        let each = |time: fn(&Row) -> u64| {
            (time(many) as f64 - time(few) as f64) / (many.ops - few.ops) as f64
        };
        println!(
            "  {:>4.1} MB: {:>3.0} µs to apply, {:>3.0} µs to show in a redline",
            few.bytes as f64 / 1e6,
            each(|it| it.apply),
            each(|it| it.redline),
        );
    }
    compare();
}

/// One measurement. Times are in microseconds, memory is in bytes.
struct Row {
    asked: usize,
    bytes: usize,
    /// The bytes of the file of operations.
    orders: usize,
    ops: usize,
    applied: usize,
    parse: u64,
    apply: u64,
    clean: u64,
    redline: u64,
    memory: u64,
}

impl Row {
    /// The best of three runs, phase by phase.
    fn measured(size: usize, count: usize) -> Row {
        let (base, operations) = made(size, count);
        let amendments = vec![tuzet::operation::parse(&operations).unwrap()];
        let mut row = Row {
            asked: size,
            bytes: base.len(),
            orders: operations.len(),
            ops: count,
            applied: 0,
            parse: u64::MAX,
            apply: u64::MAX,
            clean: u64::MAX,
            redline: u64::MAX,
            memory: 0,
        };
        for _ in 0..3 {
            row.run(&base, &amendments);
        }
        row.memory = peak("self").unwrap_or(0);
        row
    }

    fn run(&mut self, base: &str, amendments: &[Amendment]) {
        let (parse, mut act) = timed(|| tuzet::parse::act(base, None));
        let (apply, reports) = timed(|| apply(&mut act, amendments, &Options::default()));
        let last = act.last();
        let write = |redline: Redline| {
            let clauses = report::clauses(&act, amendments, &reports, redline.from, redline.to);
            let document = Document {
                redline,
                preface: Vec::new(),
                clauses,
            };
            render(&document, Format::Markdown, &mut std::io::sink()).unwrap();
        };
        let (clean, ()) = timed(|| write(Redline::clean(&act, last)));
        let marked = Redline {
            act: &act,
            from: Moment::BASE,
            to: last,
            refine: true,
        };
        let (redline, ()) = timed(|| write(marked));
        self.applied = reports.iter().filter(|it| it.fate == Fate::Applied).count();
        self.parse = self.parse.min(parse);
        self.apply = self.apply.min(apply);
        self.clean = self.clean.min(clean);
        self.redline = self.redline.min(redline);
    }

    /// Nanoseconds for a byte of text and operations.
    fn each_byte(&self, time: fn(&Row) -> u64) -> f64 {
        time(self) as f64 * 1000.0 / (self.bytes + self.orders) as f64
    }

    fn total(&self) -> u64 {
        self.parse + self.apply + self.clean + self.redline
    }

    fn written(&self) -> String {
        let list = [
            self.asked as u64,
            self.bytes as u64,
            self.orders as u64,
            self.ops as u64,
            self.applied as u64,
            self.parse,
            self.apply,
            self.clean,
            self.redline,
            self.memory,
        ];
        list.map(|it| it.to_string()).join(" ")
    }

    fn in_a_process(size: usize, count: usize) -> Row {
        let output = Command::new(std::env::current_exe().unwrap())
            .env(CHILD, format!("{size} {count}"))
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<u64> = text
            .split_whitespace()
            .map(|it| it.parse().unwrap())
            .collect();
        Row {
            asked: numbers[0] as usize,
            bytes: numbers[1] as usize,
            orders: numbers[2] as usize,
            ops: numbers[3] as usize,
            applied: numbers[4] as usize,
            parse: numbers[5],
            apply: numbers[6],
            clean: numbers[7],
            redline: numbers[8],
            memory: numbers[9],
        }
    }

    fn print(&self) {
        let ms = |time: u64| format!("{:.1} ms", time as f64 / 1000.0);
        println!(
            "{:>9} {:>6} {:>7} | {:>9} {:>9} {:>9} {:>9} {:>9} | {:>7.1} | {:>7} {:>6.1}",
            format!("{} KB", self.bytes / KB),
            self.ops,
            self.applied,
            ms(self.parse),
            ms(self.apply),
            ms(self.clean),
            ms(self.redline),
            ms(self.total()),
            self.each_byte(Row::total),
            megabytes(self.memory),
            self.memory as f64 / self.bytes as f64,
        );
    }
}

/// How long something takes, in microseconds, and what comes of it.
fn timed<T>(work: impl FnOnce() -> T) -> (u64, T) {
    let start = Instant::now();
    let made = work();
    (start.elapsed().as_micros() as u64, made)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}

/// The peak of the resident memory of a process, where the system tells it.
fn peak(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

// ---------------------------------------------------------------------------------------------
// The comparison with git

/// The command line on 5 MB with 1,000 operations, against `git diff --word-diff` of the two texts.
fn compare() {
    let folder = std::env::temp_dir().join(format!("tuzet-scale-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (base, operations) = made(5000 * KB, 1000);
    let path = |name: &str| folder.join(name);
    fs::write(path("base.md"), &base).unwrap();
    fs::write(path("operations.toml"), operations).unwrap();
    let tuzet = |command: &str, out: &Path| {
        let mut it = Command::new(env!("CARGO_BIN_EXE_tuzet"));
        it.arg(command)
            .args([path("base.md"), path("operations.toml")]);
        it.arg("--partial").arg("-o").arg(out);
        it
    };
    let git = || {
        let mut it = Command::new("git");
        it.args(["diff", "--no-index", "--word-diff"]);
        it.args([path("base.md"), path("after.md")]);
        it
    };
    println!(
        "\n{} of text, 1,000 operations, the whole command (best of three)",
        megabytes(base.len() as u64)
    );
    let consolidate = run("tuzet consolidate", base.len(), || {
        tuzet("consolidate", &path("after.md"))
    });
    let redline = run("tuzet redline", base.len(), || {
        tuzet("redline", &path("redline.md"))
    });
    let by_git = run("git diff --word-diff", base.len(), git);
    let copied = copied(&path("base.md"), &path("copy.md"));
    println!(
        "  {:<22} {:>9.1} ms: no less for any program that writes the text out",
        "read and write alone",
        copied.as_secs_f64() * 1000.0
    );
    match by_git {
        Some(by_git) => {
            for (name, own) in [("consolidate", consolidate), ("redline", redline)] {
                let ratio = by_git.as_secs_f64() / own.unwrap_or_default().as_secs_f64();
                match ratio >= 1.0 {
                    true => println!("  tuzet {name} is {ratio:.1} times as fast as git diff"),
                    false => println!("  tuzet {name} takes {:.1} times as long", 1.0 / ratio),
                }
            }
        }
        None => println!("  git is missing: nothing to compare with"),
    }
    fs::remove_dir_all::<PathBuf>(folder).unwrap();
}

/// How long it takes to read a file and to write it out whole, the best of three.
fn copied(from: &Path, to: &Path) -> Duration {
    let copy = || {
        let text = fs::read_to_string(from).unwrap();
        let part = to.with_extension("part");
        let mut file = fs::File::create(&part).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
        fs::rename(&part, to).unwrap();
    };
    let times = (0..3).map(|_| Duration::from_micros(timed(copy).0));
    times.min().unwrap_or_default()
}

/// Runs a command three times for its time and once more for its memory.
fn run(name: &str, text: usize, command: impl Fn() -> Command) -> Option<Duration> {
    let quiet = || {
        let mut it = command();
        it.stdout(Stdio::null()).stderr(Stdio::null());
        it
    };
    let mut best: Option<Duration> = None;
    for _ in 0..3 {
        let start = Instant::now();
        quiet().status().ok()?;
        let time = start.elapsed();
        best = Some(best.map_or(time, |best| best.min(time)));
    }
    let mut child = quiet().spawn().ok()?;
    let mut memory = 0;
    while child.try_wait().unwrap().is_none() {
        memory = peak(&child.id().to_string()).unwrap_or(0).max(memory);
        std::thread::sleep(Duration::from_millis(1));
    }
    println!(
        "  {name:<22} {:>9.1} ms, {:>6} at its peak, {:.1} × the text",
        best?.as_secs_f64() * 1000.0,
        megabytes(memory),
        memory as f64 / text as f64
    );
    best
}

// ---------------------------------------------------------------------------------------------
// Acts that are made up

const WORDS: &str = "білім беру ұйымы мемлекеттік тіл Қазақстан Республикасының және үшін орган уәкілетті \
    мектеп жыл теңге қала өңір әкімдік шешім ғылым құқық қызмет тәртіп мерзім өтініш құжат тізілім жоспар \
    бюджет қаражат нысан талап шарт келісім хабарлама бақылау тексеру сапа деңгей көрсеткіш";

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn words(&mut self, list: &[&str], least: usize) -> String {
        let count = least + self.roll(least);
        let words: Vec<&str> = (0..count).map(|_| list[self.roll(list.len())]).collect();
        words.join(" ")
    }
}

/// An act of about `size` bytes, and an amending act with `count` operations spread over it.
fn made(size: usize, count: usize) -> (String, String) {
    let list: Vec<&str> = WORDS.split_whitespace().collect();
    let mut dice = Dice(1);
    let mut act =
        "# Синтетикалық акт туралы\n\nОсы акт масштабты өлшеу үшін жасалды.\n\n".to_string();
    let mut places: Vec<String> = Vec::new();
    let mut article = 0;
    let mut chapter = 0;
    while act.len() < size {
        chapter += 1;
        write!(
            act,
            "## {chapter}-тарау. Тарау {}\n\n",
            dice.words(&list, 3)
        )
        .unwrap();
        for _ in 0..10 {
            article += 1;
            write!(act, "### {article}-бап. Бап {}\n\n", dice.words(&list, 4)).unwrap();
            for paragraph in 1..=2 {
                write!(act, "{paragraph}. Негіз {}:\n\n", dice.words(&list, 14)).unwrap();
                places.push(format!("article:{article}/paragraph:{paragraph}"));
                for point in 1..=3 {
                    write!(act, "{point}) міндет {};\n\n", dice.words(&list, 10)).unwrap();
                    places.push(format!(
                        "article:{article}/paragraph:{paragraph}/point:{point}"
                    ));
                }
            }
            write!(act, "Қорытынды {}.\n\n", dice.words(&list, 18)).unwrap();
        }
        act.push_str("| № | Атауы | Мерзімі |\n|---|---|---|\n");
        for row in 1..=10 {
            writeln!(
                act,
                "| {row}. | {} | {} |",
                dice.words(&list, 9),
                dice.words(&list, 3)
            )
            .unwrap();
            places.push(format!("chapter:{chapter}/row:{row}"));
        }
        act.push('\n');
    }
    let mut toml =
        "[act]\nkind = \"law\"\nnumber = \"1\"\ndate = 2025-01-01\nin_force = \"signing\"\n"
            .to_string();
    for index in 0..count {
        let place = &places[index * places.len() / count];
        let new = dice.words(&list, 14);
        write!(toml, "\n[[operation]]\n{}", operation(index, place, &new)).unwrap();
    }
    (act, toml)
}

/// An operation on a place; every action in its turn.
fn operation(index: usize, place: &str, new: &str) -> String {
    let (parent, last) = place.rsplit_once('/').unwrap();
    let (unit, number) = last.split_once(':').unwrap();
    let text = |number: &str| match unit {
        "row" => format!("{number}.\\t{new}\\t{new}"),
        "point" => format!("{number}) міндет {new};"),
        _ => format!("{number}. Негіз {new}:"),
    };
    let word = match unit {
        "row" => "Атауы",
        "point" => "міндет",
        _ => "Негіз",
    };
    let dash = format!("{number}-1");
    match index % 8 {
        0 => format!(
            "at = \"{place}\"\naction = \"replace\"\ntext = \"{}\"\n",
            text(number)
        ),
        1 => format!(
            "at = \"{parent}/{unit}:{dash}\"\naction = \"insert\"\ntext = \"{}\"\n",
            text(&dash)
        ),
        2 => format!("at = \"{place}\"\naction = \"delete\"\n"),
        3 => format!("at = \"{place}\"\naction = \"repeal\"\n"),
        4 => format!("at = \"{place}\"\naction = \"renumber\"\nnew = \"{number}-7\"\n"),
        5 if unit != "row" => format!(
            "at = \"{place}\"\naction = \"replace-words\"\nold = \"{word}\"\nnew = \"жаңа {word}\"\n"
        ),
        6 if unit != "row" => format!(
            "at = \"{place}\"\naction = \"insert-words\"\nold = \"{word}\"\nposition = \"after\"\nnew = \"{new}\"\n"
        ),
        7 if unit != "row" => {
            format!("at = \"{place}\"\naction = \"delete-words\"\nold = \"{word}\"\n")
        }
        _ => format!(
            "at = \"{place}\"\naction = \"insert-words\"\nposition = \"end\"\nnew = \"{new}\"\n"
        ),
    }
}
