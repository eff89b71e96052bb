"""What other people's programs print stands in their logs as JSON, whole and in its order."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from congvu_local.errors import ProgramFailed
from congvu_local.lines import LINE_MAX_BYTES, Retold, as_json
from congvu_local.processes import Process, Program
from local.children import program

ENDS = "import sys; print('no disk'); print('ERROR: gone', file=sys.stderr); sys.exit(3)"


def entries(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def ended(child: Program) -> ProgramFailed:
    with pytest.raises(ProgramFailed) as raised:
        Process(child).start()
    return raised.value


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("ready in 3ms", "info"),
        ("\x1b[33mWARN\x1b[0m slow disk", "warning"),
        ("[1763]:WT_SESSION: ERROR: no room", "error"),
        ("Traceback (most recent call last):", "error"),
        ("thread 'main' panicked at src/main.rs", "critical"),
        ("{ not an object", "info"),
        ("[1, 2]", "info"),
    ],
)
def test_a_printed_line_becomes_an_entry(line: str, level: str) -> None:
    entry = json.loads(as_json("broker", f"{line}\n"))

    assert datetime.fromisoformat(entry.pop("time")).utcoffset() is not None
    text = line.replace("\x1b[33m", "").replace("\x1b[0m", "")
    assert entry == {"event": "printed", "text": text, "level": level, "service": "broker"}


def test_an_entry_stays_as_it_is() -> None:
    entry = '{"event":"request", "service":"gateway"}'

    assert as_json("broker", f"{entry}\n") == entry


def test_all_that_a_plain_program_prints_is_told_in_its_order(tmp_path: Path) -> None:
    code = """
import sys
for number in range(500):
    print(f'dòng {number}', file=(sys.stdout, sys.stderr)[number % 2], flush=True)
"""

    ended(program(tmp_path, code, plain=True))

    told = entries(tmp_path / "child.log")
    assert [each["text"] for each in told] == [f"dòng {number}" for number in range(500)]


def test_errors_of_our_own_parts_are_told_too(tmp_path: Path) -> None:
    code = """
import sys
print('{"event": "started"}', flush=True)
sys.stderr.write('x.c:7: Error')
"""

    ended(program(tmp_path, code))

    first, last = entries(tmp_path / "child.log")
    assert (first, last["text"], last["level"]) == ({"event": "started"}, "x.c:7: Error", "error")


def test_a_failure_is_told_as_it_was_printed(tmp_path: Path) -> None:
    assert ended(program(tmp_path, ENDS, plain=True)).tail == "no disk\nERROR: gone"


def test_a_line_without_end_is_told_in_pieces(tmp_path: Path) -> None:
    ended(program(tmp_path, f"print('x' * {LINE_MAX_BYTES * 2})", plain=True))

    told = entries(tmp_path / "child.log")
    assert [len(each["text"]) for each in told] == [LINE_MAX_BYTES, LINE_MAX_BYTES]


def test_a_child_never_waits_for_room_on_the_disk(tmp_path: Path) -> None:
    went_on = tmp_path / "went"
    flood = f"print('x\\n' * 200_000, flush=True); open({str(went_on)!r}, 'w')"
    child = subprocess.Popen([sys.executable, "-c", flood], stdout=subprocess.PIPE)
    assert child.stdout is not None

    told = Retold("child", child.stdout, Path("/dev/full"))

    assert child.wait(10) == 0
    told.wait(5)
    assert went_on.exists()
