"""Time as a process sees it: libfaketime, an operating system's package, loaded before it."""

from collections.abc import Mapping
from pathlib import Path

from congvu_faults.figures import NotRun

PLACES = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
NAMES = ("libfaketimeMT.so.1", "libfaketimeMT.1.dylib")


def library() -> Path:
    """Raises `NotRun`."""
    for place in PLACES:
        for name in NAMES:
            for found in Path(place).glob(f"**/{name}"):
                return found
    raise NotRun("libfaketime is missing")


def shifted(seconds: float) -> Mapping[str, str]:
    """What a child's environment needs for a clock that is so far ahead; waiting takes as long
    as ever."""
    return {
        "LD_PRELOAD": str(library()),
        "FAKETIME": f"{seconds:+.0f}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_NO_CACHE": "1",
    }
