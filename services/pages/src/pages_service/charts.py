"""A trend as points with their intervals, placed for an SVG that the template draws."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 320, 150
LEFT, RIGHT, TOP, BOTTOM = 40, 10, 10, 25
"""Margins for the axes, in units of the drawing."""


@dataclass(frozen=True, kw_only=True)
class Point:
    x: float
    y: float
    low: float
    high: float
    label: str


def height_of(share: float) -> float:
    """Where a share, 0 to 1, stands; 0 is at the bottom."""
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)


def trend_of(shown: Iterable[tuple[Mapping[str, Any], Mapping[str, Any] | None]]) -> list[Point]:
    """A point for each period that has an index, in its place among all periods."""
    periods = list(shown)
    step = (WIDTH - LEFT - RIGHT) / max(len(periods), 1)
    return [
        Point(
            x=round(LEFT + step * (at + 0.5), 1),
            y=height_of(float(index["index"])),
            low=height_of(float(index["intervalLow"])),
            high=height_of(float(index["intervalHigh"])),
            label=str(period["name"]),
        )
        for at, (period, index) in enumerate(periods)
        if index and index["index"] is not None
    ]
