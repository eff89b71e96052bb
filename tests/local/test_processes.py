"""Children start when they say so, and leave nothing behind however they or their parent end."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from congvu_local.errors import ProgramFailed
from congvu_local.processes import Process, Program
from local.children import program
from support.polling import until

IGNORES_TERM = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('here', flush=True)
time.sleep(60)
"""

HAS_A_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])
print(child.pid, flush=True)
print('here', flush=True)
time.sleep(60)
"""

PARENT = """
import sys, time
from pathlib import Path
from congvu_local.processes import Process, Program
log = Path(sys.argv[1])
child = Process(Program(name='child', command=['sleep', '60'], log=log)).start()
print(child.pid, flush=True)
time.sleep(60)
"""


def test_start_returns_once_the_child_is_ready(tmp_path: Path) -> None:
    with Process(program(tmp_path)) as child:
        assert child.alive
        assert child.program.log.read_text() == "here\n"

    assert not child.alive
    assert child.exit_code == -signal.SIGTERM


def test_a_log_is_its_owners_alone(tmp_path: Path) -> None:
    with Process(program(tmp_path / "log")) as child:
        log = child.program.log
        modes = [path.stat().st_mode & 0o777 for path in (log, log.parent)]

    assert modes == [0o600, 0o700]


def test_a_child_that_ends_early_is_told_with_its_log(tmp_path: Path) -> None:
    child = Process(program(tmp_path, "import sys; print('no disk'); sys.exit(3)"))

    with pytest.raises(ProgramFailed) as raised:
        child.start()

    failure = raised.value
    assert failure.en == f"child ended by itself (exit code 3); its log is {tmp_path}/child.log"
    assert (failure.name, failure.tail) == ("child", "no disk")


def test_a_child_that_never_gets_ready_is_ended(tmp_path: Path) -> None:
    child = Process(program(tmp_path, "import time; time.sleep(60)", ready_within_s=0.5))

    with pytest.raises(ProgramFailed, match="child was not ready within 0 s"):
        child.start()

    assert not child.alive


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = Program(
        name="ghost", command=["/no/such/program"], log=tmp_path / "g.log", ready=lambda: False
    )

    with pytest.raises(ProgramFailed, match="ghost ended by itself") as raised:
        Process(missing).start()

    assert "cannot start /no/such/program" in raised.value.tail


def test_a_deaf_child_is_killed_after_its_time(tmp_path: Path) -> None:
    with Process(program(tmp_path, IGNORES_TERM)) as child:
        pass

    assert child.exit_code == -signal.SIGKILL


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_what_a_child_started_ends_with_it(tmp_path: Path, end: str) -> None:
    child = Process(program(tmp_path, HAS_A_CHILD)).start()
    grandchild = int(child.program.log.read_text().split()[0])
    assert psutil.pid_exists(grandchild)

    getattr(child, end)()

    until(lambda: not _runs(grandchild), within_s=5, what="the grandchild ended")


def test_a_restart_keeps_the_log_of_the_run_and_the_run_before_stays_readable(
    tmp_path: Path,
) -> None:
    (tmp_path / "child.log").write_text("yesterday\n")
    child = Process(program(tmp_path)).start()

    child.restart()
    log = tmp_path / "child.log"
    until(lambda: log.read_text() == "here\nhere\n", within_s=5, what="both runs are in the log")
    child.stop()

    assert (tmp_path / "child.previous.log").read_text() == "yesterday\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of the death")
def test_a_killed_parent_takes_its_children_along(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "child.log")],
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert _runs(child)

        parent.kill()

    until(lambda: not _runs(child), within_s=5, what="the child ended with its parent")


def _runs(pid: int) -> bool:
    """Zombies, which nobody has asked for their exit code, do not."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
