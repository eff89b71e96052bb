//! What the gateway itself tells a caller, in Vietnamese and English.
use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use crate::settings::{read_file, ConfigError};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Language {
    Vietnamese,
    English,
}

#[derive(Deserialize)]
struct Sentence {
    en: String,
    vi: String,
}

pub struct Messages(HashMap<String, Sentence>);

impl Messages {
    pub fn read(home: &Path) -> Result<Self, ConfigError> {
        let text = read_file("messages", &home.join("messages.json"))?;
        serde_json::from_str(&text).map(Self).map_err(|error| ConfigError(format!("messages.json: {error}")))
    }

    /// The sentence of a key that stands in the file.
    pub fn say(&self, key: &str, language: Language) -> &str {
        match (self.0.get(key), language) {
            (Some(sentence), Language::English) => &sentence.en,
            (Some(sentence), Language::Vietnamese) => &sentence.vi,
            (None, _) => "",
        }
    }
}

/// The language a caller reads, from Accept-Language; Vietnamese unless English is asked for.
pub fn language_of(accept_language: Option<&str>) -> Language {
    let mut best = (0.0, Language::Vietnamese);
    for part in accept_language.unwrap_or_default().split(',') {
        let lower = part.trim().to_lowercase();
        let mut params = lower.split(';');
        let language = match params.next().unwrap_or_default().split('-').next() {
            Some("vi") => Language::Vietnamese,
            Some("en") => Language::English,
            _ => continue,
        };
        let quality = params
            .find_map(|param| param.trim().strip_prefix("q="))
            .map_or(1.0, |text| text.parse().unwrap_or(0.0));
        if quality > best.0 {
            best = (quality, language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_spoken_to_who_prefers_it() {
        let spoken = [
            (None, Language::Vietnamese),
            (Some("en;q=0.5, vi"), Language::Vietnamese),
            (Some("fr, en;q=0.8, vi;q=0.2"), Language::English),
            (Some("en-GB, vi;q=0.5"), Language::English),
            (Some("fr"), Language::Vietnamese),
        ];
        for (header, language) in spoken {
            assert_eq!(language_of(header), language, "{header:?}");
        }
    }
}
