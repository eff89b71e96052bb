"""The pytest plugin that tries mutants: tests are collected once, each mutant is a forked copy.

A fork starts with everything imported, puts the changed code into the live functions and runs the
tests that were on the line, quickest first, until one fails. So a mutant costs its tests alone and
no file is touched. What runs at import only (class bodies, decorators) is out of reach.
"""

import gc
import json
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FunctionType
from typing import Any

import coverage
import pytest

from deploy.mutants.finding import Module, Mutant
from deploy.mutants.plan import Outcome, Plan, Verdict

CPU_LIMIT_S = 90
"""Processor time for the tests of one mutant; what turns for ever is thereby noticed."""
WALL_LIMIT_S = 1800

Functions = dict[tuple[str, str, int], list[FunctionType]]


@dataclass
class Learnt:
    """Which tests were on which line, how long each took, and which fail as it is."""

    on_line: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    took_s: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def quickest(self, mutant: Mutant) -> list[str]:
        lines = self.on_line.get(mutant.file, {})
        found = {name for number in mutant.lines for name in lines.get(number, [])}
        return sorted(found, key=lambda name: (self.took_s.get(name, 0.0), name))


class Plugin:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def pytest_configure(self) -> None:
        from hypothesis import settings  # pytest wants to import this first

        settings.register_profile("mutants", deadline=None, database=None)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("some tests could not even be collected")
        gc.freeze()
        items = {item.nodeid: item for item in session.items}
        modules = [Module(self._plan.root, self._plan.root / each) for each in self._plan.files]
        learnt = self._learnt(items)
        chosen = self._plan.choose(
            [mutant for module in modules for mutant in module.mutants], learnt.quickest
        )
        functions = _live_functions({str(module.path) for module in modules})
        by_file = {module.file: module for module in modules}
        with self._plan.results.open("w") as results:
            for mutant in chosen:
                outcome = self._outcome(
                    mutant, by_file[mutant.file], learnt.quickest(mutant), items, functions
                )
                results.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
                results.flush()
        return True

    def _learnt(self, items: dict[str, pytest.Item]) -> Learnt:
        kept = self._plan.learnt
        if not kept.exists():
            status = _in_fork(lambda: _learn(items, self._plan, kept), limited=False)
            if status != 0 or not kept.exists():
                raise RuntimeError(f"the tests could not be run as they are: {status}")
        found = json.loads(kept.read_text())
        lines = {
            file: {int(number): names for number, names in each.items()}
            for file, each in found["on_line"].items()
        }
        return Learnt(lines, found["took_s"], found["failed"])

    def _outcome(
        self,
        mutant: Mutant,
        module: Module,
        names: Sequence[str],
        items: dict[str, pytest.Item],
        functions: Functions,
    ) -> Outcome:
        started = time.monotonic()
        if mutant.second_lock:
            verdict = Verdict.SECOND_LOCK
        elif not names:
            verdict = Verdict.UNREACHED
        else:
            tests = [items[name] for name in names]
            noticed = _in_fork(lambda: _attempt(mutant, module, tests, functions)) != 0
            verdict = Verdict.NOTICED if noticed else Verdict.MISSED
        return Outcome(
            kind=mutant.kind,
            line=mutant.line,
            text=mutant.text,
            tests=len(names),
            verdict=verdict,
            took_s=round(time.monotonic() - started, 2),
        )


def _attempt(
    mutant: Mutant, module: Module, tests: Sequence[pytest.Item], functions: Functions
) -> int:
    for (name, line), code in module.code(mutant).items():
        for function in functions.get((str(module.path), name, line), []):
            function.__code__ = code
    return 1 if any(not passed for _, passed, _ in _run(tests)) else 0


def _learn(items: dict[str, pytest.Item], plan: Plan, kept: Path) -> int:
    """Run every test once as it is, telling which lines each of them was on."""
    files = [str(plan.root / each) for each in plan.files]
    learnt = Learnt()
    seen = coverage.Coverage(data_file=None, include=files, config_file=False)
    seen.start()
    tests = list(items.values())
    for item, passed, took_s in _run(tests, before=seen.switch_context):
        learnt.took_s[item.nodeid] = round(took_s, 4)
        if not passed:
            learnt.failed.append(item.nodeid)
    seen.stop()
    data = seen.get_data()
    failed = set(learnt.failed)
    for file in data.measured_files():
        learnt.on_line[Path(file).relative_to(plan.root).as_posix()] = {
            line: [name for name in names if name and name not in failed]
            for line, names in data.contexts_by_lineno(file).items()
        }
    kept.write_text(json.dumps(asdict(learnt)))
    return 0


def _run(
    tests: Sequence[pytest.Item], before: Callable[[str], object] = str
) -> Iterator[tuple[pytest.Item, bool, float]]:
    watch = _Watch()
    if tests:
        tests[0].config.pluginmanager.register(watch)
    for position, item in enumerate(tests):
        before(item.nodeid)
        watch.failed = False
        started = time.monotonic()
        following = tests[position + 1] if position + 1 < len(tests) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        yield item, not watch.failed, time.monotonic() - started


class _Watch:
    failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed


def _live_functions(files: set[str]) -> Functions:
    found: defaultdict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
    gc.unfreeze()
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename in files:
            code = each.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(each)
    gc.freeze()
    return found


def _in_fork(run: Callable[[], int], *, limited: bool = True) -> int:
    """What `run` answers in a copy of this process, or how that copy ended."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        status = 70
        try:
            os.setpgid(0, 0)
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            if limited:
                os.dup2(silence, 2)
                resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT_S, CPU_LIMIT_S))
            status = run()
        finally:
            os._exit(status)
    return _ended(child, WALL_LIMIT_S if limited else 3600)


def _ended(child: int, limit_s: float) -> int:
    deadline = time.monotonic() + limit_s
    pause_s = 0.002
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause_s)
        pause_s = min(0.05, pause_s * 1.5)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGKILL


def main(plan_file: str) -> int:
    plan = Plan.read(Path(plan_file))
    arguments: list[Any] = ["-q", "-s", "-p", "no:randomly", "-p", "no:cacheprovider"]
    arguments += ["-m", plan.marks, "--basetemp", str(plan.scratch), "--hypothesis-seed=0"]
    return int(pytest.main([*arguments, *plan.tests], plugins=[Plugin(plan)]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
