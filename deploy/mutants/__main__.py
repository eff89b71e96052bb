"""`python -m deploy.mutants --part feedback`: scores and survivors, part by part."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from deploy.mutants.plan import Outcome, Plan, Verdict
from deploy.mutants.ways import Kind

HERE = Path(__file__).resolve().parent
FAST = "not mongo and not kafka and not system"
"""Guards and events are held by tests that need no server; so they stay quick to ask."""
GOALS = {Kind.GUARD: 100, Kind.EVENT: 100}
"""Per cent; missing one of these ends with exit status 1."""
HOPED = {Kind.SAVE: 100, Kind.OTHER: 85}


def parts(root: Path) -> dict[str, Path]:
    """The Python services by name: where their sources are."""
    return {
        folder.parent.name: folder
        for folder in sorted(root.glob("services/*/src"))
        if (root / "tests" / folder.parent.name).is_dir() and any(folder.rglob("*.py"))
    }


def ask(root: Path, part: str, chosen: argparse.Namespace) -> list[Outcome]:
    """What the fast tests of `part` say to each of its mutants."""
    folder = root / "var/mutants"
    folder.mkdir(parents=True, exist_ok=True)
    learnt = folder / f"{part}-{_fingerprint(root, part)}.json"
    for stale in folder.glob(f"{part}-*.json"):
        if stale != learnt:
            stale.unlink()
    jobs = []
    for number in range(chosen.jobs):
        plan = _plan(root, part, chosen, learnt, number)
        job = _start(plan)
        jobs.append((job, plan))
        if number == 0 and chosen.jobs > 1:
            _until(learnt, job)
    return [outcome for job, plan in jobs for outcome in _outcomes(job, plan)]


def _plan(root: Path, part: str, chosen: argparse.Namespace, learnt: Path, number: int) -> Plan:
    files = sorted(parts(root)[part].rglob("*.py"))
    return Plan(
        root=root,
        files=tuple(path.relative_to(root).as_posix() for path in files),
        tests=(f"tests/{part}",),
        kinds=tuple(chosen.kinds.split(",")),
        only=chosen.only,
        sample=chosen.sample,
        seed=f"{chosen.seed} {part}",
        share=(number, chosen.jobs),
        marks=FAST,
        learnt=learnt,
        results=learnt.with_name(f"{part}.{number}.jsonl"),
        scratch=learnt.with_name(f"tmp.{part}.{number}"),
    )


def _start(plan: Plan) -> subprocess.Popen[bytes]:
    file = plan.results.with_suffix(".plan")
    plan.write(file)
    plan.results.unlink(missing_ok=True)
    with plan.results.with_suffix(".log").open("w") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.mutants.trying", str(file)],
            cwd=plan.root,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=unwatched(os.environ) | {"PYTHONHASHSEED": "0", "PYTHONPATH": str(HERE.parents[1])},
        )


def unwatched(environment: Mapping[str, str]) -> dict[str, str]:
    """Without what has a worker of a watched run count lines, or asks more of pytest."""
    watching = ("SLIPCOVER_", "PYTEST_XDIST_", "PYTEST_ADDOPTS")
    return {name: value for name, value in environment.items() if not name.startswith(watching)}


def _until(file: Path, job: subprocess.Popen[bytes]) -> None:
    while not file.exists() and job.poll() is None:
        time.sleep(0.2)


def _outcomes(job: subprocess.Popen[bytes], plan: Plan) -> list[Outcome]:
    if job.wait() != 0:
        log = plan.results.with_suffix(".log")
        raise SystemExit(f"the tests of {plan.tests[0]} did not start; see {log}")
    shutil.rmtree(plan.scratch, ignore_errors=True)
    return [Outcome.read(line) for line in plan.results.read_text().splitlines()]


def _fingerprint(root: Path, part: str) -> str:
    """Of everything that the tests of the part run."""
    seen = hashlib.sha256()
    for folder in (f"services/{part}", "services/kit", "services/scoring", "tests"):
        for path in sorted((root / folder).rglob("*.py")):
            seen.update(str(path).encode())
            seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def score(outcomes: Sequence[Outcome], kind: Kind) -> float | None:
    """Per cent noticed; None when there was nothing to notice."""
    asked = [each for each in outcomes if each.kind is kind]
    counted = Counter(each.verdict for each in asked)
    total = len(asked) - counted[Verdict.SECOND_LOCK]
    return 100 * counted[Verdict.NOTICED] / total if total else None


def table(found: dict[str, list[Outcome]]) -> Iterator[str]:
    yield (
        f"{'part':<12}{'kind':<8}{'tried':>7}{'noticed':>9}{'missed':>8}{'unreached':>11}"
        f"{'second locks':>14}{'score':>8}{'goal':>6}"
    )
    for part, outcomes in found.items():
        for kind in Kind:
            percent = score(outcomes, kind)
            if percent is None:
                continue
            counted = Counter(each.verdict for each in outcomes if each.kind is kind)
            yield (
                f"{part:<12}{kind:<8}{counted.total():>7}{counted[Verdict.NOTICED]:>9}"
                f"{counted[Verdict.MISSED]:>8}{counted[Verdict.UNREACHED]:>11}"
                f"{counted[Verdict.SECOND_LOCK]:>14}{percent:>7.1f}%{(GOALS | HOPED)[kind]:>5}%"
            )


def survivors(found: dict[str, list[Outcome]]) -> Iterator[str]:
    for outcomes in found.values():
        for each in sorted(outcomes, key=lambda each: (each.kind, each.line)):
            if each.verdict in {Verdict.MISSED, Verdict.UNREACHED}:
                run = (
                    f"fast tests that run it: {each.tests}"
                    if each.tests
                    else "no fast test runs it"
                )
                yield f"{each.line}: {each.kind}: {each.text}  ({run})"


def missed_goals(found: dict[str, list[Outcome]]) -> Iterator[str]:
    for part, outcomes in found.items():
        for kind, goal in GOALS.items():
            percent = score(outcomes, kind)
            if percent is not None and percent < goal:
                yield f"{part}: {percent:.1f}% of {kind} noticed, the goal is {goal}%"


def main(arguments: Sequence[str] | None = None) -> int:
    reader = argparse.ArgumentParser(prog="python -m deploy.mutants", description=__doc__)
    reader.add_argument("--part", action="append", help="a service; all of them when left out")
    reader.add_argument("--only", default="", help="only files whose path contains this")
    reader.add_argument("--kinds", default=",".join(Kind), help="of " + ", ".join(Kind))
    reader.add_argument("--sample", type=int, default=150, help="ordinary mutants a part")
    reader.add_argument("--seed", default="7", help="draws another sample")
    reader.add_argument("--jobs", type=int, default=1, help="processes side by side")
    reader.add_argument("--root", type=Path, default=Path.cwd())
    chosen = reader.parse_args(arguments)
    root = chosen.root.resolve()
    os.nice(10)
    found = {}
    for part in chosen.part or parts(root):
        started = time.monotonic()
        found[part] = ask(root, part, chosen)
        took_s = time.monotonic() - started
        sys.stderr.write(f"{part}: {len(found[part])} mutants in {took_s:.0f} s\n")
    told = {part: [asdict(each) for each in outcomes] for part, outcomes in found.items()}
    (root / "var/mutants.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    problems = list(missed_goals(found))
    lines = [*survivors(found), "", *table(found), "", *problems]
    sys.stdout.write("\n".join(lines).strip("\n") + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
