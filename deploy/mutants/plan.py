"""What one process is to try, and what it tells."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from deploy.mutants.finding import Mutant
from deploy.mutants.ways import Kind


class Verdict(StrEnum):
    NOTICED = "noticed"
    MISSED = "missed"
    UNREACHED = "unreached"
    SECOND_LOCK = "second lock"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    kind: Kind
    line: str
    text: str
    tests: int
    verdict: Verdict
    took_s: float

    @classmethod
    def read(cls, line: str) -> Self:
        found = json.loads(line)
        return cls(**found | {"kind": Kind(found["kind"]), "verdict": Verdict(found["verdict"])})


@dataclass(frozen=True, kw_only=True)
class Plan:
    root: Path
    files: tuple[str, ...]
    tests: tuple[str, ...]
    kinds: tuple[str, ...]
    only: str
    sample: int
    seed: str
    share: tuple[int, int]
    """This process takes every n-th mutant, from the m-th on: (m, n)."""
    marks: str
    learnt: Path
    results: Path
    scratch: Path

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self), default=str))

    @classmethod
    def read(cls, file: Path) -> Self:
        found = json.loads(file.read_text())
        paths = {name: Path(found[name]) for name in ("root", "learnt", "results", "scratch")}
        lists = {name: tuple(found[name]) for name in ("files", "tests", "kinds", "share")}
        return cls(**found | paths | lists)

    def choose(
        self, mutants: Sequence[Mutant], tests: Callable[[Mutant], Sequence[str]]
    ) -> list[Mutant]:
        """Guards, events and saves whole; of the rest a sample of those that a test reaches."""
        wanted = [each for each in mutants if self.only in each.file and each.kind in self.kinds]
        whole = [each for each in wanted if each.kind is not Kind.OTHER]
        rest = [each for each in wanted if each.kind is Kind.OTHER and tests(each)]
        # Drawn by text, so that a line more above does not draw another sample.
        rest.sort(key=lambda each: random.Random(f"{self.seed} {each.file} {each.text}").random())
        first, step = self.share
        return [*whole, *rest[: self.sample]][first::step]
