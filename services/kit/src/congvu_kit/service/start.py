"""Starts a part as a process. Its log is there before anything else of it is loaded, so that a
start that fails at once is told as every other thing is."""

import gc
from importlib import import_module

from congvu_kit.adapters import logs


def start(part: str) -> None:
    """While modules are loaded nearly all that is made stays: it is not searched for cycles of
    garbage. Whoever serves searches again."""
    gc.disable()
    logs.configure(part)
    import_module(f"{part}_service.main").main()
