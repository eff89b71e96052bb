"""No policy hangs who reads it or who scores with it, and none ends in anything but a refusal."""

import json
import sys
import time
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congvu_kit.domain.errors import Invalid
from congvu_scoring import Policy, ScoreResult, Snapshot, compile_policy, plain, read_policy
from congvu_scoring.common.limits import BUDGET, DEPTH_MAX, LIMIT, NODES_MAX, PLACES_MAX
from congvu_scoring.documents.policy_files import shipped_policies
from congvu_scoring.documents.yaml_documents import parse_yaml
from congvu_scoring.engine.scoring import score_anyway
from congvu_scoring.language.checking.cost import LEVELS_MAX, cost_of
from scoring.making import item, tiny_text

PATIENCE = 6 if sys.gettrace() else 1
"""Python that is traced, as for coverage, is so much slower."""

ALLOWED_S = 10 * PATIENCE
"""Of processor time for the worst person; the budget takes about 3 s of it."""

REFUSED_S = 2 * PATIENCE

RULED = {"clause": "s", "text": {"vi": "a", "en": "a"}}


TINY: dict[str, object] = json.loads(json.dumps(plain(parse_yaml(tiny_text("1"), "tiny"))))


def document_of(total: object, measures: Mapping[str, object]) -> object:
    described = {
        name: {**RULED, "unit": "points", "value": value, "evidence": True}
        for name, value in {**measures, "total": total}.items()
    }
    return {**TINY, "measures": described}


def scored(policy: Policy, snapshot: Mapping[str, object]) -> ScoreResult:
    """With its explanation and its hash, within the time a person may take."""
    began = time.thread_time()
    result = score_anyway(compile_policy(policy), Snapshot.from_document(snapshot))
    result.explanation()
    result.hash()
    assert time.thread_time() - began < ALLOWED_S
    return result


def refused(document: object) -> str:
    began = time.thread_time()
    with pytest.raises(Invalid) as refusal:
        read_policy(document)
    assert time.thread_time() - began < REFUSED_S
    assert len(refusal.value.en) < 2_000
    return refusal.value.en


def deep(levels: int, value: object = 1) -> object:
    for _ in range(levels):
        value = {"floor": value}
    return value


def test_a_rule_rounds_to_a_few_places() -> None:
    read_policy(document_of({"round": {"value": 1, "places": PLACES_MAX}}, {}))

    said = refused(document_of({"round": {"value": 1, "places": 20_000_000}}, {}))
    assert "a whole number is expected" in said
    assert "at most 12" in refused(
        document_of({"round": {"value": 1, "places": PLACES_MAX + 1}}, {})
    )


def test_a_document_has_so_many_values_so_deep() -> None:
    assert "within each other" in refused(document_of(deep(DEPTH_MAX), {}))
    assert "within each other" in refused(document_of(deep(100_000), {}))
    assert "values" in refused(document_of({"add": [1] * NODES_MAX}, {}))
    assert "characters" in refused(document_of("x" * 10_000, {}))


@pytest.mark.parametrize("number", [10**100, f"1/{3**200}", f"{7**150}/11"])
def test_a_number_of_a_policy_is_short(number: object) -> None:
    assert "at most 77 digits" in refused(document_of(number, {}))


@pytest.mark.parametrize(
    "number", [10**5_000, "9" * 5_000, "1e5", "9" * 50], ids=["int", "text", "e", "long"]
)
def test_what_is_no_number_of_the_language_is_refused(number: object) -> None:
    refused(document_of(number, {}))


def test_measures_of_measures_nest_no_deeper_than_the_stack() -> None:
    chain: dict[str, object] = {"m0": 1}
    for number in range(1, LEVELS_MAX):
        chain[f"m{number}"] = {"floor": f"m{number - 1}"}

    assert "within each other, measures counted in" in refused(document_of("m99", chain))


def test_an_explanation_that_doubles_with_each_measure_is_refused() -> None:
    chain: dict[str, object] = {"m0": {"add": [1, 2]}}
    for number in range(1, 30):
        chain[f"m{number}"] = {"add": [f"m{number - 1}", f"m{number - 1}"]}

    assert "steps" in refused(document_of("m29", chain))


def test_rows_within_rows_within_rows_are_refused() -> None:
    inner: object = {"sum": {"over": "work", "of": {"field": "assigned"}}}
    for _ in range(3):
        inner = {"sum": {"over": "work", "of": {"multiply": [{"field": "assigned"}, inner]}}}

    assert "steps" in refused(document_of(inner, {}))


def squares(times: int, first: object) -> tuple[object, dict[str, object]]:
    chain: dict[str, object] = {"m0": first}
    for number in range(1, times):
        chain[f"m{number}"] = {"multiply": [f"m{number - 1}"] * 2}
    return f"m{times - 1}", chain


def test_squares_of_squares_fail_the_person_and_nobody_else() -> None:
    total, chain = squares(12, {"sum": {"over": "work", "of": {"field": "assigned"}}})
    policy = read_policy(document_of(total, chain))

    long = {"work": [item(assigned="12345678901234567890.12345")]}
    failed = scored(policy, long)
    fine = scored(policy, {"work": [item(assigned=1)]})

    assert (failed.state, failed.total, failed.reasons) == ("NOT_EVALUABLE", None, (LIMIT,))
    assert failed.why_not is not None
    assert failed.hash() == scored(policy, long).hash()
    assert fine.state == "SCORED"
    assert fine.total == 1


def test_sums_of_shares_of_primes_fail_the_person_only() -> None:
    share = {"divide": {"of": 1, "by": {"field": "assigned"}, "if_zero": 0}}
    policy = read_policy(document_of({"sum": {"over": "work", "of": share}}, {}))
    long = [item(assigned=10**39 + 2 * n + 1) for n in range(3_000)]

    assert scored(policy, {"work": long}).reasons == (LIMIT,)
    assert scored(policy, {"work": long[:20]}).state == "SCORED"


def test_more_rows_than_the_budget_fail_the_person_only() -> None:
    none = {"some": {"over": "work", "meets": {"less": [{"field": "assigned"}, 1]}}}
    every = {"every": {"over": "work", "meets": {"not": none}}}
    policy = read_policy(document_of({"if": {"when": every, "then": 2, "else": 3}}, {}))

    assert scored(policy, {"work": [item()] * 5_000}).reasons == (LIMIT,)
    assert scored(policy, {"work": [item()] * 100}).total == 2


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1,1,1,1,1,1,1,1,1,1]\n"
        + "".join(
            f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n"
            for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "a: &a [*a]",
        "[" * 100_000,
        "{a: " * 1_000,
        f"a: {'9' * 5_000}",
        f"a: {'9' * 5_000}.5",
        "a: " + "x" * 5_000_001,
        "a: !!python/object/apply:os.system [x]",
        "\ud800",
    ],
)
def test_a_yaml_bomb_is_refused_cheaply(text: str) -> None:
    began = time.thread_time()

    with pytest.raises(Invalid) as refusal:
        parse_yaml(text, "input.document")

    assert time.thread_time() - began < REFUSED_S
    assert len(refusal.value.en) < 500


def test_every_shipped_policy_has_room() -> None:
    assert max(cost_of(policy) for policy in shipped_policies().values()) < BUDGET / 2


WORDS = (
    *("literal", "measure", "field", "add", "subtract", "multiply", "multiply", "min", "max"),
    *("divide", "round", "if", "sum", "average", "last"),
)
FIELDS = ("coefficient", "assigned", "completed", "late")
literals = st.integers(0, 1000) | st.decimals("0.001", "99", places=3).map(str) | st.just("4/7")


def number(  # noqa: PLR0911 - one line a word
    draw: st.DrawFn, names: list[str], *, row: bool, depth: int = 4
) -> object:
    def below(*, row: bool = row) -> object:
        return number(draw, names, row=row, depth=depth - 1)

    word = draw(st.sampled_from(WORDS)) if depth else "literal"
    match word:
        case "literal":
            return draw(literals)
        case "measure":
            return draw(st.sampled_from(names)) if names else 1
        case "field":
            return {"field": draw(st.sampled_from(FIELDS))} if row else 2
        case "divide":
            return {"divide": {"of": below(), "by": below(), "if_zero": 1}}
        case "round":
            return {"round": {"value": below(), "places": draw(st.integers(0, 12))}}
        case "if":
            return {"if": {"when": {"less": [below(), below()]}, "then": below(), "else": 1}}
        case "sum":
            return {"sum": {"over": "work", "of": below(row=True)}}
        case "average" | "last":
            return {word: {"over": "work", "of": below(row=True), "if_none": below()}}
        case _:
            return {word: [below() for _ in range(draw(st.integers(2, 4)))]}


@st.composite
def policies(draw: st.DrawFn) -> object:
    names: list[str] = []
    measures: dict[str, object] = {}
    for at in range(draw(st.integers(0, 6))):
        measures[f"m{at}"] = number(draw, names, row=False)
        names.append(f"m{at}")
    return document_of(number(draw, names, row=False), measures)


quantities = st.integers(1, 10**30).map(str) | st.decimals("0.01", "999999", places=2).map(str)
work = st.lists(
    st.builds(item, coefficient=quantities, assigned=quantities, completed=quantities), max_size=30
)


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(policies(), work)
def test_whatever_passes_lint_scores_whatever_comes(
    document: object, work: list[Mapping[str, object]]
) -> None:
    try:
        policy = read_policy(json.loads(json.dumps(document)))
    except Invalid:
        return

    result = scored(policy, {"work": work})

    assert (result.total is None) == (result.state != "SCORED")
