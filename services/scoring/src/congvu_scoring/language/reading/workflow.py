"""The stages of a file, their last days, and settings."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

from congvu_scoring.engine.policy import DayOfYear, Stage, Workflow
from congvu_scoring.expressions.location import Location
from congvu_scoring.expressions.reading import Given
from congvu_scoring.expressions.shapes import NAME, RULED, WHOLE, Choice, Keys, ListOf, MapOf, Plain

_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_ANY_YEAR = 2026
"""Any year that is no leap year."""
_WHEN_LATE = ("MOVE_ON", "WAIT")
_SHOWN: Mapping[str, Literal["AT_ONCE", "PUBLISHED", "NEVER"]] = {
    "AT_ONCE": "AT_ONCE",
    "PUBLISHED": "PUBLISHED",
    "NEVER": "NEVER",
}
_DAY_OF_YEAR = Plain({"type": "string", "pattern": f"^{_DAY.pattern}$"})
_MOVABLE = Keys({"from": _DAY_OF_YEAR, "to": _DAY_OF_YEAR})
_STAGE = Keys(
    {"id": NAME, "actor": NAME, **RULED},
    {
        "last_day": _DAY_OF_YEAR,
        "days": WHOLE,
        "when_late": Choice(_WHEN_LATE),
        "level": WHOLE,
        "remind": ListOf(WHOLE),
        "shown": Choice(tuple(_SHOWN)),
        "movable": _MOVABLE,
    },
)
WORKFLOW = Keys(
    {},
    {
        "stages": ListOf(_STAGE),
        "final_day": _DAY_OF_YEAR,
        "settings": MapOf(NAME),
        "counts": ListOf(NAME),
    },
)


def read_workflow(value: object, here: Location) -> Workflow:
    given = Given.read(WORKFLOW, value, here)
    spots = [(spot.named_by(item), item) for item, spot in given.items("stages", 0)]
    read = [spot.gather(_stage, item, spot) for spot, item in spots]
    stages = tuple(stage for stage in read if stage is not None)
    _check_levels(stages, given.at("stages"))
    final_month, final_day = _day_or_none(given, "final_day")
    _check_order(stages, (final_month, final_day), given.at("stages"))
    settings = {key: spot.text(item) for key, item, spot in given.entries("settings")}
    return Workflow(stages, final_month, final_day, settings, _counts(given, stages))


def _check_levels(stages: Sequence[Stage], here: Location) -> None:
    """A file goes upwards, one person a stage, and moves on by itself."""
    levels = [stage.level for stage in stages if stage.level is not None]
    if levels != sorted(set(levels)) or any(level < 0 for level in levels):
        raise here.refuse(
            "levels go upwards from stage to stage: 0 the person, 1 the superior, 2 theirs",
            "cấp của các bước tăng dần: 0 người được đánh giá, 1 cấp trên, 2 cấp trên kế tiếp",
        )
    if any(stage.level is not None and stage.when_late != "MOVE_ON" for stage in stages):
        raise here.refuse(
            "a stage with a level moves on by itself: when_late MOVE_ON",
            "bước có cấp phải tự chuyển khi quá hạn: when_late MOVE_ON",
        )


def _check_order(
    stages: Sequence[Stage], final: tuple[int | None, int | None], here: Location
) -> None:
    """Where a last day may be moved, every day stays within the year and in the order of the
    stages: else one would be a whole year later."""
    days = [
        (each.last_month, each.last_day) for each in stages if each.last_month and each.last_day
    ]
    if all(stage.movable is None for stage in stages):
        return
    if len(days) < len(stages) or any(one >= other for one, other in pairwise(days)):
        raise here.refuse(
            "where last days may be moved, each stage has one, after that of the stage before it",
            "khi ngày cuối được dời, mỗi bước có một ngày cuối, sau ngày cuối của bước trước",
        )
    if final[0] and final[1] and days[-1] > (final[0], final[1]):
        raise here.refuse(
            "the last stage ends after the final day",
            "bước cuối kết thúc sau ngày kết thúc cả hồ sơ",
        )


def _counts(given: Given, stages: Sequence[Stage]) -> tuple[str, ...]:
    """The last stage first, unless it is written; never the person's own (E-I4)."""
    others = [stage.id for stage in stages if stage.level]
    if "counts" not in given:
        return tuple(reversed(others))
    named = [spot.choice(item, others, "stage that counts") for item, spot in given.items("counts")]
    if len(set(named)) != len(named):
        raise given.at("counts").refuse("a stage counts once", "mỗi bước chỉ tính một lần")
    return tuple(named)


def _stage(value: object, here: Location) -> Stage:
    given = Given.read(_STAGE, value, here).named()
    here = given.here
    rule = given.rule(here.rule)
    if ("last_day" in given) == ("days" in given):
        raise here.refuse("give last_day or days", "cần last_day hoặc days")
    last_month, last_day = _day_or_none(given, "last_day")
    late = given.choice("when_late", _WHEN_LATE, "way", "WAIT")
    movable = _movable(given, last_month, last_day)
    return Stage(
        here.rule,
        rule.text,
        rule.clause,
        given.name("actor"),
        last_month,
        last_day,
        given.whole("days") if "days" in given else None,
        "MOVE_ON" if late == "MOVE_ON" else "WAIT",
        given.whole("level") if "level" in given else None,
        tuple(sorted((spot.whole(item) for item, spot in given.items("remind", 0)), reverse=True)),
        _SHOWN[given.choice("shown", tuple(_SHOWN), "time", "PUBLISHED")],
        movable,
    )


def _movable(
    given: Given, month: int | None, day: int | None
) -> tuple[DayOfYear, DayOfYear] | None:
    """Within one year, the last day among them."""
    if "movable" not in given:
        return None
    bounds = Given.read(_MOVABLE, given["movable"], given.at("movable"))
    first, last = _day(bounds, "from"), _day(bounds, "to")
    if month is None or day is None or not first <= (month, day) <= last:
        raise given.here.refuse(
            f"last_day lies outside {bounds['from']} to {bounds['to']}",
            f"last_day nằm ngoài khoảng {bounds['from']} đến {bounds['to']}",
        )
    return first, last


def _day_or_none(given: Given, key: str) -> DayOfYear | tuple[None, None]:
    return _day(given, key) if key in given else (None, None)


def _day(given: Given, key: str) -> DayOfYear:
    value, here = given[key], given.at(key)
    match = _DAY.fullmatch(here.text(value))
    if match is None:
        raise here.refuse(f"{value!r} is no day MM-DD", f"{value!r} không phải ngày MM-DD")
    month, day = int(match[1]), int(match[2])
    if day > monthrange(_ANY_YEAR, month)[1]:
        raise here.refuse(
            f"{value!r} is not a day of every year", f"{value!r} không phải ngày có hằng năm"
        )
    return month, day
