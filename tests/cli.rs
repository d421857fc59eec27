//! The command line, as its users and their scripts meet it: the program itself is run.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

const BASE: &str = "\
# Кітапхананы пайдалану туралы

1-бап. Кітапхананың жұмыс күндері

Кітапхана мына күндері жұмыс істейді:

дүйсенбіден жұмаға дейін;

сенбі күні;

жексенбі күні.

2-бап. Оқырманның құқықтары

1. Оқырманның:

1) кітап алуға;

2) оқу залында отыруға құқығы бар.

2. Кітап 14 күнге беріледі.
";

const OUTLINE: &str = "\
title  Кітапхананы пайдалану туралы
article:1  Кітапхананың жұмыс күндері
  article:1/part:1  Кітапхана мына күндері жұмыс істейді:
    article:1/part:1/indent:1  Кітапхана мына күндері жұмыс істейді:
    article:1/part:1/indent:2  дүйсенбіден жұмаға дейін;
    article:1/part:1/indent:3  сенбі күні;
    article:1/part:1/indent:4  жексенбі күні.
article:2  Оқырманның құқықтары
  article:2/paragraph:1  Оқырманның:
    article:2/paragraph:1/point:1  кітап алуға;
    article:2/paragraph:1/point:2  оқу залында отыруға құқығы бар.
  article:2/paragraph:2  Кітап 14 күнге беріледі.
";

const OPERATIONS: &str = r#"
[act]
kind = "resolution"
number = "5"
date = 2025-02-01
in_force = "signing"

[[operation]]
at = "article:1/indent:3"
action = "replace-words"
old = "сенбі"
new = "демалыс"

[[operation]]
at = "article:2/paragraph:1/point:1-1"
action = "insert"
text = "1-1) кітапты ұзартуға;"

[[operation]]
at = "article:2/paragraph:2"
action = "replace"
text = "2. Кітап 21 күнге беріледі."
"#;

const AMENDED: &str = "\
# Кітапхананы пайдалану туралы

1-бап. Кітапхананың жұмыс күндері

Кітапхана мына күндері жұмыс істейді:

дүйсенбіден жұмаға дейін;

демалыс күні;

жексенбі күні.

2-бап. Оқырманның құқықтары

1. Оқырманның:

1) кітап алуға;

1-1) кітапты ұзартуға;

2) оқу залында отыруға құқығы бар.

2. Кітап 21 күнге беріледі.
";

/// One operation that finds its place, and one that does not.
const REFUSED: &str = r#"
[act]
number = "6"
date = 2025-03-01
in_force = "signing"

[[operation]]
at = "article:2/paragraph:2"
action = "replace-words"
old = "14"
new = "21"

[[operation]]
at = "article:1/part:7"
action = "delete"
"#;

/// In force ten days after a publication that the file does not know.
const LATER: &str = r#"
[act]
number = "7"
date = 2025-02-20
in_force = { after_publication = 10 }

[[operation]]
at = "article:2/paragraph:2"
action = "replace-words"
old = "14"
new = "30"
"#;

const FORMATS: [&str; 5] = ["md", "html", "txt", "ansi", "json"];

/// A folder of its own for each test, emptied before and after.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cli-{}-{number}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let folder = Folder(path);
        folder.write("base.md", BASE);
        folder.write("ops.toml", OPERATIONS);
        folder.write("refused.toml", REFUSED);
        folder.write("later.toml", LATER);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Runs the program in the folder; its arguments are parted by white space.
    fn run(&self, arguments: &str) -> Run {
        self.feed(arguments, "")
    }

    fn feed(&self, arguments: &str, input: &str) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that reads no input closes it.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        Run {
            arguments: arguments.to_string(),
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tuzet"));
        command
            .args(arguments.split_whitespace())
            .current_dir(&self.0)
            .env_remove("NO_COLOR");
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Run {
    arguments: String,
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    /// The run must end with this code, and without the traces of a panic.
    fn ends(self, code: i32) -> Run {
        let Run {
            arguments,
            out,
            err,
            ..
        } = &self;
        assert_eq!(self.code, Some(code), "tuzet {arguments}\n{out}\n{err}");
        assert!(!err.contains("panicked"), "tuzet {arguments}\n{err}");
        self
    }

    /// The run must fail with a message that has all these words, and print nothing.
    fn fails(self, words: &[&str]) -> Run {
        let run = self.ends(2);
        assert_eq!(run.out, "", "tuzet {}", run.arguments);
        for word in words {
            assert!(
                run.err.contains(word),
                "{word}: tuzet {}\n{}",
                run.arguments,
                run.err
            );
        }
        run
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("tuzet {}\n{error}\n{}", self.arguments, self.out))
    }
}

/// What stands in `<main>` of a page, and what stands around it.
fn main_of(page: &str) -> (&str, String) {
    let start = page.find("<main").unwrap();
    let end = page.find("</main>").unwrap();
    let around = format!("{}{}", &page[..start], &page[end..]);
    (&page[start..end], around)
}

/// The words of a page without its tags.
fn words_of(html: &str) -> String {
    let mut words = String::new();
    for piece in html.split('<') {
        words.push_str(piece.split_once('>').map_or(piece, |(_, words)| words));
        words.push(' ');
    }
    words.split_whitespace().collect::<Vec<&str>>().join(" ")
}

const COMMANDS: [&str; 6] = [
    "outline",
    "check",
    "consolidate",
    "redline",
    "history",
    "schema",
];

// Help and arguments.

#[test]
fn the_help_of_every_command_has_an_example() {
    let folder = Folder::new();
    let help = folder.run("--help").ends(0);
    assert!(help.out.contains("Exit codes: 0 "), "{}", help.out);
    for command in COMMANDS {
        assert!(
            help.out.contains(&format!("\n  {command} ")),
            "{}",
            help.out
        );
        let run = folder.run(&format!("{command} --help")).ends(0);
        let example = format!("Example: tuzet {command}");
        assert!(run.out.contains(&example), "{}", run.out);
        assert_eq!(run.err, "");
    }
}

#[test]
fn the_examples_of_the_help_work() {
    let folder = Folder::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [
        "corpus/249/kk.md",
        "amendments/271/operations.toml",
        "amendments/271/kk.txt",
    ] {
        folder.write(file, fs::read(root.join(file)).unwrap());
    }
    for command in COMMANDS {
        let help = folder.run(&format!("{command} --help"));
        let example = help
            .out
            .lines()
            .find_map(|line| line.strip_prefix("Example: tuzet "));
        let example = example.unwrap().split('>').next().unwrap();
        let run = folder.run(example).ends(0);
        assert!(
            !run.out.is_empty() || folder.path("249.html").is_file(),
            "{example}"
        );
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let run = Folder::new().run("--version").ends(0);
    assert_eq!(run.out, format!("tuzet {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_arguments_end_with_2() {
    let folder = Folder::new();
    for (arguments, word) in [
        ("", "Usage"),
        ("fly", "fly"),
        ("outline", "BASE"),
        ("outline base.md --fast", "--fast"),
        ("consolidate base.md --to pdf", "md, html, txt"),
        ("consolidate base.md --notes all", "none"),
        ("consolidate base.md --lang en", "kk, ru"),
        (
            "consolidate base.md ops.toml --as-of 2025-13-01",
            "2025-13-01",
        ),
        (
            "consolidate base.md ops.toml --as-of 31.02.2025",
            "31.02.2025",
        ),
        ("consolidate base.md ops.toml --published soon", "soon"),
        ("consolidate base.md ops.toml --target first", "first"),
        ("history base.md ops.toml", "--at"),
        ("history base.md ops.toml --at artikle:1", "artikle:1"),
        ("history base.md ops.toml --at article", "number"),
        ("history base.md ops.toml --at article:1/part:9", "part:9"),
    ] {
        folder.run(arguments).fails(&[word]);
    }
}

#[test]
fn targets_are_counted_from_1() {
    let folder = Folder::new();
    folder
        .run("consolidate base.md ops.toml --target 0")
        .fails(&["--target"]);
}

#[test]
fn a_message_is_called_an_error_once() {
    let folder = Folder::new();
    folder.write("bad.toml", "[[operation]]\nat = 5\n");
    for arguments in [
        "history base.md --at article:9",
        "check base.md bad.toml",
        "outline none.md",
    ] {
        let run = folder.run(arguments).ends(2);
        assert!(run.err.starts_with("error"), "{}", run.err);
        assert_eq!(run.err.matches("error").count(), 1, "{}", run.err);
    }
}

// Commands.

#[test]
fn outline_lists_every_provision_with_its_address() {
    let folder = Folder::new();
    let run = folder.run("outline base.md").ends(0);
    assert_eq!(run.out, OUTLINE);
    assert_eq!(run.err, "");
}

#[test]
fn outline_as_data_has_the_fields_of_the_contract() {
    let folder = Folder::new();
    let entries = folder.run("outline base.md --json").ends(0).json();
    let entries = entries.as_array().unwrap();
    assert_eq!(entries.len(), OUTLINE.lines().count());
    for (entry, line) in entries.iter().zip(OUTLINE.lines()) {
        let mut fields: Vec<&str> = entry
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        fields.sort_unstable();
        assert_eq!(fields, ["at", "heading", "line", "number", "text", "unit"]);
        let at = entry["at"].as_str().unwrap();
        assert!(line.trim_start().starts_with(at), "{line}");
    }
    let second = &entries[1];
    assert_eq!(second["unit"], "article");
    assert_eq!(second["number"], "1");
    assert_eq!(second["heading"], "Кітапхананың жұмыс күндері");
    assert_eq!(second["line"], 3);
    let last = &entries[entries.len() - 1];
    assert_eq!(last["text"], "Кітап 14 күнге беріледі.");
    assert_eq!(last["heading"], Value::Null);
    assert_eq!(last["line"], 21);
}

#[test]
fn outline_cuts_long_words_too() {
    let folder = Folder::new();
    folder.write("long.md", format!("1. {}\n", "сөз".repeat(10_000)));
    let run = folder.run("outline long.md").ends(0);
    assert!(
        run.out.chars().count() < 300,
        "{} letters",
        run.out.chars().count()
    );
}

#[test]
fn check_says_where_each_operation_lands_and_writes_nothing() {
    let folder = Folder::new();
    let before = folder.names();
    let run = folder.run("check base.md ops.toml").ends(0);
    for words in [
        "1. replace-words article:1/indent:3\n",
        "article:1/part:1/indent:3 «сенбі күні; …»",
        "«сенбі» becomes «демалыс»",
        "2. insert article:2/paragraph:1/point:1-1\n",
        "3. replace article:2/paragraph:2\n",
        "in force 2025-02-01",
    ] {
        assert!(run.out.contains(words), "{words}\n{}", run.out);
    }
    assert_eq!(run.err, "3 operations: 3 applied, 0 refused\n");
    assert_eq!(folder.names(), before);
    assert_eq!(folder.read("base.md"), BASE);
}

#[test]
fn check_as_data_has_an_entry_for_each_operation() {
    let folder = Folder::new();
    let run = folder
        .run("check base.md ops.toml refused.toml --json")
        .ends(1);
    let value = run.json();
    let operations = value["operations"].as_array().unwrap();
    assert_eq!(operations.len(), 5);
    for operation in operations {
        for field in [
            "n",
            "instruction",
            "amendment",
            "action",
            "at",
            "fate",
            "effect",
            "diagnostics",
        ] {
            assert!(operation.get(field).is_some(), "{field}: {operation}");
        }
    }
    let fates: Vec<&Value> = operations.iter().map(|it| &it["fate"]).collect();
    // The second act changes words that the first act restated away.
    assert_eq!(
        fates,
        ["applied", "applied", "applied", "refused", "refused"]
    );
    assert_eq!(operations[0]["place"], "article:1/part:1/indent:3");
    assert_eq!(operations[0]["in_force"], "2025-02-01");
    assert_eq!(operations[4]["amendment"], 2);
    assert_eq!(operations[4]["n"], 2);
    let problem = &operations[4]["diagnostics"][0];
    assert_eq!(problem["code"], "address-not-found");
    assert_eq!(problem["severity"], "error");
    assert_eq!(problem["line"], 14);
    assert!(problem["message"].as_str().unwrap().contains("part:7"));
    assert!(problem["help"].as_str().unwrap().contains("part 1"));
}

#[test]
fn consolidate_gives_the_text_in_force() {
    let folder = Folder::new();
    let run = folder.run("consolidate base.md ops.toml").ends(0);
    assert_eq!(run.out, AMENDED);
    assert_eq!(run.err, "3 operations: 3 applied, 0 refused\n");
}

#[test]
fn the_back_slash_of_an_escaped_letter_stands_inside_its_mark() {
    let folder = Folder::new();
    folder.write("plan.md", "| № | Атауы |\n|---|---|\n| 1. | білім |\n");
    folder.write(
        "plan.toml",
        "[[operation]]\nat = \"row:2\"\naction = \"insert\"\ntext = [\"2.\\t* білім\"]\n",
    );
    let markdown = folder.run("redline plan.md plan.toml").ends(0).out;
    let row = r#"<ins data-op="1/1" data-mark="ins">\* білім</ins> |"#;
    assert!(markdown.contains(&format!("| {row}")), "{markdown}");
}

#[test]
fn redline_names_the_operation_of_each_mark() {
    let folder = Folder::new();
    let markdown = folder.run("redline base.md ops.toml").ends(0).out;
    assert!(
        markdown
            .contains("<del data-op=\"5/1\">сенбі</del><ins data-op=\"5/1\">демалыс</ins> күні;")
    );
    assert!(
        markdown.contains("<ins data-op=\"5/2\" data-mark=\"ins\">1-1) кітапты ұзартуға;</ins>")
    );
    assert!(
        markdown
            .contains("2. Кітап <del data-op=\"5/3\">14</del><ins data-op=\"5/3\">21</ins> күнге")
    );
    let text = folder.run("redline base.md ops.toml --to txt").ends(0).out;
    assert!(text.contains("[-сенбі-]{+демалыс+} күні;"), "{text}");
    assert!(text.contains("{+1-1) кітапты ұзартуға;+}"), "{text}");
    let ansi = folder.run("redline base.md ops.toml --to ansi").ends(0).out;
    assert!(ansi.contains("\u{1b}[31;9mсенбі\u{1b}[0m"), "{ansi:?}");
    assert!(ansi.contains("\u{1b}[32;4mдемалыс\u{1b}[0m"), "{ansi:?}");
    assert!(ansi.contains("[5/1]"), "{ansi:?}");
    let page = folder.run("redline base.md ops.toml --to html").ends(0).out;
    let (main, around) = main_of(&page);
    assert!(main.contains("data-op=\"5/1\""), "{main}");
    assert!(around.contains("№ 5"), "the side list names the act");
    assert!(page.contains("lang=\"kk\""));
}

#[test]
fn a_restated_unit_may_be_shown_whole() {
    let folder = Folder::new();
    let run = folder
        .run("redline base.md ops.toml --to txt --no-refine")
        .ends(0);
    let whole = "[-2. Кітап 14 күнге беріледі.-]\n\n{+2. Кітап 21 күнге беріледі.+}\n";
    assert!(run.out.contains(whole), "{}", run.out);
    assert!(run.out.contains("[-сенбі-]{+демалыс+}"), "{}", run.out);
}

#[test]
fn redline_as_data_joins_to_both_texts() {
    let folder = Folder::new();
    let value = folder
        .run("redline base.md ops.toml --to json")
        .ends(0)
        .json();
    let join = |side: &str| -> String {
        let lines = value["lines"].as_array().unwrap().iter();
        lines
            .flat_map(|line| line["pieces"].as_array().unwrap())
            .map(|piece| piece[side].as_str().unwrap())
            .collect()
    };
    assert_eq!(join("old"), BASE);
    assert_eq!(join("new"), AMENDED);
    let operations = value["operations"].as_array().unwrap();
    let names: Vec<&Value> = operations.iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["5/1", "5/2", "5/3"]);
    assert_eq!(operations[0]["at"], "article:1/indent:3");
    assert_eq!(operations[0]["place"], "article:1/part:1/indent:3");
    assert_eq!(operations[0]["force"], "2025-02-01");
    assert_eq!(value["notes"], Value::Array(Vec::new()));
}

#[test]
fn the_published_text_beside_the_operations_gives_the_words_of_the_clauses() {
    let folder = Folder::new();
    folder.write(
        "5/operations.toml",
        OPERATIONS.replace("new = \"демалыс\"\n", "new = \"демалыс\"\nlines = [3, 4]\n"),
    );
    folder.write(
        "5/kk.txt",
        "Қаулы\n\n1-бапта:\n«сенбі» деген сөз ауыстырылсын;\n",
    );
    let value = folder
        .run("redline base.md 5/operations.toml --to json")
        .ends(0)
        .json();
    let words = value["operations"][0]["words"].as_array().unwrap();
    assert_eq!(words, &["1-бапта:", "«сенбі» деген сөз ауыстырылсын;"]);
    assert_eq!(value["operations"][0]["lines"], serde_json::json!([3, 4]));
}

#[test]
fn a_published_text_that_cannot_be_read_is_named_and_work_goes_on() {
    let folder = Folder::new();
    folder.write("5/operations.toml", OPERATIONS);
    folder.write("5/kk.txt", b"\xca\xe0\xf3\xeb\xfb\n");
    let run = folder.run("consolidate base.md 5/operations.toml").ends(0);
    let name = Path::new("5").join("kk.txt");
    let warning = format!("warning: {} is not UTF-8: line 1", name.display());
    assert_eq!(run.err.matches(&warning).count(), 1, "{}", run.err);
    let without = folder.run("consolidate base.md ops.toml").ends(0);
    assert_eq!(run.out, without.out);
}

#[test]
fn history_shows_each_wording_and_who_made_it() {
    let folder = Folder::new();
    let run = folder
        .run("history base.md ops.toml --at article:2/paragraph:2")
        .ends(0);
    let expected = "\
as first published

  2. Кітап 14 күнге беріледі.

since 2025-02-01
  by 2025-02-01 № 5, operation 3: replace article:2/paragraph:2
";
    assert!(run.out.starts_with(expected), "{}", run.out);
    assert!(
        run.out.ends_with("\n  2. Кітап 21 күнге беріледі.\n"),
        "{}",
        run.out
    );
    let value = folder
        .run("history base.md ops.toml --at article:2/paragraph:1/point:1-1 --json")
        .ends(0)
        .json();
    assert_eq!(value["at"], "article:2/paragraph:1/point:1-1");
    let versions = value["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0]["text"], serde_json::json!([]));
    assert_eq!(versions[0].get("since"), None);
    assert_eq!(versions[1]["since"], "2025-02-01");
    assert_eq!(
        versions[1]["text"],
        serde_json::json!(["1-1) кітапты ұзартуға;"])
    );
    let by = &versions[1]["by"][0];
    assert_eq!(
        (by["n"].as_u64(), by["action"].as_str()),
        (Some(2), Some("insert"))
    );
    let unchanged = folder
        .run("history base.md ops.toml --at article:2/heading")
        .ends(0);
    assert!(
        unchanged.out.starts_with("as first published\n"),
        "{}",
        unchanged.out
    );
    assert!(!unchanged.out.contains("since"), "{}", unchanged.out);
}

/// Whether a value is what a JSON Schema says, for the words of the language that are used here.
fn fits(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let pointer = reference.trim_start_matches('#');
        let target = root
            .pointer(pointer)
            .ok_or(format!("{at}: no {reference}"))?;
        return fits(value, target, root, at);
    }
    for word in ["anyOf", "oneOf"] {
        if let Some(list) = schema.get(word).and_then(Value::as_array) {
            let fitting = list
                .iter()
                .filter(|it| fits(value, it, root, at).is_ok())
                .count();
            if fitting == 0 {
                return Err(format!("{at}: {value} fits none of {list:?}"));
            }
        }
    }
    if let Some(list) = schema.get("enum").and_then(Value::as_array)
        && !list.contains(value)
    {
        return Err(format!("{at}: {value} is none of {list:?}"));
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let allowed = match schema.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(many)) => many.iter().any(|it| it == kind),
        _ => true,
    };
    if !allowed {
        return Err(format!("{at}: {kind} is not {}", schema["type"]));
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        for (index, item) in list.iter().enumerate() {
            fits(item, items, root, &format!("{at}/{index}"))?;
        }
    }
    if let Some(object) = value.as_object() {
        let properties = schema.get("properties").and_then(Value::as_object);
        for name in schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            if !object.contains_key(name.as_str().unwrap_or_default()) {
                return Err(format!("{at}: {name} is missing"));
            }
        }
        for (name, field) in object {
            match properties.and_then(|it| it.get(name)) {
                Some(inner) => fits(field, inner, root, &format!("{at}/{name}"))?,
                None if properties.is_some() => {
                    return Err(format!("{at}: {name} is not described"));
                }
                None => {}
            }
        }
    }
    Ok(())
}

#[test]
fn the_outputs_fit_their_schemas() {
    let folder = Folder::new();
    let schemas = folder.run("schema").ends(0).json();
    let outputs = [
        ("outline", "outline base.md --json"),
        (
            "check",
            "check base.md ops.toml refused.toml later.toml --json",
        ),
        (
            "history",
            "history base.md ops.toml later.toml --at article:2/paragraph:2 --json",
        ),
        ("redline", "redline base.md ops.toml --to json"),
        ("redline", "consolidate base.md --to json"),
    ];
    let mut wrong = Vec::new();
    for (name, arguments) in outputs {
        let schema = &schemas[name];
        assert!(schema.is_object(), "{name} has no schema");
        let value = folder.run(arguments).json();
        wrong.extend(fits(&value, schema, schema, name).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let operations = &schemas["operations"];
    let file = serde_json::json!({
        "act": { "number": "5", "date": "2025-02-01", "in_force": { "after_publication": 10 } },
        "operation": [{ "at": "article:1", "action": "replace", "text": ["1-бап. Тақырып", "Бөлік."], "lines": [1, 2] }],
    });
    fits(&file, operations, operations, "operations").unwrap();
    let wrong = serde_json::json!({ "operation": [{ "at": "article:1", "action": "destroy" }] });
    assert!(fits(&wrong, operations, operations, "operations").is_err());
}

// Standard input and output.

#[test]
fn a_dash_is_standard_input_or_output() {
    let folder = Folder::new();
    assert_eq!(folder.feed("outline -", BASE).ends(0).out, OUTLINE);
    assert_eq!(
        folder.feed("consolidate - ops.toml", BASE).ends(0).out,
        AMENDED
    );
    assert_eq!(
        folder.feed("consolidate base.md -", OPERATIONS).ends(0).out,
        AMENDED
    );
    assert_eq!(
        folder.run("consolidate base.md ops.toml -o -").ends(0).out,
        AMENDED
    );
    assert!(!folder.names().contains(&"-".to_string()));
}

#[test]
fn one_input_alone_can_be_standard_input() {
    let folder = Folder::new();
    for arguments in [
        "consolidate - -",
        "check base.md - -",
        "redline - ops.toml -",
    ] {
        folder.feed(arguments, BASE).fails(&["`-`"]);
    }
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let folder = Folder::new();
    folder.write("many.md", "1. Бір.\n\n".repeat(50_000));
    let mut child = folder
        .command("outline many.md")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn messages_go_to_standard_error_and_results_to_standard_output() {
    let folder = Folder::new();
    for format in FORMATS {
        for command in ["consolidate", "redline"] {
            let quiet = folder
                .run(&format!(
                    "{command} base.md later.toml --to {format} --published 2025-03-01"
                ))
                .ends(0);
            let warned = folder
                .run(&format!("{command} base.md later.toml --to {format}"))
                .ends(0);
            assert!(
                warned.err.contains("warning[date-unknown]"),
                "{}",
                warned.err
            );
            assert!(!quiet.err.contains("warning"), "{}", quiet.err);
            assert!(!warned.out.contains("warning"), "{}", warned.out);
            assert!(!warned.out.contains("1 applied"), "{}", warned.out);
        }
    }
    folder.run("check base.md later.toml --json").ends(0).json();
    folder
        .run("history base.md later.toml --at article:1 --json")
        .ends(0)
        .json();
}

#[test]
fn a_warning_about_a_whole_act_is_said_once() {
    let folder = Folder::new();
    let again = "[[operation]]\nat = \"article:1/indent:3\"\naction = \"delete\"\n";
    folder.write("later.toml", format!("{LATER}\n{again}"));
    let run = folder.run("consolidate base.md later.toml").ends(0);
    assert_eq!(
        run.err.matches("warning[date-unknown]").count(),
        1,
        "{}",
        run.err
    );
}

#[test]
fn control_letters_of_a_file_do_nothing_to_a_terminal() {
    let folder = Folder::new();
    folder.write("esc.md", "# \u{1b}[31mҚаулы\n\n1-бап. \u{1b}]0;атауы\u{7}Тақырып\n\nБірінші \u{1b}[2J\u{9b}2J бөлік.\n");
    folder.write("esc.toml", "[act]\nnumber = \"\\u001b[2J\"\n[[operation]]\nat = \"article:1/part:1\"\naction = \"delete-words\"\nold = \"\\u001b[2J\"\n[[operation]]\nat = \"article:1/part:9\"\naction = \"delete\"\n");
    for arguments in [
        "outline esc.md",
        "check esc.md esc.toml",
        "consolidate esc.md --to txt",
        "consolidate esc.md --to ansi",
        "redline esc.md esc.toml --partial --to txt",
        "history esc.md esc.toml --at article:1/part:1",
    ] {
        let run = folder.run(arguments);
        for text in [&run.out, &run.err] {
            let control = |letter: &char| letter.is_control() && !matches!(letter, '\n' | '\t');
            assert_eq!(
                text.chars().find(control),
                None,
                "tuzet {arguments}\n{text:?}"
            );
        }
    }
    let ansi = folder
        .run("redline esc.md esc.toml --partial --to ansi")
        .out;
    assert!(
        !ansi.contains("\u{1b}[2J") && !ansi.contains("\u{1b}]0"),
        "{ansi:?}"
    );
}

// Files that can't be read.

#[test]
fn inputs_that_are_not_there_or_no_text_are_named() {
    let folder = Folder::new();
    folder.write("empty.md", "");
    folder.write("latin.md", b"# Za\xf1\n");
    folder.write("late.md", b"# \xd0\x97\n\n1. \xd0\xb1\n2. \xff\xfe\n");
    folder.write("utf16.md", b"\xff\xfe1\0.\0");
    folder.write("cut.md", b"1. \xd0");
    fs::create_dir(folder.path("folder")).unwrap();
    for (file, words) in [
        ("none.md", &["none.md", "can't be read"][..]),
        ("folder", &["folder is a folder", "text file"]),
        ("empty.md", &["empty.md is empty"]),
        ("latin.md", &["latin.md is not UTF-8", "line 1"]),
        ("late.md", &["late.md is not UTF-8", "line 4"]),
        ("utf16.md", &["utf16.md is not UTF-8", "line 1"]),
        ("cut.md", &["cut.md is not UTF-8", "line 1"]),
        ("base.md/inner.md", &["base.md/inner.md", "can't be read"]),
    ] {
        folder.run(&format!("outline {file}")).fails(words);
        folder.run(&format!("check {file} ops.toml")).fails(words);
        folder
            .run(&format!("consolidate {file} -o out.md"))
            .fails(words);
        folder
            .run(&format!("history {file} ops.toml --at article:1"))
            .fails(words);
    }
    folder.feed("outline -", "").fails(&["empty"]);
    folder
        .run("consolidate base.md none.toml")
        .fails(&["none.toml", "can't be read"]);
    folder.run("consolidate base.md folder").fails(&["folder"]);
    assert!(!folder.path("out.md").exists());
}

#[test]
fn a_long_file_is_read_whole() {
    let folder = Folder::new();
    // Wherever a piece of the file ends, it ends inside a letter for one of these.
    for lead in ["", "-", "--"] {
        let text = format!("{lead}{}\n", "жаңа € ".repeat(20_000));
        folder.write("long.md", &text);
        assert_eq!(folder.run("consolidate long.md").ends(0).out, text);
        assert_eq!(folder.feed("consolidate -", &text).ends(0).out, text);
    }
    let late = [b"\n".repeat(100_000), b"\xd0".to_vec()].concat();
    folder.write("late.md", late);
    folder
        .run("outline late.md")
        .fails(&["late.md is not UTF-8", "line 100001"]);
}

#[test]
fn an_amendment_of_another_kind_is_refused_with_what_is_read() {
    let folder = Folder::new();
    for file in ["ops.docx", "ops", "ops.json"] {
        folder.write(file, OPERATIONS);
        folder
            .run(&format!("consolidate base.md {file}"))
            .fails(&[file, ".toml"]);
    }
}

#[test]
fn nul_letters_are_text() {
    let folder = Folder::new();
    let source = "1. Бір\0екі.\n\n2. \0\n";
    folder.write("nul.md", source);
    assert_eq!(folder.run("consolidate nul.md").ends(0).out, source);
    for format in ["txt", "ansi", "html"] {
        let run = folder
            .run(&format!("consolidate nul.md --to {format}"))
            .ends(0);
        assert!(
            run.out.contains("Бір\u{fffd}екі."),
            "{format}: {:?}",
            run.out
        );
    }
    let value = folder.run("consolidate nul.md --to json").ends(0).json();
    assert!(value.to_string().contains("Бір\\u0000екі."));
}

/// 200 MB take half a minute without optimisation; 40 MB show the same.
#[test]
fn a_line_of_forty_megabytes_is_read() {
    let folder = Folder::new();
    let line = "Сөз ".repeat(40_000_000 / "Сөз ".len());
    folder.write("long.md", format!("# Заң\n\n1-бап. Бір\n\n{line}\n"));
    let start = std::time::Instant::now();
    let run = folder.run("outline long.md").ends(0);
    assert!(
        run.out.contains("article:1/part:1  Сөз Сөз"),
        "{:.200}",
        run.out
    );
    let run = folder.run("consolidate long.md -o same.md").ends(0);
    assert_eq!(run.err, "wrote same.md\n");
    assert_eq!(
        fs::read(folder.path("same.md")).unwrap(),
        fs::read(folder.path("long.md")).unwrap()
    );
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn errors_in_operations_are_placed_by_line_and_column() {
    let folder = Folder::new();
    for (toml, place, word) in [
        (
            "[act]\nnumber = \"5\"\n\n[[operation]]\nat = \"article:1\"\naction = \"destroy\"\n",
            "bad.toml:6:10",
            "replace-words",
        ),
        ("[act]\nnumber = 5\n", "bad.toml:2:10", "string"),
        ("[act]\ndate = \"жақында\"\n", "bad.toml:2:8", "date"),
        (
            "[act]\nin_force = \"soon\"\n",
            "bad.toml:2:12",
            "after_publication",
        ),
        ("[[operation]\n", "bad.toml:1:13", "]"),
        (
            "[[operation]]\nat = \"artikle:1\"\naction = \"delete\"\n",
            "bad.toml:2:6",
            "artikle",
        ),
        (
            "[[operation]]\nat = \"article:1\"\naction = \"delete\"\nwhy = \"\"\n",
            "bad.toml:4:1",
            "why",
        ),
        ("[[operation]]\naction = \"delete\"\n", "bad.toml:1:1", "at"),
        (
            "[[operation]]\nat = \"article:1\"\naction = \"replace\"\n",
            "bad.toml:1:1",
            "text",
        ),
        (
            "[[operation]]\nat = \"бап:1\"\naction = \"delete\"\n",
            "bad.toml:2:6",
            "unit",
        ),
        ("ережe = \n", "bad.toml:1:", ""),
    ] {
        folder.write("bad.toml", toml);
        let run = folder.run("check base.md bad.toml").fails(&[place, word]);
        folder.run("consolidate base.md bad.toml -o out.md").ends(2);
        assert!(
            run.err.contains("bad-operations") || run.err.contains("incomplete-operation"),
            "{}",
            run.err
        );
    }
    assert!(!folder.path("out.md").exists());
}

#[test]
fn the_file_in_error_is_the_one_named() {
    let folder = Folder::new();
    folder.write("bad.toml", "[act]\nnumber = 5\n");
    folder
        .run("check base.md ops.toml bad.toml")
        .fails(&["bad.toml:2:10"]);
    let run = folder.run("check base.md ops.toml refused.toml").ends(1);
    assert!(run.out.contains("refused.toml:14:6"), "{}", run.out);
    assert!(run.out.contains("base.md:3:1"), "{}", run.out);
}

// Files that are written.

#[test]
fn the_extension_chooses_the_format() {
    let folder = Folder::new();
    for (name, format) in [
        ("out.md", "md"),
        ("out.markdown", "md"),
        ("out", "md"),
        ("out.html", "html"),
        ("out.htm", "html"),
        ("OUT.HTML", "html"),
        ("out.txt", "txt"),
        ("out.json", "json"),
    ] {
        let expected = folder
            .run(&format!("redline base.md ops.toml --to {format}"))
            .ends(0)
            .out;
        let run = folder
            .run(&format!("redline base.md ops.toml -o {name}"))
            .ends(0);
        assert_eq!(folder.read(name), expected, "{name}");
        assert_eq!(run.out, "");
        assert!(run.err.ends_with(&format!("wrote {name}\n")), "{}", run.err);
    }
    folder
        .run("redline base.md ops.toml --to txt -o other.html")
        .ends(0);
    assert!(
        folder.read("other.html").contains("{+демалыс+}"),
        "--to decides"
    );
}

#[test]
fn an_unknown_extension_is_refused() {
    let folder = Folder::new();
    for name in ["out.pdf", "out.doc", "out.md.bak"] {
        folder
            .run(&format!("consolidate base.md -o {name}"))
            .fails(&[".md", ".html", ".txt", ".json", "--to"]);
        assert!(!folder.path(name).exists());
    }
    folder.run("consolidate base.md --to md -o out.bak").ends(0);
    assert_eq!(folder.read("out.bak"), BASE);
}

#[test]
fn outputs_that_cannot_be_written_are_named_and_leave_nothing() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    let before = folder.names();
    for (output, words) in [
        (
            "no/such/out.md",
            &["no/such/out.md", "can't be written"][..],
        ),
        ("base.md/out.md", &["base.md/out.md", "can't be written"]),
        ("folder", &["folder is a folder"]),
    ] {
        folder
            .run(&format!("consolidate base.md ops.toml --to md -o {output}"))
            .fails(words);
    }
    assert_eq!(folder.names(), before);
    assert_eq!(fs::read_dir(folder.path("folder")).unwrap().count(), 0);
}

#[test]
fn what_is_refused_leaves_the_old_file_as_it_was() {
    let folder = Folder::new();
    folder.write("out.html", "ескі мәтін");
    let before = folder.names();
    for command in ["consolidate", "redline"] {
        let run = folder
            .run(&format!("{command} base.md refused.toml -o out.html"))
            .ends(1);
        assert_eq!(run.out, "");
        assert!(run.err.contains("nothing is written"), "{}", run.err);
        assert!(
            run.err.contains("2 operations: 1 applied, 1 refused"),
            "{}",
            run.err
        );
        assert!(run.err.contains("address-not-found"), "{}", run.err);
        assert_eq!(folder.read("out.html"), "ескі мәтін");
        assert_eq!(
            folder
                .run(&format!("{command} base.md refused.toml"))
                .ends(1)
                .out,
            ""
        );
    }
    assert_eq!(folder.names(), before);
}

#[test]
fn a_file_is_replaced_whole_and_nothing_else_is_left() {
    let folder = Folder::new();
    folder.write("out.md", "ескі мәтін".repeat(1000));
    let before = folder.names();
    folder.run("consolidate base.md ops.toml -o out.md").ends(0);
    assert_eq!(folder.read("out.md"), AMENDED);
    // The base itself may be the output.
    folder
        .run("consolidate base.md ops.toml -o base.md")
        .ends(0);
    assert_eq!(folder.read("base.md"), AMENDED);
    assert_eq!(folder.names(), before);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::new();
    let pipe = folder.path("pipe.md");
    if !Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .is_ok_and(|it| it.success())
    {
        // Past the test harness, which keeps what passing tests print.
        let _ = std::io::stderr().write_all(b"\nNOT TESTED: pipes; there is no mkfifo\n");
        return;
    }
    // Opened for both, so that neither side waits for the other.
    let mut reader = fs::File::options()
        .read(true)
        .write(true)
        .open(&pipe)
        .unwrap();
    folder
        .run("consolidate base.md ops.toml -o pipe.md")
        .ends(0);
    assert!(
        fs::metadata(&pipe).unwrap().file_type().is_fifo(),
        "the pipe was replaced by a file"
    );
    let mut bytes = vec![0; AMENDED.len()];
    std::io::Read::read_exact(&mut reader, &mut bytes).unwrap();
    assert_eq!(bytes, AMENDED.as_bytes());
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let folder = Folder::new();
    folder.write("real.md", "ескі мәтін");
    std::os::unix::fs::symlink("real.md", folder.path("link.md")).unwrap();
    folder
        .run("consolidate base.md ops.toml -o link.md")
        .ends(0);
    assert!(
        fs::symlink_metadata(folder.path("link.md"))
            .unwrap()
            .is_symlink()
    );
    assert_eq!(folder.read("real.md"), AMENDED);
}

// Exit codes and options.

#[test]
fn exit_codes_say_what_happened() {
    let folder = Folder::new();
    for (arguments, code) in [
        ("outline base.md", 0),
        ("check base.md", 0),
        ("check base.md ops.toml", 0),
        ("check base.md refused.toml", 1),
        ("consolidate base.md refused.toml", 1),
        ("consolidate base.md refused.toml --partial", 1),
        ("redline base.md refused.toml --partial --to html", 1),
        ("history base.md refused.toml --at article:2/paragraph:2", 1),
        ("consolidate base.md later.toml", 0),
        ("consolidate base.md later.toml --as-of 2025-03-01", 1),
        ("consolidate base.md ops.toml --as-of 2025-01-01", 0),
        ("schema", 0),
        ("consolidate none.md", 2),
    ] {
        folder.run(arguments).ends(code);
    }
}

#[test]
fn partial_applies_what_can_be_applied_and_says_so() {
    let folder = Folder::new();
    let expected = BASE.replace("14 күнге", "21 күнге");
    let run = folder
        .run("consolidate base.md refused.toml --partial")
        .ends(1);
    let (note, act) = run.out.split_once("\n\n").unwrap();
    assert!(note.starts_with("> ") && note.contains('1'), "{note}");
    assert_eq!(act, expected);
    assert!(run.err.contains("part:7"), "{}", run.err);
    let page = folder
        .run("consolidate base.md refused.toml --partial --to html")
        .ends(1)
        .out;
    let note = note.trim_start_matches("> ");
    let (main, around) = main_of(&page);
    assert!(around.contains(note) && !main.contains(note), "{page}");
    let value = folder
        .run("consolidate base.md refused.toml --partial --to json")
        .ends(1)
        .json();
    assert_eq!(value["notes"], serde_json::json!([note]));
    // Where nothing was refused, there is nothing to say.
    assert_eq!(
        folder
            .run("consolidate base.md ops.toml --partial")
            .ends(0)
            .out,
        AMENDED
    );
}

#[test]
fn as_of_gives_the_text_of_a_day() {
    let folder = Folder::new();
    for (day, act) in [
        ("2025-01-31", BASE),
        ("2025-02-01", AMENDED),
        ("2026-01-01", AMENDED),
    ] {
        let run = folder
            .run(&format!("consolidate base.md ops.toml --as-of {day}"))
            .ends(0);
        let (note, rest) = run.out.split_once("\n\n").unwrap();
        let [year, month, date] = day.split('-').collect::<Vec<&str>>()[..] else {
            panic!()
        };
        assert!(
            note.starts_with("> ") && note.ends_with(&format!("{date}.{month}.{year}.")),
            "{note}"
        );
        assert_eq!(rest, act, "{day}");
    }
    let run = folder
        .run("check base.md ops.toml --as-of 2025-01-31")
        .ends(0);
    assert!(run.err.contains("3 not yet in force"), "{}", run.err);
    let page = folder
        .run("redline base.md ops.toml --as-of 2025-02-01 --to html")
        .ends(0)
        .out;
    let (main, around) = main_of(&page);
    assert!(around.contains("01.02.2025") && !main.contains("01.02.2025"));
}

#[test]
fn dates_may_be_written_as_acts_write_them() {
    let folder = Folder::new();
    for (one, other) in [
        ("--as-of 2025-02-01", "--as-of 01.02.2025"),
        (
            "--published 2025-03-01 --as-of 2025-03-12",
            "--published 01.03.2025 --as-of 12.03.2025",
        ),
    ] {
        let command = "consolidate base.md ops.toml --to json";
        let one = folder.run(&format!("{command} {one}")).ends(0);
        let other = folder.run(&format!("{command} {other}")).ends(0);
        assert_eq!(one.out, other.out);
    }
}

#[test]
fn the_day_of_publication_decides_where_force_depends_on_it() {
    let folder = Folder::new();
    let changed = |run: &Run| run.out.contains("Кітап 30 күнге");
    // Published on 1 March; ten days run from the 2nd to the 11th.
    for (day, expected) in [("2025-03-11", false), ("2025-03-12", true)] {
        let run = folder
            .run(&format!(
                "consolidate base.md later.toml --published 2025-03-01 --as-of {day}"
            ))
            .ends(0);
        assert_eq!(changed(&run), expected, "{day}");
        assert!(!run.err.contains("date-unknown"), "{}", run.err);
    }
    let run = folder.run("consolidate base.md later.toml").ends(0);
    assert!(
        changed(&run) && run.err.contains("--published"),
        "{}",
        run.err
    );
    let run = folder
        .run("consolidate base.md later.toml --as-of 2030-01-01")
        .ends(1);
    assert!(
        run.out.is_empty() && run.err.contains("error[date-unknown]"),
        "{}",
        run.err
    );
}

#[test]
fn from_starts_the_marks_later() {
    let folder = Folder::new();
    folder.write(
        "next.toml",
        LATER
            .replace("{ after_publication = 10 }", "2025-06-01")
            .replace("\"14\"", "\"21\""),
    );
    let run = folder
        .run("redline base.md ops.toml next.toml --to txt --from 2025-03-01")
        .ends(0);
    assert!(run.out.contains("[-21-]{+30+}"), "{}", run.out);
    assert!(!run.out.contains("[-сенбі-]"), "{}", run.out);
    let all = folder
        .run("redline base.md ops.toml next.toml --to txt")
        .ends(0);
    assert!(
        all.out.contains("[-сенбі-]") && all.out.contains("{+30+}"),
        "{}",
        all.out
    );
    let none = folder
        .run("redline base.md ops.toml next.toml --to txt --from 2025-03-01 --as-of 2025-03-01")
        .ends(0);
    assert!(
        !none.out.contains("{+") && !none.out.contains("[-"),
        "{}",
        none.out
    );
    folder
        .run("redline base.md ops.toml --from 2025-03-02 --as-of 2025-03-01")
        .fails(&["--from 2025-03-02 is after --as-of 2025-03-01"]);
}

#[test]
fn acts_follow_one_another_by_date_of_force() {
    let folder = Folder::new();
    folder.write(
        "next.toml",
        LATER
            .replace("{ after_publication = 10 }", "2025-06-01")
            .replace("\"14\"", "\"21\""),
    );
    let one = folder.run("consolidate base.md ops.toml next.toml").ends(0);
    let other = folder.run("consolidate base.md next.toml ops.toml").ends(0);
    assert!(one.out.contains("Кітап 30 күнге"), "{}", one.out);
    assert_eq!(one.out, other.out);
}

#[test]
fn target_chooses_among_several_acts() {
    let folder = Folder::new();
    let targets = "[[target]]\nnumber = \"11\"\n[[target]]\nnumber = \"12\"\n";
    let operations = "[[operation]]\nact = 1\nat = \"article:2/paragraph:2\"\naction = \"replace-words\"\nold = \"14\"\nnew = \"15\"\n\
        [[operation]]\nact = 2\nat = \"article:2/paragraph:2\"\naction = \"replace-words\"\nold = \"14\"\nnew = \"16\"\n";
    let act = "[act]\nnumber = \"9\"\ndate = 2025-02-01\nin_force = \"signing\"\n";
    folder.write("two.toml", format!("{act}{targets}{operations}"));
    for (target, days) in [(1, "15"), (2, "16")] {
        let run = folder
            .run(&format!("consolidate base.md two.toml --target {target}"))
            .ends(0);
        assert!(
            run.out.contains(&format!("Кітап {days} күнге")),
            "{}",
            run.out
        );
        assert!(run.err.contains("1 for another act"), "{}", run.err);
    }
    let run = folder.run("consolidate base.md two.toml").ends(1);
    assert!(run.err.contains("act-unclear"), "{}", run.err);
    assert!(
        run.err.contains("11") && run.err.contains("12"),
        "the acts are listed: {}",
        run.err
    );
    folder
        .run("consolidate base.md two.toml --target 3")
        .ends(1);
    // The front matter of the base chooses as well.
    folder.write("named.md", format!("---\nnumber: \"12\"\n---\n\n{BASE}"));
    let run = folder.run("consolidate named.md two.toml").ends(0);
    assert!(run.out.contains("Кітап 16 күнге"), "{}", run.out);
}

#[test]
fn lang_overrides_the_language_that_was_found() {
    let folder = Folder::new();
    folder.write(
        "ru.md",
        "# О библиотеке\n\nСтатья 1. Дни\n\nБиблиотека открыта.\n",
    );
    let russian = folder
        .run("consolidate ru.md --as-of 2025-01-01")
        .ends(0)
        .out;
    let kazakh = folder
        .run("consolidate ru.md --as-of 2025-01-01 --lang kk")
        .ends(0)
        .out;
    assert!(
        russian.starts_with("> Текст по состоянию на 01.01.2025.\n"),
        "{russian}"
    );
    assert!(kazakh.starts_with("> Мәтін"), "{kazakh}");
    assert!(
        folder
            .run("outline ru.md")
            .ends(0)
            .out
            .contains("article:1")
    );
    assert!(
        !folder
            .run("outline ru.md --lang kk")
            .ends(0)
            .out
            .contains("article:1")
    );
    let page = folder.run("consolidate ru.md --to html").ends(0).out;
    assert!(page.contains("lang=\"ru\""), "{:.200}", page);
}

#[test]
fn notes_none_is_what_is_done_without_it() {
    let folder = Folder::new();
    for format in FORMATS {
        let with = folder
            .run(&format!(
                "redline base.md ops.toml --to {format} --notes none"
            ))
            .ends(0);
        let without = folder
            .run(&format!("redline base.md ops.toml --to {format}"))
            .ends(0);
        assert_eq!(with.out, without.out);
    }
}

// Outputs.

#[test]
fn a_base_without_amendments_is_printed_in_every_format() {
    let folder = Folder::new();
    for command in ["consolidate", "redline"] {
        assert_eq!(folder.run(&format!("{command} base.md")).ends(0).out, BASE);
        assert_eq!(
            folder
                .run(&format!("{command} base.md --to txt"))
                .ends(0)
                .out,
            BASE.replace("# ", "")
        );
        assert_eq!(
            folder
                .run(&format!("{command} base.md --to ansi"))
                .ends(0)
                .out,
            BASE.replace("# ", "")
        );
        let page = folder
            .run(&format!("{command} base.md --to html"))
            .ends(0)
            .out;
        let words: Vec<&str> = BASE.split_whitespace().filter(|it| *it != "#").collect();
        assert_eq!(words_of(main_of(&page).0), words.join(" "));
        let value = folder
            .run(&format!("{command} base.md --to json"))
            .ends(0)
            .json();
        assert_eq!(value["operations"], serde_json::json!([]));
        assert_eq!(
            folder.run(&format!("{command} base.md")).err,
            "",
            "nothing to say"
        );
    }
}

#[test]
fn the_line_about_a_scaffold_stands_outside_of_the_act() {
    let folder = Folder::new();
    let front = "---\nstatus: scaffold\nlanguage: kk\n---\n\n";
    folder.write("scaffold.md", format!("{front}{BASE}"));
    let note = "Бұл ресми мәтін емес";
    let markdown = folder.run("consolidate scaffold.md").ends(0).out;
    let after = markdown.strip_prefix(front).unwrap();
    assert!(after.starts_with(&format!("> {note}")), "{after}");
    assert_eq!(after.split_once("\n\n").unwrap().1, BASE);
    for format in ["txt", "ansi"] {
        let text = folder
            .run(&format!("redline scaffold.md ops.toml --to {format}"))
            .ends(0)
            .out;
        assert!(text.starts_with(&format!("> {note}")), "{text}");
        assert_eq!(text.matches(note).count(), 1);
    }
    for command in ["consolidate scaffold.md", "redline scaffold.md ops.toml"] {
        let page = folder.run(&format!("{command} --to html")).ends(0).out;
        let (main, around) = main_of(&page);
        assert!(around.contains(note), "{page}");
        assert!(!main.contains(note) && !main.contains("scaffold"), "{main}");
    }
    let value = folder
        .run("redline scaffold.md ops.toml --to json")
        .ends(0)
        .json();
    assert!(value["notes"][0].as_str().unwrap().starts_with(note));
    assert!(!value["lines"].to_string().contains(note));
    // An act that is no scaffold bears no such line.
    for format in FORMATS {
        assert!(
            !folder
                .run(&format!("consolidate base.md --to {format}"))
                .out
                .contains(note)
        );
    }
}

#[test]
fn lines_of_ours_are_not_read_as_the_act() {
    let folder = Folder::new();
    folder.write(
        "scaffold.md",
        format!("---\nstatus: scaffold\nlanguage: kk\n---\n\n{BASE}"),
    );
    folder
        .run("consolidate scaffold.md --as-of 2025-01-01 -o once.md")
        .ends(0);
    let addresses = |file: &str| folder.run(&format!("outline {file}")).ends(0).out;
    assert_eq!(addresses("once.md"), addresses("scaffold.md"));
    folder
        .run("consolidate once.md --as-of 2025-01-01 -o twice.md")
        .ends(0);
    assert_eq!(folder.read("twice.md"), folder.read("once.md"));
    // A text that was partial once is amended again.
    folder
        .run("consolidate base.md refused.toml --partial -o part.md")
        .ends(1);
    assert_eq!(
        addresses("part.md"),
        OUTLINE.replace("14 күнге", "21 күнге")
    );
}

#[test]
fn a_byte_order_mark_stays_first() {
    let folder = Folder::new();
    folder.write("bom.md", format!("\u{feff}{BASE}"));
    folder.write("bom.toml", format!("\u{feff}{OPERATIONS}"));
    let run = folder.run("consolidate bom.md bom.toml").ends(0);
    assert_eq!(run.out, format!("\u{feff}{AMENDED}"));
    let run = folder
        .run("consolidate bom.md ops.toml --as-of 2025-02-01")
        .ends(0);
    assert_eq!(run.out.find('\u{feff}'), Some(0));
    assert_eq!(run.out.matches('\u{feff}').count(), 1);
    for format in ["txt", "html", "ansi"] {
        let run = folder.run(&format!("redline bom.md ops.toml --to {format}"));
        assert!(!run.ends(0).out.contains('\u{feff}'), "{format}");
    }
}

#[test]
fn lines_of_ours_end_as_the_file_does() {
    let folder = Folder::new();
    folder.write("crlf.md", BASE.replace('\n', "\r\n"));
    folder.write("crlf.toml", OPERATIONS.replace('\n', "\r\n"));
    let run = folder.run("consolidate crlf.md crlf.toml").ends(0);
    assert_eq!(run.out, AMENDED.replace('\n', "\r\n"));
    let run = folder
        .run("consolidate crlf.md crlf.toml --as-of 2025-02-01")
        .ends(0);
    assert_eq!(
        run.out.matches('\n').count(),
        run.out.matches("\r\n").count()
    );
    let text = folder.run("redline crlf.md crlf.toml --to txt").ends(0);
    assert!(!text.out.contains('\r'), "{:?}", text.out);
}

#[test]
fn words_of_an_operation_are_words_and_no_markup() {
    let folder = Folder::new();
    let words = "5 * 3 * 2, _сөз_, <b>, &amp;, &nbsp;, `код`, [1], \\, |, ~~, # бір";
    let quoted = words.replace('\\', "\\\\");
    folder.write(
        "ops.toml",
        OPERATIONS
            .replace("\"демалыс\"", &format!("\"{quoted}\""))
            .replace("Кітап 21", &format!("Кітап {quoted} 21")),
    );
    folder.run("consolidate base.md ops.toml -o out.md").ends(0);
    let entries = folder.run("outline out.md --json").ends(0).json();
    let text = |at: &str| {
        let entries = entries.as_array().unwrap();
        let entry = entries.iter().find(|it| it["at"] == at).unwrap();
        entry["text"].as_str().unwrap().to_string()
    };
    assert_eq!(text("article:1/part:1/indent:3"), format!("{words} күні;"));
    assert_eq!(
        text("article:2/paragraph:2"),
        format!("Кітап {words} 21 күнге беріледі.")
    );
    let page = folder.run("consolidate base.md ops.toml --to html").ends(0);
    let escaped = words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    assert!(main_of(&page.out).0.contains(&escaped), "{}", page.out);
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let folder = Folder::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.write("kk.md", fs::read(root.join("corpus/249/kk.md")).unwrap());
    folder.write(
        "271.toml",
        fs::read(root.join("amendments/271/operations.toml")).unwrap(),
    );
    let mut commands: Vec<String> = [
        "outline kk.md",
        "outline kk.md --json",
        "check kk.md 271.toml",
        "schema",
    ]
    .map(str::to_string)
    .to_vec();
    for format in FORMATS {
        commands.push(format!("consolidate kk.md 271.toml --to {format}"));
        commands.push(format!("redline kk.md 271.toml --to {format}"));
    }
    for arguments in commands {
        let (first, second) = (
            folder.run(&arguments).ends(0),
            folder.run(&arguments).ends(0),
        );
        assert!(
            first.out == second.out && first.err == second.err,
            "tuzet {arguments}"
        );
        assert!(first.out.ends_with('\n'), "tuzet {arguments}");
    }
}

const AMENDING: &str = "# «Бақтар туралы» Қазақстан Республикасының Заңына өзгерістер енгізу туралы\n\n\
    1-бап. «Бақтар туралы» 2010 жылғы 5 мамырдағы Қазақстан Республикасының Заңына мынадай өзгерістер енгізілсін:\n\n\
    1) 3-баптың 2-тармағындағы «гүл» деген сөз «ағаш» деген сөзбен ауыстырылсын;\n\n\
    2) 4-бап алып тасталсын.\n\n\
    2-бап. Осы Заң 2020 жылғы 1 қаңтардан бастап қолданысқа енгізіледі.\n";
const GARDENS: &str = "# Бақтар туралы\n\n3-бап. Бақ\n\n1. Бақ ашық.\n\n2. Бақта гүл бар.\n\n4-бап. Күзет\n\nБақ күзетіледі.\n";

#[test]
fn read_gives_operations_that_are_read_again() {
    let folder = Folder::new();
    folder.write("act.md", AMENDING);
    folder.write("gardens.md", GARDENS);
    let run = folder.run("read act.md -o ops.toml").ends(0);
    assert!(run.err.contains("2 operations read"), "{}", run.err);
    let by_text = folder.run("consolidate gardens.md act.md").ends(0).out;
    let by_operations = folder.run("consolidate gardens.md ops.toml").ends(0).out;
    assert_eq!(by_text, by_operations);
    assert!(by_text.contains("2. Бақта ағаш бар."), "{by_text}");
}

#[test]
fn read_as_data_accounts_for_every_character() {
    let folder = Folder::new();
    folder.write("act.md", AMENDING);
    let run = folder.run("read act.md --json").ends(0);
    let data: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(data["operations"][0]["at"], "article:3/paragraph:2");
    assert_eq!(data["operations"][0]["action"], "replace-words");
    assert_eq!(data["targets"][0]["kind"], "law");
    assert_eq!(data["in_force"]["date"], "2020-01-01");
    let characters = &data["characters"];
    assert_eq!(characters["total"], AMENDING.chars().count());
    assert_eq!(characters["claimed"], characters["total"]);
    assert_eq!(characters["reported"], 0);
}

#[test]
fn read_explains_every_stretch() {
    let folder = Folder::new();
    folder.write("act.md", AMENDING);
    let out = folder.run("read act.md --explain").ends(0).out;
    for words in [
        "── title (line 1)",
        "── context (line 3)",
        "── clause (line 5)",
        "── in force (line 9)",
    ] {
        assert!(out.contains(words), "{words}\n{out}");
    }
}

#[test]
fn read_with_a_base_says_what_does_not_land() {
    let folder = Folder::new();
    folder.write("act.md", AMENDING.replace("4-бап", "9-бап"));
    folder.write("gardens.md", GARDENS);
    folder.run("read act.md --json").ends(0);
    let run = folder
        .run("read act.md --base gardens.md -o ops.toml")
        .ends(1);
    assert!(run.err.contains("article:9"), "{}", run.err);
    assert!(run.err.contains("it has article 3, 4"), "{}", run.err);
}

#[test]
fn an_unread_clause_writes_nothing_without_partial() {
    let folder = Folder::new();
    folder.write(
        "act.md",
        AMENDING.replace("4-бап алып тасталсын", "4-бапта бәрі жақсартылсын"),
    );
    folder.write("gardens.md", GARDENS);
    let run = folder
        .run("consolidate gardens.md act.md -o out.md")
        .ends(1);
    assert!(run.err.contains("unread-clause"), "{}", run.err);
    assert!(run.err.contains("1 clause is not read"), "{}", run.err);
    assert!(!folder.0.join("out.md").exists());
    let run = folder
        .run("consolidate gardens.md act.md --partial")
        .ends(1);
    assert!(run.out.contains("2. Бақта ағаш бар."), "{}", run.out);
}

#[test]
fn an_unread_clause_about_another_act_is_no_error_for_a_base() {
    let folder = Folder::new();
    let list = "1. «Бақтар туралы» 2010 жылғы 5 мамырдағы Қазақстан Республикасының Заңына:\n\n\
        4-бап алып тасталсын.\n\n\
        2. «Гүлдер туралы» 2011 жылғы 6 маусымдағы Қазақстан Республикасының Заңына:\n\n\
        4-бапта бәрі жақсартылсын.\n\n";
    let head = "# Кейбір заңнамалық актілерге өзгерістер енгізу туралы\n\n\
        1-бап. Қазақстан Республикасының мына заңнамалық актілеріне өзгерістер енгізілсін:\n\n";
    folder.write("act.md", format!("{head}{list}"));
    folder.write("gardens.md", GARDENS);
    let run = folder.run("consolidate gardens.md act.md").ends(0);
    assert!(!run.out.contains("Бақ күзетіледі."), "{}", run.out);
    assert!(run.err.contains("warning[unread-clause]"), "{}", run.err);
}

#[test]
fn twin_compares_two_versions() {
    let folder = Folder::new();
    let russian = "# О внесении изменений в Закон Республики Казахстан «О садах»\n\n\
        Статья 1. Внести в Закон Республики Казахстан от 5 мая 2010 года «О садах» следующие изменения:\n\n\
        1) в пункте 2 статьи 3 слово «цветок» заменить словом «дерево»;\n\n\
        2) статью 4 исключить.\n\n\
        Статья 2. Настоящий Закон вводится в действие с 1 января 2020 года.\n";
    folder.write("kk.md", AMENDING);
    folder.write("ru.md", russian);
    folder.write("other.md", russian.replace("статью 4", "статью 5"));
    let run = folder.run("twin kk.md ru.md --json").ends(0);
    let data: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(data["pairs"], 2);
    assert_eq!(data["differences"].as_array().unwrap().len(), 0);
    let run = folder.run("twin kk.md other.md --json").ends(1);
    let data: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(data["differences"][0]["kind"], "target");
    assert_eq!(data["differences"][0]["kk"]["at"], "article:4");
    assert_eq!(data["differences"][0]["ru"]["at"], "article:5");
    let run = folder.run("twin kk.md other.md -o twin.html").ends(1);
    assert!(run.err.contains("wrote twin.html"), "{}", run.err);
    folder
        .run("twin ru.md kk.md")
        .fails(&["ru.md", "the Kazakh version comes first"]);
}

#[test]
fn a_redline_says_where_its_marks_are_ambiguous() {
    let folder = Folder::new();
    folder.write(
        "base.md",
        BASE.replace("2. Кітап 14", "2. <ins>Кітап</ins> 14"),
    );
    folder.write("ops.toml", OPERATIONS);
    let said = "warning[ambiguous-marks]: the text itself holds <ins>";
    let run = folder.run("redline base.md ops.toml -o out.md").ends(0);
    assert!(run.err.contains(said), "{}", run.err);
    assert!(run.err.contains("base.md:21:1"), "{}", run.err);
    for quiet in [
        "redline base.md ops.toml -o out.html",
        "redline base.md ops.toml -o out.json",
        "consolidate base.md ops.toml -o out.md",
    ] {
        let run = folder.run(quiet).ends(0);
        assert!(!run.err.contains("ambiguous-marks"), "{}", run.err);
    }
}
