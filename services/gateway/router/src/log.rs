//! The log: one JSON object a line on stdout, each with a time, a level and a message.
use std::io::Write;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::SystemTime;

use serde_json::{json, Value};

const LEVELS: [&str; 4] = ["debug", "info", "warn", "error"];

static LEAST: AtomicU8 = AtomicU8::new(1);

fn rank(level: &str) -> u8 {
    LEVELS.iter().position(|each| *each == level).unwrap_or(1) as u8
}

pub fn set_level(level: &str) {
    LEAST.store(rank(level), Ordering::Relaxed);
}

/// A line that cannot be written is lost: it fails no request.
fn write(level: &str, text: &str, about: Value) {
    if rank(level) < LEAST.load(Ordering::Relaxed) {
        return;
    }
    let timestamp = humantime::format_rfc3339_millis(SystemTime::now()).to_string();
    let mut line = json!({"timestamp": timestamp, "level": level, "msg": text});
    if let (Value::Object(line), Value::Object(about)) = (&mut line, about) {
        line.extend(about);
    }
    let mut stdout = std::io::stdout().lock();
    let _ = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
}

pub fn info(text: &str, about: Value) {
    write("info", text, about);
}

pub fn warn(text: &str, about: Value) {
    write("warn", text, about);
}

pub fn error(text: &str, about: Value) {
    write("error", text, about);
}
