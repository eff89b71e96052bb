"""Plain lines of a child, written into its log as JSON, as the platform's own parts write."""

import json
import os
import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

EVENT = "printed"

LINE_MAX_BYTES = 64 * 1024
"""A longer one is told in pieces."""

COLOURS = re.compile(r"\x1b\[[0-9;]*m")

LEVELS = {
    "critical": re.compile(r"\b(FATAL|CRITICAL|panicked)\b"),
    "error": re.compile(r"\b(ERROR|Traceback)\b|Error\b|^error\b"),
    "warning": re.compile(r"\bWARN(ING)?\b|Warning\b"),
}


def as_json(part: str, line: str) -> str:
    """The line as one JSON object; what is one already stays as it is."""
    text = COLOURS.sub("", line).rstrip()
    if _is_object(text):
        return text
    return json.dumps(
        {
            "event": EVENT,
            "text": text,
            "level": next((name for name, sign in LEVELS.items() if sign.search(text)), "info"),
            "time": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "service": part,
        },
        ensure_ascii=False,
    )


def as_printed(line: str) -> str:
    """What the child printed, of a line that `as_json` made; any other line as it is."""
    entry = _object(line)
    return str(entry["text"]) if entry.get("event") == EVENT and "text" in entry else line


def _is_object(text: str) -> bool:
    return bool(_object(text))


def _object(text: str) -> dict[str, Any]:
    if not text.startswith("{"):
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class Retold:
    """Reads what a child prints until nobody can print any more. A line that finds no room on the
    disk is lost; the child never waits for it."""

    def __init__(self, part: str, printed: IO[bytes], log: Path) -> None:
        self._part = part
        self._printed = printed
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND)
        self._thread = threading.Thread(target=self._retell, name=f"lines of {part}", daemon=True)
        self._thread.start()

    def wait(self, within_s: float) -> None:
        """Until the last line is in the log, if everybody who could print is gone."""
        self._thread.join(within_s)

    def _retell(self) -> None:
        with self._printed:
            while line := self._printed.readline(LINE_MAX_BYTES):
                text = line.decode(errors="replace")
                if text.strip():
                    self._write(as_json(self._part, text))
        os.close(self._log)

    def _write(self, entry: str) -> None:
        try:
            os.write(self._log, f"{entry}\n".encode())
        except OSError:
            return
