"""Reports that nobody checked and work beyond what was assigned: two switches of every policy that
reads work (E-I16)."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import (
    CompiledPolicy,
    Explanation,
    Policy,
    ScoreResult,
    Snapshot,
    compile_policy,
    derive,
    fingerprint,
    read_policy,
    score,
    undeclared_changes,
)
from congvu_scoring.conformance import run_file
from congvu_scoring.documents.policy_files import shipped_policies, shipped_policy
from congvu_scoring.engine.counted_rows import (
    BEYOND_ASSIGNED,
    ON_UNREVIEWED,
    standing_for,
)
from congvu_scoring.engine.reads import reads_of
from congvu_scoring.pages.policy_pages import policy_page
from scoring.making import STAFF, item, scored, tiny

SURPLUS = Path(__file__).parent / "cases" / "row-cap.yaml"
SHIPPED = tuple(shipped_policies().values())
READING_WORK = [policy for policy in SHIPPED if "work" in reads_of(policy).lists]
NOT_READING_WORK = [policy for policy in SHIPPED if policy not in READING_WORK]
ZERO, ASK_BOARD = (ON_UNREVIEWED.name, "ZERO"), (ON_UNREVIEWED.name, "ASK_BOARD")
PER_ITEM = (BEYOND_ASSIGNED.name, "PER_ITEM")

SILENCE = {"assigned": 5, "completed": 3, "late": 1, "unreviewed": 2, "unreviewed_late": 1}
"""Three products checked, one of them late; two checked by nobody, one of them late."""


def facts(policy: Policy, **work: object) -> dict[str, object]:
    """Of somebody whom the policy can score."""
    rated = {path: low for path, (_, low, _) in compile_policy(policy).ranges.items()}
    elements = {
        path.removeprefix("elements."): value
        for path, value in rated.items()
        if path.startswith("elements.") and value is not None
    }
    row = item(kind="HARD", orientation="PUBLIC_SERVICE", **work)
    led = {"subordinates": 1, "not_completed": 0, "organising": "FULL", "unity": "FULL"}
    indicator = {"code": "x", "perspective": "x", "target": 1, "actual": 1}
    document = {"work": [row], "general_total": 20, "elements": elements, "indicators": [indicator]}
    if policy.subjects != ("STAFF",):
        document["unit"] = led
    return document


def result_of(policy: Policy, switches: Mapping[str, str], **work: object) -> ScoreResult:
    return score(compile_policy(policy, switches), Snapshot.from_document(facts(policy, **work)))


def said(node: Explanation) -> Iterator[tuple[str, str]]:
    yield node.text_vi, node.text_en
    for child in node.children:
        yield from said(child)


@pytest.mark.parametrize("policy", READING_WORK, ids=lambda policy: policy.id)
def test_what_nobody_checked_counts_as_reported_in_every_policy(policy: Policy) -> None:
    silent = result_of(policy, {}, **SILENCE)
    accepted = result_of(policy, {}, assigned=5, completed=5, late=2)

    assert silent.state == "SCORED"
    assert (silent.total, silent.components) == (accepted.total, accepted.components)


@pytest.mark.parametrize("policy", READING_WORK, ids=lambda policy: policy.id)
def test_zero_leaves_it_out_in_every_policy(policy: Policy) -> None:
    silent = result_of(policy, dict([ZERO]), **SILENCE)
    without = result_of(policy, {}, assigned=5, completed=3, late=1)

    assert (silent.total, silent.components) == (without.total, without.components)


@pytest.mark.parametrize("policy", READING_WORK, ids=lambda policy: policy.id)
def test_the_board_is_asked_first_in_every_policy(policy: Policy) -> None:
    waiting = result_of(policy, dict([ASK_BOARD]), **SILENCE)
    decided = result_of(policy, dict([ASK_BOARD]), assigned=5, completed=5, late=2)

    assert (waiting.state, waiting.total, waiting.band) == ("NOT_EVALUABLE", None, None)
    assert waiting.document()["not_scored_because"] == "on_unreviewed"
    assert waiting.explanation().text_en == (
        "2 products were reported and not checked: accept or return each report, then score again"
    )
    assert decided.state == "SCORED"


@pytest.mark.parametrize("policy", READING_WORK, ids=lambda policy: policy.id)
def test_surplus_of_an_item_counts_or_not_in_every_policy(policy: Policy) -> None:
    capped = result_of(policy, dict([PER_ITEM]), assigned=5, completed=9)
    exact = result_of(policy, {}, assigned=5, completed=5)

    assert (capped.total, capped.components) == (exact.total, exact.components)


@pytest.mark.parametrize("policy", READING_WORK, ids=lambda policy: policy.id)
def test_work_handed_over_says_where_it_comes_from_in_every_policy(policy: Policy) -> None:
    origin = {"origin": "per_1", "origin_name": "UBND xã Cam Lâm, Quý III/2026"}
    own = result_of(policy, {}, **SILENCE)

    theirs = result_of(policy, {}, **SILENCE, **origin)
    unnamed = result_of(policy, {}, **SILENCE, origin="per_1")

    assert (theirs.total, theirs.components) == (own.total, own.components)
    listed = any("chưa ai nghiệm thu" in vi for vi, _ in said(own.explanation()))
    for text, result in (
        ("bàn giao từ UBND xã Cam Lâm, Quý III/2026; 2 chưa ai nghiệm thu", theirs),
        ("handed over from UBND xã Cam Lâm, Quý III/2026; 2 checked by nobody", theirs),
        ("handed over from per_1; 2 checked", unnamed),
    ):
        assert any(text in line for each in said(result.explanation()) for line in each) is listed
    assert listed or policy.id == "NZ-OUTPUT"


@pytest.mark.parametrize("policy", SHIPPED, ids=lambda policy: policy.id)
def test_the_page_says_what_each_value_allows(policy: Policy) -> None:
    page = policy_page(policy)

    for switch in standing_for(policy, reads_of(policy).lists):
        for value, text in switch.values:
            assert f"`{value}` {text.vi}" in page
            assert f"`{value}` {text.en}" in page


@pytest.mark.parametrize("policy", SHIPPED, ids=lambda policy: policy.id)
def test_at_their_defaults_they_are_no_part_of_what_was_published(policy: Policy) -> None:
    standing = {each.name: each.default for each in standing_for(policy, reads_of(policy).lists)}
    plainly = compile_policy(policy)
    named = compile_policy(policy, standing)

    assert standing.keys() & plainly.settings().keys() == set()
    assert plainly.hash == named.hash
    assert plainly.hash == fingerprint({"policy": policy.hash, "settings": plainly.settings()})


@pytest.mark.parametrize("policy", READING_WORK, ids=lambda policy: policy.id)
@pytest.mark.parametrize("chosen", [ZERO, ASK_BOARD, PER_ITEM])
def test_another_value_is_a_setting_that_the_hash_binds(
    policy: Policy, chosen: tuple[str, str]
) -> None:
    compiled = compile_policy(policy, dict([chosen]))

    assert compiled.settings()[chosen[0]] == chosen[1]
    assert compiled.hash != compile_policy(policy).hash


@pytest.mark.parametrize("policy", NOT_READING_WORK, ids=lambda policy: policy.id)
def test_a_policy_that_reads_no_work_has_no_such_switch(policy: Policy) -> None:
    with pytest.raises(Invalid, match="no switch 'on_unreviewed'"):
        compile_policy(policy, dict([ZERO]))


def test_a_value_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(Invalid, match="is none of ACCEPT_AS_REPORTED, ASK_BOARD, ZERO"):
        compile_policy(shipped_policy(STAFF), {"on_unreviewed": "ACCEPT"})


def test_the_row_says_what_was_not_checked() -> None:
    work = {"general_total": 30, "work": [item(**SILENCE), item()]}

    as_reported = set(said(scored(STAFF, work).explanation()))
    left_out = set(said(scored(STAFF, work, ZERO).explanation()))

    assert (
        "C.56.1@1: 2 chưa ai nghiệm thu, tính như đã báo cáo, 1 chậm (E-I16)",
        "C.56.1@1: 2 checked by nobody, counted as reported, 1 late (E-I16)",
    ) in as_reported
    assert ("C.56.1@1", "C.56.1@1") in as_reported
    assert (
        "C.56.1@1: 2 đã báo cáo, chưa ai nghiệm thu, quy chế không tính",
        "C.56.1@1: 2 reported and checked by nobody, not counted (on_unreviewed)",
    ) in left_out


def test_the_row_says_what_was_beyond() -> None:
    work = [item(assigned=2, completed=2, unreviewed=3)]
    found = set(said(scored(STAFF, {"general_total": 30, "work": work}, PER_ITEM).explanation()))

    assert (
        "C.56.1@1: 3 chưa ai nghiệm thu, tính như đã báo cáo, 0 chậm (E-I16); "
        "3 vượt số được giao, quy chế không tính",
        "C.56.1@1: 3 checked by nobody, counted as reported, 0 late (E-I16); "
        "3 beyond what was assigned, not counted (beyond_assigned)",
    ) in found


def test_a_part_of_a_row_is_counted_exactly() -> None:
    row = item(coefficient="2.5", assigned=7, completed="1/3", unreviewed="0.25")

    assert scored(STAFF, {"work": [row, item(assigned=1)]}).components["a"] == pytest.approx(
        (2.5 * (1 / 3 + 0.25) + 1) / 18.5
    )


def test_a_snapshot_without_them_keeps_its_hash() -> None:
    document = Snapshot.from_document({"work": [item()]}).to_document()

    assert {"unreviewed", "unreviewed_late"} & set(document["work"][0]) == set()  # type: ignore[index,arg-type]


def test_a_snapshot_with_them_is_read_back_the_same() -> None:
    snapshot = Snapshot.from_document({"work": [item(**SILENCE), item()]})

    assert Snapshot.from_document(snapshot.to_document()).hash == snapshot.hash


def test_surplus_hides_nothing_under_per_item() -> None:
    as_the_decree_reads = [outcome.text for outcome in run_file(SURPLUS)]
    per_item = SURPLUS.with_name("row-cap-per-item.yaml")

    assert [outcome.verdict for outcome in run_file(per_item)] == ["pass", "pass", "pass"]
    assert as_the_decree_reads == [
        "easy product done 50 times over hides ten hard ones not done: differs "
        "(band: expected KHT, got HTXS; components.a: expected 1/26, got 1)",
        "late count above what was completed: pass",
        "negative completed is refused: pass",
    ]


def derived(base: Policy, **switches: str) -> Policy:
    return derive(base, switches, policy_id="H32")


@pytest.mark.parametrize("policy", READING_WORK, ids=lambda policy: policy.id)
def test_a_province_may_choose_another_default(policy: Policy) -> None:
    own = derived(policy, on_unreviewed="ZERO")

    assert undeclared_changes(policy, own) == ()
    assert compile_policy(own).constants["on_unreviewed"] == "ZERO"
    assert compile_policy(own, {"on_unreviewed": "ASK_BOARD"}).settings()["on_unreviewed"] == (
        "ASK_BOARD"
    )


def test_a_province_may_not_write_the_switch_its_own_way() -> None:
    base = shipped_policy(STAFF)
    own = derived(base, on_unreviewed="ZERO")
    written = {**dict(own.document["switches"])["on_unreviewed"], "clause": "khác"}  # type: ignore[call-overload]
    switches = {**dict(own.document["switches"]), "on_unreviewed": written}  # type: ignore[call-overload]
    other = read_policy({**own.document, "switches": switches})

    assert [change.path for change in undeclared_changes(base, other)] == [
        "switches.on_unreviewed.clause"
    ]


def test_an_own_policy_may_declare_one_with_fewer_values() -> None:
    words = "clause: s, text: {vi: r, en: r}"
    switch = f"{{default: ZERO, values: {{ZERO: {{vi: z, en: z}}}}, {words}}}"
    total = "{sum: {over: work, of: {field: completed}}}"
    compiled = compile_policy(tiny(total, f"switches: {{on_unreviewed: {switch}}}\n"))

    assert total_of(compiled, completed=1, unreviewed=4) == 1
    assert compiled.settings() == {"on_unreviewed": "ZERO"}


def test_one_with_values_of_its_own_needs_a_use_of_its_own() -> None:
    words = "clause: s, text: {vi: r, en: r}"
    switch = f"{{default: HALF, values: {{HALF: {{vi: z, en: z}}}}, {words}}}"

    with pytest.raises(Invalid, match="nothing uses it"):
        tiny(
            "{sum: {over: work, of: {field: completed}}}",
            f"switches: {{on_unreviewed: {switch}}}\n",
        )


def total_of(compiled: CompiledPolicy, **work: object) -> object:
    return score(compiled, Snapshot.from_document({"work": [item(**work)]})).total
