"""A page of what the lines of an explanation read costs what a page costs."""

import sys
from types import FrameType

import pytest

from congvu_scoring import Input, LineFact, ScoreResult
from evaluation_service.adapters.graphql.common.values import ScoredResult, _place
from scoring.making import STAFF, item, scored


class One(ScoredResult):
    """With a result that is at hand."""

    def __init__(self, result: ScoreResult) -> None:
        self._result = result

    async def scored(self, info: object) -> ScoreResult:
        return self._result


def of_items(count: int) -> ScoreResult:
    work = [item(item=f"B.56.VB.{at:04}@1", assigned=2, late=1) for at in range(count)]
    return scored(STAFF, {"general_total": 25, "work": work})


async def calls_of_a_page(result: ScoreResult) -> int:
    """Functions called for the second page, of twenty."""
    shown = One(result)
    first = await shown.explanation_inputs(None, 20)
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        await shown.explanation_inputs(None, 20, first.page_info.end_cursor)
    finally:
        sys.setprofile(None)
    return count


async def test_a_page_costs_the_same_however_long_the_explanation() -> None:
    short, long = of_items(5), of_items(300)

    assert len(long.line_facts) > 30 * len(short.line_facts) / 2
    assert await calls_of_a_page(long) < 2 * await calls_of_a_page(short)


def test_lines_are_in_order_beyond_ten_thousand() -> None:
    lines = [1, 999, 9_998, 9_999, 10_000, 10_001, 99_999]

    places = [_place(LineFact(each, 1, "rule", Input("a", "1"))) for each in lines]

    assert places == sorted(places)


@pytest.mark.parametrize("count", [1, 30])
async def test_every_fact_knows_its_line(count: int) -> None:
    result = of_items(count)
    lines = list(result.explanation().lines())

    assert [(each.line, each.place, each.rule_id, each.given) for each in result.line_facts] == [
        (number, place, node.rule_id, given)
        for number, node in enumerate(lines, start=1)
        for place, given in enumerate(node.inputs, start=1)
    ]
