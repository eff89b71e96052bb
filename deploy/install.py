"""Runs one step of the set-up, shows how far it is, and says in clear words what stopped it.

    python deploy/install.py packages requirements.lock -- pip install -r requirements.lock

It runs before anything is installed: the standard library is all that it needs. The lock tells how
many packages there are; the command's own lines tell which one it is at.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

FAILED, NO_NETWORK = 1, 3
"""Exit codes; the second is for who would otherwise try something else over the same network."""

TAIL_LINES = 15
QUARTERS = 4
"""Where nobody watches, a line for each quarter."""

FETCHED = (
    re.compile(r"^(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9._-]+)"),
    re.compile(r"http fetch GET 200 \S*/([A-Za-z0-9._-]+)\.tgz"),
)
"""A package that pip or npm is at."""

UNREACHED = re.compile(
    r"name resolution|Name or service not known|nodename nor servname|getaddrinfo|"
    r"Network is unreachable|No route to host|Connection refused|timed out|Max retries exceeded|"
    r"ProxyError|connect to proxy|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|"
    r"ENETUNREACH|EHOSTUNREACH|Connection broken|RemoteDisconnected",
    re.IGNORECASE,
)
TOLD = re.compile(r"^\s*(error|warning|npm (err|error|warn))", re.IGNORECASE)
"""A line that tells of trouble; the name of a package proves nothing."""
UNTRUSTED = re.compile(r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER|SSLError")
FULL = re.compile(r"No space left on device|ENOSPC")
AGAIN = re.compile(r"Retrying \(Retry|http fetch GET .*attempt [2-9]")

STEPS = {
    "packages": ("các gói Python", "Python packages"),
    "broker": ("máy chủ sự kiện nhúng", "the embedded broker"),
    "database": ("cơ sở dữ liệu nhúng", "the embedded database"),
    "other-database": ("cơ sở dữ liệu thay thế", "another database server"),
    "checks": ("các gói kiểm thử", "packages for tests and checks"),
    "node": ("Node cho cổng", "Node for the gateway"),
    "gateway": ("các gói của cổng", "the gateway's packages"),
}
"""What is set up, in Vietnamese and English."""

WORDS = {
    "no network": (
        """\
Không có mạng: chưa tải được {what}.
  1. Kiểm tra kết nối Internet của máy, rồi chạy lại lệnh vừa rồi: phần đã tải
     được giữ trong bộ nhớ đệm.
  2. Nếu mạng đi qua máy chủ trung gian: export HTTPS_PROXY=http://dia-chi:cong
  3. Nếu cơ quan có kho gói nội bộ: export PIP_INDEX_URL=https://kho/simple
     và export NPM_CONFIG_REGISTRY=https://kho/npm""",
        """\
No network: {what} could not be fetched.
  1. Check that this machine reaches the Internet, and run the same command
     again: what was fetched is kept in the cache.
  2. Behind a proxy: export HTTPS_PROXY=http://address:port
  3. With a mirror of your own: export PIP_INDEX_URL=https://mirror/simple
     and export NPM_CONFIG_REGISTRY=https://mirror/npm""",
    ),
    "not trusted": (
        """\
Chưa tải được {what}: máy không tin chứng thư của nơi tải về,
thường là chứng thư của máy chủ trung gian. Hãy chỉ ra chứng thư đó:
     export PIP_CERT=tep.pem NODE_EXTRA_CA_CERTS=tep.pem""",
        """\
Could not fetch {what}: the certificate shown is not
trusted on this machine; mostly it is that of a proxy. Name the proxy's own:
     export PIP_CERT=file.pem NODE_EXTRA_CA_CERTS=file.pem""",
    ),
    "full": (
        """\
Ổ đĩa đã đầy: chưa cài được {what}.
Hãy giải phóng khoảng 1 GB rồi chạy lại lệnh vừa rồi.""",
        """\
The disk is full: {what} could not be installed.
Free about 1 GB and run the same command again.""",
    ),
    "failed": ("Chưa cài được {what}: xem các dòng trên.", "Could not install {what}: see above."),
    "again": ("chưa có trả lời, đang thử lại", "no answer yet, asking again"),
    "set up": ("chuẩn bị", "setting up"),
    "installing": ("đang cài", "installing"),
}
"""Vietnamese and English."""


def said(words: tuple[str, str]) -> str:
    """In the language of the terminal's locale, as `congvu` itself speaks."""
    named = (os.environ.get(each) for each in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((each for each in named if each), "C")
    if locale.partition(".")[0] not in ("C", "POSIX"):
        locale = os.environ.get("LANGUAGE") or locale
    return words[0 if locale.startswith("vi") else 1]


def count(lock: Path) -> int:
    """How many packages a lock names."""
    text = lock.read_text(encoding="utf-8")
    if lock.suffix == ".json":
        return sum(1 for place in json.loads(text)["packages"] if place)
    return len(re.findall(r"^[A-Za-z0-9._-]+==", text, re.MULTILINE))


class Progress:
    """One line that changes on a terminal; elsewhere a line for each quarter."""

    def __init__(self, what: str, total: int, out: TextIO) -> None:
        self._what, self._total, self._out = what, total, out
        self._live = out.isatty()
        self._began = time.monotonic()
        self._seen = 0
        self._show("")

    def saw(self, line: str) -> None:
        fetched = next((found[1] for each in FETCHED if (found := each.search(line))), None)
        if fetched is not None:
            self._seen = min(self._seen + 1, self._total)
            quarter = (
                self._seen * QUARTERS // self._total > (self._seen - 1) * QUARTERS // self._total
            )
            if self._live or quarter:
                self._show(f"{self._seen}/{self._total}  {fetched if self._live else ''}")
        elif AGAIN.search(line):
            self._show(said(WORDS["again"]))
        elif self._live and line.startswith("Installing collected packages"):
            self._show(said(WORDS["installing"]))

    def end(self, *, done: bool) -> None:
        if self._live:
            self._show(f"{time.monotonic() - self._began:.0f} s" if done else "", end="\n")

    def _show(self, at: str, end: str = "") -> None:
        line = f"{said(WORDS['set up'])}: {self._what}  {at}".rstrip()
        self._out.write(f"\r\x1b[K{line[:79]}{end}" if self._live else f"{line}\n")
        self._out.flush()


def why(lines: Iterable[str]) -> str:
    """Which of `WORDS` says what stopped the command that wrote these lines."""
    text = "\n".join(line for line in lines if TOLD.search(line))
    if FULL.search(text):
        return "full"
    if UNTRUSTED.search(text):
        return "not trusted"
    return "no network" if UNREACHED.search(text) else "failed"


def install(step: str, lock: Path, command: Sequence[str]) -> int:
    what = said(STEPS[step])
    progress = Progress(what, count(lock), sys.stdout)
    last: deque[str] = deque(maxlen=200)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            last.append(line.rstrip())
            progress.saw(line)
    progress.end(done=process.returncode == 0)
    if process.returncode == 0:
        return 0
    reason = why(last)
    if reason == "failed":
        sys.stderr.write("\n".join([*last][-TAIL_LINES:]) + "\n")
    sys.stderr.write(said(WORDS[reason]).format(what=what) + "\n")
    return NO_NETWORK if reason in ("no network", "not trusted") else FAILED


def main(arguments: Sequence[str]) -> int:
    step, lock, separator, *command = arguments
    if separator != "--" or step not in STEPS:
        raise SystemExit("usage: install.py STEP LOCK -- COMMAND...")
    return install(step, Path(lock), command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
