//! The letters that number lists.

/// The Kazakh alphabet, in whose order lists are lettered; that of Russian is a part of it.
pub const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";
