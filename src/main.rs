//! The command line: arguments, files, exit codes.

use std::collections::HashSet;
use std::fs;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use tuzet::act::Act;
use tuzet::address::Address;
use tuzet::apply::{self, Fate, Options, Report};
use tuzet::diagnostic::{Diagnostic, Source};
use tuzet::lang::{self, Language};
use tuzet::operation::{self, Amendment};
use tuzet::redline::Redline;
use tuzet::render::diagnostic::{Sources, show};
use tuzet::render::{self, Document};
use tuzet::text::Moment;
use tuzet::{history, outline, parse, report};

#[derive(Parser)]
#[command(
    name = "tuzet",
    version,
    about = "Applies Kazakhstan's amending acts and shows what changed by which words",
    after_help = "Exit codes: 0 all applied; 1 something refused, or in conflict; 2 wrong arguments, or a file that can't be read or written."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The address tree of an act: address, heading, first words
    #[command(after_help = "Example: tuzet outline corpus/249/kk.md")]
    Outline {
        /// The act (`-` for standard input)
        base: PathBuf,
        /// As data
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        language: LanguageArg,
    },
    /// Says for each operation where it lands and what it will do; writes nothing
    #[command(after_help = "Example: tuzet check corpus/249/kk.md amendments/271/operations.toml")]
    Check {
        #[command(flatten)]
        input: Input,
        /// The text in force on this day
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<Date>,
        /// As data
        #[arg(long)]
        json: bool,
    },
    /// The text in force
    #[command(
        after_help = "Example: tuzet consolidate corpus/249/kk.md amendments/271/operations.toml -o 249.html"
    )]
    Consolidate {
        #[command(flatten)]
        input: Input,
        /// The text in force on this day
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<Date>,
        #[command(flatten)]
        output: Output,
    },
    /// What changed between two moments, and by which operation
    #[command(
        after_help = "Example: tuzet redline corpus/249/kk.md amendments/271/operations.toml --to ansi"
    )]
    Redline {
        #[command(flatten)]
        input: Input,
        /// Marks start from the text in force on this day; from the base without it
        #[arg(long, value_name = "DATE", value_parser = date)]
        from: Option<Date>,
        /// Marks lead to the text in force on this day
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<Date>,
        /// Show units that are restated whole as struck and new, without word marks
        #[arg(long)]
        no_refine: bool,
        #[command(flatten)]
        output: Output,
    },
    /// One provision through time: each wording, from when, by which act and clause
    #[command(
        after_help = "Example: tuzet history corpus/249/kk.md amendments/271/operations.toml --at section:6/part:1/point:4"
    )]
    History {
        #[command(flatten)]
        input: Input,
        /// The provision, as `outline` names it
        #[arg(long, value_name = "ADDRESS")]
        at: String,
        /// As data
        #[arg(long)]
        json: bool,
    },
    /// JSON Schemas of the operations file and of the JSON outputs
    #[command(after_help = "Example: tuzet schema > schemas.json")]
    Schema,
}

#[derive(Args)]
struct LanguageArg {
    /// The language of the act, where its letters don't show it
    #[arg(long = "lang", value_name = "kk|ru", value_parser = ["kk", "ru"])]
    code: Option<String>,
}

impl LanguageArg {
    fn get(&self) -> Option<&'static Language> {
        self.code.as_deref().and_then(lang::by_code)
    }
}

#[derive(Args)]
struct Input {
    /// The act to be amended (`-` for standard input)
    base: PathBuf,
    /// Files of operations (.toml)
    amendments: Vec<PathBuf>,
    /// The day of first official publication of the amending acts whose force depends on it
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<Date>,
    /// Which of the acts that an amending act names is the base, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    target: Option<u32>,
    #[command(flatten)]
    language: LanguageArg,
}

#[derive(Args)]
struct Output {
    /// Where to write (`-` for standard output)
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// The format; without it the extension of the file decides, and a redline to a terminal is ansi
    #[arg(long, value_name = "FORMAT")]
    to: Option<Format>,
    /// The official notes
    #[arg(long, default_value = "none")]
    notes: Notes,
    /// Apply what can be applied, and say what was left
    #[arg(long)]
    partial: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Md,
    Html,
    Txt,
    Ansi,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Notes {
    None,
}

/// What can go wrong with files and arguments.
struct Failure(String);

type Outcome = Result<ExitCode, Failure>;

const REFUSED: u8 = 1;
const UNUSABLE: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(code) => code,
        Err(Failure(message)) => {
            let name = if message.starts_with("error") {
                ""
            } else {
                "error: "
            };
            eprintln!("{name}{message}");
            ExitCode::from(UNUSABLE)
        }
    }
}

fn run(command: Command) -> Outcome {
    match command {
        Command::Outline {
            base,
            json,
            language,
        } => {
            let act = parse::act(&read(&base)?, language.get());
            let entries = outline::outline(&act);
            let text = match json {
                true => to_json(&entries)?,
                false => entries.iter().map(outline::Entry::line_text).collect(),
            };
            print(&text)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Check { input, as_of, json } => {
            let amended = amend(&input, as_of)?;
            let checks = report::checks(&amended.amendments, &amended.reports, &amended.sources);
            if json {
                print(&to_json(&report::Checks { operations: checks })?)?;
            } else {
                let mut text = String::new();
                for (check, report) in checks.iter().zip(&amended.reports) {
                    text.push_str(&check.text());
                    for diagnostic in &report.diagnostics {
                        text.push_str(&show(diagnostic, &amended.sources, false));
                        text.push('\n');
                    }
                    text.push('\n');
                }
                print(&text)?;
                eprintln!("{}", amended.summary());
            }
            Ok(amended.code())
        }
        Command::Consolidate {
            input,
            as_of,
            output,
        } => {
            let amended = amend(&input, as_of)?;
            let to = amended.act.last();
            amended.write(Redline::clean(&amended.act, to), as_of, &output)
        }
        Command::Redline {
            input,
            from,
            as_of,
            no_refine,
            output,
        } => {
            let amended = amend(&input, as_of)?;
            if let (Some(from), Some(to)) = (from, as_of)
                && from > to
            {
                return Err(Failure(format!(
                    "--from {from} is after --as-of {to}; the redline leads from the earlier text to the later one"
                )));
            }
            let redline = Redline {
                act: &amended.act,
                from: from.map_or(Moment::BASE, |date| amended.act.on(date)),
                to: amended.act.last(),
                refine: !no_refine,
            };
            amended.write(redline, as_of, &output)
        }
        Command::History { input, at, json } => {
            let address = Address::parse(&at).map_err(Failure)?;
            let amended = amend(&input, None)?;
            let wordings = match history::history(&amended.act, &address) {
                Ok(wordings) => wordings,
                Err(problem) => return Err(Failure(show(&problem, &amended.sources, false))),
            };
            let versions = report::versions(&amended.act, &amended.amendments, &wordings);
            let text = match json {
                true => to_json(&report::Versions { at, versions })?,
                false => versions
                    .iter()
                    .map(report::Version::text)
                    .collect::<Vec<String>>()
                    .join("\n"),
            };
            print(&text)?;
            if amended.refused() > 0 {
                eprintln!("{}; `check` says why", amended.summary());
            }
            Ok(amended.code())
        }
        Command::Schema => {
            print(&to_json(&serde_json::json!({
                "operations": operation::schema(),
                "outline": schemars::schema_for!(Vec<outline::Entry>),
                "check": schemars::schema_for!(report::Checks),
                "history": schemars::schema_for!(report::Versions),
                "redline": render::schema(),
            }))?)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// A base with its amending acts applied.
struct Amended {
    act: Act,
    amendments: Vec<Amendment>,
    reports: Vec<Report>,
    sources: Sources,
}

fn amend(input: &Input, as_of: Option<Date>) -> Result<Amended, Failure> {
    let inputs = std::iter::once(&input.base).chain(&input.amendments);
    if inputs.filter(|path| is_standard(path)).count() > 1 {
        return Err(Failure("`-` can stand for one input only".to_string()));
    }
    let base = read(&input.base)?;
    let mut sources = Sources {
        base: (input.base.display().to_string(), base),
        amendments: Vec::new(),
    };
    let mut amendments = Vec::new();
    for path in &input.amendments {
        if path.extension().is_none_or(|extension| extension != "toml") && !is_standard(path) {
            return Err(Failure(format!(
                "{}: the operations of an amending act are read from a .toml file",
                path.display()
            )));
        }
        let text = read(path)?;
        sources
            .amendments
            .push((path.display().to_string(), text.clone()));
        let index = amendments.len();
        let mut amendment = operation::parse(&text).map_err(|mut problem: Diagnostic| {
            for span in &mut problem.at {
                span.source = Source::Amendment(index);
            }
            Failure(show(&problem, &sources, false))
        })?;
        if amendment.operations.is_empty() {
            eprintln!("warning: {} orders nothing", path.display());
        }
        amendment.published = published_beside(path, &amendment);
        amendments.push(amendment);
    }
    let mut act = parse::act(&sources.base.1, input.language.get());
    let options = Options {
        as_of,
        published: input.published,
        target: input.target.map(|target| target as usize),
    };
    let reports = apply::apply(&mut act, &amendments, &options);
    Ok(Amended {
        act,
        amendments,
        reports,
        sources,
    })
}

impl Amended {
    fn refused(&self) -> usize {
        self.reports
            .iter()
            .filter(|report| report.refused())
            .count()
    }

    fn code(&self) -> ExitCode {
        match self.refused() {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::from(REFUSED),
        }
    }

    fn summary(&self) -> String {
        let count = |fate| self.reports.iter().filter(|it| it.fate == fate).count();
        let mut text = format!(
            "{} operations: {} applied, {} refused",
            self.reports.len(),
            count(Fate::Applied),
            count(Fate::Refused)
        );
        for (fate, words) in [
            (Fate::Later, "not yet in force"),
            (Fate::Elsewhere, "for another act"),
        ] {
            if count(fate) > 0 {
                text.push_str(&format!(", {} {words}", count(fate)));
            }
        }
        text
    }

    fn complain(&self) {
        let colour = std::io::stderr().is_terminal();
        let mut said = HashSet::new();
        for report in &self.reports {
            for diagnostic in &report.diagnostics {
                // What is true of a whole act is said once.
                let about = (report.amendment, &diagnostic.message, &diagnostic.help);
                if said.insert(about) {
                    eprintln!("{}\n", show(diagnostic, &self.sources, colour));
                }
            }
        }
    }

    fn write(&self, redline: Redline, as_of: Option<Date>, output: &Output) -> Outcome {
        self.complain();
        let refused = self.refused();
        if refused > 0 && !output.partial {
            eprintln!(
                "{}; nothing is written (--partial writes what can be applied)",
                self.summary()
            );
            return Ok(ExitCode::from(REFUSED));
        }
        let language = self.act.language;
        let mut preface = Vec::new();
        if self.act.identity.scaffold {
            preface.push(language.scaffold.to_string());
        }
        if refused > 0 {
            preface.push(format!("{} {refused}.", language.partial));
        }
        if let Some(date) = as_of {
            preface.push(format!("{} {}.", language.as_of, date.strftime("%d.%m.%Y")));
        }
        let document = Document {
            redline,
            preface,
            clauses: report::clauses(
                &self.act,
                &self.amendments,
                &self.reports,
                redline.from,
                redline.to,
            ),
        };
        let Notes::None = output.notes;
        let mut bytes = Vec::new();
        render::render(
            &document,
            format_of(output, !redline.is_clean())?,
            &mut bytes,
        )
        .map_err(|error| Failure(error.to_string()))?;
        write_whole(&output.output, &bytes)?;
        if !self.reports.is_empty() {
            eprintln!("{}", self.summary());
        }
        if !is_standard(&output.output) {
            eprintln!("wrote {}", output.output.display());
        }
        Ok(self.code())
    }
}

/// The published text of an act lies beside its operations: `kk.txt`, `ru.md`, …
fn published_beside(operations: &Path, amendment: &Amendment) -> Option<String> {
    let code = amendment.head.language.as_deref().unwrap_or("kk");
    ["txt", "md"]
        .into_iter()
        .map(|extension| operations.with_file_name(format!("{code}.{extension}")))
        .filter(|path| !is_standard(operations) && path.is_file())
        .find_map(|path| fs::read_to_string(path).ok())
}

fn format_of(output: &Output, marked: bool) -> Result<render::Format, Failure> {
    let terminal = is_standard(&output.output) && std::io::stdout().is_terminal();
    if output.to.is_none() && marked && terminal {
        return Ok(render::Format::Ansi);
    }
    let extension = output
        .output
        .extension()
        .map(|it| it.to_string_lossy().to_lowercase());
    let format = match (output.to, extension.as_deref()) {
        (Some(format), _) => format,
        (None, Some("md" | "markdown") | None) => Format::Md,
        (None, Some("html" | "htm")) => Format::Html,
        (None, Some("txt")) => Format::Txt,
        (None, Some("json")) => Format::Json,
        (None, Some(other)) => {
            return Err(Failure(format!(
                "no format is known by the extension .{other}; use .md, .html, .txt or .json, or --to FORMAT"
            )));
        }
    };
    Ok(match format {
        Format::Md => render::Format::Markdown,
        Format::Html => render::Format::Html,
        Format::Txt => render::Format::Text,
        Format::Ansi => render::Format::Ansi,
        Format::Json => render::Format::Json,
    })
}

fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Why a file can't be read or written, without the number of the system's error.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_lowercase(),
        None => text,
    }
}

/// A date as 2024-01-16 or 16.01.2024.
fn date(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split('.').collect();
    let iso = match parts.as_slice() {
        [day, month, year] => format!("{year}-{month}-{day}"),
        _ => text.to_string(),
    };
    iso.parse()
        .map_err(|_| "a date such as 2024-01-16 or 16.01.2024 was expected".to_string())
}

/// Reads a text file, or standard input.
fn read(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let mut bytes = Vec::new();
    let result = match is_standard(path) {
        true => std::io::stdin().read_to_end(&mut bytes).map(|_| ()),
        false if path.is_dir() => {
            return Err(Failure(format!(
                "{name} is a folder; a text file was expected"
            )));
        }
        false => fs::read(path).map(|content| bytes = content),
    };
    result.map_err(|error| Failure(format!("{name} can't be read: {}", reason(&error))))?;
    if bytes.is_empty() {
        return Err(Failure(format!("{name} is empty; a text was expected")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure(format!(
            "{name} is not UTF-8: line {line} has a byte that no letter starts with; if it is in windows-1251, open it in an editor and save it as UTF-8"
        ))
    })
}

fn to_json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(value).map_err(|error| Failure(error.to_string()))?;
    Ok(json + "\n")
}

fn print(text: &str) -> Result<(), Failure> {
    write_whole(Path::new("-"), text.as_bytes())
}

/// Writes a file whole or not at all: beside it first, then in its place.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failure = |error: std::io::Error| {
        Failure(format!(
            "{} can't be written: {}",
            path.display(),
            reason(&error)
        ))
    };
    if is_standard(path) {
        let mut out = std::io::stdout().lock();
        return match out.write_all(bytes).and_then(|()| out.flush()) {
            // A reader that has seen enough is no failure.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            result => {
                result.map_err(|error| Failure(format!("the result can't be written: {error}")))
            }
        };
    }
    if path.is_dir() {
        return Err(Failure(format!(
            "{} is a folder; a file was expected",
            path.display()
        )));
    }
    // A link stays a link, a pipe or a device is written to as it is.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if fs::metadata(&target).is_ok_and(|it| !it.is_file()) {
        return fs::write(&target, bytes).map_err(failure);
    }
    let path = target.as_path();
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = fs::File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written
        .and_then(|()| fs::rename(&part, path))
        .map_err(|error| {
            let _ = fs::remove_file(&part);
            failure(error)
        })
}
