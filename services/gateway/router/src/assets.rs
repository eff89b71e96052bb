//! Pages of the gateway's own: the check of a receipt of the public log, and in the open profile the
//! graph explorer. Both load nothing from elsewhere.
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::Engine;
use flate2::write::GzEncoder;
use flate2::Compression;
use hive_router::http::Method;
use hive_router::ntex::web::{HttpRequest, HttpResponse};
use serde_json::{json, Value};

use crate::admission::header;
use crate::hosts::is_from_here;
use crate::log;
use crate::settings::Settings;

/// Nothing may load from outside: the browser enforces what the page promises.
const POLICY: &str = "default-src 'none'; script-src 'self' blob:; worker-src 'self' blob:; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json";
const STYLE: &str = "text/css; charset=utf-8";

struct Asset {
    kind: String,
    plain: Vec<u8>,
    zipped: Vec<u8>,
    etag: String,
    policy: String,
}

impl Asset {
    fn new(kind: &str, plain: Vec<u8>, policy: String) -> Self {
        let hash = digest::digest(&digest::SHA256, &plain);
        let etag = format!("\"{}\"", &URL_SAFE_NO_PAD.encode(hash)[..22]);
        let mut zip = GzEncoder::new(Vec::new(), Compression::default());
        // Into memory, which takes it all.
        let zipped = zip.write_all(&plain).and_then(|()| zip.finish()).unwrap_or_default();
        Self { kind: kind.into(), plain, zipped, etag, policy }
    }

    fn send(&self, req: &HttpRequest) -> HttpResponse {
        let headers = req.headers();
        let is_known = header(headers, "if-none-match") == Some(&self.etag);
        let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response
            .header("content-security-policy", self.policy.as_str())
            .header("x-content-type-options", "nosniff")
            .header("referrer-policy", "no-referrer")
            .header("cache-control", "no-cache")
            .header("vary", "accept-encoding, accept")
            .header("etag", self.etag.as_str());
        if is_known {
            return response.finish();
        }
        response.content_type(self.kind.as_str());
        let zips = header(headers, "accept-encoding").unwrap_or_default();
        if zips.split(|c: char| !c.is_ascii_alphanumeric()).any(|each| each == "gzip") {
            response.header("content-encoding", "gzip");
            return response.body(self.zipped.clone());
        }
        response.body(self.plain.clone())
    }
}

pub struct Assets {
    by_path: HashMap<String, Asset>,
    has_playground: bool,
    demo: PathBuf,
}

/// Only the page's own script runs, and it can reach nothing.
fn policy_of(html: &str) -> String {
    let script = html.split("<script>").nth(1).and_then(|rest| rest.split("</script>").next());
    let hash = digest::digest(&digest::SHA256, script.unwrap_or_default().as_bytes());
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
        STANDARD.encode(hash)
    )
}

const PLAIN: &str = "text/plain; charset=utf-8";

/// What the explorer's page is made of, and the documents it links to: one list for both gateways.
#[derive(serde::Deserialize)]
struct Files {
    page: Vec<PageFile>,
    documents: Vec<Document>,
}

#[derive(serde::Deserialize)]
struct PageFile {
    path: String,
    file: PathBuf,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(serde::Deserialize)]
struct Document {
    path: String,
    file: PathBuf,
    vi: Option<String>,
    en: Option<String>,
}

type Source = (String, String, PathBuf);

/// The explorer's own page, and what `make router` took out of its package.
fn playground(home: &Path) -> Option<(Vec<Source>, Files)> {
    let taken = home.join("router/assets");
    let list = std::fs::read(home.join("src/page/files.json")).ok()?;
    let mut files: Files = serde_json::from_slice(&list).ok()?;
    // An image has the page, and no documents.
    files.documents.retain(|each| home.join(&each.file).exists());
    let theirs = [
        ("/playground/marked.js", SCRIPT, "marked.js"),
        ("/playground/graphiql.css", STYLE, "graphiql.css"),
        ("/playground/graphiql.js", SCRIPT, "graphiql.js"),
        ("/playground/editor.worker.js", SCRIPT, "editor.worker.js"),
        ("/playground/json.worker.js", SCRIPT, "json.worker.js"),
        ("/playground/graphql.worker.js", SCRIPT, "graphql.worker.js"),
    ];
    let theirs = theirs.map(|(path, kind, file)| (path.into(), kind.into(), taken.join(file)));
    let own = files.page.iter().map(|each| (each.path.clone(), each.kind.clone(), home.join(&each.file)));
    let sources: Vec<Source> = own.chain(theirs).collect();
    let is_whole = sources.iter().all(|(_, _, file)| file.exists());
    // As plain text every browser shows them, offline too; the page of guides lays them out.
    let documents =
        files.documents.iter().map(|each| (each.path.clone(), PLAIN.into(), home.join(&each.file)));
    let sources = sources.into_iter().chain(documents).collect();
    is_whole.then_some((sources, files))
}

fn links(documents: &[Document]) -> Asset {
    let told: Vec<Value> =
        documents.iter().map(|each| json!({"path": each.path, "vi": each.vi, "en": each.en})).collect();
    Asset::new(JSON, json!(told).to_string().into_bytes(), POLICY.into())
}

impl Assets {
    pub fn read(settings: &Settings) -> Self {
        let mut by_path = HashMap::new();
        let page = settings.home.join("src/page");
        if let Ok(html) = std::fs::read_to_string(page.join("receipt.html")) {
            let policy = policy_of(&html);
            by_path.insert("/bien-nhan".into(), Asset::new(HTML, html.into_bytes(), policy));
        }
        let mut sources: Vec<Source> = vec![(
            "/bien-nhan/check_receipt.py".into(),
            "text/x-python; charset=utf-8".into(),
            page.join("check_receipt.py"),
        )];
        let explorer = settings.is_open.then(|| playground(&settings.home)).flatten();
        let has_playground = explorer.is_some();
        if let Some((files, Files { documents, .. })) = explorer {
            sources.extend(files);
            by_path.insert("/playground/links.json".into(), links(&documents));
        }
        for (path, kind, file) in sources {
            if let Ok(bytes) = std::fs::read(file) {
                by_path.insert(path, Asset::new(&kind, bytes, POLICY.into()));
            }
        }
        Self { by_path, has_playground, demo: settings.text("playgroundFile").into() }
    }

    /// Tokens and examples for the page; read on every load, since the writer renews the tokens.
    fn demo(&self, req: &HttpRequest) -> Value {
        let nothing = json!({"tokens": [], "examples": []});
        // Ready-made tokens are for who sits at this machine, whatever name led here.
        if self.demo.as_os_str().is_empty() || !is_from_here(req) {
            return nothing;
        }
        let read = std::fs::read(&self.demo).ok();
        match read.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok()) {
            Some(Value::Object(own)) => {
                let mut whole = nothing;
                own.into_iter().for_each(|(name, value)| whole[name] = value);
                whole
            }
            _ => {
                log::warn("CONGVU_PLAYGROUND_FILE cannot be read", json!({}));
                nothing
            }
        }
    }

    pub async fn serve(&self, req: &HttpRequest) -> Option<HttpResponse> {
        if !matches!(*req.method(), Method::GET | Method::HEAD) {
            return None;
        }
        if self.has_playground {
            let wants_page = header(req.headers(), "accept").unwrap_or_default().contains("text/html");
            match req.path() {
                "/" => {
                    return Some(HttpResponse::Found().header("location", "/graphql").finish());
                }
                "/graphql" if wants_page && req.method() == Method::GET => {
                    return self.by_path.get("/playground/").map(|page| page.send(req));
                }
                "/playground/demo.json" => {
                    let demo = self.demo(req).to_string().into_bytes();
                    let asset = Asset::new(JSON, demo, POLICY.into());
                    return Some(asset.send(req));
                }
                _ => {}
            }
        }
        self.by_path.get(req.path()).map(|asset| asset.send(req))
    }
}
