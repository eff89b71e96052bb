//! Registered documents: what known programs ask, by the hash of its text.
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest;

use crate::settings::{code_of, ConfigError, Settings};
use crate::signing::hex;
use crate::streams::Streams;

/// Why a text is not answered: the sentence, the status and the code.
pub type Refusal = (&'static str, u16, &'static str);

pub struct Documents {
    by_id: HashMap<String, String>,
    is_open: bool,
}

pub fn document_id(text: &str) -> String {
    format!("sha256:{}", hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref()))
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|own| own == extension)
}

fn texts_of(path: &Path) -> Result<Vec<String>, String> {
    let content = std::fs::read_to_string(path).map_err(|error| code_of(&error).to_string())?;
    if !has_extension(path, "json") {
        return Ok(vec![content]);
    }
    let manifest: HashMap<String, String> =
        serde_json::from_str(&content).map_err(|_| "not a JSON object of documents".to_string())?;
    Ok(manifest.into_values().collect())
}

fn files_of(path: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| code_of(&error).to_string();
    if !std::fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if has_extension(&file, "graphql") || has_extension(&file, "json") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

impl Documents {
    pub fn read(settings: &Settings, streams: &Streams) -> Result<Self, ConfigError> {
        let shipped = settings.home.join("documents.json");
        let named = settings.list("trustedDocuments").into_iter().map(PathBuf::from);
        let own = streams.questions().into_iter().map(|text| (document_id(&text), text));
        let mut by_id: HashMap<String, String> = own.collect();
        for path in std::iter::once(shipped).chain(named) {
            let wrong = |reason: String| {
                let path = path.display();
                ConfigError(format!("CONGVU_TRUSTED_DOCUMENTS: cannot read '{path}' ({reason})"))
            };
            for file in files_of(&path).map_err(wrong)? {
                let texts = texts_of(&file).map_err(wrong)?;
                by_id.extend(texts.into_iter().map(|text| (document_id(&text), text)));
            }
        }
        Ok(Self { by_id, is_open: settings.is_open })
    }

    /// Whether a text is answered without its id too.
    pub fn takes(&self, text: &str) -> bool {
        self.is_open || self.by_id.contains_key(&document_id(text))
    }

    /// The text to answer. A text that comes with an id must be the one it stands for; in
    /// production only what is registered is answered, and only by its id.
    pub fn resolve(&self, id: Option<&str>, text: Option<String>) -> Result<Option<String>, Refusal> {
        let Some(id) = id else {
            let may = self.is_open;
            return if may { Ok(text) } else { Err(("DOCUMENT_NEEDED", 400, "INVALID")) };
        };
        let given = text.or_else(|| self.by_id.get(id).cloned());
        let is_it = given.as_deref().is_some_and(|text| document_id(text) == id);
        if is_it && (self.is_open || self.by_id.contains_key(id)) {
            return Ok(given);
        }
        Err(("DOCUMENT_UNKNOWN", 404, "NOT_FOUND"))
    }
}
