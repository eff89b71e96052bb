//! The log: one JSON object a line on stdout, each with a time, a level, a service and an event.
use std::io::Write;
use std::sync::atomic::{AtomicU64, AtomicU8, Ordering};
use std::time::SystemTime;

use serde_json::{json, Value};

const LEVELS: [&str; 4] = ["debug", "info", "warn", "error"];

static LEAST: AtomicU8 = AtomicU8::new(1);
/// Lines that were not written, since somebody last asked.
static LOST: AtomicU64 = AtomicU64::new(0);

fn rank(level: &str) -> u8 {
    LEVELS.iter().position(|each| *each == level).unwrap_or(1) as u8
}

pub fn set_level(level: &str) {
    LEAST.store(rank(level), Ordering::Relaxed);
}

/// The text of one line.
pub fn line_of(level: &str, event: &str, about: Value) -> String {
    let time = humantime::format_rfc3339_millis(SystemTime::now()).to_string();
    let mut line = json!({"time": time, "level": level, "service": "gateway", "event": event});
    if let (Value::Object(line), Value::Object(about)) = (&mut line, about) {
        line.extend(about);
    }
    line.to_string()
}

/// A full disk or a closed pipe costs lines, and no request.
fn write(level: &str, event: &str, about: Value) {
    if rank(level) >= LEAST.load(Ordering::Relaxed) {
        let mut stdout = std::io::stdout().lock();
        let written = writeln!(stdout, "{}", line_of(level, event, about)).and_then(|()| stdout.flush());
        if written.is_err() {
            LOST.fetch_add(1, Ordering::Relaxed);
        }
    }
}

pub fn take_lost() -> u64 {
    LOST.swap(0, Ordering::Relaxed)
}

pub fn info(event: &str, about: Value) {
    write("info", event, about);
}

pub fn warn(event: &str, about: Value) {
    write("warn", event, about);
}

pub fn error(event: &str, about: Value) {
    write("error", event, about);
}
