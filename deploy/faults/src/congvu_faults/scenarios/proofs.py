"""Faults that tests of the kit try on real servers: run by themselves here, longer, and told."""

import asyncio
import json
import os
import sys
import xml.etree.ElementTree as Xml
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from congvu_faults.figures import Figure, NotRun
from congvu_faults.running import Run, Trial

ROOT = Path(__file__).resolve().parents[5]
PROPERTY = "figure"
ENDS_WITHIN_S = 1_800


def measured(figure: Figure) -> tuple[str, str]:
    """For pytest's `record_property`: what a test measured."""
    return PROPERTY, json.dumps(asdict(figure))


def proved_by(*tests: str, longer: Mapping[str, str] | None = None) -> Run:
    """`longer` is the environment of the long run."""

    async def run(trial: Trial) -> Sequence[Figure]:
        report = trial.folder / "report.xml"
        more = dict(longer or {}) if trial.long else {}
        limits = ["--timeout", str(ENDS_WITHIN_S), "-p", "no:cacheprovider"]
        # The newer form of the report has no place for figures, and pytest says so as an error.
        limits += ["-o", "junit_family=xunit1"]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *limits, *tests),
            cwd=ROOT,
            env={**os.environ, **more},
            stdout=asyncio.subprocess.DEVNULL,
        )
        await asyncio.wait_for(process.wait(), ENDS_WITHIN_S)
        return _read(report)

    return run


def _read(report: Path) -> Sequence[Figure]:
    """Raises `NotRun` for a test that was skipped, `AssertionError` for one that failed."""
    figures, cases = list[Figure](), list(Xml.parse(report).iter("testcase"))
    for case in cases:
        for skipped in case.iter("skipped"):
            raise NotRun(skipped.get("message", ""))
        for failed in (*case.iter("failure"), *case.iter("error")):
            raise AssertionError(f"{case.get('name')}: {failed.get('message', '')}")
        figures += [
            Figure(**json.loads(each.get("value", "")))
            for each in case.iter("property")
            if each.get("name") == PROPERTY
        ]
    return [Figure(what="tests that hold", value=len(cases), bound=1, at_least=True), *figures]
