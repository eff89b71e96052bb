//! What a good access token is: the rules of `services/gateway/src/token.mjs`, held by one table of
//! tokens that is put before every reader of tokens.
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use serde_json::{Map, Value};

/// How far the issuer's clock may be from ours, in seconds.
const LEEWAY_S: f64 = 30.0;
/// From `iat` to `exp`: what is stolen is good for a day at most.
const LIFETIME_MAX_S: f64 = 24.0 * 3600.0;
const CHARACTERS_MAX: usize = 8192;
const NAME_MAX: usize = 200;

const KEYS_OF_THE_CALLERS_OWN: [&str; 5] = ["jku", "jwk", "x5u", "x5c", "crit"];
/// Claims of identity tokens and of log-outs.
const OTHER_TOKENS: [&str; 5] = ["nonce", "at_hash", "c_hash", "s_hash", "events"];

/// The token is missing what it needs, forged or too old.
#[derive(Debug)]
pub struct InvalidToken;

type Checked<T> = Result<T, InvalidToken>;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Algorithm {
    Rs256,
    Es256,
}

/// The parts of a header's token; nothing in them is proven yet.
pub struct Bearer {
    pub token: String,
    pub header: Map<String, Value>,
    pub claims: Map<String, Value>,
    pub signature: Vec<u8>,
}

impl Bearer {
    /// What the signature is over.
    pub fn signed(&self) -> &[u8] {
        let end = self.token.rfind('.').unwrap_or(0);
        &self.token.as_bytes()[..end]
    }
}

fn require(is_good: bool) -> Checked<()> {
    if is_good {
        Ok(())
    } else {
        Err(InvalidToken)
    }
}

fn is_name(value: Option<&Value>) -> bool {
    value.and_then(Value::as_str).is_some_and(|text| {
        (1..=NAME_MAX).contains(&text.len()) && text.bytes().all(|b| (0x21..=0x7e).contains(&b))
    })
}

fn has_any(object: &Map<String, Value>, names: &[&str]) -> bool {
    names.iter().any(|name| object.contains_key(*name))
}

fn decoded(part: &str) -> Checked<Vec<u8>> {
    require(!part.is_empty())?;
    URL_SAFE_NO_PAD.decode(part).map_err(|_| InvalidToken)
}

fn parsed(bytes: &[u8]) -> Checked<Map<String, Value>> {
    serde_json::from_slice(bytes).map_err(|_| InvalidToken)
}

pub fn read_bearer(authorization: &str) -> Checked<Bearer> {
    require(authorization.len() <= CHARACTERS_MAX)?;
    let (scheme, token) = authorization.split_once(' ').ok_or(InvalidToken)?;
    require(scheme.eq_ignore_ascii_case("bearer"))?;
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else { return Err(InvalidToken) };
    Ok(Bearer {
        header: parsed(&decoded(header)?)?,
        claims: parsed(&decoded(claims)?)?,
        signature: decoded(signature)?,
        token: token.to_string(),
    })
}

/// The key and the algorithm that the token says it was signed with.
pub fn require_access_token(bearer: &Bearer, types: &[String]) -> Checked<(String, Algorithm)> {
    let Bearer { header, claims, .. } = bearer;
    let typ = header.get("typ").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let typ = typ.strip_prefix("application/").unwrap_or(&typ);
    require(types.iter().any(|each| each == typ))?;
    let algorithm = match header.get("alg").and_then(Value::as_str) {
        Some("RS256") => Algorithm::Rs256,
        Some("ES256") => Algorithm::Es256,
        _ => return Err(InvalidToken),
    };
    require(is_name(header.get("kid")))?;
    require(!has_any(header, &KEYS_OF_THE_CALLERS_OWN))?;
    require(claims.get("typ").is_none_or(|value| value == "Bearer"))?;
    require(claims.get("token_use").is_none_or(|value| value == "access"))?;
    require(!has_any(claims, &OTHER_TOKENS))?;
    let kid = header.get("kid").and_then(Value::as_str).unwrap_or_default();
    Ok((kid.to_string(), algorithm))
}

fn texts(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}

/// The times alone, which pass while a token is remembered.
pub fn require_times(claims: &Map<String, Value>, now_s: f64) -> Checked<()> {
    let time = |name| claims.get(name).and_then(Value::as_f64);
    let (iat, exp) = (time("iat").ok_or(InvalidToken)?, time("exp").ok_or(InvalidToken)?);
    let nbf = if claims.contains_key("nbf") { time("nbf").ok_or(InvalidToken)? } else { iat };
    require(exp + LEEWAY_S > now_s)?;
    require(iat.max(nbf) - LEEWAY_S <= now_s)?;
    require(exp > iat && exp - iat <= LIFETIME_MAX_S)
}

pub fn require_claims(claims: &Map<String, Value>, issuer: &str, audience: &str, now_s: f64) -> Checked<()> {
    require(claims.get("iss").and_then(Value::as_str) == Some(issuer))?;
    let audiences = match claims.get("aud") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(several) => texts(several).ok_or(InvalidToken)?,
        None => return Err(InvalidToken),
    };
    require(audiences.contains(&audience))?;
    require_times(claims, now_s)?;
    require(is_name(claims.get("sub")))?;
    require(claims.get("roles").is_none_or(|roles| roles.is_null() || texts(roles).is_some()))?;
    require(claims.get("scope").is_none_or(|scope| scope.is_null() || scope.is_string()))?;
    for name in ["province", "unit", "officer"] {
        let value = claims.get(name);
        let is_absent = value.is_none_or(|value| value.is_null() || value == "");
        require(is_absent || is_name(value))?;
    }
    Ok(())
}
