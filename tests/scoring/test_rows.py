"""An expression over rows gives by the column what it gives row by row."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu_scoring import Snapshot, compile_policy
from congvu_scoring.engine.policy import Policy
from congvu_scoring.expressions.base import parted
from congvu_scoring.expressions.environment import NotEvaluable
from congvu_scoring.operators.totals import SumOver
from congvu_scoring.snapshots.tables import Column
from scoring.making import tiny

FIELDS = ("coefficient", "assigned", "completed", "late", "late_exempt")
LITERALS = ("0", "1", "2.5", "1/3", "-4/7")

leaves = st.sampled_from(FIELDS).map(lambda name: f"{{field: {name}}}") | st.sampled_from(
    LITERALS
).map(lambda value: f"'{value}'")


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    listed = st.sampled_from(["add", "subtract", "multiply", "min", "max", "average"])
    return (
        st.tuples(listed, two).map(lambda found: f"{{{found[0]}: [{', '.join(found[1])}]}}")
        | st.tuples(inner, inner, inner, inner).map(
            lambda found: "{{credit: {{of: {}, faults: {}, exempt: {}, step: {}}}}}".format(*found)
        )
        | st.tuples(inner, inner).map(
            lambda found: f"{{clamp: {{value: {found[0]}, low: {found[1]}}}}}"
        )
        | st.tuples(inner, inner, inner).map(
            lambda found: (
                f"{{if: {{when: {{less: [{found[0]}, {found[1]}]}}, then: {found[2]}, else: 1}}}}"
            )
        )
        | two.map(
            lambda found: f"{{divide: {{of: {found[0]}, by: {found[1]}, if_zero: {found[0]}}}}}"
        )
    )


expressions = st.recursive(leaves, combined, max_leaves=6)
amounts = st.fractions(min_value=0, max_value=9, max_denominator=12)
rows = st.lists(st.tuples(amounts, amounts, amounts, amounts, amounts), max_size=4)


def policy_over_work(expression: str) -> Policy:
    return tiny(f"{{sum: {{over: work, of: {expression}}}}}")


@given(expressions, rows)
def test_the_column_agrees_with_the_rows(
    expression: str, values: list[tuple[Fraction, Fraction, Fraction, Fraction, Fraction]]
) -> None:
    policy = policy_over_work(expression)
    work = [
        {"item": f"w{index}", **dict(zip(FIELDS, (row[0] + 1, *row[1:]), strict=True))}
        for index, row in enumerate(values)
    ]
    env = compile_policy(policy).environment(Snapshot.from_document({"work": work}))
    total = policy.measures["total"].value
    assert isinstance(total, SumOver)
    table = env.snapshot.table("work")

    column = total.of.column(env, table)

    by_row = [total.of.evaluate(env) for _ in env.each(table)]
    assert [column.at(index) for index in range(len(table))] == by_row
    assert total.evaluate(env) == sum(by_row, Fraction(0))
    points = [node.points for node in total.explain(env, Fraction(3, 2))]
    assert sum(points, Fraction(0)) == total.evaluate(env) * Fraction(3, 2)


@given(expressions, rows, amounts, st.booleans())
def test_what_is_told_of_all_rows_at_once_is_what_each_tells(
    expression: str, values: list[tuple[Fraction, ...]], scale: Fraction, kept: bool
) -> None:
    policy = policy_over_work(expression)
    work = [
        {"item": f"w{index}", **dict(zip(FIELDS, (row[0] + 1, *row[1:]), strict=True))}
        for index, row in enumerate(values)
    ]
    env = compile_policy(policy).environment(Snapshot.from_document({"work": work}))
    total, table = policy.measures["total"].value, env.snapshot.table("work")
    assert isinstance(total, SumOver)
    of = total.of
    facts = [of.facts(env) for _ in env.each(table)]
    parts = [parted(of.explain(env, scale)) for _ in env.each(table)]
    env.known = {} if kept else None

    told = of.parts_by_row(env, table, Column.same(scale, len(table)))

    assert list(of.fact_rows(env, table)) == facts
    assert list(told) == parts
    assert list(of.parts_by_row(env, table, Column.same(scale, len(table)))) == parts


def test_a_row_without_a_value_makes_the_whole_missing() -> None:
    policy = tiny("{sum: {over: indicators, of: {field: actual}}}")
    rows = [{"code": "a", "target": 1, "actual": 1}, {"code": "b", "target": 1}]

    env = compile_policy(policy).environment(Snapshot.from_document({"indicators": rows}))
    values = policy.measures["total"].value

    env.rule = policy.measures["total"].rule
    with pytest.raises(NotEvaluable, match=r"^total: b: actual is missing$"):
        values.evaluate(env)
