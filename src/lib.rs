//! `tuzet` applies Kazakhstan's amending acts to the acts they amend, and shows what changed.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod act;
pub mod address;
pub mod apply;
pub mod diagnostic;
pub mod fold;
pub mod history;
pub mod lang;
pub mod operation;
pub mod outline;
pub mod parse;
pub mod place;
pub mod redline;
pub mod refine;
pub mod render;
pub mod report;
mod resolve;
pub mod text;
