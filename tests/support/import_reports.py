"""What every import tells with --json: one shape."""

from collections.abc import Mapping
from typing import Any

SHAPE = {
    "report": {"done", "counts", "lines", "ended"},
    "line": {"sheet", "line", "outcome", "problems"},
    "problem": {"column", "message", "refuses"},
}


def shape_of(told: Mapping[str, Any]) -> Mapping[str, set[str]]:
    """Of a report with a line that has a problem."""
    lines = told["lines"]
    problems = [each for line in lines for each in line["problems"]]
    assert sum(told["counts"].values()) == len(lines)
    return {
        "report": set(told),
        "line": set().union(*lines),
        "problem": set().union(*problems),
    }
