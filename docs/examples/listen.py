"""Hears of changes without Kafka: prints each event once, and goes on where it stopped.

    python listen.py http://127.0.0.1:4000 results cursor.txt

The token is in TOKEN. The cursor is kept after an event was handled, so an event may come again
after a crash: handle it so that twice is no harm. Only the standard library is needed.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

WAIT_S = 2.0
SILENCE_MAX_S = 60
"""The gateway gives a sign of life every 15 seconds."""

Event = dict[str, str]


def handle(event: dict[str, object]) -> None:
    """Put your own work here."""
    print(json.dumps(event, ensure_ascii=False), flush=True)


def events(answer: HTTPResponse) -> Iterator[Event]:
    """Blocks of `name: value`, each ended by an empty line; a line that begins with : says that
    somebody is there."""
    block: Event = {}
    for raw in answer:
        line = raw.decode().rstrip("\n")
        name, _, value = line.partition(": ")
        if name:
            block[name] = value
        elif block:
            yield block
            block = {}


def listen(gateway: str, stream: str, kept: Path) -> None:
    """Until the connection ends."""
    headers = {"authorization": f"Bearer {os.environ['TOKEN']}"}
    if kept.exists():
        headers["last-event-id"] = kept.read_text()
    asked = Request(f"{gateway}/changes/{stream}", headers=headers)
    with urlopen(asked, timeout=SILENCE_MAX_S) as answer:
        for event in events(answer):
            if event.get("event") == "error":
                raise SystemExit(event["data"])
            if "data" in event:
                handle(json.loads(event["data"]))
            if "id" in event:
                beside = kept.with_suffix(".new")
                beside.write_text(event["id"])
                beside.replace(kept)


def main() -> None:
    gateway, stream, kept = sys.argv[1:]
    while True:
        try:
            listen(gateway, stream, Path(kept))
        except HTTPError as refused:
            if refused.code in (400, 401, 403, 404):
                raise SystemExit(f"{refused.code}: {refused.read().decode()}") from refused
        except (OSError, HTTPException) as broken:
            print(f"waiting: {type(broken).__name__}", file=sys.stderr)
        time.sleep(WAIT_S)


if __name__ == "__main__":
    main()
