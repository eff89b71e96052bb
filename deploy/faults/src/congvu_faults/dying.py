"""A service that kills itself with -9 at a chosen point.

`python -m congvu_faults.dying SERVICE FOLDER` lives until a file named as one of `POINTS` is in
FOLDER: then it takes the file away and is gone, the next time it comes to that point.
"""

import functools
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from congvu_kit.adapters import mongo
from congvu_kit.adapters.kafka import KafkaBroker
from congvu_kit.adapters.mongo import MongoTransaction


@dataclass(frozen=True)
class Point:
    """Before or after `name` of `owner` did its work."""

    owner: Any
    name: str
    after: bool
    says: str


POINTS = {
    "claimed": Point(MongoTransaction, "claim_all", after=True, says="an event is claimed"),
    "answered": Point(MongoTransaction, "remember", after=True, says="all is written"),
    "committed": Point(mongo, "_commit", after=True, says="it is committed, nobody knows"),
    "publishing": Point(KafkaBroker, "publish", after=False, says="rows are to be published"),
    "published": Point(KafkaBroker, "publish", after=True, says="they are, and not marked"),
}
"""Where a death leaves most: between two things that belong together."""


def die_if(trigger: Path) -> None:
    """Of several that share a folder one dies: who takes the file away."""
    with suppress(FileNotFoundError):
        trigger.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def mortal(work: Callable[..., Any], trigger: Path, *, after: bool) -> Callable[..., Any]:
    @functools.wraps(work)
    async def work_or_die(*arguments: Any, **named: Any) -> Any:
        if not after:
            die_if(trigger)
        done = await work(*arguments, **named)
        if after:
            die_if(trigger)
        return done

    return work_or_die


def main(service: str, folder: Path) -> None:
    for name, point in POINTS.items():
        work = mortal(getattr(point.owner, point.name), folder / name, after=point.after)
        setattr(point.owner, point.name, work)
    import_module(f"{service}_service.main").main()


if __name__ == "__main__":
    of, where = sys.argv[1:]
    del sys.argv[1:]
    main(of, Path(where))
