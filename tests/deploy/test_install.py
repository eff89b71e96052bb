"""The set-up shows how far it is, and says what to do where it cannot go on."""

import io
import re
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from congvu_local.node import node_binary, npm_command

ROOT = Path(__file__).parents[2]
INSTALL = runpy.run_path(str(ROOT / "deploy" / "install.py"))
NOWHERE = "http://127.0.0.1:1/"
"""Nothing listens there: what a machine without a network sees of an index."""

LOCK = "one==1 \\\ntwo==2 \\\nthree==3 \\\nfour==4 \\\n"


def _installed(
    tmp_path: Path, *command: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK)
    return subprocess.run(
        [sys.executable, str(ROOT / "deploy/install.py"), "packages", str(lock), "--", *command],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LANG": "C", **environment},
    )


def _told(*lines: str) -> list[str]:
    """A command that writes these lines and fails."""
    return [sys.executable, "-c", f"print({chr(10).join(lines)!r}); raise SystemExit(1)"]


def test_pip_without_a_network_is_told_in_clear_words(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--retries=1", "--index-url", NOWHERE]

    done = _installed(tmp_path, *pip, "congvu-nothing==1", HOME=str(tmp_path))

    assert done.returncode == 3
    assert done.stderr.startswith("No network: Python packages could not be fetched.")
    assert "HTTPS_PROXY" in done.stderr
    assert "Traceback" not in done.stderr


def test_npm_without_a_network_is_told_in_clear_words(tmp_path: Path) -> None:
    npm = npm_command(node_binary())

    done = _installed(
        tmp_path,
        *(*npm, "install", "congvu-nothing@1", "--prefix", str(tmp_path), "--fetch-retries=0"),
        HOME=str(tmp_path),
        LANG="vi_VN.UTF-8",
        NPM_CONFIG_REGISTRY=NOWHERE,
    )

    assert done.returncode == 3
    assert done.stderr.startswith("Không có mạng: chưa tải được các gói Python.")


@pytest.mark.parametrize(
    ("line", "words", "code"),
    [
        ("WARNING: Retrying: Temporary failure in name resolution", "No network", 3),
        ("npm ERR! code EAI_AGAIN", "No network", 3),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
         "The disk is full", 1),
        ("ERROR: SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))",
         "Could not fetch Python packages: the certificate shown is not", 3),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "ERROR: THESE PACKAGES", 1),
        ("Collecting proxy-error==1 (ECONNREFUSED)", "Collecting proxy-error", 1),
    ],
)  # fmt: skip
def test_each_reason_has_its_own_words(tmp_path: Path, line: str, words: str, code: int) -> None:
    done = _installed(tmp_path, *_told("Collecting one==1", line))

    assert done.returncode == code
    assert words in done.stderr


def test_a_pipe_is_told_each_quarter(tmp_path: Path) -> None:
    lines = [f"Collecting {name}==1" for name in ("one", "two", "three", "four")]
    command = [sys.executable, "-c", f"print({chr(10).join(lines)!r})"]

    done = _installed(tmp_path, *command)

    assert (done.returncode, done.stderr) == (0, "")
    assert [line.rpartition("  ")[2] for line in done.stdout.splitlines()[1:]] == [
        *("1/4", "2/4", "3/4", "4/4")
    ]


def test_a_terminal_sees_one_line_that_changes() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    progress = INSTALL["Progress"]("x" * 100, 2, out)
    progress.saw("npm http fetch GET 200 https://anywhere/graphql/-/graphql-16.11.0.tgz 12ms")
    progress.end(done=True)

    assert out.getvalue().count("\n") == 1
    assert max(len(line) for line in re.split(r"\r\x1b\[K|\n", out.getvalue())) < 80


def test_every_word_fits_a_terminal_in_both_languages() -> None:
    texts: Mapping[str, tuple[str, str]] = INSTALL["WORDS"]
    steps: Mapping[str, tuple[str, str]] = INSTALL["STEPS"]

    for words in texts.values():
        for text, each in zip(words, zip(*steps.values(), strict=True), strict=True):
            longest = max(each, key=len)
            assert max(map(len, text.format(what=longest).splitlines())) < 80


def test_the_makefile_names_steps_that_there_are_and_locks_that_there_are() -> None:
    used = re.findall(r"\$\(INSTALL\) (\S+) (\S+) --", (ROOT / "Makefile").read_text())

    assert {step for step, _ in used} == set(INSTALL["STEPS"])
    for _, lock in used:
        assert INSTALL["count"](ROOT / lock) > 0
