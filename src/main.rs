//! The command line: arguments, files, exit codes.

mod cli;

use std::collections::HashSet;
use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use jiff::civil::Date;

use crate::cli::files::{
    Failure, is_operations, is_standard, print, published_beside, read, write_text, write_whole,
};
use crate::cli::{Cli, Command, Format, Input, Notes, Output};
use tuzet::act::Act;
use tuzet::address::Address;
use tuzet::apply::{self, Fate, Options, Report};
use tuzet::diagnostic::{Diagnostic, Severity, Source};
use tuzet::lang::{self, Language};
use tuzet::operation::{self, Amendment};
use tuzet::read::Reading;
use tuzet::redline::Redline;
use tuzet::render::diagnostic::{Sources, show};
use tuzet::render::{self, Document};
use tuzet::text::Moment;
use tuzet::{history, outline, parse, report, twin};

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
            let act = parse::act(read(&base)?, language.get());
            let entries = outline::outline(&act);
            let text = match json {
                true => to_json(&entries)?,
                false => entries.iter().map(outline::Entry::line_text).collect(),
            };
            print(&text)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Read {
            amendment,
            base,
            output,
            explain,
            json,
            published,
            language,
        } => {
            let text = read(&amendment)?;
            let reading = read_act(&amendment, &text, language.get())?;
            let base = match &base {
                Some(path) => (path.display().to_string(), read(path)?.into()),
                None => Default::default(),
            };
            let mut sources = Sources {
                base,
                amendments: vec![(amendment.display().to_string(), text)],
            };
            let mut refused = reading.is_refused();
            let mut said = reading.diagnostics.clone();
            if !sources.base.0.is_empty() {
                let mut act = parse::act(sources.base.1.clone(), language.get());
                let options = Options {
                    published,
                    ..Options::default()
                };
                let amendments = [reading.amendment.clone()];
                for report in apply::apply(&mut act, &amendments, &options) {
                    refused |= report.refused();
                    said.extend(report.diagnostics);
                }
            }
            let colour = std::io::stderr().is_terminal();
            for diagnostic in said.iter().filter(|_| !json) {
                eprintln!("{}\n", show(diagnostic, &sources, colour));
            }
            let (_, text) = sources.amendments.swap_remove(0);
            let operations = operation::print(&reading.amendment);
            let shown = match (explain, json, &output) {
                (true, ..) => report::explained(&reading, &text),
                (_, true, _) => to_json(&report::read(&reading, &said, &text, published))?,
                (false, false, Some(_)) => String::new(),
                (false, false, None) => operations.clone(),
            };
            if let Some(path) = &output {
                write_text(path, &operations)?;
                if !is_standard(path) {
                    eprintln!("wrote {}", path.display());
                }
            }
            print(&shown)?;
            eprintln!("{} operations read", reading.amendment.operations.len());
            Ok(match refused {
                true => ExitCode::from(REFUSED),
                false => ExitCode::SUCCESS,
            })
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
        Command::Twin {
            kk,
            ru,
            json,
            output,
            to,
        } => {
            let kk = version(&kk, "kk")?;
            let ru = version(&ru, "ru")?;
            let twin = twin::twin(&kk, &ru);
            let extension = output.extension().and_then(|it| it.to_str());
            let text = match (json, to.as_deref().or(extension)) {
                (true, _) => to_json(&twin)?,
                (false, Some("html" | "htm")) => twin::report::page(&twin),
                (false, _) => twin::report::markdown(&twin),
            };
            write_text(&output, &text)?;
            if !is_standard(&output) {
                eprintln!("wrote {}", output.display());
            }
            eprintln!(
                "{} pairs, {} differences",
                twin.pairs,
                twin.differences.len()
            );
            let unread = kk.is_refused() || ru.is_refused();
            Ok(match twin.differences.is_empty() && !unread {
                true => ExitCode::SUCCESS,
                false => ExitCode::from(REFUSED),
            })
        }
        Command::Schema => {
            print(&to_json(&serde_json::json!({
                "operations": operation::schema(),
                "read": schemars::schema_for!(report::Read),
                "outline": schemars::schema_for!(Vec<outline::Entry>),
                "twin": schemars::schema_for!(twin::Twin),
                "check": schemars::schema_for!(report::Checks),
                "history": schemars::schema_for!(report::Versions),
                "redline": render::schema(),
            }))?)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Reads one language version of an amending act.
fn version(path: &Path, code: &str) -> Result<Reading, Failure> {
    let text = read(path)?;
    let found = lang::of(&text);
    if found.code != code {
        return Err(Failure(format!(
            "{} is in the other language ({}); the Kazakh version comes first, the Russian one second",
            path.display(),
            found.code
        )));
    }
    let reading = read_act(path, &text, Some(found))?;
    let sources = Sources {
        base: Default::default(),
        amendments: vec![(path.display().to_string(), text)],
    };
    let errors = reading
        .diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error);
    for diagnostic in errors {
        eprintln!(
            "{}\n",
            show(diagnostic, &sources, std::io::stderr().is_terminal())
        );
    }
    Ok(reading)
}

/// Reads an amending act's own text.
fn read_act(
    path: &Path,
    text: &str,
    language: Option<&'static Language>,
) -> Result<Reading, Failure> {
    let language = language.unwrap_or_else(|| lang::of(text));
    match language.drafting {
        Some(drafting) => Ok(tuzet::read::act(text, language, drafting)),
        None => Err(Failure(format!(
            "{}: amending acts are not read in this language ({}); give a file of operations (.toml)",
            path.display(),
            language.code
        ))),
    }
}

/// A base with its amending acts applied.
struct Amended {
    act: Act,
    amendments: Vec<Amendment>,
    reports: Vec<Report>,
    /// What is to be said of the amending acts that were read from their own text.
    unread: Vec<Diagnostic>,
    sources: Sources,
}

/// Reads and applies. The process ends with the command: what was made is left to the system, which
/// takes it back at once.
fn amend(input: &Input, as_of: Option<Date>) -> Result<ManuallyDrop<Amended>, Failure> {
    let inputs = std::iter::once(&input.base).chain(&input.amendments);
    if inputs.filter(|path| is_standard(path)).count() > 1 {
        return Err(Failure("`-` can stand for one input only".to_string()));
    }
    let mut sources = Sources {
        base: (input.base.display().to_string(), read(&input.base)?.into()),
        amendments: Vec::new(),
    };
    let mut amendments = Vec::new();
    let mut readings = Vec::new();
    for path in &input.amendments {
        let text = read(path)?;
        let index = amendments.len();
        let here = |mut problem: Diagnostic| {
            for span in &mut problem.at {
                span.source = Source::Amendment(index);
            }
            problem
        };
        let amendment = match is_operations(path, &text)? {
            true => operation::parse(&text).map(|mut amendment| {
                amendment.published = published_beside(path, &amendment);
                amendment
            }),
            false => {
                let mut reading = read_act(path, &text, input.language.get())?;
                reading.diagnostics = reading.diagnostics.into_iter().map(here).collect();
                let amendment = reading.amendment.clone();
                readings.push(reading);
                Ok(amendment)
            }
        };
        sources.amendments.push((path.display().to_string(), text));
        let amendment =
            amendment.map_err(|problem| Failure(show(&here(problem), &sources, false)))?;
        if amendment.operations.is_empty() {
            eprintln!("warning: {} orders nothing", path.display());
        }
        amendments.push(amendment);
    }
    let mut act = parse::act(sources.base.1.clone(), input.language.get());
    let options = Options {
        as_of,
        published: input.published,
        target: input.target.map(|target| target as usize),
    };
    let unread = readings
        .into_iter()
        .flat_map(|reading| {
            let meant = apply::meant(&act, &reading.amendment, &options)
                .ok()
                .flatten();
            reading.concerning(meant)
        })
        .collect();
    let reports = apply::apply(&mut act, &amendments, &options);
    Ok(ManuallyDrop::new(Amended {
        act,
        amendments,
        reports,
        unread,
        sources,
    }))
}

impl Amended {
    /// How many operations are refused and clauses not read.
    fn refused(&self) -> usize {
        let refused = self.reports.iter().filter(|report| report.refused());
        refused.count() + self.unread_clauses()
    }

    fn unread_clauses(&self) -> usize {
        let error = |it: &&Diagnostic| it.severity == Severity::Error;
        self.unread.iter().filter(error).count()
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
        match self.unread_clauses() {
            0 => {}
            1 => text.push_str("; 1 clause is not read"),
            clauses => text.push_str(&format!("; {clauses} clauses are not read")),
        }
        text
    }

    fn say(&self, diagnostic: &Diagnostic) {
        let colour = std::io::stderr().is_terminal();
        eprintln!("{}\n", show(diagnostic, &self.sources, colour));
    }

    fn complain(&self) {
        let mut said = HashSet::new();
        for diagnostic in &self.unread {
            self.say(diagnostic);
        }
        for report in &self.reports {
            for diagnostic in &report.diagnostics {
                // What is true of a whole act is said once.
                let about = (report.amendment, &diagnostic.message, &diagnostic.help);
                if said.insert(about) {
                    self.say(diagnostic);
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
        let format = format_of(output, !redline.is_clean())?;
        if let Some(warning) = render::warning(&redline, format) {
            self.say(&warning);
        }
        write_whole(&output.output, |out| render::render(&document, format, out))?;
        if !self.reports.is_empty() {
            eprintln!("{}", self.summary());
        }
        if !is_standard(&output.output) {
            eprintln!("wrote {}", output.output.display());
        }
        Ok(self.code())
    }
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

fn to_json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(value).map_err(|error| Failure(error.to_string()))?;
    Ok(json + "\n")
}
