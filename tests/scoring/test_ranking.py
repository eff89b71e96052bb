"""The quota and the year, at their edges."""

from fractions import Fraction

import pytest

from congvu_kit.domain.errors import Invalid
from congvu_scoring import (
    CompiledPolicy,
    QuotaRow,
    RankEntry,
    compile_policy,
    rank,
    roll_up,
)
from scoring.making import tiny

WORDS = "clause: s, text: {vi: r, en: r}"


def switch(*values: str) -> str:
    """A switch `mode` of these values, the first by default."""
    named = ", ".join(f"{value}: {{vi: a, en: a}}" for value in values)
    return f"switches: {{mode: {{default: {values[0]}, values: {{{named}}}, {WORDS}}}}}\n"


def ranked_by(**quota: str) -> CompiledPolicy:
    settings = {"top": "A", "otherwise": "B", "base": "[A, B]", "rate": "'0.2'"} | quota
    written = ", ".join(f"{key}: {value}" for key, value in settings.items())
    return compile_policy(tiny("1", f"quota: {{{written}, {WORDS}}}\n"))


def people(*totals: object, group: str = "") -> list[RankEntry]:
    return [
        RankEntry(f"{group}{index}", Fraction(str(total)), duty_group=group)
        for index, total in enumerate(totals)
    ]


FIVE = people(90, 80, 70, 60, 10)


@pytest.mark.parametrize(
    ("quota", "entries", "top", "allowed"),
    [
        ({}, FIVE, ("0",), 1),
        ({"rate": "'0.39'"}, FIVE, ("0",), 1),
        ({"rate": "'0.4'"}, FIVE, ("0", "1"), 2),
        ({"rate": "0"}, FIVE, (), 0),
        ({"rate": "1"}, FIVE, ("0", "1", "2", "3"), 5),
        ({"base": "[B]"}, FIVE, (), 0),
        ({"base": "[B]", "rate": "'0.25'"}, FIVE, ("0",), 1),
        ({"rate": "'0.3'", "rounding": "HALF_UP"}, FIVE, ("0", "1"), 2),
        ({"rate": "'0.29'", "rounding": "HALF_UP"}, FIVE, ("0",), 1),
        ({"rate": "'0.21'", "rounding": "CEILING"}, FIVE, ("0", "1"), 2),
        ({"rate": "'0.2'", "rounding": "CEILING"}, FIVE, ("0",), 1),
    ],
)
def test_as_many_as_the_rate_of_the_final_count_allows(
    quota: dict[str, str], entries: list[RankEntry], top: tuple[str, ...], allowed: int
) -> None:
    ranking = rank(ranked_by(scopes="[unit]", **quota), entries)

    assert ranking.of_band("A") == top
    assert ranking.quota == (QuotaRow("unit", "", 5, allowed, len(top)),)
    assert ranking.moved_down == tuple(name for name in "0123" if name not in top)
    assert ranking.tie_at_cut == ()


def test_those_tied_across_the_cut_stay_below_and_close_it() -> None:
    entries = people(90, 80, 80, 75, 10, 10, 10, 10, 10, 10)

    ranking = rank(ranked_by(scopes="[unit]"), entries)

    assert ranking.of_band("A") == ("0",)
    assert ranking.tie_at_cut == ("1", "2")
    assert ranking.quota == (QuotaRow("unit", "", 10, 2, 1),)


def test_equals_that_all_fit_are_taken() -> None:
    entries = people(80, 80, 10, 10, 10, 10, 10, 10, 10, 10)

    ranking = rank(ranked_by(scopes="[unit]"), entries)

    assert (ranking.of_band("A"), ranking.tie_at_cut) == (("0", "1"), ())


def test_equals_without_any_room_are_not_tied_at_the_cut() -> None:
    entries = people(90, 80, 80, 10, 10)

    ranking = rank(ranked_by(scopes="[unit]"), entries)

    assert (ranking.of_band("A"), ranking.tie_at_cut) == (("0",), ())


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("[total, result, general]", "a"),
        ("[result, total]", "b"),
        ("[general]", "c"),
    ],
)
def test_the_policy_s_order_breaks_ties(order: str, first: str) -> None:
    entries = [
        RankEntry("a", Fraction(90), result=Fraction(50), general=Fraction(20)),
        RankEntry("b", Fraction(80), result=Fraction(60), general=Fraction(20)),
        RankEntry("c", Fraction(70), result=Fraction(50), general=Fraction(30)),
        *people(10, 10),
    ]

    assert rank(ranked_by(order=order, scopes="[unit]"), entries).of_band("A") == (first,)


def test_each_duty_group_has_its_own_quota_inside_the_unit_s() -> None:
    entries = people(99, 98, 60, 60, 60, group="x") + people(97, 60, 60, 60, 60, group="y")

    both = rank(ranked_by(), entries)
    group = rank(ranked_by(scopes="[duty_group]"), entries)
    unit = rank(ranked_by(scopes="[unit]"), entries)

    assert both.of_band("A") == ("x0", "y0")
    assert both.quota == (
        QuotaRow("unit", "", 10, 2, 2),
        QuotaRow("duty_group", "y", 5, 1, 1),
        QuotaRow("duty_group", "x", 5, 1, 1),
    )
    assert group.of_band("A") == ("x0", "y0")
    assert unit.of_band("A") == ("x0", "x1")


def test_a_tie_in_one_group_closes_that_group_only() -> None:
    entries = people(90, 90, 60, 10, 10, group="x") + people(80, 70, 10, 10, 10, group="y")

    ranking = rank(ranked_by(), entries)

    assert ranking.of_band("A") == ("y0",)
    assert ranking.tie_at_cut == ("x0", "x1")


def test_a_given_band_and_a_given_rate_come_before_the_policy_s() -> None:
    entries = [RankEntry("low", Fraction(99), band="B"), *people(90, 80, 70, 10)]

    ranking = rank(ranked_by(), entries, scopes=["unit"], rate=Fraction(2, 5))

    assert ranking.bands == {"0": "A", "1": "A", "2": "B", "3": "B", "low": "B"}
    assert ranking.moved_down == ("2",)


def test_an_unknown_band_or_a_person_twice_is_refused() -> None:
    with pytest.raises(Invalid, match=r"^people.x: no band 'C'$") as refusal:
        rank(ranked_by(), [RankEntry("x", Fraction(1), band="C")])
    assert refusal.value.field == "people.x.band"
    with pytest.raises(Invalid, match="a person is listed twice"):
        rank(ranked_by(), [*people(1), *people(2)])


def test_several_quotas_hold_together() -> None:
    shared = f"top: A, otherwise: B, base: [A, B], scopes: [unit], {WORDS}"
    quotas = f"quota: [{{id: Q1, rate: '0.5', {shared}}}, {{id: Q2, rate: '0.25', {shared}}}]\n"

    ranking = rank(compile_policy(tiny("1", quotas)), people(90, 80, 70, 10))

    assert ranking.of_band("A") == ("0",)
    assert ranking.quota == (QuotaRow("unit", "", 4, 2, 1), QuotaRow("unit", "", 4, 1, 1))


def test_the_base_may_hang_on_a_switch() -> None:
    section = (
        f"{switch('ALL', 'BELOW')}"
        "quota: {top: A, otherwise: B, base: {switch: mode, bands: {ALL: [A, B], BELOW: [B]}},"
        f" rate: '0.25', scopes: [unit], {WORDS}}}\n"
    )
    policy = tiny("1", section)
    entries = people(90, 80, 10, 10)

    assert rank(compile_policy(policy), entries).of_band("A") == ("0",)
    assert rank(compile_policy(policy, {"mode": "BELOW"}), entries).of_band("A") == ()


@pytest.mark.parametrize(("rate", "told"), [("2", "2"), ("'-0.5'", "-0.5")])
def test_a_rate_from_a_switch_lies_in_0_to_1(rate: str, told: str) -> None:
    section = (
        f"switches: {{share: {{default: {rate}, {WORDS}}}}}\n"
        f"quota: {{top: A, otherwise: B, base: [B], rate: {{switch: share}}, {WORDS}}}\n"
    )

    with pytest.raises(Invalid, match=f"rule quota: the rate is {told}, outside 0 to 1") as refusal:
        compile_policy(tiny("1", section))
    assert (refusal.value.field, refusal.value.rule_id) == ("quota.rate", "quota")


def year(method: str = "") -> CompiledPolicy:
    section = f"roll_up: {{methods: {{YEAR: {{{method}, {WORDS}}}}}}}\n" if method else ""
    return compile_policy(tiny("1", section))


def quarter(number: int, **facts: object) -> dict[str, object]:
    return {"period": f"2026-Q{number}", **facts}


AVERAGE = "total: {average: {over: periods, of: {field: total}, if_none: NOT_EVALUABLE}}"


@pytest.mark.parametrize(
    ("method", "periods", "expected"),
    [
        ("", [], ("NOT_RATED", None, None)),
        ("", [quarter(1, state="NOT_RATED")], ("NOT_RATED", None, None)),
        ("", [quarter(1, state="NOT_RATED"), quarter(2, state="NOT_EVALUABLE")],
         ("NOT_EVALUABLE", None, None)),
        ("", [quarter(1, total=40), quarter(2, total=60)], ("SCORED", 50, "A")),
        ("", [quarter(1, total=40), quarter(2, total="59.9")], ("SCORED", "49.95", "B")),
        ("", [quarter(1, total=80), quarter(2, state="NOT_RATED")], ("SCORED", 80, "A")),
        (AVERAGE, [quarter(1, total=40), quarter(2, total=60)], ("SCORED", 50, "A")),
        (AVERAGE, [quarter(1, total=40), quarter(2)], ("NOT_EVALUABLE", None, None)),
        (AVERAGE + ", otherwise: B", [quarter(1, total=90)], ("SCORED", 90, "B")),
        (AVERAGE + ", bands: [{when: {less: [{result: total}, 95]}, band: B}]",
         [quarter(1, total=90)], ("SCORED", 90, "B")),
        (AVERAGE + ", bands: [{when: {less: [{result: total}, 85]}, band: B}]",
         [quarter(1, total=90)], ("SCORED", 90, "A")),
        ("bands: [{when: {some: {over: periods, meets: {equals: [{field: band}, B]}}}, band: B}],"
         " otherwise: A", [quarter(1, total=90), quarter(2, total=10)], ("SCORED", 50, "B")),
        ("bands: [{when: {some: {over: periods, meets: {equals: [{field: band}, B]}}}, band: B}],"
         " otherwise: A", [quarter(1, total=90), quarter(2, band="A")], ("SCORED", None, "A")),
        ("bands: [{when: {some: {over: periods, meets: {equals: [{field: band}, B]}}}, band: B}],"
         " otherwise: A", [quarter(1, total=90), quarter(2, total=80, band="B")],
         ("SCORED", 85, "B")),
    ],
)  # fmt: skip
def test_a_year_is_made_of_its_scored_periods(
    method: str, periods: list[object], expected: tuple[str, object, str | None]
) -> None:
    found = roll_up(year(method), periods)

    total = None if expected[1] is None else Fraction(str(expected[1]))
    assert (found.state, found.total, found.band) == (expected[0], total, expected[2])
    assert found.method == ("roll_up.YEAR" if method else "roll_up")


def test_a_year_is_told_with_its_periods_and_switches() -> None:
    periods = [quarter(1, total=90), quarter(2, state="NOT_RATED")]
    found = roll_up(year(), periods)

    document = found.document()

    assert document["format"] == "congvu.rollup/1"
    assert document["periods"] == [
        {"period": "2026-Q1", "state": "SCORED", "total": "90", "band": "A", "weight": "1"},
        {"period": "2026-Q2", "state": "NOT_RATED", "weight": "1"},
    ]
    assert (document["total"], document["band"], document["settings"]) == ("90", "A", {})
    assert found.hash() == roll_up(year(), periods).hash()
    assert found.hash() != roll_up(year(), [quarter(1, total=90)]).hash()


def test_a_switch_chooses_how_the_year_is_made() -> None:
    section = (
        f"{switch('ONE', 'TWO')}roll_up: {{switch: mode, methods:"
        f" {{ONE: {{total: 1, {WORDS}}}, TWO: {{total: 2, {WORDS}}}}}}}\n"
    )
    policy = tiny("1", section)

    first = roll_up(compile_policy(policy), [quarter(1, total=90)])
    second = roll_up(compile_policy(policy, {"mode": "TWO"}), [quarter(1, total=90)])

    assert (first.total, first.method) == (Fraction(1), "roll_up.ONE")
    assert (second.total, second.method) == (Fraction(2), "roll_up.TWO")


@pytest.mark.parametrize(
    ("periods", "field", "message"),
    [
        ([quarter(1), quarter(1)], "periods[1].period", "'2026-Q1' is given twice"),
        ([quarter(1, band="Z")], "periods[0].band", "TINY@1 has no band 'Z'; known: A, B"),
        ([{"total": 1}], "periods[0].period", "is required"),
        ([quarter(1, weight=-1)], "periods[0].weight", "must be 0 or more"),
    ],
)  # fmt: skip
def test_periods_that_cannot_be_used_are_refused(
    periods: list[object], field: str, message: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        roll_up(year(), periods)

    assert (refusal.value.field, refusal.value.en) == (field, f"{field}: {message}")
