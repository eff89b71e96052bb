"""A service that kills itself with -9 in the middle of a transaction.

`python -m local.dying SERVICE TRIGGER` lives until the file TRIGGER is there: then the next event
that it claims is its last, with the rows of its transaction written and not committed.
"""

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from congvu_kit.adapters.mongo import MongoTransaction
from congvu_kit.application.ports import EventKey


def die_if(trigger: Path) -> None:
    if trigger.exists():
        trigger.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def main(service: str, trigger: Path) -> None:
    claim_all = MongoTransaction.claim_all

    async def claim_or_die(
        self: MongoTransaction, events: Sequence[EventKey]
    ) -> frozenset[EventKey]:
        first = await claim_all(self, events)
        die_if(trigger)
        return first

    MongoTransaction.claim_all = claim_or_die  # type: ignore[method-assign]
    import_module(f"{service}_service.main").main()


if __name__ == "__main__":
    name, file = sys.argv[1:]
    del sys.argv[1:]
    main(name, Path(file))
