//! Signs every request to a service, so that it can refuse what did not come through here.
//!
//! HTTP message signatures (RFC 9421) with HMAC-SHA256 over method, target, body digest (RFC 9530),
//! the caller's token and the request id; time and nonce stop replay.
use std::sync::{Arc, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::{digest, hmac, rand};
use base64::engine::general_purpose::STANDARD;
use base64::Engine;

use crate::log;
use crate::settings::{SecretFile, Settings};

const COVERED: &str = concat!(
    r#"("@method" "@target-uri" "content-digest" "authorization" "x-request-id" "#,
    r#""x-deadline-ms")"#
);
const NONCE_BYTES: usize = 16;

/// How soon a secret that takes another's place is noticed.
const LOOK: Duration = Duration::from_secs(1);

pub struct Signer(Arc<RwLock<hmac::Key>>);

fn key_of(secret: &[u8]) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret)
}

/// What is signed of a call besides its body.
pub struct Call<'a> {
    pub target: &'a str,
    pub authorization: &'a str,
    pub request_id: &'a str,
    pub deadline_ms: u64,
}

/// The headers that prove one request.
pub struct Proof {
    pub content_digest: String,
    pub signature_input: String,
    pub signature: String,
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// So many random bytes, in hexadecimal.
pub fn random_hex<const N: usize>() -> String {
    let mut bytes = [0u8; N];
    rand::fill(&mut bytes).expect("the system has random bytes");
    hex(&bytes)
}

/// A file that cannot be read leaves the secret as it was, and is told once.
fn follow(file: &SecretFile, key: &RwLock<hmac::Key>) {
    let written = || std::fs::metadata(&file.path).and_then(|found| found.modified()).ok();
    let mut seen = written();
    loop {
        std::thread::sleep(LOOK);
        let now = written();
        if now == seen {
            continue;
        }
        seen = now;
        match file.read() {
            Ok(secret) => {
                *key.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = key_of(&secret);
                log::info("secret read", serde_json::json!({}));
            }
            Err(error) => {
                log::error("secret not read", serde_json::json!({"error": error.to_string()}));
            }
        }
    }
}

impl Signer {
    pub fn new(secret: &[u8]) -> Self {
        Self(Arc::new(RwLock::new(key_of(secret))))
    }

    /// With the secret that its file holds at the time.
    pub fn watching(settings: &Settings) -> Self {
        let signer = Self::new(&settings.secret);
        if let Some(file) = settings.secret_file.clone() {
            let key = signer.0.clone();
            std::thread::spawn(move || follow(&file, &key));
        }
        signer
    }

    fn sign(&self, bytes: &[u8]) -> hmac::Tag {
        let key = self.0.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        hmac::sign(&key, bytes)
    }

    /// A name as a key that cannot be turned back into it.
    pub fn keyed(&self, text: &str) -> String {
        let tag = self.sign(text.as_bytes());
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(tag)
    }

    pub fn prove(&self, call: &Call<'_>, body: &[u8]) -> Proof {
        let Call { target, authorization, request_id, deadline_ms } = call;
        let hash = digest::digest(&digest::SHA256, body);
        let content_digest = format!("sha-256=:{}:", STANDARD.encode(hash));
        let created = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let nonce = random_hex::<NONCE_BYTES>();
        let params =
            format!(r#"{COVERED};created={created};nonce="{nonce}";keyid="gateway";alg="hmac-sha256""#);
        let base = format!(
            "\"@method\": POST\n\"@target-uri\": {target}\n\"content-digest\": {content_digest}\n\
             \"authorization\": {authorization}\n\"x-request-id\": {request_id}\n\
             \"x-deadline-ms\": {deadline_ms}\n\"@signature-params\": {params}"
        );
        let tag = self.sign(base.as_bytes());
        Proof {
            content_digest,
            signature: format!("gw=:{}:", STANDARD.encode(tag)),
            signature_input: format!("gw={params}"),
        }
    }
}
