//! What one operation may ask for, by its shape; the schema itself may be read at any depth.
use std::collections::HashMap;

use crate::faults::Fault;
use crate::operation::{fragments, operations, Directive, Document, Fragments, Selection, SelectionSet};
use crate::settings::Settings;

pub struct Limits {
    depth: i64,
    tokens: usize,
    aliases: i64,
    directives: usize,
}

fn exceeded(what: &str, limit: impl std::fmt::Display, found: Option<i64>) -> Fault {
    let found = found.map_or(String::new(), |found| format!(", found {found}"));
    Fault::new(format!("{what} limit of {limit} exceeded{found}."), "INVALID", 400)
}

/// Where the token that begins at `start` ends.
fn end_of_token(text: &[u8], start: usize) -> usize {
    let rest = &text[start..];
    let length = match rest[0] {
        b'"' if rest.starts_with(b"\"\"\"") => end_of_block(rest),
        b'"' => end_of_string(rest),
        b'.' if rest.starts_with(b"...") => 3,
        byte if is_of_word(byte) || byte == b'-' => {
            1 + rest[1..].iter().take_while(|byte| is_of_word(**byte) || **byte == b'.').count()
        }
        _ => 1,
    };
    start + length
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn end_of_string(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() && !matches!(rest[at], b'"' | b'\n') {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

fn end_of_block(rest: &[u8]) -> usize {
    let mut at = 3;
    while at < rest.len() && !rest[at..].starts_with(b"\"\"\"") {
        at += if rest[at..].starts_with(b"\\\"\"\"") { 4 } else { 1 };
    }
    (at + 3).min(rest.len())
}

/// Whether a text has more tokens than `limit`; comments, commas and blanks are none.
fn has_more_tokens(text: &str, limit: usize) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut found) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => at += 1,
            b'#' => at += bytes[at..].iter().take_while(|byte| **byte != b'\n').count(),
            _ if bytes[at..].starts_with("\u{feff}".as_bytes()) => at += 3,
            _ => {
                found += 1;
                if found > limit {
                    return true;
                }
                at = end_of_token(bytes, at);
            }
        }
    }
    false
}

fn directives_of(selection: &Selection) -> &[Directive] {
    match selection {
        Selection::Field(field) => &field.directives,
        Selection::FragmentSpread(spread) => &spread.directives,
        Selection::InlineFragment(fragment) => &fragment.directives,
    }
}

fn count_directives(set: &SelectionSet) -> usize {
    let below = |selection: &Selection| match selection {
        Selection::Field(field) => count_directives(&field.selection_set),
        Selection::InlineFragment(fragment) => count_directives(&fragment.selection_set),
        Selection::FragmentSpread(_) => 0,
    };
    set.items.iter().map(|each| directives_of(each).len() + below(each)).sum()
}

/// Depths and aliases of fragments, each counted once.
struct Counter<'a> {
    fragments: &'a Fragments<'a>,
    known: HashMap<&'a str, i64>,
}

impl<'a> Counter<'a> {
    fn of_fragment(&mut self, name: &'a str, count: fn(&mut Self, &'a SelectionSet) -> i64) -> i64 {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        self.known.insert(name, 0);
        let Some(fragment) = self.fragments.get(name).copied() else { return 0 };
        let counted = count(self, &fragment.selection_set);
        self.known.insert(name, counted);
        counted
    }

    fn depth(&mut self, set: &'a SelectionSet) -> i64 {
        let mut deepest = 0;
        for selection in &set.items {
            let depth = match selection {
                Selection::Field(field) if field.name == "__schema" => 0,
                Selection::Field(field) => 1 + self.depth(&field.selection_set),
                Selection::InlineFragment(fragment) => self.depth(&fragment.selection_set),
                Selection::FragmentSpread(spread) => self.of_fragment(&spread.fragment_name, Self::depth),
            };
            deepest = deepest.max(depth);
        }
        deepest
    }

    fn aliases(&mut self, set: &'a SelectionSet) -> i64 {
        let mut found = 0;
        for selection in &set.items {
            found += match selection {
                Selection::Field(field) => {
                    i64::from(field.alias.is_some()) + self.aliases(&field.selection_set)
                }
                Selection::InlineFragment(fragment) => self.aliases(&fragment.selection_set),
                Selection::FragmentSpread(spread) => self.of_fragment(&spread.fragment_name, Self::aliases),
            };
        }
        found
    }
}

impl Limits {
    pub fn new(settings: &Settings) -> Self {
        Self {
            depth: settings.number("maxDepth") as i64,
            tokens: settings.number("maxTokens") as usize,
            aliases: settings.number("maxAliases") as i64,
            directives: settings.number("maxDirectives") as usize,
        }
    }

    /// Before the text is read.
    pub fn require_few_tokens(&self, text: &str) -> Result<(), Fault> {
        if has_more_tokens(text, self.tokens) {
            return Err(exceeded("Token", self.tokens, None));
        }
        Ok(())
    }

    pub fn require_shape(&self, document: &Document) -> Result<(), Fault> {
        let fragments = fragments(document);
        let in_fragments = fragments
            .values()
            .map(|fragment| fragment.directives.len() + count_directives(&fragment.selection_set));
        let mut directives: usize = in_fragments.sum();
        for operation in operations(document) {
            directives += operation.directives.len() + count_directives(operation.selections);
            let counter = || Counter { fragments: &fragments, known: HashMap::new() };
            let depth = counter().depth(operation.selections);
            if depth > self.depth {
                return Err(exceeded("Query depth", self.depth, Some(depth)));
            }
            let aliases = counter().aliases(operation.selections);
            if aliases > self.aliases {
                return Err(exceeded("Aliases", self.aliases, Some(aliases)));
            }
        }
        if directives > self.directives {
            return Err(exceeded("Directives", self.directives, None));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_counted_as_the_language_has_them() {
        let texts = [
            ("{ a }", 3),
            ("{ a(b: \"c # d\", e: \"\"\"f \" g\"\"\") } # h i", 11),
            ("query Q($n: Int! = -1.5e3) { ...F }", 15),
        ];
        for (text, tokens) in texts {
            assert!(!has_more_tokens(text, tokens), "{text}");
            assert!(has_more_tokens(text, tokens - 1), "{text}");
        }
    }
}
