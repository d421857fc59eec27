//! Reading and writing files.

use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use simdutf8::compat::from_utf8;
use tuzet::operation::Amendment;

/// What can go wrong with files and arguments.
pub struct Failure(pub String);

/// Whether a file holds operations, not the text of an act: by its name, or by its first words where
/// it has none.
pub fn is_operations(path: &Path, text: &str) -> Result<bool, Failure> {
    if is_standard(path) {
        let words = text.lines().map(str::trim);
        let mut words = words.filter(|line| !line.is_empty() && !line.starts_with('#'));
        return Ok(words.next().is_some_and(|line| line.starts_with('[')));
    }
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("toml") => Ok(true),
        Some("md" | "markdown" | "txt") => Ok(false),
        _ => Err(Failure(format!(
            "{}: an amending act is read from its text (.md, .txt) or from a file of operations (.toml)",
            path.display()
        ))),
    }
}

/// The published text of an act lies beside its operations: `kk.txt`, `ru.md`, … One that can't be
/// read is named in a warning; it only tells the words of the clauses.
pub fn published_beside(operations: &Path, amendment: &Amendment) -> Option<String> {
    let code = amendment.head.language.as_deref().unwrap_or("kk");
    ["txt", "md"]
        .into_iter()
        .map(|extension| operations.with_file_name(format!("{code}.{extension}")))
        .filter(|path| !is_standard(operations) && path.is_file())
        .find_map(|path| {
            let text = read(&path);
            text.map_err(|Failure(message)| eprintln!("warning: {message}"))
                .ok()
        })
}

pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Why a file can't be read or written, without the number of the system's error.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_lowercase(),
        None => text,
    }
}

/// Reads a text file, or standard input.
pub fn read(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let result = match is_standard(path) {
        true => text_of(io::stdin().lock(), 0),
        false if path.is_dir() => {
            return Err(Failure(format!(
                "{name} is a folder; a text file was expected"
            )));
        }
        false => fs::File::open(path).and_then(|file| {
            let length = file.metadata().map_or(0, |it| it.len() as usize);
            text_of(file, length)
        }),
    };
    match result.map_err(|error| Failure(format!("{name} can't be read: {}", reason(&error))))? {
        Ok(text) if text.is_empty() => {
            Err(Failure(format!("{name} is empty; a text was expected")))
        }
        Ok(text) => Ok(text),
        Err(line) => Err(Failure(format!(
            "{name} is not UTF-8: line {line} has a byte that no letter starts with; if it is in windows-1251, open it in an editor and save it as UTF-8"
        ))),
    }
}

/// How much of a file is looked at together.
const PIECE: u64 = 1 << 16;

/// A text, read piece by piece, so that each is tried and kept while the processor has it at hand.
/// The inner error is the line that is not UTF-8.
fn text_of(mut file: impl Read, length: usize) -> io::Result<Result<String, usize>> {
    let mut text = String::new();
    text.try_reserve_exact(length)?;
    let mut piece = Vec::new();
    loop {
        let end = file.by_ref().take(PIECE).read_to_end(&mut piece)? == 0;
        let (valid, broken) = match from_utf8(&piece) {
            Ok(_) => (piece.len(), false),
            // The piece may end inside a letter, the file may not.
            Err(error) => (error.valid_up_to(), end || error.error_len().is_some()),
        };
        text.push_str(from_utf8(&piece[..valid]).unwrap_or_default());
        if broken {
            return Ok(Err(text.bytes().filter(|byte| *byte == b'\n').count() + 1));
        }
        if end {
            return Ok(Ok(text));
        }
        piece.drain(..valid);
    }
}

pub fn print(text: &str) -> Result<(), Failure> {
    write_text(Path::new("-"), text)
}

pub fn write_text(path: &Path, text: &str) -> Result<(), Failure> {
    write_whole(path, |out| out.write_all(text.as_bytes()))
}

/// Writes a file whole or not at all: beside it first, then in its place.
pub fn write_whole(
    path: &Path,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let written = |file: &mut dyn Write| {
        let mut out = BufWriter::with_capacity(1 << 16, file);
        write(&mut out).and_then(|()| out.flush())
    };
    let failure = |error: io::Error| {
        Failure(format!(
            "{} can't be written: {}",
            path.display(),
            reason(&error)
        ))
    };
    if is_standard(path) {
        return match written(&mut io::stdout().lock()) {
            // A reader that has seen enough is no failure.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
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
        return fs::File::create(&target)
            .and_then(|mut file| written(&mut file))
            .map_err(failure);
    }
    let path = target.as_path();
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    fs::File::create(&part)
        .and_then(|mut file| {
            written(&mut file)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&part, path))
        .map_err(|error| {
            let _ = fs::remove_file(&part);
            failure(error)
        })
}
