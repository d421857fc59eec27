//! The arguments of the command line.

pub mod files;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use tuzet::lang::{self, Language};

#[derive(Parser)]
#[command(
    name = "tuzet",
    version,
    about = "Applies Kazakhstan's amending acts and shows what changed by which words",
    after_help = "Exit codes: 0 all applied; 1 something refused, or in conflict; 2 wrong arguments, or a file that can't be read or written."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
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
    /// An amending act's own text → its operations
    #[command(
        after_help = "Example: tuzet read amendments/271/kk.txt -o operations.toml\nThen correct it by hand, and: tuzet consolidate corpus/249/kk.md operations.toml"
    )]
    Read {
        /// The amending act's text (`-` for standard input)
        amendment: PathBuf,
        /// The act that it amends: says of each operation whether it lands
        #[arg(long)]
        base: Option<PathBuf>,
        /// Where to write the operations (`-` for standard output)
        #[arg(short, long, value_name = "OPS.toml")]
        output: Option<PathBuf>,
        /// The act with every stretch labelled
        #[arg(long)]
        explain: bool,
        /// As data
        #[arg(long, conflicts_with = "explain")]
        json: bool,
        /// The day of first official publication
        #[arg(long, value_name = "DATE", value_parser = date)]
        published: Option<Date>,
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
    /// The two language versions of an amending act, compared
    #[command(after_help = "Example: tuzet twin act.kk.md act.ru.md -o twin.html")]
    Twin {
        /// The act in Kazakh
        kk: PathBuf,
        /// The act in Russian
        ru: PathBuf,
        /// As data
        #[arg(long)]
        json: bool,
        /// Where to write the report, as .md or .html (`-` for standard output)
        #[arg(short, long, value_name = "FILE", default_value = "-")]
        output: PathBuf,
        /// The format of the report; without it the extension of the file decides
        #[arg(long, value_name = "md|html", value_parser = ["md", "html"])]
        to: Option<String>,
    },
    /// JSON Schemas of the operations file and of the JSON outputs
    #[command(after_help = "Example: tuzet schema > schemas.json")]
    Schema,
}

#[derive(Args)]
pub struct LanguageArg {
    /// The language of the act, where its letters don't show it
    #[arg(long = "lang", value_name = "kk|ru", value_parser = ["kk", "ru"])]
    pub code: Option<String>,
}

impl LanguageArg {
    pub fn get(&self) -> Option<&'static Language> {
        self.code.as_deref().and_then(lang::by_code)
    }
}

#[derive(Args)]
pub struct Input {
    /// The act to be amended (`-` for standard input)
    pub base: PathBuf,
    /// Amending acts: their text (.md, .txt), or files of operations (.toml)
    pub amendments: Vec<PathBuf>,
    /// The day of first official publication of the amending acts whose force depends on it
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<Date>,
    /// Which of the acts that an amending act names is the base, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub target: Option<u32>,
    #[command(flatten)]
    pub language: LanguageArg,
}

#[derive(Args)]
pub struct Output {
    /// Where to write (`-` for standard output)
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    pub output: PathBuf,
    /// The format; without it the extension of the file decides, and a redline to a terminal is ansi
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<Format>,
    /// The official notes
    #[arg(long, default_value = "none")]
    pub notes: Notes,
    /// Apply what can be applied, and say what was left
    #[arg(long)]
    pub partial: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Md,
    Html,
    Txt,
    Ansi,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Notes {
    None,
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
