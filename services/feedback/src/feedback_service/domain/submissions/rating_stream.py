"""What is odd about a run of answers: the same one over and over, or a sudden turn."""

from dataclasses import dataclass
from enum import StrEnum

from congvu_kit.domain.aggregate import Aggregate
from congvu_kit.domain.shares import Share

WINDOW = 30
"""Newest answers that are compared with those before them, which must be as many at least."""

SIGMAS = 5
"""Standard errors between two shares that chance does not explain: once in 1.7 million."""


class Doubt(StrEnum):
    BURST = "BURST"
    UNIFORM = "UNIFORM"
    JUMP = "JUMP"


def differ(before: Share, now: Share) -> bool:
    """Whether two shares lie further apart than chance explains (two-proportion z-test, in whole
    numbers)."""
    part, whole = before.part + now.part, before.whole + now.whole
    spread = before.whole * now.whole * part * (whole - part)
    apart = now.part * before.whole - before.part * now.whole
    return spread > 0 and apart * apart * whole > SIGMAS * SIGMAS * spread


@dataclass(kw_only=True)
class RatingStream(Aggregate):
    """The answers about one unit that came one way, in their order: `recent` has a letter for each
    of the newest, S or N, `before` counts those ahead of them; `same` is how many of the newest
    said exactly `latest`."""

    before: int = 0
    satisfied_before: int = 0
    recent: str = ""
    latest: str = ""
    same: int = 0

    def take(self, said: str, *, satisfied: bool, same_run: int) -> dict[Doubt, int]:
        """One more answer; for each doubt, how many of the newest it is about, this one too."""
        self.same = self.same + 1 if said == self.latest else 1
        self.latest = said
        self.recent += "S" if satisfied else "N"
        if len(self.recent) > WINDOW:
            self.before += 1
            self.satisfied_before += self.recent[0] == "S"
            self.recent = self.recent[1:]
        doubts = {}
        if self.same >= same_run:
            # Those ahead of this one were marked when the run grew this long.
            doubts[Doubt.UNIFORM] = self.same if self.same == same_run else 1
        if self.before >= WINDOW and differ(
            Share(self.satisfied_before, self.before), Share(self.recent.count("S"), WINDOW)
        ):
            doubts[Doubt.JUMP] = WINDOW
        return doubts

    def restart(self) -> None:
        """After people decided: what follows is measured by itself."""
        self.before = self.satisfied_before = self.same = 0
        self.recent = self.latest = ""
