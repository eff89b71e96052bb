"""Waiting, as the harness of faults does it."""

from congvu_faults.waiting import NeverHappened, eventually, until

__all__ = ["NeverHappened", "eventually", "until"]
