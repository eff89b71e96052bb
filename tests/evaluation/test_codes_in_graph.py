"""Every field of a mutation that carries a code of the pinned policy refuses one that the policy
does not know, with its path. Made from the schema: a new text of what people rate needs its word
below, a new mutation that takes ratings none."""

import copy
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type, is_list_type

from evaluation.test_callers import CASES
from evaluation_service.adapters.graphql.schema import schema
from support.callers import Case, Stage, call, mutations

RATED = ("RatingInput", "ConductEntryInput", "ReadingCorrectionInput")
"""What people enter of a person."""

CODES: Mapping[tuple[str, str], str | None] = {
    ("RatingInput", "key"): "I.11",
    ("RatingInput", "points"): "4.7",
    ("ConductEntryInput", "rule"): "TRAINING_ABSENSE",
    ("ConductEntryInput", "count"): None,
    ("ReadingCorrectionInput", "code"): "x1",
}
"""What is wrong under the decree; None where another field of the row is refused first, since the
decree counts no such row (`tests/evaluation/results/test_codes.py` has every policy)."""

FREE = {
    ("RatingInput", "reason"),
    ("RatingInput", "evidence"),
    ("ConductEntryInput", "evidence"),
    ("ReadingCorrectionInput", "value"),
    ("ReadingCorrectionInput", "evidence"),
}
"""Words and figures that no policy lists."""

EVENTS = ("event", "addEvents")
EVENT, NEAREST = "DISCIPLINDE", "DISCIPLINED"
ROW: Mapping[str, Mapping[str, object]] = {
    "RatingInput": {"key": "I.1", "points": "1"},
    "ConductEntryInput": {"rule": "LATE", "count": 1},
    "ReadingCorrectionInput": {"code": "x1", "value": "1"},
}
Path = tuple[str, ...]


def places(kind: GraphQLInputObjectType, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """The way to each rated row or event of an input, and the row's type or the event's field."""
    for name, each in kind.fields.items():
        inner = get_named_type(each.type)
        here = (
            (*path, name, "0")
            if is_list_type(getattr(each.type, "of_type", each.type))
            else (
                *path,
                name,
            )
        )
        if name in EVENTS:
            yield here, "", name
        elif inner.name in RATED:
            yield from ((here, inner.name, key) for key in inner.fields)
        elif isinstance(inner, GraphQLInputObjectType):
            yield from places(inner, here)


ALL = [
    (case, path, kind, name)
    for case in CASES
    for path, kind, name in places(mutations(schema)[case.mutation])
]
WRONG = [
    (case, path, kind, name)
    for case, path, kind, name in ALL
    if not kind or CODES.get((kind, name)) is not None
]


def test_every_field_of_what_is_rated_is_a_code_or_free() -> None:
    fields = {(kind, name) for _, _, kind, name in ALL if kind}

    assert fields == set(CODES) | FREE
    assert {case.mutation for case, *_ in WRONG} >= {
        "scoreGeneralCriteria",
        "scoreGeneralCriteriaBulk",
        "selfAssess",
        "decideAppeal",
        "decidePostAudit",
        "recordVetoEvent",
    }


def spoilt(given: Mapping[str, Any], path: Path, kind: str, name: str) -> dict[str, Any]:
    """The good input with nothing rated but one wrong row at the end of the way."""
    input = copy.deepcopy(dict(given))
    here: Any = input
    for key, following in itertools.pairwise(path):
        if key == "0":
            here = here[0]
        elif following == "0":
            known = here.get(key)
            here[key] = known if known and path.index(key) == 0 else [{}]
            here = here[key]
        else:
            here[key] = {}
            here = here[key]
    wrong: object = {**ROW[kind], name: CODES[kind, name]} if kind else EVENT
    if path[-1] == "0":
        here[0] = wrong
    else:
        here[path[-1]] = wrong
    return input


@pytest.mark.parametrize(
    ("case", "path", "kind", "name"),
    WRONG,
    ids=[f"{case.mutation}-{'.'.join(path)}-{name}" for case, path, _, name in WRONG],
)
async def test_a_code_that_the_policy_does_not_know_is_refused(
    stage: Stage, case: Case[Stage], path: Path, kind: str, name: str
) -> None:
    given = await case.given(stage)
    more = {"verdict": "UPHELD"} if case.mutation == "decideAppeal" else {}
    input = spoilt({**case.input, **given, **more}, path, kind, name)
    before = await stage.everything()

    answer = await call(case, stage, input, case.right)

    if case.rows is not None:
        codes = [each["problem"] and each["problem"]["code"] for each in answer[case.rows]]
        assert "INVALID" in codes
        return
    assert answer["code"] == "INVALID"
    assert answer["field"].startswith(".".join(("input", *path[:2])))
    assert (EVENT if not kind else str(CODES[kind, name])) not in answer["message"]
    assert kind or answer["message"].endswith(f"the nearest is {NEAREST}")
    assert await stage.everything() == before
