//! `tuzet` applies Kazakhstan's amending acts to the acts they amend, and shows what changed.
//!
//! ```
//! use tuzet::{apply, operation, parse, redline, render};
//!
//! // A base act, and what an amending act orders.
//! let mut act = parse::act("1-бап. Мереке күндері\n\n22 наурыз – Қазақстандағы Наурыз мейрамы.\n", None);
//! let amendment = operation::parse(
//!     r#"
//!     [[operation]]
//!     at = "article:1/part:1"
//!     action = "replace-words"
//!     old = "22"
//!     new = "21-23"
//!     "#,
//! )
//! .map_err(|problem| problem.message)?;
//!
//! // The act with its history; every operation is reported.
//! let reports = apply::apply(&mut act, &[amendment], &apply::Options::default());
//! assert!(reports.iter().all(|report| !report.refused()));
//!
//! // Everything else is a view between two moments.
//! let redline = redline::Redline {
//!     act: &act,
//!     from: tuzet::text::Moment::BASE,
//!     to: act.last(),
//!     refine: true,
//! };
//! let document = render::Document { redline, preface: vec![], clauses: vec![] };
//! let mut text = Vec::new();
//! render::render(&document, render::Format::Text, &mut text).map_err(|error| error.to_string())?;
//! let text = String::from_utf8(text).map_err(|error| error.to_string())?;
//! assert_eq!(text, "1-бап. Мереке күндері\n\n[-22-]{+21-23+} наурыз – Қазақстандағы Наурыз мейрамы.\n");
//! # Ok::<(), String>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

// What an act is.
pub mod unit;

pub mod text;

pub mod act;

// What is said about it, and how its words are compared.
pub mod diagnostic;

pub mod fold;

pub mod lang;

// From a file to an act, and from an address to a place in it.
pub mod parse;

pub mod address;

pub mod place;

mod resolve;

// What an amending act orders, and doing it.
pub mod operation;

pub mod read;

pub mod apply;

pub mod twin;

// Views of an act with its history.
pub mod refine;

pub mod redline;

pub mod history;

pub mod outline;

pub mod report;

// Writing them down.
pub mod render;
