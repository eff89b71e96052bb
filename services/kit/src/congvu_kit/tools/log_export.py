"""The public log outside the service: read through the gateway, written to and read from a file.

A file holds one JSON object a line: the header, then each entry, then each checkpoint.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from pydantic import ValidationError

from congvu_kit.application.documents import adapter
from congvu_kit.domain.clock import SystemClock
from congvu_kit.tools.client import endpoint
from congvu_kit.tools.failure import Failure
from congvu_kit.tools.log_verification import (
    Broken,
    ExportedEntry,
    LogHeader,
    LogVerifier,
    Verified,
)

PAGE = 100
TIMEOUT_S = 30.0

WITNESS_LAG = timedelta(minutes=5)
"""The log is signed and cosigned within seconds; this leaves room for a witness's restart."""

HEAD_QUERY = "query LogHead { publicLogHead { origin verifierKey size root } }"
LOG_QUERY = """query Log($first: Int!, $after: String) {
  publicLog(first: $first, after: $after) {
    edges { node {
      sequence previous hash type by subject at fields { name commitment value salt hiddenBy }
    } }
    pageInfo { hasNextPage endCursor }
  }
}"""
CHECKPOINTS_QUERY = """query Checkpoints($first: Int!, $after: String) {
  logCheckpoints(first: $first, after: $after) {
    edges { node { note } }
    pageInfo { hasNextPage endCursor }
  }
}"""

CHECKPOINTS = "logCheckpoints"

Line = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Export:
    header: LogHeader
    entries: Sequence[Line]
    notes: Sequence[str]

    def read_entries(self) -> Iterator[ExportedEntry]:
        for number, line in enumerate(self.entries, start=1):
            try:
                yield adapter(ExportedEntry).validate_python(line)
            except ValidationError as exception:
                raise Failure(
                    vi=f"Không đọc được mục {number}: {exception}",
                    en=f"entry {number} cannot be read: {exception}",
                ) from exception

    def verify(self, verifier: LogVerifier, *, key: str | None) -> Verified:
        """Raise `Broken` unless it is whole; `key` is the verifier key known from elsewhere."""
        for entry in self.read_entries():
            verifier.take(entry)
        return verifier.finish(self.header, self.notes, key=key)


def from_url(url: str, *, progress: Callable[[int, int], None]) -> Export:
    """Everything up to the head as it is now; `progress` hears how far it is. The checkpoints are
    read before the head, so one over more entries than the log has is proof of a cut."""
    with httpx.Client(timeout=TIMEOUT_S) as client:
        notes = [str(each["note"]) for each in _pages(client, url, CHECKPOINTS_QUERY, CHECKPOINTS)]
        head = asked(client, url, HEAD_QUERY, {})["publicLogHead"]
        read_at = SystemClock().now().isoformat(timespec="seconds")
        header = adapter(LogHeader).validate_python({**head, "readAt": read_at})
        entries: list[Line] = []
        for node in _pages(client, url, LOG_QUERY, "publicLog"):
            if len(entries) == header.size:
                break
            entries.append(node)
            progress(len(entries), header.size)
    return Export(header=header, entries=entries, notes=notes)


def require_witnessed(export: Export, verifier: LogVerifier, key: str) -> int:
    """How many entries are newer than what the witness cosigned; raise `Broken` when one of them
    waited longer than `WITNESS_LAG` for it."""
    seen = verifier.check_witness(export.notes, key)
    waiting = list(export.read_entries())[seen.size :]
    read_at = export.header.readAt or SystemClock().now().isoformat()
    if waiting and datetime.fromisoformat(waiting[0].at) + WITNESS_LAG < datetime.fromisoformat(
        read_at
    ):
        size, since = seen.size, waiting[0].at
        raise Broken(
            vi=f"bên chứng kiến đã ký {size} mục, chưa ký các mục từ {since}",
            en=f"the witness has cosigned {size} entries, and not what came after {since}",
        )
    return len(waiting)


def _pages(client: httpx.Client, url: str, query: str, name: str) -> Iterator[Line]:
    after = None
    while True:
        page = asked(client, url, query, {"first": PAGE, "after": after})[name]
        for edge in page["edges"]:
            yield edge["node"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


# Answers are JSON of a known shape, checked where they become entries.
def asked(client: httpx.Client, url: str, query: str, variables: Line) -> dict[str, dict]:  # type: ignore[type-arg]
    try:
        response = client.post(endpoint(url), json={"query": query, "variables": variables})
        body = response.json()
    except (httpx.HTTPError, ValueError) as exception:
        raise Failure(
            vi=f"{url}: không trả lời như một cổng kết nối.",
            en=f"{url} does not answer as a gateway: {exception!r}",
        ) from exception
    if body.get("errors") or not body.get("data"):
        raise Failure(
            vi=f"{url} từ chối: {json.dumps(body, ensure_ascii=False)[:500]}",
            en=f"{url} refuses: {json.dumps(body, ensure_ascii=False)[:500]}",
        )
    data: dict[str, dict] = body["data"]  # type: ignore[type-arg]
    return data


def to_file(export: Export, path: Path) -> None:
    lines: list[Line] = [{"log": adapter(LogHeader).dump_python(export.header)}]
    lines += [{"entry": entry} for entry in export.entries]
    lines += [{"checkpoint": note} for note in export.notes]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")


def from_file(path: Path) -> Export:
    header: LogHeader | None = None
    entries: list[Line] = []
    notes: list[str] = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            line = json.loads(text)
            if "log" in line:
                header = adapter(LogHeader).validate_python(line["log"])
            elif "entry" in line:
                entries.append(line["entry"])
            else:
                notes.append(str(line["checkpoint"]))
        except (ValueError, KeyError, TypeError) as exception:
            raise Failure(
                vi=f"{path}: không đọc được dòng {number}.",
                en=f"{path}, line {number} cannot be read: {exception!r}",
            ) from exception
    if header is None:
        raise Failure(
            vi=f"{path}: không phải nhật ký, thiếu dòng đầu.",
            en=f"{path} holds no log: the first line is missing",
        )
    return Export(header=header, entries=entries, notes=notes)
