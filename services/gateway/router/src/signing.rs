//! Signs every request to a service, so that it can refuse what did not come through here.
//!
//! HTTP message signatures (RFC 9421) with HMAC-SHA256 over method, target, body digest (RFC 9530),
//! the caller's token and the request id; time and nonce stop replay.
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::{digest, hmac, rand};
use base64::engine::general_purpose::STANDARD;
use base64::Engine;

const COVERED: &str = concat!(
    r#"("@method" "@target-uri" "content-digest" "authorization" "x-request-id" "#,
    r#""x-deadline-ms")"#
);
const NONCE_BYTES: usize = 16;

pub struct Signer(hmac::Key);

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

impl Signer {
    pub fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// A name as a key that cannot be turned back into it.
    pub fn keyed(&self, text: &str) -> String {
        let tag = hmac::sign(&self.0, text.as_bytes());
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
        let tag = hmac::sign(&self.0, base.as_bytes());
        Proof {
            content_digest,
            signature: format!("gw=:{}:", STANDARD.encode(tag)),
            signature_input: format!("gw={params}"),
        }
    }
}
