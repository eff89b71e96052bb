"""`make faults`: breaks the platform in every way, prints and writes what it did about it."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from congvu_faults.figures import read_json, table, write_json
from congvu_faults.running import Scenario, Trial, ran
from congvu_faults.scenarios import SCENARIOS

FOLDER = Path("var/faults")
MISSED, NOT_RUN = 1, 3


def chosen(only: str | None) -> list[Scenario]:
    names = only.split(",") if only else [each.name for each in SCENARIOS]
    known = {each.name: each for each in SCENARIOS}
    for name in names:
        if name not in known:
            raise SystemExit(f"ONLY={name}: one of {', '.join(known)}")
    return [known[name] for name in names]


def main(told: Sequence[str] | None = None) -> int:
    arguments = argparse.ArgumentParser(prog="congvu_faults", description=__doc__)
    arguments.add_argument("--only", help="names of scenarios, with commas")
    arguments.add_argument("--short", action="store_true", help="as the tests run them")
    arguments.add_argument("--list", action="store_true", help="the names, and what each does")
    given = arguments.parse_args(told)
    if given.list:
        for each in SCENARIOS:
            sys.stdout.write(f"{each.name:12} {each.says}\n")
        return 0

    def say(what: str) -> None:
        sys.stderr.write(f"faults: {what}\n")

    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for each in chosen(given.only):
            say(f"{each.name}: {each.says}")
            trial = Trial(folder=Path(folder), long=not given.short, say=say)
            runs.append(asyncio.run(ran(each, trial)))
            sys.stdout.write(table(runs[-1:]))
            write_json(runs[-1:], FOLDER)
    order = [each.name for each in SCENARIOS]
    known = sorted(
        (each for each in read_json(FOLDER) if each.scenario in order),
        key=lambda each: order.index(each.scenario),
    )
    (FOLDER / "table.md").write_text(table(known), encoding="utf-8")
    if not all(each.holds for each in runs):
        return MISSED
    return NOT_RUN if any(each.not_run for each in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
