//! How the cost of reading an amending act grows with its length.
//!
//! `cargo bench --bench read`. The acts are made up, the same in every run.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::time::{Duration, Instant};

/// An amending act of about so many bytes.
fn amending_act(size: usize) -> String {
    let mut act = String::from(
        "# \"Бақтар туралы\" Қазақстан Республикасының Заңына өзгерістер енгізу туралы\n\n\
         1-бап. \"Бақтар туралы\" 2010 жылғы 5 мамырдағы Қазақстан Республикасының Заңына мынадай өзгерістер енгізілсін:\n\n",
    );
    let sentence =
        "Бақтағы ағаштар мен бұталар күтіледі, суарылады және \"Алма\" бағында күзетіледі. ";
    let mut item = 0;
    while act.len() < size {
        item += 1;
        act.push_str(&format!(
            "{item}) {item}-бапта:\n\n\
             2-тармақтың бірінші бөлігі мынадай редакцияда жазылсын:\n\n\"{}\n\n{}\";\n\n\
             3-тармақтағы \"гүл\" деген сөз \"ағаш\" деген сөзбен ауыстырылып, мынадай мазмұндағы 4-тармақпен толықтырылсын:\n\n\
             \"4. Бақ ашық.\";\n\n",
            sentence.repeat(6).trim_end(),
            sentence.repeat(4).trim_end(),
        ));
    }
    act.push_str("2-бап. Осы Заң қол қойылған күнінен бастап қолданысқа енгізіледі.\n");
    act
}

/// The shortest of several readings, and the number of operations read.
fn measured(act: &str) -> (Duration, usize) {
    let language = tuzet::lang::by_code("kk").unwrap();
    let drafting = language.drafting.unwrap();
    let mut best = Duration::MAX;
    let mut count = 0;
    for _ in 0..5 {
        let start = Instant::now();
        let reading = tuzet::read::act(act, language, drafting);
        best = best.min(start.elapsed());
        assert!(reading.diagnostics.is_empty());
        count = reading.amendment.operations.len();
    }
    (best, count)
}

fn main() {
    println!(
        "{:>10} {:>8} {:>10} {:>8}",
        "bytes", "ops", "time", "ns/byte"
    );
    for size in [10_000, 100_000, 1_000_000, 10_000_000] {
        let act = amending_act(size);
        let (time, count) = measured(&act);
        println!(
            "{:>10} {count:>8} {:>8.1}ms {:>8.1}",
            act.len(),
            time.as_secs_f64() * 1e3,
            time.as_nanos() as f64 / act.len() as f64,
        );
    }
}
