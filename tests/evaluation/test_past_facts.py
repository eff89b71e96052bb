"""No fact of the past comes in from the future: every command of evaluation, made from the code."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, get_args, get_type_hints

import pytest

from congvu_kit.application.commands import Command
from congvu_kit.application.times import undeclared
from congvu_kit.domain.text import camel
from congvu_kit.domain.times import Past
from evaluation.test_callers import CASES
from support.callers import Case, Stage, call, refusal

Path = tuple[str | int, ...]

EXAMPLES: Mapping[str, Any] = {
    "evidence": {"uri": "https://kho.example/1.pdf"},
    "decision": {"number": "283/QĐ-UBND", "decidedOn": "2026-08-10"},
    "positions": {"province": "56", "code": "CC", "title": "Công chức", "dutyGroup": "cc"},
    "people": {
        "externalRef": {"system": "hrm.khanhhoa", "id": "cb-1"},
        "fullName": "Người Mới",
        "province": "56",
        "appointments": [],
    },
}
"""What stands around a day where the good input of a mutation leaves it out."""

TOMORROW = {date: "2026-08-11", datetime: "2026-08-10T03:05:01Z"}
"""Of the tests' own day; an instant has five minutes of grace."""


def commands(kind: type[Command] = Command) -> Iterator[type[Command]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("evaluation_service."):
            yield each
        yield from commands(each)


def parts(hint: Any) -> Iterator[Any]:
    yield hint
    for each in (*getattr(hint, "__metadata__", ()), *get_args(hint)):
        yield from parts(each)


def past_places(kind: type[Any], path: Path = ()) -> Iterator[tuple[Path, type[date]]]:
    hints = get_type_hints(kind, include_extras=True)
    for each in dataclasses.fields(kind):
        known = list(parts(hints[each.name]))
        here: Path = (*path, camel(each.name))
        if any(isinstance(part, Past) for part in known):
            yield here, datetime if datetime in known else date
        many = any(getattr(part, "__origin__", None) is tuple for part in known)
        for part in known:
            if isinstance(part, type) and dataclasses.is_dataclass(part):
                yield from past_places(part, (*here, 0) if many else here)


COMMANDS = {camel(each.operation): each for each in commands() if getattr(each, "operation", None)}
PLACES = [
    pytest.param(case, path, kind, id=f"{case.mutation}-{'.'.join(map(str, path))}")
    for case in CASES
    for path, kind in past_places(COMMANDS[case.mutation])
]


def put(input: Any, path: Path, value: object) -> Any:
    """The input with `value` at the path; what is missing on the way comes from EXAMPLES."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [put(input, rest, value)]
    inner = (input or {}).get(step) if rest else None
    if rest and isinstance(inner, list | tuple):
        inner = inner[0] if inner else None
    return {**(input or {}), step: put(inner or EXAMPLES.get(step), rest, value)}


def alone(input: Mapping[str, Any], case: Case[Stage], path: Path) -> Mapping[str, Any]:
    """Without the rows of other lists, which are right and are taken."""
    if case.rows is None or 0 not in path:
        return input
    return {
        name: [] if isinstance(value, list) and name != path[0] else value
        for name, value in input.items()
    }


@pytest.mark.parametrize(("case", "path", "kind"), PLACES)
async def test_a_fact_from_the_future_is_refused_with_its_path(
    stage: Stage, case: Case[Stage], path: Path, kind: type[date]
) -> None:
    given = await case.given(stage)
    before = await stage.everything()
    input = put(alone({**case.input, **given}, case, path), path, TOMORROW[kind])

    answer = await call(case, stage, input, case.right)

    assert refusal(case, answer) == "INVALID", answer
    if case.rows is None:
        assert answer["field"] == ".".join(map(str, ("input", *path)))
    assert await stage.everything() == before


def test_every_day_and_instant_says_whether_it_may_lie_ahead() -> None:
    assert sorted({field for each in COMMANDS.values() for field in undeclared(each)}) == []
    assert len(PLACES) > 10
    assert {case.mutation for case in CASES} <= set(COMMANDS)
