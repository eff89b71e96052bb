"""Every line of a process is one JSON object, tells of nobody, and costs nothing to lose."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CANARIES = ("Nguyễn Văn Canary", "0912345678", "079203004567", "eyJhbGciOi.canary")

WAYS = """
import asyncio, gc, logging, sys, threading, warnings
import structlog
from congvu_kit.adapters import logs

logs.configure("catalogue", "DEBUG")
name, phone, number, token = sys.argv[1:]
log = structlog.get_logger("ours")
log.info("ready", url="http://127.0.0.1:1")

class Row:
    def __repr__(self): return name
log.info("odd", value=Row())

for library in ("pymongo.command", "httpx", "somebody.else"):
    logging.getLogger(library).warning("refused %s of %s", name, phone)
logging.getLogger("aiokafka.conn").warning("no answer of %s:%d", "127.0.0.1", 9092)
logging.getLogger("uvicorn.error").error("two\\nlines")
logging.getLogger("uvicorn.error").warning("%d too few", )
logging.getLogger("broken").warning("%d of %d", "x")
warnings.warn(f"deprecated: {number}", stacklevel=1)
try:
    raise ValueError(f"{name} {token}")
except ValueError as error:
    log.error("bug", exc_info=error)
    log.exception("bug")
    logging.getLogger("asyncio").exception("Exception in callback")

async def forgotten():
    async def fails(): raise RuntimeError(phone)
    task = asyncio.ensure_future(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
asyncio.run(forgotten())

def in_thread(): raise KeyError(number)
thread = threading.Thread(target=in_thread); thread.start(); thread.join()

class Leaves:
    def __del__(self): raise TypeError(token)
leaves = Leaves(); del leaves; gc.collect()
raise LookupError(name)
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_way_to_write_gives_one_json_object_and_no_word_of_anybody() -> None:
    done = run(WAYS, *CANARIES)

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.stderr == ""
    assert done.returncode == 1
    assert all(line.keys() >= {"time", "level", "service", "event"} for line in lines)
    assert {line["service"] for line in lines} == {"catalogue"}
    told = [(line["event"], line["level"]) for line in lines]
    assert told[0] == ("ready", "info")
    assert told[-1] == ("uncaught", "critical")
    assert told.count(("uncaught", "critical")) == 3
    assert told.count(("bug", "error")) == 2
    assert ("python_warning", "warning") in told
    assert {line.get("text") for line in lines} >= {
        "refused %s of %s",
        "no answer of 127.0.0.1:9092",
    }
    assert not [canary for canary in CANARIES if canary in done.stdout]


STRUCK = """
import sys
import structlog
from congvu_kit.adapters import logs, metrics

logs.configure("catalogue")
if sys.argv[1] == "closed":
    sys.stdout.close()
for number in range(5):
    structlog.get_logger("ours").info("ready", number=number)
sys.stderr.write(str(metrics.LINES_LOST._value.get()))
"""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_a_full_disk_costs_lines_and_nothing_else() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        command = [sys.executable, "-c", STRUCK, "full"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert done.stderr.startswith("5.0")


def test_a_closed_log_costs_lines_and_nothing_else() -> None:
    done = run(STRUCK, "closed")

    assert (done.returncode, done.stderr) == (0, "5.0")


def test_a_start_that_fails_at_once_is_a_line_too() -> None:
    script = "from congvu_kit.service.start import start; start('canary')"

    done = run(script)

    [line] = [json.loads(each) for each in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (1, "")
    assert (line["service"], line["event"]) == ("canary", "uncaught")
    assert "ModuleNotFoundError" in line["exception"]
